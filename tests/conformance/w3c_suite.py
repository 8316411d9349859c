"""The W3C's SPARQL 1.0 and 1.1 tests of queries, as the source distribution of rdflib carries them: cases and expectations."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import rdflib
from rdflib import RDF, Namespace, URIRef

from tests.helpers.namespaces import XSD

BASE: Final = "https://example.org/w3c/"
MANIFESTS: Final = (
    "dawg-data-r2/manifest-evaluation.ttl",
    "dawg-data-r2/manifest-syntax.ttl",
    "sparql11/manifest-all.ttl",
)
_MF: Final = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
_QT: Final = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
_RS: Final = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_APPROVAL: Final = URIRef("http://www.w3.org/2001/sw/DataAccess/tests/test-dawg#approval")
_SD: Final = Namespace("http://www.w3.org/ns/sparql-service-description#")
_FROM: Final = re.compile(r"\bFROM\s+(?:NAMED\s+)?<([^>]*)>", re.IGNORECASE)
_COMMENT: Final = re.compile(r"^\s*#.*$", re.MULTILINE)
# Of a query: what it answers, and whether it is one at all. The others are of updates, services and protocols.
EVALUATED: Final = ("QueryEvaluationTest", "CSVResultFormatTest")
WELL_FORMED: Final = ("PositiveSyntaxTest", "PositiveSyntaxTest11")
ILL_FORMED: Final = ("NegativeSyntaxTest", "NegativeSyntaxTest11")
# They sort text and numbers together, whose order SPARQL leaves open (1.1, section 15.1).
_OPEN_ORDER: Final = ("plus-1", "plus-2")
_TRIPLE: Final = ("subject", "predicate", "object")

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(frozen=True)
class Case:
    """One test: a query, the files of its default graph, those of its named graphs, and what is expected.

    `fetched` are the files that the query itself names in FROM, `lax` says that a row may be there less often than
    expected (REDUCED).
    """

    iri: str
    type: str
    folder: Path
    query: Path
    data: tuple[Path, ...] = ()
    named: tuple[Path, ...] = ()
    fetched: tuple[Path, ...] = ()
    result: Path | None = None
    lax: bool = False
    out_of_scope: str = ""

    def name(self, path: Path) -> str:
        """Return the IRI of a file of the suite, which names in it are relative to."""
        return path.resolve().as_uri()


def cases(folder: Path) -> list[Case]:
    """Return all tests that the manifests list, those out of scope marked with the reason."""
    return [case for path in MANIFESTS for case in _included(folder, path)]


def _included(folder: Path, path: str) -> Iterator[Case]:
    manifest = rdflib.Graph().parse(folder / path, format="turtle", publicID=BASE + path)
    here = URIRef(BASE + path)
    for included in _listed(manifest, here, _MF.include):
        yield from _included(folder, str(included).removeprefix(BASE))
    for entry in _listed(manifest, here, _MF.entries):
        yield _case(folder, manifest, entry)


def _listed(manifest: rdflib.Graph, subject: URIRef, property_: URIRef) -> Iterator[rdflib.term.Node]:
    return (item for actual in manifest.objects(subject, property_) for item in manifest.items(actual))


def _case(folder: Path, manifest: rdflib.Graph, entry: rdflib.term.Node) -> Case:
    def files(property_: URIRef) -> tuple[Path, ...]:
        actual = map(str, manifest.objects(action, property_))
        return tuple(folder / iri.removeprefix(BASE) for iri in sorted(actual))

    action = manifest.value(entry, _MF.action)
    result = manifest.value(entry, _MF.result)
    kind = str(manifest.value(entry, RDF.type)).removeprefix(_MF)
    (query,) = files(_QT.query) or [folder / str(action).removeprefix(BASE)]
    reason = "withdrawn" if str(manifest.value(entry, _APPROVAL)).endswith("#Withdrawn") else ""
    reason = reason or _out_of_scope(manifest, action, kind, query)
    data, named = files(_QT.data), files(_QT.graphData)
    return Case(
        str(entry),
        kind,
        folder,
        query,
        data,
        named,
        () if data or named or reason or kind not in EVALUATED else tuple(_fetched(query)),
        folder / str(result).removeprefix(BASE) if kind in EVALUATED else None,
        (entry, _MF.resultCardinality, _MF.LaxCardinality) in manifest,
        reason,
    )


def _out_of_scope(manifest: rdflib.Graph, action: rdflib.term.Node | None, kind: str, query: Path) -> str:
    if kind not in (*EVALUATED, *WELL_FORMED, *ILL_FORMED):
        return kind
    if (action, _SD.entailmentRegime, None) in manifest:
        return "entailment"
    return "service" if re.search(r"\bSERVICE\b", query.read_text(encoding="utf-8"), re.IGNORECASE) else ""


def _fetched(query: Path) -> Iterator[Path]:
    """Yield the files that a query names in FROM, where its manifest names none."""
    text = _COMMENT.sub("", query.read_text(encoding="utf-8"))
    yield from sorted({query.parent / name for name in _FROM.findall(text)})


# --- answers ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Answer:
    """Rows of terms under their variables; a graph is rows of three, yes or no a row of one."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | str | None, ...], ...]


