"""The tables that a language fills."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from itasgraph.messages.codes import Code


class Language(NamedTuple):
    """What the program says in one language.

    `sentences` hold facts by their names, `columns` are headings of answers by the variables of queries, `system` says in our
    words what the system says of files, by its number, and `page` are the words of the picture's page.
    """

    sentences: Mapping[Code, str]
    columns: Mapping[str, str]
    system: Mapping[int, str]
    page: Mapping[str, str]
