"""The rows of the table of a programme → time, title and people; the columns are known by their headers, or by their order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from itasgraph.documents.document import Line
from itasgraph.drafting import values
from itasgraph.drafting.column_headers import programme_column_key
from itasgraph.drafting.leading_roles import leading_role
from itasgraph.drafting.lexica import is_organisation, is_role_word, is_room
from itasgraph.drafting.moderation import announces_moderator
from itasgraph.drafting.people import is_person, leading_title, looks_like_name, split_name, without_nobody
from itasgraph.drafting.speakers import Speaker, SpeakerGrammar
from itasgraph.drafting.tables import programme_columns
from itasgraph.drafting.times import Times, leading_times, period
from itasgraph.drafting.titles import certain, is_format_alone

_NO_TIMES: Final = Times("", "", 0)
_AFFILIATIONS: Final = ("role", "organisation")
_PEOPLE: Final = frozenset({"speaker", "moderator", *_AFFILIATIONS})
_LONGEST_DAY: Final = 4  # words of a cell that holds a day
_MIDDLE_NAME: Final = re.compile(r"\b(Thị|Văn)\n")  # never ends a Vietnamese name: the line was wrapped
_NAMES: Final = re.compile(r"\s*[;\n|&]\s*|\s+/\s+|\s*,\s+|\s+(?:und|and)\s+")
_ALTERNATIVES: Final = re.compile(r"\s+/\s+|,\s+")
_NUMBER: Final = re.compile(r"(?:TOP\s*)?\d+[a-z.]?")
_STATE: Final = re.compile(r"(?:(?:\w+s)?[Ss]tand|Version|Änderungen|Status|As of)\b")  # of the document


@dataclass(frozen=True)
class TableRow:
    """A row: its line, time and the words that say it, the day, the lines of the title, the format, and key → cell of people.

    `parallel` are titles and days of what takes place at the same time, in a table with a column for each room or day; `has_people` says that a
    column names people, whether or not this row does.
    """

    line: int
    times: Times = _NO_TIMES
    words: str = ""
    day: str = ""
    title_lines: tuple[str, ...] = ("",)
    format: str = ""
    heading: str = ""
    people: dict[str, str] = field(default_factory=dict)
    is_printed: bool = False  # on a page, where cells are wrapped
    has_people: bool = False
    parallel: tuple[tuple[str, str], ...] = ()
    is_of_moderator: bool = False  # a cell says that the person of the row moderates
    name_parts: tuple[str, ...] = ()  # of the person, in columns of their own

    @property
    def title(self) -> str:
        """The first line of the title."""
        return self.title_lines[0]

    @property
    def day_of_item(self) -> str:
        """The day as YYYY-MM-DD, or an empty string."""
        found = period(self.day) if self.day else None
        return found.first if found else ""

    def speakers(self, grammar: SpeakerGrammar) -> list[Speaker]:
        """Return the people of the row; role and organisation of each stand in the same order where they have cells of their own."""
        named = self._named(grammar)
        if self.name_parts and len(named) == 1:
            named = [replace(named[0], quote="\n".join(self.name_parts))]
        columns = {key: self._parts(key, len(named)) for key in _AFFILIATIONS if self.people.get(key)}
        speakers = list(_affiliated(named, columns, grammar)) if columns else named
        if self.is_of_moderator:
            speakers = [replace(one, is_moderator=True) for one in speakers]
        moderators = without_nobody(self.people.get("moderator", ""))
        return [*speakers, *(replace(one, is_moderator=True) for one in _people_of(moderators, grammar))]

    def _named(self, grammar: SpeakerGrammar) -> list[Speaker]:
        groups: list[str] = []
        for line in self.people.get("speaker", "").split("\n"):
            if not (text := without_nobody(line)) or text != line:
                continue
            if groups and not grammar.begins_with_person(text) and not _looks_like_another(text, groups[-1], grammar):
                is_wrapped = self.is_printed and ("," in groups[-1] or not grammar.is_affiliation(text))
                groups[-1] += (" " if is_wrapped else "\n") + text
            else:
                groups.append(text)
        return [speaker for group in groups for speaker in _people_of(group, grammar)]

    def _parts(self, key: str, count: int) -> list[str]:
        """Return the values of a column, one for each person where there are as many of them."""
        text = self.people[key]
        parts = values.several(text)
        if len(parts) != count > 1 and len(named := _ALTERNATIVES.split(text)) == count:
            return named
        if len(parts) == count or not self.is_printed:
            return parts
        groups: list[str] = []
        for part in text.split("\n"):
            if groups and not is_role_word(part.split(maxsplit=1)[0]):
                groups[-1] += f" {part}"
            else:
                groups.append(part)
        return groups if len(groups) == count else [" ".join(text.split())]


def _people_of(text: str, grammar: SpeakerGrammar) -> list[Speaker]:
    """Return the people in a cell, where unknown names are names of people, too."""
    text = _MIDDLE_NAME.sub(r"\1 ", text)
    several = [part for part in text.split(";") if part.strip()]
    if len(several) == 1 or not all(map(_may_be_name, several)):
        if not text or (speakers := grammar.speakers(text, is_position=True)):
            return certain(speakers) if text else []
        several = [part for part in _NAMES.split(text) if part]
        if not several or not all(map(_may_be_name, several)):
            return certain(grammar.speakers(text, is_of_people=True))
    return [_of_name(part.strip()) for part in several]


def _of_name(text: str) -> Speaker:
    title, name = split_name(text)
    role, plain = leading_role(name)
    return Speaker(plain, title, role, (), text)


def _may_be_name(text: str) -> bool:
    return is_person(text) or (looks_like_name(text) and not is_organisation(text))


def _looks_like_another(text: str, before: str, grammar: SpeakerGrammar) -> bool:
    """Return whether a line below a name that nothing else follows is another name."""
    return "\n" not in before and "," not in before and looks_like_name(text) and not grammar.is_affiliation(text)


def _affiliated(named: Sequence[Speaker], columns: dict[str, list[str]], grammar: SpeakerGrammar) -> Iterator[Speaker]:
    """Yield people with the values of columns; values whose person nobody can tell become a doubt of the last one."""
    for index, name in enumerate(named):
        speaker = name
        for column, parts in columns.items():
            # "Leiterin, Werk Süd GmbH" below "Funktion"
            key = "affiliation" if column == "role" and "organisation" not in columns else column
            if len(parts) == len(named):
                speaker = _with(speaker, key, parts[index], grammar)
            elif len(named) == 1:
                speaker = _with_all(speaker, key, parts, grammar)
            elif index == len(named) - 1:
                speaker = replace(speaker, organisations=tuple(parts[:1]), doubt="doubt-organisation-of-next")
        has_affiliation = speaker.role or speaker.organisations
        is_bare = speaker.doubt == "doubt-bare-name"
        yield replace(speaker, doubt=None) if has_affiliation and is_bare else speaker


def _with_all(speaker: Speaker, key: str, parts: Sequence[str], grammar: SpeakerGrammar) -> Speaker:
    """Return the only speaker of a row with the first of several roles, or with several organisations."""
    first = _with(speaker, key, parts[0], grammar)
    if key != "organisation":
        return first
    organisations = (*first.organisations, *parts[1:])
    return replace(first, organisations=organisations, quote="\n".join((first.quote, *parts[1:])))


def _with(speaker: Speaker, key: str, text: str, grammar: SpeakerGrammar) -> Speaker:
    """Return a speaker with a role or an organisation; a column of organisations may hold "Leiterin, Werk Süd GmbH"."""
    quote = f"{speaker.quote}\n{text}"
    doubt = None if speaker.doubt == "doubt-bare-name" else speaker.doubt
    found = grammar.affiliation(text)
    if key == "role" or (key == "affiliation" and not (found.role and found.organisations)):
        return replace(speaker, role=text, quote=quote, doubt=doubt)
    if found.role and (found.organisations or is_role_word(text.split(maxsplit=1)[0])):
        return replace(
            speaker, role=speaker.role or found.role, organisations=found.organisations, quote=quote, doubt=doubt
        )
    return replace(speaker, organisations=(text,), quote=quote, doubt=doubt)


class RowReader:
    """Reads the rows of the tables of a document in their order."""

    def __init__(self, grammar: SpeakerGrammar) -> None:
        self._grammar = grammar
        self.heads: list[int] = []  # lines of headers
        self._columns: list[str] = []
        self._above: tuple[str, ...] = ()  # the cells of the row above
        self._days: tuple[str, ...] = ()  # of the columns
        self._last = 0
        self.is_first = True  # whether the last row is the first of its table

    @property
    def has_header(self) -> bool:
        """Whether the table of the last row names its columns."""
        return bool(self._columns)

    def read(self, number: int, line: Line) -> TableRow | None:
        """Return what a row says; None for a header."""
        # In Markdown, a line of dashes stands below the header.
        self.is_first = number > self._last + (2 if self._last in self.heads[-1:] else 1)
        if self.is_first:
            self._columns, self._above = [], ()
        self._last = number
        if columns := programme_columns(line) or _rooms(line):
            self._columns = columns
            self._days = tuple(
                cell if key == "parallel" else "" for key, cell in zip(columns, line.cells, strict=False)
            )
            self.heads.append(number)
            return None
        texts = {cell.strip() for cell in line.cells if cell.strip()}
        if len(texts) == 1 and not leading_times(next(iter(texts))).length:
            if _STATE.match(next(iter(texts))):
                return None
            return TableRow(number, heading=" ".join(texts.pop().split()))
        row = _row(number, self._without_spanned(line), self._columns or _guessed(line), self._grammar, self._days)
        self._above = line.cells
        return row

    def _without_spanned(self, line: Line) -> Line:
        """Leave out of a row with a column for each room what the row above says in the same column: the cell spans both."""
        if "parallel" not in self._columns:
            return line
        width = len(line.cells)
        columns = zip(line.cells, (*self._above, *[""] * width), (*self._columns, *[""] * width), strict=False)
        return replace(
            line, cells=tuple("" if key == "parallel" and cell == above else cell for cell, above, key in columns)
        )


def _rooms(line: Line) -> list[str]:
    """Return the keys of the columns where each but the first is a room or stage: "Zeit | Großer Saal | Bühne"."""
    first, *others = [cell.strip() for cell in line.cells] or [""]
    named = [cell for cell in others if cell]
    are_rooms = len(named) > 1 and all(is_room(cell) or not programme_column_key(cell) for cell in named)
    is_of_times = programme_column_key(first) == "time" or (not first and any(map(is_room, named)))
    return ["time", *("parallel" for _ in others)] if are_rooms and is_of_times else []


def _guessed(line: Line) -> list[str]:
    """Return the keys of the columns of a table without a header: a time, then the title, then people."""
    keys: list[str] = []
    for cell in line.cells:
        if not any(keys) and cell.strip() and leading_times(cell.strip()).length:
            keys.append("time")
        elif not cell.strip() or is_room(cell) or (period(cell) and len(cell.split()) <= _LONGEST_DAY):
            keys.append("")
        else:
            keys.append("speaker" if "title" in keys else "title")
    return keys


def _row(number: int, line: Line, keys: Sequence[str], grammar: SpeakerGrammar, headers: Sequence[str]) -> TableRow:
    """Return what a row says; `headers` are those of the columns, of which each may be that of a room or a day."""
    cells: dict[str, str] = {}
    parallel: list[tuple[str, str]] = []
    for key, cell, header in zip(keys, line.cells, (*headers, *[""] * len(keys)), strict=False):
        text = cell.strip()
        if key == "title" and keys.count("title") > 1 and _NUMBER.fullmatch(text):
            continue  # a column "TOP" beside that of the subjects
        if key == "parallel" and text:
            parallel.append((text, header if period(header) else ""))
        elif not key and ":" in text and _are_moderators(grammar.speakers(text)):
            cells["moderator"] = text  # in a column of remarks
        elif key == "title" and key in cells and text and is_format_alone(cells[key]):
            cells["format"], cells[key] = cells[key], text  # "Keynote" in a column before that of the titles
        elif key and text:
            cells[key] = f"{cells[key]}\n{text}" if key in cells else text
    name_parts: tuple[str, ...] = ()
    if cells.get("first_name") and cells.get("speaker"):
        name_parts = cells["first_name"], cells["speaker"]
        cells["speaker"] = _whole_name(cells)
    start, end = cells.get("time") or cells.get("start", ""), cells.get("end", "")
    times = _times(start, end)
    title = cells.get("title", "")
    if times.length and not title and "time" in cells and not parallel:  # the time stands before the title in one cell
        title = start[times.length :].strip()
    (first, day), *others = list(dict.fromkeys(parallel)) or [(title, "")]  # a cell over several rooms counts once
    is_printed = line.page > 0
    return TableRow(
        number,
        times,
        " ".join((start if end else start[: times.length]).strip(" |–—-:,").split()),
        day or cells.get("day", ""),
        tuple(_title_lines(first, grammar) if is_printed else first.split("\n")),
        cells.get("format", ""),
        people={key: text for key, text in cells.items() if key in _PEOPLE},
        is_printed=is_printed,
        has_people=not _PEOPLE.isdisjoint(keys),
        is_of_moderator=any(announces_moderator(f"{cell.strip()}:") for cell in line.cells if cell.strip()),
        parallel=tuple(others),
        name_parts=name_parts,
    )


def _whole_name(cells: dict[str, str]) -> str:
    """Return the name in columns of their own for title, given name and family name."""
    title = cells.get("academic_title", "")
    names = f"{cells['first_name']} {cells['speaker']}"
    return f"{title} {names}" if leading_title(f"{title} {names}") else names


def _are_moderators(speakers: Sequence[Speaker]) -> bool:
    return bool(speakers) and all(one.is_moderator for one in speakers)


def _times(start: str, end: str) -> Times:
    """Return the times in one or two cells; in a column of times, a bare number is one."""
    times = leading_times(start)
    if end or not times.length:
        first, last = times if times.length else leading_times(f"{start} Uhr"), leading_times(f"{end} Uhr")
        return Times(first.start, first.end or last.start, len(start)) if first.start else _NO_TIMES
    return times


def _title_lines(title: str, grammar: SpeakerGrammar) -> list[str]:
    """Return the title in a printed cell, whose lines are joined, and the lines of people below it."""
    lines: list[str] = []
    for line in title.split("\n"):
        if lines and not grammar.begins_with_person(line) and not (len(lines) > 1 and grammar.is_affiliation(line)):
            lines[-1] += f" {line}"
        else:
            lines.append(line)
    return lines
