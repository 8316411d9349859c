"""What the networks of a page share, each part once and with a number, to which the networks refer."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Generic, TypeVar, cast

from itasgraph.entities.details import Detail
from itasgraph.entities.evidence import EvidenceJson
from itasgraph.entities.labels import Texts
from itasgraph.picture.contract import (
    Answers,
    Edge,
    Entity,
    Fact,
    Node,
    PageAnswer,
    PageEdge,
    PageFinding,
    PageQuote,
    Place,
    Quote,
)

Item = TypeVar("Item")


class Numbered(Generic[Item]):
    """Items, each once, in the order in which they came. The number of an item is its index."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self._numbers: dict[Hashable, int] = {}

    def number(self, item: Item, key: Hashable) -> int:
        """Return the number of the item with this key, and add it if it is new."""
        if key not in self._numbers:
            self._numbers[key] = len(self.items)
            self.items.append(item)
        return self._numbers[key]

    def known(self, key: Hashable) -> int:
        """Return the number of the item with this key."""
        return self._numbers[key]


class SharedParts:
    """The entities, edges, quotes, relations and answers of a page."""

    def __init__(self) -> None:
        self.entities: Numbered[Entity] = Numbered()
        self.fact_labels: Numbered[Texts] = Numbered()
        self.edges: Numbered[PageEdge] = Numbered()
        self.quotes: Numbered[PageQuote] = Numbered()
        self.quoted: Numbered[str] = Numbered()
        self.titles: Numbered[str] = Numbered()
        self.relations: Numbered[str] = Numbered()
        self.answers: Numbered[PageAnswer] = Numbered()

    def number_nodes(self, nodes: Iterable[Node]) -> list[Place]:
        """Return the places of the nodes of a network."""
        return [self._place(node) for node in nodes]

    def number_edges(self, edges: Iterable[Edge]) -> list[int]:
        """Return the numbers of the edges of a network, whose nodes have numbers."""
        return [self._edge(edge) for edge in edges]

    def number_answers(self, answers: Answers) -> dict[str, list[int]]:
        """Return the numbers of the answers behind each sentence."""
        return {
            sentence: [self.answers.number(one, (one["question"], one.get("network"))) for one in several]
            for sentence, several in answers.items()
        }

    def short_answers(self) -> list[PageAnswer]:
        """Return the answers without the names that are labels of entities of the page."""
        labels = {entity["id"]: entity["label"] for entity in self.entities.items}
        return [
            {**answer, "findings": [_without_labels(finding, labels) for finding in answer["findings"]]}
            for answer in self.answers.items
        ]

    def _place(self, node: Node) -> Place:
        texts = {key: value for key, value in node.items() if key not in ("x", "y", "size", "at")}
        facts = [self._fact(fact) for fact in node["facts"]]
        entity = cast("Entity", texts | {"facts": facts, "quotes": self._quotes(node["quotes"])})
        place = self.entities.number(entity, node["id"]), node["x"], node["y"], node["size"]
        return (*place, node["at"]) if "at" in node else place

    def _fact(self, fact: Detail) -> Fact:
        return {"label": self.fact_labels.number(fact["label"], tuple(fact["label"].items())), "value": fact["value"]}

    def _edge(self, edge: Edge) -> int:
        texts = {key: value for key, value in edge.items() if key != "id"}
        ends = {end: self.entities.known(edge[end]) for end in ("from", "to")}
        quotes = self._quotes(edge["quotes"])
        relation = self.relations.number(edge["relation"], edge["relation"])
        page_edge = cast("PageEdge", texts | ends | {"relation": relation, "quotes": quotes})
        # The same relation may have other evidence, weight, notes, rules and moments in another network.
        note, rule = tuple(edge.get("note", {}).items()), tuple(edge.get("rule", {}).items())
        at = tuple(edge["at"]) if "at" in edge else None
        key = edge["id"], tuple(quotes), edge.get("weight"), edge["stated"], note, rule, at
        return self.edges.number(page_edge, key)

    def _quotes(self, quotes: Iterable[Quote | EvidenceJson]) -> list[int]:
        return [self._quote(quote) for quote in quotes]

    def _quote(self, quote: Quote | EvidenceJson) -> int:
        source = self.quoted.number(quote["source"], quote["source"])
        page_quote = cast("PageQuote", quote | {"source": source})
        titles = [self.titles.number(title, title) for title in cast("Quote", quote).get("titles", ())]
        if titles:
            page_quote["titles"] = titles
        key = quote["text"], source, tuple(quote["lines"]), quote.get("id"), tuple(titles)
        return self.quotes.number(page_quote, key)


def _without_labels(finding: PageFinding, labels: Mapping[str, Texts]) -> PageFinding:
    names = {entity: name for entity, name in finding["names"].items() if labels.get(entity) != name}
    return {**finding, "names": names}
