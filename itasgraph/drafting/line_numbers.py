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

    `old` and `new` are the fingerprints of the lines; without `old`, a line moves to the only one with its quote, or stays.
    """
    mover = _Mover(_numbers(old, new), text)
    for holder in _holders([data.get("says"), data.get("review")]):
        lines = holder["line"] if isinstance(holder["line"], list) else [holder["line"]]
        moved = list(mover.moved(lines, _quotes(holder))) or lines
        holder["line"] = moved if isinstance(holder["line"], list) else moved[0]


class _Mover:
    """Moves the lines of quotes; `numbers` are old number → new number of the lines that both texts have."""

    def __init__(self, numbers: Mapping[str, int], text: SourceText) -> None:
        self._numbers = numbers
        self._text = text
        self._known = frozenset(numbers.values())
        self._places: dict[tuple[str, ...], tuple[frozenset[int], list[int]]] = {}

    def moved(self, lines: Sequence[Any], quotes: tuple[str, ...]) -> Iterator[Any]:
        """Yield the new numbers of the lines of quotes; a line that became another one is the only new one with them."""
        holding, new = self._places_of(quotes)
        for line in lines:
            number = self._numbers.get(str(line))
            if number in holding:
                yield number
            elif len(new) == 1:
                yield new[0]
            elif holding and not self._numbers:
                yield line

    def _places_of(self, quotes: tuple[str, ...]) -> tuple[frozenset[int], list[int]]:
        """Return the lines with one of the quotes, and the new ones among them; many statements have the same quotes."""
        if quotes not in self._places:
            holding = frozenset(number for quote in quotes for number in self._text.spans_of(quote))
            self._places[quotes] = holding, sorted(holding - self._known)
        return self._places[quotes]


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


def _quotes(holder: Map) -> tuple[str, ...]:
    quote = holder.get("quote", [])
    return tuple(str(one) for one in (quote if isinstance(quote, list) else [quote]))
