"""Whatever is wrong with what one gives the program: one clear line, the right exit code, no traceback, no half file."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import Result

from itasgraph.project import Project
from tests.helpers.programs import Run, python, run_itasgraph
from tests.helpers.projects import REPORT, ROOT

# What each command that reads the graph is called with.
READERS = {
    "query": ("query", "kinds"),
    "show": ("show", "CWE"),
    "export": ("export",),
    "view": ("view", "-o", "-"),
}
ALWAYS = 'SELECT ("yes" AS ?x) {}'


def change(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1, before
    path.write_text(text.replace(before, after), encoding="utf-8")


def refusal(done: Result) -> tuple[int, str]:
    """Return exit code and the one line said on stderr; that nothing was answered and nothing crashed is checked here.

    Where the files of a project are at fault, each has its line, and a last one counts them. Below what is said of a
    query, its line is shown.
    """
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert done.stdout == ""
    first, *rest = done.stderr.splitlines()
    assert [line for line in rest if not re.match(r"The project cannot be read|\d+ \| | *\^", line)] == []
    return done.exit_code, first


def test_little_project_answers(run: Run, little: Path) -> None:
    done = run("query", ALWAYS, "-f", "csv", "--project", little)

    assert (done.exit_code, done.stderr) == (0, "")


# --- missing and unreadable files -------------------------------------------------------------------------------


@pytest.mark.parametrize("command", READERS.values(), ids=READERS)
@pytest.mark.parametrize("name", ["nothing.ttl", "folder.ttl", "nothing.yaml", "folder.yaml", "link.nt"])
def test_unreadable_data_is_named(run: Run, tmp_path: Path, command: tuple[str, ...], name: str) -> None:
    for folder in ("folder.ttl", "folder.yaml"):
        (tmp_path / folder).mkdir()
    (tmp_path / "link.nt").symlink_to("nowhere")
    code, line = refusal(run(*command, "--data", tmp_path / name))

    assert code == 3
    assert line.startswith(f"{tmp_path / name} cannot be read: ")
    assert "None" not in line


@pytest.mark.parametrize("command", [*READERS.values(), ("check",), ("queries",)], ids=[*READERS, "check", "queries"])
@pytest.mark.parametrize("kind", ["nothing", "file", "empty"])
def test_folder_without_project_has_a_way_out(run: Run, tmp_path: Path, command: tuple[str, ...], kind: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "empty").mkdir()
    code, line = refusal(run(*command, "--project", tmp_path / kind, "--lang", "en"))

    assert code == 3
    assert line.startswith(f"{tmp_path / kind} is not a project: ")
    assert f"itasgraph init {tmp_path / kind}" in line


@pytest.mark.parametrize("command", [*READERS.values(), ("check",)], ids=[*READERS, "check"])
def test_project_without_data_has_a_way_out(run: Run, little: Path, command: tuple[str, ...]) -> None:
    (little / "data" / "report.yaml").unlink()
    code, line = refusal(run(*command, "--project", little))

    assert (code, line.split(" – ")[0]) == (3, f"{little / 'data'} holds no *.yaml file")


@pytest.mark.parametrize("command", [*READERS.values(), ("check",)], ids=[*READERS, "check"])
def test_missing_context_is_named(run: Run, little: Path, command: tuple[str, ...]) -> None:
    (little / "ontology" / "context.jsonld").unlink()
    code, line = refusal(run(*command, "--project", little))

    assert code == 3
    assert line.startswith(f"{little / 'ontology' / 'context.jsonld'} cannot be read: ")


@pytest.mark.parametrize("name", ["nothing.rq", "folder.rq"])
def test_unreadable_query_is_named(run: Run, little: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.rq").mkdir()
    asked = refusal(run("query", tmp_path / name, "--project", little))
    viewed = refusal(run("view", tmp_path / name, "--project", little))

    assert asked == viewed
    assert asked[0] == 3
    assert asked[1].startswith(f"{tmp_path / name} cannot be read: ")


@pytest.mark.parametrize("place", ["data/folder.yaml", "ontology/folder.ttl", "ontology/rules/folder.rq"])
def test_folder_for_a_file_is_named(run: Run, little: Path, place: str) -> None:
    (little / place).mkdir()
    code, line = refusal(run("export", "--project", little))

    assert (code, line) == (3, f"{little / place} cannot be read: it is a folder")


# --- files that do not parse ------------------------------------------------------------------------------------

SPOILT = {
    "broken YAML": ("name: Anna", "name: [Anna", ":9:9: "),
    "a duplicate key": ("  name: Anna", "  name: Anna\n  name: Ann", ":10:3: the key “name” appears twice"),
    "an unknown key": ("name: Anna", "nmae: Anna", ":9:3: unknown key “nmae” – did you mean name?"),
    "an unknown type": ("type: Person", "type: Persn", ":8:9: unknown kind “Persn” – did you mean Person?"),
    "a date that is none": ("name: Anna", "date: 2025-02-30", ":9:9: “2025-02-30” is not a date"),
    "an id with a space": ("id: person/anna", "id: person/anna b", ":7:7: “person/anna b” is not allowed"),
    "an id with a bar": ("id: person/anna", "id: person/a|b", ":7:7: “person/a|b” is not allowed"),
    "an address with a broken %": ("example.org/report", "example.org/100%", ":5:11: "),
    "an address that is a script": ("https://example.org/report", "javascript:x", ":5:11: "),
    "an id that is a script": ("id: person/anna", "id: javascript:x", ":7:7: "),
    "a tab": ("  name: Anna", "\tname: Anna", ":9:1: there is a tab here – replace it with spaces"),
    "a context in the network": (
        "id: source/report",
        "id: source/report\n'@context': https://example.org/c",
        ":2:1: “@context” does not belong in data files",
    ),
    "a reference with a space": ("name: Anna", "name: Anna\n  partOf: event/my day", ":10:11: "),
}


@pytest.mark.quick(1)
@pytest.mark.parametrize("command", READERS.values(), ids=READERS)
@pytest.mark.parametrize(("before", "after", "words"), SPOILT.values(), ids=SPOILT)
def test_syntax_fault_stops_every_command(
    run: Run, little: Path, command: tuple[str, ...], before: str, after: str, words: str
) -> None:
    path = little / "data" / "report.yaml"
    change(path, before, after)
    code, line = refusal(run(*command, "--project", little))

    assert code == 3
    assert line.startswith(f"{path}{words}")


@pytest.mark.slow
def test_dangling_reference_stops_nothing(run: Run, little: Path) -> None:
    path = little / "data" / "report.yaml"
    change(path, "name: Anna", "name: Anna\n  differentFrom: person/nobody")
    checked, asked = run("check", "--project", little), run("query", ALWAYS, "--project", little)

    assert (checked.exit_code, asked.exit_code) == (1, 0)
    assert checked.stdout.startswith(f"{path}:10:18: “person/nobody” ")


BYTES = {
    "Latin-1": (b"name: Anna", b"name: J\xf6rg", ":9:10: not valid UTF-8"),
    "UTF-16": (None, REPORT.encode("utf-16"), ":1:1: not valid UTF-8"),
    "UTF-16 without a mark": (None, REPORT.encode("utf-16-le"), ":1:2: the control character '\\x00'"),
    "a surrogate": (b"name: Anna", b"name: \xed\xa0\x80", ":9:9: not valid UTF-8"),
    "half of a surrogate pair as an escape": (b"name: Anna", b'name: "\\ud800"', ":9:12: no valid character follows"),
    "a NUL": (b"name: Anna", b"name: An\0na", ":9:11: the control character '\\x00'"),
    "a NUL as an escape": (b"name: Anna", b'name: "An\\0na"', ":9:9: the control character '\\x00'"),
    "a direction turned": (
        b"name: Anna",
        "name: An\u202ena".encode(),
        ":9:11: the control character '\\u202e' (RIGHT-TO-LEFT OVERRIDE) is not allowed – delete it",
    ),
    "a hundred thousand levels": (b"name: Anna", b"name: " + b"[" * 100_000, ":9:66: nested too deeply"),
    "two hundred levels": (
        b"  name: Anna",
        b"  presents: " + b"{o/a: {presents: " * 100 + b"}}" * 100,
        ":9:495: nested too deeply",
    ),
    "fifty megabytes": (None, b"# nothing\n" * 5_000_000, ": the file is too large (50 MB, at most 4 MB) – split it"),
}


@pytest.mark.quick(1)
@pytest.mark.parametrize(("before", "after", "words"), BYTES.values(), ids=BYTES)
def test_binary_file_is_one_line(run: Run, little: Path, before: bytes | None, after: bytes, words: str) -> None:
    path = little / "data" / "report.yaml"
    path.write_bytes(REPORT.encode().replace(before, after) if before else after)
    code, line = refusal(run("export", "--project", little))

    assert code == 3
    assert line.startswith(f"{path}{words}")


def test_bom_and_crlf_change_nothing(run: Run, little: Path) -> None:
    path = little / "data" / "report.yaml"
    before = run("export", "--project", little)
    path.write_bytes(b"\xef\xbb\xbf" + REPORT.replace("\n", "\r\n").encode())
    after = run("export", "--project", little)

    assert (before.exit_code, before.stdout) == (0, after.stdout)


@pytest.mark.parametrize("command", [*READERS.values(), ("check",)], ids=[*READERS, "check"])
def test_link_out_of_the_project_is_refused(run: Run, little: Path, command: tuple[str, ...]) -> None:
    (little.parent / "secret.yaml").write_text(REPORT)
    (little / "data" / "report.yaml").unlink()
    (little / "data" / "report.yaml").symlink_to(little.parent / "secret.yaml")
    code, line = refusal(run(*command, "--project", little))

    assert (code, line) == (
        3,
        f"{little / 'data' / 'report.yaml'} leads out of the project – replace the link with a copy of its content",
    )


@pytest.mark.parametrize("name", ["data/report.yaml", "queries/kinds.rq"])
def test_pipe_is_refused(run: Run, little: Path, name: str) -> None:
    (little / name).unlink()
    os.mkfifo(little / name)
    code, line = refusal(run("query", "kinds", "--project", little))

    assert (code, line.split(" – ")[0]) == (3, f"{little / name} is not an ordinary file")


VANISHING = """
import os, sys
from itasgraph.__main__ import run

