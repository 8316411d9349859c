"""What follows from the shipped graph under RDFS and OWL 2 RL with the axioms of the standards: nothing the source denies."""

from __future__ import annotations

from collections.abc import Callable

import owlrl  # type: ignore[import-untyped]  # it ships no types
import pyoxigraph as ox
import pytest
import rdflib

from itasgraph.project import Project
from itasgraph.store.memory import Graph
from tests.helpers.graphs import graph_of_project
from tests.helpers.namespaces import BASE
from tests.helpers.projects import REGION, lay_out

# What the standards say of the terms used here: schema.org 30.0, ORG (2014), PROV-O (2013), SKOS (2009), FOAF 0.99,
# DCMI Metadata Terms (2020), DCAT 3 (2024), ADMS (2013). Written down from their documents; keep it complete for the terms we use.
STANDARDS = """
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix owl: <http://www.w3.org/2002/07/owl#> .
    @prefix schema: <https://schema.org/> .
    @prefix org: <http://www.w3.org/ns/org#> .
    @prefix prov: <http://www.w3.org/ns/prov#> .
    @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    @prefix foaf: <http://xmlns.com/foaf/0.1/> .
    @prefix dcterms: <http://purl.org/dc/terms/> .
    @prefix dcat: <http://www.w3.org/ns/dcat#> .
    @prefix adms: <http://www.w3.org/ns/adms#> .
    schema:Project rdfs:subClassOf schema:Organization . schema:EventSeries rdfs:subClassOf schema:Event , schema:Series .
    schema:Organization rdfs:subClassOf schema:Thing . schema:Person rdfs:subClassOf schema:Thing .
    schema:Event rdfs:subClassOf schema:Thing . schema:Place rdfs:subClassOf schema:Thing .
    schema:CreativeWork rdfs:subClassOf schema:Thing . schema:Service rdfs:subClassOf schema:Intangible .
    schema:Audience rdfs:subClassOf schema:Intangible . schema:Intangible rdfs:subClassOf schema:Thing .
    schema:maximumAttendeeCapacity rdfs:subPropertyOf schema:hasUpperBound .
    org:Organization rdfs:subClassOf foaf:Agent ; owl:equivalentClass foaf:Organization ; owl:disjointWith org:Role , org:Membership .
    org:OrganizationalCollaboration rdfs:subClassOf org:Organization . org:Role rdfs:subClassOf skos:Concept .
    org:organization rdfs:domain org:Membership ; rdfs:range org:Organization .
    org:member rdfs:domain org:Membership ; rdfs:range foaf:Agent .
    org:role rdfs:domain org:Membership ; rdfs:range org:Role .
    prov:wasDerivedFrom rdfs:domain prov:Entity ; rdfs:range prov:Entity . prov:Plan rdfs:subClassOf prov:Entity .
    prov:Entity owl:disjointWith prov:Activity .
    skos:prefLabel rdfs:subPropertyOf rdfs:label . skos:altLabel rdfs:subPropertyOf rdfs:label .
    skos:hiddenLabel rdfs:subPropertyOf rdfs:label . skos:definition rdfs:subPropertyOf skos:note .
    skos:editorialNote rdfs:subPropertyOf skos:note .
    skos:broader rdfs:subPropertyOf skos:broaderTransitive . skos:broaderTransitive rdfs:subPropertyOf skos:semanticRelation .
    skos:narrower rdfs:subPropertyOf skos:narrowerTransitive ; owl:inverseOf skos:broader .
    skos:narrowerTransitive rdfs:subPropertyOf skos:semanticRelation . skos:related rdfs:subPropertyOf skos:semanticRelation .
    skos:semanticRelation rdfs:domain skos:Concept ; rdfs:range skos:Concept .
    skos:inScheme rdfs:range skos:ConceptScheme . skos:topConceptOf rdfs:subPropertyOf skos:inScheme ; owl:inverseOf skos:hasTopConcept .
    skos:hasTopConcept rdfs:domain skos:ConceptScheme ; rdfs:range skos:Concept .
    skos:Concept owl:disjointWith skos:ConceptScheme .
    foaf:Group rdfs:subClassOf foaf:Agent . foaf:Organization rdfs:subClassOf foaf:Agent ; owl:disjointWith foaf:Person , foaf:Document .
    foaf:Project owl:disjointWith foaf:Person , foaf:Document .
    dcterms:isPartOf rdfs:subPropertyOf dcterms:relation . dcterms:references rdfs:subPropertyOf dcterms:relation .
    dcterms:source rdfs:subPropertyOf dcterms:relation . dcterms:alternative rdfs:subPropertyOf dcterms:title .
    dcterms:license rdfs:subPropertyOf dcterms:rights ; rdfs:range dcterms:LicenseDocument .
    dcterms:rights rdfs:range dcterms:RightsStatement . dcterms:publisher rdfs:range dcterms:Agent .
    dcterms:creator rdfs:subPropertyOf dcterms:contributor ; rdfs:range dcterms:Agent .
    dcterms:spatial rdfs:subPropertyOf dcterms:coverage ; rdfs:range dcterms:Location .
    dcterms:temporal rdfs:subPropertyOf dcterms:coverage ; rdfs:range dcterms:PeriodOfTime .
    dcterms:issued rdfs:subPropertyOf dcterms:date . dcterms:created rdfs:subPropertyOf dcterms:date .
    dcterms:modified rdfs:subPropertyOf dcterms:date . dcterms:PeriodOfTime rdfs:subClassOf dcterms:LocationPeriodOrJurisdiction .
    dcat:endDate rdfs:domain dcterms:PeriodOfTime . dcat:Dataset rdfs:subClassOf dcat:Resource .
    adms:status rdfs:range skos:Concept .
    org:classification rdfs:domain org:Organization ; rdfs:range skos:Concept .
"""
# RDF 1.1 Semantics, section 9.2.1: the patterns rdfs2, rdfs3, rdfs5, rdfs7, rdfs9 and rdfs11.
RDFS_PATTERNS = (
    "?s a ?c } WHERE { ?s ?p ?o . ?p rdfs:domain ?c",
    "?o a ?c } WHERE { ?s ?p ?o . ?p rdfs:range ?c . FILTER(!isLiteral(?o))",
    "?s ?q ?o } WHERE { ?s ?p ?o . ?p rdfs:subPropertyOf ?q",
    "?p rdfs:subPropertyOf ?r } WHERE { ?p rdfs:subPropertyOf ?q . ?q rdfs:subPropertyOf ?r",
    "?s a ?d } WHERE { ?s a ?c . ?c rdfs:subClassOf ?d",
    "?c rdfs:subClassOf ?e } WHERE { ?c rdfs:subClassOf ?d . ?d rdfs:subClassOf ?e",
)
# Who or what an entry is; what follows about relations, graphs and terms is their affair.
WHAT_ENTRIES_ARE = (
    *("schema:Person", "schema:Organization", "schema:Event", "schema:Place", "schema:CreativeWork", "schema:Service"),
    *("foaf:Project", "foaf:Group", "prov:Plan", "org:OrganizationalCollaboration", "dcterms:PeriodOfTime"),
    *("itas:Section", "itas:Contribution", "itas:Initiative", "itas:Offer", "itas:Goal", "itas:Plan", "itas:Message"),
)
PREFIXES = {
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "itas": "https://w3id.org/itas/ontology#",
}


