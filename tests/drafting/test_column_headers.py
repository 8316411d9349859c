"""Headers of columns → keys: what a header may be."""

from __future__ import annotations

import pytest

from itasgraph.drafting.column_headers import column_key, programme_column_key


@pytest.mark.parametrize("length", [100, 20_000])
def test_long_cell_is_no_header(length: int) -> None:
    cell = f"Name {'#' * length}"

    is_header = length < 500
    assert bool(column_key(cell)) is is_header
    assert bool(programme_column_key(f"Titel {'#' * length}")) is is_header
