"""Lines in order, each once, whether they fit into memory or not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itasgraph.util import external_sort
from tests.helpers.properties import count_inputs, examples


@settings(derandomize=True, max_examples=examples(200), database=None)
@given(st.lists(st.binary(max_size=6).map(lambda line: line.replace(b"\n", b"") + b"\n")), st.integers(1, 40))
@count_inputs
def test_lines_are_sorted_and_unique(lines: list[bytes], run: int) -> None:
    assert list(external_sort.sort_unique(lines, run)) == sorted(set(lines))


@pytest.mark.parametrize("run", [1, 1 << 20])
def test_no_lines_stay_none(run: int) -> None:
    assert list(external_sort.sort_unique([], run)) == []
