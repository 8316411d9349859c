"""The connections of a request: another thread can end them, and each failure is one of our errors."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

from itasgraph.errors import ItasgraphError, QueryTimeout
from itasgraph.store.http_responses import limited_line

if TYPE_CHECKING:
    import httpx

# Seconds until a server has to accept a connection.
CONNECTING: Final = 30.0


class Connections:
    """The connections of one request to the server at `url`, which errors call `address`; `timeout` is in seconds, None: no limit."""

    def __init__(self, url: httpx.URL, address: str, timeout: float | None) -> None:
        self._url = url
        self._address = address
        self._timeout = timeout
        self._sockets: list[socket.socket] = []
        self._cut = False
        # The host of the last attempt to connect: that of the server or of a proxy.
        self._host = ""

    def watch(self, event: str, facts: Mapping[str, Any]) -> None:
        """Store the socket of each connection that httpx makes (its request extension `trace`, which types its facts as Any)."""
        if event.endswith("connect_tcp.started"):
            self._host = facts["host"]
        elif event.endswith(("connect_tcp.complete", "start_tls.complete")):
            self._sockets.append(facts["return_value"].get_extra_info("socket"))
        if self._cut:
            self.cut()

    def cut(self) -> None:
        """End each connection; a thread that waits for the server then continues, and fails."""
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
            raise self.timeout_error(min(self._timeout or CONNECTING, CONNECTING)) from error
        except httpx.TimeoutException as error:
            raise self.timeout_error(self._timeout) from error
        except (httpx.ConnectError, httpx.ProxyError) as error:
            raise self._connection_error(error, self._host) from error
        except UnicodeError as error:  # a host such as "a..b" has no encoding that can be looked up
            raise self._connection_error(error, self._host or self._url.host) from error
        except (httpx.NetworkError, httpx.RemoteProtocolError, httpx.DecodingError) as error:
            raise ItasgraphError("endpoint-broken", url=self._address) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise ItasgraphError("endpoint-down", url=self._address, reason=limited_line(str(error))) from error

    def timeout_error(self, seconds: float | None) -> QueryTimeout:
        """Return the error of a request that took longer than `seconds`."""
        return QueryTimeout("endpoint-slow", url=self._address, seconds=f"{seconds or CONNECTING:g}")

    def _connection_error(self, error: Exception, host: str) -> ItasgraphError:
        """Return the error of a failed connection to `host`, which may be a proxy, by the first cause of the error of httpx."""
        cause: BaseException = error
        while (deeper := cause.__cause__ or cause.__context__) is not None:
            cause = deeper
        if host != self._url.host:
            facts = {"error": cause} if isinstance(cause, OSError) else {"reason": limited_line(str(error))}
            return ItasgraphError("endpoint-proxy", url=self._address, host=limited_line(host), **facts)
        if isinstance(cause, socket.gaierror | UnicodeError):
            return ItasgraphError("endpoint-host", host=self._url.host)
        if isinstance(cause, ssl.SSLError):
            reason = getattr(cause, "verify_message", "") or cause.reason
            return ItasgraphError("endpoint-tls", url=self._address, reason=reason)
        if isinstance(cause, OSError):
            return ItasgraphError("endpoint-down", url=self._address, error=cause)
        return ItasgraphError("endpoint-down", url=self._address, reason=limited_line(str(error)))
