"""From a document to its data file: a new one, or that of its last draft brought up to date."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from itasgraph import messages
from itasgraph.documents import plain_text, readers
from itasgraph.documents.document import Document
from itasgraph.drafting import composition, data_file, described, revision, uncovered_lines, workbook_draft
from itasgraph.drafting.baseline import Baseline
from itasgraph.drafting.changes import Change
from itasgraph.drafting.data_file import Header
from itasgraph.drafting.document_language import language_of
from itasgraph.drafting.draft import Draft
from itasgraph.drafting.slugs import free_id, short_slug
from itasgraph.entities.evidence import OFFLINE
from itasgraph.errors import FileError, UsageError
from itasgraph.parsing import jsonld_context, yaml_syntax
from itasgraph.project import Project
from itasgraph.store import access
from itasgraph.store.memory import Graph
from itasgraph.util import files


@dataclass(frozen=True, slots=True)
class Task:
    """A document to be drafted for a project, and how it is read; `columns` are assignments such as "Sparte=sector".

    `lang` is the language of messages, and that of the document where its words do not tell it.
    `text` is the file for the text of the document, in which that of the last draft may stand.
    """

    path: Path
    project: Project
    lang: str
    url: str = ""
    sheet: str | None = None
    columns: tuple[str, ...] = ()
    consent: str = ""
    text: Path | None = None

    @property
    def name(self) -> str:
        """Return the second half of the ids that are made from the name of the file."""
        return short_slug(self.path.stem)

    def header(self, document: Document, source: str, address: str, lang: str) -> Header:
        # An exported workbook has the title of the project.
        label = {lang: (not document.record and document.title) or self.path.stem}
        return Header(source, document.headline, address, lang, document.sha256, label)


@dataclass(frozen=True, slots=True)
class Result:
    """A draft, its document, and the content of the data file; of one that existed, what changed in it.

    `described` is the data file of a project that describes the document already; `uncovered` is the number of lines of the
    document that no statement, doubt or omission came from.
    """

    draft: Draft
    document: Document
    content: bytes
    baseline: Baseline
    undecided: int
    changes: list[Change] = field(default_factory=list)
    described: Path | None = None
    uncovered: int = 0


def draft_first(task: Task, document: Document) -> Result:
    """Return the draft of a document as a new data file. Raises as `compose` does."""
    graph = access.load(task.project)
    same, others = described.ids_of(graph, document.sha256, task.url)
    source = free_id("source", task.name, others)
    columns = composition.columns(task.columns)
    lang = language_of(document, task.lang)
    request = composition.Request(source, lang, columns, task.consent)
    context = jsonld_context.load(task.project)
    draft = composition.compose(document, str(task.path), graph, context, request)
    file = described.data_file(task.project, same) if same else None
    if file is not None:
        described.leave_out(draft, file)
    name = f"{source.removeprefix('source/')}{task.path.suffix.lower()}"
    header = task.header(document, source, task.url or f"{OFFLINE}{name}", lang)
    baseline = revision.first_baseline(data_file.data(draft, header), document, columns, task.sheet or "")
    content = data_file.write(draft, header, messages.render("draft-comment", task.lang, path=task.path.name))
    _require_readable(content, task)
    # What another file says of the document is not in the draft, so the draft alone does not tell which lines nobody quotes.
    uncovered = 0 if file else uncovered_lines.count(document, content, str(task.path), context)
    return Result(draft, document, content, baseline, len(draft.doubts), described=file, uncovered=uncovered)


def draft_again(task: Task, document: Document, output: Path, *, remove: bool) -> Result:
    """Return the draft of a document merged into the data file of its last draft.

    Raises as `draft_first` does, and UsageError where the file is that of another document.
    """
    file = revision.read(output)
    before = file.baseline or Baseline()
    if before.sheet and not task.sheet:
        document = readers.read(task.path, before.sheet)
    graph = _graph_without(output, task.project)
    context = jsonld_context.load(task.project)
    source = _source(task, file)
    columns = {**before.columns, **composition.columns(task.columns)}
    lang = file.language or language_of(document, task.lang)
    request = composition.Request(source, lang, columns, task.consent, file.consents())

    def compose(one: Document) -> Draft:
        return composition.compose(one, str(task.path), graph, context, request)

    def data(one: Document, draft: Draft) -> dict[str, Any]:
        return data_file.data(draft, task.header(one, source, task.url or str(file.data.get("document", "")), lang))

    draft = compose(document)
    old = _old_text(task, file)
    if old is not None:
        # Without the headings and tables of a page its text is another document, of which only the lines are the same.
        is_whole = document.raw is not None
        file = revision.with_baseline(file, old, data(old, compose(old)) if is_whole else None)
    known = [entry.id for entry in draft.entries.values() if not entry.type]
    result = revision.revise(
        file,
        data(document, draft),
        known,
        document,
        lambda id_: bool(graph.query(f"ASK {{ ?subject ?property <{context.expand(id_)}> }}")),
        remove=remove,
    )
    _require_readable(result.content, task)
    uncovered = uncovered_lines.count(document, result.content, str(output), context)
    return Result(
        draft, document, result.content, result.baseline, result.undecided, result.changes, uncovered=uncovered
    )


def _require_readable(content: bytes, task: Task) -> None:
    """Raise FileError where a data file is larger than one that the project reads."""
    if len(content) > yaml_syntax.MAX_BYTES:
        size, limit = (f"{math.ceil(number / 1_000_000)} MB" for number in (len(content), yaml_syntax.MAX_BYTES))
        raise FileError("draft-too-large", path=task.path, size=size, limit=limit)


def _old_text(task: Task, file: revision.DraftedFile) -> Document | None:
    """Return the text of the last draft, where it is needed and is still there."""
    if file.baseline is not None or task.text is None or not task.text.is_file():
        return None
    old = plain_text.read(files.read(task.text, str(task.text)), str(task.text))
    return old if old.sha256 == file.data.get("sha256") else None


def draft_workbook(task: Task, document: Document, output: Path | None, *, remove: bool) -> workbook_draft.Result:
    """Return what the edits of a workbook that `export` wrote make of the project; `output` is the workbook's own data file.

    Raises as `workbook_draft.compose` does, and UsageError for the bundled project, which is not to be changed.
    """
    if task.project.bundled:
        raise UsageError("bundled-not-edited", path=task.project.root)
    address = task.url or f"{OFFLINE}{task.name}{task.path.suffix.lower()}"
    header = task.header(document, f"source/{task.name}", address, task.lang)
    comment = messages.render("draft-comment", task.lang, path=task.path.name)
    request = workbook_draft.Request(output, header, comment, remove, task.lang)
    return workbook_draft.compose(document, task.project, access.load(task.project), request)


def _source(task: Task, file: revision.DraftedFile) -> str:
    """Return the id of the source in a data file. Raises UsageError where it is another document."""
    source = str(file.data["id"])
    is_same = source == f"source/{task.name}" or (task.url and task.url == file.data.get("document"))
    if not (is_same or file.baseline):
        raise UsageError("draft-of-other", path=file.path, source=source, document=task.path)
    return source


def _graph_without(output: Path, project: Project) -> Graph:
    """Return the graph of a project as it is without one of its data files."""
    others = [path for path in project.data if not path.samefile(output)]
    return access.load(project) if len(others) == len(project.data) else access.load_files(others, project)
