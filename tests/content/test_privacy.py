"""A person is removed in one step: no output and no file names them any more, and nothing else breaks."""

from __future__ import annotations

import difflib
import html
import re
import shutil
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import httpx
import pytest

from itasgraph import formats
from itasgraph.authoring import project_check, remaining_mentions, removal
from itasgraph.parsing import yaml_editing
from itasgraph.project import Project
from itasgraph.store import cache_folder
from itasgraph.store.memory import Graph
from tests.helpers.graphs import graph_of_project
from tests.helpers.programs import Run
from tests.helpers.projects import HEAD, ROOT, SOURCE, lay_out, little_project
from tests.helpers.questions import ALONE
from tests.helpers.servers import oxigraph_in, ports, wait

READING = "data/itas-kongress-2024.yaml"
ENTRIES = yaml_editing.read((ROOT / READING).read_bytes(), READING)["says"]
# Each test runs for everybody in `make test-full`.
PEOPLE = [entry["name"] for entry in ENTRIES if entry.get("type") == "Person"]
UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e"}


@pytest.fixture(autouse=True)
def _own_cache(empty_cache: Path) -> None:
    """Keep a removal, which empties the cache, off the cache that tests share."""


def traces(text: str, person: str) -> list[str]:
    """Return the lines of a text with the family name of a person, whichever way its letters are escaped, composed or written."""
    family = person.rsplit(maxsplit=1)[-1].casefold().replace("ss", "ß" if "ß" in person else "ss")
    spelled = "".join(f"(?:{letter}|{UMLAUTS[letter]})" if letter in UMLAUTS else letter for letter in family)
    word = re.compile(rf"(?<![^\W_]){spelled}(?![^\W_])")
    readable = re.sub(r"\\u([0-9a-fA-F]{4})", lambda code: chr(int(code[1], 16)), unquote(html.unescape(text)))
    lines = unicodedata.normalize("NFC", readable).replace("ẞ", "ß").lower().splitlines()
    return [line for line in lines if word.search(line)]


def remove(run: Run, project: Path, person: str, *options: str) -> str:
    """Remove a person and return what the command says, line by line, on stdout."""
    done = run("remove", person, "--project", project, "--lang", "en", *options)
    assert done.exit_code == 0, done.output
    return str(done.stdout)


def outputs(project: Path, run: Run, person: str) -> dict[str, str]:
    """Return everything the tool writes of a project, by what it is."""
    others = [other for other in PEOPLE if other != person][:3]
    entities = ["initiative/itas", "organisation/amz-sachsen", "event/itas-kongress-2024", *others]
    commands = {
        **{f"export {form.name}": ("export", "-f", form.name) for form in formats.RDF},
        **{f"network {form}": ("export", "-f", form, "--network", "everything") for form in ("graphml", "gexf")},
        "describe": ("export", "--describe"),
        "analyse": ("analyse", "-f", "json"),
        **{f"path to {other}": ("path", others[0], other) for other in others[1:]},
        **{f"view {lang}": ("view", "everything", "-o", "-", "--lang", lang) for lang in ("de", "en")},
        "view actors": ("view", "-o", "-"),
        **{f"show {entity}": ("show", entity) for entity in entities},
        **{f"query {path.stem}": ("query", path.stem, "-f", "csv") for path in ALONE},
        "cite": ("query", "speakers", "--cite", "-f", "html"),
    }
    results = {name: run(*arguments, "--project", project) for name, arguments in commands.items()}
    # A question whose default was the person now asks for one. Not everybody is connected.
    failed = {name: result.stderr for name, result in results.items() if result.exit_code}
    assert {name: words for name, words in failed.items() if "parameter" not in words and name[:4] != "path"} == {}
    table = project.parent / "net.csv"
    assert run("export", "-f", "csv", "--network", "everything", "-o", table, "--project", project).exit_code == 0
    workbook = project.parent / "speakers.xlsx"
    assert run("query", "speakers", "-o", workbook, "--project", project).exit_code == 0
    with zipfile.ZipFile(workbook) as parts:
        parts_of_workbook = {f"xlsx {name}": parts.read(name).decode() for name in parts.namelist()}
    workbook.unlink()
    stored = {str(path): path.read_text("latin-1") for path in cache_folder.folder().rglob("*") if path.is_file()}
    written = {path.name: path.read_text(encoding="utf-8") for path in project.parent.glob("net-*.csv")}
    return {**{name: result.output for name, result in results.items()}, **parts_of_workbook, **written, **stored}


