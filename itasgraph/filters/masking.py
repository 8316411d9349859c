"""The functions that filters of personal data share: the pattern of the texts to hide, and the graph that hides them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from itasgraph.store.memory import Graph, derive
from itasgraph.store.queryable import Queryable

# The mark of words left out, as in any quotation.
ELISION: Final = "[…]"


def replace_quads(graph: Queryable, replace: Callable[[Iterable[ox.Quad]], Iterator[ox.Quad]]) -> Graph:
    """Return the graph with its statements replaced, both those in its store and those that its files hold."""
    replaced = derive(graph, replace(graph.quads()))
    file_quads = graph.file_quads if isinstance(graph, Graph) else None
    if file_quads is not None:
        replaced.file_quads = lambda: replace(file_quads())
    return replaced


def word_pattern(texts: Iterable[str], flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str] | None:
    """Return a pattern of the texts as whole words, the longest first; None where there are none."""
    longest = sorted(texts, key=lambda text: (-len(text), text))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)", flags) if longest else None


def mask_literal(literal: ox.Literal, pattern: re.Pattern[str] | None) -> ox.Literal:
    """Return the literal with each match of the pattern replaced by "[…]", or the literal itself where nothing matches."""
    if pattern is None or not pattern.search(literal.value):
        return literal
    text = pattern.sub(ELISION, literal.value)
    return ox.Literal(text, language=literal.language) if literal.language else ox.Literal(text)
