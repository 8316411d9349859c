"""The data of a picture: its networks with the places of their entities, what these share, and the texts of the panel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, count
from typing import TYPE_CHECKING, Final

from itasgraph import messages
from itasgraph.entities import names
from itasgraph.entities.labels import INVERSE, Labels, Texts, complete, label_texts, last_part, translations
from itasgraph.network import attributes, groups
from itasgraph.network.builder import Networks
from itasgraph.network.groups import GroupedNetwork
from itasgraph.network.moments import Timeline, Timelines
from itasgraph.picture import drawing, facets, map_data, precomputed_answers, provenance, sparql_export, timeline_data
from itasgraph.picture.contract import Answers, Kind, PageData, PageNetwork, RelationTexts
from itasgraph.picture.excerpt import Excerpt
from itasgraph.picture.numbering import SharedParts
from itasgraph.store.queryable import Queryable

if TYPE_CHECKING:
    from itasgraph.network.attributes import Net


@dataclass(frozen=True)
class PictureNetwork:
    """A network of a page.

    Besides the network itself: its titles by language, its name in the page, the short name and text of its query, what a line means, its
    precomputed answers, the kinds of hubs, the relations of mere closeness, the IRI of the entity that is selected at first, a note on
    what an excerpt leaves out, of a network that is drawn as a map its groups and the kinds of actors, what is
    planned or announced, and what occurs at which of several events.
    """

    network: Net
    titles: Mapping[str, str] = field(default_factory=dict)
    name: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    line_meanings: Mapping[str, str] = field(default_factory=dict)
    query: str = ""
    answers: Answers = field(default_factory=dict)
    hubs: Sequence[str] = ()
    near: Collection[str] = ()
    focus: str = ""
    excerpt_note: Texts = field(default_factory=dict)
    grouped: GroupedNetwork | None = None
    actors: Sequence[str] = ()
    planned: Collection[str] = ()
    timeline: Timeline | None = None


def picture_networks(networks: Networks, excerpts: Mapping[str, Excerpt]) -> list[PictureNetwork]:
    """Return the networks of a page from their excerpts, by the names of the networks. Raises UsageError as `builder.build` does."""
    page_names = _page_names(networks, excerpts)
    answers = precomputed_answers.PageAnswers(networks, page_names)
    timelines = Timelines(networks)
    return [
        _picture_network(networks, name, page_names[name], excerpt, answers, timelines)
        for name, excerpt in excerpts.items()
    ]


def _page_names(networks: Networks, names: Iterable[str]) -> dict[str, str]:
    """Return the name that each network has in the page: that of the project, or the stem of a query file.

    A stem that a network of the project or of the page has already takes a number. A path would name a folder of the user.
    """
    page_names: dict[str, str] = {}
    for name in names:
        stem = networks.query(name).name
        stems = chain([stem], (f"{stem}-{number}" for number in count(2)))
        free = (one for one in stems if one not in networks and one not in page_names.values())
        page_names[name] = name if name in networks else next(free)
    return page_names


def _picture_network(
    networks: Networks,
    name: str,
    page_name: str,
    excerpt: Excerpt,
    answers: precomputed_answers.PageAnswers,
    timelines: Timelines,
) -> PictureNetwork:
    question = networks.query(name)
    part = PictureNetwork(
        excerpt.network,
        question.titles,
        page_name,
        question.labels,
        question.line_meanings,
        question.text,
        hubs=precomputed_answers.hubs(networks, name),
        near=precomputed_answers.closeness_relations(networks, name),
        focus=excerpt.focus,
        excerpt_note=excerpt.note,
    )
    if excerpt.alone:  # the rest needs the whole network
        return part
    grouped = _grouped(networks, name, page_name, excerpt)
    return replace(
        part,
        answers=answers.of(name, is_map=grouped is not None, is_part=excerpt.network is not networks[name]),
        grouped=grouped,
        actors=precomputed_answers.actor_kinds(networks, name) if grouped else (),
        planned=answers.planned(name),
        timeline=timelines.of(name),
    )


def _grouped(networks: Networks, name: str, page_name: str, excerpt: Excerpt) -> GroupedNetwork | None:
    """Return the groups of a whole network that its header asks to draw as a map, None for any other picture."""
    hidden = groups.hidden_kinds(networks.query(name), networks.graph)
    if hidden is None or excerpt.focus or excerpt.network is not networks[name]:
        return None
    return groups.of_map(excerpt.network, hidden, networks.graph, networks.earlier.get(page_name))


def page_data(graph: Queryable, networks: Sequence[PictureNetwork], lang: str, title: str = "") -> PageData:
    """Return all data of the page on some networks of a graph; `lang` is its first language, `title` the user's own title."""
    labels = translations(graph)
    entities = sorted({entity for one in networks for entity in one.network})
    kinds = [*(known := _kinds(graph, labels)), *_other_kinds([one.network for one in networks], known, labels)]
    page_facets, values = facets.read(graph, labels, entities)
    drawer = drawing.Drawer(graph, labels, {kind["id"] for kind in kinds}, values)
    shared = SharedParts()
    titles = _Titles(graph, labels, title)
    contents = [_content(one, graph, kinds, drawer, shared, titles) for one in networks]
    relations = _relations(graph, [one.network for one in networks], labels)
    sources = provenance.sources(graph, labels)
    used = {entity["kind"] for entity in shared.entities.items}
    facet_values = {value["id"] for facet in page_facets for value in facet["values"]}
    return {
        "lang": lang,
        "kinds": [kind for kind in [*kinds, drawing.NO_KIND] if kind["id"] in used],
        "facets": page_facets,
        "entities": shared.entities.items,
        "factLabels": shared.fact_labels.items,
        "edges": shared.edges.items,
        "quotes": shared.quotes.items,
        "quoted": shared.quoted.items,
        "titles": shared.titles.items,
        "relations": [{"id": relation, **relations[relation]} for relation in shared.relations.items],
        "answers": shared.short_answers(),
        "networks": contents,
        "sources": sources,
        "foot": provenance.foot(graph, labels, sources),
        "dataset": provenance.dataset(graph, labels),
        "rdf": sparql_export.namespaces(graph),
        "former": _former_ids(graph, {*entities, *used, *relations, *sources, *facet_values}),
        "text": timeline_data.page_texts(contents),
    }


