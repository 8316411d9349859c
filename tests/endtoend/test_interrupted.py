"""A signal ends each command at once: 128 + its number, no traceback, the file of last time or the new one, nothing left beside it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from itasgraph.store import cache_folder
from tests.helpers.programs import run_itasgraph
from tests.helpers.projects import ROOT, little_project

# Starts the program and, at its n-th event, sends it a signal. Events are what Python tells audit hooks of the
# outside world: modules imported, files opened, renamed and so on; with n = 0 they are only written down.
STARTER = """
import os, signal, sys
from itasgraph.__main__ import run

number, log = int(sys.argv[1]), os.open(sys.argv[2], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
sent = int(sys.argv[3])
sys.argv[1:] = sys.argv[4:]
wanted = ("import", "open", "tempfile.mkstemp", "shutil.copytree", "os.chmod", "os.mkdir", "os.rename", "os.remove")
count = 0

def notice(event, _):
    global count
    if event in wanted:
        count += 1
        os.write(log, event.encode() + bytes((10,)))
        if count == number:
            os.kill(os.getpid(), sent)

sys.addaudithook(notice)
run()
"""
SPREAD = 5
WRITES_TRIED = 3
WRITES = ("tempfile.mkstemp", "os.chmod", "os.rename", "os.mkdir", "shutil.copytree")


@dataclass(frozen=True)
class Command:
    """A command line; `target` is the file or folder it writes, where it writes one."""

    line: tuple[str, ...]
    target: str = ""


COMMANDS = {
    "init": Command(("init", "new"), "new"),
    "check": Command(("check", "--project", "little")),
    "coverage": Command(("coverage", "report.txt", "-o", "out.html", "--project", "little"), "out.html"),
    "queries": Command(("queries", "--project", "little")),
    "query": Command(("query", "kinds", "-o", "out.csv", "--project", "little"), "out.csv"),
    "show": Command(("show", "Anna", "-o", "out.txt", "--project", "little"), "out.txt"),
    "export": Command(("export", "-o", "out.ttl", "--project", "little"), "out.ttl"),
    "view": Command(("view", "-o", "out.html", "--project", "little"), "out.html"),
}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Return a folder with a little project and its source."""
    little_project(tmp_path / "little")
    (tmp_path / "report.txt").write_text("Anna", encoding="utf-8")
    return tmp_path


def start(
    place: Path, command: Command, number: int = 0, sent: int = signal.SIGINT, starter: str = STARTER
) -> tuple[subprocess.CompletedProcess[bytes], list[str]]:
    """Start the program as a process of its own, send it a signal at event `number`; return how it ended and its events.

    Nothing is kept from before, and the target holds what it held last time.
    """
    shutil.rmtree(place / "cache", ignore_errors=True)
    shutil.rmtree(place / "new", ignore_errors=True)
    if "." in command.target:
        (place / command.target).write_bytes(b"old")
    done = subprocess.run(
        [sys.executable, "-BP", "-c", starter, str(number), "events", str(int(sent)), *command.line],
        cwd=place,
        env={**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(place / "cache")},
        capture_output=True,
        check=False,
    )
    return done, (place / "events").read_text().splitlines()


def chosen(events: list[str]) -> list[int]:
    """Return numbers of events to interrupt at: spread over all, and around the last file or folder written."""
    spread = range(1, len(events) + 1, len(events) // SPREAD)
    writes = [number for number, event in enumerate(events, 1) if event in WRITES]
    return sorted({*spread, *writes[-WRITES_TRIED:]})


def target(place: Path, command: Command) -> dict[str, bytes]:
    """Return what stands in the file or folder that a command writes; nothing where it writes none."""
    path = place / (command.target or "none")
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    return {str(file.relative_to(path)): file.read_bytes() for file in files if file.is_file()}


def left_in(place: Path) -> list[str]:
    """Return hidden files and folders, as those are that are written beside a target, or in the cache, first.

    The parts of the cache are hidden folders, too, and stay.
    """
    return [str(path.relative_to(place)) for path in place.rglob(".*") if path.name not in cache_folder.PARTS]


@pytest.mark.slow
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM], ids=["INT", "TERM"])
@pytest.mark.parametrize("name", COMMANDS)
def test_signal_leaves_old_or_new(place: Path, name: str, sent: signal.Signals) -> None:
    command = COMMANDS[name]
    _, events = start(place, command)
    new = target(place, command)
    old = {".": b"old"} if "." in command.target else {}
    runs = []
    for number in chosen(events):
        done, _ = start(place, command, number, sent)
        actual = target(place, command)
        runs.append((done.returncode, b"Traceback" in done.stderr, actual in (old, new), left_in(place)))

    assert (old != new) == bool(command.target)
    assert len(runs) >= SPREAD
    assert runs == [(128 + sent, False, True, [])] * len(runs)


# Each graph goes into a store on disk, as only large ones do.
ON_DISK = STARTER.replace("def notice", "from itasgraph.store import cache\n\ncache.MAX_IN_MEMORY = 0\n\ndef notice", 1)


@pytest.mark.quick(1)
@pytest.mark.parametrize("starter", [STARTER, ON_DISK], ids=["in memory", "on disk"])
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM], ids=["INT", "TERM"])
def test_signal_leaves_no_cache_folder(place: Path, sent: signal.Signals, starter: str) -> None:
    _, events = start(place, COMMANDS["query"], starter=starter)
    first, last = (events.index(event) + 1 for event in ("os.mkdir", "os.rename"))
    runs = []
    for number in range(last - WRITES_TRIED, last + 1):
        done, _ = start(place, COMMANDS["query"], number, sent, starter)
        runs.append((done.returncode, done.stdout, left_in(place)))

    assert first < last
    assert runs == [(128 + sent, b"", [])] * len(runs)


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=["INT", "TERM", "HUP"])
def test_signal_while_loading_is_quiet(place: Path, sent: signal.Signals) -> None:
    done, events = start(place, COMMANDS["queries"], 1, sent)

    assert events[0] == "import"
    assert (done.returncode, done.stdout, done.stderr) == (128 + sent, b"", b"")


@pytest.mark.slow
def test_interrupt_at_work_is_one_word(place: Path) -> None:
    _, events = start(place, COMMANDS["export"])
    done, _ = start(place, COMMANDS["export"], events.index("os.rename") + 1)

    assert (done.returncode, done.stdout) == (130, b"")
    assert done.stderr.splitlines()[-1] == b"interrupted"


def test_package_starts_as_a_module() -> None:
    done = run_itasgraph("queries", "--lang", "en")

    assert (done.returncode, done.stderr) == (0, b"")
    assert b"programme" in done.stdout


@pytest.mark.quick(1)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=["INT", "TERM", "HUP"])
def test_ignored_signals_stay_ignored(place: Path, number: signal.Signals) -> None:
    ignoring = STARTER.replace("from itasgraph", f"signal.signal({int(number)}, signal.SIG_IGN)\nfrom itasgraph", 1)
    done = subprocess.run(
        [sys.executable, "-BP", "-c", ignoring, "1", "events", str(int(number)), *COMMANDS["queries"].line],
        cwd=place,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, b"")
