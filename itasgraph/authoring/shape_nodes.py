"""The nodes of a file of shapes: their statements by predicate, their paths and lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import pyoxigraph as ox

from itasgraph.authoring.malformed_shapes import PREFIXES
from itasgraph.authoring.shape_constraints import ONE, TARGETS, UnknownConstraint
from itasgraph.store.queryable import Term
from itasgraph.vocabulary import RDF

_DESCRIPTIONS: Final = frozenset({"sh:message", "sh:name", "sh:description", "sh:severity"})
NO_CONSTRAINTS: Final = TARGETS.keys() | _DESCRIPTIONS | {"rdf:type", "sh:path", "sh:qualifiedMinCount"}
# What a shape may have several times; pySHACL refuses a shape that repeats another parameter.
_REPEATABLE: Final = (
    TARGETS.keys()
    | _DESCRIPTIONS
    | {"sh:class", "sh:pattern", "sh:hasValue", "sh:disjoint", "sh:equals", "sh:not", "sh:or", "sh:property"}
)
# pySHACL refuses shapes and paths that nest deeper.
_MAX_DEPTH: Final = 8
# Oxigraph answers a path that is only a sequence by joining all pairs of its steps, an alternative from the node it knows.
_AS_ALTERNATIVE: Final = "({0}|<urn:itasgraph:nothing>)"
_NIL: Final = ox.NamedNode(f"{RDF.iri}nil")


class ShapeNodes:
    """The nodes of a file of shapes; `expressed` collects those that a query expresses."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self._nodes: dict[Term, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
        for triple in triples:
            self._nodes[triple.subject][_compact(triple.predicate)].append(triple.object)
        self.expressed: set[Term] = set()

    def __iter__(self) -> Iterator[Term]:
        return iter(self._nodes)

    def statements(self, node: Term) -> Mapping[str, list[Term]]:
        """Return the statements of a node: predicate → values."""
        return self._nodes.get(node, {})

    def shape(self, node: Term, depth: int) -> Mapping[str, list[Term]]:
        """Return the statements of a shape. Raise UnknownConstraint where they are not those of one shape that pySHACL accepts."""
        statements = self.statements(node)
        _check_statements(statements, depth)
        return statements

    def is_untargeted(self, node: Term) -> bool:
        """Return whether a node is no shape with targets."""
        return TARGETS.keys().isdisjoint(self.statements(node))

    def is_shacl(self, node: Term) -> bool:
        """Return whether a node has terms of SHACL."""
        statements = self.statements(node)
        terms = [*statements, *map(_compact, statements.get("rdf:type", ()))]
        return any(term.startswith("sh:") for term in terms)

    def path(self, node: Term, depth: int = 0) -> str:
        """Return a path of SHACL (section 2.3.1) as a path of SPARQL."""
        if isinstance(node, ox.NamedNode):
            return str(node)
        match {key: terms for key, terms in self.statements(node).items() if depth <= _MAX_DEPTH}:
            case {"sh:inversePath": [ox.NamedNode() as step], **others} if not others:
                path = f"^{step}"
            case {"sh:alternativePath": [members], **others} if not others:
                path = f"({'|'.join(self.path(item, depth + 1) for item in self.list_items(members, 2))})"
            case {"rdf:first": _, "rdf:rest": _}:
                steps = [self.path(item, depth + at) for at, item in enumerate(self.list_items(node, 2), 1)]
                path = _AS_ALTERNATIVE.format("/".join(steps))
            case _:
                raise UnknownConstraint
        self.expressed.add(node)
        return path

    def list_items(self, node: Term, least: int = 1) -> list[Term]:
        """Return the members of a list that has at least as many."""
        items: list[Term] = []
        while node != _NIL and len(items) <= len(self._nodes):
            match dict(self.statements(node)):
                case {"rdf:first": [item], "rdf:rest": [rest], **others} if not others:
                    items.append(item)
                    node = rest
                case _:
                    raise UnknownConstraint
        if len(items) < least or node != _NIL:  # a list in a circle has no end
            raise UnknownConstraint
        return items


def _compact(term: Term) -> str:
    """Return an IRI with the prefix of SHACL or RDF, any other term in N-Triples."""
    if isinstance(term, ox.NamedNode):
        for prefix in ("sh", "rdf"):
            if term.value.startswith(PREFIXES[prefix]):
                return f"{prefix}:{term.value.removeprefix(PREFIXES[prefix])}"
    return str(term)


def _check_statements(statements: Mapping[str, list[Term]], depth: int) -> None:
    """Raise UnknownConstraint where the statements are not those of one shape that pySHACL accepts."""
    shape = ["sh:PropertyShape" if "sh:path" in statements else "sh:NodeShape"]
    repeated = any(len(terms) > 1 and key not in _REPEATABLE for key, terms in statements.items())
    qualified = [*map(str, statements.get("sh:qualifiedMinCount", ()))] == [ONE]
    if (
        not statements
        or depth > _MAX_DEPTH
        or repeated
        or list(map(_compact, statements.get("rdf:type", ()))) not in ([], shape)
        or ("sh:qualifiedValueShape" in statements or "sh:qualifiedMinCount" in statements) != qualified
    ):
        raise UnknownConstraint
