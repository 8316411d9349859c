"""A whole project of so many congresses: a data file for each, beside the shipped topics, target groups and forms."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Any, Final

import yaml

from itasgraph.authoring import scaffold
from itasgraph.project import bundled_folder
from tools.congresses.document import Document
from tools.congresses.words import REGIONS
from tools.congresses.world import World

_VOCABULARY: Final = ("topics.yaml", "target-groups.yaml", "forms-and-status.yaml")
_HEAD: Final = "# Invented: a congress of a region that does not exist.\n"
_DATASET: Final = {
    "id": "editorial/dataset",
    "type": "EditorialGraph",
    "label": {"de": "Beschreibung der Daten", "en": "Description of the data"},
    "says": [
        {
            "id": "dataset",
            "type": "Dataset",
            "label": {"de": "Erfundene Kongresse", "en": "Invented congresses"},
            "description": {"de": "Erfunden, um zu messen.", "en": "Invented, to measure."},
            "version": "0.1.0",
        }
    ],
}


def create(folder: Path, congresses: int, seed: int = 1) -> None:
    """Create a project in `folder`; the same number and seed give the same files.

    The congresses go round the regions, so that each region has its first before one has its second.
    """
    scaffold.create(folder)
    data = folder / "data"
    for path in data.glob("*.yaml"):
        path.unlink()
    for name in _VOCABULARY:
        shutil.copy(bundled_folder() / "data" / name, data)
    _write(data / "dataset.yaml", _DATASET)
    groups = [entry["id"] for entry in _entries(data / "target-groups.yaml", "TargetGroup")]
    # A data file has German words; those of the shipped topics lead to topics in every region.
    found = [word for entry in _entries(data / "topics.yaml", "Topic") for word in entry.get("hiddenLabel", [])]
    regions = min(len(REGIONS), max(1, congresses // 2))
    world = World(random.Random(seed), regions, list(dict.fromkeys(found)), groups)
    for number in range(congresses):
        document = Document(world, world.regions[number % regions], number // regions)
        _write(data / f"{document.key}.yaml", document.content(groups))


def _entries(path: Path, kind: str) -> list[dict[str, Any]]:
    return [entry for entry in yaml.load(path.read_bytes(), yaml.CSafeLoader)["says"] if entry["type"] == kind]


def _write(path: Path, content: object) -> None:
    text = yaml.dump(content, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=120)
    path.write_text(_HEAD + text, encoding="utf-8", newline="\n")
