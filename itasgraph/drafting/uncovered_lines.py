"""The lines of a document of which neither its data file nor what is undecided there says anything."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from itasgraph.authoring import coverage
from itasgraph.authoring.quotations import Passage
from itasgraph.documents.document import Document
from itasgraph.drafting.nested_values import as_list
from itasgraph.parsing import yaml_editing
from itasgraph.parsing.jsonld_context import Context
from itasgraph.store import compiler


def count(document: Document, content: bytes, filename: str, terms: Context) -> int:
    """Return how many lines of a document no statement, doubt or omission of its data file came from."""
    data = yaml_editing.read(content, filename)
    graph = compiler.graph_of_document(content, filename, terms)
    undecided = list(_passages(data.get("review") or []))
    return len(coverage.uncovered_lines(document, graph, terms.expand(str(data["id"])), undecided))


def _passages(review: list[Any]) -> Iterator[Passage]:
    """Yield the quotes of undecided values, each with the line that the value names."""
    for item in review:
        if isinstance(item, dict):
            line = item.get("line")
            yield from (
                (str(quote), (line,) if isinstance(line, int) else ()) for quote in as_list(item.get("quote", []))
            )
