"""A SPARQL endpoint answers as the graph in memory does; one that misbehaves is one clear line."""

from __future__ import annotations

import base64
import gzip
import json
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs

import httpx
import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from itasgraph.entities import description, names
from itasgraph.errors import ItasgraphError, QueryTimeout, UsageError
from itasgraph.project import Project
from itasgraph.questions import queries
from itasgraph.store import http_responses
from itasgraph.store.endpoint import Endpoint, complete_query
from itasgraph.store.memory import Graph
from tests.helpers.programs import Run, modules_after
from tests.helpers.projects import ROOT
from tests.helpers.properties import count_inputs
from tests.helpers.questions import NORDTAL_VALUES
from tests.helpers.servers import Request, Small, answer, dripping_server, oxigraph_in, ports, small_server

JSON = "application/sparql-results+json"
XML = "application/sparql-results+xml"
ROWS = json.dumps(
    {
        "head": {"vars": ["name"]},
        "results": {"bindings": [{"name": {"type": "literal", "value": name}} for name in ("Anna", "Bert")]},
    }
)
NAMES = "SELECT ?name { ?person schema:name ?name }"
ALL = "CONSTRUCT WHERE { ?s ?p ?o }"
LINES = '<http://e.org/a> <http://e.org/b> "007"^^<http://www.w3.org/2001/XMLSchema#int> .\n' * 2
REAL = ["oxigraph", "virtuoso"]
QUESTIONS = sorted(path.stem for path in (ROOT / "queries").glob("*.rq"))
# A server that holds Turtle has no named graphs, in which "changes" and "contradictions" look for the figures of a source.
VALUES = NORDTAL_VALUES | {
    "changes": {"earlier": "Bericht 2024", "later": "Bericht 2024"},
    "contradictions": {"entry": "Ada Blum"},
}

Terms = list[tuple[str | None, ...]]


@pytest.fixture
def endpoint(nordtal: Graph) -> Callable[[str], Endpoint]:
    """Return an endpoint at an address, with the prefixes of a project."""
    return lambda url: Endpoint(url, nordtal.prefixes, nordtal.base, 30)


def rows(answer: object) -> Terms:
    assert isinstance(answer, ox.QuerySolutions)
    return [tuple(None if term is None else str(term) for term in row) for row in answer]


def sort_joined(rows: Terms) -> Terms:
    """Return the rows, with what a cell joins in the order of the alphabet."""
    return [tuple(term and "|".join(sorted(re.split(r' \| |"', term))) for term in row) for row in rows]


def error_of(endpoint: Endpoint, query: str = NAMES) -> ItasgraphError:
    """Return the error of a query, which is one line in both languages."""
    with pytest.raises(ItasgraphError) as raised:
        endpoint.query(query)
    assert not [lang for lang in ("de", "en") if "\n" in raised.value.render(lang)]
    return raised.value


def nothing(request: Request) -> bytes:
    """Return the answer of a server that holds nothing."""
    (query,) = parse_qs(request.content)["query"]
    actual = ox.Store().query(query)
    if isinstance(actual, ox.QueryTriples):
        return answer("", content_type="application/n-triples")
    return answer(actual.serialize(format=ox.QueryResultsFormat.JSON) or b"", content_type=JSON)


def always(content: bytes) -> Callable[[Request], bytes]:
    return lambda request: content


# --- real servers -----------------------------------------------------------------------------------------------------


def test_questions_exist() -> None:
    assert len(QUESTIONS) > 15


@pytest.mark.quick(1)
@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("server", REAL)
def test_server_gives_the_same_rows(
    request: pytest.FixtureRequest,
    nordtal: Graph,
    nordtal_project: Project,
    endpoint: Callable[[str], Endpoint],
    server: str,
    question: str,
) -> None:
    far = endpoint(request.getfixturevalue(server))
    far.terms = nordtal.terms
    asked = queries.find(question, nordtal_project)
    near_text = queries.bind(asked, VALUES.get(question, {}), nordtal, "de")
    far_text = queries.bind(asked, VALUES.get(question, {}), far, "de")

    assert far_text == near_text
    # SPARQL 1.1, section 18.5.1.7: the parts of GROUP_CONCAT come in any order.
    assert sort_joined(rows(far.query(far_text))) == sort_joined(rows(nordtal.query(near_text)))


@pytest.mark.slow
@pytest.mark.parametrize("server", REAL)
def test_triples_round_trip(
    request: pytest.FixtureRequest, nordtal: Graph, endpoint: Callable[[str], Endpoint], server: str
) -> None:
    triples = list(endpoint(request.getfixturevalue(server)).triples())

    assert len(triples) == len(set(triples))
    assert set(triples) == set(nordtal.triples())


@pytest.mark.quick(1)
@pytest.mark.parametrize("server", REAL)
def test_ask_is_answered(request: pytest.FixtureRequest, endpoint: Callable[[str], Endpoint], server: str) -> None:
    far = endpoint(request.getfixturevalue(server))

    assert bool(far.query("ASK { ?person a schema:Person }")) is True
    assert bool(far.query("ASK {}")) is True
    assert bool(far.query("ASK { ?person a itas:Nobody }")) is False


