"""The files that decide what a graph is, and the key of that graph in the cache.

A command that finds its graph in the cache needs only this module, and none of the modules that compile.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from itasgraph import formats
from itasgraph.parsing import jsonld_context
from itasgraph.project import Project
from itasgraph.store import cache, file_index
from itasgraph.util import files


@dataclass(frozen=True)
class Inputs:
    """The files that decide what a graph is, by their path: each is read once, so that the hashed content is the compiled content.

    `data` are the paths of the files that hold data.
    """

    project: Project
    data: Sequence[Path]
    content: Mapping[Path, bytes]

    @classmethod
    def of(cls, project: Project, data: Sequence[Path] | None = None) -> Inputs:
        """Read the files of a project, or its vocabularies and rules with other data files. Raises FileError."""
        paths = project.data if data is None else data
        others = [project.context, *project.vocabularies, *project.rules]
        return cls(project, paths, {path: _content(path, project) for path in [*others, *paths]})

    @cached_property
    def context(self) -> jsonld_context.Context:
        return jsonld_context.parse(self.content[self.project.context], self.project.filename(self.project.context))

    def key(self) -> str:
        """Return the key in the cache of the graph that is compiled from these files."""
        return _key(self.project, {path: hashlib.sha256(data).digest() for path, data in self.content.items()})


def find_key(project: Project) -> tuple[str, bytes]:
    """Return the key that `Inputs.key` returns, without reading files that have not changed. Raises FileError.

    The content of the context is read and returned, because each command needs it.
    """
    content = files.read(project.context, project.filename(project.context))
    digests = {project.context: hashlib.sha256(content).digest()}
    digests |= file_index.digests(project, [path for path in project.inputs() if path != project.context])
    return _key(project, digests), content


def _key(project: Project, digests: Mapping[Path, bytes]) -> str:
    return cache.key({str(path.relative_to(project.root)): digest for path, digest in digests.items()})


def _content(path: Path, project: Project) -> bytes:
    if not formats.is_gzipped(path):
        return files.read(path, project.filename(path))
    from itasgraph.parsing import rdf_files

    return rdf_files.read(path)
