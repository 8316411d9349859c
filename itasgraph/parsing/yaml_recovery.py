"""Recovery from faults in YAML text: the entries without a fault are read, and each part with one is reported."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import Final, NamedTuple

import yaml

from itasgraph.errors import Finding, Location
from itasgraph.parsing import yaml_nodes
from itasgraph.parsing.yaml_limits import MAX_FAULTS, MAX_YAML_DEPTH

_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|[\r\n])|[^\r\n]+\Z")
_DASH: Final = re.compile(r" *- ")
_KEY: Final = re.compile(r"[^\s#\-][^:]*:")
# How a line begins: the dashes of items, and a key that is not in brackets.
_BEGINNING: Final = re.compile(
    r"(?P<before> *)(?P<dashes>(?:- +)*)(?P<key>[^\s#\-{\[][^:]*:(?!\S))?\s*(?P<value>[^#\s].*)?"
)
_UNDEFINED_ALIAS: Final = (("reason", "found undefined alias"),)


class Recovery(NamedTuple):
    """The root of a text without its faulty parts (None: nothing is left), the faults of these parts, and their text."""

    root: yaml.Node | None
    findings: list[Finding]
    unread: str


class _Part(NamedTuple):
    """Lines that do not parse alone: the first, the one after the last (counted from 0), and their faults."""

    start: int
    end: int
    findings: list[Finding]


def recover(text: str, fault: Finding) -> Recovery:
    """Read a text that does not parse, without the entries that do not parse alone; `fault` is the fault of the whole text."""
    filename = fault.location.path
    lines = _LINE.findall(text)
    if fault.code == "yaml-second":  # the rest belongs to another file
        start = fault.location.line - 1
        root, findings = yaml_nodes.parse("".join(lines[:start]), filename)
        return Recovery(root, [fault, *findings], "".join(lines[start:]))
    parts = list(_faulty_parts(lines, fault))
    unread = "".join(line for part in parts for line in lines[part.start : part.end])
    for part in parts:
        lines[part.start : part.end] = ["\n"] * (part.end - part.start)
    root, findings = yaml_nodes.parse("".join(lines), filename)
    if root is None:
        return Recovery(None, [fault], text)
    inside = list(islice((finding for part in parts for finding in part.findings), MAX_FAULTS))
    return Recovery(root, [*inside, *findings], unread)


def _faulty_parts(lines: list[str], fault: Finding) -> Iterator[_Part]:
    """Yield the parts of a file that do not parse alone; the part in which `fault` lies has this fault."""
    for start, end in pairwise([*_starts(lines), len(lines)]):
        own = _fault_of(lines, start, end, fault.location.path)
        if own is not None:
            best = fault if start < fault.location.line <= end else own
            yield _Part(start, end, _faults_within(lines, start, end, best))


def _fault_of(lines: list[str], start: int, end: int, filename: str) -> Finding | None:
    """Return the fault of the lines `start` to `end`, parsed alone; None if they parse."""
    part = "".join(lines[start:end])
    root, findings = yaml_nodes.parse(part, filename) if part.strip() else (None, [])
    if root is not None or not findings or findings[0].code == "empty-file":
        return None
    _, line, column = findings[0].location
    return findings[0]._replace(location=Location(filename, line + start, column))


def _faults_within(lines: list[str], start: int, end: int, fault: Finding, level: int = 0) -> list[Finding]:
    """Return the fault of each key and item in the lines `start` to `end` that does not parse alone, or else `fault`.

    A key or dash at the indentation of its siblings ends what stands before it (YAML 1.2, section 6.1), although libyaml
    reads on where a bracket or quotation mark is open. Where a part has another fault on the line of `fault`, report `fault`.
    """
    inside: list[Finding] = []
    for first, last in _siblings(lines, start, end) if level < MAX_YAML_DEPTH else []:
        own = _fault_of(lines, first, last, fault.location.path)
        if own is not None and own.facts != _UNDEFINED_ALIAS:  # the anchor may stand with a sibling
            best = fault if fault.location.line == own.location.line else own
            inside += _faults_within(lines, first, last, best, level + 1)
    return inside or [fault]


def _siblings(lines: list[str], start: int, end: int) -> list[tuple[int, int]]:
    """Return the first line, and the one after the last, of each key or item of the uppermost block that has several.

    Keys after a dash are such a block, and so are the lines below a key. There is none where a single key has a value on
    its line, or where brackets hold the keys.
    """
    for number in range(start, end):
        head = _BEGINNING.match(lines[number])
        assert head is not None
        for indentation in (len(head["before"]), head.start("key")):
            others = [other for other in range(number + 1, end) if _begins_at(lines[other], indentation)]
            if others and _begins_at(lines[number], len(head["before"])):
                return list(pairwise([number, *others, end]))
        if head["value"]:
            return []
    return []


def _begins_at(line: str, indentation: int) -> bool:
    """Return whether a key or item begins at an indentation."""
    head = _BEGINNING.match(line)
    return head is not None and len(head["before"]) == indentation and bool(head["dashes"] or head["key"])


def _starts(lines: list[str]) -> Iterator[int]:
    """Yield the lines, counted from 0, on which keys of the file and its entries begin."""
    dash = next((match.group() for line in lines if (match := _DASH.match(line))), "- ")
    for number, line in enumerate(lines):
        if number == 0 or _KEY.match(line) or line.startswith(dash):
            yield number
