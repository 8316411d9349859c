"""The place of an event in the lines above its programme; each rule has a name, which `--explain` prints."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from itasgraph.drafting.lexica import (
    is_contact,
    is_online,
    is_organisation,
    is_place_label,
    is_role_word,
    is_small_word,
    is_venue,
    place_in,
)
from itasgraph.drafting.people import is_person
from itasgraph.drafting.times import period, repeated_times
from itasgraph.drafting.values import has_postal_code, is_street
from itasgraph.util.spelling import fold

_SEPARATOR: Final = re.compile(
    r"\s*[|·•,;()*_]\s*|\s+[–—-]\s+|\s+/\s+|(?<=\w\w\w)\.\s+(?=[A-ZÄÖÜ])|(?<=\s\d)\.\s+(?=[A-ZÄÖÜ])"
)
_TO: Final = re.compile(r"zu[mr]\s", re.I)
_SENTENCE: Final = re.compile(r"(?<=[^\W\d_]{3})\.(?:\s|$)")
_IN_TOWN: Final = re.compile(r"(?<=\w)\s+in\s+[A-ZÄÖÜ][\w-]+$")
_HOUSE: Final = re.compile(
    r"\b(?:ins|im|in\s+(?:das|die|der|den|dem|the)|auf\s+(?:dem|der)|at\s+the|at|am|zum|zur)\s+((?:[A-ZÄÖÜ0-9][\w.-]*\s?(?:(?:der|des|am|an der|of)\s+(?=[A-ZÄÖÜ]))?)+)"
)
_PREPOSITION: Final = re.compile(
    r"(?:ins|im|in\s+(?:der|den|dem|the)|in|auf\s+(?:dem|der)|at\s+the|at|am|an\s+der)\s+(?=\S)", re.I
)
_STREET: Final = re.compile(r",\s*[^,]*\d")
_ADDRESS: Final = re.compile(
    r",\s*[^,]*(?:stra(?:ß|ss)e|str\.|weg|platz|allee|gasse|ring|markt|ufer|damm|road|street|lane|avenue)\s+\d+", re.I
)
# Capitalised words, as a sentence has the name of a place.
_NAME: Final = re.compile(r"[A-ZÄÖÜ][\w’-]*(?:\s+(?:[A-ZÄÖÜ][\w’-]*|am|an der|der))*(?!\w)")
_NUMBER: Final = re.compile(r"\s\d{1,2}$")  # of a hall
_MOST_WORDS: Final = 7


class Place(NamedTuple):
    """The place of an event, the line that names it, the rule that found it there, and the words in the line."""

    name: str
    line: int
    rule: str
    words: str


def place_of(
    head: Sequence[tuple[int, str]], tail: Sequence[tuple[int, str]] = (), event: tuple[int, str] = (0, "")
) -> Place | None:
    """Return the place that the lines (number, text) above a programme name, else that behind or below a label in those below it.

    A house above comes before a label below, a town behind it. The line that is the name of the event is no place, and what a
    sentence invites to ("zum Zukunftsforum") is none if it is named like the event.
    """
    others = [(number, text) for number, text in head if (number, text) != event or period(text)]
    unlabelled, below = next(_unlabelled(others, event[1]), None), _labelled(tail)
    is_house = unlabelled is not None and (is_venue(unlabelled.name) or is_organisation(unlabelled.name))
    return _labelled(head) or (unlabelled if is_house or below is None else below)


def _labelled(lines: Sequence[tuple[int, str]]) -> Place | None:
    for number, text in lines:
        if name := place_in(text):
            return Place(name, number, "place-behind-label", name)
    for (_, label), (number, text) in pairwise(lines):
        if is_place_label(label) and (words := _bare(_SEPARATOR.split(text)[0])):
            return Place(_nominative(words, text), number, "place-below-label", words)
    return None


def _unlabelled(head: Sequence[tuple[int, str]], event: str) -> Iterator[Place]:
    """Yield the places that stand behind the day, in a line of their own, and in a sentence."""
    for number, text in head:
        if (found := period(text)) and (name := _beside(text, found.words)):
            yield Place(_nominative(name, text), number, "place-behind-day", name)
    for at, (number, text) in enumerate(head):
        is_below_day = at > 0 and period(head[at - 1][1]) is not None
        if name := _in_line(text, is_below_day=is_below_day):
            yield Place(_nominative(name, text), number, "place-in-line", name)
    for (number, text), (_, street), (_, town) in zip(head, head[1:], head[2:], strict=False):
        if is_street(street) and has_postal_code(town) and _is_name(text):
            yield Place(text, number, "place-above-address", text)
    for number, text in head:
        if name := _in_sentence(text, event):
            yield Place(_nominative(name, text), number, "place-in-sentence", name)


def place_in_sentence(number: int, text: str) -> Place | None:
    """Return the place that a sentence names: behind a label, or with a preposition behind the day.

    >>> place_in_sentence(1, "Sie kamen am 6. Juni 2031 in der Alten Weberei Lohma zusammen.")
    Place(name='Alte Weberei Lohma', line=1, rule='place-behind-day', words='Alten Weberei Lohma')
    """
    if name := place_in(text):
        return Place(name, number, "place-behind-label", name)
    found = period(text)
    behind = text.partition(found.words)[2].lstrip() if found else ""
    match = _NAME.match(behind, preposition.end()) if (preposition := _PREPOSITION.match(behind)) else None
    if match is None or not _is_name(match[0]):
        return None
    return Place(_nominative(match[0], text), number, "place-behind-day", match[0])


def _beside(text: str, day: str) -> str:
    """Return the place behind a day, or a house before it.

    >>> _beside("Am 6. Juni 2031, 9 bis 15 Uhr, Rathaus Neuheim", "6. Juni 2031"), _beside("6.6.2031 in Neuheim", "6.6.2031")
    ('Rathaus Neuheim', 'Neuheim')
    """
    before, _, behind = text.partition(day)
    parts = [_bare(part) for part in _SEPARATOR.split(behind)]
    named = [part for part in parts if _is_name(part)]
    houses = [part for part in (*named, *map(_bare, _SEPARATOR.split(before))) if is_venue(part) and _is_name(part)]
    if named and is_organisation(named[0]):  # "TU Neuheim, Hörsaalzentrum"
        return named[0]
    several = [part for part in named if " " in part]  # "Neuheim, Alte Münze": the town comes first
    return (houses or several or named or [""])[0]


def _in_line(text: str, *, is_below_day: bool) -> str:
    """Return the house in a line that says only where: below the day, with a preposition before it, or the street behind it.

    >>> _in_line("im Haus der Begegnung, Ahornallee 12", is_below_day=False), _in_line("Museum, Neuheim", is_below_day=True)
    ('Haus der Begegnung', 'Museum')
    """
    parts = _SEPARATOR.split(text)
    name = _bare(parts[0])
    says_where = is_below_day or _PREPOSITION.match(text) or _STREET.search(text)
    is_house = any(map(is_venue, parts[:2])) or _ADDRESS.search(text) or has_postal_code(text)
    return name if says_where and is_house and _is_name(name) and not period(text) else ""


def _in_sentence(text: str, event: str = "") -> str:
    """Return the house to which a sentence with the day invites.

    >>> _in_sentence("Am 6. Juni 2031 laden wir in das Kulturhaus Neuheim ein."), _in_sentence("Im Rathaus ist es kühl.")
    ('Kulturhaus Neuheim', '')
    """
    says_when = period(text) is not None or repeated_times(text).length > 0
    matches = _HOUSE.finditer(text) if says_when else ()
    named = ((match, _SENTENCE.split(match[1])[0].strip()) for match in matches)
    names = (name for match, name in named if not (_TO.match(match[0]) and fold(name) in fold(event)))
    return next((_IN_TOWN.sub("", name) for name in names if is_venue(name) and _is_name(name)), "")


def _nominative(words: str, text: str) -> str:
    """Return the name of a place in the nominative where it begins with an adjective behind "in der" or "ins".

    >>> _nominative("Neuen Messe", "in der Neuen Messe"), _nominative("Alte Rathaus", "ins Alte Rathaus")
    ('Neue Messe', 'Altes Rathaus')
    """
    first, space, rest = words.partition(" ")
    if rest and first.endswith("e") and re.search(rf"\bins {re.escape(words)}", text):
        return f"{first}s{space}{rest}"
    is_adjective = bool(rest) and first.endswith("en") and re.search(rf"\b(?:in|an|auf) der {re.escape(words)}", text)
    return f"{first[:-1]}{space}{rest}" if is_adjective else words


def _bare(part: str) -> str:
    plain = part.strip(" .,:–—-")
    preposition = _PREPOSITION.match(plain)
    house = plain[preposition.end() :] if preposition else plain
    without_town = _IN_TOWN.sub("", house)
    return without_town if " " in without_town or is_venue(without_town) else house


def _is_name(text: str) -> bool:
    """Return whether a text can be the name of a place: capitalised, short, and no time, person, role or contact."""
    words = text.split()
    are_capitals = all(word[:1].isupper() or not word[:1].isalpha() or is_small_word(word) for word in words)
    is_form = 0 < len(words) <= _MOST_WORDS and words[0][:1].isupper() and are_capitals
    is_form = is_form and not re.search(r"[\d:]", _NUMBER.sub("", text))
    return is_form and not (
        is_online(text) or is_contact(text) or is_person(text) or is_role_word(words[0]) or text.endswith(":")
    )
