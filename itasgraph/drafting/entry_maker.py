"""Makes the entries of a draft: known ones keep their ids, new ones get an id, a name and a quote; and notes doubts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from itasgraph import messages
from itasgraph.drafting.draft import Choice, Doubt, Draft, Entry, Step
from itasgraph.drafting.known_entities import KnownEntities

if TYPE_CHECKING:
    from itasgraph.messages.codes import Code

# Kind in data files → the folder of its ids.
FOLDERS: Final = {
    "Organisation": "organisation",
    "Person": "person",
    "Place": "place",
    "Sector": "sector",
    "Topic": "topic",
    "Project": "project",
    "Offer": "offer",
    "Role": "role",
    "Event": "event",
    "Section": "section",
    "Contribution": "talk",
}
# Kind of a concept → its concept scheme, and what the scheme is called.
_SCHEMES: Final = {
    "Sector": ("scheme/sectors", {"de": "Branchen", "en": "Sectors"}),
    "Topic": ("scheme/topics", {"de": "Themen", "en": "Topics"}),
}
_NAMED: Final = frozenset({"Organisation", "Person", "Place", "Project", "Event"})


class EntryMaker:
    """Makes entries in a draft."""

    def __init__(self, draft: Draft, known: KnownEntities, lang: str) -> None:
        """`lang` is the language of the document, and of the reasons for doubt."""
        self.draft = draft
        self.known = known
        self.lang = lang

    def entry(self, kind: str, name: str, line: int, quote: str = "", event: str = "") -> Entry:
        """Return the entry of a name: a known one if it has the name, of the parts of an event where that is given.

        Where several have the name, the entry stands for all of them until `ambiguity.leave_to_person` leaves the choice to a person.
        """
        name = " ".join(name.split())
        ids = self.known.find_part(kind, name, event) if event else self.known.find(kind, name)
        if len(ids) > 1:
            return self._several(ids, quote or name, line)
        id_ = ids[0] if ids else self.known.make(kind, name, FOLDERS[kind])
        is_new = not self.known.is_described(id_)
        entry = self.draft.entry(id_, kind if is_new else "")
        if is_new and not entry.values:
            self._describe(entry, kind, name)
            entry.values.update(quote=" ".join((quote or name).split()), line=line)
        self.draft.steps.append(Step(line, f"{kind.lower()}-{'new' if is_new else 'known'}", f"{name} → {id_}"))
        return entry

    def _several(self, ids: list[str], quote: str, line: int) -> Entry:
        choice = Choice(tuple(ids), " ".join(quote.split()), line)
        self.draft.choices.setdefault(choice.id, choice)
        self.draft.steps.append(Step(line, "several-entries", f"{choice.quote} → {', '.join(ids)}"))
        return self.draft.entry(choice.id, "")

    def another(self, kind: str, name: str, line: int) -> Entry:
        """Return a new entry of a name that an entry of the draft has already."""
        id_ = self.known.make(kind, name, FOLDERS[kind])
        entry = self.draft.entry(id_, kind)
        self._describe(entry, kind, name)
        entry.values.update(quote=name, line=line)
        self.draft.steps.append(Step(line, f"{kind.lower()}-new", f"{name} → {id_}"))
        return entry

    def _describe(self, entry: Entry, kind: str, name: str) -> None:
        if kind in _SCHEMES:
            scheme, label = _SCHEMES[kind]
            if not self.known.is_described(scheme):
                self.draft.entry(scheme, "ConceptScheme").values.update(label=dict(label))
            entry.values["inScheme"] = scheme
        if kind in _NAMED:
            entry.values["name"] = name
        else:
            entry.values["label"] = {self.lang: name}

    def prove(self, entry: Entry, text: str, line: int) -> None:
        """Add the words that prove a detail to the quotes of its entry."""
        quote = entry.values.get("quote")
        if isinstance(quote, str):
            entry.values["quote"] = [quote]
        entry.add("quote", text)
        entry.values.setdefault("line", line)

    def doubt(self, code: Code, quote: str, line: int, **fields: object) -> None:
        """Note a doubt; the fields are those of an item below `review:`."""
        reason, rule = messages.render(code, self.lang), code.removeprefix("doubt-")
        self.draft.doubts.append(Doubt(" ".join(quote.split()), reason, line, rule=rule, **fields))  # type: ignore[arg-type]  # by name
