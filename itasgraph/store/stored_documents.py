"""What single data files say, in the cache, so that after an edit only the files that changed are read.

What a data file says depends on its content, on the context and on our code, and on no other file. An entry is a file, named
by the hash of these: its checksum, the IRIs of the entries that the data file describes, an empty line, and its statements as
N-Quads. Only a data file without faults has one.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from itasgraph.errors import Location
from itasgraph.parsing.data_document import DataDocument
from itasgraph.store import cache, cache_folder
from itasgraph.store.cache_folder import DOCUMENTS
from itasgraph.store.inputs import Inputs
from itasgraph.util import files

# The number and the bytes of the entries that are kept; those that no compilation has used for longest go first.
_MAX_ENTRIES: Final = 100_000
MAX_BYTES: Final = 1 << 30
# The file system may refuse anything, and pyoxigraph may read back nothing of what it wrote.
_FAILURES: Final = (OSError, UnicodeError, ValueError)


def read(inputs: Inputs) -> list[DataDocument]:
    """Return what each data file says, from the cache where it is there.

    A document from the cache has no faults, and only its statements and what it describes, without places in the file.
    """
    compile_key = cache.key({"context": inputs.content[inputs.project.context]}).encode()
    keys = [hashlib.sha256(compile_key + inputs.content[path]).hexdigest() for path in inputs.data]
    root = _root()
    documents: list[DataDocument] = []
    new: dict[str, bytes] = {}
    for path, key in zip(inputs.data, keys, strict=True):
        document = _read_entry(root, key, inputs.project.filename(path))
        if document is None:
            document = _compile(path, inputs)
            if content := _serialize(document, key):
                new[key] = content
        documents.append(document)
    with suppress(OSError):
        _store(new, keys)
    return documents


def _root() -> Path | None:
    with suppress(OSError):
        return cache_folder.part(DOCUMENTS)
    return None


def _compile(path: Path, inputs: Inputs) -> DataDocument:
    from itasgraph.parsing import yaml_ld

    return yaml_ld.read(inputs.content[path], inputs.project.filename(path), inputs.context)


# --- reading ----------------------------------------------------------------------------------------------------------


def _read_entry(root: Path | None, key: str, filename: str) -> DataDocument | None:
    """Return the document of an entry; None where there is no intact one. A damaged one is removed."""
    if root is None or not os.path.lexists(root / key):
        return None
    with suppress(*_FAILURES, SyntaxError):
        checksum, _, content = cache_folder.read_private(root / key).partition(b"\n")
        if checksum == _checksum(key, content):
            described, _, quads = content.partition(b"\n\n")
            iris = described.decode().split("\n") if described else []
            return DataDocument(filename, readable=_parse(quads), described=dict.fromkeys(iris, Location(filename)))
    files.remove(root / key)
    return None


def _parse(quads: bytes) -> list[ox.Quad]:
    # Lenient, since these IRIs and literals were checked when the data file was read: it halves the time.
    return list(ox.parse(quads, ox.RdfFormat.N_QUADS, lenient=True))


def _checksum(key: str, content: bytes) -> bytes:
    return hashlib.sha256(key.encode() + content).hexdigest().encode()


# --- writing ----------------------------------------------------------------------------------------------------------


def _serialize(document: DataDocument, key: str) -> bytes:
    """Return the entry of a document; nothing where it has faults, or where the entry would give other statements."""
    if document.findings:
        return b""
    quads = ox.serialize(document.readable, format=ox.RdfFormat.N_QUADS) or b""
    described = "\n".join(document.described).encode()
    with suppress(*_FAILURES, SyntaxError):
        if b"_:" not in quads and b"\n\n" not in described and _parse(quads) == document.readable:
            content = b"\n\n".join((described, quads))
            return b"\n".join((_checksum(key, content), content))
    return b""


def _store(new: dict[str, bytes], used: Iterable[str]) -> None:
    """Add entries to the cache, and remove the oldest ones beyond what it may hold. Raises OSError."""
    root = cache_folder.part(DOCUMENTS, create=True)
    if root is None:
        return
    if new:
        cache_folder.write_private(root, new)
    _date(root, used)
    if new:
        cache_folder.evict_oldest(root, _MAX_ENTRIES, MAX_BYTES)


def _date(root: Path, used: Iterable[str]) -> None:
    """Date the entries of this compilation later than all others, whatever the clock says."""
    now = max([time.time(), *(entry.lstat().st_mtime + 1 for entry in cache_folder.entries(root))])
    for key in used:
        with suppress(FileNotFoundError):
            os.utime(root / key, (now, now), follow_symlinks=False)
