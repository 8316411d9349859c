"""`--lang` before and after the command; help and errors of usage in German, all of them."""

from __future__ import annotations

import gettext
import inspect
import os
import re
from collections.abc import Iterator

import click
import pytest

from itasgraph.cli import main
from itasgraph.cli.language import language_in
from itasgraph.messages.help_de import HELP
from tests.helpers.programs import Run
from tests.helpers.projects import ROOT
from tools import make_catalogue

COMMANDS = [(), *((name,) for name in sorted(main.all_commands()))]
# Words that every English help has, and no German one.
ENGLISH = re.compile(r"\b(?:Usage|Options|Commands|Show|the|of|and|this|with|default|required)\b")


def texts() -> Iterator[str]:
    """Yield our own words in the help: paragraphs, helps of options, and the values these take."""
    for command in [main, *main.all_commands().values()]:
        for paragraph in inspect.cleandoc(command.help or "").split("\n\n"):
            yield paragraph.split()[1] if paragraph.startswith("\b") else " ".join(paragraph.split())
        for option in command.params:
            if isinstance(option, click.Option) and option.help:
                yield option.help


@pytest.mark.parametrize("text", sorted(set(texts())))
def test_help_is_translated(text: str) -> None:
    assert HELP.get(text)


def values() -> set[str]:
    """The words that stand for a value in the help: of an argument or an option."""
    return {option.metavar for command in main.all_commands().values() for option in command.params if option.metavar}


def test_words_for_values_are_translated() -> None:
    same_in_german = {"A", "A B", "B", "HOST", "MIB", "N", "NAME", "PORT", "TEXT", "URL"}

    assert values() - set(HELP) == same_in_german


def test_no_translation_is_left_over() -> None:
    own = set(list(HELP)[list(HELP).index("DIR") :])

    assert own - set(texts()) - values() - {"ADDRESS"} == set()


def test_catalogue_is_current() -> None:
    content = (ROOT / make_catalogue.PATH).read_bytes()
    read = gettext.translation("messages", ROOT / "itasgraph/messages/locale", ["de"])

    assert content == make_catalogue.compiled(), "run `make docs`"
    assert all(read.gettext(text) == translation for text, translation in HELP.items() if "\0" not in text)
    assert read.ngettext("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments.", 2) == (
        "Die Option „{name}“ braucht {nargs} Werte."
    )


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_german_help_has_no_english_word(run: Run, command: tuple[str, ...]) -> None:
    done = run(*command, "--help", "--lang", "de")
    prose = re.sub(r"itasgraph .*|-\S+( / \S+)?|'.*?'", "", done.stdout)

    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith("Aufruf: ")
    assert ENGLISH.findall(prose) == []


@pytest.mark.parametrize("lang", ["de", "en"])
def test_summaries_are_whole(run: Run, lang: str) -> None:
    shown = run("--help", "--lang", lang).stdout
    listed = re.split(r"\n  (?=\w)", re.split(r"Commands:|Befehle:", shown)[1])[1:]

    assert len(listed) == len(main.all_commands())
    assert [entry for entry in listed if not entry.rstrip().endswith((".", "?"))] == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nonsense",), "Den Befehl „nonsense“ gibt es nicht."),
        (("query", "--nonsense", "who"), "Die Option „--nonsense“ gibt es nicht."),
        (("query",), "Es fehlt das Argument 'FRAGE'."),
        (("init",), "Es fehlt das Argument 'ORDNER'."),
        (("query", "who", "-f"), "Die Option „-f“ braucht einen Wert."),
        (("query", "who", "more"), "Ein Argument ist zu viel (more)"),
        (("query", "who", "--cite=yes"), "Die Option „--cite“ nimmt keinen Wert an."),
    ],
)
@pytest.mark.parametrize("place", ["before", "after"])
def test_errors_of_usage_are_german(run: Run, arguments: tuple[str, ...], message: str, place: str) -> None:
    done = run("--lang", "de", *arguments) if place == "before" else run(arguments[0], "--lang=de", *arguments[1:])

    assert done.exit_code == 2
    assert "Fehler: " in done.stderr
    assert message in done.stderr
    assert ENGLISH.findall(done.stderr) == []


@pytest.mark.parametrize(
    "arguments", [("--lang", "de", "check", "-f", "jason"), ("check", "-f", "jason", "--lang", "de")]
)
def test_misspelt_choice_is_named_in_german(run: Run, arguments: tuple[str, ...]) -> None:
    done = run(*arguments)

    assert done.exit_code == 2
    assert done.stderr == "--format: „jason“ ist nicht möglich – gemeint: json? Möglich: text, json, github\n"


@pytest.mark.parametrize(
    "arguments",
    [("--lang", "de", "queries"), ("queries", "--lang", "de"), ("--lang", "en", "queries", "--lang", "de")],
    ids=["before", "after", "both"],
)
def test_language_may_stand_before_or_after(run: Run, arguments: tuple[str, ...]) -> None:
    assert run(*arguments, "--project", ROOT).stdout == run("queries", "--lang=de", "--project", ROOT).stdout


def test_what_follows_two_dashes_is_no_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")

    assert language_in(["show", "--", "--lang", "de"]) == "en"


def test_each_help_speaks_its_own_language(run: Run) -> None:
    first, second = (run("show", "--help", "--lang", lang).stdout for lang in ("de", "en"))

    assert "Diese Hilfe zeigen." in first
    assert "Show this message and exit." in second


def test_environment_stays_as_it_is(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "fr")
    run("--help", "--lang", "de")

    assert os.environ["LANGUAGE"] == "fr"
