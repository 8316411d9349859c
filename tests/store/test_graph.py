"""Files become named graphs and their union, and answer SPARQL."""

from __future__ import annotations

import gzip
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from itasgraph.errors import FileError, InvalidProject, UsageError
from itasgraph.parsing import rdf_files
from itasgraph.project import Project
from itasgraph.store import access
from itasgraph.store.memory import Graph
from tests.helpers.graphs import count, export
from tests.helpers.namespaces import BASE
from tests.helpers.programs import Run, python
from tests.helpers.projects import NAMES, ONE, ROOT, TWO, make, values

pytestmark = pytest.mark.usefixtures("empty_cache")

TRIPLE = (f"<{BASE}a>", "<https://schema.org/name>", '"A"')


def findings_of(project: Project) -> list[str]:
    """Return the findings that stop a project from being read, as a user sees them."""
    with pytest.raises(InvalidProject) as raised:
        access.load(project)
    return [finding.render("en").replace(f"{project.root}/", "") for finding in raised.value.findings]


# --- named graphs and their union -------------------------------------------------------------------------------------


def test_data_file_is_a_named_graph(tmp_path: Path) -> None:
    graph = access.load(make(tmp_path, data__one=ONE, data__two=TWO))

    assert values(graph, "SELECT ?g { GRAPH ?g { <topic/a> ?p ?o } } ORDER BY ?g ?p") == [
        f"{BASE}source/one",
        f"{BASE}source/one",
        f"{BASE}source/two",
    ]


def test_union_counts_a_triple_once(tmp_path: Path) -> None:
    graph = access.load(make(tmp_path, data__one=ONE, data__two=TWO))

    assert count(graph, "?thing a itas:Topic") == 1
    assert count(graph, "GRAPH ?g { ?thing a itas:Topic }") == 2


def test_triples_are_distinct(tmp_path: Path) -> None:
    graph = access.load(make(tmp_path, data__one=ONE, data__two=TWO))
    triples = list(graph.triples())

    assert len(triples) == len(set(triples))


def test_source_is_in_the_catalogue(tmp_path: Path) -> None:
    graph = access.load(make(tmp_path, data__one=ONE.replace("type: Source", "type: Source\ntitle: Bericht", 1)))

    assert values(graph, "SELECT ?g { GRAPH ?g { <source/one> dcterms:title 'Bericht' } }") == [
        f"{BASE}editorial/catalogue"
    ]


def test_vocabulary_is_a_named_graph(tmp_path: Path) -> None:
    declared = "<https://example.org/terms> a <http://www.w3.org/2002/07/owl#Ontology> ."
    graph = access.load(make(tmp_path, data__one=ONE, ontology__a=declared, ontology__b="<x> <y> <z> ."))

    assert set(values(graph, "SELECT ?g { GRAPH ?g { ?s ?p ?o } }")) == {
        f"{BASE}editorial/catalogue",
        f"{BASE}source/one",
        f"{BASE}ontology/b",
        "https://example.org/terms",
    }


def test_shapes_are_no_statements(tmp_path: Path) -> None:
    project = make(tmp_path, data__one=ONE, ontology__shapes="<shape> <says> <nothing> .")

    assert count(access.load(project), "?shape <says> ?nothing") == 0


# --- rules ------------------------------------------------------------------------------------------------------------


def test_rule_has_its_graph(tmp_path: Path) -> None:
    rule = "CONSTRUCT { ?thing itas:kind itas:Topic } WHERE { ?thing a itas:Topic }"
    graph = access.load(make(tmp_path, data__one=ONE, rules__topics=rule))

    assert values(graph, "SELECT ?g { GRAPH ?g { <topic/a> itas:kind itas:Topic } }") == [f"{BASE}rule/topics"]
    assert count(graph, "<topic/a> itas:kind itas:Topic") == 1


def test_rules_feed_each_other(tmp_path: Path) -> None:
    chain = {
        "rules__a": "CONSTRUCT { ?t <three> true } WHERE { ?t <two> true }",
        "rules__b": "CONSTRUCT { ?t <two> true } WHERE { ?t <one> true }",
        "rules__c": "CONSTRUCT { ?t <one> true } WHERE { ?t a itas:Topic }",
    }

    assert count(access.load(make(tmp_path, data__one=ONE, **chain)), "<topic/a> <three> true") == 1


