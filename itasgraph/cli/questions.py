"""The commands of questions: queries, query."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO, Final

import click

from itasgraph import formats, messages
from itasgraph.cli.options import GraphOptions, format_option, graph_options, output_option, shell_completion
from itasgraph.cli.output import open_output, report_empty, try_briefly, width
from itasgraph.cli.program import main
from itasgraph.errors import UsageError
from itasgraph.parsing import jsonld_context
from itasgraph.questions import queries
from itasgraph.results import writers
from itasgraph.results.cited_table import CitedTable
from itasgraph.results.collation import select_sort_keys, settle
from itasgraph.results.presentation import RenderContext
from itasgraph.results.writers import Outcome
from itasgraph.store.queryable import Queryable, Result
from itasgraph.vocabulary import ITAS

# The longest query from stdin, which may be endless.
_LONGEST: Final = 16 << 20


@main.command(name="queries")
@graph_options(data=False)
def list_queries(options: GraphOptions) -> None:
    """List the ready questions with their parameters.

    \b
    Example: itasgraph queries --lang de
    """
    source = options.project()
    terms = jsonld_context.load(source)
    for question in queries.all_questions(source):
        needed = (p for p in question.parameters if not p.optional)
        arguments = " ".join(f"-p {p.name}={terms.compact(p.default) or '…'}" for p in needed)
        click.echo(f"{question.name:<14} {question.title(options.lang)}{'  ' + arguments if arguments else ''}")


@main.command()
@click.argument("question", metavar="QUERY", shell_complete=shell_completion("questions"))
@click.option(
    "-p",
    "--parameter",
    "arguments",
    multiple=True,
    metavar="NAME=VALUE",
    help="A parameter of a ready question (repeatable).",
    shell_complete=shell_completion("parameters"),
)
@format_option(formats.names(formats.ANSWERS), "Format of the answer; default: by the extension of -o, else table.")
@click.option("--cite", is_flag=True, help="Number the evidence of each row, and print the quotes below.")
@click.option(
    "--no-union",
    is_flag=True,
    help="Patterns outside GRAPH ask only what --data states outside named graphs; else they ask all graphs together.",
)
@output_option
@graph_options(seconds=60, services=True)
def query(
    question: str,
    arguments: tuple[str, ...],
    format_: str | None,
    cite: bool,
    output: Path | None,
    options: GraphOptions,
) -> None:
    """Ask a ready question (its name), a query file (.rq), SPARQL text (with a brace), or stdin (-).

    The answer to ASK is yes or no; after a no, the exit code is 1.

    \b
    Examples: itasgraph query offers -p target_group=Zulieferer --cite
              itasgraph query 'SELECT ?topic { ?topic a itas:Topic }'
    """
    chosen = formats.choose(format_, output, formats.ANSWERS)
    source = options.project()
    query = queries.of_text("-", _stdin()) if question == "-" else queries.resolve(question, source)
    pairs, columns = _pairs(arguments), width(output)

    def work(sink: BinaryIO) -> tuple[Outcome, str, Queryable]:
        loaded = options.graph(source)
        if query.path is not None:
            loaded.resolve_queries(query.path.resolve().as_uri())  # RFC 3986, section 5.1.3
        terms = queries.terms(query, pairs, loaded, options.lang)
        text = queries.substitute(query.text, terms)
        context = RenderContext(loaded, options.lang, columns)
        # Only a format with a title needs the header, and reading the header takes as long as the query.
        if chosen in writers.FORMATS_WITH_TITLE:
            context = context._replace(title=query.titles.get(options.lang, ""))
        if chosen == formats.HTML.name:
            parameters = queries.terms_in_words(query, terms, loaded, options.lang)
            context = context._replace(summary=query.summaries.get(options.lang, ""), parameters=parameters)
        if query.ready and chosen in writers.FORMATS_FOR_PEOPLE:
            text, order = select_sort_keys(text, loaded)
            context = context._replace(order=order)
        with queries.explain_errors(loaded):
            cited = cite or (query.ready and chosen == formats.HTML.name and queries.asks_for_quotes(query))
            answer = _with_footnotes(text, context) if cited else _answer(query, text, loaded)
            return writers.write(answer, chosen, sink, context), text, loaded

    with open_output(output, options) as out:
        outcome, text, loaded = options.run(work, out)
    _comment(text if not query.ready else "", outcome, loaded, options)


def _answer(query: queries.Question, text: str, loaded: Queryable) -> Result:
    """Return the answer; the rows of a file without ORDER BY, such as a network, stand in the order of their terms."""
    answer = loaded.query(text)
    return answer if query.path is None else settle(answer, text)


def _with_footnotes(text: str, context: RenderContext) -> CitedTable:
    from itasgraph.results import footnotes

    return footnotes.answer(context.graph, text, context.lang, context.order)


def _comment(text: str, outcome: Outcome, loaded: Queryable, options: GraphOptions) -> None:
    """Say on stderr that an answer is empty, and what may be wrong with the query; exit with 1 where the answer is "no"."""
    if outcome.empty:
        report_empty("no-rows", loaded, options)
    has_others_data = bool(options.data or options.endpoint)
    if not text and outcome.empty and has_others_data and try_briefly(lambda: _has_no_kinds(loaded), options):
        click.echo(messages.render("no-kinds", options.lang), err=True)
    if text:
        from itasgraph.questions import query_hints

        for hint in try_briefly(lambda: query_hints.hints(text, loaded, outcome.empty), options) or ():
            click.echo(query_hints.render(hint, text, options.lang), err=True)
    if outcome.no:
        click.get_current_context().exit(1)


def _has_no_kinds(loaded: Queryable) -> bool:
    """Return whether no entry has a kind of ours, which nearly all ready questions need."""
    return not loaded.query(f"ASK {{ ?entry <{ITAS.kind}> ?kind }}")


def _stdin() -> str:
    if sys.stdin is None:  # the caller has closed it
        raise UsageError("stdin-closed")
    content = sys.stdin.buffer.read(_LONGEST + 1)
    if len(content) > _LONGEST:
        raise UsageError("stdin-too-long", limit=f"{_LONGEST >> 20} MiB")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError("stdin-not-utf8") from error


def _pairs(arguments: tuple[str, ...]) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for text in arguments:
        name, equals, value = text.partition("=")
        if not (name and equals and value):
            raise UsageError("malformed-parameter", value=text)
        if pairs.setdefault(name, value) != value:
            raise UsageError("repeated-parameter", name=name)
    return pairs
