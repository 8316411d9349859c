"""What a cluster manager manages, on an invented page of a region: who takes part in what; a member is no speaker."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import httpx
import pyoxigraph as ox
import pyshacl
import pytest
import rdflib

from itasgraph.authoring import project_check
from itasgraph.entities import description
from itasgraph.entities.details import Details
from itasgraph.entities.labels import translations
from itasgraph.filters.contacts import hide_contacts
from itasgraph.network import builder
from itasgraph.picture import facets
from itasgraph.project import Project
from itasgraph.questions import queries
from itasgraph.store.endpoint import Endpoint
from itasgraph.store.memory import Graph
from itasgraph.store.queryable import Queryable
from tests.helpers.graphs import export, graph_of_project
from tests.helpers.programs import Run
from tests.helpers.projects import ITAS, REGION, ROOT, lay_out
from tests.helpers.questions import ask, columns
from tests.helpers.servers import fill, oxigraph_in, virtuoso_in

PAGE = "oberland-2031"
LEAD, PRINTER, SOLAR = "Verein Schraubstock", "Druckwerk Oberland", "Solarhof GmbH"
IDA, ROSA = "Ida Kern", "Rosa Thal"
# Only Ole Brandt spoke, for Druckwerk Oberland; all others take part, fund or work on a topic.
NOT_SPEAKING = (
    "organisation/schraubstock",
    "organisation/giesserei-alt",
    "organisation/landkreis-oberland",
    "person/ida-kern",
    "organisation/solarhof",
    "person/rosa-thal",
)
ABOUT_SPEAKERS = (
    "connectors", "gaps", "no-contact", "programme", "projects", "shared-topics", "speakers", "together", "topics",
)  # fmt: skip


# A sheet that names whom to speak to in an organisation that appeared, in an activity, and in an organisation on no topic.
CONTACT_PERSONS = """\
id: source/contact-sheet
type: Source
title: Ansprechpersonen
label: {de: Ansprechpersonen, en: Contact persons}
document: https://example.org/contact-sheet
says:
- {id: person/nora-falk, type: Person, name: Nora Falk, quote: Nora Falk}
- {id: person/uwe-stein, type: Person, name: Uwe Stein, quote: Uwe Stein}
- {id: person/ina-kurz, type: Person, name: Ina Kurz, quote: Ina Kurz}
- id: organisation/druckwerk
  contactPersons:
    person/nora-falk: {quote: Fragen beantwortet Nora Falk}
- id: project/reparaturnetz
  contactPersons:
    person/uwe-stein: {quote: "Fragen zum Netz: Uwe Stein"}
- id: organisation/landkreis-oberland
  contactPersons:
    person/ina-kurz: {quote: "Landkreis: Ina Kurz"}
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(lay_out(tmp_path_factory.mktemp("region") / "project", REGION))


@pytest.fixture(scope="module")
def region(project: Project) -> Graph:
    return graph_of_project(project)


def changed(folder: Path, before: str, after: str) -> list[str]:
    """Return what `check` says in German after one change of the page."""
    project = Project(lay_out(folder / "project", REGION))
    path = project.root / "data" / f"{PAGE}.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1
    path.write_text(text.replace(before, after), encoding="utf-8")
    return [finding.render("de") for finding in project_check.check(project)[0]]


def test_project_is_sound(run: Run, project: Project) -> None:
    findings, _ = project_check.check(project)
    done = run("coverage", REGION / "sources" / f"{PAGE}.txt", "--project", project.root, "--lang", "en")

    assert [str(finding) for finding in findings] == []
    assert (done.exit_code, done.stdout or done.stderr) == (
        0,
        "Lines: 14 covered, 0 left out on purpose, 0 not covered, 5 blank.\n",
    )


# --- who takes part in what -----------------------------------------------------------------------------------------


def test_participations_have_role_time_and_funds(region: Graph, project: Project) -> None:
    rows = ask("participations", region, project)
    names = ("projectLabel", "relationLabel", "participantLabel", "organisationLabel", "roleLabel")
    shown = [name for name in rows[0] if name.endswith("Label") and name != "sourceLabel"]

    assert shown == ["participantLabel", "organisationLabel", "relationLabel", "projectLabel", "roleLabel"]
    assert columns(rows, *names, "since", "until", "amount", "currency") == [
        ("Reparaturnetz", "wirkt mit an", PRINTER, "", "", "2030", "", "", ""),
        ("Reparaturnetz", "wirkt mit an", IDA, LEAD, "Projektkoordinatorin", "2030-05-15", "", "", ""),
        ("Reparaturnetz", "wirkt mit an", LEAD, "", "Leitung", "2030-01", "2032-12-31", "40000", "EUR"),
        ("Reparaturnetz", "fördert", "Landkreis Oberland", "", "", "2030", "2032", "250000", "EUR"),
        ("Zukunft Oberland", "wirkt mit an", "Gießerei Alt", "", "", "", "", "", ""),
    ]
    assert "" not in {row["quote"] for row in rows}


