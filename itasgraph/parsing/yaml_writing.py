"""Values as the text of a data file: plain or in quotation marks, in one line or as a block."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final

import yaml

from itasgraph.parsing.yaml_loader import IMPLICIT, ScalarType, scalar_type

# Texts of these keys are words of a document, or look like numbers; they always stand in quotation marks.
QUOTED: Final = frozenset({"quote", "telephone", "start", "end", "title"})
_STEP: Final = 2  # spaces by which a block is indented
# What no plain scalar may be or contain (YAML 1.2, section 7.3.3), in a flow either.
_NOT_PLAIN: Final = re.compile(
    r"^[\s\-?:,\[\]{}#&*!|>'\"%@`=<.]|[,\[\]{}\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff]|:(\s|$)|\s#|\s$"
)
# Printable in JSON, yet not in YAML (YAML 1.2, section 5.1), or a line end there.
_ESCAPED: Final = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def inline(value: Any, *, key: str = "", style: str = "") -> str:
    """Return a value in one line; `style` is the quotation mark that a text has had."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(inline_pair(name, item) for name, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(inline(item, key=key) for item in value) + "]"
    if value is None:
        return "null"
    return str(value) if isinstance(value, int | float) else _text(value, '"' if key in QUOTED else style)


def inline_pair(key: str, value: Any) -> str:
    """Return a key with its value in one line."""
    return f"{_text(key, '')}: {inline(value, key=key)}"


def block_pair(key: str, value: Any, indent: int) -> list[str]:
    """Return the lines of a key with its value: relations and entries below it, everything else in one line."""
    margin = " " * indent
    if isinstance(value, Mapping) and any(isinstance(item, Mapping) for item in value.values()):
        relations = (line for name, item in value.items() for line in block_pair(name, item, indent + _STEP))
        return [f"{margin}{_text(key, '')}:", *relations]
    if _is_list_of_maps(value):
        return [f"{margin}{_text(key, '')}:", *(line for item in value for line in block_item(item, indent))]
    return [margin + inline_pair(key, value)]


def block_item(value: Any, indent: int) -> list[str]:
    """Return the lines of an item of a list."""
    if not isinstance(value, Mapping):
        return [f"{' ' * indent}- {inline(value)}"]
    first, *others = (line for key, item in value.items() for line in block_pair(key, item, indent + _STEP))
    return [f"{' ' * indent}- {first.lstrip()}", *others]


def _is_list_of_maps(value: Any) -> bool:
    return isinstance(value, list | tuple) and any(isinstance(item, Mapping) for item in value)


def _text(text: str, style: str) -> str:
    """Return a scalar in its quotation marks, without them where they are needless and it had none."""
    if style == "'" and not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]", text):
        return "'" + text.replace("'", "''") + "'"
    if style != '"' and _is_plain(text):
        return text
    return _ESCAPED.sub(lambda match: f"\\u{ord(match.group()):04x}", json.dumps(text, ensure_ascii=False))


def _is_plain(text: str) -> bool:
    if not text or _NOT_PLAIN.search(text):
        return False
    return scalar_type(yaml.ScalarNode(IMPLICIT, text)) is ScalarType.TEXT
