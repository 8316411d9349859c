"""The ready questions, their parameters, and hints on a query that does not work."""
