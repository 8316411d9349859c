"""The values of nested data: as lists, as texts on one line, and the texts in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def replace_texts(old: list[str], gone: list[str], added: list[str]) -> list[str]:
    """Put new texts where the first of the old ones stood, else at the end."""
    place = next((number for number, text in enumerate(old) if text in gone), len(old))
    return (
        [text for text in old[:place] if text not in gone] + added + [text for text in old[place:] if text not in gone]
    )


def as_list(value: Any) -> list[Any]:
    """Return a list as it is, and another value as a list of one."""
    return value if isinstance(value, list) else [value]


def as_text(value: Any) -> str:
    """Return a value on one line."""
    if isinstance(value, dict):
        return ", ".join(value)
    return "; ".join(map(as_text, value)) if isinstance(value, list) else "" if value is None else str(value)


def texts_in(value: Any) -> Iterator[str]:
    """Yield the texts and keys of nested data, which may be ids."""
    if isinstance(value, dict):
        yield from value
        value = [item for key, item in value.items() if key != "id"]
    if isinstance(value, list):
        for item in value:
            yield from texts_in(item)
    elif isinstance(value, str):
        yield value
