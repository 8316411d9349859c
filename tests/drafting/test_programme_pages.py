"""Programmes as web pages and booklets arrange them: grids of rooms or days, pages of speakers, notes with numbers, newsletters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from itasgraph.documents import html_page, plain_text
from itasgraph.documents.document import Document
from itasgraph.drafting.draft import Draft
from itasgraph.drafting.numbered_affiliations import numbered_speakers
from itasgraph.drafting.speakers import SpeakerGrammar
from tests.helpers.drafts import event, people, talks


@pytest.fixture
def draft_of(compose: Callable[[Document], Draft]) -> Callable[[str], Draft]:
    """A function that drafts an HTML page, or Markdown."""

    def draft(text: str) -> Draft:
        read = html_page if text.startswith("<") else plain_text
        return compose(read.read(text.encode(), "day.md"))

    return draft


ROOMS = """<h1>Offene Daten am 24. April 2032</h1><table>
<tr><th></th><th>Saal Rotdorn</th><th>Werkraum</th></tr>
<tr><td>10:00</td><td>Holz<br>Ida Kern, IHK Neuheim</td><td rowspan="2">Karten zeichnen<br>Ben Wolf, TU Brno</td></tr>
<tr><td>10:30</td><td>Werkzeug<br>Lena Falk, Werk Süd GmbH</td></tr></table>"""


def test_item_that_spans_rows_of_a_grid_begins_once(draft_of: Any) -> None:
    draft = draft_of(ROOMS)

    assert [(talk["start"], talk["title"], people(talk)) for talk in talks(draft)] == [
        ("10:00", "Holz", ["ida-kern"]),
        ("10:00", "Karten zeichnen", ["ben-wolf"]),
        ("10:30", "Werkzeug", ["lena-falk"]),
    ]


DAYS = """<h1>Bühnenprogramm</h1><table>
<tr><th>Uhrzeit</th><th>Freitag, 15.10.2032</th><th>Samstag, 16.10.2032</th></tr>
<tr><td>10:00</td><td>Holz<br>Ida Kern (Leiterin, Werk Süd GmbH)</td><td>Modenschau</td></tr>
<tr><td>11:00</td><td>Modenschau</td><td>Werkzeug</td></tr></table>"""


def test_column_of_a_grid_may_be_a_day(draft_of: Any) -> None:
    draft = draft_of(DAYS)

    assert [(talk["day"], talk["start"], talk["title"]) for talk in talks(draft)] == [
        ("2032-10-15", "10:00", "Holz"),
        ("2032-10-16", "10:00", "Modenschau"),
        ("2032-10-15", "11:00", "Modenschau"),
        ("2032-10-16", "11:00", "Werkzeug"),
    ]
    assert (event(draft)["date"], event(draft)["endDate"]) == ("2032-10-15", "2032-10-16")


SPEAKERS = """<p>17. Juni 2032 – Stadthalle Neuheim</p><h1>Referent*innen</h1>
<h2>Dr. Ida Kern</h2><p>Leiterin</p><p>Werk Süd GmbH</p><p>hat das Unternehmen 2027 mitgegründet.</p><p>10:00 Holz</p>
<h2>Ben Wolf</h2><p>TU Brno</p><p>09:30 Eröffnung</p>
<h2>Lena Falk</h2><p>IHK Neuheim</p><p>11:00 Werkzeug</p>
<h2>Moderation</h2><p>Petra Vogel, Journalistin</p>"""


def test_page_of_speakers_has_their_talks_below_their_names(draft_of: Any) -> None:
    draft = draft_of(SPEAKERS)

    assert [(talk["start"], talk["title"], people(talk)) for talk in talks(draft)] == [
        ("10:00", "Holz", ["ida-kern"]),
        ("09:30", "Eröffnung", ["ben-wolf"]),
        ("11:00", "Werkzeug", ["lena-falk"]),
    ]
    appearance = talks(draft)[0]["speakers"]["person/ida-kern"]
    assert (appearance["role"], appearance["organisation"]) == ("role/leiterin", "organisation/werk-sued-gmbh")
    assert list(event(draft)["moderators"]) == ["person/petra-vogel"]


LETTER = """<h1>Verbandsbrief</h1>
<h3>Holz</h3><p>20. Januar 2032, 18:00 Uhr, online</p><p>Referent: Ida Kern, IHK Neuheim</p>
<h3>Stammtisch</h3><p>3. Februar 2032, 10:00 Uhr, Gasthaus Neuheim</p>
<h3>Werkzeug</h3><p>17. Februar 2032, 9:00 Uhr, Lehrwerkstatt</p><p>Mit Ben Wolf, TU Brno, und Lena Falk, Werk Süd GmbH</p>"""


def test_headings_above_days_are_the_items_of_a_newsletter(draft_of: Any) -> None:
    draft = draft_of(LETTER)

    assert [(talk["day"], talk["start"], talk["title"], people(talk)) for talk in talks(draft)] == [
        ("2032-01-20", "18:00", "Holz", ["ida-kern"]),
        ("2032-02-03", "10:00", "Stammtisch", []),
        ("2032-02-17", "09:00", "Werkzeug", ["ben-wolf", "lena-falk"]),
    ]


PAD = """# Barcamp am 8. Mai 2032

