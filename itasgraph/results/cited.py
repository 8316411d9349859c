"""Answers with footnotes: which words of which source each row rests on, and how a footnote reads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

import pyoxigraph as ox

from itasgraph import messages

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = tuple[Term | None, ...]
_MARKS: Final = {"de": ("„", "“"), "en": ("“", "”")}


class Footnote(NamedTuple):
    """Words of a source: the lines they stand in, the label of the source, the address of the document or ""."""

    quote: str
    lines: tuple[int, ...]
    source: str
    document: str


class Cited(NamedTuple):
    """A table whose row `i` rests on the footnotes `numbers[i]`, counted from 1."""

    variables: tuple[str, ...]
    rows: list[Row]
    numbers: list[tuple[int, ...]]
    notes: list[Footnote]


def quoted(words: str, lang: str) -> str:
    """The words between the quotation marks of the language, on one line."""
    opening, closing = _MARKS["de" if lang == "de" else "en"]
    return f"{opening}{' '.join(words.split())}{closing}"


def lines(numbers: Iterable[int], lang: str) -> str:
    """`, line 57, 71` to follow the name of a source, or an empty string."""
    found = ", ".join(map(str, sorted(numbers)))
    return f", {messages.render('line', lang)} {found}" if found else ""


def origin(note: Footnote, lang: str) -> str:
    """Where the words stand: source, lines and address, on one line."""
    place = " ".join(note.source.split()) + lines(note.lines, lang)
    return f"{place} – {note.document}" if note.document else place


def sentence(number: int, note: Footnote, lang: str) -> str:
    """The footnote as one line that ends with the address of the document, if there is one."""
    return f"[{number}] {quoted(note.quote, lang)} – {origin(note, lang)}"


def spelled_out(answer: Cited, lang: str) -> tuple[tuple[str, ...], list[Row]]:
    """Variables and rows with the footnotes in two columns of their own, `quotes` and `sources`.

    Several values of a cell stand on lines of their own, the n-th source below the n-th quote; where nothing is cited the
    cells are unbound. A column of the answer keeps its name: then ours end with "_".
    """
    rows = [
        (*row, *_columns([answer.notes[number - 1] for number in numbers], lang))
        for row, numbers in zip(answer.rows, answer.numbers, strict=True)
    ]
    return (*answer.variables, *(unused(name, answer.variables) for name in ("quotes", "sources"))), rows


def _columns(notes: list[Footnote], lang: str) -> tuple[Term | None, Term | None]:
    if not notes:
        return None, None
    quotes = "\n".join(" ".join(note.quote.split()) for note in notes)
    return ox.Literal(quotes), ox.Literal("\n".join(origin(note, lang) for note in notes))


def unused(name: str, variables: Iterable[str]) -> str:
    """The name, followed by as many "_" as it takes to differ from the variables."""
    taken = set(variables)
    while name in taken:
        name += "_"
    return name
