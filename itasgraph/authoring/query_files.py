"""The query files of a project, each read once for all checks of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from itasgraph.parsing import query_header
from itasgraph.project import Project
from itasgraph.questions import queries
from itasgraph.questions.queries import Question
from itasgraph.util import files

QUESTIONS: Final = "queries"
NETWORKS: Final = "queries/network"
RULES: Final = "ontology/rules"
CHECKS: Final = "ontology/checks"


@dataclass(frozen=True)
class QueryFile:
    """A query file: its folder in the project, its name, and the bytes it holds."""

    folder: str
    filename: str
    content: bytes

    @cached_property
    def question(self) -> Question:
        """Return the query. Raise InvalidProject where it is not UTF-8, UsageError where it is empty."""
        text = query_header.decode(self.content, self.filename)
        return queries.of_text(Path(self.filename).stem, text, self.filename, ready=True)

    @property
    def text(self) -> str:
        """Return the text as far as it is UTF-8."""
        return self.content.decode("utf-8-sig", "replace")


def read(project: Project) -> list[QueryFile]:
    """Read the questions, networks, rules and checks of a project. Raise FileError where a file cannot be read."""
    return list(_read(project))


def _read(project: Project) -> Iterator[QueryFile]:
    folders: Mapping[str, list[Path]] = {
        QUESTIONS: project.questions,
        NETWORKS: project.networks,
        RULES: project.rules,
        CHECKS: project.checks,
    }
    for folder, paths in folders.items():
        for path in paths:
            filename = project.filename(path)
            yield QueryFile(folder, filename, files.read(path, filename))
