"""An answer for programs: SPARQL 1.1 results as CSV, TSV, JSON and XML (W3C Recommendations of 2013)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import BinaryIO, Final, cast

import pyoxigraph as ox

from itasgraph import formats
from itasgraph.results import cited_table
from itasgraph.results.cited_table import Cited, Row
from itasgraph.store.queryable import Term
from itasgraph.vocabulary import XSD

FORMATS: Final = {
    format_.name: cast("ox.QueryResultsFormat", ox.QueryResultsFormat.from_media_type(format_.media_types[0]))
    for format_ in formats.ROWS
}


class _Counted:
    """Hands on what is written, and counts the bytes."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self.size = 0

    def write(self, data: bytes) -> int:
        self.size += len(data)
        self._out.write(data)
        return len(data)

    def flush(self) -> None:
        self._out.flush()


def write(answer: ox.QuerySolutions | Cited, form: str, out: BinaryIO, lang: str) -> bool:
    """Write the solutions one after the other, as they are computed. Returns whether there were none.

    Footnotes are columns `quotes` and `sources` in CSV, TSV and XML (see `cited_table.spelled_out`; the `link` elements of the
    XML format, section 2.2, could name the documents only). In JSON the variable `footnotes` holds the numbers, parted by
    spaces, and a member `footnotes` between `head` and `results` lists them: Oxigraph reads no further than the results.
    """
    if isinstance(answer, ox.QuerySolutions):
        return _stream(answer, form, out)
    if form == "json":
        out.write(_noted(answer))
    else:
        _stream(_parsed(_json(*cited_table.spelled_out(answer, lang))), form, out)
    return not answer.rows


def boolean(answer: ox.QueryBoolean, form: str) -> bytes:
    """Yes or no as JSON or XML; CSV and TSV, which have none, hold the word `true` or `false`."""
    if form in ("json", "xml"):
        return answer.serialize(format=FORMATS[form]) or b""
    return b"true\n" if answer else b"false\n"


def _stream(solutions: ox.QuerySolutions | ox.QueryBoolean, form: str, out: BinaryIO) -> bool:
    """Write solutions; there were none where the document is as long as one without any."""
    assert isinstance(solutions, ox.QuerySolutions)
    counted = _Counted(out)
    nothing = _parsed(_json([variable.value for variable in solutions.variables], ())).serialize(format=FORMATS[form])
    solutions.serialize(cast("BinaryIO", counted), format=FORMATS[form])
    return counted.size == len(nothing or b"")


def _parsed(document: bytes) -> ox.QuerySolutions | ox.QueryBoolean:
    return ox.parse_query_results(document, format=ox.QueryResultsFormat.JSON)


def _noted(answer: Cited) -> bytes:
    variable = cited_table.unused("footnotes", answer.variables)
    rows = [
        (*row, ox.Literal(" ".join(map(str, numbers))) if numbers else None)
        for row, numbers in zip(answer.rows, answer.numbers, strict=True)
    ]
    notes = [
        {
            "number": number,
            "quote": found.quote,
            "lines": found.lines,
            "source": source.label,
            "document": source.document,
        }
        for number, (found, source) in enumerate(answer.notes, 1)
    ]
    return _json((*answer.variables, variable), rows, footnotes=notes)


def _json(variables: Sequence[str], rows: Iterable[Row], **more: object) -> bytes:
    """SPARQL 1.1 Query Results JSON Format, with what else stands between `head` and `results`."""
    bindings = [
        {name: _term(term) for name, term in zip(variables, row, strict=True) if term is not None} for row in rows
    ]
    document = {"head": {"vars": variables}, **more, "results": {"bindings": bindings}}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _term(term: Term) -> Mapping[str, object]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _term(part) for name, part in parts.items()}}
    return {"type": "literal", "value": term.value, **_tag(term)}


def _tag(literal: ox.Literal) -> Mapping[str, str]:
    """The language, or the datatype where it is not that of plain text."""
    if literal.language:
        direction = {"its:dir": literal.direction.value} if literal.direction else {}
        return {"xml:lang": literal.language, **direction}
    datatype = literal.datatype.value
    return {} if datatype == XSD.string else {"datatype": datatype}
