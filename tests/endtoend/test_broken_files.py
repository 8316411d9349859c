"""Whatever a file holds that a command reads, it is read, or told in a line: no traceback, no signal, no wait without end."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.broken_files import TERMS, broken_files, whole_files
from tests.helpers.projects import ROOT, little_project

WORKER = """
import base64, json, sys
from pathlib import Path
from click.testing import CliRunner
from itasgraph.cli import main
for line in sys.stdin:
    path, content, command = json.loads(line)
    path = Path(path)
    whole = path.read_bytes() if path.exists() else None
    path.write_bytes(base64.b64decode(content))
    print(line, end="", flush=True)
    done = CliRunner().invoke(main, command)
    if whole is not None:
        path.write_bytes(whole)
    told = done.stderr.strip() or (done.exit_code == 1 and done.stdout.strip())
    if done.exit_code not in (0, 1, 2, 3) or not isinstance(done.exception, SystemExit | None) or (done.exit_code and not told):
        sys.exit(f"{done.exit_code} {done.exception!r} {done.stderr[-500:]} {done.exc_info}")
"""


@pytest.mark.parametrize("number", [58, pytest.param(464, marks=pytest.mark.slow)])
def test_broken_file_is_read_or_reported(number: int, tmp_path: Path) -> None:
    project, files = little_project(tmp_path / "project"), whole_files()
    (tmp_path / "whole.ttl").write_bytes(files["a.ttl"].content)
    (tmp_path / "terms.jsonld").write_text(TERMS)
    lines = []
    for name, content in broken_files(number, number):
        whole = files[name]
        path = (project / whole.folder if whole.folder else tmp_path) / name
        place = {"FILE": str(path), "DATA": str(tmp_path / "whole.ttl")}
        uses_project = whole.folder or whole.command[0] in ("draft", "coverage")
        command = [place.get(word, word) for word in whole.command]
        command += ["--project", str(project if uses_project else ROOT)]
        lines.append(json.dumps([str(path), base64.b64encode(content).decode(), command]) + "\n")

    done = subprocess.run(
        [sys.executable, "-c", WORKER],
        input="".join(lines),
        capture_output=True,
        text=True,
        timeout=1_700,
        check=False,
    )

    last = json.loads(done.stdout.splitlines()[-1])
    assert done.returncode == 0, (done.stderr[-800:], last[0], last[2], base64.b64decode(last[1])[:500])
    assert done.stdout.count("\n") == number
