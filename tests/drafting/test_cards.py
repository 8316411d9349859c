"""A directory whose actors are cards: a heading each, and labels, addresses and contacts below it."""

from __future__ import annotations

from typing import Any

import pytest

from itasgraph.documents import html_page

CARD = """<h2>{name}</h2><p>Halle 2</p><p>Branche: {sector}</p><p>Ansprechpartner: {people}</p><p>Am Wehr 1, 09111 {town}</p>
<p>{contacts}</p>"""
CARDS = (
    ("Werk Süd GmbH", "Bau", "Dr. Ida Kern, Ben Wolf", "Südheim", "Tel. 0371 5512 info@werk-sued.example www.werk-sued.example"),
    ("Schule Nord e. V.", "Bildung", "Lena Falk", "Nordheim", "kontakt@schule-nord.example"),
    ("Quux Robotik", "Bau", "Jan Novák", "Ostheim", "www.quux.example"),
)  # fmt: skip


def page(*cards: tuple[str, ...]) -> bytes:
    keys = ("name", "sector", "people", "town", "contacts")
    return "".join(CARD.format(**dict(zip(keys, card, strict=True))) for card in cards).encode()


def test_each_card_is_an_actor(compose: Any) -> None:
    draft = compose(html_page.read(page(*CARDS), "aussteller.html"))

    names = {entry.values["name"]: entry.values for entry in draft.entries.values() if entry.type == "Organisation"}
    assert list(names) == ["Werk Süd GmbH", "Schule Nord e. V.", "Quux Robotik"]
    assert list(names["Werk Süd GmbH"]["contactPersons"]) == ["person/ida-kern", "person/ben-wolf"]
    assert names["Werk Süd GmbH"]["email"] == ["info@werk-sued.example"]
    assert names["Quux Robotik"]["website"] == "https://www.quux.example/"
    assert [list(values["location"]) for values in names.values()] == [
        ["place/suedheim"],
        ["place/nordheim"],
        ["place/ostheim"],
    ]
    # "Bau" stands in two cards: the line tells which of them says it.
    sectors = [values["sector"] for values in names.values()]
    assert [next(iter(sector.values())).get("line") for sector in sectors] == [3, None, 17]


def test_two_headings_are_no_directory(compose: Any) -> None:
    draft = compose(html_page.read(page(*CARDS[:2]) + b"<p>10:00 Uhr Holz - Ida Kern, IHK Neuheim</p>", "tag.html"))

    assert not any("sector" in entry.values for entry in draft.entries.values())


LABELS = """<h2>{name}</h2><dl><dt>Branche</dt><dd>{sector}</dd><dt>Ort</dt><dd>{town}</dd><dt>Themen</dt><dd><ul><li>Holz</li><li>{topic}</li></ul></dd></dl>"""


def test_labels_of_a_card_may_stand_in_lines_of_their_own(compose: Any) -> None:
    cards = [("Werk Süd GmbH", "Bau", "Südheim", "Glas"), ("Schule Nord e. V.", "Bildung", "Nordheim", "Lehm")]
    cards.append(("IHK Neuheim", "Netzwerk", "Neuheim", "Stahl"))
    text = "".join(LABELS.format(name=a, sector=b, town=c, topic=d) for a, b, c, d in cards)
    footer = "<p>Datenstand: 31.12.2031. Redaktion: Referat 43, Frau Vogel</p>"

    draft = compose(html_page.read((text + footer).encode(), "portal.html"))

    school = draft.entries["organisation/schule-nord-e-v"].values
    assert (list(school["sector"]), list(school["location"])) == (["sector/bildung"], ["place/nordheim"])
    assert school["words"] == ["Holz", "Lehm"]
    assert list(draft.entries["organisation/ihk-neuheim"].values["location"]) == ["place/neuheim"]


def test_contacts_in_bullets_below_people_are_no_people(compose: Any) -> None:
    card = """<h2>{0}</h2><p>09111 Nordheim</p><p>Ansprechpartner:<br>Ida Kern, Leiterin<br>Ben Wolf, Prokurist</p>
<ul><li>Tel. 0371 5512</li><li>info@{1}.example</li><li>www.{1}.example</li></ul>"""
    names = ("Werk Süd GmbH", "werk"), ("Schule Nord e. V.", "schule"), ("Glas Ost KG", "glas")

    draft = compose(html_page.read("".join(card.format(*pair) for pair in names).encode(), "portal.html"))

    works = draft.entries["organisation/werk-sued-gmbh"].values
    assert list(works["contactPersons"]) == ["person/ida-kern", "person/ben-wolf"]
    assert (works["website"], works["email"]) == ("https://www.werk.example/", ["info@werk.example"])


