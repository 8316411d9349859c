"""The commands of authoring: init, check, coverage."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from itasgraph import messages
from itasgraph.cli.language import lang_option, language
from itasgraph.cli.options import GraphOptions, format_option, graph_options
from itasgraph.cli.output import write
from itasgraph.cli.program import main


@main.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@lang_option
@click.pass_context
def init(ctx: click.Context, folder: Path) -> None:
    """Create a project for another region, with one example event.

    \b
    Example: itasgraph init my-region
    """
    from itasgraph.authoring import scaffold

    scaffold.create(folder)
    click.echo(messages.render("created", language(ctx), path=shlex.quote(str(folder))), err=True)


@main.command()
@format_option(
    ["text", "json", "github"], "Format of the findings; github makes annotations of a pull request.", default="text"
)
@graph_options(data=False)
def check(format_: str, options: GraphOptions) -> None:
    """Report all faults of a project, each with file and line. Exit code 1 if there are any.

    \b
    Example: itasgraph check --project my-region
    """
    from itasgraph.authoring import project_check

    source = options.project()
    findings, compiled = project_check.check(source)
    write(project_check.render(findings, format_, options.lang).encode(errors="replace"), None, options)
    faults = sum(finding.severity == "fault" for finding in findings)
    if compiled and not findings:
        click.echo(messages.render("no-faults", options.lang, **project_check.summary(compiled)), err=True)
    else:
        click.echo(
            messages.render("fault-count", options.lang, faults=faults, warnings=len(findings) - faults), err=True
        )
    if faults:
        click.get_current_context().exit(1)


@main.command()
@click.argument("document", type=click.Path(path_type=Path), metavar="DOCUMENT")
@click.option("--sheet", metavar="NAME", help="Sheet of a workbook; default: all that are not hidden.")
@click.option("--source", metavar="NAME", help="Name of the source; default: the source whose checksum or quotes fit.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the text with its quotes marked as HTML.",
)
@graph_options(data=False)
def coverage(document: Path, sheet: str | None, source: str | None, output: Path | None, options: GraphOptions) -> None:
    """Compare a document with the graph: does each quote stand in it, is each line accounted for? Exit code 1 if not.

    A document is a text or Markdown file, and, with pip install 'itasgraph[draft]', HTML, DOCX, PDF, XLSX, CSV or TSV.

    \b
    Example: itasgraph coverage review.txt -o coverage.html
    """
    from itasgraph.authoring import coverage as coverages

    result = coverages.measure_coverage(document, options.project(), source, sheet)
    for line in result.lines:
        if line.reason:
            click.echo(
                messages.render(
                    "line-omitted", options.lang, line=line.number, text=line.text, reason=line.reason[options.lang]
                )
            )
    for finding in result.findings:
        click.echo(finding.render(options.lang))
    click.echo(coverages.summary(result, options.lang), err=True)
    if output:
        write(coverages.page(result, options.lang), output, options)
    if any(finding.severity == "fault" for finding in result.findings):
        click.get_current_context().exit(1)
