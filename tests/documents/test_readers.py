"""Documents of every kind → lines: what a reader sees, in reading order, and what is refused."""

from __future__ import annotations

import datetime
import io
import logging
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from reportlab.lib import pdfencrypt
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.lib.units import cm
from reportlab.platypus import ListFlowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

from itasgraph.documents import readers
from itasgraph.documents.document import Document, LineKind
from itasgraph.errors import FileError, ItasgraphError, UsageError

HEADING, BULLET, ROW, PARAGRAPH = LineKind.HEADING, LineKind.BULLET, LineKind.ROW, LineKind.PARAGRAPH
Save = Callable[[str, bytes | str], Path]


@pytest.fixture
def save(tmp_path: Path) -> Save:
    """Return a function that saves content under a name."""

    def write(name: str, content: bytes | str) -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def lines(document: Document) -> list[tuple[LineKind, int, str]]:
    """Return kind, level and text of the lines that are not blank."""
    return [(line.kind, line.level, line.text) for line in document.lines if line.kind is not LineKind.BLANK]


def html(body: str) -> str:
    return f'<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>Der  Tag</title></head><body>{body}</body></html>'


def bytes_of(saved: Any) -> bytes:
    content = io.BytesIO()
    saved.save(content)
    return content.getvalue()


def styles(document: Document) -> list[str]:
    """Return the styles of the lines that are not blank."""
    return [line.style for line in document.lines if line.kind is not LineKind.BLANK]


def test_lines_that_a_page_marks_alike_have_one_style(save: Save) -> None:
    page = html(
        '<div class="item-1 odd"><p><b>Holz</b><br>Ida Kern</p></div><div class="item-2"><p class="x">Pause</p></div>'
    )

    assert styles(readers.read(save("day.html", page))) == [">p b", ">p", "p.x"]


SPEAKERS = "".join(
    f"<p>{name} <span class=from>{town}</span></p>" for name, town in [("Ida", "Aue"), ("Ben", "Ulm"), ("Lena", "Hof")]
)


@pytest.mark.parametrize(
    ("body", "cells"),
    [
        (SPEAKERS, [("Ida", "Aue"), ("Ben", "Ulm"), ("Lena", "Hof")]),
        ("<p>Ida <span class=from>Aue</span></p>", [("Ida Aue",)]),  # nothing repeats
        (3 * "<p>Ida wohnt in <span class=from>Aue</span>.</p>", 3 * [("Ida wohnt in Aue.",)]),  # a sentence goes on
    ],
)
def test_class_that_repeats_behind_words_makes_columns(save: Save, body: str, cells: list[tuple[str, ...]]) -> None:
    assert [line.cells for line in readers.read(save("day.html", html(body))).lines] == cells


LINKS = [("Werk Süd", ("https://werk.example/",)), ("E-Mail", ("mailto:info@werk.example",)), ("Ort", ())]


def links(document: Document) -> list[tuple[str, tuple[str, ...]]]:
    """Return the cells of the last row, each with its links."""
    row = document.lines[-1]
    return list(zip(row.cells, row.links or [()] * len(row.cells), strict=True))


def word_table_with_links(*cells: tuple[str, str]) -> bytes:
    document = docx.Document()
    row = document.add_table(1, len(cells)).rows[0]
    for cell, (text, target) in zip(row.cells, cells, strict=True):
        run = cell.paragraphs[0].add_run(text)
        if target:
            link = OxmlElement("w:hyperlink")
            kind = RELATIONSHIP_TYPE.HYPERLINK
            link.set(qn("r:id"), document.part.relate_to(target, kind, is_external=True))
            run._r.addprevious(link)
            link.append(run._r)
    return bytes_of(document)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "a.html",
            html(
                '<table><tr><td><a href="https://werk.example/">Werk Süd</a> <a href="#top"></a></td>'
                '<td><a href=" MAILTO:info@werk.example">E-Mail</a></td><td><a href="orte.html">Ort</a></td></tr></table>'
            ).replace("MAILTO", "mailto"),
        ),
        (
            "a.md",
            '| **[Werk Süd](https://werk.example/ "Seite")** | [E-Mail](mailto:info@werk.example) | [Ort](#ort) |\n'[
                :-1
            ],
        ),
        (
            "a.docx",
            word_table_with_links(
                ("Werk Süd", "https://werk.example/"), ("E-Mail", "mailto:info@werk.example"), ("Ort", "")
            ),
        ),
    ],
    ids=["html", "markdown", "docx"],
)
def test_cell_has_the_links_that_lead_to_somebody(save: Save, name: str, content: bytes | str) -> None:
    assert links(readers.read(save(name, content))) == LINKS


