"""What is seen can be passed on: as a link, as a picture, as a table, as Turtle, as SPARQL, as a citation."""

from __future__ import annotations

import csv
import re
import struct
import xml.etree.ElementTree as ET
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from itasgraph.project import Project
from itasgraph.store.memory import Graph
from tests.helpers.browsing import Open, embedded, page_of, until
from tests.helpers.graphs import graph_of_project
from tests.helpers.namespaces import BASE, DOCUMENT
from tests.helpers.networks import Net

pytestmark = pytest.mark.slow

ITAS = "https://w3id.org/itas/ontology#"
STATE = """() => ({
    heading: document.querySelector("#details h2").textContent,
    selection: itasgraph.selection, view: itasgraph.view, language: document.documentElement.lang,
    visible: [...itasgraph.model.filters.entities], lines: [...itasgraph.model.filters.edges],
    chips: [...document.querySelectorAll(".chip")].map((chip) => chip.textContent),
    at: [itasgraph.picture.network.getViewPosition(), itasgraph.picture.network.getScale()].map((part) => JSON.stringify(part,
        (key, value) => (typeof value === "number" ? value.toFixed(2) : value))),
})"""
CLIP = "() => navigator.clipboard.readText()"


@pytest.mark.parametrize(
    "steps",
    [
        pytest.param(
            ["#filter", "[data-facet=section] label:has-text('Zukunft') input", "#zoom-in"], id="filter-and-zoom"
        ),
        pytest.param(
            [".legend-kind:has-text('Themen') input", "[data-view=table]", "[data-language=en]"],
            id="kind-table-language",
        ),
        pytest.param(
            [
                "[data-view=table]",
                ".cell-link:has-text('Udo Wehner')",
                "[data-view=picture]",
                ".legend-kind:has-text('Personen') input",
            ],
            id="chosen-and-hidden",
        ),
        pytest.param(["#step-groups", ".detail summary", ".findings button >> nth=2"], id="answer"),
        pytest.param(
            [
                "#filter",
                "[data-facet=relations] label:has-text('stellt vor') input",
                "[data-facet=relations] label:has-text('wird vorgetragen von') input",
            ],
            id="relations",
        ),
    ],
)
def test_link_restores_the_view(look: Open, steps: list[str]) -> None:
    seen = look()
    for selector in steps:
        seen.click(selector)
    address = seen.link()
    before = seen.page.evaluate(STATE)
    again = look(fragment=address, locale="en-GB")
    until(again.page, "before => JSON.stringify((" + STATE + ")().at) === JSON.stringify(before.at)", before)

    assert again.page.evaluate(STATE) == before
    assert again.link() == address


def test_link_restores_path_and_neighbourhood(look: Open) -> None:
    path = f"#ask=path&from={BASE}person/boris-kaiser&to={BASE}person/udo-wehner"
    around = f"#entity={BASE}person/udo-wehner&around={BASE}person/udo-wehner&steps=2"
    steps = look(fragment=path).text(".path-count")
    seen = look(fragment=around)

    assert steps == "4 Schritte · 1 kürzester Weg"
    assert seen.page.locator("[data-steps='2']").get_attribute("aria-pressed") == "true"
    assert seen.text(".chip").startswith("Umgebung von Udo Wehner: 2 Schritte")


def test_link_with_former_ids_leads_to_the_entries_of_today(look: Open, copy: Path, tmp_path: Path) -> None:
    with (copy / "data" / "links.yaml").open("a", encoding="utf-8") as links:
        links.write("- id: person/udo-wehner\n  replaces: person/u-wehner\n")
        links.write("- id: person/boris-kaiser\n  replaces: [person/kaiser, person/b-kaiser]\n")
    project = Project(copy)
    page = tmp_path / "renamed.html"
    page.write_bytes(page_of(graph_of_project(project), project, "actors", "de"))

    selected = look(page, f"#entity={BASE}person/u-wehner&around={BASE}person/u-wehner&steps=2")
    heading = selected.text("#details h2")
    chip = selected.text(".chip")
    address = selected.link()
    path = look(page, f"#ask=path&from={BASE}person/b-kaiser&to={BASE}person/u-wehner").text(".path-count")

    assert heading == "Udo Wehner"
    assert chip.startswith("Umgebung von Udo Wehner: 2 Schritte")
    assert f"{BASE}person/udo-wehner" in address
    assert "u-wehner" not in address
    assert path == "4 Schritte · 1 kürzester Weg"


