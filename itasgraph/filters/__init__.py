"""Graph → graph: part of it, without people, a timeframe."""
