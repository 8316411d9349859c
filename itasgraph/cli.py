"""The command line: parse, call, write. Data on stdout, words on stderr, the exit code is the verdict."""

from __future__ import annotations

import errno
import functools
import io
import math
import os
import shlex
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from itasgraph import __version__, context, files, graph, messages, project, queries, results
from itasgraph.errors import AskedWrongly, ItasgraphError
from itasgraph.graph import Graph
from itasgraph.project import Project

F = TypeVar("F", bound=Callable[..., Any])


class _Group(click.Group):
    """The one place where our errors become words and exit codes."""

    def invoke(self, ctx: click.Context) -> Any:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="replace")  # a terminal that lacks a letter gets a "?", not a traceback
        try:
            try:
                return super().invoke(ctx)
            finally:
                if sys.stdout is not None:
                    sys.stdout.flush()  # here a full disk can still be told
        except ItasgraphError as error:
            click.echo(error.render(_language(ctx)), err=True)
            ctx.exit(error.exit_code)
        except UnicodeEncodeError:
            click.echo(messages.render("bad-bytes", _language(ctx)), err=True)
            ctx.exit(AskedWrongly.exit_code)
        except OSError as error:
            if error.errno == errno.EPIPE:  # click ends quietly where nobody reads on
                raise
            path = error.filename or "stdout"
            click.echo(messages.render("failed", _language(ctx), path=path, error=error), err=True)
            # What is still buffered goes nowhere, or Python would try again at its end and complain.
            if sys.stdout is not None:
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(ItasgraphError.exit_code)
        except KeyboardInterrupt:
            click.echo(messages.render("interrupted", _language(ctx)), err=True)
            ctx.exit(130)


def _language(ctx: click.Context) -> str:
    return str(ctx.find_root().meta.get("lang") or messages.system_language())


@dataclass
class Asked:
    """Where the graph comes from, and in which language to answer."""

    lang: str
    folder: Path | None = None
    data: tuple[Path, ...] = field(default=())

    def project(self) -> Project:
        """The project meant; where it is the bundled one and nobody asked for it, stderr says so."""
        found = project.find(self.folder)
        if found.bundled and not self.data:
            click.echo(messages.render("using-bundled", self.lang, path=found.root), err=True)
        return found

    def graph(self, source: Project) -> Graph:
        return graph.load_files(self.data, source) if self.data else graph.load(source)


_project = click.option(
    "--project",
    "folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder with ontology/, data/ and queries/; default: the current one, else the bundled one.",
)
_data = click.option(
    "--data",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Ask this RDF or YAML-LD file instead (repeatable).",
)
_lang = click.option(
    "--lang", type=click.Choice(messages.LANGUAGES), help="Language of the answer; default: the locale, else en."
)


def _graph_options(data: bool = True) -> Callable[[F], F]:
    """--project, --data and --lang, the same for every command; they arrive as one `asked`."""

    def decorate(command: F) -> F:
        @functools.wraps(command)
        def collect(*args: Any, folder: Path | None, lang: str | None, data: tuple[Path, ...] = (), **rest: Any) -> Any:
            ctx = click.get_current_context()
            ctx.find_root().meta["lang"] = lang
            return command(*args, asked=Asked(lang or messages.system_language(), folder, data), **rest)

        options = [_project, _data, _lang] if data else [_project, _lang]
        decorated: Any = collect
        for option in reversed(options):
            decorated = option(decorated)
        return cast("F", decorated)

    return decorate


def _write(content: bytes, output: Path | None, asked: Asked) -> None:
    """To stdout, or to a file as a whole or not at all."""
    if output is None or str(output) == "-":
        if sys.stdout is not None:  # closed by whoever called
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()  # before the words that follow on stderr
        return
    files.write(output, content)
    click.echo(messages.render("written", asked.lang, path=output), err=True)


# The longest wait that a thread can be told; longer ones mean for ever.
_LONGEST = 1_000_000


def _seconds(ctx: click.Context, option: click.Parameter, seconds: float) -> float | None:
    if math.isnan(seconds):
        raise click.BadParameter("nan", ctx, option)
    return seconds if seconds <= _LONGEST else None


