"""The rule of each statement of a draft, for `--explain`: "programme-speakers", "column-email", "organisation-unknown"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from itasgraph.drafting.draft import Draft, Entry, Step

# What the rule that makes an entry writes with it.
_OF_ENTRY: Final = frozenset({"name", "label", "title", "quote", "line", "inScheme", "description", "leavesOut"})


def explain(draft: Draft, form: str) -> None:
    """Add a step for each value, relation and undecided value of a draft, and sort all steps by their lines.

    `form` is what the statements were read from: "programme", "column" or "prose". The entries still have their lines.
    """
    for entry in draft.entries.values():
        draft.steps += _of_values(entry, form)
    named = {step.result.rpartition(" → ")[2] for step in draft.steps}
    draft.steps += [Step(0, f"{one.type.lower()}-new", one.id) for one in draft.entries.values() if one.id not in named]
    draft.steps += [Step(doubt.line, doubt.rule, f"{doubt.quote} → review") for doubt in draft.doubts]
    draft.steps.sort(key=lambda step: step.line)


def _of_values(entry: Entry, form: str) -> Iterator[Step]:
    own = entry.values.get("line", 0)
    line = own if isinstance(own, int) else 0
    for key, value in entry.values.items():
        if isinstance(value, dict) and key not in _OF_ENTRY:
            for target, details in value.items():
                at = details.get("line", line) if isinstance(details, dict) else line
                yield Step(at if isinstance(at, int) else line, f"{form}-{key}", f"{entry.id} → {target}")
        elif key not in _OF_ENTRY:
            text = ", ".join(value) if isinstance(value, list) else str(value)
            yield Step(line, f"{form}-{key}", f"{entry.id}: {text}")
