"""Content negotiation (RFC 9110, section 12.5): which media type, language and encoding a client of HTTP prefers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from itasgraph import formats

# Media type → other names of it that clients use. The first one is for clients that have no preference.
ROW_TYPES: Final[Mapping[str, tuple[str, ...]]] = {
    format_.media_types[0]: format_.media_types[1:] for format_ in (formats.JSON, formats.XML, formats.CSV, formats.TSV)
}
GRAPH_TYPES: Final[Mapping[str, tuple[str, ...]]] = {
    format_.media_types[0]: format_.media_types[1:] for format_ in (*formats.RDF, formats.N3)
}
# The characters of a header that are read.
_MAX_HEADER: Final = 4096
_WEIGHT: Final = re.compile(r"q\s*=\s*([01](?:\.\d{0,3})?)", re.IGNORECASE)


def media_type(accept: str | None, offered: Mapping[str, tuple[str, ...]]) -> str:
    """Return the offered media type that a client prefers, or an empty string where it accepts none.

    >>> media_type("text/csv;q=0.5, application/json", ROW_TYPES)
    'application/sparql-results+json'
    """
    if not accept or not accept.strip():
        return next(iter(offered))
    weights = _weights(accept)
    return _best({name: _quality(name, others, weights) for name, others in offered.items()})


def language(accept_language: str | None, offered: Sequence[str]) -> str:
    """Return the offered language that a client prefers, by its first subtag; the first language where it accepts none."""
    weights = {name.partition("-")[0]: weight for name, weight in reversed(_weights(accept_language or "").items())}
    best = {name: weights.get(name, weights.get("*", 0.0)) for name in offered}
    return _best(best) or offered[0]


def accepts_gzip(accept_encoding: str | None) -> bool:
    """Return whether a client accepts gzip."""
    weights = _weights(accept_encoding or "")
    return weights.get("gzip", weights.get("*", 0.0)) > 0


def _weights(header: str) -> dict[str, float]:
    """Return the items of a header, each with its weight from 0 to 1; an item without a valid weight has 1."""
    items = (item.split(";") for item in header[:_MAX_HEADER].split(","))
    return {name.strip().lower(): _weight(parameters) for name, *parameters in items if name.strip()}


def _weight(parameters: Iterable[str]) -> float:
    weights = filter(None, (_WEIGHT.fullmatch(parameter.strip()) for parameter in parameters))
    return next((float(one[1]) for one in weights), 1.0)


def _quality(name: str, others: Sequence[str], weights: Mapping[str, float]) -> float:
    """Return the weight of a media type: the weight of its names, else of the most specific range that covers it."""
    by_name = [weights[one] for one in (name, *others) if one in weights]
    ranges = (f"{name.partition('/')[0]}/*", "*/*", "*")
    return max(by_name) if by_name else next((weights[one] for one in ranges if one in weights), 0.0)


def _best(weights: Mapping[str, float]) -> str:
    """Return the name with the greatest weight, the first of several; return "" where all weights are 0."""
    best = max(weights, key=lambda name: weights[name])
    return best if weights[best] > 0 else ""
