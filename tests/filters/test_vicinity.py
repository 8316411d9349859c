"""What is copied of a large graph around some entities."""

from __future__ import annotations

import pytest

from itasgraph.filters import vicinity
from tests.helpers.graphs import graph_of


@pytest.mark.parametrize("whole", ['[ rdfs:label "Reihe" ]', '"Reihe"', "<e>"])
def test_event_within_what_has_no_iri_or_within_itself_ends(whole: str) -> None:
    graph = graph_of(
        f'<e> a schema:Event ; rdfs:label "Tag" ; schema:superEvent {whole} .',
        '<p> rdfs:label "Ida" ; schema:about <e> .',
    )

    copied = vicinity.copy(graph, [f"{graph.base}p"], ())

    assert {row["text"].value for row in copied.select("SELECT ?text { ?thing rdfs:label ?text }")} >= {"Ida", "Tag"}
