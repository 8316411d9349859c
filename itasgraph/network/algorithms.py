"""The door to igraph, which computes on networks and draws nothing here."""

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
    """Return the module igraph, with its random numbers seeded by `seed` where one is given.

    Its import loads matplotlib, where it is installed, which takes 0.45 s and is of no use here.
    """
    with nullcontext() if "igraph" in sys.modules else _hidden("matplotlib"):
        import igraph as module
    if seed is not None:
        module.set_random_number_generator(random.Random(seed))  # noqa: S311  # the same each time, no secret
    return module


def graph(size: int, edges: Iterable[tuple[int, int]]) -> Graph:
    """Return an igraph.Graph of `size` nodes; to make one loads numpy, where it is installed, for edges in an array."""
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
    sys.modules[package] = None  # type: ignore[assignment]  # what the import system takes for "is not there"
    try:
        yield
    finally:
        del sys.modules[package]
