"""Files → quads, each with the line it stands in; and the grammars around them: query headers and SPARQL tokens."""
