"""The rows of the table of growth: for each, the command at a size."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox
import yaml

from itasgraph.project import Project
from itasgraph.questions import queries
from itasgraph.store import access
from tests.helpers.projects import ROOT
from tests.helpers.servers import oxigraph_in
from tools.benchmarks import documents

ITASGRAPH: Final = str(Path(sys.executable).parent / "itasgraph")
# kglab brings a gigabyte along; `make bench` puts it into an environment of its own.
KGLAB: Final = Path(sys.prefix) / "kglab" / "bin" / "python"
DRAFTED: Final = 100  # rows of the programme that `draft` reads
# How long a command may go on by its own rules: the limit of the benchmark comes first.
PATIENT: Final = ("--timeout", "3600")

_BARE: Final = """
import pyoxigraph as ox, sys
store = ox.Store()
store.bulk_load(path=sys.argv[1], format=ox.RdfFormat.N_QUADS)
print(len(list(store.query(sys.argv[2], use_default_graph_as_union=True))))
"""
_RDFLIB: Final = """
import rdflib, sys
known = rdflib.Dataset(default_union=True)
known.parse(sys.argv[1], format="nquads")
print(len(list(known.query(sys.argv[2]))))
"""
_KGLAB: Final = """
import kglab, sys
known = kglab.KnowledgeGraph()
known.load_rdf(sys.argv[1], format="nt")
print(len(list(known.query(sys.argv[2]))))
"""
_PYVIS: Final = """
import csv, sys
from pyvis.network import Network
rows = [row for row in csv.DictReader(open(sys.argv[1], encoding="utf-8")) if row["target"]]
picture = Network(directed=True, cdn_resources="in_line")
picture.add_nodes(list(dict.fromkeys(row[end] for row in rows for end in ("source", "target"))))
for row in rows:
    picture.add_edge(row["source"], row["target"], title=row["quote"])
picture.write_html(sys.argv[2])
"""
# Changes a file as an editor does, by one character, and becomes the command that follows.
_EDITED: Final = """
import os, sys
with open(sys.argv[1], "a") as file:
    file.write("#")
