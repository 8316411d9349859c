"""Chains between two things as text and as JSON, with the words for each step."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from itasgraph import messages
from itasgraph.entities.evidence import Evidence, quoted, reference, sources
from itasgraph.entities.labels import INVERSE, labels
from itasgraph.network.paths import MANY, Found
from itasgraph.store.queryable import Queryable


class _Link(NamedTuple):
    """A relation between two neighbours of a chain; `backwards` where the chain goes from its target to its source."""

    source: str
    target: str
    relation: str
    backwards: bool


def text(graph: Queryable, found: Found, lang: str, every: bool, command: str = "") -> str:
    """Return the first chain, or `every` one, the documents as footnotes; or that there is none.

    `command` is the command line to which the way out adds what it needs; by default one that names the two ends.
    """
    reader = _Reader(graph, found, lang, command)
    if not found.chains:
        return "".join(f"{line}\n" for line in reader.no_chain())
    count = f"{MANY}+" if found.more else len(found.chains)
    lines = [messages.render("chain-is", lang, steps=found.length, chains=count, **reader.ends)]
    for chain in _shown(found, every):
        lines += ["", *reader.chain(chain)]
    lines += ["", *reader.footnotes()]
    if found.more and every:
        lines.append(messages.render("many-chains", lang, count=MANY))
    elif len(found.chains) > 1 and not every:
        lines.append(messages.render("more-chains", lang, count=1))
    return "\n".join(lines).rstrip() + "\n"


def as_json(graph: Queryable, found: Found, lang: str, every: bool, command: str = "") -> str:
    """Return the same as one JSON object; `nearest`, `hubs`, `events`, `common` and `sentence` are there where nothing connects."""
    reader = _Reader(graph, found, lang, command)
    content: dict[str, Any] = {
        "source": found.source,
        "target": found.target,
        "connected": bool(found.chains),
        "length": found.length,
        "number": len(found.chains),
        "complete": not found.more,
        "chains": [[reader.step(*ends) for ends in pairwise(chain)] for chain in _shown(found, every)],
    }
    if not found.chains:
        events = [{"event": event, "date": day or None} for event, day in found.events]
        sentence = " ".join(line.strip() for line in reader.no_chain())
        content |= {"nearest": found.nearby, "hubs": list(found.hubs), "events": events}
        content |= {"common": list(found.common), "sentence": sentence}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _shown(found: Found, every: bool) -> list[tuple[str, ...]]:
    return found.chains if every else found.chains[:1]


class _Reader:
    """Words for a chain, in one language; numbers documents as they are quoted."""

    def __init__(self, graph: Queryable, found: Found, lang: str, command: str) -> None:
        self._graph = graph
        ends = (graph.compact(end) for end in (found.source, found.target))
        self._command = command or shlex.join(["itasgraph", "path", *ends])
        self._found = found
        self._lang = lang
        terms = {relation for *_, relation in found.network.edges(keys=True)}
        terms |= {found.network.nodes[thing]["kind"] for thing in found.network}
        self._labels = labels(graph, terms, lang)
        self._inverse = labels(graph, terms, lang, INVERSE)
        self._documents: dict[str, int] = {}

    @property
    def ends(self) -> dict[str, object]:
        return {"source": self.label(self._found.source), "target": self.label(self._found.target)}

    def label(self, thing: str) -> str:
        return str(self._found.network.nodes[thing]["labels"][self._lang])

    def chain(self, chain: Sequence[str]) -> Iterator[str]:
        """A line per relation, its words below."""
        yield self.label(chain[0])
        for one, other in pairwise(chain):
            for link in self._links(one, other):
                yield f"  {self._read(link)}: {self.label(other)}"
                quotes = self._quotes(link)
                yield from (f"      {self._quoted(evidence)}" for evidence in quotes)
                if not quotes:
                    yield f"      {messages.render('no-quote', self._lang)}"

    def step(self, one: str, other: str) -> dict[str, Any]:
        """All relations between two neighbours of a chain."""
        return {
            "from": one,
            "fromLabel": self.label(one),
            "to": other,
            "toLabel": self.label(other),
            "relations": [
                {
                    "source": link.source,
                    "relation": link.relation,
                    "target": link.target,
                    "label": self._read(link),
                    "quotes": [evidence.as_json() for evidence in self._quotes(link)],
                }
                for link in self._links(one, other)
            ],
        }

    def footnotes(self) -> Iterator[str]:
        """The documents quoted, in the order of their numbers."""
        known = sources(self._graph, self._documents, self._lang)
        for source, number in self._documents.items():
            yield f"[{number}] {known[source]}"

    def no_chain(self) -> Iterator[str]:
        found = self._found
        if found.events:
            events = ", ".join(self._on_day(*event) for event in found.events)
            yield messages.render("shared-event", self._lang, **self.ends, events=events)
        elif found.common:
            common = ", ".join(map(self._with_kind, found.common))
            yield messages.render("in-common", self._lang, **self.ends, common=common)
        elif found.nearby == found.source:
            yield messages.render("no-chain", self._lang, **self.ends)
        elif found.nearby:
            facts = {**self.ends, "nearby": self._with_kind(found.nearby), "steps": found.length}
            yield messages.render("too-long" if found.length else "not-connected", self._lang, **facts)
        if found.hubs:
            yield messages.render("would-connect", self._lang, hubs=", ".join(map(self._with_kind, found.hubs)))
            yield f"  {self._command} {shlex.join(word for hub in found.hubs for word in ('--via', self._graph.compact(hub)))}"
        elif not found.nearby:
            yield messages.render("nowhere-near", self._lang, **self.ends)

    def _links(self, one: str, other: str) -> list[_Link]:
        network = self._found.network
        ahead = [_Link(one, other, relation, False) for relation in network.adj[one].get(other, ())]
        back = [_Link(other, one, relation, True) for relation in network.adj[other].get(one, ())]
        return ahead + back

    def _quotes(self, link: _Link) -> list[Evidence]:
        found: list[Evidence] = self._found.network.edges[link.source, link.target, link.relation]["quotes"]
        return found

    def _read(self, link: _Link) -> str:
        """The relation as it reads in the direction of the chain."""
        label = self._labels.get(link.relation) or self._graph.compact(link.relation)
        symmetric = self._found.network.edges[link.source, link.target, link.relation]["symmetric"]
        if not link.backwards or symmetric:
            return label
        return self._inverse.get(link.relation) or messages.render("backwards", self._lang, relation=label)

    def _quoted(self, evidence: Evidence) -> str:
        number = self._documents.setdefault(evidence.source, len(self._documents) + 1)
        return reference(evidence, number, self._lang)

    def _on_day(self, event: str, date: str) -> str:
        """Return the name of an event, and its day where one is stated."""
        label = labels(self._graph, [event], self._lang).get(event) or self._graph.compact(event)
        return f"{label} ({messages.day(date, self._lang)})" if date else label

    def _with_kind(self, thing: str) -> str:
        kind = self._labels.get(self._found.network.nodes[thing]["kind"])
        shown = quoted(self.label(thing), self._lang)
        return f"{shown} ({kind})" if kind else shown
