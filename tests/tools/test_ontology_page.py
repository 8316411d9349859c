"""docs/ontology.md tells each term as the vocabulary, the data and the questions have it today."""

from __future__ import annotations

import re

import pytest

from itasgraph.project import Project
from itasgraph.store.memory import Graph
from tests.helpers.projects import ROOT
from tools import ontology_page


@pytest.fixture(scope="module")
def page() -> str:
    return ontology_page.page()


def entry(page: str, term: str) -> str:
    return page.partition(f"### {term}\n")[2].partition("\n#")[0]


@pytest.mark.slow
def test_page_is_current(page: str) -> None:
    assert (ROOT / "docs" / "ontology.md").read_text(encoding="utf-8") == page, "run: make docs"


@pytest.mark.slow
def test_every_term_is_listed_once(page: str) -> None:
    declared = re.findall(
        r"^(\S+) a owl:(?:Class|\w+Property)",
        "".join(
            (ROOT / "ontology" / name).read_text(encoding="utf-8")
            for name in ("itas.ttl", "profile.ttl", "picture.ttl")
        ),
        re.MULTILINE,
    )
    told = re.findall(r"^### (\S+)$", page, re.MULTILINE)

    # The context has no prefix for VANN, whose two terms stand in the header of the ontology only.
    assert sorted(told) == sorted(term.replace("vann:", "http://purl.org/vocab/vann/") for term in declared)
    assert len(told) > 100


@pytest.mark.slow
def test_property_has_all_its_lines(page: str) -> None:
    told = entry(page, "itas:presents")

    assert "- *de:* **stellt vor** – " in told
    assert "- *en:* **presents** – " in told
    assert "- below · unter: `dcterms:relation`" in told
    assert "- from · von: `schema:Event`\n" in told
    assert (
        "- to · nach: `foaf:Project`, `itas:Initiative`, `itas:Offer`, `schema:CreativeWork`, `schema:Event`, …\n"
        in told
    )
    assert "- here · hier: `itas:Contribution` → `foaf:Project`, `itas:Offer`, `schema:CreativeWork`" in told
    assert "- in data files · in Datendateien: `presents:`" in told
    assert re.search(r"- example · Beispiel: `<talk/\S+> itas:presents <\S+>`", told)
    assert "[offers](../queries/offers.rq)" in told


@pytest.mark.slow
def test_foreign_term_has_use_and_origin(page: str) -> None:
    told = entry(page, "org:role")

    assert "- *de:* **hat die Rolle** – " in told
    assert "- here · hier: `itas:Appearance`, `itas:Participation`, `itas:Relation` → `org:Role`\n" in told
    assert "- defined in · festgelegt in: [ORG](http://www.w3.org/ns/org#role)" in told


def test_unused_key_is_not_listed(page: str) -> None:
    assert "`member:`" not in page
    assert "`target:`" not in page
    assert "`organisation:`" in entry(page, "org:organization")


def test_entries_have_examples(page: str) -> None:
    entries = page.split("\n### ")[1:]
    without = [text.partition("\n")[0] for text in entries if text.count("\n- example · Beispiel: ") != 1]
    unused = [text.partition("\n")[0] for text in entries if ontology_page.UNUSED in text]

    assert without == []
    assert 0 < len(unused) < len(entries) / 4


def test_examples_are_in_the_graph(page: str, graph: Graph) -> None:
    examples = re.findall(r"^- example · Beispiel: `([^`]+)`$", page, re.MULTILINE)
    whole = [text for text in examples if not text.endswith(('…"', '…"@de', '…"@en'))]

    assert len(whole) > 100
    assert [text for text in whole if not bool(graph.query(f"ASK {{ {text} }}"))] == []


def test_network_relation_has_an_example(page: str) -> None:
    told = entry(page, "itas:sharesOffer")

    assert re.search(
        r"- example · Beispiel: `<organisation/\S+> itas:sharesOffer <organisation/\S+>` "
        r"\(\[organisations\]\(\.\./queries/network/organisations\.rq\)\)",
        told,
    )


def test_term_in_a_comment_is_no_use(page: str, shipped: Project) -> None:
    commented = [path.stem for path in shipped.questions if "schema:about" not in path.read_text(encoding="utf-8")]

    assert not any(f"[{name}](../queries/{name}.rq)" in entry(page, "schema:about") for name in commented)
    assert "[topics]" in entry(page, "schema:about")