@pytest.mark.parametrize("server", REAL)
def test_syntax_error_has_its_line(
    request: pytest.FixtureRequest, endpoint: Callable[[str], Endpoint], server: str
) -> None:
    far = endpoint(request.getfixturevalue(server))
    error = error_of(far, "# a comment\nPREFIX x: <http://e.org/>\n# another\nSELECT * {\n ?s a schema:Person ; ?p }")

    assert (error.code, error.exit_code) == ("endpoint-query", 2)
    assert "error at 5:" in str(error) or "line 5:" in str(error)


@pytest.mark.parametrize("server", REAL)
def test_update_is_not_sent(
    request: pytest.FixtureRequest, nordtal: Graph, endpoint: Callable[[str], Endpoint], server: str
) -> None:
    far = endpoint(request.getfixturevalue(server))
    error = error_of(far, "PREFIX x: <http://e.org/>\nDELETE WHERE { ?s ?p ?o }")

    assert (error.code, error.exit_code) == ("not-a-query", 2)
    assert len(list(far.triples())) == len(list(nordtal.triples()))


def test_description_is_equal(
    oxigraph: str, turtle: bytes, nordtal: Graph, endpoint: Callable[[str], Endpoint]
) -> None:
    store = ox.Store()
    store.load(turtle, ox.RdfFormat.TURTLE)
    near, far = Graph(store, nordtal.prefixes, nordtal.base), endpoint(oxigraph)
    thing = names.resolve(far, "ada blum").value

    assert thing == names.resolve(near, "ada blum").value
    assert description.text(far, thing, "de") == description.text(near, thing, "de")


def test_unknown_name_gets_the_nearest(oxigraph: str, endpoint: Callable[[str], Endpoint]) -> None:
    with pytest.raises(UsageError) as raised:
        names.resolve(endpoint(oxigraph), "Ada Blun")

    assert "Ada Blum" in str(raised.value)


def test_command_asks_a_server(run: Run, oxigraph: str, nordtal_project: Project) -> None:
    question = ("query", "who", "-p", "topic=Wärme", "--project", nordtal_project.root)
    far, near = run(*question, "--endpoint", oxigraph), run(*question)

    assert (far.exit_code, far.stderr) == (0, "")
    assert far.stdout == near.stdout


def test_command_gets_turtle(run: Run, oxigraph: str) -> None:
    done = run("query", "DESCRIBE ?who { ?who schema:name 'Ada Blum' }", "--endpoint", oxigraph, "--project", ROOT)

    assert done.exit_code == 0
    assert '"Ada Blum"' in done.stdout


# --- what is sent -----------------------------------------------------------------------------------------------------

KNOWN = {"x": "http://e.org/x#", "y": "http://e.org/y#"}


@pytest.mark.parametrize(
    ("query", "sent"),
    [
        ("SELECT * { ?s x:a ?o }", "PREFIX x: <http://e.org/x#> SELECT * { ?s x:a ?o }"),
        ("SELECT * { ?s ?p ?o }", "SELECT * { ?s ?p ?o }"),
        ("select * { <a> ?p y:b }", "BASE <http://b.org/> PREFIX y: <http://e.org/y#> select * { <a> ?p y:b }"),
        ("PREFIX x: <http://o.org/> ASK { ?s x:a ?o }", "PREFIX x: <http://o.org/> ASK { ?s x:a ?o }"),
        ("prefix x: <o> ASK { ?s x:a ?o }", "BASE <http://b.org/> prefix x: <o> ASK { ?s x:a ?o }"),
        ("BASE <http://o.org/>\nASK { <a> x:a ?o }", "BASE <http://o.org/>\nPREFIX x: <http://e.org/x#> ASK { <a> x:a ?o }"),
        ("# PREFIX x: <http://o.org/>\nASK { ?s x:a ?o }", "# PREFIX x: <http://o.org/>\nPREFIX x: <http://e.org/x#> ASK { ?s x:a ?o }"),
        ("#a\n\n#b\n DESCRIBE x:a", "#a\n\n#b\n PREFIX x: <http://e.org/x#> DESCRIBE x:a"),
        ("PREFIX # x:\nx: <http://o.org/> ASK { ?s x:a ?o }", "PREFIX # x:\nx: <http://o.org/> ASK { ?s x:a ?o }"),
        ("SELECT * { ?s ?p ?o FILTER(?o < 3 && ?o > 1) }", "SELECT * { ?s ?p ?o FILTER(?o < 3 && ?o > 1) }"),
    ],
)  # fmt: skip
def test_declarations_are_added(query: str, sent: str) -> None:
    assert complete_query(query, KNOWN, "http://b.org/")[0] == sent


@pytest.mark.parametrize("question", QUESTIONS)
def test_prepared_query_is_standalone(nordtal: Graph, nordtal_project: Project, question: str) -> None:
    text = queries.bind(queries.find(question, nordtal_project), VALUES.get(question, {}), nordtal, "en")
    sent, _ = complete_query(text, nordtal.prefixes, nordtal.base)

    assert sent.count("\n") == text.count("\n")
    assert rows(nordtal.store.query(sent)) == rows(nordtal.query(text))


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("SELECT * {}", "SELECT"),
        ("# select\nask {}", "ASK"),
        ("PREFIX ask: <http://e.org/> Construct WHERE {}", "CONSTRUCT"),
        ("BASE<http://e.org/#a>DESCRIBE<b>", "DESCRIBE"),
    ],
)
def test_form_follows_the_declarations(query: str, form: str) -> None:
    assert complete_query(query, {}, "http://b.org/")[1] == form


