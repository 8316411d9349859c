"""The moments of a network: which events they are, and at which of them entries and relations occur, as `--compare` has it."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pytest

from itasgraph.filters.timeframe import Programmes
from itasgraph.network import builder, comparison
from itasgraph.network.builder import Networks
from itasgraph.network.contributions import Contributions
from itasgraph.network.moments import Timeline, Timelines
from itasgraph.project import Project
from itasgraph.store import access
from itasgraph.store.memory import Graph
from tests.helpers.namespaces import BASE
from tests.helpers.projects import ENERGY, lay_out, three_congresses

YEARS = ("2023", "2024", "2025")


@pytest.fixture(scope="module")
def congresses(tmp_path_factory: pytest.TempPathFactory) -> Networks:
    project = Project(three_congresses(tmp_path_factory.mktemp("three") / "project"))
    return Networks(access.load(project), project)


def timeline(networks: Networks, name: str) -> Timeline:
    found = Timelines(networks).of(name)
    assert found is not None
    return found


def at(networks: Networks, name: str, *entities: str) -> list[list[int] | None]:
    """Return the moments of some entities, None for one that is always there."""
    entities_at = timeline(networks, name).entities
    assert all(BASE + one in networks[name] for one in entities)
    return [entities_at.get(BASE + one) for one in entities]


def test_moments_are_the_events_at_which_somebody_appeared(congresses: Networks) -> None:
    found = [
        (one.event.removeprefix(BASE), one.label["en"], f"{one.begin} {one.end}")
        for one in timeline(congresses, "actors").moments
    ]

    assert found == [
        ("event/holzkongress-2023", "Holzkongress 2023", "2023-05-11 2023-05-11"),
        ("event/holzkongress-2024", "Holzkongress 2024", "2024-05-16 2024-05-16"),
        ("event/holzkongress-2025", "Holzkongress 2025", "2025-05-15 2025-05-16"),
    ]


def test_entries_occur_at_the_events_of_their_relations(congresses: Networks) -> None:
    entities = ("person/paula-kern", "person/timo-falk", "organisation/saegewerk-lind", "topic/strom", "topic/holz")

    assert at(congresses, "actors", *entities) == [[0, 2], [1, 2], [0, 1], [0, 2], [0, 1]]


def test_what_has_no_event_is_always_there(congresses: Networks) -> None:
    assert at(congresses, "actors", "event/holzkongress-2026", "event/holzkongress-2025") == [None, [2]]


def test_relations_occur_at_the_events_of_their_evidence(congresses: Networks) -> None:
    found = timeline(congresses, "contacts").edges
    one, other = f"{BASE}person/ida-roth", f"{BASE}person/paula-kern"

    assert [numbers for edge, numbers in found.items() if {one, other} == {edge.source, edge.target}] == [[0]]


def test_what_several_events_relate_is_at_none_of_them(congresses: Networks) -> None:
    """The utility spoke on power in 2023, the school in 2025: they share the topic, but met at no event."""
    ends = {f"{BASE}organisation/stadtwerke-oberland", f"{BASE}organisation/waldschule"}
    edges = timeline(congresses, "organisations").edges

    assert [numbers for edge, numbers in edges.items() if {edge.source, edge.target} == ends] == [[]]


@pytest.mark.quick(1)
@pytest.mark.parametrize("name", ["actors", "contacts", "organisations", "topics", "programme", "everything"])
@pytest.mark.parametrize("number", [1, 2])
def test_came_went_and_stayed_are_those_of_a_comparison(congresses: Networks, name: str, number: int) -> None:
    pair = (f"Holzkongress {YEARS[number - 1]}", f"Holzkongress {YEARS[number]}")
    compared = comparison.compare(congresses.graph, congresses.project, name, pair, "en")
    expected = [{entity for one in answer.findings for entity in one.entities} for answer in compared.answers[:3]]
    entities = timeline(congresses, name).entities

    def those(were: bool, are: bool) -> set[str]:
        return {one for one, some in entities.items() if ((number - 1 in some), (number in some)) == (were, are)}

    came = {one for one in those(were=False, are=True) if min(entities[one]) == number}

    assert [came, those(were=True, are=False), those(were=True, are=True)] == expected
    assert [edge_count(timeline(congresses, name), number, wanted) for wanted in ("stayed", "new", "gone")] == [
        len(answer.findings) for answer in compared.answers[3:]
    ]


def edge_count(found: Timeline, number: int, wanted: str) -> int:
    def fits(numbers: Collection[int]) -> bool:
        were, are = number - 1 in numbers, number in numbers
        new = are and min(numbers) == number
        return {"stayed": were and are, "new": new, "gone": were and not are}[wanted]

    return sum(fits(numbers) for numbers in found.edges.values())


def test_an_announced_event_is_no_moment(graph: Graph, shipped: Project) -> None:
    assert Timelines(Networks(graph, shipped)).of("actors") is None


def test_only_a_network_whose_header_names_kinds_has_moments(congresses: Networks, tmp_path: Path) -> None:
    path = tmp_path / "own.rq"
    query = congresses.query("actors").text
    for lines in ("#+ moments: [Event]\n", "#+ moments: [Topic]\n", ""):
        path.write_text(query.replace("#+ moments: [Event]\n", lines), encoding="utf-8")
        found = Timelines(Networks(congresses.graph, congresses.project)).of(str(path))

        assert (found is not None) == ("Event" in lines)


def test_an_event_with_two_dates_is_one_moment(tmp_path: Path) -> None:
    project = Project(lay_out(tmp_path / "project", ENERGY))
    found = timeline(Networks(access.load(project), project), "actors")

    assert [f"{one.event.removeprefix(BASE)} {one.begin} {one.end}" for one in found.moments] == [
        "event/energietag-2029 2029-05-12 2029-05-13",
        "event/fruehjahrstreffen 2030-03-03 2030-03-03",
        "event/energietag-2030 2030-05-11 2030-05-11",
    ]


@pytest.mark.slow
def test_an_event_contributes_no_relation_that_the_whole_lacks(tmp_path: Path) -> None:
    """A query may leave out what relates too many: in a part there are fewer, so that it leaves out less."""
    project = Project(three_congresses(tmp_path / "project"))
    (project.root / "queries" / "network" / "few.rq").write_text(FEW, encoding="utf-8")
    networks = Networks(access.load(project), Project(project.root))
    programmes = Programmes(networks.graph)
    event = timeline(networks, "actors").moments[0].event
    alone = builder.build(programmes.select({event}), networks.query("few").text, "few")
    contributed = Contributions(networks.graph).network(networks.query("few"), {event})

    assert alone.number_of_edges() > 0
    assert (set(networks["few"]), set(contributed)) == (set(), set())


# Who appear at the same contribution, unless there are more than eight appearances in all.
FEW = """\
PREFIX itas: <https://w3id.org/itas/ontology#>
PREFIX org: <http://www.w3.org/ns/org#>
SELECT ?source ?relation ?target WHERE {
  { SELECT (COUNT(DISTINCT ?any) AS ?count) WHERE { ?talk itas:appearance ?any } }
  FILTER(?count <= 8)
  ?contribution itas:appearance ?one, ?other .
  ?one org:member ?source .
  ?other org:member ?target .
  FILTER(STR(?source) < STR(?target))
  BIND(itas:sharesPerson AS ?relation)
}
"""
