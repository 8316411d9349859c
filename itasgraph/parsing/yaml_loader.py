"""The loader of libyaml, without the implicit types of YAML 1.1; the type of a scalar in YAML 1.2 (section 10.3.2)."""

from __future__ import annotations

import re
from enum import Enum
from typing import Final

import yaml

from itasgraph.errors import Location

# The tag of a node without a tag, under the name YAML has for it (YAML 1.2, section 3.3.2).
IMPLICIT: Final = "?"
# A language tag as RDF takes one (RFC 5646, in short).
LANGUAGE_TAG: Final = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z")
TAGS: Final = {
    yaml.ScalarNode: "tag:yaml.org,2002:str",
    yaml.SequenceNode: "tag:yaml.org,2002:seq",
    yaml.MappingNode: "tag:yaml.org,2002:map",
}
_INTEGER: Final = re.compile(r"-?(0|[1-9][0-9]*)\Z")
_NOT_FINITE: Final = re.compile(r"([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\Z")
_NUMBER: Final = re.compile(r"(0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?)\Z")
_NULLS: Final = ("", "~", "null", "Null", "NULL")
_BOOLEANS: Final = ("true", "True", "TRUE", "false", "False", "FALSE")
# The first characters of the plain scalars that may be more than text.
_AMBIGUOUS_STARTS: Final = frozenset("-+.0123456789~ntfNTF")


class Loader(yaml.CSafeLoader):
    """A loader that gives no plain scalar a type, so that its text stays unchanged."""

    def resolve(self, _kind: type[yaml.Node], _value: object, _implicit: object) -> str:
        return IMPLICIT


class ScalarType(Enum):
    """The type of a scalar in the core schema of YAML 1.2; an integer is a number that JSON writes in the same way."""

    TEXT = "text"
    NULL = "null"
    BOOLEAN = "boolean"
    INTEGER = "integer"
    NUMBER = "another number"
    NOT_FINITE = "infinity, or not a number"


def scalar_type(node: yaml.ScalarNode) -> ScalarType:
    if node.style or node.tag != IMPLICIT or (node.value and node.value[0] not in _AMBIGUOUS_STARTS):
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


def is_cut_by_comma(key: yaml.Node, value: yaml.Node) -> bool:
    """Return whether a key has neither value nor colon, so that it is the rest of a text that a comma cut."""
    start, end = value.start_mark, key.end_mark
    assert start is not None
    assert end is not None
    return value.value == "" and (start.line, start.column) == (end.line, end.column)


def location_of(node: yaml.Node, filename: str) -> Location:
    """Return the location at which a node begins."""
    assert node.start_mark is not None
    return Location(filename, node.start_mark.line + 1, node.start_mark.column + 1)
