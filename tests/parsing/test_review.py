"""What stands below `review:`: reported as undecided, counted, and in no graph."""

from __future__ import annotations

from pathlib import Path

import pytest

from itasgraph.authoring import project_check
from itasgraph.project import Project
from tests.helpers.programs import Run

UNDECIDED = """
review:
- about: person/a
  key: organisation
  quote: "Werk Neuheim"
  line: 3
  place: Akteure!B3
  reason: zwei Einträge heißen so
  candidates: [organisation/werk, organisation/werk-neuheim]
  rule: known-name
- quote: "Nordhalle"
  reason: Ort oder Organisation
"""


def with_review(project: Path, text: str = UNDECIDED) -> Path:
    """Add undecided values to the document of a project."""
    (path,) = [path for path in (project / "data").glob("*.yaml") if "type: Source" in path.read_text(encoding="utf-8")]
    text = path.read_text(encoding="utf-8").rstrip() + "\n" + text.replace("person/a", entry(path))
    path.write_text(text, encoding="utf-8")
    return path


def entry(path: Path) -> str:
    """The id of the first entry of a document."""
    text = path.read_text(encoding="utf-8").partition("says:")[2]
    return text.partition("id:")[2].split("\n")[0].strip(" ,}")


@pytest.mark.slow
def test_undecided_value_is_a_warning_at_its_line(little: Path) -> None:
    path = with_review(little)
    lines = path.read_text(encoding="utf-8").split("\n")

    findings, _ = project_check.check(Project(little))

    assert [(one.location.line, one.severity, one.message("de")) for one in findings] == [
        (
            1 + lines.index(f"- about: {entry(path)}"),
            "warning",
            "unentschieden: „Werk Neuheim“ (zwei Einträge heißen so) – aus organisation/werk, organisation/werk-neuheim wählen, "
            "es unter „says:“ eintragen, dann diesen Punkt von „review:“ löschen",
        ),
        (
            1 + lines.index('- quote: "Nordhalle"'),
            "warning",
            "unentschieden: „Nordhalle“ (Ort oder Organisation) – unter „says:“ eintragen, was richtig ist, oder es auslassen; "
            "dann diesen Punkt von „review:“ löschen",
        ),
    ]


def test_undecided_values_are_counted_at_the_end(little: Path, run: Run) -> None:
    with_review(little)

    done = run("check", "--project", little, "--lang", "en")

    assert (done.exit_code, done.stderr.splitlines()) == (
        0,
        ["Faults: 0, warnings: 2.", "Undecided: 2 of the warnings – these values stand below “review:”."],
    )


@pytest.mark.quick(1)
@pytest.mark.parametrize("arguments", [("export",), ("export", "-f", "trig"), ("view", "-o", "-"), ("query", "names")])
def test_undecided_value_is_in_no_output(run: Run, little: Path, arguments: tuple[str, ...]) -> None:
    before = run(*arguments, "--project", little)
    with_review(little)

    done = run(*arguments, "--project", little)

    assert (before.exit_code, done.exit_code) == (0, 0)
    assert not any(word in done.stdout for word in ("Werk Neuheim", "Nordhalle", "werk-neuheim", "zwei Einträge"))


def test_show_counts_undecided_values(run: Run, little: Path) -> None:
    path = with_review(little)
    source = path.read_text(encoding="utf-8").partition("id:")[2].split("\n")[0].strip()

    shown = [run("show", name, "--project", little, "--lang", "de").stdout for name in (entry(path), source)]

    assert ["noch zu entscheiden: 1" in text for text in shown] == [True, True]


@pytest.mark.quick(1)
@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("review: {quote: a, reason: b}", "no list below “review:”"),
        ("review: [a]", "key: value"),
        ('review: [{quote: "a"}]', "needs “reason:”"),
        ('review: [{reason: "a"}]', "needs “quote:”"),
        ("review: [{quote: a, reason: b, abuot: c}]", "did you mean about?"),
        ("review: [{quote: {a: b}, reason: b}]", "quote"),
        ("review: [{quote: a, reason: b, about: person/nobody}]", "person/nobody"),
    ],
)
def test_faulty_review_is_reported(little: Path, text: str, message: str) -> None:
    with_review(little, text)

    found = [one.message("en") for one in project_check.check(Project(little))[0] if one.severity == "fault"]

    assert len(found) == 1
    assert message in found[0]


def test_review_below_an_entry_is_unknown(little: Path) -> None:
    (path,) = [path for path in (little / "data").glob("*.yaml") if "type: Source" in path.read_text(encoding="utf-8")]
    path.write_text(path.read_text(encoding="utf-8").rstrip() + "\n  review: []\n", encoding="utf-8")

    (found,) = [one for one in project_check.check(Project(little))[0] if one.severity == "fault"]

    assert found.code == "unknown-key"
