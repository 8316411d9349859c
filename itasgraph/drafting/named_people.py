"""The people in the lines of a programme: names, with the roles and organisations that stand in the lines below them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from itasgraph.documents.document import LineKind
from itasgraph.drafting.items import Item
from itasgraph.drafting.lexica import is_organisation_word
from itasgraph.drafting.programme_lines import (
    Piece,
    ends_sentence,
    has_number_label,
    in_lines,
    is_lettered,
    is_numbered,
)
from itasgraph.drafting.speakers import Speaker, SpeakerGrammar, with_same_organisation
from itasgraph.drafting.titles import certain, is_quoted

_LONGEST_AFFILIATION: Final = 90  # characters of a line
_FEWEST_OF_SENTENCE: Final = 5  # words; shorter ones end with an abbreviation
_MOST_LINES: Final = 3  # below a name; and words of a line that is only the rest of one


@dataclass(frozen=True, slots=True)
class Names:
    """Names in a line, with the lines of roles and organisations below them.

    `kept` counts the people of the item who stand before them.
    """

    line: int
    text: str
    is_moderator: bool = False
    kept: int = 0
    count: int = 1  # of lines
    is_behind_title: bool = False  # in the line of the title
    is_of_people: bool = False  # in a line where nothing but people stand
    parts: tuple[str, ...] = ()  # the lines of the first one, where that was wrapped
    wraps: tuple[str, ...] = ()  # lines that are joined to the one before

    @staticmethod
    def of(piece: Piece, *, is_moderator: bool = False) -> Names:
        """Return the names in a line."""
        if _is_list(piece.parts):
            return Names(piece.line, "\n".join(piece.parts), is_moderator)
        return Names(piece.line, piece.text, is_moderator, parts=piece.parts)

    def go_on_in(self, piece: Piece, grammar: SpeakerGrammar) -> bool:
        """Return whether a line below says role or organisation of the people."""
        text = piece.text
        is_other = piece.kind is LineKind.BULLET or (piece.is_alone and self.is_behind_title)
        is_number = has_number_label(text) or is_numbered(text) or is_lettered(text)
        if is_other or is_number or grammar.begins_with_person(text):
            return False
        is_sentence = ends_sentence(text.removesuffix("e. V.").removesuffix("e.V."))
        if is_sentence and text.endswith(".") and len(text.split()) >= _FEWEST_OF_SENTENCE:
            return False
        if grammar.is_affiliation(text):
            return True
        speakers = self.speakers(grammar)
        lacks = bool(speakers) and not speakers[-1][1].organisations and not speakers[-1][1].is_moderator
        is_short = (len(text) <= _LONGEST_AFFILIATION or grammar.begins_with_affiliation(text)) and not is_sentence
        is_wrapped = piece.page > 0 and len(text.split()) <= _MOST_LINES
        below = self.count <= _MOST_LINES and not is_quoted(text) and not piece.is_alone
        return below and is_short and (lacks or is_wrapped)

    def extend(self, piece: Piece, grammar: SpeakerGrammar) -> Names:
        """Add a line of roles or organisations; on a printed page it may be the rest of a wrapped line."""
        speakers = grammar.speakers(self.text)
        is_rest = piece.page > 0 and bool(speakers) and bool(speakers[-1].organisations)
        is_wrapped = is_rest and not grammar.is_affiliation(piece.text)
        between, wraps = (" ", (*self.wraps, piece.text)) if is_wrapped else ("\n", (*self.wraps, *piece.parts[1:]))
        return replace(self, text=f"{self.text}{between}{piece.text}", count=self.count + 1, wraps=wraps)

    def join(self, piece: Piece) -> Names:
        """Add a line of more names."""
        return replace(self, text=f"{self.text}\n{piece.text}", count=1)

    def speakers(self, grammar: SpeakerGrammar) -> list[tuple[int, Speaker]]:
        """Return the people, each with the line of the names."""
        found = [
            replace(one, quote=self._in_lines(one.quote))
            for one in certain(grammar.speakers(self.text, is_position=True, is_of_people=self.is_of_people))
        ]
        return [
            (self.line, replace(self._doubt_wrapped(one), is_moderator=self.is_moderator or one.is_moderator))
            for one in found
        ]

    def _doubt_wrapped(self, speaker: Speaker) -> Speaker:
        """Return a speaker with a doubt where only the width of the page joins the lines of an organisation without legal form."""
        torn = (
            name
            for name in speaker.organisations
            for wrap in self.wraps
            if wrap in name and not name.startswith(wrap) and not is_organisation_word(name.split()[-1])
        )
        return replace(speaker, doubt="doubt-organisation-unknown") if speaker.doubt is None and any(torn) else speaker

    def _in_lines(self, quote: str) -> str:
        """Return the words that name somebody with a line break where the document has one."""
        quote = "\n".join(in_lines(line, self.parts) for line in quote.split("\n"))
        for wrap in self.wraps:
            quote = quote.replace(f" {wrap}", f"\n{wrap}")
        return quote


def settle(items: Sequence[Item]) -> None:
    """Complete people by other lines: who is "ebenda", and bare names that another line gives with role or organisation."""
    for item in items:
        _replace_same(item.speakers)
    people = [one for item in items for _, one in item.speakers]
    known = {one.name for one in people if one.doubt is None and (one.organisations or one.role)}
    for item in items:
        item.speakers = [(line, _settled(one) if one.name in known else one) for line, one in item.speakers]


def _settled(speaker: Speaker) -> Speaker:
    """Return somebody whose affiliation another line says, without a doubt about what this line lacks."""
    if speaker.doubt == "doubt-organisation-of-next":
        return replace(speaker, doubt=None, organisations=())
    return certain([speaker])[0]


def _replace_same(people: list[tuple[int, Speaker]]) -> None:
    """Give those who are "ebenda" the organisation of the person before them."""
    speakers = with_same_organisation([speaker for _, speaker in people])
    people[:] = [(line, speaker) for (line, _), speaker in zip(people, speakers, strict=True)]


def _is_list(parts: tuple[str, ...]) -> bool:
    return all(part.endswith(",") for part in parts[:-1])
