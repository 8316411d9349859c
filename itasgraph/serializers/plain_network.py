"""A network of plain values, which the files of networks hold: texts in one language, numbers and truth values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple, TypedDict

from itasgraph import messages
from itasgraph.entities.evidence import Evidence
from itasgraph.entities.labels import display_labels, labels
from itasgraph.network import attributes, layout
from itasgraph.store.queryable import Queryable
from itasgraph.vocabulary import DCTERMS, PROV, RDF, RDFS, SCHEMA

if TYPE_CHECKING:
    from itasgraph.network.attributes import Net

_LINE_END: Final = re.compile(r"\r\n?")
# The characters that XML 1.0 (section 2.2) does not allow.
_NOT_ALLOWED: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_COLOUR: Final = re.compile(r"#[0-9A-Fa-f]{6}")
_NO_COLOUR: Final = "#666666"  # of entities whose kind has none, as in the picture
_COLOURS: Final = "SELECT ?kind ?colour WHERE { ?kind itas:colour ?colour } ORDER BY ?kind DESC(?colour)"
_DESCRIPTION: Final = f"<{SCHEMA.description}>|<{DCTERMS.description}>|<{RDFS.comment}>"
_ABOUT: Final = f"""
    SELECT DISTINCT ?entity ?topic WHERE {{
      ?entity <{SCHEMA.about}> ?topic FILTER(isIRI(?entity) && isIRI(?topic))
    }} ORDER BY ?entity ?topic"""
_DERIVED: Final = f"""
    SELECT DISTINCT ?source ?relation ?target ?origin WHERE {{
      ?statement <{PROV.wasDerivedFrom}> ?original ;
        <{RDF.subject}> ?source ; <{RDF.predicate}> ?relation ; <{RDF.object}> ?target .
      ?original <{RDF.subject}> ?origin
    }} ORDER BY ?source ?relation ?target ?origin"""


class NodeValues(TypedDict):
    """The attributes of a node: its label, the label and the IRI of its kind, its position (y upwards), size and colour.

    `description` is a text of the graph, or "", `topics` are labels.
    """

    label: str
    kind: str
    kind_iri: str
    x: int
    y: int
    size: float
    colour: str
    description: str
    topics: list[str]


class _Quotes(TypedDict):
    """The quotes of an edge, their documents and their lines: the nth row of each text belongs to the nth quote."""

    quotes: str
    documents: str
    lines: str


class EdgeValues(_Quotes):
    """The attributes of an edge: the label, the short IRI (`kind`) and the IRI of its relation, its weight and quotes.

    A `symmetric` edge has no direction, although it has a source and a target. `derived_from` names
    the entities of which the source says it, by IRI, a line each, where a rule hands it on.
    """

    label: str
    kind: str
    relation: str
    weight: float
    symmetric: bool
    derived_from: str


class PlainEdge(NamedTuple):
    """An edge: the IRIs of its ends, its number as a key, and its attributes."""

    source: str
    target: str
    key: str
    attributes: EdgeValues


class PlainNetwork(NamedTuple):
    """A network with values that a table can hold: its nodes by IRI, and its edges."""

    nodes: dict[str, NodeValues]
    edges: list[PlainEdge]

    @property
    def is_undirected(self) -> bool:
        """Return whether no edge has a direction."""
        return bool(self.edges) and all(edge.attributes["symmetric"] for edge in self.edges)


def plain_network(graph: Queryable, network: Net, lang: str, *, quotes: bool, positions: bool) -> PlainNetwork:
    """Return a network from `builder.build` with texts in `lang`; without `quotes` it has no quotes.

    Without `positions`, which take seconds for thousands of nodes, all nodes stand at 0, 0.
    """
    return PlainNetwork(_nodes(graph, network, lang, positions), list(_edges(graph, network, lang, quotes)))


def _nodes(graph: Queryable, network: Net, lang: str, positions: bool) -> dict[str, NodeValues]:
    entities = {iri: attributes.node(network, iri) for iri in network}
    names = labels(graph, {entity["kind"] for entity in entities.values() if entity["kind"]}, lang)
    colours = {row["kind"].value: row["colour"].value for row in graph.select(_COLOURS)}
    descriptions, topics = labels(graph, network, lang, _DESCRIPTION), _topics(graph, lang)
    places = layout.positions(network) if positions else dict.fromkeys(network, (0, 0))
    nodes: dict[str, NodeValues] = {}
    for iri, entity in entities.items():
        kind, (x, y) = entity["kind"], places[iri]
        colour = colours.get(kind, _NO_COLOUR)
        nodes[_clean(iri)] = {
            "label": _clean(entity["labels"][lang]),
            "kind": _clean(names.get(kind) or (graph.compact(kind) if kind else messages.column("thing", lang))),
            "kind_iri": _clean(kind),
            "x": x,
            "y": -y,
            "size": layout.node_size(network, iri),
            "colour": colour if _COLOUR.fullmatch(colour) else _NO_COLOUR,
            "description": _clean(descriptions.get(iri, "")),
            "topics": [_clean(topic) for topic in topics.get(iri, ())],
        }
    return nodes


def _topics(graph: Queryable, lang: str) -> dict[str, list[str]]:
    """Return the labels of the topics that each entity is about."""
    pairs = [(row["entity"].value, row["topic"].value) for row in graph.select(_ABOUT)]
    names = display_labels(graph, {topic for _, topic in pairs}, lang)
    topics: dict[str, list[str]] = {}
    for entity, topic in pairs:
        topics.setdefault(entity, []).append(names[topic])
    return topics


def _edges(graph: Queryable, network: Net, lang: str, quotes: bool) -> Iterator[PlainEdge]:
    names = labels(graph, {relation for _, _, relation in network.edges(keys=True)}, lang)
    origins = _origins(graph)
    for number, ((source, target, relation), edge) in enumerate(attributes.edges(network)):
        plain: EdgeValues = {
            "label": _clean(names.get(relation) or graph.compact(relation)),
            "kind": _clean(graph.compact(relation)),
            "relation": _clean(relation),
            "weight": float(edge["weight"]),
            "symmetric": edge["symmetric"],
            "derived_from": _rows(origins.get((source, target, relation), ())),
            **_evidence(edge["quotes"], quotes),
        }
        yield PlainEdge(_clean(source), _clean(target), f"e{number}", plain)


def _origins(graph: Queryable) -> dict[tuple[str, str, str], list[str]]:
    """Return the entities of which the source says a derived relation, by its source, target and relation."""
    origins: dict[tuple[str, str, str], list[str]] = {}
    for row in graph.select(_DERIVED):
        edge = row["source"].value, row["target"].value, row["relation"].value
        origins.setdefault(edge, []).append(row["origin"].value)
    return origins


def _evidence(evidence: Sequence[Evidence], quotes: bool) -> _Quotes:
    return {
        "quotes": _rows(one.quote for one in evidence) if quotes else "",
        "documents": _rows(one.source for one in evidence),
        "lines": _rows(", ".join(map(str, one.lines)) for one in evidence),
    }


def _rows(texts: Iterable[str]) -> str:
    return "\n".join(_clean(text).replace("\n", " ") for text in texts)


def _clean(text: str) -> str:
    """Return the text without what XML cannot hold, in tables as well, so that all formats hold the same texts."""
    return _NOT_ALLOWED.sub("\ufffd", _LINE_END.sub("\n", text))


def channels(colour: str) -> dict[str, int]:
    """Return the red, green and blue of a colour, from 0 to 255."""
    return {channel: int(colour[at : at + 2], 16) for channel, at in (("r", 1), ("g", 3), ("b", 5))}