@pytest.fixture
def renamed(copy: Path) -> Project:
    """The shipped project, in which two people, a section and the source had other ids before."""
    former = {
        "person/udo-wehner": "person/u-wehner",
        "person/boris-kaiser": "person/aa-kaiser",
        "section/zukunft": "section/ausblick",
        "source/itas-kongress-2024-rueckblick": "source/rueckblick",
    }
    with (copy / "data" / "links.yaml").open("a", encoding="utf-8") as links:
        links.writelines(f"- id: {new}\n  replaces: {old}\n" for new, old in former.items())
    return Project(copy)


@pytest.mark.parametrize(
    ("network", "person", "old"), [("actors", "udo-wehner", "u-wehner"), ("contacts", "boris-kaiser", "aa-kaiser")]
)
def test_link_to_a_relation_follows_former_ids(
    look: Open, renamed: Project, tmp_path: Path, network: str, person: str, old: str
) -> None:
    page = tmp_path / "renamed.html"
    page.write_bytes(page_of(graph_of_project(renamed), renamed, network, "de"))
    today = next(edge for edge in embedded(page.read_bytes())["edges"] if f"person/{person}" in edge["id"].split())
    ends = [end.replace(f"person/{person}", f"person/{old}") for end in today["id"].split()]
    if network == "contacts":  # a relation in both directions stands in the order of the ids: the old one came first
        ends.reverse()

    selected = look(page, "#relation=" + "+".join(ends))

    assert selected.page.evaluate("itasgraph.selection.relation") == today["id"]
    assert selected.link().startswith("#relation=" + today["id"].replace(" ", "+"))


def test_filters_in_a_link_follow_former_ids(look: Open, renamed: Project, tmp_path: Path) -> None:
    page = tmp_path / "renamed.html"
    page.write_bytes(page_of(graph_of_project(renamed), renamed, "actors", "de"))
    link = f"#section={BASE}section/zukunft&source={BASE}source/itas-kongress-2024-rueckblick"
    visible = "[...itasgraph.model.filters.entities].sort()"

    today = look(page, link).page.evaluate(visible)
    old = look(page, link.replace("zukunft", "ausblick").replace("itas-kongress-2024-", "")).page.evaluate(visible)
    everything = look(page).page.evaluate(visible)

    assert 0 < len(today) < len(everything)
    assert old == today


def test_copied_link_is_current(look: Open) -> None:
    seen = look(fragment=f"#entity={BASE}person/udo-wehner")
    seen.click("#zoom-in")
    seen.click("#share")
    seen.click("#copy-link")
    copied = seen.page.evaluate(CLIP)

    assert copied == seen.page.url
    assert f"#entity={BASE}person/udo-wehner&at=" in copied
    assert seen.text("#status").startswith("Kopiert. Der Link gilt nur auf diesem Rechner")
    assert seen.text("#toast") == seen.text("#status")


@pytest.mark.parametrize(
    ("fragment", "names"),
    [
        (f"entity={BASE}person/nobody", "nobody"),
        (f"ask=path&from={BASE}person/nobody&to={BASE}person/udo-wehner", "nobody"),
        (f"relation={BASE}person/a+knows+{BASE}person/b", "a – knows – b"),
        (f"entity={BASE}person/udo-wehner&section={BASE}section/gone&around=urn:gone", "gone"),
        ("ask=nothing", "nothing"),
    ],
)
def test_link_to_what_is_gone_says_so(look: Open, fragment: str, names: str) -> None:
    seen = look(fragment=f"#{fragment}")

    assert seen.text("#toast").startswith("Dieser Link nennt")
    assert seen.text("#toast").endswith(f": {names}.") or f": {names}, {names}." in seen.text("#toast")
    assert seen.text("#status") == seen.text("#toast")


def test_link_to_what_is_there_says_nothing(look: Open) -> None:
    seen = look(fragment=f"#entity={BASE}person/udo-wehner&without={ITAS}Topic")

    assert seen.page.locator("#toast").is_hidden()


def test_saved_files_are_called_what_they_show(look: Open, tmp_path: Path) -> None:
    seen = look(fragment=f"#entity={BASE}person/udo-wehner")
    table = seen.save("csv", tmp_path).name
    said = seen.text("#toast")
    plain = look().save("svg", tmp_path).name

    assert table == "wie-haengen-akteure-vorhaben-und-themen-zusammen-rueckblick_udo-wehner.csv"
    assert plain == "wie-haengen-akteure-vorhaben-und-themen-zusammen-rueckblick.svg"
    assert said.startswith(f"Gespeichert: {table} – ")


