"""Where an answer goes: stdout, or a file that is there as a whole or not at all; and work that Ctrl-C can end."""

from __future__ import annotations

import contextlib
import io
import os
import shlex
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, TypeVar

import click
from click.core import ParameterSource

from itasgraph import messages
from itasgraph.cli.language import language
from itasgraph.cli.options import Asked
from itasgraph.errors import ItasgraphError
from itasgraph.store import access
from itasgraph.store.queryable import Queryable
from itasgraph.util import files

if TYPE_CHECKING:
    from itasgraph.messages.codes import Code

T = TypeVar("T")

# How wide a terminal is that does not say so.
_COLUMNS: Final = 80


def write(content: bytes, output: Path | None, asked: Asked) -> None:
    with opened(output, asked) as out:
        out.write(content)


@contextlib.contextmanager
def opened(output: Path | None, asked: Asked) -> Iterator[BinaryIO]:
    """Stdout, or a file that is there as a whole at the end or not at all."""
    if output is None or str(output) == "-":
        yield sys.stdout.buffer if sys.stdout is not None else io.BytesIO()  # None: closed by whoever called
        if sys.stdout is not None:
            sys.stdout.buffer.flush()  # before the words that follow on stderr
        return
    with files.atomic_write(output) as out:
        yield out
    click.echo(messages.render("written", asked.lang, path=output), err=True)


def width(output: Path | None) -> int:
    """The width of the terminal the answer goes to; 0 where it goes elsewhere."""
    if output is None and sys.stdout and sys.stdout.isatty():
        return os.get_terminal_size(sys.stdout.fileno()).columns or _COLUMNS
    return 0


def command_line() -> str:
    """Return the command that is running, as somebody would type it again, without the file its answer goes to."""
    ctx = click.get_current_context()
    words = ["itasgraph", ctx.info_name or ""]
    for parameter in sorted(ctx.command.params, key=lambda parameter: isinstance(parameter, click.Option)):
        name = parameter.name or ""
        if ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE and name not in ("output", "form"):
            words += _typed(parameter, ctx.params.get(name, language(ctx)))  # only --lang is no parameter
    return shlex.join(words)


def _typed(parameter: click.Parameter, value: Any) -> list[str]:
    """Return the words that give a parameter its value."""
    if not isinstance(parameter, click.Option):
        return [str(value)]
    if parameter.is_flag:
        return [parameter.opts[0]]
    return [word for one in (value if parameter.multiple else [value]) for word in (parameter.opts[-1], str(one))]


def empty(code: Code, loaded: Queryable, asked: Asked, **facts: object) -> None:
    """Say that an answer is empty and, of an endpoint that keeps all it has in named graphs, why that may be."""
    click.echo(messages.render(code, asked.lang, **facts), err=True)
    if asked.endpoint is None:
        return

    def in_named_graphs_only() -> bool:
        return not loaded.query("ASK { ?s ?p ?o }") and bool(loaded.query("ASK { GRAPH ?g { ?s ?p ?o } }"))

    if remark(in_named_graphs_only, asked):
        click.echo(messages.render("only-named", asked.lang), err=True)


# So long, in seconds, the program looks for what else there is to say of an answer.
_PATIENCE = 5


def remark(work: Callable[[], T], asked: Asked) -> T | None:
    """What `work` finds to say of an answer. The answer is given: what cannot be said in time is left unsaid."""
    with contextlib.suppress(ItasgraphError):
        return access.run(lambda _: work(), _PATIENCE, asked.endpoint)
    return None
