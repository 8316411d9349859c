"""Prose → people with an academic title; what it says of them and of an event is left to a person. It never makes a talk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from itasgraph.documents.document import Document, Line, LineKind
from itasgraph.drafting.entry_maker import EntryMaker
from itasgraph.drafting.event_place import place_in_sentence
from itasgraph.drafting.items import Programme
from itasgraph.drafting.lexica import is_first_name
from itasgraph.drafting.people import PARTICLES, TITLE, is_person, split_name
from itasgraph.drafting.speakers import Speaker, SpeakerGrammar
from itasgraph.drafting.times import periods_of_event
from itasgraph.util.spelling import fold

_SHORTEST_PROSE: Final = 120  # characters of a line that may be a paragraph of prose
_SENTENCE_END: Final = re.compile(r"[.!?…][\"“”’»)]*(?:\s|$)")
_LAST_SENTENCE: Final = re.compile(r"[^\W\d_]{4,}[.!?…][\"“”’»)]*\s*$")  # the end of no abbreviation
_WORD: Final = re.compile(r"\s*([^\W\d_][\w'’-]*)")
# The three patterns behind a name: "(R, O)", ", R der O," and "von der O" or "of the O".
_BRACKETS: Final = re.compile(r"\s*\(([^()]+)\)")
_APPOSITION: Final = re.compile(r",\s+([^,;:.()]+(?:\.(?=\w)[^,;:.()]+)*)(?=[,.])")
_FROM: Final = re.compile(r"\s+(?:vom|von der|von|of the|of|from the|from)\s+((?:[A-ZÄÖÜ]\S*\s?)+)")


class _Mention(NamedTuple):
    """A person in a line: the printed name, and the position behind it."""

    name: str
    end: int


def is_prose(document: Document, programme: Programme) -> bool:
    """Return whether a document is mostly sentences, and each item that was taken from it is one, too."""
    texts = [line.text for line in document.lines]
    prose = [text for text in texts if len(text) >= _SHORTEST_PROSE and _SENTENCE_END.search(text)]
    items = [item for section in programme.sections for item in section.items]
    are_sentences = all(not item.time.start and _is_sentence(document.lines[item.line - 1]) for item in items)
    return are_sentences and 2 * sum(map(len, prose)) > sum(map(len, texts))


def _is_sentence(line: Line) -> bool:
    return line.kind is LineKind.PARAGRAPH and _LAST_SENTENCE.search(line.text) is not None


class ProseEntries:
    """Makes entries of the people whom prose names, and doubts of what it says of them and of an event."""

    def __init__(self, make: EntryMaker, grammar: SpeakerGrammar, document: Document) -> None:
        self._make = make
        self._grammar = grammar
        self._texts = [(number, line.text) for number, line in enumerate(document.lines, 1)]

    def add(self) -> None:
        """Add what the document says to the draft."""
        self._event()
        for number, text in self._texts:
            for mention in _mentions(text):
                self._person(mention, number, text)

    def _person(self, mention: _Mention, number: int, text: str) -> None:
        title, name = split_name(mention.name)
        person = self._make.entry("Person", name, number, quote=mention.name)
        if person.type:
            person.values.setdefault("academicTitle", title)
        if words := _affiliation_behind(text[mention.end :]):
            for speaker in self._grammar.speakers(f"{mention.name}, {words}"):
                self._affiliation(person.id, speaker, words, number)

    def _affiliation(self, about: str, speaker: Speaker, words: str, number: int) -> None:
        if speaker.organisations and speaker.doubt is None:
            candidates = list(speaker.organisations)
            self._make.doubt(
                "doubt-employer-in-prose", words, number, about=about, key="organisation", candidates=candidates
            )
        if speaker.role:
            self._make.doubt("doubt-role-in-prose", words, number, about=about, key="role", candidates=[speaker.role])

    def _event(self) -> None:
        """Leave the day and place of an event to a person: the first that the document names."""
        about = self._known_event()
        day = next(periods_of_event(self._texts), None)
        if day is not None:
            number, found = day
            days = list(dict.fromkeys((found.first, found.last)))
            self._make.doubt("doubt-day-in-prose", found.words, number, about=about, key="date", candidates=days)
        for number, text in self._texts:
            if place := place_in_sentence(number, text):
                self._make.doubt(
                    "doubt-place-in-prose", place.words, number, about=about, key="location", candidates=[place.name]
                )
                return

    def _known_event(self) -> str:
        """Return the id of the first event of the project that the document names, or an empty string."""
        names = self._make.known.names("Event")
        named = (name for _, text in self._texts for name in names if fold(name) in fold(text))
        return next((id_ for name in named for id_ in self._make.known.find("Event", name)), "")


def _mentions(text: str) -> Iterator[_Mention]:
    """Yield the people with an academic title in a text."""
    for match in TITLE.finditer(text):
        before = text[: match.start()]
        end = _end_of_name(text, match.end())
        name = text[match.start() : end]
        # A family name alone names nobody for certain.
        if not before[-1:].isalnum() and len(split_name(name).name.split()) > 1 and is_person(name):
            yield _Mention(name, end)


def _end_of_name(text: str, start: int) -> int:
    """Return where the name behind a title ends: after the first names and one word more, which particles may precede."""
    end, is_given = start, True
    while is_given and (word := _WORD.match(text, end)):
        is_particle = word[1] in PARTICLES
        if not is_particle and not word[1][:1].isupper():
            break
        # The first word is a given name, in whatever language; so is each that a list knows.
        is_given = is_particle or end == start or is_first_name(word[1])
        end = word.end()
    return end


def _affiliation_behind(rest: str) -> str:
    """Return the words behind a name that say its role and organisation in one of the three patterns, or an empty string."""
    match = _BRACKETS.match(rest) or _APPOSITION.match(rest) or _FROM.match(rest)
    return match[1].strip(" .,;") if match else ""
