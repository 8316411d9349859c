"""The responses of a server: answers, and the errors that other responses stand for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from itasgraph.errors import ItasgraphError, UsageError
from itasgraph.messages.control_characters import one_line
from itasgraph.store.http_messages import HttpAnswer, HttpRequest, SpooledContent

if TYPE_CHECKING:
    import httpx

# The longest answer in bytes, unpacked; a longer one may be an attack on the disk, or has to be fetched in parts.
_MAX_ANSWER: Final = 2 << 30
# The encodings that an answer may have, one at a time: content packed twice can grow a million times while it is unpacked.
_ENCODINGS: Final = ("", "identity", "gzip", "deflate")
_HTML: Final = ("text/html", "application/xhtml+xml")
_MAX_REASON: Final = 200


class NotFound(ItasgraphError):
    """The server has no resource at the address."""


class MethodRefused(ItasgraphError):
    """The server does not take the method of the request."""


def check_encoding(response: httpx.Response, address: str) -> None:
    """Raise ItasgraphError for an encoding that could fill the memory, before any of the content is read."""
    import httpx

    if response.status_code == httpx.codes.UNAUTHORIZED:  # httpx reads all of it before it logs in
        assert isinstance(response.stream, httpx.SyncByteStream)
        response.stream.close()
        response.stream = httpx.ByteStream(b"")
    encodings = response.headers.get_list("content-encoding", split_commas=True)
    if len(encodings) > 1 or not {one.strip().lower() for one in encodings} <= set(_ENCODINGS):
        raise ItasgraphError("endpoint-compression", url=address, encoding=limited_line(", ".join(encodings)))


def check(response: httpx.Response, request: HttpRequest, address: str, *, with_credentials: bool) -> None:
    """Raise the error of a status other than success, or of a response without a complete answer."""
    status = response.status_code
    facts = {"url": address, "status": status}
    if status == 401 or (status == 403 and not request.writes):  # noqa: PLR2004  # as the protocol numbers them
        raise ItasgraphError("endpoint-refused" if with_credentials else "endpoint-login", **facts)
    if status in (404, 410):
        raise NotFound("endpoint-missing", **facts)
    if request.writes and not response.is_success:
        raise ItasgraphError("store-status", reason=_first_line(response), **facts)
    if status == 400:  # noqa: PLR2004  # as the protocol numbers it
        raise UsageError("endpoint-query", reason=_first_line(response), **facts)
    if not response.is_success:
        error = MethodRefused if status in (405, 501) else ItasgraphError
        raise error("endpoint-status", reason=_first_line(response), **facts)
    if request.writes:
        return
    if _media_type(response) in _HTML:
        raise ItasgraphError("endpoint-html", **facts)
    if partial := _partial(response):
        raise ItasgraphError("endpoint-partial", reason=partial, **facts)


def receive(response: httpx.Response, address: str) -> HttpAnswer:
    """Return the whole answer; httpx raises where it is shorter than the server declared."""
    content = SpooledContent(_limit_size(response.iter_bytes(), address))
    complete = "content-length" in response.headers or "chunked" in response.headers.get("transfer-encoding", "")
    return HttpAnswer(_media_type(response), content, complete)


def _limit_size(chunks: Iterable[bytes], address: str) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > _MAX_ANSWER:
            raise ItasgraphError("endpoint-answer-too-long", url=address, limit=f"{_MAX_ANSWER >> 30} GiB")
        yield chunk


def _media_type(response: httpx.Response) -> str:
    return str(response.headers.get("content-type", "")).partition(";")[0].strip().lower()


def _partial(response: httpx.Response) -> str:
    """Return why an answer is truncated, as Virtuoso says beside status 200, or "" where it is complete."""
    if "x-sql-state" in response.headers:
        return limited_line(response.headers.get("x-sql-message", "").partition(".  ")[0])
    rows = response.headers.get("x-sparql-maxrows", "")
    return f"X-SPARQL-MaxRows: {limited_line(rows)}" if rows else ""


def _first_line(response: httpx.Response) -> str:
    """Return the first line of a failure as the end of our sentence, or "" where it is markup."""
    if _media_type(response) in _HTML:
        return ""
    beginning = next(response.iter_bytes(_MAX_REASON * 10), b"").decode(errors="replace").strip()
    line = limited_line(beginning.partition("\n")[0])
    return f": {line}" if line else ""


def limited_line(text: str) -> str:
    """Return what a server or a library says, on one line of at most 200 characters."""
    return one_line(text.strip())[:_MAX_REASON]
