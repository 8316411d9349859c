"""The way the data goes is the way imports go: the table of who may import whom, and which door each package has."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "itasgraph"

# Module → modules of ours that it may import; values at the top, the command line at the bottom. `__init__` holds the
# version and names that are loaded when asked for.
MAY_IMPORT: dict[str, set[str]] = {
    "html": set(),
    "layout": set(),
    "measures": set(),
    "messages": set(),
    "progress": set(),
    "shorten": set(),
    "sorting": set(),
    "spelling": set(),
    "tokens": set(),
    "cited": {"messages"},
    "errors": {"messages"},
    "context": {"errors"},
    "files": {"errors"},
    "foreign": {"errors"},
    "header": {"errors"},
    "project": {"errors"},
    "streaming": {"errors"},
    "transport": {"__init__", "errors"},
    "w3c": {"cited"},
    "yamltext": {"errors"},
    "scaffold": {"errors", "project", "spelling"},
    "schema": {"context", "errors"},
    "yamlld": {"context", "errors", "messages", "yamltext"},
    "graph": {"__init__", "context", "errors", "files", "foreign", "header", "project", "yamlld"},
    "_build": {"graph", "project"},
    "check": {"context", "errors", "files", "graph", "header", "messages", "project"},
    "describe": {"cited", "graph", "messages"},
    "evidence": {"graph"},
    "labels": {"graph"},
    "names": {"errors", "graph", "messages", "spelling"},
    "native": {"cited", "graph"},
    "people": {"graph"},
    "portable": {"graph"},
    "rdf": {"graph", "project"},
    "remote": {"errors", "foreign", "graph", "transport"},
    "serve": {"errors", "graph"},
    "span": {"errors", "graph"},
    "texts": {"graph", "messages"},
    "turtle": {"graph", "shorten", "sorting"},
    "answers": {"graph", "labels", "measures", "messages"},
    "citation": {"cited", "errors", "graph", "labels", "tokens"},
    "coverage": {"errors", "evidence", "files", "graph", "html", "messages", "names", "project"},
    "details": {"graph", "texts"},
    "excerpt": {"errors", "graph", "messages", "names", "texts"},
    "facets": {"graph", "texts"},
    "jsonld": {"context", "errors", "shorten", "turtle"},
    "mistakes": {"errors", "graph", "messages", "names", "spelling", "tokens"},
    "origins": {"graph", "messages", "texts"},
    "publish": {"context", "errors", "messages", "remote", "sorting", "transport", "turtle"},
    "queries": {"context", "errors", "graph", "header", "messages", "names", "project", "tokens"},
    "selection": {"errors", "graph", "names", "turtle"},
    "shown": {"cited", "graph", "labels", "messages"},
    "dataset": {"errors", "graph", "selection", "turtle"},
    "gaps": {"answers", "project", "queries"},
    "markdown": {"cited", "messages", "shown"},
    "network": {"errors", "graph", "labels", "messages", "project", "queries"},
    "plots": {"answers", "messages"},
    "serialize": {"context", "errors", "graph", "jsonld", "selection", "shorten", "sorting", "turtle"},
    "table": {"cited", "messages", "shown"},
    "webpage": {"cited", "html", "messages", "shown"},
    "workbook": {"cited", "errors", "graph", "messages", "native", "shown"},
    "analysis": {"answers", "gaps", "graph", "measures", "network", "project", "span"},
    "comparison": {"answers", "cited", "errors", "graph", "labels", "names", "network", "project", "span"},
    "interchange": {"errors", "graph", "labels", "layout", "messages", "network"},
    "paths": {"context", "errors", "graph", "labels", "names", "network", "project"},
    "report": {"answers", "errors", "html", "messages", "plots"},
    "results": {
        "cited",
        "errors",
        "graph",
        "markdown",
        "messages",
        "serialize",
        "shown",
        "table",
        "w3c",
        "webpage",
        "workbook",
    },
    "asking": {
        "citation",
        "cited",
        "context",
        "errors",
        "graph",
        "messages",
        "mistakes",
        "native",
        "project",
        "queries",
        "remote",
        "results",
        "shown",
        "streaming",
    },
    "chains": {"cited", "graph", "labels", "messages", "network", "paths"},
    "insight": {"analysis", "answers", "context", "graph", "measures", "messages", "network", "project", "queries"},
    "__init__": {"asking", "errors", "rdf"},
    "completion": {
        "asking",
        "context",
        "errors",
        "graph",
        "messages",
        "names",
        "network",
        "project",
        "queries",
        "spelling",
    },
    "view": {
        "details",
        "excerpt",
        "facets",
        "graph",
        "html",
        "insight",
        "labels",
        "layout",
        "messages",
        "network",
        "origins",
        "portable",
        "project",
        "texts",
    },
    "cli": {
        "__init__",
        "analysis",
        "asking",
        "chains",
        "check",
        "citation",
        "comparison",
        "completion",
        "context",
        "coverage",
        "dataset",
        "describe",
        "errors",
        "excerpt",
        "files",
        "graph",
        "interchange",
        "messages",
        "mistakes",
        "names",
        "network",
        "paths",
        "people",
        "progress",
        "project",
        "publish",
        "queries",
        "report",
        "results",
        "scaffold",
        "selection",
        "serialize",
        "serve",
        "shown",
        "span",
        "streaming",
        "view",
    },
    "__main__": {"cli", "completion"},
}

# Package of others → the modules that are its doors.
DOORS: dict[str, set[str]] = {
    "click": {"cli", "completion"},
    "hatchling": {"_build"},
    "httpx": {"transport"},
    "igraph": {"layout", "measures"},
    "jinja2": {"html"},
    "markupsafe": {"plots", "report", "view"},
    "matplotlib": {"plots"},
    "networkx": {"answers", "excerpt", "insight", "interchange", "layout", "measures", "network", "paths", "view"},
    "oxrdflib": {"rdf"},
    "platformdirs": {"graph"},
    "pyoxigraph": {
        "asking",
        "check",
        "citation",
        "cited",
        "context",
        "dataset",
        "describe",
        "details",
        "foreign",
        "gaps",
        "graph",
        "jsonld",
        "labels",
        "mistakes",
        "names",
        "native",
        "network",
        "people",
        "publish",
        "queries",
        "remote",
        "results",
        "schema",
        "selection",
        "serialize",
        "serve",
        "shown",
        "span",
        "turtle",
        "w3c",
        "webpage",
        "yamlld",
    },
    "pyshacl": {"check"},
    "pyvis": {"view"},
    "rdflib": {"asking", "check", "mistakes", "rdf"},
    "rich": {"progress", "table"},
    "xlsxwriter": {"workbook"},
    "yaml": {"header", "yamlld", "yamltext"},
}

# What may be imported when a module is; the rest only where it is used.
AT_ONCE: dict[str, set[str]] = {
    "click": DOORS["click"],
    "hatchling": DOORS["hatchling"],
    "markupsafe": DOORS["markupsafe"],
    "oxrdflib": DOORS["oxrdflib"],
    "pyoxigraph": DOORS["pyoxigraph"],
    "rdflib": {"rdf"},
    "yaml": {"yamlld", "yamltext"},
}


@dataclass(frozen=True)
class Import:
    """One import: what, where, and whether it happens as soon as the module is imported."""

    module: str
    name: str
    at_once: bool
    line: int


def modules() -> dict[str, Path]:
    return {path.stem: path for path in sorted(PACKAGE.rglob("*.py"))}


def imports(module: str, path: Path) -> Iterator[Import]:
    """All imports of a file; those of our own modules as `itasgraph.NAME`."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    at_once = set(_run_on_import(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}:{node.lineno}: relative import"
            names = [_origin(node.module or "", alias.name) for alias in node.names]
        else:
            continue
        for name in names:
            yield Import(module, name, node in at_once, node.lineno)


