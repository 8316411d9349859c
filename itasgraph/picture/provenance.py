"""The provenance of a picture: its sources, the data sets with version and licence, and their contacts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from itasgraph import messages
from itasgraph.entities.labels import Labels, Texts, label_texts
from itasgraph.entities.provenance import source_details, versions
from itasgraph.picture.contract import Source
from itasgraph.store.queryable import Queryable
from itasgraph.vocabulary import DCAT

if TYPE_CHECKING:
    from itasgraph.messages.codes import Code

_Versions = Sequence[tuple[Texts, str]]  # the label of a data set, and its version

# Code of a warning → the pattern of the data that a reader might misread.
_WARNINGS: Final[Mapping[Code, str]] = {
    "picture-foot": "?entity itas:kind itas:Section",
    "picture-foot-presented": "?entity itas:presents ?other",
    "picture-foot-affiliation": "?entity org:organization ?other",
}


def sources(graph: Queryable, labels: Labels) -> dict[str, Source]:
    """Return the sources by IRI, each with its label, and the address, date and licence of its document.

    A missing address or licence is ""; a missing date is "n.d." in each language, as in citations.
    """
    undated = {lang: messages.render("undated", lang) for lang in messages.LANGUAGES}
    return {
        iri: {
            "label": label_texts(graph, labels, iri),
            "url": details.document,
            "date": details.date or undated,
            "licence": details.licence,
        }
        for iri, details in source_details(graph).items()
    }


def foot(graph: Queryable, labels: Labels, sources: Mapping[str, Source]) -> Texts:
    """Return the lines below the panel: warnings of misreadings, the sources and data sets, the contact, the terms of use."""
    warnings = [code for code, pattern in _WARNINGS.items() if _matches(graph, pattern)]
    named = list(_versions(graph, labels))
    contacts = [row["contact"].value for row in graph.select(_CONTACTS)]
    terms = [(row["licence"], row["rights"]) for row in graph.select(_TERMS_OF_USE)]
    texts = {}
    for lang in messages.LANGUAGES:
        warning = [" ".join(messages.render(code, lang) for code in warnings)] if warnings else []
        lines = [*_origins(sources, named, lang), *_contact(contacts, lang), *_terms_of_use(terms, lang)]
        texts[lang] = "\n".join([*warning, *lines])
    return texts


def _matches(graph: Queryable, pattern: str) -> bool:
    return next(graph.select(f"SELECT * WHERE {{ {pattern} }} LIMIT 1"), None) is not None


def _origins(sources: Mapping[str, Source], versions: _Versions, lang: str) -> Iterator[str]:
    """Yield a line on the sources, and a line on each data set with its version."""
    names = sorted(" ".join(filter(None, (source["label"][lang], source["url"]))) for source in sources.values())
    if names:
        yield messages.render("data-sources", lang, sources="; ".join(names))
    yield from _version_texts(versions, lang)


def _version_texts(versions: _Versions, lang: str) -> Iterator[str]:
    return (messages.render("data-version", lang, dataset=name[lang], version=version) for name, version in versions)


def _contact(contacts: Sequence[str], lang: str) -> list[str]:
    """Return the contacts as the data sets state them, or a line that says that none does."""
    lines = [messages.render("contact", lang, contact=contact) for contact in contacts]
    return lines or [messages.render("no-contact", lang)]


def dataset(graph: Queryable, labels: Labels) -> Texts:
    """Return the data sets and their versions, to cite; "" where the data do not describe themselves."""
    named = list(_versions(graph, labels))
    return {lang: "; ".join(_version_texts(named, lang)) for lang in messages.LANGUAGES}


def _versions(graph: Queryable, labels: Labels) -> Iterator[tuple[Texts, str]]:
    """Yield the label of each data set with its version and the day it was published."""
    return ((label_texts(graph, labels, iri), version) for iri, version in versions(graph))


def _terms_of_use(terms: Sequence[tuple[ox.NamedNode | None, ox.Literal | None]], lang: str) -> Iterator[str]:
    """Yield each licence, and the rights in this language or in none, as the sources state them."""
    for licence in sorted({licence.value for licence, _ in terms if licence}):
        yield messages.render("licence", lang, licence=licence)
    yield from sorted({rights.value for _, rights in terms if rights and rights.language in (None, lang)})


_CONTACTS: Final = f"""
    SELECT DISTINCT ?contact WHERE {{ ?set a <{DCAT.Dataset}> ; <{DCAT.contactPoint}> ?contact }} ORDER BY ?contact"""
_TERMS_OF_USE: Final = """
    SELECT DISTINCT ?licence ?rights WHERE {
      ?source a itas:Source . OPTIONAL { ?source dcterms:license ?licence } OPTIONAL { ?source dc:rights ?rights }
    } ORDER BY ?licence ?rights"""
