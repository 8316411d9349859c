"""The command line: parse, call, write. Data on stdout, words on stderr, the exit code is the verdict."""

from __future__ import annotations

import contextlib
import errno
import functools
import io
import math
import os
import shlex
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO, TypeVar, cast

import click

from itasgraph import __version__, asking, citation, context, files, messages, project, queries, results, streaming
from itasgraph.errors import AskedWrongly, ItasgraphError
from itasgraph.graph import Queryable
from itasgraph.project import Project
from itasgraph.results import Verdict
from itasgraph.shown import Reader

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")


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
    endpoint: str | None = None

    def project(self) -> Project:
        """The project meant; where it is the bundled one and nobody asked for it, stderr says so."""
        found = project.find(self.folder)
        if found.bundled and not self.data and self.endpoint is None:
            click.echo(messages.render("using-bundled", self.lang, path=found.root), err=True)
        return found

    def graph(self, source: Project, timeout: float | None = 60) -> Queryable:
        """The graph asked; an endpoint has `timeout` seconds for each query."""
        return asking.opened(source, self.data, self.endpoint, timeout)


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
    help="Ask this RDF or YAML-LD file instead, gzipped or not (repeatable).",
)
_endpoint = click.option("--endpoint", metavar="URL", help="Ask this SPARQL endpoint instead.")
_lang = click.option(
    "--lang", type=click.Choice(messages.LANGUAGES), help="Language of the answer; default: the locale, else en."
)


def _completed_by(name: str) -> Callable[[click.Context, click.Parameter, str], list[Any]]:
    """What the shell offers for an argument, by a function of `completion`, which is loaded when a shell asks."""

    def complete(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[Any]:
        from itasgraph import completion

        offered: list[Any] = getattr(completion, name)(ctx, parameter, incomplete)
        return offered

    return complete


def _graph_options(data: bool = True) -> Callable[[F], F]:
    """--project, --data, --endpoint and --lang, the same for every command; they arrive as one `asked`."""

    def decorate(command: F) -> F:
        @functools.wraps(command)
        def collect(*args: Any, folder: Path | None, lang: str | None, **rest: Any) -> Any:
            ctx = click.get_current_context()
            ctx.find_root().meta["lang"] = lang
            found = Asked(lang or messages.system_language(), folder, rest.pop("data", ()), rest.pop("endpoint", None))
            return command(*args, asked=found, **rest)

        options = [_project, _data, _endpoint, _lang] if data else [_project, _lang]
        decorated: Any = collect
        for option in reversed(options):
            decorated = option(decorated)
        return cast("F", decorated)

    return decorate


def _write(content: bytes, output: Path | None, asked: Asked) -> None:
    with _opened(output, asked) as out:
        out.write(content)


@contextlib.contextmanager
def _opened(output: Path | None, asked: Asked) -> Iterator[BinaryIO]:
    """Stdout, or a file that is there as a whole at the end or not at all."""
    if output is None or str(output) == "-":
        yield sys.stdout.buffer if sys.stdout is not None else io.BytesIO()  # None: closed by whoever called
        if sys.stdout is not None:
            sys.stdout.buffer.flush()  # before the words that follow on stderr
        return
    with files.writing(output) as out:
        yield out
    click.echo(messages.render("written", asked.lang, path=output), err=True)


# The longest wait that a thread can be told; longer ones mean for ever.
_LONGEST = 1_000_000
# So long, in seconds, the program looks for what a query may have meant.
_PATIENCE = 5


def _seconds(ctx: click.Context, option: click.Parameter, seconds: float) -> float | None:
    if math.isnan(seconds):
        raise click.BadParameter("nan", ctx, option)
    return seconds if seconds <= _LONGEST else None


def _timeout(default: int, explanation: str) -> Callable[[F], F]:
    """--timeout in seconds; it arrives as None where it means for ever."""
    kind = click.FloatRange(min=0, min_open=True)
    options: dict[str, Any] = {"type": kind, "default": default, "show_default": True, "metavar": "SECONDS"}
    return click.option("--timeout", callback=_seconds, help=explanation, **options)


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
    source = asked.project()
    terms = _terms(source)
    for question in queries.all_questions(source):
        needed = (p for p in question.parameters if not p.optional)
        given = " ".join(f"-p {p.name}={terms.shrink(p.default) or '…'}" for p in needed)
        click.echo(f"{question.name:<14} {question.title(asked.lang)}{'  ' + given if given else ''}")


@main.command()
@click.argument("question", metavar="QUERY", shell_complete=_completed_by("questions"))
@click.option(
    "-p",
    "--parameter",
    "given",
    multiple=True,
    metavar="NAME=VALUE",
    help="A parameter of a ready question (repeatable).",
    shell_complete=_completed_by("parameters"),
)
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(results.FORMATS),
    help="Form of the answer; default: by the ending of -o, else table.",
)
@_timeout(60, "Stop a query that runs longer.")
@click.option("--cite", is_flag=True, help="Number the evidence of each row, and print the quotes below.")
@_output
@_graph_options()
def query(question: str, given: tuple[str, ...], timeout: float | None, output: Path | None, **rest: Any) -> None:
    """Ask a ready question (its name), a query file (.rq), SPARQL text (with a brace), or stdin (-).

    \b
    Examples: itasgraph query offers -p target_group=Zulieferer --cite
              itasgraph query 'SELECT ?topic { ?topic a itas:Topic }'
    """
    asked: Asked = rest["asked"]
    chosen = results.choose(rest["form"], output)
    source = asked.project()
    loaded = asked.graph(source, timeout)
    found = queries.parse("-", _stdin()) if question == "-" else queries.meant(question, source)
    text = queries.bind(found, _pairs(given), loaded, _terms(source), asked.lang)
    # Only what bears a title needs the header, and to read it costs as much as the query.
    title = found.titles.get(asked.lang, "") if chosen in results.TITLED else ""
    reader = Reader(loaded, asked.lang, _width(output), title)

    def work(sink: BinaryIO) -> Verdict:
        return results.write(citation.answer(loaded, text, asked.lang, rest["cite"]), chosen, sink, reader)

    with _opened(output, asked) as out:
        verdict = asking.told(loaded, timeout, work, out)
    _comment(text if not found.ready else "", verdict, loaded, asked)


