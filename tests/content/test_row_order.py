"""The rows of every ready question stand in alphabetical order wherever the question sorts by a text, in a table for people."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itasgraph.errors import UsageError
from itasgraph.project import Project
from itasgraph.questions import queries
from itasgraph.results.cited_table import Row
from itasgraph.results.collation import collate, select_sort_keys
from itasgraph.store.memory import Graph
from itasgraph.store.queryable import Term
from itasgraph.vocabulary import ITAS, RDFS, XSD
from tests.helpers.graphs import graph_of_project
from tests.helpers.projects import ROOT, TWO_CONGRESSES, TWO_SOURCES, lay_out
from tests.helpers.properties import count_inputs, examples
from tests.helpers.questions import NORDTAL_VALUES, READY

# A small letter and its others, which a German list sorts like it (DIN 5007-1): case and accents only part equal texts.
LETTERS = {"a": "A Ä ä á", "l": "L Ł ł", "o": "O Ö ö", "s": "S Š š", "ss": "SS ß", "u": "U Ü ü", "z": "Z Ž ž"}
_LABELS = (RDFS.label, ITAS.plural)
_OF_SHIPPED = {"changes": dict.fromkeys(("earlier", "later"), "source/itas-kongress-2024-rueckblick")}
_OF_CONGRESSES = {"changes": {"earlier": "source/congress-2023", "later": "source/congress-2024"}}


def is_text(term: Term | ox.DefaultGraph) -> bool:
    return isinstance(term, ox.Literal) and (bool(term.language) or term.datatype.value == XSD.string)


def words(graph: Graph, chance: random.Random) -> tuple[dict[str, str], dict[str, str]]:
    """Return text → word in small letters, and text → the same word with another first letter where the text is a label."""
    quads = [quad for quad in graph.store if is_text(quad.object)]
    labels = {str(quad.object.value) for quad in quads if quad.predicate.value in _LABELS}
    texts = sorted({str(quad.object.value) for quad in quads})
    chance.shuffle(texts)
    plain, accented = {}, {}
    for number, text in enumerate(texts):
        letter = chance.choice(list(LETTERS))
        plain[text] = f"{letter}{number:05}"
        accented[text] = f"{chance.choice(LETTERS[letter].split())}{number:05}" if text in labels else plain[text]
    return plain, accented


def reworded(graph: Graph, wording: Mapping[str, str]) -> Graph:
    """Return a graph with a word in the place of each text."""

    def quads() -> Iterator[ox.Quad]:
        for quad in graph.store:
            term = quad.object
            if isinstance(term, ox.Literal) and is_text(term):
                term = ox.Literal(wording[term.value], language=term.language)
            yield ox.Quad(quad.subject, quad.predicate, term, quad.graph_name)

    store = ox.Store()
    store.bulk_extend(quads())
    copy = Graph(store, graph.prefixes, graph.base)
    copy.terms = graph.terms
    return copy


def compared(rows: list[Row], wording: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Return rows as texts; without those that join several names in a cell, which stand in the order of the query."""
    texts = [
        tuple("" if term is None else wording.get(term.value, term.value) for term in row)  # type: ignore[union-attr] # no triple
        for row in rows
    ]
    return [row for row in texts if not any(" | " in cell for cell in row)]


# The projects with the values of their questions, and how many questions have two rows or more to be put in order.
PROJECTS = {
    "shipped": (ROOT, _OF_SHIPPED, 34),
    "congresses": (TWO_CONGRESSES, _OF_CONGRESSES, 14),
    "sources": (TWO_SOURCES, NORDTAL_VALUES, 19),
}


@pytest.fixture(scope="module", params=PROJECTS)
def texts(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Graph, dict[tuple[str, str], str], int]:
    """Return a graph, the SPARQL of the ready questions in both languages with their values, and the number of those with rows."""
    folder, values, count = PROJECTS[request.param]
    project = Project(folder if folder == ROOT else lay_out(tmp_path_factory.mktemp("project") / "p", folder))
    graph = graph_of_project(project)
    texts = {}
    for path in READY:
        question = queries.read(path, project)
        for lang in ("de", "en"):
            try:
                texts[path.stem, lang] = queries.bind(question, values.get(path.stem, {}), graph, lang)
            except UsageError:  # it needs an entry that this project does not have
                continue
    return graph, texts, count


# The right order is that of the small letters, in which the store itself sorts: capitals and accents must not change it.
@pytest.mark.quick(1)
@settings(max_examples=examples(10, quick=1), deadline=None)
@given(st.integers())
@count_inputs
def test_capitals_and_accents_change_no_order(texts: tuple[Graph, dict[tuple[str, str], str], int], seed: int) -> None:
    graph, questions, count = texts
    plain, accented = words(graph, random.Random(seed))
    small, mixed = reworded(graph, plain), reworded(graph, accented)
    back = {word: plain[text] for text, word in accented.items()}
    wrong, ordered = [], set()
    for (name, lang), text in questions.items():
        longer, order = select_sort_keys(text, mixed)
        answer = mixed.select(longer)
        _, rows = collate(map(tuple, answer), [variable.value for variable in answer.variables], order)
        expected = compared(list(map(tuple, small.select(text))), {})
        wrong += [(name, lang)] if compared(rows, back) != expected else []
        ordered |= {name} if len(set(expected)) > 1 else set()

    assert wrong == []
    assert len(ordered) >= count, sorted(ordered)
