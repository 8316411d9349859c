"""The folders and files of a project."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from itasgraph.errors import FileError

_FOLDERS: Final = ("ontology", "data", "queries")
# Folder → the pattern of the files read there.
PATTERNS: Final = {
    "data": "*.yaml",
    "queries": "*.rq",
    "queries/network": "*.rq",
    "ontology": "*.ttl",
    "ontology/rules": "*.rq",
    "ontology/checks": "*.rq",
}


@dataclass(frozen=True)
class Project:
    """A folder with ontology/, data/ and queries/; `bundled` where the package contains it."""

    root: Path
    bundled: bool = False

    @cached_property
    def context(self) -> Path:
        return self._file(self._folder("ontology") / "context.jsonld")

    @cached_property
    def shapes(self) -> Path:
        return self._file(self._folder("ontology") / "shapes.ttl")

    @cached_property
    def vocabularies(self) -> list[Path]:
        """Return the Turtle files that define terms, without the shapes, which are no statements."""
        return [path for path in self._sorted_files("ontology") if path.name != "shapes.ttl"]

    @cached_property
    def rules(self) -> list[Path]:
        return self._sorted_files("ontology/rules")

    @cached_property
    def checks(self) -> list[Path]:
        """Return the queries whose rows are faults."""
        return self._sorted_files("ontology/checks")

    @cached_property
    def data(self) -> list[Path]:
        return self._sorted_files("data")

    @cached_property
    def questions(self) -> list[Path]:
        return self._sorted_files("queries")

    @cached_property
    def networks(self) -> list[Path]:
        return self._sorted_files("queries/network")

    def inputs(self) -> list[Path]:
        """Return the files whose content decides what the graph is."""
        return [self.context, *self.vocabularies, *self.rules, *self.data]

    def filename(self, path: Path) -> str:
        """Return a path as messages name it: relative to the current folder where it lies below it."""
        try:
            return str(path.absolute().relative_to(Path.cwd()))
        except (ValueError, OSError):
            return str(path)

    @cached_property
    def _real(self) -> str:
        return os.path.realpath(self.root)

    def _within(self, path: Path) -> Path:
        """Return `path`. Raises FileError where links lead out of the project.

        A copy of the folder would lack the file, and the project of somebody else could reveal a file of the user. The
        bundled project is trusted, since some installers link each of its files to a cache.
        """
        if not self.bundled and not Path(os.path.realpath(path)).is_relative_to(self._real):
            raise FileError("leads-out-of-project", path=self.filename(path))
        return path

    def _folder(self, name: str) -> Path:
        return self._within(self.root / name)

    def _file(self, path: Path) -> Path:
        """Return `path`. Raises FileError for a pipe or device, which would block; reading reports a missing file or a folder."""
        try:
            mode = path.lstat().st_mode
            if stat.S_ISLNK(mode):
                mode = self._within(path).stat().st_mode
        except OSError:
            return path
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
            raise FileError("not-a-file", path=self.filename(path))
        return path

    def _sorted_files(self, folder: str) -> list[Path]:
        """Return the files of a folder by name, the order in which rules run; without hidden ones, which editors leave behind."""
        paths = self._folder(folder).glob(PATTERNS[folder])
        return sorted(self._file(path) for path in paths if not path.name.startswith("."))


def is_project(folder: Path) -> bool:
    return all((folder / name).is_dir() for name in _FOLDERS)


def bundled_folder() -> Path:
    """Return the folder of the bundled project: inside the package in an installed wheel, beside it in a checkout."""
    package = Path(__file__).resolve().parent
    return package / "project" if (package / "project").is_dir() else package.parent


def find(folder: Path | None = None) -> Project:
    """Return the project in `folder`; without `folder`, the project in the current folder, else the bundled one.

    Raises FileError where `folder` lacks one of the three folders, or the project has no data file.
    """
    if folder is None:
        here = Path.cwd()
        project = Project(here) if is_project(here) else Project(bundled_folder(), bundled=True)
    else:
        for name in _FOLDERS:
            if not (folder / name).is_dir():
                raise FileError("no-project", path=folder, missing=f"{name}/")
        project = Project(folder)
    if not project.data:
        raise FileError("no-data", path=project.filename(project.root / "data"))
    return project
