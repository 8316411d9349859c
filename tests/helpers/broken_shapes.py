"""A fault for each shape of ontology/shapes.ttl, and where `check` reports it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import rdflib
from rdflib.namespace import RDF, SH

from itasgraph import messages
from itasgraph.errors import Finding
from itasgraph.project import Project
from itasgraph.store import compiler
from tests.helpers.marks import number_mark, remove_marks
from tests.helpers.projects import ROOT

KONGRESS, TOPICS, OMISSIONS, FORMS = "itas-kongress-2024", "topics", "omissions", "forms-and-status"


REVIEW = "source/itas-kongress-2024-rueckblick"


@dataclass(frozen=True)
class Break:
    """A change of the shipped data that breaks one shape (at one path), marked where it is to be reported.

    `thing` is the id that the finding names; for a relation owner, key and target, as in talk/charta/form/format/input.
    """

    shape: str
    path: str
    file: str
    before: str
    after: str
    thing: str

    def __str__(self) -> str:
        return f"{self.shape} {self.path}".strip()


BREAKS = [
    Break(
        "Named",
        "",
        KONGRESS,
        "- {id: place/dresden, type: Place, name: Dresden,",
        "- »{id: place/dresden, type: Place,",
        "place/dresden",
    ),
    Break(
        "Translated-de",
        "rdfs:label",
        KONGRESS,
        "{id: place/sachsen, type: Place, label: {de: Sachsen, ",
        "{id: place/sachsen, type: Place, »label: {",
        "place/sachsen",
    ),
    Break(
        "Translated-en",
        "rdfs:label",
        KONGRESS,
        "{id: place/mittelsachsen, type: Place, label: {de: Mittelsachsen, en: Central Saxony}",
        "{id: place/mittelsachsen, type: Place, »label: {de: Mittelsachsen}",
        "place/mittelsachsen",
    ),
    Break(
        "OneLabel",
        "rdfs:label",
        KONGRESS,
        "label: {de: ITAS-Region,",
        "»label: {de: [ITAS-Region, Region],",
        "place/itas-region",
    ),
    Break(
        "OneName", "schema:name", KONGRESS, "name: Udo Wehner", "»name: [Udo Wehner, U. Wehner]", "person/udo-wehner"
    ),
    Break(
        "Person",
        "schema:name",
        KONGRESS,
        "{id: person/patrick-korn, type: Person, name: Patrick Korn, quote",
        "»{id: person/patrick-korn, type: Person, label: {de: Patrick Korn, en: Patrick Korn}, quote",
        "person/patrick-korn",
    ),
    Break(
        "Person",
        "itas:quote",
        KONGRESS,
        '{id: person/rene-pessier, type: Person, name: René Pessier, quote: "René Pessier"}',
        "»{id: person/rene-pessier, type: Person, name: René Pessier}",
        "person/rene-pessier",
    ),
    Break(
        "Contribution",
        "schema:superEvent",
        KONGRESS,
        "id: talk/ausblick\n  type: Contribution\n  partOf: section/zukunft",
        "»id: talk/ausblick\n  type: Contribution",
        "talk/ausblick",
    ),
    Break(
        "Contribution",
        "itas:position",
        KONGRESS,
        "id: talk/wasserstoffbedarf\n  type: Contribution\n  partOf: section/zukunft\n  position: 4",
        "»id: talk/wasserstoffbedarf\n  type: Contribution\n  partOf: section/zukunft",
        "talk/wasserstoffbedarf",
    ),
    Break(
        "Contribution",
        "dcterms:title",
        KONGRESS,
        "title: Strategisches Review der regionalen Berufsausbildung",
        "»title: [Strategisches Review, Review]",
        "talk/review-berufsausbildung",
    ),
    Break(
        "Section",
        "schema:superEvent",
        KONGRESS,
        "partOf: event/itas-kongress-2024\n  position: 3",
        "»partOf: [event/itas-kongress-2024, event/symposium]\n  position: 3",
        "section/fachkraefte-und-gesellschaft",
    ),
    Break(
        "Discussion",
        "schema:superEvent",
        KONGRESS,
        "type: Discussion\n  partOf: section/wir-heute-hier",
        "type: Discussion\n  »partOf: [section/wir-heute-hier, section/zukunft]",
        "discussion/reflexion-der-jugend",
    ),
    Break(
        "Section",
        "itas:position",
        KONGRESS,
        "partOf: event/itas-kongress-2024\n  position: 4",
        "partOf: event/itas-kongress-2024\n  »position: [4, 6]",
        "section/zukunft",
    ),
    Break(
        "Event",
        "schema:startDate",
        KONGRESS,
        "date: 2024-06-08",
        "»date: [2024-06-08, 2024-06-09]",
        "event/buergerdialog-mobilitaet",
    ),
    Break(
        "Appearance",
        "itas:quote",
        KONGRESS,
        'person/anton-schumann:\n      position: 1\n      organisation: organisation/gherzi-germany\n      quote: "Anton Schumann, Gherzi Germany GmbH"',
        "»person/anton-schumann:\n      position: 1\n      organisation: organisation/gherzi-germany",
        "talk/textiles-interieur/speakers/person/anton-schumann",
    ),
    Break(
        "Speaker",
        "itas:position",
        KONGRESS,
        "person/diana-krahl:\n      position: 1",
        "»person/diana-krahl:",
        "talk/review-berufsausbildung/speakers/person/diana-krahl",
    ),
    Break(
        "Appearance",
        "org:member",
        KONGRESS,
        "person/melanie-trommer:",
        "»place/dresden:",
        "talk/gemischte-teams/speakers/place/dresden",
    ),
    Break(
        "Appearance",
        "org:organization",
        KONGRESS,
        "organisation: organisation/aconium",
        "»organisation: place/chemnitz",
        "talk/regionale-resilienz/speakers/person/carmen-leidereiter",
    ),
    Break(
        "Appearance",
        "org:role",
        KONGRESS,
        "role: role/betriebsraetin",
        "»role: organisation/gkn",
        "talk/transformationslotsen/speakers/person/petra-seifert",
    ),
    Break(
        "Relation",
        "itas:quote",
        KONGRESS,
        'place/dresden: {quote: "Mobilitätswerk Dresden"}',
        "»place/dresden: {}",
        "organisation/mobilitaetswerk-dresden/spatial/place/dresden",
    ),
    Break(
        "Presents",
        "rdf:object",
        KONGRESS,
        "offer/helpdesks: {",
        "»organisation/ihk-chemnitz: {",
        "talk/helpdesks/presents/organisation/ihk-chemnitz",
    ),
    Break(
        "Audience",
        "rdf:object",
        KONGRESS,
        "group/auszubildendenvertretungen: {",
        "»topic/jugendbeteiligung: {",
        "plan/beteiligung-jugend/audience/topic/jugendbeteiligung",
    ),
    Break(
        "Form",
        "rdf:object",
        KONGRESS,
        "format/charta: {",
        "»organisation/imu-institut: {",
        "work/charta/form/organisation/imu-institut",
    ),
    Break(
        "Status",
        "rdf:object",
        KONGRESS,
        'status/geplant: {quote: "Ein erweiterter Schwerpunkt',
        '»period/projektjahr-3: {quote: "Ein erweiterter Schwerpunkt',
        "plan/rolle-der-jugend/status/period/projektjahr-3",
    ),
    Break(
        "Form",
        "",
        KONGRESS,
        'format/panel: {quote: "In einem abschließenden Panel"}',
        '»status/laufend: {quote: "In einem abschließenden Panel"}',
        "section/zukunft/form/status/laufend",
    ),
    Break(
        "Status",
        "",
        KONGRESS,
        'status/angekuendigt: {quote: "Ein Bürgerdialog',
        '»format/film: {quote: "Ein Bürgerdialog',
        "event/buergerdialog-mobilitaet/status/format/film",
    ),
    Break(
        "Topic",
        "skos:inScheme",
        TOPICS,
        "- id: topic/wasserstoff\n  type: Topic\n  inScheme: scheme/topics",
        "- id: topic/wasserstoff\n  type: Topic\n  »inScheme: scheme/forms",
        "topic/wasserstoff",
    ),
    Break(
        "TargetGroup",
        "skos:inScheme",
        "target-groups",
        "- id: group/hochschulen\n  type: TargetGroup\n  inScheme: scheme/target-groups",
        "- id: group/hochschulen\n  type: TargetGroup\n  »inScheme: scheme/status",
        "group/hochschulen",
    ),
    Break(
        "Location",
        "rdf:object",
        KONGRESS,
        "place/kosmos-chemnitz: {",
        "»organisation/cwe: {",
        "event/buergerdialog-mobilitaet/location/organisation/cwe",
    ),
    Break(
        "Spatial",
        "rdf:object",
        KONGRESS,
        'place/mittelsachsen: {quote: "IHK Mittelsachsen"}',
        '»organisation/gkn: {quote: "IHK Mittelsachsen"}',
        "organisation/ihk-mittelsachsen/spatial/organisation/gkn",
    ),
    Break(
        "Attendee",
        "rdf:object",
        KONGRESS,
        'people/gaeste: {quote: "über 60 Gäste"}',
        '»initiative/itas: {quote: "über 60 Gäste"}',
        "event/itas-kongress-2024/attendees/initiative/itas",
    ),
    Break(
        "Discussant",
        "rdf:object",
        KONGRESS,
        "people/gaeste-der-diskussion: {",
        "»place/chemnitz: {",
        "discussion/abschlussdiskussion/discussants/place/chemnitz",
    ),
    Break(
        "Presenter",
        "rdf:object",
        KONGRESS,
        "people/partner: {",
        "»initiative/itas: {",
        "section/zukunft/presenters/initiative/itas",
    ),
    Break(
        "Pursues",
        "rdf:object",
        KONGRESS,
        "goal/zukunftsfaehige-industrieregion:\n",
        "»topic/rahmenbedingungen:\n",
        "initiative/itas/pursues/topic/rahmenbedingungen",
    ),
    Break(
        "Plans",
        "rdf:object",
        KONGRESS,
        "plan/teilprojekte-umsetzen: {",
        "»goal/stabile-vision: {",
        "initiative/itas/plans/goal/stabile-vision",
    ),
    Break(
        "States",
        "rdf:object",
        KONGRESS,
        'message/loesungsansaetze: {quote: "Die Initiative ITAS',
        '»goal/stabile-vision: {quote: "Die Initiative ITAS',
        "initiative/itas/states/goal/stabile-vision",
    ),
    Break(
        "Temporal",
        "rdf:object",
        KONGRESS,
        'period/projektjahr-3: {quote: "Für das dritte Projektjahr bis Juni 2025 werden sowohl die Ansätze"}',
        '»event/symposium: {quote: "Für das dritte Projektjahr bis Juni 2025 werden sowohl die Ansätze"}',
        "plan/fortfuehrung/during/event/symposium",
    ),
    Break(
        "Concept",
        "skos:inScheme",
        FORMS,
        "{id: format/begleitung, type: Concept, inScheme: scheme/forms,",
        "»{id: format/begleitung, type: Concept,",
        "format/begleitung",
    ),
    Break(
        "Concept",
        "skos:broader",
        TOPICS,
        "broader: topic/mobilitaet",
        "»broader: scheme/topics",
        "topic/automatisiertes-fahren",
    ),
    Break(
        "Topic",
        "skos:hiddenLabel",
        TOPICS,
        "# --- Mobility",
        "- »{id: topic/new, type: Topic, inScheme: scheme/topics, label: {de: Neu, en: New}}\n# --- Mobility",
        "topic/new",
    ),
    Break(
        "Source",
        "prov:wasDerivedFrom",
        KONGRESS,
        "document: https://itas-projekt.de/itas-kongress-2024-rueckblick",
        "»document: [https://itas-projekt.de/a, https://itas-projekt.de/b]",
        REVIEW,
    ),
    Break(
        "Source",
        "dcterms:title",
        KONGRESS,
        f"id: {REVIEW}\ntype: Source\ntitle: ITAS-Kongress 2024 / Rückblick",
        f"»id: {REVIEW}\ntype: Source",
        REVIEW,
    ),
    Break(
        "Omission",
        "itas:leavesOut",
        OMISSIONS,
        f"leavesOut: {REVIEW}\n  quote: Programmrückblick",
        "»leavesOut: editorial/topics\n  quote: Programmrückblick",
        "omission/programmrueckblick",
    ),
    Break(
        "Omission",
        "itas:quote",
        OMISSIONS,
        f'id: omission/zum-abschluss-hoerten-sie\n  type: Omission\n  leavesOut: {REVIEW}\n  quote: "Zum Abschluss hörten Sie:"\n  line: 79\n',
        f"»id: omission/zum-abschluss-hoerten-sie\n  type: Omission\n  leavesOut: {REVIEW}\n",
        "omission/zum-abschluss-hoerten-sie",
    ),
    Break(
        "Omission",
        "schema:description",
        OMISSIONS,
        "- id: omission/in-dieser-stunde",
        "- »id: omission/nothing\n  type: Omission\n  label: {de: Nichts, en: Nothing}\n  leavesOut: source/itas-kongress-2024-rueckblick\n  quote: Programmrückblick\n  line: 34\n- id: omission/in-dieser-stunde",
        "omission/nothing",
    ),
]


@dataclass(frozen=True)
class Broken:
    """A copy of the shipped project with all breaks in it, what `check` found there, and where each break stands."""

    folder: Path
    findings: list[Finding]
    places: dict[Break, tuple[int, int]]

    def expected(self, broken: Break, lang: str) -> set[str]:
        """Return the lines that may report it: a shape can want several things at one path."""
        return {self._line(broken, texts[lang], lang) for texts in SHAPES[broken.shape, broken.path]}

    def _line(self, broken: Break, message: str, lang: str) -> str:
        line, column = self.places[broken]
        thing = re.sub(r"^(\w+/[\w-]+)/(\w+)/", r"\1, \2: ", broken.thing)
        mark = messages.render("warning", lang) + ": " if broken.shape.startswith("Translated") else ""
        sentence = messages.render("shape", lang, message_de=message, message_en=message, entity=thing)
        return f"{self.folder / 'data' / broken.file}.yaml:{line}:{column}: {mark}{sentence}"


def shape_messages() -> dict[tuple[str, str], list[dict[str, str]]]:
    """Return (shape, path) → the messages in German and English, as ontology/shapes.ttl has them."""
    shapes = rdflib.Graph().parse(ROOT / "ontology" / "shapes.ttl")
    actual: dict[tuple[str, str], list[dict[str, str]]] = {}
    for shape in shapes.subjects(RDF.type, SH.NodeShape):
        for node in [shape, *shapes.objects(shape, SH.property)]:
            texts = {str(getattr(text, "language", "")): str(text) for text in shapes.objects(node, SH.message)}
            path = shapes.value(node, SH.path)
            if texts:
                name = shapes.namespace_manager.curie(str(path)) if isinstance(path, rdflib.URIRef) else ""
                actual.setdefault((str(shape).rpartition("/")[2], name), []).append(texts)
    return actual


SHAPES = shape_messages()


def apply(path: Path, breaks: list[Break]) -> dict[Break, tuple[int, int]]:
    """Write all breaks of one file; where each is to be reported."""
    text = path.read_text(encoding="utf-8")
    for number, one in enumerate(breaks):
        assert text.count(one.before) == 1, one.before
        text = text.replace(one.before, number_mark(one.after, number))
    text, places = remove_marks(text)
    path.write_text(text, encoding="utf-8")
    return {breaks[number]: place for number, place in places.items()}


def statements_of(project: Project, path: Path) -> Path:
    """Return what people wrote, and what rules complete, as N-Triples: what `check` holds against the shapes."""
    compiled = compiler.compile_project(project)
    rules = f"{compiled.context.base}rule/"
    names = {quad.graph_name for quad in compiled.quads}
    completing = {ox.NamedNode(f"{rules}{name}") for name in ("classes", "relations", "sources")}
    graphs = {name for name in names if not str(name).startswith(f"<{rules}")} | completing
    lines = {f"{quad.triple} .\n" for quad in compiled.quads if quad.graph_name in graphs}
    path.write_text("".join(sorted(lines)), encoding="utf-8")
    return path
