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
from tests.helpers.graphs import count, graph_of_project
from tests.helpers.programs import Run
from tests.helpers.projects import ITAS, TWO_DAYS, lay_out
from tests.helpers.questions import Row, ask, columns

IDA, NORA, OLE = (str(ITAS[f"person/{name}"]) for name in ("ida-kern", "nora-falk", "ole-brandt"))
PRINTER = str(ITAS["organisation/druckwerk"])
REPORT = yaml.safe_load((TWO_DAYS / "data" / "repair-days-2031.yaml").read_text(encoding="utf-8"))
VALUES = {
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


def answers(name: str, graph: Graph, project: Project, lang: str = "de", **values: str) -> list[dict[str, str]]:
    return ask(name, graph, project, lang, **(values or VALUES.get(name, {})))


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
    actual = description.describe(days, str(ITAS[entity]), "de").relations
    named = {
        (one.relation, one.value, *one.qualifiers) for one in actual if {"Ida Kern", "Stadt Oberland"} & {one.value}
    }

    assert (
        named
        == {
            "person/ida-kern": {("wird genannt mit der Organisation", "Stadt Oberland", "Moderation")},
            "organisation/stadt-oberland": {("wird genannt mit", "Ida Kern", "Moderation")},
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


@pytest.mark.quick(1)
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
@settings(max_examples=15)
@given(PROGRAMMES)
def test_moderators_change_no_answer_about_speakers(
    tmp_path_factory: pytest.TempPathFactory, talks: list[tuple[set[int], set[int]]]
) -> None:
    actual = []
    for with_moderators in (False, True):
        project = Project(lay_out(tmp_path_factory.mktemp("programme") / "project", TWO_DAYS))
        report = yaml.safe_dump(programme(talks, with_moderators), allow_unicode=True)
        (project.root / "data" / "repair-days-2031.yaml").write_text(report, encoding="utf-8")
        graph = graph_of_project(project)
        actual.append(
            (
                {name: answers(name, graph, project) for name in ABOUT_SPEAKERS},
                {name: edges(name, graph, project) for name in OF_SPEAKERS},
                count(graph, "?talk itas:moderatedBy ?who") > 0,
            )
        )
    (without, networks, _), (rows, others, moderated) = actual

    assert moderated == any(moderators for _, moderators in talks)
    assert rows == without
    assert others == networks


# --- an organisation or a group that speaks without a person --------------------------------------------------------


def test_organisation_speaks_without_a_person(days: Graph, project: Project) -> None:
    rows: list[Row] = columns(answers("who", days, project), "personLabel", "organisationLabel", "aboutLabel")

    assert ("Druckwerk Oberland", "", "Ersatzteile aus dem Drucker") in rows
    assert ("Vertreterinnen von drei Schulen", "", "Gespräch über Wartung") in rows


def test_organisation_without_a_person_counts(days: Graph, project: Project) -> None:
    rows = columns(answers("organisations", days, project), "organisationLabel", "contributions", "people")

    assert rows == [
        ("Verein Schraubstock", "3", "2"),
        ("Druckwerk Oberland", "1", "0"),
        ("Handwerkskammer Oberland", "1", "1"),
        ("Radio Oberland", "1", "1"),
        ("Stadt Oberland", "0", "0"),
    ]


def test_organisation_without_a_person_shares_topics(days: Graph, project: Project) -> None:
    rows = columns(answers("shared-topics", days, project), "organisationLabel", "otherLabel", "topicLabel")

    assert rows == [
        ("Druckwerk Oberland", "Handwerkskammer Oberland", "Reparieren"),
        ("Druckwerk Oberland", "Verein Schraubstock", "Reparieren"),
    ]
    assert (PRINTER, str(ITAS["organisation/schraubstock"]), str(ITAS["ontology#sharesTopic"])) in edges(
        "organisations", days, project
    )


# --- several organisations of one speaker ---------------------------------------------------------------------------


def test_speaker_has_two_organisations(days: Graph, project: Project) -> None:
    rows = columns(answers("speakers", days, project), "personLabel", "contributionLabel", "organisationLabel")

    assert [organisation for person, talk, organisation in rows if (person, talk) == ("Ole Brandt", "Schrauben statt kaufen")] == [
        "Handwerkskammer Oberland",
        "Verein Schraubstock",
    ]  # fmt: skip


def test_appearance_for_two_organisations_counts_once(run: Run, project: Project) -> None:
    done = run("analyse", "contacts", "--project", project.root, "--lang", "en")

    assert "Ole Brandt (Person): contacts: 1 (representatives of three schools); appearances: 2\n" in done.stdout


def test_membership_has_one_organisation(days: Graph) -> None:
    actual = list(days.select("SELECT ?one { ?one org:organization ?a , ?b FILTER(STR(?a) < STR(?b)) }"))
    rows = days.select(
        f"SELECT ?one ?source {{ ?one org:member <{OLE}> ; rdf:subject <talk/screws> ; dcterms:source ?source }}"
    )

    assert actual == []
    assert len(list(rows)) == 2


def test_one_person_is_no_contact_of_two_organisations(days: Graph, project: Project) -> None:
    actual = {(one, other) for one, other, relation in edges("contacts", days, project) if "shares" in relation}

    assert actual == {(str(ITAS["people/schools"]), OLE)}


@pytest.mark.slow
def test_quote_names_each_organisation(tmp_path: Path) -> None:
    folder = lay_out(tmp_path / "project", TWO_DAYS)
    path = folder / "data" / "repair-days-2031.yaml"
    text = path.read_text(encoding="utf-8").replace(
        'quote: "Ole Brandt, Verein Schraubstock und Handwerkskammer Oberland"',
        'quote: "Ole Brandt, Verein Schraubstock und"',
    )
    path.write_text(text, encoding="utf-8")
    findings, _ = project_check.check(Project(folder))
    (finding,) = [one for one in findings if "Handwerkskammer" in one.message("en")]

    assert text.splitlines()[finding.location.line - 1].strip() == 'quote: "Ole Brandt, Verein Schraubstock und"'


# --- times of day ---------------------------------------------------------------------------------------------------

# As printed in sources/repair-days-2031.txt: day, start, end, item, who speaks (s) or moderates (m), for whom.
TIMETABLE = [
    ("2031-05-14", "09:00", "12:00", "Learning to repair", "m", "Ida Kern", "Stadt Oberland"),
    ("2031-05-14", "09:15", "09:45", "Screwing rather than buying", "s", "Ole Brandt", "Handwerkskammer Oberland"),
    ("2031-05-14", "09:15", "09:45", "Screwing rather than buying", "s", "Ole Brandt", "Verein Schraubstock"),
    ("2031-05-14", "09:45", "10:30", "Spare parts from the printer", "s", "Druckwerk Oberland", ""),
    ("2031-05-14", "09:45", "10:30", "Spare parts from the printer", "m", "Nora Falk", "Radio Oberland"),
    ("2031-05-14", "11:00", "12:00", "Conversation on maintenance", "s", "Ole Brandt", "Verein Schraubstock"),
    ("2031-05-14", "11:00", "12:00", "Conversation on maintenance", "s", "representatives of three schools", ""),
    ("2031-05-14", "11:00", "12:00", "Conversation on maintenance", "m", "Ida Kern", "Stadt Oberland"),
    ("2031-05-15", "14:00", "16:00", "Sharing tools", "", "", ""),
    ("2031-05-15", "14:00", "15:00", "The tool library for all", "s", "Nora Falk", "Radio Oberland"),
    ("2031-05-15", "14:00", "15:00", "The tool library for all", "m", "Ida Kern", "Stadt Oberland"),
    ("2031-05-15", "15:00", "", "Closing", "s", "Lea Winter", "Verein Schraubstock"),
]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, TIMETABLE),
        ({"event": "Repair days Oberland 2031"}, TIMETABLE),
        ({"day": "2031-05-15"}, TIMETABLE[8:]),
        ({"day": "2031-05-16"}, []),
    ],
    ids=["all", "event", "day", "another day"],
)
def test_timetable_has_times_and_moderators(
    days: Graph, project: Project, given: dict[str, str], expected: list[Row]
) -> None:
    rows = answers("timetable", days, project, "en", **given)
    manner = {"is given by": "s", "is moderated by": "m", "": ""}

    assert [
        (row["date"], row["start"], row["end"], row["thingLabel"], manner[row["relationLabel"]], row["personLabel"],
         row["organisationLabel"]) for row in rows
    ] == expected  # fmt: skip


