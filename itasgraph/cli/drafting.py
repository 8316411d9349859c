"""The command draft."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from itasgraph import messages
from itasgraph.cli.options import GraphOptions, graph_options
from itasgraph.cli.output import write
from itasgraph.cli.program import main
from itasgraph.errors import UsageError

if TYPE_CHECKING:
    from itasgraph.documents.document import Document
    from itasgraph.drafting.draft import Draft


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
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Data file to write; default: stdout."
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
@graph_options(data=False)
def draft(
    document: Path,
    output: Path | None,
    explain: bool,
    dry_run: bool,
    options: GraphOptions,
    **reading: Unpack[_Reading],
) -> None:
    """Draft a data file from a list of actors or a programme: entries with quotes, and what is doubtful below "review:".

    The document is a workbook (XLSX), a CSV file, an HTML page, a DOCX or PDF document, or a text. An entry that the project
    knows by any of its names keeps its id. Needs: pip install 'itasgraph[draft]'

    \b
    Example: itasgraph draft actors.xlsx -o data/actors.yaml
    """
    from itasgraph.documents import readers

    if output is not None and output.exists() and not dry_run:
        raise UsageError("draft-exists", path=output)
    content = readers.read(document, reading["sheet"])
    drafted = _compose(content, document, options, reading)
    if not dry_run:
        write(_data_file(drafted, content, document, options.lang, reading["url"]), output, options)
        if reading["text"] is not None:
            write(content.content, reading["text"], options)
    for line in _remarks(drafted, content, options.lang, explain=explain):
        click.echo(line, err=True)


def _compose(content: Document, path: Path, options: GraphOptions, reading: _Reading) -> Draft:
    from itasgraph.drafting import composition
    from itasgraph.parsing import jsonld_context
    from itasgraph.store import access

    project = options.project()
    consent = reading["consent"]
    request = composition.Request(
        f"source/{_document_name(path)}",
        options.lang,
        composition.columns(reading["columns"]),
        consent.date().isoformat() if consent else "",
    )
    return composition.compose(content, str(path), access.load(project), jsonld_context.load(project), request)


def _document_name(path: Path) -> str:
    """Return the second half of the ids that are made from the name of a file."""
    from itasgraph.drafting.slugs import short_slug

    return short_slug(path.stem)


def _data_file(drafted: Draft, content: Document, path: Path, lang: str, url: str) -> bytes:
    from itasgraph.documents import readers
    from itasgraph.entities.evidence import OFFLINE

    with readers.missing_package_errors(path):
        from itasgraph.drafting import data_file

    name = _document_name(path)
    address = url or f"{OFFLINE}{name}{path.suffix.lower()}"
    label = content.title or path.stem
    header = data_file.Header(f"source/{name}", content.headline, address, lang, content.sha256, {lang: label})
    return data_file.write(drafted, header, messages.render("draft-comment", lang, path=path.name))


def _remarks(drafted: Draft, content: Document, lang: str, *, explain: bool) -> Iterator[str]:
    """Yield what the user has to know: how many entries there are, what is undecided, and what was not read."""
    if explain:
        for step in drafted.steps:
            yield messages.render("draft-step", lang, line=step.line, rule=step.rule, result=step.result)
    new = sum(bool(entry.type) for entry in drafted.entries.values())
    yield messages.render("draft-entries", lang, new=new, known=len(drafted.entries) - new)
    if drafted.doubts:
        yield messages.render("draft-undecided", lang, count=len(drafted.doubts))
    if drafted.unknown_columns:
        yield messages.render("draft-columns", lang, columns=", ".join(drafted.unknown_columns))
    if content.omitted:
        yield messages.render("draft-omitted", lang, parts=", ".join(content.omitted))
