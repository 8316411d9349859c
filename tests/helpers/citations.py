"""Answers with footnotes."""

from __future__ import annotations

from itasgraph.results import citation
from itasgraph.results.cited_table import CitedTable
from itasgraph.store.memory import Graph


def cited_answer(graph: Graph, text: str) -> CitedTable:
    found = citation.answer(graph, text, "de", cited=True)
    assert isinstance(found, CitedTable)
    return found
