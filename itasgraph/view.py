"""networkx → one HTML file that needs no network: pyvis builds it, the page around it is our own."""

from __future__ import annotations

import itertools
import json
import math
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from itasgraph import html, messages
from itasgraph.graph import Graph
from itasgraph.network import Evidence

if TYPE_CHECKING:
    import networkx as nx

_SEED: Final = 2024
Texts = dict[str, str]


def page(graph: Graph, network: nx.MultiDiGraph[str], titles: Mapping[str, str], lang: str) -> bytes:
    """The picture of a network as one HTML file: the same bytes for the same network."""
    data = _data(graph, network, titles, lang)
    return _html(data, lang).encode()


# --- what the page shows ------------------------------------------------------------------------------------------


def _data(graph: Graph, network: nx.MultiDiGraph[str], titles: Mapping[str, str], lang: str) -> dict[str, Any]:
    from pyvis.network import Network

    labels = _texts(graph, "rdfs:label")
    kinds = _kinds(graph)
    kind_of = {row["thing"].value: row["kind"].value for row in graph.select(_KIND_OF)}
    looks = {kind["id"]: kind for kind in kinds}
    details = _Details(graph, labels)
    picture = Network(directed=True)
    positions = _positions(network)
    for iri in network.nodes:
        kind = looks.get(kind_of.get(iri, ""), _NO_KIND)
        picture.add_node(
            iri,
            label=labels[iri].get(lang, graph.shrink(iri)),
            shape=kind["shape"],
            color=kind["color"],
            x=positions[iri][0],
            y=positions[iri][1],
            size=_size(network, iri),
            kind=kind["id"],
            labels=_both(labels[iri], graph.shrink(iri)),
            **details.of(iri),
        )
    relations, inverses = labels, _texts(graph, "itas:inverseLabel")
    for source, target, relation, attributes in network.edges(keys=True, data=True):
        picture.add_edge(
            source,
            target,
            key=f"{graph.shrink(source)} {graph.shrink(relation)} {graph.shrink(target)}",
            relation=_both(relations[relation], graph.shrink(relation)),
            inverse=_both(inverses[relation], graph.shrink(relation)),
            quotes=[_quote(evidence) for evidence in attributes["quotes"]],
            rules=[_both(labels[rule], graph.shrink(rule)) for rule in attributes["rules"]],
            notes=[_both(labels[note], graph.shrink(note)) for note in attributes["notes"]],
        )
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


def _size(network: nx.MultiDiGraph[str], iri: str) -> float:
    """Grows with the square root of the number of neighbours, so that the area tells it."""
    neighbours = len(set(network.successors(iri)) | set(network.predecessors(iri)))
    return round(7 + 2.8 * math.sqrt(neighbours), 1)


_ROOM: Final = (114.0, 94.0)  # across and down, for a thing and its name: wider than high, as names and screens are
_EVEN: Final = 0.8  # 0 keeps the distances of the layout, 1 makes all alike; in between, the crowded middle opens up
_ROUNDS: Final = 60  # of pushing apart; all take about a second for 2,000 things
_PUSH: Final = 0.25  # how much of a lacking distance each of two things yields in a round; with more, lines tangle
_MANY: Final = 500  # things; beyond this, Kamada and Kawai's layout takes seconds
Point = tuple[float, float]


def _positions(network: nx.MultiDiGraph[str]) -> dict[str, tuple[int, int]]:
    """Where each thing stands, in whole pixels: the same for the same network, whatever the order of its parts.

    Relations decide who is near whom; then the crowded middle is spread so that names find room. Parts that nothing
    connects stand close by one another, the largest in the middle.
    """
    import igraph

    names = sorted(network)
    if not names:
        return {}
    igraph.set_random_number_generator(random.Random(_SEED))
    numbers = {iri: number for number, iri in enumerate(names)}
    pairs = sorted({tuple(sorted((numbers[a], numbers[b]))) for a, b in network.edges() if a != b})
    whole = igraph.Graph(n=len(names), edges=pairs)
    parts = sorted(whole.connected_components(), key=lambda part: (-len(part), part))
    boxes = [_box(len(part)) for part in parts]
    places: list[Point] = [(0.0, 0.0)] * len(names)
    for part, box, (left, top) in zip(parts, boxes, _pack(boxes), strict=True):
        for number, (x, y) in zip(part, _spread(_arrange(whole.induced_subgraph(part)), box), strict=True):
            places[number] = ((left + x) * _ROOM[0], (top + y) * _ROOM[1])
    apart = _push_apart(places, [_clearance(_size(network, iri)) for iri in names])
    return {iri: (round(x), round(y)) for iri, (x, y) in zip(names, apart, strict=True)}


