"""A text or Markdown file → lines, each as it stands in the file."""

from __future__ import annotations

import re
from typing import Final

from itasgraph.documents.document import MAX_LINES, Document, Line, LineKind
from itasgraph.errors import FileError

# CommonMark 0.31, 4.2 and 5.2.
_HEADING: Final = re.compile(r"(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*")
_BULLET: Final = re.compile(r"([ \t]*)(?:[-*+•–‣▪◦]|\d{1,9}[.)])[ \t]+(.*)")
_ROW: Final = re.compile(r"[ \t]*\|(.*)\|[ \t]*")
_RULE: Final = re.compile(r"[ \t|:-]*-[ \t|:-]*")


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


def _line(text: str) -> Line:
    if not text.strip():
        return Line(text, LineKind.BLANK)
    if match := _HEADING.fullmatch(text):
        return Line(text, LineKind.HEADING, len(match.group(1)), (match.group(2),))
    if match := _ROW.fullmatch(text):
        cells = tuple(cell.strip() for cell in match.group(1).split("|"))
        return Line(text, LineKind.BLANK if _RULE.fullmatch(text) else LineKind.ROW, 0, cells)
    if match := _BULLET.fullmatch(text):
        return Line(text, LineKind.BULLET, 1 + len(match.group(1).expandtabs(2)) // 2, (match.group(2).strip(),))
    return Line(text, LineKind.PARAGRAPH, 0, tuple(part.strip() for part in text.strip().split("\t")))