def of_query(match: ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean) -> Answer:
    if isinstance(match, ox.QueryBoolean):
        return Answer(("yes or no",), ((str(bool(match)),),))
    if isinstance(match, ox.QueryTriples):
        return of_graph(match)
    return Answer(tuple(variable.value for variable in match.variables), tuple(tuple(row) for row in match))


def of_graph(triples: Iterable[ox.Triple]) -> Answer:
    distinct = {(triple.subject, triple.predicate, triple.object) for triple in triples}
    return Answer(_TRIPLE, tuple(distinct))


def of_csv(content: bytes) -> Answer:
    """Return the cells as they are, but for blank nodes, whose labels mean nothing."""
    head, *rows = csv.reader(io.StringIO(content.decode(), newline=""))
    cells = (tuple(ox.BlankNode(cell[2:]) if cell.startswith("_:") else cell for cell in row) for row in rows)
    return Answer(tuple(head), tuple(cells))


def of_document(content: bytes, ending: str, base: str) -> Answer:
    """Return an answer in one of the W3C's formats, told by the ending of its file."""
    if ending == ".csv":
        return of_csv(content)
    format_ = ox.QueryResultsFormat.from_extension(ending.removeprefix("."))
    if format_ is not None:
        return of_query(ox.parse_query_results(content, format=format_))
    graph = ox.RdfFormat.from_extension(ending.removeprefix("."))
    triples = [quad.triple for quad in ox.parse(content, format=graph, base_iri=base)]
    return (
        _result_set(triples) if any(t.object == ox.NamedNode(f"{_RS}ResultSet") for t in triples) else of_graph(triples)
    )


def _result_set(triples: Iterable[ox.Triple]) -> Answer:
    """Return a result set written as a graph, in the vocabulary of the SPARQL 1.0 tests."""
    facts: dict[tuple[str, str], list[Term]] = {}
    for triple in triples:
        facts.setdefault((str(triple.subject), triple.predicate.value.removeprefix(_RS)), []).append(triple.object)
    (result_set,) = {subject for subject, property_ in facts if property_ in ("resultVariable", "boolean")}
    if (result_set, "boolean") in facts:
        return Answer(("yes or no",), ((str(_text(facts[result_set, "boolean"][0]) == "true"),),))
    variables = tuple(sorted(_text(term) for term in facts[result_set, "resultVariable"]))
    solutions = [str(term) for term in facts.get((result_set, "solution"), [])]
    solutions.sort(key=lambda solution: int(_text(facts.get((solution, "index"), [ox.Literal(0)])[0])))
    return Answer(variables, tuple(_solution(facts, solution, variables) for solution in solutions))


def _solution(
    facts: Mapping[tuple[str, str], list[Term]], solution: str, variables: Sequence[str]
) -> tuple[Term | None, ...]:
    bound = {
        _text(facts[str(binding), "variable"][0]): facts[str(binding), "value"][0]
        for binding in facts.get((solution, "binding"), [])
    }
    return tuple(bound.get(variable) for variable in variables)


def _text(term: Term) -> str:
    assert isinstance(term, ox.Literal)
    return term.value


def is_graph(answer: Answer) -> bool:
    return answer.variables == _TRIPLE


# --- are two answers the same? ------------------------------------------------------------------------------------

