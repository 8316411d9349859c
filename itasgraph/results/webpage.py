"""An answer as one self-contained HTML page that runs no script and asks no server."""

from __future__ import annotations

from typing import Final, NamedTuple

import pyoxigraph as ox

from itasgraph import messages
from itasgraph.entities import evidence
from itasgraph.entities.evidence import Footnote
from itasgraph.results.presentation import Cell, Presentation, RenderContext, RenderedRow, address, clean
from itasgraph.util import templates
from itasgraph.vocabulary import XSD

_NUMBERS: Final = {XSD.integer, XSD.decimal, XSD.double, XSD.float}


class _Cell(NamedTuple):
    """A cell of the page; `lang` is the language its text is tagged with, or ""."""

    text: str
    link: str
    lang: str
    number: bool


class _Note(NamedTuple):
    """A footnote of the page; `rows` are the rows, from 1, that refer to it."""

    number: int
    quote: str
    origin: str
    link: str
    document: str
    rows: list[int]


def page(presentation: Presentation, context: RenderContext) -> tuple[str, bool]:
    """Return the page, and whether its table has no row."""
    rows = list(presentation.rows)
    html = _page(
        context,
        headings=presentation.headings,
        evidence=messages.column("footnotes", context.lang) if presentation.notes is not None else "",
        rows=[([_cell(cell) for cell in row.cells], row.notes) for row in rows],
        notes=_notes(presentation, rows, context.lang),
        message="" if rows else messages.render("no-rows", context.lang),
    )
    return html, not rows


def yes_or_no(message: str, context: RenderContext) -> str:
    """Return the page of a yes-or-no question."""
    return _page(context, headings=[], evidence="", rows=[], notes=[], message=message)


def _page(context: RenderContext, **values: object) -> str:
    title = clean(context.title) or messages.render("answer", context.lang)
    back = messages.render("back-to-row", context.lang)
    return templates.render("results/answer.html.j2", lang=context.lang, title=title, back=back, **values)


def _cell(cell: Cell) -> _Cell:
    literal = cell.term if isinstance(cell.term, ox.Literal) else None
    number = literal is not None and literal.datatype.value in _NUMBERS
    return _Cell(cell.text, cell.link, (literal.language or "") if literal else "", number)


def _notes(presentation: Presentation, rows: list[RenderedRow], lang: str) -> list[_Note]:
    rows_by_note: dict[int, list[int]] = {}
    for number, row in enumerate(rows, 1):
        for note in row.notes:
            rows_by_note.setdefault(note, []).append(number)
    return [
        _note(number, note, rows_by_note.get(number, []), lang)
        for number, note in enumerate(presentation.notes or (), 1)
    ]


def _note(number: int, note: Footnote, rows: list[int], lang: str) -> _Note:
    origin = evidence.passage(note, lang)
    quote = evidence.in_quotes(note.evidence.quote, lang)
    return _Note(number, clean(quote), clean(origin), address(note.source.document), clean(note.source.document), rows)
