"""Answers with footnotes."""

from __future__ import annotations

from itasgraph.results import footnotes
from itasgraph.results.cited_table import CitedTable
from itasgraph.store.memory import Graph


def cited_answer(graph: Graph, text: str) -> CitedTable:
    return footnotes.answer(graph, text, "de")
