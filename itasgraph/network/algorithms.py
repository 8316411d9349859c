"""The door to igraph, which computes on networks and draws nothing here."""

from __future__ import annotations

import random
import sys
from typing import Any


def igraph(seed: int | None = None) -> Any:
    """The module, its random numbers beginning anew from `seed` if one is given.

    Imported, it loads matplotlib wherever that is installed, to draw with: 0.45 s for nothing. Where matplotlib is not
    loaded yet it is hidden meanwhile (a name that is None in sys.modules cannot be imported), and igraph does without.
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
