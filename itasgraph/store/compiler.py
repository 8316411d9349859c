"""The compilation of data files, vocabularies and rules of a project to one graph, with the faults of the files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

import pyoxigraph as ox

from itasgraph.errors import Finding, InvalidProject, Location
from itasgraph.parsing import jsonld_context, nesting
from itasgraph.parsing.reserved_ids import Vocabulary
from itasgraph.project import Project
from itasgraph.store import cache
from itasgraph.store.inputs import Inputs
from itasgraph.store.memory import Graph, add, from_store
from itasgraph.store.queryable import TYPE
from itasgraph.store.rules import catalogue_of, run_rules
from itasgraph.vocabulary import OWL, RDFS

if TYPE_CHECKING:
    from itasgraph.parsing.data_document import DataDocument

_ONTOLOGY: Final = ox.NamedNode(OWL.Ontology)
# A file with more broken statements than this is no Turtle file.
_BROKEN_STATEMENTS: Final = 1_000


@dataclass
class Compiled:
    """A compiled project: its context, its documents, the graph that they make, and the faults of files and rules.

    Where there are faults, the graph holds what can be read in spite of them.
    """

    context: jsonld_context.Context
    documents: list[DataDocument]
    graph: Graph
    findings: list[Finding]

    @cached_property
    def quads(self) -> list[ox.Quad]:
        """Return the statements of the named graphs."""
        return list(filter(cache.is_in_named_graph, self.graph.store))

    @cached_property
    def locations(self) -> dict[tuple[str, str], Location]:
        """Return (subject IRI, and property IRI or "" for the entry itself) → the place of the statement; of several, the last."""
        return {key: location for document in self.documents for key, location in document.locations.items()}


def compile_project(project: Project) -> Compiled:
    """Read all files of a project and run its rules, without the cache. Raises as `load` does."""
    return require_sound(compile_inputs(Inputs.of(project), ox.Store()))


def require_sound(compiled: Compiled) -> Compiled:
    """Return a compiled project. Raise InvalidProject where it has faults."""
    if compiled.findings:
        raise InvalidProject(compiled.findings)
    return compiled


def compile_inputs(inputs: Inputs, store: ox.Store, documents: list[DataDocument] | None = None) -> Compiled:
    """Compile data files, vocabularies and rules into one graph, with the statements that the store holds already.

    `documents` is what the data files say, where that is known.
    """
    project, terms = inputs.project, inputs.context
    if documents is None:
        from itasgraph.parsing import yaml_ld

        documents = [yaml_ld.read(inputs.content[path], project.filename(path), terms) for path in inputs.data]
    faults = [finding for document in documents for finding in document.findings]
    vocabularies: list[ox.Quad] = []
    for path in project.vocabularies:
        quads, findings = _vocabulary(path, inputs)
        vocabularies += quads
        faults += findings
    faults += _terms_as_ids(documents, vocabularies, terms)
    add(
        store,
        [*(quad for document in documents for quad in _assign_catalogue(document.readable, terms)), *vocabularies],
    )
    faults += run_rules(store, project, terms, inputs.content)
    return Compiled(terms, documents, from_store(store, terms), faults)


def graph_of_document(content: bytes, filename: str, terms: jsonld_context.Context) -> Graph:
    """Return what a data file says by itself, without the vocabulary and without rules, as far as it can be read."""
    from itasgraph.parsing import yaml_ld

    store = ox.Store()
    add(store, _assign_catalogue(yaml_ld.read(content, filename, terms).readable, terms))
    return from_store(store, terms)


def _assign_catalogue(quads: Iterable[ox.Quad], terms: jsonld_context.Context) -> Iterator[ox.Quad]:
    """Yield the quads; those in no named graph, which stand beside `says:` and describe the graph, go to the catalogue."""
    catalogue = catalogue_of(terms)
    for quad in quads:
        yield quad if cache.is_in_named_graph(quad) else ox.Quad(quad.subject, quad.predicate, quad.object, catalogue)


def parse_turtle(content: bytes, filename: str, base: str) -> tuple[list[ox.Triple], list[Finding]]:
    """Parse a Turtle file. Returns its triples without those of broken statements, and the first fault."""
    triples: list[ox.Triple] = []
    findings: list[Finding] = []
    try:
        nesting.check(content, nesting.turtle)
    except nesting.TooDeep as error:
        return [], [error.finding(filename)]
    parser = ox.parse(content, ox.RdfFormat.TURTLE, base_iri=base)
    while len(findings) < _BROKEN_STATEMENTS:
        try:
            triples.extend(quad.triple for quad in parser)
            break
        except SyntaxError as error:
            findings.append(
                Finding.of(Location(filename, error.lineno or 0, error.offset or 0), "invalid-turtle", reason=error.msg)
            )
    return triples, findings[:1]


def _vocabulary(path: Path, inputs: Inputs) -> tuple[list[ox.Quad], list[Finding]]:
    """Return a Turtle file as a named graph with the IRI of the ontology it declares, or an IRI from its file name."""
    base = inputs.context.base
    triples, findings = parse_turtle(inputs.content[path], inputs.project.filename(path), base)
    ontologies = [t.subject for t in triples if t.predicate == TYPE and t.object == _ONTOLOGY]
    name = next(
        (s for s in ontologies if isinstance(s, ox.NamedNode)), ox.NamedNode(f"{base}ontology/{quote(path.stem)}")
    )
    return [ox.Quad(t.subject, t.predicate, t.object, name) for t in triples], findings


def _terms_as_ids(
    documents: Iterable[DataDocument], vocabularies: Iterable[ox.Quad], terms: jsonld_context.Context
) -> Iterator[Finding]:
    """Yield a fault for each entry whose id is a term of a vocabulary: its statements would be statements about the term."""
    known = Vocabulary.of(vocabularies, terms)
    for document in documents:
        for iri in filter(known.__contains__, document.described):
            document.damaged |= {(iri, "@id"), (iri, RDFS.label)}  # the ontology may label the term
            location = document.locations.get((iri, "@id"), document.described[iri])
            yield Finding.of(location, "term-as-id", id=terms.compact(iri))
