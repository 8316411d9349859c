"""The entries of a project by any of their names, so that a draft gives nobody a second id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from itasgraph.drafting.slugs import free_id
from itasgraph.entities.names import names
from itasgraph.store.queryable import Queryable
from itasgraph.util.spelling import spellings


class KnownEntities:
    """Looks entries up by name: those of the project, and those that the draft has made so far."""

    def __init__(self, graph: Queryable, kinds: Iterable[tuple[str, str]]) -> None:
        """Read the names of all entries of some kinds: pairs of the name of a kind in data files, and its IRI."""
        self._ids: dict[str, dict[str, set[str]]] = {}
        self._names: dict[str, list[str]] = defaultdict(list)
        self._described: set[str] = set()
        self._taken: set[str] = set()
        for kind, iri in kinds:
            by_name = self._ids.setdefault(kind, defaultdict(set))
            for name in names(graph, iri):
                id_ = graph.compact(name.entity)
                self._described.add(id_)
                self._taken.add(id_)
                self._names[kind].append(name.text)
                for spelling in spellings(name.text):
                    by_name[spelling].add(id_)

    def find(self, kind: str, name: str) -> list[str]:
        """Return the ids of the entries of a kind that have a name, in any case and spelling."""
        by_name = self._ids.get(kind, {})
        return sorted({id_ for spelling in spellings(name) for id_ in by_name.get(spelling, ())})

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
