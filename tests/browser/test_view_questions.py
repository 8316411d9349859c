"""A click asks the network a question; the answer is the graph's, with the words that prove it."""

from __future__ import annotations

import re
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

STEPS = [
    "Wer und was ist da?",
    "Welche Gruppen gibt es?",
    "Wer verbindet die Gruppen?",
    "Was fehlt?",
    "Was ist geplant?",
]
SENTENCES = {
    "de": [
        "Dieses Netz hat 14 Gruppen; die größten sind „Bildung und Qualifizierung“ und „Transformation der Automobilindustrie“.",
        "Am meisten verbinden zwei Einträge: Boris Kaiser und Udo Wehner. "
        "Höchstens zwei Linien von jedem entfernt liegen zwei der 14 Gruppen und drei Einträge anderer Gruppen.",
        "Zu sechs Themen trat niemand auf, darunter „Beteiligung“ und „Lage der Automobilindustrie“. "
        "Für zwei Zielgruppen gibt es kein Angebot. Bei zwei Angeboten oder Vorhaben ist nicht genannt, wer sie vorstellt.",
        "Es gibt sieben Planungen und Ankündigungen, darunter „Bürgerdialog zur Zukunft der Mobilität“ und "
        "„Alle angelaufenen Teilprojekte umsetzen“.",
    ],
    "en": [
        "This network has 14 groups; the largest are “Education and training” and “Transformation of the automotive industry”.",
        "There are two entries that link most: Boris Kaiser and Udo Wehner. "
        "At most two lines away from each lie two of the 14 groups and three entries of other groups.",
        "Nobody appeared on six topics, among them “Participation” and “Situation of the automotive industry”. "
        "There is no offer for two target groups. For two offers or activities it is not named who presents them.",
        "There are seven plans and announcements, among them “Citizens' dialogue on the future of mobility” and "
        "“Carrying out all sub-projects that have started”.",
    ],
}
CONNECTS = "Über AMZ Sachsen führen mehr kürzeste Wege zwischen anderen als über jeden anderen Eintrag: 3,5. Ohne AMZ Sachsen oder IHK Chemnitz zerfiele ein Teil des Netzes."
FIGURES = {
    "de": ["19 Personen", "17 Organisationen", "8 Angebote", "25 Themen"],
    "en": ["19 People", "17 Organisations", "8 Offers", "25 Topics"],
}


def choose(seen: Window, end: str, typed: str) -> None:
    """Type a name into one end of a path and take the first hit."""
    seen.page.locator(f"#end-{end}").fill(typed)
    seen.page.keyboard.press("Enter")


def lit(seen: Window) -> set[str]:
    """Return what is lit in the picture, by short IRI."""
    ids = seen.page.evaluate("itasgraph.picture.scene.focus()?.places.map(({ id }) => id) ?? []")
    return {iri.removeprefix(BASE) for iri in ids}


def words(seen: Window, selector: str) -> list[str]:
    """Return the texts of elements, with single spaces."""
    return [" ".join(text.split()) for text in seen.page.locator(selector).all_inner_texts()]


def detail(seen: Window, step: str) -> Window:
    """Go to a step of the tour and open what it found."""
    seen.click(f"#step-{step}")
    seen.click(".detail summary")
    return seen


@pytest.mark.parametrize("lang", ["de", "en"])
def test_page_opens_with_sentences(look: Open, lang: str) -> None:
    seen = look(fragment=f"#lang={lang}")

    assert seen.heading() == {"de": "Das Netz in fünf Sätzen", "en": "The network in five sentences"}[lang]
    assert words(seen, ".step-sentence") == SENTENCES[lang]
    assert words(seen, ".figure") == FIGURES[lang]
    assert not seen.page.locator(".how-to-read").evaluate("one => one.open")