@pytest.mark.parametrize(
    ("given", "who"),
    [
        ({"project": "Zukunft Oberland"}, ["Gießerei Alt"]),
        ({"participant": "Landkreis Oberland"}, ["Landkreis Oberland"]),
        ({"project": "Reparaturnetz", "participant": IDA}, [IDA]),
        ({"project": "Zukunft Oberland", "participant": IDA}, []),
    ],
)
def test_parameters_select_participations(
    region: Graph, project: Project, given: dict[str, str], who: list[str]
) -> None:
    assert columns(ask("participations", region, project, **given), "participantLabel") == [(one,) for one in who]


def test_answer_has_footnotes(run: Run, project: Project) -> None:
    done = run(
        "query", "participations", "--cite", "--project", project.root, "--lang", "en", "-p", "project=Zukunft Oberland"
    )

    assert "[1] “Die Gießerei Alt gehört zur Initiative Zukunft Oberland” – Page of the Oberland network" in done.stdout


def test_participation_is_a_membership_in_time(region: Graph) -> None:
    rows = region.select(f"""
        SELECT ?who ?from ?to WHERE {{
          ?participation a org:Membership , itas:Participation ; rdf:subject <{ITAS["project/reparaturnetz"]}> ; org:member ?who ;
            org:memberDuring ?during .
          ?during a time:Interval ; time:hasBeginning/(time:inXSDDate|time:inXSDgYearMonth|time:inXSDgYear) ?from .
          OPTIONAL {{ ?during time:hasEnd/time:inXSDDate ?to }}
        }} ORDER BY ?who""")
    actual = [
        (str(row["who"].value).rpartition("/")[2], str(row["from"]), row["to"] and row["to"].value) for row in rows
    ]
    xsd = "http://www.w3.org/2001/XMLSchema#"

    assert actual == [
        ("druckwerk", f'"2030"^^<{xsd}gYear>', None),
        ("schraubstock", f'"2030-01"^^<{xsd}gYearMonth>', "2032-12-31"),
        ("ida-kern", f'"2030-05-15"^^<{xsd}date>', None),
    ]


def test_nothing_is_a_blank_node(region: Graph) -> None:
    terms = {term for triple in region.triples() for term in (triple.subject, triple.object)}

    assert [term for term in terms if isinstance(term, ox.BlankNode)] == []


@pytest.mark.parametrize(
    ("entity", "relations"),
    [
        ("person/ida-kern", {("wirkt mit an", "Reparaturnetz", LEAD, "Projektkoordinatorin", "seit 15.05.2030")}),
        (
            "organisation/schraubstock",
            {
                ("wirkt mit an", "Reparaturnetz", "Leitung", "seit 01/2030", "bis 31.12.2032", "40000 EUR"),
                ("wird genannt mit", IDA, "Mitwirkung", "Projektkoordinatorin", "seit 15.05.2030"),
            },
        ),
        ("organisation/landkreis-oberland", {("fördert", "Reparaturnetz", "seit 2030", "bis 2032", "250000 EUR")}),
        ("role/leitung", {("ist die Rolle von", LEAD, "Mitwirkung", "seit 01/2030", "bis 31.12.2032", "40000 EUR")}),
    ],
)
def test_show_says_who_takes_part(region: Graph, entity: str, relations: set[tuple[str, ...]]) -> None:
    actual = description.describe(region, str(ITAS[entity]), "de").relations

    assert {(one.relation, one.value, *one.qualifiers) for one in actual} == relations
    assert all(one.evidence for one in actual)


# --- a member is no speaker -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ABOUT_SPEAKERS)
def test_who_takes_part_has_not_spoken(region: Graph, project: Project, name: str) -> None:
    cells = {cell for row in ask(name, region, project) for cell in row.values()}

    assert cells & {str(ITAS[one]) for one in NOT_SPEAKING} == set()


def test_organisations_count_appearances_only(region: Graph, project: Project) -> None:
    rows = columns(ask("organisations", region, project), "organisationLabel", "contributions", "people")

    assert rows == [
        (PRINTER, "1", "1"),
        *((name, "0", "0") for name in ("Gießerei Alt", "Landkreis Oberland", SOLAR, LEAD)),
    ]


@pytest.mark.parametrize("name", ["contacts", "organisations", "sections", "topics", "programme"])
def test_member_is_in_no_network_of_speakers(region: Graph, project: Project, name: str) -> None:
    network = builder.build(region, builder.find_query(name, project).text, name)

    assert {str(ITAS[one]) for one in NOT_SPEAKING} & set(network) == set()


@pytest.mark.parametrize("name", ["actors", "everything", "links"])
def test_networks_name_the_participation(region: Graph, project: Project, name: str) -> None:
    network = builder.build(region, builder.find_query(name, project).text, name)
    ida = str(ITAS["person/ida-kern"])
    edges = {(source, key) for source, target, key in network.edges(keys=True) if ida in (source, target)}

    assert edges == {(str(ITAS["project/reparaturnetz"]), str(ITAS["ontology#participant"]))}


