"""Files that have not changed are not read again, and no change is missed, however young, quick or well hidden it is."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itasgraph.project import Project
from itasgraph.store import access, cache_folder, file_index
from itasgraph.util import files
from tests.helpers.projects import NAMES, ONE, TWO, make, values
from tests.helpers.properties import count_inputs, examples

pytestmark = [
    pytest.mark.usefixtures("empty_cache"),
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no time of the last change of a file"),
]


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the data files that are read, as they are read."""
    names: list[str] = []
    read = files.read

    def noted(path: Path, filename: str) -> bytes:
        if path.suffix == ".yaml":
            names.append(path.name)
        return read(path, filename)

    monkeypatch.setattr(files, "read", noted)
    return names


class Clock:
    """A clock that stands until it is set."""

    def __init__(self) -> None:
        self.now = time.time()

    def time(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(file_index, "time", made)
    return made


def settle(project: Project, clock: Clock) -> None:
    """Have the index trust all files of a project: they are seen, and hashed again later."""
    access.load(Project(project.root))
    let_pass(project.root, clock)
    access.load(Project(project.root))


def let_pass(folder: Path, clock: Clock) -> None:
    """Set the clock three seconds on, once the file system, which may count in steps of 10 ms, has another time as well."""
    probe = folder / "probe"
    probe.touch()
    before = probe.stat().st_ctime_ns
    while probe.stat().st_ctime_ns == before:
        os.utime(probe)
    clock.now += 3


def test_settled_files_are_not_read(tmp_path: Path, clock: Clock, reads: list[str]) -> None:
    project = make(tmp_path, data__one=ONE, data__two=TWO)
    settle(project, clock)
    reads.clear()
    names = values(access.load(Project(tmp_path)), NAMES)

    assert (names, reads) == (["A"], [])


def test_young_files_are_read_each_time(tmp_path: Path, clock: Clock, reads: list[str]) -> None:
    project = make(tmp_path, data__one=ONE)
    access.load(project)
    clock.now += 2.9
    reads.clear()
    for _ in range(2):
        access.load(Project(tmp_path))

    assert reads == ["one.yaml"] * 2


def test_clock_that_is_set_back_lets_files_be_read(tmp_path: Path, clock: Clock, reads: list[str]) -> None:
    project = make(tmp_path, data__one=ONE)
    access.load(project)
    clock.now -= 1_000
    reads.clear()
    for _ in range(2):
        access.load(Project(tmp_path))

    assert reads == ["one.yaml"] * 2


def test_only_the_changed_file_is_read(tmp_path: Path, clock: Clock, reads: list[str]) -> None:
    project = make(tmp_path, data__one=ONE, data__two=TWO)
    settle(project, clock)
    file_index.digests(project, project.data)
    reads.clear()
    (tmp_path / "data" / "two.yaml").write_text(TWO + "  name: B\n", encoding="utf-8")
    hashes = file_index.digests(project, project.data)

    assert reads == ["two.yaml"]
    assert hashes == {path: sha256(path.read_bytes()).digest() for path in project.data}


OTHER = ONE.replace("name: A", "name: B")


def write_and_set_back(path: Path) -> None:
    status = path.stat()
    path.write_text(OTHER, encoding="utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def replace_by_rename(path: Path) -> None:
    status = path.stat()
    beside = path.with_suffix(".new")
    beside.write_text(OTHER, encoding="utf-8")
    os.utime(beside, ns=(status.st_atime_ns, status.st_mtime_ns))
    beside.replace(path)


def copy_with_times(path: Path) -> None:
    beside = path.with_suffix(".new")
    beside.write_text(OTHER, encoding="utf-8")
    shutil.copystat(path, beside)
    path.unlink()
    shutil.copy2(beside, path)
    beside.unlink()


def link_to_another(path: Path) -> None:
    status = path.stat()
    beside = path.with_suffix(".new")
    beside.write_text(OTHER, encoding="utf-8")
    os.utime(beside, ns=(status.st_atime_ns, status.st_mtime_ns))
    path.unlink()
    path.symlink_to(beside.name)


CHANGES: list[Callable[[Path], object]] = [
    lambda path: path.write_text(OTHER, encoding="utf-8"),
    write_and_set_back,
    replace_by_rename,
    copy_with_times,
    link_to_another,
]


@pytest.mark.parametrize("change", CHANGES, ids=["write", "time set back", "rename", "copy", "link"])
def test_change_of_same_size_and_time_is_noticed(
    tmp_path: Path, clock: Clock, change: Callable[[Path], object]
) -> None:
    project = make(tmp_path, data__one=ONE)
    settle(project, clock)
    change(tmp_path / "data" / "one.yaml")

    assert values(access.load(Project(tmp_path)), NAMES) == ["B"]


def test_change_that_leaves_all_times_is_noticed_while_the_file_is_young(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file system with steps of two seconds gives two changes the same time, and may give a new file the old inode."""
    state = file_index._State(1, 1, 1, 1, 1)
    monkeypatch.setattr(file_index._State, "of", lambda _: state)
    project = make(tmp_path, data__one=ONE)
    access.load(project)
    (tmp_path / "data" / "one.yaml").write_text(OTHER, encoding="utf-8")
    clock.now += 2

    assert values(access.load(Project(tmp_path)), NAMES) == ["B"]


def test_file_system_without_times_is_never_trusted(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = file_index._State(1, 0, 0, 1, 1)
    monkeypatch.setattr(file_index._State, "of", lambda _: state)
    project = make(tmp_path, data__one=ONE)
    settle(project, clock)
    (tmp_path / "data" / "one.yaml").write_text(OTHER, encoding="utf-8")

    assert values(access.load(Project(tmp_path)), NAMES) == ["B"]


@pytest.mark.parametrize("damage", [lambda content: content[:-9], lambda content: content.replace(b"true", b"1   ")])
def test_damaged_index_is_not_used(
    tmp_path: Path, clock: Clock, reads: list[str], damage: Callable[[bytes], bytes]
) -> None:
    project = make(tmp_path, data__one=ONE)
    settle(project, clock)
    (index,) = (cache_folder.folder() / ".indexes").iterdir()
    index.write_bytes(damage(index.read_bytes()))
    reads.clear()

    assert values(access.load(Project(tmp_path)), NAMES) == ["A"]
    assert reads == ["one.yaml"]


def test_file_that_vanishes_once_it_is_read_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = make(tmp_path, data__one=ONE)
    (path,) = project.data
    read = files.read

    def read_last(one: Path, filename: str) -> bytes:
        content = read(one, filename)
        one.unlink()
        return content

    monkeypatch.setattr(files, "read", read_last)

    assert file_index.digests(project, [path]) == {path: sha256(ONE.encode()).digest()}


FILES = st.sampled_from(["a", "b", "c"])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["write", "set back", "replace"]), FILES, st.sampled_from("xyz")),
        st.tuples(st.sampled_from(["rename", "swap", "link"]), FILES, FILES),
        st.tuples(st.just("wait"), st.just(""), st.just("")),
    ),
    min_size=4,
    max_size=20,
)


@pytest.mark.slow
@settings(max_examples=examples(300), derandomize=True, database=None, deadline=None)
@given(STEPS)
@count_inputs
def test_hashes_are_those_of_the_files(steps: list[tuple[str, str, str]]) -> None:
    clock = Clock()
    with TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", f"{name}/cache")
        patch.setattr(file_index, "time", clock)
        project = make(Path(name), data__a="1", data__b="2", data__c="3")
        for step in steps:
            change(Path(name, "data"), clock, *step)
            paths = sorted(path for path in Path(name, "data").glob("*.yaml") if path.exists())

            assert file_index.digests(project, paths) == {path: sha256(path.read_bytes()).digest() for path in paths}


def change(folder: Path, clock: Clock, what: str, name: str, other: str) -> None:
    """Change files of the same size in a folder as a step says."""
    path, target = folder / f"{name}.yaml", folder / f"{other}.yaml"
    if what == "wait":
        let_pass(folder, clock)
    elif what in ("write", "set back") and path.exists():
        status = path.stat()
        path.write_text(other, encoding="utf-8")
        if what == "set back":
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    elif what == "replace":
        (folder / "new").write_text(other, encoding="utf-8")
        (folder / "new").replace(path)
    elif name != other and path.exists() and target.exists():
        if what == "swap":
            path.rename(folder / "new")
            target.rename(path)
            (folder / "new").rename(target)
        elif what == "rename":
            path.rename(target)
        else:
            path.unlink()
            path.symlink_to(target.name)
