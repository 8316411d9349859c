"""The name of a person in texts: its spellings, and how it is taken out of a text or a quote."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final
from urllib.parse import unquote

from itasgraph.filters.masking import ELISION
from itasgraph.util.spelling import fold, spellings

_TITLES: Final = r"(?:(?:Prof|Dr|Dipl)\.(?:[-\w]+\.)*\s+)*"
_JOINING: Final = r"und|and|sowie|mit|with|Herrn?|Frau"
# What has no meaning before the first name, or behind the last one, once the name is gone.
_EDGES: Final = (
    re.compile(rf"\A(?:[\s,;:|·/&–—(-]|\b(?:{_JOINING})\b)*\[…\](?:[\s,;:|·/&–—)-]|\[…\]|\b(?:{_JOINING})\b)*"),
    re.compile(rf"(?:[\s,;:|·/&–—(-]|\[…\]|\b(?:{_JOINING})\b)*\[…\][\s)]*\Z"),
)
_ESCAPED: Final = re.compile(r"\\u([0-9a-fA-F]{4})")


@dataclass(frozen=True)
class PersonPattern:
    """The names of a person, and whether the family name alone names nobody and nothing else in the project."""

    names: tuple[str, ...]
    family_name_is_unique: bool

    @classmethod
    def of(cls, names: Iterable[str], others: Iterable[str]) -> PersonPattern:
        """Return the name of a person whom `names` name; `others` are the names of all other entries."""
        known = tuple(
            sorted({" ".join(name.split()) for name in names if name.split()}, key=lambda one: (-len(one), one))
        )
        own = {fold(name) for name in known}
        words = {word for other in others for word in re.findall(r"\w+", fold(other)) if fold(other) not in own}
        return cls(known, all(fold(family) not in words for family in map(_family_name, known)))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """Match the name with its titles and in any case, or the family name alone, as a word of its own in a text."""
        whole = "|".join(rf"{_TITLES}{_spelled(order)}" for name in self.names for order in self._orders(name))
        families = {family for name in self.names for family in (_family_name(name), _family_name(name).upper())}
        alone = "|".join(rf"{_TITLES}{_spelled([family])}" for family in sorted(families))
        either = f"(?i:{whole})" + (f"|{alone}" if self.family_name_is_unique else "")
        return re.compile(rf"(?<!\w)(?:{either})(?:['’]?s|['’])?(?!\w)")

    @cached_property
    def _traces(self) -> re.Pattern[str]:
        """Match the name in a folded text; the family name alone only where it is a part of an id or an address.

        There it has no capital letter, which tells the name Weiß from "weiß" in a sentence.
        """
        whole = "|".join(
            r"[\W_]*".join(map(re.escape, order))
            for name in self.names
            for variant in sorted(spellings(name))
            for order in self._orders(variant)
        )
        families = {one for name in self.names for one in spellings(_family_name(name))}
        alone = "|".join(map(re.escape, sorted(families)))
        in_ids = rf"|(?<=[-_./@])(?:{alone})|(?:{alone})(?=[-_/@])" if self.family_name_is_unique else ""
        return re.compile(rf"(?<![^\W_])(?:(?:{whole})s?{in_ids})(?![^\W_])")

    def _orders(self, name: str) -> Iterator[list[str]]:
        """Yield the words of a name as they are, and with the family name first.

        In "Ben Stein, Ada Rot", the family name and the first name of Ada Stein stand side by side, too.
        """
        words = name.split()
        yield words
        if len(words) > 1 and self.family_name_is_unique:
            yield [words[-1], *words[:-1]]

    def stands_in(self, text: str) -> bool:
        """Return whether a text names the person, also in escapes, or in an id without umlauts."""
        readable = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), unquote(html.unescape(text)))
        return self._names(readable) or any(self._traces.search(one) for one in (fold(readable), *spellings(readable)))

    def elide(self, text: str) -> str:
        """Return a text with "[…]" in the place of the name."""
        return self._pattern.sub(ELISION, unicodedata.normalize("NFC", text)) if self._names(text) else text

    def remove_from_quote(self, quote: str) -> str:
        """Return the words of a quote without the name; "[…]" stands only between words. Empty where no words are left."""
        masked = self.elide(quote)
        if masked == quote:
            return quote
        for edge in _EDGES:
            masked = edge.sub("", masked)
        return masked.strip() if re.search(r"\w", masked) else ""

    def remove_from_quotes(self, quotes: Sequence[str]) -> list[str | None]:
        """Return for each quote its words without the name, or None where others prove the same without it."""
        if all(not self._names(quote) for quote in quotes):
            return list(quotes)
        if any(not self._names(quote) for quote in quotes):
            return [None if self._names(quote) else quote for quote in quotes]
        shortened = [self.remove_from_quote(quote) for quote in quotes]
        return [one if one and one not in shortened[:index] else None for index, one in enumerate(shortened)]

    def _names(self, text: str) -> bool:
        return self._pattern.search(unicodedata.normalize("NFC", text)) is not None


class ContactDetails(PersonPattern):
    """The addresses and telephone numbers of a person, in the place of the names."""

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, self.names))})(?!\w)", re.IGNORECASE)

    @cached_property
    def _traces(self) -> re.Pattern[str]:
        return self._pattern


def _family_name(name: str) -> str:
    return name.rsplit(maxsplit=1)[-1]


def _spelled(words: Collection[str]) -> str:
    """Return a pattern of words, each letter with its accent or without, joined by spaces or a comma."""
    return r"[\s,]+".join("".join(map(_letter, word)) for word in words)


def _letter(char: str) -> str:
    """Return a pattern of the ways to write a letter: ä, ä of two characters, ae, a."""
    ways = dict.fromkeys([char, unicodedata.normalize("NFD", char)])
    if char.isalpha() and not char.isascii():
        ways |= dict.fromkeys([fold(char), *spellings(char)])
    return re.escape(char) if len(ways) == 1 else f"(?:{'|'.join(map(re.escape, ways))})"
