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
    line = holder.get("line")
    if line is not None:
        place_quotes(holder, text, line)


def place_quotes(holder: dict[str, Any], text: SourceText, line: int) -> None:
    """Let the quotes of an entry or relation stand in a text: `line` (0: unknown) where one stands in several lines.

    A quote that stands nowhere becomes the whole line.
    """
    former = holder.pop("line", None)
    quotes = holder["quote"] if isinstance(holder["quote"], list) else [holder["quote"]]
    known = bool(line)
    verbatim = list(
        dict.fromkeys(text.lines[line - 1] if known and not text.spans_of(quote) else quote for quote in quotes)
    )
    if len(verbatim) > 1:  # a line would belong to all of them
        holder["quote"] = verbatim
        return
    holder["quote"] = verbatim[0]
    lines = text.spans_of(verbatim[0])
    if len(lines) > 1:
        named = next((one for one in (line, int(former or 0)) if one in lines), 0)
        below = min((one for one in lines if one > line), default=next(iter(lines)))
        holder["line"] = named or below
