"""What the panel says can be saved as a page of its own: to send, to read without the picture, to print."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from itasgraph.picture import html_page
from itasgraph.picture.page_data import PictureNetwork
from itasgraph.project import Project
from itasgraph.store.memory import Graph
from tests.helpers.browsing import Open, Window, window
from tests.helpers.graphs import graph_of
from tests.helpers.hostile import HOSTILE
from tests.helpers.namespaces import BASE, DOCUMENT
from tests.helpers.networks import network_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow

WEHNER = f"#entity={BASE}person/udo-wehner"
ADDRESS = "http://picture.test/networks/actors.html"
# The panels whose content a reader may want to pass on, with the heading of the page and the name of its file.
PANELS = {
    "entry": (WEHNER, "Udo Wehner", "udo-wehner"),
    "relation": (
        "#relation=person/udo-wehner org:organization organisation/amz-sachsen",
        "Udo Wehner wird genannt mit der Organisation AMZ Sachsen",
        "udo-wehner-wird-genannt-mit-der-organisation-amz-sachsen",
    ),
    "answer": ("#ask=planned", "Was ist geplant?", "was-ist-geplant"),
    "path": (
        f"#ask=path&from={BASE}person/boris-kaiser&to={BASE}person/udo-wehner",
        "Boris Kaiser – Udo Wehner",
        "boris-kaiser-udo-wehner",
    ),
}


@pytest.fixture
def paper(browser: Browser) -> Iterator[Window]:
    """Return a window for saved pages, which need no script: without JavaScript, and dark."""
    seen = window(browser, java_script_enabled=False, color_scheme="dark")
    yield seen
    seen.page.context.close()


def read(paper: Window, path: Path) -> Window:
    """Open a saved page."""
    paper.requests.clear()
    paper.page.goto(path.as_uri())
    return paper


def press(seen: Window, folder: Path) -> Path:
    """Press the button of the panel that saves a page; return the file."""
    with seen.page.expect_download() as download:
        seen.page.locator("#details .save-page").last.click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def blockquotes(seen: Window) -> list[str]:
    return [text.strip() for text in seen.page.locator("blockquote").all_text_contents()]


@pytest.mark.parametrize(("fragment", "title", "name"), PANELS.values(), ids=list(PANELS))
def test_page_holds_what_the_panel_says(
    look: Open, paper: Window, tmp_path: Path, fragment: str, title: str, name: str
) -> None:
    seen = look(fragment=fragment)
    path = press(seen, tmp_path)
    said = seen.text("#toast")
    shown = {text.strip() for text in seen.quotes()}
    saved = read(paper, path)

    assert path.name == f"{name}.html"
    assert said == f"Gespeichert: {path.name}"
    assert saved.text("h1") == title == saved.page.title()
    assert shown <= set(blockquotes(saved))
    assert saved.page.locator("html").get_attribute("lang") == "de"


def test_page_is_one_small_file_without_scripts(look: Open, paper: Window, tmp_path: Path) -> None:
    path = press(look(fragment=WEHNER), tmp_path)
    saved = read(paper, path)

    assert path.stat().st_size < 10_000
    assert saved.requests == [path.as_uri()]
    assert saved.page.locator("script, img, link, iframe, [onclick], [style]").count() == 0
    assert "default-src 'none'" in (saved.page.locator("meta[http-equiv]").get_attribute("content") or "")


def test_relation_is_a_sentence_with_quote_and_source(look: Open, paper: Window, tmp_path: Path) -> None:
    saved = read(paper, press(look(fragment=f"#entity={BASE}organisation/cwe"), tmp_path))
    words = saved.text("body")

    assert "CWE wird genannt mit Boris Kaiser (Person)" in words
    assert "„Boris Kaiser, CWE“ Rückblick auf den ITAS-Kongress 2024, Zeilen 57, 71, 85" in words
    assert f"Rückblick auf den ITAS-Kongress 2024, o. D. – {DOCUMENT} – Lizenz der Daten: https://creative" in words
    assert "Daten: ITAS-Wissensgraph, Version" in words
    assert words.count("Lizenz der Daten") == 1


def test_entry_has_its_facts(look: Open, paper: Window, tmp_path: Path) -> None:
    saved = read(paper, press(look(fragment=f"#entity={BASE}offer/helpdesks"), tmp_path))
    names, values = (saved.page.locator(tag).all_inner_texts() for tag in ("dt", "dd"))

    assert ("hat den Status", "läuft") in zip(names, values, strict=True)
    assert saved.text("h1 + p") == "Angebot"


def test_page_is_in_the_language_of_the_reader(look: Open, paper: Window, tmp_path: Path) -> None:
    seen = look(fragment="#ask=planned")
    seen.language("en")
    saved = read(paper, press(seen, tmp_path))

    assert saved.text("h1") == "What is planned?"
    assert saved.text(".lead").startswith("There are seven plans and announcements")
    assert saved.page.locator("html").get_attribute("lang") == "en"
    assert re.search("[„ß]|Quelle|Einträge", saved.text("body").replace(DOCUMENT, "")) is None


ANSWERS = """ask => {
    const { model, panel: { questions: { tour } } } = itasgraph;
    return tour.steps.find((step) => step.ask === ask).answers.map(({ measure, caveat, findings }) => [
        model.translate(measure), model.translate(caveat),
        ...findings.flatMap(({ names }) => Object.values(names)).map((name) => model.translate(name))]);
}"""


@pytest.mark.parametrize("ask", ["connects", "missing", "planned"])
def test_answer_has_its_measure_its_findings_and_what_it_names(
    look: Open, paper: Window, tmp_path: Path, ask: str
) -> None:
    seen = look(fragment=f"#ask={ask}")
    sentence = seen.text(".step.current .step-sentence")
    answers = seen.page.evaluate(ANSWERS, ask)
    saved = read(paper, press(seen, tmp_path))
    words = saved.text("body")

    assert saved.text(".lead") == sentence
    assert [text for texts in answers for text in texts if " ".join(text.split()) not in words] == []
    assert saved.page.locator("h3").count() > 0


def test_open_group_is_sent_with_members_relations_and_quotes(look: Open, paper: Window, tmp_path: Path) -> None:
    """Lines 57 and 71 of the source: Boris Kaiser, CWE, speaks; the citizens' dialogue is on mobility."""
    seen = look(fragment=f"#group={BASE}topic/kreislaufwirtschaft&lang=en")
    with seen.page.expect_download() as download:
        seen.page.locator("#details > .save-page").click()
    download.value.save_as(tmp_path / "group.html")
    saved = read(paper, tmp_path / "group.html")
    entries = {text.rpartition(" ")[0] for text in saved.page.locator("h3").all_inner_texts()}
    sections = saved.page.locator("h2").all_inner_texts()

    assert saved.text("h1") == "Circular economy · Technologies and trends"
    assert saved.text(".lead") == "Group 3 of 14 · 13 entries"
    assert len(entries) == 13
    assert {"Boris Kaiser", "CWE"} <= entries
    assert [section.rstrip(" 0123456789") for section in sections][:3] == [
        "Entries",
        "Relations inside the group",
        "Relations to what stands beside it",
    ]
    assert saved.page.locator(".statement", has_text="Boris Kaiser").locator("blockquote").count() > 0
    assert (
        "Caveat: the method decides where a group ends; at the edges another division would be nearly as good."
        in saved.text("body")
    )


