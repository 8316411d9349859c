"""The labels of entities in each language, and the text that replaces a missing label."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final
from urllib.parse import unquote

import pyoxigraph as ox

from itasgraph import messages
from itasgraph.store.queryable import Queryable, Term, value
from itasgraph.vocabulary import DC, DCTERMS, FOAF, ITAS, RDFS, SCHEMA, SKOS, XSD

Texts = dict[str, str]  # language ("" for none) → text
Labels = Mapping[str, Texts]  # IRI → its labels

_BETWEEN_PARTS: Final = re.compile("[/#:]")
_NEW_WORD: Final = re.compile("([a-z0-9])([A-Z])(?=[a-z])")
_DATES: Final = (XSD.date, XSD.gYearMonth, XSD.dateTime, DCTERMS.W3CDTF)
_LABEL: Final = f"<{RDFS.label}>"
# The properties that name an entity, the best first: those of others name it where it has no rdfs:label.
NAMING: Final = (
    RDFS.label,
    SKOS.prefLabel,
    SCHEMA.name,
    "http://schema.org/name",
    FOAF.name,
    DCTERMS.title,
    DC.title,
)
INVERSE: Final = f"<{ITAS.inverseLabel}>"  # of a relation, as it reads from its target
# IRIs in one query: few enough for the limits of an endpoint, enough to send few requests.
_BATCH: Final = 200
_VALUES: Final = "VALUES ?iri { %s }"


def labels(graph: Queryable, iris: Iterable[str], lang: str, path: str = _LABEL) -> dict[str, str]:
    """Return the labels of those entities that have one; see `choose` for the language.

    `path` is the property (or SPARQL property path) that leads from the entity to the text. Where it is that of labels,
    another property that names an entity replaces a missing label.
    """
    found = naming_texts(graph, iris) if path == _LABEL else translations(graph, path, iris)
    return {iri: choose(texts, lang) for iri, texts in found.items()}


def display_labels(graph: Queryable, iris: Collection[str], lang: str) -> dict[str, str]:
    """Return the label of each entity as `labels` does; its short IRI where it has none."""
    known = labels(graph, iris, lang)
    return {iri: known.get(iri) or graph.compact(iri) for iri in iris}


def translations(graph: Queryable, path: str = _LABEL, iris: Iterable[str] | None = None) -> dict[str, Texts]:
    """Return the labels of the entities in all languages; without `iris` of all entities.

    Of several labels in one language, return the first in the order of characters.
    """
    return collect(select_each(graph, _QUERY.format(path=path), iris))


def naming_texts(graph: Queryable, iris: Iterable[str]) -> dict[str, Texts]:
    """Return the texts by which the best naming property of each entity names it, in all languages."""
    return collect_names(select_each(graph, _NAMES, iris))


def blank_node_names(graph: Queryable) -> dict[str, Texts]:
    """Return the texts that name blank nodes, by the N-Triples of each node; an endpoint gives them other labels each time."""
    return collect_names(graph.select(_BLANK_NODE_NAMES))


def collect(rows: Iterable[ox.QuerySolution]) -> dict[str, Texts]:
    """Return the texts in the columns ?iri and ?text, the first of each language; a text of spaces names nothing."""
    by_entity: dict[str, Texts] = {}
    for row in rows:
        if row["text"].value.strip():
            by_entity.setdefault(value(row["iri"]), {}).setdefault(row["text"].language or "", row["text"].value)
    return by_entity


def collect_names(rows: Iterable[ox.QuerySolution]) -> dict[str, Texts]:
    """Return the texts in ?iri and ?text as `collect` does, of those with the first ?property in the order of NAMING only."""
    by_property: dict[str, list[ox.QuerySolution]] = {}
    for row in rows:
        by_property.setdefault(row["property"].value, []).append(row)
    names: dict[str, Texts] = {}
    for property_ in reversed(NAMING):
        names |= collect(by_property.get(property_, ()))
    return names


def choose(texts: Mapping[str, str], lang: str) -> str:
    """Return the text in `lang`, else in one of its varieties, else in no language, else the first one, else "".

    A text in `en-US` is one in `en` (RFC 4647, section 3.3.1).

    >>> choose({"de-AT": "Paradeiser", "en-GB": "tomato", "en-us": "tomayto"}, "en")
    'tomato'
    """
    varieties = (texts[tag] for tag in sorted(texts) if tag.lower().startswith(f"{lang}-"))
    return texts.get(lang) or next(varieties, "") or texts.get("") or min(texts.values(), default="")


def complete(texts: Mapping[str, str], default: str) -> Texts:
    """Return the text in each language of the program, with a replacement where one is missing."""
    return {lang: choose(texts, lang) or default for lang in messages.LANGUAGES}


def label_texts(graph: Queryable, labels_: Labels, iri: str) -> Texts:
    """Return the label of an entity in each language of the program; its short IRI where it has none."""
    return complete(labels_.get(iri, {}), graph.compact(iri))


def select_each(
    graph: Queryable, query: str, iris: Iterable[str] | None, without_iris: str = ""
) -> Iterator[ox.QuerySolution]:
    """Return the rows of a SELECT query with the IRIs in `VALUES ?iri { %s }`, 200 of them at a time.

    Where `iris` is None, the pattern `without_iris` replaces the VALUES, and one query has all rows.
    """
    if iris is None:
        yield from graph.select(query.replace(_VALUES, without_iris))
        return
    valid = sorted({iri for iri in iris if is_iri(iri)})
    for start in range(0, len(valid), _BATCH):
        yield from graph.select(query.replace("%s", " ".join(f"<{iri}>" for iri in valid[start : start + _BATCH])))


def last_part(iri: str) -> str:
    """Return the last part of an IRI in words, for a term of a vocabulary that nobody labels.

    >>> last_part("https://example.org/terms#workplaceHomepage"), last_part("urn:x:is_part-of")
    ('workplace homepage', 'is part of')
    """
    name = _BETWEEN_PARTS.split(unquote(iri).rstrip("/#:"))[-1]
    spaced = _NEW_WORD.sub(lambda match: f"{match[1]} {match[2].lower()}", name)
    return " ".join(spaced.replace("_", " ").replace("-", " ").split()) or iri


def is_iri(text: str) -> bool:
    """Return whether SPARQL can contain the IRI: data that nobody checked may have an IRI that ends the query early."""
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True


def term_label(graph: Queryable, term: Term, labels_: Mapping[str, str], lang: str) -> str:
    """Return a term for readers: the label of an IRI or its short form, a value, or the parts of a triple term.

    `labels_` holds the labels by IRI, and those of blank nodes by their N-Triples; a blank node without one has no name that
    readers can use, since that in a file differs from run to run.
    """
    if isinstance(term, ox.Triple):
        parts = (term_label(graph, part, labels_, lang) for part in (term.subject, term.predicate, term.object))
        return f"<<( {' '.join(parts)} )>>"
    if isinstance(term, ox.Literal):
        return format_value(term, lang)
    if isinstance(term, ox.BlankNode):
        return labels_.get(str(term)) or messages.render("without-name", lang)
    return labels_.get(term.value) or graph.compact(term.value)


def named_nodes(terms: Iterable[Term]) -> Iterator[str]:
    """Yield the IRIs of the terms and of the parts of triple terms."""
    for term in terms:
        if isinstance(term, ox.Triple):
            yield from named_nodes((term.subject, term.predicate, term.object))
        elif isinstance(term, ox.NamedNode):
            yield term.value


def format_value(term: Term, lang: str) -> str:
    """Return a value for readers: days and months as the language writes them, all else as it is."""
    is_date = isinstance(term, ox.Literal) and term.datatype.value in _DATES
    return messages.day(value(term), lang) if is_date else value(term)


# What a query needs that reads ?text by which a ?property names ?iri.
NAMED: Final = f"VALUES ?property {{ {' '.join(f'<{iri}>' for iri in NAMING)} }} ?iri ?property ?text"
# Where the IRIs are given, a second VALUES would make Oxigraph read the texts of the whole graph for each batch of them.
_NAMES: Final = f"""
    SELECT ?iri ?property ?text WHERE {{
      VALUES ?iri {{ %s }} ?iri ?property ?text
      FILTER(isLiteral(?text) && ?property IN ({", ".join(f"<{iri}>" for iri in NAMING)}))
    }} ORDER BY ?iri ?property ?text"""
_BLANK_NODE_NAMES: Final = f"""
    SELECT ?iri ?property ?text WHERE {{
      {NAMED} FILTER(isBlank(?iri) && isLiteral(?text))
    }} ORDER BY ?iri ?property ?text"""
_QUERY: Final = """
    SELECT ?iri ?text WHERE {{
      VALUES ?iri {{ %s }} ?iri {path} ?text FILTER(isLiteral(?text))
    }} ORDER BY ?iri ?text"""
