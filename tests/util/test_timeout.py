"""Long answers go out while they are computed, and end when they shall."""

from __future__ import annotations

import gc
import io
import subprocess
import sys
import threading
from pathlib import Path
from typing import BinaryIO, NoReturn

import pytest

from itasgraph.errors import FileError, QueryTimeout, UsageError
from itasgraph.store.memory import Graph
from itasgraph.util.timeout import run_with_timeout
from tests.helpers.projects import ROOT


class Full(io.BytesIO):
    """A disk that takes one piece."""

    def write(self, data: object, /) -> NoReturn:
        raise OSError(28, "No space left on device")


def test_pieces_arrive_in_order() -> None:
    out = io.BytesIO()

    def work(sink: BinaryIO) -> int:
        for number in range(1000):
            sink.write(b"%d\n" % number)
        return 42

    assert run_with_timeout(60, work, out) == 42
    assert out.getvalue() == b"".join(b"%d\n" % number for number in range(1000))


def test_pieces_precede_the_end() -> None:
    seen = threading.Event()

    class Watched(io.BytesIO):
        def write(self, data: object, /) -> int:
            seen.set()
            return 0

    def work(sink: BinaryIO) -> bool:
        sink.write(b"first")
        return seen.wait(30)

    assert run_with_timeout(60, work, Watched())


def test_writing_stays_in_the_caller() -> None:
    threads: dict[str, int] = {}

    class Watched(io.BytesIO):
        def write(self, data: object, /) -> int:
            threads["writes"] = threading.get_ident()
            return 0

    def work(sink: BinaryIO) -> None:
        threads["works"] = threading.get_ident()
        sink.write(b"x")

    run_with_timeout(None, work, Watched())

    assert threads["writes"] == threading.get_ident() != threads["works"]


def test_long_work_is_left() -> None:
    released = threading.Event()
    try:
        with pytest.raises(QueryTimeout) as caught:
            run_with_timeout(0.01, lambda _: released.wait(), io.BytesIO())
    finally:
        released.set()

    assert caught.value.facts == {"seconds": "0.01"}


def test_closed_reader_ends_the_work() -> None:
    ended = threading.Event()

    def work(sink: BinaryIO) -> None:
        try:
            while True:
                sink.write(b"x" * 1000)
        except BrokenPipeError:
            ended.set()
            raise

    with pytest.raises(OSError, match="No space left"):
        run_with_timeout(60, work, Full())

    assert ended.wait(30)


def test_error_is_raised_here() -> None:
    def work(sink: BinaryIO) -> None:
        sink.write(b"some")
        raise UsageError("empty-query")

    out = io.BytesIO()
    with pytest.raises(UsageError):
        run_with_timeout(60, work, out)

    assert out.getvalue() == b"some"


def test_engine_failure_is_one_sentence() -> None:
    def work(_: BinaryIO) -> None:
        raise RuntimeError("the store is broken\nand more")

    with pytest.raises(FileError) as caught:
        run_with_timeout(60, work, io.BytesIO())

    assert caught.value.facts == {"reason": "the store is broken"}


@pytest.mark.slow
@pytest.mark.parametrize("format_", ["json", "csv", "tsv", "xml"])
def test_million_rows_need_no_memory(format_: str, tmp_path: Path) -> None:
    program = (
        "import resource, sys; from pathlib import Path; import pyoxigraph as ox\n"
        "from itasgraph.util import files; from itasgraph.util.timeout import run_with_timeout; from itasgraph.store import memory; from itasgraph.results import writers; from itasgraph.results.presentation import RenderContext\n"
        "store = ox.Store()\n"
        "store.extend(ox.Quad(ox.NamedNode(f'urn:{n}'), ox.NamedNode('urn:p'), ox.Literal(str(n))) for n in range(1000))\n"
        "g = memory.Graph(store, {}, 'urn:base')\n"
        "def go(rows):\n"
        "    query = f'SELECT ?a ?d {{ ?a <urn:p> ?b . ?c <urn:p> ?d }} LIMIT {rows}'\n"
        "    with files.atomic_write(Path(sys.argv[1])) as out:\n"
        "        work = lambda sink: writers.write(g.query(query), sys.argv[2], sink, RenderContext(g, 'de'))\n"
        "        run_with_timeout(None, work, out)\n"
        "    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "print(go(10_000), go(1_000_000))\n"
    )
    done = subprocess.run(
        [sys.executable, "-B", "-c", program, str(tmp_path / "answer"), format_],
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    few, many = map(int, done.stdout.split())

    assert many - few < 8 * 1024  # KiB; the file itself has 15 to 150 MB
    assert (tmp_path / "answer").stat().st_size > 10_000_000


def test_garbage_stays_in_its_thread(graph: Graph) -> None:
    cycle: list[object] = [graph.query("SELECT * { ?s ?p ?o }")]
    cycle.append(cycle)
    del cycle

    # Oxigraph complains where its rows die in another thread, and pytest makes that a failure.
    assert run_with_timeout(None, lambda _: gc.collect() >= 0)
    gc.collect()
