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

pytestmark = pytest.mark.slow

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
    """Return what bash would offer for the last of the words, taken apart as bash does."""
    if shutil.which("bash") is None:
        pytest.skip("bash is not installed")
    done = subprocess.run(
        ["bash", "--norc", "-c", ASK, "bash", *words], capture_output=True, cwd=folder, env=surroundings(), check=True
    )
    assert done.stderr == b"", done.stderr
    return done.stdout.decode().splitlines()


def test_bash_completes_a_question() -> None:
    assert bash("itasgraph", "query", "off") == ["offers"]


def test_bash_completes_a_parameter() -> None:
    offered = bash("itasgraph", "query", "who", "-p", "")

    assert {line.partition("=")[0] for line in offered} == {"topic"}
    assert "topic=Kreislaufwirtschaft" in offered


@pytest.mark.parametrize("typed", ["kreis", "Kreis", "KREIS"])
def test_bash_completes_behind_a_break(typed: str) -> None:
    assert bash("itasgraph", "query", "who", "-p", "topic", "=", typed) == ["Kreislaufwirtschaft"]


def test_bash_keeps_spaces_in_one_word() -> None:
    assert bash("itasgraph", "show", "Boris") == [r"Boris\ Kaiser"]


def test_bash_completes_without_umlauts() -> None:
    assert bash("itasgraph", "query", "person", "-p", "person", "=", "Michel Goe") == [r"Michel\ Götze"]


def test_bash_completes_networks_and_formats() -> None:
    assert bash("itasgraph", "view", "act") == ["actors"]
    assert bash("itasgraph", "query", "who", "-f", "ma") == ["markdown"]


def test_current_project_is_offered(copy: Path) -> None:
    (copy / "queries" / "zzz-mine.rq").write_text("SELECT * { ?s ?p ?o }", encoding="utf-8")

    assert bash("itasgraph", "query", "zzz", folder=copy) == ["zzz-mine"]


def test_broken_project_offers_nothing(copy: Path) -> None:
    (copy / "data" / "broken.yaml").write_text("says: [", encoding="utf-8")

    assert bash("itasgraph", "show", "Boris", folder=copy) == [""]


@pytest.mark.parametrize(
    ("shell", "words"),
    [("zsh", "itasgraph\nquery\nwho\n-p\ntopic=kreis"), ("fish", "itasgraph query who -p topic=kreis")],
)
def test_zsh_and_fish_get_value_and_id(shell: str, words: str) -> None:
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


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_shell_gets_a_script(shell: str) -> None:
    extra = surroundings(_ITASGRAPH_COMPLETE=f"{shell}_source")
    done = subprocess.run([PROGRAM / "itasgraph"], capture_output=True, text=True, env=extra, check=True)

    assert f"_ITASGRAPH_COMPLETE={shell}_complete" in done.stdout
