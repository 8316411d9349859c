"""Completion in the shell: questions, networks, parameters with their values, and names of entities."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import click
from click.shell_completion import BashComplete, CompletionItem, add_completion_class

from itasgraph import project
from itasgraph.cli.language import language
from itasgraph.entities import names
from itasgraph.errors import ItasgraphError
from itasgraph.messages.control_characters import one_line
from itasgraph.network import builder
from itasgraph.parsing import jsonld_context
from itasgraph.project import Project
from itasgraph.questions import queries
from itasgraph.store import access
from itasgraph.store.queryable import Queryable
from itasgraph.util.spelling import fold

_PLAIN: Final = re.compile(r"([^\w@%+=:,./-])")
Items = list[CompletionItem]


def questions(ctx: click.Context, _param: click.Parameter, incomplete: str) -> Items:
    """Return the ready questions with their titles; where none fits, query files."""
    try:
        entries = [(question.name, question.title(language(ctx))) for question in queries.all_questions(_project(ctx))]
    except ItasgraphError:
        entries = []
    return _matches(entries, incomplete) or _files(incomplete)


def networks(ctx: click.Context, _param: click.Parameter, incomplete: str) -> Items:
    """Return the networks with their titles; where none fits, query files."""
    try:
        source = _project(ctx)
        entries = [(path.stem, builder.find_query(path.stem, source).title(language(ctx))) for path in source.networks]
    except ItasgraphError:
        entries = []
    return _matches(entries, incomplete) or _files(incomplete)


def entities(ctx: click.Context, _param: click.Parameter, incomplete: str) -> Items:
    """Return the names of all entities, each with its id."""
    try:
        return _matches(_names(_graph(ctx)), incomplete)
    except ItasgraphError:
        return []


def parameters(ctx: click.Context, _param: click.Parameter, incomplete: str) -> Items:
    """Return `name=value` for each parameter of the question that stands before it."""
    try:
        source = _project(ctx)
        # click does not read the arguments behind an option that lacks its value.
        named = ctx.params.get("question") or next(iter(ctx.args), "")
        question = queries.find(str(named), source)
        return _matches(_values(question, _graph(ctx), source), incomplete)
    except ItasgraphError:
        return []


def _values(question: queries.Question, loaded: Queryable, source: Project) -> Iterator[tuple[str, str]]:
    """Return each parameter with its possible values: names of its kind, a closed list, or its default."""
    types = jsonld_context.load(source).types
    for parameter in question.parameters:
        if parameter.type == "iri":
            values = _names(loaded, types.get(parameter.kind, ""))
        else:
            values = ((value, "") for value in parameter.values or [parameter.default])
        yield from ((f"{parameter.name}={value}", help_) for value, help_ in values)


def _names(loaded: Queryable, kind: str = "") -> Iterator[tuple[str, str]]:
    return ((name.text, loaded.compact(name.entity)) for name in names.names(loaded, kind))


def _matches(candidates: Iterable[tuple[str, str]], incomplete: str) -> Items:
    """Return the candidates that begin like the incomplete text, in any case, with or without umlauts.

    A text with control characters is left out, because the shell would write it to the terminal unchanged.
    """
    beginning = fold(incomplete)
    matches = {text: help_ for text, help_ in candidates if fold(text).startswith(beginning) and one_line(text) == text}
    return [CompletionItem(text, help=one_line(help_) or None) for text, help_ in matches.items()]


def _files(incomplete: str) -> Items:
    return [CompletionItem(incomplete, type="file")]


def _project(ctx: click.Context) -> Project:
    folder = ctx.params.get("folder")
    return project.find(Path(folder) if folder else None)


def _graph(ctx: click.Context) -> Queryable:
    data = [Path(path) for path in ctx.params.get("data") or ()]
    return access.open_graph(_project(ctx), data, None, None)


# --- bash -----------------------------------------------------------------------------------------------------------


class _Bash(BashComplete):
    """Completion in bash, which ends a word at "=" and inserts a name with spaces unquoted: both are corrected here."""

    def get_completion_args(self) -> tuple[list[str], str]:
        args, incomplete = super().get_completion_args()
        words: list[str] = []
        for word in [*args, incomplete]:
            if words and (word == "=" or words[-1].endswith("=")):
                words[-1] += word
            else:
                words.append(word)
        self._known = words[-1].rpartition("=")[0]
        return words[:-1], words[-1]

    def format_completion(self, item: CompletionItem) -> str:
        value = item.value.removeprefix(f"{self._known}=") if self._known else item.value
        escaped = _PLAIN.sub(r"\\\\\1", value)  # twice, because click's script removes one level
        return f"{item.type},{escaped}"


def register() -> None:
    """Register our completion for bash instead of click's."""
    add_completion_class(_Bash)
