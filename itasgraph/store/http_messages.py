"""The messages of HTTP as values: the request that goes out, and the answer that comes back."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Final, NamedTuple, cast

from itasgraph.util import files

# The bytes of an answer that stay in memory; a longer answer goes to a temporary file.
_IN_MEMORY: Final = 16 << 20
_CHUNK: Final = 1 << 16


class SpooledContent:
    """The bytes of an answer, to be read more than once; a temporary file, removed with this object, holds a long answer."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  # closed in __del__
        for chunk in chunks:
            with files.temporary_file_errors():
                self._file.write(chunk)

    def __del__(self) -> None:
        self._file.close()

    def read(self, size: int = -1) -> bytes:
        return self._file.read(size)

    def rewind(self, start: int = 0) -> IO[bytes]:
        """Return the content itself, to be read from its beginning or from a later byte."""
        self._file.seek(start)
        return cast("IO[bytes]", self)


@dataclass(frozen=True)
class RequestBody:
    """A part of a content, which can be sent several times, because redirects and digest repeat a request."""

    content: SpooledContent
    start: int
    size: int

    def __iter__(self) -> Iterator[bytes]:
        file, left = self.content.rewind(self.start), self.size
        while chunk := file.read(min(_CHUNK, left)):
            left -= len(chunk)
            yield chunk


class HttpRequest(NamedTuple):
    """A request with parameters in its address, a form, or a body of the media type `kind`; `writes` where it changes data."""

    method: str
    accept: str = "*/*"
    parameters: Mapping[str, str] | None = None
    form: Mapping[str, str] | None = None
    body: RequestBody | None = None
    kind: str = ""
    writes: bool = False

    def headers(self) -> dict[str, str]:
        """Return the headers. A body declares its length, because not every server reads one that comes in chunks."""
        accept = {"Accept": self.accept}
        if self.body is None:
            return accept
        return accept | {"Content-Type": self.kind, "Content-Length": str(self.body.size)}


class HttpAnswer(NamedTuple):
    """An answer: its media type, its content, and whether the server declared its length (RFC 9112, section 6.3)."""

    kind: str
    content: SpooledContent
    complete: bool
