"""The room that names need on a map: their lines and extent in pixels, in the widest of the fonts that readers have.

Advance widths are those of DejaVu Sans 2.37 and DejaVu Sans Bold 2.37 (tables `hmtx`, 2048 units an em). Fonts that browsers
use in its place (Noto Sans, Segoe UI, Roboto, Arial) are narrower.
"""

from __future__ import annotations

import functools
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import Final, NamedTuple

_EM: Final = 2048  # units
_LINE_HEIGHT: Final = 14.5 / 12  # em
_BREAK: Final = re.compile(r"(?<=[-‐–—/])(?=.)")  # in a word; the hyphen, dash or slash stays on its line
_STEP: Final = 0.01  # pixels, by which lines become narrower
_FULL_WIDTH: Final = frozenset("FW")  # of East Asian characters, which are one em wide


class Box(NamedTuple):
    """The width and height of a text in pixels."""

    width: float
    height: float


class Style(Enum):
    """How a name is set: the font size in pixels, the widest line in pixels, and whether it is bold."""

    TITLE = (15.5, 190, True)
    STRONG = (12, 128, True)
    PLAIN = (12, 128, False)
    SMALL = (11, 128, False)

    def __init__(self, size: float, width: float, bold: bool) -> None:
        self.size = size
        self.width = width
        self.bold = bold


def label_box(labels: Iterable[str], style: Style) -> Box:
    """Return a box with room for each of the labels, which are the names of one entity in several languages."""
    boxes = [_box(label, style) for label in set(labels)]
    return Box(max((box.width for box in boxes), default=0), max((box.height for box in boxes), default=0))


def wrap(text: str, style: Style) -> list[str]:
    """Break a text into as few lines as its style's width allows, those as even as possible.

    It is broken at spaces and behind hyphens, dashes and slashes, never inside a word and never cut: a longer word sticks
    out, and the other lines may be as wide as that.
    """
    return [_line_text(line) for line in _wrap(text, style)]


def text_width(text: str, style: Style) -> float:
    """Return the width of one line of text in pixels."""
    advances = _advances(style.bold)
    units = sum(advances.get(character) or _other_advance(character, advances) for character in text)
    return units * style.size / _EM


class _Part(NamedTuple):
    """A part of a text that is never broken, its width, and that of the space before it: 0 behind a hyphen."""

    text: str
    width: float
    space: float


_Line = list[_Part]


def _box(text: str, style: Style) -> Box:
    lines = _wrap(text, style)
    return Box(max(map(_line_width, lines), default=0.0), len(lines) * style.size * _LINE_HEIGHT)


def _wrap(text: str, style: Style) -> list[_Line]:
    parts = list(_parts(text, style))
    longest = max((part.width for part in parts), default=0.0)
    lines = _fill(parts, max(style.width, longest))
    while lines:
        limit = max(map(_line_width, lines)) - _STEP
        narrower = _fill(parts, limit)
        if limit < longest or len(narrower) > len(lines):
            break
        lines = narrower
    return lines


def _parts(text: str, style: Style) -> Iterator[_Part]:
    space = text_width(" ", style)
    for word in text.split():
        for number, part in enumerate(_BREAK.split(word)):
            yield _Part(part, text_width(part, style), 0.0 if number else space)


def _fill(parts: Iterable[_Part], limit: float) -> list[_Line]:
    """Fill lines up to a width, each with at least one part."""
    lines: list[_Line] = []
    width = math.inf
    for part in parts:
        width += part.space + part.width
        if width > limit:
            lines.append([])
            width = part.width
        lines[-1].append(part)
    return lines


def _line_width(line: _Line) -> float:
    return sum(part.space + part.width for part in line) - line[0].space


def _line_text(line: _Line) -> str:
    return "".join(f" {part.text}" if part.space else part.text for part in line).strip()


def _other_advance(character: str, advances: Mapping[str, int]) -> int:
    """Return the width of a character that is in no table: of its letter without accents, else a wide guess."""
    if unicodedata.combining(character):
        return 0
    letter = unicodedata.normalize("NFD", character)[0]
    if letter in advances:
        return advances[letter]
    return _EM if unicodedata.east_asian_width(character) in _FULL_WIDTH else advances["m"]


@functools.cache
def _advances(bold: bool) -> dict[str, int]:
    """Return the advance width of each character in units."""
    table = _BOLD if bold else _REGULAR
    return {character: width for characters, width in table.items() for character in characters}


_REGULAR: Final = {
    "'": 563,
    "ijl": 569,
    "IJ": 604,
    " ,.‚‘’·": 651,
    "/:;\\|": 690,
    "f": 721,
    "-": 739,
    "()[]": 799,
    "t": 803,
    "!": 821,
    "r": 842,
    '"': 942,
    "*_`–°§": 1024,
    "„“”": 1061,
    "s": 1067,
    "z": 1075,
    "?": 1087,
    "cç": 1126,
    "L": 1141,
    "F": 1178,
    "k": 1186,
    "•": 1208,
    "vxy": 1212,
    "P": 1235,
    "TY": 1251,
    "oöø«»": 1253,
    "aäáàâå": 1255,
    "eéèê": 1260,
    "ß": 1290,
    "EÉ": 1294,
    "hnuüñ": 1298,
    "Sbdgpq": 1300,
    "$0123456789{}€": 1303,
    "K": 1343,
    "AVÄÅ": 1401,
    "XZ": 1403,
    "B": 1405,
    "R": 1423,
    "C": 1430,
    "UÜ": 1499,
    "N": 1532,
    "H": 1540,
    "D": 1577,
    "G": 1587,
    "&": 1597,
    "OQÖØ": 1612,
    "w": 1675,
    "#+<=>^~×": 1716,
    "M": 1767,
    "%": 1946,
    "m": 1995,
    "æ": 2011,
    "W": 2025,
    "@—…": 2048,
}
_BOLD: Final = {
    "'": 627,
    "ijl": 702,
    " ": 713,
    "/\\|": 748,
    "IJ": 762,
    ",.‚‘’·": 778,
    ":;": 819,
    "-": 850,
    "f": 891,
    "!": 934,
    "()[]": 936,
    "t": 979,
    "r": 1010,
    "_`–°§": 1024,
    '"': 1067,
    "*": 1071,
    "?": 1188,
    "z": 1192,
    "cç": 1214,
    "s": 1219,
    "L": 1305,
    "•": 1309,
    "x": 1321,
    "«»": 1323,
    "vy": 1335,
    "„“”": 1346,
    "k": 1362,
    "aäáàâå": 1382,
    "eéèê": 1389,
    "T": 1397,
    "EFÉ": 1399,
    "oöø": 1407,
    "$0123456789€": 1425,
    "hnu{}üñ": 1458,
    "bdgpq": 1466,
    "ß": 1473,
    "S": 1475,
    "Y": 1483,
    "Z": 1485,
    "P": 1501,
    "C": 1503,
    "B": 1561,
    "R": 1577,
    "X": 1579,
    "AVÄÅ": 1585,
    "K": 1587,
    "UÜ": 1663,
    "G": 1681,
    "D": 1700,
    "HN": 1714,
    "#+<=>^~×": 1716,
    "OQÖØ": 1741,
    "&": 1786,
    "w": 1892,
    "M": 2038,
    "@—…": 2048,
    "%": 2052,
    "m": 2134,
    "æ": 2146,
    "W": 2259,
}
