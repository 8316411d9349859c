"""What proves a statement: quotes, the lines they stand in, their sources; and the footnotes made of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Final, NamedTuple, TypedDict

import pyoxigraph as ox

from itasgraph import messages
from itasgraph.entities.labels import display_labels, select_each
from itasgraph.store.queryable import Queryable
from itasgraph.util.spelling import collapse_spaces

# How the id of a document begins that has no web address; the name of its file follows.
OFFLINE: Final = "document/"
_MARKS: Final = {"de": ("„", "“"), "en": ("“", "”")}


class Evidence(NamedTuple):
    """A quote: the lines it stands in (from 1; none where the source has it once only), and the IRI of the source."""

    quote: str
    lines: tuple[int, ...] = ()
    source: str = ""

    @classmethod
    def of(cls, row: ox.QuerySolution) -> Evidence:
        """Return the evidence in a row with the columns ?quote, ?source and ?line, which may be unbound."""
        lines = (int(row["line"].value),) if row["line"] is not None else ()
        return cls(row["quote"].value, lines, row["source"].value)

    def as_json(self) -> EvidenceJson:
        """Return the evidence as an object of JSON."""
        return {"text": self.quote, "lines": list(self.lines), "source": self.source}


class EvidenceJson(TypedDict):
    """Evidence as an object of JSON."""

    text: str
    lines: list[int]
    source: str


class Source(NamedTuple):
    """How a source is named to readers: its label, and the web address of its document, its name if it has none, or ""."""

    label: str
    document: str = ""

    def __str__(self) -> str:
        return f"{self.label} – {self.document}" if self.document else self.label


class Footnote(NamedTuple):
    """Evidence below an answer.

    `derived_from` is the label of the entry of which the source says it, where a rule hands it on; `title` is the printed
    title of what the quote is said of, where its own words do not say so.
    """

    evidence: Evidence
    source: Source
    derived_from: str = ""
    title: str = ""


def merge(evidence: Iterable[Evidence]) -> list[Evidence]:
    """Join the lines of the same quote of the same source; return the evidence sorted by quote and source."""
    lines: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for one in evidence:
        lines[one.quote, one.source].update(one.lines)
    return [Evidence(quote, tuple(sorted(numbers)), source) for (quote, source), numbers in sorted(lines.items())]


def own_evidence(graph: Queryable, iris: Iterable[str] | None = None) -> dict[str, list[Evidence]]:
    """Return the evidence of the entities themselves; without `iris` of all entities that have a kind.

    An entity of several sources has the quotes and lines of them all: each belongs to the source whose graph holds it.
    """
    by_entity: dict[str, list[Evidence]] = {}
    for row in select_each(graph, _OWN, iris, without_iris="?iri itas:kind ?kind ."):
        by_entity.setdefault(row["iri"].value, []).append(Evidence.of(row))
    return {iri: merge(evidence) for iri, evidence in by_entity.items()}


def printed_titles(graph: Queryable) -> dict[str, str]:
    """Return the titles of contributions, sections and the like as their sources print them, by IRI."""
    return {row["iri"].value: row["title"].value for row in graph.select(_TITLES)}


def missing_titles(quote: str, names: Iterable[Collection[str]], titles: Iterable[str]) -> list[str]:
    """Return the printed titles that a reader of a quote needs to see what it is said of.

    `names` are those of each end of the statement. A quote that has a name of every end needs no title, and no quote one that it has itself.

    >>> missing_titles("Erika Muster, Musterwerk", [["Erika Muster"], ["Verleih von Lastenrädern"]], ["Verleih von Lastenrädern"])
    ['Verleih von Lastenrädern']
    >>> missing_titles("Erika Muster, Musterwerk", [["Erika Muster"], ["Musterwerk"]], ["Verleih von Lastenrädern"])
    []
    """
    text = collapse_spaces(quote).casefold()
    if all(any(collapse_spaces(name).casefold() in text for name in of_end if name) for of_end in names):
        return []
    return list(dict.fromkeys(title for title in titles if collapse_spaces(title).casefold() not in text))


def sources(graph: Queryable, iris: Iterable[str], lang: str) -> dict[str, Source]:
    """Return label and document of each source; its short IRI replaces a missing label."""
    iris = list(iris)
    names = display_labels(graph, iris, lang)
    rows = select_each(graph, _DOCUMENTS, iris)
    documents = {row["iri"].value: _address(graph, row["document"].value) for row in rows}
    return {iri: Source(names[iri], documents.get(iri, "")) for iri in iris}


def _address(graph: Queryable, document: str) -> str:
    """Return the web address of a document, or its name where it has none."""
    name = graph.compact(document)
    return name.removeprefix(OFFLINE) if name.startswith(OFFLINE) else document


def in_quotes(words: str, lang: str) -> str:
    """Put the words between the quotation marks of the language, on one line."""
    opening, closing = _MARKS["de" if lang == "de" else "en"]
    return f"{opening}{' '.join(words.split())}{closing}"


def reference(evidence: Evidence, number: int, lang: str) -> str:
    """Return the quote with the number of its source and its lines: `“…” [1, lines 57, 71]`."""
    return f"{in_quotes(evidence.quote, lang)} [{number}{_lines(evidence, lang)}]"


def passage(note: Footnote, lang: str) -> str:
    """Return the source of the quote, its lines, the title that it needs, and the entry from which a rule derived the statement, on one line."""
    parts = [collapse_spaces(note.source.label) + _lines(note.evidence, lang)]
    if note.title:
        parts.append(messages.render("footnote-title", lang, title=in_quotes(note.title, lang)))
    if note.derived_from:
        parts.append(messages.render("derived-from", lang, entity=in_quotes(note.derived_from, lang)))
    return ", ".join(parts)


def origin(note: Footnote, lang: str) -> str:
    """Return where the quote stands: source, lines and address, on one line."""
    return str(note.source._replace(label=passage(note, lang)))


def sentence(number: int, note: Footnote, lang: str) -> str:
    """Return the footnote as one line that ends with the address of the document, if there is one."""
    return f"[{number}] {in_quotes(note.evidence.quote, lang)} – {origin(note, lang)}"


def line_or_lines(numbers: Collection[int], lang: str) -> str:
    """Return the word that stands before the numbers of lines: "line" or "lines", in `lang`."""
    return messages.render("lines" if len(numbers) > 1 else "line", lang)


def _lines(evidence: Evidence, lang: str) -> str:
    numbers = ", ".join(map(str, evidence.lines))
    return f", {line_or_lines(evidence.lines, lang)} {numbers}" if numbers else ""


_OWN: Final = """
    SELECT DISTINCT ?iri ?quote ?source ?line WHERE {
      VALUES ?iri { %s } ?iri itas:quote ?quote ; dcterms:source ?source .
      FILTER(EXISTS { GRAPH ?source { ?iri itas:quote ?quote } } || NOT EXISTS { GRAPH ?any { ?iri itas:quote ?quote } })
      OPTIONAL {
        ?iri itas:line ?line .
        FILTER(EXISTS { GRAPH ?source { ?iri itas:line ?line } } || NOT EXISTS { GRAPH ?any { ?iri itas:line ?line } })
      }
    }"""
_TITLES: Final = """
    SELECT ?iri ?title WHERE { ?iri itas:kind ?kind ; dcterms:title ?title } ORDER BY ?iri DESC(?title)"""
_DOCUMENTS: Final = """
    SELECT ?iri ?document WHERE {
      VALUES ?iri { %s } ?iri prov:wasDerivedFrom ?document
    } ORDER BY ?iri DESC(?document)"""
