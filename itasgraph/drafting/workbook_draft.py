"""An edited workbook → the data files of the project as they are to be written, the workbook's own among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from itasgraph.authoring.quotations import SourceText
from itasgraph.documents.document import Document
from itasgraph.drafting import data_file
from itasgraph.drafting.data_file import Header
from itasgraph.drafting.draft import Doubt, Draft, Entry
from itasgraph.drafting.entry_maker import EntryMaker
from itasgraph.drafting.exported_workbook import ExportedWorkbook
from itasgraph.drafting.known_entities import KnownEntities
from itasgraph.drafting.project_data import DataFile, ProjectData
from itasgraph.drafting.proof import place_quotes, prove
from itasgraph.drafting.workbook_edits import Edits, WorkbookEditor
from itasgraph.errors import UsageError
from itasgraph.filters.selection import Selection, select_statements
from itasgraph.project import Project
from itasgraph.serializers.entry_tables import Naming, tables
from itasgraph.store.queryable import Queryable


@dataclass(frozen=True, slots=True)
class Result:
    """The files to write (path → content), what the edits came to, the draft of the workbook's own file, and unknown headers."""

    files: Mapping[Path, bytes]
    edits: Edits
    draft: Draft
    unknown_columns: Sequence[str]


@dataclass(frozen=True, slots=True)
class Request:
    """Where the workbook's own data file goes (None: data/NAME.yaml), its head and comment, and whether missing rows are removed."""

    output: Path | None
    header: Header
    comment: str
    remove: bool
    lang: str


def compose(document: Document, project: Project, graph: Queryable, request: Request) -> Result:
    """Return what the edits of a workbook make of a project. Raises UsageError for the workbook of another project."""
    book = ExportedWorkbook(document, graph)
    if book.base != graph.base:
        raise UsageError("workbook-of-another-project", base=book.base, own=graph.base)
    data = ProjectData(project, graph.terms)
    naming = Naming(graph, book.lang)
    content = tables(graph, select_statements(graph, True, Selection()), naming)
    kinds = [(table.kind, graph.terms.types[table.kind]) for table in content]
    make = EntryMaker(Draft(), KnownEntities(graph, kinds), request.lang)
    editor = WorkbookEditor(book, content, naming, data, make)
    editor.apply(remove=request.remove)

    edits = editor.edits
    if not (edits.changed or edits.new or edits.removed or make.draft.doubts):
        return Result({}, edits, make.draft, book.unknown_columns)
    prove(make.draft, document)
    own = _OwnFile(document, project, data, request)
    files = own.write(make.draft)
    files |= {file.path: file.write() for file in data.files if file.changed and file.path not in files}
    before = {file.path: file.content for file in data.files}
    files = {path: content for path, content in files.items() if content != before.get(path)}
    return Result(files, edits, make.draft, book.unknown_columns)


class _OwnFile:
    """The data file of which the workbook is the source."""

    def __init__(self, document: Document, project: Project, data: ProjectData, request: Request) -> None:
        self._document = document
        self._project = project
        self._request = request
        self._header, self._file = self._find(data)

    def _find(self, data: ProjectData) -> tuple[Header, DataFile | None]:
        """Return the head of the file, and the file where there is one; another document may have taken the id."""
        header, number = self._request.header, 2
        while (file := data.file_of(header.id)) is not None and file.data.get("document") != header.document:
            header = replace(header, id=f"{self._request.header.id}-{number}")
            number += 1
        return header, file

    def write(self, draft: Draft) -> dict[Path, bytes]:
        """Return path → content of the file, or nothing where nothing is to be written."""
        if self._file is not None:
            return self._merge(self._file, draft)
        if not draft.entries and not draft.doubts:
            return {}
        name = self._header.id.partition("/")[2]
        path = self._request.output or self._project.root / "data" / f"{name}.yaml"
        if path.exists():
            raise UsageError("draft-exists", path=path)
        return {path: data_file.write(draft, self._header, self._request.comment)}

    def _merge(self, file: DataFile, draft: Draft) -> dict[Path, bytes]:
        """Return the file with the entries of a draft beside those that it has; its quotes stand in the workbook as it is now."""
        says = {entry["id"]: entry for entry in file.data.get("says") or []}
        for entry in draft.entries.values():
            if entry.id in says:
                _merge_entry(says[entry.id], entry)
            elif entry.values:
                says[entry.id] = {"id": entry.id, **({"type": entry.type} if entry.type else {}), **entry.values}
        self._place_quotes(says)
        # Where all that the workbook said is gone, its quotes prove nothing.
        file.data["says"] = [entry for entry in says.values() if set(entry) - {"id", "line"}]
        file.data["sha256"] = self._document.sha256
        _review(file.data, draft.doubts)
        return {file.path: file.write()}

    def _place_quotes(self, says: Mapping[str, dict[str, Any]]) -> None:
        text = SourceText(line.text for line in self._document.lines)
        rows = {cell: number for number, line in enumerate(self._document.lines, 1) for cell in line.cells[:1]}
        for id_, entry in says.items():
            for holder in (entry, *(one for value in entry.values() for one in _details(value))):
                if "quote" in holder:
                    line = holder.get("line", 0)
                    place_quotes(holder, text, rows.get(id_, line if isinstance(line, int) else 0))


def _details(value: Any) -> Sequence[dict[str, Any]]:
    return [one for one in value.values() if isinstance(one, dict)] if isinstance(value, dict) else []


def _merge_entry(old: dict[str, Any], new: Entry) -> None:
    """Add the values of an entry of a draft to one of a file."""
    for key, value in new.values.items():
        if isinstance(value, dict):
            old[key] = {**old.get(key, {}), **value}
        elif isinstance(value, list) or key == "quote":
            items = old.get(key, [])
            items = items if isinstance(items, list) else [items]
            added = [item for item in (value if isinstance(value, list) else [value]) if item not in items]
            old[key] = [*items, *added]
        else:
            old[key] = value


def _review(data: dict[str, Any], doubts: Sequence[Doubt]) -> None:
    """Replace the undecided values of cells by those of now; leave what a person wrote."""
    by_key = {_identity(item): item for item in data.get("review") or [] if isinstance(item, dict)}
    now = {_identity(fields): fields for fields in map(_fields, doubts)}
    items = [item for key, item in by_key.items() if key in now or "place" not in item]
    items += [fields for key, fields in now.items() if key not in by_key]
    if items:
        data["review"] = items
    else:
        data.pop("review", None)


def _identity(item: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(item.get(key, "")) for key in ("about", "key", "quote", "reason"))


def _fields(doubt: Doubt) -> dict[str, Any]:
    fields = {key: value for key, value in asdict(doubt).items() if value}
    return {**fields, "candidates": list(doubt.candidates)} if doubt.candidates else fields
