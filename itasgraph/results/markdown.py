"""An answer as a table in GitHub Flavored Markdown, the footnotes as a list below it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from itasgraph.entities import evidence
from itasgraph.results.presentation import Cell, Presentation, RenderContext, RenderedRow, address, clean
from itasgraph.util.spelling import collapse_spaces

# Characters that are or may become markup within a line; "<" and "&" are escaped as in HTML.
_MARKUP: Final = re.compile(r"[\\`*_{}\[\]|~$]")


def text(presentation: Presentation, context: RenderContext) -> tuple[str, bool]:
    """Return the table, and whether it has no row."""
    rows = [_row(row, presentation) for row in presentation.rows]
    headings = presentation.all_headings(context.lang)
    lines = [
        _line(map(_escape, headings)),
        _line("---" for _ in headings),
        *rows,
        *_footnotes(presentation, context.lang),
    ]
    return "".join(f"{line}\n" for line in lines), not rows


def _row(row: RenderedRow, presentation: Presentation) -> str:
    notes = [] if presentation.notes is None else [row.references]
    return _line([*map(_cell, row.cells), *notes])


def _line(cells: Iterator[str] | list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: Cell) -> str:
    text = "<br>".join(_escape(line) for line in cell.text.strip().split("\n"))
    link = cell.link
    return f"[{text}](<{link}>)" if link else text


def _escape(text: str) -> str:
    text = collapse_spaces(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MARKUP.sub(r"\\\g<0>", text)


def _footnotes(presentation: Presentation, lang: str) -> Iterator[str]:
    for number, note in enumerate(presentation.notes or (), 1):
        if number == 1:
            yield ""
        link = address(note.source.document)
        origin = evidence.passage(note, lang) if link else evidence.origin(note, lang)
        text = _escape(clean(f"{evidence.in_quotes(note.evidence.quote, lang)} – {origin}"))
        # Two spaces at the end of a line break it.
        yield f"[{number}] {text} – <{link}>  " if link else f"[{number}] {text}  "
