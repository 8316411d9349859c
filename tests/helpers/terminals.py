"""Programs with a real terminal: what is written there, byte for byte. Where none can be opened, its tests skip."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest


class Done(NamedTuple):
    """How a program ended, what came through the pipe (stdout, if that is none), and what the terminal was given."""

    exit_code: int
    written: bytes
    shown: bytes


def open_terminal() -> tuple[int, int]:
    """The two ends of a terminal: ours, and that of the program."""
    pty = pytest.importorskip("pty", reason="no terminals here")
    try:
        ours, theirs = pty.openpty()
    except OSError:
        pytest.skip("no terminal can be opened here (/dev/pts is not mounted)")
    return ours, theirs


def run_in_terminal(command: Sequence[str], folder: Path, *, stdout: bool = False, **environment: str) -> Done:
    """Run a program whose stderr is a terminal, and stdout as well if so wanted."""
    ours, theirs = open_terminal()
    shown: list[bytes] = []
    variables = {**os.environ, "TERM": "xterm", "COLUMNS": "100", **environment}
    out = theirs if stdout else subprocess.PIPE
    with subprocess.Popen(command, env=variables, cwd=folder, stdout=out, stderr=theirs) as process:
        os.close(theirs)
        seen = threading.Thread(target=lambda: shown.extend(_until_closed(ours)))
        seen.start()
        written = b"" if process.stdout is None else process.stdout.read()
        seen.join()
    os.close(ours)
    return Done(process.returncode, written, b"".join(shown))


def _until_closed(terminal: int) -> Iterator[bytes]:
    try:
        while piece := os.read(terminal, 4096):
            yield piece
    except OSError:  # Linux: nobody writes to it any more
        return
