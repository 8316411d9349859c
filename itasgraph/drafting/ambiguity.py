"""What a draft says of a name that several entries have → undecided values: nobody but a person can tell which is meant."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from itasgraph.drafting.draft import Choice, Draft, Entry
from itasgraph.drafting.entry_maker import EntryMaker


def leave_to_person(draft: Draft, make: EntryMaker) -> None:
    """Take each statement that refers to one of several entries out of the draft, and leave it to a person."""
    undecided = dict(draft.choices)
    for entry in [entry for entry in draft.entries.values() if entry.id not in draft.choices]:
        for key, value in list(entry.values.items()):
            for choice in _take_out(entry, key, value, draft):
                undecided.pop(choice.id, None)
                make.doubt(
                    "doubt-several-entries",
                    choice.quote,
                    choice.line,
                    about=entry.id,
                    key=key,
                    candidates=choice.candidates,
                )
    for choice in undecided.values():
        make.doubt("doubt-several-entries", choice.quote, choice.line, candidates=choice.candidates)
    for id_ in draft.choices:
        draft.entries.pop(id_, None)
    draft.doubts = [replace(doubt, about="") if doubt.about in draft.choices else doubt for doubt in draft.doubts]


def _take_out(entry: Entry, key: str, value: Any, draft: Draft) -> list[Choice]:
    """Remove the ids of choices from a value; return the choices, each with the words and the line of its relation."""
    if not isinstance(value, dict):
        found = [draft.choices[value]] if isinstance(value, str) and value in draft.choices else []
        if found:
            del entry.values[key]
        return found
    result: list[Choice] = []
    for target, details in list(value.items()):
        if target in draft.choices:
            del value[target]
            result.append(_in_words_of(draft.choices[target], details))
        elif isinstance(details, dict):
            result += [_in_words_of(choice, details) for choice in _take_out_details(details, draft)]
    if not value:
        del entry.values[key]
    return result


def _take_out_details(details: dict[str, Any], draft: Draft) -> list[Choice]:
    result: list[Choice] = []
    for key, value in list(details.items()):
        ids = value if isinstance(value, list) else [value]
        found = [draft.choices[id_] for id_ in ids if isinstance(id_, str) and id_ in draft.choices]
        if found:
            rest = [id_ for id_ in ids if id_ not in draft.choices]
            details[key] = rest if len(rest) > 1 else "".join(rest)
            if not rest:
                del details[key]
            result += found
    return result


def _in_words_of(choice: Choice, details: dict[str, Any]) -> Choice:
    quote = details.get("quote", choice.quote)
    return replace(
        choice, quote=quote[0] if isinstance(quote, list) else str(quote), line=int(details.get("line", choice.line))
    )
