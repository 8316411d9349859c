"""A programme → event, sections, contributions, appearances: invented programmes in the forms of real ones."""

from __future__ import annotations

from typing import Any

import pytest

from itasgraph.documents import plain_text
from itasgraph.drafting import composition
from itasgraph.drafting.composition import Request
from itasgraph.drafting.draft import Draft
from itasgraph.parsing import jsonld_context
from itasgraph.project import Project
from itasgraph.store.memory import Graph


@pytest.fixture
def draft_of(nordtal: Graph, nordtal_project: Project) -> Any:
    """A function that drafts a text over the invented reports of Nordtal."""
    context = jsonld_context.load(nordtal_project)

    def compose(text: str) -> Draft:
        document = plain_text.read(text.encode(), "day.txt")
        return composition.compose(document, "day.txt", nordtal, context, Request("source/day", "de"))

    return compose


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