def test_cell_of_markdown_has_no_marks(save: Save) -> None:
    row = "| ![Zeichen](a.png) **Werk Süd** | `x` \\| y | Ida<br>Ben | <info@werk.example> | snake_case_name |"
    document = readers.read(save("a.md", row))

    assert document.lines[0].cells == ("Werk Süd", "x | y", "Ida\nBen", "info@werk.example", "snake_case_name")
    assert document.lines[0].text == row


# --- HTML ---------------------------------------------------------------------------------------------------------------


def test_page_is_read_in_reading_order(save: Save) -> None:
    body = """<h1>Werkstatt<br>Tag</h1><p>Am 3. März
      in <b>Neuheim</b></p><ul><li>14 Uhr<br>Ada Blum<ul><li>im Saal</li></ul></li><li><p>Eins</p><p>Zwei</p></li></ul>
      <div>Block<div>innen</div>danach</div>ohne Block<hr><dl><dt>Ort</dt><dd>Saal</dd></dl>"""

    document = readers.read(save("tag.html", html(body)))

    assert document.title == "Der Tag"
    assert lines(document) == [
        (HEADING, 1, "Werkstatt Tag"),
        (PARAGRAPH, 0, "Am 3. März in Neuheim"),
        (BULLET, 1, "14 Uhr Ada Blum"),
        (BULLET, 2, "im Saal"),
        (BULLET, 1, "Eins Zwei"),
        *((PARAGRAPH, 0, text) for text in ("Block", "innen", "danach", "ohne Block", "Ort", "Saal")),
    ]


def test_line_break_divides_a_paragraph_but_no_bullet(save: Save) -> None:
    document = readers.read(save("a.html", html("<p>Eins<br>Zwei</p><ul><li>Drei<br>Vier</li></ul>")))

    assert [line.text for line in document.lines] == ["Eins", "Zwei", "Drei Vier"]
    assert document.lines[-1].cells == ("Drei\nVier",)


def test_elements_that_only_a_style_sheet_sets_apart_are_divided(save: Save) -> None:
    person = '<b class="name">Ida Kern</b><i class="role">Leiterin</i>'
    day = '<span class="day">12</span><span class="month">Mai</span>'
    word = '<span class="initial">H</span><span class="rest">olz</span> <b>Werk</b>Stoff'
    document = readers.read(save("a.html", html(f"<p>{person}</p><p>{day}</p><p>{word}</p>")))

    assert [line.text for line in document.lines] == ["Ida Kern", "Leiterin", "12 Mai", "Holz WerkStoff"]


def test_summary_of_a_folded_part_is_its_heading(save: Save) -> None:
    document = readers.read(save("a.html", html("<details><summary>Vormittag</summary><p>Holz</p></details>")))

    assert lines(document) == [(HEADING, 6, "Vormittag"), (PARAGRAPH, 0, "Holz")]


