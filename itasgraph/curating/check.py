"""What is wrong with a project: files that do not parse, references to nothing, words no topic has, shapes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final, Literal

import pyoxigraph as ox

from itasgraph import files
from itasgraph.errors import AskedWrongly, Finding, Place, ProjectFaults, UnsafeQuery
from itasgraph.graph import Compiled, compile_project, value
from itasgraph.messages import nearest
from itasgraph.project import Project
from itasgraph.reading import header, query_guard
from itasgraph.reading.context import Holds

if TYPE_CHECKING:
    import rdflib

_ESCAPED: Final = {ord("%"): "%25", ord("\r"): "%0D", ord("\n"): "%0A"}

_VOCABULARY: Final = "https://w3id.org/itas/ontology#"
_TYPE: Final = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_SOURCE: Final = f"{_VOCABULARY}Source"
_WORD: Final = ox.NamedNode(f"{_VOCABULARY}word")
_HIDDEN_LABEL: Final = ox.NamedNode("http://www.w3.org/2004/02/skos/core#hiddenLabel")
Places = Mapping[tuple[str, str], Place]


def check(project: Project) -> tuple[list[Finding], Compiled | None]:
    """All findings, sorted by file and line, and what was compiled (None where the files do not parse)."""
    try:
        compiled = compile_project(project)
    except ProjectFaults as error:
        return list(error.findings), None
    places = {key: place for document in compiled.documents for key, place in document.places.items()}
    findings = [
        *_same_graphs(compiled),
        *_same_things(compiled),
        *_untyped(compiled),
        *_unread(project),
        *_dangling(compiled),
        *_words(compiled, places),
        *_asked(project, compiled, places),
        *_shapes(project, compiled, places),
    ]
    return sorted(set(findings)), compiled


def summary(compiled: Compiled) -> dict[str, int]:
    """How much there is: things, distinct triples, data files."""
    kinds = {quad.subject for quad in compiled.quads if quad.predicate.value == f"{_VOCABULARY}kind"}
    triples = {quad.triple for quad in compiled.quads}
    return {"things": len(kinds), "triples": len(triples), "files": len(compiled.documents)}


def _same_graphs(compiled: Compiled) -> Iterator[Finding]:
    """Files with the id of another one: two documents would become one graph."""
    first: dict[str, str] = {}
    for document in compiled.documents:
        if document.graph in first:
            name = compiled.context.shrink(document.graph)
            yield Finding.of(document.described[document.graph], "same-graph", id=name, file=first[document.graph])
        first.setdefault(document.graph, document.shown)


def _same_things(compiled: Compiled) -> Iterator[Finding]:
    """Ids given out twice by accident. Two sources may tell of one thing; an editorial file only adds to it, untyped."""
    first: dict[str, tuple[set[str], bool, Place]] = {}
    for document in compiled.documents:
        types = _types(document.quads)
        of_source = _SOURCE in types.get(document.graph, set())
        for iri in types.keys() & document.described.keys() - {document.graph}:
            place = document.described[iri]
            known, known_of_source, known_place = first.setdefault(iri, (types[iri], of_source, place))
            if known_place != place and not (known == types[iri] and known_of_source and of_source):
                yield Finding.of(place, "same-id", id=compiled.context.shrink(iri), first=known_place)


def _types(quads: Iterable[ox.Quad]) -> dict[str, set[str]]:
    """Thing → its classes, as stated."""
    found: dict[str, set[str]] = {}
    for quad in quads:
        if quad.predicate == _TYPE:
            found.setdefault(value(quad.subject), set()).add(value(quad.object))
    return found


def _untyped(compiled: Compiled) -> Iterator[Finding]:
    """Things that no file gives a type."""
    typed = {thing for document in compiled.documents for thing in _types(document.quads)}
    for document in compiled.documents:
        for iri, place in document.described.items():
            if iri not in typed:
                yield Finding.of(place, "no-type")


def _unread(project: Project) -> Iterator[Finding]:
    """Files that look like data but do not end in .yaml."""
    for path in sorted((project.root / "data").glob("*.[yY]*[mM][lL]")):
        if path not in project.data:
            yield Finding.of(Place(project.show(path)), "other-ending")._replace(severity="warning")


def _dangling(compiled: Compiled) -> Iterator[Finding]:
    """References into the project's own space that no file describes."""
    described = _described(compiled)
    for document in compiled.documents:
        for iri, place in document.references:
            if iri not in described:
                name = compiled.context.shrink(iri)
                yield Finding.of(place, "dangling", id=name, nearest=_nearest_id(name, compiled, described))


