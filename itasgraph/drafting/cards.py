"""A directory of cards ("heading, then label and value in lines of their own") → a table of actors, a row for each card."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from itasgraph.documents.document import Document, Line, LineKind
from itasgraph.drafting import values
from itasgraph.drafting.column_headers import column_key, project_key
from itasgraph.drafting.lexica import begins_other_address, is_organisation, is_role_word
from itasgraph.drafting.people import is_person, split_role
from itasgraph.drafting.tables import Cell, Row, Table
from itasgraph.drafting.times import leading_times
from itasgraph.util.spelling import fold

_LABEL: Final = re.compile(r"\s*([^:|]{2,40}?)\s*:\s*(\S.*)", re.DOTALL)
_INNER_LABEL: Final = re.compile(r"(?<=\s)([\w.-]{2,20})\s?:\s")
_NEAR_LINES: Final = 3  # below a name, among which its address stands
_CELLS: Final = 2  # of a row with a label and its value
_FEWEST: Final = 3  # cards of a directory
_FEWEST_VALUES: Final = 2  # of a card
_MOST_TIMES: Final = 2  # of a page that is no programme
_LONGEST_LABEL: Final = 3  # words of a line that is nothing else
_BULLETS: Final = 100  # the level of cards that are bullets
_LONGEST_ADDRESS: Final = 80  # characters
_NAMING: Final = frozenset({"organisation", "name"})
# Labels that only the sheet of a project has.
_OF_PROJECT: Final = frozenset({"participants", "period"})


@dataclass
class _Card:
    """A heading with its line and level, and key → what the lines below it say."""

    name: str
    line: int
    level: int
    values: dict[str, list[str]] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    open_key: str = ""  # of a label in a line of its own
    is_text: bool = False  # its name stands in a line that is no heading

    @property
    def is_filled(self) -> bool:
        return len(self.values) >= _FEWEST_VALUES


def card_table(document: Document) -> Table | None:
    """Return the cards of a document as a table; None where it is no directory.

    It is one if the headings of a level name organisations, most lines below which are labels of actors or contacts.
    """
    lines = document.lines
    if sum(leading_times(line.text).length > 0 for line in lines) > _MOST_TIMES or any(map(_is_of_project, lines)):
        return None
    every = list(_cards(lines))
    if 2 * sum(card.is_text for card in every) >= sum(not card.is_text and bool(card.values) for card in every):
        # Where so many cards hold such a line, it stands above their second addresses.
        every = list(_cards(lines, may_be_text=False))
    for level in sorted({card.level for card in every}):
        cards = [card for card in every if card.level == level and card.values]
        filled = [card for card in cards if card.is_filled]
        named = [card for card in cards if is_organisation(card.name)]
        if len(filled) >= _FEWEST and 2 * len(filled) > len(cards) and 2 * len(named) > len(cards):
            unknown = tuple(dict.fromkeys(label for card in cards for label in card.unknown))
            labels = {key: label for card in reversed(cards) for key, label in card.labels.items()}
            return Table(tuple(map(_row, cards)), unknown, (), labels)
    return None


def _is_of_project(line: Line) -> bool:
    match = _LABEL.fullmatch(line.text)
    return match is not None and project_key(match[1]) in _OF_PROJECT


def _cards(lines: Sequence[Line], *, may_be_text: bool = True) -> Iterator[_Card]:
    """Yield the headings, the bullets of several lines, and perhaps names that are no headings, with what is said below them."""
    card: _Card | None = None
    for number, line in enumerate(lines, 1):
        name, *below = line.cells[0].split("\n") if line.kind is LineKind.BULLET and len(line.cells) == 1 else [""]
        if len(below) >= _FEWEST_VALUES:
            bullet = _Card(name, number, _BULLETS)
            for text in below:
                _read(text, bullet)
            yield bullet
        elif line.kind is LineKind.HEADING:
            if card is not None:
                yield card
            card = _Card(line.plain.strip(), number, line.level)
        elif card is not None and may_be_text and _is_next_card(lines, number - 1, card):
            yield card
            card = _Card(line.plain.strip(), number, card.level, is_text=True)
        elif card is not None and line.text.strip():
            _read_line(line, card)
    if card is not None:
        yield card


def _read_line(line: Line, card: _Card) -> None:
    """Add a line to its card: a label alone, a value of the label above it, or what it says by itself."""
    text, open_key = line.text.strip(), card.open_key
    if open_key == "person" and card.values.get(open_key) and _is_contact(text):
        _read(text, card)  # a list of contacts below the people
        return
    is_first = open_key and line.kind is not LineKind.BULLET and not card.values.get(open_key)
    key = "" if is_first else _label(line)
    if key and key not in _NAMING:
        card.open_key = key
        card.labels.setdefault(key, text)
    elif open_key and (line.kind is LineKind.BULLET or _may_follow(line, open_key, card)):
        card.values.setdefault(open_key, []).append(text)
    else:
        for part in _divided(_in_one(line)):
            _read(part, card)


def _is_contact(text: str) -> bool:
    contacts, rest = _contacts(text)
    return bool(contacts) and not rest


def _may_follow(line: Line, key: str, card: _Card) -> bool:
    """Return whether a paragraph below a label is its value: the first one, and below people each that names one more."""
    return not card.values.get(key) or (key == "person" and is_person(split_role(line.plain.strip()).name))


def _is_next_card(lines: Sequence[Line], index: int, card: _Card) -> bool:
    """Return whether a line begins a card though it is no heading: an organisation with an address, below one that has its own.

    The second address of a card may stand below its own name, or below what it is a member of.
    """
    name = lines[index].plain.strip()
    if "town" not in card.values or ":" in name or not is_organisation(name) or values.has_postal_code(name):
        return False
    if begins_other_address(name) or is_role_word(name.split()[0]) or fold(name) == fold(card.name):
        return False
    below = lines[index + 1 : index + 1 + _NEAR_LINES]
    return any(values.has_postal_code(line.text) and len(line.text) <= _LONGEST_ADDRESS for line in below)


def _divided(text: str) -> list[str]:
    """Return the parts of a line, each of which begins with the label of a contact but the first.

    >>> _divided("Kontakt: Ida Kern Telefon: 0371 5512 Internet: www.x.example")
    ['Kontakt: Ida Kern', 'Telefon: 0371 5512', 'Internet: www.x.example']
    """
    starts = [match.start(1) for match in _INNER_LABEL.finditer(text) if column_key(match[1]) in values.CONTACTS]
    return [text[start:end].strip() for start, end in pairwise([0, *starts, len(text)])]


def _label(line: Line) -> str:
    """Return the key of a line that is nothing but a label, else an empty string."""
    text = line.text.strip()
    is_short = len(text.split()) <= _LONGEST_LABEL and not re.search(r"\d", text)
    return column_key(text) if line.kind is LineKind.PARAGRAPH and is_short else ""


def _in_one(line: Line) -> str:
    """Return the text of a line; of a row with a label and its value, with a colon between them."""
    if line.kind is LineKind.ROW and len(line.cells) == _CELLS:
        return f"{line.cells[0].rstrip(': ')}: {line.cells[1]}"
    return line.text


def _read(text: str, card: _Card) -> None:
    """Add what a line says to its card: a label and its value, contacts, an address with its postal code."""
    match = _LABEL.fullmatch(text)
    label, value = (match[1], match[2].strip()) if match else ("", "")
    key = column_key(label) if label else ""
    if key and key not in _NAMING:
        card.values.setdefault(key, []).append(value)
        card.labels.setdefault(key, label)
        return
    contacts, rest = _contacts(text)
    is_town = len(rest) <= _LONGEST_ADDRESS and values.has_postal_code(rest)
    if not rest or is_town:
        for key, value in contacts:
            card.values.setdefault(key, []).append(value)
    if is_town:
        card.values.setdefault("town", []).append(rest)
    elif rest and label:
        card.unknown.append(label)


def _contacts(text: str) -> tuple[list[tuple[str, str]], str]:
    """Return key and value of the contacts in a line, and what else it says.

    >>> _contacts("Tel. 0371 5512 · info@x.example www.x.example"), _contacts("Am Wehr 1, 09111 Chemnitz x.example")
    (([('email', 'info@x.example'), ('website', 'www.x.example'), ('telephone', '0371 5512')], ''), ([('website', 'x.example')], 'Am Wehr 1, 09111 Chemnitz'))
    """
    found: list[tuple[str, str]] = []
    rest: list[str] = []
    for word in text.split():
        plain = word.strip("·|,;()")
        key = "email" if values.email(plain) else "website" if values.web_address(plain) else ""
        if key:
            found.append((key, plain))
        elif plain:
            rest.append(word)
    words, _, numbers = values.channels(" ".join(rest).strip("·|,; "))
    return [*found, *(("telephone", number) for number in numbers)], words


def _row(card: _Card) -> Row:
    texts = {"organisation": card.name} | {key: "\n".join(_parts(key, every)) for key, every in card.values.items()}
    cells = {key: (Cell(text, "", column),) for column, (key, text) in enumerate(texts.items())}
    return Row(card.line, cells, len(cells))


def _parts(key: str, every: Sequence[str]) -> Iterator[str]:
    """Yield the values of a key; of people, commas separate names as well."""
    for text in every:
        names = [part.strip() for part in text.split(",")]
        yield from names if key == "person" and all(map(is_person, names)) else [text]
