"""The graph and what answers SPARQL: compiled from files, cached, or behind an endpoint."""
