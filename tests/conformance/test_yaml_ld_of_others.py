"""YAML-LD 1.0 (W3C Working Draft of 2026) in files of others, as `--data` reads them, with cases of our own.

The id of a case is that of the test of the W3C's suite whose rule it asks, as far as the suite expands or gives RDF. Left out
are its tests that flatten, frame or compact, and those of HTML pages: no command does that. `NOT_MET` names those whose rule
this reader does not follow.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest

from itasgraph.errors import FileError
from itasgraph.parsing.rdf_files import RdfFile

SUITE: Final = """
cir-document-content-1-negative cir-mapping-key-1-negative cir-mapping-key-2-negative cir-mapping-key-3-negative
cir-mapping-key-4-negative cir-mapping-key-5-negative cir-scalar-core-1-positive cir-scalar-i18n-1-positive
cir-scalar-other-1-positive cr-comments-1-positive cr-utf8-1-positive cr-utf8-2-negative cr-well-formed-1-positive
cr-well-formed-2-negative aa-cycles-1-positive aa-cycles-2-negative aa-cycles-3-positive aa-information-1-positive
cir-scalar-core-2-positive cir-scalar-other-2-positive cr-well-formed-3-negative two-documents-from-stream
one-document-from-stream local-json-ld-context local-yaml-ld-context core-bool-true core-bool-false core-bool-true-title
core-bool-false-upper core-null-null core-null-tilde core-null-upper core-int-decimal core-int-octal core-int-hex
core-float-basic core-float-scientific core-date-ymd core-float-inf-negative core-float-neg-inf-negative
core-float-plus-inf-negative core-float-nan-negative core-float-nan-mixed-negative core-float-nan-upper-negative
core-yaml11-yes core-yaml11-no core-yaml11-on core-yaml11-off core-yaml11-yes-title core-yaml11-yes-upper
"""
# One document of a stream is what a library for pages may be asked for; a file says all that its documents say.
NOT_MET: Final = "one-document-from-stream"

CONTEXT: Final = '"@context": {"@vocab": "http://ex.org/"}\n"@id": http://ex.org/a\n'
PREFIXES: Final = "@prefix : <http://ex.org/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
TITLES: Final = "title: Bauamt\n"


def value(written: str, meant: str) -> tuple[str, str]:
    """Return a document that has one value, and the Turtle that it means."""
    return f"{CONTEXT}p: {written}\n", f":a :p {meant} ." if meant else ""


READ: Final[dict[str, tuple[str | bytes, str]]] = {
    "cr-well-formed-1-positive": (f"{CONTEXT}{TITLES}", ':a :title "Bauamt" .'),
    "cr-utf8-1-positive": (f"\ufeff{CONTEXT}title: Straße\n", ':a :title "Straße" .'),
    "cr-comments-1-positive": (
        f"# above\n---\n{CONTEXT}# between\ntitle: Bauamt # behind\nlist: [ # within\n  '# none', a#b]\n...\n# below\n",
        ':a :title "Bauamt" ; :list "# none", "a#b" .',
    ),
    "aa-cycles-1-positive": (f"{CONTEXT}title: &t Bauamt\nname: *t\n", ':a :title "Bauamt" ; :name "Bauamt" .'),
    "aa-cycles-3-positive": (
        f'{CONTEXT}near: &b\n  "@id": http://ex.org/b\n  {TITLES}by: *b\n',
        ':a :near :b ; :by :b . :b :title "Bauamt" .',
    ),
    "aa-information-1-positive": (
        f'{CONTEXT}near: &first\n  "@id": http://ex.org/b\n  {TITLES}far: &second\n  "@id": http://ex.org/c\n  {TITLES}',
        ':a :near :b ; :far :c . :b :title "Bauamt" . :c :title "Bauamt" .',
    ),
    # A tag of YAML's core schema decides the value; one of another schema is as if it were not there, without the extended profile.
    "cir-scalar-core-1-positive": (
        f"{CONTEXT}n: !!int '12'\nt: !!str 12\nb: !!bool 'true'\nf: !!float '2.5'\n",
        ':a :n 12 ; :t "12" ; :b true ; :f 2.5E0 .',
    ),
    "cir-scalar-core-2-positive": (
        f"%TAG !x! tag:yaml.org,2002:\n---\n{CONTEXT}n: !x!int '12'\nt: !x!str true\nz: !!null ''\n",
        ':a :n 12 ; :t "true" .',
    ),
    "cir-scalar-i18n-1-positive": (
        f"%TAG !i! https://www.w3.org/ns/i18n%23\n---\n{CONTEXT}title: !i!de Bauamt\n",
        ':a :title "Bauamt" .',
    ),
    "cir-scalar-other-1-positive": (
        f"%TAG !x! http://www.w3.org/2001/XMLSchema%23\n---\n{CONTEXT}day: !x!date 2026-05-01\nn: !x!decimal 12\nt: !x!integer '12'\n",
        ':a :day "2026-05-01" ; :n 12 ; :t "12" .',
    ),
    "cir-scalar-other-2-positive": (f"{CONTEXT}day: !<tag:ex.org,2026:day> 2026-05-01\n", ':a :day "2026-05-01" .'),
    "two-documents-from-stream": (
        f'{CONTEXT}{TITLES}---\n"@id": http://ex.org/b\n"http://ex.org/p": 1\n',
        ':a :title "Bauamt" . :b :p 1 .',
    ),
    "local-json-ld-context": (
        '"@context": terms.jsonld\n"@id": http://ex.org/a\nname: Bauamt\n',
        ':a :title "Bauamt" .',
    ),
    "local-yaml-ld-context": (
        '"@context": terms.yamlld\n"@id": http://ex.org/a\nname: Bauamt\n',
        ':a :title "Bauamt" .',
    ),
    "local-context: a file that is the context itself": (
        '"@context": bare.yamlld\n"@id": http://ex.org/a\nname: A\n',
        ':a :title "A" .',
    ),
    "core-bool-true": value("true", "true"),
    "core-bool-false": value("false", "false"),
    "core-bool-true-title": value("True", "true"),
    "core-bool-false-upper": value("FALSE", "false"),
    "core-null-null": value("null", ""),
    "core-null-tilde": value("~", ""),
    "core-null-upper": value("NULL", ""),
    "core-int-decimal": value("-17", "-17"),
    "core-int-octal": value("0o17", "15"),
    "core-int-hex": value("0xfF", "255"),
    "core-float-basic": value("0.25", "2.5E-1"),
    "core-float-scientific": value("12e-1", "1.2E0"),
    "core-date-ymd": value("2026-05-01", '"2026-05-01"'),
    "core-yaml11-yes": value("yes", '"yes"'),
    "core-yaml11-no": value("no", '"no"'),
    "core-yaml11-on": value("on", '"on"'),
    "core-yaml11-off": value("off", '"off"'),
    "core-yaml11-yes-title": value("Yes", '"Yes"'),
    "core-yaml11-yes-upper": value("YES", '"YES"'),
    "spec: the context as the specification writes it": (
        '"@context":\n  name: http://ex.org/title\n  near: {"@id": http://ex.org/near, "@type": "@id"}\n"@graph":\n'
        '- "@id": http://ex.org/a\n  name: Bauamt\n  near: [http://ex.org/b]\n',
        ':a :title "Bauamt" ; :near :b .',
    ),
    "YAML 8.1: texts of several lines": (
        f"{CONTEXT}t: |\n  A\n   B\nf: >-\n  A\n  B\n",
        ':a :t "A\\n B\\n" ; :f "A B" .',
    ),
    "json-vs-yaml: JSON": (
        '{\n\t"@context": {"@vocab": "http://ex.org/"}, "@id": "http://ex.org/a", "t": "A\\u00e4\\n\\"B\\""}',
        ':a :t "Aä\\n\\"B\\"" .',
    ),
}
REFUSED: Final[dict[str, str | bytes]] = {
    "cir-document-content-1-negative": "Bauamt\n",
    "cir-mapping-key-1-negative": f"{CONTEXT}12: Bauamt\n",
    "cir-mapping-key-2-negative": f"{CONTEXT}? {{a: b}}\n: Bauamt\n",
    "cir-mapping-key-3-negative": f"{CONTEXT}? [a, b]\n: Bauamt\n",
    "cir-mapping-key-4-negative": f"{CONTEXT}1.5: Bauamt\n",
    "cir-mapping-key-5-negative": f"{CONTEXT}~: Bauamt\n",
    "cr-utf8-2-negative": f"{CONTEXT}{TITLES}".encode("utf-16"),
    "cr-well-formed-2-negative": f"{CONTEXT}title: [Bauamt\n",
    "cr-well-formed-3-negative": f"{CONTEXT}title: *nobody\n",
    "aa-cycles-2-negative": f'{CONTEXT}near: &b\n  "@id": http://ex.org/b\n  near: *b\n',
    "core-float-inf-negative": value(".inf", "")[0],
    "core-float-neg-inf-negative": value("-.inf", "")[0],
    "core-float-plus-inf-negative": value("+.inf", "")[0],
    "core-float-nan-negative": value(".nan", "")[0],
    "core-float-nan-mixed-negative": value(".NaN", "")[0],
    "core-float-nan-upper-negative": value(".NAN", "")[0],
    "a key that occurs twice": f"{CONTEXT}p: 1\np: 2\n",
}


def read(folder: Path, content: str | bytes) -> set[ox.Quad]:
    """Return what a file of others says; contexts lie beside it."""
    (folder / "terms.jsonld").write_text('{"@context": {"name": "http://ex.org/title"}}')
    (folder / "terms.yamlld").write_text('"@context": # a comment\n  name: http://ex.org/title\n')
    (folder / "bare.yamlld").write_text("name: http://ex.org/title\n")
    path = folder / "data.yamlld"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return set(RdfFile.of(path).quads())


@pytest.mark.parametrize(("document", "turtle"), READ.values(), ids=READ)
def test_valid_document_is_read(tmp_path: Path, document: str | bytes, turtle: str) -> None:
    assert read(tmp_path, document) == set(ox.parse(PREFIXES + turtle, ox.RdfFormat.TURTLE))


@pytest.mark.parametrize("document", REFUSED.values(), ids=REFUSED)
def test_invalid_document_is_refused(tmp_path: Path, document: str | bytes) -> None:
    with pytest.raises(FileError) as refused:
        read(tmp_path, document)

    assert refused.value.code == "not-rdf"


def test_every_test_of_the_suite_has_a_case() -> None:
    cases = [case for case in (*READ, *REFUSED, *NOT_MET.split()) if " " not in case]

    assert sorted(cases) == sorted(SUITE.split())
