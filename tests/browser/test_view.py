"""The picture is one file that asks nobody for anything, and shows, finds and proves what the network holds."""

from __future__ import annotations

import csv
import json
import math
import re
import struct
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib

from itasgraph.network import builder
from itasgraph.picture import html_page
from itasgraph.picture.page_data import PictureNetwork
from itasgraph.project import Project
from itasgraph.store import access
from itasgraph.store.memory import Graph
from tests.helpers.browsing import Open, Window, embedded, until
from tests.helpers.namespaces import BASE, DOCUMENT
from tests.helpers.networks import Net, network_of
from tests.helpers.programs import run_itasgraph
from tests.helpers.projects import ROOT
from tools import make_picture

if TYPE_CHECKING:
    from playwright.sync_api import Browser


TITLES = {"de": "Versuch", "en": "Trial"}
# As many as the review names, read off it (the same numbers as in test_network.py).
LEGEND = {
    "Personen": 19,
    "Organisationen": 17,
    "Gruppen ohne Namen": 8,
    "Initiativen": 1,
    "Angebote": 8,
    "Vorhaben": 6,
    "Werke": 3,
    "Beiträge": 21,
    "Programmabschnitte": 4,
    "Veranstaltungen": 3,
}
HOSTILE = {
    "script": "</script><script>window.hurt = 1</script>",
    "comment": "<!--<script>",
    "image": "<img src=x onerror=window.hurt=2>",
    "quotes": "\"'`&amp;&lt;{{7*7}}${window.hurt=3}\\u0041",
    "bidi": "\u202egnp.exe\u2066 \u2067",
    "separators": "a\u2028b\u2029c",
    "long": "Wort" * 2_500,
    "emoji": "👩‍🔬 🧪",
    "right-to-left": "مرحبا بالعالم",
}
UNWRITABLE = ("bidi",)
# What is read: marks that turn the direction of letters are left out, else "gnp.exe" would read "exe.png".
READ = {**HOSTILE, "bidi": "gnp.exe"}
# The largest sign is drawn 1.2 times as wide as its size (shapes.js).
SIGN = 1.2


def placed(graph: Graph, net: Net[str]) -> dict[str, tuple[float, float, float]]:
    """Return x, y and radius of each entity in the picture of a network."""
    nodes = embedded(html_page.page(graph, [PictureNetwork(net, TITLES)], "en"))["nodes"]
    return {node["id"]: (node["x"], node["y"], node["size"] * SIGN) for node in nodes}


def overlapping(places: dict[str, tuple[float, float, float]]) -> list[tuple[str, str]]:
    items = sorted(places.items())
    return [
        (one, other)
        for number, (one, (x, y, radius)) in enumerate(items)
        for other, (u, v, reach) in items[number + 1 :]
        if math.hypot(x - u, y - v) < radius + reach
    ]


def extent(places: dict[str, tuple[float, float, float]]) -> tuple[float, float]:
    xs, ys, _ = zip(*places.values(), strict=True)
    return max(xs) - min(xs), max(ys) - min(ys)


def linked(*parts: nx.Graph[Any]) -> Net[str]:
    """Return a network of these shapes beside each other, as `builder.build` would make it."""
    shape = nx.disjoint_union_all(parts)
    net: Net[str] = nx.MultiDiGraph()
    net.add_nodes_from((f"urn:entity:{number}" for number in shape.nodes), labels={}, kind="")
    for one, other in shape.edges:
        ends = f"urn:entity:{one}", f"urn:entity:{other}"
        net.add_edge(*ends, key="urn:knows", quotes=[], rules=[], notes=[], weight=1.0, symmetric=False, terminal=False)
    return net


# --- the file ---------------------------------------------------------------------------------------------------------


def test_page_holds_the_network(html: bytes, actors: Net[str]) -> None:
    data = embedded(html)

    assert {node["id"] for node in data["nodes"]} == set(actors.nodes)
    assert len(data["nodes"]) == actors.number_of_nodes() > 100
    assert {(edge["from"], edge["to"]) for edge in data["edges"]} == set(actors.edges())
    assert len({edge["id"] for edge in data["edges"]}) == actors.number_of_edges() > 200


def test_page_holds_all_quotes(html: bytes, actors: Net[str]) -> None:
    kept = sorted(
        (edge["from"], edge["to"], quote["text"]) for edge in embedded(html)["edges"] for quote in edge["quotes"]
    )

    assert kept == sorted((a, b, quote.quote) for a, b, link in actors.edges(data=True) for quote in link["quotes"])


