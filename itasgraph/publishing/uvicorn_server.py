"""The HTTP server of the endpoint: uvicorn, with limits on idle and half-finished connections."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Final

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

# Beyond this number of connections, the oldest idle one is aborted; beyond twice this number, requests are refused (503).
_MAX_CONNECTIONS: Final = 500
# The most bytes in the head of a request, and so in a query that is a part of an address.
_MAX_HEAD: Final = 1 << 18
# Seconds between two checks of a connection, that it may be idle, and that unfinished answers have when the server ends.
_CHECK_SECONDS: Final = 5
_IDLE_SECONDS: Final = 5
_SHUTDOWN_SECONDS: Final = 1


def create(app: Callable[..., Awaitable[None]]) -> Server:
    """Return a server for an application; its method `serve` runs it on sockets, `handle_exit` ends it."""
    return Server(
        uvicorn.Config(
            app,
            http=LimitedProtocol,
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
            server_header=False,
            limit_concurrency=2 * _MAX_CONNECTIONS,
            h11_max_incomplete_event_size=_MAX_HEAD,
            timeout_keep_alive=_IDLE_SECONDS,
            timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
        )
    )


class Server(uvicorn.Server):
    """A server that leaves signals to its caller."""

    def capture_signals(self) -> AbstractContextManager[None]:  # type: ignore[override]  # a generator there
        return nullcontext()


class LimitedProtocol(H11Protocol):
    """HTTP/1.1 that aborts a connection which waits at two checks for the rest of one head, or for the client to read.

    uvicorn would wait for both without end.
    """

    _start: float
    _timer: asyncio.TimerHandle
    _stalled: object = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as there
        super().connection_made(transport)
        self._start = self.loop.time()
        self._schedule_check()
        if len(self.connections) > _MAX_CONNECTIONS:
            self._abort_oldest_idle()

    def connection_lost(self, exc: Exception | None) -> None:
        self._timer.cancel()
        super().connection_lost(exc)

    def _abort_oldest_idle(self) -> None:
        open_ = [one for one in self.connections if isinstance(one, LimitedProtocol) and not one.transport.is_closing()]
        idle = [one for one in open_ if one._is_idle()]
        if len(open_) > _MAX_CONNECTIONS and idle:
            min(idle, key=lambda one: one._start).transport.abort()

    def _is_idle(self) -> bool:
        return self.cycle is None or self.cycle.response_complete

    def _schedule_check(self) -> None:
        self._timer = self.loop.call_later(_CHECK_SECONDS, self._check)

    def _check(self) -> None:
        # Between two requests, `timeout_keep_alive` limits the wait.
        waits = (self._is_idle() and self.timeout_keep_alive_task is None) or self.transport.is_closing()
        before, self._stalled = self._stalled, (self.cycle or self) if waits else None
        if before is not None and before is self._stalled:
            self.transport.abort()
        else:
            self._schedule_check()
