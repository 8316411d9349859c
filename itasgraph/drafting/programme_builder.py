"""The programme that is being read: its sections and items, and the item, the people and the time that are open."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final, NamedTuple

from itasgraph.documents.document import Document, LineKind
from itasgraph.drafting.items import Item, Section, Time
from itasgraph.drafting.lexica import is_break, is_head_label, is_meal, is_organisation, is_whole_format
from itasgraph.drafting.moderation import moderates_whole, names_moderator
from itasgraph.drafting.named_people import Names
from itasgraph.drafting.numbered_affiliations import numbered_speakers
from itasgraph.drafting.people import begins_with_nobody, looks_like_name
from itasgraph.drafting.programme_lines import (
    Piece,
    ends_sentence,
    has_number_label,
    in_lines,
    is_lettered,
    is_numbered,
)
from itasgraph.drafting.programme_outline import Outline
from itasgraph.drafting.speakers import Speaker, SpeakerGrammar
from itasgraph.drafting.times import Times
from itasgraph.drafting.titles import (
    SPEAKERS_FIRST,
    Division,
    bare_title,
    begins_with_number,
    is_format_alone,
    is_quoted,
)

_SENTENCES: Final = re.compile(r"(?<=[^\W\d_]{3}[.!?])(?<!Prof\.)(?<!Arch\.)\s+(?=[A-ZÄÖÜ])")
_REMARK: Final = re.compile(r"\b\d{1,2}[.:]\d\d\s+Uhr\b|\S@\S")  # what follows and when, or whom to write to
_LONGEST_PASSED: Final = 12  # words of a line that may be a title
_LONGEST_TITLE: Final = 140
_LONGEST_BREAK: Final = 2  # words; people below a longer line speak there


class Heading(NamedTuple):
    """A heading of a part of the programme, and the rule that made it one."""

    line: int
    text: str
    rule: str = ""


class ProgrammeBuilder:
    """What has been read of a programme so far: its sections and their items, and what is open.

    `time` is that of a line that says nothing else: the title stands below. `waiting` are speakers whose title stands below, `names`
    those of the line before, `day` is that of the items of a series, `outer` the heading before the last one: it holds on where the
    last one is the title of an item.
    """

    def __init__(self, document: Document, grammar: SpeakerGrammar) -> None:
        self.grammar = grammar
        self.lines = Outline(document, grammar)
        self.divide = self.lines.divide
        self.sections: list[Section] = []
        self.moderators: list[tuple[int, Speaker]] = []
        self.breaks: list[int] = []
        self.heading: Heading | None = None
        self.outer: Heading | None = None
        self.item: Item | None = None
        self.time: Time | None = None
        self.waiting: Names | None = None
        self.names: Names | None = None
        self.day = ""
        self.announces_moderator = False
        self.has_passed_title = False  # perhaps: below the people of the item, a short line was read as nothing

    # --- items ----------------------------------------------------------------------------------------------------------

    def titled(self, piece: Piece, body: str, time: Time) -> Item:
        """Return the item of a line that holds its title, perhaps with its speakers."""
        title, speakers, rule = self.divide(body)
        words: tuple[str, ...] = (title,)
        if len(piece.parts) > 1 and all(title not in part for part in piece.parts):
            words = tuple(part for part in piece.parts if _shares(part, title))
        rule = "time-above-title" if rule == "title-alone" and time.line not in (0, piece.line) else rule
        people = (
            [(piece.line, replace(one, quote=in_lines(one.quote, piece.parts))) for one in speakers]
            if len(piece.parts) > 1
            else [(piece.line, one) for one in speakers]
        )
        return Item(piece.line, time, bare_title(title), people, rule, words=words)

    def item_of(self, piece: Piece) -> Item | None:
        """Return the item in a line without a time: part of the item before it, or with speakers, or a bullet among such lines."""
        division = self.divide(piece.text)
        title, speakers, rule = division
        if rule != SPEAKERS_FIRST and self.names_person(piece, piece.text):
            return None
        is_bullet = piece.kind is LineKind.BULLET
        if self.item is not None and (self.item.time.start or self.item.rule == "numbered-title"):
            return self._part_of(self.item, piece, division)
        if self.lines.is_timed:
            return None
        if speakers and title and (is_bullet or not ends_sentence(piece.text)):
            return self.titled(piece, piece.text, self.lines.every)
        return (
            self.titled(piece, piece.text, self.lines.every)
            if is_bullet and self.lines.is_among_items(speakers)
            else None
        )

    def _part_of(self, item: Item, piece: Piece, division: Division) -> Item | None:
        """Return the item in a line below another one with a time, whose time it has; None where the line only describes that one."""
        title, speakers, rule = division
        is_bullet = piece.kind is LineKind.BULLET or is_lettered(piece.text) or self.lines.is_beside(piece)
        in_quotes = is_quoted(title)
        is_open = not item.speakers or item.rule == "numbered-title"
        if ((is_open and is_numbered(piece.text)) or self.lines.is_of_run(piece)) and not speakers:
            return replace(self.titled(piece, piece.text, self.time_below(item, piece)), rule="numbered-title")
        if has_number_label(piece.text) or (is_bullet and title and (speakers or in_quotes)):
            return self.titled(piece, piece.text, self.time_below(item, piece))
        is_named = in_quotes or rule == SPEAKERS_FIRST
        if is_format_alone(item.title) and (
            (not is_whole_format(item.title) and self._may_be_title(piece)) or (is_named and not item.speakers)
        ):
            return self.named_item(item, piece)
        if rule == SPEAKERS_FIRST and (not item.speakers or item.rule == SPEAKERS_FIRST):
            return self.titled(piece, piece.text, item.time)
        return None

    def time_below(self, item: Item, piece: Piece) -> Time:
        """Return the time of an item in a line below another one: that one's, but none below a welcome that ends before "Forum 1"."""
        is_over = item.time.end and item.time.line == item.line and is_whole_format(item.title)
        return Time() if is_over and begins_with_number(piece.text) else item.time

    def is_around_titles(self, body: str, times: Times) -> bool:
        """Return whether a line with a time is that of a part with several titles, and no welcome that ends before "Forum 1"."""
        following = self.lines.following()
        is_above_numbers = following is not None and begins_with_number(following.text)
        is_over = is_above_numbers and bool(times.end) and is_whole_format(body)
        return self.lines.runs.is_around(self.lines.at) and not is_over

    def _may_be_title(self, piece: Piece) -> bool:
        """Return whether a line is neither a sentence nor about people, so that it may be the title of an item of a format."""
        text = piece.text
        is_short = len(text) <= _LONGEST_TITLE and not (ends_sentence(text.rstrip("?!")) and not text.endswith('"'))
        following = self.lines.following()
        names_person = following is not None and self.grammar.begins_with_person(following.text)
        has_people = self.item is not None and bool(self.item.speakers)
        is_short = is_short and names_person is not has_people  # else the next person of several talks, or nobody
        is_other = is_format_alone(text) or self.grammar.is_affiliation(text) or text.startswith("(")
        is_other = is_other or _REMARK.search(text) is not None
        return is_short and not is_other and piece.kind is not LineKind.BULLET

    def named_item(self, item: Item, piece: Piece) -> Item:
        """Return an item whose own title stands below the name of its format; it takes the place of that one, with its people."""
        self.section().items.remove(item)
        titled = self.titled(piece, piece.text, item.time)
        return replace(titled, rule="title-below-format", speakers=[*item.speakers, *titled.speakers])

    def begin(self, item: Item) -> None:
        """Add an item, which is open from now on; the speakers who wait for their title are its own."""
        if not item.title:
            return
        self.section().items.append(item)
        self.has_passed_title = False
        item.day = item.day or self.day
        self.item, self.time = item, None
        self.names = None
        if self.waiting is not None:
            item.speakers[:0] = self.waiting.speakers(self.grammar)
            self.waiting = None
        elif item.speakers and item.rule != SPEAKERS_FIRST:
            quote = item.speakers[-1][1].quote
            self.names = Names(item.line, quote, kept=len(item.speakers) - 1, is_behind_title=True)

    @property
    def last_time(self) -> Time:
        """The time of the last item."""
        return self.sections[-1].items[-1].time if self.sections and self.sections[-1].items else Time()

    def break_at(self, line: int) -> None:
        """Add a break, and end the item before it."""
        self.breaks += [self.time.line, line] if self.time else [line]
        self.close()

    def close(self) -> None:
        """End the item that is open."""
        self.item = self.time = self.waiting = self.names = None
        self.announces_moderator = self.has_passed_title = False

    def is_break(self, text: str) -> bool:
        """Return whether a text announces a break; below a longer text, somebody speaks."""
        following = self.lines.following()
        has_people = following is not None and self.grammar.begins_with_name(following.text)
        is_certain = is_break(text) and (not has_people or len(text.split()) <= _LONGEST_BREAK)
        return (is_certain or (is_meal(text) and not has_people)) and not self.divide(text).speakers

    # --- people ---------------------------------------------------------------------------------------------------------

    def add_people(self, piece: Piece, text: str) -> bool:
        """Add the people whom a line names to the item before it, or its moderators to the section or the whole."""
        if self._add_numbered(piece):
            return True
        is_position = self.item is not None and bool(self.item.time.start)
        if is_position and (bare := self.grammar.behind_format(text)) != text:
            first, *others = piece.parts
            piece = replace(piece, text=bare, parts=(first.removeprefix(text.removesuffix(bare)), *others))
            text = bare
        if not self.names_person(piece, text, is_position=is_position):
            return False
        names = Names.of(piece, is_moderator=self.announces_moderator)
        is_of_people = self.lines.is_below_label or self.lines.holds_people(piece) or self.is_above_affiliation(piece)
        names = replace(names, is_of_people=is_of_people)
        self.announces_moderator &= self.item is None  # several may moderate the whole, each in a line
        speakers = names.speakers(self.grammar)
        are_moderators = all(speaker.is_moderator for _, speaker in speakers)
        if not speakers or (self.item is None and not are_moderators):
            return False
        if are_moderators and moderates_whole(text):
            self.moderators.extend(speakers)
            return True
        people = self.appearing()
        if self.has_passed_title:
            people.extend((line, replace(one, doubt="doubt-item-unclear")) for line, one in speakers)
            return True
        self.names = replace(names, kept=len(people))
        people.extend(speakers)
        return True

    def _add_numbered(self, piece: Piece) -> bool:
        """Add people from whose names small numbers lead to the organisations in the next line."""
        following = self.lines.following()
        if self.item is None or following is None or not piece.text[-1:].isdigit():
            return False
        speakers = numbered_speakers(piece.text, following.text, self.grammar)
        self.item.speakers.extend((piece.line, one) for one in speakers)
        return bool(speakers)

    def add_moderators_in(self, piece: Piece) -> bool:
        """Add who moderates the whole where a sentence above the programme says it: "… Es führt durch den Tag Ida Kern."."""
        if self.item is not None or not ends_sentence(piece.text):
            return False
        before = len(self.moderators)
        for sentence in filter(names_moderator, _SENTENCES.split(piece.text)):
            named = self.grammar.speakers(sentence.removesuffix("."))
            people = [replace(one, quote=in_lines(one.quote, piece.parts)) for one in named]
            self.moderators.extend((piece.line, one) for one in people)
        return len(self.moderators) > before

    def ends_names(self, names: Names, piece: Piece) -> bool:
        """Return whether a line is a title in quotation marks, or names the next person, behind one whose organisation is said."""
        if is_quoted(piece.text):
            return True
        people = names.speakers(self.grammar) if self.is_above_affiliation(piece) else []
        return bool(people) and bool(people[-1][1].organisations)

    def is_above_affiliation(self, piece: Piece) -> bool:
        """Return whether a line has the form of a name, and the next one says role or organisation."""
        if not looks_like_name(piece.text) or is_organisation(piece.text):
            return False
        following = self.lines.following()
        return following is not None and self.grammar.is_affiliation(following.text)

    def names_person(self, piece: Piece, text: str, *, is_position: bool = False) -> bool:
        """Return whether a text begins with a person; where people stand in most lines of this form, the name may be unknown."""
        is_below = self.lines.is_below_label or (self.item is not None and self.is_above_affiliation(piece))
        is_of_people = is_below or self.lines.holds_people(piece)
        return self.grammar.begins_with_person(text, is_position=is_position, is_of_people=is_of_people)

    def appearing(self) -> list[tuple[int, Speaker]]:
        """Return where people in a line of their own belong: the open item, else the section."""
        return self.section().moderators if self.item is None else self.item.speakers

    def extend(self, names: Names, piece: Piece) -> None:
        """Read names again with the line of roles and organisations below them."""
        longer = names.extend(piece, self.grammar)
        speakers = longer.speakers(self.grammar)
        self.names = longer if speakers else names
        if speakers and self.waiting is not None:
            self.waiting = longer
        elif speakers:
            self.appearing()[names.kept :] = speakers

    def pass_over(self, piece: Piece) -> None:
        """Leave out a line that nothing explains; below people, a short one may be a title, so that nobody can say where the next ones appear."""
        is_short = len(piece.text.split()) <= _LONGEST_PASSED and not ends_sentence(piece.text)
        is_other = (
            is_head_label(piece.text.partition(":")[0]) or is_quoted(piece.text) or begins_with_nobody(piece.text)
        )
        has_speakers = self.item is not None and not all(one.is_moderator for _, one in self.item.speakers)
        if has_speakers and is_short and not is_other and piece.kind is LineKind.PARAGRAPH:
            self.has_passed_title = True

    # --- parts ----------------------------------------------------------------------------------------------------------

    def begin_section(self, line: int, text: str, rule: str) -> None:
        """Begin a part of the programme; its heading may name who moderates it: "Vormittag – Moderation: Ida Kern"."""
        self.close()
        title, speakers, _ = self.divide(text)
        are_moderators = bool(speakers) and all(one.is_moderator for one in speakers)
        self.outer, self.heading = self.heading, Heading(line, title if are_moderators else text, rule)
        if are_moderators:
            self.section().moderators.extend((line, one) for one in speakers)

    def section(self) -> Section:
        """Return the section of the last heading; make it with its first item."""
        heading = self.heading or Heading(0, "")
        if not self.sections or self.sections[-1].line != heading.line:
            self.sections.append(Section(heading.line, heading.text, heading.rule))
        return self.sections[-1]


def _shares(part: str, title: str) -> bool:
    """Return whether the end of a line stands in a title."""
    return part.rsplit(maxsplit=1)[-1].strip('"„“”,') in title
