"""The graph: quads in, rules run, SPARQL out.

Named graphs say who says so: one per source document, editorial ones, one per rule. The default graph holds the distinct
triples of them all, so that plain SPARQL sees everything once.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar
from urllib.parse import quote

import pyoxigraph as ox

from itasgraph.errors import Finding, InvalidProject, Location, QuerySyntaxError, UnsafeQuery, UsageError
from itasgraph.parsing import jsonld_context, nesting, query_guard, query_header, rdf_files
from itasgraph.parsing.iri_compaction import IriCompactor
from itasgraph.parsing.project_terms import Vocabulary
from itasgraph.project import Project
from itasgraph.store import cache
from itasgraph.util import files
from itasgraph.vocabulary import ITAS, OWL, RDF, RDFS

if TYPE_CHECKING:
    from itasgraph.parsing.yaml_ld import Document

# Triples that came from elsewhere are a list: Oxigraph's own can be made by its store only, which rewrites literals.
Result = ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean | list[ox.Triple]
Statement = ox.Triple | ox.Quad
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
T = TypeVar("T")

_TYPE: Final = ox.NamedNode(RDF.type)
_ONTOLOGY: Final = ox.NamedNode(OWL.Ontology)
# Oxigraph tells line and column in its message only.
_SYNTAX_ERROR: Final = re.compile(r"error at (\d+):(\d+): ")
_REASON: Final = 100
# A Turtle file that breaks more often is none.
_BROKEN_STATEMENTS: Final = 1_000
# Rules may build on each other; more rounds than this only a rule needs that makes new things for ever.
_ROUNDS: Final = 20


class Queryable(ABC):
    """What questions can be put to: a graph in memory or behind an endpoint.

    `prefixes` are known to each query without being declared there, names in it are relative to `base`; `services` are
    the hosts that a query may call with SERVICE, in small letters.
    """

    prefixes: dict[str, str]
    base: str
    services: Collection[str] = ()
    # The context of the project it was read with, where it was.
    terms: jsonld_context.Context | None = None

    @abstractmethod
    def query(self, text: str) -> Result:
        """Run SPARQL 1.1.

        Raises UsageError where it does not parse, and UnsafeQuery where it nests too deep or calls a host not permitted.
        """

    @abstractmethod
    def triples(self) -> Iterator[ox.Triple]:
        """The distinct triples of all graphs."""

    @abstractmethod
    def quads(self) -> Iterator[ox.Quad]:
        """The statements of the named graphs; those in no named graph stay in none."""

    def select(self, text: str) -> ox.QuerySolutions:
        """Run a SELECT query of our own making."""
        result = self.query(text)
        assert isinstance(result, ox.QuerySolutions)
        return result

    def compact(self, iri: str) -> str:
        """Return the shortest readable form of an IRI: relative to the base, compact, or as it is."""
        return self._compactor.compact(iri)

    @cached_property
    def _compactor(self) -> IriCompactor:
        return IriCompactor(self.prefixes, self.base)


class Dataset(NamedTuple):
    """The graphs that are asked: their union as the default graph, and those that GRAPH finds (SPARQL 1.1, section 13)."""

    default: Sequence[ox.NamedNode]
    named: Sequence[ox.NamedNode]


@dataclass
class Graph(Queryable):
    """A graph in memory: a store whose default graph holds the distinct triples of all its graphs."""

    store: ox.Store
    prefixes: dict[str, str]
    base: str
    # Data of others as it is written: the store writes "007"^^xsd:int as 7 (pyoxigraph 0.5).
    written: rdf_files.QuadSource | None = None
    # Ask these graphs instead of those that a query names.
    dataset: Dataset | None = None
    # What the store comes from, if that is the cache: as long as it is held, a store on disk stays there.
    entry: cache.Entry | None = None
    # Functions that queries may call beside those of SPARQL, by their IRI.
    functions: Mapping[ox.NamedNode, Callable[..., ox.Literal]] = field(default_factory=dict)

    def query(self, text: str) -> Result:
        query_guard.guard(text, self.services, prefixes=self.prefixes, base=self.base)
        dataset = self.dataset
        try:
            return self.store.query(
                text,
                prefixes=self.prefixes,
                base_iri=self.base,
                default_graph=None if dataset is None else list(dataset.default),
                named_graphs=None if dataset is None else list(dataset.named),
                custom_functions=dict(self.functions),
            )
        except SyntaxError as error:
            raise _unreadable(text, error) from error
        except UnicodeEncodeError as error:
            raise UsageError("invalid-sparql", reason=ascii(text[error.start : error.end]), spot="") from error

    def triples(self) -> Iterator[ox.Triple]:
        if self.written is not None:
            return iter({quad.triple for quad in self.written()})
        return (quad.triple for quad in self.store.quads_for_pattern(None, None, None, ox.DefaultGraph()))

    def quads(self) -> Iterator[ox.Quad]:
        if self.written is not None:
            return iter(set(self.written()))
        return (quad for quad in self.store if cache.is_named(quad) or self._stands_alone(quad.triple))

    def save(self, folder: Path) -> tuple[Path, int]:
        """Write the graph into a folder: N-Quads where it is small, else an Oxigraph store.

        Returns the path of the file or store and the number of distinct triples.
        """
        if len(self.store) <= cache.MOST_IN_MEMORY:
            return _save_quads(self.store, folder)
        store = ox.Store(folder / "store")
        store.bulk_extend(quad for quad in self.store)  # a Python loop, which Ctrl-C can end
        store.flush()
        return folder / "store", _count_triples(store)

    def _stands_alone(self, triple: ox.Triple) -> bool:
        """Whether a triple is in no named graph; asking for each needs no memory, a set of all that are needs much."""
        return not any(
            map(cache.is_named, self.store.quads_for_pattern(triple.subject, triple.predicate, triple.object))
        )


class FileGraph(Graph):
    """A graph of others' files, which go into a store when the first question needs one: to copy them takes none."""

    def __init__(self, sources: Sequence[rdf_files.RdfFile], terms: jsonld_context.Context) -> None:
        self.prefixes, self.base, self.functions, self.terms = terms.prefixes, terms.base, {}, terms
        self.written = lambda: (quad for source in sources for quad in source.quads())
        self._sources = sources

    @cached_property
    def store(self) -> ox.Store:  # type: ignore[override]  # it can be written to, which mypy does not know
        return _stored(self._sources, ox.Store())

    def save(self, folder: Path) -> tuple[Path, int]:
        # On disk at first, since a file may hold more than memory does.
        store = _stored(self._sources, ox.Store(folder / "store"))
        if len(store) <= cache.MOST_IN_MEMORY:
            return _save_quads(store, folder)
        store.flush()
        return folder / "store", _count_triples(store)


