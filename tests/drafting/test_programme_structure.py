"""Programmes whose structure says what a line is: columns, headings of one level, rows of one item, lists of one form."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from itasgraph.documents import delimited_table, html_page, pdf_pages, plain_text, word_document
from itasgraph.documents.document import Document, LineKind, line
from itasgraph.drafting.draft import Draft


@pytest.fixture
def html_draft_of(compose: Any) -> Any:
    """A function that drafts an HTML page."""
    return lambda page: compose(html_page.read(page.encode(), "day.html"))


def appearances(draft: Draft) -> list[tuple[str, str, dict[str, str], list[str]]]:
    """Start, title, speaker → organisation and moderators of the contributions in their order; ids without their folder."""
    talks: list[dict[str, Any]] = [one.values for one in draft.entries.values() if one.type == "Contribution"]
    return [
        (
            talk.get("start", ""),
            talk["title"],
            {_name(id_): _name(details.get("organisation", "")) for id_, details in talk.get("speakers", {}).items()},
            list(map(_name, talk.get("moderators", {}))),
        )
        for talk in talks
    ]


def _name(id_: str) -> str:
    return id_.partition("/")[2]


COLUMNS = (
    ("10:00 Uhr", "Werkzeug für alle: Was ein", "Ida Kern", "Leihladen kostet", "IHK Neuheim"),
    ("11:00 Uhr", "Holz statt Stahl", "Ben Wolf", "", "Werk Süd GmbH"),
    ("12:00 Uhr", "Schule und Betrieb", "Jan Novák", "", "TU Brno"),
)


def test_columns_of_a_printed_page_are_read_one_by_one(compose: Any) -> None:
    content = io.BytesIO()
    canvas = Canvas(content, pagesize=A4)
    canvas.drawString(60, 780, "Zukunftstag am 6. Juni 2031")
    for number, (time, title, name, rest, organisation) in enumerate(COLUMNS):
        top = 740 - 50 * number
        for left, up, text in (
            (60, 0, time),
            (150, 0, title),
            (150, -14, rest),
            (370, 0, name),
            (370, -14, organisation),
        ):
            canvas.drawString(left, top + up, text)
    canvas.save()

    draft = compose(pdf_pages.read(content.getvalue(), "day.pdf"))

    assert appearances(draft) == [
        ("10:00", "Werkzeug für alle: Was ein Leihladen kostet", {"ida-kern": "ihk-neuheim"}, []),
        ("11:00", "Holz statt Stahl", {"ben-wolf": "werk-sued-gmbh"}, []),
        ("12:00", "Schule und Betrieb", {"jan-novak": "tu-brno"}, []),
    ]


WRAPPED = """Programm am 6. Juni 2031 in der Alten Weberei, zu dem wir Sie einladen.

10:00 Uhr  „Wie leicht ist leicht genug?“ – Ida Kern, Entwicklungs-
           leiterin der Werk Süd GmbH, und Ben Wolf, Leiter der
           IHK Neuheim
11:00 Uhr  „Werkzeug teilen“ – Dr. Zuzana Nováková-Hrabalová, TU Brno,
           Fakultät für Maschinenbau
12:00 Uhr  Gespräch
           Moderation: Lena Vogel
