"""The generator of invented projects: sound, the same for the same seed, with people who return."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

from tests.helpers.programs import run_itasgraph
from tools.congresses import project

CONGRESSES = 3


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("congresses") / "region"
    project.create(folder, CONGRESSES)
    return folder


@pytest.mark.slow
def test_project_has_no_faults_and_no_warnings(region: Path) -> None:
    done = run_itasgraph("check", "--project", region, "--lang", "en")

    assert (done.returncode, done.stdout) == (0, b"")
    assert re.fullmatch(rb"No faults: \d+ entries, 7 data files\.\n", done.stderr)


def test_same_seed_gives_same_files_and_another_gives_others(region: Path, tmp_path: Path) -> None:
    project.create(tmp_path / "again", CONGRESSES)
    project.create(tmp_path / "other", CONGRESSES, seed=2)

    assert _files(tmp_path / "again") == _files(region)
    assert _files(tmp_path / "other") != _files(region)


@pytest.mark.slow
def test_each_congress_has_its_file_and_some_people_return(tmp_path: Path) -> None:
    project.create(tmp_path / "region", 20)
    documents = [yaml.load(text, yaml.CSafeLoader) for text in _files(tmp_path / "region").values()]

    says = [document["says"] for document in documents if document["type"] == "Source"]
    named = Counter(entry["id"] for entries in says for entry in entries if entry["type"] == "Person")
    assert len(says) == 20
    assert sum(times == 1 for times in named.values()) > len(named) / 2
    assert max(named.values()) >= 3


@pytest.mark.slow
def test_some_people_change_their_employer(tmp_path: Path) -> None:
    project.create(tmp_path / "region", 20)
    employers: dict[str, set[str]] = {}
    for text in _files(tmp_path / "region").values():
        for entry in yaml.load(text, yaml.CSafeLoader)["says"]:
            for person, said in entry.get("speakers", {}).items():
                employers.setdefault(person, set()).add(said["organisation"])

    assert sum(len(named) > 1 for named in employers.values()) >= 5


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((folder / "data").glob("*.yaml"))}
