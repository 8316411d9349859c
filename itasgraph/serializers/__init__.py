"""Graph → the formats of linked data; network → the formats of programs that draw networks."""
