"""The programme of an event → a draft: the event, its sections, and its contributions with speakers and moderators."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Final

from itasgraph.documents.document import Document, Line, LineKind
from itasgraph.drafting.items import Item, Programme, Section, Time
from itasgraph.drafting.lexica import is_break, is_contact, is_head_label, is_room, place_in
from itasgraph.drafting.programme_lines import (
    LineReader,
    is_bullet,
    is_listed,
    is_numbered,
    names_rooms,
    with_time_first,
    without_bullet,
    without_numbering,
)
from itasgraph.drafting.programme_rows import row_item
from itasgraph.drafting.speakers import (
    Speaker,
    SpeakerGrammar,
    announces_moderator,
    announces_speakers,
    with_same_organisation,
)
from itasgraph.drafting.tables import programme_columns
from itasgraph.drafting.times import Times, leading_times, period
from itasgraph.drafting.titles import TitleGrammar, certain

_SENTENCE: Final = re.compile(r"[.!?:;,]$")
_LONGEST_HEADING: Final = 160
_LONGEST_LINE: Final = 400  # of an item; longer lines are prose


def read(document: Document, grammar: SpeakerGrammar) -> Programme:
    """Return the programme in a document; it has no section where the document holds no programme."""
    return _Reader(document, grammar).read()


class _Reader:
    def __init__(self, document: Document, grammar: SpeakerGrammar) -> None:
        self._lines = document.lines
        self._grammar = grammar
        self._titles = TitleGrammar(grammar)
        self._reader = LineReader(grammar, self._titles)
        self._sections: list[Section] = []
        self._breaks: list[int] = []
        self._heads: list[int] = []
        self._columns: list[str] = []
        self._has_rooms = False
        self._is_below_label = False
        self._heading: tuple[int, str] | None = None
        self._outer: tuple[int, str] | None = None  # the heading before, which holds on where this one is a title
        self._item: Item | None = None
        self._time: Time | None = None  # of a line that says nothing else; the title stands below
        self._names: _Names | None = None  # in the line before
        self._announces_moderator = False

    def read(self) -> Programme:
        for number, line in enumerate(self._lines, 1):
            self._line(number, line)
        sections = [section for section in self._sections if section.items]
        _settle(item for section in sections for item in section.items)
        opening = takewhile(lambda section: not section.items, self._sections)
        moderators = [one for section in opening for one in section.moderators]
        return Programme(sections, moderators, self._breaks, self._heads)

    def _line(self, number: int, line: Line) -> None:
        if line.kind is LineKind.ROW and ((columns := programme_columns(line)) or names_rooms(line)):
            self._columns, self._has_rooms = columns, not columns
            self._heads.append(number)
            return
        if line.kind is not LineKind.ROW:
            self._columns, self._has_rooms = [], False
        if self._columns and (item := row_item(number, line, self._columns, self._grammar)):
            self._row(item)
            return
        lines, parallel = self._reader.texts(line, self._columns, has_rooms=self._has_rooms)
        for text in filter(None, lines):
            if not self._is_head(line, text):
                self._read_text(number, line, with_time_first(text))
        for text in parallel:
            if not is_break(text):
                self._begin(
                    self._item_at(number, text, _time(number, with_time_first(lines[0])), "parallel-to-another")
                )

    def _is_head(self, line: Line, text: str) -> bool:
        """Return whether a line is a label of the event ("Uhrzeit"), or the value below one."""
        is_value, self._is_below_label = self._is_below_label, False
        if line.kind is not LineKind.ROW and not self._sections and is_head_label(text):
            self._is_below_label, self._time = True, None
            return True
        return is_value

    def _row(self, item: Item) -> None:
        """Read a row whose columns are known."""
        if is_break(item.title) and not item.speakers:
            self._breaks.append(item.line)
            self._item = self._time = None
        else:
            self._begin(item)

    def _read_text(self, number: int, line: Line, text: str) -> None:
        names, self._names = self._names, None
        times = leading_times(text)
        body = without_numbering(text[times.length :].lstrip(" |,–—-\n"))
        if self._is_break(body if times.length else text):
            self._breaks += [self._time.line, number] if self._time else [number]
            self._item = self._time = None
        elif len(text) > _LONGEST_LINE or is_contact(text):
            self._item = None
        elif names and not times.length and line.kind is not LineKind.HEADING and self._is_affiliation(body):
            self._names = names.extend(number, body)
            self._replace_names(names, self._names)
        elif not self._announcement(number, text, body, times):
            self._part(number, line, body, _time(number, text))

    def _part(self, number: int, line: Line, body: str, time: Time) -> None:
        """Read a line that begins an item or a section, or names speakers."""
        if self._time is not None and not time.line and self._begins_title(body):
            above, self._time = self._time, None
            self._begin(self._item_at(number, body, above, "time-above-title"))
        elif self._names_line(number, body, time) or (not time.line and self._moderated_heading(number, line, body)):
            return
        elif item := self._item_of(number, line, body, time):
            self._begin(item)
        elif self._is_heading(number, line, body):
            self._outer, self._heading = self._heading, (number, body)
            self._item = None

    def _moderated_heading(self, number: int, line: Line, body: str) -> bool:
        """Read a heading that names who moderates the section: "Vormittag – Moderation: Ida Kern"."""
        title, speakers, _ = self._titles.divide(body)
        is_heading = line.kind is LineKind.HEADING or len([cell for cell in line.cells if cell.strip()]) == 1
        if not is_heading or is_bullet(line) or not speakers or not all(one.is_moderator for one in speakers):
            return False
        self._outer, self._heading, self._item = self._heading, (number, title), None
        self._section().moderators.extend((number, one) for one in speakers)
        return True

    def _begins_title(self, body: str) -> bool:
        """Return whether a line below a time is the title: it is no name, or has the title behind one."""
        return not self._grammar.begins_with_person(body) or self._titles.divide(body).rule == "speakers-before-title"

    def _begin(self, item: Item) -> None:
        self._section().items.append(item)
        self._item = item
        self._time = None

    def _announcement(self, number: int, text: str, body: str, times: Times) -> bool:
        """Read a line that says only when, where, or that the next line names speakers or a moderator."""
        if not times.length and announces_moderator(body):
            self._announces_moderator = True
        elif not times.length and announces_speakers(body) and self._time is None:
            self._announces_moderator = False
        elif times.length and (not body or is_room(body)):
            self._time_line(_time(number, text), body)
        else:
            return self._time is not None and is_room(body) and not times.length
        return True

    def _time_line(self, time: Time, room: str) -> None:
        """Read a line that says only when: it belongs to the heading or break above it, or to the title below it."""
        heading, above = self._heading, self._previous(time.line)
        is_below = bool(room) or self._ends_title(time.line)
        if is_below and above in self._breaks:
            self._breaks.append(time.line)
        elif is_below and heading is not None and heading[0] == above:
            self._heading = self._outer
            self._begin(Item(heading[0], time, heading[1], [], "title-above-time"))
        else:
            self._time, self._item = time, None

    def _ends_title(self, number: int) -> bool:
        """Return whether a line that says only when has its title above: names, a heading or a paragraph stand below it."""
        if self._lines[number - 1].kind is LineKind.HEADING:
            return False
        below = next((line for line in self._lines[number:] if line.text.strip()), None)
        if below is None or below.kind is LineKind.HEADING or len(below.text) > _LONGEST_HEADING:
            return True
        text = self._reader.text(below)
        is_name = self._grammar.begins_with_person(text) and self._titles.divide(text).rule != "speakers-before-title"
        return is_name or announces_moderator(text) or announces_speakers(text)

    def _previous(self, number: int) -> int:
        """Return the number of the line with text before a line, or 0."""
        return next((at for at in range(number - 1, 0, -1) if self._lines[at - 1].text.strip()), 0)

    def _is_break(self, text: str) -> bool:
        return is_break(text) and not self._titles.divide(text).speakers

    def _names_line(self, number: int, body: str, time: Time) -> bool:
        """Add a line of names to the item before it, or its moderators to the section or the whole."""
        is_position = self._item is not None and bool(self._item.time.start)
        if time.line or not self._grammar.begins_with_person(body, is_position=is_position):
            return False
        names = _Names(number, (number,), body, self._announces_moderator)
        self._announces_moderator = False
        speakers = names.speakers(self._grammar)
        if not speakers or (self._item is None and not all(speaker.is_moderator for _, speaker in speakers)):
            return False
        self._names = names
        people = self._speakers()
        people.extend(speakers)
        _replace_same(people)
        return True

    def _speakers(self) -> list[tuple[int, Speaker]]:
        """Return where people in a line of their own belong: the open item, else the section."""
        return self._section().moderators if self._item is None else self._item.speakers

    def _replace_names(self, before: _Names, names: _Names) -> None:
        """Read names again with the line of roles and organisations below them."""
        if speakers := names.speakers(self._grammar):
            people = self._speakers()
            people[len(people) - len(before.speakers(self._grammar)) :] = speakers
            _replace_same(people)

    def _item_at(self, number: int, body: str, time: Time, rule: str = "") -> Item:
        title, speakers, divided = self._titles.divide(body)
        return Item(number, time, title, [(number, one) for one in speakers], rule or divided)

    def _item_of(self, number: int, line: Line, body: str, time: Time) -> Item | None:
        """Return the item in a line: with a time, or with speakers behind the title, or a bullet among such lines."""
        title, speakers, rule = self._titles.divide(body)
        if body[:1].islower() and not time.start:  # goes on with what the line above says
            return None
        if speakers and (title or time.start):
            whole = (
                time if time.start or not self._is_parallel(number, line) else self._item.time if self._item else Time()
            )
            return Item(number, whole, title, [(number, one) for one in speakers], rule)
        if time.start and body:
            return Item(number, time, title, [], "time-and-title")
        if self._is_numbered(body):
            return Item(number, self._item.time if self._item else Time(), title, [], "numbered-title")
        is_name = self._grammar.begins_with_person(body)
        if is_bullet(line) and not is_name and self._has_items_around(number):
            return Item(number, time, title, [], "bullet-among-items")
        return None

    def _is_numbered(self, body: str) -> bool:
        """Return whether a line is the title of a numbered item at the time of the one above: "WS 2 Die Wiese als Apotheke"."""
        item = self._item
        is_open = item is not None and (not item.speakers or item.rule == "numbered-title")
        return is_open and item is not None and bool(item.time.start) and is_numbered(body)

    def _is_affiliation(self, body: str) -> bool:
        return not is_numbered(body) and self._grammar.is_affiliation(body)

    def _is_parallel(self, number: int, line: Line) -> bool:
        """Return whether a line with title and speakers takes place at the time of the item above: a bullet below it."""
        item = self._item
        return item is not None and bool(item.time.start) and is_listed(line) and self._is_below(item, number)

    def _is_below(self, item: Item, number: int) -> bool:
        """Return whether nothing but bullets stands between an item and a line."""
        between = self._lines[item.line : number - 1]
        return all(is_listed(line) for line in between)

    def _has_items_around(self, number: int) -> bool:
        """Return whether the list of bullets around a line holds a line with title and speakers."""
        for step in (-1, 1):
            at = number - 1 + step
            while 0 <= at < len(self._lines) and is_bullet(self._lines[at]):
                if self._titles.divide(without_bullet(self._lines[at].text)).speakers:
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
        found = grammar.speakers(self.text, is_position=True)
        return [(self.line, replace(one, is_moderator=self.is_moderator or one.is_moderator)) for one in certain(found)]


def _replace_same(people: list[tuple[int, Speaker]]) -> None:
    """Give those who are "ebenda" the organisation of the person before them."""
    people[:] = [
        (line, one) for (line, _), one in zip(people, with_same_organisation([one for _, one in people]), strict=True)
    ]


def _settle(items: Iterable[Item]) -> None:
    """Take the doubt from bare names of people whom another line of the document gives with role or organisation."""
    items = list(items)
    people = [one for item in items for _, one in item.speakers]
    known = {one.name for one in people if one.doubt is None and (one.organisations or one.role)}
    for item in items:
        item.speakers = [(line, _settled(one) if one.name in known else one) for line, one in item.speakers]


def _settled(speaker: Speaker) -> Speaker:
    """Return somebody whose affiliation another line says, without a doubt about what this line lacks."""
    if speaker.doubt == "doubt-organisation-of-next":
        return replace(speaker, doubt=None, organisations=())
    return certain([speaker])[0]


def _time(number: int, text: str) -> Time:
    """Return the time with which the text of a line begins; without a line where it begins with none."""
    times = leading_times(text)
    words = " ".join(text[: times.length].strip(" |–—-:,\n").split())
    return Time(times.start, times.end, number, words) if times.length else Time()
