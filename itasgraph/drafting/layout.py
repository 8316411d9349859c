"""How a document arranges its items: what stands in lines of one form, decided by all lines of that form.

A document shows its items alike, one below the other: the titles in bold, the people in a class of their own, a place between time and
title. One line may be odd, with a name that nobody knows; the lines of its form say what it is.
"""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, NamedTuple

from itasgraph.documents.document import Line, LineKind
from itasgraph.drafting.lexica import is_break, is_head_label, is_room
from itasgraph.drafting.moderation import announces_moderator
from itasgraph.drafting.programme_lines import Piece, ends_sentence
from itasgraph.drafting.speakers import SpeakerGrammar, announces_speakers
from itasgraph.drafting.times import leading_times

_FEWEST: Final = 3  # lines of a form that decide
_MOST: Final = 0.7  # of the lines of a form
_MANY: Final = 0.5
_FEW: Final = 0.15
_SOME: Final = 0.34
_LONGEST_TITLE: Final = 160


class Form(NamedTuple):
    """What lines have in common that stand in the same place of their items."""

    kind: LineKind
    level: int
    column: int
    style: str


@dataclass
class _Votes:
    """What the lines of one form are."""

    lines: int = 0
    people: int = 0  # lines that begin with a known name
    may_be_people: int = 0  # lines with the form of a name
    above_people: int = 0  # lines above one of another form that begins with a name
    below_people: int = 0
    below_titles: int = 0  # lines directly below one that begins an item or a part
    affiliations: int = 0
    texts: set[str] = field(default_factory=set)


