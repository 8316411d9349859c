"""The data of a picture as its scripts read them.

`PageData` is the JSON in the element `graph-data` of the page, where a tab stands for the base of its IRIs. What several
networks of a page share is there once, and they refer to it by number. `NetworkView` is what networks.js makes of it for one network;
all other scripts read that. tests/picture/test_contract.py and tests/browser/test_contract.py hold both sides to it.
"""

from __future__ import annotations

from typing import NotRequired, TypedDict

from itasgraph.entities.details import Detail
from itasgraph.entities.evidence import EvidenceJson
from itasgraph.entities.labels import Texts


class Kind(TypedDict):
    """A kind of entities, with its symbol (a name in shapes.js), its colour (`#rrggbb`) and its column where entities stand in columns."""

    id: str
    label: Texts
    plural: Texts
    shape: str
    color: str
    column: int | None


class FacetValue(TypedDict):
    """One value by which a facet filters."""

    id: str
    label: Texts


class Facet(TypedDict):
    """A property by which the picture filters, with the values that occur."""

    id: str
    values: list[FacetValue]


class StatementReference(TypedDict):
    """The statement of the graph that has a quote, which is `typed` where it is an rdf:Statement."""

    id: NotRequired[str]
    typed: NotRequired[bool]


class Quote(EvidenceJson, StatementReference):
    """A quote, its statement where the graph has one, and the printed `titles` that say what it is said of where its own words do not."""

    titles: NotRequired[list[str]]


class PageQuote(StatementReference):
    """A quote of the page, with the number of its source."""

    text: str
    lines: list[int]
    source: int
    titles: NotRequired[list[int]]


# `in` holds the numbers of the values that a node has in each facet.
_FacetValues = TypedDict("_FacetValues", {"in": NotRequired[dict[str, list[int]]]})


class _Occurrence(TypedDict):
    """The numbers of the moments `at` which something occurs; none where it takes several of them to relate its ends.

    It is absent where the network has no moments, and where something depends on none of them, so that it is always there.
    """

    at: NotRequired[list[int]]


class _EntityTexts(_FacetValues):
    """The texts of an entity.

    `alt` holds its other names, `also` the same by language ("" for none), and `names` its labels in the graph, where `label`
    has more: a text in one language that replaces a missing one in another.
    """

    id: str
    kind: str
    label: Texts
    alt: list[str]
    names: NotRequired[Texts]
    also: NotRequired[dict[str, list[str]]]


class Fact(TypedDict):
    """A property of an entity as the number of its label, and its value."""

    label: int
    value: Texts | str


class Entity(_EntityTexts):
    """An entity of the page, with the numbers of its quotes."""

    facts: list[Fact]
    quotes: list[int]


class Node(_EntityTexts, _Occurrence):
    """An entity in a network, with its position and radius in pixels."""

    x: int
    y: int
    size: float
    facts: list[Detail]
    quotes: list[EvidenceJson]


# The number of an entity, its position and its radius in a network, and where it depends on moments, at which it occurs.
Place = tuple[int, int, int, float] | tuple[int, int, int, float, list[int]]


Ends = TypedDict("Ends", {"from": str, "to": str})


class _EdgeTexts(_Occurrence):
    """An edge; it is `stated` where the graph holds it as a triple. `weight` is 1 where it is absent; `rule` says that a rule derives it."""

    stated: bool
    weight: NotRequired[float]
    note: NotRequired[Texts]
    rule: NotRequired[Texts]


_EdgeNumbers = TypedDict("_EdgeNumbers", {"from": int, "to": int, "relation": int, "quotes": list[int]})


class PageEdge(_EdgeTexts, _EdgeNumbers):
    """An edge of the page, with the numbers of its ends, its relation and its quotes."""


class Edge(_EdgeTexts, Ends):
    """An edge of a network; its id is made of the compact IRIs of its source, relation and target."""

    id: str
    relation: str
    quotes: list[Quote]


class RelationTexts(TypedDict):
    """How a relation reads from both ends, whether it is symmetric, and can only begin or end a path (`terminal`)."""

    label: Texts
    inverse: Texts | None
    symmetric: bool
    terminal: bool


class PageRelation(RelationTexts):
    """A relation of the page."""

    id: str


class Relation(RelationTexts):
    """A relation of a network, in which it may mean mere closeness (`near`)."""

    near: bool


class Source(TypedDict):
    """A source, with the address, date and licence of its document ("" where none is stated)."""

    label: Texts
    url: str
    date: Texts | str
    licence: str


