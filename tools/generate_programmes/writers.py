"""The blocks of a document → a file of each type."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Final

from tools.generate_programmes.blocks import Block, marked, runs
from tools.generate_programmes.layout import Page

_MANY_COLUMNS: Final = 4  # of a table whose words would not fit in their usual size


def write(page: Page, path: Path) -> None:
    """Write a document; the ending of its name says of which type."""
    _WRITERS[path.suffix](page, path)


def _html(page: Page, path: Path) -> None:
    parts: list[str] = []
    is_list = False
    for block in page.blocks:
        if (block.kind == "li") != is_list:
            is_list = not is_list
            parts.append("<ul>" if is_list else "</ul>")
        parts.append(_html_block(block))
    head = f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{escape(page.title)}</title></head>\n<body>\n'
    path.write_text(head + "\n".join(parts) + ("</ul>" if is_list else "") + "\n</body></html>\n", encoding="utf-8")


def _html_block(block: Block) -> str:
    if block.kind == "html":
        return block.text
    if block.kind == "table":
        rows = []
        for at, row in enumerate(block.rows):
            tag = "th" if block.has_header and not at else "td"
            rows.append("<tr>" + "".join(f"<{tag}>{_html_text(cell)}</{tag}>" for cell in row) + "</tr>")
        return f"<table>{''.join(rows)}</table>"
    text = _html_text(block.text)
    return f"<p><strong>{text}</strong></p>" if block.kind == "b" else f"<{block.kind}>{text}</{block.kind}>"


def _html_text(text: str) -> str:
    return marked(escape(text, quote=False), "<strong>", "</strong>").replace("\n", "<br>")


def _markdown(page: Page, path: Path) -> None:
    lines: list[str] = []
    for block in page.blocks:
        text = marked(block.text, "**", "**")
        if block.kind == "table":
            rows = [
                f"| {' | '.join(marked(cell, '**', '**').replace(chr(10), '<br>') for cell in row)} |"
                for row in block.rows
            ]
            lines += [rows[0], "|" + "---|" * len(block.rows[0]), *rows[1:], ""]
        elif block.kind == "li":
            lines.append("- " + text.replace("\n", "  \n  "))
        else:
            mark = "#" * int(block.kind[1]) + " " if block.kind[0] == "h" else ""
            lines += [mark + (f"**{text}**" if block.kind == "b" else text.replace("\n", "  \n")), ""]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _text(page: Page, path: Path) -> None:
    lines: list[str] = []
    for block in page.blocks:
        text = marked(block.text, "", "")
        if block.kind[0] == "h" and lines:
            lines.append("")
        lines += [f"- {text}" if block.kind == "li" else text]
        if block.kind[0] == "h":
            lines.append("")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _word(page: Page, path: Path) -> None:
    import docx

    document = docx.Document()
    for block in page.blocks:
        if block.kind == "table":
            table = document.add_table(len(block.rows), len(block.rows[0]))
            for at, row in enumerate(block.rows):
                for column, cell in enumerate(row):
                    table.cell(at, column).text = marked(cell, "", "")
        elif block.kind[0] == "h":
            document.add_heading(marked(block.text, "", ""), int(block.kind[1]))
        else:
            paragraph = document.add_paragraph(style="List Bullet" if block.kind == "li" else None)
            for text, is_bold in runs(block.text):
                paragraph.add_run(text).bold = True if is_bold or block.kind == "b" else None
    document.save(str(path))


def _pdf(page: Page, path: Path) -> None:
    import matplotlib
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

    fonts = Path(matplotlib.get_data_path(), "fonts", "ttf")  # they have the letters of every language of the names
    pdfmetrics.registerFont(TTFont("Sans", fonts / "DejaVuSans.ttf"))
    pdfmetrics.registerFont(TTFont("Sans-Bold", fonts / "DejaVuSans-Bold.ttf"))
    pdfmetrics.registerFontFamily("Sans", normal="Sans", bold="Sans-Bold", italic="Sans", boldItalic="Sans-Bold")
    body = ParagraphStyle("body", fontName="Sans", fontSize=10, leading=13)
    small = ParagraphStyle("small", fontName="Sans", fontSize=7, leading=9)
    sizes = {"h1": 18, "h2": 14, "h3": 12, "h4": 11}
    styles = {
        kind: ParagraphStyle(kind, fontName="Sans-Bold", fontSize=size, leading=size + 4)
        for kind, size in sizes.items()
    }

    def flowables() -> Iterator[Flowable]:
        for block in page.blocks:
            if block.kind == "table":
                widths = [60, *([(470 - 60) / (len(block.rows[0]) - 1)] * (len(block.rows[0]) - 1))]
                style = body if len(block.rows[0]) < _MANY_COLUMNS else small
                rows = [[Paragraph(_printed(cell), style) for cell in row] for row in block.rows]
                yield Table(
                    rows, widths, style=[("GRID", (0, 0), (-1, -1), 0.5, "grey"), ("VALIGN", (0, 0), (-1, -1), "TOP")]
                )
            else:
                text = _printed(block.text)
                text = f"<b>{text}</b>" if block.kind == "b" else f"•&nbsp;{text}" if block.kind == "li" else text
                yield Paragraph(text, styles.get(block.kind, body))
            yield Spacer(1, 5)

    SimpleDocTemplate(str(path), pagesize=A4, title=page.title, invariant=1).build(list(flowables()))


def _printed(text: str) -> str:
    return marked(escape(text, quote=False), "<b>", "</b>").replace("\n", "<br/>")


_WRITERS: Final[Mapping[str, Callable[[Page, Path], None]]] = {
    ".html": _html,
    ".md": _markdown,
    ".txt": _text,
    ".docx": _word,
    ".pdf": _pdf,
}
