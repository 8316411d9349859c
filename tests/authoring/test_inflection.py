"""German inflection: a text names an organisation or a person in each form of the name, and in no other words."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from itasgraph.authoring.inflection import names_organisation, names_person
from tests.helpers.properties import count_inputs

# Nominative → other forms, after Duden: genitive, plural, dative plural.
NOUNS = {
    "Ministerium": ["Ministeriums", "Ministerien"],
    "Staatsregierung": ["Staatsregierungen"],
    "Netzwerk": ["Netzwerks", "Netzwerkes", "Netzwerke", "Netzwerken"],
    "Verband": ["Verbands", "Verbandes", "Verbände", "Verbänden"],
    "Verein": ["Vereins", "Vereines", "Vereine", "Vereinen"],
    "Amt": ["Amts", "Amtes", "Ämter", "Ämtern"],
    "Haus": ["Hauses", "Häuser", "Häusern"],
    "Ausschuss": ["Ausschusses", "Ausschüsse", "Ausschüssen"],
    "Bündnis": ["Bündnisses", "Bündnisse", "Bündnissen"],
    "Zentrum": ["Zentrums", "Zentren"],
    "Kammer": ["Kammern"],
    "Hochschule": ["Hochschulen"],
    "Firma": ["Firmen"],
    "Komitee": ["Komitees"],
    "Institut": ["Instituts", "Institutes", "Institute", "Instituten"],
    "Stadt": ["Städte", "Städten"],
    "Leitbild": ["Leitbilds", "Leitbildes", "Leitbilder", "Leitbildern"],
    "Cluster": ["Clusters", "Clustern"],
}
ADJECTIVES = {
    "Sächsische": ["Sächsischen", "Sächsischer"],
    "Deutscher": ["Deutschen", "Deutsches", "Deutschem", "deutsche"],
    "Technisches": ["Technischen", "technischen"],
}
# What does not change behind the head of a name.
TAILS = ["", " für Wirtschaft, Arbeit und Verkehr", " der Automobilindustrie", " Chemnitz", " e. V."]
WORDS = st.text("abdefgiklmnoprstuwäöü", min_size=4, max_size=9).map(str.capitalize)
FORMS = [(noun, form) for noun, forms in NOUNS.items() for form in [noun, *forms]]


@pytest.mark.parametrize(("noun", "form"), FORMS)
def test_head_noun_is_inflected(noun: str, form: str) -> None:
    for tail in TAILS:
        assert names_organisation(f"Leiterin der {form}{tail}, Zwickau", f"{noun}{tail}")


@pytest.mark.parametrize(
    ("adjective", "form"), [(word, form) for word, forms in ADJECTIVES.items() for form in [word, *forms]]
)
def test_adjectives_are_inflected(adjective: str, form: str) -> None:
    assert names_organisation(f"im {form} Verbandes für Holz", f"{adjective} Verband für Holz")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Staatssekretär des Ministeriums für Verkehr", "Ministerium für Verkehr"),
        ("Sprecherin der Sächsischen Staatsregierung", "Sächsische Staatsregierung"),
        ("des Arbeitgeber- und Wirtschaftsverbandes", "Arbeitgeber- und Wirtschaftsverband"),
        ("des ITAS-Netzwerks", "ITAS-Netzwerk"),
        ("des AMZ Netzwerks Sachsen", "AMZ Netzwerk Sachsen"),
        ("der Technischen\u00a0Universität\nChemnitz", "Technische Universität Chemnitz"),
        ("die Verba\u0308nde", "Verband"),
    ],
)
def test_names_in_sentences_are_found(text: str, name: str) -> None:
    assert names_organisation(text, name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("im Ministerium für Arbeit", "Ministerium für Verkehr"),
        ("im Bundestag", "Bund"),
        ("der Netzwerkpartner", "Netzwerk"),
        ("das Haus der Begegnungen", "Haus der Begegnung"),
        ("das Netzwerk Frauen", "Netzwerk Frau"),
        ("der Verbund", "Verband"),
        ("die Messe Chemnitzer Hof", "Messe Chemnitz"),
        ("Sächsische Regierung", "Sächsische Staatsregierung"),
        ("", "Verband"),
        ("Verband", ""),
    ],
)
def test_other_names_are_not_found(text: str, name: str) -> None:
    assert not names_organisation(text, name)


@pytest.mark.slow
@given(noun=st.sampled_from(sorted(NOUNS)), tail=WORDS, other=WORDS)
@count_inputs
def test_extra_word_makes_another_name(noun: str, tail: str, other: str) -> None:
    assume(tail != other)

    assert names_organisation(f"{noun} {tail}", f"{noun} {tail}")
    assert not names_organisation(f"{noun} für {other}", f"{noun} für {tail}")
    assert not names_organisation(f"{noun} {other}", f"{noun} {tail}")


@given(word=WORDS, before=WORDS, after=WORDS)
@count_inputs
def test_part_of_a_word_is_no_name(word: str, before: str, after: str) -> None:
    assert not names_organisation(f"{before}{word.lower()}", word)
    assert not names_organisation(f"{word}q{after.lower()}", word)
    assert not names_person(f"{word} {before}q{after.lower()}", f"{word} {before}")


@given(first=WORDS, last=WORDS, other=WORDS)
@count_inputs
def test_person_is_inflected(first: str, last: str, other: str) -> None:
    assume(other.casefold() not in {last.casefold(), f"{last}s".casefold()})

    assert names_person(f"Dr. {first} {last}, CWE", f"{first} {last}")
    assert names_person(f"{first} {last}s Vortrag", f"{first} {last}")
    assert names_person(f"{first} {last}’ Vortrag", f"{first} {last}")
    assert not names_person(f"{first} {other}", f"{first} {last}")
    assert not names_person(f"{first[0]}. {last}", f"{first} {last}")


@given(st.text(), st.text())
@count_inputs
def test_any_text_has_an_answer(text: str, name: str) -> None:
    assert names_organisation(text, name) in (True, False)
    assert names_person(text, name) in (True, False)
    assert names_organisation(name, name) == bool(name.split()) or not name.split()
