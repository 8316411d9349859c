"""The words of a programme in the form of its choices, and what a gold file would say of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from tools.generate_programmes.choices import Choices
from tools.generate_programmes.names import Person
from tools.generate_programmes.programme import Day, Part, Programme, Slot
from tools.score_drafts.event import Item, Speaker

_WEEKDAYS: Final = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
_ENGLISH_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS: Final = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
]
_ENGLISH_MONTHS: Final = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_NOON: Final = 12


@dataclass
class Text:
    """Some words of an item: what they are ("time", "title", "people" …), and the line or lines."""

    kind: str
    text: str


@dataclass
class Entry:
    """An item as it is printed: its texts in their order, its people by field, and the item of the gold file; None of a break."""

    slot: Slot
    time: str
    texts: list[Text] = field(default_factory=list)
    item: Item | None = None
    doubtful: str = ""  # a title of which nobody can say whether it is that of an item

    def of(self, *kinds: str) -> list[str]:
        """Return the texts of some kinds."""
        return [one.text for one in self.texts if one.kind in kinds]


class Wording:
    """Words programmes by choices."""

    def __init__(self, choices: Choices) -> None:
        self._choices = choices
        self._is_english = choices["language"] == "en"

    def time(self, slot: Slot) -> str:
        """Return the words for the time of an item; empty where items have none."""
        form = self._choices["time"]
        hour, minute = (int(part) for part in slot.start.split(":"))
        end_hour, end_minute = (int(part) for part in slot.end.split(":"))
        forms = {
            "9:00": f"{hour}:{minute:02}",
            "9.00": f"{hour}.{minute:02}",
            "09:00 Uhr": f"{hour:02}:{minute:02} Uhr",
            "09.00 Uhr": f"{hour:02}.{minute:02} Uhr",
            "9–10 Uhr": f"{_bare(hour, minute)}–{_bare(end_hour, end_minute)} Uhr",
            "09:00 – 09:45": f"{slot.start} – {slot.end}",
            "09:00 bis 09:45 Uhr": f"{slot.start} bis {slot.end} Uhr",
            "9h30": f"{hour}h{minute:02}",
            "ab 9 Uhr": f"{'ab ' if slot.kind in ('break', 'end') else ''}{_bare(hour, minute)} Uhr",
            "9 am": f"{_english(hour, minute)}",
        }
        return forms.get(form, "")

    def part_time(self, part: Part) -> str:
        """Return the words for the time of a part, where only parts have times."""
        if self._choices["time"] != "blocks":
            return ""
        return part.start if self._is_english else f"{part.start} Uhr"

    def day(self, day: Day, number: int) -> str:
        """Return the line that names a day."""
        one = day.day
        form = self._choices["day"]
        if self._is_english:
            words = f"{one.day} {_ENGLISH_MONTHS[one.month - 1]} {one.year}"
            return {"weekday": f"{_ENGLISH_WEEKDAYS[one.weekday()]}, {words}", "Tag 1": f"Day {number}: {words}"}.get(
                form, words
            )
        words = f"{one.day}. {_MONTHS[one.month - 1]} {one.year}"
        numbers = f"{one.day:02}.{one.month:02}.{one.year}"
        return {
            "weekday": f"{_WEEKDAYS[one.weekday()]}, {words}",
            "Tag 1": f"Tag {number} – {words}",
            "number": numbers,
        }.get(form, words)

    def entry(self, slot: Slot, start: str) -> Entry:
        """Return an item as it is printed; `start` is that of its part, where items have no times."""
        entry = Entry(slot, self.time(slot))
        if slot.kind in ("break", "end"):
            entry.texts.append(Text("title", slot.title))
            entry.doubtful = slot.title if slot.kind == "end" else ""
            return entry
        title, also = self._title(slot)
        shown_format = slot.format if title != slot.title and slot.format in title else ""  # within the title
        texts = {"title": [Text("title", title)], "format": [], "people": self._people(slot)}
        has_line = slot.format and not shown_format
        if has_line:
            texts["format"] = [Text("format", slot.format)]
        if slot.room and self._choices["room"] == "line":
            texts["title"].append(Text("room", slot.room))
        if slot.subtitle and self._choices["title"] == "subtitle line":
            texts["title"].append(Text("subtitle", slot.subtitle))
        if slot.description:
            texts["title" if self._choices["description"] == "behind title" else "people"].append(
                Text("description", slot.description)
            )
        order = self._choices["order"] if slot.kind == "talk" else "format title people"
        if "format" not in order:
            order = f"format {order}"
        for kind in order.split():
            entry.texts += texts[kind]
        if self._choices["format"] != "none" and slot.format:
            also.append(f"{slot.format}: {slot.title}")
        entry.item = Item(
            slot.title,
            start if self._choices["time"] == "blocks" else "" if self._choices["time"] == "none" else slot.start,
            tuple(map(self._speaker, slot.people)),
            tuple(one.name for one in slot.moderators),
            also=tuple(dict.fromkeys(also)),
        )
        return entry

    def _title(self, slot: Slot) -> tuple[str, list[str]]:
        """Return the title as printed, and other wordings of it that are right."""
        form, title = self._choices["format"], slot.title
        also = []
        if slot.kind == "workshop":
            number = {"numbered": f"Workshop {slot.number}: "}.get(self._choices["parallel"], "")
            return f"{number}{title}", [f"{number}{title}"]
        if slot.subtitle:
            also.append(f"{title} – {slot.subtitle}")
            title = also[0] if self._choices["title"] == "subtitle dash" else title
        quotes = {"german quotes": "„{}“", "straight quotes": '"{}"'}.get(self._choices["title"], "{}")
        if slot.kind in ("talk", "panel"):
            title = quotes.format(title)
        if slot.format:
            if slot.kind == "panel" and form in ("none", "brackets"):
                form = "colon"
            quoted = title if title[0] in '„"' else f"„{title}“"
            forms = {
                "colon": f"{slot.format}: {title}",
                "dash": f"{slot.format} – {title}",
                "brackets": f"{title} ({slot.format})",
                "quoted": f"{slot.format} {quoted}",
            }
            title = forms.get(form, title)
        also.append(title)
        if slot.room and self._choices["room"] == "behind title":
            title = f"{title} ({slot.room})"
            also.append(title)
        if self._choices["container"] in (
            "one line",
            "list",
        ):  # whether what stands beside a title belongs to it, nobody can say
            between = self._choices["between"]
            beside = (
                slot.subtitle if self._choices["title"] == "subtitle line" else "",
                slot.format if self._choices["format"] == "line" else "",
            )
            also += [f"{one}{between}{text}" for one in tuple(also) for text in beside if text]
            also += [f"{slot.format}{between}{one}" for one in tuple(also) if slot.format]
        return title, also

    # --- people -----------------------------------------------------------------------------------------------------------

    def _people(self, slot: Slot) -> list[Text]:
        lines = self._lines(slot.people)
        texts = [Text("people", line) for line in lines]
        if slot.kind == "panel" and slot.people:
            if self._choices["several"] not in ("comma", "and", "semicolon"):
                texts = [Text("bullet" if self._choices["several"] == "bullets" else "people", line) for line in lines]
            if self._choices["panel"] == "label":
                texts.insert(0, Text("label", "Panellists:" if self._is_english else "Es diskutieren:"))
        elif slot.people and self._choices["label"] != "none" and slot.kind != "opening":
            texts = [
                Text("people", f"{self._label(len(slot.people))}{line}" if not at else line)
                for at, line in enumerate(lines)
            ]
        for one in slot.moderators:
            person = self._person(one)
            at = 0 if self._choices["moderator"] == "before people" else len(texts)
            words = person if "⏎" not in self._choices["people"] else " ".join((one.title, one.name)).strip()
            label = "Chair" if self._is_english else "Moderation"
            if self._choices["moderator"] == "in brackets":
                text = f"{' '.join((one.title, one.name)).strip()} ({'Chair' if self._is_english else 'Moderation'})"
            else:
                text = f"{label}: {words}"
            texts.insert(at, Text("moderator", text))
        return texts

    def _label(self, count: int) -> str:
        label = self._choices["label"]
        plural = {
            "Referent:in": "Referent:innen: ",
            "Referent": "Referenten: ",
            "Speaker": "Speakers: ",
            "Es sprechen": "Es sprechen: ",
        }
        single = {
            "Referent:in": "Referent:in: ",
            "Referent": "Referent: ",
            "Speaker": "Speaker: ",
            "Es sprechen": "Es spricht: ",
        }
        return (single if count == 1 else plural).get(label, f"{label} ")

    def moderator(self, one: Person) -> str:
        """Return the line that names who moderates a part or the whole."""
        label = "Moderation" if not self._is_english else "Moderator"
        name = " ".join((one.title, one.name)).strip()
        return f"{label}: {name}, {one.organisation.name}"

    def _lines(self, people: Sequence[Person]) -> list[str]:
        several = self._choices["several"]
        words = list(map(self._person, people))
        if several in {"comma", "semicolon"}:
            return [(", " if several == "comma" else "; ").join(words)] if words else []
        if several == "and" and words:
            join = " and " if self._is_english else " und "
            return [join.join([", ".join(words[:-1]), words[-1]] if words[:-1] else words)]
        return words

    def _person(self, one: Person) -> str:
        is_one_word = " " not in one.family
        family = one.family.upper() if self._choices["capitals"] == "family name" and is_one_word else one.family
        name = " ".join(filter(None, (one.title, one.given, family)))
        pattern = self._choices["people"]
        employed = f"{one.role} {one.organisation.of}"
        pattern = pattern.replace("R O N", f"{employed}, {{n}}").replace("R O", employed).replace(" ⏎ ", "\n")
        filled = re.sub(r"\bN\b", "{n}", pattern) if "{n}" not in pattern else pattern
        return (
            re.sub(r"\bO\b", "{o}", re.sub(r"\bR\b", "{r}", filled)).format(n=name, r=one.role, o=one.organisation.name)
            if employed not in filled
            else filled.format(n=name)
        )

    def _speaker(self, one: Person) -> Speaker:
        pattern = self._choices["people"]
        is_table = self._choices["container"] == "table of fields"
        role = one.role if "R" in pattern or is_table else ""
        organisations = (one.organisation.name,) if "O" in pattern or is_table else ()
        doubtful = {f"{role} {one.organisation.of}", one.role.split(" ")[0]} - {role} if role else set()
        return Speaker(one.name, role, organisations, frozenset(doubtful))


def entries(programme: Programme, wording: Wording) -> Iterator[tuple[Day, Part, list[Entry]]]:
    """Yield the parts of a programme with their items as printed."""
    for day in programme.days:
        for part in day.parts:
            yield day, part, [wording.entry(slot, part.start) for slot in part.slots]


def _bare(hour: int, minute: int) -> str:
    return f"{hour}.{minute:02}" if minute else str(hour)


def _english(hour: int, minute: int) -> str:
    half = "am" if hour < _NOON else "pm"
    shown = hour if hour <= _NOON else hour - _NOON
    return f"{shown}:{minute:02} {half}" if minute else f"{shown} {half}"