os.execv(sys.argv[2], sys.argv[2:])
"""
_KINDS: Final = (
    "SELECT ?kind (COUNT(?thing) AS ?count) { ?thing <https://w3id.org/itas/ontology#kind> ?kind } GROUP BY ?kind"
)
_WARM: Final = {
    "by key": "SELECT ?key ?value {{ <{person}> ?key ?value }}",
    "aggregate": "SELECT ?kind (COUNT(?thing) AS ?count) {{ ?thing itas:kind ?kind }} GROUP BY ?kind",
    "two steps from a key": "SELECT DISTINCT ?other {{ ?talk itas:appearance/org:member <{person}> ; itas:presents ?offer . "
    "?again itas:presents ?offer ; itas:appearance/org:member ?other }}",
    "words in labels": 'SELECT ?thing ?label {{ ?thing rdfs:label ?label FILTER(CONTAINS(LCASE(?label), "wandel")) }}',
    "first ten in order": "SELECT ?thing ?label {{ ?thing a schema:Person ; rdfs:label ?label }} ORDER BY ?label LIMIT 10",
}
Prepared = tuple[list[str], dict[str, str]]  # no command: the row does not exist at this size


@dataclass
class Setting:
    """A project of a size, and the folder for what is written."""

    size: str
    root: Path
    folder: Path

    @property
    def cache(self) -> Path:
        return self.folder / f"cache-{self.size.lower()}"

    def store(self) -> ox.Store:
        """Return the graph of the project, from the cache of this size."""
        os.environ["XDG_CACHE_HOME"] = str(self.cache)
        return access.load(Project(self.root)).store

    def fill_cache(self) -> None:
        """Compile the project if a row has changed it."""
        self.run("query", "kinds", *PATIENT)

    def run(self, *arguments: str) -> None:
        """Run a command whose time nobody measures, with the cache of this size."""
        environment = {**os.environ, "XDG_CACHE_HOME": str(self.cache)}
        subprocess.run(self.command(*arguments), env=environment, stdout=subprocess.DEVNULL, check=True)

    def command(self, *arguments: str) -> list[str]:
        return [ITASGRAPH, *arguments, "--project", str(self.root)]

    def file(self, suffix: str) -> Path:
        return self.folder / f"written-{self.size.lower()}{suffix}"

    @cached_property
    def congresses(self) -> dict[Path, dict[str, Any]]:
        """Return the files of congresses, and what each says."""
        files = sorted((self.root / "data").glob("*.yaml"))
        said = {path: yaml.load(path.read_bytes(), yaml.CSafeLoader) for path in files}
        return {path: document for path, document in said.items() if document.get("reportsOn")}

    @property
    def congress(self) -> Path:
        return next(iter(self.congresses))

    @cached_property
    def known(self) -> dict[str, str]:
        """Return an id for each name of a parameter, from the first file of a congress."""
        source, *others = self.congresses.values()
        later = [source, *others][-1]["id"]
        return {
            "topic": "topic/kreislaufwirtschaft",
            "target_group": "group/zulieferer",
            "source": source["id"],
            "event": source["reportsOn"],
            "earlier": source["id"],
            "later": later,
            **_named(source["says"]),
        }


def _named(says: list[dict[str, Any]]) -> dict[str, str]:
    talks = [entry for entry in says if entry.get("speakers") and entry.get("presents")]
    first, last = (next(iter(talk["speakers"])) for talk in (talks[0], talks[-1]))
    offers = {entry["id"]: entry for entry in says if entry.get("audience")}
    presented = [offer for talk in talks for offer in talk["presents"] if offer in offers]
    organisations = (said["organisation"] for talk in talks for said in talk["speakers"].values())
    return {
        "person": first,
        "other": last,
        "organisation": next(organisations),
        "thing": next(entry["id"] for entry in says if entry["type"] == "Initiative"),
        "subject": presented[0],
        "object": next(iter(offers[presented[0]]["audience"])),
    }


@dataclass(frozen=True)
class Row:
    """A row: its name, how its command is made, and what is there while it runs."""

    name: str
    make: Callable[[Setting], list[str]]
    environment: Mapping[str, str] | None = None
    server: bool = False
    says_no: bool = False  # with exit code 1, which is an answer

    @contextmanager
    def prepared(self, setting: Setting) -> Iterator[Prepared]:
        """Give the command and the additions to its environment."""
        setting.fill_cache()
        extra = {"XDG_CACHE_HOME": str(setting.cache), **(self.environment or {})}
        command = self.make(setting)
        if not self.server:
            yield command, extra
            return
        with tempfile.TemporaryDirectory() as home, oxigraph_in(Path(home)) as server:
            yield [command[0], "publish", server.graphs, *command[1:]], extra


def rows() -> Iterator[Row]:
    """Yield the rows, in the order of the table."""
    nowhere = {"XDG_CACHE_HOME": "/dev/null/nowhere"}
    yield Row(
        "cold load (`query kinds`, no cache)", lambda setting: setting.command("query", "kinds", *PATIENT), nowhere
    )
    yield Row("bare pyoxigraph: load the same quads, count kinds", partial(_bare, script=_BARE))
    yield Row("rdflib: load the same quads, count kinds", partial(_bare, script=_RDFLIB))
    if KGLAB.exists():
        yield Row("kglab: load the same as triples, count kinds", _kglab)
    yield Row("`query kinds` after an edit of one file", lambda setting: _edited(setting, "query", "kinds", *PATIENT))
    for name, query in _WARM.items():
        yield Row(f"warm query: {name}", partial(_warm, query=query))
    yield from _commands(nowhere)
    for name in sorted(path.stem for path in (ROOT / "queries").glob("*.rq")):
        yield Row(f"question `{name}`", partial(_question, name=name))
    for path in sorted((ROOT / "queries" / "network").glob("*.rq")):
        yield Row(f"network `{path.stem}`", partial(_network, path=path))


def _commands(nowhere: Mapping[str, str]) -> Iterator[Row]:
    yield Row("`show` a person", lambda setting: setting.command("show", setting.known["person"]))
    yield Row("`path`", _path, says_no=True)
    yield Row("`check`, no cache", lambda setting: setting.command("check"), nowhere)
    yield Row("`check`, all as before", lambda setting: setting.command("check"))
    yield Row("`check` after an edit of one file", lambda setting: _edited(setting, "check"))
    yield Row("`view --focus`, two steps", lambda setting: _view(setting, "--focus", setting.known["person"]))
    yield Row("`view`, whole", _view)
    yield Row("plain pyvis: write the relations of `actors`", _pyvis)
    yield Row("`analyse`", lambda setting: setting.command("analyse", *PATIENT, "-o", str(setting.file(".json"))))
    yield Row("`export`, Turtle", lambda setting: setting.command("export", "-o", str(setting.file(".ttl"))))
    yield Row(f"`draft`, {DRAFTED} lines", _draft)
    if shutil.which("oxigraph", path=str(Path(sys.executable).parent)):
        yield Row("`publish` to an Oxigraph server", lambda setting: setting.command(), server=True)


def _path(setting: Setting) -> list[str]:
    return setting.command("path", setting.known["person"], setting.known["other"])


def _view(setting: Setting, *arguments: str) -> list[str]:
    return setting.command("view", *arguments, *PATIENT, "-o", str(setting.file(".html")))


def _warm(setting: Setting, query: str) -> list[str]:
    text = query.format(person=setting.known["person"])
    return setting.command("query", text, *PATIENT, "-o", str(setting.file(".csv")))


def _question(setting: Setting, name: str) -> list[str]:
    question = queries.find(name, Project(setting.root))
    if name == "changes" and setting.known["earlier"] == setting.known["later"]:
        return []  # there is one source only
    given: list[str] = []
    for parameter in question.parameters:
        if not parameter.default and not parameter.optional:
            given += ["-p", f"{parameter.name}={setting.known[parameter.name]}"]
    return setting.command("query", name, *given, *PATIENT, "-o", str(setting.file(".csv")))


def _network(setting: Setting, path: Path) -> list[str]:
    return setting.command("query", str(path), *PATIENT, "-o", str(setting.file(".csv")))


def _draft(setting: Setting) -> list[str]:
    document = setting.folder / "programme.md"
    documents.write_programme(document, DRAFTED)
    return setting.command("draft", str(document), "--dry-run", "-o", str(setting.root / "data" / "drafted.yaml"))


def _edited(setting: Setting, *arguments: str) -> list[str]:
    return [sys.executable, "-c", _EDITED, str(setting.congress), *setting.command(*arguments)]


def _pyvis(setting: Setting) -> list[str]:
    relations = setting.file("-actors.csv")
    if not relations.exists():
        query = str(setting.root / "queries" / "network" / "actors.rq")
        setting.run("query", query, *PATIENT, "-o", str(relations))
    return [sys.executable, "-c", _PYVIS, str(relations), str(setting.file("-plain.html"))]


def _kglab(setting: Setting) -> list[str]:
    """Return the command of kglab, which reads triples only: those of all graphs together."""
    triples = setting.file(".nt")
    if not triples.exists():
        with triples.open("wb") as out:
            setting.store().dump(out, ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    return [str(KGLAB), "-c", _KGLAB, str(triples), _KINDS]


def _bare(setting: Setting, script: str) -> list[str]:
    quads = setting.file(".nq")
    if not quads.exists():
        _dump(setting, quads)
    return [sys.executable, "-c", script, str(quads), _KINDS]


def _dump(setting: Setting, quads: Path) -> None:
    """Write the quads that the program itself works on, without the union that it adds."""
    with quads.open("wb") as out:
        named = (quad for quad in setting.store() if not isinstance(quad.graph_name, ox.DefaultGraph))
        ox.serialize(named, out, format=ox.RdfFormat.N_QUADS)
