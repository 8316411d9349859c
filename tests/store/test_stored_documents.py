"""After an edit only the files that changed are read, and the graph is the one of a compilation without the cache."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itasgraph.errors import InvalidProject
from itasgraph.parsing import yaml_ld
from itasgraph.project import Project
from itasgraph.store import access, cache_folder
from itasgraph.store.memory import Graph
from tests.helpers.projects import NAMES, ONE, TWO, make, values
from tests.helpers.properties import count_inputs, examples

pytestmark = pytest.mark.usefixtures("empty_cache")
TERM = "<https://example.org/term> a <http://www.w3.org/2002/07/owl#DatatypeProperty> ."


def stored() -> list[Path]:
    """Return the entries of data files in the cache."""
    return sorted((cache_folder.folder() / ".documents").iterdir())


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the data files that are read, as they are read."""
    names: list[str] = []
    read = yaml_ld.read

    def noted(content: bytes, filename: str, context: object) -> object:
        names.append(Path(filename).name)
        return read(content, filename, context)  # type: ignore[arg-type]  # it is passed on

    monkeypatch.setattr(yaml_ld, "read", noted)
    return names


def test_only_the_edited_file_is_read(tmp_path: Path, reads: list[str]) -> None:
    project = make(tmp_path, data__one=ONE, data__two=TWO)
    access.load(project)
    (tmp_path / "data" / "two.yaml").write_text(TWO + "  name: B\n", encoding="utf-8")
    names = values(access.load(project), NAMES)

    assert names == ["A", "B"]
    assert reads == ["one.yaml", "two.yaml", "two.yaml"]


def test_renamed_file_is_not_read(tmp_path: Path, reads: list[str]) -> None:
    access.load(make(tmp_path, data__one=ONE))
    (tmp_path / "data" / "one.yaml").rename(tmp_path / "data" / "other.yaml")
    access.load(Project(tmp_path))

    assert reads == ["one.yaml"]


def test_other_context_makes_all_files_be_read(tmp_path: Path, reads: list[str]) -> None:
    project = make(tmp_path, data__one=ONE)
    access.load(project)
    context = tmp_path / "ontology" / "context.jsonld"
    context.write_text(context.read_text("utf-8").replace("https://schema.org/", "https://example.org/"), "utf-8")
    graph = access.load(project)

    assert reads == ["one.yaml", "one.yaml"]
    assert values(graph, 'SELECT ?p { ?s ?p "A" }') == ["https://example.org/name"]


def test_faults_name_their_places_although_the_file_is_in_the_cache(tmp_path: Path) -> None:
    access.load(make(tmp_path, data__one=ONE.replace("topic/a", "https://example.org/term")))
    project = make(tmp_path, ontology__terms=TERM)
    with pytest.raises(InvalidProject) as caught:
        access.load(project)
    (fault,) = caught.value.findings

    assert (fault.code, fault.location.line, fault.location.column) == ("term-as-id", 4, 3)


def test_faulty_file_is_reported_each_time_and_not_stored(tmp_path: Path) -> None:
    project = make(tmp_path, data__one=ONE + "  nme: B\n")
    lines = []
    for _ in range(2):
        with pytest.raises(InvalidProject) as caught:
            access.load(project)
        lines += [finding.location.line for finding in caught.value.findings]

    assert lines == [7, 7]
    assert stored() == []


def replace(path: Path, put: Callable[[Path], object]) -> None:
    path.unlink()
    put(path)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "cut": lambda path: path.write_bytes(path.read_bytes()[:-20]),
    "another name": lambda path: path.write_bytes(path.read_bytes().replace(b'"A"', b'"B"')),
    "empty": lambda path: path.write_bytes(b""),
    "link": lambda path: path.symlink_to(path.rename(path.parents[2] / "elsewhere")),
    "folder": lambda path: replace(path, Path.mkdir),
    "pipe": lambda path: replace(path, os.mkfifo),
    "others can write": lambda path: path.chmod(0o622),
    "of another file": lambda path: shutil.copy(max(stored(), key=lambda one: one != path), path),
}


