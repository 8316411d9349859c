"""Data of others are drawn with their own classes, names and relations."""

from __future__ import annotations

import pytest

from itasgraph.entities.labels import last_part
from itasgraph.network import builder
from itasgraph.picture import html_page
from itasgraph.picture.page_data import PictureNetwork
from tests.helpers.browsing import embedded
from tests.helpers.graphs import graph_of

DATA = """
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix : <https://example.org/> .
:ann a foaf:Person , owl:NamedIndividual ; foaf:name "Ann" ; :worksFor :acme ; foaf:knows :bob .
:bob a foaf:Person ; foaf:name "Bob" .
:acme a :Company ; rdfs:label "Acme" .
:Company rdfs:label "registered company"@en , "Unternehmen"@de .
"""
QUERY = "SELECT ?source ?relation ?target { ?source ?relation ?target FILTER(?relation IN (foaf:knows, <https://example.org/worksFor>)) }"


def test_data_of_others_have_their_kinds_and_names() -> None:
    graph = graph_of(DATA)
    network = builder.build(graph, f"PREFIX foaf: <http://xmlns.com/foaf/0.1/> {QUERY}", "others")

    data = embedded(html_page.page(graph, [PictureNetwork(network, {"en": "Others"})], "de"))

    kinds = {kind["id"]: kind["label"]["de"] for kind in data["kinds"]}
    assert {node["label"]["de"]: kinds[node["kind"]] for node in data["nodes"]} == {
        "Ann": "Person",
        "Bob": "Person",
        "Acme": "Unternehmen",
    }
    assert {relation["label"]["de"] for relation in data["relations"].values()} == {"knows", "works for"}
    assert len({(kind["shape"], kind["color"]) for kind in data["kinds"]}) == 2


def test_texts_and_blank_nodes_of_others_are_entries() -> None:
    graph = graph_of(
        '@prefix : <https://example.org/> . :a :p "n" , [] , [ <http://xmlns.com/foaf/0.1/name> "Ben" ] ; :p :n . :n :q "n"@en .'
    )
    network = builder.build(
        graph, "SELECT ?source ?relation ?target { ?source ?relation ?target FILTER(isIRI(?source)) }", "x"
    )

    data = embedded(html_page.page(graph, [PictureNetwork(network, {"en": "Others"})], "en"))

    assert sorted(node["label"]["en"] for node in data["nodes"]) == [
        *("(without a name)", "Ben", "https://example.org/a", "https://example.org/n", "n", "n"),
    ]
    assert len(data["edges"]) == 5


def test_loops_are_drawn() -> None:
    graph = graph_of('@prefix : <https://example.org/> . :a rdfs:label "A" ; :p :a , :b ; :q :a . :b rdfs:label "B" .')
    query = "SELECT ?source ?relation ?target { ?source ?relation ?target FILTER(isIRI(?target)) }"

    data = embedded(
        html_page.page(graph, [PictureNetwork(builder.build(graph, query, "loops"), {"en": "Others"})], "en")
    )

    assert sum(edge["from"] == edge["to"] for edge in data["edges"]) == 2
    assert len({edge["id"] for edge in data["edges"]}) == 3


@pytest.mark.parametrize(
    ("iri", "expected"),
    [
        ("http://xmlns.com/foaf/0.1/knows", "knows"),
        ("https://example.org/onto#hasHomePage", "has home page"),
        ("urn:x:works_for", "works for"),
        ("https://example.org/", "example.org"),
        ("https://example.org/gr%C3%BCn", "grün"),
    ],
)
def test_term_without_label_is_read_from_its_iri(iri: str, expected: str) -> None:
    assert last_part(iri) == expected
