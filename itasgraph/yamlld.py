"""YAML-LD text → quads, and where each statement stands (file, line, column).

One recursion over libyaml's node tree does it all: plain JSON, ids minted for relations, unknown keys, marks. Scalars
follow the core schema of YAML 1.2 (section 10.3.2) as far as data files need it: null, booleans, decimal integers.
Relations are maps `target → {quote, …}`, in JSON-LD property-based data indexing (JSON-LD 1.1, section 4.6.3); any
JSON-LD processor reads them the same, with blank nodes where this reader mints ids.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Final

import pyoxigraph as ox
import yaml

from itasgraph.context import Context, Holds, Key
from itasgraph.errors import Finding, Place
from itasgraph.messages import nearest

_MAX_DEPTH: Final = 60
_MANY_OPENINGS: Final = 5_000
_SHOWN: Final = 60
# What triple stores count with: 64 bits.
_DIGITS: Final = 20
_LIMIT: Final = 2**63
_CONTROL: Final = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_INTEGER: Final = re.compile(r"-?(0|[1-9][0-9]*)\Z")
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z")
_CUT_BY_HASH: Final = re.compile(r"\s+#[^\s#]")
_NULLS: Final = ("", "~", "null")
_BOOLEANS: Final = ("true", "false")
_TAGS: Final = tuple(f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map"))
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_QUOTE: Final = "https://w3id.org/itas/ontology#quote"
_LINE: Final = "https://w3id.org/itas/ontology#line"
_DATES: Final = {
    f"{_XSD}date": (re.compile(r"\d{4}-\d\d-\d\d\Z"), "2024-06-06"),
    f"{_XSD}gYearMonth": (re.compile(r"\d{4}-(0[1-9]|1[0-2])\Z"), "2025-06"),
    f"{_XSD}gYear": (re.compile(r"\d{4}\Z"), "2025"),
}


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
    "another document": "yaml-second",
}


class _Loader(yaml.CSafeLoader):
    """libyaml without YAML 1.1's guesses: every plain scalar stays the text it is."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012  # PyYAML declares it so


@dataclass
class Document:
    """What one data file says.

    `places` maps (subject IRI, property IRI, or "" for the thing itself) to where it is written; `references` lists the
    IRIs of the project's own space that the file points at; `described` the things it describes.
    """

    shown: str
    graph: str = ""
    quads: list[ox.Quad] = field(default_factory=list)
    places: dict[tuple[str, str], Place] = field(default_factory=dict)
    references: list[tuple[str, Place]] = field(default_factory=list)
    described: dict[str, Place] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def read(text: bytes, shown: str, context: Context) -> Document:
    """Read one data file. Faults are collected in `findings`; where there are any, `quads` stays empty."""
    document = Document(shown)
    decoded = _decode(text, document)
    root = _compose(decoded, document) if decoded is not None else None
    if decoded is None or root is None:
        return document
    plain = _Reader(document, context, decoded).document(root)
    if not document.findings:
        _to_quads(plain, document, context)
    return document


def _decode(text: bytes, document: Document) -> str | None:
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = text[: error.start].decode("utf-8-sig", "replace")
        document.findings.append(Finding.of(_at(before, document.shown), "not-utf8"))
        return None


def _at(before: str, shown: str) -> Place:
    """The place right behind `before`, the beginning of a file."""
    return Place(shown, before.count("\n") + 1, len(before) - before.rfind("\n"))


def _compose(text: str, document: Document) -> yaml.Node | None:
    unreadable = _control_character(text, document.shown) or _too_deep(text, document.shown)
    if unreadable:
        document.findings.append(unreadable)
        return None
    loader = _Loader(text)
    try:
        root = loader.get_single_node()
    except yaml.YAMLError as error:
        document.findings.append(_yaml_fault(error, text, document.shown))
        return None
    finally:
        loader.dispose()
    if root is None:
        document.findings.append(Finding.of(Place(document.shown, 1, 1), "empty-file"))
    return root