def test_group_has_its_members_and_their_relations(look: Open, paper: Window, tmp_path: Path) -> None:
    seen = look(fragment="#ask=groups&part=0")
    members = {text.split(",")[0] for text in seen.page.locator(".members .neighbour-name").all_text_contents()}
    name = seen.text(".findings [aria-pressed=true] bdi")
    with seen.page.expect_download() as download:
        seen.page.locator(".findings .save-page").click()
    download.value.save_as(tmp_path / "group.html")
    saved = read(paper, tmp_path / "group.html")
    entries = {text.rpartition(" ")[0] for text in saved.page.locator("h3").all_inner_texts()}

    assert saved.text("h1") == name
    assert saved.text(".lead").startswith(f"Welche Gruppen gibt es? · {len(members)} von 12 Mitgliedern auf der Karte")
    assert entries == members
    assert saved.page.locator(".statement").count() > 0
    assert saved.page.locator(".statement blockquote").count() > 0


def test_without_a_selection_the_whole_tour_is_saved(look: Open, paper: Window, tmp_path: Path) -> None:
    seen = look()
    path = seen.save("html", tmp_path)
    questions = seen.page.locator(".step-question").all_inner_texts()
    sentences = [" ".join(text.split()) for text in seen.page.locator(".step-sentence").all_inner_texts()]
    saved = read(paper, path)

    assert path.name == "wie-haengen-akteure-vorhaben-und-themen-zusammen-rueckblick.html"
    assert saved.page.locator("h2").all_inner_texts() == questions
    assert set(sentences) <= {" ".join(text.split()) for text in saved.page.locator(".lead").all_inner_texts()}


def test_menu_saves_what_is_selected(look: Open, paper: Window, tmp_path: Path) -> None:
    seen = look(fragment=WEHNER)
    by_menu = seen.save("html", tmp_path).read_bytes()

    assert by_menu == press(seen, tmp_path).read_bytes()
    assert read(paper, tmp_path / "udo-wehner.html").text("h1") == "Udo Wehner"


def hidden(words: str) -> int:
    """Return how many of its entries a page says that the picture hides."""
    sentence = re.search(r"Das Bild blendet (\d+) der hier genannten Einträge aus\.", words)
    return int(sentence[1]) if sentence else 0


