"""What one data file says, and the faults of its nodes."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
import yaml

from itasgraph.errors import Finding, Location
from itasgraph.parsing.yaml_limits import MAX_FAULTS, LimitExceeded
from itasgraph.parsing.yaml_loader import IMPLICIT, TAGS, location_of

if TYPE_CHECKING:
    from itasgraph.messages.codes import Code

_MAX_LENGTH: Final = 60
# The facts of a finding that are words of the file.
_WORDS_OF_FILE: Final = ("actual", "iri", "id", "key", "tag", "target", "value")


@dataclass(frozen=True, slots=True)
class Undecided:
    """A value that waits for a decision: the words of the source, why it is doubtful, and what it may be.

    `about` is the id of the entry that the value belongs to, empty where that is doubtful as well.
    """

    location: Location
    quote: str
    reason: str
    about: str = ""
    candidates: tuple[str, ...] = ()


@dataclass
class DataDocument:
    """What one data file says.

    `marks` maps (subject IRI, and property IRI, "@id", or "" for the entry itself) to its place in the file; `references` lists
    the IRIs of the project's own space that the file points at, with key and location; `described` maps the entries it
    describes to their locations. `readable` holds the quads that can be read in spite of faults. `damaged` holds what faults
    leave uncertain, with keys as in `marks` ("" for all of an entry), and `unread` the text that was not understood.
    `undecided` lists the values that wait for a decision; of them, `readable` says only how many there are of an entry.
    """

    filename: str
    graph: str = ""
    readable: list[ox.Quad] = field(default_factory=list)
    marks: dict[tuple[str, str], yaml.Mark] = field(default_factory=dict)
    references: list[tuple[str, str, Location]] = field(default_factory=list)
    described: dict[str, Location] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    damaged: set[tuple[str, str]] = field(default_factory=set)
    unread: str = ""
    undecided: list[Undecided] = field(default_factory=list)

    @functools.cached_property
    def locations(self) -> dict[tuple[str, str], Location]:
        """Return `marks` as locations; only faults need these, so they are made at the first use."""
        return {key: Location(self.filename, mark.line + 1, mark.column + 1) for key, mark in self.marks.items()}


class FaultLog:
    """A log that adds faults of nodes to a document, except faults that follow from a syntax fault in the node."""

    def __init__(self, document: DataDocument, text: str) -> None:
        self._document = document
        self._text = text
        self._has_tags = "!" in text
        self._syntax_faults = [finding.location for finding in document.findings]

    def report(self, node: yaml.Node, code: Code, **facts: object) -> None:
        """Report a fault of `node`. Raises LimitExceeded."""
        if any(_contains(node, location) for location in self._syntax_faults):
            return
        facts = {name: _shorten(str(fact)) if name in _WORDS_OF_FILE else fact for name, fact in facts.items()}
        if len(self._document.findings) >= MAX_FAULTS:
            raise LimitExceeded(Finding.of(self.location(node), "too-many-faults", limit=MAX_FAULTS))
        self._document.findings.append(Finding.of(self.location(node), code, **facts))

    def location(self, node: yaml.Node) -> Location:
        return location_of(node, self._document.filename)

    def has_syntax_fault(self, node: yaml.Node) -> bool:
        """Return whether the line on which a node begins does not parse."""
        return any(location.line == self.location(node).line for location in self._syntax_faults)

    def leave_unread(self, node: yaml.Node) -> None:
        assert node.start_mark is not None
        assert node.end_mark is not None
        self._document.unread += f"\n{self._text[node.start_mark.index : node.end_mark.index]}"

    def check_tag(self, node: yaml.Node) -> None:
        if self._has_tags and node.tag not in (IMPLICIT, TAGS[type(node)]):
            self.report(node, "unknown-tag", tag=node.tag)


def _contains(node: yaml.Node, location: Location) -> bool:
    start, end = node.start_mark, node.end_mark
    assert start is not None
    assert end is not None
    position = (location.line - 1, location.column - 1)
    return isinstance(node, yaml.ScalarNode) and (start.line, start.column) <= position < (end.line, end.column)


def _shorten(text: str) -> str:
    """Return a value for a message: one line of at most _MAX_LENGTH characters."""
    text = " ".join(text[: _MAX_LENGTH + 1].splitlines())
    return text if len(text) <= _MAX_LENGTH else f"{text[:_MAX_LENGTH]}…"
