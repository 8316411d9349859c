"""What a network tells, as sentences: the figures are those a hand count on the real congress gives."""

from __future__ import annotations

import contextlib
import csv
import io
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from itasgraph import messages
from itasgraph.authoring import coverage
from itasgraph.network import report
from itasgraph.network.answers import Analysis, NetworkAnswer, NetworkFinding
from itasgraph.project import Project
from itasgraph.util import progress
from tests.helpers.analyses import analyse, by_label, figures, sentences
from tests.helpers.networks import NETWORKS
from tests.helpers.programs import Run, run_itasgraph
from tests.helpers.projects import ROOT, TWO_CONGRESSES, TWO_SOURCES, lay_out
from tests.helpers.terminals import run_in_terminal

QUESTIONS = ["connects", "contacts", "groups", "meet", "lonely-topics", "no-offer", "no-contact", "robust"]
# Networks whose links are real contact; the others have neighbours only.
CONTACT = {"contacts"}
COMPARED = ["new", "gone", "stayed", "edges-stayed", "edges-new", "edges-gone"]

# --- how it is said -----------------------------------------------------------------------------------------------------


@pytest.mark.quick(1)
@pytest.mark.parametrize("lang", messages.LANGUAGES)
@pytest.mark.parametrize("name", NETWORKS)
def test_every_network_answers_every_question(run: Run, name: str, lang: str) -> None:
    text = run("analyse", name, "--project", ROOT, "--lang", lang).stdout
    answers = analyse(run, name, "--project", ROOT, "--lang", lang)
    words = {"de": ("Maß: ", "Vorbehalt: "), "en": ("Measure: ", "Caveat: ")}[lang]
    second = "contacts" if name in CONTACT else "neighbours"

    assert list(answers) == [QUESTIONS[0], second, *QUESTIONS[2:]]
    assert [text.count(f"\n  {word}") for word in words] == [len(QUESTIONS)] * 2
    assert [answer["question"] for answer in answers.values() if not answer["caveat"].startswith(words[1])] == []


def test_questions_exist_in_both_languages() -> None:
    for question in (*QUESTIONS, "neighbours", *COMPARED):
        for part in ("ask", "figure", "none", "caveat"):
            german, english = (
                messages.render(messages.as_code(f"{part}-{question}"), lang) for lang in messages.LANGUAGES
            )
            assert german != english


def test_german_figures_have_a_comma(run: Run) -> None:
    assert "Zwischenzentralität 3,5;" in run("analyse", "--project", ROOT, "--lang", "de").stdout


def test_only_people_get_a_cut(run: Run) -> None:
    text = run("analyse", "sections", "--project", ROOT, "--lang", "en").stdout

    assert text.count("; appearances: ") == 10
    assert re.search(r"^  More: \d+ – all of them with -f csv or -f json\.$", text, re.MULTILINE)


def test_few_more_findings_are_shown(run: Run) -> None:
    answers = analyse(run, "--project", ROOT, "--lang", "en")
    text = run("analyse", "--project", ROOT, "--lang", "en").stdout
    short = [answer for answer in answers.values() if len(answer["findings"]) <= 12]

    assert len(short) > 3
    assert all(f"– {sentence}\n" in text for answer in short for sentence in sentences(answer))


def test_heading_counts_gaps_and_single_actors(run: Run) -> None:
    text = run("analyse", "--project", ROOT, "--lang", "en").stdout

    assert "On which topics did nobody or only one actor appear?\n" in text


def test_csv_has_a_row_per_finding(run: Run) -> None:
    done = run("analyse", "-f", "csv", "--project", ROOT, "--lang", "en")
    rows = list(csv.reader(io.StringIO(done.stdout)))

    assert rows[0] == ["question", "entity", "measure", "value", "error", "reason"]
    contacts = analyse(run, "--project", ROOT, "--lang", "en")
    first = contacts["connects"]["findings"][0]
    assert rows[1] == [
        "Who connects?",
        *first["entities"].values(),
        "betweenness",
        str(first["value"]),
        "",
        first["sentence"],
    ]
    assert [row[5] for row in rows[1:]] == [text for answer in contacts.values() for text in sentences(answer)]


