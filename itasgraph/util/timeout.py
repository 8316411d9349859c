"""`--timeout`: work in a thread of its own, whose output the calling thread writes, so that a time-out or Ctrl-C ends the wait."""

from __future__ import annotations

import gc
import io
import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import BinaryIO, Final, Generic, TypeVar, cast

from itasgraph.errors import FileError, QueryTimeout

T = TypeVar("T")

# The number of pieces that may wait to be written, about half a megabyte in all.
_MAX_PIECES: Final = 64
_PIECE: Final = 8 << 10


def run_with_timeout(seconds: float | None, work: Callable[[BinaryIO], T], out: BinaryIO | None = None) -> T:
    """Do `work` in a thread of its own; write its output to `out` in this thread, and return its result.

    A time-out and Ctrl-C end the wait (Oxigraph itself cannot be stopped), and a full disk or a closed pipe raises in this
    thread. Raises QueryTimeout where the work alone, without the writing, takes longer than `seconds` (None: no limit),
    and FileError where a query fails in the engine.
    """
    pipe: _Pipe[T] = _Pipe()
    with _freeze_garbage():
        threading.Thread(target=pipe.run, args=(work,), daemon=True).start()
        try:
            return pipe.drain(out or io.BytesIO(), seconds)
        finally:
            pipe.close()


@contextmanager
def _freeze_garbage() -> Iterator[None]:
    """Keep present garbage from being collected in another thread, where Oxigraph's objects must not be freed."""
    if gc.get_freeze_count():  # an outer call froze it already
        yield
        return
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


class _Pipe(Generic[T]):
    """A pipe from the working thread, which writes to it, to the calling thread, which drains it."""

    def __init__(self) -> None:
        self._pieces: queue.Queue[bytes | tuple[T | None, BaseException | None]] = queue.Queue(_MAX_PIECES)
        self._closed = False

    def write(self, data: bytes) -> int:
        if self._closed:
            raise BrokenPipeError
        self._pieces.put(data if isinstance(data, bytes) else bytes(data))
        return len(data)

    def writelines(self, lines: Iterable[bytes]) -> None:
        """Write lines, joined to larger pieces."""
        batch: list[bytes] = []
        size = 0
        for line in lines:
            batch.append(line)
            size += len(line)
            if size >= _PIECE:
                self.write(b"".join(batch))
                batch, size = [], 0
        self.write(b"".join(batch))

    def flush(self) -> None:
        """Do nothing: each piece is sent at once."""

    def run(self, work: Callable[[BinaryIO], T]) -> None:
        try:
            self._pieces.put((work(cast("BinaryIO", self)), None))
        except BaseException as error:  # passed to the waiting thread, which raises it
            _forget_frames(error)
            self._pieces.put((None, error))

    def drain(self, out: BinaryIO, seconds: float | None) -> T:
        remaining = seconds
        while True:
            start = time.monotonic()
            try:
                piece = self._pieces.get(timeout=remaining)
            except queue.Empty:
                raise QueryTimeout("timeout", seconds=f"{seconds:g}") from None
            if not isinstance(piece, bytes):
                return _result(*piece)
            remaining = None if remaining is None else max(0.0, remaining - (time.monotonic() - start))
            out.write(piece)

    def close(self) -> None:
        """Unblock a thread that still writes, so that its next write raises BrokenPipeError."""
        self._closed = True
        while not self._pieces.empty():
            self._pieces.get_nowait()


def _forget_frames(error: BaseException) -> None:
    """Drop the frames of an error and of its causes: Oxigraph's objects in them must not be freed in another thread.

    Clear the frames as well, because other objects may reference them.
    """
    from traceback import clear_frames

    known: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        current = waiting.pop()
        if current is not None and id(current) not in known:
            known.add(id(current))
            clear_frames(current.__traceback__)
            current.__traceback__ = None
            waiting += [current.__cause__, current.__context__]


def _result(answer: T | None, error: BaseException | None) -> T:
    if isinstance(error, OSError) and error.errno is not None:
        raise FileError("failed", path=error.filename or ".", error=error) from error
    if isinstance(error, OSError | RuntimeError):
        raise FileError("query-failed", reason=str(error).splitlines()[0]) from error
    if error is not None:
        raise error
    return cast("T", answer)
