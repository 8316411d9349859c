"""An answer with footnotes: a table whose rows refer to quotes and sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

import pyoxigraph as ox

from itasgraph.store.queryable import Term
from itasgraph.util.spelling import collapse_spaces

if TYPE_CHECKING:
    from itasgraph.entities.evidence import Footnote

Row = tuple[Term | None, ...]

# Between the quotes of one row in the ready questions.
QUOTE_BREAK: Final = " | "


class CitedTable(NamedTuple):
    """A table whose row `i` rests on the footnotes `numbers[i]`, counted from 1."""

    variables: tuple[str, ...]
    rows: list[Row]
    numbers: list[tuple[int, ...]]
    notes: list[Footnote]

    @property
    def evidence_columns(self) -> tuple[str, str]:
        """Return the names of two more columns, `quotes` and `sources`, with "_" where the answer has a column of that name."""
        return unused_name("quotes", self.variables), unused_name("sources", self.variables)

    def notes_of_rows(self) -> Iterator[list[Footnote]]:
        """Yield the footnotes of each row."""
        return ([self.notes[number - 1] for number in numbers] for numbers in self.numbers)


def with_evidence_columns(answer: CitedTable, lang: str) -> tuple[tuple[str, ...], list[Row]]:
    """Return variables and rows with the footnotes in two more columns, `quotes` and `sources`.

    Each quote and source has its own line in the cell, the n-th source belongs to the n-th quote; without a footnote the
    cells are unbound. Where the answer has a column of that name, ours ends with "_".
    """
    rows = [(*row, *_columns(notes, lang)) for row, notes in zip(answer.rows, answer.notes_of_rows(), strict=True)]
    return (*answer.variables, *answer.evidence_columns), rows


def _columns(notes: list[Footnote], lang: str) -> tuple[Term | None, Term | None]:
    if not notes:
        return None, None
    from itasgraph.entities.evidence import origin

    quotes = "\n".join(collapse_spaces(note.evidence.quote) for note in notes)
    return ox.Literal(quotes), ox.Literal("\n".join(origin(note, lang) for note in notes))


def unused_name(name: str, variables: Iterable[str]) -> str:
    """Return the name, followed by as many "_" as it needs to differ from the variables."""
    taken = set(variables)
    while name in taken:
        name += "_"
    return name
