"""Paths between two entries as text and as JSON, with the quotes that prove each step."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from itasgraph import messages
from itasgraph.entities.evidence import Evidence, in_quotes, reference, sources
from itasgraph.entities.labels import display_labels
from itasgraph.network import attributes
from itasgraph.network.answers import NetworkTexts
from itasgraph.network.attributes import Edge
from itasgraph.network.paths import PATH_LIMIT, PathResult
from itasgraph.store.queryable import Queryable


class _Step(NamedTuple):
    """An edge between two neighbours on a path; it is `backwards` where the path goes from its target to its source."""

    edge: Edge
    backwards: bool


def to_text(graph: Queryable, result: PathResult, lang: str, all_paths: bool, command: str = "") -> str:
    """Return the first path, or with `all_paths` every path, and the documents as footnotes; or the sentence that there is none.

    `command` is the command line to which the way out adds options; by default, the one that names the two ends.
    """
    renderer = _PathRenderer(graph, result, lang, command)
    if not result.paths:
        return "".join(f"{line}\n" for line in renderer.explain_gap())
    count = f"{PATH_LIMIT}+" if result.more else len(result.paths)
    lines = [messages.render("path-count", lang, steps=result.length, paths=count, **renderer.ends)]
    for path in _paths_to_show(result, all_paths):
        lines += ["", *renderer.path(path)]
    lines += ["", *renderer.footnotes()]
    if result.more and all_paths:
        lines.append(messages.render("path-limit", lang, count=PATH_LIMIT))
    elif len(result.paths) > 1 and not all_paths:
        lines.append(messages.render("more-paths", lang, count=1))
    return "\n".join(lines).rstrip() + "\n"


def to_json(graph: Queryable, result: PathResult, lang: str, all_paths: bool, command: str = "") -> str:
    """Return the paths as one JSON object, which has `nearest`, `hubs`, `events`, `common` and `sentence` where there is no path."""
    renderer = _PathRenderer(graph, result, lang, command)
    content: dict[str, object] = {
        "source": result.source,
        "target": result.target,
        "connected": bool(result.paths),
        "length": result.length,
        "number": len(result.paths),
        "complete": not result.more,
        "paths": [[renderer.step(*ends) for ends in pairwise(path)] for path in _paths_to_show(result, all_paths)],
    }
    if not result.paths:
        events = [{"event": event, "date": day or None} for event, day in result.events]
        sentence = " ".join(line.strip() for line in renderer.explain_gap())
        content |= {"nearest": result.nearest, "hubs": list(result.hubs), "events": events}
        content |= {"common": list(result.common), "sentence": sentence}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _has_quotes(graph: Queryable) -> bool:
    """Return whether the graph has a relation with a quote; the network may be a part of it."""
    return next(graph.select(_ANY_QUOTE), None) is not None


def _paths_to_show(result: PathResult, all_paths: bool) -> list[tuple[str, ...]]:
    return result.paths if all_paths else result.paths[:1]


class _PathRenderer:
    """A renderer of paths in one language, which numbers the documents in the order in which they are quoted."""

    def __init__(self, graph: Queryable, result: PathResult, lang: str, command: str) -> None:
        self._graph = graph
        ends = (graph.compact(end) for end in (result.source, result.target))
        self._command = command or shlex.join(["itasgraph", "path", *ends])
        self._result = result
        self._texts = NetworkTexts(graph, result.network, lang)
        self._documents: dict[str, int] = {}
        # Graphs of others have no quotes, and nobody misses them there.
        self._has_quotes = any(edge["quotes"] for _, edge in attributes.edges(result.network)) or _has_quotes(graph)

    @property
    def ends(self) -> dict[str, object]:
        return {"source": self._texts.label(self._result.source), "target": self._texts.label(self._result.target)}

    def path(self, path: Sequence[str]) -> Iterator[str]:
        """Yield a line for each edge of a path, and its quotes below."""
        yield self._texts.label(path[0])
        for one, other in pairwise(path):
            for step in self._steps(one, other):
                yield f"  {self._relation_label(step)}: {self._texts.label(other)}"
                quotes = self._quotes(step.edge)
                yield from (f"      {self._quote_with_footnote(evidence)}" for evidence in quotes)
                if not quotes and self._has_quotes:
                    yield f"      {self._texts.say('no-quote')}"
                yield from (
                    f"      {self._texts.say('derived')}: {rule}" for rule in self._rule_labels(step.edge).values()
                )

    def step(self, one: str, other: str) -> dict[str, object]:
        """Return all edges between two neighbours on a path, as JSON."""
        return {
            "from": one,
            "fromLabel": self._texts.label(one),
            "to": other,
            "toLabel": self._texts.label(other),
            "relations": [
                {
                    "source": step.edge.source,
                    "relation": step.edge.relation,
                    "target": step.edge.target,
                    "label": self._relation_label(step),
                    "quotes": [evidence.as_json() for evidence in self._quotes(step.edge)],
                    "rules": list(self._rule_labels(step.edge)),
                }
                for step in self._steps(one, other)
            ],
        }

    def footnotes(self) -> Iterator[str]:
        """Yield a footnote for each quoted document, in the order of their numbers."""
        known = sources(self._graph, self._documents, self._texts.lang)
        for source, number in self._documents.items():
            yield f"[{number}] {known[source]}"

    def explain_gap(self) -> Iterator[str]:
        """Yield sentences that say why there is no path, and the command that finds one through hubs."""
        result = self._result
        if result.events:
            events = ", ".join(self._dated_event(*event) for event in result.events)
            yield self._texts.say("shared-event", **self.ends, events=events)
        elif result.common:
            common = ", ".join(map(self._with_kind, result.common))
            yield self._texts.say("common-neighbours", **self.ends, common=common)
        elif result.nearest == result.source:
            yield self._texts.say("no-path", **self.ends)
        elif result.nearest:
            facts = {**self.ends, "nearby": self._with_kind(result.nearest), "steps": result.length}
            yield self._texts.say("path-too-long" if result.length else "not-connected", **facts)
        if result.hubs:
            yield self._texts.say("hubs-connect", hubs=", ".join(map(self._with_kind, result.hubs)))
            yield f"  {self._command} {shlex.join(word for hub in result.hubs for word in ('--via', self._graph.compact(hub)))}"
        elif not result.nearest:
            yield self._texts.say("no-path-through-hubs", **self.ends)

    def _steps(self, one: str, other: str) -> list[_Step]:
        network = self._result.network
        ahead = [_Step(Edge(one, other, relation), False) for relation in network.adj[one].get(other, ())]
        back = [_Step(Edge(other, one, relation), True) for relation in network.adj[other].get(one, ())]
        return ahead + back

    def _quotes(self, edge: Edge) -> list[Evidence]:
        return attributes.edge(self._result.network, edge)["quotes"]

    def _rule_labels(self, edge: Edge) -> dict[str, str]:
        """Return the labels of the rules that derive an edge, by IRI."""
        rules = attributes.edge(self._result.network, edge)["rules"]
        return display_labels(self._graph, rules, self._texts.lang)

    def _relation_label(self, step: _Step) -> str:
        """Return the label of an edge as it reads in the direction of the path."""
        if not step.backwards or attributes.edge(self._result.network, step.edge)["symmetric"]:
            return self._texts.term_label(step.edge.relation)
        return self._texts.inverse_label(step.edge.relation)

    def _quote_with_footnote(self, evidence: Evidence) -> str:
        number = self._documents.setdefault(evidence.source, len(self._documents) + 1)
        return reference(evidence, number, self._texts.lang)

    def _dated_event(self, event: str, date: str) -> str:
        """Return the name of an event, and its day where one is stated."""
        label = display_labels(self._graph, [event], self._texts.lang)[event]
        return f"{label} ({messages.day(date, self._texts.lang)})" if date else label

    def _with_kind(self, entity: str) -> str:
        kind = self._texts.term_labels.get(attributes.node(self._result.network, entity)["kind"])
        name = in_quotes(self._texts.label(entity), self._texts.lang)
        return f"{name} ({kind})" if kind else name


_ANY_QUOTE: Final = """
    SELECT ?quote WHERE { ?statement rdf:object ?object ; itas:quote ?quote ; dcterms:source ?document } LIMIT 1"""
