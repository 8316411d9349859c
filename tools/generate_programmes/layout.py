"""A worded programme → the blocks of a document, which each writer prints in its type of file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tools.generate_programmes import html_layout, noise
from tools.generate_programmes.blocks import Block, bold
from tools.generate_programmes.choices import Choices
from tools.generate_programmes.programme import Part, Programme, Slot
from tools.generate_programmes.wording import Entry, Text, Wording, entries
from tools.score_drafts.event import Event

_HEADER = ("Zeit", "Programmpunkt", "Referent:innen")
_ENGLISH_HEADER = ("Time", "Title", "Speakers")
_FIELDS = ("Zeit", "Titel", "Referent:in", "Funktion", "Organisation")
_ENGLISH_FIELDS = ("Time", "Title", "Speaker", "Role", "Organisation")
_TWO_COLUMNS = 2


@dataclass(frozen=True)
class Page:
    """A document: its title, its blocks, and what it says."""

    title: str
    blocks: tuple[Block, ...]
    event: Event


def page(programme: Programme, choices: Choices) -> Page:
    """Return the document of a programme."""
    wording = Wording(choices)
    layout = _Layout(choices, wording)
    blocks = [*noise.before(choices), *noise.head(programme, wording, choices)]
    people = list(programme.moderators)
    worded: list[Entry] = []
    day_before = None
    if choices["moderator"] == "of the day above":
        blocks += [Block("p", wording.moderator(one)) for one in programme.moderators]
    for day, part, every in entries(programme, wording):
        if day is not day_before and len(programme.days) > 1:
            blocks.append(Block("h2", wording.day(day, programme.days.index(day) + 1)))
        day_before = day
        people += part.moderators
        worded += every
        blocks += layout.part(part, every)
    if choices["moderator"] == "of the day below":
        blocks += [Block("p", wording.moderator(one)) for one in programme.moderators]
    blocks += noise.after(choices)
    event = Event(
        days=tuple(day.day.isoformat() for day in programme.days),
        place=programme.place,
        moderators=tuple(one.name for one in people),
        items=tuple(entry.item for entry in worded if entry.item is not None),
        doubtful=frozenset({entry.doubtful for entry in worded} - {""} | layout.frames),
    )
    return Page(programme.title, tuple(blocks), event)


class _Layout:
    def __init__(self, choices: Choices, wording: Wording) -> None:
        self._choices = choices
        self._wording = wording
        self._container = choices["container"]
        self._is_english = choices["language"] == "en"
        self.frames: set[str] = set()

    def part(self, part: Part, every: Sequence[Entry]) -> Iterator[Block]:
        """Yield the blocks of a part: its heading, who moderates it, its items."""
        time = self._wording.part_time(part)
        heading = f"{time} {part.heading}".strip() if time else part.heading
        if heading:
            yield Block("h3" if part.heading else "b", heading)
        yield from (Block("p", self._wording.moderator(one)) for one in part.moderators)
        plain: list[Entry] = []
        parallel = [entry for entry in every if entry.slot.kind == "workshop"]
        is_columned = self._choices["parallel"] == "columns"
        for entry in every:
            if entry.slot.kind != "workshop":
                plain.append(entry)
            elif entry is parallel[0]:
                if not is_columned:
                    plain.append(self._frame(entry))
                yield from self._items(plain)
                plain = []
                yield from self._columns(parallel) if is_columned else self._workshops(parallel)
        yield from self._items(plain)

    def _frame(self, entry: Entry) -> Entry:
        title = "Parallel workshops" if self._is_english else "Parallele Workshops"
        self.frames.add(title)
        slot = Slot(title, entry.slot.start, entry.slot.end, "frame")
        return Entry(slot, self._wording.time(slot), [Text("title", title)])

    def _workshops(self, parallel: Sequence[Entry]) -> Iterator[Block]:
        untimed = [replace(entry, time="") for entry in parallel]
        if self._choices["parallel"] == "bullets":
            yield from (Block("li", _lines(entry)) for entry in untimed)
        else:
            yield from (Block("p", _lines(entry, is_bold=self._choices["bold"] != "none")) for entry in untimed)

    def _columns(self, parallel: Sequence[Entry]) -> Iterator[Block]:
        rooms = ["Room" if self._is_english else "Raum"] * len(parallel)
        header = ["Time" if self._is_english else "Zeit", *(f"{room} {at}" for at, room in enumerate(rooms, 1))]
        cells = [parallel[0].time, *("\n".join(entry.of("title", "people", "moderator")) for entry in parallel)]
        yield Block("table", rows=(tuple(header), tuple(cells)), has_header=True)

    def _items(self, every: Sequence[Entry]) -> Iterator[Block]:
        if not every:
            return
        if "table" in self._container:
            yield self._table(every)
        elif self._container == "tabs":
            for entry in every:
                first, *others = _flat(entry)
                yield Block("p", f"{entry.time}\t{first}")
                yield from (Block("p", f"\t{text}") for text in others)
        elif self._container in html_layout.FORMS:
            yield from html_layout.blocks(every, self._container, self._choices)
        else:
            for entry in every:
                yield from self._item(entry)

    def _table(self, every: Sequence[Entry]) -> Block:
        if self._container == "table of fields":
            rows = tuple(_fields(entry) for entry in every)
            return Block("table", rows=(_ENGLISH_FIELDS if self._is_english else _FIELDS, *rows), has_header=True)
        header: tuple[str, ...] = _ENGLISH_HEADER if self._is_english else _HEADER
        if self._choices["columns"] == "2":
            rows = tuple((entry.time, "\n".join(_texts(entry, self._choices))) for entry in every)
            header = header[:_TWO_COLUMNS]
        else:
            of_title = ("title", "subtitle", "format", "room", "description")
            rows = tuple(
                (
                    entry.time,
                    "\n".join(entry.of(*of_title)),
                    "\n".join(entry.of("people", "moderator", "label", "bullet")),
                )
                for entry in every
            )
        has_header = self._container == "table with header"
        return Block("table", rows=(header, *rows) if has_header else rows, has_header=has_header)

    def _item(self, entry: Entry) -> Iterator[Block]:
        """Yield an item in a container of lines."""
        if self._container in ("one line", "list"):
            line = self._choices["between"].join(_flat(entry))
            text = (
                f"{entry.time}{' ' if self._choices['joint'] == 'own line' else self._choices['joint']}{line}"
                if entry.time
                else line
            )
            yield Block("li" if self._container == "list" else "p", text)
            return
        texts = _texts(
            entry,
            self._choices,
            is_joined=self._container != "paragraph of lines" or self._choices["joint"] != "own line",
        )
        if self._container in ("paragraph of lines", "list of lines"):
            yield Block("li" if self._container == "list of lines" else "p", "\n".join(texts))
            return
        is_heading = self._container in ("heading and paragraphs", "headings")
        first = "h4" if is_heading else "b" if self._container == "bold titles" else "p"
        has_own_time = entry.time and self._choices["joint"] == "own line"
        bullets = set(entry.of("bullet"))
        for at, text in enumerate(texts):
            is_title = at == (1 if has_own_time and not is_heading else 0)
            if is_heading and has_own_time and at == 0:
                yield Block("p", text)
            elif is_heading and has_own_time:
                yield Block("h4" if at == 1 else "li" if text in bullets else "p", text)
            else:
                yield Block(first if is_title else "li" if text in bullets else "p", text)


def _texts(entry: Entry, choices: Choices, *, is_joined: bool = True) -> list[str]:
    """Return the lines of an item; its time stands before the first one, or in a line of its own."""
    is_table = "table" in choices["container"]
    lines = [
        bold(text.text) if text.kind == "title" and choices["bold"] in ("title", "time and title") else text.text
        for text in entry.texts
    ]
    if not entry.time or is_table:
        return lines
    time = bold(entry.time) if choices["bold"] in ("time", "time and title") else entry.time
    if choices["joint"] == "own line" or not is_joined:
        return [time, *lines]
    return [f"{time}{choices['joint']}{lines[0]}", *lines[1:]]


def _flat(entry: Entry) -> list[str]:
    """Return the texts of an item, each on one line, a label before what it announces."""
    flat: list[str] = []
    label = ""
    for text in entry.texts:
        line = text.text.replace("\n", ", ")
        if text.kind == "label":
            label = f"{line} "
        else:
            flat.append(f"{label}{line}")
            label = ""
    return flat


def _lines(entry: Entry, *, is_bold: bool = False) -> str:
    return "\n".join(bold(one.text) if is_bold and one.kind == "title" else one.text for one in entry.texts)


def _fields(entry: Entry) -> tuple[str, ...]:
    """Return the cells of an item in a table with a column for each field."""
    people = entry.slot.people if entry.item is not None else []
    moderators = entry.of("moderator")
    names = [*(" ".join((one.title, one.name)).strip() for one in people), *moderators]
    columns = (names, [one.role for one in people], [one.organisation.name for one in people])
    title = "\n".join(entry.of("title", "subtitle", "room"))
    return (entry.time, title, *("\n".join(column) for column in columns))
