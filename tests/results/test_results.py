"""Answers as tables for people, as the W3C's formats for programs, as a page, as a graph; with footnotes and without."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import IO, cast
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rdflib.query import Result as RdflibResult

from itasgraph import formats
from itasgraph.entities.evidence import Evidence, Footnote, Source
from itasgraph.errors import UsageError
from itasgraph.project import Project
from itasgraph.results import writers
from itasgraph.results.cited_table import CitedTable, Row
from itasgraph.results.presentation import RenderContext
from itasgraph.store.memory import Graph
from itasgraph.store.queryable import Result
from tests.helpers.graphs import graph_of
from tests.helpers.hostile import HOSTILE
from tests.helpers.programs import Run, python
from tests.helpers.projects import ROOT
from tests.helpers.properties import count_inputs

AWKWARD = """
    <a> rdfs:label "Äpfel"@de , "Apples"@en ; <says> "a, \\"b\\"\\nc" , "" , "x"@de-DE , "2024-06-06"^^xsd:date , 7 .
    <b> rdfs:label "Birnen"@de ; <says> [] .
    <c> rdfs:label "Kiwi" , "Kiwifruit"@en ."""


@pytest.fixture(scope="module")
def small() -> Graph:
    return graph_of(AWKWARD)


def content_of(
    graph: Graph, answer: Result | CitedTable, format_: str, lang: str = "de", width: int = 0, title: str = ""
) -> bytes:
    out = io.BytesIO()
    writers.write(answer, format_, out, RenderContext(graph, lang, width, title))
    return out.getvalue()


def answer_of(graph: Graph, query: str, format_: str = "table", lang: str = "de", width: int = 0) -> bytes:
    return content_of(graph, graph.query(query), format_, lang, width)


def table(graph: Graph, query: str, lang: str = "de", width: int = 0) -> list[str]:
    return answer_of(graph, query, lang=lang, width=width).decode().split("\n")


ALL = "SELECT ?s ?o WHERE { ?s ?p ?o } ORDER BY ?s ?o"
NONE = "SELECT ?s ?o WHERE { ?s <nothing> ?o }"
W3C = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
TABLES = ("table", *W3C, "markdown", "html", "xlsx")
GRAPHS = {
    "table": ox.RdfFormat.TURTLE,
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
REVIEW = Footnote(
    Evidence("Boris Kaiser, CWE", (24,)),
    Source("Rückblick auf den ITAS-Kongress 2024", "https://itas-projekt.de/r"),
)
PLAIN = Footnote(Evidence("zwei  Zeilen\nlang"), Source("Aushang"))


@pytest.fixture
def cited() -> CitedTable:
    """Return three rows: one rests on two footnotes, one on none, one on the second."""
    rows: list[Row] = [
        (ox.NamedNode("https://w3id.org/itas/a"), ox.Literal("eins")),
        (ox.NamedNode("https://w3id.org/itas/b"), None),
        (ox.NamedNode("https://w3id.org/itas/c"), ox.Literal("drei", language="de")),
    ]
    return CitedTable(("thing", "x"), rows, [(1, 2), (), (2,)], [REVIEW, PLAIN])


def literals(*texts: str) -> CitedTable:
    return CitedTable(("x", "y"), [(ox.Literal(text), ox.Literal("end")) for text in texts], [()] * len(texts), [])


def solutions(*rows: tuple[ox.Literal, ...]) -> tuple[ox.Store, str]:
    """Return a store that holds the rows in their order, and the query that gets them."""
    store = ox.Store()
    for number, row in enumerate(rows):
        for column, term in enumerate(row):
            store.add(ox.Quad(ox.NamedNode(f"urn:row:{number:05}"), ox.NamedNode(f"urn:{column}"), term))
    return store, "SELECT ?x ?y { ?row <urn:0> ?x ; <urn:1> ?y } ORDER BY ?row"


class Page(HTMLParser):
    """The tags with their attributes, and the texts of the cells, of an HTML page."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.cells: list[str] = []
        self.text = ""
        self._inside = ""
        self.feed(content.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in ("td", "th"):
            self.cells.append("")
            self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = ""

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._inside:
            self.cells[-1] += data

    def links(self) -> list[str]:
        return [attrs["href"] or "" for tag, attrs in self.tags if tag == "a"]


def markdown_cells(content: bytes) -> list[list[str]]:
    """Return the rows of the table, read as GitHub reads it: the text of each cell, a break as a line feed."""
    rows: list[list[str]] = []
    for token in MarkdownIt("commonmark").enable("table").parse(content.decode()):
        if token.type == "tr_open":
            rows.append([])
        if token.type == "inline" and rows and token.level > 2:
            parts = [
                "\n" if part.type == "html_inline" and part.content == "<br>" else part.content
                for part in token.children or []
            ]
            rows[-1].append("".join(parts))
    return rows


def page_of(content: bytes, format_: str) -> Page:
    """Return a page of HTML, or of Markdown as GitHub shows it."""
    return Page(
        MarkdownIt("commonmark").enable("table").render(content.decode()).encode() if format_ == "markdown" else content
    )


def rdflib_rows(content: bytes, format_: str) -> list[tuple[rdflib.term.Node | None, ...]]:
    read = RdflibResult.parse(cast("IO[bytes]", io.BytesIO(content)), format=format_)
    return [tuple(row.get(variable) for variable in read.vars or []) for row in read.bindings]


# --- for programs -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", [ALL, NONE], ids=["awkward values", "no rows"])
@pytest.mark.parametrize("format_", W3C)
def test_formats_are_byte_exact(small: Graph, query: str, format_: str) -> None:
    answer = answer_of(small, query, format_)
    expected = small.query(query)

    assert isinstance(expected, ox.QuerySolutions)
    assert answer == expected.serialize(format=W3C[format_])


def test_csv_keeps_special_characters(small: Graph) -> None:
    answer = answer_of(small, "SELECT ?o { <a> ?p ?o } ORDER BY ?o", "csv")
    read = [row[0] if row else "" for row in csv.reader(io.StringIO(answer.decode(), newline=""))]

    assert sorted(read) == sorted(["o", 'a, "b"\nc', "", "x", "2024-06-06", "7", "Äpfel", "Apples"])


def test_json_keeps_language_and_datatype(small: Graph) -> None:
    answer = json.loads(answer_of(small, "SELECT ?o { <a> <says> ?o }", "json"))
    read = {(b["o"]["value"], b["o"].get("xml:lang"), b["o"].get("datatype")) for b in answer["results"]["bindings"]}

    assert {("x", "de-de", None), ("x", "de-DE", None)} & read
    assert ("2024-06-06", None, "http://www.w3.org/2001/XMLSchema#date") in read
    assert ("7", None, "http://www.w3.org/2001/XMLSchema#integer") in read


def test_programs_get_iris(small: Graph) -> None:
    answer = answer_of(small, "SELECT ?thing ?thingLabel { VALUES (?thing ?thingLabel) { (<a> 'A') } }", "csv")

    assert answer == b"thing,thingLabel\r\nhttps://w3id.org/itas/a,A\r\n"


# --- yes and no -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "lang", "word"),
    [
        ("ASK { ?s ?p ?o }", "de", "ja\n"),
        ("ASK { ?s ?p ?o }", "en", "yes\n"),
        ("ASK { ?s <nothing> ?o }", "de", "nein\n"),
        ("ASK { ?s <nothing> ?o }", "en", "no\n"),
    ],
)
def test_boolean_is_a_word(small: Graph, query: str, lang: str, word: str) -> None:
    assert answer_of(small, query, lang=lang).decode() == word


