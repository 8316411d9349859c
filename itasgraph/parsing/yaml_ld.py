"""The reader of YAML-LD: text → quads, with the location of each statement (file, line, column).

One recursion over libyaml's nodes gives plain JSON, ids for relations, unknown keys and locations. Relations are maps
`target → {quote, …}`, in JSON-LD property-based data indexing (JSON-LD 1.1, section 4.6.3); any JSON-LD processor reads them
the same, with blank nodes where this reader mints ids, and one node where this reader makes a node for each organisation.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
import yaml

from itasgraph.errors import Finding, Location
from itasgraph.parsing.data_document import DataDocument, FaultLog, Undecided
from itasgraph.parsing.data_values import ValueReader
from itasgraph.parsing.jsonld_context import Context, Key, ValueType, containers
from itasgraph.parsing.review import ReviewReader
from itasgraph.parsing.yaml_limits import Budget, LimitExceeded
from itasgraph.parsing.yaml_loader import ScalarType, is_cut_by_comma, is_null, scalar_type
from itasgraph.parsing.yaml_syntax import compose
from itasgraph.util.json_values import Json
from itasgraph.util.spelling import nearest
from itasgraph.vocabulary import ITAS, RDF

if TYPE_CHECKING:
    from itasgraph.messages.codes import Code

# The keywords among the properties of `DataDocument.marks` and `DataDocument.damaged`.
_KEYWORDS: Final = {ValueType.ID: "@id", ValueType.TYPE: RDF.type}


def read(content: bytes, filename: str, context: Context) -> DataDocument:
    """Read one data file. `findings` collects its faults; `readable` then holds what can be read in spite of them."""
    document = DataDocument(filename)
    decoded, root, document.findings, document.unread = compose(content, filename)
    if root is None:
        return document
    plain = _Reader(document, context, decoded).read(root)
    _to_quads(plain, document, context)
    document.readable += _undecided_counts(document, context)
    return document


def _undecided_counts(document: DataDocument, context: Context) -> Iterator[ox.Quad]:
    """Yield how many values wait for a decision, of each entry, or of the file where the entry is doubtful as well."""
    for about, count in Counter(one.about for one in document.undecided).items():
        subject = context.expand(about) if about else document.graph
        if subject and not context.fault_of(subject):
            graph = ox.NamedNode(document.graph)
            yield ox.Quad(ox.NamedNode(subject), ox.NamedNode(ITAS.undecided), ox.Literal(count), graph)


def _to_quads(plain: Mapping[str, Json], document: DataDocument, context: Context) -> None:
    # ASCII only would be up to three times as long, and pyoxigraph (0.5) takes no string of more than 8 MiB.
    text = json.dumps({"@context": context.raw, **plain}, ensure_ascii=False)
    try:
        document.readable = list(ox.parse(text.encode(errors="replace"), ox.RdfFormat.JSON_LD))
    except SyntaxError as error:
        document.unread = text
        if not document.findings:
            document.findings.append(Finding.of(Location(document.filename), "no-triples", reason=error.msg))


class _Reader:
    """The recursion over the maps of a file: YAML nodes → plain JSON; locations and faults go to `document`."""

    def __init__(self, document: DataDocument, context: Context, text: str) -> None:
        self._document = document
        self._context = context
        self._text = text
        self._is_partial = bool(document.unread)
        self._budget = Budget(text, document.filename)
        self._log = FaultLog(document, text)
        self._values = ValueReader(document, context, self._log, self._budget, text)
        self._iris = self._values.iris
        self._root: yaml.Node | None = None
        self._names = {key.iri: key.name for key in context.keys.values()}
        self._lists = {
            name
            for name, definition in context.raw.items()
            if name in context.keys and isinstance(definition, dict) and "@set" in containers(definition)
        }
        self._id_keys = {key.name for key in context.keys.values() if key.value_type is ValueType.ID}
        self._readers: dict[ValueType, Callable[[Key, yaml.Node, str], Json]] = {
            ValueType.ID: lambda key, node, _: self._values.identity(key, node),
            ValueType.TYPE: lambda _, node, __: self._values.types(node),
            ValueType.STATEMENTS: lambda _, node, __: self._statements(node),
            ValueType.RELATIONS: self._relations,
            ValueType.TRANSLATIONS: lambda key, node, _: self._translations(key, node),
            ValueType.TEXT: lambda key, node, _: self._values.texts(key, node),
            ValueType.NUMBER: lambda key, node, _: self._values.numbers(key, node),
            ValueType.DATE: lambda key, node, _: self._values.dates(key, node),
            ValueType.REFERENCE: lambda key, node, _: self._values.references(key, node),
        }

    def read(self, node: yaml.Node) -> dict[str, Json]:
        """Read the whole file: the description of its graph beside `says:`, and the entries below it."""
        self._root = node
        self._document.graph = self._iris.expand(self._identity(node))
        if (
            isinstance(node, yaml.MappingNode)
            and not any(self._value_type(key) is ValueType.STATEMENTS for key, _ in node.value)
            and not self._is_partial
        ):
            self._log.report(node, "no-says")
        try:
            return self._entry(node)
        except LimitExceeded as error:
            self._document.findings.append(error.finding)
            self._document.unread = self._text
            return {}
        finally:
            self._document.findings[:] = dict.fromkeys(self._document.findings)

    def _entry(self, node: yaml.Node) -> dict[str, Json]:
        """Read a map with an `id`."""
        identity = self._identity(node)
        nameless = isinstance(node, yaml.MappingNode) and not identity
        if nameless:
            identity = f"line-{self._log.location(node).line}"
            is_lost = node is self._root and self._is_partial
            if not is_lost and not any(self._value_type(key) is ValueType.ID for key, _ in node.value):
                self._log.report(node, "no-id")
        subject = self._iris.expand(identity)
        first = self._document.described.get(subject)
        if identity and first is not None and first != self._log.location(node):
            self._log.report(node, "duplicate-id", id=identity, first=first.line)
        self._document.described.setdefault(subject, self._log.location(node))
        plain = self._properties(node, identity)
        if first is not None:
            keys = [self._context.keys[name] for name in plain]
            self._document.damaged |= {(subject, ""), *((subject, _property(key)) for key in keys)}
        return {**plain, "@id": identity} if nameless else plain

    def _review(self, node: yaml.Node) -> Iterator[Undecided]:
        """Read what stands below `review:`; the entries that it is about must exist."""
        for undecided in ReviewReader(self._log, self._budget).read(node):
            if undecided.about:
                self._document.references.append((self._iris.expand(undecided.about), "about", undecided.location))
            yield undecided

    def _statements(self, node: yaml.Node) -> list[dict[str, Json]]:
        """Read the value of `says:`: a list of entries, or a single entry."""
        if isinstance(node, yaml.SequenceNode) or self._identity(node):
            return [self._entry(item) for item in self._values.items(node)]
        self._log.report(node, "no-entries")
        self._log.leave_unread(node)
        return []

    def _properties(self, node: yaml.Node, identity: str) -> dict[str, Json]:
        """Read the map of the entry `identity`, each key as the context says."""
        subject, marks = self._iris.expand(identity), self._document.marks
        marks.setdefault((subject, ""), node.start_mark)
        plain: dict[str, Json] = {}
        value_faults = 0
        fault_count = len(self._document.findings)
        for name, key_node, value in self._distinct_pairs(node):
            start = len(self._document.findings)
            if node is self._root and name in self._context.reviews:
                self._document.undecided += self._review(value)
                continue
            key = self._context.keys.get(name) or self._report_unknown(name, key_node, value, node)
            if key is not None:
                marks.setdefault((subject, "@id" if key.value_type is ValueType.ID else key.iri), key_node.start_mark)
                plain[key.name] = self._value(key, key_node, value, identity, node)
                if name != key.name and key.value_type is not ValueType.RELATIONS:
                    del self._document.findings[
                        start + 1 :
                    ]  # the fault of the key explains them: the value may belong to another key
                if len(self._document.findings) > start:
                    self._document.damaged.add((subject, _property(key)))
                value_faults += len(self._document.findings) - start
        if len(self._document.findings) > fault_count + value_faults:
            self._document.damaged.add((subject, ""))
        self._check_lines(node, plain)
        return {name: value for name, value in plain.items() if value is not None}

    def _value(self, key: Key, key_node: yaml.Node, value: yaml.Node, identity: str, node: yaml.Node) -> Json:
        """Read the value of a key of the map `node`; return None where it cannot be read."""
        if is_null(value):
            is_lost = key.value_type is ValueType.STATEMENTS and self._is_partial
            if not is_lost and not self._log.has_syntax_fault(key_node):
                is_says = key.value_type is ValueType.STATEMENTS and node is self._root
                code: Code = "no-entries" if is_says else "no-value"
                self._log.report(
                    key_node, "text-cut-by-comma" if is_cut_by_comma(key_node, value) else code, key=key.name
                )
        elif key.value_type is ValueType.STATEMENTS and node is not self._root:
            self._log.report(key_node, "nested-entry", key=key.name)
        else:
            return self._readers[key.value_type](key, value, identity)
        return None

    def _check_lines(self, node: yaml.Node, plain: Mapping[str, Json]) -> None:
        """Report lines beside several quotes: lines belong to the entry, so the quote of each line is unknown."""
        quotes = plain.get(self._names.get(ITAS.quote, ""))
        if isinstance(quotes, list) and len(quotes) > 1 and self._names.get(ITAS.line, "") in plain:
            self._log.report(node, "line-of-several-quotes")

    def _relations(self, key: Key, node: yaml.Node, owner: str) -> dict[str, Json]:
        """Read `target → {quote, …}`: each becomes a node whose id names owner, key, target and graph."""
        if not isinstance(node, yaml.MappingNode):
            target = node.value if isinstance(node, yaml.ScalarNode) and node.value else "…"
            self._log.report(node, "not-a-relation-map", key=key.name, target=target)
            return self._bare_targets(key, node, owner)
        plain: dict[str, Json] = {}
        first: dict[str, yaml.Node] = {}
        for target, key_node, value in self._distinct_pairs(node, "duplicate-target"):
            self._iris.check(key_node, target)
            self._values.add_reference(key, target, key_node)
            iri = self._iris.expand(target)
            if not is_null(value) and not isinstance(value, yaml.MappingNode):
                self._log.report(value, "not-a-relation-map", key=key.name, target=target)
                plain |= self._bare_targets(key, key_node, owner)
                continue
            if iri in first:
                line = self._log.location(first[iri]).line
                self._log.report(key_node, "duplicate-target", key=target, first=line)
            first.setdefault(iri, key_node)
            relation_iri = self._mint(owner, key, iri)
            self._budget.spend(key_node, len(relation_iri) // 10)
            self._document.marks[relation_iri, ""] = key_node.start_mark
            details = {} if is_null(value) else self._properties(value, relation_iri)
            for name in details.keys() & {key.index, *self._id_keys}:
                self._log.report(value, "redundant-key", key=name)
                del details[name]
            plain[self._iris.escape(target)] = self._split(details, relation_iri)
        return plain

    def _split(self, details: dict[str, Json], relation_iri: str) -> list[dict[str, Json]]:
        """Return the nodes of a relation: one for each value of a reference whose key has no "@set".

        A property without "@set", such as org:organization, is functional: OWL infers that two values on one node are the same.
        """
        references = (name for name, value in details.items() if isinstance(value, list) and name not in self._lists)
        key = next(
            (key for key in map(self._context.keys.get, references) if key and key.value_type is ValueType.REFERENCE),
            None,
        )
        if key is None:
            return [{**details, "@id": relation_iri}]
        values = details[key.name]
        assert isinstance(values, list)
        nodes: list[dict[str, Json]] = []
        for value in dict.fromkeys(map(str, values)):
            iri = self._mint(relation_iri.partition("#")[0], key, self._iris.expand(value)) if nodes else relation_iri
            nodes.append({**details, key.name: value, "@id": iri})
            for name in ("", *(self._context.keys[name].iri for name in details)):
                self._document.marks.setdefault((iri, name), self._document.marks[relation_iri, name])
        return nodes

    def _bare_targets(self, key: Key, node: yaml.Node, owner: str) -> dict[str, Json]:
        """Read the targets of a relation that is not written as a map: the relation holds, although its evidence cannot be read."""
        plain: dict[str, Json] = {}
        for item in node.value if isinstance(node, yaml.SequenceNode) else [node]:
            if isinstance(item, yaml.ScalarNode) and item.value:
                relation_iri = self._mint(owner, key, self._iris.expand(item.value))
                self._document.damaged.add((relation_iri, ""))
                plain[self._iris.escape(item.value)] = {"@id": relation_iri}
        return plain

    def _mint(self, owner: str, key: Key, target: str) -> str:
        return self._iris.mint(owner, key.name, target, self._document.graph)

    def _translations(self, key: Key, node: yaml.Node) -> Json:
        """Read `de: …, en: …`, or text in no language."""
        if not isinstance(node, yaml.MappingNode):
            return self._values.texts(key, node)
        texts = {
            language: self._values.translation(key, language, key_node, value)
            for language, key_node, value in self._distinct_pairs(node)
        }
        return {language: text for language, text in texts.items() if text is not None}

    def _distinct_pairs(
        self, node: yaml.Node, duplicate: Code | None = None
    ) -> Iterator[tuple[str, yaml.Node, yaml.Node]]:
        """Yield each key of a map with its node and its value; report keys that are no text, and keys that recur."""
        if not isinstance(node, yaml.MappingNode):
            self._log.report(node, "no-mapping")
            return
        self._budget.descend(node)
        self._budget.spend(node, sum(len(key_node.value) for key_node, _ in node.value))
        self._log.check_tag(node)
        first: dict[str, yaml.Node] = {}
        for key_node, value in node.value:
            self._log.check_tag(key_node)
            if not isinstance(key_node, yaml.ScalarNode) or scalar_type(key_node) is not ScalarType.TEXT:
                self._log.report(key_node, "no-mapping")
            elif key_node.value in first:
                line = self._log.location(first[key_node.value]).line
                code = duplicate or self._duplicate_code(key_node.value)
                self._log.report(key_node, code, key=key_node.value, first=line)
            else:
                first[key_node.value] = key_node
                yield key_node.value, key_node, value
        self._budget.ascend()

    def _duplicate_code(self, name: str) -> Code:
        """Return the code for a key that recurs, by what its values can be joined to."""
        key = self._context.keys.get(name)
        if key is None or name in self._lists:
            return "duplicate-key" if key is None else "duplicate-list"
        maps = (ValueType.RELATIONS, ValueType.TRANSLATIONS, ValueType.STATEMENTS)
        return "duplicate-map" if key.value_type in maps else "duplicate-key"

    def _report_unknown(self, name: str, key_node: yaml.Node, value: yaml.Node, node: yaml.Node) -> Key | None:
        """Report an unknown key of the map `node`. Return a similar key, as which it can be read, unless the map has that key, too."""
        if name == "@context":
            self._log.report(key_node, "context-in-data")
        elif is_cut_by_comma(key_node, value):
            self._log.report(key_node, "text-cut-by-comma", key=name)
        else:
            near = nearest(name, self._context.keys)
            self._log.report(key_node, "unknown-key", key=name, nearest=near)
            if near and _fits(self._context.keys[near], value) and all(key.value != near for key, _ in node.value):
                return self._context.keys[near]
            self._log.leave_unread(value)
        return None

    def _identity(self, node: yaml.Node) -> str:
        """Return the id of a map, or an empty string."""
        pairs = node.value if isinstance(node, yaml.MappingNode) else []
        value = next((value for key, value in pairs if self._value_type(key) is ValueType.ID), None)
        return value.value if isinstance(value, yaml.ScalarNode) and not is_null(value) else ""

    def _value_type(self, key: yaml.Node) -> ValueType | None:
        known = self._context.keys.get(key.value) if isinstance(key, yaml.ScalarNode) else None
        return known.value_type if known else None


def _property(key: Key) -> str:
    """Return the property of a key, as `DataDocument.damaged` has it."""
    return _KEYWORDS.get(key.value_type, key.iri)


def _fits(key: Key, value: yaml.Node) -> bool:
    """Return whether a value is a map where the key takes one: relations are maps, translations may be, others are not."""
    is_map = isinstance(value, yaml.MappingNode)
    return key.value_type is ValueType.TRANSLATIONS or (
        is_map == (key.value_type is ValueType.RELATIONS) and key.value_type is not ValueType.STATEMENTS
    )
