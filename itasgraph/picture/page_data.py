"""The data of a picture: its nodes with their positions, its edges with their evidence, and what the panel says of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypedDict, cast

from itasgraph import messages
from itasgraph.entities.details import Details, EntityDetails
from itasgraph.entities.labels import INVERSE, Labels, Texts, complete, is_iri, label_texts, translations
from itasgraph.network import attributes, layout
from itasgraph.network.builder import Networks
from itasgraph.picture import facets, precomputed_answers, provenance, sparql_export
from itasgraph.picture.contract import Answers, Edge, Ends, Kind, Node, PageData, Quote, Relation, Statement
from itasgraph.picture.excerpt import Excerpt
from itasgraph.store.queryable import Queryable

if TYPE_CHECKING:
    from pyvis.network import Network

    from itasgraph.network.attributes import Net


@dataclass(frozen=True)
class PageContext:
    """The data of a page besides its network.

    The query of the network, precomputed answers, the kinds of hubs, the relations that tell mere closeness, the IRI of the
    entity that is selected at first, a note on what an excerpt leaves out, and the user's own title.
    """

    query: str = ""
    answers: Answers = field(default_factory=lambda: Answers(about={}, buttons={}))
    hubs: Sequence[str] = ()
    near: Collection[str] = ()
    focus: str = ""
    excerpt_note: Texts = field(default_factory=dict)
    title: str = ""


def page_context(networks: Networks, name: str, excerpt: Excerpt, title: str | None) -> PageContext:
    """Return the context of an excerpt of the network called `name`. Raises UsageError as `builder.build` does."""
    return PageContext(
        networks.query(name).text,
        precomputed_answers.answers(networks, name),
        precomputed_answers.hubs(networks, name),
        precomputed_answers.near(networks, name),
        excerpt.focus,
        excerpt.note,
        title or "",
    )


def page_data(graph: Queryable, network: Net, titles: Mapping[str, str], lang: str, context: PageContext) -> PageData:
    """Return all data of the page on a network, whose titles are by language; `lang` is its first language."""
    from pyvis.network import Network

    labels = translations(graph)
    kinds = _kinds(graph, labels)
    page_facets, values = facets.read(graph, labels, network.nodes)
    picture = Network(directed=True)
    _add_nodes(picture, graph, network, labels, {kind["id"] for kind in kinds})
    _add_edges(picture, graph, network, labels)
    nodes, edges = cast("list[_PyvisNode]", picture.nodes), cast("list[_PyvisEdge]", picture.edges)
    used = {node["kind"] for node in nodes}
    relations = _relations(graph, network, labels, context.near)
    sources = provenance.sources(graph, labels)
    return {
        "lang": lang,
        "title": _title(titles, graph, labels, context.title),
        "kinds": [kind for kind in [*kinds, _NO_KIND] if kind["id"] in used],
        "facets": page_facets,
        "nodes": [_node(node, values.get(node["id"], {})) for node in nodes],
        "edges": [_edge(edge) for edge in edges],
        "relations": relations,
        "sources": sources,
        "foot": provenance.foot(graph, labels, sources),
        "dataset": provenance.dataset(graph, labels),
        "rdf": sparql_export.namespaces(graph),
        "sparql": sparql_export.parts(graph, context.query) if context.query else None,
        "answers": context.answers,
        "hubs": list(context.hubs),
        "focus": context.focus,
        "leftOut": context.excerpt_note,
        "text": _page_texts(network, relations),
    }


def _page_texts(network: Net, relations: Mapping[str, Relation]) -> dict[str, dict[str, str]]:
    """Return the texts of the page by language and key, with a sentence on each sort of lines that the network has."""
    directions = {relation["symmetric"] for relation in relations.values()}
    weights = {edge["weight"] for _, edge in attributes.edges(network)}
    conditions = {
        "introPicture": True,
        "linesDirected": directions == {False},
        "linesMixed": directions == {False, True},
        "linesMutual": directions == {True},
        "linesNear": any(relation["near"] for relation in relations.values()),
        "linesWeighted": len(weights) > 1,
    }
    page_texts = {lang: messages.page(lang) for lang in messages.LANGUAGES}
    for texts in page_texts.values():
        texts["introPicture"] = " ".join(texts[key] for key, holds in conditions.items() if holds)
    return page_texts


class _NodeOptions(EntityDetails):
    """The options of a node that pyvis hands on: its position and radius in pixels, its kind, and its texts."""

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
    """The options of an edge that pyvis hands on."""

    key: str
    relation: str
    stated: bool
    weight: float
    quotes: list[Quote]
    rules: list[Texts]
    notes: list[Texts]


class _PyvisEdge(_EdgeOptions, Ends):
    """An edge of pyvis."""


def _add_nodes(picture: Network, graph: Queryable, network: Net, labels: Labels, kinds: Collection[str]) -> None:
    """Add the nodes to a pyvis network, each with its position and its details."""
    details = Details(graph, labels)
    places = layout.positions(network)
    others = sparql_export.alternative_labels(graph)
    for iri in network:
        kind = attributes.node(network, iri)["kind"]
        options: _NodeOptions = {
            "x": places[iri][0],
            "y": places[iri][1],
            "size": layout.node_size(network, iri),
            "kind": kind if kind in kinds else _NO_KIND["id"],
            "labels": label_texts(graph, labels, iri),
            "names": labels.get(iri, {}),
            "also": others.get(iri, {}),
            **details.of(iri),
        }
        picture.add_node(iri, **options)


def _add_edges(picture: Network, graph: Queryable, network: Net, labels: Labels) -> None:
    """Add the edges to a pyvis network, each with its evidence, and whether the graph states it as a triple."""
    stated = _stated_edges(graph, list(network.edges(keys=True)))
    roles = _roles(graph)
    statements = sparql_export.statements(graph)
    for (source, target, relation), edge in attributes.edges(network):
        triple = source, relation, target
        options: _EdgeOptions = {
            "key": " ".join(map(graph.compact, triple)),
            "relation": relation,
            "stated": triple in stated,
            "weight": edge["weight"],
            "quotes": [
                {**evidence.as_json(), **statements.get((*triple, evidence.quote, evidence.source), _NO_STATEMENT)}
                for evidence in edge["quotes"]
            ],
            "rules": [label_texts(graph, labels, rule) for rule in edge["rules"]],
            "notes": [label_texts(graph, labels, note) for note in [*roles.get(triple, ()), *edge["notes"]]],
        }
        picture.add_edge(source, target, **options)


def _roles(graph: Queryable) -> dict[tuple[str, str, str], list[str]]:
    """Return the roles of appearances, by the edge of the appearance and by that to the organisation."""
    roles: dict[tuple[str, str, str], list[str]] = {}
    for row in graph.select(_ROLES):
        edge = (row["source"].value, row["relation"].value, row["target"].value)
        roles.setdefault(edge, []).append(row["role"].value)
    return roles


_ROLES: Final = """
    SELECT DISTINCT ?source ?relation ?target ?role WHERE {
      ?appearance org:role ?role .
      { ?appearance rdf:subject ?source ; rdf:predicate ?relation ; rdf:object ?target }
      UNION { ?appearance org:member ?source ; org:organization ?target BIND(org:organization AS ?relation) }
    } ORDER BY ?source ?relation ?target ?role"""


def _stated_edges(graph: Queryable, edges: Sequence[tuple[str, str, str]]) -> set[tuple[str, str, str]]:
    """Return the edges that are triples of the graph; the edge from a person to their organisation, for example, is none."""
    stated = set()
    for start in range(0, len(edges), _AT_ONCE):
        part = [edge for edge in edges[start : start + _AT_ONCE] if all(map(is_iri, edge))]
        values = " ".join(f"(<{source}> <{relation}> <{target}>)" for source, target, relation in part)
        rows = graph.select(f"SELECT ?s ?p ?o WHERE {{ VALUES (?s ?p ?o) {{ {values} }} ?s ?p ?o }}")
        stated |= {(row["s"].value, row["p"].value, row["o"].value) for row in rows}
    return stated


_AT_ONCE: Final = 300


def _relations(graph: Queryable, network: Net, labels: Labels, near: Collection[str]) -> dict[str, Relation]:
    """Return the relations of the network by IRI."""
    inverses = translations(graph, INVERSE)
    symmetric = {relation for (*_, relation), edge in attributes.edges(network) if edge["symmetric"]}
    terminal = {relation for (*_, relation), edge in attributes.edges(network) if edge["terminal"]}
    return {
        relation: {
            "label": label_texts(graph, labels, relation),
            "inverse": label_texts(graph, inverses, relation) if relation in inverses else None,
            "symmetric": relation in symmetric,
            "near": relation in near,
            "terminal": relation in terminal,
        }
        for relation in sorted({relation for *_, relation in network.edges(keys=True)})
    }


def _title(titles: Mapping[str, str], graph: Queryable, labels: Labels, own: str) -> Texts:
    """Return the user's own title, else that of the network with the label of the source, where there is only one."""
    if own:
        return dict.fromkeys(messages.LANGUAGES, own)
    sources = [row["source"].value for row in graph.select("SELECT ?source WHERE { ?source a itas:Source }")]
    source_label = complete(labels[sources[0]], "") if len(sources) == 1 else dict.fromkeys(messages.LANGUAGES, "")
    questions = complete(titles, "itasgraph")
    return {lang: " – ".join(filter(None, (questions[lang], source_label[lang]))) for lang in messages.LANGUAGES}


_NO_STATEMENT: Final[Statement] = {}
_NO_KIND: Final[Kind] = {
    "id": "Entity",
    "label": {"de": "Eintrag", "en": "Entry"},
    "plural": {"de": "Andere Einträge", "en": "Other entries"},
    "shape": "dot",
    "color": "#666666",
}


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
    if node["names"] != node["labels"]:  # a text that stands in for a missing language is no label of the graph
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
        content["rule"] = _join(edge["rules"])
    return content


def _join(texts: Sequence[Texts]) -> Texts:
    return {lang: ", ".join(text[lang] for text in texts) for lang in messages.LANGUAGES}


def _kinds(graph: Queryable, labels: Labels) -> list[Kind]:
    plurals = translations(graph, "itas:plural")
    rows = graph.select(
        "SELECT ?kind ?shape ?colour WHERE { ?kind itas:shape ?shape ; itas:colour ?colour ; itas:order ?order } ORDER BY ?order"
    )
    return [
        {
            "id": row["kind"].value,
            "label": label_texts(graph, labels, row["kind"].value),
            "plural": label_texts(graph, plurals, row["kind"].value),
            "shape": row["shape"].value,
            "color": row["colour"].value,
        }
        for row in rows
    ]
