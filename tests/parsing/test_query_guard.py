"""No query ends the process by its nesting, and none calls a host that the user did not name."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from itasgraph.authoring.project_check import check
from itasgraph.cli import main
from itasgraph.errors import InvalidProject, UnsafeQuery
from itasgraph.parsing import query_guard
from itasgraph.parsing.nesting import MAX_DEPTH
from itasgraph.parsing.query_guard import MAX_OPERATORS, refuse_unsafe
from itasgraph.project import Project
from itasgraph.store import access
from tests.helpers.projects import ROOT
from tests.helpers.servers import Listener

# What nests → a query with so many brackets in each other.
NESTED: dict[str, Callable[[int], str]] = {
    "expressions": lambda n: "ASK { FILTER" + "(" * n + "1" + ")" * n + " }",
    "groups": lambda n: "ASK " + "{" * n + "?s ?p ?o" + "}" * n,
    "negations": lambda n: "ASK { FILTER(" + "!(" * n + "true" + ")" * n + ") }",
    "IF": lambda n: "ASK { FILTER(" + "IF(true," * n + "1" + ",2)" * n + ") }",
    "CONCAT": lambda n: "ASK { FILTER(" + "CONCAT(" * n + "'a'" + ")" * n + ") }",
    "SUM": lambda n: "SELECT (" + "SUM(" * n + "1" + ")" * n + " AS ?n) { ?s ?p ?o }",
    "EXISTS": lambda n: "ASK { " + "FILTER EXISTS { " * n + "?s ?p ?o" + "}" * n + " }",
    "sub-selects": lambda n: "ASK " + "{ SELECT * " * n + "{ ?s ?p ?o }" + " }" * n,
    "UNION": lambda n: "ASK { " + "{ ?s ?p 1 } UNION { " * n + "?s ?p ?o" + " }" * n + " }",
    "MINUS": lambda n: "ASK { " + "?s ?p ?o MINUS { " * n + "?s ?p ?o" + "}" * n + " }",
    "GRAPH": lambda n: "ASK { " + "GRAPH ?g { " * n + "?s ?p ?o" + "}" * n + " }",
    "paths": lambda n: "ASK { ?s " + "(" * n + "e:p" + ")" * n + " ?o }",
    "inverse paths": lambda n: "ASK { ?s " + "^(" * n + "e:p" + ")" * n + " ?o }",
    "triple terms": lambda n: "ASK { ?s ?p " + "<<( ?s ?p " * n + "1" + " )>>" * n + " }",
}
# What chains → a query with so many operators.
CHAINED: dict[str, Callable[[int], str]] = {
    "paths": lambda n: "ASK { ?s " + "/".join(["e:p"] * n) + " ?o }",
    "alternatives": lambda n: "ASK { ?s " + "|".join(["e:p"] * n) + " ?o }",
    "negations": lambda n: "ASK { FILTER(" + "!" * n + "true) }",
    "sums": lambda n: "ASK { FILTER(" + " + ".join(["1"] * n) + ") }",
    "sums without spaces": lambda n: "ASK { FILTER(" + "1" + "+1" * n + ") }",
    "sums in a comparison": lambda n: "ASK { FILTER(1<1" + "+1" * n + "&&2>1) }",
    "or": lambda n: "ASK { FILTER(" + " || ".join(["false"] * n) + ") }",
    "UNION": lambda n: "ASK { " + " UNION ".join(["{ ?s ?p 1 }"] * n) + " }",
    "OPTIONAL": lambda n: "ASK { ?s ?p 1 " + "OPTIONAL { ?s ?p 1 } " * n + " }",
    "MINUS": lambda n: "ASK { ?s ?p ?o " + "MINUS { ?s ?p 1 } " * n + " }",
    "BIND": lambda n: "ASK { " + " ".join(f"BIND(1 AS ?v{i})" for i in range(n)) + " }",
    "glued BIND": lambda n: "ASK { VALUES ?u { true" + "}BIND(1AS?v) VALUES?u{true" * n + "} }",
    "expressions": lambda n: "SELECT " + " ".join(f"(1 AS ?v{i})" for i in range(n)) + " { ?s ?p ?o }",
    "DESCRIBE": lambda n: "DESCRIBE " + "<http://e/a> " * n,
}
# Runs the queries given as JSON, and says which one is next, so that one that ends the process is known.
WORKER = """
import json, sys
import pyoxigraph as ox
store = ox.Store()
store.add(ox.Quad(ox.NamedNode("http://e/a"), ox.NamedNode("http://e/p"), ox.NamedNode("http://e/b")))
for name, text in json.load(sys.stdin):
    print(name, flush=True)
    try:
        list(store.query(text, prefixes={"e": "http://e/"})) if text[0] != "A" else store.query(text, prefixes={"e": "http://e/"})
    except SyntaxError:
        pass
