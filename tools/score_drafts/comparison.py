"""A draft against a gold file: what is right, missing, wrong with and without a flag, and which flags are needless."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from itasgraph.util.spelling import fold
from tools.score_drafts.data_file import DataFile, Flag
from tools.score_drafts.event import Actor, Event, Item, Speaker
from tools.score_drafts.score import Outcome, Score

# The rules that leave a value to a person whether it is right or not: contacts need consent, prose is never certain.
PRINCIPLES: Final = re.compile(r"consent|.*-in-prose")
_SCHEME: Final = re.compile(r"^https?://|/$")


def same(one: str, other: str) -> bool:
    """Return whether two texts differ in nothing but case, accents, spaces, and the quotation marks around them."""
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return fold(" ".join(text.split()).strip("„“”\"'»«")).strip()


def compare(gold: Event, draft: DataFile | None) -> Score:
    """Return the score of a draft; without one, all that is expected is missing."""
    return _Comparison(gold, draft or DataFile(Event(), {}, (), ())).score()


class _Comparison:
    def __init__(self, gold: Event, draft: DataFile) -> None:
        self._gold = gold
        self._draft = draft
        self._score = Score(documents=1)
        self._pairs = list(_pairs(gold.items, draft.event.items))

    def score(self) -> Score:
        """Compare all that the document says."""
        for expected, item in self._pairs:
            self._item(expected, item)
        self._whole()
        self._event()
        self._actors()
        for flag in self._draft.flags:
            self._flag(flag)
        return self._score

    # --- items and appearances ------------------------------------------------------------------------------------------

    def _item(self, expected: Item | None, item: Item | None) -> None:
        if expected is not None:
            self._expect("items", [expected.title])
        if item is None:
            self._remark("missing item", expected.title if expected else "")
        elif expected is None and any(same(item.title, title) for title in self._gold.doubtful):
            for (
                name
            ) in item.moderators:  # an item or a section, whose moderators the gold file has as those of the whole
                self._moderator(name, self._gold.moderators)
            return
        else:
            is_right = expected is not None and _is_same_item(expected, item)
            self._count("items", Outcome.FOUND if is_right else Outcome.SILENT, item.start, item.title)
        self._speakers(expected or Item(""), item or Item(""))
        self._moderators_of_item(expected or Item(""), item or Item(""))

    def _speakers(self, expected: Item, item: Item) -> None:
        self._expect("speakers", [one.name for one in expected.speakers])
        for one in expected.speakers:
            self._expect("organisations", one.organisations)
            self._expect("roles", [one.role] if one.role else [])
            if not any(same(one.name, other.name) for other in item.speakers):
                self._remark("not stated", expected.title, one.name)
        for speaker in item.speakers:
            if any(same(speaker.name, name) for name in expected.doubtful):
                continue
            self._appearance(item, speaker, _of_name(expected.speakers, speaker.name))

    def _appearance(self, item: Item, speaker: Speaker, expected: Speaker | None) -> None:
        is_flagged = self._has_flag(item, speaker.name)
        self._score.appearances += 1
        wrong = list(self._wrong(speaker, expected, is_flagged=is_flagged))
        if wrong and not is_flagged:
            self._score.silent_appearances += 1

    def _wrong(self, speaker: Speaker, expected: Speaker | None, *, is_flagged: bool) -> Iterator[str]:
        """Count the values of an appearance, and yield those that are wrong."""
        outcome = Outcome.FLAGGED if is_flagged else Outcome.SILENT
        if expected is None:
            self._count("speakers", outcome, speaker.name)
            yield speaker.name
            return
        self._count("speakers", Outcome.FOUND)
        roles, organisations = [speaker.role] if speaker.role else [], speaker.organisations
        for category, values, right in (
            ("organisations", organisations, expected.organisations),
            ("roles", roles, (expected.role,)),
        ):
            for value in values:
                if any(same(value, one) for one in expected.doubtful):
                    continue
                is_right = any(same(value, one) for one in right)
                self._count(category, Outcome.FOUND if is_right else outcome, speaker.name, value)
                if not is_right:
                    yield value

    def _has_flag(self, item: Item, name: str) -> bool:
        return any(flag.about == item.id and _names(flag, name) for flag in self._draft.flags)

    # --- moderators -------------------------------------------------------------------------------------------------------

    def _moderators_of_item(self, expected: Item, item: Item) -> None:
        right = (*expected.moderators, *self._gold.moderators)
        self._expect("moderators", expected.moderators)
        for name in item.moderators:
            if not any(same(name, one) for one in expected.doubtful):
                self._moderator(name, right)
        self._miss("moderators", expected.moderators, [*item.moderators, *self._draft.moderators.get(item.section, ())])

    def _whole(self) -> None:
        """Compare who moderates the whole or a section; that of a section may stand at its items in the gold file."""
        self._expect("moderators", self._gold.moderators)
        for id_, names in self._draft.moderators.items():
            inside = [expected for expected, item in self._pairs if expected and item and item.section == id_]
            right = (*self._gold.moderators, *(name for item in inside for name in item.moderators))
            for name in names:
                self._moderator(name, right)
        self._miss(
            "moderators", self._gold.moderators, [one for names in self._draft.moderators.values() for one in names]
        )

    def _moderator(self, name: str, right: Iterable[str]) -> None:
        is_right = any(same(name, one) for one in right)
        is_flagged = any(_names(flag, name) for flag in self._draft.flags)
        self._score.appearances += 1
        self._score.silent_appearances += not is_right and not is_flagged
        wrong = Outcome.FLAGGED if is_flagged else Outcome.SILENT
        self._count("moderators", Outcome.FOUND if is_right else wrong, name)

    # --- the event, and lists -----------------------------------------------------------------------------------------------

    def _event(self) -> None:
        drafted = self._draft.event
        days = list(_days_to_state(self._gold.days, drafted.periods))
        self._expect("days", days)
        for day in drafted.days:
            self._count("days", Outcome.FOUND if day in days else Outcome.SILENT, day)
        self._miss("days", days, drafted.days)
        place, right = drafted.place, self._gold.place
        self._expect("places", [right] if right else [])
        if place:
            is_right = bool(right) and (same(place, right) or _plain(right).startswith(f"{_plain(place)},"))
            self._count("places", Outcome.FOUND if is_right else Outcome.SILENT, place)
        elif right:
            self._remark("missing places", right)

    def _actors(self) -> None:
        """Compare the organisations of a list; a programme has none in its gold file, and they are not compared."""
        if not self._gold.actors:
            return
        self._expect("actors", [actor.name for actor in self._gold.actors])
        drafted = self._draft.event.actors
        for actor in drafted:
            expected = next((one for one in self._gold.actors if same(one.name, actor.name)), None)
            self._count("actors", Outcome.FOUND if expected else Outcome.SILENT, actor.name)
        for expected in self._gold.actors:
            self._actor(expected, next((one for one in drafted if same(one.name, expected.name)), Actor("")))

    def _actor(self, expected: Actor, actor: Actor) -> None:
        self._expect("contacts", expected.contacts)
        self._values("contacts", expected.contacts, actor.contacts)
        for key, values in expected.fields.items():
            self._expect("fields", values)
            self._values("fields", values, actor.fields.get(key, ()))
        for key, values in actor.fields.items():
            for value in values:
                if not _has(expected.fields.get(key, ()), value) and actor.name:
                    self._count("fields", Outcome.SILENT, actor.name, f"{key}: {value}")

    def _values(self, category: str, right: Iterable[str], stated: Iterable[str]) -> None:
        stated = list(stated)
        for value in right:
            if _has(stated, value):
                self._count(category, Outcome.FOUND)
            else:
                self._remark("missing", category, value)

    # --- flags --------------------------------------------------------------------------------------------------------------

    def _flag(self, flag: Flag) -> None:
        value = _value(flag)
        if PRINCIPLES.fullmatch(flag.rule):
            self._score.flags_on_principle += 1
            if any(_has(values, value) for actor in self._gold.actors for values in actor.fields.values()):
                self._score.counts["fields", Outcome.PROPOSED] += 1
            return
        pair = next((pair for pair in self._pairs if pair[1] and pair[1].id == flag.about), (None, None))
        category = _category(flag)
        if self._is_doubtful(flag, value, pair[0]) or (flag.key == "moderators" and category != "moderators"):
            return  # a gold file names no organisations of moderators
        is_right = any(same(value, one) for one in self._right(flag, pair[0])) if value else False
        self._score.flags += 1
        self._score.needless_flags += is_right
        if value and not _states(pair[1], flag, value):  # else it was counted where it is stated
            self._score.counts[category, Outcome.PROPOSED if is_right else Outcome.FLAGGED] += 1
        self._remark("needless flag" if is_right else "flag", flag.rule, flag.quote, value)

    def _right(self, flag: Flag, item: Item | None) -> Iterator[str]:
        """Yield the values that a flag may hold where it is right."""
        if item is not None:
            yield from item.moderators if flag.key == "moderators" else (one.name for one in item.speakers)
            for speaker in item.speakers:
                if _names(flag, speaker.name):
                    yield from (*speaker.organisations, speaker.role)
        elif flag.key == "moderators":
            yield from self._gold.moderators
        else:
            yield self._gold.place
            for actor in self._gold.actors:
                yield from (actor.name, *actor.contacts, *actor.fields.get(flag.key, ()))

    def _is_doubtful(self, flag: Flag, value: str, item: Item | None) -> bool:
        """Return whether the gold file says that nobody can tell if a value is true."""
        people = [speaker for speaker in (item.speakers if item else ()) if _names(flag, speaker.name)]
        doubtful = {one for speaker in people for one in speaker.doubtful} | (item.doubtful if item else frozenset())
        return any(same(value, one) for one in doubtful)

    # --- counting -----------------------------------------------------------------------------------------------------------

    def _expect(self, category: str, values: Iterable[str]) -> None:
        self._score.counts[category, Outcome.EXPECTED] += len(list(values))

    def _count(self, category: str, outcome: Outcome, *words: str) -> None:
        self._score.counts[category, outcome] += 1
        if outcome is not Outcome.FOUND:
            self._remark(f"wrong {category} ({outcome.value})", *words)

    def _miss(self, category: str, right: Iterable[str], stated: Iterable[str]) -> None:
        stated = list(stated)
        for value in right:
            if not any(same(value, one) for one in stated):
                self._remark(f"missing {category}", value)

    def _remark(self, what: str, *words: str) -> None:
        self._score.remarks.append(f"{what}: {' | '.join(filter(None, words))}")


def _days_to_state(days: Iterable[str], periods: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Leave out the days between the first and the last of a right period: a draft cannot say whether they are the event's."""
    known = frozenset(days)
    right = [(min(period), max(period)) for period in periods if known.issuperset(period)]
    yield from (day for day in sorted(known) if not any(first < day < last for first, last in right))


