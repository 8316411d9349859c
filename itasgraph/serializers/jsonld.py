"""Statements → JSON-LD 1.1 like data files: the same keys, relations inside the node where they start."""

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
from itasgraph.serializers.export_context import Node
from itasgraph.serializers.jsonld_compaction import NodeCompactor, Nodes, Tree, name_of
from itasgraph.serializers.turtle import Headings, graph_name
from itasgraph.util import files
from itasgraph.util.json_values import Json

_INDENT: Final = 2


def write(
    statements: Iterable[ox.Triple | ox.Quad], headings: Headings, terms: Context, out: BinaryIO, with_graphs: bool
) -> None:
    """Write statements to `out`, the context first, then one node after the other; `with_graphs`, a list of nodes for each graph.

    The kinds of the legend come first, in the order of the context, the rest in the order of Turtle. Only at
    the end is it known which entries of the context are used, so a temporary file holds the nodes until then. Raises UsageError for triple terms and other
    statements that JSON-LD cannot hold.
    """
    graphs = _group(statements, with_graphs)
    names = [*graphs, *(name for nodes in graphs.values() for name in nodes)]
    compactor = NodeCompactor(terms, [node for nodes in graphs.values() for node in nodes.values()], names)
    statements_key = compactor.keyword(ValueType.STATEMENTS)
    with files.temporary_file_errors(), tempfile.TemporaryFile() as body:
        comma = ""
        for graph, nodes in sorted(graphs.items()):
            for node in _nodes(graph, nodes, headings, compactor):
                body.write(f"{comma}\n    {_indent(node)}".encode())
                comma = ","
        out.write(f'{{\n  "@context": {compactor.context},\n  "{statements_key}": ['.encode())
        body.seek(0)
        shutil.copyfileobj(body, out)
    out.write(b"\n  ]\n}\n")


def _nodes(graph: str, nodes: Nodes, headings: Headings, compactor: NodeCompactor) -> Iterator[Json]:
    tree = Tree(nodes, compactor)
    top_nodes = (
        compactor.node(subject, tree) for subject in sorted(tree.top, key=partial(_sort_key, headings, compactor))
    )
    if not graph:
        yield from top_nodes
    else:
        yield {
            compactor.keyword(ValueType.ID): compactor.iri(graph),
            compactor.keyword(ValueType.STATEMENTS): list(top_nodes),
        }


def _sort_key(headings: Headings, compactor: NodeCompactor, subject: str) -> tuple[bool, int, str, str, str]:
    """Return the sort key of a node in the file."""
    section, owner = headings.of(subject)
    known = headings.in_legend(section)
    return not known, compactor.order_of_class(headings.kinds[owner]) if known else 0, section, owner, subject


def _group(statements: Iterable[ox.Triple | ox.Quad], with_graphs: bool) -> dict[str, dict[str, Node]]:
    """Return graph ("" for none) → subject → predicate → objects, each once."""
    graphs: dict[str, dict[str, Node]] = {}
    for statement in statements:
        if isinstance(statement.object, ox.Triple):
            raise UsageError("no-jsonld", value=str(statement.object))
        graph = graph_name(statement) if with_graphs else ""
        node = graphs.setdefault(graph, {}).setdefault(name_of(statement.subject), {})
        node.setdefault(statement.predicate.value, []).append(statement.object)
    for node in (node for nodes in graphs.values() for node in nodes.values()):
        for objects in node.values():
            objects[:] = dict.fromkeys(objects)  # a triple of several graphs occurs once for each
    return graphs


def _indent(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, indent=_INDENT).replace("\n", "\n" + " " * (2 * _INDENT))
