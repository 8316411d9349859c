"""The graph for others: its description as a data set, a triple store, a SPARQL endpoint."""
