"""Files → quads, each with the line it stands in; and the two small grammars around them: headers and SPARQL tokens."""
