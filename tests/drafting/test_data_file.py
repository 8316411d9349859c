"""A draft as a data file: whatever its texts are, they can be read again."""

from __future__ import annotations

from typing import Final

import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from itasgraph.drafting.data_file import Header, write
from itasgraph.drafting.draft import Doubt, Draft

HEADER: Final = Header("source/a", "A", "document/a.txt", "de", "0" * 64, {"de": "A"})
TEXT: Final = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1).map(str.strip).filter(bool)


@given(TEXT, st.lists(TEXT, min_size=1, max_size=3))
@example("Blumen", [": Blumen gehen immer"])
@example("- x", ["?", "#", "no", "[", "%a"])
@example("2031-06-06", ["12", "1e3", "null", "true", "~", "a: b", "a #b", "a,b", "it's", 'say "x"', "\\n"])
def test_texts_are_read_as_they_were_written(reason: str, candidates: list[str]) -> None:
    draft = Draft(doubts=[Doubt("Quote", reason, 1, candidates=candidates)])

    content = yaml.load(write(draft, HEADER, "comment"), yaml.CBaseLoader)  # texts only

    (item,) = content["review"]
    assert (item["reason"], item["candidates"]) == (reason, candidates)
