"""The sheet of a project ("Auftragnehmer: …", "Laufzeit: …", "Fördermittelgeber: …") → the project with its relations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from itasgraph.documents.document import Document, Line, LineKind
from itasgraph.drafting import values
from itasgraph.drafting.column_headers import project_key
from itasgraph.drafting.draft import Details, Entry
from itasgraph.drafting.entry_maker import EntryMaker
from itasgraph.drafting.lexica import is_organisation
from itasgraph.drafting.people import is_person, split_name
from itasgraph.drafting.tables import Row

# Labels that only the sheet of a project has, and how many of them make one.
_TELLING: Final = frozenset({"kind", "participants", "funder", "period", "amount"})
_FEWEST: Final = 2
_CELLS: Final = 2
_LABEL: Final = re.compile(r"\s*([^:|]{3,40}?)\s*:\s*(.*)", re.DOTALL)
_UNTIL: Final = re.compile(r"\s*(?:–|—|\bbis\b|\bto\b|\buntil\b|(?<!\d)-|-(?!\d))\s*")
_SINCE: Final = re.compile(r"(?:seit|ab|von|since|from)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Text:
    """Words of a document, and their line."""

    text: str
    line: int


@dataclass
class ProjectSheet:
    """A sheet: the name of the project, and label → what stands behind it."""

    name: Text
    fields: dict[str, list[Text]] = field(default_factory=dict)


def project_sheets(document: Document) -> list[ProjectSheet]:
    """Return the sheets of projects in a document: a heading, and below it lines that begin with a known label."""
    result: list[ProjectSheet] = []
    heading, current, open_key = Text("", 0), None, ""
    for number, line in enumerate(document.lines, 1):
        key, text = _labelled(line)
        if key:
            if current is None or (key == "name" and "name" in current.fields):
                current = ProjectSheet(heading)
                result.append(current)
            if text:
                current.fields.setdefault(key, []).append(Text(text, number))
            open_key = "" if text else key
        elif line.kind is LineKind.BULLET and current is not None and open_key:
            current.fields.setdefault(open_key, []).append(Text(line.text.strip(), number))
        elif line.kind is LineKind.HEADING or (current is None and line.text.strip()):
            heading, current = Text(line.text.strip(), number), None
    return [sheet for sheet in map(_named, result) if sheet.name.text and len(_TELLING & set(sheet.fields)) >= _FEWEST]


def _named(sheet: ProjectSheet) -> ProjectSheet:
    name = sheet.fields.get("name")
    return ProjectSheet(name[0], sheet.fields) if name else sheet


def _labelled(line: Line) -> tuple[str, str]:
    """Return the key of the label with which a line begins, and the text behind it; empty strings where there is none."""
    if line.kind is LineKind.ROW and len(line.cells) == _CELLS:
        return project_key(line.cells[0].rstrip(": ")), line.cells[1].strip()
    match = _LABEL.fullmatch(line.text)
    return (project_key(match[1]), match[2].strip()) if match else ("", "")


class ProjectEntries:
    """Makes the entries of sheets of projects; who is no organisation by name is left to a person."""

    def __init__(self, make: EntryMaker) -> None:
        self._make = make

    def add(self, sheets: Iterable[ProjectSheet]) -> None:
        """Add the projects of the sheets to the draft."""
        for sheet in sheets:
            self._project(sheet)

    def add_consortium(self, sheet: ProjectSheet, rows: Iterable[Row]) -> None:
        """Add the project of a sheet whose partners stand in the rows of a table, each with its role in the project."""
        project = self._project(sheet)
        for row in rows:
            if name := row.text("organisation"):
                details: Details = {"quote": name, "line": row.line}
                if role := row.text("project_role"):
                    details = {"role": self._make.entry("Role", role, row.line).id, "quote": [name, role]}
                project.relate("participants", self._make.entry("Organisation", name, row.line).id, details)

    def _project(self, sheet: ProjectSheet) -> Entry:
        project = self._make.entry("Project", sheet.name.text, sheet.name.line)
        for kind in sheet.fields.get("kind", [])[:1]:
            if project.type:
                project.values["description"] = {self._make.lang: kind.text}
                self._make.prove(project, kind.text, kind.line)
        period = self._period(sheet, project)
        participants = list(self._organisations(sheet, project, "participants", "participants"))
        funders = list(self._organisations(sheet, project, "funder", "fundedBy"))
        for key, found in (("participants", participants), ("fundedBy", funders)):
            for organisation, text in found:
                details = {**period, **(self._funds(sheet, project) if key == "fundedBy" and len(funders) == 1 else {})}
                project.relate(key, organisation.id, _with_quote(details, text))
        if period and not participants and not funders:
            (text,) = sheet.fields["period"][:1]
            self._make.doubt("doubt-period-alone", text.text, text.line, about=project.id, key="since")
        self._contacts(sheet, project)
        return project

    def _organisations(self, sheet: ProjectSheet, project: Entry, label: str, key: str) -> Iterator[tuple[Entry, Text]]:
        for text in sheet.fields.get(label, []):
            for name in self._names(text.text):
                if is_organisation(name) or self._make.known.find("Organisation", name):
                    yield self._make.entry("Organisation", name, text.line), Text(name, text.line)
                else:
                    self._make.doubt("doubt-organisation-unknown", name, text.line, about=project.id, key=key)

    def _names(self, text: str) -> list[str]:
        """Return the names in a text, which commas separate only where an organisation stands between each two of them."""
        parts = [part.strip() for part in text.split(",")]
        if all(is_organisation(part) or self._make.known.find("Organisation", part) for part in parts):
            return parts
        return values.several(text)

    def _period(self, sheet: ProjectSheet, project: Entry) -> Details:
        """Return since and until with the words that prove them."""
        for text in sheet.fields.get("period", [])[:1]:
            begin, *end = _UNTIL.split(_SINCE.sub("", text.text), maxsplit=1)
            since, until = values.date(begin), values.date(end[0]) if end else ""
            if not since or (end and not until):
                self._make.doubt("doubt-no-since", text.text, text.line, about=project.id, key="since")
                return {}
            return {"since": since, **({"until": until} if until else {}), "quote": [text.text]}
        return {}

    def _funds(self, sheet: ProjectSheet, project: Entry) -> Details:
        for text in sheet.fields.get("amount", [])[:1]:
            amount = values.amount(text.text)
            if amount is None:
                self._make.doubt("doubt-no-amount", text.text, text.line, about=project.id, key="amount")
                return {}
            return {"amount": amount, "currency": "EUR"}
        return {}

    def _contacts(self, sheet: ProjectSheet, project: Entry) -> None:
        for text in sheet.fields.get("person", []):
            title, name = split_name(text.text)
            if not is_person(name):
                self._make.doubt("doubt-no-kind", text.text, text.line, about=project.id, key="contactPersons")
                continue
            person = self._make.entry("Person", name, text.line, quote=text.text)
            if title and person.type:
                person.values.setdefault("academicTitle", title)
            project.relate("contactPersons", person.id, {"quote": text.text, "line": text.line})
        for text in sheet.fields.get("website", [])[:1]:
            if address := values.web_address(text.text):
                project.values.setdefault("website", address)
                self._make.prove(project, text.text, text.line)


def _with_quote(details: Details, text: Text) -> Details:
    """Return details of a relation with the words that prove its target, and those that prove its period."""
    proof = details.get("quote")
    quotes = [text.text, *(proof if isinstance(proof, list) else ())]
    return {**details, "quote": quotes if len(quotes) > 1 else text.text, "line": text.line}
