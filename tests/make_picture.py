"""Take the screenshot of the picture: `python -m tests.make_picture docs/network.png`."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from itasgraph.errors import ItasgraphError
from itasgraph.network import builder
from itasgraph.picture import excerpt, html_page
from itasgraph.project import Project
from itasgraph.store import graph
from itasgraph.util import files

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT: Final = Path(__file__).parent.parent
# No first-run page, no update, no telemetry: a browser that stays at home.
_QUIET: Final = (
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
)
# Who helps suppliers, and who says so: the question the tool is for.
_CHOSEN: Final = "https://w3id.org/itas/group/zulieferer"
_LONGEST_LIST: Final = ".group:has(.group-count) summary"


class NoBrowser(Exception):
    """There is no browser to open the picture in, or nothing to drive it with."""


@contextmanager
def browser() -> Iterator[Browser]:
    """Debian's Chromium, driven by playwright. Raises NoBrowser, which says what to install."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError as error:
        raise NoBrowser("playwright is not installed: pip install 'itasgraph[test]'") from error
    chromium = shutil.which("chromium")
    if chromium is None:
        raise NoBrowser("chromium is not installed: sudo apt-get install chromium")
    try:
        started = sync_playwright().start()
    except Exception as error:  # playwright raises a bare one where its driver cannot start
        raise NoBrowser("playwright's driver does not start: sudo apt-get install libatomic1") from error
    try:
        try:
            launched = started.chromium.launch(executable_path=chromium, args=_QUIET)
        except Error as error:
            raise NoBrowser(f"chromium does not start: {error.message.splitlines()[0]}") from error
        yield launched
        launched.close()
    finally:
        started.stop()


def picture(name: str = "actors", lang: str = "en") -> bytes:
    """A network of the shipped project as the page `itasgraph view` writes."""
    project = Project(ROOT)
    return drawn(graph.load(project), project, name, lang)


def drawn(loaded: graph.Graph, project: Project, name: str, lang: str) -> bytes:
    """The same of a graph that is loaded already."""
    question = builder.find(name, project)
    found = builder.build(loaded, question.text, name)
    around = html_page.around(loaded, project, name, found, excerpt.Part(found), None)
    return html_page.page(loaded, found, question.titles, lang, around)


def screenshot(page: bytes, launched: Browser) -> bytes:
    """The page with one thing chosen and the words that prove its first relations, as PNG."""
    with (
        tempfile.TemporaryDirectory() as folder,
        launched.new_context(viewport={"width": 1440, "height": 900}, offline=True, reduced_motion="reduce") as context,
    ):
        path = Path(folder) / "network.html"
        path.write_bytes(page)
        shown = context.new_page()
        shown.goto(path.as_uri())
        shown.wait_for_selector("html[data-ready]")
        shown.evaluate("id => itasgraph.select({ thing: id, relation: null })", _CHOSEN)
        for proof in shown.locator(_LONGEST_LIST).all()[:2]:
            proof.click()
        shown.mouse.move(0, 0)
        shown.evaluate("document.activeElement.blur()")
        return shown.screenshot()


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        sys.stderr.write("Usage: python -m tests.make_picture FILE.png\n")
        return 2
    try:
        with browser() as launched:
            files.write(Path(arguments[0]), screenshot(picture(), launched))
    except (NoBrowser, ItasgraphError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stderr.write(f"written: {arguments[0]}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
