"""Paths between actors of the congress, each step with the words of the source."""

from __future__ import annotations

import json
import shlex
from itertools import combinations, pairwise

import networkx as nx
import pytest

from itasgraph.authoring.quotations import SourceText
from itasgraph.network import path_report, paths
from itasgraph.network.paths import PathRequest
from itasgraph.project import Project
from itasgraph.store.memory import Graph
from tests.content.kongress import SPOKE
from tests.helpers.namespaces import BASE
from tests.helpers.paths import Search, nodes_of, path
from tests.helpers.programs import Run
from tests.helpers.projects import ROOT

GUESTS = PathRequest("people/gaeste", "Gregor Holst")


def test_colleague_connects_two(run: Run) -> None:
    done = run("path", "Boris Kaiser", "Udo Wehner", "--project", ROOT, "--lang", "en")

    assert done.exit_code == 0
    assert done.stdout == (
        "Boris Kaiser – Udo Wehner, steps: 4, paths of this length: 1\n"
        "\n"
        "Boris Kaiser\n"
        "  speaks in: Circular Cars – training for the circular economy in the automotive industry\n"
        "      “Boris Kaiser, CWE” [1, line 57]\n"
        "  is given by: Andreas Wächtler\n"
        "      “Andreas Wächtler, AMZ Sachsen” [1]\n"
        "  is named with the organisation: AMZ Sachsen\n"
        "      “Andreas Wächtler vom Netzwerkmanager AMZ Sachsen gab Einblicke in das Technologie- und Trendscouting” [1]\n"
        "      “Andreas Wächtler, AMZ Sachsen” [1]\n"
        "      “Andreas Wächtler, Netzwerkmanager AMZ Sachsen” [1]\n"
        "  is named with: Udo Wehner\n"
        "      “Udo Wehner, AMZ Sachsen” [1]\n"
        "\n"
        "[1] Looking back on the ITAS-Kongress 2024 – https://itas-projekt.de/itas-kongress-2024-rueckblick\n"
    )


def test_derived_step_names_its_rule(run: Run) -> None:
    text = run("path", "Unternehmen", "ITAS-Helpdesks", "--project", ROOT, "--lang", "de").stdout
    (step,) = path(run, "Unternehmen", "ITAS-Helpdesks")["paths"][0]

    assert "“ [1, Zeilen 14, 46]\n      abgeleitet: Zielgruppe des Abschnitts\n" in text
    assert step["relations"][0]["rules"] == ["https://w3id.org/itas/rule/audience-of-sections"]


def test_stated_step_names_no_rule(run: Run) -> None:
    (step,) = path(run, "Zulieferer", "ITAS-Helpdesks")["paths"][0]

    assert step["relations"][0]["rules"] == []


def test_path_reads_backwards(run: Run) -> None:
    there = path(run, "Boris Kaiser", "Udo Wehner")["paths"][0]
    back = path(run, "Udo Wehner", "Boris Kaiser")["paths"][0]

    assert nodes_of(back) == nodes_of(there)[::-1]
    assert [step["relations"][0]["label"] for step in back] == [
        "is named with the organisation",
        "is named with",
        "speaks in",
        "is given by",
    ]


def test_any_spelling_names_the_ends(run: Run) -> None:
    expected = path(run, "Andreas Wächtler", "CWE")

    assert path(run, "person/andreas-waechtler", f"{BASE}organisation/cwe") == expected
    assert path(run, "andreas waechtler", "cwe") == expected


@pytest.mark.slow
def test_steps_stand_in_the_source(
    search: Search, links: nx.MultiDiGraph[str], graph: Graph, source: list[str]
) -> None:
    people = sorted(thing for thing in links if thing.startswith(f"{BASE}person/"))
    quotes = []
    for person in people[1:]:
        result = search(PathRequest(people[0], person, via=("Initiative",)))
        steps = [
            step
            for path in json.loads(path_report.to_json(graph, result, "en", all_paths=True))["paths"]
            for step in path
        ]
        assert [step for step in steps if not step["relations"]] == []
        assert [relation for step in steps for relation in step["relations"] if not relation["quotes"]] == []
        quotes += [quote["text"] for step in steps for relation in step["relations"] for quote in relation["quotes"]]

    assert len(people) == 19
    assert len(set(quotes)) > 20
    document = SourceText(source)
    assert [text for text in quotes if not document.lines_of(text)] == []


@pytest.mark.slow
def test_shortest_paths_match_networkx(search: Search, links: nx.MultiDiGraph[str]) -> None:
    talks = sorted(thing for thing in links if thing.startswith(f"{BASE}talk/"))
    hubs = ("topic/", "group/", "place/", "event/", "series/", "section/", "period/")
    things = [thing for thing in links if not thing.removeprefix(BASE).startswith(hubs)]
    open_ = nx.Graph(links.to_undirected().subgraph(things))
    seen = 0
    for one, other in pairwise(talks):
        expected = (
            set(map(tuple, nx.all_shortest_paths(open_, one, other))) if nx.has_path(open_, one, other) else set()
        )
        assert set(search(PathRequest(one, other, via=("Initiative",))).paths) == expected
        seen += len(expected)

    assert seen > 15


