"""RDF terms as Python values (XML Schema 1.1 Part 2): numbers, truth values, dates; everything else is text."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from typing import Final

import pyoxigraph as ox

from itasgraph.store.queryable import Term, value
from itasgraph.vocabulary import XSD

PythonValue = str | int | float | bool | datetime.date | None

_INTEGERS: Final = (
    XSD.integer,
    XSD.int,
    XSD.long,
    XSD.short,
    XSD.byte,
    XSD.nonNegativeInteger,
    XSD.positiveInteger,
    XSD.nonPositiveInteger,
    XSD.negativeInteger,
    XSD.unsignedInt,
    XSD.unsignedLong,
    XSD.unsignedShort,
    XSD.unsignedByte,
)
_NUMBER: Final = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_FLOAT: Final = re.compile(rf"{_NUMBER.pattern}(?:[eE][+-]?[0-9]+)?|NaN|[+-]?INF")
# Dates of Python have no time zone, and its times no 24:00.
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME: Final = re.compile(
    rf"{_DATE.pattern}T(?!24)(?:[0-9]{{2}}:){{2}}[0-9]{{2}}(?:\.[0-9]+)?(?:Z|[+-][0-9]{{2}}:[0-9]{{2}})?"
)

_Conversion = tuple[re.Pattern[str], Callable[[str], PythonValue]]
_TEXT: Final[_Conversion] = (re.compile(""), str)
# Datatype → the pattern of its lexical forms, and the function that converts one. Decimals become floats, too: data frames and plots
# calculate with floats, but a data frame keeps Python's Decimal as a column of objects.
_CONVERSIONS: Final[Mapping[str, _Conversion]] = {
    **dict.fromkeys(_INTEGERS, (re.compile(r"[+-]?[0-9]+"), int)),
    XSD.decimal: (_NUMBER, float),
    XSD.double: (_FLOAT, float),
    XSD.float: (_FLOAT, float),
    XSD.boolean: (re.compile("true|false|1|0"), {"true", "1"}.__contains__),
    XSD.date: (_DATE, datetime.date.fromisoformat),
    XSD.dateTime: (_TIME, datetime.datetime.fromisoformat),
    XSD.dateTimeStamp: (_TIME, datetime.datetime.fromisoformat),
}


def to_python(term: Term | None) -> PythonValue:
    """Return the Python value of a term: None where it is unbound, the IRI of a node, a literal by its datatype.

    A literal that Python cannot hold (30 February, a day with a time zone) or has no type for (a year) stays text.

    >>> to_python(ox.Literal("2.50", datatype=ox.NamedNode(XSD.decimal)))
    2.5
    """
    if term is None:
        return None
    text = value(term)
    pattern, convert = _CONVERSIONS.get(term.datatype.value if isinstance(term, ox.Literal) else "", _TEXT)
    try:
        return convert(text) if pattern.fullmatch(text) else text
    except ValueError:
        return text