def _arrange(part: Any) -> list[Point]:
    """Lay out a connected igraph.Graph, the long way across.

    Kamada and Kawai's layout finds the overall shape, Fruchterman and Reingold's draws together what belongs together.
    What many relations lead to pulls less: else all would crowd around it, and what it is connected to is plain anyway.
    """
    degrees = part.degree()
    hubs = [max(degrees[a], degrees[b]) for a, b in part.get_edgelist()]
    pull = [hub**-0.5 for hub in hubs]
    if len(degrees) > _MANY:
        return _turned(part.layout_fruchterman_reingold(weights=pull, niter=500, grid=True).coords)
    shape = part.layout_kamada_kawai(weights=[hub**0.5 for hub in hubs], seed=part.layout_circle())
    layout = part.layout_fruchterman_reingold(weights=pull, seed=shape, niter=1_500, grid=False)
    return _turned(layout.coords)


def _turned(places: Sequence[Point]) -> list[Point]:
    """Turn so that the direction in which the points scatter most lies across."""
    middle = [sum(values) / len(places) for values in zip(*places, strict=True)]
    centred = [(x - middle[0], y - middle[1]) for x, y in places]
    angle = math.atan2(2 * sum(x * y for x, y in centred), sum(x * x - y * y for x, y in centred)) / 2
    cos, sin = math.cos(angle), math.sin(angle)
    return [(x * cos + y * sin, y * cos - x * sin) for x, y in centred]


def _box(things: int) -> tuple[int, int]:
    """Columns and rows of rooms for so many things."""
    columns = math.ceil(math.sqrt(things))
    return columns, math.ceil(things / columns)


