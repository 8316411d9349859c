"""A progress bar on stderr, for work that takes long, and in a terminal only."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Final

from itasgraph.messages.control_characters import one_line
from itasgraph.util.terminal import raw_stream

# Seconds after which a bar appears; shorter work needs none.
_DELAY: Final = 2.0


@contextmanager
def bar(title: str) -> Iterator[Callable[[float], None]]:
    """Yield a function that takes the share of the work (1 in all) just done; the work need not call it.

    The bar appears after two seconds, moves to and fro until the first call, and disappears at the end.
    """
    if sys.stderr is None or not sys.stderr.isatty():
        yield _silent
        return
    progress = _Bar(title)
    timer = threading.Timer(_DELAY, progress.appear)
    timer.daemon = True
    timer.start()
    try:
        yield progress.advance
    finally:
        timer.cancel()
        progress.close()


def _silent(_share: float) -> None:
    """Do nothing: nobody would see a bar."""


class _Bar:
    """A bar that appears in one thread while another does the work and reports its progress."""

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
                self._draw = self._drawing.enter_context(_draw_bar(self._title))
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
def _draw_bar(title: str) -> Iterator[Callable[[float | None], None]]:
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import Progress

    # rich must not redirect the output of other code to stdout and stderr.
    console = Console(file=raw_stream(sys.stderr))
    rich_progress = Progress(console=console, transient=True, redirect_stdout=False, redirect_stderr=False)
    with rich_progress as progress:
        task = progress.add_task(escape(one_line(title)), total=None)
        yield lambda done: progress.update(task, total=done and 1.0, completed=done)
