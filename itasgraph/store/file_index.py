"""The hashes of files, with what the file system said of a file when it was hashed, so that a command need not read files that stay.

The index is like git's. A file whose size, times, inode and device are those of its entry is taken for unchanged, unless a
later change could have left all of them as they were. That is so while the file is young: file systems count time in steps of
up to two seconds. So an entry is trusted only if the file was hashed at least three seconds after a command first saw
it in this state. Clocks of servers and of this machine are never compared with each other. The time of the last change of
the inode (st_ctime) cannot be set back by a program that sets the time of the content; Windows has no such time, and there
all files are read.

The limit of this are file systems on which a file can change while all that is compared stays: where st_ctime is not a time
of the file system's own (sshfs, FAT), and where attributes come from a cache of the client (NFS, up to a minute). There,
`itasgraph cache --clear` has all files read anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

from itasgraph.project import Project
from itasgraph.store import cache_folder
from itasgraph.store.cache_folder import INDEXES
from itasgraph.util import files

# Longer than the steps in which any file system counts time (FAT: two seconds), in seconds.
_SETTLING: Final = 3
# The projects whose indexes are kept, and the bytes of all indexes.
_MAX_ENTRIES: Final = 100
MAX_BYTES: Final = 64 << 20


class _State(NamedTuple):
    """What the file system says of a file."""

    size: int
    modified: int
    changed: int
    inode: int
    device: int

    @classmethod
    def of(cls, path: Path) -> _State | None:
        """Return the state of a file; None where the file system does not say it. Reading the file reports the error."""
        try:
            status = path.stat()
        except OSError:
            return None
        return cls(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_dev)


class _Entry(NamedTuple):
    """The hash of a file in a state, when a command first saw the file in this state, and whether the state tells its content."""

    state: _State
    digest: str
    seen: float
    settled: bool


def digests(project: Project, paths: Iterable[Path]) -> dict[Path, bytes]:
    """Return the SHA-256 of files of a project; only files that may have changed are read. Raises FileError."""
    name = hashlib.sha256(os.fsencode(os.path.realpath(project.root))).hexdigest()
    old = {} if sys.platform == "win32" else _read(name)
    new: dict[str, _Entry] = {}
    hashes: dict[Path, bytes] = {}
    for path in paths:
        key = str(path.relative_to(project.root))
        hashes[path], entry = _digest(path, project.filename(path), old.get(key))
        if entry is not None:
            new[key] = entry
    if new != old and sys.platform != "win32":
        with suppress(OSError):
            _write(name, new)
    return hashes


def _digest(path: Path, filename: str, known: _Entry | None) -> tuple[bytes, _Entry | None]:
    """Return the hash of a file, and its entry from now on. Raises FileError."""
    state = _State.of(path)
    if known is not None and known.state == state and known.settled:
        return bytes.fromhex(known.digest), known
    now = time.time()
    digest = hashlib.sha256(files.read(path, filename))
    seen = known.seen if known is not None and known.state == state and known.seen <= now else now
    # A file system without times of its own gives 0.
    if state is None or not state.changed or _State.of(path) != state:
        return digest.digest(), None
    return digest.digest(), _Entry(state, digest.hexdigest(), seen, now - seen >= _SETTLING)


# --- the file of the index ----------------------------------------------------------------------------------------------


def _read(name: str) -> dict[str, _Entry]:
    """Return an index; an empty one where there is no intact one."""
    with suppress(OSError, ValueError, TypeError):
        root = cache_folder.part(INDEXES)
        if root is not None:
            checksum, _, content = cache_folder.read_private(root / name).partition(b"\n")
            if checksum == _checksum(name, content):
                stored: dict[str, Any] = json.loads(content)
                return {key: _Entry(_State(*state), *rest) for key, (state, *rest) in stored.items()}
    return {}


def _write(name: str, entries: dict[str, _Entry]) -> None:
    """Write an index, and remove those that changed longest ago. Raises OSError."""
    root = cache_folder.part(INDEXES, create=True)
    if root is not None:
        content = json.dumps(entries).encode()
        cache_folder.write_private(root, {name: b"\n".join((_checksum(name, content), content))})
        cache_folder.evict_oldest(root, _MAX_ENTRIES, MAX_BYTES)


def _checksum(name: str, content: bytes) -> bytes:
    return hashlib.sha256(name.encode() + content).hexdigest().encode()