def rows(store: ox.Store, query: str) -> set[tuple[str, ...]]:
    answer = store.query(query, prefixes=PREFIXES)
    assert isinstance(answer, ox.QuerySolutions)
    return {tuple(term.value for term in row if isinstance(term, (ox.NamedNode, ox.Literal))) for row in answer}


def stated(graph: Graph, more: str = "") -> ox.Store:
    store = ox.Store()
    store.extend(ox.Quad(one.subject, one.predicate, one.object) for one in graph.triples())
    store.load(STANDARDS.encode(), ox.RdfFormat.TURTLE)
    store.load(
        "".join(f"@prefix {name}: <{iri}> . " for name, iri in PREFIXES.items()).encode() + more.encode(),
        ox.RdfFormat.TURTLE,
    )
    return store


def close_rdfs(store: ox.Store) -> ox.Store:
    size = -1
    while size != len(store):
        size = len(store)
        for pattern in RDFS_PATTERNS:
            store.update(f"INSERT {{ {pattern} }}", prefixes=PREFIXES)
    return store


def close_owl_rl(store: ox.Store) -> ox.Store:
    graph = rdflib.Graph().parse(
        data=store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph()), format="nt"
    )
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    closed = ox.Store()
    # A literal as subject is no RDF: owlrl states of literals what they are the same as.
    for subject, predicate, value in graph:
        if not isinstance(subject, rdflib.Literal) and not isinstance(predicate, (rdflib.BNode, rdflib.Literal)):
            line = f"{subject.n3()} {predicate.n3()} {value.n3()} .".encode()
            closed.load(line, ox.RdfFormat.TURTLE)
    return closed


@pytest.fixture(scope="module")
def said(graph: Graph) -> ox.Store:
    return stated(graph)


@pytest.fixture(
    scope="module",
    params=[pytest.param(close_rdfs, id="RDFS"), pytest.param(close_owl_rl, id="OWL-RL", marks=pytest.mark.slow)],
)
def closed(request: pytest.FixtureRequest, graph: Graph) -> ox.Store:
    closure: ox.Store = request.param(stated(graph))
    assert len(closure) > len(stated(graph)) + 500
    return closure


def test_seventeen_organisations_speak(closed: ox.Store) -> None:
    query = "SELECT DISTINCT ?o { ?appearance org:organization ?o . ?o a %s }"

    assert len(rows(closed, query % "schema:Organization")) == len(rows(closed, query % "org:Organization")) == 17
    assert len(rows(closed, "SELECT ?o { ?o a schema:Organization }")) == 17


