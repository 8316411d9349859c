"""A group of the map opens at a click: its members large in the middle, around them what they are linked with, by groups."""

from __future__ import annotations

from typing import Any

import pytest

from tests.helpers.browsing import Open, Window, embedded, until
from tests.helpers.drawn_picture import NAMES, names_over_names, names_over_signs, settled
from tests.helpers.namespaces import BASE

pytestmark = pytest.mark.slow

CIRCULAR = f"{BASE}topic/kreislaufwirtschaft"
# The middle of the name of a group on the screen, and a point of its area beside all entries, names and lines.
TITLE = """id => {
    const { painter, container, model } = itasgraph.picture, frame = container.getBoundingClientRect();
    const group = model.groupOfEntity(id);
    const { box } = painter.visibleNames.find((name) => name.isTitle && (name.group ?? model.groupOfEntity(name.entity)) === group);
    return { x: frame.left + (box.left + box.right) / 2, y: frame.top + (box.top + box.bottom) / 2 };
}"""
GROUND = """id => {
    const { painter, scene, network, container, model } = itasgraph.picture, frame = container.getBoundingClientRect();
    const isFree = (point) => painter.groundAt(point) === model.groupOfEntity(id) && painter.nameAt(point) === null
        && scene.entityAt(network.DOMtoCanvas(point), 12) === null && scene.lineAt(network.DOMtoCanvas(point), 12) === null;
    for (let y = 0; y < container.clientHeight; y += 3) for (let x = 0; x < container.clientWidth; x += 3) {
        if (isFree({ x, y }) && isFree({ x: x + 8, y: y + 8 })) return { x: frame.left + x + 4, y: frame.top + y + 4 };
    }
    return null;
}"""
# No press waits for a second one, which would make a double click of it.
NOTHING_PENDING = "() => itasgraph.excerpts.pressed === null"
IS_OPEN = "() => itasgraph.model.filters.group !== null"


def members(html: bytes, entity: str) -> tuple[set[str], set[str]]:
    """Return the members of the group of an entity, and the entities in other groups that these are related to."""
    data = embedded(html)
    group = {one for group in data["groups"] if entity in group["members"] for one in group["members"]}
    grouped = {one for other in data["groups"] for one in other["members"]}
    ends = [(edge[a], edge[b]) for edge in data["edges"] for a, b in (("from", "to"), ("to", "from"))]
    hubs = {node["id"] for node in data["nodes"] if node["kind"] in data["hubs"]} - set(data["planned"])
    return group, {b for a, b in ends if a in group and b not in group and (b in grouped or b not in hubs)}


def press(seen: Window, script: str, entity: str) -> None:
    at = settled(seen).page.evaluate(script, entity)
    seen.page.mouse.click(at["x"], at["y"])
    until(seen.page, NOTHING_PENDING)


def shown(seen: Window) -> set[str]:
    return {sign["entity"] for sign in seen.page.evaluate(NAMES)["signs"]}


def covered(drawn: dict[str, Any]) -> list[tuple[Any, Any]]:
    """Return which names lie over another name or a sign."""
    return [*names_over_names(drawn["names"]), *names_over_signs(drawn["names"], drawn["signs"])]


@pytest.mark.parametrize("place", [TITLE, GROUND])
def test_click_on_a_group_opens_it(look: Open, html: bytes, place: str) -> None:
    seen = look(fragment="#lang=en", width=1440, height=900)
    press(seen, place, CIRCULAR)
    until(seen.page, IS_OPEN)
    group, linked = members(html, CIRCULAR)

    assert shown(seen) == group | linked
    assert seen.heading() == "Circular economy · Technologies and trends"
    assert seen.text("#details .kind").endswith(f"{len(group)} entries")
    assert seen.text(".chip").startswith("Group: Circular economy")
    assert seen.words == []


def test_only_a_planned_event_stands_beside_a_group(look: Open) -> None:
    """Events link nearly everything, but what is only announced does not. Neither of these two is in a group."""
    beside = "ids => ids.map((id) => itasgraph.model.filters.standsBesideGroup(itasgraph.model.nodes.get(id)))"
    events = [f"{BASE}event/symposium", f"{BASE}event/itas-kongress-2024"]

    assert look().page.evaluate(beside, events) == [True, False]


