"""The picture itself: where names stand, how lines differ, what is lit, and that it stays as it was left."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from itasgraph.project import Project
from itasgraph.store.memory import Graph
from tests.helpers import browsing
from tests.helpers.browsing import Open, embedded, settled, until
from tests.helpers.namespaces import BASE
from tests.helpers.networks import NETWORKS
from tests.helpers.programs import Run
from tests.helpers.projects import ROOT

pytestmark = pytest.mark.slow

SVG = "{http://www.w3.org/2000/svg}"
SIZES = {"desk": (1440, 900), "phone": (390, 844), "small-phone": (360, 740)}
# Two entities that share a topic, weakly, and a contribution, strongly; and a relation that has a direction.
OWN = """#+ closeness: [itas:sharesTopic]
SELECT ?source ?relation ?target ?weight WHERE {
  VALUES (?source ?relation ?target ?weight) {
    (<person/boris-kaiser> itas:sharesTopic <person/udo-wehner> 1)
    (<person/boris-kaiser> itas:sharesContribution <person/udo-wehner> 8)
    (<person/boris-kaiser> schema:knows <person/michel-goetze> 1)
  }
}
"""
# What the window shows at a place, in CSS pixels: the names, the signs, and the buttons in the corner.
SHOWN = """() => {
    const { painter, scene, container, network } = itasgraph.picture;
    const scale = network.getScale();
    const [frame, buttons] = [container, document.querySelector(".zoom")].map((part) => part.getBoundingClientRect());
    const signs = scene.visiblePlaces().map(({ id, x, y, radius }) => {
        const at = network.canvasToDOM({ x, y });
        const reach = radius * scale;
        return { entity: id, left: at.x - reach, right: at.x + reach, top: at.y - reach, bottom: at.y + reach };
    });
    const names = painter.visibleNames.filter(({ entity }) => entity).map(({ entity, box, block }) => ({ entity, ...box, cut: block.cut }));
    return { names, signs, window: { right: container.clientWidth, bottom: container.clientHeight }, buttons: {
        left: buttons.left - frame.left, right: buttons.right - frame.left, top: buttons.top - frame.top, bottom: buttons.bottom - frame.top,
    } };
}"""
Box = dict[str, float]


def overlap(one: Box, other: Box) -> bool:
    return min(one["right"], other["right"]) > max(one["left"], other["left"]) and min(
        one["bottom"], other["bottom"]
    ) > max(one["top"], other["top"])


@pytest.fixture(scope="module")
def networks(graph: Graph, shipped: Project, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return each shipped network as a page."""
    folder = tmp_path_factory.mktemp("networks")
    paths = {name: folder / f"{name}.html" for name in NETWORKS}
    for name, path in paths.items():
        path.write_bytes(browsing.page_of(graph, shipped, name, "de"))
    return paths


@pytest.fixture
def own(run: Run, tmp_path: Path) -> Path:
    query, page = tmp_path / "own.rq", tmp_path / "own.html"
    query.write_text(OWN, encoding="utf-8")
    assert run("view", query, "--project", ROOT, "--lang", "de", "-o", page).exit_code == 0
    return page


# --- where names stand ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NETWORKS)
def test_nothing_is_cut_or_covered(look: Open, networks: dict[str, Path], name: str) -> None:
    seen = look(networks[name], width=1440, height=900)
    hidden, cut, covered, unnamed = [], [], [], []
    for size, (width, height) in SIZES.items():
        seen.page.set_viewport_size({"width": width, "height": height})
        for lang in ("de", "en"):
            seen.language(lang)
            settled(seen)
            shown = seen.page.evaluate(SHOWN)
            entities = [*shown["names"], *shown["signs"]]
            hidden += [(size, lang, box["entity"]) for box in entities if overlap(box, shown["buttons"])]
            inside = shown["window"]
            cut += [
                (size, lang, box["entity"])
                for box in entities
                if min(box["left"], box["top"]) < 0
                or box["right"] > inside["right"]
                or box["bottom"] > inside["bottom"]
            ]
            if size == "desk":  # where signs are specks, the most important names may lie over some
                covered += [
                    (lang, one["entity"], sign["entity"])
                    for one in shown["names"]
                    for sign in shown["signs"]
                    if sign["entity"] != one["entity"] and overlap(one, sign)
                ]
            unnamed += [] if shown["names"] else [(size, lang)]

    assert hidden == []
    assert cut == []
    assert covered == []
    assert unnamed == []