def test_steps_avoid_measures(look: Open) -> None:
    seen = look()

    assert words(seen, ".step-question") == STEPS
    assert seen.page.locator(".button.question").all_inner_texts() == ["Wie hängen A und B zusammen?"]
    for term in ("Louvain", "Zwischenzentralität", "betweenness", "Modularität"):
        assert term not in seen.page.locator("#details").inner_text()


def test_tour_leads_through_all_steps_and_back(look: Open) -> None:
    seen = look()
    at = "document.querySelector('[aria-current=step]')?.id"
    forth = []
    for _ in range(5):
        seen.click("#tour-next")
        forth.append(
            (seen.page.evaluate(at), seen.page.evaluate("document.activeElement.id"), seen.text(".tour-position"))
        )
    seen.click("#tour-back")
    back = seen.page.evaluate(at), seen.page.evaluate("document.activeElement.id")
    seen.click("#tour-next")
    seen.click("#tour-next")

    steps = ["here", "groups", "connects", "missing", "planned"]
    assert forth == [(f"step-{step}", "tour-next", f"Schritt {n} von 5") for n, step in enumerate(steps, 1)]
    assert back == ("step-missing", "tour-back")
    assert seen.page.evaluate(at) is None
    assert lit(seen) == set()
    assert seen.text("#tour-next") == "Rundgang beginnen"


def test_steps_are_read_out(look: Open) -> None:
    seen = look()
    seen.click("#step-connects")

    assert seen.text("#status") == f"Schritt 3 von 5: Wer verbindet die Gruppen? {SENTENCES['de'][1]}"


def test_nothing_moves_during_the_tour(look: Open) -> None:
    seen = look()
    before = seen.page.evaluate("itasgraph.picture.viewport()")
    seen.click("#step-connects")
    seen.click("#step-missing")

    assert seen.page.evaluate("itasgraph.picture.viewport()") == before


def test_plans_are_lit_and_shown_while_their_step_lasts(look: Open) -> None:
    seen = look()
    drawn = "itasgraph.picture.scene.visiblePlaces().map(({ id }) => id)"
    dashed = "[...itasgraph.picture.painter.dashed]"
    before = seen.page.evaluate(drawn)
    seen.click("#step-planned")
    during = lit(seen), set(seen.page.evaluate(drawn)) - set(before)
    hidden = seen.page.locator(".step-more .hidden-parts").count()
    seen.click("#step-missing")

    announced = {f"{BASE}event/buergerdialog-mobilitaet", f"{BASE}event/symposium"}
    assert during == ({iri.removeprefix(BASE) for iri in announced}, announced)
    assert announced <= set(seen.page.evaluate(dashed))
    assert hidden == 0
    assert seen.page.evaluate(drawn) == before


def test_sentences_come_early(look: Open) -> None:
    seen = look()
    stops = 0
    while not seen.page.evaluate("document.activeElement.matches('.step-button')"):
        seen.page.keyboard.press("Tab")
        stops += 1

    assert stops <= 13


def test_phone_shows_one_sentence(look: Open) -> None:
    seen = look(width=390, height=844)
    seen.click("#tour-next")
    seen.click("#tour-next")

    assert words(seen, ".step:visible .step-question") == ["Welche Gruppen gibt es?"]
    assert seen.page.locator(".dot:visible").count() == 5
    assert seen.page.locator("#tour-next").bounding_box()["height"] >= 44  # type: ignore[index]  # it is visible


@pytest.mark.parametrize("ask", ["here", "groups", "connects", "missing", "planned"])
def test_phone_shows_what_a_step_names_as_tiles(look: Open, ask: str) -> None:
    """A map in the width of a phone has no room for names, so the step keeps the tiles; it names nothing that they lack."""
    seen = look(fragment=f"#ask={ask}", width=390, height=844, has_touch=True)
    named = seen.page.evaluate(
        """() => { const { model, panel, selection } = itasgraph;
            return panel.highlight(selection).entities.map((id) => model.name(model.nodes.get(id))); }"""
    )
    entries = seen.page.locator(".tile-entry")
    listed = words(seen, ".tile-entry")
    before = seen.page.locator(".tile").count()
    low = entries.evaluate_all("all => all.filter((one) => one.getBoundingClientRect().height < 44).length")
    seen.page.locator("#all-tiles").tap()

    assert low == 0
    assert (sorted(listed) == sorted(named)) is (ask not in {"here", "groups"})
    assert before > 0
    assert seen.page.locator(".tiles").is_visible()
    assert (seen.page.locator(".tile").count(), entries.count()) == (14, 0)
    assert "ask=" not in seen.page.url