def test_source_says_what_links_the_group(look: Open) -> None:
    """Lines 57 and 71 of the source: Boris Kaiser, CWE, speaks; the citizens' dialogue is on mobility."""
    seen = look(fragment=f"#group={CIRCULAR}&lang=en")
    listed = seen.page.locator("#details .neighbour-name bdi").all_inner_texts()
    relations = seen.page.locator("#details .part", has_text="Relations to other groups")

    assert {"Boris Kaiser", "CWE", "Training for the circular economy"} <= set(listed)
    assert seen.text("#details .group-extent") == (
        "Related to one other group. The whole map shows 9 of the 13 entries. Beside them stand 2 entries that they are linked with."
    )
    assert relations.locator(".group-button").all_inner_texts() == ["Mobility"]
    assert relations.locator(".evidence").count() == 2


@pytest.mark.parametrize(("width", "height", "lang"), [(1024, 768, "de"), (1440, 900, "en"), (1920, 1080, "de")])
def test_all_are_named_in_every_group(look: Open, html: bytes, width: int, height: int, lang: str) -> None:
    seen = look(fragment=f"#lang={lang}", width=width, height=height)
    for group in embedded(html)["groups"]:
        seen.page.evaluate("id => itasgraph.excerpts.openGroup(itasgraph.model.groupOfEntity(id))", group["members"][0])
        drawn = settled(seen).page.evaluate(NAMES)
        named = {name["entity"] for name in drawn["names"]}
        cut = [name["lines"] for name in drawn["names"] if name["cut"]]

        assert named - {None} == {sign["entity"] for sign in drawn["signs"]}, group["label"]
        assert (covered(drawn), cut) == ([], []), group["label"]


def test_escape_and_button_lead_back_to_the_map(look: Open) -> None:
    seen = look()
    before = settled(seen).page.evaluate(NAMES)["signs"]
    press(seen, TITLE, CIRCULAR)
    seen.entity("person/boris-kaiser")
    seen.page.keyboard.press("Escape")
    inside = seen.heading()
    seen.page.keyboard.press("Escape")
    by_escape = settled(seen).page.evaluate(NAMES)["signs"]
    press(seen, TITLE, CIRCULAR)
    seen.click("#all-groups")

    assert inside.startswith("Kreislaufwirtschaft")
    assert by_escape == settled(seen).page.evaluate(NAMES)["signs"] == before
    assert seen.heading() == "Das Netz in fünf Sätzen"


def test_link_and_history_keep_the_open_group(look: Open) -> None:
    seen = look()
    press(seen, TITLE, CIRCULAR)
    link, inside = seen.link(), shown(seen)
    seen.page.go_back()
    until(seen.page, "() => itasgraph.model.filters.group === null")
    again = look(fragment=link)

    assert f"group={CIRCULAR}" in link
    assert shown(settled(again)) == inside
    assert again.heading().startswith("Kreislaufwirtschaft")


def test_link_to_an_unknown_group_says_so(look: Open) -> None:
    seen = look(fragment=f"#group={BASE}topic/gone&lang=en")

    assert "gone" in seen.text("#toast")
    assert seen.page.evaluate("itasgraph.model.filters.group") is None


def test_title_beside_the_middle_opens_that_group(look: Open) -> None:
    seen = look(fragment=f"#group={CIRCULAR}&lang=en", width=1440, height=900)
    press(seen, TITLE, f"{BASE}topic/mobilitaet")
    linked = seen.heading()
    press(seen, TITLE, f"{BASE}topic/bildung")

    assert (linked, seen.heading()) == ("Mobility", "Education and training")


def test_what_is_outside_closes_the_group(look: Open) -> None:
    seen = look(fragment=f"#group={CIRCULAR}&lang=en")
    seen.search("Diana Krahl").first.click()

    assert seen.heading() == "Diana Krahl"
    assert seen.page.evaluate("itasgraph.model.filters.group") is None
    assert seen.page.locator(".chip").count() == 0


def test_an_entry_leads_to_its_group(look: Open) -> None:
    seen = look(fragment=f"#entity={BASE}person/boris-kaiser&lang=en")
    seen.click("#details .group-button")

    assert seen.heading() == "Circular economy · Technologies and trends"
    assert seen.page.evaluate("document.activeElement.tagName") == "H2"


def test_chip_closes_the_group_with_its_panel(look: Open) -> None:
    seen = look(fragment=f"#group={CIRCULAR}&lang=en")
    seen.click(".chip")

    assert seen.heading() == "The network in five sentences"


