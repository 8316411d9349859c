"""`itasgraph serve` answers as the program itself does, changes nothing, ends what takes too long, and leaves nothing behind."""

from __future__ import annotations

import asyncio
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from itasgraph.project import Project
from itasgraph.store.memory import Graph
from tests.helpers.graphs import graph_of_project
from tests.helpers.programs import Run
from tests.helpers.projects import FIRST, ROOT, TWO_SOURCES, lay_out
from tests.helpers.properties import count_inputs
from tests.helpers.servers import PATIENCE, answer, small_server

T = TypeVar("T")

LONG = "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
ENDLESS = {
    "count": f"SELECT (COUNT(*) AS ?n) {LONG}",
    "order": f"SELECT * {LONG} ORDER BY DESC(?l) LIMIT 1",
    "ask": f"ASK {{ {LONG} FILTER(CONCAT(STR(?a), STR(?l)) = '') }}",
    "distinct": f"SELECT DISTINCT ?x {{ {LONG} BIND(1 AS ?x) }} OFFSET 1",
    "group": f"SELECT ?a (SAMPLE(?l) AS ?x) {LONG} GROUP BY ?a",
    "construct": f"CONSTRUCT {{ <urn:a> <urn:b> 1 }} {LONG}",
}
SD = "http://www.w3.org/ns/sparql-service-description#"