@pytest.mark.parametrize(
    "rule",
    [
        pytest.param("CONSTRUCT { [] a itas:Message } WHERE { ?thing a itas:Topic }", id="blank node"),
        pytest.param(
            "CONSTRUCT { ?thing <n> ?more } WHERE { ?thing a itas:Topic "
            "OPTIONAL { SELECT ?thing (MAX(?n) AS ?most) { ?thing <n> ?n } GROUP BY ?thing } "
            "BIND(COALESCE(?most, 0) + 1 AS ?more) }",
            id="counting",
        ),
    ],
)
def test_endless_rule_is_reported(tmp_path: Path, rule: str) -> None:
    make(tmp_path, data__one=ONE, rules__endless=rule)
    program = (
        "import resource; resource.setrlimit(resource.RLIMIT_CPU, (3, 3))\n"
        "import sys; from pathlib import Path; from itasgraph.store import access; from itasgraph.project import Project\n"
        "try: access.load(Project(Path(sys.argv[1])))\n"
        "except Exception as error: print(type(error).__name__, error)"
    )
    done = python("-c", program, tmp_path)

    assert done.stdout.startswith("InvalidProject")
    assert "endless.rq" in done.stdout


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        pytest.param(
            "CONSTRUCT { ?s a itas:Topic }\nWHERE { ?s ?p }",
            "ontology/rules/bad.rq:2:",
            id="broken",
        ),
        pytest.param(
            "SELECT * { ?s ?p ?o }", "ontology/rules/bad.rq: not a valid rule (SPARQL CONSTRUCT)", id="select"
        ),
        pytest.param("ASK { ?s ?p ?o }", "ontology/rules/bad.rq: not a valid rule (SPARQL CONSTRUCT)", id="ask"),
        pytest.param("#+ title: [\nCONSTRUCT {} {}", "ontology/rules/bad.rq:", id="header"),
        pytest.param("#+ - just\n#+ - a list\nCONSTRUCT {} {}", "ontology/rules/bad.rq:", id="header that is a list"),
    ],
)
def test_broken_rule_has_its_line(tmp_path: Path, rule: str, sentence: str) -> None:
    (findings,) = findings_of(make(tmp_path, data__one=ONE, rules__bad=rule))

    assert findings.startswith(sentence)
    assert "\n" not in findings


def test_broken_rules_come_at_once(tmp_path: Path) -> None:
    findings = findings_of(make(tmp_path, data__one=ONE, rules__a="CONSTRUCT {", rules__b="SELECT * {}"))

    assert [line.split(":")[0] for line in findings] == ["ontology/rules/a.rq", "ontology/rules/b.rq"]


# --- faults of a project ----------------------------------------------------------------------------------------------


def test_file_faults_come_at_once(tmp_path: Path) -> None:
    project = make(
        tmp_path,
        data__one=ONE.replace("name", "nmae"),
        data__two=TWO.replace("type: Topic", "type: Topci"),
        ontology__terms="<a> <b>",
    )

    assert [line.split(" ")[0] for line in findings_of(project)] == [
        "data/one.yaml:6:3:",
        "data/two.yaml:5:9:",
        "ontology/terms.ttl:1:8:",
    ]


# --- files instead of a project's data --------------------------------------------------------------------------------

