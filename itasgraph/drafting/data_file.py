"""A draft → the text of a data file (YAML 1.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from itertools import chain
from typing import Any

from itasgraph.drafting.draft import Doubt, Draft, Entry
from itasgraph.parsing.yaml_writing import block_item, block_pair


@dataclass(frozen=True, slots=True)
class Header:
    """What a data file says of its document; `document` is its web address, or its name where it has none."""

    id: str
    title: str
    document: str
    language: str
    sha256: str
    label: Mapping[str, str]


def write(draft: Draft, header: Header, comment: str) -> bytes:
    """Return a draft as a data file, which begins with a comment."""
    lines = [f"# {comment}", *(line for pair in _head(header).items() for line in block_pair(*pair, 0))]
    entries = [("", *block_item(_keys(entry), 0)) for entry in _written(draft)]
    lines += ["says:", *chain.from_iterable(entries)] if entries else ["says: []"]
    if draft.doubts:
        lines += ["review:", *(line for doubt in draft.doubts for line in block_item(_fields(doubt), 0))]
    return "".join(f"{line}\n" for line in lines).encode()


def data(draft: Draft, header: Header) -> dict[str, Any]:
    """Return what the data file of a draft says as plain data; below "says", id → entry."""
    says = {entry.id: {key: value for key, value in _keys(entry).items() if key != "id"} for entry in _written(draft)}
    return {**_head(header), "says": says, "review": [_fields(doubt) for doubt in draft.doubts]}


def _head(header: Header) -> dict[str, Any]:
    values = {key: value for key, value in asdict(header).items() if value}
    return {"id": values.pop("id"), "type": "Source", **values}


def _written(draft: Draft) -> list[Entry]:
    """Return the entries without those that are known and get nothing new."""
    return [entry for entry in draft.entries.values() if entry.type or entry.values]


def _keys(entry: Entry) -> dict[str, Any]:
    return {"id": entry.id, **({"type": entry.type} if entry.type else {}), **entry.values}


def _fields(doubt: Doubt) -> dict[str, Any]:
    fields = {"about": doubt.about, "key": doubt.key, "quote": doubt.quote, "line": doubt.line, "place": doubt.place}
    fields |= {"reason": doubt.reason, "candidates": list(doubt.candidates), "rule": doubt.rule}
    return {key: value for key, value in fields.items() if value}
