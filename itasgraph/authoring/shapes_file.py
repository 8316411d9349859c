"""The file `ontology/shapes.ttl`: its triples, the faults of its notation, and the location of each shape."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass

import pyoxigraph as ox

from itasgraph.authoring.malformed_shapes import PREFIXES, malformed_parts
from itasgraph.authoring.rdflib_graph import is_rdf_11
from itasgraph.errors import Finding, Location
from itasgraph.project import Project
from itasgraph.store.compiler import Compiled, parse_turtle
from itasgraph.store.queryable import Term, value
from itasgraph.util import files


@dataclass(frozen=True)
class ShapesFile:
    """The name and text of the file, and its triples without those that give a malformed shape its targets."""

    filename: str
    text: str
    triples: list[ox.Triple]

    @property
    def nodes(self) -> set[Term]:
        """Return all that the file makes statements about."""
        return {triple.subject for triple in self.triples}

    def select(self, shapes: Set[Term]) -> list[ox.Triple]:
        """Return the triples without those that give all other shapes their targets."""
        return [triple for triple in self.triples if triple.subject in shapes or not _is_target(triple)]

    def location(self, name: str) -> Location:
        """Return the location where the statements about a shape begin, if a line begins with its name."""
        prefixed = "|".join(
            re.escape(f"{prefix}:{name.removeprefix(namespace)}")
            for prefix, namespace in re.findall(r"(?i)prefix\s+([\w.-]*):\s*<([^>]*)>", self.text)
            if name.startswith(namespace)
        )
        pattern = rf"^\s*(?:<{re.escape(name)}>{'|' if prefixed else ''}{prefixed})(?=\s)"
        match = re.search(pattern, self.text, re.MULTILINE)
        return Location(self.filename, self.text.count("\n", 0, match.end()) + 1) if match else Location(self.filename)


def read(project: Project, compiled: Compiled) -> tuple[ShapesFile, list[Finding]]:
    """Return the shapes file of a project that has one, and the faults of its notation."""
    filename = project.filename(project.shapes)
    text = files.read(project.shapes, filename)
    triples, findings = parse_turtle(text, filename, compiled.context.base)
    faults = list(malformed_parts(triples))
    malformed = {shape for shape, *_ in faults}
    usable = [triple for triple in triples if not (value(triple.subject) in malformed and _is_target(triple))]
    file = ShapesFile(filename, text.decode(errors="replace"), usable)
    findings += [Finding.of(file.location(shape), code, term=term) for shape, code, term in faults]
    unknown = [triple for triple in usable if not is_rdf_11(triple)]
    findings += [Finding.of(Location(filename), "shape-rdf", term=triple.object) for triple in unknown]
    return file, findings


def _is_target(triple: ox.Triple) -> bool:
    """Return whether the triple states a target of a shape (SHACL, section 2.1.3)."""
    return triple.predicate.value.startswith(f"{PREFIXES['sh']}target")