@pytest.mark.parametrize("kind", WHAT_ENTRIES_ARE)
def test_entries_are_what_they_are_stated_to_be(said: ox.Store, closed: ox.Store, kind: str) -> None:
    below = " UNION { ?x a schema:EventSeries }" if kind == "schema:Event" else ""  # schema.org says so
    expected = rows(said, f"SELECT ?x {{ {{ ?x a {kind} }}{below} FILTER(isIRI(?x)) }}")

    assert rows(closed, f"SELECT ?x {{ ?x a {kind} FILTER(isIRI(?x)) }}") == expected


def test_figures_follow_from_nothing(said: ox.Store, closed: ox.Store) -> None:
    """A number or day stands where it is stated: "more than 60" does not become 60 of anything else."""
    figures = """SELECT ?x ?p ?n { ?x ?p ?n . FILTER(isLiteral(?n) && (isNumeric(?n) || DATATYPE(?n) = <http://www.w3.org/2001/XMLSchema#date>))
      FILTER(?p != dcterms:date && !STRSTARTS(STR(?p), STR(rdfs:)) && !STRSTARTS(STR(?p), "http://www.w3.org/2002/07/owl#")) FILTER EXISTS { ?x itas:kind ?kind } }"""

    assert rows(closed, figures) == rows(said, figures)
    assert rows(closed, "SELECT ?p { ?x ?p 60 . FILTER(?p != <http://www.w3.org/2002/07/owl#sameAs>) }") == {
        (f"{PREFIXES['itas']}attendeesMoreThan",)
    }


def test_nothing_identifies_but_an_identifier(closed: ox.Store) -> None:
    assert rows(closed, "SELECT ?x { ?x dcterms:identifier ?any }") == set()


def test_forms_are_forms(said: ox.Store, closed: ox.Store) -> None:
    forms = "SELECT ?x ?form { ?x dcterms:type ?form }"

    assert rows(closed, forms) == rows(said, forms) != set()


@pytest.mark.parametrize("relation", ["dcterms:references", "schema:performer", "schema:attendee", "schema:about"])
def test_relations_follow_from_none_but_their_own(said: ox.Store, closed: ox.Store, relation: str) -> None:
    pairs = f"SELECT ?x ?y {{ ?x {relation} ?y }}"

    assert rows(closed, pairs) == rows(said, pairs) != set()


# The invented region has what the congress has not: sectors, seats with coordinates, and topics of organisations and people.
@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    return graph_of_project(Project(lay_out(tmp_path_factory.mktemp("region") / "project", REGION)))


@pytest.mark.parametrize(
    "close", [pytest.param(close_rdfs, id="RDFS"), pytest.param(close_owl_rl, id="OWL-RL", marks=pytest.mark.slow)]
)
def test_region_entails_no_other_entries(region: Graph, close: Callable[[ox.Store], ox.Store]) -> None:
    said, closed = stated(region), close(stated(region))
    # What is the same as an entry elsewhere (owl:sameAs) is there what the entry is; that is meant.
    ours = f'FILTER(STRSTARTS(STR(?x), "{BASE}"))'
    members = {kind: f"SELECT ?x {{ ?x a {kind} {ours} }}" for kind in (*WHAT_ENTRIES_ARE, "itas:Sector", "itas:Topic")}
    pairs = {
        name: f"SELECT ?x ?y {{ ?x {name} ?y {ours} }}"
        for name in ("schema:knowsAbout", "schema:about", "schema:location")
    }

    assert {name for name, query in {**members, **pairs}.items() if rows(closed, query) != rows(said, query)} == set()
    assert rows(closed, f"SELECT ?x {{ ?x a org:Organization {ours} }}") <= (
        rows(said, members["schema:Organization"]) | rows(said, members["itas:Initiative"])
    )


def test_domain_of_an_event_for_all_locations_would_be_found(region: Graph) -> None:
    said = stated(region)
    closed = close_rdfs(stated(region, "itas:qualifiedLocation rdfs:domain schema:Event ."))

    assert len(rows(closed, "SELECT ?x { ?x a schema:Event }") - rows(said, "SELECT ?x { ?x a schema:Event }")) == 2


@pytest.mark.parametrize(
    ("axiom", "kind"),
    [
        ("itas:Initiative rdfs:subClassOf schema:Project .", "schema:Organization"),
        ("dcterms:source rdfs:range schema:Event .", "schema:Event"),
        ("itas:Goal rdfs:subClassOf prov:Plan .", "prov:Plan"),
    ],
)
def test_false_axiom_would_be_found(graph: Graph, said: ox.Store, axiom: str, kind: str) -> None:
    closure = close_rdfs(stated(graph, axiom))
    query = f"SELECT ?x {{ ?x a {kind} }}"

    assert rows(closure, query) - rows(said, query) != set()
