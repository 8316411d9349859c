"""A table of actors → a draft: each row is an organisation or a person, with contacts, sector, seat, topics and projects."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from itasgraph.drafting import values
from itasgraph.drafting.draft import Entry
from itasgraph.drafting.entry_maker import EntryMaker
from itasgraph.drafting.lexica import is_organisation
from itasgraph.drafting.people import is_person, several_people, split_name, split_role
from itasgraph.drafting.tables import Cell, Row, Table
from itasgraph.util.spelling import fold

if TYPE_CHECKING:
    from itasgraph.messages.codes import Code

# How a text with several values of a key is divided.
_SEVERAL: Final[dict[str, Callable[[str], list[str]]]] = {
    "email": values.emails,
    "telephone": values.telephones,
    "website": lambda text: [text],
}
_PERIOD: Final[dict[str, Code]] = {"since": "doubt-no-since", "until": "doubt-no-until"}
_SHORTEST_NAME: Final = 3  # letters by which an address tells whose it is
_OF_PROJECTS: Final = ("project_role", "since", "until", "amount", "funder")
_NAME_PARTS: Final = ("academic_title", "first_name", "last_name")


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
        # What says how somebody takes part in a project says nothing without one.
        unread = () if any(row.text("projects") for row in table.rows) else table.unread(_OF_PROJECTS)
        known = self._draft.unknown_columns
        known += [column for column in (*table.unknown, *unread) if column not in known]
        heading: Row | None = None
        # A list with headings between its rows begins with one; elsewhere, such a row is an actor of whom nothing else is known.
        is_grouped = len(table.rows) > 1 and _is_sub_heading(*table.rows[:2])
        for row, following in zip_longest(table.rows, table.rows[1:]):
            if is_grouped and following and _is_sub_heading(row, following):
                heading = row
            else:
                self._row(row, heading)

    def _row(self, row: Row, heading: Row | None) -> None:
        organisation = self._organisation(row)
        person = self._person(row, organisation)
        actor = organisation or person
        if actor is None:
            return
        self._contacts(row, organisation, person)
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

    # --- who ----------------------------------------------------------------------------------------------------------

    def _organisation(self, row: Row) -> Entry | None:
        text = row.text("organisation")
        if not text and row.text("name") and not (row.text("first_name") or is_person(row.text("name"))):
            text = row.text("name")
        return self._make.entry("Organisation", text, row.line) if text else None

    def _person(self, row: Row, organisation: Entry | None) -> Entry | None:
        """Return the person of a row; relate several to the organisation, and return the first."""
        texts = self._people(row)
        people = [self._one_person(text, row) for text in texts]
        for text, person in zip(texts, people, strict=True):
            if organisation is not None:
                details = self._details(row, "role", "role")
                if "role" not in details and (role := split_role(text).role):
                    details["role"] = self._make.entry("Role", role, row.line).id
                details |= {"quote": row.text("last_name") or " ".join(text.split()), "line": row.line}
                organisation.relate("contactPersons", person.id, details)
        return people[0] if people else None

    def _people(self, row: Row) -> list[str]:
        if row.text("last_name"):
            return [" ".join(part for key in _NAME_PARTS if (part := row.text(key)))]
        pieces = (text for cell in row.cells.get("person", ()) for text in values.several(cell.text))
        texts = (values.channels(text)[0] for text in pieces)
        names = [name for text in texts if text for name in self._names(text, row)]
        if not names and row.text("name") and (row.text("organisation") or is_person(row.text("name"))):
            names = [row.text("name")]
        return names

    def _names(self, text: str, row: Row) -> list[str]:
        """Return the people whom a text names; a word alone that is no known name, such as "Sekretariat", is left to a person."""
        if " " not in text and not self._make.known.find("Person", text):
            self._make.doubt("doubt-no-person", text, row.line, key="contactPersons", place=row.place("person"))
            return []
        return several_people(text)

    def _one_person(self, text: str, row: Row) -> Entry:
        title, name = split_name(split_role(text).name)
        person = self._make.entry("Person", name, row.line, quote=row.text("last_name") or text)
        if title and person.type:
            person.values.setdefault("academicTitle", title)
        return person

    # --- contacts -----------------------------------------------------------------------------------------------------

    def _contacts(self, row: Row, organisation: Entry | None, person: Entry | None) -> None:
        for key in values.CONTACTS:
            for cell in row.cells.get(key, ()):
                for text in (one for piece in values.several(cell.text) for one in _SEVERAL[key](piece)):
                    self._contact(row, key, text, self._owner(key, text, organisation, person), cell)
        for cell in row.cells.get("person", ()):
            _, emails, telephones = values.channels(cell.text)
            for key, texts in (("email", emails), ("telephone", telephones)):
                for text in texts:
                    self._contact(row, key, text, self._owner(key, text, organisation, person), cell)

    def _owner(self, key: str, text: str, organisation: Entry | None, person: Entry | None) -> Entry | None:
        """Return whose contact it is: a web site, and an address without a name of the person, are the organisation's."""
        if person is None or organisation is None:
            return organisation or person
        if key == "website":
            return organisation
        name = fold(str(person.values.get("name", person.id.rpartition("/")[2].replace("-", " "))))
        first, *_, last = name.split() * 2
        parts = [part for part in (first, last.rpartition("-")[2]) if len(part) >= _SHORTEST_NAME]
        is_personal = key == "telephone" or any(part in fold(text.partition("@")[0]) for part in parts)
        return person if is_personal else organisation

    def _contact(self, row: Row, key: str, text: str, owner: Entry | None, cell: Cell) -> None:
        if owner is None:
            return
        is_person = owner.id.startswith("person/")
        read, code = values.CONTACTS[key]
        value = read(text)
        consent = self._consents.get(owner.id, self._consent)
        if not value:
            self._make.doubt(code, text, row.line, about=owner.id, key=key, place=cell.place)
        elif is_person and not consent:
            self._make.doubt("doubt-consent", text, row.line, about=owner.id, key=key, place=cell.place)
        else:
            if key == "website":
                owner.values.setdefault(key, value)
            else:
                owner.add(key, value)
            if is_person:
                owner.values["consent"] = consent
            self._make.prove(owner, text, row.line)

    # --- what they do, and where ---------------------------------------------------------------------------------------

    def _concepts(self, row: Row, key: str, kind: str, entry: Entry) -> None:
        for cell in row.cells.get(key, ()):
            for text in values.several(cell.text):
                entry.relate(key, self._make.entry(kind, text, row.line).id, {"quote": text, "line": row.line})

    def _seat(self, row: Row, organisation: Entry) -> None:
        text = values.town(row.text("town"))
        if not text:
            return
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


def _name(row: Row) -> str:
    return row.text("organisation") or row.text("name")


def _is_sub_heading(row: Row, following: Row) -> bool:
    """Return whether a row is a heading, such as "Bildungsträger", above rows that say more: one cell, and no name of an actor."""
    name = _name(row)
    is_actor = " " in name and (is_organisation(name) or is_person(name))
    return row.filled == 1 < following.filled and bool(name) and not is_actor
