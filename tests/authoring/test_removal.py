"""The removal of a person from data files of any layout, and the places that it reports and cannot change."""

from __future__ import annotations

import re
import sys
import zipfile
from pathlib import Path

import pyoxigraph as ox
import pytest

from itasgraph.authoring import project_check, remaining_mentions, removal
from itasgraph.errors import FileError, UsageError
from itasgraph.parsing import yaml_editing
from itasgraph.project import Project
from itasgraph.store import cache_folder
from itasgraph.util import files
from tests.helpers.graphs import graph_of_project
from tests.helpers.programs import Run
from tests.helpers.projects import HEAD, little_project

REPORT = (
    HEAD
    + """\
# --- Day --- (told by Anna Weiß, see person/anna-weiss)
- id: event/day
  type: Event
  name: Day
  date: 2025-03-14
  quote: the Day
- id: talk/bikes
  type: Contribution
  partOf: event/day
  position: 1
  title: Bikes
  label: {de: Räder, en: Bikes}
  speakers:
    # she spoke first
    person/anna-weiss:
      position: 1
      organisation: organisation/work
      role: role/chair
      quote: "Anna Weiß, Work"
    person/ben-rot: {position: 2, organisation: organisation/shop, quote: "Dr. Anna Weiß, Ben Rot and Cem Blau, Shop"}

- id: person/anna-weiss   # the chair
  type: Person
  name: Anna Weiß
  quote: Anna Weiß
  replaces: person/anna-gross
- {id: person/ben-rot, type: Person, name: Ben Rot, quote: Ben Rot}
- {id: organisation/work, type: Organisation, name: Work, quote: "Anna Weiß, Work"}
- {id: organisation/shop, type: Organisation, name: Shop, altLabel: [The Shop, "Anna Weiß"], quote: "Ben Rot and Cem Blau, Shop"}
- {id: role/chair, type: Role, label: {de: Vorsitz, en: Chair}, quote: "Anna Weiß, Work"}
- id: message/thanks
  type: Message
  label: {de: Dank, en: Thanks}
  quote: "thanks to Ben Rot, ANNA WEISS and all others"
  note:
    de: |
      Dank an Frau Weiß
      und andere.
    en: Thanks to Weiß, Anna.
"""
)
REVIEW = """\
review:
- {quote: "Anna Weiß, Werk", reason: Which one?, candidates: [organisation/work, organisation/shop]}
- {quote: "A. W.", reason: Who?, about: person/anna-weiss}
- {quote: "Anna Weiß", reason: Who?}
- {quote: "A. W.", reason: Who else?, candidates: [person/anna-weiss, person/ben-rot]}
"""


@pytest.fixture
def project(tmp_path: Path, empty_cache: Path) -> Path:
    return little_project(tmp_path / "little", REPORT)


def report_of(project: Path) -> str:
    return (project / "data" / "report.yaml").read_text(encoding="utf-8")


def entry(project: Path, id_: str) -> dict[str, object]:
    data = yaml_editing.read(report_of(project).encode(), "report.yaml")
    (found,) = (one for one in data["says"] if one["id"] == id_)
    assert isinstance(found, dict)
    return found


def remove(project: Path, person: str = "Anna Weiß", *, contacts: bool = False) -> list[str]:
    """Remove a person; return what the command would say of it, with the names of files only."""
    plan = removal.plan(Project(project), person, "en", contacts=contacts)
    plan.carry_out()
    places = remaining_mentions.find(Project(project), plan.name, {})
    return [re.sub(r"^\S*/", "", one.render("en")) for one in [*plan.changes, *plan.kept, *places]]


def texts_of(project: Path) -> list[str]:
    """Return all literals of the graph of a project."""
    objects = {quad.object for quad in graph_of_project(Project(project)).quads()}
    return sorted({one.value for one in objects if isinstance(one, ox.Literal)})


def test_report_says_what_goes_and_where(project: Path) -> None:
    said = remove(project)

    def line(words: str) -> int:
        return REPORT[: REPORT.index(words)].count("\n") + 1

    assert f"report.yaml:{line('    person/anna-weiss:')}: removed: talk/bikes: speakers: person/anna-weiss" in said
    assert f"report.yaml:{line('- id: person/anna-weiss')}: removed: person/anna-weiss" in said
    assert f"report.yaml:{line('- {id: role/chair')}: removed: role/chair" in said
    assert f"report.yaml:{line('- {id: organisation/work')}: removed: organisation/work" in said
    assert (
        f"report.yaml:{line('  quote: ' + chr(34) + 'thanks')}: message/thanks: quote: "
        "“thanks to Ben Rot, ANNA WEISS and all others” becomes “thanks to Ben Rot, […] and all others”"
    ) in said
    assert (
        f"report.yaml:{line('# --- Day')}: comment: “# --- Day --- (told by Anna Weiß, see person/anna-weiss)” becomes"
        in "\n".join(said)
    )


