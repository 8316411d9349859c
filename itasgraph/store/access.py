"""The graph that the user means, and work on it within a time limit."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO, TypeVar

from itasgraph.errors import UsageError
from itasgraph.parsing import jsonld_context
from itasgraph.project import Project
from itasgraph.store import graph
from itasgraph.store.graph import Queryable
from itasgraph.util import worker_thread

T = TypeVar("T")


def open_graph(source: Project, data: Sequence[Path], endpoint: str | None, timeout: float | None) -> Queryable:
    """The graph meant: an endpoint that has `timeout` seconds for each query, RDF or YAML-LD files, else the project.

    Raises as `graph.load` and `graph.load_files` do, and UsageError where both files and an endpoint are named.
    """
    if endpoint is None:
        return graph.load_files(data, source) if data else graph.load(source)
    if data:
        raise UsageError("endpoint-and-data")
    from itasgraph.store import endpoint as endpoints

    terms = jsonld_context.of(source)
    found = endpoints.Endpoint(endpoint, terms.prefixes, terms.base, timeout)
    found.terms = terms
    return found


def run(work: Callable[[BinaryIO], T], timeout: float | None, endpoint: str | None, out: BinaryIO | None = None) -> T:
    """Do `work`, which opens a graph and asks it, and write to `out` what it writes; see `worker_thread.run_in_thread`.

    Raises ItasgraphError also where an endpoint gives an answer that is none to what it was asked.
    """

    def guarded(sink: BinaryIO) -> T:
        if endpoint is None:
            return work(sink)
        from itasgraph.store import endpoint as endpoints

        with endpoints.understood(endpoint):
            return work(sink)

    return worker_thread.run_in_thread(timeout, guarded, out or io.BytesIO())
