"""Folding, typing errors, compact IRIs, terms of Turtle, neighbourhoods and paths: Python and the scripts of the page give what twins.json says."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any, Final

import networkx as nx
import pyoxigraph as ox
import pytest

from itasgraph.network.neighbourhood import StepEnds, ends_of_steps, steps_to
from itasgraph.network.paths import SearchSpace, search
from itasgraph.parsing.iri_compaction import IriCompactor
from itasgraph.serializers import turtle
from itasgraph.util.spelling import distance, fold, nearest, slug, spellings

CASES: Final[dict[str, Any]] = json.loads(Path(__file__).with_name("twins.json").read_text(encoding="utf-8"))
NAMESPACES: Final = CASES["namespaces"]


@pytest.mark.parametrize(("one", "other", "same"), CASES["sameWord"])
def test_python_folds_words(one: str, other: str, same: bool) -> None:
    assert bool(spellings(one) & spellings(other)) is same


@pytest.mark.parametrize(("one", "other", "errors"), CASES["typingErrors"])
def test_python_counts_typing_errors(one: str, other: str, errors: int | None) -> None:
    assert nearest(one, [other]) == ("" if errors is None else other)
    assert errors is None or distance(fold(one), fold(other), errors + 1) == errors


@pytest.mark.parametrize(("text", "expected"), CASES["slugs"])
def test_python_writes_slugs(text: str, expected: str) -> None:
    assert slug(text) == expected


@pytest.mark.parametrize(("text", "language", "expected"), CASES["literals"])
def test_python_writes_literals(text: str, language: str, expected: str) -> None:
    compactor = IriCompactor(NAMESPACES["prefixes"], NAMESPACES["base"])

    assert turtle.term(ox.Literal(text, language=language or None), compactor) == expected


@pytest.mark.parametrize(("iri", "expected"), CASES["iris"])
def test_python_writes_iris(iri: str, expected: str) -> None:
    compactor = IriCompactor(NAMESPACES["prefixes"], NAMESPACES["base"])

    assert turtle.term(ox.NamedNode(iri), compactor) == expected


@pytest.mark.parametrize(("iri", "expected"), CASES["compact"])
def test_python_compacts_iris(iri: str, expected: str) -> None:
    assert IriCompactor(NAMESPACES["prefixes"], NAMESPACES["base"]).compact(iri) == expected


@pytest.mark.parametrize("case", CASES["neighbourhoods"], ids=lambda case: f"{case['entity']}-{case['steps']}")
def test_python_finds_neighbourhoods(case: dict[str, Any]) -> None:
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    network.add_edges_from(CASES["network"]["edges"])
    network.add_nodes_from((one, {"kind": kind}) for one, kind in CASES["network"]["kinds"].items())
    ends = ends_of_steps(network, StepEnds(CASES["network"]["hubs"], case.get("planned", ())))

    assert sorted(steps_to(network, case["entity"], case["steps"], ends)) == case["reached"]


@pytest.mark.parametrize("case", CASES["paths"], ids=lambda case: f"{case['from']}-{case['to']}")
def test_python_finds_paths(case: dict[str, Any]) -> None:
    kinds = CASES["network"]["kinds"]
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    network.add_edges_from(CASES["network"]["edges"], terminal=False)
    network.add_nodes_from(kinds)
    ends = {case["from"], case["to"]}
    hubs = {one for one, kind in kinds.items() if kind in CASES["network"]["hubs"]} - ends
    space = SearchSpace(network, case["from"], case["to"], {one: (one, one) for one in kinds})

    result = search(space, {} if case.get("overHubs") else dict.fromkeys(hubs, 1), set(), None)

    assert [list(path) for path in result.paths] == case["paths"]
    assert result.length == max(len(case["paths"][0]) - 1, 0) if case["paths"] else result.length == 0


@pytest.mark.slow
def test_scripts_do_the_same() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    script = Path(__file__).with_name("twins.test.mjs")

    done = subprocess.run([node, "--test", script], capture_output=True, encoding="utf-8", check=False)

    assert done.returncode == 0, done.stdout
    assert (
        f"# pass {sum(len(CASES[part]) for part in ('sameWord', 'typingErrors', 'slugs', 'compact', 'literals', 'iris', 'neighbourhoods', 'paths'))}"
        in done.stdout
    )
