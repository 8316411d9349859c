"""Files are written as a whole or not at all, and what cannot be read or written is one clear sentence."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from itasgraph.errors import FileError, UsageError
from itasgraph.util import files
from tests.helpers.projects import ROOT


def python(program: str, *args: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a program in a process of its own."""
    return subprocess.run(
        [sys.executable, "-B", "-c", program, *args],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_what_is_written_can_be_read(tmp_path: Path) -> None:
    files.write(tmp_path / "a", b"\x00\xff")

    assert files.read(tmp_path / "a", "a") == b"\x00\xff"


def test_writing_replaces_what_was_there_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"something longer")
    files.write(tmp_path / "a", b"new")

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"new"}


def test_a_new_file_gets_the_rights_that_the_umask_leaves(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        files.write(tmp_path / "a", b"")
    finally:
        after = os.umask(before)

    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640
    assert after == 0o027


def test_a_file_keeps_its_rights_when_it_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    (tmp_path / "a").chmod(0o604)
    files.write(tmp_path / "a", b"new")

    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o604


def test_a_private_file_is_never_readable_by_others_while_it_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "a").touch(mode=0o600)
    before = os.umask(0)
    try:
        with files.writing(tmp_path / "a") as out:
            out.write(b"new")
            out.flush()
            modes = {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    finally:
        os.umask(before)

    assert modes == {0o600}
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o600


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="root gives files away")
def test_a_file_keeps_its_group_when_it_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    os.chown(tmp_path / "a", -1, 4711)
    files.write(tmp_path / "a", b"new")

    assert (tmp_path / "a").stat().st_gid == 4711


# As another user, who may give no file to the group that the file has; that group gets no rights to the new one.
STRANGER = """
import os, sys
from pathlib import Path
from itasgraph.util import files

os.setgroups([])
os.setgid(65534)
os.setuid(65534)
files.write(Path(sys.argv[1]), b"new")
"""


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="root gives files away")
def test_a_group_that_cannot_be_kept_does_not_hand_its_rights_to_another() -> None:
    with tempfile.TemporaryDirectory() as name:
        target = Path(name, "a")
        target.touch()
        target.chmod(0o664)
        for path in (target, target.parent):
            os.chown(path, 65534, 4711)
        done = python(STRANGER, target)
        status = target.stat()

    assert done.stderr == ""
    assert (status.st_gid, stat.S_IMODE(status.st_mode)) == (65534, 0o604)


# Is killed by the n-th event of those that Python tells audit hooks of while a file is written.
KILLED = """
import os, signal, sys
from pathlib import Path
from itasgraph.util import files

count = 0

def notice(event, _):
    global count
    if event in ("open", "os.chmod", "os.rename", "os.remove"):
        count += 1
        if count == int(sys.argv[2]):
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(notice)
with files.writing(Path(sys.argv[1])) as out:
    out.write(b"new" * 100_000)
print("written")
"""


def test_what_killed_writers_leave_is_removed_by_the_next_one_in_the_folder(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    found, left = set(), []
    for number in range(1, 30):
        done = python(KILLED, tmp_path / "a", str(number))
        found.add((tmp_path / "a").read_bytes())
        left += [path.name for path in tmp_path.iterdir() if path.name != "a"]
        files.write(tmp_path / "b", b"")

        assert {path.name for path in tmp_path.iterdir()} == {"a", "b"}
        if done.stdout:
            break

    assert done.stdout == "written\n"
    assert found == {b"old", b"new" * 100_000}
    assert left


def test_a_writer_leaves_alone_what_another_is_writing(tmp_path: Path) -> None:
    with files.writing(tmp_path / "a") as out:
        out.write(b"first")
        files.write(tmp_path / "b", b"second")
        other = python(KILLED, tmp_path / "c", "0")

    assert other.stdout == "written\n"
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "a": b"first",
        "b": b"second",
        "c": b"new" * 100_000,
    }


