"""The rim towards a terminal: characters that would steer it, or turn the direction of text, arrive there visible.

What goes to a file or a pipe stays as it is.
"""

from __future__ import annotations

import codecs
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final, TextIO, cast

# C0 and C1 (ECMA-48) but tab and line feed, DEL, all of Unicode's Bidi_Control, other ends of lines, what is no character.
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffe\uffff]")


class Styled(bytes):
    """Bytes with escape sequences of our own; the texts of others among them are `visible` already."""


def visible(text: str) -> str:
    """The text with each character that steers instead of showing as U+FFFD; tab, CR LF and LF stay ends and gaps.

    >>> visible("a\\x1b[31mb\\r\\n")
    'a\ufffd[31mb\\n'
    """
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n"))


def one_line(text: str) -> str:
    """The text as `visible`, without line feeds and tabs."""
    return visible(text).replace("\n", "\N{REPLACEMENT CHARACTER}").replace("\t", " ")


class _Bytes:
    """Where bytes go to a terminal: those in UTF-8 as text, others as their numbers."""

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
    """Stderr, or a guard of it: where it takes no more, nobody can be told, and the work is done all the same."""

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
    """Let what is still to be written go nowhere, or Python would try again at its end and complain."""
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
    """The stream itself, for what draws in a terminal."""
    return cast("TextIO", getattr(stream, "unguarded", stream))