def _stored(sources: Iterable[rdf_files.RdfFile], store: ox.Store) -> ox.Store:
    for source in sources:
        source.load(store)
    _unite(store)
    return store


def _save_quads(store: ox.Store, folder: Path) -> tuple[Path, int]:
    store.dump(folder / "graph.nq", ox.RdfFormat.N_QUADS)
    return folder / "graph.nq", _count_triples(store)


def _count_triples(store: ox.Store) -> int:
    """Return the number of triples in the default graph."""
    rows = store.query("SELECT (COUNT(*) AS ?triples) { ?s ?p ?o }")
    assert isinstance(rows, ox.QuerySolutions)
    return int(next(rows)["triples"].value)


def _unreadable(text: str, error: SyntaxError) -> UsageError:
    """A query that does not parse; Oxigraph tells line and column in its message."""
    found = _SYNTAX_ERROR.search(error.msg)
    if found is None:
        return UsageError("invalid-sparql", reason=error.msg.splitlines()[0], spot="")
    return QuerySyntaxError(text, error.msg, int(found[1]), int(found[2]))


@dataclass
class Compiled:
    """A project read: its context, its files with what they say, the graph they make, and the faults of files and rules.

    Where there are faults, the graph holds what can be read in spite of them.
    """

    context: jsonld_context.Context
    documents: list[Document]
    graph: Graph
    findings: list[Finding]

    @cached_property
    def quads(self) -> list[ox.Quad]:
        """The statements of the named graphs."""
        return list(filter(cache.is_named, self.graph.store))


@dataclass(frozen=True)
class Inputs:
    """The files that decide what a graph is, by their path: each is read once, so that its hash is that of what is compiled.

    `data` are the paths of those that hold data.
    """

    project: Project
    data: Sequence[Path]
    content: Mapping[Path, bytes]

    @classmethod
    def of(cls, project: Project, data: Sequence[Path] | None = None) -> Inputs:
        """Read the files of a project, or its vocabularies and rules with other data files. Raises FileError."""
        paths = project.data if data is None else data
        others = [project.context, *project.vocabularies, *project.rules]
        return cls(project, paths, {path: _content(path, project) for path in [*others, *paths]})

    @cached_property
    def context(self) -> jsonld_context.Context:
        return jsonld_context.parse(self.content[self.project.context], self.project.filename(self.project.context))

    def key(self) -> str:
        """The key of what is compiled from these files, in the cache."""
        return cache.key({str(path.relative_to(self.project.root)): data for path, data in self.content.items()})


def _content(path: Path, project: Project) -> bytes:
    return rdf_files.read(path) if path.suffix.lower() == ".gz" else files.read(path, project.filename(path))


