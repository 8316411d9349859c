"""Graph → Turtle, N-Triples and N-Quads that are the same bytes for the same statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from itasgraph.errors import AskedWrongly
from itasgraph.graph import Graph, value

_NAMES: Final = {
    "turtle": "turtle",
    "ttl": "turtle",
    "ntriples": "ntriples",
    "nt": "ntriples",
    "nquads": "nquads",
    "nq": "nquads",
}

_VOCABULARY: Final = "https://w3id.org/itas/ontology#"
_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
# Datatypes that Turtle does not write out: those of plain and of language-tagged text, and of numbers and truth values.
_UNWRITTEN: Final = (
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString",
    *(f"http://www.w3.org/2001/XMLSchema#{name}" for name in ("string", "integer", "decimal", "double", "boolean")),
)
_KIND: Final = ox.NamedNode(f"{_VOCABULARY}kind")


def choose(form: str | None, output: Path | None) -> str:
    """The format named by `form`, else by the ending of `output`, else Turtle. Raises AskedWrongly for other endings."""
    if form is not None:
        return _NAMES[form]
    if output is None or not output.suffix:
        return "turtle"
    ending = output.suffix[1:].lower()
    if ending not in _NAMES:
        raise AskedWrongly("unknown-ending", path=output, known=".ttl .nt .nq")
    return _NAMES[ending]


def serialize(graph: Graph, form: str) -> bytes:
    """The graph in `form`: the union of its triples as "turtle" or "ntriples", the named graphs as "nquads"."""
    if form == "turtle":
        return turtle(graph, graph.triples())
    return nquads(graph.quads()) if form == "nquads" else ntriples(graph.triples())


def ntriples(triples: Iterable[ox.Triple]) -> bytes:
    """Canonical N-Triples (RDF 1.2 N-Triples, section 4), sorted."""
    return _sorted(ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"")


def nquads(quads: Iterable[ox.Quad]) -> bytes:
    """Canonical N-Quads (RDF 1.2 N-Quads, section 4), sorted."""
    return _sorted(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")


def _sorted(lines: bytes) -> bytes:
    # Split at line feeds alone: a literal may hold what Python takes for other ends of lines.
    return b"".join(sorted({line + b"\n" for line in lines.split(b"\n") if line}))


def turtle(graph: Graph, triples: Iterable[ox.Triple]) -> bytes:
    """Turtle with a heading for each kind of thing; the triples of a relation follow the thing they start from.

    Only prefixes in use are declared. Without blank nodes in the data the bytes depend on the triples alone.
    """
    found = set(triples)
    kinds = {value(t.subject): value(t.object) for t in found if t.predicate == _KIND}
    owners = {subject: _owner(subject, kinds) for subject in {value(triple.subject) for triple in found}}
    ordered = sorted(found, key=lambda triple: (owners[value(triple.subject)], *_sort_key(triple)))
    sections = _sections(graph)
    grouped: dict[tuple[int, str], list[ox.Triple]] = {}
    for triple in ordered:
        heading = sections.get(kinds.get(owners[value(triple.subject)], ""), _OTHERS)
        grouped.setdefault(heading, []).append(triple)
    prefixes = _used(graph.prefixes, ordered)
    parts = [f"@prefix {prefix}: <{namespace}> .\n".encode() for prefix, namespace in sorted(prefixes.items())]
    for (_, title), group in sorted(grouped.items()):
        parts.append(f"\n# --- {title} ---\n\n".encode())
        parts.append(_body(group, prefixes))
    return b"".join(parts)


_OTHERS: Final = (10_000, "Concepts, graphs and terms")


def _sections(graph: Graph) -> dict[str, tuple[int, str]]:
    """Kind → (order, heading), from the vocabulary."""
    rows = graph.select(f"""
        SELECT ?kind ?order ?title WHERE {{
          ?kind <{_VOCABULARY}order> ?order ; <{_VOCABULARY}plural> ?title . FILTER(LANG(?title) = "en")
        }}""")
    return {row["kind"].value: (int(row["order"].value), row["title"].value) for row in rows}


def _owner(subject: str, kinds: Mapping[str, str]) -> str:
    """The thing a relation node belongs to: the beginning of its IRI, as the reader minted it."""
    path, fragment, _ = subject.partition("#")
    while fragment and path and subject not in kinds:
        if path in kinds:
            return path
        path = path.rpartition("/")[0]
    return subject


def _sort_key(triple: ox.Triple) -> tuple[str, str, int, str]:
    """By subject, then predicate (rdf:type first), then object with German before English before the rest."""
    language = getattr(triple.object, "language", None)
    predicate = "" if triple.predicate.value == _TYPE else triple.predicate.value
    return (value(triple.subject), predicate, {"de": 0, "en": 1}.get(language or "", 2), str(triple.object))


def _used(prefixes: dict[str, str], triples: Iterable[ox.Triple]) -> dict[str, str]:
    """The prefixes whose namespace begins an IRI of the triples."""
    iris: set[str] = set()
    for triple in triples:
        terms = (triple.subject, triple.predicate, triple.object)
        iris.update(term.value for term in terms if isinstance(term, ox.NamedNode) and term != triple.predicate)
        iris.update([triple.predicate.value] if triple.predicate.value != _TYPE else [])  # Turtle writes "a"
        if isinstance(triple.object, ox.Literal) and triple.object.datatype.value not in _UNWRITTEN:
            iris.add(triple.object.datatype.value)
    return {
        prefix: namespace for prefix, namespace in prefixes.items() if any(iri.startswith(namespace) for iri in iris)
    }


def _body(triples: list[ox.Triple], prefixes: dict[str, str]) -> bytes:
    """The triples as Turtle, without the declarations that the writer puts before them."""
    text = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=prefixes) or b""
    lines = text.splitlines(keepends=True)
    return b"".join(line for line in lines[len(prefixes) :])
