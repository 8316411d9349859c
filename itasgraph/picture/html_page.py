"""networkx → one HTML file that needs no network: pyvis builds it, the page around it is our own."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from itasgraph import messages
from itasgraph.entities.details import Details
from itasgraph.entities.labels import INVERSE, Labels, Texts, complete, is_iri, named, translations
from itasgraph.network import layout
from itasgraph.network.builder import Networks
from itasgraph.picture import excerpt, facets, precomputed_answers, provenance, sparql_export
from itasgraph.store.queryable import Queryable
from itasgraph.util import templates

if TYPE_CHECKING:
    import networkx as nx

    Net = nx.MultiDiGraph[str]


@dataclass(frozen=True)
class Around:
    """What a page tells besides its network.

    The query it comes from, answers to questions (see `insight`), kinds that paths do not lead through, relations that are
    mere closeness, the thing it opens with, a sentence on what was left out, and a title of the user's own.
    """

    query: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)
    hubs: Sequence[str] = ()
    near: Collection[str] = ()
    focus: str = ""
    left_out: Texts = field(default_factory=dict)
    title: str = ""


def around(networks: Networks, name: str, part: excerpt.Part, title: str | None) -> Around:
    """What belongs around a part of the network called `name`. Raises as `builder.build` does."""
    return Around(
        networks.query(name).text,
        precomputed_answers.answers(networks, name),
        precomputed_answers.hubs(networks, name),
        precomputed_answers.near(networks, name),
        part.focus,
        part.left_out,
        title or "",
    )


def page(graph: Queryable, network: Net, titles: Mapping[str, str], lang: str, around: Around = Around()) -> bytes:
    """The picture of a network as one HTML file: the same bytes for the same network."""
    data = _data(graph, network, titles, lang, around)
    return _html(data, lang).encode()


# --- what the page shows ------------------------------------------------------------------------------------------


def _data(graph: Queryable, network: Net, titles: Mapping[str, str], lang: str, around: Around) -> dict[str, Any]:
    from pyvis.network import Network

    labels = translations(graph)
    kinds = _kinds(graph, labels)
    found, values = facets.read(graph, labels, network.nodes)
    picture = Network(directed=True)
    _add_nodes(picture, graph, network, labels, {kind["id"] for kind in kinds})
    _add_edges(picture, graph, network, labels)
    used = {node["kind"] for node in picture.nodes}
    relations = _relations(graph, network, labels, around.near)
    return {
        "lang": lang,
        "title": _title(titles, graph, labels, around.title),
        "kinds": [kind for kind in [*kinds, _NO_KIND] if kind["id"] in used],
        "facets": found,
        "nodes": [_node(node, values.get(node["id"], {})) for node in picture.nodes],
        "edges": [_edge(edge) for edge in picture.edges],
        "relations": relations,
        "sources": provenance.sources(graph, labels),
        "foot": provenance.foot(graph, labels),
        "dataset": provenance.dataset(graph, labels),
        "rdf": sparql_export.shortening(graph),
        "sparql": sparql_export.parts(graph, around.query) if around.query else None,
        "answers": around.answers,
        "hubs": list(around.hubs),
        "focus": around.focus,
        "leftOut": around.left_out,
        "text": _words(network, relations),
    }


def _words(network: Net, relations: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, str]]:
    """The words of the page; how to read lines is said as far as the network has such lines."""
    directions = {relation["symmetric"] for relation in relations.values()}
    weights = {attributes.get("weight", 1.0) for *_, attributes in network.edges(data=True)}
    said = {
        "introPicture": True,
        "linesDirected": directions == {False},
        "linesMixed": directions == {False, True},
        "linesMutual": directions == {True},
        "linesNear": any(relation["near"] for relation in relations.values()),
        "linesWeighted": len(weights) > 1,
    }
    words = {lang: messages.page(lang) for lang in messages.LANGUAGES}
    for texts_ in words.values():
        texts_["introPicture"] = " ".join(texts_[key] for key, is_said in said.items() if is_said)
    return words


def _add_nodes(picture: Any, graph: Queryable, network: Net, labels: Labels, kinds: Collection[str]) -> None:
    """Add the things to a pyvis network, each with its place and what the panel tells of it."""
    kind_of = {row["thing"].value: row["kind"].value for row in graph.select(_KIND_OF)}
    details = Details(graph, labels)
    places = layout.positions(network)
    others = sparql_export.other_names(graph)
    for iri in network.nodes:
        kind = kind_of.get(iri, "")
        picture.add_node(
            iri,
            x=places[iri][0],
            y=places[iri][1],
            size=layout.node_size(network, iri),
            kind=kind if kind in kinds else _NO_KIND["id"],
            labels=named(graph, labels, iri),
            names=labels.get(iri, {}),
            also=others.get(iri, {}),
            **details.of(iri),
        )


def _add_edges(picture: Any, graph: Queryable, network: Net, labels: Labels) -> None:
    """Add the relations to a pyvis network, each with the words it rests on, and whether the graph states it as it is."""
    stated = _stated(graph, list(network.edges(keys=True)))
    roles = _roles(graph)
    statements = sparql_export.statements(graph)
    for source, target, relation, attributes in network.edges(keys=True, data=True):
        picture.add_edge(
            source,
            target,
            key=f"{graph.compact(source)} {graph.compact(relation)} {graph.compact(target)}",
            relation=relation,
            stated=(source, relation, target) in stated,
            weight=attributes.get("weight", 1.0),
            quotes=[
                {
                    **evidence.as_json(),
                    **statements.get((source, relation, target, evidence.quote, evidence.source), {}),
                }
                for evidence in attributes["quotes"]
            ],
            rules=[named(graph, labels, rule) for rule in attributes["rules"]],
            notes=[
                named(graph, labels, note)
                for note in [*roles.get((source, relation, target), ()), *attributes["notes"]]
            ],
        )


def _roles(graph: Queryable) -> dict[tuple[str, str, str], list[str]]:
    """In which roles somebody appeared: by the appearance itself, and by for whom."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for row in graph.select(_ROLES):
        edge = (row["source"].value, row["relation"].value, row["target"].value)
        found.setdefault(edge, []).append(row["role"].value)
    return found


