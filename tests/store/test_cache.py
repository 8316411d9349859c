"""A compiled graph is cached until something changes; what cannot be trusted, read or written only costs time."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from itasgraph.errors import UsageError
from itasgraph.parsing import jsonld_context
from itasgraph.project import Project
from itasgraph.store import access, cache, cache_folder, memory
from itasgraph.store.inputs import Inputs
from itasgraph.store.memory import Graph
from itasgraph.util import files
from tests.helpers.namespaces import BASE
from tests.helpers.projects import NAMES, ONE, ROOT, TWO, make, values
from tests.helpers.properties import count_inputs

pytestmark = pytest.mark.usefixtures("empty_cache")


@pytest.fixture(params=["in memory", "on disk"])
def kind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return each kind of entries in turn, whatever the size of the graph."""
    if request.param == "on disk":
        monkeypatch.setattr(cache, "MAX_IN_MEMORY", 0)
    return str(request.param)


AS_USER = pytest.mark.skipif(os.name != "posix", reason="owners and rights of POSIX")


def entries() -> list[Path]:
    """Return the graphs that the cache folder holds, temporary things too."""
    folder = cache_folder.folder()
    return sorted(path for path in folder.iterdir() if path.name not in cache_folder.PARTS) if folder.exists() else []


def poison(project: Project) -> Path:
    """Put an entry into the cache, whole and sound, that says something else than the project."""
    key = Inputs.of(project).key()
    cache.write(key, united(f'<{BASE}x> <https://schema.org/name> "poison" <{BASE}g> .'))
    return cache_folder.folder() / key


def united(quads: str) -> ox.Store:
    """Return a store of N-Quads whose default graph holds their triples."""
    store = ox.Store()
    memory.add(store, ox.parse(quads, ox.RdfFormat.N_QUADS))
    return store


def names(project: Project) -> list[str]:
    return values(access.load(project), NAMES)


@dataclass(frozen=True)
class End:
    """What a process wrote."""

    output: str
    errors: str


def start(*args: str | Path) -> subprocess.Popen[str]:
    """Start Python in a process of its own."""
    return subprocess.Popen(
        [sys.executable, *args],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process: subprocess.Popen[str]) -> End:
    return End(*process.communicate(timeout=60))


# --- hit or miss ------------------------------------------------------------------------------------------------------


def test_second_load_reads_the_entry(tmp_path: Path, kind: str) -> None:
    project = make(tmp_path, data__one=ONE)
    access.load(project)
    (first,) = entries()
    made = first.stat().st_ino
    again = access.load(Project(tmp_path))

    assert [path.stat().st_ino for path in entries()] == [made]
    assert values(again, NAMES) == ["A"]
    assert (again.entry is not None and again.entry.lock is not None) == (kind == "on disk")


@pytest.mark.quick(1)
def test_cached_graph_is_the_compiled_one(kind: str, shipped: Project, graph: Graph) -> None:
    first = access.load(shipped)
    second = access.load(shipped)

    assert set(first.store) == set(second.store) == set(graph.store)


def test_cache_keeps_the_row_order(tmp_path: Path, kind: str) -> None:
    text = ONE + "".join(f"- id: topic/{number}\n  type: Topic\n  name: N{number}\n" for number in range(50))
    project = make(tmp_path, data__one=text)
    first, second = (access.load(project) for _ in range(2))

    for query in ("SELECT ?s { ?s ?p ?o }", "SELECT ?s { GRAPH ?g { ?s ?p ?o } }"):
        assert values(first, query) == values(second, query)


LITERALS = st.one_of(
    st.tuples(st.from_regex(r"[+-]?0{0,3}[0-9]{1,20}", fullmatch=True), st.sampled_from(["int", "integer", "byte"])),
    st.tuples(st.from_regex(r"[+-]?[0-9]{0,9}\.[0-9]{1,20}0{0,2}", fullmatch=True), st.just("decimal")),
    st.tuples(st.floats().map(str), st.sampled_from(["double", "float"])),
    st.tuples(st.sampled_from(["1", "0", "true", "TRUE"]), st.just("boolean")),
    st.tuples(st.datetimes().map(lambda when: when.isoformat() + "+00:00"), st.just("dateTime")),
    st.tuples(st.sampled_from(["2024-02-30", "24:00:00", "-0001", "P1Y0M", "PT60S"]), st.sampled_from(["date", "time", "gYear", "duration"])),
)  # fmt: skip


