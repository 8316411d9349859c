"""YAML text → libyaml's nodes, or what is wrong with the text: nothing in it may be more, or other, than one sees.

Scalars follow the core schema of YAML 1.2 (section 10.3.2); where text is expected, a number such as 1.50 that reading would
change stays the text it is.
"""

from __future__ import annotations

import codecs
import math
import re
from collections.abc import Iterator
from enum import Enum
from itertools import islice, pairwise
from typing import Any, Final, NamedTuple

import yaml

from itasgraph.errors import Finding, Location

MAX_DEPTH: Final = 60
MOST_FAULTS: Final = 1_000
# The tag of a node nobody tagged, under the name YAML has for it (YAML 1.2, section 3.3.2).
IMPLICIT: Final = "?"
TAGS: Final = {
    yaml.ScalarNode: "tag:yaml.org,2002:str",
    yaml.SequenceNode: "tag:yaml.org,2002:seq",
    yaml.MappingNode: "tag:yaml.org,2002:map",
}
# A file takes about 100 times its size in memory while it is read, and a second for each megabyte.
_MOST_BYTES: Final = 4_000_000
_MANY_OPENINGS: Final = 5_000
# The complement of c-printable (YAML 1.2, production 1), written out: as a complement it takes 7 ms to compile, and each
# query reads a header.
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
# What changes the direction of the text around it (Unicode Standard Annex 9, table 4): what one reads would not be what
# stands there. U+200E and U+200F, which names in right-to-left scripts need, are none of them.
_BIDI: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
# What ends a line for libyaml, which keeps to YAML 1.1, and is a character like others in YAML 1.2 (section 5.4).
_OLD_LINE_END: Final = "\x85\u2028\u2029"
_UNSEEN: Final = re.compile(f"{_BIDI.pattern}|[{_OLD_LINE_END}]")
_LINE_END: Final = re.compile(f"\r\n|[\n\r{_OLD_LINE_END}]")
_LINE: Final = re.compile(f"[^\n\r{_OLD_LINE_END}]*(?:{_LINE_END.pattern}|\\Z)")
_LINE_WITH_END: Final = re.compile(r"[^\r\n]*(?:\r\n|[\r\n])|[^\r\n]+\Z")
_DASH: Final = re.compile(r" *- ")
_KEY: Final = re.compile(r"[^\s#\-][^:]*:")
# How a line begins: the dashes of items, and a key that is not in brackets.
_BEGINNING: Final = re.compile(
    r"(?P<before> *)(?P<dashes>(?:- +)*)(?P<key>[^\s#\-{\[][^:]*:(?!\S))?\s*(?P<value>[^#\s].*)?"
)
_UNDEFINED_ALIAS: Final = (("reason", "found undefined alias"),)
_INTEGER: Final = re.compile(r"-?(0|[1-9][0-9]*)\Z")
_NOT_FINITE: Final = re.compile(r"([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\Z")
_NUMBER: Final = re.compile(r"(0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?)\Z")
_NULLS: Final = ("", "~", "null", "Null", "NULL")
_BOOLEANS: Final = ("true", "True", "TRUE", "false", "False", "FALSE")
# With what a plain scalar begins that may be more than text.
_NOT_JUST_TEXT: Final = frozenset("-+.0123456789~ntfNTF")

_AS_WINDOWS_WROTE_IT: Final = "itasgraph.cp1252"


