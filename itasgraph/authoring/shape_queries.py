"""Shapes (SHACL core) as SPARQL: for each shape with targets a query that asks whether an entry violates it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

import pyoxigraph as ox

from itasgraph.authoring.shape_constraints import OF_PROPERTIES, OF_VALUES, TARGETS, UnknownConstraint, sparql
from itasgraph.authoring.shape_nodes import NO_CONSTRAINTS, ShapeNodes
from itasgraph.store.queryable import Term

# The entries that violate sh:equals of {0} and {1}, all at once. The targets are tested last, on hardly any entry.
_UNEQUAL: Final = """{{ SELECT ?v0 {{
    {{ ?v0 {0} ?v1 MINUS {{ ?v0 {1} ?v1 }} }} UNION {{ ?v0 {1} ?v1 MINUS {{ ?v0 {0} ?v1 }} }}
}} }} FILTER(EXISTS {{ {2} }})"""
# Parameters whose value is a shape or a list.
_STRUCTURED: Final = frozenset({"sh:not", "sh:or", "sh:property", "sh:in", "sh:languageIn"})


class _Scope(NamedTuple):
    """The variable of the entry to which a shape applies, the path of the shape if it has one, and the depth of nesting.

    `is_required` tells whether each target of the outermost shape has to conform to this one.
    """

    entry: str
    path: str
    depth: int
    is_required: bool

    @property
    def value(self) -> str:
        return f"?v{self.depth + 1}" if self.path else self.entry


class ShapeQueries:
    """The shapes of a file as queries, as far as queries can express them.

    A query finds a violation exactly where pySHACL makes a result, on data with the literals that `conformance` admits.
    """

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self._nodes = ShapeNodes(triples)
        # The paths that sh:equals compares for all targets of a shape.
        self._equal_paths: list[tuple[str, str]] = []

    def violation_queries(self) -> dict[Term, str | None]:
        """Return for each shape with targets the ASK query whether an entry violates it; None where no query expresses it.

        Other nodes with terms of SHACL have None, too, where no query expresses them: pySHACL may refuse the file for them.
        """
        queries: dict[Term, str | None] = {}
        for node in sorted(self._nodes, key=self._nodes.is_untargeted):
            if self._nodes.is_untargeted(node) and (node in self._nodes.expressed or not self._nodes.is_shacl(node)):
                continue
            query = self._query(node)
            if query is None or not self._nodes.is_untargeted(node):
                queries[node] = query
        return queries

    def _query(self, node: Term) -> str | None:
        self._equal_paths = []
        try:
            condition = self._shape_condition(node, "?v0", 0, is_required=True)
            targets = [
                template.format(sparql(key, term))
                for key, template in TARGETS.items()
                for term in self._nodes.statements(node).get(key, ())
            ]
        except UnknownConstraint:
            return None
        target = " UNION ".join(targets)
        violations = [
            f"{{ SELECT DISTINCT ?v0 {{ {target} }} }} FILTER(!({condition}))",
            *(_UNEQUAL.format(*paths, target) for paths in self._equal_paths),
        ]
        return f"ASK {{ {' UNION '.join(f'{{ {violation} }}' for violation in violations)} }}"

    def _shape_condition(self, node: Term, entry: str, depth: int, *, is_required: bool = False) -> str:
        """Return the condition that an entry conforms to the shape `node`."""
        statements = self._nodes.shape(node, depth)
        scope = _Scope(
            entry, self._nodes.path(statements["sh:path"][0]) if "sh:path" in statements else "", depth, is_required
        )
        constraints = [(key, term) for key, terms in statements.items() if key not in NO_CONSTRAINTS for term in terms]
        of_values = OF_VALUES.keys() | _STRUCTURED
        conditions = [self._property_condition(key, term, scope) for key, term in constraints if key not in of_values]
        on_values = [self._value_condition(key, term, scope) for key, term in constraints if key in of_values]
        if scope.path and on_values:
            violation = f"{entry} {scope.path} {scope.value} FILTER(!({' && '.join(on_values)}))"
            conditions.append(f"NOT EXISTS {{ {violation} }}")
        self._nodes.expressed.add(node)
        return " && ".join(conditions if scope.path else on_values) or "true"

    def _property_condition(self, key: str, term: Term, scope: _Scope) -> str:
        if not scope.path:
            raise UnknownConstraint
        if key == "sh:qualifiedValueShape":
            condition = self._shape_condition(term, scope.value, scope.depth + 1)
            return f"EXISTS {{ {scope.entry} {scope.path} {scope.value} FILTER({condition}) }}"
        if key not in OF_PROPERTIES:
            raise UnknownConstraint
        if key == "sh:equals" and scope.is_required and scope.entry == "?v0":
            self._equal_paths.append((scope.path, sparql(key, term)))
            return "true"
        other = f"?w{scope.depth + 1}"
        return OF_PROPERTIES[key].format(scope.entry, scope.path, sparql(key, term), scope.value, other)

    def _value_condition(self, key: str, term: Term, scope: _Scope) -> str:
        match key:
            case "sh:property":
                if "sh:path" not in self._nodes.statements(term):
                    raise UnknownConstraint
                is_required = scope.is_required and not scope.path
                return self._shape_condition(term, scope.value, scope.depth + 1, is_required=is_required)
            case "sh:not":
                condition = self._shape_condition(term, scope.value, scope.depth + 1)
                if " <= " in condition or " >= " in condition:
                    raise UnknownConstraint  # to pySHACL, true and any date are less than any number
                return f"!({condition})"
            case "sh:or":
                members = [
                    self._shape_condition(member, scope.value, scope.depth + 1)
                    for member in self._nodes.list_items(term)
                ]
                return f"({' || '.join(f'({member})' for member in members)})"
            case "sh:in":
                return f"({scope.value} IN ({', '.join(sparql(key, item) for item in self._nodes.list_items(term))}))"
            case "sh:languageIn":
                languages = [
                    f"LANGMATCHES(LANG({scope.value}), {sparql(key, item)})" for item in self._nodes.list_items(term)
                ]
                return f"COALESCE({' || '.join(languages)}, false)"
        return OF_VALUES[key].format(scope.value, sparql(key, term))
