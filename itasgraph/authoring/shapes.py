"""Violations of `ontology/shapes.ttl` (SHACL), by pySHACL."""

from __future__ import annotations

import io
import logging
import re
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from itasgraph.authoring.entries import TYPE, Locations, UncertainStatements, entry_iris, entry_name, reason
from itasgraph.authoring.malformed_shapes import PREFIXES, malformed_parts
from itasgraph.errors import Finding, Location, UnsafeQuery
from itasgraph.parsing import query_guard
from itasgraph.project import Project
from itasgraph.store.compiler import Compiled, parse_turtle
from itasgraph.store.queryable import value
from itasgraph.util import files
from itasgraph.vocabulary import RDFS, SCHEMA

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

# How rdflib names blank nodes, another name at each run.
_BLANK_NODE: Final = re.compile(r"'?\bN[0-9a-f]{32}\b'?")
# Rules that complete what people wrote; shapes are written for superclasses, whole statements and sources.
_COMPLETION_RULES: Final = frozenset({"classes", "relations", "sources"})
_SUBCLASS: Final = ox.NamedNode(RDFS.subClassOf)
# What an entry may violate because a statement is missing (SHACL, sections 4.2, 4.5, 4.7 and 4.8).
_ABSENCE_CONSTRAINTS: Final = tuple(
    f"#{name}ConstraintComponent" for name in ("MinCount", "QualifiedMinCount", "Equals", "HasValue")
)
# pySHACL sets a property shape up once for each target, but once for each node where another shape has it as sh:property.
# What a property shape says of the nodes of that other shape, it says of the same nodes as its own targets, except where
# the other shape has a part in it: it leads elsewhere, is closed or off, has siblings that count, or is referred to.
_FLATTEN: Final = """
    DELETE { ?shape sh:property ?property }
    INSERT { ?property ?target ?nodes }
    WHERE {
      VALUES ?target { sh:targetClass sh:targetNode sh:targetSubjectsOf sh:targetObjectsOf }
      ?shape sh:property ?property ; ?target ?nodes .
      ?property sh:path ?path .
      FILTER NOT EXISTS { ?shape sh:path|sh:closed|sh:deactivated|sh:target ?any }
      FILTER NOT EXISTS { ?shape sh:property/sh:qualifiedValueShapesDisjoint ?any }
      FILTER NOT EXISTS { ?shape a rdfs:Class }
      FILTER NOT EXISTS { ?any ?refers ?shape }
    }"""
# pySHACL validates each value against each member of sh:or, and words a result for each that it violates. A list of classes
# it validates once where they have a common superclass: the first member itself, which holds nothing but that class then.
# The superclasses go to the data, where nothing but sh:class may see them. A generic message would list the members.
_JOIN: Final = """
    DELETE { ?list rdf:rest ?rest . ?first sh:class ?only }
    INSERT { ?list rdf:rest () . ?first sh:class ?first . ?class rdfs:subClassOf ?first }
    WHERE {
      ?shape sh:or ?list .
      ?list rdf:first ?first ; rdf:rest ?rest .
      ?first sh:class ?only .
      ?list rdf:rest*/rdf:first/sh:class ?class .
      FILTER EXISTS { { ?shape sh:message ?text } UNION { ?any sh:not ?shape } }
      FILTER NOT EXISTS {
        ?list rdf:rest*/rdf:first ?member .
        FILTER(!isBlank(?member) || !EXISTS { ?member sh:class ?its }
          || EXISTS { ?member ?key ?value FILTER(?key != sh:class) }
          || EXISTS { ?member sh:class ?one , ?other FILTER(?one != ?other) }
          || EXISTS { ?place rdf:first ?member . ?elsewhere ?refers ?member FILTER(?elsewhere != ?place) })
      }
      FILTER NOT EXISTS { ?any ?seen rdfs:subClassOf }
      FILTER NOT EXISTS { ?any sh:closed|sh:select|sh:ask|sh:construct ?seen }
    }"""


