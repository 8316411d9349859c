"""The program itself, and the one place where our errors become words and exit codes."""

from __future__ import annotations

import contextlib
import errno
import functools
import io
import os
import sys
import warnings
from collections.abc import Callable
from typing import Any, TextIO

import click

from itasgraph import __version__, messages, terminal
from itasgraph.errors import AskedWrongly, AssumedName, ItasgraphError


class _Group(click.Group):
    """The one place where our errors become words and exit codes."""

    def main(self, *args: Any, **settings: Any) -> Any:
        """Run the command line; what fails outside a command, such as writing a help text, is told here."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="replace")  # a terminal that lacks a letter gets a "?", not a traceback
        with terminal.guarded():
            try:
                return super().main(*args, **settings)
            except OSError as error:
                sys.exit(_failed(error, messages.system_language()))

    def invoke(self, ctx: click.Context) -> Any:
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
            _say(error.render(language(ctx)))
            ctx.exit(error.exit_code)
        except UnicodeEncodeError:
            _say(messages.render("bad-bytes", language(ctx)))
            ctx.exit(AskedWrongly.exit_code)
        except OSError as error:
            if error.errno == errno.EPIPE:  # click ends quietly where nobody reads on
                raise
            ctx.exit(_failed(error, language(ctx)))
        except KeyboardInterrupt:
            _say(messages.render("interrupted", language(ctx)))
            ctx.exit(130)


def _tell(
    ctx: click.Context, otherwise: Callable[..., None], warning: Warning | str, *args: Any, **kwargs: Any
) -> None:
    """Say on stderr, in the language asked for, which thing is taken for what a name means."""
    if isinstance(warning, AssumedName):
        _say(warning.render(language(ctx)))
    else:
        otherwise(warning, *args, **kwargs)


def _failed(error: OSError, lang: str) -> int:
    """Say what failed, and return the exit code."""
    streams = {"stdout": sys.stdout, "stderr": sys.stderr}
    broken = [name for name, stream in streams.items() if stream is not None and not _flushed(stream)]
    path = error.filename or next(iter(broken), "") or ("" if _has_folder() else ".")
    _say(messages.render("failed" if path else "failed-somewhere", lang, path=path, error=error))
    return ItasgraphError.exit_code


def _say(words: str) -> None:
    try:
        click.echo(words, err=True)
    except OSError:  # nobody can be told; the exit code remains
        _flushed(sys.stderr)


def _flushed(stream: TextIO) -> bool:
    """Whether a stream took all that was written to it.

    What it did not take goes nowhere, or Python would try again at its end and complain.
    """
    try:
        stream.flush()
    except OSError:
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        return False
    return True


def _has_folder() -> bool:
    """Whether the current folder is still there."""
    try:
        os.getcwd()  # noqa: PTH109  # Path.cwd does no more
    except OSError:
        return False
    return True


def language(ctx: click.Context) -> str:
    return str(ctx.find_root().meta.get("lang") or messages.system_language())


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="itasgraph")
def main() -> None:
    """Ask, show and export a knowledge graph of regional transformation actors.

    \b
    Example: itasgraph query who -p topic=Kreislaufwirtschaft
    """
