"""What `analyse` answers, by question and by finding."""

from __future__ import annotations

import json
from typing import Any

from tests.helpers.programs import Run

Answers = dict[str, Any]


def analyse(run: Run, *arguments: object, empty: bool = False) -> Answers:
    """Return what `analyse` answers as JSON, by question; stderr says so where the network is empty, else nothing."""
    done = run("analyse", *arguments, "-f", "json")
    assert (done.exit_code, bool(done.stderr)) == (0, empty)
    return {answer["question"]: answer for answer in json.loads(done.stdout)["answers"]}


def by_label(answer: Any) -> dict[str, tuple[float, str]]:
    """Return label of a finding's things → its figure and sentence."""
    return {" – ".join(f["entities"].values()): (f["value"], f["sentence"]) for f in answer["findings"]}


def figures(answer: Any) -> dict[str, float]:
    return {label: value for label, (value, _) in by_label(answer).items()}


def sentences(answer: Any) -> list[str]:
    return [finding["sentence"] for finding in answer["findings"]]
