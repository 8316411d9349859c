"""docs/ontology.md tells each term as the vocabulary, the data and the questions have it today."""

from __future__ import annotations

import re

import pytest

from itasgraph.project import Project
from itasgraph.store.graph import Graph
from tests.helpers.projects import ROOT
from tools import ontology_page


@pytest.fixture(scope="module")
def page() -> str:
    return ontology_page.page()


def entry(page: str, term: str) -> str:
    return page.partition(f"### {term}\n")[2].partition("\n#")[0]


@pytest.mark.slow
def test_the_page_is_what_vocabulary_data_and_questions_give_today(page: str) -> None:
    assert (ROOT / "docs" / "ontology.md").read_text(encoding="utf-8") == page, "run: make docs"


@pytest.mark.slow
def test_every_class_and_property_of_the_vocabulary_is_told_once(page: str) -> None:
    declared = re.findall(
        r"^(\S+) a owl:(?:Class|\w+Property)",
        (ROOT / "ontology" / "itas.ttl").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    told = re.findall(r"^### (\S+)$", page, re.MULTILINE)

    assert sorted(told) == sorted(declared)
    assert len(told) > 100


@pytest.mark.slow
def test_a_property_is_told_with_its_names_parent_ends_key_example_and_questions(page: str) -> None:
    told = entry(page, "itas:presents")

    assert "- *de:* **stellt vor** – " in told
    assert "- *en:* **presents** – " in told
    assert "- below · unter: `dcterms:references`" in told
    assert "- from · von: `schema:Event`\n" in told
    assert "- to · nach: `schema:CreativeWork`, `schema:Event`, `schema:Project`, …\n" in told
    assert "- here · hier: `itas:Contribution` → `itas:Offer`, `schema:CreativeWork`, `schema:Event`" in told
    assert "- in data files · in Datendateien: `presents:`" in told
    assert re.search(r"- example · Beispiel: `<talk/\S+> itas:presents <\S+>`", told)
    assert "[offers](../queries/offers.rq)" in told


def test_a_term_of_others_is_told_with_what_it_is_used_for_and_where_it_is_defined(page: str) -> None:
    told = entry(page, "org:role")

    assert "- *de:* **in der Rolle** – " in told
    assert "- here · hier: `itas:Appearance` → `org:Role`\n" in told
    assert "- defined in · festgelegt in: [ORG](http://www.w3.org/ns/org#role)" in told


def test_a_key_that_no_file_holds_is_not_told(page: str) -> None:
    assert "`member:`" not in page
    assert "`target:`" not in page
    assert "`organisation:`" in entry(page, "org:organization")


def test_every_entry_has_an_example_or_says_that_the_data_have_none(page: str) -> None:
    entries = page.split("\n### ")[1:]
    without = [text.partition("\n")[0] for text in entries if text.count("\n- example · Beispiel: ") != 1]
    unused = [text.partition("\n")[0] for text in entries if ontology_page.UNUSED in text]

    assert without == []
    assert 0 < len(unused) < 15


def test_every_example_is_found_when_pasted_into_a_query(page: str, graph: Graph) -> None:
    examples = re.findall(r"^- example · Beispiel: `([^`]+)`$", page, re.MULTILINE)
    whole = [text for text in examples if not text.endswith(('…"', '…"@de', '…"@en'))]

    assert len(whole) > 100
    assert [text for text in whole if not bool(graph.query(f"ASK {{ {text} }}"))] == []


def test_a_relation_that_networks_alone_show_has_an_example_from_one(page: str) -> None:
    told = entry(page, "itas:sharesOffer")

    assert re.search(
        r"- example · Beispiel: `<organisation/\S+> itas:sharesOffer <organisation/\S+>` "
        r"\(\[organisations\]\(\.\./queries/network/organisations\.rq\)\)",
        told,
    )


def test_a_term_in_a_comment_or_a_string_of_a_question_is_no_use_of_it(page: str, shipped: Project) -> None:
    commented = [path.stem for path in shipped.questions if "schema:about" not in path.read_text(encoding="utf-8")]

    assert not any(f"[{name}](../queries/{name}.rq)" in entry(page, "schema:about") for name in commented)
    assert "[topics]" in entry(page, "schema:about")
