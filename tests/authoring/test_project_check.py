"""`itasgraph check`: each kind of finding with file, line and column, in German and English, and its exit code."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from itasgraph import messages
from itasgraph.authoring import project_check
from itasgraph.parsing import jsonld_context
from itasgraph.project import Project
from tests.helpers.marks import MARK, position
from tests.helpers.programs import Run
from tests.helpers.projects import ANNA, HEAD, ROOT, little_project

REPORT = f"""{HEAD}\
- id: event/day
  type: Event
  name: Day
  date: 2025-03-14
  quote: the Day
{ANNA}"""


@pytest.fixture
def little(tmp_path: Path) -> Path:
    """Return a sound project of one short document with an event, to be changed by a test."""
    return little_project(tmp_path / "little", REPORT)


def change(path: Path, before: str, after: str) -> str:
    """Replace a text that stands once in a file; `file:line:column` of the mark in what replaces it."""
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1, before
    marked = text.replace(before, after)
    line, column = position(marked, marked.index(MARK))
    path.write_text(marked.replace(MARK, ""), encoding="utf-8")
    return f"{path}:{line}:{column}"


def findings(run: Run, project: Path, lang: str = "en") -> list[str]:
    return run("check", "--project", project, "--lang", lang).stdout.splitlines()


# --- a sound project --------------------------------------------------------------------------------------------


@pytest.mark.quick(1)
@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("de", r"In Ordnung: 2 Einträge, 1 Datendatei\.\n"),
        ("en", r"No faults: 2 entries, 1 data file\.\n"),
    ],
)
def test_sound_project_is_counted(run: Run, little: Path, lang: str, words: str) -> None:
    done = run("check", "--project", little, "--lang", lang)

    assert (done.exit_code, done.stdout) == (0, "")
    assert re.fullmatch(words, done.stderr)


# --- what does not parse, and what points at nothing ------------------------------------------------------------


@dataclass(frozen=True)
class Case:
    """A change of the little project's report, marked where it is to be reported, and the sentence to be said."""

    code: str
    before: str
    after: str
    facts: dict[str, object] = field(default_factory=dict)