@pytest.mark.slow
@settings(
    derandomize=True,
    max_examples=8,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(LITERALS, min_size=60, max_size=99))
@count_inputs
def test_cache_keeps_literals(kind: str, written: list[tuple[str, str]]) -> None:
    compiled = united(
        "\n".join(
            f'<{BASE}x> <{BASE}p> "{text}"^^<http://www.w3.org/2001/XMLSchema#{type_}> <{BASE}g> .'
            for text, type_ in written
        )
    )
    key = cache.key({"all": repr(written).encode()})
    first, second = cache.write(key, compiled), cache.read(key)

    assert second is not None
    assert named(first.store) == named(second.store) == named(compiled)


def named(store: ox.Store) -> list[str]:
    return sorted(str(quad) for quad in store if not isinstance(quad.graph_name, ox.DefaultGraph))


@pytest.mark.parametrize(
    ("name", "text", "query", "answer"),
    [
        pytest.param("data__one", ONE.replace("name: A", "name: B"), NAMES, ["B"], id="changed data"),
        pytest.param("data__two", TWO + "  name: B\n", NAMES, ["A", "B"], id="new data file"),
        pytest.param("ontology__t", "<x> schema:name 'X' .", NAMES, ["A", "X"], id="new vocabulary"),
        pytest.param("rules__r", "CONSTRUCT { ?s schema:name 'R' } { ?s a itas:Topic }", NAMES, ["A", "R"], id="rule"),
    ],
)
def test_changed_project_is_recompiled(tmp_path: Path, name: str, text: str, query: str, answer: list[str]) -> None:
    before = values(access.load(make(tmp_path, data__one=ONE)), query)
    prefix = "@prefix schema: <https://schema.org/> .\n" if name.startswith("ontology") else ""
    after = values(access.load(make(tmp_path, **{"data__one": ONE, name: prefix + text})), query)

    assert (before, after) == (["A"], answer)
    assert len(entries()) == 2


def test_changed_context_is_recompiled(tmp_path: Path) -> None:
    project = make(tmp_path, data__one=ONE)
    access.load(project)
    text = project.context.read_text(encoding="utf-8").replace(BASE, "https://example.org/", 1)
    project.context.write_text(text, encoding="utf-8")

    assert values(access.load(project), "SELECT ?s { ?s schema:name ?name }") == ["https://example.org/topic/a"]


def test_removed_file_is_forgotten(tmp_path: Path) -> None:
    access.load(make(tmp_path, data__one=ONE, data__two=TWO + "  name: B\n"))
    (tmp_path / "data" / "two.yaml").unlink()

    assert names(Project(tmp_path)) == ["A"]


# Queries for named graphs, some written as only Oxigraph reads them, and some that name none but look alike.
NAMING = [
    "SELECT * { GRAPH ?g { ?s ?p ?o } }",
    "SELECT * {{}graph?g{?s ?p ?o}}",
    "SELECT * { ?s ?p ?o FILTER(?s<?p)GRAPH<{g}>{?s ?p ?o} FILTER(?s>?p) }",
    "SELECT * { # GRAPH\n GRAPH # <\n ?g { ?s ?p ?o } } # >",
    "SELECT * { # a\rGRAPH ?g { ?s ?p ?o } }",
    'SELECT * { BIND("""\n# """ AS ?x) GRAPH ?g { ?s ?p ?o } }',
    "SELECT * { BIND('\u2028# ' AS ?x) GRAPH ?g { ?s ?p ?o } }",
    "SELECT(STR(?s)AS?x)FROM<{g}>{?s ?p ?o}",
    "SELECT * FROM NAMED <{g}> { GRAPH ?g { ?s ?p ?o } }",
    "ASKFROM<{g}>{?s ?p ?o}",
    "ASK { VALUES ?x { trueGRAPH<{g}>{?s ?p ?o} } }",
    "SELECT ?graph ?from { ?graph ?from <a:fromGRAPH> }",
    "SELECT * { ?s a:graph ?o }",
    "SELECT * { ?s ?p ?o }",
]


