"""The catalogue from which gettext, and so click, takes German: itasgraph/messages/help_de.py, compiled."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import Final

from itasgraph.messages.help_de import HELP

PATH: Final = "itasgraph/messages/locale/de/LC_MESSAGES/messages.mo"
_HEADER: Final = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n"


def compiled(texts: Mapping[str, str] = HELP) -> bytes:
    """Return the texts as a catalogue (GNU gettext manual, "The Format of GNU MO Files"), without a hash table."""
    pairs = sorted((original.encode(), text.encode()) for original, text in {"": _HEADER, **texts}.items())
    tables, strings = [b"", b""], b""
    start = 28 + 16 * len(pairs)
    for column in (0, 1):
        for pair in pairs:
            tables[column] += struct.pack("<II", len(pair[column]), start + len(strings))
            strings += pair[column] + b"\0"
    header = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 28 + 16 * len(pairs))
    return header + tables[0] + tables[1] + strings