@pytest.mark.parametrize(
    "query", ["", "# SELECT", "INSERT DATA { <a> <b> <c> }", "LOAD <http://e.org/>", "CLEAR ALL", "{", "\udcff"]
)
def test_non_query_is_not_sent(query: str) -> None:
    with pytest.raises(UsageError):
        complete_query(query, {}, "http://b.org/")


def test_query_is_posted_for_json(endpoint: Callable[[str], Endpoint]) -> None:
    with small_server(always(answer(ROWS, content_type=JSON))) as small:
        endpoint(small.url).query("SELECT ?name { ?s ?p ?name FILTER(?name != 'ä&=') }")
    (request,) = small.requests

    assert request.line == "POST /sparql HTTP/1.1"
    assert request.headers["content-type"] == "application/x-www-form-urlencoded"
    assert parse_qs(request.content) == {"query": ["SELECT ?name { ?s ?p ?name FILTER(?name != 'ä&=') }"]}
    assert request.headers["accept"].startswith(JSON)


@pytest.mark.parametrize("status", ["405 Method Not Allowed", "501 Not Implemented"])
def test_endpoint_of_get_only_is_asked_so(endpoint: Callable[[str], Endpoint], status: str) -> None:
    def reply(request: Request) -> bytes:
        return answer(ROWS, content_type=JSON) if request.line.startswith("GET ") else answer("no", status)

    with small_server(reply) as small:
        remote = endpoint(small.url)
        assert [rows(remote.query(NAMES)), rows(remote.query(NAMES))] == [[('"Anna"',), ('"Bert"',)]] * 2

    methods = [request.line.partition(" ")[0] for request in small.requests]
    (asked,) = parse_qs(small.requests[1].line.split()[1].partition("?")[2])["query"]
    assert methods == ["POST", "GET", "GET"]
    assert asked == complete_query(NAMES, remote.prefixes, remote.base)[0]


def test_endpoint_that_takes_no_method_is_named(endpoint: Callable[[str], Endpoint]) -> None:
    with small_server(lambda _: answer("neither", "405 Method Not Allowed")) as small:
        assert "405" in str(error_of(endpoint(small.url)))


def test_broken_text_is_not_sent(endpoint: Callable[[str], Endpoint]) -> None:
    error = error_of(endpoint("http://127.0.0.1:9/"), "SELECT * { ?s ?p '\udcff' }")

    assert (error.code, error.exit_code) == ("invalid-sparql", 2)


# --- what comes back --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format_", ["json", "xml", "tsv"])
def test_rows_have_all_formats(endpoint: Callable[[str], Endpoint], format_: str) -> None:
    kind = {"json": JSON, "xml": XML, "tsv": "text/tab-separated-values"}[format_]
    formats = {"json": ox.QueryResultsFormat.JSON, "xml": ox.QueryResultsFormat.XML, "tsv": ox.QueryResultsFormat.TSV}
    solutions = ox.parse_query_results(ROWS.encode(), ox.QueryResultsFormat.JSON)
    content = solutions.serialize(format=formats[format_])
    assert content is not None
    with small_server(always(answer(content, content_type=f"{kind}; charset=utf-8"))) as small:
        actual = rows(endpoint(small.url).query(NAMES))

    assert actual == [('"Anna"',), ('"Bert"',)]


def test_triples_are_distinct(endpoint: Callable[[str], Endpoint]) -> None:
    with small_server(always(answer(LINES, content_type="application/n-triples"))) as small:
        actual = endpoint(small.url).query(ALL)

    assert isinstance(actual, list)
    assert [str(triple.object) for triple in actual] == ['"007"^^<http://www.w3.org/2001/XMLSchema#int>']


def test_no_triples_are_fine(endpoint: Callable[[str], Endpoint]) -> None:
    with small_server(always(answer("", content_type="application/n-triples"))) as small:
        assert endpoint(small.url).query(ALL) == []


def test_closed_connection_may_end_an_answer(
    endpoint: Callable[[str], Endpoint],
) -> None:
    with small_server(always(answer(ROWS, content_type=JSON, content_length=""))) as small:
        assert len(rows(endpoint(small.url).query(NAMES))) == 2


@pytest.mark.slow
def test_long_answer_survives(endpoint: Callable[[str], Endpoint]) -> None:
    bindings = [{"name": {"type": "literal", "value": f"Ä{n}" * 50, "xml:lang": "de"}} for n in range(100_000)]
    content = json.dumps({"head": {"vars": ["name"]}, "results": {"bindings": bindings}})
    with small_server(always(answer(content, content_type=JSON))) as small:
        rows = endpoint(small.url).select(NAMES)

        assert sum(1 for row in rows if row["name"].language == "de") == 100_000


def chunked(content: str, end: str) -> bytes:
    head = answer("", content_type=JSON, content_length="", transfer_encoding="chunked")
    return head + f"{len(content.encode()):x}\r\n{content}\r\n{end}".encode()


def document(kind: str) -> str:
    solutions = ox.parse_query_results(ROWS.encode(), ox.QueryResultsFormat.JSON)
    format_ = {JSON: ox.QueryResultsFormat.JSON, XML: ox.QueryResultsFormat.XML}[kind]
    return (solutions.serialize(format=format_) or b"").decode()


