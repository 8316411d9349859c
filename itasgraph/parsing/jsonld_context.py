"""The JSON-LD context of a project: which key means which property (JSON-LD 1.1, section 4.1)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from itasgraph.errors import Finding, InvalidProject, Location
from itasgraph.parsing import nesting
from itasgraph.parsing.iri_compaction import SCHEME, IriCompactor
from itasgraph.project import Project
from itasgraph.util import files
from itasgraph.util.json_values import Json

# Characters that RDF 1.1 Concepts (section 3.2, after RFC 3987) forbids in IRIs, and those that some triple store refuses.
# pyoxigraph drops a triple silently if its IRI has a space, "|" or a broken %-escape.
# Only new data need these patterns; `re` compiles them then.
_FORBIDDEN: Final = r"[\x00-\x20\x7f-\xa0<>\"{}|\\^`\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]|%(?![0-9A-Fa-f]{2})"
# The characters with which no id may begin, and "." and "..", which resolution would remove (RFC 3986, section 5.2.4).
_UNUSUAL: Final = r"^[@/.#?]|^_:|(?<=/)\.{1,2}(?=/|$)"
_HARMLESS: Final = r"[Hh][Tt][Tt][Pp][Ss]?|mailto"
_SCHEME: Final = f"({SCHEME}):"


class ValueType(Enum):
    """The type of the value of a key."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    REFERENCE = "reference"
    TRANSLATIONS = "translations"
    RELATIONS = "relations"
    STATEMENTS = "statements"
    ID = "id"
    TYPE = "type"


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a data file: its name, the IRI of its property, and the type of its value.

    `index` is the key that holds the target of a relation (`@index`), `datatype` the IRI of the datatype of literals.
    """

    name: str
    iri: str
    value_type: ValueType
    index: str = ""
    datatype: str = ""


@dataclass(frozen=True)
class Context:
    """A JSON-LD context, interpreted as far as the readers of data files need it; pyoxigraph makes triples of them."""

    raw: Mapping[str, Json]

    @classmethod
    def of_prefixes(cls, prefixes: Mapping[str, str], base: str) -> Context:
        """Return a context that knows these prefixes (prefix → namespace) and the base, but no key."""
        return cls({"@base": base, **prefixes})

    @cached_property
    def base(self) -> str:
        return str(self.raw["@base"])

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """Return prefix → namespace of the terms whose value ends as a namespace does (JSON-LD 1.1, section 4.2.2)."""
        return {
            k: v for k, v in self.raw.items() if not k.startswith("@") and isinstance(v, str) and v.endswith(("#", "/"))
        }

    @cached_property
    def types(self) -> dict[str, str]:
        """Return the names of classes in data files → their IRIs."""
        return {
            k: self.expand(v)
            for k, v in self.raw.items()
            if isinstance(v, str) and not k.startswith("@") and not v.startswith("@") and k not in self.prefixes
        }

    @cached_property
    def keys(self) -> dict[str, Key]:
        keys = {k: Key(k, "", _KEYWORDS[v]) for k, v in self.raw.items() if isinstance(v, str) and v in _KEYWORDS}
        for name, definition in self.raw.items():
            if isinstance(definition, dict) and not name.startswith("@"):
                datatype = definition.get("@type", "")
                keys[name] = Key(
                    name,
                    self.expand(definition["@id"]),
                    _value_type(definition),
                    definition.get("@index", ""),
                    self.expand(datatype) if datatype and not datatype.startswith("@") else "",
                )
        return keys

    @cached_property
    def reviews(self) -> frozenset[str]:
        """Return the keys that lead to no statement (JSON-LD 1.1, section 4.1.2: "null"): below them, values wait for a decision."""
        return frozenset(
            name for name, definition in self.raw.items() if definition is None and not name.startswith("@")
        )

    def expand(self, iri: str) -> str:
        """Return the absolute IRI of a compact, relative or absolute one."""
        scheme = re.match(_SCHEME, iri)
        if scheme is None:
            return self.base + iri
        prefix = scheme.group(1)
        return self.prefixes[prefix] + iri[len(prefix) + 1 :] if prefix in self.prefixes else iri

    def compact(self, iri: str) -> str:
        """Return the shortest form of an IRI that a data file can hold: relative to the base or compact, else itself."""
        return self._compactor.compact(iri)

    @cached_property
    def _compactor(self) -> IriCompactor:
        return IriCompactor(self.prefixes, self.base)

    def fault_of(self, iri: str) -> str:
        """Return the character or scheme that keeps `iri` out of the graph, or an empty string."""
        bad, unusual = re.search(_FORBIDDEN, iri), re.search(_UNUSUAL, iri)
        if bad or not iri:
            return ascii(bad.group()) if bad else '""'
        if unusual:
            return iri[unusual.start() :][:2]
        scheme = re.match(_SCHEME, iri)
        if scheme and not re.fullmatch(_HARMLESS, scheme.group(1)) and scheme.group(1) not in self.prefixes:
            return scheme.group()
        if scheme is None and "//" in iri:
            return "//"
        try:
            ox.NamedNode(self.expand(iri))
        except ValueError as error:
            return str(error)
        return ""


_KEYWORDS: Final = {"@id": ValueType.ID, "@type": ValueType.TYPE, "@graph": ValueType.STATEMENTS}
_NUMBERS: Final = ("xsd:integer", "xsd:decimal")
_DATES: Final = ("xsd:date", "xsd:gYearMonth", "xsd:gYear", "xsd:time", "dcterms:W3CDTF")


def containers(definition: Json) -> list[Json]:
    """Return the containers in the definition of a term."""
    container = definition.get("@container", []) if isinstance(definition, dict) else []
    return container if isinstance(container, list) else [container]


def _value_type(definition: Mapping[str, Json]) -> ValueType:
    if "@index" in containers(definition):
        return ValueType.RELATIONS
    if "@language" in containers(definition):
        return ValueType.TRANSLATIONS
    kind = definition.get("@type", "")
    if kind == "@id":
        return ValueType.REFERENCE
    if kind in _NUMBERS:
        return ValueType.NUMBER
    return ValueType.DATE if kind in _DATES else ValueType.TEXT


def locations(project: Project) -> dict[str, Location]:
    """Return term → where its definition begins in the context of a project; JSON is YAML, whose parser counts lines."""
    import yaml

    from itasgraph.parsing.yaml_loader import location_of
    from itasgraph.parsing.yaml_syntax import compose

    filename = project.filename(project.context)
    root = compose(files.read(project.context, filename), filename).root
    contexts = (
        [value for key, value in root.value if key.value == "@context"] if isinstance(root, yaml.MappingNode) else []
    )
    terms = [key for context in contexts if isinstance(context, yaml.MappingNode) for key, _ in context.value]
    return {str(key.value): location_of(key, filename) for key in terms}


def load(project: Project) -> Context:
    """Load the context of a project. Raises as `read` does."""
    return read(project.context, project.filename(project.context))


def read(path: Path, filename: str) -> Context:
    """Read `ontology/context.jsonld`. Raises FileError if it cannot be read, InvalidProject if it is no context."""
    return parse(files.read(path, filename), filename)


def parse(content: bytes, filename: str) -> Context:
    """Parse the content of `ontology/context.jsonld`. Raises InvalidProject if it is no context."""
    try:
        nesting.check(content, nesting.json)
        document = json.loads(content.decode("utf-8-sig"))
    except nesting.TooDeep as error:
        raise InvalidProject([error.finding(filename)]) from error
    except UnicodeDecodeError as error:
        raise InvalidProject([Finding.of(Location(filename), "not-utf8")]) from error
    except json.JSONDecodeError as error:
        raise InvalidProject(
            [Finding.of(Location(filename, error.lineno, error.colno), "invalid-json", reason=error.msg)]
        ) from error
    except ValueError as error:  # a number of more digits than Python reads
        raise InvalidProject(
            [Finding.of(Location(filename), "invalid-json", reason=str(error).partition(";")[0])]
        ) from error
    raw = document.get("@context") if isinstance(document, dict) else None
    if not isinstance(raw, dict) or not isinstance(raw.get("@base"), str):
        raise InvalidProject([Finding.of(Location(filename), "context-without-base")])
    terms = Context(raw)
    remote = [n for n, d in raw.items() if n == "@import" or (isinstance(d, dict) and "@context" in d)]
    if remote:
        raise InvalidProject([Finding.of(Location(filename), "remote-context", term=term) for term in remote])
    faults = [
        Finding.of(Location(filename), "invalid-term", term=name, reason=reason) for name, reason in _faults(terms)
    ]
    if faults:
        raise InvalidProject(faults)
    try:
        list(
            ox.parse(json.dumps({"@context": raw}), ox.RdfFormat.JSON_LD)
        )  # otherwise each data file would report the fault
    except SyntaxError as error:
        raise InvalidProject([Finding.of(Location(filename), "invalid-context", reason=error.msg)]) from error
    return terms


def parse_sound(content: bytes) -> Context:
    """Parse the content of an `ontology/context.jsonld` in which `parse` found no fault."""
    return Context(json.loads(content.decode("utf-8-sig"))["@context"])


def _faults(terms: Context) -> Iterator[tuple[str, str]]:
    """Yield the terms without a property or with an undeclared prefix, which pyoxigraph would drop silently, with the reason."""
    if terms.fault_of(terms.base) or not re.match(r"https?://.*[/#]\Z", terms.base):
        yield "@base", ascii(terms.base)
    for name, definition in terms.raw.items():
        if (
            name.startswith("@")
            or name in terms.reviews
            or (isinstance(definition, str) and definition.startswith("@"))
        ):
            continue
        parts = definition if isinstance(definition, dict) else {"@id": definition}
        for key in ("@id", "@type"):
            iri = parts.get(key, "@none")
            if not isinstance(iri, str) or (key == "@id" and iri == "@none"):
                yield name, f"{key} {parts.get(key)!a}"
            elif not iri.startswith("@") and not terms.expand(iri).startswith(("http://", "https://")):
                yield name, iri
            elif re.search(_FORBIDDEN, terms.expand(iri)):
                yield name, ascii(iri)
