"""A new draft of a document and the data file of the last one → the data of the file, with what is new and what changed.

A statement that a person wrote, changed or removed stays as the person left it: the baseline tells such statements from those of
the last draft. Without a baseline nobody can tell, and each statement of the file counts as written by a person.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

from itasgraph.drafting.baseline import Baseline, statements
from itasgraph.drafting.changes import Change, Kind
from itasgraph.drafting.matching import NAMES, has_names_of, index_of
from itasgraph.drafting.nested_values import as_list, as_text, replace_texts, texts_in

Path_ = tuple[str, ...]
Map = dict[str, Any]
Parts = list[tuple[Map, Map]]  # each part as the file has it, and as the draft has it (empty: it has none)
# What says where a statement stands in its document moves with the document, without being a change to the reader.
_PLACES: Final = frozenset({"line", "place", "position"})
_SAYS: Final = "says"
_REVIEW: Final = "review"
_EVIDENCE: Final = frozenset({"quote", "line", "place"})
# The keys of an undecided value that tell it from others.
_IDENTITY: Final = ("about", "key", "quote", "rule")


@dataclass(frozen=True, slots=True)
class DraftedData:
    """A new draft as a merge needs it: its data by path, the ids of the entries that another file describes, and where it stands."""

    data: Map
    known: frozenset[str]
    line_of: Callable[[Map], int]


@dataclass(frozen=True, slots=True)
class Result:
    """The new data of the file, and the differences in the order of the draft."""

    data: Map
    changes: list[Change]


def merge(
    file: Map, draft: DraftedData, baseline: Baseline, *, remove: bool, referenced: Callable[[str], bool]
) -> Result:
    """Return the data of a file with what a new draft of its document says.

    What the document no longer says is removed only with `remove`, and only where nobody changed it and nothing refers to it;
    `referenced` tells whether another file refers to an id.
    """
    return _Merger(file, draft, baseline, remove=remove).result(referenced)


class _Merger:
    def __init__(self, file: Map, draft: DraftedData, baseline: Baseline, *, remove: bool) -> None:
        self._data = copy.deepcopy(file)
        self._draft = draft
        self._base = baseline
        self._remove = remove
        self._changes: list[Change] = []
        self._entry = ""
        self._line = 0
        self._place = 0  # of the last entry that was added

    def result(self, referenced: Callable[[str], bool]) -> Result:
        for key, value in self._draft.data.items():
            if key not in (_SAYS, _REVIEW):
                self._header(key, value)
        self._says()
        self._reviews()
        self._gone_entries(referenced)
        self._positions()
        return Result(self._data, list(_without_evidence(self._changes)))

    def _note(self, kind: Kind, path: Path_, before: object = "", after: object = "") -> None:
        keys = [part for part in path if part]
        if keys and keys[-1] in _PLACES:
            return
        change = Change(kind, self._entry, " ".join(keys), as_text(before), as_text(after), self._line)
        self._changes.append(change)

    def _header(self, key: str, value: Any) -> None:
        self._entry, self._line = str(self._data.get("id", "")), 0
        if key == "sha256":
            self._data[key] = value
        else:
            self._value((), self._data, key, value)

    # --- entries ------------------------------------------------------------------------------------------------------

    def _says(self) -> None:
        index = index_of(self._data)
        previous = ""
        for id_, entry in self._draft.data[_SAYS].items():
            self._entry, self._line = id_, self._draft.line_of(entry)
            if id_ in index:
                self._map((_SAYS, id_), index[id_], self._unsaid(id_, index[id_], entry))
            elif not self._base.has((_SAYS, id_)) and (entry or id_ not in self._draft.known):
                self._add_entry(id_, entry, previous)
            previous = id_
        self._add_missing()

    def _unsaid(self, id_: str, file: Map, draft: Map) -> Map:
        """Return an entry of the draft; of one that a person wrote, without names that it has, and without quotes."""
        if self._base.has((_SAYS, id_)):
            return draft
        names = NAMES if has_names_of(file, draft) else ()
        return _unproven({key: value for key, value in draft.items() if key not in names}, file)

    def _add_entry(self, id_: str, entry: Map, previous: str) -> None:
        """Add an entry behind the one before it in the draft."""
        says = self._data.get(_SAYS)
        if not isinstance(says, list):
            says = self._data[_SAYS] = []
        # Entries are mostly added in the order of the file: whence the last one was added, the next place is near.
        places = chain(range(self._place, len(says)), range(min(self._place, len(says)))) if previous else ()
        self._place = next((place for place in places if _is_entry(says[place], previous)), len(says) - 1) + 1
        says.insert(self._place, {"id": id_, **copy.deepcopy(entry)})
        self._note(Kind.NEW, ())

    def _add_missing(self) -> None:
        """Add the entries that a person removed and that the additions refer to."""
        entries = self._draft.data[_SAYS]
        while missing := self._missing():
            for id_ in missing:
                self._entry, self._line = id_, self._draft.line_of(entries[id_])
                self._add_entry(id_, entries[id_], "")

    def _missing(self) -> list[str]:
        """Return the entries of the draft that the file lacks, and to which an entry refers that the merge changed."""
        touched = {change.entry for change in self._changes if change.kind in (Kind.NEW, Kind.CHANGED)}
        index = index_of(self._data)
        wanted = {text for id_ in touched if id_ in index for text in texts_in(index[id_])} - self._draft.known
        return [id_ for id_ in self._draft.data[_SAYS] if id_ not in index and id_ in wanted]

    # --- values -------------------------------------------------------------------------------------------------------

    def _map(self, path: Path_, file: Map, draft: Map) -> None:
        """Bring the keys of a map up to date."""
        outer, self._line = self._line, self._draft.line_of(draft) or self._line
        self._only_target(path, file, draft)
        for key, value in draft.items():
            if key != "line":
                self._value(path, file, key, value)
        self._line_number(path, file, draft)
        self._line = outer
        is_known = len(path) == len((_SAYS, "id")) and path[-1] in self._draft.known
        for key in [key for key in file if key not in draft and not is_known]:
            if key not in ("id", "line") and self._base.has((*path, key)):
                self._gone(path, file, key)

    def _only_target(self, path: Path_, file: Map, draft: Map) -> None:
        """Put another target of a relation in the place of its only one, as another text comes into the place of a text."""
        if len(path) != len((_SAYS, "id", "relation")) or len(file) != 1 or len(draft) != 1:
            return
        (before, value), (after, new) = *file.items(), *draft.items()
        if before == after or not isinstance(value, dict) or not isinstance(new, dict):
            return
        if self._is_untouched(value, (*path, before)) and not self._base.has((*path, after)):
            del file[before]
            file[after] = copy.deepcopy(new)
            self._note(Kind.CHANGED, path[2:], before, after)

    def _line_number(self, path: Path_, file: Map, draft: Map) -> None:
        """Take over the line of a quote, if the file still has that quote."""
        if "quote" in draft and draft["quote"] == file.get("quote"):
            if "line" in draft:
                file["line"] = draft["line"]
            elif self._base.has((*path, "line")):
                file.pop("line", None)

    def _value(self, path: Path_, file: Map, key: str, new: Any) -> None:
        at = (*path, key)
        if key not in file:
            if not self._base.has(at):
                file[key] = copy.deepcopy(new)
                self._note(Kind.NEW, at[2:] or at, "", new)
            elif not isinstance(new, dict) and any(not self._base.has(at, text) for text in as_list(new)):
                self._note(Kind.KEPT, at[2:] or at, "", new)
        elif isinstance(new, dict) and isinstance(file[key], dict):
            self._map(at, file[key], new)
            if not file[key]:
                del file[key]
        elif isinstance(new, dict) or isinstance(file[key], dict):
            if self._is_changed(at, new):
                self._note(Kind.KEPT, at[2:] or at, file[key], new)
        elif isinstance(new, list) or isinstance(file[key], list):
            self._texts(at, file, new)
        else:
            self._text(at, file, new)

    def _text(self, at: Path_, file: Map, new: object) -> None:
        """Bring a single text up to date."""
        old = file[at[-1]]
        if str(old) == str(new):
            return
        if self._base.has(at, old):
            if not self._base.has(at, new):
                file[at[-1]] = new
                self._note(Kind.CHANGED, at[2:] or at, old, new)
        elif not self._base.has(at, new):
            self._note(Kind.KEPT, at[2:] or at, old, new)

    def _texts(self, at: Path_, file: Map, new: Any) -> None:
        """Bring several texts up to date; a person may have added some, and removed others."""
        old, wanted = as_list(file[at[-1]]), as_list(new)
        added = [text for text in wanted if text not in old and not self._base.has(at, text)]
        gone = [text for text in old if text not in wanted and self._base.has(at, text)]
        if added and self._base.has(at) and not any(text in wanted or self._base.has(at, text) for text in old):
            self._note(Kind.KEPT, at[2:] or at, old, added)  # a person replaced them all
            return
        if gone and not added and not self._remove and at[-1] != "quote":
            self._note(Kind.GONE, at[2:] or at, gone)
            gone = []
        texts = replace_texts(old, gone, added)
        if texts == old:
            return
        kind = Kind.CHANGED if gone and added else Kind.NEW if added else self._kind_of_gone()
        self._note(kind, at[2:] or at, gone, added)
        if texts:
            file[at[-1]] = texts if len(texts) > 1 or isinstance(file[at[-1]], list) else texts[0]
        else:
            del file[at[-1]]

    def _is_changed(self, path: Path_, new: Any) -> bool:
        return any(not self._base.has(at, value) for at, value in statements(new, path))

    def _gone(self, path: Path_, file: Map, key: str) -> None:
        """Report a value that the document no longer states; remove it where that is asked for and nobody changed it."""
        at = (*path, key)
        is_untouched = self._is_untouched(file[key], at)
        if key in _PLACES:
            if is_untouched:
                del file[key]
            return
        self._note(self._kind_of_gone(is_removable=is_untouched), at[2:] or at, file[key])
        if self._remove and is_untouched:
            del file[key]

    def _kind_of_gone(self, *, is_removable: bool = True) -> Kind:
        """Return what became of a statement that the document no longer has."""
        if not self._remove:
            return Kind.GONE
        return Kind.REMOVED if is_removable else Kind.KEPT

    # --- what is gone -------------------------------------------------------------------------------------------------

    def _gone_entries(self, referenced: Callable[[str], bool]) -> None:
        index = index_of(self._data)
        gone = [id_ for id_ in index if id_ not in self._draft.data[_SAYS] and self._base.has((_SAYS, id_))]
        removable = {id_ for id_ in gone if self._remove and self._is_untouched(index[id_], (_SAYS, id_))}
        removable = self._without_referenced(removable, index, referenced)
        for id_ in gone:
            self._entry, self._line = id_, 0
            self._note(self._kind_of_gone(is_removable=id_ in removable), ())
        says = self._data.get(_SAYS)
        if isinstance(says, list) and removable:
            says[:] = [entry for entry in says if not (isinstance(entry, dict) and entry.get("id") in removable)]

    def _is_untouched(self, value: Any, path: Path_) -> bool:
        """Return whether nobody changed a value since the last draft, wherever it stands now."""
        pairs = statements(value, path)
        return all(self._base.has(*pair) or pair[0][-1] in (*_PLACES, "id") for pair in pairs)

    def _without_referenced(
        self, ids: set[str], index: Mapping[str, Map], referenced: Callable[[str], bool]
    ) -> set[str]:
        """Leave out the ids to which what stays refers."""
        ids = {id_ for id_ in ids if not referenced(id_)}
        references = {id_: set(texts_in(entry)) for id_, entry in index.items()}
        staying = [id_ for id_ in index if id_ not in ids]
        while staying:
            kept = references[staying.pop()] & ids
            ids -= kept
            staying += kept
        return ids

    # --- places -------------------------------------------------------------------------------------------------------

    def _positions(self) -> None:
        """Give what the draft does not have, or what a person put elsewhere, a place that nothing else has."""
        entries, drafts = index_of(self._data), self._draft.data[_SAYS]
        wholes: dict[str, Parts] = {}
        for id_, entry in entries.items():
            wholes.setdefault(str(entry.get("partOf", "")), []).append((entry, drafts.get(id_, {})))
            for key, relations in entry.items():
                if isinstance(relations, dict):
                    of_draft = drafts.get(id_, {}).get(key, {})
                    number_parts(
                        [
                            (one, of_draft.get(target, {}) if isinstance(of_draft, dict) else {})
                            for target, one in relations.items()
                        ]
                    )
        for whole, parts in wholes.items():
            if whole:
                number_parts(parts)

    # --- undecided values ---------------------------------------------------------------------------------------------

    def _reviews(self) -> None:
        """Add the values that are doubtful for the first time; those that a person decided stay decided."""
        items = self._data.get(_REVIEW)
        own = dict(by_identity(items)) if isinstance(items, list) else {}
        wanted = self._draft.data.get(_REVIEW, {})
        added = []
        for identity, item in wanted.items():
            self._entry, self._line = item.get("about", ""), int(item.get("line", 0))
            if identity in own:
                self._map((_REVIEW, identity), own[identity], item)
            elif not self._base.has((_REVIEW, identity)):
                added.append(copy.deepcopy(item))
                self._note(Kind.NEW, (_REVIEW, item["quote"]))
        new = {(change.entry, change.key.partition(" ")[0]) for change in self._changes if change.kind is Kind.NEW}
        gone = {
            id(item)
            for identity, item in own.items()
            if identity not in wanted and self._is_done(identity, item, is_decided=_subject(item) in new)
        }
        if isinstance(items, list) and (gone or added):
            items[:] = [item for item in items if id(item) not in gone] + added
            if not items:
                del self._data[_REVIEW]
        elif added:
            self._data[_REVIEW] = added

    def _is_done(self, identity: str, item: Map, *, is_decided: bool) -> bool:
        """Return whether an undecided value is removed: the new draft decides it, or the document no longer has it."""
        if not self._base.has((_REVIEW, identity)):
            return False
        self._entry, self._line = str(item.get("about", "")), 0
        kind = Kind.DECIDED if is_decided else self._kind_of_gone()
        self._note(kind, (_REVIEW, str(item.get("quote", ""))))
        return is_decided or self._remove


def _is_entry(item: Any, id_: str) -> bool:
    return isinstance(item, dict) and item.get("id") == id_


def number_parts(parts: Parts) -> None:
    """Move those parts of a whole whose position another part has in the draft behind the others."""
    numbered = [
        (part, other) for part, other in parts if isinstance(part, dict) and str(part.get("position", "")).isdigit()
    ]
    numbered.sort(key=lambda pair: str(pair[0]["position"]) != str(pair[1].get("position")))
    taken: set[int] = set()
    last = max((int(part["position"]) for part, _ in numbered), default=0)
    for part, _ in numbered:
        if int(part["position"]) in taken:
            last += 1
            part["position"] = last
        taken.add(int(part["position"]))


def by_identity(items: list[Any]) -> Iterator[tuple[str, Map]]:
    """Yield each undecided value with a text that tells it from the others."""
    seen = dict[str, int]()
    for item in items:
        if isinstance(item, dict):
            identity = "\x1e".join(as_text(item.get(key, "")) for key in _IDENTITY)
            seen[identity] = seen.get(identity, 0) + 1
            yield f"{identity}\x1e{seen[identity]}", item


def _subject(item: Map) -> tuple[str, str]:
    """Return the entry and the key that an undecided value is about."""
    return str(item.get("about", "")), str(item.get("key", ""))


def _unproven(draft: Map, file: Map) -> Map:
    """Return what a draft says, without evidence for what the file says as well."""
    pairs = ((key, value, file.get(key)) for key, value in draft.items() if key not in _EVIDENCE)
    return {
        key: _unproven(value, old) if isinstance(value, dict) and isinstance(old, dict) else value
        for key, value, old in pairs
    }


def _without_evidence(changes: list[Change]) -> Iterator[Change]:
    """Leave out the changes of quotes that only prove another change."""
    proven = {(change.entry, change.key.rpartition(" ")[0]) for change in changes if not change.key.endswith("quote")}
    for change in changes:
        holder, _, key = change.key.rpartition(" ")
        if key != "quote" or (change.entry, holder) not in proven:
            yield change
