"""`check` reports faults of all kinds in one run: none hides another, and none is reported only because of another."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from itasgraph import messages
from itasgraph.authoring import project_check
from itasgraph.parsing import jsonld_context
from itasgraph.parsing.jsonld_context import Context, ValueType
from itasgraph.project import Project
from tests.helpers.marks import number_mark, remove_marks
from tests.helpers.projects import HEAD, ROOT, copy_shipped, little_project
from tests.helpers.properties import count_inputs

KONGRESS, TOPICS, FORMS = "data/itas-kongress-2024.yaml", "data/topics.yaml", "data/forms-and-status.yaml"


@dataclass(frozen=True)
class Fault:
    """A change of one file of the shipped project that makes one fault, marked where it is to be reported."""

    code: str
    file: str
    before: str
    after: str
    # The shape or check whose message it is, if the code does not say so.
    words: str = ""


FAULTS = [
    # --- notation
    Fault("unknown-key", KONGRESS, "title: Circular Cars", "»titel: Circular Cars"),
    Fault("unknown-key", KONGRESS, "- {id: person/udo-wehner, type", "- {id: person/udo-wehner, »zzz: 1, type"),
    Fault("invalid-date", KONGRESS, "date: 2024-06-08", "date: »08.06.2024"),
    Fault("not-an-integer", KONGRESS, "attendeesMoreThan: 60", "attendeesMoreThan: »sixty"),
    Fault("duplicate-key", KONGRESS, "  name: ITAS\n", "  name: ITAS\n  »name: Itas\n"),
    Fault("unknown-type", KONGRESS, "id: place/chemnitz, type: Place", "id: place/chemnitz, type: »Plaice"),
    Fault("yaml-bracket", KONGRESS, '- {id: person/rene-pessier, type: Person, name: René Pessier, quote: "René Pessier"}', '- »{id: person/rene-pessier, type: Person, name: René Pessier, quote: "René Pessier"'),
    Fault("invalid-iri", KONGRESS, "id: goal/stabile-vision\n", "id: »goal/stabile vision\n"),
    Fault("no-value", TOPICS, "  definition:", "  »note:\n  definition:"),
    Fault("yaml-bracket", FORMS, "- {id: format/begleitung, type: Concept", "- »{id: format/begleitung, note: a: b, type: Concept"),
    # --- references, words
    Fault("dangling-reference", KONGRESS, "organisation: organisation/aconium", "organisation: »organisation/aconiun"),
    Fault("no-topic", KONGRESS, "words: [laufende Transformation]", "»words: [laufende Transformation, Zzyzx]"),
    Fault("dangling-reference", TOPICS, "broader: topic/mobilitaet", "broader: »topic/mobilitat"),
    # --- shapes, checks
    Fault("shape", KONGRESS, "person/diana-krahl:\n      position: 1", "»person/diana-krahl:", "place in the order"),
    Fault("shape", KONGRESS, 'place/dresden: {quote: "Mobilitätswerk Dresden"}', "»place/dresden: {}", "no quote"),
    Fault("shape", KONGRESS, "name: Udo Wehner", "»name: [Udo Wehner, U. Wehner]", "two names"),
    Fault("shape", KONGRESS, 'quote: "Anton Schumann, Gherzi Germany GmbH"', '»quote: "Anton Schumann"', "organisation"),
    # --- other files
    Fault("invalid-yaml", "queries/kinds.rq", "#+ summary:", "#+ summary: »]"),
    Fault("invalid-question", "queries/network/links.rq", "WHERE {", "WHERE »("),
    Fault("invalid-rule", "ontology/rules/top-concepts.rq", "WHERE {", "WHERE »("),
    Fault("invalid-yaml", "ontology/rules/labels.rq", "#+ summary:", "#+ summary: »]"),
    Fault("invalid-yaml", "ontology/checks/nobody-refers.rq", "#+ severity:", "#+ severity: »]"),
    Fault("invalid-turtle", "ontology/itas.ttl", "itas:Goal a", "itas:Goal a »,"),
]  # fmt: skip


def apply(folder: Path, faults: list[Fault]) -> dict[Fault, str]:
    """Make the faults in a copy of the project; where each is to be reported, as `file:line`."""
    copy_shipped(folder)
    for number, fault in enumerate(faults):
        path = folder / fault.file
        text = path.read_text(encoding="utf-8")
        assert fault.before in text, fault
        path.write_text(text.replace(fault.before, number_mark(fault.after, number), 1), "utf-8")
    places: dict[Fault, str] = {}
    for path in {folder / fault.file for fault in faults}:
        text, marks = remove_marks(path.read_text(encoding="utf-8"))
        places |= {faults[number]: f"{path}:{line}" for number, (line, _) in marks.items()}
        path.write_text(text, encoding="utf-8")
    return places


def assert_all_and_no_other(folder: Path, faults: list[Fault]) -> None:
    places = apply(folder, faults)
    findings, _ = project_check.check(Project(folder))
    reported = [(finding.code, ":".join(str(finding.location).split(":")[:2])) for finding in findings]

    assert sorted(reported) == sorted((fault.code, places[fault]) for fault in faults), [
        f.render("en") for f in findings
    ]
    assert all(any(fault.words in finding.message("en") for finding in findings) for fault in faults)


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.code} {fault.after[:20]}")
def test_fault_alone_has_its_line(tmp_path: Path, fault: Fault) -> None:
    assert_all_and_no_other(tmp_path / "project", [fault])


def test_all_kinds_come_in_one_run(tmp_path: Path) -> None:
    assert_all_and_no_other(tmp_path / "project", FAULTS)


@pytest.mark.slow
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(faults=st.lists(st.sampled_from(FAULTS), unique=True, min_size=2, max_size=8))
@count_inputs
def test_no_fault_hides_another(tmp_path_factory: pytest.TempPathFactory, faults: list[Fault]) -> None:
    assert_all_and_no_other(tmp_path_factory.mktemp("faults") / "project", faults)


# --- within one entry ---------------------------------------------------------------------------------------------------

VALUES = {
    ValueType.TEXT: "Day",
    ValueType.NUMBER: "1",
    ValueType.REFERENCE: "event/day",
    ValueType.TRANSLATIONS: "{de: Tag, en: Day}",
    ValueType.RELATIONS: "{event/day: {quote: Day}}",
}
DATES = {"date": "2025-03-14", "gYearMonth": "2025-03", "gYear": "2025", "time": "14:00", "W3CDTF": "2025-03"}


def entries(terms: Context, unknown: str) -> str:
    """Return a document with a person for each key, which may stand on people or not, beside a key that does not exist."""
    text = HEAD + "- {id: event/day, type: Event, name: Day, quote: Day}\n"
    for key in terms.keys.values():
        if key.value_type not in (ValueType.ID, ValueType.TYPE, ValueType.STATEMENTS) and key.name not in (
            "name",
            "quote",
        ):
            value = VALUES.get(key.value_type) or DATES[re.split("[#/]", key.datatype)[-1]]
            name = f"Anna {key.name}"
            text += f"- {{id: person/{key.name}, type: Person, name: {name}, quote: {name}, {key.name}: {value}{unknown}}}\n"
    return text


# What an entry may lack: the unknown key may be the one.
LACKS = (
    *("stands alone", "only with their consent"),
    *(f"without “{key}:”" for key in ("currency", "amount", "latitude", "longitude")),
)


@pytest.mark.slow
def test_unknown_key_hides_no_other_fault(tmp_path: Path) -> None:
    terms = jsonld_context.read(ROOT / "ontology" / "context.jsonld", "context")
    folder = little_project(tmp_path / "little", entries(terms, ""))
    shutil.copytree(ROOT / "ontology" / "checks", folder / "ontology" / "checks")
    without, _ = project_check.check(Project(folder))
    (folder / "data" / "report.yaml").write_text(entries(terms, ", zzz: 1"), encoding="utf-8")
    findings, _ = project_check.check(Project(folder))

    assert len({finding.location.line for finding in without if finding.severity == "fault"}) > 35
    assert [finding for finding in findings if finding.code != "unknown-key"] == [
        finding for finding in without if not any(part in finding.message("en") for part in LACKS)
    ]


@pytest.mark.quick(1)
@pytest.mark.parametrize("key", ["date: never", "position: first", "partOf: 7", "sha256: 5"])
def test_unreadable_value_hides_no_misplaced_key(tmp_path: Path, key: str) -> None:
    text = f"{HEAD}- {{id: person/anna, type: Person, name: Anna, quote: Anna, {key}}}\n"
    findings, _ = project_check.check(Project(little_project(tmp_path / "little", text)))
    first, second = sorted(finding.message("en") for finding in findings)

    assert f"“{key.partition(':')[0]}:” is allowed only on" in first + second


# --- files that are not read --------------------------------------------------------------------------------------------

UNREAD = {
    "data/report.yaml.txt": ("wrong-suffix", {"name": "report.yaml"}),
    "data/report.yml": ("wrong-suffix", {"name": "report.yaml"}),
    "data/report.YAML": ("wrong-suffix", {"name": "report.yaml"}),
    "data/topics.yaml.bak": ("unread-data", {"folder": "data/", "known": "*.yaml"}),
    "data/list.csv": ("unread-data", {"folder": "data/", "known": "*.yaml"}),
    "data/list.xlsx": ("unread-data", {"folder": "data/", "known": "*.yaml"}),
    "data/2025/report.yaml": ("unread-folder", {"folder": "data/"}),
    "queries/mine.rq.txt": ("wrong-suffix", {"name": "mine.rq"}),
    "queries/mine.sparql": ("wrong-suffix", {"name": "mine.rq"}),
    "queries/network/mine.RQ": ("wrong-suffix", {"name": "mine.rq"}),
    "queries/more/mine.rq": ("unread-folder", {"folder": "queries/"}),
    "ontology/own.ttl.txt": ("wrong-suffix", {"name": "own.ttl"}),
    "ontology/own.owl": ("unread-file", {"folder": "ontology/", "known": "*.ttl, context.jsonld, data.schema.json"}),
    "ontology/rules/own.txt": ("unread-file", {"folder": "ontology/rules/", "known": "*.rq"}),
    "ontology/checks/own.rq.txt": ("wrong-suffix", {"name": "own.rq"}),
}
PASSED_OVER = [
    "data/.report.yaml.swp",
    "data/report.yaml~",
    "data/NOTES.md",
    "data/LICENSE",
    "data/Thumbs.db",
    "data/.git/x",
]


@pytest.mark.slow
def test_unread_file_is_a_warning(copy: Path) -> None:
    for name in [*UNREAD, *PASSED_OVER]:
        (copy / name).parent.mkdir(exist_ok=True)
        (copy / name).write_text("id: [", encoding="utf-8")
    findings, _ = project_check.check(Project(copy))

    assert {finding.render("de") for finding in findings} == {
        f"{copy / (name.rpartition('/')[0] if code == 'unread-folder' else name)}: Warnung: "
        + messages.render(messages.as_code(code), "de", **facts)
        for name, (code, facts) in UNREAD.items()
    }


# --- where the context cannot be used -----------------------------------------------------------------------------------


@pytest.mark.slow
def test_broken_context_hides_no_yaml_fault(copy: Path) -> None:
    broken = {
        "ontology/context.jsonld": ("{", "{,", "invalid-json"),
        "ontology/itas.ttl": ("itas:Goal a", "itas:Goal a ,", "invalid-turtle"),
        "ontology/shapes.ttl": ("shape:Event a", "shape:Event a ,", "invalid-turtle"),
        "ontology/rules/labels.rq": ("#+ summary:", "#+ summary: ]", "invalid-yaml"),
        "ontology/checks/circles.rq": ("#+ message:", "#+ message: ]", "invalid-yaml"),
        "queries/kinds.rq": ("#+ summary:", "#+ summary: ]", "invalid-yaml"),
        "data/links.yaml": ("says:", "says: [", "invalid-yaml"),
    }
    for name, (before, after, _) in broken.items():
        text = (copy / name).read_text(encoding="utf-8")
        (copy / name).write_text(text.replace(before, after, 1), encoding="utf-8")
    (copy / "data" / "list.csv").write_text("a,b\n")
    findings, compiled = project_check.check(Project(copy))

    assert compiled is None
    assert {(finding.location.path, finding.code) for finding in findings} == {
        *((str(copy / name), code) for name, (_, _, code) in broken.items()),
        (str(copy / "data" / "list.csv"), "unread-data"),
    }