def test_one_path_is_the_default(run: Run) -> None:
    arguments = ("path", "IHK Chemnitz", "AMZ Sachsen", "--via", "Initiative")
    first = run(*arguments, "--project", ROOT, "--lang", "de").stdout
    every = run(*arguments, "--all", "--project", ROOT, "--lang", "de").stdout

    # Patrick Korn, named with the one, takes part in ITAS; three times somebody named with the other presented something of ITAS.
    assert "Schritte: 6, Wege dieser Länge: 3\n" in first
    assert first.count("\nIHK Chemnitz\n") == 1
    assert every.count("\nIHK Chemnitz\n") == 3
    assert first.endswith("1 gezeigt, mehr mit --all\n")


def test_equal_paths_sort_by_label(run: Run) -> None:
    arguments = ("IHK Chemnitz", "AMZ Sachsen", "--via", "Initiative", "--all")

    for lang in ("de", "en"):
        answer = path(run, *arguments, lang=lang)["paths"]
        labels = [[step["toLabel"].casefold() for step in chain] for chain in answer]
        assert labels == sorted(labels)


@pytest.mark.quick(1)
@pytest.mark.parametrize("kind", ["Initiative", "initiativen", "ITAS"], ids=["kind", "plural", "name"])
def test_hubs_are_left_out(run: Run, kind: str) -> None:
    without = path(run, "Petra Seifert", "Michel Götze")
    answer = path(run, "Petra Seifert", "Michel Götze", "--via", kind)

    assert not without["connected"]
    assert "initiative/itas" in nodes_of(answer["paths"][0])


def test_hub_may_be_the_end(run: Run) -> None:
    answer = path(run, "Boris Kaiser", "Kreislaufwirtschaft")

    assert nodes_of(answer["paths"][0]) == [
        "person/boris-kaiser",
        "talk/circular-cars",
        "offer/circular-cars",
        "topic/kreislaufwirtschaft",
    ]


@pytest.mark.parametrize("kind", ["Topic", "Thema", "Themen", "topics"])
def test_kind_has_three_names(run: Run, kind: str) -> None:
    answer = path(run, "Philip Salomon", "Diana Krahl", "--via", kind)

    assert "topic/berufsausbildung" in nodes_of(answer["paths"][0])


def test_programme_step_has_no_quote(run: Run) -> None:
    done = run("path", "Petra Seifert", "Michel Götze", "--via", "Section", "--project", ROOT, "--lang", "en")

    assert done.exit_code == 0
    assert done.stdout.count("(no quote: structure of the programme)") == 2


@pytest.mark.parametrize("left_out", ["AMZ Sachsen", "Organisation", "organisation/amz-sachsen"])
def test_without_excludes_a_node(run: Run, left_out: str) -> None:
    assert not path(run, "Boris Kaiser", "Udo Wehner", "--without", left_out)["connected"]


def test_ends_may_be_excluded_kinds(run: Run) -> None:
    answer = path(run, "CWE", "AMZ Sachsen", "--without", "Organisation")

    assert nodes_of(answer["paths"][0]) == [
        "organisation/cwe",
        "person/boris-kaiser",
        "talk/circular-cars",
        "person/andreas-waechtler",
        "organisation/amz-sachsen",
    ]


def test_same_event_offers_a_way_out(run: Run) -> None:
    done = run("path", "Philip Salomon", "Diana Krahl", "--project", ROOT, "--lang", "de")

    assert done.exit_code == 1
    assert done.stdout == (
        "„Philip Salomon“ und „Diana Krahl“ sind in keinem Beitrag gemeinsam genannt, waren aber beide bei derselben "
        "Veranstaltung: ITAS-Kongress 2024 (06.06.2024).\n"
        "Knotenpunkte, die fast alles verbinden, werden ausgelassen; über „Die Fachkräfte und die Gesellschaft im Blick: ITAS-Angebote für "
        "Arbeitnehmer und Bürger“ (Programmabschnitt) führt ein Weg, den dieser Befehl zeigt:\n"
        f"  itasgraph path 'Philip Salomon' 'Diana Krahl' --project {ROOT} --lang de"
        " --via section/fachkraefte-und-gesellschaft\n"
    )


