"""A line of a programme → its title and its speakers; each rule has a name, which `--explain` prints."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final, NamedTuple

from itasgraph.drafting.lexica import (
    is_collective,
    is_contact,
    is_format,
    is_head_label,
    is_place_label,
    is_room,
    is_venue,
    names_support,
    people_label,
)
from itasgraph.drafting.moderation import announces_moderator
from itasgraph.drafting.people import is_nobody, without_nobody
from itasgraph.drafting.programme_lines import has_number_label, is_numbered, without_number_label
from itasgraph.drafting.speakers import Speaker, SpeakerGrammar, announces_speakers
from itasgraph.drafting.values import has_postal_code, is_street

SPEAKERS_FIRST: Final = "speakers-before-title"  # a rule
# What may stand between a title and its speakers: a bar, a dash, or the comma of a line whose end reads as a name.
_BETWEEN: Final = re.compile(r"\s*[|\n]\s*|\s+(?:[–—·•-]|//?)\s+|\s*,\s+|\s*:\s+|\s+\(")
_BARS: Final = re.compile(r"\s*\|\s*|\s+//\s+")
_COLON: Final = re.compile(r"\s*:\s+|\s+[–—-]\s+(?=[„“\"»])")
_BY: Final = re.compile(r"\s+(?:von|durch|mit|by|with)\s+")
_QUOTATION_END: Final = re.compile(r"[“”\"«]$")
_QUOTED: Final = re.compile(r"[„“\"»](.+)[“”\"«]\s*")
_ROOM_BEHIND: Final = re.compile(r"\s*\(((?:[A-ZÄÖÜ][\w.-]*|\d+)(?:\s+[\w.-]+)?)\)$")
_MOST_FORMAT_WORDS: Final = 2
_LONGEST_VENUE: Final = 2  # words; a longer text with the name of a house may be about it
# The plural as the whole head of a title: "Parallele Fachforen", "Workshops: Holz und Lehm", "Drei Panels".
_SEVERAL_PARALLEL: Final = re.compile(
    r"\bparallele?[rs]?\b|(?-i:\bparallelen\b)|^(?:(?:Die|Zwei|Drei|Vier|Fünf|Sechs|Runde|Breakout|Break-out|The|Two|Three|Four|Five|Six|\d+)[\s-]+)?"
    r"(?:Parallel|Fach|Themen|Diskussions|Praxis|Arbeits|Klein)?-?(?:foren|workshops|panels|sessions|tracks|breakouts|gruppen|tische|werkstätten)"
    r"(?=\s*$|\s*[:|(,–—]|\s+-\s|\s+\d|\s+(?:und|and|I{1,3}|IV|zu|on|am|A|B|Vormittag|Nachmittag)\b)",
    re.I,
)
_AGENT: Final = re.compile(r"\b(?:durch|by)\b")
_FLOOR: Final = re.compile(r"\b(?:Erdgeschoss|Obergeschoss|Untergeschoss|EG|OG|UG|Etage|Stock|floor)\b")
_LAST_WORD: Final = re.compile(r"[\w-]+$")


class Division(NamedTuple):
    """The title in a line, who speaks or moderates, and the name of the rule that tells them apart."""

    title: str
    speakers: list[Speaker]
    rule: str


class TitleGrammar:
    """Divides lines into title and speakers."""

    def __init__(self, grammar: SpeakerGrammar) -> None:
        self._grammar = grammar

    def divide(self, body: str) -> Division:
        """Return the title and the speakers of a line; without speakers, the whole line is the title."""
        label = people_label().match(body)
        is_label = (
            label is not None
            and not is_format_alone(label.group())
            and self._grammar.begins_with_name(body[label.end() :])
        )
        if is_label or self._grammar.organisation_before(body):  # it announces people, whoever they are
            return Division(plain_title(body), [], "title-alone")
        rules: Iterable[Callable[[str], Division | None]] = (
            self._speakers_before_title,
            self._format_and_people,
            self._title_and_speakers,
        )
        divisions = (rule(body) for rule in rules)
        alone = Division(plain_title(without_nobody(body)), [], "title-alone")
        return next((division for division in divisions if division), alone)

    def _speakers_before_title(self, body: str) -> Division | None:
        """Read "Ida Kern (TU Neuheim): Holz im Bau" and "N.N. (IHK): Lehm"."""
        is_named = self._grammar.begins_with_name(body)
        for match in _COLON.finditer(body):
            before, rest = body[: match.start()], body[match.end() :]
            if before.count("(") == before.count(")") and rest:
                if is_nobody(before):
                    return Division(plain_title(rest), [], SPEAKERS_FIRST)
                if not is_named:
                    return None
                speakers = [] if self._grammar.begins_with_person(rest) else self._grammar.speakers(before)
                return Division(plain_title(rest), certain(speakers), SPEAKERS_FIRST) if speakers else None
        return None

    def _format_and_people(self, body: str) -> Division | None:
        """Read "Führung mit Ida Kern", whose title is the whole, and "Vortrag „Holz“ von Ida Kern, TU Neuheim"."""
        for match in _BY.finditer(body):
            before, rest = body[: match.start()], body[match.end() :]
            is_quoted = _QUOTATION_END.search(before) is not None
            word = _LAST_WORD.search(before)
            is_format_before = is_quoted or (word is not None and is_format(word.group()))
            if not self._grammar.begins_with_name(rest):
                continue
            speakers = self._grammar.speakers(rest)
            is_stated = bool(speakers) and all(one.organisations and one.doubt is None for one in speakers)
            if is_format_before or is_stated or self._grammar.begins_with_role_and_name(rest):
                is_bare = not is_quoted and not any(speaker.organisations for speaker in speakers)
                title = body if is_bare else before
                return Division(plain_title(title), certain(speakers), "format-and-people") if speakers else None
        return None

    def _title_and_speakers(self, body: str) -> Division | None:
        """Divide at the first place behind which nothing but speakers stands."""
        for match in _BETWEEN.finditer(body):
            rest = body[match.end() :]
            rest = rest[:-1] if match.group().endswith("(") and rest.endswith(")") else rest
            is_position = not set(match.group()) & set(":,")
            is_person = match.start() and self._grammar.begins_with_person(rest, is_position=is_position)
            if is_person and (speakers := self._grammar.speakers(rest, is_position=is_position)):
                title = _behind_format(plain_title(body[: match.start()]))
                is_sure = ":" not in match.group() or is_format(title)
                return Division(title, certain(speakers) if is_sure else speakers, "title-and-speakers")
        return None


def _behind_format(title: str) -> str:
    """Return a title without the format that a bar or slashes set apart from it.

    >>> _behind_format("Impuls | Holz im Bau"), _behind_format("Holz im Bau // Vortrag"), _behind_format("Impuls – Holz")
    ('Holz im Bau', 'Holz im Bau', 'Impuls – Holz')
    """
    parts = _BARS.split(title)
    others = [part for part in parts if not is_format_alone(part)]
    return others[0] if len(parts) > 1 and len(others) == 1 else title


def certain(speakers: Iterable[Speaker]) -> list[Speaker]:
    """Return people without the doubt whether a bare name is that of a speaker: where they stand says it."""
    return [replace(one, doubt=None) if one.doubt == "doubt-bare-name" else one for one in speakers]


def plain_title(text: str) -> str:
    """Return the first line of a title, without the emphasis of Markdown; further lines belong to it where it goes on.

    >>> plain_title("**Holz**\\nWas wir wissen"), plain_title("Holz:\\nWas wir wissen")
    ('Holz', 'Holz: Was wir wissen')
    """
    first, *rest = text.strip(" |·–—-*_\n").split("\n")
    goes_on = re.search(r"[:,–-]\s*$", first) or (rest and rest[0].lstrip()[:1].islower())
    whole = " ".join([first, *rest]) if goes_on else first
    return " ".join(whole.strip(" |·–—-*_").split())


def bare_title(title: str) -> str:
    """Return a title on one line, without quotation marks around it, its number before them, or a room behind it.

    >>> bare_title('Impuls 2: „Holz“'), bare_title("Lehm putzen (Scheune)"), bare_title("Forum 1: Bauen")
    ('Holz', 'Lehm putzen', 'Forum 1: Bauen')
    """
    plain = " ".join(title.strip(" |·–—-*_\n,").split())
    quoted = _QUOTED.fullmatch(without_number_label(plain))
    if quoted and not re.search(r"[„»]|\"", quoted[1]):
        return quoted[1].strip()
    return _ROOM_BEHIND.sub("", plain) if not plain.startswith("(") else plain


def is_quoted(text: str) -> bool:
    """Return whether a text is nothing but words in quotation marks."""
    return _QUOTED.fullmatch(text.strip()) is not None


def names_format(title: str) -> bool:
    """Return whether a title is a format, or one stands before its colon.

    >>> names_format("Impuls: Holz im Bau"), names_format("Grußworte"), names_format("Holz im Bau")
    (True, True, False)
    """
    return is_format_alone(title.partition(":")[0])


def is_format_alone(title: str) -> bool:
    """Return whether a title says nothing but the format of an item, such as "Keynote"."""
    return len(title.split()) <= _MOST_FORMAT_WORDS and is_format(title.strip(" :"))


def names_no_topic(text: str) -> bool:
    """Return whether a heading is no title for certain: it names a place, people by what they are, a label or who pays.

    >>> [names_no_topic(text) for text in ("Großer Saal", "Unsere Jury", "Unterstützt durch die Stadtwerke", "Holz im Bau", "Lehm")]
    [True, True, True, False, False]
    """
    is_place = is_room(text) or _FLOOR.search(text) is not None or has_postal_code(text) or is_street(text)
    is_place |= len(text.split()) <= _LONGEST_VENUE and is_venue(text)
    label = f"{text.rstrip(' :')}:"
    is_label = announces_speakers(label) or announces_moderator(label) or is_head_label(text) or is_place_label(text)
    is_other = is_collective(text) or is_contact(text) or is_contact(label) or names_support(text)
    return bool(is_place or is_label or is_other or _AGENT.search(text))


def begins_with_number(text: str) -> bool:
    """Return whether a title has the number of one of several items: "Workshop A", "Impuls 2: Holz"."""
    return has_number_label(text) or is_numbered(text)


def announces_parallel(text: str) -> bool:
    """Return whether a title is that of several items at one time.

    >>> [announces_parallel(text) for text in ("Parallele Fachforen", "Breakout Sessions", "Forum Holz", "Moderne Werkstätten")]
    [True, True, False, False]
    """
    return _SEVERAL_PARALLEL.search(text) is not None
