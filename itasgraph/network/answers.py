"""Answers to questions about a network, and the texts of a network in one language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from itasgraph import messages
from itasgraph.entities.labels import INVERSE, labels
from itasgraph.network import attributes
from itasgraph.network.measures import SimpleNetwork
from itasgraph.store.queryable import Queryable
from itasgraph.util import spelling

if TYPE_CHECKING:
    import networkx as nx

    from itasgraph.messages.codes import Code

# The most names in a sentence and the most findings of an answer that people see; up to DISPLAY_LIMIT they see all, because
# the line that counts the rest would take as much room.
_MAX_NAMES: Final = 6
_MAX_FINDINGS: Final = 10
DISPLAY_LIMIT: Final = 12


@dataclass(frozen=True)
class NetworkFinding:
    """One sentence of an answer: the entities it is about (IRI → label), the figure it rests on, and its standard error.

    Where the sentence is long, `lead` is its beginning and `details` the rest, as pairs of name and text. `name` is the short
    name of a group: the topic that most of its members share.
    """

    entities: Mapping[str, str]
    value: float
    sentence: str
    error: float = 0.0
    lead: str = ""
    details: tuple[tuple[str, str], ...] = ()
    name: str = ""


@dataclass(frozen=True)
class NetworkAnswer:
    """The findings that answer a question, ranked, and the sentence that explains their measure.

    People see `limit` findings. `empty_code` is the code of the sentence for an answer without findings, where it is not that
    of the question.
    """

    question: str
    findings: list[NetworkFinding]
    measure: str
    limit: int = _MAX_FINDINGS
    empty_code: Code | None = None

    @property
    def display_count(self) -> int:
        """Return the number of findings that people see."""
        return len(self.findings) if len(self.findings) <= DISPLAY_LIMIT else min(self.limit, len(self.findings))

    def title(self, lang: str) -> str:
        return messages.render(messages.as_code(f"ask-{self.question}"), lang)

    def figure_name(self, lang: str) -> str:
        return messages.render(messages.as_code(f"figure-{self.question}"), lang)

    def caveat(self, lang: str) -> str:
        return messages.render(messages.as_code(f"caveat-{self.question}"), lang)

    def empty_sentence(self, lang: str) -> str:
        """Return the sentence for an answer without findings."""
        return messages.render(self.empty_code or messages.as_code(f"none-{self.question}"), lang)


@dataclass(frozen=True)
class Analysis:
    """The answers to all questions about a network, and sentences that introduce it; `edge_counts` are by relation."""

    name: str
    lang: str
    title: str
    sentences: list[str]
    node_count: int
    edge_counts: Mapping[str, int]
    answers: list[NetworkAnswer]


class NetworkTexts:
    """The labels and sentences of a network in one language."""

    def __init__(self, graph: Queryable, network: nx.MultiDiGraph[str], lang: str) -> None:
        self.graph = graph
        self.network = network
        self.lang = lang

    @cached_property
    def simple(self) -> SimpleNetwork:
        return SimpleNetwork.of(self.network)

    def in_language(self, lang: str) -> NetworkTexts:
        """Return the texts of the same network in another language."""
        other = NetworkTexts(self.graph, self.network, lang)
        other.simple = self.simple
        return other

    @cached_property
    def edge_counts(self) -> dict[str, int]:
        """Return the number of edges of each relation, by its IRI."""
        return dict(sorted(Counter(relation for *_, relation in self.network.edges(keys=True)).items()))

    @cached_property
    def term_labels(self) -> dict[str, str]:
        """Return the labels of the relations and kinds that have one, by IRI."""
        kinds = {attributes.node(self.network, entity)["kind"] for entity in self.network}
        return labels(self.graph, kinds | self.edge_counts.keys(), self.lang)

    def say(self, code: Code, **facts: object) -> str:
        return messages.render(code, self.lang, **facts)

    def label(self, entity: str) -> str:
        return attributes.node(self.network, entity)["labels"][self.lang]

    def labels_of(self, entities: Iterable[str]) -> dict[str, str]:
        """Return the labels of entities, sorted by label."""
        return {entity: self.label(entity) for entity in sorted(entities, key=self.sort_key)}

    def sort_key(self, entity: str) -> tuple[str, str, str]:
        """Return the sort key of an entity: that of its label, and its IRI, so that the order is always the same."""
        return *spelling.sort_key(self.label(entity)), entity

    def describe(self, entity: str) -> str:
        """Return the label of an entity, and its kind where it is known."""
        kind = attributes.node(self.network, entity)["kind"]
        return f"{self.label(entity)} ({self.term_label(kind)})" if kind else self.label(entity)

    def term_label(self, iri: str) -> str:
        """Return the label of a relation or kind, else its compact IRI."""
        return self.term_labels.get(iri) or self.graph.compact(iri)

    def inverse_label(self, relation: str) -> str:
        """Return the label of a relation as it reads from its target."""
        return self._inverse.get(relation) or self.say("inverse-relation", relation=self.term_label(relation))

    @cached_property
    def _inverse(self) -> dict[str, str]:
        return labels(self.graph, self.edge_counts, self.lang, INVERSE)

    def join_labels(self, entities: Iterable[str]) -> str:
        """Return the first labels, separated by commas, and the number of the others."""
        names = list(self.labels_of(entities).values())
        if len(names) <= _MAX_NAMES + 1:  # a count of one would take as much room
            return ", ".join(names)
        return self.say("and-more", names=", ".join(names[:_MAX_NAMES]), count=len(names) - _MAX_NAMES)

    def rank(self, figures: Mapping[str, float]) -> list[tuple[str, float]]:
        """Return the entities with a figure above zero, the largest first, equal ones by label."""
        return sorted(
            ((entity, figure) for entity, figure in figures.items() if figure > 0),
            key=lambda pair: (-pair[1], self.sort_key(pair[0])),
        )

    def summary(self, code: Code, name: str) -> str:
        """Return the sentence `code` about the size of a network, or of one side of a comparison."""
        relations = ", ".join(f"{self.term_label(relation)}: {count}" for relation, count in self.edge_counts.items())
        facts = {
            "entities": len(self.network),
            "edges": sum(self.edge_counts.values()),
            "parts": len(self.simple.components),
        }
        return self.say(code, name=name, relations=f" ({relations})" if relations else "", **facts)


def format_number(value: float, lang: str) -> str:
    """Return a figure with at most two decimals, as the language writes it."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if lang == "de" else text
