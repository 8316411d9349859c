"""YAML-LD becomes the quads that were written, or findings that say where and why not; nothing disappears."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from itasgraph.parsing import jsonld_context, yaml_ld
from itasgraph.parsing.data_document import DataDocument
from itasgraph.parsing.jsonld_context import Key, ValueType
from itasgraph.project import Project
from tests.helpers.graphs import terms
from tests.helpers.namespaces import BASE
from tests.helpers.programs import python
from tests.helpers.projects import ROOT
from tests.helpers.properties import count_inputs, examples
from tests.helpers.yaml_documents import FILE, THING, findings_of, in_source, literal, quads, read, trig


def only_finding(text: str | bytes) -> tuple[str, str, dict[str, str]]:
    (finding,) = read(text).findings
    return f"{finding.location.line}:{finding.location.column}", finding.code, dict(finding.facts)


# --- what is written becomes quads ------------------------------------------------------------------------------------


def test_full_talk_becomes_quads() -> None:
    text = """\
id: source/s
type: Source
says:
- id: talk/circular-cars
  type: Contribution
  partOf: section/zulieferer
  position: 6
  title: Circular Cars – Trainings für Kreislaufwirtschaft
  label: {de: Kreislauf, en: Circular economy}
  words: [Kreislaufwirtschaft, Automobilindustrie]
  presents:
    offer/circular-cars: {quote: Circular Cars, line: 40}
  speakers:
    person/boris-kaiser:
      position: 1
      organisation: organisation/cwe
      quote: "Boris Kaiser, CWE"
