"""A list of actors → a draft: what each column becomes, what keeps its id, and what is left to a person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from itasgraph.documents.document import Document, LineKind, line, with_links
from itasgraph.drafting import composition
from itasgraph.drafting.composition import Request
from itasgraph.drafting.draft import Doubt, Draft
from itasgraph.errors import UsageError
from itasgraph.parsing import jsonld_context
from itasgraph.project import Project
from itasgraph.store.memory import Graph


def table(*rows: Sequence[str | tuple[str, ...]]) -> Document:
    """Return a document of rows; a cell with links is the tuple of its text and their targets."""
    lines = []
    for number, row in enumerate(rows, 1):
        cells = [cell if isinstance(cell, tuple) else (cell,) for cell in row]
        places = [f"A!{chr(65 + index)}{number}" for index in range(len(row))]
        plain = line([text for text, *_ in cells], LineKind.ROW, places=places)
        lines.append(with_links(plain, [links for _, *links in cells]))
    return Document(tuple(lines))


@pytest.fixture
def draft_of(nordtal: Graph, nordtal_project: Project) -> Any:
    """A function that drafts a table over the invented reports of Nordtal."""
    context = jsonld_context.load(nordtal_project)

    def compose(
        *rows: Sequence[str | tuple[str, ...]], columns: Sequence[str] = (), consent: str = "", lang: str = "de"
    ) -> Draft:
        request = Request("source/list", lang, composition.columns(columns), consent)
        return composition.compose(table(*rows), "list.xlsx", nordtal, context, request)

    return compose


def values(draft: Draft, id_: str) -> dict[str, Any]:
    return draft.entries[id_].values


def doubts(draft: Draft) -> list[tuple[str, str, str]]:
    """About what, under which key, and with which words there is doubt."""
    return [(doubt.about, doubt.key, doubt.quote) for doubt in draft.doubts]


def test_row_becomes_an_organisation_with_its_relations(draft_of: Any) -> None:
    draft = draft_of(
        ["Firma", "Branche", "Ort", "Themen", "Website", "E-Mail"],
        [
            "Werk Süd GmbH",
            "Maschinenbau; Logistik",
            "Südheim",
            "Robotik | Wärme",
            "www.werk-sued.example",
            "info@werk-sued.example",
        ],
    )

    assert values(draft, "organisation/werk-sued-gmbh") == {
        "name": "Werk Süd GmbH",
        "quote": ["Werk Süd GmbH", "info@werk-sued.example", "www.werk-sued.example", "Robotik", "Wärme"],
        "email": ["info@werk-sued.example"],
        "website": "https://www.werk-sued.example/",
        "sector": {"sector/maschinenbau": {"quote": "Maschinenbau"}, "sector/logistik": {"quote": "Logistik"}},
        "location": {"place/suedheim": {"quote": "Südheim"}},
        "words": ["Robotik", "Wärme"],
    }
    assert values(draft, "sector/maschinenbau") == {
        "inScheme": "scheme/sectors",
        "label": {"de": "Maschinenbau"},
        "quote": "Maschinenbau",
    }
    assert doubts(draft) == []


def test_known_entry_keeps_its_id_whatever_its_spelling(draft_of: Any) -> None:
    draft = draft_of(["Organisation", "Thema"], ["STADTWERKE NORDTAL", "waerme"])

    assert {id_: entry.type for id_, entry in draft.entries.items() if entry.type != "Omission"} == {
        "organisation/stadtwerke-nordtal": "",
        "topic/waerme": "",
    }
    assert values(draft, "topic/waerme") == {"hiddenLabel": ["waerme"]}
    assert "name" not in values(draft, "organisation/stadtwerke-nordtal")


def test_row_of_a_project_has_role_time_and_funds(draft_of: Any) -> None:
    draft = draft_of(
        ["Partner", "Projekt", "Rolle", "Seit", "Bis", "Förderung", "Fördergeber"],
        ["Werk Süd", "Ringnetz", "Koordination", "1.3.2024", "12/2026", "40.000 €", "Landkreis Nord"],
        ["Schule Ost", "Ringnetz", "", "bald", "", "rund 5.000 €", ""],
    )

    assert values(draft, "project/ringnetz") == {
        "name": "Ringnetz",
        "quote": "Ringnetz",
        "line": 2,
        "participants": {
            "organisation/werk-sued": {
                "role": "role/koordination",
                "since": "2024-03-01",
                "until": "2026-12",
                "amount": 40000,
                "currency": "EUR",
                "quote": "Ringnetz",
                "line": 2,
            },
            "organisation/schule-ost": {"quote": "Ringnetz", "line": 3},
        },
        "fundedBy": {"organisation/landkreis-nord": {"quote": "Landkreis Nord"}},
    }
    assert draft.doubts == [
        Doubt("bald", "das ist kein Tag, Monat oder Jahr", 3, key="since", place="A!D3", rule="no-since"),
        Doubt(
            "rund 5.000 €",
            "das ist kein genauer Betrag in ganzen Euro",
            3,
            key="amount",
            place="A!F3",
            rule="no-amount",
        ),
    ]


def test_contacts_of_people_need_their_consent(draft_of: Any) -> None:
    rows = (
        ["Firma", "Ansprechpartner", "E-Mail", "Telefon"],
        ["Werk Süd", "Frau Dr. Ida Kern", "kern@werk.example; info@werk.example", "0371 555 01"],
    )

    without, agreed = draft_of(*rows), draft_of(*rows, consent="2024-05-01")

    assert doubts(without) == [
        ("person/ida-kern", "email", "kern@werk.example"),
        ("person/ida-kern", "telephone", "0371 555 01"),
    ]
    assert values(without, "organisation/werk-sued")["email"] == ["info@werk.example"]
    assert values(without, "person/ida-kern") == {
        "name": "Ida Kern",
        "quote": "Frau Dr. Ida Kern",
        "academicTitle": "Dr.",
    }
    assert doubts(agreed) == []
    assert values(agreed, "person/ida-kern") == {
        "name": "Ida Kern",
        "quote": ["Frau Dr. Ida Kern", "kern@werk.example", "0371 555 01"],
        "academicTitle": "Dr.",
        "email": ["kern@werk.example"],
        "consent": "2024-05-01",
        "telephone": ["0371 555 01"],
    }


@pytest.mark.parametrize(
    ("header", "row", "id_"),
    [
        (["Name", "Ort"], ["Zdeněk Novák", "Brno"], "person/zdenek-novak"),
        (["Name", "Ort"], ["Prof. Dr. Łukasz Wójcik", "Łódź"], "person/lukasz-wojcik"),
        (["Name", "Ort"], ["Werkstatt Neuheim", "Neuheim"], "organisation/werkstatt-neuheim"),
        (["Name", "Ort"], ["Peter Werk GmbH", "Neuheim"], "organisation/peter-werk-gmbh"),
        (["Vorname", "Nachname"], ["Nguyễn Thị", "Lan"], "person/nguyen-thi-lan"),
        (["Titel", "Nachname", "Vorname"], ["Dr.", "Yılmaz", "Ayşe"], "person/ayse-yilmaz"),
        (["Name", "Vorname", "Ort"], ["Dvořák", "Eva Marie", "Brno"], "person/eva-marie-dvorak"),
    ],
)
def test_name_is_a_person_or_an_organisation(draft_of: Any, header: list[str], row: list[str], id_: str) -> None:
    draft = draft_of(header, row)

    assert [entry for entry in draft.entries if entry.startswith(("person/", "organisation/"))] == [id_]


def test_header_may_follow_other_rows(draft_of: Any) -> None:
    draft = draft_of(
        ["Akteure im Netzwerk", ""],
        ["Stand: Mai", ""],
        ["Einrichtung (Kurzname)", "E-Mail*"],
        ["Verein Ost", "a@ost.example"],
    )

    assert values(draft, "organisation/verein-ost")["email"] == ["a@ost.example"]


def test_headings_are_left_out_on_purpose(draft_of: Any) -> None:
    draft = draft_of(["Akteure im Netzwerk", ""], ["Firma", "Ort"], ["Werk Süd", "Südheim"])

    assert values(draft, "omission/headings-of-list") == {
        "leavesOut": "source/list",
        "quote": ["Akteure im Netzwerk |", "Firma | Ort"],
        "label": {"de": "Überschriften", "en": "Headings"},
        "description": {
            "de": "Überschriften von Tabellen und Spalten sagen selbst nichts über jemanden.",
            "en": "Headings of tables and columns by themselves say nothing about anybody.",
        },
    }


def test_unknown_column_is_named_and_can_be_named(draft_of: Any) -> None:
    rows = (["Firma", "Ort", "Machart", "Notiz"], ["Werk Süd", "Südheim", "Holzbau", ""])

    unnamed, named = draft_of(*rows), draft_of(*rows, columns=["Machart=sector"])

    assert (unnamed.unknown_columns, named.unknown_columns) == (["Machart"], [])
    assert values(named, "organisation/werk-sued")["sector"] == {"sector/holzbau": {"quote": "Holzbau"}}


@pytest.mark.parametrize(
    ("column", "message"), [("Gewerk", "names no key"), ("Gewerk=farbe", "no key “farbe”"), ("=sector", "names no key")]
)
def test_column_without_a_key_is_refused(column: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        composition.columns([column])


def test_table_without_known_headers_is_refused(draft_of: Any) -> None:
    with pytest.raises(UsageError, match="neither a list of actors"):
        draft_of(["Jahr", "Ort"], ["2024", "Südheim"])


def test_every_quote_stands_in_the_document(draft_of: Any) -> None:
    rows = (
        ["Titel", "Vorname", "Nachname", "Firma", "Funktion", "Ort"],
        ["Dr.", "Ida", "Kern", "Werk\nSüd", "Leiterin", "Südheim"],
        ["", "Bo", "Li", "Werk Süd", "Leiter", "Südheim"],
    )
    lines = [one.text for one in table(*rows).lines]

    draft = draft_of(*rows)

    evidence = [
        holder
        for entry in draft.entries.values()
        for holder in (entry.values, *_relations(entry.values))
        if "quote" in holder
    ]
    assert len(evidence) >= 8
    for holder in evidence:
        quotes = holder["quote"] if isinstance(holder["quote"], list) else [holder["quote"]]
        where = [[number for number, text in enumerate(lines, 1) if quote in text] for quote in quotes]
        assert all(where)
        if len(quotes) == 1 and len(where[0]) > 1:
            assert holder["line"] in where[0]


def _relations(entry: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        details
        for value in entry.values()
        if isinstance(value, dict)
        for details in value.values()
        if isinstance(details, dict)
    ]


def test_headers_of_several_words_and_values_between_commas_are_read(draft_of: Any) -> None:
    draft = draft_of(
        [
            "lfd. Nr.",
            "Name der Einrichtung",
            "Art der Einrichtung",
            "PLZ/Ort",
            "Angebote für Betriebe",
            "Anzahl der Projekte",
        ],
        ["1", "Holzwerk Ost GmbH", "Betrieb", "01234 Ostdorf", "Führung, Probearbeit", "3"],
    )

    assert values(draft, "organisation/holzwerk-ost-gmbh")["sector"] == {
        "sector/betrieb": {"quote": "Betrieb", "line": 2}
    }
    assert values(draft, "organisation/holzwerk-ost-gmbh")["location"] == {
        "place/ostdorf": {"quote": "Ostdorf"}  # no other line holds it
    }
    assert {"offer/fuehrung", "offer/probearbeit"} <= set(draft.entries)
    assert draft.unknown_columns == ["lfd. Nr.", "Anzahl der Projekte"]


def test_contacts_beside_a_name_are_no_part_of_it(draft_of: Any) -> None:
    draft = draft_of(
        ["Einrichtung", "Kontakt"],
        ["Werk Süd GmbH", "Ida Kern, Tel. 0371 5512, kern@werk-sued.example"],
        ["Schule Nordtal", "Ben Wolf (Leiter Innovation)\n0371 66 77"],
        consent="2031-01-15",
    )

    people = {id_: entry.values for id_, entry in draft.entries.items() if entry.type == "Person"}
    assert [one["name"] for one in people.values()] == ["Ida Kern", "Ben Wolf"]
    assert people["person/ida-kern"]["email"] == ["kern@werk-sued.example"]
    assert people["person/ida-kern"]["telephone"] == ["0371 5512"]
    assert people["person/ben-wolf"]["telephone"] == ["0371 66 77"]
    (ben,) = values(draft, "organisation/schule-nordtal")["contactPersons"].values()
    assert ben["role"] == "role/leiter-innovation"


def test_word_that_names_nobody_is_left_to_a_person(draft_of: Any) -> None:
    draft = draft_of(["Firma", "Kontakt"], ["Werk Süd GmbH", "E-Mail"])

    assert doubts(draft) == [("", "contactPersons", "E-Mail")]
    assert [entry.type for entry in draft.entries.values() if entry.type == "Person"] == []


def test_several_addresses_and_numbers_of_a_cell_are_divided(draft_of: Any) -> None:
    draft = draft_of(
        ["Firma", "E-Mail", "Telefon"],
        ["Werk Süd GmbH", "a@ws.example / b@ws.example, c@ws.example", "0371 5512 oder 0171 2233"],
        ["Werk Ost GmbH", "d@wo.example", "0371 / 66 77"],
    )

    assert values(draft, "organisation/werk-sued-gmbh")["email"] == ["a@ws.example", "b@ws.example", "c@ws.example"]
    assert values(draft, "organisation/werk-sued-gmbh")["telephone"] == ["0371 5512", "0171 2233"]
    assert values(draft, "organisation/werk-ost-gmbh")["telephone"] == ["0371 / 66 77"]


def test_header_of_two_rows_is_read_as_one(draft_of: Any) -> None:
    draft = draft_of(
        ["Organisation", "Ansprechpartner", "", "Ort"],
        ["", "Name", "E-Mail", ""],
        ["Werk Süd GmbH", "Ida Kern", "kern@werk-sued.example", "Südheim"],
        consent="2031-01-15",
    )

    assert [id_ for id_, entry in draft.entries.items() if entry.type == "Organisation"] == [
        "organisation/werk-sued-gmbh"
    ]
    assert values(draft, "person/ida-kern")["email"] == ["kern@werk-sued.example"]
    assert list(values(draft, "organisation/werk-sued-gmbh")["contactPersons"]) == ["person/ida-kern"]


def test_header_repeated_on_the_next_page_is_no_actor(draft_of: Any) -> None:
    header = ["Firma", "Ort"]
    draft = draft_of(header, ["Werk Süd GmbH", "Südheim"], header, ["Werk Ost GmbH", "Ostheim"])

    assert [entry.values["name"] for entry in draft.entries.values() if entry.type == "Organisation"] == [
        "Werk Süd GmbH",
        "Werk Ost GmbH",
    ]


def test_each_column_of_people_is_read(draft_of: Any) -> None:
    draft = draft_of(["Firma", "Ansprechpartner 1", "Ansprechpartner 2"], ["Werk Süd GmbH", "Ida Kern", "Ben Wolf"])

    assert list(values(draft, "organisation/werk-sued-gmbh")["contactPersons"]) == [
        "person/ida-kern",
        "person/ben-wolf",
    ]


def test_heading_between_the_rows_is_the_sector_of_those_below(draft_of: Any) -> None:
    draft = draft_of(
        ["Name", "Ort"],
        ["Bildungsträger", ""],
        ["Volkshochschule Südheim", "Südheim"],
        ["Verein Werk Süd e. V.", ""],
        ["Unternehmen", ""],
        ["Werk Süd GmbH", "Südheim"],
    )

    sectors = {
        entry.values["name"]: list(entry.values["sector"])
        for entry in draft.entries.values()
        if entry.type == "Organisation"
    }
    assert sectors == {
        "Volkshochschule Südheim": ["sector/bildungstraeger"],
        "Verein Werk Süd e. V.": ["sector/bildungstraeger"],
        "Werk Süd GmbH": ["sector/unternehmen"],
    }


def test_columns_of_projects_are_named_where_no_project_is(draft_of: Any) -> None:
    draft = draft_of(["Partner", "Ort", "Rolle im Projekt"], ["Werk Süd GmbH", "Südheim", "Koordination"])

    assert draft.unknown_columns == ["Rolle im Projekt"]


def test_actor_of_whom_nothing_is_known_is_no_heading(draft_of: Any) -> None:
    draft = draft_of(["Name", "Ort"], ["Werk Süd GmbH", "Südheim"], ["Nordhalle", ""], ["Werk Ost GmbH", "Ostheim"])

    names = [entry.values["name"] for entry in draft.entries.values() if entry.type == "Organisation"]
    assert names == ["Werk Süd GmbH", "Nordhalle", "Werk Ost GmbH"]


def test_tick_says_the_header_of_a_column_that_the_user_names(draft_of: Any) -> None:
    draft = draft_of(
        ["Firma", "Ort", "Robotik", "Lehmbau"],
        ["Werk Süd GmbH", "Südheim", "x", "nein"],
        ["Werk Ost GmbH", "Ostheim", "", "✓"],
        columns=["Robotik=topics", "Lehmbau=topics"],
    )

    assert values(draft, "organisation/werk-sued-gmbh")["words"] == ["Robotik"]
    assert values(draft, "organisation/werk-ost-gmbh")["words"] == ["Lehmbau"]


# --- several contacts of one organisation -------------------------------------------------------------------------------


def contact_people(draft: Draft, id_: str) -> dict[str, str]:
    """Return the contact people of an organisation, each with the label of their role."""
    relations = values(draft, id_).get("contactPersons", {})
    return {person: details.get("role", "").removeprefix("role/") for person, details in relations.items()}


def test_contact_in_the_row_below_belongs_to_the_organisation_above(draft_of: Any) -> None:
    draft = draft_of(
        ["Firma", "Ort", "Ansprechpartner", "Funktion", "Telefon"],
        ["Werk Süd GmbH", "Südheim", "Ida Kern", "Leiterin", "0371 55 12"],
        ["", "", "Ben Wolf", "Vertrieb", "0371 55 13"],
        ["", "", "Jan Novák", "", ""],
        ["Werk Ost GmbH", "Ostheim", "Elif Demir", "", ""],
        consent="2031-01-15",
    )

    assert contact_people(draft, "organisation/werk-sued-gmbh") == {
        "person/ida-kern": "leiterin",
        "person/ben-wolf": "vertrieb",
        "person/jan-novak": "",
    }
    assert values(draft, "person/ben-wolf")["telephone"] == ["0371 55 13"]
    assert contact_people(draft, "organisation/werk-ost-gmbh") == {"person/elif-demir": ""}
    assert doubts(draft) == []


@pytest.mark.parametrize(
    ("row", "quote", "key"),
    [
        (["", "Ben Wolf", "wolf@werk-sued.example", "Ostheim"], "Ben Wolf", "contactPersons"),
        (["", "Ben Wolf", "wolf@anders.example", ""], "Ben Wolf", "contactPersons"),
        (["", "", "", "Ostheim"], "Ostheim", ""),
        (["", "", "vertrieb@werk-sued.example", ""], "vertrieb@werk-sued.example", ""),
    ],
)
def test_row_that_may_belong_to_the_one_above_is_left_to_a_person(
    draft_of: Any, row: list[str], quote: str, key: str
) -> None:
    draft = draft_of(
        ["Firma", "Ansprechpartner", "E-Mail", "Ort"],
        ["Werk Süd GmbH", "Ida Kern", "kern@werk-sued.example", "Südheim"],
        row,
        consent="2031-01-15",
    )

    assert doubts(draft) == [("organisation/werk-sued-gmbh", key, quote)]
    assert contact_people(draft, "organisation/werk-sued-gmbh") == {"person/ida-kern": ""}


def test_list_of_people_leaves_those_without_organisation_alone(draft_of: Any) -> None:
    draft = draft_of(
        ["Nachname", "Vorname", "Firma"], ["Kern", "Ida", "Werk Süd GmbH"], ["Wolf", "Ben", ""], ["Novák", "Jan", ""]
    )

    assert contact_people(draft, "organisation/werk-sued-gmbh") == {"person/ida-kern": ""}
    assert {"person/ben-wolf", "person/jan-novak"} <= set(draft.entries)
    assert doubts(draft) == []


@pytest.mark.parametrize("header", ["Rolle", "Funktion", "Position", "Role"])
def test_plain_role_is_that_of_the_person_or_in_the_project_beside_it(draft_of: Any, header: str) -> None:
    of_person = draft_of(["Firma", "Projekt", "Kontakt", header], ["Werk Süd GmbH", "Ringnetz", "Ida Kern", "Leiterin"])
    in_project = draft_of(
        ["Firma", "Kontakt", "Projekt", header], ["Werk Süd GmbH", "Ida Kern", "Ringnetz", "Koordination"]
    )

    assert contact_people(of_person, "organisation/werk-sued-gmbh") == {"person/ida-kern": "leiterin"}
    assert "role" not in values(of_person, "project/ringnetz")["participants"]["organisation/werk-sued-gmbh"]
    assert contact_people(in_project, "organisation/werk-sued-gmbh") == {"person/ida-kern": ""}
    participant = values(in_project, "project/ringnetz")["participants"]["organisation/werk-sued-gmbh"]
    assert participant["role"] == "role/koordination"


def test_number_is_no_role_and_role_of_nobody_is_named(draft_of: Any) -> None:
    numbered = draft_of(["Position", "Firma", "Kontakt"], ["1", "Werk Süd GmbH", "Ida Kern"])
    nobody = draft_of(["Firma", "Ort", "Funktion"], ["Werk Süd GmbH", "Südheim", "Zulieferer"])

    assert contact_people(numbered, "organisation/werk-sued-gmbh") == {"person/ida-kern": ""}
    assert nobody.unknown_columns == ["Funktion"]


def test_each_of_several_contacts_has_role_and_addresses_of_their_own(draft_of: Any) -> None:
    draft = draft_of(
        [
            "Firma",
            "Telefon",
            *(f"{header} {number}" for number in (1, 2) for header in ("Kontakt", "Funktion", "Tel.")),
        ],
        ["Werk Süd GmbH", "0371 1", "Ida Kern", "Leiterin", "0371 55 12", "Ben Wolf", "Vertrieb", "0371 55 13"],
        consent="2031-01-15",
    )
    parted = draft_of(
        ["Firma", "Vorname 1", "Nachname 1", "Vorname 2", "Nachname 2"], ["Werk Süd GmbH", "Ida", "Kern", "Ben", "Wolf"]
    )

    roles = {"person/ida-kern": "leiterin", "person/ben-wolf": "vertrieb"}
    assert contact_people(draft, "organisation/werk-sued-gmbh") == roles
    assert values(draft, "person/ida-kern")["telephone"] == ["0371 55 12"]
    assert values(draft, "person/ben-wolf")["telephone"] == ["0371 55 13"]
    assert list(contact_people(parted, "organisation/werk-sued-gmbh")) == list(roles)


def test_number_of_one_of_several_people_is_left_to_a_person(draft_of: Any) -> None:
    header = ["Firma", "Kontakt", "Telefon"]
    one = draft_of(header, ["Werk Süd GmbH", "Ida Kern; Ben Wolf", "0371 55 12"], consent="2031-01-15")
    each = draft_of(header, ["Werk Süd GmbH", "Ida Kern; Ben Wolf", "0371 55 12; 0371 55 13"], consent="2031-01-15")

    assert [(doubt.key, doubt.candidates) for doubt in one.doubts] == [
        ("telephone", ["person/ida-kern", "person/ben-wolf"])
    ]
    assert values(each, "person/ben-wolf")["telephone"] == ["0371 55 13"]
    assert doubts(each) == []


# --- links below cells ----------------------------------------------------------------------------------------------------


def test_link_below_a_name_leads_to_its_entry(draft_of: Any) -> None:
    draft = draft_of(
        ["Firma", "Kontakt"],
        [
            ("Werk Süd GmbH", "https://www.werk-sued.example/de"),
            ("Ida Kern", "mailto:i.kern@werk-sued.example?subject=Anfrage"),
        ],
        [("Werk Ost GmbH", "mailto:info@werk-ost.example"), ""],
    )

    assert values(draft, "organisation/werk-sued-gmbh")["website"] == "https://www.werk-sued.example/de"
    assert values(draft, "organisation/werk-sued-gmbh")["quote"] == "Werk Süd GmbH"
    assert values(draft, "organisation/werk-ost-gmbh")["email"] == ["info@werk-ost.example"]
    assert [(*about, doubt.candidates) for about, doubt in zip(doubts(draft), draft.doubts, strict=True)] == [
        ("person/ida-kern", "email", "Ida Kern", ["i.kern@werk-sued.example"])
    ]


def test_link_below_words_is_the_contact_that_its_column_names(draft_of: Any) -> None:
    draft = draft_of(
        ["Firma", "Website", "E-Mail"],
        [
            "Werk Süd GmbH",
            ("zur Seite", "https://werk-sued.example"),
            ("schreiben", "mailto:info@werk-sued.example"),
        ],
        ["Werk Ost GmbH", ("werk-ost.example", "https://werk-ost.example/?von=liste"), ("", "mailto:info@ost.example")],
    )

    assert values(draft, "organisation/werk-sued-gmbh") == {
        "name": "Werk Süd GmbH",
        "quote": ["Werk Süd GmbH", "schreiben", "zur Seite"],
        "email": ["info@werk-sued.example"],
        "website": "https://werk-sued.example/",
    }
    assert values(draft, "organisation/werk-ost-gmbh")["website"] == "https://werk-ost.example/"
    assert values(draft, "organisation/werk-ost-gmbh")["email"] == ["info@ost.example"]
    assert doubts(draft) == []


def test_link_to_a_page_of_the_list_is_no_website(draft_of: Any) -> None:
    draft = draft_of(
        ["Firma", "Ort"],
        [("Werk Süd GmbH", "https://liste.example/firmen/1"), "Südheim"],
        [("Werk Ost GmbH", "https://liste.example/firmen/2"), "Ostheim"],
    )

    assert "website" not in values(draft, "organisation/werk-sued-gmbh")
    assert doubts(draft) == []


# --- forms of real lists ---------------------------------------------------------------------------------------------------


def test_role_before_both_is_that_in_the_project(draft_of: Any) -> None:
    draft = draft_of(
        ["Partner", "Rolle", "Ansprechpartner", "Teilprojekt"], ["Werk Süd GmbH", "Leitung", "Ida Kern", "Messung"]
    )

    assert values(draft, "project/messung")["participants"]["organisation/werk-sued-gmbh"]["role"] == "role/leitung"
    assert contact_people(draft, "organisation/werk-sued-gmbh") == {"person/ida-kern": ""}


def test_second_row_of_a_header_may_hold_an_unknown_header(draft_of: Any) -> None:
    draft = draft_of(
        ["Partner", "Anschrift", "", "Kontakt", ""],
        ["", "Straße", "PLZ / Ort", "Name", "Funktion"],
        ["Werk Süd GmbH", "Am Wehr 3", "09999 Südheim", "Ida Kern", "Leiterin"],
    )

    assert list(values(draft, "organisation/werk-sued-gmbh")["location"]) == ["place/suedheim"]
    assert contact_people(draft, "organisation/werk-sued-gmbh") == {"person/ida-kern": "leiterin"}
    assert draft.unknown_columns == ["Straße"]


def test_street_alone_is_no_town(draft_of: Any) -> None:
    draft = draft_of(["Firma", "Anschrift"], ["Werk Süd GmbH", "Am Wehr 3 a"], ["Werk Ost GmbH", "Ostheim"])

    assert doubts(draft) == [("organisation/werk-sued-gmbh", "location", "Am Wehr 3 a")]
    assert [id_ for id_ in draft.entries if id_.startswith("place/")] == ["place/ostheim"]


@pytest.mark.parametrize(
    ("cell", "name", "role"),
    [
        ("Ida Kern\nGeschäftsführerin", "Ida Kern", "geschaeftsfuehrerin"),
        ("Bürgermeister Ben Wolf", "Ben Wolf", "buergermeister"),
        ("Ida Kern, Netzwerkfee", "Ida Kern", ""),
    ],
)
def test_role_beside_a_name_is_no_part_of_it(draft_of: Any, cell: str, name: str, role: str) -> None:
    draft = draft_of(["Firma", "Kontakt"], ["Werk Süd GmbH", cell])

    assert [entry.values["name"] for entry in draft.entries.values() if entry.type == "Person"] == [name]
    assert list(contact_people(draft, "organisation/werk-sued-gmbh").values()) == [role]
    assert doubts(draft) == ([] if role else [("", "contactPersons", "Netzwerkfee")])


def test_link_below_the_word_for_it_is_the_address_of_whom_the_row_names(draft_of: Any) -> None:
    draft = draft_of(
        ["Firma", "Ansprechpartner", "Kontakt"],
        ["Werk Süd GmbH", "Ida Kern", ("E-Mail", "mailto:kern@werk-sued.example")],
        consent="2031-01-15",
    )

    assert values(draft, "person/ida-kern")["email"] == ["kern@werk-sued.example"]
    assert doubts(draft) == []


def test_total_is_no_actor_and_a_note_below_is_left_to_a_person(draft_of: Any) -> None:
    draft = draft_of(
        ["Firma", "Ort", "Mitarbeiter"],
        ["Werk Süd GmbH", "Südheim", "12"],
        ["Summe:", "", "12"],
        ["* Stand: Mai 2031", "", ""],
    )

    assert [id_ for id_, entry in draft.entries.items() if entry.type == "Organisation"] == [
        "organisation/werk-sued-gmbh"
    ]
    assert doubts(draft) == [("", "", "* Stand: Mai 2031")]
