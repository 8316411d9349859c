"""What tests of the commands on one file of others share."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result

from tests.helpers.programs import Run
from tests.helpers.projects import ROOT


@pytest.fixture
def ask(run: Run, tmp_path: Path) -> Run:
    """Run a command on one file: `ask(content, "show", "Ann")`; `name` is the name of the file."""

    def command(content: str | bytes, *arguments: object, name: str = "data.ttl", lang: str = "en") -> Result:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return run(*arguments, "--data", path, "--project", ROOT, "--lang", lang)

    return command
