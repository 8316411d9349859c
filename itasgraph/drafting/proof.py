"""The proof of a draft: each quote stands in the document verbatim, and names its line where it stands in several."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from itasgraph.authoring.quotations import SourceText
from itasgraph.documents.document import Document
from itasgraph.drafting.draft import Draft, Entry


def prove(draft: Draft, document: Document) -> None:
    """Keep the line of each quote that stands in several lines; where a quote stands nowhere, quote its whole line."""
    text = SourceText(line.text for line in document.lines)
    for entry in draft.entries.values():
        for holder in _holders(entry):
            _prove(holder, text)


def _holders(entry: Entry) -> Iterator[dict[str, Any]]:
    """Yield what has a quote: the entry, and its relations."""
    yield entry.values
    for value in entry.values.values():
        if isinstance(value, dict):
            yield from (details for details in value.values() if isinstance(details, dict))


def _prove(holder: dict[str, Any], text: SourceText) -> None:
    line = holder.pop("line", None)
    if line is None:
        return
    quotes = holder["quote"] if isinstance(holder["quote"], list) else [holder["quote"]]
    verbatim = list(dict.fromkeys(quote if text.lines_of(quote) else text.lines[line - 1] for quote in quotes))
    if len(verbatim) > 1:  # a line would belong to all of them
        holder["quote"] = verbatim
        return
    holder["quote"] = verbatim[0]
    if len(set(text.lines_of(verbatim[0]))) > 1:
        holder["line"] = line
