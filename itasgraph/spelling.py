"""How a word may be typed: in any case, with umlauts or without."""

from __future__ import annotations

import unicodedata
from typing import Final

_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def spellings(text: str) -> set[str]:
    """How a text may be typed: without case and accents, umlauts as "ae" or as "a"."""
    composed = " ".join(unicodedata.normalize("NFC", text).split())
    return {_plain(composed.casefold()), spelled_out(composed)}


def spelled_out(text: str) -> str:
    """A text in lower case without accents, umlauts as "ae"."""
    return _plain(unicodedata.normalize("NFC", text).lower().translate(_UMLAUTS))


def _plain(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