@pytest.mark.skipif(sys.platform == "win32", reason="flock of POSIX")
def test_where_a_file_system_has_no_locks_files_are_written_and_what_may_be_in_use_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(descriptor: int, operation: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr("fcntl.flock", refuse)
    with files.writing(tmp_path / "a") as out:
        out.write(b"first")
        files.write(tmp_path / "b", b"second")

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"first", "b": b"second"}


def test_files_of_others_that_only_look_temporary_stay(tmp_path: Path) -> None:
    theirs = {".itasgraph", ".itasgraph-backup", ".itasgraph-0123456789abcdef.txt", ".a.html.12345678"}
    for name in theirs:
        (tmp_path / name).touch()
    files.write(tmp_path / "a.html", b"new")

    assert {path.name for path in tmp_path.iterdir()} == {*theirs, "a.html"}


def test_a_name_may_be_as_long_as_the_system_takes_it(tmp_path: Path) -> None:
    files.write(tmp_path / ("a" * 255), b"new")

    assert [len(path.name) for path in tmp_path.iterdir()] == [255]


def test_a_link_stays_a_link_and_its_file_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"old")
    (tmp_path / "link").symlink_to("file")
    files.write(tmp_path / "link", b"new")

    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_bytes() == b"new"


def test_a_pipe_receives_the_content_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        files.write(pipe, b"content")
        received = os.read(reader, 100)
    finally:
        os.close(reader)

    assert received == b"content"
    assert pipe.is_fifo()


def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "a"
    target.write_bytes(b"old")
    program = (
        "import resource, sys; from pathlib import Path; from itasgraph.util import files;"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10));"
        "files.write(Path(sys.argv[1]), b'x' * 100)"
    )
    done = python(program, target)

    assert f"{target} cannot be written: File too large" in done.stderr
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"old"}


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileError) as raised:
        files.write(tmp_path / "missing" / "a", b"")

    assert str(raised.value) == f"the folder {tmp_path / 'missing'} does not exist – create it first"


def test_a_folder_in_the_place_of_the_file_is_one_sentence_and_stays(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(FileError) as raised:
        files.write(tmp_path / "a", b"")

    assert str(raised.value).startswith(f"{tmp_path / 'a'} cannot be written: it is a folder")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


@pytest.mark.parametrize(("name", "reason"), [("missing", "it does not exist"), (".", "it is a folder")])
def test_what_cannot_be_read_is_named_as_the_user_named_it(tmp_path: Path, name: str, reason: str) -> None:
    with pytest.raises(FileError) as raised:
        files.read(tmp_path / name, "data/event.yaml")

    assert str(raised.value) == f"data/event.yaml cannot be read: {reason}"
    assert raised.value.exit_code == 3


def test_a_file_written_piece_by_piece_is_there_as_a_whole_at_the_end(tmp_path: Path) -> None:
    with files.writing(tmp_path / "a") as out:
        out.write(b"one ")
        before = (tmp_path / "a").exists()
        out.write(b"two")

    assert not before
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"one two"}


def test_what_fails_half_way_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")

    def fail() -> None:
        with files.writing(tmp_path / "a") as out:
            out.write(b"new" * 100_000)
            raise UsageError("empty-query")

    with pytest.raises(UsageError):
        fail()

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"old"}


def test_a_pipe_receives_the_pieces_as_they_come(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with files.writing(pipe) as out:
            out.write(b"first")
            out.flush()
            received = os.read(reader, 100)
    finally:
        os.close(reader)

    assert received == b"first"
    assert pipe.is_fifo()


def test_a_pipe_that_nobody_reads_any_more_is_one_sentence(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)

    def write() -> None:
        with files.writing(pipe) as out:
            os.close(reader)
            out.write(b"x" * 100_000)

    with pytest.raises(FileError) as raised:
        write()

    assert str(raised.value).startswith(f"{pipe} cannot be written: ")