class Layout:
    """The forms of the lines of a document, each with what stands in it."""

    def __init__(self, pieces: Sequence[Piece | tuple[int, Line]], grammar: SpeakerGrammar) -> None:
        self._pieces = pieces
        self._grammar = grammar

    def holds_people(self, piece: Piece) -> bool:
        """Return whether most lines of the form of this one name people, and the others may."""
        votes = self._votes.get(_form(piece))
        return votes is not None and _are_people(votes)

    def holds_title(self, piece: Piece) -> bool:
        """Return whether lines of this form are the titles of items: above the people of each, and never names."""
        votes = self._votes.get(_form(piece))
        if votes is None or self._level_of_items or not self._may_be_title(piece):
            return False
        is_above = votes.above_people >= max(_FEWEST, _MANY * votes.lines)
        # The first title stands below no person, as each affiliation does.
        is_affiliation = votes.affiliations > _SOME * votes.lines or votes.below_people == votes.lines
        is_other = is_affiliation or votes.people > _FEW * votes.lines
        # A line below each title is its second one, and one that repeats is a place.
        is_below = votes.below_titles >= _MANY * votes.lines or len(votes.texts) < _MOST * votes.lines
        return is_above and not is_other and not is_below

    def row_holds_people(self, line: Line) -> bool:
        """Return whether the last cells of most rows of the style of this one name people, and the others may."""
        return line.style in self._styles_of_people

    def row_is_below_people(self, line: Line) -> bool:
        """Return whether most rows of the style of this one stand below one that names people."""
        return line.style in self._styles_below_people

    @functools.cached_property
    def _styles_below_people(self) -> set[str]:
        rows = [piece[1] for piece in self._pieces if not isinstance(piece, Piece)]
        below: dict[str, list[bool]] = defaultdict(list)
        for before, row in pairwise(rows):
            below[row.style].append(self.row_holds_people(before))
        return {style for style, are in below.items() if len(are) >= _FEWEST and sum(are) >= _MOST * len(are)}

    @functools.cached_property
    def _styles_of_people(self) -> set[str]:
        votes: dict[str, _Votes] = defaultdict(_Votes)
        for piece in self._pieces:
            if not isinstance(piece, Piece) and (text := last_cell(piece[1])):
                one = votes[piece[1].style]
                is_person = self._grammar.begins_with_person(text)
                one.lines, one.people = one.lines + 1, one.people + is_person
                one.may_be_people += not is_person and self._grammar.may_be_name(text.partition(",")[0])
        return {style for style, one in votes.items() if style and _are_people(one)}

    @functools.cached_property
    def has_lists_below_times(self) -> bool:
        """Whether a list of bullets stands below each time that stands alone: each of them is an item."""
        below = [self._piece(at + 1) for at, piece in enumerate(self._pieces) if _is_time(piece)]
        lists = [piece for piece in below if piece is not None and piece.kind is LineKind.BULLET]
        named = sum(self._grammar.begins_with_person(piece.text) for piece in lists)
        return len(lists) >= max(_FEWEST, _MOST * len(below)) and named <= _FEW * len(lists)

    def is_below_time(self, at: int) -> bool:
        """Return whether the line below a time that stands alone has the form of the titles there, as it has below most of them."""
        return self._form_at(at + 1) in self._forms_below_times

    @functools.cached_property
    def _forms_below_times(self) -> set[Form | None]:
        below = [self._piece(at + 1) for at, piece in enumerate(self._pieces) if _is_time(piece)]
        counts = Counter(_form(piece) for piece in below if piece is not None and not self._names(piece))
        least = max(_FEWEST, _MOST * len(below))
        return {form for form, count in counts.items() if count >= least and form.style}

    def holds_item(self, piece: Piece) -> bool:
        """Return whether a heading is that of an item without a time: people stand below most headings of its level, and none has a time."""
        return piece.kind is LineKind.HEADING and piece.level == self._level_of_items

    @functools.cached_property
    def _level_of_items(self) -> int:
        """The level of the headings below each of which people stand, in a document without times; 0 where there are none."""
        named: dict[int, list[bool]] = defaultdict(list)
        level = 0
        for piece in self._pieces:
            if not isinstance(piece, Piece) or leading_times(piece.text).length:
                return 0
            if piece.kind is LineKind.HEADING:
                level = piece.level
                named[level].append(False)
            elif level and piece.kind is LineKind.BULLET and self._names(piece):
                named[level][-1] = True
        levels = [level for level, are in named.items() if sum(are) >= max(_FEWEST, _MOST * len(are))]
        return max(levels, default=0)

    def is_between_time_and_title(self, piece: Piece) -> bool:
        """Return whether lines of this form stand below times, and a heading with a title below each of them."""
        return _form(piece) in self._forms_between

    @functools.cached_property
    def _forms_between(self) -> set[Form]:
        counts: dict[Form, list[bool]] = defaultdict(list)
        for at, piece in enumerate(self._pieces):
            below, title = self._piece(at + 1), self._piece(at + 2)
            if _is_time(piece) and below is not None and below.kind is LineKind.PARAGRAPH:
                is_heading = title is not None and title.kind is LineKind.HEADING
                counts[_form(below)].append(is_heading and not self._grammar.begins_with_person(below.text))
        return {form for form, are in counts.items() if sum(are) >= max(_FEWEST, _MOST * len(are))}

    def _may_be_title(self, piece: Piece) -> bool:
        text = piece.text
        label = text[: text.find(":") + 1]
        is_label = text.endswith(":") or is_head_label(label) or announces_speakers(label) or announces_moderator(label)
        is_sentence = ends_sentence(text.rstrip("?!")) and text.endswith((".", ",", ";"))
        return not (is_label or is_sentence or is_room(text)) and len(text) <= _LONGEST_TITLE

    @functools.cached_property
    def _votes(self) -> dict[Form, _Votes]:
        votes: dict[Form, _Votes] = defaultdict(_Votes)
        for at, piece in enumerate(self._pieces):
            if not isinstance(piece, Piece) or piece.is_inside or _is_time(piece) or is_break(piece.text):
                continue
            one = votes[_form(piece)]
            one.lines += 1
            one.people += self._names(piece)
            one.may_be_people += not self._names(piece) and self._grammar.may_be_name(piece.text.partition(",")[0])
            one.affiliations += self._grammar.is_affiliation(piece.text)
            one.below_titles += self._begins_item(at - 1) and _form(piece) != self._form_at(at - 1)
            before = self._piece(at - 1)
            one.below_people += before is not None and self._names(before)
            one.texts.add(piece.text)
            following = self._following(at)
            if following is not None and _form(following) != _form(piece):
                one.above_people += self._names(following)
        return votes

    def _begins_item(self, at: int) -> bool:
        """Return whether a line is a heading, or has a time and a title."""
        piece = self._piece(at)
        if piece is None or _is_time(piece):
            return False
        return piece.kind is LineKind.HEADING or leading_times(piece.text).length > 0

    def _form_at(self, at: int) -> Form | None:
        piece = self._piece(at)
        return _form(piece) if piece is not None else None

    def _names(self, piece: Piece) -> bool:
        return self._grammar.begins_with_person(piece.text) and not announces_moderator(piece.text)

    def _following(self, at: int) -> Piece | None:
        """Return the next line that is neither a room nor a time alone."""
        for piece in self._pieces[at + 1 :]:
            if not isinstance(piece, Piece):
                return None
            if not (is_room(piece.text) or _is_time(piece)):
                return piece
        return None

    def _piece(self, at: int) -> Piece | None:
        piece = self._pieces[at] if 0 <= at < len(self._pieces) else None
        return piece if isinstance(piece, Piece) else None


def last_cell(line: Line) -> str:
    """Return the text of the last cell of a row that is not empty."""
    return next((cell.strip() for cell in reversed(line.cells) if cell.strip()), "")


def _are_people(votes: _Votes) -> bool:
    """Return whether enough lines begin with a known name, and most of the others may."""
    is_sure = votes.people >= max(_FEWEST, _MANY * votes.lines)
    return is_sure and votes.people + votes.may_be_people >= _MOST * votes.lines


def _form(piece: Piece) -> Form:
    return Form(piece.kind, piece.level, piece.column, piece.style)


def _is_time(piece: Piece | tuple[int, Line]) -> bool:
    """Return whether a line says nothing but a time."""
    if not isinstance(piece, Piece):
        return False
    return 0 < leading_times(piece.text).length >= len(piece.text.rstrip(" :|–-"))
