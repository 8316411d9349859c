"""Networks: the networkx graphs that network queries select, with the evidence of each edge."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from itasgraph.entities.evidence import Evidence, merge
from itasgraph.entities.labels import (
    blank_node_names,
    choose,
    named_nodes,
    naming_texts,
    select_each,
    term_label,
)
from itasgraph.errors import UsageError
from itasgraph.messages import LANGUAGES
from itasgraph.network.attributes import EdgeAttributes, NodeAttributes
from itasgraph.project import Project
from itasgraph.questions import queries
from itasgraph.questions.queries import Question
from itasgraph.store.queryable import Queryable, Term, value, variable_names
from itasgraph.util.spelling import nearest
from itasgraph.vocabulary import ITAS, OWL, RDFS

if TYPE_CHECKING:
    import networkx as nx

    from itasgraph.network.earlier_map import EarlierMap

ENDS: Final = ("source", "target")
_REQUIRED: Final = ("source", "relation", "target")
_OPTIONAL: Final = ("quote", "line", "document", "rule", "note", "weight")


@dataclass
class _EdgeData:
    """The data of one edge, collected row by row."""

    evidence: list[Evidence] = field(default_factory=list)
    rules: set[str] = field(default_factory=set)
    notes: set[str] = field(default_factory=set)
    quote_notes: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    weight: float = 0.0

    def add(self, row: Mapping[str, str]) -> None:
        if "quote" in row:
            lines = (int(row["line"]),) if "line" in row else ()
            source = row.get("document", "")
            self.evidence.append(Evidence(row["quote"], lines, source))
            if "note" in row:
                self.quote_notes.setdefault((row["quote"], source), set()).add(row["note"])
        self.rules.update([row["rule"]] if "rule" in row else [])
        self.notes.update([row["note"]] if "note" in row else [])
        self.weight = max(self.weight, float(row.get("weight", 0)))


def find_query(name: str, project: Project) -> Question:
    """Return the network query called `name`, or the query in the file `name` where it ends in .rq. Raises UsageError."""
    if name.endswith(".rq"):
        return queries.read(Path(name), project, ready=False)
    by_name = {path.stem: path for path in project.networks}
    if name not in by_name:
        raise UsageError("unknown-network", name=name, nearest=nearest(name, by_name), known=", ".join(by_name))
    return queries.read(by_name[name], project, ready=False)


class Networks:
    """The networks of a project over one graph; each is built once, when it is first used."""

    def __init__(
        self, graph: Queryable, project: Project, earlier: Mapping[str, EarlierMap] = MappingProxyType({})
    ) -> None:
        """Take maps of earlier data by the names of networks, too, from which their groups and places begin."""
        self.graph = graph
        self.project = project
        self.earlier = earlier
        self._queries: dict[str, Question] = {}
        self._networks: dict[str, nx.MultiDiGraph[str]] = {}

    def __contains__(self, name: object) -> bool:
        """Return whether the project has a network called `name`."""
        return any(path.stem == name for path in self.project.networks)

    @property
    def names(self) -> list[str]:
        """Return the names of all networks of the project: first those with a place in the switch of the picture, in its order."""
        return sorted((path.stem for path in self.project.networks), key=lambda name: (self._order(name), name))

    @property
    def switch(self) -> list[str]:
        """Return the names of the networks with a place in the switch of the picture, in its order."""
        return [name for name in self.names if self.query(name).order is not None]

    def _order(self, name: str) -> float:
        order = self.query(name).order
        return math.inf if order is None else order

    def __getitem__(self, name: str) -> nx.MultiDiGraph[str]:
        """Return the network called `name`, which no caller may change. Raises UsageError as `find_query` and `build` do."""
        if name not in self._networks:
            self._networks[name] = build(self.graph, self.query(name).text, name)
        return self._networks[name]

    def query(self, name: str) -> Question:
        """Return the query of the network called `name`. Raises UsageError as `find_query` does."""
        if name not in self._queries:
            self._queries[name] = find_query(name, self.project)
        return self._queries[name]


def build(graph: Queryable, query: str, filename: str) -> nx.MultiDiGraph[str]:
    """Build the network that a query selects. A node is an IRI; the key of an edge is the IRI of its relation.

    Where a query selects a text, a blank node or a triple term as ?source or ?target, the node is its N-Triples, so that the
    text "urn:x" and the IRI urn:x are two nodes.

    `NodeAttributes` and `EdgeAttributes` say which attributes these have. Entities without an edge are nodes, too. Raises
    UsageError where the query lacks one of the columns ?source ?relation ?target.
    """
    nodes: dict[str, Term] = {}
    return assemble(graph, list(rows(graph, query, filename, nodes)), nodes, filename)


def assemble(
    graph: Queryable, rows: Iterable[Mapping[str, str]], nodes: Mapping[str, Term], filename: str
) -> nx.MultiDiGraph[str]:
    """Build the network of the nodes, and of the edges in the rows of a network query, as `build` does."""
    symmetric = {row["relation"].value for row in graph.select(_SYMMETRIC_RELATIONS)}
    terminal = terminal_relations(graph)
    edges = _collect(rows, symmetric, filename)
    network = _empty_network()
    for name, node_attributes in _describe(graph, nodes):
        network.add_node(name, **node_attributes)
    for (source, relation, target), edge in sorted(edges.items(), key=lambda item: item[0]):
        attributes: EdgeAttributes = {
            "quotes": merge(edge.evidence),
            "rules": sorted(edge.rules),
            "notes": sorted(edge.notes),
            "quote_notes": {quote: sorted(notes) for quote, notes in sorted(edge.quote_notes.items())},
            "weight": edge.weight or float(len(edge.notes)) or 1.0,
            "symmetric": relation in symmetric,
            "terminal": relation in terminal,
        }
        network.add_edge(source, target, key=relation, **attributes)
    return network


def terminal_relations(graph: Queryable) -> set[str]:
    """Return the relations that a path takes first or last only."""
    return {row["relation"].value for row in graph.select(_TERMINAL_RELATIONS)}


def _empty_network() -> nx.MultiDiGraph[str]:
    """Return a network without nodes. Raises UsageError where variables of the environment keep networkx from loading."""
    try:
        import networkx as nx
    except ValueError as error:  # networkx reads NETWORKX_… as it loads, and refuses a back end that is not installed
        raise UsageError("networkx-environment", reason=str(error)) from error
    return nx.MultiDiGraph()


def rows(graph: Queryable, query: str, filename: str, nodes: dict[str, Term]) -> Iterator[dict[str, str]]:
    """Yield the rows of a network query, column → text, and add the node at each end of an edge to `nodes`."""
    solutions = graph.query(query)
    names = variable_names(solutions) if isinstance(solutions, ox.QuerySolutions) else []
    for column in _REQUIRED:
        if column not in names:
            raise UsageError("network-columns", path=filename, column=column)
    assert isinstance(solutions, ox.QuerySolutions)
    columns = [name for name in (*_REQUIRED, *_OPTIONAL) if name in names]
    for solution in solutions:
        row: dict[str, str] = {name: value(term) for name in columns if (term := solution[name]) is not None}
        for end in ENDS:
            if end in row:
                row[end] = _name(solution[end])
                nodes[row[end]] = solution[end]
        yield row


def _name(term: Term) -> str:
    """Return the IRI of a node, and the N-Triples of any other term."""
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def _collect(
    rows: Iterable[Mapping[str, str]], symmetric: Collection[str], filename: str
) -> dict[tuple[str, str, str], _EdgeData]:
    """Return the edges of the rows. That two entities are not the same relates them no more than any other two."""
    edges: dict[tuple[str, str, str], _EdgeData] = {}
    for row in rows:
        _validate(row, filename)
        if "target" in row and row["relation"] != OWL.differentFrom:
            ends = row["source"], row["target"]
            source, target = sorted(ends) if row["relation"] in symmetric else ends
            edges.setdefault((source, row["relation"], target), _EdgeData()).add(row)
    return edges


def _validate(row: Mapping[str, str], filename: str) -> None:
    """Raise UsageError for an edge with one end, and for a line or weight that is no number."""
    if "target" in row and not {"source", "relation"} <= row.keys():
        raise UsageError("network-row", path=filename, row=" ".join(f"?{name} {text}" for name, text in row.items()))
    if not row.get("line", "0").isdecimal():
        raise UsageError("network-line", path=filename, line=row["line"])
    if not _is_weight(row.get("weight", "1")):
        raise UsageError("network-weight", path=filename, weight=row["weight"])


def _is_weight(text: str) -> bool:
    try:
        return 0 < float(text) < math.inf
    except ValueError:
        return False


def _describe(graph: Queryable, nodes: Mapping[str, Term]) -> Iterator[tuple[str, NodeAttributes]]:
    """Yield each node with its attributes, in the order of names."""
    iris = set(named_nodes(nodes.values()))
    texts = naming_texts(graph, iris)
    if any(isinstance(term, ox.BlankNode) for term in nodes.values()):
        texts |= blank_node_names(graph)
    names = {lang: {name: choose(one, lang) for name, one in texts.items()} for lang in LANGUAGES}
    kinds_of = kinds(graph, nodes)
    for name, term in sorted(nodes.items(), key=lambda item: item[0]):
        labels = {lang: term_label(graph, term, names[lang], lang) for lang in LANGUAGES}
        yield name, {"labels": labels, "kind": kinds_of.get(name, "")}


def kinds(graph: Queryable, nodes: Mapping[str, Term]) -> dict[str, str]:
    """Return the kinds of those nodes that have one; an rdf:type replaces a missing kind, as in data of others."""
    iris = [name for name, term in nodes.items() if isinstance(term, ox.NamedNode)]
    known = {row["iri"].value: row["kind"].value for row in select_each(graph, _KIND_OF, iris)}
    others = [iri for iri in iris if iri not in known]
    return known | {row["iri"].value: row["type"].value for row in select_each(graph, _TYPE_OF, others)}


_KIND_OF: Final = f"""
    SELECT ?iri ?kind WHERE {{ VALUES ?iri {{ %s }} ?iri <{ITAS.kind}> ?kind }} ORDER BY ?iri DESC(?kind)"""
# The types that say what an entity is; those of RDF Schema and OWL are of all entities.
_TYPE_OF: Final = f"""
    SELECT ?iri ?type WHERE {{
      VALUES ?iri {{ %s }} ?iri a ?type
      FILTER(isIRI(?type) && !STRSTARTS(STR(?type), "{OWL.iri}") && !STRSTARTS(STR(?type), "{RDFS.iri}"))
    }} ORDER BY ?iri DESC(?type)"""
_SYMMETRIC_RELATIONS: Final = f"SELECT ?relation WHERE {{ ?relation a <{OWL.SymmetricProperty}> }}"
_TERMINAL_RELATIONS: Final = f"SELECT ?relation WHERE {{ ?relation <{ITAS.terminal}> true }}"
