"""What a picture hands out to other tools: its query with the declarations that ours need not make, and what Turtle needs."""

from __future__ import annotations

from typing import Any, Final

from itasgraph.parsing import sparql_tokens
from itasgraph.store.queryable import Queryable


def parts(graph: Queryable, query: str) -> dict[str, str]:
    """Its prologue, and the rest, which may stand in braces as part of another query."""
    text = "\n".join(line for line in query.splitlines() if not line.lstrip().startswith("#"))
    own = sparql_tokens.prologue(text)
    missing = sorted(sparql_tokens.undeclared_prefixes(text, graph.prefixes).items())
    declarations = [
        *([] if own.base else [f"BASE <{graph.base}>"]),
        *(f"PREFIX {prefix}: <{namespace}>" for prefix, namespace in missing),
        *text[: own.end].strip().splitlines(),
    ]
    return {"prologue": "\n".join(declarations), "query": text[own.end :].strip()}


# --- Turtle ---------------------------------------------------------------------------------------------------------------

Proven = tuple[str, str, str, str, str]
"""Source, relation and target of an edge, the words, and the IRI of the document they are from ("" where none is stated)."""


def shortening(graph: Queryable) -> dict[str, Any]:
    """The base and the prefixes that make IRIs short."""
    return {"base": graph.base, "prefixes": dict(graph.prefixes)}


def other_names(graph: Queryable) -> dict[str, dict[str, list[str]]]:
    """Thing → language ("" for none) → its alternative labels."""
    found: dict[str, dict[str, list[str]]] = {}
    for row in graph.select(_OTHER_NAMES):
        found.setdefault(row["thing"].value, {}).setdefault(row["text"].language or "", []).append(row["text"].value)
    return found


def statements(graph: Queryable) -> dict[Proven, dict[str, Any]]:
    """Words that prove an edge → `id` of the statement in the graph that has them, and `typed` if it is an rdf:Statement."""
    found: dict[Proven, dict[str, Any]] = {}
    for row in graph.select(_STATEMENTS):
        edge = row["source"].value, row["relation"].value, row["target"].value
        document = row["document"].value if row["document"] else ""
        said: dict[str, Any] = {"id": row["statement"].value}
        said |= {"typed": True} if row["typed"].value == "true" else {}
        found.setdefault((*edge, row["quote"].value, document), said)
    return found


_OTHER_NAMES: Final = """
    SELECT DISTINCT ?thing ?text WHERE {
      ?thing itas:kind ?kind ; skos:altLabel ?text FILTER(isLiteral(?text))
    } ORDER BY ?thing ?text"""
_STATEMENTS: Final = """
    SELECT DISTINCT ?statement ?source ?relation ?target ?quote ?document (BOUND(?type) AS ?typed) WHERE {
      { ?statement rdf:subject ?source ; rdf:predicate ?relation ; rdf:object ?target }
      UNION { ?statement org:member ?source ; org:organization ?target BIND(org:organization AS ?relation) }
      ?statement itas:quote ?quote .
      OPTIONAL { ?statement dcterms:source ?document }
      OPTIONAL { ?statement a ?type FILTER(?type = rdf:Statement) }
      FILTER(isIRI(?statement))
    } ORDER BY ?statement"""
