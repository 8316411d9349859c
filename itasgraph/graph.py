"""The graph: quads in, rules run, kept, SPARQL out.

Named graphs say who says so: one per source document, editorial ones, one per rule. The default graph holds the distinct
triples of them all, so that plain SPARQL sees everything once.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import quote

import pyoxigraph as ox

from itasgraph import __version__, context, files, header
from itasgraph.errors import AskedWrongly, FileProblem, Finding, Place, ProjectFaults, TimedOut
from itasgraph.project import Project

if TYPE_CHECKING:
    from itasgraph.yamlld import Document

Result = ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean
T = TypeVar("T")

_RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
_TYPE: Final = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_ONTOLOGY: Final = ox.NamedNode("http://www.w3.org/2002/07/owl#Ontology")
# Oxigraph tells line and column in its message only.
_SYNTAX_ERROR: Final = re.compile(r"error at (\d+):(\d+): ")
_PREFIXED_NAME: Final = re.compile(r".*?([\w.-]*):[^\s:]*$")
# What is wrong with the meaning stands among the tokens it would have taken.
_MEANING: Final = re.compile(r"The [A-Z][^,\[]+|IRI parsing failed")
_NEAR: Final = 30
_REASON: Final = 100
# Rules may build on each other; more rounds than this only a rule needs that makes new things for ever.
_ROUNDS: Final = 20
_VOCABULARY: Final = "https://w3id.org/itas/ontology#"


@dataclass
class Graph:
    """A queryable graph. `prefixes` are known to each query without being declared there."""

    store: ox.Store
    prefixes: dict[str, str]
    base: str
    # Data of others as it was written: the store writes "007"^^xsd:int as 7 (pyoxigraph 0.5).
    written: frozenset[ox.Quad] | None = None

    def query(self, text: str) -> Result:
        """Run SPARQL 1.1. Raises AskedWrongly where it does not parse."""
        try:
            return self.store.query(text, prefixes=self.prefixes, base_iri=self.base)
        except SyntaxError as error:
            raise self._syntax(text, error) from error
        except UnicodeEncodeError as error:
            raise AskedWrongly("invalid-sparql", reason=ascii(text[error.start : error.end])) from error

    def _syntax(self, text: str, error: SyntaxError) -> AskedWrongly:
        """Where the query cannot be read, in words shorter than the parser's list of all it would have taken."""
        found = _SYNTAX_ERROR.search(error.msg)
        if found is None:
            return AskedWrongly("invalid-sparql", reason=error.msg.splitlines()[0])
        line, column = int(found[1]), int(found[2])
        written = (text.splitlines() or [""])[min(line, len(text.splitlines())) - 1]
        prefix = _PREFIXED_NAME.match(written[: column - 1])
        if "Prefix not found" in error.msg and prefix:
            known = " ".join(f"{name}:" for name in self.prefixes)
            return AskedWrongly("unknown-prefix", line=line, column=column, prefix=prefix[1], known=known)
        meant = _MEANING.search(error.msg)
        if meant:
            return AskedWrongly("invalid-sparql", reason=meant[0].strip())
        return AskedWrongly(
            "bad-sparql",
            line=line,
            column=column,
            near=written[column - 1 :][:_NEAR].strip() or " ".join(written.split()[-4:]),
        )

    def select(self, text: str) -> ox.QuerySolutions:
        """Run a SELECT query of our own making."""
        result = self.query(text)
        assert isinstance(result, ox.QuerySolutions)
        return result

    def triples(self) -> Iterator[ox.Triple]:
        """The distinct triples of all graphs."""
        if self.written is not None:
            return iter({quad.triple for quad in self.written})
        return (quad.triple for quad in self.store.quads_for_pattern(None, None, None, ox.DefaultGraph()))

    def quads(self) -> Iterator[ox.Quad]:
        """The statements of the named graphs; those in no named graph stay in none."""
        if self.written is not None:
            return iter(self.written)
        named = {quad.triple for quad in self.store if not isinstance(quad.graph_name, ox.DefaultGraph)}
        return (q for q in self.store if not isinstance(q.graph_name, ox.DefaultGraph) or q.triple not in named)

    def shrink(self, iri: str) -> str:
        """The shortest readable form of an IRI: relative to the base, compact, or as it is."""
        return self._terms.shrink(iri)

    @cached_property
    def _terms(self) -> context.Context:
        return context.Context({"@base": self.base, **self.prefixes})


