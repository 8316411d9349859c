"""Build hook: the wheel carries the quads of the bundled project, so that the first question is as fast as the second."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class KeptQuads(BuildHookInterface[Any]):
    """Compiles the project while a wheel is built; nothing to do for an editable one, which reads the checkout."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root))
        from itasgraph import graph
        from itasgraph.project import Project

        folder = Path(self.directory)
        folder.mkdir(parents=True, exist_ok=True)
        kept = graph.keep(Project(root), folder)
        build_data["force_include"][str(kept)] = f"itasgraph/project/kept/{kept.name}"
