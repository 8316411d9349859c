"""What a network tells, as sentences: the figures are those a hand count on the real congress gives."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from itasgraph import messages, progress
from itasgraph.curating import coverage
from itasgraph.project import Project
from tests import test_two_sources
from tests.conftest import ROOT, Run
from tests.test_network import SPOKE, SPOKE_FOR

HERE = Path(__file__).parent / "two-congresses"
ITAS = "https://w3id.org/itas/"
NETWORKS = sorted(path.stem for path in (ROOT / "queries" / "network").glob("*.rq"))
QUESTIONS = ["connects", "contacts", "groups", "meet", "lonely-topics", "no-offer", "no-contact", "robust"]
# Networks whose links are real contact; the others have neighbours only.
CONTACT = {"contacts", "sections"}
COMPARED = ["new", "gone", "stayed", "ties-stayed", "ties-new", "ties-gone"]
Answers = dict[str, Any]

# Read off the programme: the contributions of each speaker, and of all who spoke for an organisation, where not one.
OFTEN = {"Boris Kaiser": 3, "Andreas Wächtler": 2, "CWE": 3, "AMZ Sachsen": 3, "IHK Chemnitz": 2}
# "Transformationslotsen" and "Circular Cars" are the only contributions with two speakers.
SHARED = {
    "Thomas Knabel": "Petra Seifert",
    "Boris Kaiser": "Andreas Wächtler",
    "IG Metall Zwickau": "GKN",
    "CWE": "AMZ Sachsen",
}


def asked(run: Run, *arguments: object) -> Answers:
    """What `analyse` answers as JSON, by question."""
    done = run("analyse", *arguments, "-f", "json")
    assert (done.exit_code, done.stderr) == (0, "")
    return {answer["question"]: answer for answer in json.loads(done.stdout)["answers"]}


def told(answer: Any) -> dict[str, tuple[float, str]]:
    """Label of a finding's things → its figure and sentence."""
    return {" – ".join(f["things"].values()): (f["value"], f["sentence"]) for f in answer["findings"]}


def figures(answer: Any) -> dict[str, float]:
    return {label: value for label, (value, _) in told(answer).items()}


def sentences(answer: Any) -> list[str]:
    return [finding["sentence"] for finding in answer["findings"]]


@pytest.fixture
def contacts(run: Run) -> Answers:
    return asked(run, "--project", ROOT, "--lang", "en")


@pytest.fixture
def sections(run: Run) -> Answers:
    return asked(run, "sections", "--project", ROOT, "--lang", "en")


# --- the real congress, counted by hand ----------------------------------------------------------------------------------


def test_who_has_contacts_is_who_gave_a_contribution_with_somebody_else(contacts: Answers) -> None:
    expected = SHARED | {other: one for one, other in SHARED.items()}

    found = {
        label: re.findall(r"contacts: 1 \((.+?)\)", text) for label, (_, text) in told(contacts["contacts"]).items()
    }

    assert found == {label: [other] for label, other in expected.items()}
    assert set(figures(contacts["contacts"]).values()) == {1.0}


def test_whoever_appeared_most_often_has_no_more_contacts_for_that(contacts: Answers) -> None:
    found = told(contacts["contacts"])

    assert found["Boris Kaiser"][1].endswith("contacts: 1 (Andreas Wächtler); appearances: 3")
    assert found["Thomas Knabel"][1].endswith("contacts: 1 (Petra Seifert); appearances: 1")


def test_how_often_each_appeared_is_what_the_programme_says(sections: Answers) -> None:
    found = {
        label: int(re.findall(r"appearances: (\d+)", text)[0])
        for label, (_, text) in told(sections["contacts"]).items()
    }

    assert len(found) == 19 + 17 + 1
    assert {label: times for label, times in found.items() if times != 1} == OFTEN


def test_contacts_of_a_section_are_all_the_others_who_spoke_in_it_each_once(run: Run) -> None:
    done = run("analyse", "sections", "-f", "json", "--project", ROOT)
    findings = json.loads(done.stdout)["answers"][1]["findings"]
    found = {next(iter(finding["things"])).rsplit("/", 1)[1]: finding["value"] for finding in findings}
    organisations = {
        section: [{org for who, org in SPOKE_FOR if who == speaker} for speaker in sorted(spoke)]
        for section, spoke in SPOKE.items()
    }
    met: dict[str, set[str]] = {}
    for spoke in SPOKE.values():
        for who in spoke:
            met.setdefault(who, set()).update(spoke - {who})
    for spoke_for in organisations.values():
        for one, other in combinations(spoke_for, 2):
            for own in one:
                met.setdefault(own, set()).update(other - {own})
            for own in other:
                met.setdefault(own, set()).update(one - {own})

    assert found == {who: len(others) for who, others in met.items()}