def _decode_as_windows(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are no UTF-8 as the code page in which they most likely were written."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_AS_WINDOWS_WROTE_IT, _decode_as_windows)

# What libyaml says, and what it means to somebody who writes a list of names.
_YAML_FAULTS: Final = {
    "mapping values are not allowed": "yaml-colon-inside",
    "tab character": "yaml-tab",
    "found character that cannot start any token": "yaml-start",
    "could not find expected ':'": "yaml-no-colon",
    "did not find expected ',' or '}'": "yaml-bracket",
    "did not find expected ',' or ']'": "yaml-bracket",
    "did not find expected key": "yaml-indent",
    "did not find expected '-' indicator": "yaml-indent",
    "unexpected end of stream": "yaml-quote",
    "invalid Unicode character escape code": "yaml-escape",
    "unknown escape character": "yaml-escape",
    "did not find expected hexdecimal number": "yaml-escape",
    "another document": "yaml-second",
}


class _Loader(yaml.CSafeLoader):
    """libyaml without YAML 1.1's guesses: every plain scalar stays the text it is."""

    def resolve(self, _kind: type[yaml.Node], _value: Any, _implicit: Any) -> str:
        return IMPLICIT


class Composed(NamedTuple):
    """A file as libyaml's nodes: its text, the root (None where nothing can be read), its faults, and what is not read.

    Where there are faults, the root holds what can be read in spite of them, so that its own faults are found as well.
    """

    text: str
    root: yaml.Node | None
    findings: list[Finding]
    unread: str = ""


def compose(content: bytes, filename: str) -> Composed:
    """Parse a file; a fault in one entry leaves the others readable."""
    if len(content) > _MOST_BYTES:
        size, limit = (f"{math.ceil(number / 1_000_000)} MB" for number in (len(content), _MOST_BYTES))
        finding = Finding.of(Location(filename), "too-large", size=size, limit=limit)
        return Composed("", None, [finding], content.decode("utf-8", "replace"))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8-sig", "replace")
        findings = [Finding.of(_at(before, filename), "not-utf8")]
        text = content.decode("utf-8-sig", _AS_WINDOWS_WROTE_IT)
    else:
        findings = _unseen(text, filename)
    if findings:
        is_text = "\0" not in text
        text = re.sub(f"[{_OLD_LINE_END}]", " ", _BIDI.sub("", _CONTROL.sub("", text)))
        if not is_text:
            return Composed(text, None, findings, text)
    root, faults = _nodes(text, filename)
    composed = Composed(text, root, findings + faults)
    return composed if root is not None or not text.strip() else _salvage(composed, filename)


def _nodes(text: str, filename: str) -> tuple[yaml.Node | None, list[Finding]]:
    if deep := _too_deep_to_compose(text, filename):
        return None, deep
    loader = _Loader(text)
    try:
        root = loader.get_single_node()
    except yaml.YAMLError as error:
        return None, _too_deep_before(error, text, filename) or [_yaml_fault(error, text, filename)]
    finally:
        loader.dispose()
    if root is None:
        return None, [Finding.of(Location(filename, 1, 1), "empty-file")]
    return root, list(islice(_escaped(root, filename), MOST_FAULTS)) if "\\" in text else []


# --- what can be read in spite of a fault -------------------------------------------------------------------------------


def _salvage(composed: Composed, filename: str) -> Composed:
    """Read a file that does not parse without those of its entries that do not parse alone."""
    *others, fault = composed.findings
    lines = _LINE_WITH_END.findall(composed.text)
    if fault.code == "yaml-second":  # what follows belongs elsewhere
        first = fault.location.line - 1
        root, faults = _nodes("".join(lines[:first]), filename)
        return Composed(composed.text, root, [*composed.findings, *faults], "".join(lines[first:]))
    broken = list(_broken(lines, fault))
    unread = "".join(line for start, end, _ in broken for line in lines[start:end])
    for start, end, _ in broken:
        lines[start:end] = ["\n"] * (end - start)
    root, faults = _nodes("".join(lines), filename)
    if root is None:
        return composed._replace(unread=composed.text)
    inside = list(islice((found for *_, each in broken for found in each), MOST_FAULTS))
    return Composed(composed.text, root, [*others, *inside, *faults], unread)


def _broken(lines: list[str], fault: Finding) -> Iterator[tuple[int, int, list[Finding]]]:
    """Yield the parts of a file that do not parse alone: the first line, the one behind the last (from 0), and the faults.

    `fault` is that of the whole file: the best to say of the part in which it lies.
    """
    starts = [*_starts(lines), len(lines)]
    for start, end in pairwise(starts):
        own = _fault_of(lines, start, end, fault.location.path)
        if own is not None:
            best = fault if start < fault.location.line <= end else own
            yield start, end, _faults_within(lines, start, end, best)


def _fault_of(lines: list[str], start: int, end: int, filename: str) -> Finding | None:
    """Return the fault of the lines `start` to `end`, parsed alone; None if they parse."""
    part = "".join(lines[start:end])
    root, found = _nodes(part, filename) if part.strip() else (None, [])
    if root is not None or not found or found[0].code == "empty-file":
        return None
    location = found[0].location
    return found[0]._replace(location=Location(filename, location.line + start, location.column))


def _faults_within(lines: list[str], start: int, end: int, fault: Finding, level: int = 0) -> list[Finding]:
    """Return the fault of each key and item in the lines `start` to `end` that does not parse alone, or else `fault`, their own.

    A key or dash at the indentation of its siblings ends what stands before it (YAML 1.2, section 6.1), although libyaml
    reads on where a bracket or quotation mark is open. Where both have a fault in one line, `fault` is the best to say.
    """
    found: list[Finding] = []
    for first, last in _siblings(lines, start, end) if level < MAX_DEPTH else []:
        own = _fault_of(lines, first, last, fault.location.path)
        if own is not None and own.facts != _UNDEFINED_ALIAS:  # the anchor may stand with a sibling
            best = fault if fault.location.line == own.location.line else own
            found += _faults_within(lines, first, last, best, level + 1)
    return found or [fault]


def _siblings(lines: list[str], start: int, end: int) -> list[tuple[int, int]]:
    """Return the first line, and the one behind the last, of each key or item of the uppermost block that has several.

    Keys behind a dash are such a block, and so is what stands below a key. There is none where a single key has a value on
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
    """The lines on which keys of the file and its entries begin, counted from 0."""
    dash = next((found.group() for line in lines if (found := _DASH.match(line))), "- ")
    for number, line in enumerate(lines):
        if number == 0 or _KEY.match(line) or line.startswith(dash):
            yield number


def _at(before: str, filename: str) -> Location:
    """The place right behind `before`, the beginning of a file; lines end where libyaml says so."""
    *_, last = lines = _LINE_END.split(before)
    return Location(filename, len(lines), len(last) + 1)


def _yaml_fault(error: yaml.YAMLError, text: str, filename: str) -> Finding:
    """What libyaml could not read, in our words; what was left open is reported where it was opened."""
    reason = getattr(error, "problem", None) or str(error).splitlines()[0]
    code = next((code for words, code in _YAML_FAULTS.items() if words in reason), "yaml")
    mark = getattr(error, "problem_mark", None)
    opened = getattr(error, "context_mark", None)
    if code in ("yaml-quote", "yaml-bracket") and opened is not None:
        mark = opened
    location = Location(filename, mark.line + 1, mark.column + 1) if mark else Location(filename)
    lines = text.splitlines()
    start = lines[mark.line][mark.column : mark.column + 1] if mark and mark.line < len(lines) else ""
    if code == "yaml-start" and start == "\t":
        code = "yaml-tab"
    facts = {"yaml": {"reason": reason}, "yaml-start": {"start": start}}
    return Finding.of(location, code, **facts.get(code, {}))


def _unseen(text: str, filename: str) -> list[Finding]:
    """Characters nobody sees: the first that YAML does not allow (YAML 1.2, production 1, c-printable), else all of _UNSEEN.

    The first of them alone: where one is, the file is often no text at all.
    """
    found = _CONTROL.search(text)
    if found:
        return [Finding.of(_at(text[: found.start()], filename), "yaml-control", char=_named(found.group()))]
    return list(islice(_misread(text, filename), MOST_FAULTS)) if _UNSEEN.search(text) else []


def _misread(text: str, filename: str) -> Iterator[Finding]:
    for number, line in enumerate(_LINE.findall(text), 1):
        for found in _UNSEEN.finditer(line):
            yield Finding.of(Location(filename, number, found.start() + 1), "yaml-control", char=_named(found.group()))


def _escaped(root: yaml.Node, filename: str) -> Iterator[Finding]:
    """The same characters, written as escapes such as "\\x07", which YAML allows: no name and no quote holds them."""
    seen: set[int] = set()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if not isinstance(node, yaml.ScalarNode):
            waiting += _children(node)
        elif found := _CONTROL.search(node.value) or _BIDI.search(node.value):
            node.value = _BIDI.sub("", _CONTROL.sub("", node.value))
            yield Finding.of(_start(node, filename), "yaml-control", char=_named(found.group()))


def _children(node: yaml.Node) -> list[yaml.Node]:
    return [part for entry in node.value for part in entry] if isinstance(node, yaml.MappingNode) else list(node.value)


def _named(char: str) -> str:
    """A character nobody sees, as a message shows it: escaped, and its name where Unicode has one."""
    import unicodedata

    name = unicodedata.name(char, "")
    return f"{char!a} ({name})" if name else ascii(char)


def _start(node: yaml.Node, filename: str) -> Location:
    assert node.start_mark is not None
    return Location(filename, node.start_mark.line + 1, node.start_mark.column + 1)


def _too_deep_to_compose(text: str, filename: str) -> list[Finding]:
    """Return the first place where nesting passes the limit, in a text that could be nested thousands of times.

    libyaml's composer recurses in C, and some releases of libyaml have no limit: nesting would end the process there.
    """
    if sum(text.count(opening) for opening in ("[", "{", "- ", "? ")) < _MANY_OPENINGS:
        return []
    try:
        return _too_deep(text, filename)
    except yaml.YAMLError as error:
        return _too_deep_before(error, text, filename)


def _too_deep_before(error: yaml.YAMLError, text: str, filename: str) -> list[Finding]:
    """Return the place where nesting passes the limit in the text that libyaml had read when it stopped.

    Releases of libyaml from 0.2.6 on stop at 1,000 levels, before they report the levels that they passed.
    """
    mark = getattr(error, "problem_mark", None)
    try:
        return _too_deep(text[: mark.index], filename) if mark else []
    except yaml.YAMLError:
        return []


def _too_deep(text: str, filename: str) -> list[Finding]:
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            assert event.start_mark is not None
            location = Location(filename, event.start_mark.line + 1, event.start_mark.column + 1)
            return [Finding.of(location, "too-deep", limit=MAX_DEPTH)]
    return []


class LimitExceeded(Exception):
    """A file cannot be read any further; `finding` says which limit it exceeds, and where."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


class Budget:
    """The limits on a walk through nodes: levels, and ten times the length of the text, which aliases could multiply."""

    def __init__(self, text: str, filename: str) -> None:
        self._shown = filename
        self._left = 10 * len(text) + 10
        self._depth = 0

    def spend(self, node: yaml.Node, size: int) -> None:
        """Count a node that holds `size` characters or entries. Raises LimitExceeded."""
        self._left -= 1 + size
        if self._left < 0:
            raise LimitExceeded(Finding.of(_start(node, self._shown), "too-many-aliases"))

    def descend(self, node: yaml.Node) -> None:
        """Count a list or map with its entries, and go one level down. Raises LimitExceeded."""
        self.spend(node, len(node.value))
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise LimitExceeded(Finding.of(_start(node, self._shown), "too-deep", limit=MAX_DEPTH))

    def ascend(self) -> None:
        self._depth -= 1


class ScalarType(Enum):
    """What a scalar is in YAML 1.2's core schema; an integer is one that JSON writes in the same way."""

    TEXT = "text"
    NULL = "null"
    BOOLEAN = "boolean"
    INTEGER = "integer"
    NUMBER = "another number"
    NOT_FINITE = "infinity, or not a number"


def scalar_type(node: yaml.ScalarNode) -> ScalarType:
    if node.style or node.tag != IMPLICIT or (node.value and node.value[0] not in _NOT_JUST_TEXT):
        return ScalarType.TEXT
    if node.value in _NULLS:
        return ScalarType.NULL
    if node.value in _BOOLEANS:
        return ScalarType.BOOLEAN
    if _INTEGER.match(node.value):
        return ScalarType.INTEGER
    if _NOT_FINITE.match(node.value):
        return ScalarType.NOT_FINITE
    return ScalarType.NUMBER if _NUMBER.match(node.value) else ScalarType.TEXT


def is_null(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and scalar_type(node) is ScalarType.NULL


def is_torn(key: yaml.Node, value: yaml.Node) -> bool:
    """Whether a key without a value and without a colon is the rest of a text that a comma cut."""
    start, end = value.start_mark, key.end_mark
    assert start is not None
    assert end is not None
    return value.value == "" and (start.line, start.column) == (end.line, end.column)
