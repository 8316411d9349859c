"""A part of a graph in time is asked under the same rules as the whole."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from itasgraph.filters.anonymisation import anonymise
from itasgraph.filters.timeframe import Programmes, Timeframe
from itasgraph.project import Project
from itasgraph.store import access
from itasgraph.store.memory import Graph
from tests.helpers.namespaces import BASE
from tests.helpers.projects import ROOT

FILTERS: dict[str, Callable[[Graph], Graph]] = {
    "timeframe": lambda graph: Programmes(graph).select_timeframe(Timeframe()),
    "programmes": lambda graph: Programmes(graph).select([BASE + "event/none"]),
    "rest": lambda graph: Programmes(graph).exclude([BASE + "event/none"]),
    "anonymised": anonymise,
}


@pytest.mark.parametrize("name", FILTERS)
def test_permitted_hosts_stay_permitted(name: str) -> None:
    graph = access.load_files([ROOT / "data" / "topics.yaml"], Project(ROOT))
    graph.services = ("data.example",)
    part = FILTERS[name](graph)

    assert (part.services, part.terms, part.base) == (("data.example",), graph.terms, graph.base)
