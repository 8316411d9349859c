"""Questions about several events and reports: how often, in which sections, new and gone, overdue, said differently."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from itasgraph.project import Project
from itasgraph.store.memory import Graph
from tests.helpers import questions
from tests.helpers.graphs import graph_of_project
from tests.helpers.programs import Run
from tests.helpers.projects import ENERGY, lay_out
from tests.helpers.questions import Ask, Row, columns, question

DAY_2029, DAY_2030, SPRING = "Energietag 2029", "Energietag 2030", "Spring meeting"
BEN = {"Ben Boll", "Stadtwerke Oberland"}
CARA = {"Cara Cohn", "Radio Oberland"}
ADA = {"Ada Ahrens", "Windhof Oberland"}
# Eva Ernst only moderates in 2030, Cara Cohn only moderated in 2029.
FIRST_IN_2030 = {"Dora Dell", "Eva Ernst", "Finn Fuchs", "Netzwerkstatt"}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The project of the two invented reports on energy: one of 2029, one of 2030 that looks back."""
    return Project(lay_out(tmp_path_factory.mktemp("energy") / "project", ENERGY))


@pytest.fixture(scope="module")
def ask_energy(project: Project) -> Ask:
    graph = graph_of_project(project)

    def rows(name: str, lang: str = "en", **given: str) -> list[dict[str, str]]:
        return questions.answers(question(name), project, graph, lang, given)

    return rows


@pytest.mark.slow
def test_reports_are_read_without_faults(run: Run, project: Project) -> None:
    done = run("check", "--project", project.root, "--lang", "en")
    covered = [run("coverage", text, "--project", project.root) for text in sorted((ENERGY / "sources").glob("*.txt"))]

    assert (done.exit_code, done.stdout) == (0, "")
    assert [one.exit_code for one in covered] == [0, 0]


# --- how often --------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_moderating_is_counted_apart(ask_energy: Ask) -> None:
    found = ask_energy("appearances")

    assert columns(found, "personLabel", "contributions", "moderations") == [
        ("Ada Ahrens", "3", "0"),
        ("Cara Cohn", "1", "1"),
        ("Ben Boll", "1", "0"),
        ("Dora Dell", "1", "0"),
        ("Finn Fuchs", "1", "0"),
        ("Eva Ernst", "0", "1"),
    ]


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (DAY_2029, {("Ada Ahrens", "1", "0"), ("Ben Boll", "1", "0"), ("Cara Cohn", "0", "1")}),
        (SPRING, {("Cara Cohn", "1", "0")}),
        (
            DAY_2030,
            {
                ("Ada Ahrens", "2", "0"),
                ("Dora Dell", "1", "0"),
                ("Finn Fuchs", "1", "0"),
                ("Eva Ernst", "0", "1"),
            },
        ),
        ("Autumn meeting", set()),
    ],
)
def test_appearances_of_one_event(event: str, expected: set[Row], ask_energy: Ask) -> None:
    found = ask_energy("appearances", event=event)

    assert set(columns(found, "personLabel", "contributions", "moderations")) == expected


def test_congress_has_22_appearances_of_19_people(ask: Ask) -> None:
    found = columns(ask("appearances"), "personLabel", "contributions", "moderations")

    assert found[:2] == [("Boris Kaiser", "3", "0"), ("Andreas Wächtler", "2", "0")]
    assert {row[1:] for row in found[2:]} == {("1", "0")}
    assert (len(found), sum(int(row[1]) for row in found)) == (19, 22)


def test_appearances_cite_the_speaker_list(run: Run, project: Project) -> None:
    arguments = ("query", "appearances", "-p", f"event={SPRING}", "--cite", "--lang", "en", "--project", project.root)
    done = run(*arguments)

    origin = "Report of 2030, title “Speicher für alle” – https://example.org/energy-2030"
    assert f"[1] “Cara Cohn, Radio Oberland” – {origin}" in done.stdout
    assert "[2]" not in done.stdout


# --- several sections -------------------------------------------------------------------------------------------


def test_organisations_of_several_sections(ask_energy: Ask) -> None:
    found = ask_energy("several-sections")

    # Netzwerkstatt spoke in the morning and only moderated the afternoon.
    assert columns(found, "organisationLabel", "eventLabel", "sectionLabel", "contributions") == [
        ("Windhof Oberland", DAY_2030, "Morning", "1"),
        ("Windhof Oberland", DAY_2030, "Afternoon", "1"),
    ]
    assert ask_energy("several-sections", event=DAY_2029) == []


