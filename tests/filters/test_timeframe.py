"""A part of a graph in time is asked under the same rules as the whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from itasgraph.filters.anonymisation import anonymise
from itasgraph.filters.timeframe import Programmes, ProgrammesInTurn, Timeframe
from itasgraph.project import Project
from itasgraph.store import access
from itasgraph.store.memory import Graph
from tests.helpers.namespaces import BASE
from tests.helpers.projects import ROOT, TWO_CONGRESSES, lay_out

FILTERS: dict[str, Callable[[Graph], Graph]] = {
    "timeframe": lambda graph: Programmes(graph).select_timeframe(Timeframe()),
    "programmes": lambda graph: Programmes(graph).select([BASE + "event/none"]),
    "rest": lambda graph: Programmes(graph).exclude([BASE + "event/none"]),
    "anonymised": anonymise,
}


@pytest.mark.quick(1)
@pytest.mark.parametrize("name", FILTERS)
def test_permitted_hosts_stay_permitted(name: str) -> None:
    graph = access.load_files([ROOT / "data" / "topics.yaml"], Project(ROOT))
    graph.services = ("data.example",)
    part = FILTERS[name](graph)

    assert (part.services, part.terms, part.base) == (("data.example",), graph.terms, graph.base)


@pytest.mark.slow
def test_restrictions_in_turn_are_those_of_single_ones(tmp_path: Path) -> None:
    graph = access.load(Project(lay_out(tmp_path, TWO_CONGRESSES)))
    single, in_turn = Programmes(graph), ProgrammesInTurn(graph)
    sources = {row["source"].value for row in graph.select("SELECT ?source { ?source a itas:Source }")}
    entities = sorted({whole for part in single.parts.values() for whole in part.within} | sources)
    choice = Random(1)
    for _ in range(20):
        which = choice.choice(["select", "exclude", "remove"])
        some = set(choice.sample(entities, choice.randint(1, 3)))
        expected, restricted = getattr(single, which)(some), getattr(in_turn, which)(some)

        assert set(restricted.store) == set(expected.store), (which, some)
