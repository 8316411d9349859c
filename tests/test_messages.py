"""Every sentence exists in both languages, is said somewhere, and gets the facts it names. That it exists, mypy sees."""

from __future__ import annotations

import ast
import errno
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

from itasgraph import errors, messages
from itasgraph.errors import ItasgraphError
from itasgraph.messages.codes import Code
from itasgraph.messages.de import GERMAN
from itasgraph.messages.en import ENGLISH
from itasgraph.messages.language import Language
from tests.helpers.projects import ROOT

SENTENCES: dict[str, tuple[str, str]] = {
    code: (GERMAN.sentences[code], ENGLISH.sentences[code]) for code in GERMAN.sentences
}
SOURCES = sorted((ROOT / "itasgraph").rglob("*.py"))
ERRORS = {
    name for name, class_ in vars(errors).items() if isinstance(class_, type) and issubclass(class_, ItasgraphError)
}
# Who takes the code of a sentence, and as which argument.
TAKES_CODE = {
    **dict.fromkeys(ERRORS - {"InvalidProject"}, 0),
    "Finding": 1,
    "of": 1,
    "report": 1,
    "messages.render": 0,
    "__init__": 0,
}
# What an error adds to the facts it is given.
ADDS = {"UnsafeQuery": {"snippet"}}


@dataclass(frozen=True)
class Said:
    """A place in the sources where a sentence is said: its code, and the facts given by name (None: not told)."""

    code: str
    facts: frozenset[str] | None
    place: str


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def said_in(path: Path) -> Iterator[Said]:
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(call, ast.Call):
            continue
        called = ast.unparse(call.func)
        number = TAKES_CODE.get(called, TAKES_CODE.get(called.rpartition(".")[2]))
        if number is None or len(call.args) <= number:
            continue
        names = [keyword.arg for keyword in call.keywords]
        untold = None in names or called == "Finding"  # facts from a mapping
        facts = None if untold else frozenset(name for name in names if name) | ADDS.get(called, set())
        for code in _texts(call.args[number]):
            yield Said(code, facts, f"{path.name}:{call.lineno}")