def test_csv_keeps_digits_and_error() -> None:
    finding = NetworkFinding({"urn:a": "A"}, 1234567.875, "A lies between others", 4321.0625)
    analysis = Analysis("mine", "en", "Mine", [], 1, {}, [NetworkAnswer("connects", [finding], "Measure: estimated.")])

    rows = list(csv.DictReader(io.StringIO(report.render(analysis, "csv").decode())))

    assert [(row["value"], row["error"]) for row in rows] == [("1234567.875", "4321.0625")]


@pytest.mark.parametrize(("findings", "shown"), [(10, 10), (12, 12), (13, 10)])
def test_ten_findings_or_all(findings: int, shown: int) -> None:
    actual = [NetworkFinding({f"urn:{number}": str(number)}, 1.0, f"sentence {number}") for number in range(findings)]
    analysis = Analysis("mine", "en", "Mine", [], 1, {}, [NetworkAnswer("connects", actual, "Measure: none.")])

    text = report.render(analysis, "text").decode()

    assert text.count("– sentence ") == shown
    assert (f"More: {findings - shown} – " in text) is (findings > shown)


def test_page_folds_a_thousand_findings() -> None:
    actual = [NetworkFinding({f"urn:{number}": str(number)}, 1.0, f"sentence {number}") for number in range(1_005)]
    analysis = Analysis("mine", "en", "Mine", [], 1, {}, [NetworkAnswer("connects", actual, "Measure: none.")])

    text = report.render(analysis, "html").decode()

    assert Page(text).tags.count("li") == 1_000
    assert "<summary>More: 995</summary>" in text
    assert "More: 5 – all of them with -f csv or -f json." in text


# --- as a page ---------------------------------------------------------------------------------------------------------


class Page(HTMLParser):
    """The tags of a page, the addresses in them, and the ids."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.ids: list[str] = []
        self.names: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            self.addresses += [value or ""] if name in {"href", "xlink:href", "src"} else []
            self.ids += [value or ""] if name == "id" else []
            self.names += [value or ""] if name == "aria-label" else []


@pytest.mark.slow
def test_page_folds_all_but_the_first(run: Run) -> None:
    text = run("analyse", "actors", "-f", "html", "--project", ROOT, "--lang", "en").stdout
    page = Page(text)
    answers = analyse(run, "actors", "--project", ROOT, "--lang", "en").values()

    assert "<title>How are actors, activities and topics connected?</title>" in text
    assert "<h1>How are actors, activities and topics connected?</h1>" in text
    assert page.tags.count("details") == len([a for a in answers if len(a["findings"]) > 12]) > 1
    # Every finding is on the page; those with a relation for each neighbour as a list of names and texts.
    assert page.tags.count("li") == sum(len(answer["findings"]) for answer in answers)
    assert "<dt>is a target group of</dt><dd>" in text
    assert "with -f csv" not in text


def test_page_draws_bars_offline(run: Run, tmp_path: Path) -> None:
    done = run("analyse", "sections", "-o", tmp_path / "report.html", "--project", ROOT, "--lang", "en")
    page = Page((tmp_path / "report.html").read_text(encoding="utf-8"))

    assert (done.exit_code, done.stdout) == (0, "")
    assert page.names == [
        "Bars for the question “Who connects?”",
        "Bars for the question “What has the most neighbours?”",
    ]
    assert page.tags.count("section") == len(QUESTIONS)
    assert "script" not in page.tags
    assert [address for address in page.addresses if not address.startswith("#")] == []
    assert len(page.ids) == len(set(page.ids))


@pytest.mark.slow
@pytest.mark.parametrize("format_", ["text", "html"])
def test_hash_seed_changes_no_byte(format_: str) -> None:
    outputs = set()
    for seed in ("0", "4711"):
        command = ("analyse", "sections", "-f", format_, "--project", ROOT)
        done = run_itasgraph(*command, PYTHONHASHSEED=seed, PYTHONUTF8="1")
        assert done.returncode == 0, done.stderr
        outputs.add(done.stdout)

    assert len(outputs) == 1
    assert len(outputs.pop()) > 5_000


ODD = """
@prefix itas: <https://w3id.org/itas/ontology#> . @prefix org: <http://www.w3.org/ns/org#> .
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix : <https://example.org/> .
:a rdfs:label "<script>alert(1)</script> $x_1$ & co" . :b rdfs:label "B" . :c rdfs:label "C" .
:talk itas:appearance :one , :two . :one org:member :a . :two org:member :b .
:other itas:appearance :three , :four . :three org:member :a . :four org:member :c .
:one itas:quote "a" ; dcterms:source :s . :two itas:quote "b" ; dcterms:source :s .
:three itas:quote "a" ; dcterms:source :s . :four itas:quote "c" ; dcterms:source :s .
"""


def test_odd_label_is_shown_as_is(run: Run, tmp_path: Path) -> None:
    (tmp_path / "odd.ttl").write_text(ODD, encoding="utf-8")

    done = run("analyse", "-f", "html", "--data", tmp_path / "odd.ttl", "--project", ROOT)

    assert done.exit_code == 0
    assert "script" not in Page(done.stdout).tags
    # Who connects, three lines of contacts, the name of a bar, the group, what falls apart.
    assert done.stdout.count("&lt;script&gt;alert(1)&lt;/script&gt; $x_1$ &amp; co") == 7


# --- over time ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project of two congresses; tests only read it."""
    return lay_out(tmp_path_factory.mktemp("two-congresses") / "project", TWO_CONGRESSES)