@pytest.mark.parametrize("query", ["ASK { ?s ?p ?o }", "ASK { ?s <nothing> ?o }"])
@pytest.mark.parametrize("format_", ["json", "xml"])
def test_boolean_formats_are_byte_exact(small: Graph, query: str, format_: str) -> None:
    answer = answer_of(small, query, format_)
    expected = small.query(query)

    assert isinstance(expected, ox.QueryBoolean)
    assert answer == expected.serialize(format=W3C[format_])


@pytest.mark.parametrize("format_", ["csv", "tsv"])
@pytest.mark.parametrize("lang", ["de", "en"])
def test_boolean_columns_have_no_language(small: Graph, format_: str, lang: str) -> None:
    assert answer_of(small, "ASK { ?s ?p ?o }", format_, lang) == b"true\n"
    assert answer_of(small, "ASK { ?s <nothing> ?o }", format_, lang) == b"false\n"


def test_boolean_stands_on_the_page(small: Graph) -> None:
    page = Page(content_of(small, small.query("ASK { ?s ?p ?o }"), "html", "de", title="Gibt es etwas?"))

    assert "".join(page.text.split("</style>")[-1]).split()[-4:] == ["Gibt", "es", "etwas?", "ja"]


@pytest.mark.parametrize(("query", "no"), [("ASK { ?s ?p ?o }", False), ("ASK { ?s <nothing> ?o }", True)])
def test_boolean_verdict_is_kept(small: Graph, query: str, no: bool) -> None:
    assert writers.write(small.query(query), "json", io.BytesIO(), RenderContext(small, "de")) == (False, no)


# --- graphs -----------------------------------------------------------------------------------------------------


