"""The coverage of a document: whether it contains each quote, and whether each of its lines is covered or omitted."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from itasgraph import messages
from itasgraph.authoring.quotations import Passage, SourceText, Span, fault_of, passages_of
from itasgraph.documents import readers
from itasgraph.documents.document import Document
from itasgraph.entities import names
from itasgraph.entities.evidence import Evidence, line_or_lines
from itasgraph.entities.labels import choose, translations
from itasgraph.errors import Finding, Location, UsageError
from itasgraph.project import Project
from itasgraph.store import access, compiler
from itasgraph.store.compiler import Compiled
from itasgraph.store.memory import Graph
from itasgraph.store.queryable import value
from itasgraph.util.spelling import collapse_spaces
from itasgraph.vocabulary import DCTERMS, ITAS

if TYPE_CHECKING:
    from itasgraph.messages.codes import Code

Compilation = Callable[[], Compiled]
# The properties that hold verbatim words, in the order in which a quote's place is looked up.
_VERBATIM: Final = (
    ITAS.quote,
    ITAS.word,
    DCTERMS.title,
    DCTERMS.alternative,
    "",
)


class Status(Enum):
    """Whether a line is covered by a quote, omitted with a reason, uncovered or blank."""

    COVERED = "covered"
    OMITTED = "omitted"
    UNCOVERED = "uncovered"
    BLANK = "blank"


class Mark(NamedTuple):
    """Quoted words of a line: where they begin and end, and the IRIs of all that quotes them."""

    start: int
    end: int
    entities: Sequence[str]


@dataclass(frozen=True)
class CoverageLine:
    """A line of the document, with white space collapsed, and the words in it that are quoted; marks may overlap."""

    number: int
    text: str
    status: Status
    marks: Sequence[Mark] = ()
    reason: Mapping[str, str] | None = None

    @functools.cached_property
    def spans(self) -> list[Mark]:
        """The quoted words in parts that do not overlap, each with its entities sorted."""
        borders = sorted({border for mark in self.marks for border in mark[:2]})
        parts = [
            Mark(
                start,
                end,
                sorted({one for first, last, all_ in self.marks if first <= start and end <= last for one in all_}),
            )
            for start, end in pairwise(borders)
        ]
        return [part for part in parts if part.entities]


@dataclass(frozen=True)
class Coverage:
    """The lines of a document with their status, and the faults of the quotes from it."""

    source: str
    lines: list[CoverageLine]
    findings: list[Finding]
    graph: Graph

    def count(self, status: Status) -> int:
        return sum(line.status is status for line in self.lines)


def measure_coverage(path: Path, project: Project, name: str | None = None, sheet: str | None = None) -> Coverage:
    """Compare the document in `path` with what the project says of the source `name`.

    Without `name`, choose the source whose checksum fits, else the source with most quotes in the text.
    Raises FileError (not readable, not UTF-8), UsageError (`name` is no source), InvalidProject.
    """
    read = readers.read(path, sheet)
    document = SourceText(line.text for line in read.lines)
    loaded = access.load(project)
    # Only a compilation knows where in the files a statement stands; most documents are covered without it.
    compiled = functools.cache(lambda: compiler.compile_project(project))
    checksum, checksums = read.sha256, _checksums(loaded)
    source = _source(loaded, name, checksum, checksums, document)
    passages = passages_of(loaded, source)
    spans = {passage: _spans(document, *passage) for passage in passages}
    lines = list(_lines(document, passages, spans, _reasons(loaded, source)))
    findings = [
        *_checksum_findings(path, source, checksum, checksums, compiled),
        *_quote_findings(source, passages, spans, document, compiled),
        *(
            Finding.of(_place(path, line.number, read), "line-not-covered", text=line.text)
            for line in lines
            if line.status is Status.UNCOVERED
        ),
    ]
    return Coverage(source, lines, sorted(findings), loaded)


def uncovered_lines(
    document: Document, graph: Graph, source: str, undecided: Iterable[Passage] = ()
) -> list[CoverageLine]:
    """Return the lines of a document that nothing a graph says of the source (its IRI) quotes, and no undecided value either."""
    text = SourceText(line.text for line in document.lines)
    passages = dict[Passage, Sequence[str]](passages_of(graph, source))
    for passage in undecided:
        passages.setdefault(passage, [source])
    spans = {passage: _spans(text, *passage) for passage in passages}
    lines = _lines(text, passages, spans, _reasons(graph, source))
    return [line for line in lines if line.status is Status.UNCOVERED]


def _source(
    loaded: Graph,
    name: str | None,
    checksum: str,
    checksums: Mapping[str, str],
    document: SourceText,
) -> str:
    """Return the IRI of the source: by name, else by checksum, else the source with most quotes in the text."""
    if name is not None:
        return names.resolve(loaded, name, ITAS.Source).value
    if not checksums:
        raise UsageError("no-sources")
    fitting = [source for source, known in checksums.items() if known == checksum]
    if fitting:
        return fitting[0]
    return max(
        checksums,
        key=lambda source: sum(
            len(entities) for (quote, _), entities in passages_of(loaded, source).items() if document.spans_of(quote)
        ),
    )


def _checksums(loaded: Graph) -> dict[str, str]:
    """Return the SHA-256 of the document of each source, "" where none is stated."""
    rows = loaded.select("""
        SELECT ?source ?sha256 WHERE { ?source a itas:Source . OPTIONAL { ?source itas:sha256 ?sha256 } } ORDER BY ?source""")
    return {row["source"].value: row["sha256"].value if row["sha256"] else "" for row in rows}


def _checksum_findings(
    path: Path, source: str, checksum: str, checksums: Mapping[str, str], compiled: Compilation
) -> Iterator[Finding]:
    if checksums[source] != checksum:
        location = _location(compiled(), source, (ITAS.sha256, ""))
        code: Code = "document-changed" if checksums[source] else "no-checksum"
        yield Finding.of(location, code, path=path, sha256=checksum)._replace(severity="warning")


def _spans(document: SourceText, quote: str, lines: Sequence[int]) -> Mapping[int, Span]:
    """Return line → start and end of a quote, for each line in which it stands; only lines that it names, if it names any."""
    if not lines:
        return document.spans_of(quote)
    return {line: span for line in lines if (span := document.span_in(line, quote))}


def _quote_findings(
    source: str,
    passages: Mapping[Passage, Sequence[str]],
    spans: Mapping[Passage, Mapping[int, Span]],
    document: SourceText,
    compiled: Compilation,
) -> Iterator[Finding]:
    for passage, entities in passages.items():
        if spans[passage] and len(spans[passage]) >= len(passage[1]):
            continue
        evidence = Evidence(*passage, source)
        fault = fault_of(evidence, document)
        for entity in entities:
            location = _location(compiled(), entity, _VERBATIM, source)
            if fault == "missing":
                line, words = nearest_passage(evidence.quote, document)
                yield Finding.of(location, "misquoted", quote=evidence.quote, line=line, passage=words)
            else:
                actual = ", ".join(map(str, document.lines_of(evidence.quote)))
                lines = ", ".join(map(str, evidence.lines))
                yield Finding.of(location, "wrong-line", quote=evidence.quote, lines=lines, actual=actual)


def _place(path: Path, number: int, document: Document) -> Location:
    """Return the location of a line in the document: its first cell in a workbook, else its number in the text."""
    places = document.lines[number - 1].places
    return Location(f"{path}:{places[0]}") if places else Location(str(path), number)


def _location(compiled: Compiled, entity: str, properties: Sequence[str], source: str = "") -> Location:
    """Return the location of the first of the properties that an entity has, else the location of the entity."""
    for document in sorted(compiled.documents, key=lambda document: document.graph != source):
        for property_ in properties:
            if (entity, property_) in document.locations:
                return document.locations[entity, property_]
    return Location(compiled.context.compact(entity))


def nearest_passage(quote: str, document: SourceText) -> tuple[int, str]:
    """Return the line (from 1) with the longest common run of characters, and a passage of it as long as the quote."""
    folded = collapse_spaces(quote)
    number, column, offset, size = document.most_similar_passage(folded)
    if not size:
        return 1, ""
    line = document.lines[number - 1]
    start = line.rfind(" ", 0, max(0, column - offset) + 1) + 1
    return number, line[start : start + len(folded) + 1].strip()


def _reasons(loaded: Graph, source: str) -> dict[str, dict[str, str]]:
    """Return the reason of each omission by language."""
    rows = loaded.select(
        f"SELECT ?omission ?reason WHERE {{ ?omission itas:leavesOut <{source}> ; schema:description ?reason }}"
    )
    by_omission: dict[str, dict[str, str]] = {}
    for row in rows:
        by_omission.setdefault(row["omission"].value, {})[row["reason"].language or ""] = row["reason"].value
    return {
        omission: {lang: texts.get(lang) or next(iter(texts.values())) for lang in messages.LANGUAGES}
        for omission, texts in by_omission.items()
    }


def _lines(
    document: SourceText,
    passages: Mapping[Passage, Sequence[str]],
    spans: Mapping[Passage, Mapping[int, Span]],
    reasons: Mapping[str, Mapping[str, str]],
) -> Iterator[CoverageLine]:
    """Yield each line with its quotes."""
    marks_by_line: dict[int, list[Mark]] = {}
    for passage, entities in passages.items():
        for number, span in spans[passage].items():
            marks_by_line.setdefault(number, []).append(Mark(*span, entities))
    for number, text in enumerate(document.lines, 1):
        marks = marks_by_line.get(number, [])
        if any(one not in reasons for mark in marks for one in mark.entities):
            yield CoverageLine(number, text, Status.COVERED, marks)
        elif marks:
            yield CoverageLine(number, text, Status.OMITTED, marks, reasons[marks[0].entities[0]])
        else:
            yield CoverageLine(number, text, Status.UNCOVERED if text else Status.BLANK)


# --- the page -------------------------------------------------------------------------------------------------------


def page(coverage: Coverage, lang: str) -> bytes:
    """Return the document as an HTML page in which each quote is marked and linked to its entity."""
    from itasgraph.util import templates

    labels = _labels(coverage.graph, lang)
    lines_of: dict[str, list[int]] = {}
    for line in coverage.lines:
        for _, _, entities in line.spans:
            for entity in entities:
                lines_of.setdefault(entity, []).append(line.number)
    ordered = sorted(lines_of, key=lambda entity: (min(lines_of[entity]), entity))
    anchors = {entity: f"entity-{number}" for number, entity in enumerate(ordered, 1)}
    return templates.render(
        "authoring/coverage.html.j2",
        lang=lang,
        title=f"{labels.get(coverage.source, coverage.source)}",
        count=summary(coverage, lang),
        index=messages.render("evidence-heading", lang),
        lines=[_line_content(line, anchors, labels, lang) for line in coverage.lines],
        entities=[
            {
                "anchor": anchors[entity],
                "iri": entity,
                "label": labels.get(entity, coverage.graph.compact(entity)),
                "where": line_or_lines(set(lines_of[entity]), lang),
                "lines": sorted(set(lines_of[entity])),
            }
            for entity in ordered
        ],
    ).encode()


def summary(coverage: Coverage, lang: str) -> str:
    """Return a sentence with the numbers of lines that are covered, omitted, uncovered and blank."""
    counts = {status.name.lower(): coverage.count(status) for status in Status}
    return messages.render("line-counts", lang, **counts)


def _line_content(
    line: CoverageLine, anchors: Mapping[str, str], labels: Mapping[str, str], lang: str
) -> dict[str, object]:
    pieces: list[dict[str, str]] = []
    end = 0
    for start, stop, entities in line.spans:
        pieces.append({"text": line.text[end:start], "anchor": ""})
        title = " · ".join(labels.get(entity, entity) for entity in entities)
        pieces.append({"text": line.text[start:stop], "anchor": anchors[entities[0]], "title": title})
        end = stop
    pieces.append({"text": line.text[end:], "anchor": ""})
    reason = line.reason[lang] if line.reason else ""
    return {"number": line.number, "status": line.status.value, "pieces": pieces, "reason": reason}


def _labels(loaded: Graph, lang: str) -> dict[str, str]:
    """Return the label of each entity; a relation is called by its subject, predicate and object."""
    names = {iri: choose(texts, lang) for iri, texts in translations(loaded).items()}
    for row in loaded.select("SELECT ?r ?s ?p ?o WHERE { ?r rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }"):
        parts = [names.get(value(row[part]), "") for part in ("s", "p", "o")]
        names |= {value(row["r"]): " – ".join(parts)} if all(parts) else {}
    return names
