"""The picture in a real browser: the page as a file, a window to open it in, and actions in the window."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from itasgraph.network import builder
from itasgraph.parsing.iri_compaction import IriCompactor
from itasgraph.picture import excerpt, html_page, page_data
from itasgraph.project import Project
from itasgraph.store import access, memory
from tests.helpers.namespaces import BASE
from tests.helpers.projects import ROOT

# No first-run page, no update, no telemetry: the browser contacts no host.
_QUIET: Final = (
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
)


if TYPE_CHECKING:
    from playwright.sync_api import Browser, Frame, Locator, Page


@dataclass
class Window:
    """A page in a browser, the addresses that it requested, and its messages on the console."""

    page: Page
    requests: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def open(self, path: Path, fragment: str = "") -> Window:
        self.page.goto("about:blank")
        self.requests.clear()
        self.words.clear()
        self.page.goto(path.as_uri() + fragment)
        self.page.wait_for_selector("html[data-ready]")
        return self

    def text(self, selector: str) -> str:
        return " ".join(self.page.locator(selector).inner_text().split())

    def click(self, selector: str, text: str | None = None) -> None:
        self.page.locator(selector, has_text=text).first.click()

    def link(self) -> str:
        """Return the part behind the file name of the link that the page copies."""
        self.click("#share")
        self.click("#copy-link")
        copied: str = self.page.evaluate("() => navigator.clipboard.readText()")
        return copied.partition("#")[1] + copied.partition("#")[2]

    def save(self, format_: str, folder: Path, *, scope: str = "all") -> Path:
        """Save the picture, the page or what the scope says of the network in a format; return the file."""
        self.click("#share")
        if scope != "all":
            self.click(f"[data-scope={scope}]")
        with self.page.expect_download() as download:
            self.click(f"#save-{format_}")
        path = folder / download.value.suggested_filename
        download.value.save_as(path)
        return path

    def entity(self, name: str) -> None:
        """Click the sign of an entity in the picture."""
        place = self.page.evaluate("id => itasgraph.picture.whereIs(id)", BASE + name)
        self.page.mouse.click(place["x"], place["y"])

    def search(self, text: str) -> Locator:
        """Type into the search box; return the hits."""
        self.page.locator("#search").fill(text)
        return self.page.locator(".hit")

    def language(self, code: str) -> None:
        self.page.locator(f"[data-language={code}]").click()

    def table(self) -> list[list[str]]:
        """Return the texts of the table's cells, row by row."""
        read = "rows => rows.map((row) => [...row.cells].map((cell) => cell.innerText.trim()))"
        rows: list[list[str]] = self.page.locator(".table tbody tr").evaluate_all(read)
        return rows

    def heading(self) -> str:
        return self.text("#details h2")

    def quotes(self) -> list[str]:
        """Open all evidence in the panel; return the quotes."""
        closed = self.page.locator("#details details:not([open]) > summary")
        while closed.count():
            closed.first.click()
        return self.page.locator("#details blockquote").all_inner_texts()


Open = Callable[..., Window]


def window(browser: Browser, width: int = 1440, height: int = 900, **settings: Any) -> Window:
    """Return an empty window of its own: network off, animations off."""
    size: Any = {"width": width, "height": height}
    context = browser.new_context(viewport=size, offline=True, reduced_motion="reduce", **settings)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    seen = Window(context.new_page())
    seen.page.set_default_timeout(5_000)
    seen.page.on("request", lambda request: seen.requests.append(request.url))
    seen.page.on("console", lambda message: seen.words.append(message.text))
    seen.page.on("pageerror", lambda error: seen.words.append(str(error)))
    return seen


def until(page: Page | Frame, condition: str, arg: object = None) -> None:
    """Look at a condition, a JavaScript function of `arg`, once a frame until it holds; fail after some 600 frames.

    playwright's own waiting evaluates a string in the page, which the page's policy forbids.
    """
    page.evaluate(
        f"""arg => new Promise((done, fail) => {{
            let frames = 0;
            const look = () => ({condition})(arg) ? done() : ++frames > 600 ? fail(new Error("never")) : requestAnimationFrame(look);
            look();
        }})""",
        arg,
    )


def settled(seen: Window) -> None:
    """Wait until the picture has taken the size that the page gives it, and is drawn."""
    until(
        seen.page,
        """() => { const { extent, container } = itasgraph.picture;
            return extent.width === container.clientWidth && extent.height === container.clientHeight; }""",
    )
    seen.page.evaluate(
        "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done))))"
    )


