"""Programmes as series, agendas and minutes, bilingual tables and letters print them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from itasgraph.documents import delimited_table, html_page, plain_text
from itasgraph.documents.document import Document
from itasgraph.drafting.draft import Draft
from tests.helpers.drafts import event, people, talks


@pytest.fixture
def draft_of(compose: Callable[[Document], Draft]) -> Callable[[str], Draft]:
    """A function that drafts a text, or a table with semicolons."""

    def draft(text: str) -> Draft:
        read = delimited_table if text.count(";") > text.count("\n") else plain_text
        return compose(read.read(text.encode(), "day.txt"))

    return draft


SERIES = """<h1>Ringvorlesung</h1>
<p>Sie findet jeweils mittwochs um 18:15 Uhr im Audimax am Markt statt. Der Eintritt ist frei. Konzept und Moderation: Prof. Ida Voß.</p>
<table><tr><th>Datum</th><th>Vortrag</th><th>Referent/in</th><th>Institution</th></tr>
<tr><td>16.04.2031</td><td>Werkzeug für alle</td><td>Ben Wolf</td><td>IHK Neuheim</td></tr>
<tr><td>23.04.2031</td><td>Pfingsten – keine Vorlesung</td><td></td><td></td></tr>
<tr><td>30.04.2031</td><td>Holz</td><td>Dipl.-Ing. Architektin Lena Falk</td><td>TU Brno; Werk Süd GmbH</td></tr></table>"""


def test_table_of_days_is_a_series_at_the_hour_above_it(compose: Any) -> None:
    draft = compose(html_page.read(SERIES.encode(), "day.html"))

    assert [(talk["title"], talk["start"], talk["day"], people(talk)) for talk in talks(draft)] == [
        ("Werkzeug für alle", "18:15", "2031-04-16", ["ben-wolf"]),
        ("Holz", "18:15", "2031-04-30", ["lena-falk"]),
    ]
    appearance = talks(draft)[1]["speakers"]["person/lena-falk"]
    assert appearance["organisation"] == ["organisation/tu-brno", "organisation/werk-sued-gmbh"]
    assert appearance["role"] == "role/architektin"
    assert list(event(draft)["moderators"]) == ["person/ida-voss"]
    assert list(event(draft)["location"]) == ["place/audimax-am-markt"]
    assert draft.doubts == []


NIGHT = """Nacht der Werkstätten
6. Juni 2031

19:00 – 20:30 Uhr
Werkzeug für alle
Ben Wolf, IHK Neuheim

22:00 – 0:30 Uhr
Holz
Lena Falk, TU Brno
"""


def test_end_on_the_next_day_is_left_out(draft_of: Any) -> None:
    """Times are of one day, so `check` would take half past midnight for an end before the start."""
    assert [(talk["title"], talk["start"], talk.get("end")) for talk in talks(draft_of(NIGHT))] == [
        ("Werkzeug für alle", "19:00", "20:30"),
        ("Holz", "22:00", None),
    ]


MINUTES = """# Protokoll der Sitzung

Datum: 18.11.2031
Sitzungsleitung: Dr. Ida Kern (Landkreis Neuheim)
Protokoll: Lena Vogel

## TOP 1 Begrüßung

Die Tagesordnung wird angenommen.

## TOP 2 Holz

Berichterstatter: Ben Wolf, IHK Neuheim

## TOP 3 Schule

Berichterstatterin: Zuzana Nováková, TU Brno

## Anwesend

Jan Novák, Werk Süd GmbH
Entschuldigt: Petra Falk, IHK Neuheim
"""


def test_minutes_have_the_items_of_their_agenda_and_those_who_report(draft_of: Any) -> None:
    draft = draft_of(MINUTES)

    assert [(talk["title"], people(talk)) for talk in talks(draft)] == [
        ("Begrüßung", []),
        ("Holz", ["ben-wolf"]),
        ("Schule", ["zuzana-novakova"]),
    ]
    assert "person/jan-novak" not in draft.entries


BILINGUAL = """Datum;23.09.2031;;
Ort / Místo: Alte Weberei;;;
Zeit / Čas;Deutsch;Česky;Wer / Kdo
09:30;Eröffnung;Zahájení;Ida Kern, Landrätin, Landkreis Neuheim
10:00;Kaffeepause;Přestávka;
10:30;Holz;Dřevo;Moderation / moderuje: Ben Wolf
"""


def test_title_is_that_of_the_first_of_two_languages(draft_of: Any) -> None:
    draft = draft_of(BILINGUAL)

    assert [(talk["title"], people(talk), people(talk, "moderators")) for talk in talks(draft)] == [
        ("Eröffnung", ["ida-kern"], []),
        ("Holz", [], ["ben-wolf"]),
    ]
    assert list(event(draft)["location"]) == ["place/alte-weberei"]


SHEETS = """Datum;2031-10-06;;;;;
Ort;Alte Weberei;;;;;
Beginn;Thema;Anrede/Titel;Vorname;Name;Funktion;Organisation
10:00;Willkommen;Dr.;Ida;Kern;Leiterin;Werk Süd GmbH
;;Herr;Quux;Quuxow;Landwirt;Hof Quuxow
11:00;Holz;Frau;Lena;Falk;Referentin;IHK Neuheim
"""


def test_name_in_several_columns_is_that_of_a_speaker(draft_of: Any) -> None:
    draft = draft_of(SHEETS)

    assert [people(talk) for talk in talks(draft)] == [["ida-kern", "quux-quuxow"], ["lena-falk"]]
    appearance = talks(draft)[0]["speakers"]["person/ida-kern"]
    assert appearance["quote"] == ["Ida", "Kern", "Leiterin", "Werk Süd GmbH"]
    assert draft.entries["person/ida-kern"].values["academicTitle"] == "Dr."
    assert list(event(draft)["location"]) == ["place/alte-weberei"]


MAIL = """Gesundheitstag am 3. Dezember 2031