def _yaml_fault(error: yaml.YAMLError, text: str, shown: str) -> Finding:
    """What libyaml could not read, in our words; what was left open is reported where it was opened."""
    reason = getattr(error, "problem", None) or str(error).splitlines()[0]
    code = next((code for words, code in _YAML_FAULTS.items() if words in reason), "yaml")
    mark = getattr(error, "problem_mark", None)
    opened = getattr(error, "context_mark", None)
    if code in ("yaml-quote", "yaml-bracket") and opened is not None:
        mark = opened
    place = Place(shown, mark.line + 1, mark.column + 1) if mark else Place(shown)
    lines = text.splitlines()
    start = lines[mark.line][mark.column : mark.column + 1] if mark and mark.line < len(lines) else ""
    if code == "yaml-start" and start == "\t":
        code = "yaml-tab"
    facts = {"yaml": {"reason": reason}, "yaml-start": {"start": start}}
    return Finding.of(place, code, **facts.get(code, {}))


def _control_character(text: str, shown: str) -> Finding | None:
    """The first character that YAML does not allow (YAML 1.2, production 1, c-printable)."""
    found = _CONTROL.search(text)
    return Finding.of(_at(text[: found.start()], shown), "yaml-control", char=ascii(found.group())) if found else None


def _too_deep(text: str, shown: str) -> Finding | None:
    """The place where nesting passes the limit. libyaml's composer recurses in C and would end the process there."""
    if sum(text.count(opening) for opening in ("[", "{", "- ", "? ")) < _MANY_OPENINGS:
        return None
    depth = 0
    try:
        for event in yaml.parse(text, Loader=_Loader):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth > _MAX_DEPTH:
                assert event.start_mark is not None
                place = Place(shown, event.start_mark.line + 1, event.start_mark.column + 1)
                return Finding.of(place, "too-deep", limit=_MAX_DEPTH)
    except yaml.YAMLError:
        return None  # the composer meets the same fault and says where
    return None


class _Reads(Enum):
    """What a scalar is in YAML 1.2's core schema, without floats: those stay text."""

    TEXT = "text"
    NULL = "null"
    BOOLEAN = "boolean"
    INTEGER = "integer"


def _reads(node: yaml.ScalarNode) -> _Reads:
    if node.style or node.tag != _TAGS[0]:
        return _Reads.TEXT
    if node.value in _NULLS:
        return _Reads.NULL
    if node.value in _BOOLEANS:
        return _Reads.BOOLEAN
    return _Reads.INTEGER if _INTEGER.match(node.value) else _Reads.TEXT


