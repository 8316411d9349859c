"""Graphs for tests: of a few triples, or of a project."""

from __future__ import annotations

import io
from functools import cache

import pyoxigraph as ox

from itasgraph.filters.selection import Selection, select_statements
from itasgraph.parsing import jsonld_context
from itasgraph.parsing.jsonld_context import Context
from itasgraph.project import Project
from itasgraph.serializers import linked_data
from itasgraph.store import compiler, memory
from itasgraph.store.memory import Graph
from tests.helpers.projects import ROOT, values


@cache
def terms() -> Context:
    """Return the shipped context."""
    return jsonld_context.read(ROOT / "ontology" / "context.jsonld", "context.jsonld")


def graph_of(*texts: str) -> Graph:
    """Return the graph of statements in TriG, which may use the prefixes and the base of the shipped context."""
    prefixes = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in terms().prefixes.items())
    head = f"{prefixes}@base <{terms().base}> .\n"
    return memory.from_quads((quad for text in texts for quad in ox.parse(head + text, ox.RdfFormat.TRIG)), terms())


def count(graph: Graph, pattern: str) -> int:
    (results,) = values(graph, f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}")
    return int(results)


def graph_of_project(project: Project) -> Graph:
    """Return the graph of a project, compiled without the cache."""
    compiled = compiler.compile_project(project)
    return memory.from_quads(compiled.quads, compiled.context)


def export(graph: Graph, format_: str, selection: Selection | None = None) -> bytes:
    """Return what `export` writes of a graph in a format."""
    selection = selection or Selection()
    with_graphs = linked_data.has_graphs(format_, selection)
    out = io.BytesIO()
    linked_data.write(graph, select_statements(graph, with_graphs, selection), format_, out, with_graphs)
    return out.getvalue()
