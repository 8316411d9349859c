"""Exported linked data: other readers read the same in every format, and the same data gives the same bytes."""

from __future__ import annotations

import difflib
import gzip
import io
import itertools
import json
import os
import re
import subprocess
import sys
import warnings
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from itasgraph import formats
from itasgraph.errors import UsageError
from itasgraph.project import Project
from itasgraph.serializers import linked_data
from itasgraph.serializers.turtle import Headings
from itasgraph.store import access, memory
from itasgraph.store.memory import Graph
from tests.helpers.graphs import export, graph_of
from tests.helpers.namespaces import XSD
from tests.helpers.programs import Run, run_node, run_tool
from tests.helpers.projects import ROOT, TWO_SOURCES, lay_out
from tests.helpers.properties import count_inputs, examples

FORMATS = {
    "turtle": ("ttl", ox.RdfFormat.TURTLE),
    "trig": ("trig", ox.RdfFormat.TRIG),
    "ntriples": ("nt", ox.RdfFormat.N_TRIPLES),
    "nquads": ("nq", ox.RdfFormat.N_QUADS),
    "jsonld": ("jsonld", ox.RdfFormat.JSON_LD),
    "rdfxml": ("rdf", ox.RdfFormat.RDF_XML),
}
# Reader outside Python → what it calls each format it knows.
TOOLS = {
    "rapper": {"turtle": "turtle", "ntriples": "ntriples", "nquads": "nquads", "rdfxml": "rdfxml", "trig": "trig"},
    "serdi": {"turtle": "turtle", "ntriples": "ntriples", "nquads": "nquads", "trig": "trig"},
}
# Formats N3.js knows, and what JavaScript reads them with; both write N-Quads.
N3 = {"turtle": "Turtle", "trig": "TriG", "ntriples": "N-Triples", "nquads": "N-Quads"}
N3_SCRIPT = """
const {Parser, Writer} = require('n3'), text = require('fs').readFileSync(process.argv[1], 'utf8');
const writer = new Writer({format: 'N-Quads'});
writer.addQuads(new Parser({format: process.argv[2]}).parse(text));
writer.end((error, result) => process.stdout.write(result));"""
JSONLD_SCRIPT = """
const text = require('fs').readFileSync(process.argv[1], 'utf8');
require('jsonld').toRDF(JSON.parse(text), {format: 'application/n-quads'}).then(found => process.stdout.write(found));"""
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
DATATYPES = re.findall(
    r"\w+",
    """string boolean decimal integer double float date time dateTime dateTimeStamp gYear gMonth gDay gYearMonth gMonthDay
    duration yearMonthDuration dayTimeDuration byte short int long unsignedByte unsignedShort unsignedInt unsignedLong
    positiveInteger nonNegativeInteger negativeInteger nonPositiveInteger hexBinary base64Binary anyURI language
    normalizedString token NMTOKEN Name NCName""",
)
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


def distinct(text: bytes, format_: ox.RdfFormat) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(text, format_)}


def run_pyld(text: bytes) -> list[ox.Quad]:
    """Return what PyLD expands JSON-LD to."""
    pyld = pytest.importorskip("pyld")
    return read(pyld.jsonld.to_rdf(json.loads(text), {"format": "application/n-quads"}).encode())


def run_c_reader(tool: str, format_: str, path: Path) -> list[ox.Quad]:
    """Return what rapper or serdi reads in a file."""
    quiet = ["-q"] if tool == "rapper" else []
    return read(run_tool(tool, *quiet, "-i", TOOLS[tool][format_], "-o", "nquads", path))


def expected(graph: Graph, format_: str) -> set[ox.Quad]:
    """Return what a file in `format_` has to hold."""
    if format_ in ("trig", "nquads"):
        return set(graph.quads())
    return {ox.Quad(triple.subject, triple.predicate, triple.object) for triple in graph.triples()}


def read(nquads: bytes) -> list[ox.Quad]:
    return list(ox.parse(nquads, ox.RdfFormat.N_QUADS))


