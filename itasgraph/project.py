"""Where the three folders of a project lie."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from itasgraph.errors import FileProblem

_FOLDERS: Final = ("ontology", "data", "queries")


@dataclass(frozen=True)
class Project:
    """A folder with ontology/, data/ and queries/; `bundled` where it is the one that came with the package."""

    root: Path
    bundled: bool = False

    @property
    def context(self) -> Path:
        return self.root / "ontology" / "context.jsonld"

    @property
    def shapes(self) -> Path:
        return self.root / "ontology" / "shapes.ttl"

    @cached_property
    def vocabularies(self) -> list[Path]:
        """The Turtle files that define terms; shapes are kept apart, they are no statements."""
        return [path for path in _files(self.root / "ontology", "*.ttl") if path != self.shapes]

    @cached_property
    def rules(self) -> list[Path]:
        return _files(self.root / "ontology" / "rules", "*.rq")

    @cached_property
    def checks(self) -> list[Path]:
        """Questions whose solutions are faults."""
        return _files(self.root / "ontology" / "checks", "*.rq")

    @cached_property
    def data(self) -> list[Path]:
        return _files(self.root / "data", "*.yaml")

    @cached_property
    def questions(self) -> list[Path]:
        return _files(self.root / "queries", "*.rq")

    @cached_property
    def networks(self) -> list[Path]:
        return _files(self.root / "queries" / "network", "*.rq")

    def inputs(self) -> list[Path]:
        """The files whose content decides what the graph is."""
        return [self.context, *self.vocabularies, *self.rules, *self.data]

    def show(self, path: Path) -> str:
        """`path` as the user would name it: relative to the current folder where that is shorter."""
        try:
            return str(path.absolute().relative_to(Path.cwd()))
        except (ValueError, OSError):
            return str(path)


def _files(folder: Path, pattern: str) -> list[Path]:
    """The files of a folder, without pipes, and without the hidden ones that editors and other systems leave behind."""
    return sorted(path for path in folder.glob(pattern) if not path.name.startswith(".") and not path.is_fifo())


def is_project(folder: Path) -> bool:
    return all((folder / name).is_dir() for name in _FOLDERS)


def bundled() -> Path:
    """The project that came with the package: inside an installed wheel, beside the package in a checkout."""
    package = Path(__file__).resolve().parent
    return package / "project" if (package / "project").is_dir() else package.parent


def find(folder: Path | None = None) -> Project:
    """The project in `folder`, else the one in the current folder, else the bundled one.

    Raises FileProblem where `folder` is given and lacks one of the three folders, or has no data file.
    """
    if folder is None:
        here = Path.cwd()
        project = Project(here) if is_project(here) else Project(bundled(), bundled=True)
    else:
        for name in _FOLDERS:
            if not (folder / name).is_dir():
                raise FileProblem("no-project", path=folder, missing=f"{name}/")
        project = Project(folder)
    if not project.data:
        raise FileProblem("no-data", path=project.show(project.root / "data"))
    return project
