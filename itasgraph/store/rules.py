"""Rules: CONSTRUCT queries that derive statements, each into the graph with its name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final
from urllib.parse import quote

import pyoxigraph as ox

from itasgraph.errors import Finding, InvalidProject, Location, UnsafeQuery
from itasgraph.parsing import jsonld_context, query_guard, query_header
from itasgraph.project import Project
from itasgraph.store.memory import add, error_position
from itasgraph.store.queryable import TYPE
from itasgraph.vocabulary import ITAS, RDFS

_MAX_REASON: Final = 100
# Rules may feed each other; rules that still produce triples after this number of rounds do not terminate.
_MAX_ROUNDS: Final = 20


def catalogue_of(terms: jsonld_context.Context) -> ox.NamedNode:
    """Return the graph that describes all graphs of a project."""
    return ox.NamedNode(terms.base + "editorial/catalogue")


def run_rules(
    store: ox.Store, project: Project, terms: jsonld_context.Context, content: Mapping[Path, bytes]
) -> list[Finding]:
    """Run all rules until none derives anything new, each into the graph with its name. Return their faults."""
    findings: list[Finding] = []
    rules: dict[Path, str] = {}
    for path in project.rules:
        try:
            rules[path] = query_header.decode(content[path], project.filename(path))
            add(store, _describe(path, rules[path], project, terms))
        except InvalidProject as error:
            findings += error.findings
    add(store, _describe_catalogue(terms))
    for _ in range(_MAX_ROUNDS):
        productive = []
        for path, text in list(rules.items()):
            try:
                productive += (
                    [path] if _run_rule(store, graph_of(path, terms), text, project.filename(path), terms) else []
                )
            except InvalidProject as error:
                findings += error.findings
                del rules[path]
        if not productive:
            return findings
    return [
        *findings,
        *(Finding.of(Location(project.filename(path)), "endless-rule", rounds=_MAX_ROUNDS) for path in productive),
    ]


def graph_of(path: Path, terms: jsonld_context.Context) -> ox.NamedNode:
    """Return the graph that a rule derives."""
    return ox.NamedNode(f"{terms.base}rule/{quote(path.stem)}")


def _run_rule(store: ox.Store, name: ox.NamedNode, text: str, filename: str, terms: jsonld_context.Context) -> bool:
    """Add the triples that a rule derives to its graph and the default graph. Return whether any was new."""
    try:
        query_guard.refuse_unsafe(text)
        derived = store.query(text, prefixes=terms.prefixes, base_iri=terms.base)
    except UnsafeQuery as error:
        raise InvalidProject([error.finding(filename)]) from error
    except SyntaxError as error:
        location = Location(filename, *(error_position(error) or ()))
        raise InvalidProject(
            [Finding.of(location, "invalid-rule", reason=error.msg.splitlines()[0][:_MAX_REASON])]
        ) from error
    if not isinstance(derived, ox.QueryTriples):
        raise InvalidProject([Finding.of(Location(filename), "invalid-rule", reason="SELECT/ASK")])
    new = [
        quad
        for triple in derived
        if (quad := ox.Quad(triple.subject, triple.predicate, triple.object, name)) not in store
    ]
    add(store, new)
    return bool(new)


def _describe_catalogue(terms: jsonld_context.Context) -> Iterator[ox.Quad]:
    """Yield the statements of the catalogue of the graphs about itself."""
    catalogue = catalogue_of(terms)
    yield ox.Quad(catalogue, TYPE, ox.NamedNode(ITAS.EditorialGraph), catalogue)
    for lang, label in {"de": "Verzeichnis der Graphen", "en": "Catalogue of the graphs"}.items():
        yield ox.Quad(catalogue, ox.NamedNode(RDFS.label), ox.Literal(label, language=lang), catalogue)


def _describe(path: Path, text: str, project: Project, terms: jsonld_context.Context) -> Iterator[ox.Quad]:
    """Yield the statements of the catalogue about the graph of a rule. Raise InvalidProject for an invalid header."""
    name, catalogue = graph_of(path, terms), catalogue_of(terms)
    yield ox.Quad(name, TYPE, ox.NamedNode(ITAS.DerivedGraph), catalogue)
    fields = query_header.parse(text, project.filename(path))
    for key, term in (("title", RDFS.label), ("summary", RDFS.comment)):
        for lang, translation in query_header.translations(fields, key).items():
            literal = ox.Literal(translation.strip(), language=lang)
            yield ox.Quad(name, ox.NamedNode(term), literal, catalogue)