SUBJECT, PROPERTY, OBJECT = TRIPLE
FORMATS = {
    "a.ttl": f"{SUBJECT} {PROPERTY} {OBJECT} .",
    "a.nt": f"{SUBJECT} {PROPERTY} {OBJECT} .",
    "a.trig": f"<{BASE}g> {{ {SUBJECT} {PROPERTY} {OBJECT} }}",
    "a.nq": f"{SUBJECT} {PROPERTY} {OBJECT} <{BASE}g> .",
    "a.rdf": f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
        <rdf:Description rdf:about="{BASE}a"><name xmlns="https://schema.org/">A</name></rdf:Description></rdf:RDF>""",
    "a.jsonld": f'{{"@id": "{BASE}a", "https://schema.org/name": "A"}}',
    "a.yaml": "id: source/s\nsays:\n- id: a\n  name: A\n",
    "a.yml": "id: source/s\nsays:\n- id: a\n  name: A\n",
    "A.TTL": f"{SUBJECT} {PROPERTY} {OBJECT} .",
}


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_is_read(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(FORMATS[name], encoding="utf-8")
    graph = access.load_files([tmp_path / name], make(tmp_path / "project", data__one=ONE))

    assert values(graph, "SELECT ?s { ?s schema:name 'A' }") == [f"{BASE}a"]


@pytest.mark.parametrize("name", FORMATS)
def test_each_gzipped_format_is_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"{name}.gz"
    path.write_bytes(gzip.compress(FORMATS[name].encode()))
    graph = access.load_files([path], make(tmp_path / "project", data__one=ONE))

    assert values(graph, "SELECT ?s { ?s schema:name 'A' }") == [f"{BASE}a"]
    assert '"A"' in {str(triple.object) for triple in graph.triples()}


@pytest.mark.parametrize("name", [*FORMATS, "_:.nt"])
@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda zipped: zipped[:-6], id="end lost"),
        pytest.param(lambda zipped: zipped[: len(zipped) // 2], id="half"),
        pytest.param(lambda zipped: b"", id="empty"),
        pytest.param(lambda zipped: b"no gzip", id="not zipped"),
        pytest.param(lambda zipped: zipped[:-8] + b"\0" * 8, id="checksum"),
        pytest.param(lambda zipped: zipped[:12] + b"\xff" * 9 + zipped[21:], id="changed"),
    ],
)
def test_damaged_gzip_is_one_line(
    tmp_path: Path, shipped: Project, name: str, damage: Callable[[bytes], bytes]
) -> None:
    content = FORMATS.get(name, f'_:a {PROPERTY} "A" .')
    path = tmp_path / f"{name}.gz"
    path.write_bytes(damage(gzip.compress(content.encode() * 3)))
    with pytest.raises((FileError, InvalidProject)) as raised:
        access.load_files([path], shipped)

    assert str(raised.value).splitlines()[0].startswith(str(path))


@pytest.mark.slow
def test_swelling_gzip_is_refused(tmp_path: Path, shipped: Project) -> None:
    path = tmp_path / "a.yaml.gz"
    with gzip.open(path, "wb", 9) as file:
        for _ in range(200):
            file.write(b"# " + b"x" * 1_000_000 + b"\n")
    with pytest.raises(InvalidProject) as raised:
        access.load_files([path], shipped)

    (finding,) = raised.value.findings

    assert finding.code == "file-too-large"
    assert dict(finding.facts)["size"] == "68 MB"


@pytest.mark.parametrize("name", FORMATS)
def test_huge_gzip_is_refused(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(rdf_files, "_MIN_LIMIT", 1 << 20)
    path = tmp_path / f"{name}.gz"
    path.write_bytes(gzip.compress(b"\n" * (4 << 20)))  # a thousandth of it
    done = run("query", "ASK {}", "--data", path, "--lang", "en")

    assert (done.exit_code, done.stdout) == (3, "")
    assert done.stderr.startswith(f"{path} is larger than 1 MiB once unpacked")


def test_ordinary_gzip_is_read(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rdf_files, "_MIN_LIMIT", 1 << 10)
    path = tmp_path / "a.nt.gz"
    path.write_bytes(gzip.compress("".join(f'_:a {PROPERTY} "{n}" .\n' for n in range(1000)).encode()))
    done = run("query", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "-f", "csv", "--data", path)

    assert done.stdout == "n\n1000\n"


@pytest.mark.quick(1)
@pytest.mark.parametrize(
    "command", [("query", "ASK {}"), ("show", "a"), ("view",), ("analyse",), ("path", "a", "b"), ("export",)]
)
def test_timeout_covers_reading(tmp_path: Path, command: tuple[str, ...]) -> None:
    pipe = tmp_path / "never.ttl"
    os.mkfifo(pipe)
    arguments = [*command, "--data", str(pipe), "--timeout", "0.2", "--lang", "en"]
    with subprocess.Popen(
        [sys.executable, "-m", "itasgraph", *arguments], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        out, err = process.communicate(timeout=60)

    assert (process.returncode, out, err) == (
        3,
        b"",
        b"Gave up after 0.2 s \xe2\x80\x93 allow more time with --timeout\n",
    )


@pytest.mark.parametrize("end", range(150, 420, 15))
def test_cut_rdf_xml_is_refused(tmp_path: Path, shipped: Project, end: int) -> None:
    whole = ox.serialize(
        [
            ox.Triple(ox.NamedNode(f"{BASE}{n}"), ox.NamedNode("https://schema.org/name"), ox.Literal("A"))
            for n in range(4)
        ],
        format=ox.RdfFormat.RDF_XML,
    )
    assert whole is not None
    path = tmp_path / "a.rdf"
    path.write_bytes(whole[:end])
    with pytest.raises(FileError) as raised:
        access.load_files([path], shipped)

    assert len(whole) > 420
    assert str(raised.value).startswith(f"{path}:")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.ttl", "[] <http://e.org/p> [ <http://e.org/p> _:b ] , ( 1 ) ."),
        ("a.trig", "_:g { [] <http://e.org/p> _:a , _:c }"),
        ("a.nt", "_:b <http://e.org/p> _:c ."),
        ("a.jsonld", '[{"http://e.org/p": {"http://e.org/p": 1}}]'),
        (
            "a.rdf",
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description>'
            '<p xmlns="http://e.org/" rdf:parseType="Resource"/></rdf:Description></rdf:RDF>',
        ),
    ],
)
@pytest.mark.parametrize("files", [1, 2])
def test_blank_nodes_have_stable_labels(tmp_path: Path, shipped: Project, name: str, content: str, files: int) -> None:
    paths = [tmp_path / str(number) / name for number in range(files)]
    for path in paths:
        path.parent.mkdir()
        path.write_text(content, encoding="utf-8")
    first, second = (access.load_files(paths, shipped) for _ in range(2))

    assert set(first.store) == set(second.store)
    assert {str(triple.subject) for triple in first.triples()} == set(
        map(str, (quad.subject for quad in first.store.quads_for_pattern(None, None, None, ox.DefaultGraph())))
    )
    assert len({str(triple.subject) for triple in first.triples()}) % files == 0


def test_blank_node_label_is_kept(tmp_path: Path, shipped: Project) -> None:
    (tmp_path / "a.nt").write_text("_:anna <http://e.org/p> _:b .", encoding="utf-8")
    (quad,) = access.load_files([tmp_path / "a.nt"], shipped).store

    assert (str(quad.subject), str(quad.object)) == ("_:anna", "_:b")


def test_late_blank_node_is_seen(tmp_path: Path, shipped: Project) -> None:
    for shift in range(4):
        ahead = "#" + "x" * ((1 << 20) - 4 + shift) + "\n"
        (tmp_path / "a.nt").write_text(f'{ahead}_:anna {PROPERTY} "A" .\n', encoding="utf-8")
        loaded = access.load_files([tmp_path / "a.nt"], shipped)

        assert "_:anna" in {str(quad.subject) for quad in loaded.store}


def test_pipe_is_read_once(tmp_path: Path, shipped: Project) -> None:
    path = tmp_path / "a.nt"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_text, args=(FORMATS["a.nt"],))
    writer.start()
    graph = access.load_files([path], shipped)
    writer.join()

    assert len(list(graph.triples())) == 1
    assert len(list(graph.quads())) == 1


def test_foreign_data_is_unchanged(tmp_path: Path, shipped: Project) -> None:
    number = '"007"^^<http://www.w3.org/2001/XMLSchema#int>'
    (tmp_path / "a.nq").write_text(f"{SUBJECT} {PROPERTY} {number} <{BASE}g> .\n" * 2, encoding="utf-8")
    graph = access.load_files([tmp_path / "a.nq"], shipped)

    assert [str(triple.object) for triple in graph.triples()] == [number]
    assert [(str(quad.object), str(quad.graph_name)) for quad in graph.quads()] == [(number, f"<{BASE}g>")]


@pytest.mark.parametrize("name", ["a.trig", "a.nq"])
def test_quads_keep_their_graph(tmp_path: Path, shipped: Project, name: str) -> None:
    (tmp_path / name).write_text(FORMATS[name], encoding="utf-8")
    graph = access.load_files([tmp_path / name], shipped)

    assert values(graph, "SELECT ?g { GRAPH ?g { ?s schema:name 'A' } }") == [f"{BASE}g"]
    assert len(list(graph.triples())) == 1


def test_formats_can_be_mixed(tmp_path: Path) -> None:
    for name in ("a.nt", "a.yaml"):
        (tmp_path / name).write_text(FORMATS[name], encoding="utf-8")
    (tmp_path / "b.ttl").write_text(f"<{BASE}b> {PROPERTY} 'B' .", encoding="utf-8")
    project = make(tmp_path / "project", data__one=ONE)
    graph = access.load_files([tmp_path / name for name in ("a.nt", "a.yaml", "b.ttl")], project)

    assert values(graph, NAMES) == ["A", "B"]


def test_yaml_data_gets_rules(tmp_path: Path, shipped: Project) -> None:
    (tmp_path / "a.yaml").write_text(FORMATS["a.yaml"], encoding="utf-8")
    graph = access.load_files([tmp_path / "a.yaml"], shipped)

    assert values(graph, "SELECT ?label { <a> rdfs:label ?label FILTER(LANG(?label) = 'de') }") == ["A"]


def test_relative_iris_resolve(tmp_path: Path, shipped: Project) -> None:
    (tmp_path / "a.ttl").write_text("<a> <b> <c> .", encoding="utf-8")
    (triple,) = access.load_files([tmp_path / "a.ttl"], shipped).triples()

    assert triple.subject == ox.NamedNode(f"{tmp_path.as_uri()}/a")


@pytest.mark.parametrize(
    ("name", "content", "place"),
    [
        ("bad.ttl", b"<http://e.org/a> <http://e.org/b>\n  <c .", "bad.ttl:2:"),
        ("truncated.ttl", b"@prefix a: <http://e.org/> .\na:b a:c", "truncated.ttl:2:"),
        ("bytes.ttl", b'<http://e.org/a> <http://e.org/b> "\xff" .', "bytes.ttl:1:"),
        ("space.nt", b"<http://e.org/a b> <http://e.org/p> <http://e.org/o> .", "space.nt:1:"),
        ("cut.nt", b"<http://e.org/a> <http://e.org/p> .\n", "cut.nt:1:"),
        ("bad.nq", b"\xff", "bad.nq:1:"),
        ("bad.trig", b"<http://e.org/g> {", "bad.trig:1:"),
        ("bad.rdf", b"<rdf", "bad.rdf"),
        ("bad.jsonld", b"{", "bad.jsonld:1:"),
    ],
)
def test_broken_rdf_has_its_place(tmp_path: Path, shipped: Project, name: str, content: bytes, place: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(FileError) as raised:
        access.load_files([tmp_path / name], shipped)
    sentence = str(raised.value)

    assert sentence.startswith(f"{tmp_path}/{place}")
    assert "is not valid RDF: " in sentence
    assert "\n" not in sentence


@pytest.mark.parametrize("name", ["missing.ttl", "missing.nq", "missing.jsonld", "missing.yaml"])
def test_missing_file_is_named(tmp_path: Path, shipped: Project, name: str) -> None:
    with pytest.raises(FileError) as raised:
        access.load_files([tmp_path / name], shipped)

    assert str(raised.value) == f"{tmp_path / name} cannot be read: it does not exist"


def test_unknown_suffix_lists_the_known(tmp_path: Path, shipped: Project) -> None:
    with pytest.raises(UsageError) as raised:
        access.load_files([tmp_path / "a.docx"], shipped)

    assert str(raised.value) == (
        f"{tmp_path / 'a.docx'}: unknown extension – choose one of .ttl .trig .nt .nq .jsonld .rdf .owl .json .yamlld .xml .yaml .yml (+ .gz)"
    )


def test_union_adds_no_quad() -> None:
    named = ox.Quad(*(ox.NamedNode(f"urn:{name}") for name in "abcg"))
    alone = ox.Quad(*(ox.NamedNode(f"urn:{name}") for name in "abd"))
    store = ox.Store()
    store.extend([named, ox.Quad(named.subject, named.predicate, named.object), alone])

    assert sorted(Graph(store, {}, "").quads(), key=str) == sorted([named, alone], key=str)


@pytest.mark.slow
def test_cached_project_has_the_quads_of_its_compilation(shipped: Project) -> None:
    cached = access.load(shipped)

    assert set(cached.quads()) == set(Graph.quads(cached))


def test_copy_needs_no_store(tmp_path: Path, shipped: Project) -> None:
    (tmp_path / "a.nq").write_text('<urn:a> <urn:p> "007" <urn:g> .\n')
    graph = access.open_files([tmp_path / "a.nq"], shipped)

    assert export(graph, "nquads") == (tmp_path / "a.nq").read_bytes()
    assert "store" not in vars(graph)
    assert len(list(graph.select("SELECT * { ?s ?p ?o }"))) == 1


def test_faulty_copy_writes_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.nt").write_text("<urn:a> <urn:p> <urn:b> .\n<urn:a> <urn:p>\n")
    done = run("export", "--data", tmp_path / "a.nt", "-o", tmp_path / "b.nt")

    assert done.exit_code == 3
    assert f"{tmp_path / 'a.nt'}:3" in done.stderr
    assert not (tmp_path / "b.nt").exists()
    assert run("export", "--data", tmp_path / "a.nt", "-f", "nt").stdout == ""


def test_data_faults_come_at_once(tmp_path: Path, shipped: Project) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text("id: source/s\nsays:\n- id: a\n  nmae: A\n", encoding="utf-8")
    with pytest.raises(InvalidProject) as raised:
        access.load_files([tmp_path / "a.yaml", tmp_path / "b.yaml"], shipped)

    assert [Path(finding.location.path).name for finding in raised.value.findings] == ["a.yaml", "b.yaml"]


# --- asking -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def small(tmp_path: Path) -> Graph:
    return access.load(make(tmp_path, data__one=ONE))


def test_prefixes_need_no_declaration(small: Graph) -> None:
    assert values(small, "SELECT ?name { <topic/a> a itas:Topic ; schema:name ?name }") == ["A"]


def test_declared_prefix_wins(small: Graph) -> None:
    assert values(small, "PREFIX schema: <https://example.org/> SELECT ?n { ?s schema:name ?n }") == []


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ("ASK { ?s a itas:Topic }", ox.QueryBoolean),
        ("CONSTRUCT WHERE { ?s ?p ?o }", ox.QueryTriples),
        ("DESCRIBE <topic/a>", ox.QueryTriples),
        ("SELECT * { ?s ?p ?o }", ox.QuerySolutions),
    ],
    ids=["ask", "construct", "describe", "select"],
)
def test_every_query_form_is_answered(small: Graph, query: str, answer: type) -> None:
    assert isinstance(small.query(query), answer)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "SELECT",
        "SELECT * {",
        "SELECT * { ?s ?p }",
        "INSERT DATA { <a> <b> <c> }",
        "LOAD <http://127.0.0.1/>",
        "SELECT * { ?s nobody:knows ?o }",
        "SELECT * { ?s ?p 'open }",
        "SELECT * { ?s ?p '\udcff' }",
    ],
    ids=["empty", "begun", "open", "no object", "update", "load", "prefix", "string", "broken bytes of a terminal"],
)
def test_syntax_error_is_one_line(small: Graph, query: str) -> None:
    with pytest.raises(UsageError) as raised:
        small.query(query)
    sentence, *spot = str(raised.value).split("\n")

    assert len(sentence) < 250
    assert [line[:4] for line in spot] in ([], ["1 | ", "    "])


def test_silent_endpoint_is_one_line(tmp_path: Path) -> None:
    make(tmp_path, data__one=ONE)
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    query = f"SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}"
    done = python("-m", "itasgraph", "query", "--allow-service", "127.0.0.1", "--project", tmp_path, query)

    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("iri", "short"),
    [(f"{BASE}topic/a", "topic/a"), ("https://schema.org/name", "schema:name"), ("https://e.org/a", "https://e.org/a")],
)
def test_iris_are_compacted(small: Graph, iri: str, short: str) -> None:
    assert small.compact(iri) == short


# --- time-out ---------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_endless_query_lets_go() -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    program = (
        "import resource; resource.setrlimit(resource.RLIMIT_CPU, (20, 20))\n"
        "import sys; from pathlib import Path; from itasgraph.store import access; from itasgraph.util.timeout import run_with_timeout; from itasgraph.project import Project\n"
        "loaded = access.load(Project(Path(sys.argv[1])))\n"
        f"try: run_with_timeout(0.05, lambda _: list(loaded.select('{endless}')), sys.stdout.buffer)\n"
        "except Exception as error: print(type(error).__name__, error)"
    )
    done = python("-c", program, ROOT)

    assert done.stdout.startswith("QueryTimeout")
    assert done.returncode == 0
