"""External sort: beyond a limit, sorted runs of lines wait in temporary files until they are merged."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import groupby
from typing import IO, Final

from itasgraph.util import files

# The bytes of lines that are sorted at a time; as objects of Python they take about twice as much memory.
_RUN: Final = 32 << 20


def sort_unique(lines: Iterable[bytes], run: int = _RUN) -> Iterator[bytes]:
    """Yield the distinct lines in the order of their bytes; each ends with a line feed and holds no other."""
    with ExitStack() as stack:
        runs: list[Iterable[bytes]] = []
        rest: list[bytes] = []
        for part in _runs(lines, run):
            if rest:
                with files.temporary_file_errors():
                    runs.append(_write_run(rest, stack.enter_context(tempfile.TemporaryFile())))
            rest = part
        for line, _ in groupby(heapq.merge(*runs, rest) if runs else rest):
            yield line


def _runs(lines: Iterable[bytes], run: int) -> Iterator[list[bytes]]:
    part: list[bytes] = []
    size = 0
    for line in lines:
        part.append(line)
        size += len(line)
        if size >= run:
            part.sort()
            yield part
            part, size = [], 0
    part.sort()
    yield part


def _write_run(part: list[bytes], file: IO[bytes]) -> IO[bytes]:
    """Write a run to a file, and return the file at its beginning."""
    file.writelines(part)
    file.seek(0)
    return file
