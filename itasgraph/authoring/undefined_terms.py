"""Terms that the files of a project use and no file defines, or that have another name today."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import pyoxigraph as ox

from itasgraph.authoring.query_files import NETWORKS, QueryFile
from itasgraph.entities.names import replacements
from itasgraph.errors import Finding, InvalidProject, Location, UsageError
from itasgraph.parsing import jsonld_context, query_header
from itasgraph.parsing.sparql_tokens import iris
from itasgraph.project import Project
from itasgraph.store.compiler import Compiled
from itasgraph.store.queryable import TYPE
from itasgraph.util import files
from itasgraph.util.spelling import nearest
from itasgraph.vocabulary import OWL

_ONTOLOGY: Final = ox.NamedNode(OWL.Ontology)
# A declaration of Turtle; its names, IRIs, strings and comments are those of SPARQL (RDF 1.1 Turtle, section 6.5).
_PREFIX: Final = re.compile(r"(?im)^\s*@?prefix\s+([^\s:]*):\s*<([^>]*)>")


def findings(project: Project, compiled: Compiled, query_files: Sequence[QueryFile]) -> Iterator[Finding]:
    """Yield a fault for each place in context, shapes and queries that has an undefined or a former term, or a former id.

    A vocabulary is the project's own where one of its Turtle files declares it (owl:Ontology); its terms are the IRIs that
    begin with the IRI of the vocabulary and "#".
    """
    if any(finding.code == "invalid-turtle" for finding in compiled.findings):
        return  # the part that cannot be read may hold the definition
    own = tuple(f"{ontology}#" for ontology in _ontologies(compiled))
    subjects = (row["term"] for row in compiled.graph.select("SELECT DISTINCT ?term { ?term ?property ?value }"))
    defined = {term.value for term in subjects if isinstance(term, ox.NamedNode) and term.value.startswith(own)}
    former = replacements(compiled.graph)
    in_headers = list(_in_headers(query_files, compiled))
    unresolved = {relation for relation, _ in in_headers if "://" not in relation}
    for iri, location in [*_in_context(project, compiled), *_in_texts(project, compiled, query_files), *in_headers]:
        is_undefined = own and iri.startswith(own) and iri not in own and iri not in defined
        if iri in former:
            new = ", ".join(map(compiled.context.compact, former[iri]))
            yield Finding.of(location, "replaced-term", term=compiled.context.compact(iri), new=new)
        elif is_undefined or iri in unresolved:
            term, known = compiled.context.compact(iri), map(compiled.context.compact, defined)
            yield Finding.of(location, "undefined-term", term=term, nearest=nearest(term, known))


def _ontologies(compiled: Compiled) -> list[str]:
    quads = compiled.graph.store.quads_for_pattern(None, TYPE, _ONTOLOGY)
    return sorted({quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)})


def _in_context(project: Project, compiled: Compiled) -> Iterator[tuple[str, Location]]:
    """Yield the IRIs of keys and classes, each with the place of its definition in the context."""
    filename = project.filename(project.context)
    locations = jsonld_context.locations(project)
    terms = {**compiled.context.types, **{name: key.iri for name, key in compiled.context.keys.items()}}
    for name, iri in terms.items():
        yield iri, locations.get(name, Location(filename))


def _in_texts(project: Project, compiled: Compiled, query_files: Iterable[QueryFile]) -> Iterator[tuple[str, Location]]:
    """Yield the IRIs in queries and shapes, each with its place."""
    base, prefixes = compiled.context.base, compiled.context.prefixes
    for file in query_files:
        yield from _located(file.text, file.filename, base, prefixes)
    if project.shapes.is_file():
        filename = project.filename(project.shapes)
        text = files.read(project.shapes, filename).decode("utf-8-sig", "replace")
        yield from _located(text, filename, base, {**prefixes, **dict(_PREFIX.findall(text))})


def _in_headers(query_files: Iterable[QueryFile], compiled: Compiled) -> Iterator[tuple[str, Location]]:
    """Yield the relations that headers of networks list under `closeness`, each with its place; one without a known prefix as it is."""
    for file in query_files:
        if file.folder != NETWORKS:
            continue
        try:
            relations = file.question.values("closeness")
        except (InvalidProject, UsageError):  # reported where the query is checked
            continue
        places = query_header.locations(file.question.text, file.filename) if relations else {}
        for relation in relations:
            iri = compiled.context.expand(relation) if ":" in relation else relation
            yield iri, places.get(("closeness", relation), Location(file.filename))


def _located(text: str, filename: str, base: str, prefixes: Mapping[str, str]) -> Iterable[tuple[str, Location]]:
    line, counted = 1, 0
    for iri, token in iris(text, base, prefixes):
        line += text.count("\n", counted, token.start)
        counted = token.start
        yield iri, Location(filename, line, token.start - text.rfind("\n", 0, token.start))
