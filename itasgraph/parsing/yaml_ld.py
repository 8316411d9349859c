"""YAML-LD text → quads, and where each statement stands (file, line, column).

One recursion over libyaml's node tree does it all: plain JSON, ids minted for relations, unknown keys, marks. Relations are maps `target → {quote, …}`, in JSON-LD property-based data indexing (JSON-LD 1.1, section 4.6.3); any
JSON-LD processor reads them the same, with blank nodes where this reader mints ids.
"""

from __future__ import annotations

import datetime
import functools
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import pyoxigraph as ox
import yaml

from itasgraph.errors import Finding, Location
from itasgraph.parsing.jsonld_context import Context, Key, ValueType
from itasgraph.parsing.yaml_limits import MAX_FAULTS, Budget, LimitExceeded
from itasgraph.parsing.yaml_loader import (
    IMPLICIT,
    LANGUAGE_TAG,
    TAGS,
    ScalarType,
    is_cut_by_comma,
    is_null,
    location_of,
    scalar_type,
)
from itasgraph.parsing.yaml_syntax import compose
from itasgraph.util.spelling import nearest
from itasgraph.vocabulary import ITAS, RDF, XSD

if TYPE_CHECKING:
    from itasgraph.messages.codes import Code

_SHOWN: Final = 60
_LONGEST_IRI: Final = 1_000
# A colon before the first slash ends a scheme; where none could stand there, nobody reads the name (RFC 3986, section 4.2).
_NO_SCHEME: Final = re.compile(r"(?![A-Za-z][A-Za-z0-9+.-]*:)[^/?#]*:")
# The facts of a finding that are words of the file.
_WRITTEN: Final = ("found", "iri", "id", "key", "tag", "target", "value")
# What triple stores count with: 64 bits.
_DIGITS: Final = 20
_LIMIT: Final = 2**63
_CUT_BY_HASH: Final = re.compile(r"\s+#[^\s#]")
# What stands for a keyword among properties.
_OF_KEYWORDS: Final = {ValueType.ID: "@id", ValueType.TYPE: RDF.type}
_DATES: Final = {
    XSD.date: (re.compile(r"\d{4}-\d\d-\d\d\Z"), "2024-06-06"),
    XSD.gYearMonth: (re.compile(r"\d{4}-(0[1-9]|1[0-2])\Z"), "2025-06"),
    XSD.gYear: (re.compile(r"\d{4}\Z"), "2025"),
}


@dataclass
class Document:
    """What one data file says.

    `marks` maps (subject IRI, property IRI, "@id", or "" for the thing itself) to where it is written; `references` lists the
    IRIs of the project's own space that the file points at, with the key; `described` the things it describes; `readable` holds what can be read in spite of faults.
    """

    filename: str
    graph: str = ""
    readable: list[ox.Quad] = field(default_factory=list)
    marks: dict[tuple[str, str], yaml.Mark] = field(default_factory=dict)
    references: list[tuple[str, str, Location]] = field(default_factory=list)
    described: dict[str, Location] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    # What faults leave uncertain: (subject IRI, property IRI, "@id" for its id, "" for all of it), and the text that was
    # not understood.
    damaged: set[tuple[str, str]] = field(default_factory=set)
    unread: str = ""

    @functools.cached_property
    def locations(self) -> dict[tuple[str, str], Location]:
        """Return `marks` as locations. Only a fault needs them, so the first one makes them."""
        return {key: Location(self.filename, mark.line + 1, mark.column + 1) for key, mark in self.marks.items()}


def read(text: bytes, filename: str, context: Context) -> Document:
    """Read one data file. Faults are collected in `findings`; `readable` then holds what can be read in spite of them."""
    document = Document(filename)
    decoded, root, document.findings, document.unread = compose(text, filename)
    if root is None:
        return document
    plain = _Reader(document, context, decoded).document(root)
    _to_quads(plain, document, context)
    return document


