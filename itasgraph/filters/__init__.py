"""Graph → graph: part of it, without people, a span of time."""
