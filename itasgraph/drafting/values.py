"""The values of cells as data files write them: days, amounts of money, addresses, several values in one cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from itasgraph.messages.codes import Code

_SEPARATOR: Final = re.compile(r"[;|\n]")
_DAY: Final = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_ISO: Final = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?")
_MONTH: Final = re.compile(r"(\d{1,2})[./](\d{4})")
_YEAR: Final = re.compile(r"\d{4}")
_AMOUNT: Final = re.compile(
    r"(?:(€|EUR|Euro)\s*)?(\d{1,3}(?:[. \u00a0\u202f']\d{3})*|\d+)(?:,00|,-|,–)?\s*(?:(€|EUR|Euro))?"
)
_EMAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}")
_ADDRESS: Final = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[A-Za-z]{2,}(?:/\S*)?", re.I)
_TELEPHONE: Final = re.compile(r"\+?[\d\s()/.–-]{5,}\d")
_MOST_DIGITS: Final = 15  # of a telephone number, by ITU-T E.164
_DISTRICT: Final = re.compile(r"\D+\s\d{1,2}\D?")  # "Praha 4"
_COMMA: Final = re.compile(r",(?![^(]*\))")
_LONGEST_KEYWORD: Final = 3  # words
_POSTAL_CODE: Final = re.compile(r"(?:^|[\s,])(?:[A-Z]{1,3}-)?(?:\d\d-\d{3}|\d{3}\s\d\d|\d{4,5})\s+(?=[^\W\d])")
_STREET: Final = re.compile(r"[^\W\d].*\s\d{1,4}\s?[a-z]?(?:\s?[-–/]\s?\d{1,4}\s?[a-z]?)?")
_MONTHS: Final = 12
_BETWEEN: Final = re.compile(r"\s+/\s+|[,;|\n]|\s+(?:oder|und|or|and)\s+")
_PIECES: Final = re.compile(r"[,;|\n]|\s+/\s+|\s(?=(?:Tel|Fon|Mobil|E-?Mail|Mail|Phone)\b)|\s(?=\S+@)", re.I)
_CHANNEL_LABEL: Final = re.compile(r"^(?:Telefon|Tel|Fon|T|Mobil|Handy|E-?Mail|Mail|M|Phone)\b\.?:?\s*", re.I)
_TICKS: Final = frozenset(["x", "✓", "✔", "☑", "☒", "●", "•", "ja", "yes", "wahr", "true"])
_NO_TICKS: Final = frozenset(["", "-", "–", "—", "nein", "no", "☐", "○", "falsch", "false"])


def several(text: str) -> list[str]:
    """Return the values of a cell, which stand on lines of their own or between semicolons or bars."""
    return [part for piece in _SEPARATOR.split(text) if (part := piece.strip(" ,•-–"))]


def keywords(text: str) -> list[str]:
    """Return the keywords of a cell, between which commas may stand as well, where each is short and begins with a capital letter.

    >>> keywords("Metall, Kunststoff"), keywords("Schulung; Prüfung, auch extern"), keywords("Hilfe, wenn es brennt")
    (['Metall', 'Kunststoff'], ['Schulung', 'Prüfung, auch extern'], ['Hilfe, wenn es brennt'])
    """
    parts = [part for part in _COMMA.split(text) if part.strip()]
    are_short = all(part.strip()[:1].isupper() and len(part.split()) <= _LONGEST_KEYWORD for part in parts)
    return [part.strip() for part in parts] if are_short and not _SEPARATOR.search(text) else several(text)


def town(text: str) -> str:
    """Return the town of an address or of a town with its postal code, else the text as it is.

    >>> [town(text) for text in ("09111 Chemnitz", "Am Wehr 1, D-09111 Chemnitz", "50-001 Wrocław", "Am Wehr 1, Aue", "Aue")]
    ['Chemnitz', 'Chemnitz', 'Wrocław', 'Aue', 'Aue']
    """
    if match := _POSTAL_CODE.search(text):
        return text[match.end() :].strip()
    *before, last = text.split(",")
    return last.strip() if re.search(r"\d", "".join(before)) and not re.search(r"\d", last) else text


def is_town(text: str) -> bool:
    """Return whether a text may be a town: it holds no number but that of a district.

    >>> [is_town(text) for text in ("Aue", "Praha 4", "Aue Bahnhofstr. 9, 403 17 Brand", "Hof 3; Hinterhaus")]
    [True, True, False, False]
    """
    return not re.search(r"\d", text) or _DISTRICT.fullmatch(text) is not None


def has_postal_code(text: str) -> bool:
    """Return whether a text holds a town with its postal code."""
    return _POSTAL_CODE.search(text) is not None


def is_street(text: str) -> bool:
    """Return whether a text is a street with the number of a house, and no town.

    >>> is_street("Am Wehr 1"), is_street("Hauptstr. 12 b"), is_street("Aue")
    (True, True, False)
    """
    return _STREET.fullmatch(text.strip()) is not None


def date(text: str) -> str:
    """Return a day, month or year as W3C-DTF writes it, or an empty string where the text is none.

    >>> date("1.3.2024"), date("03/2024"), date("2024"), date("bald")
    ('2024-03-01', '2024-03', '2024', '')
    """
    plain = text.strip()
    if match := _DAY.fullmatch(plain):
        return _valid(match.group(3), match.group(2), match.group(1))
    if match := _ISO.fullmatch(plain):
        return _valid(match.group(1), match.group(2), match.group(3) or "")
    if match := _MONTH.fullmatch(plain):
        return _valid(match.group(2), match.group(1), "")
    return plain if _YEAR.fullmatch(plain) else ""


def _valid(year: str, month: str, day: str) -> str:
    from datetime import date as calendar

    try:
        calendar(int(year), int(month), int(day or 1))
    except ValueError:
        return ""
    return f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else "")


def amount(text: str) -> int | None:
    """Return an exact amount of whole euros, or None where the text is none.

    >>> amount("40.000 €"), amount("EUR 1 500,00"), amount("rund 40.000 €")
    (40000, 1500, None)
    """
    match = _AMOUNT.fullmatch(text.strip())
    return int(re.sub(r"\D", "", match.group(2))) if match else None


def email(text: str) -> str:
    """Return a text that is an e-mail address, else an empty string."""
    plain = text.strip().removeprefix("mailto:")
    return plain if _EMAIL.fullmatch(plain) else ""


def web_address(text: str) -> str:
    """Return a text that is the address of a web site, with its scheme, else an empty string."""
    plain = text.strip().rstrip("/")
    if not _ADDRESS.fullmatch(plain):
        return ""
    return (plain if "://" in plain else f"https://{plain}") + ("/" if plain.count("/") in (0, 2) else "")


def emails(text: str) -> list[str]:
    """Return the e-mail addresses of a text that holds nothing else, or the text itself.

    >>> emails("a@x.example / b@x.example"), emails("a@x.example, privat"), emails("mailto:a@x.example")
    (['a@x.example', 'b@x.example'], ['a@x.example, privat'], ['a@x.example'])
    """
    rest = _BETWEEN.sub("", _EMAIL.sub("", text.replace("mailto:", "")))
    return _EMAIL.findall(text) if not rest.strip() and _EMAIL.search(text) else [text]


def telephones(text: str) -> list[str]:
    """Return the telephone numbers of a text, where each begins with 0 or +, else the text itself.

    >>> telephones("0371 55 12 / 0171 22 33"), telephones("0371 / 55 12")
    (['0371 55 12', '0171 22 33'], ['0371 / 55 12'])
    """
    parts = [part.strip() for part in _BETWEEN.split(text)]
    return parts if len(parts) > 1 and all(part[:1] in ("0", "+") and telephone(part) for part in parts) else [text]


def channels(text: str) -> tuple[str, list[str], list[str]]:
    """Divide what a cell says of a person: the words without contacts, the e-mail addresses, and the telephone numbers.

    >>> channels("Ida Kern, Tel. 0371 5512, kern@x.example"), channels("Ida Kern / Ben Wolf")
    (('Ida Kern', ['kern@x.example'], ['0371 5512']), ('Ida Kern / Ben Wolf', [], []))
    """
    words, found_emails, found_numbers = [], list[str](), list[str]()
    for piece in _PIECES.split(text):
        plain = _CHANNEL_LABEL.sub("", piece.strip())
        if address := email(plain):
            found_emails.append(address)
        elif number := telephone(plain):
            found_numbers.append(number)
        else:
            words.append(piece.strip())
    is_plain = not (found_emails or found_numbers)
    return text if is_plain else ", ".join(filter(None, words)), found_emails, found_numbers


def tick(text: str) -> bool | None:
    """Return whether a cell ticks its column or not, None where it says something else.

    >>> tick("X"), tick("nein"), tick("teilweise")
    (True, False, None)
    """
    plain = text.strip().casefold()
    return True if plain in _TICKS else False if plain in _NO_TICKS else None


def telephone(text: str) -> str:
    """Return a text that is one telephone number, else an empty string.

    >>> telephone("0371 / 5512-7"), telephone("03588 555-310 03501 555-640")
    ('0371 / 5512-7', '')
    """
    plain = " ".join(text.split())
    digits = re.sub(r"\D", "", plain.replace("(0)", ""))
    return plain if _TELEPHONE.fullmatch(plain) and len(digits) <= _MOST_DIGITS else ""


# Key of a contact → how its value is read, and the doubt where a text is none.
CONTACTS: Final[Mapping[str, tuple[Callable[[str], str], Code]]] = {
    "email": (email, "doubt-no-email"),
    "telephone": (telephone, "doubt-no-telephone"),
    "website": (web_address, "doubt-no-website"),
}
