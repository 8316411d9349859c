"""What many tests share: the shipped project, a copy to break, the command line, the source text."""

from __future__ import annotations

import functools
import os
import shutil
import signal
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final, TypeVar, cast

import pytest
from click.testing import CliRunner, Result

from itasgraph.cli import main
from itasgraph.parsing import jsonld_context
from itasgraph.project import Project
from itasgraph.questions import queries
from itasgraph.store import graph as graphs
from itasgraph.store.graph import Graph, value
from tests.servers import Listener

ROOT = Path(__file__).parent.parent
SOURCE = "itas-kongress-2024-rueckblick.txt"
# A small data file: its head, and a first statement below it.
HEAD = """\
id: source/report
type: Source
title: Report
label: {de: Bericht, en: Report}
document: https://example.org/report
says:
"""
ANNA = """\
- id: person/anna
  type: Person
  name: Anna
  quote: Anna
"""
REPORT = HEAD + ANNA
Ask = Callable[..., list[dict[str, str]]]
Run = Callable[..., Result]
F = TypeVar("F", bound=Callable[..., Any])
LONG: Final = "ITASGRAPH_LONG_RUN"
_TRIED: Counter[str] = Counter()


def examples(count: int) -> int:
    """Return how many inputs a property-based test tries: `count` in the long run (`make test-full`), else a fifth of them."""
    return count if os.environ.get(LONG) else max(count // 5, 1)


def mostly_slow(values: Iterable[str], *quick: str) -> list[Any]:
    """Return the values of a parameter, marked as slow but for the quick ones."""
    return [value if value in quick else pytest.param(value, marks=pytest.mark.slow) for value in values]


def counted(test: F) -> F:
    """Count the inputs of a property-based test, and mark it as one: stands between `@given` and the function."""

    @functools.wraps(test)
    def count(*args: Any, **kwargs: Any) -> Any:
        _TRIED[test.__qualname__] += 1
        return test(*args, **kwargs)

    return cast("F", pytest.mark.property(count))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the cases of a test as slow but for as many as `@pytest.mark.quick(n)` says, taken evenly from its list."""
    cases: dict[str, list[pytest.Item]] = {}
    for item in items:
        if item.get_closest_marker("quick") and not item.get_closest_marker("slow"):
            cases.setdefault(item.nodeid.partition("[")[0], []).append(item)
    for of_one in cases.values():
        mark = of_one[0].get_closest_marker("quick")
        assert mark is not None
        (count,) = mark.args
        quick = {index * len(of_one) // count for index in range(count)}
        for index, item in enumerate(of_one):
            if index not in quick:
                item.add_marker(pytest.mark.slow)


def pytest_configure() -> None:
    """What a shell starts in the background ignores SIGINT, and so would the programs that tests start and interrupt."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand the counts of one of several processes (pytest-xdist) to the one that reports."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["tried"] = dict(_TRIED)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    _TRIED.update(getattr(node, "workeroutput", {}).get("tried", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many inputs the property-based tests tried."""
    if _TRIED:
        terminalreporter.write_line(f"{_TRIED.total():,} inputs tried by {len(_TRIED)} property-based tests")


@pytest.fixture(scope="session")
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def _own_surroundings(_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or leaves anything in the user's cache folder, nor depends on the locale.

    A graph is cached under the hash of what it was compiled from; what one test has compiled, the next need not.
    """
    monkeypatch.setenv("XDG_CACHE_HOME", str(_cache))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.fixture
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder that is empty."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture(scope="session")
def shipped() -> Project:
    """The project in this checkout."""
    return Project(ROOT)


@pytest.fixture(scope="session")
def graph(shipped: Project) -> Graph:
    """The graph of the shipped project; tests only read it."""
    compiled = graphs.compile_project(shipped)
    return graphs.from_quads(compiled.quads, compiled.context)


def question(name: str) -> Path:
    return ROOT / "queries" / f"{name}.rq"


def answers(path: Path, project: Project, graph: Graph, lang: str, given: dict[str, str]) -> list[dict[str, str]]:
    """The rows a question gives, by column, empty where a value is unbound."""
    terms = jsonld_context.of(project)
    solutions = graph.select(queries.bind(queries.read(path, project), given, graph, terms, lang))
    names = [variable.value for variable in solutions.variables]
    return [{name: "" if row[name] is None else value(row[name]) for name in names} for row in solutions]


@pytest.fixture(scope="session")
def ask(shipped: Project, graph: Graph) -> Ask:
    """Ask a ready question of the shipped graph: `ask("offers", target_group="Zulieferer")`."""

    @functools.cache
    def asked(name: str, lang: str = "de", **given: str) -> list[dict[str, str]]:
        return answers(question(name), shipped, graph, lang, given)

    return asked


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the shipped project, to be changed by a test."""
    for name in ("ontology", "data", "queries"):
        shutil.copytree(ROOT / name, tmp_path / "project" / name)
    return tmp_path / "project"


def little_project(folder: Path, report: str = REPORT) -> Path:
    """Lay out a sound project of one short document in `folder`; the questions in checks/ have tests of their own."""
    for name in ("ontology", "queries"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("checks"))
    (folder / "data").mkdir()
    (folder / "data" / "report.yaml").write_text(report, encoding="utf-8")
    return folder


def lay_out(folder: Path, documents: Path) -> Path:
    """Several documents' data beside the shipped terms, rules, questions, forms and status."""
    for name in ("ontology", "queries"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copytree(documents / "data", folder / "data")
    shutil.copy(ROOT / "data" / "forms-and-status.yaml", folder / "data")
    return folder


@pytest.fixture
def little(tmp_path: Path) -> Path:
    """A sound project of one short document, to be spoilt by a test."""
    return little_project(tmp_path / "little")


@pytest.fixture
def run() -> Run:
    """Run a command in this process: `run("check", "--project", folder)`; stdout and stderr apart."""

    def invoke(*args: object, stdin: str | None = None) -> Result:
        return CliRunner().invoke(main, [str(arg) for arg in args], input=stdin)

    return invoke


@pytest.fixture(scope="session")
def source() -> list[str]:
    """The lines of the review of the congress; it is no part of the repository."""
    folders = [os.environ.get("ITASGRAPH_SOURCES", ""), str(ROOT.parent / "shared" / "sources")]
    for folder in filter(None, folders):
        path = Path(folder) / SOURCE
        if path.is_file():
            return path.read_text(encoding="utf-8").split("\n")
    pytest.skip(f"{SOURCE} is not here; name its folder in ITASGRAPH_SOURCES")


@pytest.fixture
def listener() -> Iterator[Listener]:
    """A socket on loopback that counts who comes."""
    found = Listener()
    yield found
    found.close()
