"""The text of a file whose encoding no one declares."""

from __future__ import annotations

import codecs
from contextlib import suppress
from typing import Final

_MARKS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def decode(raw: bytes, declared: str = "utf-8") -> str:
    """Return the text of a file: by its byte-order mark, as `declared`, as UTF-8, else as Windows-1252."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, errors="replace")
    for encoding in (declared, "utf-8"):
        with suppress(LookupError, UnicodeDecodeError):
            return raw.decode(encoding)
    return raw.decode("cp1252", errors="replace")
