"""`itasgraph serve` answers as the program itself does, changes nothing, and leaves nothing behind."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.conftest import ROOT, Run
from tests.servers import PATIENCE

pytestmark = pytest.mark.skipif(
    shutil.which("oxigraph", path=str(Path(sys.executable).parent)) is None,
    reason="oxigraph is not installed (pip install oxigraph)",
)


@pytest.fixture(autouse=True)
def _nobody_is_logged_in(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ITASGRAPH_AUTH", "ITASGRAPH_TOKEN", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


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


@contextmanager
def served(folder: Path, *args: str) -> Iterator[Running]:
    """The command on a free port; its temporary files lie in `folder`."""
    command = [sys.executable, "-m", "itasgraph", "serve", "--port", "0", "--project", str(ROOT), *args]
    surroundings = {**os.environ, "TMPDIR": str(folder)}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=surroundings) as process:
        try:
            yield Running(process)
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with served(tmp_path_factory.mktemp("served")) as running:
        yield running


@pytest.mark.parametrize("question", ["who", "kinds", "evidence", "sources", "topics"])
def test_a_ready_question_gives_the_same_as_without_the_server(server: Running, run: Run, question: str) -> None:
    near = run("query", question, "--project", ROOT)
    far = run("query", question, "--project", ROOT, "--endpoint", server.url)

    assert (far.exit_code, far.stderr) == (0, "")
    assert far.stdout == near.stdout
    assert far.stdout.count("\n") > 2


def test_a_triple_in_two_graphs_counts_once_and_graphs_can_be_asked(server: Running, run: Run) -> None:
    for query in ("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"):
        near = run("query", query, "--project", ROOT)
        far = run("query", query, "--project", ROOT, "--endpoint", server.url)

        assert far.stdout == near.stdout


def test_the_printed_line_of_curl_works_as_it_is_printed(server: Running) -> None:
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    line = server.words.splitlines()[1]

    done = subprocess.run(shlex.split(line), capture_output=True, text=True, check=True)

    assert done.stdout.startswith("type,things")
    assert "https://schema.org/Person," in done.stdout


def test_nothing_can_be_written(server: Running) -> None:
    root = server.url.removesuffix("/query")
    update = httpx.post(f"{root}/update", data={"update": "CLEAR ALL"}, trust_env=False)
    put = httpx.put(f"{root}/store?default", content="", headers={"Content-Type": "text/turtle"}, trust_env=False)

    assert (update.is_success, put.is_success) == (False, False)


def test_it_listens_on_this_machine_alone_unless_told_otherwise(server: Running) -> None:
    assert httpx.URL(server.url).host == "127.0.0.1"


@pytest.mark.parametrize("args", [(), ("--cors",)])
def test_pages_of_other_sites_may_ask_only_where_that_is_wanted(tmp_path: Path, args: tuple[str, ...]) -> None:
    with served(tmp_path, *args) as running:
        said = httpx.get(running.url, params={"query": "ASK {}"}, headers={"Origin": "https://e.org"}, trust_env=False)

    assert said.headers.get("access-control-allow-origin") == ("*" if args else None)


def test_a_query_that_runs_too_long_is_ended_and_no_part_of_its_answer_passes_for_the_whole(
    tmp_path: Path, run: Run
) -> None:
    (tmp_path / "temporary").mkdir()
    numbers = tmp_path / "numbers.ttl"
    numbers.write_text("".join(f"<http://e.org/{n}> <http://e.org/n> {n} .\n" for n in range(3000)), encoding="utf-8")
    long = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    with served(tmp_path / "temporary", "--timeout", "1", "--data", str(numbers)) as running:
        done = run("query", long, "--endpoint", running.url, "--project", ROOT)

    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (3, "", 1)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_and_sigterm_end_it_and_nothing_is_left(tmp_path: Path, number: signal.Signals) -> None:
    with served(tmp_path) as running:
        there = list(tmp_path.iterdir())
        status, words = running.end(number)

    assert (status, words) == (0, "")
    assert len(there) == 1
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(httpx.ConnectError):
        httpx.get(running.url, trust_env=False)


def test_a_port_that_is_taken_is_one_line(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("serve", "--port", port, "--project", ROOT)

    assert (done.exit_code, done.stdout) == (3, "")
    assert done.stderr == (
        f"no server can be started at 127.0.0.1, port {port} (already in use) – take a free port with --port 0\n"
    )


@pytest.mark.parametrize("host", ["192.0.2.1", "nowhere.invalid", "a b"])
def test_a_host_that_is_not_this_machine_is_one_line(run: Run, host: str) -> None:
    done = run("serve", "--host", host, "--port", 0, "--project", ROOT)

    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert host in done.stderr


def test_where_the_server_is_not_installed_the_way_out_is_named(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("sysconfig.get_path", lambda _: str(tmp_path))

    done = run("serve", "--project", ROOT)

    assert (done.exit_code, done.stderr.count("\n")) == (3, 1)
    assert "pip install 'itasgraph[serve]'" in done.stderr


def test_a_server_that_ends_by_itself_is_one_line(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "oxigraph"
    program.write_text("#!/bin/sh\necho 'Error: no more room' >&2\nexit 1\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr("sysconfig.get_path", lambda _: str(tmp_path))

    done = run("serve", "--port", 0, "--project", ROOT)

    assert done.exit_code == 3
    assert done.stderr == "the Oxigraph server came to an end: Error: no more room\n"
