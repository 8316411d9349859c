"""No file and no answer of others ends the process, or keeps it for ever, by its nesting."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from itasgraph.parsing import nesting, reader_guard
from itasgraph.parsing.nesting import MAX_DEPTH, DepthLimitedFile, TooDeep
from tests.helpers.programs import Run
from tests.helpers.properties import count_inputs

RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">'
JSON = ox.QueryResultsFormat.JSON
TERM = '{"type": "triple", "value": {"subject": {"type": "uri", "value": "http://a"}, "object": '

# What nests → its format, and a text with so many levels.
NESTED: dict[str, tuple[ox.RdfFormat | ox.QueryResultsFormat, Callable[[int], str]]] = {
    "blank nodes": (ox.RdfFormat.TURTLE, lambda n: "<a> <p> " + "[ <p> " * n + "1" + " ]" * n + " ."),
    "collections": (ox.RdfFormat.TRIG, lambda n: "<a> <p> " + "(" * n + "1" + ")" * n + " ."),
    "triple terms": (ox.RdfFormat.TURTLE, lambda n: "<a> <p> " + "<<( <a> <p> " * n + "1" + " )>>" * n + " ."),
    "reified triples": (ox.RdfFormat.TURTLE, lambda n: "<< " * n + "<a> <p> 1" + " >> <p> 1" * n + " ."),
    "annotations": (ox.RdfFormat.TURTLE, lambda n: "<a> <p> 1 " + "{| <p> 1 " * n + " |}" * n + " ."),
    "triple terms in lines": (
        ox.RdfFormat.N_TRIPLES,
        lambda n: "<http://a> <http://p> " + "<<( <http://a> <http://p> " * n + '"1"' + " )>>" * n + " .",
    ),
    "objects": (ox.RdfFormat.JSON_LD, lambda n: '{"http://p":' * n + "1" + "}" * n),
    "arrays": (ox.RdfFormat.JSON_LD, lambda n: "[" * n + "]" * n),
    "elements": (
        ox.RdfFormat.RDF_XML,
        lambda n: f"{RDF[:-1]}>" + "<e:p>" * (n - 1) + "</e:p>" * (n - 1) + "</rdf:RDF>",
    ),
    "terms of an answer": (JSON, lambda n: TERM * (n // 2 - 1) + "1" + "}}" * (n // 2 - 1)),
    "terms of an answer in XML": (ox.QueryResultsFormat.XML, lambda n: "<triple>" * n + "</triple>" * n),
    "terms of an answer in lines": (ox.QueryResultsFormat.TSV, lambda n: "?a\n" + "<<( <a> <b> " * n + "1" + ")>>" * n),
}


def read_guarded(text: str, format_: ox.RdfFormat | ox.QueryResultsFormat) -> bytes:
    file = reader_guard.safe_file(io.BytesIO(text.encode()), format_)
    return b"".join(iter(lambda: file.read(4096), b""))


@pytest.mark.parametrize("kind", NESTED)
def test_limit_is_exact(kind: str) -> None:
    format_, make = NESTED[kind]

    assert read_guarded(make(MAX_DEPTH), format_) == make(MAX_DEPTH).encode()
    for levels in (MAX_DEPTH + 2, 60_000):
        with pytest.raises(TooDeep):
            read_guarded("\n" * 7 + make(levels) if format_ is not ox.QueryResultsFormat.TSV else make(levels), format_)


@pytest.mark.parametrize("format_", [ox.RdfFormat.TURTLE, ox.RdfFormat.JSON_LD, ox.RdfFormat.N_TRIPLES])
def test_line_is_reported(format_: ox.RdfFormat) -> None:
    text = "\n" * 7 + "<<(" * 300 if format_ is not ox.RdfFormat.JSON_LD else "\n" * 7 + "[" * 300

    with pytest.raises(TooDeep) as caught:
        read_guarded(text, format_)

    assert caught.value.lineno == 8


MANY = "([{<<(" * 300
LONG = {
    ox.RdfFormat.TURTLE: f'<a> <p> """{MANY}\n"{MANY}""" , \'\'\'{MANY}\'\'\' , "{MANY}\\"" . # {MANY}\n<a> e:b\\(c <{MANY[:3]}> .',
    ox.RdfFormat.N_QUADS: f'<http://a> <http://b> "{MANY}" . # {MANY}\n',
    ox.RdfFormat.JSON_LD: f'{{"a": "{MANY}\\"{MANY}\\\\", "b": [1, "{MANY}"]}}',
}


@pytest.mark.parametrize("format_", LONG)
@pytest.mark.parametrize("block", [7, 100, 5_000, 1 << 20])
def test_brackets_in_strings_do_not_count(format_: ox.RdfFormat, block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nesting, "_BLOCK", block)

    assert read_guarded(LONG[format_] * 3, format_) == (LONG[format_] * 3).encode()


