"""Whatever a server answers, a command ends: with an exit code and, where it fails, a clear line or two – never a traceback."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from itasgraph.cli import main
from itasgraph.results import w3c
from itasgraph.store.memory import Graph
from tests.helpers.namespaces import XSD
from tests.helpers.projects import ROOT
from tests.helpers.properties import count_inputs, examples
from tests.helpers.servers import Halting, Request, Small, Stalled, answer, small_server

pytestmark = pytest.mark.slow

FORMATS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
TRIPLES = "application/n-triples"
COMMANDS = [
    *(("query", "who", "-p", "topic=Wärme", "--cite"), ("query", "topics", "-f", "json"), ("query", "kinds", "-f", "html")),
    *(("query", "SELECT * { ?s ?p ?o } LIMIT 3", "-f", format_) for format_ in ("xlsx", "csv", "markdown")),
    *(("query", "CONSTRUCT WHERE { ?s ?p ?o }", "-f", format_) for format_ in ("turtle", "jsonld", "rdfxml")),
    *(("query", "ASK {}"), ("show", "Ada Blum"), ("path", "Ada Blum", "Stadtwerke Nordtal")),
    *(("view", "actors", "-o", "-"), ("view", "--focus", "Stadtwerke Nordtal", "--no-people", "-o", "-")),
    *(("analyse",), ("analyse", "--since", "2024-01-01"), ("analyse", "--compare", "source/report-2023", "source/report-2024")),
    *(("export",), ("export", "-f", "trig"), ("export", "-f", "jsonld"), ("export", "--describe"), ("export", "--about", "Ada Blum")),
    *(("export", "--graph", "source"), ("export", "-f", "gexf"), ("export", "--no-people", "-f", "rdfxml")),
]  # fmt: skip

Row = list[Any]


# --- what may be wrong with an answer -----------------------------------------------------------------------------------

texts = (
    st.sampled_from(["", "abc", "12", "-5", "1e400", "NaN", "²", "9" * 5000, "2024-13-45", "a\n\x1b[31m\u202e\\"])
    | st.text()
)
iris = st.sampled_from(["http://example.org/a", "urn:b", "https://w3id.org/itas/ontology#kind"]).map(ox.NamedNode)
datatypes = st.sampled_from(["integer", "decimal", "double", "boolean", "date", "dateTime", "anyURI"]).map(
    lambda name: ox.NamedNode(XSD + name)
)
literals = (
    texts.map(ox.Literal)
    | st.builds(lambda text: ox.Literal(text, language="de"), texts)
    | st.builds(lambda text, datatype: ox.Literal(text, datatype=datatype), texts, datatypes)
)
nodes = iris | st.just(ox.BlankNode("b"))
terms = st.none() | nodes | literals | st.builds(ox.Triple, nodes, iris, iris | literals)
headers = st.sampled_from(
    [
        *({"content_length": text} for text in ("5", "-3", "abc", "1,2", "99999999999999999999")),
        *({"transfer_encoding": text} for text in ("chunked", "gzip", "x")),
        *({"content_encoding": text} for text in ("gzip", "deflate", "br", "gzip, gzip", "x")),
        *(
            {"content_type": text}
            for text in ("", "text/html", "text/turtle", "application/rdf+xml", "x" * 5000, "\x80;;=")
        ),
        *({"content_type": text} for text in (*FORMATS, TRIPLES, "application/json", "text/csv")),
        *(
            {"location": text}
            for text in ("http://[", "//", "http://xn--a/", "http://a..b/", "file:///", "http://u:p@h/", "\x80")
        ),
        *({"www_authenticate": text} for text in ("Digest", 'Digest realm="x', "Basic", "\x80")),
        *({"x_sparql_maxrows": "\x80"}, {"x_sql_state": "a"}, {"server": "\xff\x1b[1m"}, {"set_cookie": "a" * 100}),
    ]
)
statuses = st.integers(0, 1000).map("{} X".format) | st.sampled_from(
    ["abc", "200", "-1 no", "99999 X", "", "204 No", "304 No"]
)


@dataclass(frozen=True)
class Fault:
    """What is wrong with the answers to some requests of a command: those after the first `after`, `count` of them."""

    after: int
    count: int
    format_: str
    rows: Callable[[list[str], list[Row]], tuple[list[str], list[Row]]] = field(
        default=lambda names, rows: (names, rows)
    )
    content: Callable[[bytes], bytes] = field(default=lambda content: content)
    status: str = "200 OK"
    headers: Mapping[str, str] = field(default_factory=dict)
    stalled: int = -1
    halts: int = -1

    def answer(self, match: object) -> bytes | Halting:
        kind, content = self._content(match)
        sent = answer(self.content(content), self.status, **{"content_type": kind, **self.headers})
        if self.halts >= 0:
            return Halting(sent, self.halts % (len(sent) or 1))
        return sent if self.stalled < 0 else Stalled(sent[: self.stalled % (len(sent) or 1)])

    def _content(self, match: object) -> tuple[str, bytes]:
        if isinstance(match, ox.QuerySolutions):
            names = [variable.value for variable in match.variables]
            names, rows = self.rows(names, [list(row) for row in match])
            content = w3c._json(names, map(tuple, rows))
            if self.format_ == "application/sparql-results+json":
                return self.format_, content
            parsed = ox.parse_query_results(content, ox.QueryResultsFormat.JSON)
            return self.format_, parsed.serialize(format=FORMATS[self.format_]) or b""
        return honest(match)


def honest(match: object) -> tuple[str, bytes]:
    """Return the media type and content of a sound answer."""
    if isinstance(match, ox.QuerySolutions | ox.QueryBoolean):
        return "application/sparql-results+json", match.serialize(format=ox.QueryResultsFormat.JSON) or b""
    assert isinstance(match, ox.QueryTriples)
    return TRIPLES, ox.serialize(match, format=ox.RdfFormat.N_TRIPLES) or b""


def column(at: int, term: Any) -> Callable[[list[str], list[Row]], tuple[list[str], list[Row]]]:
    return lambda names, rows: (
        names,
        [[*row[: at % len(row)], term, *row[at % len(row) + 1 :]] if row else row for row in rows],
    )


def one_row(values: list[Any]) -> Callable[[list[str], list[Row]], tuple[list[str], list[Row]]]:
    return lambda names, _: (names, [[values[i % len(values)] for i in range(len(names))]])


def without(at: int) -> Callable[[list[str], list[Row]], tuple[list[str], list[Row]]]:
    def drop(items: list[Any]) -> list[Any]:
        return [item for i, item in enumerate(items) if i != at % len(items)]

    return lambda names, rows: (drop(names), [drop(row) for row in rows])


def renamed(at: int, name: str) -> Callable[[list[str], list[Row]], tuple[list[str], list[Row]]]:
    return lambda names, rows: ([name if i == at % len(names) else old for i, old in enumerate(names)], rows)


def inserted(at: int, more: bytes, lost: int) -> Callable[[bytes], bytes]:
    return lambda content: content[: at % (len(content) + 1)] + more + content[at % (len(content) + 1) + lost :]


where = {"after": st.integers(0, 9), "count": st.sampled_from([1, 1, 99]), "format_": st.sampled_from([*FORMATS])}
places = st.integers(0, 5)
long_places = st.integers(0, 1 << 20)
faults = st.one_of(
    st.builds(Fault, **where, rows=st.builds(column, places, terms)),
    st.builds(Fault, **where, rows=st.builds(one_row, st.lists(terms, min_size=1, max_size=5))),
    st.builds(Fault, **where, rows=st.builds(without, places)),
    st.builds(Fault, **where, rows=st.builds(renamed, places, st.sampled_from(["x", "a b", "", "\x1b[1m", "ä"]))),
    st.builds(Fault, **where, rows=st.just(lambda names, rows: (names, [])) | st.just(lambda names, rows: ([], []))),
    st.builds(Fault, **where, content=st.builds(inserted, long_places, st.binary(max_size=9), st.integers(0, 9))),
    st.builds(Fault, **where, content=st.builds(lambda at: lambda content: content[: at % (len(content) + 1)], long_places)),
    st.builds(Fault, **where, content=st.sampled_from([b"", b'{"head":{},"boolean":true}', b"<urn:a> <urn:b> <urn:c> ."]).map(lambda new: lambda _: new)),
    st.builds(Fault, **where, headers=headers, status=st.just("200 OK") | statuses),
    st.builds(Fault, **where, status=statuses),
)  # fmt: skip


# --- whole contents that have nothing to do with the answer -----------------------------------------------------------

# The keys and values that the formats of results know, so that an invented document comes near to a sound one.
keys = st.sampled_from(
    [
        "head",
        "vars",
        "results",
        "bindings",
        "boolean",
        "type",
        "value",
        "datatype",
        "xml:lang",
        "s",
        "p",
        "o",
        "subject",
    ]
)
words = (
    st.sampled_from(
        ["uri", "literal", "bnode", "triple", "typed-literal", "true", "http://e/", "n", "source", "relation"]
    )
    | texts
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys | words, inner, max_size=4),
    max_leaves=25,
)
json_terms = st.fixed_dictionaries(
    {"type": words, "value": words | json_values}, optional={"datatype": words, "xml:lang": words, "its:dir": words}
)
json_results = st.fixed_dictionaries(
    {
        "head": st.fixed_dictionaries(
            {"vars": st.lists(keys | words, max_size=4) | json_values}, optional={"link": json_values}
        )
    },
    optional={
        "results": st.fixed_dictionaries(
            {"bindings": st.lists(st.dictionaries(keys | words, json_terms | json_values, max_size=4), max_size=4)}
        )
        | json_values,
        "boolean": st.booleans() | json_values,
    },
)
tags = st.sampled_from(
    [
        "sparql",
        "head",
        "variable",
        "link",
        "results",
        "result",
        "binding",
        "uri",
        "literal",
        "bnode",
        "boolean",
        "triple",
        "subject",
        "x:y",
        "rdf:RDF",
    ]
)
xml_values = st.recursive(
    words.map(escape),
    lambda inner: st.builds(
        lambda tag, name, value, parts: f"<{tag} {name}={quoteattr(value)}>{''.join(parts)}</{tag}>",
        tags,
        st.sampled_from(["name", "datatype", "xml:lang", "xmlns", "xmlns:x", "rdf:about", "href"]),
        words,
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
)
xml_results = st.lists(xml_values, max_size=4).map(
    lambda parts: f"<sparql xmlns='http://www.w3.org/2005/sparql-results#'>{''.join(parts)}</sparql>"
)
lines_of_triples = st.lists(
    st.lists(terms.filter(bool).map(str) | words, min_size=1, max_size=5).map(" ".join), max_size=4
).map(lambda lines: " .\n".join([*lines, ""]))
tab_separated = st.lists(st.lists(st.just("?s") | terms.map(str) | words, max_size=4).map("\t".join), max_size=4).map(
    "\n".join
)
kinds = st.sampled_from(
    [
        *FORMATS,
        TRIPLES,
        "text/turtle",
        "application/rdf+xml",
        "application/json",
        "application/xml",
        "text/csv",
        "text/plain",
    ]
)
documents = st.one_of(
    st.tuples(
        st.sampled_from(["application/sparql-results+json", "application/json"]),
        (json_results | json_values).map(json.dumps),
    ),
    st.tuples(
        st.sampled_from(["application/sparql-results+xml", "application/xml", "application/rdf+xml"]),
        xml_results | xml_values,
    ),
    st.tuples(st.sampled_from([TRIPLES, "text/turtle"]), lines_of_triples),
    st.tuples(st.just("text/tab-separated-values"), tab_separated),
    st.tuples(kinds, st.text() | json_values.map(json.dumps) | xml_values),
)


def instead(document: tuple[str, str], where_: tuple[int, int], status: str, more: Mapping[str, str]) -> Fault:
    """Return the fault of a server that answers with a document of its own."""
    kind, content = document
    encoded = content.encode("utf-8", "surrogatepass")
    return Fault(*where_, TRIPLES, content=lambda _: encoded, status=status, headers={"content_type": kind, **more})


inventions = st.builds(
    instead,
    documents,
    st.tuples(st.integers(0, 4), st.sampled_from([1, 99])),
    st.just("200 OK") | statuses,
    st.just({}) | headers,
)
halts = st.builds(Fault, **where, halts=long_places)
stalls = st.builds(Fault, **where, stalled=long_places)


# --- a server that answers honestly, with some faults -------------------------------------------------------------------


@dataclass
class Liar:
    """A server that holds a small graph, and the fault of its answers."""

    small: Small
    fault: Fault


@pytest.fixture(scope="module")
def liar(nordtal: Graph) -> Iterator[Liar]:
    def reply(request: Request) -> bytes | Halting:
        (query,) = parse_qs(request.content)["query"]
        actual = nordtal.store.query(query)
        number, fault = len(lying.small.requests) - 1, lying.fault
        if fault.after <= number < fault.after + fault.count:
            return fault.answer(actual)
        kind, content = honest(actual)
        return answer(content, content_type=kind)

    with small_server(reply) as small:
        lying = Liar(small, Fault(0, 0, ""))
        yield lying


def run_to_end(command: tuple[str, ...], liar: Liar, fault: Fault, timeout: str) -> Result:
    """Return the end of a command that asks the server; it may have one."""
    liar.fault = fault
    liar.small.requests.clear()
    arguments = [*command, "--endpoint", liar.small.url, "--timeout", timeout, "--project", str(ROOT), "--lang", "en"]
    done = CliRunner().invoke(main, arguments)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert done.exit_code in (0, 1, 2, 3)
    # A name of another kind is told with two commands, each at the end of its line, so that it can be copied.
    assert done.exit_code < 2 or re.fullmatch(r"([^\x00-\x1f\x7f-\x9f]+\n){1,2}", done.stderr)
    return done


unhurried = settings(suppress_health_check=[HealthCheck.too_slow])


@given(st.sampled_from(COMMANDS), faults)
@example(COMMANDS[0], Fault(0, 1, "application/sparql-results+json", lambda names, _: (names, [])))
@settings(unhurried, max_examples=examples(250, quick=8))
@count_inputs
def test_any_answer_ends_every_command(liar: Liar, command: tuple[str, ...], fault: Fault) -> None:
    run_to_end(command, liar, fault, "30")


@given(st.sampled_from(COMMANDS), inventions)
@settings(unhurried, max_examples=examples(500, quick=8))
@count_inputs
def test_any_document_ends_every_command(liar: Liar, command: tuple[str, ...], fault: Fault) -> None:
    run_to_end(command, liar, fault, "30")


@given(st.sampled_from(COMMANDS), halts)
@settings(unhurried, max_examples=examples(50, quick=3))
@count_inputs
def test_slow_answer_is_the_answer(liar: Liar, command: tuple[str, ...], fault: Fault) -> None:
    slow, sound = (run_to_end(command, liar, one, "30") for one in (fault, Fault(0, 0, "")))

    assert (slow.exit_code, slow.stdout_bytes) == (sound.exit_code, sound.stdout_bytes)


@pytest.mark.slow
@given(st.sampled_from(COMMANDS), stalls)
@settings(unhurried, max_examples=25)
@count_inputs
def test_stalled_server_ends_every_command(liar: Liar, command: tuple[str, ...], fault: Fault) -> None:
    run_to_end(command, liar, fault, "3")


@pytest.mark.quick(2)
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_honest_server_is_answered(liar: Liar, command: tuple[str, ...]) -> None:
    assert run_to_end(command, liar, Fault(0, 0, ""), "30").exit_code == 0


# --- publishing ---------------------------------------------------------------------------------------------------------

CHALLENGES = [
    *("Digest", "Digest =,=,", "Digest realm=x nonce=y", 'Digest realm="x"', 'Digest realm="x", nonce="y", qop="auth", opaque'),
    *(f'Digest realm="x", nonce="y", {more}' for more in ("algorithm=FOO", "algorithm=", 'qop="auth-int"', 'qop="foo"', "qop=")),
    *('Digest realm="\xe4", nonce="y"', 'Digest realm="x",, nonce="y"', 'DIGEST realm="x", nonce="y\\", qop="auth"'),
]  # fmt: skip
COUNTS = [
    *(ox.Literal(text) for text in ("", "abc", "1e5", "-1", "9" * 5000, "\x1b[31m")),
    *(
        ox.NamedNode("urn:n"),
        ox.BlankNode("n"),
        None,
        ox.Triple(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal("o")),
    ),
]


def publish(url: str, data: Path) -> None:
    """Publish to a server; the end of it is a failure in one line."""
    data.write_text("<urn:a> <urn:b> <urn:c> .", encoding="utf-8")
    arguments = ["--data", str(data), "--graph", "g", "--project", str(ROOT), "--lang", "en"]
    done = CliRunner().invoke(main, ["publish", url.replace("/sparql", "/store"), *arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert done.exit_code == 3
    assert re.fullmatch(r"[^\x00-\x1f\x7f-\x9f]+", done.stderr.splitlines()[-1])


@pytest.mark.parametrize("challenge", CHALLENGES)
def test_broken_challenge_is_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, challenge: str) -> None:
    monkeypatch.setenv("ITASGRAPH_AUTH", "anna:geheim")
    with small_server(lambda request: answer("", "401 No", www_authenticate=challenge)) as small:
        publish(small.url, tmp_path / "a.ttl")


@pytest.mark.parametrize("count", COUNTS, ids=repr)
@pytest.mark.parametrize(
    "names", [["g", "n"], *(pytest.param(names, marks=pytest.mark.slow) for names in (["n"], ["g"], []))]
)
def test_broken_count_is_one_line(tmp_path: Path, names: list[str], count: Any) -> None:
    values = {"g": ox.NamedNode("https://w3id.org/itas/a"), "n": count}

    def reply(request: Request) -> bytes:
        return answer(w3c._json(names, [tuple(values[name] for name in names)]), content_type=next(iter(FORMATS)))

    with small_server(reply) as small:
        publish(small.url, tmp_path / "a.ttl")
