"""The words that say who moderates, before a name or behind it, and whether for the whole event."""

from __future__ import annotations

import re
from typing import Final

MODERATION: Final = re.compile(
    r"(?:(?:\w+\s+(?:und|&|and)\s+)?\w*moderation(?:\s*/\s*\w[\w ]{2,20}(?=:))?(?:\s+(?:der|des|of the)\s+\w+(?=:))?(?:\s+durch)?|(?:Diskussions|Gesprächs|Sitzungs)leitung|(?:Sitzungs)?vorsitz(?=\s*:)|session\s+chair|moderiert\s+von|moderator(?:in|en|innen|s)?|(?:moderated|hosted|facilitated)\s+by|chair(?:ed\s+by|s)?|"
    r"(?:hosts?|facilitators?)(?=\s*:)|durch\s+(?:den|das|die)\s+\w+\s+(?:führt|führen|leitet|begleitet)(?:\s+Sie\b)?|"
    r"(?:es\s+)?(?:führt|führen|leitet|begleitet)\s+(?:Sie\s+)?durch\s+(?:den|das|die)\s+\w+)\s*:?\s*(?:(?:unsere?|der|die)\s+(?:[a-zäöüß]+er?\s+)?)?",
    re.I,
)
_OF_THE_WHOLE: Final = re.compile(
    r"(?:Gesamt|Tages)moderation|durch (?:den|die|das) \w+ (?:führt|führen|leitet|begleitet)|(?:es )?(?:führt|führen|leitet|begleitet) (?:Sie )?durch (?:den|die|das)|(?:chair|moderator|host) of the day|(?:moderated|chaired) throughout",
    re.I,
)
# The label of one person: "Moderator: Ida Kern; Ben Wolf".
ONE_MODERATOR: Final = re.compile(r"(?:moderator(?:in)?|chair|host)\s*:", re.I)
MODERATES: Final = re.compile(r"\s*[(\[,–-]?\s*(?:Moderation|Moderator(?:in)?|Chair)\s*[)\]]?\s*$", re.I)

# At the end of a list of names: "(Moderation: Ida Kern)".
BRACKETED_MODERATOR: Final = re.compile(r"\s*\(((?:Moderation|Moderator(?:in)?|Chair|Host)\s*:[^()]+)\)\s*$", re.I)


def moderates_whole(text: str) -> bool:
    """Return whether a line that names a moderator says that this is for the whole event."""
    return _OF_THE_WHOLE.match(text) is not None


def names_moderator(text: str) -> bool:
    """Return whether a sentence says who moderates the whole, or has the label of a moderator: "Konzept und Moderation: Ida Kern."."""
    label = MODERATION.match(text)
    return moderates_whole(text) or (label is not None and ":" in label.group())


def announces_moderator(text: str) -> bool:
    """Return whether a line says only that a moderator is named in the next one."""
    return bool(MODERATION.fullmatch(text)) and text.rstrip().endswith(":")