class _Loads(HTMLParser):
    """What a page names to be loaded: every src, and the href of a link element."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.policy = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        self.addresses += [names[name] or "" for name in ("src", "srcset") if name in names]
        self.addresses += [names["href"] or ""] if tag == "link" else []
        if names.get("http-equiv") == "Content-Security-Policy":
            self.policy = names["content"] or ""


def test_page_loads_nothing(html: bytes) -> None:
    page = _Loads()
    page.feed(html.decode())
    style = re.search(rb"<style>(.*?)</style>", html, re.DOTALL)

    assert [address for address in page.addresses if not address.startswith("data:")] == []
    assert style is not None
    assert re.findall(rb"@import|url\(", style[1]) == []


def test_policy_allows_no_address(html: bytes) -> None:
    page = _Loads()
    page.feed(html.decode())

    assert "default-src 'none'" in page.policy
    assert re.findall(r"https?:|\*|'self'|unsafe-eval", page.policy) == []


@pytest.mark.quick(1)
@pytest.mark.parametrize("lang", ["de", "en"])
def test_page_opens_in_its_language(graph: Graph, actors: Net[str], lang: str) -> None:
    html = html_page.page(graph, [PictureNetwork(actors, TITLES)], lang).decode()

    assert f'<html lang="{lang}"' in html
    assert f"<title>{TITLES[lang]} – " in html


@pytest.mark.slow
def test_hash_seed_changes_no_byte(tmp_path: Path) -> None:
    pictures = {_written(tmp_path / f"{seed}.html", seed) for seed in ("0", "4711")}

    assert len(pictures) == 1


def _written(path: Path, seed: str) -> bytes:
    done = run_itasgraph("view", "--project", ROOT, "-o", path, PYTHONHASHSEED=seed)
    assert done.returncode == 0, done.stderr
    return path.read_bytes()


# --- where entities stand -----------------------------------------------------------------------------------------------


def test_signs_do_not_overlap(graph: Graph, actors: Net[str]) -> None:
    places = placed(graph, actors)
    width, height = extent(places)

    assert overlapping(places) == []
    assert 1.2 < width / height < 1.6


@pytest.mark.quick(2)
@pytest.mark.parametrize(
    ("net", "entities"),
    [
        pytest.param(linked(nx.empty_graph(1)), 1, id="one"),
        pytest.param(linked(nx.path_graph(3)), 3, id="chain"),
        pytest.param(linked(nx.star_graph(200)), 201, id="star"),
        pytest.param(linked(nx.complete_graph(30)), 30, id="all-linked"),
        pytest.param(linked(nx.empty_graph(60)), 60, id="none-linked"),
        pytest.param(linked(*[nx.path_graph(2)] * 40), 80, id="pairs"),
        pytest.param(linked(nx.path_graph(600)), 600, id="long-chain"),
    ],
)
def test_any_network_has_room(graph: Graph, net: Net[str], entities: int) -> None:
    places = placed(graph, net)

    assert len(places) == entities
    assert overlapping(places) == []


@pytest.mark.slow
def test_isolated_nodes_stay_close(graph: Graph) -> None:
    linked_only, with_lonely = (
        extent(placed(graph, linked(nx.cycle_graph(80), nx.empty_graph(lonely)))) for lonely in (0, 20)
    )

    assert with_lonely[0] < 1.5 * linked_only[0]
    assert with_lonely[1] < 1.5 * linked_only[1]


@pytest.mark.slow
def test_node_order_moves_nothing(graph: Graph, actors: Net[str]) -> None:
    backwards: Net[str] = nx.MultiDiGraph()
    backwards.add_nodes_from(reversed(list(actors.nodes(data=True))))
    for one, other, key, link in reversed(list(actors.edges(keys=True, data=True))):
        backwards.add_edge(one, other, key=key, **link)

    assert placed(graph, backwards) == placed(graph, actors)


def test_speakers_stand_near_their_section(graph: Graph, actors: Net[str]) -> None:
    places = placed(graph, actors)
    sections = [f"{BASE}section/{name}" for name in ("zulieferer", "fachkraefte-und-gesellschaft", "zukunft")]
    speakers = {
        "zulieferer": "anton-schumann",
        "fachkraefte-und-gesellschaft": "diana-krahl",
        "zukunft": "thomas-birner",
    }

    def nearest(person: str) -> str:
        here = places[f"{BASE}person/{person}"][:2]
        return min(sections, key=lambda section: math.dist(here, places[section][:2])).rsplit("/", 1)[1]

    assert {nearest(person): person for person in speakers.values()} == speakers


# --- in a browser -----------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_console_and_network_stay_silent(look: Open, shown: Path) -> None:
    seen = look()
    seen.entity("person/michel-goetze")
    seen.search("kreislauf").first.click()
    seen.language("en")
    for button in ("#theme", "[data-view=table]", "[data-view=picture]", "#zoom-in", "#zoom-fit", "#reset"):
        seen.page.locator(button).click()
    seen.page.mouse.wheel(0, 300)

    asked = [url for url in seen.requests if not url.startswith(("data:", "blob:"))]

    assert asked == [shown.as_uri()]
    assert seen.words == []


@pytest.mark.slow
def test_scripts_cannot_call_out(look: Open) -> None:
    page = look().page
    page.evaluate("""() => {
        window.forbidden = [];
        document.addEventListener("securitypolicyviolation", (event) => forbidden.push(event.effectiveDirective));
        fetch("https://example.org/").catch(() => {});
        document.body.append(Object.assign(new Image(), { src: "https://example.org/i.png" }));
    }""")
    until(page, "() => forbidden.length === 2")

    assert sorted(page.evaluate("forbidden")) == ["connect-src", "img-src"]


@pytest.mark.slow
def test_legend_counts_each_kind(first_sight: Window, actors: Net[str]) -> None:
    rows = first_sight.page.locator(".legend-kind").all()
    actual = {
        row.locator(".legend-name").inner_text(): int(row.locator(".legend-count [aria-hidden]").inner_text())
        for row in rows
    }

    assert {kind: actual.get(kind) for kind in LEGEND} == LEGEND
    assert sum(actual.values()) == actors.number_of_nodes()


@pytest.mark.slow
def test_unticked_kind_is_hidden(look: Open, actors: Net[str], every_kind: str) -> None:
    seen = look(fragment=f"#{every_kind}")
    seen.page.locator(".legend-kind", has_text="Personen").locator("input").uncheck()
    seen.page.locator("[data-view=table]").click()
    names = seen.page.locator(".table tbody th").all_inner_texts()
    total = seen.text(".legend-total")
    seen.page.locator("[data-view=picture]").click()
    seen.entity("person/michel-goetze")

    assert total == f"{actors.number_of_nodes() - 19} von {actors.number_of_nodes()} sichtbar"
    assert "Michel Götze" not in (seen.heading(), *names)
    assert len(names) == actors.number_of_nodes() - 19


@pytest.mark.slow
def test_search_brings_back_a_hidden_node(look: Open, actors: Net[str]) -> None:
    seen = look()
    seen.page.locator(".legend-side button", has_text="Keine").click()
    seen.search("Michel Götze").first.click()

    assert seen.heading() == "Michel Götze"
    assert seen.text(".legend-total") == f"19 von {actors.number_of_nodes()} sichtbar"


@pytest.mark.parametrize(
    ("typed", "name", "kind"),
    [
        ("kreislauf", "Kreislaufwirtschaft", "Thema"),
        ("kreislauf", "Trainings für Kreislaufwirtschaft", "Angebot"),
        ("goetze", "Michel Götze", "Person"),
        ("Götze", "Michel Götze", "Person"),
        ("GOTZE michel", "Michel Götze", "Person"),
        ("witschass", "Martin Witschaß", "Person"),
        ("structural report", "ITAS-Strukturbericht", "Werk"),
    ],
)
def test_search_knows_any_spelling(first_sight: Window, typed: str, name: str, kind: str) -> None:
    hits = first_sight.search(typed).all()

    assert (name, kind) in [
        (hit.locator("bdi").first.inner_text(), hit.locator(".hit-kind").inner_text()) for hit in hits
    ]


@pytest.mark.parametrize("typed", ["ITAS", "itas", "Kreislaufwirtschaft"])
def test_whole_name_is_the_first_hit(first_sight: Window, typed: str) -> None:
    first = first_sight.search(typed).first.locator("bdi").first.inner_text()

    assert first.casefold() == typed.casefold()


def test_search_names_the_alternative_label(first_sight: Window) -> None:
    hit = first_sight.search("Initiative Transformation Automobilregion").first

    assert (
        " ".join(hit.inner_text().split())
        == "ITAS auch: Initiative Transformation Automobilregion Südwestsachsen Initiative"
    )


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("recycling", "Kreislaufwirtschaft"),
        ("circular economy", "Kreislaufwirtschaft"),
        ("hydrogen", "Wasserstoff"),
        ("h2", "Wasserstoff"),
        ("training", "Bildung und Qualifizierung"),
        ("apprenticeship training", "Berufsausbildung"),
        ("autonom", "Automatisiertes Fahren"),
        ("digitalization", "Automatisierung und Digitalisierung"),
        ("einwanderung", "Zuwanderung und Integration"),
        ("partizipation", "Beteiligung"),
        ("künstliche Intelligenz", "KI-unterstütztes Lernen"),
        ("autoproduktion", "Automobilproduktion"),
    ],
)
def test_search_finds_a_topic_by_what_visitors_call_it(first_sight: Window, typed: str, name: str) -> None:
    first_sight.search(typed)

    assert name in first_sight.page.locator(".hit-name > bdi:first-child").all_inner_texts()


def test_search_forgives_typing_errors(first_sight: Window) -> None:
    hits = {
        typed: first_sight.search(typed).first.locator("bdi").first.inner_text()
        for typed in ("Boris Kiaser", "kreislaufwirtschft", "ATBgGmbH", "Kaisr CWE")
    }

    assert hits == {
        "Boris Kiaser": "Boris Kaiser",
        "kreislaufwirtschft": "Kreislaufwirtschaft",
        "ATBgGmbH": "ATB gGmbH",
        "Kaisr CWE": "Boris Kaiser",
    }
    assert first_sight.text("#hits-note") == "So geschrieben gibt es nichts. Ähnlich:"


def test_search_finds_words_in_quotes_and_names(first_sight: Window) -> None:
    hit = first_sight.search("Kaiser CWE").first

    assert hit.locator("bdi").first.inner_text() == "Boris Kaiser"
    assert hit.locator(".hit-excerpt").inner_text() == "„Boris Kaiser, CWE“"


def test_short_word_is_no_part_of_a_word(first_sight: Window, html: bytes) -> None:
    labels = [label.casefold() for node in embedded(html)["nodes"] for label in node["label"].values()]
    texts = first_sight.search("IG").all_inner_texts()
    words = [re.split(r"\W+", text.casefold()) for text in texts]

    assert sum("ig" in label for label in labels) > 5  # "wichtig", "Zukunftsfähigkeit"
    assert "IG Metall Zwickau" in texts[0]
    assert all(any(word.startswith("ig") for word in found) for found in words)


@pytest.mark.slow
def test_escape_clears_the_words(look: Open) -> None:
    seen = look()
    seen.search("kaiser").first.click()
    chosen = seen.page.locator("#search").input_value()
    seen.page.locator("#panel").focus()
    seen.page.keyboard.press("Escape")
    left = seen.page.locator("#search").input_value()
    seen.search("kaiser")
    seen.page.keyboard.press("Escape")

    assert (chosen, left, seen.page.locator("#search").input_value()) == ("Boris Kaiser", "", "")
    assert seen.page.locator("#hits-sheet").is_hidden()


@pytest.mark.slow
def test_hit_marks_its_row(look: Open) -> None:
    seen = look(fragment="#view=table&match=itas")
    seen.search("udo wehner").first.click()
    row = seen.page.locator(".table tr[aria-current]")

    assert row.locator("th").inner_text() == "Udo Wehner"
    assert row.is_visible()
    assert seen.page.evaluate(
        "() => { const [row, frame] = ['tr[aria-current]', '.table-scroll'].map((one) => document.querySelector(one).getBoundingClientRect());"
        " return row.top >= frame.top - 1 && row.bottom <= frame.bottom + 1; }"
    )


@pytest.mark.slow
def test_arrow_keys_choose_a_hit(look: Open) -> None:
    seen = look()
    second = seen.search("ihk").nth(1).locator("bdi").first.inner_text()
    seen.page.keyboard.press("ArrowDown")
    seen.page.keyboard.press("Enter")

    assert seen.heading() == second
    assert seen.page.locator("#hits-sheet").is_hidden()


def test_empty_search_says_so(first_sight: Window) -> None:
    hits = first_sight.search("Quastenflosser")

    assert hits.count() == 0
    assert first_sight.text("#hits-note") == "Nichts gefunden."


def test_node_shows_facts_and_quotes(look: Open) -> None:
    seen = look()
    seen.entity("person/michel-goetze")
    link = seen.page.locator("#details figcaption a").first

    assert (seen.heading(), seen.text("#details .kind")) == ("Michel Götze", "Person")
    assert "„Michel Götze, Volkswagen Bildungsinstitut“" in seen.quotes()
    assert {name: link.get_attribute(name) for name in ("href", "target", "rel")} == {
        "href": DOCUMENT,
        "target": "_blank",
        "rel": "noopener noreferrer",
    }


@pytest.mark.slow
def test_appearance_names_role_and_organisation(look: Open) -> None:
    seen = look(fragment=f"#entity={BASE}person/petra-seifert")
    rows = {row.split("\n")[0] for row in seen.page.locator(".neighbour-name").all_inner_texts()}

    assert any(row.startswith("Transformationslotsen") and "Betriebsrätin, GKN" in row for row in rows)


@pytest.mark.slow
def test_quote_names_all_its_lines(look: Open) -> None:
    seen = look()
    seen.entity("organisation/cwe")

    assert "„Boris Kaiser, CWE“" in seen.quotes()
    assert "Rückblick auf den ITAS-Kongress 2024 (öffnet in neuem Tab), Zeilen 57, 71, 85" in [
        " ".join(caption.split()) for caption in seen.page.locator("#details figcaption").all_text_contents()
    ]


@pytest.mark.slow
def test_name_is_clicked_where_it_was(look: Open) -> None:
    """The pointer lights an entity and moves its name; the click that follows is meant all the same."""
    seen = look()
    frame = seen.page.locator("#picture").bounding_box()
    assert frame is not None
    # The title of a group opens it, instead of the topic that the group is named for.
    names = [name for name in seen.page.evaluate(NAMES)["boxes"] if not name["isTitle"]][::8]
    chosen = []
    for name in names:
        seen.page.keyboard.press("Escape")
        seen.page.mouse.move(0, 0)
        until(seen.page, "count => itasgraph.picture.painter.visibleNames.length > count", len(names))
        x, y = frame["x"] + (name["left"] + name["right"]) / 2, frame["y"] + (name["top"] + name["bottom"]) / 2
        seen.page.mouse.move(x, y)
        until(seen.page, "id => itasgraph.picture.scene.hovered.entity === id", name["entity"])
        seen.page.mouse.click(x + 1, y)
        chosen.append(seen.page.evaluate("itasgraph.selection.entity"))

    assert len(names) > 8
    assert chosen == [name["entity"] for name in names]


def test_edge_shows_relation_and_quote(look: Open) -> None:
    seen = look()
    seen.search("Gregor Holst").first.click()
    ends = [
        seen.page.evaluate("id => itasgraph.picture.whereIs(id)", BASE + end)
        for end in ("person/gregor-holst", "organisation/imu-institut")
    ]
    # Somewhere along the line no name of an entity lies above it.
    for share in (0.5, 0.6, 0.7, 0.8, 0.4):
        x, y = (ends[0][axis] + share * (ends[1][axis] - ends[0][axis]) for axis in ("x", "y"))
        seen.page.mouse.click(x, y)
        if seen.text("#details .kind") == "Beziehung":
            break

    assert (seen.text("#details .kind"), seen.heading()) == ("Beziehung", "wird genannt mit der Organisation")
    assert seen.page.locator("#details .top bdi").all_inner_texts() == ["Gregor Holst", "IMU-Institut"]
    assert seen.text("#details .top .note") == "Wie können wir die Zukunft mitgestalten – Die ITAS-Charta im Prozess"
    assert "„Gregor Holst, IMU-Institut“" in seen.quotes()


@pytest.mark.slow
def test_derived_relation_names_its_rule(look: Open) -> None:
    seen = look(fragment="#relation=" + "offer%2Fcircular-cars%20schema%3Aabout%20topic%2Fkreislaufwirtschaft")

    assert seen.text("#details .rule") == "abgeleitet: Themen aus Worten"
    assert seen.quotes() == ["„Kreislaufwirtschaft“"]


@pytest.mark.slow
def test_language_changes_in_place(look: Open) -> None:
    seen = look(fragment=f"#entity={BASE}offer/circular-cars")
    seen.page.evaluate("window.sameDocument = true")
    german = seen.page.title(), seen.text(".title"), seen.text(".legend-kind >> nth=0"), seen.heading()
    seen.language("en")
    english = seen.page.title(), seen.text(".title"), seen.text(".legend-kind >> nth=0"), seen.heading()

    assert (
        german[0]
        == german[1]
        == "Wie hängen Akteure, Vorhaben und Themen zusammen? – Rückblick auf den ITAS-Kongress 2024"
    )
    assert german[2:] == ("Personen 19 , 19 Einträge", "Trainings für Kreislaufwirtschaft")
    assert (
        english[0]
        == english[1]
        == "How are actors, activities and topics connected? – Looking back on the ITAS-Kongress 2024"
    )
    assert english[2:] == ("People 19 , 19 entries", "Training for the circular economy")
    assert seen.page.evaluate("[document.documentElement.lang, window.sameDocument]") == ["en", True]


@pytest.mark.quick(1)
def test_link_restores_the_selection(look: Open) -> None:
    seen = look()
    seen.entity("topic/kreislaufwirtschaft")
    heading = seen.heading()
    again = look(fragment=seen.page.evaluate("location.hash"), locale="en-GB")

    assert again.heading() == heading == "Kreislaufwirtschaft"
    assert again.text(".identifier code") == f"{BASE}topic/kreislaufwirtschaft"


@pytest.mark.slow
def test_back_button_restores_the_selection(look: Open) -> None:
    seen = look()
    seen.entity("person/rene-pessier")
    seen.entity("person/udo-wehner")
    seen.page.go_back()
    until(seen.page, "() => document.querySelector('#details h2').textContent !== 'Udo Wehner'")

    assert seen.heading() == "René Pessier"


@pytest.mark.slow
def test_unknown_address_shows_everything(look: Open, at_first: str) -> None:
    seen = look(fragment="#entity=%E0%A4%A")
    headings = [seen.heading()]
    strange = (
        "#entity=nobody",
        "#relation=",
        "#<script>",
        "#entity=__proto__",
        "#lang=constructor",
        "#ask=toString",
        "#at=1,,x",
    )
    for fragment in (*strange, "#around=nobody&steps=x&without=all&section=none&view=none"):
        seen.page.evaluate(
            "hash => new Promise((done) => { addEventListener('hashchange', done); location.hash = hash; })", fragment
        )
        headings.append(seen.heading())

    assert headings == ["Das Netz in fünf Sätzen"] * 9
    assert seen.text(".legend-total") == at_first
    assert seen.words == []


@pytest.mark.slow
def test_table_equals_picture(look: Open, html: bytes, every_kind: str) -> None:
    seen = look(fragment=f"#{every_kind}")
    seen.page.locator("[data-view=table]").click()
    entities = seen.table()
    seen.page.locator(".table-head button", has_text="Beziehungen").click()
    relations = seen.table()
    data = embedded(html)

    assert sorted(name for name, *_ in entities) == sorted(node["label"]["de"] for node in data["nodes"])
    assert ["Michel Götze", "Person", "", "2"] in entities
    assert len(relations) == len(data["edges"])
    assert ["Thomas Birner", "LennardtundBirner GmbH", "„Dr. Thomas Birner, LennardtundBirner GmbH“"] in [
        [source, target, proof] for source, _, target, proof in relations
    ]


@pytest.mark.slow
def test_keyboard_reaches_search_and_selection(look: Open) -> None:
    seen = look()
    seen.page.keyboard.press("/")
    seen.page.keyboard.type("pessier")
    seen.page.keyboard.press("Enter")
    chosen = seen.heading()
    seen.page.keyboard.press("Escape")

    assert chosen == "René Pessier"
    assert seen.heading() == "Das Netz in fünf Sätzen"


@pytest.mark.slow
def test_dark_mode_is_followed(look: Open) -> None:
    seen = look(color_scheme="dark")

    assert seen.page.evaluate("document.documentElement.dataset.theme") == "dark"


# --- at first sight -----------------------------------------------------------------------------------------------------

NAMES = """() => {
    const { painter, container } = itasgraph.picture;
    const window = { width: container.clientWidth, height: container.clientHeight };
    return { window, boxes: painter.visibleNames.filter((name) => name.entity).map(({ entity, box, isTitle }) => ({ entity, isTitle, ...box })) };
}"""


def test_half_of_the_names_are_readable(first_sight: Window, actors: Net[str]) -> None:
    seen = first_sight.page.evaluate(NAMES)
    boxes, window = seen["boxes"], seen["window"]
    cut = [
        box["entity"]
        for box in boxes
        if box["left"] < 0 or box["top"] < 0 or box["right"] > window["width"] or box["bottom"] > window["height"]
    ]
    over = [
        (one["entity"], other["entity"])
        for number, one in enumerate(boxes)
        for other in boxes[number + 1 :]
        if min(one["right"], other["right"]) > max(one["left"], other["left"])
        and min(one["bottom"], other["bottom"]) > max(one["top"], other["top"])
    ]

    assert len({box["entity"] for box in boxes}) > actors.number_of_nodes() / 2
    assert cut == []
    assert over == []


@pytest.mark.slow
def test_phone_needs_no_sideways_scrolling(look: Open) -> None:
    seen = look(width=390, height=844)
    seen.search("pessier").first.click()
    widths = [seen.page.evaluate("document.documentElement.scrollWidth")]
    seen.page.locator("[data-view=table]").click()
    widths.append(seen.page.evaluate("document.documentElement.scrollWidth"))
    cut = seen.page.evaluate("""[...document.querySelectorAll("header button, header input, header h1")]
        .filter((part) => part.getBoundingClientRect().right > innerWidth).map((part) => part.outerHTML)""")

    assert widths == [390, 390]
    assert cut == []


@pytest.mark.slow
def test_page_without_javascript_explains_itself(browser: Browser, shown: Path) -> None:
    with browser.new_context(offline=True, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(shown.as_uri())

        assert page.locator(".noscript").inner_text() == "Diese Seite braucht JavaScript; sie lädt nichts nach."


# --- data of all sorts --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def hostile(shipped: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the picture of data whose every text tries something, and whose document is a script."""
    folder = tmp_path_factory.mktemp("hostile")
    people: list[dict[str, object]] = [
        {"id": f"person/{name}", "type": "Person", "name": text, "altLabel": {"en": f"{text} too"}, "quote": text}
        for name, text in HOSTILE.items()
        if name not in UNWRITABLE
    ]
    speakers = {person["id"]: {"position": number, "quote": person["name"]} for number, person in enumerate(people)}
    talk = {"id": "talk/talk", "type": "Contribution", "label": {"en": HOSTILE["script"]}, "speakers": speakers}
    document = {"id": "source/source", "type": "Source", "label": {"en": HOSTILE["image"]}, "says": [*people, talk]}
    # Line ends nobody sees are refused as they are and allowed as escapes.
    written = json.dumps(document, ensure_ascii=False).replace("\u2028", r"\u2028").replace("\u2029", r"\u2029")
    (folder / "data.yaml").write_text(written, encoding="utf-8")
    source, itas = f"<{BASE}source/source>", "https://w3id.org/itas/ontology#"
    more = [f"{source} <http://www.w3.org/ns/prov#wasDerivedFrom> <javascript:window.hurt=4> ."]
    for name in UNWRITABLE:  # YAML-LD refuses these signs; Turtle of others may hold them
        text = ox.Literal(HOSTILE[name])
        more.append(f"""<{BASE}person/{name}> <{itas}kind> <https://schema.org/Person> ; <{itas}quote> {text} ;
            <http://www.w3.org/2000/01/rdf-schema#label> {text} ; <http://purl.org/dc/terms/source> {source} .""")
    (folder / "more.ttl").write_text("\n".join(more), encoding="utf-8")
    loaded = access.load_files([folder / "data.yaml", folder / "more.ttl"], shipped)
    net = network_of("actors", loaded, shipped)
    (folder / "network.html").write_bytes(
        html_page.page(loaded, [PictureNetwork(net, {"en": HOSTILE["script"], "de": HOSTILE["image"]})], "en")
    )
    return folder / "network.html"


