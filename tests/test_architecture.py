"""The way the data goes is the way imports go: the table of who may import whom, and which door each package has."""

from __future__ import annotations

import ast
import functools
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "itasgraph"

# Part of the package (a folder, or a module beside the folders) → parts that it may import; values at the top, the command
# line at the bottom. `__init__` holds the version and names that are loaded when asked for.
MAY_IMPORT: dict[str, set[str]] = {
    "algorithms": set(),
    "html": set(),
    "messages": {"spelling", "terminal"},
    "progress": {"terminal"},
    "spelling": set(),
    "terminal": set(),
    "errors": {"messages", "terminal"},
    "layout": {"algorithms"},
    "files": {"errors"},
    "project": {"errors"},
    "streaming": {"errors"},
    "transport": {"__init__", "errors", "files", "streaming", "terminal"},
    "reading": {"errors", "messages", "project"},
    "cache": {"__init__", "files"},
    "graph": {"cache", "errors", "files", "project", "reading"},
    "evidence": {"graph"},
    "labels": {"graph"},
    "names": {"errors", "graph", "labels", "messages", "spelling"},
    "rdf": {"graph", "project"},
    "remote": {"errors", "graph", "reading", "transport"},
    "curating": {
        "errors",
        "evidence",
        "files",
        "graph",
        "html",
        "messages",
        "names",
        "project",
        "queries",
        "reading",
        "spelling",
    },
    "mistakes": {"errors", "graph", "messages", "names", "reading", "spelling"},
    "queries": {"errors", "graph", "messages", "names", "project", "reading"},
    "network": {"errors", "graph", "labels", "messages", "project", "queries"},
    "sharing": {
        "errors",
        "files",
        "graph",
        "labels",
        "layout",
        "messages",
        "mistakes",
        "names",
        "network",
        "reading",
        "remote",
        "terminal",
        "transport",
    },
    "results": {"errors", "files", "graph", "html", "labels", "messages", "reading", "sharing", "terminal"},
    "analysis": {
        "algorithms",
        "errors",
        "files",
        "graph",
        "html",
        "labels",
        "messages",
        "names",
        "network",
        "project",
        "queries",
        "reading",
        "results",
    },
    "asking": {
        "errors",
        "graph",
        "messages",
        "mistakes",
        "project",
        "queries",
        "reading",
        "remote",
        "results",
        "streaming",
    },
    "describe": {"graph", "messages", "results"},
    "__init__": {"asking", "errors", "rdf"},
    "picture": {
        "analysis",
        "errors",
        "graph",
        "html",
        "labels",
        "layout",
        "messages",
        "names",
        "network",
        "project",
        "queries",
        "reading",
    },
    "cli": {
        "__init__",
        "analysis",
        "asking",
        "curating",
        "describe",
        "errors",
        "files",
        "graph",
        "messages",
        "mistakes",
        "names",
        "network",
        "picture",
        "progress",
        "project",
        "queries",
        "reading",
        "results",
        "sharing",
        "spelling",
        "streaming",
        "terminal",
    },
    "__main__": {"cli"},
}

# Package of others → the modules that are its doors, or the parts where each module is one.
DOORS: dict[str, set[str]] = {
    "click": {"cli"},
    "httpx": {"transport"},
    "igraph": {"algorithms"},
    "jinja2": {"html"},
    "markupsafe": {"analysis.plots", "analysis.report", "picture.view"},
    "matplotlib": {"analysis.plots"},
    "networkx": {
        "analysis.answering",
        "analysis.answers",
        "analysis.comparison",
        "analysis.measures",
        "analysis.paths",
        "layout",
        "network",
        "picture.excerpt",
        "picture.insight",
        "picture.view",
        "sharing.interchange",
    },
    "oxrdflib": {"rdf"},
    "platformdirs": {"cache"},
    "pyoxigraph": {
        "analysis",
        "asking",
        "cache",
        "curating",
        "describe",
        "graph",
        "labels",
        "mistakes",
        "names",
        "network",
        "picture",
        "queries",
        "rdf",
        "reading",
        "remote",
        "results",
        "sharing",
    },
    "pyshacl": {"curating.shapes"},
    "pyvis": {"picture.view"},
    "rdflib": {"asking", "curating.malformed", "curating.shapes", "mistakes", "rdf"},
    "rich": {"progress", "results.table"},
    "starlette": {"sharing.endpoint_app"},
    "uvicorn": {"sharing.http_server"},
    "xlsxwriter": {"results.workbook"},
    "yaml": {"reading.header", "reading.yamlld", "reading.yamltext"},
}

