"""Each command's output and exit code: data on stdout, words on stderr, the exit code is the verdict."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest
from click.testing import Result

from itasgraph.cli import main
from itasgraph.project import Project
from tests.helpers.programs import Run, python, run_itasgraph
from tests.helpers.projects import ROOT

COMMANDS = {"check", "coverage", "export", "init", "queries", "query", "show", "view"}
FORMATS = ["nt", "ttl", "nq", "trig", "rdf", "jsonld"]
WHO = [
    ["Person", "Organisation", "Beziehung", "Wozu", "Thema", "Wort", "Worte der Quelle"],
    [
        "Ada Blum",
        "Gießerei Hartmann",
        "stellt vor",
        "Wärmebörse",
        "Wärme",
        "Abwärme | Heizung",
        "Ada Blum, Gießerei Hartmann",
    ],
    [
        "Ada Blum",
        "Stadtwerke Nordtal",
        "stellt vor",
        "Wärmebörse",
        "Wärme",
        "Abwärme | Heizung",
        "Ada Blum, Stadtwerke Nordtal",
    ],
]
TEN = """
    @prefix itas: <https://w3id.org/itas/ontology#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix schema: <https://schema.org/> .
    @base <https://w3id.org/itas/> .
    <a> a schema:Person ; rdfs:label "Anna"@de , "Anne"@en ; schema:knows <b> .
    <b> a schema:Person ; rdfs:label "Bert"@de , "Bertie"@en .
    schema:knows rdfs:label "kennt"@de , "knows"@en .
"""


@pytest.fixture
def ten(tmp_path: Path) -> Path:
    """Return a file of ten triples."""
    path = tmp_path / "ten.ttl"
    path.write_text(TEN, encoding="utf-8")
    return path


def cells(table: str) -> list[list[str]]:
    """Return the cells of a table, without the rule below its headings."""
    heading, rule, *rows = table.splitlines()
    assert set(rule) == {"─"}
    return [re.split(r" {2,}", line) for line in [heading, *rows]]


def outcome(done: Result) -> tuple[int, str, str]:
    return done.exit_code, done.stdout, done.stderr


# --- help -------------------------------------------------------------------------------------------------------


def test_help_lists_commands(run: Run) -> None:
    done = run("--help")
    listed = re.findall(r"^  (\w+)  +\S", done.stdout.partition("Commands:")[2], re.MULTILINE)

    assert (done.exit_code, done.stderr) == (0, "")
    assert set(listed) == set(main.all_commands()) >= COMMANDS


@pytest.mark.parametrize("option", ["--help", "-h"])
@pytest.mark.parametrize("command", sorted(main.all_commands()))
def test_help_has_examples(run: Run, command: str, option: str) -> None:
    done = run(command, option)

    assert (done.exit_code, done.stderr) == (0, "")
    assert re.search(rf"^  Examples?: itasgraph {command} \S", done.stdout, re.MULTILINE)
    assert "--lang" in done.stdout


def examples() -> list[str]:
    helps = [str(command.help) for command in [main, *main.all_commands().values()]]
    return sorted(example for text in helps for example in re.findall(r"itasgraph \w+ .*", text))


# These need a document, a triple store, or never end; each has tests of its own.
APART = ("coverage", "draft", "publish", "serve")


@pytest.mark.quick(2)
@pytest.mark.parametrize("example", [one for one in examples() if one.split()[1] not in APART])
def test_examples_work(run: Run, example: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    # The bundled project is not changed, so nobody is removed from it: that needs a copy.
    removal = example.startswith("itasgraph remove ")
    monkeypatch.chdir(request.getfixturevalue("copy" if removal else "tmp_path"))
    words = [word for word in shlex.split(example)[1:] if word != "--open"]
    if words[0] != "init" and "my-region" in words:
        run("init", "my-region")
    done = run(*words)

    assert done.exit_code == 0
    assert done.stdout or done.stderr


def test_every_command_has_an_example() -> None:
    assert {example.split()[1] for example in examples()} == set(main.all_commands())


def test_version_is_printed(run: Run) -> None:
    assert outcome(run("--version")) == (0, "itasgraph 0.1.0\n", "")


ASK: Final = """
import sys
from itasgraph.cli import main
try:
    main(sys.argv[1:])