def violations(
    project: Project, compiled: Compiled, locations: Locations, uncertain: UncertainStatements
) -> Iterator[Finding]:
    """Yield the violations of `ontology/shapes.ttl` that pySHACL finds in what people wrote and rules completed."""
    if not project.shapes.is_file():
        return
    filename = project.filename(project.shapes)
    text = files.read(project.shapes, filename)
    triples, findings = parse_turtle(text, filename, compiled.context.base)
    faults = list(malformed_parts(triples))
    findings += [
        Finding.of(_shape_location(shape, text.decode(errors="replace"), filename), code, term=term)
        for shape, code, term in faults
    ]
    broken = {shape for shape, *_ in faults}
    triples = [triple for triple in triples if not (value(triple.subject) in broken and _is_target(triple))]
    findings += [
        Finding.of(Location(filename), "shape-rdf", term=triple.object) for triple in triples if not _is_rdf_11(triple)
    ]
    yield from findings
    derived = f"{compiled.context.base}rule/"
    stated = {quad.triple for quad in compiled.quads if _is_stated(quad, derived)}
    with _silence():
        flattened, joined = _flatten(triples)
        data, shapes, flat = map(_in_rdflib, (stated | joined, triples, flattened))
        if unsafe := list(_unsafe(shapes, filename)):
            yield from unsafe
            return
        reports = list(_reports(data, shapes, flat, text.decode(errors="replace"), filename))
    entries = _Entries(compiled, locations, uncertain)
    for report in reports:
        if isinstance(report, Finding):
            if report.location not in {finding.location for finding in findings}:
                yield report
        else:
            yield from _report(report, shapes, Location(filename), entries)


def _is_target(triple: ox.Triple) -> bool:
    """Return whether the triple states a target of a shape (SHACL, section 2.1.3)."""
    return triple.predicate.value.startswith(f"{PREFIXES['sh']}target")


