"""The entries of a project as findings name them: their IRIs, their names, and where a file describes them."""

from __future__ import annotations

from itasgraph.parsing.jsonld_context import ValueType
from itasgraph.store.compiler import Compiled


def entry_iris(compiled: Compiled) -> set[str]:
    """Return the IRIs of the entries that data files describe."""
    return {iri for document in compiled.documents for iri in document.described}


def entry_name(focus: str, compiled: Compiled) -> str:
    """Return the name of an entry in data files; that of a relation is "owner, key: target"."""
    name = compiled.context.compact(focus).partition("#")[0]
    for key in compiled.context.keys.values():
        owner, separator, target = name.partition(f"/{key.name}/")
        if key.value_type is ValueType.RELATIONS and separator:
            return f"{owner}, {key.name}: {target}"
    return name