def test_comments_and_layout_stay(project: Path) -> None:
    remove(project)
    text = report_of(project)

    assert text.startswith(HEAD + "# --- Day --- (told by […], see person/anna-weiss)\n- id: event/day\n")
    assert "    person/ben-rot: {position: 2, organisation: organisation/shop, quote: " in text
    assert (
        '- {id: organisation/shop, type: Organisation, name: Shop, altLabel: [The Shop], quote: "Ben Rot and Cem Blau, Shop"}'
        in text
    )


@pytest.mark.slow
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_line_ends_and_byte_order_mark_stay(project: Path, start: str) -> None:
    path = project / "data" / "report.yaml"
    remove(project)
    expected = report_of(project)
    path.write_bytes((start + REPORT.replace("\n", "\r\n")).encode())

    remove(project)

    assert path.read_bytes().decode() == start + expected.replace("\n", "\r\n")


@pytest.mark.quick(1)
@pytest.mark.parametrize("id_", ["person/anna-weiss", "https://w3id.org/itas/person/anna-weiss", '"person/anna-weiss"'])
def test_references_in_any_spelling_go(project: Path, id_: str) -> None:
    path = project / "data" / "report.yaml"
    path.write_text(REPORT.replace("    person/anna-weiss:\n", f"    {id_}:\n"), encoding="utf-8")

    remove(project)

    speakers = entry(project, "talk/bikes")["speakers"]
    assert isinstance(speakers, dict)
    assert list(speakers) == ["person/ben-rot"]


def test_words_between_others_leave_a_mark(project: Path) -> None:
    remove(project)

    speakers = entry(project, "talk/bikes")["speakers"]
    message = entry(project, "message/thanks")
    assert speakers == {
        "person/ben-rot": {"position": "2", "organisation": "organisation/shop", "quote": "Ben Rot and Cem Blau, Shop"}
    }
    assert message["quote"] == "thanks to Ben Rot, […] and all others"
    assert message["note"] == {"de": "Dank an Frau […]\nund andere.\n", "en": "Thanks to […]."}


def test_id_in_a_comment_is_reported(project: Path) -> None:
    said = remove(project)

    number = 1 + report_of(project).splitlines().index("# --- Day --- (told by […], see person/anna-weiss)")
    assert [line for line in said if "this still stands here" in line] == [
        f"report.yaml:{number}: this still stands here: # --- Day --- (told by […], see person/anna-weiss)"
    ]


@pytest.mark.slow
def test_other_texts_and_outputs_made_before_are_reported(run: Run, project: Path) -> None:
    (project / "data" / "notes.txt").write_text("Day\nsaid Anna\u0020Wei\u00df\n", encoding="utf-8")
    (project / "data" / "broken.txt").write_text("Anna\nWeiß\n", encoding="utf-8")
    (project / "anna-weiss.md").write_text("nothing\n", encoding="utf-8")
    (project / "photo.png").write_bytes(b"\x89PNG")
    (project / ".git").mkdir()
    (project / ".git" / "packed").write_text("Anna Weiß", encoding="utf-8")
    with zipfile.ZipFile(project / "who.xlsx", "w") as workbook:
        workbook.writestr("xl/sharedStrings.xml", "<t>Anna Wei&#223;</t>")
    assert run("view", "everything", "-o", project / "old.html", "--project", project).exit_code == 0
    assert run("export", "-f", "ntriples", "-o", project / "old.nt", "--project", project).exit_code == 0

    said = "\n".join(remove(project))

    assert "notes.txt:2: this still stands here: said Anna Weiß" in said
    assert "broken.txt" in said
    assert "anna-weiss.md: the name of this file names the person – rename it" in said
    assert re.search(r"^old\.html:\d+: this still stands here", said, re.MULTILINE)
    assert re.search(r"^old\.nt:\d+: this still stands here", said, re.MULTILINE)
    assert "who.xlsx: this still stands here" in said
    assert re.search(r"1 file is too large.*photo\.png", said)
    assert "packed" not in said


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows needs no locks")
def test_cache_that_is_in_use_is_not_called_empty(run: Run, project: Path) -> None:
    run("query", "SELECT * { ?s ?p ?o }", "--project", project)
    (entry,) = cache_folder.entries(cache_folder.folder())
    with files.Lock(entry / files.LOCK, shared=True):
        done = run("remove", "Anna Weiß", "--project", project)

    assert f"{cache_folder.folder()} could not be emptied: " in done.stderr
    assert "The cache of this computer is empty." not in done.stderr


