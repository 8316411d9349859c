"""The line numbers of a data file, moved along with the lines of a new version of its document."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from itasgraph.authoring.quotations import SourceText

Map = dict[str, Any]
# Two texts that differ in more lines than this are compared by the quotes only.
_MOST_LINES: Final = 20_000


def move(data: Map, old: Sequence[str], new: Sequence[str], text: SourceText) -> None:
    """Give each `line` below "says" and "review" the number that it has in the new text.

    `old` and `new` are the fingerprints of the lines; without `old`, a line moves to the only one with its quote.
    """
    numbers = _numbers(old, new)
    for holder in _holders([data.get("says"), data.get("review")]):
        line = holder["line"]
        moved = [_moved(one, numbers, _quotes(holder), text) for one in (line if isinstance(line, list) else [line])]
        holder["line"] = moved if isinstance(line, list) else moved[0]


def _moved(line: Any, numbers: Mapping[str, int], quotes: Sequence[str], text: SourceText) -> Any:
    lines = {number for quote in quotes for number in text.lines_of(quote)}
    number = numbers.get(str(line))
    if number in lines:
        return number
    return next(iter(lines)) if len(lines) == 1 else line


def _numbers(old: Sequence[str], new: Sequence[str]) -> dict[str, int]:
    """Return old number → new number of the lines with text that both have, in their order."""
    olds, news = _with_text(old), _with_text(new)
    if len(olds) + len(news) > _MOST_LINES and olds != news:
        return {}
    matcher = difflib.SequenceMatcher(None, [one for _, one in olds], [one for _, one in news], autojunk=False)
    blocks = matcher.get_matching_blocks()
    return {str(olds[a + at][0]): news[b + at][0] for a, b, size in blocks for at in range(size)}


def _with_text(lines: Sequence[str]) -> list[tuple[int, str]]:
    return [(number, line) for number, line in enumerate(lines, 1) if line]


def _holders(value: Any) -> Iterator[Map]:
    """Yield the maps with a line number."""
    if isinstance(value, dict):
        if "line" in value:
            yield value
        value = list(value.values())
    for item in value if isinstance(value, list) else ():
        yield from _holders(item)


def _quotes(holder: Map) -> list[str]:
    quote = holder.get("quote", [])
    return [str(one) for one in (quote if isinstance(quote, list) else [quote])]