"""

    assert quads(text) == trig(
        """
        <source/s> a itas:Source .
        <source/s> {
            <talk/circular-cars> a itas:Contribution ;
                schema:superEvent <section/zulieferer> ;
                itas:position 6 ;
                dcterms:title "Circular Cars – Trainings für Kreislaufwirtschaft" ;
                rdfs:label "Kreislauf"@de , "Circular economy"@en ;
                itas:word "Kreislaufwirtschaft" , "Automobilindustrie" ;
                itas:qualifiedPresents <talk/circular-cars/presents/offer/circular-cars#source/s> ;
                itas:appearance <talk/circular-cars/speakers/person/boris-kaiser#source/s> .
            <talk/circular-cars/presents/offer/circular-cars#source/s>
                rdf:object <offer/circular-cars> ; itas:quote "Circular Cars" ; itas:line 40 .
            <talk/circular-cars/speakers/person/boris-kaiser#source/s>
                org:member <person/boris-kaiser> ; itas:position 1 ;
                org:organization <organisation/cwe> ; itas:quote "Boris Kaiser, CWE" .
        }"""
    )


def test_relation_needs_no_details() -> None:
    node = "<topic/a/presents/offer/b#source/s>"

    assert quads(f"{THING}  presents:\n    offer/b:\n") == in_source(
        f"<topic/a> itas:qualifiedPresents {node} . {node} rdf:object <offer/b> ."
    )


def test_two_sources_make_two_ids() -> None:
    relation = "says:\n- id: topic/a\n  presents:\n    offer/b: {quote: words}\n"
    subjects = {quad.subject for name in ("one", "two") for quad in quads(f"id: source/{name}\n{relation}")}

    assert subjects == {
        ox.NamedNode(f"{BASE}topic/a"),
        ox.NamedNode(f"{BASE}topic/a/presents/offer/b#source/one"),
        ox.NamedNode(f"{BASE}topic/a/presents/offer/b#source/two"),
    }


def test_language_map_makes_one_text_each() -> None:
    text = f"{THING}  altLabel: {{de: [Eins, Zwei], en: One}}\n"

    assert quads(text) == in_source('<topic/a> skos:altLabel "Eins"@de , "Zwei"@de , "One"@en .')


def test_text_needs_no_language() -> None:
    assert quads(f"{THING}  label: Zwickau\n") == in_source('<topic/a> rdfs:label "Zwickau" .')


def test_dates_have_datatypes() -> None:
    text = f"{THING}  date: 2024-02-29\n  endMonth: 2025-06\n"

    assert quads(text) == in_source(
        '<topic/a> schema:startDate "2024-02-29"^^xsd:date ; <http://www.w3.org/ns/dcat#endDate> "2025-06"^^xsd:gYearMonth .'
    )


@pytest.mark.parametrize("written", ["0", "7", "-3", "60", "9007199254740993", "9223372036854775807"])
def test_integer_stays_exact(written: str) -> None:
    assert str(literal(f"{THING}  position: {written}\n")) == f'"{written}"^^<http://www.w3.org/2001/XMLSchema#integer>'


def test_huge_integer_is_exact_or_reported() -> None:
    written = "123456789012345678901"
    document = read(f"{THING}  position: {written}\n")
    values = [quad.object.value for quad in document.readable if isinstance(quad.object, ox.Literal)]

    assert document.findings or values == [written]


def test_crlf_shifts_no_line() -> None:
    assert findings_of(f"{THING}  nmae: A\n".replace("\n", "\r\n")) == [("4:3", "unknown-key")]


def test_compact_id_equals_absolute() -> None:
    assert quads(f"{FILE}- id: https://schema.org/Thing\n  name: A\n") == quads(
        f"{FILE}- id: schema:Thing\n  name: A\n"
    )


def test_statement_knows_its_place() -> None:
    document = read(f"{THING}  name: A\n  presents:\n    offer/b: {{quote: x}}\n")
    thing, node = f"{BASE}topic/a", f"{BASE}topic/a/presents/offer/b#source/s"
    places = {key: str(place) for key, place in document.locations.items() if key[0] in (thing, node)}

    assert places == {
        (thing, ""): "f.yaml:3:3",
        (thing, "@id"): "f.yaml:3:3",
        (thing, "https://schema.org/name"): "f.yaml:4:3",
        (thing, f"{BASE}ontology#qualifiedPresents"): "f.yaml:5:3",
        (node, ""): "f.yaml:6:5",
        (node, f"{BASE}ontology#quote"): "f.yaml:6:15",
    }


def test_inner_references_are_listed() -> None:
    document = read(
        f"{THING}  partOf: event/e\n  sameAs: https://www.wikidata.org/entity/Q1\n  presents:\n    offer/b:\n"
    )

    assert [(iri, str(place)) for iri, _, place in document.references] == [
        (f"{BASE}event/e", "f.yaml:4:11"),
        (f"{BASE}offer/b", "f.yaml:7:5"),
    ]


# --- nothing disappears without a word --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param(f"{THING}  sameAs: https://www.wikidata.org/entity/Q1\n", 1, id="reference to the outside"),
        pytest.param(f"{THING}  presents:\n    https://example.org/b: {{quote: x}}\n", 3, id="relation to the outside"),
        pytest.param(
            f"{THING}  presents:\n    https://example.org/b#c: {{quote: x}}\n", 3, id="relation, hash in target"
        ),
        pytest.param(f"{FILE}- id: https://example.org/a\n  presents:\n    o/b: {{quote: x}}\n", 3, id="thing outside"),
        pytest.param(f"{FILE}- id: https://e.org/a#b\n  presents:\n    o/b: {{quote: x}}\n", 3, id="hash in the thing"),
        pytest.param(
            f"id: https://e.org/doc\n{THING[13:]}  presents:\n    o/b: {{quote: x}}\n", 3, id="source outside"
        ),
        pytest.param(f"id: source/s#2\n{THING[13:]}  presents:\n    o/b: {{quote: x}}\n", 3, id="hash in the source"),
        pytest.param(
            f"{THING}  presents:\n    o/b:\n      quote: x\n      status:\n        s/c: {{quote: y}}\n",
            6,
            id="relation of a relation",
        ),
        pytest.param(
            f"{THING}  presents:\n    o/b: {{quote: x}}\n    {BASE}o/b: {{quote: y}}\n",
            4,
            id="one target, spelled twice",
        ),
        pytest.param(f"{THING}  presents:\n    '@none': {{quote: x}}\n", 3, id="target like a keyword"),
        pytest.param(f"{THING}  partOf: '@type'\n", 1, id="reference like a keyword"),
        pytest.param(f"{THING}  partOf: ':event'\n", 1, id="reference that begins with a colon"),
        pytest.param(f"{THING}  presents:\n    12:30: {{quote: x}}\n", 3, id="target like a time"),
    ],
)
def test_statement_arrives_or_is_reported(text: str, count: int) -> None:
    document = read(text)

    assert document.findings or len(set(document.readable)) >= count


@pytest.mark.parametrize(
    "iri",
    [
        "topic/[a]",
        "topic/a#b#c",
        "https://[::1",
        "https://example.org:port/a",
        '"topic/\\ue000"',
        '"topic/\\ufffe"',
        "'@id'",
        "'@foo'",
        "_:blank",
        "topic/../a",
        "a/./b",
        "':a'",
        "1:a",
        "ä:b",
        "ä/b:c",
        "a?b:c",
    ],
)
def test_id_is_kept_or_reported(iri: str) -> None:
    document = read(f"{FILE}- id: {iri}\n  name: A\n")
    written = {terms().expand(iri)}

    assert document.findings or {str(quad.subject).strip("<>") for quad in document.readable} == written


# --- findings, each with line and column ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            f"{THING}  name: A\n  name: B\n",
            ("5:3", "duplicate-key", {"key": "name", "first": "4"}),
            id="duplicate key",
        ),
        pytest.param(
            f"{THING}  presents:\n    o/b: {{quote: x}}\n    o/b: {{quote: y}}\n",
            ("6:5", "duplicate-target", {"key": "o/b", "first": "5"}),
            id="duplicate target",
        ),
        pytest.param(
            f"{THING}  name: A\n- name: B\n  id: topic/a\n",
            ("5:3", "duplicate-id", {"id": "topic/a", "first": "3"}),
            id="duplicate id",
        ),
        pytest.param(
            f"{THING}- id: {BASE}topic/a\n",
            ("4:3", "duplicate-id", {"id": f"{BASE}topic/a", "first": "3"}),
            id="duplicate id, spelled in another way",
        ),
        pytest.param(
            f"{THING}  nmae: A\n", ("4:3", "unknown-key", {"key": "nmae", "nearest": "name"}), id="unknown key"
        ),
        pytest.param(
            f"{THING}  presents:\n    o/b: {{qoute: x}}\n",
            ("5:11", "unknown-key", {"key": "qoute", "nearest": "quote"}),
            id="unknown key in a relation",
        ),
        pytest.param(
            f"{THING}  zzzzzz: A\n", ("4:3", "unknown-key", {"key": "zzzzzz", "nearest": ""}), id="key like no other"
        ),
        pytest.param(
            f"{THING}  type: Persn\n", ("4:9", "unknown-type", {"key": "Persn", "nearest": "Person"}), id="unknown type"
        ),
        pytest.param(
            f"{THING}  type: [Topic, Eventt]\n",
            ("4:17", "unknown-type", {"key": "Eventt", "nearest": "Event"}),
            id="unknown type in a list",
        ),
        pytest.param(
            f"{THING}  speakers:\n    p/b: {{quote: Boris Kaiser, CWE}}\n",
            ("5:32", "text-cut-by-comma", {"key": "CWE"}),
            id="quote cut at its comma",
        ),
        pytest.param(
            f"{THING}  label: {{de: Handwerk, Industrie und Handel, en: Trade}}\n",
            ("4:25", "text-cut-by-comma", {"key": "Industrie und Handel"}),
            id="translation cut at its comma",
        ),
        pytest.param(
            f"{THING}  label: {{de: Eins, Zwei, en: One}}\n",
            ("4:21", "text-cut-by-comma", {"key": "Zwei"}),
            id="translation cut before a word like a language tag",
        ),
        pytest.param(
            f"{THING}  presents:\n    o/b: {{quote: Industrie, Linie}}\n",
            ("5:29", "text-cut-by-comma", {"key": "Linie"}),
            id="quote cut before a word like a key",
        ),
        pytest.param(
            f"{FILE}- id: topic/a b\n",
            ("3:7", "invalid-iri", {"iri": "topic/a b", "reason": "' '"}),
            id="space in an id",
        ),
        pytest.param(
            f"{THING}  partOf: event/a|b\n",
            ("4:11", "invalid-iri", {"iri": "event/a|b", "reason": "'|'"}),
            id="pipe in a reference",
        ),
        pytest.param(
            f"{FILE}- id: topic/%zz\n",
            ("3:7", "invalid-iri", {"iri": "topic/%zz", "reason": "'%'"}),
            id="broken % in an id",
        ),
        pytest.param(
            f"{THING}  sameAs: javascript:alert(1)\n",
            ("4:11", "invalid-iri", {"iri": "javascript:alert(1)", "reason": "javascript:"}),
            id="javascript",
        ),
        pytest.param(
            f"{THING}  presents:\n    offer/a\u00a0b:\n",
            ("5:5", "invalid-iri", {"iri": "offer/a\u00a0b", "reason": "'\\xa0'"}),
            id="no-break space in a target",
        ),
        pytest.param(
            f"id: source/ s\n{THING[13:]}",
            ("1:5", "invalid-iri", {"iri": "source/ s", "reason": "' '"}),
            id="bad source id",
        ),
        pytest.param(f"{THING}  name:\n", ("4:3", "no-value", {"key": "name"}), id="no value"),
        pytest.param(f"{THING}  label: {{de: A, en: }}\n", ("4:18", "no-value", {"key": "en"}), id="no translation"),
        pytest.param("id: source/s\nsays:\n", ("2:1", "no-entries", {}), id="nothing said"),
        pytest.param(
            f"{THING}  date: 2024-02-30\n",
            ("4:9", "invalid-date", {"value": "2024-02-30", "example": "2024-06-06"}),
            id="day that is none",
        ),
        pytest.param(
            f"{THING}  date: 6. Juni 2024\n",
            ("4:9", "invalid-date", {"value": "6. Juni 2024", "example": "2024-06-06"}),
            id="date in words",
        ),
        pytest.param(
            f"{THING}  endMonth: 2025-13\n",
            ("4:13", "invalid-date", {"value": "2025-13", "example": "2025-06"}),
            id="month that is none",
        ),
        pytest.param(f"{THING}  position: drei\n", ("4:13", "not-an-integer", {"value": "drei"}), id="number in words"),
        pytest.param(
            f"{THING}  position: true\n", ("4:13", "not-an-integer", {"value": "true"}), id="boolean for a number"
        ),
        *(
            pytest.param(
                f"{THING}  latitude: {text}\n", ("4:13", "not-a-decimal", {"value": value}), id=f"degrees {text}"
            )
            for text, value in [
                ("50,7", "50,7"),
                ("'50.7'", "50.7"),
                ("5e1", "5e1"),
                (".5", ".5"),
                ("+50.7", "+50.7"),
                ("nord", "nord"),
            ]
        ),
        pytest.param(f"{THING}  position: '3'\n", ("4:13", "not-an-integer", {"value": "3"}), id="text for a number"),
        pytest.param(
            f"{THING}  name: 2024\n", ("4:9", "not-a-text", {"key": "name", "actual": "2024"}), id="number for a text"
        ),
        pytest.param(
            f"{THING}  partOf: 0x1F\n",
            ("4:11", "not-a-reference", {"key": "partOf", "actual": "0x1F"}),
            id="number for a reference",
        ),
        pytest.param(
            f"{THING}  partOf: {'7' * 80}\n",
            ("4:11", "not-a-reference", {"key": "partOf", "actual": "7" * 60 + "…"}),
            id="long number for a reference",
        ),
        pytest.param(
            f"{FILE}- id: 1.5\n", ("3:7", "not-a-reference", {"key": "id", "actual": "1.5"}), id="number for an id"
        ),
        pytest.param(f"{FILE}- name: A\n", ("3:3", "no-id", {}), id="thing without id"),
        pytest.param("type: Source\nsays: []\n", ("1:1", "no-id", {}), id="source without id"),
        pytest.param("id: source/s\ntype: Source\n", ("1:1", "no-says", {}), id="nothing below says"),
        pytest.param(
            f"{THING}  partOf: {{name: B}}\n", ("4:11", "nested-entry", {"key": "partOf"}), id="nested thing without id"
        ),
        pytest.param(
            f"{THING}  says:\n  - id: topic/b\n", ("4:3", "nested-entry", {"key": "says"}), id="says within a thing"
        ),
        pytest.param(f"{THING}  words: [[a]]\n", ("4:11", "nested-entry", {"key": "words"}), id="list in a list"),
        pytest.param(
            f"{THING}  presents: [o/b]\n", ("4:13", "not-a-relation-map", {"key": "presents"}), id="list for relations"
        ),
        pytest.param(
            f"{THING}  presents: {{o/b: words}}\n",
            ("4:19", "not-a-relation-map", {"key": "presents"}),
            id="text for the details of a relation",
        ),
        pytest.param(f"{THING}  label: {{d: A}}\n", ("4:11", "invalid-language", {"key": "d"}), id="no language tag"),
        pytest.param(f"{THING}  '@context': {{}}\n", ("4:3", "context-in-data", {}), id="own context in a thing"),
        pytest.param(f"{THING}  name: !foo A\n", ("4:9", "unknown-tag", {"tag": "!foo"}), id="unknown tag"),
        pytest.param(
            f"{THING}  name: !!python/object:os.system A\n",
            ("4:9", "unknown-tag", {"tag": "tag:yaml.org,2002:python/object:os.system"}),
            id="tag of a programming language",
        ),
        pytest.param(f"{FILE}- topic/a\n", ("3:3", "no-mapping", {}), id="text for a thing"),
        pytest.param("", ("1:1", "empty-file", {}), id="empty file"),
        pytest.param("# nothing yet\n", ("1:1", "empty-file", {}), id="comment only"),
        pytest.param(b"id: a\nsays:\n- id: \xe4\n", ("3:7", "not-utf8", {}), id="invalid UTF-8"),
        pytest.param("id: ää".encode() + b"\xe4\nsays: []", ("1:7", "not-utf8", {}), id="invalid UTF-8 after umlauts"),
    ],
)
def test_fault_has_its_place(text: str | bytes, expected: tuple[str, str, dict[str, str]]) -> None:
    place, code, facts = expected
    found_place, found_code, found_facts = only_finding(text)

    assert (found_place, found_code) == (place, code)
    assert facts.items() <= found_facts.items()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param(f"{THING}  name: 'A\n  title: B\n", "4:9", id="quotation mark left open"),
        pytest.param(f"{THING}  words: [A, B\n  title: B\n", "4:10", id="bracket left open"),
        pytest.param(f"{THING}  label: {{de: A, en: B\n- id: b\n", "4:10", id="brace left open"),
        pytest.param(f"{THING}  name: a: b\n", "4:10", id="colon in plain text"),
        pytest.param(f"{FILE}\t- id: topic/a\n", "3:1", id="tab for indentation"),
        pytest.param(f"{THING}\tname: A\n", "4:1", id="tab before a key"),
        pytest.param(f'{THING}  name: "\\ud800"\n', "4:12", id="half of a surrogate pair"),
        pytest.param(f'{FILE}- id: "\\udfff"\n', "3:10", id="half of a surrogate pair in an id"),
        pytest.param(f'{THING}  "\\ud800": A\n', "4:6", id="half of a surrogate pair as a key"),
        pytest.param(f"{THING}  name: A\x00B\n", "4:10", id="NUL"),
        pytest.param(f"{THING}  name: ä\x07\n", "4:10", id="control character after an umlaut"),
    ],
)
def test_broken_yaml_is_one_finding(text: str, place: str) -> None:
    ((found_place, code),) = findings_of(text)

    assert found_place == place
    assert code == "invalid-yaml" or code.startswith("yaml-")


@pytest.mark.parametrize("name", ["@ITAS", "`ITAS`", "%ITAS"])
def test_reserved_sign_is_no_tab(name: str) -> None:
    (finding,) = read(f"{THING}  name: {name}\n").findings

    assert f"{finding.location.line}:{finding.location.column}" == "4:9"
    assert "a tab" not in finding.render("en")
    assert "Tabulator" not in finding.render("de")


def test_second_document_is_named() -> None:
    (finding,) = read(f"{THING}---\nid: source/t\n").findings

    assert "a second document" in finding.render("en")


def test_all_faults_come_at_once() -> None:
    text = f"{THING}  nmae: A\n  date: gestern\n- name: B\n"

    assert findings_of(text) == [("4:3", "unknown-key"), ("5:9", "invalid-date"), ("6:3", "no-id")]


def test_unknown_key_hides_no_missing_key() -> None:
    assert findings_of("id: source/s\nzzz: 1\nsays:\n") == [("2:1", "unknown-key"), ("3:1", "no-entries")]


@pytest.mark.parametrize("says", ["says: []", "says: {id: topic/a}", "says:\n- id: topic/a", "says:\n  id: topic/a"])
def test_few_entries_are_no_fault(says: str) -> None:
    assert findings_of(f"id: source/s\n{says}\n") == []


def test_columns_count_characters() -> None:
    assert findings_of(f"{THING}  label: {{de: 'äöü🚗', x: 1}}\n") == [("4:23", "invalid-language")]


@pytest.mark.parametrize("value", ["[a, b]", "{a: b}"], ids=["list", "map"])
def test_message_hides_internals(value: str) -> None:
    document = read(f"{FILE}- id: {value}\n  name: A\n")
    sentences = " ".join(finding.render("en") for finding in document.findings)

    assert "f.yaml:3:7" in sentences
    assert "Node" not in sentences


@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param("id: source/s\rsays: \x07\r", "2:7", id="lines that end as on an old Macintosh"),
        pytest.param(f"{THING}  name: 'A\u2028 B \x07'\n", "5:4", id="line separator"),
    ],
)
def test_lines_are_counted_alike(text: str, place: str) -> None:
    assert findings_of(text) == [(place, "yaml-control")]
    assert findings_of(text.replace("\x07", "'\\")) == [(place, "yaml-quote")] or "'" in text


TURNING = [*"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"]
PLACES_OF_TEXT = {
    "name": "  name: A{}B\n",
    "label": "  label: {{de: A{}B}}\n",
    "quote": "  quote: A{}B\n",
    "target": "  presents:\n    o/A{}B: {{quote: x}}\n",
    "reference": "  partOf: A{}B\n",
    "key": "  A{}B: x\n",
    "comment": "  # A{}B\n",
}


@pytest.mark.parametrize("char", TURNING, ids=ascii)
def test_bidi_character_has_its_place(char: str) -> None:
    (finding,) = read(f"{THING}  name: A{char}B\n").findings

    assert finding.render("en").startswith(f"f.yaml:4:10: the control character {char!a} (")
    assert finding.render("en").endswith(") is not allowed – delete it")
    assert char not in finding.render("de")


@pytest.mark.parametrize("written", PLACES_OF_TEXT.values(), ids=PLACES_OF_TEXT)
def test_bidi_is_refused_everywhere(written: str) -> None:
    text = THING + written.format("\u202e")
    line = next(number for number, line in enumerate(text.splitlines(), 1) if "A" in line)

    assert findings_of(text) == [(f"{line}:{text.splitlines()[line - 1].index('A') + 2}", "yaml-control")]


@pytest.mark.parametrize("escape", ["\\u202e", "\\U0000202E", "\\x07", "\\0", "\\e", "\\uFFFE", "\\x7F", "\\x9b"])
@pytest.mark.parametrize("entry", ['name: "A{}B"', '"A{}B": x', 'words: [ok, "A{}B"]', 'presents: {{"o/A{}B": }}'])
def test_escaped_invisible_is_refused(escape: str, entry: str) -> None:
    written = entry.format(escape)

    assert findings_of(f"{THING}  {written}\n") == [(f"4:{written.index(chr(34)) + 3}", "yaml-control")]


def test_all_bidi_characters_come_at_once() -> None:
    text = f"{THING}  name: A\u202e\n  title: \u2066B\n"

    assert [place for place, _ in findings_of(text)] == ["4:10", "5:10"]


@pytest.mark.parametrize("mark", ["\u200e", "\u200f"], ids=ascii)
@pytest.mark.parametrize("notation", ["{}", '"{}"'], ids=["plain", "quoted"])
def test_joiners_are_allowed_in_text(mark: str, notation: str) -> None:
    name = f"אנה{mark} (Anna)"

    assert literal(f"{THING}  name: {notation.format(name)}\n") == ox.Literal(name)
    assert findings_of(f"{FILE}- id: {notation.format('topic/a' + mark)}\n") == [("3:7", "invalid-iri")]


@pytest.mark.parametrize("entry", ['"a\\nb\\nc": x', 'date: "a\\nb"', 'partOf: "a\\nb"', f"partOf: a {'b' * 10_000}"])
def test_message_is_one_short_line(entry: str) -> None:
    (finding,) = read(f"{THING}  {entry}\n").findings

    assert len(finding.render("en").splitlines()) == 1
    assert len(finding.render("en")) < 300


# --- hostile input ----------------------------------------------------------------------------------------------------


def test_multiplying_aliases_are_refused() -> None:
    levels = [f"- id: topic/0\n  presents: &p0 {{{', '.join(f'o/{n}: {{quote: x}}' for n in range(10))}}}\n"]
    for level in range(1, 15):
        targets = ", ".join(f"o/{n}: {{presents: *p{level - 1}}}" for n in range(10))
        levels.append(f"- id: topic/{level}\n  presents: &p{level} {{{targets}}}\n")

    assert [code for _, code in findings_of(FILE + "".join(levels))] == ["too-many-aliases"]


@pytest.mark.quick(2)
@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{THING}  name: &n {'a' * 10_000}\n  words: [{'*n, ' * 5_000}]\n", id="a long text"),
        pytest.param(
            f"{THING}  words: &w [{'a, ' * 1_000}]\n"
            + "".join(f"- {{id: topic/{n}, words: *w}}\n" for n in range(1_000)),
            id="a long list",
        ),
        pytest.param(
            f"{THING}  type: &t [{'Topic, ' * 1_000}]\n"
            + "".join(f"- {{id: topic/{n}, type: *t}}\n" for n in range(1_000)),
            id="many types",
        ),
        pytest.param(
            f"{THING}  label: &l {{{', '.join(f'de-x{n}: A' for n in range(1_000))}}}\n"
            + "".join(f"- {{id: topic/{n}, label: *l}}\n" for n in range(1_000)),
            id="many languages",
        ),
    ],
)
def test_large_aliases_are_refused(text: str) -> None:
    assert [code for _, code in findings_of(text)] == ["too-many-aliases"]


def test_nested_aliases_are_findings() -> None:
    lists = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 30))

    assert findings_of(f"id: source/s\na0: &a0 [x]\n{lists}says: *a29\n")


@pytest.mark.parametrize(
    "nested",
    [
        pytest.param("  presents: " + "{o/b: {presents: " * 100 + "}}" * 100, id="relations"),
        pytest.param("  words: " + "[" * 200 + "]" * 200, id="words"),
        pytest.param("  label: {de: " + "[" * 200 + "]" * 200 + "}", id="texts"),
        pytest.param("  ? " + "[" * 200 + "]" * 200 + "\n  : a", id="a key"),
        pytest.param("- " * 200 + "a", id="things"),
    ],
)
def test_deep_nesting_is_one_finding(nested: str) -> None:
    assert len(findings_of(f"{THING}{nested}\n")) == 1


def test_large_file_is_refused() -> None:
    (finding,) = read(b"\xff" * 50_000_000).findings

    assert finding.render("en") == "f.yaml: the file is too large (50 MB, at most 4 MB) – split it into several files"


@pytest.mark.quick(2)
@pytest.mark.parametrize("char", ['"', "\\", "ä", "🚗", "a"])
def test_long_text_is_allowed(char: str) -> None:
    room = 4_000_000 - len(f"{THING}  name: ''\n")
    text = char * (room // len(char.encode()))

    assert literal(f"{THING}  name: '{text}'\n") == ox.Literal(text)


@pytest.mark.slow
def test_findings_are_limited() -> None:
    findings = findings_of(f"id: source/s\nsays: [{'a, ' * 100_000}]\n")

    assert len(findings) == 1_001
    assert findings[-1][1] == "too-many-faults"


@pytest.mark.parametrize("entry", ["id: topic/{}", "id: topic/b\n  partOf: {}", "id: topic/b\n  presents: {{'{}': }}"])
def test_long_id_is_refused(entry: str) -> None:
    assert [code for _, code in findings_of(f"{FILE}- {entry.format('x' * 1_001)}\n")] == ["long-iri"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("id: source/s\nsays: &a\n- *a\n", id="list in itself"),
        pytest.param("&a\nid: source/s\nsays:\n- *a\n", id="file in itself"),
        pytest.param(f"{FILE}- &x\n  id: topic/a\n  label: *x\n", id="thing in itself"),
        pytest.param(f"{THING}  words: &w [*w]\n", id="words in themselves"),
        pytest.param(f"{THING}  presents: &p\n    o/b: {{presents: *p}}\n", id="relation in itself"),
        pytest.param("id: source/s\nsays: []\n? &a [*a]\n: b\n", id="key in itself"),
    ],
)
def test_recursive_alias_is_reported_once(text: str) -> None:
    findings = findings_of(text)

    assert findings
    assert len(findings) == len(set(findings))


def test_huge_number_is_reported() -> None:
    assert [place for place, _ in findings_of(f"{THING}  position: {'1' * 5000}\n")] == ["4:13"]


def test_digits_are_text_or_reported() -> None:
    document = read(f"{THING}  name: {'1' * 5000}\n")

    assert document.findings or [quad.object for quad in document.readable] == [ox.Literal("1" * 5000)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("? [id]\n: source/s\n", id="list"),
        pytest.param("? {id: a}\n: source/s\nsays: []\n", id="map"),
    ],
)
def test_non_text_key_is_reported(text: str) -> None:
    assert ("1:3", "no-mapping") in findings_of(text)


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "], ids=["list", "map", "dashes", "question marks"])
def test_endless_nesting_is_survived(opening: str) -> None:
    program = (
        "import sys; from pathlib import Path; from itasgraph.parsing import jsonld_context, yaml_ld;"
        "terms = jsonld_context.read(Path(sys.argv[1]), 'c');"
        f"text = {opening!r}.encode() * 100_000;"
        "print([finding.code for finding in yaml_ld.read(text, 'f', terms).findings])"
    )
    done = python("-c", program, ROOT / "ontology" / "context.jsonld")

    assert (done.returncode, done.stdout, done.stderr) == (0, "['nested-too-deeply']\n", "")


@pytest.mark.parametrize("levels", [1_100, 4_900, 100_000])  # libyaml 0.2.6 stops at 1,000 levels, earlier ones never
@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "], ids=["list", "map", "dashes", "question marks"])
def test_nesting_is_reported_at_the_limit(opening: str, levels: int) -> None:
    column = 2 + 59 * len(opening)  # the file is the first level, the value in column 2 the second, and this the 61st

    assert findings_of(f"id: source/s\nsays:\n {opening * levels}'") == [(f"3:{column}", "nested-too-deeply")]


# --- properties -------------------------------------------------------------------------------------------------------

VALID = f"""{THING}  type: Topic
  label: {{de: &x Text, en: *x}}
  words: [Wort, "zweites, mit Komma"]
  date: 2024-06-06
  presents:
    offer/b: {{quote: 'x', line: 3}}
