"""Prose → people with an academic title, and doubts: invented reports in the forms of real ones."""

from __future__ import annotations

from typing import Any

import pytest

from itasgraph.documents import plain_text
from itasgraph.errors import UsageError

REPORT = """Weidenau redet über Holz

Rund hundert Gäste kamen am 6. Juni 2031 in der Alten Weberei Lohma zusammen, um über den Holzbau der Zukunft zu reden. Es war voll.

Eröffnet hat den Abend Prof. Dr. Heike Brandt, Präsidentin der Hochschule Weidenau, die an die lange Geschichte des Bauens mit Holz erinnerte. \
Auch Dr. Quoc Minh Trần (Werk Süd GmbH) und Dr.-Ing. Zdeněk Novák von der TU Brno sprachen, und Ida Kern hörte mit Frau Dr. Anja Schilling Unternehmen an.
"""


@pytest.fixture
def draft_of(compose: Any) -> Any:
    """A function that drafts a text."""
    return lambda text: compose(plain_text.read(text.encode(), "report.txt"))


def test_people_with_a_title_are_entries(draft_of: Any) -> None:
    entries = draft_of(REPORT).entries.values()

    assert [(entry.type, entry.values["academicTitle"], entry.values["name"]) for entry in entries] == [
        ("Person", "Prof. Dr.", "Heike Brandt"),
        ("Person", "Dr.", "Quoc Minh Trần"),
        ("Person", "Dr.-Ing.", "Zdeněk Novák"),
        ("Person", "Dr.", "Anja Schilling"),
    ]


def test_what_prose_says_of_them_is_left_to_a_person(draft_of: Any) -> None:
    doubts = [(doubt.about, doubt.key, list(doubt.candidates)) for doubt in draft_of(REPORT).doubts]

    assert doubts == [
        ("", "date", ["2031-06-06"]),
        ("", "location", ["Alte Weberei Lohma"]),
        ("person/heike-brandt", "organisation", ["Hochschule Weidenau"]),
        ("person/heike-brandt", "role", ["Präsidentin"]),
        ("person/quoc-minh-tran", "organisation", ["Werk Süd GmbH"]),
        ("person/zdenek-novak", "organisation", ["TU Brno"]),
    ]


def test_each_quote_stands_in_the_document(draft_of: Any) -> None:
    draft = draft_of(REPORT)

    quotes = [*(str(entry.values["quote"]) for entry in draft.entries.values()), *(one.quote for one in draft.doubts)]
    assert [quote for quote in quotes if quote not in REPORT] == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Nach dem Vortrag von Ida Kern, Werk Süd GmbH, gab es Fragen | Ben Wolf, TU Brno.",
        "Die Themen des Abends waren vielfältig: Ben Wolf, IHK Neuheim, sprach über Fasern.",
        "Ben Wolf (IHK Neuheim) sagte: Holz ist gut, wenn es lange hält.",
    ],
)
def test_prose_makes_no_talk(draft_of: Any, sentence: str) -> None:
    draft = draft_of(f"{REPORT}\n{sentence}\n")

    assert {entry.type for entry in draft.entries.values()} == {"Person"}


def test_prose_without_anything_to_read_is_told(draft_of: Any) -> None:
    with pytest.raises(UsageError, match=r"^day holds neither"):
        draft_of(
            "Ida Kern hat viel erzählt, und alle haben ihr bis zum Schluss gern und aufmerksam zugehört, obwohl es schon sehr spät war.\n"
        )