@pytest.mark.quick(3)
@pytest.mark.skipif(os.name != "posix", reason="owners, rights and pipes of POSIX")
@pytest.mark.parametrize("name", sorted(DAMAGES))
def test_damaged_entry_is_not_used(tmp_path: Path, reads: list[str], name: str) -> None:
    access.load(make(tmp_path / "other", data__one=TWO))
    (other,) = stored()
    project = make(tmp_path / "project", data__one=ONE)
    access.load(project)
    (entry,) = set(stored()) - {other}
    DAMAGES[name](entry)
    forget_graphs()

    answers = values(access.load(project), NAMES)
    forget_graphs()
    answers += values(access.load(project), NAMES)

    assert answers == ["A", "A"]
    assert reads == ["one.yaml"] * 3


def test_entries_are_for_the_user_alone(tmp_path: Path) -> None:
    access.load(make(tmp_path, data__one=ONE))
    (entry,) = stored()

    assert os.name != "posix" or [path.stat().st_mode & 0o077 for path in (entry, entry.parent)] == [0, 0]


def test_emptying_the_cache_forgets_files(tmp_path: Path) -> None:
    access.load(make(tmp_path, data__one=ONE))
    cache_folder.clear()

    assert list(cache_folder.folder().iterdir()) == []


def test_oldest_entries_go_beyond_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = make(tmp_path, data__one=ONE, data__two=TWO)
    access.load(project)
    first = set(stored())
    monkeypatch.setattr("itasgraph.store.stored_documents.MAX_BYTES", sum(path.stat().st_size for path in first) * 1.4)
    (tmp_path / "data" / "two.yaml").write_text(TWO + "  name: B\n", encoding="utf-8")
    access.load(project)

    assert len(first & set(stored())) == 1
    assert values(access.load(project), NAMES) == ["A", "B"]


def forget_graphs() -> None:
    for path in cache_folder.entries(cache_folder.folder()):
        shutil.rmtree(path)


# --- the same graph as without the cache ----------------------------------------------------------------------------------

LABELS = "PREFIX schema: <https://schema.org/> CONSTRUCT { ?s schema:alternateName ?n } WHERE { ?s schema:name ?n }"
FILES = st.sampled_from(["a", "b", "c", "d"])
TEXTS = st.builds(
    "id: source/{}\ntype: Source\nsays:\n- id: topic/{}\n  type: Topic\n  name: {}\n".format,
    st.sampled_from("xy"),
    st.sampled_from("tuv"),
    st.sampled_from(["A", "'Ä: ß'", '"\\u2028 \\\\ \\""', "007", "x\u0301", "'a''b'"]),
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), FILES, TEXTS),
        st.tuples(st.just("remove"), FILES, st.just("")),
        st.tuples(st.just("rename"), FILES, FILES),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=examples(100), derandomize=True, database=None, deadline=None)
@given(STEPS)
@count_inputs
def test_graph_is_the_one_of_a_cold_compilation(steps: list[tuple[str, str, str]]) -> None:
    with TemporaryDirectory() as name_of_folder:
        folder = Path(name_of_folder)
        make(folder, rules__labels=LABELS, data__z=ONE)
        for what, name, other in steps:
            path = folder / "data" / f"{name}.yaml"
            if what == "write":
                path.write_text(other, encoding="utf-8")
            elif path.exists() and what == "remove":
                path.unlink()
            elif path.exists():
                path.rename(path.with_stem(other))
            graph = access.load(Project(folder))

            assert dump(graph.store) == dump(load_without_cache(folder).store)


def load_without_cache(folder: Path) -> Graph:
    with TemporaryDirectory() as empty, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", empty)
        return access.load(Project(folder))


def dump(store: ox.Store) -> bytes:
    """Return the statements in the order in which queries find them: the union, then the named graphs."""
    named = (quad for quad in store if not isinstance(quad.graph_name, ox.DefaultGraph))
    union = store.quads_for_pattern(None, None, None, ox.DefaultGraph())
    return b"".join(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"" for quads in (union, named))
