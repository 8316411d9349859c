"""Quotes: where they stand in a document, and what is wrong with one that does not."""

from __future__ import annotations

import difflib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itasgraph.authoring import quotations
from itasgraph.entities.evidence import Evidence
from itasgraph.store.memory import Graph
from itasgraph.util.spelling import collapse_spaces
from tests.helpers.graphs import graph_of
from tests.helpers.properties import count_inputs

DOCUMENT = [
    "Am 6. Juni kam Dr. Anna\u00a0Berg  | Werk GmbH",
    "",
    "Anna Berg sprach; die Werk GmbH",
    "dankte ihr – auf Deutsch.",
]
SOURCE = "https://example.org/source/report"
SMALL = f"""
    @prefix itas: <https://w3id.org/itas/ontology#> .
    @prefix dcterms: <http://purl.org/dc/terms/> .
    @prefix schema: <https://schema.org/> .
    @prefix ex: <https://example.org/> .
    ex:catalogue {{ <{SOURCE}> a itas:Source ; dcterms:title "Report" }}
    <{SOURCE}> {{
      ex:anna itas:quote "Anna Berg" ; itas:line 1 , 3 .
      ex:talk dcterms:title "On words" ; dcterms:alternative "Words!" ; itas:word "word" .
    }}
    ex:omissions {{ ex:omission itas:leavesOut <{SOURCE}> ; itas:quote "Contents" }}
    ex:rule {{ ex:derived itas:quote "word" ; dcterms:source <{SOURCE}> }}"""


@pytest.fixture(scope="module")
def small() -> Graph:
    return graph_of(SMALL)


@pytest.mark.parametrize(
    ("quote", "lines"),
    [
        ("Dr. Anna Berg | Werk GmbH", [1]),
        ("Anna Berg", [1, 3]),
        ("Anna  \u00a0Berg", [1, 3]),
        ("  Anna Berg\n", [1, 3]),
        ("Werk GmbH dankte", []),
        ("anna berg", []),
        ("auf deutsch", []),
        ("dankte ihr - auf", []),
        ("Am 6. Juli", []),
        ("Am 6. Juni kam […] | Werk GmbH", [1]),
        ("Berg […] Werk […]", []),
        ("Anna […] Werk GmbH", [1, 3]),
        ("Werk GmbH […] ihr", []),
        ("[…]", []),
    ],
    ids=[
        "no-break space",
        "twice",
        "other white space in the quote",
        "white space around the quote",
        "across two lines",
        "other case",
        "other case within",
        "hyphen for dash",
        "not there",
        "words left out",
        "nothing behind the words left out",
        "words left out in two lines",
        "words left out across two lines",
        "all words left out",
    ],
)
def test_quote_ignores_white_space_and_words_left_out(quote: str, lines: list[int]) -> None:
    actual = quotations.SourceText(DOCUMENT).lines_of(quote)

    assert actual == lines


def test_mark_of_the_document_itself_is_found() -> None:
    assert quotations.SourceText(["a […] b", "a x b"]).lines_of("a […] b") == [1]


def test_empty_quote_is_nowhere() -> None:
    actual = quotations.SourceText(DOCUMENT).lines_of(" \u00a0")

    assert actual == []


@pytest.mark.parametrize(
    ("text", "lines", "fault"),
    [
        ("Am 6. Juni", (), ""),
        ("Anna Berg", (1, 3), ""),
        ("Anna Berg", (3,), ""),
        ("Anna Berg", (2,), "wrong-line"),
        ("Anna Berg", (3, 99), "wrong-line"),
        ("Anton Berg", (), "missing"),
        ("Anton Berg", (1,), "missing"),
    ],
)
def test_wrong_quote_or_line_is_a_fault(text: str, lines: tuple[int, ...], fault: str) -> None:
    quote = Evidence(text, lines, SOURCE)
    actual = quotations.fault_of(quote, quotations.SourceText(DOCUMENT))

    assert actual == fault


def test_stated_words_are_listed(small: Graph) -> None:
    actual = {(entity.rpartition("/")[2], one.quote, one.lines) for entity, one in quotations.quotations(small)}

    assert actual == {
        ("anna", "Anna Berg", (1, 3)),
        ("talk", "On words", ()),
        ("talk", "Words!", ()),
        ("talk", "word", ()),
        ("omission", "Contents", ()),
        ("report", "Report", ()),
    }


def test_quotes_name_their_source(small: Graph) -> None:
    actual = {quote.evidence.source for quote in quotations.quotations(small)}

    assert actual == {SOURCE}


def test_repeated_quote_is_listed_once(small: Graph) -> None:
    repeated = graph_of(SMALL, SMALL.replace("ex:omissions {", "ex:links {").replace("ex:rule {", "ex:other {"))

    assert list(quotations.quotations(repeated)) == list(quotations.quotations(small))


def test_two_sources_keep_their_words() -> None:
    second = SMALL.replace(SOURCE, f"{SOURCE}-2").replace("Anna Berg", "A. Berg").replace("1 , 3", "7")
    both = graph_of(SMALL, second)
    actual = {one for entity, one in quotations.quotations(both) if entity == "https://example.org/anna"}

    assert actual == {Evidence("Anna Berg", (1, 3), SOURCE), Evidence("A. Berg", (7,), f"{SOURCE}-2")}


TEXTS = st.text(st.sampled_from("ab c-\u00a0"), max_size=12)


@given(st.lists(TEXTS, max_size=6), TEXTS)
@count_inputs
def test_most_similar_passage_matches_difflib(lines: list[str], quote: str) -> None:
    document, wanted = quotations.SourceText(lines), collapse_spaces(quote)
    runs = [
        (difflib.SequenceMatcher(None, line, wanted, autojunk=False).find_longest_match(), -number)
        for number, line in enumerate(document.lines, 1)
    ]
    size, number = max(((run.size, number) for run, number in runs), default=(0, -1))
    expected = next(((-n, run.a, run.b, run.size) for run, n in runs if n == number and size), (1, 0, 0, 0))

    assert document.most_similar_passage(wanted) == expected


@given(st.lists(TEXTS, max_size=6), TEXTS)
@count_inputs
def test_quote_knows_its_lines(lines: list[str], quote: str) -> None:
    wanted = collapse_spaces(quote)
    expected = [number for number, line in enumerate(lines, 1) if wanted and wanted in collapse_spaces(line)]

    assert quotations.SourceText(lines).lines_of(quote) == expected
