"""A click asks the network a question; the answer is the graph's, with the words that prove it."""

from __future__ import annotations

from pathlib import Path

import pytest

from itasgraph.network import analysis, builder
from itasgraph.picture import excerpt, html_page, page_data
from itasgraph.project import Project
from itasgraph.store.memory import Graph
from tests.helpers import browsing
from tests.helpers.browsing import Open, Window
from tests.helpers.namespaces import BASE

pytestmark = pytest.mark.slow

ITAS = "https://w3id.org/itas/ontology#"
BUTTONS = ["Wer verbindet?", "Welche Gruppen gibt es?", "Wo fehlt jemand?", "Wie hängen A und B zusammen?"]


def choose(seen: Window, end: str, typed: str) -> None:
    """Type a name into one end of a path and take the first hit."""
    seen.page.locator(f"#end-{end}").fill(typed)
    seen.page.keyboard.press("Enter")


def lit(seen: Window) -> set[str]:
    """Return what is lit in the picture, by short IRI."""
    ids = seen.page.evaluate("itasgraph.picture.scene.focus()?.places.map(({ id }) => id) ?? []")
    return {iri.removeprefix(BASE) for iri in ids}


def test_questions_avoid_measures(look: Open) -> None:
    seen = look()

    assert seen.page.locator(".question").all_inner_texts() == BUTTONS


def test_connectors_match_the_analysis(look: Open, graph: Graph, shipped: Project) -> None:
    seen = look()
    seen.click(".question", "Wer verbindet?")
    answers = analysis.analyse(builder.Networks(graph, shipped), "contacts", "de")
    connects = next(answer for answer in answers.answers if answer.question == "connects")

    assert seen.heading() == "Wer verbindet?"
    names = [name for finding in connects.findings for name in finding.entities.values()]
    assert seen.page.locator(".finding-name").all_inner_texts() == names
    assert "Zwischenzentralität" not in seen.page.locator("#details").inner_text()
    seen.click(".computed summary")
    assert seen.text(".computed").startswith("Wie wird das berechnet? " + connects.measure)
    assert connects.caveat("de") in seen.text(".computed")


def test_bridges_are_named(look: Open) -> None:
    seen = look(fragment="#ask=connects")

    assert seen.text(".findings > li >> nth=0") == "AMZ Sachsen , Organisation hält allein 2 Teile des Netzes zusammen"


def test_group_lists_members_and_topics(look: Open) -> None:
    seen = look(fragment="#ask=groups")
    group = seen.page.locator(".findings > li").nth(1)

    assert group.locator(".finding").inner_text() == "Gruppe 2 · 4 Mitglieder"
    assert group.locator(".neighbours li").count() == 4
    assert group.locator(".neighbours li").first.inner_text().startswith("GKN")
    assert group.locator(".note").inner_text() == "Themen: Umbau in den Betrieben (4 von 4)"


def test_more_findings_unfold(look: Open) -> None:
    seen = look(fragment="#ask=missing")
    first = seen.page.locator(".findings").first.locator("> li").count()
    more = seen.page.locator(".more").first
    said = more.inner_text()
    more.click()
    whole = seen.page.locator(".findings").first.locator("> li").count()

    assert (first, said) == (10, f"{whole - 10} weitere zeigen")
    assert whole > 10
    assert seen.page.evaluate("document.activeElement.closest('.findings > li')?.matches(':nth-child(11)')")
    assert "itasgraph analyse" not in seen.page.locator("body").inner_text()


def test_link_reaches_a_later_finding(look: Open) -> None:
    seen = look(fragment="#ask=missing&part=15")

    assert seen.page.locator(".finding[aria-pressed=true]").count() == 1


def test_linked_finding_opens_its_answer(look: Open) -> None:
    seen = look(fragment="#ask=missing&part=20")

    assert [part.locator("> li").count() for part in seen.page.locator(".findings").all()] == [10, 2, 2]
    assert seen.page.locator(".finding[aria-pressed=true]").count() == 1


def test_absent_members_are_named(look: Open, graph: Graph, shipped: Project, tmp_path: Path) -> None:
    question = builder.find_query("actors", shipped)
    net = builder.build(graph, question.text, question.name)
    part = excerpt.extract(graph, net, excerpt.ExcerptOptions(focus="GKN", depth=1), "de")
    around = page_data.page_context(builder.Networks(graph, shipped), "actors", part, None)
    (tmp_path / "part.html").write_bytes(html_page.page(graph, part.network, question.titles, "de", around))
    seen = look(tmp_path / "part.html", "#ask=groups")
    members = seen.page.locator(".findings > li").first.locator(".members li").all_inner_texts()

    assert members[0] == "AMZ Sachsen (nicht in diesem Bild)"
    assert seen.page.locator(".findings > li").first.locator("> .finding").inner_text() == (
        "Gruppe 1 · 5 Mitglieder (nicht in diesem Bild)"
    )


