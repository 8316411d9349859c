"""The lists of the EU Publications Office from which DCAT-AP 3 takes languages, file types and themes (section 11.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from itasgraph import formats
from itasgraph.vocabulary import DCAT, DCTERMS, RDF, SKOS

_AUTHORITY: Final = "http://publications.europa.eu/resource/authority/"
_ISO_639: Final = "http://id.loc.gov/vocabulary/iso639-1/"  # as DCAT 3 recommends
# ISO 639-1 → the code of the list, for the official languages of the EU.
_LANGUAGES: Final = {
    "bg": "BUL",
    "cs": "CES",
    "da": "DAN",
    "de": "DEU",
    "el": "ELL",
    "en": "ENG",
    "es": "SPA",
    "et": "EST",
    "fi": "FIN",
    "fr": "FRA",
    "ga": "GLE",
    "hr": "HRV",
    "hu": "HUN",
    "it": "ITA",
    "lt": "LIT",
    "lv": "LAV",
    "mt": "MLT",
    "nl": "NLD",
    "pl": "POL",
    "pt": "POR",
    "ro": "RON",
    "sk": "SLK",
    "sl": "SLV",
    "sv": "SWE",
}
_FILE_TYPES: Final = {
    formats.TURTLE.name: "RDF_TURTLE",
    formats.TRIG.name: "RDF_TRIG",
    formats.NTRIPLES.name: "RDF_N_TRIPLES",
    formats.NQUADS.name: "RDF_N_QUADS",
    formats.JSONLD.name: "JSON_LD",
    formats.RDFXML.name: "RDF_XML",
}
_THEMES: Final = {
    "AGRI": (
        "Landwirtschaft, Fischerei, Forstwirtschaft und Nahrungsmittel",
        "Agriculture, fisheries, forestry and food",
    ),
    "ECON": ("Wirtschaft und Finanzen", "Economy and finance"),
    "EDUC": ("Bildung, Kultur und Sport", "Education, culture and sport"),
    "ENER": ("Energie", "Energy"),
    "ENVI": ("Umwelt", "Environment"),
    "GOVE": ("Regierung und öffentlicher Sektor", "Government and public sector"),
    "HEAL": ("Gesundheit", "Health"),
    "INTR": ("Internationale Themen", "International issues"),
    "JUST": ("Justiz, Rechtssystem und öffentliche Sicherheit", "Justice, legal system and public safety"),
    "REGI": ("Regionen und Städte", "Regions and cities"),
    "SOCI": ("Bevölkerung und Gesellschaft", "Population and society"),
    "TECH": ("Wissenschaft und Technologie", "Science and technology"),
    "TRAN": ("Verkehr", "Transport"),
}
# The class of the values of a property, which a catalogue cannot look up.
_RANGES: Final = {
    DCTERMS.conformsTo: DCTERMS.Standard,
    DCTERMS.format: DCTERMS.MediaTypeOrExtent,
    DCTERMS.language: DCTERMS.LinguisticSystem,
    DCTERMS.license: DCTERMS.LicenseDocument,
    DCTERMS.spatial: DCTERMS.Location,
    DCAT.compressFormat: DCTERMS.MediaType,
    DCAT.mediaType: DCTERMS.MediaType,
    DCAT.theme: SKOS.Concept,
}


def language(code: str) -> str:
    """Return the IRI of a language by its code of ISO 639-1."""
    return f"{_AUTHORITY}language/{_LANGUAGES[code]}" if code in _LANGUAGES else _ISO_639 + code


def file_type(format_: formats.Format) -> str:
    """Return the IRI of the type of a file, or an empty string for a format that the list lacks."""
    name = _FILE_TYPES.get(format_.name)
    return f"{_AUTHORITY}file-type/{name}" if name else ""


def describe_values(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """Yield the class of each value that others define, its list and, for a theme, its labels."""
    for one in triples:
        class_, value = _RANGES.get(one.predicate.value), one.object
        if not class_ or not isinstance(value, ox.NamedNode):
            continue
        yield ox.Triple(value, ox.NamedNode(RDF.type), ox.NamedNode(class_))
        if value.value.startswith(_AUTHORITY):
            list_, _, code = value.value.rpartition("/")
            yield ox.Triple(value, ox.NamedNode(SKOS.inScheme), ox.NamedNode(list_))
            for lang, label in zip(("de", "en"), _THEMES.get(code, ()), strict=False):
                yield ox.Triple(value, ox.NamedNode(SKOS.prefLabel), ox.Literal(label, language=lang))
