"""The HTTP server of the endpoint: uvicorn, with limits on idle and half-finished connections."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Final

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

# Beyond so many connections, the oldest one without a request is cut; beyond twice as many, requests are refused (503).
_CONNECTIONS: Final = 500
# Bytes of a request's head, and with it of a query in an address.
_HEAD: Final = 1 << 18
# Seconds between two looks at a connection, that one may be idle, and that answers under way have when the server ends.
_STEP: Final = 5
_IDLE: Final = 5
_FAREWELL: Final = 1


def create(app: Callable[..., Awaitable[None]]) -> Server:
    """Return a server for an application; `serve` runs it on sockets, `handle_exit` ends it."""
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
            limit_concurrency=2 * _CONNECTIONS,
            h11_max_incomplete_event_size=_HEAD,
            timeout_keep_alive=_IDLE,
            timeout_graceful_shutdown=_FAREWELL,
        )
    )


class Server(uvicorn.Server):
    """A server that leaves signals to its caller."""

    def capture_signals(self) -> AbstractContextManager[None]:  # type: ignore[override]  # a generator there
        return nullcontext()


class LimitedProtocol(H11Protocol):
    """Cut a connection that in two looks still waits for the rest of one head, or for the client to take its last bytes.

    uvicorn would wait for both without end.
    """

    _begin: float
    _look: asyncio.TimerHandle
    _stalled: object = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as there
        super().connection_made(transport)
        self._begin = self.loop.time()
        self._look_later()
        if len(self.connections) > _CONNECTIONS:
            self._make_room()

    def connection_lost(self, exc: Exception | None) -> None:
        self._look.cancel()
        super().connection_lost(exc)

    def _make_room(self) -> None:
        open_ = [one for one in self.connections if isinstance(one, LimitedProtocol) and not one.transport.is_closing()]
        idle = [one for one in open_ if one._is_idle()]
        if len(open_) > _CONNECTIONS and idle:
            min(idle, key=lambda one: one._begin).transport.abort()

    def _is_idle(self) -> bool:
        return self.cycle is None or self.cycle.response_complete

    def _look_later(self) -> None:
        self._look = self.loop.call_later(_STEP, self._look_at_it)

    def _look_at_it(self) -> None:
        # Between two requests, `timeout_keep_alive` limits the wait.
        waits = (self._is_idle() and self.timeout_keep_alive_task is None) or self.transport.is_closing()
        before, self._stalled = self._stalled, (self.cycle or self) if waits else None
        if before is not None and before is self._stalled:
            self.transport.abort()
        else:
            self._look_later()
