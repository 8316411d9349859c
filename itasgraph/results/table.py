"""An answer as a table of text: one line per row for files and pipes, wrapped and with links for a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Final
from unicodedata import combining, east_asian_width

from itasgraph.results.presentation import Presentation, RenderContext, RenderedRow, address, clean
from itasgraph.util.spelling import collapse_spaces

if TYPE_CHECKING:
    from rich.text import Text

    from itasgraph.entities.evidence import Footnote

_GAP: Final = "  "
_BETWEEN: Final = 3  # columns of the terminal that rich leaves between two columns of a table
# rich numbers links anew in each process; without numbers the bytes are stable, and the terminal compares the addresses.
_LINK_NUMBER: Final = re.compile("(?<=\x1b]8;)id=[^;]*")


def text(presentation: Presentation, context: RenderContext) -> tuple[str, bool]:
    """Return the table, at most `context.width` columns wide (0: one line per row), and whether it has no row."""
    rows = list(presentation.rows)
    headings = presentation.all_headings(context.lang)
    notes = presentation.notes or ()
    texts = [_texts(row, presentation) for row in rows]
    if context.width:
        lines = _fit(headings, texts, rows, notes, context)
    else:
        lines = [*_align(headings, texts), *_footnotes(notes, context.lang)]
    return "".join(f"{line.rstrip()}\n" for line in lines), not rows


def _texts(row: RenderedRow, presentation: Presentation) -> list[str]:
    """Return the cells, each on one line, and the numbers of the footnotes as `[1] [2]`."""
    texts = [collapse_spaces(cell.text) for cell in row.cells]
    return texts if presentation.notes is None else [*texts, row.references]


def _footnotes(notes: Sequence[Footnote], lang: str) -> Iterator[str]:
    if not notes:
        return
    from itasgraph.entities import evidence

    yield ""
    for number, note in enumerate(notes, 1):
        yield clean(evidence.sentence(number, note, lang))


def _align(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Align the rows, each on one line of any width, as `grep` and `less -S` need them."""
    widths = [max(_width_of(row[number]) for row in [headings, *rows]) for number in range(len(headings))]
    yield _GAP.join(_pad(text, width) for text, width in zip(headings, widths, strict=True))
    yield "─" * (sum(widths) + len(_GAP) * (len(widths) - 1))
    for row in rows:
        yield _GAP.join(_pad(text, width) for text, width in zip(row, widths, strict=True))


def _pad(text: str, width: int) -> str:
    return text + " " * (width - _width_of(text))


def _width_of(text: str) -> int:
    """Return the columns that a text takes (Unicode Standard Annex 11): wide characters two, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text)


def _fit(
    headings: Sequence[str],
    texts: Sequence[Sequence[str]],
    rows: Sequence[RenderedRow],
    notes: Sequence[Footnote],
    context: RenderContext,
) -> list[str]:
    """Fit the table into the terminal by wrapping long cells. rich takes as long to load as the query, so it is imported here."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="")
    for heading, width in zip(headings, _column_widths([headings, *texts], context.width), strict=True):
        table.add_column(Text(heading), overflow="fold", width=width)
    for row, cells in zip(rows, texts, strict=True):
        links = [cell.link for cell in row.cells]
        table.add_row(*(_link(text, link) for text, link in zip_longest(cells, links, fillvalue="")))
    # rich writes links only to a terminal with colours, which it detects itself.
    console = Console(width=context.width, highlight=False, markup=False, emoji=False, force_terminal=True)
    with console.capture() as captured:
        console.print(table)
        for line, note in zip(_footnotes(notes, context.lang), [None, *notes], strict=False):
            console.print(_link_address(line, note), overflow="fold")
    return _LINK_NUMBER.sub("", captured.get()).splitlines()


def _column_widths(rows: Sequence[Sequence[str]], width: int) -> list[int | None]:
    """Return the width of each column, so that no word is broken; None for all where the terminal is too narrow.

    Each column has room for its longest word; columns with longer cells share the rest evenly.
    """
    cells = list(zip(*rows, strict=True))
    widths = [max(_width_of(word) for text in column for word in [*text.split(), ""]) for column in cells]
    longest = [max(map(_width_of, column)) for column in cells]
    spare = width - sum(widths) - _BETWEEN * (len(cells) - 1)
    if spare < 0:
        return [None] * len(cells)
    while spare > 0 and (longer := [number for number, share in enumerate(widths) if share < longest[number]]):
        for number in longer[:spare]:
            widths[number] += 1
        spare -= len(longer[:spare])
    return list(widths)


def _link(text: str, link: str) -> Text:
    from rich.style import Style
    from rich.text import Text

    # A style of the whole text would also link the spaces that fill the cell.
    return Text.assemble((text, Style(link=link))) if link else Text(text)


def _link_address(line: str, note: Footnote | None) -> Text:
    """Return a footnote whose address at the end is a link."""
    from rich.text import Text

    document = clean(note.source.document) if note else ""
    link = address(document)
    if not link:
        return Text(line)
    return Text.assemble(line.removesuffix(document), _link(document, link))