@pytest.mark.parametrize(
    "surroundings",
    [
        "<nav>Start | Termine</nav>",
        "<footer>Impressum</footer>",
        "<aside>Werbung</aside>",
        '<div class="cookie-banner">Wir nutzen Kekse</div>',
        '<div id="usercentrics-consent">Wir nutzen Kekse</div>',
        '<ol class="breadcrumb"><li>Start</li></ol>',
        '<div role="navigation">Start</div>',
        '<p hidden>Entwurf</p><p style="display: none">Entwurf</p><span aria-hidden="true">★</span>',
        "<script>x = 1</script><style>p { }</style><noscript>Bitte JavaScript</noscript><template>Vorlage</template>",
        "<!-- Notiz --><button>Mehr</button><select><option>Ort</option></select>",
    ],
)
def test_surroundings_of_the_content_are_left_out(save: Save, surroundings: str) -> None:
    document = readers.read(save("a.html", html(f"{surroundings}<p>Inhalt</p>{surroundings}")))

    assert lines(document) == [(PARAGRAPH, 0, "Inhalt")]


@pytest.mark.parametrize(
    "fold",
    [
        '<h4><button aria-expanded="false">10:00 Wasser</button></h4><div class="collapse" hidden><p>Ida Kern</p></div>',
        '<h4 class="toggle_title">10:00 Wasser</h4><div class="toggle_content" style="display: none"><p>Ida Kern</p></div>',
        '<h4>10:00 Wasser</h4><div role="tabpanel" aria-hidden="true"><p>Ida Kern</p></div>',
        '<h4><a href="#a">10:00 Wasser</a></h4><div id="elementor-tab-content-1" hidden><p>Ida Kern</p></div>',
    ],
    ids=["accordion", "toggle", "panel of a tab", "content of a tab"],
)
def test_folded_parts_are_read(save: Save, fold: str) -> None:
    menu = '<button aria-expanded="false">Menü</button><div class="navbar-collapse" hidden><p>Über uns</p></div>'
    document = readers.read(save("a.html", html(f"{menu}{fold}")))

    assert lines(document) == [(HEADING, 4, "10:00 Wasser"), (PARAGRAPH, 0, "Ida Kern")]


def test_table_row_is_one_line(save: Save) -> None:
    table = """<table><thead><tr><th>Zeit</th><th>Wer</th></tr></thead><tbody><tr><td rowspan="2">14:00</td><td>Ada<br>Werk</td></tr>
      <tr><td>Bert</td></tr><tr><td colspan="2">Pause</td></tr></tbody></table>"""

    document = readers.read(save("a.html", html(table)))

    assert lines(document) == [
        (ROW, 1, "Zeit | Wer"),
        (ROW, 0, "14:00 | Ada Werk"),
        (ROW, 0, "14:00 | Bert"),
        (ROW, 0, "Pause | "),
    ]
    assert document.lines[1].cells == ("14:00", "Ada\nWerk")


def test_table_for_layout_is_walked_through(save: Save) -> None:
    body = "<table><tr><td><h2>Links</h2><p>Eins</p></td><td><table><tr><td>a</td><td>b</td></tr></table></td></tr></table>"

    document = readers.read(save("a.html", html(body)))

    assert lines(document) == [(HEADING, 2, "Links"), (PARAGRAPH, 0, "Eins"), (ROW, 0, "a | b")]


def test_no_break_space_stays_and_soft_hyphen_goes(save: Save) -> None:
    document = readers.read(save("a.html", html("<p>Ada&nbsp;Blum, Werk&shy;statt</p>")))

    assert document.content.decode() == "Ada\u00a0Blum, Werkstatt\n"


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<meta charset="iso-8859-1">', "cp1252"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1250">', "cp1250"),
        ("", "utf-8"),
        ("", "cp1252"),
        ("", "utf-8-sig"),
        ("", "utf-16"),
        ('<meta charset="keine">', "utf-8"),
    ],
)
def test_encoding_of_a_page_is_found(save: Save, head: str, encoding: str) -> None:
    page = f"<html><head>{head}</head><body><p>Jörg Müßig – Zürich</p></body></html>"
    page = page.replace("–", "-") if "8859" in head else page

    document = readers.read(save("a.html", page.encode(encoding)))

    assert document.content.decode() == page[page.index("Jörg") : page.index("</p>")] + "\n"


