"""What `path` answers, and a path as the ids it passes."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from itasgraph.network.paths import PathRequest, PathResult
from tests.helpers.namespaces import BASE
from tests.helpers.programs import Run
from tests.helpers.projects import ROOT

Search = Callable[[PathRequest], PathResult]


def path(run: Run, *arguments: object, lang: str = "en") -> Any:
    """Return what `path` answers as JSON."""
    done = run("path", *arguments, "-f", "json", "--project", ROOT, "--lang", lang)
    assert done.stderr == ""
    content = json.loads(done.stdout)
    assert done.exit_code == (0 if content["connected"] else 1)
    return content


def nodes_of(chain: Any) -> list[str]:
    return [chain[0]["from"].removeprefix(BASE), *(step["to"].removeprefix(BASE) for step in chain)]