class Running:
    """The command, its address, and the words before it was ready."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stderr is not None
        self.process = process
        self.words = process.stderr.readline() + process.stderr.readline()
        self.url = re.findall(r"http://\S+/query", self.words)[0]

    def end(self, number: signal.Signals) -> tuple[int, str]:
        self.process.send_signal(number)
        return self.process.wait(PATIENCE), self.process.communicate()[1]

    def request(self, method: str = "GET", **options: Any) -> httpx.Response:
        return httpx.request(method, self.url, trust_env=False, timeout=PATIENCE, **options)

    def ask(self, query: str, accept: str = "*/*", **headers: str) -> httpx.Response:
        return self.request("POST", data={"query": query}, headers={"Accept": accept, **headers})

    def busy(self) -> bool:
        """Return whether a process of the server computes."""
        return any(state == "R" for state in processes(self.process.pid).values())


def processes(parent: int) -> dict[int, str]:
    """Return the processes that one has started, each with its state (Linux, proc(5))."""
    actual = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, of, *_ = path.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        if int(of) == parent:
            actual[int(path.parent.name)] = state
    return actual


def run_apart(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine in a thread of its own, since in this one Playwright's loop may still be running."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


def wait_until(true: Callable[[], bool]) -> bool:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.02)
    return False


@contextmanager
def serve(folder: Path, *args: str, project: Path = ROOT) -> Iterator[Running]:
    """Yield the command on a free port; its temporary files lie in `folder`."""
    command = [sys.executable, "-m", "itasgraph", "serve", "--port", "0", "--project", str(project), *args]
    surroundings = {**os.environ, "TMPDIR": str(folder)}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=surroundings) as process:
        try:
            yield Running(process)
        finally:
            process.terminate()


DESCRIPTION = """\
id: editorial/catalogue-of-nordtal
type: EditorialGraph
label: {de: Beschreibung, en: Description}
says:
- {id: dataset, type: Dataset, label: {de: Nordtal, en: Nordtal}, licence: https://example.org/licence}
"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return the project of the two invented reports from Nordtal, with a licence."""
    folder = lay_out(tmp_path_factory.mktemp("nordtal") / "project", TWO_SOURCES)
    (folder / "data" / "dataset.yaml").write_text(DESCRIPTION, encoding="utf-8")
    return Project(folder)


@pytest.fixture(scope="module")
def graph(served: Project) -> Graph:
    return graph_of_project(served)


@pytest.fixture(scope="module")
def server(served: Project, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("served")
    with serve(folder, "--timeout", "1", "--lang", "en", project=served.root) as running:
        yield running


@pytest.fixture(scope="module")
def open_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Yield one that pages of other sites may ask, that has a second name, and whose queries may call a host."""
    args = ("--cors", "--allow-host", "https://KG.example:8443/", "--allow-service", "127.0.0.1", "--lang", "de")
    with serve(tmp_path_factory.mktemp("open"), *args) as running:
        yield running


# --- answers ------------------------------------------------------------------------------------------------------


@pytest.mark.quick(1)
@pytest.mark.parametrize("question", ["kinds", "programme", "sources", "speakers", "words"])
def test_answer_equals_the_command(server: Running, run: Run, served: Project, question: str) -> None:
    near = run("query", question, "--project", served.root)
    far = run("query", question, "--project", served.root, "--endpoint", server.url)

    assert (far.exit_code, far.stderr) == (0, "")
    assert far.stdout == near.stdout
    assert far.stdout.count("\n") > 2


@pytest.mark.slow
def test_union_counts_once(server: Running, run: Run, served: Project) -> None:
    for query in ("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"):
        near = run("query", query, "--project", served.root)
        far = run("query", query, "--project", served.root, "--endpoint", server.url)

        assert far.stdout == near.stdout


def test_printed_curl_works(server: Running) -> None:
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    line = server.words.splitlines()[1]

    done = subprocess.run(shlex.split(line), capture_output=True, text=True, check=True)

    assert done.stdout.startswith("type,things")
    assert "https://schema.org/Person," in done.stdout


@pytest.mark.slow
def test_shipped_queries_are_understood(server: Running) -> None:
    files = sorted((ROOT / "queries").rglob("*.rq"))

    answers = {str(file): server.ask(file.read_text(encoding="utf-8")).status_code for file in files}

    assert len(answers) == len(files) >= 39
    assert {name: status for name, status in answers.items() if status not in (200, 504)} == {}


def test_project_prefixes_are_known(server: Running) -> None:
    known = server.ask("ASK { <person/ada-blum> a schema:Person }")
    other = server.ask("PREFIX schema: <http://e.org/> SELECT (STR(schema:x) AS ?x) {}", "text/csv")

    assert known.json()["boolean"] is True
    assert other.text.split() == ["x", "http://e.org/x"]


ROWS = "SELECT ?name { <person/ada-blum> schema:name ?name }"
TRIPLES = "CONSTRUCT { ?s schema:name ?o } { ?s schema:name ?o . FILTER(?s = <person/ada-blum>) }"


@pytest.mark.quick(2)
@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "application/sparql-results+json"),
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv;q=0.9, text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("text/csv", "text/csv; charset=utf-8"),
    ],
)
def test_rows_have_all_formats(server: Running, accept: str, media_type: str) -> None:
    rows, yes = server.ask(ROWS, accept), server.ask(f"ASK {{ {ROWS.partition('{')[2]}", accept)

    assert rows.headers["content-type"] == yes.headers["content-type"] == media_type
    assert "Ada Blum" in rows.text
    assert "true" in yes.text
    format_ = ox.QueryResultsFormat.from_media_type(media_type)
    assert format_ is not None
    if format_.name != ox.QueryResultsFormat.CSV.name:
        parsed = ox.parse_query_results(rows.content, format=format_)
        assert isinstance(parsed, ox.QuerySolutions)
        assert [row["name"] for row in parsed] == [ox.Literal("Ada Blum")]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib uses what it deprecates
@pytest.mark.parametrize(
    ("accept", "format_"),
    [
        ("*/*", "turtle"),
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/n-quads", "nquads"),
        ("application/trig", "trig"),
        ("application/rdf+xml", "xml"),
        ("application/ld+json", "json-ld"),
        ("text/n3", "n3"),
    ],
)
def test_graphs_have_all_formats(server: Running, accept: str, format_: str) -> None:
    answer = server.ask(TRIPLES, accept)
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=answer.text, format=format_)

    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/turtle" if accept == "*/*" else accept)
    assert [str(name) for name in dataset.objects()] == ["Ada Blum"]


@pytest.mark.parametrize(("query", "accept"), [(ROWS, "text/turtle"), (TRIPLES, "text/csv"), (ROWS, "image/png")])
def test_unfit_format_lists_the_fitting(server: Running, query: str, accept: str) -> None:
    answer = server.ask(query, accept)

    assert answer.status_code == 406
    assert ("text/csv" if query == ROWS else "text/turtle") in answer.text


@pytest.mark.parametrize("query", [ROWS, "SELECT * { ?s ?p ?o }"])
def test_answer_is_compressed(server: Running, query: str) -> None:
    plain = server.ask(query, "text/csv", **{"Accept-Encoding": "gzip;q=0"})
    packed = server.ask(query, "text/csv", **{"Accept-Encoding": "gzip"})

    assert plain.headers.get("content-encoding") is None
    assert packed.headers.get("content-encoding") == ("gzip" if len(plain.content) > 1000 else None)
    assert sorted(packed.text.splitlines()) == sorted(plain.text.splitlines())
    assert "Accept-Encoding" in packed.headers["vary"]


def test_head_equals_get(server: Running) -> None:
    asked = {"params": {"query": ROWS}, "headers": {"Accept": "text/csv"}}

    head, got = server.request("HEAD", **asked), server.request("GET", **asked)

    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == got.headers["content-type"]
    assert head.headers["content-length"] == str(len(got.content))
    assert server.request("HEAD", params={"query": "SELECT"}).status_code == 400


@pytest.mark.parametrize("size", [8_000, 20_000, 60_000])
def test_long_query_fits_the_address(server: Running, size: int) -> None:
    answer = server.request(params={"query": f"ASK {{}} #{'x' * size}"})

    assert answer.json()["boolean"] is True


def test_query_may_be_the_body(server: Running) -> None:
    answer = server.request("POST", content=ROWS, headers={"Content-Type": "application/sparql-query"})

    assert [row["name"]["value"] for row in answer.json()["results"]["bindings"]] == ["Ada Blum"]


def test_dataset_parameters_go_first(server: Running, graph: Graph) -> None:
    name = FIRST
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    (inside,) = graph.select(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{name}> {{ ?s ?p ?o }} }}")

    def counted_in(query: str, **graphs: str) -> int:
        answer = server.request(params={"query": query, **graphs}, headers={"Accept": "text/csv"})
        return int(answer.text.split()[1])

    default, named = "default-graph-uri", "named-graph-uri"
    in_graphs = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"

    assert counted_in(count, **{default: name}) == int(inside["n"].value) > 50
    assert counted_in(count.replace("{", "FROM <urn:other> {", 1), **{default: name}) == int(inside["n"].value)
    assert counted_in(count, **{default: "urn:other"}) == 0
    assert counted_in(count, **{named: name}) == 0
    assert counted_in(in_graphs, **{named: name}) == int(inside["n"].value)
    assert counted_in(in_graphs, **{default: name}) == 0


def test_service_describes_itself(server: Running, graph: Graph) -> None:
    answer = server.request(headers={"Accept": "text/turtle"})
    told = rdflib.Graph().parse(data=answer.text, format="turtle")
    service = rdflib.URIRef(server.url)
    (dataset,) = told.objects(service, rdflib.URIRef(f"{SD}defaultDataset"))
    named = {
        str(name)
        for part in told.objects(dataset, rdflib.URIRef(f"{SD}namedGraph"))
        for name in told.objects(part, rdflib.URIRef(f"{SD}name"))
    }

    assert (service, rdflib.RDF.type, rdflib.URIRef(f"{SD}Service")) in told
    assert (service, rdflib.URIRef(f"{SD}endpoint"), service) in told
    assert named == {name.value for name in graph.store.named_graphs() if isinstance(name, ox.NamedNode)}
    assert (dataset, rdflib.DCTERMS.license, rdflib.URIRef("https://example.org/licence")) in told
    assert int(str(told.value(dataset, rdflib.URIRef("http://rdfs.org/ns/void#triples")))) == len(set(graph.triples()))
    assert server.request(headers={"Accept": "text/turtle"}).content == answer.content


@pytest.mark.parametrize("accept", ["application/rdf+xml", "application/ld+json", "application/n-triples"])
def test_description_has_all_formats(server: Running, accept: str) -> None:
    answer = server.request(headers={"Accept": accept})

    assert answer.headers["content-type"] == accept
    assert SD in answer.text


# --- what is refused ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"])
def test_other_methods_are_refused(server: Running, method: str) -> None:
    answer = server.request(method, params={"query": "ASK {}"}, content=b"")

    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, POST"
    assert method in answer.text


@pytest.mark.parametrize("path", ["/update", "/store?default", "/", "/query/", "/..%2fquery"])
def test_nothing_can_be_written(server: Running, path: str) -> None:
    url = server.url.removesuffix("/query") + path

    statuses = [
        httpx.request(method, url, content="CLEAR ALL", trust_env=False).status_code
        for method in ("GET", "POST", "PUT")
    ]

    assert statuses == [404, 404, 404]


FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize(
    ("status", "request_"),
    [
        (400, {"method": "POST", "data": {"update": "CLEAR ALL"}}),
        (400, {"method": "POST", "data": {"query": ["ASK {}", "ASK {}"]}}),
        (400, {"method": "POST", "data": {"other": "ASK {}"}}),
        (400, {"method": "POST", "content": b"query=%FF%FE", "headers": FORM}),
        (400, {"method": "POST", "content": b"&".join([b"a=b"] * 2000), "headers": FORM}),
        (400, {"method": "GET", "params": {"query": "ASK {}", "default-graph-uri": "no iri"}}),
        (400, {"method": "GET", "params": {"query": ""}}),
        (400, {"method": "GET", "params": {"query": "CLEAR ALL"}}),
        (400, {"method": "GET", "params": {"query": "SELECT (<http://e.org/unknown>(1) AS ?x) {}"}}),
        (413, {"method": "POST", "data": {"query": f"ASK {{}} #{'x' * (1 << 21)}"}}),
        (415, {"method": "POST", "content": b"ASK {}", "headers": {"Content-Type": "text/plain"}}),
        (415, {"method": "POST", "content": b"CLEAR ALL", "headers": {"Content-Type": "application/sparql-update"}}),
    ],
)
def test_invalid_request_is_explained(server: Running, status: int, request_: dict[str, Any]) -> None:
    answer = server.request(**request_)

    assert answer.status_code == status
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert len(answer.text.strip()) > 20


def test_syntax_error_has_a_caret(server: Running, run: Run) -> None:
    query = "SELECT *\nWHERE { ?s ?p }"
    english = server.ask(query)
    german = server.ask(query, **{"Accept-Language": "de-DE, en;q=0.5"})

    assert english.status_code == german.status_code == 400
    assert english.text == run("query", query, "--project", ROOT, "--lang", "en").stderr
    assert english.text.splitlines()[1:] == ["2 | WHERE { ?s ?p }", "                   ^"]
    assert german.text.splitlines()[0] == "Die SPARQL-Abfrage ist nicht gültig: Zeile 2, Spalte 16"


@pytest.mark.slow
def test_texts_fall_back_to_server_language(open_server: Running) -> None:
    assert open_server.ask("SELECT").text.startswith("Die SPARQL-Abfrage")


@pytest.mark.quick(2)
@pytest.mark.parametrize(
    "query",
    [
        "ASK {" + "{" * 50_000 + "}" * 50_000 + "}",
        "SELECT (" + "(" * 50_000 + "1" + ")" * 50_000 + " AS ?x) {}",
        "ASK { FILTER(" + "!" * 90_000 + "true) }",
        "ASK { ?s " + "/".join(["<urn:p>"] * 12_000) + " ?o }",
        "SELECT (" + "+".join(["1"] * 50_000) + " AS ?x) {}",
    ],
    ids=["braces", "parentheses", "signs", "path", "sum"],
)
def test_deep_query_ends_nothing(server: Running, query: str) -> None:
    answer = server.ask(query)

    assert answer.status_code == 400
    assert "200" in answer.text or "1000" in answer.text
    assert server.ask("ASK {}").status_code == 200


def test_service_calls_are_refused(server: Running, open_server: Running) -> None:
    rows = answer(
        '{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"there"}}]}}',
        content_type="application/sparql-results+json",
    )
    with small_server(lambda _: rows) as other:
        query = f"SELECT ?x {{ SERVICE <{other.url}> {{ ?x ?y ?z }} }}"
        refused, variable = server.ask(query), server.ask("SELECT * { ?s schema:url ?u SERVICE ?u { ?x ?y ?z } }")
        reached = len(other.requests)
        allowed = open_server.ask(query, "text/csv")

    assert (refused.status_code, variable.status_code, reached) == (400, 400, 0)
    assert "--allow-service" in refused.text
    assert allowed.text.split() == ["x", "there"]


@pytest.mark.quick(5)
@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:{port}", 200),
        ("localhost:{port}", 200),
        ("localhost", 200),
        ("LOCALHOST:{port}", 200),
        ("[::1]:{port}", 200),
        ("evil.example", 421),
        ("evil.example:{port}", 421),
        ("127.0.0.1.evil.example:{port}", 421),
        ("localhost.evil.example", 421),
        ("localhost@evil.example", 421),
        ("evil.example#localhost", 421),
        ("192.0.2.1:{port}", 421),
        ("kg.example", 421),
        ("", 421),
    ],
)
def test_foreign_host_name_is_refused(server: Running, host: str, status: int) -> None:
    given = host.format(port=httpx.URL(server.url).port)

    answer = server.request(params={"query": "ASK {}"}, headers={"Host": given})

    assert answer.status_code == status
    assert status == 200 or "--allow-host" in answer.text


def test_allowed_host_name_is_answered(open_server: Running) -> None:
    statuses = [
        open_server.request(headers={"Host": host}).status_code
        for host in ("kg.example", "kg.example:80", "kg2.example")
    ]

    assert statuses == [200, 200, 421]


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "http://127.0.0.1:1", "null", "http://localhost.evil.example"]
)
def test_cross_site_query_is_refused(server: Running, origin: str) -> None:
    sent = server.ask("ASK {}", Origin=origin)
    looked = server.request(params={"query": "ASK {}"}, headers={"Origin": origin})
    asked_first = server.request("OPTIONS", headers={"Origin": origin, "Access-Control-Request-Method": "POST"})

    assert (sent.status_code, asked_first.status_code) == (403, 403)
    assert "--cors" in sent.text
    assert "access-control-allow-origin" not in {*sent.headers, *looked.headers, *asked_first.headers}


def test_own_page_may_query(server: Running) -> None:
    assert server.ask("ASK {}", Origin=server.url.removesuffix("/query")).status_code == 200


def test_cors_is_optional(open_server: Running) -> None:
    origin = {"Origin": "https://e.org"}
    answers = [
        open_server.ask("ASK {}", **origin),
        open_server.ask("SELECT", **origin),
        open_server.request("OPTIONS", headers={**origin, "Access-Control-Request-Method": "POST"}),
    ]

    assert [answer.status_code for answer in answers] == [200, 400, 200]
    assert {answer.headers["access-control-allow-origin"] for answer in answers} == {"*"}


def test_loopback_is_the_default(server: Running) -> None:
    assert httpx.URL(server.url).host == "127.0.0.1"


# --- what takes too long, or too much -----------------------------------------------------------------------------


@pytest.mark.quick(1)
@pytest.mark.parametrize("name", ENDLESS)
def test_endless_query_is_ended(server: Running, name: str) -> None:
    answer = server.ask(ENDLESS[name])

    assert answer.status_code in (503, 504)  # the memory may run out before the time
    assert answer.status_code == 503 or "1 s" in answer.text
    assert wait_until(lambda: not server.busy())
    assert server.ask("ASK {}").status_code == 200


@pytest.mark.slow
def test_endless_rows_break_off(server: Running) -> None:
    with pytest.raises(httpx.RemoteProtocolError):
        server.ask(f"SELECT * {LONG}", "text/csv")

    assert server.ask("ASK {}").status_code == 200


def test_abandoned_query_is_ended(server: Running) -> None:
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(server.url, data={"query": ENDLESS["count"]}, trust_env=False, timeout=0.2)

    assert wait_until(lambda: not server.busy())


@pytest.mark.slow
def test_short_queries_pass_long_ones(
    tmp_path: Path,
) -> None:
    many = 3 * min(os.cpu_count() or 1, 8) + 4

    async def ask() -> tuple[list[int], list[httpx.Response]]:
        limits = httpx.Limits(max_connections=many + 1)
        async with httpx.AsyncClient(trust_env=False, timeout=PATIENCE, limits=limits) as client:
            long = [asyncio.create_task(client.post(url, data={"query": ENDLESS["count"]})) for _ in range(many)]
            short = [(await client.post(url, data={"query": "ASK {}"})).status_code for _ in range(3)]
            running = [task for task in long if not task.done()]
            for task in running:
                task.cancel()
            return [*short, len(running)], [task.result() for task in long if task not in running]

    with serve(tmp_path, "--timeout", "60") as running:
        url = running.url
        (*short, long), refused = run_apart(ask())

    assert short == [200, 200, 200]
    assert long >= 2
    assert {(told.status_code, told.headers["retry-after"]) for told in refused} == {(503, "5")}
    assert long + len(refused) == many


@pytest.mark.slow
def test_two_hundred_clients_are_answered(server: Running) -> None:
    async def ask() -> list[int]:
        limits = httpx.Limits(max_connections=200)
        async with httpx.AsyncClient(trust_env=False, timeout=PATIENCE, limits=limits) as client:
            answers = await asyncio.gather(*(client.get(server.url, params={"query": "ASK {}"}) for _ in range(200)))
        return [answer.status_code for answer in answers]

    assert run_apart(ask()) == [200] * 200


def test_idle_connections_block_nobody(server: Running) -> None:
    address = httpx.URL(server.url)
    with ExitStack() as idle:
        for _ in range(600):
            idle.enter_context(socket.create_connection((address.host, address.port or 0), PATIENCE))

        assert server.ask("ASK {}").status_code == 200


@pytest.mark.slow
def test_graph_on_disk_is_asked(tmp_path: Path) -> None:
    count = 60_000
    quads = (f'_:b{n} <urn:p> "{n % 7}" <urn:g{n % 2}> .\n' for n in range(count))
    (tmp_path / "large.nq").write_text("".join(quads), encoding="utf-8")
    (tmp_path / "temporary").mkdir()
    with serve(tmp_path / "temporary", "--data", str(tmp_path / "large.nq")) as running:
        union = running.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "text/csv")
        named = running.ask("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g", "text/csv")

    assert union.text.split() == ["n", str(count)]
    assert named.text.split() == ["g,n", f"urn:g0,{count // 2}", f"urn:g1,{count // 2}"]


@pytest.mark.slow
def test_million_rows_stream(tmp_path: Path) -> None:
    rows = 1_000_000
    with serve(tmp_path) as running:
        before = peak(running.process.pid)
        query = {"query": f"SELECT * {{ ?a ?b ?c . ?d ?e ?f }} LIMIT {rows}"}
        lines, workers = 0, 0
        with httpx.stream("POST", running.url, data=query, headers={"Accept": "text/csv"}, timeout=PATIENCE) as answer:
            for piece in answer.iter_bytes():
                lines += piece.count(b"\r\n")
                if lines > rows * 9 // 10 and not workers:  # the process of a long query ends with its answer
                    workers = max(map(peak, processes(running.process.pid)))
        after = peak(running.process.pid)

    assert lines >= rows
    assert after - before < 30 << 10
    assert 0 < workers < 100 << 10


def peak(pid: int) -> int:
    """Return the most memory that a process had so far, in KiB (Linux, proc(5)); 0 of one that has ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return 0
    match = re.search(r"VmHWM:\s+(\d+)", status)
    return int(match[1]) if match else 0


@pytest.mark.slow
def test_memory_is_limited(tmp_path: Path) -> None:
    with serve(tmp_path, "--memory", "512") as running:
        answer = running.ask("SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f")
        after = running.ask("ASK {}")

    assert (answer.status_code, after.status_code) == (503, 200)
    assert "memory" in answer.text or "Speicher" in answer.text


@pytest.mark.slow
def test_endless_request_is_cut(server: Running) -> None:
    address = httpx.URL(server.url)
    head = f"POST /query HTTP/1.1\r\nHost: {address.host}\r\n"
    unfinished = {
        "nothing": "",
        "head": head,
        "content": f"{head}Content-Length: 100\r\nContent-Type: application/sparql-query\r\n\r\nASK",
    }
    answers = {}
    for name, text in unfinished.items():
        with socket.create_connection((address.host, address.port or 0), PATIENCE) as client:
            client.sendall(text.encode())
            answers[name] = client.recv(1 << 12).partition(b"\r\n")[0]

    assert answers == {"nothing": b"", "head": b"", "content": b"HTTP/1.1 408 Request Timeout"}


# --- odd requests -------------------------------------------------------------------------------------------------

WORDS = st.sampled_from(["query", "update", "default-graph-uri", "named-graph-uri", "x", ""])
VALUES = st.one_of(st.sampled_from(["ASK {}", "SELECT * {", "CLEAR ALL", "", "urn:x"]), st.text(max_size=50))
PAIRS = st.lists(st.tuples(WORDS, VALUES), max_size=4)
NAMES = st.sampled_from(
    ["Accept", "Accept-Encoding", "Accept-Language", "Content-Type", "Origin", "Range", "Expect", "If-None-Match"]
)
TEXTS = st.one_of(
    st.sampled_from(
        ["*/*", "gzip", "text/csv;q=x", ";;,,", "application/x-www-form-urlencoded", "application/sparql-query"]
    ),
    st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=30),
)
METHODS = st.sampled_from(["GET", "HEAD", "POST", "PUT", "OPTIONS", "TRACE", "get", "X"])


@pytest.mark.slow
@given(METHODS, PAIRS, st.dictionaries(NAMES, TEXTS, max_size=4), st.one_of(st.binary(max_size=200), PAIRS))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@count_inputs
def test_any_request_is_survived(
    server: Running, method: str, parameters: list[Any], headers: dict[str, str], content: Any
) -> None:
    form = isinstance(content, list)
    body = {"data": dict(content)} if form else {"content": content}

    answer = server.request(method, params=parameters, headers=headers, **body)

    assert 200 <= answer.status_code < 500
    assert server.process.poll() is None


@pytest.mark.parametrize(
    "sent",
    [
        b"\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00",
        b"GET\r\n\r\n",
        b"GET /query HTTP/9.9\r\n\r\n",
        b"GET http://127.0.0.1/query HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
        b"GET /query HTTP/1.1\r\nHost: a\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
        b"GET /query?query=\xff HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
        b"GET /query HTTP/1.0\r\n\r\n",
        b"POST /query HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"GET /query HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"x" * (1 << 19) + b"\r\n\r\n",
    ],
)
def test_invalid_http_is_refused(server: Running, sent: bytes) -> None:
    address = httpx.URL(server.url)
    with socket.create_connection((address.host, address.port or 0), PATIENCE) as client:
        client.sendall(sent)
        answer = client.recv(1 << 12)

    assert answer.startswith(b"HTTP/1.1 4")
    assert server.ask("ASK {}").status_code == 200


# --- beginning and end --------------------------------------------------------------------------------------------


@pytest.mark.quick(1)
@pytest.mark.parametrize(("number", "at_work"), [(signal.SIGINT, False), (signal.SIGTERM, True)])
def test_signals_leave_nothing(tmp_path: Path, number: signal.Signals, at_work: bool) -> None:
    with serve(tmp_path) as running:
        there = list(tmp_path.iterdir())
        if at_work:
            with pytest.raises(httpx.ReadTimeout):
                httpx.post(running.url, data={"query": ENDLESS["count"]}, trust_env=False, timeout=0.1)
        started = processes(running.process.pid)
        status, words = running.end(number)

    assert (status, words) == (0, "")
    assert started
    assert [pid for pid in started if Path(f"/proc/{pid}").exists()] == []
    assert len(there) == 1
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(httpx.ConnectError):
        httpx.get(running.url, trust_env=False)


# Starts the program and sends it a signal when it does something for the n-th time.
STARTING = """
import os, signal, sys
from itasgraph.__main__ import run

event, number, sent = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
sys.argv[1:] = ["serve", "--port", "0"]

def notice(name, _):
    global number
    number -= name == event
    if name == event and number == 0:
        os.kill(os.getpid(), sent)

sys.addaudithook(notice)
run()
"""


def at_work_in(folder: Path) -> list[int]:
    """Return the processes whose temporary files lie in a folder (Linux, proc(5))."""
    actual = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):
            if f"TMPDIR={folder}".encode() in path.read_bytes().split(b"\0"):
                actual.append(int(path.parent.name))
    return actual


