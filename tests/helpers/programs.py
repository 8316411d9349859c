"""Programs that tests run: the command line in this process, readers of others, Python itself."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO

import pytest
from click.testing import Result

from tests.helpers.projects import ROOT

Run = Callable[..., Result]


def python(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a process of its own, which may be ended by its limits; -B and -c may come first."""
    variables = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    command = [sys.executable, *arguments]
    return subprocess.run(command, env=variables, capture_output=True, text=True, check=False)


def run_itasgraph(
    *arguments: object, stdin: bytes = b"", stdout: int | IO[bytes] = subprocess.PIPE, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run the command line as a process of its own, in the folder of this checkout."""
    command = [os.fsencode(str(part)) for part in (sys.executable, "-m", "itasgraph", *arguments)]
    variables = {**os.environ, **environment}
    return subprocess.run(
        command, input=stdin, stdout=stdout, stderr=subprocess.PIPE, check=False, cwd=ROOT, env=variables
    )


def run_tool(*command: str | Path) -> bytes:
    """Return what a reader outside Python makes of a file; the test is skipped where it is not installed."""
    if shutil.which(str(command[0])) is None:
        package = {"rapper": "raptor2-utils", "serdi": "serdi"}[str(command[0])]
        pytest.skip(f"{command[0]} is not installed (Debian package {package})")
    done = subprocess.run([str(part) for part in command], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout


def run_node(module: str, script: str, *arguments: str | Path) -> bytes:
    """Return what a reader in JavaScript makes of a file, as N-Quads; the test is skipped where node or its module is missing."""
    node = shutil.which("node")
    if (
        node is None
        or subprocess.run([node, "-e", f"require.resolve('{module}')"], capture_output=True, check=False).returncode
    ):
        pytest.skip(f"{module} is not installed (npm install {module}; NODE_PATH names the folder node_modules)")
    done = subprocess.run([node, "-e", script, *map(str, arguments)], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout


HEAVY = (
    "httpx",
    "igraph",
    "jinja2",
    "matplotlib",
    "networkx",
    "oxrdflib",
    "pandas",
    "pyshacl",
    "pyvis",
    "rdflib",
    "rich",
)


def modules_after(statement: str) -> set[str]:
    """Return the packages a fresh Python has loaded after one statement."""
    program = f"import sys\n{statement}\nprint(*{{name.split('.')[0] for name in sys.modules}})"
    done = python("-c", program)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())
