"""The speakers in a line of a programme: name, role and organisations of each, and who only moderates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from itasgraph.drafting.lexica import is_organisation, is_role_word
from itasgraph.drafting.people import is_person, split_name

if TYPE_CHECKING:
    from itasgraph.messages.codes import Code

_MODERATION: Final = re.compile(
    r"(?:(?:Tages|Gesamt|Podiums)?moderation(?:\s+durch)?|moderiert\s+von|moderator(?:in)?|moderated\s+by|chair(?:ed\s+by)?|durch\s+den\s+tag\s+führt)\s*:?\s*",
    re.I,
)
_MODERATES: Final = re.compile(r"\s*[(\[,–-]?\s*(?:Moderation|Moderator(?:in)?|Chair)\s*[)\]]?\s*$", re.I)
_LABEL: Final = re.compile(
    r"(?:Referent(?:in|:in|en|innen)?|Sprecher(?:in)?|Mit|Speakers?|With|Von|By|Vortrag(?:ende)?|Podium|Gäste?|Teilnehmende)\s*:\s*",
    re.I,
)
_JOIN: Final = re.compile(r"\s+(?:und|and|sowie)\s+|\s*[&;]\s*|\s+/\s+|\s*,\s+(?:und\s+)?")
_OF: Final = re.compile(r"(?:(?:bei|von|vom|beim|der|des|dem|den|für|an|am|of|at|the|in|im)\s+)+", re.I)
_MOST_WORDS: Final = 5  # of a name


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody in a line: the name and its title, the role, the organisations, and the words that say all this.

    `doubt` is the code of what is doubtful about the organisation, else None.
    """

    name: str
    title: str
    role: str
    organisations: tuple[str, ...]
    quote: str
    is_moderator: bool = False
    doubt: Code | None = None


class SpeakerGrammar:
    """Reads speakers; `is_known` tells whether the project knows an organisation of a name."""

    def __init__(self, is_known: Callable[[str], bool], is_known_person: Callable[[str], bool]) -> None:
        self._is_known = is_known
        self._is_known_person = is_known_person

    def speakers(self, text: str) -> list[Speaker]:
        """Return the speakers of a text that holds nothing else; an empty list where it does not begin with a name."""
        moderation = _MODERATION.match(text)
        rest = text[moderation.end() :] if moderation else text
        label = _LABEL.match(rest)
        rest = rest[label.end() :] if label else rest
        found = [self._speaker(part, bool(moderation)) for part in self._parts(rest)]
        speakers = [speaker for speaker in found if speaker is not None]
        return list(_share_organisation(speakers)) if len(speakers) == len(found) else []

    def begins_with_person(self, text: str) -> bool:
        """Return whether a text begins with the name of a person, perhaps after a label such as "Moderation:"."""
        plain = _LABEL.sub("", _MODERATION.sub("", text, count=1), count=1)
        return bool(self._name(plain))

    def _parts(self, text: str) -> Iterator[str]:
        """Divide a text before each name; never inside of brackets."""
        start = 0
        for match in _JOIN.finditer(text):
            if _depth(text[: match.start()]) == 0 and self._name(text[match.end() :]) and match.start() > start:
                yield text[start : match.start()]
                start = match.end()
        yield text[start:]

    def _name(self, text: str) -> str:
        """Return the name with which a text begins, as printed; an empty string where it begins with none."""
        head = re.split(r"\s*[,(|:;–]|\s-\s", text, maxsplit=1)[0].strip()
        words = head.split()
        if not words or len(words) > 2 * _MOST_WORDS:
            return ""
        return head if self._is_person(head) else ""

    def _is_person(self, text: str) -> bool:
        return is_person(text) or self._is_known_person(split_name(text).name)

    def _speaker(self, text: str, is_moderator: bool) -> Speaker | None:
        quote = text.strip(" ,;|–-")
        moderates = _MODERATES.search(quote)
        body = quote[: moderates.start()] if moderates else quote
        name = self._name(body)
        if not name:
            return None
        title, plain = split_name(name)
        role, organisations = self._affiliation(body[len(name) :])
        return Speaker(
            plain, title, role, organisations, quote, is_moderator or bool(moderates), self._doubt(role, organisations)
        )

    def _affiliation(self, text: str) -> tuple[str, tuple[str, ...]]:
        """Return role and organisations of what follows a name: in brackets, after commas, dashes or bars."""
        roles: list[str] = []
        organisations: list[str] = []
        for part in _pieces(text):
            role, organisation = self._role_and_organisation(part)
            if role:
                roles.append(role)
            if organisation:
                organisations.append(organisation)
        return ", ".join(roles[:1]), tuple(organisations)

    def _role_and_organisation(self, text: str) -> tuple[str, str]:
        """Divide "Betriebsrätin GKN" and "Leiterin der Schule Nord"."""
        if self._is_known(text):
            return "", text
        words = text.split()
        first = 1 if words and re.fullmatch(r"\d+\.", words[0]) and len(words) > 1 else 0
        if not words or not is_role_word(words[first]):
            return "", text
        for at in range(first + 1, len(words)):
            rest = " ".join(words[at:])
            preposition = _OF.match(rest)
            organisation = rest[preposition.end() :] if preposition else rest
            if organisation and (self._is_known(organisation) or _starts_organisation(organisation, bool(preposition))):
                return " ".join(words[:at]), organisation
        return text, ""

    def _doubt(self, role: str, organisations: tuple[str, ...]) -> Code | None:
        if any(not (self._is_known(one) or is_organisation(one)) for one in organisations):
            return "doubt-organisation-unknown"
        if role and not organisations:
            return "doubt-role-without-organisation"
        return None if organisations else "doubt-bare-name"


def _starts_organisation(text: str, after_preposition: bool) -> bool:
    first = text.split(maxsplit=1)[0]
    return (
        first[:1].isupper()
        and is_organisation(text)
        and (after_preposition or not is_role_word(first))
        and _is_own_word(first, text)
    )


def _is_own_word(first: str, text: str) -> bool:
    """Return whether the first word belongs to the name of the organisation, and is no rest of the role."""
    return is_organisation(first) or not is_organisation(text[len(first) :]) or len(text.split()) > 1


def _pieces(text: str) -> Iterator[str]:
    """Yield what stands between commas, dashes, bars and the brackets of a text."""
    inner = re.sub(r"^\s*\((.*)\)\s*$", r"\1", text.strip(" ,;|–-"))
    start = depth = 0
    for at, char in enumerate(inner + ","):
        depth += (char in "([") - (char in ")]")
        is_dash = char in "–—|" and inner[at - 1 : at] == " "
        if (char in ",;" or is_dash) and depth <= 0:
            if piece := _outside(inner[start:at]):
                yield piece
            start = at + 1


def _outside(piece: str) -> str:
    plain = piece.strip(" ,;|–—-")
    match = re.fullmatch(r"\((.*)\)", plain)
    return match.group(1).strip() if match else plain


def _depth(text: str) -> int:
    return text.count("(") + text.count("[") - text.count(")") - text.count("]")


def _share_organisation(speakers: list[Speaker]) -> Iterator[Speaker]:
    """Mark people without an organisation before one that has it: nobody says whether it is theirs as well."""
    for speaker, following in zip_longest(speakers, speakers[1:]):
        shares = following is not None and following.organisations and not (speaker.organisations or speaker.role)
        yield replace(speaker, doubt="doubt-organisation-of-next") if shares else speaker
