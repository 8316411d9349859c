"""docs/model.md: each term that the data use is in it, each term in it exists, and its sentences are true."""

from __future__ import annotations

import re
from typing import NamedTuple

import pyoxigraph as ox
import pytest

from itasgraph.project import Project
from itasgraph.store.memory import Graph
from itasgraph.vocabulary import ITAS, RDF
from tests.helpers.graphs import graph_of_project, terms
from tests.helpers.projects import HEAD, REGION, ROOT, TWO_CONGRESSES, TWO_DAYS, TWO_SOURCES, lay_out

PAGE = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
# A term as the page writes it: with a prefix of the context.
TERM = re.compile(rf"(?<![\w/<])(?:{'|'.join(terms().prefixes)}):[A-Za-z]\w*")
# No project of the tests names a contact person.
CONTACT_PERSON = """\
- {id: person/eva-lang, type: Person, name: Eva Lang, quote: Eva Lang}
- {id: role/press, type: Role, label: {de: Presse, en: Press}, quote: Press}
- id: organisation/oberland-press
  type: Organisation
  name: Oberland Press
  quote: Oberland Press
  contactPersons:
    person/eva-lang: {role: role/press, quote: "Press: Eva Lang, Oberland Press"}
"""
VOCABULARY = ITAS.iri.removesuffix("#")


