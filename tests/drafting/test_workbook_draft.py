"""There and back by spreadsheet: what was edited changes in the data files, with evidence; nothing else does."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itasgraph.authoring import project_check
from itasgraph.documents import readers
from itasgraph.drafting import workbook_draft
from itasgraph.drafting.data_file import Header
from itasgraph.filters.selection import Selection, select_statements
from itasgraph.parsing import yaml_editing
from itasgraph.project import Project
from itasgraph.serializers import entry_tables, entry_workbook
from itasgraph.store import access
from tests.helpers.programs import Run
from tests.helpers.projects import HEAD, ROOT, copy_shipped, lay_out, little_project
from tests.helpers.workbooks import EditedBook

PROJECTS = sorted(path.parent for path in (ROOT / "tests" / "projects").glob("*/data"))
DATA = """\
- id: organisation/werk   # the works
  type: Organisation
  name: Werk
  label: {de: "Werk", en: Works}
  quote: "Werk"
  location:
    place/ort: {quote: Ort}   # seat

# --- Places ---

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
- id: person/ida
  type: Person
  name: Ida
  quote: Ida
- id: talk/a
  type: Contribution
  partOf: event/tag
  position: 1
  title: "A"
  label: {de: A, en: A}
  quote: "A"
  speakers:
    person/ida: {position: 1, organisation: organisation/werk, quote: "Ida, Werk"}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return little_project(tmp_path / "project", HEAD + DATA)


def export(run: Run, project: Path, *options: str) -> EditedBook:
    output = project.parent / "mappe.xlsx"
    done = run("export", "-o", output, "--project", project, "--lang", "de", *options)
    assert done.exit_code == 0, done.stderr
    return EditedBook(output)


def draft(run: Run, project: Path, book: EditedBook, *options: str) -> str:
    """Draft a workbook back; return what the command says."""
    done = run("draft", book.save(), "--project", project, "--lang", "de", *options)
    assert (done.exit_code, done.stdout) == (0, "")
    return done.stderr


def texts(project: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted((project / "data").glob("*.yaml"))}


def faults(project: Path) -> list[str]:
    return [one.render("en") for one in project_check.check(Project(project))[0] if one.severity == "fault"]


def own(project: Path) -> dict[str, dict[str, object]]:
    """Return the entries of the data file of the workbook by id."""
    data = yaml_editing.read((project / "data" / "mappe.yaml").read_bytes(), "mappe.yaml")
    return {entry["id"]: entry for entry in data["says"]}


@pytest.mark.quick(1)
@pytest.mark.parametrize("documents", PROJECTS, ids=lambda path: path.name)
def test_workbook_that_nobody_edited_changes_nothing(run: Run, tmp_path: Path, documents: Path) -> None:
    project = lay_out(tmp_path / "project", documents)
    before = texts(project)

    said = draft(run, project, export(run, project, "--lang", "en"))

    assert texts(project) == before
    assert said == "Zellen geändert: 0, Einträge neu: 0, entfernt: 0.\n"


@pytest.mark.slow
def test_shipped_workbook_that_nobody_edited_changes_nothing(run: Run, tmp_path: Path) -> None:
    project = copy_shipped(tmp_path / "project")
    before = texts(project)

    draft(run, project, export(run, project))

    assert texts(project) == before


@pytest.mark.quick(1)
@pytest.mark.parametrize(
    ("edit", "before", "after"),
    [
        (("Event", "event/tag", "date", "7.3.2031"), "date: 2031-03-06", "date: 2031-03-07"),
        (("Organisation", "organisation/werk", "label@en", "The works"), "en: Works", "en: The works"),
        (("Organisation", "organisation/werk", "label@de", "Werk: 2"), '"Werk", en', '"Werk: 2", en'),
        (("Event", "event/tag", "note@de", "eins; drei"), '"eins; zwei"', '"eins; drei"'),
        (("Event", "event/tag", "note@en", ""), ', en: "one; two"', ""),
        (("Contribution", "talk/a", "position", "2"), "  position: 1\n", "  position: 2\n"),
        (
            ("Organisation", "organisation/werk", "location", ""),
            "  location:\n    place/ort: {quote: Ort}   # seat\n",
            "",
        ),
        (("Place", "place/dorf", "name", "Dorf"), "", ""),
    ],
)  # fmt: skip
def test_edited_cell_changes_its_value_only(
    run: Run, project: Path, edit: tuple[str, str, str, str], before: str, after: str
) -> None:
    book = export(run, project)
    book.set(*edit)

    draft(run, project, book)

    assert texts(project)["report.yaml"] == (HEAD + DATA).replace(before, after, 1)
    assert faults(project) == []


