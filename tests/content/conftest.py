"""Fixtures for tests of the content."""

from __future__ import annotations

import pytest

from itasgraph.authoring import project_check
from itasgraph.project import Project
from tests.helpers.broken_shapes import BREAKS, Break, Broken, apply
from tests.helpers.projects import copy_shipped


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Broken:
    """Return all breaks at once, in different things, so that one run of pySHACL serves all tests."""
    folder = copy_shipped(tmp_path_factory.mktemp("broken"), "ontology", "data", without="checks")
    places: dict[Break, tuple[int, int]] = {}
    for file in {one.file for one in BREAKS}:
        places |= apply(folder / "data" / f"{file}.yaml", [one for one in BREAKS if one.file == file])
    findings, _ = project_check.check(Project(folder))
    return Broken(folder, findings, places)
