"""A programme → event, sections, contributions, appearances: invented programmes in the forms of real ones."""

from __future__ import annotations

from typing import Any

import pytest

from itasgraph.documents import html_page, plain_text
from itasgraph.drafting.draft import Draft
from itasgraph.drafting.times import period


@pytest.fixture
def draft_of(compose: Any) -> Any:
    """A function that drafts a text."""
    return lambda text: compose(plain_text.read(text.encode(), "day.txt"))


@pytest.fixture
def html_draft_of(compose: Any) -> Any:
    """A function that drafts an HTML page."""
    return lambda page: compose(html_page.read(page.encode(), "day.html"))


def contributions(draft: Draft) -> list[tuple[str, str, str, list[str], list[str]]]:
    """Start, end, title, speakers and moderators of the contributions in their order."""
    return [_contribution(entry.values) for entry in draft.entries.values() if entry.type == "Contribution"]


def _contribution(values: dict[str, Any]) -> tuple[str, str, str, list[str], list[str]]:
    speakers, moderators = (
        [target.partition("/")[2] for target in values.get(key, {})] for key in ("speakers", "moderators")
    )
    return values.get("start", ""), values.get("end", ""), values["title"], speakers, moderators


TABLE_DAY = """Programm: Werkstatttag 2031
Donnerstag, 6. März 2031, Nordhalle

09:00 Uhr Einlass und Kaffee
09:30 – 09:45 Uhr Begrüßung
Ida Kern, Bürgermeisterin Stadtverwaltung Neuheim
09.45 – 10.30 Uhr | Werkzeug für alle | Ben Wolf, Werk Süd GmbH
10:30 Kaffeepause
11 – 12 Uhr Podium: Wer leiht wem?
Ayşe Yılmaz (IHK Neuheim), Jan Novák (TU Brno)
Moderation: Lena Vogel, Ringnetz Ost e.V.
12:00 Uhr Mittagessen
"""


def test_day_with_times_is_read(draft_of: Any) -> None:
    draft = draft_of(TABLE_DAY)

    assert contributions(draft) == [
        ("09:30", "09:45", "Begrüßung", ["ida-kern"], []),
        ("09:45", "10:30", "Werkzeug für alle", ["ben-wolf"], []),
        ("11:00", "12:00", "Podium: Wer leiht wem?", ["ayse-yilmaz", "jan-novak"], ["lena-vogel"]),
    ]
    assert draft.entries["event/werkstatttag-2031"].values["date"] == "2031-03-06"
    assert draft.doubts == []
    breaks = draft.entries["omission/breaks-of-day"].values
    assert breaks["quote"] == ["09:00 Uhr Einlass und Kaffee", "10:30 Kaffeepause", "12:00 Uhr Mittagessen"]


SECTIONS_DAY = """Zukunftstag Neuheim
am 12. April 2031

Lernen

• Schule und Betrieb | Ida Kern, Berufsschule Neuheim
• Film: Hände
• Lernen im Takt | Ben Wolf, 2. Vorsitzender Ringverein e.V. und Jan Novák, Betriebsrat GHK

Bauen

• Holz statt Stahl | Ayşe Yılmaz, Holzbau Süd GmbH
"""


def test_sections_and_items_without_speaker_are_read(draft_of: Any) -> None:
    draft = draft_of(SECTIONS_DAY)

    sections = {id_: entry.values["position"] for id_, entry in draft.entries.items() if entry.type == "Section"}
    assert sections == {"section/lernen": 1, "section/bauen": 2}
    assert contributions(draft) == [
        ("", "", "Schule und Betrieb", ["ida-kern"], []),
        ("", "", "Film: Hände", [], []),
        ("", "", "Lernen im Takt", ["ben-wolf", "jan-novak"], []),
        ("", "", "Holz statt Stahl", ["ayse-yilmaz"], []),
    ]
    parts = [entry.values["partOf"] for entry in draft.entries.values() if entry.type == "Contribution"]
    assert parts == ["section/lernen"] * 3 + ["section/bauen"]