def test_path_says_takes_part(run: Run, project: Project) -> None:
    done = run("path", IDA, LEAD, "--project", project.root, "--lang", "en")

    assert "takes part in" in done.stdout
    assert not re.search("speaks|speaker|appears", done.stdout)


def test_person_lists_the_participation(region: Graph, project: Project) -> None:
    rows = ask("person", region, project, person=IDA)
    names = ("relationLabel", "contributionLabel", "organisationLabel", "roleLabel", "presentedLabel")

    assert columns(rows, *names) == [("wirkt mit an", "Reparaturnetz", LEAD, "Projektkoordinatorin", "")]


def test_without_people_the_organisation_takes_part(run: Run, project: Project, tmp_path: Path) -> None:
    run("export", "--no-people", "-o", tmp_path / "region.nt", "--project", project.root)
    text = (tmp_path / "region.nt").read_text(encoding="utf-8")

    assert [
        name for name in ("ida-kern", "Ida", "Kern", "Brandt", "ole-brandt", 'Projektkoordinatorin"') if name in text
    ] == []
    assert (
        f"<{ITAS['project/reparaturnetz']}> <{ITAS['ontology#participant']}> <{ITAS['organisation/schraubstock']}>"
        in text
    )


# --- whom to write to -----------------------------------------------------------------------------------------------

MAIL, NUMBER = "ole.brandt@druckwerk.example", "+49 375 2077"
# Each output of a graph: the arguments of its command, and what the file is called.
OUTPUTS = {
    "turtle": (("export",), "region.ttl"),
    "jsonld": (("export",), "region.jsonld"),
    "nquads": (("export",), "region.nq"),
    "source": (("export", "--graph", "source", "-f", "trig"), "region.trig"),
    "about": (("export", "--about", "Ole Brandt", "-f", "nt"), "about.nt"),
    "csv": (("export", "--network", "everything", "-f", "csv"), "net.csv"),
    "gexf": (("export", "--network", "everything"), "net.gexf"),
    "picture": (("view", "everything"), "network.html"),
}


def written(run: Run, project: Project, folder: Path, name: str, *more: str | Path) -> str:
    """Return the text that an output has."""
    command, file = OUTPUTS[name]
    done = run(*command, "-o", folder / file, *(more or ("--project", project.root)))
    assert done.exit_code == 0, done.stderr
    return "".join(path.read_text(encoding="utf-8") for path in sorted(folder.iterdir()))


@pytest.mark.quick(3)
@pytest.mark.parametrize("name", OUTPUTS)
def test_contact_of_a_person_is_in_no_output(run: Run, project: Project, tmp_path: Path, name: str) -> None:
    text = written(run, project, tmp_path, name)

    assert [word for word in (MAIL, NUMBER, '2031-03-01"^^') if word in text] == []
    assert "Ole Brandt" in text


@pytest.mark.parametrize("name", ["turtle", "picture"])
def test_contact_of_a_person_is_there_on_request(run: Run, project: Project, tmp_path: Path, name: str) -> None:
    text = written(run, project, tmp_path, name, "--contacts", "--project", project.root)

    assert MAIL in text
    assert NUMBER in text


@pytest.mark.quick(1)
@pytest.mark.parametrize("name", OUTPUTS)
def test_without_people_there_is_no_contact_of_theirs(run: Run, project: Project, tmp_path: Path, name: str) -> None:
    if name == "about":
        pytest.skip("nobody to be about")
    text = written(run, project, tmp_path, name, "--contacts", "--no-people", "--project", project.root)

    assert [word for word in (MAIL, NUMBER, "Brandt") if word in text] == []


def test_contacts_of_organisations_stay(run: Run, project: Project, tmp_path: Path) -> None:
    text = written(run, project, tmp_path, "turtle")

    assert [
        word for word in ("info@schraubstock.example", "+49 375 1000", "post@druckwerk.example") if word not in text
    ] == []
    assert 'itas:quote "Kontakt: Ole Brandt, […]"' in text


def test_export_of_an_export_has_no_contact(run: Run, project: Project, tmp_path: Path) -> None:
    full = tmp_path / "full.ttl"
    run("export", "--contacts", "-o", full, "--project", project.root)
    (tmp_path / "again").mkdir()
    text = written(run, project, tmp_path / "again", "turtle", "--data", full, "--project", project.root)

    assert MAIL in full.read_text(encoding="utf-8")
    assert [word for word in (MAIL, NUMBER) if word in text] == []


@pytest.mark.slow
def test_store_receives_no_contact_of_a_person(run: Run, project: Project, tmp_path: Path) -> None:
    with oxigraph_in(tmp_path) as server:
        plain = run("publish", server.graphs, "--project", project.root)
        text = httpx.get(server.graphs, headers={"Accept": "application/n-quads"}).text
        run("publish", server.graphs, "--contacts", "--project", project.root)
        more = httpx.get(server.graphs, headers={"Accept": "application/n-quads"}).text

    assert plain.exit_code == 0
    assert ("Ole Brandt" in text, MAIL in text, NUMBER in text) == (True, False, False)
    assert (MAIL in more, NUMBER in more) == (True, True)


