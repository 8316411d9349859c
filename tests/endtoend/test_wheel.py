"""The wheel, installed and started in an empty folder, works on the project it carries."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.helpers.projects import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel as pip builds it from this checkout, with what the lock holds."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    build = ["wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run([*pip, *build], check=True)
    (built,) = folder.glob("itasgraph-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel unpacked where Python finds it before the checkout."""
    folder = tmp_path_factory.mktemp("installed")
    zipfile.ZipFile(wheel).extractall(folder)
    return folder


def _ask(installed: Path, cwd: Path, *args: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "PYTHONPATH": str(installed),
        "XDG_CACHE_HOME": str(cwd / "cache"),
        "LC_ALL": "C.UTF-8",
    }
    command = [sys.executable, "-m", "itasgraph", *args]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False)


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (["check"], ""),
        (["queries"], "programme"),
        (["query", "who", "-p", "topic=Kreislaufwirtschaft"], "Boris Kaiser"),
        (["show", "Petra Seifert"], "Works council member"),
        (["export"], "schema:Person"),
        (["view", "-o", "-"], "<!DOCTYPE html>"),
        (["init", "my-region"], ""),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_commands_work_in_an_empty_folder(installed: Path, tmp_path: Path, args: list[str], expected: str) -> None:
    done = _ask(installed, tmp_path, *args)

    assert done.returncode == 0, done.stderr
    assert expected in done.stdout
    assert args[0] == "init" or f"the bundled one in {installed / 'itasgraph' / 'project'}" in done.stderr


def test_wheel_holds_the_project(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()

    for folder in ("ontology", "data", "queries"):
        expected = {str(path.relative_to(ROOT)) for path in (ROOT / folder).rglob("*") if path.is_file()}
        assert {name.removeprefix("itasgraph/project/") for name in names if f"project/{folder}/" in name} == expected
    assert {name.split("/")[2] for name in names if "/project/" in name} == {"ontology", "data", "queries"}
