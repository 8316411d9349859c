"""What a document shows of itself by repetition: lines that look alike stand in the same place of their items."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from itasgraph.documents import html_page
from itasgraph.documents.document import Document
from itasgraph.drafting.draft import Draft
from tests.helpers.drafts import people, talks


@pytest.fixture
def draft_of(compose: Callable[[Document], Draft]) -> Callable[[str], Draft]:
    """A function that drafts the body of an HTML page."""
    return lambda body: compose(html_page.read(f"<body>{body}</body>".encode(), "day.html"))


def said(draft: Draft) -> list[tuple[str, str, list[str]]]:
    """Return start, title and people of the contributions."""
    return [(talk.get("start", ""), talk["title"], people(talk)) for talk in talks(draft)]


ONE_TIME = """<h1>Grenzlandtag am 30. Oktober 2032</h1>
<p><b>10.00</b><br><b>Begrüßung</b><br>Ida Kern<br>Leiterin, IHK Neuheim</p>
<p><b>Holz im Bau</b><br>Ben Wolf<br>Werk Süd GmbH</p>
<p><b>Die Grenze als Werkstatt</b><br>Lena Falk<br>TU Brno</p>
<p><b>Lehm</b><br>Jana Nováková<br>Hochschule Neuheim</p>"""


def test_bold_lines_above_people_are_titles_at_the_time_above(draft_of: Any) -> None:
    assert said(draft_of(ONE_TIME)) == [
        ("10:00", "Begrüßung", ["ida-kern"]),
        ("10:00", "Holz im Bau", ["ben-wolf"]),
        ("10:00", "Die Grenze als Werkstatt", ["lena-falk"]),
        ("10:00", "Lehm", ["jana-novakova"]),
    ]


SUBTITLES = "".join(
    f"<p><b>{time} {title}</b></p><p><i>{second}</i></p><p>{name}</p>"
    for time, title, second, name in [
        ("10:00", "Holz", "Wer baut womit?", "Ida Kern, IHK Neuheim"),
        ("11:00", "Lehm", "Was die Wand kann", "Ben Wolf, Werk Süd GmbH"),
        ("12:00", "Stein", "Ein Rundgang", "Lena Falk, TU Brno"),
    ]
)


def test_line_below_each_title_begins_no_item(draft_of: Any) -> None:
    assert said(draft_of(SUBTITLES)) == [
        ("10:00", "Holz", ["ida-kern"]),
        ("11:00", "Lehm", ["ben-wolf"]),
        ("12:00", "Stein", ["lena-falk"]),
    ]


ROOMS = "".join(
    f"<p>{time} {title}</p><p><i>Ort: Saal {room}</i></p><p>{name}</p>"
    for time, title, room, name in [
        ("10:00", "Holz", "Nord", "Ida Kern, IHK Neuheim"),
        ("11:00", "Lehm", "West", "Ben Wolf, Werk Süd GmbH"),
        ("12:00", "Stein", "Süd", "Lena Falk, TU Brno"),
    ]
)


def test_line_with_a_label_begins_no_item(draft_of: Any) -> None:
    assert [title for _, title, _ in said(draft_of(ROOMS))] == ["Holz", "Lehm", "Stein"]


CLASSES = "".join(
    f'<div class="time">{time}</div><p class="title">{title}</p><p class="speaker">{name} <span class="from">{employer}</span></p>'
    for time, title, name, employer in [
        ("10:00", "Holz", "Ida Kern", "IHK Neuheim"),
        ("11:00", "Lehm", "Ben Wolf", "TU Brno"),
        ("12:00", "Stein", "Quuxel Foobarski", "Werk Süd GmbH"),
        ("13:00", "Glas", "Lena Falk", "Hochschule Neuheim"),
    ]
)


def test_words_in_a_class_of_their_own_stand_apart(draft_of: Any) -> None:
    draft = draft_of(CLASSES)

    assert [names for _, _, names in said(draft)] == [["ida-kern"], ["ben-wolf"], ["quuxel-foobarski"], ["lena-falk"]]
    assert talks(draft)[2]["speakers"]["person/quuxel-foobarski"]["organisation"] == "organisation/werk-sued-gmbh"


BETWEEN = "".join(
    f'<div class="time">{time}</div><div class="place">Haus am Wehr, Wehrstraße {number}</div><h3>{title}</h3><p>{name}</p>'
    for number, (time, title, name) in enumerate(
        [
            ("10 Uhr", "Holz", "Ida Kern, IHK Neuheim"),
            ("11 Uhr", "Lehm", "Ben Wolf, Werk Süd GmbH"),
            ("12 Uhr", "Stein", "Lena Falk, TU Brno"),
        ],
        1,
    )
)


def test_place_between_each_time_and_its_heading_is_no_title(draft_of: Any) -> None:
    assert said(draft_of(BETWEEN)) == [
        ("10:00", "Holz", ["ida-kern"]),
        ("11:00", "Lehm", ["ben-wolf"]),
        ("12:00", "Stein", ["lena-falk"]),
    ]


LISTS = """<p>9:00 Uhr</p><ul><li>Begrüßung</li><li>Holz im Bau,<br>Ida Kern, Leiterin, IHK Neuheim</li><li>Preis der Region</li></ul>
<p>10:00 Uhr</p><ul><li>Pause</li></ul>
<p>11:00 Uhr</p><ul><li>Lehm</li><li>Stein, Ben Wolf, Werk Süd GmbH</li></ul>"""


def test_each_bullet_below_a_time_that_stands_alone_is_an_item(draft_of: Any) -> None:
    assert said(draft_of(LISTS)) == [
        ("09:00", "Begrüßung", []),
        ("09:00", "Holz im Bau", ["ida-kern"]),
        ("09:00", "Preis der Region", []),
        ("11:00", "Lehm", []),
        ("11:00", "Stein", ["ben-wolf"]),
    ]


SPANS = "".join(
    f'<table><tr><td rowspan="3">{time}</td><td class="title">{title}</td></tr><tr><td class="speaker">{name}</td></tr>'
    f'<tr><td class="from">{employer}</td></tr></table>'
    for time, title, name, employer in [
        ("10:00", "Holz", "Ida Kern", "IHK Neuheim"),
        ("11:00", "Lehm", "Ben Wolf", "TU Brno"),
        ("12:00", "Stein", "Quuxel Foobarski", "Werk Süd GmbH"),
        ("13:00", "Glas", "Lena Falk", "Hochschule Neuheim"),
    ]
)


def test_time_that_spans_rows_has_people_and_employers_in_rows_of_their_own(draft_of: Any) -> None:
    draft = draft_of(SPANS)

    assert said(draft) == [
        ("10:00", "Holz", ["ida-kern"]),
        ("11:00", "Lehm", ["ben-wolf"]),
        ("12:00", "Stein", ["quuxel-foobarski"]),
        ("13:00", "Glas", ["lena-falk"]),
    ]
    assert talks(draft)[2]["speakers"]["person/quuxel-foobarski"]["organisation"] == "organisation/werk-sued-gmbh"


NUMBERED = """<p>10:00 Drei Tische</p><p>1) Holz im Bau<br>Mit Ida Kern<br>2) Lehm im Bau<br>Mit Ben Wolf</p><p>11:00 Stein</p><p>12:00 Glas</p>"""


def test_numbers_that_go_on_count_items_at_one_time(draft_of: Any) -> None:
    assert [(start, names) for start, _, names in said(draft_of(NUMBERED))][1:3] == [
        ("10:00", ["ida-kern"]),
        ("10:00", ["ben-wolf"]),
    ]


PASSED = """<p>10:00 Holz</p><p>Ida Kern, IHK Neuheim</p><p>Noch eine kurze Zeile</p><p>Ben Wolf, TU Brno</p><p>11:00 Stein</p><p>12:00 Glas</p>"""


def test_person_below_a_short_line_that_nothing_explains_is_undecided(draft_of: Any) -> None:
    draft = draft_of(PASSED)

    assert people(talks(draft)[0]) == ["ida-kern"]
    assert [(doubt.rule, doubt.candidates) for doubt in draft.doubts] == [("item-unclear", ["Ben Wolf"])]


WRAPPED = """<p>10:00 Holz</p><p>Ida Kern<br>Ministerin für Wirtschaft und Energie und<br>stellvertretende Präsidentin des Landes Nordmark</p>
<p>11:00 Stein</p><p>12:00 Glas</p>"""


def test_quote_of_a_role_in_two_lines_holds_both(draft_of: Any) -> None:
    quote = talks(draft_of(WRAPPED))[0]["speakers"]["person/ida-kern"]["quote"]

    assert "stellvertretende Präsidentin des Landes Nordmark" in quote


HEADED = "<h1>Fachtag</h1><h2>Vormittag</h2>" + "".join(
    f'<h4>{time}</h4><h3>{title}</h3><p class="name">{name}</p>'
    for time, title, name in [
        ("10.00 Uhr", "Holz", "Ida Kern, IHK Neuheim"),
        ("11.00 Uhr", "Lehm", "Ben Wolf, Werk Süd GmbH"),
        ("12.00 Uhr", "Stein", "Lena Falk, TU Brno"),
    ]
)


def test_heading_below_each_heading_with_a_time_is_its_title(draft_of: Any) -> None:
    assert said(draft_of(HEADED)) == [
        ("10:00", "Holz", ["ida-kern"]),
        ("11:00", "Lehm", ["ben-wolf"]),
        ("12:00", "Stein", ["lena-falk"]),
    ]


FAIR = "<h1>Messe für Holz</h1>" + "".join(
    f"<h3>{title}</h3><p>Ein Gespräch über das, was bleibt.</p><p><b>Panel</b></p><ul><li>{name}</li></ul>"
    for title, name in [
        ("Holz", "Ida Kern // Leiterin, IHK Neuheim"),
        ("Lehm", "Ben Wolf // Bauleiter, Werk Süd GmbH"),
        ("Stein", "Lena Falk // Professorin, TU Brno"),
    ]
)


def test_headings_above_people_are_items_where_no_line_has_a_time(draft_of: Any) -> None:
    draft = draft_of(FAIR)

    assert said(draft) == [("", "Holz", ["ida-kern"]), ("", "Lehm", ["ben-wolf"]), ("", "Stein", ["lena-falk"])]
    assert talks(draft)[1]["speakers"]["person/ben-wolf"]["organisation"] == "organisation/werk-sued-gmbh"


def test_colon_behind_people_in_a_cell_announces_their_title(draft_of: Any) -> None:
    rows = "<table><tr><td>10:00</td><td>Ida KERN (Leiterin, IHK Neuheim):<br>Holz</td></tr><tr><td>11:00</td><td>Lehm</td></tr></table>"

    assert said(draft_of(rows)) == [("10:00", "Holz", ["ida-kern"]), ("11:00", "Lehm", [])]
