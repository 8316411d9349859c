"""Corruptions of the exported graph: the SPARQL updates in corruptions.yaml, and what each changes."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import yaml

from itasgraph.store.memory import Graph

LISTS = yaml.safe_load((Path(__file__).parent / "corruptions.yaml").read_text(encoding="utf-8"))
CORRUPTIONS = {name: update for entries in LISTS.values() for entry in entries for name, update in entry.items()}
# A corruption as N-Triples: what it takes away, what it adds.
Change = tuple[str, str]


def corrupt(graph: Graph, update: str) -> Change:
    """Return what a SPARQL update takes away from the union of the graphs and adds to it, as `export` writes it."""
    before = set(graph.triples())
    store = ox.Store()
    store.extend(ox.Quad(triple.subject, triple.predicate, triple.object) for triple in before)
    store.update(update, prefixes=graph.prefixes, base_iri=graph.base)
    after = {quad.triple for quad in store}
    return _lines(before - after), _lines(after - before)


def _lines(triples: set[ox.Triple]) -> str:
    return "".join(sorted(f"{triple} .\n" for triple in triples))
