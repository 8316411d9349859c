"""The words behind a name that have the form of a role or of the name of an organisation."""

from __future__ import annotations

import re
from typing import Final

from itasgraph.drafting.lexica import is_remark, is_role_word, is_small_word
from itasgraph.drafting.organisation_names import is_adjective

LAST_BRACKETS: Final = re.compile(r"\s*\(([^()]*)\)$")
CONJUNCTION: Final = re.compile(r"\s+(?:und|and|sowie|&|/)\s+")
_MOST_ROLE_WORDS: Final = 4  # of a role whose last word is one ("Chief Policy Officer")
_MOST_ADJECTIVES: Final = 2  # before the word that is a role
_MOST_NAME_WORDS: Final = 10
NO_NAME: Final = re.compile(
    r":\s|\d[:.]\d\d|[^\W\d_]{4,}[.!?]\s+[A-ZÄÖÜ]|\s(?:durch|wird|werden)\s"
)  # in what is no name: a title behind a colon, a time, sentences, what somebody does
_QUOTED: Final = re.compile(r"[„“”\"»«]")
_NUMBER: Final = re.compile(r"\d+\.")
# Nouns for people, by their ending: "Zimmerin", "Konstrukteur", "Restauratorin".
_PERSON_ENDING: Final = re.compile(
    r"[^\W\d_]*(?:er|or|eur|ent|ant|ist|log|wirt|ier|ar|är|at|and|ekt|nom|graf|soph)in|"
    r"[^\W\d_]{2,}(?:(?<!z)eur|(?:rekt|lekt|pekt|at|st)or|(?:[dz]|fer|sist|ag)ent|(?:k|d|lt)ant|[^f]ist|oge|nom|wirt|mann|frau|"
    r"(?:iz|ol)ier|(?:et|ion)är|(?:iss|ek|ot)ar|(?:or|is)and|itekt)",
    re.I,
)


def is_role(text: str) -> bool:
    """Return whether a text is a role: its head is a word for one ("Technischer Leiter"), or its last ("Operations Manager")."""
    words = LAST_BRACKETS.sub("", text).split()
    is_last = 1 < len(words) <= _MOST_ROLE_WORDS and is_role_word(words[-1]) and not any(map(is_small_word, words[:-1]))
    return bool(words) and (role_head(text) is not None or is_last)


def role_head(text: str) -> int | None:
    """Return the position of the word for a role, which stands first or behind adjectives and numbers; None where there is none."""
    words = text.split()
    for at, word in enumerate(words[: _MOST_ADJECTIVES + 1]):
        if is_role_word(word):
            return at
        if not (_NUMBER.fullmatch(word) or is_adjective(word)):
            return None
    return None


def has_person_ending(text: str) -> bool:
    """Return whether the first or last word of a text is a noun for people."""
    words = text.split()
    return bool(words) and any(_PERSON_ENDING.fullmatch(word.split("-")[-1]) for word in (words[0], words[-1]))


def is_noun_for_people(text: str) -> bool:
    """Return whether a text is one word that names what somebody is, by its ending ("Wirtschaftsprüferin")."""
    return " " not in text and text[:1].isupper() and has_person_ending(text)


def can_be_role(text: str) -> bool:
    """Return whether an unknown text has the form of a role: a few words, no quotation, and no topics ("Robotik & KI")."""
    are_topics = CONJUNCTION.search(text) is not None and not has_person_ending(text)
    return is_short(text) and not are_topics and _QUOTED.search(text) is None


def is_short(text: str) -> bool:
    """Return whether a text has no more words than a role."""
    return len(text.split()) <= _MOST_ROLE_WORDS


def is_inflected(name: str) -> bool:
    """Return whether a name begins with an adjective in another case ("Technischen Universität")."""
    return re.match(r"\w+(?:schen|lichen|igen|alen|ellen|enen)\b", name) is not None


def is_name_of_words(text: str) -> bool:
    """Return whether a text of several words has the form of a name ("Gasthaus zur Linde"), and not of a role."""
    words = text.split()
    is_form = all(word[:1].isupper() or is_small_word(word) for word in words) and words[-1][:1].isupper()
    is_other = is_inflected(text) or is_role(text) or NO_NAME.search(text) is not None
    return 1 < len(words) <= _MOST_NAME_WORDS and is_form and not is_other


def noun_phrase(name: str) -> str:
    """Return the beginning of a name, down to an article of another noun: "Vertrieb der Nord AG" → "Vertrieb"."""
    return re.split(r"\s(?:der|des|bei|beim|im|an der|in der|at)\s", name, maxsplit=1)[0]


def before_role(text: str) -> str:
    """Return an organisation without a second role behind it ("Stahl AG und Mitglied des Beirats")."""
    for match in CONJUNCTION.finditer(text):
        if is_role(text[match.end() :].partition(",")[0]):
            return text[: match.start()]
    return text


def without_remark(piece: str) -> str:
    """Leave out brackets behind a role or organisation that say how somebody takes part: "Minister (angefragt)"."""
    match = LAST_BRACKETS.search(piece)
    return piece[: match.start()] if match and is_remark(match[1]) else piece
