"""The speed of `itasgraph serve`: requests a second beside the server of Oxigraph, and the end of endless queries."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pyoxigraph as ox

from itasgraph.project import Project
from itasgraph.questions import queries
from itasgraph.store import access, memory
from tests.helpers.projects import ROOT
from tests.helpers.servers import PATIENCE, ports, wait

SECONDS = 5
TIMEOUT = 5
ROWS = "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
ENDLESS = {
    "COUNT": f"SELECT (COUNT(*) AS ?n) {ROWS}",
    "ORDER BY": f"SELECT * {ROWS} ORDER BY DESC(?l) LIMIT 1",
    "ASK": f"ASK {{ {ROWS} FILTER(CONCAT(STR(?a), STR(?l)) = '') }}",
}


def measure(folder: Path, print_: Callable[[str], None]) -> None:
    """Measure both servers in turn on the shipped project, and print."""
    wrk, oxigraph = shutil.which("wrk"), shutil.which("oxigraph", path=str(Path(sys.executable).parent))
    if wrk is None or oxigraph is None:
        print_("wrk (Debian: wrk) or the Oxigraph server is not installed: serve is left out\n")
        return
    loaded = access.load(Project(ROOT))
    store = ox.Store(folder / "store")
    store.bulk_extend(loaded.store)
    store.flush()
    del store  # closes it
    theirs, ours = ports(2)
    ours_command = [sys.executable, "-m", "itasgraph", "serve", "--port", str(ours), "--project", str(ROOT)]
    theirs_command = [oxigraph, "serve-read-only", "--location", str(folder / "store"), "--bind", f"127.0.0.1:{theirs}"]
    with (
        _running(theirs_command, theirs, folder),
        _running([*ours_command, "--timeout", str(TIMEOUT)], ours, folder) as server,
    ):
        for name, query in _questions(loaded).items():
            for clients in (50, 200):
                rates = [_rate(wrk, port, query, clients) for port in (theirs, ours)]
                print_(
                    f"{name}, {clients} clients: oxigraph {rates[0]:,.0f}, itasgraph {rates[1]:,.0f} requests a second"
                )
        for name, query in ENDLESS.items():
            print_(f"{name} over a cross product, --timeout {TIMEOUT}: {_end(ours, query)}")
        print_(f"memory of all processes afterwards: {_memory(server.pid):.0f} MiB\n")


def _questions(loaded: memory.Graph) -> dict[str, str]:
    """Return a small query, and the ready question `who` as complete SPARQL."""
    project = Project(ROOT)
    who = queries.bind(queries.find("who", project), {}, loaded, "en")
    declared = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in loaded.prefixes.items())
    return {"small": "SELECT * { ?s ?p ?o } LIMIT 1", "who": f"BASE <{loaded.base}>\n{declared}{who}"}


@contextmanager
def _running(command: list[str], port: int, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    log = folder / f"{port}.log"
    with log.open("wb") as words, subprocess.Popen(command, stdout=words, stderr=words) as process:
        try:
            wait(process, f"http://127.0.0.1:{port}/query?query=ASK%7B%7D", log)
            yield process
        finally:
            process.terminate()


def _rate(wrk: str, port: int, query: str, clients: int) -> float:
    """Return requests a second. Raises AssertionError where one was not answered by 200."""
    url = f"http://127.0.0.1:{port}/query?{urlencode({'query': query})}"
    command = [wrk, "-t2", f"-c{clients}", f"-d{SECONDS}s", "--timeout", f"{PATIENCE}s", url]
    words = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "Non-2xx" not in words, words
    return float(re.findall(r"Requests/sec:\s+([\d.]+)", words)[0])


def _end(port: int, query: str) -> str:
    begin = time.perf_counter()
    answer = httpx.post(f"http://127.0.0.1:{port}/query", data={"query": query}, timeout=PATIENCE, trust_env=False)
    return f"HTTP {answer.status_code} after {time.perf_counter() - begin:.1f} s"


def _memory(parent: int) -> float:
    """Return the memory of a process and of those it started, in MiB; 0 where the system has no /proc."""
    children = [path for path in Path("/proc").glob("[0-9]*/status") if _field(path, "PPid") == parent]
    return sum(_field(path, "VmRSS") for path in (Path(f"/proc/{parent}/status"), *children)) / 1024


def _field(path: Path, name: str) -> int:
    try:
        match = re.search(rf"^{name}:\s+(\d+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    except OSError:
        return 0
    return int(match[1]) if match else 0
