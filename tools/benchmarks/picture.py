"""The speed of the picture beside plain pyvis on the same network: medians, in headless Chromium without a GPU."""

from __future__ import annotations

import random
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from itasgraph.network import groups, map_layout
from itasgraph.network.builder import Networks
from itasgraph.project import Project
from itasgraph.store import access
from tests.helpers import browsing, maps
from tests.helpers.networks import network_of
from tests.helpers.projects import ROOT
from tools.benchmarks.growth_rows import ITASGRAPH

if TYPE_CHECKING:
    import networkx as nx
    from playwright.sync_api import Browser

RUNS: Final = 3
SIZES: Final = (2_000, 10_000, 30_000)
FRAMES: Final = 40
HOVERS: Final = 120  # frames while the pointer moves over the picture; their 95th percentile tells of the slowest
_WAIT: Final = 20  # seconds, several times what we promise; pyvis lays out large networks in the browser for minutes
# Whether a page can be used: ours sets an attribute, pyvis hides its loading bar.
_OURS: Final = "() => document.documentElement.dataset.ready === 'true'"
_PLAIN: Final = "() => document.getElementById('loadingBar')?.style.opacity === '0'"
_KINDS: Final = ("https://schema.org/Person", "https://schema.org/Organization", "https://w3id.org/itas/ontology#Topic")
_QUERY: Final = """
SELECT ?source ?relation ?target ?quote WHERE {
  ?statement rdf:subject ?source ; rdf:predicate ?relation ; rdf:object ?target ; itas:quote ?quote
} ORDER BY ?source ?target"""
# Pans like a hand: press on the ground, move a little in each frame, let go. The result are the times from frame to frame.
_PAN: Final = """frames => new Promise((done) => {
    const canvas = document.querySelector("canvas");
    const box = canvas.getBoundingClientRect();
    const at = (n) => ({ clientX: box.left + 20 + 40 * Math.sin(n / 6), clientY: box.top + 20 + 20 * Math.cos(n / 6) });
    const send = (type, n) => canvas.dispatchEvent(new PointerEvent(type, {
        ...at(n), bubbles: true, isPrimary: true, pointerId: 1, pointerType: "mouse", button: 0, buttons: 1 }));
    const times = [];
    send("pointerdown", 0);
    const step = (now) => {
        times.push(now);
        send("pointermove", times.length);
        if (times.length <= frames) requestAnimationFrame(step);
        else { send("pointerup", times.length); done(times.slice(1).map((time, n) => time - times[n])); }
    };
    requestAnimationFrame(step);
})"""
# Moves the pointer over the picture, as in `_PAN`, but without a button.
_HOVER: Final = """frames => new Promise((done) => {
    const canvas = document.querySelector("canvas");
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const at = (n) => ({ clientX: left + width * (0.5 + 0.4 * Math.sin(n / 7)), clientY: top + height * (0.5 + 0.4 * Math.cos(n / 11)) });
    const times = [];
    const step = (now) => {
        times.push(now);
        canvas.dispatchEvent(new PointerEvent("pointermove", {
            ...at(times.length), bubbles: true, isPrimary: true, pointerId: 1, pointerType: "mouse", buttons: 0 }));
        if (times.length <= frames) requestAnimationFrame(step);
        else done(times.slice(1).map((time, n) => time - times[n]));
    };
    requestAnimationFrame(step);
})"""


def measure(folder: Path, print_: Callable[[str], None]) -> None:
    """Print the figures of the shipped network and of two large ones, ours and plain pyvis in turn."""
    try:
        with browsing.browser() as launched:
            print_(f"{'picture':<44} {'written':>9} {'ready':>8} {'frame':>9} {'hover':>9} {'file':>9}")
            project = Project(ROOT)
            graph = access.load(project)
            shipped = network_of("actors", graph, project)
            print_(_map_line(Networks(graph, project)))
            _compare("shipped network", [], shipped, folder, launched, print_)
            for size in SIZES:
                large = folder / f"{size}.rq"
                network = _large(size, large)
                options = [
                    str(large),
                    "--data",
                    str(large.with_suffix(".nt")),
                    "--data",
                    str(project.root / "ontology" / "itas.ttl"),
                ]
                _compare(f"{size:,} things", options, network, folder, launched, print_)
    except browsing.NoBrowser as missing:
        print_(f"{missing}: the picture is left out")


def _map_line(networks: Networks) -> str:
    """Return the seconds to lay out the shipped map, and how readable it is; docs/networks.md says what a map is."""
    hidden = groups.hidden_kinds(networks.query("actors"), networks.graph)
    grouped = groups.of_map(networks["actors"], hidden, networks.graph) if hidden else None
    if grouped is None:
        return "the shipped network is no map"
    start = time.process_time()
    layout = map_layout.arrange(grouped)
    seconds = time.process_time() - start
    own = maps.share_of_own_nearest(grouped, layout)
    return f"layout of the map: {seconds:.2f} s CPU, {own:.2f} of the 3 nearest of one's own group, {maps.crossings(grouped, layout)} crossings"


