"""The `#+ key: value` lines at the top of a query file, after grlc (https://grlc.io): YAML behind comments."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from itasgraph.errors import Finding, InvalidProject, Location
from itasgraph.util import files

if TYPE_CHECKING:
    import yaml

    from itasgraph.parsing.yaml_limits import Budget
    from itasgraph.parsing.yaml_syntax import Composition

# A text, a list or a mapping; numbers, dates and booleans stay text.
HeaderValue = Mapping[str, "HeaderValue"] | Sequence["HeaderValue"] | str

# The texts that a header may give in several languages.
_TRANSLATED: Final = ("title", "summary", "message", "label", "line")

# A line whose value is a word, a double-quoted text, or a list or mapping of them in one line: JSON but for its bare words.
_LINE: Final = re.compile(r"#\+ (\w+): (.+)")
_WORD: Final = re.compile(r'"[^"\\]*"|(\w[\w/.#-]*(?::[\w/.#-]+)*)')
_MAX_BRACKETS: Final = 50


def read_text(path: Path, filename: str) -> str:
    """Read the text of a query file. Raises FileError, or InvalidProject where it is not UTF-8."""
    return decode(files.read(path, filename), filename)


def decode(content: bytes, filename: str) -> str:
    """Decode the content of a query file, with line ends as Python has them. Raises InvalidProject where it is not UTF-8."""
    try:
        return io.StringIO(content.decode("utf-8-sig"), newline=None).getvalue()
    except UnicodeDecodeError as error:
        raise InvalidProject([Finding.of(Location(filename), "not-utf8")]) from error


def parse(text: str, filename: str) -> dict[str, HeaderValue]:
    """Parse the header of a query. Raises InvalidProject, with the line, where it is no YAML mapping."""
    headers = _header_lines(text)
    simple = _parse_simple_lines(filter(None, headers))
    return _parse_yaml(headers, filename) if simple is None else simple


def _header_lines(text: str) -> list[str]:
    """Return the lines of a query, with an empty line in the place of each that is not of the header."""
    return [line if line.startswith("#+") else "" for line in text.splitlines()]


def _parse_simple_lines(lines: Iterable[str]) -> dict[str, HeaderValue] | None:
    """Return the header where each line is as simple as most are, else None: loading the YAML parser takes longer than a query."""
    header: dict[str, HeaderValue] = {}
    for line in lines:
        match = _LINE.fullmatch(line)
        if not match or not line.isprintable() or match[1] in header or len(re.findall(r"[\[{]", line)) > _MAX_BRACKETS:
            return None
        text = _WORD.sub(lambda word: f'"{word[1]}"' if word[1] else word[0], match[2])
        try:
            header[match[1]] = json.loads(text, object_pairs_hook=_distinct)
        except ValueError:
            return None
    is_plain = all(isinstance(header.get(key, ""), str) for key in _TRANSLATED)
    return header if is_plain else None


def _distinct(pairs: list[tuple[str, HeaderValue]]) -> dict[str, HeaderValue]:
    """Return a mapping. Raise ValueError where a key occurs twice, which the YAML parser reports with its line."""
    mapping = dict(pairs)
    if len(mapping) < len(pairs):
        raise ValueError
    return mapping


def _parse_yaml(headers: Iterable[str], filename: str) -> dict[str, HeaderValue]:
    from itasgraph.parsing.yaml_limits import Budget, LimitExceeded

    composed = _compose(headers, filename)
    faults = [finding for finding in composed.findings if finding.code != "empty-file"]
    if faults:
        raise InvalidProject(faults)
    if composed.root is None:
        return {}
    try:
        header = _value(composed.root, Budget(composed.text, filename))
    except LimitExceeded as error:
        raise InvalidProject([error.finding]) from error
    if not isinstance(header, dict):
        raise InvalidProject([Finding.of(Location(filename, 1, 1), "invalid-header", reason=type(header).__name__)])
    _check_translations(composed.root.value, filename)
    return header


def _compose(headers: Iterable[str], filename: str) -> Composition:
    """Return the header as nodes; white space replaces "#+", so that YAML counts lines and columns as the file does."""
    from itasgraph.parsing.yaml_syntax import compose

    lines = [f"  {line[2:]}" if line else "" for line in headers]
    return compose("\n".join(lines).encode(errors="replace"), filename)


def locations(text: str, filename: str) -> dict[tuple[str, ...], Location]:
    """Return where each key of a valid header begins, and each name or item below it: `("kinds", "topic")`, `("hubs", "Event")`."""
    import yaml

    from itasgraph.parsing.yaml_loader import location_of

    root = _compose(_header_lines(text), filename).root
    places: dict[tuple[str, ...], Location] = {}
    for key, value in root.value if isinstance(root, yaml.MappingNode) else []:
        places[(_word(key),)] = location_of(key, filename)
        for item in value.value if isinstance(value, yaml.SequenceNode) else [value]:
            names = [name for name, _ in item.value] if isinstance(item, yaml.MappingNode) else [item]
            places |= {(_word(key), _word(name)): location_of(name, filename) for name in names}
    return places


def _word(node: yaml.Node) -> str:
    """Return the text of a scalar, an empty string for a list or a mapping."""
    return node.value if isinstance(node.value, str) else ""


def _value(node: yaml.Node, budget: Budget) -> HeaderValue:
    """Return the text, list or mapping that a node holds. Raises LimitExceeded."""
    import yaml

    if isinstance(node, yaml.ScalarNode):
        budget.spend(node, len(node.value))
        return str(node.value)
    budget.descend(node)
    value: HeaderValue
    if isinstance(node, yaml.MappingNode):
        value = {_key(key, budget): _value(item, budget) for key, item in node.value}
    else:
        value = [_value(item, budget) for item in node.value]
    budget.ascend()
    return value


def _key(node: yaml.Node, budget: Budget) -> str:
    """Return a key, which must be text."""
    key = _value(node, budget)
    return key if isinstance(key, str) else type(key).__name__


def _check_translations(pairs: list[tuple[yaml.Node, yaml.Node]], filename: str) -> None:
    """Raise InvalidProject with each key of a translated text that a comma cut off, or that is no language."""
    import yaml

    from itasgraph.parsing.yaml_loader import LANGUAGE_TAG, is_cut_by_comma, location_of

    texts = [text for key, text in pairs if key.value in _TRANSLATED and isinstance(text, yaml.MappingNode)]
    faults = []
    for language, text in (pair for node in texts for pair in node.value):
        cut = is_cut_by_comma(language, text)
        if cut or not LANGUAGE_TAG.match(str(language.value)):
            location = location_of(language, filename)
            faults.append(
                Finding.of(location, "text-cut-by-comma" if cut else "invalid-language", key=str(language.value))
            )
    if faults:
        raise InvalidProject(faults)


def translations(header: Mapping[str, HeaderValue], key: str) -> dict[str, str]:
    """Return language → text of `key`: a mapping, or English under `key` and German under `key_de`.

    `key` alone serves both languages. grlc shows `key` and ignores `key_de`.
    """
    value = header.get(key, {})
    if isinstance(value, dict):
        return {str(lang): str(text) for lang, text in value.items()}
    return {"de": str(header.get(f"{key}_de", value)), "en": str(value)}
