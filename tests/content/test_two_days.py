"""An event of two days: who moderates has not presented, an organisation may speak without a person, and times of day."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from itasgraph.authoring import project_check
from itasgraph.entities import description
from itasgraph.network import builder
from itasgraph.project import Project
from itasgraph.store.memory import Graph
from tests.helpers import questions
from tests.helpers.graphs import count, graph_of_project
from tests.helpers.programs import Run
from tests.helpers.projects import ITAS, ROOT, TWO_DAYS, lay_out
from tests.helpers.questions import Row, columns

IDA, NORA, OLE = (str(ITAS[f"person/{name}"]) for name in ("ida-kern", "nora-falk", "ole-brandt"))
PRINTER = str(ITAS["organisation/druckwerk"])
REPORT = yaml.safe_load((TWO_DAYS / "data" / "repair-days-2031.yaml").read_text(encoding="utf-8"))
GIVEN = {
    "offers": {"target_group": "Alle"},
    "organisation": {"organisation": "Stadt Oberland"},
    "person": {"person": "Nora Falk"},
    "topic": {"topic": "Reparieren"},
    "who": {"topic": "Reparieren"},
}
# Questions and networks about who presented, appeared or can help.
ABOUT_SPEAKERS = (
    "connectors", "gaps", "no-contact", "organisations", "programme", "projects", "shared-topics", "speakers",
    "together", "topic", "topics", "who",
)  # fmt: skip
OF_SPEAKERS = ("contacts", "organisations", "sections", "topics")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(lay_out(tmp_path_factory.mktemp("days") / "project", TWO_DAYS))


@pytest.fixture(scope="module")
def days(project: Project) -> Graph:
    return graph_of_project(project)


def answers(name: str, graph: Graph, project: Project, lang: str = "de", **given: str) -> list[dict[str, str]]:
    path = ROOT / "queries" / f"{name}.rq"
    return questions.answers(path, project, graph, lang, given or GIVEN.get(name, {}))


def edges(name: str, graph: Graph, project: Project) -> set[tuple[str, str, str]]:
    return set(builder.build(graph, builder.find_query(name, project).text, name).edges(keys=True))


def test_project_is_sound(project: Project) -> None:
    findings, _ = project_check.check(project)

    assert [str(finding) for finding in findings] == []


# --- moderating is not presenting -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ABOUT_SPEAKERS)
def test_who_only_moderates_has_not_presented(days: Graph, project: Project, name: str) -> None:
    cells = [cell for row in answers(name, days, project) for cell in row.values()]

    assert IDA not in cells
    assert not any("Ida Kern" in cell for cell in cells)


@pytest.mark.parametrize("name", OF_SPEAKERS)
def test_moderator_is_in_no_network_of_speakers(days: Graph, project: Project, name: str) -> None:
    network = builder.build(days, builder.find_query(name, project).text, name)

    assert IDA not in network
    assert str(ITAS["organisation/stadt-oberland"]) not in network


def test_moderators_are_named_as_moderators(days: Graph, project: Project) -> None:
    rows = answers("person", days, project)

    assert columns(rows, "relationLabel", "contributionLabel", "presentedLabel") == [
        ("moderiert", "Ersatzteile aus dem Drucker", ""),
        ("spricht in", "Die Werkzeugbücherei für alle", "Werkzeugbücherei"),
    ]


def test_organisation_moderates_through_its_people(days: Graph, project: Project) -> None:
    rows = answers("organisation", days, project, "en")

    assert columns(rows, "relationLabel", "thingLabel") == [
        ("moderates", "Conversation on maintenance"),
        ("moderates", "Learning to repair"),
        ("moderates", "The tool library for all"),
        ("moderation", "Ida Kern"),
    ]


@pytest.mark.parametrize("entity", ["person/ida-kern", "organisation/stadt-oberland", "talk/library"])
def test_show_says_who_moderates(days: Graph, entity: str) -> None:
    found = description.describe(days, str(ITAS[entity]), "de").relations
    named = {
        (one.relation, one.value, *one.qualifiers) for one in found if {"Ida Kern", "Stadt Oberland"} & {one.value}
    }

    assert (
        named
        == {
            "person/ida-kern": {("tritt auf für", "Stadt Oberland", "Moderation")},
            "organisation/stadt-oberland": {("wird vertreten von", "Ida Kern", "Moderation")},
            "talk/library": {("wird moderiert von", "Ida Kern", "Stadt Oberland")},
        }[entity]
    )


def test_no_path_leads_through_a_moderator(run: Run, project: Project) -> None:
    done = run("path", "Ole Brandt", "Nora Falk", "--project", project.root, "--lang", "en")

    assert done.exit_code == 1
    assert "Ida Kern" not in done.stdout


def test_path_to_a_moderator_says_so(run: Run, project: Project) -> None:
    done = run("path", "Ole Brandt", "Ida Kern", "--project", project.root, "--lang", "en")

    assert "is moderated by: Ida Kern" in done.stdout


@pytest.mark.parametrize("network", ["actors", "everything", "links", "programme"])
def test_analysis_counts_no_moderation(run: Run, project: Project, network: str) -> None:
    done = run("analyse", network, "--project", project.root, "--lang", "en", "-f", "csv")

    assert "is moderated by" in (run("view", network, "--project", project.root, "-o", "-").stdout)
    assert not [
        line for line in done.stdout.splitlines() if line.startswith(("connects", "neighbours")) and IDA in line
    ]


def test_organisation_of_a_moderator_stays_without_people(run: Run, project: Project, tmp_path: Path) -> None:
    run("export", "--no-people", "-o", tmp_path / "days.nt", "--project", project.root)
    text = (tmp_path / "days.nt").read_text(encoding="utf-8")
    town = f"<{ITAS['organisation/stadt-oberland']}>"

    assert not [name for name in ("ida-kern", "Ida", "Kern", "Falk", "Brandt") if name in text]
    assert f"<{ITAS['talk/library']}> <{ITAS['ontology#moderatedBy']}> {town}" in text
    assert f"performer> {town}" not in text


# A programme: the speakers and the moderators of each talk, by number.
PROGRAMMES = st.lists(st.tuples(st.sets(st.integers(0, 4)), st.sets(st.integers(0, 4))), min_size=1, max_size=4)


def programme(talks: list[tuple[set[int], set[int]]], with_moderators: bool) -> dict[str, Any]:
    """Return a report with these talks instead of its own; everybody stays described."""
    actors = [("person/ida-kern", "stadt-oberland"), ("person/nora-falk", "radio-oberland"),
              ("person/ole-brandt", "schraubstock"), ("organisation/druckwerk", ""), ("people/schools", "")]  # fmt: skip
    report = copy.deepcopy(REPORT)
    own = [entry for entry in report["says"] if entry["type"] != "Contribution"]
    for entry in own:
        entry.pop("moderators", None)
    for number, (speakers, moderators) in enumerate(talks, 1):
        talk = {
            "id": f"talk/{number}", "type": "Contribution", "position": number, "label": {"de": f"T{number}", "en": f"T{number}"},
            "partOf": ("section/learning", "section/sharing")[number % 2], "presents": {"offer/library": {"quote": "q"}},
        }  # fmt: skip
        for key, numbers in (("speakers", speakers), ("moderators", moderators if with_moderators else set())):
            talk[key] = {
                actors[one][0]: {"position": one + 1, "quote": "q"}
                | ({"organisation": f"organisation/{actors[one][1]}"} if actors[one][1] else {})
                for one in sorted(numbers)
            }
        own.append({key: value for key, value in talk.items() if value})
    return {**report, "says": own}


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(PROGRAMMES)
def test_moderators_change_no_answer_about_speakers(
    tmp_path_factory: pytest.TempPathFactory, talks: list[tuple[set[int], set[int]]]
) -> None:
    found = []
    for with_moderators in (False, True):
        project = Project(lay_out(tmp_path_factory.mktemp("programme") / "project", TWO_DAYS))
        report = yaml.safe_dump(programme(talks, with_moderators), allow_unicode=True)
        (project.root / "data" / "repair-days-2031.yaml").write_text(report, encoding="utf-8")
        graph = graph_of_project(project)
        found.append(
            (
                {name: answers(name, graph, project) for name in ABOUT_SPEAKERS},
                {name: edges(name, graph, project) for name in OF_SPEAKERS},
                count(graph, "?talk itas:moderatedBy ?who") > 0,
            )
        )
    (without, networks, _), (rows, others, moderated) = found

    assert moderated == any(moderators for _, moderators in talks)
    assert rows == without
    assert others == networks


# --- an organisation or a group that speaks without a person --------------------------------------------------------


def test_organisation_speaks_without_a_person(days: Graph, project: Project) -> None:
    rows: list[Row] = columns(answers("who", days, project), "personLabel", "organisationLabel", "presentedLabel")

    assert ("Druckwerk Oberland", "", "Ersatzteile aus dem Drucker") in rows
    assert ("Vertreterinnen von drei Schulen", "", "Gespräch über Wartung") in rows


def test_organisation_without_a_person_counts(days: Graph, project: Project) -> None:
    rows = columns(answers("organisations", days, project), "organisationLabel", "contributions", "people")

    assert rows == [
        ("Verein Schraubstock", "3", "2"),
        ("Druckwerk Oberland", "1", "0"),
        ("Radio Oberland", "1", "1"),
        ("Stadt Oberland", "0", "0"),
    ]


def test_organisation_without_a_person_shares_topics(days: Graph, project: Project) -> None:
    rows = columns(answers("shared-topics", days, project), "organisationLabel", "otherLabel", "topicLabel")

    assert rows == [("Druckwerk Oberland", "Verein Schraubstock", "Reparieren")]
    assert (PRINTER, str(ITAS["organisation/schraubstock"]), str(ITAS["ontology#sharesTopic"])) in edges(
        "organisations", days, project
    )
