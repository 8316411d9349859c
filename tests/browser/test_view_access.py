"""The picture is for everyone: by keyboard, by ear, by touch, on a phone."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.browsing import Open, Window, until
from tests.helpers.namespaces import BASE
from tests.helpers.networks import Net

pytestmark = pytest.mark.slow

AXE = Path(os.environ.get("NODE_PATH", Path(sys.prefix) / "node_modules")) / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What one looks at in turn: the address, and what to click there.
VIEWS = {
    "first sight": ("", []),
    "an entity": (f"#entity={BASE}group/zulieferer", ["#details summary"]),
    "a relation": ("#relation=person/udo-wehner org:organization organisation/amz-sachsen", []),
    "filters": (f"#around={BASE}person/udo-wehner&steps=2", ["#filter"]),
    "an answer": ("#ask=groups&part=1", []),
    "a path": (f"#ask=path&from={BASE}person/boris-kaiser&to={BASE}person/udo-wehner", []),
    "the table": ("#view=table", []),
    "the menu": ("", ["#share"]),
    "nothing left": ("", [".legend-side button >> nth=1"]),
}


def faults(seen: Window) -> list[str]:
    """Return what axe-core finds against WCAG 2.2 AA and good practice."""
    if seen.page.evaluate("typeof axe") == "undefined":
        seen.page.add_script_tag(content=AXE.read_text(encoding="utf-8"))
    actual: dict[str, Any] = seen.page.evaluate("tags => axe.run(document, { runOnly: tags })", TAGS)
    return [f"{violation['id']}: {node['html']}" for violation in actual["violations"] for node in violation["nodes"]]


@pytest.mark.quick(1)
@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not here; make test fetches it")
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_no_fault(look: Open, view: str, width: int) -> None:
    fragment, clicks = VIEWS[view]
    seen = look(fragment=fragment, width=width)
    for selector in clicks:
        seen.click(selector)
    light = faults(seen)
    seen.page.emulate_media(color_scheme="dark")
    until(seen.page, "() => document.documentElement.dataset.theme === 'dark'")

    assert light == []
    assert faults(seen) == []


def test_keyboard_reaches_filters_and_answers(look: Open) -> None:
    seen = look()
    keys = seen.page.keyboard
    seen.page.locator("#filter").focus()
    keys.press("Enter")
    keys.press("Tab")
    keys.press("Space")
    ticked = seen.page.locator(".chip").count()
    keys.press("Escape")
    back = seen.page.evaluate("document.activeElement.id")
    seen.page.locator("#share").focus()
    keys.press("Enter")
    keys.press("ArrowDown")
    item = seen.page.evaluate("document.activeElement.id")
    keys.press("Escape")
    seen.page.locator("#step-connects").focus()
    keys.press("Enter")

    assert (ticked, back, item) == (1, "filter", "save-html")
    assert seen.page.locator("#share-menu").is_hidden()
    assert seen.page.evaluate("[document.activeElement.id, document.activeElement.ariaCurrent]") == [
        "step-connects",
        "step",
    ]


@pytest.mark.slow
def test_focus_is_visible(look: Open) -> None:
    seen = look(fragment=f"#entity={BASE}person/udo-wehner")
    unseen = []
    for _ in range(40):
        seen.page.keyboard.press("Tab")
        style = seen.page.evaluate("""() => {
            const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
            return [document.activeElement.outerHTML.slice(0, 80), outlineStyle !== "none" && parseFloat(outlineWidth) >= 2];
        }""")
        unseen += [] if style[1] or style[0].startswith("<body") else [style[0]]

    assert unseen == []


def test_selection_is_read_out(look: Open, actors: Net[str], every_kind: str) -> None:
    seen = look(fragment=f"#{every_kind}")
    seen.search("Udo Wehner").first.click()
    chosen = seen.text("#status")
    seen.click("[data-steps='1']")
    around = seen.text("#status")
    seen.click("#details .close")

    assert chosen == "Ausgewählt: Udo Wehner, Person, 2 Beziehungen"
    assert around == f"3 von {actors.number_of_nodes()} sichtbar"
    assert seen.text("#status") == "Keine Auswahl"


@pytest.mark.quick(1)
@pytest.mark.parametrize("width", [360, 390])
def test_touch_chooses_and_filters(look: Open, width: int) -> None:
    seen = look(fragment="#at=0,0,0.5", width=width, height=740, has_touch=True)
    seen.page.evaluate("id => itasgraph.picture.visit(id)", f"{BASE}person/udo-wehner")
    place = seen.page.evaluate("id => itasgraph.picture.whereIs(id)", f"{BASE}person/udo-wehner")
    seen.page.touchscreen.tap(place["x"], place["y"])
    chosen = seen.heading()
    seen.page.locator("#filter").tap()
    seen.page.locator("[data-facet=status] label").first.tap()
    sheet = seen.page.locator("#filter-sheet").bounding_box()
    seen.page.locator("#filter-sheet .close").tap()
    widths = seen.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    seen.page.locator("#share").tap()
    menu = seen.page.locator("#share-menu").bounding_box()

    assert chosen == "Udo Wehner"
    assert seen.page.locator(".chip").count() == 1
    assert widths == [width, width]
    assert sheet is not None
    assert menu is not None
    assert sheet["x"] >= 0
    assert max(sheet["x"] + sheet["width"], menu["x"] + menu["width"]) <= width
    assert menu["x"] >= 0


@pytest.mark.quick(1)
def test_two_fingers_zoom(look: Open) -> None:
    seen = look(fragment="#at=0,0,0.5", width=390, height=844, has_touch=True)
    before = seen.page.evaluate("itasgraph.picture.network.getScale()")
    box = seen.page.locator("#picture").bounding_box()
    assert box is not None
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    client = seen.page.context.new_cdp_session(seen.page)

    def fingers(kind: str, apart: float) -> None:
        points = (
            []
            if kind == "touchEnd"
            else [{"x": middle[0] + side * apart, "y": middle[1], "id": n} for n, side in enumerate((-1, 1))]
        )
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    fingers("touchStart", 20)
    for apart in range(20, 90, 10):
        fingers("touchMove", apart)
    fingers("touchEnd", 0)

    assert seen.page.evaluate("itasgraph.picture.network.getScale()") > 1.5 * before


def test_escape_keeps_the_focus_in_the_panel(look: Open) -> None:
    seen = look(fragment=f"#entity={BASE}person/udo-wehner")
    seen.page.locator("#details .neighbour").first.focus()
    seen.page.keyboard.press("Escape")

    assert seen.page.evaluate("document.activeElement.textContent") == "Das Netz in fünf Sätzen"


def test_picture_is_described(look: Open, actors: Net[str], every_kind: str) -> None:
    seen = look(fragment=f"#lang=en&{every_kind}")
    described = str(seen.page.locator("#picture").get_attribute("aria-describedby")).split()
    everything = seen.page.locator("#picture-summary").text_content()
    seen.click(".legend-kind", "People")
    without = seen.page.locator("#picture-summary").text_content()

    assert described[0] == "picture-summary"
    assert seen.page.locator("#picture canvas").get_attribute("aria-labelledby") == "picture-summary"
    assert everything is not None
    assert without is not None
    assert "19 People" in everything
    assert f"{actors.number_of_edges()} relations. Most relations: ITAS (" in everything
    assert "People" not in without


@pytest.mark.slow
def test_checkboxes_are_large_enough_to_hit(look: Open, every_kind: str) -> None:
    seen = look(fragment=f"#{every_kind}")
    seen.click("#filter")
    boxes = seen.page.locator("input[type=checkbox]").evaluate_all(
        "boxes => boxes.map((box) => { const { width, height } = box.closest('label').getBoundingClientRect(); return [width, height]; })"
    )

    assert len(boxes) > 20
    assert min(side for box in boxes for side in box) >= 24  # WCAG 2.5.8


@pytest.mark.slow
def test_forced_colours_reach_the_picture(look: Open) -> None:
    seen = look(forced_colors="active")
    palette = seen.page.evaluate("itasgraph.picture.scene.palette")
    paints = seen.page.evaluate("[...itasgraph.picture.scene.paints.values()].map(({ fill }) => fill)")

    assert palette == {
        "ground": "Canvas", "ink": "CanvasText", "muted": "CanvasText",
        "edge": "CanvasText", "highlight": "LinkText", "accent": "Highlight",
    }  # fmt: skip
    assert set(paints) == {"CanvasText"}


@pytest.mark.slow
def test_escape_closes_one_after_the_other(look: Open) -> None:
    seen = look(fragment=f"#entity={BASE}person/udo-wehner")
    seen.click("#filter")
    seen.click("#share")
    seen.page.locator("#panel").focus()
    open_ = []
    for _ in range(3):
        seen.page.keyboard.press("Escape")
        sheets = [seen.page.locator(sheet).is_visible() for sheet in ("#share-menu", "#filter-sheet")]
        open_.append((*sheets, seen.heading()))

    assert [part[:2] for part in open_] == [(False, True), (False, False), (False, False)]
    assert [part[2] == "Udo Wehner" for part in open_] == [True, True, False]


@pytest.mark.slow
@pytest.mark.parametrize("opener", ["#search", ".cell-link:has-text('Udo Wehner')"])
def test_escape_returns_the_focus(look: Open, opener: str) -> None:
    seen = look(fragment="#view=table")
    if opener == "#search":
        seen.search("udo wehner")
    seen.page.locator(opener).first.focus()
    seen.page.keyboard.press("Enter")
    inside = seen.page.evaluate("document.querySelector('#details').contains(document.activeElement)")
    seen.page.keyboard.press("Escape")

    assert inside
    assert seen.page.locator(opener).first.evaluate("opener => opener === document.activeElement")


@pytest.mark.slow
@pytest.mark.parametrize("menu", ["#share-menu", "#hits-sheet"])
def test_click_that_closes_a_menu_selects_nothing(look: Open, menu: str) -> None:
    seen = look()
    if menu == "#share-menu":
        seen.click("#share")
    else:
        seen.search("kaiser")
    uncovered = seen.page.evaluate(
        """() => itasgraph.picture.scene.visiblePlaces().map(({ id }) => ({ id, ...itasgraph.picture.whereIs(id) }))
            .find(({ x, y }) => document.elementFromPoint(x, y).tagName === "CANVAS")"""
    )
    seen.page.mouse.click(uncovered["x"], uncovered["y"])
    closed = seen.page.locator(menu).is_hidden()
    selected = seen.page.evaluate("itasgraph.selection.entity")
    seen.page.mouse.click(uncovered["x"], uncovered["y"])

    assert (closed, selected) == (True, None)
    assert seen.page.evaluate("itasgraph.selection.entity") == uncovered["id"]


@pytest.mark.slow
def test_double_click_zooms_to_the_point(look: Open) -> None:
    seen = look()
    scale = "itasgraph.picture.network.getScale()"
    where = "id => itasgraph.picture.whereIs(id)"
    before = seen.page.evaluate(scale)
    place = seen.page.evaluate(where, f"{BASE}person/udo-wehner")
    seen.page.mouse.dblclick(place["x"], place["y"])
    until(seen.page, f"before => {scale} > before * 1.5", before)
    after = seen.page.evaluate(where, f"{BASE}person/udo-wehner")

    assert (after["x"], after["y"]) == pytest.approx((place["x"], place["y"]), abs=3)


@pytest.mark.slow
def test_wheel_in_a_frame_scrolls_the_page_around(look: Open, shown: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.html"
    outside.write_text(
        f"<!DOCTYPE html><html data-ready><iframe src='{shown.as_uri()}' width=1000 height=600></iframe><p style='height: 3000px'>",
        encoding="utf-8",
    )
    seen = look(outside)
    frame = seen.page.frames[1]
    frame.wait_for_selector("html[data-ready]")
    scale = "itasgraph.picture.network.getScale()"
    before = frame.evaluate(scale)
    seen.page.mouse.move(700, 300)
    seen.page.mouse.wheel(0, 100)
    until(seen.page, "() => scrollY > 0")
    hint = frame.locator("#toast").inner_text()
    unzoomed = frame.evaluate(scale)
    seen.page.mouse.click(700, 250)
    seen.page.mouse.wheel(0, -100)
    until(frame, f"before => {scale} > before", before)

    assert unzoomed == before
    assert hint == "Zum Zoomen beim Scrollen Strg halten oder zuerst ins Bild klicken."


@pytest.mark.slow
@pytest.mark.parametrize("fragment", ["", "#view=table", "#ask=path"])
def test_narrow_window_does_not_overflow(look: Open, fragment: str) -> None:
    seen = look(fragment=fragment, width=320, height=640)
    seen.click("#filter")
    widths = [seen.page.evaluate("document.documentElement.scrollWidth")]
    seen.click("#filter-sheet .close")
    seen.click("#share")
    widths.append(seen.page.evaluate("document.documentElement.scrollWidth"))
    inner = seen.page.evaluate(
        "[...document.querySelectorAll('.head, .panel, .below')].filter((part) => part.scrollWidth > part.clientWidth).map((part) => part.className)"
    )

    assert widths == [320, 320]
    assert inner == []


def test_view_changes_are_read_out(look: Open, actors: Net[str], every_kind: str, at_first: str) -> None:
    seen = look(fragment=f"#around={BASE}person/udo-wehner&steps=1&{every_kind}")
    seen.click("[data-view=table]")
    table = seen.text("#status")
    seen.click("#reset")
    everything = seen.text("#status")
    seen.click("[data-view=picture]")
    picture = seen.text("#status")
    seen.language("en")

    assert (table, everything, picture) == (
        f"Tabelle: 3 von {actors.number_of_nodes()} sichtbar",
        at_first,
        f"Netz: {at_first}",
    )
    assert seen.text("#status") == "Language: English"


def test_keys_step_through_nodes(look: Open, actors: Net[str], every_kind: str) -> None:
    seen = look(fragment=f"#{every_kind}")
    keys, said = seen.page.keyboard, []
    first = seen.page.evaluate("itasgraph.picture.scene.visiblePlaces()[0].id")
    name = seen.page.evaluate(
        "id => { const node = itasgraph.model.nodes.get(id); return [itasgraph.model.name(node), itasgraph.model.kindName(node)].join(', '); }",
        first,
    )
    seen.page.locator("#picture").focus()
    for key in ("n", "n", "Shift+N", "Enter", "n", "Enter"):
        keys.press(key)
        said.append(seen.text("#status"))
    chosen = seen.page.evaluate("itasgraph.selection.entity")
    neighbours = seen.page.evaluate("id => itasgraph.model.neighbours(id).map(({ id }) => id)", first)
    keys.press("Enter")

    assert said[0] == said[2] == f"1 von {actors.number_of_nodes()}: {name}"
    assert said[1].startswith(f"2 von {actors.number_of_nodes()}: ")
    assert said[3].startswith(f"Ausgewählt: {name}, ")
    assert said[4].startswith("1 von ")
    assert said[5].startswith("Ausgewählt: ")
    assert chosen in neighbours
    assert seen.page.evaluate("document.activeElement.tagName") == "H2"


def test_hidden_node_loses_its_light(look: Open) -> None:
    seen = look()
    seen.page.locator("#picture").focus()
    lit = "itasgraph.picture.scene.hovered.entity"
    for _ in range(2):
        seen.page.keyboard.press("n")
    second = seen.page.evaluate(lit)
    kind = seen.page.evaluate("id => itasgraph.model.kindName(itasgraph.model.nodes.get(id))", second)
    seen.page.evaluate(
        "id => { const { filters, nodes } = itasgraph.model; filters.hiddenKinds.add(nodes.get(id).kind); itasgraph.applyFilters(); }",
        second,
    )
    hidden = seen.page.evaluate(lit)
    seen.page.keyboard.press("n")
    again = seen.page.evaluate(lit)
    seen.page.locator("#search").focus()

    assert kind
    assert second is not None
    assert hidden is None
    assert again is not None
    assert seen.page.evaluate(lit) is None


def test_keys_follow_visible_edges(look: Open, every_kind: str) -> None:
    seen = look(fragment=f"#entity={BASE}initiative/itas&relations=https://schema.org/about&{every_kind}")
    near = seen.page.evaluate("itasgraph.picture.scene.circle(itasgraph.selection.entity).map(({ id }) => id)")

    assert [name.removeprefix(BASE) for name in near] == ["initiative/itas", "topic/transformation"]


def test_way_back_leads_to_the_table(look: Open) -> None:
    seen = look(fragment="#view=table")
    seen.click(".legend-side button", "Keine")
    seen.click("#nothing button")

    assert seen.page.evaluate("document.activeElement.tagName") == "TABLE"


def test_keys_are_explained(look: Open) -> None:
    seen = look()

    assert "N springt zum nächsten Eintrag" in seen.page.locator("#picture-help").inner_text()
    assert "Eingabetaste" in seen.page.locator("#picture-help").inner_text()
    seen.click(".how-to-read summary")
    assert "springt N zum nächsten Eintrag" in seen.text(".intro-keys")


@pytest.mark.quick(1)
@pytest.mark.parametrize(("width", "height"), [(390, 844), (360, 740)])
def test_phone_splits_the_height(look: Open, width: int, height: int) -> None:
    seen = look(width=width, height=height, has_touch=True)
    frame = seen.page.locator("#picture").bounding_box()
    panel = seen.page.locator("#panel").bounding_box()

    assert frame is not None
    assert panel is not None
    assert frame["height"] >= height / 2
    assert panel["height"] > 100


def test_phone_panel_is_dragged(look: Open) -> None:
    seen = look(width=390, height=844, has_touch=True)
    handle = seen.page.locator("#handle")
    heights = [_height(seen, "#picture")]
    client = seen.page.context.new_cdp_session(seen.page)
    box = handle.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    for kind, down in (("touchStart", 0), ("touchMove", 60), ("touchMove", 200), ("touchEnd", None)):
        points = [] if down is None else [{"x": x, "y": y + down}]
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    until(seen.page, "() => document.querySelector('#handle').ariaValueNow === '0'")
    heights.append(_height(seen, "#picture"))
    seen.search("Udo Wehner").first.click()
    until(seen.page, "() => itasgraph.selection.entity !== null")
    heights.append(_height(seen, "#picture"))

    assert heights[1] > heights[0] + 100
    assert heights[2] == heights[0]
    assert seen.page.locator("#details h2").is_visible()


def test_phone_panel_obeys_the_keyboard(look: Open) -> None:
    seen = look(width=390, height=844)
    seen.page.locator("#handle").focus()
    heights = [_height(seen, "#panel")]
    for key in ("ArrowUp", "ArrowDown", "End", "Home", "Enter"):
        seen.page.keyboard.press(key)
        heights.append(_height(seen, "#panel"))

    assert heights[1] > heights[0] == heights[5]
    assert heights[2] < heights[1]
    assert heights[3] > 400
    assert heights[4] < 50


def test_panel_returns_for_the_focus(look: Open) -> None:
    seen = look(width=390, height=844)
    seen.page.locator("#handle").focus()
    seen.page.keyboard.press("Home")
    away = _height(seen, "#panel")
    seen.page.locator("#theme").focus()
    seen.page.keyboard.press("Tab")
    until(seen.page, "() => Number(document.querySelector('#handle').ariaValueNow) > 10")

    assert away < 50
    assert seen.page.evaluate("document.activeElement.closest('#panel') !== null")


def test_wide_window_has_no_handle(look: Open) -> None:
    assert look().page.locator("#handle").is_hidden()


def _height(seen: Window, selector: str) -> float:
    height: float = seen.page.evaluate("selector => document.querySelector(selector).clientHeight", selector)
    return height


def test_search_box_speaks_the_language(look: Open) -> None:
    seen = look()
    seen.search("Kreislaufw").first.click()
    german = seen.page.locator("#search").input_value()
    seen.click("[data-language=en]")

    assert german == "Kreislaufwirtschaft"
    assert seen.page.locator("#search").input_value() == "Circular economy"