def test_construct_gives_turtle(small: Graph) -> None:
    query = (
        "CONSTRUCT { ?s <https://w3id.org/itas/ontology#word> ?o } WHERE { ?s rdfs:label ?o FILTER(LANG(?o) = 'de') }"
    )
    answer = answer_of(small, query)

    assert {str(quad.triple) for quad in ox.parse(answer, ox.RdfFormat.TURTLE)} == {
        '<https://w3id.org/itas/a> <https://w3id.org/itas/ontology#word> "Äpfel"@de',
        '<https://w3id.org/itas/b> <https://w3id.org/itas/ontology#word> "Birnen"@de',
    }


def test_construct_gives_jsonld(nordtal_project: Project, run: Run) -> None:
    query = "CONSTRUCT WHERE { <person/ada-blum> a ?type ; schema:name ?name }"
    content = json.loads(run("query", query, "-f", "jsonld", "--project", nordtal_project.root).stdout)

    assert content["says"] == [{"id": "person/ada-blum", "type": "Person", "name": "Ada Blum"}]
    assert content["@context"]["name"] == {"@id": "schema:name"}
    assert "label" not in content["@context"]


def test_empty_construct_gives_nothing(small: Graph) -> None:
    answer = answer_of(small, "CONSTRUCT { ?s ?p ?o } WHERE { ?s <nothing> ?o . ?s ?p ?o }")

    assert answer == b""


@pytest.mark.parametrize(
    ("query", "format_", "fitting"),
    [
        ("DESCRIBE <a>", "csv", [*GRAPHS]),
        ("DESCRIBE <a>", "json", [*GRAPHS]),
        ("DESCRIBE <a>", "html", [*GRAPHS]),
        ("ASK {}", "xlsx", [name for name in TABLES if name != "xlsx"]),
        ("ASK {}", "turtle", [name for name in TABLES if name != "xlsx"]),
        ("SELECT * {}", "turtle", [*TABLES]),
    ],
)
def test_unfit_format_lists_the_fitting(small: Graph, query: str, format_: str, fitting: list[str]) -> None:
    with pytest.raises(UsageError) as caught:
        answer_of(small, query, format_)

    assert (caught.value.exit_code, caught.value.facts["format"]) == (2, format_)
    assert caught.value.render("de").endswith(f"möglich sind hier {', '.join(fitting)}")


@pytest.mark.parametrize("format_", GRAPHS)
def test_graph_formats_agree(small: Graph, format_: str) -> None:
    query = "CONSTRUCT { ?s rdfs:label ?o . ?s schema:about [ schema:name ?o ] } WHERE { ?s rdfs:label ?o }"
    answer, again = answer_of(small, query, format_), answer_of(small, query, format_)
    read = ox.Dataset(ox.parse(answer, GRAPHS[format_]))
    triples = small.query(query)
    assert isinstance(triples, ox.QueryTriples)
    expected = ox.Dataset(ox.Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    for dataset in (read, expected):
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)

    assert set(read) == set(expected)
    assert answer == again


def test_foreign_triples_are_unchanged(small: Graph) -> None:
    integer = ox.NamedNode("http://www.w3.org/2001/XMLSchema#int")
    triple = ox.Triple(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.Literal("007", datatype=integer))

    assert {quad.triple for quad in ox.parse(content_of(small, [triple], "turtle"), ox.RdfFormat.TURTLE)} == {triple}


def test_invalid_xml_name_is_refused(small: Graph) -> None:
    with pytest.raises(UsageError) as caught:
        answer_of(small, "CONSTRUCT { <a> <http://example.org/2024/> <b> } {}", "rdfxml")

    assert caught.value.render("en").startswith("RDF/XML cannot write the predicate http://example.org/2024/")


# --- which format ---------------------------------------------------------------------------------------------------


def test_every_format_fits_something() -> None:
    assert set(formats.names(formats.ANSWERS)) == {*TABLES, *GRAPHS}


# --- for people -------------------------------------------------------------------------------------------------


def test_table_shows_labels(small: Graph) -> None:
    query = "SELECT ?thing { VALUES ?thing { <a> <b> <c> <d> schema:Person } }"
    german, english = table(small, query, "de"), table(small, query, "en")

    assert german[2:] == ["Äpfel", "Birnen", "Kiwi", "d", "schema:Person", ""]
    assert english[2:] == ["Apples", "Birnen", "Kiwifruit", "d", "schema:Person", ""]


def test_label_column_replaces_the_iri(small: Graph) -> None:
    query = "SELECT ?thing ?thingLabel ?xyzzy { VALUES (?thing ?thingLabel ?xyzzy) { (<a> 'Obst' 1) } }"
    rows = table(small, query)

    assert rows == ["Eintrag  xyzzy", "──────────────", "Obst     1", ""]


