"""The XML literals of RDF/XML, as pyoxigraph reads them, made well-formed again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from itasgraph.vocabulary import RDF

_START_TAG: Final = re.compile(r'<[^\s<>/!?"=]+(?: [^\s<>"=]+="[^"]*")+')
_ATTRIBUTE: Final = re.compile(r' ([^\s<>"=]+)="[^"]*"')
_XML_LITERAL: Final = ox.NamedNode(RDF.XMLLiteral)


def repair(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield the quads of an RDF/XML file, with each attribute of an element in an XML literal once.

    pyoxigraph 0.5.13 adds the namespaces in scope to the outermost elements, even to those that declare them.
    """
    for quad in quads:
        text = quad.object
        if isinstance(text, ox.Literal) and text.datatype == _XML_LITERAL:
            repaired = ox.Literal(_START_TAG.sub(_without_repetition, text.value), datatype=_XML_LITERAL)
            yield ox.Quad(quad.subject, quad.predicate, repaired, quad.graph_name)
        else:
            yield quad


def _without_repetition(tag: re.Match[str]) -> str:
    names: set[str] = set()
    text, end = "", 0
    for attribute in _ATTRIBUTE.finditer(tag[0]):
        kept = attribute[0] if attribute[1] not in names else ""
        text += tag[0][end : attribute.start()] + kept
        end = attribute.end()
        names.add(attribute[1])
    return text + tag[0][end:]