def test_doubtful_organisation_stays_out_of_the_entry(draft_of: Any) -> None:
    draft = draft_of("Zukunftstag\n12. April 2031\n\n10:00 Uhr Holz statt Stahl | Ida Kern, Holzwege\n")

    (talk,) = [entry for entry in draft.entries.values() if entry.type == "Contribution"]
    assert talk.values["speakers"] == {"person/ida-kern": {"position": 1, "quote": "Ida Kern, Holzwege"}}
    assert [(one.about, one.key, one.candidates, one.rule) for one in draft.doubts] == [
        (talk.id, "speakers", ["Holzwege"], "organisation-unknown")
    ]


def test_prose_becomes_no_contribution(draft_of: Any) -> None:
    from itasgraph.errors import UsageError

    text = "Bericht\n\nAm 6. März 2031 sprach Ida Kern von der IHK Neuheim über Werkzeug, das alle leihen können, und viele fragten nach.\n"

    with pytest.raises(UsageError, match="neither a list of actors"):
        draft_of(text)


def test_seed_page_gives_every_appearance(draft_of: Any, source: list[str]) -> None:
    draft = draft_of("\n".join(source))

    talks = [entry for entry in draft.entries.values() if entry.type == "Contribution"]
    all_values: list[dict[str, Any]] = [talk.values for talk in talks]
    appearances = [details for one in all_values for details in one.get("speakers", {}).values()]
    assert (len(talks), len(appearances)) == (21, 22)
    assert all("organisation" in details for details in appearances)
    assert sum("role" in details for details in appearances) == 4
    assert len({entry.id for entry in draft.entries.values() if entry.type == "Person"}) == 19
    assert len({entry.id for entry in draft.entries.values() if entry.type == "Organisation"}) == 17


STACKED_DAY = """Zukunftstag Neuheim
6. und 7. Juni 2031
Veranstaltungsort: Alte Spinnerei Neuheim, Markt 3
Tagesmoderation: Lena Vogel, IHK Neuheim

10 Uhr
Kaffee

10.15 bis 11 Uhr
Saal A
Wärme im Ring
Dr. Ida Kern
Leiterin
TU Neuheim
Ben Wolf
Museum Neuheim / TU Neuheim

11 Uhr
Fragen und Antworten (N.N.)
Gesprächsleitung:
Jan Novák

Anmeldung: Ayşe Yılmaz, IHK Neuheim
"""


def test_time_title_and_speakers_on_lines_of_their_own(draft_of: Any) -> None:
    draft = draft_of(STACKED_DAY)

    assert contributions(draft) == [
        ("10:15", "11:00", "Wärme im Ring", ["ida-kern", "ben-wolf"], []),
        ("11:00", "", "Fragen und Antworten", [], ["jan-novak"]),
    ]
    kern, wolf = draft.entries["talk/waerme-im-ring"].values["speakers"].values()
    assert kern["quote"] == ["Dr. Ida Kern", "Leiterin", "TU Neuheim"]
    assert (kern["role"], kern["organisation"]) == ("role/leiterin", "organisation/tu-neuheim")
    assert wolf["organisation"] == ["organisation/museum-neuheim", "organisation/tu-neuheim"]
    breaks = draft.entries["omission/breaks-of-day"].values
    assert breaks["quote"][:2] == ["10 Uhr", "Kaffee"]


def test_event_has_its_days_its_place_and_its_moderator(draft_of: Any) -> None:
    event = draft_of(STACKED_DAY).entries["event/zukunftstag-neuheim"].values

    assert (event["date"], event["endDate"]) == ("2031-06-06", "2031-06-07")
    assert list(event["location"]) == ["place/alte-spinnerei-neuheim"]
    assert list(event["moderators"]) == ["person/lena-vogel"]


def test_role_that_may_hold_an_organisation_is_not_written(draft_of: Any) -> None:
    draft = draft_of("Zukunftstag\n12. April 2031\n\n10:00 Uhr Holz | Ida Kern, Leiterin der Perle\n")

    talk = draft.entries["talk/holz"].values
    assert talk["speakers"] == {"person/ida-kern": {"position": 1, "quote": "Ida Kern, Leiterin der Perle"}}
    assert [(one.rule, one.candidates) for one in draft.doubts] == [
        ("role-without-organisation", ["Leiterin der Perle"])
    ]


