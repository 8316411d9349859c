"""Where an answer goes: stdout, or a file that is complete or absent; and what stderr says about the answer."""

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

# The columns of a terminal that does not tell its width.
_COLUMNS: Final = 80


def write(content: bytes, output: Path | None, options: GraphOptions) -> None:
    with open_output(output, options) as out:
        out.write(content)


@contextlib.contextmanager
def open_output(output: Path | None, options: GraphOptions) -> Iterator[BinaryIO]:
    """Open stdout, or a file that is complete at the end or absent."""
    if output is None or str(output) == "-":
        yield sys.stdout.buffer if sys.stdout is not None else io.BytesIO()  # None: closed by whoever called
        if sys.stdout is not None:
            sys.stdout.buffer.flush()  # before the words that follow on stderr
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
        if ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE and name not in ("output", "form"):
            words += _typed(parameter, ctx.params.get(name, language(ctx)))  # only --lang is no parameter
    return shlex.join(words)


def _typed(parameter: click.Parameter, value: object) -> list[str]:
    """Return the words that give a parameter its value."""
    if not isinstance(parameter, click.Option):
        return [str(value)]
    if parameter.is_flag:
        return [parameter.opts[0]]
    values = value if parameter.multiple and isinstance(value, tuple) else (value,)
    return [word for one in values for word in (parameter.opts[-1], str(one))]


def empty(code: Code, loaded: Queryable, options: GraphOptions, **facts: object) -> None:
    """Say that an answer is empty and, of an endpoint that keeps all it has in named graphs, why that may be."""
    click.echo(messages.render(code, options.lang, **facts), err=True)
    if options.endpoint is None:
        return

    def in_named_graphs_only() -> bool:
        return not loaded.query("ASK { ?s ?p ?o }") and bool(loaded.query("ASK { GRAPH ?g { ?s ?p ?o } }"))

    if remark(in_named_graphs_only, options):
        click.echo(messages.render("named-graphs-only", options.lang), err=True)


# Seconds for a remark on an answer.
_PATIENCE = 5


def remark(work: Callable[[], T], options: GraphOptions) -> T | None:
    """Return the remark that `work` makes on an answer, or None where it fails or takes too long: the answer is out."""
    with contextlib.suppress(ItasgraphError):
        return access.run(lambda _: work(), _PATIENCE, options.endpoint)
    return None
