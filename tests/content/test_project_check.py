"""The shipped project is sound."""

from __future__ import annotations

from itasgraph.authoring import project_check
from itasgraph.project import Project


def test_shipped_project_is_sound(shipped: Project) -> None:
    findings, compiled = project_check.check(shipped)

    assert findings == []
    assert compiled is not None
    assert project_check.counts(compiled) == {"entities": 160, "files": 7}