@pytest.mark.quick(1)
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=["INT", "TERM", "HUP"])
@pytest.mark.parametrize(("event", "number"), [("os.mkdir", 1), ("subprocess.Popen", 1), ("subprocess.Popen", 3)])
def test_signal_at_the_start_leaves_nothing(tmp_path: Path, event: str, number: int, sent: signal.Signals) -> None:
    command = [sys.executable, "-c", STARTING, event, str(number), str(int(sent))]
    surroundings = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, timeout=PATIENCE, check=False)

    assert (done.returncode, done.stdout, b"Traceback" in done.stderr) == (128 + sent, b"", False)
    assert wait_until(lambda: at_work_in(tmp_path) == [])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_closed_terminal_ends_the_server(tmp_path: Path) -> None:
    with serve(tmp_path) as running:
        status, _ = running.end(signal.SIGHUP)

    assert status == 128 + signal.SIGHUP
    assert wait_until(lambda: at_work_in(tmp_path) == [])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_killed_server_leaves_nothing(tmp_path: Path) -> None:
    with serve(tmp_path, "--timeout", "1") as running:
        started = processes(running.process.pid)
        with pytest.raises(httpx.ReadTimeout):
            httpx.post(running.url, data={"query": ENDLESS["count"]}, trust_env=False, timeout=0.1)
        running.process.kill()

        assert wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in started))
        assert wait_until(lambda: list(tmp_path.iterdir()) == [])


