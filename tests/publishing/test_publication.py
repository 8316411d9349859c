"""What is published arrives as a whole or not at all, and nothing else in the store is touched."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from itasgraph.publishing import publication
from itasgraph.store.memory import Graph
from tests.helpers.namespaces import BASE
from tests.helpers.programs import Run
from tests.helpers.projects import ROOT
from tests.helpers.servers import Real, Request, answer, breaking_proxy, oxigraph_in, small_server, virtuoso_in

SCRIPTS = str(Path(sys.executable).parent)
BIG = f"{BASE}source/big"
FOREIGN = "https://example.org/foreign"
STARTED: dict[str, Callable[[Path], AbstractContextManager[Real]]] = {"oxigraph": oxigraph_in, "virtuoso": virtuoso_in}
BOTH = pytest.mark.parametrize("kind", STARTED)
# So many triples, more than what fits into the buffers on the way.
MANY = {"oxigraph": 15_000, "virtuoso": 3_000}


@pytest.fixture(autouse=True)
def _who_may_write(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ITASGRAPH_AUTH", "dba:dba")


@pytest.fixture
def server(kind: str, tmp_path: Path) -> Iterator[Real]:
    (tmp_path / "server").mkdir()
    with STARTED[kind](tmp_path / "server") as started:
        yield started


def held(server: Real, graph: str) -> set[str]:
    """Return the triples of a graph in a store, asked past our own code."""
    query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
    headers = {"Accept": "application/n-triples"}
    actual = httpx.get(server.query, params={"query": query}, headers=headers, trust_env=False, timeout=60)
    actual.raise_for_status()
    return {str(quad.triple) for quad in ox.parse(actual.content, ox.RdfFormat.N_TRIPLES)}


def graphs(server: Real) -> set[str]:
    query = f"SELECT DISTINCT ?g {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), '{BASE}')) }}"
    headers = {"Accept": "text/csv"}
    actual = httpx.get(server.query, params={"query": query}, headers=headers, trust_env=False, timeout=60)
    return {line.strip('"') for line in actual.text.splitlines()[1:]}


def put(server: Real, graph: str, text: str) -> None:
    """Fill a graph past our own code."""
    headers, auth = {"Content-Type": "text/turtle"}, httpx.DigestAuth("dba", "dba")
    url = f"{server.graphs}?graph={graph}"
    httpx.put(url, content=text, headers=headers, auth=auth, trust_env=False).raise_for_status()


def lines(word: str, count: int) -> list[str]:
    return [f'<http://e.org/{number}> <http://e.org/says> "{word} {number}"' for number in range(count)]


def file(folder: Path, word: str, count: int, graph: str = BIG) -> Path:
    """Return an N-Quads file of one graph."""
    path = folder / f"{word}.nq"
    path.write_text("".join(f"{line} <{graph}> .\n" for line in lines(word, count)), encoding="utf-8")
    return path


def direct(server: Real) -> list[str]:
    """Return where to ask and to update, past what the way to the graphs does."""
    return ["--query", server.query, "--update", f"{server.query}-auth"]


# --- what arrives -----------------------------------------------------------------------------------------------------


@pytest.mark.quick(1)
@BOTH
def test_publishing_is_idempotent(server: Real, graph: Graph, run: Run) -> None:
    first = run("publish", server.graphs, "--project", ROOT)
    second = run("publish", server.graphs, "--project", ROOT)

    named = {q for q in graph.store if not isinstance(q.graph_name, ox.DefaultGraph)}
    names = {quad.graph_name.value for quad in named if isinstance(quad.graph_name, ox.NamedNode)}
    assert (first.exit_code, second.exit_code) == (0, 0), first.stderr + second.stderr
    assert graphs(server) == names
    assert {name: held(server, name) for name in names} == {
        name: {str(quad.triple) for quad in named if quad.graph_name == ox.NamedNode(name)} for name in names
    }
    assert [line.split()[0] for line in first.stdout.splitlines()] == ["new"] * len(names)
    assert [line.split()[0] for line in second.stdout.splitlines()] == ["same"] * len(names)


@pytest.mark.slow
@BOTH
def test_one_word_replaces_its_graph(server: Real, copy: Path, run: Run) -> None:
    run("publish", server.graphs, "--project", copy)
    data = next(path for path in (copy / "data").glob("*.yaml") if "Boris Kaiser" in path.read_text(encoding="utf-8"))
    text = data.read_text(encoding="utf-8")
    data.write_text(text.replace("name: Boris Kaiser", "name: Boris Kayser"), encoding="utf-8")
    source = f"{BASE}source/itas-kongress-2024-rueckblick"
    before = held(server, source)

    plan = run("publish", server.graphs, "--project", copy, "--dry-run")
    untouched = held(server, source)
    done = run("publish", server.graphs, "--project", copy)

    changed = [line for line in plan.stdout.splitlines() if not line.startswith("same")]
    assert [line.split()[:2] for line in changed] == [
        ["replace", "rule/labels"],
        ["replace", "source/itas-kongress-2024-rueckblick"],
    ] or [line.split()[:2] for line in changed] == [["replace", "source/itas-kongress-2024-rueckblick"]]
    assert untouched == before
    assert "whether you may write here was not checked" in plan.stderr
    assert done.stdout == plan.stdout
    assert any("Boris Kayser" in triple for triple in held(server, source))


@pytest.mark.quick(1)
@BOTH
def test_foreign_graphs_stay(server: Real, tmp_path: Path, run: Run) -> None:
    put(server, FOREIGN, "<http://e.org/a> <http://e.org/b> <http://e.org/c> .")

    done = run("publish", server.graphs, "--project", ROOT, "--prune")

    assert done.exit_code == 0
    assert FOREIGN not in done.stdout
    assert held(server, FOREIGN) == {"<http://e.org/a> <http://e.org/b> <http://e.org/c>"}


@pytest.mark.slow
@BOTH
def test_stale_graph_is_pruned_on_request(server: Real, run: Run) -> None:
    put(server, f"{BASE}source/old", "<http://e.org/a> <http://e.org/b> <http://e.org/c> .")

    kept = run("publish", server.graphs, "--project", ROOT)
    there = f"{BASE}source/old" in graphs(server)
    planned = run("publish", server.graphs, "--project", ROOT, "--prune", "--dry-run")
    still_there = f"{BASE}source/old" in graphs(server)
    gone = run("publish", server.graphs, "--project", ROOT, "--prune")

    assert "surplus  source/old  1 triple – remove it with --prune\n" in kept.stdout
    assert "remove   source/old  1 triple\n" in planned.stdout
    assert (there, still_there) == (True, True)
    assert (gone.exit_code, f"{BASE}source/old" in graphs(server)) == (0, False)


@pytest.mark.parametrize("kind", ["oxigraph"])
def test_blank_nodes_are_counted(server: Real, tmp_path: Path, run: Run) -> None:
    (tmp_path / "a.ttl").write_text("<http://e.org/a> <http://e.org/b> [ <http://e.org/c> 1 ] .", encoding="utf-8")

    done = run("publish", server.graphs, "--data", tmp_path / "a.ttl", "--graph", "source/a")

    assert done.stdout == "new      source/a  2 triples (compared by count only)\n"


@pytest.mark.parametrize("kind", ["oxigraph"])
def test_normalised_literals_are_reported(server: Real, tmp_path: Path, run: Run) -> None:
    number = '"007"^^<http://www.w3.org/2001/XMLSchema#int>'
    (tmp_path / "a.nt").write_text(f"<http://e.org/a> <http://e.org/b> {number} .\n", encoding="utf-8")

    done = run("publish", server.graphs, "--data", tmp_path / "a.nt", "--graph", "https://example.org/mine")

    assert (
        done.stdout
        == "new      https://example.org/mine  1 triple (as many, but the triple store writes some values differently)\n"
    )
    assert held(server, "https://example.org/mine") == {
        '<http://e.org/a> <http://e.org/b> "7"^^<http://www.w3.org/2001/XMLSchema#integer>'
    }


@pytest.mark.quick(1)
@BOTH
def test_guarantee_is_printed(server: Real, kind: str, run: Run) -> None:
    said = run("publish", server.graphs, "--project", ROOT, "--dry-run").stderr

    assert ("in one transaction" in said) == (kind == "oxigraph")
    assert ("put in its place by MOVE" in said) == (kind == "virtuoso")


# --- what breaks off --------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("share", [0.5, 0.0, 0.999])
@BOTH
def test_broken_connection_is_repaired(server: Real, kind: str, share: float, tmp_path: Path, run: Run) -> None:
    count = MANY[kind]
    old, new = file(tmp_path, "old", count), file(tmp_path, "new", count)
    run("publish", server.graphs, "--data", old)
    size = sum(len(line) + 3 for line in lines("new", count))
    with breaking_proxy(server.graphs, int(600 + share * (size - 600))) as way:
        cut = run("publish", way, *direct(server), "--data", new)
    between = held(server, BIG)
    again = run("publish", server.graphs, "--data", new)

    assert (cut.exit_code, cut.stdout, len(cut.stderr.splitlines())) == (3, "", 2)
    assert between == set(lines("old", count))
    assert again.exit_code == 0
    assert held(server, BIG) == set(lines("new", count))
    assert graphs(server) == {BIG}


@pytest.mark.slow
@pytest.mark.parametrize("share", [0.1, 0.999])
@BOTH
def test_killed_server_keeps_the_old_graph(kind: str, share: float, tmp_path: Path, run: Run) -> None:
    count = MANY[kind]
    old, new = file(tmp_path, "old", count), file(tmp_path, "new", count)
    size = sum(len(line) + 3 for line in lines("new", count))
    with STARTED[kind](tmp_path) as server:
        run("publish", server.graphs, "--data", old)
        with breaking_proxy(server.graphs, int(600 + share * (size - 600)), server.process.kill) as way:
            cut = run("publish", way, *direct(server), "--data", new)
    with STARTED[kind](tmp_path) as server:
        between = held(server, BIG)
        again = run("publish", server.graphs, "--data", new)
        after = held(server, BIG)

    assert cut.exit_code == 3
    assert between == set(lines("old", count))
    assert again.exit_code == 0
    assert after == set(lines("new", count))


@pytest.mark.slow
def test_killed_oxigraph_is_old_or_new(tmp_path: Path, run: Run) -> None:
    count = MANY["oxigraph"]
    old, new = file(tmp_path, "old", count), file(tmp_path, "new", count)
    (part,) = publication.graph_contents(ox.parse(path=new, format=ox.RdfFormat.N_QUADS))
    with oxigraph_in(tmp_path) as server:
        run("publish", server.graphs, "--data", old)
        url = f"{server.graphs}?graph={BIG}"
        head = f"PUT /store?graph={BIG} HTTP/1.1\r\nHost: e\r\nContent-Type: application/n-triples\r\n"
        head += f"Content-Length: {part.body.size}\r\n\r\n"
        with breaking_proxy(url, len(head) + part.body.size, server.process.kill) as way:
            send(way, head.encode() + b"".join(part.body))
    with oxigraph_in(tmp_path) as server:
        between = held(server, BIG)

    assert between in (set(lines("old", count)), set(lines("new", count)))


def send(url: str, content: bytes) -> None:
    """Send bytes and wait until the other side hangs up."""
    address = httpx.URL(url)
    assert address.port is not None
    with socket.create_connection((address.host, address.port)) as sender:
        sender.sendall(content)
        try:
            while sender.recv(1 << 16):
                pass
        except ConnectionError:
            return


@pytest.mark.slow
def test_killed_virtuoso_is_repaired(tmp_path: Path, run: Run) -> None:
    count = MANY["virtuoso"]
    old, new = file(tmp_path, "old", count), file(tmp_path, "new", count)
    with virtuoso_in(tmp_path) as server:
        run("publish", server.graphs, "--data", old)
        with breaking_proxy(f"{server.query}-auth", 1_300, server.process.kill) as way:
            cut = run("publish", server.graphs, "--update", way, "--data", new)
    with virtuoso_in(tmp_path) as server:
        again = run("publish", server.graphs, "--data", new)
        after = held(server, BIG)
        left = graphs(server)

    assert cut.exit_code == 3
    assert again.exit_code == 0
    assert after == set(lines("new", count))
    assert left == {BIG}


# --- small servers: who writes, and what a store may answer -----------------------------------------------------------

COUNTED = {
    "g": '{"head": {"vars": ["g", "n"]}, "results": {"bindings": []}}',
    "n": '{"head": {"vars": ["n"]}, "results": {"bindings": [{"n": {"type": "literal", "value": "%d"}}]}}',
}


class Memory:
    """A graph store of the simplest kind, which takes requests that `allowed` lets pass."""

    def __init__(self, allowed: Callable[[Request], bool], challenge: str) -> None:
        self.allowed, self.challenge = allowed, challenge
        self.content = ""

    def reply(self, request: Request) -> bytes:
        method, target, _ = request.line.split()
        if not self.allowed(request):
            return answer("", "401 Unauthorized", www_authenticate=self.challenge)
        if target.startswith("/query"):
            rows = COUNTED["n"] % self.content.count("\n") if "GRAPH+%3C" in request.content else COUNTED["g"]
            return answer(rows, content_type="application/sparql-results+json")
        if method == "PUT":
            self.content = request.content
        return answer(self.content, content_type="application/n-triples") if method == "GET" else answer("")


CHALLENGE = 'Digest realm="r", nonce="n", qop="auth", algorithm=SHA-256'


@pytest.mark.quick(1)
@pytest.mark.parametrize(
    ("given", "told", "challenge"),
    [
        (("ITASGRAPH_TOKEN", "abc.def-1"), "Bearer abc.def-1", "Bearer"),
        (("ITASGRAPH_AUTH", "anna:geheim"), "Basic YW5uYTpnZWhlaW0=", 'Basic realm="r"'),
        (("ITASGRAPH_AUTH", "anna:geheim"), 'Digest username="anna"', CHALLENGE),
    ],
    ids=["bearer", "basic", "digest"],
)
def test_rejected_writer_sends_nothing(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch, given: tuple[str, str], told: str, challenge: str
) -> None:
    monkeypatch.setenv(*given)
    memory = Memory(lambda request: request.headers.get("authorization", "").startswith(told), challenge)
    with small_server(memory.reply) as small:
        done = run("publish", small.url.replace("/sparql", "/store"), "--data", file(tmp_path, "new", 10))
    sent = [request for request in small.requests if request.line.startswith("PUT")]

    assert done.exit_code == 0, done.stderr
    assert memory.content == "".join(f"{line} .\n" for line in sorted(lines("new", 10)))
    assert len(sent) == 1


def test_partial_store_is_noticed(tmp_path: Path, run: Run) -> None:
    memory = Memory(lambda _: True, "")

    def reply(request: Request) -> bytes:
        said = memory.reply(request)
        memory.content = memory.content[: len(memory.content) // 2]
        return said

    with small_server(reply) as small:
        done = run("publish", small.url.replace("/sparql", "/store"), "--data", file(tmp_path, "new", 10))

    assert (done.exit_code, done.stdout) == (3, "")
    assert "instead of 10" in done.stderr
    assert not any("MOVE" in request.content for request in small.requests)


def test_direct_write_is_a_warning(tmp_path: Path, run: Run) -> None:
    memory = Memory(lambda _: True, "")
    with small_server(memory.reply) as small:
        query = small.url.replace("/sparql", "/query")
        done = run("publish", small.url, "--query", query, "--data", file(tmp_path, "new", 10))

    assert done.exit_code == 0, done.stderr
    assert "may show half of it" in done.stderr
    assert [r.line.split()[0] for r in small.requests if "staging" in r.line] == ["DELETE"]


def test_refusal_of_a_store_is_shown(tmp_path: Path, run: Run) -> None:
    def reply(request: Request) -> bytes:
        if request.line.startswith("POST"):
            return answer(COUNTED["g"], content_type="application/sparql-results+json")
        return answer("read-only\nsee the manual", "403 Forbidden")

    with small_server(reply) as small:
        done = run("publish", small.url.replace("/sparql", "/store"), "--data", file(tmp_path, "new", 10))

    assert done.exit_code == 3
    assert done.stderr.splitlines()[-1].endswith("/store did not accept the data (HTTP 403): read-only")


# --- what is asked wrongly --------------------------------------------------------------------------------------------

NOWHERE = "http://127.0.0.1:9/store"


def test_default_graph_is_refused(tmp_path: Path, run: Run) -> None:
    (tmp_path / "a.ttl").write_text("<http://e.org/a> <http://e.org/b> 1 .", encoding="utf-8")

    done = run("publish", NOWHERE, "--data", tmp_path / "a.ttl")

    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "--graph IRI" in done.stderr


def test_foreign_graph_is_refused(tmp_path: Path, run: Run) -> None:
    done = run("publish", NOWHERE, "--data", file(tmp_path, "new", 3, FOREIGN))

    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert FOREIGN in done.stderr


@pytest.mark.parametrize("name", ["a b", "javascript:x", "", "<x>", "_:b"])
def test_invalid_graph_name_is_refused(tmp_path: Path, run: Run, name: str) -> None:
    done = run("publish", NOWHERE, "--data", file(tmp_path, "new", 3), "--graph", name)

    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)


def test_files_allow_no_pruning(tmp_path: Path, run: Run) -> None:
    done = run("publish", NOWHERE, "--data", file(tmp_path, "new", 3), "--prune")

    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)


def test_query_address_is_needed(run: Run) -> None:
    done = run("publish", "http://127.0.0.1:9/graphs", "--project", ROOT)

    assert done.exit_code == 2
    assert "--query URL" in done.stderr


@pytest.mark.parametrize("lang", ["de", "en"])
def test_absent_store_is_one_line(run: Run, lang: str) -> None:
    done = run("publish", NOWHERE, "--project", ROOT, "--lang", lang)

    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (3, "", 1)
