"""The names of entities, and the entity that a label, alternative label, id or IRI names, or a suggestion."""

from __future__ import annotations

import re
import shlex
import warnings
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Final, NamedTuple

import pyoxigraph as ox

from itasgraph import messages
from itasgraph.entities.labels import NAMING, display_labels, is_iri, labels, select_each
from itasgraph.errors import AssumedName, UsageError
from itasgraph.store.memory import Graph
from itasgraph.store.queryable import Queryable
from itasgraph.util.spelling import nearest, spellings
from itasgraph.vocabulary import DC, DCTERMS, SKOS

if TYPE_CHECKING:
    from itasgraph.messages.codes import Code

# A part of a name with fewer characters occurs in too many names.
_SHORTEST_PART: Final = 3
_FOLDED: Final = "[^!-~]*"  # what folding replaces or drops: all characters but those of ASCII, and spaces
_LONGEST_PATTERN: Final = 200  # letters of a name; engines limit the length of patterns
_APOSTROPHE: Final = re.compile("['’‘ʼ`´]")
_MAX_IDS: Final = 10  # in one message

# How well a property names an entity: the least rank wins where a text fits several entities.
_RANKS: Final = {
    **dict.fromkeys(NAMING, 0),
    **dict.fromkeys((SKOS.altLabel, DCTERMS.title, DC.title), 1),
    SKOS.hiddenLabel: 2,
}
_NAME_PROPERTIES: Final = (
    f"VALUES (?property ?rank) {{ {' '.join(f'(<{iri}> {rank})' for iri, rank in _RANKS.items())} }}"
)


class Name(NamedTuple):
    """One of the names of an entity (an IRI); rank 0 is its own, higher ranks are alternatives."""

    entity: str
    text: str
    rank: int


def resolve(graph: Queryable, text: str, kind: str = "", lang: str = "en") -> ox.NamedNode:
    """Return the one entity that `text` names, in any case and with or without umlauts; of class `kind` (an IRI) where it is not empty.

    Where no name fits but `text` is a part of the names of one entity only, or the former id of an entity, return that entity
    and warn (AssumedName).
    Raise UsageError with the nearest name where no entity fits, and with a list of ids where several do.
    """
    iri = _as_iri(graph, text)
    if is_iri(iri) and _names_where(
        graph, kind, f"{_NAME_PROPERTIES} VALUES ?entity {{ <{iri}> }} ?entity ?property ?text ."
    ):
        return ox.NamedNode(iri)
    if successors := replacements(graph, [iri]).get(iri):
        return _successor(graph, text, successors, kind, lang)
    if not kind and _is_subject(graph, iri):
        return ox.NamedNode(iri)
    variants = spellings(text)
    matches = [name for name in _similar_names(graph, kind, variants) if variants & spellings(name.text)]
    best = min((name.rank for name in matches), default=0)
    entities = sorted({name.entity for name in matches if name.rank == best})
    if not entities:
        all_names = names(graph, kind)
        if others := _of_other_kinds(graph, text, kind):
            raise _other_kind(graph, text, others[0], kind, lang)
        entities = _partial_matches(text, all_names)
        if not entities:
            raise UsageError("unknown-name", name=text, nearest=_nearest_name(text, all_names))
        if len(entities) == 1:
            _warn("assumed-name", graph, text, entities[0], lang)
    if len(entities) > 1:
        raise UsageError("ambiguous-name", name=text, candidates=list_ids(graph, entities, lang))
    return ox.NamedNode(entities[0])


def _partial_matches(text: str, all_names: list[Name]) -> list[str]:
    """Return the entities `text` may name: by whole words of a name, else the start of a word, else words in any order."""
    parts = {part for part in spellings(text) if len(part) >= _SHORTEST_PART}
    pattern = "|".join(map(re.escape, sorted(parts)))
    for end in (r"\b", "") if parts else ():
        fits = re.compile(rf"\b(?:{pattern}){end}")
        entities = {name.entity for name in all_names if any(map(fits.search, spellings(name.text)))}
        if entities:
            return sorted(entities)
    return _by_words(text, all_names) if parts else []


def _by_words(text: str, all_names: list[Name]) -> list[str]:
    """Return the entities whose names or ids have exactly the words of `text`, in any order; else those that have more."""
    sets = [words for words in _word_sets(text) if any(len(word) >= _SHORTEST_PART for word in words)]
    same, more = set[str](), set[str]()
    for name in all_names:
        of_name = _word_sets(name.text) + _word_sets(name.entity.rpartition("/")[2])
        same |= {name.entity} if any(words in of_name for words in sets) else set()
        more |= {name.entity} if any(words <= all_ for words in sets for all_ in of_name) else set()
    return sorted(same or more)


def _word_sets(text: str) -> list[frozenset[str]]:
    """Return the words of each spelling of a text; an apostrophe separates two words, or belongs to one."""
    joined = [_APOSTROPHE.sub(mark, spelling) for spelling in spellings(text) for mark in ("", " ")]
    return [frozenset(re.findall(r"\w+", one)) for one in joined]


