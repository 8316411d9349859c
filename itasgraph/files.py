"""Files read and written so that a failure costs nothing: one clear error, and never half a file."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from itasgraph.errors import AskedWrongly, FileProblem


def form_of(form: str | None, output: Path | None, endings: Mapping[str, str], default: str) -> str:
    """The format named by `form`, else by the ending of `output`, else `default`. Raises AskedWrongly for other endings."""
    if form is not None or output is None or not output.suffix:
        return form or default
    ending = output.suffix.lower()
    if ending not in endings:
        raise AskedWrongly("unknown-ending", path=output, known=" ".join(endings))
    return endings[ending]


def read(path: Path, shown: str) -> bytes:
    """The bytes of a file. Raises FileProblem, naming it as `shown`."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileProblem("unreadable", path=shown, error=error) from error


def write(path: Path, content: bytes) -> None:
    """Write a file as a whole or not at all. Raises FileProblem."""
    with writing(path) as out:
        out.write(content)


@contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """A file to write to that becomes `path` as a whole at the end, or not at all: beside it first, then renamed over it.

    A pipe or a device is written to directly. Raises FileProblem, also for what fails in the writing.
    """
    try:
        with _opened(path) as out:
            yield out
    except OSError as error:
        if isinstance(error, FileNotFoundError) and not path.parent.exists():
            raise FileProblem("no-folder", folder=path.parent) from error
        raise FileProblem("unwritable", path=path, error=error) from error


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "")
    if path.exists() and not path.is_file():  # a pipe or a device cannot be renamed over
        with path.open("wb") as out:
            yield out
        return
    import secrets

    path = _behind_links(path)
    # The name is known before there is such a file: whatever comes between, it is removed again.
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with beside.open("xb") as out:
            yield out
        if path.exists():
            beside.chmod(path.stat().st_mode & 0o777)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _behind_links(path: Path) -> Path:
    """The file a link leads to, so that the link stays a link."""
    try:
        return path.resolve() if path.is_symlink() else path
    except RuntimeError as error:  # Python up to 3.12 says so of links that lead in a circle
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP)) from error
