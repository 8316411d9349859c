"""A network query becomes a graph of things and links, each link with the words it rests on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest

from itasgraph.entities.evidence import Evidence
from itasgraph.errors import FileError, UsageError
from itasgraph.network import builder
from itasgraph.project import Project
from tests.helpers.graphs import graph_of
from tests.helpers.networks import EX, NAMES, Net, name
from tests.helpers.programs import Run
from tests.helpers.projects import ROOT

TEN_TRIPLES = f"""
@prefix : <{EX}> .
:anna a :Person ; :knows :ben .
:ben a :Person .
:cora a :Person .
:words :from :anna ; :to :ben ; :quote "Anna kennt Ben" ; :line 7 , 3 ; :by :rule .
"""
ACQUAINTANCES = f"""
PREFIX : <{EX}>
SELECT ?source ?relation ?target ?quote ?line ?rule {{
  ?source a :Person
  OPTIONAL {{
    ?source :knows ?target .
    ?words :from ?source ; :to ?target ; :quote ?quote ; :line ?line ; :by ?rule .
    BIND(:knows AS ?relation)
  }}
}}
"""


def from_rows(columns: str, *rows: str) -> Net[str]:
    """Return a network of the rows given, in SPARQL's VALUES; `:a` is short for <https://example.org/a>."""
    query = f"PREFIX : <{EX}> SELECT {columns} {{ VALUES ({columns}) {{ {' '.join(f'({row})' for row in rows)} }} }}"
    return builder.build(graph_of(TEN_TRIPLES), query, "rows")


# --- ten triples ------------------------------------------------------------------------------------------------------


def test_query_gives_nodes_and_edges() -> None:
    net = builder.build(graph_of(TEN_TRIPLES), ACQUAINTANCES, "acquaintances")

    assert list(net.nodes) == [f"{EX}anna", f"{EX}ben", f"{EX}cora"]
    assert list(net.edges(keys=True)) == [(f"{EX}anna", f"{EX}ben", f"{EX}knows")]


def test_isolated_node_stays() -> None:
    net = builder.build(graph_of(TEN_TRIPLES), ACQUAINTANCES, "acquaintances")

    assert list(nx.isolates(net)) == [f"{EX}cora"]


def test_edge_has_quote_lines_and_rule() -> None:
    net = builder.build(graph_of(TEN_TRIPLES), ACQUAINTANCES, "acquaintances")

    assert net.edges[f"{EX}anna", f"{EX}ben", f"{EX}knows"] == {
        "quotes": [Evidence("Anna kennt Ben", (3, 7))],
        "rules": [f"{EX}rule"],
        "notes": [],
        "quote_notes": {},
        "weight": 1.0,
        "symmetric": False,
        "terminal": False,
    }


def test_difference_is_no_edge() -> None:
    net = from_rows("?source ?relation ?target", ":a :knows :b", ":a <http://www.w3.org/2002/07/owl#differentFrom> :c")

    assert list(net.nodes) == [f"{EX}a", f"{EX}b", f"{EX}c"]
    assert list(net.edges(keys=True)) == [(f"{EX}a", f"{EX}b", f"{EX}knows")]


def test_two_relations_are_two_edges() -> None:
    net = from_rows("?source ?relation ?target", ":a :knows :b", ":a :likes :b", ":b :knows :a")

    assert list(net.edges(keys=True)) == [
        (f"{EX}a", f"{EX}b", f"{EX}knows"),
        (f"{EX}a", f"{EX}b", f"{EX}likes"),
        (f"{EX}b", f"{EX}a", f"{EX}knows"),
    ]


def test_two_documents_are_two_proofs() -> None:
    columns = "?source ?relation ?target ?quote ?line ?document"
    rows = (':a :knows :b "A und B" 4 :second', ':a :knows :b "A und B" UNDEF :first', ':a :knows :b "A, B" 9 :first')

    net = from_rows(columns, *rows)

    assert net.edges[f"{EX}a", f"{EX}b", f"{EX}knows"]["quotes"] == [
        Evidence("A und B", (), f"{EX}first"),
        Evidence("A und B", (4,), f"{EX}second"),
        Evidence("A, B", (9,), f"{EX}first"),
    ]


def test_notes_and_rules_are_sorted() -> None:
    columns = "?source ?relation ?target ?rule ?note"
    rows = (":a :knows :b :rule2 :note2", ":a :knows :b :rule1 :note2", ":a :knows :b UNDEF :note1")

    net = from_rows(columns, *rows)

    assert net.edges[f"{EX}a", f"{EX}b", f"{EX}knows"] == {
        "quotes": [],
        "rules": [f"{EX}rule1", f"{EX}rule2"],
        "notes": [f"{EX}note1", f"{EX}note2"],
        "quote_notes": {},
        "weight": 2.0,
        "symmetric": False,
        "terminal": False,
    }


def test_quote_keeps_the_notes_of_its_own_rows() -> None:
    columns = "?source ?relation ?target ?quote ?document ?note"
    rows = (
        ':a :knows :b "A, B" :first :talk1',
        ':a :knows :b "A, B" :second :talk2',
        ':a :knows :b "B and A" :first :talk2',
        ':a :knows :b "B and A" :first :talk1',
        ':a :knows :b "Neither" :first UNDEF',
    )

    net = from_rows(columns, *rows)

    assert net.edges[f"{EX}a", f"{EX}b", f"{EX}knows"]["quote_notes"] == {
        ("A, B", f"{EX}first"): [f"{EX}talk1"],
        ("A, B", f"{EX}second"): [f"{EX}talk2"],
        ("B and A", f"{EX}first"): [f"{EX}talk1", f"{EX}talk2"],
    }


