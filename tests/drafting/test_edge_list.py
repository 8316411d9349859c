"""A list of relations, From and To, becomes relations; what label or name leave open waits for a decision."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from itasgraph.authoring import project_check, scaffold
from itasgraph.drafting import edge_list
from itasgraph.parsing import yaml_editing
from itasgraph.project import Project
from itasgraph.store import access
from tests.helpers.programs import Run
from tests.helpers.projects import ROOT


@pytest.fixture
def region(tmp_path: Path) -> Path:
    """A new project for another region."""
    scaffold.create(tmp_path / "region")
    return tmp_path / "region"


def draft(run: Run, region: Path, text: str) -> tuple[dict[str, dict[str, Any]], list[dict[str, Any]]]:
    """Return the entries by id and the undecided values of the draft of a CSV file, whose project has no faults."""
    document, output = region.parent / "liste.csv", region / "data" / "liste.yaml"
    document.write_text(text, encoding="utf-8")
    done = run("draft", document, "-o", output, "--project", region, "--lang", "de")
    assert done.exit_code == 0, done.stderr
    findings = project_check.check(Project(region))[0]
    assert [one.render("en") for one in findings if one.severity == "fault"] == []
    data = yaml_editing.read(output.read_bytes(), "liste.yaml")
    return {entry["id"]: entry for entry in data["says"]}, data.get("review", [])


@pytest.mark.parametrize(
    ("header", "label"),
    [
        ("Von;Nach;Beziehung", "wird gefördert von"),
        ("source;target;relation", "is funded by"),
        ("From;To;Label", "fundedBy"),
    ],
)
def test_relation_is_known_by_its_label_in_both_languages(run: Run, region: Path, header: str, label: str) -> None:
    entries, review = draft(run, region, f"{header}\nReparaturcafé;Werk Süd GmbH;{label}\n")

    (entry,) = (one for one in entries.values() if "fundedBy" in one)
    relation = entry["fundedBy"]["organisation/werk-sued-gmbh"]
    assert relation["quote"] == f"Reparaturcafé | Werk Süd GmbH | {label}"
    assert entries["organisation/werk-sued-gmbh"]["type"] == "Organisation"
    assert review == []


def test_label_of_the_other_direction_swaps_the_ends(run: Run, region: Path) -> None:
    entries, _ = draft(run, region, "Von;Nach;Art\nNeuheim;Werk Süd GmbH;ist Ort von\n")

    assert list(entries["organisation/werk-sued-gmbh"]["location"]) == ["place/neuheim"]


@pytest.mark.parametrize(
    ("row", "reason", "quote"),
    [
        ("Werk Süd GmbH;Schule Nord e.V.;liefert an", "keine bekannte Beziehung", "liefert an"),
        ("Werk Süd GmbH;Schule Nord e.V.;", "keine bekannte Beziehung", "Werk Süd GmbH | Schule Nord e.V. |"),
        ("Irgendwas;Werk Süd GmbH;wird gefördert von", "von welcher Art", "Irgendwas"),
        ("Musterwerk;Musterwerk;hat als Ort", "steht nicht in dieser Beziehung", "Musterwerk"),
    ],
)
def test_what_is_open_waits_for_a_decision(run: Run, region: Path, row: str, reason: str, quote: str) -> None:
    _, (item,) = draft(run, region, f"Von;Nach;Beziehung\n{row}\n")

    assert reason in item["reason"]
    assert item["quote"].strip(" |") == quote.strip(" |")


def test_list_without_labels_names_both_ends(run: Run, region: Path) -> None:
    entries, (item,) = draft(run, region, "Quelle;Ziel\nWerk Süd GmbH;Schule Nord e.V.\n")

    assert {"organisation/werk-sued-gmbh", "organisation/schule-nord-e-v"} <= set(entries)
    assert item["about"] == "organisation/werk-sued-gmbh"
    assert item["candidates"] == ["organisation/schule-nord-e-v"]


def test_every_relation_has_its_labels() -> None:
    graph = access.load(Project(ROOT))
    keys = {key.name for key in graph.terms.keys.values() if key.index}

    assert {relation.key for relation in edge_list.relations(graph).values()} == keys