KNOWN_TYPES = ", ".join(sorted(jsonld_context.read(ROOT / "ontology" / "context.jsonld", "context").types))
IN_DATA = [
    Case("invalid-yaml", "name: Day", "name: »*day", {"reason": "found undefined alias"}),
    Case("yaml-control", "name: Day", "name: D»\x07ay", {"char": r"'\x07'"}),
    Case("yaml-bracket", "name: Day\n  date:", "name: »[Day\n  date:"),
    Case("yaml-tab", "  name: Day", "»\tname: Day"),
    Case("yaml-colon-inside", "name: Day", "name: The Day»: a report"),
    Case("yaml-no-colon", "  name: Day\n  date: ", "  name Day\n  »date: "),
    Case("yaml-indent", "  name: Day", " »name: Day"),
    Case("yaml-quote", "quote: Anna\n", 'quote: »"Anna\n'),
    Case("no-mapping", REPORT, "»- just\n- a list\n"),
    Case("no-mapping", REPORT, "»just a text\n"),
    Case("empty-file", REPORT, "»# nothing\n"),
    Case("no-id", "- id: person/anna\n  type", "- »type"),
    Case("no-says", REPORT, "»" + REPORT.partition("says:")[0]),
    *(
        Case("no-entries", REPORT, REPORT.partition("says:")[0] + says)
        for says in (
            "»says:\n",
            "»says: ~\n",
            'says: »""\n',
            "says: »{}\n",
            "says: »Anna spoke.\n",
            "says:\n  »type: Person\n  name: Anna\n",
            "says:\n  »person/anna: {type: Person, quote: Anna}\n",
        )
    ),
    Case("duplicate-key", "  name: Day\n", "  name: Day\n  »name: Night\n", {"key": "name", "first": 9}),
    Case("duplicate-list", "  quote: the Day\n", "  quote: the Day\n  »quote: Day\n", {"key": "quote", "first": 11}),
    Case(
        "duplicate-map",
        "  quote: the Day\n",
        "  quote: the Day\n  label: {de: Tag}\n  »label: {en: Day}\n",
        {"key": "label", "first": 12},
    ),
    Case(
        "duplicate-target",
        "  quote: the Day\n",
        "  quote: the Day\n  attendees:\n    person/anna: {quote: Anna}\n    »person/anna: {quote: the Day}\n",
        {"key": "person/anna", "first": 13},
    ),
    Case(
        "not-an-address",
        "https://example.org/report",
        "»Programm_2031.pdf",
        {"key": "document", "value": "Programm_2031.pdf"},
    ),
    Case("term-as-id", "- id: person/anna", "- »id: schema:Person", {"id": "schema:Person"}),
    Case("duplicate-id", "- id: person/anna", "- »id: event/day", {"id": "event/day", "first": 7}),
    Case("unknown-key", "name: Day", "»nmae: Day", {"key": "nmae", "nearest": "name"}),
    Case("unknown-key", "name: Day", "»xyzzy: Day", {"key": "xyzzy", "nearest": ""}),
    Case("unknown-type", "type: Event", "type: »Evnt", {"key": "Evnt", "nearest": "Event", "known": KNOWN_TYPES}),
    Case("unknown-tag", "name: Day", "name: »!colour Day", {"tag": "!colour"}),
    Case("context-in-data", "type: Source", "»'@context': https://example.org/context\ntype: Source"),
    Case("no-value", "name: Day", "»name:", {"key": "name"}),
    Case("no-value", "{de: Bericht, en: Report}", "{de: Bericht, »en: }", {"key": "en"}),
    Case(
        "not-a-relation-map",
        "name: Day",
        "name: Day\n  attendees: {person/anna: »the hall}",
        {"key": "attendees", "target": "person/anna"},
    ),
    Case(
        "not-a-relation-map",
        "name: Day",
        "name: Day\n  attendees: »person/anna",
        {"key": "attendees", "target": "person/anna"},
    ),
    Case(
        "redundant-key",
        "name: Day",
        "name: Day\n  attendees: {person/anna: »{quote: Anna, target: event/day}}",
        {"key": "target"},
    ),
    Case("nested-entry", "name: Day", "name: »{de: Tag}", {"key": "name"}),
    Case("not-a-text", "name: Day", "name: »2025", {"key": "name", "actual": "2025"}),
    Case("not-a-text", "name: Day", "name: »true", {"key": "name", "actual": "true"}),
    Case("not-a-reference", "name: Day", "name: Day\n  partOf: »7", {"key": "partOf", "actual": "7"}),
    Case("invalid-language", "{de: Bericht,", "{»d: Bericht,", {"key": "d"}),
    Case(
        "text-cut-by-comma",
        "name: Day",
        "name: Day\n  attendees: {person/anna: {quote: Anna, »the Day}}",
        {"key": "the Day"},
    ),
    Case("text-cut-by-hash", "name: Day", "name: »Day #3"),
    Case("invalid-iri", "id: event/day", "id: »event/the day", {"iri": "event/the day", "reason": "' '"}),
    Case("invalid-iri", "id: event/day", "id: »event/a|b", {"iri": "event/a|b", "reason": "'|'"}),
    Case("invalid-iri", "id: event/day", "id: »event/100%", {"iri": "event/100%", "reason": "'%'"}),
    Case("invalid-iri", "id: event/day", "id: »event/a\u00a0b", {"iri": "event/a\u00a0b", "reason": r"'\xa0'"}),
    Case(
        "invalid-iri",
        "https://example.org/report",
        "»javascript:alert(1)",
        {"iri": "javascript:alert(1)", "reason": "javascript:"},
    ),
    Case("invalid-date", "2025-03-14", "»2025-02-29", {"value": "2025-02-29", "example": "2024-06-06"}),
    Case("invalid-date", "2025-03-14", "»14.03.2025", {"value": "14.03.2025", "example": "2024-06-06"}),
    Case(
        "invalid-date",
        "type: Event\n  name: Day\n  date: 2025-03-14\n",
        "type: ProjectYear\n  label: {de: Jahr, en: Year}\n  endMonth: »2025-13\n",
        {"value": "2025-13", "example": "2025-06"},
    ),
    Case(
        "invalid-time",
        "type: Event\n  name: Day\n  date: 2025-03-14\n",
        "type: Event\n  name: Day\n  date: 2025-03-14\n  quote: Day\n- id: discussion/talk\n  type: Discussion\n"
        "  name: Talk\n  partOf: event/day\n  start: »14 Uhr\n",
        {"value": "14 Uhr", "example": "14:00"},
    ),
    Case("not-an-integer", "name: Day", "name: Day\n  position: »first", {"value": "first"}),
    Case("not-an-integer", "name: Day", "name: Day\n  position: »1.5", {"value": "1.5"}),
    Case(
        "not-a-decimal",
        "says:\n",
        "says:\n- id: place/hall\n  type: Place\n  name: Hall\n  quote: Hall\n  longitude: 12.5\n  latitude: »50,5\n",
        {"value": "50,5"},
    ),
    Case(
        "dangling-reference",
        "name: Day",
        "name: Day\n  attendees: {»person/ana: {quote: Anna}}",
        {"id": "person/ana", "nearest": "person/anna"},
    ),
    Case("no-type", "- id: person/anna\n  type: Person", "- »id: person/anna"),
    Case("dangling-reference", "name: Day", "name: Day\n  partOf: »series/x", {"id": "series/x", "nearest": ""}),
    Case("no-topic", "name: Day", "name: Day\n  »words: [Recycling]", {"word": "Recycling", "nearest": ""}),
]


