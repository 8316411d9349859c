"""The terms that the program names exist in their vocabularies, and stand in one place."""

from __future__ import annotations

import pytest
import rdflib
from rdflib import namespace
from rdflib.namespace import DefinedNamespace

from itasgraph import vocabulary
from itasgraph.vocabulary import DCAT, FUNCTION, ITAS, SCHEMA, SD, SH, VCARD, Namespace
from tests.helpers.projects import ROOT

NAMESPACES = Namespace.__subclasses__()
# What rdflib has no list of.
OWN = (FUNCTION, ITAS, SD, VCARD)
# What came into a standard after rdflib's list of it.
NEWER = {DCAT.version}
STANDARD: dict[type[Namespace], type[DefinedNamespace]] = {
    one: namespace.SDO if one is SCHEMA else getattr(namespace, one.__name__) for one in NAMESPACES if one not in OWN
}


def terms(one: type[Namespace]) -> set[str]:
    return {getattr(one, name) for name in one.__annotations__}


@pytest.mark.parametrize("one", STANDARD, ids=lambda one: str(one.__name__))
def test_standards_have_the_terms(one: type[Namespace]) -> None:
    standard = STANDARD[one]

    assert str(standard) == one.iri
    assert {iri for iri in terms(one) if rdflib.URIRef(iri) not in standard} <= NEWER


def test_ontology_has_our_terms() -> None:
    actual = rdflib.Graph()
    for path in (ROOT / "ontology").glob("*.ttl"):
        actual.parse(path)

    assert {iri for iri in terms(ITAS) if (rdflib.URIRef(iri), rdflib.RDFS.label, None) not in actual} == set()


def test_checks_call_each_function() -> None:
    texts = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "ontology" / "checks").glob("*.rq"))

    assert {iri for iri in terms(FUNCTION) if f":{iri.removeprefix(FUNCTION.iri)}(" not in texts} == set()


def test_mistyped_term_is_an_error() -> None:
    with pytest.raises(AttributeError):
        getattr(SH, "targetClas")  # noqa: B009  # the type checker would refuse it


def test_namespaces_are_written_once() -> None:
    sources = [path for path in (ROOT / "itasgraph").rglob("*.py") if path.name != "vocabulary.py"]
    iris = [f'"{one.iri}' for one in NAMESPACES] + [f"<{one.iri}" for one in NAMESPACES]

    assert len(NAMESPACES) == len(vocabulary.__dict__.keys() & {one.__name__ for one in NAMESPACES}) >= 16
    assert [path.name for path in sources if any(iri in path.read_text(encoding="utf-8") for iri in iris)] == []
