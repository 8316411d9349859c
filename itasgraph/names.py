"""A label, alternative label, id or IRI → the thing meant, or "did you mean"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from itasgraph.errors import AskedWrongly
from itasgraph.graph import Queryable
from itasgraph.messages import nearest
from itasgraph.spelling import spellings

# From this many characters on, a part of a name tells which name may be meant.
_TELLING: Final = 3

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
    """The one thing `text` names, in any case and with or without umlauts; of class `kind` (an IRI) where given.

    Raises AskedWrongly where none does (with the nearest name) or several do (listing them).
    """
    known = names(graph, kind)
    iri = _as_iri(graph, text)
    if any(name.thing == iri for name in known) or (not kind and _is_subject(graph, iri)):
        return ox.NamedNode(iri)
    wanted = spellings(text)
    fitting = [name for name in known if wanted & spellings(name.text)]
    best = min((name.rank for name in fitting), default=0)
    things = sorted({name.thing for name in fitting if name.rank == best})
    if len(things) > 1:
        raise AskedWrongly("ambiguous-name", name=text, candidates=", ".join(graph.shrink(thing) for thing in things))
    if not things:
        raise _unknown(graph, text, kind, known, lang)
    return ox.NamedNode(things[0])


def _unknown(graph: Queryable, text: str, kind: str, known: list[Name], lang: str) -> AskedWrongly:
    """Nothing of the kind asked for is called so; perhaps something of another kind is."""
    if kind:
        iri, wanted = _as_iri(graph, text), spellings(text)
        others = [name.thing for name in names(graph) if name.thing == iri or wanted & spellings(name.text)]
        if others:
            labels = _kind_labels(graph, lang)
            found = labels.get(others[0], "–")
            return AskedWrongly("other-kind", name=text, found=found, kind=labels.get(kind, graph.shrink(kind)))
    return AskedWrongly("unknown-name", name=text, nearest=_nearest(text, known))


def _kind_labels(graph: Queryable, lang: str) -> dict[str, str]:
    """Thing → the label of its kind, and kind → its own label."""
    rows = graph.select(f"""
        SELECT ?thing ?label WHERE {{
          {{ ?thing itas:kind ?kind }} UNION {{ ?kind itas:shape ?shape . BIND(?kind AS ?thing) }}
          UNION {{ ?kind a owl:Class . BIND(?kind AS ?thing) }}
          UNION {{ ?thing a ?kind FILTER(?kind != owl:Class) FILTER NOT EXISTS {{ ?thing itas:kind ?any }} }}
          ?kind rdfs:label ?label . FILTER(LANG(?label) = "{lang}")
        }}""")
    return {row["thing"].value: row["label"].value for row in rows}


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
    """The nearest name: one that contains the text, else one spelled like it or with a word spelled like it."""
    wanted = spellings(text)
    for name in sorted(known, key=lambda name: (name.rank, len(name.text), name.text)):
        if any(part in whole for part in wanted if len(part) >= _TELLING for whole in spellings(name.text)):
            return name.text
    words = {word: name.text for name in reversed(known) for word in name.text.split()}
    words |= {name.text: name.text for name in known}
    found = nearest(text, words)
    return words.get(found, found)


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
