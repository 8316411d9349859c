"""The name of a person in texts: found in every spelling, taken out of texts and quotes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itasgraph.authoring.person_names import PersonPattern

NAME = PersonPattern.of(["Andreas Wächtler"], ["Boris Kaiser"])


@pytest.mark.parametrize(
    "text",
    [
        "Andreas Wächtler",
        "ANDREAS WÄCHTLER",
        "andreas waechtler",
        "Wächtler, Andreas",
        "Andreas  Wa\u0308chtler",
        "Andreas\u00a0Wächtler, AMZ",
        "Herr Wächtler",
        "Wächtlers Vortrag",
        "Prof. Dr. Andreas Wächtler",
        "WÄCHTLER",
    ],
)
def test_each_spelling_is_masked(text: str) -> None:
    assert NAME.stands_in(text)
    assert "chtler" not in NAME.elide(text).casefold()
    assert "[…]" in NAME.elide(text)
    assert not NAME.stands_in(NAME.elide(text))


@pytest.mark.parametrize(
    "text",
    [
        "person/andreas-waechtler",
        "https://example.org/andreas_waechtler",
        "Andreas W\\u00e4chtler",
        "Andreas W&auml;chtler",
        "Andreas%20W%C3%A4chtler",
        "a.waechtler@example.org",
    ],
)
def test_ids_and_escapes_are_found(text: str) -> None:
    assert NAME.stands_in(text)


@pytest.mark.parametrize("text", ["Wächter", "Andreas Kaiser", "wächtlerei", "Boris Kaiser", ""])
def test_other_words_are_no_name(text: str) -> None:
    assert not NAME.stands_in(text)
    assert NAME.elide(text) == text


@pytest.mark.parametrize(
    ("quote", "short"),
    [
        ("Andreas Wächtler, AMZ Sachsen", "AMZ Sachsen"),
        (
            "Andreas Wächtler vom Netzwerkmanager AMZ Sachsen gab Einblicke",
            "vom Netzwerkmanager AMZ Sachsen gab Einblicke",
        ),
        ("Boris Kaiser, CWE und Andreas Wächtler, AMZ Sachsen", "Boris Kaiser, CWE und […], AMZ Sachsen"),
        ("Boris Kaiser und Dr. Andreas Wächtler", "Boris Kaiser"),
        ("mit Andreas Wächtler (AMZ Sachsen)", "(AMZ Sachsen)"),
        ("Andreas Wächtler", ""),
        ("Boris Kaiser, CWE", "Boris Kaiser, CWE"),
    ],
)
def test_quote_keeps_its_other_words(quote: str, short: str) -> None:
    assert NAME.remove_from_quote(quote) == short


def test_quotes_without_the_name_are_enough() -> None:
    quotes = ["Andreas Wächtler, AMZ Sachsen", "vom Netzwerkmanager AMZ Sachsen"]

    assert NAME.remove_from_quotes(quotes) == [None, "vom Netzwerkmanager AMZ Sachsen"]
    assert NAME.remove_from_quotes(["Andreas Wächtler, AMZ", "AMZ, Andreas Wächtler", "Andreas Wächtler"]) == [
        "AMZ",
        None,
        None,
    ]


def test_family_name_that_others_have_stays() -> None:
    name = PersonPattern.of(["Anna Kaiser"], ["Boris Kaiser"])

    assert name.elide("Anna Kaiser und Herr Kaiser") == "[…] und Herr Kaiser"
    assert not name.stands_in("Herr Kaiser")


def test_name_that_is_a_word_is_a_name_with_a_capital_only() -> None:
    name = PersonPattern.of(["Anna Weiß"], [])

    assert name.elide("Wer weiß, was Frau Weiß sagt") == "Wer weiß, was Frau […] sagt"
    assert not name.stands_in("Wer weiß, was")
    assert name.stands_in("a.weiss@example.org")
    assert name.stands_in("talk/mit-weiss")


WORDS = st.text(st.characters(categories=["L"]), min_size=2, max_size=8)


@given(first=WORDS, family=WORDS, before=WORDS, after=WORDS)
def test_any_name_is_gone_afterwards(first: str, family: str, before: str, after: str) -> None:
    name = PersonPattern.of([f"{first} {family}"], [])

    masked = name.elide(f"{before} {first} {family}, {after}")

    assert f"{first} {family}" not in masked
    assert name.elide(masked) == masked