@dataclass
class Compiled:
    """A project read: its context, its files with what they say, the graph they make, and its quads."""

    context: context.Context
    documents: list[Document]
    graph: Graph
    quads: list[ox.Quad]


def load(project: Project) -> Graph:
    """The graph of a project, from the kept quads where the inputs have not changed.

    Raises ProjectFaults (the files do not parse) or FileProblem (one cannot be read).
    """
    terms = context.read(project.context, project.show(project.context))
    key = _fingerprint(project)
    kept = _kept(project, key)
    if kept is None:
        kept = _compiled_bytes(project)
        _keep(key, kept)
    store = ox.Store()
    # Lenient: these IRIs and literals were checked when the quads were compiled; it halves the time.
    store.load(kept, format=ox.RdfFormat.N_QUADS, lenient=True)
    store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
    return Graph(store, terms.prefixes, terms.base)


def load_files(paths: Sequence[Path], project: Project) -> Graph:
    """The graph of RDF or YAML-LD files, instead of a project's data.

    RDF goes in as it is. YAML-LD is read with the project's context, and its vocabulary and rules come along. Raises as
    `load` does, and AskedWrongly for an ending that is not known.
    """
    written = [path for path in paths if path.suffix.lower() in _YAML]
    others = [path for path in paths if path.suffix.lower() not in _YAML]
    # Blank nodes of two files are two, whatever they are called; those of one file keep their names.
    foreign = [quad for path in others for quad in _parse_rdf(path, rename=len(others) > 1)]
    if written:
        return _compile(written, project, foreign)[0]
    graph = from_quads(foreign, context.read(project.context, project.show(project.context)))
    graph.written = frozenset(foreign)
    return graph


def compile_project(project: Project) -> Compiled:
    """Read all files of a project and run its rules, without the kept quads. Raises as `load` does."""
    graph, documents, terms = _compile(project.data, project)
    named = (quad for quad in graph.store if not isinstance(quad.graph_name, ox.DefaultGraph))
    return Compiled(terms, documents, graph, list(named))


def _compile(
    paths: Sequence[Path], project: Project, foreign: Iterable[ox.Quad] = ()
) -> tuple[Graph, list[Document], context.Context]:
    """Data files with the project's vocabulary and rules, and quads from elsewhere, as one graph."""
    terms = context.read(project.context, project.show(project.context))
    documents = [_read_document(path, project.show(path), terms) for path in paths]
    faults = [finding for document in documents for finding in document.findings]
    quads = [*foreign, *(quad for document in documents for quad in _filed(document.quads, terms))]
    for path in project.vocabularies:
        try:
            quads += _vocabulary(path, project.show(path), terms)
        except ProjectFaults as error:
            faults += error.findings
    if faults:
        raise ProjectFaults(faults)
    graph = from_quads(quads, terms)
    _run_rules(graph.store, project, terms)
    return graph, documents, terms


def within(seconds: float | None, work: Callable[[], T]) -> T:
    """Do `work` in a thread of its own, so that time-out and Ctrl-C end the wait: Oxigraph itself cannot be stopped.

    Raises TimedOut after `seconds`; None waits for ever.
    """
    import queue
    import threading

    answers: queue.SimpleQueue[tuple[T | None, BaseException | None]] = queue.SimpleQueue()

    def run() -> None:
        try:
            answers.put((work(), None))
        except BaseException as error:  # handed to the waiting thread, which raises it
            # Its frames hold Oxigraph's objects, which must not be dropped in another thread.
            answers.put((None, error.with_traceback(None)))

    threading.Thread(target=run, daemon=True).start()
    try:
        answer, error = answers.get(timeout=seconds)
    except queue.Empty:
        raise TimedOut("timeout", seconds=f"{seconds:g}") from None
    if isinstance(error, OSError | RuntimeError):
        raise FileProblem("query-failed", reason=str(error).splitlines()[0]) from error
    if error is not None:
        raise error
    return answer  # type: ignore[return-value]  # None only where `work` returned None


def value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | ox.DefaultGraph) -> str:
    """The IRI of a name, the text of a literal, and what else a term is in N-Triples."""
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


# --- reading ------------------------------------------------------------------------------------------------------


