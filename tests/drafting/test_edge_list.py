"""A list of relations, From and To, becomes relations; what label or name leave open waits for a decision."""

from __future__ import annotations

from typing import Any

import pytest

from itasgraph.drafting import edge_list
from itasgraph.project import Project
from itasgraph.store import access
from tests.helpers.projects import ROOT


@pytest.mark.quick(1)
@pytest.mark.parametrize(
    ("header", "label"),
    [
        ("Von;Nach;Beziehung", "wird gefördert von"),
        ("source;target;relation", "is funded by"),
        ("From;To;Label", "fundedBy"),
    ],
)
def test_relation_is_known_by_its_label_in_both_languages(drafted: Any, header: str, label: str) -> None:
    entries, review = drafted(f"{header}\nReparaturcafé;Werk Süd GmbH;{label}\n", "liste.csv")

    (entry,) = (one for one in entries.values() if "fundedBy" in one)
    relation = entry["fundedBy"]["organisation/werk-sued-gmbh"]
    assert relation["quote"] == f"Reparaturcafé | Werk Süd GmbH | {label}"
    assert entries["organisation/werk-sued-gmbh"]["type"] == "Organisation"
    assert review == []


@pytest.mark.slow
def test_label_of_the_other_direction_swaps_the_ends(drafted: Any) -> None:
    entries, _ = drafted("Von;Nach;Art\nNeuheim;Werk Süd GmbH;ist Ort von\n", "liste.csv")

    assert list(entries["organisation/werk-sued-gmbh"]["location"]) == ["place/neuheim"]


@pytest.mark.quick(1)
@pytest.mark.parametrize(
    ("row", "reason", "quote"),
    [
        ("Werk Süd GmbH;Schule Nord e.V.;liefert an", "keine bekannte Beziehung", "liefert an"),
        ("Werk Süd GmbH;Schule Nord e.V.;", "keine bekannte Beziehung", "Werk Süd GmbH | Schule Nord e.V. |"),
        ("Irgendwas;Werk Süd GmbH;wird gefördert von", "von welcher Art", "Irgendwas"),
        ("Musterwerk;Musterwerk;hat als Ort", "steht nicht in dieser Beziehung", "Musterwerk"),
    ],
)
def test_what_is_open_waits_for_a_decision(drafted: Any, row: str, reason: str, quote: str) -> None:
    _, (item,) = drafted(f"Von;Nach;Beziehung\n{row}\n", "liste.csv")

    assert reason in item["reason"]
    assert item["quote"].strip(" |") == quote.strip(" |")


@pytest.mark.slow
def test_list_without_labels_names_both_ends(drafted: Any) -> None:
    entries, (item,) = drafted("Quelle;Ziel\nWerk Süd GmbH;Schule Nord e.V.\n", "liste.csv")

    assert {"organisation/werk-sued-gmbh", "organisation/schule-nord-e-v"} <= set(entries)
    assert item["about"] == "organisation/werk-sued-gmbh"
    assert item["candidates"] == ["organisation/schule-nord-e-v"]


def test_every_relation_has_its_labels() -> None:
    graph = access.load(Project(ROOT))
    keys = {key.name for key in graph.terms.keys.values() if key.index}

    assert {relation.key for relation in edge_list.relations(graph).values()} == keys
