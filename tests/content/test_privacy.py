"""A person who asks to be removed is gone after the steps of docs/privacy.md, and nothing else breaks."""

from __future__ import annotations

import html
import re
import shutil
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import pytest

from itasgraph import formats
from itasgraph.project import Project
from itasgraph.store import cache
from itasgraph.store.memory import Graph
from tests.helpers.graphs import graph_of_project
from tests.helpers.programs import Run
from tests.helpers.projects import HEAD, ROOT, SOURCE, little_project
from tests.helpers.questions import ALONE
from tests.helpers.servers import oxigraph_in

READING = "data/itas-kongress-2024.yaml"
OMISSION = """
- id: omission/person-1
  type: Omission
  leavesOut: source/itas-kongress-2024-rueckblick
  quote: "{quote}"
  line: {line}
  label: {{de: Angaben zu einer Person, en: Details of a person}}
  description:
    de: Nicht übernommen; Schutz personenbezogener Daten.
    en: Not taken over; protection of personal data.
"""


@dataclass(frozen=True)
class Case:
    """A person, how the name may be spelled, and what an editor changes: file → (old text, new text)."""

    name: str
    spellings: re.Pattern[str]
    shown: tuple[str, ...]
    quote: str
    line: int
    edits: dict[str, tuple[tuple[str, str], ...]]


ONCE = Case(
    name="Petra Seifert",
    spellings=re.compile("seifert"),
    shown=("talk/transformationslotsen", "offer/transformationslotsen", "person/thomas-knabel"),
    quote="Transformationslotsen – Der Umbau in den Betrieben am konkreten Beispiel",
    line=53,
    edits={
        READING: (
            (
                "    person/petra-seifert:\n      position: 2\n      organisation: organisation/gkn\n"
                '      role: role/betriebsraetin\n      quote: "Petra Seifert, Betriebsrätin GKN"\n',
                "",
            ),
            ('- {id: person/petra-seifert, type: Person, name: Petra Seifert, quote: "Petra Seifert"}\n', ""),
            # Only she led to the role and the organisation.
            (
                "- {id: role/betriebsraetin, type: Role, label: {de: Betriebsrätin, en: Works council member}, "
                "quote: Betriebsrätin}\n",
                "",
            ),
            ('- {id: organisation/gkn, type: Organisation, name: GKN, quote: "Betriebsrätin GKN"}\n', ""),
        ),
        "data/README.md": (
            ("Petra Seifert, Betriebsrätin GKN", "Thomas Knabel, 1. Bevollmächtigter IG Metall Zwickau"),
        ),
    },
)
SEVERAL = Case(
    name="Andreas Wächtler",
    spellings=re.compile("w(ä|ae|a)chtler"),
    shown=(
        "talk/trendscouting",
        "talk/circular-cars",
        "organisation/amz-sachsen",
        "place/sachsen",
        "person/boris-kaiser",
    ),
    quote="Was bringt die Zukunft – Neues aus dem ITAS Technologie- und Trendscouting",
    line=43,
    edits={
        READING: (
            (
                "  speakers:\n    person/andreas-waechtler:\n      position: 1\n"
                "      organisation: organisation/amz-sachsen\n      role: role/netzwerkmanager\n"
                '      quote: ["Andreas Wächtler, Netzwerkmanager AMZ Sachsen", "Andreas Wächtler vom Netzwerkmanager '
                'AMZ Sachsen gab Einblicke in das Technologie- und Trendscouting"]\n',
                "",
            ),
            (
                "    person/andreas-waechtler:\n      position: 2\n      organisation: organisation/amz-sachsen\n"
                '      quote: "Andreas Wächtler, AMZ Sachsen"\n',
                "",
            ),
            (
                "- id: person/andreas-waechtler\n  type: Person\n  name: Andreas Wächtler\n"
                '  quote: ["Andreas Wächtler, Netzwerkmanager AMZ Sachsen", "Andreas Wächtler vom Netzwerkmanager AMZ '
                'Sachsen", "Andreas Wächtler, AMZ Sachsen"]\n'
                '  note:\n    de: "Im Programm steht „Andreas Wächtler, Netzwerkmanager AMZ Sachsen“ (die Rolle), in der '
                'Zusammenfassung „vom Netzwerkmanager AMZ Sachsen“ (der Grammatik nach die Organisation)."\n'
                '    en: "The programme has “Andreas Wächtler, Netzwerkmanager AMZ Sachsen” (the role), the summary '
                '“vom Netzwerkmanager AMZ Sachsen” (by grammar, the organisation)."\n',
                "",
            ),
            (
                "- {id: role/netzwerkmanager, type: Role, label: {de: Netzwerkmanager, en: Network manager}, "
                'quote: "Netzwerkmanager AMZ Sachsen", line: 43}\n',
                "",
            ),
            # Others speak for the organisation, too: it stays, on the words that do not name him.
            (
                '  quote: ["Andreas Wächtler, Netzwerkmanager AMZ Sachsen", "vom Netzwerkmanager AMZ Sachsen", '
                '"Andreas Wächtler, AMZ Sachsen", "Udo Wehner, AMZ Sachsen"]\n',
                '  quote: ["vom Netzwerkmanager AMZ Sachsen", "Udo Wehner, AMZ Sachsen"]\n',
            ),
            (
                '["vom Netzwerkmanager AMZ Sachsen", "Andreas Wächtler, AMZ Sachsen", "Udo',
                '["vom Netzwerkmanager AMZ Sachsen", "Udo',
            ),
            (" die Rolle von Andreas Wächtler.", " eine Rolle."),
            (" the role of Andreas Wächtler.", " a role."),
        ),
    },
)
CASES = [
    pytest.param(ONCE, id="appears-once", marks=pytest.mark.slow),
    pytest.param(SEVERAL, id="appears-several-times"),
]


