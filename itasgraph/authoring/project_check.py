"""What is wrong with a project: files that do not parse, references to nothing, words no topic has, shapes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import pyoxigraph as ox

from itasgraph.authoring import shapes, sparql_checks
from itasgraph.authoring.entries import TYPE, Gaps, Locations, described, query_location, reason
from itasgraph.authoring.stray_files import unread_files
from itasgraph.errors import Finding, InvalidProject, Location, UnsafeQuery, UsageError
from itasgraph.parsing import jsonld_context, query_header
from itasgraph.project import Project
from itasgraph.questions import queries
from itasgraph.store.compiler import Compiled, examine, parse_turtle
from itasgraph.store.memory import from_quads
from itasgraph.store.queryable import value
from itasgraph.util import files
from itasgraph.util.spelling import nearest
from itasgraph.vocabulary import ITAS, SKOS

# The keys whose value is an address on the web, and no entry.
_ADDRESSES: Final = ("document", "licence", "contact", "download", "endpoint", "sameAs")
_ANY_BASE: Final = "https://example.org/"
_ESCAPED: Final = {ord("%"): "%25", ord("\r"): "%0D", ord("\n"): "%0A"}

_WORD: Final = ox.NamedNode(ITAS.word)
_HIDDEN_LABEL: Final = ox.NamedNode(SKOS.hiddenLabel)


def check(project: Project) -> tuple[list[Finding], Compiled | None]:
    """Find all faults of a project, of every kind in one run.

    A fault is no reason to leave out the rest: an entry with a fault is an entry, and is checked as far as it can be read.
    What would be reported only because of another fault is not. Returns the findings, sorted by file and line, and what
    was compiled (None where the context cannot be used). Raises FileError where a file cannot be opened.
    """
    findings = [*unread_files(project), *_questions(project)]
    try:
        compiled = examine(project)
    except InvalidProject as error:
        return sorted({*findings, *error.findings, *_notation(project)}), None
    gaps = Gaps.of(compiled)
    dangling = list(_dangling(compiled, gaps))
    likely = {compiled.context.expand(dict(finding.facts).get("nearest", "")) for finding in dangling}
    gaps.mention(compiled, likely | {subject for subject, path in gaps.damaged if path == "@id"})
    locations = {key: location for document in compiled.documents for key, location in document.locations.items()}
    findings += [
        *compiled.findings,
        *_same_graphs(compiled),
        *_same_things(compiled, gaps),
        *_untyped(compiled, gaps),
        *dangling,
        *_words(compiled, locations, gaps),
        *sparql_checks.answers(project, compiled, locations, gaps),
        *shapes.violations(project, compiled, locations, gaps),
    ]
    return sorted(set(findings)), compiled


def summary(compiled: Compiled) -> dict[str, int]:
    """How much there is: things, distinct triples, data files."""
    kinds = {quad.subject for quad in compiled.quads if quad.predicate.value == ITAS.kind}
    triples = {quad.triple for quad in compiled.quads}
    return {"things": len(kinds), "triples": len(triples), "files": len(compiled.documents)}


def _same_graphs(compiled: Compiled) -> Iterator[Finding]:
    """Files with the id of another one: two documents would become one graph."""
    first: dict[str, str] = {}
    for document in compiled.documents:
        location = document.described.get(document.graph)
        if location is None:
            continue
        if document.graph in first:
            name = compiled.context.compact(document.graph)
            yield Finding.of(location, "same-graph", id=name, file=first[document.graph])
        first.setdefault(document.graph, document.filename)


def _same_things(compiled: Compiled, gaps: Gaps) -> Iterator[Finding]:
    """Ids given out twice by accident. Two sources may tell of one thing; an editorial file only adds to it, untyped."""
    first: dict[str, tuple[set[str], bool, Location]] = {}
    for document in compiled.documents:
        types = _types(document.readable)
        of_source = ITAS.Source in types.get(document.graph, set())
        if gaps.hides_type(document.graph):
            continue
        for iri in types.keys() & document.described.keys() - {document.graph}:
            if gaps.hides_type(iri):
                continue
            location = document.described[iri]
            known, known_of_source, known_location = first.setdefault(iri, (types[iri], of_source, location))
            if known_location != location and not (known == types[iri] and known_of_source and of_source):
                yield Finding.of(location, "same-id", id=compiled.context.compact(iri), first=known_location)


def _types(quads: Iterable[ox.Quad]) -> dict[str, set[str]]:
    """Thing → its classes, as stated."""
    found: dict[str, set[str]] = {}
    for quad in quads:
        if quad.predicate == TYPE:
            found.setdefault(value(quad.subject), set()).add(value(quad.object))
    return found


def _untyped(compiled: Compiled, gaps: Gaps) -> Iterator[Finding]:
    """Things that no file gives a type."""
    for document in compiled.documents:
        for iri, location in document.described.items():
            if iri not in gaps.typed and not gaps.hides_type(iri):
                yield Finding.of(location, "no-type")


def _notation(project: Project) -> Iterator[Finding]:
    """Faults of notation in files that are not read any further, because the context cannot be used."""
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


def _questions(project: Project) -> Iterator[Finding]:
    """Ready questions and networks that cannot be asked: their header or their SPARQL is broken."""
    try:
        empty = from_quads([], jsonld_context.load(project))
    except InvalidProject:  # reported where the project is compiled
        empty = None
    for path in [*project.questions, *project.networks]:
        filename = project.filename(path)
        try:
            question = queries.read(path, project)
            _ = question.parameters, question.titles, question.summaries
            if empty is not None:
                empty.query(question.text)
        except InvalidProject as error:
            yield from error.findings
        except UnsafeQuery as error:
            yield error.finding(filename)
        except UsageError as error:
            yield Finding.of(query_location(filename, error), "bad-question", reason=reason(error))


def _dangling(compiled: Compiled, gaps: Gaps) -> Iterator[Finding]:
    """References into the project's own space that no file describes."""
    known = described(compiled)
    for document in compiled.documents:
        for iri, key, location in document.references:
            if iri not in known and iri not in gaps.described:
                name = compiled.context.compact(iri)
                likely = _nearest_id(name, compiled, known)
                if key in _ADDRESSES:
                    yield Finding.of(location, "no-address", key=key, value=name)
                elif not gaps.has(compiled.context.expand(likely), "@id"):
                    yield Finding.of(location, "dangling", id=name, nearest=likely)


