"""What filters that hide somebody share: the pattern of the texts to hide, and the graph of what stays."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from itasgraph.store.memory import Graph, derive
from itasgraph.store.queryable import Queryable

_MASK: Final = "[…]"


def replace_quads(graph: Queryable, replace: Callable[[Iterable[ox.Quad]], Iterator[ox.Quad]]) -> Graph:
    """Return the graph of what replaces the statements of a graph, also where they are written out as their files have them."""
    replaced = derive(graph, replace(graph.quads()))
    written = graph.written if isinstance(graph, Graph) else None
    if written is not None:
        replaced.written = lambda: replace(written())
    return replaced


def word_pattern(texts: Iterable[str], flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str] | None:
    """Return a pattern of the texts as whole words, the longest first; None where there are none."""
    longest = sorted(texts, key=lambda text: (-len(text), text))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)", flags) if longest else None


def mask(literal: ox.Literal, pattern: re.Pattern[str] | None) -> ox.Literal:
    """Return the literal with what the pattern matches as "[…]"; itself where nothing matches."""
    if pattern is None or not pattern.search(literal.value):
        return literal
    text = pattern.sub(_MASK, literal.value)
    return ox.Literal(text, language=literal.language) if literal.language else ox.Literal(text)
