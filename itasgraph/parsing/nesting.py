"""The limit on nesting, checked before content reaches the readers of RDF and of results.

pyoxigraph 0.5.13 crashes at 51,200 nested triple terms, and the time of its readers of JSON-LD and RDF/XML grows with the square
of the depth.
"""

from __future__ import annotations

import functools
import io
import re
from collections.abc import Callable, Iterator
from typing import IO, Final

from itasgraph.errors import Finding, Location

# For RDF, results and queries; the limit for YAML is lower, see `yaml_limits`.
MAX_DEPTH: Final = 200
_BLOCK: Final = 1 << 20
# No reader takes a longer token (pyoxigraph: 8 MiB).
_MAX_TOKEN: Final = 16 << 20
# How many times pairs are removed before brackets are walked one by one.
_MAX_ROUNDS: Final = 20
_PAIRS: Final = (b"()", b"[]", b"{}", b"<<>>")
_NO_BRACKETS: Final = bytes(set(range(256)) - set(b"()[]{}<>"))
_NO_MARKS: Final = bytes(set(_NO_BRACKETS) - set(b"\"'#\\"))

# The complete tokens of Turtle 1.2 (section 6.6) that may hold brackets; TriG and N-Triples have the same. Groups repeated
# possessively are atomic, since Python before 3.11.5 matches others wrongly (CPython gh-106052, gh-100061).
_TURTLE: Final = (
    rb"<(?!<)[^<>\n]*+>"
    rb'|"(?:(?>[^"\\\n\r]+|\\.))++"|"""(?:(?>[^"\\]+|\\.|"(?!"")))*+"""|""(?=[^"])'
    rb"|'(?:(?>[^'\\\n\r]+|\\.))++'|'''(?:(?>[^'\\]+|\\.|'(?!'')))*+'''|''(?=[^'])"
    rb"|\#[^\n\r]*+[\n\r]|\\."
)
_TURTLE_RUN: Final = rb"""(?:(?>[^<>"'#\\]+|""" + _TURTLE + rb"|<<(?=.)|>>|>(?=[^>])))*+"
# The beginning of a token that may go on in the next line, in a text whose complete tokens are removed.
_OPEN_TOKEN: Final = re.compile(rb"""["'#\\]""")
_JSON_ESCAPE: Final = re.compile(rb"\\.", re.DOTALL)
_JSON_STRING: Final = rb'"(?:(?>[^"\\]+|\\.))*+"'


@functools.cache
def _compile(pattern: bytes) -> re.Pattern[bytes]:
    """Compile a pattern when content needs it: each command imports this module, and few read content that needs the pattern."""
    return re.compile(pattern, re.DOTALL)


def _marks(tokens: bytes) -> re.Pattern[bytes]:
    """Return a pattern that matches up to the next bracket outside of tokens."""
    skipped = b"(?:(?>" + tokens + rb"""|[^<>()\[\]{}"'#\\]))*+"""
    return _compile(skipped + rb"(?:(?P<opening><<\(?|[\[({])|(?P<closing>>>|[)\]}])|.|\Z)")


class TooDeep(SyntaxError):
    """Content nests deeper than MAX_DEPTH levels."""

    def __init__(self, line: int) -> None:
        super().__init__(f"nested deeper than {MAX_DEPTH} levels", (None, line, 1, None))

    def finding(self, filename: str) -> Finding:
        """Return the error as a fault of a file."""
        return Finding.of(Location(filename, self.lineno or 0), "nested-too-deeply", limit=MAX_DEPTH)


# --- syntaxes: a block that starts with a whole token → where its last whole token ends, and the brackets until there -------

Syntax = Callable[[bytes], tuple[int, bytes]]


def json(block: bytes) -> tuple[int, bytes]:
    """Read JSON: once escapes are removed, a string ends with the next quotation mark."""
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
    """Read Turtle or TriG: mostly a line ends outside of strings, otherwise the block is walked token by token."""
    end = block.rfind(b"\n") + 1
    left = _compile(_TURTLE).sub(b"", block[:end]).translate(None, _NO_MARKS)
    if not end or _OPEN_TOKEN.search(left):
        run = _compile(_TURTLE_RUN).match(block)
        end = run.end() if run else 0
        left = _compile(_TURTLE).sub(b"", block[:end])
    return end, left.translate(None, _NO_BRACKETS)


def line_based(block: bytes) -> tuple[int, bytes]:
    """Read N-Triples, N-Quads or TSV: no token spans lines, and only triple terms nest."""
    end = block.rfind(b"\n") + 1
    has_triple_terms = block.find(b"<<", 0, end) >= 0
    return end, _compile(_TURTLE).sub(b"", block[:end]).translate(None, _NO_BRACKETS) if has_triple_terms else b""


# --------------------------------------------------------------------------------------------------------------------------


class DepthLimitedFile:
    """A file whose `read` raises TooDeep before it returns a level that is too deep.

    It reads a block at a time and returns whole tokens only, so that it holds one block or the longest token in memory.
    """

    def __init__(self, file: IO[bytes], syntax: Syntax) -> None:
        self._blocks = _checked_blocks(file, syntax)
        self._ready = b""
        self._start = 0

    def read(self, size: int = -1) -> bytes:
        """Return up to `size` bytes, or all that is left where it is negative. Raises TooDeep, and what the file raises."""
        if size < 0:
            content = self._ready[self._start :] + b"".join(self._blocks)
            self._ready, self._start = b"", 0
            return content
        while self._start >= len(self._ready):
            block = next(self._blocks, None)
            if block is None:
                return b""
            self._ready, self._start = block, 0
        content = self._ready[self._start : self._start + size]
        self._start += len(content)
        return content


def _checked_blocks(file: IO[bytes], syntax: Syntax) -> Iterator[bytes]:
    depth = _Depth(_JSON_STRING if syntax is json else _TURTLE)
    rest = b""
    while chunk := file.read(_BLOCK):
        block = rest + chunk
        end, brackets = syntax(block)
        if len(block) - end > _MAX_TOKEN:  # longer than any token: the reader of the format reports it
            end, brackets = len(block), b"(" * MAX_DEPTH
        depth.add(block[:end], brackets)
        yield block[:end]
        rest = block[end:]
    depth.add(rest, b"(" * MAX_DEPTH)
    yield rest


def check(content: bytes, syntax: Syntax) -> None:
    """Raise TooDeep where the content nests deeper than MAX_DEPTH."""
    DepthLimitedFile(io.BytesIO(content), syntax).read()


class _Depth:
    """The open brackets, counted across blocks."""

    def __init__(self, tokens: bytes) -> None:
        self._tokens = tokens
        self._open: list[bytes] = []
        self._line = 1

    def add(self, block: bytes, brackets: bytes) -> None:
        """Add a block that holds these brackets. Raises TooDeep with the line."""
        for rounds in range(1, _MAX_ROUNDS):
            left = functools.reduce(lambda text, pair: text.replace(pair, b""), _PAIRS, brackets)
            # Each round removes one level of each kind of pair.
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
