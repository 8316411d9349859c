"""The command of the picture: view."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypedDict, Unpack

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
from itasgraph.errors import Remark, UsageError
from itasgraph.project import Project
from itasgraph.store.queryable import Queryable

if TYPE_CHECKING:
    from itasgraph.picture.excerpt import ExcerptOptions


class _Content(TypedDict):
    """The options on the part of the network to show, the title, and the earlier picture whose groups and places to keep."""

    focus: str | None
    depth: int | None
    limit: int | None
    title: str | None
    like: Path | None


@main.command()
@click.argument("networks", nargs=-1, metavar="[NETWORK]...", shell_complete=shell_completion("networks"))
@click.option("--all", "all_networks", is_flag=True, help="Put all networks of the project into the page.")
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
@click.option(
    "--like",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Keep the groups and places of a map from this earlier picture as far as the data allow.",
)
@click.option("--title", metavar="TEXT", help="Title of the page.")
@people_options
@click.option("--open", "open_it", is_flag=True, help="Open the file in the browser.")
@graph_options(services=True)
def view(
    networks: tuple[str, ...],
    all_networks: bool,
    output: Path,
    open_it: bool,
    options: GraphOptions,
    **content: Unpack[_Content],
) -> None:
    """Write the interactive picture as one HTML file that works offline.

    NETWORK is the name of a file in queries/network/, or a query file (.rq). The page has a switch between several networks
    and opens with the first one. Without a name, it has those whose header gives them a place in the switch (order:).

    \b
    Examples: itasgraph view -o network.html --open
              itasgraph view organisations topics -o network.html
              itasgraph view organisations --focus CWE --depth 1 -o cwe.html
    """
    from itasgraph.network.builder import find_query
    from itasgraph.picture import excerpt
    from itasgraph.util import progress

    if networks and all_networks:
        raise UsageError("all-and-names")
    part_options = excerpt.ExcerptOptions(content["focus"], content["depth"], content["limit"])
    source = options.project()
    names = list(dict.fromkeys(networks))
    for name in names:
        find_query(name, source)

    def work(_: BinaryIO) -> _Written:
        return _write_page(
            options, source, _Choice(names, all_networks, part_options, content["title"] or "", content["like"])
        )

    with progress.bar(messages.render("drawing-picture", options.lang)):
        written = options.run(work)
    for name in written.empty:
        report_empty("empty-network", written.graph, options, name=name)
    write(written.page, output, options)
    if open_it and str(output) != "-":
        import webbrowser

        webbrowser.open(output.resolve().as_uri())


@dataclass(frozen=True)
class _Choice:
    """What the user chose: names of networks or all, the part of each, a title, and an earlier page."""

    names: list[str]
    all_networks: bool
    part: ExcerptOptions
    title: str
    like: Path | None


@dataclass(frozen=True)
class _Written:
    """A page, its graph, and the names of its networks without entries."""

    page: bytes
    graph: Queryable
    empty: list[str]


def _write_page(options: GraphOptions, source: Project, choice: _Choice) -> _Written:
    from itasgraph.network.builder import Networks
    from itasgraph.picture import earlier_page, html_page, page_data, selection

    earlier = earlier_page.read(choice.like) if choice.like else {}
    graph = options.graph(source)
    networks = Networks(graph, source, earlier)
    if choice.names:
        excerpts = selection.of_names(networks, choice.names, choice.part, options.lang)
    else:
        excerpts = selection.of_project(networks, choice.part, options.lang, every=choice.all_networks)
    pictures = page_data.picture_networks(networks, excerpts)
    for one in pictures:
        if choice.like and one.grouped and not one.grouped.earlier:
            warnings.warn(Remark("no-earlier-map", path=choice.like, name=one.name), stacklevel=2)
    content = html_page.page(selection.graph_of_page(networks, excerpts), pictures, options.lang, choice.title)
    return _Written(content, graph, [name for name, one in excerpts.items() if not one.network])