def _comment(text: str, verdict: Verdict, loaded: Queryable, asked: Asked) -> None:
    """What there is to say of an answer: that it is empty or "no", and what the query may have meant instead."""
    if verdict.empty:
        click.echo(messages.render("no-rows", asked.lang), err=True)
    if text:
        from itasgraph import mistakes

        # The question is answered; what cannot be said in time is left unsaid.
        with contextlib.suppress(ItasgraphError):
            for hint in _apart(lambda: mistakes.hints(text, loaded, verdict.empty), _PATIENCE):
                click.echo(mistakes.render(hint, text, asked.lang), err=True)
    if verdict.no:
        click.get_current_context().exit(1)


def _terms(source: Project) -> context.Context:
    return context.read(source.context, source.show(source.context))


def _stdin() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise AskedWrongly("bad-stdin") from error


def _pairs(given: tuple[str, ...]) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not (name and equals and value):
            raise AskedWrongly("bad-parameter", given=text)
        if pairs.setdefault(name, value) != value:
            raise AskedWrongly("repeated-parameter", name=name)
    return pairs


def _people(loaded: Queryable, no_people: bool) -> Queryable:
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
@click.argument("name", metavar="NAME", shell_complete=_completed_by("things"))
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
    type=click.Choice(
        ["turtle", "ttl", "trig", "ntriples", "nt", "nquads", "nq", "jsonld", "rdfxml", "rdf", "graphml", "gexf", "csv"]
    ),
    help="Format; default: by the ending of -o, else turtle. An ending .gz packs it.",
)
@click.option(
    "--network",
    metavar="NAME",
    help="For graphml, gexf and csv: this network, or a query file (.rq); default: actors.",
    shell_complete=_completed_by("networks"),
)
@click.option(
    "--graph",
    "graphs",
    metavar="NAME",
    help="Only this graph: source, editorial, derived (all of that kind), a name, or all; JSON-LD then tells them apart.",
)
@click.option("--about", metavar="NAME", help="Only one thing with its surroundings.")
@click.option("--no-quotes", is_flag=True, help="Leave out the verbatim words of the sources.")
@click.option("--describe", is_flag=True, help="Instead of the data, write what they are: VoID, DCAT and PROV.")
@_no_people
@_output
@_graph_options()
def export(form: str | None, no_people: bool, output: Path | None, asked: Asked, **which: Any) -> None:
    """Export the graph as linked data, or one of its networks, the same bytes for the same data.

    TriG and N-Quads hold the named graphs; Turtle, N-Triples, RDF/XML and JSON-LD the union of them. GraphML and GEXF hold
    a network; csv writes it as two tables, net-nodes.csv and net-edges.csv for -o net.csv, or into a folder.

    \b
    Examples: itasgraph export -o itas.ttl
              itasgraph export --graph source --no-quotes -o itas.trig.gz
              itasgraph export --describe -o void.ttl
              itasgraph export --network organisations -o net.gexf
    """
    from itasgraph import interchange, selection, serialize

    of_network = interchange.choose(form, output)
    if of_network:
        _export_network(of_network, no_people, output, asked, which)
        return
    if which["network"]:
        raise AskedWrongly("only-for-networks")
    chosen = serialize.choose(form, output)
    wanted = selection.Wanted(which["graphs"], which["about"], not which["no_quotes"])
    named = serialize.has_graphs(chosen, wanted)
    source = asked.project()
    loaded = _people(asked.graph(source), no_people)
    if which["describe"]:
        from itasgraph import dataset

        loaded, named, wanted = dataset.describe(loaded, wanted), False, selection.Wanted()
    found = selection.part(loaded, named, wanted, asked.lang)
    with _opened(output, asked) as out, serialize.zipped(out, output) as sink:
        serialize.write(loaded, found, chosen, sink, _terms(source), named)


