"""The surroundings of an entry stand in columns of reading order, with everything that the map hides at first."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from itasgraph.project import Project
from itasgraph.store.memory import Graph
from tests.helpers import browsing
from tests.helpers.browsing import Open, Window, embedded, until
from tests.helpers.drawn_picture import NAMES, overlap, reach, settled
from tests.helpers.namespaces import BASE

pytestmark = pytest.mark.slow

KAISER = f"{BASE}person/boris-kaiser"
# Where the visible entries stand on the screen.
PLACES = """() => Object.fromEntries(itasgraph.picture.scene.visiblePlaces().map(({ id }) => {
    const { x, y } = itasgraph.picture.whereIs(id);
    return [id, [Math.round(x), Math.round(y)]];
}))"""


def around(entity: str, steps: int) -> str:
    return f"#entity={entity}&around={entity}&steps={steps}"


def places(seen: Window) -> dict[str, tuple[int, int]]:
    return {iri.removeprefix(BASE): tuple(at) for iri, at in settled(seen).page.evaluate(PLACES).items()}


def test_columns_read_from_the_organisation_to_the_target_group(look: Open) -> None:
    """The source: Boris Kaiser, CWE, speaks with Andreas Wächtler, AMZ Sachsen, on training for the circular economy, meant for suppliers."""
    at = places(look(fragment=around(KAISER, 3)))
    across = [
        {at[entry][0] for entry in column}
        for column in (
            ["organisation/cwe", "organisation/amz-sachsen"],
            ["person/boris-kaiser", "person/andreas-waechtler"],
            ["talk/circular-cars", "talk/buergerdialog"],
            ["offer/circular-cars", "event/buergerdialog-mobilitaet"],
            ["topic/kreislaufwirtschaft", "topic/mobilitaet"],
            ["group/zulieferer", "initiative/itas"],
        )
    ]

    assert [len(column) for column in across] == [1] * 6
    assert across == sorted(across, key=min)
    order = [at[entry][1] for entry in ("organisation/cwe", "organisation/amz-sachsen")]
    people = [at[entry][1] for entry in ("person/boris-kaiser", "person/andreas-waechtler")]
    assert (order[0] < order[1]) == (people[0] < people[1])


def test_no_ground_in_columns_opens_a_group(look: Open) -> None:
    seen = settled(look(fragment=around(KAISER, 2), width=1440, height=900))
    grounds = seen.page.evaluate(
        """() => { const { painter, container } = itasgraph.picture, grounds = [];
            for (let y = 0; y < container.clientHeight; y += 10) for (let x = 0; x < container.clientWidth; x += 10) grounds.push(painter.groundAt({ x, y }));
            return grounds; }"""
    )

    assert len(grounds) > 1000
    assert set(grounds) == {None}


@pytest.mark.parametrize(("width", "height", "lang"), [(1440, 900, "de"), (1440, 900, "en"), (1024, 768, "en")])
@pytest.mark.parametrize("entity", ["person/boris-kaiser", "topic/bildung", "organisation/cwe", "offer/circular-cars"])
def test_all_are_named_and_no_name_is_over_another(look: Open, width: int, height: int, lang: str, entity: str) -> None:
    seen = settled(look(fragment=f"{around(BASE + entity, 3)}&lang={lang}", width=width, height=height))
    shown = seen.page.evaluate(NAMES)
    names = [name for name in shown["names"] if name["entity"]]
    covered = [
        (one["lines"], other["entity"])
        for one in names
        for other in [*names, *shown["signs"]]
        if one["entity"] != other["entity"] and overlap(one, other)
    ]

    assert {name["entity"] for name in names} == {sign["entity"] for sign in shown["signs"]}
    assert len(names) > 5
    assert covered == []
    assert all(sign["left"] >= 0 and sign["right"] <= shown["width"] for sign in shown["signs"])
    assert all(name["top"] >= 0 and name["bottom"] <= shown["height"] for name in shown["names"])


def test_long_columns_stand_side_by_side(look: Open) -> None:
    """ITAS is linked with 27 entries, 17 of them offers, activities, works and events."""
    seen = settled(look(fragment=f"{around(BASE + 'initiative/itas', 1)}&lang=en", width=1440, height=900))
    shown = seen.page.evaluate(NAMES)
    offers = {x for entry, (x, _) in places(seen).items() if entry.startswith("offer/")}

    assert len(shown["signs"]) == 28
    assert {name["entity"] for name in shown["names"] if name["entity"]} == {sign["entity"] for sign in shown["signs"]}
    assert len(offers) > 1


def test_small_window_shows_the_middle_in_readable_size(look: Open) -> None:
    seen = settled(look(fragment=around(KAISER, 3), width=320, height=640))
    shown = seen.page.evaluate(NAMES)
    (middle,) = (sign for sign in shown["signs"] if sign["entity"] == KAISER)

    assert seen.page.evaluate("itasgraph.picture.network.getScale()") >= 0.7
    assert 0 < middle["left"] < middle["right"] < shown["width"]


@pytest.mark.parametrize("network", ["actors", "programme"])
def test_legend_opens_in_columns(graph: Graph, shipped: Project, look: Open, tmp_path: Path, network: str) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(browsing.page_of(graph, shipped, network, "de"))
    seen = look(path, around(KAISER, 1))
    hidden = seen.page.locator(".legend-kinds > li:not(.legend-more):not(.legend-line)[hidden]").count()
    seen.click(".legend-more button")

    assert hidden > 0
    assert seen.page.locator(".legend-kinds > li:not(.legend-more):not(.legend-line)[hidden]").count() == 0
    assert seen.page.evaluate("document.activeElement.type") == "checkbox"
    assert seen.text(".legend-keys").startswith("von dick nach dünn zu lesen")
    assert "zwischen Gruppen" not in seen.text(".legend-keys")
    assert seen.words == []


def test_network_has_the_colours_of_the_theme_again(graph: Graph, shipped: Project, look: Open, tmp_path: Path) -> None:
    path = tmp_path / "topics.html"
    path.write_bytes(browsing.page_of(graph, shipped, "topics", "de"))
    seen = look(path, around(f"{BASE}topic/bildung", 1))
    seen.click("#theme")
    seen.click("[data-steps='0']")

    assert (
        seen.page.evaluate(
            "[itasgraph.picture.scene.palette.ground, getComputedStyle(document.documentElement).getPropertyValue('--ground').trim()]"
        )
        == ["#15181c"] * 2
    )


def test_buttons_say_which_surroundings_are_shown(look: Open) -> None:
    pressed = "[...document.querySelectorAll('[data-steps][aria-pressed=true]')].map((button) => button.dataset.steps)"
    seen = look(fragment=around(KAISER, 2))
    before = seen.page.evaluate(pressed)
    seen.entity("organisation/cwe")
    around_another = seen.page.evaluate(pressed)
    seen.entity("person/boris-kaiser")
    seen.click(".chip")

    assert (before, around_another) == (["2"], [])
    assert seen.page.evaluate(pressed) == ["0"]


def test_old_browser_is_told(browser: Any, shown: Path) -> None:
    context = browser.new_context()
    context.add_init_script("delete window.DecompressionStream")
    page = context.new_page()
    page.goto(shown.as_uri())
    text = page.locator("#old-browser").inner_text()
    context.close()

    assert text.startswith("Dieser Browser ist zu alt")


def test_columns_say_what_stands_in_them(look: Open) -> None:
    seen = settled(look(fragment=f"{around(KAISER, 1)}&lang=en", width=1440, height=900))
    names = seen.page.evaluate(NAMES)["names"]

    assert [" ".join(name["lines"]) for name in names if name["isCaption"]] == [
        "Organisation",
        "Person",
        "Contributions",
    ]


def test_everything_has_its_place_again_at_the_end(look: Open) -> None:
    seen = look(fragment=f"#entity={KAISER}")
    before = places(seen)
    seen.click("[data-steps='2']")
    within = places(seen)
    seen.click("[data-steps='0']")
    after = places(seen)

    assert "talk/circular-cars" in within
    assert "talk/circular-cars" not in before
    assert after == before


def test_link_restores_what_is_hidden_in_surroundings(look: Open) -> None:
    seen = look(fragment=around(KAISER, 2))
    seen.page.locator("label.legend-kind", has_text="Beiträge").locator("input").uncheck()
    without = places(seen)
    again = places(look(fragment=seen.link()))

    assert "offer/circular-cars" in without
    assert "talk/circular-cars" not in without
    assert again.keys() == without.keys()


def test_line_under_the_pointer_shows_its_words(look: Open) -> None:
    """Line 57 of the source states that Boris Kaiser speaks on Circular Cars."""
    seen = settled(look(fragment=f"{around(KAISER, 1)}&lang=en", width=1440, height=900))
    at, words = seen.page.evaluate(
        """ends => {
            const { scene, network, container } = itasgraph.picture;
            const line = scene.visibleLines().find(({ edge }) => ends.every((id) => [edge.from, edge.to].includes(id)));
            const frame = container.getBoundingClientRect(), point = network.canvasToDOM(pointOn(line, 0.5));
            return [{ x: frame.left + point.x, y: frame.top + point.y }, line.edge.quotes[0].text];
        }""",
        [KAISER, f"{BASE}talk/circular-cars"],
    )
    seen.page.mouse.move(at["x"], at["y"])
    until(seen.page, "() => itasgraph.picture.scene.hovered.relation !== null")
    shown = seen.page.evaluate(
        """() => { const { painter, scene } = itasgraph.picture;
            return painter.textOfLine(scene.lines.get(scene.hovered.relation)); }"""
    )

    assert "Boris Kaiser" in words
    assert f"“{words}”" in shown


def test_saved_drawing_has_the_columns(look: Open, tmp_path: Path) -> None:
    seen = settled(look(fragment=f"{around(KAISER, 2)}&lang=en", width=1440, height=900))
    text = seen.save("svg", tmp_path).read_text(encoding="utf-8")

    assert "Contributions" in text
    assert "Boris Kaiser" in text
    assert "Diana Krahl" not in text


def test_other_networks_stand_by_steps(graph: Graph, shipped: Project, look: Open, tmp_path: Path) -> None:
    """All entries of this network are organisations: the middle stands left, and what it is linked with right of it."""
    path = tmp_path / "organisations.html"
    path.write_bytes(browsing.page_of(graph, shipped, "organisations", "de"))
    at = places(look(path, around(f"{BASE}organisation/cwe", 1)))

    assert at.keys() == {"organisation/cwe", "organisation/amz-sachsen", "organisation/mobilitaetswerk-dresden"}
    assert at["organisation/cwe"][0] < at["organisation/amz-sachsen"][0]
    assert at["organisation/amz-sachsen"][0] == at["organisation/mobilitaetswerk-dresden"][0]


def test_steps_lead_through_no_hub(look: Open, html: bytes) -> None:
    """Everything is linked with ITAS within two steps, so paths end there; so does the path to a topic."""
    reached = reach(embedded(html), KAISER, 3)

    assert places(look(fragment=around(KAISER, 3))).keys() == {iri.removeprefix(BASE) for iri in reached}
    assert f"{BASE}initiative/itas" in reached
    assert len(reached) < 30


def test_spread_keeps_order_and_room(look: Open) -> None:
    """Properties of the placement in a column: order, room, range, and no number moves where all wishes can be granted."""
    cases: list[Any] = json.loads(
        look().page.evaluate(
            """() => {
                let state = 7;
                const next = () => (state = (state * 16807) % 2147483647) / 2147483647;
                const cases = Array.from({ length: 300 }, () => {
                    const count = 1 + Math.floor(next() * 9);
                    const wished = Array.from({ length: count }, () => next() * 400 - 200).sort((a, b) => a - b);
                    const room = Array.from({ length: count - 1 }, () => next() * 60);
                    const range = [-150 - next() * 200, 150 + next() * 200];
                    return { wished, room, range, got: spread(wished, room, range) };
                });
                return JSON.stringify(cases);
            }"""
        )
    )

    assert len(cases) == 300
    free = 0
    for case in cases:
        got, room, (least, most) = case["got"], case["room"], case["range"]
        assert all(b - a >= r - 1e-6 for a, b, r in zip(got, got[1:], room, strict=False))
        if sum(room) <= most - least:
            assert least - 1e-6 <= got[0]
            assert got[-1] <= most + 1e-6
        wished = case["wished"]
        if (
            all(b - a >= r for a, b, r in zip(wished, wished[1:], room, strict=False))
            and wished[0] >= least
            and wished[-1] <= most
        ):
            free += 1
            assert got == pytest.approx(wished)
    assert free > 5


def test_link_keeps_what_the_map_hides_beyond_the_columns(look: Open) -> None:
    """The reader shows contributions on the map, then looks at surroundings, and sends the link."""
    contribution = "https://w3id.org/itas/ontology%23Contribution"
    seen = look(fragment=f"#with={contribution}&entity={KAISER}")
    seen.click("[data-steps='2']")
    again = look(fragment=seen.link())
    again.click("[data-steps='0']")

    assert f"with={contribution}".replace("%23", "#") in again.link().replace("%23", "#")
    assert "talk/circular-cars" in places(again)
