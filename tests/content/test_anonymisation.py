"""The congress without people: no name is left, organisations speak for themselves, nothing else is lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from itasgraph.filters.anonymisation import anonymise
from itasgraph.store.memory import Graph
from tests.content.kongress import PROGRAMME
from tests.helpers.programs import Run
from tests.helpers.projects import ROOT

SPEAKERS = sorted({speaker.name for item in PROGRAMME for speaker in item.speakers})


@pytest.fixture(scope="module")
def alone(graph: Graph) -> Graph:
    return anonymise(graph)


def test_source_names_nineteen_people() -> None:
    assert len(SPEAKERS) == 19


@pytest.mark.slow
@pytest.mark.parametrize("command", ["export", "view"])
def test_no_name_is_written(run: Run, tmp_path: Path, command: str) -> None:
    path = tmp_path / {"export": "itas.nq", "view": "network.html"}[command]
    assert run(command, "--no-people", "-o", path, "--project", ROOT).exit_code == 0
    text = path.read_text(encoding="utf-8")
    families = [name.split()[-1] for name in SPEAKERS]

    assert [name for name in SPEAKERS if name in text] == []
    assert [name for name in families if re.search(rf"(?<!\w){name}(?!\w)", text)] == []
    assert "person/boris" not in text


def test_organisation_takes_the_place(alone: Graph) -> None:
    rows = alone.select("""
        SELECT DISTINCT ?organisation ?quote WHERE {
          ?statement rdf:subject <talk/circular-cars> ; rdf:predicate schema:performer ; rdf:object ?organisation ; itas:quote ?quote .
          <talk/circular-cars> schema:performer ?organisation . ?statement org:organization ?organisation
        } ORDER BY ?organisation""")

    assert [(alone.compact(row["organisation"].value), row["quote"].value) for row in rows] == [
        ("organisation/amz-sachsen", "[…], AMZ Sachsen"),
        ("organisation/cwe", "[…], CWE"),
    ]


def test_name_inside_a_company_stays(alone: Graph) -> None:
    names = {row["name"].value for row in alone.select("SELECT ?name { ?o a schema:Organization ; schema:name ?name }")}

    assert "LennardtundBirner GmbH" in names
    assert len(names) == 17


def test_roles_are_gone(alone: Graph) -> None:
    assert list(alone.select("SELECT ?role { ?appearance org:role ?role }")) == []


def test_other_content_stays(graph: Graph, alone: Graph) -> None:
    question = (
        "SELECT (COUNT(DISTINCT ?offer) AS ?n) { ?offer a itas:Offer ; schema:audience ?group ; schema:about ?topic }"
    )
    before, after = (next(iter(one.select(question)))["n"].value for one in (graph, alone))

    # All eight but the helpdesks, the study programme and the transformation guides, which have no topic.
    assert before == after == "5"


def test_unnamed_groups_stay(alone: Graph) -> None:
    (row,) = alone.select(
        "SELECT (COUNT(DISTINCT ?group) AS ?n) { ?any schema:attendee|itas:discussant|itas:presenter ?group . ?group a itas:UnnamedGroup }"
    )

    assert row["n"].value == "6"
