"""The queries find violated exactly the shapes on which pySHACL reports; what no query expresses is left to pySHACL."""

from __future__ import annotations

import re
from functools import cache

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.namespace import SH

from itasgraph.authoring import conformance
from itasgraph.authoring.rdflib_graph import convert
from itasgraph.authoring.shape_queries import ShapeQueries
from itasgraph.authoring.shapes_file import ShapesFile
from itasgraph.project import Project
from itasgraph.store.queryable import value
from tests.helpers.broken_shapes import statements_of
from tests.helpers.invalid_statements import INVALID_STATEMENTS
from tests.helpers.projects import REGION, ROOT, lay_out
from tests.helpers.properties import count_inputs, examples

PREFIXES = (ROOT / "ontology" / "shapes.ttl").read_text(encoding="utf-8").partition("\n\n")[0]
HERE = "https://example.org/"
OWN = "shape:Own a sh:NodeShape ; sh:targetSubjectsOf schema:name ; "
NAME = f"{OWN} sh:property [ sh:path schema:name ; {{}} ] ."
EITHER = "sh:or ( [ sh:property [ sh:path schema:name ; sh:minCount 1 ] ] [ sh:class schema:Person ] )"
# Shape → data that conform to it, and data that violate it, as the standard says in the section named.
CASES = {
    "class of the value, 4.1.1": (
        f"{OWN} sh:property [ sh:path schema:about ; sh:class schema:Thing ] .",
        "schema:Person rdfs:subClassOf schema:Agent . schema:Agent rdfs:subClassOf schema:Thing ."
        "<a> schema:name 'A' ; schema:about <b> . <b> a schema:Person .",
        "<a> schema:name 'A' ; schema:about 'b' .",
    ),
    "datatype, 4.1.2": (
        NAME.format("sh:datatype xsd:date"),
        "<a> schema:name '2024-02-29'^^xsd:date .",
        "<a> schema:name '2023-02-29'^^xsd:date .",
    ),
    "datatype of texts, 4.1.2": (
        NAME.format("sh:datatype xsd:string"),
        "<a> schema:name 'A' .",
        "<a> schema:name 'A'@en .",
    ),
    "no literal, 4.1.2": (NAME.format("sh:datatype xsd:string"), "<a> schema:name 'A' .", "<a> schema:name <b> ."),
    "kind of node, 4.1.3": (NAME.format("sh:nodeKind sh:IRI"), "<a> schema:name <b> .", "<a> schema:name [] ."),
    "fewest values, 4.2.1": (
        f"{OWN} sh:property [ sh:path schema:email ; sh:minCount 1 ] .",
        "<a> schema:name 'A' ; schema:email 'b' .",
        "<a> schema:name 'A' .",
    ),
    "no value, 4.2.2": (
        f"{OWN} sh:property [ sh:path schema:email ; sh:maxCount 0 ] .",
        "<a> schema:name 'A' .",
        "<a> schema:name 'A' ; schema:email 'b' .",
    ),
    "one value, 4.2.2": (NAME.format("sh:maxCount 1"), "<a> schema:name 1 , 01 .", "<a> schema:name 'A' , 'A'@en ."),
    "least value, 4.3.2": (NAME.format("sh:minInclusive 1.5"), "<a> schema:name 1.5 .", "<a> schema:name 1 ."),
    "least value of no number, 4.3.2": (
        NAME.format("sh:minInclusive 1"),
        "<a> schema:name 1 .",
        "<a> schema:name '2' .",
    ),
    "greatest value, 4.3.4": (NAME.format("sh:maxInclusive 2"), "<a> schema:name 2.0 .", "<a> schema:name 2.01 ."),
    "pattern, 4.4.3": (NAME.format('sh:pattern "^A$"'), "<a> schema:name 'A'@en .", "<a> schema:name 'AA' ."),
    "pattern of an IRI, 4.4.3": (NAME.format('sh:pattern "/b$"'), "<a> schema:name <b> .", "<a> schema:name [] ."),
    "pattern of a line as Python reads it": (
        NAME.format('sh:not [ sh:pattern "A$" ]'),
        "<a> schema:name 'AB' .",
        "<a> schema:name 'A\\n' .",
    ),
    "languages, 4.4.4": (
        NAME.format('sh:languageIn ( "de" "en" )'),
        "<a> schema:name 'A'@de-AT .",
        "<a> schema:name 'A'@fr .",
    ),
    "a text in no language, 4.4.4": (
        NAME.format('sh:languageIn ( "de" )'),
        "<a> schema:name 'A'@DE .",
        "<a> schema:name 'A' .",
    ),
    "one text in each language, 4.4.5": (
        NAME.format("sh:uniqueLang true"),
        "<a> schema:name 'A'@de , 'B'@en , 'C' , 'D' .",
        "<a> schema:name 'A'@de , 'B'@DE .",
    ),
    "equal values, 4.5.1": (
        f"{OWN} sh:property [ sh:path ( schema:about schema:email ) ; sh:equals schema:name ] .",
        "<a> schema:name 'A' ; schema:about <b> . <b> schema:email 'A' .",
        "<a> schema:name 'A' ; schema:about <b> . <b> schema:email 'A' , 'B' .",
    ),
    "a value less, 4.5.1": (
        f"{OWN} sh:property [ sh:path schema:email ; sh:equals schema:name ] .",
        "<a> schema:name 'A' ; schema:email 'A' .",
        "<a> schema:name 'A' .",
    ),
    "not equal values, 4.6.1": (
        f"{OWN} sh:not [ sh:property [ sh:path schema:email ; sh:equals schema:name ] ] .",
        "<a> schema:name 'A' .",
        "<a> schema:name 'A' ; schema:email 'A' .",
    ),
    "different values, 4.5.2": (
        NAME.format("sh:disjoint schema:email"),
        "<a> schema:name 'A' ; schema:email 'A'@en .",
        "<a> schema:name 'A' ; schema:email 'A' .",
    ),
    "not, 4.6.1": (
        f"{OWN} sh:not [ sh:class schema:Person ] .",
        "<a> schema:name 'A' .",
        "<a> a schema:Person ; schema:name 'A' .",
    ),
    "or, 4.6.3": (
        f"shape:Own a sh:NodeShape ; sh:targetSubjectsOf schema:email ; {EITHER} .",
        "<a> schema:name 'A' ; schema:email 'b' .",
        "<a> schema:email 'b' .",
    ),
    "some values of a shape, 4.7.3": (
        NAME.format('sh:qualifiedValueShape [ sh:languageIn ( "de" ) ] ; sh:qualifiedMinCount 1'),
        "<a> schema:name 'A'@de , 'B'@en .",
        "<a> schema:name 'B'@en .",
    ),
    "this value, 4.8.2": (
        f"{OWN} sh:property [ sh:path schema:about ; sh:hasValue <b> ] .",
        "<a> schema:name 'A' ; schema:about <b> , <c> .",
        "<a> schema:name 'A' ; schema:about <c> .",
    ),
    "one of these values, 4.8.3": (
        NAME.format("sh:in ( <b> <c> )"),
        "<a> schema:name <b> , <c> .",
        "<a> schema:name 'b' .",
    ),
    "instances of subclasses, 2.1.3.2": (
        "shape:Own a sh:NodeShape ; sh:targetClass schema:Agent ; sh:nodeKind sh:Literal .",
        "<a> a schema:Person .",
        "schema:Person rdfs:subClassOf schema:Agent . <a> a schema:Person .",
    ),
    "objects, 2.1.3.5": (
        "shape:Own a sh:NodeShape ; sh:targetObjectsOf schema:name ; sh:nodeKind sh:Literal .",
        "<a> schema:name 'A' .",
        "<a> schema:name <b> .",
    ),
    "inverse path, 2.3.1.5": (
        f"{OWN} sh:property [ sh:path [ sh:inversePath schema:about ] ; sh:maxCount 0 ] .",
        "<a> schema:name 'A' ; schema:about <b> .",
        "<a> schema:name 'A' ; schema:about <a> .",
    ),
    "alternative path, 2.3.1.3": (
        f"{OWN} sh:property [ sh:path [ sh:alternativePath ( schema:email schema:name ) ] ; sh:maxCount 1 ] .",
        "<a> schema:name 'A' ; schema:email 'A' .",
        "<a> schema:name 'A' ; schema:email 'B' .",
    ),
    "property of each value, 4.7.2": (
        f"{OWN} sh:property [ sh:path schema:about ; sh:property [ sh:path schema:name ; sh:minCount 1 ] ] .",
        "<a> schema:name 'A' ; schema:about <a> .",
        "<a> schema:name 'A' ; schema:about <b> .",
    ),
}

