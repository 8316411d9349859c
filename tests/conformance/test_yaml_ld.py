"""YAML-LD 1.0 (W3C Working Draft of 2026): what it says of loading a document, with cases of our own.

An id in a table is the test of the W3C's suite whose question the case asks of this reader, `section: what` where the suite
asks nothing, or a chapter of YAML 1.2 (`YAML 6.9.2: what`). The suite itself cannot be put to it: each of its documents brings
its own `@context`, and that is refused here, for the terms stand in one file and nothing is ever fetched.

`LOADED` and `REFUSED` are what the specification wants. Counted apart is what it allows and this reader does not take over:
`REFUSED_BY_DESIGN`, with a finding where it stands, and `KEPT_AS_WRITTEN`, numbers where text is expected, which another
processor hands on as `xsd:double` or in another spelling. Nothing is ever half read.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest

from itasgraph.parsing import jsonld_context, yaml_ld
from tests.helpers.yaml_documents import FILE, THING, findings_of, in_source, literal, quads

# The tests of the suite that load a document; the others flatten, frame, compact or look into HTML pages.
SUITE: Final = """
aa-cycles-1-positive aa-cycles-2-negative aa-cycles-3-positive aa-information-1-positive cir-document-content-1-negative
cir-mapping-key-1-negative cir-mapping-key-2-negative cir-mapping-key-3-negative cir-mapping-key-4-negative
cir-mapping-key-5-negative cir-scalar-core-1-positive cir-scalar-core-2-positive cir-scalar-i18n-1-positive
cir-scalar-other-1-positive cir-scalar-other-2-positive cr-comments-1-positive cr-utf8-1-positive cr-utf8-2-negative
cr-well-formed-1-positive cr-well-formed-2-negative cr-well-formed-3-negative local-json-ld-context local-yaml-ld-context
one-document-from-stream two-documents-from-stream core-bool-true core-bool-false core-bool-true-title
core-bool-false-upper core-null-null core-null-tilde core-null-upper core-int-decimal core-int-octal core-int-hex
core-float-basic core-float-scientific core-date-ymd core-float-inf-negative core-float-neg-inf-negative
core-float-plus-inf-negative core-float-nan-negative core-float-nan-mixed-negative core-float-nan-upper-negative
core-yaml11-yes core-yaml11-no core-yaml11-on core-yaml11-off core-yaml11-yes-title core-yaml11-yes-upper
"""
NAME: Final = "<topic/a> schema:name"
DIRECTIVES: Final = f"%YAML 1.2\n%TAG !e! tag:example.org,2026:\n---\n{THING}"
SAID: Final = '<topic/a/presents/offer/b#source/s> rdf:object <offer/b> ; itas:quote "x" .'

# --- the document, and the triples of <source/s> -------------------------------------------------------------------------

LOADED: Final[dict[str, tuple[str | bytes, str]]] = {
    "cr-well-formed-1-positive": (f"# Halle\n{THING}  name: Halle\n", f'{NAME} "Halle" .'),
    "cr-utf8-1-positive": (f"\ufeff{THING}  name: Görlitz\n", f'{NAME} "Görlitz" .'),
    "encoding: all planes": (f"{FILE}- id: topic/größe\n  name: 'Ω 漢 🚋'\n", '<topic/größe> schema:name "Ω 漢 🚋" .'),
    "encoding: a byte order mark inside a text": (f"{THING}  name: A\ufeffB\n", f'{NAME} "A\ufeffB" .'),
    "cr-comments-1-positive": (
        """\
%YAML 1.2
# above
---
id: source/s # behind a value
says: # behind a key
  # alone
- id: topic/a
  name:   # between key and value
    Werk
  title: A#1
  headline: 'B # 2'
  words: [ # in a list
    eins, # two
    'zwei']
  description: |
    # 3