CUT = {
    "JSON cut off": answer(ROWS[:-30], content_type=JSON),
    "JSON cut off, no length": answer(ROWS[:-30], content_type=JSON, content_length=""),
    "JSON cut between rows": answer(ROWS[: ROWS.index(", {") + 1], content_type=JSON, content_length=""),
    "length too short": answer(ROWS, content_type=JSON, content_length=str(len(ROWS) + 10)),
    "chunks without an end": chunked(ROWS, ""),
    "chunk cut off": chunked(ROWS, "")[:-20],
    "XML cut between rows": answer(document(XML).partition("</result>")[0] + "</result>", content_type=XML),
    "TSV without a length": answer('?name\n"Anna"\n', content_type="text/tab-separated-values", content_length=""),
    "compressed and broken": answer("no gzip", content_type=JSON, content_encoding="gzip"),
    "nothing at all": b"",
    "no HTTP": b"hello, this is no HTTP\r\n\r\n",
    "half a header": b"HTTP/1.1 200 OK\r\nContent-Ty",
    "empty": answer("", content_type=JSON),
    "no content": answer("", status="204 No Content", content_length=""),
    "a web page": answer("<html>Welcome</html>", content_type="text/html; charset=utf-8"),
    "an image": answer("GIF89a", content_type="image/gif"),
    "no type": answer(ROWS),
    "text": answer("name\r\nAnna\r\n", content_type="text/plain"),
    "triples for rows": answer(LINES, content_type="application/n-triples"),
    "garbage": answer(b"\xff\x00\xfe{", content_type=JSON),
    "other JSON": answer('{"error": "no"}', content_type="application/json"),
    "part of the rows": answer(ROWS, content_type=JSON, x_sparql_maxrows="2"),
    "part of the time": answer(ROWS, content_type=JSON, x_sql_state="S1TAT", x_sql_message="RC...: incomplete.  x"),
    "not there": answer("no", status="404 Not Found"),
    "gone": answer("no", status="410 Gone"),
    "its fault": answer("<html>oops</html>", status="500 Internal Server Error", content_type="text/html"),
    "overloaded": answer("come back\nlater", status="503 Service Unavailable"),
    "a teapot": answer("\x1b[31mteapot\u202e", status="418 I'm a teapot"),
    "login": answer("", status="401 Unauthorized", www_authenticate='Basic realm="x"'),
    "forbidden": answer("", status="403 Forbidden"),
    "redirect without an address": answer("", status="302 Found"),
    "redirect to a file": answer("", status="302 Found", location="file:///etc/passwd"),
    "redirect to nowhere": answer("", status="307 Temporary Redirect", location="http://[::1"),
    "see other": answer("", status="303 See Other", location="/elsewhere"),
}


@pytest.mark.quick(10)
@pytest.mark.parametrize("fault", CUT)
def test_broken_answer_is_one_line(endpoint: Callable[[str], Endpoint], fault: str) -> None:
    with small_server(always(CUT[fault])) as small:
        error = error_of(endpoint(small.url))

    assert error.exit_code == 3
    assert "\x1b" not in str(error)
    assert "\u202e" not in str(error)


@pytest.mark.parametrize(
    ("kind", "content", "headers"),
    [
        ("text/turtle", LINES, {"content_length": ""}),
        ("application/n-triples", LINES, {"content_length": ""}),
        ("text/turtle", LINES[:-5], {}),
        ("application/rdf+xml", '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">', {}),
        (JSON, ROWS, {}),
        ("text/html", "<html/>", {}),
    ],
)
def test_cut_triples_are_refused(
    endpoint: Callable[[str], Endpoint], kind: str, content: str, headers: dict[str, str]
) -> None:
    with small_server(always(answer(content, content_type=kind, **headers))) as small:
        assert error_of(endpoint(small.url), ALL).exit_code == 3


@pytest.mark.quick(8)
@pytest.mark.parametrize("end", range(1, len(document(XML)) - len("</results></sparql>"), 7))
def test_cut_xml_is_noticed(endpoint: Callable[[str], Endpoint], end: int) -> None:
    with small_server(always(answer(document(XML)[:end], content_type=XML, content_length=""))) as small:
        assert error_of(endpoint(small.url)).code == "endpoint-unreadable"


def test_server_message_is_shown(endpoint: Callable[[str], Endpoint]) -> None:
    with small_server(always(answer("line 3: syntax error\nSELECT …", status="400 Bad Request"))) as small:
        error = error_of(endpoint(small.url))

    assert (error.exit_code, str(error)) == (2, f"{small.url} rejects the query: line 3: syntax error")


def test_boolean_is_no_row(endpoint: Callable[[str], Endpoint]) -> None:
    with small_server(always(answer('{"head": {}, "boolean": true}', content_type=JSON))) as small:
        assert error_of(endpoint(small.url)).exit_code == 3


@pytest.fixture(scope="module")
def echo(nordtal: Graph) -> Iterator[Endpoint]:
    """Yield an endpoint that answers with the bytes a query names in its comment, as base64, and with that type."""

    def reply(request: Request) -> bytes:
        _, kind, content, _ = parse_qs(request.content)["query"][0].split(maxsplit=3)
        return answer(base64.b64decode(content), content_type=kind, content_length="")

    with small_server(reply) as small:
        yield Endpoint(small.url, nordtal.prefixes, nordtal.base, 30)


