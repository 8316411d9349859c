"""The ontology: every term used is defined, every own term defined is used, and nothing contradicts itself."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import owlrl  # type: ignore[import-untyped]  # it ships no types
import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS

from itasgraph.project import Project
from itasgraph.store.memory import Graph
from tests.helpers.graphs import graph_of_project, terms
from tests.helpers.projects import ROOT

OWN = "https://w3id.org/itas/ontology#"
VOCABULARIES = ("itas.ttl", "profile.ttl", "picture.ttl")
ONTOLOGY = rdflib.URIRef("https://w3id.org/itas/ontology")
ITAS = rdflib.Namespace(OWN)
DCAM = rdflib.Namespace("http://purl.org/dc/dcam/")
ERRORS = rdflib.Namespace("http://www.daml.org/2002/03/agents/agent-ont#")
STANDARDS = (
    "https://schema.org/",
    "http://www.w3.org/",
    "http://purl.org/dc/terms/",
    "http://xmlns.com/foaf/0.1/",
)
# Own terms below no standard one, since what would follow is not so: "more than 60" is not 60, a line does not identify,
# the checksum is that of the text and not of our reading, a currency is no property of its relation, and itas:position is for works and lists.
WITHOUT_PARENT = {
    f"{OWN}{name}" for name in ("attendeesMoreThan", "currency", "line", "position", "sha256", "undecided")
}
# Terms RDF, RDFS and OWL themselves are made of; what they mean needs no words of ours.
BUILT_IN = {
    str(term)
    for term in (
        RDF.type,
        RDFS.label,
        RDFS.comment,
        RDFS.domain,
        RDFS.range,
        RDFS.subClassOf,
        RDFS.subPropertyOf,
        RDFS.isDefinedBy,
        OWL.versionIRI,
        OWL.versionInfo,
    )
}
# What the standards themselves say about the classes and properties used here, so that there is something to contradict.
# SKOS reference S9, S27 · ORG 2014 section 3 · PROV-O, table 5.
AXIOMS = """
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix owl: <http://www.w3.org/2002/07/owl#> .
    @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    @prefix org: <http://www.w3.org/ns/org#> .
    @prefix prov: <http://www.w3.org/ns/prov#> .
    skos:ConceptScheme owl:disjointWith skos:Concept .
    skos:broader rdfs:subPropertyOf skos:broaderTransitive .
    skos:broaderTransitive a owl:TransitiveProperty .
    skos:related a owl:SymmetricProperty ; owl:propertyDisjointWith skos:broaderTransitive .
    skos:topConceptOf rdfs:subPropertyOf skos:inScheme ; owl:inverseOf skos:hasTopConcept .
    skos:hasTopConcept rdfs:domain skos:ConceptScheme ; rdfs:range skos:Concept .
    org:role rdfs:domain org:Membership ; rdfs:range org:Role .
    org:organization rdfs:domain org:Membership ; rdfs:range org:Organization .
    org:Organization owl:disjointWith org:Role , org:Membership .
    prov:Entity owl:disjointWith prov:Activity .
