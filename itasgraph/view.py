"""networkx → one HTML file that needs no network: pyvis builds it, the page around it is our own."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from itasgraph import html, layout, messages
from itasgraph.graph import Graph
from itasgraph.network import Evidence

if TYPE_CHECKING:
    import networkx as nx

Texts = dict[str, str]
Labels = defaultdict[str, Texts]


def page(graph: Graph, network: nx.MultiDiGraph[str], titles: Mapping[str, str], lang: str) -> bytes:
    """The picture of a network as one HTML file: the same bytes for the same network."""
    data = _data(graph, network, titles, lang)
    return _html(data, lang).encode()


# --- what the page shows ------------------------------------------------------------------------------------------


def _data(graph: Graph, network: nx.MultiDiGraph[str], titles: Mapping[str, str], lang: str) -> dict[str, Any]:
    from pyvis.network import Network

    labels = _texts(graph, "rdfs:label")
    kinds = _kinds(graph, labels)
    picture = Network(directed=True)
    _add_nodes(picture, graph, network, labels, {kind["id"] for kind in kinds})
    _add_edges(picture, graph, network, labels)
    used = {node["kind"] for node in picture.nodes}
    return {
        "lang": lang,
        "title": _title(titles, graph, labels),
        "kinds": [kind for kind in [*kinds, _NO_KIND] if kind["id"] in used],
        "nodes": [_node(node) for node in picture.nodes],
        "edges": [_edge(edge) for edge in picture.edges],
        "sources": _sources(graph, labels),
        "foot": _foot(graph),
        "text": json.loads(html.resource("text.json")),
    }


def _add_nodes(
    picture: Any, graph: Graph, network: nx.MultiDiGraph[str], labels: Labels, kinds: Collection[str]
) -> None:
    """Add the things to a pyvis network, each with its place and what the panel tells of it."""
    kind_of = {row["thing"].value: row["kind"].value for row in graph.select(_KIND_OF)}
    details = _Details(graph, labels)
    places = layout.positions(network)
    for iri in network.nodes:
        kind = kind_of.get(iri, "")
        picture.add_node(
            iri,
            x=places[iri][0],
            y=places[iri][1],
            size=layout.size(network, iri),
            kind=kind if kind in kinds else _NO_KIND["id"],
            labels=_both(labels[iri], graph.shrink(iri)),
            **details.of(iri),
        )


def _add_edges(picture: Any, graph: Graph, network: nx.MultiDiGraph[str], labels: Labels) -> None:
    """Add the relations to a pyvis network, each with the words it rests on."""
    inverses = _texts(graph, "itas:inverseLabel")
    for source, target, relation, attributes in network.edges(keys=True, data=True):
        picture.add_edge(
            source,
            target,
            key=f"{graph.shrink(source)} {graph.shrink(relation)} {graph.shrink(target)}",
            relation=_both(labels[relation], graph.shrink(relation)),
            inverse=_both(inverses[relation], graph.shrink(relation)),
            quotes=[_quote(evidence) for evidence in attributes["quotes"]],
            rules=[_both(labels[rule], graph.shrink(rule)) for rule in attributes["rules"]],
            notes=[_both(labels[note], graph.shrink(note)) for note in attributes["notes"]],
        )


def _title(titles: Mapping[str, str], graph: Graph, labels: Mapping[str, Texts]) -> Texts:
    """What the network asks and, where it is one, the source that answers."""
    sources = [row["source"].value for row in graph.select("SELECT ?source WHERE { ?source a itas:Source }")]
    named = _both(labels[sources[0]], "") if len(sources) == 1 else dict.fromkeys(messages.LANGUAGES, "")
    asked = _both(titles, "itasgraph")
    return {lang: " – ".join(filter(None, (asked[lang], named[lang]))) for lang in messages.LANGUAGES}


def _foot(graph: Graph) -> Texts:
    """Licence and rights as the sources state them, and what the picture does not mean."""
    rows = list(
        graph.select("""
        SELECT DISTINCT ?licence ?rights WHERE {
          ?source a itas:Source . OPTIONAL { ?source dcterms:license ?licence } OPTIONAL { ?source dcterms:rights ?rights }
        } ORDER BY ?licence ?rights""")
    )
    licences = {row["licence"].value for row in rows if row["licence"]}
    found = {}
    for lang in messages.LANGUAGES:
        rights = {row["rights"].value for row in rows if row["rights"] and row["rights"].language in (None, lang)}
        stated = [messages.render("licence", lang, licence=licence) for licence in sorted(licences)]
        found[lang] = "\n".join([messages.render("picture-foot", lang), *stated, *sorted(rights)])
    return found


_NO_KIND: Final = {
    "id": "Thing",
    "label": {"de": "Ding", "en": "Thing"},
    "plural": {"de": "Andere Dinge", "en": "Other things"},
    "shape": "dot",
    "color": "#666666",
}

_KIND_OF: Final = "SELECT DISTINCT ?thing ?kind WHERE { ?thing itas:kind ?kind }"


def _node(node: Mapping[str, Any]) -> dict[str, Any]:
    kept = ("id", "kind", "alt", "x", "y", "size", "facts", "quotes")
    return {**{name: node[name] for name in kept}, "label": node["labels"]}


def _edge(edge: Mapping[str, Any]) -> dict[str, Any]:
    kept = ("from", "to", "relation", "inverse", "quotes")
    found = {"id": edge["key"], **{name: edge[name] for name in kept}}
    for plural, single in (("notes", "note"), ("rules", "rule")):
        if edge[plural]:
            found[single] = {lang: ", ".join(text[lang] for text in edge[plural]) for lang in messages.LANGUAGES}
    return found


def _quote(evidence: Evidence) -> dict[str, Any]:
    return {"text": evidence.text, "lines": list(evidence.lines), "source": evidence.source}


# --- what is read from the graph -----------------------------------------------------------------------------------


def _texts(graph: Graph, path: str) -> Labels:
    """Thing → language ("" for none) → text."""
    found: Labels = defaultdict(dict)
    for row in graph.select(
        f"SELECT ?thing ?text WHERE {{ ?thing {path} ?text FILTER(isLiteral(?text)) }} ORDER BY ?thing ?text"
    ):
        found[row["thing"].value].setdefault(row["text"].language or "", row["text"].value)
    return found


def _both(texts: Mapping[str, str], otherwise: str) -> Texts:
    """The text in each of our languages, with what stands in where one is missing."""
    default = texts.get("") or next(iter(texts.values()), otherwise)
    return {lang: texts.get(lang, default) for lang in messages.LANGUAGES}


def _kinds(graph: Graph, labels: Labels) -> list[dict[str, Any]]:
    plurals = _texts(graph, "itas:plural")
    rows = graph.select(
        "SELECT ?kind ?shape ?colour WHERE { ?kind itas:shape ?shape ; itas:colour ?colour ; itas:order ?order } ORDER BY ?order"
    )
    return [
        {
            "id": row["kind"].value,
            "label": _both(labels[row["kind"].value], graph.shrink(row["kind"].value)),
            "plural": _both(plurals[row["kind"].value], graph.shrink(row["kind"].value)),
            "shape": row["shape"].value,
            "color": row["colour"].value,
        }
        for row in rows
    ]


def _sources(graph: Graph, labels: Mapping[str, Texts]) -> dict[str, Any]:
    rows = graph.select("""
        SELECT ?source ?document ?date WHERE {
          ?source a itas:Source
          OPTIONAL { ?source prov:wasDerivedFrom ?document }
          OPTIONAL { ?source dcterms:issued ?date }
        } ORDER BY ?source ?document""")
    found = {}
    for row in rows:
        iri = row["source"].value
        document, date = row["document"], row["date"]
        found[iri] = {
            "label": _both(labels[iri], graph.shrink(iri)),
            "url": document.value if document else "",
            "date": date.value if date else "",
        }
    return found


class _Details:
    """What the panel tells of a thing: other names, facts, its own quotes."""

    def __init__(self, graph: Graph, labels: Mapping[str, Texts]) -> None:
        self._alternatives: defaultdict[str, list[str]] = defaultdict(list)
        self._facts: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        self._quotes: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in graph.select(_ALTERNATIVES):
            self._alternatives[row["thing"].value].append(row["text"].value)
        self._read_facts(graph.select(_FACTS), graph, labels)
        for row in graph.select(_QUOTES):
            lines = [int(number) for number in sorted(row["lines"].value.split(), key=int)] if row["lines"] else []
            quote = {"text": row["text"].value, "lines": lines, "source": row["source"].value}
            self._quotes[row["thing"].value].append(quote)

    def of(self, iri: str) -> dict[str, Any]:
        return {"alt": self._alternatives[iri], "facts": self._facts[iri], "quotes": self._quotes[iri]}

    def _read_facts(self, rows: Iterable[ox.QuerySolution], graph: Graph, labels: Mapping[str, Texts]) -> None:
        """Texts of one property in several languages are one fact."""
        open_facts: dict[tuple[str, str], Texts] = {}
        for row in rows:
            thing, relation, value = row["thing"].value, row["property"].value, row["value"]
            label = _both(labels.get(relation, {}), graph.shrink(relation))
            texts = open_facts.get((thing, relation))
            if isinstance(value, ox.NamedNode):
                shown: Texts | str = _both(labels.get(value.value, {}), graph.shrink(value.value))
            elif not value.language:
                shown = value.value
            elif texts is not None and value.language not in texts:
                texts[value.language] = value.value
                continue
            else:  # two texts in one language are two facts
                shown = open_facts[thing, relation] = {value.language: value.value}
            self._facts[thing].append({"label": label, "value": shown})
        for texts in open_facts.values():
            texts.update(_both(texts, ""))


_ALTERNATIVES: Final = """
    SELECT DISTINCT ?thing ?text WHERE { ?thing itas:kind ?kind ; skos:altLabel ?text } ORDER BY ?thing ?text"""
_FACTS: Final = """
    SELECT DISTINCT ?thing ?property ?value WHERE {
      ?thing itas:kind ?kind ; ?property ?value .
      FILTER(isLiteral(?value) || ?property IN (dcterms:type, adms:status))
      FILTER(?property NOT IN (rdfs:label, schema:name, skos:altLabel, skos:hiddenLabel, itas:quote, itas:line, itas:word, schema:position))
    } ORDER BY ?thing ?property ?value"""
_QUOTES: Final = """
    SELECT ?thing ?text ?source (GROUP_CONCAT(STR(?number); separator=" ") AS ?lines) WHERE {
      ?thing itas:kind ?kind ; itas:quote ?text ; dcterms:source ?source .
      FILTER(EXISTS { GRAPH ?source { ?thing itas:quote ?text } } || NOT EXISTS { GRAPH ?any { ?thing itas:quote ?text } })
      OPTIONAL {
        ?thing itas:line ?line .
        FILTER(EXISTS { GRAPH ?source { ?thing itas:line ?line } } || NOT EXISTS { GRAPH ?any { ?thing itas:line ?line } })
      }
      BIND(COALESCE(?line, "") AS ?number)
    } GROUP BY ?thing ?text ?source ORDER BY ?thing ?text ?source"""


# --- the page -----------------------------------------------------------------------------------------------------------


def _html(data: Mapping[str, Any], lang: str) -> str:
    from markupsafe import Markup

    return html.render(
        "template.html.j2",
        lang=lang,
        title=data["title"][lang],
        style=Markup(html.resource("style.css")),
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
    folder = resources.files("itasgraph") / "page"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".js"))
    return "\n".join(html.resource(name) for name in names)


def _vis_network() -> str:
    """vis-network as pyvis ships it, made safe for an inline <script>."""
    script = resources.files("pyvis") / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
    return script.read_text(encoding="utf-8").replace("</script", "<\\/script")