@pytest.mark.slow
@pytest.mark.parametrize(("start", "line"), [("", ""), ("10:30", '  start: "10:30"\n')])
def test_time_of_day_is_changed_where_it_stands(run: Run, tmp_path: Path, start: str, line: str) -> None:
    project = lay_out(tmp_path / "project", ROOT / "tests" / "projects" / "two-days")
    before = texts(project)["repair-days-2031.yaml"]
    book = export(run, project)
    assert book.get("Section", "section/learning", "start") == "09:00"
    book.set("Section", "section/learning", "start", start)

    draft(run, project, book)

    assert before.count('  start: "09:00"\n') == 1
    assert texts(project)["repair-days-2031.yaml"] == before.replace('  start: "09:00"\n', line)


@pytest.mark.slow
def test_new_relation_has_the_cell_as_its_quote(run: Run, project: Path) -> None:
    book = export(run, project)
    book.set("Organisation", "organisation/werk", "location", "Ort; Dorf")

    draft(run, project, book)

    assert texts(project)["report.yaml"] == HEAD + DATA
    text = readers.read(book.path).lines
    (line,) = (str(number) for number, one in enumerate(text, 1) if "organisation/werk" in one.cells)
    location = {"place/dorf": {"quote": "Dorf", "line": line}}
    assert own(project) == {"organisation/werk": {"id": "organisation/werk", "location": location}}
    assert faults(project) == []
    done = run("coverage", book.path, "--project", project, "--source", "source/mappe", "--lang", "en")
    assert "does not occur" not in done.stdout
    assert "checksum" not in done.stdout + done.stderr


@pytest.mark.slow
def test_changed_detail_has_the_cell_as_a_second_quote(run: Run, project: Path) -> None:
    book = export(run, project)
    book.set("Organisation", "organisation/werk", "name", "Werk Süd GmbH")

    draft(run, project, book)

    assert 'name: Werk Süd GmbH\n  label: {de: "Werk", en: Works}\n  altLabel: Werk\n' in texts(project)["report.yaml"]
    assert own(project)["organisation/werk"]["quote"] == "Werk Süd GmbH"
    assert faults(project) == []
    shown = run("show", "Werk Süd GmbH", "--project", project, "--lang", "de").stdout
    assert "mappe.xlsx" in shown


@pytest.mark.slow
def test_verbatim_title_moves_to_the_workbook(run: Run, project: Path) -> None:
    book = export(run, project)
    book.set("Contribution", "talk/a", "title", "B")

    draft(run, project, book)

    assert texts(project)["report.yaml"] == (HEAD + DATA).replace('  title: "A"\n', "")
    assert own(project)["talk/a"] | {"line": ""} == {"id": "talk/a", "title": "B", "quote": "B", "line": ""}
    assert faults(project) == []


@pytest.mark.slow
def test_new_row_is_a_new_entry_that_other_cells_may_name(run: Run, project: Path) -> None:
    book = export(run, project)
    book.add("Place", name="Neuheim")
    book.add("Organisation", name="Schule Nord e.V.", location="Neuheim", email="info@nord.example")
    book.set("Contribution", "talk/a", "speakers", "Ida; Schule Nord e.V.")

    draft(run, project, book)

    entries = own(project)
    assert entries["organisation/schule-nord-e-v"]["type"] == "Organisation"
    assert entries["organisation/schule-nord-e-v"]["email"] == ["info@nord.example"]
    assert list(entries["organisation/schule-nord-e-v"]["location"]) == ["place/neuheim"]  # type: ignore[call-overload]
    assert "position: 2" in texts(project)["mappe.yaml"]
    assert texts(project)["report.yaml"] == HEAD + DATA
    assert faults(project) == []


@pytest.mark.slow
def test_drafting_twice_changes_nothing_more(run: Run, project: Path) -> None:
    book = export(run, project)
    book.add("Organisation", name="Schule Nord e.V.", location="Dorf; Nirgends")
    book.set("Organisation", "organisation/werk", "location", "Dorf")
    book.set("Event", "event/tag", "date", "bald")
    draft(run, project, book)
    before = texts(project)

    draft(run, project, book)

    assert texts(project) == before


