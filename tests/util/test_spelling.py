"""Names that are spelled alike, and the nearest one to a name that is not known."""

from __future__ import annotations

import functools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itasgraph.util import spelling
from tests.helpers.properties import count_inputs


@pytest.mark.parametrize(
    ("word", "match"),
    [("Zulieferr", "Zulieferer"), ("zulieferer", "Zulieferer"), ("ZULIEFERER", "Zulieferer"), ("xyz", ""), ("", "")],
)
def test_nearest_word_ignores_case(word: str, match: str) -> None:
    assert spelling.nearest(word, ["Zulieferer", "Zwickau", "Chemnitz"]) == match


@pytest.mark.parametrize(
    ("word", "candidates", "match"),
    [
        ("time", ["title", "type", "line"], ""),
        ("funding", ["during", "ending"], ""),
        ("marder", ["der", "Art"], ""),
        ("titel", ["title"], "title"),
        ("nam", ["name", "note"], "name"),
        ("muller", ["Müller"], "Müller"),
        ("rate", ["gate", "date"], "date"),
    ],
)
def test_distant_word_is_not_offered(word: str, candidates: list[str], match: str) -> None:
    assert spelling.nearest(word, candidates) == match


def errors_between(one: str, other: str) -> int:
    """Return the optimal string alignment by its definition: an error is an extra, missing or wrong letter, or two swapped."""

    @functools.cache
    def least(i: int, j: int) -> int:
        if not i or not j:
            return i + j
        actual = min(least(i - 1, j) + 1, least(i, j - 1) + 1, least(i - 1, j - 1) + (one[i - 1] != other[j - 1]))
        swapped = i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]
        return min(actual, least(i - 2, j - 2) + 1) if swapped else actual

    return least(len(one), len(other))


WORDS = st.text("abcde", max_size=9)


@given(WORDS, st.lists(WORDS, max_size=6))
@count_inputs
def test_suggestion_has_few_typos(word: str, candidates: list[str]) -> None:
    far = {candidate: errors_between(word, candidate) for candidate in candidates}
    near = {one: errors for one, errors in far.items() if errors <= max(len(word), len(one)) // 4}

    nearest = spelling.nearest(word, candidates)
    assert (nearest in near and near[nearest] == min(near.values())) if near else nearest == ""


@pytest.mark.parametrize(
    ("text", "spellings"),
    [
        ("Götze", {"gotze", "goetze"}),
        ("Straße", {"strasse"}),
        ("René", {"rene"}),
        ("Ä Ö Ü", {"a o u", "ae oe ue"}),
        ("AMZ\u00a0 Sachsen", {"amz sachsen"}),
        ("Sørensen", {"sorensen"}),
        ("Łódź", {"lodz"}),
    ],
)
def test_umlauts_fold_two_ways(text: str, spellings: set[str]) -> None:
    assert spelling.spellings(text) == spellings


def test_umlauts_sort_with_their_letters_and_case_does_not_count() -> None:
    words = [
        "Zug",
        "Über",
        "uhr",
        "Vorhaben",
        "Ähre",
        "die Laufende",
        "Die Zulieferer",
        "Straße",
        "Strasse",
        "Äpfel",
        "Apfel",
    ]

    assert sorted(words, key=spelling.sort_key) == [
        "Ähre",
        "Apfel",
        "Äpfel",
        "die Laufende",
        "Die Zulieferer",
        "Strasse",
        "Straße",
        "Über",
        "uhr",
        "Vorhaben",
        "Zug",
    ]
