"""The `#+` lines of a query file are read as YAML, and say where they are none."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itasgraph import messages
from itasgraph.errors import FileError, InvalidProject
from itasgraph.parsing import query_header
from tests.helpers.properties import count_inputs


def fault(text: str) -> tuple[str, str]:
    """Return where the one finding stands, and the whole sentence."""
    with pytest.raises(InvalidProject) as raised:
        query_header.parse(text, "q.rq")
    (finding,) = raised.value.findings
    return str(finding.location), finding.render("en")


def test_header_is_a_yaml_mapping() -> None:
    text = "#+ title: {de: Frage, en: Question}\n#+ summary:\n#+   en: Two lines,\n#+     one text.\nSELECT * {}\n"

    assert query_header.parse(text, "q.rq") == {
        "title": {"de": "Frage", "en": "Question"},
        "summary": {"en": "Two lines, one text."},
    }


# Values as headers have them, and some that only look like them.
WORDS = st.from_regex(r"[a-zA-Z0-9äß_/.#:~-]{1,6}", fullmatch=True)
TEXTS = WORDS | st.text("aä \\'#:,{}[]\u00a0\u202e", max_size=6).map(lambda text: f'"{text}"')
VALUES = st.recursive(
    TEXTS,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda parts: f"[{', '.join(parts)}]")
        | st.lists(st.tuples(TEXTS, inner), max_size=3).map(
            lambda pairs: f"{{{', '.join(f'{key}: {value}' for key, value in pairs)}}}"
        )
    ),
    max_leaves=6,
)


@pytest.mark.slow
@given(st.lists(st.tuples(st.sampled_from(["tags", "kinds", "title"]), VALUES), min_size=1, max_size=3))
def test_header_without_yaml_parser_is_that_of_yaml(entries: list[tuple[str, str]]) -> None:
    text = "".join(f"#+ {key}: {value}\n" for key, value in entries)
    multiline = f"{text}#+ last:\n#+   end\n"  # a value over several lines is left to the YAML parser
    both: list[dict[str, object]] = []
    for variant in (text, multiline):
        try:
            both.append({**query_header.parse(variant, "q.rq"), "last": "end"})
        except InvalidProject:
            both.append({"fault": True})

    assert both[0] == both[1]


def test_crlf_does_no_harm() -> None:
    assert query_header.parse("#+ a: b\r\n#+ c: d\r\nASK {}", "q.rq") == {"a": "b", "c": "d"}


@pytest.mark.parametrize("text", ["", "SELECT * {}", "# a: b\nASK {}", "#+\nASK {}"])
def test_header_is_optional(text: str) -> None:
    assert query_header.parse(text, "q.rq") == {}


def test_query_is_no_header() -> None:
    assert query_header.parse('#+ a: b\nSELECT * { ?s ?p "#+ c: d" }', "q.rq") == {"a": "b"}


def test_broken_yaml_has_its_line() -> None:
    place, _ = fault("# a comment\n#+ a: b\n#+ c: 'd\nASK {}\n")

    assert place.startswith("q.rq:")
    assert int(place.split(":")[1]) >= 3


def test_column_counts_the_marks() -> None:
    place, _ = fault("#+ a: b: c\n")

    assert place == "q.rq:1:8"


def test_header_must_be_a_mapping() -> None:
    place, sentence = fault("#+ - a\n#+ - b\n")

    assert place == "q.rq:1:1"
    assert sentence == "q.rq:1:1: the “#+” lines are not valid YAML: list"


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("#+ default: 2024-02-30", id="day that is none"),
        pytest.param("#+ default: !!bool perhaps", id="boolean that is none"),
        pytest.param("#+ default: !!int many", id="integer that is none"),
        pytest.param(f"#+ default: {'1' * 5000}", id="endless number"),
    ],
)
def test_odd_value_is_text_or_fault(line: str) -> None:
    with contextlib.suppress(InvalidProject):
        assert query_header.parse(f"{line}\nASK {{}}\n", "q.rq")["default"] == line.rsplit(maxsplit=1)[-1]


def test_control_character_is_one_line() -> None:
    _, sentence = fault("#+ a: b\x00\n")

    assert sentence.count("\n") == 0


def test_text_has_two_languages() -> None:
    assert query_header.translations({"title": {"de": "Frage", "en": "Question"}}, "title") == {
        "de": "Frage",
        "en": "Question",
    }


def test_text_without_language_serves_both() -> None:
    assert query_header.translations({"title": "ITAS"}, "title") == {"de": "ITAS", "en": "ITAS"}


def test_english_has_german_beside() -> None:
    fields = query_header.parse("#+ title: Who?\n#+ title_de: Wer?\nASK {}", "q.rq")

    assert query_header.translations(fields, "title") == {"de": "Wer?", "en": "Who?"}


def test_absent_text_has_no_translation() -> None:
    assert query_header.translations({}, "title") == {}


def test_header_needs_utf8(tmp_path: Path) -> None:
    path = tmp_path / "q.rq"
    path.write_bytes(b"#+ title: \xe4\n")
    with pytest.raises(InvalidProject) as raised:
        query_header.read_text(path, "queries/q.rq")

    assert raised.value.findings[0].render("en") == "queries/q.rq: not valid UTF-8 – save the file as UTF-8"


def test_missing_file_has_a_reason(tmp_path: Path) -> None:
    with pytest.raises(FileError) as raised:
        query_header.read_text(tmp_path / "q.rq", "queries/q.rq")

    assert str(raised.value) == "queries/q.rq cannot be read: it does not exist"


BOMB = "".join(f"#+ a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10) if n else 'x'}]\n" for n in range(12))


@pytest.mark.parametrize(
    "text",
    [
        "#+ title: &a [*a]\nASK {}",
        "#+ title: " + "[" * 100_000 + "\nASK {}",
        "".join(f"#+ {' ' * n}a:\n" for n in range(100)) + "ASK {}",
        "#+ ? " + "[" * 50 + "]" * 50 + "\n#+ : b\nASK {}" + "\n#+ ? [" * 80,
        "#+ title: \x07\nASK {}",
    ],
    ids=["in itself", "brackets", "indents", "keys", "control"],
)
def test_limits_are_those_of_data(text: str) -> None:
    with pytest.raises(InvalidProject) as caught:
        query_header.parse(text, "q.rq")

    assert caught.value.findings[0].location.path == "q.rq"
    assert caught.value.findings[0].location.line >= 1


@pytest.mark.parametrize(
    ("text", "place", "sentence"),
    [
        (BOMB + "#+ title: *a11\nASK {}", r"q\.rq:\d+:\d+", messages.render("too-many-aliases", "en")),
        (
            "#+ title: " + "{a: " * 60 + "b" + "}" * 60,
            r"q\.rq:1:247",
            messages.render("nested-too-deeply", "en", limit=60),
        ),
    ],
    ids=["aliases", "levels"],
)
def test_exceeded_limit_is_named(text: str, place: str, sentence: str) -> None:
    found_place, found_sentence = fault(text)

    assert re.fullmatch(place, found_place)
    assert found_sentence == f"{found_place}: {sentence}"


def test_depth_is_that_of_data() -> None:
    assert query_header.parse("#+ x: " + "{a: " * 59 + "b" + "}" * 59, "q.rq")


def test_single_aliases_are_text() -> None:
    assert query_header.parse("#+ a: &x Who?\n#+ b: [*x, *x]\nASK {}", "q.rq") == {"a": "Who?", "b": ["Who?", "Who?"]}


@given(st.text(st.sampled_from("#+ab:[]{}&*-?!|>'\"\n \t,x1\\%@`\0\x85\ud800"), max_size=80))
@count_inputs
def test_any_header_is_read_or_reported(text: str) -> None:
    with contextlib.suppress(InvalidProject):
        assert all(isinstance(key, str) for key in query_header.parse("#+ " + text.replace("\n", "\n#+ "), "q.rq"))


@pytest.mark.parametrize("key", ["title", "summary", "message"])
def test_comma_that_cuts_a_text_is_reported(key: str) -> None:
    location, sentence = fault(f"#+ {key}: {{de: Wer fördert, ist dabei, en: Funders}}\nASK {{}}")

    assert location == f"q.rq:1:{len(f'#+ {key}: {{de: Wer fördert, ') + 1}"
    assert "“ist dabei” is read here as a key of its own" in sentence


@pytest.mark.parametrize("key", ["title", "summary", "message"])
def test_key_that_is_no_language_is_reported(key: str) -> None:
    location, sentence = fault(f"#+ {key}:\n#+   de: Frage\n#+   englisch_1: Question\nASK {{}}")

    assert location == "q.rq:3:6"
    assert "“englisch_1” is not a language tag" in sentence
