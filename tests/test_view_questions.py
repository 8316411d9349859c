"""A click asks the network a question; the answer is the graph's, with the words that prove it."""

from __future__ import annotations

from itasgraph.analysis import answering
from itasgraph.graph import Graph
from itasgraph.project import Project
from tests.browsing import BASE, Open, Seen

pytest_plugins = ("tests.windows",)
BUTTONS = ["Wer verbindet?", "Welche Gruppen gibt es?", "Wo fehlt jemand?", "Wie hängen A und B zusammen?"]


def choose(seen: Seen, end: str, typed: str) -> None:
    """Type a name into one end of a path and take the first hit."""
    seen.page.locator(f"#end-{end}").fill(typed)
    seen.page.keyboard.press("Enter")


def lit(seen: Seen) -> set[str]:
    """What is lit in the picture, by short IRI."""
    ids = seen.page.evaluate("itasgraph.picture.scene.focus()?.places.map(({ id }) => id) ?? []")
    return {iri.removeprefix(BASE) for iri in ids}


def test_the_page_offers_questions_in_words_not_measures(look: Open) -> None:
    seen = look()

    assert seen.page.locator(".question").all_inner_texts() == BUTTONS


def test_who_connects_says_what_the_analysis_says_and_how_not_to_read_it(
    look: Open, graph: Graph, shipped: Project
) -> None:
    seen = look()
    seen.click(".question", "Wer verbindet?")
    found = answering.analyse(graph, shipped, "contacts", "de")
    connects = next(answer for answer in found.answers if answer.question == "connects")

    assert seen.heading() == "Wer verbindet?"
    assert seen.page.locator(".findings li").all_inner_texts() == [finding.sentence for finding in connects.findings]
    assert seen.text("#details .rule") == connects.caveat("de")


def test_the_members_of_a_group_are_lit_and_a_click_more_takes_it_back(look: Open) -> None:
    seen = look()
    seen.click(".question", "Gruppen")
    seen.click(".findings button", "Gruppe 2")
    members = lit(seen)
    pressed = seen.page.locator(".findings [aria-pressed=true]").all_inner_texts()
    seen.click(".findings button", "Gruppe 2")

    assert members == {
        "organisation/gkn",
        "organisation/ig-metall-zwickau",
        "person/petra-seifert",
        "person/thomas-knabel",
    }
    assert [text.split(",")[0] for text in pressed] == ["Gruppe 2"]
    assert lit(seen) > members


def test_where_somebody_is_missing_names_topics_target_groups_and_offers(look: Open) -> None:
    seen = look()
    seen.click(".question", "Wo fehlt jemand?")

    assert len(seen.page.locator("#details .part > h3").all()) == 3
    assert "Schülerinnen und Schüler: kein Angebot, Planungen: 1" in seen.page.locator(".findings li").all_inner_texts()


def test_a_path_is_found_by_typing_two_names_with_the_words_for_each_step(look: Open) -> None:
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


def test_hubs_connect_only_where_they_are_asked_for(look: Open) -> None:
    seen = look()
    seen.click(".question", "zusammen?")
    choose(seen, "from", "Diana Krahl")
    choose(seen, "to", "Udo Wehner")
    apart = seen.text("#details .rule"), seen.page.locator(".path").count()
    seen.page.locator("#over-hubs").check()

    assert apart == ("„Diana Krahl“ und „Udo Wehner“ sind nicht verbunden.", 0)
    assert seen.page.locator(".path").count() > 0
    assert seen.text(".path-count").endswith("kürzeste Wege")


def test_a_thing_is_not_asked_how_it_is_connected_with_itself(look: Open) -> None:
    seen = look()
    seen.click(".question", "zusammen?")
    choose(seen, "from", "Udo Wehner")
    choose(seen, "to", "Udo Wehner")

    assert seen.text("#details [role=status]") == "Das ist beide Male derselbe Eintrag."


def test_an_answer_changes_its_language_in_place(look: Open) -> None:
    seen = look(fragment="#ask=connects")
    seen.language("en")

    assert seen.heading() == "Who connects?"
    assert "lies between others" in seen.page.locator(".findings li").first.inner_text()
    assert seen.text("#details .rule").startswith("Caveat:")
