"""The order of rows for people: SPARQL compares texts by code point ("Z", "a", "Ä"), German and English lists do not."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final, NamedTuple

import pyoxigraph as ox

from itasgraph.errors import UsageError
from itasgraph.parsing.sparql_tokens import tokens
from itasgraph.results.cited_table import Row
from itasgraph.store import memory
from itasgraph.store.queryable import Queryable, Result, Term, variable_names
from itasgraph.util.spelling import sort_key
from itasgraph.vocabulary import XSD

# The functions around a variable that leave the order of texts as it is.
_PLAIN: Final = ("ASC", "STR")
_ORDERING: Final = ("ORDER", "LIMIT", "OFFSET")


class SortKey(NamedTuple):
    """A variable by which a query sorts."""

    variable: str
    descending: bool = False


class Ordering(NamedTuple):
    """The variables by which a query sorts; the first `hidden` columns of its answer serve the order alone."""

    keys: Sequence[SortKey] = ()
    hidden: int = 0


def select_sort_keys(text: str, graph: Queryable) -> tuple[str, Ordering]:
    """Return a query with all variables by which it sorts among its columns, and its ordering.

    Those that are no columns come first. A query that cannot have them as columns stays as it is: SELECT DISTINCT would give
    other rows.
    """
    keys = sort_keys(text)
    columns = _columns(text, graph) if keys else []
    hidden = list(dict.fromkeys(key.variable for key in keys if key.variable not in columns))
    if not hidden:
        return text, Ordering(keys)
    start = next((token.start for token in tokens(text) if token.kind == "word" and token.text.upper() == "SELECT"), 0)
    end = start + len("SELECT")
    longer = "".join([text[:end], *(f" ?{name}" for name in hidden), text[end:]])
    return (longer, Ordering(keys, len(hidden))) if _columns(longer, graph) else (text, Ordering(keys))


def _columns(text: str, graph: Queryable) -> list[str]:
    """Return the columns of a query, none where it is invalid; a query that calls a host is not run, and has none, too."""
    try:
        answer = memory.Graph(ox.Store(), graph.prefixes, graph.base).query(text)
    except UsageError:
        return []
    return variable_names(answer) if isinstance(answer, ox.QuerySolutions) else []


def sort_keys(text: str) -> list[SortKey]:
    """Return the variables by which a query sorts, up to the first expression that is more than a variable.

    >>> sort_keys("SELECT * { ?x a ?y } ORDER BY DESC(?n) ?label MIN(?x) ?y LIMIT 5")
    [SortKey(variable='n', descending=True), SortKey(variable='label', descending=False)]
    """
    end = text.rfind("}")
    words = [token for token in tokens(text) if token.start > end and token.kind in ("word", "variable")]
    starts = [at for at, word in enumerate(words) if word.kind == "word" and word.text.upper() == "ORDER"]
    keys, descending = [], False
    for word in words[starts[0] + 2 :] if starts else ():
        if word.kind == "variable":
            keys.append(SortKey(word.text, descending))
            descending = False
        elif word.text.upper() == "DESC":
            descending = True
        elif word.text.upper() not in _PLAIN:
            break
    return keys


def settle(answer: Result, text: str) -> Result:
    """Return the rows of a SELECT query without ORDER BY in the order of their terms, and any other answer as it is.

    An engine gives them in any order. As lines they are sorted faster than an engine sorts their terms.
    """
    if not isinstance(answer, ox.QuerySolutions) or _sorts(text):
        return answer
    lines = io.BytesIO()
    answer.serialize(lines, ox.QueryResultsFormat.TSV)
    header, *rows = lines.getvalue().splitlines(keepends=True)
    settled = ox.parse_query_results(b"".join([header, *sorted(rows)]), ox.QueryResultsFormat.TSV)
    assert isinstance(settled, ox.QuerySolutions)
    return settled


def _sorts(text: str) -> bool:
    """Return whether a query has ORDER BY, LIMIT or OFFSET, which choose among its rows."""
    end = text.rfind("}")
    return any(token.start > end and token.text.upper() in _ORDERING for token in tokens(text) if token.kind == "word")


def collate(rows: Iterable[Row], variables: Sequence[str], order: Ordering) -> tuple[Sequence[str], list[Row]]:
    """Return the columns and rows of an answer without its hidden columns, with texts in alphabetical order (`spelling.sort_key`).

    Numbers, dates and IRIs keep the order of the query.
    """
    ordered = _collate(list(rows), variables, order.keys)
    return variables[order.hidden :], [row[order.hidden :] for row in ordered]


def _collate(rows: list[Row], variables: Sequence[str], keys: Sequence[SortKey]) -> list[Row]:
    if not keys or keys[0].variable not in variables:
        return rows
    (name, descending), *rest = keys
    at = variables.index(name)
    if all(_is_text(row[at]) for row in rows):
        rows.sort(key=lambda row: (row[at] is not None, sort_key(_text(row[at]))), reverse=descending)
    runs = [list(run) for _, run in groupby(rows, key=lambda row: row[at])]
    return [row for run in runs for row in _collate(run, variables, rest)]


def _is_text(term: Term | None) -> bool:
    return term is None or (
        isinstance(term, ox.Literal) and (term.language is not None or term.datatype.value == XSD.string)
    )


def _text(term: Term | None) -> str:
    return term.value if isinstance(term, ox.Literal) else ""