@pytest.mark.slow
@given(st.sampled_from([JSON, XML, "application/rdf+xml"]), st.data())
@count_inputs
def test_any_bytes_end_in_a_line(echo: Endpoint, kind: str, data: st.DataObject) -> None:
    sound = document(JSON if kind == JSON else XML).encode()
    start = data.draw(st.integers(0, len(sound) - 1))
    content = (
        sound[:start] + data.draw(st.binary(min_size=1, max_size=20)) + data.draw(st.sampled_from([sound[start:], b""]))
    )
    query = f"# {kind} {base64.b64encode(content).decode()}\n{ALL if kind not in (JSON, XML) else NAMES}"
    said = ""
    try:
        answer = echo.query(query)
        assert isinstance(answer, list) or rows(answer) is not None
    except ItasgraphError as error:
        said = str(error)

    assert "\n" not in said


@given(st.one_of(st.text(), st.text().map("http://{}".format), st.text().map("https://e.org:{}".format)))
@count_inputs
def test_any_address_ends_in_a_line(url: str) -> None:
    said = ""
    try:
        Endpoint(url, {}, "http://b.org/")
    except UsageError as error:
        said = str(error)

    assert "\n" not in said


# --- servers that are not there, or slow ------------------------------------------------------------------------------


@pytest.fixture
def stalled() -> Iterator[tuple[Small, threading.Event]]:
    """Yield a server that never answers, and the event that somebody asked it."""
    asked, released = threading.Event(), threading.Event()

    def reply(request: Request) -> bytes:
        asked.set()
        released.wait()
        return b""

    with small_server(reply) as small:
        yield small, asked
        released.set()


def test_dead_server_is_named(endpoint: Callable[[str], Endpoint]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    error = error_of(endpoint(f"http://127.0.0.1:{port}/sparql"))

    assert str(error).startswith(f"http://127.0.0.1:{port}/sparql cannot be reached (connection refused)")
    assert "Verbindung abgelehnt" in error.render("de")


def test_unknown_host_is_named(endpoint: Callable[[str], Endpoint]) -> None:
    error = error_of(endpoint("http://nowhere.invalid/sparql"))

    assert (error.code, error.facts["host"]) == ("endpoint-host", "nowhere.invalid")


def test_invalid_certificate_is_refused(endpoint: Callable[[str], Endpoint], tmp_path: Path) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"),
            *("-subj", "/CN=127.0.0.1", "-keyout", key, "-out", certificate),
        ],
        check=True,
        capture_output=True,
    )
    secure = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    secure.load_cert_chain(certificate, key)
    with small_server(always(answer(ROWS, content_type=JSON)), secure) as small:
        error = error_of(endpoint(small.url))

    assert error.code == "endpoint-tls"
    assert small.requests == []


def test_plain_http_is_no_https(endpoint: Callable[[str], Endpoint]) -> None:
    with small_server(always(answer(ROWS, content_type=JSON))) as small:
        error = error_of(endpoint(small.url.replace("http:", "https:")))

    assert error.exit_code == 3


@pytest.mark.parametrize(
    ("variable", "given"),
    [("ALL_PROXY", "nonsense://127.0.0.1:9"), ("SSL_CERT_FILE", "/nowhere/at/all.pem"), ("SSL_CERT_FILE", __file__)],
)
def test_broken_proxy_is_one_line(
    endpoint: Callable[[str], Endpoint], monkeypatch: pytest.MonkeyPatch, variable: str, given: str
) -> None:
    monkeypatch.setenv(variable, given)

    assert variable in str(error_of(endpoint("http://127.0.0.1:9/")))


@pytest.mark.parametrize("port", [0, 65536, 99999])
def test_impossible_port_is_one_line(endpoint: Callable[[str], Endpoint], port: int) -> None:
    assert error_of(endpoint(f"http://127.0.0.1:{port}/")).exit_code == 3


def test_slow_server_is_given_up(stalled: tuple[Small, threading.Event], nordtal: Graph) -> None:
    with pytest.raises(QueryTimeout) as raised:
        Endpoint(stalled[0].url, nordtal.prefixes, nordtal.base, 0.05).query(NAMES)

    assert str(raised.value).startswith(f"{stalled[0].url} did not answer within 0.05 s")


def test_slow_answer_is_given_up(nordtal: Graph) -> None:
    with small_server(always(answer("x" * (64 << 20), content_type=JSON))) as small, pytest.raises(QueryTimeout):
        Endpoint(small.url, nordtal.prefixes, nordtal.base, 0.001).query(NAMES)


