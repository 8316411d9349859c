"""The results of a report of pySHACL as findings in data files, without the consequences of other faults."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from itasgraph.authoring.entries import entry_iris, entry_name
from itasgraph.authoring.uncertain_statements import UncertainStatements
from itasgraph.errors import Finding, Location
from itasgraph.store.compiler import Compiled
from itasgraph.store.queryable import TYPE, value
from itasgraph.vocabulary import SCHEMA

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

# What an entry may violate because a statement is missing (SHACL, sections 4.2, 4.5, 4.7 and 4.8).
_ABSENCE_CONSTRAINTS: Final = tuple(
    f"#{name}ConstraintComponent" for name in ("MinCount", "QualifiedMinCount", "Equals", "HasValue")
)


def findings(report: rdflib.Graph, shapes: rdflib.Graph, fallback: Location, entries: Entries) -> Iterator[Finding]:
    """Yield a finding for each result at each place in data files that is at fault, else at the location `fallback`."""
    from rdflib.namespace import SH

    compiled = entries.compiled
    for result in report.subjects(SH.focusNode):
        focus = str(report.value(result, SH.focusNode))
        target = str(report.value(result, SH.value) or focus)
        if focus in entries.untyped or target in entries.untyped:
            continue  # a reference to nothing and an entry without a type are reported as such
        if _is_split_over_files(result, focus, report, shapes, compiled):
            continue
        path = str(report.value(result, SH.resultPath) or "")
        component = report.value(result, SH.sourceConstraintComponent)
        if path == TYPE.value and focus in entries.duplicates:
            continue
        if _is_consequence(focus, path, target, entries.uncertain, _Constraint.of(result, report, shapes)):
            continue
        texts = {
            getattr(text, "language", None) or "en": str(text)
            for text in sorted(report.objects(result, SH.resultMessage), key=str)
        }
        entity = entry_name(focus, compiled)
        text = next(iter(texts.values()), str(component))
        facts = (*((f"message_{lang}", texts.get(lang, text)) for lang in ("de", "en")), ("entity", entity))
        warning = report.value(result, SH.resultSeverity) != SH.Violation
        for location in entries.lines(focus, _properties(result, report, shapes)) or [fallback]:
            yield Finding(location, "shape", facts, "warning" if warning else "fault")


@dataclass(frozen=True)
class Entries:
    """What data files say of the entries in a report; the sets are made once for all reports."""

    compiled: Compiled
    uncertain: UncertainStatements

    def lines(self, focus: str, properties: Iterable[str]) -> list[Location]:
        """Return the places of the properties at fault in the entry `focus`, or the place of the entry where there are none."""
        locations = self.compiled.locations
        at_fault = [locations[focus, name] for name in properties if (focus, name) in locations]
        return at_fault or [locations[focus, ""]] if (focus, "") in locations else at_fault

    @cached_property
    def untyped(self) -> set[str]:
        """Return the IRIs that data files refer to or describe without a type."""
        references = {iri for document in self.compiled.documents for iri, *_ in document.references}
        return (references | entry_iris(self.compiled)) - self.uncertain.typed

    @cached_property
    def duplicates(self) -> set[str]:
        """Return the IRIs that several entries describe, perhaps with different types; `check` reports these IRIs itself."""
        counts = Counter(iri for document in self.compiled.documents for iri in document.described)
        within = [
            str(dict(finding.facts)["id"]) for finding in self.compiled.findings if finding.code == "duplicate-id"
        ]
        return {iri for iri, count in counts.items() if count > 1} | set(map(self.compiled.context.expand, within))


def _properties(result: Node, report: rdflib.Graph, shapes: rdflib.Graph) -> list[str]:
    """Return the properties a result is about: its path, or else those that the shape compares, ends in, or has as target."""
    from rdflib import URIRef
    from rdflib.namespace import RDF, SH

    path, shape = report.value(result, SH.resultPath), report.value(result, SH.sourceShape)
    if isinstance(path, URIRef):
        return [str(path)]
    last = list(shapes.items(shapes.value(shape, SH.path) or RDF.nil))[-1:]
    return [
        str(name) for name in (*shapes.objects(shape, SH.equals), *last, *shapes.objects(shape, SH.targetSubjectsOf))
    ]


def _is_split_over_files(
    result: Node, focus: str, report: rdflib.Graph, shapes: rdflib.Graph, compiled: Compiled
) -> bool:
    """Return whether there are too many values only because each of several files gives one value."""
    from rdflib import Literal
    from rdflib.namespace import SH

    path, shape = report.value(result, SH.resultPath), report.value(result, SH.sourceShape)
    is_count = report.value(result, SH.sourceConstraintComponent) == SH.MaxCountConstraintComponent
    return (
        is_count and (shape, SH.maxCount, Literal(0)) not in shapes and _one_value_per_file(focus, str(path), compiled)
    )


def _one_value_per_file(focus: str, path: str, compiled: Compiled) -> bool:
    """Return whether no file gives two values of a property; names may have only one value in all files together."""
    if path == SCHEMA.name:
        return False
    stated = {
        (value(quad.graph_name), value(quad.object))
        for quad in compiled.quads
        if value(quad.subject) == focus and value(quad.predicate) == path
    }
    return bool(stated) and len({graph for graph, _ in stated}) == len(stated)


@dataclass(frozen=True)
class _Constraint:
    """The constraint of a result: the properties it compares, and whether a missing statement can violate it."""

    properties: frozenset[str]
    violated_by_absence: bool

    @classmethod
    def of(cls, result: Node, report: rdflib.Graph, shapes: rdflib.Graph) -> _Constraint:
        from rdflib import URIRef
        from rdflib.namespace import SH

        shape = report.value(result, SH.sourceShape)
        component = str(report.value(result, SH.sourceConstraintComponent))
        parts = [
            node
            for predicate in (SH.path, SH.equals, SH.disjoint, SH["not"], SH["or"])
            for part in shapes.objects(shape, predicate)
            for node in shapes.transitive_objects(part, None)
        ]
        # A missing statement of the entry does not violate an sh:or between classes or between statements about the entry.
        is_choice = component.endswith("#OrConstraintComponent") and any(
            (node, SH.minCount, None) in shapes and (shapes.value(node, SH.path), SH.inversePath, None) not in shapes
            for node in parts
        )
        properties = frozenset(str(node) for node in parts if isinstance(node, URIRef))
        return cls(properties, is_choice or component.endswith(_ABSENCE_CONSTRAINTS))


def _is_consequence(
    focus: str, path: str, target: str, uncertain: UncertainStatements, constraint: _Constraint
) -> bool:
    """Return whether a violation may be only the consequence of a fault that is reported.

    This holds where a statement may be missing because the entry cannot be read in full, where the value of a key that the
    shape compares cannot be read, and where the type of the entry or target cannot be read. A key on the wrong type is a
    fault whatever its value is and whatever else the entry says.
    """
    unreadable = any(uncertain.has(focus, name) for name in {path, *constraint.properties} - {""})
    hidden = (not path.startswith("http") and uncertain.hides_type(focus)) or (
        target != focus and uncertain.hides_type(target)
    )
    return unreadable or hidden or (constraint.violated_by_absence and uncertain.has(focus, ""))
