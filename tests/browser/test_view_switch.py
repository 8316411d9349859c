"""The switch between the networks of one page: names, what a line means, and what stays when the network changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from itasgraph.project import Project
from itasgraph.store.memory import Graph
from tests.helpers.browsing import Open, Window, page_of
from tests.helpers.namespaces import BASE

pytestmark = pytest.mark.slow

KAISER = f"entity={BASE}person/boris-kaiser"
TOPIC = f"entity={BASE}topic/mobilitaet"


@pytest.fixture(scope="session")
def several(graph: Graph, shipped: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a page with five networks, in English."""
    path = tmp_path_factory.mktemp("several") / "several.html"
    path.write_bytes(page_of(graph, shipped, "actors organisations topics programme contacts", "en"))
    return path


def names(seen: Window, marked: str = "") -> list[str]:
    return seen.page.locator(f".network{marked}:visible").all_inner_texts()


def choose(seen: Window, name: str) -> None:
    seen.click(f"[data-network={name}]")


def count(seen: Window) -> str:
    return seen.text(".legend-total")


def fragment(seen: Window) -> str:
    part: str = seen.page.evaluate("location.hash")
    return part


def test_strip_names_the_networks_and_says_what_a_line_means(look: Open, several: Path) -> None:
    seen = look(several)

    assert names(seen) == ["Who does what", "Organisations", "Topics", "Programme", "Contacts"]
    assert names(seen, "[aria-pressed=true]") == ["Who does what"]
    choose(seen, "organisations")
    assert names(seen, "[aria-pressed=true]") == ["Organisations"]
    assert "dashed: only a shared topic – closeness, no contact" in seen.text("#network-line")
    seen.language("de")
    assert names(seen)[1] == "Organisationen"
    assert seen.text("#network-line").startswith("Eine Linie ist Kontakt über eine Person")
    assert seen.words == []


def test_one_network_needs_no_strip(look: Open) -> None:
    assert names(look()) == []


def test_switch_shows_another_network_and_the_way_back(look: Open, several: Path) -> None:
    seen = look(several)
    first = count(seen), seen.text(".title")
    choose(seen, "topics")

    assert (count(seen), fragment(seen)) == ("61 of 61 visible", "#net=topics")
    assert seen.text(".title").startswith("Who appeared on which topic?")
    assert seen.text("#status").startswith(
        "The picture shows the network “Topics”. A line leads from somebody to a topic"
    )
    seen.page.go_back()
    assert (count(seen), seen.text(".title")) == first


def test_selection_stays_where_the_other_network_has_it(look: Open, several: Path) -> None:
    seen = look(several, f"#net=topics&{KAISER}")
    choose(seen, "contacts")
    there = seen.heading(), fragment(seen).partition("&at")[0]
    choose(seen, "organisations")

    assert there == ("Boris Kaiser", f"#net=contacts&{KAISER}")
    assert (seen.heading(), fragment(seen)) == ("The network in five sentences", "#net=organisations")
    seen.page.go_back()
    assert seen.heading() == "Boris Kaiser"


def test_filters_stay_as_far_as_they_mean_something(look: Open, several: Path) -> None:
    seen = look(several, "#net=topics")
    seen.page.locator(".legend-kind", has_text="Topics").click()
    choose(seen, "contacts")
    without_topics = count(seen)
    choose(seen, "topics")

    assert without_topics == "36 of 36 visible"
    assert count(seen) == "61 of 61 visible"
    seen.page.locator(".legend-kind", has_text="People").click()
    hidden = count(seen)
    choose(seen, "contacts")
    assert hidden == "42 of 61 visible"
    assert count(seen) == "17 of 36 visible"


def test_link_opens_its_network(look: Open, several: Path) -> None:
    seen = look(several, f"#net=topics&{TOPIC}&lang=de")

    assert names(seen, "[aria-pressed=true]") == ["Themen"]
    assert seen.heading() == "Mobilität"
    assert seen.link().startswith(f"#net=topics&{TOPIC}")


def test_link_to_a_network_that_is_gone_says_so(look: Open, several: Path) -> None:
    seen = look(several, "#net=nothing")

    assert names(seen, "[aria-pressed=true]") == ["Who does what"]
    assert "nothing" in seen.text("#toast")


def test_answer_opens_on_the_network_it_was_computed_on(look: Open, several: Path) -> None:
    seen = look(several, "#net=topics")
    seen.click("#step-connects")

    assert fragment(seen) == "#net=contacts&ask=connects"
    assert seen.text("#toast") == "This answer was computed on the network “Contacts”, which the picture shows now."
    assert "AMZ Sachsen" in seen.text(".step.current .step-sentence")
    highlighted = "itasgraph.picture.scene.highlight.entities.length"
    assert seen.page.evaluate(highlighted) > 0
    choose(seen, "topics")
    assert (fragment(seen), seen.page.locator(".step.current").count()) == ("#net=topics", 0)
    seen.page.go_back()
    assert fragment(seen) == "#net=contacts&ask=connects"
    seen.page.go_back()
    assert (fragment(seen), names(seen, "[aria-pressed=true]")) == ("#net=topics", ["Topics"])


