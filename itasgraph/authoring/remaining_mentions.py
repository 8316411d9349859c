"""The search for what still names a person in the folder of a project: texts, notes, ids, and outputs made before."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from itasgraph.authoring.person_names import PersonPattern
from itasgraph.errors import Finding, Location
from itasgraph.project import Project
from itasgraph.util.spelling import shorten

_MAX_BYTES: Final = 50_000_000
_MAX_FILES: Final = 20_000
_MAX_SHOWN: Final = 100
_MAX_NAMED: Final = 10
# Folders that hold installed packages; hidden ones (.git, .venv) are not searched either.
_INSTALLED: Final = frozenset({"node_modules", "__pycache__"})
_ZIPPED: Final = (".xlsx", ".docx", ".ods", ".odt")
# The files that hold no text that a search could read.
_PICTURES: Final = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".pdf", ".gz", ".zip", ".tar", ".whl")


def find(project: Project, name: PersonPattern, contents: Mapping[Path, bytes]) -> Iterator[Finding]:
    """Yield each place in the folder of a project that names the person, and last which files cannot be searched.

    `contents` holds the new contents of files that are not written yet.
    """
    unread: list[str] = []
    root = Location(project.filename(project.root))
    for number, path in enumerate(_files(project.root)):
        if number == _MAX_FILES:
            yield Finding.of(root, "too-many-files", limit=_MAX_FILES)
            break
        filename = project.filename(path)
        if name.stands_in(path.name):
            yield Finding.of(Location(filename), "named-file")
        try:
            yield from _search_file(path, filename, name, contents.get(path))
        except (OSError, _Unreadable, zipfile.BadZipFile):
            unread.append(filename)
    if unread:
        files = ", ".join(unread[:_MAX_NAMED]) + (" …" if len(unread) > _MAX_NAMED else "")
        yield Finding.of(root, "not-searched", count=len(unread), files=files)


class _Unreadable(Exception):
    """A file holds no text, or too much."""


def _search_file(path: Path, filename: str, name: PersonPattern, content: bytes | None) -> Iterator[Finding]:
    """Yield each line of a file that names the person. Raises _Unreadable, or OSError."""
    suffix = path.suffix.casefold()
    if suffix in _PICTURES or path.stat().st_size > _MAX_BYTES:
        raise _Unreadable
    if suffix in _ZIPPED:
        text = "\0".join(_parts(path))
    else:
        text = (path.read_bytes() if content is None else content).decode("utf-8", "replace")
    if not name.stands_in(text):  # most files: one search is faster than one for each line
        return
    places = (
        [] if suffix in _ZIPPED else [place for place in enumerate(text.split("\n"), 1) if name.stands_in(place[1])]
    )
    # A name may also be broken between two lines.
    for number, line in places or [(0, "")]:
        yield Finding.of(Location(filename, number), "still-named", text=shorten(line, _MAX_SHOWN))


def _parts(path: Path) -> Iterator[str]:
    """Yield the texts in a document of several files, as far as they are no larger than a file may be."""
    with zipfile.ZipFile(path) as archive:
        if sum(part.file_size for part in archive.infolist()) > _MAX_BYTES:
            raise _Unreadable
        for part in archive.infolist():
            yield archive.read(part).decode("utf-8", "replace")


def _files(root: Path) -> Iterator[Path]:
    """Yield the files below a folder, in the order of their names, without those that links lead to."""
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(one for one in folders if one not in _INSTALLED and not one.startswith("."))
        yield from (path for name in sorted(files) if (path := Path(folder, name)).is_file() and not path.is_symlink())
