"""The output of a command: the answer to stdout or to a file that is complete or absent, remarks to stderr."""

from __future__ import annotations

import contextlib
import io
import os
import shlex
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, TypeVar

import click
from click.core import ParameterSource

from itasgraph import messages
from itasgraph.cli.language import language
from itasgraph.cli.options import GraphOptions
from itasgraph.errors import ItasgraphError
from itasgraph.store import access
from itasgraph.store.queryable import Queryable
from itasgraph.util import files

if TYPE_CHECKING:
    from itasgraph.messages.codes import Code

T = TypeVar("T")

# The columns of a terminal that does not report its width.
_COLUMNS: Final = 80


def write(content: bytes, output: Path | None, options: GraphOptions) -> None:
    """Write the content to stdout, or to a file that is complete at the end or absent."""
    with open_output(output, options) as out:
        out.write(content)


@contextlib.contextmanager
def open_output(output: Path | None, options: GraphOptions) -> Iterator[BinaryIO]:
    """Open stdout, or a file that is complete at the end or absent."""
    if output is None or str(output) == "-":
        yield sys.stdout.buffer if sys.stdout is not None else io.BytesIO()  # None: the caller has closed it
        if sys.stdout is not None:
            sys.stdout.buffer.flush()  # before stderr receives its remarks
        return
    with files.atomic_write(output) as out:
        yield out
    click.echo(messages.render("written", options.lang, path=output), err=True)


def width(output: Path | None) -> int:
    """Return the width of the terminal the answer goes to, in columns; 0 where it goes elsewhere."""
    if output is None and sys.stdout and sys.stdout.isatty():
        return os.get_terminal_size(sys.stdout.fileno()).columns or _COLUMNS
    return 0


def command_line() -> str:
    """Return the running command as one types it, without output file and format."""
    ctx = click.get_current_context()
    words = ["itasgraph", ctx.info_name or ""]
    for parameter in sorted(ctx.command.params, key=lambda parameter: isinstance(parameter, click.Option)):
        name = parameter.name or ""
        if ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE and name not in ("output", "format_"):
            words += _words_of(parameter, ctx.params.get(name, language(ctx)))  # only --lang is no parameter
    return shlex.join(words)


def _words_of(parameter: click.Parameter, value: object) -> list[str]:
    """Return the words that give a parameter its value."""
    if not isinstance(parameter, click.Option):
        return [str(value)]
    if parameter.is_flag:
        return [parameter.opts[0]]
    values = value if parameter.multiple and isinstance(value, tuple) else (value,)
    return [word for one in values for word in (parameter.opts[-1], str(one))]


def report_empty(code: Code, loaded: Queryable, options: GraphOptions, **facts: object) -> None:
    """Say on stderr that an answer is empty, and whether an endpoint has all its statements in named graphs."""
    click.echo(messages.render(code, options.lang, **facts), err=True)
    if options.endpoint is None:
        return

    def in_named_graphs_only() -> bool:
        return not loaded.query("ASK { ?s ?p ?o }") and bool(loaded.query("ASK { GRAPH ?g { ?s ?p ?o } }"))

    if try_briefly(in_named_graphs_only, options):
        click.echo(messages.render("named-graphs-only", options.lang), err=True)


# Seconds that a remark on an answer may take.
_REMARK_SECONDS = 5


def try_briefly(work: Callable[[], T], options: GraphOptions) -> T | None:
    """Return the result of `work`, or None where it fails or takes more than five seconds.

    No error is raised, because the answer that the remark is about is already written.
    """
    with contextlib.suppress(ItasgraphError):
        return access.run(lambda _: work(), _REMARK_SECONDS, options.endpoint)
    return None
