"""What an answer to a question about a network is made of, and the network as a reader of one language sees it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from itasgraph import messages
from itasgraph.entities.labels import INVERSE, labels
from itasgraph.network.measures import SimpleNetwork
from itasgraph.store.queryable import Queryable

if TYPE_CHECKING:
    import networkx as nx

    from itasgraph.messages.codes import Code

# A sentence names so many things at most, and an answer that ranks shows so many sentences to people; where only a few
# more are left, they are shown as well, as the line that counts them would take as much room.
_NAMED: Final = 6
_LISTED: Final = 10
LONGEST: Final = 12


@dataclass(frozen=True)
class Finding:
    """One sentence of an answer: the things it is about (IRI → label), the figure it rests on, and its standard error.

    Where the sentence is long, `lead` is how it begins and `details` what follows, as pairs of name and text.
    """

    entities: Mapping[str, str]
    value: float
    sentence: str
    error: float = 0.0
    lead: str = ""
    details: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Answer:
    """What is asked, the sentences that answer, in the order of rank, by which measure, and how not to read them.

    `measured` names the figure in one word; `most` says how many sentences people are shown, and `nothing` is the code of
    what to say where there is no finding, if it is not that of the question.
    """

    question: str
    findings: list[Finding]
    measure: str
    most: int = _LISTED
    nothing: Code | None = None

    @property
    def listed(self) -> int:
        """The number of sentences people are shown."""
        return len(self.findings) if len(self.findings) <= LONGEST else min(self.most, len(self.findings))

    def title(self, lang: str) -> str:
        return messages.render(messages.as_code(f"ask-{self.question}"), lang)

    def measured(self, lang: str) -> str:
        return messages.render(messages.as_code(f"figure-{self.question}"), lang)

    def caveat(self, lang: str) -> str:
        return messages.render(messages.as_code(f"caveat-{self.question}"), lang)

    def none(self, lang: str) -> str:
        """What to say where there is no finding."""
        return messages.render(self.nothing or messages.as_code(f"none-{self.question}"), lang)


@dataclass(frozen=True)
class Analysis:
    """What is asked, the network as one sentence, how to read it, and the answers."""

    name: str
    lang: str
    title: str
    sentences: list[str]
    things: int
    links: Mapping[str, int]
    answers: list[Answer]


class Seen:
    """A network as a reader of one language sees it."""

    def __init__(self, graph: Queryable, found: nx.MultiDiGraph[str], lang: str) -> None:
        self.graph = graph
        self.network = found
        self.lang = lang

    @cached_property
    def simple(self) -> SimpleNetwork:
        return SimpleNetwork.of(self.network)

    def told_in(self, lang: str) -> Seen:
        """The same network for a reader of another language."""
        other = Seen(self.graph, self.network, lang)
        other.simple = self.simple
        return other

    @cached_property
    def links(self) -> dict[str, int]:
        """Relation → number of links, by its IRI."""
        return dict(sorted(Counter(relation for *_, relation in self.network.edges(keys=True)).items()))

    @cached_property
    def _labels(self) -> dict[str, str]:
        kinds = {self.network.nodes[thing]["kind"] for thing in self.network}
        return labels(self.graph, kinds | self.links.keys(), self.lang)

    def say(self, code: Code, **facts: object) -> str:
        return messages.render(code, self.lang, **facts)

    def label(self, thing: str) -> str:
        return str(self.network.nodes[thing]["labels"][self.lang])

    def labelled(self, things: Iterable[str]) -> dict[str, str]:
        """The things with their labels, sorted by these."""
        return {thing: self.label(thing) for thing in sorted(things, key=self.by_label)}

    def by_label(self, thing: str) -> tuple[str, str, str]:
        """What to sort a thing by, so that capitals do not matter and the order is always the same."""
        label = self.label(thing)
        return label.casefold(), label, thing

    def shown(self, thing: str) -> str:
        """The label of a thing, and its kind where it is known."""
        kind = self.network.nodes[thing]["kind"]
        return f"{self.label(thing)} ({self.term(kind)})" if kind else self.label(thing)

    def term(self, iri: str) -> str:
        """The label of a relation or kind, or its short form."""
        return self._labels.get(iri) or self.graph.compact(iri)

    def backwards(self, relation: str) -> str:
        """The label of a relation as it reads from its target."""
        return self._inverse.get(relation) or self.say("backwards", relation=self.term(relation))

    @cached_property
    def _inverse(self) -> dict[str, str]:
        return labels(self.graph, self.links, self.lang, INVERSE)

    def names(self, things: Iterable[str]) -> str:
        """Labels in a row, the first few of them, and how many more there are."""
        found = list(self.labelled(things).values())
        if len(found) <= _NAMED + 1:  # to count one alone would save nothing
            return ", ".join(found)
        return self.say("and-more", names=", ".join(found[:_NAMED]), count=len(found) - _NAMED)

    def ranked(self, figures: Mapping[str, float]) -> list[tuple[str, float]]:
        """Things above zero by figure, equal ones by label."""
        return sorted(
            ((thing, figure) for thing, figure in figures.items() if figure > 0),
            key=lambda pair: (-pair[1], self.by_label(pair[0])),
        )

    def sentence(self, code: Code, name: str) -> str:
        """What is called so and how large it is: a network, or one side of a comparison, by `code`."""
        relations = ", ".join(f"{self.term(relation)}: {count}" for relation, count in self.links.items())
        facts = {"things": len(self.network), "links": sum(self.links.values()), "parts": len(self.simple.components)}
        return self.say(code, name=name, relations=f" ({relations})" if relations else "", **facts)


def number(value: float, lang: str) -> str:
    """A figure with at most two decimals, as the language writes it."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if lang == "de" else text
