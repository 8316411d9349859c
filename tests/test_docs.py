"""The docs say what the program does."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import make_docs
from tests.conftest import ROOT


@pytest.mark.parametrize("name", ["docs/cli.md", *make_docs.PAGES])
def test_a_page_is_what_the_program_prints_today(name: str, tmp_path: Path) -> None:
    written = (ROOT / name).read_text(encoding="utf-8")

    if name == "docs/cli.md":
        assert written == make_docs.commands(), "run: make docs"
    else:
        assert written == make_docs.rerun(written, make_docs.workplace(tmp_path)), "run: make docs"


def test_the_walk_of_the_readme_puts_the_new_event_into_the_picture(tmp_path: Path) -> None:
    folder = make_docs.workplace(tmp_path)

    text = make_docs.rerun((ROOT / "README.md").read_text(encoding="utf-8"), folder)

    picture = (folder / "my-region.html").read_text(encoding="utf-8")
    assert "Street Fair" in picture
    assert "Sam Sample, Cycle Club" in picture
    assert 'street-fair.yaml:24:21: "organisation/cycle-club" is described nowhere – add an entry for it' in text
    assert "Cargo bikes for everybody" in text


def test_the_python_of_the_readme_runs_as_printed(tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    code = readme.partition("```python\n")[2].partition("```")[0]

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
    )

    assert (done.returncode, done.stdout) == (0, "")


def test_every_page_the_docs_link_to_exists() -> None:
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "data" / "README.md", *(ROOT / "docs").glob("*.md")]
    broken = [
        f"{page.name}: {target}"
        for page in pages
        for target in re.findall(r"\]\((?!https?:|#)([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]

    assert len(pages) >= 7
    assert broken == []
