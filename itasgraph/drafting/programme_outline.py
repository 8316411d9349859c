"""The lines of a document around the one that is read: what follows it, the list it belongs to, and how the whole is divided."""

from __future__ import annotations

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import groupby
from typing import Final

from itasgraph.documents.document import Document, Line, LineKind
from itasgraph.drafting import organisations_first
from itasgraph.drafting.items import Time
from itasgraph.drafting.layout import Layout
from itasgraph.drafting.lexica import is_head_label, is_room, place_in
from itasgraph.drafting.moderation import announces_moderator, moderates_whole
from itasgraph.drafting.programme_lines import Piece, ends_sentence, is_lettered, mail_head, pieces
from itasgraph.drafting.speakers import Speaker, SpeakerGrammar
from itasgraph.drafting.times import Times, leading_day, leading_times, period, repeated_times, whole_period
from itasgraph.drafting.title_runs import TitleRuns
from itasgraph.drafting.titles import Division, TitleGrammar, names_format

_LABEL: Final = re.compile(r"[^\W\d_]+\s*:")  # before a time
_LONGEST_ROOM: Final = 4  # words
_SHORTEST_DESCRIPTION: Final = 8  # words of a sentence
_FEWEST_TIMES: Final = 3  # of a programme whose items all have a time
_MOST: Final = 0.7  # of the times of a programme, which show where its titles stand
_MOST_CELLS: Final = 2  # of a row that names the day of the rows below it
_DAYS: Final = 2  # from which on the lines of days divide a programme


