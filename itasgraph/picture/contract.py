"""The data of a picture as its scripts read them: the JSON in the element `graph-data` of the page, where a tab stands for the base of its IRIs.

tests/picture/test_contract.py holds both sides to it: what Python writes, and what the scripts read.
"""

from __future__ import annotations

from typing import NotRequired, TypedDict

from itasgraph.entities.details import Detail
from itasgraph.entities.evidence import EvidenceJson
from itasgraph.entities.labels import Texts


class Kind(TypedDict):
    """A kind of entities, with its symbol (a name in shapes.js) and colour (`#rrggbb`)."""

    id: str
    label: Texts
    plural: Texts
    shape: str
    color: str


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


# `in` holds the numbers of the values that a node has in each facet.
_FacetValues = TypedDict("_FacetValues", {"in": NotRequired[dict[str, list[int]]]})


class Node(_FacetValues):
    """A node with its position and radius in pixels.

    `alt` holds its other names, `also` the same by language ("" for none), and `names` its labels in the graph, where `label`
    has more: a text in one language that replaces a missing one in another.
    """

    id: str
    kind: str
    label: Texts
    alt: list[str]
    x: int
    y: int
    size: float
    facts: list[Detail]
    quotes: list[EvidenceJson]
    names: NotRequired[Texts]
    also: NotRequired[dict[str, list[str]]]


Ends = TypedDict("Ends", {"from": str, "to": str})


class Edge(Ends):
    """An edge; it is `stated` where the graph holds it as a triple. `weight` is 1 where it is absent; `rule` says that a rule derives it."""

    id: str
    relation: str
    stated: bool
    quotes: list[Quote]
    weight: NotRequired[float]
    note: NotRequired[Texts]
    rule: NotRequired[Texts]


class Relation(TypedDict):
    """How a relation reads from both ends, whether it is symmetric, means mere closeness (`near`), and can only begin or end a path (`terminal`)."""

    label: Texts
    inverse: Texts | None
    symmetric: bool
    near: bool
    terminal: bool


class Source(TypedDict):
    """A source, with the address, date and licence of its document ("" where none is stated)."""

    label: Texts
    url: str
    date: Texts | str
    licence: str


class PageFinding(TypedDict):
    """A finding with the names of what it is about; `entities` are what a picture without these highlights instead.

    A connector has its betweenness as `value` and the number of `parts` that it alone holds together, a group its `topics` and
    the `label` of the first, and any other finding a `text`.
    """

    entities: list[str]
    names: dict[str, Texts]
    value: NotRequired[float]
    parts: NotRequired[int]
    topics: NotRequired[Texts]
    label: NotRequired[Texts]
    text: NotRequired[Texts]


class PageAnswer(TypedDict):
    """An answer to a question of the analysis.

    The sentence on it counts `count` findings, the first ones; readers first see `listed` findings, and `more` findings are
    not in the page. `none` replaces missing findings. `basis` names the network where another one may answer differently.
    """

    question: str
    count: int
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


class PageData(TypedDict):
    """All data of a page. `relations` and `sources` are by IRI, `former` maps former ids to those of today, `text` is by language and key.

    A network that is drawn as a map has `groups`, the largest first, the kinds that are hidden at first as `background` in the
    order of `kinds`, the kinds of `actors`, who may link groups, and `folded` lines. They are empty for any other network. `planned` are the
    entities that are planned or announced, as the ready question `plans` answers.
    """

    lang: str
    title: Texts
    kinds: list[Kind]
    background: list[str]
    actors: list[str]
    groups: list[Group]
    folded: list[FoldedLine]
    planned: list[str]
    facets: list[Facet]
    nodes: list[Node]
    edges: list[Edge]
    relations: dict[str, Relation]
    sources: dict[str, Source]
    foot: Texts
    dataset: Texts
    rdf: Namespaces
    sparql: Sparql | None
    answers: Answers
    hubs: list[str]
    focus: str
    former: dict[str, str]
    leftOut: Texts
    text: dict[str, dict[str, str]]
