"""Drafts of programmes that nobody wrote: composed by seed of independent choices (tools/generate_programmes)."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from tools.generate_programmes.measure import generate, measure
from tools.score_drafts.score import Score

FEW = range(6)
MANY = range(200, 300)
# The least recall on many documents.
RECALL = {"items": 0.85, "speakers": 0.85, "organisations": 0.80}
MOST_SILENT = 0.06


def total(seeds: Iterable[int]) -> Score:
    whole = Score()
    for seed in seeds:
        _, score = measure(seed)
        whole.add(score)
    return whole


def test_document_of_a_seed_is_the_same_each_time() -> None:
    assert [generate(seed) for seed in FEW] == [generate(seed) for seed in FEW]


@pytest.mark.slow
def test_drafts_of_a_few_programmes_quote_what_stands_there_and_have_no_fault() -> None:
    score = total(FEW)

    assert (score.misquotes, score.faults) == (0, 0), score.remarks
    assert score.recall("items") >= 0.7, score.remarks
    assert score.recall("speakers") >= 0.7, score.remarks


@pytest.mark.slow
def test_drafts_of_many_programmes_state_most_and_little_that_is_wrong() -> None:
    score = total(MANY)

    assert (score.misquotes, score.faults) == (0, 0), score.remarks
    assert all(score.recall(name) >= least for name, least in RECALL.items()), score.remarks
    assert score.silent_share <= MOST_SILENT, score.remarks