finally:
    print(*sys.modules, file=sys.stderr)
"""


def test_question_to_a_cached_graph_compiles_nothing(tmp_path: Path) -> None:
    first, second = (python("-c", ASK, "query", "who", XDG_CACHE_HOME=str(tmp_path)) for _ in range(2))
    compiling = {"itasgraph.store.compiler", "itasgraph.parsing.yaml_ld", "itasgraph.parsing.rdf_files"}
    others = {f"itasgraph.cli.{name}" for name in ("authoring", "network", "picture", "publishing", "serializers")}

    assert first.stdout == second.stdout != ""
    assert "itasgraph.store.compiler" in first.stderr.split()
    assert (compiling | others) & set(second.stderr.split()) == set()


@pytest.mark.slow
def test_picture_loads_no_package_that_it_does_not_need(tmp_path: Path) -> None:
    done = python("-c", ASK, "view", "-o", tmp_path / "network.html", XDG_CACHE_HOME=str(tmp_path))

    assert done.returncode == 0
    assert {"igraph", "pyvis", "numpy", "matplotlib", "IPython"} & set(done.stderr.split()) == {"igraph", "pyvis"}


# --- query ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("topic", ["Wärme", "WAERME", "ABWÄRME", "topic/waerme", "heat"])
def test_parameter_takes_any_name(run: Run, nordtal_project: Project, topic: str) -> None:
    done = run("query", "who", "-p", f"topic={topic}", "--lang", "de", "--project", nordtal_project.root)

    assert (done.exit_code, done.stderr) == (0, "")
    assert cells(done.stdout) == WHO


def test_query_comes_from_stdin(run: Run, ten: Path) -> None:
    done = run("query", "-", "--lang", "de", "--data", ten, stdin="SELECT ?person { ?person schema:knows ?other }")

    assert outcome(done) == (0, "Person\n──────\nAnna\n", "")


def test_query_comes_from_a_file(run: Run, ten: Path, tmp_path: Path) -> None:
    path = tmp_path / "mine.rq"
    path.write_text("SELECT ?person { ?other schema:knows ?person }")
    done = run("query", path, "--lang", "en", "--data", ten)

    assert outcome(done) == (0, "person\n──────\nBertie\n", "")


def test_query_comes_as_text(run: Run, ten: Path) -> None:
    done = run("query", "SELECT (COUNT(*) AS ?count) { ?s ?p ?o }", "--data", ten, "--lang", "de")

    assert outcome(done) == (0, "Anzahl\n──────\n9\n", "")


def test_issue_query_is_answered(run: Run, nordtal_project: Project) -> None:
    text = """
        SELECT ?person ?organisation ?quote WHERE {
          ?talk schema:about <topic/waerme> ; itas:appearance ?appearance .
          ?appearance org:member ?person ; org:organization ?organisation ; itas:quote ?quote .
        } ORDER BY ?quote"""
    done = run("query", "-", "-f", "csv", "--project", nordtal_project.root, stdin=text)
    base = "https://w3id.org/itas/"

    assert list(csv.reader(io.StringIO(done.stdout, newline="")))[1:] == [
        [f"{base}person/ada-blum", f"{base}organisation/giesserei-hartmann", "Ada Blum, Gießerei Hartmann"],
        [f"{base}person/ada-blum", f"{base}organisation/stadtwerke-nordtal", "Ada Blum, Stadtwerke Nordtal"],
    ]


@pytest.mark.parametrize("option", ["-f", "--format"])
def test_answer_is_csv_or_json(run: Run, ten: Path, option: str) -> None:
    query = "SELECT ?label { <a> rdfs:label ?label } ORDER BY ?label"
    as_csv, as_json = (run("query", query, option, format_, "--data", ten) for format_ in ("csv", "json"))

    assert (as_csv.exit_code, as_csv.stdout_bytes, as_csv.stderr) == (0, b"label\r\nAnna\r\nAnne\r\n", "")
    assert [row["label"]["value"] for row in json.loads(as_json.stdout)["results"]["bindings"]] == ["Anna", "Anne"]


def test_no_rows_are_an_answer(run: Run, ten: Path) -> None:
    done = run("query", "SELECT ?person { ?person a schema:Person FILTER(false) }", "--data", ten, "--lang", "de")

    assert outcome(done) == (0, "Person\n──────\n", "Keine Zeilen.\n")


@pytest.mark.parametrize(
    ("query", "lang", "answer"),
    [
        ("ASK { <a> schema:knows <b> }", "de", (0, "ja\n", "")),
        ("ASK { <b> schema:knows <a> }", "de", (1, "nein\n", "")),
        ("ASK { <b> schema:knows <a> }", "en", (1, "no\n", "")),
    ],
)
def test_ask_sets_the_exit_code(run: Run, ten: Path, query: str, lang: str, answer: tuple[int, str, str]) -> None:
    assert outcome(run("query", query, "--data", ten, "--lang", lang)) == answer


def test_construct_gives_turtle(run: Run, ten: Path) -> None:
    done = run("query", "CONSTRUCT { ?b schema:knows ?a } WHERE { ?a schema:knows ?b }", "--data", ten)
    base = "https://w3id.org/itas/"

    assert done.exit_code == 0
    assert [str(quad.triple) for quad in ox.parse(done.stdout, ox.RdfFormat.TURTLE)] == [
        f"<{base}b> <https://schema.org/knows> <{base}a>"
    ]


def test_output_option_writes_a_file(run: Run, ten: Path, tmp_path: Path) -> None:
    path = tmp_path / "answer.csv"
    query = ("query", "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o", "-f", "csv", "--data", ten)
    shown, dashed, written = run(*query), run(*query, "-o", "-"), run(*query, "-o", path, "--lang", "en")

    assert outcome(written) == (0, "", f"written: {path}\n")
    assert path.read_bytes() == shown.stdout_bytes == dashed.stdout_bytes


def test_page_of_a_question_says_what_was_asked_and_who_says_so(
    run: Run, nordtal_project: Project, tmp_path: Path
) -> None:
    path = tmp_path / "answer.html"
    run("query", "who", "-p", "topic=Wärme", "-o", path, "--project", nordtal_project.root, "--lang", "de")
    page = path.read_text(encoding="utf-8")
    words = " ".join(re.sub("<[^>]+>", " ", page.partition("<body>")[2]).split())

    assert words.startswith("Wer hat zu einem Thema etwas vorgestellt oder gesprochen")
    assert "Thema Wärme 2 Zeilen Person Organisation" in words
    cited = re.search(r"„Abwärme“ \[\d] „Heizung“ \[\d] „Ada Blum, Gießerei Hartmann“ (\[\d])", words)
    assert cited is not None
    assert f"{cited[1]} „Ada Blum, Gießerei Hartmann“ – Bericht 20" in words


def test_long_query_is_stopped(ten: Path) -> None:
    triples = " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(12))
    done = run_itasgraph(
        "query", f"SELECT (COUNT(*) AS ?n) {{ {triples} }}", "--timeout", "0.2", "--data", ten, "--lang", "en"
    )

    assert (done.returncode, done.stdout) == (3, b"")
    assert done.stderr.decode() == ("Gave up after 0.2 s – allow more time with --timeout\n")


def test_interrupt_is_one_word(tmp_path: Path) -> None:
    pipe = tmp_path / "never.yaml"
    os.mkfifo(pipe)
    command = [sys.executable, "-m", "itasgraph", "query", "SELECT * {}", "--lang", "en", "--data", str(pipe)]
    running = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    with running, pipe.open("w"):  # opens as soon as the program reads, and it now waits for words that never come
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=30)

    assert (running.returncode, out, err) == (130, b"", b"interrupted\n")


# --- queries ----------------------------------------------------------------------------------------------------


def test_questions_are_listed(run: Run) -> None:
    german, english = (run("queries", "--lang", lang, "--project", ROOT) for lang in ("de", "en"))
    names = [line.split()[0] for line in german.stdout.splitlines()]

    assert names == sorted(path.stem for path in (ROOT / "queries").glob("*.rq"))
    assert re.search(
        r"^offers +Was ist für eine Zielgruppe gedacht, .+ +-p target_group=group/", german.stdout, re.MULTILINE
    )
    assert re.search(r"^offers +What is meant for a target group, .+ +-p target_group=", english.stdout, re.MULTILINE)
    assert re.search(
        r"^programme +Was steht in welcher Reihenfolge im Programm, und wer spricht\?$", german.stdout, re.MULTILINE
    )
    assert (german.exit_code, german.stderr) == (0, "")


def test_missing_parameter_is_listed(run: Run, copy: Path) -> None:
    (copy / "queries" / "needy.rq").write_text("SELECT * { ?s ?p ?_thing_iri }")
    done = run("queries", "--project", copy)

    assert re.search(r"^needy +needy +-p thing=…$", done.stdout, re.MULTILINE)


# --- show -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "lang", "first", "words"),
    [
        ("Ada Blum", "de", "Ada Blum · Person", "„Ada Blum, Stadtwerke Nordtal“"),
        ("ada blum", "en", "Ada Blum · Person", "“Ada Blum, Stadtwerke Nordtal”"),
        ("BLUM, ADA", "de", "Ada Blum · Person", "„Ada Blum, Gießerei Hartmann“"),
        ("BLUM, MARTHA", "de", "", ""),
        ("giesserei hartmann", "de", "Gießerei Hartmann · Organisation", "„Gießerei Hartmann“"),
        ("Betriebe", "en", "Companies · Target group", "“Die Wärmebörse richtet sich an Betriebe”"),
        ("event/wandelkongress-2024", "de", "Wandelkongress 2024 · Veranstaltung", "begann am 7. Juni 2024"),
    ],
)
def test_show_names_its_sources(
    run: Run, nordtal_project: Project, name: str, lang: str, first: str, words: str
) -> None:
    done = run("show", name, "--lang", lang, "--project", nordtal_project.root)

    assert done.exit_code == (0 if first else 2)
    assert done.stdout.partition("\n")[0] == first
    assert words in done.stdout


def test_show_writes_a_file(run: Run, ten: Path, tmp_path: Path) -> None:
    path = tmp_path / "anna.txt"
    done = run("show", "Anna", "--data", ten, "--lang", "de", "-o", path)

    assert outcome(done) == (0, "", f"geschrieben: {path}\n")
    assert path.read_text(encoding="utf-8").startswith("Anna · schema:Person\nhttps://w3id.org/itas/a\n")


# --- export -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "format_"),
    [
        ((), ox.RdfFormat.TURTLE),
        (("-f", "turtle"), ox.RdfFormat.TURTLE),
        (("-f", "ttl"), ox.RdfFormat.TURTLE),
        (("-f", "nt"), ox.RdfFormat.N_TRIPLES),
        (("--format", "ntriples"), ox.RdfFormat.N_TRIPLES),
    ],
)
def test_export_prints_the_graph(run: Run, ten: Path, options: tuple[str, ...], format_: ox.RdfFormat) -> None:
    done = run("export", *options, "--data", ten)
    expected = {quad.triple for quad in ox.parse(TEN, ox.RdfFormat.TURTLE)}

    assert (done.exit_code, done.stderr) == (0, "")
    assert {quad.triple for quad in ox.parse(done.stdout, format_)} == expected


@pytest.mark.parametrize(("name", "first"), [("itas.ttl", b"@prefix"), ("itas.nt", b"<"), ("itas", b"@prefix")])
def test_export_format_follows_the_suffix(run: Run, ten: Path, tmp_path: Path, name: str, first: bytes) -> None:
    path = tmp_path / name
    done = run("export", "-o", path, "--data", ten, "--lang", "en")

    assert outcome(done) == (0, "", f"written: {path}\n")
    assert path.read_bytes().startswith(first)


def test_export_merges_files(run: Run, ten: Path, tmp_path: Path) -> None:
    more = tmp_path / "more.nt"
    more.write_text("<urn:a> <urn:b> <urn:c> .\n")
    done = run("export", "-f", "nt", "--data", ten, "--data", more)

    assert "<urn:a> <urn:b> <urn:c> .\n" in done.stdout
    assert len(done.stdout.splitlines()) == 10


@pytest.mark.parametrize("format_", [f for f in map(ox.RdfFormat.from_extension, FORMATS) if f], ids=FORMATS)
def test_rdf_formats_are_read(run: Run, tmp_path: Path, format_: ox.RdfFormat) -> None:
    path = tmp_path / f"data.{format_.file_extension}"
    triple = ox.Quad(ox.NamedNode("http://ex.org/a"), ox.NamedNode("http://ex.org/p"), ox.Literal("ä", language="de"))
    ox.serialize([triple], output=path, format=format_)
    done = run("export", "-f", "nt", "--data", path)

    assert outcome(done) == (0, '<http://ex.org/a> <http://ex.org/p> "ä"@de .\n', "")


def test_yaml_data_uses_project_terms(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("id: source/mine\nsays:\n- id: person/anna\n  type: Person\n  name: Anna\n", encoding="utf-8")
    query = 'SELECT ?label { <person/anna> rdfs:label ?label FILTER(LANG(?label) = "de") }'
    done = run("query", query, "-f", "csv", "--data", path, "--project", ROOT)

    assert (done.exit_code, done.stdout_bytes, done.stderr) == (0, b"label\r\nAnna\r\n", "")


# --- view -------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_view_writes_network_html(
    run: Run, nordtal_project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("view", "--lang", "en", "--project", nordtal_project.root)
    page = (tmp_path / "network.html").read_text(encoding="utf-8")

    assert outcome(done) == (0, "", "written: network.html\n")
    assert page.lower().startswith("<!doctype html>")
    assert "Ada Blum" in page
    assert "Niemand baut allein um" not in page


def test_view_prints_a_network(run: Run, nordtal_project: Project) -> None:
    done = run("view", "everything", "-o", "-", "--project", nordtal_project.root)

    assert (done.exit_code, done.stderr) == (0, "")
    assert "Niemand baut allein um" in done.stdout


def test_view_takes_a_query(run: Run, ten: Path, tmp_path: Path) -> None:
    path = tmp_path / "friends.rq"
    path.write_text("SELECT ?source ?relation ?target { ?source ?relation ?target . ?target a schema:Person }")
    done = run("view", path, "-o", "-", "--data", ten, "--lang", "de")

    assert done.exit_code == 0
    assert "Anna" in done.stdout
    assert "Bert" in done.stdout


# --- where the graph comes from ---------------------------------------------------------------------------------


def test_bundled_project_is_named(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    german, english = (run("query", "kinds", "--lang", lang) for lang in ("de", "en"))

    assert german.stdout == run("query", "kinds", "--lang", "de", "--project", ROOT).stdout
    assert (
        german.stderr == f"Im aktuellen Ordner liegt kein Projekt; die Antwort kommt aus dem mitgelieferten in {ROOT}\n"
    )
    assert english.stderr == f"There is no project in the current folder; the bundled one in {ROOT} answers\n"


def test_own_project_needs_no_word(run: Run, little: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(little)
    done = run("show", "Anna", "--lang", "de")

    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith("Anna · Person\n")


def test_changed_data_is_seen(run: Run, little: Path) -> None:
    path = little / "data" / "report.yaml"
    before = run("show", "Uta", "--project", little)
    path.write_text(path.read_text(encoding="utf-8").replace("name: Anna", "name: Uta"), encoding="utf-8")
    after = run("show", "Uta", "--project", little)

    assert (before.exit_code, after.exit_code) == (2, 0)
    assert after.stdout.startswith("Uta")


@pytest.mark.parametrize(
    ("locale", "heading"),
    [
        ({"LC_ALL": "de_DE.UTF-8"}, "Person"),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": "de_AT.UTF-8"}, "Person"),
        ({"LC_ALL": "en_GB.UTF-8", "LANG": "de_DE.UTF-8"}, "person"),
        ({"LC_ALL": "fr_FR.UTF-8"}, "person"),
        ({"LC_ALL": "C"}, "person"),
    ],
    ids=["German", "Austrian", "English before German", "French", "none"],
)
def test_language_follows_the_locale(
    run: Run, ten: Path, locale: dict[str, str], heading: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in locale.items():
        monkeypatch.setenv(name, text)
    done = run("query", "SELECT ?person { }", "--data", ten)

    assert done.stdout.splitlines()[0] == heading


# --- check ------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_check_confirms_in_one_line(run: Run, copy: Path) -> None:
    code, out, err = outcome(run("check", "--project", copy, "--lang", "de"))

    assert (code, out) == (0, "")
    assert err.startswith("In Ordnung: ")
    assert err.count("\n") == 1


@pytest.mark.slow
def test_faults_are_data(run: Run, copy: Path) -> None:
    (copy / "data" / "broken.yaml").write_text(
        "id: source/broken\ntype: Source\nsays:\n- id: person/x\n  type: Person\n  nam: X\n  quote: X\n"
    )
    code, out, err = outcome(run("check", "--project", copy, "--lang", "en"))

    assert code == 1
    alone, unknown = out.splitlines()
    assert alone.startswith(f"{copy / 'data' / 'broken.yaml'}:4:3: warning: ")  # nobody refers to the person
    assert unknown.startswith(f"{copy / 'data' / 'broken.yaml'}:6:3: unknown key “nam” – did you mean name?")
    assert err == "Faults: 1, warnings: 1.\n"


# --- as a process -----------------------------------------------------------------------------------------------


@pytest.mark.quick(1)
@pytest.mark.parametrize(
    ("args", "code", "out", "err"),
    [
        (("--version",), 0, b"itasgraph 0.1.0\n", b""),
        (("query", "-", "-f", "csv"), 0, "x\r\nä\r\n".encode(), b""),
        (("query", "nothing", "--lang", "en"), 2, b"", b"There is no question"),
        (("check", "--project", "nothing", "--lang", "en"), 3, b"", b"nothing is not a project"),
    ],
    ids=lambda part: " ".join(part) if isinstance(part, tuple) else "",
)
def test_streams_and_exit_code_are_apart(args: tuple[str, ...], code: int, out: bytes, err: bytes) -> None:
    done = run_itasgraph(*args, stdin='SELECT ("ä" AS ?x) {}'.encode())

    assert (done.returncode, done.stdout) == (code, out)
    assert err in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("nonsense",), "No such command 'nonsense'"),
        (("query",), "Missing argument 'QUERY'"),
        (("export", "-f", "docx"), "--format: “docx” is not possible"),
        (("query", "who", "-f", "tabel"), "--format: “tabel” is not possible – did you mean table?"),
        (("show", "CWE", "--lang", "fr"), "--lang: “fr” is not possible"),
        (("check", "--nonsense"), "No such option"),
    ],
    ids=lambda part: " ".join(part) if isinstance(part, tuple) else "",
)
def test_usage_error_exits_2(run: Run, args: tuple[str, ...], words: str) -> None:
    done = run(*args)

    assert (done.exit_code, done.stdout) == (2, "")
    assert words in done.stderr


@pytest.mark.quick(1)
@pytest.mark.parametrize("args", [("export",), ("query", "things"), ("queries",)], ids=" ".join)
def test_closed_pipe_is_no_fault(args: tuple[str, ...]) -> None:
    command = [sys.executable, "-u", "-m", "itasgraph", *args]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        first = running.stdout.read(1)
        running.stdout.close()
        words = running.stderr.read()

    assert (len(first), words) == (1, b"")


def test_output_is_always_utf8(ten: Path) -> None:
    done = run_itasgraph("query", 'SELECT ("ä–€" AS ?x) {}', "--data", ten, LC_ALL="C", PYTHONIOENCODING="latin-1")

    assert done.stdout.decode().splitlines()[-1] == "ä–€"


@pytest.mark.quick(1)
@pytest.mark.parametrize(
    "args", [("queries", "--lang", "de"), ("check", "--project", "nichts", "--lang", "de")], ids=" ".join
)
def test_unprintable_words_are_survived(args: tuple[str, ...]) -> None:
    done = run_itasgraph(*args, LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")

    assert done.returncode == (0 if args[0] == "queries" else 3)
    assert b"Traceback" not in done.stderr


@pytest.mark.quick(1)
@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "Blum"),
        ("path", "Blum", "Stadtwerke Nordtal"),
        ("query", "person", "-p", "person=Blum"),
        ("view", "--focus", "Blum", "-o", "-"),
        ("export", "--about", "Blum"),
    ],
    ids=lambda arguments: str(arguments[0]),
)
def test_partial_name_is_reported(arguments: tuple[str, ...], run: Run, nordtal_project: Project) -> None:
    whole = [text.replace("Blum", "Ada Blum") for text in arguments]
    result, same = (run(*given, "--lang", "de", "--project", nordtal_project.root) for given in (arguments, whole))

    assert (result.exit_code, same.exit_code) == (0, 0)
    assert "„Blum“ wird verstanden als: Ada Blum (person/ada-blum)\n" in result.stderr
    assert result.stdout == same.stdout
    assert "verstanden" not in same.stderr


# --- surroundings -------------------------------------------------------------------------------------------------------


def in_shell(line: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a line of the shell in which "itasgraph" is the program."""
    program = f"{shlex.quote(sys.executable)} -m itasgraph"
    return subprocess.run(
        ["sh", "-c", line.replace("itasgraph", program, 1)],
        capture_output=True,
        check=False,
        cwd=folder,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", **environment},
    )


