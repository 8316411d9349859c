"""`check` reports the same with the cache and without it, and reads only the files that changed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itasgraph.authoring import project_check
from itasgraph.errors import InvalidProject
from itasgraph.parsing import yaml_ld
from itasgraph.project import Project
from itasgraph.store import access, cache, compiler
from tests.helpers.projects import CONGRESS_2025, TWO_CONGRESSES, lay_out
from tests.helpers.properties import count_inputs, examples

pytestmark = [pytest.mark.usefixtures("empty_cache"), pytest.mark.slow]
FIRST, SECOND = "congress-2023.yaml", "congress-2024.yaml"
REVIEW = """
review:
- {quote: Holzboerse, reason: Zwei heißen so, about: person/ida-roth, candidates: [offer/holzboerse, person/timo-falk]}
- {quote: Ein Jahr, reason: Welches?}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return lay_out(tmp_path / "project", TWO_CONGRESSES)


def reports(folder: Path) -> str:
    """Return what `check` writes about a project, with severities and columns."""
    findings, _ = project_check.check(Project(folder))
    return project_check.render(findings, "json", "en")


def reports_without_cache(folder: Path) -> str:
    with TemporaryDirectory() as empty, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", empty)
        return reports(folder)


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the data files that are read, as they are read."""
    names: list[str] = []
    read = yaml_ld.read

    def noted(content: bytes, filename: str, context: object) -> object:
        names.append(Path(filename).name)
        return read(content, filename, context)  # type: ignore[arg-type]  # it is passed on

    monkeypatch.setattr(yaml_ld, "read", noted)
    return names


def test_fault_in_a_file_that_is_not_read_has_its_place(folder: Path, reads: list[str]) -> None:
    reports(folder)
    edit(folder / "data" / FIRST, "id: person/jonas-berg", "id: person/jonas-bergmann")
    reads.clear()
    warm = reports(folder)

    assert reads == [FIRST]
    assert f'/{SECOND}",' in warm
    assert warm == reports_without_cache(folder)


def test_undecided_value_keeps_its_place(folder: Path, reads: list[str]) -> None:
    with (folder / "data" / SECOND).open("a", encoding="utf-8") as file:
        file.write(REVIEW)
    cold = reports(folder)
    reads.clear()

    assert "Zwei heißen so" in cold
    assert reports(folder) == cold
    assert reads == []


@pytest.mark.parametrize("statements", [0, cache.MAX_IN_MEMORY])
def test_rules_do_not_run_for_a_graph_of_the_cache(
    folder: Path, monkeypatch: pytest.MonkeyPatch, statements: int
) -> None:
    monkeypatch.setattr(cache, "MAX_IN_MEMORY", statements)  # 0: the graph is a store on disk, which is read-only
    edit(
        folder / "data" / SECOND, "organisation: organisation/forsthof-berg", "organisation: organisation/forsthof-burg"
    )
    cold = reports_without_cache(folder)
    access.load(Project(folder))
    monkeypatch.setattr(compiler, "run_rules", None)

    assert "forsthof-burg" in cold
    assert reports(folder) == cold


# --- random edits -------------------------------------------------------------------------------------------------------

FILES = st.sampled_from([FIRST, SECOND, "topics.yaml"])
LINES = st.integers(0, 79)


def change_lines(change: Callable[[list[str], int], object]) -> Callable[[Path, int], None]:
    """Return a step that changes the lines of a file, if it is there, at one of them."""

    def step(path: Path, number: int) -> None:
        if path.exists() and (lines := path.read_text("utf-8").splitlines(keepends=True)):
            change(lines, number % len(lines))
            path.write_text("".join(lines), encoding="utf-8")

    return step


def load(path: Path, _: int) -> None:
    """Put the compiled graph into the cache, if it has no faults."""
    with suppress(InvalidProject):
        access.load(Project(path.parents[1]))


def rename(path: Path, number: int) -> None:
    if path.exists():
        path.rename(path.with_stem(f"renamed-{number % 3}"))


STEPS: dict[str, Callable[[Path, int], object]] = {
    "delete a line": change_lines(lambda lines, number: lines.pop(number)),
    "repeat a line": change_lines(lambda lines, number: lines.insert(number, lines[number])),
    "exchange letters": change_lines(lambda lines, number: lines.insert(number, lines.pop(number).replace("er", "re"))),
    "shorten a line": change_lines(lambda lines, number: lines.insert(number, lines.pop(number)[:-4] + "\n")),
    "comment": change_lines(lambda lines, number: lines.insert(number, "# A comment moves what is below it.\n")),
    "remove": lambda path, _: path.unlink(missing_ok=True),
    "rename": rename,
    "restore": lambda path, _: path.write_bytes((TWO_CONGRESSES / "data" / path.name).read_bytes()),
    "add": lambda path, _: (path.parent / "congress-2025.yaml").write_text(CONGRESS_2025, encoding="utf-8"),
    "load": load,
}


@settings(max_examples=examples(60), derandomize=True, database=None, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(sorted(STEPS)), FILES, LINES), min_size=1, max_size=5))
@count_inputs
def test_reports_are_those_without_cache(steps: list[tuple[str, str, int]]) -> None:
    with TemporaryDirectory() as name:
        folder = lay_out(Path(name), TWO_CONGRESSES)
        reports(folder)
        for step, file, number in steps:
            STEPS[step](folder / "data" / file, number)

            assert reports(folder) == reports_without_cache(folder)