def load(project: Project) -> Graph:
    """The graph of a project, from the cache where the inputs have not changed.

    Raises InvalidProject (the files do not parse) or FileError (one cannot be read).
    """
    inputs = Inputs.of(project)
    terms, key = inputs.context, inputs.key()
    entry = cache.read(key) or cache.write(key, _sound(_compile(inputs, ox.Store())).graph.store)
    if not entry.united:
        _unite(entry.store)
    found = Graph(entry.store, terms.prefixes, terms.base, entry=entry)
    found.terms = terms
    return found


def load_files(paths: Sequence[Path], project: Project) -> Graph:
    """The graph of RDF or YAML-LD files, instead of a project's data.

    RDF goes in as it is, gzipped or not. YAML-LD is read with the project's context, and its vocabulary and rules come
    along. Raises as `load` does, and UsageError for an ending that is not known.
    """
    found = open_files(paths, project)
    _ = found.store
    return found


def open_files(paths: Sequence[Path], project: Project) -> Graph:
    """As `load_files`, but RDF is read when it is needed, and so are its faults found."""
    others = [path for path in paths if rdf_files.suffix(path) not in rdf_files.YAML]
    several = len(others) > 1
    sources = [rdf_files.RdfFile.of(path, number if several else None) for number, path in enumerate(others)]
    if len(others) < len(paths):
        inputs = Inputs.of(project, [path for path in paths if path not in others])
        return _sound(_compile(inputs, _stored(sources, ox.Store()))).graph
    return FileGraph(sources, jsonld_context.of(project))


def compile_project(project: Project) -> Compiled:
    """Read all files of a project and run its rules, without the cache. Raises as `load` does."""
    return _sound(examine(project))


def examine(project: Project) -> Compiled:
    """Compile a project as far as its files can be read, for `check`.

    Raises FileError where a file cannot be opened, InvalidProject where the context cannot be used.
    """
    return _compile(Inputs.of(project), ox.Store())


def _sound(compiled: Compiled) -> Compiled:
    if compiled.findings:
        raise InvalidProject(compiled.findings)
    return compiled


def _compile(inputs: Inputs, store: ox.Store) -> Compiled:
    """Data files with the project's vocabulary and rules, and what the store holds from elsewhere, as one graph."""
    from itasgraph.parsing import yaml_ld

    project, terms = inputs.project, inputs.context
    documents = [yaml_ld.read(inputs.content[path], project.filename(path), terms) for path in inputs.data]
    faults = [finding for document in documents for finding in document.findings]
    vocabularies: list[ox.Quad] = []
    for path in project.vocabularies:
        stated, broken = _vocabulary(path, inputs)
        vocabularies += stated
        faults += broken
    faults += _terms_as_ids(documents, vocabularies, terms)
    add(store, [*(quad for document in documents for quad in _filed(document.readable, terms)), *vocabularies])
    faults += _run_rules(store, inputs)
    return Compiled(terms, documents, Graph(store, terms.prefixes, terms.base), faults)


def value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | ox.DefaultGraph) -> str:
    """The IRI of a name, the text of a literal, and what else a term is in N-Triples."""
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


# --- reading ------------------------------------------------------------------------------------------------------


def _filed(quads: Iterable[ox.Quad], terms: jsonld_context.Context) -> Iterator[ox.Quad]:
    """What stands beside `says:` describes the graph itself, and goes to the catalogue."""
    catalogue = _catalogue(terms)
    for quad in quads:
        yield quad if cache.is_named(quad) else ox.Quad(quad.subject, quad.predicate, quad.object, catalogue)


def _catalogue(terms: jsonld_context.Context) -> ox.NamedNode:
    return ox.NamedNode(terms.base + "editorial/catalogue")


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
                Finding.of(Location(filename, error.lineno or 0, error.offset or 0), "turtle", reason=error.msg)
            )
    return triples, findings[:1]


def _vocabulary(path: Path, inputs: Inputs) -> tuple[list[ox.Quad], list[Finding]]:
    """A Turtle file as a named graph: called as the ontology it declares, else by its file name."""
    base = inputs.context.base
    triples, findings = parse_turtle(inputs.content[path], inputs.project.filename(path), base)
    declared = [t.subject for t in triples if t.predicate == _TYPE and t.object == _ONTOLOGY]
    name = next(
        (s for s in declared if isinstance(s, ox.NamedNode)), ox.NamedNode(f"{base}ontology/{quote(path.stem)}")
    )
    return [ox.Quad(t.subject, t.predicate, t.object, name) for t in triples], findings