@pytest.mark.parametrize(
    ("lang", "headings"),
    [("de", ["Organisation", "Rolle", "Worte der Quelle"]), ("en", ["organisation", "role", "words of the source"])],
)
def test_headings_are_translated(small: Graph, lang: str, headings: list[str]) -> None:
    query = "SELECT ?organisationLabel ?role ?quote { VALUES (?organisationLabel ?role ?quote) { (1 2 3) } }"
    first = table(small, query, lang)[0]

    assert first.split("  ") == headings


def test_empty_table_has_headings(small: Graph) -> None:
    rows = table(small, "SELECT ?person ?role { ?person <nothing> ?role }")

    assert rows == ["Person  Rolle", "─────────────", ""]


def test_unbound_is_an_empty_cell(small: Graph) -> None:
    rows = table(small, "SELECT ?x ?y ?z { VALUES (?x ?y ?z) { (1 UNDEF 3) (UNDEF 22 UNDEF) } }")

    assert rows[2:] == ["1      3", "   22", ""]


def test_wide_characters_keep_columns(small: Graph) -> None:
    rows = table(small, 'SELECT ?x ?y { VALUES (?x ?y) { ("東京" 1) ("e\\u0301" 2) ("abcd" 3) } }')

    assert rows[2:] == ["東京  1", "e\u0301     2", "abcd  3", ""]


def test_line_break_keeps_the_table(small: Graph) -> None:
    rows = table(small, 'SELECT ?x ?y { VALUES (?x ?y) { ("a\\n\\tb" 1) } }')

    assert rows[2:] == ["a b  1", ""]


def test_markup_is_shown_as_is(small: Graph) -> None:
    query = 'SELECT ?x { VALUES ?x { "[bold]x[/bold] :smile:" } }'
    narrow, wide = table(small, query, width=60), table(small, query)

    assert narrow[2] == wide[2] == "[bold]x[/bold] :smile:"


def test_control_characters_are_removed(small: Graph) -> None:
    actual = "\n".join(table(small, 'SELECT ?x { VALUES ?x { "a\\u001B[31mb" } }'))

    assert "\u001b" not in actual


def test_terminal_table_fits_the_width(small: Graph) -> None:
    words = " ".join(f"word{number}" for number in range(30))
    rows = table(small, f'SELECT ?x ?y {{ VALUES (?x ?y) {{ ("{words}" "short") }} }}', width=40)

    assert max(len(line) for line in rows) <= 40
    assert {word for line in rows for word in line.split()} >= set(words.split())


def test_file_table_has_a_line_per_row(small: Graph) -> None:
    words = "x" * 500
    rows = table(small, f'SELECT ?x {{ VALUES ?x {{ "{words}" "short" }} }}')

    assert rows[2:] == [words, "short", ""]


def test_non_text_label_is_shown(graph: Graph) -> None:
    store = ox.Store()
    store.load(
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . <urn:a> rdfs:label <urn:b> , 7 .", ox.RdfFormat.TURTLE
    )
    rows = table(Graph(store, graph.prefixes, graph.base), "SELECT ?s { ?s rdfs:label 7 }")

    assert len(rows) == 4


def test_many_labels_are_found(graph: Graph) -> None:
    store = ox.Store()
    label = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    for number in range(1234):
        store.add(ox.Quad(ox.NamedNode(f"urn:thing:{number:04}"), label, ox.Literal(f"Ding {number:04}")))
    rows = table(Graph(store, graph.prefixes, graph.base), "SELECT ?thing { ?thing rdfs:label ?l } ORDER BY ?thing")

    assert rows[2:-1] == [f"Ding {number:04}" for number in range(1234)]


def test_hostile_iri_is_shown_as_is(graph: Graph) -> None:
    store = ox.Store()
    store.load(b"<urn:a> <urn:p> <urn:x}#> .\n", ox.RdfFormat.N_TRIPLES, lenient=True)
    rows = table(Graph(store, graph.prefixes, graph.base), "SELECT ?o { ?s ?p ?o }")

    assert rows[2] == "urn:x}#"


# --- in a terminal ------------------------------------------------------------------------------------------------


LINKS = "SELECT ?thing ?thingLabel ?other { VALUES (?thing ?thingLabel ?other) { (<a> 'Obst' <javascript:alert(1)>) } }"