def test_contact_person_of_an_organisation_or_activity_is_written_to(project: Project, tmp_path: Path) -> None:
    named = Project(lay_out(tmp_path / "project", REGION))
    (named.root / "data" / "contact-persons.yaml").write_text(CONTACT_PERSONS, encoding="utf-8")
    before = ask("write-to", graph_of_project(project), project, topic="Reparatur")
    rows = ask("write-to", graph_of_project(named), named, topic="Reparatur")
    new = [row for row in rows if row not in before]
    (website,) = {row["website"] for row in before if PRINTER in (row["personLabel"], row["organisationLabel"])}

    assert columns(new, "personLabel", "organisationLabel", "website", "relationLabel", "aboutLabel") == [
        ("Nora Falk", PRINTER, website, "ist Ansprechperson von", PRINTER),
        ("Uwe Stein", "", "", "ist Ansprechperson von", "Reparaturnetz"),
    ]
    assert [row["quote"] for row in new] == ["Fragen beantwortet Nora Falk", "Fragen zum Netz: Uwe Stein"]
    assert len(rows) == len(before) + 2


def test_whom_to_write_to_about_a_topic(region: Graph, project: Project) -> None:
    rows = ask("write-to", region, project, topic="Reparatur")

    assert columns(rows, "personLabel", "organisationLabel", "email", "telephone", "website", "relationLabel") == [
        (ROSA, "", "", "", "", "befasst sich mit"),
        (PRINTER, "", "post@druckwerk.example", "", "https://druckwerk.example/", "wirkt mit an"),
        (IDA, LEAD, "info@schraubstock.example", "+49 375 1000", "", "wirkt mit an"),
        ("Ole Brandt", PRINTER, MAIL, NUMBER, "https://druckwerk.example/", "stellt vor"),
        (LEAD, "", "info@schraubstock.example", "+49 375 1000", "", "wirkt mit an"),
        (SOLAR, "", "", "", "", "befasst sich mit"),
    ]
    assert columns(rows, "aboutLabel") == [("Reparatur",), *[("Reparaturnetz",)] * 4, ("Wartung",)]
    assert "" not in {row["quote"] for row in rows}


def test_without_contacts_of_people_the_organisation_answers(region: Graph, project: Project) -> None:
    rows = ask("write-to", hide_contacts(region), project, topic="Reparatur")

    assert ("Ole Brandt", "post@druckwerk.example", "") in columns(rows, "personLabel", "email", "telephone")


def test_graph_without_contacts_of_people_is_the_same(nordtal: Graph) -> None:
    assert hide_contacts(nordtal) is nordtal


# --- links ----------------------------------------------------------------------------------------------------------

LINKS = ("https://druckwerk.example/", "https://ror.org/00example", "https://www.wikidata.org/entity/Q0")


def test_show_lists_the_links(run: Run, project: Project) -> None:
    done = run("show", PRINTER, "--project", project.root, "--lang", "de")

    assert re.findall(r"^(.*)\n  (https://\S+)$", done.stdout, re.MULTILINE) == [
        ("ist dasselbe wie", LINKS[2]),
        ("Kennung", LINKS[1]),
        ("Website", LINKS[0]),
    ]


def test_html_answer_has_the_web_site_as_a_link(run: Run, project: Project) -> None:
    page = run(
        "query", "write-to", "-p", "topic=Reparatur", "-f", "html", "--project", project.root, "--lang", "de"
    ).stdout

    assert 'href="https://druckwerk.example/"' in page


def test_picture_has_the_links_as_facts(region: Graph) -> None:
    details = Details(region, translations(region)).of(str(ITAS["organisation/druckwerk"]))

    assert {fact["value"]["en"] for fact in details["facts"] if isinstance(fact["value"], dict)} >= set(LINKS)


def test_description_counts_links_by_site(run: Run, project: Project) -> None:
    text = run("export", "--describe", "-f", "nt", "--project", project.root).stdout
    void = "http://rdfs.org/ns/void#"
    sets = re.findall(rf"<(\S+)> <{void}objectsTarget> <(\S+)>", text)

    assert sorted(site for _, site in sets) == ["https://ror.org/", "https://www.wikidata.org/"]
    for name, _ in sets:
        assert re.search(rf'<{re.escape(name)}> <{void}triples> "1"', text)
        assert f"<{ITAS['dataset']}> <{void}subset> <{name}>" in text


