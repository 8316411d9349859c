"""A data file is changed where its data differ, and nowhere else: comments, layout, order and quotation marks stay."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itasgraph.errors import FileError, InvalidProject
from itasgraph.parsing import yaml_editing
from tests.helpers.projects import ROOT

FILES = sorted([*(ROOT / "data").glob("*.yaml"), *(ROOT / "tests" / "projects").glob("*/data/*.yaml")])
FILE = """# Head.
id: source/day   # the document
says:

# --- People ---

- id: person/ida
  type: Person   # not a group
  name: 'Ida'
  altLabel: [Kern, "I. Kern"]
  label: {de: Ida, en: "Ida"}
  speakers:
    # the first one
    person/ben: {position: 1, quote: "Ben"}
    person/cem:
      quote: >
        Cem
        kam

# --- Places ---

- id: place/hall
  name: Hall
"""


def edit(text: str, **changes: Any) -> str:
    """Return a file whose first entry has other values; None removes a key."""
    data = yaml_editing.read(text.encode(), "x.yaml")
    for key, value in changes.items():
        if value is None:
            del data["says"][0][key]
        else:
            data["says"][0][key] = value
    return yaml_editing.update(text.encode(), data, "x.yaml").decode()


@pytest.mark.parametrize(
    ("key", "value", "before", "after"),
    [
        ("type", "UnnamedGroup", "type: Person   # not", "type: UnnamedGroup   # not"),
        ("name", "Ida: 'K'", "'Ida'", "'Ida: ''K'''"),
        ("altLabel", ["Kern", "J. Kern"], '"I. Kern"', '"J. Kern"'),
        ("altLabel", ["I. Kern"], "[Kern, ", "["),
        ("altLabel", ["Kern"], ', "I. Kern"', ""),
        ("altLabel", ["Kern", "I. Kern", "a, b"], 'Kern"]', 'Kern", "a, b"]'),
        ("label", {"de": "Ida", "en": "Ida", "cs": "Ida"}, '"Ida"}', '"Ida", cs: Ida}'),
        ("label", {"en": "Ida"}, "de: Ida, ", ""),
        ("note", {"de": "1"}, "kam\n", 'kam\n  note: {de: "1"}\n'),
        ("type", None, "  type: Person   # not a group\n", ""),
        ("speakers", {"person/cem": {"quote": "Cem kam\n"}}, '    person/ben: {position: 1, quote: "Ben"}\n', ""),
    ],
)
def test_change_of_a_value_changes_its_characters_only(key: str, value: object, before: str, after: str) -> None:
    assert edit(FILE, **{key: value}) == FILE.replace(before, after, 1)


def test_new_relation_follows_the_others() -> None:
    speakers = yaml_editing.read(FILE.encode(), "x.yaml")["says"][0]["speakers"]

    assert edit(FILE, speakers={**speakers, "person/dana": {"quote": "Dana"}}) == FILE.replace(
        "kam\n", 'kam\n    person/dana: {quote: "Dana"}\n'
    )


def test_new_entry_stands_behind_the_one_before_it() -> None:
    data = yaml_editing.read(FILE.encode(), "x.yaml")
    data["says"].append({"id": "place/x", "location": {"place/hall": {"quote": "Hall", "line": 3}}})

    assert yaml_editing.update(FILE.encode(), data, "x.yaml").decode() == (
        f'{FILE}\n- id: place/x\n  location:\n    place/hall: {{quote: "Hall", line: 3}}\n'
    )


def test_removed_entry_leaves_comments_and_one_blank_line() -> None:
    data = yaml_editing.read(FILE.encode(), "x.yaml")
    del data["says"][0]

    assert yaml_editing.update(FILE.encode(), data, "x.yaml").decode() == (
        f"{FILE.partition('- id: person')[0].rstrip()}\n\n{FILE[FILE.index('# --- Places') :]}"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a:\n- y\n- z\n", "a:\n- x\n- y\n- z\n"),
        ("a: [y, z]  # two\n", "a: [x, y, z]  # two\n"),
        ("a:\r\n  # of y\r\n  - y\r\n  - z\r\n", "a:\r\n  - x\r\n  # of y\r\n  - y\r\n  - z\r\n"),
        ("a:\n\n- y\n\n- z\n", "a:\n\n- x\n\n- y\n\n- z\n"),
        ("a:\n- w\n- y\n- z\n", "a:\n- x\n- y\n- z\n"),
    ],
)
def test_new_first_item_stands_before_the_others(before: str, after: str) -> None:
    data = {"a": ["x", "y", "z"]}

    assert yaml_editing.update(before.encode(), data, "x.yaml").decode() == after


def test_new_first_entry_stands_before_the_entries_that_stay() -> None:
    data = yaml_editing.read(FILE.encode(), "x.yaml")
    data["says"][0] = {"id": "person/eva", "type": "Person"}

    text = yaml_editing.update(FILE.encode(), data, "x.yaml").decode()

    assert [entry["id"] for entry in yaml_editing.read(text.encode(), "x.yaml")["says"]] == ["person/eva", "place/hall"]
    assert "# --- Places ---" in text


def test_first_review_is_a_block_behind_the_entries() -> None:
    data = yaml_editing.read(FILE.encode(), "x.yaml")
    data["review"] = [{"quote": "Hall", "reason": "which?"}]

    assert yaml_editing.update(FILE.encode(), data, "x.yaml").decode() == (
        f'{FILE}review:\n- quote: "Hall"\n  reason: which?\n'
    )


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("indent", ["", "  ", "    "])
def test_layout_of_the_file_is_followed(line_end: str, indent: str) -> None:
    lines = ["says:", f"{indent}-   id: a", f"{indent}    name: A", f"{indent}-   id: b"]
    text = "\ufeff" + line_end.join(lines)

    changed = edit(text, website="https://a.example/")

    lines.insert(3, f"{indent}    website: https://a.example/")
    assert changed == "\ufeff" + line_end.join(lines)


def test_anchors_are_not_edited() -> None:
    content = b"says:\n- id: a\n  note: &x {de: A}\n- id: b\n  note: *x\n"
    data = yaml_editing.read(content, "b.yaml")
    data["says"][0]["note"] = {"de": "B"}

    with pytest.raises(FileError, match=r"b\.yaml"):
        yaml_editing.update(content, data, "b.yaml")


def test_lines_of_keys_and_items() -> None:
    lines = yaml_editing.lines(FILE.encode(), "x.yaml")

    assert lines["id",] == 2
    assert lines["says", 0] == lines["says", 0, "id"] == 7
    assert lines["says", 0, "altLabel", 1] == 10
    assert lines["says", 0, "speakers", "person/cem", "quote"] == 16
    assert lines["says", 1, "name"] == 23


def test_comments_are_replaced_and_texts_are_not() -> None:
    text = FILE.replace("'Ida'", "'Ida # one'").replace("        Cem\n", "        Cem # two\n")

    changed = yaml_editing.replace_comments(b"\xef\xbb\xbf" + text.encode(), str.upper, "x.yaml").decode()

    assert changed.startswith("\ufeff# HEAD.\n")
    assert "# THE DOCUMENT\n" in changed
    assert "# NOT A GROUP\n" in changed
    assert "# THE FIRST ONE\n" in changed
    assert "'Ida # one'" in changed
    assert "Cem # two\n" in changed
    assert changed.lower().removeprefix("\ufeff") == text.lower()


def test_comment_that_would_be_a_value_is_refused() -> None:
    with pytest.raises(FileError):
        yaml_editing.replace_comments(b"a: 1\n# b\n", lambda _: "b: 2", "x.yaml")


@pytest.mark.parametrize(
    "text", ["says:\n\n- id: a\n  b: c\n", "says:\n# one\n- id: a\n", "says: [{id: a}]\n", "x: 1\nsays:\n  - a\n"]
)
def test_last_item_leaves_an_empty_list(text: str) -> None:
    data = yaml_editing.read(text.encode(), "x.yaml") | {"says": []}

    changed = yaml_editing.update(text.encode(), data, "x.yaml")

    assert yaml_editing.read(changed, "x.yaml")["says"] == []
    assert ("# one" in text) == (b"# one" in changed)


def test_damaged_file_is_not_read() -> None:
    with pytest.raises(InvalidProject):
        yaml_editing.read(b"a: [", "a.yaml")


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_same_data_are_the_same_bytes(path: Path) -> None:
    content = path.read_bytes()

    assert yaml_editing.update(content, yaml_editing.read(content, path.name), path.name) == content


# A data file holds no control characters, and none that change the direction of text.
CHARACTERS = st.characters(
    exclude_categories=["Cc", "Cs", "Cn"], exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
TEXTS = st.text(CHARACTERS, min_size=1, max_size=12) | st.sampled_from(
    ["- a", "a: b", "a #b", "5", "true", "~", "ü, [x]", "=1", "'", '"']
)
SMALL = [path for path in FILES if path.stat().st_size < 9_000]


@pytest.mark.slow
@given(data=st.data())
def test_any_change_is_made_exactly(data: st.DataObject) -> None:
    """The file says the new data; lines of entries that did not change, and comments outside of them, are as before."""
    path = data.draw(st.sampled_from(SMALL))
    content = path.read_bytes()
    says = yaml_editing.read(content, path.name)
    wanted = copy.deepcopy(says)
    entry = data.draw(st.sampled_from(wanted["says"]))
    action = data.draw(st.sampled_from(["change", "add", "remove", "relate", "drop", "new"]))
    key = data.draw(st.sampled_from([key for key in entry if key != "id"]))
    text = data.draw(TEXTS)
    if action == "change":
        entry[key] = text
    elif action == "add":
        entry["altLabel"] = [text, "x"]
    elif action == "remove":
        del entry[key]
    elif action == "relate":
        entry["mentions"] = {"a/b": {"quote": text}} | {"a/c": {"quote": [text, "x"], "line": "4"}}
    elif action == "drop" and len(wanted["says"]) > 1:
        wanted["says"].remove(entry)
    else:
        wanted["says"].append({"id": "a/new", "name": text, "quote": text})

    changed = yaml_editing.update(content, wanted, path.name)

    assert yaml_editing.read(changed, path.name) == wanted
    lines = changed.decode().splitlines()
    assert [line for line in content.decode().splitlines() if line.startswith("#") and line not in lines] == []
    gone = sum(line not in lines for line in content.decode().splitlines() if line.strip())
    assert gone <= len(str(entry)) // 10 + 10