def test_page_says_what_the_picture_hides(look: Open, paper: Window, tmp_path: Path) -> None:
    filtered = "#ask=missing&without=https://w3id.org/itas/ontology%23Topic"
    by_default = read(paper, press(look(fragment="#ask=missing"), tmp_path)).text("body")
    without_topics = read(paper, press(look(fragment=filtered), tmp_path)).text("body")
    topics = look(fragment=filtered).page.evaluate(
        "itasgraph.panel.questions.tour.content(itasgraph.selection).entities"
        ".filter((id) => itasgraph.model.nodes.get(id).kind.endsWith('Topic')).length"
    )

    assert hidden(without_topics) == hidden(by_default) + topics
    assert topics > 0
    assert "Beteiligung" in without_topics


def test_path_says_that_filters_hide_it(look: Open, paper: Window, tmp_path: Path) -> None:
    seen = look(fragment=f"{PANELS['path'][0]}&without=https://schema.org/Organization")
    sentence = seen.text("#details .hidden-paths p")
    saved = read(paper, seen.save("html", tmp_path))

    assert sentence in saved.text("body")


def test_line_that_folds_a_contribution_is_proved(look: Open, paper: Window, tmp_path: Path) -> None:
    saved = read(paper, look(fragment="#ask=connects&part=0").save("html", tmp_path))
    name = saved.text("h1")

    assert re.search(rf"{name} (spricht in|stellt vor)|wird vorgetragen von {name}", saved.text("body"))


@pytest.mark.parametrize("fragment", ["", "#ask=planned"], ids=["whole", "answer"])
def test_page_from_the_web_leads_back_to_the_picture(
    browser: Browser, paper: Window, html: bytes, tmp_path: Path, fragment: str
) -> None:
    seen = window(browser)
    seen.page.route(ADDRESS, lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    seen.page.goto(ADDRESS + fragment)
    seen.page.wait_for_selector("html[data-ready]")
    saved = read(paper, seen.save("html", tmp_path))
    back = saved.page.locator("footer a").first.get_attribute("href") or ""
    seen.page.context.close()

    assert back.startswith(ADDRESS + fragment)
    assert "Im Bild ansehen: " + ADDRESS in saved.text("footer")


def test_page_from_disk_names_no_folder(look: Open, shown: Path, tmp_path: Path) -> None:
    saved = press(look(fragment=WEHNER), tmp_path).read_text(encoding="utf-8")

    assert "file:" not in saved
    assert shown.parent.name not in saved
    assert "Im Bild ansehen" not in saved


def test_page_is_black_on_white_on_a4(look: Open, paper: Window, tmp_path: Path) -> None:
    saved = read(paper, press(look(fragment=WEHNER), tmp_path))
    box = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)]", saved.page.pdf(prefer_css_page_size=True))
    screen = saved.page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    saved.page.emulate_media(media="print")
    print_ = saved.page.locator("body").evaluate(
        "body => [getComputedStyle(body).color, getComputedStyle(body).backgroundColor]"
    )

    assert box is not None
    assert [round(float(points)) for points in box.groups()] == [595, 842]
    assert screen == "rgb(22, 25, 29)"
    assert print_ == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]


@pytest.mark.parametrize("width", [320, 1440])
def test_page_fits_any_window(look: Open, browser: Browser, tmp_path: Path, width: int) -> None:
    path = press(look(fragment="#ask=planned"), tmp_path)
    seen = window(browser, width=width)
    seen.page.goto(path.as_uri())
    over = seen.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    seen.page.context.close()

    assert over <= 0


def test_hostile_texts_stay_texts(look: Open, paper: Window, shipped: Project, tmp_path: Path) -> None:
    person, quote = "<https://schema.org/Person>", "<https://w3id.org/itas/ontology#quote>"
    texts = [text for text in HOSTILE if len(text) < 1_000 and "\n" not in text]
    triples = [
        f"""<person/{number}> a {person} ; <https://w3id.org/itas/ontology#kind> {person} ; rdfs:label {text!s} ;
            {quote} {text} ; dcterms:source <source/s> ."""
        for number, text in enumerate(map(turtle_string, texts))
    ]
    graph: Graph = graph_of("\n".join(triples))
    picture = tmp_path / "network.html"
    picture.write_bytes(
        html_page.page(graph, [PictureNetwork(network_of("actors", graph, shipped), {"en": texts[1]})], "en")
    )
    seen = look(picture)
    for number, text in enumerate(texts):
        seen.page.evaluate("id => itasgraph.select({ entity: id })", f"{BASE}person/{number}")
        saved = read(paper, press(seen, tmp_path))

        assert text in (saved.page.locator("blockquote").first.text_content() or "")
        assert saved.page.locator("script, b, bold, r, t, img").count() == 0
    assert seen.words == []


def turtle_string(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
