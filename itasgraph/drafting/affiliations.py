"""What stands behind a name: the role and the organisations of a person, by words, by their order, and by the rest of the document.

Each piece between commas, dashes, bars or lines is a role, an organisation, a role with its employer, a part of an organisation, or
of an unknown kind. Unknown pieces are settled by their place beside the others, and by the order that the document keeps elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from itasgraph.drafting.affiliation_pieces import pieces
from itasgraph.drafting.affiliation_words import (
    LAST_BRACKETS,
    NO_NAME,
    before_role,
    can_be_role,
    has_person_ending,
    is_inflected,
    is_name_of_words,
    is_noun_for_people,
    is_role,
    is_short,
    noun_phrase,
    role_head,
    without_remark,
)
from itasgraph.drafting.lexica import (
    is_acronym,
    is_body,
    is_department,
    is_mandate,
    is_organisation,
    is_organisation_word,
    is_remark,
    is_role_word,
    is_room,
    is_town_like,
    is_unit,
)
from itasgraph.drafting.organisation_names import nominative
from itasgraph.drafting.usage import Usage

SAME: Final = "ebenda"  # the organisation of somebody who is at that of the person before
# One organisation for all who are named before it.
BOTH: Final = re.compile(
    r"(?:beide|alle|both|all)\s+(?:(?:von\s+der|vom|von|of|at|from)\s+(?:the\s+)?)?(?=[^\W\d_])", re.I
)
_SAME: Final = re.compile(r"\s*\b(?:ebenda|ebd\.|ibid\.?)$", re.I)
_LINK: Final = re.compile(r"https?://|www\.|\S@\S+\.\w|\+?\d[\d\s/()-]{5,}$|LinkedIn\b|Xing\b")
# Words before an employer; behind the first group, the name is that of one whatever its words are.
_EMPLOYER: Final = re.compile(
    r"(?P<at>bei\s+der|bei\s+den|bei|beim|at\s+the|at)\s+|"
    r"(?P<of>(?:an|in|von|of|bei|for)\s+(?:der|dem|the)|der|des|dem|im|am|vom|zum|of|von|in|an)\s+",
    re.I,
)
# Before the employer, behind a department of it.
_AT_EMPLOYER: Final = re.compile(r"\s(?=(?:im|beim|bei|vom|in der|bei der)\s)")
_ARTICLES: Final = frozenset(["der", "des", "dem", "den", "die", "das", "the"])  # behind which a role is not complete
_MOST_FOREIGN_WORDS: Final = 6  # of a name that has small words of another language
# A role that is over: "Bürgermeisterin a. D."
FORMER: Final = re.compile(r"\s+(?:a\.\s?D\.|i\.\s?R\.|em\.|emerita|emeritus)$")
_PARTY: Final = re.compile(r"\([\w /]{2,30}\)\s+(?=\S)")
_IN_TOWN: Final = re.compile(r"\s+in\s+[^\W\d_][\w-]+$")


class Kind(StrEnum):
    """What a piece behind a name is."""

    ROLE = "R"
    EMPLOYMENT = "E"  # a role and its employer
    ORGANISATION = "O"
    UNIT = "D"  # a department
    UNKNOWN = "U"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece behind a name: its kind, and the role and the organisation that it holds.

    `is_certain` says that words or the project prove the organisation.
    """

    kind: Kind
    text: str
    role: str = ""
    organisation: str = ""
    is_certain: bool = True


@dataclass(frozen=True, slots=True)
class Affiliation:
    """Role and organisations behind a name, whether they are certain to be organisations, and the rule that told unknown ones.

    `order` are the kinds of the pieces where each is certain, else empty.
    """

    role: str = ""
    organisations: tuple[str, ...] = ()
    is_certain: bool = True
    rule: str = ""
    order: str = ""


NO_AFFILIATION: Final = Affiliation()