def _pairs(gold: Iterable[Item], drafted: Iterable[Item]) -> Iterator[tuple[Item | None, Item | None]]:
    """Pair items by title and time, else by title, else by time where they share a speaker or are alone at it.

    Items that differ in title or time count as wrong, but their people are compared.
    """
    left, open_ = list(drafted), list(gold)
    for is_pair in (_is_same_item, _has_same_title, _shares_time_and_speaker, _has_same_time):
        for expected in list(open_):
            item = next((one for one in left if is_pair(expected, one)), None)
            if item is not None:
                open_.remove(expected)
                left.remove(item)
                yield expected, item
    yield from ((expected, None) for expected in open_)
    yield from ((None, item) for item in left)


def _is_same_item(one: Item, other: Item) -> bool:
    return one.start == other.start and _has_same_title(one, other)


def _has_same_title(one: Item, other: Item) -> bool:
    return any(same(title, other.title) for title in (one.title, *one.also))


def _shares_time_and_speaker(one: Item, other: Item) -> bool:
    return one.start == other.start and any(_of_name(other.speakers, speaker.name) for speaker in one.speakers)


def _has_same_time(one: Item, other: Item) -> bool:
    return bool(one.start) and one.start == other.start


def _of_name(speakers: Iterable[Speaker], name: str) -> Speaker | None:
    return next((speaker for speaker in speakers if same(speaker.name, name)), None)