@contextmanager
def _silence() -> Iterator[None]:
    """Keep rdflib and pySHACL from writing to stderr; a finding says in one line what they would print."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings(), redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)


def _unsafe(shapes: rdflib.Graph, filename: str) -> Iterator[Finding]:
    """Yield the queries of rules, targets and functions that call a host, which rdflib would do, or nest too deep."""
    from rdflib.namespace import SH

    for term in (SH.select, SH.ask, SH.construct):
        for text in sorted({str(found) for found in shapes.objects(None, term)}):
            try:
                query_guard.guard(text)
            except UnsafeQuery as error:
                yield error.finding(filename)._replace(location=Location(filename))


def _in_rdflib(triples: Iterable[ox.Triple]) -> rdflib.Graph:
    """Return the triples as a graph of rdflib, without those of RDF 1.2, which rdflib does not know."""
    import rdflib

    graph = rdflib.Graph()
    term = cache(_term)
    for triple in filter(_is_rdf_11, triples):
        graph.add((term(triple.subject), term(triple.predicate), term(triple.object)))
    return graph


def _term(term: ox.NamedNode | ox.BlankNode | ox.Literal) -> Node:
    from rdflib import BNode, Literal, URIRef

    match term:
        case ox.NamedNode():
            return URIRef(term.value)
        case ox.BlankNode():
            return BNode(term.value)
    return Literal(term.value, term.language, None if term.language else URIRef(term.datatype.value))


def _is_rdf_11(triple: ox.Triple) -> bool:
    term = triple.object
    return not isinstance(term, ox.Triple) and not (isinstance(term, ox.Literal) and term.direction)


def _flatten(triples: Iterable[ox.Triple]) -> tuple[set[ox.Triple], set[ox.Triple]]:
    """Return shapes with the same results that pySHACL validates in a third of the time, and superclasses for the data."""
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in triples)
    for update in (_FLATTEN, _JOIN):
        store.update(update, prefixes=PREFIXES)
    joined = {quad.triple for quad in store.quads_for_pattern(None, _SUBCLASS, None) if _is_blank(quad.object)}
    return {quad.triple for quad in store} - joined, joined


def _is_blank(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> bool:
    return isinstance(term, ox.BlankNode)


def _reports(
    data: rdflib.Graph, shapes: rdflib.Graph, flat: rdflib.Graph, text: str, filename: str
) -> Iterator[rdflib.Graph | Finding]:
    """Yield the report of pySHACL; where a shape cannot be used, a finding for it and a report for each other shape."""
    try:
        report = _validate(data, flat)
    except _BadShapes as error:
        yield from _single_reports(data, shapes, text, Finding.of(Location(filename), "bad-shapes", reason=error))
    else:
        yield report


def _single_reports(
    data: rdflib.Graph, shapes: rdflib.Graph, text: str, fault: Finding
) -> Iterator[rdflib.Graph | Finding]:
    """Yield a report or a finding for each shape; yield `fault`, that of all shapes together, where no single one has a fault."""
    broken = False
    for name, part in _single_shapes(shapes):
        try:
            yield _validate(data, part)
        except _BadShapes as error:
            broken = True
            yield Finding.of(_shape_location(name, text, fault.location.path), "bad-shapes", reason=error)
    if not broken:
        yield fault


class _BadShapes(Exception):
    """The message of pySHACL about shapes that it cannot use, on one line."""


def _validate(data: rdflib.Graph, shapes: rdflib.Graph) -> rdflib.Graph:
    """Return the report of pySHACL. Raises _BadShapes."""
    import pyshacl
    import rdflib

    try:
        _, report, text = pyshacl.validate(data, shacl_graph=shapes, advanced=_is_advanced(shapes), inplace=True)
    except Exception as error:  # pySHACL and rdflib raise almost anything for shapes that are none
        raise _BadShapes(_BLANK_NODE.sub("[…]", reason(error))) from error
    if not isinstance(report, rdflib.Graph):
        raise _BadShapes(reason(ValueError(text)))
    return report


def _is_advanced(shapes: rdflib.Graph) -> bool:
    """Return whether the shapes use SHACL Advanced Features, for which pySHACL takes more time at each shape."""
    from rdflib.namespace import RDF, SH

    terms = {*shapes.predicates(), *shapes.objects(None, RDF.type)}
    return not terms.isdisjoint({SH.target, SH.rule, SH.expression, SH.SPARQLFunction, SH.JSFunction})


def _single_shapes(shapes: rdflib.Graph) -> Iterator[tuple[str, rdflib.Graph]]:
    """Yield each shape that has a name: its name, and its triples with those of the shapes it refers to."""
    import rdflib
    from rdflib.term import Node

    for name in sorted({subject for subject in shapes.subjects() if isinstance(subject, rdflib.URIRef)}):
        part, waiting = rdflib.Graph(), list[Node]([name])
        while waiting:
            node = waiting.pop()
            for triple in shapes.triples((node, None, None)):
                if triple not in part:
                    part.add(triple)
                    waiting.append(triple[2])
        yield name, part


def _shape_location(name: str, text: str, filename: str) -> Location:
    """Return the place where the statements about a shape begin in the file, if a line begins with its name."""
    prefixed = "|".join(
        re.escape(f"{prefix}:{name.removeprefix(namespace)}")
        for prefix, namespace in re.findall(r"(?i)prefix\s+([\w.-]*):\s*<([^>]*)>", text)
        if name.startswith(namespace)
    )
    found = re.search(rf"^\s*(?:<{re.escape(name)}>{'|' if prefixed else ''}{prefixed})(?=\s)", text, re.MULTILINE)
    return Location(filename, text.count("\n", 0, found.end()) + 1) if found else Location(filename)


def _is_stated(quad: ox.Quad, derived: str) -> bool:
    """Return whether a person wrote the statement, or a rule only completed what a person wrote."""
    name = value(quad.graph_name)
    return not name.startswith(derived) or name.removeprefix(derived) in _COMPLETION_RULES


def _one_value_per_file(focus: str, path: str, compiled: Compiled) -> bool:
    """Return whether no file gives two values: values of several files stay side by side. Names are the exception."""
    if path == SCHEMA.name:
        return False
    stated = {
        (value(quad.graph_name), value(quad.object))
        for quad in compiled.quads
        if value(quad.subject) == focus and value(quad.predicate) == path
    }
    return bool(stated) and len({graph for graph, _ in stated}) == len(stated)


@dataclass(frozen=True)
class _Entries:
    """What data files say of the entries that a report is about; the sets are made once for all reports."""

    compiled: Compiled
    locations: Locations
    uncertain: UncertainStatements

    def lines(self, focus: str, properties: Iterable[str]) -> list[Location]:
        """Return the places of the properties at fault in the entry `focus`, or the place of the entry where there are none."""
        found = [self.locations[focus, name] for name in properties if (focus, name) in self.locations]
        return found or [self.locations[focus, ""]] if (focus, "") in self.locations else found

    @cached_property
    def untyped(self) -> set[str]:
        """The IRIs that data files refer to or describe, but give no type."""
        references = {iri for document in self.compiled.documents for iri, *_ in document.references}
        return (references | entry_iris(self.compiled)) - self.uncertain.typed

    @cached_property
    def duplicates(self) -> set[str]:
        """The IRIs that several entries describe, perhaps with different types; `check` reports these by themselves."""
        counts = Counter(iri for document in self.compiled.documents for iri in document.described)
        within = [
            str(dict(finding.facts)["id"]) for finding in self.compiled.findings if finding.code == "duplicate-id"
        ]
        return {iri for iri, count in counts.items() if count > 1} | set(map(self.compiled.context.expand, within))


def _properties(result: Node, report: rdflib.Graph, shapes: rdflib.Graph) -> list[str]:
    """Return the properties a result is about: its path, or else those that the shape compares, ends in, or has as target."""
    from rdflib import URIRef
    from rdflib.namespace import RDF, SH

    path, shape = report.value(result, SH.resultPath), report.value(result, SH.sourceShape)
    if isinstance(path, URIRef):
        return [str(path)]
    last = list(shapes.items(shapes.value(shape, SH.path) or RDF.nil))[-1:]
    return [
        str(name) for name in (*shapes.objects(shape, SH.equals), *last, *shapes.objects(shape, SH.targetSubjectsOf))
    ]


def _is_split_over_files(
    result: Node, focus: str, report: rdflib.Graph, shapes: rdflib.Graph, compiled: Compiled
) -> bool:
    """Return whether there are too many values only because several files give one each."""
    from rdflib import Literal
    from rdflib.namespace import SH

    path, shape = report.value(result, SH.resultPath), report.value(result, SH.sourceShape)
    is_count = report.value(result, SH.sourceConstraintComponent) == SH.MaxCountConstraintComponent
    return (
        is_count and (shape, SH.maxCount, Literal(0)) not in shapes and _one_value_per_file(focus, str(path), compiled)
    )


def _report(report: rdflib.Graph, shapes: rdflib.Graph, otherwise: Location, entries: _Entries) -> Iterator[Finding]:
    from rdflib.namespace import SH

    compiled = entries.compiled
    for result in report.subjects(SH.focusNode):
        focus = str(report.value(result, SH.focusNode))
        target = str(report.value(result, SH.value) or focus)
        if focus in entries.untyped or target in entries.untyped:
            continue  # a reference to nothing and an entry without a type are reported as such
        if _is_split_over_files(result, focus, report, shapes, compiled):
            continue
        path = str(report.value(result, SH.resultPath) or "")
        component = report.value(result, SH.sourceConstraintComponent)
        if path == TYPE.value and focus in entries.duplicates:
            continue
        if _is_consequence(focus, path, target, entries.uncertain, _Reading.of(result, report, shapes)):
            continue
        texts = {
            getattr(text, "language", None) or "en": str(text)
            for text in sorted(report.objects(result, SH.resultMessage), key=str)
        }
        thing = entry_name(focus, compiled)
        text = next(iter(texts.values()), str(component))
        facts = (*((f"message_{lang}", texts.get(lang, text)) for lang in ("de", "en")), ("thing", thing))
        warning = report.value(result, SH.resultSeverity) != SH.Violation
        for location in entries.lines(focus, _properties(result, report, shapes)) or [otherwise]:
            yield Finding(location, "shape", facts, "warning" if warning else "fault")


@dataclass(frozen=True)
class _Reading:
    """What the shape of a result reads: the properties it compares, and whether the result may mean that one is missing."""

    properties: frozenset[str]
    lacks: bool

    @classmethod
    def of(cls, result: Node, report: rdflib.Graph, shapes: rdflib.Graph) -> _Reading:
        from rdflib import URIRef
        from rdflib.namespace import SH

        shape = report.value(result, SH.sourceShape)
        component = str(report.value(result, SH.sourceConstraintComponent))
        parts = [
            node
            for predicate in (SH.path, SH.equals, SH.disjoint, SH["not"], SH["or"])
            for part in shapes.objects(shape, predicate)
            for node in shapes.transitive_objects(part, None)
        ]
        # Of the choices of sh:or, those between classes are no lack of a statement.
        is_choice = component.endswith("#OrConstraintComponent") and any(
            (n, SH.minCount, None) in shapes for n in parts
        )
        properties = frozenset(str(node) for node in parts if isinstance(node, URIRef))
        return cls(properties, is_choice or component.endswith(_ABSENCE_CONSTRAINTS))


def _is_consequence(focus: str, path: str, target: str, uncertain: UncertainStatements, reading: _Reading) -> bool:
    """Return whether a violation may be only the consequence of a fault that is reported.

    It may be where a statement may be missing because the entry cannot be read in full, where the value of a key that the
    shape reads cannot be read, and where the type of the entry or target cannot be read. A key on the wrong type is wrong
    whatever its value is and whatever else the entry says.
    """
    unreadable = any(uncertain.has(focus, name) for name in {path, *reading.properties} - {""})
    hidden = (not path.startswith("http") and uncertain.hides_type(focus)) or (
        target != focus and uncertain.hides_type(target)
    )
    return unreadable or hidden or (reading.lacks and uncertain.has(focus, ""))