def test_link_to_an_answer_opens_the_network_it_was_computed_on(look: Open, several: Path) -> None:
    seen = look(several, "#net=programme&ask=groups")

    assert names(seen, "[aria-pressed=true]") == ["Contacts"]
    assert seen.text(".step.current .step-question") == "Which groups are there?"


def test_answer_on_the_whole_graph_stays(look: Open, several: Path) -> None:
    seen = look(several, "#net=topics")
    seen.click("#step-missing")
    choose(seen, "actors")

    assert fragment(seen) == "#ask=missing"


def test_switch_works_by_keyboard(look: Open, several: Path) -> None:
    seen = look(several)
    seen.page.locator("[data-network=actors]").focus()
    seen.page.keyboard.press("Tab")
    seen.page.keyboard.press("Enter")

    assert names(seen, "[aria-pressed=true]") == names(seen, ":focus") == ["Organisations"]
    described = seen.page.locator(".network:focus").get_attribute("aria-describedby")
    assert described == "network-line"
    assert "17 organisations" in seen.page.locator("#picture-summary").text_content().lower()  # type: ignore[union-attr]


def test_table_and_map_follow(look: Open, several: Path) -> None:
    seen = look(several, "#view=table")
    choose(seen, "contacts")
    rows = len(seen.table())
    is_map = "document.body.classList.contains('map')"

    assert (rows, seen.page.evaluate(is_map)) == (36, False)
    choose(seen, "actors")
    assert seen.page.evaluate(is_map)
    assert len(seen.table()) == 86


@pytest.mark.parametrize("width", [320, 390, 1024, 1440])
def test_strip_fits_the_window(look: Open, several: Path, width: int) -> None:
    seen = look(several, width=width)
    over = "document.documentElement.scrollWidth - innerWidth"
    line = "(line => line.scrollHeight - line.clientHeight)(document.getElementById('network-line'))"

    for name in ("organisations", "contacts", "programme"):
        choose(seen, name)
        assert seen.page.evaluate(over) <= 0
        assert seen.page.evaluate(line) <= 1
        assert seen.page.locator(".network[aria-pressed=true]").is_visible()


def test_phone_shows_tiles_of_the_map_only(look: Open, several: Path) -> None:
    seen = look(several, width=390, height=844)
    tiles = seen.page.locator("#tiles")
    first = tiles.is_visible()
    choose(seen, "topics")

    assert (first, tiles.is_visible()) == (True, False)
    choose(seen, "actors")
    assert tiles.is_visible()


def test_paper_names_the_network_that_is_shown(look: Open, several: Path) -> None:
    seen = look(several, "#net=contacts", width=1000)
    seen.page.emulate_media(media="print")

    assert names(seen) == ["Contacts"]
    assert seen.page.locator("#network-line").is_visible()


def test_without_scripts_the_networks_are_named(several: Path) -> None:
    html = several.read_text(encoding="utf-8")
    summary = html.partition("<noscript>")[2].partition("</noscript>")[0]

    assert summary.count("<li>") == 5
    assert "Contacts – 36 entries, 23 relations. A line is contact on one day" in summary


def test_search_offers_what_only_another_network_has(look: Open, several: Path) -> None:
    seen = look(several, "#net=organisations")
    hit = seen.search("Boris Kaiser").first
    offered = hit.inner_text()
    hit.click()

    assert "in the network “Who does what”" in offered
    assert names(seen, "[aria-pressed=true]") == ["Who does what"]
    assert seen.heading() == "Boris Kaiser"
    assert KAISER in fragment(seen)
    assert seen.text("#toast") == "The picture shows the network “Who does what”."
    seen.page.go_back()
    assert names(seen, "[aria-pressed=true]") == ["Organisations"]


def test_search_offers_each_entry_once_and_those_of_this_network_first(look: Open, several: Path) -> None:
    seen = look(several, "#net=organisations&lang=de")
    hits = seen.search("Mittelsachsen").all_inner_texts()
    entries = [hit.splitlines()[0] for hit in hits]

    assert entries[0] == "IHK Mittelsachsen"
    assert "im Netz" not in hits[0]
    assert any("im Netz" in hit for hit in hits)
    assert len(entries) == len(set(entries))


def test_typing_error_is_forgiven_where_no_network_has_the_words(look: Open, several: Path) -> None:
    seen = look(several, "#net=organisations")

    assert "in the network" in seen.search("Boris Kaisr").first.inner_text()
    assert seen.page.locator("#hits-note").inner_text().startswith("Nothing is")


def test_typing_error_is_not_forgiven_where_another_network_has_the_word(look: Open, several: Path) -> None:
    """The university is one letter away in this network; the universities, a target group, are in others."""
    seen = look(several, "#net=organisations")
    hits = seen.search("Hochschulen").all_inner_texts()

    assert seen.page.evaluate("itasgraph.model.search('Hochschulen').mistyped") is True
    assert hits
    assert not any("Westsächsische" in hit or "West Saxon" in hit for hit in hits)
    assert not seen.page.locator("#hits-note").inner_text().startswith("Nothing is")


def test_ranking_says_why_another_network_differs(look: Open, several: Path) -> None:
    seen = look(several, "#ask=connects&lang=en")
    several_networks = seen.text(".step-more")
    alone = look(fragment="#ask=connects&lang=en").text(".step-more")

    assert "Another network may put others first: it draws other relations" in several_networks
    assert "Another network" not in alone
