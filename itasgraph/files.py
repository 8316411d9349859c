"""Files read and written so that a failure costs nothing: one clear error, and never half a file."""

from __future__ import annotations

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
        path = path.resolve() if path.is_symlink() else path
        if path.exists() and not path.is_file() and not path.is_dir():  # a pipe or a device cannot be renamed over
            path.write_bytes(content)
            return
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


def _umask() -> int:
    """The process's umask; it can be read only by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
