"""A module in the place of another, for as long as an import takes."""

from __future__ import annotations

import importlib
import sys
from types import ModuleType

import pytest

from itasgraph.util.module_replacement import replace_module

UNUSED = "this"  # a module of Python that nobody imports


def test_module_is_absent_meanwhile() -> None:
    with replace_module(UNUSED), pytest.raises(ModuleNotFoundError):
        importlib.import_module(UNUSED)

    assert importlib.import_module(UNUSED).__name__ == UNUSED
    del sys.modules[UNUSED]


def test_replacement_is_found_meanwhile() -> None:
    other = ModuleType("other")
    with replace_module(UNUSED, other):
        assert importlib.import_module(UNUSED) is other

    assert UNUSED not in sys.modules


def test_loaded_module_stays() -> None:
    with replace_module("json"):
        assert importlib.import_module("json").loads("1") == 1