@pytest.mark.slow
def test_cache_is_emptied(run: Run, project: Path) -> None:
    run("query", "SELECT * { ?s ?p ?o }", "--project", project)
    filled = list(cache_folder.folder().iterdir())
    trial = run("remove", "Anna Weiß", "--dry-run", "--project", project)
    kept = list(cache_folder.folder().iterdir())
    done = run("remove", "Anna Weiß", "--project", project)

    assert (trial.exit_code, done.exit_code) == (0, 0)
    assert filled == kept != []
    assert list(cache_folder.folder().iterdir()) == []
    assert "The cache of this computer is empty." in done.stderr
    assert "The cache of this computer is empty." not in trial.stderr


def test_undecided_values_lose_the_name(project: Path) -> None:
    path = project / "data" / "report.yaml"
    path.write_text(REPORT + REVIEW, encoding="utf-8")

    remove(project)

    assert yaml_editing.read(path.read_bytes(), "report.yaml")["review"] == [
        {"quote": "Werk", "reason": "Which one?", "candidates": ["organisation/shop"]},
        {"quote": "A. W.", "reason": "Who else?", "candidates": ["person/ben-rot"]},
    ]


@pytest.mark.slow
def test_no_text_of_the_graph_names_the_person(project: Path) -> None:
    named = re.compile(r"wei(ß|ss)|\banna\b", re.IGNORECASE)
    before = texts_of(project)
    remove(project)
    after = texts_of(project)

    assert len([text for text in before if named.search(text)]) == 6
    assert [text for text in after if named.search(text)] == []
    assert "Ben Rot" in after


PROGRAMME = """\
Werkstatttag Neuheim 2031

Am 3. Mai 2031 fand in Neuheim der Werkstatttag statt.

Programm

09:00 Begrüßung
Petra Holm, Stadt Neuheim

10:00 Reparieren statt Wegwerfen
Dr. Jan Wolter, Holzwerk Neuheim GmbH

11:00 Leihen statt Kaufen
Jan Wolter, Holzwerk Neuheim GmbH; Mia Lenz, Leihladen e. V.
"""


@pytest.mark.slow
@pytest.mark.parametrize("again", [PROGRAMME, PROGRAMME.replace("Kaufen\n", "Kaufen!\n")], ids=["same", "changed"])
def test_next_draft_of_the_document_leaves_the_person_out(
    run: Run, tmp_path: Path, empty_cache: Path, again: str
) -> None:
    folder, document = tmp_path / "region", tmp_path / "day.txt"
    draft = ("draft", document, "--url", "https://example.org/day", "--project", folder, "-o")
    run("init", folder)
    document.write_text(PROGRAMME, encoding="utf-8")
    run(*draft, folder / "data" / "day.yaml")
    assert "Wolter" in (folder / "data" / "day.yaml").read_text(encoding="utf-8")
    run("remove", "Jan Wolter", "--project", folder)

    document.write_text(again, encoding="utf-8")
    done = run(*draft, folder / "data" / "day.yaml")
    files = [path for path in folder.rglob("*") if path.is_file()]

    assert done.exit_code == 0
    assert (folder / "data" / ".day.draft") in files
    assert [path for path in files if re.search("wolter", path.read_text(encoding="utf-8"), re.IGNORECASE)] == []
    assert "Mia Lenz" in (folder / "data" / "day.yaml").read_text(encoding="utf-8")


@pytest.mark.slow
def test_draft_into_another_file_proposes_the_person_again(run: Run, tmp_path: Path, empty_cache: Path) -> None:
    folder, document = tmp_path / "region", tmp_path / "day.txt"
    draft = ("draft", document, "--url", "https://example.org/day", "--project", folder, "-o")
    run("init", folder)
    document.write_text(PROGRAMME, encoding="utf-8")
    run(*draft, folder / "data" / "day.yaml")
    run("remove", "Jan Wolter", "--project", folder)

    done = run(*draft, folder / "data" / "other.yaml")

    assert done.exit_code == 0
    assert "person/jan-wolter" in (folder / "data" / "other.yaml").read_text(encoding="utf-8")


@pytest.mark.slow
def test_all_files_that_say_something_of_the_person_lose_it(project: Path) -> None:
    contacts = project / "data" / "contacts.yaml"
    contacts.write_text(
        "id: editorial/contacts\ntype: EditorialGraph\nlabel: {de: Kontakte, en: Contacts}\nsays:\n"
        "- id: person/anna-weiss\n  email: a.weiss@example.org\n  consent: 2025-04-01\n",
        encoding="utf-8",
    )
    remove(project)

    assert contacts.read_text(encoding="utf-8").endswith("says: []\n")
    assert project_check.check(Project(project))[0] == []