@pytest.mark.parametrize("query", NAMING)
def test_cached_graph_answers_for_named_graphs(query: str) -> None:
    """The union is read first; each query is the first one on its graph."""
    quads = f"<a:s> <a:p> <a:o> <{BASE}g> .\n<a:graph> <a:from> <a:fromGRAPH> <{BASE}h> .\n<a:s> <a:graph> <a:x> <{BASE}g> ."
    terms = jsonld_context.Context.of_prefixes({"a": "a:"}, BASE)
    cached = memory.CachedGraph(cache.write("a" * 64, united(quads)), terms)
    whole = memory.from_store(united(quads), terms)
    text = query.replace("{g}", f"{BASE}g")

    assert outcome(cached, text) == outcome(whole, text)


def outcome(graph: Graph, query: str) -> object:
    """The rows in no order, yes or no, or that the query does not parse."""
    try:
        found = graph.query(query)
    except UsageError:
        return UsageError
    return sorted(map(str, found)) if isinstance(found, ox.QuerySolutions) else bool(found)


def test_blank_nodes_are_the_same_in_union_and_named_graphs(kind: str) -> None:
    cache.write("a" * 64, united(f'_:x <a:p> "x" <{BASE}g> .\n_:y <a:p> "y" <{BASE}g> .'))
    entry = cache.read("a" * 64)
    assert entry is not None, kind
    found = memory.CachedGraph(entry, jsonld_context.Context.of_prefixes({}, BASE))

    assert values(found, "SELECT ?v { ?x ?p ?v GRAPH ?g { ?x ?p ?v } } ORDER BY ?v") == ["x", "y"]


INPUTS = st.dictionaries(st.text(st.sampled_from("a/ 1\0'\udcff")), st.binary(max_size=9), max_size=4)


@pytest.mark.slow
@settings(derandomize=True, database=None)
@given(INPUTS, INPUTS)
@count_inputs
def test_inputs_decide_the_key(one: dict[str, bytes], other: dict[str, bytes]) -> None:
    assert (cache.key(one) == cache.key(other)) == (list(one.items()) == list(other.items()))


def test_file_borders_matter() -> None:
    parts = [{"a": b"1", "b": b"2"}, {"a": b"1\0b\x002"}, {"a": b"1 'b' 1 2"}, {"a": b"", "1 'b' 1 2": b""}]

    assert len({cache.key(inputs) for inputs in parts}) == len(parts)


# Replaces the data file each time it is opened: what is read first is A, then B, then A and so on.
EDITOR = """
import itertools, os, sys
from pathlib import Path
from itasgraph.store import access
from itasgraph.project import Project

project = Path(sys.argv[1])
file = project / "data" / "one.yaml"
texts = itertools.cycle([file.read_text(), file.read_text().replace("name: A", "name: B")])

def replace(event, args):
    if event == "open" and args[0] in (file, str(file)):
        beside = project / "next"
        beside.write_text(next(texts))
        os.replace(beside, file)

sys.addaudithook(replace)
for _ in range(3):
    access.load(Project(project))
"""


@pytest.mark.slow
def test_edit_while_reading_is_not_cached(tmp_path: Path) -> None:
    make(tmp_path, data__one=ONE)
    errors = finish(start("-c", EDITOR, tmp_path)).errors
    answers = []
    for name in ("A", "B"):
        (tmp_path / "data" / "one.yaml").write_text(ONE.replace("name: A", f"name: {name}"), encoding="utf-8")
        answers.append(names(Project(tmp_path)))

    assert errors == ""
    assert answers == [["A"], ["B"]]
    assert len(entries()) == 2


# --- damage -----------------------------------------------------------------------------------------------------------


def rewrite(path: Path, change: Callable[[bytes], bytes]) -> None:
    path.write_bytes(change(path.read_bytes()))


def replace(path: Path, put: Callable[[Path], object]) -> None:
    path.rename(path.with_name("moved"))
    put(path)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "removed": Path.unlink,
    "emptied": lambda path: rewrite(path, lambda content: b""),
    "shortened": lambda path: rewrite(path, lambda content: content[:-1]),
    "longer": lambda path: rewrite(path, lambda content: content + b"\0"),
    "flipped": lambda path: rewrite(path, lambda content: content[:-3] + bytes([content[-3] ^ 4]) + content[-2:]),
    "pipe": lambda path: replace(path, os.mkfifo),
    "link": lambda path: replace(path, lambda path: path.symlink_to("moved")),
    "link to nothing": lambda path: replace(path, lambda path: path.symlink_to("nothing")),
    "folder": lambda path: replace(path, Path.mkdir),
}


