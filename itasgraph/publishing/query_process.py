"""The process that answers queries from a copy of the graph; `query_workers` starts it, sends the queries and kills it.

Both sides send frames: four bytes with the length, then the content. A query arrives as one frame of JSON (`Job`). The
reply is a frame of JSON (`Head`), frames of content, and an empty frame; without the empty frame it is incomplete.
"""

from __future__ import annotations

import json
import shutil
import signal
import struct
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final, TypedDict, cast

import pyoxigraph as ox

from itasgraph.errors import ItasgraphError, QuerySyntaxError, UsageError
from itasgraph.publishing import negotiation
from itasgraph.store.memory import Dataset, Graph

LENGTH: Final = struct.Struct(">I")
# Bytes of content in a frame. A shorter answer is sent as a whole, with its length.
_CHUNK: Final = 1 << 17
# Seconds beyond the time limit after which the process ends itself, in case the server no longer exists to kill it.
_GRACE: Final = 2
_MAX_REASON: Final = 200


class ProcessSettings(TypedDict):
    """The settings of a process: store, short names in queries, hosts they may call, limits in seconds and bytes."""

    store: str
    prefixes: dict[str, str]
    base: str
    services: list[str]
    seconds: float
    memory: int


class Job(TypedDict):
    """A query and the media types its client prefers, for rows and for a graph (empty: it accepts none of ours).

    The graphs are those of the SPARQL 1.1 Protocol, section 2.1.4 (None: those that the query names). Without a query, the
    job is to describe the service at the address `service`. Errors are rendered in the language `lang`.
    """

    query: str | None
    rows: str
    graph: str
    default_graphs: list[str] | None
    named_graphs: list[str] | None
    service: str
    lang: str


class Head(TypedDict, total=False):
    """The head of a reply: its media type and, where known, its length in bytes; or an error of `messages` and its text."""

    media_type: str
    length: int
    error: str
    text: str


def main() -> None:
    """Answer the queries on stdin until it ends."""
    source, out = sys.stdin.buffer, sys.stdout.buffer
    settings: ProcessSettings = json.loads(read_frame(source))
    _limit_memory(settings["memory"])
    graph = Graph(_store(Path(settings["store"])), settings["prefixes"], settings["base"])
    graph.services = settings["services"]
    _write_frame(out, b"{}")
    while frame := read_frame(source):
        job: Job = json.loads(frame)
        with _fallback_time_limit(settings["seconds"] + _GRACE):
            _Reply(out, job["lang"]).send(partial(_answer, graph, job))
    # A killed server cannot remove its store, so its processes do.
    shutil.rmtree(Path(settings["store"]).parent, ignore_errors=True)


def _store(path: Path) -> ox.Store:
    """Open a store on disk, or read a file of checked N-Quads into a store in memory."""
    if path.is_dir():
        return ox.Store.read_only(str(path))
    store = ox.Store()
    store.load(path=path, format=ox.RdfFormat.N_QUADS, lenient=True)
    return store


def read_frame(source: BinaryIO) -> bytes:
    """Return the content of the next frame, or nothing at the end."""
    length = source.read(LENGTH.size)
    return source.read(*LENGTH.unpack(length)) if len(length) == LENGTH.size else b""


def _write_frame(out: BinaryIO, content: bytes) -> None:
    out.write(LENGTH.pack(len(content)) + content)
    out.flush()


def _limit_memory(size: int) -> None:
    """Limit the address space of the process, on systems that can."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (size, size))


@contextmanager
def _fallback_time_limit(seconds: float) -> Iterator[None]:
    """End the process after so many seconds, on systems that have SIGALRM: it interrupts Oxigraph, too."""
    if sys.platform == "win32":
        yield
        return
    signal.setitimer(signal.ITIMER_REAL, seconds)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)


# --- a reply ------------------------------------------------------------------------------------------------------


class _Reply:
    """A reply, to which an answer is written: a short one is sent as a whole, a long one in frames as the server reads."""

    def __init__(self, out: BinaryIO, lang: str) -> None:
        self.media_type = ""
        self._out = out
        self._lang = lang
        self._content = bytearray()
        self._begun = False

    def send(self, work: Callable[[_Reply], None]) -> None:
        """Send what `work` writes, or the error it raises. Raises the error itself where the answer has begun."""
        try:
            work(self)
        except (ItasgraphError, OSError, RuntimeError, ValueError, MemoryError) as error:
            if self._begun:
                raise
            self._content.clear()
            self._send_head(_error_head(error, self._lang))
        if not self._begun:
            self._send_head({"media_type": self.media_type, "length": len(self._content)})
        self._send_content()
        _write_frame(self._out, b"")

    def write(self, data: bytes) -> int:
        self._content += data
        if len(self._content) >= _CHUNK:
            if not self._begun:
                self._send_head({"media_type": self.media_type})
            self._send_content()
        return len(data)

    def flush(self) -> None:
        """Do nothing: `send` decides when the content goes out."""

    def _send_head(self, head: Head) -> None:
        self._begun = True
        content = json.dumps(head).encode()
        self._out.write(LENGTH.pack(len(content)) + content)

    def _send_content(self) -> None:
        if self._content:
            _write_frame(self._out, bytes(self._content))
            self._content.clear()


def _error_head(error: Exception, lang: str) -> Head:
    if isinstance(error, MemoryError):
        error = ItasgraphError("serve-memory")
    if not isinstance(error, ItasgraphError):
        error = UsageError("query-failed", reason=(str(error).splitlines() or [""])[0][:_MAX_REASON])
    return {"error": error.code, "text": error.render(lang), "length": 0}


# --- an answer ----------------------------------------------------------------------------------------------------


def _answer(graph: Graph, job: Job, reply: _Reply) -> None:
    """Write the answer to a query. Raises UsageError where it does not parse or its client accepts no format of the answer."""
    graph.dataset = None if job["query"] is None else _dataset(job)
    if job["query"] is None:
        from itasgraph.publishing import service_description

        format_ = _rdf_format(job["graph"], reply)
        service_description.write(graph, job["service"], format_, cast("BinaryIO", reply))
        return
    try:
        result = graph.query(job["query"])
    except QuerySyntaxError as error:
        from itasgraph.questions import query_hints

        raise query_hints.explain(error, graph) from error
    if isinstance(result, ox.QueryTriples):
        result.serialize(cast("BinaryIO", reply), _rdf_format(job["graph"], reply))
        return
    assert isinstance(result, ox.QuerySolutions | ox.QueryBoolean)
    _write_rows(result, job["rows"], reply)


def _dataset(job: Job) -> Dataset | None:
    if job["default_graphs"] is None and job["named_graphs"] is None:
        return None
    return Dataset(*([ox.NamedNode(name) for name in job[part] or []] for part in ("default_graphs", "named_graphs")))


def _rdf_format(media_type: str, reply: _Reply) -> ox.RdfFormat:
    format_ = ox.RdfFormat.from_media_type(media_type) if media_type else None
    if format_ is None:
        raise UsageError("serve-accept", known=" ".join(negotiation.GRAPH_TYPES))
    reply.media_type = media_type
    return format_


def _write_rows(result: ox.QuerySolutions | ox.QueryBoolean, media_type: str, reply: _Reply) -> None:
    format_ = ox.QueryResultsFormat.from_media_type(media_type) if media_type else None
    if format_ is None:
        raise UsageError("serve-accept", known=" ".join(negotiation.ROW_TYPES))
    reply.media_type = media_type
    result.serialize(cast("BinaryIO", reply), format_)


if __name__ == "__main__":
    main()