def _terms_as_ids(
    documents: Iterable[Document], vocabularies: Iterable[ox.Quad], terms: jsonld_context.Context
) -> Iterator[Finding]:
    """Yield a fault for each entry whose id is a term of a vocabulary: what the entry says would be said of the term."""
    known = Vocabulary.of(vocabularies, terms)
    for document in documents:
        for iri in filter(known.__contains__, document.described):
            document.damaged |= {(iri, "@id"), (iri, RDFS.label)}  # the ontology may label the term
            location = document.locations.get((iri, "@id"), document.described[iri])
            yield Finding.of(location, "term-as-id", id=terms.compact(iri))


def add(store: ox.Store, quads: Iterable[ox.Quad]) -> None:
    """Add quads and, to the default graph, their triples."""
    quads = list(quads)
    store.bulk_extend(quads)
    store.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)


def _unite(store: ox.Store) -> None:
    """Put the distinct triples of all named graphs into the default graph."""
    if next(store.named_graphs(), None) is not None:
        store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")


def from_quads(quads: Iterable[ox.Quad], terms: jsonld_context.Context) -> Graph:
    """A store with the quads and, in the default graph, their distinct triples."""
    store = ox.Store()
    add(store, quads)
    return Graph(store, terms.prefixes, terms.base)


# --- rules ----------------------------------------------------------------------------------------------------------


def _run_rules(store: ox.Store, inputs: Inputs) -> list[Finding]:
    """Run all rules until none says anything new, each into the graph that bears its name. Returns their faults."""
    project, terms = inputs.project, inputs.context
    findings: list[Finding] = []
    rules: dict[Path, str] = {}
    for path in project.rules:
        try:
            rules[path] = query_header.decode(inputs.content[path], project.filename(path))
            add(store, _describe(path, rules[path], project, terms))
        except InvalidProject as error:
            findings += error.findings
    add(store, _describe_catalogue(terms))
    for _ in range(_ROUNDS):
        grown = []
        for path, text in list(rules.items()):
            try:
                grown += [path] if _run_rule(store, _rule(path, terms), text, project.filename(path), terms) else []
            except InvalidProject as error:
                findings += error.findings
                del rules[path]
        if not grown:
            return findings
    return [*findings, *(Finding.of(Location(project.filename(path)), "endless-rule") for path in grown)]


def _rule(path: Path, terms: jsonld_context.Context) -> ox.NamedNode:
    return ox.NamedNode(f"{terms.base}rule/{quote(path.stem)}")


def _run_rule(store: ox.Store, name: ox.NamedNode, text: str, filename: str, terms: jsonld_context.Context) -> bool:
    """Add what one rule infers to its graph and the default graph. Returns whether anything was new."""
    try:
        query_guard.guard(text)
        inferred = store.query(text, prefixes=terms.prefixes, base_iri=terms.base)
    except UnsafeQuery as error:
        raise InvalidProject([error.finding(filename)]) from error
    except SyntaxError as error:
        where = _SYNTAX_ERROR.search(error.msg)
        location = Location(filename, int(where[1]), int(where[2])) if where else Location(filename)
        raise InvalidProject([Finding.of(location, "rule", reason=error.msg.splitlines()[0][:_REASON])]) from error
    if not isinstance(inferred, ox.QueryTriples):
        raise InvalidProject([Finding.of(Location(filename), "rule", reason="SELECT/ASK")])
    new = [
        quad
        for triple in inferred
        if (quad := ox.Quad(triple.subject, triple.predicate, triple.object, name)) not in store
    ]
    add(store, new)
    return bool(new)


def _describe_catalogue(terms: jsonld_context.Context) -> Iterator[ox.Quad]:
    """What the catalogue of the graphs says of itself."""
    catalogue = _catalogue(terms)
    yield ox.Quad(catalogue, _TYPE, ox.NamedNode(ITAS.EditorialGraph), catalogue)
    for lang, label in {"de": "Verzeichnis der Graphen", "en": "Catalogue of the graphs"}.items():
        yield ox.Quad(catalogue, ox.NamedNode(RDFS.label), ox.Literal(label, language=lang), catalogue)


def _describe(path: Path, text: str, project: Project, terms: jsonld_context.Context) -> Iterator[ox.Quad]:
    """What the catalogue says of the graph that a rule derives. Raises InvalidProject for a broken header."""
    name, catalogue = _rule(path, terms), _catalogue(terms)
    yield ox.Quad(name, _TYPE, ox.NamedNode(ITAS.DerivedGraph), catalogue)
    fields = query_header.parse(text, project.filename(path))
    for key, term in (("title", RDFS.label), ("summary", RDFS.comment)):
        for lang, translation in query_header.translations(fields, key).items():
            literal = ox.Literal(translation.strip(), language=lang)
            yield ox.Quad(name, ox.NamedNode(term), literal, catalogue)
