"""What follows a name, divided into pieces: roles, organisations, parts of organisations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from itasgraph.drafting.affiliation_words import CONJUNCTION, is_role
from itasgraph.drafting.lexica import is_organisation_word

_PURPOSE: Final = re.compile(r"\s(?:für|for|of)\s(?!.*\s(?:und|and|&)\s)")  # not yet complete
_SLASHES: Final = re.compile(r"\s+//\s+")
_SIGN: Final = re.compile(r"\s+(//|[/·•])\s+")
_MOST_PURPOSES: Final = 5


def pieces(text: str) -> list[str]:
    """Divide what follows a name at commas, dashes, bars, lines and brackets; an enumeration behind "für" stays whole.

    >>> pieces(", Leiterin (Werk Süd GmbH)"), pieces(", Ministerium für Bau, Land und Verkehr, Neuheim")
    (['Leiterin (Werk Süd GmbH)'], ['Ministerium für Bau, Land und Verkehr', 'Neuheim'])
    """
    divided = list(_divided(text))
    result: list[str] = []
    at = 0
    while at < len(divided):
        end = _end_of_enumeration(divided, at)
        result.append(", ".join(piece for _, piece in divided[at:end]))
        at = end
    return result


def _end_of_enumeration(divided: Sequence[tuple[str, str]], at: int) -> int:
    """Return the position behind the pieces that name several purposes after "für", else that behind the piece itself."""
    if not _PURPOSE.search(divided[at][1]):
        return at + 1
    for last in range(at + 1, min(at + _MOST_PURPOSES, len(divided))):
        separator, piece = divided[last]
        is_end = CONJUNCTION.search(piece) is not None
        if separator != "," or any(map(is_organisation_word, piece.split())) or is_role(piece):
            break
        if is_end:
            return last + 1
        if " " in piece:
            break
    return at + 1


def _divided(text: str) -> Iterator[tuple[str, str]]:
    """Yield the pieces of a text, each with the separator behind which it stands."""
    first = _SIGN.match(text)
    signs = (
        re.compile(rf"\s+{re.escape(first[1])}\s+") if first else _SLASHES
    )  # the sign behind the name divides the rest, too
    plain = signs.sub(" | ", text).strip(" ,;:|–-")
    inner = re.sub(r"^\s*(?:\((.*)\)|\[(.*)\])\s*$", lambda match: match[1] or match[2] or "", plain)
    start = depth = 0
    separator = ""
    for at, char in enumerate(inner + ";"):
        depth += (char in "([") - (char in ")]")
        is_dash = char in "–—|" and inner[at - 1 : at] == " "
        if (char in ",;\n" or is_dash) and depth <= 0:
            if piece := _outside(inner[start:at]):
                yield separator, piece
                separator = ""
            start = at + 1
            separator = char if separator in ("", ",") else separator


def _outside(piece: str) -> str:
    plain = piece.strip(" ,;|–—-")
    match = re.fullmatch(r"\((.*)\)", plain)
    return match.group(1).strip() if match else plain
