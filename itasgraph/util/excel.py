"""Excel workbooks (Office Open XML) as XlsxWriter writes them: the limits of Excel, texts as texts, the same bytes each time."""

from __future__ import annotations

import datetime
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from itasgraph.errors import UsageError
from itasgraph.util import files

if TYPE_CHECKING:
    from itasgraph.messages.codes import Code

# Excel specifications and limits: rows below the heading, characters in a cell.
MAX_ROWS: Final = 1_048_575
CHARACTERS: Final = 32_767
# A fixed date, so that the same content gives the same bytes.
_CREATED: Final = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)


@contextmanager
def workbook(out: BinaryIO, title: str, **options: object) -> Iterator[Any]:  # Any: xlsxwriter has no types
    """Yield an empty workbook, and write it to `out` at the end; `options` are those of XlsxWriter."""
    from xlsxwriter import Workbook

    # Writing a zip file needs seeking, which a pipe cannot do.
    with (
        files.temporary_file_errors(),
        files.temporary_folder(Path(tempfile.gettempdir())) as folder,
        tempfile.TemporaryFile() as file,
    ):
        book = Workbook(file, {"tmpdir": str(folder), **options})
        book.set_properties({"title": title, "created": _CREATED})
        yield book
        book.close()
        file.seek(0)
        shutil.copyfileobj(file, out)


def check_row_count(rows: int, code: Code) -> None:
    """Raise UsageError with the message `code` where a sheet does not hold as many rows below its heading."""
    if rows > MAX_ROWS:
        raise UsageError(code, limit=f"{MAX_ROWS:,}")


def write_text(sheet: Any, place: tuple[int, int], text: str, style: object) -> None:
    """Write a text into a cell (row and column from 0) as text, even where XlsxWriter would take it for its own markup."""
    if looks_like_markup(text):
        sheet.write_rich_string(*place, text[:3], style, text[3:], style)
    else:
        sheet.write_string(*place, text, style)


def looks_like_markup(text: str) -> bool:
    """Return whether XlsxWriter would take the text for its own markup and write it unescaped."""
    return text.startswith("<r>") and text.endswith("</r>")


def cut(text: str) -> str:
    """Cut a text to the length that a cell can hold, counted in UTF-16 units as Excel does, with "…" at its end."""
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) <= 2 * CHARACTERS:
        return text
    return units[: 2 * (CHARACTERS - 1)].decode("utf-16-le", "ignore") + "…"
