"""A query restricted to some values of one of its columns, so that an engine begins with these and reads nothing else.

The rows are those of the query whose column has one of the values. Each alternative of its WHERE (SPARQL 1.1, section 7) must
bind the column in a pattern of its own, before which VALUES is put, or never: a filter would be as right, but read everything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from itasgraph.parsing import sparql_tokens

# What makes a query count or cut off its rows: with some of the values only, it would give others.
_OF_ALL_ROWS: Final = re.compile(r"\b(?:group|having|limit|offset|count|sum|min|max|avg|sample)\b|\(", re.IGNORECASE)
_SELECT: Final = re.compile(r"\s*select\b", re.IGNORECASE)
_UNION: Final = re.compile(r"\s*union\s*(?=\{)", re.IGNORECASE)
_SPACE: Final = re.compile(r"\s*")


def restrict(text: str, column: str, iris: Sequence[str]) -> str | None:
    """Return the query restricted to `iris` in a column, or None where it cannot be.

    It cannot where it counts or cuts off its rows, and where an alternative binds the column in a part of it, such as OPTIONAL.

    >>> restrict("SELECT ?a { { ?a ?b ?c } UNION { ?d a ?c } }", "a", ["urn:x"])
    'SELECT ?a { { VALUES ?a { <urn:x> } ?a ?b ?c } }'
    """
    code = sparql_tokens.code(text)
    start = code.find("{", sparql_tokens.prologue(text).end)
    end = _closing(code, start)
    has_escapes = "\\" in code  # the column may be written with one
    if (
        start < 0
        or end < 0
        or has_escapes
        or _OF_ALL_ROWS.search(code[sparql_tokens.prologue(text).end : start] + code[end:])
    ):
        return None
    values = " ".join(f"<{iri}>" for iri in iris)
    uses = re.compile(rf"[?$]{re.escape(column)}\b")
    branches = []
    for first, last in _alternatives(code, start + 1, end):
        if use := uses.search(code, first, last):
            if not _binds(code[first:last], use.start() - first):
                return None
            branches.append(f"{{ VALUES ?{column} {{ {values} }}{text[first:last]}}}")
    return f"{text[: start + 1]} {' UNION '.join(branches) or 'FILTER(false)'} {text[end:]}"


def _binds(code: str, start: int) -> bool:
    """Return whether the first use of a variable stands in a pattern of the alternative itself, which binds it in each row."""
    before = code[:start]
    is_open = any(before.count(opening) > before.count(closing) for opening, closing in ("{}", "()", "[]"))
    return not is_open and not _SELECT.match(code) and before.upper().split()[-1:] not in (["VALUES"], ["SERVICE"])


def _alternatives(code: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the begin and the end of the content of each alternative of a group, or those of the group where it has none."""
    found, at = [], _after(_SPACE, code, start)
    while code.startswith("{", at):
        close = _closing(code, at)
        found.append((at + 1, close))
        at = _after(_UNION, code, close + 1)
        if at == close + 1:
            break
    yield from found if found and not code[at:end].strip() else [(start, end)]


def _after(pattern: re.Pattern[str], code: str, start: int) -> int:
    """Return where a pattern ends that begins at `start`, or `start` where it does not match."""
    match = pattern.match(code, start)
    return match.end() if match else start


def _closing(code: str, start: int) -> int:
    """Return where the group closes that opens at `start`, or -1."""
    depth = 0
    for match in re.compile("[{}]").finditer(code, max(start, 0)):
        depth += 1 if match[0] == "{" else -1
        if not depth:
            return match.start()
    return -1
