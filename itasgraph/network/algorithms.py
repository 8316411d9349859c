"""The one module that imports igraph, which computes on networks here and draws nothing."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any

# igraph has no types.
Module = Any
Graph = Any


def igraph(seed: int | None = None) -> Module:
    """Return the module igraph, with its random numbers seeded by `seed` unless it is None.

    Its import loads matplotlib, where it is installed, which takes 0.45 s and is of no use here.
    """
    with nullcontext() if "igraph" in sys.modules else _hidden("matplotlib"):
        import igraph as module
    if seed is not None:
        module.set_random_number_generator(random.Random(seed))  # noqa: S311  # the same each time, no secret
    return module


def graph(size: int, edges: Iterable[tuple[int, int]]) -> Graph:
    """Return an igraph.Graph of `size` nodes. Hide numpy meanwhile: igraph would load it to read edges from arrays."""
    module = igraph()
    with _hidden("numpy"):
        return module.Graph(n=size, edges=list(edges))


def subgraph(whole: Graph, numbers: Sequence[int]) -> Graph:
    """Return the igraph.Graph of these nodes and the edges between them; see `graph`."""
    with _hidden("numpy"):
        return whole.induced_subgraph(numbers)


@contextmanager
def _hidden(package: str) -> Iterator[None]:
    """Hide a package unless it is loaded already: a name that is None in sys.modules cannot be imported."""
    if package in sys.modules:
        yield
        return
    sys.modules[package] = None  # type: ignore[assignment]  # by None the import system knows a package that is absent
    try:
        yield
    finally:
        del sys.modules[package]
