"""The writers of answers: a table for people, the W3C's formats for programs, a file for a colleague."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import BinaryIO, Final, NamedTuple, TypeVar

import pyoxigraph as ox

from itasgraph import formats, messages
from itasgraph.errors import UsageError
from itasgraph.results import presentation, table, w3c
from itasgraph.results.cited_table import CitedTable, with_evidence_columns
from itasgraph.results.presentation import Presentation, RenderContext, present
from itasgraph.store.queryable import Result
from itasgraph.util.terminal import StyledBytes

T = TypeVar("T")

FORMATS_WITH_TITLE: Final = ("html", "xlsx")
FORMATS_FOR_PEOPLE: Final = ("table", "markdown", *FORMATS_WITH_TITLE)


class Outcome(NamedTuple):
    """The outcome of a query: `empty` for a table without rows, `no` where ASK is false."""

    empty: bool = False
    no: bool = False


def write(answer: Result | CitedTable, format_: str, out: BinaryIO, context: RenderContext) -> Outcome:
    """Write an answer in a format of `formats.ANSWERS`; rows for programs go out as they are computed.

    CONSTRUCT and DESCRIBE give Turtle as "table". Raise UsageError where a format does not fit the answer, or cannot hold
    it.
    """
    if isinstance(answer, ox.QueryTriples | list):
        out.write(_graph(answer, _choose(format_, _GRAPHS), context))
        return Outcome()
    if isinstance(answer, ox.QueryBoolean):
        out.write(_choose(format_, _YES_OR_NO)(answer, format_, context))
        return Outcome(no=not answer)
    return Outcome(empty=_choose(format_, _TABLES)(answer, format_, out, context))


def _choose(format_: str, choices: Mapping[str, T]) -> T:
    if format_ not in choices:
        raise UsageError("unsuitable-format", format=format_, known=", ".join(choices))
    return choices[format_]


# --- a table ------------------------------------------------------------------------------------------------------

_Table = ox.QuerySolutions | CitedTable


def _write_for_programs(answer: _Table, format_: str, out: BinaryIO, context: RenderContext) -> bool:
    return w3c.write(answer, format_, out, context.lang)


def _write_for_people(answer: _Table, format_: str, out: BinaryIO, context: RenderContext) -> bool:
    text, empty = _PEOPLE[format_](present(answer, context), context)
    content = text.encode()
    out.write(
        StyledBytes(content) if format_ == "table" and context.width else content
    )  # a table has links in a terminal
    return empty


def _workbook(answer: _Table, _format: str, out: BinaryIO, context: RenderContext) -> bool:
    from itasgraph.results import workbook

    if context.width:
        raise UsageError("no-terminal", format="xlsx")
    if isinstance(answer, CitedTable):
        headings, rows = presentation.table(*with_evidence_columns(answer, context.lang), context)
    else:
        headings, rows, _ = present(answer, context)
    return workbook.write(headings, rows, out, context.lang, context.title)


def _markdown(answer: Presentation, context: RenderContext) -> tuple[str, bool]:
    from itasgraph.results import markdown

    return markdown.text(answer, context)


def _page(answer: Presentation, context: RenderContext) -> tuple[str, bool]:
    from itasgraph.results import webpage

    return webpage.page(answer, context)


_PEOPLE: Final[Mapping[str, Callable[[Presentation, RenderContext], tuple[str, bool]]]] = {
    "table": table.text,
    "markdown": _markdown,
    "html": _page,
}
_TABLES: Final[Mapping[str, Callable[[_Table, str, BinaryIO, RenderContext], bool]]] = {
    "table": _write_for_people,
    **dict.fromkeys(w3c.FORMATS, _write_for_programs),
    "markdown": _write_for_people,
    "html": _write_for_people,
    "xlsx": _workbook,
}


# --- yes or no ----------------------------------------------------------------------------------------------------


def _word(answer: ox.QueryBoolean, _format: str, context: RenderContext) -> bytes:
    return f"{messages.render('yes' if answer else 'no', context.lang)}\n".encode()


def _word_on_page(answer: ox.QueryBoolean, format_: str, context: RenderContext) -> bytes:
    from itasgraph.results import webpage

    return webpage.yes_or_no(_word(answer, format_, context).decode().strip(), context).encode()


def _boolean(answer: ox.QueryBoolean, format_: str, _context: RenderContext) -> bytes:
    return w3c.boolean(answer, format_)


_YES_OR_NO: Final[Mapping[str, Callable[[ox.QueryBoolean, str, RenderContext], bytes]]] = {
    "table": _word,
    **dict.fromkeys(w3c.FORMATS, _boolean),
    "markdown": _word,
    "html": _word_on_page,
}


# --- a graph ------------------------------------------------------------------------------------------------------


# The format that each of these names stands for. Turtle is TriG, and N-Triples are N-Quads, of the default graph, which
# holds all that a query makes.
_GRAPHS: Final[Mapping[str, str]] = {"table": "turtle", **{name: name for name in formats.names(formats.RDF)}}


def _graph(triples: Iterable[ox.Triple], format_: str, context: RenderContext) -> bytes:
    from itasgraph.serializers import linked_data

    return linked_data.serialize(context.graph, _canonicalise(triples), format_)


def _canonicalise(triples: Iterable[ox.Triple]) -> set[ox.Triple]:
    """Return the triples with stable labels of blank nodes (RDF Dataset Canonicalization)."""
    distinct = set(triples)
    if not any(
        isinstance(term, ox.BlankNode | ox.Triple) for triple in distinct for term in (triple.subject, triple.object)
    ):
        return distinct
    dataset = ox.Dataset(ox.Quad(triple.subject, triple.predicate, triple.object) for triple in distinct)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return {quad.triple for quad in dataset}