_ROLES: Final = """
    SELECT DISTINCT ?source ?relation ?target ?role WHERE {
      ?appearance org:role ?role .
      { ?appearance rdf:subject ?source ; rdf:predicate ?relation ; rdf:object ?target }
      UNION { ?appearance org:member ?source ; org:organization ?target BIND(org:organization AS ?relation) }
    } ORDER BY ?source ?relation ?target ?role"""


def _stated(graph: Queryable, edges: Sequence[tuple[str, str, str]]) -> set[tuple[str, str, str]]:
    """Those of the edges that are triples of the graph: that somebody appeared for an organisation, say, is none."""
    found = set()
    for start in range(0, len(edges), _AT_ONCE):
        asked = [edge for edge in edges[start : start + _AT_ONCE] if all(map(is_iri, edge))]
        values = " ".join(f"(<{source}> <{relation}> <{target}>)" for source, target, relation in asked)
        rows = graph.select(f"SELECT ?s ?p ?o WHERE {{ VALUES (?s ?p ?o) {{ {values} }} ?s ?p ?o }}")
        found |= {(row["s"].value, row["p"].value, row["o"].value) for row in rows}
    return found


_AT_ONCE: Final = 300


def _relations(graph: Queryable, network: Net, labels: Labels, near: Collection[str]) -> dict[str, Any]:
    """Relation → how it reads, how from its other end where that is known, whether both are the same; whether it is mere closeness."""
    inverses = translations(graph, INVERSE)
    mutual = {relation for *_, relation, link in network.edges(keys=True, data=True) if link.get("symmetric")}
    return {
        relation: {
            "label": named(graph, labels, relation),
            "inverse": named(graph, inverses, relation) if relation in inverses else None,
            "symmetric": relation in mutual,
            "near": relation in near,
        }
        for relation in sorted({relation for *_, relation in network.edges(keys=True)})
    }