def _read_document(path: Path, shown: str, terms: context.Context) -> Document:
    from itasgraph import yamlld

    return yamlld.read(files.read(path, shown), shown, terms)


def _filed(quads: Iterable[ox.Quad], terms: context.Context) -> Iterator[ox.Quad]:
    """What stands beside `says:` describes the graph itself, and goes to the catalogue."""
    catalogue = _catalogue(terms)
    for quad in quads:
        outside = isinstance(quad.graph_name, ox.DefaultGraph)
        yield ox.Quad(quad.subject, quad.predicate, quad.object, catalogue) if outside else quad


def _catalogue(terms: context.Context) -> ox.NamedNode:
    return ox.NamedNode(terms.base + "editorial/catalogue")


def _vocabulary(path: Path, shown: str, terms: context.Context) -> list[ox.Quad]:
    """A Turtle file as a named graph: called as the ontology it declares, else by its file name."""
    try:
        triples = list(ox.parse(files.read(path, shown), ox.RdfFormat.TURTLE, base_iri=terms.base))
    except SyntaxError as error:
        place = Place(shown, error.lineno or 0, error.offset or 0)
        raise ProjectFaults([Finding.of(place, "turtle", reason=error.msg)]) from error
    declared = [t.subject for t in triples if t.predicate == _TYPE and t.object == _ONTOLOGY]
    name = next(
        (s for s in declared if isinstance(s, ox.NamedNode)), ox.NamedNode(f"{terms.base}ontology/{quote(path.stem)}")
    )
    return [ox.Quad(t.subject, t.predicate, t.object, name) for t in triples]


_YAML: Final = (".yaml", ".yml")
_FORMATS: Final = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}


def _parse_rdf(path: Path, rename: bool) -> Iterator[ox.Quad]:
    if path.suffix.lower() not in _FORMATS:
        raise AskedWrongly("unknown-ending", path=path, known=" ".join([*_FORMATS, *_YAML]))
    try:
        with path.open("rb") as file:
            yield from ox.parse(
                file, _FORMATS[path.suffix.lower()], base_iri=path.resolve().as_uri(), rename_blank_nodes=rename
            )
    except SyntaxError as error:
        place = Place(str(path), error.lineno or 0, error.offset or 0)
        raise FileProblem("not-rdf", path=place, reason=error.msg) from error
    except OSError as error:
        raise FileProblem("unreadable", path=path, error=error) from error


def add(store: ox.Store, quads: Iterable[ox.Quad]) -> None:
    """Add quads and, to the default graph, their triples."""
    quads = list(quads)
    store.bulk_extend(quads)
    store.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)


def from_quads(quads: Iterable[ox.Quad], terms: context.Context) -> Graph:
    """A store with the quads and, in the default graph, their distinct triples."""
    store = ox.Store()
    add(store, quads)
    return Graph(store, terms.prefixes, terms.base)


# --- rules ----------------------------------------------------------------------------------------------------------


def _run_rules(store: ox.Store, project: Project, terms: context.Context) -> None:
    """Run all rules until none says anything new, each into the graph that bears its name; describe these graphs."""
    rules = [(ox.NamedNode(f"{terms.base}rule/{quote(path.stem)}"), path) for path in project.rules]
    texts = {name: header.read_text(path, project.show(path)) for name, path in rules}
    add(store, _describe(rules, texts, project, terms))
    for _ in range(_ROUNDS):
        grown = []
        faults: list[Finding] = []
        for name, path in rules:
            try:
                grown += [path] if _run_rule(store, name, texts[name], project.show(path), terms) else []
            except ProjectFaults as error:
                faults += error.findings
        if faults:
            raise ProjectFaults(faults)
        if not grown:
            return
    raise ProjectFaults([Finding.of(Place(project.show(path)), "endless-rule") for path in grown])


def _run_rule(store: ox.Store, name: ox.NamedNode, text: str, shown: str, terms: context.Context) -> bool:
    """Add what one rule infers to its graph and the default graph. Returns whether anything was new."""
    try:
        inferred = store.query(text, prefixes=terms.prefixes, base_iri=terms.base)
    except SyntaxError as error:
        where = _SYNTAX_ERROR.search(error.msg)
        place = Place(shown, int(where[1]), int(where[2])) if where else Place(shown)
        raise ProjectFaults([Finding.of(place, "rule", reason=error.msg.splitlines()[0][:_REASON])]) from error
    if not isinstance(inferred, ox.QueryTriples):
        raise ProjectFaults([Finding.of(Place(shown), "rule", reason="SELECT/ASK")])
    new = [
        quad
        for triple in inferred
        if (quad := ox.Quad(triple.subject, triple.predicate, triple.object, name)) not in store
    ]
    add(store, new)
    return bool(new)


