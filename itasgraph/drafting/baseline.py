"""What a draft said, as fingerprints, so that the next draft of the document knows what a person has changed since.

The fingerprints stand in a hidden file beside the data file, `.NAME.draft`. It holds no words of the document and no name: who
removes a person from the data leaves nobody behind in it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from itasgraph.util import files

_DIGITS: Final = 12  # of a fingerprint: one in 10^14
_LINE_DIGITS: Final = 8
_SEPARATOR: Final = "\x1f"
Path_ = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Baseline:
    """The fingerprints of the statements and of the lines of a draft, and the options with which the document was read.

    `ids` are the ids that the draft had for entries which a person gave another id since (id of today → id in the draft).
    """

    statements: frozenset[str] = frozenset()
    lines: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""
    ids: Mapping[str, str] = field(default_factory=dict)

    def has(self, path: Path_, value: object = "") -> bool:
        """Return whether the draft had a value at a path; without a value, whether it had any."""
        text = str(value)
        former = tuple(self.ids.get(part, part) for part in path), self.ids.get(text, text)
        return fingerprint(path, text) in self.statements or fingerprint(*former) in self.statements

    def content(self) -> bytes:
        """Return the text of the file that holds the baseline."""
        fields = {"columns": dict(self.columns), "sheet": self.sheet}
        lists = {"lines": list(self.lines), "statements": sorted(self.statements)}
        return (json.dumps(fields | lists, ensure_ascii=False, indent=0) + "\n").encode()


def of_draft(data: Mapping[str, Any], lines: Iterable[str], columns: Mapping[str, str], sheet: str) -> Baseline:
    """Return the baseline of a draft: `data` are its entries by path (see `statements`), `lines` those of the document."""
    prints = frozenset(fingerprint(path, value) for path, value in statements(data))
    return Baseline(prints, tuple(fingerprints(lines)), columns, sheet)


def fingerprints(lines: Iterable[str]) -> Iterator[str]:
    """Yield the fingerprint of each line; that of a line without text is an empty string."""
    for line in lines:
        text = " ".join(line.split())
        yield hashlib.sha256(text.encode()).hexdigest()[:_LINE_DIGITS] if text else ""


def statements(data: Any, path: Path_ = ()) -> Iterator[tuple[Path_, str]]:
    """Yield the path of each map, list and text of nested maps, with an empty string, and of each text, with the text.

    >>> list(statements({"quote": ["a"]}))
    [((), ''), (('quote',), ''), (('quote',), 'a')]
    """
    yield path, ""
    if isinstance(data, Mapping):
        for key, value in data.items():
            yield from statements(value, (*path, str(key)))
    else:
        yield from ((path, str(value)) for value in (data if isinstance(data, list) else [data]))


def file_of(data_file: Path) -> Path:
    """Return the path of the file that holds the baseline of a data file."""
    return data_file.with_name(f".{data_file.stem}.draft")


def read(data_file: Path) -> Baseline | None:
    """Return the baseline of a data file; None where there is none, or it cannot be read."""
    path = file_of(data_file)
    with suppress(OSError, ValueError, TypeError, KeyError, AttributeError):
        fields = json.loads(path.read_text(encoding="utf-8"))
        columns = {str(header): str(key) for header, key in fields["columns"].items()}
        return Baseline(frozenset(fields["statements"]), tuple(fields["lines"]), columns, str(fields["sheet"]))
    return None


def write(baseline: Baseline, data_file: Path) -> None:
    """Write the baseline of a data file. Raises FileError."""
    path = file_of(data_file)
    content = baseline.content()
    if not path.exists() or path.read_bytes() != content:
        with files.atomic_write(path) as out:
            out.write(content)


def fingerprint(path: Path_, value: str) -> str:
    """Return the fingerprint of a value at a path."""
    return hashlib.sha256(_SEPARATOR.join((*path, "", value)).encode()).hexdigest()[:_DIGITS]
