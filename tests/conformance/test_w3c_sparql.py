"""The W3C's SPARQL tests through `itasgraph query`: it answers rightly wherever Oxigraph, the engine inside, does.

`make test-full` fetches the suite, which is no part of the repository.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from tests.conformance import w3c_suite
from tests.conformance.w3c_suite import EVALUATED, ILL_FORMED, WELL_FORMED, Answer, Case
from tests.helpers.programs import Run
from tests.helpers.projects import ROOT

pytestmark = pytest.mark.slow

FOLDER = Path(sys.prefix) / "w3c"
# 12 need the spelling or the type of a number to be kept ("01" is stored as 1), 3 plain literals that are no strings, as
# before RDF 1.1, 2 the decimal "456." of SPARQL 1.0; 4 Oxigraph reads otherwise: dates without a time zone, a filter in a
# nested OPTIONAL, groups of nothing, BNODE("x") in two rows.
ENGINE_FAILS = 21
Program = Callable[[Case], Answer | None]


@pytest.fixture(scope="module")
def suite() -> list[Case]:
    if not (FOLDER / ".there").is_file():
        pytest.skip(f"the W3C's SPARQL tests are not in {FOLDER}; `make test-full` fetches them")
    return w3c_suite.cases(FOLDER)


def of_types(suite: list[Case], types: tuple[str, ...]) -> list[Case]:
    return [case for case in suite if case.type in types and not case.out_of_scope]


def expected(case: Case) -> Answer:
    assert case.result is not None
    return w3c_suite.of_document(case.result.read_bytes(), case.result.suffix, case.name(case.result))


def passed(cases: list[Case], program: Program) -> set[str]:
    """Return the tests that `program` passes; it gives None where it refuses the query."""
    answers = ((case, program(case)) for case in cases)
    return {case.iri for case, answer in answers if answer and w3c_suite.meets(case, answer, expected(case))}


# --- Oxigraph itself ------------------------------------------------------------------------------------------------


def stored(case: Case) -> ox.Store:
    """Return the dataset of a test: its files in the default graph, or each in the graph called as the file is."""
    store = ox.Store()
    for path in case.data:
        store.load(path=path, base_iri=case.name(path))
    for path in (*case.named, *case.fetched):
        store.load(path=path, base_iri=case.name(path), to_graph=ox.NamedNode(case.name(path)))
    return store


def answer_to(case: Case) -> ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean:
    return stored(case).query(case.query.read_text(encoding="utf-8"), base_iri=case.name(case.query))


def engine(case: Case) -> Answer | None:
    try:
        actual = answer_to(case)
    except SyntaxError:
        return None
    if isinstance(actual, ox.QuerySolutions) and form_of(case) == "csv":
        return w3c_suite.of_csv(actual.serialize(format=ox.QueryResultsFormat.CSV) or b"")
    return w3c_suite.of_query(actual)


# --- the program ----------------------------------------------------------------------------------------------------


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """Return a file without statements."""
    path = tmp_path / "empty.ttl"
    path.touch()
    return path


@pytest.fixture(params=["json", "xml"])
def format_(request: pytest.FixtureRequest) -> str:
    """Return the form of solutions, where a test is not of one form itself."""
    return str(request.param)


@pytest.fixture
def command(run: Run, format_: str, empty: Path, tmp_path: Path) -> Program:
    """Return `itasgraph query QUERY.rq --data FILE --no-union` with the files of the suite; named graphs come in one of N-Quads."""

    def ask(case: Case) -> Answer | None:
        data = list(case.data) or [empty]
        if case.named or case.fetched:
            data = [tmp_path / "dataset.nq"]
            stored(case).dump(data[0], format=ox.RdfFormat.N_QUADS)
        files = [part for path in data for part in ("--data", path)]
        chosen = form_of(case, format_)
        done = run("query", case.query, "--no-union", "--project", ROOT, *files, "-f", chosen)
        return read(done.stdout_bytes, chosen) if done.exit_code in (0, 1) else None

    return ask


def form_of(case: Case, format_: str = "json") -> str:
    assert case.result is not None
    if w3c_suite.is_graph(expected(case)):
        return "ntriples"
    return {".csv": "csv", ".tsv": "tsv"}.get(case.result.suffix, format_)


def read(content: bytes, format_: str) -> Answer:
    ending = {"ntriples": ".nt", "json": ".srj", "xml": ".srx"}.get(format_, f".{format_}")
    return w3c_suite.of_document(content, ending, w3c_suite.BASE)


# --- the tests ------------------------------------------------------------------------------------------------------


def test_suite_has_724_query_tests(suite: list[Case]) -> None:
    actual = Counter(case.out_of_scope for case in suite)

    assert actual == {
        "": 724,
        "UpdateEvaluationTest": 93,
        "PositiveUpdateSyntaxTest11": 42,
        "NegativeUpdateSyntaxTest11": 13,
        "entailment": 66,
        "ProtocolTest": 34,
        "service": 10,
        "withdrawn": 4,
        "ServiceDescriptionTest": 3,
    }


def test_answers_match_the_suite(
    suite: list[Case], command: Program, format_: str, capfd: pytest.CaptureFixture[str]
) -> None:
    cases = of_types(suite, EVALUATED)
    of_engine, of_program = passed(cases, engine), passed(cases, command)
    tell(capfd, f"Oxigraph passes {len(of_engine)} of {len(cases)}, itasgraph {len(of_program)} (-f {format_})")

    assert (len(cases), sum(bool(case.named) for case in cases)) == (422, 24)
    assert len(of_engine) == len(cases) - ENGINE_FAILS
    assert sorted(of_engine ^ of_program) == []


def test_ill_formed_queries_are_refused(
    suite: list[Case], run: Run, empty: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    well, ill = of_types(suite, WELL_FORMED), of_types(suite, ILL_FORMED)
    of_engine = {case.iri: outcome(case) for case in [*well, *ill]}
    of_program = {
        case.iri: run("query", case.query, "--project", ROOT, "--data", empty).exit_code or 1 for case in [*well, *ill]
    }
    right = sum((of_engine[case.iri] == 2) == (case in ill) for case in [*well, *ill])
    tell(capfd, f"Oxigraph takes or refuses {right} of {len(of_engine)} queries as it should")

    assert (len(well), len(ill)) == (209, 93)
    assert of_program == of_engine


def outcome(case: Case) -> int:
    """Return the exit code that Oxigraph's answer calls for: 1 for any answer, 2 for bad SPARQL, 3 for a function nobody knows."""
    try:
        answer_to(case)
    except SyntaxError:
        return 2
    except RuntimeError:
        return 3
    return 1


def tell(capfd: pytest.CaptureFixture[str], line: str) -> None:
    with capfd.disabled():
        sys.stdout.write(f"\nW3C SPARQL 1.0 and 1.1: {line}\n")