🎤 10:00 Begrüßung – Ida Kern, IHK Neuheim
🎤 10:15 Gespräch – Ben Wolf, Lena Falk (Moderation: Ida Kern)
🎤 10:45 Runde

| Zeit  | Raum      | Thema | Wer?                        |
|-------|-----------|-------|-----------------------------|
| 12:00 | Wartesaal | Holz  | Petra Vogel (Werk Süd GmbH) |
"""


def test_signs_before_times_and_lines_of_dashes_below_headers_are_no_words(draft_of: Any) -> None:
    draft = draft_of(PAD)

    assert [(talk["start"], talk["title"], people(talk), people(talk, "moderators")) for talk in talks(draft)] == [
        ("10:00", "Begrüßung", ["ida-kern"], []),
        ("10:15", "Gespräch", ["ben-wolf", "lena-falk"], ["ida-kern"]),
        ("10:45", "Runde", [], []),
        ("12:00", "Holz", ["petra-vogel"], []),
    ]


ROUNDS = """<h1>Sommerakademie</h1><h2>10:00 Uhr | Workshops</h2>
<h3>Workshop A: Holz</h3><ul><li>Leitung: Ida Kern, IHK Neuheim</li></ul>
<h3>Workshop B: Werkzeug</h3><ul><li>Leitung: Ben Wolf, TU Brno</li></ul>
<h2>12:00 Uhr | Bilanz</h2>
<h2>13:00 Uhr | Abschied</h2>"""


def test_numbered_headings_below_a_time_are_items_at_it(draft_of: Any) -> None:
    draft = draft_of(ROUNDS)

    assert [(talk["start"], people(talk)) for talk in talks(draft) if people(talk)] == [
        ("10:00", ["ida-kern"]),
        ("10:00", ["ben-wolf"]),
    ]


COUNCIL = """<h1>Niederschrift</h1><p>5. Februar 2032</p><table><tr><th>Name</th><th>Funktion</th><th>Fraktion</th></tr>
<tr><td>Ida Kern</td><td>Bürgermeisterin</td><td>Liste Neuheim</td></tr></table>
<h2>1. Genehmigung</h2><p>Beschluss: einstimmig</p>
<h2>2. Bericht</h2><p>Bericht: Ida Kern, Bürgermeisterin</p><p>Der Winterdienst kostete bisher 41.000 Euro. Das Land hat gezahlt.</p>
<h2>3. Holz</h2><p>Vortrag: Ben Wolf, Geschäftsführer, Werk Süd GmbH</p>"""


def test_minutes_are_no_list_of_those_present(draft_of: Any) -> None:
    draft = draft_of(COUNCIL)

    assert [(talk["title"], people(talk)) for talk in talks(draft)] == [
        ("1. Genehmigung", []),
        ("2. Bericht", ["ida-kern"]),
        ("3. Holz", ["ben-wolf"]),
    ]
    assert "organisation" not in talks(draft)[1]["speakers"]["person/ida-kern"]


BOOKLET = """# Workshop on 3 June 2032

09:00 Opening
10:00 Carbon
Ida Kern 1 , Ben Wolf 2
1 TU Brno; 2 Hedge Trust
11:00 Farewell
"""


def test_small_numbers_lead_from_people_to_organisations(draft_of: Any) -> None:
    draft = draft_of(BOOKLET)

    appearances = talks(draft)[1]["speakers"]
    assert {id_: one["organisation"] for id_, one in appearances.items()} == {
        "person/ida-kern": "organisation/tu-brno",
        "person/ben-wolf": "organisation/hedge-trust",
    }
    assert appearances["person/ben-wolf"]["quote"] == ["Ben Wolf", "Hedge Trust"]


@pytest.mark.parametrize(
    ("names", "organisations"),
    [("Ida Kern 1, Ben Wolf 3", "1 TU Brno; 2 IHK"), ("Holz 1", "1 TU Brno"), ("Ida Kern", "1 TU Brno")],
)
def test_number_that_leads_nowhere_or_stands_behind_no_name_says_nothing(names: str, organisations: str) -> None:
    grammar = SpeakerGrammar(lambda _: False, lambda _: False)

    assert numbered_speakers(names, organisations, grammar) == []
