"""data/README.md: its steps, done one after the other in a new project, leave it sound."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from itasgraph.authoring import project_check
from itasgraph.project import Project
from tests.helpers.programs import Run
from tests.helpers.projects import ROOT

_BLOCK = re.compile(r"^```yaml (?P<append>append )?(?P<file>data/\S+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.quick(1)
@pytest.mark.parametrize("lang", ["de", "en"])
def test_steps_of_the_guide_leave_a_sound_project(run: Run, tmp_path: Path, lang: str) -> None:
    german, _, english = (ROOT / "data" / "README.md").read_text(encoding="utf-8").partition("\n## English\n")
    run("init", tmp_path / "project", "--lang", lang)
    blocks = list(_BLOCK.finditer(german if lang == "de" else english))
    for block in blocks:
        with (tmp_path / "project" / block["file"]).open("a" if block["append"] else "w", encoding="utf-8") as out:
            out.write(block["text"])

    findings, _ = project_check.check(Project(tmp_path / "project"))

    assert len(blocks) >= 7
    assert [finding.render(lang) for finding in findings] == []