def _nearest_id(name: str, compiled: Compiled, described: set[str]) -> str:
    """The id spelled most like `name` among those that begin alike: "person/…" is never meant by "talk/…"."""
    beginning, _, _ = name.rpartition("/")
    short = (compiled.context.shrink(iri) for iri in described)
    rests = {other.rpartition("/")[2]: other for other in short if other.rpartition("/")[0] == beginning}
    return rests.get(nearest(name.rpartition("/")[2], rests), "")


def _described(compiled: Compiled) -> set[str]:
    return {iri for document in compiled.documents for iri in document.described}


def _words(compiled: Compiled, places: Places) -> Iterator[Finding]:
    """Words of a source that lead to no topic."""
    quads = [quad for document in compiled.documents for quad in document.quads]
    known = {value(quad.object) for quad in quads if quad.predicate == _HIDDEN_LABEL}
    for quad in quads:
        word = value(quad.object)
        if quad.predicate == _WORD and word not in known:
            yield Finding.of(
                places[value(quad.subject), _WORD.value], "no-topic", word=word, nearest=nearest(word, known)
            )


def _asked(project: Project, compiled: Compiled, places: Places) -> Iterator[Finding]:
    """Solutions of `ontology/checks/*.rq`: ?thing and, where one key is at fault, ?property; the header has the message."""
    for path in project.checks:
        shown = project.show(path)
        text = header.read_text(path, shown)
        fields = header.parse(text, shown)
        said = header.translations(fields, "message")
        try:
            solutions = compiled.graph.query(text)
        except UnsafeQuery as error:
            yield error.finding(shown)
            continue
        except AskedWrongly as error:
            yield Finding.of(Place(shown), "bad-check", reason=str(error))
            continue
        if not isinstance(solutions, ox.QuerySolutions):
            yield Finding.of(Place(shown), "bad-check", reason="SELECT")
            continue
        for row in solutions:
            thing = row["thing"].value
            property_ = row["property"].value if len(row) > 1 and row[1] is not None else ""
            place = places.get((thing, property_)) or places.get((thing, "")) or Place(thing)
            messages_ = tuple((f"message_{lang}", said.get(lang, path.stem)) for lang in ("de", "en"))
            severity: Literal["fault", "warning"] = "warning" if fields.get("severity") == "warning" else "fault"
            yield Finding(place, "shape", (*messages_, ("thing", _called(thing, compiled))), severity)


# --- what is printed ----------------------------------------------------------------------------------------------------


def render(findings: Sequence[Finding], form: str, lang: str) -> str:
    """Findings as lines of text, as a JSON list, or as annotations of a pull request (GitHub's workflow commands)."""
    if form == "json":
        return json.dumps([_plain(finding, lang) for finding in findings], ensure_ascii=False, indent=2) + "\n"
    if form == "github":
        return "".join(f"{_annotation(finding, lang)}\n" for finding in findings)
    return "".join(f"{finding.render(lang)}\n" for finding in findings)


def _plain(finding: Finding, lang: str) -> dict[str, object]:
    path, line, column = finding.place
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
    path, line, column = finding.place
    command = "error" if finding.severity == "fault" else "warning"
    message = finding.message(lang).translate(_ESCAPED)
    file = path.translate(_ESCAPED).replace(":", "%3A").replace(",", "%2C")
    where = f"file={file}" + (f",line={line}" if line else "") + (f",col={column}" if column else "")
    return f"::{command} {where}::{message}"


# --- shapes -----------------------------------------------------------------------------------------------------------