@pytest.mark.parametrize("place", [TITLE, GROUND])
def test_double_click_on_a_group_zooms_only(look: Open, place: str) -> None:
    seen = look(width=1440, height=900)
    scale = "itasgraph.picture.network.getScale()"
    before = settled(seen).page.evaluate(scale)
    at = seen.page.evaluate(place, CIRCULAR)
    seen.page.mouse.dblclick(at["x"], at["y"])
    until(seen.page, f"before => {scale} > before * 1.5", before)

    assert seen.page.evaluate(NOTHING_PENDING)
    assert not seen.page.evaluate(IS_OPEN)


@pytest.mark.parametrize(
    "act",
    [
        f"itasgraph.picture.listeners.selectEntity('{BASE}person/boris-kaiser')",
        "document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }))",
        f"itasgraph.excerpts.showNeighbourhood('{CIRCULAR}', 1)",
    ],
)
def test_press_is_forgotten_when_the_reader_does_something_else(look: Open, act: str) -> None:
    """Both happen in one turn of the page, because between two, the time of a double click could be over."""
    seen = settled(look(width=1440, height=900))
    pending = f"(itasgraph.excerpts.pressGround(itasgraph.model.groupOfEntity('{CIRCULAR}')), itasgraph.excerpts.pressed !== null)"
    was_pending, is_forgotten = seen.page.evaluate(f"() => [{pending}, ({act}, itasgraph.excerpts.pressed === null)]")

    assert (was_pending, is_forgotten) == (True, True)
    assert not seen.page.evaluate(IS_OPEN)


@pytest.mark.parametrize("focused", ["#picture", "#search"])
def test_escape_leaves_the_focus_where_it_is(look: Open, focused: str) -> None:
    seen = look(fragment=f"#group={CIRCULAR}&lang=en")
    seen.page.locator(focused).focus()
    seen.page.keyboard.press("Escape")

    assert not seen.page.evaluate(IS_OPEN)
    assert seen.page.evaluate("document.activeElement.id") == focused.removeprefix("#")


def test_escape_in_the_panel_leads_to_the_picture(look: Open) -> None:
    seen = look(fragment=f"#group={CIRCULAR}&lang=en")
    seen.page.locator("#details h2").focus()
    seen.page.keyboard.press("Escape")

    assert seen.page.evaluate("document.activeElement.id") == "picture"


def test_relations_between_two_other_groups_are_not_counted(look: Open) -> None:
    """Each entry beside the middle is linked with each other one here; the number of relations with the open group stays."""
    seen = settled(look(fragment=f"#group={CIRCULAR}&lang=en", width=1440, height=900))
    before, after = seen.page.evaluate(
        """() => {
            const { model, picture } = itasgraph;
            const links = () => picture.painter.layoutIn({ width: 1440, height: 900 }).docks.map(({ links }) => links);
            const before = links(), edges = model.visibleEdges();
            const beside = model.visibleNodes().map(({ id }) => id).filter((id) => model.groupOfEntity(id) !== model.filters.group);
            const more = beside.flatMap((from) => beside.map((to) => ({ ...edges[0], from, to })));
            model.visibleEdges = () => [...edges, ...more];
            return [before, links()];
        }"""
    )

    assert 2 in before
    assert after == before


def test_what_the_map_hides_stays_as_chosen(look: Open) -> None:
    """The reader shows contributions on the map, opens a group, hides people there, and copies the link."""
    contributions = "[...itasgraph.model.filters.hiddenKinds].some((kind) => kind.endsWith('Contribution'))"
    seen = look(fragment="#with=https://w3id.org/itas/ontology%23Contribution")
    seen.page.evaluate("id => itasgraph.excerpts.openGroup(itasgraph.model.groupOfEntity(id))", CIRCULAR)
    seen.page.locator("label.legend-kind", has_text="Personen").locator("input").uncheck()
    again = look(fragment=seen.link())
    inside = shown(settled(again))
    again.click("#all-groups")

    assert f"{BASE}person/boris-kaiser" not in inside
    assert f"{BASE}talk/circular-cars" in inside
    assert again.page.evaluate(contributions) is False


