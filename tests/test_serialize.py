"""Exported Turtle and N-Triples: other readers read the same, and the same data gives the same bytes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from itasgraph import graph as graphs
from itasgraph import serialize
from itasgraph.errors import AskedWrongly
from itasgraph.graph import Graph
from itasgraph.project import Project
from tests.conftest import ROOT, Run

FORMATS = {"turtle": ("ttl", ox.RdfFormat.TURTLE), "ntriples": ("nt", ox.RdfFormat.N_TRIPLES)}
AWKWARD = r"""
<http://example.org/a> <http://example.org/p> "" .
<http://example.org/a> <http://example.org/p> "a \"b\" 'c'" .
<http://example.org/a> <http://example.org/p> "\"\"\"" .
<http://example.org/a> <http://example.org/p> "ends with \"" .
<http://example.org/a> <http://example.org/p> "back\\slash\\" .
<http://example.org/a> <http://example.org/p> "\\n is no line break" .
<http://example.org/a> <http://example.org/p> "line\nbreak\r\n\ttab" .
<http://example.org/a> <http://example.org/p> "@prefix x: <y> . # no comment" .
<http://example.org/a> <http://example.org/p> "Straße 東京 \U0001F697 e\u0301" .
<http://example.org/a> <http://example.org/p> "no\u00A0break" .
<http://example.org/a> <http://example.org/p> "control \u0001\u007F" .
<http://example.org/a> <http://example.org/p> "colour"@en-GB .
<http://example.org/a> <http://example.org/p> "Jänner"@de-AT .
<http://example.org/a> <http://example.org/p> "2024-06-06"^^<http://www.w3.org/2001/XMLSchema#date> .
<http://example.org/a> <http://example.org/p> "no date"^^<http://www.w3.org/2001/XMLSchema#date> .
<http://example.org/a> <http://example.org/p> "7"^^<http://www.w3.org/2001/XMLSchema#integer> .
<http://example.org/a> <http://example.org/p> "true"^^<http://www.w3.org/2001/XMLSchema#boolean> .
<http://example.org/a> <http://example.org/p> "x"^^<http://example.org/own-type> .
<http://example.org/a> <http://example.org/p> <http://example.org/a(b)c,d;e'f*g> .
<http://example.org/a> <http://example.org/p> <https://schema.org/> .
<http://example.org/a> <http://example.org/p> <https://schema.org/a/b#c> .
<http://example.org/a> <http://example.org/p> <https://schema.org/.dot> .
<http://example.org/a> <http://example.org/p> <http://example.org/%C3%A4/ä> .
<http://example.org/%20> <https://schema.org/-x> <https://schema.org/1> .
"""

BLANK = """
_:a <http://example.org/p> _:b .
_:b <http://example.org/p> "end" .
<http://example.org/x> <http://example.org/p> _:a .
"""
FULL_STOP = "<http://example.org/a> <http://example.org/p> <https://schema.org/.dot.> .\n"


def distinct(text: bytes, form: ox.RdfFormat) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(text, form)}


def small(graph: Graph, ntriples: str) -> Graph:
    """A graph of a few triples, with the prefixes of the real one."""
    store = ox.Store()
    store.extend(ox.parse(ntriples, ox.RdfFormat.N_TRIPLES))
    return Graph(store, graph.prefixes, graph.base)


def run_tool(*command: str | Path) -> bytes:
    """What a reader outside Python makes of a file, as N-Triples; the test is skipped where it is not installed."""
    if shutil.which(str(command[0])) is None:
        package = {"rapper": "raptor2-utils", "serdi": "serdi"}[str(command[0])]
        pytest.skip(f"{command[0]} is not installed (Debian package {package})")
    done = subprocess.run([str(part) for part in command], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout


@pytest.fixture(scope="module", params=FORMATS)
def exported(request: pytest.FixtureRequest, graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped graph as a file, in each format."""
    ending, _ = FORMATS[request.param]
    path = tmp_path_factory.mktemp("exported") / f"itas.{ending}"
    path.write_bytes(serialize.serialize(graph, request.param))
    return path


# --- other readers ----------------------------------------------------------------------------------------------


def test_pyoxigraph_reads_the_triples_that_were_exported(graph: Graph, exported: Path) -> None:
    found = [quad.triple for quad in ox.parse(path=exported)]

    assert len(found) == len(set(found)) > 4000
    assert set(found) == set(graph.triples())


def test_rdflib_reads_the_triples_that_were_exported(graph: Graph, exported: Path) -> None:
    found = rdflib.Graph().parse(exported)

    assert len(found) == len(set(graph.triples()))
    assert set(found) == set(rdflib.Graph().parse(data=serialize.ntriples(graph.triples()), format="nt"))


