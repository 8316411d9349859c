"""German inflection: whether a text names a person or an organisation, also in another case or number.

The rules are those of the regular declensions (Duden, Die Grammatik, "Die Flexion der Substantive" and "Die Flexion der
Adjektive"). They give the forms of a name; a text names it only in one of these forms, and only as whole words.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import Final

from itasgraph.util.spelling import collapse_spaces

# The words that begin the part of a name that does not change: "Ministerium | für Wirtschaft", "Haus | der Begegnung".
_FUNCTION_WORD: Final = re.compile(
    "am|an|auf|beim?|das|dem|den|der|des|die|für|gegen|im|in|ins|mit|ohne|über|um|und|unter|vom|von|vor|zu|zum|zur"
)
_ADJECTIVE: Final = re.compile(r"(\w{2,}?)(?:e|em|en|er|es)\Z")
_LAST_VOWEL: Final = re.compile(r"(au|[aou])(?=[^aeiouäöü]+\Z)", re.IGNORECASE)
_UMLAUT: Final = {"au": "äu", "Au": "Äu", "a": "ä", "o": "ö", "u": "ü", "A": "Ä", "O": "Ö", "U": "Ü"}
# Nouns without an umlaut whose plural ends in -er.
_PLURAL_IN_ER: Final = ("bild", "feld", "geld", "glied", "kind", "licht", "schild")
# (End of a noun, the part to cut off, the endings of its other forms). The first entry that fits applies.
_ENDINGS: Final = (
    ("nis", "", ("ses", "se", "sen")),
    ("um", "um", ("ums", "en")),
    ("a", "a", ("as", "en")),
    ("ee", "", ("s", "n")),
    ("e", "", ("n", "s")),
    ("in", "", ("s", "nen", "e", "en", "es")),
    ("el", "", ("s", "n")),
    ("er", "", ("s", "n")),
    ("en", "", ("s",)),
    ("", "", ("s", "es", "e", "en")),
)


def names_person(text: str, name: str) -> bool:
    """Return whether `text` contains the name of a person, unchanged or in the genitive.

    >>> names_person("Anna Musters Vortrag", "Anna Muster"), names_person("Anna Musterfrau", "Anna Muster")
    (True, False)
    """
    return _occurs(_person(_normalised(name)), text)


def names_organisation(text: str, name: str) -> bool:
    """Return whether `text` contains the name of an organisation in any case, singular or plural.

    >>> names_organisation("Staatssekretär des Ministeriums für Verkehr", "Ministerium für Verkehr")
    True
    >>> names_organisation("Staatssekretär im Ministerium für Arbeit", "Ministerium für Verkehr")
    False
    """
    return _occurs(_organisation(_normalised(name)), text)


def _normalised(text: str) -> str:
    """Return the text in Unicode's form NFC, with each run of white space as one space."""
    return collapse_spaces(unicodedata.normalize("NFC", text))


def _occurs(pattern: re.Pattern[str], text: str) -> bool:
    return pattern.search(_normalised(text)) is not None


@functools.cache
def _person(name: str) -> re.Pattern[str]:
    return _whole_words(name, re.escape(name) + "(?:s|['’]s?)?")


@functools.cache
def _organisation(name: str) -> re.Pattern[str]:
    return _whole_words(name, " ".join(_forms(name.split())))


def _whole_words(name: str, pattern: str) -> re.Pattern[str]:
    """Return a pattern that neither begins nor ends inside a word."""
    before = r"(?<!\w)" if name[:1].isalnum() else ""
    after = r"(?!\w)" if name[-1:].isalnum() else ""
    return re.compile(before + pattern + after if name else r"(?!)")


def _forms(words: list[str]) -> list[str]:
    """Return a pattern for each word: adjectives and the head noun in all their forms, the other words unchanged."""
    head = _head(words)
    return [
        _adjective(word) if at < head else _noun(word) if at == head else re.escape(word)
        for at, word in enumerate(words)
    ]


def _head(words: list[str]) -> int:
    """Return the index of the head noun: the first noun that is no abbreviation."""
    end = next((at for at, word in enumerate(words) if _ends_phrase(words, at)), len(words))
    nouns = [at for at in range(end) if _is_noun(words[at])]
    return next((at for at in nouns if not _ADJECTIVE.match(words[at])), nouns[-1] if nouns else -1)


def _is_noun(word: str) -> bool:
    """Return whether a word, or its part behind the last hyphen, is written as a noun and not as an abbreviation."""
    last = word.rpartition("-")[2]
    return last[:1].isupper() and last[1:].islower()


def _ends_phrase(words: list[str], at: int) -> bool:
    """Return whether the word begins the unchanging part; "und" does not after a hyphen ("Arbeitgeber- und Wirtschaftsverband")."""
    return bool(_FUNCTION_WORD.fullmatch(words[at])) and not (at and words[at - 1].endswith("-"))


def _adjective(word: str) -> str:
    """Return a pattern for a word before the head noun: one that ends like an adjective is inflected, others do not change."""
    match = _ADJECTIVE.match(word)
    if match is None or not word[1:].islower():
        return re.escape(word)
    stem = match[1]
    first = f"[{stem[0].upper()}{stem[0].lower()}]"
    return f"(?:{first}{re.escape(stem[1:])}(?:e|em|en|er|es)|{_noun(word)})"


def _noun(word: str) -> str:
    """Return a pattern for a noun in all cases, singular and plural, with umlaut where its last vowel can have one."""
    cut, endings = next((cut, endings) for end, cut, endings in _ENDINGS if word.endswith(end))
    forms = [re.escape(word), *(re.escape(word.removesuffix(cut) + ending) for ending in endings)]
    if word.casefold().endswith(_PLURAL_IN_ER):
        forms += [f"{re.escape(word)}ern?"]
    if vowel := _LAST_VOWEL.search(word):
        changed = word[: vowel.start()] + _UMLAUT[vowel.group()] + word[vowel.end() :]
        forms.append(f"{re.escape(changed)}(?:e|en|er|ern|n)?")
    return f"(?:{'|'.join(forms)})"
