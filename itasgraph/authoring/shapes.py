"""Violations of `ontology/shapes.ttl` (SHACL), by pySHACL."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from itasgraph.authoring import rdflib_graph, shacl_reports, shacl_results, shapes_file
from itasgraph.authoring.entries import Locations, UncertainStatements
from itasgraph.authoring.shape_rewriting import flatten
from itasgraph.authoring.shapes_file import ShapesFile
from itasgraph.errors import Finding, Location, UnsafeQuery
from itasgraph.parsing import query_guard
from itasgraph.project import Project
from itasgraph.store.compiler import Compiled
from itasgraph.store.queryable import value

if TYPE_CHECKING:
    import rdflib

# The rules that complete what people wrote: shapes also see the superclasses, simple triples and sources they derive.
_COMPLETION_RULES: Final = frozenset({"classes", "relations", "sources"})


def violations(
    project: Project, compiled: Compiled, locations: Locations, uncertain: UncertainStatements
) -> Iterator[Finding]:
    """Yield the violations of `ontology/shapes.ttl` that pySHACL finds in what people wrote and rules completed."""
    if not project.shapes.is_file():
        return
    file, findings = shapes_file.read(project, compiled)
    yield from findings
    with shacl_reports.silence():
        shapes = rdflib_graph.convert(file.triples, "SimpleMemory")
        unsafe = list(_unsafe(shapes, file.filename))
        reports = [] if unsafe else _reports(file, shapes, compiled)
    yield from unsafe
    entries = shacl_results.Entries(compiled, locations, uncertain)
    known = {finding.location for finding in findings}
    for report in reports:
        if not isinstance(report, Finding):
            yield from shacl_results.findings(report, shapes, Location(file.filename), entries)
        elif report.location not in known:
            yield report


def _reports(file: ShapesFile, shapes: rdflib.Graph, compiled: Compiled) -> list[rdflib.Graph | Finding]:
    derived = f"{compiled.context.base}rule/"
    stated = {quad.triple for quad in compiled.quads if _is_stated(quad, derived)}
    flattened, joined = flatten(file.triples)
    data = rdflib_graph.convert(stated | joined)
    flat = rdflib_graph.convert(flattened, "SimpleMemory")
    return list(shacl_reports.reports(file, data, shapes, flat))


def _unsafe(shapes: rdflib.Graph, filename: str) -> Iterator[Finding]:
    """Yield a finding for each query in the shapes that calls a host, which rdflib would do, or that nests too deep."""
    from rdflib.namespace import SH

    for term in (SH.select, SH.ask, SH.construct):
        for text in sorted({str(literal) for literal in shapes.objects(None, term)}):
            try:
                query_guard.guard(text)
            except UnsafeQuery as error:
                yield error.finding(filename)._replace(location=Location(filename))


def _is_stated(quad: ox.Quad, derived: str) -> bool:
    """Return whether a person wrote the statement, or a rule only completed what a person wrote."""
    name = value(quad.graph_name)
    return not name.startswith(derived) or name.removeprefix(derived) in _COMPLETION_RULES
