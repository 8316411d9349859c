"""An answer as a page to send and print: what was asked, the quotes with their sources, and as of when it holds."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from html import unescape
from pathlib import Path

import pyoxigraph as ox
import pytest

from itasgraph.entities.evidence import Evidence, Footnote, Source
from itasgraph.project import Project
from itasgraph.questions import queries
from itasgraph.results import writers
from itasgraph.results.cited_table import CitedTable
from itasgraph.results.presentation import RenderContext
from itasgraph.store.memory import Graph
from tests.helpers.graphs import graph_of
from tests.helpers.hostile import HOSTILE
from tests.helpers.projects import ROOT

SOURCE = "https://w3id.org/itas/source/review"
DESCRIBED = """
    <source/review> a itas:Source ; dcterms:issued "2024-06-10"^^xsd:date ;
        dcterms:license <https://creativecommons.org/licenses/by/4.0/> .
    <dataset/own> a <http://www.w3.org/ns/dcat#Dataset> ; rdfs:label "Unser Wissen"@de , "Our knowledge"@en ;
        owl:versionInfo "1.2" ; dcterms:issued "2024-07-01"^^xsd:date ."""


def page(
    graph: Graph,
    answer: CitedTable,
    lang: str = "de",
    title: str = "",
    summary: str = "",
    parameters: Sequence[tuple[str, str]] = (),
) -> str:
    out = io.BytesIO()
    context = RenderContext(graph, lang, title=title, summary=summary, parameters=parameters)
    writers.write(answer, "html", out, context)
    return out.getvalue().decode()


def texts(html: str) -> str:
    """Return the text below the head on one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html.partition("<body>")[2])).split())


def quoted(*cells: str, notes: tuple[str, ...]) -> CitedTable:
    """Return one row with these cells, which rests on footnotes with these quotes."""
    footnotes = [Footnote(Evidence(note, (7,), SOURCE), Source("Bericht", "https://example.org/r")) for note in notes]
    variables = tuple("abc"[: len(cells)])
    return CitedTable(variables, [tuple(map(ox.Literal, cells))], [tuple(range(1, len(notes) + 1))], footnotes)


def test_page_says_what_was_asked() -> None:
    parameters = [("Thema", "<Wasserstoff>")]
    html = page(graph_of(""), quoted("x", notes=()), title="Wer?", summary="Wer dabei war.", parameters=parameters)

    assert texts(html).startswith("Wer? Wer dabei war. Thema <Wasserstoff> 1 Zeile ")


def test_quotes_stand_with_their_footnotes() -> None:
    html = page(graph_of(""), quoted("frei", "eins | zwei", "drei", notes=("eins", "zwei", "drei", "vier")))

    assert '<td dir="auto"><q>„eins“</q> <a id="row-1-1" href="#note-1">[1]</a><br>' in html
    assert '<q>„zwei“</q> <a id="row-1-2" href="#note-2">[2]</a></td>' in html
    assert '<td class="notes"><a id="row-1-4" href="#note-4">[4]</a></td>' in html
    assert '<td dir="auto">frei</td>' in html


def test_each_reference_has_one_place() -> None:
    html = page(graph_of(""), quoted("eins", "eins", "eins | zwei", notes=("eins", "zwei")))
    ids = re.findall(r' id="([^"]+)"', html)

    assert sorted(ids) == ["note-1", "note-2", "row-1-1", "row-1-2"]
    assert html.count("[1]</a>") == 3
    assert 'class="notes"' not in html


def test_text_that_no_footnote_holds_is_no_quote() -> None:
    html = page(graph_of(""), quoted("eins | fünf", notes=("eins",)))

    assert '<td dir="auto">eins | fünf</td>' in html
    assert '<td class="notes"><a id="row-1-1"' in html


@pytest.mark.quick(5)
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:20])
def test_hostile_quotes_and_parameters_stay_text(text: str) -> None:
    tags = [
        re.findall(r"</?\w+", page(graph_of(""), quoted(one, notes=(one,)), summary=one, parameters=[(one, one)]))
        for one in (text, "harmless")
    ]

    assert tags[0] == tags[1]


@pytest.mark.parametrize(
    ("lang", "source", "version"),
    [
        ("de", "Bericht, 10.06.2024 – Lizenz der Daten: https://creative", "Daten: Unser Wissen, Version 1.2, 2024-07-01"),
        ("en", "Bericht, 2024-06-10 – Licence of the data: https://creative", "Data: Our knowledge, version 1.2, 2024-07-01"),
    ],
)  # fmt: skip
def test_page_says_as_of_when_and_under_which_licence(lang: str, source: str, version: str) -> None:
    words = texts(page(graph_of(DESCRIBED), quoted("eins", notes=("eins",)), lang))

    assert source in words
    assert words.endswith(version)


def test_many_columns_are_printed_on_a_sheet_on_its_side() -> None:
    wide = CitedTable(tuple("abcdefgh"), [tuple(map(ox.Literal, "abcdefgh"))], [()], [])

    assert "A4 landscape" in page(graph_of(""), wide)
    assert "A4 landscape" not in page(graph_of(""), quoted("x", notes=()))


def test_parameters_are_named_as_readers_know_them(graph: Graph, shipped: Project) -> None:
    who = queries.find("who", shipped)

    def words(given: dict[str, str], lang: str) -> list[tuple[str, str]]:
        return queries.terms_in_words(who, queries.terms(who, given, graph, lang), graph, lang)

    assert words({"topic": "mobilitaet"}, "de") == [("Thema", "Mobilität")]
    assert words({}, "en") == [("Topic", "Circular economy")]


def test_parameter_without_a_value_is_not_named(graph: Graph, shipped: Project) -> None:
    organisations = queries.find("organisations", shipped)
    terms = queries.terms(organisations, {}, graph, "de")

    assert {parameter.name for parameter in organisations.parameters} == {"sector", "town"}
    assert queries.terms_in_words(organisations, terms, graph, "de") == []


def test_pages_share_one_document() -> None:
    folder = ROOT / "itasgraph"
    pages = [path for path in sorted(folder.rglob("*.html.j2")) if path.parent.name not in ("util", "assets")]
    odd = [path.relative_to(folder) for path in pages if not starts_with_document(path)]

    assert len(pages) >= 3
    assert odd == []


def starts_with_document(path: Path) -> bool:
    return path.read_text(encoding="utf-8").startswith('{% extends "util/document.html.j2" %}')
