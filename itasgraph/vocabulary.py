"""The namespaces and terms that the program names, each once.

A term is a string, its IRI. A name that no class lists is an error, for the type checker and when the program runs. A term
whose name Python reserves ends with an underscore here.

>>> SCHEMA.name, SH.or_
('https://schema.org/name', 'http://www.w3.org/ns/shacl#or')
>>> XSD.iri
'http://www.w3.org/2001/XMLSchema#'
"""

from __future__ import annotations

from typing import ClassVar, Final

# The version of the vocabulary that comes with the program.
ITAS_VERSION: Final = "0.2.0"


class Namespace:
    """A namespace: `iri` is its own, the other attributes are its terms."""

    iri: ClassVar[str]

    def __init_subclass__(cls, iri: str) -> None:
        cls.iri = iri
        for name in cls.__annotations__:
            setattr(cls, name, iri + name.removesuffix("_"))


class DC(Namespace, iri="http://purl.org/dc/elements/1.1/"):
    """Dublin Core Metadata Element Set 1.1 (2012), whose values are texts."""

    title: str


class DCAM(Namespace, iri="http://purl.org/dc/dcam/"):
    """DCMI Abstract Model (2020)."""

    domainIncludes: str
    rangeIncludes: str


class DCAT(Namespace, iri="http://www.w3.org/ns/dcat#"):
    """Data Catalog Vocabulary, version 3 (W3C Recommendation, 2024)."""

    DataService: str
    Dataset: str
    Distribution: str
    accessService: str
    accessURL: str
    compressFormat: str
    contactPoint: str
    distribution: str
    downloadURL: str
    endDate: str
    endpointDescription: str
    endpointURL: str
    keyword: str
    mediaType: str
    servesDataset: str
    startDate: str
    theme: str
    version: str


class DCTERMS(Namespace, iri="http://purl.org/dc/terms/"):
    """DCMI Metadata Terms (2020)."""

    LicenseDocument: str
    LinguisticSystem: str
    Location: str
    MediaType: str
    MediaTypeOrExtent: str
    PeriodOfTime: str
    Standard: str
    W3CDTF: str
    alternative: str
    conformsTo: str
    coverage: str
    description: str
    format: str
    isReplacedBy: str
    issued: str
    language: str
    license: str
    modified: str
    publisher: str
    replaces: str
    source: str
    spatial: str
    temporal: str
    title: str


class FOAF(Namespace, iri="http://xmlns.com/foaf/0.1/"):
    """Friend of a Friend."""

    Agent: str
    name: str


class FUNCTION(Namespace, iri="https://w3id.org/itas/function/"):
    """Functions of our own that the checks of `ontology/checks/` may call."""

    namesOrganisation: str
    namesPerson: str


class ITAS(Namespace, iri="https://w3id.org/itas/ontology#"):
    """The project's own vocabulary: `ontology/`."""

    Appearance: str
    DerivedGraph: str
    EditorialGraph: str
    Relation: str
    Section: str
    Source: str
    Topic: str
    consent: str
    discussant: str
    inverseLabel: str
    kind: str
    line: str
    order: str
    plural: str
    presenter: str
    presents: str
    qualifiedPartOf: str
    qualifiedSpatial: str
    quote: str
    sha256: str
    shortcut: str
    since: str
    target: str
    terminal: str
    undecided: str
    until: str
    word: str


class ORG(Namespace, iri="http://www.w3.org/ns/org#"):
    """The Organization Ontology (W3C Recommendation, 2014)."""

    member: str
    organization: str
    role: str


class OWL(Namespace, iri="http://www.w3.org/2002/07/owl#"):
    """Web Ontology Language (W3C Recommendation, 2012)."""

    NamedIndividual: str
    Ontology: str
    SymmetricProperty: str
    differentFrom: str
    versionInfo: str


class PROV(Namespace, iri="http://www.w3.org/ns/prov#"):
    """The PROV Ontology (W3C Recommendation, 2013)."""

    Entity: str
    wasDerivedFrom: str


class RDF(Namespace, iri="http://www.w3.org/1999/02/22-rdf-syntax-ns#"):
    """Resource Description Framework 1.1 (W3C Recommendation, 2014)."""

    XMLLiteral: str
    first: str
    object: str
    predicate: str
    rest: str
    subject: str
    type: str


class RDFS(Namespace, iri="http://www.w3.org/2000/01/rdf-schema#"):
    """RDF Schema 1.1 (W3C Recommendation, 2014)."""

    comment: str
    label: str
    range: str
    seeAlso: str
    subClassOf: str


class SCHEMA(Namespace, iri="https://schema.org/"):
    """Schema.org."""

    Event: str
    Organization: str
    Person: str
    about: str
    description: str
    email: str
    name: str
    performer: str
    superEvent: str
    telephone: str
    url: str


class SD(Namespace, iri="http://www.w3.org/ns/sparql-service-description#"):
    """SPARQL 1.1 Service Description (W3C Recommendation, 2013)."""

    Dataset: str
    Graph: str
    NamedGraph: str
    SPARQL11Query: str
    Service: str
    UnionDefaultGraph: str
    defaultDataset: str
    defaultGraph: str
    endpoint: str
    feature: str
    graph: str
    name: str
    namedGraph: str
    resultFormat: str
    supportedLanguage: str


class SH(Namespace, iri="http://www.w3.org/ns/shacl#"):
    """Shapes Constraint Language (W3C Recommendation, 2017)."""

    alternativePath: str
    ask: str
    construct: str
    datatype: str
    maxCount: str
    minCount: str
    or_: str
    path: str
    property: str
    select: str
    severity: str
    targetClass: str
    targetObjectsOf: str


class SKOS(Namespace, iri="http://www.w3.org/2004/02/skos/core#"):
    """Simple Knowledge Organization System (W3C Recommendation, 2009)."""

    Concept: str
    altLabel: str
    broader: str
    editorialNote: str
    hiddenLabel: str
    inScheme: str
    prefLabel: str


class VANN(Namespace, iri="http://purl.org/vocab/vann/"):
    """A vocabulary for annotating vocabulary descriptions (2010)."""

    preferredNamespacePrefix: str


class VCARD(Namespace, iri="http://www.w3.org/2006/vcard/ns#"):
    """vCard Ontology (W3C Interest Group Note, 2014)."""

    Kind: str
    hasEmail: str
    hasURL: str


class VOID(Namespace, iri="http://rdfs.org/ns/void#"):
    """Vocabulary of Interlinked Datasets (W3C Interest Group Note, 2011)."""

    Dataset: str
    Linkset: str
    classPartition: str
    class_: str
    classes: str
    dataDump: str
    distinctObjects: str
    distinctSubjects: str
    entities: str
    exampleResource: str
    linkPredicate: str
    objectsTarget: str
    properties: str
    property: str
    propertyPartition: str
    sparqlEndpoint: str
    subjectsTarget: str
    subset: str
    triples: str
    uriSpace: str
    vocabulary: str


class XSD(Namespace, iri="http://www.w3.org/2001/XMLSchema#"):
    """XML Schema 1.1 Part 2: Datatypes (W3C Recommendation, 2012)."""

    boolean: str
    byte: str
    date: str
    dateTime: str
    dateTimeStamp: str
    decimal: str
    double: str
    float: str
    gYear: str
    gYearMonth: str
    int: str
    integer: str
    long: str
    negativeInteger: str
    nonNegativeInteger: str
    nonPositiveInteger: str
    positiveInteger: str
    short: str
    string: str
    time: str
    unsignedByte: str
    unsignedInt: str
    unsignedLong: str
    unsignedShort: str
