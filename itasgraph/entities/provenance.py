"""Where the data come from: the document, date and licence of each source, and the versions of the data sets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from itasgraph.entities.labels import select_each
from itasgraph.store.queryable import Queryable, value
from itasgraph.vocabulary import DCAT


class SourceDetails(NamedTuple):
    """The address or name of the document of a source, its date and its licence, each "" where none is stated."""

    document: str = ""
    date: str = ""
    licence: str = ""


def source_details(graph: Queryable, iris: Iterable[str] | None = None) -> dict[str, SourceDetails]:
    """Return the details of the sources, or without `iris` of all; of several documents, dates or licences the first by its characters."""
    details: dict[str, SourceDetails] = {}
    for row in select_each(graph, _SOURCES, iris, without_iris="?iri a itas:Source ."):
        row_details = SourceDetails(*(value(row[column]) if row[column] else "" for column in SourceDetails._fields))
        details.setdefault(row["iri"].value, row_details)
    return details


def versions(graph: Queryable) -> list[tuple[str, str]]:
    """Return the IRI of each data set with its version and, where it is stated, the day it was published: `0.1.0, 2024-06-06`."""
    rows = graph.select(f"""
        SELECT DISTINCT ?dataset ?version ?date WHERE {{
          ?dataset a <{DCAT.Dataset}> ; owl:versionInfo ?version
          OPTIONAL {{ ?dataset dcterms:issued ?date }}
        }} ORDER BY ?dataset ?version ?date""")
    return [
        (row["dataset"].value, ", ".join(row[name].value for name in ("version", "date") if row[name])) for row in rows
    ]


_SOURCES: Final = """
    SELECT ?iri ?document ?date ?licence WHERE {
      VALUES ?iri { %s } ?iri a itas:Source .
      OPTIONAL { ?iri prov:wasDerivedFrom ?document }
      OPTIONAL { ?iri dcterms:issued ?date }
      OPTIONAL { ?iri dcterms:license ?licence }
    } ORDER BY ?iri ?document ?date ?licence"""
