"""The data of a picture: its nodes with their positions, its edges with their evidence, and the texts of its panel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Container, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from itasgraph import messages
from itasgraph.entities import names
from itasgraph.entities.labels import INVERSE, Labels, Texts, complete, label_texts, last_part, translations
from itasgraph.network import attributes, groups
from itasgraph.network.builder import Networks
from itasgraph.network.groups import GroupedNetwork
from itasgraph.picture import drawing, facets, map_data, precomputed_answers, provenance, sparql_export
from itasgraph.picture.contract import Answers, Kind, PageData, Relation
from itasgraph.picture.excerpt import Excerpt
from itasgraph.store.queryable import Queryable

if TYPE_CHECKING:
    from itasgraph.network.attributes import Net


@dataclass(frozen=True)
class PageContext:
    """The data of a page besides its network.

    The query of the network, precomputed answers, the kinds of hubs, the relations of mere closeness, the IRI of the
    entity that is selected at first, a note on what an excerpt leaves out, the user's own title, of a network that is
    drawn as a map its groups and the kinds of actors, and what is planned or announced.
    """

    query: str = ""
    answers: Answers = field(default_factory=dict)
    hubs: Sequence[str] = ()
    near: Collection[str] = ()
    focus: str = ""
    excerpt_note: Texts = field(default_factory=dict)
    title: str = ""
    grouped: GroupedNetwork | None = None
    actors: Sequence[str] = ()
    planned: Collection[str] = ()


def page_context(networks: Networks, name: str, excerpt: Excerpt, title: str | None) -> PageContext:
    """Return the context of an excerpt of the network called `name`. Raises UsageError as `builder.build` does."""
    grouped = _grouped(networks, name, excerpt)
    plans = precomputed_answers.plans(networks, name)
    return PageContext(
        networks.query(name).text,
        precomputed_answers.answers(networks, name, plans, is_map=grouped is not None),
        precomputed_answers.hubs(networks, name),
        precomputed_answers.closeness_relations(networks, name),
        excerpt.focus,
        excerpt.note,
        title or "",
        grouped,
        precomputed_answers.actor_kinds(networks, name) if grouped else (),
        {entity for answer in plans.values() for finding in answer.findings for entity in finding.entities},
    )


def _grouped(networks: Networks, name: str, excerpt: Excerpt) -> GroupedNetwork | None:
    """Return the groups of a whole network that its header asks to draw as a map, None for any other picture."""
    hidden = groups.hidden_kinds(networks.query(name), networks.graph)
    if hidden is None or excerpt.focus or excerpt.network is not networks[name]:
        return None
    return groups.of_map(excerpt.network, hidden, networks.graph)


def page_data(graph: Queryable, network: Net, titles: Mapping[str, str], lang: str, context: PageContext) -> PageData:
    """Return all data of the page on a network, whose titles are by language; `lang` is its first language."""
    labels = translations(graph)
    kinds = [*(known := _kinds(graph, labels)), *_other_kinds(network, known, labels)]
    page_facets, values = facets.read(graph, labels, network.nodes)
    map_ = map_data.of(network, context.grouped)
    nodes, edges = drawing.draw(graph, network, labels, {kind["id"] for kind in kinds}, values, map_.symbols)
    used = {node["kind"] for node in nodes}
    relations = _relations(graph, network, labels, context.near)
    sources = provenance.sources(graph, labels)
    facet_values = {value["id"] for facet in page_facets for value in facet["values"]}
    return {
        "lang": lang,
        "title": _title(titles, graph, labels, context.title),
        "kinds": [kind for kind in [*kinds, drawing.NO_KIND] if kind["id"] in used],
        "background": [kind["id"] for kind in kinds if kind["id"] in used & map_.background],
        "actors": list(context.actors),
        "groups": map_.groups,
        "folded": map_.folded,
        "planned": sorted(iri for iri in network if iri in context.planned),
        "facets": page_facets,
        "nodes": nodes,
        "edges": edges,
        "relations": relations,
        "sources": sources,
        "foot": provenance.foot(graph, labels, sources),
        "dataset": provenance.dataset(graph, labels),
        "rdf": sparql_export.namespaces(graph),
        "sparql": sparql_export.parts(graph, context.query) if context.query else None,
        "answers": context.answers,
        "hubs": list(context.hubs),
        "focus": context.focus,
        "former": _former_ids(graph, {*network, *used, *relations, *sources, *facet_values}),
        "leftOut": context.excerpt_note,
        "text": _page_texts(network, relations),
    }


def _former_ids(graph: Queryable, known: Container[str]) -> dict[str, str]:
    """Return former id → id of today of what the page knows, so that old links into the page still lead there.

    Each stands there as an IRI and in the compact form of which the ids of edges consist.
    """
    replacements = [(old, news[0]) for old, news in names.replacements(graph).items() if len(news) == 1]
    former = {old: new for old, new in replacements if new in known}
    return former | {graph.compact(old): graph.compact(new) for old, new in former.items()}


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


def _relations(graph: Queryable, network: Net, labels: Labels, near: Collection[str]) -> dict[str, Relation]:
    """Return the relations of the network by IRI."""
    inverses = translations(graph, INVERSE)
    symmetric = {relation for (*_, relation), edge in attributes.edges(network) if edge["symmetric"]}
    terminal = {relation for (*_, relation), edge in attributes.edges(network) if edge["terminal"]}
    return {
        relation: {
            "label": complete(labels.get(relation, {}), last_part(relation)),
            "inverse": label_texts(graph, inverses, relation) if relation in inverses else None,
            "symmetric": relation in symmetric,
            "near": relation in near,
            "terminal": relation in terminal,
        }
        for relation in sorted({relation for *_, relation in network.edges(keys=True)})
    }


def _title(titles: Mapping[str, str], graph: Queryable, labels: Labels, user_title: str) -> Texts:
    """Return the user's own title, else the title of the network with the label of the source, where there is only one."""
    if user_title:
        return dict.fromkeys(messages.LANGUAGES, user_title)
    sources = [row["source"].value for row in graph.select("SELECT ?source WHERE { ?source a itas:Source }")]
    source_label = complete(labels[sources[0]], "") if len(sources) == 1 else dict.fromkeys(messages.LANGUAGES, "")
    questions = complete(titles, "itasgraph")
    return {lang: " – ".join(filter(None, (questions[lang], source_label[lang]))) for lang in messages.LANGUAGES}


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


def _other_kinds(network: Net, known: Sequence[Kind], labels: Labels) -> list[Kind]:
    """Return the most frequent classes of data of others as kinds, each with a symbol and colour of its own."""
    of_others = Counter(attributes.node(network, iri)["kind"] for iri in network)
    for kind in ("", *(kind["id"] for kind in known)):
        del of_others[kind]
    most = sorted(of_others, key=lambda kind: (-of_others[kind], kind))[: len(_COLORS)]
    texts = {kind: complete(labels.get(kind, {}), last_part(kind)) for kind in most}
    present = {attributes.node(network, iri)["kind"] for iri in network}
    taken = {kind["shape"] for kind in known if kind["id"] in present}
    shapes = [shape for shape in _SHAPES if shape not in taken]
    return [
        {"id": kind, "label": texts[kind], "plural": texts[kind], "shape": shape, "color": color}
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
