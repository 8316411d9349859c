"""The slider over the events of a network: who came, stayed, returned and went, as a reader meets it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from itasgraph.network import comparison
from itasgraph.project import Project
from itasgraph.store import access
from itasgraph.store.memory import Graph
from tests.helpers import browsing
from tests.helpers.browsing import Open, Window
from tests.helpers.namespaces import BASE
from tests.helpers.projects import three_congresses

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator

SLIDER = "#moment-slider"
LAST = f"#event={BASE}event/holzkongress-2025"
# What the third congress of tests/helpers/projects.py says, against the second one.
COUNTS = ["1 new", "2 stayed", "3 back again", "8 gone"]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(three_congresses(tmp_path_factory.mktemp("three") / "project"))


@pytest.fixture(scope="module")
def congresses(project: Project) -> Graph:
    graph = access.load(project)
    assert isinstance(graph, Graph)
    return graph


@pytest.fixture(scope="module")
def page(congresses: Graph, project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("view") / "congresses.html"
    path.write_bytes(browsing.page_of(congresses, project, "actors contacts", "en"))
    return path


@pytest.fixture
def seen(look: Open, page: Path) -> Window:
    return look(page)


def move(seen: Window, *keys: str) -> None:
    seen.page.locator(SLIDER).focus()
    for key in keys:
        seen.page.keyboard.press(key)


def counts(seen: Window) -> list[str]:
    return seen.page.locator(".moment-count").all_inner_texts()


def listed(seen: Window, change: str) -> list[str]:
    """Open the list of a change; return the names in it."""
    seen.click(f"[data-change={change}]")
    return seen.page.locator(".moment-list .neighbour-name > bdi").all_inner_texts()


def lit(seen: Window) -> list[str]:
    """Return the names of the entries that the picture highlights, in their order."""
    names = "() => itasgraph.picture.scene.highlight.entities.map((id) => itasgraph.model.name(itasgraph.model.nodes.get(id)))"
    return sorted(seen.page.evaluate(names))


def people(seen: Window) -> Locator:
    return seen.page.locator(".legend-kind", has_text="People").locator("input")


def test_slider_begins_with_all_events(seen: Window) -> None:
    slider = seen.page.locator(SLIDER)

    assert seen.text(".moment-line") == "Events all events"
    assert slider.get_attribute("aria-valuetext") == "all events"
    assert seen.page.get_by_role("slider", name="Events").count() == 1
    assert seen.page.locator(".moment-mark").all_inner_texts() == [
        "All",
        "Holzkongress 2023\n2023",
        "Holzkongress 2024\n2024",
        "Holzkongress 2025\n2025",
    ]
    assert seen.page.locator(".moment-part").count() == 0


@pytest.mark.slow
def test_keys_choose_an_event_and_the_panel_counts(seen: Window) -> None:
    move(seen, "End")
    spoken = seen.page.locator(SLIDER).get_attribute("aria-valuetext") or ""

    assert spoken == f"Holzkongress 2025, 15 May 2025 to 16 May 2025 · {' · '.join(COUNTS)}"
    assert "At Holzkongress 2025, 6 entries occur. Compared with Holzkongress 2024:" in seen.text(".moment-part")
    assert counts(seen) == COUNTS
    assert "8 gone" in seen.text("#status")


@pytest.mark.slow
def test_first_event_has_no_one_new(seen: Window) -> None:
    move(seen, "ArrowRight")

    assert "It is the first event in the data." in seen.text(".moment-part")
    assert counts(seen) == ["11 there"]


@pytest.mark.quick(1)
@pytest.mark.parametrize("number", [1, 2])
def test_lists_are_those_of_a_comparison(seen: Window, congresses: Graph, project: Project, number: int) -> None:
    years = ("2023", "2024", "2025")[number - 1 : number + 1]
    pair = (f"Holzkongress {years[0]}", f"Holzkongress {years[1]}")
    compared = comparison.compare(congresses, project, "contacts", pair, "en")
    expected = [
        sorted(name for one in answer.findings for name in one.entities.values()) for answer in compared.answers[:3]
    ]
    seen.click("[data-network=contacts]")
    move(seen, *["ArrowRight"] * (number + 1))

    assert [sorted(listed(seen, change)) for change in ("came", "went", "stayed")] == expected


@pytest.mark.slow
def test_listed_entries_open(seen: Window) -> None:
    move(seen, "End")

    assert listed(seen, "came") == ["Nora Zahn"]
    seen.click(".moment-list .neighbour")
    assert seen.heading() == "Nora Zahn"
    assert seen.text(".moments-of") == "At these events: Holzkongress 2025"


@pytest.mark.slow
def test_highlight_follows_the_list_when_filters_change(seen: Window) -> None:
    move(seen, "End")
    back = listed(seen, "back")
    assert lit(seen) == sorted(back)

    people(seen).uncheck()
    assert lit(seen) == sorted(seen.page.locator(".moment-list .neighbour-name > bdi").all_inner_texts())
    assert len(lit(seen)) == len(back) - 1


@pytest.mark.slow
def test_list_that_filters_empty_closes_and_lights_nothing(seen: Window) -> None:
    move(seen, "End")
    listed(seen, "came")
    people(seen).uncheck()

    assert seen.page.locator(".moment-list").count() == 0
    assert lit(seen) == []
    people(seen).check()
    assert seen.page.locator(".moment-list").count() == 0


@pytest.mark.quick(1)
@pytest.mark.parametrize("way", ["back", "Escape"])
def test_list_is_lit_again_after_one_of_its_entries(seen: Window, way: str) -> None:
    move(seen, "End")
    names = listed(seen, "back")
    seen.click(".moment-list .neighbour")
    assert lit(seen) == []
    if way == "back":
        seen.click(".back")
    else:
        seen.page.keyboard.press(way)

    seen.page.locator(".moment-list").wait_for()
    assert lit(seen) == sorted(names)


@pytest.mark.slow
def test_escape_closes_the_list(seen: Window) -> None:
    move(seen, "End")
    listed(seen, "back")
    seen.page.keyboard.press("Escape")

    assert seen.page.locator(".moment-list").count() == 0
    assert lit(seen) == []


@pytest.mark.slow
def test_ring_of_the_focus_leaves_the_words_alone(seen: Window) -> None:
    def looks() -> list[bytes]:
        return [seen.page.locator(f".moment-{part}").screenshot() for part in ("line", "marks", "track")]

    *words, track = looks()
    seen.page.locator(SLIDER).focus()
    *words_in_focus, track_in_focus = looks()

    assert words_in_focus == words
    assert track_in_focus != track


@pytest.mark.slow
def test_nothing_moves(seen: Window) -> None:
    where = "id => itasgraph.picture.whereIs(id)"
    before = seen.page.evaluate(where, f"{BASE}person/timo-falk")
    move(seen, "ArrowRight", "ArrowRight", "ArrowRight")

    assert seen.page.evaluate(where, f"{BASE}person/timo-falk") == before


def test_link_and_back_restore_the_event(seen: Window, page: Path) -> None:
    move(seen, "ArrowRight", "ArrowRight")
    link = seen.link()

    assert f"event={BASE}event/holzkongress-2024" in link
    seen.page.go_back()
    assert seen.page.locator(SLIDER).input_value() == "1"
    seen.page.go_back()
    assert seen.page.locator(SLIDER).input_value() == "0"
    seen.open(page, link)
    assert seen.page.locator(SLIDER).input_value() == "2"
    assert counts(seen) == ["2 new", "8 stayed", "3 gone"]
    assert seen.text(".moment-part").startswith("At Holzkongress 2024")


@pytest.mark.slow
def test_link_to_an_event_that_is_gone_says_so(look: Open, page: Path) -> None:
    seen = look(page, "#event=https://example.org/event/gone")

    assert seen.page.locator(SLIDER).input_value() == "0"
    assert "gone" in seen.text("#toast")


@pytest.mark.slow
def test_table_holds_who_is_there_and_marks_changes(look: Open, page: Path) -> None:
    seen = look(page, f"{LAST}&view=table")
    names = [" ".join(row[0].split()) for row in seen.table()]

    assert [name for name in names if name.startswith(("Mara", "Nora", "Paula", "Timo"))] == [
        "Mara Lind gone",
        "Nora Zahn new",
        "Paula Kern back again",
        "Timo Falk",
    ]


@pytest.mark.quick(1)
@pytest.mark.parametrize("about", ["entities", "relations"])
def test_saved_table_says_who_is_gone(look: Open, page: Path, tmp_path: Path, about: str) -> None:
    seen = look(page, f"{LAST}&view=table&table={about}")
    saved = seen.save("csv", tmp_path, scope="shown").read_text(encoding="utf-8-sig").splitlines()
    states = {
        (row["From" if about == "relations" else "Name"], row["Since the event before"])
        for row in csv.DictReader(saved)
    }

    assert ("Mara Lind", "gone") in states
    assert ("Mara Lind", "") not in states
    if about == "entities":
        assert {("Nora Zahn", "new"), ("Paula Kern", "back again"), ("Timo Falk", "")} <= states


@pytest.mark.slow
def test_saved_table_of_all_events_has_no_states(look: Open, page: Path, tmp_path: Path) -> None:
    seen = look(page, "#view=table")

    assert "Since the event before" not in seen.save("csv", tmp_path, scope="shown").read_text(encoding="utf-8-sig")


@pytest.mark.slow
def test_number_of_visible_entries_says_how_many_are_gone(seen: Window) -> None:
    assert "gone" not in seen.text(".legend-total")
    move(seen, "End")
    assert seen.text(".legend-total").endswith("visible, 8 of them gone")
    seen.language("de")
    assert seen.text(".legend-total").endswith("sichtbar, davon 8 nicht mehr dabei")


@pytest.mark.quick(1)
@pytest.mark.parametrize("width", [1280, 1440])
def test_number_of_those_who_are_gone_has_its_room(browser: Browser, page: Path, width: int) -> None:
    seen = browsing.window(browser, width=width).open(page)
    height = "legend => legend.clientHeight"
    before = seen.page.locator(".legend").evaluate(height)
    move(seen, "End")
    after = seen.page.locator(".legend").evaluate(height)
    seen.page.context.close()

    assert after == before


@pytest.mark.slow
def test_no_comparison_is_announced_where_none_follows(seen: Window) -> None:
    move(seen, "End")
    seen.click(".legend-side button", "None")

    assert counts(seen) == []
    assert seen.text(".moment-part > p:first-child") == "At Holzkongress 2025, 0 entries occur."


@pytest.mark.slow
def test_event_stays_when_the_network_changes_and_reset_clears_it(seen: Window) -> None:
    move(seen, "End")
    seen.click("[data-network=contacts]")

    assert seen.page.locator(SLIDER).input_value() == "3"
    seen.click("#reset")
    assert seen.page.locator(SLIDER).input_value() == "0"
    assert seen.page.locator(".moment-part").count() == 0


@pytest.mark.slow
def test_filters_and_event_work_together(seen: Window) -> None:
    move(seen, "End")
    seen.page.locator(".legend-kind", has_text="People").locator("input").uncheck()

    assert counts(seen) == ["1 stayed", "2 back again", "5 gone"]


@pytest.mark.slow
def test_search_for_somebody_who_was_not_there_shows_all_events_again(seen: Window) -> None:
    move(seen, "ArrowRight")
    seen.search("Nora Zahn").first.click()

    assert seen.heading() == "Nora Zahn"
    assert seen.page.locator(SLIDER).input_value() == "0"
    assert "filters cleared" in seen.text("#toast")


def test_page_of_one_event_has_no_slider(first_sight: Window, html: bytes) -> None:
    assert first_sight.page.locator(".moments").count() == 0
    assert b"moment-slider" not in html


@pytest.mark.quick(1)
@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("width", [320, 390])
def test_slider_fits_a_phone(browser: Browser, page: Path, width: int, lang: str) -> None:
    narrow = browsing.window(browser, width=width, height=844, has_touch=True)
    narrow.open(page, f"{LAST}&lang={lang}")
    box = narrow.page.locator(SLIDER).bounding_box()
    edges = narrow.page.evaluate("() => [document.documentElement.scrollWidth, innerWidth]")
    marks = narrow.page.locator(".moment-mark").evaluate_all(
        "all => all.map((one) => [...one.children].some((part) => part.scrollWidth > part.clientWidth + 1))"
    )
    narrow.page.context.close()

    assert box is not None
    assert box["height"] >= 44
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert edges[0] <= edges[1]
    assert not any(marks)


@pytest.fixture
def forced(browser: Browser, page: Path) -> Iterator[Window]:
    seen = browsing.window(browser, forced_colors="active")
    yield seen.open(page, LAST)
    seen.page.context.close()


@pytest.mark.slow
def test_forced_colours_and_paper_keep_the_words(forced: Window) -> None:
    forced.page.emulate_media(media="print")

    assert "8 gone" in forced.text(".moment-line")
    assert not forced.page.locator(SLIDER).is_visible()
    assert forced.words == []


@pytest.mark.slow
def test_first_line_and_table_count_who_is_gone(seen: Window) -> None:
    """At the last event, 8 entries are gone; the picture still shows them, so the counts say so."""
    gone = "itasgraph.model.visibleNodes().filter((node) => itasgraph.model.isGone(node)).length"
    edges = "itasgraph.model.visibleEdges().filter((edge) => itasgraph.model.isEdgeGone(edge)).length"
    move(seen, "End")
    entries, relations = seen.text(".intro-count").split(" · ")
    numbers = seen.page.evaluate(gone), seen.page.evaluate(edges)
    seen.click("[data-view=table]")
    of_entries = seen.text(".table-count")
    seen.click(".table-head button", "Relations")

    assert numbers[0] == 8
    assert (entries.endswith("8 of them gone"), of_entries.endswith("8 of them gone")) == (True, True)
    assert relations.endswith(f"{numbers[1]} of them gone")
    assert seen.text(".table-count").endswith(f"{numbers[1]} of them gone")
