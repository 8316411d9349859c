"""Access to the graph that the user names, and work on it within a time limit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeVar

import pyoxigraph as ox

from itasgraph import formats
from itasgraph.errors import UsageError
from itasgraph.parsing import jsonld_context
from itasgraph.project import Project
from itasgraph.store import cache
from itasgraph.store.inputs import Inputs, find_key
from itasgraph.store.memory import CachedGraph, FileGraph, Graph, store_files
from itasgraph.store.queryable import Queryable
from itasgraph.util.timeout import run_with_timeout

if TYPE_CHECKING:
    from itasgraph.store.compiler import Compiled

T = TypeVar("T")


def open_graph(
    source: Project, data: Sequence[Path], endpoint: str | None, timeout: float | None, *, union: bool = True
) -> Queryable:
    """Return the graph of an endpoint, with `timeout` seconds for each query, of RDF or YAML-LD files, else of the project.

    Without `union`, the default graph of RDF files holds only what stands in no named graph. Raises as `load` and `load_files` do, and UsageError where both files and an endpoint are named.
    """
    if not union and (endpoint is not None or not data):
        raise UsageError("no-union-without-data")
    if endpoint is None:
        return load_files(data, source, union=union) if data else load(source)
    if data:
        raise UsageError("endpoint-and-data")
    from itasgraph.store import endpoint as endpoints

    terms = jsonld_context.load(source)
    remote = endpoints.Endpoint(endpoint, terms.prefixes, terms.base, timeout)
    remote.terms = terms
    return remote


def run(work: Callable[[BinaryIO], T], timeout: float | None, endpoint: str | None, out: BinaryIO | None = None) -> T:
    """Do `work`, which opens a graph and queries it, and write its output to `out`; see `run_with_timeout`.

    Raise ItasgraphError also where the answer of an endpoint does not fit the query.
    """

    def guarded(sink: BinaryIO) -> T:
        if endpoint is None:
            return work(sink)
        from itasgraph.store import endpoint as endpoints

        with endpoints.map_exceptions(endpoint):
            return work(sink)

    return run_with_timeout(timeout, guarded, out)


def load(project: Project) -> Graph:
    """Return the graph of a project, from the cache where the inputs have not changed.

    Raises InvalidProject (the files do not parse) or FileError (one cannot be read).
    """
    key, context = find_key(project)
    if entry := cache.read(key):  # which was compiled with this context
        return CachedGraph(entry, jsonld_context.parse_sound(context))
    # The files may have changed meanwhile, so the key is that of the very bytes that are compiled.
    inputs = Inputs.of(project)
    key = inputs.key()
    entry = cache.read(key) or cache.write(key, _compile_changes(inputs).store)
    return CachedGraph(entry, inputs.context)


def _compile_changes(inputs: Inputs) -> Graph:
    """Compile the inputs, with what the cache knows of data files that have not changed. Raises InvalidProject where there are faults."""
    from itasgraph.store import compiler, stored_documents

    return compiler.require_sound(compiler.compile_inputs(inputs, ox.Store(), stored_documents.read(inputs))).graph


def examine(project: Project) -> Compiled:
    """Compile a project as far as its files can be read, for `check`, with what the cache knows of files that have not changed.

    Raises FileError where a file cannot be opened, InvalidProject where the context cannot be used.
    """
    from itasgraph.store import compiler, stored_documents

    inputs = Inputs.of(project)
    documents = stored_documents.read(inputs)
    if entry := cache.read(inputs.key()):  # only a graph without faults has one
        return compiler.Compiled(inputs.context, documents, CachedGraph(entry, inputs.context), [])
    return compiler.compile_inputs(inputs, ox.Store(), documents)


def _compile(inputs: Inputs, store: ox.Store) -> Graph:
    """Compile the inputs into a store that may hold other statements. Raises InvalidProject where there are faults."""
    from itasgraph.store import compiler

    return compiler.require_sound(compiler.compile_inputs(inputs, store)).graph


def load_files(paths: Sequence[Path], project: Project, *, union: bool = True) -> Graph:
    """Return the graph of RDF or YAML-LD files, instead of a project's data.

    RDF is loaded unchanged, gzipped or not. YAML-LD is read with the context of the project, and its vocabulary and rules
    are added. Without `union`, see `open_graph`. Raise as `load` does, and UsageError for an unknown suffix.
    """
    graph = open_files(paths, project, union=union)
    _ = graph.store
    return graph


def open_files(paths: Sequence[Path], project: Project, *, union: bool = True) -> Graph:
    """Return the graph of files like `load_files`, but read RDF, and report its faults, only when it is needed."""
    from itasgraph.parsing import rdf_files

    others = [path for path in paths if formats.suffix_of(path) not in rdf_files.YAML or rdf_files.is_json_ld(path)]
    several = len(others) > 1
    sources = [rdf_files.RdfFile.of(path, number if several else None) for number, path in enumerate(others)]
    if len(others) < len(paths):
        if not union:
            raise UsageError("no-union-without-data")
        inputs = Inputs.of(project, [path for path in paths if path not in others])
        return _compile(inputs, store_files(sources, ox.Store()))
    return FileGraph(sources, jsonld_context.load(project), union=union)
