"""A query of ours such that any SPARQL client understands it: with the declarations that ours need not make."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from itasgraph.graph import Queryable

_PROLOGUE: Final = re.compile(r"\s*((?:PREFIX\s+\S*\s*<[^>]*>|BASE\s+<[^>]*>)\s*)*", re.IGNORECASE)


def parts(graph: Queryable, query: str) -> dict[str, str]:
    """Its prologue, and the rest, which may stand in braces as part of another query."""
    text = "\n".join(line for line in query.splitlines() if not line.lstrip().startswith("#"))
    own = _PROLOGUE.match(text)
    assert own is not None
    body = text[own.end() :].strip()
    return {"prologue": "\n".join([*_declared(graph, own[0], body), *own[0].strip().splitlines()]), "query": body}


def _declared(graph: Queryable, own: str, body: str) -> Iterator[str]:
    """What our queries need not declare, as far as this one uses it and does not declare it itself."""
    if not re.search(r"\bBASE\s*<", own, re.IGNORECASE):
        yield f"BASE <{graph.base}>"
    declared = set(re.findall(r"PREFIX\s+([^\s:]*):", own, re.IGNORECASE))
    for prefix, iri in sorted(graph.prefixes.items()):
        if prefix not in declared and re.search(rf"(?<![\w-]){re.escape(prefix)}:", body):
            yield f"PREFIX {prefix}: <{iri}>"
