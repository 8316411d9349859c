"""The JSON Schema of data files for editors (draft 2020-12), made from context, shapes and vocabulary.

It refuses faults that one file can show: unknown keys and types, values of the wrong kind, too few or too many values of
a key. It demands the keys of a class only for the head of a file and for relations, which are written in one place; the
name of an entry may be in another file. This, references and quotes are left to `itasgraph check`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from itasgraph.errors import Finding, InvalidProject, Location
from itasgraph.parsing import review
from itasgraph.parsing.iri_compaction import SCHEME
from itasgraph.parsing.jsonld_context import Context, Key, ValueType
from itasgraph.store.queryable import Term, value
from itasgraph.util.json_values import Json
from itasgraph.vocabulary import DCTERMS, RDF, RDFS, SH, XSD

Schema = dict[str, Json]

_TEXT: Final[Schema] = {"type": "string", "pattern": r"\S"}
_ITEMS: Final[dict[ValueType, Schema]] = {
    ValueType.TYPE: {"$ref": "#/$defs/type"},
    ValueType.STATEMENTS: {"$ref": "#/$defs/thing"},
    ValueType.REFERENCE: {"$ref": "#/$defs/iri"},
    ValueType.TEXT: {"$ref": "#/$defs/text"},
}
_UNDECIDED: Final[Schema] = {
    "type": ["array", "null"],
    "items": {
        "type": "object",
        "properties": {key: {"type": ["string", "integer", "array"]} for key in review.KEYS},
        "required": list(review.REQUIRED),
        "additionalProperties": False,
    },
}
_LANGUAGE: Final = "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"
# Datatype → the schema of its values.
_LITERALS: Final[dict[str, Schema]] = {
    XSD.integer: {"type": "integer"},
    XSD.decimal: {"type": "number"},
    XSD.date: {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    XSD.gYearMonth: {"type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$"},
    DCTERMS.W3CDTF: {
        "type": ["integer", "string"],
        "pattern": "^[0-9]{4}(-(0[1-9]|1[0-2])(-[0-9]{2})?)?$",
        "minimum": 1000,
        "maximum": 9999,
    },
    XSD.time: {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"},
    XSD.gYear: {"type": ["integer", "string"], "pattern": "^[0-9]{4}$", "minimum": 1000, "maximum": 9999},
}


def schema(terms: Context, shapes: bytes, vocabulary: bytes = b"") -> Schema:
    """Return the JSON Schema of the data files of a project.

    `vocabulary` gives the descriptions and says which class is below which. Raises InvalidProject for broken Turtle.
    """
    return _SchemaBuilder(
        terms,
        _Turtle.parse(shapes, "ontology/shapes.ttl"),
        _Turtle.parse(vocabulary, "ontology/itas.ttl"),
    ).build()


def text(terms: Context, shapes: bytes, vocabulary: bytes = b"") -> str:
    """Return the text of `ontology/data.schema.json`: with sorted keys, so that equal input gives equal bytes."""
    return json.dumps(schema(terms, shapes, vocabulary), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


class _Turtle:
    """The triples of Turtle files, which can be looked up by subject and predicate."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self.store = ox.Store()
        self.store.extend(quads)

    @classmethod
    def parse(cls, turtle: bytes, filename: str) -> _Turtle:
        """Parse Turtle; an error names the file `filename`."""
        try:
            return cls(ox.parse(turtle, ox.RdfFormat.TURTLE))
        except SyntaxError as error:
            location = Location(filename, error.lineno or 0, error.offset or 0)
            raise InvalidProject([Finding.of(location, "invalid-turtle", reason=error.msg)]) from error

    def objects(self, subject: Term, predicate: str) -> list[Term]:
        if isinstance(subject, ox.Literal):
            return []
        quads = self.store.quads_for_pattern(subject, ox.NamedNode(predicate), None)
        return sorted((quad.object for quad in quads), key=str)

    def number(self, subject: Term, predicate: str) -> int | None:
        return next((int(value(term)) for term in self.objects(subject, predicate)), None)

    def subjects(self, predicate: str, target: Term | None = None) -> list[Term]:
        quads = self.store.quads_for_pattern(None, ox.NamedNode(predicate), target)
        return sorted({quad.subject for quad in quads}, key=str)

    def items(self, head: Term) -> Iterator[Term]:
        """Yield the members of an RDF list."""
        for first in self.objects(head, RDF.first):
            yield first
            for rest in self.objects(head, RDF.rest):
                yield from self.items(rest)


