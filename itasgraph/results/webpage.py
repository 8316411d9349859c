"""An answer as one self-contained HTML page that runs no script and asks no server."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import pyoxigraph as ox

from itasgraph import messages
from itasgraph.entities import evidence
from itasgraph.entities.evidence import Footnote
from itasgraph.entities.labels import display_labels
from itasgraph.entities.provenance import source_details, versions
from itasgraph.results.cited_table import QUOTE_BREAK
from itasgraph.results.presentation import Cell, Presentation, RenderContext, RenderedRow, address, clean
from itasgraph.util import templates
from itasgraph.vocabulary import XSD

_NUMBERS: Final = {XSD.integer, XSD.decimal, XSD.double, XSD.float}
# More columns than this need a sheet of paper on its side.
_UPRIGHT: Final = 6


class _Reference(NamedTuple):
    """A reference to a footnote; `anchor` is the id by which the footnote leads back to it, "" where another one of the row has it."""

    number: int
    anchor: str = ""


class _Quote(NamedTuple):
    """A quote in a cell, with its footnote."""

    text: str
    reference: _Reference


class _Cell(NamedTuple):
    """A cell of the page: its quotes, or else its text. `lang` is the language its text is tagged with, or ""."""

    text: str
    link: str
    lang: str
    number: bool
    quotes: Sequence[_Quote] = ()


class _Row(NamedTuple):
    """A row of the page, with the references that stand at none of its quotes."""

    cells: list[_Cell]
    references: list[_Reference]


class _Note(NamedTuple):
    """A footnote of the page; `rows` are the rows, from 1, that refer to it."""

    number: int
    quote: str
    origin: str
    link: str
    document: str
    rows: list[int]


class _Source(NamedTuple):
    """A source that the footnotes name: its label, its date, and its licence in words and as a link."""

    label: str
    date: str
    licence: str
    link: str


def page(presentation: Presentation, context: RenderContext) -> tuple[str, bool]:
    """Return the page, and whether its table has no row."""
    rendered = list(presentation.rows)
    rows = [_row(number, row, presentation.notes or (), context.lang) for number, row in enumerate(rendered, 1)]
    has_column = any(row.references for row in rows) or not any(cell.quotes for row in rows for cell in row.cells)
    html = _page(
        context,
        headings=presentation.headings,
        evidence=messages.column("footnotes", context.lang) if presentation.notes is not None and has_column else "",
        rows=rows,
        count=messages.render("row-count", context.lang, rows=len(rows)) if rows else "",
        notes=_notes(presentation, rendered, context.lang),
        sources=list(_sources(presentation.notes or (), context)),
        message="" if rows else messages.render("no-rows", context.lang),
    )
    return html, not rows


def yes_or_no(message: str, context: RenderContext) -> str:
    """Return the page of a yes-or-no question."""
    return _page(context, headings=[], evidence="", rows=[], count="", notes=[], sources=[], message=message)


def _page(context: RenderContext, *, headings: Sequence[str], **values: object) -> str:
    lang = context.lang
    return templates.render(
        "results/answer.html.j2",
        lang=lang,
        title=clean(context.title) or messages.render("answer", lang),
        summary=clean(context.summary),
        parameters=[(clean(name), clean(value)) for name, value in context.parameters],
        back=messages.render("back-to-row", lang),
        sources_heading=messages.page(lang)["sources_other"],
        headings=headings,
        sideways=len(headings) > _UPRIGHT,
        data=list(_data_versions(context)),
        **values,
    )


def _data_versions(context: RenderContext) -> Iterator[str]:
    """Yield a line for each data set with its version, which says as of when the answer holds."""
    known = versions(context.graph)
    names = display_labels(context.graph, {iri for iri, _ in known}, context.lang)
    for iri, version in known:
        yield messages.render("data-version", context.lang, dataset=names[iri], version=version)


# --- rows ---------------------------------------------------------------------------------------------------------


def _row(number: int, row: RenderedRow, notes: Sequence[Footnote], lang: str) -> _Row:
    """Return a row in which each cell that holds nothing but quotes of the row's footnotes names these beside the quotes."""
    by_quote = {notes[note - 1].evidence.quote: note for note in reversed(row.notes)}
    free = list(row.notes)
    cells = []
    for cell in row.cells:
        quotes = []
        for text in _quotes(cell, by_quote):
            note = by_quote[text]
            anchor = f"row-{number}-{note}" if note in free else ""
            quotes.append(_Quote(clean(evidence.in_quotes(text, lang)), _Reference(note, anchor)))
            free = [other for other in free if other != note]
        cells.append(_cell(cell)._replace(quotes=quotes))
    return _Row(cells, [_Reference(note, f"row-{number}-{note}") for note in free])


def _quotes(cell: Cell, by_quote: Mapping[str, int]) -> list[str]:
    """Return the quotes of which a cell consists, none where it holds anything else."""
    if cell.iri or not isinstance(cell.term, ox.Literal):
        return []
    texts = [cell.term.value] if cell.term.value in by_quote else cell.term.value.split(QUOTE_BREAK)
    return texts if all(text in by_quote for text in texts) else []


def _cell(cell: Cell) -> _Cell:
    literal = cell.term if isinstance(cell.term, ox.Literal) else None
    number = literal is not None and literal.datatype.value in _NUMBERS
    return _Cell(cell.text, cell.link, (literal.language or "") if literal else "", number)


# --- footnotes and sources ----------------------------------------------------------------------------------------


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


def _sources(notes: Sequence[Footnote], context: RenderContext) -> Iterator[_Source]:
    """Yield the sources of the footnotes in the order of their labels, with the date and licence that the data state."""
    labels = {note.evidence.source: note.source.label for note in notes if note.evidence.source}
    details = source_details(context.graph, labels)
    for iri, label in sorted(labels.items(), key=lambda item: (item[1], item[0])):
        if iri in details:
            date = messages.day(details[iri].date, context.lang) or messages.render("undated", context.lang)
            licence = details[iri].licence
            words = messages.render("licence", context.lang, licence=clean(licence)) if licence else ""
            yield _Source(clean(label), clean(date), words, address(licence))
