"""New projects for other regions: with this vocabulary, these rules and questions, and one example event as data."""

from __future__ import annotations

import re
import shutil
from importlib import resources
from pathlib import Path
from typing import Final

from itasgraph import project
from itasgraph.errors import FileError, UsageError
from itasgraph.util import files
from itasgraph.util.spelling import slug

_UNCHANGED: Final = ("data/README.md", "data/forms-and-status.yaml")
_DEFAULTS: Final = re.compile(r"^(#\+ defaults: \[)(?:\{(?!lang:)[^}]*\}, )+", re.MULTILINE)
_NUMBER: Final = re.compile(r"\[Errno (\d+)\] ([^:]*)")
_BASE: Final = re.compile(r'("@base":\s*)"[^"]*"')


def create(folder: Path) -> None:
    """Create a project in `folder`, as a whole or not at all; its IRIs begin with https://example.org/FOLDER/.

    Raises UsageError if the folder exists and is not empty, FileError if it cannot be written.
    """
    place = folder.resolve()
    try:
        if place.exists() and (not place.is_dir() or any(place.iterdir())):
            raise UsageError("folder-not-empty", path=folder)
        if not place.parent.exists():
            raise FileError("no-folder", folder=folder.parent)
        with files.temporary_folder(place.parent, mode=0o777) as target:
            _fill(target, slug(place.name) or "region")
            (target / files.LOCK).unlink()
            if place.exists():  # perhaps the current folder, which cannot be replaced
                for part in target.iterdir():
                    part.rename(place / part.name)
            else:
                target.rename(place)
    except shutil.Error as error:  # the failures of a whole folder, each as text: the first is reported
        number = _NUMBER.match(str(error.args[0][0][-1]))
        first = OSError(int(number[1]), number[2]) if number else error
        raise FileError("cannot-create", path=folder, error=first) from error
    except OSError as error:
        raise FileError("cannot-create", path=folder, error=error) from error


def _fill(target: Path, name: str) -> None:
    origin = project.bundled_folder()
    for part in ("ontology", "queries"):
        shutil.copytree(origin / part, target / part)
    for query in (target / "queries").rglob("*.rq"):
        # Every default but that of the language names an entry of the bundled project.
        query.write_text(_DEFAULTS.sub(r"\1", query.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    context = target / "ontology" / "context.jsonld"
    text = _BASE.sub(rf'\1"https://example.org/{name}/"', context.read_text(encoding="utf-8"), count=1)
    context.write_text(text, encoding="utf-8", newline="\n")
    (target / "data").mkdir()
    for path in _UNCHANGED:
        shutil.copyfile(origin / path, target / path)
    for entry in (resources.files("itasgraph") / "authoring" / "example").iterdir():
        (target / "data" / entry.name).write_bytes(entry.read_bytes())
