"""The contacts in a row of a list: which are in it, whose they are, and which of them a person has to decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final
from urllib.parse import unquote, urlsplit

from itasgraph.drafting import values
from itasgraph.drafting.draft import Entry
from itasgraph.drafting.entry_maker import EntryMaker
from itasgraph.drafting.row_people import RowPerson, people_beside
from itasgraph.drafting.tables import Cell, Row, Table
from itasgraph.util.spelling import fold

People = Sequence[tuple[RowPerson, Entry]]
# How a text with several values of a key is divided.
_SEVERAL: Final[dict[str, Callable[[str], list[str]]]] = {
    "email": values.emails,
    "telephone": values.telephones,
    "website": lambda text: [text],
}
_SHORTEST_NAME: Final = 3  # letters by which an address tells whose it is
# The columns whose links lead to those whom they name.
_NAMES: Final = ("organisation", "name", "person", "last_name")
_MAILTO: Final = "mailto:"


class RowContacts:
    """Adds the contacts in the rows of a table to the entries of a draft; those of people only with their consent."""

    def __init__(self, make: EntryMaker, consent: str, consents: Mapping[str, str], table: Table) -> None:
        """`consent` is the day on which all agreed, or an empty string; `consents` has other days by id."""
        self._make = make
        self._consent = consent
        self._consents = consents
        self._shared = _shared_hosts(table)

    def add(self, row: Row, organisation: Entry | None, people: People) -> None:
        """Add the contacts of a row to the organisation or to the people whom it names."""
        for key in values.CONTACTS:
            cells = row.cells.get(key, ())
            for cell in cells:
                near = people_beside(cell, [person for person, _ in people], cells)
                beside = [entry for person, entry in people if person in near]
                self._cell(row, key, cell, _addresses(key, cell), organisation, beside)
        for cell in row.cells.get("person", ()):
            _, emails, telephones = values.channels(cell.text)
            beside = [entry for person, entry in people if person.cell == cell]
            if not beside and not emails:  # "E-Mail" below "Kontakt", as a link
                emails = _addresses("email", Cell("", cell.place, cell.column, cell.links))
                beside = [entry for _, entry in people]
            self._cell(row, "email", cell, emails, organisation, beside)
            self._cell(row, "telephone", cell, telephones, organisation, beside)
        self._links(row, organisation, people)

    def _cell(
        self, row: Row, key: str, cell: Cell, texts: Sequence[str], organisation: Entry | None, beside: Sequence[Entry]
    ) -> None:
        addresses = [text if values.CONTACTS[key][0](text) else _linked(key, cell) or text for text in texts]
        for number, text in enumerate(texts):
            owners = _owners(key, addresses, number, organisation, beside)
            if len(owners) > 1:
                ids = [entry.id for entry in owners]
                self._make.doubt("doubt-whose-contact", text, row.line, key=key, place=cell.place, candidates=ids)
            elif owners:
                self._contact(row, key, text, owners[0], cell)

    def _contact(self, row: Row, key: str, text: str, owner: Entry, cell: Cell) -> None:
        read, code = values.CONTACTS[key]
        value = read(text)
        quote = text
        if not value and (linked := _linked(key, cell)):
            value, quote = linked, cell.text
        if not value:
            self._make.doubt(code, text, row.line, about=owner.id, key=key, place=cell.place)
        else:
            self._state(row, key, value, quote, owner, cell)

    def _state(self, row: Row, key: str, value: str, quote: str, owner: Entry, cell: Cell) -> None:
        """State a contact that the words of a cell prove, or its link; of a person without consent, leave it to a person."""
        is_person = owner.id.startswith("person/")
        consent = self._consents.get(owner.id, self._consent)
        if is_person and not consent:
            candidates = [] if value in values.CONTACTS[key][0](quote) else [value]
            fields = {"about": owner.id, "key": key, "place": cell.place, "candidates": candidates}
            self._make.doubt("doubt-consent", quote or value, row.line, **fields)
            return
        if key == "website":
            owner.values.setdefault(key, value)
        else:
            owner.add(key, value)
        if is_person:
            owner.values["consent"] = consent
        if quote:
            self._make.prove(owner, quote, row.line)

    def _links(self, row: Row, organisation: Entry | None, people: People) -> None:
        """State where the links below the names lead; a host to which several names lead is that of the list."""
        for key in _NAMES:
            for cell in row.cells.get(key, ()):
                named = [entry for person, entry in people if person.cell == cell]
                owners = named or ([organisation] if organisation and key in ("organisation", "name") else [])
                for contact in _CONTACTS_OF_LINKS if len(owners) == 1 else ():
                    address = _linked(contact, cell)
                    if address and (key, _host(address)) not in self._shared:
                        self._state(row, contact, address, cell.text, owners[0], cell)


_CONTACTS_OF_LINKS: Final = ("email", "website")


def _addresses(key: str, cell: Cell) -> list[str]:
    """Return the texts of a cell that are contacts; where it shows none, but its link leads to one, the text as a whole."""
    texts = [text for piece in values.several(cell.text) for text in _SEVERAL[key](piece)]
    return texts or ([""] if _linked(key, cell) else [])


def _owners(
    key: str, texts: Sequence[str], number: int, organisation: Entry | None, beside: Sequence[Entry]
) -> Sequence[Entry]:
    """Return whose contact one of the texts of a cell is; several where the row does not tell.

    A web site, and an address without a name of a person, are the organisation's.
    """
    if not beside or (organisation is not None and key == "website"):
        return [organisation] if organisation is not None else []
    if key == "email":
        named = [person for person in beside if _is_named(texts[number], person)]
        return named[:1] or ([organisation] if organisation is not None else beside)
    return [beside[number]] if len(texts) == len(beside) else beside


def _is_named(address: str, person: Entry) -> bool:
    name = fold(str(person.values.get("name", person.id.rpartition("/")[2].replace("-", " "))))
    first, *_, last = name.split() * 2
    parts = [part for part in (first, last.rpartition("-")[2]) if len(part) >= _SHORTEST_NAME]
    return any(part in fold(address.partition("@")[0]) for part in parts)


def _linked(key: str, cell: Cell) -> str:
    """Return the e-mail or web address to which the only such link of a cell leads, else an empty string."""
    found = dict.fromkeys(
        _read_link(link) for link in cell.links if link.casefold().startswith(_MAILTO) == (key == "email")
    )
    return next(iter(found)) if len(found) == 1 and key != "telephone" else ""


def _read_link(link: str) -> str:
    if link.casefold().startswith(_MAILTO):
        return values.email(unquote(link[len(_MAILTO) :].partition("?")[0]))
    return values.web_address(link)


def _host(address: str) -> str:
    return (urlsplit(address).hostname or address).removeprefix("www.")


def _shared_hosts(table: Table) -> set[tuple[str, str]]:
    """Return the hosts to which the links of several names in the columns of one key lead, as pairs of key and host."""
    names: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for key, cell in _named_cells(table):
        for address in filter(None, map(_read_link, cell.links)):
            names[key, _host(address)].add(cell.text)
    return {one for one, texts in names.items() if len(texts) > 1}


def _named_cells(table: Table) -> Iterator[tuple[str, Cell]]:
    for row in table.rows:
        yield from ((key, cell) for key in _NAMES for cell in row.cells.get(key, ()))