def test_timetable_has_footnotes(run: Run, project: Project) -> None:
    done = run("query", "timetable", "-p", "day=2031-05-15", "--cite", "--project", project.root, "--lang", "en")

    assert "“Moderation: Ida Kern, Stadt Oberland”" in done.stdout
    assert "line 13" in done.stdout


def test_programme_states_the_day_of_each_part(days: Graph, project: Project) -> None:
    rows = columns(answers("programme", days, project, "en"), "date", "contributionLabel")

    assert ("2031-05-15", "Closing") in rows
    assert ("2031-05-14", "Conversation on maintenance") in rows


def test_day_of_a_part_decides_the_timeframe(run: Run, project: Project) -> None:
    done = run("analyse", "topics", "--since", "2031-05-15", "--project", project.root, "--lang", "en")

    assert "Nora Falk" in done.stdout
    assert "Ole Brandt" not in done.stdout


@pytest.mark.quick(1)
@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('start: "09:15"', 'start: "24:15"', '“24:15” is not a time of day such as 14:00'),
        ('start: "09:15"', "start: 9 Uhr", '“9 Uhr” is not a time of day such as 14:00'),
        ('start: "09:15"', 'start: ["09:15", "09:20"]', '“start:” is a single time of day'),
        ('start: "09:15"', 'start: "09:45"', "the end (09:45) is not after the start (09:45)"),
        ('start: "09:15"', 'start: "08:59"', '“start: 08:59” lies outside section/learning (09:00–12:00)'),
        ('start: "09:45"\n  end: "10:30"', 'start: "09:45"\n  end: "12:01"', '“end: 12:01” lies outside section/learning'),
        ("day: 2031-05-15", "day: 2031-05-16", '“day: 2031-05-16” lies outside event/repair-days-2031 (2031-05-14–2031-05-15)'),
        ("day: 2031-05-15", "note: {de: kein Tag, en: no day}", "no day is known for this time of day"),
        ("endDate: 2031-05-15", "endDate: 2031-05-13", "the end (2031-05-13) is not after the start (2031-05-14)"),
        ('end: "09:45"', "end: 2031-05-14", '“2031-05-14” is not a time of day'),
    ],
)  # fmt: skip
def test_impossible_time_is_reported_at_its_line(tmp_path: Path, before: str, after: str, said: str) -> None:
    folder = lay_out(tmp_path / "project", TWO_DAYS)
    path = folder / "data" / "repair-days-2031.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1
    path.write_text(text.replace(before, after), encoding="utf-8")
    lines = path.read_text(encoding="utf-8").splitlines()
    findings, _ = project_check.check(Project(folder))
    places = [one.location for one in findings if said in one.message("en")]

    assert places, [one.message("en") for one in findings]
    assert {place.path for place in places} == {str(path)}
    assert {lines[place.line - 1].strip().split(":")[0] for place in places} <= {"start", "end", "day", "endDate"}


