"""The rows of the tables of a programme → its items, sections and breaks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from itasgraph.documents.document import Line, LineKind
from itasgraph.drafting.items import Item, Time
from itasgraph.drafting.layout import last_cell
from itasgraph.drafting.lexica import is_break, is_head_label, is_room
from itasgraph.drafting.moderation import announces_moderator
from itasgraph.drafting.named_people import Names
from itasgraph.drafting.programme_builder import ProgrammeBuilder
from itasgraph.drafting.programme_lines import Piece
from itasgraph.drafting.programme_rows import RowReader, TableRow
from itasgraph.drafting.times import whole_period
from itasgraph.drafting.titles import SPEAKERS_FIRST, bare_title, is_format_alone, plain_title

_REMARK: Final = re.compile(r"\([^()]*\)")  # one pair of brackets, not "(Re)Build: Holz (Workshop)"
_NO_NUMBERS: Final[Mapping[str, int]] = MappingProxyType({})


class TableReader:
    """Adds the rows of tables to a programme in their order."""

    def __init__(self, builder: ProgrammeBuilder) -> None:
        self._builder = builder
        self._rows = RowReader(builder.grammar)
        self._row_before: TableRow | None = None
        self._names: Names | None = None  # in the row before, which holds nothing else

    @property
    def heads(self) -> list[int]:
        """The lines of headers."""
        return self._rows.heads

    def read(self, number: int, line: Line) -> None:
        """Add what a row says."""
        row = self._rows.read(number, line)
        if row is None or self._rows.is_first:
            self._row_before = None
        if row is None or self._is_label_of_day(line) or self._is_label_of_moderators(number, line):
            return
        if self._goes_on(row) or self._names_people_of_item(row, line) or self._is_below_title(row, line):
            return
        self._names = None
        row = self._with_time_above(row)
        if not row.times.length and (row.heading or not row.title or not self._rows.has_header):
            if row.heading and self._builder.is_break(row.heading):
                self._builder.break_at(number)
            elif row.heading or number in self._builder.lines.days:
                self._builder.begin_section(number, row.heading or line.text, "section-by-row")
            return
        self._builder.close()
        others = (replace(row, title_lines=tuple(title.split("\n")), day=day or row.day) for title, day in row.parallel)
        titles = [row, *others]
        if not row.people.get("speaker") and all(
            self._builder.is_break(each.title) or is_break(each.format) for each in titles
        ):
            self._builder.break_at(number)
            return
        for each in titles:
            self._row_item(each)

    def _is_label_of_day(self, line: Line) -> bool:
        """Read a row "Datum | 6.6.2031" above the rows of a day."""
        label, *values = [cell.strip() for cell in line.cells if cell.strip()] or [""]
        found = whole_period(values[0]) if len(values) == 1 and is_head_label(label) else None
        if found is not None:
            self._builder.day = found.first
        return found is not None

    def _is_label_of_moderators(self, number: int, line: Line) -> bool:
        """Read a row "Moderation | Ida Kern" above the programme."""
        label, *values = [cell.strip() for cell in line.cells if cell.strip()] or [""]
        if self._builder.sections or len(values) != 1 or not announces_moderator(f"{label}:"):
            return False
        people = self._builder.grammar.speakers(values[0], is_of_people=True)
        self._builder.moderators.extend((number, replace(one, is_moderator=True, doubt=None)) for one in people)
        return bool(people)

    def _goes_on(self, row: TableRow) -> bool:
        """Add the people of a row to the item of the row above: with the same time and title, or with neither."""
        before = self._row_before
        if before is None or not self._builder.sections or not self._builder.sections[-1].items or not row.people:
            return False
        names_nothing = not row.title and not row.times.length and not row.heading
        if not names_nothing and (row.times[:2], row.title, row.day) != (before.times[:2], before.title, before.day):
            return False
        self._builder.sections[-1].items[-1].speakers.extend(
            (row.line, one) for one in row.speakers(self._builder.grammar)
        )
        return True

    def _names_people_of_item(self, row: TableRow, line: Line) -> bool:
        """Add the people of a row, or what they are, to the item above: its time spans the rows, each of a style of its own."""
        before = self._row_before
        is_below = before is not None and row.times.length > 0 and row.times[:2] == before.times[:2]
        if not is_below or self._rows.has_header or not self._builder.sections or not self._builder.sections[-1].items:
            return False
        layout, grammar = self._builder.lines.layout, self._builder.grammar
        people = self._builder.sections[-1].items[-1].speakers
        if layout.row_holds_people(line):
            self._names = Names(row.line, last_cell(line), kept=len(people), is_of_people=True)
        elif self._names is not None and layout.row_is_below_people(line):
            self._names = replace(self._names, text=f"{self._names.text}\n{last_cell(line)}")
        else:
            return False
        people[self._names.kept :] = self._names.speakers(grammar)
        return True

    def _lines_below(self, row: TableRow, below: Sequence[str], numbers: Mapping[str, int]) -> None:
        """Read the lines below the title of the open item, in its cell or in a row of their own."""
        for text in below:
            part = Piece(numbers.get(text, row.line), text, (text,), LineKind.PARAGRAPH, is_inside=True)
            names, self._builder.names = self._builder.names, None
            if self._builder.grammar.behind_format(text) != text and self._builder.add_people(part, text):
                continue
            if beside := self._builder.item_of(replace(part, kind=LineKind.BULLET) if len(below) > 1 else part):
                self._builder.begin(beside)
            elif names is not None and names.go_on_in(part, self._builder.grammar):
                self._builder.extend(names, part)
            else:
                self._builder.add_people(part, text)

    def _is_below_title(self, row: TableRow, line: Line) -> bool:
        """Read the lines of a row below that of an item, whose cell for the time is empty: they are about that item."""
        before = self._row_before
        is_below = before is not None and before.times.length > 0 and not line.cells[0].strip() and bool(row.heading)
        if not is_below or not self._builder.sections or not self._builder.sections[-1].items:
            return False
        items = self._builder.sections[-1].items
        if before is None or items[-1].line != before.line:
            return True  # below a break
        below = last_cell(line).split("\n")
        items.pop()
        self._row_item(replace(before, title_lines=(*before.title_lines, *below)), dict.fromkeys(below, row.line))
        return True

    def _with_title_first(self, lines: Sequence[str]) -> Sequence[str]:
        """Return the lines of a cell with the title before people and format: "Keynote", "Ida Kern, IHK", "Holz im Bau"."""
        grammar = self._builder.grammar
        is_person = False
        for at, text in enumerate(lines):
            is_affiliation = is_person and grammar.is_affiliation(text)
            names_person = grammar.begins_with_person(text) and self._builder.divide(text).rule != SPEAKERS_FIRST
            is_person = is_affiliation or names_person
            if not (is_person or is_format_alone(text) or is_room(text) or text.endswith(":")):
                return [text, *lines[:at], *lines[at + 1 :]] if at else lines
        return lines

    def _with_time_above(self, row: TableRow) -> TableRow:
        """Return a row without a time as one at the time of the row above: a cell that spans rows is filled in the first only."""
        before = self._row_before
        takes_place = before is not None and before.times.length > 0 and not self._builder.is_break(before.title)
        if before is not None and takes_place and row.title and row.has_people and not row.times.length:
            row = replace(row, times=before.times, words=before.words, day=row.day or before.day)
        self._row_before = row if row.title else before
        return row

    def _row_item(self, row: TableRow, numbers: Mapping[str, int] = _NO_NUMBERS) -> None:
        """Add the item of a row; `numbers` are those of the lines of its cell that stand in another row."""
        if (_REMARK.fullmatch(row.title) or self._builder.is_break(row.title)) and not row.people.get("speaker"):
            return
        time = (
            Time(row.times.start, row.times.end, row.line, row.words) if row.times.length else self._builder.lines.every
        )
        first, *below = self._with_title_first(_with_speakers_first(row.title_lines))
        piece = Piece(numbers.get(first, row.line), first, (first,), LineKind.ROW)
        item = self._builder.titled(piece, first, time)
        if row.has_people and not all(speaker.is_moderator for _, speaker in item.speakers):
            title = plain_title(first)
            item = Item(piece.line, time, bare_title(title), words=(title,))
        item.rule, item.day = "row-of-table", row.day_of_item
        if not item.title:
            return
        self._builder.begin(item)
        self._lines_below(row, below, numbers)
        item.speakers.extend((row.line, one) for one in row.speakers(self._builder.grammar))
        self._builder.close()


def _with_speakers_first(lines: Sequence[str]) -> Sequence[str]:
    """Return the lines of a cell; a colon at the end of the first says that the title stands in the next: "Ida Kern (IHK):"."""
    first, *others = lines
    return [f"{first} {others[0]}", *others[1:]] if first.endswith(":") and others else lines
