"""Where titles stand in lines of their own, each above its people, although only the first of them has a time or none has one.

Between two times or headings, a document prints "title, people, title, people": a part with several contributions, or workshops that
take place at the same time. Each line is what its words say; what they leave open, the rest of the document decides: how many lines
of role and organisation stand below a name, how many lines a title has.
"""

from __future__ import annotations

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from itertools import pairwise, takewhile
from typing import Final, NamedTuple

from itasgraph.documents.document import Line, LineKind
from itasgraph.drafting.lexica import (
    begins_other_part,
    is_break,
    is_contact,
    is_head_label,
    is_meal,
    is_room,
    is_whole_format,
    place_in,
)
from itasgraph.drafting.moderation import MODERATION, announces_moderator
from itasgraph.drafting.people import begins_with_nobody
from itasgraph.drafting.programme_lines import Piece, ends_sentence
from itasgraph.drafting.speakers import SpeakerGrammar, announces_speakers
from itasgraph.drafting.times import leading_times, period
from itasgraph.drafting.titles import is_format_alone, is_quoted
from itasgraph.drafting.values import has_postal_code, is_street

_CONTACT: Final = re.compile(r"\S@\S|\bwww\.|^(?:Tel|Fon|Fax|Mobil|Phone|E-?Mail)\b", re.I)
_LONGEST_TITLE: Final = 140
_LONGEST_SENTENCE: Final = 5  # words; longer ones describe
_MANY: Final = 0.6  # of the lines with people, which name the organisation in the same line
_FEWEST: Final = 2  # titles between two times


class Sort(Enum):
    """What a line is by its words alone."""

    BOUNDARY = "boundary"  # a time, a heading, a row, a break
    PEOPLE = "people"
    MODERATORS = "moderators"
    NOBODY = "nobody"  # "N.N.", where somebody is still to be named
    AFFILIATION = "affiliation"
    FORMAT = "format"
    OTHER = "other"  # that may stand between a title and its people: a room, a label, a description
    OPEN = "open"  # perhaps a title


_PEOPLE_OR_NOBODY: Final = (Sort.PEOPLE, Sort.NOBODY)


class _Run(NamedTuple):
    """A line with a time or a heading, and the positions and sorts of the lines below it."""

    head: int
    lines: tuple[tuple[int, Sort], ...]


