"""The commands of publishing: publish, serve."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from itasgraph import messages
from itasgraph.cli.options import (
    GraphOptions,
    data_option,
    graph_options,
    host_names,
    people_options,
    timeout_option,
)
from itasgraph.cli.parameter_types import IntRange
from itasgraph.cli.program import main
from itasgraph.errors import UsageError
from itasgraph.parsing import jsonld_context
from itasgraph.util.timeout import run_with_timeout

if TYPE_CHECKING:
    from itasgraph.publishing.publication import GraphChange


class _Target(TypedDict):
    """The options on where a store takes queries and updates ("" follows from its address), and on the graph to fill."""

    query: str
    update: str
    into: str | None


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
@click.option("--graph", "into", metavar="NAME", help="Graph for the triples of --data that are in no named graph.")
@timeout_option(600, "Give up when reading the data, or one request to the server, takes longer.")
@people_options
@data_option
@graph_options(data=False)
def publish(
    url: str, dry_run: bool, prune: bool, timeout: float | None, options: GraphOptions, **target: Unpack[_Target]
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
    terms = jsonld_context.load(source)
    name = "" if target["into"] is None else publication.graph_name(target["into"], terms)
    store = publication.open_store(url, target["query"], target["update"], terms, timeout)

    def read() -> list[publication.GraphContent]:
        return publication.graph_contents(select_statements(options.local_graph(source), True, Selection()), name)

    parts = run_with_timeout(timeout, lambda _: read())
    if options.data:
        publication.check_graphs(parts, terms, name)
    work = publication.Publication(store, parts, terms.base, complete=not options.data)
    click.echo(messages.render(work.guarantee.value, options.lang, url=store.address, staging=work.staging), err=True)
    changes = _report(work.plan(prune) if dry_run else work.carry_out(prune), terms, options.lang)
    done = {"graphs": len(parts), "triples": sum(part.count for part in parts), "changes": changes}
    click.echo(
        messages.render("publish-plan" if dry_run else "publish-done", options.lang, url=store.address, **done),
        err=True,
    )


def _report(changes: Iterable[GraphChange], terms: jsonld_context.Context, lang: str) -> int:
    """Print each change, once it is made. Return how many of them change the store."""
    count = 0
    for change in changes:
        click.echo(change.render(terms, lang))
        count += change.changes
    return count


class _ServeOptions(TypedDict):
    """The options on where the server listens, and on what a query may use."""

    host: str
    port: int
    timeout: int
    memory: int
    cors: bool
    allow_host: tuple[str, ...]


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
@people_options
@data_option
@graph_options(data=False, services=True)
def serve(options: GraphOptions, **server: Unpack[_ServeOptions]) -> None:
    """Answer SPARQL over HTTP, read-only, until Ctrl-C: a SPARQL 1.1 endpoint for other programs.

    Ctrl-C or SIGTERM ends the server; the exit code is then 0. Needs: pip install 'itasgraph[serve]'

    \b
    Example: itasgraph serve --port 7878
    """
    from itasgraph.publishing import endpoint_server

    endpoint_server.check_installed()
    settings = endpoint_server.ServerSettings(lang=options.lang, **server)
    loaded = options.local_graph(options.project())

    def ready(url: str, triples: int) -> None:
        click.echo(
            messages.render("serve-ready", options.lang, url=url, triples=triples, query=endpoint_server.EXAMPLE),
            err=True,
        )

    endpoint_server.serve(loaded, settings, ready)
