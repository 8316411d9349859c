"""The name of an organisation as it stands behind an article or preposition → its nominative."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from itasgraph.drafting.lexica import is_masculine_organisation, is_neuter_organisation, is_organisation

_STEM: Final = r"isch|lich|ig|al|ell|end|iert|frei|neu|alt|jung|groß|erst|zweit|dritt|deutsch|rot|grün|weiß|offen"
# Adjectives by their ending, and those of towns and countries ("Thüringer").
_ADJECTIVE: Final = re.compile(
    rf"[\w-]*(?:{_STEM})(?:e|er|es|en|em)|[A-ZÄÖÜ]\w{{3,}}er|[a-zäöü]{{3,}}(?:e|er|es|en|em)|stellv\.|stv\.|ehem\.",
    re.I,
)
_INFLECTED: Final = re.compile(rf"[\w-]*(?:{_STEM})en", re.I)
_DESCRIBING: Final = re.compile(rf"[\w-]*(?:{_STEM})(?:e|er|es|en|em)", re.I)
_MOST_ADJECTIVES: Final = 3
_OF_ONE: Final = ("des", "dem", "im", "am", "beim", "vom", "zum")


class Nominative(NamedTuple):
    """A name in the nominative, and whether it is certain to be that."""

    name: str
    is_certain: bool


def is_adjective(word: str) -> bool:
    """Return whether a word has the form of an adjective before a noun.

    >>> [is_adjective(word) for word in ("Technischer", "Thüringer", "freie", "Leiterin")]
    [True, True, True, False]
    """
    return _ADJECTIVE.fullmatch(word) is not None


def describes(word: str) -> bool:
    """Return whether a word has the ending of an adjective that is none of a place ("Digitale").

    >>> describes("Digitale"), describes("Thüringer"), describes("Hauke")
    (True, False, False)
    """
    return _DESCRIBING.fullmatch(word) is not None


def nominative(name: str, preposition: str) -> Nominative:
    """Return the nominative of a name behind an article or preposition.

    >>> nominative("Landkreises Neuheim", "des"), nominative("Deutschen Bank AG", "der")
    (Nominative(name='Landkreis Neuheim', is_certain=True), Nominative(name='Deutsche Bank AG', is_certain=True))
    >>> nominative("Sächsischen Staatsministerium für Bau", "im").name, nominative("Bündnisses Nord", "des").name
    ('Sächsisches Staatsministerium für Bau', 'Bündnis Nord')
    """
    words = name.split()
    article = preposition.lower().split()[-1]
    count = 0
    while count < min(_MOST_ADJECTIVES, len(words) - 1) and _INFLECTED.fullmatch(words[count]):
        count += 1
    is_certain = True
    if article == "des":
        words[count], is_certain = _without_genitive(words[count], words[count + 1 :])
    if article == "den" and words[count].endswith("en") and is_organisation(words[count][:-1]):
        words[count] = words[count][:-1]  # "bei den Stadtwerken"
    if count:
        ending = _ending(words[count], article)
        if not ending:
            return Nominative(" ".join(words), False)
        words[:count] = [word[:-2] + ending for word in words[:count]]
    return Nominative(" ".join(words), is_certain)


def _without_genitive(noun: str, behind: Sequence[str]) -> Nominative:
    """Return a noun without the ending of the genitive, and whether that makes the name of an organisation with the words behind."""
    endings = ("ses", "es", "s") if noun.endswith("nisses") else ("es", "s")
    stems = [noun.removesuffix(ending) for ending in endings if noun.endswith(ending)]
    found = next((stem for stem in stems if is_organisation(" ".join((stem, *behind)))), None)
    return Nominative(found or noun, found is not None or not stems)


def _ending(noun: str, article: str) -> str:
    """Return the ending of an adjective in the nominative, by the article before it and the noun behind it."""
    if article in ("der", "den"):
        return "e"
    if article in _OF_ONE and is_masculine_organisation(noun):
        return "er"
    return "es" if article in _OF_ONE and is_neuter_organisation(noun) else ""