# --- actors who never stood on a stage ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entity", "relations"),
    [
        (
            "organisation/solarhof",
            {("befasst sich mit", "Wartung"), ("ist in der Branche", "Energietechnik"), ("hat als Ort", "Bergstadt")},
        ),
        ("person/rosa-thal", {("befasst sich mit", "Reparatur")}),
        ("sector/energietechnik", {("ist Branche von", SOLAR), ("hat den Oberbegriff", "Technik")}),
        ("place/talheim", {("ist Ort von", PRINTER)}),
        ("topic/wartung", {("ist Arbeitsthema von", SOLAR), ("hat den Oberbegriff", "Reparatur")}),
    ],
)
def test_show_says_sector_place_and_topics(region: Graph, entity: str, relations: set[tuple[str, str]]) -> None:
    found = description.describe(region, str(ITAS[entity]), "de").relations

    assert {(one.relation, one.value) for one in found} >= relations
    assert all(one.evidence or one.relation == "hat den Oberbegriff" for one in found)


def test_topic_of_an_organisation_has_the_word_as_evidence(region: Graph) -> None:
    rows = region.select(f"""
        SELECT ?who ?quote ?line {{
          ?statement rdf:subject ?who ; rdf:predicate schema:knowsAbout ; rdf:object ?topic ; itas:quote ?quote ;
            dcterms:source <{ITAS["source/oberland-2031"]}> .
          ?who schema:knowsAbout ?topic ; itas:word ?quote ; itas:qualifiedKnowsAbout ?statement . }} ORDER BY ?who""")

    assert [(str(row["who"].value), row["quote"].value) for row in rows] == [
        (str(ITAS["organisation/solarhof"]), "wartet"),
        (str(ITAS["person/rosa-thal"]), "flickt"),
    ]


def test_organisations_are_about_nothing(region: Graph) -> None:
    """schema:about has works, events and offers as its subjects, no organisation and no person."""
    rows = region.select(
        "SELECT ?who { ?who a ?kind ; schema:about ?topic . FILTER(?kind IN (schema:Organization, schema:Person)) }"
    )

    assert list(rows) == []


def test_place_has_coordinates(region: Graph) -> None:
    (row,) = region.select("SELECT ?place ?north ?east { ?place schema:latitude ?north ; schema:longitude ?east }")

    assert str(row["place"].value) == str(ITAS["place/bergstadt"])
    assert [float(row[name].value) for name in ("north", "east")] == [50.5, 12.25]
    assert {row[name].datatype.value for name in ("north", "east")} == {"http://www.w3.org/2001/XMLSchema#decimal"}


@pytest.mark.parametrize("form", ["turtle", "trig", "nt", "nq", "jsonld", "rdfxml"])
def test_export_keeps_what_is_known_of_them(region: Graph, form: str) -> None:
    suffixes = {"turtle": "ttl", "rdfxml": "rdf"}
    content = export(region, form)
    read = ox.Store()
    if form == "jsonld":
        read.extend(ox.parse(content, ox.RdfFormat.JSON_LD))
    else:
        read.load(content, ox.RdfFormat.from_extension(suffixes.get(form, form)))
    known = {"knowsAbout", "latitude", "longitude", "location", "classification"}

    def said(triples: Iterable[ox.Triple | ox.Quad]) -> set[str]:
        return {
            f"{one.subject} {one.predicate} {one.object}"
            for one in triples
            if re.split("[/#]", one.predicate.value)[-1] in known
        }

    assert len(said(region.triples())) == 8
    assert said(read) == said(region.triples())


@pytest.mark.slow
def test_export_conforms_to_the_shapes(region: Graph) -> None:
    data = rdflib.Graph().parse(data=export(region, "turtle"), format="turtle")
    shapes = rdflib.Graph().parse(ROOT / "ontology" / "shapes.ttl")

    assert pyshacl.validate(data, shacl_graph=shapes)[0]
    data.remove((None, rdflib.SDO.longitude, None))
    assert not pyshacl.validate(data, shacl_graph=shapes)[0]


@pytest.mark.parametrize(
    ("name", "edges"),
    [
        ("everything", {"knowsAbout", "classification", "location"}),
        ("links", {"knowsAbout", "classification", "location"}),
        ("actors", {"knowsAbout", "classification"}),
    ],
)
def test_networks_have_them(region: Graph, project: Project, name: str, edges: set[str]) -> None:
    network = builder.build(region, builder.find_query(name, project).text, name)
    solar = str(ITAS["organisation/solarhof"])

    assert {re.split("[/#]", key)[-1] for _, _, key in network.out_edges(solar, keys=True)} == edges


def test_picture_can_be_narrowed_by_sector(region: Graph) -> None:
    entities = {str(ITAS[name]) for name in ("organisation/solarhof", "organisation/druckwerk", "sector/druck")}
    found, values_of = facets.read(region, translations(region), entities)
    (sectors,) = [facet["values"] for facet in found if facet["id"] == "sector"]
    names = {
        entity.rpartition("/")[2]: [sectors[number]["label"]["de"] for number in values["sector"]]
        for entity, values in values_of.items()
    }

    assert names == {"solarhof": ["Energietechnik"], "druckwerk": ["Druck"], "druck": ["Druck"]}