def _content(
    one: PictureNetwork,
    graph: Queryable,
    kinds: Sequence[Kind],
    drawer: drawing.Drawer,
    shared: SharedParts,
    titles: _Titles,
) -> PageNetwork:
    """Return what a page says of one network; its entities, edges and answers become shared parts."""
    map_ = map_data.of(one.network, one.grouped)
    nodes, edges = drawer.draw(one.network, map_.symbols)
    used = {node["kind"] for node in nodes}
    if one.timeline is not None:
        nodes, edges = timeline_data.with_moments(nodes, edges, one.timeline)
    return {
        "name": one.name,
        "label": complete(one.labels, one.name),
        "line": complete(one.line_meanings, ""),
        "title": titles.of(one.titles),
        "nodes": shared.number_nodes(nodes),
        "edges": shared.number_edges(edges),
        "background": [kind["id"] for kind in kinds if kind["id"] in used & map_.background],
        "actors": list(one.actors),
        "groups": map_.groups,
        "folded": map_.folded,
        "planned": sorted(iri for iri in one.network if iri in one.planned),
        "moments": timeline_data.moments(one.timeline),
        "near": sorted({edge["relation"] for edge in edges} & {*one.near}),
        "hubs": list(one.hubs),
        "answers": shared.number_answers(one.answers),
        "sparql": sparql_export.parts(graph, one.query) if one.query else None,
        "focus": one.focus,
        "leftOut": one.excerpt_note,
        "intro": _introduction(one),
    }


def _former_ids(graph: Queryable, known: Container[str]) -> dict[str, str]:
    """Return former id → id of today of what the page knows, so that old links into the page still lead there.

    Each stands there as an IRI and in the compact form of which the ids of edges consist.
    """
    replacements = [(old, news[0]) for old, news in names.replacements(graph).items() if len(news) == 1]
    former = {old: new for old, new in replacements if new in known}
    return former | {graph.compact(old): graph.compact(new) for old, new in former.items()}


