"""The program itself, and the one place where our errors become words and exit codes."""

from __future__ import annotations

import errno
import functools
import io
import os
import sys
import warnings
from collections.abc import Callable
from typing import Any

import click

from itasgraph import __version__, messages
from itasgraph.errors import AskedWrongly, AssumedName, ItasgraphError


class _Group(click.Group):
    """The one place where our errors become words and exit codes."""

    def invoke(self, ctx: click.Context) -> Any:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="replace")  # a terminal that lacks a letter gets a "?", not a traceback
        try:
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("always", AssumedName)
                    warnings.showwarning = functools.partial(_tell, ctx, warnings.showwarning)
                    return super().invoke(ctx)
            finally:
                if sys.stdout is not None:
                    sys.stdout.flush()  # here a full disk can still be told
        except ItasgraphError as error:
            click.echo(error.render(language(ctx)), err=True)
            ctx.exit(error.exit_code)
        except UnicodeEncodeError:
            click.echo(messages.render("bad-bytes", language(ctx)), err=True)
            ctx.exit(AskedWrongly.exit_code)
        except OSError as error:
            if error.errno == errno.EPIPE:  # click ends quietly where nobody reads on
                raise
            path = error.filename or "stdout"
            click.echo(messages.render("failed", language(ctx), path=path, error=error), err=True)
            # What is still buffered goes nowhere, or Python would try again at its end and complain.
            if sys.stdout is not None:
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(ItasgraphError.exit_code)
        except KeyboardInterrupt:
            click.echo(messages.render("interrupted", language(ctx)), err=True)
            ctx.exit(130)


def _tell(
    ctx: click.Context, otherwise: Callable[..., None], warning: Warning | str, *args: Any, **kwargs: Any
) -> None:
    """Say on stderr, in the language asked for, which thing is taken for what a name means."""
    if isinstance(warning, AssumedName):
        click.echo(warning.render(language(ctx)), err=True)
    else:
        otherwise(warning, *args, **kwargs)


def language(ctx: click.Context) -> str:
    return str(ctx.find_root().meta.get("lang") or messages.system_language())


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="itasgraph")
def main() -> None:
    """Ask, show and export a knowledge graph of regional transformation actors.

    \b
    Example: itasgraph query who -p topic=Kreislaufwirtschaft
    """
