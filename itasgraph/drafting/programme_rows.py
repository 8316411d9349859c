"""A row of a table whose header names the columns of a programme → an item."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final

from itasgraph.documents.document import Line
from itasgraph.drafting.items import Item, Time
from itasgraph.drafting.lexica import is_organisation
from itasgraph.drafting.people import is_person, looks_like_name, split_name, without_nobody
from itasgraph.drafting.speakers import Speaker, SpeakerGrammar
from itasgraph.drafting.times import days, leading_times
from itasgraph.drafting.titles import TitleGrammar, certain, plain_title

_SEVERAL: Final = re.compile(r"\s*[;\n|]\s*|\s+/\s+")
_NAMES: Final = re.compile(r"\s*[;\n|&]\s*|\s+/\s+|\s*,\s+|\s+(?:und|and)\s+")


def row_item(number: int, line: Line, columns: Sequence[str], grammar: SpeakerGrammar) -> Item | None:
    """Return the item of a row; None where no column but the title can name people, or the row has no title."""
    cells: dict[str, str] = {}
    wrap = " " if line.page else "\n"  # on a printed page, the lines of a cell are wrapped
    for key, cell in zip(columns, line.cells, strict=False):
        if key and (text := cell.strip().replace("\n", wrap)):
            cells[key] = f"{cells[key]}\n{text}" if key in cells else text
    if "title" not in cells or not {"speaker", "moderator"} & set(columns):
        return None
    divided = TitleGrammar(grammar).divide(cells["title"])
    moderators = divided.speakers if all(one.is_moderator for one in divided.speakers) else []
    title = divided.title if moderators else plain_title(without_nobody(cells["title"]))
    item = Item(number, _time(number, cells), title, [(number, one) for one in moderators], "row-of-table")
    named = [day.day for day in days(cells.get("day", ""))]
    item.day = named[0] if named else ""
    item.speakers += [(number, speaker) for speaker in _speakers(cells, grammar)]
    item.speakers += [(number, speaker) for speaker in _moderators(cells.get("moderator", ""), grammar)]
    return item


def _time(number: int, cells: dict[str, str]) -> Time:
    whole = cells.get("time", cells.get("start", ""))
    times, last = leading_times(f"{whole} Uhr"), leading_times(f"{cells.get('end', '')} Uhr")
    return Time(times.start, times.end or last.start, number, whole) if times.start else Time()


def _speakers(cells: dict[str, str], grammar: SpeakerGrammar) -> Iterator[Speaker]:
    """Yield the people in the column of speakers, with the roles and organisations in the columns beside it."""
    cell = without_nobody(cells.get("speaker", ""))
    roles, organisations = (_SEVERAL.split(cells[key]) if key in cells else [] for key in ("role", "organisation"))
    names = _names(cell)
    if not names or not (roles or organisations):
        yield from _in_cell(cell, grammar)
        return
    shared = tuple(organisations) if len(organisations) != len(names) else ()
    for name, role, organisation in zip_longest(names, roles[: len(names)], organisations[: len(names)], fillvalue=""):
        own = shared or ((organisation,) if organisation else ())
        title, plain = split_name(name)
        has_role = role if len(roles) == len(names) else ""
        quote = "\n".join(part for part in (name, has_role, *own) if part)
        yield Speaker(plain, title, has_role, own, quote)


def _in_cell(cell: str, grammar: SpeakerGrammar) -> list[Speaker]:
    """Return the people in a cell that says all of them; in the column of speakers, an unknown name is one, too."""
    if speakers := grammar.speakers(cell):
        return certain(speakers)
    return [Speaker(split_name(name).name, split_name(name).title, "", (), name) for name in _names(cell)]


def _names(cell: str) -> list[str]:
    """Return the names in a cell that holds nothing else, else an empty list."""
    parts = [part for part in _NAMES.split(cell) if part]
    return (
        parts if all(is_person(part) or (looks_like_name(part) and not is_organisation(part)) for part in parts) else []
    )


def _moderators(cell: str, grammar: SpeakerGrammar) -> Iterator[Speaker]:
    for one in _in_cell(cell, grammar) if cell else ():
        yield Speaker(one.name, one.title, one.role, one.organisations, one.quote, is_moderator=True)
