"""What a document says of an event or a list, as a gold file and as a draft state it, in one form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

# The fields of an actor in a list beside its name; what stands in no gold file is not compared.
ACTOR_FIELDS: Final = ("sector", "town", "email", "telephone", "website", "topics", "projects", "role")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who speaks: name, role, organisations, and the values of which nobody can say whether they are true."""

    name: str
    role: str = ""
    organisations: tuple[str, ...] = ()
    doubtful: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Item:
    """A contribution: its title, when it begins ("14:00", or empty), who speaks and moderates.

    `also` are other wordings of the title that are right; `doubtful` are names of which nobody can say in which part they appear.
    """

    title: str
    start: str = ""
    speakers: tuple[Speaker, ...] = ()
    moderators: tuple[str, ...] = ()
    doubtful: frozenset[str] = frozenset()
    also: tuple[str, ...] = ()
    id: str = ""  # of the entry in a draft
    section: str = ""  # id of the section in a draft


@dataclass(frozen=True, slots=True)
class Actor:
    """An organisation of a list: its name, the people to contact, and field → values."""

    name: str
    contacts: tuple[str, ...] = ()
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    id: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """All that a document says; the moderators are those of the whole or of a section, `doubtful` are titles.

    `days` are those of which a gold file or a draft says that they are the event's. A draft names a first and a last day only:
    `periods` are the pairs.
    """

    days: tuple[str, ...] = ()
    periods: tuple[tuple[str, ...], ...] = ()
    place: str = ""
    moderators: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    actors: tuple[Actor, ...] = ()
    doubtful: frozenset[str] = frozenset()


def read_gold(path: Path) -> Event:
    """Read a gold file. Every scalar is a text, so that a time of day without quotation marks stays one."""
    gold: Mapping[str, Any] = yaml.load(path.read_text(encoding="utf-8"), yaml.CBaseLoader)  # texts only
    return Event(
        days=_texts(gold, "days"),
        place=gold.get("place", ""),
        moderators=_texts(gold, "moderators"),
        items=tuple(map(_item, gold.get("items") or ())),
        actors=tuple(map(_actor, gold.get("organisations") or ())),
        doubtful=frozenset(_texts(gold, "doubtful")),
    )


def _item(item: Mapping[str, Any]) -> Item:
    either = _texts(item, "either")
    return Item(
        title=item["title"],
        start=item.get("start", ""),
        speakers=tuple(one for one in map(_speaker, item.get("speakers") or ()) if one.name not in either),
        moderators=tuple(name for name in _texts(item, "moderators") if name not in either),
        doubtful=frozenset((*_texts(item, "doubtful"), *either)),
        also=_texts(item, "also"),
    )


def _speaker(speaker: Mapping[str, Any]) -> Speaker:
    return Speaker(
        name=speaker["name"],
        role=speaker.get("role", ""),
        organisations=_texts(speaker, "organisations"),
        doubtful=frozenset(_texts(speaker, "doubtful")),
    )


def _actor(actor: Mapping[str, Any]) -> Actor:
    fields = {key: values for key in ACTOR_FIELDS if (values := _texts(actor, key))}
    return Actor(actor["name"], _texts(actor, "contact"), fields)


def _texts(values: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """Return the texts below a key that may hold one or several, or nothing."""
    value: str | Sequence[str] = values.get(key) or ()
    return (value,) if isinstance(value, str) else tuple(value)
