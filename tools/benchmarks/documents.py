"""The documents of the benchmark: long lists of actors and programmes; every name in them is invented."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_HEADER: Final = [
    "Firma",
    "Branche",
    "Straße",
    "PLZ",
    "Ort",
    "Ansprechpartner",
    "Funktion",
    "E-Mail",
    "Telefon",
    "Website",
    "Themen",
    "Projekte",
]
_FIRST: Final = [
    "Ida",
    "Ben",
    "Nina",
    "Jan",
    "Elif",
    "Tomasz",
    "Lena",
    "Karl",
    "Petra",
    "Uwe",
    "Jiří",
    "Agnieszka",
    "Mehmet",
    "Sabine",
    "Olena",
    "Ondřej",
]
_LAST: Final = [
    "Kern",
    "Wolf",
    "Falk",
    "Novák",
    "Demir",
    "Zieliński",
    "Vogel",
    "Braun",
    "Nguyen",
    "Schubert",
    "Dvořák",
    "Kowalska",
    "Richter",
    "Hahn",
    "Horák",
]
_SECTORS: Final = [
    "Metallbau",
    "Werkzeugbau",
    "Holzbau",
    "Maschinenbau",
    "Logistik",
    "Gießerei",
    "Galvanik",
    "Textil",
    "Software",
]
_TOWNS: Final = ["Neuheim", "Ostrau", "Lohma", "Altental", "Seebach", "Rothenau", "Brunn"]
_TOPICS: Final = ["Recycling", "Wasserstoff", "Leichtbau", "Robotik", "Fachkräfte", "Batterien", "Messtechnik"]
_ROLES: Final = ("Geschäftsführer", "Leiterin Entwicklung", "Vertrieb")
_FORMS: Final = ("GmbH", "AG", "e. V.", "GmbH & Co. KG")


def write_csv(path: Path, count: int) -> None:
    """Write a list of so many actors, in twelve columns."""
    with path.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out, delimiter=";").writerows([_HEADER, *map(_row, range(count))])


def write_xlsx(path: Path, count: int) -> None:
    """Write the same list as a workbook."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Akteure")
    for row in (_HEADER, *map(_row, range(count))):
        sheet.append(row)
    book.save(path)


def write_programme(path: Path, count: int) -> None:
    """Write a programme of so many contributions, in sections of fifty."""
    path.write_text("\n".join(["# Tag der Region, 6. Juni 2031", *_bullets(count)]) + "\n", encoding="utf-8")


def _row(number: int) -> list[str]:
    firm = f"firma{number}.example"
    return [
        _company(number),
        _pick(_SECTORS, number // 3),
        f"Hauptstraße {number % 97 + 1}",
        f"09{number % 900 + 100}",
        _pick(_TOWNS, number * 3),
        _person(number),
        _pick(_ROLES, number),
        f"info@{firm}",
        f"0371 {100_000 + number}",
        f"www.{firm}",
        f"{_pick(_TOPICS, number)}; {_pick(_TOPICS, number * 3 + 1)}",
        f"Projekt {_pick(_TOPICS, number // 10)} {number % 40}",
    ]


def _bullets(count: int) -> Iterator[str]:
    for number in range(count):
        if number % 50 == 0:
            yield f"\n## Abschnitt {number // 50 + 1}: {_pick(_TOPICS, number // 50)}\n"
        hour, minute = divmod(number * 5 % 600, 60)
        topic = f"{_pick(_TOPICS, number)} im Betrieb {number}"
        yield f"- {9 + hour:02d}:{minute:02d} Uhr {topic} – {_person(number)}, {_company(number)}"


def _person(number: int) -> str:
    return f"{_pick(_FIRST, number * 7)} {_pick(_LAST, number * 11 + number // 20)}"


def _company(number: int) -> str:
    return f"{_pick(_LAST, number)} {_pick(_SECTORS, number // 15)} {number} {_pick(_FORMS, number)}"


def _pick(words: list[str] | tuple[str, ...], number: int) -> str:
    return words[number % len(words)]
