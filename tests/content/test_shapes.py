"""Each shape of ontology/shapes.ttl, broken once, is reported at its line with its message."""

from __future__ import annotations

import pytest

from tests.helpers.broken_shapes import BREAKS, Break, Broken


@pytest.mark.quick(1)
@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("one", BREAKS, ids=str)
def test_broken_shape_is_reported_at_its_line(broken: Broken, one: Break, lang: str) -> None:
    lines = [finding.render(lang) for finding in broken.findings]

    assert len([line for line in lines if line in broken.expected(one, lang)]) == 1


def test_nothing_else_is_reported(broken: Broken) -> None:
    lines = {finding.render("en") for finding in broken.findings}

    assert lines - {line for one in BREAKS for line in broken.expected(one, "en")} == set()
