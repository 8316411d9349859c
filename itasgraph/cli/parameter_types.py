"""The types of the values of options: their errors are ours, in both languages."""

from __future__ import annotations

import math
from typing import Any

import click

from itasgraph.errors import UsageError
from itasgraph.util.spelling import nearest


# Any, in all classes: click gives the text to convert the type of the result.
class IntRange(click.IntRange):
    """A whole number in a range."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the whole number. Raise our UsageError, which has both languages, for anything else."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            raise _bad_number(value, param, self) from None


class FloatRange(click.FloatRange):
    """A number in a range."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the number. Raise our UsageError, which has both languages, for anything else, NaN included."""
        try:
            number = super().convert(value, param, ctx)
        except click.BadParameter:
            raise _bad_number(value, param, self) from None
        if math.isnan(number):
            raise _bad_number(value, param, self)
        return number


class Choice(click.Choice[str]):
    """One of several words."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the word. Raise our UsageError, which names the most similar word, for anything else."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            facts = {"nearest": nearest(str(value), self.choices), "known": ", ".join(self.choices)}
            raise UsageError("invalid-choice", option=_name(param), value=value, **facts) from None


def _name(param: click.Parameter | None) -> str:
    return max(param.opts, key=len) if param else ""


def _bad_number(value: object, param: click.Parameter | None, kind: click.IntRange | click.FloatRange) -> UsageError:
    least = f"{'>' if kind.min_open else '≥'} {kind.min}"
    facts = {"option": _name(param), "value": value}
    facts["possible"] = least if kind.max is None else f"{kind.min} … {kind.max}"
    return UsageError("invalid-integer" if isinstance(kind, click.IntRange) else "invalid-number", **facts)