def test_entry_on_a_tile_leads_to_it_and_back(look: Open) -> None:
    seen = look(fragment="#ask=connects", width=390, height=844, has_touch=True)
    entry = seen.page.locator(".tile-entry").first
    name = entry.inner_text()
    entry.tap()
    heading = seen.heading()
    seen.page.go_back()
    seen.page.locator(".tiles").wait_for()

    assert heading == name
    assert words(seen, ".step:visible .step-question") == ["Wer verbindet die Gruppen?"]


def test_all_groups_are_tiles_again_after_an_entry_was_visited(look: Open) -> None:
    seen = look(fragment="#ask=connects", width=390, height=844, has_touch=True)
    seen.page.locator(".tile-entry").first.tap()
    seen.page.go_back()
    seen.page.locator("#all-tiles").tap()

    assert seen.page.locator(".tile").count() == 14
    assert seen.page.locator(".tile").first.is_visible()
    assert seen.page.locator(".tile").first.evaluate("tile => tile === document.activeElement")


@pytest.mark.parametrize(("fragment", "tile"), [("", ".tile"), ("#ask=connects", ".tile-entry")])
def test_tile_keeps_the_focus_in_a_window_of_another_size(look: Open, fragment: str, tile: str) -> None:
    seen = look(fragment=fragment, width=390, height=844)
    seen.page.locator(tile).nth(1).focus()
    name = seen.page.locator(tile).nth(1).inner_text()
    seen.page.evaluate("itasgraph.setLanguage('de')")  # draws all tiles again, as a phone that is turned does
    seen.page.set_viewport_size({"width": 412, "height": 700})

    assert seen.page.locator(f"{tile}:focus").inner_text() == name


# The sentences of the page with other data, in one language; CHANGE stands for JavaScript that changes `data`.
OTHERWISE = """(language) => {
    const data = networkView(readData(), 0);
    CHANGE
    const model = new Model(data);
    model.language = language;
    const tour = new Tour(model, {}, () => null);
    return [tour.title(), ...tour.steps.map(({ ask }) => tour.describe({ ...NO_SELECTION, ask }).split("? ")[1])];
}"""


def otherwise(seen: Window, lang: str, change: str) -> list[str]:
    """Return the title of the tour and its sentences for changed data."""
    sentences: list[str] = seen.page.evaluate(OTHERWISE.replace("CHANGE", change), lang)
    return sentences


@pytest.mark.parametrize(
    ("lang", "said"),
    [("de", ["Das Netz ist leer"]), ("en", ["The network is empty"])],
)
def test_empty_network_has_no_sentence(look: Open, lang: str, said: list[str]) -> None:
    assert otherwise(look(), lang, "data.nodes = []; data.edges = []; data.answers = {}; data.groups = [];") == said


def test_missing_sentences_are_left_out(look: Open, contacts: Path) -> None:
    said = otherwise(look(contacts), "de", "delete data.answers.planned; delete data.answers.groups;")

    assert said[0] == "Das Netz in drei Sätzen"
    assert said[2:] == [CONNECTS, SENTENCES["de"][2]]