PARTS = ("graph.nq", "*.sst", "CURRENT", "MANIFEST-*", "checksums")
CASES = [
    *((name, damage) for name in PARTS for damage in DAMAGES),
    *((files.LOCK, damage) for damage in DAMAGES.keys() - {"emptied", "shortened", "flipped"}),  # it is empty
]


@pytest.mark.quick(1)
@AS_USER
@pytest.mark.parametrize(("name", "damage"), sorted(CASES))
def test_damaged_entry_is_mended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, damage: str) -> None:
    if name in ("*.sst", "CURRENT", "MANIFEST-*"):
        monkeypatch.setattr(cache, "MAX_IN_MEMORY", 0)
    project = make(tmp_path, data__one=ONE)
    access.load(project)
    (entry,) = entries()
    path = max(entry.glob(name), key=lambda file: file.stat().st_size)
    DAMAGES[damage](path)
    answer = names(project)
    (entry,) = entries()
    made = entry.stat().st_ino
    again = access.load(project)

    assert answer == ["A"]
    assert {file.is_file() and not file.is_symlink() for file in entry.iterdir()} == {True}
    assert [path.stat().st_ino for path in entries()] == [made]
    assert values(again, NAMES) == ["A"]


def test_extra_file_is_noticed(tmp_path: Path, kind: str) -> None:
    project = make(tmp_path, data__one=ONE)
    access.load(project)
    (entry,) = entries()
    (entry / "000999.log").touch()
    answer = names(project)

    assert answer == ["A"]
    assert not (entry / "000999.log").exists()


@AS_USER
@pytest.mark.parametrize(
    "put",
    [
        pytest.param(lambda path: path.touch(), id="file"),
        pytest.param(os.mkfifo, id="pipe"),
        pytest.param(lambda path: path.mkdir(), id="empty folder"),
        pytest.param(lambda path: path.symlink_to("nothing"), id="link to nothing"),
        pytest.param(lambda path: path.symlink_to(path), id="link to itself"),
    ],
)
def test_odd_entry_is_replaced(tmp_path: Path, put: Callable[[Path], object]) -> None:
    project = make(tmp_path, data__one=ONE)
    cache_folder.folder().mkdir(mode=0o700, parents=True)
    put(cache_folder.folder() / Inputs.of(project).key())
    answer = names(project)

    assert answer == ["A"]
    assert cache.read(Inputs.of(project).key()) is not None
    assert len(entries()) == 1


def test_renamed_entry_is_ignored(tmp_path: Path) -> None:
    one = make(tmp_path / "one", data__one=ONE)
    other = make(tmp_path / "other", data__one=ONE.replace("name: A", "name: B"))
    access.load(other)
    (entry,) = entries()
    entry.rename(entry.with_name(Inputs.of(one).key()))

    assert names(one) == ["A"]


def test_large_entry_is_checked_by_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = make(tmp_path, data__one=ONE)
    monkeypatch.setattr(cache, "_MAX_VERIFIED", 100)
    access.load(project)
    (entry,) = entries()
    quads = entry / "graph.nq"
    quads.write_bytes(quads.read_bytes().replace(b'"A"', b'"Z"'))
    unnoticed = names(project)
    quads.write_bytes(quads.read_bytes() + b"\n")
    noticed = names(project)

    assert (unnoticed, noticed) == (["Z"], ["A"])


# --- trust ------------------------------------------------------------------------------------------------------------


def test_private_entry_is_trusted(tmp_path: Path, kind: str) -> None:
    project = make(tmp_path, data__one=ONE)
    poison(project)

    assert names(project) == ["poison"]


def _link(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")


@AS_USER
@pytest.mark.parametrize("which", ["cache folder", "entry"])
@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda path: path.chmod(0o770), id="group may write"),
        pytest.param(lambda path: path.chmod(0o707), id="all may write"),
        pytest.param(lambda path: path.chmod(0o1777), id="all may write, sticky"),
        pytest.param(_link, id="link"),
        pytest.param(
            lambda path: os.chown(path, 1, -1),
            id="owner",
            marks=pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="root gives files away"),
        ),
    ],
)
def test_writable_entry_is_ignored(tmp_path: Path, which: str, change: Callable[[Path], None]) -> None:
    project = make(tmp_path, data__one=ONE)
    entry = poison(project)
    change(entry if which == "entry" else cache_folder.folder())

    assert names(project) == ["A"]
    assert names(project) == ["A"]