@pytest.mark.slow
def test_two_congresses_are_sound(run: Run, years: Path) -> None:
    done = run("check", "--project", years, "--lang", "en")
    texts = sorted((TWO_CONGRESSES / "sources").glob("*.txt"))
    findings = [finding for text in texts for finding in coverage.measure_coverage(text, Project(years)).findings]

    assert done.stderr.startswith("No faults")
    assert [text.stem for text in texts] == ["congress-2023", "congress-2024"]
    assert findings == []


@pytest.mark.parametrize(
    ("span", "words", "there", "not_there"),
    [
        (("--until", "2023-12-31"), "Only appearances until 2023-12-31.", "Paula Kern", "Timo Falk"),
        (("--since", "2024-05-16"), "Only appearances since 2024-05-16.", "Timo Falk", "Paula Kern"),
        (
            ("--since", "2023-05-11", "--until", "2023-05-11"),
            "Only appearances from 2023-05-11 to 2023-05-11.",
            "Paula Kern",
            "Timo Falk",
        ),
    ],
    ids=["until", "since", "one-day"],
)
def test_timeframe_leaves_out_others(
    run: Run, years: Path, span: tuple[str, ...], words: str, there: str, not_there: str
) -> None:
    text = run("analyse", *span, "--project", years, "--lang", "en").stdout

    assert words in text
    assert there in text
    assert not_there not in text


def test_timeframe_limits_contacts(run: Run, years: Path) -> None:
    whole = analyse(run, "--project", years, "--lang", "en")
    later = analyse(run, "--since", "2024-01-01", "--project", years, "--lang", "en")

    assert by_label(whole["contacts"])["Ida Roth"] == (
        2.0,
        "Ida Roth (Person): contacts: 2 (Mara Lind, Paula Kern); appearances: 2",
    )
    assert by_label(later["contacts"])["Ida Roth"] == (
        1.0,
        "Ida Roth (Person): contacts: 1 (Mara Lind); appearances: 1",
    )


def test_next_year_adds_an_actor(run: Run, years: Path) -> None:
    before = analyse(run, "--until", "2023-12-31", "--project", years, "--lang", "en")["lonely-topics"]
    after = analyse(run, "--since", "2024-01-01", "--project", years, "--lang", "en")["lonely-topics"]

    assert sentences(before) == []
    assert sentences(after) == ["Power: nobody named"]


def test_empty_timeframe_says_so(run: Run, years: Path) -> None:
    done = run("analyse", "--since", "2030-01-01", "--project", years, "--lang", "de")

    assert done.exit_code == 0
    assert done.stderr == "Das Netz „contacts“ ist hier leer: Es enthält keinen Eintrag.\n"
    assert "Kein Eintrag liegt zwischen anderen." in done.stdout