@pytest.mark.slow
def test_later_edits_join_those_before(run: Run, project: Path) -> None:
    book = export(run, project)
    book.set("Organisation", "organisation/werk", "location", "Ort; Dorf")
    draft(run, project, book)
    book.add("Place", name="Neuheim")
    book.set("Event", "event/tag", "location", "Neuheim") if "location" in book.keys("Event") else None

    draft(run, project, book)

    assert {"organisation/werk", "place/neuheim"} <= set(own(project))
    assert faults(project) == []


@pytest.mark.quick(1)
@pytest.mark.parametrize(
    ("cell", "text", "reason"),
    [
        (("Event", "event/tag", "date"), "bald", "kein Datum"),
        (("Contribution", "talk/a", "position"), "erster", "keine Zahl"),
        (("Organisation", "organisation/werk", "location"), "Nirgends", "so heißt kein Eintrag"),
        (("Organisation", "organisation/werk", "email"), "Werk", "keine E-Mail-Adresse"),
        (("Organisation", "organisation/werk", "website"), "Werk", "keine Adresse im Netz"),
    ],
)
def test_doubtful_cell_waits_for_a_decision(
    run: Run, project: Path, cell: tuple[str, str, str], text: str, reason: str
) -> None:
    book = export(run, project)
    place = book.set(*cell, text)

    said = draft(run, project, book)

    assert "Unentschieden: 1" in said
    assert texts(project)["report.yaml"] == HEAD + DATA
    (item,) = yaml_editing.read((project / "data" / "mappe.yaml").read_bytes(), "")["review"]
    assert (item["about"], item["key"], item["quote"], item["place"]) == (*cell[1:], text, place)
    assert reason in item["reason"]
    assert faults(project) == []


@pytest.mark.slow
def test_missing_row_is_reported_and_removed_on_request(run: Run, project: Path) -> None:
    book = export(run, project)
    book.delete("Place", "place/ort")
    before = texts(project)

    said = draft(run, project, book)

    assert "(place/ort)" in said
    assert texts(project) == before
    assert "entfernt: 1" in draft(run, project, book, "--remove")
    assert "place/ort" not in texts(project)["report.yaml"]
    assert "# --- Places ---" in texts(project)["report.yaml"]
    assert faults(project) == []


def test_missing_sheet_and_column_remove_nothing(run: Run, project: Path) -> None:
    book = export(run, project)
    book.book.remove(book.sheet("Place"))
    book.sheet("Organisation").delete_cols(book.keys("Organisation").index("label@en") + 2)
    before = texts(project)

    said = draft(run, project, book, "--remove")

    assert "Blätter, die fehlen: Orte" in said
    assert texts(project) == before


def test_order_of_rows_and_columns_and_filters_do_not_matter(run: Run, project: Path) -> None:
    book = export(run, project)
    sheet = book.sheet("Place")
    sheet.move_range("A2:A2", rows=5)
    sheet.move_range("B2:B2", rows=5)
    sheet.row_dimensions[3].hidden = True
    book.sheet("Organisation").column_dimensions["B"].hidden = True
    before = texts(project)

    assert "fehlen" not in draft(run, project, book)
    assert texts(project) == before


@pytest.mark.slow
def test_value_that_changed_since_the_export_stays(run: Run, project: Path) -> None:
    book = export(run, project)
    place = book.set("Event", "event/tag", "date", "2031-03-09")
    path = project / "data" / "report.yaml"
    path.write_text((HEAD + DATA).replace("2031-03-06", "2031-03-08"), encoding="utf-8")
    before = texts(project)

    said = draft(run, project, book)

    assert f"{place}: nicht übernommen" in said
    assert texts(project) == before


@pytest.mark.slow
def test_contacts_of_people_need_their_consent(run: Run, project: Path) -> None:
    book = export(run, project)
    sheet = book.sheet("Person")
    sheet.cell(1, sheet.max_column + 1).value = "E-Mail"
    sheet.cell(2, sheet.max_column).value = "ida@werk.example"

    assert "Unentschieden: 1" in draft(run, project, book)
    assert faults(project) == []


def test_dry_run_writes_nothing(run: Run, project: Path) -> None:
    book = export(run, project)
    book.set("Event", "event/tag", "date", "2031-03-09")
    before = texts(project)

    assert "geändert: event/tag, date: 2031-03-06 → 2031-03-09" in draft(run, project, book, "--dry-run")
    assert texts(project) == before


