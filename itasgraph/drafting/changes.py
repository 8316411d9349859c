"""The differences between two drafts of a document."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What became of a statement of a document in its new version.

    KEPT: the file says something else, and keeps it. REMOVED: it is gone from the document, and from the file. DECIDED: the
    new draft states what was undecided.
    """

    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"
    KEPT = "kept"
    REMOVED = "removed"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class Change:
    """A difference between two drafts of a document: the id of an entry, the keys down to the value, and both values.

    `line` is the line of the new document that says so, or 0.
    """

    kind: Kind
    entry: str
    key: str = ""
    before: str = ""
    after: str = ""
    line: int = 0
