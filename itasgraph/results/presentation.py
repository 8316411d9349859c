"""The presentation of solutions: headings in the language of the reader, labels for IRIs, links for web addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, repeat
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import quote

import pyoxigraph as ox

from itasgraph import messages
from itasgraph.entities.labels import blank_node_names, choose, labels, named_nodes, term_label
from itasgraph.messages.control_characters import visible
from itasgraph.results.cited_table import CitedTable, Row
from itasgraph.results.collation import Ordering, collate
from itasgraph.store.queryable import Queryable, Term, variable_names

if TYPE_CHECKING:
    from itasgraph.entities.evidence import Footnote

_LABEL: Final = "Label"
# The rows whose labels one query fetches.
_BATCH: Final = 200
# The characters that RFC 3986 allows in an address; the percent sign is among them, because a part may be encoded already.
_ADDRESS: Final = ":/?#[]@!$&'()*+,;=%~"


class RenderContext(NamedTuple):
    """The context of rendering an answer: the graph that has the labels, and the language.

    `width` is the width of the terminal in columns (0: no terminal). `title` and `summary` are those of the question, and
    `parameters` the names and values with which it is asked, in words. By the variables of `order` the rows are put in
    alphabetical order; without an order they stay as the query sorts them.
    """

    graph: Queryable
    lang: str
    width: int = 0
    title: str = ""
    order: Ordering | None = None
    summary: str = ""
    parameters: Sequence[tuple[str, str]] = ()


class Cell(NamedTuple):
    """A value: its text (which may hold line feeds), the IRI of its link or "", and the term itself."""

    text: str
    iri: str = ""
    term: Term | None = None

    @property
    def link(self) -> str:
        """Return the web address of the link, or an empty string."""
        return address(self.iri)


class RenderedRow(NamedTuple):
    """The cells of a row and the numbers of its footnotes."""

    cells: list[Cell]
    notes: tuple[int, ...] = ()

    @property
    def references(self) -> str:
        """Return the numbers of the footnotes as `[1] [2]`."""
        return " ".join(f"[{number}]" for number in self.notes)


class Presentation(NamedTuple):
    """An answer for people. The rows come as they are computed; `notes` is None for an answer without footnotes."""

    headings: list[str]
    rows: Iterator[RenderedRow]
    notes: Sequence[Footnote] | None = None

    def all_headings(self, lang: str) -> list[str]:
        """Return the headings, with the heading of the footnotes where the answer has footnotes."""
        return self.headings if self.notes is None else [*self.headings, messages.column("footnotes", lang)]


class _Column(NamedTuple):
    """The position of a column, and the position of the column with the entities whose labels it holds."""

    at: int
    about: int


def present(answer: ox.QuerySolutions | CitedTable, context: RenderContext) -> Presentation:
    """Return an answer for people; a column `?x` beside `?xLabel` becomes the link of the label."""
    if isinstance(answer, CitedTable):
        return Presentation(*table(answer.variables, answer.rows, context, answer.numbers), answer.notes)
    variables: Sequence[str] = variable_names(answer)
    rows: Iterable[Row] = map(tuple, answer)
    if context.order is not None:
        variables, rows = collate(rows, variables, context.order)
    return Presentation(*table(variables, rows, context))


def table(
    variables: Sequence[str],
    rows: Iterable[Row],
    context: RenderContext,
    numbers: Iterable[tuple[int, ...]] = repeat(()),
) -> tuple[list[str], Iterator[RenderedRow]]:
    """Return the headings, and the rows with the numbers of their footnotes."""
    names = [name for name in variables if name + _LABEL not in variables]
    headings = [clean(messages.column(name.removesuffix(_LABEL) or name, context.lang)) for name in names]
    columns = [_Column(variables.index(name), _about(name, variables)) for name in names]
    return headings, map(RenderedRow, _cells(iter(rows), columns, context), numbers)


def _about(name: str, variables: Sequence[str]) -> int:
    entity = name.removesuffix(_LABEL)
    return variables.index(entity if entity in variables else name)


def _cells(rows: Iterator[Row], columns: Sequence[_Column], context: RenderContext) -> Iterator[list[Cell]]:
    known: dict[str, str] = {}
    blank_named = False
    while batch := list(islice(rows, _BATCH)):
        terms = [term for row in batch for column in columns if (term := row[column.at]) is not None]
        new = set(named_nodes(terms)) - known.keys()
        known |= dict.fromkeys(new, "") | labels(context.graph, new, context.lang)
        if not blank_named and any(isinstance(term, ox.BlankNode) for term in terms):
            known |= {name: choose(texts, context.lang) for name, texts in blank_node_names(context.graph).items()}
            blank_named = True
        for row in batch:
            yield [_cell(row[column.at], row[column.about], known, context) for column in columns]


def _cell(term: Term | None, about: Term | None, known: dict[str, str], context: RenderContext) -> Cell:
    if term is None:
        return Cell("")
    text = clean(term_label(context.graph, term, known, context.lang))
    return Cell(text, about.value if isinstance(about, ox.NamedNode) and text else "", term)


def clean(text: str) -> str:
    """Return the text without tabs and with control characters made visible; line feeds stay."""
    return visible(text).replace("\t", " ")


def address(iri: str) -> str:
    """Return the IRI as an address in ASCII (RFC 3987, section 3.1) where it is a web address, else an empty string."""
    return quote(iri, safe=_ADDRESS) if iri.lower().startswith(("http://", "https://")) else ""
