"""The maps of a page that was written from earlier data."""

from __future__ import annotations

import html
import json
import math
import re
from pathlib import Path
from typing import Final, cast

from itasgraph.errors import UsageError
from itasgraph.network.cells import Point, area
from itasgraph.network.earlier_map import EarlierGroup, EarlierMap
from itasgraph.network.map_colors import HUES
from itasgraph.picture.contract import Group, PageData, PageNetwork
from itasgraph.util import files

_DATA: Final = re.compile(
    r'<script type="application/json" id="graph-data" data-base="([^"]*)">(.*?)</script>', re.DOTALL
)
# The pixels beyond which no page of ours has a place, and the least area of a cell in square pixels.
_FARTHEST: Final = 1e6
_LEAST_AREA: Final = 1
# What reading raises where a page was altered, so that it lacks something, or is nested too deeply.
_ALTERED: Final = (ValueError, KeyError, TypeError, IndexError, AttributeError, OverflowError, RecursionError)


def read(path: Path) -> dict[str, EarlierMap]:
    """Return the maps of the page in a file by the names of their networks. Raises UsageError where it is no page of ours."""
    match = _DATA.search(files.read(path, str(path)).decode("utf-8", "replace"))
    if match is None:
        raise UsageError("no-picture", path=str(path))
    try:
        data = cast("PageData", json.loads(match[2].replace("\t", html.unescape(match[1]))))
        return {one["name"]: _map(data, one) for one in data["networks"] if one["groups"]}
    except _ALTERED as error:
        raise UsageError("no-picture", path=str(path)) from error


def _map(data: PageData, network: PageNetwork) -> EarlierMap:
    places = {str(data["entities"][place[0]]["id"]): _point(place[1], place[2]) for place in network["nodes"]}
    return EarlierMap(places, list(map(_group, network["groups"])))


def _group(group: Group) -> EarlierGroup:
    """Return a group. Raises ValueError where its cell has no area, or its hue is none of ours."""
    cell = tuple(_point(x, y) for x, y in group["cell"])
    hue = int(group["hue"])
    if area(cell) < _LEAST_AREA or hue not in range(HUES):
        raise ValueError(cell, hue)
    return EarlierGroup(tuple(map(str, group["members"])), cell, hue)


def _point(x: float, y: float) -> Point:
    """Return a point. Raises ValueError where it is not a number, or lies far beyond any picture."""
    point = float(x), float(y)
    if not math.hypot(*point) <= _FARTHEST:
        raise ValueError(point)
    return point