@pytest.mark.parametrize(
    "both",
    [("Holzkongress 2023", "Holzkongress 2024"), ("source/congress-2023", "Bericht vom Holzkongress 2024")],
    ids=["events", "sources"],
)
def test_comparison_tells_new_gone_and_kept(run: Run, years: Path, both: tuple[str, str]) -> None:
    answers = analyse(run, "--compare", *both, "--project", years, "--lang", "en")
    ties = {name: ["–".join(f["entities"].values()) for f in answers[name]["findings"]] for name in COMPARED[3:]}

    assert list(answers) == COMPARED
    assert sentences(answers["new"]) == ["New: Timo Falk (Person)", "New: Waldschule Oberland (Organisation)"]
    assert sentences(answers["gone"]) == [
        "Gone: Genossenschaft Sonnendach (Organisation)",
        "Gone: Paula Kern (Person)",
    ]
    assert list(figures(answers["stayed"])) == [
        "Forsthof Berg",
        "Ida Roth",
        "Jonas Berg",
        "Mara Lind",
        "Sägewerk Lind",
        "Stadtwerke Oberland",
    ]
    assert ties == {
        "edges-stayed": [
            "Forsthof Berg–Sägewerk Lind",
            "Ida Roth–Stadtwerke Oberland",
            "Jonas Berg–Forsthof Berg",
            "Jonas Berg–Mara Lind",
            "Mara Lind–Sägewerk Lind",
        ],
        "edges-new": ["Ida Roth–Mara Lind", "Sägewerk Lind–Stadtwerke Oberland", "Timo Falk–Waldschule Oberland"],
        "edges-gone": [
            "Genossenschaft Sonnendach–Stadtwerke Oberland",
            "Ida Roth–Paula Kern",
            "Paula Kern–Genossenschaft Sonnendach",
        ],
    }


@pytest.mark.parametrize("name", ["actors", "everything"])
def test_mixed_network_tells_new_and_gone(run: Run, years: Path, name: str) -> None:
    answers = analyse(
        run, name, "--compare", "Holzkongress 2023", "Holzkongress 2024", "--project", years, "--lang", "en"
    )

    assert list(figures(answers["new"])) == [
        "Heat from shavings",
        "Holzkongress 2024",
        "Learning to build",
        "One year of the wood exchange",
        "Timo Falk",
        "Waldschule Oberland",
    ]
    assert list(figures(answers["gone"])) == [
        "Genossenschaft Sonnendach",
        "Holzkongress 2023",
        "Paula Kern",
        "Power",
        "Power from the roof",
        "Wood from nearby",
    ]
    # Wood was the topic of the exchange in the first year, and of a talk on its own in the second.
    assert {"Wood", "Wood exchange", "Mara Lind"} <= figures(answers["stayed"]).keys()


@pytest.mark.quick(1)
@pytest.mark.parametrize("name", [name for name in NETWORKS if name != "organisations"])
def test_events_do_not_contain_each_other(run: Run, years: Path, name: str) -> None:
    both = ("Holzkongress 2023", "Holzkongress 2024")
    answers = analyse(run, name, "--compare", *both, "--project", years, "--lang", "en")

    assert "Timo Falk" in figures(answers["new"])
    assert "Paula Kern" in figures(answers["gone"])
    assert not {*both} & figures(answers["stayed"]).keys()


@pytest.mark.slow
@pytest.mark.parametrize("both", [("2023", "2024"), ("Holzkongress 2023", "Holzkongress 2024")])
def test_days_order_the_two(run: Run, years: Path, both: tuple[str, str]) -> None:
    actual, swapped = (
        run("analyse", "--compare", *order, "--project", years, "--lang", "en").stdout
        for order in (both, tuple(reversed(both)))
    )

    assert actual.startswith(f"Earlier: {both[0]}. Later: {both[1]}.")
    assert swapped == actual


SECTIONS = """
- {id: section/roof, type: Section, partOf: event/holzkongress-2023, position: 3, label: {de: Dach, en: Roof}}
- {id: section/floor, type: Section, partOf: event/holzkongress-2023, position: 4, label: {de: Boden, en: Floor}}
"""