def _traces(text: str, case: Case) -> list[str]:
    """Return where the name stands in a text, whichever way its letters are escaped or composed."""
    readable = re.sub(r"\\u([0-9a-fA-F]{4})", lambda code: chr(int(code[1], 16)), unquote(html.unescape(text)))
    return [
        line for line in unicodedata.normalize("NFC", readable).casefold().splitlines() if case.spellings.search(line)
    ]


def _remove(project: Path, case: Case) -> None:
    """Do steps 1 to 4 of docs/privacy.md: take out entries and words, say that something is left out."""
    for name, edits in case.edits.items():
        text = (project / name).read_text(encoding="utf-8")
        for old, new in edits:
            assert text.count(old) >= 1, f"{name} no longer holds: {old}"
            text = text.replace(old, new)
        (project / name).write_text(text, encoding="utf-8")
    with (project / "data" / "omissions.yaml").open("a", encoding="utf-8") as file:
        file.write(OMISSION.format(quote=case.quote, line=case.line).lstrip("\n"))


def _outputs(project: Path, case: Case, run: Run) -> dict[str, str]:
    """Return everything the tool writes of a project, by what it is."""
    asked = {
        **{f"export {form.name}": ("export", "-f", form.name) for form in formats.RDF},
        **{f"network {form}": ("export", "-f", form, "--network", "everything") for form in ("graphml", "gexf")},
        "describe": ("export", "--describe"),
        "analyse": ("analyse", "-f", "json"),
        **{f"view {lang}": ("view", "everything", "-o", "-", "--lang", lang) for lang in ("de", "en")},
        "view actors": ("view", "-o", "-"),
        **{f"show {thing}": ("show", thing) for thing in case.shown},
        **{f"query {path.stem}": ("query", path.stem, "-f", "csv") for path in ALONE},
        "cite": ("query", "speakers", "--cite", "-f", "html"),
    }
    results = {name: run(*arguments, "--project", project) for name, arguments in asked.items()}
    failed = {name: result.stderr for name, result in results.items() if result.exit_code}
    assert not failed
    workbook = project.parent / "speakers.xlsx"
    assert run("query", "speakers", "-o", workbook, "--project", project).exit_code == 0
    with zipfile.ZipFile(workbook) as parts:
        parts_of_workbook = {f"xlsx {name}": parts.read(name).decode() for name in parts.namelist()}
    written = {str(path): path.read_text(encoding="utf-8") for path in sorted((project / "data").iterdir())}
    cached = {str(path): path.read_text("latin-1") for path in cache.folder().rglob("*") if path.is_file()}
    return {**{name: result.stdout for name, result in results.items()}, **parts_of_workbook, **written, **cached}


def _pointing_nowhere(graph: Graph) -> set[str]:
    """Return things of the project's own space that are referred to, of which nothing is said."""
    rows = graph.select(
        "SELECT DISTINCT ?thing WHERE { ?other ?property ?thing . FILTER(isIRI(?thing) && STRSTARTS(STR(?thing), STR(<>)))"
        " FILTER NOT EXISTS { ?thing ?any ?value } }"
    )
    return {graph.compact(row["thing"].value) for row in rows}


