"""Namespaces that tests expect, written out: the base of the shipped data, and XML Schema's datatypes."""

from typing import Final

BASE: Final = "https://w3id.org/itas/"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
