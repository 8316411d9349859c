"""Nothing that the program does needs what only POSIX has. Nobody has tried it on Windows; here, Windows' gaps are made."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.helpers.projects import ROOT

# What Python on Windows lacks (the library's pages on os, signal and the modules name the systems where each is to be had).
# Everything of others is imported before, as it would come in another version there; ours sees Windows from the first line.
WITHOUT_POSIX: Final = """
import importlib, os, pkgutil, signal, sys
import igraph, itasgraph, pyshacl, pyvis.network, rdflib, rich.console, rich.progress, webbrowser, xlsxwriter

def ours():
    for module in pkgutil.walk_packages(itasgraph.__path__, "itasgraph."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)

ours()
for name in [name for name in sys.modules if name.partition(".")[0] == "itasgraph"]:
    del sys.modules[name]
for name in "fcntl grp posix pty pwd resource syslog termios tty".split():
    sys.modules[name] = None
for name in '''chown fchmod fchown fork getegid geteuid getgid getpgid getpgrp getuid killpg lchown mkfifo mknod nice
        openpty register_at_fork sched_getaffinity setgid setpgid setsid setuid statvfs sync sysconf uname wait3 wait4
        O_CLOEXEC O_DIRECTORY O_NOFOLLOW O_NONBLOCK O_SYNC WNOHANG'''.split():
    vars(os).pop(name, None)
for name in '''SIGALRM SIGCHLD SIGHUP SIGKILL SIGPIPE SIGQUIT SIGUSR1 SIGUSR2 alarm pause pthread_kill pthread_sigmask
        setitimer siginterrupt sigpending sigwait'''.split():
    vars(signal).pop(name, None)
sys.platform = "win32"
importlib.import_module("itasgraph")
ours()
from itasgraph.cli import main
for line in sys.argv[1:]:
    main(line.split(), standalone_mode=False)
"""
LINES: Final = (
    "check --project {project}",
    "show Anna --project {project}",
    "export -o {folder}/all.ttl --project {project}",
    "init {folder}/region",
)


@pytest.mark.slow
def test_commands_work_without_posix(little: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_POSIX, *(line.format(project=little, folder=tmp_path) for line in LINES)],
        cwd=ROOT,
        env={**os.environ, "LC_ALL": "C.UTF-8"},  # else Windows' own library is asked for the language
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert "Anna" in done.stdout
    assert {path.name for path in tmp_path.iterdir()} >= {"all.ttl", "region"}


def test_possessive_patterns_are_atomic() -> None:
    """Python before 3.11.5, Debian 12's among them, matches it wrongly where it may backtrack (CPython gh-106052)."""
    sources = {path: path.read_text(encoding="utf-8") for path in (ROOT / "itasgraph").rglob("*.py")}

    assert [path for path, text in sources.items() if "(?>" in text] != []
    assert [path for path, text in sources.items() if re.search(r"(?<![()])\)[*+?]\+", text)] == []