def test_terminal_links_only_the_web(small: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    actual = answer_of(small, LINKS, width=60).decode()

    assert re.findall("\x1b]8;([^;]*);([^\x1b]*)\x1b", actual) == [("", "https://w3id.org/itas/a"), ("", "")]
    assert actual == answer_of(small, LINKS, width=60).decode()


@pytest.mark.parametrize(("terminal", "width"), [("dumb", 60), ("xterm-256color", 0)], ids=["dumb", "no terminal"])
def test_plain_output_has_no_links(small: Graph, monkeypatch: pytest.MonkeyPatch, terminal: str, width: int) -> None:
    monkeypatch.setenv("TERM", terminal)

    assert "\x1b" not in answer_of(small, LINKS, width=width).decode()


def test_terminal_footnotes_fit_the_width(small: Graph, cited: CitedTable, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    actual = re.sub("\x1b]8;[^\x1b]*\x1b.", "", content_of(small, cited, "table", width=30).decode())

    assert max(len(line) for line in actual.splitlines()) <= 30
    assert "\x1b" not in actual
    assert "https://itas-projekt.de/r" in actual


# --- hostile values -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:20])
def test_text_round_trips(small: Graph, text: str) -> None:
    answers = {format_: content_of(small, literals(text), format_) for format_ in W3C}
    as_csv = list(csv.reader(io.StringIO(answers["csv"].decode(), newline="")))
    as_json = json.loads(answers["json"])["results"]["bindings"]
    as_xml = ElementTree.fromstring(answers["xml"]).findall(".//{*}literal")

    assert as_csv[1][:2] == [text, "end"]
    assert as_json[0]["x"] == {"type": "literal", "value": text}
    assert as_xml[0].text == text
    assert rdflib_rows(answers["tsv"], "tsv")[0][0] == rdflib.Literal(text)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:20])
def test_markdown_escapes_markup(small: Graph, text: str) -> None:
    rows = markdown_cells(content_of(small, literals(text), "markdown"))

    assert rows == [["x", "y", "Beleg"], [text.replace("\u202e", "\ufffd"), "end", ""]]


@pytest.mark.quick(6)
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:20])
def test_page_escapes_markup(small: Graph, text: str) -> None:
    page, harmless = (Page(content_of(small, literals(value), "html", title=value)) for value in (text, "harmless"))

    assert page.cells == ["x", "y", "Beleg", text.replace("\u202e", "\ufffd"), "end", ""]
    assert page.tags == harmless.tags


@pytest.mark.parametrize("format_", ["markdown", "html"])
def test_page_links_only_the_web(small: Graph, format_: str) -> None:
    query = (
        "SELECT ?x { VALUES ?x { <javascript:alert(1)> <data:text/html,x> <https://example.org/ä> <http://e.org/> } }"
    )

    assert page_of(answer_of(small, query, format_), format_).links() == ["https://example.org/%C3%A4", "http://e.org/"]


def test_page_forbids_scripts(small: Graph) -> None:
    page = Page(answer_of(small, ALL, "html", "en"))
    policies = [attrs["content"] for tag, attrs in page.tags if attrs.get("http-equiv") == "Content-Security-Policy"]

    assert policies == ["default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"]
    assert page.tags[0] == ("html", {"lang": "en"})
    assert {tag for tag, _ in page.tags} & {"script", "img", "link", "iframe"} == set()


def test_page_links_labels(small: Graph) -> None:
    content = content_of(small, small.query("SELECT ?thing { VALUES ?thing { <a> } }"), "html", title="Was & wer?")

    assert b"<h1>Was &amp; wer?</h1>" in content
    assert b'<a href="https://w3id.org/itas/a" rel="noopener">\xc3\x84pfel</a>' in content


@pytest.mark.parametrize(("lang", "words"), [("de", "Keine Zeilen."), ("en", "No rows.")])
def test_page_without_rows_says_so(small: Graph, lang: str, words: str) -> None:
    assert words in Page(answer_of(small, NONE, "html", lang)).text


@pytest.mark.parametrize("format_", TABLES)
@pytest.mark.parametrize(("query", "empty"), [(NONE, True), (ALL, False), ("SELECT * {}", False)])
def test_empty_differs_from_filled(small: Graph, format_: str, query: str, empty: bool) -> None:
    assert writers.write(small.query(query), format_, io.BytesIO(), RenderContext(small, "de")) == (empty, False)


def test_unbound_stays_empty(small: Graph) -> None:
    query = "SELECT ?x ?y ?z { VALUES (?x ?y ?z) { (1 UNDEF 3) } }"

    assert markdown_cells(answer_of(small, query, "markdown"))[1] == ["1", "", "3"]
    assert Page(answer_of(small, query, "html")).cells[3:] == ["1", "", "3"]


# --- any literal ----------------------------------------------------------------------------------------------------

# What XML 1.0 (section 2.2) can hold. Oxigraph writes a carriage return there as it is, and readers take it for a line feed.
TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff") | st.sampled_from("\n\t")
)
LITERAL = st.one_of(
    TEXT.map(ox.Literal),
    st.builds(lambda text, tag: ox.Literal(text, language=tag), TEXT, st.sampled_from(["de", "en", "de-at"])),
    st.builds(lambda text: ox.Literal(text, datatype=ox.NamedNode("https://example.org/type")), TEXT),
)


