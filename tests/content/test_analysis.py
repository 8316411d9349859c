"""What the analysis says of the congress, counted by hand."""

from __future__ import annotations

import json
import re
from itertools import combinations

import pytest

from tests.content.kongress import SPOKE, SPOKE_FOR
from tests.helpers.analyses import Answers, analyse, by_label, figures, sentences
from tests.helpers.namespaces import BASE
from tests.helpers.programs import Run
from tests.helpers.projects import ROOT

# Read off the programme: the contributions of each speaker, and of all who spoke for an organisation, where not one.
OFTEN = {"Boris Kaiser": 3, "Andreas Wächtler": 2, "CWE": 3, "AMZ Sachsen": 3, "IHK Chemnitz": 2}
# "Transformationslotsen" and "Circular Cars" are the only contributions with two speakers.
SHARED = {
    "Thomas Knabel": "Petra Seifert",
    "Boris Kaiser": "Andreas Wächtler",
    "IG Metall Zwickau": "GKN",
    "CWE": "AMZ Sachsen",
}


@pytest.fixture
def contacts(run: Run) -> Answers:
    return analyse(run, "--project", ROOT, "--lang", "en")


@pytest.fixture
def sections(run: Run) -> Answers:
    return analyse(run, "sections", "--project", ROOT, "--lang", "en")


def test_contacts_share_a_contribution(contacts: Answers) -> None:
    expected = SHARED | {other: one for one, other in SHARED.items()}

    actual = {
        label: re.findall(r"contacts: 1 \((.+?)\)", text) for label, (_, text) in by_label(contacts["contacts"]).items()
    }

    assert actual == {label: [other] for label, other in expected.items()}
    assert set(figures(contacts["contacts"]).values()) == {1.0}


def test_appearances_alone_make_no_contacts(contacts: Answers) -> None:
    actual = by_label(contacts["contacts"])

    assert actual["Boris Kaiser"][1].endswith("contacts: 1 (Andreas Wächtler); appearances: 3")
    assert actual["Thomas Knabel"][1].endswith("contacts: 1 (Petra Seifert); appearances: 1")


def test_appearances_match_the_programme(sections: Answers) -> None:
    actual = {
        label: int(re.findall(r"appearances: (\d+)", text)[0])
        for label, (_, text) in by_label(sections["neighbours"]).items()
    }

    assert len(actual) == 19 + 17
    assert {label: times for label, times in actual.items() if times != 1} == OFTEN


def test_neighbours_in_sections_are_counted_once(run: Run) -> None:
    done = run("analyse", "sections", "-f", "json", "--project", ROOT)
    findings = json.loads(done.stdout)["answers"][1]["findings"]
    actual = {next(iter(finding["entities"])).rsplit("/", 1)[1]: finding["value"] for finding in findings}
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

    assert actual == {who: len(others) for who, others in met.items()}


def test_connector_joins_an_organisation(contacts: Answers) -> None:
    actual = by_label(contacts["connects"])

    # Udo Wehner reaches Andreas Wächtler, CWE and Boris Kaiser through AMZ Sachsen only; Andreas Wächtler reaches CWE
    # through it or through Boris Kaiser.
    assert actual["AMZ Sachsen"] == (
        3.5,
        "AMZ Sachsen (Organisation): lies between others, betweenness 3.5; alone holds 2 parts together",
    )
    # Patrick Korn and Martin Witschaß.
    assert actual["IHK Chemnitz"][0] == 1.0
    assert list(actual)[:2] == ["AMZ Sachsen", "Andreas Wächtler"]


def test_boris_kaiser_connects_three_sections(sections: Answers) -> None:
    assert next(iter(by_label(sections["connects"]))) == "Boris Kaiser"


def test_without_connector_speakers_are_alone(contacts: Answers) -> None:
    assert sentences(contacts["robust"]) == [
        "Without AMZ Sachsen (Organisation): parts: 2 (sizes: 3, 1); cut off from the largest: Udo Wehner",
        "Without IHK Chemnitz (Organisation): parts: 2 (sizes: 1, 1); apart from one another: Martin Witschaß | Patrick Korn",
    ]


def test_group_has_topics_of_its_members(contacts: Answers) -> None:
    groups = sentences(contacts["groups"])

    assert groups[0].startswith(
        "Group 1, members: 5 (AMZ Sachsen, Andreas Wächtler, Boris Kaiser, CWE, Udo Wehner); topics: Circular economy (4 of 5), "
    )
    assert groups[1].endswith(
        "(GKN, IG Metall Zwickau, Petra Seifert, Thomas Knabel); topics: Restructuring in businesses (4 of 4)"
    )
    assert len(groups) == 15  # seventeen organisations and their people; two pairs of them share a contribution
    assert "modularity 0.86" in contacts["groups"]["measure"]


