"""A DOCX document → lines: headings, bullets, table rows and paragraphs, as one reads them in Word."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import docx
import lxml.etree
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from itasgraph.documents.archive import open_archive
from itasgraph.documents.document import Document, Line, LineKind, line, separate_blocks, with_links
from itasgraph.errors import FileError

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

# ISO/IEC 29500-1, 17: what holds paragraphs and tables, and what a reader of the document does not see.
_WRAPPERS: Final = frozenset(map(qn, ("w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo", "w:smartTag")))
_UNSEEN: Final = frozenset(
    (
        *map(qn, ("w:del", "w:moveFrom", "w:txbxContent")),
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    )
)
# The errors of python-docx for parts that are missing or hold other elements than it expects.
_DAMAGED: Final = (
    AttributeError,
    IndexError,
    KeyError,
    OSError,
    TypeError,
    ValueError,
    zlib.error,
    lxml.etree.LxmlError,
)
_CHARACTERS: Final = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_HEADING: Final = re.compile(r"Heading ([1-9])")


def read(raw: bytes, path: str) -> Document:
    """Return the lines of a DOCX document. Raises FileError."""
    content = open_archive(raw, path)
    try:
        document = docx.Document(content)
        lines = list(_lines(document.element.body, document))
    except _DAMAGED as error:
        raise FileError("document-damaged", path=path) from error
    return Document(separate_blocks(lines, path), _title(document))


def _title(document: WordDocument) -> str:
    """Return the title in the properties of a document, or "" where they are damaged, since its text is whole."""
    with suppress(*_DAMAGED):
        return document.core_properties.title or ""
    return ""


def _lines(parent: Any, document: WordDocument) -> Iterator[Line]:
    for element in parent:
        if element.tag == qn("w:p"):
            yield from _paragraph(element, document)
        elif element.tag == qn("w:tbl"):
            yield from _table(element, document)
        elif element.tag in _WRAPPERS:
            yield from _lines(element, document)


def _paragraph(element: Any, document: WordDocument) -> Iterator[Line]:
    """Return a line for each line of a paragraph, or one where it is a bullet or heading; then those of its text boxes."""
    text = _text(element)
    paragraph = Paragraph(element, document)
    kind, level = _kind(paragraph)
    style = _style(paragraph)
    if kind is LineKind.PARAGRAPH:
        for part in text.split("\n"):
            yield replace(line(part.split("\t")), style=style)
    else:
        yield replace(line([text.replace("\t", " ")], kind, level), style=style)
    for box in element.iter(qn("w:txbxContent")):
        if not any(parent.tag in _UNSEEN for parent in box.iterancestors()):
            yield from _lines(box, document)


def _style(paragraph: Paragraph) -> str:
    """Return the name of the style of a paragraph, and the emphasis that all of its words have."""
    runs = [run for run in paragraph.runs if run.text.strip()]
    marks = {"b": [run.bold for run in runs], "i": [run.italic for run in runs]}
    name = paragraph.style.name if paragraph.style is not None else ""
    return " ".join([name or "", *(mark for mark, are in marks.items() if are and all(are))])


def _kind(paragraph: Paragraph) -> tuple[LineKind, int]:
    style = paragraph.style
    while style is not None:
        if style.name == "Title":
            return LineKind.HEADING, 1
        if heading := _HEADING.fullmatch(style.name or ""):
            return LineKind.HEADING, int(heading.group(1))
        style = style.base_style
    level = _bullet_level(paragraph)
    return (LineKind.BULLET, level) if level else (LineKind.PARAGRAPH, 0)


def _bullet_level(paragraph: Paragraph) -> int:
    """Return the level of a numbered or bulleted paragraph from 1, by itself or by its style; 0 where it is neither."""
    sources = [paragraph._p]
    style = paragraph.style
    while style is not None:
        sources.append(style.element)
        style = style.base_style
    for source in sources:
        numbering = source.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if numbering is not None:
            number, level = (numbering.find(qn(tag)) for tag in ("w:numId", "w:ilvl"))
            if number is not None and number.get(qn("w:val")) == "0":  # takes a bullet of the style away
                return 0
            return 1 + (int(level.get(qn("w:val"), "0")) if level is not None else 0)
    return 0


def _text(element: Any) -> str:
    """Return the text of a paragraph: insertions are in it, deletions, hidden text and text boxes are not."""
    if element.tag in _UNSEEN or (
        element.tag == qn("w:r") and element.find(f"{qn('w:rPr')}/{qn('w:vanish')}") is not None
    ):
        return ""
    if element.tag == qn("w:t"):
        return element.text or ""
    if element.tag in _CHARACTERS:
        return _CHARACTERS[element.tag]
    # A tab stop in the properties of a paragraph is no character.
    return "".join(_text(child) for child in element if child.tag != qn("w:pPr"))


def _table(table: Any, document: WordDocument) -> Iterator[Line]:
    above: list[Any] = []
    for row in _children(table, "w:tr"):
        properties = row.find(qn("w:trPr"))
        header = properties is not None and properties.find(qn("w:tblHeader")) is not None
        above = list(_cells(row, above))
        plain = line([_cell_text(cell) for cell in above], LineKind.ROW, int(header))
        yield with_links(plain, [_links(cell, document) for cell in above])


def _cells(row: Any, above: list[Any]) -> Iterator[Any]:
    """Return the cells of a row; one merged downwards stands in each row, one merged to the right in the first column.

    None stands for a cell without content.
    """
    column = 0
    for cell in _children(row, "w:tc"):
        properties = cell.find(qn("w:tcPr"))
        merge = properties.find(qn("w:vMerge")) if properties is not None else None
        span = properties.find(qn("w:gridSpan")) if properties is not None else None
        continued = merge is not None and merge.get(qn("w:val"), "continue") == "continue"
        yield above[column] if continued and column < len(above) else cell
        width = int(span.get(qn("w:val"), "1")) if span is not None else 1
        yield from [None] * (width - 1)
        column += width


def _cell_text(cell: Any) -> str:
    paragraphs = cell.iter(qn("w:p")) if cell is not None else ()
    return "\n".join(_text(paragraph).replace("\t", " ") for paragraph in paragraphs)


def _links(cell: Any, document: WordDocument) -> Iterator[str]:
    """Yield the targets of the links of a cell."""
    for link in cell.iter(qn("w:hyperlink")) if cell is not None else ():
        if relation := document.part.rels.get(link.get(qn("r:id"), "")):
            yield relation.target_ref


def _children(parent: Any, tag: str) -> Iterator[Any]:
    for child in parent:
        if child.tag == qn(tag):
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, tag)