@pytest.mark.quick(1)
@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("more", [(), ("--all",), ("--without", "Initiative", "--max", "6")], ids=" ".join)
def test_way_out_can_be_pasted(run: Run, lang: str, more: tuple[str, ...]) -> None:
    ends = ("Cornelius Plaul", "Philip Salomon")
    done = run("path", *ends, *more, "--project", ROOT, "--lang", lang)
    program, *arguments = shlex.split(done.stdout.splitlines()[-1])
    again = run(*arguments)

    assert (done.exit_code, program, again.exit_code) == (1, "itasgraph", 0)
    assert again.stdout.splitlines()[0].startswith(" – ".join(ends))
    assert "ITAS-Kongress 2024" in again.stdout


def test_guests_are_at_the_event(graph: Graph, shipped: Project, links: nx.MultiDiGraph[str]) -> None:
    content = json.loads(path_report.to_json(graph, paths.find_paths(graph, shipped, GUESTS, "en"), "en", True))

    assert content["events"] == [{"event": f"{BASE}event/itas-kongress-2024", "date": "2024-06-06"}]
    apart = paths.find_paths(graph, shipped, PathRequest("Boris Kaiser", "Rolle der Jugend"), "en")
    assert apart.events == ()


def test_no_event_offers_the_nearest(run: Run) -> None:
    done = run("path", "Boris Kaiser", "topic/wasserstoff", "--project", ROOT, "--lang", "en")

    assert done.exit_code == 1
    assert done.stdout.startswith(
        "No path leads from “Boris Kaiser” to “Hydrogen”; of what can be reached from “Boris Kaiser”, nearest to “Hydrogen” is "
    )


def test_nearest_is_not_the_start(run: Run) -> None:
    done = run("path", "ITAS-Kongress 2024", "group/jugend", "--project", ROOT, "--lang", "en")

    # Sections are left out, and the congress has nothing else that leads on.
    assert done.stdout.splitlines()[0] == "No path leads from “ITAS-Kongress 2024” to “Young people”."


def test_way_out_leads_there(run: Run) -> None:
    apart = path(run, "Philip Salomon", "Diana Krahl")

    assert path(run, "Philip Salomon", "Diana Krahl", "--via", apart["hubs"][0])["connected"]
    assert apart["nearest"] == f"{BASE}talk/sos-berufsausbildung"


@pytest.mark.slow
def test_way_out_is_the_section(search: Search, links: nx.MultiDiGraph[str]) -> None:
    shared = {
        frozenset(f"{BASE}person/{one}" for one in pair): f"{BASE}section/{section}"
        for section, spoke in SPOKE.items()
        for pair in combinations(sorted(spoke - {"vertreter-jugendorganisationen", "boris-kaiser"}), 2)
    }
    actual = {pair: search(PathRequest(min(pair), max(pair))) for pair in shared}
    apart = {pair: answer for pair, answer in actual.items() if not answer.paths}

    assert len(apart) > 20
    assert {pair: answer.hubs for pair, answer in apart.items()} == {pair: (shared[pair],) for pair in apart}


@pytest.mark.parametrize("every", [pytest.param(1, marks=pytest.mark.slow), 10])
def test_nearest_starts_the_way_out(search: Search, links: nx.MultiDiGraph[str], every: int) -> None:
    people = sorted(thing for thing in links if thing.startswith(f"{BASE}person/"))
    pairs = list(combinations(people, 2))[::every]
    apart = [answer for pair in pairs if not (answer := search(PathRequest(*pair))).paths]

    assert len(apart) > 100 / every
    for answer in apart:
        assert links.has_edge(answer.nearest, answer.hubs[0]) or links.has_edge(answer.hubs[0], answer.nearest)


def test_no_way_out_is_said(run: Run) -> None:
    hubs = (
        "Section",
        "Initiative",
        "TargetGroup",
        "Topic",
        "Place",
        "Event",
        "Project",
        "Offer",
        "Goal",
        "Plan",
        "Message",
    )
    arguments = [word for hub in hubs for word in ("--without", hub)]

    done = run("path", "Philip Salomon", "Diana Krahl", *arguments, "--project", ROOT, "--lang", "en")

    assert (done.exit_code, done.stdout) == (
        1,
        "No contribution names “Philip Salomon” and “Diana Krahl” together, but both were at the same event: "
        "ITAS-Kongress 2024 (2024-06-06).\n"
        "No path leads from “Philip Salomon” to “Diana Krahl”, not even through the hubs that are left out.\n",
    )


def test_too_long_differs_from_none(run: Run) -> None:
    done = run("path", "Boris Kaiser", "Udo Wehner", "--max", 3, "--project", ROOT, "--lang", "en")

    assert (done.exit_code, done.stdout) == (
        1,
        "“Boris Kaiser” and “Udo Wehner” are connected only in 4 steps, more than --max allows; "
        "the path leads as far as “AMZ Sachsen” (Organisation).\n",
    )
    assert run("path", "Boris Kaiser", "Udo Wehner", "--max", 4, "--project", ROOT).exit_code == 0