def _texts(node: ast.expr) -> Iterator[str]:
    """Yield the strings an argument may be: itself, or either side of a condition."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)


def literals() -> set[str]:
    """Return all strings in the sources but those of the table itself."""
    nodes = (
        node
        for path in SOURCES
        if path.parent.name != "messages"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
    )
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


@functools.cache
def all_said() -> tuple[Said, ...]:
    """Return all places in the sources where a sentence is said."""
    return tuple(said for path in SOURCES for said in said_in(path))


def known_facts(said: Said) -> set[str]:
    """Return the facts a sentence may use at this place: those given, and what `render` makes of `nearest` and `error`."""
    facts = set(said.facts or ())
    return (
        facts
        | ({"suggestion", "or_suggestion"} if "nearest" in facts else set())
        | ({"reason"} if "error" in facts else set())
    )


# --- the table --------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_scan_finds_sentences() -> None:
    codes = {said.code for said in all_said()}

    assert len(SOURCES) >= 80
    assert len(all_said()) >= 60
    assert {
        "unreadable",
        "duplicate-id",
        "sparql-syntax-error",
        "undated",
        "text-cut-by-comma",
        "invalid-language",
        "yes",
        "no",
    } <= codes


@pytest.mark.parametrize("language", [GERMAN, ENGLISH], ids=["de", "en"])
def test_a_language_has_all_sentences(language: Language) -> None:
    assert list(language.sentences) == list(get_args(Code))


def test_both_languages_fill_the_same_tables() -> None:
    assert GERMAN.columns.keys() == ENGLISH.columns.keys()
    assert GERMAN.system.keys() == ENGLISH.system.keys()
    assert GERMAN.page.keys() == ENGLISH.page.keys()


def test_a_text_that_is_no_code_is_refused() -> None:
    with pytest.raises(KeyError):
        messages.as_code("unheard-of")


@pytest.mark.quick(297)
@pytest.mark.parametrize("code", SENTENCES)
def test_sentences_have_both_languages(code: str) -> None:
    german, english = SENTENCES[code]

    assert german
    assert english
    assert {name.removesuffix("_de") for name in fields(german)} == {
        name.removesuffix("_en") for name in fields(english)
    }


def test_sentences_are_used() -> None:
    within_other_sentences = {"suggestion", "or-suggestion"}
    said = literals()
    families = {f"{beginning}-{name}" for beginning in ("ask", "figure", "none", "caveat", "is") for name in said}

    assert set(SENTENCES) - said - families - within_other_sentences == set()


def test_sentences_get_their_facts() -> None:
    incomplete = [
        (said.place, said.code, fields(SENTENCES[said.code][0]) - known_facts(said))
        for said in all_said()
        if said.code in SENTENCES and said.facts is not None and fields(SENTENCES[said.code][0]) - known_facts(said)
    ]

    assert incomplete == []


@pytest.mark.quick(310)
@pytest.mark.parametrize("code", SENTENCES)
def test_sentences_have_clean_spacing(code: str) -> None:
    for sentence in SENTENCES[code]:
        core = sentence if code in ("suggestion", "or-suggestion") else sentence.strip()

        assert sentence == core
        assert "  " not in sentence
        assert " - " not in sentence


# --- saying it --------------------------------------------------------------------------------------------------------


def test_facts_are_filled_by_name() -> None:
    assert messages.render("written", "de", path="a.ttl") == "geschrieben: a.ttl"
    assert messages.render("written", "en", path="a.ttl") == "written: a.ttl"


@pytest.mark.parametrize(
    ("count", "german", "english"),
    [
        (1, "In Ordnung: 1 Eintrag, 1 Datendatei.", "No faults: 1 entry, 1 data file."),
        (2, "In Ordnung: 2 Einträge, 2 Datendateien.", "No faults: 2 entries, 2 data files."),
        (0, "In Ordnung: 0 Einträge, 0 Datendateien.", "No faults: 0 entries, 0 data files."),
        ("21", "In Ordnung: 21 Einträge, 21 Datendateien.", "No faults: 21 entries, 21 data files."),
    ],
)
def test_noun_after_a_number_agrees_with_it(count: object, german: str, english: str) -> None:
    assert messages.render("no-faults", "de", entities=count, files=count) == german
    assert messages.render("no-faults", "en", entities=count, files=count) == english


@pytest.mark.parametrize("language", [GERMAN, ENGLISH], ids=["de", "en"])
def test_numbers_before_a_noun_have_two_forms(language: Language) -> None:
    counts = "after|before|count|entities|files|graphs|number|rows|triples"
    # The number of paths and of sampled entries is never 1; "more" is the same for 1.
    exempt = {"path-limit", "measure-connects-sampled"} | ({"and-more"} if language is ENGLISH else set())
    invariant = r"gezeigt|Tripel|statt|of|von"
    single = {
        code
        for code, text in language.sentences.items()
        if re.search(rf"(?<!: )(?<!\()\{{({counts})\}} (?!{invariant})[A-Za-zÄÖÜäöü]", text)
    }

    assert single - exempt == set()


def test_other_languages_read_english() -> None:
    assert messages.render("yes", "fr") == "yes"


def test_braces_in_facts_are_kept() -> None:
    assert messages.render("written", "en", path="{path}") == "written: {path}"


@pytest.mark.parametrize(
    ("lang", "nearest", "sentence"),
    [
        ("en", "name", "unknown key “nmae” – did you mean name?"),
        ("de", "name", "unbekannter Schlüssel „nmae“ – gemeint: name?"),
        ("en", "", "unknown key “nmae”."),
    ],
)
def test_nearest_name_is_offered(lang: str, nearest: str, sentence: str) -> None:
    assert messages.render("unknown-key", lang, key="nmae", nearest=nearest).startswith(sentence)


@pytest.mark.parametrize(
    ("number", "german", "english"),
    [
        (errno.ENOENT, "a lässt sich nicht lesen: nicht vorhanden", "a cannot be read: it does not exist"),
        (errno.EACCES, "a lässt sich nicht lesen: keine Berechtigung", "a cannot be read: permission denied"),
        (errno.EMFILE, "a lässt sich nicht lesen: zu viel", "a cannot be read: zu viel"),
    ],
    ids=["ENOENT", "EACCES", "one we have no words for"],
)
def test_system_error_is_translated(number: int, german: str, english: str) -> None:
    error = OSError(number, "zu viel")

    assert messages.render("unreadable", "de", path="a", error=error) == german
    assert messages.render("unreadable", "en", path="a", error=error) == english


def test_silent_system_error_has_words() -> None:
    assert messages.render("unreadable", "en", path="a", error=OSError("odd")) == "a cannot be read: odd"


@pytest.mark.parametrize("table", ["sentences", "columns", "page"])
def test_quotation_marks_are_those_of_the_language(table: str) -> None:
    alone = {"quoteOpen", "quoteClose"}  # one mark each, which the page puts around a quote
    german, english = (
        {code: text for code, text in getattr(words, table).items() if code not in alone} for words in (GERMAN, ENGLISH)
    )
    # Straight marks stand only in what one copies into a file, and then in both languages.
    copied = {code for code, text in german.items() if '"' in text}

    assert {code for code, text in english.items() if '"' in text} <= copied
    assert [text for text in english.values() if "„" in text or text.count("“") != text.count("”")] == []
    assert [text for text in german.values() if "”" in text or text.count("„") != text.count("“")] == []


@pytest.mark.parametrize(
    ("name", "lang", "heading"),
    [("speaker", "de", "Wer"), ("speaker", "en", "who"), ("unheardOf", "de", "unheardOf")],
)
def test_column_has_a_heading(name: str, lang: str, heading: str) -> None:
    assert messages.column(name, lang) == heading


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LC_ALL": "de_DE.UTF-8", "LANG": "en_US.UTF-8"}, "de"),
        ({"LC_MESSAGES": "de_AT", "LANG": "en_US.UTF-8"}, "de"),
        ({"LANG": "de"}, "de"),
        ({"LC_ALL": "", "LANG": "de_DE"}, "de"),
        ({"LC_ALL": "C.UTF-8", "LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_language_follows_the_locale(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], language: str) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, setting in variables.items():
        monkeypatch.setenv(name, setting)

    assert messages.system_language() == language