def _origin(module: str, name: str) -> str:
    """`from itasgraph import graph` is the module graph, `from itasgraph import __version__` the package itself."""
    if module != "itasgraph":
        return module
    return f"itasgraph.{name}" if name in modules() else "itasgraph.__init__"


def _run_on_import(tree: ast.AST) -> Iterator[ast.AST]:
    """The nodes outside of functions and of what is for the type checker only."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            continue
        yield node
        yield from _run_on_import(node)


IMPORTS = [found for module, path in modules().items() for found in imports(module, path)]
OURS = [(found.module, found.name.split(".")[1]) for found in IMPORTS if found.name.startswith("itasgraph.")]


def test_the_table_names_each_module_and_no_other() -> None:
    assert len(modules()) == len(list(PACKAGE.rglob("*.py")))
    assert set(MAY_IMPORT) == set(modules())


@pytest.mark.parametrize("module", MAY_IMPORT)
def test_a_module_imports_only_what_the_table_allows(module: str) -> None:
    assert {name for importer, name in OURS if importer == module} <= MAY_IMPORT[module]


def test_the_scan_sees_the_imports_that_are_there() -> None:
    assert {("yamlld", "context"), ("graph", "yamlld"), ("cli", "view"), ("results", "serialize")} <= set(OURS)
    assert ("graph", "__init__") in OURS


def test_no_import_goes_round_in_a_circle() -> None:
    seen = TopologicalSorter({module: set[str]() for module in modules()})
    for importer, name in OURS:
        if name != "__init__":
            seen.add(importer, name)
    order = list(seen.static_order())

    assert order.index("messages") < order.index("errors") < order.index("graph") < order.index("cli")


def test_the_table_itself_has_no_circle() -> None:
    sorter = TopologicalSorter({module: allowed - {"__init__"} for module, allowed in MAY_IMPORT.items()})

    assert set(sorter.static_order()) == set(MAY_IMPORT)


def test_nothing_but_the_program_and_the_package_starts_from_the_command_line() -> None:
    assert [importer for importer, name in OURS if name in ("cli", "_build")] == ["__main__"]


@pytest.mark.parametrize("package", DOORS)
def test_a_package_of_others_is_entered_by_its_doors_only(package: str) -> None:
    entered = {found.module for found in IMPORTS if found.name.split(".")[0] == package}

    assert entered
    assert entered <= DOORS[package]


def test_every_package_of_others_has_its_doors_named() -> None:
    others = {found.name.split(".")[0] for found in IMPORTS} - set(sys.stdlib_module_names) - {"itasgraph"}

    assert others == set(DOORS)


def test_heavy_packages_are_imported_where_they_are_used() -> None:
    too_early = [
        f"{found.module}:{found.line}: {found.name}"
        for found in IMPORTS
        if found.at_once
        and (package := found.name.split(".")[0]) in DOORS
        and found.module not in AT_ONCE.get(package, set())
    ]

    assert too_early == []


def test_light_modules_import_the_package_at_the_top_so_that_the_scan_of_early_imports_sees_them() -> None:
    early = {(found.module, found.name.split(".")[0]) for found in IMPORTS if found.at_once}

    assert {("cli", "click"), ("rdf", "rdflib"), ("graph", "pyoxigraph"), ("yamlld", "yaml")} <= early