def _left_alone(graph: Graph) -> set[str]:
    """Return people, roles and organisations nothing stated refers to."""
    rows = graph.select(
        "SELECT DISTINCT ?thing WHERE { VALUES ?kind { schema:Person schema:Organization org:Role } ?thing a ?kind"
        " FILTER NOT EXISTS { ?other ?property ?thing } }"
    )
    return {graph.compact(row["thing"].value) for row in rows}


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_no_trace_is_left(copy: Path, run: Run, case: Case) -> None:
    before = _outputs(copy, case, run)
    named = {name for name, text in before.items() if _traces(text, case)}

    _remove(copy, case)
    shutil.rmtree(cache.folder())
    after = {name: _traces(text, case) for name, text in _outputs(copy, case, run).items()}

    # The search finds the name where it is, or it would prove nothing.
    assert {"export turtle", "export ntriples", "export nquads", "view de", "view en", "view actors"} < named
    assert {
        "export jsonld",
        "export rdfxml",
        "network gexf",
        "analyse",
        "cite",
        "xlsx xl/worksheets/sheet1.xml",
    } < named
    assert {str(copy / "data" / "itas-kongress-2024.yaml"), f"show {case.shown[0]}", "query speakers"} < named
    assert any(name.endswith("graph.nq") for name in named)
    assert {name: lines for name, lines in after.items() if lines} == {}


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_project_is_as_sound_as_before(copy: Path, run: Run, case: Case) -> None:
    before = graph_of_project(Project(copy))
    _remove(copy, case)

    checked = run("check", "--project", copy)
    graph = graph_of_project(Project(copy))

    assert (checked.exit_code, checked.stderr.count("\n") + checked.stdout.count("\n")) == (0, 1), checked.output
    assert _pointing_nowhere(graph) <= _pointing_nowhere(before)
    assert _left_alone(graph) <= _left_alone(before)


@pytest.mark.parametrize("case", CASES)
def test_lines_and_quotes_still_hold(copy: Path, run: Run, source: list[str], tmp_path: Path, case: Case) -> None:
    _remove(copy, case)
    document = tmp_path / SOURCE
    document.write_bytes("\n".join(source).encode())

    result = run("coverage", document, "--project", copy)

    assert result.exit_code == 0, result.output
    assert case.quote in source[case.line - 1]
    assert not _traces(result.output, case)


@pytest.mark.parametrize("case", CASES)
def test_person_is_not_found(copy: Path, run: Run, case: Case) -> None:
    done = run("show", case.name, "--project", copy)
    _remove(copy, case)

    result = run("show", case.name, "--project", copy)

    assert (done.exit_code, case.name in done.stdout) == (0, True)
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
        (project / "data" / "contacts.yaml").unlink()
        without_consent = published()
        path = project / "data" / "report.yaml"
        path.write_text(report[: report.index("- id: person/anna-weiss")], encoding="utf-8")
        after = published()

    assert all(word in before for word in ("anna weiss", "anna-gross", "a.weiss@example.org", "2025-04-01"))
    assert "anna" in without_consent
    assert not re.search(r"a\.weiss|2025-04-01|editorial/contacts", without_consent)
    assert not re.search(r"anna|weiss|wei%c3%9f|gross", after)


@pytest.mark.slow
def test_dangling_person_is_reported(copy: Path, run: Run) -> None:
    path = copy / READING
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(ONCE.edits[READING][1][0], ""), encoding="utf-8")
    line = 1 + text.splitlines().index("    person/petra-seifert:")

    result = run("check", "--project", copy)

    assert result.exit_code == 1
    assert f"itas-kongress-2024.yaml:{line}:" in result.output


def test_steps_name_the_cache() -> None:
    german, english = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8").split("\n# ")[:2]
    steps = [re.findall(r"^(\d)\. ", text, re.MULTILINE) for text in (german, english)]
    commands = [re.findall(r"^ +(grep|git grep|itasgraph|rm) (.*)$", text, re.MULTILINE) for text in (german, english)]

    assert steps[0] == steps[1] == [str(number) for number in range(1, len(steps[0]) + 1)]
    assert len(steps[0]) >= 8
    assert commands[0] == commands[1]
    assert len(commands[0]) >= 7
    assert all("~/.cache/itasgraph" in text and "XDG_CACHE_HOME" in text for text in (german, english))
