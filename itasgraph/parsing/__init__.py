"""The readers of files: data and RDF files as quads with their lines, the context, query headers, SPARQL tokens."""