@pytest.mark.parametrize("fragment", ["", "#at=100.00,50.00,1.20000"])
def test_slide_is_shaped_like_a_slide(look: Open, tmp_path: Path, fragment: str) -> None:
    seen = look(fragment=fragment)
    slide = seen.save("slide", tmp_path)
    width, height = struct.unpack(">II", slide.read_bytes()[16:24])

    assert slide.name.endswith("_16-9.png")
    assert width / height == 16 / 9


def test_visible_table_is_saved(look: Open, tmp_path: Path) -> None:
    seen = look(fragment=f"#around={BASE}person/udo-wehner&steps=1")
    path = seen.save("csv", tmp_path)  # around an entry nothing is hidden, so that there is no choice
    head, *rows = csv.reader(path.read_text(encoding="utf-8-sig").splitlines(), delimiter=";")

    assert head == [
        "Von", "Beziehung", "Zu", "Worte der Quelle", "Quelle", "Zeilen", "Anmerkung", "Regel",
        "source_iri", "relation_iri", "target_iri",
    ]  # fmt: skip
    assert [
        "Udo Wehner", "wird genannt mit der Organisation", "AMZ Sachsen", "Udo Wehner, AMZ Sachsen", DOCUMENT, "", "ITAS-Policy Labs / Automatisiertes Fahren", "",
        f"{BASE}person/udo-wehner", "http://www.w3.org/ns/org#organization", f"{BASE}organisation/amz-sachsen",
    ] in rows  # fmt: skip
    assert {row[0] for row in rows} | {row[2] for row in rows} == {
        node["label"]["de"] for node in seen.page.evaluate("itasgraph.model.visibleNodes()")
    }


def test_saved_turtle_is_in_the_graph(
    look: Open, html: bytes, graph: Graph, tmp_path: Path, actors: Net[str], every_kind: str
) -> None:
    seen = look(fragment=f"#{every_kind}")
    written = rdflib.Graph().parse(seen.save("ttl", tmp_path))
    known = {(triple.subject, triple.predicate, triple.object) for triple in graph.triples()}
    strange = [triple for triple in written if tuple(map(_term, triple)) not in known]
    proven = {(quote["id"], quote["text"]) for edge in embedded(html)["edges"] for quote in edge["quotes"]}
    quotes = {(str(one), str(words)) for one, words in written.subject_objects(rdflib.URIRef(f"{ITAS}quote"))}

    assert len(written) > actors.number_of_nodes() * 3
    assert strange == []
    assert (
        rdflib.URIRef(f"{BASE}person/udo-wehner"),
        rdflib.URIRef("http://www.w3.org/ns/org#organization"),
        None,
    ) not in written
    assert quotes == proven


def _term(term: rdflib.term.Node) -> ox.NamedNode | ox.Literal:
    if isinstance(term, rdflib.Literal):
        return ox.Literal(str(term), language=term.language) if term.language else ox.Literal(str(term))
    return ox.NamedNode(str(term))


@pytest.mark.parametrize("format_", ["csv", "ttl"])
def test_table_and_turtle_hold_everything_or_what_is_shown(
    look: Open, html: bytes, tmp_path: Path, format_: str
) -> None:
    data = embedded(html)
    seen = look()
    visible = seen.page.evaluate("[itasgraph.model.visibleNodes().length, itasgraph.model.visibleEdges().length]")
    seen.click("#share")
    offered = [seen.text(f"[data-scope={scope}]") for scope in ("all", "shown")]
    said_before = seen.text("#scope-holds")
    seen.click("#share")
    everything = seen.save(format_, tmp_path)
    said = seen.text("#toast")
    shown = seen.save(format_, tmp_path, scope="shown")
    said_of_shown = seen.text("#toast")
    count = _relations_in_turtle if format_ == "ttl" else _relations_in_csv

    assert offered == ["Alles", "Was zu sehen ist"]
    assert said_before == f"{len(data['nodes'])} Einträge, {len(data['edges'])} Beziehungen"
    assert said == f"Gespeichert: {everything.name} – {said_before}"
    assert said_of_shown == (
        f"Gespeichert: {shown.name} – {visible[0]} von {len(data['nodes'])} Einträgen, "
        f"{visible[1]} von {len(data['edges'])} Beziehungen"
    )
    assert shown.name == everything.name.replace(f".{format_}", f"_was-zu-sehen-ist.{format_}")
    assert (count(everything), count(shown)) == (len(data["edges"]), visible[1])


