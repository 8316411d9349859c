"""There and back by the programs that people use: whatever they make of the file, only what was edited changes."""

from __future__ import annotations

import datetime
import html
import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

import openpyxl
import pytest
from openpyxl.worksheet.table import Table

from itasgraph.parsing import yaml_editing
from tests.helpers.programs import Run
from tests.helpers.projects import HEAD, copy_shipped, little_project
from tests.helpers.workbooks import EditedBook

DATA: Final = """\
- id: organisation/werk
  type: Organisation
  name: Werk
  quote: "Werk"
  location:
    place/ort: {quote: Ort}
- {id: organisation/schule, type: Organisation, name: Schule Nord, quote: Schule Nord, telephone: ["0371 55 12"]}
- {id: organisation/verein, type: Organisation, name: Verein Ost, quote: Verein Ost}
- id: place/ort
  type: Place
  name: Ort
  quote: Ort
- {id: place/dorf, type: Place, name: Dorf, quote: Dorf}
- id: event/tag
  type: Event
  name: Tag
  date: 2031-03-06
  quote: Tag
  note: {de: "eins; zwei", en: "one; two"}
- id: talk/a
  type: Contribution
  partOf: event/tag
  position: 1
  start: "09:30"
  title: "A  &  B"
  label: {de: A, en: A}
  quote: "A  &  B"
"""
SOFFICE: Final = shutil.which("soffice") or ""
NAMESPACES: Final = (
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac xr"'
    ' xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"'
    ' xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision"'
    ' xr:uid="{00000000-0001-0000-0000-000000000000}"'
)
# A list from which people choose, as Excel keeps one whose values stand on another sheet.
EXTENSION: Final = (
    '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
    '<x14:dataValidations count="1" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:dataValidation type="list">'
    "<x14:formula1><xm:f>Orte!$B$2:$B$3</xm:f></x14:formula1><xm:sqref>C2:C9</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst>"
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return little_project(tmp_path / "project", HEAD + DATA)


@pytest.fixture
def book(run: Run, project: Path) -> EditedBook:
    output = project.parent / "mappe.xlsx"
    assert run("export", "-o", output, "--project", project, "--lang", "de").exit_code == 0
    return EditedBook(output)


def draft(run: Run, project: Path, path: Path) -> str:
    done = run("draft", path, "--project", project, "--lang", "de")
    assert (done.exit_code, done.stdout) == (0, ""), done.stderr
    return done.stderr


def texts(project: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted((project / "data").glob("*.yaml"))}


def rewrite(path: Path, edits: dict[str, Callable[[str], str]]) -> None:
    """Edit the parts of a workbook whose names match."""
    content = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(content, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            for pattern, edit in edits.items():
                if re.fullmatch(pattern, name):
                    part = edit(part.decode()).encode()
            new.writestr(name, part)
    assert content.getvalue() != path.read_bytes()
    path.write_bytes(content.getvalue())


# --- what programs write -------------------------------------------------------------------------------------------------


def in_runs(xml: str) -> str:
    """Make each shared string rich text of two runs, with phonetic properties."""

    def runs(match: re.Match[str]) -> str:
        text = html.unescape(match[1])
        first, second = (escape(part) for part in (text[:1], text[1:]))
        return (
            f'<si><r><t xml:space="preserve">{first}</t></r><r><rPr><b/><sz val="11"/></rPr>'
            f'<t xml:space="preserve">{second}</t></r><phoneticPr fontId="1" type="noConversion"/></si>'
        )

    return re.sub(r"<si><t[^>]*>([^<]*)</t></si>", runs, xml)


def as_excel(xml: str) -> str:
    """Add to a sheet the namespaces, ids and extensions that Excel writes."""
    xml = re.sub(r"<worksheet ", f"<worksheet{NAMESPACES} ", xml)
    return re.sub(r"<row ", '<row x14ac:dyDescent="0.3" ', xml).replace("</worksheet>", f"{EXTENSION}</worksheet>")


def by_excel(path: Path) -> None:
    rewrite(path, {r"xl/sharedStrings\.xml": in_runs, r"xl/worksheets/sheet\d+\.xml": as_excel})


def inline(path: Path) -> None:
    """Put the shared strings into the cells, as many generators of XLSX do."""
    with zipfile.ZipFile(path) as archive:
        items = re.findall(r"<si>(.*?)</si>", archive.read("xl/sharedStrings.xml").decode(), re.DOTALL)

    def cells(xml: str) -> str:
        return re.sub(r' t="s"><v>(\d+)</v>', lambda match: f' t="inlineStr"><is>{items[int(match[1])]}</is>', xml)

    rewrite(path, {r"xl/worksheets/sheet\d+\.xml": cells})


def with_formulas(path: Path) -> None:
    """Make each text of a sheet, but for ids and headers, the result of a formula."""
    with zipfile.ZipFile(path) as archive:
        items = re.findall(r"<si>(.*?)</si>", archive.read("xl/sharedStrings.xml").decode(), re.DOTALL)
    values = [re.sub(r"<[^>]*>", "", item) for item in items]

    def cells(xml: str) -> str:
        pattern = r'<c r="([B-Z]+(?!1")\d+)"( s="\d+")? t="s"><v>(\d+)</v>'
        formula = r'<c r="{}"{} t="str"><f>TRIM("x")</f><v>{}</v>'
        return re.sub(pattern, lambda match: formula.format(match[1], match[2] or "", values[int(match[3])]), xml)

    rewrite(path, {r"xl/worksheets/sheet[1-3]\.xml": cells})


def reordered(path: Path) -> None:
    """Turn the order of the sheets, and of the columns and rows of each."""
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets[:-1]:
        header, *rows = [[cell.value for cell in row][::-1] for row in sheet.iter_rows()]
        sheet.delete_rows(1, sheet.max_row)
        for row in (header, *rows[::-1]):
            sheet.append(row)
    for index, sheet in enumerate(book.worksheets):
        book.move_sheet(sheet, -index)
    book.active = 1
    book.save(path)


def rearranged(path: Path) -> None:
    """Filter, hide, freeze, make a table, leave rows empty, and put spaces around texts."""
    book = openpyxl.load_workbook(path)
    for number, sheet in enumerate(book.worksheets[:-1]):
        for row in sheet.iter_rows(min_row=2, min_col=2):
            for cell in row:
                cell.value = f" {cell.value}\u00a0 " if isinstance(cell.value, str) else cell.value
        sheet.insert_rows(3, 2)
        sheet.insert_rows(1)
        sheet["A1"] = "Bitte nur die weißen Felder ändern"
        sheet.auto_filter.ref = None
        sheet.add_table(
            Table(displayName=f"Tabelle{number}", ref=f"A2:{sheet.cell(sheet.max_row, sheet.max_column).coordinate}")
        )
        sheet.freeze_panes = "C3"
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["B"].hidden = True
    book.save(path)


WRITERS: Final = (by_excel, inline, with_formulas, reordered, rearranged)


@pytest.mark.quick(1)
@pytest.mark.parametrize("write", WRITERS)
def test_what_a_program_makes_of_the_file_changes_nothing(
    run: Run, project: Path, book: EditedBook, write: Callable[[Path], None]
) -> None:
    before = texts(project)
    write(book.path)

    said = draft(run, project, book.path)

    assert said == "Zellen geändert: 0, Einträge neu: 0, entfernt: 0.\n"
    assert texts(project) == before


@pytest.mark.quick(1)
@pytest.mark.parametrize("write", WRITERS)
def test_edits_change_exactly_what_was_edited_whatever_the_program(
    run: Run, project: Path, book: EditedBook, write: Callable[[Path], None]
) -> None:
    book.set("Organisation", "organisation/schule", "name", "Schule Süd")
    book.set("Organisation", "organisation/werk", "location", "Dorf")
    book.set("Event", "event/tag", "date", datetime.datetime(2031, 3, 7))  # Excel knows no time zones
    book.set("Contribution", "talk/a", "start", datetime.time(10, 0))
    book.set("Contribution", "talk/a", "position", 2)
    book.set("Organisation", "organisation/schule", "telephone", 4937155512)
    book.add("Organisation", name="Neues Werk", location="Ort")
    book.delete("Organisation", "organisation/verein")
    book.save()
    if write in (by_excel, inline, with_formulas):
        share_strings(book.path)
    write(book.path)

    said = draft(run, project, book.path)

    assert "Zellen geändert: 6, Einträge neu: 1, entfernt: 0." in said
    assert "(organisation/verein)" in said
    expected = HEAD + DATA
    for old, new in (
        ("name: Schule Nord", "name: Schule Süd"),
        ("date: 2031-03-06", "date: 2031-03-07"),
        ('start: "09:30"', 'start: "10:00"'),
        ("position: 1", "position: 2"),
        ("  location:\n    place/ort: {quote: Ort}\n", ""),
    ):
        assert expected.count(old) == 1
        expected = expected.replace(old, new)
    assert re.sub(r", altLabel: Schule Nord|telephone: \[[^\]]*\]", "", texts(project)["report.yaml"]) == re.sub(
        r"telephone: \[[^\]]*\]", "", expected
    )
    own = yaml_editing.read((project / "data" / "mappe.yaml").read_bytes(), "mappe.yaml")
    entries = {entry["id"]: entry for entry in own["says"]}
    assert list(entries["organisation/werk"]["location"]) == ["place/dorf"]
    assert list(entries["organisation/neues-werk"]["location"]) == ["place/ort"]


def share_strings(path: Path) -> None:
    """Put the strings that openpyxl writes into the cells into a part of their own, as Excel does."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    strings: list[str] = []

    def number(match: re.Match[str]) -> str:
        strings.append(match[1])
        return f't="s"><v>{len(strings) - 1}</v>'

    for name in [name for name in parts if name.startswith("xl/worksheets/sheet")]:
        parts[name] = re.sub(r't="inlineStr"><is>(.*?)</is>', number, parts[name], flags=re.DOTALL)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    items = "".join(f"<si>{text}</si>" for text in strings)
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{main}" count="{len(strings)}">{items}</sst>'
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace("</Types>", override)
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)


def test_formula_that_nobody_computed_takes_nothing_away(run: Run, project: Path, book: EditedBook) -> None:
    place = book.set("Organisation", "organisation/werk", "location", '=B2&" "')
    before = texts(project)

    done = run("draft", book.save(), "--project", project, "--lang", "de")

    assert done.exit_code == 3
    assert f"Formeln ohne Wert ({place})" in done.stderr
    assert texts(project) == before


@pytest.mark.slow
@pytest.mark.skipif(not SOFFICE, reason="LibreOffice (soffice) is not installed")
def test_libreoffice_saves_a_workbook_that_changes_nothing(run: Run, tmp_path: Path) -> None:
    project = copy_shipped(tmp_path / "project")
    output = tmp_path / "mappe.xlsx"
    assert run("export", "-o", output, "--project", project, "--lang", "de").exit_code == 0
    before = texts(project)

    saved = by_libreoffice(output)

    assert draft(run, project, saved) == "Zellen geändert: 0, Einträge neu: 0, entfernt: 0.\n"
    assert texts(project) == before


@pytest.mark.slow
@pytest.mark.skipif(not SOFFICE, reason="LibreOffice (soffice) is not installed")
def test_libreoffice_computes_a_formula_before_it_is_drafted(run: Run, project: Path, book: EditedBook) -> None:
    book.set("Organisation", "organisation/werk", "location", '="Do"&"rf"')
    book.set("Event", "event/tag", "date", "=DATE(2031,3,7)")
    book.sheet("Event").cell(2, 1 + 1 + book.keys("Event").index("date")).number_format = "DD.MM.YYYY"

    draft(run, project, by_libreoffice(book.save()))

    assert "date: 2031-03-07" in texts(project)["report.yaml"]
    assert 'place/dorf: {quote: "Dorf"' in texts(project)["mappe.yaml"]


def by_libreoffice(path: Path) -> Path:
    """Let LibreOffice open a workbook and save it; return the saved file."""
    folder = path.parent / "libreoffice"
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    command = [
        SOFFICE,
        profile,
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        str(folder),
        str(path),
    ]
    subprocess.run(command, check=True, timeout=120, capture_output=True)
    return folder / path.name