def _export_network(form: str, no_people: bool, output: Path | None, asked: Asked, which: dict[str, Any]) -> None:
    """Write the files of a network: all of them, or none."""
    from itasgraph import interchange, serialize
    from itasgraph import network as networks

    interchange.refuse(form, graph=which["graphs"], about=which["about"], describe=which["describe"])
    targets = interchange.targets(form, output)
    name = which["network"] or "actors"
    source = asked.project()
    question = networks.find(name, source)
    loaded = _people(asked.graph(source), no_people)
    found = _apart(lambda: networks.build(loaded, question.text, name))
    if not found:
        click.echo(messages.render("empty-network", asked.lang, name=name), err=True)
    contents = _apart(lambda: interchange.contents(loaded, found, form, asked.lang, not which["no_quotes"]))
    with contextlib.ExitStack() as files_written:
        for path, content in reversed(list(zip(targets, contents, strict=True))):
            out = files_written.enter_context(_opened(path, asked))
            files_written.enter_context(serialize.zipped(out, path)).write(content)


@main.command()
@click.argument("network", default="actors", metavar="[NETWORK]", shell_complete=_completed_by("networks"))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("network.html"),
    show_default=True,
    metavar="FILE",
    help="Write to this file; - is stdout.",
)
@click.option(
    "--focus", metavar="NAME", help="Show only what surrounds this thing.", shell_complete=_completed_by("things")
)
@click.option("--depth", type=click.IntRange(min=1), metavar="N", help="So many steps around --focus; default: 2.")
@click.option(
    "--limit", type=click.IntRange(min=1), metavar="N", help="Show at most so many, the best connected first."
)
@click.option("--title", metavar="TEXT", help="Title of the page.")
@_no_people
@click.option("--open", "open_it", is_flag=True, help="Open the file in the browser.")
@_graph_options()
def view(network: str, output: Path, no_people: bool, open_it: bool, asked: Asked, **given: Any) -> None:
    """Write the interactive picture as one HTML file that needs no network.

    NETWORK is the name of a file in queries/network/, or a query file (.rq).

    \b
    Examples: itasgraph view -o network.html --open
              itasgraph view organisations --focus CWE --depth 1 -o cwe.html
    """
    from itasgraph import excerpt
    from itasgraph import network as networks
    from itasgraph import view as views

    title = given.pop("title")
    wanted = excerpt.Wanted(**given)
    source = asked.project()
    question = networks.find(network, source)
    loaded = _people(asked.graph(source), no_people)
    picture = _apart(lambda: networks.build(loaded, question.text, network))
    if not picture:
        click.echo(messages.render("empty-network", asked.lang, name=network), err=True)
    part = _apart(lambda: excerpt.cut(loaded, picture, wanted, asked.lang))
    around = _apart(lambda: views.around(loaded, source, network, picture, part, title))
    page = _apart(lambda: views.page(loaded, part.network, question.titles, asked.lang, around))
    _write(page, output, asked)
    if open_it and str(output) != "-":
        import webbrowser

        webbrowser.open(output.resolve().as_uri())