def test_who_connects_is_whoever_holds_two_speakers_of_an_organisation_together(contacts: Answers) -> None:
    found = told(contacts["connects"])

    # Udo Wehner reaches Andreas Wächtler, CWE and Boris Kaiser through AMZ Sachsen only; Andreas Wächtler reaches CWE
    # through it or through Boris Kaiser.
    assert found["AMZ Sachsen"] == (
        3.5,
        "AMZ Sachsen (Organisation): lies between others, betweenness 3.5; alone holds 2 parts together",
    )
    # Patrick Korn and Martin Witschaß.
    assert found["IHK Chemnitz"][0] == 1.0
    assert list(found)[:2] == ["AMZ Sachsen", "Andreas Wächtler"]


def test_boris_kaiser_who_spoke_in_three_sections_connects_them(sections: Answers) -> None:
    assert next(iter(told(sections["connects"]))) == "Boris Kaiser"


def test_without_the_organisation_that_connects_them_speakers_stand_alone(contacts: Answers) -> None:
    assert sentences(contacts["robust"]) == [
        "Without AMZ Sachsen (Organisation): parts: 2 (sizes: 3, 1); cut off from the largest: Udo Wehner",
        "Without IHK Chemnitz (Organisation): parts: 2 (sizes: 1, 1); apart from one another: Martin Witschaß | Patrick Korn",
    ]


def test_a_group_is_described_by_the_topics_its_members_appeared_on(contacts: Answers) -> None:
    groups = sentences(contacts["groups"])

    assert groups[0].startswith(
        "Group 1, members: 5 (AMZ Sachsen, Andreas Wächtler, Boris Kaiser, CWE, Udo Wehner); topics: Circular economy (4), "
    )
    assert groups[1].endswith(
        "(GKN, IG Metall Zwickau, Petra Seifert, Thomas Knabel); topics: Advice and support for companies (4)"
    )
    assert len(groups) == 15  # one person without anybody else, nineteen people for seventeen organisations
    assert "modularity 0.86" in contacts["groups"]["measure"]


def test_those_who_could_meet_share_a_topic_and_no_contribution(contacts: Answers) -> None:
    found = sentences(contacts["meet"])

    assert "AMZ Sachsen and Volkswagen Bildungsinstitut: Education and training" in found
    assert [text for text in found if text.startswith(("AMZ Sachsen and CWE", "GKN and IG Metall Zwickau"))] == []


def test_gaps_are_topics_target_groups_and_offers_that_somebody_is_missing_for(contacts: Answers) -> None:
    topics, groups, offers = (sentences(contacts[name]) for name in ("lonely-topics", "no-offer", "no-contact"))

    assert "Automated driving: only AMZ Sachsen" in topics
    assert "Immigration and integration: nobody stated" in topics
    assert not [text for text in topics if text.startswith("Circular economy")]
    assert "Pupils: no offer, plans: 1" in groups
    assert not [text for text in groups if text.startswith("Suppliers")]
    assert offers == [
        "Academic symposium (Event): nobody named",
        "Film “WIR SIND HIER – Fachkraft. Mensch.” (Work): nobody named",
    ]


def test_contact_and_closeness_are_told_apart_where_a_network_has_both(run: Run) -> None:
    answers = asked(run, "organisations", "--project", ROOT, "--lang", "en")
    found = told(answers["neighbours"])

    assert "contacts" not in answers
    assert found["GKN"][0] == 3.0
    assert re.search(r"\(.*: ATB gGmbH, IG Metall Zwickau, IHK Chemnitz\)", found["GKN"][1])
    assert re.search(r": IG Metall Zwickau; .*: ATB", found["GKN"][1])


# --- how it is said -----------------------------------------------------------------------------------------------------


def test_the_first_line_names_the_network_and_its_size(run: Run) -> None:
    lines = run("analyse", "--project", ROOT, "--lang", "de").stdout.split("\n")

    assert lines[0].startswith("Netz „contacts“ (Wer stand mit wem auf einer Bühne?) – Dinge: 37, Verbindungen: 23 (")
    assert lines[0].endswith("getrennte Teile: 16.")
    assert "dass sie zusammenarbeiten, folgt daraus nicht" in lines[1]


