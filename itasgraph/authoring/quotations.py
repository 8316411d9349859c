"""The quotes of a graph, and whether they stand in the document they come from."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from typing import Final, NamedTuple

from itasgraph.authoring.word_index import WordIndex
from itasgraph.entities.evidence import Evidence
from itasgraph.filters.masking import ELISION
from itasgraph.store.queryable import Queryable
from itasgraph.util.spelling import collapse_spaces

Span = tuple[int, int]  # where words begin and end in a line
Passage = tuple[str, tuple[int, ...]]  # a quote, and the lines it stands in as `Evidence` has them
# What a source says verbatim and in which lines, and what omissions leave out of it. A query for each source is faster than one
# for all, and lines in a query of their own are faster than OPTIONAL: Oxigraph makes fewer terms.
_SOURCES: Final = "SELECT ?source { ?source a itas:Source } ORDER BY ?source"
_QUOTES: Final = "SELECT ?entity ?quote { { GRAPH <%s> { ?entity itas:quote ?quote } } UNION { ?entity itas:leavesOut <%s> ; itas:quote ?quote } }"
_LINES: Final = "SELECT ?entity ?line { { GRAPH <%s> { ?entity itas:line ?line } } UNION { ?entity itas:leavesOut <%s> ; itas:line ?line } }"
_WORDS: Final = "SELECT ?entity ?text { GRAPH <%s> { ?entity itas:word|dcterms:title|dcterms:alternative ?text } }"
_TITLE: Final = "SELECT (<%s> AS ?entity) ?text { <%s> dcterms:title ?text }"


class Quotation(NamedTuple):
    """The IRI of an entity or relation, and evidence for it."""

    entity: str
    evidence: Evidence


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
    for row in graph.select(_SOURCES):
        yield from quotations_of(graph, row["source"].value)


def quotations_of(graph: Queryable, source: str) -> Iterator[Quotation]:
    """Return the quotes, words and titles of a source (its IRI), and the quotes of what it leaves out, sorted by entity."""
    lines_of = _lines_of(graph, source)
    for entity, quote in sorted(lines_of):
        yield Quotation(entity, Evidence(quote, lines_of[entity, quote], source))


def passages_of(graph: Queryable, source: str) -> dict[Passage, list[str]]:
    """Return what `quotations_of` returns, each passage once, with the IRIs of all that it proves."""
    lines_of = _lines_of(graph, source)
    passages: dict[Passage, list[str]] = {}
    for entity, quote in sorted(lines_of):
        passages.setdefault((quote, lines_of[entity, quote]), []).append(entity)
    return passages


def _lines_of(graph: Queryable, source: str) -> dict[tuple[str, str], tuple[int, ...]]:
    """Return entity and text → the lines that the entity names, for all that a source says verbatim or leaves out.

    The callers sort them: ORDER BY takes Oxigraph ten times as long as the rest of the query.
    """
    lines: dict[str, set[int]] = {}
    for entity, line in _texts(graph, _LINES, source):
        lines.setdefault(entity, set()).add(int(line))
    numbers = {entity: tuple(sorted(of_entity)) for entity, of_entity in lines.items()}
    lines_of = {quotation: numbers.get(quotation[0], ()) for quotation in _texts(graph, _QUOTES, source)}
    for text in (*_texts(graph, _WORDS, source), *_texts(graph, _TITLE, source)):
        lines_of.setdefault(text, ())
    return lines_of


def _texts(graph: Queryable, query: str, source: str) -> Iterator[tuple[str, str]]:
    """Yield the entity and the text of each row of a query about a source."""
    for entity, text in graph.select(query.replace("%s", source)):
        yield entity.value, text.value


def fault_of(evidence: Evidence, text: SourceText) -> str:
    """Return what is wrong with a quote: "missing", "wrong-line", or an empty string."""
    if evidence.lines and all(text.span_in(line, evidence.quote) for line in evidence.lines):
        return ""
    if not text.spans_of(evidence.quote):
        return "missing"
    return "wrong-line" if evidence.lines else ""
