"""The user's cache folder and its parts: where they are, whether they can be trusted, and how large they are.

Compiled graphs are in the folder itself, everything else in a folder of its own there, so that it pushes no graph out.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from itasgraph.util import files

# The parts beside the graphs: results of long computations, the statements of single data files, the hashes of files.
RESULTS: Final = ".results"
DOCUMENTS: Final = ".documents"
INDEXES: Final = ".indexes"
PARTS: Final = (RESULTS, DOCUMENTS, INDEXES)
_NO_FOLLOW: Final = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def folder() -> Path:
    """Return the user's cache folder (XDG Base Directory Specification, or what corresponds to it on other systems).

    Raises OSError where the user has no home folder, or its path is relative: the cache would be in the current folder.
    """
    named = Path(os.environ.get("XDG_CACHE_HOME", ""))
    if named.is_absolute():
        return named / "itasgraph"
    home = Path(os.path.expanduser("~"))  # noqa: PTH111  # Path.home() raises RuntimeError where there is none
    if not home.is_absolute():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(home))
    if sys.platform == "linux":
        return home / ".cache" / "itasgraph"  # as platformdirs says, which takes as long to load as a query
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


def read_private(path: Path) -> bytes:
    """Return the content of a plain file that only the user can read or write. Raises OSError for any other."""
    with os.fdopen(os.open(path, os.O_RDONLY | _NO_FOLLOW), "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode) or not is_own(status, 0o077):
            raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), path)
        return file.read()


def write_private(root: Path, contents: Mapping[str, bytes]) -> None:
    """Write files for the user alone into a part of the cache folder, each as a whole. Raises OSError."""
    with files.temporary_folder(root) as made:
        for name, content in contents.items():
            with os.fdopen(os.open(made / name, _NEW, 0o600), "wb") as out:
                out.write(content)
            (made / name).replace(root / name)


def clear() -> bool:
    """Remove all entries, of other projects and versions as well, but those that a process has in use.

    Return whether nothing is left, as far as that can be seen. Raises OSError as `folder` does.
    """
    root = folder()
    folders = (*(root / name for name in PARTS), root)
    for one in folders:
        with suppress(OSError):
            if is_private(one):
                files.remove_leftovers(one)
                for entry in entries(one):
                    files.remove(entry)
                if one != root:
                    one.rmdir()
    return all(map(_is_empty, folders))


def _is_empty(path: Path) -> bool:
    """Return whether a folder is not there, or holds nothing of ours; False where that cannot be seen."""
    try:
        names = os.listdir(path)  # noqa: PTH208  # only the names are needed
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return all(name.startswith(".") and not files.is_temporary(name) for name in names)


def entries(root: Path) -> Iterator[Path]:
    """Yield everything complete in a folder of the cache, including entries of other versions."""
    return (path for path in root.iterdir() if not path.name.startswith("."))


def evict_oldest(root: Path, most: int, most_bytes: int) -> None:
    """Remove the oldest entries of a folder beyond a number of entries and bytes."""
    total = 0
    youngest_first = sorted(entries(root), key=lambda entry: entry.lstat().st_mtime, reverse=True)
    for number, entry in enumerate(youngest_first, 1):
        total += size(entry)
        if number > most or total > most_bytes:
            files.remove(entry)


def size(path: Path) -> int:
    """Return the number of bytes of a file, or of the files in a folder."""
    inside = [path] if not stat.S_ISDIR(path.lstat().st_mode) else path.iterdir()
    return sum(file.lstat().st_size for file in inside)
