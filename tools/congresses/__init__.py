"""Projects of many congresses, invented but of the shape of the shipped one: to measure how the program grows."""
