"""The context tells which key means what, which names are IRIs, and what is wrong with itself."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itasgraph.errors import FileError, InvalidProject
from itasgraph.parsing import jsonld_context, yaml_ld
from itasgraph.parsing.jsonld_context import Context, ValueType
from itasgraph.project import Project
from tests.helpers.programs import Run
from tests.helpers.projects import ROOT
from tests.helpers.properties import count_inputs

BASE = "https://example.org/region/"
TERMS = Context(
    {
        "@base": BASE,
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "schema": "https://schema.org/",
        "id": "@id",
        "type": "@type",
        "says": "@graph",
        "Person": "schema:Person",
        "Stay": "Stay",
        "name": {"@id": "schema:name"},
        "label": {"@id": "schema:label", "@container": "@language"},
        "altLabel": {"@id": "schema:alt", "@container": ["@language", "@set"]},
        "date": {"@id": "schema:startDate", "@type": "xsd:date"},
        "position": {"@id": "schema:position", "@type": "xsd:integer"},
        "partOf": {"@id": "schema:superEvent", "@type": "@id"},
        "target": {"@id": "schema:target", "@type": "@id"},
        "presents": {"@id": "schema:presents", "@container": "@index", "@index": "target"},
    }
)


def read(folder: Path, text: str | bytes) -> Context:
    path = folder / "context.jsonld"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return jsonld_context.read(path, "shown.jsonld")


def faults(folder: Path, text: str | bytes) -> list[tuple[str, str]]:
    with pytest.raises(InvalidProject) as raised:
        read(folder, text)
    return [(str(finding.location), finding.code) for finding in raised.value.findings]


@pytest.mark.parametrize(
    ("written", "iri"),
    [
        ("person/a", f"{BASE}person/a"),
        ("schema:name", "https://schema.org/name"),
        ("https://example.com/a", "https://example.com/a"),
        ("topic/a:b", f"{BASE}topic/a:b"),
        ("unknown:a", "unknown:a"),
    ],
)
def test_iri_is_relative_compact_or_absolute(written: str, iri: str) -> None:
    assert TERMS.expand(written) == iri


@pytest.mark.parametrize(
    ("iri", "short"),
    [
        (f"{BASE}person/a", "person/a"),
        ("https://schema.org/name", "schema:name"),
        ("https://example.com/a", "https://example.com/a"),
    ],
)
def test_iri_is_shown_shortest(iri: str, short: str) -> None:
    assert TERMS.compact(iri) == short
    assert TERMS.expand(short) == iri


def test_base_is_not_shortened() -> None:
    assert TERMS.compact(BASE) == BASE


def test_prefixes_and_classes_differ() -> None:
    assert sorted(TERMS.prefixes) == ["schema", "xsd"]
    assert TERMS.types == {"Person": "https://schema.org/Person", "Stay": f"{BASE}Stay"}


def test_key_knows_its_value_type() -> None:
    assert {name: key.value_type for name, key in TERMS.keys.items()} == {
        "id": ValueType.ID,
        "type": ValueType.TYPE,
        "says": ValueType.STATEMENTS,
        "name": ValueType.TEXT,
        "label": ValueType.TRANSLATIONS,
        "altLabel": ValueType.TRANSLATIONS,
        "date": ValueType.DATE,
        "position": ValueType.NUMBER,
        "partOf": ValueType.REFERENCE,
        "target": ValueType.REFERENCE,
        "presents": ValueType.RELATIONS,
    }


def test_key_knows_property_and_datatype() -> None:
    keys = TERMS.keys

    assert keys["date"].iri == "https://schema.org/startDate"
    assert keys["date"].datatype == "http://www.w3.org/2001/XMLSchema#date"
    assert keys["presents"].index == "target"


@pytest.mark.parametrize(
    ("iri", "fault"),
    [
        ("topic/a b", "' '"),
        ("topic/a\u00a0b", "'\\xa0'"),
        ("topic/a\u200bb", "'\\u200b'"),
        ("topic/a|b", "'|'"),
        ("topic/<a>", "'<'"),
        ('topic/"a"', "'\"'"),
        ("topic/a\\b", "'\\\\'"),
        ("topic/%zz", "'%'"),
        ("topic/%2", "'%'"),
        ("", '""'),
        ("javascript:alert(1)", "javascript:"),
        ("JavaScript:alert(1)", "JavaScript:"),
        ("mailto:a@example.org", ""),
        ("tel:+49-371-0", "tel:"),
        ("file:///etc/passwd", "file:"),
        ("/topic/a", "/t"),
        ("../topic", ".."),
        ("#a", "#a"),
        ("?a", "?a"),
    ],
)
def test_invalid_iri_has_a_reason(iri: str, fault: str) -> None:
    assert TERMS.fault_of(iri) == fault


@pytest.mark.parametrize(
    "iri", ["topic/a", "topic/größe", "topic/a%20b", "topic/a:b", "schema:name", "http://e.org/", "HTTPS://e.org/a#b"]
)
def test_valid_iri_has_none(iri: str) -> None:
    assert TERMS.fault_of(iri) == ""


def test_shipped_context_is_complete(shipped: Project) -> None:
    terms = jsonld_context.load(shipped)
    used = {definition["@id"].split(":")[0] for definition in terms.raw.values() if isinstance(definition, dict)}

    assert terms.base == "https://w3id.org/itas/"
    assert used <= set(terms.prefixes)
    assert len(terms.keys) == sum(isinstance(value, dict) for value in terms.raw.values()) + len(("id", "type", "says"))


@pytest.mark.parametrize(
    ("entry", "term"),
    [
        ('"@import": "https://example.org/more.jsonld"', "@import"),
        ('"name": {"@id": "schema:name", "@context": "https://example.org/more.jsonld"}', "name"),
    ],
)
def test_remote_context_is_refused(tmp_path: Path, entry: str, term: str) -> None:
    text = f'{{"@context": {{"@base": "https://example.org/", "schema": "https://schema.org/", {entry}}}}}'
    path = tmp_path / "context.jsonld"
    path.write_text(text)
    with pytest.raises(InvalidProject) as raised:
        jsonld_context.read(path, "shown.jsonld")

    assert [(f.location.path, f.code, dict(f.facts)) for f in raised.value.findings] == [
        ("shown.jsonld", "remote-context", {"term": term})
    ]


# --- a context that is wrong ------------------------------------------------------------------------------------------


def test_broken_json_has_line_and_column(tmp_path: Path) -> None:
    assert faults(tmp_path, '{\n  "@context": {,}\n}') == [("shown.jsonld:2:16", "invalid-json")]


@pytest.mark.parametrize(
    "text",
    [
        *("[]", "{}", '"text"', '{"@context": []}', '{"@context": {}}', '{"@context": {"@base": 5}}'),
        '{"@context": "https://example.org/c", "before": {"@base": "https://example.org/"}}',
    ],
)
def test_context_needs_a_base(tmp_path: Path, text: str) -> None:
    assert faults(tmp_path, text) == [("shown.jsonld", "context-without-base")]


def test_context_needs_utf8(tmp_path: Path) -> None:
    assert faults(tmp_path, b'{"@context": "\xe4"}') == [("shown.jsonld", "not-utf8")]


@pytest.mark.parametrize(
    "entry",
    [
        pytest.param(r'"name": {"@id": "schema:na\fme"}', id="property with a control character"),
        pytest.param('"name": {}', id="no meaning"),
        pytest.param('"name": {"@container": "@language"}', id="no property"),
        pytest.param('"name": {"@id": 7}', id="property is a number"),
        pytest.param('"name": {"@id": null}', id="property is null"),
        pytest.param('"name": {"@id": "schema:name", "@type": 5}', id="datatype is a number"),
        pytest.param('"name": {"@id": "shcema:name"}', id="prefix nobody declared"),
        pytest.param('"Person": "shcema:Person"', id="prefix of a class nobody declared"),
    ],
)
def test_undefined_term_is_reported(tmp_path: Path, entry: str) -> None:
    text = f'{{"@context": {{"@base": "{BASE}", "schema": "https://schema.org/", {entry}}}}}'

    assert faults(tmp_path, text) == [("shown.jsonld", "invalid-term")]


@pytest.mark.parametrize("base", ["", "region", "https://example.org/my region/", "https://example.org/my-region"])
def test_base_must_be_absolute(tmp_path: Path, base: str) -> None:
    assert faults(tmp_path, f'{{"@context": {{"@base": "{base}"}}}}') == [("shown.jsonld", "invalid-term")]


def test_missing_context_has_a_reason(tmp_path: Path) -> None:
    with pytest.raises(FileError) as raised:
        jsonld_context.read(tmp_path / "context.jsonld", "ontology/context.jsonld")

    assert str(raised.value) == "ontology/context.jsonld cannot be read: it does not exist"


@pytest.mark.quick(3)
@pytest.mark.parametrize(
    "entry",
    [
        *('"@propagate": "x"', '"@protected": 5', '"@direction": "up"', '"@language": 5', '"@vocab": 5'),
        *('"": {"@id": "http://e.org/"}', '"@id": "http://e.org/"', '"zz": {"@id": "zz"}', '"zz": "@context"'),
        *(
            f'"zz": {{"@id": "http://e.org/", {more}}}'
            for more in ('"@container": "@foo"', '"@direction": "up"', '"@nest": 5', '"@prefix": "x"', '"@foo": 1')
        ),
        '"@type": {"@container": "@list"}',
        f'"zz": {"9" * 5000}',
    ],
)  # fmt: skip
def test_fault_is_reported_once(run: Run, copy: Path, entry: str) -> None:
    path = copy / "ontology" / "context.jsonld"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"@context": {', f'"@context": {{{entry},', 1), encoding="utf-8")
    checked = run("check", "--project", copy, "--lang", "en")
    done = run("query", "kinds", "--project", copy, "--lang", "en")

    assert (checked.exit_code, checked.stdout.count("\n"), done.exit_code) == (1, 1, 3)
    assert checked.stdout.startswith(f"{path}: ")
    assert done.stderr.startswith(checked.stdout)


ODD_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(["", "@id", "@none", "ltr", "itas:x", "a:b", "\ud800"]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(["@id", "@type", "@container", "@index", "@direction", "@reverse", "x"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)
WORDS = [
    "label",
    "id",
    "says",
    "@base",
    "@vocab",
    "@language",
    "@direction",
    "@version",
    "itas",
    "Source",
    "new",
    "@new",
    "",
    "presents",
]


@pytest.mark.slow
@given(st.dictionaries(st.sampled_from(WORDS), ODD_VALUES, min_size=1, max_size=2))
@count_inputs
def test_any_context_is_read_or_reported(changes: dict[str, object]) -> None:
    raw = json.loads((ROOT / "ontology" / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    with contextlib.suppress(InvalidProject):
        actual = jsonld_context.parse(json.dumps({"@context": {**raw, **changes}}).encode(), "context.jsonld")

        document = yaml_ld.read(b"id: source/a\nsays:\n- id: talk/a\n  title: T\n", "a.yaml", actual)
        assert "no-triples" not in {finding.code for finding in document.findings}


@pytest.mark.parametrize(
    "text",
    [
        '{"@context": ' + "[" * 100_000,
        '{"@context": {"@base": "http://a/", "x": ' + "[" * 900 + "]" * 900 + "}}",
        '{"@context": {"@base": "http://a/", "@version": ' + "1" * 5_000 + "}}",
        '{"@context": {"@base": "http://a/", "@direction": "up"}}',
        '{"@context": {"@base": "http://a/", "@version": 1e999}}',
    ],
    ids=["deep", "closed", "digits", "direction", "infinite"],
)
def test_unreadable_context_is_one_fault(text: str) -> None:
    with pytest.raises(InvalidProject) as caught:
        jsonld_context.parse(text.encode(), "context.jsonld")

    assert len(caught.value.findings) == 1


READS = """
import sys
from itasgraph.__main__ import run

reads = []
sys.addaudithook(lambda event, args: event == "open" and str(args[0]).endswith("context.jsonld") and reads.append(1))
try:
    run()
finally:
    print(len(reads), file=sys.stderr)
"""


@pytest.mark.quick(1)
@pytest.mark.parametrize(
    "command",
    [
        ("query", "who", "-p", "topic=Kreislaufwirtschaft"),
        ("query", "kinds", "--data", str(ROOT / "data" / "topics.yaml")),
        ("path", "CWE", "AMZ Sachsen"),
        ("export",),
    ],
)
def test_command_reads_the_context_once(command: tuple[str, ...]) -> None:
    line = [sys.executable, "-c", READS, *command, "--project", str(ROOT)]
    _, done = (subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=True) for _ in ("cold", "warm"))

    assert done.stderr.splitlines()[-1] == "1"