def texts_of(project: Path) -> dict[str, str]:
    return {str(path): path.read_text(encoding="utf-8") for path in sorted(project.rglob("*")) if path.is_file()}


def published(project: Path, run: Run, folder: Path) -> str:
    """Return all triples of a store that the project is published to."""
    with oxigraph_in(folder) as store:
        assert run("publish", store.graphs, "--project", project).exit_code == 0
        rows = run("query", "SELECT * { GRAPH ?g { ?s ?p ?o } }", "--endpoint", store.query, "-f", "csv")
    return str(rows.stdout)


def served(project: Path, folder: Path) -> str:
    """Return all triples that a process of `serve` answers with."""
    (port,) = ports(1)
    url, log = f"http://127.0.0.1:{port}/query", folder / "serve.log"
    command = [sys.executable, "-m", "itasgraph", "serve", "--project", str(project), "--port", str(port)]
    with log.open("wb") as words, subprocess.Popen(command, stdout=words, stderr=words) as process:
        try:
            wait(process, f"{url}?query=ASK%7B%7D", log)
            query = {"query": "SELECT * { GRAPH ?g { ?s ?p ?o } }"}
            return httpx.get(url, params=query, headers={"Accept": "text/csv"}, trust_env=False).text
        finally:
            process.terminate()


def pointing_nowhere(graph: Graph) -> set[str]:
    """Return things of the project's own space that are referred to, of which nothing is said."""
    rows = graph.select(
        "SELECT DISTINCT ?thing WHERE { ?other ?property ?thing . FILTER(isIRI(?thing) && STRSTARTS(STR(?thing), STR(<>)))"
        " FILTER NOT EXISTS { ?thing ?any ?value } }"
    )
    return {graph.compact(row["thing"].value) for row in rows}


def left_alone(graph: Graph) -> set[str]:
    """Return people, roles and organisations nothing stated refers to."""
    rows = graph.select(
        "SELECT DISTINCT ?thing WHERE { VALUES ?kind { schema:Person schema:Organization org:Role } ?thing a ?kind"
        " FILTER NOT EXISTS { ?other ?property ?thing } }"
    )
    return {graph.compact(row["thing"].value) for row in rows}


def test_everybody_is_tried() -> None:
    assert len(PEOPLE) == len(set(PEOPLE)) == 19


@pytest.mark.quick(1)
@pytest.mark.parametrize("person", PEOPLE)
def test_no_file_names_the_person_and_check_has_no_faults(copy: Path, run: Run, graph: Graph, person: str) -> None:
    assert any(traces(text, person) for text in texts_of(copy).values())

    said = remove(run, copy, person)
    left = graph_of_project(Project(copy))

    # Behind the changes, the command lists what names the person all the same, and the faults that `check` finds.
    assert [line for line in said.splitlines() if ": removed: " not in line and " becomes “" not in line] == []
    assert {name: lines for name, text in texts_of(copy).items() if (lines := traces(text, person))} == {}
    assert pointing_nowhere(left) <= pointing_nowhere(graph)
    assert left_alone(left) <= left_alone(graph)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["region", "energy", "two-congresses", "two-days", "two-sources"])
