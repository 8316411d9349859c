"""A network of thousands of lines, which the page keeps as pixels between two highlights."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers.browsing import Open, Window, settled
from tests.helpers.programs import Run
from tests.helpers.projects import ROOT

pytestmark = pytest.mark.slow

KINDS = ("https://schema.org/Person", "https://schema.org/Organization")
# Each entity knows the 25 that follow, which makes 3,000 lines between 120 entities.
EDGES = [(one, (one + step) % 120) for one in range(120) for step in range(1, 26)]
QUERY = "SELECT ?source ?relation ?target WHERE { ?source schema:knows ?target BIND(schema:knows AS ?relation) }"
AT = "#at=10,10,0.8"  # with so few digits, a link leads to exactly this view
# A checksum of the pixels of the picture.
PIXELS = """() => {
    const canvas = document.querySelector("canvas");
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return new Uint32Array(data.buffer).reduce((sum, pixel) => (Math.imul(sum, 31) + pixel) | 0, 0);
}"""


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return a query and data of 120 entities of two kinds with 3,000 relations."""
    folder = tmp_path_factory.mktemp("large")
    query, data = folder / "large.rq", folder / "large.nt"
    query.write_text(QUERY, encoding="utf-8")
    kinds = [
        f"<http://example.org/{number}> <https://w3id.org/itas/ontology#kind> <{KINDS[number % 2]}> ."
        for number in range(120)
    ]
    edges = [
        f"<http://example.org/{one}> <https://schema.org/knows> <http://example.org/{other}> ." for one, other in EDGES
    ]
    data.write_text("\n".join(kinds + edges), encoding="utf-8")
    return query, data


@pytest.fixture
def page(large: tuple[Path, Path], run: Run, tmp_path: Path) -> Path:
    query, data = large
    page = tmp_path / "large.html"
    assert run("view", query, "--data", data, "--project", ROOT, "-o", page).exit_code == 0
    return page


def untick_first_kind(seen: Window) -> None:
    seen.page.locator(".legend-kind input").first.click()


def ask_for_dark(seen: Window) -> None:
    seen.click("#theme")


def zoom(seen: Window) -> None:
    seen.page.evaluate("itasgraph.picture.lookAt({ x: 40, y: 20, scale: 0.9 })")


CHANGES = [(untick_first_kind, {}), (ask_for_dark, {"color_scheme": "dark"}), (zoom, {})]


@pytest.mark.parametrize(("change", "settings"), CHANGES)
def test_changed_picture_is_that_of_a_page_opened_so(
    look: Open, page: Path, change: Callable[[Window], None], settings: dict[str, str]
) -> None:
    seen = look(page, fragment=AT)
    settled(seen)
    before = seen.page.evaluate(PIXELS)
    change(seen)
    settled(seen)
    changed = seen.page.evaluate(PIXELS)
    opened = look(page, fragment=seen.link(), **settings)
    settled(opened)

    assert changed != before
    assert opened.page.evaluate(PIXELS) == changed


@pytest.mark.parametrize("change", [change for change, _ in CHANGES])
def test_highlight_leaves_the_picture_as_it_was(look: Open, page: Path, change: Callable[[Window], None]) -> None:
    seen = look(page, fragment=AT)
    settled(seen)
    change(seen)
    settled(seen)
    changed = seen.page.evaluate(PIXELS)

    seen.page.evaluate("itasgraph.select({ entity: itasgraph.picture.scene.visiblePlaces()[0].id })")
    settled(seen)
    lit = seen.page.evaluate(PIXELS)
    seen.page.keyboard.press("Escape")
    settled(seen)

    assert lit != changed
    assert seen.page.evaluate(PIXELS) == changed
