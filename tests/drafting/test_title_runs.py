"""Titles without a time of their own: which lines between two times or headings are titles, and which only stand there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from itasgraph.documents import html_page, plain_text
from itasgraph.documents.document import Document
from itasgraph.drafting.draft import Draft
from tests.helpers.drafts import people, talks

PEOPLE = ("Ida Kern, Leiterin, IHK Neuheim", "Ben Wolf, Meister, Werk Süd GmbH", "Lena Falk, Dozentin, TU Brno")


@pytest.fixture
def said(compose: Callable[[Document], Draft]) -> Callable[[str], list[tuple[str, str, list[str]]]]:
    """A function that drafts the body of an HTML page: start, title and people of its contributions."""

    def draft(body: str) -> list[tuple[str, str, list[str]]]:
        found = compose(html_page.read(f"<body><h1>Holztag am 6. Juni 2031</h1>{body}</body>".encode(), "day.html"))
        return [(talk.get("start", ""), talk["title"], people(talk)) for talk in talks(found)]

    return draft


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def bullets(*texts: str) -> str:
    return f"<ul>{''.join(f'<li>{text}</li>' for text in texts)}</ul>"


def test_lines_above_people_are_titles_at_the_time_of_their_part(said: Any) -> None:
    first, second, third = PEOPLE

    assert said(
        paragraphs("10:00 – 12:00 Vormittag", "Holz", first, "Lehm", second)
        + paragraphs("13:00 – 14:00 Nachmittag", "Stein", third, "Stroh", first)
    ) == [
        ("10:00", "Holz", ["ida-kern"]),
        ("10:00", "Lehm", ["ben-wolf"]),
        ("13:00", "Stein", ["lena-falk"]),
        ("13:00", "Stroh", ["ida-kern"]),
    ]


@pytest.mark.parametrize("nobody", ["N.N.", "n. n.", "N.N., Ministerium für Bauen", "TBA"])
def test_somebody_still_to_be_named_is_a_person_and_no_title(nobody: str, said: Any) -> None:
    first, second, third = PEOPLE

    assert said(
        paragraphs("10:00 Uhr", "Begrüßung der Stadt", first, "11:00 Uhr", "Podium: Holz oder Lehm", "Auf dem Podium:")
        + bullets(nobody, second, third)
        + paragraphs("12:00 Uhr", "Stein", nobody)
    ) == [
        ("10:00", "Begrüßung der Stadt", ["ida-kern"]),
        ("11:00", "Podium: Holz oder Lehm", ["ben-wolf", "lena-falk"]),
        ("12:00", "Stein", []),
    ]
    assert said(paragraphs("10:00 – 12:00 Vormittag", "Holz", nobody, "Lehm", second, nobody, "Stein", third)) == [
        ("10:00", "Holz", []),
        ("10:00", "Lehm", ["ben-wolf"]),
        ("10:00", "Stein", ["lena-falk"]),
    ]


def test_formats_below_a_title_say_how_its_people_appear(said: Any) -> None:
    first, second, third = PEOPLE
    page = "".join(
        f"<h3>{title}</h3><p><b>Keynotes</b></p>{bullets(one, 'n.n.')}<p><b>Panel</b></p>{bullets(other, third)}"
        for title, one, other in [("Bauen im Bestand", first, second), ("Arbeit finden", second, first)]
    )

    assert [(title, set(names)) for _, title, names in said(page)] == [
        ("Bauen im Bestand", {"ida-kern", "ben-wolf", "lena-falk"}),
        ("Arbeit finden", {"ida-kern", "ben-wolf", "lena-falk"}),
    ]


def test_line_that_looks_like_affiliations_is_no_title_where_the_first_one_is_bold(said: Any) -> None:
    entries = [("Grußworte", "Ida Kern", "Leiterin, IHK Neuheim"), ("Lehm", "Ben Wolf", "Meister, Werk Süd GmbH")]
    page = "".join(
        f"<p>{time}</p><h3>{head}</h3><p><b>{title}</b></p><p><b>{name}</b></p><p>{what}</p>"
        f"<p>Musikalische Untermalung</p><p>Jan Novák, TU Brno</p>"
        for time, head, (title, name, what) in zip(("10:00", "11:00"), ("Eröffnung", "Ausblick"), entries, strict=True)
    )

    assert "Musikalische Untermalung" not in [title for _, title, _ in said(page)]


def test_line_that_says_when_the_tour_begins_is_no_title(said: Any) -> None:
    first, second, _ = PEOPLE

    found = said(
        paragraphs("10:00 Uhr Holz im Bau", first, "11:00 Uhr Podiumsdiskussion", f"Moderation: {second}")
        + paragraphs("Im Anschluss Imbiss, ab 14.00 Uhr beginnt die Führung")
    )

    assert [title for _, title, _ in found] == ["Holz im Bau", "Podiumsdiskussion"]


def test_numbered_headings_below_a_time_are_items_at_that_time(said: Any) -> None:
    first, second, third = PEOPLE
    page = f"<h3>10:00 Uhr Begrüßung</h3><p>{first}</p><h3>11:00 Uhr Parallele Foren</h3>" + "".join(
        f"<h3>Forum {number}: {title}</h3><p>{one}</p>"
        for number, (title, one) in enumerate([("Holz", second), ("Lehm", third), ("Stein", "N.N., TU Brno")], 1)
    )

    assert [one for one in said(page) if one[1].startswith("Forum")] == [
        ("11:00", "Forum 1: Holz", ["ben-wolf"]),
        ("11:00", "Forum 2: Lehm", ["lena-falk"]),
        ("11:00", "Forum 3: Stein", []),
    ]


@pytest.mark.parametrize(
    ("before", "start"),
    [
        ("11:00 Uhr Parallele Foren", "11:00"),  # it ends with them, for all that is said
        ("11:00 – 12:00 Uhr Begrüßung", ""),  # it ends before them
        ("11:00 – 12:00 Uhr Parallele Foren", "11:00"),  # it consists of them
        ("11:00 Uhr Kaffeepause", ""),  # nobody speaks at that time
    ],
)
def test_numbered_headings_beside_a_timed_one_take_its_time_only_where_it_may_hold_them(
    before: str, start: str, said: Any
) -> None:
    first, second, third = PEOPLE
    page = f"<h3>10:00 – 11:00 Uhr Einführung</h3><p>{first}</p><h3>{before}</h3>"
    page += f"<h3>1. Forum Holz</h3><p>{second}</p><h3>2. Forum Lehm</h3><p>{third}</p>"
    page += f"<h3>Forum 3: Stein</h3><p>{first}</p>"

    found = [(when, title) for when, title, _ in said(page) if title.partition(": ")[2] == "Stein"]

    assert found == [(start, "Forum 3: Stein")]


def test_heading_below_a_format_is_the_title(said: Any) -> None:
    first, second, third = PEOPLE
    page = f"<p>09:30 Fachvortrag</p><h3>Holz im Bau</h3><p>{first}</p><p>10:00 Vortrag</p><h3>Lehm am Haus</h3>"
    page += "<p>Wer heute baut, fragt auch, was ein Haus morgen noch wert ist.</p>"
    page += f"<p>Es sprechen: {second}</p><p>11:00 Diskussion</p><h3>Themenblock Stein</h3><p>12:00 Steine</p><p>{third}</p>"
    page = f"<p>09:00 Glas</p><p>{third}</p>{page}<p>12:30 Ton</p><p>{first}</p>"

    assert said(page)[1:-1] == [
        ("09:30", "Holz im Bau", ["ida-kern"]),
        ("10:00", "Lehm am Haus", ["ben-wolf"]),
        ("11:00", "Diskussion", []),
        ("12:00", "Steine", ["lena-falk"]),
    ]


def test_title_behind_nobody_is_the_title(said: Any) -> None:
    found = said(paragraphs("10:00 Ida Kern (IHK Neuheim): Holz", "11:00 N. N. (Werk Süd GmbH): Lehm"))

    assert [title for _, title, _ in found] == ["Holz", "Lehm"]


def test_title_that_begins_with_the_letters_of_nobody_is_one(said: Any) -> None:
    first, second, third = PEOPLE

    assert said(
        paragraphs("10:00 – 12:00 Vormittag", "NN-Modelle", first, "Lehm", second)
        + paragraphs("13:00 – 14:00 Nachmittag", "Stein", third, "Stroh", first)
    ) == [
        ("10:00", "NN-Modelle", ["ida-kern"]),
        ("10:00", "Lehm", ["ben-wolf"]),
        ("13:00", "Stein", ["lena-falk"]),
        ("13:00", "Stroh", ["ida-kern"]),
    ]


@pytest.mark.parametrize(
    "heading",
    [
        *(
            "Großer Saal",
            "Foyer im Erdgeschoss",
            "Alte Weberei",
            "Jury",
            "Unsere Partner",
            "Vorstand",
            "Es diskutieren",
        ),
        *("Unterstützt durch die Stadtwerke", "Mit freundlicher Unterstützung der Bank", "Presented by the council"),
    ],
)
@pytest.mark.parametrize("others", [2, 0])
def test_heading_that_names_no_topic_below_a_format_is_no_title(heading: str, others: int, said: Any) -> None:
    first, second, third = PEOPLE
    page = f"<p>09:00 Fachvortrag</p><h3>{heading}</h3><p>{first}</p>"
    page += "".join(f"<p>1{at}:00 Holz {at}</p><p>{(second, third)[at]}</p>" for at in range(others))

    found = said(page)

    assert found[0] == ("09:00", "Fachvortrag", [])
    assert all(title.startswith("Holz") and "ida-kern" not in named for _, title, named in found[1:])


@pytest.mark.parametrize(
    "title",
    [
        "Zielgruppen erreichen",
        "Moderne Werkstätten",
        "Parallelen zwischen Holz und Lehm",
        "Vorstellung der Arbeitsgruppen",
        "Aus den Workshops: Ergebnisse",
        "Parallelwelten im Bau",
    ],
)
def test_title_with_the_word_of_a_part_holds_no_numbered_headings(title: str, said: Any) -> None:
    first, second, third = PEOPLE
    page = f"<h3>10:00 – 11:00 Uhr Einführung</h3><p>{first}</p><h3>11:00 – 12:00 Uhr {title}</h3>"
    page += f"<h3>Forum 1: Holz</h3><p>{second}</p><h3>Forum 2: Lehm</h3><p>{third}</p>"

    assert [one for one in said(page) if one[1].startswith("Forum")] == [
        ("", "Forum 1: Holz", ["ben-wolf"]),
        ("", "Forum 2: Lehm", ["lena-falk"]),
    ]


@pytest.mark.parametrize(
    "title", ["Fachforen", "Workshops: Holz und Lehm", "Drei Panels", "Parallelsessions Vormittag"]
)
def test_plural_at_the_head_of_a_title_holds_numbered_headings(title: str, said: Any) -> None:
    first, second, third = PEOPLE
    page = f"<h3>10:00 – 11:00 Uhr Einführung</h3><p>{first}</p><h3>11:00 – 12:00 Uhr {title}</h3>"
    page += f"<h3>Forum 1: Holz</h3><p>{second}</p><h3>Forum 2: Lehm</h3><p>{third}</p>"

    assert [one for one in said(page) if one[1].startswith("Forum")] == [
        ("11:00", "Forum 1: Holz", ["ben-wolf"]),
        ("11:00", "Forum 2: Lehm", ["lena-falk"]),
    ]


@pytest.mark.parametrize(("timed", "mark"), [("", ""), ("", "### "), ("## ", ""), ("## ", "## ")])
def test_numbered_lines_below_a_welcome_that_ended_are_items_without_a_time(
    mark: str, timed: str, compose: Callable[[Document], Draft]
) -> None:
    first, second, third = PEOPLE
    text = f"# Holztag am 6. Juni 2031\n\n{timed}09:00 Auftakt\n{third}\n\n{timed}10:00–11:00 Begrüßung\n\n"
    text += f"{mark}Forum 1: Holz\n{first}\n\n{mark}Forum 2: Lehm\n{second}\n\n{timed}12:00 Stein\n{third}\n"

    found = talks(compose(plain_text.read(text.encode(), "tag.md")))

    assert [(one.get("start", ""), one["title"], people(one)) for one in found] == [
        ("09:00", "Auftakt", ["lena-falk"]),
        ("10:00", "Begrüßung", []),
        ("", "Forum 1: Holz", ["ida-kern"]),
        ("", "Forum 2: Lehm", ["ben-wolf"]),
        ("12:00", "Stein", ["lena-falk"]),
    ]


def test_numbered_heading_above_its_own_time_takes_no_other(said: Any) -> None:
    first, second, third = PEOPLE
    page = f"<h3>Panel 1 | Holz</h3><p>10:00 – 11:30 Uhr, Saal A</p>{bullets(first, second)}"
    page += f"<h3>Panel 2 | Lehm</h3><p>13:00 – 14:30 Uhr, Saal B</p>{bullets(third)}"

    assert said(page) == [
        ("10:00", "Panel 1 | Holz", ["ida-kern", "ben-wolf"]),
        ("13:00", "Panel 2 | Lehm", ["lena-falk"]),
    ]