SURROUNDINGS = {
    "a full stdout": ("itasgraph query 'ASK {}' > /dev/full", 3, "stdout: the disk is full\n"),
    "a help for a full stdout": ("itasgraph --help > /dev/full", 3, "stdout: the disk is full\n"),
    "a help of a command for it": ("itasgraph query -h > /dev/full", 3, "stdout: the disk is full\n"),
    "the version for it": ("itasgraph --version > /dev/full", 3, "stdout: the disk is full\n"),
    "a full stderr": ("itasgraph query nothing 2> /dev/full", 2, ""),
    "a wrong command and a full stderr": ("itasgraph nothing 2> /dev/full", 2, ""),
    "a closed stderr": ("itasgraph query nothing 2>&-", 2, ""),
    "a closed stdout": ("itasgraph query 'ASK {}' >&-", 0, ""),
    "a closed stdin": ("itasgraph query - <&-", 2, "standard input is closed – give the query as a file\n"),
    "an empty stdin": ("itasgraph query - < /dev/null", 2, "The query is empty.\n"),
    "an endless stdin": ("itasgraph query - < /dev/zero", 2, "the input is longer than 16 MiB, and no endpoint accepts"),
    "no folder": ("rmdir $PWD; itasgraph query 'ASK {}'", 3, ".: it does not exist\n"),
    "no columns": ("COLUMNS=0 itasgraph query 'ASK {}'", 0, ""),
}  # fmt: skip