def test_saved_drawing_has_the_open_group(look: Open, tmp_path: Any) -> None:
    seen = settled(look(fragment=f"#group={CIRCULAR}&lang=en", width=1440, height=900))
    text = seen.save("svg", tmp_path).read_text(encoding="utf-8")

    assert "Boris Kaiser" in text
    assert "2 relations" in text
    assert "Diana Krahl" not in text


def test_tile_opens_its_group(look: Open, html: bytes) -> None:
    seen = look(width=390, height=844, has_touch=True)
    label = embedded(html)["groups"][0]["label"]["de"]
    seen.page.locator(".tile", has_text=label).tap()
    opened, tiles = seen.heading(), seen.page.locator(".tiles").is_visible()
    seen.page.locator("#all-groups").tap()

    assert (opened, tiles) == (label, False)
    assert seen.page.locator(".tiles").is_visible()


def test_number_of_further_groups_leads_back_to_the_map(look: Open) -> None:
    further = """() => {
        const { painter, container } = itasgraph.picture, frame = container.getBoundingClientRect();
        const { box } = painter.visibleNames.find(({ block }) => block.lines.join(" ").includes("more group"));
        return { x: frame.left + (box.left + box.right) / 2, y: frame.top + (box.top + box.bottom) / 2 };
    }"""
    seen = settled(look(fragment=f"#group={CIRCULAR}&lang=en", width=700, height=600))
    seen.page.evaluate("itasgraph.picture.network.moveTo({ scale: 0.5, animation: false })")
    press(seen, further, CIRCULAR)

    assert not seen.page.evaluate(IS_OPEN)


@pytest.mark.parametrize(("motion", "moves"), [("no-preference", True), ("reduce", False)])
def test_group_grows_out_of_its_area_unless_motion_is_reduced(look: Open, motion: str, moves: bool) -> None:
    """What is drawn first lies in the area of the group on the map; then the picture glides, or it stands at once."""
    seen = settled(look(fragment="#lang=en", width=1440, height=900))
    seen.page.emulate_media(reduced_motion=motion)  # type: ignore[arg-type]  # one of two words
    before, starts = seen.page.evaluate(
        """id => { const { picture, model, excerpts } = itasgraph, group = model.groupOfEntity(id), moveTo = picture.network.moveTo;
            const before = picture.boxOf(group), starts = [];
            picture.network.moveTo = function (options) {
                const isAtOnce = options.animation === false; // vis-network writes into the options
                moveTo.call(this, options);
                if (isAtOnce) starts.push(picture.boxOf(group));
            };
            excerpts.openGroup(group);
            picture.network.moveTo = moveTo;
            return [before, starts]; }""",
        CIRCULAR,
    )
    until(seen.page, "() => itasgraph.picture.growing === null")
    rest = seen.page.evaluate(
        "() => { const { picture, model } = itasgraph; return picture.boxOf(model.filters.group).width; }"
    )
    first = [box for box in starts if box and abs(box["x"] - before["x"]) < 2 and abs(box["y"] - before["y"]) < 2]

    assert rest > 2 * before["width"]
    assert bool(first) is moves
    assert all(box["width"] <= before["width"] + 2 for box in first)


def test_legend_explains_no_sizes_in_an_open_group(look: Open) -> None:
    seen = settled(look(fragment=f"#group={CIRCULAR}&lang=en"))
    inside = seen.page.locator(".legend-size").is_visible()
    seen.click("#all-groups")

    assert not inside
    assert seen.page.locator(".legend-size").is_visible()


def test_entries_beside_the_middle_have_room_on_a_phone(look: Open, html: bytes) -> None:
    seen = look(fragment="#lang=en", width=390, height=844)
    compared = 0
    for group in embedded(html)["groups"]:
        seen.page.evaluate("id => itasgraph.excerpts.openGroup(itasgraph.model.groupOfEntity(id))", group["members"][0])
        steps = seen.page.evaluate(
            """() => { const { areas, places } = itasgraph.picture.scene.layout;
                return areas.filter(({ nodes }) => nodes).flatMap(({ nodes }) => nodes.flatMap(({ id }, n) => nodes.slice(n + 1).map((other) => {
                    const [one, two] = [places.get(id), places.get(other.id)];
                    return Math.max(Math.abs(one.x - two.x) / 100, Math.abs(one.y - two.y) / 30); }))); }"""
        )

        compared += len(steps)
        assert all(step >= 1 for step in steps), group["label"]
    assert compared >= 2  # pairs of entries in one area; none would say nothing