@pytest.mark.slow
@given(st.lists(st.tuples(LITERAL, LITERAL), max_size=4))
@count_inputs
def test_json_and_xml_round_trip(
    rows: list[tuple[ox.Literal, ...]],
) -> None:
    store, query = solutions(*rows)
    graph = Graph(store, {}, "urn:base")
    answers = {format_: answer_of(graph, query, format_) for format_ in ("json", "xml")}
    expected = [tuple(rdflib_literal(term) for term in row) for row in rows]

    assert [tuple(map(exact, row)) for row in rdflib_rows(answers["json"], "json")] == expected
    assert [tuple(map(exact, row)) for row in rdflib_rows(answers["xml"], "xml")] == expected


@given(st.lists(st.tuples(LITERAL, LITERAL), max_size=4))
@count_inputs
def test_csv_and_tsv_round_trip(rows: list[tuple[ox.Literal, ...]]) -> None:
    store, query = solutions(*rows)
    graph = Graph(store, {}, "urn:base")
    as_csv = list(csv.reader(io.StringIO(answer_of(graph, query, "csv").decode(), newline="")))
    lines = answer_of(graph, query, "tsv").decode().split("\n")

    assert as_csv == [["x", "y"], *([term.value for term in row] for row in rows)]
    assert [tuple(map(turtle_term, line.split("\t"))) for line in lines[1:-1]] == rows


@given(TEXT, LITERAL)
@count_inputs
def test_quotes_round_trip(words: str, literal: ox.Literal) -> None:
    quote = " ".join(words.split())
    answer = CitedTable(
        ("x",), [(literal,)], [(1,)], [Footnote(Evidence(words, (3,)), Source("Quelle", "https://example.org/"))]
    )
    graph = Graph(ox.Store(), {}, "urn:base")
    as_csv = list(csv.reader(io.StringIO(content_of(graph, answer, "csv").decode(), newline="")))
    as_json = json.loads(content_of(graph, answer, "json"))
    as_xml = [tuple(map(exact, row)) for row in rdflib_rows(content_of(graph, answer, "xml"), "xml")]

    assert as_csv[1] == [literal.value, quote, "Quelle, Zeile 3 – https://example.org/"]
    assert as_json["footnotes"][0]["quote"] == words
    assert as_xml[0][:2] == (rdflib_literal(literal), (quote, None, None))


def exact(term: rdflib.term.Node | None) -> tuple[str, str | None, str | None]:
    assert isinstance(term, rdflib.Literal)
    datatype = None if term.datatype is None else str(term.datatype)
    return str(term), term.language, datatype


def rdflib_literal(term: ox.Literal) -> tuple[str, str | None, str | None]:
    plain = term.language or term.datatype.value == "http://www.w3.org/2001/XMLSchema#string"
    return term.value, term.language, None if plain else term.datatype.value


def turtle_term(text: str) -> ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple:
    """Return a cell of TSV, read as the Turtle it is (SPARQL 1.1 Query Results CSV and TSV Formats, section 4)."""
    quad: ox.Quad = next(iter(ox.parse(f"<urn:s> <urn:p> {text} .", ox.RdfFormat.TURTLE)))
    return quad.object


def test_rdflib_reads_w3c_formats(small: Graph) -> None:
    query = "SELECT ?s ?o { VALUES (?s ?o) { (<a> 'x'@de) (<b> 7) (UNDEF '2024-06-06'^^<http://www.w3.org/2001/XMLSchema#date>) } }"
    date = rdflib.Literal("2024-06-06", datatype=rdflib.XSD.date)
    a, b = (rdflib.URIRef(f"https://w3id.org/itas/{name}") for name in "ab")
    expected = [(a, rdflib.Literal("x", lang="de")), (b, rdflib.Literal(7)), (None, date)]

    assert {
        format_: rdflib_rows(answer_of(small, query, format_), format_) for format_ in ("tsv", "json", "xml")
    } == dict.fromkeys(("tsv", "json", "xml"), expected)
    assert next(tuple(map(str, row)) for row in rdflib_rows(answer_of(small, query, "csv"), "csv")) == (str(a), "x")


# --- with footnotes -----------------------------------------------------------------------------------------------


def test_table_has_footnotes(small: Graph, cited: CitedTable) -> None:
    german, english = (content_of(small, cited, "table", lang).decode().splitlines() for lang in ("de", "en"))

    assert [line.split("  ")[-1].strip() for line in german[:5] if "─" not in line] == [
        "Beleg",
        "[1] [2]",
        "Birnen",
        "[2]",
    ]
    assert german[5:] == [
        "",
        "[1] „Boris Kaiser, CWE“ – Rückblick auf den ITAS-Kongress 2024, Zeile 24 – https://itas-projekt.de/r",
        "[2] „zwei Zeilen lang“ – Aushang",
    ]
    assert english[0].endswith("evidence")
    assert english[6].startswith("[1] “Boris Kaiser, CWE” – Rückblick auf den ITAS-Kongress 2024, line 24 – https://")