def _relations_in_csv(path: Path) -> int:
    rows = csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines(), delimiter=";")
    return len({(row["source_iri"], row["relation_iri"], row["target_iri"]) for row in rows if row["relation_iri"]})


def _relations_in_turtle(path: Path) -> int:
    """Return how many relations a file states as triples or with quotes."""
    written = rdflib.Graph().parse(path)
    rdf, org = rdflib.RDF, "http://www.w3.org/ns/org#"
    pairs = [(rdf.subject, rdf.object), (rdflib.URIRef(f"{org}member"), rdflib.URIRef(f"{org}organization"))]
    quoted = {
        (written.value(one, first), written.value(one, rdf.predicate) or second, written.value(one, second))
        for first, second in pairs
        for one in set(written.subjects(first))
    }
    entries = {str(node) for node in written.subjects(rdflib.URIRef(f"{ITAS}kind"))}
    triples = {row for row in written if {str(row[0]), str(row[2])} <= entries}
    return len(quoted | triples)


def test_saved_everything_respects_what_the_reader_filters(look: Open, html: bytes, tmp_path: Path) -> None:
    seen = look(fragment="#without=https://schema.org/Person")
    seen.click("#share")
    offered = seen.text("[data-scope=all]")
    seen.click("#share")
    rows = csv.DictReader(seen.save("csv", tmp_path).read_text(encoding="utf-8-sig").splitlines(), delimiter=";")
    ends = {end for row in rows for end in (row["source_iri"], row["target_iri"])} - {""}
    people = {node["id"] for node in embedded(html)["nodes"] if node["kind"].endswith("Person")}

    assert offered == "Alles, was die Filter übrig lassen"
    assert ends == {node["id"] for node in embedded(html)["nodes"]} - people


def test_nothing_is_to_choose_where_nothing_is_hidden(look: Open, every_kind: str) -> None:
    seen = look(fragment=f"#{every_kind}")
    seen.click("#share")

    assert seen.page.locator("#scopes").is_hidden()
    assert re.fullmatch(r"\d+ Einträge, \d+ Beziehungen", seen.text("#scope-holds"))


def test_svg_has_legend_and_source(look: Open, tmp_path: Path) -> None:
    seen = look(fragment=f"#entity={BASE}person/udo-wehner")
    drawing = ET.parse(seen.save("svg", tmp_path)).getroot()
    texts = ["".join(text.itertext()) for text in drawing.iter("{http://www.w3.org/2000/svg}text")]

    assert {"AMZ Sachsen", "Personen", "Organisationen"} <= set(texts)
    assert "Udo Wehner" in " ".join(texts)  # a name may have several lines
    assert any(DOCUMENT in text for text in texts)
    assert any("creativecommons.org/licenses/by/4.0" in text for text in texts)


def test_png_is_twice_as_dense(look: Open, tmp_path: Path) -> None:
    seen = look()
    png = seen.save("png", tmp_path).read_bytes()
    width = seen.page.evaluate("itasgraph.picture.container.clientWidth")

    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">I", png[16:20])[0] == 2 * width
    assert seen.words == []


@pytest.mark.parametrize("name", ["person/boris-kaiser", "topic/kreislaufwirtschaft", "organisation/cwe"])
def test_node_sparql_finds_its_relations(look: Open, html: bytes, graph: Graph, name: str) -> None:
    seen = look(fragment=f"#entity={BASE}{name}")
    seen.click("[data-copy=sparql] summary")
    seen.click("[data-copy=sparql] button")
    copied = seen.page.evaluate(CLIP)
    rows = graph.store.query(copied)  # the bare store: it knows none of our prefixes
    assert isinstance(rows, ox.QuerySolutions)
    actual = {tuple(row[column].value for column in ("source", "relation", "target")) for row in rows if row["target"]}
    edges = embedded(html)["edges"]

    assert (
        actual == {(e["from"], e["relation"], e["to"]) for e in edges if BASE + name in (e["from"], e["to"])} != set()
    )


def test_relation_sparql_finds_its_quote(look: Open, graph: Graph) -> None:
    seen = look(fragment="#relation=person/udo-wehner org:organization organisation/amz-sachsen")
    seen.click("[data-copy=sparql] summary")
    rows = graph.store.query(seen.page.locator("[data-copy=sparql] pre").inner_text())
    assert isinstance(rows, ox.QuerySolutions)

    assert {row["quote"].value for row in rows} == {"Udo Wehner, AMZ Sachsen"}


