"""What drafting makes of a document: entries as a data file has them, doubts, and which rule made what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

# A value as a data file has it: a text, a number, several texts, translations, or relations (target → its details).
Details = dict[str, "str | int | list[str]"]
Value = str | int | float | list[str] | dict[str, str] | dict[str, Details]


@dataclass
class Entry:
    """An entry of a data file: its id, its kind, and its keys in the order in which they are written.

    An entry that the project already describes has no kind here: the draft only adds to it.
    """

    id: str
    type: str
    values: dict[str, Value] = field(default_factory=dict)

    def relate(self, key: str, target: str, details: Mapping[str, str | int | list[str]]) -> None:
        """Add a relation; what a first relation to the same target says stays."""
        relations = self.values.setdefault(key, dict[str, Details]())
        assert isinstance(relations, dict)
        relations.setdefault(target, dict(details))  # type: ignore[arg-type]  # the values below one key are all of one type

    def add(self, key: str, text: str) -> None:
        """Add a text to a list, once."""
        texts = self.values.setdefault(key, list[str]())
        assert isinstance(texts, list)
        if text not in texts:
            texts.append(text)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A value that a person has to decide; the fields are the keys of an item below `review:`."""

    quote: str
    reason: str
    line: int
    about: str = ""
    key: str = ""
    place: str = ""
    candidates: Sequence[str] = ()
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One decision of the grammar, for `--explain`: the line, the name of the rule, and the words that it took for what."""

    line: int
    rule: str
    result: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Entries that have one name, the words that name one of them, and their line; in a draft it has an id of its own."""

    candidates: tuple[str, ...]
    quote: str
    line: int

    @property
    def id(self) -> str:
        return f"?{' '.join(self.candidates)}"


@dataclass
class Draft:
    """The entries of a document by id, in the order of the document, and what is doubtful or left over."""

    entries: dict[str, Entry] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    unknown_columns: list[str] = field(default_factory=list)
    choices: dict[str, Choice] = field(default_factory=dict)

    def entry(self, id_: str, type_: str) -> Entry:
        """Return the entry of an id; make it where the draft has none yet."""
        return self.entries.setdefault(id_, Entry(id_, type_))
