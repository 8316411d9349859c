"""The one door to HTTP: a query or a graph goes out, and the whole answer or one clear error comes back.

Who may ask is told by the environment only: `ITASGRAPH_TOKEN` (RFC 6750), else `ITASGRAPH_AUTH=user:password` (RFC 7617,
or RFC 7616 where the server asks for digest). A redirect to another origin goes without it.
"""

from __future__ import annotations

import os
import re
import socket
import ssl
import tempfile
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple, cast

from itasgraph import __version__
from itasgraph.errors import ItasgraphError, QueryTimeout, UsageError
from itasgraph.messages.control_characters import one_line
from itasgraph.util import files, worker_thread

if TYPE_CHECKING:
    import httpx

    Auth = httpx.Auth | Callable[[httpx.Request], httpx.Request] | None

_REDIRECTS: Final = 10
# So much of an answer stays in memory; the rest goes to a temporary file.
_IN_MEMORY: Final = 16 << 20
# The longest answer, unpacked; what is longer is meant to fill the disk, or to be asked for in parts.
_LONGEST: Final = 2 << 30
# What an answer may be packed in. One packed twice grows a million times while one piece of it is unpacked.
_PACKED: Final = ("", "identity", "gzip", "deflate")
_CONNECTING: Final = 30.0
_CHUNK: Final = 1 << 16
_REASON: Final = 200
_PORTS: Final = {"http": 80, "https": 443}
_HTML: Final = ("text/html", "application/xhtml+xml")


