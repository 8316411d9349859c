"""A network query → a networkx graph; each edge keeps the words it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from itasgraph import queries
from itasgraph.errors import AskedWrongly
from itasgraph.graph import Graph
from itasgraph.messages import nearest
from itasgraph.project import Project
from itasgraph.queries import Question

if TYPE_CHECKING:
    import networkx as nx

_REQUIRED: Final = ("source", "relation", "target")
_OPTIONAL: Final = ("quote", "line", "document", "rule", "note")


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words a link rests on, the lines they stand in (where the source has them twice), and the source's IRI."""

    text: str
    lines: tuple[int, ...] = ()
    source: str = ""


@dataclass
class Link:
    """What is known of one edge while its rows come in."""

    quotes: dict[tuple[str, str], set[int]] = field(default_factory=dict)
    rules: set[str] = field(default_factory=set)
    notes: set[str] = field(default_factory=set)

    def add(self, row: Mapping[str, str]) -> None:
        if "quote" in row:
            lines = self.quotes.setdefault((row["quote"], row.get("document", "")), set())
            lines.update([int(row["line"])] if "line" in row else [])
        self.rules.update([row["rule"]] if "rule" in row else [])
        self.notes.update([row["note"]] if "note" in row else [])

    def evidence(self) -> list[Evidence]:
        return [Evidence(text, tuple(sorted(lines)), source) for (text, source), lines in sorted(self.quotes.items())]


def find(name: str, project: Project) -> Question:
    """The network query called `name`, or the file of that name if it ends in .rq. Raises AskedWrongly otherwise."""
    if name.endswith(".rq"):
        return queries.read(Path(name), project, ready=False)
    by_name = {path.stem: path for path in project.networks}
    if name not in by_name:
        raise AskedWrongly("unknown-network", name=name, nearest=nearest(name, by_name), known=", ".join(by_name))
    return queries.read(by_name[name], project, ready=False)


def build(graph: Graph, query: str, shown: str) -> nx.MultiDiGraph[str]:
    """Run a network query. Nodes are IRIs; an edge's key is its relation's IRI.

    Edge attributes: `quotes` (list of Evidence), `rules` and `notes` (sorted lists of IRIs). Things without an edge are
    kept. Raises AskedWrongly where the query lacks one of the columns ?source ?relation ?target.
    """
    import networkx as nx

    solutions = graph.query(query)
    names = [variable.value for variable in solutions.variables] if isinstance(solutions, ox.QuerySolutions) else []
    for column in _REQUIRED:
        if column not in names:
            raise AskedWrongly("network-columns", path=shown, column=column)
    nodes: set[str] = set()
    links: dict[tuple[str, str, str], Link] = {}
    assert isinstance(solutions, ox.QuerySolutions)
    wanted = [name for name in (*_REQUIRED, *_OPTIONAL) if name in names]
    for solution in solutions:
        row: dict[str, str] = {name: term.value for name in wanted if (term := solution[name]) is not None}
        if "target" in row and not {"source", "relation"} <= row.keys():
            raise AskedWrongly("network-row", path=shown, row=" ".join(f"?{name} {text}" for name, text in row.items()))
        if not row.get("line", "0").isdecimal():
            raise AskedWrongly("network-line", path=shown, line=row["line"])
        nodes.update(row[name] for name in ("source", "target") if name in row)
        if "target" in row:
            links.setdefault((row["source"], row["relation"], row["target"]), Link()).add(row)
    found: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    found.add_nodes_from(sorted(nodes))
    for (source, relation, target), link in sorted(links.items(), key=lambda item: item[0]):
        attributes: dict[str, Any] = {
            "quotes": link.evidence(),
            "rules": sorted(link.rules),
            "notes": sorted(link.notes),
        }
        found.add_edge(source, target, key=relation, **attributes)
    return found
