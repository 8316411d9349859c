"""The zip archives that DOCX and XLSX files are: what is refused before a library opens one."""

from __future__ import annotations

import io
import zipfile
from typing import Final

from itasgraph.errors import FileError

# The beginning of an OLE compound file: an old .doc or .xls, or a file of today protected by a password (MS-OFFCRYPTO).
_OLE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_MAX_UNPACKED: Final = 200_000_000  # bytes


def open_archive(raw: bytes, path: str) -> io.BytesIO:
    """Return the archive for reading. Raises FileError where it is protected, damaged, old, or huge once unpacked."""
    if raw.startswith(_OLE):
        raise FileError("document-protected" if _ENCRYPTED in raw else "document-old", path=path)
    content = io.BytesIO(raw)
    try:
        with zipfile.ZipFile(content) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise FileError("document-damaged", path=path) from error
    if unpacked > _MAX_UNPACKED:
        raise FileError("document-too-large", path=path, limit=f"{_MAX_UNPACKED // 1_000_000} MB")
    return content