_no_people = click.option("--no-people", is_flag=True, help="Leave people out: organisations speak for themselves.")

_output = click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write to this file; - is stdout."
)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="itasgraph")
def main() -> None:
    """Ask, show and export a knowledge graph of regional transformation actors.

    \b
    Example: itasgraph query who -p topic=Kreislaufwirtschaft
    """


@main.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@_lang
@click.pass_context
def init(ctx: click.Context, folder: Path, lang: str | None) -> None:
    """Create a new project for another region, with one example event.

    \b
    Example: itasgraph init my-region
    """
    from itasgraph import scaffold

    ctx.find_root().meta["lang"] = lang
    scaffold.create(folder)
    click.echo(messages.render("created", lang or messages.system_language(), path=shlex.quote(str(folder))), err=True)


@main.command()
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="Form of the findings; github makes annotations of a pull request.",
)
@_graph_options(data=False)
def check(form: str, asked: Asked) -> None:
    """Report all faults of a project, each with file and line. Exit code 1 if there are any.

    \b
    Example: itasgraph check --project my-region
    """
    from itasgraph import check as checks

    source = asked.project()
    findings, compiled = checks.check(source)
    _write(checks.render(findings, form, asked.lang).encode(), None, asked)
    faults = sum(finding.severity == "fault" for finding in findings)
    if compiled and not findings:
        click.echo(messages.render("sound", asked.lang, **checks.summary(compiled)), err=True)
    else:
        click.echo(messages.render("found", asked.lang, faults=faults, warnings=len(findings) - faults), err=True)
    if faults:
        click.get_current_context().exit(1)


@main.command()
@click.argument("document", type=click.Path(path_type=Path), metavar="SOURCE.txt")
@click.option("--source", metavar="NAME", help="The source meant; default: the one whose checksum or quotes fit.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write the marked text as HTML.")
@_graph_options(data=False)
def coverage(document: Path, source: str | None, output: Path | None, asked: Asked) -> None:
    """Compare a document with the graph: do the quotes stand in it, is each line accounted for? Exit code 1 if not.

    \b
    Example: itasgraph coverage review.txt -o coverage.html
    """
    from itasgraph import coverage as coverages

    found = coverages.compare(document, asked.project(), source)
    for line in found.lines:
        if line.reason:
            click.echo(
                messages.render("omitted", asked.lang, line=line.number, text=line.text, reason=line.reason[asked.lang])
            )
    for finding in found.findings:
        click.echo(finding.render(asked.lang))
    click.echo(coverages.summary(found, asked.lang), err=True)
    if output:
        _write(coverages.page(found, asked.lang), output, asked)
    if any(finding.severity == "fault" for finding in found.findings):
        click.get_current_context().exit(1)


@main.command(name="queries")
@_graph_options(data=False)
def list_queries(asked: Asked) -> None:
    """List the ready questions with their parameters.

    \b
    Example: itasgraph queries --lang de
    """
    for question in queries.all_questions(asked.project()):
        given = " ".join(f"-p {p.name}={p.default or '…'}" for p in question.parameters)
        click.echo(f"{question.name:<14} {question.title(asked.lang)}{'  ' + given if given else ''}")


@main.command()
@click.argument("question", metavar="QUERY")
@click.option(
    "-p",
    "--parameter",
    "given",
    multiple=True,
    metavar="NAME=VALUE",
    help="A parameter of a ready question (repeatable).",
)
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(results.FORMATS),
    help="Form of the answer; default: by the ending of -o, else table.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=60,
    show_default=True,
    metavar="SECONDS",
    callback=_seconds,
    help="Stop a query that runs longer.",
)
@_output
@_graph_options()
def query(
    question: str, given: tuple[str, ...], form: str | None, timeout: float | None, output: Path | None, asked: Asked
) -> None:
    """Ask a ready question (its name), a query file (.rq), SPARQL text (with a brace), or stdin (-).

    \b
    Examples: itasgraph query offers -p target_group=Zulieferer
              itasgraph query 'SELECT ?topic { ?topic a itas:Topic }'
    """
    source = asked.project()
    loaded = asked.graph(source)
    text = _sparql(question, given, source, loaded, asked)
    width = _width(output)
    chosen = results.choose(form, output)
    answer = graph.within(timeout, lambda: results.render(loaded.query(text), chosen, loaded, asked.lang, width))
    _write(answer.content, output, asked)
    if answer.empty:
        click.echo(messages.render("no-rows", asked.lang), err=True)
    if answer.no:
        click.get_current_context().exit(1)


