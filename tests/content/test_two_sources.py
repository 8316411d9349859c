"""Two documents that disagree stay side by side, each with its source, and each answer is given once."""

from __future__ import annotations

import re
from collections import Counter
from contextlib import suppress
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
from rdflib import Literal, URIRef
from rdflib import Namespace as Space

import itasgraph
from itasgraph.authoring import coverage
from itasgraph.entities import description
from itasgraph.entities.evidence import Evidence
from itasgraph.errors import UsageError
from itasgraph.network import builder
from itasgraph.project import Project
from itasgraph.questions import queries
from itasgraph.store import compiler, memory
from itasgraph.store.endpoint import Endpoint
from itasgraph.store.memory import Graph
from itasgraph.store.queryable import Queryable
from tests.helpers.browsing import embedded
from tests.helpers.graphs import export, graph_of_project
from tests.helpers.programs import Run
from tests.helpers.projects import FIRST, ITAS, ROOT, SECOND, TWO_CONGRESSES, TWO_SOURCES, lay_out
from tests.helpers.questions import NORDTAL_VALUES, READY, Row, ask, columns
from tests.helpers.servers import fill, virtuoso_in

TERM = Space("https://w3id.org/itas/ontology#")
SCHEMA = Space("https://schema.org/")
CONGRESS, OFFER = str(ITAS["event/wandelkongress-2023"]), str(ITAS["offer/waermeboerse"])
COMPANIES, TALK = str(ITAS["group/betriebe"]), str(ITAS["talk/waerme"])
# One topic with two actors, one offer with a contact, nobody beside another or in an activity: nothing to answer.
NO_ROWS = {"gaps", "never-spoke", "no-contact", "participations", "several-sections", "shared-topics", "together"}


@pytest.fixture
def folder(nordtal_project: Project) -> Path:
    return nordtal_project.root


@pytest.fixture
def pair(tmp_path: Path) -> Path:
    """Return a project of the two documents, to be changed by a test."""
    return lay_out(tmp_path / "project", TWO_SOURCES)


def answers(name: str, folder: Path, graph: Graph, lang: str = "de") -> list[dict[str, str]]:
    """Return the rows a ready question gives, by column, empty where a value is unbound."""
    return ask(name, graph, Project(folder), lang, **NORDTAL_VALUES.get(name, {}))


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


# --- check and coverage ---------------------------------------------------------------------------------------------


def test_two_documents_have_text_and_data() -> None:
    texts = sorted(path.stem for path in (TWO_SOURCES / "sources").glob("*.txt"))

    assert texts == ["report-2023", "report-2024"]
    assert all((TWO_SOURCES / "data" / f"{name}.yaml").is_file() for name in texts)


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["de", "en"])
def test_disagreement_is_no_fault(run: Run, folder: Path, lang: str) -> None:
    done = run("check", "--project", folder, "--lang", lang)

    assert done.exit_code == 0
    assert done.stdout == ""
    assert done.stderr.startswith({"de": "In Ordnung", "en": "No faults"}[lang])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("entry", "more"),
    [
        ("- id: event/wandelkongress-2023\n", "  date: 2023-05-06\n"),
        ("- id: talk/waerme\n  title: Wärme aus der Gießerei\n", "  position: 3\n"),
    ],
    ids=["date", "place in the programme"],
)
def test_other_date_or_place_is_no_fault(run: Run, pair: Path, entry: str, more: str) -> None:
    change(pair / "data" / "report-2024.yaml", entry, entry + more)

    done = run("check", "--project", pair, "--lang", "en")

    assert (done.exit_code, done.stdout) == (0, "")


@pytest.mark.slow
def test_other_title_is_no_fault(run: Run, pair: Path) -> None:
    change(pair / "data" / "report-2024.yaml", "title: Wärme aus der Gießerei", "title: Wärme der Gießerei")

    done = run("check", "--project", pair, "--lang", "en")

    assert (done.exit_code, done.stdout) == (0, "")


@pytest.mark.slow
def test_two_dates_in_one_document_are_a_fault(run: Run, pair: Path) -> None:
    change(pair / "data" / "report-2023.yaml", "date: 2023-05-05", "date: [2023-05-05, 2023-05-06]")

    done = run("check", "--project", pair, "--lang", "en")

    assert done.exit_code == 1
    assert "an event begins on one day" in done.stdout


