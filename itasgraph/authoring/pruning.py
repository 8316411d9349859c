"""What is left of the data of a file when entries, the references to them and the name of a person go."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from itasgraph.authoring.person_names import PersonPattern
from itasgraph.errors import Finding, Location
from itasgraph.parsing import yaml_editing
from itasgraph.parsing.jsonld_context import Context, ValueType
from itasgraph.parsing.yaml_editing import Data
from itasgraph.util.spelling import shorten
from itasgraph.vocabulary import ITAS, SCHEMA, SKOS

# In the place of a value that goes.
_GONE: Final = object()
# The keys of an undecided value (below `review:`) without which it goes, and those that hold ids.
_ESSENTIAL: Final = frozenset({"quote", "about"})
_IDS: Final = frozenset({"about", "candidates"})
# The properties whose values go where nothing but the name is in them.
_WORDS: Final = (SKOS.altLabel, SKOS.hiddenLabel, ITAS.word)
# The properties that a person may have with consent only, and the consent.
CONTACT: Final = (SCHEMA.email, SCHEMA.telephone, SCHEMA.url, ITAS.consent)
_MAX_SHOWN: Final = 160


class ValueChange(NamedTuple):
    """A value that goes (`new` is None), or that gets other words: its place in the file, its names for a reader."""

    path: yaml_editing.Path
    names: tuple[str, ...]
    old: str
    new: str | None

    def finding(self, location: Location) -> Finding:
        key = ": ".join(self.names)
        if self.new is None:
            return Finding.of(location, "removed", what=beginning_of(f"{key}: {self.old}" if self.old else key))
        return Finding.of(location, "reworded", key=key, old=beginning_of(self.old), new=beginning_of(self.new))


@dataclass(frozen=True)
class Pruner:
    """The recursion over the data of a file that takes out entries, references to them, and a name; `changes` collects what it did.

    The names of a place are the keys that lead to it, and the ids of the entries on the way. Of the entries `bared`, only the
    contact details go.
    """

    context: Context
    name: PersonPattern
    ids: Collection[str]
    bared: Collection[str] = ()
    changes: list[ValueChange] = field(default_factory=list)

    def prune_file(self, data: Data) -> Data:
        """Return the data of a file without what goes; a list of entries stays, if only as an empty one."""
        pruned = {}
        for key, value in data.items():
            left = self._prune(value, (key,), (key,))
            if left is not _GONE:
                pruned[key] = left
            elif self._value_type(key) is ValueType.STATEMENTS:
                pruned[key] = []
        return pruned

    def _prune(self, data: Data, path: yaml_editing.Path, names: tuple[str, ...]) -> Data:
        """Return what is left of a value, or _GONE."""
        if isinstance(data, dict):
            return self._prune_map(data, path, names)
        if not isinstance(data, list):
            return self._prune_texts([data], [path], names)[0] if isinstance(data, str) else data
        paths: list[yaml_editing.Path] = [(*path, index) for index in range(len(data))]
        if all(isinstance(item, str) for item in data):
            left = self._prune_texts(data, paths, names)
        else:
            left = [self._prune(item, where, (*names, self._id(item))) for item, where in zip(data, paths, strict=True)]
            for item, where, one in zip(data, paths, left, strict=True):
                if one is _GONE:
                    self.changes.append(ValueChange(where, (self._id(item),), "", None))
        kept = [one for one in left if one is not _GONE]
        return kept if kept or not data else _GONE

    def _prune_map(self, data: dict[str, Data], path: yaml_editing.Path, names: tuple[str, ...]) -> Data:
        start = len(self.changes)
        kept: dict[str, Data] = {}
        for key, value in data.items():
            before = len(self.changes)
            left = self._prune(value, (*path, key), (*names, key))
            if left is not _GONE and not self._is_gone(key) and not self._is_detail(names, key):
                kept[key] = left
                continue
            del self.changes[before:]
            self.changes.append(ValueChange((*path, key), (*names[1:], key), "", None))
        gone = [key for key in data if key not in kept]
        is_bare = all(self._value_type(key) is ValueType.ID or self._iri(key) == SKOS.editorialNote for key in kept)
        if gone and (is_bare or self._is_essential(names, gone)):
            del self.changes[start:]
            return _GONE
        return kept

    def _prune_texts(self, texts: list[str], paths: list[yaml_editing.Path], names: tuple[str, ...]) -> list[Data]:
        left = self._rewrite(texts, names)
        changed = [
            ValueChange(where, names[1:], old, new)
            for where, old, new in zip(paths, texts, left, strict=True)
            if old != new
        ]
        self.changes.extend(changed)
        return [_GONE if new is None else new for new in left]

    def _rewrite(self, texts: list[str], names: tuple[str, ...]) -> Sequence[str | None]:
        """Return the texts of a key without the name, None for those that go."""
        key = next((name for name in reversed(names) if name in self.context.keys), "")
        is_review = names[0] in self.context.reviews
        if names[-1] in _IDS if is_review else self._value_type(key) in (ValueType.ID, ValueType.REFERENCE):
            return [None if self._is_gone(text) else text for text in texts]
        if names[-1] == "quote" if is_review else self._is_quote(key):
            return self.name.remove_from_quotes(texts)
        if self._iri(key) in _WORDS:
            return [self.name.remove_from_quote(text) or None for text in texts]
        return [self.name.elide(text) for text in texts]

    def _is_essential(self, names: tuple[str, ...], gone: Sequence[str]) -> bool:
        """Return whether a map goes that loses these keys: an entry without its id, a relation without its quote."""
        if names[0] in self.context.reviews:
            return not _ESSENTIAL.isdisjoint(gone)
        is_relation = len(names) > 1 and self._value_type(names[-2]) is ValueType.RELATIONS
        return any(self._value_type(key) is ValueType.ID or (is_relation and self._is_quote(key)) for key in gone)

    def _is_detail(self, names: tuple[str, ...], key: str) -> bool:
        """Return whether a key of an entry holds a contact detail that goes."""
        return self._iri(key) in CONTACT and self.context.expand(names[-1]) in self.bared

    def _is_gone(self, text: str) -> bool:
        return self.context.expand(text) in self.ids

    def _id(self, item: Data) -> str:
        """Return what a reader calls an item of a list: its id, else its first text."""
        if not isinstance(item, dict):
            return str(item)
        ids = [value for key, value in item.items() if self._value_type(key) is ValueType.ID]
        return next((one for one in [*ids, *item.values()] if isinstance(one, str)), "")

    def _value_type(self, key: str) -> ValueType | None:
        return self.context.keys[key].value_type if key in self.context.keys else None

    def _is_quote(self, key: str) -> bool:
        return self._iri(key) == ITAS.quote

    def _iri(self, key: str) -> str:
        return self.context.keys[key].iri if key in self.context.keys else ""


def beginning_of(text: str) -> str:
    return shorten(text, _MAX_SHOWN)
