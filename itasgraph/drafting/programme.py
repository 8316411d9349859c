"""The programme of an event → a draft: the event, its sections, and its contributions with speakers and moderators."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from itasgraph.documents.document import Document, Line, LineKind
from itasgraph.drafting.lexica import is_break
from itasgraph.drafting.speakers import Speaker, SpeakerGrammar
from itasgraph.drafting.times import Times, leading_times

_BAR: Final = re.compile(r"\s*\|\s*")
# What may stand between a title and its speakers: a bar, a dash, or the comma of a line whose end reads as a name.
_BETWEEN: Final = re.compile(r"\s*\|\s*|\s+[–—-]\s+|\s*,\s+|\s*:\s+|\s+\(")
_BULLET: Final = re.compile(r"^\s*[•*–-]\s+")
_SENTENCE: Final = re.compile(r"[.!?:;,]$")
_LONGEST_HEADING: Final = 160
_LONGEST_LINE: Final = 400  # of an item; longer lines are prose


@dataclass
class Item:
    """An item of a programme: the line where it begins, its times, its title, and who speaks or moderates."""

    line: int
    times: Times
    title: str
    speakers: list[tuple[int, Speaker]] = field(default_factory=list)
    rule: str = ""


@dataclass
class Section:
    """A part of a programme below a heading; the line is 0 for what stands before the first one."""

    line: int
    title: str
    items: list[Item] = field(default_factory=list)
    moderators: list[tuple[int, Speaker]] = field(default_factory=list)


@dataclass
class Programme:
    """What was read: the sections, and the numbers of the lines that announce breaks."""

    sections: list[Section]
    breaks: list[int]


def read(document: Document, grammar: SpeakerGrammar) -> Programme:
    """Return the programme in a document; it has no section where the document holds no programme."""
    return _Reader(document, grammar).read()


class _Reader:
    def __init__(self, document: Document, grammar: SpeakerGrammar) -> None:
        self._lines = document.lines
        self._grammar = grammar
        self._sections: list[Section] = []
        self._breaks: list[int] = []
        self._heading: tuple[int, str] | None = None
        self._item: Item | None = None

    def read(self) -> Programme:
        for number, line in enumerate(self._lines, 1):
            self._line(number, line)
        return Programme([section for section in self._sections if section.items], self._breaks)

    def _line(self, number: int, line: Line) -> None:
        text = " ".join(_BULLET.sub("", line.text, count=1).split()) if line.kind is not LineKind.ROW else line.text
        if not text or len(text) > _LONGEST_LINE:
            self._item = None if len(text) > _LONGEST_LINE else self._item
            return
        times = leading_times(text)
        body = text[times.length :].lstrip(" |–-")
        if (times.length and is_break(body)) or is_break(text):
            self._breaks.append(number)
            self._item = None
        elif self._speakers_line(number, body, times):
            return
        elif item := self._item_of(number, line, body, times):
            self._section().items.append(item)
            self._item = item
        elif self._is_heading(number, line, text):
            self._heading = (number, text)
            self._item = None

    def _speakers_line(self, number: int, body: str, times: Times) -> bool:
        """Add a line of names to the item before it, or its moderators to the section."""
        if times.length or not self._grammar.begins_with_person(body):
            return False
        speakers = self._grammar.speakers(body)
        if not speakers:
            return False
        if self._item is None and all(speaker.is_moderator for speaker in speakers):
            self._section().moderators += [(number, speaker) for speaker in speakers]
            return True
        if self._item is None:
            return False
        self._item.speakers += [(number, speaker) for speaker in speakers]
        return True

    def _item_of(self, number: int, line: Line, body: str, times: Times) -> Item | None:
        """Return the item in a line: with a time, or with speakers behind the title, or a bullet among such lines."""
        title, speakers = self._divide(body)
        if speakers:
            return Item(number, times, title, [(number, one) for one in speakers], "title-and-speakers")
        if times.length and body:
            return Item(number, times, body, [], "time-and-title")
        is_sibling = line.kind is LineKind.BULLET or _BULLET.match(line.text) is not None
        if is_sibling and self._has_items_around(number):
            return Item(number, times, body, [], "bullet-among-items")
        return None

    def _divide(self, body: str) -> tuple[str, list[Speaker]]:
        """Divide a line into title and speakers: at the last place behind which nothing but speakers stands."""
        for match in _BETWEEN.finditer(body):
            rest = body[match.end() :]
            if match.start() and self._grammar.begins_with_person(rest):
                rest = rest[:-1] if match.group().endswith("(") and rest.endswith(")") else rest
                if speakers := self._grammar.speakers(rest):
                    return body[: match.start()].strip(), speakers
        return body, []

    def _has_items_around(self, number: int) -> bool:
        """Return whether the list of bullets around a line holds a line with title and speakers."""
        for step in (-1, 1):
            at = number - 1 + step
            while 0 <= at < len(self._lines) and _is_bullet(self._lines[at]):
                if self._divide(" ".join(_BULLET.sub("", self._lines[at].text, count=1).split()))[1]:
                    return True
                at += step
        return False

    def _is_heading(self, number: int, line: Line, text: str) -> bool:
        if line.kind is LineKind.HEADING:
            return True
        before = self._lines[number - 2].text.strip() if number > 1 else ""
        is_alone = not before and line.kind is LineKind.PARAGRAPH
        return is_alone and len(text) <= _LONGEST_HEADING and not _SENTENCE.search(text)

    def _section(self) -> Section:
        """Return the section of the last heading; make it with its first item."""
        number, title = self._heading or (0, "")
        if not self._sections or self._sections[-1].line != number:
            self._sections.append(Section(number, title))
        return self._sections[-1]


def _is_bullet(line: Line) -> bool:
    return line.kind is LineKind.BULLET or _BULLET.match(line.text) is not None
