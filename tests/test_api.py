"""`itasgraph.ask`: a question from Python, answered with Python's own values."""

from __future__ import annotations

import datetime
import doctest
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
import rdflib
from rdflib import RDF, RDFS, Literal, URIRef

import itasgraph
from itasgraph import api
from itasgraph.errors import FileError, UsageError
from itasgraph.project import Project
from tests.helpers.namespaces import BASE
from tests.helpers.programs import HEAVY, Run, modules_after
from tests.helpers.projects import ROOT

TINY = """
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
<http://e.org/a> rdfs:label "A" ; schema:position 1 ; schema:startDate "2024-06-06"^^<http://www.w3.org/2001/XMLSchema#date> .
<http://e.org/b> rdfs:label "Ä"@de ; schema:position 2 ; schema:startDate "2024-07-01"^^<http://www.w3.org/2001/XMLSchema#date> .
"""


@pytest.fixture(autouse=True)
def _small_project(nordtal_project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(nordtal_project.root)


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    path = tmp_path / "tiny.ttl"
    path.write_text(TINY, encoding="utf-8")
    return path


# --- rows -------------------------------------------------------------------------------------------------------------


def test_question_gives_dicts() -> None:
    rows = itasgraph.ask("offers", target_group="Betriebe")

    assert {row["offer"]: row["offerLabel"] for row in rows} == {f"{BASE}offer/waermeboerse": "Heat exchange"}
    assert {row["audienceLabel"] for row in rows} == {"Companies"}


def test_labels_are_translated() -> None:
    rows = itasgraph.ask("offers", target_group="Companies", lang="de")

    assert {row["audienceLabel"] for row in rows} == {"Betriebe"}


def test_rows_equal_the_command(run: Run) -> None:
    csv = run("query", "speakers", "-f", "csv", "--lang", "en").stdout.splitlines()
    rows = itasgraph.ask("speakers")

    assert list(rows[0]) == csv[0].split(",")
    assert [row["person"] for row in rows] == [line.split(",")[csv[0].split(",").index("person")] for line in csv[1:]]


def test_data_frame_takes_rows() -> None:
    rows = itasgraph.ask("kinds")
    frame = pd.DataFrame(rows)

    assert list(frame) == ["kind", "kindLabel", "count"]
    assert frame["count"].dtype == "int64"
    assert frame["count"].sum() == sum(row["count"] for row in rows) > 10


def test_values_have_their_type(tiny: Path) -> None:
    rows = itasgraph.ask(
        """SELECT ?thing ?label ?position ?half ?first ?day ?year ?nothing {
             ?thing rdfs:label ?label ; schema:position ?position ; schema:startDate ?day
             BIND(?position / 2.0 AS ?half) BIND(?position = 1 AS ?first)
             BIND("2024"^^<http://www.w3.org/2001/XMLSchema#gYear> AS ?year)
             OPTIONAL { ?thing schema:name ?nothing }
           } ORDER BY ?position""",
        data=tiny,
    )

    assert rows[1] == {
        "thing": "http://e.org/b",
        "label": "Ä",
        "position": 2,
        "half": 1.0,
        "first": False,
        "day": datetime.date(2024, 7, 1),
        "year": "2024",
        "nothing": None,
    }
    assert [type(value) for value in rows[0].values()] == [str, str, int, float, bool, datetime.date, str, type(None)]


def test_no_rows_are_an_empty_list() -> None:
    assert itasgraph.ask("SELECT ?x { ?x a itas:Nothing }") == []


# --- other answers ----------------------------------------------------------------------------------------------------


def test_ask_is_boolean() -> None:
    assert itasgraph.ask("ASK { <person/ada-blum> a schema:Person }") is True
    assert itasgraph.ask("ASK { <person/ada-blum> a schema:Place }") is False


def test_construct_gives_a_graph(tiny: Path) -> None:
    rows = itasgraph.ask("CONSTRUCT WHERE { ?thing rdfs:label ?label }", data=[tiny])

    assert isinstance(rows, rdflib.Graph)
    assert set(rows) == {
        (URIRef("http://e.org/a"), RDFS.label, Literal("A")),
        (URIRef("http://e.org/b"), RDFS.label, Literal("Ä", lang="de")),
    }
    assert rows.qname(URIRef("https://w3id.org/itas/ontology#Topic")) == "itas:Topic"


def test_describe_gives_a_graph() -> None:
    rows = itasgraph.ask("DESCRIBE <person/ada-blum> {}")

    assert (URIRef(f"{BASE}person/ada-blum"), RDF.type, URIRef("https://schema.org/Person")) in rows


# --- where the question and the data come from ------------------------------------------------------------------------


def test_query_file_is_asked(tiny: Path) -> None:
    path = tiny.with_name("names.rq")
    path.write_text("SELECT ?label { ?thing rdfs:label ?label } ORDER BY ?label", encoding="utf-8")

    assert itasgraph.ask(path, data=str(tiny)) == [{"label": "A"}, {"label": "Ä"}]
    assert itasgraph.ask(str(path), data=[str(tiny)]) == [{"label": "A"}, {"label": "Ä"}]


def test_parameters_may_be_python_values(tiny: Path) -> None:
    later = "SELECT ?x { ?x schema:startDate ?day FILTER(?day > ?_since_date) }"
    further = "SELECT ?x { ?x schema:position ?_position_integer }"

    assert itasgraph.ask(later, data=tiny, since=datetime.date(2024, 6, 30)) == [{"x": "http://e.org/b"}]
    assert itasgraph.ask(further, data=tiny, position=2) == [{"x": "http://e.org/b"}]


def test_none_is_left_out() -> None:
    without = itasgraph.ask("statement", subject="Wärmebörse", object="Betriebe")

    assert itasgraph.ask("statement", subject="Wärmebörse", object="Betriebe", relation=None) == without != []


def test_folder_names_the_project(copy: Path) -> None:
    source = copy / "queries" / "only-here.rq"
    source.write_text('#+ title: Here\nSELECT ("here" AS ?where) {}', encoding="utf-8")

    assert (
        itasgraph.ask("only-here", folder=copy) == itasgraph.ask("only-here", folder=str(copy)) == [{"where": "here"}]
    )


@pytest.mark.slow
def test_endpoint_answers_alike(oxigraph: str) -> None:
    far = itasgraph.ask("offers", endpoint=oxigraph, target_group="Betriebe", cite=True)

    assert far == itasgraph.ask("offers", target_group="Betriebe", cite=True) != []


# --- evidence ---------------------------------------------------------------------------------------------------------


def test_cited_rows_have_quotes() -> None:
    rows = itasgraph.ask("who", topic="Wärme", cite=True)
    ada = next(row for row in rows if row["organisationLabel"] == "Stadtwerke Nordtal")

    assert dict(zip(ada["quotes"], ada["sources"], strict=True)) == {
        "Abwärme": "Report of 2023 – https://example.org/report-2023",
        "Heizung": "Report of 2024 – https://example.org/report-2024",
        "Ada Blum, Stadtwerke Nordtal": "Report of 2024, line 7, title “Wärme aus der Gießerei” – https://example.org/report-2024",
    }


def test_unproven_row_has_empty_lists(tiny: Path) -> None:
    rows = itasgraph.ask("SELECT ?label { ?x rdfs:label ?label } ORDER BY ?label", data=tiny, cite=True)

    assert rows[0] == {"label": "A", "quotes": [], "sources": []}


def test_own_column_keeps_its_name(tiny: Path) -> None:
    rows = itasgraph.ask('SELECT ("mine" AS ?quotes) {}', data=tiny, cite=True)

    assert rows == [{"quotes": "mine", "quotes_": [], "sources": []}]


# --- mistakes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "parameters", "words"),
    [
        ("ofers", {}, "offers"),
        ("offers", {"targetgroup": "Betriebe"}, "target_group"),
        ("offers", {"target_group": "Betreibe"}, "Betriebe"),
        ("changes", {}, "earlier"),
        ("kinds", {"lang": "fr"}, "de, en"),
        ("SELECT ?x { ?x rdf:type }", {}, "1 | SELECT ?x { ?x rdf:type }"),
        ("SELECT ?x { ?x rfds:label ?y }", {}, "rdfs"),
        ("kinds", {"endpoint": "http://127.0.0.1:9/", "data": "x.ttl"}, "--endpoint"),
        ("kinds", {"endpoint": "ftp://example.org/"}, "ftp"),
    ],
)
def test_usage_error_has_a_way_out(question: str, parameters: dict[str, str], words: str) -> None:
    with pytest.raises(itasgraph.ItasgraphError) as caught:
        itasgraph.ask(question, **parameters)  # type: ignore[arg-type]  # any name may be given

    assert isinstance(caught.value, UsageError)
    assert words in str(caught.value)


def test_other_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="is not a project"):
        itasgraph.ask("kinds", folder=tmp_path)


def test_long_query_is_given_up() -> None:
    product = " . ".join(f"?a{number} ?b{number} ?c{number}" for number in range(4))
    program = f"""import itasgraph
try:
    itasgraph.ask("SELECT (COUNT(*) AS ?n) {{ {product} }}", timeout=0.2)
except itasgraph.ItasgraphError as error:
    print(type(error).__name__)"""

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60)

    assert (done.stdout, done.stderr) == ("QueryTimeout\n", "")


# --- the name in the package ------------------------------------------------------------------------------------------


def test_help_example_is_true(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    actual = doctest.testmod(api)

    assert (actual.failed, actual.attempted) == (0, 3)


def test_import_is_light(tmp_path: Path) -> None:
    loaded = modules_after("import itasgraph\nassert itasgraph.ask('kinds')")

    assert loaded & {*HEAVY, "click"} == set()
    assert "pyoxigraph" in loaded


def test_late_names_are_listed() -> None:
    loaded = modules_after("import itasgraph\nassert {'ask', 'load', 'sources'} <= set(dir(itasgraph))")

    assert "pyoxigraph" not in loaded