class Outline:
    """The lines of a document, and the position `at` of the one that is read.

    `heads` are the lines that say when the whole takes place, with a time behind a label, and those above a mail. `days` are the lines
    whose days divide the programme. `is_timed` says that its items have times, `is_dated` that they have days instead; `every` is the
    time of each item of a series.
    """

    def __init__(self, document: Document, grammar: SpeakerGrammar) -> None:
        self.at = 0
        self.pieces = list(pieces(document))
        grammar.put_organisations_first(are_first=organisations_first.are_first(self.pieces))
        # A line is divided for what it may be in turn: a break, an item, one of a list.
        self.titles = TitleGrammar(grammar)
        self.layout = Layout(self.pieces, grammar)
        self.runs = TitleRuns(self.pieces, grammar)
        self.divide = functools.cache(self.titles.divide)
        texts = [piece for piece in self.pieces if isinstance(piece, Piece)]
        self.is_timed = sum(map(_has_time, self.pieces)) >= _FEWEST_TIMES
        labelled = [piece.line for piece in texts if _LABEL.match(piece.text) and leading_times(piece.text).length]
        self.heads = set(labelled) if len(labelled) < _FEWEST_TIMES else set[int]()
        self.heads |= set(mail_head(document.lines))
        self._grammar = grammar
        starts = [at for at, piece in enumerate(self.pieces) if _is_dated(piece) and not self._is_above_bullet(at)]
        self.is_dated = not self.is_timed and len(starts) >= _FEWEST_TIMES
        every = ((piece, repeated_times(piece.text)) for piece in texts)
        named = (Time(times.start, times.end, piece.line, piece.text) for piece, times in every if times.length)
        self.every = next(named, Time())
        days = {number: found.first for number, text in map(_named_day, self.pieces) if (found := whole_period(text))}
        self.days = set(days) if len(set(days.values())) >= _DAYS else set[int]()

    @functools.cached_property
    def has_titles_above_days(self) -> bool:
        """Whether a heading stands above each line that begins with a day."""
        ats = [at for at, piece in enumerate(self.pieces) if _is_dated(piece)]
        above = (self._text(at - 1) for at in ats)
        return self.is_dated and all(piece is not None and piece.kind is LineKind.HEADING for piece in above)

    def _is_above_bullet(self, at: int) -> bool:
        following = self._text(at + 1)
        return following is not None and following.kind is LineKind.BULLET

    @property
    def before(self) -> Piece | None:
        """The line before; None where that is a row, or there is none."""
        return self._text(self.at - 1)

    @functools.cached_property
    def has_titles_above_times(self) -> bool:
        """Whether a heading stands directly above most times that stand alone."""
        alone = [at for at, piece in enumerate(self.pieces) if _is_time_alone(piece)]
        above = [piece for at in alone if (piece := self._text(at - 1)) and piece.kind is LineKind.HEADING]
        return 2 * len(above) >= len(alone)

    @property
    def is_last(self) -> bool:
        """Whether no line follows."""
        return self.at + 1 == len(self.pieces)

    @property
    def has_title_below(self) -> bool:
        """Whether the line below this time is the title, as it is below most times of the document."""
        return self.layout.is_below_time(self.at)

    @property
    def is_below_label(self) -> bool:
        """Whether the line before says only that a moderator is named in this one."""
        return self.before is not None and announces_moderator(self.before.text)

    def _text(self, at: int) -> Piece | None:
        piece = self.pieces[at] if 0 <= at < len(self.pieces) else None
        return piece if isinstance(piece, Piece) else None

    def following(self) -> Piece | None:
        """Return the next line that is no room; None where a table or the end follows."""
        for piece in self.pieces[self.at + 1 :]:
            if not isinstance(piece, Piece):
                return None
            if not is_room(piece.text):
                return piece
        return None

    def below_description(self) -> Piece | None:
        """Return the next line that is no room and no sentence of a description; None where a table or the end follows."""
        rest = (one for one in self.pieces[self.at + 1 :] if not isinstance(one, Piece) or not _describes(one))
        below = next(rest, None)
        return below if isinstance(below, Piece) else None

    def is_above_title(self, piece: Piece) -> bool:
        """Return whether a line between a time and the heading with the title is short enough for a room, or titles are headings."""
        following = self._text(self.at + 1)
        is_title = following is not None and following.kind is LineKind.HEADING and following.line not in self.days
        return (is_title and len(piece.text.split()) <= _LONGEST_ROOM) or self.has_heading_for_title(piece)

    def has_heading_for_title(self, piece: Piece) -> bool:
        """Return whether the title of a line with a time is the heading below it, as it is at most times of the document."""
        return self._heading_below(self.at) == self._level_of_titles > 0 and piece.kind is not LineKind.HEADING

    @functools.cached_property
    def _level_of_titles(self) -> int:
        """The level of the headings that stand below most lines with times; 0 where none do."""
        if self.has_people_above_times:
            return 0
        timed = [at for at, piece in enumerate(self.pieces) if _is_timed(piece)]
        level, count = Counter(map(self._heading_below, timed)).most_common(1)[0] if timed else (0, 0)
        return level if count >= _FEWEST_TIMES and count > _MOST * len(timed) else 0

    def _heading_below(self, at: int) -> int:
        """Return the level of the heading below a line; 0 where none follows, beside pieces of the line itself, and rooms."""
        line = self.pieces[at]
        number = line.line if isinstance(line, Piece) else 0
        for piece in self.pieces[at + 1 :]:
            if isinstance(piece, Piece) and self.layout.is_between_time_and_title(piece):
                continue
            if not isinstance(piece, Piece) or (piece.line != number and not is_room(piece.text)):
                is_heading = isinstance(piece, Piece) and piece.kind is LineKind.HEADING and piece.line not in self.days
                return piece.level if is_heading and isinstance(piece, Piece) else 0
        return 0

    @functools.cached_property
    def has_people_above_times(self) -> bool:
        """Whether the document is a page of speakers: a person is a heading, and time and title of the talk stand below it."""
        first_time, first_person = -1, -1
        named: list[bool] = []
        for at, piece in enumerate(self.pieces):
            if not isinstance(piece, Piece):
                return False
            times = leading_times(piece.text)
            if times.length and piece.text[times.length :].strip():
                first_time = at if first_time < 0 else first_time
                if named:
                    named[-1] = True
            elif piece.kind is LineKind.HEADING and self._grammar.begins_with_person(piece.text):
                first_person = at if first_person < 0 else first_person
                named.append(False)
        return -1 < first_person < first_time and len(named) >= _FEWEST_TIMES and sum(named) >= _MOST * len(named)

    def is_item(self, piece: Piece) -> bool:
        """Return whether a heading without a time is the title of an item, as others like it are: numbered, or above people or formats."""
        is_of_agenda = piece.is_agenda and self._has_agenda
        return is_of_agenda or self.layout.holds_item(piece) or self.runs.is_above_formats(self.at)

    @functools.cached_property
    def _has_agenda(self) -> bool:
        ats = [at for at, piece in enumerate(self.pieces) if isinstance(piece, Piece) and _is_numbered_heading(piece)]
        following = (self._text(at + 1) for at in ats)
        named = [one for one in following if one is not None and self._grammar.begins_with_person(one.text)]
        return not self.is_timed and len(ats) >= _FEWEST_TIMES and 2 * len(named) >= len(ats)

    def is_around_times(self, piece: Piece, times: Times) -> bool:
        """Return whether a heading with a period is that of the part in which the next lines with times lie."""
        later = (one for one in self.pieces[self.at + 1 :] if isinstance(one, Piece) and leading_times(one.text).length)
        following = next(later, None) if piece.kind is LineKind.HEADING and times.end else None
        is_below = following is not None and (following.kind is not LineKind.HEADING or following.level > piece.level)
        return is_below and following is not None and times.start <= leading_times(following.text).start < times.end

    def holds_people(self, piece: Piece) -> bool:
        """Return whether most lines of the form of this one name people: bullets or headings of its level, or its column."""
        return _form(piece) in self._forms_of_people or self.layout.holds_people(piece)

    @functools.cached_property
    def _forms_of_people(self) -> set[tuple[LineKind, int, int]]:
        counts: dict[tuple[LineKind, int, int], list[bool]] = defaultdict(list)
        for piece in self.pieces:
            if isinstance(piece, Piece) and (form := _form(piece)):
                counts[form].append(self._grammar.begins_with_person(piece.text))
        return {form for form, are in counts.items() if sum(are) >= _FEWEST_TIMES and sum(are) >= _MOST * len(are)}

    def is_labelled(self, piece: Piece) -> bool:
        """Return whether a line is a label such as "Wo:", which does not repeat item by item."""
        return is_head_label(piece.text) and self._labels[piece.text] < _FEWEST_TIMES

    @functools.cached_property
    def _labels(self) -> Counter[str]:
        texts = (piece.text for piece in self.pieces if isinstance(piece, Piece))
        return Counter(text for text in texts if is_head_label(text))

    @property
    def is_above_people(self) -> bool:
        """Whether the line names a format or a title, and the next one its people, as elsewhere in a programme without times."""
        return self.at in self._titles_above_people

    @functools.cached_property
    def _titles_above_people(self) -> set[int]:
        pairs = [at for at in range(len(self.pieces) - 1) if self._is_pair(at)]
        named = [at for at in pairs if (piece := self._text(at)) and names_format(piece.text)]
        is_list = not (self.is_timed or self.is_dated) and len(named) >= _FEWEST_TIMES
        return set(pairs) if is_list and len(named) >= _MOST * len(pairs) else set()

    def _is_pair(self, at: int) -> bool:
        piece, following = self._text(at), self._text(at + 1)
        if (
            piece is None
            or following is None
            or piece.kind is not LineKind.PARAGRAPH
            or ends_sentence(piece.text.rstrip("?!"))
        ):
            return False
        is_below = following.kind is LineKind.PARAGRAPH and self._grammar.begins_with_person(following.text)
        has_people = self._grammar.begins_with_person(piece.text) or bool(self.divide(piece.text).speakers)
        is_of_whole = moderates_whole(following.text) or place_in(piece.text) or period(piece.text)
        return is_below and not has_people and not is_of_whole

    def ends_item(self, piece: Piece) -> bool:
        """Return whether a line begins something new: a heading, a time, or a day."""
        return piece.kind is LineKind.HEADING or bool(leading_times(piece.text).length) or piece.line in self.days

    def is_of_run(self, piece: Piece) -> bool:
        """Return whether a line bears the next number or letter after another one: "1) Holz", further down "2) Lehm"."""
        return piece.kind is not LineKind.HEADING and piece.line in self._lines_of_runs

    @functools.cached_property
    def _lines_of_runs(self) -> set[int]:
        runs: list[list[tuple[int, str]]] = []
        for piece in self.pieces:
            if not isinstance(piece, Piece) or not is_lettered(piece.text):
                continue
            label = piece.text[0]
            if runs and ord(label) == ord(runs[-1][-1][1]) + 1:
                runs[-1].append((piece.line, label))
            elif label in "1A":
                runs.append([(piece.line, label)])
        return {line for run in runs if len(run) > 1 for line, _ in run}

    def is_beside(self, piece: Piece) -> bool:
        """Return whether a line inside of a bullet is one of several that name a title and people each."""
        return piece.is_inside and piece.line in self._bullets_with_items

    @functools.cached_property
    def _bullets_with_items(self) -> set[int]:
        """The numbers of the lines of bullets inside of which several lines stand, each with a title and people."""
        inside: dict[int, list[Division]] = defaultdict(list)
        for piece in self.pieces:
            if isinstance(piece, Piece) and piece.is_inside:
                inside[piece.line].append(self.divide(piece.text))
        return {
            line for line, divisions in inside.items() if len(divisions) > 1 and all(map(_names_speakers, divisions))
        }

    def is_among_items(self, speakers: Sequence[Speaker]) -> bool:
        """Return whether the list of bullets around a line, which names these speakers, holds another line with speakers."""
        return self._speaking_lines[self.at] > bool(speakers)

    @functools.cached_property
    def _speaking_lines(self) -> dict[int, int]:
        """Position of each bullet → how many lines of its list name speakers."""
        counts: dict[int, int] = {}
        for is_list, run in groupby(enumerate(self.pieces), lambda pair: _is_listed(pair[1])):
            if is_list:
                texts = {at: piece.text for at, piece in run if isinstance(piece, Piece)}
                counts |= dict.fromkeys(texts, sum(bool(self.divide(text).speakers) for text in texts.values()))
        return counts