def _is_written_as(key: Key, value: yaml.Node) -> bool:
    """Whether a value has the form that those of the key have: relations are maps, others are none, but translations."""
    is_map = isinstance(value, yaml.MappingNode)
    return key.value_type is ValueType.TRANSLATIONS or (
        is_map == (key.value_type is ValueType.RELATIONS) and key.value_type is not ValueType.STATEMENTS
    )


def _is_day(text: str) -> bool:
    """Whether a text shaped like a day is one in the calendar; other shapes are no days and pass."""
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return len(text) != len("2024-06-06")
    return True


def _to_quads(plain: Mapping[str, Any], document: Document, context: Context) -> None:
    # ASCII only would be up to three times as long, and pyoxigraph (0.5) takes no string of more than 8 MiB.
    text = json.dumps({"@context": context.raw, **plain}, ensure_ascii=False)
    try:
        document.readable = list(ox.parse(text.encode(errors="replace"), ox.RdfFormat.JSON_LD))
    except SyntaxError as error:
        document.unread = text
        if not document.findings:
            document.findings.append(Finding.of(Location(document.filename), "lost", reason=error.msg))


def _short(text: str) -> str:
    """A value as a message shows it: on one line, and no longer than one."""
    text = " ".join(text[: _SHOWN + 1].splitlines())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


