"""How a page marks its lines: by elements, classes and emphasis. Lines of one style repeat item by item."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final, NamedTuple

from itasgraph.documents.document import Line, LineKind, line

_EMPHASIS: Final = {"b": "b", "strong": "b", "i": "i", "em": "i", "u": "u", "small": "small"}
_INLINE: Final = frozenset(["span", "a", "font", "time", "cite", "label", "abbr", "mark"])
# Classes that number the items, or say which of them is shown, and do not name what stands in them.
_OF_ONE_ITEM: Final = re.compile(r"\d|^(?:odd|even|first|last|active|show|current|selected|open)$", re.I)
_FEWEST: Final = 3  # lines that are marked alike
_MOST_COLUMNS: Final = 3
_WORD_END: Final = re.compile(r"[\w).]$")
_WORD_START: Final = re.compile(r"[A-ZÄÖÜ\d(]")


class Text(NamedTuple):
    """Some text, and the style of the inline elements around it."""

    text: str
    style: str = ""


class MarkedLine(NamedTuple):
    """A line, and the texts of different styles of which it consists."""

    line: Line
    texts: tuple[Text, ...]


def block_style(tag: str, classes: str, outer: str) -> str:
    """Return the style of a block: its element and classes; without classes, those of the element around it.

    >>> block_style("p", "speaker item-2", "row"), block_style("p", "", "row")
    ('p.speaker', '.row>p')
    """
    own = _names(classes)
    return f"{tag}{own}" if own else f"{_names(outer)}>{tag}"


def inline_style(tag: str, classes: str) -> str:
    """Return the style of an inline element: its emphasis, or its element and classes; else an empty string.

    >>> inline_style("strong", ""), inline_style("span", "affiliation"), inline_style("span", "")
    ('b', 'span.affiliation', '')
    """
    own = _names(classes)
    return _EMPHASIS.get(tag, tag if own and tag in _INLINE else "") + own


def _names(classes: str) -> str:
    return "".join(f".{name}" for name in classes.split() if not _OF_ONE_ITEM.search(name))


def lines_of(texts: Iterable[Text]) -> Iterator[list[Text]]:
    """Divide texts at line breaks."""
    current: list[Text] = []
    for one in texts:
        first, *others = one.text.split("\n")
        current.append(Text(first, one.style))
        for part in others:
            yield current
            current = [Text(part, one.style)]
    yield current


def marked_line(texts: Sequence[Text], kind: LineKind, level: int, block: str) -> MarkedLine:
    """Return the line of some texts; where all of them have one inline style, it is that of the line as well."""
    united: list[Text] = []
    for one in texts:
        if united and (one.style == united[-1].style or not one.text.strip()):
            united[-1] = Text(united[-1].text + one.text, united[-1].style)
        elif one.text.strip():
            united.append(one)
    inline = united[0].style if len(united) == 1 else ""
    whole = line(["".join(one.text for one in texts)], kind, level)
    return MarkedLine(replace(whole, style=f"{block} {inline}".strip()), tuple(united))


def in_columns(lines: Sequence[MarkedLine]) -> list[Line]:
    """Return the lines; texts of different styles in one line become columns where lines of the same styles repeat.

    Only classes set them apart for the reader: "<p class=speaker>Ida Kern <span class=affiliation>Werk Süd</span></p>".
    """
    counts = Counter(_styles(one) for one in lines if _has_columns(one))
    counts.subtract(_styles(one) for one in lines if not _has_columns(one))
    return [_divided(one) if _has_columns(one) and counts[_styles(one)] >= _FEWEST else one.line for one in lines]


def _styles(marked: MarkedLine) -> tuple[str, ...]:
    return (marked.line.style, *(one.style for one in marked.texts))


def _has_columns(marked: MarkedLine) -> bool:
    """Return whether nothing but its style sets a text apart from the one before it: no comma, dash or small word."""
    texts = marked.texts
    has_class = any("." in one.style for one in texts)
    is_apart = all(
        _WORD_END.search(one.text.rstrip()) and _WORD_START.match(other.text.lstrip()) for one, other in pairwise(texts)
    )
    is_line = marked.line.kind is LineKind.PARAGRAPH and "\n" not in marked.line.cells[0]
    return is_line and 1 < len(texts) <= _MOST_COLUMNS and has_class and is_apart


def _divided(marked: MarkedLine) -> Line:
    return replace(
        line([one.text for one in marked.texts], marked.line.kind, marked.line.level), style=marked.line.style
    )
