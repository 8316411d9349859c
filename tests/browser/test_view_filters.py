"""What is shown can be narrowed by section, target group, status, relation and source, and to what surrounds an entity."""

from __future__ import annotations

import pytest

from itasgraph.store.memory import Graph
from tests.helpers.browsing import Open, Window, embedded
from tests.helpers.drawn_picture import reach
from tests.helpers.namespaces import BASE
from tests.helpers.networks import Net

pytestmark = pytest.mark.slow


def visible(seen: Window) -> list[str]:
    """Return the short IRIs of all entities shown, as the table lists them."""
    seen.click("[data-view=table]")
    actual: list[str] = seen.page.evaluate("itasgraph.model.visibleNodes().map(({ id }) => id)")
    names = {row[0] for row in seen.table()}
    assert len(actual) == len(seen.table()) >= len(names)
    seen.click("[data-view=picture]")
    return sorted(iri.removeprefix(BASE) for iri in actual)


def tick(seen: Window, facet: str, value: str) -> int:
    """Tick a value of a facet; the count beside it."""
    if seen.page.locator("#filter-sheet").is_hidden():
        seen.click("#filter")
    row = seen.page.locator(f"[data-facet={facet}] label", has_text=value)
    row.locator("input").check()
    return int(row.locator("[data-count]").inner_text())


def test_filters_count_their_values(look: Open, actors: Net[str], graph: Graph) -> None:
    seen = look()
    told = graph.select("SELECT ?thing ?status WHERE { ?thing adms:status ?status }")
    status = {str(row["status"]) for row in told if row["thing"].value in actors}
    relations = {relation for _, _, relation in actors.edges(keys=True)}
    seen.click("#filter")
    facets = seen.page.locator("#filter-sheet fieldset").all()
    named = {facet.locator("legend").inner_text(): facet.locator("label").count() for facet in facets}

    assert named == {
        "Programmabschnitt": 4,
        "Zielgruppe": 12,
        "Status": len(status),
        "Beziehung": len(relations),
        "Quelle": 1,
    }


def test_section_shows_its_content(look: Open, actors: Net[str], every_kind: str) -> None:
    seen = look(fragment=f"#{every_kind}")
    count = tick(seen, "section", "Die Zulieferer im Blick")
    actual = visible(seen)

    assert len(actual) == count
    assert {"section/zulieferer", "talk/circular-cars", "offer/circular-cars", "person/boris-kaiser"} <= set(actual)
    assert {"organisation/cwe", "group/zulieferer", "topic/kreislaufwirtschaft"} <= set(actual)
    assert "person/diana-krahl" not in actual
    assert seen.text(".legend-total") == f"{count} von {actors.number_of_nodes()} sichtbar"


def test_values_widen_and_filters_narrow(look: Open) -> None:
    seen = look()
    suppliers = tick(seen, "audience", "Zulieferer")
    employees = tick(seen, "audience", "Arbeitnehmerinnen")
    both = visible(seen)
    tick(seen, "status", "läuft")
    narrowed = visible(seen)

    assert max(suppliers, employees) < len(both) <= suppliers + employees
    assert set(narrowed) < set(both)
    assert "group/zulieferer" not in narrowed


def test_relation_shows_its_edges_and_ends(look: Open, html: bytes) -> None:
    seen = look()
    count = tick(seen, "relations", "wird genannt mit der Organisation")
    ends = {
        edge[end]
        for edge in embedded(html)["edges"]
        if "org#organization" in edge["relation"]
        for end in ("from", "to")
    }

    assert visible(seen) == sorted(iri.removeprefix(BASE) for iri in ends)
    assert seen.page.evaluate("itasgraph.model.visibleEdges().length") == count == 19


def test_source_shows_its_content(look: Open, actors: Net[str]) -> None:
    seen = look()
    count = tick(seen, "source", "Rückblick")

    assert len(visible(seen)) == count < actors.number_of_nodes()


def test_selection_can_be_dropped(look: Open, at_first: str) -> None:
    seen = look()
    tick(seen, "section", "Wir heute hier")
    tick(seen, "status", "läuft")
    chips = seen.page.locator(".chip").all_inner_texts()
    seen.page.keyboard.press("Escape")
    seen.click(".chip", "Status")
    left = seen.page.locator(".chip").count()
    seen.click("#reset")

    assert [chip.split(":")[0] for chip in chips] == ["Programmabschnitt", "Status"]
    assert left == 1
    assert seen.page.locator("#chips").is_hidden()
    assert seen.text(".legend-total") == at_first


def test_search_ends_a_filter(look: Open, at_first: str) -> None:
    seen = look()
    tick(seen, "section", "Wir heute hier")
    seen.search("Diana Krahl").first.click()

    assert seen.heading() == "Diana Krahl"
    assert seen.text(".legend-total") == at_first


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_neighbourhood_grows_by_steps(look: Open, html: bytes, steps: int, actors: Net[str], every_kind: str) -> None:
    seen = look(fragment=f"#entity={BASE}person/udo-wehner&{every_kind}")
    seen.click(f"[data-steps='{steps}']")
    shown = visible(seen)
    seen.click("[data-steps='0']")

    assert shown == sorted(iri.removeprefix(BASE) for iri in reach(embedded(html), f"{BASE}person/udo-wehner", steps))
    assert seen.text(".legend-total") == f"{actors.number_of_nodes()} von {actors.number_of_nodes()} sichtbar"


