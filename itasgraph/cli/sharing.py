"""Commands that share the graph: export, publish, serve."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO

import click

from itasgraph import formats, messages
from itasgraph.cli.options import (
    GraphOptions,
    IntRange,
    completed_by,
    data_option,
    graph_options,
    host_names,
    no_people_option,
    output_option,
    timeout_option,
    without_people,
)
from itasgraph.cli.output import empty, open_output
from itasgraph.cli.program import main
from itasgraph.errors import UsageError
from itasgraph.parsing import jsonld_context
from itasgraph.project import Project
from itasgraph.store import access
from itasgraph.store.queryable import Queryable
from itasgraph.util import worker_thread


@main.command()
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(formats.names(formats.EXPORTS, short=True)),
    help="Format; default: by the extension of -o, else turtle. The extension .gz compresses it.",
)
@click.option(
    "--network",
    metavar="NAME",
    help="For graphml, gexf and csv: this network, or a query file (.rq); default: actors.",
    shell_complete=completed_by("networks"),
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
@no_people_option
@output_option
@graph_options(services=True)
def export(form: str | None, no_people: bool, output: Path | None, options: GraphOptions, **which: Any) -> None:
    """Export the graph as linked data, or one of its networks; the same data give the same bytes.

    TriG and N-Quads hold the named graphs; Turtle, N-Triples, RDF/XML and JSON-LD hold their union. GraphML and GEXF hold
    a network; csv writes it as two tables, net-nodes.csv and net-edges.csv for -o net.csv, or into a folder.

    \b
    Examples: itasgraph export -o itas.ttl
              itasgraph export --graph source --no-quotes -o itas.trig.gz
              itasgraph export --describe -o void.ttl
              itasgraph export --network organisations -o net.gexf
    """
    from itasgraph.filters.selection import Selection, select_statements
    from itasgraph.serializers import linked_data

    chosen = formats.choose(form, output, formats.EXPORTS, gzip=True)
    if chosen in formats.names(formats.NETWORKS):
        _export_network(chosen, no_people, output, options, which)
        return
    if which["network"]:
        raise UsageError("only-for-networks")
    selection = Selection(which["graphs"], which["about"], not which["no_quotes"])
    named = linked_data.has_graphs(chosen, selection)
    source = options.project()

    def work(sink: BinaryIO) -> None:
        vocabulary = loaded = without_people(_to_copy(options, source), no_people)
        part, graphs = selection, named
        if which["describe"]:
            from itasgraph.publishing import dataset

            loaded, graphs, part = dataset.describe(loaded, selection), False, Selection()
        found = select_statements(loaded, graphs, part, options.lang)
        linked_data.write(
            loaded, found, chosen, sink, vocabulary.terms or jsonld_context.of(source), graphs, vocabulary=vocabulary
        )

    with open_output(output, options) as out, linked_data.compress(out, output) as sink:
        options.run(work, sink)


def _to_copy(options: GraphOptions, source: Project) -> Queryable:
    """Return the graph; files that are only copied need no store."""
    if options.data and options.endpoint is None:
        return access.open_files(options.data, source)
    return options.graph(source)


def _export_network(
    form: str, no_people: bool, output: Path | None, options: GraphOptions, which: dict[str, Any]
) -> None:
    """Write the files of a network: all of them, or none."""
    from itasgraph.network import builder
    from itasgraph.serializers import linked_data, network_files
    from itasgraph.util import progress

    network_files.refuse_options(form, graph=which["graphs"], about=which["about"], describe=which["describe"])
    targets = network_files.targets(form, output)
    name = which["network"] or "actors"
    source = options.project()
    question = builder.find_query(name, source)

    def work(_: BinaryIO) -> tuple[Queryable, bool, Sequence[bytes]]:
        loaded = without_people(options.graph(source), no_people)
        found = builder.build(loaded, question.text, name)
        return loaded, bool(found), network_files.render(loaded, found, form, options.lang, not which["no_quotes"])

    with progress.bar(messages.render("exporting", options.lang, name=name)):
        loaded, any_thing, contents = options.run(work)
    if not any_thing:
        empty("empty-network", loaded, options, name=name)
    with contextlib.ExitStack() as files_written:
        for path, content in reversed(list(zip(targets, contents, strict=True))):
            out = files_written.enter_context(open_output(path, options))
            files_written.enter_context(linked_data.compress(out, path)).write(content)


@main.command()
@click.argument("url", metavar="URL")
@click.option(
    "--query", default="", metavar="URL", help="Where the store takes queries; default: known from its address."
)
@click.option(
    "--update", default="", metavar="URL", help="Where the store takes updates; default: known from its address."
)
@click.option("--dry-run", is_flag=True, help="Show what would change, graph by graph, and change nothing.")
@click.option("--prune", is_flag=True, help="Remove graphs of ours that the project no longer has.")
@click.option("--graph", "into", metavar="NAME", help="Graph for the statements of --data that are in no named graph.")
@timeout_option(600, "Give up when reading the data, or one request to the server, takes longer.")
@no_people_option
@data_option
@graph_options(data=False)
def publish(
    url: str, dry_run: bool, prune: bool, into: str | None, timeout: float | None, options: GraphOptions, **rest: Any
) -> None:
    """Put the graphs into a triple store, each as a whole; other graphs in it stay as they are.

    URL is where the store takes graphs (SPARQL 1.1 Graph Store Protocol). After an interruption the next run does the rest.
    The environment variable ITASGRAPH_AUTH=user:password or ITASGRAPH_TOKEN=… holds the credentials.

    \b
    Examples: itasgraph publish http://localhost:7878/store --dry-run
              itasgraph publish http://localhost:8890/sparql-graph-crud-auth
    """
    from itasgraph.filters.selection import Selection, select_statements
    from itasgraph.publishing import publication

    if prune and options.data:
        raise UsageError("publish-prune")
    source = options.project()
    terms = jsonld_context.of(source)
    name = "" if into is None else publication.graph_name(into, terms)
    store = publication.open_store(url, rest["query"], rest["update"], terms, timeout)

    def read() -> list[publication.GraphContent]:
        loaded = without_people(_to_copy(options, source), rest["no_people"])
        return publication.graph_contents(select_statements(loaded, True, Selection()), name)

    parts = worker_thread.run_with_timeout(timeout, read)
    if options.data:
        publication.check_graphs(parts, terms, name)
    work = publication.Publication(store, parts, terms.base, complete=not options.data)
    click.echo(messages.render(work.guarantee.value, options.lang, url=store.shown, staging=work.staging), err=True)
    changes = 0
    for change in work.plan(prune) if dry_run else work.carry_out(prune):
        click.echo(change.render(terms, options.lang))
        changes += change.changes
    done = {"graphs": len(parts), "triples": sum(part.count for part in parts), "changes": changes}
    click.echo(
        messages.render("publish-plan" if dry_run else "publish-done", options.lang, url=store.shown, **done), err=True
    )


@main.command()
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help="Address to listen at; 0.0.0.0 is the whole network.",
)
@click.option(
    "--port",
    type=IntRange(0, 65535),
    default=7878,
    show_default=True,
    metavar="PORT",
    help="Port to listen at; 0 is any free one.",
)
@click.option(
    "--timeout",
    type=IntRange(1, 86_400),
    default=60,
    show_default=True,
    metavar="SECONDS",
    help="End a query that takes longer, including the time to send its answer.",
)
@click.option(
    "--memory",
    type=IntRange(512, 1 << 20),
    default=2048,
    show_default=True,
    metavar="MIB",
    help="End a query that takes more memory, where the system can limit it.",
)
@click.option("--cors", is_flag=True, help="Let pages of other web sites ask, too.")
@click.option(
    "--allow-host",
    multiple=True,
    callback=host_names,
    metavar="NAME",
    help="Answer under this name of the server, too (repeatable); localhost and the address of --host always work.",
)
@no_people_option
@data_option
@graph_options(data=False, services=True)
def serve(no_people: bool, options: GraphOptions, **where: Any) -> None:
    """Answer SPARQL over HTTP, read-only, until Ctrl-C: a SPARQL 1.1 endpoint for other programs.

    Ctrl-C or SIGTERM ends the server; the exit code is then 0. Needs: pip install 'itasgraph[serve]'

    \b
    Example: itasgraph serve --port 7878
    """
    from itasgraph.publishing import endpoint_server

    endpoint_server.check_installed()
    settings = endpoint_server.Settings(lang=options.lang, **where)
    loaded = without_people(_to_copy(options, options.project()), no_people)
    loaded.services = options.services

    def ready(url: str, triples: int) -> None:
        click.echo(
            messages.render("serve-ready", options.lang, url=url, triples=triples, query=endpoint_server.EXAMPLE),
            err=True,
        )

    endpoint_server.serve(loaded, settings, ready)
