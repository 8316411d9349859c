"""Whether a document names the organisation before the person: "IHK Neuheim: Ida Kern"; all such lines decide together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from itasgraph.documents.document import Line
from itasgraph.drafting.lexica import is_format, is_organisation, speaker_label
from itasgraph.drafting.moderation import MODERATION
from itasgraph.drafting.people import is_person
from itasgraph.drafting.programme_lines import Piece
from itasgraph.drafting.times import leading_times

_BEFORE: Final = re.compile(r"([^:|\n„“\"]{2,70}?):\s+(?=\S)")
_END_OF_NAME: Final = re.compile(r"\s*[,;&|\n]|\s(?:und|and)\s")
_FEWEST: Final = 3  # lines that decide
_MANY: Final = 0.4  # of them name an organisation by its words


class Before(NamedTuple):
    """The organisation before a colon, and what follows it."""

    organisation: str
    rest: str


def organisation_before(text: str) -> Before | None:
    """Return the organisation before the name of a person; None where a format, a label or a time stands there.

    >>> organisation_before("IHK Neuheim: Dr. Ida Kern"), organisation_before("Keynote: Ida Kern")
    (Before(organisation='IHK Neuheim', rest='Dr. Ida Kern'), None)
    """
    match = _BEFORE.match(text)
    if match is None or speaker_label().match(text) or MODERATION.match(text) or leading_times(text).length:
        return None
    rest = text[match.end() :]
    name = _END_OF_NAME.split(rest, maxsplit=1)[0].strip()
    is_other = is_format(match[1].split()[-1]) or is_person(match[1]) or match[1][-1] in "?!."
    return Before(match[1], rest) if is_person(name) and not is_other else None


def are_first(pieces: Iterable[Piece | tuple[int, Line]]) -> bool:
    """Return whether organisations stand before people in the lines of a document."""
    found = [before.organisation for text in _texts(pieces) if (before := organisation_before(text))]
    named = sum(map(is_organisation, found))
    return len(found) >= _FEWEST and named >= max(2, _MANY * len(found))


def _texts(pieces: Iterable[Piece | tuple[int, Line]]) -> Iterator[str]:
    for piece in pieces:
        if isinstance(piece, Piece):
            yield piece.text
        else:
            yield from (text for cell in piece[1].cells for text in cell.split("\n"))