print("done")
"""


@pytest.mark.parametrize("kind", NESTED)
def test_deep_brackets_are_refused(kind: str) -> None:
    refuse_unsafe(NESTED[kind](MAX_DEPTH - 4))
    for levels in (MAX_DEPTH + 2, 5_000, 100_000):
        with pytest.raises(UnsafeQuery, match="brackets"):
            refuse_unsafe(NESTED[kind](levels))


@pytest.mark.parametrize("kind", CHAINED)
def test_long_chains_are_refused(kind: str) -> None:
    refuse_unsafe(CHAINED[kind](MAX_OPERATORS // 4))
    for number in (MAX_OPERATORS + 10, 30_000):
        with pytest.raises(UnsafeQuery, match="combines"):
            refuse_unsafe(CHAINED[kind](number))


def longest_that_pass() -> Iterator[tuple[str, str]]:
    """Yield nesting and chains alone, and chains within nesting; not longer than Oxigraph answers in a second."""
    most = {"UNION": 300, "OPTIONAL": 300, "alternatives": 300, "paths": 300, "sums in a comparison": 900}
    yield from ((f"chained {kind}", make(most.get(kind, 450))) for kind, make in CHAINED.items())
    chain = "+".join(["1"] * 700)
    for kind in ("SUM", "CONCAT", "IF", "expressions"):
        yield f"both {kind}", NESTED[kind](MAX_DEPTH - 6).replace("(1)", f"({chain})").replace("'a'", chain)
    yield "both EXISTS", NESTED["EXISTS"](MAX_DEPTH - 6).replace("?s ?p ?o}", f"?s ?p ?o FILTER({chain} = 700)}}", 1)


@pytest.mark.parametrize(
    "cases",
    [
        [(kind, make(MAX_DEPTH - 4)) for kind, make in NESTED.items()],
        pytest.param(list(longest_that_pass()), marks=pytest.mark.slow),
    ],
    ids=["nested", "chained"],
)
def test_accepted_query_ends_no_process(cases: list[tuple[str, str]]) -> None:
    for _, text in cases:
        refuse_unsafe(text)

    done = subprocess.run(
        [sys.executable, "-c", WORKER],
        input=json.dumps(cases),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "done"), done.stdout + done.stderr


def test_long_flat_query_passes() -> None:
    rows = " ".join(f"(<https://w3id.org/itas/a-{n}/b> -{n} 'x'^^<http://e/d>)" for n in range(5_000))

    refuse_unsafe(f"SELECT * {{ VALUES (?a ?b ?c) {{ {rows} }} ?s ?p ?o }}")
    refuse_unsafe("ASK { ?s ?p ?o FILTER(?o IN (" + ", ".join(f"<http://e/{n}>" for n in range(5_000)) + ")) }")
    refuse_unsafe("ASK { VALUES ?n { " + "-1 " * 5_000 + "} ?s ?p ?n }")


def test_brackets_in_strings_do_not_count() -> None:
    many = "(" * 1_000

    refuse_unsafe(f'ASK {{ ?s ?p \'{many}\' , """{many}\n""" . # {many}\n ?s <http://e/{many}> e:a\\(b }}')


@pytest.mark.parametrize("text", ["ASK { FILTER(?s<?o#>'''\n&&%s)#'''\n }", "ASK { FILTER(?s<<b#>'''&&%s)#'''\n }"])
def test_hidden_brackets_are_found(text: str) -> None:
    """Oxigraph sees a comparison and a comment where SPARQL sees an IRI and a string."""
    with pytest.raises(UnsafeQuery, match="ambiguous"):
        refuse_unsafe(text % ("(" * 300 + "1" + ")" * 300))


# --- calls ----------------------------------------------------------------------------------------------------------------

CALLS = [
    "SERVICE <{u}> {{ ?s ?p ?o }}",
    "SERVICE SILENT <{u}> {{ ?s ?p ?o }}",
    "service<{u}>{{ ?s ?p ?o }}",
    "SERVICE # remark\n\t <{u}> {{ ?s ?p ?o }}",
    "SERVICE x:a {{ ?s ?p ?o }}",
    "SERVICEx:a {{ ?s ?p ?o }}",
    "SERVICE:a {{ ?s ?p ?o }}",
    "SERVICESILENT x:a {{ ?s ?p ?o }}",
    "SERVICESILENTx:a {{ ?s ?p ?o }}",
    "?s ?p ?x . SERVICE ?x {{ ?a ?b ?c }}",
    "?s ?p ?x SERVICE $x {{ ?a ?b ?c }}",
    "VALUES ?v {{ 1 }}SERVICE<{u}>{{ ?s ?p ?o }}",
    "?s ?p ?o FILTER EXISTS {{ SERVICE <{u}> {{ ?s ?p ?o }} }}",
    "{{ SELECT * {{ SERVICE <{u}> {{ ?s ?p ?o }} }} }}",
    "LATERAL {{ SERVICE <{u}> {{ ?s ?p ?o }} }}",
    "?s ?p ?o FILTER(?s<?o||true)SERVICE#>\n<{u}>{{ }}",
    "?s ?p ?o FILTER(?s<?o#>'\n||true)SERVICE<{u}>{{ }} #'\n",
    "OPTIONAL {{ ?s ?p x:a\\' }} SERVICE <{u}> {{ }} #'\n",
    "OPTIONAL {{ ?s ?p x:. }} SERVICE <{u}> {{ }}",
    "VALUES ?v {{ '<http://e/'}}SERVICE#>\n<{u}>{{ }}",
    'VALUES ?v {{ "<http://e/"}}SERVICE#>\n<{u}>{{ }}',
    "?s ?p ?o #<http://e/\nSERVICE#>\n<{u}>{{ }}",
    "?s <http://e/SERVICE> ?o SERVICE<{u}>{{ }}",
    "OPTIONAL {{ ?s ?p x:a.b.SERVICE <{u}> {{ }} }}",
    'VALUES ?v {{ """ a" }} SERVICE <{u}> {{ }} #\\z"""\n',
    "OPTIONAL {{ ?s <{u}\\u0041'> ?o }} SERVICE <{u}> {{ }} #'\n",
    "\\u0053ERVICE <{u}> {{ }}",
    "\\U00000053ervice <{u}> {{ }}",
]


