"""The maps of a page that was written from earlier data."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Final, cast

from itasgraph.errors import UsageError
from itasgraph.network.earlier_map import EarlierGroup, EarlierMap
from itasgraph.picture.contract import PageData, PageNetwork
from itasgraph.util import files

_DATA: Final = re.compile(
    r'<script type="application/json" id="graph-data" data-base="([^"]*)">(.*?)</script>', re.DOTALL
)


def read(path: Path) -> dict[str, EarlierMap]:
    """Return the maps of the page in a file by the names of their networks. Raises UsageError where it is no page of ours."""
    match = _DATA.search(files.read(path, str(path)).decode("utf-8", "replace"))
    if match is None:
        raise UsageError("no-picture", path=str(path))
    try:
        data = cast("PageData", json.loads(match[2].replace("\t", html.unescape(match[1]))))
        return {one["name"]: _map(data, one) for one in data["networks"] if one["groups"]}
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise UsageError("no-picture", path=str(path)) from error


def _map(data: PageData, network: PageNetwork) -> EarlierMap:
    places = {data["entities"][place[0]]["id"]: (float(place[1]), float(place[2])) for place in network["nodes"]}
    groups = [
        EarlierGroup(tuple(group["members"]), tuple((float(x), float(y)) for x, y in group["cell"]), int(group["hue"]))
        for group in network["groups"]
    ]
    return EarlierMap(places, groups)
