"""Reading and writing files: a failure is one clear error and never leaves half a file."""

from __future__ import annotations

import errno
import os
import stat
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import BinaryIO, Final

from itasgraph.errors import FileError

if sys.platform != "win32":
    import fcntl

# The beginning of the names of unfinished files and folders, and the number of hexadecimal digits behind it.
_TEMPORARY: Final = ".itasgraph-"
_DIGITS: Final = 16
# The file by which a folder is locked.
LOCK: Final = "in-use"
# The errors of fsync(2) for files that cannot be synchronised, and those of Windows for folders.
_NOT_SYNCHRONISED: Final = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EACCES)
_BINARY: Final = getattr(os, "O_BINARY", 0)
# The temporary files and folders of this process. Threads make and rename folders under the lock: see `remove_unfinished`.
_unfinished: Final[set[Path]] = set()
folder_lock: Final = threading.Lock()
_CLEANUP_SECONDS: Final = 2  # seconds


def read(path: Path, filename: str) -> bytes:
    """Return the bytes of a file. Raises FileError, which names the file as `filename`."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileError("unreadable", path=filename, error=error) from error


@contextmanager
def atomic_write(path: Path) -> Iterator[BinaryIO]:
    """Open a temporary file beside `path` for writing; rename it to `path` at the end, or remove it where something fails.

    A pipe or a device is written to directly. Raises FileError, also where writing fails.
    """
    try:
        with _open_atomic(path) as out:
            yield out
    except OSError as error:
        if isinstance(error, FileNotFoundError) and not path.parent.exists():
            raise FileError("no-folder", folder=path.parent) from error
        raise FileError("unwritable", path=path, error=error) from error


@contextmanager
def temporary_file_errors() -> Iterator[None]:
    """Raise FileError, naming the folder of temporary files, where something cannot be written to one of them.

    The files come from tempfile.TemporaryFile and have no name, so the system removes them even when the program is killed.
    """
    try:
        yield
    except OSError as error:
        if error.errno is None:  # Oxigraph's
            raise
        import tempfile

        folder = tempfile.tempdir or os.environ.get("TMPDIR") or "TMPDIR"
        raise FileError("unwritable-temporary-folder", path=folder, error=error) from error


@contextmanager
def _open_atomic(path: Path) -> Iterator[BinaryIO]:
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "")
    if path.exists() and not path.is_file():  # a pipe or a device cannot be renamed over
        with path.open("wb") as out:
            yield out
        return
    path = _resolve_link(path)
    remove_leftovers(path.parent)
    # Names are listed before their files exist, so that an interrupt at any time leaves no file behind.
    made: list[Path] = []
    try:
        with _replace_whole(path, made) as out:
            yield out
    except BaseException:
        for file in made:
            file.unlink(missing_ok=True)
        raise
    _unfinished.difference_update(made)


@contextmanager
def _replace_whole(path: Path, made: list[Path]) -> Iterator[BinaryIO]:
    """Open a new file beside `path`; rename it to `path` once it is whole and on the disk."""
    old = path.stat() if path.exists() else None
    # The new version of a private file is private from the beginning.
    out, lock = _create(path.parent, 0o666 if old is None else 0o600, made)
    with lock, out:
        yield out
        out.flush()
        _synchronise(out.fileno())
        out.close()  # Windows renames no file that is open
        if old is not None:
            _copy_rights(old, made[-1])
        made[-1].replace(path)
    _synchronise_folder(path.parent)


def _create(folder: Path, mode: int, made: list[Path]) -> tuple[BinaryIO, Lock]:
    """Create a temporary file and lock it, before another process can treat it as a leftover; add its name to `made`."""
    while True:
        made.append(folder / temporary_name())
        _unfinished.add(made[-1])
        out = os.fdopen(os.open(made[-1], os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, mode), "wb")
        with suppress(BlockingIOError):
            lock = Lock(out.fileno())
            if os.fstat(out.fileno()).st_nlink:
                return out, lock
            lock.close()
        out.close()


def _copy_rights(old: os.stat_result, new: Path) -> None:
    """Give a file the mode and group of another; where the user cannot set the group, take away the rights of the group."""
    mode = stat.S_IMODE(old.st_mode) & 0o777
    if sys.platform != "win32" and new.stat().st_gid != old.st_gid:
        try:
            os.chown(new, -1, old.st_gid)
        except PermissionError:
            mode &= ~0o070
    new.chmod(mode)


def _synchronise_folder(folder: Path) -> None:
    with suppress(PermissionError):  # of Windows, which opens no folders
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            _synchronise(descriptor)
        finally:
            os.close(descriptor)


def _synchronise(descriptor: int) -> None:
    """Have a file or folder written to the disk (fsync(2)), where the file system can."""
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NOT_SYNCHRONISED:
            raise


def _resolve_link(path: Path) -> Path:
    """Return the file that a link leads to, so that the link stays a link."""
    try:
        return path.resolve() if path.is_symlink() else path
    except RuntimeError as error:  # Python up to 3.12 raises it for links in a circle
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP)) from error


# --- leftovers --------------------------------------------------------------------------------------------------------


class Lock:
    """A lock on a file, which ends with this object and with the process, however the process ends (flock(2)).

    So a temporary file that is not locked is the leftover of a run that was killed. `held` is False where the file system
    has no locks. Windows needs none: there a file that is open can be neither renamed nor removed.
    """

    def __init__(self, file: Path | int, *, shared: bool = False) -> None:
        """Lock a file, by its path or its descriptor. Raises BlockingIOError where another holder has it, or OSError."""
        self._descriptor: int | None = None
        self.held = True
        if sys.platform != "win32":
            flags = os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK
            self._descriptor = os.dup(file) if isinstance(file, int) else os.open(file, flags)
            try:
                fcntl.flock(self._descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
            except BlockingIOError:
                self.close()
                raise
            except OSError:
                self.held = False

    def close(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> Lock:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __del__(self) -> None:
        self.close()


def temporary_name() -> str:
    """Return a new name for a file or folder that is not whole yet."""
    return _TEMPORARY + os.urandom(_DIGITS // 2).hex()


def is_temporary(name: str) -> bool:
    """Return whether a name is one of `temporary_name`."""
    digits = name.removeprefix(_TEMPORARY)
    return name.startswith(_TEMPORARY) and len(digits) == _DIGITS and set(digits) <= set("0123456789abcdef")


@contextmanager
def temporary_folder(parent: Path, mode: int = 0o700) -> Iterator[Path]:
    """Make a folder, by default for the user alone; remove it at the end, if it still has its name.

    The file `LOCK` in it is locked meanwhile. Raises OSError.
    """
    import shutil

    remove_leftovers(parent)
    made, lock = _make_folder(parent, mode)
    try:
        with lock:
            yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)
    _unfinished.discard(made)


def _make_folder(parent: Path, mode: int) -> tuple[Path, Lock]:
    """Make a folder and lock it; make another one where a process treated it as a leftover before it was locked."""
    while True:
        made = parent / temporary_name()
        with folder_lock:
            _unfinished.add(made)
            made.mkdir(mode)
        with suppress(BlockingIOError, FileNotFoundError):
            (made / LOCK).touch()
            lock = Lock(made / LOCK)
            if (made / LOCK).exists():
                return made, lock
        _unfinished.discard(made)


def remove_leftovers(folder: Path) -> None:
    """Remove the temporary files and folders of runs that were killed."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if is_temporary(entry.name):
                with suppress(OSError), _lock(Path(entry)) as lock:
                    if lock is None or lock.held:  # without locks, another process may still write to it
                        _remove(Path(entry))