def _introduction(one: PictureNetwork) -> Texts:
    """Return how to read the picture of a network: a sentence on each sort of lines that it has."""
    directions = {edge["symmetric"] for _, edge in attributes.edges(one.network)}
    weights = {edge["weight"] for _, edge in attributes.edges(one.network)}
    conditions = {
        "introPicture": True,
        "linesDirected": directions == {False},
        "linesMixed": directions == {False, True},
        "linesMutual": directions == {True},
        "linesNear": any(relation in one.near for (*_, relation), _ in attributes.edges(one.network)),
        "linesWeighted": len(weights) > 1,
    }
    texts = {lang: messages.page(lang) for lang in messages.LANGUAGES}
    return {lang: " ".join(texts[lang][key] for key, holds in conditions.items() if holds) for lang in texts}


def _relations(graph: Queryable, networks: Sequence[Net], labels: Labels) -> dict[str, RelationTexts]:
    """Return the relations of the networks by IRI."""
    inverses = translations(graph, INVERSE)
    edges = [(relation, edge) for network in networks for (*_, relation), edge in attributes.edges(network)]
    symmetric = {relation for relation, edge in edges if edge["symmetric"]}
    terminal = {relation for relation, edge in edges if edge["terminal"]}
    return {
        relation: {
            "label": complete(labels.get(relation, {}), last_part(relation)),
            "inverse": label_texts(graph, inverses, relation) if relation in inverses else None,
            "symmetric": relation in symmetric,
            "terminal": relation in terminal,
        }
        for relation in sorted({relation for relation, _ in edges})
    }


class _Titles:
    """The titles of the networks of a page: the user's own, else that of the network with the label of the source, where there is only one."""

    def __init__(self, graph: Queryable, labels: Labels, user_title: str) -> None:
        sources = [row["source"].value for row in graph.select("SELECT ?source WHERE { ?source a itas:Source }")]
        self._source = complete(labels[sources[0]], "") if len(sources) == 1 else dict.fromkeys(messages.LANGUAGES, "")
        self._user_title = user_title

    def of(self, titles: Mapping[str, str]) -> Texts:
        """Return the title of a network by language."""
        if self._user_title:
            return dict.fromkeys(messages.LANGUAGES, self._user_title)
        questions = complete(titles, "itasgraph")
        return {lang: " – ".join(filter(None, (questions[lang], self._source[lang]))) for lang in messages.LANGUAGES}


def _kinds(graph: Queryable, labels: Labels) -> list[Kind]:
    plurals = translations(graph, "itas:plural")
    rows = graph.select(
        "SELECT ?kind ?shape ?colour ?column WHERE {"
        " ?kind itas:shape ?shape ; itas:colour ?colour ; itas:order ?order OPTIONAL { ?kind itas:column ?column }"
        "} ORDER BY ?order"
    )
    return [
        {
            "id": row["kind"].value,
            "label": label_texts(graph, labels, row["kind"].value),
            "plural": label_texts(graph, plurals, row["kind"].value),
            "shape": row["shape"].value,
            "color": row["colour"].value,
            "column": None if row["column"] is None else int(row["column"].value),
        }
        for row in rows
    ]


def _other_kinds(networks: Iterable[Net], known: Sequence[Kind], labels: Labels) -> list[Kind]:
    """Return the most frequent classes of data of others as kinds, each with a symbol and colour of its own."""
    kinds = {iri: attributes.node(network, iri)["kind"] for network in networks for iri in network}
    of_others = Counter(kinds.values())
    for kind in ("", *(kind["id"] for kind in known)):
        del of_others[kind]
    most = sorted(of_others, key=lambda kind: (-of_others[kind], kind))[: len(_COLORS)]
    texts = {kind: complete(labels.get(kind, {}), last_part(kind)) for kind in most}
    taken = {kind["shape"] for kind in known if kind["id"] in kinds.values()}
    shapes = [shape for shape in _SHAPES if shape not in taken]
    return [
        {"id": kind, "label": texts[kind], "plural": texts[kind], "shape": shape, "color": color, "column": None}
        for kind, shape, color in zip(most, shapes, _COLORS, strict=False)
    ]


# Shapes (shapes.js) of classes of others, of which each takes one that no kind of ours has, and as many colours as are told
# apart with any colour vision (Okabe and Ito 2008).
_SHAPES: Final = [
    "dot",
    "square",
    "diamond",
    "hexagon",
    "triangle",
    "triangleDown",
    "star",
    "pentagon",
    "bar",
    "page",
    "cross",
    "spark",
    "hourglass",
    "chevron",
    "bubble",
    "beam",
    "pin",
    "burst",
    "arrow",
]
_COLORS: Final = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#8C510A")