@pytest.mark.slow
def test_hostile_texts_run_nothing(look: Open, hostile: Path) -> None:
    seen = look(hostile)
    shown = {}
    quoted = {}
    for name in HOSTILE:
        seen.page.evaluate("id => itasgraph.select({ entity: id, relation: null })", f"{BASE}person/{name}")
        shown[name] = seen.page.locator("#details h2").text_content()
        quoted[name] = seen.page.locator("#details blockquote").first.text_content()
    seen.language("de")
    seen.page.locator("[data-view=table]").click()

    assert shown == READ
    assert quoted == {name: f"“{text.strip()}”" for name, text in HOSTILE.items()}
    assert set(READ.values()) <= set(seen.page.locator(".table tbody th bdi").all_text_contents())
    assert seen.page.evaluate("[window.hurt ?? null, document.images.length]") == [None, 0]
    assert seen.page.title().startswith(HOSTILE["image"])
    assert (seen.requests, seen.words) == ([hostile.as_uri()], [])


@pytest.mark.slow
def test_hostile_texts_can_be_searched(look: Open, hostile: Path) -> None:
    seen = look(hostile)
    actual = {name: seen.search(text).first.locator("bdi").first.text_content() for name, text in HOSTILE.items()}

    assert actual == READ


@pytest.mark.slow
def test_hostile_texts_are_saved_validly(look: Open, hostile: Path, tmp_path: Path) -> None:
    seen = look(hostile)
    turtle = rdflib.Graph().parse(seen.save("ttl", tmp_path))
    with seen.save("csv", tmp_path).open(encoding="utf-8-sig", newline="") as table:
        rows = list(csv.reader(table))
    drawing = ET.parse(seen.save("svg", tmp_path)).getroot()
    quoted = {str(text) for text in turtle.objects(None, rdflib.URIRef("https://w3id.org/itas/ontology#quote"))}

    assert {str(label) for label in turtle.objects(None, rdflib.RDFS.label)} >= set(HOSTILE.values())
    assert quoted == {text for name, text in HOSTILE.items() if name not in UNWRITABLE}
    assert {row[3] for row in rows[1:] if row[3]} == {text.strip() for text in quoted}
    assert {text.text for text in drawing.iter("{http://www.w3.org/2000/svg}title")} >= {HOSTILE["script"]}
    assert list(drawing.iter("{http://www.w3.org/2000/svg}script")) == []


