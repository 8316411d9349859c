"""An answer for programs: SPARQL 1.1 results as CSV, TSV, JSON and XML (W3C Recommendations of 2013)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import BinaryIO, Final, cast

import pyoxigraph as ox

from itasgraph import formats
from itasgraph.errors import UsageError
from itasgraph.results import cited_table
from itasgraph.results.cited_table import CitedTable, Row
from itasgraph.store.queryable import Term, variable_names
from itasgraph.util.xml_text import XmlStream
from itasgraph.vocabulary import XSD

FORMATS: Final = {
    format_.name: cast("ox.QueryResultsFormat", ox.QueryResultsFormat.from_media_type(format_.media_types[0]))
    for format_ in formats.ROWS
}


class _CountingStream:
    """A stream that passes its input on and counts the bytes."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self.size = 0

    def write(self, data: bytes) -> int:
        self.size += len(data)
        self._out.write(data)
        return len(data)

    def flush(self) -> None:
        self._out.flush()


def write(answer: ox.QuerySolutions | CitedTable, format_: str, out: BinaryIO, lang: str) -> bool:
    """Write the solutions as they are computed. Return whether there were none.

    Raise UsageError for a character that XML cannot hold.

    Footnotes are columns `quotes` and `sources` in CSV, TSV and XML (see `cited_table.with_evidence_columns`; the `link` elements of the
    XML format, section 2.2, could name the documents only). In JSON the variable `footnotes` holds the numbers, separated by
    spaces, and a member `footnotes` between `head` and `results` lists them: Oxigraph reads no further than the results.
    """
    if isinstance(answer, ox.QuerySolutions):
        return _stream(answer, format_, out)
    if format_ == "json":
        out.write(_json_with_footnotes(answer))
    else:
        _stream(_parse(_json(*cited_table.with_evidence_columns(answer, lang))), format_, out)
    return not answer.rows


def boolean(answer: ox.QueryBoolean, format_: str) -> bytes:
    """Return yes or no as JSON or XML; CSV and TSV, for which no standard exists, get the word `true` or `false`."""
    if format_ in ("json", "xml"):
        return answer.serialize(format=FORMATS[format_]) or b""
    return b"true\n" if answer else b"false\n"


def _stream(solutions: ox.QuerySolutions, format_: str, out: BinaryIO) -> bool:
    """Write solutions. Return whether there were none: the document is then as long as a document without solutions."""
    stream = _CountingStream(cast("BinaryIO", XmlStream(out, _xml_refusal)) if format_ == "xml" else out)
    empty_document = _parse(_json(variable_names(solutions), ())).serialize(format=FORMATS[format_])
    solutions.serialize(cast("BinaryIO", stream), format=FORMATS[format_])
    return stream.size == len(empty_document or b"")


def _xml_refusal(character: str) -> UsageError:
    return UsageError("no-xml-result", text=character)


def _parse(document: bytes) -> ox.QuerySolutions:
    solutions = ox.parse_query_results(document, format=ox.QueryResultsFormat.JSON)
    assert isinstance(solutions, ox.QuerySolutions)
    return solutions


def _json_with_footnotes(answer: CitedTable) -> bytes:
    variable = cited_table.unused_name("footnotes", answer.variables)
    rows = [
        (*row, ox.Literal(" ".join(map(str, numbers))) if numbers else None)
        for row, numbers in zip(answer.rows, answer.numbers, strict=True)
    ]
    notes = [
        {
            "number": number,
            "quote": evidence.quote,
            "lines": evidence.lines,
            "source": source.label,
            "document": source.document,
            **({"derivedFrom": derived_from} if derived_from else {}),
            **({"title": title} if title else {}),
        }
        for number, (evidence, source, derived_from, title) in enumerate(answer.notes, 1)
    ]
    return _json((*answer.variables, variable), rows, footnotes=notes)


def _json(variables: Sequence[str], rows: Iterable[Row], **more: object) -> bytes:
    """Return SPARQL 1.1 Query Results JSON Format, with `more` between `head` and `results`."""
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
    """Return the language, or the datatype where it is not xsd:string."""
    if literal.language:
        direction = {"its:dir": literal.direction.value} if literal.direction else {}
        return {"xml:lang": literal.language, **direction}
    datatype = literal.datatype.value
    return {} if datatype == XSD.string else {"datatype": datatype}
