"""That work goes on, and how far it is: on stderr, in a terminal only, and only where it takes long."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Final

from itasgraph.messages.control_characters import one_line
from itasgraph.util.terminal import unguarded

# Seconds after which a bar appears; what is done before needs none.
_PATIENCE: Final = 2.0


@contextmanager
def bar(title: str) -> Iterator[Callable[[float], None]]:
    """A function to be told which share of the work (1 in all) is done; work need not tell.

    A bar appears once two seconds are over: it moves to and fro until a share is told, and is gone at the end.
    """
    if sys.stderr is None or not sys.stderr.isatty():
        yield _silent
        return
    shown = _Bar(title)
    timer = threading.Timer(_PATIENCE, shown.appear)
    timer.daemon = True
    timer.start()
    try:
        yield shown.advance
    finally:
        timer.cancel()
        shown.close()


def _silent(_share: float) -> None:
    """Nobody would see a bar."""


class _Bar:
    """A bar that one thread makes appear while another does the work and tells how far it is."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._done: float | None = None
        self._draw: Callable[[float | None], None] | None = None
        self._drawing = ExitStack()
        self._closed = False
        self._lock = threading.Lock()

    def appear(self) -> None:
        with self._lock:
            if not self._closed:
                self._draw = self._drawing.enter_context(_drawn(self._title))
                self._draw(self._done)

    def advance(self, share: float) -> None:
        with self._lock:
            self._done = (self._done or 0.0) + share
            if self._draw is not None:
                self._draw(self._done)

    def close(self) -> None:
        with self._lock:
            self._closed = True
            self._drawing.close()


@contextmanager
def _drawn(title: str) -> Iterator[Callable[[float | None], None]]:
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import Progress

    # What others write to stdout and stderr goes there untouched.
    console = Console(file=unguarded(sys.stderr))
    shown = Progress(console=console, transient=True, redirect_stdout=False, redirect_stderr=False)
    with shown as progress:
        task = progress.add_task(escape(one_line(title)), total=None)
        yield lambda done: progress.update(task, total=done and 1.0, completed=done)