def test_picture_can_be_narrowed_by_town(region: Graph) -> None:
    entities = {str(ITAS[name]) for name in ("organisation/solarhof", "organisation/druckwerk", "person/ole-brandt")}
    found, values_of = facets.read(region, translations(region), entities)
    (towns,) = [facet["values"] for facet in found if facet["id"] == "town"]

    assert {
        entity: [towns[number]["label"]["de"] for number in values["town"]]
        for entity, values in values_of.items()
        if "town" in values
    } == {
        str(ITAS["organisation/druckwerk"]): ["Talheim"],
        str(ITAS["organisation/solarhof"]): ["Bergstadt"],
    }


def test_path_does_not_lead_through_town_or_sector(run: Run, tmp_path: Path) -> None:
    """Whoever has the seat in the same town is not connected by that."""
    project = Project(lay_out(tmp_path / "project", REGION))
    path = project.root / "data" / f"{PAGE}.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("place/talheim: {", "place/bergstadt: {").replace("sector/druck: {", "sector/energietechnik: {")
    )
    done = run("path", SOLAR, PRINTER, "--project", project.root, "--lang", "en")

    assert done.exit_code == 1
    assert "Bergstadt" in done.stdout + done.stderr


def test_who_works_on_a_topic_but_never_spoke(region: Graph, project: Project) -> None:
    rows = ask("never-spoke", region, project, topic="Reparatur")
    names = ("actorLabel", "organisationLabel", "relationLabel", "aboutLabel", "topicLabel", "sectorLabel", "townLabel")

    # Druckwerk Oberland takes part as well, but Ole Brandt spoke for it.
    assert columns(rows, *names) == [
        (IDA, LEAD, "wirkt mit an", "Reparaturnetz", "Reparatur", "", ""),
        (ROSA, "", "befasst sich mit", "Reparatur", "Reparatur", "", ""),
        (LEAD, "", "wirkt mit an", "Reparaturnetz", "Reparatur", "", ""),
        (SOLAR, "", "befasst sich mit", "Wartung", "Wartung", "Energietechnik", "Bergstadt"),
    ]
    assert [row["quote"] for row in rows][1::2] == ["flickt", "wartet"]
    assert {row["source"] for row in rows} == {str(ITAS["source/oberland-2031"])}


def test_narrower_topic_leaves_out_the_wider(region: Graph, project: Project) -> None:
    assert columns(ask("never-spoke", region, project, topic="Wartung"), "actorLabel") == [(SOLAR,)]


@pytest.mark.quick(1)
@pytest.mark.parametrize(
    ("given", "actors"),
    [
        ("speakers:\n    organisation/solarhof: {position: 2, quote: Solarhof GmbH}", {IDA, ROSA, LEAD}),
        ("speakers:\n    person/rosa-thal: {position: 2, quote: Rosa Thal}", {IDA, LEAD, SOLAR}),
        (
            "speakers:\n    person/rosa-thal: {position: 2, organisation: organisation/schraubstock, quote: Rosa Thal}",
            {IDA, SOLAR},
        ),
        ("moderators:\n    person/rosa-thal: {quote: Rosa Thal}\n  speakers:", {IDA, ROSA, LEAD, SOLAR}),
    ],
)
def test_whoever_spoke_once_is_left_out(tmp_path: Path, given: str, actors: set[str]) -> None:
    project = Project(lay_out(tmp_path / "project", REGION))
    path = project.root / "data" / f"{PAGE}.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count("  speakers:") == 1
    path.write_text(text.replace("speakers:", given), encoding="utf-8")
    rows = ask("never-spoke", graph_of_project(project), project, topic="Reparatur")

    assert {row["actorLabel"] for row in rows} == actors


def test_presenter_has_spoken(tmp_path: Path) -> None:
    project = Project(lay_out(tmp_path / "project", REGION))
    path = project.root / "data" / f"{PAGE}.yaml"
    text = path.read_text(encoding="utf-8")
    day = "  date: 2031-03-03\n"
    assert text.count(day) == 1
    more = "  presenters: {person/rosa-thal: {quote: Rosa Thal}}\n  attendees: {organisation/solarhof: {quote: Solarhof GmbH}}\n"
    path.write_text(text.replace(day, day + more), encoding="utf-8")
    rows = ask("never-spoke", graph_of_project(project), project, topic="Reparatur")

    assert {row["actorLabel"] for row in rows} == {IDA, LEAD, SOLAR}


def test_never_spoke_has_footnotes(run: Run, project: Project) -> None:
    done = run("query", "never-spoke", "--cite", "--project", project.root, "--lang", "en", "-p", "topic=Wartung")

    assert [
        words for words in ("“wartet”", "“Die Solarhof GmbH, Branche Energietechnik”") if words not in done.stdout
    ] == []


def test_who_names_those_who_never_spoke(region: Graph, project: Project) -> None:
    rows = ask("who", region, project, topic="Reparatur")

    assert columns(rows, "personLabel", "organisationLabel", "relationLabel", "aboutLabel", "word") == [
        (ROSA, "", "befasst sich mit", "Reparatur", "flickt"),
        (PRINTER, "", "wirkt mit an", "Reparaturnetz", "Reparaturnetz"),
        (IDA, LEAD, "wirkt mit an", "Reparaturnetz", "Reparaturnetz"),
        ("Ole Brandt", PRINTER, "stellt vor", "Reparaturnetz", "Reparaturnetz"),
        (LEAD, "", "wirkt mit an", "Reparaturnetz", "Reparaturnetz"),
        (SOLAR, "", "befasst sich mit", "Wartung", "wartet"),
    ]


def test_topic_names_who_works_on_it(region: Graph, project: Project) -> None:
    rows = columns(ask("topic", region, project, topic="Reparatur"), "relationLabel", "thingLabel")

    assert {("ist Arbeitsthema von", ROSA), ("unter Mitwirkung von", LEAD), ("unter Mitwirkung von", IDA)} <= set(rows)
    assert ("ist Thema eines Beitrags mit", ROSA) not in rows


def test_words_lead_to_organisations(region: Graph, project: Project) -> None:
    rows = columns(ask("words", region, project), "quote", "thingLabel", "topicLabel")

    assert rows == [
        ("Reparaturnetz", "Reparaturnetz", "Reparatur"),
        ("flickt", ROSA, "Reparatur"),
        ("wartet", SOLAR, "Wartung"),
    ]


def test_organisation_says_sector_seat_and_topic(region: Graph, project: Project) -> None:
    rows = columns(ask("organisation", region, project, organisation=SOLAR), "relationLabel", "thingLabel")

    assert rows == [
        ("befasst sich mit", "Wartung"),
        ("hat als Ort", "Bergstadt"),
        ("ist in der Branche", "Energietechnik"),
    ]


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"sector": "Technik"}, [(SOLAR, "Energietechnik", "Bergstadt", "0")]),
        ({"sector": "Energietechnik", "town": "Bergstadt"}, [(SOLAR, "Energietechnik", "Bergstadt", "0")]),
        ({"sector": "Druck"}, [(PRINTER, "Druck", "Talheim", "1")]),
        ({"town": "Talheim"}, [(PRINTER, "Druck", "Talheim", "1")]),
        ({"sector": "Druck", "town": "Bergstadt"}, []),
    ],
)
def test_sector_and_town_select_organisations(
    region: Graph, project: Project, given: dict[str, str], found: list[tuple[str, ...]]
) -> None:
    rows = ask("organisations", region, project, **given)

    assert columns(rows, "organisationLabel", "sectorLabel", "townLabel", "contributions") == found


