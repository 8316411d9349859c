"""On paper the picture is light, holds the words and the sources, and fits."""

from __future__ import annotations

import re

import pytest

from tests.helpers.browsing import Open, Window
from tests.helpers.namespaces import BASE

pytestmark = pytest.mark.slow

SHOWN = "selector => [...document.querySelectorAll(selector)].filter((part) => part.checkVisibility()).length"


def pages(seen: Window) -> int:
    """Return how many sheets of A4 are printed."""
    return len(re.findall(rb"/Type\s*/Page\b", seen.page.pdf(format="A4")))


def on_paper(seen: Window) -> Window:
    seen.page.emulate_media(media="print")
    seen.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    return seen


def test_paper_holds_picture_and_sources(look: Open) -> None:
    seen = look(fragment=f"#entity={BASE}person/udo-wehner", color_scheme="dark")
    on_paper(seen)

    assert seen.page.evaluate(SHOWN, "button:not(.neighbour), input") == 0
    assert seen.page.evaluate(SHOWN, "#details blockquote") == seen.page.locator("#details blockquote").count() > 0
    assert seen.page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    assert "creativecommons.org" in seen.text("#foot")
    assert seen.page.pdf()[:5] == b"%PDF-"


@pytest.mark.parametrize(
    ("fragment", "sheets"),
    [
        pytest.param("", 1, id="first-sight"),
        pytest.param("#lang=en", 1, id="english"),
        pytest.param(f"#around={BASE}person/udo-wehner&steps=2", 1, id="surroundings"),
        pytest.param(f"#audience={BASE}group/zulieferer", 1, id="filtered"),
        pytest.param(f"#entity={BASE}person/udo-wehner", 2, id="an-entity-with-all-its-evidence"),
        pytest.param("#ask=connects", 1, id="an-answer"),
    ],
)
def test_view_fits_on_few_sheets(look: Open, fragment: str, sheets: int) -> None:
    seen = look(fragment=fragment, width=1440)

    assert pages(seen) == sheets


def test_paper_omits_what_is_empty(look: Open, every_kind: str) -> None:
    seen = look(fragment=f"#around={BASE}person/udo-wehner&steps=1&{every_kind}", width=1440)
    seen.page.locator(".legend-kind", has_text="Organisationen").locator("input").uncheck()
    on_paper(seen)

    assert "Fragen an das Netz" not in seen.page.locator("#details h3:visible").all_inner_texts()
    assert "×" not in seen.page.locator("body").inner_text()
    assert seen.page.locator(".legend-name:visible").all_inner_texts() == ["Personen", "Beiträge"]


def test_paper_omits_input_fields(look: Open) -> None:
    fragment = f"#ask=path&from={BASE}person/boris-kaiser&to={BASE}person/udo-wehner"
    seen = on_paper(look(fragment=fragment, width=1440))

    assert seen.page.locator("input:visible, .ends:visible").count() == 0
    assert seen.page.locator(".path li:visible").count() == 5
