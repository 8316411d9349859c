"""An answer as a table of text: one line per row for files and pipes, wrapped and with links for a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Final
from unicodedata import combining, east_asian_width

from itasgraph import messages
from itasgraph.entities import evidence
from itasgraph.entities.evidence import Footnote
from itasgraph.results.presentation import Line, Reader, Shown, address, clean, one_line

if TYPE_CHECKING:
    from rich.text import Text

_GAP: Final = "  "
_BETWEEN: Final = 3  # columns that rich leaves between two of a table's
# rich numbers links anew in each process; without a number a terminal tells them apart by their address.
_LINK_NUMBER: Final = re.compile("(?<=\x1b]8;)id=[^;]*")


def text(shown: Shown, reader: Reader) -> tuple[str, bool]:
    """The table, at most `reader.width` columns wide (0: one line per row), and whether it has no row."""
    rows = list(shown.rows)
    headings = shown.headings + ([] if shown.notes is None else [messages.column("footnotes", reader.lang)])
    notes = shown.notes or ()
    texts = [_texts(row, shown) for row in rows]
    if reader.width:
        lines = _fitted(headings, texts, rows, notes, reader)
    else:
        lines = [*_aligned(headings, texts), *_footnotes(notes, reader.lang)]
    return "".join(f"{line.rstrip()}\n" for line in lines), not rows


def _texts(row: Line, shown: Shown) -> list[str]:
    """The cells, each on one line; the footnotes follow as `[1] [2]`."""
    texts = [one_line(cell.text) for cell in row.cells]
    return texts if shown.notes is None else [*texts, " ".join(f"[{number}]" for number in row.notes)]


def _footnotes(notes: Sequence[Footnote], lang: str) -> Iterator[str]:
    if notes:
        yield ""
    for number, note in enumerate(notes, 1):
        yield clean(evidence.sentence(number, note, lang))


def _aligned(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """One line per row, as wide as it is: what `grep` and `less -S` want."""
    widths = [max(_columns(row[number]) for row in [headings, *rows]) for number in range(len(headings))]
    yield _GAP.join(_padded(text, width) for text, width in zip(headings, widths, strict=True))
    yield "─" * (sum(widths) + len(_GAP) * (len(widths) - 1))
    for row in rows:
        yield _GAP.join(_padded(text, width) for text, width in zip(row, widths, strict=True))


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _columns(text))


def _columns(text: str) -> int:
    """How many columns a text takes (Unicode Standard Annex 11): wide characters two, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text)


def _fitted(
    headings: Sequence[str],
    texts: Sequence[Sequence[str]],
    rows: Sequence[Line],
    notes: Sequence[Footnote],
    reader: Reader,
) -> list[str]:
    """Never wider than the terminal: long cells wrap. rich costs as much as the query and is loaded only here."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="")
    for heading, width in zip(headings, _shares([headings, *texts], reader.width), strict=True):
        table.add_column(Text(heading), overflow="fold", width=width)
    for row, cells in zip(rows, texts, strict=True):
        links = [cell.link for cell in row.cells]
        table.add_row(*(_linked(text, link) for text, link in zip_longest(cells, links, fillvalue="")))
    # rich writes links only where it may write colours, and finds out itself whether the terminal can.
    console = Console(width=reader.width, highlight=False, markup=False, emoji=False, force_terminal=True)
    with console.capture() as captured:
        console.print(table)
        for line, note in zip(_footnotes(notes, reader.lang), [None, *notes], strict=False):
            console.print(_with_address(line, note), overflow="fold")
    return _LINK_NUMBER.sub("", captured.get()).splitlines()


def _shares(rows: Sequence[Sequence[str]], width: int) -> list[int | None]:
    """Return how wide each column is to be, so that no word is torn; None for all where there is no room for that.

    Each column gets its longest word, and what is left goes to those whose cells are longer, evenly.
    """
    cells = list(zip(*rows, strict=True))
    widths = [max(_columns(word) for text in column for word in [*text.split(), ""]) for column in cells]
    longest = [max(map(_columns, column)) for column in cells]
    left = width - sum(widths) - _BETWEEN * (len(cells) - 1)
    if left < 0:
        return [None] * len(cells)
    while left > 0 and (longer := [number for number, share in enumerate(widths) if share < longest[number]]):
        for number in longer[:left]:
            widths[number] += 1
        left -= len(longer[:left])
    return list(widths)


def _linked(text: str, link: str) -> Text:
    from rich.style import Style
    from rich.text import Text

    # Not as the style of the whole, which would go for the spaces that fill the cell, too.
    return Text.assemble((text, Style(link=link))) if link else Text(text)


def _with_address(line: str, note: Footnote | None) -> Text:
    """A footnote; the address at its end is a link."""
    from rich.text import Text

    document = clean(note.source.document) if note else ""
    link = address(document)
    if not link:
        return Text(line)
    return Text.assemble(line.removesuffix(document), _linked(document, link))
