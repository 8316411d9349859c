"""Graphs of a few triples, without compiling the shipped project."""

from __future__ import annotations

from functools import cache

import pyoxigraph as ox

from itasgraph import graph as graphs
from itasgraph.graph import Graph
from itasgraph.reading import context
from itasgraph.reading.context import Context
from tests.conftest import ROOT


@cache
def terms() -> Context:
    """Return the shipped context."""
    return context.read(ROOT / "ontology" / "context.jsonld", "context.jsonld")


def graph_of(*texts: str) -> Graph:
    """Return the graph of statements in TriG, which may use the prefixes and the base of the shipped context."""
    prefixes = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in terms().prefixes.items())
    head = f"{prefixes}@base <{terms().base}> .\n"
    return graphs.from_quads((quad for text in texts for quad in ox.parse(head + text, ox.RdfFormat.TRIG)), terms())
