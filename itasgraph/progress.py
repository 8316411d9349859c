"""How far the work is, on stderr, in a terminal only, and only where it takes long."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Final

# Seconds after which a bar appears; what is done before needs none.
_PATIENCE: Final = 2.0


@contextmanager
def bar(title: str) -> Iterator[Callable[[float], None]]:
    """A function to be told which share of the work (1 in all) is done; it draws the bar once two seconds are over."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield _silent
        return
    begun = time.monotonic()
    done = 0.0
    draw: Callable[[float], None] | None = None
    with ExitStack() as stack:

        def advance(share: float) -> None:
            nonlocal done, draw
            done += share
            if draw is None and time.monotonic() - begun > _PATIENCE:
                draw = stack.enter_context(_drawn(title))
            if draw is not None:
                draw(done)

        yield advance


def _silent(_share: float) -> None:
    """Nobody would see a bar."""


@contextmanager
def _drawn(title: str) -> Iterator[Callable[[float], None]]:
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(escape(title), total=1.0)
        yield lambda done: progress.update(task, completed=done)