@pytest.mark.slow
def test_killed_worker_is_replaced(server: Running) -> None:
    for pid in processes(server.process.pid):
        os.kill(pid, signal.SIGKILL)

    assert wait_until(lambda: server.ask("ASK {}").status_code == 200)
    assert [server.ask("ASK {}").status_code for _ in range(3)] == [200, 200, 200]


def test_taken_port_is_one_line(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("serve", "--port", port, "--project", ROOT)

    assert (done.exit_code, done.stdout) == (3, "")
    assert done.stderr == (
        f"no server can be started at 127.0.0.1, port {port} (already in use) – take a free port with --port 0\n"
    )


@pytest.mark.parametrize("host", ["192.0.2.1", "nowhere.invalid", "a b", "a..b"])
def test_foreign_address_is_one_line(run: Run, host: str) -> None:
    done = run("serve", "--host", host, "--port", 0, "--project", ROOT)

    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert host in done.stderr


@pytest.mark.quick(1)
@pytest.mark.parametrize("host", ["::1", "0.0.0.0"])
def test_other_own_address_works(tmp_path: Path, host: str) -> None:
    if host == "::1" and not Path("/proc/net/if_inet6").exists():
        pytest.skip("this machine has no IPv6")
    with serve(tmp_path, "--host", host) as running:
        assert running.ask("ASK {}").status_code == 200
        assert running.request(headers={"Host": "evil.example"}).status_code == 421


def test_missing_extra_has_a_way_out(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)

    done = run("serve", "--project", ROOT)

    assert (done.exit_code, done.stderr.count("\n")) == (3, 1)
    assert "pip install 'itasgraph[serve]'" in done.stderr
