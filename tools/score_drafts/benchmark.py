"""The documents of a half of the benchmark, each drafted in a new project, as a user would do it, and scored."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from click.testing import CliRunner

import itasgraph.__main__  # noqa: F401  # registers the commands
from itasgraph.authoring import project_check, scaffold
from itasgraph.cli import main as command
from itasgraph.project import Project
from tests.helpers.projects import ROOT
from tools.score_drafts import data_file
from tools.score_drafts.comparison import compare
from tools.score_drafts.event import Event, read_gold
from tools.score_drafts.score import Score

FOLDER: Final = ROOT / "tests" / "conformance" / "drafting"
HALVES: Final = ("development", "held")


class Case(NamedTuple):
    """A document, and the gold file that says what it holds."""

    document: Path
    gold: Path


def cases(folder: Path) -> list[Case]:
    """Return the documents of a folder; each stands beside a gold file of its name, which ends with .yaml."""
    golds = sorted(folder.glob("*.yaml"))
    return [Case(document, gold) for gold in golds for document in folder.glob(f"{gold.stem}.*") if document != gold]


def scores(folder: Path, names: Sequence[str] = ()) -> Iterator[tuple[Case, Score]]:
    """Yield the documents of a folder, each with its score; where there are names, those that begin with one of them."""
    for case in cases(folder):
        if not names or case.gold.stem.startswith(tuple(names)):
            yield case, score(case)


def score(case: Case) -> Score:
    """Score the draft of a document by its gold file."""
    return score_document(case.document, read_gold(case.gold))


def score_document(document: Path, gold: Event) -> Score:
    """Draft a document in an empty project, check the project, look for each quote in the text, and compare with what is right."""
    with tempfile.TemporaryDirectory() as name:
        project = Path(name) / "region"
        scaffold.create(project)
        output, text = project / "data" / "drafted.yaml", Path(name) / "text.txt"
        arguments = ("draft", document, "-o", output, "--text", text, "--project", project, "--lang", "de")
        start = time.perf_counter()
        result = CliRunner().invoke(command, list(map(str, arguments)), catch_exceptions=False)
        seconds = time.perf_counter() - start
        drafted = data_file.read(output) if result.exit_code == 0 else None
        scored = compare(gold, drafted)
        scored.seconds.append(seconds)
        if drafted is None:
            scored.remarks.append(f"nothing drafted: {result.stderr.strip()}")
        else:
            _count_faults(scored, project)
            _count_misquotes(scored, drafted, text)
        return scored


def _count_faults(scored: Score, project: Path) -> None:
    faults = [one.render("en") for one in project_check.check(Project(project))[0] if one.severity == "fault"]
    scored.faults += len(faults)
    scored.remarks += [f"fault: {fault}" for fault in faults]


def _count_misquotes(scored: Score, drafted: data_file.DataFile, text: Path) -> None:
    """Count the quotes that stand in no line of the document as it was read, or not in the line that they name."""
    lines = [_plain(line) for line in text.read_text(encoding="utf-8").split("\n")]
    for quote, number in drafted.quotes:
        if not any(_plain(quote) in line for line in (lines[number - 1 : number] if number else lines)):
            scored.misquotes += 1
            scored.remarks.append(f"misquote: {quote}")


def _plain(line: str) -> str:
    return " ".join(line.split())
