"""What a project knows already is recognised in a document, and a draft proposes only what is new."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from itasgraph.authoring import project_check, scaffold
from itasgraph.parsing import yaml_editing
from itasgraph.project import Project
from tests.helpers.programs import Run
from tests.helpers.projects import ROOT

KONGRESS = ROOT / "data" / "itas-kongress-2024.yaml"
DAY = """id: source/werkstatttag
type: Source
title: Werkstatttag 2031
label: {de: Werkstatttag 2031, en: Workshop Day 2031}
document: https://example.org/werkstatttag
language: de

says:

- id: event/werkstatttag-2031
  type: Event
  name: Werkstatttag 2031
  altLabel: 4. Werkstatttag
  date: 2031-03-06
  quote: Werkstatttag 2031

- id: section/bauen
  type: Section
  label: {de: Bauen, en: Building}
  partOf: event/werkstatttag-2031
  position: 1
  quote: Bauen

- id: talk/begruessung
  type: Contribution
  title: Begrüßung
  label: {de: Begrüßung, en: Welcome}
  partOf: section/bauen
  position: 1
  speakers:
    person/ida-kern: {position: 1, organisation: organisation/holzwerk, quote: "Ida Kern, Holzwerk"}

- id: talk/faser
  type: Contribution
  title: Faser für alle
  label: {de: Faser für alle, en: Fibre for all}
  partOf: section/bauen
  position: 2
  speakers:
    person/ben-wolf: {position: 1, organisation: organisation/holzwerk, quote: "Ben Wolf, Holzwerk Neuheim"}

- {id: person/ida-kern, type: Person, name: Ida Kern, quote: Ida Kern}
- {id: person/ben-wolf, type: Person, name: Benjamin Wolf, altLabel: Ben Wolf, quote: Ben Wolf}
- {id: person/eva-lind, type: Person, name: Eva Lind, quote: Eva Lind}
- {id: person/eva-lind-2, type: Person, name: Eva Lind, quote: Eva Lind}
- {id: organisation/holzwerk, type: Organisation, name: Holzwerk, altLabel: Holzwerk Neuheim, quote: Holzwerk}
- {id: place/nordhalle, type: Place, name: Nordhalle, altLabel: Nordhalle Neuheim, quote: Nordhalle}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project that describes an event, and two people of one name."""
    scaffold.create(tmp_path / "region")
    (tmp_path / "region" / "data" / "werkstatttag.yaml").write_text(DAY, encoding="utf-8")
    return tmp_path / "region"


def draft(run: Run, project: Path, name: str, content: str, *options: str) -> tuple[dict[str, Any], str]:
    """Return what the data file of a document says, and the remarks."""
    document = project.parent / name
    document.write_text(content, encoding="utf-8")
    done = run("draft", document, "--project", project, "--lang", "de", *options)
    assert done.exit_code == 0, done.stderr
    data: dict[str, Any] = yaml_editing.read(done.stdout_bytes, name)
    return data, done.stderr


def entries(data: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {entry["id"]: entry for entry in data["says"] or []}


PROGRAMME = """# 4. Werkstatttag

6. März 2031, Nordhalle Neuheim

## Bauen

