"""IRIs that tests expect, written out: the base of the shipped data, its source document, XML Schema's datatypes."""

from typing import Final

BASE: Final = "https://w3id.org/itas/"
DOCUMENT: Final = "https://itas-projekt.de/itas-kongress-2024-rueckblick"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