def test_names_wrap_where_room_is(look: Open, networks: dict[str, Path]) -> None:
    seen = look(networks["programme"])
    names = seen.page.evaluate(SHOWN)["names"]

    assert len(names) > 50
    assert sum(name["cut"] for name in names) < len(names) / 2


def test_name_clears_the_ring(look: Open, networks: dict[str, Path]) -> None:
    seen = look(
        networks["programme"], fragment=f"#entity={BASE}person/boris-kaiser&around={BASE}person/boris-kaiser&steps=2"
    )
    box, sign = (
        next(box for box in seen.page.evaluate(SHOWN)[part] if box["entity"] == f"{BASE}person/boris-kaiser")
        for part in ("names", "signs")
    )

    assert not overlap(box, sign)
    # Five pixels of ground lie between the sign and the ring.
    assert (
        max(
            box["left"] - sign["right"],
            sign["left"] - box["right"],
            box["top"] - sign["bottom"],
            sign["top"] - box["bottom"],
        )
        > 5
    )


# --- lines ------------------------------------------------------------------------------------------------------------


def lines_and_arrows(drawing: Path) -> tuple[list[dict[str, str]], int]:
    """Return the lines of a saved picture by their attributes, and the number of arrow heads."""
    inner = ET.parse(drawing).getroot().find(f"{SVG}svg")
    assert inner is not None
    paths = [path.attrib for path in inner.findall(f"{SVG}path")]
    lines = [path for path in paths if path["fill"] == "none"]
    inks = {line["stroke"] for line in lines}
    return lines, sum(path["fill"] in inks for path in paths)


def test_symmetric_edges_have_no_arrow(look: Open, networks: dict[str, Path], tmp_path: Path) -> None:
    lines, arrows = lines_and_arrows(look(networks["organisations"]).save("svg", tmp_path))
    directed, heads = lines_and_arrows(look(networks["programme"]).save("svg", tmp_path))
    edges = {name: embedded(networks[name].read_bytes())["edges"] for name in ("organisations", "programme")}

    assert (len(lines), arrows) == (len(edges["organisations"]), 0)
    assert len(directed) == heads == len(edges["programme"])
    assert lines
    assert directed


def test_arrows_show_direction_only(look: Open, own: Path) -> None:
    """Beside a line, close to where it arrives, there is ink if it has an arrow."""
    beside = """relation => {
        const { scene, network, canvas } = itasgraph.picture;
        const line = [...scene.lines.values()].find(({ edge }) => edge.relation.endsWith(relation));
        const back = line.to.radius + 7;
        const at = network.canvasToDOM({ x: line.to.x - line.ux * back - line.uy * 1.8, y: line.to.y - line.uy * back + line.ux * 1.8 });
        const ratio = canvas.width / canvas.clientWidth;
        return canvas.getContext("2d").getImageData(at.x * ratio, at.y * ratio, 1, 1).data[3];
    }"""
    seen = look(own)
    settled(seen)

    assert seen.page.evaluate(beside, "knows") > 0
    assert seen.page.evaluate(beside, "sharesTopic") == 0


def test_edge_style_tells_relation_and_weight(look: Open, own: Path, tmp_path: Path) -> None:
    seen = look(own)
    lines, arrows = lines_and_arrows(seen.save("svg", tmp_path))
    looks = {(float(line["stroke-width"]), "stroke-dasharray" in line) for line in lines}

    assert arrows == 1
    assert looks == {(1.0, True), (4.0, False), (1.0, False)}
    assert seen.text(".legend-line:not(.legend-size)") == "gestrichelt: nur Nähe, kein Kontakt"
    assert len({line["d"] for line in lines}) == 3


