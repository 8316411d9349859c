"""Control characters, which would steer a terminal or change the direction of text, and their visible replacement."""

from __future__ import annotations

import re
from typing import Final

# C0 and C1 (ECMA-48) except tab and line feed; DEL; Unicode's Bidi_Control; other line separators; noncharacters.
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffe\uffff]")


def visible(text: str) -> str:
    """Return the text with each control character replaced by U+FFFD; tab and LF stay, CR LF becomes LF.

    >>> visible("a\\x1b[31mb\\r\\n")
    'a\ufffd[31mb\\n'
    """
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n"))


def one_line(text: str) -> str:
    """Return the text as `visible` does, with each line feed replaced by U+FFFD and each tab by a space."""
    return visible(text).replace("\n", "\N{REPLACEMENT CHARACTER}").replace("\t", " ")
