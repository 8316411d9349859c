"""Programs with a real terminal, byte for byte. Tests skip where no terminal can be opened."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest


class Done(NamedTuple):
    """The exit code of a program, the bytes of its stdout if that is a pipe, and the bytes that the terminal received."""

    exit_code: int
    stdout: bytes
    terminal: bytes


def open_terminal() -> tuple[int, int]:
    """Return the two ends of a terminal: ours, and that of the program."""
    pty = pytest.importorskip("pty", reason="no terminals here")
    try:
        ours, theirs = pty.openpty()
    except OSError:
        pytest.skip("no terminal can be opened here (/dev/pts is not mounted)")
    return ours, theirs


def run_in_terminal(command: Sequence[str], folder: Path, *, stdout: bool = False, **environment: str) -> Done:
    """Run a program whose stderr is a terminal, and with `stdout` its stdout as well."""
    ours, theirs = open_terminal()
    pieces: list[bytes] = []
    variables = {**os.environ, "TERM": "xterm", "COLUMNS": "100", **environment}
    out = theirs if stdout else subprocess.PIPE
    with subprocess.Popen(command, env=variables, cwd=folder, stdout=out, stderr=theirs) as process:
        os.close(theirs)
        reader = threading.Thread(target=lambda: pieces.extend(_until_closed(ours)))
        reader.start()
        piped = b"" if process.stdout is None else process.stdout.read()
        reader.join()
    os.close(ours)
    return Done(process.returncode, piped, b"".join(pieces))


def _until_closed(terminal: int) -> Iterator[bytes]:
    try:
        while piece := os.read(terminal, 4096):
            yield piece
    except OSError:  # Linux: nobody writes to it any more
        return