def _shapes(project: Project, compiled: Compiled, places: Places) -> Iterator[Finding]:
    """Violations of `ontology/shapes.ttl`, by pySHACL on what people wrote (the rules' triples only for classes)."""
    if not project.shapes.is_file():
        return
    import pyshacl
    import rdflib
    from pyshacl.errors import ConstraintLoadError, ReportableRuntimeError, ShapeLoadError

    shapes = rdflib.Graph()
    shown = project.show(project.shapes)
    text = files.read(project.shapes, shown)
    try:
        list(ox.parse(text, ox.RdfFormat.TURTLE))
    except SyntaxError as error:
        yield Finding.of(Place(shown, error.lineno or 0, error.offset or 0), "turtle", reason=error.msg)
        return
    shapes.parse(data=text, format="turtle")
    if unsafe := list(_unsafe(shapes, shown)):
        yield from unsafe
        return
    data = rdflib.Graph()
    derived = f"{compiled.context.base}rule/"
    stated = (quad for quad in compiled.quads if _is_stated(quad, derived))
    lines = ox.serialize((quad.triple for quad in stated), format=ox.RdfFormat.N_TRIPLES)
    data.parse(data=lines, format="nt")
    try:
        _, report, _ = pyshacl.validate(data, shacl_graph=shapes, advanced=True)
    except (ShapeLoadError, ConstraintLoadError, ReportableRuntimeError, re.error) as error:
        yield Finding.of(Place(shown), "bad-shapes", reason=str(error).splitlines()[0])
        return
    yield from _report(report, places, compiled)


def _unsafe(shapes: rdflib.Graph, shown: str) -> Iterator[Finding]:
    """Yield the queries of rules, targets and functions that call a host, which rdflib would do, or nest too deep."""
    from rdflib.namespace import SH

    for term in (SH.select, SH.ask, SH.construct):
        for text in sorted({str(found) for found in shapes.objects(None, term)}):
            try:
                query_guard.guard(text)
            except UnsafeQuery as error:
                yield error.finding(shown)._replace(place=Place(shown))


def _is_stated(quad: ox.Quad, derived: str) -> bool:
    """Whether a person wrote it; superclasses are inferred, but shapes are written for them."""
    name = value(quad.graph_name)
    return not name.startswith(derived) or name == f"{derived}classes"


def _called(focus: str, compiled: Compiled) -> str:
    """A thing as data files call it; a relation as "owner, key: target"."""
    name = compiled.context.shrink(focus).partition("#")[0]
    for key in compiled.context.keys.values():
        owner, found, target = name.partition(f"/{key.name}/")
        if key.holds is Holds.RELATIONS and found:
            return f"{owner}, {key.name}: {target}"
    return name


_NAME: Final = "https://schema.org/name"


def _apart(focus: str, path: str, compiled: Compiled) -> bool:
    """Whether no file gives two values: files that disagree stay side by side; a thing has one name all the same."""
    if path == _NAME:
        return False
    stated = {
        (value(quad.graph_name), value(quad.object))
        for quad in compiled.quads
        if value(quad.subject) == focus and value(quad.predicate) == path
    }
    return bool(stated) and len({graph for graph, _ in stated}) == len(stated)


def _report(report: rdflib.Graph, places: Places, compiled: Compiled) -> Iterator[Finding]:
    from rdflib.namespace import SH

    described = _described(compiled)
    for result in report.subjects(SH.focusNode):
        focus = str(report.value(result, SH.focusNode))
        target = str(report.value(result, SH.value) or focus)
        if target != focus and target.startswith(compiled.context.base) and target not in described:
            continue  # a reference to nothing is reported as such
        path = str(report.value(result, SH.resultPath) or "")
        if report.value(result, SH.sourceConstraintComponent) == SH.MaxCountConstraintComponent and _apart(
            focus, path, compiled
        ):
            continue
        place = places.get((focus, path)) or places.get((focus, "")) or Place(focus)
        texts = {
            getattr(text, "language", None) or "en": str(text) for text in report.objects(result, SH.resultMessage)
        }
        thing = _called(focus, compiled)
        otherwise = next(iter(texts.values()), str(report.value(result, SH.sourceConstraintComponent)))
        facts = (*((f"message_{lang}", texts.get(lang, otherwise)) for lang in ("de", "en")), ("thing", thing))
        warning = report.value(result, SH.resultSeverity) != SH.Violation
        yield Finding(place, "shape", facts, "warning" if warning else "fault")
