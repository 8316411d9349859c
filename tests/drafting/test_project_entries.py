"""The sheet of a project becomes a project with those who take part and fund it, for its period."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from itasgraph.authoring import project_check, scaffold
from itasgraph.parsing import yaml_editing
from itasgraph.project import Project
from tests.helpers.programs import Run

SHEET = """# Ringnetz Neuheim

Art des Projekts: Forschungsprojekt
Auftragnehmer: Werk Süd GmbH, Schule Nord e.V.
Laufzeit: 01.07.2030 – 30.06.2033
Fördermittelgeber: Sparstiftung Neuheim
Fördersumme: 40.000 €
Ansprechpartnerin: Dr. Ida Kern
"""


@pytest.fixture
def region(tmp_path: Path) -> Path:
    """A new project for another region."""
    scaffold.create(tmp_path / "region")
    return tmp_path / "region"


def draft(run: Run, region: Path, text: str, name: str = "blatt.md") -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the entries by id and the undecided values of a draft, whose project has no faults."""
    document, output = region.parent / name, region / "data" / "blatt.yaml"
    document.write_text(text, encoding="utf-8")
    done = run("draft", document, "-o", output, "--project", region, "--lang", "de")
    assert done.exit_code == 0, done.stderr
    findings = project_check.check(Project(region))[0]
    assert [one.render("en") for one in findings if one.severity == "fault"] == []
    data = yaml_editing.read(output.read_bytes(), "blatt.yaml")
    return {entry["id"]: entry for entry in data["says"]}, data.get("review", [])


def test_project_has_participants_funder_and_period(run: Run, region: Path) -> None:
    entries, review = draft(run, region, SHEET)

    project = entries["project/ringnetz-neuheim"]
    period = {"since": "2030-07-01", "until": "2033-06-30"}
    assert list(project["participants"]) == ["organisation/werk-sued-gmbh", "organisation/schule-nord-e-v"]
    assert period.items() <= project["participants"]["organisation/werk-sued-gmbh"].items()
    assert project["participants"]["organisation/werk-sued-gmbh"]["quote"] == [
        "Werk Süd GmbH",
        "01.07.2030 – 30.06.2033",
    ]
    funding = project["fundedBy"]["organisation/sparstiftung-neuheim"]
    assert {**period, "amount": "40000", "currency": "EUR"}.items() <= funding.items()
    assert list(project["contactPersons"]) == ["person/ida-kern"]
    assert review == []


def test_table_of_two_columns_is_a_sheet(run: Run, region: Path) -> None:
    rows = "".join(
        f"<tr><td>{a}</td><td>{b}</td></tr>" for a, _, b in (x.partition(": ") for x in SHEET.split("\n")[2:7])
    )

    entries, _ = draft(run, region, f"<h1>Ringnetz Neuheim</h1><table>{rows}</table>", "blatt.html")

    assert len(entries["project/ringnetz-neuheim"]["participants"]) == 2


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("Werk Süd GmbH, Schule Nord e.V.", "Leihladen", "keine Organisation"),
        ("01.07.2030 – 30.06.2033", "drei Jahre", "kein Tag"),
        ("40.000 €", "rund 40.000 €", "kein genauer Betrag"),
    ],
)
def test_doubts_wait_for_a_decision(run: Run, region: Path, before: str, after: str, reason: str) -> None:
    _, review = draft(run, region, SHEET.replace(before, after))

    (item,) = review
    assert (item["about"], item["quote"]) == ("project/ringnetz-neuheim", after)
    assert reason in item["reason"]


def test_each_heading_begins_a_sheet(run: Run, region: Path) -> None:
    entries, _ = draft(run, region, SHEET + "\n" + SHEET.replace("Ringnetz Neuheim", "Zweites Netz"))

    assert {"project/ringnetz-neuheim", "project/zweites-netz"} <= set(entries)


def test_programme_with_partners_and_funders_is_no_sheet(run: Run, region: Path) -> None:
    footer = "\nPartner: Schule Nord e.V.\nGefördert durch: Sparstiftung Neuheim\n"

    entries, _ = draft(
        run, region, "# Werkstatttag\n\n6. März 2031\n\n09:30 Uhr Werkzeug für alle, Ida Kern, Werk Süd GmbH\n" + footer
    )

    assert not any(entry.get("type") == "Project" for entry in entries.values())
    assert any(entry.get("type") == "Contribution" for entry in entries.values())