@pytest.mark.parametrize(
    ("name", "lines"), [("report-2023", (6, 1, 0, 7)), ("report-2024", (8, 1, 0, 9))], ids=["first", "second"]
)
def test_texts_are_covered_by_their_data(run: Run, folder: Path, name: str, lines: tuple[int, int, int, int]) -> None:
    done = run("coverage", TWO_SOURCES / "sources" / f"{name}.txt", "--project", folder, "--lang", "en")

    assert done.exit_code == 0
    assert "Lines: {} covered, {} left out on purpose, {} not covered, {} blank.".format(*lines) in done.stderr
    assert done.stdout.count("\n") == 1  # the line left out on purpose


def test_misquote_names_its_file(pair: Path) -> None:
    text = TWO_SOURCES / "sources" / "report-2024.txt"
    wrong = "Die Wärmebörse, eine Heizung aus erster Hand"
    change(pair / "data" / "report-2024.yaml", "Die Wärmebörse, eine Heizung aus zweiter Hand", wrong)

    actual = coverage.measure_coverage(text, Project(pair)).findings

    assert [Path(finding.location.path).name for finding in actual if wrong in finding.render("en")] == [
        "report-2024.yaml"
    ]


# --- show -----------------------------------------------------------------------------------------------------------


def description_lines(graph: Graph, name: str) -> list[str]:
    return description.text(graph, str(ITAS[name]), "en").split("\n")


def below(lines: list[str], heading: str) -> list[str]:
    """Return the lines that stand deeper than a heading, up to the next that does not."""
    start = lines.index(heading)
    depth = len(heading) - len(heading.lstrip())
    end = start + 1
    while end < len(lines) and lines[end].startswith(" " * (depth + 1)):
        end += 1
    return [line.strip() for line in lines[start + 1 : end]]


def test_both_figures_name_their_document(nordtal: Graph) -> None:
    lines = description_lines(nordtal, "event/wandelkongress-2023")
    support = {figure: below(lines, f"more guests than: {figure}") for figure in (60, 80)}

    assert lines[-3:-1] == [
        "[1] Report of 2023 – https://example.org/report-2023",
        "[2] Report of 2024 – https://example.org/report-2024",
    ]
    assert [re.findall(r"\[\d\]|Report of \d+", " ".join(support[figure])) for figure in (60, 80)] in (
        [["[1]"], ["[2]"]],
        [["Report of 2023"], ["Report of 2024"]],
    )


def test_both_affiliations_name_their_document(nordtal: Graph) -> None:
    lines = description_lines(nordtal, "person/ada-blum")

    assert below(lines, "is named with the organisation") == [
        "Gießerei Hartmann",
        "“Ada Blum, Gießerei Hartmann” [1]",
        "Stadtwerke Nordtal",
        "“Ada Blum, Stadtwerke Nordtal” [2, lines 7, 13]",
    ]
    assert below(lines, "  Heat from the foundry (Gießerei Hartmann)") == ["“Ada Blum, Gießerei Hartmann” [1]"]
    assert below(lines, "  Heat from the foundry (Stadtwerke Nordtal)") == [
        "“Ada Blum, Stadtwerke Nordtal” [2, line 7]"
    ]


def test_line_belongs_to_its_document(nordtal: Graph) -> None:
    lines = description_lines(nordtal, "person/ada-blum")

    assert lines[2:4] == ["    “Ada Blum” [1]", "    “Ada Blum” [2, lines 7, 13]"]


def test_planned_and_running_are_both_shown(nordtal: Graph) -> None:
    lines = description_lines(nordtal, "offer/waermeboerse")

    assert below(lines, "has the status") == ["planned", "“ist geplant” [1]", "running", "“läuft seit Januar” [2]"]


def test_same_words_are_shown_once(nordtal: Graph) -> None:
    lines = description_lines(nordtal, "offer/waermeboerse")
    quote = "“Die Wärmebörse richtet sich an Betriebe”"

    assert below(lines, "is for") == ["Companies", f"{quote} [1]", f"{quote} [2]"]


