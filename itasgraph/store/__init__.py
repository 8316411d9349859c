"""The stores that answer SPARQL: a graph compiled from files, cached on disk, or behind an endpoint."""
