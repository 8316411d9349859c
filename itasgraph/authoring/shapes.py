"""Violations of `ontology/shapes.ttl` (SHACL): queries find the violated shapes, and pySHACL validates these."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from itasgraph.authoring import conformance, rdflib_graph, shacl_results, shapes_file
from itasgraph.authoring.shape_rewriting import flatten
from itasgraph.authoring.shapes_file import ShapesFile
from itasgraph.authoring.uncertain_statements import UncertainStatements
from itasgraph.errors import Finding, Location, UnsafeQuery
from itasgraph.parsing import query_guard
from itasgraph.project import Project
from itasgraph.store.compiler import Compiled
from itasgraph.store.queryable import value
from itasgraph.vocabulary import SH

if TYPE_CHECKING:
    import rdflib

# The rules that complete what people wrote: shapes also see the superclasses, simple triples and sources they derive.
_COMPLETION_RULES: Final = frozenset({"classes", "relations", "sources"})
_QUERIES: Final = frozenset({SH.ask, SH.construct, SH.select})


def violations(project: Project, compiled: Compiled, uncertain: UncertainStatements) -> Iterator[Finding]:
    """Yield the violations of `ontology/shapes.ttl` in what people wrote and rules completed."""
    if not project.shapes.is_file():
        return
    file, findings = shapes_file.read(project, compiled)
    yield from findings
    unsafe = list(_unsafe(file))
    yield from unsafe
    if unsafe:
        return
    statements = _statements(compiled)
    if not findings:
        violated = conformance.violated_shapes(file.triples, statements)
        if not violated:
            return
        file = file.select(violated)
    yield from _results(file, statements, shacl_results.Entries(compiled, uncertain), findings)


def _results(
    file: ShapesFile, statements: bytes, entries: shacl_results.Entries, others: Sequence[Finding]
) -> Iterator[Finding]:
    """Yield the results of pySHACL on the shapes of the file, but for shapes that have one of the other findings."""
    from itasgraph.authoring import shacl_reports

    with shacl_reports.silence():
        shapes = rdflib_graph.convert(file.triples, "SimpleMemory")
        reports = _reports(file, shapes, statements)
    known = {finding.location for finding in others}
    for report in reports:
        if not isinstance(report, Finding):
            yield from shacl_results.findings(report, shapes, Location(file.filename), entries)
        elif report.location not in known:
            yield report


def _reports(file: ShapesFile, shapes: rdflib.Graph, statements: bytes) -> list[rdflib.Graph | Finding]:
    from itasgraph.authoring import shacl_reports

    flattened, joined = flatten(file.triples)
    stated = {quad.triple for quad in ox.parse(statements, ox.RdfFormat.N_TRIPLES)}
    data = rdflib_graph.convert(stated | joined)
    flat = rdflib_graph.convert(flattened, "SimpleMemory")
    return list(shacl_reports.reports(file, data, shapes, flat))


def _unsafe(file: ShapesFile) -> Iterator[Finding]:
    """Yield a finding for each query in the shapes that calls a host, which rdflib would do, or that nests too deep."""
    for text in sorted({value(triple.object) for triple in file.triples if triple.predicate.value in _QUERIES}):
        try:
            query_guard.refuse_unsafe(text)
        except UnsafeQuery as error:
            yield error.finding(file.filename)._replace(location=Location(file.filename))


def _statements(compiled: Compiled) -> bytes:
    """Return in N-Triples what people wrote and rules only completed."""
    store, derived = compiled.graph.store, f"{compiled.context.base}rule/"
    graphs = [graph for graph in store.named_graphs() if _is_stated(value(graph), derived)]
    return b"".join(store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph) or b"" for graph in graphs)


def _is_stated(graph: str, derived: str) -> bool:
    return not graph.startswith(derived) or graph.removeprefix(derived) in _COMPLETION_RULES
