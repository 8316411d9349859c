"""The connections of a request: another thread can end them, and each failure is one of our errors."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

from itasgraph.errors import ItasgraphError, QueryTimeout
from itasgraph.store.http_responses import shorten

if TYPE_CHECKING:
    import httpx

# Seconds until a server has to accept a connection.
CONNECTING: Final = 30.0


class Connections:
    """The connections of one request to the server at `url`, which errors call `address`; `timeout` is in seconds, None for ever."""

    def __init__(self, url: httpx.URL, address: str, timeout: float | None) -> None:
        self._url = url
        self._address = address
        self._timeout = timeout
        self._sockets: list[socket.socket] = []
        self._cut = False
        # The host to which a connection was tried last: the server's, or a proxy's.
        self._host = ""

    def watch(self, event: str, facts: Mapping[str, Any]) -> None:
        """Note each connection that httpx makes (its request extension `trace`, which types its facts as Any)."""
        if event.endswith("connect_tcp.started"):
            self._host = facts["host"]
        elif event.endswith(("connect_tcp.complete", "start_tls.complete")):
            self._sockets.append(facts["return_value"].get_extra_info("socket"))
        if self._cut:
            self.cut()

    def cut(self) -> None:
        """End each connection; a thread that waits for its server goes on, and fails."""
        self._cut = True
        for connected in self._sockets:
            with suppress(OSError):
                connected.shutdown(socket.SHUT_RDWR)

    @contextmanager
    def map_exceptions(self) -> Iterator[None]:
        """Raise our errors instead of those of httpx."""
        import httpx

        try:
            yield
        except httpx.ConnectTimeout as error:
            raise self.too_slow(min(self._timeout or CONNECTING, CONNECTING)) from error
        except httpx.TimeoutException as error:
            raise self.too_slow(self._timeout) from error
        except (httpx.ConnectError, httpx.ProxyError) as error:
            raise self._unreachable(error, self._host) from error
        except UnicodeError as error:  # a host such as "a..b" has no form that can be looked up
            raise self._unreachable(error, self._host or self._url.host) from error
        except (httpx.NetworkError, httpx.RemoteProtocolError, httpx.DecodingError) as error:
            raise ItasgraphError("endpoint-broken", url=self._address) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise ItasgraphError("endpoint-down", url=self._address, reason=shorten(str(error))) from error

    def too_slow(self, seconds: float | None) -> QueryTimeout:
        """Return the error of a request that took longer than `seconds`."""
        return QueryTimeout("endpoint-slow", url=self._address, seconds=f"{seconds or CONNECTING:g}")

    def _unreachable(self, error: Exception, host: str) -> ItasgraphError:
        """Return why there is no connection, as the first cause of httpx's error says it; `host` may be that of a proxy."""
        cause: BaseException = error
        while (deeper := cause.__cause__ or cause.__context__) is not None:
            cause = deeper
        if host != self._url.host:
            facts = {"error": cause} if isinstance(cause, OSError) else {"reason": shorten(str(error))}
            return ItasgraphError("endpoint-proxy", url=self._address, host=shorten(host), **facts)
        if isinstance(cause, socket.gaierror | UnicodeError):
            return ItasgraphError("endpoint-host", host=self._url.host)
        if isinstance(cause, ssl.SSLError):
            reason = getattr(cause, "verify_message", "") or cause.reason
            return ItasgraphError("endpoint-tls", url=self._address, reason=reason)
        if isinstance(cause, OSError):
            return ItasgraphError("endpoint-down", url=self._address, error=cause)
        return ItasgraphError("endpoint-down", url=self._address, reason=shorten(str(error)))