def _compare(
    name: str,
    options: list[str],
    network: nx.MultiDiGraph[str],
    folder: Path,
    launched: Browser,
    print_: Callable[[str], None],
) -> None:
    ours, plain = folder / "ours.html", folder / "plain.html"
    command = [ITASGRAPH, "view", *options, "--project", str(ROOT), "-o", str(ours)]
    written = _seconds(lambda: subprocess.run(command, check=True, capture_output=True))
    print_(_line(f"itasgraph view, {name}", ours, _OURS, written, launched))
    written = _seconds(lambda: _pyvis(network, plain))
    print_(_line(f"plain pyvis, {name}", plain, _PLAIN, written, launched))


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _line(name: str, path: Path, ready: str, written: float, launched: Browser) -> str:
    """Return the seconds to write a page and until it is ready, the milliseconds from frame to frame, its size.

    Those while panning are the median, those while the pointer moves over the picture the 95th percentile.
    """
    runs = list(_runs(path, ready, launched))
    size = f"{path.stat().st_size / 1e6:6.2f} MB"
    if not runs:
        return f"{name:<44} {written:7.2f} s  > {_WAIT} s         –         – {size}"
    wait, frame, hover = (statistics.median(values) for values in zip(*runs, strict=True))
    return f"{name:<44} {written:7.2f} s {wait:6.2f} s {frame:6.1f} ms {hover:6.1f} ms {size}"


def _runs(path: Path, ready: str, launched: Browser) -> Iterator[tuple[float, float, float]]:
    """Open a page several times; stop where it is not ready in time, because it would not be the next time either."""
    for _ in range(RUNS):
        run = _once(path, ready, launched)
        if run is None:
            return
        yield run


def _once(path: Path, ready: str, launched: Browser) -> tuple[float, float, float] | None:
    """Return seconds until the page is ready, and milliseconds per frame, as `_line` does; None where it is not ready in time."""
    from playwright.sync_api import TimeoutError as Late

    with launched.new_context(viewport={"width": 1440, "height": 900}, offline=True, bypass_csp=True) as context:
        page = context.new_page()
        page.set_default_timeout(_WAIT * 1000)
        start = time.perf_counter()
        try:
            page.goto(path.as_uri(), wait_until="commit")
            page.wait_for_function(ready, polling="raf")
        except Late:
            return None
        waited = time.perf_counter() - start
        frames: list[float] = page.evaluate(_PAN, FRAMES)
        hovers: list[float] = page.evaluate(_HOVER, HOVERS)
        return waited, statistics.median(frames), statistics.quantiles(hovers, n=20)[-1]


def _large(size: int, query: Path) -> nx.MultiDiGraph[str]:
    """Write a query and N-Triples for a network of `size` nodes and twice as many edges; return it as a networkx graph.

    The edges follow Barabási and Albert 1999: few nodes have many edges, as in real networks.
    """
    import networkx as nx

    chosen = random.Random(2024)  # the same each time
    simple = nx.barabasi_albert_graph(size, 2, seed=2024)
    names = [f"http://example.org/thing/{number}" for number in range(size)]
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    lines = []
    for name in names:
        label = f"Name {chosen.randrange(10**6)}"
        network.add_node(name, label=label)
        lines += [
            f"<{name}> <https://w3id.org/itas/ontology#kind> <{chosen.choice(_KINDS)}> .",
            f'<{name}> <http://www.w3.org/2000/01/rdf-schema#label> "{label}" .',
        ]
    for number, (one, other) in enumerate(simple.edges):
        network.add_edge(names[one], names[other], title="knows")
        lines += _statement(
            f"<http://example.org/link/{number}>", f"<{names[one]}>", f"<{names[other]}>", f"Words {number}"
        )
    query.write_text(_QUERY, encoding="utf-8")
    query.with_suffix(".nt").write_text("\n".join(lines), encoding="utf-8")
    return network


def _statement(statement_iri: str, one: str, other: str, words: str) -> list[str]:
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    return [
        f"{statement_iri} <{rdf}subject> {one} .",
        f"{statement_iri} <{rdf}predicate> <https://schema.org/knows> .",
        f"{statement_iri} <{rdf}object> {other} .",
        f'{statement_iri} <https://w3id.org/itas/ontology#quote> "{words}" .',
    ]


def _pyvis(network: nx.MultiDiGraph[str], path: Path) -> None:
    """Write the network as pyvis draws it by default."""
    from pyvis.network import Network

    picture: Any = Network(directed=True, cdn_resources="in_line", height="900px")  # Any: pyvis has no types
    for name in network.nodes:
        picture.add_node(name)
    for one, other in network.edges():
        picture.add_edge(one, other)
    path.write_text(picture.generate_html(), encoding="utf-8")


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        measure(Path(name), print)
