"""The context a JSON-LD file goes out with: the project's, with a key for each property that data files have none for."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import pyoxigraph as ox

from itasgraph.parsing.iri_compaction import IriCompactor
from itasgraph.parsing.jsonld_context import Context
from itasgraph.vocabulary import RDF, XSD

# The plain triples of relations whose names are those of the relations themselves stand together under a key, and so do
# the statements about a thing (JSON-LD 1.1, sections 4.9 and 4.8).
SHORTCUTS: Final = "shortcuts"
STATEMENTS: Final = "statements"
NESTING: Final = {SHORTCUTS: "@nest", STATEMENTS: {"@reverse": RDF.subject, "@container": "@set"}}
_WORD: Final = re.compile(r"[A-Za-z][\w-]*", re.ASCII)
# What would change texts that have no language.
_DEFAULTS: Final = ("@language", "@direction")

Node = Mapping[str, list[Any]]
Json = Any


def completed(terms: Context, known: Iterable[str], nodes: Iterable[Node]) -> Context:
    """The context with keys for the properties of `nodes` that are not `known`: each called as it is behind its prefix.

    Where two would be called the same, or a key is called so already, the name keeps its prefix.
    """
    uses = _uses(nodes)
    compactor = IriCompactor(terms.prefixes, "")
    compact = {iri: name for iri in sorted(uses.keys() - {RDF.type, *known}) if (name := compactor.prefixed_name(iri))}
    taken = Counter(map(_word, compact.values())) + Counter([*terms.raw, SHORTCUTS, STATEMENTS])
    keys: dict[str, Json] = {}
    for iri, name in compact.items():
        free = _WORD.fullmatch(_word(name)) and taken[_word(name)] == 1
        keys[_word(name) if free else name] = {"@id": name, **_coerced(*uses[iri], compactor)}
    ordered = sorted(keys.items(), key=lambda item: (":" in item[0], item[0]))
    return Context({**terms.raw, **dict(ordered), **terms.raw})


def _word(name: str) -> str:
    return name.partition(":")[2]


def _uses(nodes: Iterable[Node]) -> dict[str, tuple[set[str], bool]]:
    """Property → what its values are (see `_kind`), and whether one thing has several."""
    found: dict[str, tuple[set[str], bool]] = {}
    for node in nodes:
        for predicate, objects in node.items():
            kinds, several = found.get(predicate, (set(), False))
            kinds.update(map(_kind, objects))
            found[predicate] = (kinds, several or len(objects) > 1)
    return found


def _kind(object_: Any) -> str:
    """`@id` for a thing, `@language` for a text in a language, "" for what no definition of a key fits, else the datatype."""
    if not isinstance(object_, ox.Literal):
        return "@id"
    if object_.direction:
        return ""
    return "@language" if object_.language else object_.datatype.value


def _coerced(kinds: set[str], several: bool, compactor: IriCompactor) -> dict[str, str]:
    """The rest of a definition under which such values are plain strings."""
    if "@language" in kinds and kinds <= {"@language", XSD.string}:
        return {"@container": "@language"}
    many = {"@container": "@set"} if several else {}
    kind = next(iter(kinds)) if len(kinds) == 1 else XSD.string
    if kind != "@id" and (kind == XSD.string or not kind.startswith(XSD.iri)):
        return many
    return {"@type": kind if kind == "@id" else compactor.prefixed_name(kind) or kind, **many}


def written(terms: Context, used: set[str]) -> str:
    """The context as JSON, a line for each entry: what is `used`, and what that builds upon."""
    raw = {name: meaning for name, meaning in {**terms.raw, **NESTING, **terms.raw}.items() if name not in _DEFAULTS}
    kept = {name for name in raw if name in used or name.startswith("@")}
    built = used | {word.partition(":")[0] for name in kept for word in _words(raw[name])}
    lines = (f"    {_json(name)}: {_json(meaning)}" for name, meaning in raw.items() if name in kept or name in built)
    return "{\n" + ",\n".join(lines) + "\n  }"


def _words(meaning: Json) -> Iterator[str]:
    """The strings in a definition."""
    if isinstance(meaning, str):
        yield meaning
    elif isinstance(meaning, list | dict):
        for part in meaning.values() if isinstance(meaning, dict) else meaning:
            yield from _words(part)


def _json(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False)
