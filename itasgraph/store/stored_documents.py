"""What single data files say, in the cache, so that after an edit only the files that changed are read.

What a data file says depends on its content, on the context and on our code, and on no other file. An entry is a file, named
by the hash of these: its checksum, then a line of JSON for what the data file describes and refers to, one for the places of
its statements, and its statements as N-Quads. Only a data file without faults has one.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from itasgraph.errors import Location
from itasgraph.parsing.data_document import DataDocument, Undecided
from itasgraph.store import cache, cache_folder
from itasgraph.store.cache_folder import DOCUMENTS
from itasgraph.store.inputs import Inputs
from itasgraph.util import files

# The number and the bytes of the entries that are kept; those that no compilation has used for longest go first.
_MAX_ENTRIES: Final = 100_000
MAX_BYTES: Final = 1 << 30
# The file system may refuse anything, and pyoxigraph may read back nothing of what it wrote.
_FAILURES: Final = (OSError, UnicodeError, ValueError)


@dataclass
class StoredDocument(DataDocument):
    """A document from the cache: all that the data file says, without `marks`, whose places `locations` has."""

    places: bytes = b"[]"

    @functools.cached_property
    def locations(self) -> dict[tuple[str, str], Location]:
        """Return the places of the statements; only faults need them, so that they are parsed at the first use."""
        return {
            (subject, name): Location(self.filename, line, column)
            for subject, places in json.loads(self.places)
            for name, line, column in places
        }


def read(inputs: Inputs) -> list[DataDocument]:
    """Return what each data file says, from the cache where it is there."""
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
            return _deserialize(content, filename)
    files.remove(root / key)
    return None


def _deserialize(content: bytes, filename: str) -> StoredDocument:
    description, places, quads = content.split(b"\n", 2)
    stored: dict[str, Any] = json.loads(description)
    return StoredDocument(
        filename,
        stored["graph"],
        # Lenient, since these IRIs and literals were checked when the data file was read: it halves the time.
        list(ox.parse(quads, ox.RdfFormat.N_QUADS, lenient=True)),
        references=[(iri, key, Location(filename, *place)) for iri, key, *place in stored["references"]],
        described={iri: Location(filename, *place) for iri, *place in stored["described"]},
        undecided=[
            Undecided(Location(filename, *place), quote, reason, about, tuple(candidates))
            for quote, reason, about, candidates, *place in stored["undecided"]
        ],
        places=places,
    )


def _checksum(key: str, content: bytes) -> bytes:
    return hashlib.sha256(key.encode() + content).hexdigest().encode()


# --- writing ----------------------------------------------------------------------------------------------------------


def _serialize(document: DataDocument, key: str) -> bytes:
    """Return the entry of a document; nothing where it has faults, or where the entry would give another document."""
    if document.findings or document.damaged or document.unread:
        return b""
    quads = ox.serialize(document.readable, format=ox.RdfFormat.N_QUADS) or b""
    with suppress(*_FAILURES, SyntaxError):
        content = b"\n".join((_json(_description(document)), _json(_places(document)), quads))
        if b"_:" not in quads and _is_same(_deserialize(content, document.filename), document):
            return b"\n".join((_checksum(key, content), content))
    return b""


def _json(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def _description(document: DataDocument) -> dict[str, object]:
    """Return what a document holds beside its statements and their places."""
    return {
        "graph": document.graph,
        "references": [(iri, key, *_place(location)) for iri, key, location in document.references],
        "described": [(iri, *_place(location)) for iri, location in document.described.items()],
        "undecided": [
            (one.quote, one.reason, one.about, one.candidates, *_place(one.location)) for one in document.undecided
        ],
    }


def _places(document: DataDocument) -> list[tuple[str, list[tuple[str, int, int]]]]:
    """Return the places of the statements by subject, of which each has several."""
    places: dict[str, list[tuple[str, int, int]]] = {}
    for (subject, name), location in document.locations.items():
        places.setdefault(subject, []).append((name, *_place(location)))
    return list(places.items())


def _place(location: Location) -> tuple[int, int]:
    return location.line, location.column


def _is_same(stored: StoredDocument, document: DataDocument) -> bool:
    """Return whether a document of the cache is equal to the one that was read, but for the marks."""
    return all(
        getattr(stored, name) == getattr(document, name)
        for name in ("filename", "graph", "readable", "references", "described", "undecided", "locations")
    ) and list(stored.described) == list(document.described)


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