def _sparql(question: str, given: tuple[str, ...], source: Project, loaded: Graph, asked: Asked) -> str:
    """The SPARQL meant by the argument of `query`, parameters put in."""
    if question == "-":
        found = queries.parse("-", _stdin())
    elif "{" in question:
        found = queries.parse("-", question)
    elif question.endswith(".rq"):
        found = queries.read(Path(question), source, ready=False)
    else:
        found = queries.find(question, source)
    terms = context.read(source.context, source.show(source.context))
    return queries.bind(found, _pairs(given), loaded, terms, asked.lang)


def _stdin() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise AskedWrongly("bad-stdin") from error


def _pairs(given: tuple[str, ...]) -> dict[str, str]:
    pairs = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not (name and equals and value):
            raise AskedWrongly("bad-parameter", given=text)
        pairs[name] = value
    return pairs


def _people(loaded: Graph, no_people: bool) -> Graph:
    if not no_people:
        return loaded
    from itasgraph import people

    return people.without(loaded)


def _width(output: Path | None) -> int:
    """The width of the terminal the answer goes to; 0 where it goes elsewhere."""
    return (
        os.get_terminal_size(sys.stdout.fileno()).columns
        if output is None and sys.stdout and sys.stdout.isatty()
        else 0
    )


@main.command()
@click.argument("name", metavar="NAME")
@_output
@_graph_options()
def show(name: str, output: Path | None, asked: Asked) -> None:
    """Show one actor, topic or project: what is known, and who says so.

    \b
    Example: itasgraph show "Boris Kaiser"
    """
    from itasgraph import describe, names

    loaded = asked.graph(asked.project())
    thing = names.resolve(loaded, name, lang=asked.lang)
    _write(describe.text(loaded, thing.value, asked.lang).encode(), output, asked)


@main.command()
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["turtle", "ttl", "ntriples", "nt", "nquads", "nq"]),
    help="Format; default: by the ending of -o, else turtle.",
)
@_no_people
@_output
@_graph_options()
def export(form: str | None, no_people: bool, output: Path | None, asked: Asked) -> None:
    """Export the graph as Turtle, N-Triples or (with its named graphs) N-Quads, the same bytes for the same data.

    \b
    Example: itasgraph export -o itas.ttl
    """
    from itasgraph import serialize

    chosen = serialize.choose(form, output)
    loaded = _people(asked.graph(asked.project()), no_people)
    _write(serialize.serialize(loaded, chosen), output, asked)


@main.command()
@click.argument("network", default="actors", metavar="[NETWORK]")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("network.html"),
    show_default=True,
    metavar="FILE",
    help="Write to this file; - is stdout.",
)
@_no_people
@click.option("--open", "open_it", is_flag=True, help="Open the file in the browser.")
@_graph_options()
def view(network: str, output: Path, no_people: bool, open_it: bool, asked: Asked) -> None:
    """Write the interactive picture as one HTML file that needs no network.

    NETWORK is the name of a file in queries/network/, or a query file (.rq).

    \b
    Example: itasgraph view -o network.html --open
    """
    from itasgraph import network as networks
    from itasgraph import view as views

    source = asked.project()
    question = networks.find(network, source)
    loaded = _people(asked.graph(source), no_people)
    picture = graph.within(None, lambda: networks.build(loaded, question.text, network))
    if not picture:
        click.echo(messages.render("empty-network", asked.lang, name=network), err=True)
    _write(views.page(loaded, picture, question.titles, asked.lang), output, asked)
    if open_it and str(output) != "-":
        import webbrowser

        webbrowser.open(output.resolve().as_uri())


if __name__ == "__main__":
    main()