path = sys.argv[1]
sys.argv[1:] = sys.argv[2:]

def notice(event, args):
    if event == "open" and str(args[0]) == path and os.path.exists(path):
        os.unlink(path)

sys.addaudithook(notice)
run()
"""


def test_vanished_file_is_named(little: Path) -> None:
    path = little / "data" / "report.yaml"
    cache = str(little / "cache")
    done = python("-c", VANISHING, path, "export", "--project", little, XDG_CACHE_HOME=cache)

    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == f"{path} cannot be read: it does not exist\n"


def test_forbidden_file_is_named(run: Run, little: Path) -> None:
    path = little / "data" / "report.yaml"
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("who runs these tests may read every file")

    assert refusal(run("export", "--project", little)) == (3, f"{path} cannot be read: permission denied")


def test_broken_rdf_has_its_line(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "theirs.ttl"
    path.write_text("<http://ex.org/a> <http://ex.org/p> 1 .\n<x")
    code, line = refusal(run("export", "--data", path))

    assert code == 3
    assert re.match(rf"{re.escape(str(path))}:2:\d+ is not valid RDF: ", line)


def test_broken_yaml_data_has_its_line(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(REPORT.replace("name: Anna", "nmae: Anna"))
    code, line = refusal(run("export", "--data", path))

    assert (code, line.split(" – ")[0]) == (3, f"{path}:9:3: unknown key “nmae”")


# --- terms, rules and questions that do not parse ---------------------------------------------------------------


def test_invalid_context_is_a_fault(run: Run, little: Path) -> None:
    path = little / "ontology" / "context.jsonld"
    change(path, '"@base": "https://w3id.org/itas/"', '"@base": "my-region/"')
    code, line = refusal(run("export", "--project", little))

    assert code == 3
    assert line.startswith(str(path))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ontology/more.ttl", "<x"),
        ("ontology/rules/more.rq", "CONSTRUCT {"),
    ],
    ids=["a vocabulary", "a rule"],
)
def test_broken_ontology_stops_every_command(run: Run, little: Path, name: str, text: str) -> None:
    (little / name).write_text(text)
    code, line = refusal(run("export", "--project", little))

    assert code == 3
    assert line.startswith(str(little / name))


@pytest.mark.parametrize("name", ["ontology/my words.ttl", "ontology/rules/my rule.rq"])
def test_space_in_a_name_is_handled(run: Run, little: Path, name: str) -> None:
    (little / name).write_text("" if name.endswith("ttl") else "CONSTRUCT {} WHERE {}")
    done = run("export", "--project", little)

    assert done.exit_code in (0, 3)
    assert done.exit_code == 0 or done.stderr.startswith(str(little / name))


@pytest.mark.parametrize(
    "header",
    ["#+ title: [", "#+ just words", "#+ - a list"],
)
def test_broken_header_has_its_line(run: Run, little: Path, header: str) -> None:
    shutil.rmtree(little / "queries")
    (little / "queries").mkdir()
    path = little / "queries" / "mine.rq"
    path.write_text(f"{header}\nSELECT * {{ ?s ?p ?_thing }}\n")
    listed, asked = run("queries", "--project", little), run("query", "mine", "-p", "thing=x", "--project", little)

    assert refusal(listed) == refusal(asked)
    assert refusal(asked)[0] == 3
    assert refusal(asked)[1].startswith(f"{path}:")


@pytest.mark.parametrize(
    "line",
    ["made: 2025-13-45", "made: !!python/object:os.system x", "made: *nothing", "kinds: [thing]", "defaults: thing"],
)
def test_odd_header_is_survived(run: Run, little: Path, line: str) -> None:
    (little / "queries" / "mine.rq").write_text(f"#+ {line}\nSELECT * {{ ?s ?p ?_thing }}\n")
    done = run("query", "mine", "-p", "thing=x", "--project", little)

    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert done.exit_code in (0, 3)


@pytest.mark.parametrize("command", [("query", "mine"), ("queries",)], ids=" ".join)
def test_question_needs_utf8(run: Run, little: Path, command: tuple[str, ...]) -> None:
    shutil.rmtree(little / "queries")
    (little / "queries").mkdir()
    path = little / "queries" / "mine.rq"
    path.write_bytes(b"# \xff\nSELECT * {}\n")
    code, line = refusal(run(*command, "--project", little))

    assert code == 3
    assert line.startswith(f"{path}")
    assert "UTF-8" in line


# --- asked wrongly ----------------------------------------------------------------------------------------------

ASKED_WRONGLY = {
    "an unknown question": (("query", "progamme"), "did you mean programme?"),
    "an unknown question like none": (("query", "xyzzy"), "itasgraph queries"),
    "an unknown actor": (("show", "Ada Blun"), "did you mean Ada Blum?"),
    "an unknown actor like none": (("show", "xyzzy"), "itasgraph query things"),
    "no actor": (("show", ""), "“”"),
    "an unknown network": (("view", "actor", "-o", "-"), "did you mean actors?"),
    "an unknown topic": (("query", "who", "-p", "topic=Wäreme"), "did you mean Wärme?"),
    "an unknown parameter": (("query", "who", "-p", "topc=x"), "did you mean topic?"),
    "a parameter without a value": (("query", "who", "-p", "topic="), "NAME=VALUE"),
    "a parameter without a name": (("query", "who", "-p", "=x"), "NAME=VALUE"),
    "a parameter that is none": (("query", "who", "-p", "topic"), "NAME=VALUE"),
    "no query": (("query", "-"), "empty"),
    "an unknown ending": (("export", "-o", "itas.docx"), ".ttl"),
    "a graph as csv": (("query", "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "-f", "csv"), "turtle"),
    "an unfinished query": (("query", "SELECT * { ?s ?p"), "ends too early"),
    "an unknown prefix": (("query", "SELECT * {\n  ?s nope:thing ?o }"), "nope"),
    "an update": (("query", "DELETE WHERE { ?s ?p ?o }"), "line 1"),
    "a variable nobody binds": (("query", "SELECT ?x { ?x ?p ?y } GROUP BY ?y"), "SPARQL"),
    "no sparql at all": (("query", "{"), "SPARQL"),
    "a network without edges": (("view", "ASK.rq", "-o", "-"), "?source"),
    "a network that does not parse": (("view", "BROKEN.rq", "-o", "-"), "line 1"),
}


@pytest.mark.parametrize(("args", "words"), ASKED_WRONGLY.values(), ids=ASKED_WRONGLY)
def test_usage_error_is_one_line(
    run: Run,
    nordtal_project: Project,
    tmp_path: Path,
    args: tuple[str, ...],
    words: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ASK.rq").write_text("ASK {}")
    (tmp_path / "BROKEN.rq").write_text("SELECT * {")
    code, line = refusal(run(*args, "--project", nordtal_project.root, "--lang", "en", stdin=" \n"))

    assert code == 2
    assert words in line
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ASK.rq", "BROKEN.rq"]


@pytest.mark.parametrize(("args", "words"), [*list(ASKED_WRONGLY.values())[:4]], ids=list(ASKED_WRONGLY)[:4])
def test_usage_error_is_german(run: Run, nordtal_project: Project, args: tuple[str, ...], words: str) -> None:
    code, line = refusal(run(*args, "--project", nordtal_project.root, "--lang", "de"))

    assert code == 2
    assert words.replace("did you mean", "gemeint:") in line


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize(
    ("args", "option", "possible"),
    [
        *((("query", ALWAYS, "--timeout", seconds), "--timeout", "> 0") for seconds in ("nan", "-1", "soon")),
        (("show", "Anna", "--timeout", "-0.0"), "--timeout", "> 0"),
        (("publish", "http://localhost:1/store", "--timeout", "0"), "--timeout", "> 0"),
        (("serve", "--timeout", "NaN"), "--timeout", "1 … 86400"),
        (("serve", "--port", "65536"), "--port", "0 … 65535"),
        (("serve", "--port", "http"), "--port", "0 … 65535"),
        (("serve", "--memory", "511"), "--memory", "512 … 1048576"),
        (("view", "--depth", "0"), "--depth", "≥ 1"),
        (("view", "--limit", "1.5"), "--limit", "≥ 1"),
        (("path", "a", "b", "--max", "-1"), "--max", "≥ 1"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_range_is_named(run: Run, args: tuple[str, ...], option: str, possible: str, lang: str) -> None:
    code, line = refusal(run(*args, "--lang", lang))
    value = args[args.index(option) + 1]

    assert code == 2
    assert line.startswith(f"{option}: „{value}“ ist keine" if lang == "de" else f"{option}: “{value}” is not a")
    assert f" {possible} – " in line


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("given", [("X",), (), ("X", "-f", "json"), ("X", "--project", ROOT), ("X", "--"), ("-fjson",)])
def test_option_is_no_value(run: Run, given: tuple[str, ...], lang: str) -> None:
    before = run("analyse", "--lang", lang, "--compare", *given)
    behind = run("analyse", "--compare", *given, "--lang", lang) if "--" not in given else before

    words = (
        "--compare braucht zwei Werte: --compare A B" if lang == "de" else "--compare needs two values: --compare A B"
    )
    assert {refusal(done)[0] for done in (before, behind)} == {2}
    assert [refusal(done)[1][: len(words)] for done in (before, behind)] == [words, words]


HOSTS = [
    "",
    "a b",
    " a",
    "a/b",
    "a?b",
    "a#b",
    "*",
    ".",
    "a..b",
    "-a",
    "a,b",
    "user@a",
    "a%41",
    "[zz]",
    "a:0",
    "a:65536",
    "a\nb",
]


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("host", [*HOSTS, "http://", "http://a b/", "http://user@a/", "ftp://a/"])
@pytest.mark.parametrize(("command", "option"), [("query", "--allow-service"), ("serve", "--allow-host")])
def test_invalid_host_names_the_option(run: Run, command: str, option: str, host: str, lang: str) -> None:
    question = [ALWAYS] if command == "query" else []
    code, line = refusal(run(command, *question, option, host, "--lang", lang))

    shown = host.replace("\n", "\N{REPLACEMENT CHARACTER}")
    assert code == 2
    assert line.startswith(f"{option}: „{shown}“ ist" if lang == "de" else f"{option}: “{shown}” is")
    assert ".example.org" in line


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "query.wikidata.org",
        "a_b",
        "192.0.2.7",
        "::1",
        "[::1]",
        "[::1]:80",
        "a:80",
        "HTTPS://A.example:8443/x?y",
    ],
)
def test_host_may_be_a_web_address(run: Run, little: Path, host: str) -> None:
    assert run("query", ALWAYS, "--allow-service", host, "--project", little).exit_code == 0


@pytest.mark.parametrize("seconds", ["inf", "1e12"])
def test_timeout_may_be_endless(run: Run, little: Path, seconds: str) -> None:
    assert run("query", ALWAYS, "--timeout", seconds, "--project", little).exit_code == 0


@pytest.mark.quick(1)
@pytest.mark.parametrize(
    ("args", "stdin"),
    [
        (("query", "-"), b"SELECT (1 AS ?x) {} # \xff"),
        (("query", "SELECT (1 AS ?x) {} # \udcff"), b""),
        (("query", "SELECT (?_x AS ?y) {}", "-p", "x=\udcff"), b""),
    ],
    ids=["query on stdin", "query", "parameter"],
)
def test_argument_needs_utf8(args: tuple[str, ...], stdin: bytes) -> None:
    done = run_itasgraph(*args, stdin=stdin)

    assert (done.returncode, done.stdout) == (2, b"")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.quick(1)
@pytest.mark.parametrize(
    "command",
    [("analyse", "actors"), ("path", "CWE", "Boris Kaiser"), ("export", "--network", "actors", "-f", "gexf")],
    ids=lambda command: command[0],
)
@pytest.mark.parametrize("variable", ["NETWORKX_BACKEND_PRIORITY", "NETWORKX_AUTOMATIC_BACKENDS"])
def test_unknown_networkx_back_end_is_named(
    command: tuple[str, ...], variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, "nosuch")
    done = run_itasgraph(*command, "--lang", "en", "--project", ROOT)

    assert (done.returncode, done.stdout) == (2, b"")
    (line,) = done.stderr.decode().splitlines()
    assert "nosuch" in line
    assert "NETWORKX_" in line


# --- targets that cannot be written -----------------------------------------------------------------------------


WRITERS = [("query", ALWAYS), ("show", "person/anna"), ("view", "../friends.rq"), ("export", "-f", "nt")]
TARGETS = ["folder", "nowhere/file", "old/file", "/proc/nothing", "x" * 300]


@pytest.mark.quick(5)
@pytest.mark.parametrize(
    ("command", "target"),
    [*((command, "folder") for command in WRITERS), *((WRITERS[-1], target) for target in TARGETS[1:])],
    ids=[*(command[0] for command in WRITERS), "missing folder", "below a file", "forbidden place", "too long a name"],
)
def test_unwritable_target_is_named(
    run: Run, little: Path, command: tuple[str, ...], target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = little.parent / "place"
    (place / "folder").mkdir(parents=True)
    (place / "old").write_text("old")
    (little.parent / "friends.rq").write_text("SELECT ?source ?relation ?target { ?source ?relation ?target }")
    monkeypatch.chdir(place)
    code, line = refusal(run(*command, "-o", target, "--project", little))

    assert code == 3
    assert Path(target).parts[0] in line
    assert sorted(str(path.relative_to(place)) for path in place.rglob("*")) == ["folder", "old"]
    assert (place / "old").read_text() == "old"


@pytest.mark.parametrize(
    "args",
    [
        ("query", "SELECT * {"),
        ("query", "xyzzy"),
        ("show", "xyzzy"),
        ("export", "--data", "nothing.ttl"),
        ("view", "xyzzy"),
    ],
    ids=" ".join,
)
def test_failure_keeps_the_old_file(run: Run, little: Path, tmp_path: Path, args: tuple[str, ...]) -> None:
    target = tmp_path / "answer"
    target.write_text("old")
    done = run(*args, "-o", target, "--project", little)

    assert done.exit_code in (2, 3)
    assert target.read_text() == "old"


def test_full_disk_keeps_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "itas.ttl"
    target.write_text("old")
    limited = f'ulimit -f 8; exec "{sys.executable}" -m itasgraph export --lang en -o "{target}"'
    done = subprocess.run(["/bin/sh", "-c", limited], capture_output=True, check=False, cwd=ROOT)

    assert (done.returncode, done.stdout) == (3, b"")
    assert done.stderr.decode().startswith(f"{target} cannot be written: ")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"itas.ttl": "old"}


def test_readers_keep_the_old_file(run: Run, little: Path, tmp_path: Path) -> None:
    target = tmp_path / "answer.csv"
    target.write_text("old")
    with target.open() as reader:
        done = run("query", ALWAYS, "-o", target, "-f", "csv", "--project", little)
        read = reader.read()

    assert (done.exit_code, read) == (0, "old")
    assert target.read_bytes() == b"x\r\nyes\r\n"


@pytest.mark.quick(1)
@pytest.mark.parametrize("args", [("export",), ("queries",), ("query", "kinds")], ids=" ".join)
def test_full_stdout_is_reported(args: tuple[str, ...]) -> None:
    full = Path("/dev/full")
    if not (full.exists() and stat.S_ISCHR(full.stat().st_mode)):
        pytest.skip("this system has no /dev/full")
    with full.open("wb") as out:
        done = run_itasgraph(*args, "--lang", "en", stdout=out)

    assert done.returncode == 3
    assert len(done.stderr.splitlines()) == 1


def test_link_as_target_stays(run: Run, little: Path, tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to("real")
    done = run("query", ALWAYS, "-f", "csv", "-o", tmp_path / "link", "--project", little)

    assert done.exit_code == 0
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"x\r\nyes\r\n"


def test_pipe_as_target_stays(run: Run, little: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)
    done = run("query", ALWAYS, "-f", "csv", "-o", pipe, "--project", little)
    actual = os.read(reader, 100) if pipe.is_fifo() else b""
    os.close(reader)

    assert pipe.is_fifo()
    assert (done.exit_code, actual) == (0, b"x\r\nyes\r\n")


# --- data of others ---------------------------------------------------------------------------------------------

ODD = {
    "labels that are no text": "<urn:a> <http://www.w3.org/2000/01/rdf-schema#label> <urn:b> , 7 .",
    "things without an address": '[] <http://www.w3.org/2000/01/rdf-schema#label> "CWE" .',
    "nothing": "",
}


@pytest.mark.parametrize(
    "args", [("query", "SELECT * { ?s ?p ?o }"), ("show", "CWE"), ("export",)], ids=["query", "show", "export"]
)
@pytest.mark.parametrize("turtle", ODD.values(), ids=ODD)
def test_odd_data_is_survived(run: Run, tmp_path: Path, turtle: str, args: tuple[str, ...]) -> None:
    path = tmp_path / "odd.ttl"
    path.write_text(turtle)
    done = run(*args, "--data", path)

    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert done.exit_code in ((2,) if args[0] == "show" else (0,))


@pytest.mark.parametrize("args", [("queries",), ("export",), ("query", "kinds")], ids=" ".join)
def test_closed_stdout_is_no_traceback(args: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "itasgraph", *args]
    shell = f"exec {' '.join(command)} >&-"
    done = subprocess.run(["sh", "-c", shell], stderr=subprocess.PIPE, check=False, cwd=ROOT)

    assert done.returncode == 0
    assert b"Traceback" not in done.stderr


def test_circular_links_are_one_line(run: Run, little: Path, tmp_path: Path) -> None:
    target = tmp_path / "circle.ttl"
    target.symlink_to(target.name)
    (little / "data" / "circle.yaml").symlink_to("circle.yaml")

    assert refusal(run("check", "--project", little))[0] == 3
    (little / "data" / "circle.yaml").unlink()
    assert refusal(run("export", "--project", little, "-o", target))[0] == 3


@pytest.mark.slow
def test_bom_before_query_or_context_is_fine(run: Run, copy: Path) -> None:
    for path in (copy / "queries" / "kinds.rq", copy / "ontology" / "context.jsonld"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())

    assert run("query", "kinds", "--project", copy).stdout == run("query", "kinds", "--project", ROOT).stdout