def test_everybody_of_other_projects_can_be_removed(tmp_path: Path, name: str) -> None:
    original = lay_out(tmp_path / "original", ROOT / "tests" / "projects" / name)
    people = names_of_people(original)
    assert len(people) >= 2
    assert project_check.check(Project(original))[0] == []

    for person in people:
        project = tmp_path / person
        shutil.copytree(original, project)
        plan = removal.plan(Project(project), person, "en")
        plan.carry_out()

        assert [one.render("en") for one in project_check.check(Project(project))[0]] == []
        assert list(remaining_mentions.find(Project(project), plan.name, {})) == []
        assert [line for text in texts_of(project / "data").values() for line in traces(text, person)] == []


def names_of_people(project: Path) -> list[str]:
    """Return the names of the people of a project."""
    rows = graph_of_project(Project(project)).select(
        "SELECT DISTINCT ?name { ?who a schema:Person ; schema:name ?name } ORDER BY ?name"
    )
    return [row["name"].value for row in rows]


@pytest.mark.slow
@pytest.mark.parametrize("person", PEOPLE)
def test_no_output_names_the_person(copy: Path, run: Run, tmp_path: Path, person: str) -> None:
    before = {name for name, text in outputs(copy, run, person).items() if traces(text, person)}

    remove(run, copy, person)
    after = outputs(copy, run, person)
    after |= {"published": published(copy, run, tmp_path), "served": served(copy, tmp_path)}

    # The search finds the name where it is, or it would prove nothing.
    assert {"export turtle", "export nquads", "export jsonld", "export rdfxml", "view de", "view actors"} < before
    assert {"network gexf", "net-nodes.csv", "cite", "xlsx xl/worksheets/sheet1.xml", "query speakers"} < before
    assert any(name.endswith("graph.nq") for name in before)
    assert {name: lines for name, text in after.items() if (lines := traces(text, person))} == {}
    assert all(len(after[name]) > 10_000 for name in ("export turtle", "view de", "published", "served"))


@pytest.mark.slow
@pytest.mark.parametrize("person", PEOPLE)
def test_all_other_lines_stay_as_they_are(copy: Path, run: Run, person: str) -> None:
    path = copy / READING
    before = path.read_text(encoding="utf-8").splitlines()

    said = remove(run, copy, person)
    after = path.read_text(encoding="utf-8").splitlines()

    matcher = difflib.SequenceMatcher(a=before, b=after, autojunk=False)
    blocks = [(before[i:j], after[k:m]) for tag, i, j, k, m in matcher.get_opcodes() if tag != "equal"]
    new = [line for _, lines in blocks for line in lines]
    # A line that is written anew is a line with the name, without some of its words.
    assert all(any(is_part(line, other) for other in old) for old, lines in blocks for line in lines)
    assert len(new) <= len(re.findall(rf"^\S+{READING}:\d+: (?:.* becomes |removed: .*quote)", said, re.MULTILINE))
    assert after[:20] == before[:20]


def is_part(line: str, other: str) -> bool:
    """Return whether a line is another one without some of its characters, or with "[…]" in their place."""
    left: Iterator[str] = iter(other)
    return all(letter in left for letter in line.replace("[…]", ""))


@pytest.mark.slow
@pytest.mark.parametrize("person", PEOPLE)
def test_lines_and_quotes_still_hold(copy: Path, run: Run, source: list[str], tmp_path: Path, person: str) -> None:
    remove(run, copy, person)
    document = tmp_path / SOURCE
    document.write_bytes("\n".join(source).encode())

    result = run("coverage", document, "--project", copy)

    assert result.exit_code == 0, result.output


@pytest.mark.slow
@pytest.mark.parametrize("person", ["Petra Seifert", "Andreas Wächtler"])
def test_trial_run_says_the_same_and_changes_nothing(copy: Path, run: Run, person: str) -> None:
    before = texts_of(copy)

    announced = remove(run, copy, person, "--dry-run")
    unchanged = texts_of(copy)
    carried_out = remove(run, copy, person)

    assert unchanged == before
    assert announced == carried_out != ""