class TitleRuns:
    """The lines of a document that are titles because people stand below each of them."""

    def __init__(self, pieces: Sequence[Piece | tuple[int, Line]], grammar: SpeakerGrammar) -> None:
        self._pieces = pieces
        self._grammar = grammar

    def is_title(self, at: int) -> bool:
        """Return whether the line at a position is the title of an item of its own."""
        return at in self._titles

    @property
    def has_titles(self) -> bool:
        """Whether any title stands without a time."""
        return bool(self._titles)

    def is_around(self, at: int) -> bool:
        """Return whether a line with a time, or a heading, is that of a part: below it stand several titles with people."""
        return at in self._heads

    def begins_people(self, at: int) -> bool:
        """Return whether a line names people whose title stands below them."""
        return at in self._people_first

    def is_above_formats(self, at: int) -> bool:
        """Return whether a heading is the title of an item: below it, and others like it, only formats stand above people."""
        return at in self._heads_above_formats

    @functools.cached_property
    def _heads_above_formats(self) -> set[int]:
        runs = [run for run in self._runs if run.head >= 0 and self._kind_of(run.head) is LineKind.HEADING]
        heads = {run.head for run in runs if self._has_formats_only(run, list(self._groups(run)))}
        return heads if len(heads) >= _FEWEST else set()

    @functools.cached_property
    def _titles(self) -> set[int]:
        return {at for _, titles in self._runs_with_titles for at in titles}

    @functools.cached_property
    def _heads(self) -> set[int]:
        """The heads of runs whose first title is that of an item of its own, with people above it or below."""
        firsts = {run.head: min(titles) for run, titles in self._runs_with_titles}
        sorts = {run.head: run.lines for run, _ in self._runs_with_titles}
        return {
            head for head, first in firsts.items() if _is_first(first, sorts[head]) or self._stands_above(sorts[head])
        }

    def _stands_above(self, lines: Sequence[tuple[int, Sort]]) -> bool:
        return any(at in self._people_first for at, _ in lines)

    @functools.cached_property
    def _runs_with_titles(self) -> list[tuple[_Run, list[int]]]:
        """The runs in which titles stand, each with the positions of its titles."""
        if self._affiliations is None:
            return []
        found = [(run, titles) for run in self._runs if (titles := self._titles_of(run))]
        return found if sum(len(titles) for _, titles in found) >= _FEWEST else []  # one may be anything

    @functools.cached_property
    def _people_first(self) -> set[int]:
        """The lines with people in the runs that begin with people and end with a title."""
        every = [run for run, _ in self._runs_with_titles if self._has_people_first(run)]
        return {at for run in every for at, sort in run.lines if sort is Sort.PEOPLE}

    def _has_people_first(self, run: _Run) -> bool:
        sorts = [sort for _, sort in run.lines if sort in (Sort.PEOPLE, Sort.OPEN)]
        is_timed = run.head >= 0 and self._is_below_time(run.head)
        if not sorts or (
            is_timed and self._has_own_title(run.head) and self._kind_of(run.head) is not LineKind.HEADING
        ):
            return False
        return (
            self._affiliations == 0
            and sorts[0] is Sort.PEOPLE
            and sorts[-1] is Sort.OPEN
            and sorts.count(Sort.OPEN) >= _FEWEST
        )

    def _kind_of(self, at: int) -> LineKind:
        piece = self._pieces[at]
        return piece.kind if isinstance(piece, Piece) else LineKind.ROW

    def _titles_of(self, run: _Run) -> list[int]:
        """Return the titles below a head: where people stand below the head itself, one is enough, else two."""
        if self._has_people_first(run):
            return [
                at for (_, before), (at, sort) in pairwise(run.lines) if sort is Sort.OPEN and before is not Sort.OPEN
            ]
        groups = self._of_one_form(run, list(self._groups(run)))
        first = next((sort for _, sort in run.lines if sort in (*_PEOPLE_OR_NOBODY, Sort.OPEN, Sort.FORMAT)), None)
        has_own = self._has_own_title(run.head)
        if first in _PEOPLE_OR_NOBODY and not has_own:
            return []  # the people stand before their titles
        if has_own and first not in _PEOPLE_OR_NOBODY and len(groups) < _FEWEST and not self._is_part(run.head):
            return []  # a subtitle
        if has_own and self._has_formats_only(run, groups):
            return []  # the head is the title: "Keynote" and "Panel" say how its people appear
        return groups

    def _groups(self, run: _Run) -> Iterator[int]:
        """Yield the positions of open lines above people, but not of those that say what the person before is.

        The name of a format is a title where nothing else stands between it and the people: "Begrüßung".
        """
        has_quotes = self._has_quotes(run)
        below = -1  # lines below a person; -1 where none has been named
        open_: list[int] = []
        formats: list[int] = []
        for at, sort in run.lines:
            if sort in (*_PEOPLE_OR_NOBODY, Sort.MODERATORS):
                if sort in _PEOPLE_OR_NOBODY or self._is_below_time(run.head):
                    yield from (open_ or formats)[:1]
                open_, formats = [], []
                below = 0 if sort in _PEOPLE_OR_NOBODY else below
            elif sort is Sort.AFFILIATION and below >= 0:
                below += 1
                open_, formats = [], []
            elif sort is Sort.FORMAT:
                formats.append(at)
            elif sort in (Sort.OPEN, Sort.AFFILIATION):
                if 0 <= below < (self._affiliations or 0):
                    below += 1
                elif below >= 0 and not has_quotes and self._is_quoted(at):
                    continue  # what the person before speaks about
                else:
                    open_.append(at)
                    below = -1

    def _of_one_form(self, run: _Run, titles: Sequence[int]) -> list[int]:
        """Leave out lines that look like those of roles and organisations, where the first title looks otherwise."""
        below = {self._form(at) for at, sort in run.lines if sort is Sort.AFFILIATION} - {*map(self._form, titles[:1])}
        return [at for at in titles if self._form(at) not in below]

    def _form(self, at: int) -> tuple[LineKind, str] | None:
        piece = self._pieces[at]
        return (piece.kind, piece.style) if isinstance(piece, Piece) else None

    def _has_formats_only(self, run: _Run, titles: Sequence[int]) -> bool:
        """Return whether the lines above people are formats, each of which needs a title elsewhere."""
        sorts = dict(run.lines)
        return bool(titles) and all(sorts[at] is Sort.FORMAT and not self._is_whole(at) for at in titles)

    def _is_whole(self, at: int) -> bool:
        piece = self._pieces[at]
        return isinstance(piece, Piece) and is_whole_format(piece.text)

    def _has_quotes(self, run: _Run) -> bool:
        """Return whether quotation marks stand around the first title, which stands in the head or below it."""
        before = takewhile(lambda line: line[1] is not Sort.PEOPLE, run.lines)
        return any(at >= 0 and self._is_quoted(at) for at in (run.head, *(at for at, _ in before)))

    def _is_quoted(self, at: int) -> bool:
        piece = self._pieces[at]
        return isinstance(piece, Piece) and is_quoted(piece.text[leading_times(piece.text).length :])

    @functools.cached_property
    def _affiliations(self) -> int | None:
        """How many lines say role and organisation below a name; None where nothing tells."""
        tails: Counter[int] = Counter()
        for run in self._runs:
            sorts = [sort for _, sort in run.lines if sort not in (Sort.OTHER, Sort.FORMAT, Sort.NOBODY)]
            if Sort.PEOPLE in sorts:
                tails[sorts[::-1].index(Sort.PEOPLE)] += 1
        named = [piece for piece in self._pieces if isinstance(piece, Piece) and self._sort(piece) is Sort.PEOPLE]
        inline = sum(self._names_affiliation(piece.text) for piece in named)
        if inline >= _MANY * len(named):
            return 0
        return tails.most_common(1)[0][0] if sum(tails.values()) >= _FEWEST else None

    def _names_affiliation(self, text: str) -> bool:
        speakers = self._grammar.speakers(text)
        return bool(speakers) and bool(speakers[-1].organisations or speakers[-1].role)

    @functools.cached_property
    def _runs(self) -> list[_Run]:
        runs: list[_Run] = []
        lines: list[tuple[int, Sort]] = []
        head, is_elsewhere = -1, False
        for at, piece in enumerate(self._pieces):
            sort = self._sort(piece)
            if isinstance(piece, Piece) and piece.kind is LineKind.HEADING:
                is_elsewhere = begins_other_part(piece.text)
            is_below_label = at > 0 and self._is_label(self._pieces[at - 1])
            if is_below_label and sort is Sort.OPEN:
                sort = Sort.PEOPLE
            if is_elsewhere and sort is not Sort.BOUNDARY:
                continue
            if sort is Sort.BOUNDARY:
                runs.append(_Run(head, tuple(lines)))
                head, lines = at, []
            else:
                lines.append((at, sort))
        return [*runs, _Run(head, tuple(lines))]

    def _has_own_title(self, at: int) -> bool:
        """Return whether the head of a run holds the title of an item, perhaps: it is no time alone, and no row or break."""
        piece = self._pieces[at] if at >= 0 else None
        if not isinstance(piece, Piece):
            return False
        text = piece.text[leading_times(piece.text).length :].strip(" :|–-")
        return bool(text) and not is_break(text) and period(text) is None

    def _is_below_time(self, at: int) -> bool:
        piece = self._pieces[at] if at >= 0 else None
        cells = (piece.text,) if isinstance(piece, Piece) else piece[1].cells if piece else ()
        return any(leading_times(cell).length for cell in cells)

    def _is_part(self, at: int) -> bool:
        """Return whether the head of a run is a heading as those below which several titles stand."""
        piece = self._pieces[at]
        return isinstance(piece, Piece) and piece.kind is LineKind.HEADING and piece.level in self._levels_of_parts

    @functools.cached_property
    def _levels_of_parts(self) -> set[int]:
        counts: dict[int, list[bool]] = defaultdict(list)
        for run in self._runs:
            piece = self._pieces[run.head] if run.head >= 0 else None
            groups = len(list(self._groups(run)))
            if isinstance(piece, Piece) and piece.kind is LineKind.HEADING and groups:
                counts[piece.level].append(groups >= _FEWEST)
        return {level for level, are in counts.items() if sum(are) >= _MANY * len(are)}

    def _sort(self, piece: Piece | tuple[int, Line]) -> Sort:
        if not isinstance(piece, Piece) or piece.kind is LineKind.HEADING or leading_times(piece.text).length:
            return Sort.BOUNDARY
        rules: tuple[tuple[Callable[[str], object], Sort], ...] = (
            (_ends_run, Sort.BOUNDARY),
            (_announces, Sort.OTHER),
            (MODERATION.match, Sort.MODERATORS),
            (begins_with_nobody, Sort.NOBODY),
            (self._grammar.begins_with_person, Sort.PEOPLE),
            (self._grammar.is_affiliation, Sort.AFFILIATION),
            (self._may_be_people, Sort.OTHER),
            (is_format_alone, Sort.FORMAT),
            (_describes, Sort.OTHER),
        )
        return next((sort for rule, sort in rules if rule(piece.text)), Sort.OPEN)

    def _is_label(self, piece: Piece | tuple[int, Line]) -> bool:
        """Return whether a line says only that people are named in the next one."""
        return isinstance(piece, Piece) and (announces_speakers(piece.text) or announces_moderator(piece.text))

    def _may_be_people(self, text: str) -> bool:
        """Return whether a line has the form of an unknown name with role or organisation behind it."""
        speakers = self._grammar.speakers(text, is_position=True)
        return bool(speakers) and all(one.role or one.organisations for one in speakers)


def _is_first(title: int, lines: Sequence[tuple[int, Sort]]) -> bool:
    """Return whether a title is the first of some lines that is no format, room or label, or stands before it."""
    first = next((at for at, sort in lines if sort not in (Sort.OTHER, Sort.FORMAT)), title)
    return title <= first


def _ends_run(text: str) -> bool:
    """Return whether a line is a break, or says when, where, or whom to write to."""
    is_address = is_street(text.partition(",")[0]) or has_postal_code(text)
    is_other = is_address or is_contact(text) or _CONTACT.search(text) is not None or bool(place_in(text))
    return is_break(text) or is_meal(text) or period(text) is not None or is_other


def _announces(text: str) -> bool:
    is_label = announces_speakers(text) or announces_moderator(text) or is_head_label(text)
    return is_label or text.endswith(":")


def _describes(text: str) -> bool:
    """Return whether a line is prose, a room, or a remark in brackets."""
    is_sentence = ends_sentence(text.rstrip("?!")) and len(text.split()) > _LONGEST_SENTENCE
    return len(text) > _LONGEST_TITLE or is_sentence or is_room(text) or text.startswith("(")
