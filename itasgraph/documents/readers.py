"""The readers by the suffix of a file: a new kind of document is one line here and a module beside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from itasgraph.errors import FileError, UsageError
from itasgraph.util import files

if TYPE_CHECKING:
    from itasgraph.documents.document import Document

# Suffix → the module that reads such files. The modules import packages that not every installation has.
READERS: Final = {
    ".txt": "plain_text",
    ".md": "plain_text",
    ".html": "html_page",
    ".htm": "html_page",
    ".xhtml": "html_page",
    ".docx": "word_document",
    ".pdf": "pdf_pages",
    ".xlsx": "workbook",
    ".xlsm": "workbook",
    ".csv": "delimited_table",
    ".tsv": "delimited_table",
}
_MAX_SIZE: Final = 50_000_000  # bytes


@contextmanager
def missing_package_errors(path: Path) -> Iterator[None]:
    """Raise FileError where a package of the extra "draft" is missing that a module needs to read or draft a document."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise FileError("draft-missing", path=path, package=error.name) from error


def read(path: Path, sheet: str | None = None) -> Document:
    """Return the lines of a document; of a workbook, `sheet` selects one sheet.

    Raises FileError (unreadable, damaged, protected, without text, too large), UsageError (another suffix, no such sheet).
    """
    module = READERS.get(path.suffix.lower())
    if module is None:
        raise UsageError("unknown-suffix", path=path, known=", ".join(READERS))
    if sheet is not None and module != "workbook":
        raise UsageError("sheet-of-no-workbook", path=path)
    raw = files.read(path, str(path))
    if len(raw) > _MAX_SIZE:
        raise FileError("document-too-large", path=path, limit=f"{_MAX_SIZE // 1_000_000} MB")
    with missing_package_errors(path):
        reader = import_module(f"itasgraph.documents.{module}")
    document: Document = reader.read(raw, str(path)) if sheet is None else reader.read(raw, str(path), sheet)
    return document
