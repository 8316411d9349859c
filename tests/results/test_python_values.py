"""RDF terms as Python values: exactly what the term says, or its text."""

from __future__ import annotations

import datetime
import math
from decimal import Decimal

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from itasgraph.results.python_values import to_python
from tests.helpers.namespaces import XSD
from tests.helpers.properties import count_inputs

CET = datetime.timezone(datetime.timedelta(hours=2))


def typed(text: str, datatype: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(XSD + datatype))


@pytest.mark.parametrize(
    ("text", "datatype", "value"),
    [
        ("007", "integer", 7),
        ("-7", "int", -7),
        ("+7", "unsignedByte", 7),
        ("0", "nonPositiveInteger", 0),
        ("12345678901234567890", "integer", 12345678901234567890),
        ("2.50", "decimal", 2.5),
        (".5", "decimal", 0.5),
        ("1e3", "double", 1000.0),
        ("-INF", "float", -math.inf),
        ("true", "boolean", True),
        ("0", "boolean", False),
        ("2024-02-29", "date", datetime.date(2024, 2, 29)),
        ("2024-06-06T09:30:00", "dateTime", datetime.datetime(2024, 6, 6, 9, 30)),
        ("2024-06-06T09:30:00.25Z", "dateTime", datetime.datetime(2024, 6, 6, 9, 30, 0, 250_000, datetime.UTC)),
        ("2024-06-06T09:30:00+02:00", "dateTimeStamp", datetime.datetime(2024, 6, 6, 9, 30, tzinfo=CET)),
    ],
)
def test_literals_become_python_values(text: str, datatype: str, value: object) -> None:
    actual = to_python(typed(text, datatype))

    assert (actual, type(actual)) == (value, type(value))


@pytest.mark.parametrize(
    ("text", "datatype"),
    [
        ("seven", "integer"),
        ("1_000", "integer"),
        ("٧", "integer"),
        ("1.0", "integer"),
        ("1e3", "decimal"),
        ("nan", "double"),
        ("infinity", "double"),
        ("yes", "boolean"),
        ("TRUE", "boolean"),
        ("2023-02-29", "date"),
        ("2024-06-06Z", "date"),
        ("-0044-03-15", "date"),
        ("20240606", "date"),
        ("2024-06-06 09:30:00", "dateTime"),
        ("2024-06-06T24:00:00", "dateTime"),
        ("2024-06-06T09:30", "dateTime"),
        ("2024", "gYear"),
        ("2024-06", "gYearMonth"),
        ("007", "string"),
        ("", "integer"),
        ("7\n", "integer"),
        ("9" * 5000, "integer"),
    ],
)
def test_odd_literals_stay_text(text: str, datatype: str) -> None:
    assert to_python(typed(text, datatype)) == text


def test_nan_is_no_number() -> None:
    actual = to_python(typed("NaN", "double"))

    assert isinstance(actual, float)
    assert math.isnan(actual)


@pytest.mark.parametrize(
    ("term", "value"),
    [
        (None, None),
        (ox.NamedNode("https://w3id.org/itas/person/boris-kaiser"), "https://w3id.org/itas/person/boris-kaiser"),
        (ox.Literal("Zulieferer", language="de"), "Zulieferer"),
        (ox.Literal("7"), "7"),
        (ox.Literal("7", datatype=ox.NamedNode("https://example.org/integer")), "7"),
        (ox.BlankNode("b"), "_:b"),
    ],
    ids=["unbound", "thing", "text in a language", "plain text", "a datatype of others", "blank node"],
)
def test_iris_and_other_literals_are_text(term: ox.NamedNode | ox.Literal | None, value: object) -> None:
    assert to_python(term) == value


@given(
    st.integers()
    | st.booleans()
    | st.dates()
    | st.datetimes()
    | st.floats(allow_nan=False)
    | st.decimals(allow_nan=False, allow_infinity=False, places=3)
)
@count_inputs
def test_oxigraph_literals_are_read(value: object) -> None:
    written = {
        Decimal: lambda: typed(f"{value:f}", "decimal"),
        datetime.date: lambda: typed(str(value), "date"),
        datetime.datetime: lambda: typed(str(value).replace(" ", "T"), "dateTime"),
    }.get(type(value), lambda: ox.Literal(value))()  # type: ignore[arg-type]

    assert to_python(written) == (float(value) if isinstance(value, Decimal) else value)