def test_groups_of_the_picture_are_named(look: Open) -> None:
    groups = f"""
        const [one, other] = ["{BASE}person/boris-kaiser", "{BASE}organisation/cwe"];
        const label = (name) => ({{ de: name, en: name }});
        data.groups = [{{ label: label("Eins"), members: [one] }}, {{ label: label("Zwei"), members: [other, "{BASE}topic/mobilitaet"] }}];"""
    said = otherwise(look(), "de", groups)

    assert said[2] == "Dieses Netz hat zwei Gruppen: „Zwei“ und „Eins“."
    assert said[3] == (
        "Boris Kaiser verbindet am meisten: Höchstens zwei Linien entfernt liegen zwei der zwei Gruppen und zwei Einträge anderer Gruppen. "
        "Danach kommt CWE."
    )


def test_equal_connectors_are_all_counted(look: Open, contacts: Path) -> None:
    """Neither the number of paths nor that of parts tells them apart, so no name comes first by the alphabet."""
    equal = "const [answer] = data.answers.connects; for (const finding of answer.findings) Object.assign(finding, { value: 2, parts: 0 });"
    said = otherwise(look(contacts), "en", equal)

    assert (
        said[3]
        == "There are nine entries through which more shortest paths between others lead than through any other, 2 each, "
        "among them AMZ Sachsen and Andreas Wächtler."
    )


def test_parts_order_equal_connectors_and_the_sentence_says_so(look: Open, contacts: Path) -> None:
    """A difference that the page rounds away is none."""
    equal = """const [{ findings }] = data.answers.connects;
        for (const finding of findings) Object.assign(finding, { value: 2.001, parts: 0 });
        Object.assign(findings[2], { value: 2, parts: 2 });"""
    said = otherwise(look(contacts), "de", equal)

    assert said[3] == (
        "Es gibt neun Einträge, über die mehr kürzeste Wege zwischen anderen führen als über jeden übrigen, je 2, "
        "darunter CWE und AMZ Sachsen. "
        "Unter ihnen steht CWE vorn: Dieser Eintrag hält allein die meisten Teile des Netzes zusammen. "
        "Ohne CWE zerfiele ein Teil des Netzes."
    )


# The answer to who links the groups, with the figures of its first findings changed: touched groups, entries of other groups.
LINKERS = """(figures) => {
    const { model, panel: { questions: { tour } }, selection } = itasgraph;
    const [answer] = tour.steps.find(({ ask }) => ask === "connects").answers;
    answer.findings = answer.findings.slice(0, figures.length);
    figures.forEach(([touches, away], n) => Object.assign(answer.findings[n], { touches, away, within: 20 - n }));
    const { sentence, entities } = tour.content({ ...selection, ask: "connects", part: null });
    return [sentence, entities.map((id) => model.name(model.nodes.get(id)))];
}"""


@pytest.mark.parametrize(
    ("figures", "sentence", "named"),
    [
        (
            [(3, 5), (3, 4), (3, 2)],
            "Boris Kaiser links most: three of the 14 groups and five entries of other groups lie at most two lines away. "
            "Udo Wehner comes next.",
            ["Boris Kaiser", "Udo Wehner"],
        ),
        (
            [(3, 5), (3, 4), (3, 4)],
            "Boris Kaiser links most: three of the 14 groups and five entries of other groups lie at most two lines away.",
            ["Boris Kaiser"],
        ),
        (
            [(3, 1), (3, 1), (2, 1)],
            "There are two entries that link most: Boris Kaiser and Udo Wehner. "
            "At most two lines away from each lie three of the 14 groups and one entry of another group.",
            ["Boris Kaiser", "Udo Wehner"],
        ),
    ],
    ids=["one, then another", "one, then two", "two"],
)
def test_sentence_on_links_ranks_by_what_it_states(
    look: Open, figures: list[tuple[int, int]], sentence: str, named: list[str]
) -> None:
    seen = look()
    seen.language("en")

    assert seen.page.evaluate(LINKERS, figures) == [sentence, named]


