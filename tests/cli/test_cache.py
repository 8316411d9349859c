"""The cache can be seen and emptied."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from itasgraph.store import access, cache_folder
from itasgraph.util import files
from tests.helpers.programs import Run
from tests.helpers.projects import NAMES, ONE, TWO, make, values

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


@pytest.mark.skipif(sys.platform == "win32", reason="Windows needs no locks")
def test_what_is_in_use_is_said_to_be_left(run: Run, tmp_path: Path) -> None:
    access.load(make(tmp_path, data__one=ONE))
    (entry,) = cache_folder.entries(cache_folder.folder())
    with files.Lock(entry / files.LOCK, shared=True):
        done = run("cache", "--clear", "--lang", "en")

    assert (done.exit_code, entry.exists()) == (1, True)
    assert done.stderr.startswith(f"{cache_folder.folder()} could not be emptied: ")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such rights")
def test_what_others_may_write_to_is_not_called_empty(run: Run, tmp_path: Path) -> None:
    access.load(make(tmp_path, data__one=ONE))
    cache_folder.folder().chmod(0o777)
    done = run("cache", "--clear", "--lang", "de")

    assert done.exit_code == 1
    assert done.stderr.startswith(f"{cache_folder.folder()} ließ sich nicht leeren: ")


def test_unreadable_cache_is_not_called_empty(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(folder: Path) -> Iterable[Path]:
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr(cache_folder, "entries", refuse)
    done = run("cache", "--lang", "en")

    assert (done.exit_code, done.stdout) == (3, "")
    assert done.stderr.startswith(f"{cache_folder.folder()} cannot be read: ")


@pytest.mark.skipif(sys.platform == "win32", reason="the home folder of Windows is not in HOME")
@pytest.mark.parametrize("arguments", [(), ("--clear",)])
def test_without_a_home_folder_there_is_no_cache(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", "home")
    monkeypatch.chdir(tmp_path)
    graph = access.load(make(tmp_path / "one", data__one=ONE))
    done = run("cache", *arguments, "--lang", "en")

    assert values(graph, NAMES) == ["A"]
    assert [path.name for path in tmp_path.iterdir()] == ["one"]
    assert done.exit_code == (1 if arguments else 3)
    assert done.stderr.startswith("there is no folder for the cache")
    assert done.stderr.count("\n") == 1


def test_sizes_are_written_as_the_language_does(run: Run) -> None:
    assert "Übersetzte Graphen: 0 (0,0 MiB, höchstens 1024)" in run("cache", "--lang", "de").stdout
