"""Editors know the data files: the JSON Schema is up to date, accepts what is sound and underlines mistakes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from itasgraph.errors import InvalidProject
from itasgraph.parsing import jsonld_context
from tests.helpers.programs import Run
from tests.helpers.projects import ANNA, HEAD, ROOT
from tools import json_schema, make_docs

WRITTEN = ROOT / "ontology" / "data.schema.json"
SHIPPED = [
    *sorted((ROOT / "data").glob("*.yaml")),
    *sorted((ROOT / "itasgraph" / "authoring" / "example").glob("*.yaml")),
]
FIRST_LINE = "# yaml-language-server: $schema=../ontology/data.schema.json"
SOUND = (
    ANNA
    + """\
- id: event/fair
  type: Event
  name: Fair
  date: 2025-03-14
  quote: the fair
- id: talk/one
  type: Contribution
  partOf: event/fair
  position: 1
  label: {de: Eins, en: One}
  presents:
    offer/help: {quote: help}
  speakers:
    person/anna: {position: 1, quote: Anna}
- id: offer/help
  type: Offer
  label: {de: Hilfe, en: Help}
  quote: help
"""
)


class _Loader(yaml.CSafeLoader):
    """The core schema of YAML 1.2, as editors and our reader have it: no dates, no truth in "yes"."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012  # PyYAML declares it so


for _tag, _pattern, _first in (
    ("null", r"~|null|\Z", "~n"),
    ("bool", r"true|false", "tf"),
    ("int", r"-?(0|[1-9][0-9]*)", "-0123456789"),
    ("float", r"-?[0-9]+\.[0-9]+", "-0123456789"),
):
    _Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(rf"(?:{_pattern})\Z"), [*_first, *([""] if _tag == "null" else [])]
    )


def faults(text: str) -> list[str]:
    """Return what an editor would underline: paths to the values that the schema refuses."""
    validator = Draft202012Validator(
        json.loads(WRITTEN.read_text(encoding="utf-8")), format_checker=Draft202012Validator.FORMAT_CHECKER
    )
    document: Any = yaml.load(text, Loader=_Loader)
    return [error.json_path for error in validator.iter_errors(document)]


def test_schema_is_current() -> None:
    assert WRITTEN.read_text(encoding="utf-8") == make_docs.data_schema(), "run: make docs"


@pytest.mark.slow
def test_schema_is_valid() -> None:
    Draft202012Validator.check_schema(json.loads(WRITTEN.read_text(encoding="utf-8")))