def test_gap_leads_to_actors(look: Open, graph: Graph, shipped: Project, tmp_path: Path) -> None:
    path = tmp_path / "organisations.html"
    path.write_bytes(browsing.page_of(graph, shipped, "organisations", "de"))
    seen = look(path, "#ask=missing")
    seen.click(".more")
    seen.click(".finding", "Automatisiertes Fahren: nur AMZ Sachsen")

    assert lit(seen) == {"organisation/amz-sachsen"}
    assert "(nicht in diesem Bild)" in seen.page.locator(".findings li", has_text="Beteiligung: niemand").inner_text()


def test_group_members_light_up(look: Open) -> None:
    seen = look()
    seen.click(".question", "Gruppen")
    seen.click(".finding", "Gruppe 2")
    members = lit(seen)
    pressed = seen.page.locator(".findings [aria-pressed=true]").all_inner_texts()
    seen.click(".finding", "Gruppe 2")

    assert members == {
        "organisation/gkn",
        "organisation/ig-metall-zwickau",
        "person/petra-seifert",
        "person/thomas-knabel",
    }
    assert pressed == ["Gruppe 2 · 4 Mitglieder"]
    assert lit(seen) > members


def test_gaps_name_topics_groups_and_offers(look: Open) -> None:
    seen = look()
    seen.click(".question", "Wo fehlt jemand?")

    assert len(seen.page.locator("#details .part > h3").all()) == 3
    assert "Schülerinnen und Schüler: kein Angebot, Planungen: 1" in seen.page.locator(".findings li").all_inner_texts()


def test_path_is_found_by_two_names(look: Open) -> None:
    seen = look()
    seen.click(".question", "zusammen?")
    choose(seen, "from", "boris")
    choose(seen, "to", "udo wehner")
    steps = seen.page.locator(".path li .neighbour-name > bdi:first-child").all_inner_texts()

    assert seen.text(".path-count") == "4 Schritte · 1 kürzester Weg"
    assert steps[0] == "Boris Kaiser"
    assert steps[2:] == ["Andreas Wächtler", "AMZ Sachsen", "Udo Wehner"]
    assert {"„Boris Kaiser, CWE“", "„Andreas Wächtler, AMZ Sachsen“", "„Udo Wehner, AMZ Sachsen“"} <= set(seen.quotes())
    assert lit(seen) == {
        "person/boris-kaiser",
        "talk/circular-cars",
        "person/andreas-waechtler",
        "organisation/amz-sachsen",
        "person/udo-wehner",
    }


def test_hubs_connect_on_request(look: Open) -> None:
    seen = look()
    seen.click(".question", "zusammen?")
    choose(seen, "from", "Diana Krahl")
    choose(seen, "to", "Udo Wehner")
    apart = seen.text("#details .rule"), seen.page.locator(".path").count()
    seen.page.locator("#over-hubs").check()

    assert apart == ("Keine Beziehung und kein Beitrag im gezeigten Teil führt von „Diana Krahl“ zu „Udo Wehner“.", 0)
    assert seen.page.locator(".path").count() > 0
    assert seen.text(".path-count").endswith("kürzeste Wege")


@pytest.mark.parametrize("hidden", [f"without={ITAS}Contribution", f"around={BASE}person/udo-wehner&steps=1"])
def test_hidden_path_is_no_missing_path(look: Open, hidden: str) -> None:
    seen = look(fragment=f"#ask=path&from={BASE}person/boris-kaiser&to={BASE}person/udo-wehner&{hidden}")
    said = seen.text(".hidden-paths p")
    paths = seen.page.locator(".path").count()
    seen.click(".hidden-paths button")

    assert (said, paths) == ("Filter blenden den Weg aus: Ohne sie braucht der kürzeste 4 Schritte.", 0)
    assert seen.text(".path-count") == "4 Schritte · 1 kürzester Weg"
    assert seen.page.locator(".hidden-paths").count() == 0


def test_start_is_not_its_own_target(look: Open) -> None:
    seen = look()
    seen.click(".question", "zusammen?")
    choose(seen, "from", "Udo Wehner")
    choose(seen, "to", "Udo Wehner")

    assert seen.text("#details [role=status]") == "Das ist beide Male derselbe Eintrag."


def test_answer_changes_language(look: Open) -> None:
    seen = look(fragment="#ask=connects")
    seen.language("en")

    assert seen.heading() == "Who connects?"
    assert "alone holds 2 parts of the network together" in seen.page.locator(".findings li").first.inner_text()
    seen.click(".computed summary")
    assert seen.text("#details .rule").startswith("Caveat:")