@pytest.fixture(scope="module")
def graphs(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> list[Graph]:
    """The shipped graph and those of the projects that tests have, which together use everything that data can say."""
    folder = tmp_path_factory.mktemp("projects")
    projects = [lay_out(folder / path.name, path) for path in (TWO_CONGRESSES, TWO_SOURCES, TWO_DAYS, REGION)]
    (projects[-1] / "data" / "contact-sheet.yaml").write_text(HEAD + CONTACT_PERSON, encoding="utf-8")
    return [graph, *(graph_of_project(Project(project)) for project in projects)]


def used(graph: Graph) -> tuple[set[str], set[str]]:
    """The properties and classes, and the datatypes, of what is said outside the vocabulary."""
    quads = [quad for quad in graph.quads() if not str(quad.graph_name).startswith(f"<{VOCABULARY}")]
    classes = {
        quad.object.value
        for quad in quads
        if quad.predicate.value == RDF.type and isinstance(quad.object, ox.NamedNode)
    }
    datatypes = {quad.object.datatype.value for quad in quads if isinstance(quad.object, ox.Literal)}
    return {graph.compact(iri) for iri in {quad.predicate.value for quad in quads} | classes}, {
        graph.compact(iri) for iri in datatypes
    }


def test_each_term_of_the_data_is_on_the_page(graphs: list[Graph]) -> None:
    missing = set().union(*(used(graph)[0] for graph in graphs)) - set(TERM.findall(PAGE))

    assert missing == set()


def test_each_relation_stands_beside_the_property_of_its_evidence(graph: Graph) -> None:
    rows = list(graph.select("SELECT ?qualified ?simple { ?qualified itas:shortcut ?simple }"))
    pairs = {f"| `{graph.compact(row['simple'].value)}` | `{graph.compact(row['qualified'].value)}` |" for row in rows}

    assert len(pairs) >= 20
    assert {pair for pair in pairs if pair not in PAGE} == set()


def test_each_term_on_the_page_is_used_or_defined(graphs: list[Graph]) -> None:
    known = set().union(*(one for graph in graphs for one in used(graph)))
    defined = {
        graphs[0].compact(row["term"].value)
        for row in graphs[0].select("SELECT DISTINCT ?term { GRAPH ?g { ?term rdfs:label ?label } ?g a owl:Ontology }")
    }

    assert set(TERM.findall(PAGE)) - known - defined == set()


class Claim(NamedTuple):
    """A sentence of the page: what it is about (in some graph), and what would contradict it (in no graph)."""

    sentence: str
    cases: str
    exceptions: str


EVIDENCE = "?statement rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; itas:quote ?quote ; dcterms:source ?source . ?source prov:wasDerivedFrom ?document ."
DAYS = "?interval a time:Interval ; time:hasBeginning/time:inXSDDate ?first ; time:hasEnd/time:inXSDDate ?last"
CLAIMS = [
    Claim(
        "An entry may have several classes and exactly one `itas:kind`",
        "?entry itas:kind ?kind",
        "?entry itas:kind ?kind , ?other . FILTER(?kind != ?other)",
    ),
    Claim(
        "the narrowest of them: count and group by it. Only roles, plain concepts and periods have none.",
        "?role a org:Role . FILTER NOT EXISTS { ?role itas:kind ?kind }",
        """?graph a itas:Source . GRAPH ?graph { ?entry a ?class } FILTER NOT EXISTS { ?entry rdf:subject ?subject }
        OPTIONAL { ?entry itas:kind ?kind } OPTIONAL { ?entry a ?other . FILTER(?other IN (org:Role, skos:Concept, dcterms:PeriodOfTime)) }
        FILTER(!BOUND(?kind) && !BOUND(?other) && NOT EXISTS { ?entry a ?aside . FILTER(?aside IN (itas:Omission, skos:ConceptScheme)) })""",
    ),
    Claim(
        "Every entry has exactly one `rdfs:label` in `@de` and one in `@en`.",
        "?entry itas:kind ?kind",
        """VALUES ?lang { "de" "en" } ?entry itas:kind ?kind .
        OPTIONAL { ?entry rdfs:label ?label . FILTER(LANG(?label) = ?lang) }
        OPTIONAL { ?entry rdfs:label ?second . FILTER(LANG(?second) = ?lang && ?second != ?label) }
        FILTER(!BOUND(?label) || BOUND(?second))""",
    ),
    Claim(
        "what was talked over beside the items of the programme; it has no `itas:position`",
        "?entry a itas:Discussion",
        "?entry a itas:Discussion ; itas:position ?position",
    ),
    Claim(
        "those without a broader one are its top concepts (`skos:topConceptOf`, `skos:hasTopConcept`).",
        "?concept skos:topConceptOf ?scheme",
        """?concept skos:inScheme ?scheme . FILTER NOT EXISTS { ?concept skos:broader ?broader }
        FILTER NOT EXISTS { ?concept skos:topConceptOf ?scheme . ?scheme skos:hasTopConcept ?concept }""",
    ),
    Claim(
        "These three lines find the evidence of any simple triple `?s ?p ?o`:",
        f"?qualified itas:shortcut ?p . ?s ?p ?o . {EVIDENCE}",
        f"?qualified itas:shortcut ?p . ?s ?p ?o . FILTER NOT EXISTS {{ {EVIDENCE} }}",
    ),
    Claim(
        "The node is an `itas:Relation`; that of a speaker or moderator is an `itas:Appearance`, that of a participant an `itas:Participation`.",
        "?entry itas:participation ?node . ?node a itas:Participation",
        """?qualified itas:shortcut ?simple . ?entry ?qualified ?node .
        BIND(IF(?qualified IN (itas:appearance, itas:moderation), itas:Appearance,
             IF(?qualified = itas:participation, itas:Participation, itas:Relation)) AS ?class)
        FILTER NOT EXISTS { ?node a ?class }""",
    ),
    Claim(
        "None of them is an appearance: who is counted among the speakers has `schema:performer`.",
        "?event schema:attendee|itas:discussant|itas:presenter ?who",
        """?statement a itas:Appearance ; rdf:predicate ?relation . FILTER(?relation NOT IN (schema:performer, itas:moderatedBy))""",
    ),
    Claim(
        "An appearance is a node of evidence as well: its predicate is `schema:performer`",
        "?contribution itas:appearance ?appearance",
        "?contribution itas:appearance ?appearance . FILTER NOT EXISTS { ?appearance rdf:predicate schema:performer ; itas:quote ?quote }",
    ),
    Claim(
        "day as `time:inXSDDate`. The member is a person, a group without a name or an organisation",
        f"?appearance a itas:Appearance ; org:memberDuring ?interval . {DAYS}",
        f"""?appearance a itas:Appearance ; org:member ?member . OPTIONAL {{ ?appearance org:memberDuring ?interval }}
        FILTER((BOUND(?interval) && NOT EXISTS {{ {DAYS} }})
          || NOT EXISTS {{ ?member a ?class FILTER(?class IN (schema:Person, itas:UnnamedGroup, schema:Organization, itas:Initiative)) }})""",
    ),
    Claim(
        "organisations has a node for each, because `org:organization` has one value",
        "?talk itas:appearance ?one , ?two . ?one org:member ?who . ?two org:member ?who . FILTER(?one != ?two)",
        "?appearance org:organization ?one , ?two . FILTER(?one != ?two)",
    ),
    Claim(
        "its predicate is `itas:moderatedBy`. `itas:appearance` and `schema:performer` never lead to a moderator",
        "?entry itas:moderation ?appearance . ?appearance rdf:predicate itas:moderatedBy",
        "?entry itas:moderation ?appearance . { ?other itas:appearance ?appearance } UNION { ?appearance rdf:predicate schema:performer }",
    ),
    Claim(
        "the activity is its `rdf:subject`, who takes part its `rdf:object` and `org:member`",
        "?entry itas:participation ?node",
        """?entry itas:participation ?node .
        FILTER NOT EXISTS { ?node rdf:subject ?entry ; rdf:object ?who ; org:member ?who ; rdf:predicate itas:participant }""",
    ),
    Claim(
        "Since and until are a day, a month or a year (`dcterms:W3CDTF`)",
        "?node itas:since|itas:until ?written",
        """?node itas:since|itas:until ?written .
        FILTER(DATATYPE(?written) != dcterms:W3CDTF || !REGEX(STR(?written), "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"))""",
    ),
    Claim(
        "leads from an organisation or an activity to the person to speak to; the role stands with the evidence (`org:role`). It is no appearance.",
        "?entry itas:contactPerson ?person . ?statement rdf:predicate itas:contactPerson ; org:role ?role",
        """?entry itas:contactPerson ?person . ?statement rdf:predicate itas:contactPerson .
        FILTER(NOT EXISTS { ?person a schema:Person } || EXISTS { ?statement a itas:Appearance })""",
    ),
    Claim(
        "with `itas:consent` (the day on which they agreed), of a person.",
        "?person a schema:Person ; schema:email|schema:telephone ?detail ; itas:consent ?day",
        "?person a schema:Person ; schema:email|schema:telephone ?detail . FILTER NOT EXISTS { ?person itas:consent ?day }",
    ),
    Claim(
        "A place may have `schema:latitude` and `schema:longitude`, `xsd:decimal` in degrees of WGS 84, always both.",
        "?place schema:latitude ?north ; schema:longitude ?east",
        """?place schema:latitude|schema:longitude ?degrees .
        FILTER(DATATYPE(?degrees) != xsd:decimal || NOT EXISTS { ?place schema:latitude ?north ; schema:longitude ?east })""",
    ),
    Claim(
        "An event has `schema:startDate` and, where it lasts several days, `schema:endDate`, both `xsd:date`.",
        "?event itas:kind schema:Event ; schema:startDate ?first ; schema:endDate ?last",
        "?event itas:kind schema:Event ; schema:startDate|schema:endDate ?day . FILTER(DATATYPE(?day) != xsd:date)",
    ),
    Claim(
        "Its sections, contributions and discussions have `itas:day`, stated or derived from the section or from an event of one day",
        "?part a itas:Contribution ; itas:day ?day",
        """?part schema:superEvent+ ?event ; itas:kind ?kind . FILTER(?kind IN (itas:Section, itas:Contribution, itas:Discussion))
        ?event itas:kind schema:Event ; schema:startDate ?date .
        FILTER NOT EXISTS { ?event schema:endDate ?end } FILTER NOT EXISTS { ?part itas:day ?day }""",
    ),
    Claim(
        "as `xsd:dateTime`, without a time zone, as no source states one.",
        "?part itas:startTime ?time ; schema:startDate ?moment",
        """?part itas:day ?day ; itas:startTime ?time .
        FILTER NOT EXISTS { ?part schema:startDate ?moment FILTER(DATATYPE(?moment) = xsd:dateTime && TZ(?moment) = "") }""",
    ),
    Claim(
        "The end of a project year is a month, `dcat:endDate`.",
        "?year a itas:ProjectYear ; dcat:endDate ?month",
        "?year dcat:endDate ?month . FILTER(DATATYPE(?month) != xsd:gYearMonth || NOT EXISTS { ?year a itas:ProjectYear })",
    ),
    Claim(
        "- an appearance is an `org:Membership` with `org:member` and, where stated, `org:organization` and `org:role`; where the event has a day, `org:memberDuring` leads to a `time:Interval`;",
        "?appearance a itas:Appearance , org:Membership",
        """?part itas:appearance|itas:moderation ?appearance ; schema:superEvent* ?event . ?event schema:startDate ?day . FILTER(DATATYPE(?day) = xsd:date)
        FILTER NOT EXISTS { ?appearance a org:Membership ; org:member ?member ; org:memberDuring ?interval . ?interval a time:Interval }""",
    ),
    Claim(
        "- `prov:wasDerivedFrom` from each source to its document.",
        "?source a itas:Source",
        "?source a itas:Source . FILTER NOT EXISTS { ?source prov:wasDerivedFrom ?document }",
    ),
    Claim(
        "the same as `skos:prefLabel` on concepts, which have `skos:inScheme`, and `skos:broader`, `skos:narrower` and `skos:related` in both directions;",
        "?concept skos:broader ?other",
        """?concept a skos:Concept .
        OPTIONAL { ?concept rdfs:label ?label } OPTIONAL { ?concept skos:broader ?broader } OPTIONAL { ?concept skos:related ?related }
        FILTER(NOT EXISTS { ?concept skos:inScheme ?scheme } || (BOUND(?label) && NOT EXISTS { ?concept skos:prefLabel ?label })
          || (BOUND(?broader) && NOT EXISTS { ?broader skos:narrower ?concept }) || (BOUND(?related) && NOT EXISTS { ?related skos:related ?concept }))""",
    ),
]


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.sentence[:50])
def test_sentence_is_on_the_page_and_true(claim: Claim, graphs: list[Graph]) -> None:
    found = [list(graph.select(f"SELECT * {{ {claim.cases} }} LIMIT 1")) for graph in graphs]
    contradicting = [str(row) for graph in graphs for row in graph.select(f"SELECT * {{ {claim.exceptions} }} LIMIT 3")]

    assert claim.sentence in " ".join(PAGE.split())
    assert any(found)
    assert contradicting == []
