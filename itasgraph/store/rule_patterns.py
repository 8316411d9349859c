"""The statements that a rule may read, as far as its text says so: a rule need not run again while none of these changes.

A rule has such patterns only if all that it consists of is known here. Then its result depends on nothing but the set of the
statements that match its patterns: it has no clock, no chance, no limit and no new blank nodes, no relation is a variable, and no
path of length zero begins at every node of the graph (SPARQL 1.1, section 18.4).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any, Final, NamedTuple

from rdflib import BNode, Literal, URIRef, Variable
from rdflib.paths import AlternativePath, InvPath, MulPath, Path, SequencePath
from rdflib.plugins.sparql.algebra import translatePath, translatePName, translatePrologue, traverse
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

# The parts of a query whose result is the same for the same statements, in the names of rdflib's parser.
_KNOWN: Final = re.compile(
    "Bind|Filter|GraphGraphPattern|GroupGraphPatternSub|GroupOrUnionGraphPattern|InlineData|MinusGraphPattern"
    "|OptionalGraphPattern|SubSelect|TriplesBlock|vars"
    "|(?:Additive|ConditionalAnd|ConditionalOr|Multiplicative|Relational)Expression|Unary(?:Minus|Not|Plus)"
    "|Builtin_(?:BOUND|COALESCE|CONCAT|CONTAINS|DATATYPE|ENCODE_FOR_URI|EXISTS|IF|IRI|LANG|LANGMATCHES|LCASE|NOTEXISTS|REGEX"
    "|REPLACE|STR|STRAFTER|STRBEFORE|STRDT|STRENDS|STRLANG|STRLEN|STRSTARTS|SUBSTR|UCASE|URI|is(?:BLANK|IRI|LITERAL|NUMERIC|URI)"
    "|sameTerm)"
)
_ANGLE_BRACKETS: Final = re.compile(r"<[^<>\s]*>")
_PLAIN_IRI: Final = re.compile(r"<(?:[a-z]+:[^<>\s]*)?>")
_OWN_BASE: Final = re.compile(r"\bbase\b", re.IGNORECASE)


class Pattern(NamedTuple):
    """The statements that a rule may read: the IRI of their relation and, where the rule states it, that of their object."""

    predicate: str
    object: str | None


class _Unknown(Exception):
    """A rule may read any statement, or derive something else from the same ones."""


def patterns_of(text: str, prefixes: Mapping[str, str], base: str) -> frozenset[Pattern] | None:
    """Return the patterns of the statements that a rule may read; None where the text does not say it."""
    if "\\" in text or not all(map(_PLAIN_IRI.fullmatch, _ANGLE_BRACKETS.findall(text))):
        return None  # Oxigraph and rdflib do not read all escapes and comparisons alike
    if "<>" in text and ("#" in base or _OWN_BASE.search(text)):
        return None  # rdflib keeps the fragment of the base
    try:
        declared, query = parseQuery(text)
        prologue = translatePrologue(declared, base, dict(prefixes))
        resolved = traverse(query, visitPost=partial(translatePName, prologue=prologue))
        return frozenset(_of_query(traverse(resolved, visitPost=translatePath)))
    except Exception:  # rdflib and pyparsing raise errors of many kinds for what they do not understand
        return None


def _of_query(query: CompValue) -> Iterator[Pattern]:
    if query.name != "ConstructQuery" or query.keys() != {"template", "where"}:
        raise _Unknown
    if any(isinstance(term, BNode) for terms in query.template for term in terms):
        raise _Unknown
    yield from _of_part(query.where)


def _of_part(part: Any) -> Iterator[Pattern]:
    """Yield the patterns of a part of a query, and of all that it holds."""
    if isinstance(part, CompValue):
        yield from _of_operator(part)
    elif not isinstance(part, str):  # terms are strings
        for one in part:
            yield from _of_part(one)


def _of_operator(operator: CompValue) -> Iterator[Pattern]:
    if not _KNOWN.fullmatch(operator.name):
        raise _Unknown
    if operator.name == "TriplesBlock":
        yield from _of_triples(list(_triples(operator.triples)))
        return
    patterns = list(_of_part(list(operator.values())))
    if operator.name == "GraphGraphPattern" and not _needs_a_statement(operator.graph):
        raise _Unknown  # it matches each graph, whatever it holds
    yield from patterns


def _needs_a_statement(group: CompValue) -> bool:
    """Return whether a group matches only where one of its own triples does, whatever its other parts match."""
    blocks = (part for part in group.get("part") or () if part.name == "TriplesBlock")
    return any(not _may_be_empty(predicate) for block in blocks for _, predicate, _ in _triples(block.triples))


def _triples(triples: Iterable[Any]) -> Iterator[tuple[Any, Any, Any]]:
    """Yield the triples of a block, which has them in flat lists of subjects, predicates and objects."""
    for one in triples:
        flat = list(one)
        if len(flat) % 3:
            raise _Unknown
        yield from zip(flat[::3], flat[1::3], flat[2::3], strict=True)


def _of_triples(triples: list[tuple[Any, Any, Any]]) -> Iterator[Pattern]:
    matched = {end for one in triples if not _may_be_empty(one[1]) for end in (one[0], one[2])}
    for subject, predicate, object_ in triples:
        if not all(isinstance(term, (Variable, BNode, URIRef, Literal)) for term in (subject, object_)):
            raise _Unknown
        if _may_be_empty(predicate) and not any(
            isinstance(end, Variable) and end in matched for end in (subject, object_)
        ):
            raise _Unknown
        if isinstance(predicate, URIRef):
            yield Pattern(str(predicate), str(object_) if isinstance(object_, URIRef) else None)
        else:
            yield from (Pattern(iri, None) for iri in _relations(predicate))


def _may_be_empty(path: Any) -> bool:
    """Return whether a path may lead from a node to itself without a statement."""
    match path:
        case URIRef():
            return False
        case MulPath(path=inner, mod=mod):
            return mod in ("*", "?") or _may_be_empty(inner)
        case InvPath(arg=inner):
            return _may_be_empty(inner)
        case SequencePath(args=inner):
            return all(map(_may_be_empty, inner))
        case AlternativePath(args=inner):
            return any(map(_may_be_empty, inner))
    raise _Unknown  # a variable, or all relations but some


def _relations(path: Path | URIRef) -> Iterator[str]:
    match path:
        case URIRef():
            yield str(path)
        case MulPath(path=inner) | InvPath(arg=inner):
            yield from _relations(inner)
        case SequencePath(args=inner) | AlternativePath(args=inner):
            for one in inner:
                yield from _relations(one)
        case _:
            raise _Unknown