# What no query expresses: pySHACL validates these shapes, whatever the data are.
LEFT = {
    "another component": f"{OWN} sh:xone ( [ sh:class schema:Person ] [ sh:nodeKind sh:IRI ] ) .",
    "another component in an inner shape": f"{OWN} sh:not [ sh:not [ sh:node [ sh:nodeKind sh:IRI ] ] ] .",
    "closed": f"{OWN} sh:closed true .",
    "a query": OWN + 'sh:sparql [ sh:select "SELECT $this { $this <p:p> ?o }" ] .',
    "a component of its own": f"{OWN} schema:email 1 . shape:Email a sh:ConstraintComponent .",
    "flags": NAME.format('sh:pattern "a" ; sh:flags "i"'),
    "two values or more": NAME.format("sh:minCount 2"),
    "a literal": NAME.format("sh:hasValue 1"),
    "a bound that is no number": NAME.format('sh:minInclusive "2024-06-06"^^xsd:date'),
    "a bound that is negated": f"{OWN} sh:not [ sh:property [ sh:path schema:name ; sh:maxInclusive 0 ] ] .",
    "any literal": NAME.format("sh:datatype rdfs:Literal"),
    "a range of languages": NAME.format('sh:languageIn ( "de-AT" )'),
    "siblings": NAME.format(
        "sh:qualifiedValueShape [ sh:class schema:Person ] ; sh:qualifiedMinCount 1 ; sh:qualifiedValueShapesDisjoint true"
    ),
    "a path of any length": f"{OWN} sh:property [ sh:path [ sh:zeroOrMorePath schema:about ] ; sh:nodeKind sh:IRI ] .",
    "a sequence read backwards": (
        f"{OWN} sh:property [ sh:path [ sh:inversePath ( schema:about schema:name ) ] ; sh:maxCount 0 ] ."
    ),
    "another target": "shape:Own a sh:NodeShape ; sh:targetNode <a> ; sh:nodeKind sh:IRI .",
    "a class as its own target": "shape:Own a sh:NodeShape , rdfs:Class ; sh:nodeKind sh:IRI .",
    "switched off": f"{OWN} sh:deactivated true ; sh:nodeKind sh:Literal .",
    "a parameter given twice": NAME.format("sh:maxCount 0 , 1"),
    "a pattern that Python does not read": NAME.format('sh:pattern "("'),
    "a path without end": f"{OWN} sh:property [ sh:path _:l ] . _:l rdf:first schema:name ; rdf:rest _:l .",
    "a malformed shape without target": "shape:Own a sh:PropertyShape ; sh:minCount 1 .",
    "a property without path": f"{OWN} sh:property [ sh:nodeKind sh:IRI ] .",
    "shapes that nest deep": OWN + "sh:not [" * 12 + "sh:nodeKind sh:IRI" + "]" * 12 + " .",
}
# Literals that rdflib reads differently from Oxigraph, or may read so.
DIFFERENT = [
    "'2024-02-30'^^xsd:date",
    "'2024-02-28+01:00'^^xsd:date",
    "'-0044-03-15'^^xsd:date",
    "'2024-02-28T12:00:00Z'^^xsd:dateTime",
    "'one'^^xsd:integer",
    "123456789012345678901234567890",
    "1e0",
    "'<p>'^^rdf:HTML",
    "'A'@en--ltr",
    "<<( <a> <b> <c> )>>",
]


