"""The check of a project: files that do not parse, dangling references, words without a topic, violated shapes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from itasgraph.authoring import header_check, query_files, relation_keys, shapes, sparql_checks, undefined_terms
from itasgraph.authoring.entries import entry_iris
from itasgraph.authoring.query_errors import query_location, reason
from itasgraph.authoring.query_files import QueryFile
from itasgraph.authoring.stray_files import unread_files
from itasgraph.authoring.uncertain_statements import UncertainStatements
from itasgraph.entities.evidence import OFFLINE
from itasgraph.entities.names import replacements
from itasgraph.errors import Finding, InvalidProject, Location, UnsafeQuery, UsageError
from itasgraph.parsing import query_header
from itasgraph.project import Project
from itasgraph.store.access import examine
from itasgraph.store.compiler import Compiled, parse_turtle
from itasgraph.store.memory import Graph
from itasgraph.store.queryable import TYPE, value
from itasgraph.util import files
from itasgraph.util.spelling import nearest
from itasgraph.vocabulary import DCTERMS, ITAS, ITAS_VERSION, OWL, SKOS

if TYPE_CHECKING:
    from itasgraph.messages.codes import Code

# The keys whose value is a web address instead of the id of an entry.
_ADDRESS_KEYS: Final = (
    "document",
    "licence",
    "contact",
    "download",
    "endpoint",
    "sameAs",
    "theme",
    "website",
    "identifier",
)
_ANY_BASE: Final = "https://example.org/"
_ESCAPES: Final = {ord("%"): "%25", ord("\r"): "%0D", ord("\n"): "%0A"}

_VOCABULARY: Final = ox.NamedNode(ITAS.iri.removesuffix("#"))
_VERSION: Final = ox.NamedNode(OWL.versionInfo)
_KIND: Final = ox.NamedNode(ITAS.kind)
_WORD: Final = ox.NamedNode(ITAS.word)
_HIDDEN_LABEL: Final = ox.NamedNode(SKOS.hiddenLabel)


def check(project: Project) -> tuple[list[Finding], Compiled | None]:
    """Find all faults of a project, of every kind in one run.

    An entry with a fault is checked as far as it can be read. The consequences of a fault are not reported beside it.
    Return the findings, sorted by file and line, and the compiled project (None where the context cannot be used).
    Raise FileError where a file cannot be opened.
    """
    queries, empty = query_files.read(project), header_check.empty_graph(project)
    findings = [*unread_files(project), *header_check.findings(queries, empty), *_query_faults(queries, empty)]
    try:
        compiled = examine(project)
    except InvalidProject as error:
        return sorted({*findings, *error.findings, *_notation_faults(project)}), None
    uncertain = UncertainStatements.of(compiled)
    dangling = list(_dangling_references(compiled, uncertain))
    likely = {compiled.context.expand(dict(finding.facts).get("nearest", "")) for finding in dangling}
    uncertain.add_references(compiled, likely | {subject for subject, path in uncertain.damaged if path == "@id"})
    findings += [
        *compiled.findings,
        *_duplicate_graph_ids(compiled),
        *_duplicate_entry_ids(compiled, uncertain),
        *_missing_types(compiled, uncertain),
        *dangling,
        *_undecided(compiled),
        *_words_without_topic(compiled, uncertain),
        *relation_keys.findings(project, compiled),
        *undefined_terms.findings(project, compiled, queries),
        *_earlier_version(project, compiled),
        *sparql_checks.findings(project, compiled, uncertain),
        *shapes.violations(project, compiled, uncertain),
    ]
    return sorted(set(findings)), compiled


def counts(compiled: Compiled) -> dict[str, int]:
    """Return the numbers of entries and data files."""
    entities = {quad.subject for quad in compiled.graph.store.quads_for_pattern(None, _KIND, None)}
    return {"entities": len(entities), "files": len(compiled.documents)}


def _duplicate_graph_ids(compiled: Compiled) -> Iterator[Finding]:
    """Find files with the id of another file, because two documents would become one graph."""
    first: dict[str, str] = {}
    for document in compiled.documents:
        location = document.described.get(document.graph)
        if location is None:
            continue
        if document.graph in first:
            name = compiled.context.compact(document.graph)
            yield Finding.of(location, "duplicate-graph", id=name, file=first[document.graph])
        first.setdefault(document.graph, document.filename)


def _duplicate_entry_ids(compiled: Compiled, uncertain: UncertainStatements) -> Iterator[Finding]:
    """Find ids of two entries. Two sources may describe one entry; an editorial file may add to it without a type."""
    first: dict[str, tuple[set[str], bool, Location]] = {}
    for document in compiled.documents:
        types = _types(document.readable)
        of_source = ITAS.Source in types.get(document.graph, set())
        if uncertain.hides_type(document.graph):
            continue
        for iri in types.keys() & document.described.keys() - {document.graph}:
            if uncertain.hides_type(iri):
                continue
            location = document.described[iri]
            known, known_of_source, known_location = first.setdefault(iri, (types[iri], of_source, location))
            if known_location != location and not (known == types[iri] and known_of_source and of_source):
                yield Finding.of(location, "id-of-other-file", id=compiled.context.compact(iri), first=known_location)


def _types(quads: Iterable[ox.Quad]) -> dict[str, set[str]]:
    """Return the stated classes of each entry."""
    classes: dict[str, set[str]] = {}
    for quad in quads:
        if quad.predicate == TYPE:
            classes.setdefault(value(quad.subject), set()).add(value(quad.object))
    return classes


def _missing_types(compiled: Compiled, uncertain: UncertainStatements) -> Iterator[Finding]:
    """Find entries to which no file gives a type; a former id, which may replace an older one, has none."""
    former = replacements(compiled.graph)
    for document in compiled.documents:
        for iri, location in document.described.items():
            if iri not in uncertain.typed and iri not in former and not uncertain.hides_type(iri):
                yield Finding.of(location, "no-type")


def _notation_faults(project: Project) -> Iterator[Finding]:
    """Find faults of notation in files whose content is not read, because the context cannot be used."""
    from itasgraph.parsing.yaml_syntax import compose

    for path in project.data:
        yield from compose(files.read(path, project.filename(path)), project.filename(path)).findings
    for path in [*project.vocabularies, *([project.shapes] if project.shapes.is_file() else [])]:
        yield from parse_turtle(files.read(path, project.filename(path)), project.filename(path), _ANY_BASE)[1]
    for path in [*project.rules, *project.checks]:
        try:
            query_header.parse(query_header.read_text(path, project.filename(path)), project.filename(path))
        except InvalidProject as error:
            yield from error.findings


def _earlier_version(project: Project, compiled: Compiled) -> Iterator[Finding]:
    """Find out whether the vocabulary of a project is of another version than that of the program."""
    stated = compiled.graph.store.quads_for_pattern(_VOCABULARY, _VERSION, None)
    for version in {value(quad.object) for quad in stated} - {ITAS_VERSION}:
        for path in project.vocabularies:
            filename = project.filename(path)
            lines = files.read(path, filename).decode(errors="replace").splitlines()
            line = next((number for number, text in enumerate(lines, 1) if f'"{version}"' in text), 0)
            if line:
                facts = {"version": version, "current": ITAS_VERSION}
                yield Finding.of(Location(filename, line), "earlier-vocabulary", **facts)._replace(severity="warning")


def _query_faults(queries: Iterable[QueryFile], empty: Graph | None) -> Iterator[Finding]:
    """Find ready questions and networks with an invalid header or invalid SPARQL."""
    for file in queries:
        if file.folder not in (query_files.QUESTIONS, query_files.NETWORKS):
            continue
        try:
            question = file.question
            _ = question.parameters, question.titles, question.summaries
            if empty is not None:
                empty.query(question.text)
            if not any(question.titles.values()):
                yield Finding.of(Location(file.filename), "no-title")
        except InvalidProject as error:
            yield from error.findings
        except UnsafeQuery as error:
            yield error.finding(file.filename)
        except UsageError as error:
            yield Finding.of(query_location(file.filename, error), "invalid-question", reason=reason(error))


def _undecided(compiled: Compiled) -> Iterator[Finding]:
    """Return a warning for each value that waits for a decision."""
    for undecided in (one for document in compiled.documents for one in document.undecided):
        candidates = ", ".join(undecided.candidates)
        code: Code = "undecided-between" if candidates else "undecided"
        facts = {"quote": undecided.quote, "reason": undecided.reason, "candidates": candidates}
        yield Finding.of(undecided.location, code, **facts)._replace(severity="warning")


def _dangling_references(compiled: Compiled, uncertain: UncertainStatements) -> Iterator[Finding]:
    """Find references to ids of the project that no file describes, and to former ids."""
    known, former = entry_iris(compiled), replacements(compiled.graph)
    of_former_ids = {key.name for key in compiled.context.keys.values() if key.iri == DCTERMS.replaces}
    for document in compiled.documents:
        for iri, key, location in document.references:
            if key in of_former_ids:
                continue
            if iri in former and iri not in uncertain.typed:
                new, *_ = map(compiled.context.compact, former[iri])
                yield Finding.of(location, "replaced-reference", id=compiled.context.compact(iri), new=new)
            elif iri not in known and iri not in uncertain.described:
                name = compiled.context.compact(iri)
                if key == "document" and name.startswith(OFFLINE):
                    continue
                likely = _nearest_id(name, compiled, known)
                if key in _ADDRESS_KEYS:
                    yield Finding.of(location, "not-an-address", key=key, value=name)
                elif not uncertain.has(compiled.context.expand(likely), "@id"):
                    yield Finding.of(location, "dangling-reference", id=name, nearest=likely)


def _nearest_id(name: str, compiled: Compiled, known: set[str]) -> str:
    """Return the id spelled most like `name` with the same beginning: for "talk/…", never an id that begins with "person/…"."""
    beginning, _, _ = name.rpartition("/")
    short = (compiled.context.compact(iri) for iri in known)
    rests = {other.rpartition("/")[2]: other for other in short if other.rpartition("/")[0] == beginning}
    return rests.get(nearest(name.rpartition("/")[2], rests), "")


def _words_without_topic(compiled: Compiled, uncertain: UncertainStatements) -> Iterator[Finding]:
    """Find words of a source that no topic has."""
    quads = [quad for document in compiled.documents for quad in document.readable]
    known = {value(quad.object) for quad in quads if quad.predicate == _HIDDEN_LABEL}
    for quad in quads:
        word = value(quad.object)
        if quad.predicate == _WORD and word not in known and word not in uncertain.unread:
            location = compiled.locations[value(quad.subject), _WORD.value]
            yield Finding.of(location, "no-topic", word=word, nearest=nearest(word, known))


# --- output -------------------------------------------------------------------------------------------------------------


def render(findings: Sequence[Finding], format_: str, lang: str) -> str:
    """Return findings as lines of text, as a JSON list, or as annotations of a pull request (workflow commands of GitHub)."""
    if format_ == "json":
        return json.dumps([_as_json(finding, lang) for finding in findings], ensure_ascii=False, indent=2) + "\n"
    if format_ == "github":
        return "".join(f"{_annotation(finding, lang)}\n" for finding in findings)
    return "".join(f"{finding.render(lang)}\n" for finding in findings)


def _as_json(finding: Finding, lang: str) -> dict[str, object]:
    path, line, column = finding.location
    return {
        "file": path,
        "line": line,
        "column": column,
        "severity": finding.severity,
        "code": finding.code,
        "message": finding.message(lang),
    }


def _annotation(finding: Finding, lang: str) -> str:
    """Return `::error file=…,line=…,col=…::message`, with the characters escaped that would end a part."""
    path, line, column = finding.location
    command = "error" if finding.severity == "fault" else "warning"
    message = finding.message(lang).translate(_ESCAPES)
    file = path.translate(_ESCAPES).replace(":", "%3A").replace(",", "%2C")
    where = f"file={file}" + (f",line={line}" if line else "") + (f",col={column}" if column else "")
    return f"::{command} {where}::{message}"