def test_documents_describe_in_own_words(nordtal: Graph) -> None:
    lines = description_lines(nordtal, "offer/waermeboerse")

    assert lines[2:4] == [
        "    “Die Wärmebörse, ein Tauschring für Abwärme” [1]",
        "    “Die Wärmebörse, eine Heizung aus zweiter Hand” [2]",
    ]
    assert below(lines, "is about")[:3] == ["Heat", "“Abwärme” [1]", "“Heizung” [2]"]


@pytest.mark.parametrize("name", ["Verein Nordlicht", "Lernwerk Nordtal"], ids=["old", "new"])
def test_renamed_organisation_is_one(run: Run, folder: Path, name: str) -> None:
    done = run("show", name, "--project", folder, "--lang", "en")
    lines = done.stdout.split("\n")

    assert done.exit_code == 0
    assert lines[0] == "Lernwerk Nordtal · Organisation"
    assert lines[2:5] == ["also: Verein Nordlicht", "    “Lernwerk Nordtal” [2]", "    “Verein Nordlicht” [1]"]
    assert below(lines, "  Carl Dorn") == ["“Carl Dorn, Lernwerk Nordtal” [2]", "“Carl Dorn, Verein Nordlicht” [1]"]


def test_quote_has_its_document_number(nordtal: Graph) -> None:
    texts = {
        label: (TWO_SOURCES / "sources" / f"{name}.txt").read_text(encoding="utf-8")
        for label, name in (("Report of 2023", "report-2023"), ("Report of 2024", "report-2024"))
    }
    things = [row["thing"].value for row in nordtal.select("SELECT DISTINCT ?thing WHERE { ?thing itas:kind ?kind }")]
    seen: list[tuple[str, str]] = []
    for thing in things:
        text = description.text(nordtal, thing, "en")
        labels = dict(re.findall(r"^\[(\d)\] (Report of \d+)", text, re.MULTILINE))
        seen += [(words, labels[number]) for words, number in re.findall(r"“(.+)” \[(\d)", text)]

    assert len(things) > 15
    assert {label for _, label in seen} == set(texts)
    assert [(words, label) for words, label in seen if words not in texts[label]] == []


# --- query ----------------------------------------------------------------------------------------------------------


def select(run: Run, folder: Path, sparql: str) -> list[str]:
    done = run("query", "-", "-f", "csv", "--project", folder, stdin=sparql)
    assert done.exit_code == 0, done.stderr
    return done.stdout.splitlines()[1:]


def test_graph_tells_who_states_a_figure(run: Run, folder: Path) -> None:
    rows = select(
        run,
        folder,
        "SELECT ?figure ?source { ?source a itas:Source . "
        "GRAPH ?source { <event/wandelkongress-2023> itas:attendeesMoreThan ?figure } } ORDER BY ?figure",
    )

    assert rows == [f"60,{FIRST}", f"80,{SECOND}"]


def test_source_tells_who_states_an_affiliation(run: Run, folder: Path) -> None:
    rows = select(
        run,
        folder,
        "SELECT ?organisation ?source { ?appearance rdf:subject <talk/waerme> ; org:member <person/ada-blum> ; "
        "org:organization ?organisation ; dcterms:source ?source } ORDER BY ?source",
    )

    assert rows == [
        f"{ITAS['organisation/giesserei-hartmann']},{FIRST}",
        f"{ITAS['organisation/stadtwerke-nordtal']},{SECOND}",
    ]


def test_documented_query_names_both(run: Run, folder: Path) -> None:
    rows = select(
        run,
        folder,
        "SELECT ?quote ?document { ?statement rdf:subject <offer/waermeboerse> ; rdf:predicate schema:audience ; "
        "rdf:object <group/betriebe> ; itas:quote ?quote ; dcterms:source ?source . "
        "?source prov:wasDerivedFrom ?document } ORDER BY ?document",
    )

    assert rows == [
        f"Die Wärmebörse richtet sich an Betriebe,https://example.org/report-{year}" for year in (2023, 2024)
    ]


def test_same_statement_is_one_triple(run: Run, folder: Path) -> None:
    rows = select(run, folder, "SELECT ?group { <offer/waermeboerse> schema:audience ?group }")

    assert rows == [COMPANIES]


