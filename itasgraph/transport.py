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
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import IO, TYPE_CHECKING, Final, NamedTuple, cast

from itasgraph import __version__
from itasgraph.errors import AskedWrongly, ItasgraphError, TimedOut

if TYPE_CHECKING:
    import httpx

    Auth = httpx.Auth | Callable[[httpx.Request], httpx.Request] | None

_REDIRECTS: Final = 10
# So much of an answer stays in memory; the rest goes to a temporary file.
_IN_MEMORY: Final = 16 << 20
_CONNECTING: Final = 30.0
_CHUNK: Final = 1 << 16
_REASON: Final = 200
_PORTS: Final = {"http": 80, "https": 443}
_HTML: Final = ("text/html", "application/xhtml+xml")
# What would steer a terminal, or turn the direction of the text around it.
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")


class Content:
    """The bytes of an answer, to be read more than once; a long one is in a temporary file, which goes with its last reader."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  # closed in __del__
        for chunk in chunks:
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


class Missing(ItasgraphError):
    """There is nothing under the address."""


class Server:
    """A server at an address; `timeout` (seconds, None for ever) limits each request as a whole.

    Raises AskedWrongly for an address that is none, or that holds credentials.
    """

    def __init__(self, url: str, timeout: float | None) -> None:
        import httpx

        try:
            self._url = httpx.URL(url)
        except httpx.InvalidURL:
            raise AskedWrongly("endpoint-address", url=_public(url)) from None
        if self._url.userinfo:
            raise AskedWrongly("endpoint-credentials")
        if not _fetchable(self._url):
            raise AskedWrongly("endpoint-address", url=_public(url))
        self._timeout = timeout
        self._secret = _secret()
        self._wants_digest = False
        # What the server calls itself (RFC 9110, section 10.2.4), once it has answered.
        self.software = ""
        # Without its parameters, which may hold a key.
        self.shown = str(self._url.copy_with(query=None, fragment=None))

    def send(self, request: Request) -> Answer:
        """Send a request. Raises AskedWrongly where a query is not accepted (400), TimedOut, or ItasgraphError."""
        with self._told():
            return self._send(request)

    def _send(self, request: Request) -> Answer:
        import httpx

        end = time.monotonic() + self._timeout if self._timeout else None
        url = self._url.copy_merge_params(request.parameters) if request.parameters else self._url
        for _ in range(_REDIRECTS):
            auth = self._auth(url)
            with self._opened(url, request, auth) as answer:
                # A query that 301 or 302 turned into a GET would arrive without the query.
                if answer.has_redirect_location and answer.status_code != httpx.codes.SEE_OTHER:
                    url = self._next(url, answer.headers["location"])
                elif isinstance(auth, httpx.BasicAuth) and _wants_digest(answer):
                    self._wants_digest = True
                else:
                    self.software = _one_line(answer.headers.get("server", ""))
                    self._check(answer, request, asked=auth is not None)
                    return self._received(answer, end)
        raise ItasgraphError("endpoint-redirects", url=self.shown)

    def _opened(self, url: httpx.URL, request: Request, auth: Auth) -> AbstractContextManager[httpx.Response]:
        content, headers = request.body, request.headers()
        return self._client.stream(request.method, url, data=request.form, content=content, headers=headers, auth=auth)

    @cached_property
    def _client(self) -> httpx.Client:
        import httpx

        patience = httpx.Timeout(self._timeout, connect=min(self._timeout or _CONNECTING, _CONNECTING))
        headers = {"User-Agent": f"itasgraph/{__version__}"}
        # A connection kept open would have to be closed by somebody.
        limits = httpx.Limits(max_keepalive_connections=0)
        try:
            return httpx.Client(timeout=patience, headers=headers, limits=limits)
        except (ImportError, ValueError, OSError) as error:  # what the environment says of proxies and certificates
            raise ItasgraphError("endpoint-surroundings", reason=_one_line(str(error))) from error

    def _auth(self, url: httpx.URL) -> Auth:
        """The credentials, for the server they are meant for; that it goes over to https makes it no other."""
        import httpx

        meant, there = _origin(self._url), _origin(url)
        upgraded = meant[::2] == ("http", 80) and there == ("https", meant[1], 443)
        if self._secret is None or not (there == meant or upgraded):
            return None
        if isinstance(self._secret, str):
            return _bearer(self._secret)
        return self._digest if self._wants_digest else httpx.BasicAuth(*self._secret)

    @cached_property
    def _digest(self) -> httpx.DigestAuth:
        """One for all requests: it knows the challenge by then, so that no content is sent in vain."""
        import httpx

        assert isinstance(self._secret, tuple)
        return httpx.DigestAuth(*self._secret)

    def _next(self, url: httpx.URL, location: str) -> httpx.URL:
        target = url.join(location)
        if target.userinfo or not _fetchable(target):
            raise ItasgraphError("endpoint-redirects", url=self.shown)
        return target

    def _check(self, answer: httpx.Response, request: Request, *, asked: bool) -> None:
        """Raise what a status other than success means, or an answer that is none."""
        status = answer.status_code
        facts = {"url": self.shown, "status": status}
        if status == 401 or (status == 403 and not request.writes):  # noqa: PLR2004  # as the protocol numbers them
            raise ItasgraphError("endpoint-refused" if asked else "endpoint-login", **facts)
        if status in (404, 410):
            raise Missing("endpoint-missing", **facts)
        if request.writes and not answer.is_success:
            raise ItasgraphError("store-status", reason=_first_line(answer), **facts)
        if status == 400:  # noqa: PLR2004  # as the protocol numbers it
            raise AskedWrongly("endpoint-query", reason=_first_line(answer), **facts)
        if not answer.is_success:
            raise ItasgraphError("endpoint-status", reason=_first_line(answer), **facts)
        if request.writes:
            return
        if _media_type(answer) in _HTML:
            raise ItasgraphError("endpoint-html", **facts)
        if partial := _partial(answer):
            raise ItasgraphError("endpoint-partial", reason=partial, **facts)

    def _received(self, answer: httpx.Response, end: float | None) -> Answer:
        """The whole content; httpx raises where it is shorter than the server said."""
        content = Content(self._in_time(answer.iter_bytes(), end))
        complete = "content-length" in answer.headers or "chunked" in answer.headers.get("transfer-encoding", "")
        return Answer(_media_type(answer), content, complete)

    def _in_time(self, chunks: Iterable[bytes], end: float | None) -> Iterator[bytes]:
        for chunk in chunks:
            if end is not None and time.monotonic() > end:
                raise TimedOut("endpoint-slow", url=self.shown, seconds=f"{self._timeout:g}")
            yield chunk

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what goes wrong on the way into one of our errors."""
        import httpx

        try:
            yield
        except httpx.TimeoutException as error:
            limit = self._timeout or _CONNECTING
            raise TimedOut("endpoint-slow", url=self.shown, seconds=f"{limit:g}") from error
        except httpx.ConnectError as error:
            raise self._unreachable(error) from error
        except (httpx.NetworkError, httpx.RemoteProtocolError, httpx.DecodingError) as error:
            raise ItasgraphError("endpoint-broken", url=self.shown) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise ItasgraphError("endpoint-down", url=self.shown, reason=_one_line(str(error))) from error

    def _unreachable(self, error: Exception) -> ItasgraphError:
        """Why there is no connection: httpx tells it by what its error was raised from."""
        cause: BaseException = error
        while (deeper := cause.__cause__ or cause.__context__) is not None:
            cause = deeper
        if isinstance(cause, socket.gaierror):
            return ItasgraphError("endpoint-host", host=self._url.host)
        if isinstance(cause, ssl.SSLError):
            reason = getattr(cause, "verify_message", "") or cause.reason
            return ItasgraphError("endpoint-tls", url=self.shown, reason=reason)
        if isinstance(cause, OSError):
            return ItasgraphError("endpoint-down", url=self.shown, error=cause)
        return ItasgraphError("endpoint-down", url=self.shown, reason=_one_line(str(error)))


def _secret() -> str | tuple[str, str] | None:
    """A token, or user and password. Raises AskedWrongly, without telling them, for what no header can hold."""
    token, login = os.environ.get("ITASGRAPH_TOKEN", ""), os.environ.get("ITASGRAPH_AUTH", "")
    if token:
        if not re.fullmatch(r"[!-~]+", token):
            raise AskedWrongly("endpoint-secret", variable="ITASGRAPH_TOKEN", example="…")
        return token
    user, colon, password = login.partition(":")
    if login and not (user and colon and login.isprintable()):
        raise AskedWrongly("endpoint-secret", variable="ITASGRAPH_AUTH", example="user:password")
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
    return _CONTROL.sub(" ", text).strip()[:_REASON]
