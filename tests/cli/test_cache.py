"""The cache can be seen and emptied."""

from __future__ import annotations

from pathlib import Path

import pytest

from itasgraph.store import access, cache_folder
from tests.helpers.programs import Run
from tests.helpers.projects import ONE, TWO, make

pytestmark = pytest.mark.usefixtures("empty_cache")


def test_cache_tells_what_it_holds(run: Run, tmp_path: Path) -> None:
    access.load(make(tmp_path / "one", data__one=ONE, data__two=TWO))
    access.load(make(tmp_path / "two", data__two=TWO))
    done = run("cache", "--lang", "en")

    folder, graphs, documents, results, indexes = done.stdout.splitlines()
    assert folder == f"Folder: {cache_folder.folder()}"
    assert graphs.startswith("Compiled graphs: 2 (0.0 MiB, at most 1024)")
    assert documents.startswith("Statements of data files: 2 (")
    assert results.startswith("Groups and places of maps: 0 (")
    assert indexes.startswith("Lists of hashes, one for each project: 2 (")


def test_clearing_leaves_nothing(run: Run, tmp_path: Path) -> None:
    access.load(make(tmp_path, data__one=ONE))
    done = run("cache", "--clear", "--lang", "de")

    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == "Der Zwischenspeicher dieses Rechners ist leer.\n"
    assert list(cache_folder.folder().iterdir()) == []


def test_missing_cache_is_no_fault(run: Run) -> None:
    done = run("cache", "--lang", "en")

    assert done.exit_code == 0
    assert "Compiled graphs: 0 (" in done.stdout
    assert run("cache", "--clear").exit_code == 0
