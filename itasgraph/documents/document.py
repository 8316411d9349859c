"""A document as it is read: its lines in reading order, each with its kind and its place."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from itasgraph.errors import FileError
from itasgraph.util.spelling import collapse_spaces

# What a reader makes of one document at most: more text than four thousand printed pages.
MAX_LINES: Final = 200_000
_SPACE: Final = re.compile(r"[ \t\r\n\f\v]+")
_SOFT_HYPHEN: Final = "\u00ad"
_SCHEMES: Final = ("http://", "https://", "mailto:")  # of links that lead to somebody
CELL_SEPARATOR: Final = " | "
_CONJUNCTION: Final = re.compile(r"(?:und|oder|bzw\.?|sowie|and|or)\b")


class LineKind(Enum):
    """What a line is in its document."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    BULLET = "bullet"
    ROW = "row"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a document as text, and the parts of which it consists.

    `cells` are the cells of a row, or the columns between tabs; a cell may have several lines of its own. `level` is that of a
    heading or bullet, from 1; of a row it is 1 where the document marks it as a header. `page` counts from 1, 0 where there are no
    pages; `places` are the addresses of the cells in a workbook ("Actors!B4"). `column` counts from 0: the column of the lines above
    in which a printed line begins.
    `links` are the web and e-mail addresses to which each cell of a row leads (`https:`, `mailto:`), where any does. `style` names how
    the document marks the line ("p.speaker", "div b"): lines of one style look alike. In a row it is that of its last cell.
    """

    text: str
    kind: LineKind = LineKind.PARAGRAPH
    level: int = 0
    cells: tuple[str, ...] = ()
    page: int = 0
    places: tuple[str, ...] = ()
    column: int = 0
    links: tuple[tuple[str, ...], ...] = ()
    style: str = ""

    @property
    def plain(self) -> str:
        """The text; of a heading in Markdown, without the signs that mark it."""
        return self.cells[0] if self.kind is LineKind.HEADING and self.cells else self.text


@dataclass(frozen=True, slots=True)
class Document:
    """The lines of a document, numbered from 1 by their order; `omitted` names the parts that were not read.

    `raw` is the content of the file where that is text already. `record` are the rows that `export` hides in a workbook to tell
    what was edited in it.
    """

    lines: tuple[Line, ...]
    title: str = ""
    omitted: tuple[str, ...] = ()
    raw: bytes | None = None
    record: tuple[tuple[str, ...], ...] = ()

    @property
    def content(self) -> bytes:
        """Return the document as a text file (UTF-8), to which the line numbers and the checksum of a source refer."""
        return self.raw if self.raw is not None else "".join(f"{line.text}\n" for line in self.lines).encode()

    @property
    def headline(self) -> str:
        """The first heading of the document, else its first line."""
        texts = [line for line in self.lines if line.text.strip()]
        return next(
            (line.plain for line in texts if line.kind is LineKind.HEADING), texts[0].text if texts else ""
        ).strip()

    @property
    def sha256(self) -> str:
        """Return the SHA-256 of `content` in hexadecimal digits."""
        return hashlib.sha256(self.content).hexdigest()


def with_links(line: Line, links: Iterable[Iterable[str | None]]) -> Line:
    """Return a row whose cells lead to some addresses; those within the document or of other schemes are left out."""
    addresses = tuple(tuple(filter(None, map(_address, cell))) for cell in links)
    return replace(line, links=addresses) if any(addresses) else line


def _address(target: str | None) -> str:
    plain = (target or "").strip()
    return plain if plain.casefold().startswith(_SCHEMES) else ""


def line(
    cells: Iterable[str],
    kind: LineKind = LineKind.PARAGRAPH,
    level: int = 0,
    *,
    page: int = 0,
    places: Sequence[str] = (),
    column: int = 0,
) -> Line:
    """Return the line of some cells; of a row, they are separated by bars, else by spaces."""
    clean = tuple(_clean(cell) for cell in cells)
    separator = CELL_SEPARATOR if kind is LineKind.ROW else " "
    text = separator.join(cell.replace("\n", " ") for cell in clean)
    return Line(text, kind, level, clean, page, tuple(places), column)


def _clean(cell: str) -> str:
    """Return the lines of a cell without soft hyphens, superfluous white space and blank lines; no-break spaces stay."""
    if _SOFT_HYPHEN not in cell and collapse_spaces(cell) == cell:  # as most cells are; no pattern is as fast
        return cell
    lines = (_SPACE.sub(" ", part).strip(" ") for part in cell.replace(_SOFT_HYPHEN, "").split("\n"))
    return "\n".join(part for part in lines if part.strip())


def join_wrapped(text: str, following: str) -> str:
    """Join two lines of a wrapped text; a hyphen at the end goes where a word was divided, and stays in "Jugend- und"."""
    if text.endswith("\u00ad"):
        return text + following
    if text.endswith("-") and text[-2:-1].isalpha():
        divided = following[:1].islower() and not _CONJUNCTION.match(following)
        return (text[:-1] if divided else text) + (" " if _CONJUNCTION.match(following) else "") + following
    return f"{text} {following}"


def separate_blocks(lines: Iterable[Line], path: str) -> tuple[Line, ...]:
    """Leave out lines without text, and put a blank line before each heading and around each table.

    Raises FileError where there are too many lines, or none at all.
    """
    result: list[Line] = []
    for current in lines:
        if not any(cell.strip() for cell in current.cells):
            continue
        previous = result[-1] if result else current
        table_edge = (current.kind is LineKind.ROW) != (previous.kind is LineKind.ROW)
        if result and (current.kind is LineKind.HEADING or table_edge):
            result.append(Line("", LineKind.BLANK))
        result.append(current)
        if len(result) > MAX_LINES:
            raise FileError("document-too-long", path=path, limit=MAX_LINES)
    if not result:
        raise FileError("document-without-text", path=path)
    return tuple(result)
