"""The command draft: a list and a programme become a data file that check accepts and questions answer from."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from itasgraph.authoring import project_check
from itasgraph.parsing import yaml_editing
from itasgraph.project import Project
from tests.helpers.programs import Run

ACTORS = """Firma;Ansprechpartner;Funktion;E-Mail;Telefon;Website;Branche;Ort;Themen;Projekt;Rolle;Seit;Förderung;Bemerkung
Werk Süd GmbH;Dr. Ida Kern;Leiterin;kern@werk.example;0371 555;www.werk.example;Maschinenbau;Neuheim;Robotik;Ringnetz;Koordination;1.3.2024;40.000 €;neu
Schule Nord;;;info@nord.example;;;Bildung;Neuheim;Wärme;Ringnetz;;2024;rund 5.000 €;
"""
PROGRAMME = """<h1>Programm: Werkstatttag 2031</h1><p>Donnerstag, 6. März 2031</p><table>
<tr><td>09:00 Uhr</td><td>Einlass</td></tr>
<tr><td>09:30 – 10:00 Uhr</td><td>Werkzeug für alle</td><td>Ben Wolf, Werk Süd GmbH</td></tr></table>
<p>10:00 Uhr Wärme im Ring<br>Ayşe Yılmaz, IHK Neuheim<br>Moderation: Jan Novák, TU Brno</p>"""


def faults(project: Path) -> list[str]:
    return [one.render("en") for one in project_check.check(Project(project))[0] if one.severity == "fault"]


def draft(run: Run, project: Path, name: str, content: str, *options: str) -> Path:
    """Draft a document into a project; return the data file."""
    document = project.parent / name
    document.write_text(content, encoding="utf-8")
    output = project / "data" / f"{document.stem}.yaml"
    done = run("draft", document, "-o", output, "--project", project, "--lang", "de", *options)
    assert done.exit_code == 0, done.stderr
    return output


@pytest.mark.slow
def test_lines_without_statement_doubt_or_omission_are_counted(run: Run, region: Path) -> None:
    document = region.parent / "mein tag.html"
    lost = "<p>Wer mitmacht, bringt Werkzeug mit.</p><p>Kostenfrei.</p>"
    options = ("-o", region / "data" / "tag.yaml", "--project", region, "--lang")

    def uncovered(page: str, lang: str = "en") -> list[str]:
        document.write_text(page, encoding="utf-8")
        said = run("draft", document, *options, lang).stderr.splitlines()
        return [line for line in said if "itasgraph coverage" in line]

    command = f"itasgraph coverage '{document}' --project {region}"
    assert uncovered(PROGRAMME) == []
    assert uncovered(PROGRAMME + lost) == [
        f"No statement, doubt or omission came from 2 lines of the document: {command} shows them."
    ]
    assert uncovered(PROGRAMME + lost, "de") == [
        f"Aus 2 Zeilen des Dokuments wurde weder eine Aussage noch ein Zweifel noch eine Auslassung: {command} zeigt sie."
    ]
    shown = run("coverage", document, "--project", region, "--lang", "en")
    assert [line.partition("not covered: ")[2][:13] for line in shown.stdout.splitlines() if "not covered" in line] == [
        "“Wer mitmacht",
        "“Kostenfrei.”",
    ]


def test_line_of_a_doubt_is_not_counted_as_uncovered(run: Run, region: Path) -> None:
    document = region.parent / "tag.txt"
    document.write_text("Werkstatttag 2031\n6. März 2031\n09:30 Uhr | Garn | Eva Lind, Spinnhof\n", encoding="utf-8")
    done = run("draft", document, "-o", region / "data" / "tag.yaml", "--project", region, "--lang", "en")

    assert "Undecided: 1" in done.stderr
    assert "itasgraph coverage" not in done.stderr


def test_list_of_actors_is_sound_and_answers(run: Run, region: Path) -> None:
    draft(run, region, "akteure.csv", ACTORS)

    assert faults(region) == []
    rows = run("query", "participations", "--project", region, "--lang", "de", "-f", "csv").stdout
    assert "Werk Süd GmbH" in rows
    assert "40000" in rows
    shown = run("show", "Werk Süd GmbH", "--project", region, "--lang", "de").stdout
    assert "Ida Kern (Leiterin)" in shown
    assert "akteure.csv" in shown
    assert "kern@werk.example" not in shown


def test_programme_is_sound_and_answers(run: Run, region: Path) -> None:
    draft(run, region, "tag.html", PROGRAMME, "--url", "https://example.org/tag")

    assert faults(region) == []
    rows = run("query", "timetable", "--project", region, "--lang", "de", "-f", "csv", "-p", "day=2031-03-06").stdout
    assert [word in rows for word in ("09:30", "Werkzeug für alle", "Ben Wolf", "Wärme im Ring", "Jan Novák")] == [
        True
    ] * 5
    assert "Einlass" not in rows


@pytest.mark.slow
def test_list_and_programme_share_their_entries(run: Run, region: Path) -> None:
    draft(run, region, "akteure.csv", ACTORS)

    text = draft(run, region, "tag.html", PROGRAMME).read_text(encoding="utf-8")

    assert "organisation: organisation/werk-sued-gmbh" in text
    assert "id: organisation/werk-sued-gmbh" not in text
    assert faults(region) == []


def test_remarks_name_what_is_left_to_a_person(run: Run, region: Path) -> None:
    document = region.parent / "akteure.csv"
    document.write_text(ACTORS, encoding="utf-8")

    done = run("draft", document, "--dry-run", "--project", region, "--lang", "en")

    assert (done.exit_code, done.stdout) == (0, "")
    assert "Undecided: 3" in done.stderr
    assert "Columns that were not read: Bemerkung" in done.stderr


def test_dry_run_and_existing_file_change_nothing(run: Run, region: Path) -> None:
    document, output = region.parent / "akteure.csv", region / "data" / "akteure.yaml"
    document.write_text(ACTORS, encoding="utf-8")
    assert run("draft", document, "-o", output, "--dry-run", "--project", region).exit_code == 0
    assert not output.exists()
    output.write_text("id: x\n", encoding="utf-8")

    done = run("draft", document, "-o", output, "--project", region, "--lang", "en")

    assert (done.exit_code, output.read_text(encoding="utf-8")) == (2, "id: x\n")
    assert "exists already and is no file of a document" in done.stderr


def test_text_is_written_as_the_lines_refer_to_it(run: Run, region: Path) -> None:
    text = region.parent / "tag.txt"
    data = draft(run, region, "tag.html", PROGRAMME, "--text", str(text))

    done = run("coverage", text, "--project", region, "--source", "source/tag", "--lang", "en")

    assert "Werkzeug für alle" in text.read_text(encoding="utf-8")
    assert not any(str(data) in line for line in done.stdout.splitlines())


def test_each_file_written_is_named(run: Run, region: Path) -> None:
    (document := region.parent / "tag.html").write_text(PROGRAMME, encoding="utf-8")
    output, text = region / "data" / "tag.yaml", region.parent / "tag.txt"

    done = run("draft", document, "-o", output, "--text", text, "--project", region, "--lang", "en")

    assert done.stderr.splitlines()[:2] == [f"written: {output}", f"written: {text}"]


@pytest.mark.parametrize(("name", "content"), [("akteure.csv", ACTORS), ("tag.html", PROGRAMME)])
def test_draft_accounts_for_each_line(run: Run, region: Path, name: str, content: str) -> None:
    draft(run, region, name, content)

    done = run("coverage", region.parent / name, "--project", region, "--lang", "en")

    assert [line for line in done.stdout.splitlines() if "left out on purpose" not in line] == []


def test_explain_names_the_rule_of_each_entry(run: Run, region: Path) -> None:
    document = region.parent / "akteure.csv"
    document.write_text(ACTORS, encoding="utf-8")

    done = run("draft", document, "--explain", "--dry-run", "--project", region, "--lang", "en")

    assert "line 2: organisation-new: Werk Süd GmbH → organisation/werk-sued-gmbh" in done.stderr.splitlines()


@pytest.mark.quick(1)
@pytest.mark.parametrize(
    ("name", "content", "package"), [("akteure.xlsx", ACTORS, "openpyxl"), ("tag.html", PROGRAMME, "lxml")]
)
def test_missing_package_is_one_clear_line(region: Path, name: str, content: str, package: str) -> None:
    document = region.parent / name
    document.write_text(content, encoding="utf-8")
    # A process of its own, because this one has loaded the package.
    program = f"import sys; sys.modules['{package}'] = None; from itasgraph.__main__ import run; run()"
    command = [sys.executable, "-c", program, "draft", str(document), "--project", str(region), "--lang", "en"]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (3, "")
    assert re.fullmatch(rf".*the package {package}\b.* pip install 'itasgraph\[draft\]'\n", done.stderr)


TIMETABLE = """Zeit;Thema;Raum;Referent;Organisation
09:00;Begrüßung;Saal 1;Ida Kern;IHK Neuheim
10:00;Pause;;;
10:15;Fasern;Saal 2;Ben Wolf;Werk Süd GmbH
"""


@pytest.mark.slow
def test_table_with_times_is_a_programme_and_no_list_of_actors(run: Run, region: Path) -> None:
    draft(run, region, "tag.csv", TIMETABLE)

    assert faults(region) == []
    rows = run("query", "timetable", "--project", region, "--lang", "de", "-f", "csv").stdout
    assert [word in rows for word in ("Begrüßung", "Ida Kern", "IHK Neuheim", "Fasern", "Werk Süd GmbH")] == [True] * 5
    assert [word in rows for word in ("Pause", "Saal", "Thema")] == [False] * 3


@pytest.mark.slow
def test_items_before_the_first_section_have_places_of_their_own(run: Run, region: Path) -> None:
    text = "# Tag\n\n6.–7. Juni 2031\n\n09:00 Auftakt | Ida Kern, IHK Neuheim\n\n## Lernen, 7. Juni 2031\n\n10:00 Holz | Ben Wolf, TU Brno\n"

    data = draft(run, region, "tag.md", text).read_text(encoding="utf-8")

    assert faults(region) == []
    assert "day: 2031-06-07" in data
    assert "name: Tag" in data
    assert 'label: {de: "Lernen, 7. Juni 2031"}' in data


@pytest.mark.slow
def test_programme_on_lines_of_their_own_is_sound(run: Run, region: Path) -> None:
    page = "<h1>Tag</h1><p>6. Juni 2031 | Ort: Weberei</p><p>10:00 Uhr</p><p>Wärme</p><p>Ida Kern<br>Leiterin<br>TU Brno / IHK Neuheim</p>"
    draft(run, region, "tag.html", page)

    assert faults(region) == []
    done = run("coverage", region.parent / "tag.html", "--project", region, "--lang", "en")
    assert [line for line in done.stdout.splitlines() if "not covered" in line and "Lines:" not in line] == []


@pytest.mark.slow
def test_cells_with_several_people_roles_and_nobody(run: Run, region: Path) -> None:
    rows = [
        "Firma;Vertreten durch;Ort",
        "Werk Süd GmbH;Ida Kern, Leiterin;Neuheim",
        "TU Brno;Dr. Zdeněk Novák / Ayşe Yılmaz;Brno",
        "IHK Neuheim;N.N.;Neuheim",
        "Holzbau Nord AG;Wolf, Ben;Neuheim",
    ]
    data = draft(run, region, "akteure.csv", "\n".join(rows) + "\n").read_text(encoding="utf-8")

    assert faults(region) == []
    people = re.findall(r"type: Person\n  name: (.*)", data)
    assert people == ["Ida Kern", "Zdeněk Novák", "Ayşe Yılmaz", "Ben Wolf"]
    assert "Ida Kern (Leiterin)" in run("show", "Werk Süd GmbH", "--project", region, "--lang", "de").stdout


@pytest.mark.parametrize(("name", "content"), [("akteure.csv", ACTORS), ("tag.html", PROGRAMME)])
def test_explain_names_the_rule_of_each_statement(run: Run, region: Path, name: str, content: str) -> None:
    document = region.parent / name
    document.write_text(content, encoding="utf-8")

    done = run("draft", document, "--explain", "--project", region, "--lang", "en", "--consent", "2031-01-15")

    data = yaml_editing.read(done.stdout_bytes, name)
    steps = [line.split(": ", 2)[1:] for line in done.stderr.splitlines() if re.match(r"line \d+: ", line)]
    relations = [
        (entry["id"], key, target)
        for entry in data["says"]
        for key, value in entry.items()
        if isinstance(value, dict) and key not in ("label", "description")
        for target in value
    ]
    assert len(relations) >= 3
    unexplained = [
        relation
        for relation in relations
        if not any(
            rule.endswith(f"-{relation[1]}") and result == f"{relation[0]} → {relation[2]}" for rule, result in steps
        )
    ]
    assert unexplained == []
    assert [
        item["quote"] for item in data.get("review", []) if [item["rule"], f"{item['quote']} → review"] not in steps
    ] == []
    made = {result.rpartition(" → ")[2] for rule, result in steps if rule.endswith("-new")}
    kinds = ("Omission", "ConceptScheme")
    assert {entry["id"] for entry in data["says"] if entry["type"] not in kinds} <= made


def test_explain_follows_the_lines_of_the_document(run: Run, region: Path) -> None:
    document = region.parent / "tag.html"
    document.write_text(PROGRAMME, encoding="utf-8")

    done = run("draft", document, "--explain", "--dry-run", "--project", region, "--lang", "en")

    lines = [int(match) for match in re.findall(r"^line (\d+): ", done.stderr, re.MULTILINE)]
    assert lines == sorted(lines)
    assert "line 4: breaks-omitted: 09:00 Uhr | Einlass" in done.stderr


@pytest.mark.slow
def test_draft_that_no_command_could_read_is_not_written(run: Run, region: Path) -> None:
    document = region.parent / "liste.csv"
    rows = [f"Werk {number} GmbH;{number} {'Holz ' * 15_000}" for number in range(40)]
    document.write_text("\n".join(["Firma;Angebot", *rows]), encoding="utf-8")

    done = run("draft", document, "-o", region / "data" / "liste.yaml", "--project", region, "--lang", "en")

    assert done.exit_code == 3
    assert "at most 4 MB can be read – divide the document into several" in done.stderr
    assert not (region / "data" / "liste.yaml").exists()
