"""The questions of ontology/checks: what they find, where, and in which form it is printed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from itasgraph.curating import check
from itasgraph.errors import Finding, Place
from itasgraph.project import Project
from itasgraph.reading import header
from tests.conftest import ROOT, Run

CHECKS = sorted((ROOT / "ontology" / "checks").glob("*.rq"))
KONGRESS = "itas-kongress-2024.yaml"

# Question, file, what is changed, the line that is reported (as text), the thing, the severity.
CASES = [
    (
        "broader-in-a-circle",
        "target-groups.yaml",
        (
            "  broader: group/unternehmen\n  label: {de: Automotive",
            "  broader: group/zulieferer\n  label: {de: Automotive",
        ),
        "  broader: group/automotive-unternehmen",
        "group/zulieferer",
        "fault",
    ),
    (
        "nobody-refers",
        KONGRESS,
        (
            "- {id: person/udo-wehner,",
            "- {id: person/nobody, type: Person, name: N, quote: N}\n- {id: person/udo-wehner,",
        ),
        "- {id: person/nobody, type: Person, name: N, quote: N}",
        "person/nobody",
        "warning",
    ),
    (
        "quote-without-the-person",
        KONGRESS,
        ('quote: "Udo Wehner, AMZ Sachsen"\n\n', 'quote: "AMZ Sachsen"\n\n'),
        '      quote: "AMZ Sachsen"',
        "talk/policy-labs, speakers: person/udo-wehner",
        "fault",
    ),
    (
        "quote-without-the-organisation",
        KONGRESS,
        ('quote: "Udo Wehner, AMZ Sachsen"\n\n', 'quote: "Udo Wehner"\n\n'),
        '      quote: "Udo Wehner"',
        "talk/policy-labs, speakers: person/udo-wehner",
        "fault",
    ),
]


def changed(copy: Path, file: str, before: str, after: str) -> list[str]:
    """Change a text that stands once in a data file; the lines afterwards."""
    path = copy / "data" / file
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1
    path.write_text(text.replace(before, after), encoding="utf-8")
    return path.read_text(encoding="utf-8").split("\n")


def test_every_question_has_a_case_and_a_message_in_both_languages() -> None:
    messages = [header.translations(header.parse(path.read_text(encoding="utf-8"), ""), "message") for path in CHECKS]

    assert len(CHECKS) == 4
    assert {path.stem for path in CHECKS} == {name for name, *_ in CASES}
    assert all(set(message) == {"de", "en"} and all(message.values()) for message in messages)


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_a_fault_is_reported_at_its_line_with_the_message_of_its_question(
    copy: Path, case: tuple[str, str, tuple[str, str], str, str, str], lang: str
) -> None:
    name, file, change, line, thing, severity = case
    number = changed(copy, file, *change).index(line) + 1
    (path,) = [path for path in CHECKS if path.stem == name]
    message = header.translations(header.parse(path.read_text(encoding="utf-8"), ""), "message")[lang]
    filled = re.sub(r"\\{\w+\\}", "[^{}]+", re.escape(message))
    concerned = {"de": "betrifft", "en": "concerns"}[lang]
    found = [finding for finding in check.check(Project(copy))[0] if re.match(filled, finding.message(lang))]

    assert [
        (finding.place.path, finding.place.line, finding.severity)
        for finding in found
        if re.fullmatch(f"{filled} – {concerned} {re.escape(thing)}", finding.message(lang))
    ] == [(str(copy / "data" / file), number, severity)]


def test_the_shipped_data_answer_no_question_with_a_fault() -> None:
    assert check.check(Project(ROOT))[0] == []


ODD = {
    "broken": ("SELECT nothing", ":1:15", "bad-check"),
    "ASK": ("ASK { ?s ?p ?o }", "", "check-form"),
    "CONSTRUCT": ("CONSTRUCT { ?thing a ?class } WHERE { ?thing a ?class }", "", "check-form"),
    "DESCRIBE": ("DESCRIBE <person/anna>", "", "check-form"),
    "another variable": ("SELECT ?this { ?this a schema:Person }", "", "check-thing"),
    "unbound in a row": (
        "SELECT ?thing { { ?thing a schema:Person } UNION { ?s a schema:Person } }",
        "",
        "check-thing",
    ),
    "a literal": ("SELECT (?name AS ?thing) { ?s schema:name ?name }", "", "check-thing"),
    "a blank node": ("SELECT (BNODE() AS ?thing) {}", "", "check-thing"),
    "a quoted triple": ("SELECT (<<( <s> <p> <o> )>> AS ?thing) {}", "", "check-thing"),
    "an unknown function": ("SELECT (<f>(1) AS ?thing) {}", "", "bad-check"),
    "a broken header": ("#+ message: [\nSELECT ?thing {}", ":", "header"),
    "a header that is a list": ("#+ - message\nSELECT ?thing {}", ":1:1", "header"),
    "nothing": ("", ":", "bad-check"),
    "not UTF-8": ("\udcff", "", "not-utf8"),
}


@pytest.mark.parametrize(("text", "place", "code"), ODD.values(), ids=ODD)
def test_a_check_that_names_no_entries_is_one_finding_with_its_file(
    little: Path, text: str, place: str, code: str
) -> None:
    path = little / "ontology" / "checks" / "mine.rq"
    path.parent.mkdir()
    path.write_bytes(text.encode(errors="surrogateescape"))
    found, _ = check.check(Project(little))

    assert [finding.code for finding in found if finding.place.path == str(path)] == [code]
    assert str(found[0].place).startswith(f"{path}{place}")
    assert all("\n" not in finding.render(lang) for finding in found for lang in ("de", "en"))


def test_a_thing_that_no_file_describes_is_reported_with_the_file_of_the_check(little: Path) -> None:
    path = little / "ontology" / "checks" / "mine.rq"
    path.parent.mkdir()
    path.write_text("#+ message: too much\nSELECT (schema:Person AS ?thing) {}")
    ((finding,), _) = check.check(Project(little))

    assert finding.render("en") == f"{path}: too much – concerns schema:Person"


def test_findings_as_json_hold_place_severity_and_message(run: Run, copy: Path) -> None:
    lines = changed(
        copy,
        KONGRESS,
        "- {id: person/udo-wehner,",
        "- {id: person/nobody, type: Person, name: N, quote: N}\n- {id: person/udo-wehner,",
    )

    done = run("check", "--project", copy, "-f", "json", "--lang", "de")

    assert json.loads(done.stdout) == [
        {
            "file": str(copy / "data" / KONGRESS),
            "line": lines.index("- {id: person/nobody, type: Person, name: N, quote: N}") + 1,
            "column": 3,
            "severity": "warning",
            "code": "shape",
            "message": "niemand verweist auf dieses Ding – es in einer Beziehung nennen oder streichen – betrifft person/nobody",
        }
    ]
    assert done.exit_code == 0


def test_no_findings_as_json_are_an_empty_list(run: Run) -> None:
    assert json.loads(run("check", "--project", ROOT, "-f", "json").stdout) == []


def test_findings_for_a_pull_request_are_workflow_commands_with_escaped_parts() -> None:
    place = Place("data/a,b:c%.yaml", 3, 7)
    findings = [Finding.of(place, "yaml", reason="50 %\nof it"), Finding.of(Place("x.yaml"), "no-type")]

    assert check.render(findings, "github", "en") == (
        "::error file=data/a%2Cb%3Ac%25.yaml,line=3,col=7::not valid YAML: 50 %25%0Aof it\n"
        '::error file=x.yaml::"type:" is missing – data/README.md lists the types\n'
    )
