"""A role and its employer before the name of a person: "Leiterin der IHK Neuheim, Ida Kern"."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from itasgraph.drafting.affiliation_words import role_head
from itasgraph.drafting.affiliations import Affiliation
from itasgraph.drafting.people import is_person

_COMMA: Final = re.compile(r",\s+(?=\S)")


class Employed(NamedTuple):
    """What somebody is and where, and the name behind it."""

    affiliation: Affiliation
    name: str


def employed_before(text: str, read: Callable[[str], Affiliation]) -> Employed | None:
    """Return role and employer before the name that ends a text; `read` reads them. None where the text has another form."""
    if role_head(text) != 0:
        return None
    for match in _COMMA.finditer(text):
        name = text[match.end() :].strip()
        if is_person(name):
            affiliation = read(text[: match.start()])
            is_whole = bool(affiliation.role and affiliation.organisations) and affiliation.is_certain
            return Employed(affiliation, name) if is_whole else None
    return None
