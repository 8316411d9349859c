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
    from itasgraph.reading import yamltext

    composed = yamltext.compose("\n".join(lines).encode(errors="replace"), shown)
    faults = [finding for finding in composed.findings if finding.code != "empty-file"]
    if faults:
        raise ProjectFaults(faults)
    if composed.root is None:
        return {}
    header = _Values(shown, sum(map(len, lines))).of(composed.root)
    if not isinstance(header, dict):
        raise ProjectFaults([Finding.of(Place(shown, 1, 1), "header", reason=type(header).__name__)])
    return header


class _Values:
    """The text, lists and mappings of a header, within the limits of data files: aliases could multiply without end."""

    def __init__(self, shown: str, size: int) -> None:
        self._shown = shown
        self._left = 10 * size

    def of(self, node: yaml.Node, depth: int = 1) -> Any:
        """Return the value of a node. Raises ProjectFaults beyond a limit."""
        import yaml

        from itasgraph.reading.yamltext import MAX_DEPTH

        self._left -= 1 + len(node.value)
        if self._left < 0 or depth > MAX_DEPTH:
            mark = node.start_mark
            place = Place(self._shown, mark.line + 1, mark.column + 1) if mark else Place(self._shown)
            raise ProjectFaults([Finding.of(place, "too-many-aliases")])
        if isinstance(node, yaml.MappingNode):
            return {self.key(key): self.of(value, depth + 1) for key, value in node.value}
        return (
            [self.of(item, depth + 1) for item in node.value]
            if isinstance(node, yaml.SequenceNode)
            else str(node.value)
        )

    def key(self, node: yaml.Node) -> str:
        """Return a key, which must be text."""
        key = self.of(node)
        return key if isinstance(key, str) else type(key).__name__


def translations(header: Mapping[str, Any], key: str) -> dict[str, str]:
    """`key` as language → text: a mapping, or English under `key` and German under `key_de`; alone, it is read in both.

    grlc shows the bare key and passes over the other.
    """
    value = header.get(key, {})
    if isinstance(value, dict):
        return {str(lang): str(text) for lang, text in value.items()}
    return {"de": str(header.get(f"{key}_de", value)), "en": str(value)}
