"""A draft → the text of a data file (YAML 1.2)."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from itasgraph.drafting.draft import Doubt, Draft, Entry
from itasgraph.parsing.yaml_writing import QUOTED


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
    yaml = YAML()
    yaml.width = 10**6
    yaml.preserve_quotes = True
    yaml.indent(mapping=2, sequence=2, offset=0)
    root = CommentedMap()
    for key, value in _head(header).items():
        root[key] = _value(key, value)
    entries = _written(draft)
    root["says"] = CommentedSeq(map(_entry, entries))
    for index in range(len(entries)):
        root["says"].yaml_set_comment_before_after_key(index, before="\n")  # a blank line
    if draft.doubts:
        root["review"] = CommentedSeq(_doubt(doubt) for doubt in draft.doubts)
    out = io.BytesIO()
    out.write(f"# {comment}\n".encode())
    yaml.dump(root, out)
    return out.getvalue()


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


def _entry(entry: Entry) -> CommentedMap:
    return CommentedMap({key: _value(key, value) for key, value in _keys(entry).items()})


def _fields(doubt: Doubt) -> dict[str, Any]:
    fields = {"about": doubt.about, "key": doubt.key, "quote": doubt.quote, "line": doubt.line, "place": doubt.place}
    fields |= {"reason": doubt.reason, "candidates": list(doubt.candidates), "rule": doubt.rule}
    return {key: value for key, value in fields.items() if value}


def _doubt(doubt: Doubt) -> CommentedMap:
    return CommentedMap({key: _value(key, value) for key, value in _fields(doubt).items()})


def _value(key: str, value: Any) -> Any:
    """Return a value as a node: texts of the document in quotation marks, lists and translations on one line."""
    if isinstance(value, str):
        # ruamel.yaml writes ": text" bare in a list on one line, which nobody can read.
        return DoubleQuotedScalarString(value) if key in QUOTED or not value[:1].isalnum() else value
    if isinstance(value, Mapping):
        return _map(value)
    if isinstance(value, Sequence):
        return _list(key, value)
    return value


def _list(key: str, items: Iterable[Any]) -> CommentedSeq:
    node = CommentedSeq(_value(key, item) for item in items)
    node.fa.set_flow_style()
    return node


def _map(items: Mapping[str, Any]) -> CommentedMap:
    node = CommentedMap({name: _value(name, item) for name, item in items.items()})
    if not any(isinstance(item, Mapping) for item in items.values()):
        node.fa.set_flow_style()
    return node
