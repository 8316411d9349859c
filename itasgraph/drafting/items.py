"""What is read from a programme: its items with their times and people, its sections, and what is left out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from itasgraph.drafting.speakers import Speaker


class Time(NamedTuple):
    """When an item takes place ("14:00", or empty), and the line and the words that say so."""

    start: str = ""
    end: str = ""
    line: int = 0
    words: str = ""


@dataclass
class Item:
    """An item of a programme: the line of its title, its time, and who speaks or moderates, with the lines of their names.

    The rule is the name of what recognised it; the day is empty where the document names none for the item. `words` are the title
    as it stands in one or several lines.
    """

    line: int
    time: Time
    title: str
    speakers: list[tuple[int, Speaker]] = field(default_factory=list)
    rule: str = ""
    day: str = ""
    words: tuple[str, ...] = ()


@dataclass
class Section:
    """A part of a programme below a heading; the line is 0 for what stands before the first one.

    The rule is the name of what recognised it.
    """

    line: int
    title: str
    rule: str = ""
    items: list[Item] = field(default_factory=list)
    moderators: list[tuple[int, Speaker]] = field(default_factory=list)


@dataclass
class Programme:
    """What was read: the sections, who moderates the whole, and the lines of breaks and of the headings of tables."""

    sections: list[Section]
    moderators: list[tuple[int, Speaker]]
    breaks: list[int]
    heads: list[int]