@pytest.mark.slow
def test_other_section_is_not_new(run: Run, tmp_path: Path) -> None:
    folder = lay_out(tmp_path / "project", TWO_CONGRESSES)
    file = folder / "data" / "congress-2023.yaml"
    text = file.read_text(encoding="utf-8")
    place = "partOf: event/holzkongress-2023\n  position:"
    text = text.replace(f"{place} 2", "partOf: section/roof\n  position: 1")
    text = text.replace(f"{place} 1", "partOf: section/floor\n  position: 1")
    file.write_text(text + SECTIONS, encoding="utf-8")
    both = ("--compare", "section/roof", "Holzkongress 2024", "--project", folder, "--lang", "en")
    answers = analyse(run, *both)

    # Mara Lind and Jonas Berg spoke on the floor in 2023.
    assert list(figures(answers["new"])) == ["Timo Falk", "Waldschule Oberland"]
    assert "does not count as new: Holzkongress 2023." in run("analyse", *both).stdout


LONG_AGO = """\
id: source/congress-2021
type: Source
title: Bericht vom Holzkongress Oberland 2021
label: {de: Bericht vom Holzkongress 2021, en: Report on the Holzkongress 2021}
document: https://example.org/congress-2021
says:
- {id: event/holzkongress-2021, type: Event, name: Holzkongress 2021, date: 2021-05-11, quote: Holzkongress 2021}
- id: talk/anfang
  type: Contribution
  partOf: event/holzkongress-2021
  position: 1
  title: Anfang
  label: {de: Anfang, en: Beginning}
  speakers:
    person/timo-falk: {position: 1, organisation: organisation/saegewerk-lind, quote: "Timo Falk, Sägewerk Lind"}
- {id: person/timo-falk, quote: "Timo Falk"}
- {id: organisation/saegewerk-lind, quote: "Sägewerk Lind"}
"""


def test_year_has_all_its_events(run: Run, years: Path) -> None:
    events = analyse(run, "--compare", "Holzkongress 2023", "Holzkongress 2024", "--project", years, "--lang", "en")

    assert analyse(run, "--compare", "2023", "2024", "--project", years, "--lang", "en") == events


def test_new_means_never_before(run: Run, tmp_path: Path) -> None:
    folder = lay_out(tmp_path / "project", TWO_CONGRESSES)
    (folder / "data" / "congress-2021.yaml").write_text(LONG_AGO, encoding="utf-8")
    arguments = ("--compare", "2023", "2024", "--project", folder, "--lang", "en")
    answers = analyse(run, *arguments)

    assert sentences(answers["new"]) == ["New: Waldschule Oberland (Organisation)"]
    assert "Timo Falk–Waldschule Oberland" in [
        "–".join(f["entities"].values()) for f in answers["edges-new"]["findings"]
    ]
    assert "does not count as new: Holzkongress 2021." in run("analyse", *arguments).stdout


FAIR = """
- {id: event/fair, type: Event, name: Messe, date: 2023-09-01, quote: Messe}
- id: talk/fair
  type: Contribution
  partOf: event/fair
  position: 1
  title: Eröffnung
  label: {de: Eröffnung, en: Opening}
  speakers:
    person/mara-lind: {position: 1, organisation: organisation/saegewerk-lind, quote: "Mara Lind, Sägewerk Lind"}
"""
CONTAINED = {
    "series": ("Holzkongress 2023", "series/holz", "Holzkongress 2023", "Holzkongress", "event/holzkongress-2024"),
    "year": ("2024", "series/holz", "2024", "Holzkongress", "event/holzkongress-2023"),
    "section": ("section/roof", "2023", "Dach", "2023", "section/floor"),
    "contribution": ("talk/strom-vom-dach", "section/roof", "Strom vom Dach", "Dach", "talk/bauen-lernen"),
    "source": (
        *("Holzkongress 2023", "source/congress-2023", "Holzkongress 2023", "Bericht vom Holzkongress 2023"),
        "event/holzkongress-2024",
    ),
}


