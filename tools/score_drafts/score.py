"""The score of drafts: counts by category and outcome, and the shares that follow from them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

CATEGORIES: Final = (
    "items",
    "speakers",
    "organisations",
    "roles",
    "moderators",
    "days",
    "places",
    "actors",
    "contacts",
    "fields",
)


class Outcome(Enum):
    """What became of a value: of those in the gold file EXPECTED, of those in the draft the others."""

    EXPECTED = "expected"
    FOUND = "found"
    PROPOSED = "proposed"  # right, below `review:`
    SILENT = "silent"  # wrong, without a flag
    FLAGGED = "flagged"  # wrong, and only below `review:` or with a flag on it


@dataclass
class Score:
    """The counts of one document or of several, and a remark on each value that is missing, wrong, or flagged."""

    counts: Counter[tuple[str, Outcome]] = field(default_factory=Counter)
    appearances: int = 0
    silent_appearances: int = 0
    flags: int = 0
    needless_flags: int = 0
    flags_on_principle: int = 0
    faults: int = 0
    misquotes: int = 0
    documents: int = 0
    seconds: list[float] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Add the counts of another score."""
        self.counts.update(other.counts)
        self.seconds += other.seconds
        for name in (
            "appearances",
            "silent_appearances",
            "flags",
            "needless_flags",
            "flags_on_principle",
            "faults",
            "misquotes",
            "documents",
        ):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def of(self, category: str, outcome: Outcome) -> int:
        """Return how many values of a category came out in a way."""
        return self.counts[category, outcome]

    def recall(self, category: str) -> float:
        """Return the share of the expected values that the draft states; 1 where none is expected."""
        expected = self.of(category, Outcome.EXPECTED)
        return self.of(category, Outcome.FOUND) / expected if expected else 1.0

    def precision(self, category: str) -> float:
        """Return the share of the stated values that are right; 1 where none is stated."""
        found, silent = self.of(category, Outcome.FOUND), self.of(category, Outcome.SILENT)
        return found / (found + silent) if found + silent else 1.0

    @property
    def silent_share(self) -> float:
        """The share of the appearances that is wrong without a doubt."""
        return self.silent_appearances / self.appearances if self.appearances else 0.0

    @property
    def needless_share(self) -> float:
        """The share of the flags whose value is right."""
        return self.needless_flags / self.flags if self.flags else 0.0
