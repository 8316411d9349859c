"""Marks in a change of a file: a sign, », where a fault is to be reported."""

from __future__ import annotations

import re

MARK = "»"


def position(text: str, offset: int) -> tuple[int, int]:
    """Return line and column, counted from 1."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def number_mark(text: str, number: int) -> str:
    """Give the mark in a text a number, by which it is known among others."""
    return text.replace(MARK, f"{MARK}{number}{MARK}")


def remove_marks(text: str) -> tuple[str, dict[int, tuple[int, int]]]:
    """Take the numbered marks out of a text; return the text, and line and column of each mark by its number."""
    places: dict[int, tuple[int, int]] = {}
    while mark := re.search(f"{MARK}(\\d+){MARK}", text):
        text = text[: mark.start()] + text[mark.end() :]
        places[int(mark[1])] = position(text, mark.start())
    return text, places