@dataclass(frozen=True)
class _SchemaBuilder:
    terms: Context
    shapes: _Turtle
    vocabulary: _Turtle

    def build(self) -> Schema:
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$comment": "Written by `make docs` from context.jsonld, shapes.ttl, itas.ttl and profile.ttl; change those.",
            "title": "itasgraph: data/*.yaml",
            "$ref": "#/$defs/file",
            "$defs": {
                "file": {
                    **self._file(),
                    "allOf": list(self._classes(whole=True)),
                },
                "thing": {
                    **self._object(without=self._names(ValueType.STATEMENTS), required=self._names(ValueType.ID)),
                    "allOf": list(self._classes(whole=False)),
                },
                "relation": self._object(
                    without=[*self._names(ValueType.STATEMENTS), *self._names(ValueType.ID)], required=[]
                ),
                "text": _TEXT,
                "iri": {"type": "string", "pattern": self._iri()},
                "type": self._type(),
                **{f"key-{key.name}": self._key(key) for key in self.terms.keys.values()},
            },
        }

    # --- keys and their values -------------------------------------------------------------------------------

    def _file(self) -> Schema:
        """Return the schema of a whole file, with its values that wait for a decision."""
        required = [*self._names(ValueType.ID), *self._names(ValueType.STATEMENTS)]
        whole = self._object(without=[], required=required)
        reviews: dict[str, Json] = dict.fromkeys(sorted(self.terms.reviews), _UNDECIDED)
        properties = whole["properties"]
        assert isinstance(properties, dict)
        return {**whole, "properties": {**properties, **reviews}}

    def _object(self, without: list[str], required: list[str]) -> Schema:
        names = sorted(set(self.terms.keys) - set(without))
        return {
            "type": "object",
            "properties": {name: {"$ref": f"#/$defs/key-{name}"} for name in names},
            "required": required,
            "additionalProperties": False,
        }

    def _names(self, value_type: ValueType) -> list[str]:
        return sorted(key.name for key in self.terms.keys.values() if key.value_type is value_type)

    def _key(self, key: Key) -> Schema:
        description = self._description(key.iri)
        return {**self._value(key), **({"description": description} if description else {})}

    def _value(self, key: Key) -> Schema:
        if key.value_type is ValueType.ID:
            return {"allOf": [{"$ref": "#/$defs/iri"}]}
        if key.value_type is ValueType.RELATIONS:
            return self._relations(key)
        if key.value_type is ValueType.TRANSLATIONS:
            return {"anyOf": [*_alternatives(_ITEMS[ValueType.TEXT]), _translations()]}
        return _one_or_more(_LITERALS.get(key.datatype) or _ITEMS[key.value_type])

    def _relations(self, key: Key) -> Schema:
        """Return the schema of `target → {quote, …}`; a relation may be empty only where no shape requires a detail."""
        classes = self.vocabulary.objects(ox.NamedNode(key.iri), RDFS.range)
        of_classes = [shape for one in classes for shape in self.shapes.subjects(SH.targetClass, one)]
        shapes = {*self.shapes.subjects(SH.targetObjectsOf, ox.NamedNode(key.iri)), *of_classes}
        # Of several references in a relation, each has a node of its own.
        references = {other.name for other in self.terms.keys.values() if other.value_type is ValueType.REFERENCE}
        requirements = self._requirements(
            shapes, without={*references, *(other.index for other in self.terms.keys.values())}
        )
        details: Schema = {"allOf": [{"$ref": "#/$defs/relation"}, {"properties": {key.index: False}}, *requirements]}
        empty = [] if any("required" in part for part in requirements) else [{"type": "null"}]
        return {
            "type": "object",
            "propertyNames": {"$ref": "#/$defs/iri"},
            "additionalProperties": {"anyOf": [details, *empty]} if empty else details,
        }

    def _iri(self) -> str:
        """Return the pattern of an id, a compact IRI or an address; it admits most of what Context.fault_of admits."""
        schemes = "|".join(["[Hh][Tt][Tt][Pp][Ss]?", "mailto", *sorted(self.terms.prefixes)])
        start = rf"(?![@/.#?]|_:)(?!(?!(?:{schemes}):){SCHEME}:)"
        return rf"^{start}(?:[^\x00-\x20\x7f-\xa0<>\"{{}}|\\^`%]|%[0-9A-Fa-f]{{2}})+$"

    def _type(self) -> Schema:
        names = sorted(self.terms.types)
        return {"enum": names, "enumDescriptions": [self._description(self.terms.types[name]) for name in names]}

    def _description(self, iri: str) -> str:
        """Return the label and comment of a term in German and English."""
        lines: list[str] = []
        for predicate in (RDFS.label, RDFS.comment) if iri else ():
            objects = self.vocabulary.objects(ox.NamedNode(iri), predicate)
            texts = {term.language: term.value for term in objects if isinstance(term, ox.Literal)}
            lines.append(" · ".join(dict.fromkeys(texts[lang] for lang in ("de", "en") if lang in texts)))
        return "\n".join(filter(None, lines))

    # --- requirements of shapes ------------------------------------------------------------------------------

    def _classes(self, whole: bool) -> Iterator[Schema]:
        """Yield for each class with shapes the keys that an entry may have and, if `whole`, those that it must have."""
        classes = {
            value(target): self.shapes.subjects(SH.targetClass, target)
            for shape in self.shapes.subjects(SH.targetClass)
            for target in self.shapes.objects(shape, SH.targetClass)
        }
        for iri, shapes in sorted(classes.items()):
            below = self._subclasses(iri)
            names = sorted(name for name, of in self.terms.types.items() if of in below)
            requirements = self._requirements(shapes)
            if not whole:
                requirements = [{"properties": part["properties"]} for part in requirements if "properties" in part]
            if names and requirements:
                one: Schema = {"enum": names}
                kind: Schema = {"anyOf": [one, {"type": "array", "contains": one}]}
                type_keys = self._names(ValueType.TYPE)
                yield {
                    "if": {"properties": dict.fromkeys(type_keys, kind), "required": type_keys},
                    "then": {"allOf": requirements},
                }

    def _subclasses(self, iri: str) -> set[str]:
        actual, waiting = {iri}, [iri]
        while waiting:
            subclasses = self.vocabulary.subjects(RDFS.subClassOf, ox.NamedNode(waiting.pop()))
            new = {value(term) for term in subclasses} - actual
            actual |= new
            waiting += new
        return actual

    def _requirements(self, shapes: Iterable[Term], without: Set[str] = frozenset()) -> list[Schema]:
        """Return minimum and maximum numbers of values, and the choices of one key among several, except for the keys `without`."""
        requirements: list[Schema] = []
        for shape in shapes:
            requirements += self._counts(shape, without)
            requirements += [
                choice for part in self.shapes.objects(shape, SH.property) for choice in self._choices(part)
            ]
            requirements += self._alternative_keys(shape)
        return sorted(requirements, key=json.dumps)

    def _choices(self, part: Term) -> Iterator[Schema]:
        """Yield the keys of which an entry must have one, where a property shape counts the values of several together."""
        if not self.shapes.number(part, SH.minCount) or self.shapes.objects(part, SH.severity):
            return
        names = {key.iri: key.name for key in self.terms.keys.values() if key.iri}
        for path in self.shapes.objects(part, SH.path):
            for head in self.shapes.objects(path, SH.alternativePath):
                keys = [names.get(value(term), "") for term in self.shapes.items(head)]
                if all(keys):
                    yield {"anyOf": [{"required": [key]} for key in keys]}

    def _alternative_keys(self, shape: Term) -> Iterator[Schema]:
        """Yield the keys of which an entry must have one, where sh:or lists them; its other members are about statements of other entries."""
        for head in self.shapes.objects(shape, SH.or_):
            actual = [self._counts(one, frozenset()) for one in self.shapes.items(head)]
            keys = [part for alternative in actual for part in alternative if "required" in part]
            if keys:
                yield {"anyOf": keys}

    def _counts(self, shape: Term, without: Set[str]) -> list[Schema]:
        names = {key.iri: key.name for key in self.terms.keys.values() if key.iri and key.name not in without}
        required: set[str] = set()
        limits: Schema = {}
        for part in self.shapes.objects(shape, SH.property):
            path = next((names.get(value(term), "") for term in self.shapes.objects(part, SH.path)), "")
            if not path or self.shapes.objects(part, SH.severity):
                continue  # a warning is for `check`
            if self.shapes.number(part, SH.minCount):
                required.add(path)
            most = self.shapes.number(part, SH.maxCount)
            if self._is_derived(path, part):
                limits[path] = False
            elif most is not None:
                limits[path] = {"maxItems": most} if most else False
        actual = {"required": sorted(required)} if required else {}
        return [{**actual, **({"properties": limits} if limits else {})}] if actual or limits else []

    def _is_derived(self, key: str, part: Term) -> bool:
        """Return whether a shape demands another datatype than the key writes: then a rule makes the values, and no file has the key."""
        datatypes = {value(term) for term in self.shapes.objects(part, SH.datatype)}
        return (
            bool(datatypes)
            and self.terms.keys[key].value_type is ValueType.DATE
            and self.terms.keys[key].datatype not in datatypes
        )


def _one_or_more(item: Schema) -> Schema:
    """Return the schema of a value or a list of values."""
    return {"anyOf": _alternatives(item)}


def _alternatives(item: Schema) -> list[Schema]:
    return [item, {"type": "array", "items": item}]


def _translations() -> Schema:
    each = _one_or_more(_ITEMS[ValueType.TEXT])
    return {
        "type": "object",
        "propertyNames": {"pattern": _LANGUAGE},
        "properties": {"de": each, "en": each},
        "additionalProperties": each,
    }
