"""The order of rows for people: SPARQL compares texts by code point ("Z", "a", "Ä"), German and English lists do not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final, NamedTuple

import pyoxigraph as ox

from itasgraph.parsing.sparql_tokens import tokens
from itasgraph.results.cited_table import Row
from itasgraph.store.queryable import Term
from itasgraph.util.spelling import sort_key
from itasgraph.vocabulary import XSD

# The functions around a variable that leave the order of texts as it is.
_PLAIN: Final = ("ASC", "STR")


class SortKey(NamedTuple):
    """A variable by which a query sorts."""

    variable: str
    descending: bool = False


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


def collate(rows: Iterable[Row], variables: Sequence[str], keys: Sequence[SortKey]) -> list[Row]:
    """Return rows that a query has sorted by `keys` with texts in alphabetical order (`spelling.sort_key`).

    Numbers, dates and IRIs keep the order of the query.
    """
    rows = list(rows)
    if not keys or keys[0].variable not in variables:
        return rows
    (name, descending), *rest = keys
    at = variables.index(name)
    if all(_is_text(row[at]) for row in rows):
        rows.sort(key=lambda row: (row[at] is not None, sort_key(_text(row[at]))), reverse=descending)
    runs = [list(run) for _, run in groupby(rows, key=lambda row: row[at])]
    return [row for run in runs for row in collate(run, variables, rest)]


def _is_text(term: Term | None) -> bool:
    return term is None or (
        isinstance(term, ox.Literal) and (term.language is not None or term.datatype.value == XSD.string)
    )


def _text(term: Term | None) -> str:
    return term.value if isinstance(term, ox.Literal) else ""
