"""How evidence reads below an answer: the quoted words, the lines they stand in, and their source."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from itasgraph import messages

_MARKS: Final = {"de": ("„", "“"), "en": ("“", "”")}


class Footnote(NamedTuple):
    """Words of a source: the lines they stand in, the label of the source, the address of the document or ""."""

    quote: str
    lines: tuple[int, ...]
    source: str
    document: str


def quoted(words: str, lang: str) -> str:
    """The words between the quotation marks of the language, on one line."""
    opening, closing = _MARKS["de" if lang == "de" else "en"]
    return f"{opening}{' '.join(words.split())}{closing}"


def lines(numbers: Iterable[int], lang: str) -> str:
    """`, line 57, 71` to follow the name of a source, or an empty string."""
    found = ", ".join(map(str, sorted(numbers)))
    return f", {messages.render('line', lang)} {found}" if found else ""


def origin(note: Footnote, lang: str) -> str:
    """Where the words stand: source, lines and address, on one line."""
    place = " ".join(note.source.split()) + lines(note.lines, lang)
    return f"{place} – {note.document}" if note.document else place


def sentence(number: int, note: Footnote, lang: str) -> str:
    """The footnote as one line that ends with the address of the document, if there is one."""
    return f"[{number}] {quoted(note.quote, lang)} – {origin(note, lang)}"