"""


def test_lines_of_a_wrapped_text_are_joined_below_their_indentation(compose: Any) -> None:
    draft = compose(plain_text.read(WRAPPED.encode(), "mail.txt"))

    assert appearances(draft) == [
        ("10:00", "Wie leicht ist leicht genug?", {"ida-kern": "werk-sued-gmbh", "ben-wolf": "ihk-neuheim"}, []),
        ("11:00", "Werkzeug teilen", {"zuzana-novakova-hrabalova": "tu-brno"}, []),
        ("12:00", "Gespräch", {}, ["lena-vogel"]),
    ]
    speakers = draft.entries["talk/wie-leicht-ist-leicht-genug"].values["speakers"]
    assert speakers["person/ida-kern"]["quote"] == ["Ida Kern, Entwicklungs-", "leiterin der Werk Süd GmbH"]
    assert draft.entries["role/entwicklungsleiterin"].type == "Role"


FOLDED = """<h1>Werkstatttag am 6. Juni 2031</h1><p>Ort: Alte Weberei</p><p>Es führt durch den Tag: Lena Vogel</p>
<details open><summary>Eröffnung</summary><p>Grußwort<br>Ida Kern, Bürgermeisterin der Gemeinde Neuheim</p></details>
<details><summary>Holz</summary><p><b>Impuls: Holz statt Stahl</b><br>Ben Wolf, Werk Süd GmbH</p></details>
<details><summary>Schule</summary><p><b>Vortrag: Lernen im Betrieb</b><br>Jan Novák, TU Brno</p></details>
<details><summary>Abschluss</summary><p><b>Fishbowl: Was bleibt?</b><br>Anmoderation: Lena Vogel</p></details>"""


def test_titles_above_people_are_items_of_a_programme_without_times(html_draft_of: Any) -> None:
    draft = html_draft_of(FOLDED)

    assert appearances(draft) == [
        ("", "Grußwort", {"ida-kern": "gemeinde-neuheim"}, []),
        ("", "Impuls: Holz statt Stahl", {"ben-wolf": "werk-sued-gmbh"}, []),
        ("", "Vortrag: Lernen im Betrieb", {"jan-novak": "tu-brno"}, []),
        ("", "Fishbowl: Was bleibt?", {}, ["lena-vogel"]),
    ]
    assert draft.entries["event/werkstatttag-am-6-juni-2031"].values["moderators"].keys() == {"person/lena-vogel"}


def test_heading_below_time_and_room_is_the_title(html_draft_of: Any) -> None:
    rows = [("09:00", "Foyer", "Check-in", ""), ("09:30", "Saal A", "Begrüßung", "Ida Kern, IHK Neuheim")]
    rows += [
        ("10:00", "Saal B", "Holz", "Ben Wolf, Werk Süd GmbH"),
        ("11:00", "Saal A", "Schule", "Jan Novák, TU Brno"),
    ]
    items = (f"<p>{time}</p><p>{room}</p><h4>{title}</h4><p>{who}</p>" for time, room, title, who in rows)

    draft = html_draft_of(f"<h1>Werkstatttag 2031</h1>{''.join(items)}")

    assert appearances(draft) == [
        ("09:30", "Begrüßung", {"ida-kern": "ihk-neuheim"}, []),
        ("10:00", "Holz", {"ben-wolf": "werk-sued-gmbh"}, []),
        ("11:00", "Schule", {"jan-novak": "tu-brno"}, []),
    ]


def test_unknown_name_below_the_label_of_moderators_is_one(html_draft_of: Any) -> None:
    draft = html_draft_of(
        "<h1>Werkstatttag</h1><p>10:00 Begrüßung<br>Ida Kern, IHK Neuheim</p><p>12:00 Mittagessen</p>"
        "<p>Moderation:<br>Quuxa Quuxová<br>Tagesmoderation</p><p>Hinweise zur Teilnahme</p>"
    )

    people = [entry.id for entry in draft.entries.values() if entry.type == "Person"]
    assert people == ["person/quuxa-quuxova", "person/ida-kern"]


def test_format_in_a_column_before_that_of_titles_is_no_title(compose: Any) -> None:
    rows = [("Beginn", "Programmpunkt", "Inhalt / Titel", "Person"), ("9:00", "Begrüßung", "", "Ida Kern")]
    rows += [("9:10", "Keynote", "Holz statt Stahl", "Ben Wolf"), ("9:40", "Pause", "", "")]

    draft = compose(Document(tuple(line(row, LineKind.ROW) for row in rows)))

    assert appearances(draft) == [
        ("09:00", "Begrüßung", {"ida-kern": ""}, []),
        ("09:10", "Holz statt Stahl", {"ben-wolf": ""}, []),
    ]


def test_name_of_an_organisation_may_be_wrapped_in_a_printed_cell(compose: Any) -> None:
    rows = [("Zeit", "Thema", "Referent/in", "Organisation"), ("10:00", "Holz", "Ida Kern", "Ministerium für\nForst")]
    document = Document(tuple(line(row, LineKind.ROW, page=1) for row in rows))

    draft = compose(document)

    assert appearances(draft) == [("10:00", "Holz", {"ida-kern": "ministerium-fuer-forst"}, [])]
    assert draft.entries["talk/holz"].values["speakers"]["person/ida-kern"]["quote"] == [
        "Ida Kern",
        "Ministerium für Forst",
    ]


def test_tabs_divide_time_title_and_people(compose: Any) -> None:
    document, content = docx.Document(), io.BytesIO()
    for text in (
        "Zukunftstag am 6. Juni 2031",
        "10.00\tBegrüßung\tIda Kern, IHK Neuheim",
        "10.20\tBen Wolf, Werk Süd GmbH",
        "\t„Holz statt Stahl“",
        "11.00\tPodium: Wer leiht wem?\tIda Kern",
        "\t\tJan Novák, TU Brno",
    ):
        document.add_paragraph(text)
    document.save(content)

    draft = compose(word_document.read(content.getvalue(), "day.docx"))

    assert appearances(draft) == [
        ("10:00", "Begrüßung", {"ida-kern": "ihk-neuheim"}, []),
        ("10:20", "Holz statt Stahl", {"ben-wolf": "werk-sued-gmbh"}, []),
        ("11:00", "Podium: Wer leiht wem?", {"ida-kern": "", "jan-novak": "tu-brno"}, []),
    ]


CARD = """<article><div><span>{time} Uhr</span> <span>{room}</span> <span>{format}</span></div><h3>{title}</h3><p>Warum das so ist.</p>
<div>{label}<h4>{name}</h4><p>{role}</p><p>{organisation}</p></div></article>"""


def test_heading_below_most_times_is_the_title(html_draft_of: Any) -> None:
    cards = [
        CARD.format(
            time=time, room=room, format=what, title=title, label=label, name=name, role=role, organisation=where
        )
        for time, room, what, title, label, name, role, where in (
            ("09.30 – 10.00", "Kajüte", "Plenum", "Werkzeug für alle", "", "Ida Kern", "Leiterin", "IHK Neuheim"),
            ("10.00 – 11.00", "Großer Saal", "Talk", "Holz statt Stahl", "", "Ben Wolf", "Meister", "Werk Süd GmbH"),
            (
                "11.00 – 12.00",
                "Deck",
                "Panel",
                "Wer leiht?",
                "<b>Moderation</b>",
                "Lena Vogel",
                "Redakteurin",
                "TU Brno",
            ),
        )
    ]

    draft = html_draft_of("<h1>Zukunftstag</h1><p>6. Juni 2031</p>" + "".join(cards))

    assert appearances(draft) == [
        ("09:30", "Werkzeug für alle", {"ida-kern": "ihk-neuheim"}, []),
        ("10:00", "Holz statt Stahl", {"ben-wolf": "werk-sued-gmbh"}, []),
        ("11:00", "Wer leiht?", {}, ["lena-vogel"]),
    ]


def test_rows_of_one_item_name_a_person_each(compose: Any) -> None:
    rows = """Beginn;Programmpunkt;Name;Funktion;Einrichtung;Aufgabe
