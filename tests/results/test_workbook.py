"""Answers as Excel workbooks, read back by another library."""

from __future__ import annotations

import datetime
import io
import zipfile

import openpyxl
import pyoxigraph as ox
import pytest
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from itasgraph.entities.evidence import Evidence, Footnote, Source
from itasgraph.errors import CutTexts, UsageError
from itasgraph.results import workbook, writers
from itasgraph.results.cited_table import CitedTable, Row
from itasgraph.results.presentation import RenderContext
from itasgraph.store.memory import Graph
from itasgraph.store.queryable import Term
from itasgraph.util import excel
from tests.helpers.graphs import graph_of
from tests.helpers.hostile import HOSTILE
from tests.helpers.namespaces import XSD


@pytest.fixture(scope="module")
def small() -> Graph:
    return graph_of('<a> rdfs:label "Äpfel"@de .')


def answer(*terms: Term | None) -> CitedTable:
    return CitedTable(("x",), [(term,) for term in terms], [()] * len(terms), [])


def workbook_of(graph: Graph, content: CitedTable, title: str = "", width: int = 0) -> bytes:
    out = io.BytesIO()
    writers.write(content, "xlsx", out, RenderContext(graph, "de", width, title))
    return out.getvalue()


def sheet(content: bytes) -> Worksheet:
    actual = openpyxl.load_workbook(io.BytesIO(content)).active
    assert isinstance(actual, Worksheet)
    return actual


def first(content: bytes, row: int = 2) -> Cell:
    actual = sheet(content).cell(row, 1)
    assert isinstance(actual, Cell)
    return actual


@pytest.mark.filterwarnings("ignore::itasgraph.errors.CutTexts")
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:20])
def test_text_is_never_a_formula(small: Graph, text: str) -> None:
    cell = first(workbook_of(small, answer(ox.Literal(text))))

    assert cell.data_type == "s"
    if len(text) < 32_767:
        assert cell.value == text.replace("\u202e", "\ufffd")


@pytest.mark.parametrize("char", ["x", "ä", "🚗"])
def test_long_text_is_cut(small: Graph, char: str) -> None:
    with pytest.warns(CutTexts, match="Texts cut to the 32,767 characters that a cell of Excel takes: 1"):
        cell = first(workbook_of(small, answer(ox.Literal(char * 40_000))))

    assert isinstance(cell.value, str)
    assert cell.value.strip(char) == "…"
    assert 32_760 < len(cell.value.encode("utf-16-le")) // 2 <= 32_767


@pytest.mark.parametrize(
    ("text", "datatype", "value"),
    [
        ("7", "integer", 7),
        ("-2.50", "decimal", -2.5),
        ("1e3", "double", 1000),
        ("true", "boolean", True),
        ("0", "boolean", False),
        ("2024-06-06", "date", datetime.datetime(2024, 6, 6)),
        ("2024-06-06T09:30:00", "dateTime", datetime.datetime(2024, 6, 6, 9, 30)),
    ],
)
def test_values_keep_their_type(small: Graph, text: str, datatype: str, value: object) -> None:
    cell = first(workbook_of(small, answer(ox.Literal(text, datatype=ox.NamedNode(XSD + datatype)))))

    assert cell.value == value
    assert type(cell.value) is type(value)


@pytest.mark.parametrize(
    ("text", "datatype"),
    [
        ("12345678901234567890", "integer"),
        ("NaN", "double"),
        ("INF", "double"),
        ("1e400", "double"),
        ("1_000", "integer"),
        ("seven", "integer"),
        ("٧", "integer"),
        ("2024-02-30", "date"),
        ("1850-01-01", "date"),
        ("2024-06-06Z", "date"),
        ("2024-06-06T09:30:00+02:00", "dateTime"),
        ("2024-06-06T24:00:00", "dateTime"),
        ("007", "string"),
    ],
)
def test_inexact_numbers_stay_text(small: Graph, text: str, datatype: str) -> None:
    cell = first(workbook_of(small, answer(ox.Literal(text, datatype=ox.NamedNode(XSD + datatype)))))

    assert (cell.value, cell.data_type) == (text, "s")


