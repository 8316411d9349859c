"""The sheet of a project becomes a project with those who take part and fund it, for its period."""

from __future__ import annotations

from typing import Any

import pytest

SHEET = """# Ringnetz Neuheim

Art des Projekts: Forschungsprojekt
Auftragnehmer: Werk Süd GmbH, Schule Nord e.V.
Laufzeit: 01.07.2030 – 30.06.2033
Fördermittelgeber: Sparstiftung Neuheim
Fördersumme: 40.000 €
Ansprechpartnerin: Dr. Ida Kern
"""


@pytest.mark.slow
def test_project_has_participants_funder_and_period(drafted: Any) -> None:
    entries, review = drafted(SHEET, "blatt.md")

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


@pytest.mark.slow
def test_table_of_two_columns_is_a_sheet(drafted: Any) -> None:
    rows = "".join(
        f"<tr><td>{a}</td><td>{b}</td></tr>" for a, _, b in (x.partition(": ") for x in SHEET.split("\n")[2:7])
    )

    entries, _ = drafted(f"<h1>Ringnetz Neuheim</h1><table>{rows}</table>", "blatt.html")

    assert len(entries["project/ringnetz-neuheim"]["participants"]) == 2


@pytest.mark.quick(1)
@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("Werk Süd GmbH, Schule Nord e.V.", "Leihladen", "keine Organisation"),
        ("01.07.2030 – 30.06.2033", "drei Jahre", "kein Tag"),
        ("40.000 €", "rund 40.000 €", "kein genauer Betrag"),
    ],
)
def test_doubts_wait_for_a_decision(drafted: Any, before: str, after: str, reason: str) -> None:
    _, review = drafted(SHEET.replace(before, after), "blatt.md")

    (item,) = review
    assert (item["about"], item["quote"]) == ("project/ringnetz-neuheim", after)
    assert reason in item["reason"]


@pytest.mark.slow
def test_each_heading_begins_a_sheet(drafted: Any) -> None:
    entries, _ = drafted(SHEET + "\n" + SHEET.replace("Ringnetz Neuheim", "Zweites Netz"), "blatt.md")

    assert {"project/ringnetz-neuheim", "project/zweites-netz"} <= set(entries)


@pytest.mark.slow
def test_programme_with_partners_and_funders_is_no_sheet(drafted: Any) -> None:
    footer = "\nPartner: Schule Nord e.V.\nGefördert durch: Sparstiftung Neuheim\n"

    entries, _ = drafted(
        "# Werkstatttag\n\n6. März 2031\n\n09:30 Uhr Werkzeug für alle, Ida Kern, Werk Süd GmbH\n" + footer, "blatt.md"
    )

    assert not any(entry.get("type") == "Project" for entry in entries.values())
    assert any(entry.get("type") == "Contribution" for entry in entries.values())


CONSORTIUM = """<h1>Ringnetz – Schienen für alle</h1><p>Akronym: Ringnetz</p><p>Laufzeit: 01.03.2031 – 28.02.2034</p>
<p>Zuwendungsgeber: Sparstiftung Neuheim</p><table>
<tr><th>Partner</th><th>Rolle</th><th>Ansprechperson</th><th>Ort</th></tr>
<tr><td>Werk Süd GmbH</td><td>Koordinator</td><td>Prof. Dr. Ida<br>Kern</td><td>Neuheim</td></tr>
<tr><td>Schule Nord e. V.</td><td>assoziierter Partner</td><td></td><td>Neuheim</td></tr></table>"""


@pytest.mark.slow
def test_partners_in_a_table_take_part_in_the_project_of_the_sheet(drafted: Any) -> None:
    entries, review = drafted(CONSORTIUM, "steckbrief.html")

    participants = entries["project/ringnetz"]["participants"]
    assert {id_: part["role"] for id_, part in participants.items()} == {
        "organisation/werk-sued-gmbh": "role/koordinator",
        "organisation/schule-nord-e-v": "role/assoziierter-partner",
    }
    assert list(entries["organisation/werk-sued-gmbh"]["contactPersons"]) == ["person/ida-kern"]
    assert "role" not in entries["organisation/werk-sued-gmbh"]["contactPersons"]["person/ida-kern"]
    assert list(entries["project/ringnetz"]["fundedBy"]) == ["organisation/sparstiftung-neuheim"]
    assert review == []
