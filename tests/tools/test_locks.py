"""What the two commands install stands in locks/, with exact versions and hashes, and is what pyproject.toml asks for."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.helpers.projects import ROOT

PROJECT: Final = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS: Final = PROJECT["project"]["optional-dependencies"]
GROUPS: Final = PROJECT["dependency-groups"]
NEEDED: Final = {
    "demo": [*PROJECT["project"]["dependencies"], *GROUPS["build"]],
    "test": [*PROJECT["project"]["dependencies"], *GROUPS["build"], *GROUPS["w3c-build"], *EXTRAS["test"]],
    "dev": [
        *PROJECT["project"]["dependencies"],
        *GROUPS["build"],
        *GROUPS["w3c-build"],
        *EXTRAS["test"],
        *EXTRAS["dev"],
    ],
    "peer": GROUPS["peer"],
    "w3c": GROUPS["w3c"],
}
# What stands in a lock: a version with a marker at most, its hashes, and comments; no option, no address.
_PACKAGE: Final = re.compile(r"([a-z0-9-]+)==(\S+)(?: ; ([^\\]+))? \\((?:\n    --hash=sha256:[0-9a-f]{64}(?: \\)?)+)\n")
_COMMENT: Final = re.compile(r" *#.*\n")


def versions_in(name: str) -> dict[str, set[str]]:
    """Return package → its versions (by environment marker there may be several); fails where anything else stands in the file."""
    text = (ROOT / "locks" / f"{name}.txt").read_text(encoding="utf-8")
    packages: dict[str, set[str]] = {}
    for package, version, _marker, _hashes in _PACKAGE.findall(text):
        packages.setdefault(package, set()).add(version)

    assert _COMMENT.sub("", _PACKAGE.sub("", text)) == ""
    return packages


def test_every_lock_is_tried() -> None:
    assert {path.stem for path in (ROOT / "locks").glob("*.txt")} == NEEDED.keys()


@pytest.mark.parametrize("name", NEEDED)
def test_lock_meets_pyproject(name: str) -> None:
    packages = versions_in(name)
    requirements = [Requirement(line) for line in NEEDED[name] if not line.startswith("itasgraph[")]

    assert [str(wanted) for wanted in requirements if not _meets(packages, wanted)] == []


def _meets(packages: dict[str, set[str]], wanted: Requirement) -> bool:
    versions = packages.get(canonicalize_name(wanted.name), set())
    return bool(versions) and all(wanted.specifier.contains(version) for version in versions)


@pytest.mark.parametrize(("part", "whole"), [("demo", "test"), ("test", "dev")])
def test_later_locks_keep_versions(part: str, whole: str) -> None:
    assert versions_in(part).items() <= versions_in(whole).items()


def test_build_tools_are_locked() -> None:
    assert set(PROJECT["build-system"]["requires"]) <= {*GROUPS["build"], *PROJECT["project"]["dependencies"]}


@pytest.mark.slow
def test_lock_installs_beside_newer_releases(tmp_path: Path) -> None:
    hashes = {
        name: wheel(tmp_path, name, metadata)
        for name, metadata in {
            "program-1.0": "Requires-Dist: library[extra]",
            "library-1.0": "Provides-Extra: extra",
            "library-2.0": "Provides-Extra: extra",
        }.items()
    }
    lock = tmp_path / "lock.txt"
    lock.write_text(
        "".join(f"{name.replace('-', '==')} --hash=sha256:{hashes[name]}\n" for name in ("program-1.0", "library-1.0"))
    )
    line = ["make", "--silent", "--eval", "line: ; @echo $(call FROM_LOCK,$(LOCK))", "line", f"LOCK={lock}"]
    command = subprocess.run(line, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()

    done = subprocess.run(
        [sys.executable, *command, "--target", tmp_path / "there", "--no-index", "--find-links", tmp_path],
        env={name: value for name, value in os.environ.items() if not name.startswith("PIP_")},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in (tmp_path / "there").glob("*.dist-info")) == [
        "library-1.0.dist-info",
        "program-1.0.dist-info",
    ]


def wheel(folder: Path, name_and_version: str, metadata: str) -> str:
    """Write a wheel without content; return its SHA-256."""
    name, version = name_and_version.split("-")
    path = folder / f"{name}-{version}-py3-none-any.whl"
    files = {
        "METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{metadata}\n",
        "WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "RECORD": "",
    }
    with zipfile.ZipFile(path, "w") as archive:
        for file, text in files.items():
            archive.writestr(f"{name}-{version}.dist-info/{file}", text)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_javascript_is_locked() -> None:
    wanted = json.loads((ROOT / "locks" / "package.json").read_text(encoding="utf-8"))
    packages = json.loads((ROOT / "locks" / "package-lock.json").read_text(encoding="utf-8"))["packages"]

    assert packages.pop("")["devDependencies"] == wanted["devDependencies"]
    assert list(_unlocked(packages)) == []


def _unlocked(packages: dict[str, Any]) -> Iterator[str]:
    for name, package in packages.items():
        if not package.get("integrity", "").startswith("sha512-") or "resolved" in package:
            yield name
