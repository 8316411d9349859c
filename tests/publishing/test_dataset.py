"""The description of the data: VoID and DCAT that agree with what is exported."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from itasgraph.errors import UsageError
from itasgraph.project import Project
from itasgraph.publishing import authorities, dataset
from itasgraph.store.memory import Graph
from itasgraph.store.queryable import value
from tests.helpers.datasets import DCAT, DCTERMS, TYPE, VOID, WHOLE, objects
from tests.helpers.graphs import export
from tests.helpers.namespaces import BASE
from tests.helpers.programs import Run

FOAF = "http://xmlns.com/foaf/0.1/"
VCARD = "http://www.w3.org/2006/vcard/ns#"
REGISTERED = "https://www.iana.org/assignments/media-types/"


@pytest.fixture(scope="module")
def described(nordtal: Graph) -> Graph:
    return dataset.describe(nordtal)


def test_numbers_match_the_turtle(nordtal: Graph, described: Graph) -> None:
    triples = {quad.triple for quad in ox.parse(export(nordtal, "turtle"), ox.RdfFormat.TURTLE)}
    numbers = {
        "triples": len(triples),
        "distinctSubjects": len({triple.subject for triple in triples}),
        "distinctObjects": len({triple.object for triple in triples}),
        "properties": len({triple.predicate for triple in triples}),
        "classes": len({triple.object for triple in triples if triple.predicate == TYPE}),
        "entities": len(list(nordtal.select("SELECT DISTINCT ?entity { ?entity itas:kind ?kind }"))),
    }

    assert {name: objects(described, VOID + name) for name in numbers} == {
        name: [str(number)] for name, number in numbers.items()
    }


@pytest.mark.parametrize(("what", "unit"), [("class", "entities"), ("property", "triples")])
def test_classes_and_properties_are_counted(nordtal: Graph, described: Graph, what: str, unit: str) -> None:
    parts = [ox.NamedNode(iri) for iri in objects(described, f"{VOID}{what}Partition")]
    actual = {objects(described, VOID + what, part)[0]: objects(described, VOID + unit, part) for part in parts}
    triples = set(nordtal.triples())
    terms = [value(t.object) for t in triples if t.predicate == TYPE]
    if what == "property":
        terms = [t.predicate.value for t in triples]

    assert actual == {term: [str(times)] for term, times in Counter(terms).items()}
    assert len(actual) > 30


def test_everything_has_a_name(described: Graph) -> None:
    nodes = [node for quad in described.store for node in (quad.subject, quad.object)]

    assert not any(isinstance(node, ox.BlankNode) for node in nodes)


def test_examples_are_one_per_kind(nordtal: Graph, described: Graph) -> None:
    kinds = {
        row["thing"].value: row["kind"].value
        for row in nordtal.select("SELECT ?thing ?kind { ?thing itas:kind ?kind }")
    }
    actual = [kinds[iri] for iri in objects(described, f"{VOID}exampleResource")]

    assert len(actual) == len(set(actual)) == len(set(kinds.values()))


def test_named_graphs_are_parts(nordtal: Graph, described: Graph) -> None:
    sizes = Counter(value(quad.graph_name) for quad in nordtal.quads())
    source = ox.NamedNode(f"{BASE}source/report-2023")
    documents = ["https://example.org/report-2023", "https://example.org/report-2024"]

    assert objects(described, f"{VOID}subset") == sorted(sizes)
    assert objects(described, f"{VOID}triples", source) == [str(sizes[source.value])]
    assert objects(described, "http://www.w3.org/ns/prov#wasDerivedFrom", source) == documents[:1]
    assert objects(described, "http://www.w3.org/ns/prov#wasDerivedFrom") == documents


def test_languages_are_those_of_labels(described: Graph) -> None:
    authority = "http://publications.europa.eu/resource/authority/language/"

    assert objects(described, f"{DCTERMS}language") == [f"{authority}DEU", f"{authority}ENG"]


@pytest.mark.parametrize(("code", "iri"), [("sk", "authority/language/SLK"), ("hsb", "vocabulary/iso639-1/hsb")])
def test_language_outside_the_list_has_an_iri(code: str, iri: str) -> None:
    assert authorities.language(code).endswith(iri)


def test_keywords_are_the_top_topics(nordtal: Graph, described: Graph) -> None:
    topics = nordtal.select(
        "SELECT DISTINCT ?l { ?t a itas:Topic ; rdfs:label ?l FILTER NOT EXISTS { ?t skos:broader ?b } }"
    )

    assert objects(described, f"{DCAT}keyword") == sorted(row["l"].value for row in topics) != []


def test_only_the_given_day_is_named(nordtal: Graph, described: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1717632000")
    dated = dataset.describe(nordtal)

    assert objects(described, f"{DCTERMS}modified") == []
    assert objects(dated, f"{DCTERMS}modified") == ["2024-06-06"]


@pytest.mark.parametrize("given", ["yesterday", "1e9", "9" * 30])
def test_invalid_day_is_refused(nordtal: Graph, monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", given)
    with pytest.raises(UsageError) as caught:
        dataset.describe(nordtal)

    assert caught.value.code == "invalid-epoch"


def described_with(run: Run, copy: Path, more: str) -> Graph:
    """Return the description of the project with more said of the data set, after checking it."""
    with (copy / "data" / "dataset.yaml").open("a", encoding="utf-8") as out:
        out.write(more)
    checked = run("check", "--project", copy)
    assert checked.exit_code == 0, checked.stderr
    done = run("export", "--describe", "-f", "nt", "--project", copy)
    store = ox.Store()
    store.load(done.stdout.encode(), ox.RdfFormat.N_TRIPLES)
    return Graph(store, {}, BASE)


@pytest.mark.slow
def test_downloads_come_from_the_data(run: Run, copy: Path) -> None:
    file = "https://example.org/data/itas.ttl.gz"
    actual = described_with(
        run, copy, f"  download: [{file}]\n  endpoint: https://example.org/sparql\n  published: 2024-07-01\n"
    )
    distribution = ox.NamedNode(f"{WHOLE.value}#distribution/example.org/data/itas.ttl.gz")

    assert objects(actual, f"{VOID}sparqlEndpoint") == ["https://example.org/sparql"]
    assert objects(actual, f"{DCTERMS}issued") == ["2024-07-01"]
    assert distribution.value in objects(actual, f"{DCAT}distribution")
    assert objects(actual, f"{DCAT}downloadURL", distribution) == [file]
    assert objects(actual, f"{DCAT}accessURL", distribution) == [file]
    assert objects(actual, f"{DCAT}compressFormat", distribution) == [f"{REGISTERED}application/gzip"]
    assert objects(actual, f"{DCAT}mediaType", distribution) == [f"{REGISTERED}text/turtle"]


@pytest.mark.slow
def test_endpoint_is_a_service(run: Run, copy: Path) -> None:
    endpoint = "https://example.org/sparql"
    actual = described_with(run, copy, f"  endpoint: {endpoint}\n")
    (distribution,) = (ox.NamedNode(iri) for iri in objects(actual, f"{DCAT}distribution"))
    (service,) = (ox.NamedNode(iri) for iri in objects(actual, f"{DCAT}accessService", distribution))

    assert objects(actual, TYPE.value, service) == [f"{DCAT}DataService"]
    assert objects(actual, f"{DCAT}endpointURL", service) == [endpoint]
    assert objects(actual, f"{DCAT}servesDataset", service) == [WHOLE.value]
    assert objects(actual, f"{DCTERMS}title", service) == ["SPARQL: ITAS knowledge graph", "SPARQL: ITAS-Wissensgraph"]
    # DCAT 3, section 6.8: what gives access and where its service answers are one address.
    assert objects(actual, f"{DCAT}accessURL", distribution) == [endpoint]


@pytest.mark.slow
def test_distributions_carry_the_licence(run: Run, copy: Path) -> None:
    actual = described_with(
        run,
        copy,
        "  download: [https://example.org/a.ttl, https://example.org/b.nq]\n  endpoint: https://example.org/q\n",
    )
    offered = [ox.NamedNode(iri) for iri in objects(actual, f"{DCAT}distribution")]
    services = [
        value(quad.object) for quad in actual.store.quads_for_pattern(None, ox.NamedNode(f"{DCAT}accessService"), None)
    ]

    assert len(offered) == 3
    assert len(services) == 1
    assert {
        licence
        for one in [*offered, *map(ox.NamedNode, services)]
        for licence in objects(actual, f"{DCTERMS}license", one)
    } == {"https://creativecommons.org/licenses/by/4.0/"}
    assert all(objects(actual, f"{DCTERMS}license", one) for one in [*offered, *map(ox.NamedNode, services)])


@pytest.mark.quick(1)
@pytest.mark.parametrize(
    ("address", "property_"),
    [("mailto:redaktion@example.org", "hasEmail"), ("https://example.org/contact", "hasURL")],
)
def test_contact_follows_dcat(run: Run, copy: Path, address: str, property_: str) -> None:
    actual = described_with(run, copy, f"  contact: {address}\n")
    (contact,) = (ox.NamedNode(iri) for iri in objects(actual, f"{DCAT}contactPoint"))

    assert objects(actual, TYPE.value, contact) == [f"{VCARD}Kind"]
    assert objects(actual, VCARD + property_, contact) == [address]


@pytest.mark.slow
def test_publisher_is_an_agent(run: Run, copy: Path) -> None:
    cwe = ox.NamedNode(f"{BASE}organisation/cwe")
    actual = described_with(run, copy, "  publisher: organisation/cwe\n")

    assert objects(actual, f"{DCTERMS}publisher") == [cwe.value]
    assert set(objects(actual, TYPE.value, cwe)) == {f"{FOAF}Agent", "https://schema.org/Organization"}
    assert objects(actual, f"{FOAF}name", cwe) == ["CWE"]


@pytest.mark.slow
def test_document_keeps_its_metadata(run: Run, copy: Path) -> None:
    path = copy / "data" / "itas-kongress-2024.yaml"
    stated = "published: 2024-06-20\npublisher: organisation/cwe\n\nsays:"
    path.write_text(path.read_text(encoding="utf-8").replace("\nsays:", f"\n{stated}", 1), encoding="utf-8")
    actual = described_with(run, copy, "")
    document = ox.NamedNode("https://itas-projekt.de/itas-kongress-2024-rueckblick")

    assert objects(actual, TYPE.value, document) == ["http://www.w3.org/ns/prov#Entity"]
    assert objects(actual, f"{DCTERMS}issued", document) == ["2024-06-20"]
    assert objects(actual, f"{DCTERMS}publisher", document) == [f"{BASE}organisation/cwe"]
    assert len(objects(actual, f"{DCTERMS}title", document)) == 1
    assert objects(actual, f"{FOAF}name", ox.NamedNode(f"{BASE}organisation/cwe")) == ["CWE"]


def test_unnamed_data_set_is_described(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "theirs.ttl"
    path.write_text("<http://e.org/a> a <http://e.org/C> .\n")
    done = run("export", "--describe", "--data", path)

    assert done.exit_code == 0
    assert (
        "<dataset#class/http%3A%2F%2Fe.org%2FC>" in done.stdout or "<dataset#class/http:%2F%2Fe.org%2FC>" in done.stdout
    )
    assert "void:triples 1 ;" in done.stdout


def test_command_writes_the_description(nordtal_project: Project, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "void.ttl"
    done = run("export", "--describe", "-o", path, "--project", nordtal_project.root)
    text = path.read_text(encoding="utf-8")

    assert done.exit_code == 0
    assert "\n<dataset>\n    a dcat:Dataset ;\n    a void:Dataset ;\n" in text
    assert "Ada Blum" not in text


def test_examples_leave_out_people(nordtal_project: Project, run: Run) -> None:
    assert "person/" not in run("export", "--describe", "--no-people", "--project", nordtal_project.root).stdout


def test_counts_leave_out_quotes(nordtal_project: Project, run: Run) -> None:
    described = run("export", "--describe", "--no-quotes", "--project", nordtal_project.root).stdout
    lines = run("export", "--no-quotes", "-f", "nt", "--project", nordtal_project.root).stdout.splitlines()

    assert f"    void:triples {len(lines)} ;\n" in described
    assert "itas:quote" not in described


@pytest.mark.parametrize("option", [("--graph", "source"), ("--about", "Ada Blum")])
def test_part_has_no_description(nordtal_project: Project, run: Run, option: tuple[str, str]) -> None:
    done = run("export", "--describe", *option, "--project", nordtal_project.root, "--lang", "en")

    assert (done.exit_code, done.stdout) == (2, "")
    assert "--describe describes all data" in done.stderr