def test_citation_names_source_and_licence(look: Open) -> None:
    seen = look(fragment=f"#entity={BASE}person/boris-kaiser")
    seen.click("[data-copy=citation] summary")
    seen.click("[data-copy=citation] button")

    assert seen.page.evaluate(CLIP).startswith(
        f"Boris Kaiser (Person). Rückblick auf den ITAS-Kongress 2024, o.\u00a0D., {DOCUMENT}. Daten: ITAS-Wissensgraph, Version "
    )
    assert seen.page.evaluate(CLIP).endswith(
        f"Lizenz der Daten: https://creativecommons.org/licenses/by/4.0/. {BASE}person/boris-kaiser"
    )


@pytest.mark.parametrize("fragment", ["", "#at=100.00,50.00,1.20000"])
def test_picture_behind_the_table_is_saved(look: Open, tmp_path: Path, fragment: str) -> None:
    seen = look(fragment=fragment)
    seen.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    shown = seen.save("svg", tmp_path).read_text(encoding="utf-8")
    seen.click("[data-view=table]")
    hidden = seen.save("svg", tmp_path).read_text(encoding="utf-8")
    png = seen.save("png", tmp_path).read_bytes()
    width = ET.fromstring(shown).attrib["width"]

    assert hidden == shown
    assert struct.unpack(">I", png[16:20])[0] == 2 * int(width)


@pytest.mark.parametrize(
    ("lang", "width", "height"), [("de", 1440, 900), ("en", 1440, 900), ("de", 390, 844), ("en", 390, 844)]
)
def test_saved_texts_do_not_collide(look: Open, tmp_path: Path, lang: str, width: int, height: int) -> None:
    seen = look(width=width, height=height)
    seen.language(lang)
    drawing = seen.save("svg", tmp_path).read_text(encoding="utf-8")
    # Only what stands around the map: names on it have a test of their own.
    boxes = seen.page.evaluate(
        """svg => {
            const place = document.createElement("div");
            place.innerHTML = svg;
            document.body.replaceChildren(place);
            const sheet = place.firstElementChild;
            sheet.style.overflow = "visible";
            return [sheet, ...sheet.querySelectorAll(":scope > text")].map((part) => {
                const { left, right, top, bottom } = part.getBoundingClientRect();
                return { text: part === sheet ? "" : part.textContent, left, right, top, bottom };
            });
        }""",
        drawing,
    )
    sheet, *texts = boxes
    over = [
        (one["text"], other["text"])
        for number, one in enumerate(texts)
        for other in texts[number + 1 :]
        if min(one["right"], other["right"]) > max(one["left"], other["left"]) - 20
        and min(one["bottom"], other["bottom"]) > max(one["top"], other["top"]) + 3
    ]

    assert len(texts) > 12
    assert over == []
    assert [box["text"] for box in texts if box["right"] > sheet["right"] or box["bottom"] > sheet["bottom"]] == []


def test_turtle_reads_like_the_export(look: Open, tmp_path: Path) -> None:
    written = (
        look(fragment=f"#around={BASE}person/udo-wehner&steps=1").save("ttl", tmp_path).read_text(encoding="utf-8")
    )

    assert written.startswith(
        "# Wie hängen Akteure, Vorhaben und Themen zusammen? – Rückblick auf den ITAS-Kongress 2024\n"
    )
    assert f"# Quellen: Rückblick auf den ITAS-Kongress 2024 {DOCUMENT}" in written
    assert "creativecommons.org/licenses/by/4.0" in written.split("@prefix", 1)[0]
    assert f"@base <{BASE}> ." in written
    assert (
        "\n<organisation/amz-sachsen>\n    a schema:Organization ;\n    itas:kind schema:Organization ;\n"
        '    rdfs:label "AMZ Sachsen"@de ;\n' in written
    )
    assert f"<{BASE}" not in written.split("@base", 1)[1].split("\n", 1)[1]


def test_turtle_keeps_statement_names(look: Open, graph: Graph, tmp_path: Path, every_kind: str) -> None:
    written = rdflib.Graph().parse(look(fragment=f"#{every_kind}").save("ttl", tmp_path))
    itas = rdflib.URIRef(f"{BASE}initiative/itas")
    other = {name.value for name in written.objects(itas, rdflib.SKOS.altLabel) if isinstance(name, rdflib.Literal)}
    known = {row["name"].value for row in graph.select("SELECT ?name WHERE { <initiative/itas> skos:altLabel ?name }")}

    assert [term for triple in written for term in triple if isinstance(term, rdflib.BNode)] == []
    assert other == known != set()
