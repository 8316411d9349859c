"""Which network is shown, and how much of it: by name, by a query of one's own, around an entity, up to a number."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from itasgraph.picture import html_page
from itasgraph.picture.page_data import PictureNetwork
from itasgraph.project import Project
from itasgraph.store.memory import Graph
from tests.helpers.browsing import Open, embedded, page_json
from tests.helpers.drawn_picture import reach
from tests.helpers.namespaces import BASE
from tests.helpers.networks import Net
from tests.helpers.programs import Run
from tests.helpers.projects import ROOT, little_project

pytestmark = pytest.mark.slow

# What a query of one's own may look like: with a prologue of its own, a comment, and links only.
OWN = """# Who presents what?
PREFIX voc: <https://w3id.org/itas/ontology#>
SELECT ?source ?relation ?target WHERE { ?source voc:presents ?target BIND(voc:presents AS ?relation) } ORDER BY ?source
"""


def page_of(run: Run, *args: object) -> bytes:
    done = run("view", *args, "-o", "-")
    assert (done.exit_code, done.stderr) == (0, "")
    return done.stdout_bytes


def ids(page: bytes) -> set[str]:
    return {node["id"].removeprefix(BASE) for node in embedded(page)["nodes"]}


@pytest.mark.parametrize(("given", "depth"), [((), 2), (("--depth", 1), 1), (("--depth", 3), 3)])
def test_focus_shows_a_neighbourhood(run: Run, html: bytes, given: tuple[object, ...], depth: int) -> None:
    """As in the picture, a step leads to the congress and to a topic, but none leads on from there."""
    page = page_of(run, "--focus", "Udo Wehner", *given, "--project", ROOT)
    reached = reach(embedded(html), f"{BASE}person/udo-wehner", depth)

    assert ids(page) == {iri.removeprefix(BASE) for iri in reached}
    assert embedded(page)["focus"] == f"{BASE}person/udo-wehner"


def test_page_says_what_was_left_out(run: Run, look: Open, tmp_path: Path, actors: Net[str]) -> None:
    page = tmp_path / "udo.html"
    page.write_bytes(page_of(run, "--focus", "Udo Wehner", "--depth", 1, "--project", ROOT, "--lang", "de"))
    data = embedded(page.read_bytes())
    nodes = actors.number_of_nodes() - len(data["nodes"])
    edges = actors.number_of_edges() - len(data["edges"])
    seen = look(page)
    opened = seen.heading()
    seen.page.keyboard.press("Escape")

    assert opened == "Udo Wehner"
    assert len(data["nodes"]) == 3
    assert seen.text("#left-out") == (
        "Das Bild zeigt die Umgebung von „Udo Wehner“ (Schritte: 1). "
        f"Ausgelassen – Einträge: {nodes}, Beziehungen: {edges}."
    )


def test_limit_keeps_the_best_connected(run: Run, actors: Net[str]) -> None:
    page = page_of(run, "--limit", 10, "--project", ROOT)
    data = embedded(page)

    assert len(data["nodes"]) == 10
    assert {"initiative/itas", "event/itas-kongress-2024", "group/zulieferer"} <= ids(page)
    assert data["leftOut"]["en"].startswith(
        "Shown are at most 10 entries, the best connected first. "
        f"Left out – entries: {actors.number_of_nodes() - 10}, relations: "
    )


def test_limit_keeps_the_nearest(run: Run) -> None:
    page = page_of(run, "--focus", "Udo Wehner", "--depth", 3, "--limit", 3, "--project", ROOT)

    assert ids(page) == {"person/udo-wehner", "organisation/amz-sachsen", "talk/policy-labs"}


def test_whole_network_says_nothing(run: Run) -> None:
    assert embedded(page_of(run, "--limit", 100_000, "--project", ROOT))["leftOut"] == {}


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--depth", 1), "--focus NAME"),
        (("--focus", "Udo Wehnr"), "did you mean Udo Wehner?"),
        (("organisations", "--focus", "Udo Wehner"), "“Udo Wehner” is not in this network"),
    ],
)
def test_impossible_focus_is_one_line(run: Run, args: tuple[object, ...], said: str) -> None:
    done = run("view", *args, "-o", "-", "--project", ROOT, "--lang", "en")

    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def names(page: bytes) -> list[str]:
    return [network["name"] for network in page_json(page)["networks"]]


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        ((), ["actors", "organisations", "topics", "programme", "contacts"]),
        (("topics", "actors"), ["topics", "actors"]),
        (("sections", "sections"), ["sections"]),
        (("--all",), ["actors", "organisations", "topics", "programme", "contacts", "everything", "links", "sections"]),
        (("--focus", "Udo Wehner", "--depth", 1), ["actors", "topics", "programme", "contacts"]),
    ],
)
def test_page_has_the_networks_that_are_asked_for(run: Run, args: tuple[object, ...], expected: list[str]) -> None:
    assert names(page_of(run, *args, "--project", ROOT)) == expected


def test_own_network_has_a_place_in_the_switch(run: Run, tmp_path: Path) -> None:
    project = little_project(tmp_path / "project")
    folder = project / "queries" / "network"
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.rq"):
        path.unlink()
    (folder / "aside.rq").write_text(OWN, encoding="utf-8")
    (folder / "second.rq").write_text(f"#+ order: 2\n#+ label: Later\n{OWN}", encoding="utf-8")
    (folder / "zuerst.rq").write_text(f"#+ order: 1\n{OWN}", encoding="utf-8")
    page = run("view", "zuerst", "second", "-o", "-", "--project", project).stdout_bytes
    switch = [one["label"]["en"] for one in page_json(page)["networks"]]

    assert switch == ["zuerst", "Later"]
    assert names(run("view", "-o", "-", "--project", project).stdout_bytes) == ["zuerst"]  # both are empty


def test_all_networks_or_some(run: Run) -> None:
    done = run("view", "actors", "--all", "-o", "-", "--project", ROOT, "--lang", "en")

    assert (done.exit_code, done.stdout) == (2, "")
    assert "leave out --all, or leave out the names" in done.stderr


def test_own_title_serves_both_languages(run: Run, look: Open, tmp_path: Path) -> None:
    page = tmp_path / "own.html"
    page.write_bytes(page_of(run, "--title", "Unser <Netz> & mehr", "--project", ROOT))
    seen = look(page)
    seen.language("de")

    assert seen.page.title() == seen.text(".title") == "Unser <Netz> & mehr"


def test_programme_shows_its_levels(run: Run) -> None:
    kinds = {
        node["kind"].rsplit("/", 1)[-1].rsplit("#", 1)[-1]
        for node in embedded(page_of(run, "programme", "--project", ROOT))["nodes"]
    }

    assert {"Section", "Contribution", "Person", "Offer", "Event"} <= kinds
    assert kinds.isdisjoint({"Topic", "TargetGroup", "Organization"})


def own(folder: Path) -> Path:
    path = folder / "presents.rq"
    path.write_text(OWN, encoding="utf-8")
    return path


def test_own_query_is_drawn_and_copied(run: Run, look: Open, graph: Graph, tmp_path: Path) -> None:
    page = tmp_path / "own.html"
    page.write_bytes(page_of(run, own(tmp_path), "--project", ROOT))
    seen = look(page, f"#entity={BASE}offer/circular-cars")
    seen.click("[data-copy=sparql] summary")
    copied = seen.page.locator("[data-copy=sparql] pre").inner_text()
    rows: Any = graph.store.query(copied)

    assert {row["source"].value for row in rows} == {f"{BASE}talk/circular-cars"}
    assert copied.splitlines()[1] == "PREFIX voc: <https://w3id.org/itas/ontology#>"


def test_triples_are_drawn_alike(run: Run, graph: Graph, tmp_path: Path) -> None:
    turtle = tmp_path / "itas.ttl"
    assert run("export", "-o", turtle, "--project", ROOT).exit_code == 0
    here = embedded(page_of(run, "organisations", "--project", ROOT))
    there = embedded(page_of(run, "organisations", "--data", turtle, "--project", ROOT))

    # Turtle has no named graphs: which of several sources holds a quote of an entry is not in it.
    for node in (*here["nodes"], *there["nodes"]):
        node["quotes"] = sorted({quote["text"] for quote in node["quotes"]})
    assert there["nodes"] == here["nodes"]
    assert there["edges"] == here["edges"]
    assert there["facets"] == here["facets"]


def test_endpoint_is_drawn_alike(run: Run, oxigraph: str, nordtal_project: Project) -> None:
    root = nordtal_project.root
    here = embedded(page_of(run, "organisations", "--project", root))
    there = embedded(page_of(run, "organisations", "--endpoint", oxigraph, "--project", root))

    # Turtle has no named graphs: which of several sources holds a quote of an entry is not in it.
    for node in (*here["nodes"], *there["nodes"]):
        node["quotes"] = sorted({quote["text"] for quote in node["quotes"]})
    assert there["nodes"] == here["nodes"]
    assert there["edges"] == here["edges"]
    assert there["answers"] == here["answers"]


# --- large networks -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def large(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return 2,000 entities that no graph knows, linked as real networks are: few have many links."""
    simple = nx.barabasi_albert_graph(2_000, 2, seed=1)
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    made.add_nodes_from((f"urn:entity:{number}" for number in simple.nodes), labels={}, kind="")
    for one, other in simple.edges:
        ends = f"urn:entity:{other}", f"urn:entity:{one}"
        made.add_edge(
            *ends, key="urn:knows", quotes=[], rules=[], notes=[], weight=1.0, symmetric=False, terminal=False
        )
    path = tmp_path_factory.mktemp("large") / "large.html"
    path.write_bytes(html_page.page(graph, [PictureNetwork(made, {"en": "Large"})], "en"))
    return path


def test_names_appear_with_zoom(look: Open, large: Path) -> None:
    seen = look(large)
    names = "itasgraph.picture.painter.visibleNames.map(({ entity }) => entity)"
    first = seen.page.evaluate(names)
    for _ in range(9):
        seen.click("#zoom-in")
    near = seen.page.evaluate(names)

    assert 0 < len(first) <= 28
    assert not set(near) <= set(first)
    assert len(near) > 3


def test_long_table_is_shown_in_part(look: Open, large: Path) -> None:
    seen = look(large, "#view=table")
    first = len(seen.table())
    more = seen.text(".table-more")
    seen.click(".table-more button")

    assert (first, more) == (500, "Show 1,500 more rows")
    assert len(seen.table()) == 2_000
