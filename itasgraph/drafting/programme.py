"""The programme of an event → a draft: the event, its sections, and its contributions with speakers and moderators."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import Final, NamedTuple

from itasgraph.documents.document import CELL_SEPARATOR, Document, Line, LineKind
from itasgraph.drafting.lexica import is_break, is_contact, is_room, place_in
from itasgraph.drafting.people import without_nobody
from itasgraph.drafting.speakers import Speaker, SpeakerGrammar, announces_moderator
from itasgraph.drafting.tables import programme_columns
from itasgraph.drafting.times import Times, leading_times, period

# What may stand between a title and its speakers: a bar, a dash, or the comma of a line whose end reads as a name.
_BETWEEN: Final = re.compile(r"\s*[|\n]\s*|\s+[–—-]\s+|\s*,\s+|\s*:\s+|\s+\(")
_BULLET: Final = re.compile(r"^\s*[•*–-]\s+")
_SENTENCE: Final = re.compile(r"[.!?:;,]$")
_LONGEST_HEADING: Final = 160
_LONGEST_LINE: Final = 400  # of an item; longer lines are prose


class Time(NamedTuple):
    """When an item takes place ("14:00", or empty), and the line and the words that say so."""

    start: str = ""
    end: str = ""
    line: int = 0
    words: str = ""


@dataclass
class Item:
    """An item of a programme: the line of its title, its time, and who speaks or moderates, with the lines of their names."""

    line: int
    time: Time
    title: str
    speakers: list[tuple[int, Speaker]] = field(default_factory=list)
    rule: str = ""


@dataclass
class Section:
    """A part of a programme below a heading; the line is 0 for what stands before the first one."""

    line: int
    title: str
    items: list[Item] = field(default_factory=list)
    moderators: list[tuple[int, Speaker]] = field(default_factory=list)


@dataclass
class Programme:
    """What was read: the sections, who moderates the whole, and the lines of breaks and of the headings of tables."""

    sections: list[Section]
    moderators: list[tuple[int, Speaker]]
    breaks: list[int]
    heads: list[int]


def read(document: Document, grammar: SpeakerGrammar) -> Programme:
    """Return the programme in a document; it has no section where the document holds no programme."""
    return _Reader(document, grammar).read()


class _Reader:
    def __init__(self, document: Document, grammar: SpeakerGrammar) -> None:
        self._lines = document.lines
        self._grammar = grammar
        self._sections: list[Section] = []
        self._breaks: list[int] = []
        self._heads: list[int] = []
        self._columns: list[str] = []
        self._heading: tuple[int, str] | None = None
        self._item: Item | None = None
        self._time: Time | None = None  # of a line that says nothing else; the title stands below
        self._names: _Names | None = None  # in the line before
        self._announces_moderator = False

    def read(self) -> Programme:
        for number, line in enumerate(self._lines, 1):
            self._line(number, line)
        sections = [section for section in self._sections if section.items]
        opening = takewhile(lambda section: not section.items, self._sections)
        moderators = [one for section in opening for one in section.moderators]
        return Programme(sections, moderators, self._breaks, self._heads)

    def _line(self, number: int, line: Line) -> None:
        names, self._names = self._names, None
        if line.kind is LineKind.ROW and (columns := programme_columns(line)):
            self._columns = columns
            self._heads.append(number)
            return
        self._columns = self._columns if line.kind is LineKind.ROW else []
        text = self._text(line)
        if not text:
            return
        times = leading_times(text)
        body = text[times.length :].lstrip(" |,–—-")
        if self._is_break(body if times.length else text):
            self._breaks += [self._time.line, number] if self._time else [number]
            self._item = self._time = None
        elif len(text) > _LONGEST_LINE or is_contact(text):
            self._item = None
        elif names and not times.length and line.kind is not LineKind.HEADING and self._grammar.is_affiliation(body):
            self._names = names.extend(number, body)
            self._replace_names(names, self._names)
        elif not self._announcement(number, body, times):
            self._part(number, line, body, times)

    def _part(self, number: int, line: Line, body: str, times: Times) -> None:
        """Read a line that begins an item or a section, or names speakers."""
        time = Time(times.start, times.end, number, " ".join(self._text(line)[: times.length].strip(" |–—-:").split()))
        if self._time is not None and not times.length and not self._grammar.begins_with_person(body):
            time, self._time = self._time, None
            self._begin(self._timed_item(number, body, time))
        elif self._names_line(number, body, times):
            return
        elif item := self._item_of(number, line, body, time if times.length else Time()):
            self._begin(item)
        elif self._is_heading(number, line, body):
            self._heading = (number, body)
            self._item = None

    def _begin(self, item: Item) -> None:
        self._section().items.append(item)
        self._item = item
        self._time = None

    def _announcement(self, number: int, body: str, times: Times) -> bool:
        """Read a line that says only when, where, or that the next line names speakers or a moderator."""
        if not times.length and announces_moderator(body):
            self._announces_moderator = True
        elif times.length and (not body or is_room(body)):
            time = Time(
                times.start, times.end, number, self._text(self._lines[number - 1])[: times.length].strip(" |–—-:,")
            )
            heading = self._heading
            is_of_heading = body and heading is not None and heading[0] == self._previous(number)
            if is_of_heading and heading is not None:
                self._heading = None
                self._begin(Item(heading[0], time, heading[1], [], "heading-and-time"))
            else:
                self._time, self._item = time, None
        else:
            return self._time is not None and is_room(body) and not times.length
        return True

    def _previous(self, number: int) -> int:
        """Return the number of the line with text before a line, or 0."""
        return next((at for at in range(number - 1, 0, -1) if self._lines[at - 1].text.strip()), 0)

    def _text(self, line: Line) -> str:
        """Return a line without its bullet; of a row, its cells as far as they say something of a programme."""
        if line.kind is not LineKind.ROW:
            text = _without_bullet(line.plain)
            return text.replace("**", "", 2) if text.startswith("**") else text
        columns = self._columns or [""] * len(line.cells)
        wrap = " " if line.page else "\n"  # on a printed page, the lines of a cell are wrapped
        cells = [
            (key, cell.strip().replace("\n", wrap))
            for key, cell in zip(columns, line.cells, strict=False)
            if cell.strip() and key != "room"
        ]
        text = CELL_SEPARATOR.join(cell for _, cell in cells)
        if [key for key, _ in cells[:2]] == ["start", "end"]:
            text = text.replace(CELL_SEPARATOR, " – ", 1)
        return text

    def _is_break(self, text: str) -> bool:
        return is_break(text) and not self._divide(text)[1]

    def _names_line(self, number: int, body: str, times: Times) -> bool:
        """Add a line of names to the item before it, or its moderators to the section or the whole."""
        if times.length or not self._grammar.begins_with_person(body):
            return False
        names = _Names(number, (number,), body, self._announces_moderator)
        self._announces_moderator = False
        speakers = names.speakers(self._grammar)
        if not speakers or (self._item is None and not all(speaker.is_moderator for _, speaker in speakers)):
            return False
        self._names = names
        self._speakers().extend(speakers)
        return True

    def _speakers(self) -> list[tuple[int, Speaker]]:
        """Return where people in a line of their own belong: the open item, else the section."""
        return self._section().moderators if self._item is None else self._item.speakers

    def _replace_names(self, before: _Names, names: _Names) -> None:
        """Read names again with the line of roles and organisations below them."""
        if speakers := names.speakers(self._grammar):
            people = self._speakers()
            people[len(people) - len(before.speakers(self._grammar)) :] = speakers

    def _timed_item(self, number: int, body: str, time: Time) -> Item:
        title, speakers = self._divide(body)
        return Item(number, time, title, [(number, one) for one in speakers], "time-above-title")

    def _item_of(self, number: int, line: Line, body: str, time: Time) -> Item | None:
        """Return the item in a line: with a time, or with speakers behind the title, or a bullet among such lines."""
        title, speakers = self._divide(body)
        if speakers and (title or time.start):
            return Item(number, time, title, [(number, one) for one in speakers], "title-and-speakers")
        if time.start and body:
            return Item(number, time, title, [], "time-and-title")
        is_name = self._grammar.begins_with_person(body)
        if _is_bullet(line) and not is_name and self._has_items_around(number):
            return Item(number, time, title, [], "bullet-among-items")
        return None

    def _divide(self, body: str) -> tuple[str, list[Speaker]]:
        """Divide a line into title and speakers: at the first place behind which nothing but speakers stands."""
        for match in _BETWEEN.finditer(body):
            rest = body[match.end() :]
            if match.start() and self._grammar.begins_with_person(rest):
                rest = rest[:-1] if match.group().endswith("(") and rest.endswith(")") else rest
                if speakers := self._grammar.speakers(rest):
                    return _title(body[: match.start()]), speakers
        return _title(without_nobody(body)), []

    def _has_items_around(self, number: int) -> bool:
        """Return whether the list of bullets around a line holds a line with title and speakers."""
        for step in (-1, 1):
            at = number - 1 + step
            while 0 <= at < len(self._lines) and _is_bullet(self._lines[at]):
                if self._divide(_without_bullet(self._lines[at].text))[1]:
                    return True
                at += step
        return False

    def _is_heading(self, number: int, line: Line, text: str) -> bool:
        if line.kind is LineKind.HEADING:
            return True
        before = self._lines[number - 2].text.strip() if number > 1 else ""
        says_when_or_where = period(text) is not None or bool(place_in(text))
        is_alone = not before and line.kind is LineKind.PARAGRAPH and not says_when_or_where
        return is_alone and len(text) <= _LONGEST_HEADING and not _SENTENCE.search(text)

    def _section(self) -> Section:
        """Return the section of the last heading; make it with its first item."""
        number, title = self._heading or (0, "")
        if not self._sections or self._sections[-1].line != number:
            self._sections.append(Section(number, title))
        return self._sections[-1]


@dataclass(frozen=True, slots=True)
class _Names:
    """Names in a line of their own, with the lines of roles and organisations below them."""

    line: int
    lines: tuple[int, ...]
    text: str
    is_moderator: bool

    def extend(self, number: int, text: str) -> _Names:
        return _Names(self.line, (*self.lines, number), f"{self.text}\n{text}", self.is_moderator)

    def speakers(self, grammar: SpeakerGrammar) -> list[tuple[int, Speaker]]:
        """Return the people, each with the line of the names."""
        found = grammar.speakers(self.text)
        if self.is_moderator:
            found = [
                replace(one, is_moderator=True, doubt=None if one.doubt == "doubt-bare-name" else one.doubt)
                for one in found
            ]
        return [(self.line, one) for one in found]


def _title(text: str) -> str:
    """Return a title on one line, without the emphasis of Markdown."""
    return " ".join(text.strip(" |–—-*_\n").split())


def _without_bullet(text: str) -> str:
    """Return a line with single spaces, and without the bullet before it."""
    return " ".join(_BULLET.sub("", text, count=1).split())


def _is_bullet(line: Line) -> bool:
    return line.kind is LineKind.BULLET or _BULLET.match(line.text) is not None