def _is_numbered_heading(piece: Piece) -> bool:
    return piece.is_agenda and piece.kind is LineKind.HEADING


def _is_listed(piece: Piece | tuple[int, Line]) -> bool:
    return isinstance(piece, Piece) and (piece.kind is LineKind.BULLET or piece.is_inside)


def _is_time_alone(piece: Piece | tuple[int, Line]) -> bool:
    if not isinstance(piece, Piece):
        return False
    length = leading_times(piece.text).length
    return 0 < length >= len(piece.text.rstrip(" :|–-"))


def _named_day(piece: Piece | tuple[int, Line]) -> tuple[int, str]:
    """Return the number of a line and its text; of a row with few cells, that of the first one."""
    if isinstance(piece, Piece):
        return piece.line, piece.text
    cells = [cell for cell in piece[1].cells if cell.strip()]
    return piece[0], cells[0] if 0 < len(cells) <= _MOST_CELLS else ""


def _form(piece: Piece) -> tuple[LineKind, int, int] | None:
    """Return the form of a line that shows what stands in it: kind, level and column; None of a paragraph in the first columns."""
    is_shown = piece.kind in (LineKind.BULLET, LineKind.HEADING) or piece.column > 1
    return (piece.kind, piece.level, piece.column) if is_shown else None


def _is_dated(piece: Piece | tuple[int, Line]) -> bool:
    """Return whether a line that is no heading begins with a day."""
    return isinstance(piece, Piece) and piece.kind is not LineKind.HEADING and leading_day(piece.text) > 0


def _is_timed(piece: Piece | tuple[int, Line]) -> bool:
    """Return whether a line that is no heading begins with a time."""
    return isinstance(piece, Piece) and piece.kind is not LineKind.HEADING and leading_times(piece.text).length > 0


def _names_speakers(division: Division) -> bool:
    """Return whether a line has a title and people who do not only moderate."""
    return bool(division.title) and any(not one.is_moderator for one in division.speakers)


def _describes(piece: Piece) -> bool:
    is_sentence = ends_sentence(piece.text) and len(piece.text.split()) >= _SHORTEST_DESCRIPTION
    return is_room(piece.text) or (is_sentence and piece.kind is LineKind.PARAGRAPH and not _has_time(piece))


def _has_time(piece: Piece | tuple[int, Line]) -> bool:
    """Return whether a line, or a cell of a row, begins with a time."""
    texts = (piece.text,) if isinstance(piece, Piece) else piece[1].cells
    return any(leading_times(text).length for text in texts)