@pytest.mark.parametrize(
    ("tool", "options"),
    [
        ("rapper", {".ttl": ["-q", "-i", "turtle"], ".nt": ["-q", "-i", "ntriples"]}),
        ("serdi", {".ttl": ["-i", "turtle"], ".nt": ["-i", "ntriples"]}),
    ],
    ids=["rapper", "serdi"],
)
def test_readers_outside_python_read_the_triples_that_were_exported(
    graph: Graph, exported: Path, tool: str, options: dict[str, list[str]]
) -> None:
    lines = run_tool(tool, *options[exported.suffix], "-o", "ntriples", exported)
    found = [quad.triple for quad in ox.parse(lines, ox.RdfFormat.N_TRIPLES)]

    assert len(found) == len(set(found))
    assert set(found) == set(graph.triples())


# --- stable -----------------------------------------------------------------------------------------------------


def test_ten_runs_with_other_hash_seeds_give_the_same_bytes(tmp_path: Path) -> None:
    export = f"main(['export', '-f', form, '--project', {str(ROOT)!r}], standalone_mode=False)"
    both = f"from itasgraph.cli import main\nfor form in ('turtle', 'nt'): {export}"
    exports = set()
    for seed in range(10):
        cache = str(tmp_path / ("kept" if seed % 5 else f"fresh-{seed}"))
        environment = {**os.environ, "PYTHONHASHSEED": str(seed), "XDG_CACHE_HOME": cache}
        done = subprocess.run([sys.executable, "-c", both], capture_output=True, check=True, cwd=ROOT, env=environment)
        exports.add(done.stdout)

    assert len(exports) == 1
    assert len(exports.pop()) > 500_000


@pytest.mark.parametrize("form", FORMATS)
def test_the_order_in_which_data_came_in_does_not_matter(graph: Graph, form: str) -> None:
    quads = sorted(graph.store.quads_for_pattern(None, None, None, ox.DefaultGraph()), key=str)
    stores = [ox.Store(), ox.Store()]
    stores[0].extend(quads)
    stores[1].extend(reversed(quads))
    exports = [serialize.serialize(Graph(store, graph.prefixes, graph.base), form) for store in stores]

    assert exports[0] == exports[1] == serialize.serialize(graph, form)


def test_ntriples_are_sorted_lines_each_there_once(graph: Graph) -> None:
    lines = serialize.ntriples([*graph.triples(), *graph.triples()]).splitlines()

    assert lines == sorted(set(lines))


def test_one_more_triple_changes_only_its_own_lines(graph: Graph) -> None:
    before = serialize.turtle(graph, graph.triples()).splitlines()
    label = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#comment")
    added = ox.Triple(ox.NamedNode("https://w3id.org/itas/person/boris-kaiser"), label, ox.Literal("new"))
    after = serialize.turtle(graph, [*graph.triples(), added]).splitlines()

    assert len(set(after) - set(before)) <= 2
    assert len(after) - len(before) <= 1


# --- how Turtle reads -------------------------------------------------------------------------------------------


def prefixes(turtle: str) -> tuple[set[str], str]:
    """The prefixes declared, and the text below the declarations without comments, strings and full IRIs."""
    declared = set(re.findall(r"^@prefix (\w*): <", turtle, re.MULTILINE))
    body = re.sub(r'^@prefix .*$|^#.*$|"(?:[^"\\]|\\.)*"|<[^>]*>', "", turtle, flags=re.MULTILINE)
    return declared, body


@pytest.mark.parametrize(
    "ntriples",
    [
        '<http://example.org/a> <http://www.w3.org/2000/01/rdf-schema#label> "Anna"@de .',
        '<http://example.org/a> <http://www.w3.org/2000/01/rdf-schema#label> "Anna" .',
        "<http://example.org/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://schema.org/Person> .",
        '<http://example.org/a> <https://schema.org/position> "7"^^<http://www.w3.org/2001/XMLSchema#integer> .',
        '<http://example.org/a> <https://schema.org/date> "2024"^^<http://www.w3.org/2001/XMLSchema#gYear> .',
        "<http://example.org/a> <http://example.org/p> <https://schema.org/a/b> .",
        AWKWARD,
    ],
    ids=["text with a language", "text", "a type", "a number", "a year", "an IRI a prefix cannot shorten", "awkward"],
)
def test_turtle_declares_the_prefixes_it_uses_and_no_others(graph: Graph, ntriples: str) -> None:
    few = small(graph, ntriples)
    declared, body = prefixes(serialize.turtle(few, few.triples()).decode())

    assert declared == set(re.findall(r"(?<![\w:])(\w+):", body))


def test_the_shipped_turtle_declares_the_prefixes_it_uses_and_no_others(graph: Graph) -> None:
    declared, body = prefixes(serialize.turtle(graph, graph.triples()).decode())

    assert declared == set(re.findall(r"(?<![\w:])(\w+):", body))


def test_german_stands_before_english(graph: Graph) -> None:
    lines = serialize.turtle(graph, graph.triples()).decode()
    languages = [
        re.findall(r'"@(de|en)\b', run) for run in re.findall(r'(?:"(?:[^"\\]|\\.)*"(?:@[\w-]+)?\s*,?\s*)+', lines)
    ]
    both = [run for run in languages if len(set(run)) == 2]

    assert all(run == sorted(run) for run in both)
    assert len(both) > 200


