"""Names are broken at spaces, hyphens and slashes, evenly and never inside a word, and their boxes have room for each language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itasgraph.network import label_boxes
from itasgraph.network.label_boxes import Style
from tests.helpers.properties import count_inputs

WORDS = st.lists(st.text("abcdefghijklmWMiäöüß-/", min_size=1, max_size=24), max_size=12).map(" ".join)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("GKN", ["GKN"]),
        ("Strukturwandel in Wertschöpfungsketten", ["Strukturwandel in", "Wertschöpfungsketten"]),
        ("Automobil-Zulieferer und ihre Zukunft", ["Automobil-Zulieferer", "und ihre Zukunft"]),
        ("Automobilproduktion/Wertschöpfung", ["Automobilproduktion/", "Wertschöpfung"]),
        ("  two   spaces ", ["two spaces"]),
        ("", []),
    ],
)
def test_lines_of_a_name(text: str, lines: list[str]) -> None:
    assert label_boxes.wrap(text, Style.PLAIN) == lines


def test_lines_are_as_even_as_possible() -> None:
    lines = label_boxes.wrap("Role of young people in it", Style.PLAIN)

    first, second = (label_boxes.text_width(line, Style.PLAIN) for line in lines)
    assert abs(first - second) < 30


def test_a_long_word_sticks_out_and_others_may_be_as_wide() -> None:
    word = "Auszubildendenorganisationen"

    box = label_boxes.label_box([f"Vertreter von {word}"], Style.PLAIN)

    assert box.width == pytest.approx(label_boxes.text_width(word, Style.PLAIN))
    assert label_boxes.wrap(f"Vertreter von {word}", Style.PLAIN) == ["Vertreter von", word]


@given(text=WORDS, style=st.sampled_from(Style))
@count_inputs
def test_no_word_is_broken_or_cut(text: str, style: Style) -> None:
    lines = label_boxes.wrap(text, style)

    joined = "".join(lines).replace(" ", "")
    assert joined == text.replace(" ", "")
    for line in lines[:-1]:
        assert line in text


@given(text=WORDS, style=st.sampled_from(Style))
@count_inputs
def test_lines_are_no_wider_than_the_style_unless_a_part_is(text: str, style: Style) -> None:
    lines = label_boxes.wrap(text, style)

    for line in lines:
        longest = max(label_boxes.text_width(part, style) for part in text.split())
        assert label_boxes.text_width(line, style) <= max(style.width, longest) + 0.1


def test_a_box_has_room_for_the_wider_and_the_higher_name() -> None:
    narrow, wide = "Role of young people in the region", "Automobilproduktion"

    box = label_boxes.label_box([narrow, wide], Style.PLAIN)

    each = [label_boxes.label_box([name], Style.PLAIN) for name in (narrow, wide)]
    assert box == (max(one.width for one in each), max(one.height for one in each))
    assert label_boxes.label_box([wide, narrow], Style.PLAIN) == box


def test_a_title_is_larger_than_a_strong_name_and_that_than_a_plain_one() -> None:
    plain, strong, title = (
        label_boxes.label_box(["Mobilität"], style) for style in (Style.PLAIN, Style.STRONG, Style.TITLE)
    )

    assert plain.width < strong.width < title.width
    assert plain.height == strong.height < title.height


def test_widths_are_those_of_dejavu_sans() -> None:
    assert label_boxes.text_width("Mi ", Style.PLAIN) == pytest.approx((1767 + 569 + 651) / 2048 * 12)
    assert label_boxes.text_width("Mi ", Style.STRONG) == pytest.approx((2038 + 702 + 713) / 2048 * 12)


@pytest.mark.parametrize(("other", "alike"), [("é", "e"), ("ř", "r"), ("e\u0301", "e")])
def test_accents_add_no_width(other: str, alike: str) -> None:
    assert label_boxes.text_width(other, Style.PLAIN) == pytest.approx(
        label_boxes.text_width(alike, Style.PLAIN), rel=0.01
    )


def test_characters_of_other_scripts_have_room() -> None:
    assert label_boxes.text_width("汉", Style.PLAIN) == 12
    assert label_boxes.text_width("Ж", Style.PLAIN) > label_boxes.text_width("a", Style.PLAIN)
