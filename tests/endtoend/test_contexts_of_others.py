"""JSON-LD and YAML-LD of others that name contexts: files beside them are read, and nothing is fetched."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from tests.helpers.programs import Run

STATED = '<http://ex.org/a> <http://ex.org/p> "Müller" .\n'
TERMS = '{"@context": {"name": "http://ex.org/p", "id": "@id"}}'


def triples(ask: Run, content: str | bytes, name: str) -> str:
    done = ask(content, "export", "-f", "nt", name=name)
    assert (done.exit_code, done.stderr) == (0, "")
    return str(done.stdout)


@pytest.mark.quick(10)
@pytest.mark.parametrize(
    "content",
    [
        '{"@context": "terms.jsonld", "id": "http://ex.org/a", "name": "Müller"}',
        '\ufeff{"id": "http://ex.org/a", "name": "Müller", "@context": "./terms.jsonld"}',
        '[{"@context": ["terms.jsonld", {"other": "http://ex.org/o"}], "id": "http://ex.org/a", "name": "Müller"}]',
        '{"@context": {"@import": "terms.jsonld", "id": "@id"}, "id": "http://ex.org/a", "name": "Müller"}',
        '{"@graph": [{"@context": "below/more.jsonld", "id": "http://ex.org/a", "name": "Müller"}]}',
    ],
)
@pytest.mark.parametrize("name", ["data.jsonld", "data.json", "data.yamlld", "data.jsonld.gz"])
def test_context_beside_a_file_is_read(ask: Run, tmp_path: Path, content: str, name: str) -> None:
    (tmp_path / "terms.jsonld").write_text(TERMS)
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "more.jsonld").write_text('{"@context": ["inner%20one.json"]}')
    (tmp_path / "below" / "inner one.json").write_text('{"@context": {"name": "http://ex.org/p", "id": "@id"}}')

    whole = content.encode()

    assert triples(ask, gzip.compress(whole) if name.endswith(".gz") else whole, name) == STATED


def test_context_of_one_term_is_read(ask: Run, tmp_path: Path) -> None:
    (tmp_path / "terms.jsonld").write_text(TERMS)

    document = '{"@context": {"of": {"@id": "http://ex.org/of", "@context": "terms.jsonld"}}, "of": {"id": "http://ex.org/a", "name": "Müller"}}'

    assert STATED in triples(ask, document, "data.jsonld")


def test_base_of_a_context_file_does_not_hold_for_the_document(ask: Run, tmp_path: Path) -> None:
    (tmp_path / "terms.jsonld").write_text('{"@context": {"@base": "http://wrong.org/", "@vocab": "http://ex.org/"}}')

    document = {"@context": ["terms.jsonld", {"@base": "http://ex.org/"}], "@id": "a", "p": "Müller"}

    assert triples(ask, json.dumps(document), "data.jsonld") == STATED


def test_text_that_looks_like_a_context_stays(ask: Run) -> None:
    text = '"@context": "terms.jsonld"'
    document = {"@context": {"p": "http://ex.org/p"}, "@id": "http://ex.org/a", "p": text}

    assert (
        triples(ask, json.dumps(document), "data.jsonld")
        == f"<http://ex.org/a> <http://ex.org/p> {json.dumps(text)} .\n"
    )


def test_fault_behind_a_context_keeps_its_line(ask: Run, tmp_path: Path) -> None:
    (tmp_path / "terms.jsonld").write_text(TERMS)

    done = ask('{"@context": [\n"terms.jsonld",\n{}\n],\n"id": oops}', "export", name="data.jsonld")

    assert (done.exit_code, done.stdout) == (3, "")
    assert f"{tmp_path / 'data.jsonld'}:5:" in done.stderr


@pytest.mark.parametrize(
    "context", ["terms.jsonld", "../outside.jsonld", "/etc/hostname", "", "below", "plain.json", "a\\u0000b"]
)
@pytest.mark.parametrize("name", ["inside/data.jsonld", "inside/data.yamlld"])
def test_context_that_is_not_beside_the_file_is_named(ask: Run, tmp_path: Path, context: str, name: str) -> None:
    (tmp_path / "inside" / "below").mkdir(parents=True)
    (tmp_path / "outside.jsonld").write_text(TERMS)
    (tmp_path / "inside" / "plain.json").write_text('["http://ex.org/p"]')

    done = ask(f'{{"@context": "{context}", "name": "x"}}', "export", name=name)

    assert (done.exit_code, done.stdout, len(done.stderr.splitlines())) == (3, "", 1)
    assert f"data.{name[-6:]} names the context" in done.stderr


def test_link_out_of_the_folder_is_not_followed(ask: Run, tmp_path: Path) -> None:
    (tmp_path / "outside.jsonld").write_text(TERMS)
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "terms.jsonld").symlink_to(tmp_path / "outside.jsonld")

    done = ask('{"@context": "terms.jsonld", "name": "x"}', "export", name="inside/data.jsonld")

    assert done.exit_code == 3


def test_contexts_that_name_one_another_end(ask: Run, tmp_path: Path) -> None:
    (tmp_path / "a.jsonld").write_text('{"@context": "b.jsonld"}')
    (tmp_path / "b.jsonld").write_text('{"@context": ["a.jsonld"]}')

    done = ask('{"@context": "a.jsonld", "name": "x"}', "export", name="data.jsonld")

    assert (done.exit_code, len(done.stderr.splitlines())) == (3, 1)
    assert "without end" in done.stderr


@pytest.mark.parametrize("content", ["{", "[1, 2", "a: *x\n", "\xff"])
def test_broken_context_is_named(ask: Run, tmp_path: Path, content: str) -> None:
    (tmp_path / "terms.jsonld").write_bytes(content.encode("latin-1"))

    done = ask('{"@context": "terms.jsonld", "name": "x"}', "export", name="data.jsonld")

    assert (done.exit_code, len(done.stderr.splitlines())) == (3, 1)
    assert str(tmp_path / "terms.jsonld") in done.stderr


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("data.json", '{"type": "FeatureCollection", "features": [{"properties": {"name": "A"}}]}'),
        ("data.jsonld", '[{"name": "A"}]'),
        ("data.yamlld", "name: A\n"),
        ("data.json", '\ufeff\n{"name": "A"}'),
    ],
)
@pytest.mark.parametrize("command", [("export",), ("query", "SELECT * { ?s ?p ?o }"), ("show", "A")])
def test_json_without_context_is_told_what_it_lacks(
    ask: Run, name: str, content: str, command: tuple[str, ...]
) -> None:
    done = ask(content, *command, name=name)

    assert (done.exit_code, done.stdout, len(done.stderr.splitlines())) == (3, "", 1)
    assert 'without "@context"' in done.stderr
    assert '"@context": {"@vocab": "https://schema.org/"}' in done.stderr


@pytest.mark.parametrize(
    "content", ["{}", "[]", " [{}]\n", '{"@context": {}, "name": "A"}', '{"@id": "http://ex.org/a"}']
)
def test_json_ld_without_statements_is_empty(ask: Run, content: str) -> None:
    assert ask(content, "export", "-f", "nt", name="data.json").stdout == ""


@pytest.mark.parametrize("name", ["data.jsonld", "data.json"])
def test_context_that_nests_too_deeply_is_told_with_its_line(ask: Run, name: str) -> None:
    done = ask('{\n"@context": ' + "[" * 600 + "]" * 600 + ', "name": "x"}', "export", name=name)

    assert (done.exit_code, len(done.stderr.splitlines())) == (3, 1)
    assert f"{name}:2" in done.stderr
    assert "nested too deeply" in done.stderr
