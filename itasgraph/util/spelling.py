"""The spellings of a word: in any case, with umlauts or without, with typing errors; texts in one line."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable
from typing import Final

_LETTERS_PER_ERROR: Final = 4
_MOST_FOLDED: Final = 16_384  # texts that are kept: a draft asks for the same words over and over
_NO_LETTER: Final = re.compile("[^a-z0-9]+")
_NOT_ASCII: Final = re.compile(r"[^\x00-\x7f]")
_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
# Letters of other European languages that Unicode does not decompose.
_LETTERS: Final = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"})


def spellings(text: str) -> set[str]:
    """Return the ways in which a text may be typed: without case and accents, umlauts as "ae" or as "a"."""
    if text.isascii():  # as most names are; one name is compared with all of a graph
        return {collapse_spaces(text).lower()}
    composed = collapse_spaces(unicodedata.normalize("NFC", text))
    return {_without_accents(composed.casefold()), fold(composed)}


@functools.lru_cache(_MOST_FOLDED)
def fold(text: str) -> str:
    """Return a text in lower case without accents, umlauts as "ae"."""
    return _without_accents(unicodedata.normalize("NFC", text).lower().translate(_UMLAUTS))


def collapse_spaces(text: str) -> str:
    """Replace each run of white space, no-break spaces included, by one space, and strip both ends."""
    return " ".join(text.split())


def shorten(text: str, limit: int) -> str:
    """Return the text with its spaces collapsed, and with "…" in place of all behind the first `limit` characters."""
    text = collapse_spaces(text)
    return text if len(text) <= limit else f"{text[:limit]}…"


def sort_key(text: str) -> tuple[str, str]:
    """Return the key by which German and English lists sort a text: without case and accents (DIN 5007-1), then as it is.

    >>> sorted(["Vorhaben", "Über", "ÖPNV", "oben", "Zug"], key=sort_key)
    ['oben', 'ÖPNV', 'Über', 'Vorhaben', 'Zug']
    """
    return _without_accents(text.casefold()), text


def slug(text: str) -> str:
    """Return a text in the letters a to z, digits and hyphens; an empty string where it has none of them.

    >>> slug("Westsächsische Hochschule Zwickau"), slug("Łódź & Söhne GmbH")
    ('westsaechsische-hochschule-zwickau', 'lodz-soehne-gmbh')
    """
    return _NO_LETTER.sub("-", fold(text)).strip("-")


def distance(one: str, other: str, limit: int) -> int:
    """Return how many typing errors lie between two words, or `limit` + 1 where there are more than `limit`.

    An extra, a missing or a wrong letter, and two neighbours swapped, are one error each (optimal string alignment,
    a restricted Damerau-Levenshtein distance).

    >>> distance("titel", "title", 2), distance("time", "title", 1)
    (1, 2)
    """
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        earlier, before, row = before, row, [at]
        for to, against in enumerate(other, 1):
            cost = min(before[to] + 1, row[-1] + 1, before[to - 1] + (letter != against))
            if at > 1 and to > 1 and letter == other[to - 2] and against == one[at - 2]:
                cost = min(cost, earlier[to - 2] + 1)
            row.append(cost)
        if min(*row, *before) > limit:
            break
    return min(row[-1], limit + 1)


def _without_accents(text: str) -> str:
    if text.isascii():
        return text
    letters = unicodedata.normalize("NFKD", text).translate(_LETTERS)
    return _NOT_ASCII.sub(lambda char: "" if unicodedata.combining(char[0]) else char[0], letters)


def nearest(word: str, candidates: Iterable[str]) -> str:
    """Return the candidate that is fewest typing errors away from `word`, or an empty string where none is near.

    A candidate is near with at most one error in four letters of the longer word: others would share too little with it. Of
    equally near candidates, return the first in the alphabet.
    """
    folded = fold(word)
    near = []
    for candidate in candidates:
        other = fold(candidate)
        limit = max(len(folded), len(other)) // _LETTERS_PER_ERROR
        errors = distance(folded, other, limit)
        near += [(errors, candidate)] if errors <= limit else []
    return min(near, default=(0, ""))[1]
