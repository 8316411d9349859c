"""The reports of pySHACL on data and shapes, and a finding for each shape that it cannot use."""

from __future__ import annotations

import io
import logging
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING, Final

from itasgraph.authoring.query_errors import reason
from itasgraph.authoring.shapes_file import ShapesFile
from itasgraph.errors import Finding, Location

if TYPE_CHECKING:
    import rdflib

# The names that rdflib gives to blank nodes; they differ at each run.
_BLANK_NODE: Final = re.compile(r"'?\bN[0-9a-f]{32}\b'?")


@contextmanager
def silence() -> Iterator[None]:
    """Keep rdflib and pySHACL from writing to stderr; a finding says in one line what they would print."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings(), redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)


def reports(
    file: ShapesFile, data: rdflib.Graph, shapes: rdflib.Graph, flat: rdflib.Graph
) -> Iterator[rdflib.Graph | Finding]:
    """Yield the report of pySHACL on the `flat` shapes, which rewrite those of the file.

    Where a shape cannot be used, yield a finding for it and a report for each other shape.
    """
    try:
        report = _validate(data, flat)
    except _UnusableShapes as error:
        yield from _single_reports(
            file, data, shapes, Finding.of(Location(file.filename), "invalid-shape", reason=error)
        )
    else:
        yield report


def _single_reports(
    file: ShapesFile, data: rdflib.Graph, shapes: rdflib.Graph, fault: Finding
) -> Iterator[rdflib.Graph | Finding]:
    """Yield a report or a finding for each shape; where each single shape can be used, yield `fault`, the fault of all together."""
    broken = False
    for name, part in _single_shapes(shapes):
        try:
            yield _validate(data, part)
        except _UnusableShapes as error:
            broken = True
            yield Finding.of(file.location(name), "invalid-shape", reason=error)
    if not broken:
        yield fault


class _UnusableShapes(Exception):
    """The message of pySHACL about shapes that it cannot use, on one line."""


def _validate(data: rdflib.Graph, shapes: rdflib.Graph) -> rdflib.Graph:
    """Return the report of pySHACL. Raises _UnusableShapes."""
    import pyshacl
    import rdflib

    try:
        _, report, text = pyshacl.validate(data, shacl_graph=shapes, advanced=_is_advanced(shapes), inplace=True)
    except Exception as error:  # pySHACL and rdflib raise exceptions of many classes for invalid shapes
        raise _UnusableShapes(_BLANK_NODE.sub("[…]", reason(error))) from error
    if not isinstance(report, rdflib.Graph):
        raise _UnusableShapes(reason(ValueError(text)))
    return report


def _is_advanced(shapes: rdflib.Graph) -> bool:
    """Return whether the shapes use SHACL Advanced Features, for which pySHACL takes more time at each shape."""
    from rdflib.namespace import RDF, SH

    terms = {*shapes.predicates(), *shapes.objects(None, RDF.type)}
    return not terms.isdisjoint({SH.target, SH.rule, SH.expression, SH.SPARQLFunction, SH.JSFunction})


def _single_shapes(shapes: rdflib.Graph) -> Iterator[tuple[str, rdflib.Graph]]:
    """Yield each shape that has a name: its name, and its triples with those of the shapes it refers to."""
    import rdflib
    from rdflib.term import Node

    for name in sorted({subject for subject in shapes.subjects() if isinstance(subject, rdflib.URIRef)}):
        part, waiting = rdflib.Graph("SimpleMemory"), list[Node]([name])
        while waiting:
            node = waiting.pop()
            for triple in shapes.triples((node, None, None)):
                if triple not in part:
                    part.add(triple)
                    waiting.append(triple[2])
        yield name, part
