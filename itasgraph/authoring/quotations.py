"""The quotes of a graph, and whether they stand in the document they come from."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from typing import NamedTuple

from itasgraph.authoring.word_index import WordIndex
from itasgraph.entities.evidence import Evidence
from itasgraph.filters.masking import ELISION
from itasgraph.store.queryable import Queryable

_WHITE_SPACE = re.compile(r"\s+")
Span = tuple[int, int]  # where words begin and end in a line


class Quotation(NamedTuple):
    """The IRI of an entity or relation, and evidence for it."""

    entity: str
    evidence: Evidence


def collapse_spaces(text: str) -> str:
    """Replace each run of white space, no-break spaces included, by one space, and strip both ends."""
    return _WHITE_SPACE.sub(" ", text).strip()


class SourceText:
    """The lines of a document with white space collapsed, in which quotes are looked up without reading all lines."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = [collapse_spaces(line) for line in lines]
        self._text = "\n".join(self.lines)
        self._starts = list(accumulate((len(line) + 1 for line in self.lines), initial=0))
        self._index = WordIndex(self.lines)
        self._spans_by_quote: dict[str, Mapping[int, Span]] = {}

    def lines_of(self, quote: str) -> list[int]:
        """Return the numbers of the lines (from 1) in which a quote stands verbatim but for white space and what "[…]" leaves out."""
        return list(self.spans_of(quote))

    def spans_of(self, quote: str) -> Mapping[int, Span]:
        """Return line (from 1) → start and end of a quote, for each line in which it stands as `lines_of` says, in their order."""
        if quote not in self._spans_by_quote:  # the same words prove many statements, and are looked up several times
            text = collapse_spaces(quote)
            spans = dict(self._exact_spans(text)) if text else {}
            self._spans_by_quote[quote] = spans or dict(self._elliptic_spans(text))
        return self._spans_by_quote[quote]

    def span_in(self, line: int, quote: str) -> Span | None:
        """Return start and end of a quote in one line (from 1); None where it does not stand there."""
        text = collapse_spaces(quote)
        start = self.lines[line - 1].find(text) if text and 0 < line <= len(self.lines) else -1
        return (start, start + len(text)) if start >= 0 else self.spans_of(quote).get(line)

    def _exact_spans(self, text: str) -> Iterator[tuple[int, Span]]:
        """Yield where a text stands verbatim in a line, for the first time."""
        for number in self._index.lines_with(text):
            start = self.lines[number - 1].find(text)
            if start >= 0:
                yield number, (start, start + len(text))

    def _elliptic_spans(self, text: str) -> Iterator[tuple[int, Span]]:
        """Yield where the parts of a quote that leaves words out stand in one line, in their order."""
        parts = [part.strip() for part in text.split(ELISION)]
        if len(parts) > 1 and all(parts):
            pattern = re.compile(".*?".join(map(re.escape, parts)))
            for number, line in enumerate(self.lines, 1):
                if match := pattern.search(line):
                    yield number, match.span()

    def most_similar_passage(self, quote: str) -> tuple[int, int, int, int]:
        """Return line (from 1), column, start in the quote and length of the longest run of characters they share.

        Return the first of several runs of that length; the length is 0 where they share none. `quote` has its white space
        collapsed.
        """
        best = (0, 0, 0)  # (-size, so that the least is the longest; place in the text; start in the quote)
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


def quotations(graph: Queryable) -> Iterator[Quotation]:
    """Return all quotes, words and titles of the sources, and the quotes of the omissions, sorted by source."""
    rows = graph.select("""
        SELECT ?source ?entity ?quote ?line
        WHERE {
          { ?source a itas:Source . GRAPH ?source { ?entity itas:quote ?quote } OPTIONAL { GRAPH ?source { ?entity itas:line ?line } } }
          UNION { ?entity itas:leavesOut ?source ; itas:quote ?quote . OPTIONAL { ?entity itas:line ?line } }
          UNION { ?source a itas:Source . GRAPH ?source { ?entity itas:word|dcterms:title|dcterms:alternative ?quote } }
          UNION { ?source a itas:Source ; dcterms:title ?quote . BIND(?source AS ?entity) }
        }""")
    lines: dict[tuple[str, str, str], set[int]] = {}
    for row in rows:
        numbers = lines.setdefault((row["source"].value, row["entity"].value, row["quote"].value), set())
        if row["line"] is not None:
            numbers.add(int(row["line"].value))
    # Sorted here: ORDER BY takes Oxigraph ten times as long as the rest of the query.
    for source, entity, quote in sorted(lines):
        yield Quotation(entity, Evidence(quote, tuple(sorted(lines[source, entity, quote])), source))


def fault_of(evidence: Evidence, text: SourceText) -> str:
    """Return what is wrong with a quote: "missing", "wrong-line", or an empty string."""
    if evidence.lines and all(text.span_in(line, evidence.quote) for line in evidence.lines):
        return ""
    if not text.spans_of(evidence.quote):
        return "missing"
    return "wrong-line" if evidence.lines else ""