def _is_null(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and _reads(node) is _Reads.NULL


def _is_torn(key: yaml.Node, value: yaml.Node) -> bool:
    """Whether a key without a value and without a colon is the rest of a text that a comma cut."""
    start, end = value.start_mark, key.end_mark
    assert start is not None
    assert end is not None
    return value.value == "" and (start.line, start.column) == (end.line, end.column)


def _short(text: str) -> str:
    """A value as a message shows it."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _is_day(text: str) -> bool:
    """Whether a text shaped like a day is one in the calendar; other shapes are no days and pass."""
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return len(text) != len("2024-06-06")
    return True


def _to_quads(plain: Mapping[str, Any], document: Document, context: Context) -> None:
    text = json.dumps({"@context": context.raw, **plain})
    try:
        document.quads = list(ox.parse(text.encode(), ox.RdfFormat.JSON_LD))
    except SyntaxError as error:
        document.findings.append(Finding.of(Place(document.shown), "lost", reason=error.msg))


class _TooMuch(Exception):
    """The file cannot be walked: aliases that multiply, or nesting without end."""


class _Reader:
    """The recursion: YAML nodes in, plain JSON out, everything noticed on the way kept in `document`."""

    def __init__(self, document: Document, context: Context, text: str) -> None:
        self._document = document
        self._context = context
        self._lines = text.splitlines()
        self._limit = 10 * len(text) + 10
        self._visited = 0
        self._depth = 0
        self._root: yaml.Node | None = None
        self._names = {key.iri: key.name for key in context.keys.values()}
        self._id_keys = {key.name for key in context.keys.values() if key.holds is Holds.ID}

    def document(self, node: yaml.Node) -> dict[str, Any]:
        """The whole file: the description of its graph beside `says:`, the things below it."""
        self._root = node
        self._document.graph = self._context.expand(self._identity(node))
        if isinstance(node, yaml.MappingNode) and not any(
            self._holds(key) is Holds.STATEMENTS for key, _ in node.value
        ):
            self._report(node, "no-says")
        try:
            return self._thing(node)
        except _TooMuch:
            return {}
        finally:
            self._document.findings[:] = dict.fromkeys(self._document.findings)

    # --- maps ------------------------------------------------------------------------------------------------

    def _thing(self, node: yaml.Node) -> dict[str, Any]:
        """A map with an `id`."""
        identity = self._identity(node)
        if isinstance(node, yaml.MappingNode) and not identity:
            self._report(node, "no-id")
        subject = self._context.expand(identity)
        first = self._document.described.get(subject)
        if identity and first is not None and first != self._place(node):
            self._report(node, "duplicate-id", id=identity, first=first.line)
        self._document.described.setdefault(subject, self._place(node))
        return self._properties(node, identity)

    def _properties(self, node: yaml.Node, identity: str) -> dict[str, Any]:
        """What a map says of the thing `identity`: its keys looked up, its values read as the context says."""
        self._document.places.setdefault((self._context.expand(identity), ""), self._place(node))
        plain: dict[str, Any] = {}
        for name, key_node, value in self._entries(node):
            key = self._context.keys.get(name)
            if key is None:
                self._unknown(name, key_node, value)
                continue
            self._document.places.setdefault((self._context.expand(identity), key.iri), self._place(key_node))
            if _is_null(value):
                self._report(key_node, "cut" if _is_torn(key_node, value) else "no-value", key=name)
            elif key.holds is Holds.STATEMENTS and node is not self._root:
                self._report(key_node, "not-a-thing", key=name)
            else:
                plain[name] = self._value(key, value, identity)
        self._check_lines(node, plain)
        return plain

    def _check_lines(self, node: yaml.Node, plain: Mapping[str, Any]) -> None:
        """Lines stand with the thing, not with one of its quotes: with several, nobody could tell which is meant."""
        quotes = plain.get(self._names.get(_QUOTE, ""))
        if isinstance(quotes, list) and len(quotes) > 1 and self._names.get(_LINE, "") in plain:
            self._report(node, "lines-of-many")

    def _value(self, key: Key, node: yaml.Node, owner: str) -> Any:
        """The value of one key of the thing `owner`."""
        readers = {
            Holds.TEXT: self._text,
            Holds.NUMBER: self._number,
            Holds.DATE: self._date,
            Holds.REFERENCE: self._reference,
        }
        match key.holds:
            case Holds.ID:
                return self._iri(key, node)
            case Holds.TYPE:
                return [self._type(item) for item in self._items(node)]
            case Holds.STATEMENTS:
                return [self._thing(item) for item in self._items(node)]
            case Holds.RELATIONS:
                return self._relations(key, node, owner)
            case Holds.TRANSLATIONS:
                return self._translations(key, node)
            case scalar:
                return self._each(key, node, readers[scalar])

    def _relations(self, key: Key, node: yaml.Node, owner: str) -> dict[str, Any]:
        """`target → {quote, …}`: each becomes a node whose id tells owner, key, target and the graph that says so."""
        if not isinstance(node, yaml.MappingNode):
            named = node.value if isinstance(node, yaml.ScalarNode) and node.value else "…"
            self._report(node, "not-a-relation-map", key=key.name, target=named)
            return {}
        plain: dict[str, Any] = {}
        first: dict[str, int] = {}
        for target, key_node, value in self._entries(node):
            self._check_iri(key_node, target)
            self._refer(target, key_node)
            if not _is_null(value) and not isinstance(value, yaml.MappingNode):
                self._report(value, "not-a-relation-map", key=key.name, target=target)
                continue
            iri = self._context.expand(target)
            if iri in first:
                self._report(key_node, "duplicate-key", key=target, first=first[iri])
            first.setdefault(iri, self._place(key_node).line)
            minted = self._mint(owner, key.name, iri)
            self._document.places[minted, ""] = self._place(key_node)
            details = {} if _is_null(value) else self._properties(value, minted)
            for name in details.keys() & {key.index, *self._id_keys}:
                self._report(value, "told-by-key", key=name)
            plain[target] = {**details, "id": minted}
        return plain

    def _mint(self, owner: str, key: str, target: str) -> str:
        """The IRI of a relation: owner, key and target, and behind "#" the graph that says so."""
        beginning = self._context.expand(owner).replace("#", "%23")
        end, graph = (self._context.shrink(iri).replace("#", "%23") for iri in (target, self._document.graph))
        return f"{beginning}/{key}/{end}#{graph}"

    def _translations(self, key: Key, node: yaml.Node) -> Any:
        """`de: …, en: …`, or text in no language."""
        if not isinstance(node, yaml.MappingNode):
            return self._each(key, node, self._text)
        plain: dict[str, Any] = {}
        for language, key_node, value in self._entries(node):
            if _is_null(value):
                self._report(key_node, "cut" if _is_torn(key_node, value) else "no-value", key=language)
            elif not _LANGUAGE.match(language):
                self._report(key_node, "language", key=language)
            else:
                plain[language] = self._each(key, value, self._text)
        return plain

    def _entries(self, node: yaml.Node) -> Iterator[tuple[str, yaml.Node, yaml.Node]]:
        """Key, its node and the value of each entry of a map; keys that are no text, and keys said twice, are faults."""
        if not isinstance(node, yaml.MappingNode):
            self._report(node, "no-mapping")
            return
        self._visit(node)
        self._check_tag(node)
        first: dict[str, int] = {}
        for key_node, value in node.value:
            self._check_tag(key_node)
            if not isinstance(key_node, yaml.ScalarNode) or _reads(key_node) is not _Reads.TEXT:
                self._report(key_node, "no-mapping")
            elif key_node.value in first:
                self._report(key_node, "duplicate-key", key=key_node.value, first=first[key_node.value])
            else:
                first[key_node.value] = self._place(key_node).line
                yield key_node.value, key_node, value
        self._leave()

    def _identity(self, node: yaml.Node) -> str:
        entries = node.value if isinstance(node, yaml.MappingNode) else []
        found = (value for key, value in entries if self._holds(key) is Holds.ID)
        value = next(found, None)
        return value.value if isinstance(value, yaml.ScalarNode) else ""

    def _holds(self, key: yaml.Node) -> Holds | None:
        known = self._context.keys.get(key.value) if isinstance(key, yaml.ScalarNode) else None
        return known.holds if known else None

    # --- single values ----------------------------------------------------------------------------------------

    def _each(self, key: Key, node: yaml.Node, read: Callable[[Key, yaml.ScalarNode], Any]) -> Any:
        """One scalar, or a list of them, each read by `read`."""
        if isinstance(node, yaml.SequenceNode):
            return [self._one(key, item, read) for item in self._items(node)]
        return self._one(key, node, read)

    def _one(self, key: Key, node: yaml.Node, read: Callable[[Key, yaml.ScalarNode], Any]) -> Any:
        if isinstance(node, yaml.ScalarNode):
            self._check_tag(node)
            return read(key, node)
        self._report(node, "not-a-thing", key=key.name)
        return None

    def _items(self, node: yaml.Node) -> Iterator[yaml.Node]:
        self._visit(node)
        self._check_tag(node)
        yield from node.value if isinstance(node, yaml.SequenceNode) else [node]
        self._leave()

    def _text(self, key: Key, node: yaml.ScalarNode) -> str:
        reads = _reads(node)
        if reads is _Reads.NULL or not node.value.strip():
            self._report(node, "no-value", key=key.name)
        elif reads is not _Reads.TEXT:
            self._report(node, "not-a-text", key=key.name, found=_short(node.value))
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
        if _reads(node) is not _Reads.INTEGER or len(node.value) > _DIGITS or abs(int(node.value)) >= _LIMIT:
            self._report(node, "number", value=_short(node.value))
        return str(node.value)

    def _date(self, key: Key, node: yaml.ScalarNode) -> str:
        pattern, example = _DATES.get(key.datatype, (re.compile(""), ""))
        if not pattern.match(node.value) or not _is_day(node.value):
            self._report(node, "date", value=node.value, example=example)
        return str(node.value)

    def _reference(self, key: Key, node: yaml.ScalarNode) -> str:
        if _reads(node) is not _Reads.TEXT:
            self._report(node, "not-a-reference", key=key.name, found=_short(node.value))
        else:
            self._check_iri(node, node.value)
            self._refer(node.value, node)
        return str(node.value)

    def _iri(self, key: Key, node: yaml.Node) -> str:
        self._check_tag(node)
        if not isinstance(node, yaml.ScalarNode) or _reads(node) is not _Reads.TEXT:
            found = _short(node.value) if isinstance(node, yaml.ScalarNode) else "[…]"
            self._report(node, "not-a-reference", key=key.name, found=found)
            return ""
        self._check_iri(node, node.value)
        return str(node.value)

    def _type(self, node: yaml.Node) -> str:
        name = node.value if isinstance(node, yaml.ScalarNode) else ""
        if name not in self._context.types:
            known = ", ".join(sorted(self._context.types))
            self._report(node, "unknown-type", key=name, nearest=nearest(name, self._context.types), known=known)
        return name

    # --- limits ------------------------------------------------------------------------------------------------

    def _visit(self, node: yaml.Node) -> None:
        """Count what is walked: a file cannot hold more nodes than characters, unless aliases multiply them."""
        self._visited += 1
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            self._report(node, "too-deep", limit=_MAX_DEPTH)
            raise _TooMuch
        if self._visited > self._limit:
            self._report(node, "too-many-aliases")
            raise _TooMuch

    def _leave(self) -> None:
        self._depth -= 1

    # --- what is noticed ---------------------------------------------------------------------------------------

    def _refer(self, target: str, node: yaml.Node) -> None:
        iri = self._context.expand(target)
        if iri.startswith(self._context.base):
            self._document.references.append((iri, self._place(node)))

    def _check_iri(self, node: yaml.Node, iri: str) -> None:
        reason = self._context.fault_of(iri)
        if reason:
            self._report(node, "bad-iri", iri=iri, reason=reason)

    def _check_tag(self, node: yaml.Node) -> None:
        if node.tag not in _TAGS:
            self._report(node, "unknown-tag", tag=node.tag)

    def _unknown(self, name: str, key_node: yaml.Node, value: yaml.Node) -> None:
        if name == "@context":
            self._report(key_node, "own-context")
        elif _is_torn(key_node, value):
            self._report(key_node, "cut", key=name)
        else:
            self._report(key_node, "unknown-key", key=name, nearest=nearest(name, self._context.keys))

    def _report(self, node: yaml.Node, code: str, **facts: object) -> None:
        self._document.findings.append(Finding.of(self._place(node), code, **facts))

    def _place(self, node: yaml.Node) -> Place:
        assert node.start_mark is not None
        return Place(self._document.shown, node.start_mark.line + 1, node.start_mark.column + 1)
