"""The command of entities: show."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import click

from itasgraph.cli.options import GraphOptions, graph_options, output_option, shell_completion
from itasgraph.cli.output import write
from itasgraph.cli.program import main


@main.command()
@click.argument("name", metavar="NAME", shell_complete=shell_completion("entities"))
@output_option
@graph_options()
def show(name: str, output: Path | None, options: GraphOptions) -> None:
    """Show one actor, topic or activity: what is known, and who says so.

    \b
    Example: itasgraph show "Boris Kaiser"
    """
    from itasgraph.entities import description, names

    source = options.project()

    def work(_: BinaryIO) -> bytes:
        loaded = options.graph(source)
        entity = names.resolve(loaded, name, lang=options.lang)
        return description.text(loaded, entity.value, options.lang).encode()

    write(options.run(work), output, options)