"""


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    """Return all that the project says of terms: its own, the names of those of others, and the look of kinds."""
    graph = rdflib.Graph()
    for name in VOCABULARIES:
        graph.parse(ROOT / "ontology" / name)
    return graph


def _own(ontology: rdflib.Graph) -> set[str]:
    return {str(term) for term in ontology.subjects(RDF.type) if str(term).startswith(OWN)}


def _languages(ontology: rdflib.Graph, term: str, property_: rdflib.URIRef) -> list[str]:
    texts = ontology.objects(rdflib.URIRef(term), property_)
    return sorted(text.language or "" for text in texts if isinstance(text, rdflib.Literal) and str(text).strip())


def _used(graph: Graph) -> set[str]:
    """Return predicates and classes of the statements in the graph."""
    rows = graph.select("SELECT DISTINCT ?term { { ?s ?term ?o } UNION { ?s a ?term } FILTER(isIRI(?term)) }")
    return {row["term"].value for row in rows}


def _texts(shipped: Project) -> dict[Path, str]:
    """Return what else may use a term: context, rules, shapes, queries, program. The ontology itself does not count."""
    context = re.sub(r"//.*", "", shipped.context.read_text(encoding="utf-8"))
    paths = [
        *sorted((ROOT / "ontology").rglob("*.rq")),
        *sorted((ROOT / "ontology").rglob("*.ttl")),
        *sorted((ROOT / "queries").rglob("*.rq")),
        *sorted((ROOT / "itasgraph").rglob("*.py")),
    ]
    read = {path: path.read_text(encoding="utf-8") for path in paths if path.name not in VOCABULARIES}
    assert len(read) >= 45
    return {shipped.context: context, **read}


def _as_rdflib(graph: Graph, *more: str) -> rdflib.Graph:
    lines = ox.serialize(graph.triples(), format=ox.RdfFormat.N_TRIPLES) or b""
    combined = rdflib.Graph().parse(data=lines, format="nt")
    for text in more:
        combined.parse(data=text, format="turtle")
    return combined


def _expanded(graph: rdflib.Graph) -> rdflib.Graph:
    """Return all that follows under the rules of OWL 2 RL (OWL 2 Profiles, section 4.3)."""
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return graph


def _contradictions(graph: rdflib.Graph) -> list[str]:
    errors = [str(text) for text in graph.objects(None, ERRORS.error)]
    nothings = [f"{thing} is owl:Nothing" for thing in graph.subjects(RDF.type, OWL.Nothing) if thing != OWL.Nothing]
    typed = [str(thing) for thing in graph.subjects(RDF.type, ERRORS.ErrorMessage)]
    return errors + nothings + typed


def test_terms_in_the_graph_are_defined(graph: Graph, ontology: rdflib.Graph) -> None:
    used = _used(graph)

    unnamed = {term for term in used - BUILT_IN if _languages(ontology, term, RDFS.label) != ["de", "en"]}

    assert len(used) > 60
    assert unnamed == set()


def test_terms_in_files_are_defined(shipped: Project, ontology: rdflib.Graph) -> None:
    defined = {term.removeprefix(OWN) for term in _own(ontology)}
    pattern = re.compile(r"(?:\bitas:|ontology#|\{_VOCABULARY\})([A-Za-z]\w*)")

    actual = {(path.name, term) for path, text in _texts(shipped).items() for term in pattern.findall(text)}

    assert len({term for _, term in actual}) > 40
    assert {(name, term) for name, term in actual if term not in defined} == set()


def test_own_terms_are_used(shipped: Project, graph: Graph, ontology: rdflib.Graph) -> None:
    texts = "\n".join(_texts(shipped).values())
    used = {term for term in _used(graph) if term.startswith(OWN)}
    mentioned = {term for term in _own(ontology) if re.search(rf"(itas:|[#}}]){re.escape(term[len(OWN) :])}\b", texts)}

    unused = _own(ontology) - used - mentioned

    assert len(_own(ontology)) >= 40
    assert unused == set()


def test_own_terms_have_names_and_comments(ontology: rdflib.Graph) -> None:
    wanted = {(term, property_): ["de", "en"] for term in _own(ontology) for property_ in (RDFS.label, RDFS.comment)}

    actual = {(term, property_): _languages(ontology, term, property_) for term, property_ in wanted}

    assert len(wanted) >= 80
    assert actual == wanted


def test_terms_have_one_comment_per_language(ontology: rdflib.Graph) -> None:
    named = {str(term) for term in ontology.subjects(RDFS.label)}

    wrong = {term for term in named if _languages(ontology, term, RDFS.comment) != ["de", "en"]}

    assert len(named) > 120
    assert wrong == set()


def test_own_properties_have_domain_and_range(ontology: rdflib.Graph) -> None:
    properties = {
        term
        for kind in (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
        for term in ontology.subjects(RDF.type, kind)
        if str(term).startswith(OWN)
    }
    silent = {
        (str(term), str(end[0]))
        for term in properties
        for end in ((RDFS.domain, DCAM.domainIncludes), (RDFS.range, DCAM.rangeIncludes))
        if not any(list(ontology.objects(term, property_)) for property_ in end)
    }

    assert len(properties) > 30
    # Everything has a kind.
    assert silent == {(f"{OWN}kind", str(RDFS.domain))}


def test_foreign_terms_get_no_axioms(ontology: rdflib.Graph) -> None:
    heeded = (RDFS.domain, RDFS.range, RDFS.subClassOf, RDFS.subPropertyOf)

    said = {
        (str(term), str(property_))
        for property_ in heeded
        for term in ontology.subjects(property_)
        if not str(term).startswith(OWN)
    }

    assert said == set()


def test_ontology_describes_own_terms_only() -> None:
    graph = rdflib.Graph().parse(ROOT / "ontology" / "itas.ttl")
    subjects = {str(subject) for subject in graph.subjects()}

    assert {one for one in subjects if not one.startswith(("https://w3id.org/itas/ontology", OWN))} == set()


def test_nothing_is_said_of_what_owl_is_made_of(ontology: rdflib.Graph) -> None:
    """A class or property of RDF and OWL themselves gets a name and no type: else the vocabulary is OWL Full."""
    built_in = {term for term in ontology.subjects() if str(term).startswith((str(OWL), str(RDF), str(RDFS)))}

    assert len(built_in) > 5
    assert {term for term in built_in if list(ontology.objects(term, RDF.type))} == set()


def test_own_terms_say_where_they_are_defined(ontology: rdflib.Graph) -> None:
    assert {
        term for term in _own(ontology) if list(ontology.objects(rdflib.URIRef(term), RDFS.isDefinedBy)) != [ONTOLOGY]
    } == set()


def test_header_satisfies_fair_checks(ontology: rdflib.Graph) -> None:
    vann = "http://purl.org/vocab/vann/"
    once = ("creator", "created", "issued", "modified", "license")

    for term in (DCTERMS.title, DCTERMS.description):
        assert sorted(
            text.language or "" for text in ontology.objects(ONTOLOGY, term) if isinstance(text, rdflib.Literal)
        ) == ["de", "en"]
    assert {name: len(list(ontology.objects(ONTOLOGY, DCTERMS[name]))) for name in once} == dict.fromkeys(once, 1)
    assert str(ontology.value(ONTOLOGY, rdflib.URIRef(f"{vann}preferredNamespacePrefix"))) == "itas"
    assert str(ontology.value(ONTOLOGY, rdflib.URIRef(f"{vann}preferredNamespaceUri"))) == OWN


@pytest.mark.slow
def test_entailed_types_are_stated(graph: Graph, ontology: rdflib.Graph) -> None:
    stated = _as_rdflib(graph)
    above = {term: set(ontology.transitive_objects(term, RDFS.subClassOf)) for term in ontology.subjects(RDFS.label)}

    def is_a(thing: rdflib.term.Node, wanted: rdflib.term.Node) -> bool:
        return any(wanted in above.get(kind, {kind}) for kind in stated.objects(thing, RDF.type))

    surprising = {
        (str(property_), str(thing))
        for end, place in ((RDFS.domain, 0), (RDFS.range, 1))
        for property_, wanted in ontology.subject_objects(end)
        for thing in {pair[place] for pair in stated.subject_objects(property_)}
        if isinstance(thing, rdflib.URIRef) and not is_a(thing, wanted)
    }

    assert surprising == set()


def test_names_are_unique(ontology: rdflib.Graph) -> None:
    named = {str(term) for term in ontology.subjects(RDFS.label)}

    wrong = {term for term in named if _languages(ontology, term, RDFS.label) != ["de", "en"]}

    assert len(named) > 90
    assert wrong == set()


def test_own_terms_have_a_standard_parent(ontology: rdflib.Graph) -> None:
    def standard(term: str) -> bool:
        parents = [
            str(parent)
            for relation in (RDFS.subClassOf, RDFS.subPropertyOf)
            for parent in ontology.transitive_objects(rdflib.URIRef(term), relation)
        ]
        return any(parent.startswith(STANDARDS) for parent in parents)

    homeless = {term for term in _own(ontology) if not standard(term)}

    assert not standard(OWN + "NoSuchTerm")
    assert homeless == WITHOUT_PARENT


def test_own_terms_have_one_kind(ontology: rdflib.Graph) -> None:
    kinds = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}

    # That it reads the same from both ends is said beside the kind of a property.
    types = {
        term: set(ontology.objects(rdflib.URIRef(term), RDF.type)) - {OWL.SymmetricProperty} for term in _own(ontology)
    }

    assert {term: actual for term, actual in types.items() if len(actual) != 1 or not actual <= kinds} == {}


def test_symmetric_relations_read_alike(ontology: rdflib.Graph) -> None:
    read = {
        str(term): [set(ontology.objects(term, property_)) for property_ in (RDFS.label, ITAS.inverseLabel)]
        for term in ontology.subjects(RDF.type, OWL.ObjectProperty)
        if isinstance(term, rdflib.URIRef)
    }

    assert {term for term, (ahead, back) in read.items() if ahead == back} == {
        str(term) for term in ontology.subjects(RDF.type, OWL.SymmetricProperty)
    }


def test_ontology_has_version_and_licence(ontology: rdflib.Graph) -> None:
    version = str(ontology.value(ONTOLOGY, OWL.versionInfo))

    assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    assert list(ontology.objects(ONTOLOGY, OWL.versionIRI)) == [rdflib.URIRef(f"{ONTOLOGY}/{version}")]
    assert list(ontology.objects(ONTOLOGY, DCTERMS.license)) == [
        rdflib.URIRef("https://creativecommons.org/licenses/by/4.0/")
    ]


@pytest.mark.slow
def test_owl_rl_finds_no_contradiction(graph: Graph) -> None:
    stated = _as_rdflib(graph, AXIOMS)
    before = len(stated)

    expanded = _expanded(stated)

    assert len(expanded) > before + 1000
    assert _contradictions(expanded) == []
    labels = Counter((thing, getattr(text, "language", "")) for thing, text in expanded.subject_objects(RDFS.label))
    assert {where: count for where, count in labels.items() if count > 1} == {}


@pytest.mark.slow
@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(
            "<https://w3id.org/itas/topic/x> a skos:Concept , skos:ConceptScheme .",
            id="disjoint-classes",
            marks=pytest.mark.slow,
        ),
        pytest.param(
            "<urn:a> owl:sameAs <urn:b> ; owl:differentFrom <urn:b> .", id="same-and-different", marks=pytest.mark.slow
        ),
        pytest.param("<urn:a> skos:related <urn:b> . <urn:b> skos:broader <urn:a> .", id="disjoint-properties"),
        pytest.param("<urn:membership> org:role <urn:a> . <urn:other> org:organization <urn:a> .", id="role-and-firm"),
    ],
)
def test_contradiction_would_be_found(ontology: rdflib.Graph, wrong: str) -> None:
    prefixes = "\n".join(line for line in AXIOMS.splitlines() if "@prefix" in line)
    stated = rdflib.Graph().parse(data=AXIOMS, format="turtle")

    stated.parse(data=f"{prefixes}\n{wrong}", format="turtle")

    assert _contradictions(_expanded(stated + ontology)) != []


@pytest.mark.slow
def test_undefined_term_would_be_found(copy: Path, ontology: rdflib.Graph) -> None:
    (copy / "ontology" / "more.ttl").write_text(f"<urn:a> <{OWN}invented> <urn:b> .", encoding="utf-8")
    used = _used(graph_of_project(Project(copy)))

    assert {term for term in used - BUILT_IN if _languages(ontology, term, RDFS.label) != ["de", "en"]} == {
        f"{OWN}invented"
    }


def test_concepts_are_complete_in_skos(graph: Graph) -> None:
    """A preferred label per language, both directions, a scheme reached from the top, a definition or the reason for none."""
    concepts = {str(row["c"]) for row in graph.select("SELECT ?c { ?c a skos:Concept }")}
    patterns = {
        "two preferred labels": "?c skos:prefLabel ?label . FILTER(LANG(?label) IN ('de', 'en'))",
        "not in a scheme": "?c skos:inScheme ?any . ?any a skos:ConceptScheme",
        "not below a top": "?c skos:broader*/skos:topConceptOf ?any . ?any skos:hasTopConcept/skos:narrower* ?c",
        "no definition": "{ ?c skos:definition ?any } UNION { ?c skos:inScheme/skos:editorialNote ?any }",
    }

    lacking = {
        name: concepts
        - {str(row["c"]) for row in graph.select(f"SELECT DISTINCT ?c {{ ?c a skos:Concept . {pattern} }}")}
        for name, pattern in patterns.items()
    }

    assert len(concepts) > 60
    assert lacking == {name: set() for name in patterns}
    assert not graph.query("ASK { ?a skos:broader ?b FILTER NOT EXISTS { ?b skos:narrower ?a } }")
    assert not graph.query("ASK { ?a skos:related ?b FILTER NOT EXISTS { ?b skos:related ?a } }")
    assert not graph.query("ASK { ?c a skos:Concept ; rdfs:label ?l FILTER NOT EXISTS { ?c skos:prefLabel ?l } }")


def test_concept_schemes_have_title_and_licence(graph: Graph) -> None:
    wanting = "?s a skos:ConceptScheme FILTER NOT EXISTS { ?s dcterms:title ?t ; dcterms:license ?l ; rdfs:label ?n }"

    assert not graph.query(f"ASK {{ {wanting} }}")


# schema.org 30.0: property → the classes of its subjects and of its objects; every class is below Thing.
SCHEMA_ORG = {
    "about": ({"CreativeWork", "Event"}, {"Thing"}),
    "attendee": ({"Event"}, {"Organization", "Person"}),
    "audience": ({"CreativeWork", "Event", "Product", "Service"}, {"Audience"}),
    "contributor": ({"CreativeWork", "Event"}, {"Organization", "Person"}),
    "description": ({"Thing"}, {"Text"}),
    "honorificPrefix": ({"Person"}, {"Text"}),
    "location": ({"Action", "Event", "Organization"}, {"Place"}),
    "name": ({"Thing"}, {"Text"}),
    "performer": ({"Event"}, {"Organization", "Person"}),
    "startDate": ({"Event", "Role"}, {"Text"}),
    "superEvent": ({"Event"}, {"Event"}),
}


def test_schema_org_is_used_within_its_domains(graph: Graph) -> None:
    """What has a class of schema.org has one of those that the property is for; so has what it leads to."""
    namespace = "https://schema.org/"
    above = {"EventSeries": "Event"}
    classes: dict[object, set[str]] = {}
    used = []
    for triple in graph.triples():
        predicate = triple.predicate.value
        if predicate == str(RDF.type) and str(triple.object).startswith(f"<{namespace}"):
            name = str(triple.object)[1:-1].removeprefix(namespace)
            classes.setdefault(triple.subject, {"Thing"}).update({name, above.get(name, name)})
        elif predicate.startswith(namespace):
            used.append((predicate.removeprefix(namespace), triple.subject, triple.object))

    wrong = {
        (name, "/".join(sorted(classes[node] - {"Thing"})))
        for name, *ends in used
        for node, allowed in zip(ends, SCHEMA_ORG[name], strict=True)
        if node in classes and not classes[node] & allowed
    }

    assert len({name for name, *_ in used}) > 8
    # An offer has topics as well: one relation leads to topics from whatever has them.
    assert wrong == {("about", "Service")}


def test_each_class_of_entries_has_a_plural(graph: Graph) -> None:
    aside = {"Source", "EditorialGraph", "Dataset", "Omission", "ConceptScheme"}
    classes = {iri for name, iri in terms().types.items() if name not in aside}
    rows = graph.select("SELECT ?class (LANG(?plural) AS ?language) { ?class itas:plural ?plural }")
    plurals = {(class_.value, language.value) for class_, language in rows}

    assert len(classes) >= 23
    assert {(class_, language) for class_ in classes for language in ("de", "en")} - plurals == set()
