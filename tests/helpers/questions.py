"""The ready questions on disk, and their answers as rows of text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from itasgraph.project import Project
from itasgraph.questions import queries
from itasgraph.store.memory import Graph
from itasgraph.store.queryable import value
from tests.helpers.projects import ROOT

Ask = Callable[..., list[dict[str, str]]]


def question(name: str) -> Path:
    return ROOT / "queries" / f"{name}.rq"


def answers(path: Path, project: Project, graph: Graph, lang: str, values: dict[str, str]) -> list[dict[str, str]]:
    """Return the rows of a question with these values of its parameters, by column; "" where a variable is unbound."""
    solutions = graph.select(queries.bind(queries.read(path, project), values, graph, lang))
    names = [variable.value for variable in solutions.variables]
    return [{name: "" if row[name] is None else value(row[name]) for name in names} for row in solutions]


def ask(name: str, graph: Graph, project: Project, lang: str = "de", /, **values: str) -> list[dict[str, str]]:
    """Return the rows of the ready question called `name`, as `answers` does."""
    return answers(question(name), project, graph, lang, values)


READY = sorted((ROOT / "queries").glob("*.rq"))


# Two sources are compared in test_ready_questions.py; the shipped project has one.
ALONE = [path for path in READY if path.stem != "changes"]


NETWORKS = sorted((ROOT / "queries" / "network").glob("*.rq"))


Row = tuple[str, ...]


def name_of(path: Path) -> str:
    return path.stem


def columns(rows: list[dict[str, str]], *names: str) -> list[Row]:
    return [tuple(row[name] for name in names) for row in rows]


# The values that the questions take in the project of the two invented reports; their defaults name entries of the shipped one.
NORDTAL_VALUES = {
    "changes": {"earlier": "Bericht 2023", "later": "Bericht 2024"},
    "evidence": {"thing": "Wärmebörse"},
    "offers": {"target_group": "Betriebe"},
    "never-spoke": {"topic": "Wärme"},
    "organisation": {"organisation": "Lernwerk Nordtal"},
    "person": {"person": "Ada Blum"},
    "statement": {"subject": "Wärmebörse", "object": "Betriebe"},
    "statements": {"source": "Bericht 2024"},
    "topic": {"topic": "Wärme"},
    "who": {"topic": "Wärme"},
    "write-to": {"topic": "Wärme"},
    "youth": {"target_group": "Betriebe"},
}
