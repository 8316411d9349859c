"""A table of actors → a draft: each row is an organisation or a person, with contacts, sector, seat, topics and projects."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from itasgraph.drafting import values
from itasgraph.drafting.draft import Entry
from itasgraph.drafting.entry_maker import EntryMaker
from itasgraph.drafting.lexica import is_organisation
from itasgraph.drafting.people import is_person, split_name, split_role
from itasgraph.drafting.row_contacts import RowContacts
from itasgraph.drafting.row_people import RowPerson, people_of, role_of
from itasgraph.drafting.tables import Row, Table
from itasgraph.util.spelling import fold

if TYPE_CHECKING:
    from itasgraph.messages.codes import Code

_PERIOD: Final[dict[str, Code]] = {"since": "doubt-no-since", "until": "doubt-no-until"}
_OF_PROJECTS: Final = ("project_role", "since", "until", "amount", "funder")
# How a row begins that adds up the numbers above it.
_TOTALS: Final = frozenset(["summe", "gesamt", "gesamtsumme", "insgesamt", "zwischensumme", "sum", "total", "totals"])
_LONGEST_NAME: Final = 8  # words
# A heading that names several kinds of organisations: "Verwaltung und Verbände".
_SEVERAL_KINDS: Final = re.compile(r"[A-ZÄÖÜ][a-zäöüß-]+(?:, [A-ZÄÖÜ][a-zäöüß-]+)* (?:und|and) [A-ZÄÖÜ][a-zäöüß-]+")
_OF_CONTACTS: Final = ("person", "name", "academic_title", "first_name", "last_name", "role", "email", "telephone")


class ActorList:
    """Reads tables of actors into a draft; entries that the project knows by any name keep their ids."""

    def __init__(self, make: EntryMaker, consent: str, consents: Mapping[str, str]) -> None:
        """`consent` is the day on which all agreed to have their contacts kept, or an empty string; `consents` has other days by id."""
        self._make = make
        self._draft = make.draft
        self._consent = consent
        self._consents = consents

    def read(self, table: Table) -> None:
        """Add what the rows of a table say to the draft."""
        known = self._draft.unknown_columns
        known += [column for column in (*table.unknown, *_unread(table)) if column not in known]
        self._contacts = RowContacts(self._make, self._consent, self._consents, table)
        heading: Row | None = None
        above: Row | None = None
        # A list with headings between its rows begins with one; elsewhere, such a row is an actor of whom nothing else is known.
        is_grouped = len(table.rows) > 1 and _is_sub_heading(*table.rows[:2])
        for row, following in zip_longest(table.rows, table.rows[1:]):
            if is_grouped and following and _is_sub_heading(row, following):
                heading, above = row, None
            elif fold(_name(row)).rstrip(":") in _TOTALS:
                continue
            elif following is None and _is_note(row):
                self._make.doubt("doubt-organisation-unknown", _name(row), row.line, place=row.place("organisation"))
            elif above is not None and _continues(row):
                self._row_below(row, above, heading)
            else:
                self._row(row, heading)
                above = row if _organisation(row) else None

    def _row(self, row: Row, heading: Row | None) -> None:
        text = _organisation(row)
        organisation = self._make.entry("Organisation", text, row.line) if text else None
        people = self._people(row)
        if organisation is not None:
            self._contact_people(row, organisation, people)
        self._contacts.add(row, organisation, people)
        actor = organisation or next((entry for _, entry in people), None)
        if actor is None:
            return
        if organisation is not None:
            self._concepts(row, "sector", "Sector", organisation)
            if heading is not None and not row.text("sector"):
                text = _name(heading)
                sector = self._make.entry("Sector", text, heading.line)
                organisation.relate("sector", sector.id, {"quote": text, "line": heading.line})
            self._seat(row, organisation)
        self._topics(row, actor)
        self._offers(row, actor)
        self._projects(row, actor)

    def _row_below(self, row: Row, above: Row, heading: Row | None) -> None:
        """Read a row that names no organisation of its own: more contacts of the row above, or what a person has to decide."""
        organisation = self._make.entry("Organisation", _organisation(above), above.line)
        contacts = sum(bool(cell.text) for key in _OF_CONTACTS for cell in row.cells.get(key, ()))
        named = people_of(row)
        if named and contacts == row.filled and _same_house(row, above):
            people = self._people(row)
            self._contact_people(row, organisation, people)
            self._contacts.add(row, organisation, people)
            return
        if named:
            self._row(row, heading)
        said = [(person.quote, "contactPersons", person.cell.place) for person in named]
        for text, key, place in said or [(row.text(key), "", row.place(key)) for key in row.cells if row.text(key)]:
            self._make.doubt("doubt-row-above", text, row.line, about=organisation.id, key=key, place=place)

    # --- who ----------------------------------------------------------------------------------------------------------

    def _people(self, row: Row) -> list[tuple[RowPerson, Entry]]:
        return [(person, self._person(person, row)) for person in people_of(row) if self._is_name(person, row)]

    def _is_name(self, person: RowPerson, row: Row) -> bool:
        """Return whether a text names a person; a word alone that is no known name, such as "Sekretariat", is left to a person."""
        is_name = " " in person.text or row.text("last_name") or self._make.known.find("Person", person.text)
        if not is_name and not person.cell.links:
            place = person.cell.place
            self._make.doubt("doubt-no-person", person.text, row.line, key="contactPersons", place=place)
        return bool(is_name)

    def _person(self, person: RowPerson, row: Row) -> Entry:
        printed = split_role(person.text).name
        before, _, rest = (part.strip() for part in printed.partition(","))
        if rest and is_person(before):
            printed = before
            self._make.doubt("doubt-beside-name", rest, row.line, key="contactPersons", place=person.cell.place)
        title, name = split_name(printed)
        entry = self._make.entry("Person", name, row.line, quote=person.quote)
        if title and entry.type:
            entry.values.setdefault("academicTitle", title)
        return entry

    def _contact_people(self, row: Row, organisation: Entry, people: Sequence[tuple[RowPerson, Entry]]) -> None:
        for person, entry in people:
            role = role_of(person, [one for one, _ in people], row)
            details = {"role": self._make.entry("Role", role, row.line).id} if role else {}
            organisation.relate("contactPersons", entry.id, {**details, "quote": person.quote, "line": row.line})

    # --- what they do, and where ---------------------------------------------------------------------------------------

    def _concepts(self, row: Row, key: str, kind: str, entry: Entry) -> None:
        for cell in row.cells.get(key, ()):
            for text in values.several(cell.text):
                entry.relate(key, self._make.entry(kind, text, row.line).id, {"quote": text, "line": row.line})

    def _seat(self, row: Row, organisation: Entry) -> None:
        cells = [cell for cell in row.cells.get("town", ()) if cell.text]
        if not cells:
            return
        towns = [text for cell in cells if (text := values.town(cell.text)) and not values.is_street(text)]
        towns = [text for text in towns if values.is_town(text)]
        if not towns:
            self._make.doubt(
                "doubt-no-town", cells[0].text, row.line, about=organisation.id, key="location", place=cells[0].place
            )
            return
        text = towns[0]
        place = self._make.entry("Place", text, row.line)
        organisation.relate("location", place.id, {"quote": text, "line": row.line})

    def _topics(self, row: Row, actor: Entry) -> None:
        for cell in row.cells.get("topics", ()):
            for text in values.keywords(cell.text):
                topic = self._make.entry("Topic", text, row.line)
                topic.add("hiddenLabel", text)
                actor.add("words", text)
                self._make.prove(actor, text, row.line)

    def _offers(self, row: Row, actor: Entry) -> None:
        for cell in row.cells.get("offers", ()):
            for text in values.keywords(cell.text):
                offer = self._make.entry("Offer", text, row.line)
                offer.relate("participants", actor.id, {"quote": text, "line": row.line})

    def _projects(self, row: Row, actor: Entry) -> None:
        for cell in row.cells.get("projects", ()):
            for text in values.several(cell.text):
                project = self._make.entry("Project", text, row.line)
                details = self._details(row, "project_role", "role") | self._period(row) | self._funds(row)
                project.relate("participants", actor.id, {**details, "quote": text, "line": row.line})
                for funder in values.several(row.text("funder")):
                    funding = self._make.entry("Organisation", funder, row.line)
                    project.relate("fundedBy", funding.id, {"quote": funder, "line": row.line})

    def _details(self, row: Row, column: str, key: str) -> dict[str, str | int]:
        text = row.text(column)
        return {key: self._make.entry("Role", text, row.line).id} if text else {}

    def _period(self, row: Row) -> dict[str, str | int]:
        period: dict[str, str | int] = {}
        for key in _PERIOD:
            if text := row.text(key):
                if value := values.date(text):
                    period[key] = value
                else:
                    self._make.doubt(_PERIOD[key], text, row.line, key=key, place=row.place(key))
        return period

    def _funds(self, row: Row) -> dict[str, str | int]:
        text = row.text("amount")
        if not text:
            return {}
        value = values.amount(text)
        if value is None:
            self._make.doubt("doubt-no-amount", text, row.line, key="amount", place=row.place("amount"))
            return {}
        return {"amount": value, "currency": "EUR"}


def _unread(table: Table) -> list[str]:
    """Return the headers of columns that say something, but of nothing that the table has."""
    headers = [] if any(row.text("projects") for row in table.rows) else table.unread(_OF_PROJECTS)
    has_contacts = any(_organisation(row) and people_of(row) for row in table.rows)
    return headers + ([] if has_contacts else table.unread(("role",)))


def _organisation(row: Row) -> str:
    """Return the organisation that a row names, an empty string where it names none."""
    name = row.text("name")
    is_other = row.text("first_name") or is_person(name)
    return row.text("organisation") or ("" if is_other else name)


def _continues(row: Row) -> bool:
    """Return whether a row may go on with the row above: the cell of its organisation is empty, and before all others."""
    columns = [cell.column for key, cells in row.cells.items() for cell in cells if key in _OF_CONTACTS and cell.text]
    first = min((cell.column for cell in row.cells.get("organisation", ())), default=None)
    is_first = first is not None and first < min(columns, default=first + 1)
    return is_first and not _organisation(row) and any(map(row.text, row.cells))


def _same_house(row: Row, above: Row) -> bool:
    """Return whether the e-mail addresses of two rows do not speak against one organisation."""
    hosts, others = (
        {text.partition("@")[2].casefold() for cell in one.cells.get("email", ()) for text in values.emails(cell.text)}
        for one in (row, above)
    )
    return not (hosts and others) or bool(hosts & others)


def _name(row: Row) -> str:
    return row.text("organisation") or row.text("name")


def _is_note(row: Row) -> bool:
    """Return whether the last row of a table is a note below it: one cell, and no name."""
    name = _name(row)
    is_text = name[:1] in "*¹(" or ":" in name or name.endswith(".") or len(name.split()) > _LONGEST_NAME
    return row.filled == 1 and bool(name) and is_text and not is_organisation(name)


def _is_sub_heading(row: Row, following: Row) -> bool:
    """Return whether a row is a heading, such as "Bildungsträger", above rows that say more: one cell, and no name of an actor."""
    name = _name(row)
    is_actor = " " in name and (is_organisation(name) or is_person(name)) and not _SEVERAL_KINDS.fullmatch(name)
    return row.filled == 1 < following.filled and bool(name) and not is_actor