def test_group_names_the_topics_in_it(run: Run) -> None:
    groups = analyse(run, "actors", "--project", ROOT, "--lang", "en")["groups"]

    # What these two present is about no topic.
    assert [
        re.findall(r"IMREG GmbH|IMU-Institut", text) for text in sentences(groups) if text.endswith("topics: –")
    ] == [
        ["IMREG GmbH"],
        ["IMU-Institut"],
    ]
    assert "how many of the members appeared on it, are about it, or are the topic itself" in groups["measure"]


def test_groups_do_without_what_connects_everything(run: Run) -> None:
    groups = analyse(run, "actors", "--project", ROOT, "--lang", "en")["groups"]
    members = {
        entity.removeprefix(BASE).split("/")[0] for finding in groups["findings"] for entity in finding["entities"]
    }

    assert members == {"offer", "organisation", "people", "person", "project", "topic", "work"}
    assert groups["measure"].endswith(
        "Left out, because they connect nearly everything: Target groups, Programme sections, Events, Initiatives. "
        "Counted in finding the groups, but no members: Contributions, Discussions."
    )


def test_neighbour_names_the_relation(run: Run) -> None:
    actual = by_label(analyse(run, "actors", "--project", ROOT, "--lang", "en")["neighbours"])

    initiative, suppliers = (re.sub(r"\([A-Z][^)]*\)", "", actual[label][1]) for label in ("ITAS", "Suppliers"))
    assert "includes: " in initiative
    assert "belongs to: " not in initiative
    assert "is a target group of: " in suppliers
    assert "is for: " not in suppliers


def test_speaker_is_not_about_the_topic(run: Run) -> None:
    actual = by_label(analyse(run, "topics", "--project", ROOT, "--lang", "de")["neighbours"])

    assert "wird genannt zum Thema: " in actual["AMZ Sachsen"][1]
    assert "ist Thema eines Beitrags mit: " in actual["Kreislaufwirtschaft"][1]
    assert "handelt von" not in " ".join(text for _, text in actual.values())


def test_candidates_share_a_topic_only(contacts: Answers) -> None:
    actual = sentences(contacts["meet"])

    assert (
        "IHK Chemnitz and Volkswagen Bildungsinstitut: Car production; shared target groups: Companies, Suppliers"
        in actual
    )
    assert [text for text in actual if text.startswith(("AMZ Sachsen and CWE", "GKN and IG Metall Zwickau"))] == []


def test_gaps_lack_an_actor(contacts: Answers) -> None:
    topics, groups, offers = (sentences(contacts[name]) for name in ("lonely-topics", "no-offer", "no-contact"))

    assert "Automated driving: only AMZ Sachsen" in topics
    assert "Immigration and integration: nobody named" in topics
    assert not [text for text in topics if text.startswith("Circular economy")]
    assert "Pupils: no offer, but 1 plan" in groups
    assert not [text for text in groups if text.startswith("Suppliers")]
    assert offers == [
        "Academic symposium (Event): nobody named",
        "Film “WIR SIND HIER – Fachkraft. Mensch.” (Work): nobody named",
    ]


def test_contact_and_closeness_differ(run: Run) -> None:
    answers = analyse(run, "organisations", "--project", ROOT, "--lang", "en")
    actual = by_label(answers["neighbours"])

    assert "contacts" not in answers
    # The trainings for the circular economy are contact, the topic of the citizens' dialogue and of the mobility strategies is not.
    assert actual["CWE"][0] == 2.0
    assert re.search(r"\(.*: AMZ Sachsen, Mobilitätswerk Dresden\)", actual["CWE"][1])
    assert re.search(r": AMZ Sachsen; .*: AMZ Sachsen, Mobilitätswerk", actual["CWE"][1])


def test_json_uses_iris(contacts: Answers) -> None:
    assert contacts["connects"]["findings"][0] == {
        "entities": {f"{BASE}organisation/amz-sachsen": "AMZ Sachsen"},
        "value": 3.5,
        "sentence": sentences(contacts["connects"])[0],
    }


def test_heading_names_question_and_size(run: Run) -> None:
    lines = run("analyse", "--project", ROOT, "--lang", "de").stdout.split("\n")

    assert lines[0] == "Wer trat im selben Beitrag auf?"
    assert lines[1].startswith("Netz „contacts“ – Einträge: 36, Beziehungen: 23 (")
    assert lines[1].endswith("getrennte Teile: 15.")
    assert "dass sie zusammenarbeiten, folgt daraus nicht" in lines[2]


def test_candidates_are_ranked_by_overlap(run: Run) -> None:
    answers = analyse(run, "--project", ROOT, "--lang", "en")["meet"]
    shared = sentences(answers)

    # One topic each; the first two presented something for the same two groups, the third pair did not.
    assert shared == [
        "Forschungsinstitut Betriebliche Bildung (f-bb gGmbH) and VW-Motorenwerk: Vocational training; "
        "shared target groups: Citizens, Employees",
        "IHK Chemnitz and Volkswagen Bildungsinstitut: Car production; shared target groups: Companies, Suppliers",
        "CWE and Mobilitätswerk Dresden: Mobility",
    ]
    assert "pairs: 3, ordered by the number of topics shared" in answers["measure"]
