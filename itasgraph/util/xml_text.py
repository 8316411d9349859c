"""A stream that lets through XML with no other characters than those of XML 1.0 (section 2.2)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import BinaryIO, Final

# The characters that XML does not allow, in the bytes of their UTF-8.
_NOT_ALLOWED_BYTES: Final = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")


class XmlStream:
    """A stream of XML from a writer that checks no characters.

    It escapes carriage returns, which readers would change otherwise (XML 1.0, section 2.11). Writing a character that XML
    does not allow raises the error that `refusal` returns for the character, as Python escapes it.
    """

    def __init__(self, out: BinaryIO, refusal: Callable[[str], Exception]) -> None:
        self._out = out
        self._refusal = refusal
        self._tail = b""

    def write(self, data: bytes) -> int:
        """Write a piece of XML. A character may be in two pieces."""
        if fault := _NOT_ALLOWED_BYTES.search(self._tail + data):
            raise self._refusal(ascii(fault[0].decode())[1:-1])
        self._tail = data[-2:]
        self._out.write(data.replace(b"\r", b"&#13;"))
        return len(data)

    def flush(self) -> None:
        """Send what was written."""
        self._out.flush()
