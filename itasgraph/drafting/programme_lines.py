"""A line of a document → the texts in it that a programme is read from: one, or several that stand beside or below each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from itasgraph.documents.document import CELL_SEPARATOR, Line, LineKind
from itasgraph.drafting.lexica import is_room, programme_column_key, without_title_label
from itasgraph.drafting.speakers import SpeakerGrammar
from itasgraph.drafting.times import leading_times
from itasgraph.drafting.titles import TitleGrammar

_BULLET: Final = re.compile(r"^\s*[•*–-]\s+")
_NUMBERING: Final = re.compile(r"(?:TOP|Tagesordnungspunkt|Punkt)\s*\d+[a-z]?\s*[.:)–-]?\s+", re.I)
_ENUMERATION: Final = re.compile(
    r"(?:[A-H1-9]|(?:Workshop|Forum|Fachforum|Panel|Session|Track|Raum|Gruppe|AG|Room|Group|Stream)\s+(?:[A-Z]|[IVX]+|\d+))\s*[.:)–-]\s",
    re.I,
)
_NUMBERED: Final = re.compile(
    r"(?:WS|Workshop|Forum|Fachforum|Panel|Session|Gruppe|AG|Track|Tisch|Room)\s*(?:\d+|[A-H]|[IVX]+)\b"
)
_TIME_BEHIND: Final = re.compile(r"\s*\((?:ab\s+|um\s+|from\s+)?(\d{1,2}[:.]?\d{0,2}[^()]*)\)\s*$")
_FEWEST_CELLS: Final = 3  # a time, and what takes place at it in two rooms


class Texts(NamedTuple):
    """The texts that follow each other in a line, and those that take place at the time of the first of them."""

    lines: list[str]
    parallel: list[str]


class LineReader:
    """Reads the texts of lines; of a row, the cells as far as they say something of a programme."""

    def __init__(self, grammar: SpeakerGrammar, titles: TitleGrammar) -> None:
        self._grammar = grammar
        self._titles = titles

    def text(self, line: Line) -> str:
        """Return a line that is no row without its bullet and numbering; a bullet may have several lines."""
        has_lines = len(line.cells) == 1 and "\n" in line.cells[0]
        text = without_bullet(line.cells[0] if has_lines else line.plain)
        text = text.replace("**", "", 2) if text.startswith("**") else text
        return _NUMBERING.sub("", text, count=1) if _NUMBERING.match(text) else text

    def texts(self, line: Line, columns: Sequence[str], *, has_rooms: bool) -> Texts:
        """Return the texts of a line; `columns` are the keys of the cells of a row, `has_rooms` says that each is a room."""
        if line.kind is not LineKind.ROW:
            return self._below_each_other(self.text(line))
        cells = self._cells(line, columns)
        beside = list(dict.fromkeys(text for _, text in cells[1:]))
        is_time = bool(cells) and leading_times(cells[0][1]).length == len(cells[0][1])
        if is_time and (has_rooms or (len(cells) >= _FEWEST_CELLS and all(map(self._is_item, beside)))) and beside:
            return Texts([f"{cells[0][1]}{CELL_SEPARATOR}{beside[0]}"], beside[1:])
        text = CELL_SEPARATOR.join(text for _, text in cells)
        if [key for key, _ in cells[:2]] == ["start", "end"]:
            text = text.replace(CELL_SEPARATOR, " – ", 1)
        return self._below_each_other(text)

    def _cells(self, line: Line, columns: Sequence[str]) -> list[tuple[str, str]]:
        """Return the cells that are not empty and no room, each with its key."""
        keys = columns or [""] * len(line.cells)
        return [
            (key, self._unwrap(cell.strip()) if line.page else cell.strip())
            for key, cell in zip(keys, line.cells, strict=False)
            if cell.strip() and key != "room"
        ]

    def _unwrap(self, cell: str) -> str:
        """Join the lines of a cell of a printed page, except where a name begins one or an affiliation fills it."""
        text = ""
        for part in cell.split("\n"):
            is_own = self._grammar.begins_with_person(part) or (bool(text) and self._grammar.is_affiliation(part))
            separator = "\n" if is_own and not text.endswith(",") else " "
            text = f"{text}{separator}{part}" if text else part
        return text

    def _below_each_other(self, text: str) -> Texts:
        """Divide the lines of a cell or bullet: each with a time of its own, or items that take place at the same time."""
        first, *rest = text.split("\n")
        if rest and all(leading_times(part).start for part in rest):
            return Texts([first, *rest], [])
        if len(rest) > 1 and all(map(self._is_item, rest)):
            return Texts([first], rest)
        return Texts([text], [])

    def _is_item(self, text: str) -> bool:
        division = self._titles.divide(text)
        return bool(division.speakers and division.title) and not self._grammar.begins_with_person(text)


def names_rooms(line: Line) -> bool:
    """Return whether a row is the header of a table with a column for each room: "Zeit | Großer Saal | Seminarraum"."""
    first, *others = [cell.strip() for cell in line.cells if cell.strip()] or [""]
    return programme_column_key(first) == "time" and len(others) > 1 and all(map(is_room, others))


def without_bullet(text: str) -> str:
    """Return a text with single spaces, and without the bullet before it; its lines stay."""
    return "\n".join(" ".join(part.split()) for part in _BULLET.sub("", text, count=1).split("\n"))


def without_numbering(text: str) -> str:
    """Leave out the number of an item of an agenda, and a label, before its title.

    >>> without_numbering("TOP 2: Holz im Bau"), without_numbering("Titel: Holz im Bau")
    ('Holz im Bau', 'Holz im Bau')
    """
    return without_title_label(_NUMBERING.sub("", text, count=1) if _NUMBERING.match(text) else text)


def is_numbered(text: str) -> bool:
    """Return whether a text begins with the number of a parallel item ("WS 2 Die Wiese", "Workshop A: Holz")."""
    return _NUMBERED.match(text) is not None


def with_time_first(text: str) -> str:
    """Return a text with the time of day in brackets behind its first line put before it.

    >>> with_time_first("Begrüßung (ab 18:00 Uhr)\\nIda Kern"), with_time_first("Holz (IHK)")
    ('18:00 Uhr Begrüßung\\nIda Kern', 'Holz (IHK)')
    """
    first, newline, rest = text.partition("\n")
    match = _TIME_BEHIND.search(first)
    if not match or leading_times(text).length or not leading_times(match[1]).start:
        return text
    return f"{match[1]} {first[: match.start()]}{newline}{rest}"


def is_listed(line: Line) -> bool:
    """Return whether a line is a bullet, or begins with a letter or number of its own ("A. ", "Workshop 2: ")."""
    return is_bullet(line) or _ENUMERATION.match(line.text.strip()) is not None


def is_bullet(line: Line) -> bool:
    return line.kind is LineKind.BULLET or _BULLET.match(line.text) is not None