@pytest.mark.slow
def test_long_name_breaks_no_layout(look: Open, hostile: Path) -> None:
    seen = look(hostile, f"#entity={BASE}person/long", width=390, height=844)

    assert len(HOSTILE["long"]) == 10_000
    assert seen.page.evaluate("document.documentElement.scrollWidth") == 390
    assert seen.heading() == HOSTILE["long"]


@pytest.mark.slow
def test_script_address_is_not_linked(look: Open, hostile: Path) -> None:
    seen = look(hostile)

    assert seen.text(".sources") == HOSTILE["image"]
    assert seen.page.locator("a[href^='javascript']").count() == 0


@pytest.mark.slow
def test_empty_network_says_so(look: Open, graph: Graph, tmp_path: Path) -> None:
    (tmp_path / "empty.html").write_bytes(
        html_page.page(graph, [PictureNetwork(linked(nx.empty_graph(0)), TITLES)], "en")
    )
    seen = look(tmp_path / "empty.html")

    assert seen.text(".intro-count") == "0 entries · 0 relations"
    assert seen.text("#nothing") == "This network has no entries."
    assert seen.words == []


@pytest.mark.slow
def test_label_that_shows_nothing_is_replaced(look: Open, graph: Graph, tmp_path: Path) -> None:
    labels = ["", " ", "\u200b", "\u202e"]
    net = linked(nx.path_graph(len(labels)))
    page = tmp_path / "empty-labels.html"
    page.write_bytes(html_page.page(graph, [PictureNetwork(net, TITLES)], "en"))
    data = embedded(page.read_bytes())
    for node, label in zip(data["nodes"], labels, strict=True):
        node["label"] = {"de": label, "en": label}
    seen = look(page)
    names = seen.page.evaluate("nodes => nodes.map((node) => itasgraph.model.name(node))", data["nodes"])

    assert names == [f"without a name ({number})" for number in range(len(labels))]


