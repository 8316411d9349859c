"""What tests of both sides of the contract of the page need: itasgraph/picture/contract.py."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import NoneType, UnionType
from typing import Any, Final, NotRequired, get_args, get_origin, get_type_hints, is_typeddict

# What JSON has in the place of a type of Python.
_PLAIN: Final[dict[Any, Any]] = {float: (int, float), tuple: list}


def faults(value: Any, kind: Any, path: str = "data") -> Iterator[str]:
    """Yield where a value of JSON is not of a type: a TypedDict, a list, a dict, a union or a plain type."""
    origin, options = get_origin(kind), get_args(kind)
    if origin is NotRequired:
        yield from faults(value, options[0], path)
    elif origin is UnionType:
        if all(list(faults(value, option, path)) for option in options):
            yield f"{path} is none of {kind}"
    elif not isinstance(value, _PLAIN.get(origin or kind, dict if is_typeddict(kind) else origin or kind)):
        yield f"{path} is {value!r}"
    elif is_typeddict(kind):
        yield from _key_faults(value, kind, path)
    elif origin is tuple and Ellipsis not in options:
        yield from _tuple_faults(value, options, path)
    elif options:
        for key, item in value.items() if origin is dict else enumerate(value):
            yield from faults(item, options[-1], f"{path}[{key!r}]")


def _tuple_faults(value: list[Any], options: Sequence[Any], path: str) -> Iterator[str]:
    if len(value) != len(options):
        yield f"{path} has {len(value)} items"
    for number, (item, option) in enumerate(zip(value, options, strict=False)):
        yield from faults(item, option, f"{path}[{number}]")


def _key_faults(value: dict[str, Any], kind: Any, path: str) -> Iterator[str]:
    hints = get_type_hints(kind, include_extras=True)
    yield from (f"{path}.{key} is not in the contract" for key in value.keys() - hints.keys())
    yield from (
        f"{path}.{key} is missing" for key in hints.keys() - value.keys() if get_origin(hints[key]) is not NotRequired
    )
    for key in value.keys() & hints.keys():
        yield from faults(value[key], hints[key], f"{path}.{key}")


def is_in(path: Sequence[str], kind: Any) -> bool:
    """Return whether the contract has a key for a path of keys."""
    if get_origin(kind) is NotRequired:
        return is_in(path, get_args(kind)[0])
    if get_origin(kind) is UnionType:
        return any(is_in(path, option) for option in get_args(kind) if option is not NoneType)
    if not path:
        return True
    if is_typeddict(kind):
        hints = get_type_hints(kind, include_extras=True)
        return path[0] in hints and is_in(path[1:], hints[path[0]])
    return get_origin(kind) in (list, dict, tuple) and is_in(path[1:], get_args(kind)[-1])