def test_hover_lights_neighbours(look: Open, every_kind: str) -> None:
    seen = look(fragment=f"#{every_kind}")
    place = seen.page.evaluate("id => itasgraph.picture.whereIs(id)", f"{BASE}person/udo-wehner")
    seen.page.mouse.move(place["x"], place["y"])
    lit = "itasgraph.picture.scene.focus()?.places.map(({ id }) => id).sort() ?? null"
    seen.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")

    neighbours = seen.page.evaluate(
        "id => itasgraph.model.neighbours(id).map(({ id }) => id)", f"{BASE}person/udo-wehner"
    )
    assert seen.page.evaluate(lit) == sorted({f"{BASE}person/udo-wehner", *neighbours})


def counts(seen: Window, selector: str) -> dict[str, int]:
    """Name → number beside it, of a legend or a facet."""
    rows = seen.page.locator(selector).all()
    return {
        row.locator("[dir=auto], .legend-name").inner_text(): int(row.locator("[data-count]").inner_text())
        for row in rows
    }


def test_counts_follow_other_filters(look: Open, actors: Net[str], every_kind: str) -> None:
    seen = look(fragment=f"#{every_kind}")
    before = counts(seen, ".legend-kind")
    left = tick(seen, "audience", "Jugend")
    kinds = counts(seen, ".legend-kind")
    status = counts(seen, "[data-facet=status] label")
    audience = counts(seen, "[data-facet=audience] label")

    assert sum(before.values()) == actors.number_of_nodes()
    assert sum(kinds.values()) == left < 20
    assert kinds["Organisationen"] == 0
    assert sum(status.values()) <= left
    assert audience["Zulieferer"] > 0  # another tick here widens


def test_relation_counts_both_ends(look: Open) -> None:
    seen = look()
    tick(seen, "relations", "gehört zu")
    told = counts(seen, "[data-facet=section] label")
    left = {}
    for name in told:
        box = seen.page.locator("[data-facet=section] label", has_text=name).locator("input")
        box.check()
        left[name] = sum(counts(seen, ".legend-kind").values())
        box.uncheck()

    assert len(told) == 4
    assert left == told


def test_zero_is_grey(look: Open) -> None:
    seen = look()
    tick(seen, "audience", "Jugend")
    grey = seen.page.locator(".legend-kind.zero .legend-name").all_inner_texts()

    assert "Organisationen" in grey
    assert all(number == 0 for name, number in counts(seen, ".legend-kind").items() if name in grey)


def test_empty_picture_leads_back(look: Open, at_first: str) -> None:
    seen = look()
    before = seen.page.locator("#nothing").is_hidden()
    seen.click(".legend-side button", "Keine")
    said = seen.text("#nothing p")
    seen.click("#nothing button")

    assert before
    assert said == "Nichts passt zu diesen Filtern."
    assert seen.text(".legend-total") == at_first
    assert seen.page.locator("#nothing").is_hidden()


def test_steps_cross_hidden_nodes(look: Open, html: bytes, every_kind: str) -> None:
    seen = look(fragment=f"#around={BASE}organisation/cwe&steps=3&{every_kind}")
    whole = visible(seen)
    seen.page.locator(".legend-kind", has_text="Organisationen").locator("input").uncheck()
    kind = {node["id"].removeprefix(BASE): node["kind"] for node in embedded(html)["nodes"]}

    assert len(whole) == 12
    assert visible(seen) == [
        name for name in whole if name == "organisation/cwe" or not kind[name].endswith("Organization")
    ]


def test_search_ends_only_the_hiding_filters(look: Open) -> None:
    seen = look()
    tick(seen, "audience", "Zulieferer")
    tick(seen, "source", "Rückblick")
    seen.page.locator("#filter-sheet .close").click()
    seen.search("Diana Krahl").first.click()
    chips = seen.page.locator(".chip").all_inner_texts()

    assert [chip.split(":")[0] for chip in chips] == ["Quelle"]
    assert seen.text("#status").startswith(
        "Diana Krahl war verborgen; Filter dafür aufgehoben. Ausgewählt: Diana Krahl"
    )
    assert seen.text("#toast") == "Diana Krahl war verborgen; Filter dafür aufgehoben."


def test_chosen_relation_comes_back(look: Open) -> None:
    seen = look()
    tick(seen, "relations", "stellt vor")
    seen.page.locator("#filter-sheet .close").click()
    seen.page.evaluate("itasgraph.select({ relation: 'person/udo-wehner org:organization organisation/amz-sachsen' })")

    assert seen.page.evaluate("itasgraph.model.isEdgeVisible(itasgraph.model.edges.get(itasgraph.selection.relation))")
