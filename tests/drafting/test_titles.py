"""The rules that divide a line of a programme into title and speakers, each with its example."""

from __future__ import annotations

import pytest

from itasgraph.drafting.speakers import SpeakerGrammar
from itasgraph.drafting.titles import TitleGrammar

TITLES = TitleGrammar(SpeakerGrammar(lambda _: False, lambda _: False))


@pytest.mark.parametrize(
    ("text", "title", "names", "rule"),
    [
        ("Ida Kern (TU Neuheim): Holz im Bau", "Holz im Bau", ["Ida Kern"], "speakers-before-title"),
        ("Ida Kern und Ben Wolf, TU Neuheim: Holz", "Holz", ["Ida Kern", "Ben Wolf"], "speakers-before-title"),
        ("Ida Kern, TU Neuheim – „Holz im Bau“", "„Holz im Bau“", ["Ida Kern"], "speakers-before-title"),
        ("Führung mit Ida Kern", "Führung mit Ida Kern", ["Ida Kern"], "format-and-people"),
        ("Eröffnung durch Landrat Ben Wolf", "Eröffnung durch Landrat Ben Wolf", ["Ben Wolf"], "format-and-people"),
        ("Begrüßung durch Ida Kern, IHK Neuheim", "Begrüßung", ["Ida Kern"], "format-and-people"),
        (
            "Holz live: Sägen mit Meisterin Ida Kern",
            "Holz live: Sägen mit Meisterin Ida Kern",
            ["Ida Kern"],
            "format-and-people",
        ),
        (
            "Wer zahlt? Talk mit Personalchefin Ida Kern, IHK Neuheim",
            "Wer zahlt? Talk",
            ["Ida Kern"],
            "format-and-people",
        ),
        ("Keynote „Holz“ von Ida Kern", "Keynote „Holz“", ["Ida Kern"], "format-and-people"),
        ("Holz im Bau | Ida Kern, IHK Neuheim", "Holz im Bau", ["Ida Kern"], "title-and-speakers"),
        ("Holz, Lehm, Stroh – Ida Kern (IHK Neuheim)", "Holz, Lehm, Stroh", ["Ida Kern"], "title-and-speakers"),
        ("Im Gespräch: Ida Kern und Ben Wolf", "Im Gespräch", ["Ida Kern", "Ben Wolf"], "title-and-speakers"),
        ("Podium: Wer zahlt? (Moderation: Ida Kern)", "Podium: Wer zahlt?", ["Ida Kern"], "title-and-speakers"),
        ("Holz im Bau\nIda Kern\nIHK Neuheim", "Holz im Bau", ["Ida Kern"], "title-and-speakers"),
        ("Leben mit Holz", "Leben mit Holz", [], "title-alone"),
        ("Fragen und Antworten (N.N.)", "Fragen und Antworten", [], "title-alone"),
        ("N.N. (IHK Neuheim): Lehm", "Lehm", [], "speakers-before-title"),
        ("TBA, IHK Neuheim: Lehm", "Lehm", [], "speakers-before-title"),
        ("N.N.: Lehm", "Lehm", [], "speakers-before-title"),
        ("NN-Modelle: Was sie leisten", "NN-Modelle: Was sie leisten", [], "title-alone"),
        ("TBC-Forschung: Neue Wege", "TBC-Forschung: Neue Wege", [], "title-alone"),
        ("NN – Grundlagen: Eine Einführung", "NN – Grundlagen: Eine Einführung", [], "title-alone"),
        ("Was Karl Marx über Holz gesagt hätte", "Was Karl Marx über Holz gesagt hätte", [], "title-alone"),
    ],
)
def test_line_is_divided_by_a_rule(text: str, title: str, names: list[str], rule: str) -> None:
    division = TITLES.divide(text)

    assert (division.title, [one.name for one in division.speakers], division.rule) == (title, names, rule)


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        ("Holz im Bau – Ida Kern", [None]),
        ("Holz im Bau: Ida Kern", ["doubt-bare-name"]),
        ("Grußwort: Ida Kern", [None]),
    ],
)
def test_bare_name_is_doubtful_behind_a_colon_only(text: str, doubts: list[str | None]) -> None:
    assert [one.doubt for one in TITLES.divide(text).speakers] == doubts