10:00;Wer leiht wem?;Ida Kern;Leiterin;IHK Neuheim;Podium
10:00;Wer leiht wem?;Lena Vogel;Redakteurin;Ringnetz Ost e.V.;Moderation
;;Ben Wolf;Meister;Werk Süd GmbH;Podium
11:00;Holz statt Stahl;Jan Novák;;TU Brno;Vortrag
"""

    draft = compose(delimited_table.read(rows.encode(), "day.csv"))

    speakers = {"ida-kern": "ihk-neuheim", "ben-wolf": "werk-sued-gmbh"}
    assert appearances(draft) == [
        ("10:00", "Wer leiht wem?", speakers, ["lena-vogel"]),
        ("11:00", "Holz statt Stahl", {"jan-novak": "tu-brno"}, []),
    ]


REPORTS = """Zukunftstag
6. Juni 2031
Moderatorinnen
Lena Vogel
Ida Kern

10:00 Uhr Drei Berichte
Ben Wolf, Werk Süd GmbH: Post, Paket, Pfand
Jan Novák, TU Brno: Holz statt Stahl
11:00 Uhr Wer leiht wem?
Panel discussion with Ida Kern (IHK Neuheim) and Ben Wolf (Werk Süd GmbH)
TOP 4.1  12:00 Uhr  Wahl der Kassenprüfer
"""


def test_lines_of_people_and_titles_below_an_item_are_items_at_its_time(compose: Any) -> None:
    draft = compose(plain_text.read(REPORTS.encode(), "day.txt"))

    assert appearances(draft)[1:] == [
        ("10:00", "Post, Paket, Pfand", {"ben-wolf": "werk-sued-gmbh"}, []),
        ("10:00", "Holz statt Stahl", {"jan-novak": "tu-brno"}, []),
        ("11:00", "Wer leiht wem?", {"ida-kern": "ihk-neuheim", "ben-wolf": "werk-sued-gmbh"}, []),
        ("12:00", "Wahl der Kassenprüfer", {}, []),
    ]
    assert list(draft.entries["event/zukunftstag"].values["moderators"]) == ["person/lena-vogel", "person/ida-kern"]


SERIES = """Ringvorlesung Stadt
jeweils dienstags, 18:15 – 19:45 Uhr, Rathaus Neuheim

