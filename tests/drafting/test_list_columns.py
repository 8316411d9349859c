"""The columns of lists: given and family names in two, headers of chambers, and values that a cell cannot have."""

from __future__ import annotations

from typing import Any

import pytest

from itasgraph.documents import delimited_table, html_page


def draft_of(compose: Any, *rows: str) -> Any:
    return compose(delimited_table.read("\n".join(rows).encode("cp1252"), "liste.csv"))


def test_name_beside_a_given_name_is_the_family_name_of_a_contact(compose: Any) -> None:
    rows = (
        "Werk Süd GmbH;Kern;Ida;Leiterin",
        "Werk Süd GmbH;Wolf;Ben;Einkäufer",
        "IHK Neuheim;Falk;Lena Maria;Referentin",
    )

    draft = draft_of(compose, "Institution;Name;Vorname;Funktion", *rows)

    contacts = {
        id_: {person: details["role"] for person, details in entry.values["contactPersons"].items()}
        for id_, entry in draft.entries.items()
        if entry.type == "Organisation"
    }
    assert contacts == {
        "organisation/werk-sued-gmbh": {"person/ida-kern": "role/leiterin", "person/ben-wolf": "role/einkaeufer"},
        "organisation/ihk-neuheim": {"person/lena-maria-falk": "role/referentin"},
    }


def test_headers_of_a_chamber_name_firm_trade_and_town(compose: Any) -> None:
    draft = draft_of(compose, "Betrieb;Anschrift;Ort;Gewerk", 'Holzbau Nord;"Gasse 3; Hof";Nordheim;Zimmerei')

    said = draft.entries["organisation/holzbau-nord"].values
    assert (list(said["location"]), list(said["sector"])) == (["place/nordheim"], ["sector/zimmerei"])


@pytest.mark.parametrize(
    ("key", "row"),
    [
        ("location", "Holzbau Nord;Gasse 3, 09111 Nordheim Am Wehr 1, 09112 Südheim;"),
        ("telephone", "Holzbau Nord;;0371 555-310 03501 555-6400"),
    ],
)
def test_cell_with_two_addresses_or_numbers_is_left_to_a_person(compose: Any, key: str, row: str) -> None:
    draft = draft_of(compose, "Firma;Anschrift;Telefon", row)

    assert key not in draft.entries["organisation/holzbau-nord"].values
    assert [(doubt.about, doubt.key) for doubt in draft.doubts] == [("organisation/holzbau-nord", key)]


def test_function_beside_a_contact_is_that_of_the_person_in_a_consortium_too(compose: Any) -> None:
    head = "<h1>Projekt Ahorn</h1><p>Laufzeit: 01/2030 – 12/2031</p><p>Fördergeber: IHK Neuheim</p>"
    rows = "<tr><td>Werk Süd GmbH</td><td>Ida Kern</td><td>Leiterin</td></tr>"
    table = f"<table><tr><th>Partner</th><th>Ansprechpartnerin</th><th>Funktion</th></tr>{rows}</table>"

    draft = compose(html_page.read((head + table).encode(), "projekt.html"))

    contacts = draft.entries["organisation/werk-sued-gmbh"].values["contactPersons"]
    assert contacts["person/ida-kern"]["role"] == "role/leiterin"
    assert "role" not in draft.entries["project/projekt-ahorn"].values["participants"]["organisation/werk-sued-gmbh"]
