"""Shapes (SHACL core) as SPARQL: for each shape with targets a query that asks whether an entry violates it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Final, NamedTuple

import pyoxigraph as ox

from itasgraph.authoring.malformed_shapes import PREFIXES
from itasgraph.store.queryable import Term
from itasgraph.vocabulary import RDF, RDFS, SH, XSD

# The predicate from an entry to each of its classes, those above its types included, and the function that applies a pattern;
# only the store that answers the queries has them.
INSTANCE: Final = ox.NamedNode("urn:itasgraph:instance")
MATCHES: Final = ox.NamedNode("urn:itasgraph:matches")

_TARGETS: Final[Mapping[str, str]] = {
    "sh:targetClass": f"{{{{ ?v0 {INSTANCE} {{0}} }}}}",
    "sh:targetSubjectsOf": "{{ ?v0 {0} ?other }}",
    "sh:targetObjectsOf": "{{ ?other {0} ?v0 }}",
}
# Constraints on each value node (SHACL, sections 4.1 to 4.4): the condition on the value node {0}, where {1} is the value of
# the parameter. No condition raises an error, which sh:not could not turn into its contrary.
_OF_VALUES: Final[Mapping[str, str]] = {
    "sh:class": f"EXISTS {{{{ {{0}} {INSTANCE} {{1}} }}}}",
    "sh:datatype": "COALESCE(DATATYPE({0}) = {1}, false)",
    "sh:nodeKind": f"({{1}} = <{SH.iri}IRI> && isIRI({{0}}) || {{1}} = <{SH.iri}Literal> && isLiteral({{0}}))",
    "sh:minInclusive": "COALESCE({0} >= {1}, false)",
    "sh:maxInclusive": "COALESCE({0} <= {1}, false)",
    "sh:pattern": f"COALESCE({MATCHES}(STR({{0}}), {{1}}), false)",
}
# Constraints on all value nodes together (sections 4.2, 4.4, 4.5 and 4.8): the condition on the entry {0}, where {1} is the
# path, {2} the value of the parameter, and {3} and {4} are variables for value nodes.
_OF_PROPERTIES: Final[Mapping[str, str]] = {
    "sh:minCount": "EXISTS {{ {0} {1} {3} }}",
    "sh:maxCount": "NOT EXISTS {{ {0} {1} {3} , {4} FILTER({2} = 0 || !sameTerm({3}, {4})) }}",
    "sh:uniqueLang": """NOT EXISTS {{ {0} {1} {3} , {4}
        FILTER(!sameTerm({3}, {4}) && LANG({3}) != "" && LCASE(LANG({3})) = LCASE(LANG({4}))) }}""",
    "sh:hasValue": "EXISTS {{ {0} {1} {2} }}",
    "sh:disjoint": "NOT EXISTS {{ {0} {1} {3} . {0} {2} {3} }}",
    "sh:equals": """NOT EXISTS {{ {0} {1} {3} FILTER NOT EXISTS {{ {0} {2} {3} }} }}
        && NOT EXISTS {{ {0} {2} {3} FILTER NOT EXISTS {{ {0} {1} {3} }} }}""",
}
# Parameters whose value is a shape or a list.
_STRUCTURED: Final = frozenset({"sh:not", "sh:or", "sh:property", "sh:in", "sh:languageIn"})
_DESCRIPTIONS: Final = frozenset({"sh:message", "sh:name", "sh:description", "sh:severity"})
_NO_CONSTRAINTS: Final = _TARGETS.keys() | _DESCRIPTIONS | {"rdf:type", "sh:path", "sh:qualifiedMinCount"}
# What a shape may have several times; pySHACL refuses a shape that repeats another parameter.
_REPEATABLE: Final = (
    _TARGETS.keys()
    | _DESCRIPTIONS
    | {"sh:class", "sh:pattern", "sh:hasValue", "sh:disjoint", "sh:equals", "sh:not", "sh:or", "sh:property"}
)
# pySHACL refuses shapes and paths that nest deeper.
_MAX_DEPTH: Final = 8
# Oxigraph answers a path that is only a sequence by joining all pairs of its steps, an alternative from the node it knows.
_AS_ALTERNATIVE: Final = "({0}|<urn:itasgraph:nothing>)"


class UnknownConstraint(Exception):
    """No query expresses a part of the shape."""


class _Scope(NamedTuple):
    """The variable of the entry to which a shape applies, the path of the shape if it has one, and the depth of nesting."""

    entry: str
    path: str
    depth: int

    @property
    def value(self) -> str:
        return f"?v{self.depth + 1}" if self.path else self.entry


class ShapeQueries:
    """The shapes of a file as queries, as far as queries can express them.

    A query finds a violation exactly where pySHACL makes a result, on data with the literals that `conformance` admits.
    """

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self._nodes: dict[Term, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
        for triple in triples:
            self._nodes[triple.subject][_compact(triple.predicate)].append(triple.object)
        self._expressed: set[Term] = set()

    def violation_queries(self) -> dict[Term, str | None]:
        """Return for each shape with targets the ASK query whether an entry violates it; None where no query expresses it.

        Other nodes with terms of SHACL have None, too, where no query expresses them: pySHACL may refuse the file for them.
        """
        queries: dict[Term, str | None] = {}
        for node in sorted(self._nodes, key=self._is_untargeted):
            if self._is_untargeted(node) and (node in self._expressed or not self._is_shacl(node)):
                continue
            query = self._query(node)
            if query is None or not self._is_untargeted(node):
                queries[node] = query
        return queries

    def _is_untargeted(self, node: Term) -> bool:
        return _TARGETS.keys().isdisjoint(self._nodes[node])

    def _is_shacl(self, node: Term) -> bool:
        terms = [*self._nodes[node], *map(_compact, self._nodes[node].get("rdf:type", ()))]
        return any(term.startswith("sh:") for term in terms)

    def _query(self, node: Term) -> str | None:
        try:
            condition = self._shape_condition(node, "?v0", 0)
            targets = [
                template.format(_sparql(key, term))
                for key, template in _TARGETS.items()
                for term in self._nodes[node].get(key, ())
            ]
        except UnknownConstraint:
            return None
        return f"ASK {{ {{ SELECT DISTINCT ?v0 {{ {' UNION '.join(targets)} }} }} FILTER(!({condition})) }}"

    def _shape_condition(self, node: Term, entry: str, depth: int) -> str:
        """Return the condition that an entry conforms to the shape `node`."""
        statements = self._nodes.get(node, {})
        _check_statements(statements, depth)
        scope = _Scope(entry, self._path(statements["sh:path"][0], 0) if "sh:path" in statements else "", depth)
        constraints = [(key, term) for key, terms in statements.items() if key not in _NO_CONSTRAINTS for term in terms]
        of_values = _OF_VALUES.keys() | _STRUCTURED
        conditions = [self._property_condition(key, term, scope) for key, term in constraints if key not in of_values]
        on_values = [self._value_condition(key, term, scope) for key, term in constraints if key in of_values]
        if scope.path and on_values:
            violation = f"{entry} {scope.path} {scope.value} FILTER(!({' && '.join(on_values)}))"
            conditions.append(f"NOT EXISTS {{ {violation} }}")
        self._expressed.add(node)
        return " && ".join(conditions if scope.path else on_values) or "true"

    def _property_condition(self, key: str, term: Term, scope: _Scope) -> str:
        if not scope.path:
            raise UnknownConstraint
        if key == "sh:qualifiedValueShape":
            condition = self._shape_condition(term, scope.value, scope.depth + 1)
            return f"EXISTS {{ {scope.entry} {scope.path} {scope.value} FILTER({condition}) }}"
        if key not in _OF_PROPERTIES:
            raise UnknownConstraint
        other = f"?w{scope.depth + 1}"
        return _OF_PROPERTIES[key].format(scope.entry, scope.path, _sparql(key, term), scope.value, other)

    def _value_condition(self, key: str, term: Term, scope: _Scope) -> str:
        match key:
            case "sh:property":
                if "sh:path" not in self._nodes.get(term, {}):
                    raise UnknownConstraint
                return self._shape_condition(term, scope.value, scope.depth + 1)
            case "sh:not":
                condition = self._shape_condition(term, scope.value, scope.depth + 1)
                if " <= " in condition or " >= " in condition:
                    raise UnknownConstraint  # to pySHACL, true and any date are less than any number
                return f"!({condition})"
            case "sh:or":
                members = [
                    self._shape_condition(member, scope.value, scope.depth + 1) for member in self._list_items(term)
                ]
                return f"({' || '.join(f'({member})' for member in members)})"
            case "sh:in":
                return f"({scope.value} IN ({', '.join(_sparql(key, item) for item in self._list_items(term))}))"
            case "sh:languageIn":
                languages = [
                    f"LANGMATCHES(LANG({scope.value}), {_sparql(key, item)})" for item in self._list_items(term)
                ]
                return f"COALESCE({' || '.join(languages)}, false)"
        return _OF_VALUES[key].format(scope.value, _sparql(key, term))

    def _path(self, node: Term, depth: int) -> str:
        """Return a path of SHACL (section 2.3.1) as a path of SPARQL."""
        if isinstance(node, ox.NamedNode):
            return str(node)
        match {key: terms for key, terms in self._nodes.get(node, {}).items() if depth <= _MAX_DEPTH}:
            case {"sh:inversePath": [ox.NamedNode() as step], **others} if not others:
                path = f"^{step}"
            case {"sh:alternativePath": [members], **others} if not others:
                path = f"({'|'.join(self._path(item, depth + 1) for item in self._list_items(members, 2))})"
            case {"rdf:first": _, "rdf:rest": _}:
                steps = [self._path(item, depth + at) for at, item in enumerate(self._list_items(node, 2), 1)]
                path = _AS_ALTERNATIVE.format("/".join(steps))
            case _:
                raise UnknownConstraint
        self._expressed.add(node)
        return path

    def _list_items(self, node: Term, least: int = 1) -> list[Term]:
        """Return the members of a list that has at least as many."""
        items: list[Term] = []
        while node != _NIL and len(items) <= len(self._nodes):
            match dict(self._nodes.get(node, {})):
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
    qualified = [*map(str, statements.get("sh:qualifiedMinCount", ()))] == [_ONE]
    if (
        not statements
        or depth > _MAX_DEPTH
        or repeated
        or list(map(_compact, statements.get("rdf:type", ()))) not in ([], shape)
        or ("sh:qualifiedValueShape" in statements or "sh:qualifiedMinCount" in statements) != qualified
    ):
        raise UnknownConstraint


def _sparql(key: str, term: Term) -> str:
    """Return the value of a parameter as SPARQL. Raise UnknownConstraint where the condition is not right for it."""
    if not _ARGUMENTS.get(key, _is_iri)(term):
        raise UnknownConstraint
    return str(term)


def _is_iri(term: Term) -> bool:
    return isinstance(term, ox.NamedNode)


def _is_datatype(term: Term) -> bool:
    return isinstance(term, ox.NamedNode) and not term.value.startswith(RDFS.iri)


def _is_number(term: Term) -> bool:
    """Return whether a term is a number that Oxigraph and Python compare alike."""
    return re.fullmatch(rf'"-?[0-9]{{1,15}}([.][0-9]{{1,15}})?"\^\^<{XSD.iri}(integer|decimal)>', str(term)) is not None


def _is_pattern(term: Term) -> bool:
    try:
        return isinstance(term, ox.Literal) and term.datatype.value == XSD.string and bool(re.compile(term.value))
    except re.error:
        return False


def _is_language(term: Term) -> bool:
    return re.fullmatch('"[A-Za-z]+"', str(term)) is not None


def _is_one_of(*values: str) -> Callable[[Term], bool]:
    return lambda term: str(term) in values


_NIL: Final = ox.NamedNode(f"{RDF.iri}nil")
_ZERO, _ONE = (str(ox.Literal(number)) for number in (0, 1))
# Parameter → whether the conditions are right for its value; those of the other parameters are IRIs.
_ARGUMENTS: Final[Mapping[str, Callable[[Term], bool]]] = {
    "sh:datatype": _is_datatype,
    "sh:nodeKind": _is_one_of(f"<{SH.iri}IRI>", f"<{SH.iri}Literal>"),
    "sh:pattern": _is_pattern,
    "sh:minInclusive": _is_number,
    "sh:maxInclusive": _is_number,
    "sh:languageIn": _is_language,
    "sh:minCount": _is_one_of(_ONE),
    "sh:maxCount": _is_one_of(_ZERO, _ONE),
    "sh:uniqueLang": _is_one_of(str(ox.Literal(True))),
}
