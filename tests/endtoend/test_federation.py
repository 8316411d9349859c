"""docs/scaling.md: two regions, each behind its own endpoint, answer one query, and only where both hosts are named."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from itasgraph.project import Project
from itasgraph.serializers import linked_data
from itasgraph.store.memory import Graph
from tests.helpers.graphs import graph_of_project
from tests.helpers.programs import Run
from tests.helpers.projects import ROOT, TWO_CONGRESSES, lay_out
from tests.helpers.servers import fill, oxigraph_in

PAGE = ROOT / "docs" / "scaling.md"
NORTH, SOUTH = "https://north.example.org/query", "https://south.example.org/query"
HOST = "127.0.0.1"
NAMED = """
    SELECT DISTINCT ?person WHERE {
      ?contribution itas:appearance ?appearance . ?appearance org:member ?who . ?who a schema:Person ; rdfs:label ?person .
      FILTER(LANG(?person) = "en")
    }"""


@pytest.fixture
def congresses(tmp_path: Path) -> Graph:
    return graph_of_project(Project(lay_out(tmp_path / "congresses", TWO_CONGRESSES)))


@pytest.fixture
def south(congresses: Graph, tmp_path: Path) -> Iterator[str]:
    """Yield the address of a second endpoint, with other data than the first."""
    (tmp_path / "south").mkdir()
    with oxigraph_in(tmp_path / "south") as server:
        fill(f"{server.graphs}?default", linked_data.serialize(congresses, congresses.triples(), "turtle"), None)
        yield server.query


def query_of_page(north: str, south: str) -> str:
    """Return the federated query that the page shows, with the addresses of two servers."""
    (block,) = re.findall(r"```sparql\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert block.count(NORTH) == block.count(SOUTH) == 1
    return str(block.replace(NORTH, north).replace(SOUTH, south))


def people(graph: Graph) -> set[str]:
    return {row["person"].value for row in graph.select(NAMED)}


def rows(text: str) -> set[tuple[str, str]]:
    return {(row["region"], row["person"]) for row in csv.DictReader(io.StringIO(text))}


@pytest.mark.slow
def test_two_endpoints_answer_one_query(
    run: Run, oxigraph: str, south: str, nordtal: Graph, congresses: Graph, little: Path
) -> None:
    query = query_of_page(oxigraph, south)
    done = run("query", query, "-f", "csv", "--allow-service", HOST, "--project", little)

    expected = {("North", name) for name in people(nordtal)} | {("South", name) for name in people(congresses)}
    assert done.exit_code == 0, done.stderr
    assert rows(done.stdout) == expected
    assert people(nordtal)
    assert people(congresses)


@pytest.mark.slow
def test_one_endpoint_asks_the_other(
    run: Run, oxigraph: str, south: str, nordtal: Graph, congresses: Graph, little: Path
) -> None:
    query = query_of_page(oxigraph, south)
    own = query.replace(f"SERVICE <{oxigraph}> ", "")
    assert own.count("SERVICE") == 1
    done = run("query", own, "-f", "csv", "--allow-service", HOST, "--endpoint", oxigraph, "--project", little)

    expected = {("North", name) for name in people(nordtal)} | {("South", name) for name in people(congresses)}
    assert done.exit_code == 0, done.stderr
    assert rows(done.stdout) == expected


@pytest.mark.parametrize("where", [(), ("--endpoint", "http://127.0.0.1:9/query")])
def test_host_that_is_not_named_is_not_asked(run: Run, little: Path, where: tuple[str, ...]) -> None:
    query = query_of_page("http://127.0.0.1:9/query", "http://127.0.0.2:9/query")
    done = run("query", query, "--allow-service", HOST, *where, "--project", little, "--lang", "en")

    assert done.exit_code == 2
    assert "127.0.0.2" in done.stderr