# The types derived from integer, which Oxigraph's store keeps as integers.
_INTEGERS: Final = (
    *("integer", "nonPositiveInteger", "negativeInteger", "nonNegativeInteger", "positiveInteger"),
    *("long", "int", "short", "byte", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"),
)
# One spelling for each value (XML Schema 1.1, part 2, section 2.3): "01" and "1" are one integer.
_SPELLED: Final[Mapping[str, Callable[[str], str]]] = {
    **dict.fromkeys(_INTEGERS, lambda text: str(int(text))),
    "decimal": lambda text: str(Decimal(text).normalize()),
    **dict.fromkeys(("double", "float"), lambda text: repr(float(text))),
    "boolean": lambda text: {"1": "true", "0": "false"}.get(text, text),
    **dict.fromkeys(("date", "dateTime"), lambda text: re.sub(r"\.0+(?!\d)", "", text).replace("+00:00", "Z")),
}
_Key = tuple[str, ...]
_Row = tuple[_Key, ...]


def meets(case: Case, match: Answer, expected: Answer) -> bool:
    """Return whether an answer is the one expected, but for the labels of blank nodes and the spelling of values."""
    if sorted(match.variables) != sorted(expected.variables):
        return False
    left, right = _rows(match), _rows(expected)
    if case.lax:
        return set(left) == set(right) and Counter(left) <= Counter(right)
    if len(left) != len(right):
        return False
    if not is_graph(expected) and _is_ordered(case):
        return _all_alike(left, right)
    ground, others = Counter(filter(_is_ground, left)), Counter(filter(_is_ground, right))
    return ground == others and _matched(
        [row for row in left if row not in ground], [row for row in right if row not in others], {}
    )


def _is_ordered(case: Case) -> bool:
    """Return whether the query, or the result set that is expected, tells the order of the rows."""
    assert case.result is not None
    indexed = case.result.suffix in (".ttl", ".rdf") and b"rs:index" in case.result.read_bytes()
    sorting = re.search(r"\bORDER\s+BY\b", _COMMENT.sub("", case.query.read_text(encoding="utf-8")), re.IGNORECASE)
    return indexed or (sorting is not None and case.query.stem not in _OPEN_ORDER)


def _rows(answer: Answer) -> list[_Row]:
    order = sorted(range(len(answer.variables)), key=answer.variables.__getitem__)
    return [tuple(_key(row[column]) for column in order) for row in answer.rows]


def _is_ground(row: _Row) -> bool:
    return all(key[0] != "blank" for key in row)


def _key(term: Term | str | None) -> _Key:
    """Return what a term is, whatever its spelling."""
    if isinstance(term, ox.BlankNode):
        return "blank", term.value
    if not isinstance(term, ox.Literal):
        return "other", str(term)
    if term.language:
        return "text", term.language.lower(), term.value
    return _value(term.datatype.value, term.value)


def _value(datatype: str, text: str) -> _Key:
    name = datatype.removeprefix(XSD)
    try:
        return "integer" if name in _INTEGERS else name, _SPELLED.get(name, str)(text)
    except (ValueError, InvalidOperation):  # no value of its type
        return name, text


def _all_alike(left: Sequence[_Row], right: Sequence[_Row]) -> bool:
    known: Mapping[_Key, _Key] = {}
    for row, other in zip(left, right, strict=True):
        renamed = _alike(row, other, known)
        if renamed is None:
            return False
        known = renamed
    return True


def _matched(left: Sequence[_Row], right: Sequence[_Row], known: Mapping[_Key, _Key]) -> bool:
    """Return whether the rows are the same under one renaming of the blank nodes that goes on from `known`."""
    if not left:
        return True
    for row in dict.fromkeys(right):
        renamed = _alike(left[0], row, known)
        if renamed is not None:
            place = right.index(row)
            if _matched(left[1:], [*right[:place], *right[place + 1 :]], renamed):
                return True
    return False


def _alike(row: _Row, other: _Row, known: Mapping[_Key, _Key]) -> dict[_Key, _Key] | None:
    """Return `known` and the blank nodes that the two rows pair, or None where they differ."""
    renamed = dict(known)
    for key, counterpart in zip(row, other, strict=True):
        if key[0] != "blank" or counterpart[0] != "blank":
            if key != counterpart:
                return None
        elif renamed.setdefault(key, counterpart) != counterpart:
            return None
    return renamed if len(set(renamed.values())) == len(renamed) else None
