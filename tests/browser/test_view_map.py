"""A network with groups is drawn as a map: named countries, entries inside them, and what connects everything hidden at first."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from itasgraph.project import Project
from itasgraph.store.memory import Graph
from tests.helpers import browsing
from tests.helpers.browsing import Open, embedded
from tests.helpers.drawn_picture import NAMES, names_over_names, names_over_signs, overlap, settled
from tests.helpers.namespaces import BASE

pytestmark = pytest.mark.slow

ITAS = "https://w3id.org/itas/ontology#"
# Lines that stand for a contribution: its id, and a point of the window near the middle of the line where nothing else is.
FOLDED = """() => {
    const { scene, network, container, painter } = itasgraph.picture;
    const frame = container.getBoundingClientRect();
    const free = ({ x, y }) => painter.nameAt({ x, y }) === null;
    return scene.visibleFolded().flatMap((line) => [0.5, 0.4, 0.6, 0.3, 0.7].map((share) => ({ via: line.edge.via, line, share }))).map(({ via, line, share }) => {
        const point = pointOn(line, share), at = network.canvasToDOM(point);
        const nearest = scene.lineAt(point, 3 / network.getScale());
        return { via, x: frame.left + at.x, y: frame.top + at.y, hit: nearest === line && free(at) && scene.entityAt(point, 6) === null };
    }).filter(({ hit }) => hit);
}"""


# --- names ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["de", "en"])
def test_names_are_whole_and_apart(look: Open, lang: str) -> None:
    seen = settled(look(fragment=f"#lang={lang}", width=1440, height=900))
    shown = seen.page.evaluate(NAMES)
    names = [name for name in shown["names"] if name["entity"]]
    pairs = names_over_names(names)
    covered = names_over_signs(names, shown["signs"])

    assert {name["entity"] for name in names} == {sign["entity"] for sign in shown["signs"]}
    assert len(names) > 60
    assert [name["lines"] for name in names if name["cut"] or "…" in "".join(name["lines"])] == []
    assert pairs == []
    assert covered == []


@pytest.mark.parametrize("lang", ["de", "en"])
def test_smaller_windows_and_slides_leave_few_names_out(look: Open, lang: str) -> None:
    """The smaller the window, the smaller the names, down to three quarters of their size; then the least important are left out."""
    missing = """size => {
        const { painter, scene } = itasgraph.picture, view = itasgraph.picture.viewIn(size);
        const names = painter.names.place(view.scale, { isFree: (box) => isWhole(box, view) });
        return [scene.visiblePlaces().length - new Set(names.map(({ entity }) => entity)).size + names.some(({ entity }) => entity === null),
            Math.min(...names.map(({ block }) => block.style.size))];
    }"""
    seen = settled(look(fragment=f"#lang={lang}", width=1440, height=900))
    slide, laptop, tablet = (
        seen.page.evaluate(missing, {"width": width, "height": height})
        for width, height in ((1600, 800), (896, 640), (704, 560))
    )

    assert slide[0] == 0
    assert laptop[0] <= 2
    assert tablet[0] <= 18
    assert min(slide[1], laptop[1]) > 9.5
    assert tablet[1] >= 9


def test_entries_in_no_group_are_in_the_window(look: Open) -> None:
    seen = settled(look(width=1440, height=900))
    shown = seen.page.evaluate(NAMES)
    grouped = seen.page.evaluate("itasgraph.model.data.groups.flatMap(({ members }) => members)")
    alone = [box for box in [*shown["signs"], *shown["names"]] if box["entity"] not in {*grouped, None}]
    caption = [name for name in shown["names"] if name["isCaption"]]

    assert alone
    assert [" ".join(name["lines"]) for name in caption] == [
        f"In keiner Gruppe ({len({box['entity'] for box in alone})}):"
    ]
    for box in [*alone, *caption]:
        assert box["left"] >= 0
        assert box["right"] <= shown["width"]
        assert box["bottom"] <= shown["height"]


def test_a_group_with_two_topics_shows_both(look: Open, html: bytes, tmp_path: Path) -> None:
    data = embedded(html)
    kinds = {node["id"]: node["kind"] for node in data["nodes"]}
    group = next(one for one in data["groups"] if sum(kinds[id_] == f"{ITAS}Topic" for id_ in one["members"]) > 1)
    titles = group["titles"] + [
        id_ for id_ in group["members"] if kinds[id_] == f"{ITAS}Topic" and id_ not in group["titles"]
    ]
    before, after = (
        ('"titles":' + json.dumps(some, separators=(",", ":"))).replace(BASE, "\t") for some in (titles[:1], titles[:2])
    )
    page = tmp_path / "two.html"
    page.write_text(html.decode().replace(before, after), encoding="utf-8")
    seen = settled(look(page, width=1440, height=900))
    sizes = seen.page.evaluate(
        "Object.fromEntries(itasgraph.picture.painter.visibleNames.filter(({ isTitle }) => isTitle).map(({ entity, block }) => [entity, block.style.size]))"
    )

    assert group["titles"] == titles[:1]
    assert [sizes[title] for title in titles[:2]] == [15.5, 15.5]


# --- what is hidden at first ------------------------------------------------------------------------------------------


def test_legend_shows_what_is_planned_with_the_sign_of_its_kind(look: Open, html: bytes) -> None:
    data = embedded(html)
    (planned,) = {node["kind"] for node in data["nodes"] if node["id"] in data["planned"]}
    (kind,) = [kind["plural"]["de"] for kind in data["kinds"] if kind["id"] == planned]
    seen = look()
    seen.click(".legend-more button")
    corners = [
        seen.page.locator(entry, has_text=words)
        .locator("path")
        .first.evaluate("path => path.getAttribute('d')")
        .count("L")
        + 1
        for entry, words in ((".legend-line", "geplant"), (".legend-kind", kind))
    ]

    assert corners == [8, 8]  # of the sign of events


def test_legend_opens_what_is_hidden_at_first(look: Open, html: bytes, at_first: str) -> None:
    seen = look()
    data = embedded(html)
    before, total = seen.page.locator(".legend-kind:visible").count(), seen.text(".legend-total")
    seen.click(".legend-more button")
    opened = seen.page.locator(".legend-kind:visible").count()
    seen.page.locator(".legend-kind", has_text="Beiträge").locator("input").check()
    link = seen.link()
    more = seen.text(".legend-total")
    seen.click("#reset")

    assert (before, opened) == (len(data["kinds"]) - len(data["background"]), len(data["kinds"]))
    assert total == at_first != more
    assert f"with={ITAS}Contribution" in link.replace("%23", "#")
    assert seen.text(".legend-total") == at_first
    assert look(fragment=link).text(".legend-total") == more


def test_all_shows_every_kind(look: Open, html: bytes) -> None:
    seen = look()
    seen.click(".legend-side button", "Alle")
    count = len(embedded(html)["nodes"])

    assert seen.text(".legend-total") == f"{count} von {count} sichtbar"


def test_kinds_that_were_hidden_lie_over_nothing(look: Open) -> None:
    seen = settled(look(width=1440, height=900))
    places = "[...itasgraph.picture.scene.places.values()].map(({ x, y }) => [x, y])"
    before, placed = seen.page.evaluate(NAMES), seen.page.evaluate(places)
    seen.click(".legend-side button", "Alle")
    shown = settled(seen).page.evaluate(NAMES)
    boxes = {name["entity"]: name for name in shown["names"]}
    pairs = [
        (one["entity"], other["entity"])
        for boxes in (shown["signs"], [name for name in shown["names"] if name["entity"]])
        for n, one in enumerate(boxes)
        for other in boxes[:n]
        if overlap(one, other)
    ]
    covered = names_over_signs(shown["names"], shown["signs"])

    assert len(shown["signs"]) > len(before["signs"]) + 30
    assert (pairs, covered) == ([], [])
    assert {name["entity"] for name in before["names"]} <= boxes.keys()
    assert seen.page.evaluate(places) == placed
    assert all(sign["bottom"] <= shown["height"] for sign in shown["signs"])


def test_search_says_that_a_hit_is_not_drawn(look: Open, at_first: str) -> None:
    seen = look()
    seen.search("Circular Cars").first.click()
    note, total = seen.text("#details .hidden-parts"), seen.text(".legend-total")
    seen.click("#details .hidden-parts button")

    assert note == "Nicht im Bild, das „Beiträge“ zunächst weglässt. Verborgene zeigen"
    assert total == at_first != seen.text(".legend-total")
    assert seen.heading().startswith("Circular Cars")
    assert seen.page.locator("#details .hidden-parts").count() == 0


def test_path_leads_over_what_is_not_drawn(look: Open) -> None:
    seen = look(fragment=f"#ask=path&from={BASE}person/boris-kaiser&to={BASE}offer/circular-cars")

    assert seen.page.locator(".path li").count() == 3
    assert seen.text(".hidden-parts").startswith("1 Eintrag davon ist nicht im Bild")


def test_line_opens_what_it_stands_for(look: Open) -> None:
    seen = settled(look(width=1440, height=900))
    line = seen.page.evaluate(FOLDED)[0]
    seen.page.mouse.click(line["x"], line["y"])
    name = seen.page.evaluate("id => itasgraph.model.name(itasgraph.model.nodes.get(id))", line["via"])
    lit = seen.page.evaluate("itasgraph.picture.scene.focus().lines.map(({ edge }) => edge.via)")
    folded = "itasgraph.picture.scene.visibleFolded().length"
    before = seen.page.evaluate(folded)
    seen.click("#details .hidden-parts button")

    assert seen.heading() == name
    assert line["via"] in lit
    assert seen.page.evaluate(folded) < before


def test_folded_lines_are_no_relations(look: Open, html: bytes) -> None:
    seen = look()
    drawn = seen.page.evaluate("itasgraph.picture.scene.visibleFolded().length")
    seen.click("[data-view=table]")
    seen.click(".table-head button", "Beziehungen")

    assert drawn > 10
    assert (
        0
        < len(seen.table())
        == seen.page.evaluate("itasgraph.model.visibleEdges().length")
        < len(embedded(html)["edges"])
    )


# --- lines ------------------------------------------------------------------------------------------------------------


def test_lines_become_thinner_towards_their_target(look: Open) -> None:
    """Across a line there are more inked pixels near its source than near its target."""
    widths = """share => {
        const { scene, network, canvas } = itasgraph.picture;
        const ratio = canvas.width / canvas.clientWidth;
        const drawn = canvas.getContext("2d");
        const lines = [...scene.visibleLines(), ...scene.visibleFolded()].filter((line) => !scene.isOnDemand(line) && !line.edge.symmetric && line.via === null
            && line.edge.relation !== BROADER && Math.hypot(line.to.x - line.from.x, line.to.y - line.from.y) > 60);
        return lines.map((line) => {
            const at = network.canvasToDOM(pointOn(line, share));
            let ink = 0;
            for (let n = -4; n <= 4; n += 0.5) {
                const [r, g, b] = drawn.getImageData((at.x - n * line.uy) * ratio, (at.y + n * line.ux) * ratio, 1, 1).data;
                ink += r + g + b < 560;
            }
            return ink;
        }).reduce((sum, ink) => sum + ink, 0) / lines.length;
    }"""
    seen = settled(look(width=1440, height=900))

    assert seen.page.evaluate(widths, 0.2) > 1.15 * seen.page.evaluate(widths, 0.8)


# --- phone, paper, other networks -------------------------------------------------------------------------------------


def test_phone_shows_groups_as_tiles(look: Open, html: bytes) -> None:
    seen = look(width=390, height=844, has_touch=True)
    names = seen.page.locator(".tile-name bdi, .tile-member").all_inner_texts()
    cut = seen.page.locator(".tile").evaluate_all(
        "tiles => tiles.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth).length"
    )
    groups = embedded(html)["groups"]
    seen.page.locator(".tile", has_text=groups[0]["label"]["de"]).tap()
    opened = settled(seen).page.evaluate(NAMES)
    seen.page.locator("#all-groups").tap()

    assert len(names) >= 20
    assert {group["label"]["de"] for group in groups} <= set(names)
    assert cut == 0
    assert {name["entity"] for name in opened["names"]} & set(groups[0]["members"])
    assert seen.page.locator(".tiles").is_visible()


def test_counts_of_a_group_say_of_how_many(look: Open, html: bytes) -> None:
    """The map hides contributions, which the open group shows: a tile alone would seem to contradict it."""
    data = embedded(html)
    hidden = {node["id"] for node in data["nodes"] if node["kind"] in data["background"]}
    seen = look(width=390, height=844, has_touch=True)
    counts = {
        tile.locator("bdi").inner_text(): tile.locator(".tile-count").inner_text().strip()
        for tile in seen.page.locator(".tile").all()
    }

    assert counts == {
        group["label"]["de"]: f"{len(set(group['members']) - hidden)} von {len(group['members'])}"
        for group in data["groups"]
    }


@pytest.mark.parametrize("width", [320, 360, 390])
def test_no_tile_tears_a_word_of_its_name(look: Open, width: int) -> None:
    torn = """names => names.flatMap(({ firstChild: text }) => [...text.data.matchAll(/[\\p{L}\\d]+/gu)].filter(({ 0: word, index }) => {
        const range = new Range();
        range.setStart(text, index);
        range.setEnd(text, index + word.length);
        return range.getClientRects().length > 1;
    }).map(([word]) => word))"""
    seen = look(width=width, height=640, has_touch=True)

    assert seen.page.locator(".tile-name bdi").evaluate_all(torn) == []


def test_paper_holds_the_map_as_drawing(look: Open) -> None:
    seen = look(width=1440, height=900, color_scheme="dark")
    names = "() => [...document.querySelectorAll('.paper-map text')].map(({ textContent }) => textContent)"
    seen.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    printed = seen.page.evaluate(names)
    fills = seen.page.evaluate(
        "[...document.querySelectorAll('.paper-map path')].map((path) => path.getAttribute('fill'))"
    )
    seen.page.evaluate("dispatchEvent(new Event('afterprint'))")

    assert "Boris Kaiser" in " ".join(printed)  # a name may have several lines
    assert "#e4eff8" in fills  # light, as paper is
    assert seen.page.evaluate(names) == []


def test_network_without_groups_is_no_map(look: Open, graph: Graph, shipped: Project, tmp_path: Path) -> None:
    page = tmp_path / "organisations.html"
    page.write_bytes(browsing.page_of(graph, shipped, "organisations", "de"))
    seen = look(page)

    assert seen.page.evaluate("document.body.className") == ""
    assert seen.page.locator(".legend-more").is_hidden()
    assert seen.page.evaluate("itasgraph.picture.painter instanceof Painter")


@pytest.mark.parametrize(
    ("network", "words"),
    [("actors", "larger: more lines, except titles of groups"), ("topics", "larger: more neighbours")],
)
def test_legend_says_what_the_size_of_signs_means(
    look: Open, graph: Graph, shipped: Project, tmp_path: Path, network: str, words: str
) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(browsing.page_of(graph, shipped, network, "en"))
    seen = look(page)
    drawing = seen.save("svg", tmp_path).read_text(encoding="utf-8")

    assert seen.text(".legend-size") == words
    assert words in drawing