def test_each_kind_of_thing_has_a_heading_in_the_order_of_the_legend(graph: Graph) -> None:
    headings = re.findall(r"^# --- (.*) ---$", serialize.turtle(graph, graph.triples()).decode(), re.MULTILINE)

    assert headings[:3] == ["People", "Organisations", "Unnamed groups"]
    assert headings[-2:] == ["Places", "Concepts, graphs and terms"]
    assert len(headings) == 18


def test_the_evidence_of_a_thing_stands_below_it_under_the_same_heading(graph: Graph) -> None:
    turtle = serialize.turtle(graph, graph.triples()).decode()
    organisations = turtle.split("# --- Organisations ---")[1].split("# ---")[0]
    subjects = re.findall(r"^<https://w3id.org/itas/([^>]*)>", organisations, re.MULTILINE)

    assert "organisation/ihk-chemnitz" in subjects
    assert subjects[subjects.index("organisation/ihk-chemnitz") + 1] == (
        "organisation/ihk-chemnitz/spatial/place/chemnitz#source/itas-kongress-2024-rueckblick"
    )


# --- awkward content --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMATS)
def test_awkward_values_come_back_unchanged(graph: Graph, form: str) -> None:
    awkward = AWKWARD + FULL_STOP  # a full stop at the end, which rdflib 7.6 cannot read
    found = distinct(serialize.serialize(small(graph, awkward), form), FORMATS[form][1])

    assert found == distinct(awkward.encode(), ox.RdfFormat.N_TRIPLES)
    assert len(found) == 25


@pytest.mark.parametrize("form", FORMATS)
def test_rdflib_reads_awkward_values_unchanged(graph: Graph, form: str) -> None:
    few = small(graph, AWKWARD)
    found = rdflib.Graph().parse(data=serialize.serialize(few, form), format=FORMATS[form][0])

    assert set(found) == set(rdflib.Graph().parse(data=AWKWARD, format="nt"))


@pytest.mark.parametrize("form", FORMATS)
def test_blank_nodes_of_other_data_survive(graph: Graph, form: str) -> None:
    few = small(graph, BLANK)
    found = rdflib.Graph().parse(data=serialize.serialize(few, form), format=FORMATS[form][0])

    assert found.isomorphic(rdflib.Graph().parse(data=BLANK, format="nt"))


def test_blank_nodes_of_two_files_are_not_taken_for_one(shipped: Project, tmp_path: Path) -> None:
    paths = [tmp_path / "one.nt", tmp_path / "two.nt"]
    for path in paths:
        path.write_text(f'_:x <http://example.org/p> "{path.stem}" .\n')
    loaded = graphs.load_files(paths, shipped)

    assert len({triple.subject for triple in loaded.triples()}) == 2


@pytest.mark.parametrize("form", FORMATS)
def test_a_graph_without_triples_is_an_empty_file(graph: Graph, form: str) -> None:
    assert serialize.serialize(small(graph, ""), form) == b""


def test_data_of_others_comes_back_as_it_was_written(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "theirs.nt"
    path.write_text('<urn:a> <urn:p> "007"^^<http://www.w3.org/2001/XMLSchema#int> .\n')
    done = run("export", "-f", "nt", "--data", path)

    assert done.stdout == path.read_text()


# --- which format -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "output", "chosen"),
    [
        (None, None, "turtle"),
        (None, "-", "turtle"),
        (None, "itas", "turtle"),
        (None, "itas.ttl", "turtle"),
        (None, "a.b/itas.nt", "ntriples"),
        ("nt", "itas.ttl", "ntriples"),
        ("ttl", None, "turtle"),
        ("ntriples", "itas.txt", "ntriples"),
    ],
)
def test_the_format_is_the_one_asked_for_else_that_of_the_ending(
    form: str | None, output: str | None, chosen: str
) -> None:
    assert serialize.choose(form, Path(output) if output else None) == chosen


@pytest.mark.parametrize("name", ["itas.docx", "itas.html"])
def test_an_unknown_ending_is_refused_and_the_known_ones_are_named(name: str) -> None:
    with pytest.raises(AskedWrongly) as caught:
        serialize.choose(None, Path(name))

    assert (caught.value.code, caught.value.exit_code) == ("unknown-ending", 2)
    assert ".ttl" in str(caught.value)


def test_nquads_hold_every_named_graph_and_nothing_else(graph: Graph) -> None:
    named = {quad for quad in graph.store if not isinstance(quad.graph_name, ox.DefaultGraph)}

    assert set(ox.parse(serialize.serialize(graph, "nquads"), ox.RdfFormat.N_QUADS)) == named


def test_nquads_of_others_keep_what_stands_in_no_named_graph(shipped: Project, tmp_path: Path) -> None:
    path = tmp_path / "mixed.nq"
    path.write_text(
        '<http://e.org/a> <http://e.org/b> "007" <http://e.org/g> .\n<http://e.org/a> <http://e.org/b> "c" .\n'
    )

    assert serialize.serialize(graphs.load_files([path], shipped), "nquads").splitlines() == sorted(
        path.read_bytes().splitlines()
    )
