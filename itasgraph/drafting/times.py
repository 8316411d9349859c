"""The times and days that lines of a programme begin with or hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final, NamedTuple

_CLOCK: Final = r"(\d{1,2})(?:[:.h](\d\d)(?!\.?\d))?\s*(?:Uhr|h\b)?\s*([ap]\.?m\.?)?(?:\s*(?:noon|midday))?"
_LABEL: Final = r"(?:Zeit|Uhrzeit|Beginn|Wann|Time|When|Start)\s*:\s*"
# What may follow the times: "Uhr", a time zone, how long it takes.
_REST: Final = r"\s*(?:(?:Uhr|h|CES?T|MES?Z|GMT|UTC)\b)?\s*[:|–-]?\s*(?:\(?\d{1,3}\s*(?:Min(?:uten|utes|\.)?|min\.?)(?!\w)\)?\s*[:|–-]?\s*)?"
_TIME: Final = re.compile(
    rf"(?:{_LABEL})?(?:ab\s+|ca\.\s+|von\s+|from\s+)?{_CLOCK}(?:\s*(?:-|–|—|bis|to|until)\s*{_CLOCK})?{_REST}", re.I
)
# "0930 – 1015"; from 2000 on, the digits would be years.
_DIGITS: Final = re.compile(r"([01]\d)([0-5]\d)\s*[-–—]\s*([012]\d)([0-5]\d)(?!\d)\s*(?:Uhr|hrs?|h\b)?\s*[:|–-]?\s*")
_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            *(
                "januar january jan jänner",
                "februar february feb",
                "märz march mar mrz",
                "april apr",
                "mai may",
                "juni june jun",
            ),
            *(
                "juli july jul",
                "august aug",
                "september sept sep",
                "oktober october okt oct",
                "november nov",
                "dezember december dez dec",
            ),
        ),
        1,
    )
    for name in names.split()
}
_MONTH: Final = "|".join(sorted(_MONTHS, key=len, reverse=True))
_NUMBERS: Final = re.compile(r"\b(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\b")
_WORDS: Final = re.compile(rf"\b(\d{{1,2}})\.?\s+({_MONTH})\.?\s+(\d{{4}})\b", re.I)
_ENGLISH: Final = re.compile(rf"\b({_MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b", re.I)
# Several days: "6.–7. Juni 2031", "6. und 7. Juni 2031", "30. Mai bis 2. Juni 2031", "6.–7.6.2031", "June 6–7, 2031".
_TO: Final = r"\s*(?:-|–|—|bis(?:\s+zum)?|und|and|to|/|&)\s*"
_SEVERAL_WORDS: Final = re.compile(
    rf"(?<!\bTag )(?<!\bDay )\b(\d{{1,2}})\.?(?:\s+({_MONTH})\.?)?(?:\s+\d{{4}})?{_TO}(?:[A-Za-z]+,?\s+(?:de[mnr]\s+)?)?(\d{{1,2}})\.?\s+({_MONTH})\.?\s+(\d{{4}})\b",
    re.I,
)
_SEVERAL_NUMBERS: Final = re.compile(
    rf"\b(\d{{1,2}})\.(?:\s?(\d{{1,2}})\.)?(?:\s?\d{{4}})?{_TO}(\d{{1,2}})\.\s?(\d{{1,2}})\.\s?(\d{{4}})\b"
)
_SEVERAL_ENGLISH: Final = re.compile(
    rf"\b({_MONTH})\.?\s+(\d{{1,2}}){_TO}(?:({_MONTH})\.?\s+)?(\d{{1,2}}),?\s+(\d{{4}})\b", re.I
)
# A day before which a text says that it is none of an event: that of the document, of a mail, or a deadline.
_OTHER_DAY: Final = re.compile(
    r"\b(?:\w*stand|Version|An-?meld\w*|Frist|bis\s+(?:zum|spätestens)?|Einsendeschluss|Deadline|Gesendet|Sent|Veröffentlicht"
    r"|Published|until|by|as of)\b",
    re.I,
)
_MAIL_TIME: Final = re.compile(r"\d\d:\d\d:\d\d")
_PATH: Final = re.compile(r"\w\s*[>›»]\s+\S")  # to a page, with the day on which it was published
_DATELINE: Final = re.compile(r"[^\W\d_][\w .-]{1,40},\s+(?:den\s+)?")  # before the day of a letter
_ISO: Final = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_EVERY: Final = re.compile(r"\b(?:jeweils|each|every)\b.*?(\d{1,2}(?:[.:]\d\d)?\s*(?:Uhr|[ap]m)?\b.*)", re.I)
_WEEKDAY: Final = (
    r"(?:(?:Mo|Di|Mi|Do|Fr|Sa|So|Mon|Tue|Wed|Thu|Fri|Sat|Sun)\.?|(?:Mon|Diens|Mitt|Donners|Frei|Sams|Sonn)(?:tag|woch|abend)|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
)
_LEADING_DAY: Final = re.compile(
    rf"(?:{_WEEKDAY}\s*,?\s+)?(?:\d{{1,2}}\.\s?(?:\d{{1,2}}\.(?:\s?\d{{4}})?|(?:{_MONTH})\b\.?(?:\s+\d{{4}})?)|\d{{1,2}}\s+(?:{_MONTH})\b(?:\s+\d{{4}})?|"
    rf"(?:{_MONTH})\.?\s+\d{{1,2}}\b(?:,?\s+\d{{4}})?|\d{{4}}-\d\d-\d\d)\s*[,:|–-]?\s*",
    re.I,
)
_HOURS, _MINUTES, _NOON = 24, 60, 12


class Times(NamedTuple):
    """The times of day at the beginning of a line ("14:00", or empty), and how many characters they take."""

    start: str
    end: str
    length: int


def leading_times(text: str) -> Times:
    """Return the times of day with which a line begins; length 0 where it begins with none.

    >>> leading_times("14.00 – 15.30 Uhr | Werkzeug")
    Times(start='14:00', end='15:30', length=20)
    >>> leading_times("Zeit: 9:30 Uhr").start, leading_times("09:30 CET").length, leading_times("9:30 20 Min. Plenum").length
    ('09:30', 9, 13)
    """
    if match := _DIGITS.match(text):
        return Times(f"{match[1]}:{match[2]}", f"{match[3]}:{match[4]}", match.end())
    match = _TIME.match(text)
    if match is None:
        return Times("", "", 0)
    shown = match.group()
    hour, minute, half, to_hour, to_minute, to_half = match.groups()
    is_time = minute is not None or half is not None or re.search(r"Uhr|\dh\b|\d h\b", shown)
    start, end = _clock(hour, minute, half or to_half), _clock(to_hour, to_minute, to_half)
    if not is_time or not start:
        return Times("", "", 0)
    return Times(start, end, match.end())


def _clock(hour: str | None, minute: str | None, half: str | None) -> str:
    if hour is None:
        return ""
    hours, minutes = int(hour), int(minute or 0)
    if half and hours <= _NOON:
        hours = hours % _NOON + (_NOON if half[0] in "pP" else 0)
    return f"{hours:02}:{minutes:02}" if hours < _HOURS and minutes < _MINUTES else ""


def leading_day(text: str) -> int:
    """Return how many characters of a text the day takes with which it begins; 0 where it begins with none.

    >>> [leading_day(text) for text in ("14.10.2031 Holz", "Di, 14. Oktober: Holz", "14.10 Uhr", "3. Forum")]
    [11, 17, 0, 0]
    """
    match = _LEADING_DAY.match(text)
    return match.end() if match else 0


class Day(NamedTuple):
    """A day in a text: as YYYY-MM-DD, and the words that name it."""

    day: str
    words: str


def days(text: str) -> list[Day]:
    """Return the days that a text names with their year.

    >>> days("am 6. Juni 2024 und am 08.06.2024")
    [Day(day='2024-06-06', words='6. Juni 2024'), Day(day='2024-06-08', words='08.06.2024')]
    """
    found: list[tuple[int, Day]] = []
    for pattern in (_WORDS, _NUMBERS, _ENGLISH, _ISO):
        for match in pattern.finditer(text):
            one, two, three = match.groups()
            if pattern is _ISO:
                year, month, day = one, int(two), three
            elif pattern is _ENGLISH:
                year, month, day = three, _MONTHS[one.lower()], two
            else:
                year, month, day = three, _MONTHS[two.lower()] if pattern is _WORDS else int(two), one
            if valid := _day(int(year), month, int(day)):
                found.append((match.start(), Day(valid, match.group())))
    return [day for _, day in sorted(found)]


class Period(NamedTuple):
    """The first and last day that a text names, as YYYY-MM-DD, and the words that name them."""

    first: str
    last: str
    words: str


def period(text: str) -> Period | None:
    """Return the days on which a text says something takes place, else None.

    >>> period("6. und 7. Juni 2031, Neuheim"), period("am 6.6.2031")
    (Period(first='2031-06-06', last='2031-06-07', words='6. und 7. Juni 2031'), Period(first='2031-06-06', last='2031-06-06', words='6.6.2031'))
    """
    for pattern in (_SEVERAL_WORDS, _SEVERAL_NUMBERS, _SEVERAL_ENGLISH):
        if match := pattern.search(text):
            parts = match.groups()
            if pattern is _SEVERAL_ENGLISH:
                parts = (parts[1], parts[0], parts[3], parts[2] or parts[0], parts[4])
            from_day, from_month, to_day, to_month, year = parts
            first = _day(int(year), _month(from_month or to_month), int(from_day))
            last = _day(int(year), _month(to_month), int(to_day))
            if first and first < last:
                return Period(first, last, match.group())
    found = days(text)
    return Period(found[0].day, found[0].day, found[0].words) if found else None


def periods_of_event(texts: Iterable[tuple[int, str]]) -> Iterator[tuple[int, Period]]:
    """Yield the days in lines (number, text) that may be those of an event; the day of a letter ("Neuheim, 3. Januar 2031") last.

    >>> [day.first for _, day in periods_of_event(enumerate(["Stand: 3.3.2031", "Neuheim, 1. Mai 2031", "Am 6. Juni 2031"]))]
    ['2031-06-06', '2031-05-01']
    """
    letters: list[tuple[int, Period]] = []
    for number, text in texts:
        found = period(text)
        if found is None or _MAIL_TIME.search(text) or _PATH.search(text):
            continue
        before, _, behind = text.partition(found.words)
        if _DATELINE.fullmatch(before) and not behind.strip(" ."):
            letters.append((number, found))
        elif not _OTHER_DAY.search(before):
            yield number, found
    yield from letters


def whole_period(text: str) -> Period | None:
    """Return the days that are all a line says, beside the day of the week.

    >>> whole_period("Freitag, 6. Juni 2031").first, whole_period("6. Juni 2031, Neuheim")
    ('2031-06-06', None)
    """
    found = period(text)
    if found is None:
        return None
    rest = re.sub(
        r"(?:(?:Mon|Diens|Mitt|Donners|Frei|Sams|Sonn)(?:tag|woch|abend)|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Tag|Day|\d+|am)\b",
        "",
        text.replace(found.words, ""),
    )
    return found if not re.search(r"\w", rest) else None


def repeated_times(text: str) -> Times:
    """Return the times at which each item of a series takes place; length 0 where a text names none.

    >>> repeated_times("Zeit: jeweils donnerstags, 18:15 Uhr").start, repeated_times("18:15 Uhr").start
    ('18:15', '')
    """
    match = _EVERY.search(text)
    return leading_times(match[1]) if match else Times("", "", 0)


def _month(text: str) -> int:
    return int(text) if text.isdigit() else _MONTHS[text.lower()]


def _day(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