def _names(flag: Flag, name: str) -> bool:
    """Return whether a flag is about somebody: by the words that it quotes, or a candidate."""
    return _plain(name) in _plain(flag.quote) or any(same(name, candidate) for candidate in flag.candidates)


def _states(item: Item | None, flag: Flag, value: str) -> bool:
    """Return whether the item states the value itself, beside the flag."""
    if item is None:
        return False
    people = [speaker for speaker in item.speakers if _names(flag, speaker.name)]
    stated = [text for one in people for text in (one.name, one.role, *one.organisations)]
    return _has([*stated, *item.moderators], value)


def _value(flag: Flag) -> str:
    """Return the flagged value: the first candidate, or the words themselves; empty where only a value is missing."""
    if flag.candidates:
        return flag.candidates[0]
    return "" if flag.key in ("speakers", "moderators") else flag.quote


def _category(flag: Flag) -> str:
    if flag.key not in ("speakers", "moderators"):
        return "fields"
    kind = flag.rule.partition("-")[0]
    return {"organisation": "organisations", "role": "roles"}.get(kind, flag.key)


def _has(values: Iterable[str], value: str) -> bool:
    """Return whether a value is among others; of a web address, the scheme does not count, of a number only the digits."""
    return any(_bare(value) == _bare(one) for one in values)


def _bare(text: str) -> str:
    plain = _SCHEME.sub("", text.strip())
    digits = re.sub(r"\D", "", plain)
    return digits if digits and not re.search(r"[^\d\s()+/.–-]", plain) else _plain(plain)
