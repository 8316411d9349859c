"""What the tests of drafting share: a new project, and functions that draft a document in it or over the reports of Nordtal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from itasgraph.authoring import project_check, scaffold
from itasgraph.documents.document import Document
from itasgraph.drafting import composition
from itasgraph.drafting.composition import Request
from itasgraph.drafting.draft import Draft
from itasgraph.parsing import jsonld_context, yaml_editing
from itasgraph.project import Project
from itasgraph.store.memory import Graph
from tests.helpers.programs import Run


@pytest.fixture
def region(tmp_path: Path) -> Path:
    """A new project for another region."""
    scaffold.create(tmp_path / "region")
    return tmp_path / "region"


@pytest.fixture
def drafted(run: Run, region: Path) -> Callable[[str, str], tuple[dict[str, Any], list[dict[str, Any]]]]:
    """A function that drafts a text as a file of a name: the entries by id and the undecided values; the project has no faults."""

    def draft(text: str, name: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        document, output = region.parent / name, region / "data" / "drafted.yaml"
        document.write_text(text, encoding="utf-8")
        done = run("draft", document, "-o", output, "--project", region, "--lang", "de")
        assert done.exit_code == 0, done.stderr
        findings = project_check.check(Project(region))[0]
        assert [one.render("en") for one in findings if one.severity == "fault"] == []
        data = yaml_editing.read(output.read_bytes(), "drafted.yaml")
        return {entry["id"]: entry for entry in data["says"]}, data.get("review", [])

    return draft


@pytest.fixture
def compose(nordtal: Graph, nordtal_project: Project) -> Callable[[Document], Draft]:
    """A function that drafts a document over the invented reports of Nordtal."""
    context = jsonld_context.load(nordtal_project)
    request = Request("source/day", "de")
    return lambda document: composition.compose(document, "day", nordtal, context, request)
