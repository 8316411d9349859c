"""The picture of a network as one HTML file; template, style and scripts are in assets/."""
