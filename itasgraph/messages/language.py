"""The tables of texts that each language has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from itasgraph.messages.codes import Code


class Language(NamedTuple):
    """The texts of the program in one language.

    `sentences` have placeholders for facts, `columns` are headings of answers by the variables of queries, `system` are our
    words for errors of the system by their number (errno), and `page` are the texts of the page of the picture.
    """

    sentences: Mapping[Code, str]
    columns: Mapping[str, str]
    system: Mapping[int, str]
    page: Mapping[str, str]