@pytest.mark.quick(1)
@pytest.mark.parametrize("case", IN_DATA, ids=lambda case: f"{case.code}: {case.after[:30]}")
def test_data_fault_is_one_line(little: Path, case: Case) -> None:
    place = change(little / "data" / "report.yaml", case.before, case.after)
    findings, _ = project_check.check(Project(little))

    assert [finding.render(lang) for finding in findings for lang in ("de", "en")] == [
        f"{place}: {messages.render(messages.as_code(case.code), lang, **case.facts)}" for lang in ("de", "en")
    ]


@pytest.mark.quick(1)
@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize(
    ("before", "after", "code"),
    [("name: Day", "»nmae: Day", 1), ("name: Day", "name: Day\n  partOf: »series/x", 1)],
    ids=["what does not parse", "what points at nothing"],
)
def test_faults_are_counted(run: Run, little: Path, before: str, after: str, code: int, lang: str) -> None:
    place = change(little / "data" / "report.yaml", before, after)
    done = run("check", "--project", little, "--lang", lang)

    assert done.stdout.startswith(f"{place}: ")
    assert done.stdout.count("\n") == 1
    assert done.stderr == messages.render("fault-count", lang, faults=1, warnings=0) + "\n"
    assert done.exit_code == code


@pytest.mark.quick(1)
@pytest.mark.parametrize(
    ("name", "before", "after", "code"),
    [
        ("context.jsonld", '"@version": 1.1,', '"@version": 1.1»"', "invalid-json"),
        ("picture.ttl", "1 .\n\nitas:UnnamedGroup\n", "1 \n\n»itas:UnnamedGroup\n", "invalid-turtle"),
        ("shapes.ttl", "shape:Person a sh:NodeShape ;", "»shape:Person a a sh:NodeShape ;", "invalid-turtle"),
        ("rules/kinds.rq", "CONSTRUCT {", "CONSTRUCT »[", "invalid-rule"),
        ("rules/kinds.rq", "#+ summary:", "#+ summary: »]", "invalid-yaml"),
    ],
    ids=["context", "vocabulary", "shapes", "a rule", "the header of a rule"],
)
def test_ontology_fault_names_its_line(run: Run, little: Path, name: str, before: str, after: str, code: str) -> None:
    path = little / "ontology" / name
    line = change(path, before, after).split(":")[1]
    done = run("check", "--project", little)
    sentence = messages.render(messages.as_code(code), "en", reason="")

    assert re.fullmatch(rf"{re.escape(str(path))}:{line}(:\d+)?: {re.escape(sentence)}.+\n", done.stdout)
    assert done.exit_code == 1


def test_invalid_context_is_reported_once(run: Run, little: Path) -> None:
    path = little / "ontology" / "context.jsonld"
    change(path, '"title": {', '"title": {»"@container": "@nonsense", ')
    done = run("check", "--project", little)

    assert done.stdout.startswith(f"{path}: not a valid JSON-LD context: ")
    assert done.stdout.count("JSON-LD") == 1
    assert done.exit_code == 1


@pytest.mark.slow
def test_endless_nesting_is_reported(run: Run, little: Path) -> None:
    path = little / "data" / "report.yaml"
    guests = ", ".join(f"people/{number}: {{}}" for number in range(300))
    path.write_text(f"{REPORT}- &all\n  id: event/all\n  attendees: {{{guests}}}\n" + "- *all\n" * 300)
    (little / "data" / "deep.yaml").write_text("says: " + "[" * 10_000)
    actual = findings(run, little)

    assert actual[0] == f"{little / 'data' / 'deep.yaml'}:1:66: {messages.render('nested-too-deeply', 'en', limit=60)}"
    (aliases,) = [line for line in actual if line.endswith(messages.render("too-many-aliases", "en"))]
    assert aliases.startswith(f"{path}:18:")