def test_no_time_zone_is_invented(days: Graph) -> None:
    rows = days.select("SELECT ?when { { ?part schema:startDate ?when } UNION { ?part schema:endDate ?when } }")
    actual = {(row["when"].value, row["when"].datatype.value.rpartition("#")[2]) for row in rows}

    assert ("2031-05-14T09:15:00", "dateTime") in actual
    assert {datatype for _, datatype in actual} == {"date", "dateTime"}
    assert not [text for text, _ in actual if text.endswith("Z") or "+" in text]


def test_appearance_says_when_it_held(days: Graph) -> None:
    held = """
        SELECT ?talk ?first ?last {
          ?talk itas:appearance|itas:moderation ?appearance .
          ?appearance org:memberDuring ?interval . ?interval a time:Interval ;
            time:hasBeginning/time:inXSDDate ?first ; time:hasEnd/time:inXSDDate ?last
        }"""
    rows = {(row["talk"].value, row["first"].value, row["last"].value) for row in days.select(held)}

    assert (str(ITAS["talk/screws"]), "2031-05-14", "2031-05-14") in rows
    assert (str(ITAS["talk/library"]), "2031-05-15", "2031-05-15") in rows
    assert count(days, "?appearance a itas:Appearance") == count(days, "?appearance org:memberDuring ?interval") == 11


def test_period_of_an_appearance_is_no_entry(run: Run, project: Project, days: Graph) -> None:
    shown = run("show", "Ole Brandt", "--project", project.root, "--lang", "en").stdout

    assert "2031-05-14" not in shown
    assert not [cell for row in answers("things", days, project) for cell in row.values() if "/days/" in cell]