@pytest.mark.parametrize("lang", messages.LANGUAGES)
@pytest.mark.parametrize("name", NETWORKS)
def test_each_network_answers_each_question_with_measure_and_caveat(run: Run, name: str, lang: str) -> None:
    text = run("analyse", name, "--project", ROOT, "--lang", lang).stdout
    found = asked(run, name, "--project", ROOT, "--lang", lang)
    words = {"de": ("Maß: ", "Vorbehalt: "), "en": ("Measure: ", "Caveat: ")}[lang]
    second = "contacts" if name in CONTACT else "neighbours"

    assert list(found) == [QUESTIONS[0], second, *QUESTIONS[2:]]
    assert [text.count(f"\n  {word}") for word in words] == [len(QUESTIONS)] * 2
    assert [answer["question"] for answer in found.values() if not answer["caveat"].startswith(words[1])] == []


def test_each_question_has_its_sentences_in_both_languages() -> None:
    for question in (*QUESTIONS, "neighbours", *COMPARED):
        for part in ("ask", "figure", "none", "caveat"):
            german, english = (messages.render(f"{part}-{question}", lang) for lang in messages.LANGUAGES)
            assert german != english


def test_german_figures_have_a_comma(run: Run) -> None:
    assert "Zwischenzentralität 3,5;" in run("analyse", "--project", ROOT, "--lang", "de").stdout


def test_long_answers_are_cut_for_people_and_whole_for_programs(run: Run) -> None:
    text = run("analyse", "sections", "--project", ROOT, "--lang", "en").stdout

    assert text.count("; appearances: ") == 10
    assert "  More: 27 – all of them with -f csv or -f json.\n" in text


def test_csv_has_a_row_for_each_finding(run: Run, contacts: Answers) -> None:
    done = run("analyse", "-f", "csv", "--project", ROOT, "--lang", "en")
    rows = list(csv.reader(io.StringIO(done.stdout)))

    assert rows[0] == ["question", "thing", "measure", "value", "reason"]
    assert rows[1][:4] == ["Who connects?", "AMZ Sachsen", "betweenness", "3.5"]
    assert [row[4] for row in rows[1:]] == [text for answer in contacts.values() for text in sentences(answer)]


def test_json_names_things_by_their_iri(contacts: Answers) -> None:
    assert contacts["connects"]["findings"][0] == {
        "things": {f"{ITAS}organisation/amz-sachsen": "AMZ Sachsen"},
        "value": 3.5,
        "sentence": sentences(contacts["connects"])[0],
    }


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


def test_the_page_draws_the_ranks_and_asks_no_server(run: Run, tmp_path: Path) -> None:
    done = run("analyse", "sections", "-o", tmp_path / "report.html", "--project", ROOT, "--lang", "en")
    page = Page((tmp_path / "report.html").read_text(encoding="utf-8"))

    assert (done.exit_code, done.stdout) == (0, "")
    assert page.names == [
        "Bars on the question: Who connects?",
        "Bars on the question: Who has the most different contacts?",
    ]
    assert page.tags.count("section") == len(QUESTIONS)
    assert "script" not in page.tags
    assert [address for address in page.addresses if not address.startswith("#")] == []
    assert len(page.ids) == len(set(page.ids))


@pytest.mark.parametrize("form", ["text", "html"])
def test_the_same_bytes_come_out_whatever_the_hash_seed(form: str) -> None:
    outputs = set()
    for seed in ("0", "4711"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"}
        command = [sys.executable, "-m", "itasgraph", "analyse", "sections", "-f", form, "--project", str(ROOT)]
        done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, check=True)
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


def test_a_label_full_of_signs_is_shown_as_it_is(run: Run, tmp_path: Path) -> None:
    (tmp_path / "odd.ttl").write_text(ODD, encoding="utf-8")

    done = run("analyse", "-f", "html", "--data", tmp_path / "odd.ttl", "--project", ROOT)

    assert done.exit_code == 0
    assert "script" not in Page(done.stdout).tags
    # Who connects, three lines of contacts, the name of a bar, the group, what falls apart.
    assert done.stdout.count("&lt;script&gt;alert(1)&lt;/script&gt; $x_1$ &amp; co") == 7


# --- over time ---------------------------------------------------------------------------------------------------------


