"""The conformance of a graph to shapes: queries find the shapes that pySHACL need not validate."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox

from itasgraph.authoring.malformed_shapes import PREFIXES
from itasgraph.authoring.shape_constraints import INSTANCE, MATCHES
from itasgraph.authoring.shape_queries import ShapeQueries
from itasgraph.store.queryable import Term

_INSTANCES: Final = f"INSERT {{ ?entry {INSTANCE} ?class }} WHERE {{ ?entry rdf:type/rdfs:subClassOf* ?class }}"
# The datatypes of which rdflib, and therefore pySHACL, reads these literals as Oxigraph does: the same are valid and equal, and
# they have the same text. Elsewhere the two differ, for example on time zones and on very great numbers.
_YEAR, _TIME = "[1-9][0-9]{3}", "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
_NOTATIONS: Final = {
    "boolean": "true|false",
    "date": f"{_YEAR}-[0-9]{{2}}-[0-9]{{2}}",
    "dateTime": f"{_YEAR}-[0-9]{{2}}-[0-9]{{2}}T{_TIME}",
    "decimal": r"-?[0-9]{1,15}([.][0-9]{1,15})?",
    "gYear": _YEAR,
    "gYearMonth": f"{_YEAR}-(0[1-9]|1[0-2])",
    "integer": "-?[0-9]{1,15}",
    "time": _TIME,
}
_IS_SAFE: Final = " || ".join(
    f'DATATYPE(?value) = xsd:{name} && DATATYPE(xsd:{name}(STR(?value))) = xsd:{name} && REGEX(STR(?value), "^({notation})$")'
    for name, notation in _NOTATIONS.items()
)
# Datatypes of other vocabularies have no notation that rdflib knows.
_UNSAFE_LITERAL: Final = f"""ASK {{
    {{ SELECT DISTINCT ?value {{
        ?entry ?property ?value
        FILTER(isTRIPLE(?value) || isLiteral(?value) && DATATYPE(?value) NOT IN (xsd:string, rdf:langString, xsd:anyURI))
    }} }}
    FILTER(!COALESCE(
        !STRSTARTS(STR(DATATYPE(?value)), STR(xsd:)) && !STRSTARTS(STR(DATATYPE(?value)), STR(rdf:)) || {_IS_SAFE}, false))
}}"""


def violated_shapes(shapes: Iterable[ox.Triple], data: bytes) -> set[Term]:
    """Return the shapes that pySHACL has to validate: an entry violates them, or no query expresses them.

    `data` is N-Triples. The other shapes have no result in a report.
    """
    queries = ShapeQueries(shapes).violation_queries()
    store = ox.Store()
    store.load(data, ox.RdfFormat.N_TRIPLES)
    if _holds(store, _UNSAFE_LITERAL):
        return set(queries)
    store.update(_INSTANCES, prefixes=PREFIXES)
    return {shape for shape, query in queries.items() if query is None or _holds(store, query)}


def _holds(store: ox.Store, query: str) -> bool:
    answer = store.query(query, prefixes=PREFIXES, custom_functions={MATCHES: _matches})
    assert isinstance(answer, ox.QueryBoolean)
    return bool(answer)


def _matches(text: Term, pattern: Term) -> ox.Literal:
    """Apply a regular expression as pySHACL does, whose expressions are those of Python."""
    assert isinstance(text, ox.Literal)
    assert isinstance(pattern, ox.Literal)
    return ox.Literal(re.search(pattern.value, text.value) is not None)