14.10.2031   Ida Kern (IHK Neuheim)
             Hitze misst man nachts

28.10.2031   Holz statt Stahl
             Ben Wolf (Werk Süd GmbH)

11.11.2031   fällt aus

25.11.2031   Jan Novák (TU Brno): Der Platz als Becken
"""


def test_lines_that_begin_with_a_day_are_the_items_of_a_series(compose: Any) -> None:
    draft = compose(plain_text.read(SERIES.encode(), "day.txt"))

    assert appearances(draft) == [
        ("18:15", "Hitze misst man nachts", {"ida-kern": "ihk-neuheim"}, []),
        ("18:15", "Holz statt Stahl", {"ben-wolf": "werk-sued-gmbh"}, []),
        ("18:15", "Der Platz als Becken", {"jan-novak": "tu-brno"}, []),
    ]
    event = draft.entries["event/ringvorlesung-stadt"].values
    assert (event["date"], event["endDate"]) == ("2031-10-14", "2031-11-25")
    assert draft.entries["talk/holz-statt-stahl"].values["day"] == "2031-10-28"


def test_time_in_three_lines_and_points_between_parts_are_read(html_draft_of: Any) -> None:
    page = """<h1>Zukunftstag</h1><p>Am 6. Juni 2031 laden wir in das Kulturhaus Neuheim ein.</p>
<div>12:00<br>–<br>13:30</div><p>Pizza und Limonade</p><div>13:30<br>–<br>15:00</div><p>Holz statt Stahl</p><p>Gespräch: Ida Kern, IHK Neuheim</p>
<h3>15:00–15:30 · Wer leiht wem?</h3><p>Ben Wolf im Gespräch mit Jan Novák</p><h3>16:00 · Kaffee</h3>"""

    draft = html_draft_of(page)

    assert appearances(draft) == [
        ("13:30", "Holz statt Stahl", {"ida-kern": "ihk-neuheim"}, []),
        ("15:00", "Wer leiht wem?", {"ben-wolf": "", "jan-novak": ""}, []),
    ]
    assert list(draft.entries["event/zukunftstag"].values["location"]) == ["place/kulturhaus-neuheim"]


def test_row_without_a_time_takes_place_at_the_time_above(compose: Any) -> None:
    rows = """Date;Start time;End time;Session;Speaker 1;Affiliation 1;Speaker 2;Affiliation 2
2031-06-06;10:00;11:00;Wood instead of steel;Ida Kern;IHK Neuheim;Ben Wolf;Werk Süd GmbH
;;;Mapping;Jan Novák;TU Brno;;
"""

    draft = compose(delimited_table.read(rows.encode(), "day.csv"))

    assert appearances(draft) == [
        ("10:00", "Wood instead of steel", {"ida-kern": "ihk-neuheim", "ben-wolf": "werk-sued-gmbh"}, []),
        ("10:00", "Mapping", {"jan-novak": "tu-brno"}, []),
    ]


def test_title_with_two_pairs_of_brackets_is_no_remark(compose: Any) -> None:
    rows = """Uhrzeit;Titel