@pytest.fixture(scope="module")
def series(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return two congresses of a series, the earlier one in sections, whose source tells of a fair, too; tests only read it."""
    folder = lay_out(tmp_path_factory.mktemp("series") / "project", TWO_CONGRESSES)
    holz = "- {id: series/holz, type: EventSeries, name: Holzkongress, quote: Holzkongress}\n"
    for year, more in ((2023, holz + SECTIONS + FAIR), (2024, "")):
        file = folder / "data" / f"congress-{year}.yaml"
        text = file.read_text(encoding="utf-8").replace(f"  date: {year}-", f"  partOf: series/holz\n  date: {year}-")
        for talk, section in (("talk/strom-vom-dach", "section/roof"), ("talk/holz-aus-der-naehe", "section/floor")):
            head = f"- id: {talk}\n  type: Contribution\n  partOf: "
            text = text.replace(f"{head}event/holzkongress-2023", head + section)
        file.write_text(text + more, encoding="utf-8")
    return folder


@pytest.mark.quick(1)
@pytest.mark.parametrize("case", CONTAINED.values(), ids=CONTAINED)
def test_sides_must_not_contain_each_other(run: Run, series: Path, case: tuple[str, ...]) -> None:
    one, other, part, whole, known = case
    both = ((one, other), (other, one))
    refused = [run("analyse", "--compare", *ends, "--project", series, "--lang", "de") for ends in both]
    instead = run("analyse", "--compare", one, known, "--project", series)

    told = f"„{part}“ gehört ganz zu „{whole}“, "
    assert [(done.exit_code, done.stdout) for done in refused] == [(2, ""), (2, "")]
    assert [done.stderr.startswith(told) and known in done.stderr for done in refused] == [True, True]
    assert instead.exit_code == 0


def test_sources_may_overlap(run: Run, series: Path) -> None:
    done = run("analyse", "--compare", "source/congress-2023", "source/congress-2024", "--project", series)

    assert done.exit_code == 0


def test_way_out_lists_everything(run: Run) -> None:
    done = run(
        "analyse", "--compare", "2024", "source/itas-kongress-2024-rueckblick", "--project", ROOT, "--lang", "en"
    )

    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.endswith(" To see what there is: itasgraph query things\n")


def test_year_without_events_names_others(run: Run, years: Path) -> None:
    done = run("analyse", "--compare", "2023", "2031", "--project", years, "--lang", "de")

    assert (done.exit_code, done.stdout) == (2, "")
    assert "keine Veranstaltung hat ein Datum im Jahr 2031 – eines dieser Jahre angeben: 2023, 2024" in done.stderr


@pytest.mark.quick(2)
@pytest.mark.parametrize("name", [name for name in NETWORKS if name not in ("organisations", "programme", "links")])
def test_organisation_stays_in_one_group(run: Run, name: str) -> None:
    groups = [set(f["entities"]) for f in analyse(run, name, "--project", ROOT, "--lang", "en")["groups"]["findings"]]
    query = "SELECT DISTINCT ?who ?for { ?appearance org:member ?who ; org:organization ?for }"
    rows = csv.reader(run("query", query, "-f", "csv", "--project", ROOT).stdout.splitlines()[1:])
    pairs = [tuple(row) for row in rows]

    assert len(pairs) == 19
    assert [pair for pair in pairs if not any(group.issuperset(pair) for group in groups)] == []


def test_events_are_not_nodes(run: Run, years: Path) -> None:
    both = ("Holzkongress 2023", "Holzkongress 2024")
    lines = run("analyse", "--compare", *both, "--project", years, "--lang", "de").stdout.split("\n")

    assert lines[:2] == [
        "Früher: Holzkongress 2023. Später: Holzkongress 2024.",
        "Verglichen im Netz „contacts“ (Wer trat im selben Beitrag auf?).",
    ]
    assert lines[2].startswith("Holzkongress 2023 – Einträge: 8, Beziehungen: 8 (")


@pytest.mark.parametrize("name", ["actors", "everything", "programme", "links"])
def test_timeframe_limits_networks(run: Run, years: Path, name: str) -> None:
    text = run("analyse", name, "--since", "2024-01-01", "--project", years, "--lang", "en").stdout

    assert "Holzkongress 2024" in text
    assert "Timo Falk" in text
    assert [
        word for word in ("Holzkongress 2023", "Paula Kern", "Sonnendach", "Power from the roof") if word in text
    ] == []


def test_edge_has_words_of_its_year(run: Run, years: Path) -> None:
    answers = analyse(run, "--compare", "Holzkongress 2023", "Holzkongress 2024", "--project", years, "--lang", "de")

    assert next(text for text in sentences(answers["edges-gone"]) if text.startswith("Ida Roth –")).endswith(
        ": „Ida Roth, Stadtwerke Oberland“, „Paula Kern, Genossenschaft Sonnendach“"
    )
    assert next(text for text in sentences(answers["edges-stayed"]) if text.startswith("Ida Roth –")).endswith(
        "„Ida Roth, Stadtwerke Oberland“ / „Ida Roth, Stadtwerke Oberland“"
    )


def test_edge_belongs_to_its_source(run: Run, years: Path) -> None:
    both = ("source/congress-2023", "source/congress-2024")
    actual = run("analyse", "topics", "--compare", *both, "--project", years, "--lang", "de").stdout
    stayed = actual.partition("Welche Beziehungen blieben?")[2].partition("Maß:")[0]

    assert stayed
    assert "Forsthof Berg – wird genannt zum Thema – Holz" not in stayed


def test_comparison_names_both_sides(run: Run, years: Path) -> None:
    done = run(
        "analyse",
        "--compare",
        "Holzkongress 2023",
        "Holzkongress 2024",
        "--project",
        years,
        "--lang",
        "de",
        "-f",
        "html",
    )

    assert "<h1>Früher: Holzkongress 2023. Später: Holzkongress 2024.</h1>" in done.stdout


def test_disagreement_makes_no_contact(run: Run, tmp_path: Path) -> None:
    folder = lay_out(tmp_path / "project", TWO_SOURCES)

    answers = analyse(run, "--project", folder, "--lang", "en")

    # Ada Blum spoke for the foundry, says one report; for the municipal utility, says the other.
    assert sentences(answers["contacts"]) == []
    assert figures(answers["connects"]) == {"Ada Blum": 1.0}


# --- asked wrongly -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("contcts",), "did you mean contacts?"),
        (
            ("--since", "2025-01-01", "--until", "2024-01-01"),
            "the timeframe ends before it begins: 2025-01-01 to 2024-01-01",
        ),
        (("--since", "2024-01-01", "--compare", "A", "B"), "--since and --until are not possible with --compare"),
        (("--compare", "topic/holz", "Holzkongress 2024"), "nobody appears in “topic/holz”"),
        (
            ("--compare", "Holzkongress 2024", "event/holzkongress-2024"),
            "both names mean the same entry: Holzkongress 2024",
        ),
        (("--compare", "Holzkongres 2024", "Holzkongress 2023"), "did you mean Holzkongress 2024?"),
        (("-o", "report.xlsx"), "unknown extension – choose one of .txt .json .csv .html .htm"),
    ],
    ids=["network", "timeframe backwards", "timeframe-and-compare", "nobody", "same", "name", "ending"],
)
def test_usage_error_has_a_way_out(run: Run, years: Path, arguments: tuple[str, ...], words: str) -> None:
    done = run("analyse", *arguments, "--project", years, "--lang", "en")

    assert (done.exit_code, done.stdout) == (2, "")
    assert words in done.stderr


@pytest.mark.parametrize("option", ["--since", "--until"])
@pytest.mark.parametrize("day", ["gestern", "2024-13-01", "1.5.2024"])
def test_invalid_day_is_translated(run: Run, option: str, day: str) -> None:
    german = run("analyse", option, day, "--project", ROOT, "--lang", "de")
    english = run("analyse", option, day, "--project", ROOT, "--lang", "en")

    assert (german.exit_code, english.exit_code) == (2, 2)
    assert german.stderr == f"{option}: „{day}“ ist kein Tag – einen wie 2024-06-06 angeben\n"
    assert english.stderr == f"{option}: “{day}” is not a day – give one such as 2024-06-06\n"


def test_questions_folder_may_be_missing(run: Run, tmp_path: Path) -> None:
    folder = lay_out(tmp_path / "project", TWO_CONGRESSES)
    for path in [*(folder / "queries").glob("*.rq"), folder / "queries" / "network" / "topics.rq"]:
        path.unlink()

    answers = analyse(run, "--project", folder, "--lang", "en")

    assert list(answers) == ["connects", "contacts", "groups", "robust"]
    assert sentences(answers["groups"])[0].endswith("topics: –")


def test_no_gap_without_any_target(run: Run, years: Path, tmp_path: Path) -> None:
    (tmp_path / "odd.ttl").write_text(ODD, encoding="utf-8")

    in_years = run("analyse", "--project", years, "--lang", "de").stdout
    in_nothing = run("analyse", "--data", tmp_path / "odd.ttl", "--project", ROOT, "--lang", "de").stdout

    assert "Es ist keine Zielgruppe genannt." in in_years
    assert "Zu jedem Angebot ist genannt, wer es vorgestellt hat." in in_years
    assert "Es ist kein Thema genannt." in in_nothing
    assert "Es ist kein Angebot genannt." in in_nothing


@pytest.mark.slow
def test_gaps_ignore_the_timeframe(run: Run) -> None:
    whole = analyse(run, "--project", ROOT, "--lang", "en")["no-offer"]
    never = analyse(run, "--until", "1999-01-01", "--project", ROOT, "--lang", "en", empty=True)["no-offer"]

    assert sentences(never) == sentences(whole)
    assert "whatever the timeframe" in never["measure"]


def test_own_query_is_analysed(run: Run, tmp_path: Path) -> None:
    mine = tmp_path / "mine.rq"
    mine.write_text(
        "#+ title: {en: Mine}\nSELECT ?source ?relation ?target "
        "{ VALUES (?source ?relation ?target) { (<a> <likes> <b>) (<b> <likes> <c>) } }",
        encoding="utf-8",
    )

    done = run("analyse", mine, "--project", ROOT, "--lang", "en")

    assert done.stdout.startswith("Mine\nNetwork “mine” – entries: 3, relations: 2 (likes: 2), separate parts: 1.\n")
    assert "– b: lies between others, betweenness 1; alone holds 2 parts together\n" in done.stdout


# --- how far it is ------------------------------------------------------------------------------------------------------


# The command line as a process of its own has it, but with a bar from the start.
AT_ONCE = """
import sys
from itasgraph.util import progress
from itasgraph.cli import main
progress._DELAY = float(sys.argv.pop(1))
main()
"""
BARS = {
    "analyse": (["analyse"], "Analysing the network"),
    "compare": (["analyse", "--compare", "Holzkongress 2023", "Holzkongress 2024"], "Analysing the network"),
    "path": (["path", "topic/holz", "Timo Falk"], "Searching for paths"),
    "export": (["export", "-f", "gexf"], "Exporting the network"),
    "view": (["view", "-o", "-"], "Drawing the picture"),
}


def with_a_bar(arguments: list[str], project: Path, patience: float) -> tuple[bytes, str]:
    """Return stdout, and what a terminal that stderr goes to is given, of a command that shows a bar after so many seconds."""
    command = [sys.executable, "-c", AT_ONCE, str(patience), *arguments, "--project", str(project), "--lang", "en"]
    done = run_in_terminal(command, ROOT)
    assert done.exit_code == 0
    return done.stdout, done.terminal.decode()


@pytest.mark.quick(1)
@pytest.mark.parametrize("name", BARS)
def test_terminal_shows_progress(run: Run, years: Path, name: str) -> None:
    arguments, words = BARS[name]

    written, shown = with_a_bar(arguments, years, patience=0)

    assert words in shown
    assert written == run(*arguments, "--project", years, "--lang", "en").stdout_bytes


def test_quick_work_shows_no_progress(years: Path) -> None:
    _, shown = with_a_bar(["path", "topic/holz", "Timo Falk"], years, patience=600)

    assert shown == ""


@pytest.mark.slow
def test_pipe_shows_no_progress() -> None:
    command = [sys.executable, "-c", AT_ONCE, "0", "analyse", "--project", str(ROOT), "--lang", "en"]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)

    assert done.stderr == b""


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_unknown_share_moves_to_and_fro(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[float | None] = []

    @contextlib.contextmanager
    def drawn(title: str) -> Iterator[Callable[[float | None], None]]:
        assert title == "Analysing [contacts]"
        yield told.append

    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setattr(progress, "_draw_bar", drawn)
    bar = progress._Bar("Analysing [contacts]")
    bar.appear()
    bar.advance(0.5)
    bar.advance(0.5)
    bar.close()
    bar.appear()  # too late

    assert told == [None, 0.5, 1.0]
