"""What stands before a name: the organisation, the role with its employer, or the role alone; whoever the person is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itasgraph.documents.document import LineKind
from itasgraph.drafting.leading_roles import leading_role
from itasgraph.drafting.organisations_first import are_first, organisation_before
from itasgraph.drafting.programme_lines import Piece
from itasgraph.drafting.speakers import SpeakerGrammar

NAMES = st.sampled_from(["Ida Kern", "Ben Wolf", "Dr. Lena Falk", "Jana Nováková", "Ayşe Yılmaz"])
ORGANISATIONS = st.sampled_from(["IHK Neuheim", "Werk Süd GmbH", "Hochschule Neuheim", "Stadtwerke Ostrau"])
OFFICES = st.sampled_from(["Bürgermeisterin", "Landrat", "Ministerin", "Präsident", "Pastorin"])
FORMATS = st.sampled_from(["Keynote", "Impuls", "Vortrag", "Grußwort"])


def pieces(*texts: str) -> list[Piece]:
    return [Piece(number, text, (text,), LineKind.PARAGRAPH) for number, text in enumerate(texts, 1)]


@given(ORGANISATIONS, NAMES)
def test_organisation_before_a_colon_and_a_name_is_that_of_the_person(organisation: str, name: str) -> None:
    assert organisation_before(f"{organisation}: {name}") == (organisation, name)


@given(FORMATS, NAMES)
def test_format_before_a_colon_and_a_name_is_no_organisation(format_: str, name: str) -> None:
    assert organisation_before(f"{format_}: {name}") is None


@pytest.mark.parametrize(
    "text", ["Moderation: Ida Kern", "10:00 IHK: Ida Kern", "Ida Kern: Ben Wolf", "Wer zahlt?: Ida Kern"]
)
def test_label_time_name_or_question_before_a_name_is_no_organisation(text: str) -> None:
    assert organisation_before(text) is None


def test_a_document_names_organisations_first_only_where_several_lines_do() -> None:
    lines = ("IHK Neuheim: Ida Kern", "Werk Süd GmbH: Ben Wolf", "Stadtwerke Ostrau: Lena Falk")

    assert are_first(pieces(*lines))
    assert not are_first(pieces(*lines[:2]))
    assert not are_first(pieces("Holz: Ida Kern", "Lehm: Ben Wolf", "Stein: Lena Falk"))


@given(OFFICES, st.sampled_from(["Ida Kern", "Ben Wolf", "Quux Quuxová"]))
def test_office_before_a_name_is_the_role_even_of_an_unknown_name(office: str, name: str) -> None:
    assert leading_role(f"{office} {name}") == (office, name)


@given(NAMES)
def test_name_alone_has_no_role_before_it(name: str) -> None:
    assert leading_role(name) == ("", name)


@given(ORGANISATIONS, NAMES)
def test_role_and_employer_before_a_name_are_those_of_the_person(organisation: str, name: str) -> None:
    grammar = SpeakerGrammar(lambda _: False, lambda _: False)

    (speaker,) = grammar.speakers(f"Leiterin, {organisation}, {name}")

    assert (speaker.name, speaker.role) == (name.removeprefix("Dr. "), "Leiterin")
    assert (speaker.organisations, speaker.is_moderator) == ((organisation,), False)
