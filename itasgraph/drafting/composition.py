"""A document → a draft of what it says, with the ids of the entries that the project knows already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from itasgraph import messages
from itasgraph.documents.document import Document, LineKind
from itasgraph.drafting import programme
from itasgraph.drafting.actor_list import ActorList
from itasgraph.drafting.ambiguity import leave_to_person
from itasgraph.drafting.cards import card_table
from itasgraph.drafting.column_headers import column_keys
from itasgraph.drafting.draft import Draft, Step
from itasgraph.drafting.edge_list import EdgeList
from itasgraph.drafting.entry_maker import FOLDERS, EntryMaker
from itasgraph.drafting.explanation import explain
from itasgraph.drafting.known_entities import KnownEntities
from itasgraph.drafting.programme_entries import ProgrammeEntries
from itasgraph.drafting.project_entries import ProjectEntries, project_sheets
from itasgraph.drafting.proof import prove
from itasgraph.drafting.prose import ProseEntries, is_prose
from itasgraph.drafting.speakers import SpeakerGrammar
from itasgraph.drafting.tables import edge_tables, of_consortium, tables
from itasgraph.errors import UsageError
from itasgraph.parsing.jsonld_context import Context
from itasgraph.store.queryable import Queryable

if TYPE_CHECKING:
    from itasgraph.messages.codes import Code


class _Omission(NamedTuple):
    """Lines that are left out: the beginning of the id, and the codes of label and reason."""

    name: str
    label: Code
    reason: Code


_HEADINGS: Final = _Omission("headings", "headings-omitted", "headings-omitted-why")
_BREAKS: Final = _Omission("breaks", "breaks-omitted", "breaks-omitted-why")


@dataclass(frozen=True, slots=True)
class Request:
    """How to read a document: the id of its source, its language, header → key, and the day on which its people agreed.

    `consents` are the days of single people by id.
    """

    source: str
    lang: str
    columns: Mapping[str, str] = field(default_factory=dict)
    consent: str = ""
    consents: Mapping[str, str] = field(default_factory=dict)


def columns(assignments: Iterable[str]) -> dict[str, str]:
    """Return header → key of assignments such as "Sparte=sector". Raises UsageError."""
    result: dict[str, str] = {}
    for assignment in assignments:
        header, separator, key = assignment.rpartition("=")
        if not separator or not header.strip():
            raise UsageError("column-without-key", column=assignment)
        if key.strip() not in column_keys():
            raise UsageError("unknown-column-key", column=assignment, key=key.strip(), known=", ".join(column_keys()))
        result[" ".join(header.split())] = key.strip()
    return result


def compose(document: Document, path: str, graph: Queryable, context: Context, request: Request) -> Draft:
    """Return the draft of a document. Raises UsageError where it holds nothing that the grammar knows."""
    draft = Draft()
    kinds = [(kind, context.types[kind]) for kind in (*FOLDERS, "ConceptScheme") if kind in context.types]
    known = KnownEntities(graph, kinds)

    make = EntryMaker(draft, known, request.lang)
    form = "column"
    head = _read_lists(document, make, graph, request)
    if not draft.entries and not draft.doubts:
        form = _read_text(document, make, request)
    if not draft.entries and not draft.doubts:
        raise UsageError("nothing-to-draft", path=path)
    if head:
        _omit(draft, document, request.source, _headings(document, head), _HEADINGS)
    leave_to_person(draft, make)
    explain(draft, form)
    prove(draft, document)
    return draft


def _read_lists(document: Document, make: EntryMaker, graph: Queryable, request: Request) -> list[int]:
    """Read the lists of actors and of relations; return the numbers of the lines down to their headers."""
    actors = ActorList(make, request.consent, request.consents)
    head: list[int] = []
    sheets = project_sheets(document)
    for table in tables(document, request.columns):
        if len(sheets) == 1:
            partners = of_consortium(table)
            actors.read(partners)
            ProjectEntries(make).add_consortium(sheets[0], partners.rows)
        else:
            actors.read(table)
        head += table.head
    if not head and (cards := card_table(document)):
        actors.read(cards)
    if edges := list(edge_tables(document)):
        relations = EdgeList(make, document, graph)
        for table in edges:
            relations.read(table)
            head += table.head
    return head


def _read_text(document: Document, make: EntryMaker, request: Request) -> str:
    """Read a document that holds no list; return the form that it has."""
    known = make.known
    grammar = SpeakerGrammar(
        lambda name: bool(known.find("Organisation", name)), lambda name: bool(known.find("Person", name))
    )
    found = programme.read(document, grammar)
    has_times = any(item.time.start for section in found.sections for item in section.items)
    if not has_times and (sheets := project_sheets(document)):
        ProjectEntries(make).add(sheets)
        return "project-sheet"
    if is_prose(document, found):
        ProseEntries(make, grammar, document).add()
        return "prose"
    if found.sections:
        ProgrammeEntries(make, document).add(found)
        _omit(make.draft, document, request.source, found.breaks, _BREAKS)
        _omit(make.draft, document, request.source, found.heads, _HEADINGS)
    return "programme"


def _headings(document: Document, head: Iterable[int]) -> Iterator[int]:
    """Yield the lines of the headings of sheets and tables."""
    sheets = (number for number, line in enumerate(document.lines, 1) if line.kind is LineKind.HEADING)
    yield from sorted({*sheets, *head})


def _omit(draft: Draft, document: Document, source: str, lines: Iterable[int], omission: _Omission) -> None:
    """Leave lines out on purpose."""
    numbers = list(lines)
    draft.steps += [
        Step(number, f"{omission.name}-omitted", document.lines[number - 1].text.strip()) for number in numbers
    ]
    quotes = dict.fromkeys(document.lines[number - 1].text.strip() for number in numbers)
    if quotes:
        entry = draft.entry(source.replace("source/", f"omission/{omission.name}-of-", 1), "Omission")
        entry.values |= {
            "leavesOut": source,
            "quote": list(quotes),
            "label": _texts(omission.label),
            "description": _texts(omission.reason),
        }


def _texts(code: Code) -> dict[str, str]:
    return {lang: messages.render(code, lang) for lang in messages.LANGUAGES}