@pytest.mark.slow
def test_other_document_of_the_same_name_keeps_its_file(run: Run, project: Path) -> None:
    other = HEAD.replace("source/report", "source/mappe") + "- {id: place/dorf, quote: Dorf}\n"
    (project / "data" / "mappe.yaml").write_text(other, encoding="utf-8")
    book = export(run, project)
    book.set("Organisation", "organisation/werk", "location", "Ort; Dorf")

    draft(run, project, book)

    assert texts(project)["mappe.yaml"] == other
    assert "id: source/mappe-2\n" in texts(project)["mappe-2.yaml"]
    assert faults(project) == []


@pytest.mark.slow
def test_workbook_of_another_project_is_refused(run: Run, tmp_path: Path, project: Path) -> None:
    book = export(run, project)
    context = project / "ontology" / "context.jsonld"
    context.write_text(
        context.read_text(encoding="utf-8").replace('w3id.org/itas/"', 'example.org/"', 1), encoding="utf-8"
    )

    done = run("draft", book.save(), "--project", project, "--lang", "en")

    assert done.exit_code == 2
    assert "comes from another project" in done.stderr


def test_list_that_export_did_not_write_is_drafted_as_before(run: Run, project: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["Firma", "Ort"], ["Werk Süd GmbH", "Dorf"]):
        book.worksheets[0].append(row)
    book.save(tmp_path / "liste.xlsx")

    done = run("draft", tmp_path / "liste.xlsx", "--project", project, "--lang", "de")

    assert "organisation/werk-sued-gmbh" in done.stdout


# Where an entry belongs brings other entries along; contacts wait for a consent.
LEFT_OUT: Final = frozenset({"inScheme", "partOf", "email", "telephone"})


@pytest.mark.slow
@settings(max_examples=25, derandomize=True)
@given(data=st.data())
def test_any_edited_cell_changes_exactly_itself(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """Of all values of the project, those of the cell change; a new name may leave the one that the source prints."""
    folder = tmp_path_factory.mktemp("any")
    project = Project(lay_out(folder / "project", data.draw(st.sampled_from(PROJECTS))))
    before = _values(project)
    book = _exported(project, folder / "mappe.xlsx")
    kind = data.draw(st.sampled_from(book.kinds))
    key = data.draw(st.sampled_from([key for key in book.keys(kind) if key not in LEFT_OUT]))
    ids = [str(row[0].value) for row in book.sheet(kind).iter_rows(min_row=2)]
    id_ = data.draw(st.sampled_from(ids))
    text = data.draw(_edits(key, [book.get(kind, other, key) for other in ids]))
    book.set(kind, id_, key, text)

    result = _draft(project, book.save())
    for path, content in result.files.items():
        path.write_bytes(content)

    after = _values(Project(project.root))
    changed = {cell for cell in {*before, *after} if before.get(cell) != after.get(cell)}
    assert changed <= {(id_, key), (id_, "altLabel"), (id_, "altLabel@de")}
    assert result.edits.changed == ((id_, key) in changed)
    if not (key.startswith("altLabel") or "; " in text or not text):
        assert len(after.get((id_, key), ())) == 1


def _edits(key: str, others: list[str]) -> st.SearchStrategy[str]:
    """Return what may stand in a cell of a key instead."""
    if key in ("name", "title") or "@" in key:
        return st.text(st.characters(categories=["L", "N"]), min_size=3, max_size=9).map(lambda word: f"x{word}")
    return st.sampled_from(["", *filter(None, others)])


def _exported(project: Project, output: Path) -> EditedBook:
    graph = access.load(project)
    statements = select_statements(graph, True, Selection())
    with output.open("wb") as out:
        entry_workbook.write(graph, statements, out, "de", "")
    return EditedBook(output)


def _draft(project: Project, path: Path) -> workbook_draft.Result:
    document = readers.read(path)
    header = Header("source/mappe", document.headline, "document/mappe.xlsx", "de", document.sha256, {"de": "Mappe"})
    request = workbook_draft.Request(None, header, "", remove=False, lang="de")
    return workbook_draft.compose(document, project, access.load(project), request)


def _values(project: Project) -> dict[tuple[str, str], list[str]]:
    """Return the values of each entry by id and column."""
    graph = access.load(project)
    tables = entry_tables.tables(graph, select_statements(graph, True, Selection()), entry_tables.Naming(graph, "de"))
    return {
        (id_, column.name): values
        for table in tables
        for id_, row in table.rows.items()
        for column, values in row.items()
    }
