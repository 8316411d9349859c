"""The same content as a table: sorted, filtered, shared by a link, saved."""

from __future__ import annotations

import csv
import re
import sqlite3
from collections import Counter
from pathlib import Path

import pytest

from tests.helpers.browsing import Open, embedded, until
from tests.helpers.namespaces import BASE, DOCUMENT

ITAS = "https://w3id.org/itas/ontology#"
pytestmark = pytest.mark.slow


def test_table_sorts_and_filters(look: Open, every_kind: str) -> None:
    seen = look(fragment=f"#view=table&{every_kind}")
    seen.click(".sorter", "Beziehungen")
    seen.click(".sorter", "Beziehungen")
    most = seen.table()[0]
    order = seen.page.locator("thead th").nth(3).get_attribute("aria-sort")
    seen.page.locator(".table-filter").fill("kreislauf")
    rows = seen.table()

    assert (most[0], order) == ("ITAS", "descending")
    assert int(most[3]) > 20
    assert 0 < len(rows) < 10
    assert all("kreislauf" in " ".join(row).lower() for row in rows)


def test_hidden_relations_are_told_apart(look: Open, html: bytes, tmp_path: Path) -> None:
    all_ = Counter(end for edge in embedded(html)["edges"] for end in {edge["from"], edge["to"]})
    names = {node["id"]: node["label"]["de"] for node in embedded(html)["nodes"]}
    seen = look(fragment=f"#view=table&without={ITAS}Topic+{ITAS}Contribution")
    counts = {row[0]: row[3] for row in seen.table()}
    saved = list(
        csv.DictReader(
            seen.save("csv", tmp_path, scope="shown").read_text(encoding="utf-8-sig").splitlines(), delimiter=";"
        )
    )
    seen.click(".table-head button", "Beziehungen")
    ends = Counter(end for row in seen.table() for end in {row[0], row[2]})
    rows = {row["iri"]: (int(row["Davon sichtbar"]), int(row["Beziehungen"])) for row in saved}

    assert ends.total() > 0
    assert rows == {iri: (ends[names[iri]], all_[iri]) for iri in rows}
    assert any(0 < visible < count for visible, count in rows.values())
    assert counts == {
        names[iri]: str(count) if visible == count else f"{visible} von {count} sichtbar"
        for iri, (visible, count) in rows.items()
    }


@pytest.mark.parametrize(("lang", "names"), [("de", ["Einträge", "Beziehungen"]), ("en", ["Entries", "Relations"])])
def test_table_says_what_it_lists(look: Open, lang: str, names: list[str]) -> None:
    seen = look(fragment="#view=table")
    seen.click(f"[data-language={lang}]")
    captions = []
    for name in names:
        seen.click(".table-head button", name)
        captions.append(seen.page.locator("table caption").text_content())

    assert seen.page.locator(".table-head button").all_inner_texts() == captions == names


@pytest.mark.parametrize(
    "clicks",
    [
        pytest.param([".sorter:has-text('Art')"], id="sorted"),
        pytest.param([".sorter:has-text('Beziehungen')", ".sorter:has-text('Beziehungen')"], id="sorted-down"),
        pytest.param([".table-head button:has-text('Beziehungen')", ".sorter:has-text('Zu')"], id="relations"),
    ],
)
def test_link_restores_the_table(look: Open, clicks: list[str]) -> None:
    seen = look(fragment="#view=table")
    for selector in clicks:
        seen.click(selector)
    seen.page.locator(".table-filter").fill("itas")
    address = seen.link()
    again = look(fragment=address, locale="en-GB")

    assert again.table() == seen.table() != []
    assert again.page.locator("thead th").evaluate_all("ths => ths.map((th) => th.ariaSort)") == seen.page.locator(
        "thead th"
    ).evaluate_all("ths => ths.map((th) => th.ariaSort)")
    assert again.page.locator(".table-filter").input_value() == "itas"
    assert again.link() == address


def test_filter_text_is_in_the_address(look: Open) -> None:
    seen = look(fragment="#view=table")
    seen.page.locator(".table-filter").fill("kreislauf")
    until(seen.page, "() => location.hash.includes('match=kreislauf')")

    assert len(seen.table()) < 10


@pytest.mark.parametrize("lang", ["de", "en"])
def test_saved_columns_have_unique_names(look: Open, tmp_path: Path, lang: str) -> None:
    seen = look(fragment=f"#lang={lang}")
    separator = {"de": ";", "en": ","}[lang]  # as Excel of that language separates
    lines = seen.save("csv", tmp_path).read_text(encoding="utf-8-sig").splitlines()
    head, *_ = csv.reader(lines, delimiter=separator)
    columns = ", ".join(f'"{name}"' for name in head)

    sqlite3.connect(":memory:").execute(f"CREATE TABLE saved ({columns})")  # refuses a name that is there twice
    assert len(head) == 11


def test_saved_table_has_role_and_lines(look: Open, tmp_path: Path) -> None:
    seen = look(fragment=f"#entity={BASE}person/petra-seifert&around={BASE}person/petra-seifert&steps=1")
    rows = list(csv.DictReader(seen.save("csv", tmp_path).read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    seen = look(fragment=f"#around={BASE}person/boris-kaiser&steps=1")
    lines = list(csv.DictReader(seen.save("csv", tmp_path).read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))

    assert any("Betriebsrätin" in row["Anmerkung"] for row in rows)
    assert {row["Zeilen"] for row in lines} >= {"57", "71", "85"} or "57, 71, 85" in {row["Zeilen"] for row in lines}
    assert {row["Quelle"] for row in rows} == {DOCUMENT}


@pytest.mark.parametrize(("tab", "first"), [("", "Name"), ("&table=relations", "Von")])
def test_saved_table_is_the_visible_one(look: Open, tmp_path: Path, tab: str, first: str) -> None:
    seen = look(fragment=f"#view=table&match=kreislauf{tab}")
    rows = list(
        csv.DictReader(
            seen.save("csv", tmp_path, scope="shown").read_text(encoding="utf-8-sig").splitlines(), delimiter=";"
        )
    )
    shown = [row[0] for row in seen.table()]

    assert list(dict.fromkeys(row[first] for row in rows)) == list(dict.fromkeys(shown)) != []


@pytest.mark.parametrize("tab", ["entities", "relations"])
def test_menu_says_how_much_of_the_filtered_table_is_saved(look: Open, html: bytes, tmp_path: Path, tab: str) -> None:
    data = embedded(html)
    seen = look(fragment=f"#view=table&match=kreislauf{'&table=relations' if tab == 'relations' else ''}")
    whole = f"{len(data['nodes'])} Einträge, {len(data['edges'])} Beziehungen"
    seen.click("#share")
    said = seen.text("#scope-holds")
    seen.click("#share")
    path = seen.save("csv", tmp_path)
    table = seen.text("#toast").removeprefix(f"Gespeichert: {path.name} – ")

    assert re.match(r"\d+ von \d+ (Einträgen|Beziehungen)$", table)
    assert said == f"Tabelle: {table}. Turtle: {whole}."
