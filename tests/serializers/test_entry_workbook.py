"""The workbook of entries: a sheet for each kind, text as text, within the limits of Excel, the same bytes for the same data."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from itasgraph.serializers import entry_tables, entry_workbook
from itasgraph.util import excel
from tests.helpers.programs import Run, python
from tests.helpers.projects import HEAD, REGION, lay_out, little_project

ROWS = """\
- id: organisation/werk
  type: Organisation
  name: "=1+1"
  altLabel: ["+49", "-x", "@y", "a; b", "_x0041_", "<r>z</r>"]
  email: [b@werk.example, a@werk.example]
  quote: Werk
  location:
    place/ort: {quote: Ort}
  differentFrom: [place/neu-a, place/neu-b]
- {id: place/ort, type: Place, name: Ort, quote: Ort}
- {id: place/neu-a, type: Place, name: Neu, quote: Neu}
- {id: place/neu-b, type: Place, name: Neu, quote: Neu}
- id: event/tag
  type: Event
  name: Tag
  date: 2031-03-06
  attendeesMoreThan: 60
  quote: Tag
  description: {de: LONG, en: Day}
"""


def rows(sheet: Worksheet) -> dict[str, dict[str, object]]:
    """Return id → header → cell."""
    header, *others = ([cell.value for cell in row] for row in sheet.iter_rows())
    return {str(row[0]): dict(zip(map(str, header), row, strict=True)) for row in others}


def export(run: Run, project: Path, *options: str, lang: str = "de") -> openpyxl.Workbook:
    output = project.parent / "out.xlsx"
    done = run("export", "-o", output, "--project", project, "--lang", lang, *options)
    assert done.exit_code == 0, done.stderr
    return openpyxl.load_workbook(output)


@pytest.fixture
def book(run: Run, tmp_path: Path) -> openpyxl.Workbook:
    return export(run, little_project(tmp_path / "project", HEAD + ROWS.replace("LONG", "ü" * 40_000)))


def test_sheet_for_each_kind_in_the_language(run: Run, tmp_path: Path) -> None:
    project = little_project(tmp_path / "project", HEAD + ROWS)

    german, english = (export(run, project, lang=lang) for lang in ("de", "en"))

    assert [sheet.title for sheet in german if sheet.sheet_state == "visible"] == [
        "Veranstaltungen",
        "Organisationen",
        "Orte",
    ]
    assert [sheet.title for sheet in english if sheet.sheet_state == "visible"] == ["Events", "Organisations", "Places"]
    assert [cell.value for cell in german["Veranstaltungen"][1]] == [
        "id", "Name", "Beschreibung (de)", "Beschreibung (en)", "Datum", "mehr Gäste als",
    ]  # fmt: skip
    assert {"E-Mail", "Telefon", "Website", "Branche", "Ort"} <= {cell.value for cell in german["Organisationen"][1]}


def test_every_cell_is_text(book: openpyxl.Workbook) -> None:
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]

    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.number_format for cell in cells} == {"@"}
    dangerous = [cell for cell in cells if str(cell.value)[0] in "=+-@"]
    assert [cell.value for cell in dangerous] == ["=1+1", "+49\n-x\n<r>z</r>\n@y\n_x0041_\na; b"]
    assert all(cell.quotePrefix for cell in dangerous)
    werk = rows(book["Organisationen"])["organisation/werk"]
    assert werk["E-Mail"] == "a@werk.example; b@werk.example"
    assert rows(book["Veranstaltungen"])["event/tag"]["Datum"] == "2031-03-06"


def test_relation_names_an_entry_by_its_only_name(book: openpyxl.Workbook) -> None:
    werk = rows(book["Organisationen"])["organisation/werk"]

    assert werk["Ort"] == "Ort"
    assert werk["ist nicht dasselbe wie"] == "place/neu-a; place/neu-b"


def test_text_beyond_the_limit_is_cut_and_recorded(book: openpyxl.Workbook) -> None:
    text = rows(book["Veranstaltungen"])["event/tag"]["Beschreibung (de)"]

    assert text == "ü" * 32_766 + "…"
    record = book["itasgraph"]
    assert record.sheet_state == "veryHidden"
    (entry,) = (row for row in record.iter_rows(values_only=True) if row[2] == "event/tag")
    assert entry[4] == "cut"


def test_same_data_give_the_same_bytes(tmp_path: Path) -> None:
    project = little_project(tmp_path / "project", HEAD + ROWS)
    outputs = []
    for seed in ("1", "2"):
        done = python(
            "-m", "itasgraph", "export", "-f", "xlsx", "-o", tmp_path / seed, "--project", project, PYTHONHASHSEED=seed
        )
        assert done.returncode == 0, done.stderr
        outputs.append((tmp_path / seed).read_bytes())

    assert outputs[0] == outputs[1]


@pytest.mark.slow
def test_contacts_of_people_need_the_option(run: Run, tmp_path: Path) -> None:
    project = lay_out(tmp_path / "project", REGION)

    without, with_ = (
        {cell.value for sheet in export(run, project, *options) for row in sheet.iter_rows() for cell in row}
        for options in ([], ["--contacts"])
    )

    assert with_ - without >= {"Einwilligung vom", "2031-03-01"}


@pytest.mark.parametrize(
    ("options", "words"), [(["--describe"], "no description"), (["--network", "actors"], "--network goes only")]
)
def test_options_of_other_formats_are_refused(run: Run, options: list[str], words: str) -> None:
    done = run("export", "-f", "xlsx", "--lang", "en", *options)

    assert (done.exit_code, done.stdout) == (2, "")
    assert words in done.stderr


def test_graph_without_entries_is_no_workbook(run: Run, tmp_path: Path) -> None:
    done = run("export", "-o", tmp_path / "x.xlsx", "--graph", "editorial/links", "--lang", "en")

    assert done.exit_code == 2
    assert "no entries" in done.stderr
    assert not (tmp_path / "x.xlsx").exists()


@pytest.mark.parametrize(("limit", "code"), [(3, 0), (2, 2)])
def test_sheet_holds_as_many_entries_as_excel(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: int, code: int
) -> None:
    monkeypatch.setattr(excel, "MAX_ROWS", limit)
    project = little_project(tmp_path / "project", HEAD + ROWS.replace("LONG", "x"))  # with three places

    done = run("export", "-o", tmp_path / "x.xlsx", "--project", project, "--lang", "en")

    assert done.exit_code == code
    assert ("--about" in done.stderr) == bool(code)


@given(st.text(max_size=60), st.sets(st.text(max_size=3)))
def test_name_of_a_sheet_is_one_for_excel(title: str, others: set[str]) -> None:
    taken = {"", "history", "verlauf", *(other.casefold() for other in others)}

    actual = entry_workbook.free_title(title, taken)

    assert 0 < len(actual) <= 31
    assert actual.casefold() not in taken
    assert not set(actual) & set("[]:*?/\\")
    assert not actual.startswith("'")
    assert not actual.endswith("'")


@pytest.mark.slow
@given(st.lists(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1), min_size=2))
def test_values_of_a_cell_come_back(values: list[str]) -> None:
    assert entry_tables.cell_values(entry_tables.cell_text(values)) == values
