"""The door to igraph, which computes on networks and draws nothing here."""

from __future__ import annotations

import random
import sys
from typing import Any


def igraph(seed: int | None = None) -> Any:
    """Return the module igraph, with its random numbers seeded by `seed` where one is given.

    Its import loads matplotlib, where it is installed, which takes 0.45 s and is of no use here. Therefore matplotlib is
    hidden during the import unless it is loaded already: a name that is None in sys.modules cannot be imported.
    """
    if hidden := not {"igraph", "matplotlib"} & sys.modules.keys():
        sys.modules["matplotlib"] = None  # type: ignore[assignment]  # what the import system takes for "is not there"
    try:
        import igraph as module
    finally:
        if hidden:
            del sys.modules["matplotlib"]
    if seed is not None:
        module.set_random_number_generator(random.Random(seed))  # noqa: S311  # the same each time, no secret
    return module