class Content:
    """The bytes of an answer, to be read more than once; a long one is in a temporary file, which goes with its last reader."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  # closed in __del__
        for chunk in chunks:
            with files.temporary_file_errors():
                self._file.write(chunk)

    def __del__(self) -> None:
        self._file.close()

    def read(self, size: int = -1) -> bytes:
        return self._file.read(size)

    def again(self, start: int = 0) -> IO[bytes]:
        """Itself, from its beginning or a later byte."""
        self._file.seek(start)
        return cast("IO[bytes]", self)


@dataclass(frozen=True)
class Body:
    """A part of a content, sent as often as it is asked for: a redirect or digest asks again."""

    content: Content
    start: int
    size: int

    def __iter__(self) -> Iterator[bytes]:
        file, left = self.content.again(self.start), self.size
        while chunk := file.read(min(_CHUNK, left)):
            left -= len(chunk)
            yield chunk


class Request(NamedTuple):
    """What goes out: parameters in the address, a form, or a body of the media type `kind`; `writes` where it changes data."""

    method: str
    accept: str = "*/*"
    parameters: Mapping[str, str] | None = None
    form: Mapping[str, str] | None = None
    body: Body | None = None
    kind: str = ""
    writes: bool = False

    def headers(self) -> dict[str, str]:
        """A body goes out with its length: not every server reads one that comes in chunks."""
        accept = {"Accept": self.accept}
        if self.body is None:
            return accept
        return accept | {"Content-Type": self.kind, "Content-Length": str(self.body.size)}


class Answer(NamedTuple):
    """What a server sent: its media type, its content, and whether the end of it was told (RFC 9112, section 6.3)."""

    kind: str
    content: Content
    complete: bool


class _Connections:
    """What a request is connected to, so that another thread can cut it off."""

    def __init__(self) -> None:
        self._streams: list[Any] = []
        self._cut = False
        # The host that a connection was last sought with: the server's, or a proxy's.
        self.host = ""

    def watch(self, event: str, facts: Mapping[str, Any]) -> None:
        """Note what httpx tells of its connections (its request extension `trace`)."""
        if event.endswith("connect_tcp.started"):
            self.host = facts["host"]
        elif event.endswith(("connect_tcp.complete", "start_tls.complete")):
            self._streams.append(facts["return_value"])
        if self._cut:
            self.cut()

    def cut(self) -> None:
        """End each connection; a thread that waits for its server goes on, and fails."""
        self._cut = True
        for stream in self._streams:
            with suppress(OSError):
                stream.get_extra_info("socket").shutdown(socket.SHUT_RDWR)


class NotFound(ItasgraphError):
    """There is nothing under the address."""


class Server:
    """A server at an address; `timeout` (seconds, None for ever) limits each request as a whole.

    As a whole: looking up the host, connecting, logging in, redirects, and the answer to its end. Raises UsageError for an address that is none, or that holds credentials.
    """

    def __init__(self, url: str, timeout: float | None) -> None:
        import httpx

        try:
            self._url = httpx.URL(url)
            fetchable = _fetchable(self._url)
        except (httpx.InvalidURL, UnicodeError):  # UnicodeError: a host such as "xn--a"
            raise UsageError("endpoint-address", url=_public(url)) from None
        if self._url.userinfo:
            raise UsageError("endpoint-credentials")
        if not fetchable:
            raise UsageError("endpoint-address", url=_public(url))
        self._timeout = timeout
        self._secret = _secret()
        self._wants_digest = False
        # What the server calls itself (RFC 9110, section 10.2.4), once it has answered.
        self.software = ""
        # For messages: without its parameters, which may hold a key.
        self.address = str(self._url.copy_with(query=None, fragment=None))

    def send(self, request: Request) -> Answer:
        """Send a request. Raises UsageError where a query is not accepted (400), QueryTimeout, or ItasgraphError."""
        connections = _Connections()
        try:
            return worker_thread.run_with_timeout(self._timeout, lambda: self._send(request, connections))
        except QueryTimeout as error:
            raise self._slow(self._timeout) from error
        finally:
            connections.cut()

    def _send(self, request: Request, connections: _Connections) -> Answer:
        with self._map_exceptions(connections):
            return self._answer(request, connections)

    def _answer(self, request: Request, connections: _Connections) -> Answer:
        import httpx

        url = self._url.copy_merge_params(request.parameters) if request.parameters else self._url
        for _ in range(_REDIRECTS):
            auth = self._auth(url)
            with self._stream(url, request, auth, connections) as answer:
                # A query that 301 or 302 turned into a GET would arrive without the query.
                if answer.has_redirect_location and answer.status_code != httpx.codes.SEE_OTHER:
                    url = self._next(url, answer.headers["location"])
                elif isinstance(auth, httpx.BasicAuth) and _wants_digest(answer):
                    self._wants_digest = True
                else:
                    self.software = _one_line(answer.headers.get("server", ""))
                    self._check(answer, request, with_credentials=auth is not None)
                    return self._receive(answer)
        raise ItasgraphError("endpoint-redirects", url=self.address)

    def _stream(
        self, url: httpx.URL, request: Request, auth: Auth, connections: _Connections
    ) -> AbstractContextManager[httpx.Response]:
        content, headers, extensions = request.body, request.headers(), {"trace": connections.watch}
        return self._client.stream(
            request.method, url, data=request.form, content=content, headers=headers, auth=auth, extensions=extensions
        )

    @cached_property
    def _client(self) -> httpx.Client:
        import httpx

        patience = httpx.Timeout(self._timeout, connect=min(self._timeout or _CONNECTING, _CONNECTING))
        headers = {"User-Agent": f"itasgraph/{__version__}", "Accept-Encoding": "gzip, deflate"}
        # A connection kept open would have to be closed by somebody.
        limits = httpx.Limits(max_keepalive_connections=0)
        hooks: Mapping[str, list[Callable[[httpx.Response], None]]] = {"response": [self._guard]}
        try:
            return httpx.Client(timeout=patience, headers=headers, limits=limits, event_hooks=hooks)
        except (
            httpx.InvalidURL,
            ImportError,
            ValueError,
            OSError,
        ) as error:  # what the environment says of proxies and certificates
            raise ItasgraphError("endpoint-surroundings", reason=_one_line(str(error))) from error

    def _guard(self, answer: httpx.Response) -> None:
        """Look at each answer before anything of its content is read."""
        import httpx

        if answer.status_code == httpx.codes.UNAUTHORIZED:  # httpx reads all of it before it logs in
            assert isinstance(answer.stream, httpx.SyncByteStream)
            answer.stream.close()
            answer.stream = httpx.ByteStream(b"")
        packed = answer.headers.get_list("content-encoding", split_commas=True)
        if len(packed) > 1 or not {one.strip().lower() for one in packed} <= set(_PACKED):
            raise ItasgraphError("endpoint-packed", url=self.address, packed=_one_line(", ".join(packed)))

    def _auth(self, url: httpx.URL) -> Auth:
        """The credentials, for the server they are meant for; that it goes over to https makes it no other."""
        import httpx

        own, other = _origin(self._url), _origin(url)
        upgraded = own[::2] == ("http", 80) and other == ("https", own[1], 443)
        if self._secret is None or not (other == own or upgraded):
            return None
        if isinstance(self._secret, str):
            return _bearer(self._secret)
        return self._digest if self._wants_digest else httpx.BasicAuth(*self._secret)

    @cached_property
    def _digest(self) -> httpx.DigestAuth:
        """One for all requests: it knows the challenge by then, so that no content is sent in vain."""
        import httpx

        class Digest(httpx.DigestAuth):
            """Digest that takes any challenge: httpx fails in many ways where one is broken, or of a kind it lacks."""

            def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
                try:
                    yield from super().auth_flow(request)
                except (
                    ArithmeticError,
                    AssertionError,
                    LookupError,
                    NotImplementedError,
                    TypeError,
                    ValueError,
                ) as error:
                    raise ItasgraphError("endpoint-challenge", url=address) from error

        assert isinstance(self._secret, tuple)
        address = self.address
        return Digest(*self._secret)

    def _next(self, url: httpx.URL, location: str) -> httpx.URL:
        target = url.join(location)
        if target.userinfo or not _fetchable(target):
            raise ItasgraphError("endpoint-redirects", url=self.address)
        return target

    def _check(self, answer: httpx.Response, request: Request, *, with_credentials: bool) -> None:
        """Raise what a status other than success means, or an answer that is none."""
        status = answer.status_code
        facts = {"url": self.address, "status": status}
        if status == 401 or (status == 403 and not request.writes):  # noqa: PLR2004  # as the protocol numbers them
            raise ItasgraphError("endpoint-refused" if with_credentials else "endpoint-login", **facts)
        if status in (404, 410):
            raise NotFound("endpoint-missing", **facts)
        if request.writes and not answer.is_success:
            raise ItasgraphError("store-status", reason=_first_line(answer), **facts)
        if status == 400:  # noqa: PLR2004  # as the protocol numbers it
            raise UsageError("endpoint-query", reason=_first_line(answer), **facts)
        if not answer.is_success:
            raise ItasgraphError("endpoint-status", reason=_first_line(answer), **facts)
        if request.writes:
            return
        if _media_type(answer) in _HTML:
            raise ItasgraphError("endpoint-html", **facts)
        if partial := _partial(answer):
            raise ItasgraphError("endpoint-partial", reason=partial, **facts)

    def _receive(self, answer: httpx.Response) -> Answer:
        """The whole content; httpx raises where it is shorter than the server said."""
        content = Content(self._limited(answer.iter_bytes()))
        complete = "content-length" in answer.headers or "chunked" in answer.headers.get("transfer-encoding", "")
        return Answer(_media_type(answer), content, complete)

    def _limited(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        size = 0
        for chunk in chunks:
            size += len(chunk)
            if size > _LONGEST:
                raise ItasgraphError("endpoint-long", url=self.address, limit=f"{_LONGEST >> 30} GiB")
            yield chunk

    def _slow(self, seconds: float | None) -> QueryTimeout:
        return QueryTimeout("endpoint-slow", url=self.address, seconds=f"{seconds or _CONNECTING:g}")

    @contextmanager
    def _map_exceptions(self, connections: _Connections) -> Iterator[None]:
        """Raise our errors instead of those of httpx."""
        import httpx

        try:
            yield
        except httpx.ConnectTimeout as error:
            raise self._slow(min(self._timeout or _CONNECTING, _CONNECTING)) from error
        except httpx.TimeoutException as error:
            raise self._slow(self._timeout) from error
        except (httpx.ConnectError, httpx.ProxyError) as error:
            raise self._unreachable(error, connections.host) from error
        except UnicodeError as error:  # a host such as "a..b" has no form that can be looked up
            raise self._unreachable(error, connections.host or self._url.host) from error
        except (httpx.NetworkError, httpx.RemoteProtocolError, httpx.DecodingError) as error:
            raise ItasgraphError("endpoint-broken", url=self.address) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise ItasgraphError("endpoint-down", url=self.address, reason=_one_line(str(error))) from error

    def _unreachable(self, error: Exception, host: str) -> ItasgraphError:
        """Why there is no connection: httpx tells it by what its error was raised from; `host` may be that of a proxy."""
        cause: BaseException = error
        while (deeper := cause.__cause__ or cause.__context__) is not None:
            cause = deeper
        if host != self._url.host:
            facts = {"error": cause} if isinstance(cause, OSError) else {"reason": _one_line(str(error))}
            return ItasgraphError("endpoint-proxy", url=self.address, host=_one_line(host), **facts)
        if isinstance(cause, socket.gaierror | UnicodeError):
            return ItasgraphError("endpoint-host", host=self._url.host)
        if isinstance(cause, ssl.SSLError):
            reason = getattr(cause, "verify_message", "") or cause.reason
            return ItasgraphError("endpoint-tls", url=self.address, reason=reason)
        if isinstance(cause, OSError):
            return ItasgraphError("endpoint-down", url=self.address, error=cause)
        return ItasgraphError("endpoint-down", url=self.address, reason=_one_line(str(error)))


def _secret() -> str | tuple[str, str] | None:
    """A token, or user and password. Raises UsageError, without telling them, for what no header can hold."""
    token, login = os.environ.get("ITASGRAPH_TOKEN", ""), os.environ.get("ITASGRAPH_AUTH", "")
    if token:
        if not re.fullmatch(r"[!-~]+", token):
            raise UsageError("endpoint-secret", variable="ITASGRAPH_TOKEN", example="…")
        return token
    user, colon, password = login.partition(":")
    if login and not (user and colon and login.isprintable()):
        raise UsageError("endpoint-secret", variable="ITASGRAPH_AUTH", example="user:password")
    return (user, password) if login else None


def _public(url: str) -> str:
    """An address that is none, without what may be secret in it."""
    return _one_line(url.rpartition("@")[2].partition("?")[0])


def _bearer(token: str) -> Callable[[httpx.Request], httpx.Request]:
    def put_in(request: httpx.Request) -> httpx.Request:
        request.headers["Authorization"] = f"Bearer {token}"
        return request

    return put_in


def _fetchable(url: httpx.URL) -> bool:
    return url.scheme in _PORTS and bool(url.host) and "%" not in url.host


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    """Scheme, host and port (RFC 6454)."""
    return url.scheme, url.host, url.port or _PORTS.get(url.scheme)


def _wants_digest(answer: httpx.Response) -> bool:
    """Whether digest is asked for, or nothing: Virtuoso 7 refuses basic without a word of what it wants."""
    challenges = answer.headers.get_list("www-authenticate")
    digest = any(one.lower().startswith("digest") for one in challenges)
    return answer.status_code == 401 and (digest or not challenges)  # noqa: PLR2004


def _media_type(answer: httpx.Response) -> str:
    return str(answer.headers.get("content-type", "")).partition(";")[0].strip().lower()


def _partial(answer: httpx.Response) -> str:
    """Why an answer is only the beginning of one, as Virtuoso tells beside status 200."""
    if "x-sql-state" in answer.headers:
        return _one_line(answer.headers.get("x-sql-message", "").partition(".  ")[0])
    rows = answer.headers.get("x-sparql-maxrows", "")
    return f"X-SPARQL-MaxRows: {_one_line(rows)}" if rows else ""


def _first_line(answer: httpx.Response) -> str:
    """What the server says of a failure, as the end of our sentence: its first line, unless it is markup."""
    if _media_type(answer) in _HTML:
        return ""
    beginning = next(answer.iter_bytes(_REASON * 10), b"").decode(errors="replace").strip()
    line = _one_line(beginning.partition("\n")[0])
    return f": {line}" if line else ""


def _one_line(text: str) -> str:
    return one_line(text.strip())[:_REASON]
