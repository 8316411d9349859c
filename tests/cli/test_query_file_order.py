"""The rows of a query file without ORDER BY are written in the order of their terms."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.programs import Run

DATA = """
<urn:b> <urn:p> "b\\tx" , 3 , "c\\nd"@de . <urn:a> <urn:p> 7 , 1 , <urn:b> .
"""


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (
            "SELECT ?s ?o { ?s <urn:p> ?o }",
            ["urn:a,1", "urn:a,7", "urn:a,urn:b", "urn:b,b\tx", 'urn:b,"c', 'd"', "urn:b,3"],
        ),
        ("SELECT ?o { <urn:a> <urn:p> ?o } ORDER BY DESC(ISIRI(?o)) DESC(?o)", ["urn:b", "7", "1"]),
    ],
)
def test_rows_of_a_file_have_an_order(run: Run, tmp_path: Path, query: str, expected: list[str]) -> None:
    (tmp_path / "data.ttl").write_text(DATA, encoding="utf-8")
    (tmp_path / "all.rq").write_text(query, encoding="utf-8")
    done = run("query", tmp_path / "all.rq", "--data", tmp_path / "data.ttl", "-f", "csv")

    assert done.stdout.splitlines()[1:] == expected
