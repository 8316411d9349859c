"""The network as pyvis holds it, and its nodes and edges as the scripts of the page read them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple, NotRequired, TypedDict, cast

from itasgraph import messages
from itasgraph.entities.details import Details, EntityDetails
from itasgraph.entities.evidence import missing_titles, printed_titles
from itasgraph.entities.labels import Labels, Texts, is_iri, label_texts, select_each
from itasgraph.network import attributes
from itasgraph.picture import sparql_export
from itasgraph.picture.contract import Edge, Ends, Kind, Node, Quote, StatementReference
from itasgraph.picture.pyvis_package import directed_network
from itasgraph.store.queryable import Queryable

if TYPE_CHECKING:
    from pyvis.network import Network

    from itasgraph.network.attributes import Net

# The kind in the legend for entities whose own kind is not there.
NO_KIND: Final[Kind] = {
    "id": "Entity",
    "label": {"de": "Eintrag", "en": "Entry"},
    "plural": {"de": "Andere Einträge", "en": "Other entries"},
    "shape": "kite",
    "color": "#666666",
    "column": None,
}
_NO_STATEMENT: Final[StatementReference] = {}


class Symbol(NamedTuple):
    """The symbol of a node: its position and its radius in pixels."""

    x: int
    y: int
    size: float


class Drawer:
    """Draws networks of one graph with pyvis; what the graph says of entities and statements is asked once."""

    def __init__(
        self, graph: Queryable, labels: Labels, kinds: Collection[str], facets: Mapping[str, dict[str, list[int]]]
    ) -> None:
        """Take the kinds of the page and the values of each entity in each facet."""
        self._graph = graph
        self._labels = labels
        self._kinds = kinds
        self._facets = facets
        self._details = Details(graph, labels)
        self._others = sparql_export.alternative_labels(graph)
        self._roles = _roles(graph)
        self._statements = sparql_export.statements(graph)
        self._titles = _PrintedTitles(printed_titles(graph), labels)

    def draw(self, network: Net, symbols: Mapping[str, Symbol]) -> tuple[list[Node], list[Edge]]:
        """Return the nodes of a network, each with its symbol and its values of the facets, and the edges, as the scripts read them.

        A node whose kind is not on the page has the kind `NO_KIND`.
        """
        picture = directed_network()
        self._add_nodes(picture, network, symbols)
        self._add_edges(picture, network)
        nodes, edges = cast("list[_PyvisNode]", picture.nodes), cast("list[_PyvisEdge]", picture.edges)
        return [_node(node, self._facets.get(node["id"], {})) for node in nodes], [_edge(edge) for edge in edges]

    def _add_nodes(self, picture: Network, network: Net, symbols: Mapping[str, Symbol]) -> None:
        """Add the nodes to a pyvis network, each with its symbol and its details."""
        for iri in network:
            kind = attributes.node(network, iri)["kind"]
            options: _NodeOptions = {
                "x": symbols[iri].x,
                "y": symbols[iri].y,
                "size": symbols[iri].size,
                "kind": kind if kind in self._kinds else NO_KIND["id"],
                "labels": attributes.node(network, iri)["labels"],
                "names": self._labels.get(iri, {}),
                "also": self._others.get(iri, {}),
                **self._details.of(iri),
            }
            picture.add_node(iri, **options)

    def _add_edges(self, picture: Network, network: Net) -> None:
        """Add the edges to a pyvis network, each with its evidence, and whether the graph states it as a triple."""
        graph, labels = self._graph, self._labels
        stated = _stated_edges(graph, network.edges(keys=True))
        for (source, target, relation), edge in attributes.edges(network):
            triple = source, relation, target
            options: _EdgeOptions = {
                "key": " ".join(map(graph.compact, triple)),
                "relation": relation,
                "stated": triple in stated,
                "weight": edge["weight"],
                "quotes": [
                    {
                        **evidence.as_json(),
                        **self._statements.get((*triple, evidence.quote, evidence.source), _NO_STATEMENT),
                        **self._titles.of(
                            evidence.quote,
                            (source, target),
                            edge["quote_notes"].get((evidence.quote, evidence.source), ()),
                        ),
                    }
                    for evidence in edge["quotes"]
                ],
                "rules": [label_texts(graph, labels, rule) for rule in edge["rules"]],
                "notes": [label_texts(graph, labels, note) for note in [*self._roles.get(triple, ()), *edge["notes"]]],
            }
            picture.add_edge(source, target, **options)


class _QuoteTitles(TypedDict):
    """The printed titles that a quote needs, if there are any."""

    titles: NotRequired[list[str]]


class _NodeOptions(EntityDetails):
    """The options of a node that pyvis passes on: its position and radius in pixels, its kind, and its texts."""

    x: int
    y: int
    size: float
    kind: str
    labels: Texts
    names: Texts
    also: dict[str, list[str]]


class _PyvisNode(_NodeOptions):
    """A node of pyvis."""

    id: str


class _EdgeOptions(TypedDict):
    """The options of an edge that pyvis passes on."""

    key: str
    relation: str
    stated: bool
    weight: float
    quotes: list[Quote]
    rules: list[Texts]
    notes: list[Texts]


class _PyvisEdge(_EdgeOptions, Ends):
    """An edge of pyvis."""


@dataclass(frozen=True)
class _PrintedTitles:
    """The titles of entities as their sources print them, and the labels of all."""

    by_entity: Mapping[str, str]
    labels: Labels

    def of(self, quote: str, ends: Sequence[str], notes: Sequence[str]) -> _QuoteTitles:
        """Return the titles that a quote of an edge needs, of its ends and of the entities noted in its own rows."""
        titles = [self.by_entity[iri] for iri in (*ends, *notes) if iri in self.by_entity]
        names = [[*self.labels.get(end, {}).values(), self.by_entity.get(end, "")] for end in ends]
        missing = missing_titles(quote, names, titles) if titles else []
        return {"titles": missing} if missing else {}


def _roles(graph: Queryable) -> dict[tuple[str, str, str], list[str]]:
    """Return the roles of appearances, by the edge of the appearance and by the edge to the organisation."""
    roles: dict[tuple[str, str, str], list[str]] = {}
    for row in graph.select(_ROLES):
        edge = (row["source"].value, row["relation"].value, row["target"].value)
        roles.setdefault(edge, []).append(row["role"].value)
    return roles


_ROLES: Final = """
    SELECT DISTINCT ?source ?relation ?target ?role WHERE {
      ?appearance org:role ?role .
      { ?appearance rdf:subject ?source ; rdf:predicate ?relation ; rdf:object ?target }
      UNION { ?appearance a itas:Appearance ; org:member ?source ; org:organization ?target BIND(org:organization AS ?relation) }
    } ORDER BY ?source ?relation ?target ?role"""


def _stated_edges(graph: Queryable, edges: Iterable[tuple[str, str, str]]) -> set[tuple[str, str, str]]:
    """Return the edges that are triples of the graph; the edge from a person to their organisation, for example, is none."""
    sources_by_relation: dict[str, set[str]] = {}
    for source, _, relation in edges:
        if is_iri(relation):
            sources_by_relation.setdefault(relation, set()).add(source)
    return {
        (row["iri"].value, relation, row["target"].value)
        for relation, sources in sources_by_relation.items()
        for row in select_each(graph, _TARGETS.replace("{relation}", f"<{relation}>"), sources)
    }


_TARGETS: Final = "SELECT ?iri ?target WHERE { VALUES ?iri { %s } ?iri {relation} ?target FILTER(isIRI(?target)) }"


def _node(node: _PyvisNode, values: dict[str, list[int]]) -> Node:
    """Return a node of pyvis as the scripts read it."""
    content: Node = {
        "id": node["id"],
        "kind": node["kind"],
        "label": node["labels"],
        "alt": node["alt"],
        "x": node["x"],
        "y": node["y"],
        "size": node["size"],
        "facts": node["facts"],
        "quotes": node["quotes"],
    }
    if node["names"] != node["labels"]:  # a text that replaces a missing language is no label of the graph
        content["names"] = node["names"]
    if node["also"]:
        content["also"] = node["also"]
    if values:
        content["in"] = values
    return content


def _edge(edge: _PyvisEdge) -> Edge:
    """Return an edge of pyvis as the scripts read it."""
    content: Edge = {
        "id": edge["key"],
        "from": edge["from"],
        "to": edge["to"],
        "relation": edge["relation"],
        "quotes": edge["quotes"],
        "stated": edge["stated"],
    }
    if edge["weight"] != 1:
        content["weight"] = edge["weight"]
    if edge["notes"]:
        content["note"] = _join(edge["notes"])
    if edge["rules"]:
        content["rule"] = {
            lang: f"{messages.render('derived', lang)}: {text}" for lang, text in _join(edge["rules"]).items()
        }
    return content


def _join(texts: Sequence[Texts]) -> Texts:
    return {lang: ", ".join(text[lang] for text in texts) for lang in messages.LANGUAGES}
