"""The way the data goes is the way imports go: the order of the rooms, and which door each package of others has."""

from __future__ import annotations

import ast
import functools
import importlib
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.helpers.projects import ROOT

PACKAGE = ROOT / "itasgraph"

# The rooms of the package in the order in which data go: a room imports only rooms above it. A room is a folder, or a module
# beside the folders.
ROOMS = (
    "messages",
    "errors",
    "vocabulary",
    "formats",
    "util",
    "project",
    "parsing",
    "store",
    "entities",
    "filters",
    "questions",
    "network",
    "serializers",
    "results",
    "picture",
    "documents",
    "authoring",
    "drafting",
    "publishing",
    "api",
    "__init__",
    "cli",
    "__main__",
)
# What everybody may import: the version.
FOR_ALL = {"__init__"}

# Package of others → the modules that are its doors, or the rooms where each module is one.
DOORS: dict[str, set[str]] = {
    "click": {"cli"},
    "docx": {"documents.word_document"},
    "httpx": {"store.http", "store.http_connections", "store.http_credentials", "store.http_responses"},
    "igraph": {"network.algorithms"},
    "jinja2": {"util.templates"},
    "lxml": {"documents.html_page", "documents.word_document", "documents.workbook"},
    "markupsafe": {"network.charts", "network.report", "picture.html_page"},
    "matplotlib": {"network.charts"},
    "networkx": {
        "network",
        "picture.drawing",
        "picture.excerpt",
        "picture.html_page",
        "picture.page_data",
        "picture.precomputed_answers",
        "serializers.graphml",
    },
    "oxrdflib": {"store.rdflib_bridge"},
    "openpyxl": {"documents.workbook"},
    "pdfminer": {"documents.pdf_pages"},
    "pdfplumber": {"documents.pdf_pages"},
    "platformdirs": {"store.cache_folder"},
    "pyoxigraph": {
        "api",
        "authoring",
        "entities",
        "filters",
        "network",
        "parsing",
        "picture",
        "publishing",
        "questions",
        "results",
        "serializers",
        "store",
    },
    "pyshacl": {"authoring.shacl_reports"},
    "IPython": {"picture.pyvis_package"},
    "pyvis": {"picture.drawing", "picture.pyvis_package"},
    "rdflib": {
        "api",
        "authoring.malformed_shapes",
        "authoring.rdflib_graph",
        "authoring.shacl_reports",
        "authoring.shacl_results",
        "authoring.shapes",
        "questions.query_hints",
        "store.rdflib_bridge",
        "store.rule_patterns",
    },
    "rich": {"results.table", "util.progress"},
    "starlette": {"publishing.host_check", "publishing.responses", "publishing.sparql_protocol"},
    "uvicorn": {"publishing.uvicorn_server"},
    "xlsxwriter": {"util.excel"},
    "yaml": {"parsing"},
}

