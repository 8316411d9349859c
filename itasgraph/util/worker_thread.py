"""Long answers on their way out: one thread computes, the other writes, and neither waits for ever."""

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

# So many pieces may wait to be written, about half a megabyte of them.
_WAITING: Final = 64
_PIECE: Final = 8 << 10


def run_in_thread(seconds: float | None, work: Callable[[BinaryIO], T], out: BinaryIO) -> T:
    """Do `work` in a thread of its own, and write to `out` here what it writes there.

    So a time-out and Ctrl-C end the wait (Oxigraph itself cannot be stopped), and a full disk or a closed pipe is met where
    it can be told. Raises QueryTimeout where the work alone, without the writing, takes longer than `seconds` (None: no limit),
    and FileError where a query fails in the engine.
    """
    pipe: _Pipe[T] = _Pipe()
    with _garbage_left_alone():
        threading.Thread(target=pipe.run, args=(work,), daemon=True).start()
        try:
            return pipe.drain(out, seconds)
        finally:
            pipe.close()


@contextmanager
def _garbage_left_alone() -> Iterator[None]:
    """Keep the garbage that there is from being collected in another thread, where Oxigraph's objects must not die."""
    if gc.get_freeze_count():  # somebody keeps it already
        yield
        return
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def run_with_timeout(seconds: float | None, work: Callable[[], T]) -> T:
    """Do `work` in a thread of its own, so that Ctrl-C ends the wait, and so do `seconds` (None: no limit).

    Raises as `run_in_thread` does.
    """
    return run_in_thread(seconds, lambda _: work(), io.BytesIO())


class _Pipe(Generic[T]):
    """The end to write to, for the working thread, and the end to read from."""

    def __init__(self) -> None:
        self._pieces: queue.Queue[bytes | tuple[T | None, BaseException | None]] = queue.Queue(_WAITING)
        self._closed = False

    def write(self, data: bytes) -> int:
        if self._closed:
            raise BrokenPipeError
        self._pieces.put(data if isinstance(data, bytes) else bytes(data))
        return len(data)

    def writelines(self, lines: Iterable[bytes]) -> None:
        """Write lines, many of them in one piece."""
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
        """Do nothing: what is written is on its way."""

    def run(self, work: Callable[[BinaryIO], T]) -> None:
        try:
            self._pieces.put((work(cast("BinaryIO", self)), None))
        except BaseException as error:  # handed to the waiting thread, which raises it
            _forget_frames(error)
            self._pieces.put((None, error))

    def drain(self, out: BinaryIO, seconds: float | None) -> T:
        left = seconds
        while True:
            begun = time.monotonic()
            try:
                piece = self._pieces.get(timeout=left)
            except queue.Empty:
                raise QueryTimeout("timeout", seconds=f"{seconds:g}") from None
            if not isinstance(piece, bytes):
                return _outcome(*piece)
            left = None if left is None else max(0.0, left - (time.monotonic() - begun))
            out.write(piece)

    def close(self) -> None:
        """Let a thread that still writes go on, so that it finds nobody reads any more."""
        self._closed = True
        while not self._pieces.empty():
            self._pieces.get_nowait()


def _forget_frames(error: BaseException) -> None:
    """Drop the frames of an error and of those it came from: Oxigraph's objects in them must not die in another thread.

    They are emptied as well: something else may hold a frame, such as the frame itself.
    """
    from traceback import clear_frames

    known: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        found = waiting.pop()
        if found is not None and id(found) not in known:
            known.add(id(found))
            clear_frames(found.__traceback__)
            found.__traceback__ = None
            waiting += [found.__cause__, found.__context__]


def _outcome(answer: T | None, error: BaseException | None) -> T:
    if isinstance(error, OSError) and error.errno is not None:
        raise FileError("failed", path=error.filename or ".", error=error) from error
    if isinstance(error, OSError | RuntimeError):
        raise FileError("query-failed", reason=str(error).splitlines()[0]) from error
    if error is not None:
        raise error
    return cast("T", answer)