def test_gap_says_that_somebody_works_on_it(run: Run, region: Graph, project: Project) -> None:
    rows = columns(ask("gaps", region, project), "topicLabel", "actors", "actorLabel", "workers")
    done = run("analyse", "--project", project.root, "--lang", "de")

    # Verein Schraubstock, also as the organisation of Ida Kern, and Rosa Thal; Druckwerk Oberland appeared.
    assert rows == [("Wartung", "0", "niemand genannt", "1"), ("Reparatur", "1", PRINTER, "2")]
    assert "Wartung: niemand genannt (daran arbeiten, ohne dazu aufgetreten zu sein: 1)" in done.stdout


@pytest.fixture(scope="module")
def far(region: Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """A Virtuoso server that holds the exported region."""
    with virtuoso_in(tmp_path_factory.mktemp("virtuoso")) as server:
        graph = "https://example.org/region"
        fill(f"{server.graphs}?graph-uri={graph}", export(region, "turtle"), httpx.DigestAuth("dba", "dba"))
        endpoint = Endpoint(f"{server.query}?default-graph-uri={graph}", region.prefixes, region.base, 30)
        endpoint.terms = region.terms
        yield endpoint


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "given", "count"),
    [
        ("never-spoke", {"topic": "Reparatur"}, 4),
        ("who", {"topic": "Reparatur"}, 6),
        ("write-to", {"topic": "Reparatur"}, 6),
        ("topic", {"topic": "Reparatur"}, 8),
        ("words", {}, 3),
        ("gaps", {}, 2),
        ("organisation", {"organisation": SOLAR}, 3),
        ("organisations", {}, 5),
        ("organisations", {"sector": "Technik"}, 1),
        ("organisations", {"town": "Talheim"}, 1),
        ("organisations", {"sector": "Druck", "town": "Bergstadt"}, 0),
    ],
)
def test_other_server_gives_the_same_rows(
    region: Graph, far: Endpoint, project: Project, name: str, given: dict[str, str], count: int
) -> None:
    text = queries.bind(queries.read(ROOT / "queries" / f"{name}.rq", project), given, region, "de")

    def rows(graph: Queryable) -> list[list[str]]:
        # SPARQL 1.1, section 18.5.1.7: the parts of GROUP_CONCAT come in any order.
        return [["|".join(sorted(re.split(r' \| |"', str(term)))) for term in row] for row in graph.select(text)]

    assert len(rows(region)) == count
    assert rows(far) == rows(region)


