"""The programme of an event → its sections and contributions, with the speakers and moderators of each.

The document is read line by line. A time, a heading or a bullet begins an item; the lines below it, down to the next one, name its
title where that is missing, then rooms, people, and the roles and organisations of these people.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from itasgraph.documents.document import Document, LineKind
from itasgraph.drafting.items import Item, Programme, Time
from itasgraph.drafting.lexica import begins_other_part, is_contact, is_room, is_whole_format, place_in
from itasgraph.drafting.moderation import announces_moderator
from itasgraph.drafting.named_people import Names, settle
from itasgraph.drafting.programme_builder import ProgrammeBuilder
from itasgraph.drafting.programme_lines import (
    Piece,
    ends_sentence,
    without_numbering,
)
from itasgraph.drafting.programme_table import TableReader
from itasgraph.drafting.speakers import SpeakerGrammar, announces_speakers
from itasgraph.drafting.times import Times, leading_day, leading_times, period
from itasgraph.drafting.titles import (
    SPEAKERS_FIRST,
    announces_parallel,
    begins_with_number,
    is_format_alone,
    names_no_topic,
)

_SEPARATORS: Final = " |,·•:–—-"  # between a time or day and a title
_LONGEST_HEADING: Final = 160
_LONGEST_LINE: Final = 400  # of an item; longer lines are prose


def read(document: Document, grammar: SpeakerGrammar) -> Programme:
    """Return the programme in a document; it has no section where the document holds no programme.

    It is read twice: the people who are certain show how the document names the others.
    """
    first = _Reader(document, grammar).read()
    grammar.learn(one for section in first.sections for item in section.items for _, one in item.speakers)
    return _Reader(document, grammar).read()


class _Reader:
    def __init__(self, document: Document, grammar: SpeakerGrammar) -> None:
        self._builder = ProgrammeBuilder(document, grammar)
        self._table = TableReader(self._builder)
        self._is_below_label = False
        self._is_elsewhere = False  # in a part that is no programme
        self._level = 0  # of the last heading with a time
        self._time_of_part = Time()

    def read(self) -> Programme:
        for at, piece in enumerate(self._builder.lines.pieces):
            self._builder.lines.at = at
            if isinstance(piece, Piece):
                self._piece(piece)
            else:
                self._table.read(*piece)
                self._time_of_part = self._builder.last_time
        sections = [section for section in self._builder.sections if section.items]
        items = [item for section in sections for item in section.items]
        settle(items)
        moderators = [one for section in self._builder.sections if not section.items for one in section.moderators]
        return Programme(sections, [*moderators, *self._builder.moderators], self._builder.breaks, self._table.heads)

    def _is_head(self, piece: Piece) -> bool:
        """Return whether a line is a label of the event ("Uhrzeit"), or the value below one."""
        is_value, self._is_below_label = self._is_below_label, False
        if piece.line in self._builder.lines.heads:
            return True
        if self._builder.lines.is_labelled(piece) and (not self._builder.sections or piece.text.endswith(":")):
            self._is_below_label = True
            if not self._builder.sections:
                self._builder.time, self._builder.announces_moderator = None, False
            return True
        return is_value

    def _piece(self, piece: Piece) -> None:
        if self._is_head(piece):
            return
        if self._builder.lines.is_dated and piece.kind is not LineKind.HEADING and (length := leading_day(piece.text)):
            self._dated(piece, length)
            return
        times = leading_times(piece.text)
        body = without_numbering(piece.text[times.length :].lstrip(_SEPARATORS))
        if piece.line in self._builder.lines.days or piece.kind is LineKind.HEADING:
            self._is_elsewhere = False
        if self._is_elsewhere and not times.length:
            return
        if piece.line in self._builder.lines.days:
            self._time_of_part = Time()
            self._builder.begin_section(piece.line, piece.text, "section-by-day")
        elif self._builder.is_break(body if times.length else piece.text) and (
            times.length or self._builder.time or not self._builder.item or self._builder.lines.runs.has_titles
        ):
            self._time_of_part = Time() if times.start else self._time_of_part  # what follows is later
            self._builder.break_at(piece.line)
        elif (is_contact(piece.text) and not self._only_moderators(piece)) or (
            len(piece.text) > _LONGEST_LINE and not times.length
        ):
            self._builder.close()
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
        self._builder.close()
        self._builder.day = found.first if found else ""
        time = self._builder.lines.every
        if times.length:
            time = Time(times.start, times.end, piece.line, rest[: times.length].strip(_SEPARATORS))
        body = rest[times.length :].lstrip(_SEPARATORS)
        if self._builder.is_break(body):
            self._builder.breaks.append(piece.line)
            return
        before = self._builder.lines.before
        if before is not None and self._builder.lines.has_titles_above_days and before.kind is LineKind.HEADING:
            self._builder.heading = self._builder.outer
            self._builder.begin(Item(before.line, time, before.text, [], "title-above-day"))
            return
        self._builder.time = time
        if body:
            self._below_time(replace(piece, text=body, parts=(body,)), time)

    def _timed(self, piece: Piece, body: str, times: Times) -> None:
        """Read a line that begins with a time."""
        if self._builder.lines.is_around_times(piece, times):
            self._builder.begin_section(piece.line, body, "section-around-times")
            return
        words = " ".join(piece.text[: times.length].strip(_SEPARATORS).split())
        time = Time(times.start, times.end, piece.line, words)
        self._time_of_part = time
        if body and not is_room(body) and self._builder.is_around_titles(body, times):
            self._builder.begin_section(piece.line, body, "section-above-titles")
            return
        waiting = self._builder.waiting if self._builder.lines.has_people_above_times else None
        self._builder.close()
        self._builder.waiting = waiting
        self._level = piece.level if piece.kind is LineKind.HEADING else 0
        if self._builder.lines.has_heading_for_title(piece):
            self._builder.time = time
        elif body and not is_room(body):
            self._builder.time = time
            self._below_time(replace(piece, text=body, parts=(body,) if len(piece.parts) == 1 else piece.parts), time)
        elif self._builder.lines.has_title_below:
            self._builder.time = time
        elif self._is_title_above():
            heading = self._builder.heading
            assert heading is not None
            self._builder.heading = self._builder.outer
            if self._builder.is_break(heading.text):
                self._builder.breaks.append(heading.line)
                self._builder.break_at(piece.line)
                return
            self._builder.begin(Item(heading.line, time, heading.text, [], "title-above-time"))
        elif self._is_below_break():
            self._builder.breaks.append(piece.line)
        else:
            self._builder.time = time

    def _is_below_break(self) -> bool:
        """Return whether a line that says only when belongs to the break above it: another heading or the end follows."""
        before = self._builder.lines.before
        following = self._builder.lines.following()
        is_break = before is not None and before.kind is LineKind.HEADING and before.line in self._builder.breaks
        return is_break and (following is None or following.kind is LineKind.HEADING)

    def _is_title_above(self) -> bool:
        """Return whether the heading in the line before is the title of the item whose time this is."""
        before, following = self._builder.lines.before, self._builder.lines.following()
        if self._builder.heading is None or before is None or before.line != self._builder.heading.line:
            return False
        if not self._builder.lines.has_titles_above_times:
            return False
        if before.line in self._builder.lines.days or following is None:
            return before.line not in self._builder.lines.days and self._builder.lines.is_last
        return (
            self._builder.lines.ends_item(following)
            or announces_speakers(following.text)
            or announces_moderator(following.text)
            or self._builder.grammar.begins_with_person(following.text)
            or len(following.text) > _LONGEST_HEADING
        )

    def _head(self, piece: Piece) -> None:
        """Read a heading: the title of an item, or of a part of the programme, or a person of the item above or below."""
        if self._builder.lines.has_people_above_times and self._builder.names_person(piece, piece.text):
            self._builder.close()
            self._builder.waiting = self._builder.names = replace(Names.of(piece), is_of_people=True)
            return
        if announces_moderator(f"{piece.text}:"):
            self._builder.begin_section(piece.line, piece.text, "section-by-heading")
            self._builder.announces_moderator = True
            return
        if self._builder.item is not None and self._beside_item(self._builder.item, piece):
            return
        if self._builder.lines.runs.is_around(self._builder.lines.at):
            self._time_of_part = self._builder.time or self._time_of_part
            self._builder.begin_section(piece.line, piece.text, "section-above-titles")
            return
        if self._builder.time is not None and not begins_other_part(piece.text):
            self._below_time(piece, self._builder.time)
            return
        is_beside = self._builder.item is not None and begins_with_number(piece.text)
        self._end_item(piece)
        following = self._builder.lines.following()
        names = following is not None and self._builder.grammar.begins_with_person(following.text)
        if begins_other_part(piece.text):
            self._is_elsewhere = True
        elif self._builder.lines.is_item(piece):
            self._builder.begin(replace(self._builder.titled(piece, piece.text, self._untimed), rule="item-of-agenda"))
        elif names and following and self._may_hold_people(piece, following, is_beside=is_beside):
            self._builder.begin(self._builder.titled(piece, piece.text, self._untimed))
        else:
            self._time_of_part = Time()
            self._builder.begin_section(piece.line, piece.text, "section-by-heading")

    def _may_hold_people(self, piece: Piece, following: Piece, *, is_beside: bool) -> bool:
        """Return whether a heading without a time may be the title of the people below: in a document without times, or beside an item."""
        if self._only_moderators(following) or names_no_topic(piece.text):
            return False
        return not self._builder.lines.is_timed or (is_beside and not self._has_speakers_first(following.text))

    def _beside_item(self, item: Item, piece: Piece) -> bool:
        """Read a heading that takes place with the item above, is its title or names its people; return whether it is one of these."""
        if item.time.start and begins_with_number(piece.text) and self._is_within(item, piece):
            self._builder.begin(self._builder.titled(piece, piece.text, item.time))
            return True
        if self._is_title_of_format(item, piece):
            self._builder.begin(self._builder.named_item(item, piece))
            return True
        return self._builder.names_person(piece, piece.text) and self._builder.add_people(piece, piece.text)

    def _is_title_of_format(self, item: Item, piece: Piece) -> bool:
        """Return whether a heading is the title of the item above, which only a format names: "10:00 Vortrag", "Holz im Bau", "Ida Kern, IHK"."""
        before = self._builder.lines.before
        if before is None or before.line != item.line or item.speakers or names_no_topic(piece.text):
            return False
        is_open_format = is_format_alone(item.title) and not is_whole_format(item.title)
        below = (
            self._builder.lines.below_description() if is_open_format and not 0 < piece.level <= self._level else None
        )
        return below is not None and (
            self._builder.grammar.begins_with_person(below.text) and not self._only_moderators(below)
        )

    def _end_item(self, piece: Piece) -> None:
        """Close the item above a heading; what follows takes its time only where it may hold that heading."""
        item = self._builder.item
        has_place = self._level > 0 or begins_with_number(piece.text)  # of which one can say whether it lies within
        if item is not None and has_place and not self._is_within(item, piece):
            self._time_of_part = Time()
        self._builder.close()

    def _is_within(self, item: Item, piece: Piece) -> bool:
        """Return whether a numbered heading takes place at the time of the item above: it stands below it, or beside one that may hold it.

        Beside "11:00 – 12:00 Begrüßung", "Forum 1: Holz" follows at a time that nobody says; beside "11:00 – 12:00 Parallele Foren" it does not.
        """
        if self._level == 0:
            return announces_parallel(item.title) or (item.time.line < item.line and begins_with_number(item.title))
        if piece.level < self._level:
            return False
        has_time_of_other = item.time.line != item.line
        is_open = not item.time.end or has_time_of_other or announces_parallel(item.title)
        return piece.level > self._level or is_open

    @property
    def _untimed(self) -> Time:
        """The time of an item that has none of its own: that of the series, or of the part."""
        return self._builder.lines.every if self._builder.lines.every.start else self._time_of_part

    def _only_moderators(self, piece: Piece) -> bool:
        speakers = self._builder.grammar.speakers(piece.text)
        return bool(speakers) and all(speaker.is_moderator for speaker in speakers)

    def _below(self, piece: Piece) -> None:
        """Read a line that has no time: people, their affiliations, a title whose time stands above, or an item of a list."""
        names, self._builder.names = self._builder.names, None
        text = piece.text
        if self._builder.lines.runs.begins_people(self._builder.lines.at):
            self._above_title(piece)
        elif item := self._item_by_layout(piece):
            self._builder.begin(item)
        elif self._announces(text, announces_moderator):
            self._builder.announces_moderator = True
        elif self._announces(text, announces_speakers) and (
            self._builder.item is not None or self._builder.time is None
        ):
            self._builder.announces_moderator = False
        elif (
            names is not None
            and not self._builder.ends_names(names, piece)
            and names.go_on_in(piece, self._builder.grammar)
        ):
            self._builder.extend(names, piece)
        elif self._is_room(text) or (self._builder.time is not None and self._builder.lines.is_above_title(piece)):
            self._builder.names = names
        elif self._builder.time is not None:
            self._below_time(piece, self._builder.time)
        elif item := self._builder.item_of(piece):
            self._builder.begin(item)
        elif self._builder.add_people(piece, text) or self._builder.add_moderators_in(piece):
            pass
        else:
            self._begin_part_or_pass(piece)

    def _begin_part_or_pass(self, piece: Piece) -> None:
        if self._is_heading(piece):
            self._builder.begin_section(piece.line, piece.text, "section-by-paragraph")
        else:
            self._builder.pass_over(piece)

    def _above_title(self, piece: Piece) -> None:
        """Read a line of people whose title stands below them."""
        waiting = self._builder.waiting
        if waiting is None:
            time = self._builder.time
            self._builder.close()
            self._builder.time = time
        self._builder.waiting = waiting.join(piece) if waiting else Names.of(piece)

    def _item_by_layout(self, piece: Piece) -> Item | None:
        """Return the item of a line that stands where the document has its titles, perhaps below the time of the item before."""
        if self._builder.lines.is_above_people:
            titled = self._builder.titled(piece, piece.text, self._builder.lines.every)
            return replace(titled, rule="title-above-people")
        item, layout = self._builder.item, self._builder.lines.layout
        if self._builder.lines.runs.is_title(self._builder.lines.at):
            time = self._builder.time or (
                self._builder.time_below(item, piece) if item is not None else self._time_of_part
            )
            return replace(self._builder.titled(piece, piece.text, time), rule="title-above-people")
        if item is None or self._builder.names_person(piece, piece.text):
            return None
        is_below_title = not item.speakers and is_format_alone(item.title)
        if piece.kind is LineKind.BULLET and item.time.start and layout.has_lists_below_times and not piece.is_inside:
            return replace(self._builder.titled(piece, piece.text, item.time), rule="list-below-time")
        if layout.holds_title(piece) and not is_below_title:
            return replace(self._builder.titled(piece, piece.text, item.time), rule="title-by-layout")
        return None

    def _is_room(self, text: str) -> bool:
        return is_room(text) and not self._builder.grammar.begins_with_name(text)

    def _announces(self, text: str, is_label: Callable[[str], bool]) -> bool:
        """Return whether a line is a label of the people below it, with a colon or without."""
        following = self._builder.lines.following()
        is_bare = (
            following is not None and self._builder.grammar.begins_with_person(following.text) and is_label(f"{text}:")
        )
        return is_bare or is_label(text)

    def _below_time(self, piece: Piece, time: Time) -> None:
        """Read the words behind a time, or the line below it: the title, or the speakers, below whom the title stands then."""
        is_names = self._builder.grammar.begins_with_person(piece.text) and not self._has_speakers_first(piece.text)
        following = self._builder.lines.following()
        has_title = following is not None and not self._builder.lines.ends_item(following)
        if is_names and (self._builder.waiting is not None or has_title):
            self._builder.waiting = self._builder.names = (
                self._builder.waiting.join(piece) if self._builder.waiting else Names.of(piece)
            )
        else:
            self._builder.begin(self._builder.titled(piece, piece.text, time))

    def _has_speakers_first(self, text: str) -> bool:
        return self._builder.divide(text).rule == SPEAKERS_FIRST

    def _is_heading(self, piece: Piece) -> bool:
        """Return whether a paragraph is the heading of a part."""
        says_when_or_where = period(piece.text) is not None or bool(place_in(piece.text))
        if not piece.is_alone or piece.kind is not LineKind.PARAGRAPH or says_when_or_where:
            return False
        following = self._builder.lines.following()
        if (
            self._builder.lines.is_timed
            and self._builder.item is not None
            and (following is None or not leading_times(following.text).length)
        ):
            return False
        return len(piece.text) <= _LONGEST_HEADING and not ends_sentence(piece.text)