def test_cases_cover_every_finding() -> None:
    modules = (
        "authoring/project_check",
        "authoring/relation_keys",
        "authoring/shacl_reports",
        "authoring/shacl_results",
        "authoring/shapes",
        "authoring/shapes_file",
        "authoring/sparql_checks",
        "authoring/stray_files",
        "authoring/undefined_terms",
        "store/compiler",
        "store/rules",
        "parsing/jsonld_context",
        "parsing/query_header",
        "parsing/data_document",
        "parsing/data_iris",
        "parsing/data_values",
        "parsing/yaml_characters",
        "parsing/yaml_ld",
        "parsing/yaml_limits",
        "parsing/yaml_nodes",
        "parsing/yaml_syntax",
    )
    source = "".join((ROOT / "itasgraph" / f"{name}.py").read_text(encoding="utf-8") for name in modules)
    codes = set(re.findall(r'(?:Finding\.of|report)\((?:[^"()]|\([^()]*\))*?"([a-z0-9-]+)"', source))
    tested = {case.code for case in IN_DATA} | {
        "invalid-json",
        "invalid-turtle",
        "invalid-rule",
        "invalid-header",
        "invalid-context",
        "context-without-base",
        "invalid-term",
        "remote-context",
        "no-title",
        "no-triples",
        "not-utf8",
        "invalid-shape",
        "relation-key",
        "relation-term",
        "undefined-term",
        "replaced-term",
        "earlier-vocabulary",
        "replaced-reference",
    }

    assert codes - tested == {
        "nested-too-deeply",
        "too-many-aliases",
        "duplicate-graph",
        "id-of-other-file",
        "file-too-large",
        "too-many-faults",
        "long-iri",
        "line-of-several-quotes",
        "invalid-check",
        "invalid-question",
        "wrong-suffix",
        "unread-folder",
        "shape-rdf",
    }
    assert len(codes) > 25


@pytest.mark.quick(1)
@pytest.mark.parametrize("name", ["mine.rq", "network/mine.rq"])
@pytest.mark.parametrize("header", ["", "#+ summary: All of it\n", "#+ title:\n"])
def test_question_without_title_is_a_fault(run: Run, little: Path, name: str, header: str) -> None:
    path = little / "queries" / name
    path.write_text(f"{header}SELECT ?s {{ ?s a schema:Person }}", encoding="utf-8")

    assert findings(run, little) == [
        f"{path}: the title is missing – begin the file with “#+ title:” (English) and “#+ title_de:”"
    ]


@pytest.mark.slow
def test_all_faults_come_at_once(run: Run, little: Path) -> None:
    (little / "data" / "a.yaml").write_text("id: source/a\ntype: Surce\nsays:\n- nmae: A\n")
    change(little / "data" / "report.yaml", "name: Day\n  date: 2025-03-14", "»nmae: Day\n  date: never")
    actual = [line.split(": ")[0].removeprefix(f"{little}/data/") for line in findings(run, little)]

    assert actual == ["a.yaml:2:7", *["a.yaml:4:3"] * 3, "report.yaml:9:3", "report.yaml:10:9"]


@pytest.mark.slow
def test_shared_id_names_both_files(run: Run, little: Path) -> None:
    other = little / "data" / "zwei.yaml"
    other.write_text("id: source/report\ntype: Source\ntitle: Zwei\ndocument: https://example.org/2\nsays: []\n")
    done = run("check", "--project", little)
    file = little / "data" / "report.yaml"

    assert f"{other}:1:1: {messages.render('duplicate-graph', 'en', id='source/report', file=file)}\n" in done.stdout
    assert done.exit_code == 1


# File, head, entry, and whether the entry may stand beside that of the report.
BESIDE = {
    "another source may tell of the same person": (REPORT.partition("- id:")[0], "type: Person", True),
    "another kind is another thing": (REPORT.partition("- id:")[0], "type: Place", False),
    "an editorial file describes again": ("id: editorial/x\ntype: EditorialGraph\nsays:\n", "type: Person", False),
    "an editorial file adds": ("id: editorial/x\ntype: EditorialGraph\nsays:\n", "altLabel: Annchen", True),
}


