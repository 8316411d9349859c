"""A page, document or table as numbered lines, whatever kind of file it is."""
