"""What is killed at any moment damages nothing: outputs and graphs are old or new, the cache is right, nothing stays."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.helpers.projects import ROOT, little_project
from tests.helpers.servers import Real, oxigraph_in

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="SIGKILL of POSIX"),
]

# Kills of each command; ITASGRAPH_KILLS=100 looks closer.
KILLS = int(os.environ.get("ITASGRAPH_KILLS", "20"))
COMMANDS = {
    "view": ("view", "-o", "out.html"),
    "analyse": ("analyse", "-o", "out.html"),
    "check": ("check",),
    "xlsx": ("query", "kinds", "-o", "out.xlsx"),
}


@dataclass(frozen=True)
class Workplace:
    """A folder with a project and everything that a command may write to."""

    folder: Path

    @property
    def output(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.folder.glob("out.*")}

    @property
    def left(self) -> list[str]:
        """Return temporary files, those of the cache and of the system's folder too."""
        return [str(path) for path in (*self.folder.rglob(".itasgraph-*"), *(self.folder / "tmp").iterdir())]

    def start(self, *args: str) -> subprocess.Popen[bytes]:
        places = {"XDG_CACHE_HOME": str(self.folder / "cache"), "TMPDIR": str(self.folder / "tmp"), "LC_ALL": "C.UTF-8"}
        return subprocess.Popen(
            [sys.executable, "-m", "itasgraph", *args, "--project", "little"],
            cwd=self.folder,
            env={**os.environ, **places, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def run(self, *args: str) -> bytes:
        """Run a command to its end; return what it prints."""
        output, errors = self.start(*args).communicate(timeout=60)
        assert b"Traceback" not in errors
        return output

    def kill(self, moment: float, *args: str) -> bool:
        """Kill a command after so many seconds; return whether it still ran."""
        with self.start(*args) as process:
            try:
                process.communicate(timeout=moment)
            except subprocess.TimeoutExpired:
                process.kill()
                return True
        return False


@pytest.fixture
def workplace(tmp_path: Path) -> Workplace:
    little_project(tmp_path / "little")
    (tmp_path / "tmp").mkdir()
    return Workplace(tmp_path)


def moments(workplace: Workplace, *args: str) -> Iterator[float]:
    """Yield random moments of the time that a command takes without a cache; each second one begins without a cache, too."""
    begin = time.monotonic()
    workplace.run(*args)
    whole = time.monotonic() - begin
    chance = random.Random(12)
    for number in range(KILLS):
        if number % 2:
            shutil.rmtree(workplace.folder / "cache")
        yield chance.uniform(0, whole)


@pytest.mark.parametrize("args", COMMANDS.values(), ids=COMMANDS)
def test_killed_command_leaves_old_or_new(workplace: Workplace, args: tuple[str, ...]) -> None:
    answer = workplace.run("query", "kinds", "-f", "csv")
    printed, new = workplace.run(*args), workplace.output
    old = dict.fromkeys(new, b"old")
    actual, killed = [], 0
    for moment in moments(workplace, *args):
        for name in old:
            (workplace.folder / name).write_bytes(b"old")
        killed += workplace.kill(moment, *args)
        actual.append(workplace.output in (old, new))
        assert workplace.run("query", "kinds", "-f", "csv") == answer
    again = workplace.run(*args)

    assert killed > KILLS / 4  # some come too late on a busy machine
    assert actual == [True] * KILLS
    assert (again, workplace.output) == (printed, new)
    assert workplace.left == []


def graphs(server: Real) -> dict[str, set[str]]:
    """Return the named graphs of a server, each with its triples."""
    quads = httpx.get(server.graphs, headers={"Accept": "application/n-quads"}, timeout=60).text.splitlines()
    actual: dict[str, set[str]] = {}
    for quad in quads:
        triple, _, graph = quad.removesuffix(" .").rpartition(" ")
        actual.setdefault(graph, set()).add(triple)
    return actual


def test_killed_publish_is_completed(workplace: Workplace) -> None:
    report = workplace.folder / "little" / "data" / "report.yaml"
    first = report.read_text(encoding="utf-8")
    second = first + "- id: person/berta\n  type: Person\n  name: Berta\n  quote: Berta\n"
    (workplace.folder / "server").mkdir()
    with oxigraph_in(workplace.folder / "server") as server:
        args = ("publish", server.graphs)
        states = []
        for text in (second, first):
            report.write_text(text, encoding="utf-8")
            workplace.run(*args)
            states.append(graphs(server))
        killed = 0
        for number, moment in enumerate(moments(workplace, *args)):
            report.write_text((second, first)[number % 2], encoding="utf-8")
            killed += workplace.kill(moment, *args)
            for name, triples in graphs(server).items():
                assert triples in [state.get(name) for state in states]
            workplace.run(*args)

            assert graphs(server) == states[number % 2]

    assert killed > KILLS / 4  # some come too late on a busy machine
    assert states[0] != states[1]
    assert workplace.left == []
