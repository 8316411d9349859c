"""Compiled graphs on disk, so that only the first query after a change has to read the files, and results of long computations.

An entry is a folder: a graph or a result, the checksums of its files and a lock. It is named by the hash of what it was compiled from,
built in a temporary folder and renamed. An entry that cannot be trusted, read or written is
no fault; the cache then behaves as if there were none.

A large graph is an Oxigraph store, which opens in milliseconds. A small one is N-Quads, which is read into memory.
Reading takes some milliseconds more, but queries are faster, because a store on disk looks up each term. Writing N-Quads
also avoids the thirty waits for the disk that making a store takes. The union is a file of its own: most queries need no
more, and it takes half the time to read. Results are in a folder of their own, so that they push no graph out.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final, TypeVar

import pyoxigraph as ox

from itasgraph import __version__
from itasgraph.store import cache_folder
from itasgraph.store.cache_folder import RESULTS
from itasgraph.util import files

T = TypeVar("T")

# The number and the bytes of the newest entries that are kept: each edit of a project leaves an entry behind.
_MAX_ENTRIES: Final = 20
MAX_BYTES: Final = 1 << 30
# The bytes of an entry that are compared with their checksums at each reading; of other files, only the size is compared.
_MAX_VERIFIED: Final = 50_000_000
_CHECKSUMS: Final = "checksums"
# The folders of the package whose code decides, with vocabulary.py, what a graph is.
_ROOMS: Final = ("parsing", "store", "util")
# The statements, counted in the union as well, up to which commands and the processes of `serve` read a graph into memory;
# two congresses have as many.
MAX_IN_MEMORY: Final = 30_000
# The triples of the union, and the quads of the named graphs (or all in the first file, see `_serialize`).
_UNION: Final = "graph.nq"
_NAMED: Final = "named.nq"
# The file of an entry among the results.
_RESULT: Final = "result"
# The errors of pyoxigraph: also RuntimeError for faults of RocksDB, and UnicodeError for paths that are not UTF-8.
_FAILURES: Final = (OSError, RuntimeError, UnicodeError)


@dataclass
class CacheEntry:
    """A compiled graph: a store whose default graph holds the triples of all graphs, and what adds the named graphs to it.

    `store` holds the named graphs as well, which are added at its first use. A store on disk is read-only, and locked as long
    as the entry lives, so that no other process removes it: Oxigraph opens some files of a store only when a query reads them.
    """

    union: ox.Store
    add_named: Callable[[ox.Store], None] | None = None
    lock: files.Lock | None = None

    @cached_property
    def store(self) -> ox.Store:
        if self.add_named is not None:  # a store on disk has them, and cannot be written to
            self.add_named(self.union)
        return self.union


def key(inputs: Mapping[str, bytes]) -> str:
    """Hash the names and contents of inputs, with the code that compiles them and the versions it depends on."""
    return _hash(("vocabulary.py", *_ROOMS), ox.__version__, inputs)


def result_key(rooms: Iterable[str], inputs: Mapping[str, bytes]) -> str:
    """Hash the names and contents of the inputs of a computation, with the code of the rooms that compute."""
    return _hash(rooms, "", inputs)


def _hash(code: Iterable[str], version: str, inputs: Mapping[str, bytes]) -> str:
    """Hash inputs with files and folders of the package and with versions."""
    package = Path(__file__).parent.parent
    named = (package / name for name in code)
    files_ = sorted(path for one in named for path in (one.glob("*.py") if one.is_dir() else [one]))
    digest = hashlib.sha256(f"{__version__} {version}".encode())
    for name, content in [*((path.name, path.read_bytes()) for path in files_), *inputs.items()]:
        digest.update(f" {name!a} {len(content)} ".encode())
        digest.update(content)
    return digest.hexdigest()


def read(name: str) -> CacheEntry | None:
    """Open the entry of this key. Return None where there is no intact one."""
    with suppress(OSError):
        root = cache_folder.folder()
        if cache_folder.is_private(root):
            files.remove_leftovers(root)
            return _open(root / name, _load)
    return None


def write(name: str, store: ox.Store) -> CacheEntry:
    """Make the entry of this key from a united store, and open it; where that fails, return a graph in memory."""
    with suppress(*_FAILURES):
        root = cache_folder.folder()
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        if cache_folder.is_private(root):
            with files.temporary_folder(root) as made:
                _fill(made, name, store)
                _place(made, root / name)
    if len(store) > MAX_IN_MEMORY:
        return read(name) or CacheEntry(store)
    # In the order in which the files are read the next time, so that answers have the same order.
    entry = CacheEntry(ox.Store(), lambda union: union.bulk_extend(filter(is_in_named_graph, store)))
    entry.union.bulk_extend(_union(store))
    return entry


def read_result(name: str) -> bytes | None:
    """Return the result of this key. Return None where there is no intact one."""
    with suppress(OSError):
        root = cache_folder.part(RESULTS)
        if root is not None:
            files.remove_leftovers(root)
            return _open(root / name, _load_result)
    return None


def write_result(name: str, content: bytes) -> None:
    """Make the entry of this key for a result; where that fails, do nothing."""
    with suppress(*_FAILURES):
        root = cache_folder.part(RESULTS, create=True)
        if root is not None:
            with files.temporary_folder(root) as made:
                (made / _RESULT).write_bytes(content)
                (made / _CHECKSUMS).write_bytes(_checksums(made, name))
                _place(made, root / name)


def _union(store: ox.Store) -> Iterator[ox.Quad]:
    return store.quads_for_pattern(None, None, None, ox.DefaultGraph())


def is_in_named_graph(quad: ox.Quad) -> bool:
    """Return whether a statement is in a named graph, and not only in the union."""
    return not isinstance(quad.graph_name, ox.DefaultGraph)


# --- reading ----------------------------------------------------------------------------------------------------------


def _open(path: Path, load: Callable[[Path], T]) -> T | None:
    """Open an entry; remove one that is damaged or that this program did not write. Raises FileNotFoundError where there is none."""
    path.lstat()
    with suppress(*_FAILURES):
        if cache_folder.is_private(path, 0o077):
            return load(path)
    files.remove(path)
    return None


def _load(path: Path) -> CacheEntry:
    """Load an entry once its files are compared with what was written. Raises OSError where they differ."""
    lock = files.Lock(path / files.LOCK, shared=True)
    try:
        _verify(path)
        if not (path / _UNION).exists():
            return CacheEntry(ox.Store.read_only(str(path)), lock=lock)
        return _parse((path / _UNION).read_bytes(), (path / _NAMED).read_bytes())
    except BaseException:
        lock.close()  # otherwise we could not remove the entry
        raise


def _load_result(path: Path) -> bytes:
    """Load a result once its file is compared with what was written. Raises OSError where they differ."""
    with files.Lock(path / files.LOCK, shared=True):
        _verify(path)
        return (path / _RESULT).read_bytes()


def _parse(union: bytes, named: bytes) -> CacheEntry:
    entry = CacheEntry(ox.Store(), lambda store: _read(named, store))
    _read(union, entry.union)
    return entry


def _read(quads: bytes, store: ox.Store) -> None:
    # Lenient: these IRIs and literals were checked when the graph was compiled; it halves the time.
    store.load(quads, format=ox.RdfFormat.N_QUADS, lenient=True)


def _verify(path: Path) -> None:
    """Raise OSError unless the files of an entry are those that were written, under the name it was written for."""
    expected = _checksums(path, path.name)  # first, because it refuses pipes
    sums = path / _CHECKSUMS
    if sums.stat().st_size != len(expected) or sums.read_bytes() != expected:
        raise OSError(errno.EIO, os.strerror(errno.EIO), path)


def _checksums(path: Path, name: str) -> bytes:
    """List the files of an entry, the smallest first: SHA-256 of as many as are verified, size and name.

    Raises OSError where there is anything but plain files.
    """
    lines = [name]
    verified = 0
    for size, file in sorted(_sizes(path)):
        if file.name != _CHECKSUMS:
            verified += size
            lines.append(f"{_sha256(file) if verified <= _MAX_VERIFIED else '-'} {size} {file.name}")
    return "\n".join(lines).encode()


def _sizes(path: Path) -> Iterator[tuple[int, Path]]:
    for file in path.iterdir():
        status = file.lstat()
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), file)
        yield status.st_size, file


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# --- writing ----------------------------------------------------------------------------------------------------------


def _fill(made: Path, name: str, store: ox.Store) -> None:
    if len(store) > MAX_IN_MEMORY:
        with files.folder_lock:  # Oxigraph would make the folder again after `remove_unfinished`
            on_disk = ox.Store(str(made))
        on_disk.bulk_extend(store)
        on_disk.flush()
        del on_disk  # closes it
    else:
        for file, content in zip((_UNION, _NAMED), _serialize(store), strict=True):
            (made / file).write_bytes(content)
    (made / _CHECKSUMS).write_bytes(_checksums(made, name))


def _serialize(store: ox.Store) -> tuple[bytes, bytes]:
    """Return the union and the named graphs. With blank nodes, which each reading renames, return all statements as the first."""
    parts = [
        ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
        for quads in (_union(store), filter(is_in_named_graph, store))
    ]
    return (b"".join(parts), b"") if b"_:" in parts[1] else (parts[0], parts[1])


def _place(made: Path, path: Path) -> None:
    """Rename a new entry to its place, and evict the oldest ones.

    The new entry is dated later than all others, whatever the clock says, so that a clock that was set back does not change
    how long an entry lives. An entry that is larger than the whole cache may be is not placed.
    """
    if cache_folder.size(made) > MAX_BYTES:
        return
    now = max([time.time(), *(entry.lstat().st_mtime + 1 for entry in cache_folder.entries(path.parent))])
    os.utime(made, (now, now))
    with files.folder_lock:
        made.rename(path)
    cache_folder.evict_oldest(path.parent, _MAX_ENTRIES, MAX_BYTES)
