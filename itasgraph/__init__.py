"""Knowledge graphs of regional transformation actors, with the words of the source behind every statement."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from itasgraph.api import ask as ask
    from itasgraph.errors import ItasgraphError as ItasgraphError
    from itasgraph.store.rdflib_bridge import load as load
    from itasgraph.store.rdflib_bridge import sources as sources

__version__ = "0.1.0"
__all__ = ["ItasgraphError", "__version__", "ask", "load", "sources"]

# To import rdflib and oxrdflib takes a third of a second; most commands need neither, so names load at first use (PEP 562).
_LAZY = {
    "ItasgraphError": "itasgraph.errors",
    "ask": "itasgraph.api",
    "load": "itasgraph.store.rdflib_bridge",
    "sources": "itasgraph.store.rdflib_bridge",
}


def __getattr__(name: str) -> object:
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_LAZY[name]), name)


def __dir__() -> list[str]:
    """Return all public names for completion, also those that are not loaded yet."""
    return sorted({*globals(), *__all__})