def _apart(work: Callable[[], T], seconds: float | None = None) -> T:
    """Do `work` in a thread of its own, so that Ctrl-C ends the wait, and so do `seconds` where given."""
    return streaming.through(seconds, lambda _: work(), io.BytesIO())


def _day(name: str, explanation: str) -> Callable[[F], F]:
    """An option that takes a day and arrives as a date."""

    def day(_ctx: click.Context, _option: click.Parameter, given: datetime | None) -> date | None:
        return given.date() if given else None

    kind = click.DateTime(["%Y-%m-%d"])
    return click.option(name, type=kind, callback=day, metavar="YYYY-MM-DD", help=explanation)


@main.command()
@click.argument("network", default="contacts", metavar="[NETWORK]")
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv", "html"]),
    help="Form of the answers; default: by the ending of -o, else text.",
)
@_day("--since", "Only appearances on this day or later.")
@_day("--until", "Only appearances up to this day.")
@click.option(
    "--compare",
    nargs=2,
    metavar="A B",
    help="Compare two events, sections or sources instead, the earlier one first.",
)
@_output
@_graph_options()
def analyse(
    network: str,
    form: str | None,
    compare: tuple[str, str] | None,
    output: Path | None,
    asked: Asked,
    **days: date | None,
) -> None:
    """Answer what a network tells: who connects, who could meet, where gaps are, what falls apart.

    NETWORK is the name of a file in queries/network/, or a query file (.rq).

    \b
    Examples: itasgraph analyse -o report.html
              itasgraph analyse --compare section/zulieferer section/zukunft
    """
    from itasgraph import analysis, comparison, progress, report, span

    when = span.Span(**days)
    if compare and when:
        raise AskedWrongly("span-and-compare")
    chosen = report.choose(form, output)
    source = asked.project()
    loaded = asked.graph(source)
    if compare:
        found = _apart(lambda: comparison.compare(loaded, source, network, compare, asked.lang))
    else:
        with progress.bar(messages.render("analysing", asked.lang, name=network)) as advance:
            found = _apart(lambda: analysis.analyse(loaded, source, network, asked.lang, when, advance))
    if not found.things:
        click.echo(messages.render("empty-analysis", asked.lang, name=network), err=True)
    _write(report.render(found, chosen), output, asked)


@main.command()
@click.argument("source", metavar="A")
@click.argument("target", metavar="B")
@click.option("--via", multiple=True, metavar="KIND|NAME", help="Lead through what is left out otherwise (repeatable).")
@click.option("--without", multiple=True, metavar="KIND|NAME", help="Do not lead through this (repeatable).")
@click.option("--all", "every", is_flag=True, help="Show all shortest chains, not only the first.")
@click.option("--max", "most", type=click.IntRange(min=1), metavar="N", help="Longest length of a chain in steps.")
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Form of the answer.",
)
@_output
@_graph_options()
def path(
    source: str,
    target: str,
    every: bool,
    form: str,
    output: Path | None,
    asked: Asked,
    **limits: Any,
) -> None:
    """Show how two things are connected: the shortest chain, with the words of the source for each step.

    What connects nearly everything is left out: topics, target groups, places, sections, the event, the initiative. Exit
    code 1 if there is no chain.

    \b
    Example: itasgraph path "Boris Kaiser" "Udo Wehner"
    """
    from itasgraph import chains, paths

    project_ = asked.project()
    loaded = asked.graph(project_)
    terms = _terms(project_)
    wanted = paths.Wanted(source, target, **limits)
    found = _apart(lambda: paths.find(loaded, project_, terms, wanted, asked.lang))
    write = {"text": chains.text, "json": chains.as_json}[form]
    _write(write(loaded, found, asked.lang, every).encode(), output, asked)
    if not found.chains:
        click.get_current_context().exit(1)


