"""What is shown can be narrowed by section, target group, status, relation and source, and to what surrounds a thing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browsing import BASE, Open, Seen, embedded

pytest_plugins = ("tests.windows",)


def visible(seen: Seen) -> list[str]:
    """The short IRIs of all things shown, as the table lists them."""
    seen.click("[data-view=table]")
    found: list[str] = seen.page.evaluate("itasgraph.model.visibleNodes().map(({ id }) => id)")
    names = {row[0] for row in seen.table()}
    assert len(found) == len(seen.table()) >= len(names)
    seen.click("[data-view=picture]")
    return sorted(iri.removeprefix(BASE) for iri in found)


def tick(seen: Seen, facet: str, value: str) -> int:
    """Tick a value of a facet; the count beside it."""
    if seen.page.locator("#filter-sheet").is_hidden():
        seen.click("#filter")
    row = seen.page.locator(f"[data-facet={facet}] label", has_text=value)
    row.locator("input").check()
    return int(row.locator(".legend-count").inner_text())


def test_each_filter_names_its_values_with_a_count(look: Open) -> None:
    seen = look()
    seen.click("#filter")
    facets = seen.page.locator("#filter-sheet fieldset").all()
    named = {facet.locator("legend").inner_text(): facet.locator("label").count() for facet in facets}

    assert named == {"Programmabschnitt": 5, "Zielgruppe": 12, "Status": 4, "Beziehung": 13, "Quelle": 1}


def test_a_section_shows_what_is_said_presented_and_meant_in_it(look: Open) -> None:
    seen = look()
    count = tick(seen, "section", "Die Zulieferer im Blick")
    found = visible(seen)

    assert len(found) == count
    assert {"section/zulieferer", "talk/circular-cars", "offer/circular-cars", "person/boris-kaiser"} <= set(found)
    assert {"organisation/cwe", "group/zulieferer", "topic/kreislaufwirtschaft"} <= set(found)
    assert "person/diana-krahl" not in found
    assert seen.text(".legend-total") == f"{count} von 132 sichtbar"


def test_two_values_of_one_filter_widen_and_a_second_filter_narrows(look: Open) -> None:
    seen = look()
    suppliers = tick(seen, "audience", "Zulieferer")
    employees = tick(seen, "audience", "Arbeitnehmerinnen")
    both = visible(seen)
    tick(seen, "status", "läuft")
    narrowed = visible(seen)

    assert max(suppliers, employees) < len(both) <= suppliers + employees
    assert set(narrowed) < set(both)
    assert "group/zulieferer" not in narrowed


def test_a_relation_shows_its_lines_and_their_ends_only(look: Open, html: bytes) -> None:
    seen = look()
    count = tick(seen, "link", "tritt auf für")
    ends = {
        edge[end]
        for edge in embedded(html)["edges"]
        if "org#organization" in edge["relation"]
        for end in ("from", "to")
    }

    assert visible(seen) == sorted(iri.removeprefix(BASE) for iri in ends)
    assert seen.page.evaluate("itasgraph.model.visibleEdges().length") == count == 19


def test_a_source_shows_what_it_speaks_of(look: Open) -> None:
    seen = look()
    count = tick(seen, "source", "Rückblick")

    assert len(visible(seen)) == count < 132


def test_what_is_chosen_is_a_click_away_from_being_gone(look: Open) -> None:
    seen = look()
    tick(seen, "section", "Wir heute hier")
    tick(seen, "status", "liegt vor")
    chips = seen.page.locator(".chip").all_inner_texts()
    seen.page.keyboard.press("Escape")
    seen.click(".chip", "Status")
    left = seen.page.locator(".chip").count()
    seen.click("#show-all")

    assert [chip.split(":")[0] for chip in chips] == ["Programmabschnitt", "Status"]
    assert left == 1
    assert seen.page.locator("#chips").is_hidden()
    assert seen.text(".legend-total") == "132 von 132 sichtbar"


def test_a_thing_that_a_filter_hides_comes_back_when_it_is_searched_for(look: Open) -> None:
    seen = look()
    tick(seen, "section", "Wir heute hier")
    seen.search("Diana Krahl").first.click()

    assert seen.heading() == "Diana Krahl"
    assert seen.text(".legend-total") == "132 von 132 sichtbar"


def reach(data: dict[str, Any], thing: str, steps: int) -> set[str]:
    """What can be reached in so many steps along the lines of a page."""
    found = {thing}
    for _ in range(steps):
        found |= {edge[b] for edge in data["edges"] for a, b in (("from", "to"), ("to", "from")) if edge[a] in found}
    return found


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_the_surroundings_of_a_thing_are_what_its_steps_reach(look: Open, html: bytes, steps: int) -> None:
    seen = look(fragment=f"#thing={BASE}person/udo-wehner")
    seen.click(f"[data-steps='{steps}']")
    shown = visible(seen)
    seen.click("[data-steps='0']")

    assert shown == sorted(iri.removeprefix(BASE) for iri in reach(embedded(html), f"{BASE}person/udo-wehner", steps))
    assert seen.text(".legend-total") == "132 von 132 sichtbar"


def test_hovering_over_a_thing_lights_its_neighbours(look: Open) -> None:
    seen = look()
    place = seen.page.evaluate("id => itasgraph.picture.whereIs(id)", f"{BASE}person/udo-wehner")
    seen.page.mouse.move(place["x"], place["y"])
    lit = "itasgraph.picture.scene.focus()?.places.map(({ id }) => id).sort() ?? null"
    seen.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")

    neighbours = seen.page.evaluate(
        "id => itasgraph.model.neighbours(id).map(({ id }) => id)", f"{BASE}person/udo-wehner"
    )
    assert seen.page.evaluate(lit) == sorted({f"{BASE}person/udo-wehner", *neighbours})