# What may be imported when a module is; the rest only where it is used.
AT_ONCE: dict[str, set[str]] = {
    "click": DOORS["click"],
    "docx": DOORS["docx"],
    "lxml": DOORS["lxml"],
    "markupsafe": DOORS["markupsafe"],
    "openpyxl": DOORS["openpyxl"],
    "oxrdflib": DOORS["oxrdflib"],
    "pdfminer": DOORS["pdfminer"],
    "pdfplumber": DOORS["pdfplumber"],
    "pyoxigraph": DOORS["pyoxigraph"],
    "rdflib": {"store.rdflib_bridge", "store.rule_patterns"},
    "starlette": DOORS["starlette"],
    "uvicorn": DOORS["uvicorn"],
    "yaml": {
        "parsing.data_document",
        "parsing.data_iris",
        "parsing.data_values",
        "parsing.review",
        "parsing.yaml_characters",
        "parsing.yaml_editing",
        "parsing.yaml_ld",
        "parsing.yaml_json",
        "parsing.yaml_limits",
        "parsing.yaml_loader",
        "parsing.yaml_nodes",
        "parsing.yaml_recovery",
        "parsing.yaml_syntax",
        "parsing.yaml_writing",
    },
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
    """Return each module by its dotted name below the package: `errors`, `cli.options`, `cli` for the file that lists names."""
    return {_dotted(path.relative_to(PACKAGE)): path for path in sorted(PACKAGE.rglob("*.py"))}


def _dotted(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def group(module: str) -> str:
    """Return the room a module belongs to: its folder, or itself."""
    return module.partition(".")[0]


def imports(module: str, path: Path) -> Iterator[Import]:
    """Yield all imports of a file; those of our own modules as `itasgraph.NAME`."""
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
    """`` is the module cli.options, `from itasgraph import __version__` the package itself."""
    inner = f"{module}.{name}".removeprefix("itasgraph.")
    if module.startswith("itasgraph.") or module == "itasgraph":
        if inner in modules():
            return f"itasgraph.{inner}"
        return "itasgraph.__init__" if module == "itasgraph" else module
    return module


def _run_on_import(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes outside of functions and of what is for the type checker only."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            continue
        yield node
        yield from _run_on_import(node)


@functools.cache
def all_imports() -> tuple[Import, ...]:
    """Return the imports of all modules."""
    return tuple(one for module, path in modules().items() for one in imports(module, path))


def our_imports() -> list[tuple[str, str]]:
    """Return each module of ours with each module of ours that it imports."""
    ours = (one for one in all_imports() if one.name.startswith("itasgraph."))
    return [(one.module, one.name.removeprefix("itasgraph.")) for one in ours]


def room_imports() -> set[tuple[str, str]]:
    """Return each room with each other room that it imports."""
    return {(group(importer), group(name)) for importer, name in our_imports() if group(importer) != group(name)}


def test_table_is_complete() -> None:
    assert len(modules()) == len(list(PACKAGE.rglob("*.py"))) >= 80
    assert sorted(ROOMS) == sorted({group(module) for module in modules()})


@pytest.mark.parametrize("room", ROOMS)
def test_rooms_import_upwards(room: str) -> None:
    above = {*ROOMS[: ROOMS.index(room)], *FOR_ALL}

    assert {name for importer, name in room_imports() if importer == room} - above == set()


def test_scan_sees_imports() -> None:
    assert {
        ("parsing.yaml_ld", "parsing.jsonld_context"),
        ("store.compiler", "parsing.yaml_ld"),
        ("cli.picture", "picture.html_page"),
    } <= set(our_imports())
    assert ("store.cache", "__init__") in our_imports()


def test_imports_have_no_circle() -> None:
    seen = TopologicalSorter({module: set[str]() for module in modules()})
    for importer, name in our_imports():
        if name != "__init__" and not importer.endswith("__init__"):
            seen.add(importer, name)
    order = list(seen.static_order())

    assert order.index("errors") < order.index("store.memory") < order.index("cli.options")


def test_only_the_program_starts_the_cli() -> None:
    assert {importer for importer, name in room_imports() if name == "cli"} == {"__main__"}


def enters(match: Import, doors: set[str]) -> bool:
    return match.module in doors or group(match.module) in doors


@pytest.mark.parametrize("package", DOORS)
def test_foreign_packages_have_doors(package: str) -> None:
    entering = [actual for actual in all_imports() if actual.name.split(".")[0] == package]

    assert entering
    assert [actual for actual in entering if not enters(actual, DOORS[package])] == []


def test_every_package_has_a_door() -> None:
    others = {actual.name.split(".")[0] for actual in all_imports()} - set(sys.stdlib_module_names) - {"itasgraph"}

    assert others == set(DOORS)


def test_heavy_packages_load_late() -> None:
    too_early = [
        f"{actual.module}:{actual.line}: {actual.name}"
        for actual in all_imports()
        if actual.at_once
        and (package := actual.name.split(".")[0]) in DOORS
        and not enters(actual, AT_ONCE.get(package, set()))
    ]

    assert too_early == []


def test_scan_sees_early_imports() -> None:
    early = {(actual.module, actual.name.split(".")[0]) for actual in all_imports() if actual.at_once}

    assert {
        ("cli.options", "click"),
        ("store.rdflib_bridge", "rdflib"),
        ("store.memory", "pyoxigraph"),
        ("parsing.yaml_ld", "yaml"),
    } <= early


# --- tests/ and tools/ ----------------------------------------------------------------------------------------------


def shared(folder: str) -> set[tuple[str, str]]:
    """Return what the files of a folder import from tests/ and tools/: file and dotted name."""
    return {
        (str(path.relative_to(ROOT)), f"{node.module}.{alias.name}")
        for path in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in {"tests", "tools"}
        for alias in node.names
    }


def test_tests_share_no_test_module() -> None:
    actual = shared("tests")

    assert len(actual) > 100
    assert [pair for pair in actual if ".test_" in pair[1] or ".conftest." in pair[1]] == []


def test_every_room_has_its_tests() -> None:
    folders = {path.name for path in (ROOT / "tests").iterdir() if any(path.glob("test_*.py"))}
    modules = {path.stem for path in (ROOT / "tests").glob("test_*.py")}
    # The browser sees the picture, whole processes see the command line; the package itself only loads names late.
    elsewhere = {"picture": "browser", "cli": "endtoend", "__main__": "endtoend", "__init__": "store"}

    assert [room for room in ROOMS if not ({elsewhere.get(room, room)} & folders or f"test_{room}" in modules)] == []


def test_tools_and_helpers_import_helpers_only() -> None:
    actual = {
        pair for folder in ("tests/helpers", "tools") for pair in shared(folder) if not pair[1].startswith("tools.")
    }

    assert actual
    assert [pair for pair in actual if not pair[1].startswith("tests.helpers.")] == []
    assert not [pair for pair in shared("tests/helpers") if pair[1].startswith("tools.")]


def test_page_names_functions() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    names = re.findall(r"`((?:[a-z_]+\.)+[a-z_]+)`", page)
    functions = [name.rpartition(".") for name in names if name.partition(".")[0] in ROOMS]
    missing = [
        f"{module}.{function}"
        for module, _, function in functions
        if not callable(getattr(importlib.import_module(f"itasgraph.{module}"), function, None))
    ]

    assert len(functions) >= 10
    assert missing == []
