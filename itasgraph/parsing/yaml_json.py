"""JSON-LD that is written as YAML, as others write it (YAML-LD 1.0, W3C Working Draft), as values of JSON.

The data files of a project are read by `yaml_ld`, which knows their context and their ids, and reports each fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import yaml

from itasgraph.parsing.yaml_limits import Budget, LimitExceeded, find_excess_depth
from itasgraph.parsing.yaml_loader import IMPLICIT, Loader, ScalarType, scalar_type
from itasgraph.util.json_values import Json

_CORE: Final = "tag:yaml.org,2002:"
_SCALARS: Final = ("int", "float", "bool", "null")
_BOOLEAN: Final = {"true": True, "false": False}


def read(content: bytes) -> Json:
    """Return YAML as a value of JSON, several documents as one list.

    Raise SyntaxError where it is no YAML, or no JSON-LD in YAML: a key that is no text, a circle of aliases, an infinite number.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SyntaxError("the file is not in UTF-8") from error
    documents = list(_documents(text))
    return documents if len(documents) != 1 else documents[0]


def _documents(text: str) -> Iterator[Json]:
    if find_excess_depth(text, ""):
        raise _too_deep()
    loader = Loader(text)
    try:
        while loader.check_node():
            root = loader.get_node()
            assert root is not None
            if isinstance(root, yaml.ScalarNode):
                raise _fault("a document is a text, and no list or map", root)
            yield _Converter(text).value(root)
    except LimitExceeded as error:
        raise _too_deep() from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        position = (None, mark.line + 1, mark.column + 1, None) if mark else (None, 0, 0, None)
        raise SyntaxError(f"YAML: {getattr(error, 'problem', None) or error}", position) from error
    finally:
        loader.dispose()


def _too_deep() -> SyntaxError:
    return SyntaxError("YAML: it nests too deeply, or aliases multiply it")


class _Converter:
    """A converter of the nodes of a document, within the limits on YAML, since aliases can make few bytes many values."""

    def __init__(self, text: str) -> None:
        self._open: set[int] = set()
        self._budget = Budget(text, "")

    def value(self, node: yaml.Node) -> Json:
        if isinstance(node, yaml.ScalarNode):
            self._budget.spend(node, len(node.value))
            return _scalar(node)
        if id(node) in self._open:
            raise _fault("an alias contains itself", node)
        self._open.add(id(node))
        self._budget.descend(node)
        content = self._mapping(node) if isinstance(node, yaml.MappingNode) else [self.value(one) for one in node.value]
        self._budget.ascend()
        self._open.remove(id(node))
        return content

    def _mapping(self, node: yaml.MappingNode) -> dict[str, Json]:
        content: dict[str, Json] = {}
        for key, value in node.value:
            name = _scalar(key) if isinstance(key, yaml.ScalarNode) else None
            if not isinstance(name, str):
                raise _fault("a key is no text", key)
            if name in content:
                raise _fault(f"the key {name} occurs twice", key)
            content[name] = self.value(value)
        return content


def _scalar(node: yaml.ScalarNode) -> Json:
    """Return a scalar by the core schema of YAML 1.2, as if a tag of another schema were not there (YAML-LD 1.0)."""
    tag = node.tag.removeprefix(_CORE) if node.tag != IMPLICIT else ""
    if tag:
        is_quoted = bool(node.style) and tag not in _SCALARS
        if tag == "str" or is_quoted:
            return str(node.value)
        node = yaml.ScalarNode(IMPLICIT, node.value, node.start_mark, node.end_mark)
    match scalar_type(node):
        case ScalarType.NULL:
            return None
        case ScalarType.BOOLEAN:
            return _BOOLEAN[node.value.lower()]
        case ScalarType.INTEGER | ScalarType.NUMBER:
            return _number(node.value)
        case ScalarType.NOT_FINITE:
            raise _fault(f"{node.value} is no number of JSON", node)
        case ScalarType.TEXT:
            return str(node.value)


def _number(text: str) -> Json:
    if text.startswith(("0o", "0x")):
        return int(text, 0)
    return int(text) if re.fullmatch("[-+]?[0-9]{1,4000}", text) else float(text)


def _fault(reason: str, node: yaml.Node) -> SyntaxError:
    assert node.start_mark is not None
    return SyntaxError(f"YAML: {reason}", (None, node.start_mark.line + 1, node.start_mark.column + 1, None))
