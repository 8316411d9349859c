"""Take the screenshot of the picture: `python -m tools.make_picture docs/network.png`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from itasgraph.errors import ItasgraphError
from itasgraph.util import files
from tests.helpers.browsing import NoBrowser, browser, picture

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Who helps suppliers, and who says so: the question the tool is for.
_CHOSEN: Final = "https://w3id.org/itas/group/zulieferer"
_LONGEST_LIST: Final = ".group:has(.group-count) summary"


def screenshot(page: bytes, launched: Browser) -> bytes:
    """Return the page as PNG, with one entry selected and the quotes of its first relations open."""
    with (
        tempfile.TemporaryDirectory() as folder,
        launched.new_context(viewport={"width": 1440, "height": 900}, offline=True, reduced_motion="reduce") as context,
    ):
        path = Path(folder) / "network.html"
        path.write_bytes(page)
        tab = context.new_page()
        tab.goto(path.as_uri())
        tab.wait_for_selector("html[data-ready]")
        tab.evaluate("id => itasgraph.select({ entity: id, relation: null })", _CHOSEN)
        for proof in tab.locator(_LONGEST_LIST).all()[:2]:
            proof.click()
        tab.mouse.move(0, 0)
        tab.evaluate("document.activeElement.blur()")
        return tab.screenshot()


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        sys.stderr.write("Usage: python -m tools.make_picture FILE.png\n")
        return 2
    try:
        with browser() as launched:
            image = screenshot(picture(), launched)
        with files.atomic_write(Path(arguments[0])) as out:
            out.write(image)
    except (NoBrowser, ItasgraphError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stderr.write(f"written: {arguments[0]}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
