"""A label, alternative label, id or IRI → the thing meant, or "did you mean"."""

from __future__ import annotations

import re
import shlex
import warnings
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from itasgraph import messages
from itasgraph.entities.labels import labels
from itasgraph.errors import AssumedName, UsageError
from itasgraph.store.queryable import Queryable
from itasgraph.util.spelling import nearest, spellings

# From this many characters on, a part of a name tells which name may be meant.
_TELLING: Final = 3
_APOSTROPHE: Final = re.compile("['’‘ʼ`´]")
_MOST: Final = 10  # things that a message lists

# How well a property names a thing: the better one wins where a text fits several things.
_NAMED_BY = """
    VALUES (?property ?rank) {
      (rdfs:label 0) (schema:name 0) (skos:altLabel 1) (dcterms:title 1) (skos:hiddenLabel 2)
    }"""


@dataclass(frozen=True, slots=True)
class Name:
    """One of the names of a thing; rank 0 is its own, higher ones are alternatives."""

    thing: str
    text: str
    rank: int


def resolve(graph: Queryable, text: str, kind: str = "", lang: str = "en") -> ox.NamedNode:
    """Return the one thing `text` names, in any case and with or without umlauts; of class `kind` (an IRI) where given.

    Where nothing is called so, but `text` is a part of the name of one thing only, that thing is meant: a warning
    (AssumedName) says so. Raises UsageError where nothing is (with the nearest name) or several things are (listing them).
    """
    known = names(graph, kind)
    iri = _as_iri(graph, text)
    if any(name.thing == iri for name in known) or (not kind and _is_subject(graph, iri)):
        return ox.NamedNode(iri)
    wanted = spellings(text)
    fitting = [name for name in known if wanted & spellings(name.text)]
    best = min((name.rank for name in fitting), default=0)
    things = sorted({name.thing for name in fitting if name.rank == best})
    if not things:
        if others := _others(graph, text, kind):
            raise _other_kind(graph, text, others[0], kind, lang)
        things = _candidates(text, known)
        if not things:
            raise UsageError("unknown-name", name=text, nearest=_nearest(text, known))
        if len(things) == 1:
            _warn(graph, text, things[0], lang)
    if len(things) > 1:
        raise UsageError("ambiguous-name", name=text, candidates=listed(graph, things, lang))
    return ox.NamedNode(things[0])


def _candidates(text: str, known: list[Name]) -> list[str]:
    """Return the things `text` may mean: whole words of a name, else the beginning of a word, else words in any order."""
    wanted = {part for part in spellings(text) if len(part) >= _TELLING}
    pattern = "|".join(map(re.escape, sorted(wanted)))
    for end in (r"\b", "") if wanted else ():
        fits = re.compile(rf"\b(?:{pattern}){end}")
        found = {name.thing for name in known if any(map(fits.search, spellings(name.text)))}
        if found:
            return sorted(found)
    return _by_words(text, known) if wanted else []


def _by_words(text: str, known: list[Name]) -> list[str]:
    """Return the things whose names or ids have the words of `text`, whatever their order and punctuation; exactly these first."""
    wanted = [words for words in _words(text) if any(len(word) >= _TELLING for word in words)]
    same, more = set[str](), set[str]()
    for name in known:
        named = _words(name.text) + _words(name.thing.rpartition("/")[2])
        same |= {name.thing} if any(words in named for words in wanted) else set()
        more |= {name.thing} if any(words <= all_ for words in wanted for all_ in named) else set()
    return sorted(same or more)


def _words(text: str) -> list[frozenset[str]]:
    """Return the words of each spelling of a text; an apostrophe parts two words, or stands in one."""
    joined = [_APOSTROPHE.sub(mark, spelling) for spelling in spellings(text) for mark in ("", " ")]
    return [frozenset(re.findall(r"\w+", one)) for one in joined]


def _warn(graph: Queryable, text: str, thing: str, lang: str) -> None:
    label = labels(graph, [thing], lang).get(thing) or graph.compact(thing)
    warnings.warn(AssumedName(name=text, label=label, id=graph.compact(thing)), stacklevel=3)


