"""A document or table → a draft: entries with quotes, and below `review:` what nobody but a person can decide."""
