"""The command that shows and empties the cache."""

from __future__ import annotations

import click

from itasgraph import messages
from itasgraph.cli.language import lang_option, language
from itasgraph.cli.program import main


@main.command()
@click.option(
    "--clear", "clears", is_flag=True, help="Remove everything from the cache that no other command is using."
)
@lang_option
@click.pass_context
def cache(ctx: click.Context, clears: bool) -> None:
    """Show where the cache is and how large it is, or empty it; nothing is lost that cannot be computed again.

    Each part has a limit in bytes, beyond which the oldest entries go.

    \b
    Example: itasgraph cache --clear
    """
    from itasgraph.store import cache_folder, cache_usage

    lang = language(ctx)
    if clears:
        cache_folder.clear()
    usage = cache_usage.measure()
    if clears and not any(part.entries for part in usage):
        click.echo(messages.render("cache-emptied", lang), err=True)
        return
    click.echo(messages.render("cache-folder", lang, path=cache_folder.folder()))
    for part in usage:
        size, limit = f"{part.bytes / 2**20:.1f}", part.limit >> 20
        click.echo(messages.render(part.code, lang, count=part.entries, size=size, limit=limit))
