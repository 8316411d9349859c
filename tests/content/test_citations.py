"""The footnotes of the ready questions are the words of the source."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from itasgraph.project import Project
from itasgraph.questions import queries
from itasgraph.store.memory import Graph
from tests.helpers.citations import cited_answer
from tests.helpers.namespaces import DOCUMENT
from tests.helpers.programs import Run
from tests.helpers.projects import ROOT
from tests.helpers.questions import READY, name_of


def test_offers_cite_three_statements(run: Run) -> None:
    done = run("query", "offers", "-p", "target_group=Zulieferer", "--cite", "--lang", "de", "--project", ROOT)
    line = next(line for line in done.stdout.splitlines() if "Boris Kaiser" in line)
    notes = dict(re.findall(r"^(\[\d+\]) (.*)$", done.stdout, re.MULTILINE))
    source = f"Rückblick auf den ITAS-Kongress 2024, Zeile {{}} – {DOCUMENT}"

    assert {notes[number] for number in re.findall(r"\[\d+\]", line)} == {
        f"„Unterstützungsangebote für Zulieferer“ – Rückblick auf den ITAS-Kongress 2024 – {DOCUMENT}",
        f"„laufende Angebote und Teilprojekte“ – {source.format(48)}",
        "„Boris Kaiser, CWE“ – Rückblick auf den ITAS-Kongress 2024, Zeile 57, "
        f"Titel „Circular Cars – Trainings für Kreislaufwirtschaft in der Automobilindustrie“ – {DOCUMENT}",
    }


def test_footnote_names_what_a_rule_hands_on(run: Run) -> None:
    done = run("query", "evidence", "-p", "thing=Unternehmen", "--cite", "--lang", "de", "--project", ROOT)
    notes = re.findall(r"^\[\d+\] („ITAS-Angebote .*)$", done.stdout, re.MULTILINE)
    source = "„ITAS-Angebote für Unternehmen“ – Rückblick auf den ITAS-Kongress 2024, Zeilen 14, 46"
    section = "„Die Zulieferer im Blick: ITAS-Angebote für Unternehmen“"

    # The source says it of the section, and a rule hands it on to the offers.
    assert notes == [f"{source}, Titel {section} – {DOCUMENT}", f"{source}, abgeleitet aus {section} – {DOCUMENT}"]


@pytest.mark.quick(10)
@pytest.mark.parametrize("path", READY, ids=name_of)
def test_footnotes_change_no_row(graph: Graph, shipped: Project, path: Path) -> None:
    question = queries.read(path, shipped)
    needed = {p.name: "Rückblick auf den ITAS-Kongress 2024" for p in question.parameters if not p.default}
    text = queries.bind(question, needed if path.stem == "changes" else {}, graph, "de")
    plain = graph.select(text)
    variables = tuple(variable.value for variable in plain.variables)
    table = cited_answer(graph, text)

    assert table.variables == variables
    assert table.rows == [tuple(row) for row in plain]
    assert {number for numbers in table.numbers for number in numbers} == set(range(1, len(table.notes) + 1))


def test_json_footnote_names_what_a_rule_hands_on(run: Run) -> None:
    done = run(
        "query", "evidence", "-p", "thing=Unternehmen", "--cite", "-f", "json", "--lang", "en", "--project", ROOT
    )
    notes = [note for note in json.loads(done.stdout)["footnotes"] if note["quote"].startswith("ITAS-Angebote")]

    assert [note.get("derivedFrom") for note in notes] == [None, "Suppliers in focus: what ITAS offers companies"]


def test_footnote_has_the_printed_title_that_its_quote_lacks(run: Run) -> None:
    done = run("query", "appearances", "--cite", "-f", "json", "--lang", "en", "--project", ROOT)
    titles = {
        (note["quote"], *note["lines"]): note.get("title")
        for note in json.loads(done.stdout)["footnotes"]
        if note["quote"] == "Boris Kaiser, CWE"
    }

    assert titles == {  # in the words of the source, whatever the language
        ("Boris Kaiser, CWE", 57): "Circular Cars – Trainings für Kreislaufwirtschaft in der Automobilindustrie",
        (
            "Boris Kaiser, CWE",
            71,
        ): "Bürgerdialog zur Zukunft der Mobilität – ITAS auf dem Kosmos Chemnitz am 08.06.2024",
        ("Boris Kaiser, CWE", 85): "ITAS Ausblick 2024/2025",
    }


def test_json_footnotes_are_numbered(run: Run) -> None:
    done = run("query", "who", "--cite", "-f", "json", "--project", ROOT)
    answer = json.loads(done.stdout)
    used = {int(number) for row in answer["results"]["bindings"] for number in row["footnotes"]["value"].split()}

    assert used == {note["number"] for note in answer["footnotes"]}
    assert {note["quote"] for note in answer["footnotes"]} == {
        "Kreislaufwirtschaft",
        "Boris Kaiser, CWE",
        "Andreas Wächtler, AMZ Sachsen",
    }
