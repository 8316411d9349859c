"""The errors of queries and shapes as findings name them: where a query does not parse, and why."""

from __future__ import annotations

from typing import Final

from itasgraph.errors import Location, QuerySyntaxError, UsageError

_MAX_REASON: Final = 150


def query_location(filename: str, error: UsageError) -> Location:
    """Return the location in a file where a query does not parse, as far as it is known."""
    line, column = (error.facts.get(name) for name in ("line", "column"))
    return Location(filename, line, column) if isinstance(line, int) and isinstance(column, int) else Location(filename)


def reason(error: Exception) -> str:
    """Return on one line why a query or shape cannot be used."""
    text = error.reason if isinstance(error, QuerySyntaxError) else str(error)
    lines = [*text.splitlines(), type(error).__name__]
    return next(line for line in lines if line.strip())[:_MAX_REASON]
