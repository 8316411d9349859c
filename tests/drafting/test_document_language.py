"""The entries of a draft are labelled in the language of the document, whatever the language of messages."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from itasgraph.cli import main
from itasgraph.documents.document import Document, Line
from itasgraph.drafting.document_language import language_of
from tests.helpers.projects import ROOT

GERMAN = (
    "Programm\n10:00 Uhr Holz statt Stahl\nIda Kern, Leiterin der Werkstatt\n11:00 Uhr Lehm im Bau und was er kann\n"
)
ENGLISH = (
    "Programme\n10:00 Timber instead of steel\nIda Kern, head of the workshop\n11:00 What clay can do for your house\n"
)


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize(("text", "language"), [(GERMAN, "de"), (ENGLISH, "en")])
def test_language_is_that_of_the_document(tmp_path: Path, text: str, language: str, lang: str) -> None:
    document, output = tmp_path / "programme.txt", tmp_path / "region" / "data" / "programme.yaml"
    document.write_text(text, encoding="utf-8")
    assert CliRunner().invoke(main, ["init", str(tmp_path / "region")]).exit_code == 0

    answer = CliRunner().invoke(
        main, ["draft", str(document), "-o", str(output), "--project", str(tmp_path / "region"), "--lang", lang]
    )

    assert answer.exit_code == 0, answer.output
    drafted = yaml.safe_load(output.read_text(encoding="utf-8"))
    talks = [entry for entry in drafted["says"] if entry["type"] == "Contribution"]
    assert drafted["language"] == language
    assert len(talks) == 2
    assert {key for talk in talks for key in talk["label"]} == {language}


@pytest.mark.parametrize("name", ["akteure.csv", "werkstatttag.html", "werkstatttag-neu.html"])
def test_examples_are_german(name: str) -> None:
    from itasgraph.documents import readers

    assert language_of(readers.read(ROOT / "docs" / "examples" / name, None), "en") == "de"


@pytest.mark.parametrize("default", ["de", "en"])
@pytest.mark.parametrize(
    "text", ["", "Ida Kern", "Ida Kern\nZdeněk Novák\n10:00 – 11:00", "Programm und Programme for all"]
)
def test_words_that_do_not_tell_leave_it_to_the_reader(text: str, default: str) -> None:
    assert language_of(Document(tuple(map(Line, text.splitlines()))), default) == default


def test_german_programme_with_some_english_titles_is_german() -> None:
    assert language_of(Document(tuple(map(Line, f"{GERMAN}The future of wood\n".splitlines()))), "en") == "de"