class AffiliationGrammar:
    """Reads what stands behind names; `is_known` tells whether the project knows an organisation of a name."""

    def __init__(self, is_known: Callable[[str], bool], usage: Usage) -> None:
        self._is_in_project = is_known
        self._usage = usage

    def read(self, text: str) -> Affiliation:
        """Return role and organisations of what follows a name."""
        parts = [part for piece in pieces(text) for part in self._parts_of(piece)]
        return self._settled(parts)

    def is_certain(self, text: str) -> bool:
        """Return whether a text is the name of an organisation, in the nominative."""
        is_name = is_organisation(text) and not (is_inflected(text) or is_role(text) or NO_NAME.search(text))
        return is_name or self._is_known(text)

    def says_nothing_else(self, text: str) -> bool:
        """Return whether a line holds nothing but roles and organisations."""
        parts = [part for piece in pieces(text) for part in self._parts_of(piece)]
        return bool(parts) and all(part.role or (part.organisation and part.is_certain) for part in parts)

    def _is_known(self, text: str) -> bool:
        return text in self._usage.organisations or self._is_in_project(text)

    # --- one piece ------------------------------------------------------------------------------------------------------

    def _parts_of(self, piece: str) -> Iterator[Part]:
        """Yield what a piece holds: nothing for a room or remark, two parts for a role with an organisation in brackets."""
        text = _without_party(without_remark(piece))
        if is_room(text) or _LINK.search(text) or self._is_remark(text):
            return
        brackets = LAST_BRACKETS.search(text)
        if brackets and is_role(text[: brackets.start()]) and self._is_employer(brackets[1]):
            yield self._part(text[: brackets.start()])
            yield self._part(brackets[1])
        else:
            yield self._part(text)

    def _is_employer(self, text: str) -> bool:
        """Return whether brackets behind a role hold an organisation: a certain one, or a name ("Inhaberin (Atelier Morgen)")."""
        is_name = text[:1].isupper() and not any(char in text for char in ".,:;") and not is_role(text)
        is_name = is_name and not any(map(str.isdigit, text)) and not is_acronym(text)
        return is_name or (self.is_certain(text) and " " in text)

    def _is_remark(self, text: str) -> bool:
        """Return whether a piece says neither role nor organisation: "in englischer Sprache", "angefragt"."""
        is_named = self.is_certain(text) or is_role(text) or BOTH.match(text) or _SAME.search(text)
        return is_remark(text) or (text[:1].islower() and " " in text and not is_named)

    def _part(self, text: str) -> Part:
        if same := _SAME.search(text):
            return Part(Kind.EMPLOYMENT, text, text[: same.start()].strip(" ,"), SAME)
        start = _EMPLOYER.match(text) if not text.startswith(("Der ", "Des ", "Dem ")) else None
        if start and (found := self._behind_preposition(text, start)):
            kind = Kind.ORGANISATION if found[1] else Kind.UNKNOWN
            return Part(kind, text, organisation=found[0], is_certain=found[1])
        head = role_head(text)
        is_certain = self.is_certain(text)
        if self._is_known(text):
            return Part(Kind.ORGANISATION, text, organisation=text)
        if is_unit(text.split(maxsplit=1)[0]):
            employer = self._employer(text, 1, is_role=False)
            return Part(Kind.UNIT, text, "", *employer[1:]) if employer else Part(Kind.UNIT, text)
        if head is not None and not (head and is_certain):
            return self._with_role(text, head)
        return self._employer_of_noun(text) or self._whole(text, is_certain=is_certain)

    def _employer_of_noun(self, text: str) -> Part | None:
        """Divide "Pflegefachfrau und Beauftragte im Klinikum Nord": a noun for people stands first, a certain employer behind."""
        if not (is_noun_for_people(text.split(maxsplit=1)[0]) and " und " in text):
            return None
        employer = self._employer(text, 1)
        return Part(Kind.EMPLOYMENT, text, *employer) if employer and employer[2] else None

    def _whole(self, text: str, *, is_certain: bool) -> Part:
        """Return a piece that is nothing but a role, nothing but an organisation, or unknown."""
        if text in self._usage.roles or (not is_certain and is_role(text)):
            return Part(Kind.ROLE, text, text)
        kind = Kind.ORGANISATION if is_certain else Kind.UNKNOWN
        return Part(kind, text, organisation=text, is_certain=is_certain)

    def _with_role(self, text: str, head: int) -> Part:
        """Divide "Betriebsrätin GKN" and "Leiterin der Schule Nord"."""
        if employer := self._employer(text, head + 1):
            role, organisation, is_certain = employer
            return Part(Kind.EMPLOYMENT, text, role, organisation, is_certain)
        return Part(Kind.ROLE, text, text)

    def _employer(self, text: str, first: int, *, is_role: bool = True) -> tuple[str, str, bool] | None:
        """Return what stands before an employer, the employer in the nominative, and whether it is certain to be one."""
        words = text.split()
        doubtful = None
        is_purpose = not is_role  # behind "für", where only a preposition ends what it says
        for at in range(first, len(words)):
            is_purpose = is_purpose or words[at] in ("für", "for")
            role, rest = " ".join(words[:at]), " ".join(words[at:])
            preposition = _EMPLOYER.match(rest)
            if preposition and words[at - 1] not in ("für", "for", "und", "and", "&"):
                found = self._behind_preposition(rest, preposition)
                if found is not None and (found[1] or at == len(words) - 2):
                    return role, *found
                doubtful = doubtful or (found and (role, *found))
            elif not (is_purpose or (at > first and is_acronym(rest)) or words[at - 1] in _ARTICLES) and (
                organisation := self._beside_role(rest)
            ):
                return self._behind_department(text, organisation) or (role, organisation, True)
        return doubtful

    def _behind_department(self, text: str, name: str) -> tuple[str, str, bool] | None:
        """Return the certain employer behind a word for a department: "Leiterin Wirtschaftsförderung im Landratsamt Nord"."""
        for match in _AT_EMPLOYER.finditer(text, text.find(name)):
            rest = text[match.end() :]
            preposition = _EMPLOYER.match(rest)
            found = self._behind_preposition(rest, preposition) if preposition else None
            if found is not None and found[1]:
                return text[: match.start()], *found
        return None

    def _behind_preposition(self, rest: str, preposition: re.Match[str]) -> tuple[str, bool] | None:
        """Return the organisation behind "der", "bei", "at" …, and whether it is certain; None where none stands there."""
        name = _IN_TOWN.sub("", FORMER.sub("", before_role(rest[preposition.end() :])))
        first = name.split(maxsplit=1)[0] if name else ""
        if not first or is_body(first) or is_unit(first) or is_department(first):
            return None
        organisation, is_sure = nominative(name, preposition.group())
        if self._is_known(organisation) or (is_organisation(noun_phrase(organisation)) and first[:1].isupper()):
            return organisation, is_sure
        is_name = first[:1].isupper() or " " not in name
        is_at = preposition["at"] is not None and not preposition["at"].endswith((" der", " den"))
        is_from = preposition.group().strip().lower() == "von" and first[:1].isupper()
        return (organisation, is_at) if (is_at and is_name) or is_from else None

    def _beside_role(self, rest: str) -> str:
        """Return the organisation that stands directly behind a role ("Landrat Landkreis Nord"); empty where none does."""
        name = before_role(rest)
        first = name.split(maxsplit=1)[0]
        if self._is_known(name):
            return name
        phrase = noun_phrase(name)
        is_start = first[:1].isupper() and not is_role_word(first) and not is_department(name) and not is_unit(first)
        has_form = any(map(is_organisation_word, phrase.split()))
        is_name = has_form or is_organisation(first) or not is_acronym(phrase.split()[-1])
        return name if is_start and is_organisation(phrase) and is_name else ""

    # --- all pieces -----------------------------------------------------------------------------------------------------

    def _settled(self, parts: Sequence[Part]) -> Affiliation:
        """Return what the pieces say together."""
        parts = _with_departments(parts)
        order = "".join(part.kind for part in parts)
        if Kind.UNKNOWN not in order:
            return self._united(parts, "", _order(parts))
        for rule in (self._by_document, self._by_organisation, self._by_role, self._by_form):
            settled = rule(parts)
            if settled is not None:
                return settled
        return self._united(parts, "", "")

    def _by_document(self, parts: Sequence[Part]) -> Affiliation | None:
        """Read unknown pieces in the order that the document keeps where all pieces are certain."""
        candidates = [order for order in self._usage.orders if _fits(parts, order) and self._usage.is_usual(order)]
        if len(candidates) != 1 or any(part.text in self._usage.towns for part in parts):
            return None
        settled = [_as(part, Kind(kind)) for part, kind in zip(parts, candidates[0], strict=True)]
        return self._united(settled, "order-of-document", "")

    def _by_organisation(self, parts: Sequence[Part]) -> Affiliation | None:
        """Read unknown pieces beside a certain organisation: a role stands before it, a town or a department behind it."""
        certain = [at for at, part in enumerate(parts) if part.organisation and part.is_certain]
        if not certain:
            return None
        has_role = any(part.role for part in parts)
        has_unit = any(part.kind is Kind.UNIT for part in parts)
        settled = []
        for at, part in enumerate(parts):
            if part.kind is not Kind.UNKNOWN:
                settled.append(part)
            elif (
                not (has_role or has_unit)
                and can_be_role(part.text)
                and (at < certain[0] or has_person_ending(part.text))
            ):
                settled.append(_as(part, Kind.ROLE))
                has_role = True
        return self._united(settled, "role-beside-organisation", "")

    def _by_role(self, parts: Sequence[Part]) -> Affiliation | None:
        """Read the first unknown piece beside a role as its organisation."""
        roles = [at for at, part in enumerate(parts) if part.role and not part.organisation]
        unknown = [part for part in parts if part.kind is Kind.UNKNOWN and part.text not in self._usage.towns]
        if not roles or not unknown:
            return (
                self._united([part for part in parts if part.kind is not Kind.UNKNOWN], "town", "") if roles else None
            )
        first = unknown[0]
        is_town = " " not in first.text and is_town_like(first.text)
        is_long = len(first.text.split()) > _MOST_FOREIGN_WORDS and not is_name_of_words(first.text)
        is_sure = not (
            is_town or is_long or has_person_ending(first.text) or is_role(first.text) or is_inflected(first.text)
        )
        settled = [
            Part(Kind.ORGANISATION, part.text, organisation=part.text, is_certain=is_sure) if part is first else part
            for part in parts
            if part is first or part.kind is not Kind.UNKNOWN
        ]
        return self._united(settled, "organisation-beside-role", "")

    def _by_form(self, parts: Sequence[Part]) -> Affiliation | None:
        """Read unknown pieces by their form only: a noun for people is a role, a name of several words an organisation."""
        unknown = [part for part in parts if part.kind is Kind.UNKNOWN]
        first, *others = unknown
        if not others and is_noun_for_people(first.text):
            return self._united([_as(part, Kind.ROLE) for part in parts], "role-by-ending", "")
        is_role_first = has_person_ending(first.text) or first.text[:1].islower() or " " in (others or [first])[-1].text
        if others and is_short(first.text) and is_role_first:
            is_sure = is_name_of_words(others[0].text) and has_person_ending(first.text)
            organisation = Part(Kind.ORGANISATION, others[0].text, "", others[0].text, is_sure)
            return self._united([_as(first, Kind.ROLE), organisation], "role-by-ending", "")
        if others and is_name_of_words(first.text) and " " not in others[-1].text:
            return self._united([_as(first, Kind.ORGANISATION)], "town-behind-name", "")
        if not others and is_name_of_words(first.text) and not has_person_ending(first.text):
            return self._united([_as(first, Kind.ORGANISATION)], "name-of-words", "")
        return None

    def _united(self, parts: Sequence[Part], rule: str, order: str) -> Affiliation:
        roles = sorted((part.role for part in parts if part.role), key=is_mandate)
        named = [part for part in parts if part.organisation]
        if not roles and not named:
            named = [replace(part, organisation=part.text, is_certain=False) for part in parts]
        organisations = tuple(one for part in named for one in self._several(part.organisation))
        is_certain = all(part.is_certain for part in named)
        return Affiliation(roles[0] if roles else "", organisations, is_certain, rule, order)

    def _several(self, text: str) -> list[str]:
        """Divide "Museum Neuheim / Universität Neuheim"."""
        parts = re.split(r"\s+/\s+", text)
        return parts if all(map(self.is_certain, parts)) else [text]