def store(url: str) -> ox.Store:
    actual = ox.Store()
    actual.add(ox.Quad(ox.NamedNode("http://e/a"), ox.NamedNode("http://e/p"), ox.NamedNode(url)))
    return actual


@pytest.mark.parametrize("pattern", CALLS)
def test_service_is_refused_in_any_spelling(pattern: str) -> None:
    with pytest.raises(UnsafeQuery):
        refuse_unsafe(f"ASK {{ {pattern.format(u='http://evil.example/')} }}", prefixes={"x": "http://evil.example/"})


def test_oxigraph_sees_the_same_calls(listener: Listener) -> None:
    """So that the list above does not only hold what nobody would carry out."""
    prefixes = {"x": listener.url, "": listener.url}
    for pattern in CALLS[:9]:
        store(listener.url).query(f"ASK {{ {pattern.format(u=listener.url)} }}", prefixes=prefixes)

    assert listener.connections == 9


@pytest.mark.parametrize(
    "pattern",
    [
        "?service a schema:Service",
        "?s a service:Service . GRAPH service:g { ?s ?p ?o }",
        "?s ?p 'SERVICE <http://evil.example/> {}'",
        "?s ?p ?o # SERVICE <http://evil.example/> {}\n",
        "?s <http://e/SERVICE> <http://e/service#x>",
        "?s <service#> ?o . ?o ?p ?q",
        "?s ?p x:service , x:a.b-service",
    ],
)
def test_lookalikes_pass(pattern: str) -> None:
    refuse_unsafe(f"ASK {{ {pattern} }}")


def test_allowed_host_passes() -> None:
    prefixes = {"x": "http://good.example/"}
    for target in ("<http://good.example/sparql>", "<https://GOOD.example:8080/>", "x:y", "SILENT x:y"):
        refuse_unsafe(f"ASK {{ SERVICE {target} {{ }} }}", ["good.example"], prefixes=prefixes)
    refuse_unsafe("BASE <http://good.example/> ASK { SERVICE <y> { } }", ["good.example"])
    refuse_unsafe("PREFIX y: <http://good.example/> ASK { SERVICE y: { } }", ["good.example"])


