"""The limit on nesting, checked before content reaches the readers of RDF and of results.

pyoxigraph 0.5.13 dies of 51,200 triple terms in each other, and its readers of JSON-LD and RDF/XML need time that grows with
the square of the depth.
"""

from __future__ import annotations

import functools
import io
import re
from collections.abc import Callable, Iterator
from typing import IO, Final

MAX_DEPTH: Final = 200
_BLOCK: Final = 1 << 20
# No reader takes a token that is longer (pyoxigraph: 8 MiB).
_LONGEST: Final = 16 << 20
# So many times pairs are taken out before brackets are walked one by one.
_ROUNDS: Final = 20
_PAIRS: Final = (b"()", b"[]", b"{}", b"<<>>")
_NO_BRACKETS: Final = bytes(set(range(256)) - set(b"()[]{}<>"))
_NO_MARKS: Final = bytes(set(_NO_BRACKETS) - set(b"\"'#\\"))

# The tokens of Turtle 1.2 (section 6.6) that may hold brackets, each only with its end; TriG and N-Triples have the same.
# What is repeated possessively is atomic: Python before 3.11.5 matches it wrongly where it may backtrack (CPython gh-106052, gh-100061).
_TURTLE: Final = (
    rb"<(?!<)[^<>\n]*+>"
    rb'|"(?:(?>[^"\\\n\r]+|\\.))++"|"""(?:(?>[^"\\]+|\\.|"(?!"")))*+"""|""(?=[^"])'
    rb"|'(?:(?>[^'\\\n\r]+|\\.))++'|'''(?:(?>[^'\\]+|\\.|'(?!'')))*+'''|''(?=[^'])"
    rb"|\#[^\n\r]*+[\n\r]|\\."
)
_TURTLE_RUN: Final = rb"""(?:(?>[^<>"'#\\]+|""" + _TURTLE + rb"|<<(?=.)|>>|>(?=[^>])))*+"
# The beginning of a token that may go on behind the end of a line; complete tokens are taken out before.
_BEGUN: Final = re.compile(rb"""["'#\\]""")
_JSON_ESCAPE: Final = re.compile(rb"\\.", re.DOTALL)
_JSON_STRING: Final = rb'"(?:(?>[^"\\]+|\\.))*+"'


@functools.cache
def _compiled(pattern: bytes) -> re.Pattern[bytes]:
    """Compile a pattern when content needs it: each command imports this module, few read content that does."""
    return re.compile(pattern, re.DOTALL)


def _marks(tokens: bytes) -> re.Pattern[bytes]:
    """Return a pattern that matches up to the next bracket outside of tokens."""
    passed = b"(?:(?>" + tokens + rb"""|[^<>()\[\]{}"'#\\]))*+"""
    return _compiled(passed + rb"(?:(?P<opening><<\(?|[\[({])|(?P<closing>>>|[)\]}])|.|\Z)")


class TooDeep(SyntaxError):
    """Something nests deeper than MAX_DEPTH levels."""

    def __init__(self, line: int) -> None:
        super().__init__(f"nested deeper than {MAX_DEPTH} levels", (None, line, 1, None))


# --- syntaxes: a block that starts with a whole token → where its last whole token ends, and the brackets until there -------

Syntax = Callable[[bytes], tuple[int, bytes]]


def json(block: bytes) -> tuple[int, bytes]:
    """Read JSON: without its escapes, a string ends with the next quotation mark."""
    parts = (_JSON_ESCAPE.sub(b"", block) if b"\\" in block else block).split(b'"')
    end = len(block) if len(parts) % 2 else _last_quotation_mark(block)
    return end, b"".join(parts[::2]).translate(None, _NO_BRACKETS)


def _last_quotation_mark(block: bytes) -> int:
    """Return where the last quotation mark stands that is not escaped."""
    end = block.rfind(b'"')
    while end > 0 and _is_escaped(block, end):
        end = block.rfind(b'"', 0, end)
    return end


