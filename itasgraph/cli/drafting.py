"""The command draft."""

from __future__ import annotations

import contextlib
import shlex
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from itasgraph import messages
from itasgraph.cli.options import GraphOptions, graph_options
from itasgraph.cli.output import open_output, write
from itasgraph.cli.program import main

if TYPE_CHECKING:
    from itasgraph.documents.document import Document
    from itasgraph.drafting import workbook_draft, workflow
    from itasgraph.drafting.draft import Draft
    from itasgraph.drafting.workflow import Result
    from itasgraph.messages.codes import Code


class _Reading(TypedDict):
    """How the document is read, and what of it is recorded."""

    url: str
    text: Path | None
    sheet: str | None
    columns: tuple[str, ...]
    consent: datetime | None


@main.command()
@click.argument("document", type=click.Path(path_type=Path), metavar="DOCUMENT")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Data file to write, or to bring up to date; default: stdout.",
)
@click.option("--url", metavar="URL", default="", help="Web address of the document; it is recorded, not opened.")
@click.option(
    "--text",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the text of the document, to which the lines refer.",
)
@click.option("--sheet", metavar="NAME", help="Sheet of a workbook; default: all that are not hidden.")
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="HEADER=KEY",
    help='Read a column as this key, as in --column "Sparte=sector" (repeatable).',
)
@click.option(
    "--consent",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DAY",
    help="Day on which the people in the document agreed that their contact details are kept.",
)
@click.option("--explain", is_flag=True, help="Say on stderr which rule made which entry.")
@click.option("--dry-run", is_flag=True, help="Say what would be drafted, and write nothing.")
@click.option("--remove", is_flag=True, help="Remove from FILE what the document no longer says and nobody changed.")
@graph_options(data=False)
def draft(
    document: Path,
    output: Path | None,
    explain: bool,
    dry_run: bool,
    remove: bool,
    options: GraphOptions,
    **reading: Unpack[_Reading],
) -> None:
    """Draft a data file from a list of actors or a programme: entries with quotes, and what is doubtful below "review:".

    The document is a workbook (XLSX), a CSV file, an HTML page, a DOCX or PDF document, or a text. An entry that the project
    knows by any of its names keeps its id. A FILE that exists is brought up to date: what a person wrote or decided in it stays.
    A workbook that export wrote and somebody edited changes the data files of the project: what was edited, nothing else.
    Needs: pip install 'itasgraph[draft]'

    \b
    Examples: itasgraph draft actors.xlsx -o data/actors.yaml
              itasgraph draft entries.xlsx
    """
    from itasgraph.documents import readers

    with readers.missing_package_errors(document):
        from itasgraph.drafting import workflow
    consent = reading["consent"]
    task = workflow.Task(
        document,
        options.project(),
        options.lang,
        reading["url"],
        reading["sheet"],
        reading["columns"],
        consent.date().isoformat() if consent else "",
        reading["text"],
    )
    content = readers.read(document, reading["sheet"])
    if content.record:
        _edit_project(task, content, output, options, remove=remove, dry_run=dry_run)
        return
    is_again = output is not None and output.exists()
    if output and is_again:
        result = workflow.draft_again(task, content, output, remove=remove)
    else:
        result = workflow.draft_first(task, content)
    if not dry_run:
        _write(result, output, reading["text"], options)
    for line in _remarks(result, options.lang, explain=explain, is_again=is_again):
        click.echo(line, err=True)
    if result.uncovered:
        command = _coverage_command(document, reading["sheet"] or result.baseline.sheet, options)
        click.echo(messages.render("draft-uncovered", options.lang, count=result.uncovered, command=command), err=True)


def _coverage_command(document: Path, sheet: str, options: GraphOptions) -> str:
    """Return the command that shows which lines of a document are not covered."""
    place = ["--project", str(options.folder)] if options.folder else []
    return shlex.join(["itasgraph", "coverage", str(document), *(["--sheet", sheet] if sheet else []), *place])