def test_page_nested_too_deeply_is_refused(save: Save) -> None:
    path = save("a.html", html("<div>" * 300 + "unten" + "</div>" * 300 + "<p>danach</p>"))

    with pytest.raises(FileError, match="too deeply"):
        readers.read(path)


# --- DOCX ---------------------------------------------------------------------------------------------------------------


def word(*makers: Callable[[Any], object]) -> bytes:
    document = docx.Document()
    for make in makers:
        make(document)
    return bytes_of(document)


def test_word_document_is_read_in_reading_order(save: Save) -> None:
    def table(document: Any) -> None:
        cells = document.add_table(3, 2)
        for row, texts in zip(cells.rows, [("Zeit", "Wer"), ("14:00", "Ada\nWerk"), ("", "Bert")], strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        cells.cell(1, 0).merge(cells.cell(2, 0))

    content = word(
        lambda d: d.add_heading("Werkstatttag", 0),
        lambda d: d.add_heading("Programm", 2),
        lambda d: d.add_paragraph("Am 3. März\nin Neuheim"),
        lambda d: d.add_paragraph("Erster Punkt", style="List Bullet"),
        lambda d: d.add_paragraph("Zweiter\nPunkt", style="List Number"),
        lambda d: d.add_paragraph("14:00\tAda Blum"),
        table,
        lambda d: d.add_paragraph("Ende"),
    )

    document = readers.read(save("tag.docx", content))

    assert lines(document) == [
        (HEADING, 1, "Werkstatttag"),
        (HEADING, 2, "Programm"),
        (PARAGRAPH, 0, "Am 3. März"),
        (PARAGRAPH, 0, "in Neuheim"),
        (BULLET, 1, "Erster Punkt"),
        (BULLET, 1, "Zweiter Punkt"),
        (PARAGRAPH, 0, "14:00 Ada Blum"),
        (ROW, 0, "Zeit | Wer"),
        (ROW, 0, "14:00 | Ada Werk"),
        (ROW, 0, "14:00 | Bert"),
        (PARAGRAPH, 0, "Ende"),
    ]
    assert [line.cells for line in document.lines if "14:00 Ada" in line.text] == [("14:00", "Ada Blum")]


def test_tracked_changes_are_read_as_accepted(save: Save) -> None:
    def change(document: Any) -> None:
        paragraph = document.add_paragraph("Ada ")._p
        for tag, text_tag, text in (
            ("w:ins", "w:t", "Blum"),
            ("w:del", "w:delText", "Alt"),
            ("w:moveFrom", "w:t", "Weg"),
        ):
            change, run, content = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(text_tag)
            content.text = text
            run.append(content)
            change.append(run)
            paragraph.append(change)

    document = readers.read(save("a.docx", word(change)))

    assert document.content.decode() == "Ada Blum\n"


def test_content_control_is_read_and_hidden_text_is_not(save: Save) -> None:
    def control(document: Any) -> None:
        inner = document.add_paragraph("Im Feld")._p
        hidden = document.add_paragraph("Sichtbar").add_run(" versteckt")
        hidden.font.hidden = True
        outer, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
        inner.addprevious(outer)
        content.append(inner)
        outer.append(content)

    document = readers.read(save("a.docx", word(control)))

    assert document.content.decode() == "Im Feld\nSichtbar\n"


# --- XLSX, CSV ----------------------------------------------------------------------------------------------------------


def test_workbook_rows_have_addresses(save: Save) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Akteure"
    sheet.append(["Name", "Seit", "Anteil", "Mittel"])
    sheet.append(["Werk & Co.", datetime.date(2024, 3, 1), 0.5, 40000.0])
    sheet["C2"].number_format = "0%"

    document = readers.read(save("a.xlsx", bytes_of(book)))

    assert lines(document) == [
        (HEADING, 1, "Akteure"),
        (ROW, 0, "Name | Seit | Anteil | Mittel"),
        (ROW, 0, "Werk & Co. | 2024-03-01 | 50 % | 40000"),
    ]
    assert document.lines[-1].places == ("Akteure!A2", "Akteure!B2", "Akteure!C2", "Akteure!D2")


def test_hidden_parts_of_a_workbook_are_named(save: Save) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Akteure"
    for row in (["Name", "Intern", "Ort"], ["Werk", "nein", "Neuheim"], ["Alt", "ja", "Neuheim"]):
        sheet.append(row)
    sheet.column_dimensions["B"].hidden = True
    sheet.row_dimensions[3].hidden = True
    book.create_sheet("Listen").append(["x"])
    book["Listen"].sheet_state = "hidden"

    document = readers.read(save("a.xlsx", bytes_of(book)))

    assert lines(document)[1:] == [(ROW, 0, "Name | Ort"), (ROW, 0, "Werk | Neuheim")]
    assert document.lines[-1].places == ("Akteure!A2", "Akteure!C2")
    assert document.omitted == ("Akteure!B", "Akteure!3", "Listen")


def test_merged_cells_hold_in_each_row(save: Save) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Werk", "Ada"], [None, "Bert"], ["Pause", None]):
        sheet.append(row)
    sheet.merge_cells("A1:A2")
    sheet.merge_cells("A3:B3")

    document = readers.read(save("a.xlsx", bytes_of(book)))

    assert [line.cells for line in document.lines if line.kind is ROW] == [
        ("Werk", "Ada"),
        ("Werk", "Bert"),
        ("Pause", ""),
    ]


def test_workbook_cell_has_the_links_of_its_hyperlink_and_of_its_formula(save: Save) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Werk Süd", "Werk Ost", "Ort"])
    sheet.append([None, None, "Dorf"])
    sheet["A1"].hyperlink = "https://werk.example/"
    sheet.merge_cells("A1:A2")
    formula = '<c r="B2" t="str"><f>HYPERLINK("https://ost.example","Werk Ost")</f><v>Werk Ost</v></c>'
    raw = edited(bytes_of(book), lambda xml: xml.replace('<c r="C2"', f'{formula}<c r="C2"'))

    assert links(readers.read(save("a.xlsx", raw))) == [
        ("Werk Süd", ("https://werk.example/",)),
        ("Werk Ost", ("https://ost.example",)),
        ("Dorf", ()),
    ]


@pytest.mark.parametrize(("value", "is_read"), [("<v>Werk</v>", True), ("<v></v>", True), ("<v/>", True), ("", False)])
def test_formula_needs_the_value_that_a_program_saved(save: Save, value: str, *, is_read: bool) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Firma", "Summe"])
    book.worksheets[0].append(["=A9", 3])
    raw = edited(
        bytes_of(book), lambda xml: re.sub(r'<c r="A2".*?</c>', f'<c r="A2" t="str"><f>A9</f>{value}</c>', xml)
    )

    if is_read:
        assert readers.read(save("a.xlsx", raw)).lines[-1].cells[1] == "3"
    else:
        with pytest.raises(FileError, match=r"formulas without a value \(Sheet!A2\)"):
            readers.read(save("a.xlsx", raw))


def test_error_of_a_formula_is_no_text(save: Save) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Werk", "#N/A"])

    assert readers.read(save("a.xlsx", bytes_of(book))).lines[-1].cells == ("Werk", "")


def edited(raw: bytes, edit: Callable[[str], str]) -> bytes:
    """Return a workbook whose first sheet is edited as XML."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(content, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            is_sheet = name.endswith("sheet1.xml")
            new.writestr(name, edit(part.decode()).encode() if is_sheet else part)
    assert content.getvalue() != raw
    return content.getvalue()


def test_one_sheet_is_selected(save: Save) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("Zwei").append(["b"])
    path = save("a.xlsx", bytes_of(book))

    assert lines(readers.read(path, "Zwei")) == [(HEADING, 1, "Zwei"), (ROW, 0, "b")]
    with pytest.raises(UsageError, match="its sheets are Sheet, Zwei"):
        readers.read(path, "Drei")
    with pytest.raises(UsageError, match="no workbook"):
        readers.read(save("a.csv", "a;b"), "Zwei")


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_delimiter_and_encoding_of_a_table_are_found(save: Save, delimiter: str, encoding: str) -> None:
    rows = [["Firma", "Ort", "Notiz"], ["Möbel Müßig", "Zürich", "groß"], ["Werk", "Köln", '"ein\nzwei"']]
    content = "\r\n".join(delimiter.join(row) for row in rows)

    document = readers.read(save("a.csv", content.encode(encoding)))

    assert [line.cells for line in document.lines] == [*map(tuple, rows[:2]), ("Werk", "Köln", "ein\nzwei")]


# --- PDF ----------------------------------------------------------------------------------------------------------------

STYLES = getSampleStyleSheet()


def pdf(*story: Any, **options: Any) -> bytes:
    content = io.BytesIO()
    SimpleDocTemplate(content, pagesize=A4, title="Der Tag", **options).build(list(story))
    return content.getvalue()


def text(content: str, style: str = "BodyText") -> Any:
    return Paragraph(content, STYLES[style])


LONG = (
    "Das Netzwerk lädt zu einem Abend ein, an dem Betriebe, Schulen und Vereine darüber sprechen, wie sich gebrauchtes "
    "Werkzeug gemeinsam nutzen lässt und wer dabei welche Hilfe anbieten kann."
)


def test_pdf_is_read_in_reading_order(save: Save) -> None:
    table = Table([["Zeit", "Wer"], ["14:00", "Ada Blum"]], style=[("GRID", (0, 0), (-1, -1), 0.5, "black")])
    content = pdf(
        text("Werkstatttag", "Title"),
        text("Programm", "Heading2"),
        text(LONG),
        ListFlowable([text("Erster Punkt"), text("Zweiter Punkt")], bulletType="bullet", start="•"),
        table,
        Spacer(1, cm),
        text("Ende der Tabelle"),
        PageBreak(),
        text("Zweite Seite"),
    )

    document = readers.read(save("tag.pdf", content))

    assert document.title == "Der Tag"
    assert lines(document) == [
        (HEADING, 1, "Werkstatttag"),
        (HEADING, 2, "Programm"),
        (PARAGRAPH, 0, LONG),
        (BULLET, 1, "Erster Punkt"),
        (BULLET, 1, "Zweiter Punkt"),
        (ROW, 0, "Zeit | Wer"),
        (ROW, 0, "14:00 | Ada Blum"),
        (PARAGRAPH, 0, "Ende der Tabelle"),
        (PARAGRAPH, 0, "Zweite Seite"),
    ]
    assert [line.page for line in document.lines if line.text.startswith(("Ende", "Zweite Seite"))] == [1, 2]


HEAD = ("Zeit", "Thema", "Mitwirkende", "Funktion")
BODY = [
    ("09:00", "Begrüßung", "Katarzyna Zimmermann-Wolf", "Leiterin, Amt für Forst und Holz Neuheim"),
    ("10:00", "Galvanik in der Region – eine Bestandsaufnahme", "Ida Kern", "IHK Neuheim"),
    ("", "", "Ben Wolf", "Werk Süd GmbH"),
    ("11:00", "Pause", "", ""),
]


@pytest.mark.parametrize("alignment", ["TOP", "MIDDLE"])
@pytest.mark.parametrize("header_alignment", ["left", "center"])
def test_table_without_rules_has_rows(save: Save, alignment: str, header_alignment: str) -> None:
    cells = [[text(f'<para align="{header_alignment}"><b>{one}</b></para>') for one in HEAD]]
    cells += [[text(cell) for cell in row] for row in BODY]
    content = pdf(
        text("Der Tag", "Title"),
        Table(cells, colWidths=[2 * cm, 5 * cm, 4.5 * cm, 5 * cm], style=[("VALIGN", (0, 0), (-1, -1), alignment)]),
        text("Änderungen sind möglich."),
    )

    document = readers.read(save("tag.pdf", content))

    rows = [tuple(" ".join(cell.split()) for cell in line.cells) for line in document.lines if line.kind is ROW]
    assert rows == [HEAD, *BODY]
    assert [line.text for line in document.lines if line.kind is PARAGRAPH] == ["Änderungen sind möglich."]


def test_columns_below_no_heading_are_no_table(save: Save) -> None:
    content = pdf(Table([[text(cell) for cell in row] for row in BODY], colWidths=[2 * cm, 5 * cm, 4.5 * cm, 5 * cm]))

    assert [line.kind for line in readers.read(save("tag.pdf", content)).lines if line.kind is ROW] == []


def test_lines_wrapped_in_narrow_columns_are_joined(save: Save) -> None:
    rows = [
        ("09:00", "Chrom ersetzen: Verfahren im Vergleich", "Katarzyna Zimmermann-Wolf, Hochschule Neuheim"),
        ("10:00", "Galvanik in der Region – eine Bestandsaufnahme", "Ida Kern, Verband der Betriebe e. V."),
        ("11:00", "Ausbildung an der neuen Anlage", "Ben Wolf, Leiter, Metallbau Wolf KG"),
    ]
    cells = [[text(cell) for cell in row] for row in rows]
    content = pdf(Table(cells, colWidths=[2.4 * cm, 5 * cm, 4 * cm], style=[("VALIGN", (0, 0), (-1, -1), "TOP")]))

    document = readers.read(save("tag.pdf", content))

    assert " ".join(line.text for line in document.lines) == " ".join(" ".join(row) for row in rows)
    assert [cell for line in document.lines for cell in line.cells] == [cell for row in rows for cell in row]


def test_short_lines_of_a_column_stay_apart(save: Save) -> None:
    names = [text("Ida Kern<br/>Ben Wolf-Hermann<br/>Jan Novák<br/>Lê Lan")]
    content = pdf(Table([[names, [text(LONG), text(LONG)]]], colWidths=[5 * cm, 9 * cm]))

    document = readers.read(save("tag.pdf", content))

    assert [line.text for line in document.lines] == ["Ida Kern", "Ben Wolf-Hermann", "Jan Novák", "Lê Lan", LONG, LONG]


def test_running_titles_are_left_out(save: Save) -> None:
    def margins(canvas: Any, _document: Any) -> None:
        canvas.drawString(2 * cm, A4[1] - 1 * cm, "Netzwerk Neuheim")
        canvas.drawString(10 * cm, 1 * cm, f"Seite {canvas.getPageNumber()}")

    content = io.BytesIO()
    story = [text("Erste Seite"), PageBreak(), text("Zweite Seite"), PageBreak(), text("Dritte Seite")]
    SimpleDocTemplate(content, pagesize=A4).build(story, onFirstPage=margins, onLaterPages=margins)

    document = readers.read(save("a.pdf", content.getvalue()))

    assert [line.text for line in document.lines] == ["Erste Seite", "Zweite Seite", "Dritte Seite"]


def test_pdf_that_cannot_be_read_is_one_clear_line(save: Save) -> None:
    protected = pdf(text("geheim"), encrypt=pdfencrypt.StandardEncryption("wort"))
    for name, content, message in (
        ("a.pdf", protected, "protected by a password"),
        ("b.pdf", pdf(Spacer(1, cm)), "contains no text"),
        ("c.pdf", protected[:300], "damaged"),
        ("d.pdf", b"", "damaged"),
    ):
        with pytest.raises(FileError, match=message):
            readers.read(save(name, content))


# --- text ---------------------------------------------------------------------------------------------------------------


def test_text_keeps_its_lines(save: Save) -> None:
    content = "# Tag\r\n\r\n- Ada Blum, Werk\n  * innen\n1. Bert\n14:00\tCleo\n| Zeit | Wer |\n|---|---|\n| 15:00 | Dora |\n#ohne Raum"

    document = readers.read(save("a.md", content))

    assert document.content == content.encode()
    assert lines(document) == [
        (HEADING, 1, "# Tag"),
        (BULLET, 1, "- Ada Blum, Werk"),
        (BULLET, 2, "  * innen"),
        (BULLET, 1, "1. Bert"),
        (PARAGRAPH, 0, "14:00\tCleo"),
        (ROW, 0, "| Zeit | Wer |"),
        (ROW, 0, "| 15:00 | Dora |"),
        (PARAGRAPH, 0, "#ohne Raum"),
    ]
    assert document.lines[2].cells == ("Ada Blum, Werk",)
    assert document.lines[8].cells == ("15:00", "Dora")


# --- what is refused ----------------------------------------------------------------------------------------------------

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        ("a.docx", OLE, "old kind"),
        ("a.docx", b"PK\x03\x04 zerstoert", "damaged"),
        ("a.xlsx", b"Name;Ort", "damaged"),
        ("a.html", "<html><body></body></html>", "contains no text"),
        ("a.html", "", "contains no text"),
        ("a.txt", "\n \n", "contains no text"),
        ("a.csv", ";;\n;;", "contains no text"),
        ("a.txt", "Müßig".encode("cp1252"), "not UTF-8"),
        ("a.pptx", b"", "unknown extension"),
    ],
)
def test_unreadable_document_is_one_clear_line(save: Save, name: str, content: bytes | str, message: str) -> None:
    with pytest.raises(ItasgraphError, match=message) as raised:
        readers.read(save(name, content))

    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx"])
def test_archive_of_another_kind_is_damaged(save: Save, name: str) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("mimetype", "application/zip")

    with pytest.raises(FileError, match="damaged"):
        readers.read(save(name, content.getvalue()))


def with_part(raw: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return an archive in which one part is changed."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(content, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return content.getvalue()


def test_word_document_with_damaged_properties_is_read(save: Save) -> None:
    raw = with_part(word(lambda document: document.add_paragraph("Ada Blum")), "docProps/core.xml", lambda _: b"<x/>")

    document = readers.read(save("a.docx", raw))

    assert ([line.text for line in document.lines], document.title) == (["Ada Blum"], "")


@pytest.mark.parametrize("change", [lambda part: part[:-30], lambda part: b"\xff" + part, lambda _: b""])
def test_workbook_with_a_damaged_sheet_is_one_clear_line(save: Save, change: Callable[[bytes], bytes]) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(["Name", "Ort"])

    with pytest.raises(FileError, match="damaged"):
        readers.read(save("a.xlsx", with_part(bytes_of(book), "xl/worksheets/sheet1.xml", change)))


def test_pdf_of_an_impossible_size_is_one_clear_line(save: Save) -> None:
    raw = re.sub(rb"/MediaBox \[[^\]]*\]", b"/MediaBox [ 0 0 595 84x ]", pdf(text("Ada Blum"), pageCompression=0))

    with pytest.raises(FileError, match="damaged"):
        readers.read(save("a.pdf", raw))


def test_warnings_about_a_pdf_are_not_printed(save: Save, caplog: pytest.LogCaptureFixture) -> None:
    raw = re.sub(rb"/MediaBox \[[^\]]*\]", b"/MediaBox [ 0 0 595 true ]", pdf(text("Ada Blum"), pageCompression=0))

    document = readers.read(save("a.pdf", raw))

    assert ([line.text for line in document.lines], caplog.records) == (["Ada Blum"], [])


def test_reading_a_pdf_leaves_the_logging_of_others_as_it_is(save: Save) -> None:
    readers.read(save("a.pdf", pdf(text("Ada Blum"))))
    with pytest.raises(FileError):
        readers.read(save("b.pdf", b"%PDF-1.4"))

    assert logging.getLogger("pdfminer").level == logging.NOTSET


@pytest.mark.slow
def test_archive_that_swells_is_refused(save: Save) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as out:
        for _ in range(201):
            out.write(bytes(1_000_000))

    with pytest.raises(FileError, match="too large"):
        readers.read(save("a.docx", content.getvalue()))
