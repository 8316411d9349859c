"""The questions of ontology/checks: what they find, where, and in which form it is printed."""

from __future__ import annotations

import json
import re
from pathlib import Path
from shutil import copyfile

import pytest

from itasgraph.authoring import project_check
from itasgraph.errors import Finding, Location
from itasgraph.parsing import query_header
from itasgraph.project import Project
from tests.helpers.programs import Run
from tests.helpers.projects import ROOT

CHECKS = sorted((ROOT / "ontology" / "checks").glob("*.rq"))
KONGRESS = "itas-kongress-2024.yaml"

# Question, file, what is changed, the line that is reported (as text), the thing, the severity.
CASES = [
    (
        "ends-before-it-begins",
        KONGRESS,
        (
            "  pursues:\n    goal/zukunftsfaehige-industrieregion:",
            "  participants:\n    organisation/cwe:\n      since: 2024-06\n      until: 2023\n      quote: CWE\n"
            "  pursues:\n    goal/zukunftsfaehige-industrieregion:",
        ),
        "      until: 2023",
        "initiative/itas, participants: organisation/cwe",
        "fault",
    ),
    (
        "circles",
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
        "circles",
        KONGRESS,
        ("  partOf: event/itas-kongress-2024\n  position: 4", "  partOf: section/zukunft # itself\n  position: 4"),
        "  partOf: section/zukunft # itself",
        "section/zukunft",
        "fault",
    ),
    (
        "replaced-and-described",
        "links.yaml",
        ("says:\n", "says:\n- id: event/itas-kongress-2024\n  replaces: organisation/volkswagen-bildungsinstitut\n"),
        "- id: organisation/volkswagen-bildungsinstitut",
        "organisation/volkswagen-bildungsinstitut",
        "fault",
    ),
    (
        "replaced-twice",
        "links.yaml",
        (
            "says:\n",
            "says:\n- {id: organisation/cwe, replaces: organisation/old}\n"
            "- {id: organisation/gkn, replaces: organisation/old}\n",
        ),
        "- {id: organisation/gkn, replaces: organisation/old}",
        "organisation/gkn",
        "fault",
    ),
    (
        "written-as-in-0.1",
        KONGRESS,
        (
            '    people/gaeste: {quote: "über 60 Gäste"}',
            '    people/gaeste: {quote: "diskutierte mit den Teilnehmern"}',
        ),
        '    people/gaeste: {quote: "diskutierte mit den Teilnehmern"}',
        "event/itas-kongress-2024, attendees: people/gaeste",
        "warning",
    ),
    (
        "relations-to-oneself",
        "topics.yaml",
        ("  broader: topic/mobilitaet", "  related: [topic/automatisiertes-fahren]"),
        "  related: [topic/automatisiertes-fahren]",
        "topic/automatisiertes-fahren",
        "fault",
    ),
    (
        "equal-positions",
        KONGRESS,
        (
            "  partOf: event/itas-kongress-2024\n  position: 4",
            "  partOf: event/itas-kongress-2024\n  position: 3 # four",
        ),
        "  position: 3 # four",
        "section/zukunft",
        "fault",
    ),
    (
        "one-name-for-two",
        KONGRESS,
        (
            "- {id: person/udo-wehner,",
            '- {id: person/wehner, type: Person, name: "udo  WEHNER", note: {de: N, en: N}, quote: N}\n- {id: person/udo-wehner,',
        ),
        '- {id: person/wehner, type: Person, name: "udo  WEHNER", note: {de: N, en: N}, quote: N}',
        "person/wehner",
        "warning",
    ),
    (
        "leftovers-of-the-example",
        "dataset.yaml",
        ("  licence: https://creativecommons.org/licenses/by/4.0/\n", "  contact: mailto:redaktion@example.org\n"),
        "  contact: mailto:redaktion@example.org",
        "dataset",
        "warning",
    ),
    (
        "nobody-refers",
        KONGRESS,
        (
            "- {id: person/udo-wehner,",
            "- {id: role/nobody, type: Role, label: {de: N, en: N}, quote: N}\n- {id: person/udo-wehner,",
        ),
        "- {id: role/nobody, type: Role, label: {de: N, en: N}, quote: N}",
        "role/nobody",
        "warning",
    ),
    (
        "stands-alone",
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
        "end-before-start",
        KONGRESS,
        (
            "  partOf: event/itas-kongress-2024\n  position: 4",
            '  partOf: event/itas-kongress-2024\n  start: "14:00"\n  end: "13:30"\n  position: 4',
        ),
        '  end: "13:30"',
        "section/zukunft",
        "fault",
    ),
    (
        "end-before-start",
        KONGRESS,
        ("  date: 2024-06-06\n", "  date: 2024-06-06\n  endDate: 2024-06-05\n"),
        "  endDate: 2024-06-05",
        "event/itas-kongress-2024",
        "fault",
    ),
    (
        "outside-the-whole",
        KONGRESS,
        (
            "  partOf: event/itas-kongress-2024\n  position: 4",
            "  partOf: event/itas-kongress-2024\n  day: 2024-06-07\n  position: 4",
        ),
        "  day: 2024-06-07",
        "section/zukunft",
        "fault",
    ),
    (
        "time-without-a-day",
        KONGRESS,
        (
            "  partOf: event/itas-kongress-2024\n  position: 4",
            '  partOf: event/symposium\n  start: "09:00"\n  position: 4',
        ),
        '  start: "09:00"',
        "section/zukunft",
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


def edit(copy: Path, file: str, before: str, after: str) -> list[str]:
    """Change a text that stands once in a data file; the lines afterwards."""
    path = copy / "data" / file
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1
    path.write_text(text.replace(before, after), encoding="utf-8")
    return path.read_text(encoding="utf-8").split("\n")


def test_every_check_has_case_and_message() -> None:
    messages = [
        query_header.translations(query_header.parse(path.read_text(encoding="utf-8"), ""), "message")
        for path in CHECKS
    ]

    assert len(CHECKS) == 17
    assert {path.stem for path in CHECKS} == {name for name, *_ in CASES} | {"derived-without-evidence"}
    assert all(set(message) == {"de", "en"} and all(message.values()) for message in messages)


@pytest.mark.quick(1)
@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_check_reports_line_and_message(
    copy: Path, case: tuple[str, str, tuple[str, str], str, str, str], lang: str
) -> None:
    name, file, change, line, thing, severity = case
    number = edit(copy, file, *change).index(line) + 1
    (path,) = [path for path in CHECKS if path.stem == name]
    message = query_header.translations(query_header.parse(path.read_text(encoding="utf-8"), ""), "message")[lang]
    filled = re.sub(r"\\{\w+\\}", "[^{}]+", re.escape(message))
    concerned = {"de": "betrifft", "en": "concerns"}[lang]
    actual = [finding for finding in project_check.check(Project(copy))[0] if re.match(filled, finding.message(lang))]

    assert [
        (finding.location.path, finding.location.line, finding.severity)
        for finding in actual
        if re.fullmatch(f"{filled} – {concerned} {re.escape(thing)}", finding.message(lang))
    ] == [(str(copy / "data" / file), number, severity)]


RULE = """\
#+ title: Neighbours
CONSTRUCT { ?organisation dcterms:spatial ?place %s }
WHERE { ?contribution itas:appearance/org:organization ?organisation . BIND(<place/sachsen> AS ?place) }
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    "more", ["", "; itas:qualifiedSpatial ?node . ?node rdf:object ?place"], ids=["none", "no quote"]
)
def test_rule_without_evidence_is_reported(copy: Path, more: str) -> None:
    path = copy / "ontology" / "rules" / "neighbours.rq"
    path.write_text(RULE % more.replace("?node", "<evidence>"), encoding="utf-8")
    actual = [finding.render("en") for finding in project_check.check(Project(copy))[0]]

    assert [line for line in actual if line.startswith(str(path))] == [
        f"{path}: this rule derives “dcterms:spatial” without evidence, for example from organisation/aconium – let it make the"
        " node of evidence with itas:quote as well, as ontology/rules/topics.rq does – concerns rule/neighbours"
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            "  attendeesMoreThan: 60",
            "  attendeesMoreThan: -1",
            "not below 0 – correct the number or delete the statement",
        ),
        (
            "  partOf: event/itas-kongress-2024\n  position: 4",
            "  partOf: event/itas-kongress-2024\n  position: 0",
            "counts from 1: 1, 2, 3 … – correct the number or delete the statement",
        ),
    ],
)
def test_small_number_is_reported_once(copy: Path, before: str, after: str, said: str) -> None:
    number = edit(copy, KONGRESS, before, after).index(after.rpartition("\n")[2]) + 1
    actual = [finding for finding in project_check.check(Project(copy))[0] if finding.location.line == number]

    assert [said in finding.message("en") for finding in actual] == [True]


@pytest.mark.slow
@pytest.mark.parametrize("empty", ["null", "~", ""])
def test_empty_id_is_one_finding(copy: Path, empty: str) -> None:
    line = f"- id: {empty}".rstrip()
    entry = f"{line}\n  type: Person\n  name: N\n  note: {{de: N, en: N}}\n  quote: N\n"
    number = edit(copy, KONGRESS, "- {id: person/udo-wehner,", f"{entry}- {{id: person/udo-wehner,").index(line) + 1
    actual = [finding for finding in project_check.check(Project(copy))[0] if finding.severity == "fault"]

    assert [(finding.code, finding.location.line) for finding in actual] == [("no-value", number)]


@pytest.mark.quick(1)
def test_misplaced_organisation_is_one_finding(copy: Path) -> None:
    line = "  organisation: organisation/cwe"
    edit(copy, KONGRESS, "  attendeesMoreThan: 60", f"  attendeesMoreThan: 60\n{line}")
    actual = [finding.message("en") for finding in project_check.check(Project(copy))[0]]

    assert [text.partition(" is allowed ")[0] for text in actual] == ["“organisation:”"]


ODD = {
    "broken": ("SELECT nothing", ":1:15", "invalid-check"),
    "ASK": ("ASK { ?s ?p ?o }", "", "check-not-select"),
    "CONSTRUCT": ("CONSTRUCT { ?thing a ?class } WHERE { ?thing a ?class }", "", "check-not-select"),
    "DESCRIBE": ("DESCRIBE <person/anna>", "", "check-not-select"),
    "another variable": ("SELECT ?this { ?this a schema:Person }", "", "check-without-entry"),
    "unbound in a row": (
        "SELECT ?thing { { ?thing a schema:Person } UNION { ?s a schema:Person } }",
        "",
        "check-without-entry",
    ),
    "a literal": ("SELECT (?name AS ?thing) { ?s schema:name ?name }", "", "check-without-entry"),
    "a blank node": ("SELECT (BNODE() AS ?thing) {}", "", "check-without-entry"),
    "a quoted triple": ("SELECT (<<( <s> <p> <o> )>> AS ?thing) {}", "", "check-without-entry"),
    "an unknown function": ("SELECT (<f>(1) AS ?thing) {}", "", "invalid-check"),
    "a broken header": ("#+ message: [\nSELECT ?thing {}", ":", "invalid-yaml"),
    "a header that is a list": ("#+ - message\nSELECT ?thing {}", ":1:1", "invalid-header"),
    "nothing": ("", ":", "invalid-check"),
    "not UTF-8": ("\udcff", "", "not-utf8"),
}


@pytest.mark.quick(1)
@pytest.mark.parametrize(("text", "place", "code"), ODD.values(), ids=ODD)
def test_check_without_entries_is_a_finding(little: Path, text: str, place: str, code: str) -> None:
    path = little / "ontology" / "checks" / "mine.rq"
    path.parent.mkdir()
    path.write_bytes(text.encode(errors="surrogateescape"))
    findings, _ = project_check.check(Project(little))

    assert [finding.code for finding in findings if finding.location.path == str(path)] == [code]
    assert str(findings[0].location).startswith(f"{path}{place}")
    assert all("\n" not in finding.render(lang) for finding in findings for lang in ("de", "en"))


@pytest.mark.slow
def test_undescribed_thing_names_the_check(little: Path) -> None:
    path = little / "ontology" / "checks" / "mine.rq"
    path.parent.mkdir()
    path.write_text("#+ message: too much\nSELECT (schema:Person AS ?thing) {}")
    ((finding,), _) = project_check.check(Project(little))

    assert finding.render("en") == f"{path}: too much – concerns schema:Person"


@pytest.mark.slow
def test_json_findings_have_place_and_message(run: Run, copy: Path) -> None:
    lines = edit(
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
            "message": "dieser Eintrag steht für sich: kein anderer verweist auf ihn, und er nennt nur seinen Namen – angeben, wo er auftritt oder wozu er gehört; soll er als bloßer Kontakt bleiben, das mit „note:“ sagen – betrifft person/nobody",
        }
    ]
    assert done.exit_code == 0


@pytest.mark.slow
def test_no_findings_are_an_empty_list(run: Run) -> None:
    assert json.loads(run("check", "--project", ROOT, "-f", "json").stdout) == []


def test_github_findings_are_escaped() -> None:
    place = Location("data/a,b:c%.yaml", 3, 7)
    findings = [Finding.of(place, "invalid-yaml", reason="50 %\nof it"), Finding.of(Location("x.yaml"), "no-type")]

    assert project_check.render(findings, "github", "en") == (
        "::error file=data/a%2Cb%3Ac%25.yaml,line=3,col=7::not valid YAML: 50 %25\ufffdof it\n"
        "::error file=x.yaml::“type:” is missing – data/README.md lists the kinds\n"
    )


# --- names under two ids ------------------------------------------------------------------------------------------------

TWO = """\
id: source/two
type: Source
title: Two
label: {{de: Zwei, en: Two}}
document: https://example.org/two
says:
- {{id: person/a, type: Person, name: Anna Muster, note: {{de: A, en: A}}, quote: A{first}}}
- {{id: person/b, type: {type}, {names}, note: {{de: B, en: B}}, quote: B{second}}}
"""


def same_names(folder: Path, names: str, kind: str = "Person", first: str = "", second: str = "") -> list[str]:
    """Return the places where `check` says that two entries have one name."""
    (folder / "ontology" / "checks").mkdir()
    copyfile(ROOT / "ontology" / "checks" / "one-name-for-two.rq", folder / "ontology" / "checks" / "names.rq")
    text = TWO.format(names=names, type=kind, first=first, second=second)
    (folder / "data" / "report.yaml").write_text(text, encoding="utf-8")
    findings, _ = project_check.check(Project(folder))
    return [
        f"{finding.location.line} {finding.severity}" for finding in findings if "is a name of" in finding.message("en")
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    "names",
    [
        "name: Anna Muster",
        'name: "ANNA  muster"',
        "name: Anna-Muster",
        'name: "Anna Muster’."',
        "name: Anne, altLabel: anna muster",
        "name: Anne, altLabel: {de: [Änne, Anna Muster]}",
    ],
)
def test_namesakes_are_a_warning(little: Path, names: str) -> None:
    assert same_names(little, names) == ["8 warning"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("names", "kind", "first", "second"),
    [
        ("name: Anna Muster", "Person", "", ", differentFrom: [person/a]"),
        ("name: Anna Muster", "Person", ", differentFrom: [person/b]", ""),
        ("name: Anna Muster", "Organisation", "", ""),
        ("name: Anna Musters", "Person", "", ""),
    ],
    ids=["said to differ", "said to differ by the other", "of another type", "another name"],
)
def test_different_names_are_no_warning(little: Path, names: str, kind: str, first: str, second: str) -> None:
    assert same_names(little, names, kind, first, second) == []


# --- leftovers of the example -------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_leftovers_are_reported_once(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "region"
    assert run("init", folder).exit_code == 0
    before, _ = project_check.check(Project(folder))
    (folder / "data" / "event.yaml").write_text(
        "id: source/own\ntype: Source\ntitle: Own\nlabel: {de: E, en: O}\ndocument: https://example.com/own\nsays: []\n"
    )
    after, _ = project_check.check(Project(folder))

    assert before == []
    assert {finding.severity for finding in after} == {"warning"}
    assert {(Path(finding.location.path).name, line_of(finding)) for finding in after} == {
        ("dataset.yaml", "  label: {de: Beispieldaten, en: Example data}"),
        ("dataset.yaml", '  version: "0.1.0"'),
        ("dataset.yaml", "  contact: mailto:redaktion@example.org"),
        ("topics.yaml", "- id: topic/repair"),
        ("target-groups.yaml", "- id: group/citizens"),
    }


@pytest.mark.slow
def test_invented_report_is_a_leftover(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "region"
    run("init", folder)
    path = folder / "data" / "event.yaml"
    text = path.read_text(encoding="utf-8")
    ids = set(re.findall(r"^(?:- )?id: (\S+)$", text, re.MULTILINE)) - {"event/example-day"}
    path.write_text(re.sub(r"(?s)- id: event/example-day.*?\n\n", "", text), encoding="utf-8")
    findings, _ = project_check.check(Project(folder))

    assert {
        dict(finding.facts)["entity"] for finding in findings if finding.message("en").startswith("a leftover")
    } >= ids


def line_of(finding: Finding) -> str:
    return Path(finding.location.path).read_text(encoding="utf-8").split("\n")[finding.location.line - 1]
