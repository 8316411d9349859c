"""The nodes that libyaml makes of YAML text, and its errors as our findings."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import TYPE_CHECKING, Final

import yaml

from itasgraph.errors import Finding, Location
from itasgraph.parsing.yaml_characters import find_escapes
from itasgraph.parsing.yaml_limits import MAX_FAULTS, find_excess_depth, find_excess_depth_before
from itasgraph.parsing.yaml_loader import Loader

if TYPE_CHECKING:
    from itasgraph.messages.codes import Code

# Words of an error of libyaml → the code of our message.
_CODES: Final[Mapping[str, Code]] = {
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


def parse(text: str, filename: str) -> tuple[yaml.Node | None, list[Finding]]:
    """Return the root of a text and its faults; None where libyaml cannot read the text, or it is empty."""
    if too_deep := find_excess_depth(text, filename):
        return None, too_deep
    loader = Loader(text)
    try:
        root = loader.get_single_node()
    except yaml.YAMLError as error:
        return None, find_excess_depth_before(error, text, filename) or [_finding(error, text, filename)]
    finally:
        loader.dispose()
    if root is None:
        return None, [Finding.of(Location(filename, 1, 1), "empty-file")]
    return root, list(islice(find_escapes(root, filename), MAX_FAULTS)) if "\\" in text else []


def _finding(error: yaml.YAMLError, text: str, filename: str) -> Finding:
    """Return the error of libyaml as a finding; an open bracket or quotation mark is reported where it was opened."""
    reason = getattr(error, "problem", None) or str(error).splitlines()[0]
    code: Code = next((code for words, code in _CODES.items() if words in reason), "invalid-yaml")
    mark = getattr(error, "problem_mark", None)
    opening = getattr(error, "context_mark", None)
    if code in ("yaml-quote", "yaml-bracket") and opening is not None:
        mark = opening
    location = Location(filename, mark.line + 1, mark.column + 1) if mark else Location(filename)
    lines = text.splitlines()
    start = lines[mark.line][mark.column : mark.column + 1] if mark and mark.line < len(lines) else ""
    if code == "yaml-start" and start == "\t":
        code = "yaml-tab"
    facts = {"invalid-yaml": {"reason": reason}, "yaml-start": {"start": start}}
    return Finding.of(location, code, **facts.get(code, {}))