def test_project_brings_no_cache(tmp_path: Path) -> None:
    project = make(tmp_path, data__one=ONE)
    entry = poison(project)
    for name in ("kept", "cache", ".cache", "itasgraph"):
        shutil.copytree(cache_folder.folder(), tmp_path / name, dirs_exist_ok=True)
    shutil.rmtree(entry)

    assert names(project) == ["A"]


@AS_USER
def test_cache_is_private(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        access.load(make(tmp_path, data__one=ONE))
    finally:
        os.umask(before)

    assert {path.stat().st_mode & 0o777 for path in (cache_folder.folder(), *entries())} == {0o700}


# --- a folder that cannot be used -------------------------------------------------------------------------------------


def test_readonly_folder_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))

    assert names(make(tmp_path / "project", data__one=ONE)) == ["A"]


@pytest.mark.skipif(sys.platform != "linux", reason="names that are not UTF-8")
def test_non_utf8_folder_is_no_fault(tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", f"{tmp_path}/\udcff")

    assert names(make(tmp_path / "project", data__one=ONE)) == ["A"]


@pytest.mark.parametrize("given", ["", "cache"], ids=["empty", "relative"])
def test_relative_folder_is_ignored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CACHE_HOME", given)
    access.load(make(tmp_path / "project", data__one=ONE))

    assert cache_folder.folder().is_absolute()
    assert not list((tmp_path / "here").iterdir())


LIMITED = """
import resource, sys
from pathlib import Path
from itasgraph.store import cache, access
from itasgraph.project import Project

cache.MAX_IN_MEMORY = int(sys.argv[4])
resource.setrlimit(getattr(resource, sys.argv[2]), (int(sys.argv[3]),) * 2)
loaded = access.load(Project(Path(sys.argv[1])))
print(loaded.entry.lock, *(row["n"].value for row in loaded.select("SELECT ?n { ?s schema:name ?n }")))
"""


@pytest.mark.quick(1)
@AS_USER
@pytest.mark.parametrize(
    ("most", "limit", "value"),
    [("0", "RLIMIT_FSIZE", "100"), ("0", "RLIMIT_NOFILE", "30"), ("30000", "RLIMIT_FSIZE", "100")],
)
def test_full_disk_is_no_fault(tmp_path: Path, most: str, limit: str, value: str) -> None:
    make(tmp_path, data__one=ONE)
    end = finish(start("-c", LIMITED, tmp_path, limit, value, most))

    assert end == End("None A\n", "")
    assert entries() == []


def test_files_are_not_cached(tmp_path: Path, shipped: Project) -> None:
    (tmp_path / "a.yaml").write_text("id: source/s\nsays:\n- id: a\n  name: A\n", encoding="utf-8")
    access.load_files([tmp_path / "a.yaml"], shipped)

    assert entries() == []


# --- what is removed --------------------------------------------------------------------------------------------------


def an_entry(number: int) -> Path:
    """Make an entry whose name tells which it is."""
    key = f"{number:064}"
    cache.write(key, united(f'<{BASE}{number:02}> <{BASE}p> "" <{BASE}g> .'))
    return cache_folder.folder() / key


def test_newest_entries_stay(tmp_path: Path) -> None:
    made = [an_entry(number) for number in range(24)]

    assert entries() == made[4:]


def test_old_versions_are_removed(tmp_path: Path) -> None:
    cache_folder.folder().mkdir(mode=0o700, parents=True)
    for number in range(30):
        (cache_folder.folder() / f"{number}.nq").touch()
        os.utime(cache_folder.folder() / f"{number}.nq", (number, number))
    access.load(make(tmp_path, data__one=ONE))

    assert len(entries()) == 20
    assert {cache_folder.folder() / f"{number}.nq" for number in range(11, 30)} < set(entries())


def test_total_size_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    one = an_entry(0)
    size = sum(path.stat().st_size for path in one.iterdir())
    monkeypatch.setattr(cache, "MAX_BYTES", 3 * size + size // 2)
    made = [one, *(an_entry(number) for number in range(1, 6))]

    assert entries() == made[3:]


def test_oversized_entry_is_not_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = an_entry(0)
    size = sum(path.stat().st_size for path in one.iterdir())
    monkeypatch.setattr(cache, "MAX_BYTES", size + 100)
    text = ONE + "".join(f"- id: topic/{number}\n  type: Topic\n  name: N{number}\n" for number in range(200))
    answer = names(make(tmp_path, data__one=text))

    assert len(answer) == 201
    assert entries() == [one]


def test_clock_changes_no_age() -> None:
    ahead = time.time() + 1e8
    old = [an_entry(number) for number in range(20)]
    for number, path in enumerate(old):
        os.utime(path, (ahead + number, ahead + number))
    new = [an_entry(number) for number in range(20, 30)]

    assert entries() == [*old[10:], *new]


PUSH_OUT = """
import pyoxigraph as ox
from itasgraph.store import cache
for number in range(1, 25):
    cache.write(f"{number:064}", ox.Store())
"""


def test_used_entry_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    quads = united("\n".join(f'<{BASE}{n}> <{BASE}p> "value {n}" <{BASE}g> .' for n in range(99)))
    key = f"{0:064}"
    monkeypatch.setattr(cache, "MAX_IN_MEMORY", 0)
    used = cache.write(key, quads)
    errors = finish(start("-c", PUSH_OUT)).errors
    while_used = set(used.store)
    del used
    finish(start("-c", PUSH_OUT.replace("1, 25", "25, 26")))

    assert errors == ""
    assert while_used == set(quads)
    assert entries() == [cache_folder.folder() / f"{number:064}" for number in range(6, 26)]


# --- several at once, and killed ones ---------------------------------------------------------------------------------

LOADER = """
import sys
from pathlib import Path
from itasgraph.store import access
from itasgraph.project import Project

sys.stdin.readline()
loaded = access.load(Project(Path(sys.argv[1])))
print(*(row["n"].value for row in loaded.select("SELECT ?n { ?s schema:name ?n }")))
"""


@pytest.mark.slow
def test_processes_share_an_entry(tmp_path: Path) -> None:
    make(tmp_path, data__one=ONE)
    loaders = [start("-c", LOADER, tmp_path) for _ in range(4)]
    for loader in loaders:
        assert loader.stdin
        loader.stdin.write("\n")
        loader.stdin.flush()
    ends = [finish(loader) for loader in loaders]

    assert set(ends) == {End("A\n", "")}
    assert len(entries()) == 1


# Is killed by the n-th event of those that Python tells audit hooks of while an entry is made.
KILLED = """
import os, signal, sys
import pyoxigraph as ox
from itasgraph.store import cache

cache.MAX_IN_MEMORY = int(sys.argv[2])
count = 0

def notice(event, _):
    global count
    if event in ("open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.utime"):
        count += 1
        if count == int(sys.argv[1]):
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(notice)
store = ox.Store()
store.add(ox.Quad(ox.NamedNode("a:a"), ox.NamedNode("a:a"), ox.NamedNode("a:a")))
cache.write(f"{0:064}", store)
print("written")
"""


@AS_USER
@pytest.mark.slow
@pytest.mark.parametrize("most", ["0", "30000"], ids=["on disk", "in memory"])
def test_leftovers_are_removed(tmp_path: Path, most: str) -> None:
    cache_folder.folder().mkdir(mode=0o700, parents=True)
    left = []
    for number in range(1, 99):
        end = finish(start("-c", KILLED, str(number), most))
        left.append(len(entries()))
        sound = cache.read(f"{0:064}")
        hidden = [path for path in entries() if path.name.startswith(".")]

        assert (hidden, end.errors) == ([], "")
        assert (sound is not None) == bool(entries())
        if end.output:
            break
        shutil.rmtree(cache_folder.folder() / f"{0:064}", ignore_errors=True)

    assert end.output == "written\n"
    assert 1 in left


@AS_USER
def test_foreign_work_is_left_alone() -> None:
    cache_folder.folder().mkdir(mode=0o700, parents=True)
    with files.temporary_folder(cache_folder.folder()) as made:
        finish(start("-c", PUSH_OUT.replace("1, 25", "1, 2")))
        while_made = made.exists()

    assert while_made
    assert entries() == [cache_folder.folder() / f"{1:064}"]
