"""What a picture rests on: its sources, the data set with version and licence, and whom to write to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from itasgraph import messages
from itasgraph.entities.labels import Labels, Texts, label_texts
from itasgraph.store.queryable import Queryable
from itasgraph.vocabulary import DCAT


def sources(graph: Queryable, labels: Labels) -> dict[str, Any]:
    """Source → what it is called, the address of its document, its date and licence; "" where none is stated.

    Of the date a citation says so: "n.d.", in each language.
    """
    undated = {lang: messages.render("undated", lang) for lang in messages.LANGUAGES}
    rows = graph.select("""
        SELECT ?source ?document ?date ?licence WHERE {
          ?source a itas:Source
          OPTIONAL { ?source prov:wasDerivedFrom ?document }
          OPTIONAL { ?source dcterms:issued ?date }
          OPTIONAL { ?source dcterms:license ?licence }
        } ORDER BY ?source ?document ?licence""")
    found = {}
    for row in rows:
        iri = row["source"].value
        stated = {name: row[name].value if row[name] else "" for name in ("document", "date", "licence")}
        found[iri] = {
            "label": label_texts(graph, labels, iri),
            "url": stated["document"],
            "date": stated["date"] or undated,
            "licence": stated["licence"],
        }
    return found


def foot(graph: Queryable, labels: Labels) -> Texts:
    """What the picture does not mean; what it rests on, whose it is, and whom to write to."""
    found = {}
    for lang in messages.LANGUAGES:
        warnings = " ".join(_warnings(graph, lang))
        found[lang] = "\n".join(
            [*filter(None, [warnings]), *_origins(graph, labels, lang), *_terms_of_use(graph, lang)]
        )
    return found


def _warnings(graph: Queryable, lang: str) -> Iterator[str]:
    """What might be misread, as far as these data hold such things."""
    if _matches(graph, "?thing itas:kind itas:Section"):
        yield messages.render("picture-foot", lang)
    if _matches(graph, "?thing itas:presents ?other"):
        yield messages.render("picture-foot-presented", lang)
    if _matches(graph, "?thing org:organization ?other"):
        yield messages.render("picture-foot-affiliation", lang)


def _matches(graph: Queryable, pattern: str) -> bool:
    return next(graph.select(f"SELECT * WHERE {{ {pattern} }} LIMIT 1"), None) is not None


def _origins(graph: Queryable, labels: Labels, lang: str) -> Iterator[str]:
    """The sources, the data with their version, and the contact as the dataset states them."""
    named = sorted(" ".join(filter(None, (s["label"][lang], s["url"]))) for s in sources(graph, labels).values())
    if named:
        yield messages.render("data-sources", lang, sources="; ".join(named))
    for name, version in _versions(graph, labels):
        yield messages.render("data-version", lang, dataset=name[lang], version=version)
    rows = graph.select(
        f"SELECT DISTINCT ?contact WHERE {{ ?set a <{DCAT.Dataset}> ; <{DCAT.contactPoint}> ?contact }} ORDER BY ?contact"
    )
    contacts = [row["contact"].value for row in rows]
    yield from (messages.render("contact", lang, contact=contact) for contact in contacts)
    if not contacts:
        yield messages.render("no-contact", lang)


def dataset(graph: Queryable, labels: Labels) -> Texts:
    """The data and their version, to cite; empty where the data do not describe themselves."""
    versions = list(_versions(graph, labels))
    return {
        lang: "; ".join(messages.render("data-version", lang, dataset=name[lang], version=v) for name, v in versions)
        for lang in messages.LANGUAGES
    }


def _versions(graph: Queryable, labels: Labels) -> Iterator[tuple[Texts, str]]:
    """Data sets with their version and, where it is stated, the day they were published."""
    rows = graph.select(f"""
        SELECT DISTINCT ?dataset ?version ?date WHERE {{
          ?dataset a <{DCAT.Dataset}> ; owl:versionInfo ?version
          OPTIONAL {{ ?dataset dcterms:issued ?date }}
        }} ORDER BY ?dataset ?version ?date""")
    for row in rows:
        version = ", ".join(row[name].value for name in ("version", "date") if row[name])
        yield label_texts(graph, labels, row["dataset"].value), version


def _terms_of_use(graph: Queryable, lang: str) -> Iterator[str]:
    """Licence and rights as the sources state them."""
    rows = list(
        graph.select("""
        SELECT DISTINCT ?licence ?rights WHERE {
          ?source a itas:Source . OPTIONAL { ?source dcterms:license ?licence } OPTIONAL { ?source dcterms:rights ?rights }
        } ORDER BY ?licence ?rights""")
    )
    for licence in sorted({row["licence"].value for row in rows if row["licence"]}):
        yield messages.render("licence", lang, licence=licence)
    yield from sorted({row["rights"].value for row in rows if row["rights"] and row["rights"].language in (None, lang)})
