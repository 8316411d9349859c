"""Statements → JSON-LD 1.1 as data files are written: the same keys, relations inside the thing they start from."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from functools import partial
from typing import BinaryIO, Final

import pyoxigraph as ox

from itasgraph.errors import UsageError
from itasgraph.parsing.jsonld_context import Context, ValueType
from itasgraph.serializers.jsonld_compaction import Compactor, Json, Node, Nodes, Tree, name_of
from itasgraph.serializers.turtle import Headings
from itasgraph.util import files

_INDENT: Final = 2


def write(
    statements: Iterable[ox.Triple | ox.Quad], headings: Headings, terms: Context, out: BinaryIO, named: bool
) -> None:
    """Write statements to `out` with the context in front, one thing after the other; `named`: each graph a list of things.

    First stand the kinds of the legend, in the order of the context; the rest in that of the Turtle. What the rest of the
    file uses of the context is known at its end, so that waits in a temporary file. Raises UsageError for what JSON-LD
    has no word for.
    """
    graphs = _grouped(statements, named)
    compact = Compactor(terms, [node for nodes in graphs.values() for node in nodes.values()])
    says = compact.keyword(ValueType.STATEMENTS)
    with files.temporary(), tempfile.TemporaryFile() as body:
        comma = ""
        for graph, nodes in sorted(graphs.items()):
            for thing in _things(graph, nodes, headings, compact):
                body.write(f"{comma}\n    {_indented(thing)}".encode())
                comma = ","
        out.write(f'{{\n  "@context": {compact.context},\n  "{says}": ['.encode())
        body.seek(0)
        shutil.copyfileobj(body, out)
    out.write(b"\n  ]\n}\n")


def _things(graph: str, nodes: Nodes, headings: Headings, compact: Compactor) -> Iterator[Json]:
    tree = Tree(nodes, compact)
    things = (compact.node(subject, tree) for subject in sorted(tree.top, key=partial(_place, headings, compact)))
    if not graph:
        yield from things
    else:
        yield {compact.keyword(ValueType.ID): compact.iri(graph), compact.keyword(ValueType.STATEMENTS): list(things)}


def _place(headings: Headings, compact: Compactor, subject: str) -> tuple[bool, int, str, str, str]:
    """Where a thing stands in the file."""
    section, owner = headings.of(subject)
    known = headings.in_legend(section)
    return not known, compact.order_of_class(headings.kinds[owner]) if known else 0, section, owner, subject


def _grouped(statements: Iterable[ox.Triple | ox.Quad], named: bool) -> dict[str, dict[str, Node]]:
    """Graph ("" for none) → subject → predicate → objects, each once."""
    graphs: dict[str, dict[str, Node]] = {}
    for statement in statements:
        if isinstance(statement.object, ox.Triple):
            raise UsageError("no-jsonld", what=str(statement.object))
        inside = named and isinstance(statement, ox.Quad) and not isinstance(statement.graph_name, ox.DefaultGraph)
        graph = name_of(statement.graph_name) if inside and isinstance(statement, ox.Quad) else ""
        node = graphs.setdefault(graph, {}).setdefault(name_of(statement.subject), {})
        node.setdefault(statement.predicate.value, []).append(statement.object)
    for node in (node for nodes in graphs.values() for node in nodes.values()):
        for objects in node.values():
            objects[:] = dict.fromkeys(objects)  # what several graphs say came once for each
    return graphs


def _indented(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, indent=_INDENT).replace("\n", "\n" + " " * (2 * _INDENT))
