"""Characters of YAML text that are invisible or misleading: they let a reader see another text than the program."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import yaml

from itasgraph.errors import Finding, Location
from itasgraph.parsing.yaml_loader import location_of

# The complement of c-printable (YAML 1.2, production 1), written out: as a complement it takes 7 ms to compile, and each
# query reads a header.
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
# The characters that change the direction of the text around them (Unicode Standard Annex 9, table 4). U+200E and U+200F, which names in
# right-to-left scripts need, are not among them.
_BIDI: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
# The characters that end a line for libyaml (YAML 1.1) and that are ordinary characters in YAML 1.2 (section 5.4).
_OLD_LINE_END: Final = "\x85\u2028\u2029"
_MISLEADING: Final = re.compile(f"{_BIDI.pattern}|[{_OLD_LINE_END}]")
_LINE_END: Final = re.compile(f"\r\n|[\n\r{_OLD_LINE_END}]")
_LINE: Final = re.compile(f"[^\n\r{_OLD_LINE_END}]*(?:{_LINE_END.pattern}|\\Z)")


def find_characters(text: str, filename: str) -> Iterator[Finding]:
    """Yield the first character that YAML does not allow (YAML 1.2, production 1, c-printable), else each misleading one.

    Of the former, yield only the first: a file with several is often no text at all.
    """
    if match := _CONTROL.search(text):
        yield _finding(location_after(text[: match.start()], filename), match)
    elif _MISLEADING.search(text):
        for number, line in enumerate(_LINE.findall(text), 1):
            for match in _MISLEADING.finditer(line):
                yield _finding(Location(filename, number, match.start() + 1), match)


def find_escapes(root: yaml.Node, filename: str) -> Iterator[Finding]:
    """Yield a fault for each of these characters written as an escape such as "\\x07", and remove the character."""
    visited: set[int] = set()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if id(node) in visited:
            continue
        visited.add(id(node))
        if not isinstance(node, yaml.ScalarNode):
            waiting += _children(node)
        elif match := _CONTROL.search(node.value) or _BIDI.search(node.value):
            node.value = _BIDI.sub("", _CONTROL.sub("", node.value))
            yield _finding(location_of(node, filename), match)


def remove_characters(text: str) -> str:
    """Return the text without the characters that are reported; line ends of YAML 1.1 become spaces."""
    return re.sub(f"[{_OLD_LINE_END}]", " ", _BIDI.sub("", _CONTROL.sub("", text)))


def location_after(text: str, filename: str) -> Location:
    """Return the location right after `text`, the beginning of a file; lines end where libyaml says so."""
    *_, last = lines = _LINE_END.split(text)
    return Location(filename, len(lines), len(last) + 1)


def _finding(location: Location, match: re.Match[str]) -> Finding:
    """Return the fault of a character, which the message shows escaped, with its name where Unicode has one."""
    import unicodedata

    name = unicodedata.name(match.group(), "")
    char = f"{match.group()!a} ({name})" if name else ascii(match.group())
    return Finding.of(location, "yaml-control", char=char)


def _children(node: yaml.Node) -> list[yaml.Node]:
    return [part for entry in node.value for part in entry] if isinstance(node, yaml.MappingNode) else list(node.value)
