"""Names → the second half of an id, as data/README.md spells it."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Final

from itasgraph.util.spelling import fold

_NO_LETTER: Final = re.compile(r"[^a-z0-9]+")
_MAX_LENGTH: Final = 60


def slug(name: str) -> str:
    """Return a name in lower-case letters, digits and hyphens.

    >>> slug("Westsächsische Hochschule Zwickau"), slug("Łódź & Söhne GmbH")
    ('westsaechsische-hochschule-zwickau', 'lodz-soehne-gmbh')
    """
    words = _NO_LETTER.sub("-", fold(name)).strip("-")
    if len(words) <= _MAX_LENGTH:
        return words or "x"
    return words[: _MAX_LENGTH + 1].rpartition("-")[0] or words[:_MAX_LENGTH]


def free_id(kind: str, name: str, taken: Container[str]) -> str:
    """Return an id of a kind ("person") for a name; one that is taken gets a number from 2."""
    id_ = f"{kind}/{slug(name)}"
    number = 2
    while id_ in taken:
        id_ = f"{kind}/{slug(name)}-{number}"
        number += 1
    return id_
