"""How every command grows with the number of congresses: one table, printed and written to docs/performance.md.

Each measurement is a whole process with a limit of time. What does not come back within it is not tried at larger sizes.
"""

from __future__ import annotations

import math
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import click

from tests.helpers.projects import ROOT
from tools.benchmarks import launch
from tools.benchmarks.growth_rows import ITASGRAPH, Row, Setting, rows
from tools.congresses import project

PAGE: Final = ROOT / "docs" / "performance.md"
BY_HAND: Final = "<!-- Below this line, people write; `make bench` leaves it as it is. -->\n"
CONGRESSES: Final = {"S": 1, "10": 10, "M": 100, "L": 1_000}
LONG: Final = 5.0  # seconds; what takes longer is measured once


@dataclass
class Figure:
    """Seconds of wall time and of processor time, and memory in MiB; `failure` says why there are none."""

    seconds: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    memory: float = 0
    failure: str = ""

    @property
    def wall(self) -> float:
        return statistics.median(self.seconds)

    @property
    def work(self) -> float:
        return statistics.median(self.processor)


@dataclass
class Growth:
    """A row, with its figure for each size."""

    row: Row
    figures: dict[str, Figure] = field(default_factory=dict)

    def ratio(self, size: str) -> str:
        """Return how many times the processor time at S this size takes."""
        first, figure = self.figures.get("S"), self.figures.get(size)
        if not first or not figure or first.failure or figure.failure:
            return "–"
        return f"{figure.work / first.work:.1f}"

    def exponent(self, quads: dict[str, int], floor: float) -> str:
        """Return the exponent fitted to processor time over quads, without the time that a process takes to start.

        Only sizes at which the work takes at least as long as the start tell something.
        """
        points = [
            (math.log(quads[size]), math.log(figure.work - floor))
            for size, figure in self.figures.items()
            if not figure.failure and figure.work > 2 * floor
        ]
        if len(points) == 1 or not points:
            return "–"
        return f"{statistics.linear_regression(*zip(*points, strict=True)).slope:.2f}"


@click.command()
@click.option("--size", type=click.Choice(list(CONGRESSES)), default="M", show_default=True, help="The largest size.")
@click.option("--limit", type=float, default=60, show_default=True, help="Seconds after which a command is ended.")
@click.option("--only", default="", help="Measure only rows whose name has this word, and write no page.")
@click.option("--runs", type=click.IntRange(min=1), default=3, show_default=True, help="Of which the median is taken.")
def main(size: str, limit: float, only: str, runs: int) -> None:
    """Measure up to a size, print the table, and write it to docs/performance.md."""
    sizes = list(CONGRESSES)[: list(CONGRESSES).index(size) + 1]
    with tempfile.TemporaryDirectory() as name:
        settings = {one: _setting(Path(name), one) for one in sizes}
        quads = {one: len(setting.store()) for one, setting in settings.items()}
        floor = _measure([ITASGRAPH, "--version"], {}, limit, runs).work
        grown = [_grow(row, settings, limit, runs) for row in rows() if only in row.name]
        text = _table(grown, quads, floor, _method(floor, limit, runs))
    print_(text)
    if not only:
        _write(text)


def print_(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _setting(folder: Path, size: str) -> Setting:
    """Return the project of a size, with its cache filled."""
    root = folder / f"congresses-{size.lower()}"
    if size == "S":
        for part in ("data", "ontology", "queries"):
            shutil.copytree(ROOT / part, root / part)
    else:
        project.create(root, CONGRESSES[size])
    setting = Setting(size, root, folder)
    setting.fill_cache()
    return setting


def _grow(row: Row, settings: dict[str, Setting], limit: float, runs: int) -> Growth:
    growth = Growth(row)
    for size, setting in settings.items():
        if any(figure.failure.startswith(">") for figure in growth.figures.values()):
            growth.figures[size] = Figure(failure="not tried")
            continue
        with row.prepared(setting) as (command, environment):
            growth.figures[size] = (
                _measure(command, environment, limit, runs, int(row.says_no)) if command else Figure(failure="–")
            )
        print_(f"{row.name}, {size}: {_wall(growth.figures[size])}")
    return growth


def _measure(command: list[str], extra: dict[str, str], limit: float, runs: int, no: int = 0) -> Figure:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    figure = Figure()
    while len(figure.seconds) < runs and not figure.failure:
        _run(command, {**environment, **extra}, limit, figure, (0, no))
        if figure.seconds and figure.seconds[-1] > LONG:
            break
    return figure


def _run(
    command: list[str], environment: dict[str, str], limit: float, figure: Figure, answers: tuple[int, ...]
) -> None:
    """Run a command once and add what it took; it is ended, with all that it started, after the limit."""
    launched = [sys.executable, "-I", "-S", launch.__file__, str(limit), *command]
    told = subprocess.run(launched, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout
    code, seconds, processor, memory = told.split(";")
    figure.memory = max(figure.memory, float(memory))
    if not code:
        figure.failure = f"> {limit:.0f} s"
        return
    figure.seconds.append(float(seconds))
    figure.processor.append(float(processor))
    if int(code) not in answers:
        figure.failure = f"exit code {code}"


# --- the table -----------------------------------------------------------------------------------------------------


def _table(grown: Iterable[Growth], quads: dict[str, int], floor: float, method: str) -> str:
    sizes = list(quads)
    head = ["", *(f"{size} ÷ S" for size in sizes[1:]), "exponent", *sizes, *(f"MiB {size}" for size in sizes)]
    lines = [head, ["---", *["--:"] * (len(head) - 1)]]
    for growth in grown:
        figures = [growth.figures[size] for size in sizes]
        ratios = [growth.ratio(size) for size in sizes[1:]]
        memory = [f"{figure.memory:.0f}" if figure.memory else "–" for figure in figures]
        lines.append([growth.row.name, *ratios, growth.exponent(quads, floor), *map(_wall, figures), *memory])
    return "\n".join([*_intro(quads, method), *(f"| {' | '.join(line)} |" for line in lines)])


def _intro(quads: dict[str, int], method: str) -> Iterator[str]:
    """Say how large each size is, what the columns are, and where it was measured."""
    named = ", ".join(f"{size} = {CONGRESSES[size]:,} ({count:,} quads)" for size, count in quads.items())
    yield f"Congresses: {named}. S is the shipped project; the others are invented (`python -m tools.congresses`).\n"
    yield method
    load = f", load {os.getloadavg()[0]:.0f}" if hasattr(os, "getloadavg") else ""
    yield f"Python {platform.python_version()}, {os.cpu_count()} processors{load}.\n"


def _method(floor: float, limit: float, runs: int) -> str:
    taken = f"medians of {runs} whole processes" if runs > 1 else "single whole processes"
    return (
        "Ratios are of processor time. The exponent is fitted to processor time over quads, less the"
        f" {floor:.2f} s that a process takes to start; where the work is shorter than that at all sizes but one, it says nothing"
        f" (–). Then follow {taken} in seconds of wall time (what takes longer than {LONG:.0f} s is measured once; the limit is"
        f" {limit:.0f} s) and the greatest memory, also of what was ended."
    )


def _wall(figure: Figure) -> str:
    return figure.failure or f"{figure.wall:.2f}"


def _write(text: str) -> None:
    """Write the page; what people wrote below the table stays."""
    old = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    rest = old.partition(BY_HAND)[2]
    head = "# How fast it is, and how it grows\n\n`make bench SIZE=M` measures and writes this table.\n"
    PAGE.write_text(f"{head}\n{text}\n\n{BY_HAND}{rest}", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
