"""The parts of a picture for other tools: its query with all declarations, and the namespaces and names of its Turtle."""

from __future__ import annotations

from typing import Final

from itasgraph.parsing import sparql_tokens
from itasgraph.picture.contract import Namespaces, Sparql, StatementReference
from itasgraph.store.queryable import Queryable
from itasgraph.vocabulary import DCTERMS, ITAS, ORG, PROV, RDF, RDFS, SKOS

_VOCABULARIES: Final = (DCTERMS, ITAS, ORG, PROV, RDF, RDFS, SKOS)


def parts(graph: Queryable, query: str) -> Sparql:
    """Return the prologue of a query, with the declarations that other tools need and we do not, and the rest of the query."""
    text = "\n".join(line for line in query.splitlines() if not line.lstrip().startswith("#"))
    prologue = sparql_tokens.prologue(text)
    missing = sorted(sparql_tokens.undeclared_prefixes(text, graph.prefixes).items())
    declarations = [
        *([] if prologue.base else [f"BASE <{graph.base}>"]),
        *(f"PREFIX {prefix}: <{namespace}>" for prefix, namespace in missing),
        *text[: prologue.end].strip().splitlines(),
    ]
    return {"prologue": "\n".join(declarations), "query": text[prologue.end :].strip()}


# --- Turtle ---------------------------------------------------------------------------------------------------------------

Proof = tuple[str, str, str, str, str]
"""Source, relation and target of an edge, a quote, and the IRI of its source ("" where none is stated)."""


def namespaces(graph: Queryable) -> Namespaces:
    """Return the base and the prefixes that compact IRIs, and the vocabularies that the Turtle of a page uses."""
    vocabularies = {vocabulary.__name__.lower(): vocabulary.iri for vocabulary in _VOCABULARIES}
    return {"base": graph.base, "prefixes": dict(graph.prefixes), "vocabularies": vocabularies}


def alternative_labels(graph: Queryable) -> dict[str, dict[str, list[str]]]:
    """Return the alternative labels of each entity by language ("" for none)."""
    labels: dict[str, dict[str, list[str]]] = {}
    for row in graph.select(_OTHER_NAMES):
        labels.setdefault(row["entity"].value, {}).setdefault(row["text"].language or "", []).append(row["text"].value)
    return labels


def statements(graph: Queryable) -> dict[Proof, StatementReference]:
    """Return for each quote of an edge the `id` of its statement in the graph, which is `typed` where it is an rdf:Statement."""
    statements_by_evidence: dict[Proof, StatementReference] = {}
    for row in graph.select(_STATEMENTS):
        edge = row["source"].value, row["relation"].value, row["target"].value
        document = row["document"].value if row["document"] else ""
        statement: StatementReference = {"id": row["statement"].value}
        if row["typed"].value == "true":
            statement["typed"] = True
        statements_by_evidence.setdefault((*edge, row["quote"].value, document), statement)
    return statements_by_evidence


_OTHER_NAMES: Final = """
    SELECT DISTINCT ?entity ?text WHERE {
      ?entity itas:kind ?kind ; skos:altLabel ?text FILTER(isLiteral(?text))
    } ORDER BY ?entity ?text"""
_STATEMENTS: Final = """
    SELECT DISTINCT ?statement ?source ?relation ?target ?quote ?document (BOUND(?type) AS ?typed) WHERE {
      { ?statement rdf:subject ?source ; rdf:predicate ?relation ; rdf:object ?target }
      UNION { ?statement a itas:Appearance ; org:member ?source ; org:organization ?target BIND(org:organization AS ?relation) }
      ?statement itas:quote ?quote .
      OPTIONAL { ?statement dcterms:source ?document }
      OPTIONAL { ?statement a ?type FILTER(?type = rdf:Statement) }
      FILTER(isIRI(?statement))
    } ORDER BY ?statement"""