def statements(text: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(f"{PREFIXES}\n{text}", ox.RdfFormat.TURTLE, base_iri=HERE)]


def lines(triples: list[ox.Triple]) -> bytes:
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""


def by_queries(shapes: list[ox.Triple], data: bytes) -> set[str]:
    return {value(shape) for shape in conformance.violated_shapes(shapes, data)}


def by_pyshacl(shapes: list[ox.Triple], data: bytes) -> set[str]:
    """Return the shapes with a name that have a result, their own or of one of their property shapes."""
    graph = convert(shapes)
    stated = convert(quad.triple for quad in ox.parse(data, ox.RdfFormat.N_TRIPLES))
    _, report, _ = pyshacl.validate(stated, shacl_graph=graph, inplace=True)
    assert isinstance(report, rdflib.Graph)
    nodes = list(report.objects(None, SH.sourceShape))
    while any(isinstance(node, rdflib.BNode) for node in nodes):
        nodes = [
            above
            for node in nodes
            for above in (graph.subjects(SH.property, node) if isinstance(node, rdflib.BNode) else [node])
        ]
    return set(map(str, nodes))


@cache
def shipped_shapes() -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(path=ROOT / "ontology" / "shapes.ttl", format=ox.RdfFormat.TURTLE)]


@pytest.mark.parametrize(("shape", "sound", "violating"), CASES.values(), ids=CASES)
def test_queries_and_pyshacl_find_the_violation(shape: str, sound: str, violating: str) -> None:
    shapes, data, broken = statements(shape), lines(statements(sound)), lines(statements(violating))

    assert by_queries(shapes, data) == by_pyshacl(shapes, data) == set()
    assert by_queries(shapes, broken) == by_pyshacl(shapes, broken) == {"https://w3id.org/itas/shape/Own"}


