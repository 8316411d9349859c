"""Text that is no YAML is reported with each place where it is none, not only the first."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itasgraph.parsing.yaml_syntax import compose
from tests.helpers.properties import count_inputs, examples

FILE = "id: source/s\nsays:\n"
SOUND = ["A", '"A: B"', "[a, b]", "{de: A, en: B}", "", "|\n      a: b: c"]
BROKEN = ['"A', "'A", "[a, b", "{de: A", "a: b", "@a", '"a" b', "[a]]"]


def lines(text: str) -> list[int]:
    return sorted(finding.location.line for finding in compose(text.encode(), "f.yaml").findings)


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ('- id: a\n  name: "A\n  type: Person\n  words: [a, b\n  title: T\n', [4, 6]),
        ("- id: a\n  name: a: b\n  title: c: d\n", [4, 5]),
        ('- id: a\n  name: "A\n  quote: "A"\n', [4]),
        ('- id: a\n  speakers:\n    person/a: {quote: "A\n    person/b:\n      quote: a: b\n  title: @t\n', [5, 7, 8]),
        ('- id: a\n  words:\n  - "a\n  - b: c: d\n  - e\n', [5, 6]),
        ("- id: a\n  name: A\n title: T\n  note: a: b\n", [5, 6]),
        ('- id: a\n  name: "A\n- id: b\n  name: [B\n', [4, 6]),
    ],
    ids=["open", "colons", "one that swallows another", "below a key", "items", "indentation", "two entries"],
)
def test_faults_of_an_entry_come_at_once(entry: str, expected: list[int]) -> None:
    assert lines(FILE + entry) == expected


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("- {id: a,\n  name: [A,\n  title: T}\n", [4]),
        ("- id: a\n  name: &n A\n  title: *n\n  note: a: b\n", [6]),
        ("- id: a\n  note: |\n    a: b: c\n  title: a: b\n", [6]),
        ("- id: a\n  name: A\n  # title: a: b\n  note: a: b\n", [6]),
    ],
    ids=["keys in brackets", "an alias of a sibling", "a block of text", "a remark"],
)
def test_division_adds_no_fault(entry: str, expected: list[int]) -> None:
    assert lines(FILE + entry) == expected


@settings(max_examples=examples(400))
@given(
    values=st.lists(st.tuples(st.booleans(), st.integers(0, 99), st.booleans()), min_size=1, max_size=8).filter(
        lambda values: any(broken for broken, *_ in values)
    )
)
@count_inputs
def test_each_broken_key_has_its_line(
    values: list[tuple[bool, int, bool]],
) -> None:
    text, expected = f"{FILE}- id: a\n", []
    for number, (broken, choice, below) in enumerate(values):
        value = (BROKEN if broken else SOUND)[choice % len(BROKEN if broken else SOUND)]
        text += f"  k{number}:\n    de: {value}\n" if below else f"  k{number}: {value}\n"
        expected += [text.count("\n")] if broken else []

    assert lines(f"{text}- id: b\n  name: B\n") == expected
