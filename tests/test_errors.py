"""Errors and findings: what they say, where, and the exit code they end with."""

from __future__ import annotations

import pytest

from itasgraph.errors import FileError, Finding, InvalidProject, ItasgraphError, Location, QueryTimeout, UsageError


@pytest.mark.parametrize(
    ("place", "shown"),
    [(Location("a.yaml", 3, 7), "a.yaml:3:7"), (Location("a.yaml"), "a.yaml"), (Location("a.yaml", 3, 0), "a.yaml:3")],
    ids=["line and column", "file", "line only"],
)
def test_location_reads_like_an_editor(place: Location, shown: str) -> None:
    assert str(place) == shown


def test_finding_has_place_and_way_out() -> None:
    finding = Finding.of(Location("a.yaml", 3, 7), "no-value", key="name")

    assert finding.render("en") == "a.yaml:3:7: “name” has no value – give one or delete the line"
    assert finding.render("de") == "a.yaml:3:7: „name“ hat keinen Wert – einen angeben oder die Zeile streichen"


def test_warning_is_marked() -> None:
    finding = Finding(Location("a.yaml", 3, 7), "yes", severity="warning")

    assert finding.render("en") == "a.yaml:3:7: warning: yes"
    assert finding.render("de") == "a.yaml:3:7: Warnung: ja"


def test_project_faults_are_sorted() -> None:
    places = [Location("b.yaml", 1, 1), Location("a.yaml", 10, 1), Location("a.yaml", 9, 2), Location("a.yaml", 9, 1)]
    error = InvalidProject([Finding.of(place, "not-utf8") for place in places])

    assert [line.partition(": ")[0] for line in error.render("en").splitlines()] == [
        "a.yaml:9:1",
        "a.yaml:9:2",
        "a.yaml:10:1",
        "b.yaml:1:1",
        "The project cannot be read (faults",
    ]
    assert error.render("de").endswith("(Fehler: 4).")


def test_same_fault_is_reported_once() -> None:
    finding = Finding.of(Location("a.yaml", 1, 1), "not-utf8")

    assert InvalidProject([finding, finding]).render("en").splitlines() == [
        "a.yaml:1:1: not valid UTF-8 – save the file as UTF-8",
        "The project cannot be read (faults: 1).",
    ]


@pytest.mark.parametrize(
    ("error", "exit_code"),
    [
        (UsageError("empty-query"), 2),
        (FileError("no-data", path="data"), 3),
        (QueryTimeout("timeout", seconds="1"), 3),
        (InvalidProject([]), 3),
    ],
    ids=["asked wrongly", "file", "time-out", "faults"],
)
def test_exit_code_tells_the_cause(error: ItasgraphError, exit_code: int) -> None:
    assert error.exit_code == exit_code


def test_error_reads_english() -> None:
    error = UsageError("unknown-question", name="offres", nearest="offers")

    assert str(error) == "There is no question “offres” – did you mean offers? “itasgraph queries” lists them all"
    assert error.facts == {"name": "offres", "nearest": "offers"}
