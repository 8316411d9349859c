"""The page of a picture, as it is made; tests/browser/ opens it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from itasgraph import messages
from itasgraph.network.builder import Networks, find_query
from itasgraph.picture import drawing, excerpt, html_page, page_data, precomputed_answers
from itasgraph.project import Project
from itasgraph.questions import queries
from itasgraph.store.memory import Graph
from itasgraph.store.queryable import Result
from tests.helpers.browsing import embedded, page_of
from tests.helpers.programs import run_itasgraph
from tests.helpers.projects import ROOT


@dataclass
class Listener(Graph):
    """A graph that counts its queries."""

    queries: Counter[str] = field(default_factory=Counter)

    def query(self, text: str) -> Result:
        self.queries[text] += 1
        return super().query(text)


@pytest.mark.parametrize("names", ["actors", "contacts", "topics", "actors organisations topics programme contacts"])
def test_each_network_of_a_page_is_built_once(names: str, graph: Graph, shipped: Project) -> None:
    listener = Listener(**{one.name: getattr(graph, one.name) for one in fields(graph)})
    networks = Networks(listener, shipped)

    page_data.picture_networks(networks, {name: excerpt.Excerpt(networks[name]) for name in names.split()})

    needed = {*names.split(), "contacts", "topics"}
    assert {one: listener.queries[find_query(one, shipped).text] for one in needed} == dict.fromkeys(needed, 1)
    ready = [queries.find(one, shipped).text for one in ("gaps", "target-groups", "no-contact", "plans")]
    asked = [queries.substitute(text, {"lang": ox.Literal(lang)}) for text in ready for lang in messages.LANGUAGES]
    assert [listener.queries[text] for text in asked] == [1] * 8


def test_a_map_knows_the_kinds_of_actors_and_answers_itself_who_links_its_groups(
    graph: Graph, shipped: Project
) -> None:
    data = embedded(page_of(graph, shipped, "actors", "de"))

    assert data["actors"] == ["https://schema.org/Organization", "https://schema.org/Person"]
    assert sorted(data["answers"]) == ["missing", "planned"]


def test_the_ready_question_says_what_is_planned(graph: Graph, shipped: Project) -> None:
    data = embedded(page_of(graph, shipped, "actors", "de"))

    assert data["planned"] == [f"{graph.base}event/buergerdialog-mobilitaet", f"{graph.base}event/symposium"]


def test_all_that_is_planned_is_dashed_though_the_answer_is_cut(
    graph: Graph, shipped: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(precomputed_answers, "_MAX_FINDINGS", 1)
    data = embedded(page_of(graph, shipped, "actors", "de"))

    assert [len(answer["findings"]) for answer in data["answers"]["planned"]] == [1]
    assert data["planned"] == [f"{graph.base}event/buergerdialog-mobilitaet", f"{graph.base}event/symposium"]


def test_part_of_a_large_network_has_no_answers_on_what_it_does_not_show(
    graph: Graph, shipped: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    networks = Networks(graph, shipped)
    part = excerpt.extract(graph, networks["actors"], excerpt.ExcerptOptions(limit=20), "en")
    (answered,) = page_data.picture_networks(networks, {"actors": part})
    monkeypatch.setattr(precomputed_answers, "EXACT_LIMIT", len(networks["actors"]) - 1)
    (unanswered,) = page_data.picture_networks(networks, {"actors": part})

    assert sorted(answered.answers) == ["connects", "groups", "missing", "planned"]
    assert unanswered.answers == {}


def test_query_file_and_network_of_one_name_are_told_apart(graph: Graph, shipped: Project, tmp_path: Path) -> None:
    names = ["organisations", str(tmp_path / "organisations.rq"), str(tmp_path / "mine.rq")]
    for name in names[1:]:
        Path(name).write_text(find_query("organisations", shipped).text, encoding="utf-8")
    page = page_of(graph, shipped, " ".join(names), "en")
    views = [embedded(page, number) for number in range(3)]
    analysed = [{one["network"] for one in view["answers"]["connects"]} for view in views]

    assert [view["name"] for view in views] == ["organisations", "organisations-2", "mine"]
    assert analysed == [{"organisations"}, {"organisations-2"}, {"mine"}]
    assert str(tmp_path).encode() not in page


def test_no_two_kinds_share_a_sign(graph: Graph) -> None:
    shapes = [row["shape"].value for row in graph.select("SELECT ?kind ?shape WHERE { ?kind itas:shape ?shape }")]
    script = (ROOT / "itasgraph" / "picture" / "assets" / "shapes.js").read_text(encoding="utf-8")
    known = re.findall(r"^  (\w+): { corners: ", script, re.MULTILINE)

    assert len(shapes) == len(set(shapes)) == 19
    assert drawing.NO_KIND["shape"] not in shapes
    assert {*shapes, drawing.NO_KIND["shape"]} <= set(known)


@pytest.mark.slow
def test_surroundings_have_the_same_bytes_in_every_process(tmp_path: Path) -> None:
    pages = [tmp_path / f"{seed}.html" for seed in ("0", "4711")]
    for page in pages:
        done = run_itasgraph("view", "--focus", "Tobias Teich", "-o", page, PYTHONHASHSEED=page.stem)
        assert done.returncode == 0

    assert pages[0].read_bytes() == pages[1].read_bytes()


def test_page_of_the_project_is_small(graph: Graph, shipped: Project) -> None:
    page = page_of(graph, shipped, " ".join(Networks(graph, shipped).switch), "de")

    assert len(page) <= 1_000_000


def test_page_has_no_comments_of_scripts(graph: Graph, shipped: Project) -> None:
    text = page_of(graph, shipped, "actors", "de").decode()
    own = [part.partition("</script>")[0] for part in text.split("<script>")][-1]

    assert own.startswith('\n"use strict";')
    assert re.findall(r"^\s*(?://|/\*|\*/).*$", own, re.MULTILINE) == []


@pytest.mark.slow
def test_base_of_the_iris_stands_once_in_the_data(graph: Graph, shipped: Project) -> None:
    page = page_of(graph, shipped, "actors", "de")
    data = page.partition(b'id="graph-data"')[2].partition(b"</script>")[0]

    assert data.count(graph.base.encode()) == 1
    assert all(node["id"].startswith(graph.base) for node in embedded(page)["nodes"])


@pytest.mark.parametrize("base", ["https://example.org/", "https://example.org/a?b=1&c='$&/"])
def test_any_base_is_read_back(graph: Graph, shipped: Project, base: str) -> None:
    networks = Networks(replace(graph, base=base), shipped)
    pictures = page_data.picture_networks(networks, {"contacts": excerpt.Excerpt(networks["contacts"])})
    page = html_page.page(networks.graph, pictures, "de", "A\tB")

    assert embedded(page)["rdf"]["base"] == base
    assert embedded(page)["title"] == {"de": "A\tB", "en": "A\tB"}
    assert {node["id"] for node in embedded(page)["nodes"]} == set(networks["contacts"])


def test_quote_has_the_title_of_its_own_section_only(graph: Graph, shipped: Project) -> None:
    data = embedded(page_of(graph, shipped, "sections", "de"))
    ends = {f"{graph.base}organisation/amz-sachsen", f"{graph.base}organisation/cwe"}
    (edge,) = [edge for edge in data["edges"] if {edge["from"], edge["to"]} == ends]
    suppliers = "Die Zulieferer im Blick: ITAS-Angebote für Unternehmen"
    future = "Die Zukunft im Blick: Strategische Aktivitäten in ITAS"

    assert {quote["text"]: quote["titles"] for quote in edge["quotes"]} == {
        "Andreas Wächtler, AMZ Sachsen": [suppliers],
        "Boris Kaiser, CWE": [future, suppliers],  # the programme names him so in both
        "Udo Wehner, AMZ Sachsen": [future],
    }
