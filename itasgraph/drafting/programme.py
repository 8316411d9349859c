"""The programme of an event → its sections and contributions, with the speakers and moderators of each.

The document is read line by line. A time, a heading or a bullet begins an item; the lines below it, down to the next one, name its
title where that is missing, then rooms, people, and the roles and organisations of these people.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import takewhile
from typing import Final, NamedTuple

from itasgraph.documents.document import Document, Line, LineKind
from itasgraph.drafting.items import Item, Programme, Section, Time
from itasgraph.drafting.lexica import (
    begins_other_part,
    is_break,
    is_contact,
    is_meal,
    is_organisation,
    is_room,
    place_in,
)
from itasgraph.drafting.named_people import Names, settle
from itasgraph.drafting.people import looks_like_name
from itasgraph.drafting.programme_lines import (
    Piece,
    ends_sentence,
    has_number_label,
    is_lettered,
    is_numbered,
    without_numbering,
)
from itasgraph.drafting.programme_outline import Outline
from itasgraph.drafting.programme_rows import RowReader, TableRow
from itasgraph.drafting.speakers import (
    Speaker,
    SpeakerGrammar,
    announces_moderator,
    announces_speakers,
    moderates_whole,
)
from itasgraph.drafting.times import Times, leading_day, leading_times, period
from itasgraph.drafting.titles import Division, bare_title, is_format_alone, is_quoted, plain_title

_SPEAKERS_FIRST: Final = "speakers-before-title"  # a rule
_SEPARATORS: Final = " |,·•:–—-"  # between a time or day and a title
_LONGEST_HEADING: Final = 160
_LONGEST_BREAK: Final = 2  # words; people below a longer line speak there
_LONGEST_LINE: Final = 400  # of an item; longer lines are prose


def read(document: Document, grammar: SpeakerGrammar) -> Programme:
    """Return the programme in a document; it has no section where the document holds no programme.

    It is read twice: the people who are certain show how the document names the others.
    """
    first = _Reader(document, grammar).read()
    grammar.learn(one for section in first.sections for item in section.items for _, one in item.speakers)
    return _Reader(document, grammar).read()


class _Heading(NamedTuple):
    line: int
    text: str


class _Reader:
    def __init__(self, document: Document, grammar: SpeakerGrammar) -> None:
        self._grammar = grammar
        self._lines = Outline(document, grammar)
        self._divide = self._lines.divide
        self._rows = RowReader(grammar)
        self._sections: list[Section] = []
        self._moderators: list[tuple[int, Speaker]] = []
        self._breaks: list[int] = []
        self._heading: _Heading | None = None
        self._outer: _Heading | None = None  # the one before, which holds on where this one is the title of an item
        self._item: Item | None = None
        self._time: Time | None = None  # of a line that says nothing else; the title stands below
        self._waiting: Names | None = None  # speakers whose title stands below
        self._names: Names | None = None  # in the line before
        self._day = ""  # of the items of a series
        self._row_before: TableRow | None = None
        self._announces_moderator = False
        self._is_below_label = False
        self._is_elsewhere = False  # in a part that is no programme

    def read(self) -> Programme:
        for at, piece in enumerate(self._lines.pieces):
            self._lines.at = at
            if isinstance(piece, Piece):
                self._piece(piece)
            else:
                self._row(*piece)
        sections = [section for section in self._sections if section.items]
        items = [item for section in sections for item in section.items]
        settle(items)
        opening = takewhile(lambda section: not section.items, self._sections)
        moderators = [one for section in opening for one in section.moderators]
        return Programme(sections, [*moderators, *self._moderators], self._breaks, self._rows.heads)

    # --- lines --------------------------------------------------------------------------------------------------------

    def _is_head(self, piece: Piece) -> bool:
        """Return whether a line is a label of the event ("Uhrzeit"), or the value below one."""
        is_value, self._is_below_label = self._is_below_label, False
        if piece.line in self._lines.heads:
            return True
        if self._lines.is_labelled(piece) and (not self._sections or piece.text.endswith(":")):
            self._is_below_label = True
            if not self._sections:
                self._time, self._announces_moderator = None, False
            return True
        return is_value

    def _piece(self, piece: Piece) -> None:
        if self._is_head(piece):
            return
        if self._lines.is_dated and piece.kind is not LineKind.HEADING and (length := leading_day(piece.text)):
            self._dated(piece, length)
            return
        times = leading_times(piece.text)
        body = without_numbering(piece.text[times.length :].lstrip(_SEPARATORS))
        if piece.line in self._lines.days or piece.kind is LineKind.HEADING:
            self._is_elsewhere = False
        if self._is_elsewhere and not times.length:
            return
        if piece.line in self._lines.days:
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

    def _dated(self, piece: Piece, length: int) -> None:
        """Read a line that begins with the day of an item of a series."""
        found = period(piece.text[:length])
        rest = piece.text[length:].lstrip(_SEPARATORS)
        times = leading_times(rest)
        self._close()
        self._day = found.first if found else ""
        time = self._lines.every
        if times.length:
            time = Time(times.start, times.end, piece.line, rest[: times.length].strip(_SEPARATORS))
        body = rest[times.length :].lstrip(_SEPARATORS)
        if self._is_break(body):
            self._breaks.append(piece.line)
            return
        self._time = time
        if body:
            self._below_time(replace(piece, text=body, parts=(body,)), time)

    def _timed(self, piece: Piece, body: str, times: Times) -> None:
        """Read a line that begins with a time."""
        if self._lines.is_around_times(piece, times):
            self._begin_section(piece.line, body)
            return
        words = " ".join(piece.text[: times.length].strip(_SEPARATORS).split())
        time = Time(times.start, times.end, piece.line, words)
        self._close()
        if self._lines.has_heading_for_title(piece):
            self._time = time
        elif body and not is_room(body):
            self._time = time
            self._below_time(replace(piece, text=body, parts=(body,) if len(piece.parts) == 1 else piece.parts), time)
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
        before = self._lines.before
        following = self._lines.following()
        is_break = before is not None and before.kind is LineKind.HEADING and before.line in self._breaks
        return is_break and (following is None or following.kind is LineKind.HEADING)

    def _is_title_above(self) -> bool:
        """Return whether the heading in the line before is the title of the item whose time this is."""
        before, following = self._lines.before, self._lines.following()
        if self._heading is None or before is None or before.line != self._heading.line:
            return False
        if before.line in self._lines.days or following is None:
            return before.line not in self._lines.days and self._lines.is_last
        return (
            self._lines.ends_item(following)
            or announces_speakers(following.text)
            or announces_moderator(following.text)
            or self._grammar.begins_with_person(following.text)
            or len(following.text) > _LONGEST_HEADING
        )

    def _head(self, piece: Piece) -> None:
        """Read a heading: the title of an item, or of a part of the programme, or a person of the item above."""
        if self._item is not None and self._names_person(piece, piece.text) and self._people(piece, piece.text):
            return
        if self._time is not None and not begins_other_part(piece.text):
            self._begin(self._titled(piece, piece.text, self._time))
            return
        self._close()
        following = self._lines.following()
        names = following is not None and self._grammar.begins_with_person(following.text)
        if begins_other_part(piece.text):
            self._is_elsewhere = True
        elif names and following and not self._lines.is_timed and not self._only_moderators(following):
            self._begin(self._titled(piece, piece.text, self._lines.every))
        else:
            self._begin_section(piece.line, piece.text)

    def _only_moderators(self, piece: Piece) -> bool:
        return all(speaker.is_moderator for speaker in self._grammar.speakers(piece.text))

    def _below(self, piece: Piece) -> None:
        """Read a line that has no time: people, their affiliations, a title whose time stands above, or an item of a list."""
        names, self._names = self._names, None
        text = piece.text
        if self._announces(text, announces_moderator):
            self._announces_moderator = True
        elif self._announces(text, announces_speakers) and (self._item is not None or self._time is None):
            self._announces_moderator = False
        elif names is not None and not self._ends_names(names, piece) and names.go_on_in(piece, self._grammar):
            self._extend(names, piece)
        elif self._is_room(text) or (self._time is not None and self._lines.is_above_title(piece)):
            self._names = names
        elif self._time is not None:
            self._below_time(piece, self._time)
        elif item := self._item_of(piece):
            self._begin(item)
        elif self._people(piece, text):
            pass
        elif self._is_heading(piece):
            self._begin_section(piece.line, text)

    def _is_room(self, text: str) -> bool:
        return is_room(text) and not self._grammar.begins_with_name(text)

    def _announces(self, text: str, is_label: Callable[[str], bool]) -> bool:
        """Return whether a line is a label of the people below it, with a colon or without."""
        following = self._lines.following()
        is_bare = following is not None and self._grammar.begins_with_person(following.text) and is_label(f"{text}:")
        return is_bare or is_label(text)

    def _below_time(self, piece: Piece, time: Time) -> None:
        """Read the words behind a time, or the line below it: the title, or the speakers, below whom the title stands then."""
        is_names = self._grammar.begins_with_person(piece.text) and not self._has_speakers_first(piece.text)
        following = self._lines.following()
        has_title = following is not None and not self._lines.ends_item(following)
        if is_names and (self._waiting is not None or has_title):
            self._waiting = self._names = self._waiting.join(piece) if self._waiting else Names.of(piece)
        else:
            self._begin(self._titled(piece, piece.text, time))

    def _has_speakers_first(self, text: str) -> bool:
        return self._divide(text).rule == _SPEAKERS_FIRST

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
        division = self._divide(piece.text)
        title, speakers, rule = division
        if rule != _SPEAKERS_FIRST and self._names_person(piece, piece.text):
            return None
        is_bullet = piece.kind is LineKind.BULLET
        if self._item is not None and self._item.time.start:
            return self._part_of(self._item, piece, division)
        if self._lines.is_timed:
            return None
        if speakers and title and (is_bullet or not ends_sentence(piece.text)):
            return self._titled(piece, piece.text, self._lines.every)
        return (
            self._titled(piece, piece.text, self._lines.every)
            if is_bullet and self._lines.is_among_items(speakers)
            else None
        )

    def _part_of(self, item: Item, piece: Piece, division: Division) -> Item | None:
        """Return the item in a line below another one with a time, whose time it has; None where the line only describes that one."""
        title, speakers, rule = division
        is_bullet = piece.kind is LineKind.BULLET or is_lettered(piece.text) or self._lines.is_beside(piece)
        in_quotes = is_quoted(title)
        is_open = not item.speakers or item.rule == "numbered-title"
        if is_open and is_numbered(piece.text) and not speakers:
            return replace(self._titled(piece, piece.text, item.time), rule="numbered-title")
        if has_number_label(piece.text) or (is_bullet and title and (speakers or in_quotes)):
            return self._titled(piece, piece.text, item.time)
        is_named = in_quotes or rule == _SPEAKERS_FIRST
        if is_named and is_format_alone(item.title) and not item.speakers:
            return self._named_item(item, piece)
        if rule == _SPEAKERS_FIRST and (not item.speakers or item.rule == _SPEAKERS_FIRST):
            return self._titled(piece, piece.text, item.time)
        return None

    def _named_item(self, item: Item, piece: Piece) -> Item:
        """Return an item whose own title stands below the name of its format; it takes the place of that one."""
        self._section().items.remove(item)
        return replace(self._titled(piece, piece.text, item.time), rule="title-below-format")

    def _begin(self, item: Item) -> None:
        if not item.title:
            return
        self._section().items.append(item)
        item.day = item.day or self._day
        self._item, self._time = item, None
        self._names = None
        if self._waiting is not None:
            item.speakers[:0] = self._waiting.speakers(self._grammar)
            self._waiting = None
        elif item.speakers and item.rule != _SPEAKERS_FIRST:
            quote = item.speakers[-1][1].quote
            self._names = Names(item.line, quote, kept=len(item.speakers) - 1, is_behind_title=True)

    def _break(self, line: int) -> None:
        self._breaks += [self._time.line, line] if self._time else [line]
        self._close()

    def _close(self) -> None:
        """End the item that is open."""
        self._item = self._time = self._waiting = self._names = None
        self._announces_moderator = False

    def _is_break(self, text: str) -> bool:
        following = self._lines.following()
        has_people = following is not None and self._grammar.begins_with_name(following.text)
        is_certain = is_break(text) and (not has_people or len(text.split()) <= _LONGEST_BREAK)
        return (is_certain or (is_meal(text) and not has_people)) and not self._divide(text).speakers

    # --- people ---------------------------------------------------------------------------------------------------------

    def _people(self, piece: Piece, text: str) -> bool:
        """Add the people whom a line names to the item before it, or its moderators to the section or the whole."""
        is_position = self._item is not None and bool(self._item.time.start)
        if is_position and (bare := self._grammar.behind_format(text)) != text:
            first, *others = piece.parts
            piece = replace(piece, text=bare, parts=(first.removeprefix(text.removesuffix(bare)), *others))
            text = bare
        if not self._names_person(piece, text, is_position=is_position):
            return False
        names = Names.of(piece, is_moderator=self._announces_moderator)
        names = replace(names, is_of_people=self._lines.holds_people(piece) or self._is_above_affiliation(piece))
        self._announces_moderator &= self._item is None  # several may moderate the whole, each in a line
        speakers = names.speakers(self._grammar)
        are_moderators = all(speaker.is_moderator for _, speaker in speakers)
        if not speakers or (self._item is None and not are_moderators):
            return False
        if are_moderators and moderates_whole(text):
            self._moderators.extend(speakers)
            return True
        people = self._appearing()
        self._names = replace(names, kept=len(people))
        people.extend(speakers)
        return True

    def _ends_names(self, names: Names, piece: Piece) -> bool:
        """Return whether a line is a title in quotation marks, or names the next person, behind one whose organisation is said."""
        if is_quoted(piece.text):
            return True
        people = names.speakers(self._grammar) if self._is_above_affiliation(piece) else []
        return bool(people) and bool(people[-1][1].organisations)

    def _is_above_affiliation(self, piece: Piece) -> bool:
        """Return whether a line has the form of a name, and the next one says role or organisation."""
        if not looks_like_name(piece.text) or is_organisation(piece.text):
            return False
        following = self._lines.following()
        return following is not None and self._grammar.is_affiliation(following.text)

    def _names_person(self, piece: Piece, text: str, *, is_position: bool = False) -> bool:
        """Return whether a text begins with a person; where people stand in most lines of this form, the name may be unknown."""
        is_of_people = self._lines.holds_people(piece) or (self._item is not None and self._is_above_affiliation(piece))
        return self._grammar.begins_with_person(text, is_position=is_position, is_of_people=is_of_people)

    def _appearing(self) -> list[tuple[int, Speaker]]:
        """Return where people in a line of their own belong: the open item, else the section."""
        return self._section().moderators if self._item is None else self._item.speakers

    def _extend(self, names: Names, piece: Piece) -> None:
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
        if row is None or self._rows.is_first:
            self._row_before = None
        if row is None or self._is_label_of_moderators(number, line):
            return
        if self._goes_on(row):
            return
        row = self._with_time_above(row)
        if not row.times.length and (row.heading or not row.title or not self._rows.has_header):
            if row.heading and self._is_break(row.heading):
                self._break(number)
            elif row.heading or number in self._lines.days:
                self._begin_section(number, row.heading or line.text)
            return
        self._close()
        titles = [row, *(replace(row, title_lines=tuple(title.split("\n"))) for title in row.parallel)]
        if not row.people.get("speaker") and all(
            self._is_break(each.title) or is_break(each.format) for each in titles
        ):
            self._break(number)
            return
        for each in titles:
            self._row_item(each)

    def _is_label_of_moderators(self, number: int, line: Line) -> bool:
        """Read a row "Moderation | Ida Kern" above the programme."""
        label, *values = [cell.strip() for cell in line.cells if cell.strip()] or [""]
        if self._sections or len(values) != 1 or not announces_moderator(f"{label}:"):
            return False
        people = self._grammar.speakers(values[0], is_of_people=True)
        self._moderators.extend((number, replace(one, is_moderator=True, doubt=None)) for one in people)
        return bool(people)

    def _goes_on(self, row: TableRow) -> bool:
        """Add the people of a row to the item of the row above: with the same time and title, or with neither."""
        before = self._row_before
        if before is None or not self._sections or not self._sections[-1].items or not row.people:
            return False
        names_nothing = not row.title and not row.times.length and not row.heading
        if not names_nothing and (row.times[:2], row.title, row.day) != (before.times[:2], before.title, before.day):
            return False
        self._sections[-1].items[-1].speakers.extend((row.line, one) for one in row.speakers(self._grammar))
        return True

    def _with_time_above(self, row: TableRow) -> TableRow:
        """Return a row without a time as one at the time of the row above: a cell that spans rows is filled in the first only."""
        before = self._row_before
        takes_place = before is not None and before.times.length > 0 and not self._is_break(before.title)
        if before is not None and takes_place and row.title and row.has_people and not row.times.length:
            row = replace(row, times=before.times, words=before.words, day=row.day or before.day)
        self._row_before = row if row.title else before
        return row

    def _row_item(self, row: TableRow) -> None:
        if self._is_break(row.title) and not row.people.get("speaker"):
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
            part = Piece(row.line, text, (text,), LineKind.PARAGRAPH, is_inside=True)
            names, self._names = self._names, None
            if self._grammar.behind_format(text) != text and self._people(part, text):
                continue
            if beside := self._item_of(replace(part, kind=LineKind.BULLET) if len(below) > 1 else part):
                self._begin(beside)
            elif names is not None and names.go_on_in(part, self._grammar):
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
        following = self._lines.following()
        if (
            self._lines.is_timed
            and self._item is not None
            and (following is None or not leading_times(following.text).length)
        ):
            return False
        return len(piece.text) <= _LONGEST_HEADING and not ends_sentence(piece.text)

    def _section(self) -> Section:
        """Return the section of the last heading; make it with its first item."""
        heading = self._heading or _Heading(0, "")
        if not self._sections or self._sections[-1].line != heading.line:
            self._sections.append(Section(heading.line, heading.text))
        return self._sections[-1]


def _shares(part: str, title: str) -> bool:
    """Return whether the end of a line stands in a title."""
    return part.rsplit(maxsplit=1)[-1].strip('"„“”,') in title