def test_parallel_edges_are_clicked_apart(look: Open, own: Path) -> None:
    middle = """relation => {
        const { scene, network, container } = itasgraph.picture;
        const line = [...scene.lines.values()].find(({ edge }) => edge.relation.endsWith(relation));
        const at = network.canvasToDOM(pointOn(line, 0.5));
        const frame = container.getBoundingClientRect();
        return [frame.left + at.x, frame.top + at.y];
    }"""
    seen = look(own)
    settled(seen)
    headings = []
    for relation in ("sharesTopic", "sharesContribution"):
        seen.page.keyboard.press("Escape")
        seen.page.mouse.click(*seen.page.evaluate(middle, relation))
        headings.append(seen.heading())

    assert headings == ["hat ein Thema gemeinsam mit", "hat einen Beitrag gemeinsam mit"]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "de",
            "wird in Pfeilrichtung gelesen; ohne Pfeil gilt sie in beide Richtungen. Gestrichelte Linien zeigen nur Nähe, "
            "keinen Kontakt. Je dicker eine Linie, desto mehr verbindet die beiden.",
        ),
        (
            "en",
            "read in the direction of its arrow; without an arrow it holds both ways. Dashed lines show closeness only, no "
            "contact. The thicker a line, the more the two have in common.",
        ),
    ],
)
def test_legend_explains_edges(look: Open, own: Path, lang: str, said: str) -> None:
    seen = look(own)
    seen.language(lang)
    seen.click(".how-to-read summary")

    assert said in seen.text("#details")


def test_legend_omits_missing_edges(look: Open, networks: dict[str, Path]) -> None:
    seen = look(networks["programme"])
    seen.click(".how-to-read summary")

    assert "Jede Linie ist eine Beziehung und wird in Pfeilrichtung gelesen. Ein Klick" in seen.text("#details")


# --- what is lit ------------------------------------------------------------------------------------------------------


def test_neighbourhood_stays_lit(look: Open, every_kind: str) -> None:
    entity = f"{BASE}person/udo-wehner"
    lit = "() => { const focus = itasgraph.picture.scene.focus(); return [focus.places.length, focus.lines.filter(({ folded }) => !folded).length]; }"
    seen = look(fragment=f"#entity={entity}&around={entity}&steps=2&{every_kind}")
    visible = seen.page.evaluate("[itasgraph.model.visibleNodes().length, itasgraph.model.visibleEdges().length]")
    whole = seen.page.evaluate(lit)
    place = seen.page.evaluate("id => itasgraph.picture.whereIs(id)", f"{BASE}organisation/amz-sachsen")
    seen.page.mouse.move(place["x"], place["y"])
    until(seen.page, "id => itasgraph.picture.scene.hovered.entity === id", f"{BASE}organisation/amz-sachsen")

    assert whole == visible
    assert seen.page.evaluate(lit)[0] < visible[0]


def test_faded_nodes_leave_paper_white(look: Open) -> None:
    seen = look(fragment=f"#entity={BASE}person/udo-wehner")
    settled(seen)
    corners = """() => {
        const { canvas } = itasgraph.picture, drawn = canvas.getContext("2d");
        return [2, canvas.width - 3].flatMap((x) => [2, canvas.height - 3].map((y) => [...drawn.getImageData(x, y, 1, 1).data]));
    }"""

    assert [0, 0, 0, 0] in seen.page.evaluate(corners)  # in another corner, something faded may lie


# --- behind the table -------------------------------------------------------------------------------------------------

AT = """() => {
    const { network } = itasgraph.picture;
    const { x, y } = network.getViewPosition();
    return [x, y, 100 * network.getScale()].map(Math.round);
}"""


def test_map_survives_the_table(look: Open) -> None:
    seen = look()
    for button in ("#zoom-in", "#zoom-in"):
        seen.click(button)
    before = seen.page.evaluate(AT)
    seen.click("[data-view=table]")
    settled_address = seen.link()
    seen.click("[data-view=picture]")
    settled(seen)

    assert seen.page.evaluate(AT) == before
    assert seen.page.evaluate("itasgraph.picture.painter.visibleNames.length") > 5
    assert "&at=" in settled_address


def test_link_to_the_table_keeps_the_map(look: Open) -> None:
    seen = look(fragment="#view=table&at=120,-80,1.3")
    address = seen.link()
    seen.click("[data-view=picture]")
    settled(seen)

    assert address == "#view=table&at=120.00,-80.00,1.30000"
    assert seen.page.evaluate(AT) == [120, -80, 130]


def test_resized_window_keeps_the_middle(look: Open) -> None:
    seen = look(fragment="#at=120,-80,1.3", width=1440, height=900)
    seen.click("[data-view=table]")
    seen.page.set_viewport_size({"width": 1000, "height": 700})
    seen.click("[data-view=picture]")
    settled(seen)

    assert seen.page.evaluate(AT)[:2] == [120, -80]