def test_organisation_with_details_of_its_own_stays_and_is_named(project: Path) -> None:
    path = project / "data" / "report.yaml"
    text = REPORT.replace("name: Work, quote", "name: Work, email: office@example.org, quote")
    path.write_text(text, encoding="utf-8")

    said = "\n".join(remove(project))

    assert "organisation/work stays, because it says more than its name" in said
    assert entry(project, "organisation/work")["quote"] == "Work"


def test_second_run_does_what_is_left(project: Path) -> None:
    contacts = project / "data" / "a-contacts.yaml"
    contacts.write_text(
        "id: editorial/contacts\ntype: EditorialGraph\nlabel: {de: Kontakte, en: Contacts}\nsays:\n"
        "- id: person/anna-weiss\n  email: a.weiss@example.org\n  consent: 2025-04-01\n"
        "- id: organisation/shop\n  contactPersons:\n    person/anna-weiss: {quote: Anna Weiß}\n",
        encoding="utf-8",
    )
    plan = removal.plan(Project(project), "Anna Weiß", "en")
    first = next(iter(plan.contents))
    first.write_bytes(plan.contents[first])

    remove(project)

    assert len(plan.contents) == 2
    for path in plan.contents:
        assert path.read_bytes() == plan.contents[path]


def test_consent_is_withdrawn_with_the_contact_details(project: Path) -> None:
    path = project / "data" / "report.yaml"
    detailed = REPORT.replace(
        "  quote: Anna Weiß\n",
        "  email: a.weiss@example.org\n  telephone: +49 371 1234\n  consent: 2025-04-01\n  quote: Anna Weiß\n",
    ).replace("thanks to Ben Rot", "write to A.Weiss@example.org, thanks to Ben Rot")
    path.write_text(detailed, encoding="utf-8")

    said = "\n".join(remove(project, contacts=True))

    assert report_of(project) == REPORT.replace("thanks to Ben Rot", "write to […], thanks to Ben Rot")
    assert "removed: person/anna-weiss: telephone" in said
    with pytest.raises(UsageError, match="no contact details"):
        remove(project, contacts=True)


def test_former_id_names_the_person(project: Path) -> None:
    assert "report.yaml" in "\n".join(remove(project, "person/anna-gross"))
    assert "Anna Wei" not in report_of(project)


def test_family_name_of_another_entry_stays(project: Path) -> None:
    path = project / "data" / "report.yaml"
    text = REPORT.replace("name: Ben Rot", "name: Ben Weiß").replace("Ben Rot", "Ben Weiß")
    path.write_text(text, encoding="utf-8")

    remove(project)

    assert entry(project, "person/ben-rot")["name"] == "Ben Weiß"
    assert entry(project, "message/thanks")["quote"] == "thanks to Ben Weiß, […] and all others"
    assert "Anna Wei" not in report_of(project)


@pytest.mark.parametrize(
    ("person", "code", "words"),
    [
        ("Weiß", 2, "only a part of the name Anna Weiß – give the whole name, or the id person/anna-weiss"),
        ("Shop", 2, "Organi"),
        ("Dora Grün", 2, "Dora Grün"),
    ],
)
def test_nobody_else_is_taken_for_the_person(run: Run, project: Path, person: str, code: int, words: str) -> None:
    done = run("remove", person, "--project", project, "--lang", "en")

    assert (done.exit_code, done.stdout) == (code, "")
    assert words in done.stderr
    assert report_of(project) == REPORT


@pytest.mark.slow
def test_name_without_entry_is_searched_and_reported(run: Run, project: Path) -> None:
    (project / "old.txt").write_text("Dora Grün was here\n", encoding="utf-8")

    done = run("remove", "Dora Grün", "--project", project, "--lang", "en")

    assert done.exit_code == 0
    assert "old.txt:1: this still stands here: Dora Grün was here\n" in done.stdout
    assert "Dora Grün" in done.stderr
    assert report_of(project) == REPORT


def test_bundled_project_is_not_changed(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    done = run("remove", "Boris Kaiser", "--dry-run", "--lang", "en")

    assert (done.exit_code, done.stdout) == (2, "")
    assert "--project" in done.stderr


def test_anchors_are_refused_and_nothing_is_changed(project: Path) -> None:
    path = project / "data" / "report.yaml"
    text = REPORT.replace('quote: "Anna Weiß, Work"}', 'quote: &q "Anna Weiß, Work"}', 1).replace(
        "name: Shop,", "name: Shop, description: {de: *q, en: x},", 1
    )
    path.write_text(text, encoding="utf-8")

    with pytest.raises(FileError, match=r"report\.yaml"):
        remove(project)
    assert path.read_text(encoding="utf-8") == text
