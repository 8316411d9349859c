"""The speakers in a line of a programme: name, role and organisations of each, and who only moderates."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Final, NamedTuple

from itasgraph.drafting.affiliation_pieces import pieces
from itasgraph.drafting.affiliation_words import is_name_of_words, is_noun_for_people, is_role, role_head
from itasgraph.drafting.affiliations import BOTH, FORMER, NO_AFFILIATION, SAME, Affiliation, AffiliationGrammar
from itasgraph.drafting.employed_first import employed_before
from itasgraph.drafting.leading_roles import FOR, OFFICE, before_verb, is_of_nouns, leading_role
from itasgraph.drafting.lexica import (
    is_body,
    is_first_name,
    is_format,
    is_organisation,
    is_role_word,
    is_room,
    mandate,
    people_label,
    speaker_label,
)
from itasgraph.drafting.moderation import BRACKETED_MODERATOR, MODERATES, MODERATION, ONE_MODERATOR
from itasgraph.drafting.organisations_first import Before, organisation_before
from itasgraph.drafting.people import DEGREE, ends_with_person, is_person, leading_title, looks_like_name, split_name
from itasgraph.drafting.usage import Usage

if TYPE_CHECKING:
    from itasgraph.messages.codes import Code

_JOIN: Final = re.compile(
    r"\.\s+(?=[^\W\d_]+:\s)|(?<=\))\.\s+(?=[^\W\d_])|\s+(?:im Gespräch|in conversation)\s+(?:mit|with)\s+|\s+(?:und|and|sowie)\s+|\s*[&;|\n]\s*|\s+(?://?|[–—·])\s+|\s*,\s+(?:und\s+|and\s+)?"
)
_CONJUNCTION: Final = re.compile(r"\s+(?:und|and|sowie|&|/)\s+")
_MOST_WORDS: Final = 5  # of a name
# Behind first name and family name, no particle of a name follows, but where somebody works: "Ida Kern von der Schule Nord".
_BEFORE_EMPLOYER: Final = re.compile(r"\s(?=(?:aus|bei|beim|vom|von|at|from|of)\s)")
_END_OF_NAME: Final = re.compile(r"\s*[,(|:;–—\n]|\s(?:-|//?|·|•)\s|\s\[")
# "(Gasthaus zur Linde), " before the next name of a list.
_BRACKETED: Final = re.compile(r"\s*\([^()]*\)\s*(?:[,;&/|]|und\s|and\s)\s*(?:(?:und|and|sowie)\s+)?")
_BRACKETS: Final = re.compile(r"\s*\([^()]+\)\s*(?:$|[,;&/|]|und\s|and\s)")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")  # at the end of the name of an event, which is no employer
# The format before names in a line below a title: "Keynote by", "Podiumsdiskussion mit", "vorgestellt von".
_FORMAT_WITH: Final = re.compile(
    r"(?:[\w-]+\s+){0,4}?([\w-]+)\s+(?:mit|with|von|durch|by)\s+(?:(?:dem|der|den)\s+)?(?=[A-ZÄÖÜŠČŽĐŁÅÉŚŞİÇ])"
)
_FORMAT_COLON: Final = re.compile(r"([\w-]+)\s*:\s*(?=[A-ZÄÖÜŠČŽĐŁÅÉŚŞİÇ])")
# Words before the names in a line below a title.
_WITH: Final = re.compile(
    r"(?:(?:im\s+gespräch|in\s+conversation)\s+)?(?:mit\s+beiträgen\s+von|with\s+contributions\s+(?:from|by)|mit|with|von|durch|by)\s+(?=[A-ZÄÖÜŠČŽĐŁ])",
    re.I,
)
# The end of a sentence, not of an abbreviation.
_FULL_STOP: Final = re.compile(r"(?:\)|[^\W\d_]{4,})\.$")
_SENTENCE_BEHIND: Final = re.compile(r"(?<=\))\.\s+[A-ZÄÖÜ][^()]*$")  # no person: "Ida Kern (IHK). Anschließend Fragen"


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
    affiliation: Affiliation = NO_AFFILIATION


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
        self._usage = Usage()
        self._affiliations = AffiliationGrammar(is_known, self._usage)
        # A line is asked for a name several times: whether it begins one, whether it goes on, who it is.
        self._name = functools.cache(self._find_name)
        self._is_known_person = is_known_person

    def speakers(self, text: str, *, is_position: bool = False, is_of_people: bool = False) -> list[Speaker]:
        """Return the speakers of a text that holds nothing else; an empty list where it does not begin with a name.

        Where speakers usually stand (`is_position`), an unknown name is one if a certain organisation follows; where nothing but
        people stand (`is_of_people`), in any case.
        """
        if before := self.organisation_before(text):
            return _with_organisation(self.speakers(before.rest, is_position=True, is_of_people=True), before, text)
        if employed := employed_before(_without_label(text), self.affiliation):
            title, name = split_name(employed.name)
            role, organisations = employed.affiliation.role, employed.affiliation.organisations
            return [Speaker(name, title, role, organisations, _without_label(text), bool(MODERATION.match(text)))]
        moderation = MODERATION.match(text)
        rest = text[moderation.end() :] if moderation else text
        label = speaker_label().match(rest) or _WITH.match(rest)
        rest = self.behind_format(rest[label.end() :] if label else rest)
        parts = list(self._parts(BRACKETED_MODERATOR.sub(r"; \1", rest)))
        context = _Context(
            bool(moderation),
            bool(label),
            is_of_people or bool(label and people_label().match(label.group())),
            is_position or is_of_people,
        )
        contexts = list(_contexts(parts, context))
        if moderation and ";" in rest and ONE_MODERATOR.match(moderation.group()):
            contexts[1:] = [one._replace(is_moderator=False) for one in contexts[1:]]
        found = [self._speaker(part, one) for part, one in zip(parts, contexts, strict=True)]
        speakers = [speaker for speaker in found if speaker is not None]
        return list(_share_organisation(speakers)) if len(speakers) == len(found) else []

    def learn(self, speakers: Iterable[Speaker]) -> None:
        """Take in the people of a document who are certain: they show in which order it names role and organisation."""
        self._name.cache_clear()  # more names are known from now on
        for one in speakers:
            if one.doubt is None and (one.role or one.organisations) and SAME not in one.organisations:
                known = not one.affiliation.rule  # what a rule told is no proof for itself
                self._usage.learn(
                    one.name, one.role if known else "", one.organisations if known else (), one.affiliation.order
                )

    def put_organisations_first(self, *, are_first: bool) -> None:
        """Say whether the document names organisations before people: "IHK Neuheim: Ida Kern"."""
        self._usage.has_organisations_first = are_first

    def organisation_before(self, text: str) -> Before | None:
        """Return the organisation before a person, where the document names it there."""
        return organisation_before(text) if self._usage.has_organisations_first else None

    def begins_with_person(self, text: str, *, is_position: bool = False, is_of_people: bool = False) -> bool:
        """Return whether a text begins with the name of a person, perhaps after a label such as "Moderation:"."""
        unlabelled = _without_label(text)
        context = _Context(
            bool(MODERATION.match(text)),
            unlabelled != text,
            is_of_people or bool(people_label().match(text)),
            is_position or is_of_people,
        )
        is_named = self._name(unlabelled) or self._name_by_position(unlabelled, context)
        is_before = self.organisation_before(text) or employed_before(unlabelled, self.affiliation)
        return bool(is_named or is_before)

    def affiliation(self, text: str) -> Affiliation:
        """Return role and organisations of a text that names no person."""
        return self._affiliations.read(text)

    def behind_format(self, text: str) -> str:
        """Leave out the format before names in a line below a title: "Keynote by Ida Kern" → "Ida Kern"."""
        for match in filter(None, (pattern.match(text) for pattern in (_FORMAT_WITH, _FORMAT_COLON))):
            rest = text[match.end() :]
            if is_person(" ".join(text.split()[:2])):  # "Ida Kern im Gespräch mit Ben Wolf"
                continue
            if (is_format(match[1]) or not self.begins_with_person(text)) and self.begins_with_name(rest):
                return rest
        return text

    def may_be_name(self, text: str) -> bool:
        """Return whether a text has the form of a name, and not that of a room, an organisation or a title."""
        return looks_like_name(text) and not (is_room(text) or is_organisation(text) or is_of_nouns(text))

    def begins_with_role_and_name(self, text: str) -> bool:
        """Return whether a text begins with a role and the name of a person: "Meisterin Ida Kern"."""
        return bool(leading_role(self._name(text))[0])

    def begins_with_name(self, text: str) -> bool:
        """Return whether a text begins with the name of a person, without a label before it."""
        return bool(self._name(text))

    def is_affiliation(self, text: str) -> bool:
        """Return whether a line below a name says nothing but roles and organisations."""
        return self._affiliations.says_nothing_else(text)

    def begins_with_affiliation(self, text: str) -> bool:
        """Return whether the first piece of a line says nothing but a role or organisation."""
        first, *others = pieces(text) or [""]
        return bool(others) and self.is_affiliation(first)

    def _parts(self, text: str) -> Iterator[str]:
        """Divide a text before each name; never inside of brackets."""
        start = 0
        for match in _JOIN.finditer(text):
            if _depth(text[: match.start()]) == 0 and self._begins_next(
                text[start : match.start()], text[match.end() :], match.group()
            ):
                yield text[start : match.start()]
                start = match.end()
        yield text[start:]

    def _begins_next(self, before: str, rest: str, separator: str) -> bool:
        """Return whether a list of people goes on with a name: a known one, or as the one before it, with brackets behind.

        Behind a comma, unknown words above a role are rather an organisation: "Ida Kern, Atelier Morgen, Gründerin".
        """
        if self.begins_with_person(rest) and not (separator.strip() == "," and self._is_by_context_only(rest)):
            return True
        return before.rstrip().endswith(")") and bool(_bracketed_name(rest))

    def _find_name(self, text: str) -> str:
        """Return the name with which a text begins, as printed; an empty string where it begins with none."""
        title = leading_title(text)
        head = mandate().split(_END_OF_NAME.split(text[len(title) :], maxsplit=1)[0], maxsplit=1)[0]
        head = before_verb((title + head).strip())
        conjunction = _CONJUNCTION.search(head)
        if conjunction and self._name(text[conjunction.end() :]):  # not "Ida Kern und Söhne"
            head = head[: conjunction.start()]
        head = self._before_employer(head)
        words = head.split()
        if not words or len(words) > 2 * _MOST_WORDS:
            return ""
        return head if self._is_person(head) or self._is_name_by_context(head, text[len(head) :]) else ""

    def _before_employer(self, head: str) -> str:
        """Return a full name without the employer that a preposition names behind it."""
        for match in _BEFORE_EMPLOYER.finditer(head):
            before = head[: match.start()]
            name = split_name(before).name.split()
            if len(name) > 1 and not is_first_name(name[-1]) and self._is_person(before):
                return before
        return head

    def _is_name_by_context(self, head: str, rest: str) -> bool:
        """Return whether unknown words are a name: a role follows, or brackets and the name of another person."""
        if not self.may_be_name(leading_role(head)[1]) or is_organisation(head):
            return False
        bracketed = _BRACKETED.match(rest)
        if bracketed and self._is_person(_END_OF_NAME.split(rest[bracketed.end() :], maxsplit=1)[0].strip()):
            return True
        behind = next(iter(pieces(rest)), "")
        return is_role(behind) and not self.begins_with_name(behind) and not rest.lstrip().startswith(":")

    def _is_by_context_only(self, text: str) -> bool:
        name = self._name(text)
        return bool(name) and not self._is_person(name)

    def _is_person(self, text: str) -> bool:
        name = leading_role(text)[1]
        if _FORMAT_WITH.match(text) and is_format(text.split(maxsplit=1)[0]):  # "Vortrag von Ida Kern"
            return False
        plain = split_name(name).name
        if name != text and OFFICE.fullmatch(text.split(maxsplit=1)[0]) and self.may_be_name(name):
            return True
        return is_person(name) or plain in self._usage.people or self._is_known_person(plain)

    def _name_by_position(self, text: str, context: _Context) -> str:
        """Return unknown words with which a text begins, where they are a name by their place and what follows them."""
        if context.is_listed and (name := _bracketed_name(text)):
            return name
        head = _END_OF_NAME.split(text, maxsplit=1)[0].strip()
        if not self.may_be_name(leading_role(head)[1]) or is_organisation(head):
            return ""
        behind = next(iter(pieces(text[len(head) :])), "")
        has_affiliation = self._affiliations.is_certain(behind) or is_role(behind) or bool(leading_role(head)[0])
        is_announced = context.is_moderator or context.is_of_people
        return head if is_announced or (context.is_position and has_affiliation) else ""

    def _speaker(self, text: str, context: _Context) -> Speaker | None:
        quote = _SENTENCE_BEHIND.sub("", text.strip(" ,;|–—-\n"))
        quote = quote[:-1] if _FULL_STOP.search(quote) else quote
        moderates = MODERATES.search(quote)
        body = _without_label(quote[: moderates.start()] if moderates else quote)
        is_moderator = context.is_moderator or bool(moderates or MODERATION.match(quote))
        name = self._name(body) or self._name_by_position(body, context._replace(is_moderator=is_moderator))
        if not name:
            return None
        before_name, bare_name = leading_role(name)
        title, plain = split_name(bare_name)
        behind_title, plain = leading_role(plain)  # "Dipl.-Ing. Architektin Ida Kern"
        behind = body[len(name) :]
        while degree := DEGREE.match(behind):
            behind = behind[degree.end() :]
        affiliation = self._affiliations.read(behind)
        is_of_organisation = bool(affiliation.role and affiliation.organisations)
        role = affiliation.role if is_of_organisation else before_name or affiliation.role or behind_title
        organisations = affiliation.organisations
        is_certain = affiliation.is_certain and not any(map(ends_with_person, organisations))
        doubt = _doubt(role, organisations, is_certain=is_certain)
        if doubt == "doubt-bare-name" and (is_moderator or context.is_labelled):
            doubt = None  # the label says what the person does
        return Speaker(plain, title, role, organisations, quote, is_moderator, doubt, affiliation)


def _with_organisation(speakers: Sequence[Speaker], before: Before, text: str) -> list[Speaker]:
    """Return people with the organisation before their names."""
    return [
        replace(
            one,
            organisations=(before.organisation,),
            quote=text if len(speakers) == 1 else f"{before.organisation}\n{one.quote}",
            doubt=None,
        )
        for one in speakers
    ]


def _doubt(role: str, organisations: Sequence[str], *, is_certain: bool) -> Code | None:
    if organisations and not is_certain:
        return "doubt-organisation-unknown"
    if role and not organisations:
        return None if _is_plain_role(role) else "doubt-role-without-organisation"
    return None if organisations else "doubt-bare-name"


def _bracketed_name(text: str) -> str:
    """Return the unknown name with which a text begins, if brackets with an affiliation follow, else an empty string."""
    head = _END_OF_NAME.split(text, maxsplit=1)[0].strip()
    return head if _BRACKETS.match(text[len(head) :]) and looks_like_name(leading_role(head)[1]) else ""


def _is_plain_role(role: str) -> bool:
    """Return whether a role is understood without an organisation, and can hold none ("Ministerin für Bildung")."""
    plain = FORMER.sub("", role)
    head = role_head(plain)
    if head is None:
        return is_role(plain) or is_noun_for_people(plain)
    behind = plain.split()[head + 1 :]
    is_body_behind = len(behind) > 1 and (is_body(behind[-1]) or _YEAR.fullmatch(behind[-1]) is not None)
    return not behind or behind[0] in FOR or is_role_word(behind[-1]) or is_body_behind


def _contexts(parts: Sequence[str], context: _Context) -> Iterator[_Context]:
    """Yield where each part of a list stands: a label holds until the next one ("Moderation: Ida Kern; Podium: Ben Wolf")."""
    for number, part in enumerate(parts):
        if number and speaker_label().match(part.strip()):
            is_of_people = people_label().match(part.strip()) is not None
            context = context._replace(is_moderator=False, is_labelled=True, is_of_people=is_of_people)
        elif number and MODERATION.match(part.strip()):
            context = context._replace(is_moderator=True)
        yield context._replace(is_listed=number > 0)


def announces_speakers(text: str) -> bool:
    """Return whether a line says only that speakers are named in the next one."""
    return speaker_label().fullmatch(text) is not None


def _without_label(text: str) -> str:
    """Return a text without the words that announce a moderator or a speaker."""
    for label in (MODERATION, speaker_label(), _WITH):
        if match := label.match(text):
            text = text[match.end() :]
    return text


def _depth(text: str) -> int:
    return text.count("(") + text.count("[") - text.count(")") - text.count("]")


def _share_organisation(speakers: list[Speaker]) -> Iterator[Speaker]:
    """Mark people without an organisation before one that has it: nobody says whether it is theirs as well."""
    shared = [one for last in speakers[-1:] for one in last.organisations if BOTH.match(one)]
    if shared:
        yield from _with_shared(speakers, tuple(BOTH.sub("", one, count=1) for one in shared))
        return
    for speaker, following in zip_longest(speakers, speakers[1:]):
        shares = following is not None and following.organisations and not (speaker.organisations or speaker.role)
        if shares and following is not None:
            yield replace(speaker, doubt="doubt-organisation-of-next", organisations=following.organisations)
        else:
            yield speaker


def _with_shared(speakers: Sequence[Speaker], organisations: tuple[str, ...]) -> Iterator[Speaker]:
    """Yield people who are all at the same organisations: "Ida Kern und Ben Wolf, beide IHK Neuheim"."""
    is_certain = all(is_organisation(one) or is_name_of_words(one) for one in organisations)
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
