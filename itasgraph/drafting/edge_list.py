"""A list of relations, with columns such as "Von", "Nach" and "Beziehung" → relations between entries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from itasgraph.documents.document import Document
from itasgraph.drafting.draft import Entry
from itasgraph.drafting.entry_maker import FOLDERS, EntryMaker
from itasgraph.drafting.lexica import is_organisation
from itasgraph.drafting.people import is_person
from itasgraph.drafting.tables import Row, Table
from itasgraph.entities.labels import translations
from itasgraph.parsing.jsonld_context import ValueType
from itasgraph.store.queryable import Queryable
from itasgraph.util.spelling import fold
from itasgraph.vocabulary import ITAS, RDFS

if TYPE_CHECKING:
    from itasgraph.messages.codes import Code

# The kinds of targets of relations whose property, a standard's, says none here.
_TARGETS: Final[Mapping[str, tuple[str, ...]]] = {
    "location": ("Place",),
    "spatial": ("Place",),
    "sector": ("Sector",),
    "fundedBy": ("Organisation",),
    "speakers": ("Person", "Organisation"),
    "attendees": ("Person", "Organisation"),
}
_LABELS: Final = f"<{ITAS.shortcut}>/<{RDFS.label}>"
_INVERSE: Final = f"<{ITAS.shortcut}>/<{ITAS.inverseLabel}>"


@dataclass(frozen=True, slots=True)
class Relation:
    """A key of relations, and the kinds between which it stands (none: any); read from its target where it is `inverse`."""

    key: str
    subjects: tuple[str, ...]
    targets: tuple[str, ...]
    inverse: bool = False


def relations(graph: Queryable) -> dict[str, Relation]:
    """Return the relations by each label, in German and English and in both directions, and by their keys."""
    keys = {key.iri: key for key in graph.terms.keys.values() if key.value_type is ValueType.RELATIONS}
    subjects = _kinds(graph, keys, "?iri dcam:domainIncludes|rdfs:domain ?class")
    targets = _kinds(graph, keys, "?iri itas:shortcut ?simple . ?simple dcam:rangeIncludes|rdfs:range ?class")
    result: dict[str, Relation] = {}
    for path, inverse in ((_LABELS, False), (_INVERSE, True)):
        for iri, texts in translations(graph, path, keys).items():
            name = keys[iri].name
            relation = Relation(name, subjects.get(iri, ()), targets.get(iri) or _TARGETS.get(name, ()), inverse)
            names = [*texts.values(), *(() if inverse else (name,))]
            result |= {fold(text): relation for text in names if fold(text) not in result}
    return result


def _kinds(graph: Queryable, iris: Iterable[str], pattern: str) -> dict[str, tuple[str, ...]]:
    """Return IRI of a relation → the kinds (their names in data files) of the classes that a pattern gives."""
    names = {iri: kind for kind, iri in graph.terms.types.items()}
    values = " ".join(f"<{iri}>" for iri in iris)
    result: dict[str, tuple[str, ...]] = {}
    for row in graph.select(f"SELECT ?iri ?class {{ VALUES ?iri {{ {values} }} {pattern} }} ORDER BY ?iri ?class"):
        if kind := names.get(row["class"].value):
            result[row["iri"].value] = (*result.get(row["iri"].value, ()), kind)
    return result


class EdgeList:
    """Reads lists of relations into a draft; what a label or a name does not decide is left to a person."""

    def __init__(self, make: EntryMaker, document: Document, graph: Queryable) -> None:
        self._make = make
        self._document = document
        self._relations = relations(graph)

    def read(self, table: Table) -> None:
        """Add what the rows of a table say to the draft."""
        unknown = self._make.draft.unknown_columns
        unknown += [column for column in table.unknown if column not in unknown]
        for row in table.rows:
            if row.text("from") and row.text("to"):
                self._row(row)

    def _row(self, row: Row) -> None:
        labels = [" ".join(cell.text.split()) for cell in row.cells.get("relation", ()) if cell.text]
        # Programs for networks have a column for the type of a relation, and one for its label.
        relation = next((self._relations[fold(one)] for one in labels if fold(one) in self._relations), None)
        label = next(iter(labels), "")
        begin, end = ("to", "from") if relation and relation.inverse else ("from", "to")
        subject = self._entry(row, begin, relation.subjects if relation else ())
        target = self._entry(row, end, relation.targets if relation else ())
        if relation is None:
            self._doubt("doubt-no-relation", label or self._quote(row), row, "relation", subject, target)
        elif subject is not None and target is not None:
            details: dict[str, str | int] = {"quote": self._quote(row), "line": row.line}
            if relation.key == "speakers":
                details["position"] = len(_targets(subject, relation.key)) + 1
            subject.relate(relation.key, target.id, details)

    def _entry(self, row: Row, column: str, kinds: Sequence[str]) -> Entry | None:
        """Return the entry that a cell names, of one of some kinds (none: any); None where its kind is doubtful."""
        name = " ".join(row.text(column).split())
        known = [kind for kind in FOLDERS if self._make.known.find(kind, name)]
        possible = [kind for kind in known if not kinds or kind in kinds]
        if known and not possible:
            self._doubt("doubt-relation-of-kind", name, row, column)
            return None
        if not known:
            possible = list(_likely_kinds(name, kinds))
        if not possible or (len(possible) > 1 and not known):
            self._doubt("doubt-no-kind", name, row, column)
            return None
        return self._make.entry(possible[0], name, row.line)

    def _doubt(self, code: Code, quote: str, row: Row, column: str, *ends: Entry | None) -> None:
        """Note a doubt about a row; the first of its ends is the entry in question, the second what it may be related to."""
        about, *candidates = [entry.id if entry else "" for entry in ends] or [""]
        candidates = [id_ for id_ in candidates if id_]
        self._make.doubt(code, quote, row.line, about=about, place=row.place(column), candidates=candidates)

    def _quote(self, row: Row) -> str:
        """Return the words that prove a relation: the whole row."""
        return self._document.lines[row.line - 1].text.strip()


def _likely_kinds(name: str, kinds: Sequence[str]) -> Iterator[str]:
    """Yield the kinds that a new name may have: what it reads as, else the one kind that the relation leaves."""
    if is_organisation(name):
        likely = "Organisation"
    elif is_person(name):
        likely = "Person"
    else:
        yield from (kind for kind in kinds if len(kinds) == 1 and kind in FOLDERS)
        return
    if not kinds or likely in kinds:
        yield likely
    elif len(kinds) == 1 and kinds[0] in FOLDERS:
        yield kinds[0]


def _targets(entry: Entry, key: str) -> Sequence[str]:
    value = entry.values.get(key)
    return list(value) if isinstance(value, dict) else []
