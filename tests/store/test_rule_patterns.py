"""A rule runs again only when a statement that it may read is new, and the graph is the same as if all rules ran again."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itasgraph.parsing import jsonld_context, query_header
from itasgraph.project import Project
from itasgraph.store import compiler, rules
from itasgraph.store.memory import Graph
from itasgraph.store.rule_patterns import Pattern, patterns_of
from tests.helpers.projects import ONE, TWO_CONGRESSES, TWO_DAYS, lay_out, make
from tests.helpers.properties import count_inputs, examples

pytestmark = pytest.mark.usefixtures("empty_cache")
HEAD = "PREFIX : <http://e/> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> CONSTRUCT { ?s :new ?o } WHERE "


def read_by(where: str) -> list[str] | None:
    """Return the patterns of a rule in short."""
    patterns = patterns_of(HEAD + where, {}, "http://e/")
    if patterns is None:
        return None
    return sorted(" ".join(filter(None, pattern)).replace("http://e/", "") for pattern in patterns)


@pytest.mark.parametrize(
    ("where", "patterns"),
    [
        ("{ ?s :p ?o }", ["p"]),
        ("{ ?s :p :c ; :q 'text' . ?o :r [] }", ["p c", "q", "r"]),
        ("{ ?s :p/:q+ ?o } ", ["p", "q"]),
        ("{ ?s ^:p|:q ?o . ?o :r* ?x } ", ["p", "q", "r"]),
        ("{ ?s :p/:r* ?o } ", ["p", "r"]),
        ("{ ?s :p ?o FILTER NOT EXISTS { ?s :q ?x FILTER NOT EXISTS { ?x :r :c } } }", ["p", "q", "r c"]),
        ("{ ?s :p ?o FILTER(?o = 1 || EXISTS { GRAPH ?g { ?s :q ?x } }) }", ["p", "q"]),
        ("{ { ?s :p ?o } UNION { ?s :q ?o } MINUS { ?s :r ?o } OPTIONAL { ?s :o ?x } }", ["o", "p", "q", "r"]),
        ("{ ?s :p ?x { SELECT DISTINCT ?s ?o { ?s :q ?o } } BIND(CONCAT(STR(?x), 'x') AS ?y) }", ["p", "q"]),
        ("{ VALUES ?s { :a :b } ?s :p ?o }", ["p"]),
    ],
)
def test_rule_reads_the_relations_that_it_names(where: str, patterns: list[str]) -> None:
    assert read_by(where) == patterns


@pytest.mark.quick(6)
@pytest.mark.parametrize(
    "where",
    [
        "{ ?s ?p ?o }",
        "{ ?s !:p ?o }",
        "{ ?s :p ?x . ?x (:q|!:r)+ ?o }",
        "{ ?s :p* ?o }",
        "{ ?s :p*/:q? ?o }",
        "{ ?s :p? :c . BIND(:c AS ?o) }",
        "{ VALUES ?o { :c } ?s :p* ?o }",
        "{ ?s :p ?x OPTIONAL { ?x :q ?o } FILTER NOT EXISTS { ?s ?any :c } }",
        "{ ?s :p ?x FILTER NOT EXISTS { ?x :q* ?y } BIND(?x AS ?o) }",
        "{ GRAPH ?s {} BIND(?s AS ?o) }",
        "{ ?s :p ?o . GRAPH ?g { OPTIONAL { ?s :q ?o } } }",
        "{ ?s :p ?o . GRAPH ?g { {} UNION { ?s :q ?o } } }",
        "{ ?s :p ?o . GRAPH ?g { FILTER NOT EXISTS { ?s :q ?o } } }",
        "{ ?s :p ?x BIND(NOW() AS ?o) }",
        "{ ?s :p ?x BIND(RAND() AS ?o) }",
        "{ ?s :p ?x BIND(BNODE() AS ?o) }",
        "{ ?s :p ?x BIND(:function(?x) AS ?o) }",
        "{ ?s :p ?o } LIMIT 1",
        "{ { SELECT ?s (SAMPLE(?x) AS ?o) { ?s :p ?x } GROUP BY ?s } }",
        "{ { SELECT ?s ?o { ?s :p ?o } LIMIT 1 } }",
        "{ ?s :p ?o FILTER(?o<?s#>\n) }",
        "{ ?s :p '\\u0061' , ?o }",
        "{ ?s :p",
    ],
)
def test_rule_that_may_read_more_has_no_patterns(where: str) -> None:
    assert read_by(where) is None


@pytest.mark.parametrize("base", ["http://e/", "http://e/x#"])
def test_base_with_a_fragment_is_read_in_two_ways(base: str) -> None:
    assert (patterns_of(HEAD + "{ ?s :p <> . ?s :q ?o }", {}, base) is None) == ("#" in base)


def test_rule_that_makes_blank_nodes_has_no_patterns() -> None:
    assert patterns_of("CONSTRUCT { [] a ?class } WHERE { ?s a ?class }", {}, "http://e/") is None


def matches(quad: ox.Quad, patterns: frozenset[Pattern]) -> bool:
    return any(
        quad.predicate.value == predicate and object_ in (None, getattr(quad.object, "value", None))
        for predicate, object_ in patterns
    )


def derived(text: str, store: ox.Store, terms: jsonld_context.Context) -> set[str]:
    return set(map(str, store.query(text, prefixes=terms.prefixes, base_iri=terms.base)))  # type: ignore[arg-type]  # triples


@pytest.mark.quick(1)
@pytest.mark.parametrize("documents", [None, TWO_DAYS], ids=["shipped", "two-days"])
def test_rule_derives_the_same_from_the_statements_that_it_may_read(
    tmp_path: Path, shipped: Project, documents: Path | None
) -> None:
    project = Project(lay_out(tmp_path, documents)) if documents else shipped
    store = compiler.compile_project(project).graph.store
    terms = jsonld_context.load(project)
    with_patterns = 0
    for path in project.rules:
        text = query_header.decode(path.read_bytes(), path.name)
        patterns = patterns_of(text, terms.prefixes, terms.base)
        if patterns is not None:
            with_patterns += 1
            part = ox.Store()
            part.bulk_extend(quad for quad in store if matches(quad, patterns))
            assert derived(text, part, terms) == derived(text, store, terms), path.name

    assert (with_patterns, len(project.rules)) == (14, 16)


@pytest.mark.quick(1)
@pytest.mark.parametrize("documents", [None, TWO_CONGRESSES], ids=["shipped", "two-congresses"])
def test_project_has_the_same_graph_however_large_it_is(
    tmp_path: Path, shipped: Project, documents: Path | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = Project(lay_out(tmp_path, documents)) if documents else shipped
    all_rules = set(map(str, compiler.compile_project(project).quads))
    monkeypatch.setattr(rules, "_FEW_STATEMENTS", 0)

    for _ in range(2):  # the second time, the patterns come from the cache
        assert set(map(str, compiler.compile_project(project).quads)) == all_rules


# --- any rules, in any order ----------------------------------------------------------------------------------------------

NODES, RELATIONS = ("a", "b", "c"), ("p", "q", "r", "s")
TRIPLES = st.tuples(st.sampled_from(NODES), st.sampled_from(RELATIONS), st.sampled_from(NODES))
PATTERNS = st.tuples(st.sampled_from("xyz"), st.sampled_from(RELATIONS), st.sampled_from("xyz")).map(
    lambda parts: f"?{parts[0]} :{parts[1]} ?{parts[2]} ."
)
WHERES = st.one_of(
    st.tuples(PATTERNS, PATTERNS).map(" ".join),
    st.tuples(PATTERNS, PATTERNS).map("{0[0]} FILTER NOT EXISTS {{ {0[1]} }}".format),
    st.tuples(PATTERNS, PATTERNS).map("{0[0]} OPTIONAL {{ {0[1]} }}".format),
    st.tuples(PATTERNS, st.sampled_from(RELATIONS)).map("{0[0]} ?x :{0[1]}* ?y .".format),
    st.sampled_from(["?x ?any ?y .", "?x :p* ?y ."]),
)
RULES = st.tuples(PATTERNS, WHERES).map("PREFIX : <http://e/> CONSTRUCT {{ {0[0]} }} WHERE {{ {0[1]} }}".format)


def test_rule_that_becomes_due_runs_in_the_same_round(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = make(tmp_path, data__one=ONE, ontology__stated="<http://e/1> <http://e/t> <http://e/2> .\n")
    texts = {
        "a": "CONSTRUCT { ?x :q ?y } WHERE { ?x :s ?y }",
        "b": "CONSTRUCT { ?x :r ?y } WHERE { ?x :q ?y }",
        "c": "CONSTRUCT { ?x :u ?y } WHERE { ?x :s ?y FILTER NOT EXISTS { ?x :r ?y } }",
        "d": "CONSTRUCT { ?x :s ?y } WHERE { ?x :t ?y }",
    }
    for name, text in texts.items():
        (project.root / "ontology" / "rules" / f"{name}.rq").write_text(
            f"PREFIX : <http://e/> {text}", encoding="utf-8"
        )
    monkeypatch.setattr(rules, "_FEW_STATEMENTS", 0)

    graph = compiler.compile_project(project).graph

    # In the second round a and b come before c, which then finds what b has derived.
    assert not graph.query("ASK { ?x <http://e/u> ?y }")
    assert graph.query("ASK { <http://e/1> <http://e/r> <http://e/2> }")


@pytest.mark.slow
@settings(max_examples=examples(300, 30), derandomize=True, database=None, deadline=None)
@given(st.lists(TRIPLES, max_size=8), st.lists(RULES, min_size=1, max_size=4))
@count_inputs
def test_rules_left_out_would_have_derived_nothing(triples: list[tuple[str, ...]], texts: list[str]) -> None:
    with TemporaryDirectory() as name:
        stated = "".join(f"<http://e/{s}> <http://e/{p}> <http://e/{o}> .\n" for s, p, o in triples)
        project = make(Path(name), data__one=ONE, ontology__stated=stated)
        for number, text in enumerate(texts):
            (project.root / "ontology" / "rules" / f"{number}.rq").write_text(text, encoding="utf-8")
        graphs: list[Graph] = []
        with pytest.MonkeyPatch.context() as patched:
            for limit in (1 << 30, 0):
                patched.setattr(rules, "_FEW_STATEMENTS", limit)
                graphs.append(compiler.compile_project(project).graph)

        assert set(map(str, graphs[0].quads())) == set(map(str, graphs[1].quads()))