def listed(graph: Queryable, things: list[str], lang: str) -> str:
    """Return the ids of the things, the first few of many."""
    ids = ", ".join(graph.compact(thing) for thing in things[:_MOST])
    more = len(things) - _MOST
    return messages.render("and-more", lang, names=ids, count=more) if more > 0 else ids


def _other_kind(graph: Queryable, text: str, other: str, kind: str, lang: str) -> UsageError:
    """Return the error that nothing of the kind asked for is called so, but a thing of another kind is."""
    kinds = {row["kind"].value for row in graph.select(_KIND.replace("{entity}", f"<{other}>"))}
    names_of_kinds = labels(graph, {kind, *kinds}, lang)
    found = next((names_of_kinds[one] for one in sorted(kinds) if one in names_of_kinds), "–")
    wanted = names_of_kinds.get(kind, graph.compact(kind))
    query, id_ = (shlex.quote(part) for part in (_listing(graph, kind), graph.compact(other)))
    return UsageError("other-kind", name=text, found=found, kind=wanted, query=query, id=id_)


def _listing(graph: Queryable, kind: str) -> str:
    """Return a query for all things of a kind."""
    short = graph.compact(kind)
    return f"SELECT ?thing {{ ?thing a {short if short.partition(':')[0] in graph.prefixes else ox.NamedNode(kind)} }}"


def _others(graph: Queryable, text: str, kind: str) -> list[str]:
    """Return the things called so, where only those of a class are asked for."""
    iri, wanted = _as_iri(graph, text), spellings(text)
    everything = names(graph) if kind else []
    return [name.thing for name in everything if name.thing == iri or wanted & spellings(name.text)]


def names(graph: Queryable, kind: str = "") -> list[Name]:
    """All names of all things (terms of the vocabulary aside), or of those of class `kind`."""
    restriction = f"?thing a <{kind}> ." if kind else ""
    rows = graph.select(f"""
        SELECT DISTINCT ?thing ?text ?rank ?prefix WHERE {{
          {_NAMED_BY}
          ?thing ?property ?text . {restriction}
          FILTER(isIRI(?thing) && isLiteral(?text))
          OPTIONAL {{ ?thing schema:honorificPrefix ?prefix }}
          FILTER NOT EXISTS {{ ?thing a ?class . FILTER(STRSTARTS(STR(?class), STR(owl:))) }}
        }} ORDER BY ?rank ?text""")
    found: list[Name] = []
    for row in rows:
        thing, text, rank = row["thing"].value, row["text"].value, int(row["rank"].value)
        found.append(Name(thing, text, rank))
        if row["prefix"] is not None and rank == 0:
            found.append(Name(thing, f"{row['prefix'].value} {text}", rank))
    return found


def _nearest(text: str, known: list[Name]) -> str:
    """Return the nearest name: one spelled like the text, else one with a word spelled like it."""
    words = {word: name.text for name in reversed(known) for word in name.text.split()}
    return nearest(text, (name.text for name in known)) or words.get(nearest(text, words), "")


def _as_iri(graph: Queryable, text: str) -> str:
    if text.startswith(("http://", "https://")):
        return text
    prefix, colon, local = text.partition(":")
    return graph.prefixes[prefix] + local if colon and prefix in graph.prefixes else graph.base + text


def _is_subject(graph: Queryable, iri: str) -> bool:
    try:
        rows = graph.select(f"SELECT ?property WHERE {{ {ox.NamedNode(iri)} ?property ?value }} LIMIT 1")
    except ValueError:  # no IRI at all: a name with spaces, say
        return False
    return any(True for _ in rows)


_KIND: Final = """
    SELECT DISTINCT ?kind WHERE {
      { {entity} itas:kind ?kind }
      UNION { {entity} a ?kind FILTER(?kind != owl:Class) FILTER NOT EXISTS { {entity} itas:kind ?any } }
    }"""