def test_weight_comes_from_query_or_notes() -> None:
    columns = "?source ?relation ?target ?note ?weight"
    rows = (":a :knows :b :x 7", ":a :knows :b :y 7", ":b :knows :c :x UNDEF", ":b :knows :c :y UNDEF")

    net = from_rows(columns, *rows, ":c :knows :d UNDEF UNDEF")

    assert [link["weight"] for *_, link in net.edges(data=True)] == [7.0, 2.0, 1.0]


def test_symmetric_edge_is_there_once() -> None:
    knowing = graph_of(f"<{EX}knows> a owl:SymmetricProperty .")
    rows = "(:b :knows :a :y) (:a :knows :b :x) (:a :asks :b :x) (:b :asks :a :x)"
    query = f"PREFIX : <{EX}> SELECT * {{ VALUES (?source ?relation ?target ?note) {{ {rows} }} }}"

    net = builder.build(knowing, query, "rows")

    assert [
        (name(a), name(key), name(b), link["symmetric"]) for a, b, key, link in net.edges(keys=True, data=True)
    ] == [
        ("a", "asks", "b", False),
        ("a", "knows", "b", True),
        ("b", "asks", "a", False),
    ]
    assert net.edges[f"{EX}a", f"{EX}b", f"{EX}knows"]["notes"] == [f"{EX}x", f"{EX}y"]


def test_unlabelled_node_shows_its_id() -> None:
    net = from_rows("?source ?relation ?target", ":a :knows :b")

    assert net.nodes[f"{EX}a"] == {"labels": {"de": f"{EX}a", "en": f"{EX}a"}, "kind": ""}


def test_self_loop_is_allowed() -> None:
    net = from_rows("?source ?relation ?target", ":a :knows :a")

    assert list(net.edges) == [(f"{EX}a", f"{EX}a", f"{EX}knows")]


def test_no_rows_make_an_empty_network() -> None:
    net = from_rows("?source ?relation ?target")

    assert (net.number_of_nodes(), net.number_of_edges()) == (0, 0)


# --- the congress -------------------------------------------------------------------------------------------------------


def test_hash_seed_changes_no_order() -> None:
    outputs = {_listed(seed) for seed in ("0", "4711")}

    assert len(outputs) == 1
    assert outputs.pop().count(b"\n") > 300


def _listed(seed: str) -> bytes:
    """Return nodes and edges of the shipped network as a fresh process lists them."""
    program = """
from itasgraph.store import access; from itasgraph.network import builder; from itasgraph import project
chosen = project.find()
question = builder.find_query("actors", chosen)
net = builder.build(access.load(chosen), question.text, question.name)
print(*net.nodes, *net.edges(keys=True, data=True), sep="\\n")
"""
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-c", program], env=environment, cwd=ROOT, capture_output=True, check=True
    ).stdout


# --- asked wrongly ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lacking", ["source", "relation", "target"])
def test_missing_column_is_named(lacking: str) -> None:
    columns = " ".join(f"?{column}" for column in ("source", "relation", "target") if column != lacking)

    with pytest.raises(UsageError) as caught:
        from_rows(columns, ":a :b")

    assert str(caught.value) == f"rows: the query of the network lacks the column ?{lacking} – name it in SELECT"


def test_select_is_required() -> None:
    with pytest.raises(UsageError) as caught:
        builder.build(graph_of(TEN_TRIPLES), "ASK { ?s ?p ?o }", "ask")

    assert "lacks the column ?source" in str(caught.value)


@pytest.mark.parametrize("row", ["UNDEF :knows :b", ":a UNDEF :b"], ids=["no-source", "no-relation"])
def test_half_an_edge_is_refused(row: str) -> None:
    with pytest.raises(UsageError) as caught:
        from_rows("?source ?relation ?target", row)

    assert str(caught.value).startswith("rows: a row of the network has ?target, but not ?source and ?relation: ")
    assert f"?target {EX}b" in str(caught.value)


def test_line_must_be_a_number() -> None:
    with pytest.raises(UsageError) as caught:
        from_rows("?source ?relation ?target ?quote ?line", ':a :knows :b "words" "seven"')

    assert str(caught.value) == "rows: ?line is not a line number: seven"


@pytest.mark.parametrize("weight", ['"heavy"', "0", "-1", '"nan"'])
def test_weight_must_be_positive(weight: str) -> None:
    with pytest.raises(UsageError) as caught:
        from_rows("?source ?relation ?target ?weight", f":a :knows :b {weight}")

    assert str(caught.value).startswith("rows: ?weight is not a number above zero: ")


def test_unknown_network_names_the_nearest(shipped: Project) -> None:
    with pytest.raises(UsageError) as caught:
        builder.find_query("actros", shipped)

    assert str(caught.value) == f"There is no network “actros” – did you mean actors? There are: {NAMES}"


def test_query_file_is_found(shipped: Project, tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_text("#+ title: {en: Mine}\n" + ACQUAINTANCES, encoding="utf-8")

    question = builder.find_query(str(tmp_path / "mine.rq"), shipped)

    assert (question.name, question.title("en")) == ("mine", "Mine")


def test_missing_query_file_is_named(shipped: Project, tmp_path: Path) -> None:
    with pytest.raises(FileError) as caught:
        builder.find_query(str(tmp_path / "absent.rq"), shipped)

    assert "absent.rq" in str(caught.value)


def test_unknown_network_exits_2(run: Run, tmp_path: Path) -> None:
    result = run("view", "actros", "-o", tmp_path / "network.html", "--lang", "de")

    assert result.exit_code == 2
    assert result.stderr == f"Ein Netz „actros“ gibt es nicht – gemeint: actors? Es gibt: {NAMES}\n"
    assert not (tmp_path / "network.html").exists()
