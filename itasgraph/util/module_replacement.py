"""The replacement of a module that an import would load although nothing of ours needs it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType


@contextmanager
def replace_module(name: str, replacement: ModuleType | None = None) -> Iterator[None]:
    """Let imports find `replacement` under this name, or no module if it is None, unless the module is loaded already.

    Afterwards, an import of that name loads the module itself.
    """
    if name in sys.modules:
        yield
        return
    sys.modules[name] = replacement  # type: ignore[assignment]  # by None the import system knows a module that is absent
    try:
        yield
    finally:
        del sys.modules[name]