@pytest.mark.parametrize("name", ["topics", "programme", "contacts", "organisations", "everything"])
def test_each_network_has_whole_sentences(
    look: Open, graph: Graph, shipped: Project, tmp_path: Path, name: str
) -> None:
    path = tmp_path / f"{name}.html"
    path.write_bytes(browsing.page_of(graph, shipped, name, "de"))
    seen = look(path)

    for lang in ("de", "en"):
        seen.language(lang)
        sentences = words(seen, ".step-sentence")
        assert len(sentences) == seen.page.locator(".step").count() - 1 > 0
        assert not [one for one in sentences if set(one) & set("{}") or "undefined" in one or not one.endswith(".")]


@pytest.mark.parametrize(("width", "height"), [(390, 844), (320, 640)])
def test_buttons_leave_room_for_the_sentence(look: Open, width: int, height: int) -> None:
    seen = look(fragment="#ask=here", width=width, height=height)
    buttons = seen.page.locator(".tour-navigation").bounding_box()
    sheet = seen.page.locator("#panel").bounding_box()
    sticks = seen.page.locator(".tour-navigation").evaluate("one => getComputedStyle(one).position") == "sticky"

    assert buttons is not None
    assert sheet is not None
    assert buttons["height"] <= 56
    assert not sticks or buttons["height"] < 0.35 * sheet["height"]