def _nearest_id(name: str, compiled: Compiled, known: set[str]) -> str:
    """The id spelled most like `name` among those that begin alike: "person/…" is never meant by "talk/…"."""
    beginning, _, _ = name.rpartition("/")
    short = (compiled.context.compact(iri) for iri in known)
    rests = {other.rpartition("/")[2]: other for other in short if other.rpartition("/")[0] == beginning}
    return rests.get(nearest(name.rpartition("/")[2], rests), "")


def _words(compiled: Compiled, locations: Locations, gaps: Gaps) -> Iterator[Finding]:
    """Words of a source that lead to no topic."""
    quads = [quad for document in compiled.documents for quad in document.readable]
    known = {value(quad.object) for quad in quads if quad.predicate == _HIDDEN_LABEL}
    for quad in quads:
        word = value(quad.object)
        if quad.predicate == _WORD and word not in known and word not in gaps.unread:
            yield Finding.of(
                locations[value(quad.subject), _WORD.value], "no-topic", word=word, nearest=nearest(word, known)
            )


# --- what is printed ----------------------------------------------------------------------------------------------------


def render(findings: Sequence[Finding], form: str, lang: str) -> str:
    """Findings as lines of text, as a JSON list, or as annotations of a pull request (GitHub's workflow commands)."""
    if form == "json":
        return json.dumps([_plain(finding, lang) for finding in findings], ensure_ascii=False, indent=2) + "\n"
    if form == "github":
        return "".join(f"{_annotation(finding, lang)}\n" for finding in findings)
    return "".join(f"{finding.render(lang)}\n" for finding in findings)


def _plain(finding: Finding, lang: str) -> dict[str, object]:
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
    """`::error file=…,line=…,col=…::message`, with the characters escaped that would end a part."""
    path, line, column = finding.location
    command = "error" if finding.severity == "fault" else "warning"
    message = finding.message(lang).translate(_ESCAPED)
    file = path.translate(_ESCAPED).replace(":", "%3A").replace(",", "%2C")
    where = f"file={file}" + (f",line={line}" if line else "") + (f",col={column}" if column else "")
    return f"::{command} {where}::{message}"
