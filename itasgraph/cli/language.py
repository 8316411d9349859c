"""The language of the command line: `--lang` before and after the command, and help in that language."""

from __future__ import annotations

import gettext
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import click

from itasgraph import messages
from itasgraph.cli.parameter_types import Choice

_SENTENCE_END = re.compile(r"(?<=[.?!])\s")


def _remember(ctx: click.Context, _option: click.Parameter, lang: str | None) -> None:
    if lang is not None:
        ctx.meta["lang"] = lang


lang_option = click.option(
    "--lang",
    type=Choice(messages.LANGUAGES),
    callback=_remember,
    is_eager=True,
    expose_value=False,
    help="Language of answers, messages and help; default: the locale, else en.",
)


def language(ctx: click.Context) -> str:
    """Return what `--lang` says, else the language of the system."""
    return str(ctx.meta.get("lang") or messages.system_language())


def language_in(args: Sequence[str]) -> str:
    """Return the language that the arguments name before click has read them, else that of the system."""
    options = args[: args.index("--")] if "--" in args else args
    values = [text for name, text in pairwise(options) if name == "--lang"]
    values += [text.removeprefix("--lang=") for text in options if text.startswith("--lang=")]
    return next((text for text in reversed(values) if text in messages.LANGUAGES), messages.system_language())


@contextmanager
def catalogues() -> Iterator[None]:
    """Let gettext, which translates the texts of click, read our catalogues; restore the environment at the end."""
    before = os.environ.get("LANGUAGE")
    gettext.bindtextdomain("messages", str(Path(messages.__file__).parent / "locale"))
    try:
        yield
    finally:
        os.environ.pop("LANGUAGE", None)
        os.environ.update({} if before is None else {"LANGUAGE": before})


def choose_catalogue(lang: str) -> None:
    """Set the variable LANGUAGE, by which gettext chooses its catalogue."""
    os.environ["LANGUAGE"] = lang


def translate(text: str) -> str:
    """Translate a paragraph of help to the chosen language; where its line breaks stay, translate its first word only."""
    if text.startswith("\b\n"):
        word, space, rest = text.removeprefix("\b\n").partition(" ")
        translation = gettext.gettext(word)
        margin = " " * (len(translation) - len(word))
        return f"\b\n{translation}{space}{rest}".replace("\n ", f"\n{margin} ")
    line = " ".join(text.split())
    return gettext.gettext(line) if line else text


def summary(text: str) -> str:
    """Return the first sentence of a help text in the chosen language."""
    return _SENTENCE_END.split(translate(text.partition("\n\n")[0]))[0]


class _Formatter(click.HelpFormatter):
    """A formatter that writes help in the chosen language."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, " ".join(map(translate, args.split(" "))), prefix)

    def write_text(self, text: str) -> None:
        super().write_text("\n\n".join(map(translate, text.split("\n\n"))))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([_translate_row(*row) for row in rows], col_max, col_spacing)


def _translate_row(names: str, text: str) -> tuple[str, str]:
    """Translate the values that options take, and the help, behind which click adds `[default: …]`."""
    sentence, extra, default = text.partition("  [")
    return " ".join(map(translate, names.split(" "))), f"{translate(sentence)}{extra}{default}"


class LocalizedContext(click.Context):
    """A context whose help is in the chosen language."""

    formatter_class = _Formatter
