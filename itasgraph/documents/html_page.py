"""An HTML page → lines: headings, bullets, table rows and paragraphs, without what surrounds the content of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

import lxml.etree
import lxml.html
from lxml.html import HtmlElement

from itasgraph.documents.document import Document, Line, LineKind, line, separate_blocks, with_links
from itasgraph.documents.encoding import decode
from itasgraph.documents.html_style import (
    MarkedLine,
    Text,
    block_style,
    in_columns,
    inline_style,
    lines_of,
    marked_line,
)
from itasgraph.errors import FileError

_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_BLOCKS: Final = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "form",
        "header",
        "hgroup",
        "html",
        "legend",
        "main",
        "menu",
        "ol",
        "p",
        "pre",
        "search",
        "section",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
# HTML Living Standard, 4.3: what is not the content of the page; and what has no text of its own.
_SKIPPED: Final = frozenset(
    [
        "aside",
        "audio",
        "button",
        "canvas",
        "datalist",
        "embed",
        "footer",
        "head",
        "iframe",
        "input",
        "map",
        "math",
        "meter",
        "nav",
        "noscript",
        "object",
        "optgroup",
        "option",
        "progress",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "video",
    ]
)
_SKIPPED_ROLES: Final = frozenset(
    ["alertdialog", "banner", "complementary", "contentinfo", "dialog", "menu", "navigation", "search"]
)
_SKIPPED_NAMES: Final = re.compile(
    r"cookie|consent|(?:^|[\s_-])(?:breadcrumbs?|skip-?link|sr-only|screen-reader-text|visually-?hidden)(?:$|[\s_-])",
    re.I,
)
# A part of the page that its reader unfolds, in the words of common libraries; menus and dialogs unfold as well.
_FOLDED: Final = re.compile(r"accordion|collaps|toggle|spoiler|tab[-_]?(?:content|pane|panel)", re.I)
_FOLDED_ROLES: Final = frozenset(["region", "tabpanel"])
_CONTROL_NAMES: Final = re.compile(r"nav|menu|search|modal|popup|share|filter|login", re.I)
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_LAYOUT: Final = "|".join(f".//{tag}" for tag in ("table", *_HEADINGS))
_CHARSET: Final = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{1,40})", re.I)
_MAX_SPAN: Final = 1000  # of columns or rows, as in HTML
_WHITE_SPACE: Final = re.compile(r"[ \t\r\n\f]+")
_START: Final = 4096  # bytes in which a page declares its encoding


def read(raw: bytes, path: str) -> Document:
    """Return the lines of an HTML page. Raises FileError."""
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = lxml.html.document_fromstring(_decode(raw).encode(), parser=parser)
    except (lxml.etree.LxmlError, ValueError) as error:
        raise FileError("document-without-text", path=path) from error
    # libxml2 leaves out all that follows what nests more than 256 levels deep.
    if any(entry.type == lxml.etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise FileError("document-too-deep", path=path)
    walk = _Walk()
    walk.element(root)
    return Document(separate_blocks(walk.finish(), path), _fold(root.findtext(".//title") or "").strip())


def _decode(raw: bytes) -> str:
    declared = _CHARSET.search(raw[:_START])
    return decode(raw, declared.group(1).decode("ascii") if declared else "utf-8")


def _fold(text: str) -> str:
    return _WHITE_SPACE.sub(" ", text)


class _Cell(NamedTuple):
    """The text of a cell, and the targets of its links."""

    text: str
    links: tuple[str, ...] = ()


_EMPTY: Final = _Cell("")


class _Walk:
    """Collects the lines of a page in one walk over its elements."""

    def __init__(self) -> None:
        self._lines: list[MarkedLine] = []
        self._text: list[Text] = []
        self._kind = LineKind.PARAGRAPH
        self._level = 0
        self._style = ""  # of the block
        self._inline = ""  # of the words inside of it

    def finish(self) -> list[Line]:
        """Return the lines collected."""
        self._end_line()
        return in_columns(self._lines)

    def element(self, element: HtmlElement) -> None:
        """Add an element and what it contains."""
        tag = str(element.tag)
        if _is_skipped(element, tag):
            return
        if tag == "br":
            self._add("\n")
        elif tag == "table" and not _is_layout(element):
            self._end_line()
            self._table(element)
        elif tag in _HEADINGS:
            self._block(element, LineKind.HEADING, _HEADINGS[tag])
        elif tag == "summary":
            self._block(element, LineKind.HEADING, len(_HEADINGS))
        elif tag == "li":
            self._block(element, LineKind.BULLET, self._level + 1 if self._kind is LineKind.BULLET else 1)
        elif tag in _BLOCKS:
            self._part(element, tag)
        else:
            outer = self._inline
            self._inline = inline_style(tag, element.get("class", "")) or outer
            self._children(element)
            self._inline = outer

    def _add(self, text: str) -> None:
        self._text.append(Text(text, self._inline))

    def _part(self, element: HtmlElement, tag: str) -> None:
        """Add a block: a line of its own, or within a bullet or heading a new line of the same."""
        if self._kind is LineKind.PARAGRAPH or tag in ("ul", "ol"):
            self._end_line()
        else:
            self._add("\n")
        outer = self._style
        if self._kind is LineKind.PARAGRAPH:
            self._style = _block_style(element)
        self._children(element, preformatted=tag == "pre")
        if self._kind is LineKind.PARAGRAPH:
            self._end_line()
        else:
            self._add("\n")
        self._style = outer

    def _block(self, element: HtmlElement, kind: LineKind, level: int) -> None:
        """Add a heading or bullet: one line, whatever blocks it consists of."""
        self._end_line()
        outer = self._kind, self._level, self._style
        self._kind, self._level, self._style = kind, level, _block_style(element)
        self._children(element)
        self._end_line()
        self._kind, self._level, self._style = outer

    def _children(self, element: HtmlElement, *, preformatted: bool = False) -> None:
        fold = str if preformatted else _fold
        self._add(fold(element.text or ""))
        for child in element:
            if _touches(child):
                self._add("\n" if _ends_word(self._text) else " ")
            self.element(child)
            self._add(fold(child.tail or ""))

    def _end_line(self) -> None:
        # A paragraph has a line for each line of its own; a bullet or heading is one line.
        for part in lines_of(self._text) if self._kind is LineKind.PARAGRAPH else [list(self._text)]:
            if any(one.text.strip() for one in part):
                self._lines.append(marked_line(part, self._kind, self._level, self._style))
        self._text.clear()

    def _table(self, table: HtmlElement) -> None:
        spanning: dict[int, tuple[int, _Cell]] = {}  # column → rows that a cell still spans, and the cell
        for row in table.iter("tr"):
            cells = list(self._cells(row, spanning))
            header = int(all(cell.tag == "th" for cell in row.iterchildren("td", "th")))
            plain = replace(line([cell.text for cell in cells], LineKind.ROW, header), style=_row_style(row))
            self._lines.append(MarkedLine(with_links(plain, [cell.links for cell in cells]), ()))

    def _cells(self, row: HtmlElement, spanning: dict[int, tuple[int, _Cell]]) -> Iterator[_Cell]:
        """Return the cells of a row; one that spans rows stands in each of them, one that spans columns in the first."""
        column = 0
        for cell in row.iterchildren("td", "th"):
            while column in spanning:
                yield _spanned(spanning, column)
                column += 1
            whole = _Cell(_cell_text(cell), tuple(link.get("href", "") for link in cell.iter("a")))
            rows, columns = _span(cell, "rowspan"), _span(cell, "colspan")
            for offset in range(columns):
                content = whole if offset == 0 else _EMPTY
                if rows > 1:
                    spanning[column + offset] = (rows - 1, content)
                yield content
            column += columns
        while column in spanning:
            yield _spanned(spanning, column)
            column += 1


def _row_style(row: HtmlElement) -> str:
    """Return the style of the last cell of a row."""
    return next((_block_style(cell) for cell in row.iterchildren("td", "th", reversed=True)), "")


def _block_style(element: HtmlElement) -> str:
    parent = element.getparent()
    return block_style(str(element.tag), element.get("class", ""), "" if parent is None else parent.get("class", ""))


def _touches(element: HtmlElement) -> bool:
    """Return whether an element stands behind another one without white space, and only the style sheet can set them apart.

    Such elements have classes of their own and begin with a capital letter or a number: "<b class=name>Ida Kern</b><i class=role>Leiterin</i>".
    """
    before = element.getprevious()
    if before is None or before.tail or not isinstance(element.tag, str) or not isinstance(before.tag, str):
        return False
    names = before.get("class"), element.get("class")
    text = element.text or ""
    return None not in names and (text[:1].isupper() or text[:1].isdigit())


def _ends_word(texts: Sequence[Text]) -> bool:
    """Return whether the last text ends with a letter."""
    return next((one.text[-1].isalpha() for one in reversed(texts) if one.text), False)


def _spanned(spanning: dict[int, tuple[int, _Cell]], column: int) -> _Cell:
    rows, cell = spanning.pop(column)
    if rows > 1:
        spanning[column] = (rows - 1, cell)
    return cell


def _span(cell: HtmlElement, attribute: str) -> int:
    value = cell.get(attribute, "1").strip()
    return min(max(int(value), 1), _MAX_SPAN) if value.isascii() and value.isdigit() else 1


def _cell_text(cell: HtmlElement) -> str:
    walk = _Walk()
    walk.element(cell)
    return "\n".join(part.text for part in walk.finish())


def _is_layout(table: HtmlElement) -> bool:
    """Return whether a table arranges parts of the page (it contains headings, lists or tables) and holds no data."""
    return (table.find("tbody") is None and table.find("tr") is None) or bool(table.xpath(_LAYOUT))


def _is_skipped(element: HtmlElement, tag: str) -> bool:
    """Return whether an element is hidden or surrounds the content: navigation, notices of cookies, controls."""
    if tag in ("html", "body"):
        return False
    names = f"{element.get('id', '')} {element.get('class', '')}"
    return (
        (tag in _SKIPPED and not _is_title_of_fold(element, tag))
        or element.get("role") in _SKIPPED_ROLES
        or bool(_SKIPPED_NAMES.search(names))
        or (_is_hidden(element) and not _is_folded(element, names))
    )


def _is_hidden(element: HtmlElement) -> bool:
    hides = "hidden" in element.attrib or element.get("aria-hidden") == "true"
    return hides or bool(_HIDDEN.search(element.get("style", "")))


def _is_folded(element: HtmlElement, names: str) -> bool:
    """Return whether an element is hidden until the reader unfolds it: the content of an accordion or of a tab."""
    is_part = element.get("role") in _FOLDED_ROLES or bool(_FOLDED.search(names))
    return is_part and not _CONTROL_NAMES.search(names)


def _is_title_of_fold(element: HtmlElement, tag: str) -> bool:
    """Return whether a button is the title of what it unfolds (WAI-ARIA Authoring Practices, accordion): it stands in a heading."""
    return tag == "button" and any(str(outer.tag) in (*_HEADINGS, "dt", "summary") for outer in element.iterancestors())