das Jahr neigt sich dem Ende zu, und wir möchten noch einmal mit Ihnen
ins Gespräch kommen. Der Gesundheitstag bringt alle an einen Tisch, die
in der Region pflegen, heilen und planen. Bitte geben Sie das weiter.

13:00  Auftakt
       Grußwort: Ida Kern, Kurdirektorin und Gastgeberin, Bad Neuheimer
       Touristik GmbH
14:00  Podium
       Es diskutieren: Ben Wolf, IHK Neuheim; Lena
       Falk, Sprecherin, Seniorenrat Neuheim
15:00  Was trägt die Pflege zu Hause, und wer bezahlt für
       Petra Vogel, TU Brno
"""


def test_name_that_a_line_tears_is_stated_with_both_lines(draft_of: Any) -> None:
    draft = draft_of(MAIL)

    assert [people(talk) for talk in talks(draft)][:2] == [["ida-kern"], ["ben-wolf", "lena-falk"]]
    appearance = talks(draft)[0]["speakers"]["person/ida-kern"]
    assert appearance["quote"] == ["Ida Kern, Kurdirektorin und Gastgeberin, Bad Neuheimer", "Touristik GmbH"]
    assert appearance["organisation"] == "organisation/bad-neuheimer-touristik-gmbh"
    organisation = draft.entries["organisation/bad-neuheimer-touristik-gmbh"].values
    assert organisation["quote"] == ["Bad Neuheimer", "Touristik GmbH"]
    assert talks(draft)[2]["title"] == "Was trägt die Pflege zu Hause, und wer bezahlt für"
    assert draft.doubts == []


LETTER = """Aktuelles > 22.09.2031

# Zukunftsforum Ortskern

Am Donnerstag, dem 16. Oktober 2031, laden wir Sie zum Zukunftsforum in die Kulturschmiede Neuheim ein.
Durch den Tag führt die freie Journalistin Ida Kern.

17:00 Uhr – Eröffnung
Staatsministerin Quux Quuxow
17:15 Uhr – Förderung
N. N., Förderbank Neuheim
17:30 Uhr – Beratung
Petra Falk
Grant Adviser
Werk Süd GmbH
17:45 Uhr – Brücken
Arch. DI Ben Wolf, Gruppenleiter Monitoring, TU Brno
"""


def test_letter_names_day_place_and_people_before_whose_names_an_office_stands(draft_of: Any) -> None:
    draft = draft_of(LETTER)

    assert [people(talk) for talk in talks(draft)] == [["quux-quuxow"], [], ["petra-falk"], ["ben-wolf"]]
    assert (event(draft)["date"], list(event(draft)["location"])) == ("2031-10-16", ["place/kulturschmiede-neuheim"])
    assert list(event(draft)["moderators"]) == ["person/ida-kern"]
    first, _, third, last = talks(draft)
    assert first["speakers"]["person/quux-quuxow"]["role"] == "role/staatsministerin"
    assert third["speakers"]["person/petra-falk"]["role"] == "role/grant-adviser"
    assert last["speakers"]["person/ben-wolf"]["role"] == "role/gruppenleiter-monitoring"
    assert last["speakers"]["person/ben-wolf"]["organisation"] == "organisation/tu-brno"


FUNCTIONS = """Beginn;Thema;Mitwirkende;Funktion
10:00;Willkommen;Ida Kern;Leiterin, Werk Süd GmbH
11:00;Holz;Lena Falk;Referentin für Bau und Forst
"""


def test_column_of_functions_may_name_the_organisation_as_well(draft_of: Any) -> None:
    draft = draft_of(FUNCTIONS)

    first, second = (next(iter(talk["speakers"].values())) for talk in talks(draft))
    assert (first["role"], first["organisation"]) == ("role/leiterin", "organisation/werk-sued-gmbh")
    assert (draft.entries[second["role"]].values["label"]["de"], second.get("organisation")) == (
        "Referentin für Bau und Forst",
        None,
    )


BRACKETS = """Gründerabend am 6. Juni 2031

16:30 - Begrüßung
        (Ida Kern, Leiterin, Werk Süd GmbH)
17:10 - Was Banken sehen wollen
        (Ben Wolf, Sparkasse Neuheim;
        Dr. Lena Falk, TU Brno)
18:00 - Kehraus (mit Musik)
"""


def test_line_in_brackets_below_a_title_names_its_people(draft_of: Any) -> None:
    draft = draft_of(BRACKETS)

    assert [(talk["title"], people(talk)) for talk in talks(draft)] == [
        ("Begrüßung", ["ida-kern"]),
        ("Was Banken sehen wollen", ["ben-wolf", "lena-falk"]),
        ("Kehraus (mit Musik)", []),
    ]
    assert talks(draft)[0]["speakers"]["person/ida-kern"]["quote"] == "Ida Kern, Leiterin, Werk Süd GmbH"
    assert draft.doubts == []


@pytest.mark.parametrize("remark", ["entfällt", "entschuldigt", "angefragt"])
def test_line_in_brackets_of_somebody_who_is_not_there_names_no_speaker(draft_of: Any, remark: str) -> None:
    draft = draft_of(BRACKETS.replace("Leiterin, Werk Süd GmbH", remark))

    assert people(talks(draft)[0]) == []
