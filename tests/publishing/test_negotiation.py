"""What a client prefers is chosen as RFC 9110, section 12.5, weighs it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itasgraph.publishing.negotiation import GRAPH_TYPES, ROW_TYPES, accepts_gzip, language, media_type
from tests.helpers.properties import count_inputs

JSON, XML, CSV, TSV = ROW_TYPES


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, JSON),
        ("", JSON),
        ("*/*", JSON),
        ("text/*", CSV),
        ("text/csv", CSV),
        ("TEXT/CSV", CSV),
        ("text/csv; charset=utf-8", CSV),
        ("application/xml", XML),
        ("application/json", JSON),
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.9", XML),
        ("text/csv ; q=0.5 , text/tab-separated-values;q=0.75", TSV),
        ("text/csv, */*;q=0.1", CSV),
        ("*/*, text/csv;q=0.5", JSON),
        ("text/csv;q=0, text/*;q=0.2", TSV),
        ("text/*;q=0.2, application/*;q=0.1", CSV),
        ("*/*;q=0.2, application/json;q=0", XML),
        ("text/csv;header=present;q=0.3, text/xml;q=0.2", CSV),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", XML),
        ("text/html", ""),
        ("text/csv;q=0", ""),
        ("image/*, text/html", ""),
    ],
)
def test_heaviest_format_is_chosen(accept: str | None, chosen: str) -> None:
    assert media_type(accept, ROW_TYPES) == chosen


def test_turtle_is_the_default() -> None:
    assert media_type(None, GRAPH_TYPES) == "text/turtle"
    assert media_type("application/ld+json, text/turtle;q=0.9", GRAPH_TYPES) == "application/ld+json"


@given(st.dictionaries(st.sampled_from(list(ROW_TYPES)), st.integers(0, 1000), min_size=1))
@count_inputs
def test_chosen_format_weighs_most(weights: dict[str, int]) -> None:
    chosen = media_type(", ".join(f"{name};q={weight / 1000:.3f}" for name, weight in weights.items()), ROW_TYPES)

    assert weights.get(chosen, 0) == max(weights.values())


@given(st.text())
@count_inputs
def test_any_header_is_answered(accept: str) -> None:
    assert media_type(accept, ROW_TYPES) in {*ROW_TYPES, ""}
    assert language(accept, ("de", "en")) in ("de", "en")
    assert accepts_gzip(accept) in (True, False)


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        (None, "en"),
        ("de", "de"),
        ("de-AT", "de"),
        ("fr, de;q=0.5, en;q=0.4", "de"),
        ("en-GB, de;q=0.9", "en"),
        ("fr", "en"),
        ("*", "en"),
        ("en;q=0, *", "de"),
    ],
)
def test_language_follows_the_client(accepted: str | None, chosen: str) -> None:
    assert language(accepted, ("en", "de")) == chosen


@pytest.mark.parametrize(
    ("accepted", "gzip"),
    [(None, False), ("gzip", True), ("br, gzip;q=0.5", True), ("gzip;q=0", False), ("*", True), ("identity", False)],
)
def test_gzip_follows_the_client(accepted: str | None, gzip: bool) -> None:
    assert accepts_gzip(accepted) is gzip
