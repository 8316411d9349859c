"""Who says so: quotes and where they stand in the document they come from."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, groupby

from itasgraph.store.graph import Queryable

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


class Document:
    """The lines of a document, white space folded, in one text: to search it takes no step of Python's for each line."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = [fold(line) for line in lines]
        self._text = "\n".join(self.lines)
        self._starts = list(accumulate((len(line) + 1 for line in self.lines), initial=0))

    def lines_of(self, quote: str) -> list[int]:
        """Return the numbers of the lines (from 1) in which a quote stands verbatim but for white space."""
        wanted = fold(quote)
        found: list[int] = []
        start = self._text.find(wanted) if wanted else -1
        while start >= 0:
            found.append(bisect_right(self._starts, start))
            start = self._text.find(wanted, self._starts[found[-1]])
        return found

    def longest_run(self, quote: str) -> tuple[int, int, int, int]:
        """Return line (from 1), column, start in the quote and length of the longest run of characters they share.

        The first of several; the length is 0 where they share none. `quote` has its white space folded.
        """
        best = (0, 0, 0)  # size, with the sign changed, so that the least is the longest; place in the text, start
        for start in range(len(quote)):
            size = -best[0]
            place = self._text.find(quote[start : start + size])
            if place < 0 or start + size > len(quote):
                continue
            while (
                start + size < len(quote) and (longer := self._text.find(quote[start : start + size + 1], place)) >= 0
            ):
                size, place = size + 1, longer
            best = min(best, (-size, place, start))
        size, place, start = -best[0], best[1], best[2]
        if not size:
            return 1, 0, 0, 0
        line = bisect_right(self._starts, place)
        return line, place - self._starts[line - 1], start, size


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


def faults(quote: Quote, document: Document) -> str:
    """What is wrong with a quote: "missing", "other-line", or an empty string."""
    found = document.lines_of(quote.text)
    if not found:
        return "missing"
    return "" if set(quote.lines) <= set(found) else "other-line"