@main.command()
@click.argument("url", metavar="URL")
@click.option(
    "--query", default="", metavar="URL", help="Where the store takes queries; default: known from its address."
)
@click.option("--update", default="", metavar="URL", help="Where it takes updates; default: known from its address.")
@click.option("--dry-run", is_flag=True, help="Show what would change, graph by graph, and change nothing.")
@click.option("--prune", is_flag=True, help="Remove graphs of ours that the project no longer has.")
@click.option("--graph", "into", metavar="NAME", help="Where statements of --data go that stand in no named graph.")
@_timeout(600, "Give the server up that takes longer for one step.")
@_no_people
@_data
@_graph_options(data=False)
def publish(
    url: str, dry_run: bool, prune: bool, into: str | None, timeout: float | None, asked: Asked, **rest: Any
) -> None:
    """Put the graphs into a triple store, each as a whole; other graphs in it stay as they are.

    URL is where the store takes graphs (SPARQL 1.1 Graph Store Protocol). Interrupted, the next run does the rest. Who may
    write is told by ITASGRAPH_AUTH=user:password or ITASGRAPH_TOKEN=… in the environment.

    \b
    Examples: itasgraph publish http://localhost:7878/store --dry-run
              itasgraph publish http://localhost:8890/sparql-graph-crud-auth
    """
    from itasgraph import publish as publishing
    from itasgraph import selection

    if prune and asked.data:
        raise AskedWrongly("publish-prune")
    source = asked.project()
    terms = _terms(source)
    name = "" if into is None else publishing.graph_name(into, terms)
    store = publishing.store(url, rest["query"], rest["update"], terms, timeout)
    statements = selection.part(_people(asked.graph(source), rest["no_people"]), True, selection.Wanted())
    parts = publishing.parts(statements, name)
    if asked.data:
        publishing.check_ours(parts, terms, name)
    work = publishing.Publication(store, parts, terms.base, complete=not asked.data)
    click.echo(messages.render(work.guarantee.value, asked.lang, url=store.shown, staging=work.staging), err=True)
    changes = 0
    for change in work.plan(prune) if dry_run else work.carry_out(prune):
        click.echo(change.render(terms, asked.lang))
        changes += change.changes
    done = {"graphs": len(parts), "triples": sum(part.count for part in parts), "changes": changes}
    click.echo(
        messages.render("publish-plan" if dry_run else "publish-done", asked.lang, url=store.shown, **done), err=True
    )


@main.command()
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Address to listen at; 0.0.0.0 is the whole network."
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=7878,
    show_default=True,
    help="Port to listen at; 0 is any free one.",
)
@click.option(
    "--timeout",
    type=click.IntRange(1),
    default=60,
    show_default=True,
    metavar="SECONDS",
    help="Stop a query that runs longer.",
)
@click.option("--cors", is_flag=True, help="Let pages of other sites ask, too.")
@_no_people
@_data
@_graph_options(data=False)
def serve(no_people: bool, asked: Asked, **where: Any) -> None:
    """Answer SPARQL over HTTP, read-only, until Ctrl-C: a SPARQL 1.1 endpoint for other programs.

    Ctrl-C or SIGTERM ends it, which is no fault (exit code 0). Needs: pip install 'itasgraph[serve]'

    \b
    Example: itasgraph serve --port 7878
    """
    from itasgraph import serve as serving

    wanted = serving.Wanted(**where)
    program = serving.program()
    loaded = _people(asked.graph(asked.project()), no_people)

    def ready(url: str, triples: int) -> None:
        click.echo(
            messages.render("serve-ready", asked.lang, url=url, triples=triples, query=serving.EXAMPLE), err=True
        )

    serving.serve(loaded, program, wanted, ready)


if __name__ == "__main__":
    main()