def test_date_at_the_beginning_of_a_line_is_no_time(draft_of: Any) -> None:
    draft = draft_of("Zukunftstag\n10.11.2031, 13:00-16:00 Uhr\n13:00 Auftakt | Ida Kern, IHK Neuheim\n")

    assert contributions(draft) == [("13:00", "", "Auftakt", ["ida-kern"], [])]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("6.–7. Juni 2031", ("2031-06-06", "2031-06-07")),
        ("21. bis 22. Mai 2031", ("2031-05-21", "2031-05-22")),
        ("30. Mai – 2. Juni 2031", ("2031-05-30", "2031-06-02")),
        ("15.-16.10.2031", ("2031-10-15", "2031-10-16")),
        ("Dienstag, 9. und Mittwoch, 10. September 2031", ("2031-09-09", "2031-09-10")),
        ("May 12-13, 2031", ("2031-05-12", "2031-05-13")),
        ("14–15 October 2031", ("2031-10-14", "2031-10-15")),
        ("am 6.6.2031", ("2031-06-06", "2031-06-06")),
        ("7.–6. Juni 2031", ("2031-06-06", "2031-06-06")),
        ("Samstag, 1. März 2031 und Sonntag, 2. März 2031", ("2031-03-01", "2031-03-02")),
    ],
)
def test_days_of_an_event_in_each_form(text: str, days: tuple[str, str]) -> None:
    found = period(text)

    assert found is not None
    assert (found.first, found.last) == days
    assert found.words in text


CARDS = """<main><h1>Zukunftstag</h1><p>6. Juni 2031</p><h2>Vormittag</h2>
<h3>Kaffee</h3><p>09:00 Uhr</p>
<h3>Holz im Bau</h3><p>09:30 – 10:00 Uhr</p><p>Ida Kern, IHK Neuheim</p>
<h3>Offene Werkstatt</h3><p>10:00 Uhr</p></main>"""


def test_time_below_a_title_belongs_to_it(html_draft_of: Any) -> None:
    draft = html_draft_of(CARDS)

    assert contributions(draft) == [
        ("09:30", "10:00", "Holz im Bau", ["ida-kern"], []),
        ("10:00", "", "Offene Werkstatt", [], []),
    ]
    assert draft.entries["talk/holz-im-bau"].values["partOf"] == "section/vormittag"


def test_bullets_below_a_timed_title_take_place_at_its_time(draft_of: Any) -> None:
    draft = draft_of(
        "Tag\n6. Juni 2031\n\n11:15 Uhr Werkstätten\n- A: Holz – Ida Kern (IHK Neuheim)\n- B: Lehm – Ben Wolf, Architekt\n"
    )

    assert contributions(draft) == [
        ("11:15", "", "Werkstätten", [], []),
        ("11:15", "", "A: Holz", ["ida-kern"], []),
        ("11:15", "", "B: Lehm", ["ben-wolf"], []),
    ]


def test_one_title_at_two_times_is_two_contributions(draft_of: Any) -> None:
    draft = draft_of(
        "Tag\n6. Juni 2031\n\n10:00 Uhr Grußwort: Ida Kern, IHK Neuheim\n10:15 Uhr Grußwort: Ben Wolf, TU Neuheim\n"
    )

    assert contributions(draft) == [
        ("10:00", "", "Grußwort", ["ida-kern"], []),
        ("10:15", "", "Grußwort", ["ben-wolf"], []),
    ]


TABLE = """<table><tr><th>Tag</th><th>Zeit</th><th>Titel</th><th>Referent/in</th><th>Funktion</th><th>Institution</th><th>Moderation</th></tr>
<tr><td>6.6.2031</td><td>09:00–09:30</td><td>Holz</td><td>Quux Quuxová; Ben Wolf</td><td>Leiterin; Tischler</td><td>Perle; Werk Süd</td><td>Lena Vogel</td></tr>
<tr><td>7.6.2031</td><td>10</td><td>Lehm</td><td>N.N.</td><td></td><td></td><td></td></tr></table>"""


