"""Output to a terminal: visible characters replace those that would steer it or turn the direction of text.

Output to a file or a pipe is not changed.
"""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, TextIO, cast

from itasgraph.messages.control_characters import visible


class StyledBytes(bytes):
    """Bytes with escape sequences of our own; the texts of others in them have passed `visible` already."""


class _Bytes:
    """A binary stream to a terminal: it writes UTF-8 as text, and other bytes as their numbers."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8")("backslashreplace")
        # A carriage return at the end of a piece, until the next piece tells whether a line feed follows.
        self._carriage_return = ""

    def write(self, data: bytes) -> int:
        if isinstance(data, StyledBytes):
            self._stream.buffer.write(data)
            return len(data)
        text = self._carriage_return + self._decoder.decode(bytes(data))
        self._carriage_return = "\r" if text.endswith("\r") else ""
        self._stream.buffer.write(visible(text.removesuffix("\r")).encode())
        return len(data)

    def flush(self) -> None:
        self._stream.buffer.flush()


class _TerminalStream:
    """A stream to a terminal that writes visible characters only."""

    def __init__(self, stream: TextIO) -> None:
        self.raw_stream = stream
        self.buffer = _Bytes(stream)

    def write(self, text: str) -> int:
        return self.raw_stream.write(visible(text))

    def __getattr__(self, name: str) -> Any:  # whatever the stream has
        return getattr(self.raw_stream, name)


class _LenientStderr:
    """Stderr, guarded or not, that ignores failures of writing, so that the work goes on."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        with self._ignore_failures():
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        with self._ignore_failures():
            self._stream.flush()

    @contextmanager
    def _ignore_failures(self) -> Iterator[None]:
        try:
            yield
        except OSError:
            discard(self._stream)

    def __getattr__(self, name: str) -> Any:  # whatever the stream has
        return getattr(self._stream, name)


def discard(stream: TextIO | None) -> None:
    """Discard what the stream still holds; otherwise Python would try to write it again at its exit and complain."""
    with suppress(OSError):
        if stream is not None:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


@contextmanager
def guard_output() -> Iterator[None]:
    """Guard stdout and stderr, where they are terminals, until the end of the block; ignore failures of stderr."""
    before = sys.stdout, sys.stderr
    for name, stream in zip(("stdout", "stderr"), before, strict=True):
        if stream is not None and stream.isatty():
            setattr(sys, name, _TerminalStream(stream))
    if sys.stderr is not None:
        sys.stderr = cast("TextIO", _LenientStderr(sys.stderr))
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def raw_stream(stream: TextIO) -> TextIO:
    """Return the stream itself, for a progress bar, which draws in the terminal."""
    return cast("TextIO", getattr(stream, "raw_stream", stream))