def _successor(graph: Queryable, text: str, successors: list[str], kind: str, lang: str) -> ox.NamedNode:
    """Return the entity of today for a former id. Raise UsageError where it is of another kind, or not the only one."""
    if len(successors) > 1:
        raise UsageError("ambiguous-name", name=text, candidates=list_ids(graph, successors, lang))
    (entity,) = successors
    if kind and not any(name.entity == entity for name in names(graph, kind)):
        raise _other_kind(graph, text, entity, kind, lang)
    _warn("replaced-id", graph, text, entity, lang)
    return ox.NamedNode(entity)


def _warn(code: Code, graph: Queryable, text: str, entity: str, lang: str) -> None:
    label = display_labels(graph, [entity], lang)[entity]
    warnings.warn(AssumedName(code, name=text, label=label, id=graph.compact(entity)), stacklevel=4)


def list_ids(graph: Queryable, entities: list[str], lang: str) -> str:
    """Return the ids of the entities; of many the first ones, and how many more there are."""
    ids = ", ".join(graph.compact(entity) for entity in entities[:_MAX_IDS])
    more = len(entities) - _MAX_IDS
    return messages.render("and-more", lang, names=ids, count=more) if more > 0 else ids


def _other_kind(graph: Queryable, text: str, other: str, kind: str, lang: str) -> UsageError:
    """Return the error that an entity of another kind has the name."""
    kinds = {row["kind"].value for row in graph.select(_KIND.replace("{entity}", f"<{other}>"))}
    kind_labels = labels(graph, {kind, *kinds}, lang)
    actual = next((kind_labels[one] for one in sorted(kinds) if one in kind_labels), "–")
    query, id_ = (shlex.quote(part) for part in (_query_for_all(graph, kind), graph.compact(other)))
    expected = kind_labels.get(kind, graph.compact(kind))
    return UsageError("wrong-kind", name=text, actual=actual, kind=expected, query=query, id=id_)


def _query_for_all(graph: Queryable, kind: str) -> str:
    """Return a query for all entities of a kind."""
    short = graph.compact(kind)
    return f"SELECT ?thing {{ ?thing a {short if short.partition(':')[0] in graph.prefixes else ox.NamedNode(kind)} }}"


def _of_other_kinds(graph: Queryable, text: str, kind: str) -> list[str]:
    """Return the entities of any kind that have the name, where only those of one kind were searched."""
    iri, variants = _as_iri(graph, text), spellings(text)
    all_names = names(graph) if kind else []
    return [name.entity for name in all_names if name.entity == iri or variants & spellings(name.text)]


def names(graph: Queryable, kind: str = "") -> list[Name]:
    """Return all names of all entities but the terms of vocabularies, or of the entities of class `kind` (an IRI)."""
    restriction = f"?entity a <{kind}> ." if kind else ""
    # Not with NOT IN, for which Virtuoso 7 answers “Stack Overflow”.
    rows = graph.select(f"""
        SELECT DISTINCT ?entity ?text ?rank ?prefix WHERE {{
          {_NAME_PROPERTIES}
          ?entity ?property ?text . {restriction}
          FILTER(isIRI(?entity) && isLiteral(?text))
          OPTIONAL {{ ?entity schema:honorificPrefix ?prefix }}
          MINUS {{ ?entity a ?class . {_IS_OWL} }}
          MINUS {{ ?entity rdfs:isDefinedBy ?vocabulary }}
        }}""")
    result: list[Name] = []
    # Sorted here, because ORDER BY takes Oxigraph a third of the query's time.
    for entity, text, rank, prefix in sorted(rows, key=_by_rank_and_text):
        result.append(Name(entity.value, text.value, int(rank.value)))
        if prefix is not None and int(rank.value) == 0:
            result.append(Name(entity.value, f"{prefix.value} {text.value}", 0))
    return result


def _similar_names(graph: Queryable, kind: str, variants: Collection[str]) -> list[Name]:
    """Return all names that have one of the spellings, among few others: the graph compares them, so that it sends few.

    Folding a name keeps its letters of ASCII, and makes others, or none, of all the rest.
    """
    condition = _has_pattern if isinstance(graph, Graph) else _has_letters
    similar = f"""{_NAME_PROPERTIES} ?entity ?property ?text . FILTER({condition("STR(?text)", variants)})"""
    prefixed = f"""
        ?entity schema:honorificPrefix ?before ; ?property ?text . BIND(0 AS ?rank)
        FILTER(?property IN ({", ".join(f"<{iri}>" for iri in NAMING)}))
        FILTER({condition('CONCAT(STR(?before), " ", STR(?text))', variants)})"""
    return [*_names_where(graph, kind, similar), *_names_where(graph, kind, prefixed)]


def _has_pattern(name: str, variants: Collection[str]) -> str:
    """Return the condition that a name may have one of the spellings, for our own engine, which never goes back in a text."""
    if any(len(one) > _LONGEST_PATTERN for one in variants):
        return "true"
    letters = ([char if char.isascii() and char.isalnum() else "." for char in one] for one in variants)
    patterns = "|".join(_FOLDED + "".join(f"{char}?{_FOLDED}" for char in one) for one in letters)
    return f'REGEX({name}, "^({patterns})$", "i")'