"""
PIECES = st.sampled_from(
    [*"[]{}?:,-&*!|>'\"%@`#~\\ \n\t\r\0", "\ufeff", "\x85", "\u2028", "ä", "9", "? [a]\n: ", "id", "*x"]
)
QUICK = settings(max_examples=examples(200), derandomize=True, database=None)


@st.composite
def mutations(draw: st.DrawFn) -> str:
    """Return a valid file in which a few stretches are cut out and something is put in their place."""
    text = VALID
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        length = draw(st.integers(0, 6))
        text = text[:start] + draw(PIECES) + text[start + length :]
    return text


@QUICK
@given(st.one_of(st.text(), mutations(), st.binary()))
@count_inputs
def test_any_file_is_read_or_reported(content: str | bytes) -> None:
    text = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    document = yaml_ld.read(text, "f.yaml", terms())
    sentences = [finding.render(lang) for finding in document.findings for lang in ("de", "en")]

    assert all(sentence.startswith("f.yaml") for sentence in sentences)
    assert all(len(sentence.splitlines()) == 1 for sentence in sentences)


@QUICK
@given(mutations())
@count_inputs
def test_every_word_arrives_or_is_reported(text: str) -> None:
    document = read(text)
    arrived = {term.value for quad in document.readable for term in quad if hasattr(term, "value")}

    assert document.findings or {terms().types.get(word, word) for word in values(text)} <= arrived | {
        iri.removeprefix(BASE) for iri in arrived
    }


def values(text: str) -> set[str]:
    """Return all that stands behind a key, and the targets of relations, as libyaml without any schema reads them."""
    actual: set[str] = set()
    waiting = [yaml.load(text, Loader=yaml.CBaseLoader)]
    while waiting:
        match waiting.pop():
            case dict() as entries:
                waiting += entries.values()
                waiting += [key for key in entries if key.partition("/")[1]]
            case list() as items:
                waiting += items
            case str(word) if word not in ("", "~", "null"):
                actual.add(word)
    return actual


# --- the same triples as another JSON-LD processor finds ---------------------------------------------------------------

WORDS = st.text(
    st.characters(
        exclude_categories=["Cc", "Cs", "Cn"], exclude_characters="".join(TURNING), include_characters="\n\t"
    ),
    min_size=1,
).filter(str.strip)
SLUGS = st.from_regex(r"[a-zäöüß0-9]([a-zäöüß0-9-]{0,8}[a-zäöüß0-9])?", fullmatch=True)
REFERENCES = st.one_of(
    SLUGS.map("event/{}".format), SLUGS.map("https://example.org/{}".format), SLUGS.map("org:{}".format)
)
LANGUAGES = st.sampled_from(["de", "en", "cs", "de-at"])
DATES = {
    "date": st.dates().map(str),
    "gYearMonth": st.dates().map(lambda day: str(day)[:7]),
    "gYear": st.dates().map(lambda day: str(day)[:4]),
    "W3CDTF": st.tuples(st.dates(), st.sampled_from([4, 7, 10])).map(lambda drawn: str(drawn[0])[: drawn[1]]),
    "time": st.times().map(lambda time: f"{time:%H:%M}"),
}
NUMBERS = {
    "integer": st.integers(-(2**63) + 1, 2**63 - 1),
    "decimal": st.integers(-180, 180) | st.decimals(-180, 180, places=4).map(float),
}


def one_or_more(scalars: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return scalars | st.lists(scalars, min_size=1, max_size=3, unique=True)


TRANSLATED = WORDS | st.dictionaries(LANGUAGES, one_or_more(WORDS), min_size=1, max_size=2)
SCALARS: dict[object, st.SearchStrategy[Any]] = {
    ValueType.TEXT: one_or_more(WORDS),
    ValueType.REFERENCE: one_or_more(REFERENCES),
    ValueType.TRANSLATIONS: TRANSLATED,
    **{kind: one_or_more(literals) for kind, literals in {**DATES, **NUMBERS}.items()},
}


@st.composite
def entries(draw: st.DrawFn, depth: int, without: str = "") -> dict[str, Any]:
    """Return a few of all keys that the context knows, each with a value of its kind; relations to the given depth."""
    too_deep = {ValueType.ID, ValueType.STATEMENTS} | ({ValueType.RELATIONS} if not depth else set())
    keys = [key for key in terms().keys.values() if key.value_type not in too_deep and key.name != without]
    chosen = draw(st.lists(st.sampled_from(keys), max_size=4, unique=True))
    return drop_lines_of_many({key.name: draw(value_of(key, depth)) for key in chosen})


def value_of(key: Key, depth: int) -> st.SearchStrategy[Any]:
    match key.value_type:
        case ValueType.TYPE:
            return one_or_more(st.sampled_from(sorted(terms().types)))
        case ValueType.DATE | ValueType.NUMBER:
            return SCALARS[re.split("[#/]", key.datatype)[-1]]
        case ValueType.RELATIONS:
            return st.dictionaries(REFERENCES, entries(depth - 1, key.index), min_size=1, max_size=2)
        case kind:
            return SCALARS[kind]


def drop_lines_of_many(entry: dict[str, Any]) -> dict[str, Any]:
    """Drop the lines beside several quotes, because lines go with one quote only."""
    if isinstance(entry.get("quote"), list) and len(entry["quote"]) > 1:
        entry.pop("line", None)
    return entry


@st.composite
def files(draw: st.DrawFn) -> dict[str, Any]:
    things = [
        {"id": name, **draw(entries(2))}
        for name in draw(st.lists(SLUGS.map("topic/{}".format), max_size=3, unique=True))
    ]
    return {"id": "source/s", **draw(entries(1)), "says": things}


def as_json(file: dict[str, Any]) -> str:
    return json.dumps(file, ensure_ascii=False)


def as_blocks(file: dict[str, Any]) -> str:
    return yaml.safe_dump(file, allow_unicode=True, sort_keys=False)


def as_lines(file: dict[str, Any]) -> str:
    return yaml.safe_dump(file, default_flow_style=True, width=40)


Statement = tuple[object, str, object, str]


def statements(quads: Iterable[tuple[str, str, str, str]], is_relation: Callable[[str], bool]) -> set[Statement]:
    """Return statements, with what a relation says of itself in the place of the name it happens to have."""
    quads = list(quads)
    below: dict[str, list[tuple[str, str]]] = {}
    for subject, predicate, object_, _ in quads:
        below.setdefault(subject, []).append((predicate, object_))

    def said(term: str) -> object:
        return (
            frozenset((predicate, said(object_)) for predicate, object_ in below[term]) if is_relation(term) else term
        )

    return {(said(subject), predicate, said(object_), graph) for subject, predicate, object_, graph in quads}


def our_statements(document: DataDocument) -> set[Statement]:
    quads = (
        tuple(map(str, (quad.subject, quad.predicate, quad.object, quad.graph_name))) for quad in document.readable
    )
    return statements(
        ((s, p, o, g.replace("DEFAULT", "")) for s, p, o, g in quads), lambda term: term.endswith("#source/s>")
    )


def statements_of_rdflib(file: dict[str, Any]) -> set[Statement]:
    dataset = rdflib.Dataset()
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):  # rdflib about itself
        dataset.parse(data=json.dumps({"@context": terms().raw, **file}), format="json-ld")
        quads = [tuple(map(in_ntriples, quad)) for quad in dataset.quads()]
    return statements(((s, p, o, g) for s, p, o, g in quads), lambda term: term.startswith("_:"))


def in_ntriples(term: object) -> str:
    """Return a term of rdflib as pyoxigraph writes it; the default graph is an empty string."""
    match term:
        case rdflib.URIRef() if str(term) != "urn:x-rdflib:default":
            return f"<{term}>"
        case rdflib.BNode():
            return f"_:{term}"
        case rdflib.Literal(language=str(language)):
            return str(ox.Literal(str(term), language=language))
        case rdflib.Literal(datatype=rdflib.URIRef() as datatype):
            return str(ox.Literal(str(term), datatype=ox.NamedNode(datatype)))
        case rdflib.Literal():
            return str(ox.Literal(str(term)))
    return ""


@pytest.mark.slow
@settings(QUICK, max_examples=examples(300))
@given(files(), st.sampled_from([as_json, as_blocks, as_lines]))
@count_inputs
def test_rdflib_reads_the_same(file: dict[str, Any], write: Callable[[dict[str, Any]], str]) -> None:
    assume(not has_several_references(file))  # a relation becomes a node for each, where JSON-LD makes one
    document = read(write(file))

    assert not document.findings
    assert our_statements(document) == statements_of_rdflib(file)


def has_several_references(file: dict[str, Any]) -> bool:
    """Return whether a relation has a list where a key refers to other entries."""
    keys = terms().keys
    whole = {name: value for name, value in file.items() if name in keys}
    return any(
        isinstance(value, list) and keys[name].value_type is ValueType.REFERENCE
        for part in (whole, *file["says"])
        for details in relations_of(part)
        for name, value in details.items()
        if name in keys
    )


@pytest.mark.slow
@QUICK
@given(files(), st.sampled_from(["nmae", "@value", "presents/", "schema:name", "https://schema.org/name"]), st.data())
@count_inputs
def test_unknown_key_is_reported_anywhere(file: dict[str, Any], key: str, data: st.DataObject) -> None:
    maps = [file, *file["says"], *(entry for thing in file["says"] for entry in relations_of(thing))]
    data.draw(st.sampled_from(maps))[key] = "x"

    assert [finding.code for finding in read(as_blocks(file)).findings] == ["unknown-key"]


def relations_of(thing: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for name, value in thing.items():
        if terms().keys[name].value_type is ValueType.RELATIONS:
            for details in value.values():
                yield details
                yield from relations_of(details)


def test_lines_need_one_quote() -> None:
    assert findings_of(f"{THING}  quote: [A, B]\n  line: [1, 2]\n") == [("3:3", "line-of-several-quotes")]
    assert findings_of(f"{THING}  quote: [A]\n  line: [1, 2]\n") == []


# --- ids that are words of the context -----------------------------------------------------------------------------------

PLACES_OF_AN_ID = {
    "id of a thing": "id: source/x\nsays:\n- id: {word}\n  label: L\n",
    "id of the source": "id: {word}\ntype: Source\nsays:\n- id: talk/a\n  label: L\n",
    "target of a reference": "id: source/x\nsays:\n- id: talk/a\n  partOf: {word}\n",
    "one of several": "id: source/x\nsays:\n- id: talk/a\n  partOf: [{word}, talk/b]\n",
    "target of a relation": "id: source/x\nsays:\n- id: talk/a\n  presents: {{{word}: {{quote: Q}}}}\n",
    "within a relation": "id: source/x\nsays:\n- id: talk/a\n  speakers: {{person/b: {{organisation: {word}}}}}\n",
    "owner of a relation": "id: source/x\nsays:\n- id: {word}\n  presents: {{talk/b: {{quote: Q}}}}\n",
}


@pytest.mark.quick(2)
@pytest.mark.parametrize("place", PLACES_OF_AN_ID)
def test_id_may_be_a_context_word(place: str, shipped: Project) -> None:
    """With each word, what is said is what is said with a word that means nothing, but for the name."""
    terms = jsonld_context.load(shipped)
    words = [word for word in terms.raw if not word.startswith("@")]
    wanted = lines_of(PLACES_OF_AN_ID[place].format(word="nothing"), terms)

    assert len(words) > 80
    assert wanted
    for word in words:
        actual = lines_of(PLACES_OF_AN_ID[place].format(word=word), terms)
        assert actual == sorted(line.replace("/nothing", f"/{word}").replace("#nothing", f"#{word}") for line in wanted)


def lines_of(text: str, terms: jsonld_context.Context) -> list[str]:
    document = yaml_ld.read(text.encode(), "x.yaml", terms)
    assert not document.findings, (text, document.findings)
    return sorted(map(str, document.readable))


@pytest.mark.parametrize("language", ["id", "type", "says", "label"])
def test_language_may_be_a_context_word(language: str, shipped: Project) -> None:
    actual = lines_of(f"id: source/x\nsays:\n- id: talk/a\n  label: {{{language}: L}}\n", jsonld_context.load(shipped))

    assert [line for line in actual if f'"L"@{language}' in line]