09:00 Begrüßung | Dr. Ida Kern, Holzwerk Neuheim
09:30 Vortrag: Faser für alle. Ein Werkstoff von hier | Ben Wolf, Holzwerk
"""


def test_programme_of_a_known_event_makes_no_entry(run: Run, project: Path) -> None:
    data, remarks = draft(run, project, "programm.md", PROGRAMME)

    assert [id_ for id_, entry in entries(data).items() if "type" in entry] == []
    assert set(entries(data)) == {"talk/begruessung", "talk/faser"}
    assert "Einträge: 0 neue" in remarks


def test_title_of_another_event_is_another_contribution(run: Run, project: Path) -> None:
    data, _ = draft(
        run, project, "programm.md", PROGRAMME.replace("4. Werkstatttag", "5. Werkstatttag").replace("2031", "2032")
    )

    made = {id_: entry.get("partOf") for id_, entry in entries(data).items() if "type" in entry}
    assert made == {
        "event/5-werkstatttag": None,
        "section/bauen-2": "event/5-werkstatttag",
        "talk/begruessung-2": "section/bauen-2",
        "talk/vortrag-faser-fuer-alle-ein-werkstoff-von-hier": "section/bauen-2",
    }
    assert set(entries(data)["talk/begruessung-2"]["speakers"]) == {"person/ida-kern"}


@pytest.mark.parametrize(
    ("name", "other"), [("Werkstatttag 2031", "Werkstatttag 2032"), ("4. Werkstatttag", "14. Werkstatttag")]
)
def test_event_of_another_year_is_another_event(run: Run, project: Path, name: str, other: str) -> None:
    data, _ = draft(run, project, "programm.md", PROGRAMME.replace("4. Werkstatttag", other).replace("2031", "2032"))

    assert name != other
    assert [id_ for id_ in entries(data) if id_.startswith("event/")] != []


def test_same_document_again_says_nothing_new(run: Run, project: Path) -> None:
    page = PROGRAMME.replace("Faser", "Garn").replace("Ben Wolf", "Ida Kern")

    data, remarks = draft(run, project, "programm.md", page, "--url", "https://example.org/werkstatttag")

    assert set(entries(data)) == {"talk/vortrag-garn-fuer-alle-ein-werkstoff-von-hier"}
    assert "werkstatttag.yaml beschreibt dieses Dokument schon" in remarks
    assert data["id"] == "source/programm"


def test_other_affiliation_in_the_same_document_is_new(run: Run, project: Path) -> None:
    page = PROGRAMME.replace("Kern, Holzwerk Neuheim", "Kern, TU Brno")

    data, _ = draft(run, project, "programm.md", page, "--url", "https://example.org/werkstatttag")

    assert entries(data)["talk/begruessung"]["speakers"]["person/ida-kern"]["organisation"] == "organisation/tu-brno"


def test_name_of_two_people_waits_for_a_decision(run: Run, project: Path) -> None:
    page = PROGRAMME + "10:00 Garn | Eva Lind, Holzwerk und Ida Kern, Holzwerk\n"

    data, _ = draft(run, project, "programm.md", page)

    assert set(entries(data)["talk/garn"]["speakers"]) == {"person/ida-kern"}
    (item,) = data["review"]
    assert (item["about"], item["key"], item["line"]) == ("talk/garn", "speakers", "9")
    assert item["candidates"] == ["person/eva-lind", "person/eva-lind-2"]
    assert item["quote"] == "Eva Lind, Holzwerk"
    assert "eva-lind" not in str(data["says"])


def test_name_of_two_people_in_a_list_waits_as_well(run: Run, project: Path) -> None:
    rows = "Firma;Ansprechpartner;Telefon;Ort\nHolzwerk Neuheim;Eva Lind;0371 555;Neuheim\nTU Brno;Ida Kern;;Brno\n"

    data, _ = draft(run, project, "akteure.csv", rows, "--consent", "2031-01-15")

    assert "eva-lind" not in str(data["says"])
    assert set(entries(data)["organisation/tu-brno"]["contactPersons"]) == {"person/ida-kern"}
    assert [(item["about"], item["key"]) for item in data["review"]][:1] == [
        ("organisation/holzwerk", "contactPersons")
    ]


@pytest.mark.slow
def test_drafted_choice_is_sound(run: Run, project: Path) -> None:
    document = project.parent / "programm.md"
    document.write_text(PROGRAMME + "10:00 Garn | Eva Lind, Holzwerk\n", encoding="utf-8")

    run("draft", document, "--project", project, "-o", project / "data" / "programm.yaml")

    findings = project_check.check(Project(project))[0]
    assert [one.render("en") for one in findings if one.severity == "fault"] == []


def test_second_document_of_a_name_has_an_id_of_its_own(run: Run, project: Path) -> None:
    data, _ = draft(run, project, "werkstatttag.md", "# Messe\n\n7. Mai 2032\n\n09:00 Holz | Ida Kern, Holzwerk\n")

    assert (data["id"], data["document"]) == ("source/werkstatttag-2", "document/werkstatttag-2.md")


def _programme(data: dict[str, Any]) -> str:
    """Return the programme of the congress in the form in which its page prints it, in the words of its quotes."""
    says = entries(data)
    lines = ["ITAS-Kongress 2024 / Rückblick", ""]
    for section in [id_ for id_, entry in says.items() if entry.get("type") == "Section"]:
        lines += ["", says[section]["label"]["de"], ""]
        for talk in says.values():
            if talk.get("partOf") == section and "speakers" in talk:
                people = [one["quote"] for one in talk["speakers"].values()]
                people = [quote[0] if isinstance(quote, list) else quote for quote in people]
                lines.append(f"  • {talk['title']} | {' und '.join(people)}")
    return "\n".join(lines) + "\n"


def test_programme_of_the_congress_is_known(run: Run, tmp_path: Path) -> None:
    data = yaml_editing.read(KONGRESS.read_bytes(), KONGRESS.name)
    document = tmp_path / "programm.txt"
    document.write_text(_programme(data), encoding="utf-8")
    assert document.read_text(encoding="utf-8").count("•") == 20

    done = run("draft", document, "--project", ROOT, "--lang", "de", "--url", data["document"])

    assert yaml_editing.read(done.stdout_bytes, "x.yaml")["says"] == []
    assert "Einträge: 0 neue" in done.stderr


@pytest.mark.slow
def test_changed_page_of_the_congress_adds_only_what_is_new(run: Run, tmp_path: Path) -> None:
    scaffold.create(tmp_path / "region")
    project = tmp_path / "region"
    for path in (ROOT / "data").glob("*.yaml"):
        (project / "data" / path.name).write_bytes(path.read_bytes())
    (project / "data" / "event.yaml").unlink()
    before = KONGRESS.read_text(encoding="utf-8")
    data = yaml_editing.read(KONGRESS.read_bytes(), KONGRESS.name)
    document = tmp_path / "itas-kongress-2024-rueckblick.txt"
    document.write_text(_programme(data) + "  • Garn aus der Region | Eva Lind, TU Brno\n", encoding="utf-8")
    output = project / "data" / KONGRESS.name

    done = run("draft", document, "-o", output, "--project", project, "--lang", "en")

    assert done.exit_code == 0, done.stderr
    new = [line.split()[1] for line in done.stderr.splitlines() if line.startswith("new:")]
    assert new == ["talk/garn-aus-der-region", "person/eva-lind", "organisation/tu-brno"]
    after = output.read_text(encoding="utf-8").splitlines()
    gone = [line for line in before.splitlines() if line not in after]
    assert [line.split()[0] for line in gone if "line:" not in line] == ["sha256:"]
