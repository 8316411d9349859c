"""The environment of all tests, and the fixtures that many of them share."""

from __future__ import annotations

import functools
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import hypothesis
import pytest
from click.testing import CliRunner, Result

from itasgraph.cli import main
from itasgraph.network import paths
from itasgraph.parsing import jsonld_context
from itasgraph.parsing.jsonld_context import Context
from itasgraph.project import Project
from itasgraph.serializers import linked_data
from itasgraph.store.memory import Graph
from tests.helpers.graphs import graph_of_project
from tests.helpers.networks import Net, network_of
from tests.helpers.paths import Search
from tests.helpers.programs import Run
from tests.helpers.projects import ROOT, SOURCE, TWO_SOURCES, copy_shipped, lay_out, little_project
from tests.helpers.properties import TRIED
from tests.helpers.questions import Ask, answers, question
from tests.helpers.servers import Listener, fill, oxigraph_in, virtuoso_in


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the cases of a test as slow, except as many as `@pytest.mark.quick(n)` says, taken evenly from its list."""
    cases: dict[str, list[pytest.Item]] = {}
    for item in items:
        if item.get_closest_marker("quick") and not item.get_closest_marker("slow"):
            cases.setdefault(item.nodeid.partition("[")[0], []).append(item)
    for items_of_test in cases.values():
        mark = items_of_test[0].get_closest_marker("quick")
        assert mark is not None
        (count,) = mark.args
        quick = {index * len(items_of_test) // count for index in range(count)}
        for index, item in enumerate(items_of_test):
            if index not in quick:
                item.add_marker(pytest.mark.slow)


def pytest_configure() -> None:
    """Prepare the processes of the tests.

    Property-based tests have no deadline for one input, because a busy machine would break it. Signals that a background shell
    or nohup ignores are handled, because the programs that tests signal would ignore them, too.
    """
    hypothesis.settings.register_profile("tests", deadline=None)
    hypothesis.settings.load_profile("tests")
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if sys.platform != "win32" and signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Send the counts of one of several processes (pytest-xdist) to the process that reports."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["tried"] = dict(TRIED)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    TRIED.update(getattr(node, "workeroutput", {}).get("tried", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many inputs the property-based tests tried."""
    if TRIED:
        terminalreporter.write_line(f"{TRIED.total():,} inputs tried by {len(TRIED)} property-based tests")


@pytest.fixture(scope="session")
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def _own_surroundings(_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep tests off the cache folder, the locale, the login and the proxies of the user.

    The tests share a cache, so that a graph which one test has compiled is not compiled again.
    """
    monkeypatch.setenv("XDG_CACHE_HOME", str(_cache))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    for name in ("ITASGRAPH_AUTH", "ITASGRAPH_TOKEN", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a cache folder that is empty."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture(scope="session")
def shipped() -> Project:
    """Return the project in this checkout."""
    return Project(ROOT)


@pytest.fixture(scope="session")
def graph(shipped: Project) -> Graph:
    """Return the graph of the shipped project; tests only read it."""
    return graph_of_project(shipped)


@pytest.fixture(scope="session")
def nordtal_project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return the project of the two invented reports from Nordtal; tests only read it."""
    return Project(lay_out(tmp_path_factory.mktemp("nordtal") / "project", TWO_SOURCES))


@pytest.fixture(scope="session")
def nordtal(nordtal_project: Project) -> Graph:
    """Return the graph of the two invented reports: what tests of code read; tests only read it."""
    return graph_of_project(nordtal_project)


@pytest.fixture(scope="session")
def ask(shipped: Project, graph: Graph) -> Ask:
    """Ask a ready question of the shipped graph: `ask("offers", target_group="Zulieferer")`."""

    @functools.cache
    def rows(name: str, lang: str = "de", **parameters: str) -> list[dict[str, str]]:
        return answers(question(name), shipped, graph, lang, parameters)

    return rows


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a copy of the shipped project, to be changed by a test."""
    return copy_shipped(tmp_path / "project")


@pytest.fixture
def little(tmp_path: Path) -> Path:
    """Return a sound project of one short document, to be spoilt by a test."""
    return little_project(tmp_path / "little")


@pytest.fixture
def run() -> Run:
    """Run a command in this process: `run("check", "--project", folder)`; stdout and stderr apart."""

    def invoke(*args: object, stdin: str | None = None) -> Result:
        return CliRunner().invoke(main, [str(arg) for arg in args], input=stdin)

    return invoke


@pytest.fixture(scope="session")
def source() -> list[str]:
    """Return the lines of the review of the congress; it is no part of the repository."""
    folders = [os.environ.get("ITASGRAPH_SOURCES", ""), str(ROOT.parent / "shared" / "sources")]
    for folder in filter(None, folders):
        path = Path(folder) / SOURCE
        if path.is_file():
            return path.read_text(encoding="utf-8").split("\n")
    pytest.skip(f"{SOURCE} is not here; name its folder in ITASGRAPH_SOURCES")


@pytest.fixture
def listener() -> Iterator[Listener]:
    """Yield a socket on loopback that counts its connections."""
    socket = Listener()
    yield socket
    socket.close()


@pytest.fixture(scope="session")
def turtle(nordtal: Graph) -> bytes:
    """Return the Turtle export of the two invented reports."""
    return linked_data.serialize(nordtal, nordtal.triples(), "turtle")


@pytest.fixture(scope="session")
def oxigraph(turtle: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of an Oxigraph server that holds the Turtle export in its default graph."""
    with oxigraph_in(tmp_path_factory.mktemp("oxigraph")) as server:
        fill(f"{server.graphs}?default", turtle, None)
        yield server.query


@pytest.fixture(scope="session")
def virtuoso(turtle: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of a Virtuoso server that holds the Turtle export in a named graph, as it holds everything."""
    with virtuoso_in(tmp_path_factory.mktemp("virtuoso")) as server:
        fill(f"{server.graphs}?graph-uri=https://example.org/export", turtle, httpx.DigestAuth("dba", "dba"))
        yield f"{server.query}?default-graph-uri=https://example.org/export"


@pytest.fixture(scope="session")
def actors(graph: Graph, shipped: Project) -> Net[str]:
    """Return the shipped network `actors`; tests only read it."""
    return network_of("actors", graph, shipped)


@pytest.fixture(scope="session")
def links(graph: Graph, shipped: Project) -> Net[str]:
    """Return the shipped network `links`; tests only read it."""
    return network_of("links", graph, shipped)


@pytest.fixture(scope="session")
def search(graph: Graph, shipped: Project) -> Search:
    """Search the shipped graph without the command line."""
    return lambda request: paths.find_paths(graph, shipped, request, "en")


@pytest.fixture(scope="session")
def terms(shipped: Project) -> Context:
    """Return the shipped context."""
    return jsonld_context.load(shipped)
