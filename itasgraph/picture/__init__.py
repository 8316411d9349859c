"""A network → one HTML file; template, style and script lie in assets/."""
