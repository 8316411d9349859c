"""The file `ontology/shapes.ttl`: its triples, the faults of its notation, and the location of each shape."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Set
from dataclasses import dataclass, replace

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

    def select(self, shapes: Set[Term]) -> ShapesFile:
        """Return the file without all other shapes that have targets, but with what `shapes` and the rest of the file refer to."""
        targeted = {triple.subject for triple in self.triples if _is_target(triple)}
        left_out = self._reachable(targeted - shapes)
        kept = self._reachable({triple.subject for triple in self.triples} - left_out | shapes)
        return replace(self, triples=[triple for triple in self.triples if triple.subject in kept])

    def _reachable(self, nodes: Set[Term]) -> set[Term]:
        """Return the nodes with all nodes that the file refers to from them."""
        objects: dict[Term, list[Term]] = defaultdict(list)
        for triple in self.triples:
            objects[triple.subject].append(triple.object)
        reached, waiting = set(nodes), list(nodes)
        while waiting:
            new = {node for node in objects[waiting.pop()] if node in objects} - reached
            reached |= new
            waiting += new
        return reached

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
