"""The user's cache folder and its parts: where they are, whether they can be trusted, and how large they are.

Compiled graphs are in the folder itself, everything else in a folder of its own there, so that it pushes no graph out.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from itasgraph.util import files

# The parts beside the graphs: results of long computations, and the statements of single data files.
RESULTS: Final = ".results"
DOCUMENTS: Final = ".documents"
PARTS: Final = (RESULTS, DOCUMENTS)


def folder() -> Path:
    """Return the user's cache folder (XDG Base Directory Specification, or what corresponds to it on other systems)."""
    named = Path(os.environ.get("XDG_CACHE_HOME", ""))
    if named.is_absolute():
        return named / "itasgraph"
    if sys.platform == "linux":
        return Path.home() / ".cache" / "itasgraph"  # as platformdirs says, which takes as long to load as a query
    import platformdirs

    return Path(platformdirs.user_cache_dir("itasgraph", appauthor=False))


def part(name: str, *, create: bool = False) -> Path | None:
    """Return a part of the cache folder; None where others could have written to it. Raises OSError where there is none."""
    root = folder()
    if create:
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not is_private(root):
        return None
    if create:
        (root / name).mkdir(mode=0o700, exist_ok=True)
    return root / name if is_private(root / name) else None


def is_private(path: Path, rights: int = 0o022) -> bool:
    """Return whether a path is a folder (not a link) that the user owns and on which nobody else has these rights."""
    status = path.lstat()
    return stat.S_ISDIR(status.st_mode) and is_own(status, rights)


def is_own(status: os.stat_result, rights: int = 0o022) -> bool:
    """Return whether the user owns a file or folder, and nobody else has these rights on it."""
    return sys.platform == "win32" or (status.st_uid == os.getuid() and not status.st_mode & rights)


def clear() -> None:
    """Remove all entries, of other projects and versions as well, but those that a process has in use."""
    root = folder()
    for one in (*(root / name for name in PARTS), root):
        with suppress(OSError):
            if is_private(one):
                files.remove_leftovers(one)
                for entry in entries(one):
                    files.remove(entry)
                if one != root:
                    one.rmdir()


def entries(root: Path) -> Iterator[Path]:
    """Yield everything complete in a folder of the cache, including entries of other versions."""
    return (path for path in root.iterdir() if not path.name.startswith("."))


def size(path: Path) -> int:
    """Return the number of bytes of a file, or of the files in a folder."""
    inside = [path] if not stat.S_ISDIR(path.lstat().st_mode) else path.iterdir()
    return sum(file.lstat().st_size for file in inside)