@pytest.mark.quick(1)
@pytest.mark.parametrize(("head", "entry", "meant"), BESIDE.values(), ids=BESIDE)
def test_id_may_stand_in_two_files(run: Run, little: Path, head: str, entry: str, meant: bool) -> None:
    other = little / "data" / "zwei.yaml"
    head = head.replace("source/report", "source/zwei")
    other.write_text(f"{head}- id: person/anna\n  {entry}\n  name: Anna\n")
    done = run("check", "--project", little)
    first = f"{little / 'data' / 'report.yaml'}:{REPORT[: REPORT.index('- id: person')].count(chr(10)) + 1}:3"
    line = head.count("\n") + 1
    told = f"{other}:{line}:3: {messages.render('id-of-other-file', 'en', id='person/anna', first=first)}"

    assert (told in done.stdout) != meant
    assert ("already described" in done.stdout) != meant


@pytest.mark.parametrize("name", ["more.yml", "more.YAML"])
def test_other_suffix_is_reported(run: Run, little: Path, name: str) -> None:
    (little / "data" / name).write_text(REPORT)
    sentence = messages.render("wrong-suffix", "en", name="more.yaml")
    done = run("check", "--project", little)

    assert done.stdout == f"{little / 'data' / name}: warning: {sentence}\n"
    assert done.exit_code == 0


def test_fault_is_named_as_users_do(run: Run, little: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change(little / "data" / "report.yaml", "name: Day", "»nmae: Day")
    monkeypatch.chdir(little)

    assert run("check").stdout.startswith("data/report.yaml:9:3: ")


# --- shapes: each broken once -----------------------------------------------------------------------------------


def test_shape_fault_sets_exit_code(run: Run, little: Path) -> None:
    path = little / "data" / "report.yaml"
    change(path, "{de: Bericht, en: Report}", f"{{de: Bericht}}{MARK}")
    warned = run("check", "--project", little)
    change(path, "name: Anna", "»name: [Anna, Ann]")
    faulty = run("check", "--project", little)

    assert (warned.exit_code, warned.stderr) == (0, "Faults: 0, warnings: 1.\n")
    assert warned.stdout.startswith(f"{path}:4:1: warning: the English label is missing")
    assert (faulty.exit_code, faulty.stderr) == (1, "Faults: 1, warnings: 1.\n")


@pytest.mark.slow
def test_shape_fault_stops_no_question(run: Run, little: Path) -> None:
    change(little / "data" / "report.yaml", "  quote: Anna\n", MARK)
    checked, asked = run("check", "--project", little), run("query", "SELECT * {}", "--project", little)

    assert (checked.exit_code, asked.exit_code) == (1, 0)


# --- shapes of one's own ----------------------------------------------------------------------------------------

OWN = "shape:Own a sh:NodeShape ; sh:targetClass schema:Person ; sh:property [ sh:path schema:email ; {} ] .\n"


@pytest.mark.quick(1)
@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ('sh:minCount 1 ; sh:message "no address"@en , "keine Adresse"@de', "no address"),
        ('sh:minCount 1 ; sh:message "no address"', "no address"),
        ('sh:minCount 1 ; sh:message "keine Adresse"@de', "keine Adresse"),
        ("sh:minCount 1", "Less than 1 values"),
    ],
    ids=["both languages", "no language", "German only", "no message"],
)
def test_shape_message_may_lack_a_language(run: Run, little: Path, body: str, sentence: str) -> None:
    with (little / "ontology" / "shapes.ttl").open("a", encoding="utf-8") as file:
        file.write(OWN.format(body))
    done = run("check", "--project", little)

    assert done.stdout.startswith(f"{little / 'data' / 'report.yaml'}:12:3: {sentence}")
    assert done.exit_code == 1


def _one_of(*classes: str) -> str:
    members = " ".join(f"[ sh:class {name} ]" for name in classes)
    return f'sh:or ( {members} ) ; sh:message "neither"'