def _title(titles: Mapping[str, str], graph: Queryable, labels: Labels, own: str) -> Texts:
    """The user's own title; else what the network asks and, where it is one, the source that answers."""
    if own:
        return dict.fromkeys(messages.LANGUAGES, own)
    sources = [row["source"].value for row in graph.select("SELECT ?source WHERE { ?source a itas:Source }")]
    named = complete(labels[sources[0]], "") if len(sources) == 1 else dict.fromkeys(messages.LANGUAGES, "")
    asked = complete(titles, "itasgraph")
    return {lang: " – ".join(filter(None, (asked[lang], named[lang]))) for lang in messages.LANGUAGES}


_NO_KIND: Final = {
    "id": "Thing",
    "label": {"de": "Ding", "en": "Thing"},
    "plural": {"de": "Andere Dinge", "en": "Other things"},
    "shape": "dot",
    "color": "#666666",
}

_KIND_OF: Final = "SELECT DISTINCT ?thing ?kind WHERE { ?thing itas:kind ?kind } ORDER BY ?thing DESC(?kind)"


def _node(node: Mapping[str, Any], values: Mapping[str, Sequence[int]]) -> dict[str, Any]:
    kept = ("id", "kind", "alt", "x", "y", "size", "facts", "quotes")
    found = {**{name: node[name] for name in kept}, "label": node["labels"]}
    if node["names"] != node["labels"]:  # what stands in where a language is missing is no label of the graph
        found["names"] = node["names"]
    if node["also"]:
        found["also"] = node["also"]
    return {**found, "in": values} if values else found


def _edge(edge: Mapping[str, Any]) -> dict[str, Any]:
    kept = ("from", "to", "relation", "quotes", "stated")
    found = {"id": edge["key"], **{name: edge[name] for name in kept}}
    if edge["weight"] != 1:
        found["weight"] = edge["weight"]
    for plural, single in (("notes", "note"), ("rules", "rule")):
        if edge[plural]:
            found[single] = {lang: ", ".join(text[lang] for text in edge[plural]) for lang in messages.LANGUAGES}
    return found


def _kinds(graph: Queryable, labels: Labels) -> list[dict[str, Any]]:
    plurals = translations(graph, "itas:plural")
    rows = graph.select(
        "SELECT ?kind ?shape ?colour WHERE { ?kind itas:shape ?shape ; itas:colour ?colour ; itas:order ?order } ORDER BY ?order"
    )
    return [
        {
            "id": row["kind"].value,
            "label": named(graph, labels, row["kind"].value),
            "plural": named(graph, plurals, row["kind"].value),
            "shape": row["shape"].value,
            "color": row["colour"].value,
        }
        for row in rows
    ]


# --- the page -----------------------------------------------------------------------------------------------------------


def _html(data: Mapping[str, Any], lang: str) -> str:
    from markupsafe import Markup

    return templates.render(
        "picture/assets/page.html.j2",
        lang=lang,
        title=data["title"][lang],
        style=Markup(templates.resource("picture/assets/style.css")),
        vis_script=Markup(_vis_network()),
        script=Markup(_scripts()),
        data=Markup(_embed(data)),
    )


def _embed(data: Mapping[str, Any]) -> str:
    """JSON for a <script> element: whatever could end the element or start a comment is written as \\uXXXX."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def _scripts() -> str:
    """All our scripts; none depends on the order."""
    folder = resources.files("itasgraph") / "picture" / "assets"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".js"))
    return "\n".join(templates.resource(f"picture/assets/{name}") for name in names)


def _vis_network() -> str:
    """vis-network as pyvis ships it, made safe for an inline <script>."""
    script = resources.files("pyvis") / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
    return script.read_text(encoding="utf-8").replace("</script", "<\\/script")
