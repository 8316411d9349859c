"""docs/ontology.md tells each term as the vocabulary, the data and the questions have it today."""

from __future__ import annotations

import re

import pytest

from itasgraph.project import Project
from tests import ontology_page
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def page() -> str:
    return ontology_page.page()


def entry(page: str, term: str) -> str:
    return page.partition(f"### {term}\n")[2].partition("\n#")[0]


def test_the_page_is_what_vocabulary_data_and_questions_give_today(page: str) -> None:
    assert (ROOT / "docs" / "ontology.md").read_text(encoding="utf-8") == page, "run: make docs"


def test_every_class_and_property_of_the_vocabulary_is_told_once(page: str) -> None:
    declared = re.findall(
        r"^(\S+) a owl:(?:Class|\w+Property)",
        (ROOT / "ontology" / "itas.ttl").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    told = re.findall(r"^### (\S+)$", page, re.MULTILINE)

    assert sorted(told) == sorted(declared)
    assert len(told) > 100


def test_a_property_is_told_with_its_names_parent_key_example_and_questions(page: str) -> None:
    told = entry(page, "itas:presents")

    assert "- *de:* **stellt vor** – " in told
    assert "- *en:* **presents** – " in told
    assert "- below: `dcterms:references`" in told
    assert "- in data files: `presents:`" in told
    assert re.search(r"- example: `<talk/\S+> itas:presents <\S+>`", told)
    assert "[offers](../queries/offers.rq)" in told


def test_a_term_in_a_comment_or_a_string_of_a_question_is_no_use_of_it(page: str, shipped: Project) -> None:
    commented = [path.stem for path in shipped.questions if "schema:about" not in path.read_text(encoding="utf-8")]

    assert not any(f"[{name}](" in entry(page, "schema:about") for name in commented)
    assert "[topics]" in entry(page, "schema:about")
