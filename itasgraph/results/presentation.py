"""Solutions as people read them: headings in their language, labels instead of IRIs, links where a browser can follow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, repeat
from typing import Final, NamedTuple
from urllib.parse import quote

import pyoxigraph as ox

from itasgraph import messages
from itasgraph.entities.evidence import Footnote
from itasgraph.entities.labels import format_value, labels
from itasgraph.messages.control_characters import visible
from itasgraph.parsing.jsonld_context import Context
from itasgraph.results.cited_table import Cited, Row
from itasgraph.store.queryable import Queryable, Term

_LABEL: Final = "Label"
# Rows whose labels are asked for together.
_BATCH: Final = 200
# The characters that RFC 3986 allows in an address; the percent sign stands for itself in what is encoded already.
_ADDRESS: Final = ":/?#[]@!$&'()*+,;=%~"


class Reader(NamedTuple):
    """Whom an answer is for: the graph that knows the labels, the language, and what is known of the surroundings.

    `width` is that of the terminal (0: the answer goes elsewhere), `title` the question that is answered, `terms` the words
    that JSON-LD is format_value in (None: with prefixes alone).
    """

    graph: Queryable
    lang: str
    width: int = 0
    title: str = ""
    terms: Context | None = None


class Cell(NamedTuple):
    """A value: the text shown (it may hold line feeds), the IRI it leads to or "", and the term itself."""

    text: str
    iri: str = ""
    term: Term | None = None

    @property
    def link(self) -> str:
        """The web address it leads to, or an empty string."""
        return address(self.iri)


class Line(NamedTuple):
    """The cells of a row and the numbers of its footnotes."""

    cells: list[Cell]
    notes: tuple[int, ...] = ()


class Shown(NamedTuple):
    """An answer for people. The rows come as they are computed; `notes` is None where nobody asked for evidence."""

    headings: list[str]
    rows: Iterator[Line]
    notes: Sequence[Footnote] | None = None


class _Column(NamedTuple):
    """Where a column's values stand in a row, and the things they are the labels of."""

    at: int
    about: int


def shown(answer: ox.QuerySolutions | Cited, reader: Reader) -> Shown:
    """A column `?x` beside `?xLabel` is not shown: it tells what the label leads to."""
    if isinstance(answer, Cited):
        return Shown(*table(answer.variables, answer.rows, reader, answer.numbers), answer.notes)
    return Shown(*table([variable.value for variable in answer.variables], map(tuple, answer), reader))


def table(
    variables: Sequence[str],
    rows: Iterable[Row],
    reader: Reader,
    numbers: Iterable[tuple[int, ...]] = repeat(()),
) -> tuple[list[str], Iterator[Line]]:
    """The headings, and the rows with their footnotes."""
    seen = [name for name in variables if name + _LABEL not in variables]
    headings = [clean(messages.column(name.removesuffix(_LABEL) or name, reader.lang)) for name in seen]
    columns = [_Column(variables.index(name), _about(name, variables)) for name in seen]
    return headings, map(Line, _cells(iter(rows), columns, reader), numbers)


def _about(name: str, variables: Sequence[str]) -> int:
    thing = name.removesuffix(_LABEL)
    return variables.index(thing if thing in variables else name)


def _cells(rows: Iterator[Row], columns: Sequence[_Column], reader: Reader) -> Iterator[list[Cell]]:
    known: dict[str, str] = {}
    while batch := list(islice(rows, _BATCH)):
        terms = (row[column.at] for row in batch for column in columns)
        new = {term.value for term in terms if isinstance(term, ox.NamedNode)} - known.keys()
        known |= dict.fromkeys(new, "") | labels(reader.graph, new, reader.lang)
        for row in batch:
            yield [_cell(row[column.at], row[column.about], known, reader) for column in columns]


def _cell(term: Term | None, about: Term | None, known: dict[str, str], reader: Reader) -> Cell:
    if term is None:
        return Cell("")
    if isinstance(term, ox.NamedNode):
        text = clean(known[term.value] or reader.graph.compact(term.value))
    else:
        text = clean(format_value(term, reader.lang))
    return Cell(text, about.value if isinstance(about, ox.NamedNode) and text else "", term)


def clean(text: str) -> str:
    """The text with line feeds alone; what steers instead of showing becomes visible."""
    return visible(text).replace("\t", " ")


def one_line(text: str) -> str:
    """The text, each white space one space."""
    return " ".join(text.split())


def address(iri: str) -> str:
    """The IRI as an address in ASCII (RFC 3987, section 3.1) where it is one of the web, else an empty string."""
    return quote(iri, safe=_ADDRESS) if iri.lower().startswith(("http://", "https://")) else ""
