"""The commands of authoring: init, check, remove, coverage."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from itasgraph import messages
from itasgraph.cli.language import lang_option, language
from itasgraph.cli.options import GraphOptions, format_option, graph_options, shell_completion
from itasgraph.cli.output import write
from itasgraph.cli.program import main
from itasgraph.errors import Finding, UsageError


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
        click.echo(messages.render("no-faults", options.lang, **project_check.counts(compiled)), err=True)
    else:
        click.echo(
            messages.render("fault-count", options.lang, faults=faults, warnings=len(findings) - faults), err=True
        )
    if undecided := sum(len(document.undecided) for document in compiled.documents) if compiled else 0:
        click.echo(messages.render("undecided-count", options.lang, count=undecided), err=True)
    if faults:
        click.get_current_context().exit(1)


@main.command()
@click.argument("person", metavar="NAME", shell_complete=shell_completion("entities"))
@click.option("--contacts", "only_contacts", is_flag=True, help="Remove only contact details, and the consent to them.")
@click.option("--dry-run", is_flag=True, help="Say what would change and what names the person, and change nothing.")
@graph_options(data=False)
def remove(person: str, only_contacts: bool, dry_run: bool, options: GraphOptions) -> None:
    """Remove a person from the data, with all that only they lead to, and empty the cache. Exit code 1 if faults are left.

    A contribution stays, and quotes lose the name. Then each place in the folder that still has the name is listed:
    ids, other texts, pictures and exports made before.

    \b
    Example: itasgraph remove "Boris Kaiser" --dry-run
    """
    from itasgraph.authoring import project_check, remaining_mentions, removal
    from itasgraph.cli import cache

    source = options.project()
    if source.bundled and options.folder is None:
        raise UsageError("remove-from-bundled")
    plan = removal.plan(source, person, options.lang, contacts=only_contacts)
    places = list(remaining_mentions.find(source, plan.name, plan.contents))
    faults: list[Finding] = []
    if not dry_run:
        plan.carry_out()
        try:
            faults = project_check.check(source)[0] if places or not plan.unknown else []
        finally:
            cache.clear(options.lang)  # the check, too, puts what the files say there
    if plan.unknown:
        if not places:
            raise plan.unknown
        click.echo(plan.unknown.render(options.lang), err=True)
    for finding in [*plan.changes, *plan.kept, *places, *faults]:
        click.echo(finding.render(options.lang))
    counts = {"changes": len(plan.changes), "files": len(plan.contents), "places": len(places)}
    click.echo(messages.render("removal-plan" if dry_run else "removal-done", options.lang, **counts), err=True)
    if any(finding.severity == "fault" for finding in faults):
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
