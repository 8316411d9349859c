"""What a draft says of a programme: its contributions, who stands in one, and its event."""

from __future__ import annotations

from typing import Any

from itasgraph.drafting.draft import Draft


def talks(draft: Draft) -> list[dict[str, Any]]:
    """Return the values of the contributions, in their order."""
    return [entry.values for entry in draft.entries.values() if entry.type == "Contribution"]


def people(talk: dict[str, Any], key: str = "speakers") -> list[str]:
    """Return the last parts of the ids of the people of a contribution."""
    return [id_.removeprefix("person/") for id_ in talk.get(key, {})]


def event(draft: Draft) -> dict[str, Any]:
    """Return the values of the first event."""
    return next(entry.values for entry in draft.entries.values() if entry.type == "Event")
