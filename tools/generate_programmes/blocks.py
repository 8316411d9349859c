"""The blocks of which a generated document consists, and how emphasis is marked in their texts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_BEGIN: Final = "\x02"
_END: Final = "\x03"


@dataclass(frozen=True)
class Block:
    """A heading ("h1" to "h4"), paragraph ("p", in bold "b"), bullet ("li"), table ("table"), or a piece of a page ("html").

    A text may have several lines, and words in bold.
    """

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    has_header: bool = False


def bold(text: str) -> str:
    """Return a text in bold, line by line."""
    return "\n".join(f"{_BEGIN}{line}{_END}" for line in text.split("\n"))


def marked(text: str, begin: str, end: str) -> str:
    """Return a text with the marks of a type of file around words in bold."""
    return text.replace(_BEGIN, begin).replace(_END, end)


def runs(text: str) -> list[tuple[str, bool]]:
    """Divide a text into words in bold (True) and others."""
    parts = re.split(f"({_BEGIN}[^{_END}]*{_END})", text)
    return [(part.strip(_BEGIN + _END), part.startswith(_BEGIN)) for part in parts if part]
