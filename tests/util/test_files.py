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
from tests.helpers.programs import python
from tests.helpers.projects import ROOT


def write(path: Path, content: bytes) -> None:
    with files.atomic_write(path) as out:
        out.write(content)


def test_written_is_read(tmp_path: Path) -> None:
    write(tmp_path / "a", b"\x00\xff")

    assert files.read(tmp_path / "a", "a") == b"\x00\xff"


def test_writing_replaces(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"something longer")
    write(tmp_path / "a", b"new")

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"new"}


def test_umask_applies(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write(tmp_path / "a", b"")
    finally:
        after = os.umask(before)

    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640
    assert after == 0o027


def test_rights_are_kept(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    (tmp_path / "a").chmod(0o604)
    write(tmp_path / "a", b"new")

    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o604


def test_private_file_stays_private(tmp_path: Path) -> None:
    (tmp_path / "a").touch(mode=0o600)
    before = os.umask(0)
    try:
        with files.atomic_write(tmp_path / "a") as out:
            out.write(b"new")
            out.flush()
            modes = {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    finally:
        os.umask(before)

    assert modes == {0o600}
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o600


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="root gives files away")
def test_group_is_kept(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    os.chown(tmp_path / "a", -1, 4711)
    write(tmp_path / "a", b"new")

    assert (tmp_path / "a").stat().st_gid == 4711


# As another user, who may give no file to the group that the file has; that group gets no rights to the new one.
STRANGER = """
import os, sys
from pathlib import Path
from itasgraph.util import files

os.setgroups([])
os.setgid(65534)
os.setuid(65534)
with files.atomic_write(Path(sys.argv[1])) as out:
    out.write(b"new")
"""


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="root gives files away")
def test_lost_group_gets_no_rights() -> None:
    with tempfile.TemporaryDirectory() as name:
        target = Path(name, "a")
        target.touch()
        target.chmod(0o664)
        for path in (target, target.parent):
            os.chown(path, 65534, 4711)
        done = python("-B", "-c", STRANGER, target)
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
with files.atomic_write(Path(sys.argv[1])) as out:
    out.write(b"new" * 100_000)
print("written")
"""


def test_leftovers_are_removed(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    actual, left = set(), []
    for number in range(1, 30):
        done = python("-B", "-c", KILLED, tmp_path / "a", str(number))
        actual.add((tmp_path / "a").read_bytes())
        left += [path.name for path in tmp_path.iterdir() if path.name != "a"]
        write(tmp_path / "b", b"")

        assert {path.name for path in tmp_path.iterdir()} == {"a", "b"}
        if done.stdout:
            break

    assert done.stdout == "written\n"
    assert actual == {b"old", b"new" * 100_000}
    assert left


def test_new_folder_is_no_leftover(tmp_path: Path) -> None:
    code = """
import sys
from pathlib import Path
from itasgraph.util import files
print(flush=True)
for _ in range(5_000):
    files.remove_leftovers(Path(sys.argv[1]))
"""
    command = [sys.executable, "-c", code, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        try:
            while other.poll() is None:
                with files.temporary_folder(tmp_path) as folder:
                    (folder / "work").touch()
        finally:
            other.kill()

    assert list(tmp_path.iterdir()) == []


def test_foreign_work_is_left_alone(tmp_path: Path) -> None:
    with files.atomic_write(tmp_path / "a") as out:
        out.write(b"first")
        write(tmp_path / "b", b"second")
        other = python("-B", "-c", KILLED, tmp_path / "c", "0")

    assert other.stdout == "written\n"
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "a": b"first",
        "b": b"second",
        "c": b"new" * 100_000,
    }


@pytest.mark.skipif(sys.platform == "win32", reason="flock of POSIX")
def test_missing_locks_are_survived(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(descriptor: int, operation: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr("fcntl.flock", refuse)
    with files.atomic_write(tmp_path / "a") as out:
        out.write(b"first")
        write(tmp_path / "b", b"second")

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"first", "b": b"second"}


def test_lookalikes_stay(tmp_path: Path) -> None:
    theirs = {".itasgraph", ".itasgraph-backup", ".itasgraph-0123456789abcdef.txt", ".a.html.12345678"}
    for name in theirs:
        (tmp_path / name).touch()
    write(tmp_path / "a.html", b"new")

    assert {path.name for path in tmp_path.iterdir()} == {*theirs, "a.html"}


def test_long_name_is_allowed(tmp_path: Path) -> None:
    write(tmp_path / ("a" * 255), b"new")

    assert [len(path.name) for path in tmp_path.iterdir()] == [255]


def test_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"old")
    (tmp_path / "link").symlink_to("file")
    write(tmp_path / "link", b"new")

    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_bytes() == b"new"


def test_pipe_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write(pipe, b"content")
        received = os.read(reader, 100)
    finally:
        os.close(reader)

    assert received == b"content"
    assert pipe.is_fifo()


def test_full_disk_keeps_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "a"
    target.write_bytes(b"old")
    program = (
        "import resource, sys; from pathlib import Path; from itasgraph.util import files\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))\n"
        "with files.atomic_write(Path(sys.argv[1])) as out: out.write(b'x' * 100)"
    )
    done = python("-B", "-c", program, target)

    assert f"{target} cannot be written: File too large" in done.stderr
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"old"}


def test_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileError) as raised:
        write(tmp_path / "missing" / "a", b"")

    assert str(raised.value) == f"the folder {tmp_path / 'missing'} does not exist – create it first"


def test_folder_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(FileError) as raised:
        write(tmp_path / "a", b"")

    assert str(raised.value).startswith(f"{tmp_path / 'a'} cannot be written: it is a folder")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


@pytest.mark.parametrize(("name", "reason"), [("missing", "it does not exist"), (".", "it is a folder")])
def test_unreadable_file_is_named(tmp_path: Path, name: str, reason: str) -> None:
    with pytest.raises(FileError) as raised:
        files.read(tmp_path / name, "data/event.yaml")

    assert str(raised.value) == f"data/event.yaml cannot be read: {reason}"
    assert raised.value.exit_code == 3


def test_pieces_make_a_whole(tmp_path: Path) -> None:
    with files.atomic_write(tmp_path / "a") as out:
        out.write(b"one ")
        before = (tmp_path / "a").exists()
        out.write(b"two")

    assert not before
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"one two"}


def test_failure_keeps_the_old_file(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")

    def fail() -> None:
        with files.atomic_write(tmp_path / "a") as out:
            out.write(b"new" * 100_000)
            raise UsageError("empty-query")

    with pytest.raises(UsageError):
        fail()

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"old"}


def test_pipe_gets_pieces_at_once(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with files.atomic_write(pipe) as out:
            out.write(b"first")
            out.flush()
            received = os.read(reader, 100)
    finally:
        os.close(reader)

    assert received == b"first"
    assert pipe.is_fifo()


def test_closed_pipe_is_one_sentence(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)

    def write_on() -> None:
        with files.atomic_write(pipe) as out:
            os.close(reader)
            out.write(b"x" * 100_000)

    with pytest.raises(FileError) as raised:
        write_on()

    assert str(raised.value).startswith(f"{pipe} cannot be written: ")
