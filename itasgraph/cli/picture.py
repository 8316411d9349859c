"""The command of the picture: view."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO, TypedDict, Unpack

import click

from itasgraph import messages
from itasgraph.cli.options import (
    GraphOptions,
    graph_options,
    people_options,
    shell_completion,
)
from itasgraph.cli.output import report_empty, write
from itasgraph.cli.parameter_types import IntRange
from itasgraph.cli.program import main
from itasgraph.store.queryable import Queryable


class _Extent(TypedDict):
    """The options on the part of the network to show."""

    focus: str | None
    depth: int | None
    limit: int | None


@main.command()
@click.argument("network", default="actors", metavar="[NETWORK]", shell_complete=shell_completion("networks"))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("network.html"),
    show_default=True,
    metavar="FILE",
    help="Write to this file; - is stdout.",
)
@click.option(
    "--focus",
    metavar="NAME",
    help="Show only the surroundings of this entry.",
    shell_complete=shell_completion("entities"),
)
@click.option("--depth", type=IntRange(min=1), metavar="N", help="Steps around --focus; default: 2.")
@click.option(
    "--limit", type=IntRange(min=1), metavar="N", help="Show at most this many entries, the best connected first."
)
@click.option("--title", metavar="TEXT", help="Title of the page.")
@people_options
@click.option("--open", "open_it", is_flag=True, help="Open the file in the browser.")
@graph_options(services=True)
def view(
    network: str, output: Path, title: str | None, open_it: bool, options: GraphOptions, **extent: Unpack[_Extent]
) -> None:
    """Write the interactive picture as one HTML file that works offline.

    NETWORK is the name of a file in queries/network/, or a query file (.rq).

    \b
    Examples: itasgraph view -o network.html --open
              itasgraph view organisations --focus CWE --depth 1 -o cwe.html
    """
    from itasgraph.network.builder import Networks, find_query
    from itasgraph.picture import excerpt, html_page, page_data
    from itasgraph.util import progress

    part_options = excerpt.ExcerptOptions(**extent)
    source = options.project()
    question = find_query(network, source)

    def work(_: BinaryIO) -> tuple[Queryable, bool, bytes]:
        loaded = options.graph(source)
        networks = Networks(loaded, source)
        part = excerpt.extract(loaded, networks[network], part_options, options.lang)
        context = page_data.page_context(networks, network, part, title)
        content = html_page.page(loaded, part.network, question.titles, options.lang, context)
        return loaded, bool(networks[network]), content

    with progress.bar(messages.render("drawing-network", options.lang, name=network)):
        loaded, has_nodes, page = options.run(work)
    if not has_nodes:
        report_empty("empty-network", loaded, options, name=network)
    write(page, output, options)
    if open_it and str(output) != "-":
        import webbrowser

        webbrowser.open(output.resolve().as_uri())
