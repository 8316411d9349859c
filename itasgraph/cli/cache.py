"""The command that shows and empties the cache."""

from __future__ import annotations

import click

from itasgraph import messages
from itasgraph.cli.language import lang_option, language
from itasgraph.cli.program import main
from itasgraph.errors import FileError
from itasgraph.store import cache_folder


@main.command()
@click.option(
    "--clear", "clears", is_flag=True, help="Remove everything from the cache that no other command is using."
)
@lang_option
@click.pass_context
def cache(ctx: click.Context, clears: bool) -> None:
    """Show where the cache is and how large it is, or empty it; nothing is lost that cannot be computed again.

    Each part has a limit in entries and bytes, beyond which the oldest entries go.

    \b
    Example: itasgraph cache --clear
    """
    from itasgraph.store import cache_usage

    lang = language(ctx)
    if clears:
        if not clear(lang):
            ctx.exit(1)
        return
    try:
        folder = cache_folder.folder()
    except OSError as error:
        raise FileError("no-cache-folder") from error
    try:
        usage = cache_usage.measure()
    except OSError as error:
        raise FileError("unreadable", path=error.filename or folder, error=error) from error
    click.echo(messages.render("cache-folder", lang, path=folder))
    for part in usage:
        size, limit = f"{part.bytes / 2**20:.1f}", part.limit >> 20
        size = size.replace(".", ",") if lang == "de" else size
        click.echo(messages.render(part.code, lang, count=part.entries, size=size, limit=limit))


def clear(lang: str) -> bool:
    """Empty the cache, say whether that succeeded, and return it."""
    try:
        folder = cache_folder.folder()
    except OSError:
        click.echo(messages.render("no-cache-folder", lang), err=True)
        return False
    emptied = cache_folder.clear()
    click.echo(messages.render("cache-emptied" if emptied else "cache-not-emptied", lang, path=folder), err=True)
    return emptied
