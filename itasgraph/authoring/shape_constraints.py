"""The constraints of SHACL core that a query expresses, each as a condition of SPARQL."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

import pyoxigraph as ox

from itasgraph.store.queryable import Term
from itasgraph.vocabulary import RDFS, SH, XSD

# The predicate from an entry to each of its classes, those above its types included, and the function that applies a pattern;
# only the store that answers the queries has them.
INSTANCE: Final = ox.NamedNode("urn:itasgraph:instance")
MATCHES: Final = ox.NamedNode("urn:itasgraph:matches")

# The entries ?v0 to which a shape applies (section 2.1.3), where {0} is the value of the parameter.
TARGETS: Final[Mapping[str, str]] = {
    "sh:targetClass": f"{{{{ ?v0 {INSTANCE} {{0}} }}}}",
    "sh:targetSubjectsOf": "{{ ?v0 {0} ?other }}",
    "sh:targetObjectsOf": "{{ ?other {0} ?v0 }}",
}
# Constraints on each value node (SHACL, sections 4.1 to 4.4): the condition on the value node {0}, where {1} is the value of
# the parameter. No condition raises an error, which sh:not could not turn into its contrary.
OF_VALUES: Final[Mapping[str, str]] = {
    "sh:class": f"EXISTS {{{{ {{0}} {INSTANCE} {{1}} }}}}",
    "sh:datatype": "COALESCE(DATATYPE({0}) = {1}, false)",
    "sh:nodeKind": f"({{1}} = <{SH.iri}IRI> && isIRI({{0}}) || {{1}} = <{SH.iri}Literal> && isLiteral({{0}}))",
    "sh:minInclusive": "COALESCE({0} >= {1}, false)",
    "sh:maxInclusive": "COALESCE({0} <= {1}, false)",
    "sh:pattern": f"COALESCE({MATCHES}(STR({{0}}), {{1}}), false)",
}
# Constraints on all value nodes together (sections 4.2, 4.4, 4.5 and 4.8): the condition on the entry {0}, where {1} is the
# path, {2} the value of the parameter, and {3} and {4} are variables for value nodes.
OF_PROPERTIES: Final[Mapping[str, str]] = {
    "sh:minCount": "EXISTS {{ {0} {1} {3} }}",
    "sh:maxCount": "NOT EXISTS {{ {0} {1} {3} , {4} FILTER({2} = 0 || !sameTerm({3}, {4})) }}",
    "sh:uniqueLang": """NOT EXISTS {{ {0} {1} {3} , {4}
        FILTER(!sameTerm({3}, {4}) && LANG({3}) != "" && LCASE(LANG({3})) = LCASE(LANG({4}))) }}""",
    "sh:hasValue": "EXISTS {{ {0} {1} {2} }}",
    "sh:disjoint": "NOT EXISTS {{ {0} {1} {3} . {0} {2} {3} }}",
    "sh:equals": """NOT EXISTS {{ {0} {1} {3} FILTER NOT EXISTS {{ {0} {2} {3} }} }}
        && NOT EXISTS {{ {0} {2} {3} FILTER NOT EXISTS {{ {0} {1} {3} }} }}""",
}


class UnknownConstraint(Exception):
    """No query expresses a part of the shape."""


def sparql(key: str, term: Term) -> str:
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


_ZERO, ONE = (str(ox.Literal(number)) for number in (0, 1))
# Parameter → whether the conditions are right for its value; those of the other parameters are IRIs.
_ARGUMENTS: Final[Mapping[str, Callable[[Term], bool]]] = {
    "sh:datatype": _is_datatype,
    "sh:nodeKind": _is_one_of(f"<{SH.iri}IRI>", f"<{SH.iri}Literal>"),
    "sh:pattern": _is_pattern,
    "sh:minInclusive": _is_number,
    "sh:maxInclusive": _is_number,
    "sh:languageIn": _is_language,
    "sh:minCount": _is_one_of(ONE),
    "sh:maxCount": _is_one_of(_ZERO, ONE),
    "sh:uniqueLang": _is_one_of(str(ox.Literal(True))),
}
