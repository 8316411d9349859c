"""Ids that are replaced: the old address leads to the entry of today, in every format and wherever a name is expected."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from itasgraph.authoring import project_check
from itasgraph.entities import names
from itasgraph.filters.anonymisation import anonymise
from itasgraph.network import builder
from itasgraph.parsing import jsonld_context
from itasgraph.project import Project
from itasgraph.store import memory
from itasgraph.store.memory import Graph
from tests.helpers.graphs import export, graph_of_project
from tests.helpers.namespaces import BASE
from tests.helpers.programs import Run
from tests.helpers.projects import ROOT, TWO_SOURCES, lay_out
from tests.helpers.servers import fill, oxigraph_in

# Old id → id of today; two organisations became one, and a source was renamed.
RENAMED = {
    "person/ada-blum": "person/ada-blume",
    "organisation/stadtwerke-nordtal": "organisation/stadtwerke",
    "organisation/energie-nordtal": "organisation/stadtwerke",
    "source/report-2023": "source/bericht-2023",
}


def changed(folder: Path, **links: str) -> Project:
    """The two invented reports with the ids of today, and `links.yaml`, which names the old ones or what a test gives."""
    project = lay_out(folder / "project", TWO_SOURCES)
    for path in (project / "data").glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        for old, new in RENAMED.items():
            text = text.replace(f"{old}:", f"{new}:").replace(f" {old}\n", f" {new}\n")
        path.write_text(text, encoding="utf-8")
    entries = links or {
        "person/ada-blume": "[person/ada-blum]",
        "organisation/stadtwerke": "[organisation/stadtwerke-nordtal, organisation/energie-nordtal]",
        "source/bericht-2023": "source/report-2023",
    }
    lines = "".join(f"- id: {new}\n  replaces: {old}\n" for new, old in entries.items())
    head = "id: editorial/links\ntype: EditorialGraph\nlabel: {de: Verknüpfungen, en: Links}\nsays:\n"
    (project / "data" / "links.yaml").write_text(head + lines, encoding="utf-8")
    return Project(project)


def said(project: Project, lang: str = "en") -> list[str]:
    """What `check` says, the place of each finding without its column."""
    return [f"{f.location.path}:{f.location.line}: {f.message(lang)}" for f in project_check.check(project)[0]]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return changed(tmp_path_factory.mktemp("replaced"))


@pytest.fixture(scope="module")
def graph(project: Project) -> Graph:
    return graph_of_project(project)


@pytest.fixture(scope="module")
def server(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> object:
    with oxigraph_in(tmp_path_factory.mktemp("oxigraph")) as real:
        fill(f"{real.graphs}?default", export(graph, "turtle"), None)
        yield real.query


def successors(graph: Graph) -> dict[str, str]:
    rows = graph.select("""
        SELECT ?old ?new { ?old dcterms:isReplacedBy ?new ; owl:deprecated true . ?new dcterms:replaces ?old }""")
    return {row["old"].value.removeprefix(BASE): row["new"].value.removeprefix(BASE) for row in rows}


@pytest.mark.slow
def test_project_with_replaced_ids_is_sound(project: Project) -> None:
    assert said(project) == []


@pytest.mark.quick(2)
@pytest.mark.parametrize("form", ["turtle", "trig", "ntriples", "nquads", "jsonld", "rdfxml"])
def test_each_format_leads_from_the_old_id_to_the_new_one(graph: Graph, form: str) -> None:
    formats = {
        "turtle": ox.RdfFormat.TURTLE, "trig": ox.RdfFormat.TRIG, "ntriples": ox.RdfFormat.N_TRIPLES,
        "nquads": ox.RdfFormat.N_QUADS, "jsonld": ox.RdfFormat.JSON_LD, "rdfxml": ox.RdfFormat.RDF_XML,
    }  # fmt: skip
    quads = ox.parse(export(graph, form), formats[form])
    again = memory.from_quads((ox.Quad(q.subject, q.predicate, q.object) for q in quads), graph.terms)

    assert successors(again) == RENAMED


def test_old_id_is_no_entry(graph: Graph, project: Project) -> None:
    olds = [f"{BASE}{old}" for old in RENAMED]
    network = builder.build(
        graph, (ROOT / "queries/network/everything.rq").read_text(encoding="utf-8"), "everything.rq"
    )
    of_old = graph.select(f"""
        SELECT DISTINCT ?property {{ VALUES ?old {{ {" ".join(f"<{old}>" for old in olds)} }} ?old ?property ?value }}""")

    assert {graph.compact(row["property"].value) for row in of_old} == {"dcterms:isReplacedBy", "owl:deprecated"}
    assert not set(network) & set(olds)


@pytest.mark.parametrize(("old", "new"), RENAMED.items())
@pytest.mark.parametrize("base", ["", BASE])
def test_old_id_names_the_entry_of_today(graph: Graph, old: str, new: str, base: str) -> None:
    with pytest.warns(UserWarning, match=f"“{base}{old}” is now called: .* \\({new}\\)"):
        assert names.resolve(graph, base + old).value == BASE + new


def test_show_tells_the_id_of_today(run: Run, project: Project) -> None:
    done = run("show", "person/ada-blum", "--project", project.root, "--lang", "de")

    assert done.stderr == "„person/ada-blum“ heißt jetzt: Ada Blum (person/ada-blume)\n"
    assert done.stdout.startswith(f"Ada Blum · Person\n{BASE}person/ada-blume\n")
    assert "ersetzt\n  person/ada-blum\n" in done.stdout


ASKED = [
    ("query", "person", "-p", "person=person/ada-blum", "-f", "csv"),
    ("query", "organisation", "-p", "organisation=organisation/energie-nordtal", "-f", "csv"),
    ("show", "person/ada-blum"),
    ("path", "person/ada-blum", "organisation/stadtwerke-nordtal"),
    ("export", "--about", "person/ada-blum", "-f", "ntriples"),
]


@pytest.mark.quick(1)
@pytest.mark.parametrize("remote", [False, True], ids=["embedded", "endpoint"])
@pytest.mark.parametrize("command", ASKED, ids=" ".join)
def test_commands_take_the_old_id(
    run: Run, project: Project, server: str, command: tuple[str, ...], remote: bool
) -> None:
    new = [part.replace(old, now) for part in command for old, now in [_in(part)]]
    place = ["--project", project.root, *(["--endpoint", server] if remote else []), "--lang", "en"]
    by_old, by_new = run(*command, *place), run(*new, *place)

    assert "is now called" in by_old.stderr
    assert (by_old.exit_code, by_old.stdout) == (0, by_new.stdout)


def _in(part: str) -> tuple[str, str]:
    """The old id in a part of a command, and the id of today."""
    return next(((old, new) for old, new in RENAMED.items() if old in part), ("-", "-"))


def test_old_id_of_another_kind_is_refused(run: Run, project: Project) -> None:
    done = run("query", "who", "-p", "topic=person/ada-blum", "--project", project.root, "--lang", "en")

    assert done.exit_code == 2
    assert done.stderr.startswith("“person/ada-blum” is of the kind Person")


def test_query_with_an_old_id_gets_a_hint(run: Run, project: Project) -> None:
    query = "SELECT ?name { GRAPH <source/report-2023> { <person/ada-blum> schema:name ?name } }"
    done = run("query", query, "--project", project.root, "--lang", "en")

    assert "Note: the graph has source/bericht-2023 instead of “<source/report-2023>” today\n" in done.stderr
    assert "Note: the graph has person/ada-blume instead of “<person/ada-blum>” today\n" in done.stderr


def test_old_id_of_a_person_leaves_with_the_person(graph: Graph) -> None:
    text = export(anonymise(graph), "nquads").decode().lower()

    assert "ada-blum" not in text
    assert "energie-nordtal" in text


# --- what check says ------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_reference_to_an_old_id_is_reported(project: Project, tmp_path: Path) -> None:
    copy = shutil.copytree(project.root, tmp_path / "copy")
    path = copy / "data" / "report-2024.yaml"
    text = path.read_text(encoding="utf-8").replace("person/ada-blume:", "person/ada-blum:", 1)
    path.write_text(text, encoding="utf-8")
    line = text[: text.index("person/ada-blum:")].count("\n") + 1

    assert f"{path}:{line}: “person/ada-blum” is now called person/ada-blume – write that id here" in said(
        Project(copy)
    )


@pytest.mark.slow
def test_question_with_an_old_id_is_reported(project: Project, tmp_path: Path) -> None:
    copy = shutil.copytree(project.root, tmp_path / "copy")
    path = copy / "queries" / "own.rq"
    path.write_text('#+ title: "Own"\nSELECT ?name { <person/ada-blum> schema:name ?name }\n', encoding="utf-8")

    assert said(Project(copy)) == [
        f"{path}:2: the graph has person/ada-blume instead of person/ada-blum today – write that here"
    ]


@pytest.mark.slow
def test_chain_leads_to_its_end(tmp_path: Path) -> None:
    project = changed(
        tmp_path, **{"person/ada-blume": "person/ada-berg", "person/ada-berg": "person/ada-blum",
                     "organisation/stadtwerke": "organisation/stadtwerke-nordtal"},
    )  # fmt: skip
    graph = graph_of_project(project)

    assert said(project) == []
    assert successors(graph) == {
        "person/ada-berg": "person/ada-blume",
        "person/ada-blum": "person/ada-blume",
        "organisation/stadtwerke-nordtal": "organisation/stadtwerke",
    }


@pytest.mark.quick(1)
@pytest.mark.parametrize(
    ("links", "spot", "message"),
    [
        (
            {"person/ada-blume": "goal/waerme-teilen"},
            ("report-2023.yaml", "- id: goal/waerme-teilen"),
            "person/ada-blume replaces this entry, and it is still described",
        ),
        (
            {"person/ada-blume": "person/x", "person/carl-dorn": "person/x"},
            ("links.yaml", "- id: person/carl-dorn\n  replaces: person/x"),
            "person/x is replaced by person/ada-blume already",
        ),
        (
            {"person/x": "person/y", "person/y": "person/x"},
            ("links.yaml", "  replaces: person/y"),
            "“replaces:” leads from this entry back to itself",
        ),
        (
            {"person/ada-blume": "person/ada-blume"},
            ("links.yaml", "  replaces: person/ada-blume"),
            "“replaces:” leads from this entry back to itself",
        ),
    ],
    ids=["still described", "replaced twice", "loop", "itself"],
)
def test_contradictions_are_reported(
    tmp_path: Path, links: dict[str, str], spot: tuple[str, str], message: str
) -> None:
    project = changed(tmp_path, **links)
    path = project.root / "data" / spot[0]
    text = path.read_text(encoding="utf-8")
    line = text[: text.index(spot[1]) + len(spot[1])].count("\n") + 1

    assert any(one.startswith(f"{path}:{line}: {message}") for one in said(project)), said(project)


def test_shipped_context_has_the_key() -> None:
    key = jsonld_context.read(ROOT / "ontology" / "context.jsonld", "context").keys["replaces"]

    assert key.iri == "http://purl.org/dc/terms/replaces"
