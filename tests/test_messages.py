"""Every sentence exists in both languages, is said somewhere, and gets the facts it names."""

from __future__ import annotations

import ast
import errno
import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itasgraph import errors, messages
from itasgraph.errors import FileError, Finding, InvalidProject, ItasgraphError, Location, QueryTimeout, UsageError
from itasgraph.messages import rendering
from itasgraph.util import spelling
from tests.helpers.projects import ROOT
from tests.helpers.properties import counted

SENTENCES = rendering._SENTENCES
SOURCES = sorted((ROOT / "itasgraph").rglob("*.py"))
ERRORS = {name for name, found in vars(errors).items() if isinstance(found, type) and issubclass(found, ItasgraphError)}
# Who takes the code of a sentence, and as which argument.
TAKES_CODE = {
    **dict.fromkeys(ERRORS - {"InvalidProject"}, 0),
    "Finding": 1,
    "of": 1,
    "_report": 1,
    "messages.render": 0,
    "__init__": 0,
}
# What an error adds to the facts it is given.
ADDS = {"UnsafeQuery": {"spot"}}


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
    """The strings an argument may be: itself, or either side of a condition."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)


def literals() -> set[str]:
    """All strings in the sources but those of the table itself."""
    nodes = (
        node for path in SOURCES if path.stem != "rendering" for node in ast.walk(ast.parse(path.read_text("utf-8")))
    )
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


SAID = [said for path in SOURCES for said in said_in(path)]


def known_facts(said: Said) -> set[str]:
    """The facts a sentence may use at this place: those given, and what `render` makes of `nearest` and `error`."""
    facts = set(said.facts or ())
    return (
        facts | ({"meant", "or_meant"} if "nearest" in facts else set()) | ({"reason"} if "error" in facts else set())
    )


# --- the table --------------------------------------------------------------------------------------------------------


def test_scan_finds_sentences() -> None:
    codes = {said.code for said in SAID}

    assert len(SOURCES) >= 80
    assert len(SAID) >= 60
    assert {"unreadable", "duplicate-id", "bad-sparql", "picture-foot", "cut", "language", "yes", "no"} <= codes


@pytest.mark.parametrize("code", SENTENCES)
def test_sentences_have_both_languages(code: str) -> None:
    german, english = SENTENCES[code]

    assert german
    assert english
    assert {name.removesuffix("_de") for name in fields(german)} == {
        name.removesuffix("_en") for name in fields(english)
    }


def test_used_sentences_exist() -> None:
    assert [said for said in SAID if said.code not in SENTENCES] == []


def test_sentences_are_used() -> None:
    within_other_sentences = {"meant", "or-meant"}
    said = literals()
    families = {f"{beginning}-{name}" for beginning in ("ask", "figure", "none", "caveat", "is") for name in said}

    assert set(SENTENCES) - said - families - within_other_sentences == set()


def test_sentences_get_their_facts() -> None:
    incomplete = [
        (said.place, said.code, fields(SENTENCES[said.code][0]) - known_facts(said))
        for said in SAID
        if said.code in SENTENCES and said.facts is not None and fields(SENTENCES[said.code][0]) - known_facts(said)
    ]

    assert incomplete == []


@pytest.mark.parametrize("code", SENTENCES)
def test_sentences_have_clean_spacing(code: str) -> None:
    for sentence in SENTENCES[code]:
        core = sentence if code in ("meant", "or-meant") else sentence.strip()

        assert sentence == core
        assert "  " not in sentence
        assert " - " not in sentence


# --- saying it --------------------------------------------------------------------------------------------------------


def test_facts_are_filled_by_name() -> None:
    assert messages.render("written", "de", path="a.ttl") == "geschrieben: a.ttl"
    assert messages.render("written", "en", path="a.ttl") == "written: a.ttl"


def test_other_languages_read_english() -> None:
    assert messages.render("yes", "fr") == "yes"


def test_braces_in_facts_are_kept() -> None:
    assert messages.render("written", "en", path="{path}") == "written: {path}"


@pytest.mark.parametrize(
    ("lang", "nearest", "sentence"),
    [
        ("en", "name", 'unknown key "nmae" – did you mean name?'),
        ("de", "name", "unbekannter Schlüssel „nmae“ – gemeint: name?"),
        ("en", "", 'unknown key "nmae".'),
    ],
)
def test_nearest_name_is_offered(lang: str, nearest: str, sentence: str) -> None:
    assert messages.render("unknown-key", lang, key="nmae", nearest=nearest).startswith(sentence)


@pytest.mark.parametrize(
    ("word", "found"),
    [("Zulieferr", "Zulieferer"), ("zulieferer", "Zulieferer"), ("ZULIEFERER", "Zulieferer"), ("xyz", ""), ("", "")],
)
def test_nearest_word_ignores_case(word: str, found: str) -> None:
    assert spelling.nearest(word, ["Zulieferer", "Zwickau", "Chemnitz"]) == found


@pytest.mark.parametrize(
    ("word", "candidates", "found"),
    [
        ("time", ["title", "type", "line"], ""),
        ("funding", ["during", "ending"], ""),
        ("marder", ["der", "Art"], ""),
        ("titel", ["title"], "title"),
        ("nam", ["name", "note"], "name"),
        ("muller", ["Müller"], "Müller"),
        ("rate", ["gate", "date"], "date"),
    ],
)
def test_distant_word_is_not_offered(word: str, candidates: list[str], found: str) -> None:
    assert spelling.nearest(word, candidates) == found


def errors_between(one: str, other: str) -> int:
    """Optimal string alignment as its definition reads: an error is a letter too many, too few, wrong, or two swapped."""

    @functools.cache
    def least(i: int, j: int) -> int:
        if not i or not j:
            return i + j
        found = min(least(i - 1, j) + 1, least(i, j - 1) + 1, least(i - 1, j - 1) + (one[i - 1] != other[j - 1]))
        swapped = i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]
        return min(found, least(i - 2, j - 2) + 1) if swapped else found

    return least(len(one), len(other))


WORDS = st.text("abcde", max_size=9)


@given(WORDS, st.lists(WORDS, max_size=6))
@counted
def test_suggestion_has_few_typos(word: str, candidates: list[str]) -> None:
    far = {candidate: errors_between(word, candidate) for candidate in candidates}
    near = {one: errors for one, errors in far.items() if errors <= max(len(word), len(one)) // 4}

    found = spelling.nearest(word, candidates)
    assert (found in near and near[found] == min(near.values())) if near else found == ""


@pytest.mark.parametrize(
    ("number", "german", "english"),
    [
        (errno.ENOENT, "a ist nicht lesbar: gibt es nicht", "a cannot be read: it does not exist"),
        (errno.EACCES, "a ist nicht lesbar: keine Berechtigung", "a cannot be read: permission denied"),
        (errno.EMFILE, "a ist nicht lesbar: zu viel", "a cannot be read: zu viel"),
    ],
    ids=["ENOENT", "EACCES", "one we have no words for"],
)
def test_system_error_is_translated(number: int, german: str, english: str) -> None:
    error = OSError(number, "zu viel")

    assert messages.render("unreadable", "de", path="a", error=error) == german
    assert messages.render("unreadable", "en", path="a", error=error) == english


def test_silent_system_error_has_words() -> None:
    assert messages.render("unreadable", "en", path="a", error=OSError("odd")) == "a cannot be read: odd"


@pytest.mark.parametrize(
    ("name", "lang", "heading"),
    [("speaker", "de", "Wer spricht"), ("speaker", "en", "speaker"), ("unheardOf", "de", "unheardOf")],
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


# --- errors and findings ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "shown"),
    [(Location("a.yaml", 3, 7), "a.yaml:3:7"), (Location("a.yaml"), "a.yaml"), (Location("a.yaml", 3, 0), "a.yaml:3")],
    ids=["line and column", "file", "line only"],
)
def test_location_reads_like_an_editor(place: Location, shown: str) -> None:
    assert str(place) == shown


def test_finding_has_place_and_way_out() -> None:
    finding = Finding.of(Location("a.yaml", 3, 7), "no-value", key="name")

    assert finding.render("en") == 'a.yaml:3:7: "name" has no value – give one or delete the line'
    assert finding.render("de") == "a.yaml:3:7: „name“ hat keinen Wert – einen angeben oder die Zeile streichen"


def test_warning_is_marked() -> None:
    finding = Finding(Location("a.yaml", 3, 7), "yes", severity="warning")

    assert finding.render("en") == "a.yaml:3:7: warning: yes"
    assert finding.render("de") == "a.yaml:3:7: Warnung: ja"


def test_project_faults_are_sorted() -> None:
    places = [Location("b.yaml", 1, 1), Location("a.yaml", 10, 1), Location("a.yaml", 9, 2), Location("a.yaml", 9, 1)]
    error = InvalidProject([Finding.of(place, "not-utf8") for place in places])

    assert [line.partition(": ")[0] for line in error.render("en").splitlines()] == [
        "a.yaml:9:1",
        "a.yaml:9:2",
        "a.yaml:10:1",
        "b.yaml:1:1",
        "The project cannot be read like this (faults",
    ]
    assert error.render("de").endswith("(4 Fehler).")


def test_same_fault_is_reported_once() -> None:
    finding = Finding.of(Location("a.yaml", 1, 1), "not-utf8")

    assert InvalidProject([finding, finding]).render("en").splitlines() == [
        "a.yaml:1:1: not valid UTF-8 – save the file as UTF-8",
        "The project cannot be read like this (faults: 1).",
    ]


@pytest.mark.parametrize(
    ("error", "exit_code"),
    [
        (UsageError("empty-query"), 2),
        (FileError("no-data", path="data"), 3),
        (QueryTimeout("timeout", seconds="1"), 3),
        (InvalidProject([]), 3),
    ],
    ids=["asked wrongly", "file", "time-out", "faults"],
)
def test_exit_code_tells_the_cause(error: ItasgraphError, exit_code: int) -> None:
    assert error.exit_code == exit_code


def test_error_reads_english() -> None:
    error = UsageError("unknown-query", name="offres", nearest="offers")

    assert str(error) == 'There is no question "offres" – did you mean offers? See them all with: itasgraph queries'
    assert error.facts == {"name": "offres", "nearest": "offers"}
