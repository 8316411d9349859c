"""A drafted data file → what it says, in the form of a gold file, and its doubts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tools.score_drafts.event import Actor, Event, Item, Speaker

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Flag:
    """A value below `review:`: the entry and key that it is about, its rule, its words, and its candidates by name."""

    about: str
    key: str
    rule: str
    quote: str
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DataFile:
    """A drafted data file: what it says, section or event → its moderators, and what it leaves undecided."""

    event: Event
    moderators: Mapping[str, tuple[str, ...]]
    flags: tuple[Flag, ...]
    quotes: tuple[tuple[str, int], ...]  # each with its line, or 0


def read(path: Path) -> DataFile:
    """Read a data file that `draft` wrote."""
    content: Entry = yaml.load(path.read_text(encoding="utf-8"), yaml.CBaseLoader)  # texts only
    return _Reader(content).read()


class _Reader:
    def __init__(self, content: Entry) -> None:
        self._content = content
        self._entries: dict[str, Entry] = {entry["id"]: entry for entry in content["says"]}

    def read(self) -> DataFile:
        events = self._of("Event")
        sections = [*events, *self._of("Section")]
        moderators = {entry["id"]: self._names(entry.get("moderators")) for entry in sections if "moderators" in entry}
        event = Event(
            days=tuple(dict.fromkeys(day for entry in events for day in _period(entry))),
            periods=tuple(period for entry in events if (period := _period(entry))),
            place="; ".join(name for entry in events for name in self._names(entry.get("location"))),
            items=tuple(map(self._item, self._of("Contribution"))),
            actors=tuple(map(self._actor, self._of("Organisation"))),
        )
        flags = tuple(map(self._flag, self._content.get("review") or ()))
        return DataFile(event, moderators, flags, tuple(_quotes(self._content["says"])))

    def _of(self, kind: str) -> list[Entry]:
        return [entry for entry in self._entries.values() if entry.get("type") == kind]

    def _name(self, id_: str) -> str:
        entry = self._entries.get(id_, {})
        labels: Mapping[str, str] = entry.get("label", {})
        return entry.get("name") or next(iter(labels.values()), id_)

    def _names(self, value: str | Sequence[str] | Mapping[str, Any] | None) -> tuple[str, ...]:
        """Return the names behind an id, several ids, or relations."""
        return tuple(map(self._name, [value] if isinstance(value, str) else value or ()))

    def _item(self, entry: Entry) -> Item:
        speakers = tuple(
            Speaker(self._name(id_), self._role(details), self._names(details.get("organisation")))
            for id_, details in entry.get("speakers", {}).items()
        )
        moderators = self._names(entry.get("moderators"))
        return Item(
            entry["title"],
            entry.get("start", ""),
            speakers,
            moderators,
            id=entry["id"],
            section=entry.get("partOf", ""),
        )

    def _role(self, details: Mapping[str, Any]) -> str:
        return self._name(details["role"]) if "role" in details else ""

    def _actor(self, entry: Entry) -> Actor:
        contacts: Mapping[str, Mapping[str, Any]] = entry.get("contactPersons", {})
        people = [self._entries.get(id_, {}) for id_ in contacts]
        fields = {
            "sector": self._names(entry.get("sector")),
            "town": self._names(entry.get("location")),
            "topics": tuple(entry.get("words", ())),
            "role": tuple(filter(None, map(self._role, contacts.values()))),
            "projects": tuple(
                self._name(one["id"]) for one in self._of("Project") if entry["id"] in one.get("participants", {})
            ),
        }
        for key in ("email", "telephone", "website"):
            fields[key] = tuple(text for one in (entry, *people) for text in _listed(one.get(key)))
        return Actor(self._name(entry["id"]), self._names(contacts), fields, id=entry["id"])

    def _flag(self, item: Entry) -> Flag:
        candidates = self._names(item.get("candidates"))
        return Flag(item.get("about", ""), item.get("key", ""), item.get("rule", ""), item["quote"], candidates)


def _listed(value: str | list[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else value or []


def _period(event: Entry) -> tuple[str, ...]:
    """Return the first and the last day of an event, which may be one; without a day, nothing."""
    return (event["date"], event.get("endDate", event["date"])) if "date" in event else ()


def _quotes(value: Any) -> Iterator[tuple[str, int]]:
    """Yield all quotes below a value, each with the line that it names, or 0."""
    if isinstance(value, list):
        for item in value:
            yield from _quotes(item)
    elif isinstance(value, dict):
        quotes = _listed(value.get("quote"))
        yield from ((quote, int(value.get("line", 0))) for quote in quotes)
        for inner in value.values():
            yield from _quotes(inner)