def test_without_people_their_topics_are_gone(run: Run, project: Project, tmp_path: Path) -> None:
    run("export", "--no-people", "-o", tmp_path / "region.nt", "--project", project.root)
    text = (tmp_path / "region.nt").read_text(encoding="utf-8")

    assert [name for name in ("rosa-thal", "Rosa", "flickt") if f'"{name}' in text or f"{name}>" in text] == ["flickt"]
    assert f"<{ITAS['organisation/solarhof']}> <https://schema.org/knowsAbout> <{ITAS['topic/wartung']}>" in text


# --- what check refuses ---------------------------------------------------------------------------------------------


@pytest.mark.quick(1)
@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("since: 2030-05-15", "since: Mai 2030", "„Mai 2030“ ist kein Datum wie 2025-06-30, 2025-06, 2025"),
        ("since: 2030-05-15", "since: 2030-02-30", "„2030-02-30“ ist kein Datum"),
        ("until: 2032-12-31", "until: 2029", "„until: 2029“ liegt vor „since: 2030-01“"),
        ("amount: 40000", "amount: 40.000", "ist keine ganze Zahl"),
        ("      amount: 40000\n", "", "„currency:“ ohne „amount:“"),
        ("amount: 40000\n      currency: EUR", "amount: 40000", "„amount:“ ohne „currency:“"),
        ("currency: EUR\n      quote: \"Das", "currency: Euro\n      quote: \"Das", "„currency:“ ist ein Kürzel aus drei Großbuchstaben"),
        ("info@schraubstock.example\n", "info(at)schraubstock.example\n", "„email:“ ist eine E-Mail-Adresse"),
        ('telephone: "+49 375 1000"', "telephone: siehe Website", "„telephone:“ ist eine Nummer"),
        ("  name: Ole Brandt\n", "  name: Ole Brandt\n  website: www.example.org\n", "„website“ erwartet eine Adresse im Netz"),
        ("name: Ida Kern,", "name: Ida Kern, email: ida@example.org,", "stehen nur mit ihrer Einwilligung hier"),
        ("    organisation/landkreis-oberland:\n", "    person/ida-kern:\n", "„fundedBy:“ erwartet eine Organisation oder eine Initiative"),
        ("latitude: 50.5", "latitude: 50,5", "„50,5“ ist keine Zahl wie 50.7189"),
        ("latitude: 50.5", "latitude: 50° 30' N", "ist keine Zahl wie 50.7189"),
        ("latitude: 50.5", 'latitude: "50.5"', "ist keine Zahl wie 50.7189"),
        ("latitude: 50.5", "latitude: 1e2", "ist keine Zahl wie 50.7189"),
        ("latitude: 50.5", "latitude: 90.5", "„latitude:“ ist eine einzige Zahl von -90 bis 90"),
        ("longitude: 12.25", "longitude: -180.01", "„longitude:“ ist eine einzige Zahl von -180 bis 180"),
        ("  latitude: 50.5\n", "", "„longitude:“ ohne „latitude:“"),
        ("  longitude: 12.25\n", "", "„latitude:“ ohne „longitude:“"),
        ("    sector/druck: {", "    topic/reparatur: {", "„sector:“ erwartet eine Branche (type: Sector)"),
        ("    place/talheim: {", "    event/werkstattabend: {", "„location:“ erwartet einen Ort (type: Place)"),
        ("name: Ida Kern,", "name: Ida Kern, sector: {sector/druck: {quote: Ida Kern}},", "„sector:“ steht nur bei Organisation oder Initiative"),
        ("name: Ida Kern,", "name: Ida Kern, location: {place/talheim: {quote: Ida Kern}},", "„location:“ steht nur bei Event oder Organisation"),
        ("words: [wartet]", "words: [Stromspeicher]", "das Wort „Stromspeicher“ führt zu keinem Thema"),
        ("    organisation/druckwerk:\n      since", "    event/werkstattabend:\n      since", "„participants:“ erwartet Personen"),
    ],
)  # fmt: skip
def test_check_names_the_fault(tmp_path: Path, before: str, after: str, message: str) -> None:
    assert [line for line in changed(tmp_path, before, after) if message in line] != []


@pytest.mark.quick(1)
@pytest.mark.parametrize("until", ["2030", "2030-01", "2030-01-01"])
def test_less_exact_end_is_not_before_the_beginning(tmp_path: Path, until: str) -> None:
    assert changed(tmp_path, "until: 2032-12-31", f"until: {until}") == []


@pytest.mark.quick(1)
@pytest.mark.parametrize(
    ("north", "east"), [("-90", "180"), ("0", "-0.5"), ("90.0", "-180.0"), ("50.718900000000001", "12")]
)
def test_degrees_may_be_any_of_the_globe(tmp_path: Path, north: str, east: str) -> None:
    assert changed(tmp_path, "latitude: 50.5\n  longitude: 12.25", f"latitude: {north}\n  longitude: {east}") == []


def test_times_come_back_as_written(region: Graph) -> None:
    turtle = export(region, "turtle").decode()

    assert 'itas:since "2030-01"^^dcterms:W3CDTF' in turtle
