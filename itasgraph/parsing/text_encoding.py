"""The encodings of files for the readers of pyoxigraph, which take UTF-8 without a byte order mark only."""

from __future__ import annotations

import codecs
import re
from typing import IO, Final, cast

_MARK: Final = codecs.BOM_UTF8
# How XML in an encoding of two bytes begins, with and without a byte order mark (XML 1.0, appendix F.1).
_TWO_BYTES: Final = {
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
    b"<\0": "utf-16-le",
    b"\0<": "utf-16-be",
}
_DECLARED: Final = re.compile(rb"""(<\?xml[^>]*?\sencoding\s*=\s*["'])([A-Za-z][A-Za-z0-9._-]*)(["'])""")
# The names of encodings that hold one character in a byte, the first half of them ASCII, as Python spells them.
_ONE_BYTE: Final = re.compile(r"ascii|iso8859-\d+|cp125\d|cp1252|koi8-[ru]|mac-roman|latin-1")
_HEAD: Final = 1024


def as_utf8(file: IO[bytes], *, is_xml: bool) -> IO[bytes]:
    """Return a file that gives the content of `file` in UTF-8 without a byte order mark.

    XML may be in UTF-16 or in the encoding that it declares; in another encoding it stays as it is, and its reader refuses it.
    Raise SyntaxError where a format of UTF-8 comes in UTF-16.
    """
    head = _read(file, _HEAD)
    two_bytes = _TWO_BYTES.get(head[:2])
    if not is_xml:
        if head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            raise SyntaxError("the file is in UTF-16, and the format allows UTF-8 only")
        return joined(head.removeprefix(_MARK), file)
    if two_bytes:
        return cast("IO[bytes]", _Decoded(head, file, two_bytes))
    head = head.removeprefix(_MARK)
    declared = _DECLARED.search(head)
    name = _python_name(declared[2].decode()) if declared else "utf-8"
    if not _ONE_BYTE.fullmatch(name):
        return joined(head, file)
    return cast("IO[bytes]", _Decoded(head, file, name))


def joined(head: bytes, file: IO[bytes]) -> IO[bytes]:
    """Return a file that gives `head`, then the rest of `file`."""
    return cast("IO[bytes]", _Stream(head, file))


def _python_name(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return ""


def _read(file: IO[bytes], size: int) -> bytes:
    """Return the first `size` bytes, or all of a shorter file; a pipe may give fewer bytes at a time."""
    content = b""
    while len(content) < size and (chunk := file.read(size - len(content))):
        content += chunk
    return content


class _Stream:
    """The rest of a file behind bytes that were read already."""

    def __init__(self, head: bytes, file: IO[bytes]) -> None:
        self._head = head
        self._file = file

    def read(self, size: int = -1) -> bytes:
        if not self._head:
            return self._file.read(size)
        if size < 0:
            content, self._head = self._head + self._file.read(), b""
        else:
            content, self._head = self._head[:size], self._head[size:]
        return content


class _Decoded(_Stream):
    """XML in another encoding as UTF-8, whose declaration says so. Reading raises SyntaxError where it is not in that encoding."""

    def __init__(self, head: bytes, file: IO[bytes], encoding: str) -> None:
        super().__init__(head, file)
        self._encoding = encoding
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self._at_beginning = True

    def read(self, size: int = -1) -> bytes:
        """Return the next characters in UTF-8, which may be more bytes than `size`."""
        while content := super().read(size):
            if text := self._decode(content):
                return text
        return self._decode(b"", final=True)

    def _decode(self, content: bytes, *, final: bool = False) -> bytes:
        try:
            text = self._decoder.decode(content, final).encode()
        except UnicodeError as error:
            raise SyntaxError(f"the file is not in the encoding {self._encoding}") from error
        if self._at_beginning and text:
            self._at_beginning = False
            text = _DECLARED.sub(rb"\1UTF-8\3", text, count=1)
        return text