# What may be imported when a module is; the rest only where it is used.
AT_ONCE: dict[str, set[str]] = {
    "click": DOORS["click"],
    "markupsafe": DOORS["markupsafe"],
    "oxrdflib": DOORS["oxrdflib"],
    "pyoxigraph": DOORS["pyoxigraph"],
    "rdflib": {"rdf"},
    "starlette": DOORS["starlette"],
    "uvicorn": DOORS["uvicorn"],
    "yaml": {"reading.yamlld", "reading.yamltext"},
}


@dataclass(frozen=True)
class Import:
    """One import: what, where, and whether it happens as soon as the module is imported."""

    module: str
    name: str
    at_once: bool
    line: int


@functools.cache
def modules() -> dict[str, Path]:
    """Each module by its dotted name below the package: `errors`, `cli.options`, `cli` for the file that lists names."""
    return {_dotted(path.relative_to(PACKAGE)): path for path in sorted(PACKAGE.rglob("*.py"))}


def _dotted(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def group(module: str) -> str:
    """The part of the package a module belongs to: its folder, or itself."""
    return module.partition(".")[0]


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
    """`from itasgraph.cli import options` is the module cli.options, `from itasgraph import __version__` the package itself."""
    inner = f"{module}.{name}".removeprefix("itasgraph.")
    if module.startswith("itasgraph.") or module == "itasgraph":
        if inner in modules():
            return f"itasgraph.{inner}"
        return "itasgraph.__init__" if module == "itasgraph" else module
    return module


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
OURS = [
    (found.module, found.name.removeprefix("itasgraph.")) for found in IMPORTS if found.name.startswith("itasgraph.")
]
BETWEEN = {(group(importer), group(name)) for importer, name in OURS if group(importer) != group(name)}


def test_the_table_names_each_part_and_no_other() -> None:
    assert len(modules()) == len(list(PACKAGE.rglob("*.py"))) >= 80
    assert set(MAY_IMPORT) == {group(module) for module in modules()}


@pytest.mark.parametrize("part", MAY_IMPORT)
def test_a_part_imports_only_what_the_table_allows(part: str) -> None:
    assert {name for importer, name in BETWEEN if importer == part} == MAY_IMPORT[part]


def test_the_scan_sees_the_imports_that_are_there() -> None:
    assert {
        ("reading.yamlld", "reading.context"),
        ("graph", "reading.yamlld"),
        ("cli.networks", "picture.view"),
    } <= set(OURS)
    assert ("cache", "__init__") in OURS


def test_no_import_goes_round_in_a_circle() -> None:
    seen = TopologicalSorter({module: set[str]() for module in modules()})
    for importer, name in OURS:
        if name != "__init__" and not importer.endswith("__init__"):
            seen.add(importer, name)
    order = list(seen.static_order())

    assert order.index("messages") < order.index("errors") < order.index("graph") < order.index("cli")


def test_the_table_itself_has_no_circle() -> None:
    sorter = TopologicalSorter({part: allowed - {"__init__"} for part, allowed in MAY_IMPORT.items()})

    assert set(sorter.static_order()) == set(MAY_IMPORT)


def test_nothing_but_the_program_and_the_package_starts_from_the_command_line() -> None:
    assert {importer for importer, name in BETWEEN if name == "cli"} == {"__main__"}


def enters(found: Import, doors: set[str]) -> bool:
    return found.module in doors or group(found.module) in doors


@pytest.mark.parametrize("package", DOORS)
def test_a_package_of_others_is_entered_by_its_doors_only(package: str) -> None:
    entering = [found for found in IMPORTS if found.name.split(".")[0] == package]

    assert entering
    assert [found for found in entering if not enters(found, DOORS[package])] == []


def test_every_package_of_others_has_its_doors_named() -> None:
    others = {found.name.split(".")[0] for found in IMPORTS} - set(sys.stdlib_module_names) - {"itasgraph"}

    assert others == set(DOORS)


def test_heavy_packages_are_imported_where_they_are_used() -> None:
    too_early = [
        f"{found.module}:{found.line}: {found.name}"
        for found in IMPORTS
        if found.at_once
        and (package := found.name.split(".")[0]) in DOORS
        and not enters(found, AT_ONCE.get(package, set()))
    ]

    assert too_early == []


def test_light_modules_import_the_package_at_the_top_so_that_the_scan_of_early_imports_sees_them() -> None:
    early = {(found.module, found.name.split(".")[0]) for found in IMPORTS if found.at_once}

    assert {("cli.options", "click"), ("rdf", "rdflib"), ("graph", "pyoxigraph"), ("reading.yamlld", "yaml")} <= early
