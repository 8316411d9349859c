"""The panel of an entry and its saved page name whom the map links with it, count alike, and lead back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.helpers.browsing import Open, Window, window
from tests.helpers.namespaces import BASE

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow

# Entry → whom the review names for it, with the contribution, how that reads, and words on the relations, read off the review.
PRESENTERS = {
    "offer/circular-cars": (
        {"Andreas Wächtler", "Boris Kaiser"},
        "Circular Cars – Trainings für Kreislaufwirtschaft in der Automobilindustrie",
        ["wird vorgestellt in · wird vorgetragen von"],
        ["„Trainings für Kreislaufwirtschaft“", "„Boris Kaiser, CWE“", "„Andreas Wächtler, AMZ Sachsen“"],
    ),
    "topic/wasserstoff": (
        {"Martin Witschaß"},
        "Der Wasserstoffbedarf in der Region als Standortfaktor für die Automobilproduktion",
        ["ist Thema von · wird vorgetragen von"],
        ["„Martin Witschaß, IHK Chemnitz“"],
    ),
    "work/charta": (
        {"Gregor Holst"},
        "Wie können wir die Zukunft mitgestalten – Die ITAS-Charta im Prozess",
        ["wird vorgestellt in · wird vorgetragen von"],
        ["„stellte die ITAS-Charta vor“", "„Gregor Holst, IMU-Institut“"],
    ),
    "person/petra-seifert": (
        {"Transformationslotsen", "Umbau in den Betrieben"},
        "Transformationslotsen – Der Umbau in den Betrieben am konkreten Beispiel",
        ["spricht in · stellt vor", "spricht in · handelt von"],
        ["„Petra Seifert, Betriebsrätin GKN“"],
    ),
}


def saved_page(browser: Browser, seen: Window, folder: Path) -> str:
    """Save the page of the selection; return its text."""
    path = seen.save("html", folder)
    reader = window(browser, java_script_enabled=False)
    reader.page.goto(path.as_uri())
    text = reader.text("body")
    reader.page.context.close()
    return text


@pytest.mark.parametrize(
    ("name", "others", "through", "reading", "quotes"), [(name, *row) for name, row in PRESENTERS.items()]
)
def test_panel_and_page_name_whom_the_map_links(
    look: Open,
    browser: Browser,
    tmp_path: Path,
    name: str,
    others: set[str],
    through: str,
    reading: list[str],
    quotes: list[str],
) -> None:
    seen = look(fragment=f"#entity={BASE}{name}")
    part = seen.page.locator("#details .folded")
    named = part.locator(".neighbour-name > bdi:first-child").all_inner_texts()
    notes = part.locator(".neighbour-name .note").all_inner_texts()
    closed = part.locator("details:not([open]) > summary")
    while closed.count():
        closed.first.click()
    readings = part.locator("h4").all_inner_texts()
    proofs = part.locator("blockquote").all_inner_texts()
    saved = saved_page(browser, seen, tmp_path)

    assert part.locator("h3").inner_text() == "Verbunden durch Beiträge"
    assert set(named) == others
    assert set(notes) == {through}
    assert readings == reading
    assert set(quotes) <= set(proofs)
    assert "Verbunden durch Beiträge" in saved
    assert all(other in saved for other in others)
    assert all(quote in saved for quote in quotes)


def test_folded_lines_are_listed_when_the_map_shows_what_they_fold(look: Open, every_kind: str) -> None:
    seen = look(fragment=f"#entity={BASE}offer/circular-cars&{every_kind}")

    assert seen.page.locator("#details .folded .neighbour").count() == 2


def test_entry_without_folded_lines_says_nothing_of_them(look: Open) -> None:
    seen = look(fragment=f"#entity={BASE}organisation/cwe")

    assert seen.page.locator("#details .folded").count() == 0
