"""Fixtures for tests of the picture: the shipped network as a file, one browser for all, windows to open pages in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from itasgraph.project import Project
from itasgraph.store.memory import Graph
from tests.helpers import browsing
from tests.helpers.browsing import Open, Window, embedded, window

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    try:
        with browsing.browser() as launched:
            yield launched
    except browsing.NoBrowser as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def html(graph: Graph, shipped: Project) -> bytes:
    return browsing.page_of(graph, shipped, "actors", "de")


@pytest.fixture(scope="session")
def every_kind(html: bytes) -> str:
    """Return the part of an address that shows the kinds which the map of the shipped project hides at first."""
    return "with=" + "+".join(embedded(html)["background"])


@pytest.fixture(scope="session")
def at_first(html: bytes) -> str:
    """Return what the page says of the shipped project at first: how many of all entries are visible."""
    data = embedded(html)
    drawn = [node for node in data["nodes"] if node["kind"] not in data["background"]]
    return f"{len(drawn)} von {len(data['nodes'])} sichtbar"


@pytest.fixture(scope="session")
def shown(html: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the picture of the shipped project, in German, as a file."""
    path = tmp_path_factory.mktemp("view") / "network.html"
    path.write_bytes(html)
    return path


@pytest.fixture(scope="session")
def first_sight(browser: Browser, shown: Path) -> Iterator[Window]:
    """Yield the page as it opens; tests only read it or type into the search box."""
    seen = window(browser)
    yield seen.open(shown)
    seen.page.context.close()


@pytest.fixture(scope="session")
def shared(browser: Browser) -> Iterator[Window]:
    """Yield one window that tests use in turn: a new one for each costs half a second."""
    seen = window(browser)
    yield seen
    seen.page.context.close()


@pytest.fixture
def look(browser: Browser, shared: Window, shown: Path) -> Iterator[Open]:
    """Open a page afresh, in a window of its own where settings are given: `look()`, `look(path, width=390)`."""
    contexts: list[BrowserContext] = []

    def opened(path: Path = shown, fragment: str = "", **settings: Any) -> Window:
        if not settings:
            return shared.open(path, fragment)
        seen = window(browser, **settings)
        contexts.append(seen.page.context)
        return seen.open(path, fragment)

    yield opened
    for context in contexts:
        context.close()