def remove_unfinished() -> None:
    """Remove the temporary files and folders that this process still has, before it ends.

    Threads that still work are not stopped: a thread that writes to a folder fails once the folder is removed, and a thread
    that is about to make or rename a folder waits without end.
    """
    end = time.monotonic() + _CLEANUP_SECONDS
    folder_lock.acquire(timeout=_CLEANUP_SECONDS)  # never released
    for path in list(_unfinished):
        while os.path.lexists(path) and time.monotonic() < end:
            with suppress(OSError):  # a thread may just have made another file in it
                _delete(path)


def _delete(path: Path) -> None:
    """Delete a file or a folder with what is in it. Raises OSError."""
    if not stat.S_ISDIR(path.lstat().st_mode):
        path.unlink()
        return
    import shutil

    shutil.rmtree(path)


def remove(path: Path) -> None:
    """Remove a file or folder of ours, unless it is locked or cannot be removed."""
    with suppress(OSError), _lock(path):
        _remove(path)


def _lock(path: Path) -> Lock | nullcontext[None]:
    """Lock a file, or a folder by its file `LOCK`. Return a null context where there is nothing to lock.

    Raises BlockingIOError where another process holds the lock, and PermissionError where another user owns the file.
    """
    mode = path.lstat().st_mode
    try:
        if stat.S_ISREG(mode):
            return Lock(path)
        if not stat.S_ISDIR(mode):
            return nullcontext()
        with suppress(FileExistsError):  # the process that has just made the folder may be about to lock it
            (path / LOCK).touch(exist_ok=False)
        return Lock(path / LOCK)
    except (BlockingIOError, PermissionError):
        raise
    except OSError:
        return nullcontext()


def _remove(path: Path) -> None:
    if not stat.S_ISDIR(path.lstat().st_mode):
        path.unlink()
        return
    renamed = path.with_name(temporary_name())
    with folder_lock:
        _unfinished.add(renamed)
        path.rename(renamed)  # Windows refuses where a file in it is open
    with suppress(OSError):
        _delete(renamed)
    _unfinished.discard(renamed)