def lay_out(folder: Path) -> Path:
    """The data of two congresses a year apart beside the shipped terms, rules, questions, forms and status."""
    for name in ("ontology", "queries"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copytree(HERE / "data", folder / "data")
    shutil.copy(ROOT / "data" / "forms-and-status.yaml", folder / "data")
    return folder


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of two congresses; tests only read it."""
    return lay_out(tmp_path_factory.mktemp("two-congresses") / "project")


def test_the_two_congresses_are_sound_and_their_texts_accounted_for(run: Run, years: Path) -> None:
    done = run("check", "--project", years, "--lang", "en")
    texts = sorted((HERE / "sources").glob("*.txt"))
    findings = [finding for text in texts for finding in coverage.compare(text, Project(years)).findings]

    assert done.stderr.startswith("Sound")
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
def test_a_span_of_time_leaves_out_who_appeared_before_or_after(
    run: Run, years: Path, span: tuple[str, ...], words: str, there: str, not_there: str
) -> None:
    text = run("analyse", *span, "--project", years, "--lang", "en").stdout

    assert words in text
    assert there in text
    assert not_there not in text


def test_contacts_in_a_span_are_those_of_its_days(run: Run, years: Path) -> None:
    whole = asked(run, "--project", years, "--lang", "en")
    later = asked(run, "--since", "2024-01-01", "--project", years, "--lang", "en")

    assert told(whole["contacts"])["Ida Roth"] == (
        2.0,
        "Ida Roth (Person): contacts: 2 (Mara Lind, Paula Kern); appearances: 2",
    )
    assert told(later["contacts"])["Ida Roth"] == (1.0, "Ida Roth (Person): contacts: 1 (Mara Lind); appearances: 1")


def test_a_topic_taken_up_a_year_later_has_an_actor_more(run: Run, years: Path) -> None:
    before = asked(run, "--until", "2023-12-31", "--project", years, "--lang", "en")["lonely-topics"]
    after = asked(run, "--since", "2024-01-01", "--project", years, "--lang", "en")["lonely-topics"]

    assert sentences(before) == []
    assert sentences(after) == ["Power: nobody stated"]


def test_a_span_in_which_nobody_appeared_is_told(run: Run, years: Path) -> None:
    done = run("analyse", "--since", "2030-01-01", "--project", years, "--lang", "de")

    assert done.exit_code == 0
    assert done.stderr == "Das Netz „contacts“ ist hier leer: Niemand ist genannt.\n"
    assert "Niemand liegt zwischen anderen." in done.stdout


@pytest.mark.parametrize(
    "both",
    [("Holzkongress 2023", "Holzkongress 2024"), ("source/congress-2023", "Bericht vom Holzkongress 2024")],
    ids=["events", "sources"],
)
def test_two_years_compared_tell_who_is_new_who_is_gone_and_which_ties_stayed(
    run: Run, years: Path, both: tuple[str, str]
) -> None:
    found = asked(run, "--compare", *both, "--project", years, "--lang", "en")
    ties = {name: ["–".join(f["things"].values()) for f in found[name]["findings"]] for name in COMPARED[3:]}

    assert list(found) == COMPARED
    assert sentences(found["new"]) == ["Timo Falk (Person) is new.", "Waldschule Oberland (Organisation) is new."]
    assert sentences(found["gone"]) == [
        "Genossenschaft Sonnendach (Organisation) is gone.",
        "Paula Kern (Person) is gone.",
    ]
    assert list(figures(found["stayed"])) == [
        "Forsthof Berg",
        "Ida Roth",
        "Jonas Berg",
        "Mara Lind",
        "Stadtwerke Oberland",
        "Sägewerk Lind",
    ]
    assert ties == {
        "ties-stayed": [
            "Forsthof Berg–Sägewerk Lind",
            "Ida Roth–Stadtwerke Oberland",
            "Jonas Berg–Forsthof Berg",
            "Jonas Berg–Mara Lind",
            "Mara Lind–Sägewerk Lind",
        ],
        "ties-new": ["Ida Roth–Mara Lind", "Sägewerk Lind–Stadtwerke Oberland", "Timo Falk–Waldschule Oberland"],
        "ties-gone": [
            "Genossenschaft Sonnendach–Stadtwerke Oberland",
            "Ida Roth–Paula Kern",
            "Paula Kern–Genossenschaft Sonnendach",
        ],
    }


def test_a_tie_has_the_words_of_its_own_year(run: Run, years: Path) -> None:
    found = asked(run, "--compare", "Holzkongress 2023", "Holzkongress 2024", "--project", years, "--lang", "de")

    assert next(text for text in sentences(found["ties-gone"]) if text.startswith("Ida Roth –")).endswith(
        ": „Ida Roth, Stadtwerke Oberland“, „Paula Kern, Genossenschaft Sonnendach“"
    )
    assert next(text for text in sentences(found["ties-stayed"]) if text.startswith("Ida Roth –")).endswith(
        "„Ida Roth, Stadtwerke Oberland“ / „Ida Roth, Stadtwerke Oberland“"
    )


def test_a_comparison_begins_with_what_is_compared(run: Run, years: Path) -> None:
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


def test_sources_that_disagree_for_whom_somebody_spoke_make_no_contact(run: Run, tmp_path: Path) -> None:
    folder = test_two_sources.lay_out(tmp_path / "project")

    found = asked(run, "--project", folder, "--lang", "en")

    # Ada Blum spoke for the foundry, says one report; for the municipal utility, says the other.
    assert sentences(found["contacts"]) == []
    assert figures(found["connects"]) == {"Ada Blum": 1.0}


# --- asked wrongly -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("contcts",), "did you mean contacts?"),
        (
            ("--since", "2025-01-01", "--until", "2024-01-01"),
            "the span ends before it begins: 2025-01-01 to 2024-01-01",
        ),
        (("--since", "2024-01-01", "--compare", "A", "B"), "--since and --until do not go with --compare"),
        (("--compare", "Kreislaufwirtschaft", "ITAS-Kongress 2024"), 'nobody appears in "Kreislaufwirtschaft"'),
        (
            ("--compare", "ITAS-Kongress 2024", "event/itas-kongress-2024"),
            "both names mean the same: ITAS-Kongress 2024",
        ),
        (("--compare", "ITAS-Kongres 2024", "ITAS"), "did you mean ITAS-Kongress 2024?"),
        (("-o", "report.xlsx"), "unknown ending – known are .txt .json .csv .html .htm"),
    ],
    ids=["network", "backwards", "span-and-compare", "nobody", "same", "name", "ending"],
)
def test_what_cannot_be_meant_is_told_with_the_way_out(run: Run, arguments: tuple[str, ...], words: str) -> None:
    done = run("analyse", *arguments, "--project", ROOT, "--lang", "en")

    assert (done.exit_code, done.stdout) == (2, "")
    assert words in done.stderr


def test_a_project_without_ready_questions_still_answers_about_its_network(run: Run, tmp_path: Path) -> None:
    folder = lay_out(tmp_path / "project")
    for path in [*(folder / "queries").glob("*.rq"), folder / "queries" / "network" / "topics.rq"]:
        path.unlink()

    found = asked(run, "--project", folder, "--lang", "en")

    assert list(found) == ["connects", "contacts", "groups", "robust"]
    assert sentences(found["groups"])[0].endswith("topics: –")


def test_a_network_query_of_ones_own_is_analysed(run: Run, tmp_path: Path) -> None:
    mine = tmp_path / "mine.rq"
    mine.write_text(
        "#+ title: {en: Mine}\nSELECT ?source ?relation ?target "
        "{ VALUES (?source ?relation ?target) { (<a> <likes> <b>) (<b> <likes> <c>) } }",
        encoding="utf-8",
    )

    done = run("analyse", mine, "--project", ROOT, "--lang", "en")

    assert done.stdout.startswith('Network "mine" (Mine) – things: 3, links: 2 (likes: 2), separate parts: 1.\n')
    assert "– b: lies between others, betweenness 1; alone holds 2 parts together\n" in done.stdout


# --- how far it is ------------------------------------------------------------------------------------------------------


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "patience", "shown"),
    [(Terminal(), -1.0, True), (Terminal(), 60.0, False), (io.StringIO(), -1.0, False)],
    ids=["slow in a terminal", "quick in a terminal", "slow in a file"],
)
def test_a_bar_tells_how_far_long_work_is_in_a_terminal_only(
    monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, patience: float, shown: bool
) -> None:
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(progress, "_PATIENCE", patience)

    with progress.bar("Analysing [contacts]") as advance:
        advance(0.5)
        advance(0.5)

    assert ("Analysing [contacts]" in stream.getvalue() and "100%" in stream.getvalue()) is shown
    assert bool(stream.getvalue()) is shown
