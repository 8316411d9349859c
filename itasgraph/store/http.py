"""The client of HTTP, used everywhere: it sends a query or a graph, and returns the whole answer or raises one clear error."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from functools import cached_property
from typing import TYPE_CHECKING, Final

from itasgraph import __version__
from itasgraph.errors import ItasgraphError, QueryTimeout, UsageError
from itasgraph.store import http_responses
from itasgraph.store.http_connections import CONNECTING, Connections
from itasgraph.store.http_credentials import PORTS, Credentials
from itasgraph.store.http_messages import HttpAnswer, HttpRequest
from itasgraph.store.http_responses import limited_line
from itasgraph.util.timeout import run_with_timeout

if TYPE_CHECKING:
    import httpx

    from itasgraph.store.http_credentials import Auth

_REDIRECTS: Final = 10


class RemoteServer:
    """A server at an address; `timeout` (seconds, None: no limit) limits each request as a whole.

    The limit spans the look-up of the host, the connection, the login, redirects, and the answer to its end. Raise UsageError
    for an invalid address, or one with credentials.
    """

    def __init__(self, url: str, timeout: float | None) -> None:
        import httpx

        try:
            self._url = httpx.URL(url)
            fetchable = _is_fetchable(self._url)
        except (httpx.InvalidURL, UnicodeError):  # UnicodeError: a host such as "xn--a"
            raise UsageError("endpoint-address", url=_public(url)) from None
        if self._url.userinfo:
            raise UsageError("endpoint-credentials")
        if not fetchable:
            raise UsageError("endpoint-address", url=_public(url))
        self._timeout = timeout
        # The address in messages, without its parameters, which may contain a key.
        self.address = str(self._url.copy_with(query=None, fragment=None))
        self._credentials = Credentials(self._url, self.address)
        # The name by which the server calls itself (RFC 9110, section 10.2.4), once it has answered.
        self.software = ""

    def send(self, request: HttpRequest) -> HttpAnswer:
        """Send a request. Raises UsageError where a query is not accepted (400), QueryTimeout, or ItasgraphError."""
        connections = Connections(self._url, self.address, self._timeout)
        try:
            return run_with_timeout(self._timeout, lambda _: self._send(request, connections))
        except QueryTimeout as error:
            raise connections.timeout_error(self._timeout) from error
        finally:
            connections.cut()

    def _send(self, request: HttpRequest, connections: Connections) -> HttpAnswer:
        with connections.map_exceptions():
            return self._answer(request, connections)

    def _answer(self, request: HttpRequest, connections: Connections) -> HttpAnswer:
        import httpx

        url = self._url.copy_merge_params(request.parameters) if request.parameters else self._url
        for _ in range(_REDIRECTS):
            auth = self._credentials.auth(url)
            with self._stream(url, request, auth, connections) as response:
                # httpx would follow 301 and 302 with a GET, which would lose the query.
                if response.has_redirect_location and response.status_code != httpx.codes.SEE_OTHER:
                    url = self._redirect_target(url, response.headers["location"])
                elif not self._credentials.change_to_digest(response, auth):
                    self.software = limited_line(response.headers.get("server", ""))
                    http_responses.check(response, request, self.address, with_credentials=auth is not None)
                    return http_responses.receive(response, self.address)
        raise ItasgraphError("endpoint-redirects", url=self.address)

    def _stream(
        self, url: httpx.URL, request: HttpRequest, auth: Auth, connections: Connections
    ) -> AbstractContextManager[httpx.Response]:
        content, headers, extensions = request.body, request.headers(), {"trace": connections.watch}
        return self._client.stream(
            request.method, url, data=request.form, content=content, headers=headers, auth=auth, extensions=extensions
        )

    @cached_property
    def _client(self) -> httpx.Client:
        import httpx

        timeout = httpx.Timeout(self._timeout, connect=min(self._timeout or CONNECTING, CONNECTING))
        headers = {"User-Agent": f"itasgraph/{__version__}", "Accept-Encoding": "gzip, deflate"}
        # No connection stays open, because no code would close it.
        limits = httpx.Limits(max_keepalive_connections=0)
        hooks: Mapping[str, list[Callable[[httpx.Response], None]]] = {"response": [self._check_encoding]}
        try:
            return httpx.Client(timeout=timeout, headers=headers, limits=limits, event_hooks=hooks)
        except (
            httpx.InvalidURL,
            ImportError,
            ValueError,
            OSError,
        ) as error:  # variables of the environment on proxies and certificates are invalid
            raise ItasgraphError("endpoint-environment", reason=limited_line(str(error))) from error

    def _check_encoding(self, response: httpx.Response) -> None:
        http_responses.check_encoding(response, self.address)

    def _redirect_target(self, url: httpx.URL, location: str) -> httpx.URL:
        """Return the target of a redirect. Raises ItasgraphError for one that leads to no server, holds credentials, or names another host.

        Only the user names the hosts that a command contacts.
        """
        target = url.join(location)
        if target.userinfo or not _is_fetchable(target):
            raise ItasgraphError("endpoint-redirect-target", url=self.address)
        if target.host != self._url.host:
            address = str(target.copy_with(query=None, fragment=None))
            raise ItasgraphError("endpoint-other-host", url=self.address, target=limited_line(address))
        return target


def _is_fetchable(url: httpx.URL) -> bool:
    return url.scheme in PORTS and bool(url.host) and "%" not in url.host


def _public(url: str) -> str:
    """Return an invalid address without the parts that may be secret."""
    return limited_line(url.rpartition("@")[2].partition("?")[0])