def _pack(boxes: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Left column and top row of each box, largest first, each as near to the middle as there is room."""
    reach = math.isqrt(sum(width * height for width, height in boxes)) + max(boxes[0])
    spots = list(itertools.product(range(-reach, reach), repeat=2))
    corners: list[tuple[int, int]] = []
    taken: set[tuple[int, int]] = set()
    for (width, height), alike in itertools.groupby(boxes):
        spots.sort(key=lambda spot: (math.hypot(spot[0] + width / 2, spot[1] + height / 2), spot))
        free = iter(spots)  # where one box had no room, no other of its size has
        for _ in alike:
            for left, top in free:
                cells = set(itertools.product(range(left, left + width), range(top, top + height)))
                if taken.isdisjoint(cells):
                    break
            taken |= cells
            corners.append((left, top))
    return corners


def _spread(places: Sequence[Point], box: tuple[int, int]) -> list[Point]:
    """Fill a box of rooms, half a room from its edges."""
    columns, rows = (_even(values, length) for values, length in zip(zip(*places, strict=True), box, strict=True))
    return list(zip(columns, rows, strict=True))


def _even(values: Sequence[float], length: int) -> list[float]:
    """Stretch values to 0.5 … length - 0.5, most of the way to where they would be equally far from one another."""
    lowest, extent = min(values), max(values) - min(values) or 1.0
    last = len(values) - 1 or 1
    stretched = [0.0] * len(values)
    for rank, index in enumerate(sorted(range(len(values)), key=lambda n: (values[n], n))):
        share = (1 - _EVEN) * (values[index] - lowest) / extent + _EVEN * rank / last
        stretched[index] = 0.5 + (length - 1) * share
    return stretched


def _clearance(size: float) -> float:
    """How far around a sign its own room reaches: large signs have large names. Never less than the sign itself."""
    return max(min(16 + (size / 3.8) ** 3, 110), 1.3 * size)


def _push_apart(places: Sequence[Point], radii: Sequence[float]) -> list[Point]:
    """Move things that are too close away from each other, until none is or enough rounds are over."""
    flat = _ROOM[0] / _ROOM[1]
    xs, ys = [x / flat for x, _ in places], [y for _, y in places]
    for _ in range(_ROUNDS):
        crowded = False
        for one, other in _near(xs, ys, radii):
            dx, dy = xs[other] - xs[one], ys[other] - ys[one]
            distance, wanted = math.hypot(dx, dy), radii[one] + radii[other]
            if distance < 0.99 * wanted:
                crowded = True
                share = _PUSH * (wanted - distance) / (distance or 1.0)
                dx, dy = (dx, dy) if distance else (1.0, 0.0)
                xs[one], ys[one] = xs[one] - dx * share, ys[one] - dy * share
                xs[other], ys[other] = xs[other] + dx * share, ys[other] + dy * share
        if not crowded:
            break
    return [(x * flat, y) for x, y in zip(xs, ys, strict=True)]


def _near(xs: Sequence[float], ys: Sequence[float], radii: Sequence[float]) -> Iterator[tuple[int, int]]:
    """Pairs that may be too close, by a grid: each thing looks for smaller ones as far as its own room can matter."""
    cell = 2 * sorted(radii)[len(radii) // 2]
    grid: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for number, (x, y) in enumerate(zip(xs, ys, strict=True)):
        grid[math.floor(x / cell), math.floor(y / cell)].append(number)
    for one, reach in enumerate(2 * radius for radius in radii):
        across, down = (
            range(math.floor((value - reach) / cell), math.floor((value + reach) / cell) + 1)
            for value in (xs[one], ys[one])
        )
        for spot in itertools.product(across, down):
            for other in grid.get(spot, ()):
                if (radii[other], other) < (radii[one], one):
                    yield one, other


# --- what is read from the graph -----------------------------------------------------------------------------------


def _texts(graph: Graph, path: str) -> defaultdict[str, Texts]:
    """Thing → language ("" for none) → text."""
    found: defaultdict[str, Texts] = defaultdict(dict)
    for row in graph.select(f"SELECT ?thing ?text WHERE {{ ?thing {path} ?text }} ORDER BY ?thing ?text"):
        found[row["thing"].value].setdefault(row["text"].language or "", row["text"].value)
    return found


def _both(texts: Mapping[str, str], otherwise: str) -> Texts:
    """The text in each of our languages, with what stands in where one is missing."""
    default = texts.get("") or next(iter(texts.values()), otherwise)
    return {lang: texts.get(lang, default) for lang in messages.LANGUAGES}


def _kinds(graph: Graph) -> list[dict[str, Any]]:
    labels, plurals = _texts(graph, "rdfs:label"), _texts(graph, "itas:plural")
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
        open_facts: dict[tuple[str, str], dict[str, Any]] = {}
        for row in rows:
            thing, relation, value = row["thing"].value, row["property"].value, row["value"]
            label = _both(labels.get(relation, {}), graph.shrink(relation))
            if isinstance(value, ox.NamedNode):
                self._facts[thing].append(
                    {"label": label, "value": _both(labels.get(value.value, {}), graph.shrink(value.value))}
                )
            elif not value.language:
                self._facts[thing].append({"label": label, "value": value.value})
            elif (thing, relation) in open_facts:
                open_facts[thing, relation]["value"][value.language] = value.value
            else:
                fact = open_facts[thing, relation] = {
                    "label": label,
                    "value": dict.fromkeys(messages.LANGUAGES, value.value),
                }
                self._facts[thing].append(fact)


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
      FILTER(EXISTS { GRAPH ?source { ?thing itas:quote ?text } } || NOT EXISTS { GRAPH ?any { ?s ?p ?o } })
      OPTIONAL { ?thing itas:line ?line }
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
