"""The entries of a project by any of their names, so that a draft gives nobody a second id."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from itasgraph.drafting.slugs import free_id
from itasgraph.entities.names import names
from itasgraph.store.queryable import Queryable
from itasgraph.util.spelling import spellings

# What a programme prints before a title ("Input: "), and what may follow the name of a contribution in its title.
_FORM: Final = re.compile(r"[^\W\d_][\w-]*(?:\s[\w-]+)?:\s+")
_BOUNDARY: Final = re.compile(r"(?<=[.!?])\s|\s*[:–—|/(]|$")
_FEWEST_WORDS: Final = 2  # of a name that stands for a longer title
# Each part of an event, and the events, series and sections that it belongs to.
_PARTS: Final = "SELECT ?part ?whole { ?part schema:superEvent+ ?whole }"
# What is an event and no part of a programme.
_EVENTS: Final = """
    SELECT ?event { ?event a schema:Event
      FILTER NOT EXISTS { ?event a ?kind . ?kind rdfs:subClassOf+ schema:Event FILTER(?kind != schema:Event) } }"""


def names_in_title(title: str) -> Iterator[str]:
    """Yield the names that a printed title may hold, the longest first: all of it, behind "Input: ", and what it begins with.

    >>> list(names_in_title("Film: Wir sind hier. Eine Dokumentation"))
    ['Film: Wir sind hier. Eine Dokumentation', 'Wir sind hier. Eine Dokumentation', 'Film: Wir sind hier.', 'Film: Wir sind hier', 'Wir sind hier.', 'Wir sind hier']
    """
    form = _FORM.match(title)
    texts = [title, *([title[form.end() :]] if form else [])]
    yield from texts
    for text in texts:
        for end in sorted({match.start() for match in _BOUNDARY.finditer(text)}, reverse=True):
            if end < len(text) and len(text[:end].split()) >= _FEWEST_WORDS:
                yield from dict.fromkeys([text[:end], text[:end].rstrip(".!?")])


class KnownEntities:
    """Looks entries up by name: those of the project, and those that the draft has made so far."""

    def __init__(self, graph: Queryable, kinds: Iterable[tuple[str, str]]) -> None:
        """Read the names of all entries of some kinds: pairs of the name of a kind in data files, and its IRI."""
        self._ids: dict[str, dict[str, set[str]]] = {}
        self._names: dict[str, list[str]] = defaultdict(list)
        self._described: set[str] = set()
        self._taken: set[str] = set()
        self._wholes: dict[str, set[str]] = defaultdict(set)
        for row in graph.select(_PARTS):
            self._wholes[graph.compact(row["part"].value)].add(graph.compact(row["whole"].value))
        events = {graph.compact(row["event"].value) for row in graph.select(_EVENTS)}
        for kind, iri in kinds:
            by_name = self._ids.setdefault(kind, defaultdict(set))
            for name in names(graph, iri):
                id_ = graph.compact(name.entity)
                if kind == "Event" and id_ not in events:
                    continue
                self._described.add(id_)
                self._taken.add(id_)
                self._names[kind].append(name.text)
                for spelling in spellings(name.text):
                    by_name[spelling].add(id_)

    def find(self, kind: str, name: str) -> list[str]:
        """Return the ids of the entries of a kind that have a name, in any case and spelling."""
        by_name = self._ids.get(kind, {})
        return sorted({id_ for spelling in spellings(name) for id_ in by_name.get(spelling, ())})

    def find_part(self, kind: str, title: str, event: str) -> list[str]:
        """Return the ids of the parts of an event that a title names: as a whole, behind "Input: ", or at its beginning."""
        parts = {id_ for id_, wholes in self._wholes.items() if event in wholes}
        found = (parts.intersection(self.find(kind, name)) for name in names_in_title(title))
        return sorted(next((ids for ids in found if ids), ()))

    def names(self, kind: str) -> list[str]:
        """Return all names of the entries of a kind that the project describes."""
        return self._names[kind]

    def is_described(self, id_: str) -> bool:
        """Return whether the project describes an entry already."""
        return id_ in self._described

    def make(self, kind: str, name: str, folder: str) -> str:
        """Return a new id below a folder ("person"), by which the name is found from now on."""
        id_ = free_id(folder, name, self._taken)
        self._taken.add(id_)
        by_name = self._ids.setdefault(kind, defaultdict(set))
        for spelling in spellings(name):
            by_name.setdefault(spelling, set()).add(id_)
        return id_