def _is_escaped(block: bytes, end: int) -> bool:
    """Return whether the number of backslashes before `end` is odd."""
    start = end
    while start and block[start - 1 : start] == b"\\":
        start -= 1
    return (end - start) % 2 == 1


def turtle(block: bytes) -> tuple[int, bytes]:
    """Read Turtle or TriG: mostly a line ends outside of strings, else the block is walked token by token."""
    end = block.rfind(b"\n") + 1
    left = _compiled(_TURTLE).sub(b"", block[:end]).translate(None, _NO_MARKS)
    if not end or _BEGUN.search(left):
        run = _compiled(_TURTLE_RUN).match(block)
        end = run.end() if run else 0
        left = _compiled(_TURTLE).sub(b"", block[:end])
    return end, left.translate(None, _NO_BRACKETS)


def lines(block: bytes) -> tuple[int, bytes]:
    """Read N-Triples, N-Quads or TSV: no token spans lines, and only triple terms nest."""
    end = block.rfind(b"\n") + 1
    found = block.find(b"<<", 0, end) >= 0
    return end, _compiled(_TURTLE).sub(b"", block[:end]).translate(None, _NO_BRACKETS) if found else b""


# --------------------------------------------------------------------------------------------------------------------------


class Shallow:
    """A file on its way to a reader that raises TooDeep before the reader could see too deep a level.

    It reads a block at a time, and hands on whole tokens only: memory is that of a block, or of the longest token.
    """

    def __init__(self, file: IO[bytes], syntax: Syntax) -> None:
        self._blocks = _checked(file, syntax)
        self._ready = b""
        self._start = 0

    def read(self, size: int = -1) -> bytes:
        """Return up to `size` bytes, all that is left where it is negative. Raises TooDeep, and what the file raises."""
        if size < 0:
            found = self._ready[self._start :] + b"".join(self._blocks)
            self._ready, self._start = b"", 0
            return found
        while self._start >= len(self._ready):
            block = next(self._blocks, None)
            if block is None:
                return b""
            self._ready, self._start = block, 0
        found = self._ready[self._start : self._start + size]
        self._start += len(found)
        return found


def _checked(file: IO[bytes], syntax: Syntax) -> Iterator[bytes]:
    depth = _Depth(_JSON_STRING if syntax is json else _TURTLE)
    rest = b""
    while chunk := file.read(_BLOCK):
        block = rest + chunk
        end, brackets = syntax(block)
        if len(block) - end > _LONGEST:  # it is no token, and its reader will say so
            end, brackets = len(block), b"(" * MAX_DEPTH
        depth.take(block[:end], brackets)
        yield block[:end]
        rest = block[end:]
    depth.take(rest, b"(" * MAX_DEPTH)
    yield rest


def check(content: bytes, syntax: Syntax) -> None:
    """Raise TooDeep where the content nests deeper than MAX_DEPTH."""
    Shallow(io.BytesIO(content), syntax).read()


class _Depth:
    """The brackets that are open, from block to block."""

    def __init__(self, tokens: bytes) -> None:
        self._tokens = tokens
        self._open: list[bytes] = []
        self._line = 1

    def take(self, block: bytes, brackets: bytes) -> None:
        """Go on by a block that holds these brackets. Raises TooDeep with the line."""
        for rounds in range(1, _ROUNDS):
            left = functools.reduce(lambda text, pair: text.replace(pair, b""), _PAIRS, brackets)
            # Each round takes out one level of each kind of pair.
            if left == brackets and len(self._open) + len(left) + rounds * len(_PAIRS) <= MAX_DEPTH:
                self._walk(left)
                break
            brackets = left
        else:
            self._walk(block)
        self._line += block.count(b"\n")

    def _walk(self, text: bytes) -> None:
        for mark in _marks(self._tokens).finditer(text) if text else ():
            if mark.lastgroup == "opening":
                self._open.append(mark["opening"])
                if len(self._open) > MAX_DEPTH:
                    raise TooDeep(self._line + text.count(b"\n", 0, mark.end()))
            elif mark.lastgroup == "closing" and self._open and (mark["closing"], self._open[-1]) != (b")", b"<<("):
                self._open.pop()
