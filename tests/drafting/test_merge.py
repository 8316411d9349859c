"""Whatever a person changes in a drafted file survives the next draft, and the same document changes nothing."""

from __future__ import annotations

import copy
import functools
import itertools
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from itasgraph.documents import html_page
from itasgraph.documents.document import Document
from itasgraph.drafting import composition, data_file, revision
from itasgraph.drafting.data_file import Header
from itasgraph.parsing import jsonld_context, yaml_editing
from itasgraph.project import Project
from itasgraph.store import access
from tests.helpers.projects import ROOT
from tests.helpers.properties import count_inputs, examples

LINES = [
    "<h1>Werkstatttag 2031</h1>",
    "<p>6. März 2031</p>",
    "<h2>Bauen</h2>",
    "<p>09:00 Uhr Einlass</p>",
    "<p>09:30 Uhr | Holz statt Stahl | Dr. Ida Kern, Holzwerk Neuheim GmbH</p>",
    "<p>10:15 Uhr | Lernen im Betrieb | Zdeněk Novák, TU Brno und Ayşe Yılmaz, IHK Neuheim</p>",
    "<h2>Teilen</h2>",
    "<p>11:00 Uhr | Werkzeug für alle | Ben Wolf, Leihladen</p>",
    "<p>11:30 Uhr | Garn | Eva Lind, Leiterin Spinnhof Neuheim e.V.</p>",
]
ANOTHER = "<p>11:45 Uhr | Reden | Jan Novák, TU Brno</p>"


class Draft(NamedTuple):
    """A document, what its data file says as plain data, and the ids that other files describe."""

    document: Document
    data: dict[str, Any]
    known: list[str]


@functools.cache
def draft(page: str) -> Draft:
    """Draft a page in a project that describes nothing."""
    project = Project(ROOT)
    document = html_page.read(page.encode(), "tag.html")
    request = composition.Request("source/tag", "de")
    graph, context = access.load_files([], project), jsonld_context.load(project)
    drafted = composition.compose(document, "tag.html", graph, context, request)
    header = Header("source/tag", document.headline, "document/tag.html", "de", document.sha256, {"de": "tag"})
    known = [entry.id for entry in drafted.entries.values() if not entry.type]
    return Draft(document, data_file.data(drafted, header), known)


@functools.cache
def first_file() -> revision.DraftedFile:
    """Return the data file of the page, as the first draft writes it."""
    one = draft("\n".join(LINES))
    says = [{"id": id_, **entry} for id_, entry in one.data["says"].items()]
    content = yaml_editing.update(b"# Ours.\nid: source/tag\nsays: []\n", {**one.data, "says": says}, "tag.yaml")
    baseline = revision.first_baseline(one.data, one.document, {}, "")
    return revision.DraftedFile(Path("tag.yaml"), content, yaml_editing.read(content, "tag.yaml"), baseline)


def revise(
    file: revision.DraftedFile, page: str, *, remove: bool = False
) -> tuple[revision.DraftedFile, revision.Revision]:
    """Draft a page into a data file; return the new file, and what changed."""
    one = draft(page)
    done = revision.revise(file, copy.deepcopy(one.data), one.known, one.document, lambda _: False, remove=remove)
    data = yaml_editing.read(done.content, "tag.yaml")
    return revision.DraftedFile(file.path, done.content, data, done.baseline), done


TEXTS = st.sampled_from(["von Hand", "Ö: 'x' #1", "5", "09:55", "true"])


class Change(NamedTuple):
    """What a person does to an entry: its number, the number of a key, what is done, and a text."""

    entry: int
    key: int
    action: str
    text: str

    def apply(self, data: dict[str, Any]) -> None:
        entry = data["says"][self.entry % len(data["says"])]
        keys = [key for key in entry if key not in ("id", "type", "partOf", "position", "speakers", "line")]
        key = keys[self.key % len(keys)] if keys else ""
        if self.action == "set" and key:
            entry[key] = self.text
        elif self.action == "remove" and key:
            del entry[key]
        elif self.action == "add":
            entry["note"] = {"de": self.text}
        elif self.action == "delete" and len(data["says"]) > 1:
            data["says"].remove(entry)
        elif self.action == "decide":
            data.pop("review", None)
        elif self.action == "write":
            ids = {one["id"] for one in data["says"]}
            free = next(id_ for number in itertools.count() if (id_ := f"goal/{number}") not in ids)
            place = 1 + self.entry % len(data["says"])
            data["says"].insert(place, {"id": free, "type": "Goal", "quote": self.text})