# How a shape takes part in what its property shapes say (SHACL, the sections named), beside giving them its targets, and
# how a list of classes is one of the alternatives that it is.
PERSON = "shape:Own a sh:NodeShape ; sh:targetClass schema:Person"
EMAIL = 'sh:property [ sh:path schema:email ; sh:minCount 1 ; sh:message "no address" ]'
PARTS = {
    "its targets, 2.3.2": (f"{PERSON} ; {EMAIL} .", ["no address"]),
    "several targets, 2.1.3": (
        f"{PERSON} ; sh:targetSubjectsOf schema:startDate ; {EMAIL} .",
        ["no address", "no address"],
    ),
    "switched off, 2.1.6": (f"{PERSON} ; sh:deactivated true ; {EMAIL} .", []),
    "closed, 4.8.1": (
        f"{PERSON} ; sh:closed true ; sh:ignoredProperties ( rdf:type dcterms:source ) ; "
        'sh:property [ sh:path schema:name ] , [ sh:path itas:quote ] ; sh:message "more" .',
        [],
    ),
    "values of its own path, 2.3.1": (
        "shape:Own a sh:PropertyShape ; sh:targetClass schema:Person ; sh:path schema:name ; "
        'sh:property [ sh:path itas:quote ; sh:maxCount 0 ; sh:message "a name with a quote" ] .',
        [],
    ),
    "a class as a target, 2.1.3.3": (
        f"schema:Person a rdfs:Class , sh:NodeShape ; sh:targetSubjectsOf schema:email ; {EMAIL} .",
        ["no address"],
    ),
    "a query as a target, advanced 3.1": (
        "shape:Own a sh:NodeShape ; sh:targetSubjectsOf schema:email ; sh:target [ a sh:SPARQLTarget ; "
        f'sh:select "SELECT ?this {{ ?this a <https://schema.org/Person> }}" ] ; {EMAIL} .',
        ["no address"],
    ),
    "referred to, 4.6.1": (
        f"{PERSON} ; {EMAIL} . "
        'shape:Other a sh:NodeShape ; sh:targetClass schema:Person ; sh:not shape:Own ; sh:message "an address" .',
        ["no address"],
    ),
    "siblings, 4.7.3": (
        f'{PERSON} ; sh:property [ sh:path schema:name ; sh:qualifiedValueShape [ sh:pattern "^A" ] ; '
        'sh:qualifiedMinCount 1 ; sh:qualifiedValueShapesDisjoint true ; sh:message "no other A" ] , '
        '[ sh:path schema:name ; sh:qualifiedValueShape [ sh:pattern "a$" ] ; sh:qualifiedMinCount 0 ] .',
        ["no other A"],
    ),
    "none of several classes, 4.6.3": (f"{PERSON} ; {_one_of('schema:Place', 'schema:Event')} .", ["neither"]),
    "one of several classes, 4.6.3": (f"{PERSON} ; {_one_of('schema:Place', 'schema:Person', 'schema:Event')} .", []),
    "not one of several classes, 4.6.1": (
        f'{PERSON} ; sh:not [ {_one_of("schema:Person", "schema:Event")} ] ; sh:message "either" .',
        ["either"],
    ),
    "one of several classes, and more": (
        f"{PERSON} ; {_one_of('schema:Place', 'schema:Person ; sh:property [ sh:path schema:email ; sh:minCount 1 ]')} .",
        ["neither"],
    ),
    "one of several classes, two at once, 4.1.1": (
        f"{PERSON} ; {_one_of('schema:Place', 'schema:Person , schema:Place')} .",
        ["neither"],
    ),
    "one of several classes, where superclasses are checked": (
        f"{PERSON} ; {_one_of('schema:Place', 'schema:Person')} . "
        "shape:Other a sh:NodeShape ; sh:targetSubjectsOf rdfs:subClassOf ; "
        'sh:property [ sh:path rdfs:subClassOf ; sh:nodeKind sh:IRI ; sh:message "no IRI" ] .',
        [],
    ),
}


@pytest.mark.quick(1)
@pytest.mark.parametrize(("shape", "sentences"), PARTS.values(), ids=PARTS)
def test_shape_covers_shacl_core(little: Path, shape: str, sentences: list[str]) -> None:
    path = little / "ontology" / "shapes.ttl"
    prefixes = path.read_text(encoding="utf-8").partition("\n\n")[0]
    path.write_text(f"{prefixes}\n{shape}\n", encoding="utf-8")
    findings, _ = project_check.check(Project(little))

    assert [finding.message("en").partition(" – ")[0] for finding in findings] == sentences


def test_project_without_shapes_is_checked(run: Run, little: Path) -> None:
    (little / "ontology" / "shapes.ttl").unlink()
    change(little / "data" / "report.yaml", "  quote: Anna\n", MARK)
    done = run("check", "--project", little)

    assert (done.exit_code, done.stdout) == (0, "")
