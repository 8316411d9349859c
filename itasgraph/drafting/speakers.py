"""The speakers in a line of a programme: name, role and organisations of each, and who only moderates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Final, NamedTuple

from itasgraph.drafting.lexica import (
    is_department,
    is_organisation,
    is_remark,
    is_role_word,
    is_room,
    is_small_word,
    is_unit,
    is_verb_of_stage,
    people_label,
    speaker_label,
)
from itasgraph.drafting.people import DEGREE, is_person, leading_title, looks_like_name, split_name

if TYPE_CHECKING:
    from itasgraph.messages.codes import Code

_MODERATION: Final = re.compile(
    r"(?:\w*moderation(?:\s+(?:der|des|of the)\s+\w+(?=:))?(?:\s+durch)?|(?:Diskussions|Gesprächs|Sitzungs)leitung|(?:Sitzungs)?vorsitz(?=\s*:)|session\s+chair|moderiert\s+von|moderator(?:in|en|innen|s)?|moderated\s+by|hosted\s+by|chair(?:ed\s+by|s)?|durch\s+(?:den|das|die)\s+\w+\s+(?:führt|führen|leitet))\s*:?\s*",
    re.I,
)
_OF_THE_WHOLE: Final = re.compile(
    r"(?:Gesamt|Tages)moderation|durch (?:den|die) \w+ (?:führt|führen)|(?:chair|moderator|host) of the day|(?:moderated|chaired) throughout",
    re.I,
)
_MODERATES: Final = re.compile(r"\s*[(\[,–-]?\s*(?:Moderation|Moderator(?:in)?|Chair)\s*[)\]]?\s*$", re.I)
_JOIN: Final = re.compile(
    r"\.\s+(?=[^\W\d_]+:\s)|\s+(?:und|and|sowie)\s+|\s*[&;|\n]\s*|\s+/\s+|\s*,\s+(?:und\s+|and\s+)?"
)
_CONJUNCTION: Final = re.compile(r"\s+(?:und|and|sowie|&|/)\s+")
_AT: Final = re.compile(r"(?:bei|beim|at)\s", re.I)
_ADJECTIVE: Final = re.compile(r"\w+(?:schen|lichen|igen|alen|ellen|enen)\b")
_OF: Final = re.compile(r"(?:(?:bei|von|vom|beim|der|des|dem|den|an|am|of|at|the|in|im)\s+)+", re.I)
_MOST_WORDS: Final = 5  # of a name
_MOST_ROLE_WORDS: Final = 3  # before a name
_END_OF_NAME: Final = re.compile(r"\s*[,(|:;–—\n]|\s-\s")
# "(Gasthaus zur Linde), " before the next name of a list.
_BRACKETED: Final = re.compile(r"\s*\([^()]*\)\s*(?:[,;&/|]|und\s|and\s)\s*(?:(?:und|and|sowie)\s+)?")
_BRACKETS: Final = re.compile(r"\s*\([^()]+\)\s*(?:$|[,;&/|]|und\s|and\s)")
# A role that says for what, and needs no employer to be understood ("Ministerin für Bildung").
_ROLE_FOR: Final = re.compile(r"\S+\s+(?:für|for|of)\s")
_FOR: Final = re.compile(r"\b(?:für|for)(?:\s+(?:den|die|das|the))?$", re.I)
# One organisation for all who are named before it.
_BOTH: Final = re.compile(
    r"(?:beide|alle|both|all)\s+(?:(?:von\s+der|vom|von|of|at|from)\s+(?:the\s+)?)?(?=[^\W\d_])", re.I
)
# Words that are no names: German adjectives before a noun ("Neue Wege"), and nouns by their ending.
_NOUNS: Final = re.compile(r"^[^\W\d_]+(?:e|er|es|en)\s|(?:ung|heit|keit|tion|schaft|ismus|tät|ik|ing)\b", re.I)
_LAST_BRACKETS: Final = re.compile(r"\s*\(([^()]*)\)$")
_SAME: Final = re.compile(r"\s*\b(?:ebenda|ebd\.|ibid\.?)$", re.I)
# Words before the names in a line below a title.
_WITH: Final = re.compile(
    r"(?:im\s+gespräch\s+|in\s+conversation\s+)?(?:mit|with|von|durch|by)\s+(?=[A-ZÄÖÜŠČŽĐŁ])", re.I
)
# The end of a sentence, not of an abbreviation.
_FULL_STOP: Final = re.compile(r"(?:\)|[^\W\d_]{4,})\.$")
SAME: Final = "ebenda"  # the organisation of somebody who is at that of the person before


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


class _Affiliation(NamedTuple):
    """What a part behind a name says: a role, an organisation, and whether it is certain to be the name of one."""

    role: str
    organisation: str
    is_certain: bool = True


class _Context(NamedTuple):
    """Where a text stands: behind a label of moderators, of speakers, of people only; where speakers usually stand; in a list."""

    is_moderator: bool
    is_labelled: bool
    is_of_people: bool
    is_position: bool
    is_listed: bool = False


class SpeakerGrammar:
    """Reads speakers; `is_known` tells whether the project knows an organisation of a name."""

    def __init__(self, is_known: Callable[[str], bool], is_known_person: Callable[[str], bool]) -> None:
        self._is_known = is_known
        self._is_known_person = is_known_person

    def speakers(self, text: str, *, is_position: bool = False, is_of_people: bool = False) -> list[Speaker]:
        """Return the speakers of a text that holds nothing else; an empty list where it does not begin with a name.

        Where speakers usually stand (`is_position`), an unknown name is one if a certain organisation follows; where nothing but
        people stand (`is_of_people`), in any case.
        """
        moderation = _MODERATION.match(text)
        rest = text[moderation.end() :] if moderation else text
        label = speaker_label().match(rest) or _WITH.match(rest)
        rest = rest[label.end() :] if label else rest
        parts = list(self._parts(rest))
        context = _Context(
            bool(moderation),
            bool(label),
            is_of_people or bool(label and people_label().match(label.group())),
            is_position or is_of_people,
        )
        found = [self._speaker(part, one) for part, one in zip(parts, _contexts(parts, context), strict=True)]
        speakers = [speaker for speaker in found if speaker is not None]
        return list(_share_organisation(speakers)) if len(speakers) == len(found) else []

    def begins_with_person(self, text: str, *, is_position: bool = False, is_of_people: bool = False) -> bool:
        """Return whether a text begins with the name of a person, perhaps after a label such as "Moderation:"."""
        unlabelled = _without_label(text)
        context = _Context(
            bool(_MODERATION.match(text)),
            unlabelled != text,
            is_of_people or bool(people_label().match(text)),
            is_position or is_of_people,
        )
        return bool(self._name(unlabelled) or self._name_by_position(unlabelled, context))

    def begins_with_role_and_name(self, text: str) -> bool:
        """Return whether a text begins with a role and the name of a person: "Meisterin Ida Kern"."""
        return bool(_leading_role(self._name(text))[0])

    def begins_with_name(self, text: str) -> bool:
        """Return whether a text begins with the name of a person, without a label before it."""
        return bool(self._name(text))

    def is_affiliation(self, text: str) -> bool:
        """Return whether a line below a name says nothing but roles and organisations."""
        parts = [self._role_and_organisation(part) for part in _pieces(text)]
        return bool(parts) and all(part.role or self._is_certain(part.organisation) for part in parts)

    def _parts(self, text: str) -> Iterator[str]:
        """Divide a text before each name; never inside of brackets."""
        start = 0
        for match in _JOIN.finditer(text):
            if _depth(text[: match.start()]) == 0 and self._begins_next(
                text[start : match.start()], text[match.end() :]
            ):
                yield text[start : match.start()]
                start = match.end()
        yield text[start:]

    def _begins_next(self, before: str, rest: str) -> bool:
        """Return whether a list of people goes on with a name: a known one, or as the one before it, with brackets behind."""
        if self.begins_with_person(rest):
            return True
        return before.rstrip().endswith(")") and bool(_bracketed_name(rest))

    def _name(self, text: str) -> str:
        """Return the name with which a text begins, as printed; an empty string where it begins with none."""
        title = leading_title(text)
        head = _before_verb((title + _END_OF_NAME.split(text[len(title) :], maxsplit=1)[0]).strip())
        conjunction = _CONJUNCTION.search(head)
        if conjunction and self._name(text[conjunction.end() :]):  # not "Ida Kern und Söhne"
            head = head[: conjunction.start()]
        words = head.split()
        if not words or len(words) > 2 * _MOST_WORDS:
            return ""
        return head if self._is_person(head) or self._is_name_by_context(head, text[len(head) :]) else ""

    def _is_name_by_context(self, head: str, rest: str) -> bool:
        """Return whether unknown words are a name: a role follows, or brackets and the name of another person."""
        if not looks_like_name(_leading_role(head)[1]) or is_organisation(head):
            return False
        bracketed = _BRACKETED.match(rest)
        if bracketed and self._is_person(_END_OF_NAME.split(rest[bracketed.end() :], maxsplit=1)[0].strip()):
            return True
        behind = next(_pieces(rest), "")
        return _is_role(behind) and not self.begins_with_name(behind) and not rest.lstrip().startswith(":")

    def _is_person(self, text: str) -> bool:
        name = _leading_role(text)[1]
        return is_person(name) or self._is_known_person(split_name(name).name)

    def _name_by_position(self, text: str, context: _Context) -> str:
        """Return unknown words with which a text begins, where they are a name by their place and what follows them."""
        if context.is_listed and (name := _bracketed_name(text)):
            return name
        head = _END_OF_NAME.split(text, maxsplit=1)[0].strip()
        if not looks_like_name(_leading_role(head)[1]) or is_organisation(head) or _NOUNS.search(head):
            return ""
        behind = next(_pieces(text[len(head) :]), "")
        has_affiliation = self._is_certain(behind) or _is_role(behind)
        is_announced = context.is_moderator or context.is_of_people
        return head if is_announced or (context.is_position and has_affiliation) else ""

    def _speaker(self, text: str, context: _Context) -> Speaker | None:
        quote = text.strip(" ,;|–—-\n")
        quote = quote[:-1] if _FULL_STOP.search(quote) else quote
        moderates = _MODERATES.search(quote)
        body = _without_label(quote[: moderates.start()] if moderates else quote)
        is_moderator = context.is_moderator or bool(moderates or _MODERATION.match(quote))
        name = self._name(body) or self._name_by_position(body, context._replace(is_moderator=is_moderator))
        if not name:
            return None
        leading_role, bare_name = _leading_role(name)
        title, plain = split_name(bare_name)
        behind = body[len(name) :]
        while degree := DEGREE.match(behind):
            behind = behind[degree.end() :]
        role, organisations, is_certain = self._affiliation(behind)
        role = leading_role or role
        doubt = _doubt(role, organisations, is_certain=is_certain)
        if doubt == "doubt-bare-name" and (is_moderator or context.is_labelled):
            doubt = None  # the label says what the person does
        return Speaker(plain, title, role, organisations, quote, is_moderator, doubt)

    def _affiliation(self, text: str) -> tuple[str, tuple[str, ...], bool]:
        """Return role and organisations of what follows a name, and whether they are certain to be organisations."""
        parts = [
            self._role_and_organisation(_without_remark(piece))
            for piece in _pieces(text)
            if not (is_room(piece) or self._is_remark(piece))
        ]
        roles = [part.role for part in parts if part.role]
        organisations = [one for part in parts if part.organisation for one in self._several(part.organisation)]
        is_certain = all(part.is_certain for part in parts) and all(map(self._is_trusted, organisations))
        return ", ".join(roles[:1]), tuple(organisations), is_certain

    def _is_remark(self, piece: str) -> bool:
        """Return whether a piece says neither role nor organisation: "in englischer Sprache", "angefragt"."""
        is_named = self._is_certain(piece) or _is_role(piece) or _BOTH.match(piece) or _SAME.search(piece)
        return is_remark(piece) or (piece[:1].islower() and not is_named)

    def _several(self, text: str) -> list[str]:
        """Divide "Museum Neuheim / Universität Neuheim"."""
        parts = re.split(r"\s+/\s+", text)
        return parts if all(map(self._is_certain, parts)) else [text]

    def _is_trusted(self, organisation: str) -> bool:
        """Return whether a text behind a name is taken for an organisation: certain, or a name of several words."""
        is_name = _is_name_of_words(organisation) and not _ADJECTIVE.match(organisation)
        return self._is_certain(organisation) or organisation == SAME or is_name

    def _is_certain(self, organisation: str) -> bool:
        """Return whether a text is the name of an organisation, in the nominative."""
        return self._is_known(organisation) or (is_organisation(organisation) and not _ADJECTIVE.match(organisation))

    def _role_and_organisation(self, text: str) -> _Affiliation:
        """Divide "Betriebsrätin GKN" and "Leiterin der Schule Nord"."""
        if self._is_known(text):
            return _Affiliation("", text)
        if same := _SAME.search(text):
            return _Affiliation(text[: same.start()].strip(" ,"), SAME)
        words = text.split()
        first = 1 if words and re.fullmatch(r"\d+\.", words[0]) and len(words) > 1 else 0
        if not words or not is_role_word(words[first]):
            is_role = bool(words) and _is_role(text) and not self._is_certain(text)
            return _Affiliation(text, "") if is_role else _Affiliation("", text)
        rests = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(first + 1, len(words))]
        rests = [(role, rest) for role, rest in rests if not _FOR.search(role)]  # "Professorin für | Holzbau"
        # "Head of Research at Polara Inc.": the preposition that names the employer counts first.
        for role, rest in sorted(rests, key=lambda pair: not _AT.match(pair[1])):
            if found := self._organisation(rest):
                return _Affiliation(role, *found)
        return _Affiliation(text, "")

    def _organisation(self, rest: str) -> tuple[str, bool] | None:
        """Return the organisation behind a role in the nominative, and whether that is certain; None where there is none."""
        preposition = _OF.match(rest)
        organisation = _before_role(rest[preposition.end() :] if preposition else rest)
        if not organisation or is_department(organisation):
            return None
        is_certain = True
        if preposition and preposition.group().lower().endswith("des "):
            organisation, is_certain = _nominative(organisation)
        if self._is_known(organisation) or _starts_organisation(organisation, bool(preposition)):
            return organisation, is_certain
        return (organisation, False) if _AT.match(rest) else None


def _doubt(role: str, organisations: Sequence[str], *, is_certain: bool) -> Code | None:
    if organisations and not is_certain:
        return "doubt-organisation-unknown"
    if role and not organisations:
        return None if _is_plain_role(role) else "doubt-role-without-organisation"
    return None if organisations else "doubt-bare-name"


def _leading_role(name: str) -> tuple[str, str]:
    """Divide "Bürgermeisterin Ida Kern" and "Erste Beigeordnete Ida Kern"; the role is empty where the name stands alone."""
    words = name.split()
    for count in range(1, min(_MOST_ROLE_WORDS, len(words) - 2) + 1):
        rest = " ".join(words[count:])
        are_capitals = all(not word[:1].islower() for word in words[:count])  # not "Schmieden mit Meister"
        if are_capitals and is_role_word(words[count - 1]) and is_person(rest) and not split_name(name).title:
            return " ".join(words[:count]), rest
    return "", name


def _before_verb(head: str) -> str:
    """Return the words before those that say what somebody does: "Ida Kern liest aus …"."""
    words = head.split()
    ends = (at for at in range(2, len(words)) if is_verb_of_stage(words[at]))
    return " ".join(words[: next(ends, len(words))])


def _bracketed_name(text: str) -> str:
    """Return the unknown name with which a text begins, if brackets with an affiliation follow, else an empty string."""
    head = _END_OF_NAME.split(text, maxsplit=1)[0].strip()
    return head if _BRACKETS.match(text[len(head) :]) and looks_like_name(_leading_role(head)[1]) else ""


def _is_role(text: str) -> bool:
    """Return whether a text of a few words is a role: its first word is one, or its last ("Operations Manager")."""
    words = text.split()
    first = 1 if words and re.fullmatch(r"\d+\.", words[0]) else 0
    return len(words) > first and (
        is_role_word(words[first]) or (len(words) <= _MOST_ROLE_WORDS and is_role_word(words[-1]))
    )


def _is_plain_role(role: str) -> bool:
    """Return whether a role is understood without an organisation, and can hold none ("Ministerin für Bildung")."""
    words = role.split()
    return (
        _ROLE_FOR.match(role) is not None
        or all(word.islower() or is_role_word(word) for word in words)
        or is_role_word(words[-1])
    )


def _is_name_of_words(text: str) -> bool:
    """Return whether a text of several words has the form of a name ("Gasthaus zur Linde"), and not of a role."""
    words = text.split()
    is_form = (
        all(word[:1].isupper() or is_small_word(word) for word in words)
        and words[-1:] != []
        and words[-1][:1].isupper()
    )
    return 1 < len(words) <= 2 * _MOST_WORDS and is_form and not is_unit(words[0]) and not _is_role(text)


def _before_role(text: str) -> str:
    """Return an organisation without a second role behind it ("Stahl AG und Mitglied des Beirats")."""
    for match in _CONJUNCTION.finditer(text):
        if is_role_word(text[match.end() :].split(maxsplit=1)[0]):
            return text[: match.start()]
    return text


def _nominative(name: str) -> tuple[str, bool]:
    """Return the name of an organisation without the ending of the genitive, and whether it had one that is known.

    >>> _nominative("Landkreises Neuheim"), _nominative("Bündnisses Nord e.V.")
    (('Landkreis Neuheim', True), ('Bündnisses Nord e.V.', False))
    """
    first, space, rest = name.partition(" ")
    stems = [first.removesuffix(ending) for ending in ("es", "s") if first.endswith(ending)]
    found = next((stem for stem in stems if is_organisation(stem)), None)
    return (f"{found}{space}{rest}", True) if found else (name, False)


def _contexts(parts: Sequence[str], context: _Context) -> Iterator[_Context]:
    """Yield where each part of a list stands: a label holds until the next one ("Moderation: Ida Kern; Podium: Ben Wolf")."""
    for number, part in enumerate(parts):
        if number and speaker_label().match(part.strip()):
            is_of_people = people_label().match(part.strip()) is not None
            context = context._replace(is_moderator=False, is_labelled=True, is_of_people=is_of_people)
        elif number and _MODERATION.match(part.strip()):
            context = context._replace(is_moderator=True)
        yield context._replace(is_listed=number > 0)


def moderates_whole(text: str) -> bool:
    """Return whether a line that names a moderator says that this is for the whole event."""
    return _OF_THE_WHOLE.match(text) is not None


def announces_speakers(text: str) -> bool:
    """Return whether a line says only that speakers are named in the next one."""
    return speaker_label().fullmatch(text) is not None


def announces_moderator(text: str) -> bool:
    """Return whether a line says only that a moderator is named in the next one."""
    return bool(_MODERATION.fullmatch(text)) and text.rstrip().endswith(":")


def _without_label(text: str) -> str:
    """Return a text without the words that announce a moderator or a speaker."""
    for label in (_MODERATION, speaker_label(), _WITH):
        if match := label.match(text):
            text = text[match.end() :]
    return text


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
        if (char in ",;\n" or is_dash) and depth <= 0:
            if piece := _outside(inner[start:at]):
                yield piece
            start = at + 1


def _without_remark(piece: str) -> str:
    """Leave out brackets behind a role or organisation that say how somebody takes part: "Minister (angefragt)"."""
    match = _LAST_BRACKETS.search(piece)
    return piece[: match.start()] if match and is_remark(match[1]) else piece


def _outside(piece: str) -> str:
    plain = piece.strip(" ,;|–—-")
    match = re.fullmatch(r"\((.*)\)", plain)
    return match.group(1).strip() if match else plain


def _depth(text: str) -> int:
    return text.count("(") + text.count("[") - text.count(")") - text.count("]")


def _share_organisation(speakers: list[Speaker]) -> Iterator[Speaker]:
    """Mark people without an organisation before one that has it: nobody says whether it is theirs as well."""
    shared = [one for last in speakers[-1:] for one in last.organisations if _BOTH.match(one)]
    if shared:
        yield from _with_shared(speakers, tuple(_BOTH.sub("", one, count=1) for one in shared))
        return
    for speaker, following in zip_longest(speakers, speakers[1:]):
        shares = following is not None and following.organisations and not (speaker.organisations or speaker.role)
        if shares and following is not None:
            yield replace(speaker, doubt="doubt-organisation-of-next", organisations=following.organisations)
        else:
            yield speaker


def _with_shared(speakers: Sequence[Speaker], organisations: tuple[str, ...]) -> Iterator[Speaker]:
    """Yield people who are all at the same organisations: "Ida Kern und Ben Wolf, beide IHK Neuheim"."""
    is_certain = all(is_organisation(one) or _is_name_of_words(one) for one in organisations)
    for speaker in speakers:
        quote = speaker.quote if organisations[0] in speaker.quote else "\n".join((speaker.quote, *organisations))
        doubt: Code | None = None if is_certain else "doubt-organisation-unknown"
        yield replace(speaker, organisations=organisations, quote=quote, doubt=doubt)


def with_same_organisation(speakers: Sequence[Speaker]) -> Iterator[Speaker]:
    """Yield speakers; who is "ebenda" gets the organisations of the person before, if they are known."""
    organisations: tuple[str, ...] = ()
    for one in speakers:
        speaker = one
        if one.organisations == (SAME,):
            quote = "\n".join((one.quote, *organisations))  # the words that name the organisation stand elsewhere
            speaker = replace(one, organisations=organisations, quote=quote)
        organisations = () if speaker.doubt == "doubt-organisation-unknown" else speaker.organisations
        yield speaker