@pytest.mark.parametrize(
    "target",
    [
        "<http://evil.example/>",
        "<http://good.example@evil.example/>",
        "<http://good.example.evil.example/>",
        "<http://evil.example/good.example>",
        "<http:evil.example>",
        "<http:///evil.example/>",
        "<http://good.example\\u0040evil.example/>",
        "<file://good.example/etc/passwd>",
        "<//evil.example/>",
        "x:y",
        "?x",
    ],
)
def test_similar_host_is_refused(target: str) -> None:
    with pytest.raises(UnsafeQuery):
        refuse_unsafe(
            f"ASK {{ ?s ?p ?x SERVICE {target} {{ }} }}", ["good.example"], prefixes={"x": "http://evil.example/"}
        )


PIECES = [
    "?s ?p ?o",
    "?s ?p ",
    "?s e:p ",
    "e:p ?o",
    "?x",
    "a",
    " ",
    "\n",
    "\t",
    "SERVICE",
    "service ",
    "SERVICE SILENT ",
    "SILENT",
    "<U>",
    "<Ux>",
    "x:a",
    ":a",
    "x:",
    ":",
    "{ ?s ?p ?o }",
    "{}",
    "{",
    "}",
    "(",
    ")",
    ".",
    ",",
    ";",
    "FILTER(?s<?o)",
    "FILTER(",
    "?s<?o",
    "<",
    "<?o#>",
    "<urn:x#>",
    "<http://e/",
    "<http://e/SERVICE>",
    "<a'>",
    "#",
    "#>",
    "'",
    '"',
    "'''",
    '"""',
    "\\'",
    "\\z",
    "\\u0027",
    "\\u0041",
    "x:.",
    "x:a.b.",
    "e:a\\'",
    "_:b.",
    "_:.",
    "true",
    "1",
    "1.",
    "1e5",
    "VALUES ?x {",
    "OPTIONAL {",
    "UNION",
    "BIND(1 AS ?v)",
    "'a'",
    "'a'@en",
    "@en",
    "^^",
    "GRAPH ?g {",
    "FILTER EXISTS {",
    "&&",
    "=",
    "!",
    "*",
    "/",
    "%41",
    "%",
    "·",
    "́",
    "ª",
    "<<",
    ">>",
    "<<(",
    ")>>",
    "[",
    "]",
    "LATERAL {",
    "SELECT * {",
    "{!",
    "UNDEF",
    "service:",
    "SERVICE:a",
    "\\#",
]
FRAMES = [
    "{ ?s ?p ?o %s }",
    "{ ?s ?p ?o . SERVICE <U>{ ?s ?p ?o } %s }",
    "{ ?s ?p ?o FILTER(?s<?o||true%s) SERVICE x:a { ?s ?p ?o } }",
    "{ ?s ?p ?o FILTER(true||?s%s?o%s)SERVICE<U>{ } #%s\n}",
    "{ ?s ?p ?o %s SERVICE<U>{} %s }",
    "{ %s SERVICE <U>{ } #%s\n}",
    "{ VALUES ?x { %s } SERVICE <U>{ } #%s\n}",
    "{ OPTIONAL{?s ?p ?o%s}SERVICE:a{ }%s }",
]


@pytest.mark.parametrize("number", [1_500, pytest.param(100_000, marks=pytest.mark.slow)])
def test_accepted_query_calls_nobody(listener: Listener, number: int) -> None:
    """Pieces of SPARQL put together by chance around a call: what passes is run, and nobody may come to the socket."""
    chance = random.Random(number)
    data, prefixes = (
        store(listener.url),
        {"x": listener.url, "": listener.url, "e": "http://e/", "SERVICEx": listener.url},
    )
    passed = 0
    for _ in range(number):
        frame = chance.choice(FRAMES)
        while "%s" in frame:
            frame = frame.replace("%s", "".join(chance.choices(PIECES, k=chance.choice([0, 1, 1, 2, 3]))), 1)
        text = "ASK " + frame.replace("<U", f"<{listener.url}")
        try:
            refuse_unsafe(text, prefixes=prefixes)
        except UnsafeQuery:
            continue
        passed += 1
        try:
            data.query(text, prefixes=prefixes)
        except (SyntaxError, RuntimeError):
            continue
        assert listener.connections == 0, text

    assert passed > number / 10
    assert listener.connections == 0


# --- where it stands ------------------------------------------------------------------------------------------------------