CHANGES = st.lists(
    st.builds(
        Change,
        st.integers(0, 40),
        st.integers(0, 9),
        st.sampled_from(["set", "remove", "add", "delete", "decide", "write"]),
        TEXTS,
    ),
    min_size=1,
    max_size=5,
)


def edited(changes: list[Change]) -> revision.DraftedFile:
    """Return the data file after changes of a person, with comments in it."""
    file = first_file()
    data = yaml_editing.read(file.content, "tag.yaml")
    for change in changes:
        change.apply(data)
    content = yaml_editing.update(file.content, data, "tag.yaml").replace(b"\n\n- id", b"\n\n# Seen.\n- id")
    return revision.DraftedFile(file.path, content, yaml_editing.read(content, "tag.yaml"), file.baseline)


@settings(max_examples=examples(100))
@given(changes=CHANGES)
@count_inputs
def test_same_document_leaves_each_byte_of_a_person(changes: list[Change]) -> None:
    file = edited(changes)

    after, done = revise(file, "\n".join(LINES))

    assert after.content == file.content
    assert done.changes == []


def _statements(value: Any, path: tuple[str, ...] = ()) -> set[tuple[str, ...]]:
    """Return each path with its text below the entries of a file, without what moves with the document."""
    if isinstance(value, dict):
        return {
            one
            for key, item in value.items()
            if key not in ("line", "position")
            for one in _statements(item, (*path, key))
        }
    if isinstance(value, list):
        return {
            one
            for item in value
            for one in _statements(item, (*path, item["id"] if isinstance(item, dict) and "id" in item else ""))
        }
    return {(*path, str(value))}


NEW_PAGES = st.sampled_from(
    [
        [*LINES[:4], ANOTHER.replace("11:45", "09:15"), *LINES[4:]],
        [*LINES, ANOTHER],
        [line.replace("11:30", "11:40").replace("Holz statt", "Holz oder") for line in LINES],
        [line.replace("6. März", "7. März") for line in LINES[:5] + LINES[6:]],
        LINES[:-1],
    ]
)


@pytest.mark.slow
@settings(max_examples=examples(100), suppress_health_check=[HealthCheck.too_slow])
@given(changes=CHANGES, page=NEW_PAGES, remove=st.booleans())
@count_inputs
def test_what_a_person_changed_survives_a_changed_document(
    changes: list[Change], page: list[str], remove: bool
) -> None:
    first, file = first_file(), edited(changes)
    by_hand = _statements(file.data["says"]) - _statements(first.data["says"])
    deleted = _statements(first.data["says"]) - _statements(file.data["says"])

    after, _ = revise(file, "\n".join(page), remove=remove)

    says = _statements(after.data["says"])
    assert by_hand - says == set()
    gone_keys = {path[:-1] for path in deleted if path[0] in {entry["id"] for entry in file.data["says"]}} - {
        path[:-1] for path in _statements(file.data["says"])
    }
    assert {path for path in deleted if path[:-1] in gone_keys and path[-2] != "quote"} & says == set()
    assert after.content.count(b"# Seen.") >= min(file.content.count(b"# Seen."), 1 if remove else 99)
    if "review" not in file.data:
        new = [item["quote"] for item in after.data.get("review", [])]
        assert [quote for quote in new if quote in str(first.data["review"])] == []
    again, done = revise(after, "\n".join(page), remove=remove)
    assert again.content == after.content
    assert [change for change in done.changes if change.kind.value in ("new", "changed")] == []


@pytest.mark.slow
@settings(max_examples=examples(100))
@given(
    lines=st.lists(st.tuples(st.integers(0, len(LINES)), st.sampled_from(["<p>Ja.</p>", "<p>Nein.</p>"])), max_size=4)
)
@count_inputs
def test_lines_between_others_change_numbers_only(lines: list[tuple[int, str]]) -> None:
    page = list(LINES)
    for at, line in lines:
        page.insert(min(at, 3), line)

    after, done = revise(first_file(), "\n".join(page))

    assert done.changes == []
    assert _statements(after.data["says"]) == _statements(first_file().data["says"])


@pytest.mark.parametrize("page", [LINES, [*LINES, ANOTHER], LINES[:-1]])
def test_removal_gives_what_a_first_draft_says(page: list[str]) -> None:
    file = first_file()

    after, _ = revise(file, "\n".join(page), remove=True)

    says = [{"id": id_, **entry} for id_, entry in draft("\n".join(page)).data["says"].items()]
    assert _statements(after.data["says"]) == _statements(says)
