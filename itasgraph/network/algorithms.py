"""The one module that imports igraph, which computes on networks here and draws nothing."""

from __future__ import annotations

import importlib.util
import random
import sys
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from itasgraph.util.module_replacement import replace_module

# igraph has no types.
Module = Any
Graph = Any


def igraph(seed: int | None = None) -> Module:
    """Return the module igraph, with its random numbers seeded by `seed` unless it is None.

    Its import loads matplotlib, where it is installed, which takes 0.45 s and is of no use here.
    """
    with nullcontext() if "igraph" in sys.modules else replace_module("matplotlib"):
        import igraph as module
    if seed is not None:
        module.set_random_number_generator(random.Random(seed))  # noqa: S311  # the same each time, no secret
    return module


def version() -> bytes:
    """Return what tells one release of igraph from another, without its import."""
    spec = importlib.util.find_spec("igraph")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).with_name("version.py").read_bytes()


def graph(size: int, edges: Iterable[tuple[int, int]]) -> Graph:
    """Return an igraph.Graph of `size` nodes. Hide numpy meanwhile: igraph would load it to read edges from arrays."""
    module = igraph()
    with replace_module("numpy"):
        return module.Graph(n=size, edges=list(edges))


def subgraph(whole: Graph, numbers: Sequence[int]) -> Graph:
    """Return the igraph.Graph of these nodes and the edges between them; see `graph`."""
    with replace_module("numpy"):
        return whole.induced_subgraph(numbers)
