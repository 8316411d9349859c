"""The drafts of generated programmes, measured in all and by each choice."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tools.generate_programmes.choices import Choices, choose
from tools.generate_programmes.layout import Page, page
from tools.generate_programmes.programme import Inventor
from tools.generate_programmes.writers import write
from tools.score_drafts.benchmark import score_document
from tools.score_drafts.score import Score


@dataclass(frozen=True)
class Generated:
    """A document of a seed: how it is called, its choices, and what it holds."""

    name: str
    choices: Choices
    page: Page


def generate(seed: int) -> Generated:
    """Return the document of a seed: the same each time."""
    chance = Random(seed)
    choices = choose(chance)
    programme = Inventor(chance, choices).programme()
    return Generated(f"{seed:05}.{choices['file']}", choices, page(programme, choices))


def measure(seed: int) -> tuple[Generated, Score]:
    """Write the document of a seed, draft it, and return how well the draft holds."""
    generated = generate(seed)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / generated.name
        write(generated.page, path)
        return generated, score_document(path, generated.page.event)


def by_choice(measured: Iterable[tuple[Choices, Score]]) -> Iterator[tuple[str, str, Score]]:
    """Yield each choice and value with the score of all documents that have it."""
    scores: Mapping[tuple[str, str], Score] = defaultdict(Score)
    for choices, score in measured:
        for choice, value in choices.items():
            scores[choice, value].add(score)
    yield from ((choice, value, score) for (choice, value), score in sorted(scores.items()))