TURTLE = [
    "<a>",
    "<a#(>",
    '"(["',
    "'{'",
    '"""(\n"["""',
    "'''<<(\n'''",
    '""',
    "''",
    "# ((\n",
    "e:a\\(",
    "\\\\",
    " ",
    "\n",
]
LEAVES = st.sampled_from([*TURTLE, "1", '"\\""', "^^", ",", "."]).map(lambda piece: (piece, 0))
PAIRS = st.sampled_from([("[", "]"), ("(", ")"), ("{", "}"), ("<<", ">>"), ("<<(", ")>>")])


def enclosed(inner: st.SearchStrategy[tuple[str, int]]) -> st.SearchStrategy[tuple[str, int]]:
    """Return texts of Turtle with the depth of their brackets, in one more pair of brackets."""
    return st.tuples(PAIRS, st.lists(inner, max_size=4)).map(
        lambda parts: (
            " ".join([parts[0][0], *(text for text, _ in parts[1]), parts[0][1]]),
            1 + max((depth for _, depth in parts[1]), default=0),
        )
    )


@pytest.mark.slow
@given(st.lists(st.recursive(LEAVES, enclosed, max_leaves=30), max_size=5), st.integers(1, 50), st.integers(1, 5))
@count_inputs
def test_turtle_depth_is_that_of_tokens(parts: list[tuple[str, int]], block: int, limit: int) -> None:
    text = " ".join(text for text, _ in parts).encode()
    deep = max((depth for _, depth in parts), default=0) > limit
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nesting, "_BLOCK", block)
        patch.setattr(nesting, "MAX_DEPTH", limit)
        file = DepthLimitedFile(io.BytesIO(text), nesting.turtle)
        try:
            assert b"".join(iter(lambda: file.read(5), b"")) == text
            assert not deep
        except TooDeep:
            assert deep


@given(st.binary(max_size=300), st.sampled_from([nesting.turtle, nesting.json, nesting.line_based]), st.integers(1, 50))
@count_inputs
def test_any_file_passes_unchanged(content: bytes, syntax: nesting.Syntax, block: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nesting, "_BLOCK", block)
        file = DepthLimitedFile(io.BytesIO(content), syntax)
        try:
            assert file.read(3) + file.read() == content
        except TooDeep:
            assert sum(map(content.count, (b"(", b"[", b"{", b"<"))) > MAX_DEPTH


# --- where it stands ------------------------------------------------------------------------------------------------------

ENDINGS: dict[object, str] = {
    ox.RdfFormat.TURTLE: "ttl",
    ox.RdfFormat.TRIG: "trig",
    ox.RdfFormat.N_TRIPLES: "nt",
    ox.RdfFormat.JSON_LD: "jsonld",
    ox.RdfFormat.RDF_XML: "rdf",
}


@pytest.mark.parametrize("kind", [kind for kind, (format_, _) in NESTED.items() if format_ in ENDINGS])
def test_deep_file_is_one_line(kind: str, tmp_path: Path, run: Run) -> None:
    format_, make = NESTED[kind]
    path = tmp_path / f"deep.{ENDINGS[format_]}"
    path.write_text(make(60_000), encoding="utf-8")

    done = run("query", "ASK { ?s ?p ?o }", "--data", str(path), "--lang", "de")

    assert (done.exit_code, done.stdout) == (3, "")
    assert done.stderr == f"{path}:1:1 ist zu tief verschachtelt (mehr als 200 Ebenen) – mit weniger Ebenen schreiben\n"


@pytest.mark.parametrize("declared", ["utf-7", "shift_jis", "idna", "punycode", "undefined", "nonsense", "cp037"])
def test_encoded_xml_is_one_line(declared: str, tmp_path: Path, run: Run) -> None:
    path = tmp_path / "a.rdf"
    text = (
        f'<?xml version="1.0" encoding="{declared}"?>{RDF}<rdf:Description rdf:about="http://e/a" e:p="ä"/></rdf:RDF>'
    )
    path.write_bytes(text.encode(declared if declared == "cp037" else "utf-8"))

    done = run("query", "ASK { ?s ?p ?o }", "--data", str(path))

    assert done.exit_code == 3
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.quick(1)
@pytest.mark.parametrize("name", ["itas.ttl", "profile.ttl", "picture.ttl", "shapes.ttl"])
def test_deep_project_file_is_a_fault(name: str, little: Path, run: Run) -> None:
    (little / "ontology" / name).write_text(NESTED["triple terms"][1](60_000), encoding="utf-8")

    done = run("check", "--project", str(little), "--lang", "en")

    assert done.exit_code in (1, 3)
    assert f"{name}:1: nested too deeply (more than 200 levels)" in done.stdout + done.stderr
