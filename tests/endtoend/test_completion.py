"""Completion as shells do it: bash itself asks, and the protocol of zsh and fish is answered."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.projects import ROOT

PROGRAM = Path(sys.executable).parent
ASK = """
eval "$(_ITASGRAPH_COMPLETE=bash_source itasgraph)"
COMP_WORDS=("$@"); COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 )); COMPREPLY=()
_itasgraph_completion itasgraph
printf '%s\\n' "${COMPREPLY[@]}"
"""


def surroundings(**more: str) -> dict[str, str]:
    path = f"{PROGRAM}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "LC_ALL": "C.UTF-8", **more}


def bash(*words: str, folder: Path = ROOT) -> list[str]:
    """What bash would offer for the last of the words, taken apart as bash does."""
    if shutil.which("bash") is None:
        pytest.skip("bash is not installed")
    done = subprocess.run(
        ["bash", "--norc", "-c", ASK, "bash", *words], capture_output=True, cwd=folder, env=surroundings(), check=True
    )
    assert done.stderr == b"", done.stderr
    return done.stdout.decode().splitlines()


def test_bash_completes_the_name_of_a_ready_question() -> None:
    assert bash("itasgraph", "query", "off") == ["offers"]


def test_bash_completes_a_parameter_and_its_value() -> None:
    offered = bash("itasgraph", "query", "who", "-p", "")

    assert {line.partition("=")[0] for line in offered} == {"topic"}
    assert "topic=Kreislaufwirtschaft" in offered


@pytest.mark.quick(1)
@pytest.mark.parametrize("typed", ["kreis", "Kreis", "KREIS"])
def test_bash_completes_a_value_behind_the_sign_at_which_it_ends_a_word(typed: str) -> None:
    assert bash("itasgraph", "query", "who", "-p", "topic", "=", typed) == ["Kreislaufwirtschaft"]


def test_bash_gets_a_name_with_spaces_as_one_word() -> None:
    assert bash("itasgraph", "show", "Boris") == [r"Boris\ Kaiser"]


@pytest.mark.slow
def test_bash_completes_a_name_typed_without_its_umlaut() -> None:
    assert bash("itasgraph", "query", "person", "-p", "person", "=", "Michel Goe") == [r"Michel\ Götze"]


@pytest.mark.slow
def test_bash_completes_networks_and_formats() -> None:
    assert bash("itasgraph", "view", "act") == ["actors"]
    assert bash("itasgraph", "query", "who", "-f", "ma") == ["markdown"]


def test_a_question_of_the_project_in_the_current_folder_is_offered(copy: Path) -> None:
    (copy / "queries" / "zzz-mine.rq").write_text("SELECT * { ?s ?p ?o }", encoding="utf-8")

    assert bash("itasgraph", "query", "zzz", folder=copy) == ["zzz-mine"]


@pytest.mark.slow
def test_a_project_that_does_not_parse_offers_nothing_and_says_nothing(copy: Path) -> None:
    (copy / "data" / "broken.yaml").write_text("says: [", encoding="utf-8")

    assert bash("itasgraph", "show", "Boris", folder=copy) == [""]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("shell", "words"),
    [("zsh", "itasgraph\nquery\nwho\n-p\ntopic=kreis"), ("fish", "itasgraph query who -p topic=kreis")],
)
def test_zsh_and_fish_are_offered_the_value_with_the_id_it_leads_to(shell: str, words: str) -> None:
    number = "topic=kreis" if shell == "fish" else "4"
    extra = {"COMP_WORDS": words, "COMP_CWORD": number, "_ITASGRAPH_COMPLETE": f"{shell}_complete"}
    done = subprocess.run(
        [PROGRAM / "itasgraph"], capture_output=True, text=True, cwd=ROOT, env=surroundings(**extra), check=True
    )

    assert re.split(r"[\n,\t]", done.stdout.strip()) == [
        "plain",
        "topic=Kreislaufwirtschaft",
        "topic/kreislaufwirtschaft",
    ]
    assert done.stderr == ""


@pytest.mark.quick(1)
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_a_script_to_load(shell: str) -> None:
    extra = surroundings(_ITASGRAPH_COMPLETE=f"{shell}_source")
    done = subprocess.run([PROGRAM / "itasgraph"], capture_output=True, text=True, env=extra, check=True)

    assert f"_ITASGRAPH_COMPLETE={shell}_complete" in done.stdout