@pytest.mark.parametrize("shape", LEFT.values(), ids=LEFT)
def test_unknown_shape_is_left_to_pyshacl(shape: str) -> None:
    beside = "shape:Other a sh:NodeShape ; sh:targetSubjectsOf schema:name ; sh:nodeKind sh:IRI ."
    left = by_queries(statements(f"{shape} {beside}"), lines(statements("<a> schema:name 'A' .")))

    assert "https://w3id.org/itas/shape/Own" in left
    assert "https://w3id.org/itas/shape/Other" not in left


@pytest.mark.parametrize("literal", DIFFERENT)
def test_unlike_literal_leaves_all_to_pyshacl(literal: str) -> None:
    shapes = statements(f"{OWN} sh:nodeKind sh:IRI .")

    assert by_queries(shapes, lines(statements("<a> schema:name 'A' ."))) == set()
    assert by_queries(shapes, lines(statements(f"<a> schema:name 'A' ; schema:email {literal} ."))) != set()


def test_selected_shapes_bring_what_they_refer_to() -> None:
    text = """
        shape:Own a sh:NodeShape ; sh:targetSubjectsOf schema:name ; sh:not shape:Inner .
        shape:Inner a sh:NodeShape ; sh:targetSubjectsOf schema:url ; sh:or ( [ sh:class schema:Person ] ) .
        shape:Other a sh:NodeShape ; sh:targetSubjectsOf schema:email ; sh:not shape:Inner , [ sh:class schema:Place ] .
        shape:Component a sh:ConstraintComponent ; sh:parameter [ sh:path schema:about ] ."""
    file = ShapesFile("shapes.ttl", text, statements(text))
    names = {"Own", "Inner", "Component"}
    expected = re.sub(r"(?m)^ *shape:Other .*\n", "", text)

    selected = file.select({ox.NamedNode("https://w3id.org/itas/shape/Own")}).triples

    assert {value(triple.subject).rpartition("/")[2] for triple in selected if _is_named(triple)} == names
    assert len(selected) == len(statements(expected))