def _describe(
    rules: Sequence[tuple[ox.NamedNode, Path]], texts: dict[ox.NamedNode, str], project: Project, terms: context.Context
) -> Iterator[ox.Quad]:
    """What the catalogue says of the derived graphs, and of itself."""
    catalogue = _catalogue(terms)
    yield ox.Quad(catalogue, _TYPE, ox.NamedNode(f"{_VOCABULARY}EditorialGraph"), catalogue)
    for lang, label in {"de": "Verzeichnis der Graphen", "en": "Catalogue of the graphs"}.items():
        yield ox.Quad(catalogue, ox.NamedNode(f"{_RDFS}label"), ox.Literal(label, language=lang), catalogue)
    for name, path in rules:
        yield ox.Quad(name, _TYPE, ox.NamedNode(f"{_VOCABULARY}DerivedGraph"), catalogue)
        fields = header.parse(texts[name], project.show(path))
        for key, term in (("title", "label"), ("summary", "comment")):
            for lang, text in header.translations(fields, key).items():
                literal = ox.Literal(text.strip(), language=lang)
                yield ox.Quad(name, ox.NamedNode(f"{_RDFS}{term}"), literal, catalogue)


# --- the kept quads ---------------------------------------------------------------------------------------------------


def _compiled_bytes(project: Project) -> bytes:
    """All quads of a project as N-Quads. Raises as `load` does."""
    return ox.serialize(compile_project(project).quads, format=ox.RdfFormat.N_QUADS) or b""


def _fingerprint(project: Project) -> str:
    """SHA-256 over the code that reads, and the names and bytes of all inputs."""
    digest = hashlib.sha256(f"{__version__} {ox.__version__}".encode())
    for module in ("context", "graph", "header", "yamlld"):
        digest.update(Path(__file__).with_name(f"{module}.py").read_bytes())
    for path in project.inputs():
        digest.update(f"\0{path.relative_to(project.root)}\0".encode())
        digest.update(files.read(path, project.show(path)))
    return digest.hexdigest()


def keep(project: Project, folder: Path) -> Path:
    """Compile a project and keep its quads in `folder`, which must exist. Raises as `load` does."""
    path = folder / f"{_fingerprint(project)}.nq"
    files.write(path, _seal(_compiled_bytes(project)))
    return path


def _kept(project: Project, key: str) -> bytes | None:
    """The kept quads: beside the bundled project, else in the user's cache folder."""
    for folder in (project.root / "kept", cache_folder()):
        try:
            quads = _sealed((folder / f"{key}.nq").read_bytes())
        except OSError:
            continue
        if quads is not None:
            return quads
    return None


def _seal(quads: bytes) -> bytes:
    """The quads behind a comment that holds their SHA-256, so that a damaged file is noticed."""
    return b"# " + hashlib.sha256(quads).hexdigest().encode() + b"\n" + quads


def _sealed(kept: bytes) -> bytes | None:
    """The quads of a kept file, or None where it is damaged."""
    quads = kept.partition(b"\n")[2]
    return quads if _seal(quads) == kept else None


def _keep(key: str, quads: bytes) -> None:
    """Keep the quads for the next time; a cache folder that cannot be written is no fault."""
    folder = cache_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        files.write(folder / f"{key}.nq", _seal(quads))
        _forget_old(folder)
    except (OSError, FileProblem):
        return


def _forget_old(folder: Path, most: int = 20) -> None:
    """Keep the `most` youngest files: each edit of a project leaves one behind."""
    by_age = sorted(folder.glob("*.nq"), key=lambda path: path.stat().st_mtime)
    for path in by_age[:-most]:
        path.unlink(missing_ok=True)


def cache_folder() -> Path:
    """Where quads are kept: the user's cache folder (XDG Base Directory Specification; on other systems its like)."""
    named = Path(os.environ.get("XDG_CACHE_HOME", ""))
    if named.is_absolute():
        return named / "itasgraph"
    import platformdirs

    return Path(platformdirs.user_cache_dir("itasgraph", appauthor=False))
