"""What is in the cache, and how much of it there may be."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from itasgraph.store import cache, cache_folder, file_index, stored_documents
from itasgraph.store.cache_folder import DOCUMENTS, INDEXES, RESULTS

if TYPE_CHECKING:
    from itasgraph.messages.codes import Code

# The code of the sentence about a part of the cache, its folder, and its limit in bytes.
_PARTS: Final[tuple[tuple[Code, str, int], ...]] = (
    ("cache-graphs", "", cache.MAX_BYTES),
    ("cache-documents", DOCUMENTS, stored_documents.MAX_BYTES),
    ("cache-results", RESULTS, cache.MAX_BYTES),
    ("cache-indexes", INDEXES, file_index.MAX_BYTES),
)


class Usage(NamedTuple):
    """How many entries a part of the cache holds, how many bytes these take, and how many they may take."""

    code: Code
    entries: int
    bytes: int
    limit: int


def measure() -> list[Usage]:
    """Return what the parts of the cache hold. A part that is not there holds nothing.

    Raises OSError where a part cannot be read, and as `cache_folder.folder` does.
    """
    return [_measure(code, cache_folder.folder() / name, limit) for code, name, limit in _PARTS]


def _measure(code: Code, folder: Path, limit: int) -> Usage:
    sizes: list[int] = []
    with suppress(FileNotFoundError, NotADirectoryError):
        for entry in cache_folder.entries(folder):
            with suppress(FileNotFoundError):  # another command may remove it
                sizes.append(cache_folder.size(entry))
    return Usage(code, len(sizes), sum(sizes), limit)
