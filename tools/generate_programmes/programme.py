"""A programme without its form: days, parts, items with their people, as a generator invents them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from tools.generate_programmes import words
from tools.generate_programmes.choices import Choices, happens
from tools.generate_programmes.names import Names, Person
from tools.generate_programmes.words import Words


@dataclass
class Slot:
    """What takes place at a time: a contribution, or a break (`is_break`).

    `is_end` marks the end of a programme, of which nobody can say whether it is an item; `number` is that of a parallel workshop.
    """

    title: str
    start: str
    end: str
    kind: str = "talk"  # or "break", "end", "opening", "panel", "workshop", "frame"
    format: str = ""
    subtitle: str = ""
    description: str = ""
    people: list[Person] = field(default_factory=list)
    moderators: list[Person] = field(default_factory=list)
    number: int = 0
    room: str = ""


@dataclass
class Part:
    """A part of a day, with a heading where the programme has some."""

    heading: str
    slots: list[Slot]
    moderators: list[Person] = field(default_factory=list)
    start: str = ""
    end: str = ""


@dataclass
class Day:
    """A day and its parts."""

    day: date
    parts: list[Part]


@dataclass
class Programme:
    """A whole programme."""

    title: str
    town: str
    place: str
    days: list[Day]
    moderators: list[Person] = field(default_factory=list)


class Inventor:
    """Invents the programme of some choices."""

    def __init__(self, chance: Random, choices: Choices) -> None:
        self._chance = chance
        self._choices = choices
        is_english = choices["language"] == "en"
        known = {"known": 1.0, "mixed": 0.75, "unknown": 0.35}[choices["organisations"]]
        self.words = Words(chance, is_english=is_english)
        self.names = Names(chance, is_english=is_english, known=known, titled=chance.choice((0.0, 0.2, 0.5)))
        self._minutes = 0

    def programme(self) -> Programme:
        """Return a new programme."""
        town = self.names.town()
        title = self.words.filled(words.EVENTS, words.ENGLISH_EVENTS, town)
        place = self._chance.choice(words.HOUSES).format(t=town)
        first = date(2031, 1, 8) + timedelta(self._chance.randint(0, 340))
        days = [Day(first + timedelta(number), list(self._parts())) for number in range(int(self._choices["days"]))]
        is_of_day = self._choices["moderator"].startswith("of the day")
        return Programme(title, town, place, days, [self.names.person()] if is_of_day else [])

    def _parts(self) -> Iterator[Part]:
        self._minutes = self._chance.choice((510, 540, 555, 570, 780, 840))
        count = (
            self._chance.randint(1, 3)
            if self._choices["sections"] == "headings" or self._choices["time"] == "blocks"
            else 1
        )
        for number in range(count):
            slots = list(self._slots(is_first=not number, is_last=number == count - 1))
            heading = (
                self.words.filled(words.SECTIONS, words.ENGLISH_SECTIONS, "")
                if self._choices["sections"] == "headings"
                else ""
            )
            is_moderated = self._choices["moderator"] == "of each part" and bool(heading)
            people = [self.names.person()] if is_moderated else []
            yield Part(heading, slots, people, slots[0].start, slots[-1].end)

    def _slots(self, *, is_first: bool, is_last: bool) -> Iterator[Slot]:
        pick = self.words.pick
        if is_first and happens(self._chance, 0.7):
            yield self._slot(pick(words.ARRIVALS, words.ENGLISH_ARRIVALS), 30, "break")
        if is_first and happens(self._chance, 0.8):
            opening = self._slot(pick(words.OPENINGS, words.ENGLISH_OPENINGS), 15, "opening")
            if happens(self._chance, 0.8):
                opening.people = [self.names.person() for _ in range(self._chance.choice((1, 1, 2)))]
            yield opening
        for _ in range(self._chance.randint(2, 4)):
            yield self._talk()
        if not is_last or happens(self._chance, 0.5):
            yield self._slot(
                pick(words.BREAKS + words.LUNCHES, words.ENGLISH_BREAKS + words.ENGLISH_LUNCHES), 30, "break"
            )
        if is_last:
            yield from self._rest()

    def _rest(self) -> Iterator[Slot]:
        pick = self.words.pick
        if self._choices["parallel"] != "none":
            start = self._minutes
            for number in range(self._chance.randint(2, 4)):
                self._minutes = start
                workshop = self._slot(self.words.title(), 60, "workshop")
                workshop.number = number + 1
                workshop.people = [self.names.person()]
                if self._choices["moderator"] in ("behind people", "before people") and happens(self._chance, 0.5):
                    workshop.moderators = [self.names.person()]
                yield workshop
        if self._choices["panel"] != "none":
            panel = self._slot(self.words.title(), 60, "panel")
            panel.format = pick(words.PANELS, words.ENGLISH_PANELS)
            panel.people = [self.names.person() for _ in range(self._chance.randint(3, 5))]
            if self._choices["moderator"] in ("behind people", "before people", "in brackets"):
                panel.moderators = [self.names.person()]
            yield panel
        if happens(self._chance, 0.6):
            closing = self._slot(pick(words.CLOSINGS, words.ENGLISH_CLOSINGS), 15, "opening")
            closing.people = [self.names.person()] if happens(self._chance, 0.4) else []
            yield closing
        if happens(self._chance, 0.7):
            yield self._slot(pick(words.ENDS, words.ENGLISH_ENDS), 60, "end")

    def _talk(self) -> Slot:
        talk = self._slot(self.words.title(), self._chance.choice((15, 20, 30, 45)), "talk")
        if self._choices["format"] != "none":
            talk.format = self.words.pick(words.FORMATS, words.ENGLISH_FORMATS)
        if self._choices["title"].startswith("subtitle") and ":" not in talk.title and "–" not in talk.title:
            talk.subtitle = self.words.pick(words.SUBTITLES, words.ENGLISH_SUBTITLES)
        if self._choices["description"] != "none" and happens(self._chance, 0.7):
            talk.description = self.words.description()
        if self._choices["room"] != "none" and happens(self._chance, 0.6):
            talk.room = self._chance.choice(words.ROOMS)
        if happens(self._chance, 0.93):
            talk.people = [self.names.person() for _ in range(self._chance.choice((1, 1, 1, 1, 2, 2, 3)))]
        return talk

    def _slot(self, title: str, minutes: int, kind: str) -> Slot:
        start = _clock(self._minutes)
        self._minutes += minutes
        return Slot(title, start, _clock(self._minutes), kind)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