def test_shipped_files_are_counted() -> None:
    assert len(SHIPPED) == 11


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_shipped_files_are_accepted(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert text.splitlines()[0] == FIRST_LINE
    assert faults(text) == []


def test_new_project_has_its_schema(run: Run, tmp_path: Path) -> None:
    assert run("init", tmp_path / "region").exit_code == 0
    files = sorted((tmp_path / "region" / "data").glob("*.yaml"))
    named = {file.parent / file.read_text(encoding="utf-8").splitlines()[0].partition("$schema=")[2] for file in files}

    assert len(files) == 5
    assert [path.resolve().read_bytes() for path in named] == [WRITTEN.read_bytes()]
    assert make_docs.data_schema(tmp_path / "region") == WRITTEN.read_text(encoding="utf-8")


def alone(text: str, folder: Path) -> Path:
    """Return a copy of the shipped project with one data file only."""
    for file in (folder / "data").glob("*.yaml"):
        file.unlink()
    (folder / "data" / "report.yaml").write_text(text, encoding="utf-8")
    return folder


def test_sound_file_is_accepted(run: Run, copy: Path) -> None:
    assert run("check", "--project", alone(HEAD + SOUND, copy)).exit_code == 0
    assert faults(HEAD + SOUND) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        pytest.param("  name: Anna\n", "  nmae: Anna\n", id="unknown key"),
        pytest.param("type: Person", "type: Persn", id="unknown type"),
        pytest.param("type: Person", "type: [Person, Persn]", id="unknown type among several"),
        pytest.param("- id: person/anna\n  type", "- type", id="entry without an id"),
        pytest.param("id: source/report\n", "", id="file without an id"),
        pytest.param("title: Report\n", "", id="source without a title"),
        pytest.param("label: {de: Bericht, en: Report}\n", "", id="source without a label"),
        pytest.param("id: person/anna", "id: person/anna b", id="id with a space"),
        pytest.param("id: person/anna", "id: person/%zz", id="id with a broken escape"),
        pytest.param("id: person/anna", "id: /person/anna", id="id that begins with a stroke"),
        pytest.param("partOf: event/fair", "partOf: 'javascript:alert'", id="reference that runs code"),
        pytest.param("id: person/anna", "id: 5", id="id that is a number"),
        pytest.param("name: Anna", "name: 5", id="text that is a number"),
        pytest.param("name: Anna", "name: true", id="text that is a truth value"),
        pytest.param("name: Anna", "name:", id="key without a value"),
        pytest.param("name: Anna", "name: ' '", id="blank text"),
        pytest.param("position: 1\n", "position: first\n", id="number that is text"),
        pytest.param("position: 1\n", "position: '1'\n", id="number in quotation marks"),
        pytest.param("position: 1\n", "position: 1.5\n", id="number with a fraction"),
        pytest.param("position: 1\n", "position: [1, 2]\n", id="two positions"),
        pytest.param("position: 1\n", "position: 1\n  date: 2025-03-14\n", id="date of a contribution"),
        pytest.param("partOf: event/fair", "partOf: [event/fair, event/other]", id="part of two events"),
        pytest.param("partOf: event/fair", "partOf: {id: event/fair}", id="nested thing"),
        pytest.param(
            "  name: Fair", "  name: Fair\n  latitude: '50.5'\n  longitude: 12", id="degrees in quotation marks"
        ),
        pytest.param("  name: Fair", "  name: Fair\n  latitude: 50,5\n  longitude: 12", id="degrees with a comma"),
        pytest.param("date: 2025-03-14", "date: 14.03.2025", id="date of another shape"),
        pytest.param("date: 2025-03-14", "date: 2025-02-30", id="day that is in no calendar"),
        pytest.param("date: 2025-03-14", "date: 2025", id="year for a date"),
        pytest.param("{de: Eins, en: One}", "{de: Eins, e_n: One}", id="language that is none"),
        pytest.param("{de: Eins, en: One}", "{de: 1, en: One}", id="translation that is a number"),
        pytest.param("\n    offer/help: {quote: help}", " offer/help", id="relation that is no map"),
        pytest.param("\n    offer/help: {quote: help}", " [offer/help]", id="relation that is a list"),
        pytest.param("offer/help: {quote: help}", "offer/help:", id="relation without a quote"),
        pytest.param("offer/help: {quote: help}", "offer/help: help", id="relation that is text"),
        pytest.param(
            "offer/help: {quote: help}", "offer/help: {quoet: help, quote: x}", id="unknown key in a relation"
        ),
        pytest.param("{quote: help}", "{quote: help, target: offer/b}", id="relation that names its target twice"),
        pytest.param("{quote: help}", "{quote: help, id: offer/b}", id="relation with an id"),
        pytest.param("offer/help: {", "a b: {", id="relation to an id with a space"),
        pytest.param("{position: 1, quote: Anna}", "{quote: Anna}", id="appearance without a position"),
        pytest.param("  name: Fair", "  name: Fair\n  says: []", id="says inside an entry"),
        pytest.param("says:\n" + SOUND, "", id="file without says"),
    ],
)
def test_mistake_is_underlined(right: str, wrong: str, run: Run, copy: Path) -> None:
    text = HEAD + SOUND
    assert text.count(right) >= 1
    broken = text.replace(right, wrong, 1)

    assert faults(broken) != []
    assert run("check", "--project", alone(broken, copy)).exit_code == 1


@pytest.mark.parametrize(
    "entry",
    [
        pytest.param("- {id: a/b, differentFrom: [a/c]}", id="entry that adds to a thing described elsewhere"),
        pytest.param("- {id: a/b, type: Person, altLabel: C}", id="name that stands in another file"),
        pytest.param("- {id: a/b, type: [Person], name: B, quote: [b, B]}", id="lists of types and texts"),
        pytest.param("- {id: a/b, label: B, altLabel: {de: [x, y]}}", id="label in no language, several in one"),
        pytest.param("- {id: a/b, type: Place, latitude: -50.5, longitude: 12}", id="degrees"),
        pytest.param("- {id: a/b, sameAs: https://example.org/x}", id="address elsewhere"),
        pytest.param("- {id: a/ü, sameAs: 'schema:Person'}", id="umlaut in an id, compact reference"),
    ],
)
def test_alternatives_are_accepted(entry: str) -> None:
    assert faults(f"{HEAD}{entry}\n") == []


def test_key_has_both_languages() -> None:
    defs = json.loads(WRITTEN.read_text(encoding="utf-8"))["$defs"]

    assert defs["key-quote"]["description"].startswith("Zitat · quote")
    assert "Zielgruppe · Target group" in defs["type"]["enumDescriptions"][defs["type"]["enum"].index("TargetGroup")]


def test_new_key_is_known(copy: Path) -> None:
    path = copy / "ontology" / "context.jsonld"
    document = json.loads(path.read_text(encoding="utf-8"))
    document["@context"]["founded"] = {"@id": "schema:foundingDate", "@type": "xsd:gYear"}
    path.write_text(json.dumps(document), encoding="utf-8")

    made = json.loads(make_docs.data_schema(copy))

    thing = {"id": "organisation/a", "founded": 1990}
    assert Draft202012Validator(made).is_valid({"id": "source/a", "says": [thing]})
    assert not Draft202012Validator(made).is_valid({"id": "source/a", "says": [{**thing, "founded": 90}]})


def test_broken_shapes_have_their_line(shipped: Any) -> None:
    terms = jsonld_context.load(shipped)

    with pytest.raises(InvalidProject) as caught:
        json_schema.schema(terms, b"@prefix x: <http://x/> .\nx:a x:b\n")

    assert "ontology/shapes.ttl:" in caught.value.render("en")
