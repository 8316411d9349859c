"""Print medians of alternating runs, each a whole process, and the ratios the project promises."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.conftest import ROOT

RUNS = 9
_BARE = """
import pyoxigraph as ox, sys
store = ox.Store()
store.load(path=sys.argv[1], format=ox.RdfFormat.TURTLE)
rows = list(store.query('''
    PREFIX itas: <https://w3id.org/itas/ontology#>
    SELECT ?kind (COUNT(DISTINCT ?thing) AS ?count) WHERE { ?thing itas:kind ?kind } GROUP BY ?kind'''))
print(len(rows))
"""


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        itasgraph = str(Path(sys.executable).parent / "itasgraph")
        asked = [itasgraph, "query", "kinds", "--project", str(ROOT)]
        kept = {"XDG_CACHE_HOME": str(folder / "cache")}
        unkept = {"XDG_CACHE_HOME": "/dev/null/nowhere"}
        turtle = str(folder / "itas.ttl")
        _time([itasgraph, "export", "-o", turtle, "--project", str(ROOT)], kept)
        cases = {
            "bare pyoxigraph: load the Turtle, one query": ([sys.executable, "-c", _BARE, turtle], kept),
            "itasgraph query kinds": (asked, kept),
            "itasgraph query kinds, without kept quads": (asked, unkept),
            "itasgraph view": ([itasgraph, "view", "-o", str(folder / "n.html"), "--project", str(ROOT)], kept),
            "itasgraph check": ([itasgraph, "check", "--project", str(ROOT)], kept),
            "itasgraph export": ([itasgraph, "export", "-o", turtle, "--project", str(ROOT)], kept),
        }
        times: dict[str, list[float]] = {case: [] for case in cases}
        for _ in range(RUNS):
            for case, (command, extra) in cases.items():
                times[case].append(_time(command, extra))
    medians = {case: statistics.median(found) for case, found in times.items()}
    base = next(iter(medians.values()))
    sys.stdout.write(f"medians of {RUNS} alternating runs, whole processes\n")
    for case, median in medians.items():
        sys.stdout.write(f"{case:<46} {median:6.3f} s  {median / base:5.1f} times bare\n")


def _time(command: list[str], extra: dict[str, str]) -> float:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env={**environment, **extra})
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
