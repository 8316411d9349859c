"""A text or Markdown file → lines, each as it stands in the file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from itasgraph.documents.document import MAX_LINES, Document, Line, LineKind, with_links
from itasgraph.errors import FileError

# CommonMark 0.31, 4.2 and 5.2.
_HEADING: Final = re.compile(r"(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*")
_BULLET: Final = re.compile(r"([ \t]*)(?:[-*+•–‣▪◦]|\d{1,9}[.)])[ \t]+(.*)")
_ROW: Final = re.compile(r"[ \t]*\|(.*)\|[ \t]*")
_RULE: Final = re.compile(r"[ \t|:-]*-[ \t|:-]*")
_BAR: Final = re.compile(r"(?<!\\)\|")
# CommonMark 0.31, 6.2 to 6.7, in cells: the marks, of which the text between them stays.
_TARGET: Final = r"\(<?([^()\s<>]*)>?(?:\s+(?:\"[^\"]*\"|'[^']*'))?\)"
_IMAGE: Final = re.compile(rf"!\[[^\[\]]*\]{_TARGET}")
_LINK: Final = re.compile(rf"\[([^\[\]]*)\]{_TARGET}")
_AUTOLINK: Final = re.compile(r"<((?:https?://|mailto:)[^\s<>]+|[\w.+-]+@[\w.-]+)>", re.I)
_EMPHASIS: Final = re.compile(r"(\*\*|__|(?<!\w)[*_]|`)(?=\S)(.+?)(?<=\S)\1(?!\w)")
_WHOLE_EMPHASIS: Final = re.compile(r"(\*\*\*?|__|\*|_)(?=\S)[^*_]+\1")  # of a line
_BREAK: Final = re.compile(r"[ \t]*<br\s*/?>[ \t]*", re.I)


def read(raw: bytes, path: str) -> Document:
    """Return the lines of a text, numbered as an editor numbers them. Raises FileError where it is not UTF-8, or empty."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileError("document-not-utf8", path=path) from error
    lines = tuple(_line(part.removesuffix("\r")) for part in text.split("\n"))
    if len(lines) > MAX_LINES:
        raise FileError("document-too-long", path=path, limit=MAX_LINES)
    if not text.strip():
        raise FileError("document-without-text", path=path)
    return Document(lines, raw=raw)


def _row(text: str, cells: Sequence[str]) -> Line:
    content = [_IMAGE.sub("", cell) for cell in cells]
    links = [[match[2] for match in _LINK.finditer(cell)] for cell in content]
    return with_links(Line(text, LineKind.ROW, 0, tuple(map(_plain_cell, content))), links)


def _plain_cell(cell: str) -> str:
    """Return the text of a cell without the marks of Markdown.

    >>> _plain_cell("**[Werk Süd](https://werk.example)**<br><info@werk.example>")
    'Werk Süd\\ninfo@werk.example'
    """
    text = _AUTOLINK.sub(r"\1", _LINK.sub(r"\1", cell))
    text = _EMPHASIS.sub(r"\2", _BREAK.sub("\n", text))
    return text.replace("\\|", "|").strip()


def _line(text: str) -> Line:
    if not text.strip():
        return Line(text, LineKind.BLANK)
    if match := _HEADING.fullmatch(text):
        return Line(text, LineKind.HEADING, len(match.group(1)), (match.group(2),))
    if match := _ROW.fullmatch(text):
        return Line(text, LineKind.BLANK) if _RULE.fullmatch(text) else _row(text, _BAR.split(match.group(1)))
    if match := _BULLET.fullmatch(text):
        return Line(text, LineKind.BULLET, 1 + len(match.group(1).expandtabs(2)) // 2, (match.group(2).strip(),))
    emphasis = _WHOLE_EMPHASIS.fullmatch(text.strip())
    cells = tuple(part.strip() for part in text.strip().split("\t"))
    return Line(text, LineKind.PARAGRAPH, 0, cells, style=emphasis[1] if emphasis else "")
