"""What things are called: the labels of the IRIs asked for, and of no others, so that a large graph costs no more."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox

from itasgraph import messages
from itasgraph.store.graph import Queryable, Term, value
from itasgraph.vocabulary import RDFS, XSD

_DATES: Final = (XSD.date, XSD.gYearMonth, XSD.dateTime)

# So many IRIs are asked for at once: few enough for an endpoint, enough for few questions.
_MOST: Final = 200
_QUESTION: Final = """
    SELECT ?thing ?label WHERE {{
      VALUES ?thing {{ {things} }} ?thing <{RDFS.label}> ?label . FILTER(isLiteral(?label))
    }}"""


def labels(graph: Queryable, iris: Iterable[str], lang: str) -> dict[str, str]:
    """The label of each thing that has one: in `lang` where there is one, else in no language, else in any."""
    asked = sorted({iri for iri in iris if can_be_asked(iri)})
    found: dict[str, tuple[int, str]] = {}
    for start in range(0, len(asked), _MOST):
        things = " ".join(f"<{iri}>" for iri in asked[start : start + _MOST])
        for row in graph.select(_QUESTION.format(things=things, RDFS=RDFS)):
            label = row["label"]
            ranked = (0 if label.language == lang else 1 if not label.language else 2, label.value)
            thing = row["thing"].value
            found[thing] = min(found.get(thing, ranked), ranked)
    return {thing: label for thing, (_, label) in found.items()}


def can_be_asked(iri: str) -> bool:
    """Whether SPARQL can hold the IRI: data read without being checked may have one that ends the query early."""
    try:
        ox.NamedNode(iri)
    except ValueError:
        return False
    return True


def written(term: Term, lang: str) -> str:
    """Return a value as people of the language write it: days and months, that is; programs get them as they are."""
    dated = isinstance(term, ox.Literal) and term.datatype.value in _DATES
    return messages.day(value(term), lang) if dated else value(term)
