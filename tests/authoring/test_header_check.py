"""`itasgraph check` reports what stands in the header of a query and has no effect, with its place, in German and English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from itasgraph import messages
from itasgraph.authoring import header_check, project_check
from itasgraph.parsing import jsonld_context
from itasgraph.project import Project
from tests.helpers.marks import MARK, position
from tests.helpers.projects import ROOT, little_project

KINDS = ", ".join(sorted(jsonld_context.read(ROOT / "ontology" / "context.jsonld", "context").types))
TITLE = "#+ title: Who?\n#+ title_de: Wer?\n"
QUERY = "SELECT ?person { ?person org:organization ?_actor_iri ; schema:startDate ?_since_date }"
CHECK = "SELECT ?thing ?label { ?thing schema:name ?label }"
RULE = "CONSTRUCT { ?one schema:name ?name } WHERE { ?one schema:name ?name }"
QUESTION, NETWORK = "queries/new.rq", "queries/network/new.rq"


@dataclass(frozen=True)
class Case:
    """A query with a mark at its fault, the sentence to be said, and the facts of the sentence."""

    code: str
    file: str
    text: str
    facts: Mapping[str, object] = field(default_factory=dict)


def unknown_key(file: str, text: str, key: str, nearest: str = "") -> Case:
    folder = file.rpartition("/")[0]
    keys = [known for known in header_check.KEYS[folder] if known not in header_check.KEYS_OF_GRLC]
    return Case("unknown-header-key", file, text, {"key": key, "nearest": nearest, "known": ", ".join(keys)})


def no_parameter(text: str, key: str, name: str, nearest: str = "", known: str = "actor, since") -> Case:
    facts = {"key": key, "name": name, "nearest": nearest, "known": known}
    return Case("header-parameter", QUESTION, text, facts)


CASES = [
    unknown_key(QUESTION, f"{TITLE}#+ »nosuchkey: 5\nASK {{}}", "nosuchkey"),
    unknown_key(QUESTION, f"{TITLE}#+ »optional: {{topic: true}}\nASK {{}}", "optional"),
    unknown_key(
        QUESTION, f"{TITLE}#+ »enumerat:\n#+   - lang: [de, en]\nASK {{ ?_lang ?p ?o }}", "enumerat", "enumerate"
    ),
    unknown_key(QUESTION, f"{TITLE}#+ »hubs: [Event]\nASK {{}}", "hubs"),
    unknown_key(
        NETWORK, f"{TITLE}#+ tags: [network]\n#+ »closenes: [itas:sharesTopic]\nASK {{}}", "closenes", "closeness"
    ),
    unknown_key("ontology/rules/new.rq", f"{TITLE}#+ »sumary: T\n{RULE}", "sumary", "summary"),
    unknown_key(
        "ontology/checks/new.rq", f"#+ message: M\n#+ »mesage_de: M\n{CHECK} LIMIT 0", "mesage_de", "message_de"
    ),
    no_parameter(f"{TITLE}#+ kinds: {{»actr: Organisation}}\n{QUERY}", "kinds", "actr", "actor"),
    no_parameter(f"{TITLE}#+ defaults: [{{since: 2024-01-01}}, {{»until: 2024-01-01}}]\n{QUERY}", "defaults", "until"),
    no_parameter(f"{TITLE}#+ enumerate: [actor, »lang]\n{QUERY}", "enumerate", "lang"),
    no_parameter(f"{TITLE}#+ kinds:\n#+   »actor: Person\nASK {{}}", "kinds", "actor", known="–"),
    Case("kind-of-literal", QUESTION, f"{TITLE}#+ kinds: {{»since: Event}}\n{QUERY}", {"name": "since"}),
    Case(
        "unknown-type",
        QUESTION,
        f"{TITLE}#+ kinds: {{»actor: Organization}}\n{QUERY}",
        {"key": "Organization", "nearest": "Organisation", "known": KINDS},
    ),
    Case(
        "unknown-type",
        NETWORK,
        f"{TITLE}#+ hubs: [Event, »Evnt]\nASK {{}}",
        {"key": "Evnt", "nearest": "Event", "known": KINDS},
    ),
    Case(
        "unknown-type",
        NETWORK,
        f"{TITLE}#+ background: [Event, »Sectoin]\nASK {{}}",
        {"key": "Sectoin", "nearest": "Section", "known": KINDS},
    ),
    Case(
        "unknown-type",
        NETWORK,
        f"{TITLE}#+ background: []\n#+ fold: [»Contribtion]\nASK {{}}",
        {"key": "Contribtion", "nearest": "Contribution", "known": KINDS},
    ),
    Case(
        "unknown-type",
        NETWORK,
        f"{TITLE}#+ moments: [»Evnt]\nASK {{}}",
        {"key": "Evnt", "nearest": "Event", "known": KINDS},
    ),
    unknown_key(QUESTION, f"{TITLE}#+ »background: [Event]\nASK {{}}", "background"),
    Case("fold-without-background", NETWORK, f"{TITLE}#+ »fold: [Contribution]\nASK {{}}"),
    Case(
        "kind-hidden-twice",
        NETWORK,
        f"{TITLE}#+ background: [Event]\n#+ fold: [Contribution, »Event]\nASK {{}}",
        {"key": "Event"},
    ),
    Case("invalid-order", NETWORK, f"{TITLE}#+ label: New\n#+ line: L\n#+ »order: first\nASK {{}}", {"value": "first"}),
    Case(
        "invalid-value",
        QUESTION,
        f"{TITLE}#+ defaults: {{»since: today}}\n{QUERY}",
        {"name": "since", "value": "today", "example": "2024-06-06"},
    ),
    Case(
        "value-not-listed",
        QUESTION,
        f"{TITLE}#+ defaults: {{»size: huge}}\n#+ enumerate: {{size: [small, large]}}\nASK {{ ?s ?p ?_size }}",
        {"name": "size", "value": "huge", "known": "small, large"},
    ),
    Case(
        "invalid-severity",
        "ontology/checks/new.rq",
        f"#+ message: M\n#+ »severity: warnign\n{CHECK} LIMIT 0",
        {"value": "warnign", "nearest": "warning", "known": "fault, warning"},
    ),
    Case(
        "unknown-placeholder",
        "ontology/checks/new.rq",
        f'#+ message: "{{label}}"\n#+ »message_de: "{{lable}}"\n{CHECK} LIMIT 0',
        {"name": "lable", "nearest": "label", "known": "?thing, ?label"},
    ),
]


def findings(folder: Path, file: str, text: str) -> list[tuple[str, str]]:
    """Write a query into a sound project; return the place of each fault in it, and its sentences, German and English."""
    path = folder / file
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    actual, _ = project_check.check(Project(folder))
    return [(str(finding.location), f"{finding.message('de')}\n{finding.message('en')}") for finding in actual]


@pytest.mark.quick(1)
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}: {case.text.removeprefix(TITLE)[:30]}")
def test_what_has_no_effect_is_a_fault_with_its_place(tmp_path: Path, case: Case) -> None:
    folder = little_project(tmp_path / "project")
    line, column = position(case.text, case.text.index(MARK))
    sentences = [messages.render(messages.as_code(case.code), lang, **case.facts) for lang in ("de", "en")]

    assert findings(folder, case.file, case.text.replace(MARK, "")) == [
        (f"{folder / case.file}:{line}:{column}", "\n".join(sentences))
    ]


@pytest.mark.quick(1)
@pytest.mark.parametrize(
    ("file", "text"),
    [
        (QUESTION, f"{TITLE}#+ endpoint: https://example.org/sparql\n#+ pagination: 100\n#+ method: GET\nASK {{}}"),
        (QUESTION, f"{TITLE}#+ kinds: {{targetGroup: TargetGroup}}\nASK {{ ?s ?p ?__targetGroup_iri }}"),
        (QUESTION, f"{TITLE}#+ defaults: {{actor: organisation/of-other-data}}\n{QUERY}"),
        (NETWORK, f"{TITLE}#+ hubs: [Event, https://example.org/Kind]\n#+ closeness: [schema:about]\nASK {{}}"),
        (
            "ontology/checks/new.rq",
            f"#+ message: {{de: '{{label}}', en: '{{label}}'}}\n#+ severity: fault\n{CHECK} LIMIT 0",
        ),
    ],
    ids=[
        "keys of grlc",
        "camel case, as in grlc",
        "entry of other data",
        "a kind by its IRI",
        "languages in a mapping",
    ],
)
def test_what_a_header_may_say_is_no_fault(tmp_path: Path, file: str, text: str) -> None:
    assert findings(little_project(tmp_path / "project"), file, text) == []


@pytest.mark.slow
def test_all_faults_of_a_header_come_at_once(tmp_path: Path) -> None:
    text = f"{TITLE}#+ nosuchkey: 5\n#+ kinds: {{actr: Organisation, since: Event}}\n#+ defaults: {{since: today}}\n{QUERY}"
    folder = little_project(tmp_path / "project")

    assert [place.partition(":")[2] for place, _ in findings(folder, QUESTION, text)] == ["3:4", "4:12", "4:32", "5:15"]


def test_faults_of_a_header_do_not_wait_for_the_context(tmp_path: Path) -> None:
    folder = little_project(tmp_path / "project")
    (folder / "ontology" / "context.jsonld").write_text("{}", encoding="utf-8")
    actual = findings(folder, QUESTION, f"{TITLE}#+ nosuchkey: 5\nASK {{}}")

    assert f"{folder / QUESTION}:3:4" in [place for place, _ in actual]


def test_cases_cover_all_faults_of_the_page() -> None:
    assert {case.code for case in CASES} == set(header_check.CODES)