class _Reader:
    """The recursion: YAML nodes in, plain JSON out, everything noticed on the way kept in `document`."""

    def __init__(self, document: Document, context: Context, text: str) -> None:
        self._document = document
        self._context = context
        self._text_read = text
        self._fault_locations = [finding.location for finding in document.findings]
        self._is_partial = bool(document.unread)
        self._lines = text.splitlines()
        self._budget = Budget(text, document.filename)
        self._root: yaml.Node | None = None
        # Ids recur; each is looked at once.
        self._expand = functools.cache(lambda iri: context.expand(self._mend(iri)))
        self._fault_of = functools.cache(lambda iri: context.fault_of(iri) or (":" if _NO_SCHEME.match(iri) else ""))
        self._compact = functools.cache(lambda iri: context.compact(iri).replace("#", "%23"))
        self._tagged = "!" in text
        self._names = {key.iri: key.name for key in context.keys.values()}
        self._lists = {
            name
            for name, definition in context.raw.items()
            if name in context.keys and isinstance(definition, dict) and "@set" in (definition.get("@container") or "")
        }
        self._id_keys = {key.name for key in context.keys.values() if key.value_type is ValueType.ID}
        self._readers: dict[ValueType, Callable[[Key, yaml.Node, str], Any]] = {
            ValueType.ID: lambda key, node, _: self._iri(key, node),
            ValueType.TYPE: lambda _, node, __: [name for item in self._items(node) if (name := self._type(item))],
            ValueType.STATEMENTS: lambda _, node, __: self._statements(node),
            ValueType.RELATIONS: self._relations,
            ValueType.TRANSLATIONS: lambda key, node, _: self._translations(key, node),
            ValueType.TEXT: lambda key, node, _: self._each(key, node, self._text),
            ValueType.NUMBER: lambda key, node, _: self._each(key, node, self._number),
            ValueType.DATE: lambda key, node, _: self._each(key, node, self._date),
            ValueType.REFERENCE: lambda key, node, _: self._each(key, node, self._reference),
        }

    def document(self, node: yaml.Node) -> dict[str, Any]:
        """The whole file: the description of its graph beside `says:`, the things below it."""
        self._root = node
        self._document.graph = self._expand(self._identity(node))
        if (
            isinstance(node, yaml.MappingNode)
            and not any(self._value_type(key) is ValueType.STATEMENTS for key, _ in node.value)
            and not self._is_partial
        ):
            self._report(node, "no-says")
        try:
            return self._thing(node)
        except LimitExceeded as error:
            self._document.findings.append(error.finding)
            self._document.unread = self._text_read
            return {}
        finally:
            self._document.findings[:] = dict.fromkeys(self._document.findings)

    # --- maps ------------------------------------------------------------------------------------------------

    def _thing(self, node: yaml.Node) -> dict[str, Any]:
        """A map with an `id`."""
        identity = self._identity(node)
        nameless = isinstance(node, yaml.MappingNode) and not identity
        if nameless:
            identity = f"line-{self._location(node).line}"
            is_lost = node is self._root and self._is_partial
            if not is_lost and not any(self._value_type(key) is ValueType.ID for key, _ in node.value):
                self._report(node, "no-id")
        subject = self._expand(identity)
        first = self._document.described.get(subject)
        if identity and first is not None and first != self._location(node):
            self._report(node, "duplicate-id", id=identity, first=first.line)
        self._document.described.setdefault(subject, self._location(node))
        plain = self._properties(node, identity)
        if first is not None:
            keys = [self._context.keys[name] for name in plain]
            self._document.damaged |= {
                (subject, ""),
                *((subject, _OF_KEYWORDS.get(key.value_type, key.iri)) for key in keys),
            }
        return {**plain, "@id": identity} if nameless else plain

    def _statements(self, node: yaml.Node) -> list[dict[str, Any]]:
        """What stands below `says:`: a list of entries, or a single one."""
        if isinstance(node, yaml.SequenceNode) or self._identity(node):
            return [self._thing(item) for item in self._items(node)]
        self._report(node, "no-entries")
        self._leave_unread(node)
        return []

    def _properties(self, node: yaml.Node, identity: str) -> dict[str, Any]:
        """What a map says of the thing `identity`: its keys looked up, its values read as the context says."""
        subject, marks = self._expand(identity), self._document.marks
        marks.setdefault((subject, ""), node.start_mark)
        plain: dict[str, Any] = {}
        inside = 0
        before = len(self._document.findings)
        for name, key_node, value in self._entries(node):
            start = len(self._document.findings)
            key = self._context.keys.get(name) or self._unknown(name, key_node, value, node)
            if key is not None:
                marks.setdefault((subject, "@id" if key.value_type is ValueType.ID else key.iri), key_node.start_mark)
                plain[key.name] = self._value(key, key_node, value, identity, node)
                if name != key.name and key.value_type is not ValueType.RELATIONS:
                    del self._document.findings[start + 1 :]  # of a value that may not be meant for it
                if len(self._document.findings) > start:
                    self._document.damaged.add((subject, _OF_KEYWORDS.get(key.value_type, key.iri)))
                inside += len(self._document.findings) - start
        if len(self._document.findings) > before + inside:
            self._document.damaged.add((subject, ""))
        self._check_lines(node, plain)
        return {name: value for name, value in plain.items() if value is not None}

    def _value(self, key: Key, key_node: yaml.Node, value: yaml.Node, identity: str, node: yaml.Node) -> Any:
        """What stands behind a key of the map `node`; None where there is nothing that can be read."""
        if is_null(value):
            is_lost = key.value_type is ValueType.STATEMENTS and self._is_partial
            if not is_lost and all(
                location.line != self._location(key_node).line for location in self._fault_locations
            ):
                code: Code = (
                    "no-entries" if key.value_type is ValueType.STATEMENTS and node is self._root else "no-value"
                )
                self._report(key_node, "cut" if is_cut_by_comma(key_node, value) else code, key=key.name)
        elif key.value_type is ValueType.STATEMENTS and node is not self._root:
            self._report(key_node, "not-a-thing", key=key.name)
        else:
            return self._readers[key.value_type](key, value, identity)
        return None

    def _check_lines(self, node: yaml.Node, plain: Mapping[str, Any]) -> None:
        """Lines stand with the thing, not with one of its quotes: with several, nobody could tell which is meant."""
        quotes = plain.get(self._names.get(ITAS.quote, ""))
        if isinstance(quotes, list) and len(quotes) > 1 and self._names.get(ITAS.line, "") in plain:
            self._report(node, "lines-of-many")

    def _relations(self, key: Key, node: yaml.Node, owner: str) -> dict[str, Any]:
        """`target → {quote, …}`: each becomes a node whose id tells owner, key, target and the graph that says so."""
        if not isinstance(node, yaml.MappingNode):
            named = node.value if isinstance(node, yaml.ScalarNode) and node.value else "…"
            self._report(node, "not-a-relation-map", key=key.name, target=named)
            return self._bare_targets(key, node, owner)
        plain: dict[str, Any] = {}
        first: dict[str, yaml.Node] = {}
        for target, key_node, value in self._entries(node, "duplicate-target"):
            self._check_iri(key_node, target)
            self._refer(key, target, key_node)
            iri = self._expand(target)
            if not is_null(value) and not isinstance(value, yaml.MappingNode):
                self._report(value, "not-a-relation-map", key=key.name, target=target)
                plain |= self._bare_targets(key, key_node, owner)
                continue
            if iri in first:
                self._report(key_node, "duplicate-target", key=target, first=self._location(first[iri]).line)
            first.setdefault(iri, key_node)
            minted = self._mint(owner, key.name, iri)
            self._budget.spend(key_node, len(minted) // 10)
            self._document.marks[minted, ""] = key_node.start_mark
            details = {} if is_null(value) else self._properties(value, minted)
            for name in details.keys() & {key.index, *self._id_keys}:
                self._report(value, "told-by-key", key=name)
                del details[name]
            plain[self._mend(target)] = {**details, "@id": minted}
        return plain

    def _bare_targets(self, key: Key, node: yaml.Node, owner: str) -> dict[str, Any]:
        """The targets of a relation that is not written as a map: it holds, though its evidence cannot be read."""
        plain: dict[str, Any] = {}
        for item in node.value if isinstance(node, yaml.SequenceNode) else [node]:
            if isinstance(item, yaml.ScalarNode) and item.value:
                minted = self._mint(owner, key.name, self._expand(item.value))
                self._document.damaged.add((minted, ""))
                plain[self._mend(item.value)] = {"@id": minted}
        return plain

    def _mint(self, owner: str, key: str, target: str) -> str:
        """The IRI of a relation: owner, key and target, and behind "#" the graph that says so."""
        beginning = self._expand(owner).replace("#", "%23")
        return f"{beginning}/{key}/{self._compact(target)}#{self._compact(self._document.graph)}"

    def _translations(self, key: Key, node: yaml.Node) -> Any:
        """`de: …, en: …`, or text in no language."""
        if not isinstance(node, yaml.MappingNode):
            return self._each(key, node, self._text)
        plain: dict[str, Any] = {}
        for language, key_node, value in self._entries(node):
            if is_null(value):
                self._report(key_node, "cut" if is_cut_by_comma(key_node, value) else "no-value", key=language)
            elif not LANGUAGE_TAG.match(language):
                self._report(key_node, "language", key=language)
            else:
                plain[language] = self._each(key, value, self._text)
        return plain

    def _entries(self, node: yaml.Node, duplicate: Code | None = None) -> Iterator[tuple[str, yaml.Node, yaml.Node]]:
        """Key, its node and the value of each entry of a map; keys that are no text, and keys said twice, are faults."""
        if not isinstance(node, yaml.MappingNode):
            self._report(node, "no-mapping")
            return
        self._budget.descend(node)
        self._budget.spend(node, sum(len(key_node.value) for key_node, _ in node.value))
        self._check_tag(node)
        first: dict[str, yaml.Node] = {}
        for key_node, value in node.value:
            self._check_tag(key_node)
            if not isinstance(key_node, yaml.ScalarNode) or scalar_type(key_node) is not ScalarType.TEXT:
                self._report(key_node, "no-mapping")
            elif key_node.value in first:
                line = self._location(first[key_node.value]).line
                self._report(key_node, duplicate or self._duplicate(key_node.value), key=key_node.value, first=line)
            else:
                first[key_node.value] = key_node
                yield key_node.value, key_node, value
        self._budget.ascend()

    def _duplicate(self, name: str) -> Code:
        """The finding for a key that stands twice: what its values can be joined to."""
        key = self._context.keys.get(name)
        if key is None or name in self._lists:
            return "duplicate-key" if key is None else "duplicate-list"
        maps = (ValueType.RELATIONS, ValueType.TRANSLATIONS, ValueType.STATEMENTS)
        return "duplicate-map" if key.value_type in maps else "duplicate-key"

    def _identity(self, node: yaml.Node) -> str:
        entries = node.value if isinstance(node, yaml.MappingNode) else []
        found = (value for key, value in entries if self._value_type(key) is ValueType.ID)
        value = next(found, None)
        return value.value if isinstance(value, yaml.ScalarNode) and not is_null(value) else ""

    def _value_type(self, key: yaml.Node) -> ValueType | None:
        known = self._context.keys.get(key.value) if isinstance(key, yaml.ScalarNode) else None
        return known.value_type if known else None

    # --- single values ----------------------------------------------------------------------------------------

    def _each(self, key: Key, node: yaml.Node, read: Callable[[Key, yaml.ScalarNode], Any]) -> Any:
        """One scalar, or a list of them, each read by `read`."""
        if isinstance(node, yaml.SequenceNode):
            return [self._one(key, item, read) for item in self._items(node)]
        return self._one(key, node, read)

    def _one(self, key: Key, node: yaml.Node, read: Callable[[Key, yaml.ScalarNode], Any]) -> Any:
        if isinstance(node, yaml.ScalarNode):
            self._budget.spend(node, len(node.value))
            self._check_tag(node)
            return read(key, node)
        self._report(node, "not-a-thing", key=key.name)
        return None

    def _items(self, node: yaml.Node) -> Iterator[yaml.Node]:
        self._budget.descend(node)
        self._check_tag(node)
        yield from node.value if isinstance(node, yaml.SequenceNode) else [node]
        self._budget.ascend()

    def _text(self, key: Key, node: yaml.ScalarNode) -> str:
        found = scalar_type(node)
        if found is ScalarType.NULL or not node.value.strip():
            self._report(node, "no-value", key=key.name)
        elif found not in (ScalarType.TEXT, ScalarType.NUMBER):
            self._report(node, "not-a-text", key=key.name, found=node.value)
        elif not node.style and self._is_cut(node):
            self._report(node, "cut-hash")
        return str(node.value)

    def _is_cut(self, node: yaml.ScalarNode) -> bool:
        """Whether a "#" right after the text looks like a part of it: a remark has a space behind its "#"."""
        end = node.end_mark
        assert end is not None
        line = self._lines[end.line] if end.line < len(self._lines) else ""
        return _CUT_BY_HASH.match(line, end.column) is not None

    def _number(self, _: Key, node: yaml.ScalarNode) -> str:
        """The digits, as text: with the datatype of the context they are the number and no float."""
        if scalar_type(node) is not ScalarType.INTEGER or len(node.value) > _DIGITS or abs(int(node.value)) >= _LIMIT:
            self._report(node, "number", value=node.value)
        return str(node.value)

    def _date(self, key: Key, node: yaml.ScalarNode) -> str:
        pattern, example = _DATES.get(key.datatype, (re.compile(""), ""))
        if not pattern.match(node.value) or not _is_day(node.value):
            self._report(node, "date", value=node.value, example=example)
        return str(node.value)

    def _reference(self, key: Key, node: yaml.ScalarNode) -> str:
        if scalar_type(node) is not ScalarType.TEXT:
            self._report(node, "not-a-reference", key=key.name, found=node.value)
        else:
            self._check_iri(node, node.value)
            self._refer(key, node.value, node)
        return self._mend(node.value)

    def _iri(self, key: Key, node: yaml.Node) -> str | None:
        self._check_tag(node)
        self._budget.spend(node, len(node.value))
        if not isinstance(node, yaml.ScalarNode) or scalar_type(node) is not ScalarType.TEXT:
            found = node.value if isinstance(node, yaml.ScalarNode) else "[…]"
            self._report(node, "not-a-reference", key=key.name, found=found)
        else:
            self._check_iri(node, node.value)
        return self._mend(node.value) if isinstance(node, yaml.ScalarNode) and node.value else None

    def _type(self, node: yaml.Node) -> str:
        name = node.value if isinstance(node, yaml.ScalarNode) else ""
        if name not in self._context.types:
            known = ", ".join(sorted(self._context.types))
            self._report(node, "unknown-type", key=name, nearest=nearest(name, self._context.types), known=known)
        return name

    # --- what is noticed ---------------------------------------------------------------------------------------

    def _refer(self, key: Key, target: str, node: yaml.Node) -> None:
        iri = self._expand(target)
        if iri.startswith(self._context.base) and not self._fault_of(target):
            self._document.references.append((iri, key.name, self._location(node)))

    def _mend(self, iri: str) -> str:
        """An id that may stand in a graph, in the place of one that may not: where it recurs, the same thing is meant."""
        if not self._fault_of(iri):
            # As a word of the context it would be read as that: an id "type" is lost without a word.
            return self._context.expand(iri) if iri in self._context.raw else iri
        return "/".join(quote(part, safe="").replace(".", "%2E") for part in iri.split("/") if part) or "%20"

    def _check_iri(self, node: yaml.Node, iri: str) -> None:
        if len(iri) > _LONGEST_IRI:
            self._report(node, "long-iri", iri=iri, limit=_LONGEST_IRI)
        elif reason := self._fault_of(iri):
            self._report(node, "bad-iri", iri=iri, reason=reason)

    def _check_tag(self, node: yaml.Node) -> None:
        if self._tagged and node.tag not in (IMPLICIT, TAGS[type(node)]):
            self._report(node, "unknown-tag", tag=node.tag)

    def _unknown(self, name: str, key_node: yaml.Node, value: yaml.Node, node: yaml.Node) -> Key | None:
        """Report a key of the map `node` that there is not. Returns the key it is read as, if one is near and not there."""
        if name == "@context":
            self._report(key_node, "own-context")
        elif is_cut_by_comma(key_node, value):
            self._report(key_node, "cut", key=name)
        else:
            near = nearest(name, self._context.keys)
            self._report(key_node, "unknown-key", key=name, nearest=near)
            if (
                near
                and _is_written_as(self._context.keys[near], value)
                and all(key.value != near for key, _ in node.value)
            ):
                return self._context.keys[near]
            self._leave_unread(value)
        return None

    def _leave_unread(self, node: yaml.Node) -> None:
        assert node.start_mark is not None
        assert node.end_mark is not None
        self._document.unread += f"\n{self._text_read[node.start_mark.index : node.end_mark.index]}"

    def _report(self, node: yaml.Node, code: Code, **facts: object) -> None:
        """Report a fault of `node`, unless it holds a place where the text itself is at fault."""
        if any(self._holds_location(node, location) for location in self._fault_locations):
            return
        facts = {name: _short(str(fact)) if name in _WRITTEN else fact for name, fact in facts.items()}
        if len(self._document.findings) >= MAX_FAULTS:
            raise LimitExceeded(Finding.of(self._location(node), "too-many-faults", limit=MAX_FAULTS))
        self._document.findings.append(Finding.of(self._location(node), code, **facts))

    def _holds_location(self, node: yaml.Node, location: Location) -> bool:
        start, end = node.start_mark, node.end_mark
        assert start is not None
        assert end is not None
        return isinstance(node, yaml.ScalarNode) and (start.line, start.column) <= (
            location.line - 1,
            location.column - 1,
        ) < (end.line, end.column)

    def _location(self, node: yaml.Node) -> Location:
        return location_of(node, self._document.filename)