def _is_named(triple: ox.Triple) -> bool:
    return isinstance(triple.subject, ox.NamedNode)


def test_shipped_shapes_need_no_pyshacl() -> None:
    queries = ShapeQueries(shipped_shapes()).violation_queries()

    assert len(queries) > 90
    assert None not in queries.values()


ENTRIES = INVALID_STATEMENTS.strip().split(" .\n")


@pytest.mark.slow
@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.split()[0])
def test_each_invalid_entry_violates_the_same_shapes(entry: str) -> None:
    data = lines(statements(f"{entry.removesuffix(' .')} ."))

    assert by_queries(shipped_shapes(), data) == by_pyshacl(shipped_shapes(), data)


@pytest.mark.slow
def test_invalid_entries_together_violate_the_same_shapes() -> None:
    data = lines(statements(INVALID_STATEMENTS))
    violated = by_queries(shipped_shapes(), data)

    assert violated == by_pyshacl(shipped_shapes(), data)
    assert len(violated) > len(ENTRIES) > 20


# What a statement may be changed to, beside the terms of other statements.
TERMS = [
    *(
        "'A'",
        "'A'@de",
        "'A'@en-GB",
        "''",
        "' '",
        "'A\\n'",
        "1",
        "-1",
        "0",
        "2.50",
        "200.5",
        "true",
        "'EUR'",
        "<x>",
        "_:x",
    ),
    *(
        "'2024-02-28'^^xsd:date",
        "'2024-02-28T12:00:00'^^xsd:dateTime",
        "'2024-02'^^xsd:gYearMonth",
        "'12:00:00'^^xsd:time",
    ),
    *(
        "'2024'^^dcterms:W3CDTF",
        "'https://example.org/'^^xsd:anyURI",
        "'https://example.org/'",
        "<https://example.org/>",
    ),
]
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["delete", "subject", "predicate", "object", "add"]),
        *[st.integers(0, 9_999)] * 3,
        st.none() | st.sampled_from(TERMS) | st.sampled_from(DIFFERENT),
    ),
    min_size=1,
    max_size=4,
)


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> list[ox.Triple]:
    """Return the statements of another region, sorted."""
    folder = tmp_path_factory.mktemp("region")
    path = statements_of(Project(lay_out(folder / "project", REGION)), folder / "region.nt")
    return [quad.triple for quad in ox.parse(path=path, format=ox.RdfFormat.N_TRIPLES)]


def change(data: list[ox.Triple], changes: list[tuple[str, int, int, int, str | None]]) -> list[ox.Triple]:
    """Return the data with some statements deleted or added, or made of the terms of several statements."""
    changed = list(data)
    for action, first, second, third, text in changes:
        at = first % len(changed)
        one, two, three = changed[at], data[second % len(data)], data[third % len(data)]
        term = three.object if text is None else statements(f"<a> <b> {text} .")[0].object
        new = {
            "delete": [],
            "subject": [ox.Triple(two.subject, one.predicate, one.object)],
            "predicate": [ox.Triple(one.subject, two.predicate, one.object)],
            "object": [ox.Triple(one.subject, one.predicate, term)],
            "add": [one, ox.Triple(one.subject, two.predicate, term)],
        }[action]
        changed[at : at + 1] = new
    return changed


@pytest.mark.slow
@settings(max_examples=examples(60))
@given(changes=CHANGES)
@count_inputs
def test_changed_data_violate_the_same_shapes(
    region: list[ox.Triple], changes: list[tuple[str, int, int, int, str | None]]
) -> None:
    data = lines(change(region, changes))
    found = by_queries(shipped_shapes(), data)

    if any(text in DIFFERENT for action, *_, text in changes if action in ("object", "add")):
        assert found >= by_pyshacl(shipped_shapes(), data)
    else:
        assert found == by_pyshacl(shipped_shapes(), data)
