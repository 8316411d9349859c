"""The commands of networks: analyse, path."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import BinaryIO, TypedDict, Unpack

import click

from itasgraph import formats, messages
from itasgraph.cli.options import (
    GraphOptions,
    day_option,
    format_option,
    graph_options,
    output_option,
    two_values,
)
from itasgraph.cli.output import command_line, report_empty, write
from itasgraph.cli.parameter_types import IntRange
from itasgraph.cli.program import main
from itasgraph.errors import UsageError
from itasgraph.store.queryable import Queryable


class _Days(TypedDict):
    """The first and the last day of the appearances to count."""

    since: date | None
    until: date | None


@main.command()
@click.argument("network", default="contacts", metavar="[NETWORK]")
@format_option(formats.names(formats.REPORTS), "Format of the answers; default: by the extension of -o, else text.")
@day_option("--since", "Only appearances on this day or later.")
@day_option("--until", "Only appearances on this day or earlier.")
@click.option(
    "--compare",
    nargs=2,
    callback=two_values,
    metavar="A B",
    help="Compare two events, sections, sources or years instead, the earlier one first.",
)
@output_option
@graph_options(services=True)
def analyse(
    network: str,
    format_: str | None,
    compare: tuple[str, str] | None,
    output: Path | None,
    options: GraphOptions,
    **days: Unpack[_Days],
) -> None:
    """Say what a network shows: who connects others, who could meet, where gaps are, what would fall apart.

    NETWORK is the name of a file in queries/network/, or a query file (.rq).

    \b
    Examples: itasgraph analyse -o report.html
              itasgraph analyse --compare section/zulieferer section/zukunft
    """
    from itasgraph.filters import timeframe
    from itasgraph.network import analysis, comparison, report
    from itasgraph.network.builder import Networks
    from itasgraph.util import progress

    when = timeframe.Timeframe(**days)
    if compare and when:
        raise UsageError("timeframe-and-compare")
    chosen = formats.choose(format_, output, formats.REPORTS)
    source = options.project()
    with progress.bar(messages.render("analysing", options.lang, name=network)) as advance:

        def work(_: BinaryIO) -> tuple[Queryable, int, bytes]:
            loaded = options.graph(source)
            if compare:
                result = comparison.compare(loaded, source, network, compare, options.lang)
            else:
                result = analysis.analyse(Networks(loaded, source), network, options.lang, when, advance)
            return loaded, result.node_count, report.render(result, chosen)

        loaded, node_count, content = options.run(work)
    if not node_count:
        report_empty("empty-analysis", loaded, options, name=network)
    write(content, output, options)


class _Limits(TypedDict):
    """The options on the paths that are allowed."""

    via: tuple[str, ...]
    without: tuple[str, ...]
    max_steps: int | None


@main.command()
@click.argument("source", metavar="A")
@click.argument("target", metavar="B")
@click.option("--via", multiple=True, metavar="KIND|NAME", help="Allow this hub on paths (repeatable).")
@click.option("--without", multiple=True, metavar="KIND|NAME", help="Exclude this from paths (repeatable).")
@click.option("--all", "all_paths", is_flag=True, help="Show all shortest paths, not only the first.")
@click.option("--max", "max_steps", type=IntRange(min=1), metavar="N", help="Greatest length of a path in steps.")
@format_option(["text", "json"], "Format of the answer.", default="text")
@output_option
@graph_options(services=True)
def path(
    source: str,
    target: str,
    all_paths: bool,
    format_: str,
    output: Path | None,
    options: GraphOptions,
    **limits: Unpack[_Limits],
) -> None:
    """Show how two entries are connected: the shortest path, with the quotes for each step.

    Paths do not lead through hubs, which connect nearly everything: topics, target groups, places, sections, the event,
    the initiative. Exit code 1 if there is no path.

    In data of others all relations but rdf:type count, 200,000 at most.

    \b
    Example: itasgraph path "Boris Kaiser" "Udo Wehner"
    """
    from itasgraph.network import path_report, paths
    from itasgraph.util import progress

    project_ = options.project()
    request = paths.PathRequest(source, target, **limits)
    render = {"text": path_report.to_text, "json": path_report.to_json}[format_]
    command = command_line()

    def work(_: BinaryIO) -> tuple[bool, bytes]:
        loaded = options.graph(project_)
        result = paths.find_paths(loaded, project_, request, options.lang)
        return bool(result.paths), render(loaded, result, options.lang, all_paths, command).encode()

    with progress.bar(messages.render("searching", options.lang)):
        connected, content = options.run(work)
    write(content, output, options)
    if not connected:
        click.get_current_context().exit(1)
