"""The picture is for everyone: by keyboard, by ear, by touch, on a phone, on paper."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from tests.browsing import BASE, Open, Seen

pytest_plugins = ("tests.windows",)
AXE = Path(sys.prefix) / "node_modules" / "axe-core" / "axe.min.js"
# What one looks at in turn: the address, and what to click there.
VIEWS = {
    "first sight": ("", []),
    "a thing": (f"#thing={BASE}group/zulieferer", ["#details summary"]),
    "a relation": ("#relation=person/udo-wehner org:organization organisation/amz-sachsen", []),
    "filters": (f"#around={BASE}person/udo-wehner&steps=2", ["#filter"]),
    "an answer": ("#ask=groups&part=1", []),
    "a path": (f"#ask=path&from={BASE}person/boris-kaiser&to={BASE}person/udo-wehner", []),
    "the table": ("#view=table", []),
    "the menu": ("", ["#share"]),
}


def serious(seen: Seen) -> list[str]:
    """What axe-core finds that keeps people out."""
    if seen.page.evaluate("typeof axe") == "undefined":
        seen.page.add_script_tag(content=AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = seen.page.evaluate("axe.run(document)")
    return [
        f"{violation['id']}: {node['html']}"
        for violation in found["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not here; make test fetches it")
@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing_serious(look: Open, view: str) -> None:
    fragment, clicks = VIEWS[view]
    seen = look(fragment=fragment)
    for selector in clicks:
        seen.click(selector)
    light = serious(seen)
    seen.click("#theme")

    assert light == []
    assert serious(seen) == []


def test_filters_menu_and_answers_are_reached_by_keyboard_alone(look: Open) -> None:
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
    seen.page.locator(".question").first.focus()
    keys.press("Enter")

    assert (ticked, back, item) == (1, "filter", "save-png")
    assert seen.page.locator("#share-menu").is_hidden()
    assert seen.page.evaluate("document.activeElement.textContent") == "Wer verbindet?"


def test_every_place_the_focus_goes_to_shows_it(look: Open) -> None:
    seen = look(fragment=f"#thing={BASE}person/udo-wehner")
    unseen = []
    for _ in range(40):
        seen.page.keyboard.press("Tab")
        style = seen.page.evaluate("""() => {
            const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
            return [document.activeElement.outerHTML.slice(0, 80), outlineStyle !== "none" && parseFloat(outlineWidth) >= 2];
        }""")
        unseen += [] if style[1] or style[0].startswith("<body") else [style[0]]

    assert unseen == []


def test_what_is_chosen_and_what_is_left_is_read_out(look: Open) -> None:
    seen = look()
    seen.search("Udo Wehner").first.click()
    chosen = seen.text("#status")
    seen.click("[data-steps='1']")
    around = seen.text("#status")
    seen.click("#details .close")

    assert chosen == "Ausgewählt: Udo Wehner, Person, 2 Beziehungen"
    assert around == "3 von 132 sichtbar"
    assert seen.text("#status") == "Keine Auswahl"


@pytest.mark.parametrize("width", [360, 390])
def test_a_finger_on_a_phone_chooses_filters_and_asks(look: Open, width: int) -> None:
    seen = look(width=width, height=740, has_touch=True)
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


def test_two_fingers_zoom(look: Open) -> None:
    seen = look(width=390, height=844, has_touch=True)
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


def test_paper_is_light_and_holds_picture_words_and_sources_but_no_buttons(look: Open) -> None:
    seen = look(fragment=f"#thing={BASE}person/udo-wehner", color_scheme="dark")
    seen.page.emulate_media(media="print")
    seen.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    shown = "selector => [...document.querySelectorAll(selector)].filter((part) => part.checkVisibility()).length"

    assert seen.page.evaluate(shown, "button:not(.neighbour), input") == 0
    assert seen.page.evaluate(shown, "#details blockquote") == seen.page.locator("#details blockquote").count() > 0
    assert seen.page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    assert "creativecommons.org" in seen.text("#foot")
    assert seen.page.pdf()[:5] == b"%PDF-"


def test_the_table_is_sorted_by_a_click_on_a_heading_and_filtered_by_typing(look: Open) -> None:
    seen = look(fragment="#view=table")
    seen.click(".sorter", "Beziehungen")
    seen.click(".sorter", "Beziehungen")
    most = seen.table()[0]
    order = seen.page.locator("thead th").nth(3).get_attribute("aria-sort")
    seen.page.locator(".table-filter").fill("kreislauf")
    rows = seen.table()

    assert (most[0], order) == ("ITAS", "descending")
    assert int(most[3]) > 20
    assert 0 < len(rows) < 10
    assert all("kreislauf" in " ".join(row).lower() for row in rows)