@pytest.mark.quick(1)
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize("name", SURROUNDINGS)
def test_any_environment_is_survived(tmp_path: Path, name: str) -> None:
    line, code, words = SURROUNDINGS[name]
    folder = tmp_path / "folder"
    folder.mkdir()
    done = in_shell(line, folder)
    said_of_bundled = [text for text in done.stderr.splitlines() if "the bundled one in" in text]
    told = done.stderr.replace("".join(f"{text}\n" for text in said_of_bundled), "")

    assert done.returncode == code
    assert told.startswith(words)
    assert told.count("\n") <= 1


@pytest.mark.parametrize("arguments", [("export", "-f", "jsonld"), ("query", "SELECT * { ?s ?p ?o }", "-f", "xlsx")])
def test_full_temp_folder_is_named(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    target = tmp_path / "target"
    target.write_text("as before")
    (tmp_path / "no folder").touch()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "no folder"))
    done = run(*arguments, "-o", target, "--project", ROOT, "--lang", "en")

    assert done.exit_code == 3
    assert done.stderr.startswith(
        f"nothing can be written to {tmp_path / 'no folder'}, the folder for temporary files: "
    )
    assert target.read_text() == "as before"


def test_non_utf8_file_name_is_read(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/b\xffd.ttl"))
    path.write_text("<urn:a> <urn:b>")
    done = run_itasgraph("query", "ASK {}", "--data", path)

    assert done.returncode == 3
    assert b"b?d.ttl:1:16 is not valid RDF" in done.stderr


@pytest.mark.slow
def test_non_utf8_file_name_is_checked(run: Run, copy: Path) -> None:
    shutil.copy(copy / "data" / "topics.yaml", Path(os.fsdecode(os.fsencode(copy) + b"/data/b\xffd.yaml")))
    done = run("check", "--project", copy, "--lang", "en")

    assert done.exit_code == 1
    assert "b?d.yaml" in done.stdout


@pytest.mark.slow
def test_non_utf8_word_is_named(run: Run, tmp_path: Path) -> None:
    done = run("view", "--title", "My b\udcffd", "-o", tmp_path / "a.html", "--project", ROOT, "--lang", "en")

    assert (done.exit_code, done.stderr) == (
        2,
        "“b?…” is not valid UTF-8 – rename the file, or write the word in another way\n",
    )


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="the browser of the test is a shell script")
def test_picture_opens_in_the_browser(tmp_path: Path, ten: Path) -> None:
    browser, opened, picture = (tmp_path / name for name in ("browser", "opened", "ten.html"))
    browser.write_text(f'#!/bin/sh\nprintf %s "$1" > {shlex.quote(str(opened))}\n', encoding="utf-8")
    browser.chmod(0o755)

    done = run_itasgraph("view", "--data", ten, "-o", picture, "--open", BROWSER=f"{browser} %s")

    assert done.returncode == 0, done.stderr
    assert opened.read_text(encoding="utf-8") == picture.as_uri()


def test_empty_picture_says_so(run: Run, tmp_path: Path, ten: Path) -> None:
    query = tmp_path / "nothing.rq"
    query.write_text(
        "SELECT ?source ?relation ?target { ?source rdf:nil ?target ; ?relation ?target }", encoding="utf-8"
    )

    done = run("view", query, "--data", ten, "-o", tmp_path / "x.html", "--lang", "en")

    assert done.exit_code == 0
    assert f"The network {query} is empty" in done.stderr


def test_parameter_with_two_values_is_refused(run: Run) -> None:
    done = run("query", "who", "-p", "topic=Recycling", "-p", "topic=Kreislaufwirtschaft", "--lang", "en")

    assert done.exit_code == 2
    assert done.stdout == ""
    assert "-p topic=… is given twice with different values" in done.stderr
