"""A programme → entries: the event, its sections and contributions, and the appearances of speakers and moderators."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from itasgraph.documents.document import Document, Line, LineKind
from itasgraph.drafting.draft import Entry
from itasgraph.drafting.entry_maker import EntryMaker
from itasgraph.drafting.programme import Item, Programme, Section
from itasgraph.drafting.speakers import Speaker
from itasgraph.drafting.times import days
from itasgraph.util.spelling import fold

# What a headline says of the document, not of the event.
_DOCUMENT_WORDS: Final = re.compile(
    r"^(?:Programm|Agenda|Tagesordnung|Ablauf|Programme|Program|Schedule)\s*(?:zum|zur|des|der|für|of the|for the)?\s*[:–-]?\s+|"
    r"\s*[:/–|-]\s*(?:Programm|Agenda|Ablauf|Rückblick|Programme|Program|Review)\s*$",
    re.I,
)


class ProgrammeEntries:
    """Makes the entries of a programme."""

    def __init__(self, make: EntryMaker, document: Document) -> None:
        self._make = make
        self._lines = document.lines
        self._document = document

    def add(self, programme: Programme) -> None:
        """Add the entries of a programme to the draft."""
        first = min(item.line for section in programme.sections for item in section.items)
        event = self._event(first)
        position = 0
        for section in programme.sections:
            whole = event
            if self._is_section(section, event):
                position += 1
                whole = self._section(section, event, position)
            self._appearances(whole, "moderators", section.moderators)
            for number, item in enumerate(section.items, 1):
                self._contribution(item, whole, number)

    # --- the event ----------------------------------------------------------------------------------------------------

    def _event(self, first_item: int) -> Entry:
        head = [
            (number, line) for number, line in enumerate(self._lines, 1) if number < first_item and line.text.strip()
        ]
        line, name = self._event_name(head)
        event = self._make.entry("Event", name, line)
        if event.type:
            for number, text in ((number, one.text) for number, one in head):
                if found := days(text):
                    event.values["date"] = found[0].day
                    self._make.prove(event, found[0].words, number)
                    break
        return event

    def _event_name(self, head: Sequence[tuple[int, Line]]) -> tuple[int, str]:
        """Return the line and name of the event: a known one that is named before the first item, else the headline."""
        known = sorted(self._make.known.names("Event"), key=len, reverse=True)
        texts = [(number, self._lines[number - 1]) for number, _ in head]
        for name in known:
            for number, line in texts:
                if fold(name) in fold(line.text):
                    return number, name
        headings = [(number, line.text) for number, line in texts if line.kind is LineKind.HEADING]
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
        entry = self._make.entry("Section", section.title, section.line)
        if entry.type:
            entry.values |= {"partOf": event.id, "position": position}
        return entry

    def _contribution(self, item: Item, whole: Entry, position: int) -> None:
        entry = self._make.entry("Contribution", item.title, item.line)
        if entry.type:
            entry.values |= {"partOf": whole.id, "position": position, "title": item.title}
            if item.times.start:
                entry.values |= {
                    key: time for key, time in (("start", item.times.start), ("end", item.times.end)) if time
                }
                self._make.prove(
                    entry, self._lines[item.line - 1].text.strip()[: item.times.length].strip(" |–-:"), item.line
                )
        speakers = [one for one in item.speakers if not one[1].is_moderator]
        self._appearances(entry, "speakers", speakers)
        self._appearances(entry, "moderators", [one for one in item.speakers if one[1].is_moderator])

    def _appearances(self, entry: Entry, key: str, speakers: list[tuple[int, Speaker]]) -> None:
        position = 0
        for line, speaker in speakers:
            if speaker.doubt == "doubt-bare-name" and not self._make.known.find("Person", speaker.name):
                self._make.doubt(
                    "doubt-bare-name", speaker.quote, line, about=entry.id, key=key, candidates=[speaker.name]
                )
                continue
            position += 1
            details: dict[str, str | int] = {} if key == "moderators" else {"position": position}
            person = self._person(speaker, line)
            entry.relate(
                key,
                person.id,
                {**details, **dict(self._affiliation(speaker, entry, key, line)), "quote": speaker.quote, "line": line},
            )

    def _person(self, speaker: Speaker, line: int) -> Entry:
        printed = f"{speaker.title} {speaker.name}".strip()
        person = self._make.entry("Person", speaker.name, line, quote=printed)
        if speaker.title and person.type:
            person.values.setdefault("academicTitle", speaker.title)
        return person

    def _affiliation(self, speaker: Speaker, entry: Entry, key: str, line: int) -> Iterator[tuple[str, str]]:
        """Yield organisation and role of an appearance as far as there is no doubt about them."""
        if speaker.doubt in ("doubt-organisation-unknown", "doubt-organisation-of-next"):
            candidates = list(speaker.organisations)
            self._make.doubt(speaker.doubt, speaker.quote, line, about=entry.id, key=key, candidates=candidates)
        elif speaker.organisations:
            yield "organisation", self._make.entry("Organisation", speaker.organisations[0], line).id
        if speaker.role:
            yield "role", self._make.entry("Role", speaker.role, line).id
            if speaker.doubt == "doubt-role-without-organisation":
                self._make.doubt(speaker.doubt, speaker.quote, line, about=entry.id, key=key)