@pytest.mark.slow
def test_contribution_of_two_stays_with_the_other_speaker(copy: Path, run: Run) -> None:
    remove(run, copy, "Petra Seifert")

    entries = {entry["id"]: entry for entry in yaml_editing.read((copy / READING).read_bytes(), READING)["says"]}
    assert list(entries["talk/transformationslotsen"]["speakers"]) == ["person/thomas-knabel"]
    # Only she led to the role and the organisation.
    assert {"person/petra-seifert", "role/betriebsraetin", "organisation/gkn"} & set(entries) == set()
    assert len(entries) == len(ENTRIES) - 3


@pytest.mark.slow
def test_organisation_of_others_stays_on_other_words(copy: Path, run: Run) -> None:
    remove(run, copy, "Andreas Wächtler")

    entries = {entry["id"]: entry for entry in yaml_editing.read((copy / READING).read_bytes(), READING)["says"]}
    organisation = entries["organisation/amz-sachsen"]
    assert organisation["quote"] == ["vom Netzwerkmanager AMZ Sachsen", "Udo Wehner, AMZ Sachsen"]
    assert "die Rolle von […]." in organisation["note"]["de"]
    assert "speakers" not in entries["talk/trendscouting"]
    assert "role/netzwerkmanager" not in entries


@pytest.mark.slow
def test_person_is_not_found(copy: Path, run: Run) -> None:
    found = run("show", "Petra Seifert", "--project", copy)
    remove(run, copy, "Petra Seifert")

    result = run("show", "Petra Seifert", "--project", copy)

    assert (found.exit_code, "Petra Seifert" in found.stdout) == (0, True)
    assert (result.exit_code, result.stdout) == (2, "")


ANNA = """\
- id: event/day
  type: Event
  name: Day
  date: 2025-03-14
  quote: the Day
- id: person/anna-weiss
  type: Person
  name: Anna Weiß
  quote: Anna Weiß
  replaces: person/anna-gross
"""
CONTACTS = """\
id: editorial/contacts
type: EditorialGraph
label: {de: Kontakte, en: Contacts}
says:
- id: person/anna-weiss
  email: a.weiss@example.org
  consent: 2025-04-01
"""


@pytest.mark.slow
def test_store_forgets_a_person_with_the_former_ids(run: Run, tmp_path: Path) -> None:
    report = HEAD + ANNA
    project = little_project(tmp_path / "little", report)
    (project / "data" / "contacts.yaml").write_text(CONTACTS, encoding="utf-8")

    with oxigraph_in(tmp_path) as store:

        def published() -> str:
            assert run("publish", store.graphs, "--prune", "--contacts", "--project", project).exit_code == 0
            rows = run("query", "SELECT * { GRAPH ?g { ?s ?p ?o } }", "--endpoint", store.query, "-f", "csv")
            return str(rows.stdout).casefold()

        before = published()
        assert run("remove", "Anna Weiß", "--contacts", "--project", project).exit_code == 0
        without_consent = published()
        assert run("remove", "Anna Weiß", "--project", project).exit_code == 0
        after = published()

    assert all(word in before for word in ("anna weiss", "anna-gross", "a.weiss@example.org", "2025-04-01"))
    assert "anna" in without_consent
    assert not re.search(r"a\.weiss|2025-04-01", without_consent)
    assert not re.search(r"anna|weiss|wei%c3%9f|gross", after)


def test_page_names_the_command() -> None:
    german, english = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8").split("\n# ")[:2]
    steps = [re.findall(r"^(\d)\. ", text, re.MULTILINE) for text in (german, english)]
    commands = [re.findall(r"^ +(git grep|itasgraph) (.*)$", text, re.MULTILINE) for text in (german, english)]

    assert steps[0] == steps[1] == [str(number) for number in range(1, len(steps[0]) + 1)]
    assert commands[0] == commands[1]
    assert ("itasgraph", 'remove "NAME"') in commands[0]