@pytest.fixture(scope="module")
def contacts(graph: Graph, shipped: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the picture of the network `contacts`, which is no map."""
    path = tmp_path_factory.mktemp("contacts") / "contacts.html"
    path.write_bytes(browsing.page_of(graph, shipped, "contacts", "de"))
    return path


def test_connectors_match_the_analysis(look: Open, contacts: Path, graph: Graph, shipped: Project) -> None:
    seen = detail(look(contacts), "connects")
    answers = analysis.analyse(builder.Networks(graph, shipped), "contacts", "de")
    connects = next(answer for answer in answers.answers if answer.question == "connects")

    names = [name for finding in connects.findings for name in finding.entities.values()]
    listed = seen.page.locator(".finding-name").all_inner_texts()
    assert sorted(listed) == sorted(names)
    assert listed[:3] == [
        "AMZ Sachsen",
        "IHK Chemnitz",
        "Andreas Wächtler",
    ]  # both on one path, but one holds two parts together
    assert lit(seen) >= {"organisation/amz-sachsen", "organisation/ihk-chemnitz"}
    seen.click(".computed summary")
    assert seen.text(".computed").startswith(
        "Woher weiß man das? Grundlage: das Netz „Wer trat im selben Beitrag auf?“ mit 36 Einträgen und 23 Beziehungen. "
        + connects.measure
    )
    assert connects.caveat("de") in seen.text(".computed")


def test_bridges_are_named(look: Open, contacts: Path) -> None:
    seen = detail(look(contacts), "connects")

    assert words(seen, ".findings > li")[0] == (
        "AMZ Sachsen , Organisation auf 3,5 kürzesten Wegen zwischen anderen hält allein 2 Teile des Netzes zusammen"
    )


def test_gaps_are_not_based_on_contacts(look: Open) -> None:
    seen = look(fragment="#ask=missing")
    seen.click(".computed summary")

    assert "Grundlage" not in seen.text(".computed")
    assert "Organisationen, die zum Thema auftraten" in seen.text(".computed")


def test_measure_of_groups_counts_drawn_lines(look: Open, html: bytes) -> None:
    data = browsing.embedded(html)
    hidden = {node["id"] for node in data["nodes"] if node["kind"] in data["background"]}
    group_of = {
        member: n for n, group in enumerate(data["groups"]) for member in group["members"] if member not in hidden
    }
    lines = [(line["from"], line["to"]) for line in [*data["edges"], *data["folded"]]]
    drawn = [(group_of[one], group_of[other]) for one, other in lines if {one, other} <= group_of.keys()]
    inside = sum(one == other for one, other in drawn)
    seen = look(fragment="#ask=groups")
    seen.click(".computed summary")

    assert (
        f"von {len(drawn)} Linien, die zwischen Einträgen in Gruppen gezeichnet sind, bleiben {inside} in"
        in seen.text(".computed")
    )
    assert 0 < inside < len(drawn)


def test_step_lights_the_whole_way_to_other_groups(look: Open, html: bytes) -> None:
    seen = look(fragment="#ask=connects")
    drawn = seen.page.evaluate("itasgraph.picture.scene.visibleFolded().length")
    lines = seen.page.evaluate("itasgraph.picture.scene.focus().lines.map(({ edge }) => [edge.from, edge.to])")
    reached = {end.removeprefix(BASE) for line in lines for end in line}

    assert drawn == len(browsing.embedded(html)["folded"])
    # Boris Kaiser presented the citizens' dialogue on mobility, which is hidden as all events are.
    assert [f"{BASE}person/boris-kaiser", f"{BASE}topic/mobilitaet"] in lines
    assert {"person/udo-wehner", "project/policy-labs"} <= reached


def test_finding_opens_what_it_names(look: Open) -> None:
    seen = detail(look(), "groups")
    seen.click(".finding", "Umbau in den Betrieben")
    members = seen.page.locator(".members")

    assert words(seen, ".finding[aria-pressed=true]") == ["Umbau in den Betrieben 6 von 7 Mitgliedern auf der Karte"]
    assert lit(seen) == {
        "offer/transformationslotsen",
        "organisation/gkn",
        "organisation/ig-metall-zwickau",
        "person/petra-seifert",
        "person/thomas-knabel",
        "topic/umbau-in-betrieben",
    }
    members.locator("button", has_text="Petra Seifert").click()
    assert seen.heading() == "Petra Seifert"


def test_pressed_finding_gives_way_to_its_step(look: Open) -> None:
    seen = detail(look(), "groups")
    whole = lit(seen)
    seen.click(".finding >> nth=1")
    part = lit(seen)
    seen.click(".finding >> nth=1")

    assert part < whole == lit(seen)


def test_hidden_entries_are_told_and_shown(look: Open, contacts: Path) -> None:
    seen = look(contacts)
    seen.page.locator(".legend-kind", has_text="Organisationen").locator("input").uncheck()
    seen.click("#step-connects")
    told = seen.text(".hidden-parts")
    faded = seen.page.evaluate("itasgraph.picture.scene.focus() !== null")
    seen.click(".hidden-parts button")

    assert told == "2 Einträge davon sind nicht im Bild. Verborgene zeigen"
    assert "2 Einträge davon sind nicht im Bild." not in seen.text("#details")
    assert not faded
    assert {"organisation/amz-sachsen", "organisation/ihk-chemnitz"} <= lit(seen)
    assert seen.page.evaluate("document.activeElement.id") == "step-connects"


def test_more_findings_unfold(look: Open) -> None:
    seen = detail(look(), "missing")
    first = seen.page.locator(".findings").first.locator("> li").count()
    more = seen.page.locator(".more").first
    said = more.inner_text()
    more.click()
    whole = seen.page.locator(".findings").first.locator("> li").count()

    assert (first, said) == (10, f"{whole - 10} weitere zeigen")
    assert whole > 10
    assert seen.page.evaluate("document.activeElement.closest('.findings > li')?.matches(':nth-child(11)')")
    assert "itasgraph analyse" not in seen.page.locator("body").inner_text()


def test_linked_finding_opens_its_answer(look: Open) -> None:
    seen = look(fragment="#ask=missing&part=20")

    assert [part.locator("> li").count() for part in seen.page.locator(".findings").all()] == [10, 2, 2]
    assert seen.page.locator(".finding[aria-pressed=true]:visible").count() == 1


def test_absent_members_are_named(look: Open, graph: Graph, shipped: Project, tmp_path: Path) -> None:
    question = builder.find_query("actors", shipped)
    net = builder.build(graph, question.text, question.name)
    part = excerpt.extract(graph, net, excerpt.ExcerptOptions(focus="GKN", depth=1), "de")
    pictures = page_data.picture_networks(builder.Networks(graph, shipped), {"actors": part})
    (tmp_path / "part.html").write_bytes(html_page.page(graph, pictures, "de"))
    seen = look(tmp_path / "part.html", "#ask=groups")
    seen.click(".detail summary")
    first = seen.page.locator(".findings > li").first

    assert first.locator(".members li").all_inner_texts()[0] == "AMZ Sachsen (nicht in diesem Bild)"
    assert first.locator("> .finding").inner_text() == "Kreislaufwirtschaft 5 Mitglieder (nicht in diesem Bild)"


def test_gap_leads_to_actors(look: Open, graph: Graph, shipped: Project, tmp_path: Path) -> None:
    path = tmp_path / "organisations.html"
    path.write_bytes(browsing.page_of(graph, shipped, "organisations", "de"))
    seen = detail(look(path), "missing")
    seen.click(".more")
    seen.click(".finding", "Automatisiertes Fahren: nur AMZ Sachsen")

    assert lit(seen) == {"organisation/amz-sachsen"}
    assert "(nicht in diesem Bild)" in seen.page.locator(".findings li", has_text="Beteiligung: niemand").inner_text()


def test_gaps_name_topics_groups_and_offers(look: Open) -> None:
    seen = detail(look(), "missing")

    assert seen.page.locator(".detail h3").all_inner_texts() == [
        "Zu welchen Themen trat niemand oder nur ein Akteur auf?",
        "Für welche Zielgruppen gibt es kein Angebot?",
        "Bei welchen Angeboten ist nicht genannt, wer sie vorstellt?",
    ]
    assert "Schülerinnen und Schüler: kein Angebot, aber 1 Planung" in words(seen, ".findings li")


def test_plans_lead_to_what_they_are_about(look: Open) -> None:
    seen = detail(look(), "planned")

    assert (
        words(seen, ".findings > li > .finding")[0]
        == "Bürgerdialog zur Zukunft der Mobilität: angekündigt (08.06.2024)"
    )
    seen.click(".finding", "Noch mehr Beteiligung und Mitsprache")
    told = seen.text(".hidden-parts")
    seen.click(".hidden-parts button")

    assert told.startswith("2 Einträge davon sind nicht im Bild.")
    assert lit(seen) & {"group/schuelerinnen-und-schueler", "group/auszubildendenvertretungen"}


def test_path_is_found_by_two_names(look: Open, every_kind: str) -> None:
    seen = look(fragment=f"#{every_kind}")
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


@pytest.mark.parametrize(
    "hidden", ["without=https://schema.org/Organization", f"around={BASE}person/udo-wehner&steps=1"]
)
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


def test_each_count_of_importance_says_what_it_counts(look: Open) -> None:
    seen = look(fragment="#ask=connects&lang=en")
    seen.click(".computed summary")
    measure = seen.text(".computed")
    seen.click(".detail summary")
    findings = words(seen, ".findings .note")
    summary = seen.page.locator("#picture-summary").text_content() or ""
    sizes = seen.page.locator(".how-to-read").text_content() or ""

    assert (
        "Of those that touch equally many, the ones with most entries of other groups within these two lines come first"
        in measure
    )
    assert "The size of a symbol stands for something else: the number of its lines." in measure
    assert findings
    assert all(re.fullmatch(r"touches \d+ of the \d+ groups", note.strip()) for note in findings[::2])
    assert findings[1] == "at most two lines away: 3 of other groups, 7 in all"
    assert all(
        re.fullmatch(r"at most two lines away: \d+ of other groups, \d+ in all", note) for note in findings[1::2]
    )
    assert "Most relations: " in summary
    assert "its size how many lines it has" in sizes


def test_answer_changes_language(look: Open) -> None:
    seen = look(fragment="#ask=connects")
    seen.language("en")

    assert words(seen, ".step.current .step-question") == ["Who links the groups?"]
    seen.click(".computed summary")
    assert seen.text("#details .rule").startswith("Caveat:")
