"""The limits on a YAML file: levels of nesting, aliases and faults."""

from __future__ import annotations

from typing import Final

import yaml

from itasgraph.errors import Finding, Location
from itasgraph.parsing.yaml_loader import Loader, location_of

# Reading a level takes several frames of Python's stack.
MAX_YAML_DEPTH: Final = 60
MAX_FAULTS: Final = 1_000
# A text with fewer characters that could begin a level is left to libyaml.
_MIN_OPENINGS: Final = 5_000


class LimitExceeded(Exception):
    """A file cannot be read any further; `finding` says which limit it exceeds, and where."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


class Budget:
    """The limits on a walk through nodes: levels, and ten times the length of the text, which aliases could multiply."""

    def __init__(self, text: str, filename: str) -> None:
        self._filename = filename
        self._left = 10 * len(text) + 10
        self._depth = 0

    def spend(self, node: yaml.Node, size: int) -> None:
        """Count a node that holds `size` characters or entries. Raises LimitExceeded."""
        self._left -= 1 + size
        if self._left < 0:
            raise LimitExceeded(Finding.of(location_of(node, self._filename), "too-many-aliases"))

    def descend(self, node: yaml.Node) -> None:
        """Count a list or map with its entries, and go one level down. Raises LimitExceeded."""
        self.spend(node, len(node.value))
        self._depth += 1
        if self._depth > MAX_YAML_DEPTH:
            raise LimitExceeded(
                Finding.of(location_of(node, self._filename), "nested-too-deeply", limit=MAX_YAML_DEPTH)
            )

    def ascend(self) -> None:
        self._depth -= 1


def find_excess_depth(text: str, filename: str) -> list[Finding]:
    """Return where nesting first passes the limit, in a text that could be nested thousands of times.

    libyaml's composer recurses in C, and some releases of libyaml have no limit: deep nesting would crash the process.
    """
    if sum(text.count(opening) for opening in ("[", "{", "- ", "? ")) < _MIN_OPENINGS:
        return []
    try:
        return _excess_depth(text, filename)
    except yaml.YAMLError as error:
        return find_excess_depth_before(error, text, filename)


def find_excess_depth_before(error: yaml.YAMLError, text: str, filename: str) -> list[Finding]:
    """Return where nesting passes the limit in the text that libyaml had read when it stopped.

    Releases of libyaml from 0.2.6 on stop at 1,000 levels, before they report the levels that they passed.
    """
    mark = getattr(error, "problem_mark", None)
    try:
        return _excess_depth(text[: mark.index], filename) if mark else []
    except yaml.YAMLError:
        return []


def _excess_depth(text: str, filename: str) -> list[Finding]:
    depth = 0
    for event in yaml.parse(text, Loader=Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_YAML_DEPTH:
            assert event.start_mark is not None
            location = Location(filename, event.start_mark.line + 1, event.start_mark.column + 1)
            return [Finding.of(location, "nested-too-deeply", limit=MAX_YAML_DEPTH)]
    return []