def test_columns_say_who_somebody_is(html_draft_of: Any) -> None:
    draft = html_draft_of(TABLE)

    assert contributions(draft) == [
        ("09:00", "09:30", "Holz", ["quux-quuxova", "ben-wolf"], ["lena-vogel"]),
        ("10:00", "", "Lehm", [], []),
    ]
    quux, wolf = draft.entries["talk/holz"].values["speakers"].values()
    assert (quux["role"], quux["organisation"]) == ("role/leiterin", "organisation/perle")
    assert (wolf["role"], wolf["organisation"]) == ("role/tischler", "organisation/werk-sued")
    event = next(entry for entry in draft.entries.values() if entry.type == "Event").values
    assert (event["date"], event["endDate"]) == ("2031-06-06", "2031-06-07")
    assert [draft.entries[talk].values["day"] for talk in ("talk/holz", "talk/lehm")] == ["2031-06-06", "2031-06-07"]
    assert draft.doubts == []


def test_explain_names_the_rule_of_each_item(draft_of: Any) -> None:
    draft = draft_of("Tag\n6. Juni 2031, Rathaus Neuheim\n\n10:00 Uhr Holz | Ida Kern, IHK Neuheim\n11:00 Uhr\nLehm\n")

    rules = {step.rule for step in draft.steps}
    assert {"title-and-speakers", "time-above-title", "place-behind-day", "speakers-beside-title"} <= rules


def test_explain_names_the_rule_of_each_section_and_of_moderators(html_draft_of: Any) -> None:
    draft = html_draft_of(
        "<h1>Tag</h1><p>Moderation: Lena Vogel</p><h2>Vormittag</h2><p>10:00 Holz<br>Ida Kern, IHK Neuheim</p>"
        "<p>11:00 Stroh</p><h2>Block am Abend</h2><p>Moderation: Ben Wolf</p><p>14:00 Lehm<br>Jan Novák, TU Brno</p>"
    )

    steps = {(step.rule, step.result) for step in draft.steps}
    assert {
        ("section-by-heading", "Block am Abend"),
        ("moderators-of-whole", "Lena Vogel → event/tag"),
        ("moderators-of-section", "Ben Wolf → section/block-am-abend"),
        ("speakers-below-title", "Jan Novák, TU Brno → talk/lehm"),
    } <= steps


def test_sentence_of_an_invitation_says_day_place_and_moderator(draft_of: Any) -> None:
    draft = draft_of(
        "wir laden Sie herzlich zum 7. Werkstattgespräch ein, das am 17. April\n"
        "2036 in der Stadthalle Neuheim stattfindet. Es führt durch den Tag\n"
        "unser Vorstandsmitglied Ida Kern.\n\n"
        "10:00 Uhr  Begrüßung\n11:00 Uhr  Holz und Lehm im Bestand: was Betriebe heute wissen\n12:00 Uhr  Schlusswort\n"
    )

    (event,) = (entry.values for entry in draft.entries.values() if entry.type == "Event")
    assert event["date"] == "2036-04-17"
    assert [*event["quote"]][-2:] == ["17. April", "2036"]
    assert event["location"].keys() == {"place/stadthalle-neuheim"}
    assert event["moderators"]["person/ida-kern"]["quote"] == "Vorstandsmitglied Ida Kern"


def test_host_is_no_contact_where_a_person_is_named(html_draft_of: Any) -> None:
    page = "<h1>Tag</h1><p>Host: {}</p><p>10:00 Holz<br>Ida Kern, IHK Neuheim</p><p>11:00 Lehm</p><p>12:00 Stroh</p>"

    person, organisation = (html_draft_of(page.format(host)) for host in ("Lena Vogel", "Ringnetz Ost e. V."))

    assert person.entries["event/tag"].values["moderators"].keys() == {"person/lena-vogel"}
    assert "moderators" not in organisation.entries["event/tag"].values


ROOMS = """<table><tr><th>Zeit</th><th>Großer Saal</th><th>Seminarraum</th></tr>
<tr><td>09:30</td><td>Eröffnung<br>Ida Kern, IHK Neuheim</td><td></td></tr>
<tr><td>10:00</td><td>Holz<br>Ben Wolf, Tischler</td><td>Offene Werkstatt</td></tr>
<tr><td>11:00</td><td>Pause</td><td>Pause</td></tr></table>"""


def test_column_of_each_room_holds_an_item(html_draft_of: Any) -> None:
    draft = html_draft_of(ROOMS)

    assert contributions(draft) == [
        ("09:30", "", "Eröffnung", ["ida-kern"], []),
        ("10:00", "", "Holz", ["ben-wolf"], []),
        ("10:00", "", "Offene Werkstatt", [], []),
    ]


