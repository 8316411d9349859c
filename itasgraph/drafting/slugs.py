"""Names → the second half of an id, as data/README.md spells it."""

from __future__ import annotations

from collections.abc import Container
from typing import Final

from itasgraph.util.spelling import slug

_MAX_LENGTH: Final = 60


def short_slug(name: str) -> str:
    """Return a name in lower-case letters, digits and hyphens, cut before a word where it is long; never an empty string."""
    words = slug(name)
    if len(words) <= _MAX_LENGTH:
        return words or "x"
    return words[: _MAX_LENGTH + 1].rpartition("-")[0] or words[:_MAX_LENGTH]


def free_id(kind: str, name: str, taken: Container[str]) -> str:
    """Return an id of a kind ("person") for a name; one that is taken gets a number from 2."""
    id_ = f"{kind}/{short_slug(name)}"
    number = 2
    while id_ in taken:
        id_ = f"{kind}/{short_slug(name)}-{number}"
        number += 1
    return id_
