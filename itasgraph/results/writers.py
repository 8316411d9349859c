"""What a query found, in the form asked for: a table for people, the W3C's formats for programs, a file for a colleague."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import BinaryIO, Final, NamedTuple, TypeVar

import pyoxigraph as ox

from itasgraph import messages
from itasgraph.errors import UsageError
from itasgraph.results import cited_table, markdown, presentation, table, w3c
from itasgraph.results.cited_table import Cited
from itasgraph.results.presentation import Reader, Shown, shown
from itasgraph.store.queryable import Result
from itasgraph.util.terminal import Styled

F = TypeVar("F")

TITLED: Final = ("html", "xlsx")


class Verdict(NamedTuple):
    """`empty` where a table has no row, `no` where the answer is that."""

    empty: bool = False
    no: bool = False


def write(answer: Result | Cited, form: str, out: BinaryIO, reader: Reader) -> Verdict:
    """Write an answer in a format of `formats.ANSWERS`; what programs read of a SELECT goes out as it is computed.

    CONSTRUCT and DESCRIBE give Turtle as "table". Raises UsageError where a format does not fit the kind of answer, or
    cannot hold it.
    """
    if isinstance(answer, ox.QueryTriples | list):
        out.write(_fitting(form, _GRAPHS)(answer, reader))
        return Verdict()
    if isinstance(answer, ox.QueryBoolean):
        out.write(_fitting(form, _YES_OR_NO)(answer, form, reader))
        return Verdict(no=not answer)
    return Verdict(empty=_fitting(form, _TABLES)(answer, form, out, reader))


def _fitting(form: str, known: Mapping[str, F]) -> F:
    if form not in known:
        raise UsageError("bad-results", format=form, known=", ".join(known))
    return known[form]


# --- a table ------------------------------------------------------------------------------------------------------

_Table = ox.QuerySolutions | Cited


def _programs(answer: _Table, form: str, out: BinaryIO, reader: Reader) -> bool:
    return w3c.write(answer, form, out, reader.lang)


def _people(answer: _Table, form: str, out: BinaryIO, reader: Reader) -> bool:
    text, empty = _PEOPLE[form](shown(answer, reader), reader)
    content = text.encode()
    out.write(Styled(content) if form == "table" and reader.width else content)  # a table has links in a terminal
    return empty


def _workbook(answer: _Table, _form: str, out: BinaryIO, reader: Reader) -> bool:
    from itasgraph.results import workbook

    if reader.width:
        raise UsageError("no-terminal", format="xlsx")
    if isinstance(answer, Cited):
        headings, rows = presentation.table(*cited_table.spelled_out(answer, reader.lang), reader)
    else:
        headings, rows, _ = shown(answer, reader)
    return workbook.write(headings, rows, out, reader.lang, reader.title)


def _page(answer: Shown, reader: Reader) -> tuple[str, bool]:
    from itasgraph.results import webpage

    return webpage.page(answer, reader)


_PEOPLE: Final[Mapping[str, Callable[[Shown, Reader], tuple[str, bool]]]] = {
    "table": table.text,
    "markdown": markdown.text,
    "html": _page,
}
_TABLES: Final[Mapping[str, Callable[[_Table, str, BinaryIO, Reader], bool]]] = {
    "table": _people,
    **dict.fromkeys(w3c.FORMATS, _programs),
    "markdown": _people,
    "html": _people,
    "xlsx": _workbook,
}


# --- yes or no ----------------------------------------------------------------------------------------------------


def _word(answer: ox.QueryBoolean, _form: str, reader: Reader) -> bytes:
    return f"{messages.render('yes' if answer else 'no', reader.lang)}\n".encode()


def _word_on_page(answer: ox.QueryBoolean, form: str, reader: Reader) -> bytes:
    from itasgraph.results import webpage

    return webpage.yes_or_no(_word(answer, form, reader).decode().strip(), reader).encode()


def _boolean(answer: ox.QueryBoolean, form: str, _reader: Reader) -> bytes:
    return w3c.boolean(answer, form)


_YES_OR_NO: Final[Mapping[str, Callable[[ox.QueryBoolean, str, Reader], bytes]]] = {
    "table": _word,
    **dict.fromkeys(w3c.FORMATS, _boolean),
    "markdown": _word,
    "html": _word_on_page,
}


# --- a graph ------------------------------------------------------------------------------------------------------


def _turtle(triples: Iterable[ox.Triple], reader: Reader) -> bytes:
    from itasgraph.serializers import linked_data

    return linked_data.turtle(reader.graph, _named_alike(triples))


def _ntriples(triples: Iterable[ox.Triple], _reader: Reader) -> bytes:
    from itasgraph.serializers import linked_data

    return linked_data.ntriples(_named_alike(triples))


def _jsonld(triples: Iterable[ox.Triple], reader: Reader) -> bytes:
    from itasgraph.serializers import linked_data

    return linked_data.jsonld(reader.graph, _named_alike(triples), reader.terms)


def _rdfxml(triples: Iterable[ox.Triple], reader: Reader) -> bytes:
    from itasgraph.serializers import linked_data

    return linked_data.rdfxml(reader.graph, _named_alike(triples))


# Turtle is TriG, and N-Triples are N-Quads, of the default graph: what a query makes is in no other.
_GRAPHS: Final[Mapping[str, Callable[[Iterable[ox.Triple], Reader], bytes]]] = {
    "table": _turtle,
    "turtle": _turtle,
    "trig": _turtle,
    "ntriples": _ntriples,
    "nquads": _ntriples,
    "jsonld": _jsonld,
    "rdfxml": _rdfxml,
}


def _named_alike(triples: Iterable[ox.Triple]) -> set[ox.Triple]:
    """The triples, their blank nodes named by what is said of them (RDF Dataset Canonicalization), not by chance."""
    found = set(triples)
    if not any(
        isinstance(term, ox.BlankNode | ox.Triple) for triple in found for term in (triple.subject, triple.object)
    ):
        return found
    dataset = ox.Dataset(ox.Quad(triple.subject, triple.predicate, triple.object) for triple in found)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return {quad.triple for quad in dataset}
