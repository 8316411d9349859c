"""A document that was drafted before, drafted again: the new content of its data file, and what is new, changed and gone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from itasgraph.authoring.quotations import SourceText
from itasgraph.documents.document import Document
from itasgraph.drafting import baseline as baselines
from itasgraph.drafting import line_numbers, matching
from itasgraph.drafting.baseline import Baseline
from itasgraph.drafting.changes import Change
from itasgraph.drafting.merge import DraftedData, by_identity, merge
from itasgraph.errors import UsageError
from itasgraph.parsing import yaml_editing
from itasgraph.util import files

Map = dict[str, Any]


@dataclass(frozen=True, slots=True)
class DraftedFile:
    """The data file of a document that was drafted before: its path, bytes and data, and what the draft said, if that is known."""

    path: Path
    content: bytes
    data: Map
    baseline: Baseline | None

    @property
    def language(self) -> str:
        return str(self.data.get("language") or "")

    def consents(self) -> dict[str, str]:
        """Return the id of each person who agreed that contact details are kept → the day."""
        entries = matching.index_of(self.data)
        return {id_: str(entry["consent"]) for id_, entry in entries.items() if "consent" in entry}


@dataclass(frozen=True, slots=True)
class Revision:
    """The new content of a data file and its baseline, and the differences between the drafts."""

    content: bytes
    baseline: Baseline
    changes: list[Change]
    undecided: int


def read(path: Path) -> DraftedFile:
    """Return the data file of a document. Raises FileError, InvalidProject, UsageError where it describes no document."""
    content = files.read(path, str(path))
    data = yaml_editing.read(content, str(path))
    if not isinstance(data, dict) or data.get("type") != "Source" or not isinstance(data.get("id"), str):
        raise UsageError("draft-exists", path=path)
    return DraftedFile(path, content, data, baselines.read(path))


def first_baseline(data: Map, document: Document, columns: Mapping[str, str], sheet: str) -> Baseline:
    """Return the baseline of a draft, of which `data` says what its file says."""
    return baselines.of_draft(_by_path(data), (line.text for line in document.lines), columns, sheet)


def with_baseline(file: DraftedFile, document: Document, draft: Map | None) -> DraftedFile:
    """Return a data file with the baseline of its old document: of its lines, and of what a draft of it says, if there is one."""
    entries = {"says": {}} if draft is None else draft
    same = matching.rename(entries, matching.match(matching.index_of(file.data), entries["says"]))
    return replace(file, baseline=first_baseline(same, document, {}, ""))


def revise(
    file: DraftedFile,
    draft: Map,
    known: Iterable[str],
    document: Document,
    referenced: Callable[[str], bool],
    *,
    remove: bool,
) -> Revision:
    """Return what becomes of a data file with a new draft of its document.

    `draft` is what the draft would say as a file of its own, `known` are the ids of entries that other files describe, and
    `referenced` tells whether they refer to an id. What the document no longer says is removed only with `remove`.
    """
    text = SourceText(line.text for line in document.lines)
    ids = matching.match(matching.index_of(file.data), draft["says"])
    new = _by_path(matching.rename(draft, ids))
    known = frozenset(ids.get(id_, id_) for id_ in known)
    base = _baseline(file, new, draft)
    base = replace(base, ids={of_today: former for former, of_today in ids.items()})
    data = matching.rename(file.data, {})
    lines = list(baselines.fingerprints(line.text for line in document.lines))
    line_numbers.move(data, base.lines, lines, text)
    result = merge(
        data, DraftedData(new, known, lambda holder: _line(holder, text)), base, remove=remove, referenced=referenced
    )
    statements = _remaining_statements(result.data, base) | baselines.of_draft(new, (), {}, "").statements
    return Revision(
        yaml_editing.update(file.content, result.data, str(file.path)),
        Baseline(statements, tuple(lines), base.columns, base.sheet),
        result.changes,
        len(result.data.get("review") or ()),
    )


def _baseline(file: DraftedFile, new: Map, draft: Map) -> Baseline:
    """Return the baseline of the last draft; where it is missing and the document did not change, that is the new draft."""
    if file.baseline is not None:
        return file.baseline
    return baselines.of_draft(new, (), {}, "") if file.data.get("sha256") == draft["sha256"] else Baseline()


def _by_path(data: Map) -> Map:
    """Return the data of a file with its entries by id, and its undecided values by what tells them apart."""
    says = data["says"] if isinstance(data["says"], dict) else matching.index_of(data)
    return {**data, "says": says, "review": dict(by_identity(data.get("review") or []))}


def _remaining_statements(data: Map, base: Baseline) -> frozenset[str]:
    """Return the statements of the last draft that are still in the file, though the document may no longer say them."""
    pairs = baselines.statements(_by_path(data))
    return frozenset(baselines.fingerprint(*pair) for pair in pairs if base.has(*pair))


def _line(holder: Map, text: SourceText) -> int:
    """Return the line of a statement in the document, or 0."""
    if isinstance(holder.get("line"), int):
        return int(holder["line"])
    quote = holder.get("quote", "")
    quotes = quote if isinstance(quote, list) else [quote]
    return next((line for one in quotes for line in text.spans_of(str(one))), 0)
