"""Graph → Turtle and N-Triples that are the same bytes for the same triples."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from itasgraph.errors import AskedWrongly
from itasgraph.graph import Graph

_NAMES: Final = {"turtle": "turtle", "ttl": "turtle", "ntriples": "ntriples", "nt": "ntriples"}
FORMATS: Final = tuple(_NAMES)

_KIND: Final = ox.NamedNode("https://w3id.org/itas/ontology#kind")
_ORDER: Final = ox.NamedNode("https://w3id.org/itas/ontology#order")
_PLURAL: Final = ox.NamedNode("https://w3id.org/itas/ontology#plural")


def choose(form: str | None, output: Path | None) -> str:
    """The format named by `form`, else by the ending of `output`, else Turtle. Raises AskedWrongly for other endings."""
    if form is not None:
        return _NAMES[form]
    if output is None or not output.suffix:
        return "turtle"
    if output.suffix[1:] not in _NAMES:
        raise AskedWrongly("unknown-ending", path=output, known=".ttl .nt")
    return _NAMES[output.suffix[1:]]


def serialize(graph: Graph, form: str) -> bytes:
    """The union of the graph's triples in `form`, "turtle" or "ntriples"."""
    return turtle(graph, graph.triples()) if form == "turtle" else ntriples(graph.triples())


def ntriples(triples: Iterable[ox.Triple]) -> bytes:
    """Canonical N-Triples (RDF 1.2 N-Triples, section 4), sorted."""
    lines = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
    return b"".join(sorted(set(lines.splitlines(keepends=True))))


def turtle(graph: Graph, triples: Iterable[ox.Triple]) -> bytes:
    """Turtle with a heading for each kind of thing; the triples of a relation follow the thing they start from.

    Only prefixes in use are declared. Without blank nodes in the data the bytes depend on the triples alone.
    """
    ordered = sorted(set(triples), key=_sort_key)
    sections = _sections(graph)
    grouped: dict[tuple[int, str], list[ox.Triple]] = {}
    kinds = {t.subject: t.object for t in ordered if t.predicate == _KIND}
    for triple in ordered:
        heading = sections.get(kinds.get(_owner(triple.subject, kinds)), _OTHERS)
        grouped.setdefault(heading, []).append(triple)
    prefixes = _used(graph.prefixes, ordered)
    parts = [f"@prefix {prefix}: <{namespace}> .\n".encode() for prefix, namespace in sorted(prefixes.items())]
    for (_, title), group in sorted(grouped.items()):
        parts.append(f"\n# --- {title} ---\n\n".encode())
        parts.append(_body(group, prefixes))
    return b"".join(parts)


_OTHERS: Final = (10_000, "Concepts, graphs and terms")


def _sections(graph: Graph) -> dict[object, tuple[int, str]]:
    """Kind → (order, heading), from the vocabulary."""
    found: dict[object, tuple[int, str]] = {}
    for quad in graph.store.quads_for_pattern(None, _ORDER, None, ox.DefaultGraph()):
        plurals = graph.store.quads_for_pattern(quad.subject, _PLURAL, None, ox.DefaultGraph())
        title = next((q.object.value for q in plurals if getattr(q.object, "language", "") == "en"), "")
        found[quad.subject] = (int(quad.object.value), title or str(quad.subject))
    return found


def _owner(subject: object, kinds: dict[object, object]) -> object:
    """The thing a relation node belongs to: the beginning of its IRI, as the reader minted it."""
    if subject in kinds or not isinstance(subject, ox.NamedNode) or "#" not in subject.value:
        return subject
    parts = subject.value.partition("#")[0].split("/")
    for end in range(len(parts) - 1, 3, -1):
        candidate = ox.NamedNode("/".join(parts[:end]))
        if candidate in kinds:
            return candidate
    return subject


def _sort_key(triple: ox.Triple) -> tuple[str, str, int, str]:
    """By subject, then predicate (rdf:type first), then object with German before English before the rest."""
    language = getattr(triple.object, "language", None)
    predicate = "" if triple.predicate.value.endswith("22-rdf-syntax-ns#type") else triple.predicate.value
    return (str(triple.subject), predicate, {"de": 0, "en": 1}.get(language or "", 2), str(triple.object))


def _used(prefixes: dict[str, str], triples: Iterable[ox.Triple]) -> dict[str, str]:
    """The prefixes whose namespace begins an IRI of the triples."""
    iris: set[str] = set()
    for triple in triples:
        iris.update(term.value for term in (triple.subject, triple.predicate, triple.object) if isinstance(term, ox.NamedNode))
        if isinstance(triple.object, ox.Literal):
            iris.add(triple.object.datatype.value)
    return {prefix: namespace for prefix, namespace in prefixes.items() if any(iri.startswith(namespace) for iri in iris)}


def _body(triples: list[ox.Triple], prefixes: dict[str, str]) -> bytes:
    """The triples as Turtle, without the declarations that the writer puts before them."""
    text = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=prefixes) or b""
    lines = text.splitlines(keepends=True)
    return b"".join(line for line in lines[len(prefixes) :])