def test_entities_are_labelled_links(small: Graph) -> None:
    cell = first(workbook_of(small, answer(ox.NamedNode("https://w3id.org/itas/a"))))

    assert cell.value == "Äpfel"
    assert cell.hyperlink is not None
    assert cell.hyperlink.target == "https://w3id.org/itas/a"


@pytest.mark.parametrize(
    "iri",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://example.org/" + "x" * 2_100,
        "https://example.org/#" + "x" * 300,
    ],
    ids=["script", "file", "long", "long fragment"],
)
def test_odd_addresses_are_text(small: Graph, iri: str) -> None:
    cell = first(workbook_of(small, answer(ox.NamedNode(iri))))

    assert (cell.value, cell.hyperlink) == (iri, None)


def test_links_are_limited(small: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "_MAX_LINKS", 2)
    cells = sheet(workbook_of(small, answer(*[ox.NamedNode("https://w3id.org/itas/a")] * 3)))["A"][1:]

    assert [cell.value for cell in cells] == ["Äpfel"] * 3
    assert [bool(cell.hyperlink) for cell in cells] == [True, True, False]


def test_heading_is_frozen_and_filtered(small: Graph) -> None:
    actual = sheet(workbook_of(small, CitedTable(("person", "role"), [(ox.Literal("a"), ox.Literal("b"))], [()], [])))

    assert [cell.value for cell in actual[1]][:2] == ["Person", "Rolle"]
    assert actual["A1"].font.b
    assert (actual.freeze_panes, actual.auto_filter.ref, actual.title) == ("A2", "A1:D2", "Antwort")


def test_columns_fit_their_texts(small: Graph) -> None:
    rows: list[Row] = [(ox.Literal("a" * 20), ox.Literal("b" * 500))]
    widths = sheet(workbook_of(small, CitedTable(("x", "y"), rows, [()], []))).column_dimensions

    assert 20 < widths["A"].width < 25
    assert 55 < widths["B"].width < 65


def test_too_many_rows_are_refused(small: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel, "MAX_ROWS", 2)
    out = io.BytesIO()
    with pytest.raises(UsageError) as caught:
        writers.write(answer(*[ox.Literal("x")] * 3), "xlsx", out, RenderContext(small, "de"))

    assert caught.value.render("de") == "Die Antwort hat mehr Zeilen, als ein Excel-Blatt fasst (2) – -f csv wählen"
    assert out.getvalue() == b""


def test_workbook_needs_a_file(small: Graph) -> None:
    with pytest.raises(UsageError) as caught:
        workbook_of(small, answer(), width=80)

    assert caught.value.render("en") == "xlsx cannot be shown in a terminal – name a file with -o"


def test_workbook_is_reproducible(small: Graph) -> None:
    content = answer(ox.Literal("ä"), ox.NamedNode("https://w3id.org/itas/a"))
    once, again = workbook_of(small, content, "Was?"), workbook_of(small, content, "Was?")

    assert once == again
    assert {entry.date_time[0] for entry in zipfile.ZipFile(io.BytesIO(once)).infolist()} == {1980}
    assert openpyxl.load_workbook(io.BytesIO(once)).properties.title == "Was?"


def test_footnotes_are_two_columns(small: Graph) -> None:
    notes = [
        Footnote(Evidence("=1+1", (7,)), Source("Rückblick", "https://example.org/")),
        Footnote(Evidence("zwei"), Source("Aushang")),
    ]
    rows: list[Row] = [(ox.Literal("a"),), (ox.Literal("b"),)]
    actual = list(sheet(workbook_of(small, CitedTable(("x",), rows, [(1, 2), ()], notes))).values)

    assert actual == [
        ("x", "Worte der Quellen", "Quellen"),
        ("a", "=1+1\nzwei", "Rückblick, Zeile 7 – https://example.org/\nAushang"),
        ("b", None, None),
    ]
