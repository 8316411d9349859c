"""The words by which a draft recognises columns, titles and people; each list is a file in `lexica/`."""

from __future__ import annotations

import functools
import re
import tomllib
from importlib.resources import files
from typing import Final

from itasgraph.util.spelling import fold

_FOLDER: Final = files("itasgraph.drafting") / "lexica"
_BRACKETS: Final = re.compile(r"\(.*?\)|\[.*?\]")
_ACRONYM: Final = re.compile(r"[A-ZÄÖÜ][A-ZÄÖÜ0-9&]{1,7}")
_EDGES: Final = re.compile(r"^[^\w]+|[^\w.]+$")


def _text(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


@functools.cache
def _columns() -> dict[str, str]:
    """Return header without case and umlauts → key."""
    lists = tomllib.loads(_text("columns.toml"))
    return {fold(header): key for key, headers in lists.items() for header in headers}


@functools.cache
def column_keys() -> tuple[str, ...]:
    """Return the keys that a column may have."""
    return tuple(tomllib.loads(_text("columns.toml")))


def column_key(header: str) -> str:
    """Return the key that a header names, or an empty string.

    >>> column_key("E-Mail (dienstlich)"), column_key("Farbe")
    ('email', '')
    """
    plain = _EDGES.sub("", _BRACKETS.sub("", header.replace("\n", " ")).strip())
    parts = (plain, *re.split(r"\s*[/,|]\s*", plain)[:1])
    return next((key for part in parts if (key := _columns().get(fold(part)))), "")


@functools.cache
def _first_names() -> frozenset[str]:
    return frozenset(fold(name) for name in _text("first_names.txt").splitlines() if not name.startswith("#"))


def is_first_name(word: str) -> bool:
    """Return whether a word is a first name; of a name with a hyphen, whether its first half is one.

    >>> is_first_name("Zdeněk"), is_first_name("Karl-Heinz"), is_first_name("Werkzeug")
    (True, True, False)
    """
    folded = fold(word)
    return folded in _first_names() or folded.partition("-")[0] in _first_names()


@functools.cache
def _organisation_words() -> frozenset[str]:
    return frozenset(fold(word) for word in _text("organisation_words.txt").splitlines() if not word.startswith("#"))


def is_organisation_word(word: str) -> bool:
    """Return whether a word ends the names of organisations only, such as a legal form.

    >>> is_organisation_word("GmbH"), is_organisation_word("Muster")
    (True, False)
    """
    return fold(word.rstrip(".")) in _organisation_words()


@functools.cache
def _lines(name: str) -> frozenset[str]:
    return frozenset(fold(line) for line in _text(name).splitlines() if line and not line.startswith("#"))


def is_role_word(word: str) -> bool:
    """Return whether a word begins a role, in any gender.

    >>> is_role_word("Leiterin"), is_role_word("Projektleiter:in"), is_role_word("Werk")
    (True, True, False)
    """
    plain = fold(re.sub(r"[:*_/](?:in|innen)$|\((?:in|innen)\)$", "", word.strip(".,")))
    roles = _lines("roles.txt")
    parts = {plain, plain.removesuffix("in"), plain.rpartition("-")[2], plain.rpartition("-")[2].removesuffix("in")}
    return not parts.isdisjoint(roles)


def is_organisation(text: str) -> bool:
    """Return whether a text reads as the name of an organisation: by a legal form, an ending, or an acronym.

    >>> [is_organisation(text) for text in ("Werk Süd GmbH", "Bildungsinstitut", "IHK Chemnitz", "CWE", "Nordhalle")]
    [True, True, True, True, False]
    """
    words = re.findall(r"[\w&.-]+", text)
    if any(is_organisation_word(word) for word in words):
        return True
    endings = _lines("organisation_endings.txt")
    folded = [fold(word.strip(".")) for word in words]
    if any(word.endswith(ending) for word in folded for ending in endings):
        return True
    return any(_ACRONYM.fullmatch(part) for word in words for part in (word, word.partition("-")[0]))


def is_break(text: str) -> bool:
    """Return whether a line announces a break, the doors, food or time to talk, and no contribution."""
    folded = fold(text)
    return any(
        folded == word or folded.startswith((f"{word} ", f"{word},", f"{word}:", f"{word} "))
        for word in _lines("breaks.txt")
    )