...
# below
""",
        """<topic/a> schema:name "Werk" ; dcterms:title "A#1" ; dcterms:alternative "B # 2" ; itas:word "eins" , "zwei" ;
                     schema:description "# 3\\n" .""",
    ),
    "aa-cycles-1-positive": (
        f"{THING}  name: &n Aue\n  title: *n\n",
        f'{NAME} "Aue" . <topic/a> dcterms:title "Aue" .',
    ),
    "aa-cycles-3-positive": (
        f"{THING}  label: &l {{de: Gera}}\n  note: *l\n",
        '<topic/a> rdfs:label "Gera"@de ; skos:editorialNote "Gera"@de .',
    ),
    "aa-information-1-positive": (
        f"{THING}  presents: &p7\n    offer/b: &q8 {{quote: x}}\n",
        f"<topic/a> itas:qualifiedPresents <topic/a/presents/offer/b#source/s> . {SAID}",
    ),
    "anchors-aliases: an alias as a key": (
        f"{THING}  label: {{&k de: A}}\n  note: {{*k : B}}\n",
        '<topic/a> rdfs:label "A"@de ; skos:editorialNote "B"@de .',
    ),
    "node-tags: text that says so": (f"{THING}  name: !!str Text\n", f'{NAME} "Text" .'),
    "node-tags: digits that are text": (f"{THING}  name: !!str 2024\n", f'{NAME} "2024" .'),
    "node-tags: text by its full tag": (f"{THING}  name: !<tag:yaml.org,2002:str> null\n", f'{NAME} "null" .'),
    "node-tags: list and map": (
        "!!map\nid: source/s\nsays: !!seq\n- !!map\n  !!str id: topic/a\n  name: A\n",
        f'{NAME} "A" .',
    ),
    "node-tags: a TAG directive nobody uses": (f"{DIRECTIVES}  name: A\n", f'{NAME} "A" .'),
    "core-int-decimal": (f"{THING}  position: 42\n", "<topic/a> itas:position 42 ."),
    "core-date-ymd": (f"{THING}  name: 2018-04-01\n", f'{NAME} "2018-04-01" .'),
    "scalar-value-types: a date for an id": (f"{FILE}- id: 2018-04-01\n  name: A\n", '<2018-04-01> schema:name "A" .'),
    "scalar-value-types: a time": (f"{THING}  name: 12:30\n", f'{NAME} "12:30" .'),
    "scalar-value-types: quotation marks": (
        f"{THING}  words: ['1', \"true\", '~', \"null\"]\n",
        '<topic/a> itas:word "1" , "true" , "~" , "null" .',
    ),
    "scalar-value-types: almost null": (
        f"{THING}  words: [nULL, nil, None]\n",
        '<topic/a> itas:word "nULL" , "nil" , "None" .',
    ),
    "int: Norwegian": (f"{THING}  label: {{no: Norsk}}\n", '<topic/a> rdfs:label "Norsk"@no .'),
    "int: a document that calls itself YAML 1.1": (f"%YAML 1.1\n---\n{THING}  name: no\n", f'{NAME} "no" .'),
    "json-vs-yaml: JSON": (
        '{\n\t"id":"source\\/s",\n\t"says":[{"id":"topic/a","name":"A\\u00e4\\t\\"","position":-1}]\n}\n',
        '<topic/a> schema:name "Aä\\t\\"" ; itas:position -1 .',
    ),
    "streams: one document between marks": (f"---\n{THING}  name: A\n...\n", f'{NAME} "A" .'),
    "YAML 5.4: line ends of Windows": (f"{THING}  name: A\n".replace("\n", "\r\n"), f'{NAME} "A" .'),
    "YAML 5.7: escapes": (f'{THING}  name: "\\x41\\u00e4\\U0001F68B\\_\\/"\n', f'{NAME} "Aä🚋\u00a0/" .'),
    "YAML 7.3.3: text over several lines": (f"{THING}  name: A\n    B\n\n    C\n", f'{NAME} "A B\\nC" .'),
    "YAML 8.1.1: a block that keeps its line ends": (
        f"{THING}  description: |+\n    A\n\n",
        '<topic/a> schema:description "A\\n\\n" .',
    ),
    "YAML 8.1.3: a folded block": (
        f"{THING}  description: >-\n    A\n    B\n",
        '<topic/a> schema:description "A B" .',
    ),
    **{
        f"core-yaml11-{test}": (f"{THING}  name: {written}\n", f'{NAME} "{written}" .')
        for test, written in {
            "yes": "yes",
            "no": "no",
            "on": "on",
            "off": "off",
            "yes-title": "Yes",
            "yes-upper": "YES",
        }.items()
    },
}

# --- the document, and the finding: where it stands, and its code ----------------------------------------------------------

REFUSED: Final[dict[str, tuple[str | bytes, str, str]]] = {
    "cir-document-content-1-negative": ("Halle\n", "1:1", "no-mapping"),
    "cir-mapping-key-1-negative": (f"{THING}  7: A\n", "4:3", "no-mapping"),
    "cir-mapping-key-2-negative": (f"{THING}  ? {{de: A}}\n  : A\n", "4:5", "no-mapping"),
    "cir-mapping-key-3-negative": (f"{THING}  ? [name]\n  : A\n", "4:5", "no-mapping"),
    "cir-mapping-key-4-negative": (f"{THING}  1.5: A\n", "4:3", "no-mapping"),
    "cir-mapping-key-5-negative": (f"{THING}  null: A\n", "4:3", "no-mapping"),
    **{
        f"mapping-key-types: {key} for a target": (
            f"{THING}  presents:\n    {key}: {{quote: x}}\n",
            "5:5",
            "no-mapping",
        )
        for key in ("7", "+7", "007", "0o17", "0x1F", "1.5", ".5", "6e2", ".inf", ".NaN", "~", "Null", "True", "FALSE")
    },
    "mapping-key-types: null for a language": (f"{THING}  label: {{null: A}}\n", "4:11", "no-mapping"),
    "mapping-key-types: a key of nothing": (f"{THING}  : A\n", "4:3", "yaml-indent"),
    "core-float-inf-negative": (f"{THING}  name: .inf\n", "4:9", "not-a-text"),
    "core-float-neg-inf-negative": (f"{THING}  name: -.inf\n", "4:9", "not-a-text"),
    "core-float-plus-inf-negative": (f"{THING}  name: +.Inf\n", "4:9", "not-a-text"),
    "core-float-nan-negative": (f"{THING}  name: .nan\n", "4:9", "not-a-text"),
    "core-float-nan-mixed-negative": (f"{THING}  name: .NaN\n", "4:9", "not-a-text"),
    "core-float-nan-upper-negative": (f"{THING}  position: .NAN\n", "4:13", "not-an-integer"),
    "cr-utf8-2-negative": (THING.encode("utf-16"), "1:1", "not-utf8"),
    "encoding: UTF-16, the high byte first": (b"\xfe\xff" + THING.encode("utf-16-be"), "1:1", "not-utf8"),
    "encoding: UTF-16 that does not say so": (THING.encode("utf-16-le"), "1:2", "yaml-control"),
    "encoding: UTF-32": (THING.encode("utf-32"), "1:1", "not-utf8"),
    "encoding: Latin-1": (f"{THING}  name: Görlitz\n".encode("latin-1"), "4:10", "not-utf8"),
    "encoding: half of a surrogate pair": (THING.encode() + b"  name: \xed\xa0\x80\n", "4:9", "not-utf8"),
    "encoding: a slash in two bytes": (THING.encode() + b"  name: \xc0\xaf\n", "4:9", "not-utf8"),
    "cr-well-formed-2-negative": (f'{THING}  name: "Halle\n', "4:9", "yaml-quote"),
    "cr-well-formed-3-negative": (f"{THING}  name: *n\n  title: &n A\n", "4:9", "invalid-yaml"),
    "aa-cycles-2-negative": ("id: source/s\nsays: &all\n- id: topic/a\n  words: *all\n", "3:3", "nested-entry"),
    "anchors-aliases: a thing within itself": (f"{FILE}- &a\n  id: topic/a\n  partOf: *a\n", "3:3", "nested-entry"),
    "anchors-aliases: a relation within itself": (
        f"{FILE}- &a\n  id: topic/a\n  presents: {{offer/b: *a}}\n",
        "5:14",
        "too-many-aliases",
    ),
    "node-tags: a prefix nobody declared": (f"{THING}  name: !e!n A\n", "4:9", "invalid-yaml"),
    "node-tags: a text said to be a map": (f"{THING}  name: !!map A\n", "4:9", "unknown-tag"),
    "node-tags: a list said to be text": (f"{THING}  words: !!str [A]\n", "4:10", "unknown-tag"),
    "int: merging is YAML 1.1": (f"{THING}  <<: {{name: A}}\n", "4:3", "unknown-key"),
    "streams: text behind the end": (f"{THING}...\nname: A\n", "5:1", "invalid-yaml"),
}

REFUSED_BY_DESIGN: Final[dict[str, tuple[str | bytes, str, str]]] = {
    # The terms are closed and stand in ontology/context.jsonld.
    "local-json-ld-context": (f"'@context': terms.jsonld\n{THING}", "1:1", "context-in-data"),
    "local-yaml-ld-context": (f"'@context': terms.yaml\n{THING}", "1:1", "context-in-data"),
    # A file says one thing: of two documents none is dropped.
    "one-document-from-stream": (f"{THING}---\nid: source/t\nsays: []\n", "4:1", "yaml-second"),
    "two-documents-from-stream": (f"{THING}  name: A\n--- {{id: source/t, says: []}}\n", "5:1", "yaml-second"),
    "streams: an empty document in front": (f"---\n---\n{THING}", "2:1", "yaml-second"),
    "json-vs-yaml: a list for a document": ("- id: source/s\n  says: []\n", "1:1", "no-mapping"),
    # Where text is expected, true, 42 and null are mistakes more often than not: the message says to quote them.
    "core-bool-true": (f"{THING}  name: true\n", "4:9", "not-a-text"),
    "core-bool-false": (f"{THING}  name: false\n", "4:9", "not-a-text"),
    "core-bool-true-title": (f"{THING}  name: True\n", "4:9", "not-a-text"),
    "core-bool-false-upper": (f"{THING}  name: FALSE\n", "4:9", "not-a-text"),
    "core-null-null": (f"{THING}  name: null\n", "4:3", "no-value"),
    "core-null-tilde": (f"{THING}  words: [A, ~]\n", "4:14", "no-value"),
    "core-null-upper": (f"{THING}  label: {{de: NULL}}\n", "4:11", "no-value"),
    # Of tags only those that repeat what one sees are understood.
    "cir-scalar-core-1-positive": (f"{THING}  name: !!bool true\n", "4:9", "unknown-tag"),
    "cir-scalar-core-2-positive": (f"{THING}  name: !!float 12.5\n", "4:9", "unknown-tag"),
    "cir-scalar-i18n-1-positive": (f"{DIRECTIVES}  name: !e!de A\n", "7:9", "unknown-tag"),
    "cir-scalar-other-1-positive": (f"{DIRECTIVES}  name: !e!day 2024-06-06\n", "7:9", "unknown-tag"),
    "cir-scalar-other-2-positive": (f"{DIRECTIVES}  date: !e!day 2024-06-06\n", "7:9", "unknown-tag"),
    **{
        f"node-tags: on {what}": (text, place, "unknown-tag")
        for what, text, place in (
            ("a document", f"!t\n{THING}", "1:1"),
            ("a thing", f"{FILE}- !t\n  id: topic/a\n", "3:3"),
            ("a list", f"{THING}  words: !t [A]\n", "4:10"),
            ("a key", f"{THING}  !t name: A\n", "4:3"),
            ("a type", f"{THING}  type: !t Topic\n", "4:9"),
            ("an id", f"{FILE}- id: !t topic/a\n", "3:7"),
            ("a set", f"{THING}  presents: !!set {{? offer/b}}\n", "4:13"),
        )
    },
    # What a remark is, a reader should see: a space stands behind its "#".
    "comments: no space behind the hash": (f"{THING}  name: Halle #3\n", "4:9", "text-cut-by-hash"),
    # libyaml keeps to YAML 1.1 here; where it would read other things than YAML 1.2, nothing is read.
    "YAML 5.4: next line": (f"{THING}  name: 'A\x85B'\n", "4:11", "yaml-control"),
    "YAML 5.4: line separator": (f"{THING}  name: A\u2028B\n", "4:10", "yaml-control"),
    "YAML 5.4: paragraph separator": (f"{THING}  # A\u2029  name: B\n", "4:6", "yaml-control"),
    "YAML 6.8.1: a directive of the future": (f"%NEW 1\n---\n{THING}", "1:5", "invalid-yaml"),
    "YAML 6.8.1: a version of the future": (f"%YAML 1.3\n---\n{THING}", "1:1", "invalid-yaml"),
    "YAML 6.9.1: a hash in a tag": (f"{THING}  name: !<tag:example.org,2026:#t> A\n", "4:32", "invalid-yaml"),
    "YAML 6.9.2: an anchor used again": (f"{THING}  name: &n A\n  title: &n B\n", "5:10", "invalid-yaml"),
    "json-vs-yaml: a surrogate pair": ('{"id": "source/s", "\\ud83d\\ude8b": 1}', "1:23", "yaml-escape"),
}

# --- numbers where text is expected ------------------------------------------------------------------------------------

KEPT_AS_WRITTEN: Final = {
    "core-int-octal": "0o17",
    "core-int-hex": "0x1F",
    "core-float-basic": "1.50",
    "core-float-scientific": "6.0e2",
    "scalar-value-types: zeros in front": "007",
    "scalar-value-types: no octal number": "08",
    "scalar-value-types: a plus sign": "+7",
    "scalar-value-types: nothing before the point": ".5",
    "scalar-value-types: nothing behind the point": "5.",
}


@pytest.mark.parametrize(("document", "triples"), LOADED.values(), ids=LOADED)
def test_valid_document_is_read(document: str | bytes, triples: str) -> None:
    assert quads(document) == in_source(triples)


@pytest.mark.parametrize(("document", "place", "code"), REFUSED.values(), ids=REFUSED)
def test_invalid_document_is_refused(document: str | bytes, place: str, code: str) -> None:
    assert findings_of(document)[0] == (place, code)


@pytest.mark.parametrize(("document", "place", "code"), REFUSED_BY_DESIGN.values(), ids=REFUSED_BY_DESIGN)
def test_unsupported_document_is_refused(document: str | bytes, place: str, code: str) -> None:
    assert findings_of(document)[0] == (place, code)


@pytest.mark.parametrize("written", KEPT_AS_WRITTEN.values(), ids=KEPT_AS_WRITTEN)
def test_number_as_text_keeps_its_spelling(written: str) -> None:
    assert literal(f"{THING}  name: {written}\n") == ox.Literal(written)


@pytest.mark.parametrize("written", KEPT_AS_WRITTEN.values(), ids=KEPT_AS_WRITTEN)
def test_fractional_number_is_no_integer(written: str) -> None:
    assert findings_of(f"{THING}  position: {written}\n") == [("4:13", "not-an-integer")]


def test_every_suite_test_has_a_case() -> None:
    cases = [*LOADED, *REFUSED, *REFUSED_BY_DESIGN, *KEPT_AS_WRITTEN]

    assert sorted(case for case in cases if ":" not in case) == sorted(SUITE.split())


def test_context_beside_is_used(tmp_path: Path) -> None:
    base = "https://example.org/"
    terms = {
        "@base": base,
        "id": "@id",
        "says": "@graph",
        "∈": "@type",
        "Amt": f"{base}Amt",
        "$": {"@id": f"{base}titel"},
    }
    path = tmp_path / "context.jsonld"
    path.write_text(json.dumps({"@context": terms}), encoding="utf-8")
    text = "id: s\nsays:\n- {id: a, ∈: Amt, $: Bauamt}\n"
    document = yaml_ld.read(text.encode(), "f.yaml", jsonld_context.read(path, path.name))

    assert [finding.render("en") for finding in document.findings] == []
    assert set(document.readable) == set(
        ox.parse(f'<{base}s> {{ <{base}a> a <{base}Amt> ; <{base}titel> "Bauamt" . }}', ox.RdfFormat.TRIG)
    )
