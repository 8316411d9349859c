"""The server of a read-only SPARQL 1.1 endpoint, which works on a temporary copy of a graph and removes it at the end."""

from __future__ import annotations

import asyncio
import errno
import importlib.util
import signal
import socket
import tempfile
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from itasgraph.errors import ItasgraphError, UsageError
from itasgraph.store.memory import Graph
from itasgraph.store.queryable import Queryable
from itasgraph.util import files

EXAMPLE: Final = "SELECT ?type (COUNT(*) AS ?things) { ?thing a ?type } GROUP BY ?type"
_OWN_NAMES: Final = ("localhost", "127.0.0.1", "::1")
_BACKLOG: Final = 1024
# The signals that end the program: of Ctrl-C, of the system, of a closed terminal (POSIX).
_SIGNALS: Final = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


@dataclass(frozen=True)
class ServerSettings:
    """The address to listen at (port 0: a free port), the access of other sites, and the limits of a query (seconds, MiB)."""

    host: str = "127.0.0.1"
    port: int = 0
    timeout: int = 60
    memory: int = 2048
    cors: bool = False
    allow_host: tuple[str, ...] = ()
    lang: str = "en"


def serve(graph: Graph, settings: ServerSettings, ready: Callable[[str, int], None]) -> None:
    """Answer until SIGINT or SIGTERM; call `ready` with the address and the number of triples once the server answers.

    Raises UsageError for a host that is not this machine, and ItasgraphError for a port that is taken. KeyboardInterrupt
    before the server is ready reaches the caller.
    """
    with (
        _listen(settings) as listener,
        files.temporary_folder(Path(tempfile.gettempdir())) as folder,
    ):
        store, triples = graph.save(folder)
        url = f"http://{_bracket(settings.host)}:{listener.getsockname()[1]}/query"
        ended_by = _run_until_signal(lambda: _run(graph, settings, listener, store, lambda: ready(url, triples)))
    if ended_by is not None:
        signal.raise_signal(ended_by)  # to the caller, now that the temporary copy is removed


def _run_until_signal(work: Callable[[], Coroutine[None, None, None]]) -> int | None:
    """Run a coroutine; where a signal cancels it, return the signal.

    A handler that raised an exception could interrupt any task, and asyncio might then wait for its work without end.
    """
    signals: list[int] = []
    handlers = {number: signal.getsignal(number) for number in _SIGNALS}

    async def cancellable() -> None:
        loop, task = asyncio.get_running_loop(), asyncio.current_task()
        assert task is not None

        def cancel(number: int, _: object) -> None:
            signals.append(number)
            loop.call_soon_threadsafe(task.cancel)

        for number, handler in handlers.items():
            if handler is not signal.SIG_IGN:
                signal.signal(number, cancel)
        await work()

    try:
        asyncio.run(cancellable())
    except asyncio.CancelledError:
        return signals[0]
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
    return None


def check_installed() -> None:
    """Raise ItasgraphError where Starlette or uvicorn is missing."""
    if not all(map(importlib.util.find_spec, ("starlette", "uvicorn"))):
        raise ItasgraphError("serve-missing")


@contextmanager
def _listen(settings: ServerSettings) -> Iterator[socket.socket]:
    """Listen on a socket within the block. Raises UsageError for a host that is not this machine, ItasgraphError for a port."""
    try:
        family, *_ = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0]
        listener = socket.create_server((settings.host, settings.port), family=family, backlog=_BACKLOG)
    except (OSError, UnicodeError) as error:
        if not isinstance(error, OSError) or isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
            raise UsageError("serve-host", host=settings.host) from error
        raise ItasgraphError("serve-port", host=settings.host, port=settings.port, error=error) from error
    with listener:
        yield listener


def _bracket(host: str) -> str:
    """Return a host as an address contains it (RFC 3986, section 3.2.2)."""
    return f"[{host}]" if ":" in host else host


async def _run(
    graph: Queryable, settings: ServerSettings, listener: socket.socket, store: Path, ready: Callable[[], None]
) -> None:
    """Start the processes and the server, and end them at a signal."""
    from itasgraph.publishing import query_process, sparql_protocol, uvicorn_server
    from itasgraph.publishing.host_check import Access
    from itasgraph.publishing.query_workers import QueryWorkers

    names = frozenset({*_OWN_NAMES, settings.host.lower(), *settings.allow_host})
    access = Access(names, settings.cors, settings.lang)
    limits = query_process.ProcessSettings(
        store=str(store),
        prefixes=graph.prefixes,
        base=graph.base,
        services=sorted(graph.services),
        seconds=settings.timeout,
        memory=settings.memory << 20,
    )
    async with QueryWorkers(limits) as workers:
        server = uvicorn_server.create(sparql_protocol.create(workers, access))
        for number in (signal.SIGINT, signal.SIGTERM):
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, server.handle_exit)
        ready()
        await server.serve(sockets=[listener])
