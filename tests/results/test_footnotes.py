"""Answers with footnotes: each row cites the words that prove it, and no others."""

from __future__ import annotations

import pytest

from itasgraph.errors import UsageError
from itasgraph.results.cited_table import CitedTable
from itasgraph.store.memory import Graph
from tests.helpers.citations import cited_answer
from tests.helpers.graphs import graph_of
from tests.helpers.programs import Run
from tests.helpers.projects import ROOT


def words(match: CitedTable) -> list[set[str]]:
    """Return the quotes that each row cites."""
    return [{match.notes[number - 1].evidence.quote for number in numbers} for numbers in match.numbers]


TWO_TALKS = """
    <s> a itas:Source ; rdfs:label "Bericht"@de ; prov:wasDerivedFrom <http://e.org/report> .
    <talk/1/speakers/anna#s> rdf:subject <talk/1> ; rdf:predicate itas:appearance ; rdf:object <anna> ;
      org:member <anna> ; org:organization <firm> ; itas:quote "Anna, Firma" ; itas:line 3 ; dcterms:source <s> .
    <talk/2/speakers/anna#s> rdf:subject <talk/2> ; rdf:predicate itas:appearance ; rdf:object <anna> ;
      org:member <anna> ; org:organization <firm> ; itas:quote "Anna, Firma" ; itas:line 5 ; dcterms:source <s> .
    <talk/2/presents/offer#s> rdf:subject <talk/2> ; rdf:predicate itas:presents ; rdf:object <offer> ;
      itas:quote "zeigte das Angebot" ; dcterms:source <s> .
    <talk/2> itas:presents <offer> .
    <anna> schema:name "Anna" ; itas:quote "Anna" ; dcterms:source <s> ; schema:description "Ingenieurin"@de .
"""


def test_statement_in_a_row_is_cited() -> None:
    table = cited_answer(graph_of(TWO_TALKS), "SELECT ?talk ?offer { ?talk itas:presents ?offer }")

    assert words(table) == [{"zeigte das Angebot"}]
    assert [(note.evidence.lines, note.source) for note in table.notes] == [((), ("Bericht", "http://e.org/report"))]


def test_statement_with_a_named_entity_is_cited() -> None:
    table = cited_answer(graph_of(TWO_TALKS), "SELECT ?talk { ?talk itas:presents <offer> }")

    assert words(table) == [{"zeigte das Angebot"}]


def test_other_appearance_is_not_cited() -> None:
    text = "SELECT ?talk ?p ?o { ?a rdf:subject ?talk ; org:member ?p ; org:organization ?o FILTER(?talk = <talk/1>) }"
    table = cited_answer(graph_of(TWO_TALKS), text)

    assert [note.evidence.lines for note in table.notes] == [(3,)]


def test_hidden_contribution_is_inferred() -> None:
    text = """SELECT ?p ?o ?offer {
        ?talk itas:presents ?offer . ?a rdf:subject ?talk ; org:member ?p ; org:organization ?o }"""
    table = cited_answer(graph_of(TWO_TALKS), text)

    assert [note.evidence.lines for note in table.notes] == [(5,)]


def test_ambiguous_appearances_are_both_cited() -> None:
    table = cited_answer(graph_of(TWO_TALKS), "SELECT DISTINCT ?p ?o { ?a org:member ?p ; org:organization ?o }")

    assert table.numbers == [(1, 2)]
    assert [note.evidence.lines for note in table.notes] == [(3,), (5,)]


def test_literal_cites_its_entity() -> None:
    table = cited_answer(graph_of(TWO_TALKS), "SELECT ?p ?text { ?p schema:description ?text }")

    assert words(table) == [{"Anna"}]


def test_unproven_row_has_no_footnote() -> None:
    table = cited_answer(graph_of(TWO_TALKS), "SELECT ?s { ?s a itas:Source }")

    assert table.numbers == [()]
    assert table.notes == []


@pytest.mark.parametrize("text", ["ASK { ?s ?p ?o }", "CONSTRUCT WHERE { ?s a itas:Topic }"])
def test_ask_cannot_be_cited(graph: Graph, run: Run, text: str) -> None:
    with pytest.raises(UsageError):
        cited_answer(graph, text)

    assert run("query", text, "--cite", "--project", ROOT).exit_code == 2