@pytest.fixture
def parallel(graph: Graph, tmp_path: Path) -> Path:
    """Two entities with a hundred relations between them, and one related to itself."""
    net: Net[str] = nx.MultiDiGraph()
    net.add_nodes_from(["urn:one", "urn:other"], labels={}, kind="")
    attributes = {
        "quotes": [],
        "rules": [],
        "notes": [],
        "quote_notes": {},
        "weight": 1.0,
        "symmetric": False,
        "terminal": False,
    }
    for number in range(100):
        net.add_edge("urn:one", "urn:other", key=f"urn:relation:{number}", **attributes)
    net.add_edge("urn:one", "urn:one", key="urn:likes", **attributes)
    page = tmp_path / "parallel.html"
    page.write_bytes(html_page.page(graph, [PictureNetwork(net, TITLES)], "en"))
    return page


@pytest.mark.slow
def test_many_relations_between_two_are_folded(look: Open, parallel: Path) -> None:
    seen = look(parallel, "#relation=urn:one+urn:relation:1+urn:other")
    listed = seen.page.locator("#details .neighbours .neighbour:visible").count()
    seen.click("#filter")
    boxes = seen.page.locator("[data-facet=relations] input").count()
    seen.click("[data-facet=relations] .more")

    assert listed == 12
    assert boxes == 40
    assert seen.page.locator("[data-facet=relations] input").count() == 101
    assert seen.page.evaluate("document.activeElement.type") == "checkbox"