def test_congress_has_three_organisations_in_several_sections(ask: Ask) -> None:
    found = ask("several-sections")
    sections = [row["section"].rpartition("/")[2] for row in found]

    assert list(zip((row["organisationLabel"] for row in found), sections, strict=True)) == [
        ("AMZ Sachsen", "wir-heute-hier"),
        ("AMZ Sachsen", "zulieferer"),
        ("AMZ Sachsen", "zukunft"),
        ("CWE", "zulieferer"),
        ("CWE", "fachkraefte-und-gesellschaft"),
        ("CWE", "zukunft"),
        ("IHK Chemnitz", "zulieferer"),
        ("IHK Chemnitz", "zukunft"),
    ]


# --- new and gone -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "new", "gone"),
    [
        ({"year": "2029"}, ADA | BEN | CARA, set()),
        ({"event": DAY_2029}, ADA | BEN | CARA, set()),
        ({"event": SPRING}, set(), ADA | BEN),
        ({"event": DAY_2030}, FIRST_IN_2030, BEN | CARA),
        # Two events: whoever was at one of them is not gone.
        ({"year": "2030"}, FIRST_IN_2030, BEN),
        ({}, FIRST_IN_2030, BEN),
        # Only announced, and a year of which nothing is known: nobody is gone.
        ({"event": "Autumn meeting"}, set(), set()),
        ({"year": "2031"}, set(), set()),
    ],
    ids=["2029", "first", "second", "third", "2030", "latest year", "announced", "2031"],
)
def test_new_and_gone(given: dict[str, str], new: set[str], gone: set[str], ask_energy: Ask) -> None:
    found = ask_energy("new-and-gone", **given)

    assert {row["actorLabel"] for row in found if row["change"] == "new"} == new
    assert {row["actorLabel"] for row in found if row["change"] == "gone"} == gone
    assert len(found) == len(new) + len(gone)


@pytest.mark.parametrize(("lang", "change"), [("en", ["new", "gone"]), ("de", ["neu", "nicht mehr dabei"])])
def test_new_comes_before_gone(lang: str, change: list[str], ask_energy: Ask) -> None:
    assert list(dict.fromkeys(row["change"] for row in ask_energy("new-and-gone", lang))) == change


@pytest.mark.parametrize(
    ("pair", "event"), [((DAY_2029, SPRING), SPRING), ((DAY_2029, DAY_2030), DAY_2030), ((SPRING, DAY_2029), SPRING)]
)
def test_comparison_means_the_same_by_new(
    pair: tuple[str, str], event: str, run: Run, project: Project, ask_energy: Ask
) -> None:
    done = run("analyse", "--compare", *pair, "--project", project.root, "--lang", "en")
    compared = {change: set(re.findall(rf"– {change}: (.+) \(", done.stdout)) for change in ("New", "Gone", "Stayed")}
    asked = {change: {row["actorLabel"] for row in ask_energy("new-and-gone", event=event) if row["change"] == change.lower()}
             for change in ("New", "Gone")}  # fmt: skip

    # The network of contacts has no Eva Ernst, who only moderates; Cara Cohn moderated the first event.
    assert compared["New"] == asked["New"] - {"Eva Ernst"}
    assert compared["Gone"] <= asked["Gone"]
    assert compared["Stayed"] == {SPRING: CARA, DAY_2030: ADA}[event]


def test_gone_tells_where_somebody_was(ask_energy: Ask) -> None:
    (row,) = [row for row in ask_energy("new-and-gone", event=DAY_2030) if row["actorLabel"] == "Cara Cohn"]

    assert set(row["events"].split(" | ")) == {DAY_2029, SPRING}
    assert set(row["quote"].split(" | ")) == {"Cara Cohn, Radio Oberland", "Moderation: Cara Cohn, Radio Oberland"}


# --- overdue ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "overdue"),
    [
        ({}, {}),
        ({"day": "2029-12-31"}, {}),
        # The report of 2030 says that the power exchange runs and that the spring meeting took place.
        ({"day": "2030-06-30"}, {}),
        ({"day": "2030-07-01"}, {"Building a storage": "2030-06"}),
        ({"day": "2030-10-05"}, {"Building a storage": "2030-06"}),
        ({"day": "2030-10-06"}, {"Building a storage": "2030-06", "Autumn meeting": "2030-10-05"}),
    ],
)
def test_overdue_as_of_a_day(given: dict[str, str], overdue: dict[str, str], ask_energy: Ask) -> None:
    found = ask_energy("plans", **given)

    assert {row["planLabel"]: row["overdue"] for row in found if row["overdue"]} == overdue
    assert {row["planLabel"] for row in found} == {
        "Autumn meeting",
        "Building a storage",
        "Opening the power exchange",
        "Spring meeting",
    }