OK = b"HTTP/1.1 200 OK\r\n"
DRIPS = {
    "nothing but headers": (OK, b"X-A: b\r\n"),
    "half a status line": (b"HTTP/1.1 ", b"2"),
    "informational answers": (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "a body": (OK + b"Content-Type: application/sparql-results+json\r\n\r\n", b" "),
    "chunks": (
        OK + b"Transfer-Encoding: chunked\r\nContent-Type: application/sparql-results+json\r\n\r\n",
        b"1\r\n \r\n",
    ),
    "the reason of a failure": (b"HTTP/1.1 500 No\r\nContent-Type: text/plain\r\n\r\n", b""),
    "a login": (b"HTTP/1.1 401 No\r\n", b"WWW-Authenticate: Digest\r\n"),
    "nothing": (b"", b""),
}


@pytest.mark.quick(2)
@pytest.mark.parametrize("drip", DRIPS)
def test_dripping_answer_is_given_up(nordtal: Graph, monkeypatch: pytest.MonkeyPatch, drip: str) -> None:
    monkeypatch.setenv("ITASGRAPH_AUTH", "anna:geheim")
    before = set(threading.enumerate())
    with dripping_server(*DRIPS[drip]) as url, pytest.raises(QueryTimeout) as raised:
        Endpoint(url, nordtal.prefixes, nordtal.base, 0.2).query(NAMES)
    left = [thread for thread in threading.enumerate() if thread not in before]
    for thread in left:
        thread.join(10)

    assert str(raised.value).startswith(f"{url} did not answer within 0.2 s")
    assert not [thread for thread in left if thread.is_alive()]  # nothing waits for the server any more


def test_redirects_share_the_timeout(nordtal: Graph) -> None:
    pause = threading.Event()

    def reply(request: Request) -> bytes:
        pause.wait(0.15)
        return answer("", "307 Temporary Redirect", location="/sparql")

    with small_server(reply) as small, pytest.raises(QueryTimeout):
        Endpoint(small.url, nordtal.prefixes, nordtal.base, 0.4).query(NAMES)

    assert len(small.requests) < 5


@pytest.mark.parametrize("secure", [False, True])
def test_silent_server_is_given_up(nordtal: Graph, secure: bool) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http{'s' if secure else ''}://127.0.0.1:{silent.getsockname()[1]}/sparql"
        with pytest.raises(QueryTimeout):
            Endpoint(url, nordtal.prefixes, nordtal.base, 0.2).query(NAMES)


def packed(content: bytes, times: int = 1) -> bytes:
    for _ in range(times):
        content = gzip.compress(content)
    return content


ENDLESS = {
    "long": (b" " * (1 << 20) + ROWS.encode(), {}),
    "packed": (packed(b" " * (1 << 20) + ROWS.encode()), {"content_encoding": "gzip"}),
    "without a length": (b" " * (1 << 20) + ROWS.encode(), {"content_length": ""}),
}


@pytest.mark.parametrize("kind", ENDLESS)
def test_long_answer_is_refused(
    endpoint: Callable[[str], Endpoint], monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    content, headers = ENDLESS[kind]
    monkeypatch.setattr(http_responses, "_MAX_ANSWER", 1 << 20)
    with small_server(always(answer(content, content_type=JSON, **headers))) as small:
        error = error_of(endpoint(small.url))

    assert (error.code, error.exit_code) == ("endpoint-answer-too-long", 3)


@pytest.mark.parametrize("encoding", ["gzip, gzip", "gzip, deflate, gzip", "br", "zstd", "compress", "\x1b[31m"])
def test_odd_encoding_is_refused(endpoint: Callable[[str], Endpoint], encoding: str) -> None:
    content = packed(packed(b"0" * (1 << 20)))
    with small_server(always(answer(content, content_type=JSON, content_encoding=encoding))) as small:
        error = error_of(endpoint(small.url))

    assert (error.code, error.exit_code, "\x1b" in str(error)) == ("endpoint-compression", 3, False)


def test_gzip_is_unpacked(endpoint: Callable[[str], Endpoint]) -> None:
    content = answer(packed(ROWS.encode()), content_type=JSON, content_encoding="gzip")
    with small_server(always(content)) as small:
        assert len(rows(endpoint(small.url).query(NAMES))) == 2


def test_rejected_login_reads_little(nordtal: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ITASGRAPH_AUTH", "anna:geheim")
    head = b'HTTP/1.1 401 No\r\nWWW-Authenticate: Digest realm="x", nonce="y"\r\n\r\n'
    with dripping_server(head, b" ") as url:
        error = error_of(Endpoint(url, nordtal.prefixes, nordtal.base, 10))

    assert error.code == "endpoint-refused"


@pytest.mark.parametrize("host", ["a..b", ".a", "a" * 64 + ".org", "xn--a"])
def test_invalid_host_is_one_line(endpoint: Callable[[str], Endpoint], host: str) -> None:
    with pytest.raises(ItasgraphError) as raised:
        endpoint(f"http://{host}/sparql").query(NAMES)

    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("proxy", ["http://proxy.invalid:3128", "http://a..b:1", "http://127.0.0.1:{closed}"])
def test_missing_proxy_is_named(
    endpoint: Callable[[str], Endpoint], monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    (closed,) = ports(1)
    monkeypatch.setenv("HTTP_PROXY", proxy.format(closed=closed))
    error = error_of(endpoint("http://example.org/sparql"))

    assert (error.code, error.facts["host"]) == ("endpoint-proxy", httpx.URL(proxy.format(closed=closed)).host)


@pytest.mark.parametrize("args", [("query", NAMES), ("query", "who")], ids=["sparql", "ready question"])
def test_timeout_covers_the_query(run: Run, stalled: tuple[Small, threading.Event], args: tuple[str, ...]) -> None:
    done = run(*args, "--timeout", "0.2", "--endpoint", stalled[0].url, "--project", ROOT)

    assert (done.exit_code, done.stdout) == (3, "")
    assert done.stderr.count("\n") == 1


COMMANDS = [
    ("query", "who"),
    ("show", "Anna"),
    ("path", "Anna", "Bert"),
    ("view", "-o", "-"),
    ("analyse",),
    ("export",),
]


@pytest.mark.quick(1)
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_every_command_gives_up(run: Run, command: tuple[str, ...]) -> None:
    with dripping_server(OK, b"X-A: b\r\n") as url:
        done = run(*command, "--timeout", "0.2", "--endpoint", url, "--project", ROOT)

    assert (done.exit_code, done.stdout) == (3, "")
    assert re.fullmatch(r".*0\.2 s.*--timeout\n", done.stderr)


@pytest.mark.slow
def test_requests_share_the_timeout(run: Run) -> None:
    pause = threading.Event()

    def reply(request: Request) -> bytes:
        pause.wait(0.1)
        return nothing(request)

    with small_server(reply) as small:
        done = run("analyse", "--timeout", "0.25", "--endpoint", small.url, "--project", ROOT)
    with small_server(nothing) as quick:
        run("analyse", "--timeout", "25", "--endpoint", quick.url, "--project", ROOT)

    assert (done.exit_code, "0.25 s" in done.stderr) == (3, True)
    assert len(small.requests) < 4 < len(quick.requests)


@pytest.mark.quick(1)
@pytest.mark.parametrize("args", [("query", NAMES), ("show", "Anna")], ids=["query", "show"])
def test_interrupt_ends_the_wait(stalled: tuple[Small, threading.Event], args: tuple[str, ...]) -> None:
    small, asked = stalled
    command = [sys.executable, "-m", "itasgraph", *args, "--endpoint", small.url, "--project", str(ROOT)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert asked.wait(30)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)

    assert (process.returncode, out) == (130, "")
    assert "Traceback" not in err


def test_endpoint_failure_is_one_line(run: Run) -> None:
    with small_server(always(answer("<html/>", content_type="text/html"))) as small:
        done = run("query", "kinds", "--endpoint", small.url, "--project", ROOT, "--lang", "de")

    assert (done.exit_code, done.stdout) == (3, "")
    assert done.stderr.startswith(f"unter {small.url} antwortet eine Webseite")


# --- redirects --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["301 Moved Permanently", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"])  # fmt: skip
def test_redirected_query_is_complete(endpoint: Callable[[str], Endpoint], status: str) -> None:
    def reply(request: Request) -> bytes:
        moved = request.line.split()[1] == "/sparql"
        return answer("", status, location="/new") if moved else answer(ROWS, content_type=JSON)

    with small_server(reply) as small:
        actual = rows(endpoint(small.url).query(NAMES))
    first, second = small.requests

    assert len(actual) == 2
    assert second.line == "POST /new HTTP/1.1"
    assert second.content == first.content


def test_circular_redirects_end(endpoint: Callable[[str], Endpoint]) -> None:
    with small_server(always(answer("", "307 Temporary Redirect", location="/sparql"))) as small:
        error = error_of(endpoint(small.url))

    assert (error.code, error.exit_code) == ("endpoint-redirects", 3)
    assert 2 < len(small.requests) < 25


def test_redirect_to_another_host_is_refused(endpoint: Callable[[str], Endpoint]) -> None:
    with small_server(always(answer(ROWS, content_type=JSON))) as other:
        target = other.url.replace("127.0.0.1", "localhost")
        with small_server(always(answer("", "307 Temporary Redirect", location=f"{target}?key=geheim"))) as small:
            error = error_of(endpoint(small.url))

    assert (error.code, error.exit_code, other.requests) == ("endpoint-other-host", 3, [])
    assert target in str(error)
    assert "geheim" not in str(error)


@pytest.mark.parametrize("location", ["file:///etc/passwd", "http://anna:geheim@127.0.0.1/", "ftp://127.0.0.1/"])
def test_redirect_to_no_server_is_refused(endpoint: Callable[[str], Endpoint], location: str) -> None:
    with small_server(always(answer("", "307 Temporary Redirect", location=location))) as small:
        error = error_of(endpoint(small.url))

    assert (error.code, error.exit_code) == ("endpoint-redirect-target", 3)
    assert "geheim" not in str(error)


# --- who asks ---------------------------------------------------------------------------------------------------------

SECRETS = [("ITASGRAPH_AUTH", "anna:geheim:1ä"), ("ITASGRAPH_TOKEN", "abc.def-1")]


def test_login_comes_from_the_environment(endpoint: Callable[[str], Endpoint], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ITASGRAPH_AUTH", "anna:geheim:1ä")
    with small_server(always(answer(ROWS, content_type=JSON))) as small:
        endpoint(small.url).query(NAMES)
    scheme, _, told = small.requests[0].headers["authorization"].partition(" ")

    assert (scheme, base64.b64decode(told).decode()) == ("Basic", "anna:geheim:1ä")


def test_token_comes_from_the_environment(endpoint: Callable[[str], Endpoint], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ITASGRAPH_TOKEN", "abc.def-1")
    with small_server(always(answer(ROWS, content_type=JSON))) as small:
        endpoint(small.url).query(NAMES)

    assert small.requests[0].headers["authorization"] == "Bearer abc.def-1"


def test_no_login_is_the_default(endpoint: Callable[[str], Endpoint]) -> None:
    with small_server(always(answer(ROWS, content_type=JSON))) as small:
        endpoint(small.url).query(NAMES)

    assert "authorization" not in small.requests[0].headers


def test_digest_is_used_on_request(endpoint: Callable[[str], Endpoint], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ITASGRAPH_AUTH", "anna:geheim")
    challenge = 'Digest realm="r", nonce="n", qop="auth", algorithm=MD5'

    def reply(request: Request) -> bytes:
        if request.headers.get("authorization", "").startswith("Digest "):
            return answer(ROWS, content_type=JSON)
        return answer("", "401 Unauthorized", www_authenticate=challenge)

    with small_server(reply) as small:
        actual = rows(endpoint(small.url).query(NAMES))

    assert len(actual) == 2
    assert 'username="anna"' in small.requests[-1].headers["authorization"]


@pytest.mark.parametrize(("variable", "secret"), SECRETS)
@pytest.mark.parametrize("status", ["401 Unauthorized", "403 Forbidden"])
def test_wrong_login_stays_secret(
    endpoint: Callable[[str], Endpoint], monkeypatch: pytest.MonkeyPatch, variable: str, secret: str, status: str
) -> None:
    monkeypatch.setenv(variable, secret)
    with small_server(always(answer("", status))) as small:
        error = error_of(endpoint(small.url))

    assert error.code == "endpoint-refused"
    assert not [part for part in secret.split(":") if part in str(error).replace(variable, "") and len(part) > 2]


@pytest.mark.parametrize(("variable", "secret"), SECRETS)
def test_login_stays_with_its_server(
    endpoint: Callable[[str], Endpoint], monkeypatch: pytest.MonkeyPatch, variable: str, secret: str
) -> None:
    monkeypatch.setenv(variable, secret)
    with small_server(always(answer(ROWS, content_type=JSON))) as other:
        target = other.url
        with small_server(lambda request: answer("", "307 Temporary Redirect", location=target)) as small:
            endpoint(small.url).query(NAMES)

    assert "authorization" in small.requests[0].headers
    assert "authorization" not in other.requests[0].headers


@pytest.mark.parametrize(
    ("variable", "secret"),
    [
        ("ITASGRAPH_AUTH", "geheim"),
        ("ITASGRAPH_AUTH", ":geheim"),
        ("ITASGRAPH_AUTH", "anna:geheim\nX-Other: 1"),
        ("ITASGRAPH_TOKEN", "geheim geheim"),
        ("ITASGRAPH_TOKEN", "geheim\r\nX-Other: 1"),
        ("ITASGRAPH_TOKEN", "gehäim"),
    ],
)
def test_invalid_login_stays_secret(
    endpoint: Callable[[str], Endpoint], monkeypatch: pytest.MonkeyPatch, variable: str, secret: str
) -> None:
    monkeypatch.setenv(variable, secret)
    with pytest.raises(UsageError) as raised:
        endpoint("http://127.0.0.1:9/")

    assert variable in str(raised.value)
    assert "geh" not in str(raised.value)


def test_login_in_address_is_refused(run: Run) -> None:
    done = run("query", "kinds", "--endpoint", "http://anna:geheim@127.0.0.1:9/", "--project", ROOT)

    assert (done.exit_code, done.stdout) == (2, "")
    assert "ITASGRAPH_AUTH" in done.stderr
    assert "geheim" not in done.stderr


@pytest.mark.parametrize(
    "url", ["", "ftp://e.org/", "e.org/sparql", "http://", "file:///etc/passwd", "http://[::1", "http://a b/", "x"]
)
def test_invalid_address_is_refused(run: Run, url: str) -> None:
    done = run("query", "kinds", "--endpoint", url, "--project", ROOT)

    assert (done.exit_code, done.stdout) == (2, "")
    assert "https://example.org/sparql" in done.stderr


def test_address_parameters_stay_secret(endpoint: Callable[[str], Endpoint]) -> None:
    with small_server(always(answer("", "500 Oops"))) as small:
        error = error_of(endpoint(f"{small.url}?key=geheim"))

    assert small.requests[0].line == "POST /sparql?key=geheim HTTP/1.1"
    assert "geheim" not in str(error)


def test_endpoint_excludes_files(run: Run, tmp_path: Path) -> None:
    done = run("query", "kinds", "--endpoint", "http://127.0.0.1:9/", "--data", tmp_path / "a.ttl")

    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert "--endpoint" in done.stderr


def test_http_is_loaded_late() -> None:
    loaded = modules_after("import itasgraph.cli, itasgraph.store.endpoint")

    assert "itasgraph" in loaded
    assert "httpx" not in loaded


@pytest.mark.slow
def test_unasked_graphs_are_said(run: Run, tmp_path: Path) -> None:
    with oxigraph_in(tmp_path) as server:
        content = "<http://e.org/a> <http://e.org/p> <http://e.org/o> ."
        httpx.put(f"{server.graphs}?graph=http://e.org/g", content=content, headers={"Content-Type": "text/turtle"})
        asked = run("query", "SELECT ?s { ?s ?p ?o }", "--endpoint", server.query, "--project", ROOT, "--lang", "en")
        analysed = run("analyse", "--endpoint", server.query, "--project", ROOT, "--lang", "en")

    assert "triples in named graphs only" in asked.stderr
    assert "triples in named graphs only" in analysed.stderr