def test_markdown_has_footnotes(small: Graph, cited: CitedTable) -> None:
    content = content_of(small, cited, "markdown", "en")
    page = page_of(content, "markdown")

    assert [row[-1] for row in markdown_cells(content)] == ["evidence", "[1] [2]", "", "[2]"]
    assert page.links()[-1] == "https://itas-projekt.de/r"
    assert "[2] “zwei Zeilen lang” – Aushang" in page.text


def test_page_links_footnotes_both_ways(small: Graph, cited: CitedTable) -> None:
    page = Page(content_of(small, cited, "html"))
    places = {attrs["id"] for _, attrs in page.tags if "id" in attrs}
    inner = [link.removeprefix("#") for link in page.links() if link.startswith("#")]

    assert page.cells[2::3] == ["Beleg", "[1] [2]", "", "[2]"]
    assert set(inner) == places
    assert sorted(inner) == ["note-1", "note-2", "note-2", "row-1-1", "row-1-2", "row-3-2"]
    assert (
        "„Boris Kaiser, CWE“ – Rückblick auf den ITAS-Kongress 2024, Zeile 24 – https://itas-projekt.de/r" in page.text
    )


def test_w3c_tables_have_quote_columns(small: Graph, cited: CitedTable) -> None:
    content = content_of(small, cited, "csv")
    as_csv = list(csv.reader(io.StringIO(content.decode(), newline="")))
    as_tsv = [[*map(str, row)] for row in rdflib_rows(content_of(small, cited, "tsv"), "tsv")]
    as_xml = [[*map(str, row)] for row in rdflib_rows(content_of(small, cited, "xml"), "xml")]
    place = "Rückblick auf den ITAS-Kongress 2024, Zeile 24 – https://itas-projekt.de/r"

    assert as_csv == [
        ["thing", "x", "quotes", "sources"],
        ["https://w3id.org/itas/a", "eins", "Boris Kaiser, CWE\nzwei Zeilen lang", f"{place}\nAushang"],
        ["https://w3id.org/itas/b", "", "", ""],
        ["https://w3id.org/itas/c", "drei", "zwei Zeilen lang", "Aushang"],
    ]
    assert content.startswith(b"thing,x,quotes,sources\r\n")
    assert as_tsv == as_xml == [[cell or "None" for cell in row] for row in as_csv[1:]]


def test_json_numbers_footnotes(small: Graph, cited: CitedTable) -> None:
    content = content_of(small, cited, "json")
    read, strict = json.loads(content), ox.parse_query_results(content, format=W3C["json"])

    assert read["head"]["vars"] == ["thing", "x", "footnotes"]
    assert [row.get("footnotes") for row in read["results"]["bindings"]] == [
        {"type": "literal", "value": "1 2"},
        None,
        {"type": "literal", "value": "2"},
    ]
    assert read["footnotes"][0] == {
        "number": 1,
        "quote": "Boris Kaiser, CWE",
        "lines": [24],
        "source": "Rückblick auf den ITAS-Kongress 2024",
        "document": "https://itas-projekt.de/r",
    }
    assert isinstance(strict, ox.QuerySolutions)
    assert len(rdflib_rows(content, "json")) == len(list(strict)) == 3


@pytest.mark.parametrize("format_", ["csv", "tsv", "xml", "json"])
def test_own_columns_keep_their_names(small: Graph, format_: str) -> None:
    names = ("quotes", "sources", "footnotes")
    answer = CitedTable(names, [(ox.Literal("1"), ox.Literal("2"), ox.Literal("3"))], [(1,)], [REVIEW])
    read = ox.parse_query_results(content_of(small, answer, format_), format=W3C[format_]) if format_ != "csv" else None
    added = ["footnotes_"] if format_ == "json" else ["quotes_", "sources_"]

    if isinstance(read, ox.QuerySolutions):
        assert [variable.value for variable in read.variables] == [*names, *added]
    else:
        assert content_of(small, answer, format_).startswith(",".join([*names, *added]).encode())


@pytest.mark.parametrize("format_", TABLES)
def test_empty_cited_answer_has_headings(small: Graph, format_: str) -> None:
    out = io.BytesIO()
    verdict = writers.write(CitedTable(("person",), [], [], []), format_, out, RenderContext(small, "de"))

    assert verdict == (True, False)
    assert out.getvalue()


