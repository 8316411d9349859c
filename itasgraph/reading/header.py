"""The `#+ key: value` lines at the top of a query file, after grlc (https://grlc.io): YAML behind comments."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from itasgraph.errors import FileProblem, Finding, Place, ProjectFaults

if TYPE_CHECKING:
    import yaml


def read_text(path: Path, shown: str) -> str:
    """The text of a query file. Raises FileProblem or ProjectFaults (not UTF-8)."""
    try:
        return decode(path.read_bytes(), shown)
    except OSError as error:
        raise FileProblem("unreadable", path=shown, error=error) from error


def decode(content: bytes, shown: str) -> str:
    """Decode the content of a query file, with line ends as Python has them. Raises ProjectFaults (not UTF-8)."""
    try:
        return io.StringIO(content.decode("utf-8-sig"), newline=None).getvalue()
    except UnicodeDecodeError as error:
        raise ProjectFaults([Finding.of(Place(shown), "not-utf8")]) from error


def parse(text: str, shown: str) -> dict[str, Any]:
    """The header of a query as a mapping. Raises ProjectFaults with the line where it is no YAML mapping."""
    # The mark becomes white space, so that YAML counts lines and columns as the file does.
    lines = [f"  {line[2:]}" if line.startswith("#+") else "" for line in text.splitlines()]
    if not any(lines):
        return {}
    import yaml

    try:
        header = yaml.load("\n".join(lines), Loader=yaml.CBaseLoader)  # noqa: S506  # text and nothing else comes of it
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = Place(shown, mark.line + 1, mark.column + 1) if mark else Place(shown)
        raise ProjectFaults([Finding.of(place, "header", reason=_reason(error))]) from error
    if header is None or header == "":
        return {}
    if not isinstance(header, dict):
        raise ProjectFaults([Finding.of(Place(shown, 1, 1), "header", reason=type(header).__name__)])
    return header


def _reason(error: yaml.YAMLError) -> str:
    return getattr(error, "problem", None) or str(error).splitlines()[0]


def translations(header: Mapping[str, Any], key: str) -> dict[str, str]:
    """`key` as language → text: a mapping, or English under `key` and German under `key_de`; alone, it is read in both.

    grlc shows the bare key and passes over the other.
    """
    value = header.get(key, {})
    if isinstance(value, dict):
        return {str(lang): str(text) for lang, text in value.items()}
    return {"de": str(header.get(f"{key}_de", value)), "en": str(value)}
