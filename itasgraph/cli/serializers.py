"""The command of the serializers: export."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypedDict, Unpack

import click

from itasgraph import formats, messages
from itasgraph.cli.options import (
    GraphOptions,
    format_option,
    graph_options,
    output_option,
    people_options,
    shell_completion,
)
from itasgraph.cli.output import open_output, report_empty
from itasgraph.cli.program import main
from itasgraph.errors import UsageError
from itasgraph.store.queryable import Queryable

if TYPE_CHECKING:
    from itasgraph.filters.selection import Selection


class _PartOptions(TypedDict):
    """The options on the part of the graph to export."""

    network: str | None
    graphs: str | None
    about: str | None
    no_quotes: bool
    describe: bool


@main.command()
@format_option(
    formats.names(formats.EXPORTS, short=True),
    "Format; default: by the extension of -o, else turtle. The extension .gz compresses it.",
)
@click.option(
    "--network",
    metavar="NAME",
    help="For the formats of networks: this network, or a query file (.rq); default: actors.",
    shell_complete=shell_completion("networks"),
)
@click.option(
    "--graph",
    "graphs",
    metavar="NAME",
    help="Only this graph: source, editorial, derived (all of that kind), a name, or all; JSON-LD then keeps them apart.",
)
@click.option("--about", metavar="NAME", help="Only one entry with its surroundings.")
@click.option("--no-quotes", is_flag=True, help="Leave out the quotes.")
@click.option("--describe", is_flag=True, help="Write a description of the data instead: VoID, DCAT and PROV.")
@people_options
@output_option
@graph_options(services=True)
def export(format_: str | None, output: Path | None, options: GraphOptions, **part: Unpack[_PartOptions]) -> None:
    """Export the graph as linked data, or one of its networks; the same data give the same bytes.

    TriG and N-Quads hold the named graphs; Turtle, N-Triples, RDF/XML and JSON-LD hold their union. GraphML, GEXF,
    node-link (JSON for D3) and cytoscape hold a network; csv writes it as two tables, net-nodes.csv and net-edges.csv for
    -o net.csv, or into a folder, and kumu as two tables for Kumu. xlsx writes the
    entries into a workbook, a sheet for each kind; draft reads it again when it is edited.

    \b
    Examples: itasgraph export -o itas.ttl
              itasgraph export --graph source --no-quotes -o itas.trig.gz
              itasgraph export --describe -o void.ttl
              itasgraph export --network organisations -o net.gexf
              itasgraph export -o entries.xlsx
    """
    from itasgraph.filters.selection import Selection, select_statements
    from itasgraph.serializers import linked_data

    chosen = formats.choose(format_, output, formats.EXPORTS, gzip=True)
    if chosen in formats.names(formats.NETWORKS):
        _export_network(chosen, output, options, part)
        return
    if part["network"]:
        raise UsageError("only-for-networks", known=", ".join(formats.names(formats.NETWORKS)))
    selection = Selection(part["graphs"], part["about"], not part["no_quotes"])
    with_graphs = linked_data.has_graphs(chosen, selection)
    is_workbook = chosen == formats.XLSX.name
    if is_workbook and part["describe"]:
        raise UsageError("describe-no-workbook")
    source = options.project()

    def work(sink: BinaryIO) -> None:
        loaded = options.graph(source) if is_workbook else options.graph_to_copy(source)
        if is_workbook:
            from itasgraph.serializers import entry_workbook

            statements = select_statements(loaded, True, selection, options.lang)
            entry_workbook.write(loaded, statements, sink, options.lang, source.root.resolve().name)
        elif part["describe"]:
            _write_description(loaded, selection, chosen, sink)
        else:
            statements = select_statements(loaded, with_graphs, selection, options.lang)
            linked_data.write(loaded, statements, chosen, sink, with_graphs)

    with open_output(output, options) as out, linked_data.compress(out, output) as sink:
        options.run(work, sink)


def _write_description(loaded: Queryable, selection: Selection, format_: str, out: BinaryIO) -> None:
    """Write a description of the graph, with the titles of classes and the context that the graph has."""
    from itasgraph.publishing import dataset
    from itasgraph.serializers import linked_data
    from itasgraph.serializers.turtle import Headings, class_triples_in

    description = dataset.describe(loaded, selection)
    headings = Headings(description, class_triples_in(description), vocabulary=loaded)
    linked_data.write(description, description.triples(), format_, out, headings=headings)


def _export_network(format_: str, output: Path | None, options: GraphOptions, part: _PartOptions) -> None:
    """Write the files of a network: all of them, or none."""
    from itasgraph.network import builder
    from itasgraph.serializers import linked_data, network_files
    from itasgraph.util import progress

    network_files.refuse_options(format_, graph=part["graphs"], about=part["about"], describe=part["describe"])
    targets = network_files.targets(format_, output)
    name = part["network"] or "actors"
    source = options.project()
    question = builder.find_query(name, source)

    def work(_: BinaryIO) -> tuple[Queryable, bool, Sequence[bytes]]:
        loaded = options.graph(source)
        network = builder.build(loaded, question.text, name)
        return (
            loaded,
            bool(network),
            network_files.render(loaded, network, format_, options.lang, not part["no_quotes"]),
        )

    with progress.bar(messages.render("exporting", options.lang, name=name)):
        loaded, has_nodes, contents = options.run(work)
    if not has_nodes:
        report_empty("empty-network", loaded, options, name=name)
    with contextlib.ExitStack() as files_written:
        for path, content in reversed(list(zip(targets, contents, strict=True))):
            out = files_written.enter_context(open_output(path, options))
            files_written.enter_context(linked_data.compress(out, path)).write(content)
