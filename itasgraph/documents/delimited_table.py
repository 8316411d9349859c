"""A CSV or TSV file → lines: a row for each row; the delimiter and the encoding follow from the file."""

from __future__ import annotations

import csv
import io
from typing import Final

from itasgraph.documents.document import Document, LineKind, line, separate_blocks
from itasgraph.documents.encoding import decode
from itasgraph.errors import FileError

_DELIMITERS: Final = ";,\t|"
_SAMPLE: Final = 50  # rows


def read(raw: bytes, path: str) -> Document:
    """Return the lines of a table. Raises FileError."""
    text = decode(raw)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    except csv.Error as error:
        raise FileError("document-damaged", path=path) from error
    return Document(separate_blocks((line(row, LineKind.ROW) for row in rows), path))


def _delimiter(text: str) -> str:
    """Return the character that divides most rows into the same number of cells, of several the one that makes more cells."""

    def regularity(delimiter: str) -> tuple[int, int]:
        sample = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        widths = [len(row) for row, _ in zip(sample, range(_SAMPLE), strict=False) if len(row) > 1]
        width = max(set(widths), key=lambda one: (widths.count(one), one), default=0)
        return widths.count(width), width

    return max(_DELIMITERS, key=regularity)
