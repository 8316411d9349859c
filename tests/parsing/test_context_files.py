"""Contexts in files beside a document are put in its text once read, however often they are named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from itasgraph.errors import FileError
from itasgraph.parsing import context_files, yaml_json
from itasgraph.util.json_values import Json

TERMS = '{"@context": {"name": "http://ex.org/p"}}'


def fan(folder: Path, levels: int) -> None:
    """Write files of which each names the next one five times."""
    for level in range(levels):
        (folder / f"c{level}.jsonld").write_text(json.dumps({"@context": [f"c{level + 1}.jsonld"] * 5}))
    (folder / f"c{levels}.jsonld").write_text(TERMS)


def test_contexts_that_multiply_are_refused(tmp_path: Path) -> None:
    fan(tmp_path, 19)
    path = tmp_path / "data.jsonld"

    with pytest.raises(FileError) as raised:
        context_files.inline(b'{"@context": "c0.jsonld"}', path)
    with pytest.raises(FileError) as raised_in_yaml:
        context_files.yaml_as_json(b'"@context": c0.jsonld', path)

    assert raised.value.code == raised_in_yaml.value.code == "contexts-too-large"


def test_few_contexts_of_few_levels_are_put_in(tmp_path: Path) -> None:
    fan(tmp_path, 3)

    inlined = json.loads(context_files.inline(b'{"@context": "c0.jsonld"}', tmp_path / "data.jsonld"))

    assert inlined["@context"] == [{"name": "http://ex.org/p"}] * 125


@pytest.mark.parametrize(("count", "fits"), [(100, True), (101, False)])
def test_number_of_files_is_limited(tmp_path: Path, count: int, fits: bool) -> None:
    names = [f"c{number}.jsonld" for number in range(count)]
    for name in names:
        (tmp_path / name).write_text(TERMS)
    document = json.dumps({"@context": names}).encode()

    if fits:
        assert len(json.loads(context_files.inline(document, tmp_path / "data.jsonld"))["@context"]) == count
    else:
        with pytest.raises(FileError) as raised:
            context_files.inline(document, tmp_path / "data.jsonld")
        assert raised.value.code == "contexts-too-many"


def test_file_that_many_records_name_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "terms.jsonld").write_text(TERMS)
    read, contents = yaml_json.read, list[bytes]()

    def count(content: bytes) -> Json:
        contents.append(content)
        return read(content)

    monkeypatch.setattr(yaml_json, "read", count)
    records = json.dumps([{"@context": "terms.jsonld", "name": str(number)} for number in range(300)])
    inlined = json.loads(context_files.inline(records.encode(), tmp_path / "data.jsonld"))

    assert [one["@context"] for one in inlined] == [{"name": "http://ex.org/p"}] * 300
    assert len(contents) == 1


@pytest.mark.parametrize("cut", [1, 2])
def test_content_that_ends_within_a_character_gets_its_contexts(tmp_path: Path, cut: int) -> None:
    (tmp_path / "terms.jsonld").write_text(TERMS)
    content = '{"@context": "terms.jsonld", "name": "€'.encode()[:-cut]

    inlined = context_files.inline(content, tmp_path / "data.jsonld")

    assert b"http://ex.org/p" in inlined
    assert inlined.endswith(b'"name": "' + "€".encode()[:-cut])