def _has_letters(name: str, variants: Collection[str]) -> str:
    """Return the condition that a name has the most letters that follow each other in a spelling, or others than those of ASCII.

    Other engines may need forever for the patterns of `_has_pattern`.
    """
    runs = {max(re.findall("[a-z0-9]+", one.replace(" ", "")) or [""], key=len) for one in variants}
    plain = f'LCASE(REPLACE({name}, " ", ""))'
    return " || ".join([f'REGEX({name}, "[^ -~]")', *(f'CONTAINS({plain}, "{run}")' for run in sorted(runs))])


def _names_where(graph: Queryable, kind: str, pattern: str) -> list[Name]:
    """Return the names in ?text, with their ?rank, that a pattern finds, as `names` does.

    What else `names` asks is asked of these entities in a second query: in one, Oxigraph would read it of all.
    """
    restriction = f"?entity a <{kind}> ." if kind else ""
    found = graph.select(f"""
        SELECT DISTINCT ?entity ?text ?rank WHERE {{
          {pattern} {restriction} FILTER(isIRI(?entity) && isLiteral(?text))
        }}""")
    rows = {(row["entity"].value, row["text"].value, int(row["rank"].value)) for row in found}
    others = list(select_each(graph, _PREFIX_AND_CLASS, {entity for entity, _, _ in rows}))
    terms = {row["iri"].value for row in others if row["class"] is not None or row["vocabulary"] is not None}
    prefixes: defaultdict[str, set[str]] = defaultdict(set)
    for row in others:
        if row["prefix"] is not None:
            prefixes[row["iri"].value].add(row["prefix"].value)
    result = [Name(*row) for row in rows if row[0] not in terms]
    with_prefix = [
        Name(one.entity, f"{prefix} {one.text}", 0)
        for one in result
        if not one.rank
        for prefix in prefixes.get(one.entity, ())
    ]
    return sorted([*result, *with_prefix])


def _by_rank_and_text(row: ox.QuerySolution) -> tuple[int, str, str]:
    """Return the key by which the rows of names are sorted."""
    return int(row["rank"].value), row["text"].value, row["entity"].value


def replacements(graph: Queryable, iris: Iterable[str] | None = None) -> dict[str, list[str]]:
    """Return former id or term → the IRIs of today, of those that have some; without `iris` of all.

    A term of another vocabulary counts only where the graph does not use it.
    """
    successors: dict[str, list[str]] = {}
    for row in select_each(graph, _REPLACEMENTS, iris):
        successors.setdefault(row["iri"].value, []).append(row["new"].value)
    return successors


def _nearest_name(text: str, all_names: list[Name]) -> str:
    """Return the name spelled most like the text, else the name with the word spelled most like it."""
    words = {word: name.text for name in reversed(all_names) for word in name.text.split()}
    return nearest(text, (name.text for name in all_names)) or words.get(nearest(text, words), "")


def _as_iri(graph: Queryable, text: str) -> str:
    if text.startswith(("http://", "https://")):
        return text
    prefix, colon, local = text.partition(":")
    return graph.prefixes[prefix] + local if colon and prefix in graph.prefixes else graph.base + text


def _is_subject(graph: Queryable, iri: str) -> bool:
    if not is_iri(iri):  # a name with spaces, for example
        return False
    rows = graph.select(f"SELECT ?property WHERE {{ <{iri}> ?property ?value }} LIMIT 1")
    return any(True for _ in rows)


_REPLACEMENTS: Final = """
    SELECT DISTINCT ?iri ?new WHERE {
      VALUES ?iri { %s }
      { ?iri dcterms:isReplacedBy ?new }
      UNION {
        ?new itas:insteadOf ?iri .
        FILTER NOT EXISTS { ?subject ?iri ?object } FILTER NOT EXISTS { ?instance a ?iri }
      }
    } ORDER BY ?iri ?new"""
_IS_OWL: Final = """
            FILTER(STRSTARTS(STR(?class), STR(owl:)) && ?class != owl:NamedIndividual && ?class != owl:Thing)"""
_PREFIX_AND_CLASS: Final = f"""
    SELECT DISTINCT ?iri ?prefix ?class ?vocabulary WHERE {{
      VALUES ?iri {{ %s }}
      OPTIONAL {{ ?iri schema:honorificPrefix ?prefix }}
      OPTIONAL {{ ?iri a ?class . {_IS_OWL} }}
      OPTIONAL {{ ?iri rdfs:isDefinedBy ?vocabulary }}
    }}"""
_KIND: Final = """
    SELECT DISTINCT ?kind WHERE {
      { {entity} itas:kind ?kind }
      UNION { {entity} a ?kind FILTER(?kind != owl:Class) FILTER NOT EXISTS { {entity} itas:kind ?any } }
    }"""
