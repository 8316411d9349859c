"""The words around a name that are no part of it: a role before it ("Leiter Personal Ben Wolf"), a verb behind it."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Final

from itasgraph.drafting.lexica import is_first_name, is_leading_family_name, is_role_word, is_verb_of_stage
from itasgraph.drafting.organisation_names import describes
from itasgraph.drafting.people import MOST_NAMES, TITLE, is_person, split_name

# Nouns by their ending, which are no names.
_NOUNS: Final = re.compile(r"(?:ung|heit|keit|tion|schaft|ismus|tät|ik|ing)\b", re.I)
_MOST_ROLE_WORDS: Final = 3  # before a name
# What is said before a name, and no department follows it.
OFFICE: Final = re.compile(
    r"\w*(?:minister|meister|landrat|stadtrat|rät|präsident|dekan|rektor|journalist|pfarrer|pastor|bischof|sekretär|kanzler)(?:in)?",
    re.I,
)
_OFFICE_AND_NAME: Final = 3  # words
FOR: Final = ("für", "for", "of", "aus", "from", "in")


@functools.lru_cache(MOST_NAMES)
def leading_role(name: str) -> tuple[str, str]:
    """Divide "Bürgermeisterin Ida Kern" and "Erste Beigeordnete Ida Kern"; the role is empty where the name stands alone.

    Behind an office or profession that is said before names, the name may be unknown ("Staatsministerin Quux Quuxová").
    """
    words = name.split()
    if len(words) == _OFFICE_AND_NAME and OFFICE.fullmatch(words[0]) and not is_first_name(words[0]):
        return words[0], " ".join(words[1:])
    counts = range(1, min(_MOST_ROLE_WORDS, len(words) - 2) + 1)
    # "Leiter Personal Ben Wolf": what the role is for stands before the given name.
    for count in sorted(counts, key=lambda count: not _begins_name(words[count])):
        rest = " ".join(words[count:])
        are_capitals = all(not word[:1].islower() for word in words[:count])  # not "Schmieden mit Meister"
        is_role_before = are_capitals and is_role_word(words[count - 1])
        is_role_before = is_role_before or _is_role_with_purpose(words[:count], words[count])
        if (
            is_role_before
            and is_person(rest)
            and (not split_name(name).title or words[1] in FOR)
            and (count == 1 or not TITLE.match(f"{words[count - 1]} "))
        ):
            return " ".join(words[:count]), rest
    return "", name


def _begins_name(word: str) -> bool:
    return is_first_name(word) or is_leading_family_name(word) or TITLE.match(f"{word} ") is not None


def _is_role_with_purpose(words: Sequence[str], following: str) -> bool:
    """Return whether words before a given name are a role and what it is for: "Leiter Personal", "Head of Innovation"."""
    is_form = all(not word[:1].islower() or word in FOR for word in words) and words[-1][:1].isupper()
    is_form = is_form and not any("." in word for word in words)  # no academic title
    return is_form and _begins_name(following) and is_role_word(words[0]) and not any(map(is_first_name, words))


def is_of_nouns(head: str) -> bool:
    """Return whether words are no name: an adjective stands before a noun ("Neue Wege"), or a noun has the ending of one."""
    return describes(head.split(maxsplit=1)[0]) or _NOUNS.search(head) is not None


def before_verb(head: str) -> str:
    """Return the words before those that say what somebody does: "Ida Kern liest aus …"."""
    words = head.split()
    ends = (at for at in range(2, len(words)) if is_verb_of_stage(words[at]))
    return " ".join(words[: next(ends, len(words))])