@pytest.mark.slow
def test_relation_to_itself_is_listed(look: Open, parallel: Path) -> None:
    seen = look(parallel, "#entity=urn:one")

    assert "likes" in seen.text("#details")
    assert seen.page.locator("#details .group", has_text="likes").locator(".neighbour").inner_text() != ""


# --- the picture of the picture -----------------------------------------------------------------------------------------


@pytest.mark.slow
def test_screenshot_has_the_window_size(browser: Browser, html: bytes) -> None:
    png = make_picture.screenshot(html, browser)

    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", png[16:24]) == (1440, 900)


def test_screenshot_needs_a_browser(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    code = make_picture.main([str(tmp_path / "network.png")])

    assert code == 1
    assert capsys.readouterr().err == "chromium is not installed: sudo apt-get install chromium\n"
    assert list(tmp_path.iterdir()) == []


def test_two_texts_are_both_shown(shipped: Project, tmp_path: Path) -> None:
    (tmp_path / "two.ttl").write_text("""
        @prefix itas: <https://w3id.org/itas/ontology#> . @prefix schema: <https://schema.org/> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        <http://e.org/a> itas:kind schema:Person ; rdfs:label "A"@de , "A"@en ;
          schema:description "erste"@de , "andere"@de , "first"@en .""")
    graph = access.load_files([tmp_path / "two.ttl"], shipped)
    net = network_of("everything", graph, shipped)
    (node,) = embedded(html_page.page(graph, [PictureNetwork(net, TITLES)], "en"))["nodes"]

    assert sorted(fact["value"]["de"] for fact in node["facts"]) == ["andere", "erste"]


# --- the foot -----------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_foot_names_sources_and_caveats(look: Open) -> None:
    seen = look()
    foot = seen.text("#foot")
    links = {link.get_attribute("href") for link in seen.page.locator("#foot a").all()}

    assert "bedeutet keine Zusammenarbeit" in foot
    assert "Quellen: Rückblick auf den ITAS-Kongress 2024" in foot
    assert re.search(r"Daten: ITAS-Wissensgraph, Version \d+\.\d+\.\d+", foot)
    assert "Kontakt: nicht angegeben." in foot
    assert links == {DOCUMENT, "https://creativecommons.org/licenses/by/4.0/"}


@pytest.mark.slow
def test_foot_names_the_contact(look: Open, copy: Path, tmp_path: Path) -> None:
    dataset = copy / "data" / "dataset.yaml"
    dataset.write_text(dataset.read_text(encoding="utf-8") + "  contact: mailto:redaktion@example.org\n")
    project = Project(copy)
    question = builder.find_query("actors", project)
    loaded = access.load(project)
    path = tmp_path / "n.html"
    path.write_bytes(
        html_page.page(loaded, [PictureNetwork(builder.build(loaded, question.text, "actors"), question.titles)], "en")
    )
    seen = look(path)

    assert "Contact, also for a correction or removal: mailto:redaktion@example.org" in seen.text("#foot")
    assert seen.page.locator("#foot a[href='mailto:redaktion@example.org']").count() == 1