10:00;(Re)Build: Kreislauf im Bau (Workshop)
11:00;(Programm wird noch ergänzt)
"""

    draft = compose(delimited_table.read(rows.encode(), "day.csv"))

    assert [(start, title) for start, title, *_ in appearances(draft)] == [
        ("10:00", "(Re)Build: Kreislauf im Bau (Workshop)")
    ]


LISTS = """<h1>Zukunftstag</h1><p>6. Juni 2031</p>
<p>10:00 Uhr – Drei Werke</p><ul><li>Ida Kern (IHK Neuheim – Leiterin)</li><li>Ben Wolf (Werk Süd GmbH – Meister)</li></ul>
<p>11:00 Uhr – Vom Kolben zur Pumpe</p><ul><li>Qorwin Exaltus (TU Brno – Berater)</li><li>Jan Novák (TU Brno – Leiter)</li></ul>
<p>12:00 Uhr – Ausblick</p><p>Zyprian Quendel</p><p>Leiter, IHK Neuheim</p>
<h2>Details</h2><p>Zeit:</p><p>10:00 - 13:00</p><h2>Veranstaltungsort</h2><p>Alte Spinnerei Neuheim</p>"""


def test_unknown_names_stand_where_known_ones_do_or_above_an_affiliation(html_draft_of: Any) -> None:
    draft = html_draft_of(LISTS)

    assert appearances(draft) == [
        ("10:00", "Drei Werke", {"ida-kern": "ihk-neuheim", "ben-wolf": "werk-sued-gmbh"}, []),
        ("11:00", "Vom Kolben zur Pumpe", {"qorwin-exaltus": "tu-brno", "jan-novak": "tu-brno"}, []),
        ("12:00", "Ausblick", {"zyprian-quendel": "ihk-neuheim"}, []),
    ]
    assert list(draft.entries["event/zukunftstag"].values["location"]) == ["place/alte-spinnerei-neuheim"]


def test_words_of_breaks_begin_a_title_where_somebody_speaks(compose: Any) -> None:
    rows = """Zeit;Thema;Referent/in;Institution
10:00;Ankommen in der Kleinstadt;Ida Kern;IHK Neuheim
11:00;Energie messen, Spitzen kappen;Ben Wolf / Jan Novák;Werk Süd GmbH / TU Brno
12:00;Mittagspause;;
"""

    draft = compose(delimited_table.read(rows.encode(), "day.csv"))

    assert appearances(draft) == [
        ("10:00", "Ankommen in der Kleinstadt", {"ida-kern": "ihk-neuheim"}, []),
        ("11:00", "Energie messen, Spitzen kappen", {"ben-wolf": "werk-sued-gmbh", "jan-novak": "tu-brno"}, []),
    ]


MAIL = """From: Ida Kern
Date: Mon, 17 Jan 2031 15:42
To: partners

Below is the agenda of our visit on
10 February 2031.

10:00 – Report on wood by Ben Wolf, Werk Süd GmbH
"""


def test_day_of_a_mail_is_not_that_of_the_event(compose: Any) -> None:
    draft = compose(plain_text.read(MAIL.encode(), "day.txt"))

    assert appearances(draft) == [("10:00", "Report on wood", {"ben-wolf": "werk-sued-gmbh"}, [])]
    (event,) = [one.values for one in draft.entries.values() if one.type == "Event"]
    assert event["date"] == "2031-02-10"


SESSIONS = """<h1>Symposium</h1><p>6. Juni 2031</p><h3>Session 1: Fasern (9:00 – 10:30 Uhr)</h3><p>Chair: Lena Vogel</p>
<p><b>9:00</b> Carbon aus Lignin<br>Ida Kern (TU Brno)</p><p><b>9:30</b> Recycling<br>Moderator: Ben Wolf; Jan Novák (TU Brno)</p>"""


def test_heading_with_a_period_around_times_is_that_of_a_section(html_draft_of: Any) -> None:
    draft = html_draft_of(SESSIONS)

    assert appearances(draft) == [
        ("09:00", "Carbon aus Lignin", {"ida-kern": "tu-brno"}, []),
        ("09:30", "Recycling", {"jan-novak": "tu-brno"}, ["ben-wolf"]),
    ]
    (section,) = [one.values for one in draft.entries.values() if one.type == "Section"]
    assert list(section["moderators"]) == ["person/lena-vogel"]
