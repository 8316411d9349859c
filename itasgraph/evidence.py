"""Who says so: quotes and where they stand in the document they come from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from itasgraph.graph import Queryable

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Quote:
    """Words a thing or relation rests on; `lines` is empty where they stand once in the document."""

    thing: str
    text: str
    lines: tuple[int, ...]
    source: str


def fold(text: str) -> str:
    """White space, no-break spaces among it, becomes one space; nothing else is changed."""
    return _SPACE.sub(" ", text).strip()


def locate(quote: str, document: Sequence[str]) -> list[int]:
    """The numbers of the lines (from 1) in which the quote stands verbatim but for white space."""
    wanted = fold(quote)
    if not wanted:
        return []
    return [number for number, line in enumerate(document, 1) if wanted in fold(line)]


def quotes(graph: Queryable) -> Iterator[Quote]:
    """All quotes, words and titles of the graph's sources, and those of the omissions."""
    rows = graph.select("""
        SELECT DISTINCT ?source ?thing ?text ?line
        WHERE {
          { ?source a itas:Source . GRAPH ?source { ?thing itas:quote ?text } OPTIONAL { GRAPH ?source { ?thing itas:line ?line } } }
          UNION { ?thing itas:leavesOut ?source ; itas:quote ?text . OPTIONAL { ?thing itas:line ?line } }
          UNION { ?source a itas:Source . GRAPH ?source { ?thing itas:word|dcterms:title|schema:headline ?text } }
          UNION { ?source a itas:Source ; dcterms:title ?text . BIND(?source AS ?thing) }
        }
        ORDER BY ?source ?thing ?text ?line""")
    for (source, thing, text), group in groupby(rows, key=lambda row: (row["source"], row["thing"], row["text"])):
        lines = tuple(int(row["line"].value) for row in group if row["line"] is not None)
        yield Quote(thing.value, text.value, lines, source.value)


def faults(quote: Quote, document: Sequence[str]) -> str:
    """What is wrong with a quote: "missing", "other-line", or an empty string."""
    found = locate(quote.text, document)
    if not found:
        return "missing"
    return "" if set(quote.lines) <= set(found) else "other-line"
