"""Files read and written so that a failure costs nothing: one clear error, and never half a file."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from itasgraph.errors import FileProblem


def read(path: Path, shown: str) -> bytes:
    """The bytes of a file. Raises FileProblem, naming it as `shown`."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileProblem("unreadable", path=shown, error=error) from error


def write(path: Path, content: bytes) -> None:
    """Write a file as a whole or not at all: beside it first, then renamed over it. Raises FileProblem."""
    import tempfile

    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "")
        if path.exists() and not path.is_file():  # a pipe or a device cannot be renamed over
            path.write_bytes(content)
            return
        path = _behind_links(path)
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        beside = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as out:
                out.write(content)
            beside.chmod(mode)
            beside.replace(path)
        except BaseException:
            beside.unlink()
            raise
    except OSError as error:
        if isinstance(error, FileNotFoundError) and not path.parent.exists():
            raise FileProblem("no-folder", folder=path.parent) from error
        raise FileProblem("unwritable", path=path, error=error) from error


def _behind_links(path: Path) -> Path:
    """The file a link leads to, so that the link stays a link."""
    try:
        return path.resolve() if path.is_symlink() else path
    except RuntimeError as error:  # Python up to 3.12 says so of links that lead in a circle
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP)) from error


def _umask() -> int:
    """The process's umask; it can be read only by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
