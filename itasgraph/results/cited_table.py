"""Answers with footnotes: which words of which source each row rests on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import pyoxigraph as ox

from itasgraph.entities.evidence import Footnote, origin
from itasgraph.store.queryable import Term

Row = tuple[Term | None, ...]


class Cited(NamedTuple):
    """A table whose row `i` rests on the footnotes `numbers[i]`, counted from 1."""

    variables: tuple[str, ...]
    rows: list[Row]
    numbers: list[tuple[int, ...]]
    notes: list[Footnote]


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
    quotes = "\n".join(" ".join(note.evidence.quote.split()) for note in notes)
    return ox.Literal(quotes), ox.Literal("\n".join(origin(note, lang) for note in notes))


def unused(name: str, variables: Iterable[str]) -> str:
    """The name, followed by as many "_" as it takes to differ from the variables."""
    taken = set(variables)
    while name in taken:
        name += "_"
    return name