@pytest.fixture(scope="module", params=FORMATS)
def format_(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def exported(format_: str, graph: Graph, shipped: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the shipped graph as a file, in each format, with the project's context."""
    path = tmp_path_factory.mktemp("exported") / f"itas.{FORMATS[format_][0]}"
    path.write_bytes(export(graph, format_))
    return path


def in_rdflib(text: bytes, format_: str) -> rdflib.Dataset:
    """Return what rdflib makes of a file; it warns of itself while it reads some formats."""
    actual = rdflib.Dataset()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        actual.parse(
            data=text, format={"jsonld": "json-ld", "rdfxml": "xml", "ntriples": "nquads"}.get(format_, format_)
        )
    return actual


def quads_of(dataset: rdflib.Dataset) -> set[tuple[object, ...]]:
    """Return the quads of a data set, whatever its default graph is called."""
    default = (DATASET_DEFAULT_GRAPH_ID, None)
    return {(s, p, o, None if g in default else g) for s, p, o, g in dataset.quads()}


def default_graph(dataset: rdflib.Dataset) -> rdflib.Graph:
    actual = rdflib.Graph()
    for s, p, o, _ in dataset.quads():
        actual.add((s, p, o))
    return actual


# --- other readers ----------------------------------------------------------------------------------------------


@pytest.mark.quick(1)
def test_pyoxigraph_reads_exports(graph: Graph, format_: str, exported: Path) -> None:
    actual = list(ox.parse(path=exported, format=FORMATS[format_][1]))

    assert len(set(actual)) > 4000
    assert set(actual) == expected(graph, format_)
    assert len(actual) == len(set(actual)) or format_ == "jsonld"  # there the target of a relation stands twice


@pytest.mark.quick(1)
def test_rdflib_reads_exports(graph: Graph, format_: str, exported: Path) -> None:
    actual = in_rdflib(exported.read_bytes(), format_)
    wanted = in_rdflib("".join(f"{quad} .\n" for quad in expected(graph, format_)).encode(), "nquads")

    assert len(quads_of(actual)) > 4000
    assert quads_of(actual) ^ quads_of(wanted) == set()


@pytest.mark.quick(2)
@pytest.mark.parametrize("tool", TOOLS)
def test_c_readers_read_exports(graph: Graph, format_: str, exported: Path, tool: str) -> None:
    if format_ not in TOOLS[tool]:
        assert (tool, format_) in {("rapper", "jsonld"), ("serdi", "jsonld"), ("serdi", "rdfxml")}
        return
    actual = run_c_reader(tool, format_, exported)

    assert len(actual) == len(set(actual))
    assert set(actual) == expected(graph, format_)


@pytest.mark.quick(1)
@pytest.mark.parametrize("format_", N3, indirect=True)
def test_n3_js_reads_exports(graph: Graph, format_: str, exported: Path) -> None:
    assert set(read(run_node("n3", N3_SCRIPT, exported, N3[format_]))) == expected(graph, format_)


@pytest.mark.slow
@pytest.mark.parametrize("format_", ["jsonld"], indirect=True)
def test_jsonld_js_expands_exports(graph: Graph, format_: str, exported: Path) -> None:
    assert set(read(run_node("jsonld", JSONLD_SCRIPT, exported))) == expected(graph, format_)


@pytest.mark.slow
@pytest.mark.parametrize("format_", ["jsonld"], indirect=True)
def test_pyld_expands_exports(graph: Graph, format_: str, exported: Path) -> None:
    assert set(run_pyld(exported.read_bytes())) == expected(graph, format_)


# --- stable -----------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_hash_seed_changes_no_byte(tmp_path: Path) -> None:
    export = f"main(['export', '-f', form, '--project', {str(ROOT)!r}], standalone_mode=False)"
    both = f"from itasgraph.cli import main\nfor form in {tuple(FORMATS)}: {export}"
    exports = set()
    for seed in range(10):
        cache = str(tmp_path / ("kept" if seed % 5 else f"fresh-{seed}"))
        environment = {**os.environ, "PYTHONHASHSEED": str(seed), "XDG_CACHE_HOME": cache}
        done = subprocess.run([sys.executable, "-c", both], capture_output=True, check=True, cwd=ROOT, env=environment)
        exports.add(done.stdout)

    assert len(exports) == 1
    assert len(exports.pop()) > 3_000_000


@pytest.mark.quick(1)
def test_input_order_changes_nothing(graph: Graph, format_: str) -> None:
    quads = sorted(graph.store, key=str)
    stores = [ox.Store(), ox.Store()]
    stores[0].extend(quads)
    stores[1].extend(reversed(quads))
    exports = [export(memory.from_store(store, graph.terms), format_) for store in stores]

    assert exports[0] == exports[1] == export(graph, format_)


def test_ntriples_are_sorted_and_unique(graph: Graph) -> None:
    lines = linked_data.serialize(graph, [*graph.triples(), *graph.triples()], "ntriples").splitlines()

    assert lines == sorted(set(lines))


def changes(before: str, after: str) -> list[str]:
    """Return the lines of a diff that are not the same in both."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]


@pytest.mark.quick(1)
@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        ("label: {de: Wärmebörse,", "label: {de: Abwärmebörse,", 1),
        ("en: Heat exchange}", "en: The heat exchange}", 1),
        ("  name: Gießerei Hartmann\n", "  name: Hartmann\n", 3),  # the name is the label in both languages, too
        ("  title: Ein Jahr Wärmebörse\n", "  title: Zwei Jahre Wärmebörse\n", 1),
        ("  attendeesMoreThan: 60\n", "  attendeesMoreThan: 61\n", 1),
    ],
    ids=["a German label", "an English label", "a name", "a title", "a number"],
)
def test_changed_word_is_one_line(run: Run, tmp_path: Path, old: str, new: str, lines: int) -> None:
    folder = lay_out(tmp_path / "project", TWO_SOURCES)
    before = [run("export", "--project", folder, "-f", format_).stdout for format_ in ("turtle", "trig")]
    for path in (folder / "data").glob("*.yaml"):
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    after = [run("export", "--project", folder, "-f", format_).stdout for format_ in ("turtle", "trig")]

    for one, two in zip(before, after, strict=True):
        assert sorted(line[0] for line in changes(one, two)) == [*"+" * lines, *"-" * lines]


@pytest.mark.parametrize(
    "predicate", ["http://www.w3.org/1999/02/22-rdf-syntax-ns#value", "https://schema.org/a", "https://schema.org/zzz"]
)
def test_added_statement_is_one_line(nordtal: Graph, predicate: str) -> None:
    added = ox.Triple(ox.NamedNode("https://w3id.org/itas/person/ada-blum"), ox.NamedNode(predicate), ox.Literal("x"))
    before = linked_data.serialize(nordtal, nordtal.triples(), "turtle").decode()
    after = linked_data.serialize(nordtal, [*nordtal.triples(), added], "turtle").decode()

    assert changes(before, after) == [f'+    {nordtal.compact(predicate)} "x" ;']


# --- how Turtle reads -------------------------------------------------------------------------------------------


def prefixes(turtle: str) -> tuple[set[str], str]:
    """Return the prefixes declared, and the text below the declarations without comments, strings and full IRIs."""
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
def test_prefixes_are_used(ntriples: str) -> None:
    few = graph_of(ntriples)
    declared, body = prefixes(linked_data.serialize(few, few.triples(), "turtle").decode())

    assert declared == set(re.findall(r"(?<![\w:])(\w+):", body))


def test_shipped_prefixes_are_used(graph: Graph) -> None:
    declared, body = prefixes(linked_data.serialize(graph, graph.triples(), "turtle").decode())

    assert declared == set(re.findall(r"(?<![\w:])(\w+):", body))


def test_statement_has_its_line(graph: Graph) -> None:
    lines = linked_data.serialize(graph, graph.triples(), "turtle").decode().split("\n")

    assert sum(line.startswith("    ") and line.endswith(" ;") for line in lines) == len(set(graph.triples()))


def test_names_read_as_in_data_files(nordtal: Graph) -> None:
    turtle = linked_data.serialize(nordtal, nordtal.triples(), "turtle").decode()

    assert "@base <https://w3id.org/itas/> .\n" in turtle
    assert "\n<person/ada-blum>\n    a schema:Person ;\n" in turtle
    assert "\n    itas:kind schema:Person ;\n" in turtle
    assert "<https://w3id.org/itas/person" not in turtle


def test_german_precedes_english(graph: Graph) -> None:
    tags = ["cs", "en-GB", "de", "en", "de-AT", "fr"]
    few = graph_of("".join(f'<http://e.org/a> <http://e.org/p> "x"@{tag} .\n' for tag in tags))
    lines = linked_data.serialize(few, few.triples(), "turtle").decode()
    shipped = re.findall(r'^    (\S+) "(?:[^"\\]|\\.)*"@(\w+) ;$', export(graph, "turtle").decode(), re.M)
    pairs = [(one, two) for one, two in itertools.pairwise(shipped) if one[0] == two[0] and one[1] != two[1]]

    assert re.findall(r"@([\w-]+) ;", lines.lower()) == ["de", "de-at", "en", "en-gb", "cs", "fr"]
    assert len([pair for pair in pairs if (pair[0][1], pair[1][1]) == ("de", "en")]) > 200


def test_integers_are_ordered() -> None:
    few = graph_of("".join(f'<http://e.org/a> <http://e.org/p> "{n}"^^<{XSD}integer> .\n' for n in (100, 9, 0, 57)))

    turtle = linked_data.serialize(few, few.triples(), "turtle").decode()

    assert re.findall(r"> (\d+) ;", turtle) == ["0", "9", "57", "100"]


def test_headings_follow_the_legend(nordtal: Graph) -> None:
    turtle = linked_data.serialize(nordtal, nordtal.triples(), "turtle").decode()
    headings = re.findall(r"^# --- (.*) ---$", turtle, re.MULTILINE)
    others = headings[headings.index("Messages") + 1 :]

    assert headings[:3] == ["People", "Organisations", "Unnamed groups"]
    assert others == sorted(others)
    assert {"Class", "Concept scheme", "Source"} < set(others)
    assert len(headings) == len(set(headings))


def test_evidence_follows_its_entity(nordtal: Graph) -> None:
    turtle = linked_data.serialize(nordtal, nordtal.triples(), "turtle").decode()
    subjects = re.findall(r"^<([^>]*)>", turtle, re.MULTILINE)
    evidence = [subject for subject in subjects if subject.startswith("talk/waerme/")]
    place = subjects.index("talk/waerme") + 1

    assert "talk/waerme/speakers/person/ada-blum#source/report-2024" in evidence
    assert subjects[place : place + len(evidence)] == evidence


def below(turtle: str, heading: str) -> list[str]:
    """Return the subjects that stand under a heading."""
    part = turtle.partition(f"# --- {heading} ---")[2].partition("# ---")[0]
    return re.findall(r"^(\S+)$", part, re.MULTILINE)


def test_terms_stand_under_their_kind(graph: Graph) -> None:
    turtle = export(graph, "turtle").decode()

    assert below(turtle, "Ontology") == ["<ontology>", "<ontology/picture>", "<ontology/profile>"]
    assert "itas:Topic" in below(turtle, "Class")
    assert "itas:presents" in below(turtle, "Object property")


def test_relation_stays_with_its_subject(graph: Graph) -> None:
    facts = [("http://e.org/a", TYPE, "http://e.org/Thing"), ("http://e.org/a/key/b#s", TYPE, "http://e.org/Relation")]

    assert Headings(graph, facts).of("http://e.org/a/key/b#s") == Headings(graph, facts).of("http://e.org/a")


def test_description_stays_together(run: Run) -> None:
    turtle = run("export", "--describe", "--project", ROOT).stdout
    headings = re.findall("^# --- (.*) ---$", turtle, re.MULTILINE)

    assert "<dataset#period>" in below(turtle, "Dataset")
    assert "Derived graph" in headings
    assert [heading for heading in headings if ":" in heading] == []


def test_odd_numbers_are_quoted(graph: Graph) -> None:
    texts = {
        "7": "7",
        "-7": "-7",
        "0": "0",
        "007": '"007"^^xsd:integer',
        "-0": '"-0"^^xsd:integer',
        "+7": '"+7"^^xsd:integer',
    }
    number = ox.NamedNode(f"{XSD}integer")
    triples = [ox.Triple(number, number, ox.Literal(text, datatype=number)) for text in texts]
    turtle = linked_data.serialize(graph, triples, "turtle").decode()

    assert sorted(re.findall(r"xsd:integer (\S+) ;", turtle)) == sorted(texts.values())


def test_odd_kinds_break_no_heading() -> None:
    odd = f"""
        <http://e.org/a> <{TYPE}> "a kind | in words" .
        <http://e.org/b> <{TYPE}> _:kind .
        <http://e.org/c> <{TYPE}> <http://e.org/C> .
        <http://e.org/C> <http://www.w3.org/2000/01/rdf-schema#label> "two\\nlines"@en .
        <http://e.org/C> <https://w3id.org/itas/ontology#order> "first" .
        <http://e.org/D> <https://w3id.org/itas/ontology#order> "99999999"^^<{XSD}integer> .
        <http://e.org/d> <https://w3id.org/itas/ontology#kind> <http://e.org/D> .
        """
    text = export(graph_of(odd), "turtle").decode()

    assert re.findall("^#.*", text, re.MULTILINE) == ["# --- Two lines ---", "# --- http://e.org/D ---"]
    assert len(distinct(text.encode(), ox.RdfFormat.TURTLE)) == 7


def test_trig_has_a_block_per_graph(nordtal: Graph) -> None:
    trig = export(nordtal, "trig").decode()
    blocks = re.findall(r"^(\S+) \{$", trig, re.MULTILINE)

    assert blocks.count("<source/report-2024>") == 1
    assert len(blocks) == len(set(blocks)) == trig.count("\n}\n") == len({quad.graph_name for quad in nordtal.quads()})


# --- awkward content --------------------------------------------------------------------------------------------


def without_controls(ntriples: str) -> str:
    """Return what XML can hold of it."""
    return ntriples.replace(r"control \u0001\u007F", r"control \u007F")


@pytest.fixture
def awkward(format_: str) -> str:
    return without_controls(AWKWARD) if format_ == "rdfxml" else AWKWARD


def test_awkward_values_round_trip(format_: str, awkward: str) -> None:
    awkward += FULL_STOP  # a full stop at the end, which rdflib 7.6 cannot read
    actual = distinct(export(graph_of(awkward), format_), FORMATS[format_][1])

    assert actual == distinct(awkward.encode(), ox.RdfFormat.N_TRIPLES)
    assert len(actual) == 25


def test_rdflib_reads_awkward_values(format_: str, awkward: str) -> None:
    actual = in_rdflib(export(graph_of(awkward), format_), format_)

    assert quads_of(actual) == quads_of(in_rdflib(awkward.encode(), "nquads"))


def test_c_readers_read_awkward_values(format_: str, awkward: str, tmp_path: Path) -> None:
    path = tmp_path / "awkward"
    path.write_bytes(export(graph_of(awkward), format_))
    for tool in (tool for tool in TOOLS if format_ in TOOLS[tool]):
        actual = run_c_reader(tool, format_, path)
        assert {quad.triple for quad in actual} == distinct(awkward.encode(), ox.RdfFormat.N_TRIPLES)


@pytest.mark.quick(1)
@pytest.mark.parametrize("format_", N3, indirect=True)
def test_n3_js_reads_awkward_values(format_: str, awkward: str, tmp_path: Path) -> None:
    path = tmp_path / "awkward"
    path.write_bytes(export(graph_of(awkward), format_))
    document = read(run_node("n3", N3_SCRIPT, path, N3[format_]))

    assert {quad.triple for quad in document} == distinct(awkward.encode(), ox.RdfFormat.N_TRIPLES)


@pytest.mark.slow
def test_jsonld_processors_read_awkward_values(tmp_path: Path) -> None:
    text = export(graph_of(AWKWARD), "jsonld")
    (tmp_path / "awkward").write_bytes(text)
    wanted = distinct(AWKWARD.encode(), ox.RdfFormat.N_TRIPLES)

    assert {quad.triple for quad in run_pyld(text)} == wanted
    assert {quad.triple for quad in read(run_node("jsonld", JSONLD_SCRIPT, tmp_path / "awkward"))} == wanted


NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
LITERALS = st.one_of(
    st.builds(ox.Literal, TEXTS),
    st.builds(
        lambda text, tag: ox.Literal(text, language=tag), TEXTS, st.sampled_from(["de", "en-GB", "zh-Hant-TW", "x-a"])
    ),
    st.builds(
        lambda text, name: ox.Literal(text, datatype=ox.NamedNode(XSD + name)),
        st.one_of(
            TEXTS, st.sampled_from(["7", "-0", "+7", "007", "1.5", ".5", "5.", "1e0", "true", "1", "NaN", "2024-06-06"])
        ),
        st.sampled_from(DATATYPES),
    ),
)


@pytest.mark.quick(1)
@pytest.mark.parametrize("format_", FORMATS, indirect=True)
@settings(derandomize=True, max_examples=examples(100), database=None)
@given(literals=st.lists(LITERALS, max_size=8))
@example(literals=[ox.Literal('long "\\\n' * 100_000)])
@example(
    literals=[ox.Literal(chr(number)) for number in (*range(0x300), 0x2028, 0xFEFF, 0xFFFE, 0xFFFF, 0x1F697, 0x10FFFF)]
)
@count_inputs
def test_any_literal_round_trips(graph: Graph, format_: str, shipped: Project, literals: list[ox.Literal]) -> None:
    triples = [ox.Triple(ox.NamedNode("http://e.org/a"), ox.NamedNode("http://e.org/p"), one) for one in literals]
    out = io.BytesIO()
    if format_ == "rdfxml" and NOT_IN_XML.search("".join(literal.value for literal in literals)):
        with pytest.raises(UsageError) as caught:
            linked_data.write(graph, triples, format_, out)
        assert caught.value.code == "no-xml-character"
        return
    linked_data.write(graph, triples, format_, out)

    assert distinct(out.getvalue(), FORMATS[format_][1]) == set(triples)


def test_invalid_xml_predicate_is_refused() -> None:
    few = graph_of("<http://e.org/a> <http://e.org/1> <http://e.org/b> .")
    with pytest.raises(UsageError) as caught:
        export(few, "rdfxml")

    assert caught.value.code == "no-xml-name"


def test_blank_nodes_survive(format_: str) -> None:
    actual = in_rdflib(export(graph_of(BLANK), format_), format_)

    assert default_graph(actual).isomorphic(default_graph(in_rdflib(BLANK.encode(), "nquads")))


def test_blank_nodes_of_files_stay_apart(shipped: Project, tmp_path: Path) -> None:
    paths = [tmp_path / "one.nt", tmp_path / "two.nt"]
    for path in paths:
        path.write_text(f'_:x <http://example.org/p> "{path.stem}" .\n')
    loaded = access.load_files(paths, shipped)

    assert len({triple.subject for triple in loaded.triples()}) == 2


def test_empty_graph_is_an_empty_file(format_: str) -> None:
    assert distinct(export(graph_of(""), format_), FORMATS[format_][1]) == set()


def test_foreign_data_is_unchanged(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "theirs.nt"
    path.write_text('<urn:a> <urn:p> "007"^^<http://www.w3.org/2001/XMLSchema#int> .\n')
    done = run("export", "-f", "nt", "--data", path)

    assert done.stdout == path.read_text()


# --- which format -----------------------------------------------------------------------------------------------


def test_nquads_hold_the_named_graphs(graph: Graph) -> None:
    named = {quad for quad in graph.store if not isinstance(quad.graph_name, ox.DefaultGraph)}

    assert set(ox.parse(export(graph, "nquads"), ox.RdfFormat.N_QUADS)) == named


def test_foreign_default_graph_is_kept(shipped: Project, tmp_path: Path) -> None:
    path = tmp_path / "mixed.nq"
    path.write_text(
        '<http://e.org/a> <http://e.org/b> "007" <http://e.org/g> .\n<http://e.org/a> <http://e.org/b> "c" .\n'
    )

    assert export(access.load_files([path], shipped), "nquads").splitlines() == sorted(path.read_bytes().splitlines())


# --- packed -----------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_gzip_is_reproducible(run: Run, tmp_path: Path) -> None:
    plain, packed, again = tmp_path / "itas.ttl", tmp_path / "itas.ttl.gz", tmp_path / "other.ttl.gz"
    for path in (plain, packed, again):
        assert run("export", "-o", path, "--project", ROOT).exit_code == 0

    assert gzip.decompress(packed.read_bytes()) == plain.read_bytes()
    assert packed.read_bytes() == again.read_bytes()
    assert packed.read_bytes()[3:8] == bytes(5)  # no flags, no time (RFC 1952, 2.3)


def test_command_offers_every_format(run: Run) -> None:
    assert f"[{'|'.join(formats.names(formats.EXPORTS, short=True))}]" in re.sub(
        r"\s+", "", run("export", "--help").stdout
    )


def test_invalid_xml_character_is_named(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "control.nt"
    path.write_text(r'<http://e.org/a> <http://e.org/p> "a\\\u0001" .' + "\n")
    done = run("export", "-f", "rdfxml", "--data", path, "--lang", "en")

    assert done.exit_code == 2
    assert "the character \\u0001 –" in done.stderr
