"""Projects of a few lines, to be changed and compiled by tests."""

from __future__ import annotations

import shutil
from pathlib import Path

from itasgraph.project import Project
from itasgraph.store import graph as graphs
from itasgraph.store.graph import Graph
from tests.conftest import ROOT

BASE = "https://w3id.org/itas/"
ONE = "id: source/one\ntype: Source\nsays:\n- id: topic/a\n  type: Topic\n  name: A\n"
TWO = "id: source/two\ntype: Source\nsays:\n- id: topic/a\n  type: Topic\n"
NAMES = "SELECT ?name { ?thing schema:name ?name } ORDER BY ?name"


def make(folder: Path, **files: str) -> Project:
    """A project in `folder`: the shipped context, and files by path (`data__one="…"` is data/one.yaml)."""
    endings = {"data": ".yaml", "rules": ".rq", "ontology": ".ttl"}
    for name in ("ontology/rules", "data", "queries"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "ontology" / "context.jsonld", folder / "ontology")
    for name, text in files.items():
        kind, _, stem = name.partition("__")
        parent = folder / "ontology" / "rules" if kind == "rules" else folder / kind
        (parent / f"{stem}{endings[kind]}").write_text(text, encoding="utf-8")
    return Project(folder)


def values(graph: Graph, query: str) -> list[str]:
    """The first column of an answer."""
    return [graphs.value(term) for row in graph.select(query) if (term := row[0]) is not None]
