"""Each line of the review is accounted for."""

from __future__ import annotations

from pathlib import Path

from tests.helpers.programs import Run
from tests.helpers.projects import ROOT, SOURCE


def test_shipped_review_is_covered(run: Run, source: list[str], tmp_path: Path) -> None:
    path = tmp_path / SOURCE
    path.write_text("\n".join(source), encoding="utf-8")

    done = run("coverage", path, "--project", ROOT, "-o", tmp_path / "coverage.html", "--lang", "en")

    assert done.exit_code == 0
    assert done.stderr.startswith("Lines: 43 covered, 4 left out on purpose, 0 not covered, 38 blank.\n")
    assert "warning" not in done.stdout
    assert (tmp_path / "coverage.html").stat().st_size > 10_000
