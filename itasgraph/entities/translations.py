"""Texts of a graph in each of our languages, and what stands in where one is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from itasgraph.messages import LANGUAGES
from itasgraph.store.graph import Queryable

Texts = dict[str, str]
Labels = defaultdict[str, Texts]


def read(graph: Queryable, path: str) -> Labels:
    """Thing → language ("" for none) → text, along a property or path."""
    found: Labels = defaultdict(dict)
    for row in graph.select(
        f"SELECT ?thing ?text WHERE {{ ?thing {path} ?text FILTER(isLiteral(?text)) }} ORDER BY ?thing ?text"
    ):
        found[row["thing"].value].setdefault(row["text"].language or "", row["text"].value)
    return found


def both(texts: Mapping[str, str], otherwise: str) -> Texts:
    """The text in each of our languages, with what stands in where one is missing."""
    default = texts.get("") or next(iter(texts.values()), otherwise)
    return {lang: texts.get(lang, default) for lang in LANGUAGES}


def named(graph: Queryable, labels: Labels, iri: str) -> Texts:
    """What a thing is called in each of our languages; its short IRI where it has no label."""
    return both(labels.get(iri, {}), graph.compact(iri))
