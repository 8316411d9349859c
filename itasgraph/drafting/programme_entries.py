"""A programme → entries: the event, its sections and contributions, and the appearances of speakers and moderators."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from itasgraph.documents.document import Document, Line, LineKind
from itasgraph.drafting.draft import Details, Entry, Step
from itasgraph.drafting.entry_maker import EntryMaker
from itasgraph.drafting.event_place import place_of
from itasgraph.drafting.items import Item, Programme, Section
from itasgraph.drafting.programme_lines import Piece, in_lines, mail_head, wrapped_pieces
from itasgraph.drafting.speakers import Speaker
from itasgraph.drafting.times import Period, days, period, periods_of_event
from itasgraph.util.spelling import fold

# What a headline says of the document, not of the event.
_DOCUMENT_WORDS: Final = re.compile(
    r"^(?:Programm|Agenda|Tagesordnung|Ablauf|Programme|Program|Schedule)\s*(?:zum|zur|des|der|für|of the|for the)?\s*[:–-]?\s+|"
    r"\s*[:/–|-]\s*(?:Programm|Agenda|Ablauf|Rückblick|Programme|Program|Review)\s*$",
    re.I,
)

_EMPHASIS: Final = re.compile(r"\*{1,2}")  # of Markdown
_MOST_LINES: Final = 20  # from a name down to its affiliation
# A role that may hold the name of an organisation that the grammar does not know ("Leiterin der Nordhalle").
_NAMES_EMPLOYER: Final = re.compile(r"\s(?:(?:der|des|dem|vom|von|of)\s|ebenda\b|ebd\.)")


class ProgrammeEntries:
    """Makes the entries of a programme."""

    def __init__(self, make: EntryMaker, document: Document) -> None:
        self._make = make
        self._lines = document.lines
        self._document = document
        self._event_id = ""
        self._wrapped: dict[int, Piece] = {}
        self._times: dict[
            str, set[tuple[str, str]]
        ] = {}  # title without case → the days and times at which it takes place
        self._has_several_days = False

    def add(self, programme: Programme) -> None:
        """Add the entries of a programme to the draft."""
        first = min(item.line for section in programme.sections for item in section.items)
        event = self._event(programme, first)
        self._event_id = event.id
        self._appearances(event, "moderators", programme.moderators, lambda _: "moderators-of-whole")
        position = 0
        for section in programme.sections:
            whole = event
            if self._is_section(section, event):
                position += 1
                whole = self._section(section, event, position)
            self._appearances(whole, "moderators", section.moderators, lambda _: "moderators-of-section")
            for number, item in enumerate(section.items, 1 if whole is not event else position + 1):
                self._contribution(item, whole, number)
                position = number if whole is event else position

    # --- the event ----------------------------------------------------------------------------------------------------

    def _event(self, programme: Programme, first_item: int) -> Entry:
        end = min([first_item, *programme.heads])
        head = [(number, line) for number, line in enumerate(self._lines, 1) if number < end and line.text.strip()]
        self._wrapped = {piece.line: piece for piece in wrapped_pieces(self._document) if piece.line < end}
        line, name = self._event_name(head)
        event = self._make.entry("Event", name, line)
        if event.type:
            self._days(event, head, programme)
            self._place(event, head, programme, (line, name))
        return event

    def _days(self, event: Entry, head: Sequence[tuple[int, Line]], programme: Programme) -> None:
        """Add the days: those above the programme, and those that its sections and rows name."""
        mail = mail_head(self._lines)
        texts = [(number, self._whole_text(number, line)) for number, line in head if number not in mail]
        above = next(periods_of_event(texts), None)
        inside = list(_days_inside(programme, self._lines))
        named = ([above] if above else []) + inside
        if not named:
            return
        number, found = named[0]
        days_ = [day for _, one in named for day in (one.first, one.last)]
        event.values["date"] = min(days_)
        if max(days_) != min(days_):
            event.values["endDate"] = max(days_)
            self._has_several_days = True
        for number, found in named[:1] if above else named:
            for words in self._in_lines(found.words, number):
                self._make.prove(event, words, number)

    def _whole_text(self, number: int, line: Line) -> str:
        """Return the text of a line, with the lines below it where it was wrapped."""
        return self._wrapped[number].text if number in self._wrapped else _in_one_line(line)

    def _in_lines(self, words: str, number: int) -> list[str]:
        """Return words of the text that begins in a line as they stand in each of its lines."""
        return in_lines(words, self._wrapped[number].parts).split("\n") if number in self._wrapped else [words]

    def _place(
        self, event: Entry, head: Sequence[tuple[int, Line]], programme: Programme, name: tuple[int, str]
    ) -> None:
        last = max(item.line for section in programme.sections for item in section.items)
        tail = [(number, line) for number, line in enumerate(self._lines, 1) if number > last and line.text.strip()]
        above, below = (
            [(number, _EMPHASIS.sub("", self._whole_text(number, line))) for number, line in part]
            for part in (head, tail)
        )
        if place := place_of(above, below, name):
            entry = self._make.entry("Place", place.name, place.line)
            words = self._in_lines(place.words, place.line)
            event.relate("location", entry.id, {"quote": words if len(words) > 1 else words[0], "line": place.line})
            self._make.draft.steps.append(Step(place.line, place.rule, place.name))

    def _event_name(self, head: Sequence[tuple[int, Line]]) -> tuple[int, str]:
        """Return the line and name of the event: the first known one that is named before the first item, else the headline."""
        known = sorted(self._make.known.names("Event"), key=len, reverse=True)
        texts = [(number, self._lines[number - 1]) for number, _ in head]
        for number, line in texts:
            for name in known:
                if _names_event(line.text, name):
                    return number, name
        headings = [(number, line.plain) for number, line in texts if line.kind is LineKind.HEADING]
        number, text = (
            headings or [(number, line.text) for number, line in texts] or [(1, self._document.title or "–")]
        )[0]
        return number, _DOCUMENT_WORDS.sub("", " ".join(text.split())) or text

    def _is_section(self, section: Section, event: Entry) -> bool:
        name = str(event.values.get("name", ""))
        return (
            bool(section.title)
            and fold(section.title) != fold(name)
            and not (name and fold(name) in fold(section.title))
        )

    # --- its parts ----------------------------------------------------------------------------------------------------

    def _section(self, section: Section, event: Entry, position: int) -> Entry:
        entry = self._make.entry("Section", section.title, section.line, event=event.id)
        self._make.draft.steps.append(Step(section.line, section.rule, section.title))
        if entry.type:
            entry.values |= {"partOf": event.id, "position": position}
            if "endDate" in event.values and (found := days(section.title)):
                entry.values["day"] = found[0].day
        return entry

    def _contribution(self, item: Item, whole: Entry, position: int) -> None:
        entry = self._entry_of(item)
        if entry.type:
            entry.values |= {"partOf": whole.id, "position": position, "title": item.title}
            if len(item.words) > 1:  # in several lines
                entry.values["quote"] = list(item.words)
            time = item.time
            if time.start:
                entry.values["start"] = time.start
                if time.end > time.start:  # an end on the next day, or read from another line, would be a fault
                    entry.values["end"] = time.end
                self._make.prove(entry, time.words, time.line)
            if item.day and self._has_several_days:
                entry.values["day"] = item.day
        for key, is_moderator in (("speakers", False), ("moderators", True)):
            people = [one for one in item.speakers if one[1].is_moderator is is_moderator]
            self._appearances(entry, key, people, _place_of_people(key, item.line))

    def _entry_of(self, item: Item) -> Entry:
        """Return the entry of an item; a title that another time has as well ("Pause", "Grußwort") is another item."""
        self._make.draft.steps.append(Step(item.line, item.rule, item.title))
        times = self._times.setdefault(fold(item.title), set())
        is_other = bool(times) and bool(item.time.start) and (item.day, item.time.start) not in times
        times.add((item.day, item.time.start))
        if is_other:
            return self._make.another("Contribution", item.title, item.line)
        return self._make.entry("Contribution", item.title, item.line, event=self._event_id)

    def _appearances(
        self, entry: Entry, key: str, speakers: list[tuple[int, Speaker]], rule: Callable[[int], str]
    ) -> None:
        """Add appearances; `rule` gives the name of the rule by which the people of a line belong to the entry."""
        position = 0
        for line, speaker in speakers:
            is_bare = speaker.doubt == "doubt-bare-name" and not self._make.known.find("Person", speaker.name)
            if speaker.doubt is not None and (is_bare or speaker.doubt == "doubt-item-unclear"):
                words = _first_line(speaker)
                self._make.doubt(speaker.doubt, words, line, about=entry.id, key=key, candidates=[speaker.name])
                continue
            position += 1
            details: Details = {} if key == "moderators" else {"position": position}
            person = self._person(speaker, line)
            self._make.draft.steps.append(Step(line, rule(line), f"{_first_line(speaker)} → {entry.id}"))
            if speaker.affiliation.rule:
                self._make.draft.steps.append(Step(line, speaker.affiliation.rule, _first_line(speaker)))
            entry.relate(
                key,
                person.id,
                {
                    **details,
                    **dict(self._affiliation(speaker, entry, key, line)),
                    "quote": _quote(speaker),
                    "line": line,
                },
            )

    def _person(self, speaker: Speaker, line: int) -> Entry:
        printed = f"{speaker.title} {speaker.name}".strip()
        person = self._make.entry("Person", speaker.name, line, quote=printed)
        if speaker.title and person.type:
            person.values.setdefault("academicTitle", speaker.title)
        return person

    def _affiliation(
        self, speaker: Speaker, entry: Entry, key: str, line: int
    ) -> Iterator[tuple[str, str | list[str]]]:
        """Yield organisation and role of an appearance as far as there is no doubt about them."""
        if speaker.doubt in ("doubt-organisation-unknown", "doubt-organisation-of-next"):
            candidates = list(speaker.organisations)
            self._make.doubt(speaker.doubt, _first_line(speaker), line, about=entry.id, key=key, candidates=candidates)
        elif speaker.organisations:
            names = dict.fromkeys(speaker.organisations)
            ids = [self._organisation(name, speaker, line).id for name in names]
            yield "organisation", ids if len(ids) > 1 else ids[0]
        is_doubtful = speaker.doubt == "doubt-role-without-organisation"
        if is_doubtful:
            self._make.doubt(
                "doubt-role-without-organisation",
                _first_line(speaker),
                line,
                about=entry.id,
                key=key,
                candidates=[speaker.role],
            )
        if speaker.role and not (is_doubtful and _NAMES_EMPLOYER.search(speaker.role)):
            yield "role", self._make.entry("Role", speaker.role, self._line_of(speaker.role, line)).id

    def _organisation(self, name: str, speaker: Speaker, line: int) -> Entry:
        """Return the entry of an organisation; two quotes prove a name that stands in two lines."""
        is_known = bool(self._make.known.find("Organisation", name))
        entry = self._make.entry("Organisation", name, self._line_of(name, line))
        parts = in_lines(name, speaker.quote.split("\n")).split("\n")
        if len(parts) > 1 and not is_known:
            entry.values["quote"] = parts
        return entry

    def _line_of(self, text: str, line: int) -> int:
        """Return the line, from that of a name on, in which the words of its affiliation stand."""
        below = range(line, min(line + _MOST_LINES, len(self._lines) + 1))
        return next((number for number in below if text in self._lines[number - 1].text), line)


def _place_of_people(key: str, title: int) -> Callable[[int], str]:
    """Return the function that names the rule for people in a line: they stand beside or below the title of their item."""
    return lambda line: f"{key}-{'beside' if line == title else 'below'}-title"


def _names_event(text: str, name: str) -> bool:
    """Return whether a text names an event, and not the same one of another year ("Werkstatttag 2032", "3. Werkstatttag")."""
    return re.search(rf"(?<!\w)(?<!\d\.\s){re.escape(fold(name))}(?!\w|\s+\d{{4}})", fold(text)) is not None


def _days_inside(programme: Programme, lines: Sequence[Line]) -> Iterator[tuple[int, Period]]:
    """Yield the days that sections and rows name, each with its line."""
    for section in programme.sections:
        if section.line:
            yield from periods_of_event([(section.line, section.title)])
        for item in section.items:
            if item.day:
                yield from itertools.islice(_that_name(item, lines), 1)


def _that_name(item: Item, lines: Sequence[Line]) -> Iterator[tuple[int, Period]]:
    """Yield the lines that name the day of an item: its own, the one below, and those above."""
    above = range(item.line - 1, max(item.line - _MOST_LINES, 0), -1)
    for number in (item.line, min(item.line + 1, len(lines)), *above):
        yield from ((number, found) for found in _periods(lines[number - 1].text) if found.first == item.day)


def _periods(text: str) -> Iterator[Period]:
    """Yield the days of a line, which may be the header of a table with a column for each day."""
    several = days(text)
    if len(several) > 1:
        yield from (Period(one.day, one.day, one.words) for one in several)
    elif found := period(text):
        yield found


def _in_one_line(line: Line) -> str:
    """Return the text of a line, with a comma between the lines of a cell, as an address has it."""
    if line.kind is not LineKind.ROW:
        return line.text
    return " | ".join(cell.replace("\n", ", ") for cell in line.cells if cell)


def _quote(speaker: Speaker) -> str | list[str]:
    """Return the words that name a speaker: one text, or one of each line."""
    lines = list(dict.fromkeys(" ".join(part.split()) for part in speaker.quote.split("\n")))
    return lines if len(lines) > 1 else lines[0]


def _first_line(speaker: Speaker) -> str:
    return speaker.quote.split("\n", 1)[0].strip()