AGENDA = """Sitzung des Beirats
Datum: Mittwoch, 15.01.2031

TOP 1   14:00 Uhr   Begrüßung
                    Ida Kern, IHK Neuheim
TOP 2   14:10 Uhr   Pause mit Imbiss
14:30 Uhr TOP 3: Verschiedenes
14:45 Uhr
Titel: Ausblick
Referent: Ben Wolf, TU Neuheim
"""


def test_numbers_and_labels_of_an_agenda_are_no_part_of_a_title(draft_of: Any) -> None:
    assert contributions(draft_of(AGENDA)) == [
        ("14:00", "", "Begrüßung", ["ida-kern"], []),
        ("14:30", "", "Verschiedenes", [], []),
        ("14:45", "", "Ausblick", ["ben-wolf"], []),
    ]


HALVES = """<h1>Zukunftstag</h1><p>6. Juni 2031</p><table><tr><td>Vormittag – Moderation: Lena Vogel (IHK Neuheim)</td><td></td></tr>
<tr><td>09:00</td><td>Holz<br>Ida Kern<br>Leiterin der Werk Süd GmbH</td></tr></table>"""


def test_row_that_names_a_moderator_is_the_heading_of_a_section(html_draft_of: Any) -> None:
    draft = html_draft_of(HALVES)

    assert contributions(draft) == [("09:00", "", "Holz", ["ida-kern"], [])]
    assert list(draft.entries["section/vormittag"].values["moderators"]) == ["person/lena-vogel"]


def test_times_of_four_digits_and_letters_before_parallel_items(draft_of: Any) -> None:
    text = """Summit
9 July 2031

0910 - 0950   Keynote | Ida Kern, IHK Neuheim
1100 - 1145   Breakout sessions
A. Stations: Ben Wolf, architect
B. Signals: Jan Novák, TU Brno
2024 - 2025   Years
"""

    assert contributions(draft_of(text)) == [
        ("09:10", "09:50", "Keynote", ["ida-kern"], []),
        ("11:00", "11:45", "Breakout sessions", [], []),
        ("11:00", "11:45", "A. Stations", ["ben-wolf"], []),
        ("11:00", "11:45", "B. Signals", ["jan-novak"], []),
    ]


def test_somebody_named_again_is_without_doubt(draft_of: Any) -> None:
    text = "Tag\n6. Juni 2031\n10:00 Uhr Holz | Ida Kern, IHK Neuheim\n11:00 Uhr Podium mit Ida Kern und Ben Wolf (TU Brno)\n"

    draft = draft_of(text)

    assert draft.entries["talk/podium"].values["speakers"]["person/ida-kern"] == {
        "position": 1,
        "quote": "Ida Kern",
        "line": 4,
    }
    assert draft.doubts == []


def test_line_that_announces_speakers_is_no_title(html_draft_of: Any) -> None:
    draft = html_draft_of(
        "<h1>Tag</h1><p>6. Juni 2031</p><h3>Podium: Wer zahlt?</h3><p>12.00 noon</p><p>Es diskutieren:</p>"
        "<ul><li>Ida Kern, IHK Neuheim</li><li>Stadträtin Lena Vogel</li></ul><h3>Close</h3><p>13.00 Uhr</p>"
    )

    assert contributions(draft) == [("12:00", "", "Podium: Wer zahlt?", ["ida-kern", "lena-vogel"], [])]


def test_labels_above_the_programme_are_no_items(html_draft_of: Any) -> None:
    draft = html_draft_of(
        "<h1>Forum</h1><dl><dt>Datum</dt><dd>Di, 04.03.2031</dd><dt>Uhrzeit</dt><dd>16:00 – 19:30 Uhr</dd><dt>Ort</dt><dd>Neue Messe</dd></dl>"
        "<p>16:00 Uhr Holz | Ida Kern, IHK Neuheim</p>"
    )

    assert contributions(draft) == [("16:00", "", "Holz", ["ida-kern"], [])]
    event = draft.entries["event/forum"].values
    assert (event["date"], list(event["location"])) == ("2031-03-04", ["place/neue-messe"])


