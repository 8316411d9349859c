"""Output to a terminal: characters that would steer it, or turn the direction of text, are replaced by visible ones.

What goes to a file or a pipe stays as it is.
"""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, TextIO, cast

from itasgraph.messages.control_characters import visible


class Styled(bytes):
    """Bytes with escape sequences of our own; texts of others in them have passed `visible` already."""


class _Bytes:
    """A binary stream to a terminal: it writes UTF-8 as text, and other bytes as their numbers."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8")("backslashreplace")
        # A carriage return at the end of a piece: the next one tells whether a line feed follows.
        self._held = ""

    def write(self, data: bytes) -> int:
        if isinstance(data, Styled):
            self._stream.buffer.write(data)
            return len(data)
        text = self._held + self._decoder.decode(bytes(data))
        self._held = "\r" if text.endswith("\r") else ""
        self._stream.buffer.write(visible(text.removesuffix("\r")).encode())
        return len(data)

    def flush(self) -> None:
        self._stream.buffer.flush()


class _Guarded:
    """A stream to a terminal."""

    def __init__(self, stream: TextIO) -> None:
        self.unguarded = stream
        self.buffer = _Bytes(stream)

    def write(self, text: str) -> int:
        return self.unguarded.write(visible(text))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.unguarded, name)


class _Words:
    """Stderr, guarded or not; where writing to it fails, the failure is ignored and the work goes on."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        with self._unheard():
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        with self._unheard():
            self._stream.flush()

    @contextmanager
    def _unheard(self) -> Iterator[None]:
        try:
            yield
        except OSError:
            give_up(self._stream)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def give_up(stream: TextIO | None) -> None:
    """Discard what the stream still holds; otherwise Python would try to write it again at its exit and complain."""
    with suppress(OSError):
        if stream is not None:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


@contextmanager
def guarded() -> Iterator[None]:
    """Guard stdout and stderr, where they are terminals, until the end of the block; stderr may fail unheard."""
    before = sys.stdout, sys.stderr
    for name, stream in zip(("stdout", "stderr"), before, strict=True):
        if stream is not None and stream.isatty():
            setattr(sys, name, _Guarded(stream))
    if sys.stderr is not None:
        sys.stderr = cast("TextIO", _Words(sys.stderr))
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def unguarded(stream: TextIO) -> TextIO:
    """Return the stream itself, for a progress bar, which draws in the terminal."""
    return cast("TextIO", getattr(stream, "unguarded", stream))