def _edit_project(
    task: workflow.Task,
    content: Document,
    output: Path | None,
    options: GraphOptions,
    *,
    remove: bool,
    dry_run: bool,
) -> None:
    """Change the data files of the project as a workbook was edited: all of them, or none."""
    from itasgraph.drafting import workflow

    result = workflow.draft_workbook(task, content, output, remove=remove)
    if not dry_run:
        with contextlib.ExitStack() as written:
            text = {task.text: content.content} if task.text else {}
            for target, data in sorted({**result.files, **text}.items(), reverse=True):
                written.enter_context(open_output(target, options)).write(data)
    for line in _edit_remarks(result, options.lang):
        click.echo(line, err=True)


def _edit_remarks(result: workbook_draft.Result, lang: str) -> Iterator[str]:
    """Yield what was edited, what was not taken over, and how much that is in all."""
    edits = result.edits
    for remark in edits.remarks:
        yield messages.render(remark.code, lang, **remark.facts)
    yield messages.render("workbook-edits", lang, changed=edits.changed, new=edits.new, removed=edits.removed)
    if result.draft.doubts:
        yield messages.render("draft-undecided", lang, count=len(result.draft.doubts))
    if result.unknown_columns:
        yield messages.render("draft-columns", lang, columns=", ".join(result.unknown_columns))


def _write(result: Result, output: Path | None, text: Path | None, options: GraphOptions) -> None:
    """Write the data file and what belongs to it; a file that stays the same is not touched."""
    from itasgraph.drafting import baseline

    if output is not None and output.exists() and output.read_bytes() == result.content:
        click.echo(messages.render("draft-unchanged", options.lang, path=output), err=True)
    else:
        write(result.content, output, options)
    if output is not None and str(output) != "-":
        baseline.write(result.baseline, output)
    if text is not None:
        write(result.document.content, text, options)


def _remarks(result: Result, lang: str, *, explain: bool, is_again: bool) -> Iterator[str]:
    """Yield what the user has to know: what is new, what is undecided, and what was not read."""
    draft = result.draft
    if explain:
        for step in draft.steps:
            yield messages.render("draft-step", lang, line=step.line, rule=step.rule, result=step.result)
    yield from _differences(result, lang) if is_again else _counts(draft, lang)
    if result.described is not None:
        yield messages.render("draft-described", lang, path=result.described)
    if result.undecided:
        yield messages.render("draft-undecided", lang, count=result.undecided)
    if draft.unknown_columns:
        yield messages.render("draft-columns", lang, columns=", ".join(draft.unknown_columns))
    if result.document.omitted:
        yield messages.render("draft-omitted", lang, parts=", ".join(result.document.omitted))


def _counts(draft: Draft, lang: str) -> Iterator[str]:
    new = sum(bool(entry.type) for entry in draft.entries.values())
    yield messages.render("draft-entries", lang, new=new, known=len(draft.entries) - new)


def _differences(result: Result, lang: str) -> Iterator[str]:
    """Yield each difference between the last draft and this one, and how many there are of each kind."""
    codes: dict[str, Code] = {
        "new": "draft-new",
        "changed": "draft-changed",
        "gone": "draft-gone",
        "kept": "draft-kept",
        "removed": "draft-removed",
        "decided": "draft-decided",
    }
    for change in result.changes:
        where = f"{change.entry}, {change.key}" if change.key else change.entry
        facts = {"before": change.before, "after": change.after, "line": change.line}
        yield messages.render(
            codes[change.kind.value], lang, where=where, **{name: fact or "–" for name, fact in facts.items()}
        )
    counts = Counter(change.kind.value for change in result.changes)
    kinds = {"new": counts["new"], "changed": counts["changed"], "kept": counts["kept"]}
    yield messages.render("draft-differences", lang, **kinds, gone=counts["gone"] + counts["removed"])
    if counts["removed"] or counts["decided"]:
        yield messages.render("draft-removals", lang, removed=counts["removed"], decided=counts["decided"])