def _without_party(text: str) -> str:
    """Leave out the party in brackets before an office: "(XYZ) Bürgermeisterin"."""
    match = _PARTY.match(text)
    return text[match.end() :] if match and is_role(text[match.end() :]) else text


def _with_departments(parts: Sequence[Part]) -> Sequence[Part]:
    """Return the pieces; a word beside a role is no employer where another piece names one ("Gruppenleiter Monitoring, Werk Süd GmbH")."""
    others = [part for part in parts if part.kind is Kind.ORGANISATION and part.is_certain]
    if not others:
        return parts
    return [
        Part(Kind.ROLE, part.text, part.text) if part.kind is Kind.EMPLOYMENT and _is_department(part) else part
        for part in parts
    ]


def _is_department(part: Part) -> bool:
    name = part.organisation
    return (
        " " not in name and part.text == f"{part.role} {name}" and not (is_acronym(name) or is_organisation_word(name))
    )


def _order(parts: Sequence[Part]) -> str:
    """Return the kinds of pieces; empty where one holds role and employer, or is uncertain."""
    if any(part.kind is Kind.EMPLOYMENT or not part.is_certain for part in parts):
        return ""
    return "".join(part.kind for part in parts)


def _fits(parts: Sequence[Part], order: str) -> bool:
    """Return whether pieces can have an order: each certain one has its kind there."""
    return len(parts) == len(order) and all(
        part.kind in (kind, Kind.UNKNOWN) for part, kind in zip(parts, order, strict=True)
    )


def _as(part: Part, kind: Kind) -> Part:
    """Return an unknown piece as one of a kind."""
    if part.kind is not Kind.UNKNOWN:
        return part
    return Part(kind, part.text, part.text) if kind is Kind.ROLE else Part(kind, part.text, organisation=part.text)