def test_place_in_another_case_is_quoted_as_it_stands(draft_of: Any) -> None:
    draft = draft_of(
        "Nacht der Ausbildung\nin der Neuen Messe Neuheim\n10. Oktober 2031\n\n10:00 Uhr Holz | Ida Kern, IHK Neuheim\n"
    )

    assert draft.entries["place/neue-messe-neuheim"].values["name"] == "Neue Messe Neuheim"
    assert draft.entries["event/nacht-der-ausbildung"].values["location"] == {
        "place/neue-messe-neuheim": {"quote": "Neuen Messe Neuheim"}
    }


def test_time_in_brackets_behind_a_title_is_read(html_draft_of: Any) -> None:
    draft = html_draft_of(
        "<h1>Gespräch</h1><p>6. Juni 2031</p><ol><li>Begrüßung (18:00 Uhr)<br>Ida Kern, IHK Neuheim</li>"
        "<li>Vorträge (ab 18:10 Uhr)<br>Holz – Ben Wolf, TU Brno<br>Lehm – Jan Novák, TU Brno</li></ol>"
    )

    assert contributions(draft) == [
        ("18:00", "", "Begrüßung", ["ida-kern"], []),
        ("18:10", "", "Vorträge", [], []),
        ("18:10", "", "Holz", ["ben-wolf"], []),
        ("18:10", "", "Lehm", ["jan-novak"], []),
    ]


def test_numbered_titles_take_place_at_the_time_above(draft_of: Any) -> None:
    text = """Fachtag
6. Juni 2031

11:00 Uhr Werkstätten
WS 1 Feuer machen – aber sicher!
Ida Kern, IHK Neuheim
WS 2 Die Wiese als Apotheke
Gärtnerin Lena Vogel
13:00 Uhr Abschied
"""

    assert contributions(draft_of(text)) == [
        ("11:00", "", "Werkstätten", [], []),
        ("11:00", "", "WS 1 Feuer machen – aber sicher!", ["ida-kern"], []),
        ("11:00", "", "WS 2 Die Wiese als Apotheke", ["lena-vogel"], []),
        ("13:00", "", "Abschied", [], []),
    ]


RUN_SHEET = """<table><tr><th>TOP</th><th>von</th><th>bis</th><th>Programmpunkt</th><th>Wer</th><th>Institution</th></tr>
<tr><td></td><td>08:30</td><td>09:00</td><td>Einlass</td><td></td><td></td></tr>
<tr><td>1</td><td>09:00</td><td>09:30</td><td>Holz</td><td>Ida Kern</td><td>Werk Süd GmbH</td></tr>
<tr><td></td><td></td><td></td><td></td><td>Ben Wolf</td><td>Werk Nord GmbH</td></tr></table>
<h2>Stab</h2><table><tr><th>Gewerk</th><th>Name</th><th>Mobil</th></tr><tr><td>Ton</td><td>Jan Novák</td><td>0777 1234</td></tr></table>"""


def test_list_of_staff_beside_a_programme_is_no_list_of_actors(html_draft_of: Any) -> None:
    draft = html_draft_of(RUN_SHEET)

    assert contributions(draft) == [("09:00", "09:30", "Holz", ["ida-kern", "ben-wolf"], [])]
    assert "jan-novak" not in str(list(draft.entries))


FIELDS = """<h1>Tagung am 6. Juni 2031</h1><p>Zeit: 10:00 – 10:30</p><p>Vortrag</p><h3>Holz</h3><p>Vortragende:</p>
<p>Ida Kern, Werk Süd GmbH</p><p>Raum: Audimax</p><p>Zeit: 10:30 – 11:00</p><h3>Lehm</h3><p>Zeit: 11:00</p><h3>Stein</h3>"""


def test_label_may_stand_before_a_time(html_draft_of: Any) -> None:
    draft = html_draft_of(FIELDS)

    assert contributions(draft) == [
        ("10:00", "10:30", "Holz", ["ida-kern"], []),
        ("10:30", "11:00", "Lehm", [], []),
        ("11:00", "", "Stein", [], []),
    ]


ORDERED_DAY = """Programm: Werkstatttag 2031
6. März 2031

09:00 Uhr Werkzeug für alle
Ida Kern, Leiterin, Werk Süd GmbH
10:00 Uhr Holz im Bau
Ben Wolf, Ausbilder, IHK Neuheim
11:00 Uhr Lernen im Betrieb
Jan Novák, Zástupce, Neuheim Region
12:00 Uhr Wer hilft wem?
Quux Quuxová, Referentin, TU Brno
13:00 Uhr Abschied
Quux Quuxová
"""


