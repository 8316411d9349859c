"""Rules: CONSTRUCT queries that derive statements, each into the graph with its name."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

import pyoxigraph as ox

from itasgraph.errors import Finding, InvalidProject, Location, UnsafeQuery
from itasgraph.parsing import jsonld_context, query_guard, query_header
from itasgraph.project import Project
from itasgraph.store import cache
from itasgraph.store.memory import add, error_position
from itasgraph.store.queryable import TYPE
from itasgraph.vocabulary import ITAS, RDFS

if TYPE_CHECKING:  # the module loads rdflib
    from itasgraph.store.rule_patterns import Pattern

_MAX_REASON: Final = 100
# Rules may feed each other; rules that still produce triples after this number of rounds do not terminate.
_MAX_ROUNDS: Final = 20
# Up to this number of statements, counted in the union as well, running all rules takes less time than finding what they read.
_FEW_STATEMENTS: Final = 100_000


@dataclass
class _Rule:
    """A rule, the patterns of the statements that it may read, or none, and whether one of these is new since it ran."""

    path: Path
    text: str
    patterns: Collection[Pattern] | None = None
    is_due: bool = True


def catalogue_of(terms: jsonld_context.Context) -> ox.NamedNode:
    """Return the graph that describes all graphs of a project."""
    return ox.NamedNode(terms.base + "editorial/catalogue")


def run_rules(
    store: ox.Store, project: Project, terms: jsonld_context.Context, content: Mapping[Path, bytes]
) -> list[Finding]:
    """Run all rules until none derives anything new, each into the graph with its name. Return their faults."""
    findings: list[Finding] = []
    rules: list[_Rule] = []
    for path in project.rules:
        try:
            text = _read(content[path], project.filename(path))
            add(store, _describe(path, text, project, terms))
            rules.append(_Rule(path, text))
        except InvalidProject as error:
            findings += error.findings
    add(store, _describe_catalogue(terms))
    if len(store) > _FEW_STATEMENTS:
        _find_patterns(rules, terms)
    for _ in range(_MAX_ROUNDS):
        productive = []
        for rule in [*rules]:
            if not rule.is_due:  # a rule before it in this round may have made it due
                continue
            try:
                new = _run_rule(store, graph_of(rule.path, terms), rule.text, project.filename(rule.path), terms)
                rule.is_due = False
                if new:
                    productive.append(rule.path)
                    _schedule(rules, new)
            except InvalidProject as error:
                findings += error.findings
                rules.remove(rule)
        if not productive:
            return findings
    return [
        *findings,
        *(Finding.of(Location(project.filename(path)), "endless-rule", rounds=_MAX_ROUNDS) for path in productive),
    ]


def _read(content: bytes, filename: str) -> str:
    """Return the text of a rule. Raise InvalidProject where it is no text, or no safe query."""
    text = query_header.decode(content, filename)
    try:
        query_guard.refuse_unsafe(text)
    except UnsafeQuery as error:
        raise InvalidProject([error.finding(filename)]) from error
    return text


def _find_patterns(rules: Iterable[_Rule], terms: jsonld_context.Context) -> None:
    """Give the rules their patterns, from the cache where they are there: parsing all rules takes a second."""
    inputs = {name: version(name) for name in ("rdflib", "pyparsing")} | {"context": repr((terms.prefixes, terms.base))}
    inputs |= {rule.path.name: rule.text for rule in rules}
    key = cache.result_key(("parsing", "store"), {name: value.encode() for name, value in inputs.items()})
    content = cache.read_result(key)
    if content is None:
        from itasgraph.store.rule_patterns import patterns_of

        found = [patterns_of(rule.text, terms.prefixes, terms.base) for rule in rules]
        content = json.dumps(
            [patterns if patterns is None else sorted(patterns, key=str) for patterns in found]
        ).encode()
        cache.write_result(key, content)
    for rule, patterns in zip(rules, json.loads(content), strict=True):
        rule.patterns = patterns


def _schedule(rules: Iterable[_Rule], new: Iterable[ox.Quad]) -> None:
    """Mark the rules that may derive more from new statements."""
    objects: dict[str, set[str]] = {}
    for quad in new:
        objects.setdefault(quad.predicate.value, set()).add(
            quad.object.value if isinstance(quad.object, ox.NamedNode) else ""
        )
    for rule in rules:
        rule.is_due |= rule.patterns is None or any(
            predicate in objects and (object_ is None or object_ in objects[predicate])
            for predicate, object_ in rule.patterns
        )


def graph_of(path: Path, terms: jsonld_context.Context) -> ox.NamedNode:
    """Return the graph that a rule derives."""
    return ox.NamedNode(f"{terms.base}rule/{quote(path.stem)}")


def _run_rule(
    store: ox.Store, name: ox.NamedNode, text: str, filename: str, terms: jsonld_context.Context
) -> list[ox.Quad]:
    """Add the triples that a rule derives to its graph and the default graph. Return those that are new."""
    # The answer is gone before the store is written to: Oxigraph may wait for ever while one over GRAPH is still there.
    new = _derive(store, name, text, filename, terms)
    add(store, new)
    return new


def _derive(
    store: ox.Store, name: ox.NamedNode, text: str, filename: str, terms: jsonld_context.Context
) -> list[ox.Quad]:
    """Return the triples that a rule derives and its graph lacks."""
    try:
        derived = store.query(text, prefixes=terms.prefixes, base_iri=terms.base)
    except SyntaxError as error:
        location = Location(filename, *(error_position(error) or ()))
        raise InvalidProject(
            [Finding.of(location, "invalid-rule", reason=error.msg.splitlines()[0][:_MAX_REASON])]
        ) from error
    if not isinstance(derived, ox.QueryTriples):
        raise InvalidProject([Finding.of(Location(filename), "invalid-rule", reason="SELECT/ASK")])
    return [
        quad
        for triple in derived
        if (quad := ox.Quad(triple.subject, triple.predicate, triple.object, name)) not in store
    ]


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