@pytest.mark.parametrize("document", ["javascript:alert(1)", "not an address", "https://example.org/<script>|\n"])
@pytest.mark.parametrize("format_", ["markdown", "html"])
def test_odd_source_address_is_harmless(small: Graph, format_: str, document: str) -> None:
    answer = CitedTable(("x",), [(ox.Literal("1"),)], [(1,)], [Footnote(Evidence("<b>"), Source("<i> | x", document))])
    page = page_of(content_of(small, answer, format_), format_)

    assert {tag for tag, _ in page.tags} & {"script", "b", "i"} == set()
    assert [link for link in page.links() if not link.startswith(("#", "https://example.org/"))] == []


# --- the same bytes -------------------------------------------------------------------------------------------------


def every_format(seed: str) -> Iterator[str]:
    """Yield checksums of answers in all formats, from a process with this hash seed."""
    program = (
        "import hashlib, io, sys; from pathlib import Path\n"
        "from itasgraph.store import access; from itasgraph.results import writers; from itasgraph.results.cited_table import CitedTable; from itasgraph.entities.evidence import Evidence, Footnote, Source\n"
        "from itasgraph.project import Project; from itasgraph.results.presentation import RenderContext\n"
        "g = access.load(Project(Path(sys.argv[1])))\n"
        "def show(answer, form):\n"
        "    out = io.BytesIO(); writers.write(answer, form, out, RenderContext(g, 'de', title='Was?'))\n"
        "    print(form, hashlib.sha256(out.getvalue()).hexdigest())\n"
        "select = 'SELECT ?thing ?kind ?label { ?thing itas:kind ?kind ; rdfs:label ?label } ORDER BY ?thing ?label'\n"
        "for form in ('table', 'csv', 'tsv', 'json', 'xml', 'markdown', 'html', 'xlsx'):\n"
        "    show(g.query(select), form)\n"
        "    rows = [tuple(row) for row in g.query(select)]\n"
        "    show(CitedTable(('thing', 'kind', 'label'), rows, [(1,)] * len(rows), [Footnote(Evidence('q', (1,)), Source('s', 'd'))]), form)\n"
        "for form in ('turtle', 'trig', 'ntriples', 'nquads', 'jsonld', 'rdfxml'):\n"
        "    show(g.query('CONSTRUCT { ?s ?p ?o . [] rdfs:label ?o } { ?s ?p ?o ; itas:kind schema:Person }'), form)\n"
    )
    done = python("-B", "-c", program, ROOT, PYTHONHASHSEED=seed)
    assert done.returncode == 0, done.stderr
    yield from done.stdout.splitlines()


@pytest.mark.slow
def test_hash_seed_changes_no_byte() -> None:
    first, second = (list(every_format(seed)) for seed in ("1", "2"))

    assert len(first) == 22
    assert first == second


@pytest.mark.parametrize(("lang", "day", "month"), [("de", "06.06.2024", "06/2025"), ("en", "2024-06-06", "2025-06")])
@pytest.mark.parametrize("format_", ["table", "markdown", "html"])
def test_people_read_local_days(small: Graph, format_: str, lang: str, day: str, month: str) -> None:
    query = 'SELECT ?date ?end { VALUES (?date ?end) { ("2024-06-06"^^xsd:date "2025-06"^^xsd:gYearMonth) } }'
    out = io.BytesIO()
    writers.write(small.query(query), format_, out, RenderContext(small, lang))

    assert day in out.getvalue().decode()
    assert month in out.getvalue().decode()


@pytest.mark.parametrize("format_", ["csv", "tsv", "json", "xml"])
def test_programs_read_iso_days(small: Graph, format_: str) -> None:
    out = io.BytesIO()
    writers.write(
        small.query('SELECT ?date { VALUES ?date { "2024-06-06"^^xsd:date } }'),
        format_,
        out,
        RenderContext(small, "de"),
    )

    assert b"2024-06-06" in out.getvalue()


@pytest.mark.slow
@given(
    st.lists(st.lists(st.text("abcdefgh ", min_size=1, max_size=30), min_size=3, max_size=3), min_size=1, max_size=5),
    st.integers(20, 120),
)
@count_inputs
def test_words_stay_whole(rows: list[list[str]], width: int) -> None:
    cells = [" ".join(text.split()) for row in rows for text in row]
    values = " ".join(f"({' '.join(str(ox.Literal(text)) for text in row)})" for row in rows)
    store = ox.Store()
    answer = store.query(f"SELECT ?a ?b ?c {{ VALUES (?a ?b ?c) {{ {values} }} }}")
    out = io.BytesIO()
    writers.write(answer, "table", out, RenderContext(Graph(store, {}, "https://example.org/"), "en", width))
    lines = out.getvalue().decode().splitlines()
    longest = sum(max(len(word) for row in rows for word in [*row[n].split(), "a"]) for n in range(3))

    assert max(map(len, lines)) <= width
    if longest + 2 * 3 <= width:  # three columns between two cells
        assert {word for text in cells for word in text.split()} <= set(" ".join(lines).split())
