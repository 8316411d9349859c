"""The headers of tables, and the labels of project sheets → the keys that they name; each list is a file in `lexica/`."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from typing import Final

from itasgraph.drafting.lexica import read_text
from itasgraph.util.spelling import fold

_MAX_LENGTH: Final = 500  # characters: a longer cell is no header, and to search it would take seconds
_BRACKETS: Final = re.compile(r"\(.*?\)|\[.*?\]")
_EDGES: Final = re.compile(r"^[^\w]+|[^\w.]+$")
_NUMBER: Final = re.compile(r"\s*\d+$")
# Between the words of a header: "Angebote für das Netzwerk".
_PREPOSITIONS: Final = re.compile(
    r"\s+(?:(?:am|an|auf|bei|das|dem|den|der|des|die|for|für|im|in|mit|of|the|vom|von|zu|zum|zur)\s+)+", re.I
)
_COUNTS: Final = ("anzahl", "datum", "stand", "summe", "zahl", "count", "date", "number")  # "Anzahl der Projekte"
_CHANNELS: Final = ("email", "telephone", "website")


@functools.cache
def _columns(name: str) -> dict[str, str]:
    """Return header without case and umlauts → key."""
    lists = tomllib.loads(read_text(name))
    return {fold(header): key for key, headers in lists.items() for header in headers}


@functools.cache
def column_keys() -> tuple[str, ...]:
    """Return the keys that a column may have."""
    return tuple(tomllib.loads(read_text("columns.toml")))


def column_key(header: str) -> str:
    """Return the key that a header names, or an empty string.

    >>> [column_key(header) for header in ("E-Mail (dienstlich)", "Name der Firma", "Beteiligt an Projekten", "Farbe")]
    ['email', 'organisation', 'projects', '']
    """
    return _key(header, _columns("columns.toml"))


def edge_column_key(header: str) -> str:
    """Return the key that a header of a list of relations names, or an empty string.

    >>> edge_column_key("Von"), edge_column_key("target"), edge_column_key("Farbe")
    ('from', 'to', '')
    """
    return _key(header, _columns("edge_columns.toml"))


def project_key(label: str) -> str:
    """Return the key that a label on the sheet of a project names, or an empty string.

    >>> project_key("Auftragnehmer"), project_key("Laufzeit"), project_key("Farbe")
    ('participants', 'period', '')
    """
    return _key(label, _columns("project_sheet.toml"))


def programme_column_key(header: str) -> str:
    """Return the key that a header of the table of a programme names, or an empty string.

    >>> programme_column_key("Uhrzeit"), programme_column_key("Referentin / Referent"), programme_column_key("Farbe")
    ('time', 'speaker', '')
    """
    return _key(header, _columns("programme_columns.toml"))


def _key(header: str, columns: Mapping[str, str]) -> str:
    if len(header) > _MAX_LENGTH:
        return ""
    plain = _EDGES.sub("", _BRACKETS.sub("", header.replace("\n", " ")).strip())
    plain = _NUMBER.sub("", plain) or plain
    parts = (plain, *re.split(r"\s*[/,|&]\s*|\s+(?:und|and)\s+", plain)[:1])
    return next((key for part in parts if (key := columns.get(fold(part)))), "") or _key_of_phrase(plain, columns)


def _key_of_phrase(header: str, columns: Mapping[str, str]) -> str:
    """Return the key that the words of a header name, as in "Name der Institution", "Beteiligt an Projekten", "Kontakt E-Mail"."""
    keys = [columns.get(fold(word), "") for word in header.split()]
    if channel := next((key for key in keys if key in _CHANNELS), ""):
        return channel
    first, *others = _PREPOSITIONS.split(header)
    if not others or fold(first) in _COUNTS:
        return ""
    head = columns.get(fold(first), "")
    forms = [form for words in others for form in _uninflected(fold(words))]
    other = next((columns[form] for form in forms if form in columns), "")
    return other if head in ("", "name") and other else head


def _uninflected(word: str) -> tuple[str, ...]:
    return word, *(word.removesuffix(ending) for ending in ("s", "es", "n", "en"))
