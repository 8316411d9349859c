"""The values of a data file: texts, numbers, dates, references and types, each read as the context says."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from typing import Final

import yaml

from itasgraph.parsing.data_document import DataDocument, FaultLog
from itasgraph.parsing.data_iris import IriResolver
from itasgraph.parsing.jsonld_context import Context, Key
from itasgraph.parsing.yaml_limits import Budget
from itasgraph.parsing.yaml_loader import LANGUAGE_TAG, ScalarType, is_cut_by_comma, is_null, scalar_type
from itasgraph.util.json_values import Json
from itasgraph.util.spelling import nearest
from itasgraph.vocabulary import DCTERMS, XSD

# Triple stores count with 64 bits.
_MAX_DIGITS: Final = 20
_INTEGER_LIMIT: Final = 2**63
# The decimals that every triple store keeps: no exponent, and fewer digits than Oxigraph's 18 after the point.
_DECIMAL: Final = re.compile(r"-?\d{1,9}(\.\d{1,15})?\Z", re.ASCII)
_CUT_BY_HASH: Final = re.compile(r"\s+#[^\s#]")
# Datatype → the pattern of its values, and examples.
_DATES: Final = {
    XSD.date: (re.compile(r"\d{4}-\d\d-\d\d\Z"), "2024-06-06"),
    XSD.gYearMonth: (re.compile(r"\d{4}-(0[1-9]|1[0-2])\Z"), "2025-06"),
    XSD.gYear: (re.compile(r"\d{4}\Z"), "2025"),
    DCTERMS.W3CDTF: (re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?\Z"), "2025-06-30, 2025-06, 2025"),
    XSD.time: (re.compile(r"([01]\d|2[0-3]):[0-5]\d\Z"), "14:00"),
}


class ValueReader:
    """A reader of values into plain JSON, which reports values that their key does not allow."""

    def __init__(self, document: DataDocument, context: Context, log: FaultLog, budget: Budget, text: str) -> None:
        self.iris = IriResolver(context, log)
        self._document = document
        self._context = context
        self._log = log
        self._budget = budget
        self._lines = text.splitlines()

    def items(self, node: yaml.Node) -> Iterator[yaml.Node]:
        """Yield the items of a list, or the node itself."""
        self._budget.descend(node)
        self._log.check_tag(node)
        yield from node.value if isinstance(node, yaml.SequenceNode) else [node]
        self._budget.ascend()

    def texts(self, key: Key, node: yaml.Node) -> Json:
        return self._each(key, node, self._text)

    def numbers(self, key: Key, node: yaml.Node) -> Json:
        return self._each(key, node, self._number)

    def dates(self, key: Key, node: yaml.Node) -> Json:
        return self._each(key, node, self._date)

    def references(self, key: Key, node: yaml.Node) -> Json:
        return self._each(key, node, self._reference)

    def types(self, node: yaml.Node) -> list[str]:
        return [name for item in self.items(node) if (name := self._type(item))]

    def translation(self, key: Key, language: str, key_node: yaml.Node, node: yaml.Node) -> Json:
        """Return the texts in one language, or None where key or text is at fault."""
        if is_null(node):
            self._log.report(
                key_node, "text-cut-by-comma" if is_cut_by_comma(key_node, node) else "no-value", key=language
            )
        elif not LANGUAGE_TAG.match(language):
            self._log.report(key_node, "invalid-language", key=language)
        else:
            return self.texts(key, node)
        return None

    def identity(self, key: Key, node: yaml.Node) -> str | None:
        """Return an id."""
        self._log.check_tag(node)
        self._budget.spend(node, len(node.value))
        if not isinstance(node, yaml.ScalarNode) or scalar_type(node) is not ScalarType.TEXT:
            actual = node.value if isinstance(node, yaml.ScalarNode) else "[…]"
            self._log.report(node, "not-a-reference", key=key.name, actual=actual)
        else:
            self.iris.check(node, node.value)
        return self.iris.escape(node.value) if isinstance(node, yaml.ScalarNode) and node.value else None

    def add_reference(self, key: Key, target: str, node: yaml.Node) -> None:
        """Add a reference of the file to an entry of the project."""
        iri = self.iris.expand(target)
        if iri.startswith(self._context.base) and not self.iris.fault_of(target):
            self._document.references.append((iri, key.name, self._log.location(node)))

    def _each(self, key: Key, node: yaml.Node, read: Callable[[Key, yaml.ScalarNode], str]) -> Json:
        """Return one scalar, or a list of them, each read by `read`."""
        if isinstance(node, yaml.SequenceNode):
            return [self._one(key, item, read) for item in self.items(node)]
        return self._one(key, node, read)

    def _one(self, key: Key, node: yaml.Node, read: Callable[[Key, yaml.ScalarNode], str]) -> str | None:
        if isinstance(node, yaml.ScalarNode):
            self._budget.spend(node, len(node.value))
            self._log.check_tag(node)
            return read(key, node)
        self._log.report(node, "nested-entry", key=key.name)
        return None

    def _text(self, key: Key, node: yaml.ScalarNode) -> str:
        type_ = scalar_type(node)
        if type_ is ScalarType.NULL or not node.value.strip():
            self._log.report(node, "no-value", key=key.name)
        elif type_ not in (ScalarType.TEXT, ScalarType.NUMBER):
            self._log.report(node, "not-a-text", key=key.name, actual=node.value)
        elif not node.style and self._is_cut_by_hash(node):
            self._log.report(node, "text-cut-by-hash")
        return str(node.value)

    def _is_cut_by_hash(self, node: yaml.ScalarNode) -> bool:
        """Return whether a "#" right after the text looks like a part of it: a comment has a space after its "#"."""
        end = node.end_mark
        assert end is not None
        line = self._lines[end.line] if end.line < len(self._lines) else ""
        return _CUT_BY_HASH.match(line, end.column) is not None

    def _number(self, key: Key, node: yaml.ScalarNode) -> str:
        """Return the digits as text, to which the context adds the datatype; JSON would make a float of them."""
        if key.datatype == XSD.decimal:
            if node.style or not _DECIMAL.match(node.value):
                self._log.report(node, "not-a-decimal", value=node.value)
            return str(node.value)
        is_integer = scalar_type(node) is ScalarType.INTEGER and len(node.value) <= _MAX_DIGITS
        if not is_integer or abs(int(node.value)) >= _INTEGER_LIMIT:
            self._log.report(node, "not-an-integer", value=node.value)
        return str(node.value)

    def _date(self, key: Key, node: yaml.ScalarNode) -> str:
        pattern, example = _DATES.get(key.datatype, (re.compile(""), ""))
        is_time = key.datatype == XSD.time
        if not pattern.match(node.value) or not _is_in_calendar(node.value):
            self._log.report(node, "invalid-time" if is_time else "invalid-date", value=node.value, example=example)
        return f"{node.value}:00" if is_time else str(node.value)  # xsd:time has seconds

    def _reference(self, key: Key, node: yaml.ScalarNode) -> str:
        if scalar_type(node) is not ScalarType.TEXT:
            self._log.report(node, "not-a-reference", key=key.name, actual=node.value)
        else:
            self.iris.check(node, node.value)
            self.add_reference(key, node.value, node)
        return self.iris.escape(node.value)

    def _type(self, node: yaml.Node) -> str:
        name = node.value if isinstance(node, yaml.ScalarNode) else ""
        if name not in self._context.types:
            known = ", ".join(sorted(self._context.types))
            self._log.report(node, "unknown-type", key=name, nearest=nearest(name, self._context.types), known=known)
        return name


def _is_in_calendar(text: str) -> bool:
    """Return whether a text is a day of the calendar, or is not as long as a day."""
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return len(text) != len("2024-06-06")
    return True