def test_rule_is_guarded(little: Path) -> None:
    rules = little / "ontology" / "rules"
    rules.mkdir(exist_ok=True)
    (rules / "a.rq").write_text("CONSTRUCT { ?s ?p ?o }\nWHERE { SERVICE <http://evil.example/> { ?s ?p ?o } }")
    (rules / "b.rq").write_text("CONSTRUCT { ?s ?p ?o } WHERE " + "{" * 5_000 + "?s ?p ?o" + "}" * 5_000)

    with pytest.raises(InvalidProject) as caught:
        access.load(Project(little))

    lines = str(caught.value).splitlines()
    assert "a.rq:2:9: SERVICE calls another host" in lines[0]
    assert "b.rq:1:230: The query is nested too deeply" in lines[1]


@pytest.mark.parametrize("arguments", [["query"], ["query", "--endpoint", "http://127.0.0.1:9/"]])
def test_call_needs_consent(arguments: list[str]) -> None:
    text = "SELECT * { SERVICE <http://one.example/> { ?s ?p ?o } }"

    refused = CliRunner().invoke(main, [*arguments, text, "--project", str(ROOT), "--lang", "en"])

    assert refused.exit_code == 2
    assert "allow it with --allow-service one.example" in refused.stderr


QUERIES_IN_SHAPES = {
    "rule": "a sh:NodeShape ; sh:targetClass e:T ; sh:rule [ a sh:SPARQLRule ; sh:construct '%s' ]",
    "target": "a sh:NodeShape ; sh:target [ a sh:SPARQLTarget ; sh:select '%s' ] ; sh:property [ sh:path e:p ]",
    "function": "a sh:SPARQLFunction ; sh:parameter [ sh:path e:x ] ; sh:returnType e:T ; sh:select '%s'",
    "validator": "a sh:ConstraintComponent ; sh:parameter [ sh:path e:c ] ; sh:validator [ a sh:SPARQLAskValidator ; sh:ask '%s' ]",
}


@pytest.mark.quick(1)
@pytest.mark.parametrize("kind", QUERIES_IN_SHAPES)
@pytest.mark.parametrize("inner", ["SERVICE <%s> { ?s ?p ?o }", "{" * 5_000 + "?s ?p ?o" + "}" * 5_000])
def test_shape_query_is_guarded(little: Path, listener: Listener, kind: str, inner: str) -> None:
    head = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <http://e/> .\n"
    inner = inner % listener.url if "%" in inner else inner
    shape = QUERIES_IN_SHAPES[kind] % f"SELECT ?this {{ {inner} }}"
    (little / "ontology" / "shapes.ttl").write_text(f"{head} e:S {shape} .", encoding="utf-8")

    findings, _ = check(Project(little))

    assert {"service-in-file", "query-too-deep"} & {finding.code for finding in findings}, findings
    assert listener.connections == 0


def test_check_query_is_guarded(little: Path, listener: Listener) -> None:
    checks = little / "ontology" / "checks"
    checks.mkdir(exist_ok=True)
    (checks / "a.rq").write_text(f"SELECT ?thing\n{{ SERVICE <{listener.url}> {{ ?thing ?p ?o }} }}")

    findings, _ = check(Project(little))

    assert [str(finding.location)[-8:] for finding in findings if finding.code == "service-in-file"] == ["a.rq:2:3"]
    assert listener.connections == 0


def test_allowed_host_is_called(listener: Listener) -> None:
    text = f"SELECT * {{ SERVICE <{listener.url}> {{ ?s ?p ?o }} }}"

    done = CliRunner().invoke(main, ["query", text, "--project", str(ROOT), "--allow-service", listener.url])

    assert (done.exit_code, listener.connections) == (0, 1)


def test_deep_query_has_a_caret() -> None:
    text = "ASK { FILTER" + "(" * 5_000 + "1" + ")" * 5_000 + " }"

    done = CliRunner().invoke(main, ["query", text, "--project", str(ROOT), "--lang", "de"])

    assert done.exit_code == 2
    assert done.stderr.startswith("Die Abfrage ist zu tief verschachtelt (mehr als 200 Klammern)")
    assert max(map(len, done.stderr.splitlines())) < 300


def test_shipped_queries_pass() -> None:
    actual = [*ROOT.glob("queries/**/*.rq"), *ROOT.glob("ontology/**/*.rq")]

    for path in actual:
        query_guard._scan(path.read_text(encoding="utf-8"))
    assert len(actual) > 40
