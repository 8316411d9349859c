"""Ways to publish a graph: its description as a data set, a triple store to fill, a SPARQL endpoint."""
