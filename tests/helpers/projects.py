"""Projects that tests read or change: the shipped one, some of a few lines, two documents, two congresses."""

from __future__ import annotations

import shutil
from pathlib import Path

from rdflib import Namespace as Space

from itasgraph.project import Project
from itasgraph.store import queryable
from itasgraph.store.memory import Graph

ROOT = Path(__file__).parents[2]
TWO_CONGRESSES = ROOT / "tests" / "projects" / "two-congresses"
REGION = ROOT / "tests" / "projects" / "region"
ENERGY = ROOT / "tests" / "projects" / "energy"
TWO_DAYS = ROOT / "tests" / "projects" / "two-days"
SOURCE = "itas-kongress-2024-rueckblick.txt"
# A small data file: its head, and a first statement below it.
HEAD = """\
id: source/report
type: Source
title: Report
label: {de: Bericht, en: Report}
document: https://example.org/report
says:
"""
ANNA = """\
- id: person/anna
  type: Person
  name: Anna
  quote: Anna
"""
REPORT = HEAD + ANNA


ONE = "id: source/one\ntype: Source\nsays:\n- id: topic/a\n  type: Topic\n  name: A\n"
TWO = "id: source/two\ntype: Source\nsays:\n- id: topic/a\n  type: Topic\n"
NAMES = "SELECT ?name { ?thing schema:name ?name } ORDER BY ?name"


def make(folder: Path, **files: str) -> Project:
    """Return a project in `folder`: the shipped context, and files by path (`data__one="…"` is data/one.yaml)."""
    endings = {"data": ".yaml", "rules": ".rq", "ontology": ".ttl"}
    for name in ("ontology/rules", "data", "queries"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "ontology" / "context.jsonld", folder / "ontology")
    for name, text in files.items():
        kind, _, stem = name.partition("__")
        parent = folder / "ontology" / "rules" if kind == "rules" else folder / kind
        (parent / f"{stem}{endings[kind]}").write_text(text, encoding="utf-8")
    return Project(folder)


def values(graph: Graph, query: str) -> list[str]:
    """Return the first column of an answer."""
    return [queryable.value(term) for row in graph.select(query) if (term := row[0]) is not None]


def copy_shipped(folder: Path, *names: str, without: str = "") -> Path:
    """Copy folders of the shipped project, all three if none is named, but for what is called `without`; give the copy."""
    for name in names or ("ontology", "data", "queries"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(without))
    return folder


def little_project(folder: Path, report: str = REPORT) -> Path:
    """Lay out a sound project of one short document in `folder`; the questions in checks/ have tests of their own."""
    copy_shipped(folder, "ontology", "queries", without="checks")
    (folder / "data").mkdir()
    (folder / "data" / "report.yaml").write_text(report, encoding="utf-8")
    return folder


def lay_out(folder: Path, documents: Path) -> Path:
    """Return several documents' data beside the shipped terms, rules, questions, forms and status."""
    copy_shipped(folder, "ontology", "queries")
    shutil.copytree(documents / "data", folder / "data")
    shutil.copy(ROOT / "data" / "forms-and-status.yaml", folder / "data")
    return folder


TWO_SOURCES = ROOT / "tests" / "projects" / "two-sources"


ITAS = Space("https://w3id.org/itas/")


FIRST, SECOND = str(ITAS["source/report-2023"]), str(ITAS["source/report-2024"])


# A third congress after tests/projects/two-congresses: somebody returns, somebody is new, a fourth one is announced.
CONGRESS_2025 = """\
id: source/congress-2025
type: Source
title: Bericht vom Holzkongress Oberland 2025
label: {de: Bericht vom Holzkongress 2025, en: Report on the Holzkongress 2025}
document: https://example.org/congress-2025
says:
- {id: event/holzkongress-2025, type: Event, name: Holzkongress 2025, date: 2025-05-15, endDate: 2025-05-16, quote: Holzkongress 2025}
- id: event/holzkongress-2026
  type: Event
  name: Holzkongress 2026
  date: 2026-05-14
  quote: Holzkongress 2026
  status:
    status/angekuendigt: {quote: "Der Holzkongress 2026 ist für den 14. Mai 2026 angekündigt"}
- id: talk/neue-daecher
  type: Contribution
  partOf: event/holzkongress-2025
  position: 1
  title: Neue Dächer
  label: {de: Neue Dächer, en: New roofs}
  words: [Solarstrom]
  quote: Solarstrom
  speakers:
    person/paula-kern: {position: 1, organisation: organisation/sonnendach, quote: "Paula Kern, Genossenschaft Sonnendach"}
    person/timo-falk: {position: 2, organisation: organisation/waldschule, quote: "Timo Falk, Waldschule Oberland"}
    person/nora-zahn: {position: 3, organisation: organisation/waldschule, quote: "Nora Zahn, Waldschule Oberland"}
- {id: person/paula-kern, quote: "Paula Kern"}
- {id: person/timo-falk, quote: "Timo Falk"}
- {id: person/nora-zahn, type: Person, name: Nora Zahn, quote: "Nora Zahn"}
- {id: organisation/sonnendach, quote: "Genossenschaft Sonnendach"}
- {id: organisation/waldschule, quote: "Waldschule Oberland"}
"""


def three_congresses(folder: Path) -> Path:
    """Lay out three congresses, each a year apart, and a fourth one that is announced only."""
    lay_out(folder, TWO_CONGRESSES)
    (folder / "data" / "congress-2025.yaml").write_text(CONGRESS_2025, encoding="utf-8")
    return folder