def page_json(html: bytes) -> dict[str, Any]:
    """Return the JSON in a page (PageData), with the base of its IRIs in the place of each tab."""
    match = re.search(
        rb'<script type="application/json" id="graph-data" data-base="(.*?)">(.*?)</script>', html, re.DOTALL
    )
    assert match is not None
    base, text = (part.decode() for part in match.groups())
    data: dict[str, Any] = json.loads(text.replace("\t", unescape(base)))
    return data


def embedded(html: bytes, number: int = 0) -> dict[str, Any]:
    """Return a network of a page as networks.js makes it (NetworkView)."""
    page = page_json(html)
    network = page["networks"][number]
    entities, relations = page["entities"], page["relations"]
    quotes = [_quote(page, quote) for quote in page["quotes"]]
    labels = {entity["id"]: entity["label"] for entity in entities}
    compact = IriCompactor(page["rdf"]["prefixes"], page["rdf"]["base"]).compact
    nodes = [
        {
            **entities[n],
            "x": x,
            "y": y,
            "size": size,
            "facts": [{**fact, "label": page["factLabels"][fact["label"]]} for fact in entities[n]["facts"]],
            "quotes": [quotes[m] for m in entities[n]["quotes"]],
            **({"at": at[0]} if at else {}),
        }
        for n, x, y, size, *at in network["nodes"]
    ]
    edges = [
        {
            **edge,
            **(
                names := {
                    "from": entities[edge["from"]]["id"],
                    "relation": relations[edge["relation"]]["id"],
                    "to": entities[edge["to"]]["id"],
                }
            ),
            "id": " ".join(map(compact, names.values())),
            "quotes": [quotes[m] for m in edge["quotes"]],
        }
        for edge in (page["edges"][n] for n in network["edges"])
    ]
    used, kinds = {edge["relation"] for edge in edges}, {node["kind"] for node in nodes}
    shared = {key: value for key, value in page.items() if key not in (*_NUMBERED, "networks")}
    return {
        **shared,
        **{key: value for key, value in network.items() if key != "near"},
        "isOneOfSeveral": len(page["networks"]) > 1,
        "nodes": nodes,
        "edges": edges,
        "kinds": [kind for kind in page["kinds"] if kind["id"] in kinds],
        "relations": {
            one["id"]: {**{key: one[key] for key in one if key != "id"}, "near": one["id"] in network["near"]}
            for one in relations
            if one["id"] in used
        },
        "answers": {
            ask: [_answer(page["answers"][n], {node["id"] for node in nodes}, labels) for n in numbers]
            for ask, numbers in network["answers"].items()
        },
    }


_NUMBERED: Final = ("entities", "factLabels", "edges", "quotes", "quoted", "titles", "relations", "answers")


def _quote(page: dict[str, Any], quote: dict[str, Any]) -> dict[str, Any]:
    titles = {"titles": [page["titles"][n] for n in quote["titles"]]} if "titles" in quote else {}
    return {**quote, "source": page["quoted"][quote["source"]], **titles}


def _answer(answer: dict[str, Any], ids: set[str], labels: dict[str, Any]) -> dict[str, Any]:
    """Return an answer whose findings on entities that a network lacks are on what is related to these."""
    findings = []
    for finding in answer["findings"]:
        rest = {key: value for key, value in finding.items() if key != "related"}
        rest["names"] = {one: finding["names"].get(one, labels.get(one)) for one in finding["entities"]}
        present = [one for one in finding.get("related", ()) if one in ids]
        findings.append({**rest, "entities": present} if present and not ids & {*rest["entities"]} else rest)
    return {**answer, "findings": findings}


class NoBrowser(Exception):
    """The browser, or the program that drives it, is missing."""


@contextmanager
def browser() -> Iterator[Browser]:
    """Yield Debian's Chromium, driven by playwright. Raises NoBrowser, which says what to install."""
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
    """Return a network of the shipped project as the page `itasgraph view` writes."""
    project = Project(ROOT)
    return page_of(access.load(project), project, name, lang)


def page_of(loaded: memory.Graph, project: Project, names: str, lang: str) -> bytes:
    """Return networks of a graph, by their names with spaces between, as the page that `itasgraph view` writes."""
    networks = builder.Networks(loaded, project)
    excerpts = {name: excerpt.Excerpt(networks[name]) for name in names.split()}
    return html_page.page(loaded, page_data.picture_networks(networks, excerpts), lang)