def test_unknown_words_are_read_in_the_order_of_the_document(draft_of: Any) -> None:
    draft = draft_of(ORDERED_DAY)

    assert draft.doubts == []
    assert {"organisation/neuheim-region", "role/zastupce"} <= draft.entries.keys()
    assert ("order-of-document", "Jan Novák, Zástupce, Neuheim Region") in {
        (step.rule, step.result) for step in draft.steps
    }


def test_unknown_name_above_a_role_is_one_where_known_names_stand_so(draft_of: Any) -> None:
    day = ("09:00 Werkzeug für alle", "Ida Kern", "Leiterin, Werk Süd GmbH", "10:00 Holz im Bau", "Ben Wolf")
    text = "\n".join(
        (*day, "Ausbilder, IHK Nord", "11:00 Glas", "Quux Kvarková", "Leiterin, TU Brno", "12:00 Neue Wege")
    )

    assert [item[3] for item in contributions(draft_of(text))] == [["ida-kern"], ["ben-wolf"], ["quux-kvarkova"], []]


def test_unknown_name_that_another_line_proves_is_that_of_a_person(draft_of: Any) -> None:
    assert [item[3] for item in contributions(draft_of(ORDERED_DAY))][-2:] == [["quux-quuxova"], ["quux-quuxova"]]


@pytest.mark.parametrize("line", ["Ida Kern, Werk Süd GmbH, Neuheim", "Ida Kern, Leiterin, Neuheim"])
def test_town_that_the_document_names_elsewhere_is_no_organisation(draft_of: Any, line: str) -> None:
    draft = draft_of(f"Programm: Werkstatttag 2031\n09:00 Holz\nBen Wolf, Hochschule Neuheim\n10:00 Glas\n{line}\n")

    assert [doubt.quote for doubt in draft.doubts] == []
    assert "organisation/neuheim" not in draft.entries


PLATFORM = """<h1>Digitaltag</h1><p>Neuheim, 3. Januar 2031</p><p>Datum: 6. Juni 2031</p><p>Uhrzeit: 9:00 bis 16:00 Uhr</p>
<ul><li><div>09:30</div><div>20 Min.</div><div>Plenum</div></li></ul><h3>Holz</h3><ul><li>Großer Saal</li>
<li><div>Ida Kern</div><div>Leiterin</div><div>Werk Süd GmbH</div></li></ul>
<ul><li><div>09:50</div><div>40 Min.</div><div>Arbeit und Recht</div></li></ul><h3>Lehm</h3>
<ul><li><div>10:30</div><div>30 Min.</div><div>Plenum</div></li></ul><h3>Stein</h3>"""


def test_heading_below_time_length_and_track_is_the_title(html_draft_of: Any) -> None:
    draft = html_draft_of(PLATFORM)

    assert contributions(draft) == [
        ("09:30", "", "Holz", ["ida-kern"], []),
        ("09:50", "", "Lehm", [], []),
        ("10:30", "", "Stein", [], []),
    ]
    event = next(entry for entry in draft.entries.values() if entry.type == "Event").values
    assert event["date"] == "2031-06-06"  # not the day of the letter


SESSIONS = """<table><tr><th>Startzeit</th><th>Titel der Session</th><th>Sprecher 1</th><th>Firma 1</th><th>Sprecher 2</th><th>Firma 2</th></tr>
<tr><td>09:00</td><td>Holz</td><td>Ida Kern</td><td>Werk Süd GmbH</td><td>Ben Wolf</td><td>Werk Nord GmbH</td></tr>
<tr><td>10:00</td><td>Lehm</td><td>Jan Novák</td><td>Werk Ost GmbH</td><td></td><td></td></tr></table>"""


def test_numbered_columns_name_several_people(html_draft_of: Any) -> None:
    draft = html_draft_of(SESSIONS)

    assert contributions(draft) == [
        ("09:00", "", "Holz", ["ida-kern", "ben-wolf"], []),
        ("10:00", "", "Lehm", ["jan-novak"], []),
    ]
    wolf = draft.entries["talk/holz"].values["speakers"]["person/ben-wolf"]
    assert wolf["organisation"] == "organisation/werk-nord-gmbh"
