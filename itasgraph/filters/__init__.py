"""Filters, which make a graph from a graph: a selection, a timeframe, a graph without people or without their contacts."""
