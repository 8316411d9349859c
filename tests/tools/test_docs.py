"""The docs say what the program does."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import itasgraph
from itasgraph.authoring import header_check
from itasgraph.project import Project
from itasgraph.questions import queries
from itasgraph.store.memory import Graph
from tests.helpers.networks import NAMES
from tests.helpers.projects import ROOT
from tools import make_docs, make_queries


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Return the README as its commands answer today, and the folder that they were run in."""
    folder = make_docs.workplace(tmp_path_factory.mktemp("walk"))
    return folder, make_docs.rerun((ROOT / "README.md").read_text(encoding="utf-8"), folder)


@pytest.mark.slow
def test_readme_is_current(walk: tuple[Path, str]) -> None:
    assert (ROOT / "README.md").read_text(encoding="utf-8") == walk[1], "run: make docs"


@pytest.mark.quick(1)
@pytest.mark.parametrize("name", ["docs/cli.md", *make_docs.PAGES[1:]])
def test_page_is_current(name: str, tmp_path: Path) -> None:
    written = (ROOT / name).read_text(encoding="utf-8")

    if name == "docs/cli.md":
        assert written == make_docs.commands(), "run: make docs"
    else:
        assert written == make_docs.rerun(written, make_docs.workplace(tmp_path)), "run: make docs"


@pytest.mark.slow
def test_questions_page_is_current(shipped: Project) -> None:
    written = (ROOT / "docs" / "queries.md").read_text(encoding="utf-8")

    assert written == make_queries.page(shipped), "run: make docs"


def test_every_question_has_a_section(shipped: Project) -> None:
    text = (ROOT / "docs" / "queries.md").read_text(encoding="utf-8")

    assert len(shipped.questions) >= 30
    assert re.findall(r"^## (.*)$", text, re.MULTILINE)[2:] == [path.stem for path in shipped.questions]


def test_questions_page_has_every_fault_of_a_header() -> None:
    page = (ROOT / "docs" / "queries.md").read_text(encoding="utf-8")
    source = (ROOT / "itasgraph" / "parsing" / "query_header.py").read_text(encoding="utf-8")
    codes = set(re.findall(r'"([a-z0-9]+(?:-[a-z0-9]+)+)"', source)) - {"empty-file", "utf-8-sig"}

    assert codes >= {"invalid-header", "text-cut-by-comma"}
    assert {code for code in [*codes, *header_check.CODES] if f"\n| `{code}` | " not in page} == set()


@pytest.mark.slow
def test_python_lines_give_the_rows() -> None:
    sections = (ROOT / "docs" / "queries.md").read_text(encoding="utf-8").split("\n## ")[3:]
    shown, given = {}, {}
    for section in sections:
        line = section.partition("```python\n")[2].partition("\n")[0]
        if "…" not in line:
            shown[line] = _rows(section)
            given[line] = len(eval(line.replace(")", f", folder={str(ROOT)!r})"), {"itasgraph": itasgraph}))

    assert len(given) >= 30
    assert given == shown


def _rows(section: str) -> int:
    """Return how many rows the answer has that stands at the end of a section."""
    answer = section.rpartition("```\n")[2]
    more = re.search(r"^… and (\d+) more$", answer, re.MULTILINE)
    return len(re.findall(r"^\| ", answer, re.MULTILINE)) - 2 + (int(more[1]) if more else 0)


def test_commands_name_the_parameters(shipped: Project, graph: Graph) -> None:
    text = (ROOT / "docs" / "queries.md").read_text(encoding="utf-8")
    commands = [shlex.split(line) for line in re.findall(r"^\$ itasgraph query (.*)$", text, re.MULTILINE)]
    for name, *rest in commands:
        question = queries.find(name, shipped)
        given = dict(pair.split("=", 1) for pair in rest[1::2])
        if "…" not in given.values():
            assert queries.bind(question, given, graph, "en") == queries.bind(question, {}, graph, "en")

    assert len(commands) == len(shipped.questions)


@pytest.mark.slow
def test_readme_walk_draws_the_event(walk: tuple[Path, str]) -> None:
    folder, text = walk

    picture = (folder / "my-region.html").read_text(encoding="utf-8")
    assert "Street Fair" in picture
    assert "Sam Sample, Cycle Club" in picture
    assert "street-fair.yaml:24:21: “organisation/cycle-club” is described nowhere – add an entry for it" in text
    assert "Cargo bikes for everybody" in text


@pytest.mark.slow
def test_readme_python_runs(tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    code = readme.partition("```python\n")[2].partition("```")[0]

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
    )

    assert (done.returncode, done.stdout) == (0, "")


def test_links_lead_somewhere() -> None:
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "data" / "README.md", *(ROOT / "docs").glob("*.md")]
    broken = [
        f"{page.name}: {target}"
        for page in pages
        for target in re.findall(r"\]\((?!https?:|#)([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]

    assert len(pages) >= 7
    assert broken == []


def test_docs_describe_networks_and_relations() -> None:
    text = (ROOT / "docs" / "networks.md").read_text(encoding="utf-8")
    queries = [path.read_text(encoding="utf-8") for path in (ROOT / "queries" / "network").glob("*.rq")]
    relations = {relation for query in queries for relation in re.findall(r"itas:(?:shares\w+|appearedOn)", query)}

    assert [actual for actual in NAMES.split(", ") if f"`{actual}`" not in text] == []
    assert len(relations) == 6
    assert [relation for relation in relations if f"(`{relation}`)" not in text] == []


@pytest.mark.slow
def test_docs_code_runs() -> None:
    text = (ROOT / "docs" / "networks.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)

    assert len(blocks) == 1
    subprocess.run([sys.executable, "-c", blocks[0]], cwd=ROOT, check=True)
