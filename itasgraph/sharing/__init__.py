"""The graph → other tools: RDF formats, network files, its own description, a triple store, an endpoint."""
