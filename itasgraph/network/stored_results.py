"""Results that take long to compute, from the cache where nothing that they depend on has changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final

from itasgraph.network import algorithms
from itasgraph.store import cache

# The rooms whose code decides what the results are.
_ROOMS: Final = ("network", "util")


def remember(purpose: str, inputs: object, compute: Callable[[], object]) -> Any:  # Any: JSON is not checked
    """Return what `compute` returns for `inputs`, from the cache if it is there; both are JSON, where a tuple is a list."""
    text = json.dumps([purpose, inputs], sort_keys=True).encode()
    key = cache.result_key(_ROOMS, {"inputs": text, "igraph": algorithms.version()})
    stored = cache.read_result(key)
    if stored is not None:
        return json.loads(stored)
    content = json.dumps(compute()).encode()
    cache.write_result(key, content)
    return json.loads(content)
