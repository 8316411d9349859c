"""The place of an event, in each of the forms in which the lines above a programme name it."""

from __future__ import annotations

import pytest

from itasgraph.drafting.event_place import place_of


@pytest.mark.parametrize(
    ("lines", "place", "rule"),
    [
        (["Ort: Alte Weberei, Markt 3"], "Alte Weberei", "place-behind-label"),
        (["6. Juni 2031, 9 bis 15 Uhr, Rathaus Neuheim"], "Rathaus Neuheim", "place-behind-day"),
        (["Thursday 18 September 2031 · Guildhall, Wexcombe"], "Guildhall", "place-behind-day"),
        (["15.-16. Oktober 2031 in Heidestadt"], "Heidestadt", "place-behind-day"),
        (["Donnerstag, 6. Juni 2031", "im Haus der Begegnung, Ahornallee 12"], "Haus der Begegnung", "place-in-line"),
        (["27.11.2031, Quellstedt, Alte Münze"], "Alte Münze", "place-behind-day"),
        (["Ort", "Bildungszentrum Neuheim, Raum 3"], "Bildungszentrum Neuheim", "place-below-label"),
        (["10. Oktober 2031", "in der Neuen Messe Neuheim"], "Neue Messe Neuheim", "place-in-line"),
        (["21.10.2031", "ins Alte Rathaus, Marktplatz 1"], "Altes Rathaus", "place-in-line"),
        (
            ["Am 6. Juni 2031 laden wir in das Haus der Pflege nach Neuheim ein."],
            "Haus der Pflege",
            "place-in-sentence",
        ),
        (["9 July 2031", "Maritime Museum, Saltmouth"], "Maritime Museum", "place-in-line"),
        (["6. Juni 2031", "Zum Anker, Hafenstraße 3"], "Zum Anker", "place-in-line"),
        (["6. Juni 2031", "Gemeindezentrum Neuheim, Kirchweg 4"], "Gemeindezentrum Neuheim", "place-in-line"),
        (["Werkstatt Achterberg, Am Sägewerk 3, 03299 Neuheim"], "Werkstatt Achterberg", "place-in-line"),
    ],
)
def test_place_is_named_in_each_form(lines: list[str], place: str, rule: str) -> None:
    found = place_of(list(enumerate(lines, 1)))

    assert found is not None
    assert (found.name, found.rule, found.line) == (place, rule, len(lines))


@pytest.mark.parametrize(("above", "place"), [("Neuheim", "Alte Weberei"), ("Rathaus Neuheim", "Rathaus Neuheim")])
def test_place_behind_a_label_below_comes_before_a_town_above(above: str, place: str) -> None:
    found = place_of([(1, f"6. Juni 2031 | {above}")], [(9, "Veranstaltungsort: | Alte Weberei, Markt 3")])

    assert found is not None
    assert found.name == place


@pytest.mark.parametrize(
    "line",
    [
        "6. Juni 2031, online",
        "Freitag, 6. Juni 2031, 10–16 Uhr",
        "6. Juni 2031 | Moderation: Ida Kern",
        "Museum für alle",
        "Hochschule Neuheim",
        "Eine Veranstaltung der Hochschule Neuheim",
    ],
)
def test_other_words_are_no_place(line: str) -> None:
    assert place_of([(1, line)]) is None


def test_place_stands_above_its_street_and_its_town() -> None:
    found = place_of(list(enumerate(["Kulturhaus Neuheim", "Am Anger 1", "01996 Neuheim"], 1)))

    assert found is not None
    assert (found.name, found.rule, found.line) == ("Kulturhaus Neuheim", "place-above-address", 1)