def test_name_above_a_second_address_begins_the_next_card(compose: Any) -> None:
    card = "<{2}>{0}</{2}><p>Stand 4</p><p>Gasse 1, {1}</p><p>E-Mail: info@x.example Internet: www.{3}.example</p>"
    cards = (
        ("Werk Süd GmbH", "09111 Südheim", "h2", "werk"),
        ("Schule Nord e. V.", "09112 Nordheim", "h2", "schule"),
        ("Glas Ost KG", "09113 Ostheim", "h2", "glas"),
        ("Holzbau West GmbH", "09114 Westheim", "p", "holz"),  # its heading is printed as text
    )

    draft = compose(html_page.read("".join(card.format(*one) for one in cards).encode(), "aussteller.html"))

    said = {id_: entry.values for id_, entry in draft.entries.items() if entry.type == "Organisation"}
    assert [list(one["location"]) for one in said.values()] == [
        ["place/suedheim"],
        ["place/nordheim"],
        ["place/ostheim"],
        ["place/westheim"],
    ]
    assert said["organisation/glas-ost-kg"]["website"] == "https://www.glas.example/"
    assert said["organisation/holzbau-west-gmbh"]["website"] == "https://www.holz.example/"


def test_bullets_of_several_lines_are_cards(compose: Any) -> None:
    bullet = "<li>{}<br>Ort: {}<br>Ansprechperson: {}</li>"
    cards = [
        ("Werk Süd GmbH", "Südheim", "Ida Kern"),
        ("TU Brno", "Brno", "Ben Wolf"),
        ("Quux a.s.", "Aue", "Lena Falk"),
    ]

    page_ = "<h1>Partner</h1><ol>" + "".join(bullet.format(*card) for card in cards) + "</ol>"
    draft = compose(html_page.read(page_.encode(), "partner.html"))

    named = {entry.id: entry.values for entry in draft.entries.values() if entry.type == "Organisation"}
    assert list(named["organisation/tu-brno"]["contactPersons"]) == ["person/ben-wolf"]
    assert list(named) == ["organisation/werk-sued-gmbh", "organisation/tu-brno", "organisation/quux-a-s"]


OTHER_CARD = "<h2>{0}</h2><p>Gasse 1, 09111 {1}</p><p>{3}</p><p>Weg 2, 09112 {2}</p><p>Tel. 0371 5512</p>"
OTHER_CARDS = (
    ("Werk Süd GmbH", "Südheim", "Nordheim"),
    ("Schule Nord e. V.", "Nordheim", "Ostheim"),
    ("Glas Ost KG", "Ostheim", "Westheim"),
)


@pytest.mark.parametrize(
    "between",
    ["Weg 7", "Institut für Holz", "Werk Mitte GmbH", "Mitglied der Innung Chemnitz", "Zweigstelle Nord e. V."],
)
def test_second_address_in_each_card_leaves_the_town_to_a_person(between: str, compose: Any) -> None:
    cards = "".join(OTHER_CARD.format(*card, between) for card in OTHER_CARDS)

    draft = compose(html_page.read(cards.encode(), "portal.html"))

    names = [entry.values["name"] for entry in draft.entries.values() if entry.type == "Organisation"]
    assert names == [name for name, _, _ in OTHER_CARDS]
    assert [doubt.quote for doubt in draft.doubts if doubt.key == "location"] == [
        f"Gasse 1, 09111 {one} Weg 2, 09112 {other}" for _, one, other in OTHER_CARDS
    ]
    assert not any(entry.type == "Place" for entry in draft.entries.values())


@pytest.mark.parametrize(
    "between",
    ["Mitglied der Innung Chemnitz", "Inhaberin der Tischlerei", "Niederlassung der Werk Süd GmbH", "Glas Ost KG"],
)
def test_no_card_begins_below_membership_role_site_or_the_same_name(between: str, compose: Any) -> None:
    plain = "".join(CARD.format(name=a, sector=b, people=c, town=d, contacts=e) for a, b, c, d, e in CARDS)
    text = plain + OTHER_CARD.format("Glas Ost KG", "Ostheim", "Dresden", between)

    draft = compose(html_page.read(text.encode(), "portal.html"))

    names = [entry.values["name"] for entry in draft.entries.values() if entry.type == "Organisation"]
    assert names == [*(card[0] for card in CARDS), "Glas Ost KG"]
    assert "place/dresden" not in draft.entries
    assert [doubt.quote for doubt in draft.doubts if doubt.key == "location"] == [
        "Gasse 1, 09111 Ostheim Weg 2, 09112 Dresden"
    ]
