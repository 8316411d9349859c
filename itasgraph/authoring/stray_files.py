"""Warnings about files in a project that the program does not read although they look like a part of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from itasgraph.errors import Finding, Location
from itasgraph.project import PATTERNS, Project

if TYPE_CHECKING:
    from itasgraph.messages.codes import Code

# Folder → the names of the files read there.
_READ: Final[Mapping[str, tuple[str, ...]]] = {
    **{folder: (pattern,) for folder, pattern in PATTERNS.items()},
    "ontology": (PATTERNS["ontology"], "context.jsonld", "data.schema.json"),
}
# A suffix → another suffix of the same format.
_SYNONYMS: Final = {".yaml": ".yml", ".rq": ".sparql"}
# The beginnings of names of files that accompany data: instructions, licences, and files that systems leave behind.
_COMPANIONS: Final = ("readme", "license", "licence", "changelog", "thumbs.db", "desktop.ini", "__pycache__")


def unread_files(project: Project) -> Iterator[Finding]:
    """Yield a warning for each file and folder in data/, queries/ and ontology/ that the program does not read."""
    read = {*project.inputs(), *project.checks, *project.questions, *project.networks, project.shapes}
    read |= {project.root / "ontology" / "data.schema.json", *(project.root / folder for folder in _READ)}
    for folder, names in _READ.items():
        directory = project.root / folder
        for path in sorted(directory.iterdir()) if directory.is_dir() else []:
            if path not in read and _is_project_file(path):
                yield _finding(path, f"{folder}/", names, project)._replace(severity="warning")


def _is_project_file(path: Path) -> bool:
    """Return whether a file looks like a part of the project; hidden files and backups of editors do not."""
    name = path.name.casefold()
    if name.startswith((".", "~", "#", *_COMPANIONS)) or name.endswith(("~", ".md")):
        return False
    return not path.is_dir() or any(map(_is_project_file, path.iterdir()))


def _finding(path: Path, folder: str, names: tuple[str, ...], project: Project) -> Finding:
    location = Location(project.filename(path))
    if path.is_dir():
        return Finding.of(location, "unread-folder", folder=folder)
    for known in names:
        name = _likely_name(path.name, known.removeprefix("*"))
        if name and not (path.parent / name).exists():
            return Finding.of(location, "wrong-suffix", name=name)
    code: Code = "unread-data" if folder == "data/" else "unread-file"
    return Finding.of(location, code, folder=folder, known=", ".join(names))


def _likely_name(name: str, suffix: str) -> str:
    """Return the name under which a file would be read: "a.yaml" for "a.yaml.txt", "a.yml" and "a.YAML"; "" for others."""
    suffixes = "|".join(re.escape(other) for other in (suffix, _SYNONYMS.get(suffix, suffix)))
    match = re.fullmatch(rf"(.*)({suffixes})(\..*)?", name, re.IGNORECASE | re.DOTALL)
    return match[1] + suffix if match else ""
