"""Without people: no name is left, organisations speak for themselves, nothing else is lost."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from itasgraph.filters.anonymisation import anonymise
from itasgraph.project import Project
from itasgraph.store import access
from tests.helpers.programs import Run
from tests.helpers.projects import ROOT


def test_graph_without_people_is_unchanged(shipped: Project, tmp_path: Path) -> None:
    path = tmp_path / "none.ttl"
    path.write_text('<http://e.org/a> <http://e.org/b> "c"@de , 7 .')
    graph = access.load_files([path], shipped)

    assert set(anonymise(graph).triples()) == {quad.triple for quad in ox.parse(path=path)}


def test_foreign_literals_are_unchanged(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "theirs.nq"
    line = '<http://e.org/a> <http://e.org/p> "007"^^<http://www.w3.org/2001/XMLSchema#int> .'
    path.write_text(f"{line}\n", encoding="utf-8")

    assert run("export", "--data", path, "--no-people", "-f", "nq", "--project", ROOT).stdout.splitlines() == [line]
