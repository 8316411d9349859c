"""The panel of an entry and its saved page name whom the map links with it, count alike, and lead back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.helpers.browsing import Open, Window, embedded, until, window
from tests.helpers.namespaces import BASE

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow


class Folded(NamedTuple):
    """Whom the review names for an entry, in which contribution, how that reads, and words on the relations, all read off it."""

    others: set[str]
    through: str
    readings: list[str]
    quotes: set[str]


FOLDED = {
    "offer/circular-cars": Folded(
        {"Andreas Wächtler", "Boris Kaiser"},
        "Circular Cars – Trainings für Kreislaufwirtschaft in der Automobilindustrie",
        ["wird vorgestellt in · wird vorgetragen von"],
        {"„Trainings für Kreislaufwirtschaft“", "„Boris Kaiser, CWE“", "„Andreas Wächtler, AMZ Sachsen“"},
    ),
    "topic/wasserstoff": Folded(
        {"Martin Witschaß"},
        "Der Wasserstoffbedarf in der Region als Standortfaktor für die Automobilproduktion",
        ["ist Thema von · wird vorgetragen von"],
        {"„Martin Witschaß, IHK Chemnitz“"},
    ),
    "work/charta": Folded(
        {"Gregor Holst"},
        "Wie können wir die Zukunft mitgestalten – Die ITAS-Charta im Prozess",
        ["wird vorgestellt in · wird vorgetragen von"],
        {"„stellte die ITAS-Charta vor“", "„Gregor Holst, IMU-Institut“"},
    ),
    "person/petra-seifert": Folded(
        {"Transformationslotsen", "Umbau in den Betrieben"},
        "Transformationslotsen – Der Umbau in den Betrieben am konkreten Beispiel",
        ["spricht in · stellt vor", "spricht in · handelt von"],
        {"„Petra Seifert, Betriebsrätin GKN“"},
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


@pytest.mark.parametrize("name", FOLDED)
def test_panel_and_page_name_whom_the_map_links(look: Open, browser: Browser, tmp_path: Path, name: str) -> None:
    others, through, readings, quotes = FOLDED[name]
    seen = look(fragment=f"#entity={BASE}{name}")
    part = seen.page.locator("#details .folded")
    named = part.locator(".neighbour-name > bdi:first-child").all_inner_texts()
    notes = part.locator(".neighbour-name .note").all_inner_texts()
    closed = part.locator("details:not([open]) > summary")
    while closed.count():
        closed.first.click()
    proofs = part.locator("blockquote").all_inner_texts()
    saved = saved_page(browser, seen, tmp_path)

    assert part.locator("h3").inner_text() == "Verbunden durch Beiträge"
    assert part.locator("h4").all_inner_texts() == readings
    assert set(named) == others
    assert set(notes) == {through}
    assert quotes <= set(proofs)
    assert "Verbunden durch Beiträge" in saved
    assert [text for text in others | quotes if text not in saved] == []


def test_folded_lines_are_listed_when_the_map_shows_what_they_fold(look: Open, every_kind: str) -> None:
    seen = look(fragment=f"#entity={BASE}offer/circular-cars&{every_kind}")

    assert seen.page.locator("#details .folded .neighbour").count() == 2


def test_entry_without_folded_lines_says_nothing_of_them(look: Open) -> None:
    seen = look(fragment=f"#entity={BASE}organisation/cwe")

    assert seen.page.locator("#details .folded").count() == 0


# --- counts -------------------------------------------------------------------------------------------------------------

# What panel, table, saved page and screen reader say of the number of each entry's relations.
COUNTS = """() => {
    const { model, panel, table, share } = itasgraph;
    table.about = "entities";
    const cells = new Map(table.rows().map(({ of, cells }) => [of.id, cells().at(-1)]));
    return [...model.nodes.keys()].map((entity) => {
        itasgraph.select({ entity }, { record: false, reveal: false });
        const page = new DOMParser().parseFromString(share.listeners.pageOf({ entity }).html, "text/html");
        const section = [...page.querySelectorAll("section")].find((one) => one.firstElementChild.firstChild.textContent === model.say("relations"));
        return {
            entity, cell: cells.get(entity) ?? null,
            panel: document.querySelector("#details .relation-count")?.textContent ?? "0",
            rows: document.querySelectorAll("#details .part:not(.folded) > .group > ul > li").length,
            page: section?.querySelector("h2 .measure").textContent.trim() ?? "0",
            statements: section?.querySelectorAll(".statement").length ?? 0,
            spoken: document.getElementById("status").textContent,
        };
    });
}"""


def in_words(visible: int, all_: int) -> str:
    return str(all_) if visible == all_ else f"{visible} von {all_} sichtbar"


@pytest.mark.parametrize(
    "hidden", ["", "every kind", "&without=https://schema.org/Person", f"&around={BASE}person/boris-kaiser"]
)
def test_counts_of_relations_agree(look: Open, html: bytes, every_kind: str, hidden: str) -> None:
    seen = look(fragment=f"#{every_kind if hidden == 'every kind' else hidden}")
    shown = set(seen.page.evaluate("[...itasgraph.model.filters.edges]"))
    edges = embedded(html)["edges"]
    said = seen.page.evaluate(COUNTS)

    assert len(said) == len(embedded(html)["nodes"])
    for entry in said:
        of_entry = [edge["id"] for edge in edges if entry["entity"] in (edge["from"], edge["to"])]
        count, visible = len(of_entry), len(shown.intersection(of_entry))
        words = f"{count} Beziehung{'en' * (count != 1)}" + f" ({visible} sichtbar)" * (visible != count)

        assert entry["cell"] in (None, in_words(visible, count)), entry
        assert entry["panel"] == in_words(visible, count), entry
        assert entry["rows"] == entry["statements"] == int(entry["page"]) == count, entry
        assert entry["spoken"].endswith(f", {words}"), entry


def test_counts_of_the_panel_follow_the_filters(look: Open, html: bytes) -> None:
    data = embedded(html)
    seen = look()
    first = seen.text(".intro-count")
    seen.click(".legend-kind", "Personen")
    later = seen.text(".intro-count")
    visible = seen.page.evaluate("[itasgraph.model.filters.entities.size, itasgraph.model.filters.edges.size]")
    total = f"{len(data['nodes'])} Einträge ({{}} sichtbar) · {len(data['edges'])} Beziehungen ({{}} sichtbar)"

    assert later == total.format(*visible) != first
    assert seen.text(".legend-total").startswith(f"{visible[0]} von {len(data['nodes'])} ")


def test_kinds_add_up_to_all_entries(look: Open, html: bytes) -> None:
    seen = look(fragment="#ask=here")
    kinds = [node["kind"] for node in embedded(html)["nodes"]]
    seen.click(".step.current .detail summary")
    findings = [int(text.split()[0]) for text in seen.page.locator(".findings button").all_inner_texts()]
    legend = [int(text) for text in seen.page.locator(".legend [data-count]").all_text_contents()]

    assert sorted(findings) == sorted(legend) == sorted(kinds.count(kind) for kind in set(kinds))
    assert seen.text(".intro-count").startswith(f"{len(kinds)} Einträge (")


@pytest.mark.parametrize("about", ["", "&table=relations"])
def test_table_says_how_many_of_all_it_lists(look: Open, html: bytes, every_kind: str, about: str) -> None:
    all_ = len(embedded(html)["edges" if about else "nodes"])
    seen = look(fragment=f"#view=table{about}")
    some = len(seen.table())
    said = seen.text(".table-count")
    everything = look(fragment=f"#view=table{about}&{every_kind}").text(".table-count")

    assert said == f"{some} von {all_} sichtbar"
    assert everything == f"{all_} Zeilen"


# --- the way back -------------------------------------------------------------------------------------------------------


def go_back(seen: Window, heading: str) -> None:
    """Press the button that leads back, and wait for the heading to which it leads."""
    seen.click("#details .back")
    until(seen.page, "heading => document.querySelector('#details h2').textContent === heading", heading)


def test_button_leads_back_through_what_was_looked_at(look: Open) -> None:
    seen = look(fragment=f"#entity={BASE}offer/circular-cars")
    at_first = seen.page.locator("#details .back").count()
    seen.click("#details .neighbour", "Boris Kaiser")
    seen.click("#details .neighbour", "CWE")
    address = seen.link()
    go_back(seen, "Boris Kaiser")
    focus = seen.page.evaluate("document.activeElement.className")
    go_back(seen, "Trainings für Kreislaufwirtschaft")
    at_last = seen.page.locator("#details .back").count()
    lit = seen.page.evaluate("itasgraph.picture.scene.selection.entity")

    assert (at_first, at_last) == (0, 0)
    assert "back" in focus
    assert seen.page.evaluate("document.activeElement.tagName") == "H2"
    assert lit == f"{BASE}offer/circular-cars"
    assert look(fragment=address).heading() == "CWE"


def test_browser_and_button_go_the_same_way(look: Open) -> None:
    seen = look()
    seen.search("Udo Wehner").first.click()
    seen.click("#details .neighbour", "AMZ Sachsen")
    seen.click("#zoom-in")
    seen.page.go_back()
    until(seen.page, "() => document.querySelector('#details h2').textContent === 'Udo Wehner'")
    go_back(seen, "Das Netz in fünf Sätzen")
    seen.page.go_forward()
    until(seen.page, "() => document.querySelector('#details h2').textContent === 'Udo Wehner'")

    assert seen.page.locator("#details .back").count() == 1


# --- what a quote is said of --------------------------------------------------------------------------------------------

CIRCULAR_CARS = "Circular Cars – Trainings für Kreislaufwirtschaft in der Automobilindustrie"


@pytest.mark.parametrize(
    ("relation", "titles"),
    [
        ("talk/circular-cars schema:performer person/boris-kaiser", [CIRCULAR_CARS]),
        ("talk/circular-cars itas:presents offer/circular-cars", [CIRCULAR_CARS]),
        ("person/boris-kaiser org:organization organisation/cwe", []),  # the quote names both
    ],
)
def test_quote_comes_with_the_title_that_it_needs(
    look: Open, browser: Browser, tmp_path: Path, relation: str, titles: list[str]
) -> None:
    seen = look(fragment=f"#relation={relation}")
    said = [f"Titel in der Quelle: „{title}“" for title in titles]
    saved = saved_page(browser, seen, tmp_path)

    assert seen.page.locator("#details .quote-title").all_inner_texts() == said
    assert saved.count("Titel in der Quelle") >= len(said)
    assert all(words in saved for words in said)


def test_titles_are_verbatim(html: bytes) -> None:
    printed = {
        fact["value"] for node in embedded(html)["nodes"] for fact in node["facts"] if fact["label"]["de"] == "Titel"
    }
    quotes = [quote for edge in embedded(html)["edges"] for quote in edge["quotes"]]
    titles = [title for quote in quotes for title in quote.get("titles", [])]

    assert 0 < len(titles) < len(quotes)
    assert set(titles) <= printed
