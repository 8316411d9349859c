"""The programme of an event → its sections and contributions, with the speakers and moderators of each.

The document is read line by line. A time, a heading or a bullet begins an item; the lines below it, down to the next one, name its
title where that is missing, then rooms, people, and the roles and organisations of these people.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, takewhile
from typing import Final, NamedTuple

from itasgraph.documents.document import Document, Line, LineKind
from itasgraph.drafting.items import Item, Programme, Section, Time
from itasgraph.drafting.lexica import (
    begins_other_part,
    is_break,
    is_contact,
    is_format,
    is_head_label,
    is_room,
    place_in,
)
from itasgraph.drafting.programme_lines import Piece, is_numbered, pieces, without_numbering
from itasgraph.drafting.programme_rows import RowReader, TableRow
from itasgraph.drafting.speakers import (
    Speaker,
    SpeakerGrammar,
    announces_moderator,
    announces_speakers,
    with_same_organisation,
)
from itasgraph.drafting.times import Period, Times, leading_times, period
from itasgraph.drafting.titles import Division, TitleGrammar, certain, plain_title

_SENTENCE: Final = re.compile(r"[.!?:;,]$")
_SPEAKERS_FIRST: Final = "speakers-before-title"  # a rule
_QUOTED: Final = re.compile(r"[„“\"»](.+)[“”\"«]\s*")
# A title behind its number or format: 'Impuls 2: „Holz“'.
_NUMBERED: Final = re.compile(
    r"(?:Tisch|Workshop|Werkstatt|Forum|Fachforum|AG|Arbeitsgruppe|Gruppe|Impuls|Pitch|Session|Panel|Track|Strang|Block|Table|Talk|Lab|Raum)\s*"
    r"(?:\d+|[A-H]|[IVX]+)\b[^:–]{0,30}[:–]\s*"
)
_LETTER: Final = re.compile(r"[A-H1-9]\s?[.:)]\s")
_ROOM_BEHIND: Final = re.compile(r"\s*\(((?:[A-ZÄÖÜ][\w.-]*|\d+)(?:\s+[\w.-]+)?)\)$")
_EVERY: Final = re.compile(r"\b(?:jeweils|each|every)\b.*?(\d{1,2}(?:[.:]\d\d)?\s*(?:Uhr|[ap]m)?\b.*)", re.I)
_OF_THE_WHOLE: Final = re.compile(
    r"(?:Gesamt|Tages)moderation|durch (?:den|die) \w+ (?:führt|führen)|(?:chair|moderator|host) of the day|(?:moderated|chaired) throughout",
    re.I,
)
_LONGEST_HEADING: Final = 160
_LONGEST_LINE: Final = 400  # of an item; longer lines are prose
_LONGEST_AFFILIATION: Final = 90
_MOST_AFFILIATION_LINES: Final = 3  # below a name
_LONGEST_ROOM: Final = 4  # words
_MOST_FORMAT_WORDS: Final = 2
_FEWEST_TIMES: Final = 3  # of a programme whose items all have a time
_DAYS: Final = 2  # from which on the lines of days divide a programme


def read(document: Document, grammar: SpeakerGrammar) -> Programme:
    """Return the programme in a document; it has no section where the document holds no programme."""
    return _Reader(document, grammar).read()


class _Heading(NamedTuple):
    line: int
    text: str


class _Reader:
    def __init__(self, document: Document, grammar: SpeakerGrammar) -> None:
        self._grammar = grammar
        # A line is divided for what it may be in turn: a break, an item, one of a list.
        self._divide = functools.cache(TitleGrammar(grammar).divide)
        self._pieces = list(pieces(document))
        self._rows = RowReader(grammar)
        self._sections: list[Section] = []
        self._moderators: list[tuple[int, Speaker]] = []
        self._breaks: list[int] = []
        self._heading: _Heading | None = None
        self._outer: _Heading | None = None  # the one before, which holds on where this one is the title of an item
        self._item: Item | None = None
        self._time: Time | None = None  # of a line that says nothing else; the title stands below
        self._waiting: _Names | None = None  # speakers whose title stands below
        self._names: _Names | None = None  # in the line before
        self._announces_moderator = False
        self._is_below_label = False
        self._is_elsewhere = False  # in a part that is no programme
        self._at = 0
        texts = [piece for piece in self._pieces if isinstance(piece, Piece)]
        self._is_timed = sum(map(_has_time, self._pieces)) >= _FEWEST_TIMES
        self._every = next((time for piece in texts if (time := _every_time(piece))), Time())
        days = {piece.line: found.first for piece in texts if (found := _whole_period(piece.text))}
        self._days = set(days) if len(set(days.values())) >= _DAYS else set[int]()

    def read(self) -> Programme:
        for at, piece in enumerate(self._pieces):
            self._at = at
            if isinstance(piece, Piece):
                self._piece(piece)
            else:
                self._row(*piece)
        sections = [section for section in self._sections if section.items]
        items = [item for section in sections for item in section.items]
        for item in items:
            _replace_same(item.speakers)
        _settle(items)
        opening = takewhile(lambda section: not section.items, self._sections)
        moderators = [one for section in opening for one in section.moderators]
        return Programme(sections, [*moderators, *self._moderators], self._breaks, self._rows.heads)

    # --- lines --------------------------------------------------------------------------------------------------------

    def _is_head(self, piece: Piece) -> bool:
        """Return whether a line is a label of the event ("Uhrzeit"), or the value below one."""
        is_value, self._is_below_label = self._is_below_label, False
        if not self._sections and is_head_label(piece.text):
            self._is_below_label, self._time = True, None
            return True
        return is_value

    def _piece(self, piece: Piece) -> None:
        if self._is_head(piece):
            return
        times = leading_times(piece.text)
        body = without_numbering(piece.text[times.length :].lstrip(" |,–—-"))
        if piece.line in self._days or piece.kind is LineKind.HEADING:
            self._is_elsewhere = False
        if self._is_elsewhere and not times.length:
            return
        if piece.line in self._days:
            self._begin_section(piece.line, piece.text)
        elif self._is_break(body if times.length else piece.text) and (times.length or self._time or not self._item):
            self._break(piece.line)
        elif is_contact(piece.text) or (len(piece.text) > _LONGEST_LINE and not times.length):
            self._close()
        elif times.length:
            self._timed(piece, body, times)
        elif piece.kind is LineKind.HEADING:
            self._head(piece)
        else:
            self._below(piece)

    def _timed(self, piece: Piece, body: str, times: Times) -> None:
        """Read a line that begins with a time."""
        words = " ".join(piece.text[: times.length].strip(" |–—-:,").split())
        time = Time(times.start, times.end, piece.line, words)
        self._close()
        if body and not is_room(body):
            self._begin(self._titled(piece, body, time))
        elif self._is_title_above():
            heading = self._heading
            assert heading is not None
            self._heading = self._outer
            if self._is_break(heading.text):
                self._breaks.append(heading.line)
                self._break(piece.line)
                return
            self._begin(Item(heading.line, time, heading.text, [], "title-above-time"))
        elif self._is_below_break():
            self._breaks.append(piece.line)
        else:
            self._time = time

    def _is_below_break(self) -> bool:
        """Return whether a line that says only when belongs to the break above it: another heading or the end follows."""
        before = self._pieces[self._at - 1] if self._at else None
        following = self._following()
        is_break = isinstance(before, Piece) and before.kind is LineKind.HEADING and before.line in self._breaks
        return is_break and (following is None or following.kind is LineKind.HEADING)

    def _is_title_above(self) -> bool:
        """Return whether the heading in the line before is the title of the item whose time this is."""
        before = self._pieces[self._at - 1] if self._at else None
        if self._heading is None or not isinstance(before, Piece) or before.line != self._heading.line:
            return False
        following = self._following()
        if before.line in self._days:
            return False
        if following is None:
            return self._at + 1 == len(self._pieces)
        text = following.text
        if announces_speakers(text) or announces_moderator(text):
            return True
        is_end = following.kind is LineKind.HEADING or leading_times(text).length or following.line in self._days
        return bool(is_end or self._grammar.begins_with_person(text) or len(text) > _LONGEST_HEADING)

    def _following(self) -> Piece | None:
        """Return the next line that is no room; None where a table or the end follows."""
        for piece in self._pieces[self._at + 1 :]:
            if not isinstance(piece, Piece):
                return None
            if not is_room(piece.text):
                return piece
        return None

    def _head(self, piece: Piece) -> None:
        """Read a heading: the title of an item, or of a part of the programme."""
        if self._time is not None and not begins_other_part(piece.text):
            self._begin(self._titled(piece, piece.text, self._time))
            return
        self._close()
        following = self._following()
        names = following is not None and self._grammar.begins_with_person(following.text)
        if begins_other_part(piece.text):
            self._is_elsewhere = True
        elif names and following and not self._is_timed and not self._only_moderators(following):
            self._begin(self._titled(piece, piece.text, self._every))
        else:
            self._begin_section(piece.line, piece.text)

    def _only_moderators(self, piece: Piece) -> bool:
        return all(speaker.is_moderator for speaker in self._grammar.speakers(piece.text))

    def _below(self, piece: Piece) -> None:
        """Read a line that has no time: people, their affiliations, a title whose time stands above, or an item of a list."""
        names, self._names = self._names, None
        text = piece.text
        if announces_moderator(text):
            self._announces_moderator = True
        elif announces_speakers(text) and (self._item is not None or self._time is None):
            self._announces_moderator = False
        elif names is not None and self._continues(names, piece):
            self._extend(names, piece)
        elif is_room(text) or (self._time is not None and self._has_title_below(text)):
            self._names = names
        elif self._time is not None:
            self._below_time(piece, self._time)
        elif item := self._item_of(piece):
            self._begin(item)
        elif self._people(piece, text):
            pass
        elif self._is_heading(piece):
            self._begin_section(piece.line, text)

    def _has_title_below(self, text: str) -> bool:
        """Return whether the line between a time and a heading is short enough for the name of a room."""
        following = self._pieces[self._at + 1] if self._at + 1 < len(self._pieces) else None
        is_title = (
            isinstance(following, Piece) and following.kind is LineKind.HEADING and following.line not in self._days
        )
        return is_title and len(text.split()) <= _LONGEST_ROOM

    def _below_time(self, piece: Piece, time: Time) -> None:
        """Read the first line below a time: the title, or the speakers, below whom the title stands then."""
        is_names = self._grammar.begins_with_person(piece.text) and not self._has_speakers_first(piece.text)
        following = self._following()
        has_title = following is not None and not self._ends_item(following)
        if is_names and self._waiting is None and has_title:
            self._waiting = self._names = _Names.of(piece, is_moderator=False)
        elif is_names and (self._waiting is not None or has_title):
            self._waiting = self._names = self._waiting.join(piece) if self._waiting else _Names.of(piece)
        else:
            self._begin(self._titled(piece, piece.text, time))

    def _has_speakers_first(self, text: str) -> bool:
        return self._divide(text).rule == _SPEAKERS_FIRST

    def _ends_item(self, piece: Piece) -> bool:
        return piece.kind is LineKind.HEADING or bool(leading_times(piece.text).length) or piece.line in self._days

    # --- items --------------------------------------------------------------------------------------------------------

    def _titled(self, piece: Piece, body: str, time: Time) -> Item:
        """Return the item of a line that holds its title, perhaps with its speakers."""
        title, speakers, rule = self._divide(body)
        words: tuple[str, ...] = (title,)
        if len(piece.parts) > 1 and all(title not in part for part in piece.parts):
            words = tuple(part for part in piece.parts if _shares(part, title))
        rule = "time-above-title" if rule == "title-alone" and time.line not in (0, piece.line) else rule
        return Item(piece.line, time, bare_title(title), [(piece.line, one) for one in speakers], rule, words=words)

    def _item_of(self, piece: Piece) -> Item | None:
        """Return the item in a line without a time: part of the item before it, or with speakers, or a bullet among such lines."""
        title, speakers, rule = self._divide(piece.text)
        if rule != _SPEAKERS_FIRST and self._grammar.begins_with_person(piece.text):
            return None
        is_bullet = piece.kind is LineKind.BULLET
        if self._item is not None and self._item.time.start:
            return self._part_of(self._item, piece, title, speakers)
        if self._is_timed:
            return None
        if speakers and title and (is_bullet or not _SENTENCE.search(piece.text)):
            return self._titled(piece, piece.text, self._every)
        return self._titled(piece, piece.text, self._every) if is_bullet and self._is_among_items(speakers) else None

    def _part_of(self, item: Item, piece: Piece, title: str, speakers: list[Speaker]) -> Item | None:
        """Return the item in a line below another one with a time, whose time it has; None where the line only describes that one."""
        is_bullet = piece.kind is LineKind.BULLET or _LETTER.match(piece.text) is not None or self._is_beside(piece)
        is_quoted = _QUOTED.fullmatch(title.strip()) is not None
        is_open = not item.speakers or item.rule == "numbered-title"
        if is_open and is_numbered(piece.text) and not speakers:
            return replace(self._titled(piece, piece.text, item.time), rule="numbered-title")
        if _NUMBERED.match(piece.text) or (is_bullet and title and (speakers or is_quoted)):
            return self._titled(piece, piece.text, item.time)
        if is_quoted and _is_format(item.title) and not item.speakers:
            return self._named_item(item, piece)
        return None

    def _is_beside(self, piece: Piece) -> bool:
        """Return whether a line inside of a bullet is one of several that name a title and people each."""
        return piece.is_inside and piece.line in self._bullets_with_items

    @functools.cached_property
    def _bullets_with_items(self) -> set[int]:
        """The numbers of the lines of bullets inside of which several lines stand, each with a title and people."""
        inside: dict[int, list[Division]] = defaultdict(list)
        for piece in self._pieces:
            if isinstance(piece, Piece) and piece.is_inside:
                inside[piece.line].append(self._divide(piece.text))
        return {
            line for line, divisions in inside.items() if len(divisions) > 1 and all(map(_names_speakers, divisions))
        }

    def _named_item(self, item: Item, piece: Piece) -> Item:
        """Return an item whose own title stands below the name of its format; it takes the place of that one."""
        self._section().items.remove(item)
        return replace(self._titled(piece, piece.text, item.time), rule="title-below-format")

    def _is_among_items(self, speakers: Sequence[Speaker]) -> bool:
        """Return whether the list of bullets around a line, which names these speakers, holds another line with speakers."""
        return self._speaking_lines[self._at] > bool(speakers)

    @functools.cached_property
    def _speaking_lines(self) -> dict[int, int]:
        """Position of each bullet → how many lines of its list name speakers."""
        counts: dict[int, int] = {}
        for is_list, run in groupby(enumerate(self._pieces), lambda pair: _is_listed(pair[1])):
            if is_list:
                texts = {at: piece.text for at, piece in run if isinstance(piece, Piece)}
                counts |= dict.fromkeys(texts, sum(bool(self._divide(text).speakers) for text in texts.values()))
        return counts

    def _begin(self, item: Item) -> None:
        self._section().items.append(item)
        self._item, self._time = item, None
        self._names = None
        if self._waiting is not None:
            item.speakers[:0] = self._waiting.speakers(self._grammar)
            self._waiting = None
        elif item.speakers and item.rule != _SPEAKERS_FIRST:
            quote = item.speakers[-1][1].quote
            self._names = _Names(item.line, quote, kept=len(item.speakers) - 1, is_behind_title=True)

    def _break(self, line: int) -> None:
        self._breaks += [self._time.line, line] if self._time else [line]
        self._close()

    def _close(self) -> None:
        """End the item that is open."""
        self._item = self._time = self._waiting = self._names = None
        self._announces_moderator = False

    def _is_break(self, text: str) -> bool:
        return is_break(text) and not self._divide(text).speakers

    # --- people ---------------------------------------------------------------------------------------------------------

    def _people(self, piece: Piece, text: str) -> bool:
        """Add the people whom a line names to the item before it, or its moderators to the section or the whole."""
        is_position = self._item is not None and bool(self._item.time.start)
        if not self._grammar.begins_with_person(text, is_position=is_position):
            return False
        names = _Names.of(piece, is_moderator=self._announces_moderator)
        self._announces_moderator = False
        speakers = names.speakers(self._grammar)
        are_moderators = all(speaker.is_moderator for _, speaker in speakers)
        if not speakers or (self._item is None and not are_moderators):
            return False
        if are_moderators and _OF_THE_WHOLE.match(text):
            self._moderators.extend(speakers)
            return True
        people = self._appearing()
        self._names = replace(names, kept=len(people))
        people.extend(speakers)
        return True

    def _appearing(self) -> list[tuple[int, Speaker]]:
        """Return where people in a line of their own belong: the open item, else the section."""
        return self._section().moderators if self._item is None else self._item.speakers

    def _continues(self, names: _Names, piece: Piece) -> bool:
        """Return whether a line says role or organisation of the people in the lines before it."""
        text = piece.text
        is_other = piece.kind is LineKind.BULLET or (piece.is_alone and names.is_behind_title)
        if (
            is_other
            or self._grammar.begins_with_person(text)
            or _NUMBERED.match(text)
            or is_numbered(text)
            or _LETTER.match(text)
        ):
            return False
        if self._grammar.is_affiliation(text):
            return True
        speakers = names.speakers(self._grammar)
        lacks = bool(speakers) and not speakers[-1][1].organisations and not speakers[-1][1].is_moderator
        is_short = len(text) <= _LONGEST_AFFILIATION and not _SENTENCE.search(
            text.removesuffix("e. V.").removesuffix("e.V.")
        )
        is_wrapped = piece.page > 0 and len(text.split()) <= _MOST_AFFILIATION_LINES
        below = names.count <= _MOST_AFFILIATION_LINES and not _QUOTED.fullmatch(text) and not piece.is_alone
        return below and is_short and (lacks or is_wrapped)

    def _extend(self, names: _Names, piece: Piece) -> None:
        """Read names again with the line of roles and organisations below them."""
        longer = names.extend(piece, self._grammar)
        speakers = longer.speakers(self._grammar)
        self._names = longer if speakers else names
        if speakers and self._waiting is not None:
            self._waiting = longer
        elif speakers:
            self._appearing()[names.kept :] = speakers

    # --- rows of tables ---------------------------------------------------------------------------------------------------

    def _row(self, number: int, line: Line) -> None:
        row = self._rows.read(number, line)
        if row is None:
            return
        if not row.times.length and (row.heading or not row.title or not self._rows.has_header):
            if row.heading and self._is_break(row.heading):
                self._break(number)
            elif row.heading:
                self._begin_section(number, row.heading)
            return
        self._close()
        titles = [row, *(replace(row, title_lines=tuple(title.split("\n"))) for title in row.parallel)]
        if all(self._is_break(each.title) or is_break(each.format) for each in titles):
            self._break(number)
            return
        for each in titles:
            self._row_item(each)

    def _row_item(self, row: TableRow) -> None:
        if self._is_break(row.title):
            return
        time = Time(row.times.start, row.times.end, row.line, row.words) if row.times.length else Time()
        first, *below = row.title_lines
        piece = Piece(row.line, first, (first,), LineKind.ROW)
        item = self._titled(piece, first, time)
        if row.has_people and not all(speaker.is_moderator for _, speaker in item.speakers):
            title = plain_title(first)
            item = Item(row.line, time, bare_title(title), words=(title,))
        item.rule, item.day = "row-of-table", row.day_of_item
        if not item.title:
            return
        self._begin(item)
        for text in below:
            part = Piece(
                row.line, text, (text,), LineKind.BULLET if len(below) > 1 else LineKind.PARAGRAPH, is_inside=True
            )
            names, self._names = self._names, None
            if beside := self._item_of(part):
                self._begin(beside)
            elif names is not None and self._continues(names, replace(part, kind=LineKind.PARAGRAPH)):
                self._extend(names, part)
            else:
                self._people(part, text)
        item.speakers.extend((row.line, one) for one in row.speakers(self._grammar))
        self._close()

    # --- parts ------------------------------------------------------------------------------------------------------------

    def _begin_section(self, line: int, text: str) -> None:
        """Begin a part of the programme; its heading may name who moderates it: "Vormittag – Moderation: Ida Kern"."""
        self._close()
        title, speakers, _ = self._divide(text)
        are_moderators = bool(speakers) and all(one.is_moderator for one in speakers)
        self._outer, self._heading = self._heading, _Heading(line, title if are_moderators else text)
        if are_moderators:
            self._section().moderators.extend((line, one) for one in speakers)

    def _is_heading(self, piece: Piece) -> bool:
        """Return whether a paragraph is the heading of a part."""
        says_when_or_where = period(piece.text) is not None or bool(place_in(piece.text))
        if not piece.is_alone or piece.kind is not LineKind.PARAGRAPH or says_when_or_where:
            return False
        following = self._following()
        if (
            self._is_timed
            and self._item is not None
            and (following is None or not leading_times(following.text).length)
        ):
            return False
        return len(piece.text) <= _LONGEST_HEADING and not _SENTENCE.search(piece.text)

    def _section(self) -> Section:
        """Return the section of the last heading; make it with its first item."""
        heading = self._heading or _Heading(0, "")
        if not self._sections or self._sections[-1].line != heading.line:
            self._sections.append(Section(heading.line, heading.text))
        return self._sections[-1]


@dataclass(frozen=True, slots=True)
class _Names:
    """Names in a line, with the lines of roles and organisations below them.

    `kept` counts the people of the item who stand before them.
    """

    line: int
    text: str
    is_moderator: bool = False
    kept: int = 0
    count: int = 1  # of lines
    is_behind_title: bool = False  # in the line of the title
    wraps: tuple[str, ...] = ()  # lines that are joined to the one before

    @staticmethod
    def of(piece: Piece, *, is_moderator: bool = False) -> _Names:
        """Return the names in a line."""
        if _is_list(piece.parts):
            return _Names(piece.line, "\n".join(piece.parts), is_moderator)
        return _Names(piece.line, piece.text, is_moderator, wraps=piece.parts[1:])

    def extend(self, piece: Piece, grammar: SpeakerGrammar) -> _Names:
        """Add a line of roles or organisations; on a printed page it may be the rest of a wrapped line."""
        speakers = grammar.speakers(self.text)
        is_rest = piece.page > 0 and bool(speakers) and bool(speakers[-1].organisations)
        is_wrapped = is_rest and not grammar.is_affiliation(piece.text)
        between, wraps = (" ", (*self.wraps, piece.text)) if is_wrapped else ("\n", self.wraps)
        return replace(self, text=f"{self.text}{between}{piece.text}", count=self.count + 1, wraps=wraps)

    def join(self, piece: Piece) -> _Names:
        """Add a line of more names."""
        return replace(self, text=f"{self.text}\n{piece.text}", count=1)

    def speakers(self, grammar: SpeakerGrammar) -> list[tuple[int, Speaker]]:
        """Return the people, each with the line of the names."""
        found = [
            replace(one, quote=self._in_lines(one.quote))
            for one in certain(grammar.speakers(self.text, is_position=True))
        ]
        found = [replace(one, doubt="doubt-organisation-unknown") if _is_torn(one) else one for one in found]
        return [(self.line, replace(one, is_moderator=self.is_moderator or one.is_moderator)) for one in found]

    def _in_lines(self, quote: str) -> str:
        """Return the words that name somebody with a line break where the document has one."""
        for wrap in self.wraps:
            quote = quote.replace(f" {wrap}", f"\n{wrap}")
        return quote


def _is_listed(piece: Piece | tuple[int, Line]) -> bool:
    return isinstance(piece, Piece) and (piece.kind is LineKind.BULLET or piece.is_inside)


def _names_speakers(division: Division) -> bool:
    """Return whether a line has a title and people who do not only moderate."""
    return bool(division.title) and any(not one.is_moderator for one in division.speakers)


def _is_format(title: str) -> bool:
    """Return whether a title says nothing but the format of an item, such as "Keynote"."""
    return len(title.split()) <= _MOST_FORMAT_WORDS and is_format(title.strip(" :"))


def _has_time(piece: Piece | tuple[int, Line]) -> bool:
    """Return whether a line, or a cell of a row, begins with a time."""
    texts = (piece.text,) if isinstance(piece, Piece) else piece[1].cells
    return any(leading_times(text).length for text in texts)


def _every_time(piece: Piece) -> Time | None:
    """Return the time at which each item of a series begins ("jeweils donnerstags, 18:15 Uhr"), where a line says it."""
    match = _EVERY.search(piece.text)
    times = leading_times(match[1]) if match else None
    return Time(times.start, times.end, piece.line, piece.text) if times and times.length else None


def _settle(items: Sequence[Item]) -> None:
    """Take the doubt from bare names of people whom another line of the document gives with role or organisation."""
    people = [one for item in items for _, one in item.speakers]
    known = {one.name for one in people if one.doubt is None and (one.organisations or one.role)}
    for item in items:
        item.speakers = [(line, _settled(one) if one.name in known else one) for line, one in item.speakers]


def _settled(speaker: Speaker) -> Speaker:
    """Return somebody whose affiliation another line says, without a doubt about what this line lacks."""
    if speaker.doubt == "doubt-organisation-of-next":
        return replace(speaker, doubt=None, organisations=())
    return certain([speaker])[0]


def _is_torn(speaker: Speaker) -> bool:
    """Return whether the name of an organisation stands in two lines, so that neither proves it."""
    lines = speaker.quote.split("\n")
    known = [one for one in speaker.organisations if one in " ".join(lines)]
    return speaker.doubt is None and any(all(one not in line for line in lines) for one in known)


def _replace_same(people: list[tuple[int, Speaker]]) -> None:
    """Give those who are "ebenda" the organisation of the person before them."""
    speakers = with_same_organisation([speaker for _, speaker in people])
    people[:] = [(line, speaker) for (line, _), speaker in zip(people, speakers, strict=True)]


def _is_list(parts: tuple[str, ...]) -> bool:
    return all(part.endswith(",") for part in parts[:-1])


def _whole_period(text: str) -> Period | None:
    """Return the days that are all a line says."""
    found = period(text)
    if found is None:
        return None
    rest = re.sub(
        r"(?:(?:Mon|Diens|Mitt|Donners|Frei|Sams|Sonn)(?:tag|woch|abend)|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Tag|Day|\d+|am)\b",
        "",
        text.replace(found.words, ""),
    )
    return found if not re.search(r"\w", rest) else None


def bare_title(title: str) -> str:
    """Return a title on one line, without quotation marks around it, its number before them, or a room behind it.

    >>> bare_title('Impuls 2: „Holz“'), bare_title("Lehm putzen (Scheune)"), bare_title("Forum 1: Bauen")
    ('Holz', 'Lehm putzen', 'Forum 1: Bauen')
    """
    plain = " ".join(title.strip(" |–—-*_\n,").split())
    numbered = _NUMBERED.match(plain)
    quoted = _QUOTED.fullmatch(plain[numbered.end() :] if numbered else plain)
    if quoted and not re.search(r"[„»]|\"", quoted[1]):
        return quoted[1].strip()
    return _ROOM_BEHIND.sub("", plain) if not plain.startswith("(") else plain


def _shares(part: str, title: str) -> bool:
    """Return whether the end of a line stands in a title."""
    return part.rsplit(maxsplit=1)[-1].strip('"„“”,') in title
