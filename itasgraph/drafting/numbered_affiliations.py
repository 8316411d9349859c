"""Names with small numbers, and below them the organisations to which the numbers lead: "Ida Kern 1, Ben Wolf 2" / "1 TU Brno; 2 IHK"."""

from __future__ import annotations

import re
from typing import Final

from itasgraph.drafting.speakers import Speaker, SpeakerGrammar

_NAME: Final = re.compile(r"\s*([^\d,;&]+?)\s*(\d(?:\s*,\s*\d(?!\d))*)\s*(?:[,;&]|und\s|and\s|$)\s*")
_ORGANISATION: Final = re.compile(r"(?:^|;\s*|,\s+(?=\d\s))(\d)\s*([^\W\d_][^;]*?)(?=\s*(?:$|;|,\s+\d\s))")


def numbered_speakers(names: str, organisations: str, grammar: SpeakerGrammar) -> list[Speaker]:
    """Return the people of a line of names with numbers; nobody where a name is none, or a number leads nowhere.

    The quote of each has the words of both lines.
    """
    places = {match[1]: match[2].strip() for match in _ORGANISATION.finditer(organisations)}
    result: list[Speaker] = []
    end = 0
    for match in _NAME.finditer(names):
        numbers = re.findall(r"\d", match[2])
        if match.start() != end or not set(numbers) <= places.keys() or not grammar.begins_with_name(match[1]):
            return []
        (speaker,) = grammar.speakers(match[1]) or (None,)
        if speaker is None:
            return []
        own = tuple(places[number] for number in numbers)
        quote = "\n".join((speaker.quote, *own))
        result.append(Speaker(speaker.name, speaker.title, speaker.role, own, quote))
        end = match.end()
    return result if end == len(names) else []
