"""The entries of a new draft that a data file has under another id, because a person renamed them, or the document did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping
from typing import Any, Final

from itasgraph.drafting.known_entities import names_in_title
from itasgraph.util.spelling import spellings

Map = dict[str, Any]
Entries = Mapping[str, Map]
NAMES: Final = ("name", "label", "title", "altLabel", "hiddenLabel")


def index_of(data: Map) -> dict[str, Map]:
    """Return the entries of a data file by id, also those that stand inside another one."""
    result: dict[str, Map] = {}
    for entry in _entries(data.get("says")):
        result.setdefault(entry["id"], entry)
    return result


def _entries(value: Any) -> Iterator[Map]:
    if isinstance(value, dict):
        if isinstance(value.get("id"), str):
            yield value
        value = list(value.values())
    for item in value if isinstance(value, list) else ():
        yield from _entries(item)


def match(file: Entries, draft: Entries) -> dict[str, str]:
    """Return the id in the draft → the id in the file, of those entries of the draft that the file has under another id.

    Same are entries of a kind that share a name; the only events of a day, or of both; sections at one place that share a contribution;
    contributions with the same speakers. Where two entries could be meant, none is.
    """
    new = {id_: entry for id_, entry in draft.items() if "type" in entry and id_ not in file}
    rest = {id_: entry for id_, entry in file.items() if id_ not in draft}
    result = _by_name(new, rest)
    parts_of_draft, parts_of_file = _first_parts(draft), _first_parts(file)
    for signature in (_event_of_day, _event, _section, _contribution):
        unmatched = {id_: entry for id_, entry in new.items() if id_ not in result}
        matched = frozenset(result.values())
        left = {id_: entry for id_, entry in rest.items() if id_ not in matched}
        result |= _pairs(
            {id_: signature(id_, entry, parts_of_draft, result) for id_, entry in unmatched.items()},
            {id_: signature(id_, entry, parts_of_file, {}) for id_, entry in left.items()},
        )
    return result


def rename(value: Any, ids: Mapping[str, str]) -> Any:
    """Return nested data with other ids."""
    if isinstance(value, dict):
        return {ids.get(key, key): rename(item, ids) for key, item in value.items()}
    if isinstance(value, list):
        return [rename(item, ids) for item in value]
    return ids.get(value, value) if isinstance(value, str) else value


def _by_name(new: Entries, rest: Entries) -> dict[str, str]:
    ids = dict[tuple[str, str], set[str]]()
    for id_, entry in rest.items():
        for name in names_of(entry):
            ids.setdefault((entry.get("type", ""), name), set()).add(id_)
    found = {id_: next(filter(None, _namesakes(entry, ids)), set[str]()) for id_, entry in new.items()}
    return _one_to_one({id_: next(iter(others)) for id_, others in found.items() if len(others) == 1})


def _namesakes(entry: Map, ids: Mapping[tuple[str, str], set[str]]) -> Iterator[set[str]]:
    """Yield the entries that have the name of an entry; of a contribution, also those whose name its title holds."""
    kind = entry["type"]
    yield {other for name in names_of(entry) for other in ids.get((kind, name), ())}
    if kind == "Contribution":
        for name in names_in_title(str(entry.get("title", ""))):
            yield {other for spelling in spellings(name) for other in ids.get((kind, spelling), ())}


def names_of(entry: Map) -> set[str]:
    """Return the names of an entry, in all spellings."""
    return {spelling for key in NAMES for text in _texts(entry.get(key)) for spelling in spellings(text)}


def has_names_of(file: Map, draft: Map) -> bool:
    """Return whether an entry has each name that a draft gives it, or one that its title holds."""
    names = names_of(file)
    titles = [text for key in NAMES for text in _texts(draft.get(key))]
    return all(any(names & spellings(name) for name in names_in_title(text)) for text in titles)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _texts(item)


def _pairs(new: Mapping[str, Hashable], rest: Mapping[str, Hashable]) -> dict[str, str]:
    """Return the ids that have a signature in common which nobody else has."""
    olds, news = _by_signature(rest), _by_signature(new)
    common = [(news[one], olds[one]) for one in news if one in olds]
    return {ids[0]: others[0] for ids, others in common if len(ids) == len(others) == 1}


def _by_signature(signatures: Mapping[str, Hashable]) -> dict[Hashable, list[str]]:
    result: dict[Hashable, list[str]] = {}
    for id_, signature in signatures.items():
        if signature is not None:
            result.setdefault(signature, []).append(id_)
    return result


def _one_to_one(result: Mapping[str, str]) -> dict[str, str]:
    counts = Counter(result.values())
    return {id_: other for id_, other in result.items() if counts[other] == 1}


def _first_parts(entries: Entries) -> dict[str, str]:
    """Return the id of an event or section → the id of its first part."""
    return {
        entry["partOf"]: id_ for id_, entry in reversed(list(entries.items())) if isinstance(entry.get("partOf"), str)
    }


# A signature takes the id of an entry, the entry, the first part of each whole, and the ids that are matched already.
Signature = Callable[[str, Map, Mapping[str, str], Mapping[str, str]], Hashable]


def _event(_id: str, entry: Map, _parts: Mapping[str, str], _ids: Mapping[str, str]) -> Hashable:
    return True if entry.get("type") == "Event" else None


def _event_of_day(_id: str, entry: Map, _parts: Mapping[str, str], _ids: Mapping[str, str]) -> Hashable:
    return entry.get("date") if entry.get("type") == "Event" else None


def _section(id_: str, entry: Map, parts: Mapping[str, str], ids: Mapping[str, str]) -> Hashable:
    if entry.get("type") != "Section":
        return None
    first = parts.get(id_)
    return (_whole(entry, ids), str(entry.get("position")), first) if first else None


def _contribution(_id: str, entry: Map, _parts: Mapping[str, str], ids: Mapping[str, str]) -> Hashable:
    speakers = entry.get("speakers")
    if entry.get("type") != "Contribution" or not speakers:
        return None
    return _whole(entry, ids), frozenset(ids.get(speaker, speaker) for speaker in speakers)


def _whole(entry: Map, ids: Mapping[str, str]) -> Any:
    return ids.get(entry.get("partOf", ""), entry.get("partOf", ""))
