"""What may differ between programmes, each choice independent of the others as far as the type of file allows."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Final

Choices = Mapping[str, str]

# Choice → its values, each with its weight where that is not 1. The values of `people` are the patterns of `wording.py`.
CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "language": ("de*5", "en"),
    "file": ("html*7", "docx*2", "pdf*2", "md", "txt"),
    "time": (
        "9:00",
        "09:00 Uhr*2",
        "09.00 Uhr*2",
        "9–10 Uhr",
        "09:00 – 09:45*2",
        "09:00 bis 09:45 Uhr",
        "9h30",
        "ab 9 Uhr",
        "9 am",
        "none",
        "blocks*2",
        "9.00",
    ),
    "order": ("title people*4", "people title", "format title people", "format people title", "title format people"),
    "format": ("none*2", "colon*2", "line", "dash", "brackets", "quoted"),
    "title": ("plain*4", "german quotes", "straight quotes", "subtitle line", "subtitle dash"),
    "people": (
        "N (O)*3",
        "N (R, O)*2",
        "N, R, O*3",
        "N, O*3",
        "N, R O*2",
        "N – R, O",
        "N | R | O",
        "N / O",
        "O: N",
        "R N, O",
        "N ⏎ R, O*2",
        "N ⏎ R ⏎ O*2",
        "N ⏎ O",
        "N ⏎ R O",
        "N, R (O)",
        "N · O",
        "N // R // O",
        "N [O]",
        "R O N",
        "N – O",
        "N, O, R",
        "N",
    ),
    "several": ("lines*3", "comma", "and", "semicolon", "bullets"),
    "label": ("none*5", "Referent:in", "mit", "Referent", "Speaker", "Es sprechen"),
    "capitals": ("none*14", "family name"),
    "moderator": (
        "none*3",
        "of the day above",
        "of the day below",
        "of each part",
        "behind people",
        "before people",
        "in brackets",
    ),
    "description": ("none*4", "behind title", "behind people"),
    "panel": ("none", "people", "label*2"),
    "parallel": ("none*3", "numbered", "bullets", "columns"),
    "days": ("1*3", "2"),
    "day": ("weekday", "number", "Tag 1", "words"),
    "sections": ("none*2", "headings*2"),
    "joint": ("own line*2", " *2", " | ", " – ", ": "),
    "bold": ("none*2", "title*2", "time", "time and title"),
    "between": (" – *2", " | *2", ", ", " // ", ": ", " / "),
    "columns": ("2", "3"),
    "room": ("none*5", "behind title", "line"),
    "place": ("label*2", "beside day*2", "line", "sentence"),
    "noise": ("none", "menu", "menu and contact", "all"),
    "organisations": ("known", "mixed*2", "unknown"),
}
# Type of file → how its items are arranged, with weights.
CONTAINERS: Final[Mapping[str, tuple[str, ...]]] = {
    "html": (
        "paragraph of lines*2",
        "paragraphs*2",
        "one line",
        "list*2",
        "list of lines",
        "table*2",
        "table with header*2",
        "table of fields*2",
        "two rows",
        "dl",
        "divs with classes*2",
        "divs*2",
        "divs with odd classes",
        "heading and paragraphs*3",
        "cards",
        "details",
    ),
    "docx": (
        "paragraphs*2",
        "bold titles*2",
        "table",
        "table with header",
        "table of fields",
        "tabs*2",
        "list",
        "paragraph of lines",
    ),
    "pdf": ("paragraphs*2", "bold titles*2", "table", "table with header", "table of fields", "paragraph of lines"),
    "md": ("headings*2", "list", "list of lines", "table with header", "paragraphs", "bold titles"),
    "txt": ("paragraphs*3", "one line", "tabs"),
}
_OF_LINES: Final = ("N ⏎ R, O", "N ⏎ R ⏎ O", "N ⏎ O", "N ⏎ R O")
_OF_COMMAS: Final = ("N, R, O", "N, O", "N, R O", "N – R, O", "R N, O", "N, R (O)", "R O N", "N, O, R")


_OF_SIGNS: Final = ("O: N", "N | R | O", "N // R // O", "N · O", "N – O", "N / O", "R O N")
_ENGLISH_TIMES: Final = {
    "09:00 Uhr": "9:00",
    "09.00 Uhr": "9:00",
    "9–10 Uhr": "9 am",
    "09:00 bis 09:45 Uhr": "9 am",
    "9h30": "9 am",
    "ab 9 Uhr": "9:00",
}
_ENGLISH_LABELS: Final = {"Referent:in": "Speaker", "mit": "with", "Referent": "Speaker", "Es sprechen": "Speaker"}


def choose(chance: Random) -> dict[str, str]:
    """Return a value for each choice; those that no reader could tell apart are settled."""
    chosen = {name: weighted(chance, values) for name, values in CHOICES.items()}
    chosen["container"] = weighted(chance, CONTAINERS[chosen["file"]])
    _settle_people(chosen)
    if chosen["language"] == "en":
        chosen["time"] = _ENGLISH_TIMES.get(chosen["time"], chosen["time"])
        chosen["people"] = {"R O N": "N, R, O", "R N, O": "N, R, O"}.get(chosen["people"], chosen["people"])
        chosen["label"] = _ENGLISH_LABELS.get(chosen["label"], chosen["label"])
    _settle_layout(chosen)
    return chosen


def _settle_people(chosen: dict[str, str]) -> None:
    people, container = chosen["people"], chosen["container"]
    if container in ("one line", "list") and people in (*_OF_LINES, "R O N"):
        chosen["people"] = "N (R, O)"
    if people in (*_OF_LINES, *_OF_SIGNS):
        chosen["several"] = "lines"
    elif people in _OF_COMMAS and chosen["several"] in ("comma", "and"):
        chosen["several"] = "semicolon"
    if people == "O: N" or container == "table of fields":
        chosen["label"] = "none"
    if container == "table of fields":
        chosen["people"] = "N"
    elif chosen["people"] == "N" and chosen["label"] == "none":
        chosen["label"] = "mit"


def _settle_layout(chosen: dict[str, str]) -> None:
    container = chosen["container"]
    is_table = "table" in container
    if chosen["time"] in ("none", "blocks") and (is_table or container in ("tabs", "dl", "two rows")):
        chosen["time"] = "9:00"
    if container in ("one line", "list") or is_table:
        chosen["description"] = "none"
    if chosen["parallel"] == "columns" and not is_table:
        chosen["parallel"] = "numbered"
    if chosen["time"] in ("none", "blocks") and "people title" in chosen["order"]:
        chosen["order"] = "title people"  # nobody could say which of the titles above and below people is theirs


def happens(chance: Random, share: float) -> bool:
    """Return whether something happens that happens in a share of cases."""
    return chance.random() < share


def weighted(chance: Random, values: tuple[str, ...]) -> str:
    """Return one of some values, of which "name*3" is chosen three times as often."""
    parts = [value.rpartition("*") if value[-1:].isdigit() and "*" in value else (value, "", "1") for value in values]
    return chance.choices([part[0] for part in parts], [int(part[2]) for part in parts])[0]
