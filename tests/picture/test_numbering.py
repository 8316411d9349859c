"""What the networks of a page share has one number."""

from __future__ import annotations

from typing import Any

import pytest

from itasgraph.picture.numbering import SharedParts


@pytest.mark.parametrize(
    ("difference", "numbers"),
    [
        ({}, [0, 0]),
        ({"stated": False}, [0, 1]),
        ({"rule": {"de": "Regel: B", "en": "Rule: B"}}, [0, 1]),
        ({"note": {"de": "Regel: A", "en": "Rule: A"}, "rule": {}}, [0, 1]),
        ({"weight": 2.0}, [0, 1]),
    ],
)
def test_edges_share_a_number_only_where_they_say_the_same(difference: dict[str, Any], numbers: list[int]) -> None:
    shared = SharedParts()
    ends: Any = [{"id": end, "x": 0, "y": 0, "size": 1.0, "facts": [], "quotes": []} for end in ("a", "b")]
    edge: Any = {"id": "a r b", "from": "a", "to": "b", "relation": "r", "quotes": [], "stated": True}
    edge["rule"] = {"de": "Regel: A", "en": "Rule: A"}
    shared.number_nodes(ends)

    assert shared.number_edges([edge, edge | difference]) == numbers
