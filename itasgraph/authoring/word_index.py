"""The words of a text by line, so that words are looked up without reading all of it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

_WORD: Final = re.compile(r"\w+")
_NO_LINES: Final = frozenset[int]()
_FEW: Final = 8  # lines: so few are read faster than the other words of a text are looked up
_LAST: Final = "\U0010ffff"  # sorts behind every other character


class WordIndex:
    """Word → the numbers (from 1) of the lines that have it, and the words by their beginnings and endings."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._all = range(1, len(lines) + 1)
        self._lines: defaultdict[str, set[int]] = defaultdict(set)
        for number, line in enumerate(lines, 1):
            for word in _WORD.findall(line):
                self._lines[word].add(number)
        self._words = sorted(self._lines)
        self._backwards = sorted(word[::-1] for word in self._lines)
        self._joined = "\n".join(("", *self._words, ""))

    def lines_with(self, text: str) -> Iterable[int]:
        """Return the numbers of the lines, ascending, which have the words of a text, and so may hold it.

        >>> list(WordIndex(["Ida Kern", "Ben Kern", "Kernig"]).lines_with("n Ker")), WordIndex(["a", "b"]).lines_with("–")
        ([1, 2], range(1, 3))
        """
        rarest = min((self._lines.get(word, _NO_LINES) for word in _WORD.findall(text)[1:-1]), key=len, default=None)
        if rarest is not None and len(rarest) <= _FEW:
            return sorted(rarest)
        words = [list(self._lines_of(word, text)) for word in _WORD.finditer(text)]
        sets = sorted((lines[0] if len(lines) == 1 else set[int]().union(*lines) for lines in words), key=len)
        return sorted(sets[0].intersection(*sets[1:])) if sets else self._all

    def _lines_of(self, word: re.Match[str], text: str) -> Iterator[set[int]]:
        """Yield the lines of each word that the word of a text may be: at either end of the text it may be a part of one."""
        part = word[0]
        is_cut = word.start() == 0, word.end() == len(text)
        if is_cut == (True, True):
            words: Iterable[str] = self._with_part(part)
        elif is_cut == (False, True):
            words = _beginning_with(part, self._words)
        elif is_cut == (True, False):
            words = (backwards[::-1] for backwards in _beginning_with(part[::-1], self._backwards))
        else:
            words = (part,)
        yield from (self._lines[one] for one in words if one in self._lines)

    def _with_part(self, part: str) -> Iterator[str]:
        place = self._joined.find(part)
        while place >= 0:
            start, end = self._joined.rfind("\n", 0, place) + 1, self._joined.find("\n", place)
            yield self._joined[start:end]
            place = self._joined.find(part, end)


def _beginning_with(part: str, words: Sequence[str]) -> Sequence[str]:
    """Return those of sorted words that begin with a part."""
    return words[bisect_left(words, part) : bisect_left(words, part + _LAST)]
