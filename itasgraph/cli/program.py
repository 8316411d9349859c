"""The group of all commands, and the one place where our errors become messages and exit codes."""

from __future__ import annotations

import errno
import functools
import inspect
import io
import os
import sys
import warnings
from collections.abc import Callable
from importlib import import_module
from typing import Any, Final

import click

from itasgraph import __version__, messages
from itasgraph.cli.language import (
    LocalizedContext,
    catalogues,
    choose_catalogue,
    lang_option,
    language,
    language_in,
    summary,
    translate,
)
from itasgraph.errors import ItasgraphError, Remark, UsageError
from itasgraph.util import terminal

# The module of `itasgraph.cli` that defines each command.
_MODULES: Final = {
    "analyse": "network",
    "cache": "cache",
    "check": "authoring",
    "coverage": "authoring",
    "draft": "drafting",
    "export": "serializers",
    "init": "authoring",
    "path": "network",
    "publish": "publishing",
    "queries": "questions",
    "query": "questions",
    "remove": "authoring",
    "serve": "publishing",
    "show": "entities",
    "view": "picture",
}


class _Help(click.Command):
    """A command that chooses the language of its help each time it shows the help."""

    context_class = LocalizedContext

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option --help with its English text, which click would keep in the language of the first call."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Show this message and exit."
        return option


class Command(_Help):
    """A command whose options of several values do not take the next option for a value, as click's do."""

    def get_short_help_str(self, limit: int = 0) -> str:  # noqa: ARG002  # click's name; no summary is cut
        """Return the first sentence of the help."""
        return summary(inspect.cleandoc(self.help or ""))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Fill in an empty text for each missing value, which the callback of the option refuses."""
        options = {name: one for one in self.get_params(ctx) for name in (*one.opts, *one.secondary_opts)}
        padded: list[str] = []
        missing = 0
        for arg in args:
            name = arg.partition("=")[0] if arg.startswith("--") else arg[:2]
            if name in options or name == "--":
                padded += [""] * missing
                missing = 0
            padded.append(arg)
            wide = name in options and options[name].nargs > 1
            missing = options[name].nargs - ("=" in arg) if wide else max(0, missing - 1)
        try:
            return super().parse_args(ctx, padded + [""] * missing)
        except click.BadParameter as error:
            if isinstance(
                error.param, click.Argument
            ):  # named as in the line above, which says how to call the command
                error.param_hint = f"'{translate(error.param.make_metavar(ctx))}'"
            raise


class _Group(_Help, click.Group):
    """The group of all commands: it reports our errors, and imports the module of a command when the command runs."""

    command_class = Command

    def all_commands(self) -> dict[str, click.Command]:
        """Import the modules of all commands, and return the commands by their names."""
        for module in _MODULES.values():
            import_module(f"itasgraph.cli.{module}")
        return dict(self.commands)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands; click then asks for each."""
        self.all_commands()
        return super().list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, or None where there is none; click then suggests a similar name from those of all commands."""
        if cmd_name in _MODULES:
            import_module(f"itasgraph.cli.{_MODULES[cmd_name]}")
        else:
            self.all_commands()
        return super().get_command(ctx, cmd_name)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Choose the language before click reads arguments that may be wrong."""
        ctx.meta["lang"] = language_in(args)
        choose_catalogue(language(ctx))
        return super().parse_args(ctx, args)

    def main(self, *args: Any, **settings: Any) -> Any:  # as click types it
        """Run the command line; report here what fails outside a command, such as writing a help text."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="replace")  # a terminal that lacks a letter gets a "?", not a traceback
        with terminal.guard_output(), catalogues():
            try:
                return super().main(*args, **settings)
            except OSError as error:
                sys.exit(_report_failure(error, messages.system_language()))

    def invoke(self, ctx: click.Context) -> object:
        try:
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("always", Remark)
                    warnings.showwarning = functools.partial(_show_warning, ctx, warnings.showwarning)
                    return super().invoke(ctx)
            finally:
                if sys.stdout is not None:
                    sys.stdout.flush()  # here a full disk can still be reported
        except ItasgraphError as error:
            click.echo(error.render(language(ctx)), err=True)
            ctx.exit(error.exit_code)
        except UnicodeEncodeError as error:
            click.echo(messages.render("argument-not-utf8", language(ctx), word=_word_of(error)), err=True)
            ctx.exit(UsageError.exit_code)
        except OSError as error:
            if error.errno == errno.EPIPE:  # click ends without a message where the reader of a pipe has closed it
                raise
            ctx.exit(_report_failure(error, language(ctx)))
        except KeyboardInterrupt:
            click.echo(messages.render("interrupted", language(ctx)), err=True)
            ctx.exit(130)


def _show_warning(
    ctx: click.Context, show_other: Callable[..., None], warning: Warning | str, *args: object, **kwargs: object
) -> None:
    """Say a remark of ours on stderr, in the language of the command."""
    if isinstance(warning, Remark):
        click.echo(warning.render(language(ctx)), err=True)
    else:
        show_other(warning, *args, **kwargs)


def _report_failure(error: OSError, lang: str) -> int:
    """Say on stderr what failed, and return the exit code. An error without a file name is an error of stdout."""
    path = error.filename or ("stdout" if _current_folder_exists() else ".")
    terminal.discard(sys.stdout)
    click.echo(messages.render("failed", lang, path=path, error=error), err=True)
    return ItasgraphError.exit_code


def _word_of(error: UnicodeEncodeError) -> str:
    """Return the word with the bytes that are no UTF-8."""
    start = max(error.object.rfind(char, 0, error.start) for char in " \n") + 1
    return error.object[start : error.end].encode(errors="replace").decode() + "…"


def _current_folder_exists() -> bool:
    """Return whether the current folder still exists."""
    try:
        os.getcwd()  # noqa: PTH109  # Path.cwd does no more
    except OSError:
        return False
    return True


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="itasgraph", message="%(prog)s %(version)s")
@lang_option
def main() -> None:
    """Ask, show and export a knowledge graph of regional transformation actors.

    \b
    Example: itasgraph query who -p topic=Kreislaufwirtschaft
    """