def test_older_report_settles_nothing(tmp_path: Path) -> None:
    folder = lay_out(tmp_path / "project", ENERGY)
    path = folder / "data" / "report-2030.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("2030-12-01", "2028-12-01"), encoding="utf-8")
    changed = Project(folder)
    found = questions.answers(question("plans"), changed, graph_of_project(changed), "en", {"day": "2030-06-30"})

    assert {row["planLabel"] for row in found if row["overdue"]} == {"Opening the power exchange", "Spring meeting"}


@pytest.mark.slow
def test_plan_for_any_period_is_overdue_after_its_month(run: Run, tmp_path: Path) -> None:
    folder = lay_out(tmp_path / "project", ENERGY)
    path = folder / "data" / "report-2029.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("type: ProjectYear", "type: Period"), encoding="utf-8")
    changed = Project(folder)
    found = questions.answers(question("plans"), changed, graph_of_project(changed), "en", {"day": "2030-07-01"})

    assert run("check", "--project", folder, "--lang", "en").exit_code == 0
    assert {row["planLabel"]: row["overdue"] for row in found if row["overdue"]} == {"Building a storage": "2030-06"}


def test_dialogue_is_overdue_after_its_day(ask: Ask) -> None:
    overdue = {day: [row for row in ask("plans", day=day) if row["overdue"]] for day in ("2024-06-08", "2024-06-09")}

    assert overdue["2024-06-08"] == []
    assert columns(overdue["2024-06-09"], "planLabel", "overdue") == [
        ("Bürgerdialog zur Zukunft der Mobilität", "2024-06-08")
    ]


def test_what_runs_is_not_planned(ask_energy: Ask) -> None:
    assert {row["statusLabel"] for row in ask_energy("plans")} == {"planned", "announced", ""}


# --- contradictions ---------------------------------------------------------------------------------------------


def test_sources_differ(ask_energy: Ask) -> None:
    found = ask_energy("contradictions")
    shown = columns(found, "subjectLabel", "occasionLabel", "relationLabel", "valueLabel", "sourceLabel", "quote")
    first, second = "Report of 2029", "Report of 2030"
    day = (
        "Am 12. Mai 2029 kamen mehr als 40 Gäste zum Energietag 2029",
        "Zum Energietag 2029 am 13. Mai 2029 waren mehr als 50 Gäste gekommen",
    )

    assert shown == [
        ("Ben Boll", "Sharing power", "has the role", "network planner", first, "Ben Boll, Netzplaner, Stadtwerke Oberland"),
        ("Ben Boll", "Sharing power", "has the role", "head of networks", second,
         "Ben Boll, Leiter der Netze, Stadtwerke Oberland"),
        (DAY_2029, "", "date", "2029-05-12", first, day[0]),
        (DAY_2029, "", "date", "2029-05-13", second, day[1]),
        (DAY_2029, "", "more guests than", "40", first, day[0]),
        (DAY_2029, "", "more guests than", "50", second, day[1]),
        ("Opening the power exchange", "", "has the status", "planned", first, "will das Netzwerk die Strombörse öffnen"),
        ("Opening the power exchange", "", "has the status", "running", second, "Die Strombörse läuft"),
    ]  # fmt: skip


@pytest.mark.parametrize(("entry", "rows"), [("Ben Boll", 2), ("Sharing power", 2), (DAY_2029, 4), (DAY_2030, 0)])
def test_contradictions_of_one_entry(entry: str, rows: int, ask_energy: Ask) -> None:
    assert len(ask_energy("contradictions", entry=entry)) == rows


@pytest.mark.slow
def test_contradictions_of_two_reports(nordtal_project: Project, nordtal: Graph) -> None:
    found = questions.answers(question("contradictions"), nordtal_project, nordtal, "en", {})

    # Another word for the same topic, another quote and another name of an organisation are no contradiction.
    assert columns(found, "subjectLabel", "relationLabel", "valueLabel", "sourceLabel") == [
        ("Ada Blum", "is named with the organisation", "Gießerei Hartmann", "Report of 2023"),
        ("Ada Blum", "is named with the organisation", "Stadtwerke Nordtal", "Report of 2024"),
        ("Heat exchange", "has the status", "planned", "Report of 2023"),
        ("Heat exchange", "has the status", "running", "Report of 2024"),
        ("Wandelkongress 2023", "more guests than", "60", "Report of 2023"),
        ("Wandelkongress 2023", "more guests than", "80", "Report of 2024"),
    ]
