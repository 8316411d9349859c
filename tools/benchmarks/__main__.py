"""Print the speed of the project: medians of alternating runs, each a whole process, and their ratios."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox
import yaml

from itasgraph.authoring import scaffold
from itasgraph.parsing import jsonld_context, yaml_ld
from itasgraph.project import Project
from itasgraph.questions import queries
from itasgraph.store import access
from tests.helpers.projects import ROOT
from tests.helpers.servers import oxigraph_in
from tools.benchmarks import documents, picture, server
from tools.benchmarks.growth_rows import ITASGRAPH, KGLAB

RUNS = 9
FEW = 3
TRIPLES = 1_000_000
ROWS = 1_000  # of a list or programme to be drafted
LONG = 4_000  # of one that `coverage` reads
_WRITERS = {".csv": documents.write_csv, ".xlsx": documents.write_xlsx, ".md": documents.write_programme}
# The triples to publish: the server itself would need minutes for a million.
PUBLISHED = 200_000

_BARE = """
import pyoxigraph as ox, sys
data, query, suffix, result = sys.argv[1:]
store = ox.Store()
store.bulk_load(path=data, format=ox.RdfFormat.from_extension(suffix))
answer = store.query(open(query).read())
answer.serialize(output=result, format=ox.QueryResultsFormat.CSV)
"""
_DUMPED = """
import pyoxigraph as ox, sys
data, result = sys.argv[1:]
store = ox.Store()
store.bulk_load(path=data, format=ox.RdfFormat.N_TRIPLES)
store.dump(result, ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
"""
_PUT = """
import httpx, sys
url, graph, data = sys.argv[1:]
headers = {"Content-Type": "application/n-triples"}
with open(data, "rb") as body:
    sent = httpx.put(url, params={"graph": graph}, content=body, headers=headers, timeout=None, trust_env=False)
sent.raise_for_status()
"""
_KGLAB = """
import kglab, sys
known = kglab.KnowledgeGraph()
known.load_rdf(sys.argv[1], format="ttl")
print(len(list(known.query(open(sys.argv[2]).read()))))
"""
_GROUPED = """
PREFIX e: <http://example.org/>
SELECT ?kind (COUNT(DISTINCT ?thing) AS ?count) WHERE { ?thing a ?kind ; e:knows ?other . ?other a e:Kind1 } GROUP BY ?kind"""
_ROWS = """
PREFIX e: <http://example.org/>
SELECT ?thing ?name ?other WHERE { ?thing a e:Kind1 ; e:name ?name ; e:knows ?other } LIMIT 10000"""

# The time that each command may take, in times of bare pyoxigraph that loads the exported Turtle and asks `who`.
_COMMANDS = (
    ("query who", "3.0", ("query", "who")),
    ("show", "3.5", ("show", "Circular Cars")),
    ("export", "5", ("export", "-o", "{folder}/ours.ttl")),
    ("view", "16", ("view", "-o", "{folder}/n.html")),
    ("check", "24", ("check",)),
)


@dataclass
class Case:
    """A command, additions to its environment, and the seconds and the greatest memory (MiB) of its runs."""

    name: str
    command: list[str]
    extra: Mapping[str, str] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    memory: float = 0

    def run(self) -> None:
        environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        start = time.perf_counter()
        child = subprocess.Popen(
            self.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**environment, **self.extra}
        )
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        assert child.returncode == 0, self.command
        self.seconds.append(time.perf_counter() - start)
        self.memory = max(self.memory, usage.ru_maxrss / 1024)

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        compare(list(_small(folder)), RUNS)
        _lines()
        _write_large(folder / "large.nt")
        compare(list(_large(folder, "one million triples, grouped", _GROUPED)), FEW)
        compare(list(_large(folder, "one million triples, 10,000 rows as csv", _ROWS)), FEW)
        compare(list(_exported(folder)), FEW)
        _published(folder)
        _drafted(folder)
        server.measure(folder, print_)
        picture.measure(folder, print_)


def compare(cases: list[Case], runs: int) -> None:
    """Run the cases in turn; print the median of each, and its ratio to the median of the first."""
    for case in cases:
        case.run()  # once unmeasured, so that its files are in the memory of the system
        case.seconds.clear()
    for _ in range(runs):
        for case in cases:
            case.run()
    print_(f"medians of {runs} alternating runs, whole processes")
    report(cases)


def report(cases: list[Case]) -> None:
    for case in cases:
        times = case.median / cases[0].median
        print_(f"{case.name:<58} {case.median:7.3f} s  {times:6.2f} times  {case.memory:6.0f} MiB")
    print_("")


def print_(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


# --- the shipped project ------------------------------------------------------------------------------------------


def _small(folder: Path) -> Iterator[Case]:
    warm = {"XDG_CACHE_HOME": str(folder / "cache")}
    turtle, question, result = (str(folder / name) for name in ("itas.ttl", "who.rq", "rows.csv"))
    project = ["--project", str(ROOT)]
    Case("", [ITASGRAPH, "export", "-o", turtle, *project], warm).run()
    Path(question).write_text(_who(), encoding="utf-8")
    yield Case(
        "bare pyoxigraph: load the Turtle, ask who", [sys.executable, "-c", _BARE, turtle, question, "ttl", result]
    )
    for name, times, arguments in _COMMANDS:
        files = [argument.format(folder=folder) for argument in arguments]
        yield Case(f"itasgraph {name} (at most {times} times)", [ITASGRAPH, *files, *project], warm)
    yield Case("itasgraph query who --cite", [ITASGRAPH, "query", "who", "--cite", *project], warm)
    nowhere = {"XDG_CACHE_HOME": "/dev/null/nowhere"}
    yield Case("itasgraph query who, without the cache", [ITASGRAPH, "query", "who", *project], nowhere)
    if KGLAB.exists():
        yield Case("kglab: load the Turtle, ask who", [str(KGLAB), "-c", _KGLAB, turtle, question])
    else:
        print_("kglab is not installed: left out")


def _who() -> str:
    """Return the ready question `who` as SPARQL."""
    project = Project(ROOT)
    loaded = access.load(project)
    return queries.bind(queries.find("who", project), {}, loaded, "en")


def _lines() -> None:
    """Print the time of our reader, which records file and line of every statement, against plain loading of the same file."""
    project = Project(ROOT)
    text = max((path.read_bytes() for path in project.data), key=len)
    terms = jsonld_context.load(project)
    ours, plain = [], []
    for _ in range(3 * RUNS):
        ours.append(_seconds(lambda: yaml_ld.read(text, "data", terms)))
        plain.append(_seconds(lambda: _plain(text, terms)))
    ratio = statistics.median(ours) / statistics.median(plain)
    size = f"{len(text) // 1024} KiB of YAML-LD"
    print_(f"reading {size}: {statistics.median(ours) * 1000:.1f} ms, {ratio:.2f} times plain loading\n")


def _plain(text: bytes, terms: jsonld_context.Context) -> list[ox.Quad]:
    document = {"@context": terms.raw, **yaml.load(text, Loader=yaml.CSafeLoader)}
    return list(ox.parse(json.dumps(document, default=str).encode(), ox.RdfFormat.JSON_LD))


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


# --- a million triples --------------------------------------------------------------------------------------------


def _write_large(path: Path) -> None:
    things = TRIPLES // 4
    with path.open("w", encoding="utf-8") as out:
        for number in range(things):
            thing = f"<http://example.org/thing/{number}>"
            kind = f"<http://example.org/Kind{number % 7}>"
            out.write(f"{thing} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> {kind} .\n")
            out.write(f'{thing} <http://example.org/name> "Thing {number}" .\n')
            for step in (17, 4_099):
                other = (number * step + 1) % things
                out.write(f"{thing} <http://example.org/knows> <http://example.org/thing/{other}> .\n")


def _large(folder: Path, name: str, text: str) -> Iterator[Case]:
    data, question, result = (str(folder / part) for part in ("large.nt", "large.rq", "rows.csv"))
    Path(question).write_text(text, encoding="utf-8")
    yield Case(f"bare pyoxigraph: {name}", [sys.executable, "-c", _BARE, data, question, "nt", result])
    command = [ITASGRAPH, "query", question, "--data", data, "-o", result, "--project", str(ROOT)]
    yield Case(f"itasgraph: {name}", command)


def _exported(folder: Path) -> Iterator[Case]:
    data = str(folder / "large.nt")
    bare = [sys.executable, "-c", _DUMPED, data, str(folder / "bare.nt")]
    yield Case("bare pyoxigraph: load one million triples, dump N-Triples", bare)
    export = [ITASGRAPH, "export", "--data", data, "--project", str(ROOT), "-o"]
    yield Case("itasgraph export to N-Triples (at most 2 times)", [*export, str(folder / "ours.nt")])
    yield Case("itasgraph export to Turtle (at most 60 s, 1,536 MiB)", [*export, str(folder / "ours.ttl")])


def _published(folder: Path) -> None:
    """Print the times of publishing and of a bare PUT, each into its own Oxigraph server, which takes most of the time."""
    if shutil.which("oxigraph", path=str(Path(sys.executable).parent)) is None:
        print_("the Oxigraph server is not installed: publish is left out\n")
        return
    data, graph = str(folder / "part.nt"), "https://example.org/large"
    with (folder / "large.nt").open("rb") as whole, Path(data).open("wb") as part:
        part.writelines(itertools.islice(whole, PUBLISHED))
    put = Case("bare httpx: PUT", [sys.executable, "-c", _PUT])
    publish = Case("itasgraph publish, which also compares", [ITASGRAPH, "publish"])
    for case, rest in ((put, [graph, data]), (publish, ["--data", data, "--graph", graph, "--project", str(ROOT)])):
        with tempfile.TemporaryDirectory() as home, oxigraph_in(Path(home)) as server:
            case.command += [server.graphs, *rest]
            case.run()
    print_(f"{PUBLISHED:,} triples into an empty Oxigraph server, each once")
    report([put, publish])


# --- long documents -----------------------------------------------------------------------------------------------


def _drafted(folder: Path) -> None:
    """Print the times of drafting, exporting and covering long documents, each in a project of its own."""
    cases = []
    for suffix, write in _WRITERS.items():
        document = folder / f"rows{suffix}"
        write(document, ROWS)
        _, draft = _new_project(folder, document)
        cases.append(Case(f"draft of {ROWS:,} rows in {suffix} (at most 5 s)", [*draft, "--dry-run"]))
        if suffix == ".csv":
            others, again = _new_project(folder, document)
            Case("", again).run()
            cases.append(Case(f"draft of {ROWS:,} rows again", [*again, "--dry-run"]))
            export = [ITASGRAPH, "export", "-o", str(folder / "entries.xlsx"), *others]
            cases.append(Case(f"export of {ROWS:,} rows to .xlsx", export))
        if suffix != ".xlsx":
            long = folder / f"long{suffix}"
            write(long, LONG)
            project, draft = _new_project(folder, long)
            Case("", draft).run()
            coverage = [ITASGRAPH, "coverage", str(long), *project]
            cases.append(Case(f"coverage of {LONG:,} rows in {suffix} (at most 1 s)", coverage))
    compare(cases, FEW)


def _new_project(folder: Path, document: Path) -> tuple[list[str], list[str]]:
    """Return the option that names a new project, and the command that drafts a document in it."""
    root = Path(tempfile.mkdtemp(dir=folder)) / "region"
    scaffold.create(root)
    project = ["--project", str(root)]
    return project, [ITASGRAPH, "draft", str(document), "-o", str(root / "data" / "drafted.yaml"), *project]


if __name__ == "__main__":
    main()
