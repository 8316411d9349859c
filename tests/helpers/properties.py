"""How many inputs the property-based tests try."""

from __future__ import annotations

import functools
import os
from collections import Counter
from collections.abc import Callable
from typing import Any, Final, TypeVar, cast

import pytest

F = TypeVar("F", bound=Callable[..., Any])
LONG: Final = "ITASGRAPH_LONG_RUN"
TRIED: Counter[str] = Counter()


def examples(count: int, quick: int | None = None) -> int:
    """Return how many inputs a property-based test tries: `count` in the long run (`make test-full`), else `quick`, or a fifth."""
    return count if os.environ.get(LONG) else quick or max(count // 5, 1)


def count_inputs(test: F) -> F:
    """Count the inputs of a property-based test, and mark it as one: stands between `@given` and the function."""

    @functools.wraps(test)
    def count(*args: Any, **kwargs: Any) -> Any:
        TRIED[test.__qualname__] += 1
        return test(*args, **kwargs)

    return cast("F", pytest.mark.property(count))
