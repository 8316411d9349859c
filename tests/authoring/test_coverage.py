"""A document against the graph: quotes that stand in it, lines that are accounted for."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import openpyxl
import pytest

from itasgraph.authoring import coverage
from itasgraph.authoring.coverage import Status
from itasgraph.errors import FileError, UsageError
from itasgraph.project import Project
from tests.helpers.programs import Run

REPORT = "Report\n\nAnna Berg of Work spoke\nabout bikes.\xa0 She spoke again.\nThe end\n"
DATA = """
id: source/report
type: Source
title: Report
label: {de: Bericht, en: Report}
document: https://example.org/report
sha256: SHA
says:
- id: person/anna-berg
  type: Person
  name: Anna Berg
  quote: QUOTE
- id: omission/end
  type: Omission
  leavesOut: source/report
  quote: The end
  label: {de: Schluss, en: End}
  description: {de: Sagt nichts}
"""


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def project_with(copy: Path, quote: str = "[Anna Berg, about bikes. She spoke again.]", sha256: str = "") -> Project:
    """Return the copied project with one small source of its own."""
    checksum = sha256 or hashlib.sha256(REPORT.encode()).hexdigest()
    text = DATA.replace("SHA", checksum).replace("QUOTE", quote)
    (copy / "data" / "report.yaml").write_text(text, encoding="utf-8")
    return Project(copy)


@pytest.mark.slow
def test_each_line_has_a_status(copy: Path, document: Path) -> None:
    actual = coverage.measure_coverage(document, project_with(copy))

    assert [line.status for line in actual.lines] == [
        Status.COVERED,
        Status.BLANK,
        Status.COVERED,
        Status.COVERED,
        Status.OMITTED,
        Status.BLANK,
    ]
    assert actual.findings == []
    assert actual.source == "https://w3id.org/itas/source/report"


@pytest.mark.slow
def test_uncovered_line_is_a_fault(copy: Path, document: Path) -> None:
    actual = coverage.measure_coverage(document, project_with(copy, quote="Anna Berg"))

    assert [finding.render("en") for finding in actual.findings] == [
        f"{document}:4: not covered: “about bikes. She spoke again.” – quote it, or leave it out with a reason in "
        "data/omissions.yaml"
    ]


@pytest.mark.slow
def test_missing_quote_names_nearest_passage(copy: Path, document: Path) -> None:
    actual = coverage.measure_coverage(
        document, project_with(copy, quote="[Anna Bergh of Work, about bikes. She spoke again.]")
    )
    line = (copy / "data" / "report.yaml").read_text(encoding="utf-8").split("\n").index(
        "  quote: [Anna Bergh of Work, about bikes. She spoke again.]"
    ) + 1

    assert [finding.render("en").removeprefix(f"{copy}/") for finding in actual.findings][:1] == [
        f"data/report.yaml:{line}:3: “Anna Bergh of Work” is not in the document – the most similar is line 3: "
        "“Anna Berg of Work s”"
    ]


@pytest.mark.slow
def test_wrong_line_names_both_lines(copy: Path, document: Path) -> None:
    actual = coverage.measure_coverage(document, project_with(copy, quote="spoke\n  line: [3, 5]"))

    assert "“spoke”: wrong “line:” (3, 5) – correct it to 3, 4" in actual.findings[0].render("en")


@pytest.mark.slow
def test_changed_document_is_a_warning(copy: Path, document: Path) -> None:
    actual = coverage.measure_coverage(document, project_with(copy, sha256="0" * 64), name="source/report")

    assert [finding.severity for finding in actual.findings] == ["warning"]
    assert hashlib.sha256(REPORT.encode()).hexdigest() in actual.findings[0].render("de")


@pytest.mark.slow
def test_source_is_found_by_checksum_or_quotes(copy: Path, document: Path) -> None:
    by_checksum = coverage.measure_coverage(document, project_with(copy)).source
    by_quotes = coverage.measure_coverage(document, project_with(copy, sha256="0" * 64)).source

    assert by_checksum == by_quotes == "https://w3id.org/itas/source/report"


def test_unreadable_source_is_refused(copy: Path, document: Path) -> None:
    project = project_with(copy)
    with pytest.raises(UsageError):
        coverage.measure_coverage(document, project, name="person/anna-berg")
    document.write_bytes(b"\xff\xfe")
    with pytest.raises(FileError) as raised:
        coverage.measure_coverage(document, project)

    assert "UTF-8" in str(raised.value)


@pytest.mark.slow
def test_saved_page_and_its_text_have_one_checksum(copy: Path, tmp_path: Path) -> None:
    page, text = tmp_path / "report.html", tmp_path / "report.txt"
    page.write_text(
        "<h1>Report</h1><p>Anna Berg of&nbsp;Work<br>spoke about <i>bikes</i>.</p><p>The end", encoding="utf-8"
    )
    text.write_text("Report\nAnna Berg of\xa0Work\nspoke about bikes.\nThe end\n", encoding="utf-8")
    checksum = hashlib.sha256(text.read_bytes()).hexdigest()
    project = project_with(copy, quote="[Report, Anna Berg of Work, spoke about bikes.]", sha256=checksum)

    assert [coverage.measure_coverage(path, project).findings for path in (page, text)] == [[], []]


@pytest.mark.slow
def test_uncovered_row_of_a_workbook_has_an_address(copy: Path, tmp_path: Path) -> None:
    path = tmp_path / "actors.xlsx"
    book = openpyxl.Workbook()
    book.create_sheet("Actors").append(["Anna Berg", "Work"])
    book["Actors"].append(["Bert Cole", "Hall"])
    book.save(path)

    actual = coverage.measure_coverage(path, project_with(copy, quote="Anna Berg"), "source/report", "Actors")

    assert [
        text for finding in actual.findings if (text := finding.render("en").partition(" – ")[0]).startswith(str(path))
    ] == [
        f"{path}:Actors: not covered: “Actors”",
        f"{path}:Actors!A2: not covered: “Bert Cole | Hall”",
    ]


def test_reason_falls_back_to_other_language(run: Run, copy: Path, document: Path) -> None:
    project_with(copy)

    done = run("coverage", document, "--project", copy, "--lang", "en")

    assert (done.exit_code, done.stdout) == (0, "line 5 left out on purpose: “The end” – Sagt nichts\n")
    assert done.stderr == "Lines: 3 covered, 1 left out on purpose, 0 not covered, 2 blank.\n"


def test_page_links_words_to_statements(copy: Path, document: Path) -> None:
    page = coverage.page(coverage.measure_coverage(document, project_with(copy)), "en").decode()
    (anchor,) = re.findall(r'<mark title="Anna Berg"><a href="#(entity-\d+)">Anna Berg</a></mark>', page)

    assert f'<dt id="{anchor}">Anna Berg</dt>' in page
    assert '<a href="https://w3id.org/itas/person/anna-berg" rel="noopener">' in page
    assert '<li class="omitted" id="line-5">' in page
    assert '<span class="lines">lines <a href="#line-3">3</a> <a href="#line-4">4</a></span>' in page
    assert '<span class="lines">line <a href="#line-5">5</a></span>' in page
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page
    assert "<script" not in page


@pytest.mark.quick(1)
def test_hostile_words_stay_text(copy: Path, tmp_path: Path) -> None:
    path = tmp_path / "hostile.txt"
    path.write_text("<script>alert(1)</script> Anna Berg\n", encoding="utf-8")

    page = coverage.page(coverage.measure_coverage(path, project_with(copy), name="source/report"), "de").decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script" not in page