class PageFinding(TypedDict):
    """A finding on entities, with their names; `related` are what a network without these entities highlights instead.

    A connector has its betweenness as `value` and the number of `parts` that it alone holds together, a group its `topics` and
    the `label` of the first, and any other finding a `text`.
    """

    entities: list[str]
    names: dict[str, Texts]
    related: NotRequired[list[str]]
    value: NotRequired[float]
    parts: NotRequired[int]
    topics: NotRequired[Texts]
    label: NotRequired[Texts]
    text: NotRequired[Texts]


class PageAnswer(TypedDict):
    """An answer to a question of the analysis.

    The sentence on it counts `count` findings, the first ones; readers first see `listed` findings, and `more` findings are
    not in the page. `none` replaces missing findings. Where another network may answer differently, `network` is the name of the
    one that was analysed, and `basis` names it to readers.
    """

    question: str
    count: int
    network: NotRequired[str]
    basis: NotRequired[Texts]
    title: Texts
    measure: Texts
    caveat: Texts
    none: Texts
    listed: int
    more: int
    findings: list[PageFinding]


class Group(TypedDict):
    """A group on the map, which the page draws as a convex cell.

    It is named by one or two topics, `titles`, whose signs and names are its title, or without them by two of its members. It has at
    least two `members`, of kinds in `background`, too. `hue` is 0 to 4. The corners of `cell` lie clockwise from the top left
    one, in the unit of the nodes: a CSS pixel in a window of 1440 × 900.
    """

    label: Texts
    titles: list[str]
    members: list[str]
    hue: int
    cell: list[tuple[int, int]]


class Moment(TypedDict):
    """An event of a network, with its first and last day (YYYY-MM-DD)."""

    id: str
    label: Texts
    begin: str
    end: str


class FoldedLine(Ends):
    """A line between two drawn entities that stands for the entity `via` while that is hidden. It is no edge: nothing counts or exports it."""

    via: str


# The answers behind each sentence of the page.
Answers = dict[str, list[PageAnswer]]


class Sparql(TypedDict):
    """The query of the network: its prologue, and the rest, which may stand in braces in another query."""

    prologue: str
    query: str


class Namespaces(TypedDict):
    """The base and the prefixes that compact IRIs, and by its usual prefix each vocabulary that the Turtle of a page uses."""

    base: str
    prefixes: dict[str, str]
    vocabularies: dict[str, str]


class _Shared(TypedDict):
    """What the networks of a page have in common. `former` maps former ids to those of today, `text` is by language and key."""

    lang: str
    kinds: list[Kind]
    facets: list[Facet]
    sources: dict[str, Source]
    foot: Texts
    dataset: Texts
    rdf: Namespaces
    former: dict[str, str]
    text: dict[str, dict[str, str]]


class _NetworkTexts(TypedDict):
    """What one network is.

    `name` is that of its query ("" for none), `label` its short name for readers, and `line` says what a line means. A network that
    is drawn as a map has `groups`, the largest first, the kinds that are hidden at first as `background` in the order of `kinds`,
    the kinds of `actors`, who may link groups, and `folded` lines. They are empty for any other network. `planned` are the
    entities that are planned or announced, as the ready question `plans` answers. `moments` are the events of the network in the
    order of their days; there are none where it has fewer than two. `intro` says how to read the picture.
    """

    name: str
    label: Texts
    line: Texts
    title: Texts
    background: list[str]
    actors: list[str]
    groups: list[Group]
    folded: list[FoldedLine]
    planned: list[str]
    moments: list[Moment]
    hubs: list[str]
    sparql: Sparql | None
    focus: str
    leftOut: Texts
    intro: Texts


class PageNetwork(_NetworkTexts):
    """One network of a page; `near` are the relations that mean mere closeness in it. Answers and edges are numbers."""

    nodes: list[Place]
    edges: list[int]
    near: list[str]
    answers: dict[str, list[int]]


class PageData(_Shared):
    """All data of a page: its networks, of which the first one opens, and what these refer to by number.

    `quoted` are the IRIs of the sources of the quotes, `titles` the printed titles that quotes need, `factLabels` the labels of the
    facts. In the findings of its answers, entities of the page whose name is their label have no name.
    """

    entities: list[Entity]
    factLabels: list[Texts]
    edges: list[PageEdge]
    quotes: list[PageQuote]
    quoted: list[str]
    titles: list[str]
    relations: list[PageRelation]
    answers: list[PageAnswer]
    networks: list[PageNetwork]


class NetworkView(_Shared, _NetworkTexts):
    """One network with all that the page knows of its entities; `relations` and `sources` are by IRI."""

    nodes: list[Node]
    edges: list[Edge]
    relations: dict[str, Relation]
    answers: Answers
    isOneOfSeveral: bool