# --- the ready questions --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("path", READY, ids=lambda path: path.stem)
def test_each_answer_comes_once(path: Path, lang: str, folder: Path, nordtal: Graph) -> None:
    rows = Counter(tuple(row.values()) for row in answers(path.stem, folder, nordtal, lang))

    assert bool(rows) == (path.stem not in NO_ROWS)
    assert [row for row, times in rows.items() if times > 1] == []


@pytest.mark.parametrize(
    ("name", "names", "expected"),
    [
        ("goals", ("ownerLabel", "goalLabel"), [("Netzwerk Nordtal", "Wärme teilen")]),
        ("messages", ("ownerLabel", "messageLabel"), [("Netzwerk Nordtal", "Niemand baut allein um")]),
        (
            "programme",
            ("contributionLabel", "speakerLabel", "organisationLabel"),
            [
                ("Wärme aus der Gießerei", "Ada Blum", "Gießerei Hartmann"),
                ("Wärme aus der Gießerei", "Ada Blum", "Stadtwerke Nordtal"),
                ("Lernen im Betrieb", "Carl Dorn", "Lernwerk Nordtal"),
                ("Ein Jahr Wärmebörse", "Ada Blum", "Stadtwerke Nordtal"),
            ],
        ),
        (
            "organisations",
            ("organisationLabel", "contributions", "people"),
            [("Stadtwerke Nordtal", "2", "1"), ("Gießerei Hartmann", "1", "1"), ("Lernwerk Nordtal", "1", "1")],
        ),
        ("topics", ("topicLabel", "projects"), [("Wärme", "1")]),
        ("plans", ("planLabel", "statusLabel", "quote"), [("Wärmebörse", "geplant", "ist geplant")]),
        (
            "participants",
            ("groupLabel", "quote"),
            [
                ("Gäste des Wandelkongresses", "kamen mehr als 60 Gäste | waren mehr als 80 Gäste gekommen"),
            ],
        ),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_agreement_is_merged_and_difference_kept(
    name: str, names: Row, expected: list[Row], folder: Path, nordtal: Graph
) -> None:
    rows = answers(name, folder, nordtal)

    assert columns(rows, *names) == expected


def test_speakers_keep_words_per_document(folder: Path, nordtal: Graph) -> None:
    rows = answers("speakers", folder, nordtal)

    assert columns(rows, "personLabel", "organisationLabel", "contributionLabel", "quote") == [
        ("Ada Blum", "Stadtwerke Nordtal", "Ein Jahr Wärmebörse", "Ada Blum, Stadtwerke Nordtal"),
        ("Ada Blum", "Gießerei Hartmann", "Wärme aus der Gießerei", "Ada Blum, Gießerei Hartmann"),
        ("Ada Blum", "Stadtwerke Nordtal", "Wärme aus der Gießerei", "Ada Blum, Stadtwerke Nordtal"),
        (
            "Carl Dorn",
            "Lernwerk Nordtal",
            "Lernen im Betrieb",
            "Carl Dorn, Lernwerk Nordtal | Carl Dorn, Verein Nordlicht",
        ),
    ]


def test_offers_have_a_told_order(folder: Path, nordtal: Graph) -> None:
    rows = columns(
        answers("offers", folder, nordtal), "offerLabel", "audienceLabel", "statusLabel", "organisationLabel"
    )

    assert {(status, organisation) for _, _, status, organisation in rows} >= {
        ("geplant", "Gießerei Hartmann"),
        ("läuft", "Stadtwerke Nordtal"),
    }
    assert rows in (sorted(rows), sorted(rows, key=lambda row: row[::-1]))


# --- Python, the picture, the exports -------------------------------------------------------------------------------


def test_sources_lists_both_documents(folder: Path) -> None:
    graph = itasgraph.load(folder)

    actual = itasgraph.sources(graph, URIRef(OFFER), SCHEMA.audience, URIRef(COMPANIES))

    assert [(item.kind, str(item.graph), item.quote, item.lines) for item in actual] == [
        ("source", FIRST, "Die Wärmebörse richtet sich an Betriebe", ()),
        ("source", SECOND, "Die Wärmebörse richtet sich an Betriebe", ()),
    ]


@pytest.mark.parametrize(("figure", "source"), [(60, FIRST), (80, SECOND)])
def test_sources_tells_who_states_a_figure(folder: Path, figure: int, source: str) -> None:
    graph = itasgraph.load(folder)

    actual = itasgraph.sources(graph, URIRef(CONGRESS), TERM.attendeesMoreThan, Literal(figure))

    assert [(item.kind, str(item.graph)) for item in actual] == [("source", source)]


@pytest.mark.parametrize("name", ["actors", "everything"])
def test_edge_has_words_of_both(name: str, nordtal: Graph) -> None:
    path = ROOT / "queries" / "network" / f"{name}.rq"
    picture = builder.build(nordtal, path.read_text(encoding="utf-8"), path.name)
    same = "Die Wärmebörse richtet sich an Betriebe"
    speaks = picture.edges[TALK, str(ITAS["person/ada-blum"]), str(SCHEMA.performer)]

    assert picture.edges[OFFER, COMPANIES, str(SCHEMA.audience)]["quotes"] == [
        Evidence(same, (), FIRST),
        Evidence(same, (), SECOND),
    ]
    assert speaks["quotes"] == [
        Evidence("Ada Blum, Gießerei Hartmann", (), FIRST),
        Evidence("Ada Blum, Stadtwerke Nordtal", (7,), SECOND),
    ]


@pytest.mark.slow
def test_picture_lines_belong_to_their_document(run: Run, folder: Path, tmp_path: Path) -> None:
    run("view", "-o", tmp_path / "n.html", "--project", folder)
    data = embedded((tmp_path / "n.html").read_bytes())
    quotes = next(node["quotes"] for node in data["nodes"] if node["id"] == str(ITAS["person/ada-blum"]))

    assert [(quote["source"], quote["lines"]) for quote in quotes] == [(FIRST, []), (SECOND, [7, 13])]


@pytest.mark.quick(1)
@pytest.mark.parametrize("format_", ["turtle", "ntriples", "nquads"])
def test_file_order_changes_no_byte(format_: str, pair: Path, nordtal: Graph) -> None:
    (pair / "data" / "report-2023.yaml").rename(pair / "data" / "z.yaml")
    compiled = compiler.compile_project(Project(pair))
    again = memory.from_quads(reversed(compiled.quads), compiled.context)

    exported = export(again, format_)

    assert exported == export(nordtal, format_)
    assert b"Gie\xc3\x9ferei Hartmann" in exported
    assert b"Stadtwerke Nordtal" in exported


# --- another store ----------------------------------------------------------------------------------------------


def rows_in_order(store: Queryable, text: str) -> list[tuple[str, ...]]:
    """Return rows as texts; SPARQL 1.1 (section 18.5.1.7) leaves the order of the parts of GROUP_CONCAT to the store."""
    return [tuple("|".join(sorted(re.split(r' \| |"', str(term)))) for term in row) for row in store.select(text)]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("documents", "values", "count"),
    [
        (TWO_SOURCES, NORDTAL_VALUES, 39),
        (
            TWO_CONGRESSES,
            {"changes": {"earlier": "source/congress-2023", "later": "source/congress-2024"}},
            28,
        ),
    ],
)
@pytest.mark.parametrize("lang", ["de", "en"])
def test_virtuoso_gives_the_same_rows_in_the_same_order(
    documents: Path, values: dict[str, dict[str, str]], count: int, lang: str, tmp_path: Path
) -> None:
    project = Project(lay_out(tmp_path / "project", documents))
    graph = graph_of_project(project)
    texts = {}
    for path in READY:
        with suppress(UsageError):  # it needs an entry that this project does not have
            texts[path.stem] = queries.bind(queries.read(path, project), values.get(path.stem, {}), graph, lang)
    (tmp_path / "virtuoso").mkdir()
    with virtuoso_in(tmp_path / "virtuoso") as server:
        for name in {quad.graph_name for quad in graph.quads() if isinstance(quad.graph_name, ox.NamedNode)}:
            triples = (quad.triple for quad in graph.quads() if quad.graph_name == name)
            triples_as_text = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
            fill(f"{server.graphs}?graph-uri={name.value}", triples_as_text, httpx.DigestAuth("dba", "dba"))
        far = Endpoint(server.query, graph.prefixes, graph.base, 60)

        wrong = [name for name, text in texts.items() if rows_in_order(far, text) != rows_in_order(graph, text)]

    assert wrong == []
    assert len(texts) == count
    assert len(rows_in_order(graph, texts["changes"])) >= 12
