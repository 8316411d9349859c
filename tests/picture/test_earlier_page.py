"""A page that was altered is refused as an earlier picture, whatever was altered."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from itasgraph.errors import UsageError
from itasgraph.picture import earlier_page

SQUARE = [[0, 0], [10, 0], [10, 10], [0, 10]]


def page(folder: Path, *, cell: object = SQUARE, hue: object = 2, place: object = (0, 5, 5)) -> Path:
    """Write a page with one map of one entry."""
    groups = [{"members": ["a"], "cell": cell, "hue": hue}]
    data: dict[str, Any] = {
        "entities": [{"id": "a"}],
        "networks": [{"name": "actors", "nodes": [place], "groups": groups}],
    }
    return written(folder, json.dumps(data))


def written(folder: Path, data: str) -> Path:
    path = folder / "old.html"
    path.write_text(f'<script type="application/json" id="graph-data" data-base="">{data}</script>', encoding="utf-8")
    return path


def test_map_is_read(tmp_path: Path) -> None:
    found = earlier_page.read(page(tmp_path))["actors"]

    assert found.places == {"a": (5.0, 5.0)}
    assert [(group.members, len(group.cell), group.hue) for group in found.groups] == [(("a",), 4, 2)]


@pytest.mark.parametrize(
    "altered",
    [
        {"cell": []},
        {"cell": SQUARE[:2]},
        {"cell": [[0, 0], [5, 5], [10, 10]]},
        {"cell": [*SQUARE, [float("nan"), 0]]},
        {"cell": [*SQUARE, [1e200, 0]]},
        {"cell": None},
        {"hue": 5},
        {"hue": -1},
        {"hue": float("inf")},
        {"place": (0, float("-inf"), 0)},
        {"place": (0, 10**400, 0)},
        {"place": (7, 5, 5)},
    ],
    ids=str,
)
def test_altered_map_is_refused(tmp_path: Path, altered: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match="is no picture that itasgraph view wrote"):
        earlier_page.read(page(tmp_path, **altered))


@pytest.mark.parametrize("data", ["[" * 200_000, "[]", '{"networks": ["actors"]}', '{"networks": [1e999]}'], ids=len)
def test_other_data_are_refused(tmp_path: Path, data: str) -> None:
    with pytest.raises(UsageError, match="is no picture that itasgraph view wrote"):
        earlier_page.read(written(tmp_path, data))
