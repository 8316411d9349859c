"""The context of a JSON-LD file: the context of the project, and a key for each property without a key in data files."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

import pyoxigraph as ox

from itasgraph.parsing.iri_compaction import IriCompactor
from itasgraph.parsing.jsonld_context import Context
from itasgraph.util.json_values import Json
from itasgraph.vocabulary import RDF, XSD

# One key holds the plain triples of relations, whose own keys hold the relations themselves; another one holds the statements
# about an entity (JSON-LD 1.1, sections 4.9 and 4.8).
SHORTCUTS: Final = "shortcuts"
STATEMENTS: Final = "statements"
NESTING: Final[dict[str, Json]] = {SHORTCUTS: "@nest", STATEMENTS: {"@reverse": RDF.subject, "@container": "@set"}}
_WORD: Final = re.compile(r"[A-Za-z][\w-]*", re.ASCII)
# These entries would change texts without a language.
_DEFAULTS: Final = ("@language", "@direction")

Value = ox.NamedNode | ox.BlankNode | ox.Literal
Node = dict[str, list[Value]]


def complete(terms: Context, known: Iterable[str], nodes: Iterable[Node], reserved: Collection[str] = ()) -> Context:
    """Return the context with keys for the properties of `nodes` that are not `known`, each named by its local name.

    Where two local names or a key are the same, or a local name is `reserved`, the name keeps its prefix.
    """
    uses = _uses(nodes)
    compactor = IriCompactor(terms.prefixes, "")
    compact = {iri: name for iri in sorted(uses.keys() - {RDF.type, *known}) if (name := compactor.prefixed_name(iri))}
    name_counts = Counter(map(_local_name, compact.values())) + Counter([*terms.raw, SHORTCUTS, STATEMENTS, *reserved])
    keys: dict[str, Json] = {}
    for iri, name in compact.items():
        free = _WORD.fullmatch(_local_name(name)) and name_counts[_local_name(name)] == 1
        keys[_local_name(name) if free else name] = {"@id": name, **_coercion(*uses[iri], compactor)}
    ordered = sorted(keys.items(), key=lambda item: (":" in item[0], item[0]))
    return Context({**terms.raw, **dict(ordered), **terms.raw})


def without_scheme_names(terms: Context, schemes: Collection[str]) -> Context:
    """Return the context without the entries whose names are `schemes` of IRIs in the data, their meaning spelled out elsewhere.

    A reader would take the IRI `xsd:date`, whose scheme is xsd, for a compact IRI (JSON-LD 1.1 API, section 5.2.2, step 6.3).
    """
    names = terms.raw.keys() & set(schemes)
    if not names:
        return terms
    prefixes = {name: terms.prefixes[name] for name in names if name in terms.prefixes}
    raw = {name: _spell_out(meaning, prefixes) for name, meaning in terms.raw.items() if name not in names}
    return Context(raw)


def _spell_out(meaning: Json, prefixes: Mapping[str, str]) -> Json:
    """Return a definition in which IRIs with these prefixes are in full."""
    if isinstance(meaning, dict):
        return {key: _spell_out(part, prefixes) for key, part in meaning.items()}
    if not isinstance(meaning, str):
        return meaning
    prefix, colon, local = meaning.partition(":")
    return prefixes[prefix] + local if colon and prefix in prefixes and not local.startswith("//") else meaning


def _local_name(name: str) -> str:
    return name.partition(":")[2]


def _uses(nodes: Iterable[Node]) -> dict[str, tuple[set[str], bool]]:
    """Return property → the kinds of its values (see `_kind`), and whether one node has several."""
    uses: dict[str, tuple[set[str], bool]] = {}
    for node in nodes:
        for predicate, objects in node.items():
            kinds, several = uses.get(predicate, (set(), False))
            kinds.update(map(_kind, objects))
            uses[predicate] = (kinds, several or len(objects) > 1)
    return uses


def _kind(object_: Value) -> str:
    """Return `@id` for a node, `@language` for a text in a language, "" for a text with a direction, which no key can define, else the datatype."""
    if not isinstance(object_, ox.Literal):
        return "@id"
    if object_.direction:
        return ""
    return "@language" if object_.language else object_.datatype.value


def _coercion(kinds: set[str], several: bool, compactor: IriCompactor) -> dict[str, str]:
    """Return the rest of a key's definition under which values of these kinds are plain strings."""
    if "@language" in kinds and kinds <= {"@language", XSD.string}:
        return {"@container": "@language"}
    many = {"@container": "@set"} if several else {}
    kind = next(iter(kinds)) if len(kinds) == 1 else XSD.string
    if kind != "@id" and (kind == XSD.string or not kind.startswith(XSD.iri)):
        return many
    return {"@type": kind if kind == "@id" else compactor.prefixed_name(kind) or kind, **many}


def to_json(terms: Context, used: set[str]) -> str:
    """Return the context as JSON, a line for each entry: the `used` entries, and the entries to which these refer."""
    raw = {name: meaning for name, meaning in {**terms.raw, **NESTING, **terms.raw}.items() if name not in _DEFAULTS}
    entries = {name for name in raw if name in used or name.startswith("@")}
    referenced = used | {word.partition(":")[0] for name in entries for word in _strings(raw[name])}
    lines = (
        f"    {_json(name)}: {_json(meaning)}" for name, meaning in raw.items() if name in entries or name in referenced
    )
    return "{\n" + ",\n".join(lines) + "\n  }"


def _strings(meaning: Json) -> Iterator[str]:
    """Yield the strings in a definition."""
    if isinstance(meaning, str):
        yield meaning
    elif isinstance(meaning, list | dict):
        for part in meaning.values() if isinstance(meaning, dict) else meaning:
            yield from _strings(part)


def _json(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False)
