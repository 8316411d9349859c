"""The application behind a read-only SPARQL endpoint: SPARQL 1.1 Protocol (W3C Recommendation, 2013), section 2.1."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Final
from urllib.parse import parse_qsl

import pyoxigraph as ox
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from itasgraph.errors import ItasgraphError, UsageError
from itasgraph.publishing import negotiation, responses
from itasgraph.publishing.host_check import Access, HostCheck
from itasgraph.publishing.query_process import Job
from itasgraph.publishing.query_workers import QueryWorkers, StreamedAnswer

PATH: Final = "/query"
_FORM: Final = "application/x-www-form-urlencoded"
_QUERY: Final = "application/sparql-query"
# The most bytes of a request's content, and the seconds in which it must arrive. More bytes are read and discarded up to a
# second limit, so that the client receives the error.
_MAX_CONTENT: Final = 1 << 20
_MAX_DISCARDED: Final = 1 << 24
_RECEIVE_SECONDS: Final = 10
_MAX_PARAMETERS: Final = 1000


def create(workers: QueryWorkers, access: Access) -> Starlette:
    """Return the application that answers at PATH."""
    cors = Middleware(CORSMiddleware, allow_origins=["*"], allow_methods=responses.METHODS, allow_headers=["*"])
    middleware = [
        Middleware(HostCheck, access),
        *([cors] if access.cors else []),
        Middleware(_Compression, minimum_size=1000, compresslevel=5),
    ]
    app = Starlette(
        routes=[Route(PATH, _Endpoint(workers, access.lang))],
        middleware=middleware,
        exception_handlers={
            ItasgraphError: lambda request, error: responses.of_error(request, error, access.lang),
            HTTPException: lambda request, _: responses.of_error(
                request, UsageError("serve-path", path=PATH), access.lang
            ),
        },
    )
    app.router.redirect_slashes = False
    return app


class _Compression(GZipMiddleware):
    """Compression of responses for clients that accept gzip; a client that sends `gzip;q=0` does not."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        accepts = negotiation.accepts_gzip(Request(scope).headers.get("accept-encoding"))
        await (super().__call__ if accepts else self.app)(scope, receive, send)


class _Endpoint:
    """The endpoint, which answers each request by a process of the pool."""

    def __init__(self, workers: QueryWorkers, lang: str) -> None:
        self._workers = workers
        self._lang = lang

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        if request.method not in responses.METHODS:
            raise UsageError("serve-method", method=request.method)
        job = await _job(request, responses.language(request, self._lang))
        watch = asyncio.create_task(_cancel_on_disconnect(receive, asyncio.current_task()))
        try:
            await self._respond(request, job, send)
        except asyncio.CancelledError:
            raise ItasgraphError("serve-shutdown") from None
        finally:
            watch.cancel()

    async def _respond(self, request: Request, job: Job, send: Send) -> None:
        async with self._workers.answer_with_time_limit(job) as answer:
            streamed = "length" not in answer.head
            if streamed and request.method != "HEAD":
                await _stream(answer, send)
                return
            content = b"" if streamed else b"".join([piece async for piece in answer.content()])
        await responses.of_answer(answer.head, content)(request.scope, request.receive, send)


async def _cancel_on_disconnect(receive: Receive, task: asyncio.Task[object] | None) -> None:
    """Cancel a task when the client closes its connection."""
    while (await receive())["type"] != "http.disconnect":
        pass
    if task is not None:
        task.cancel()


async def _stream(answer: StreamedAnswer, send: Send) -> None:
    """Send a long answer piece by piece. An error closes the connection before the last piece."""
    response = responses.of_answer(answer.head, b"")
    del response.headers["content-length"]
    await send({"type": "http.response.start", "status": response.status_code, "headers": response.raw_headers})
    async for piece in answer.content():
        await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


# --- requests -----------------------------------------------------------------------------------------------------


async def _job(request: Request, lang: str) -> Job:
    """Return the query of a request. Raise UsageError where the request has no query that can be answered."""
    query, parameters = await _parameters(request)
    accept = ", ".join(request.headers.getlist("accept"))
    return Job(
        query=query,
        rows=negotiation.media_type(accept, negotiation.ROW_TYPES),
        graph=negotiation.media_type(accept, negotiation.GRAPH_TYPES),
        default_graphs=_graphs(parameters, "default-graph-uri"),
        named_graphs=_graphs(parameters, "named-graph-uri"),
        service=f"{request.url.scheme}://{request.headers['host']}{PATH}",
        lang=lang,
    )


async def _parameters(request: Request) -> tuple[str | None, list[tuple[str, str]]]:
    """Return the query and the other parameters; the query is None where a GET asks for the service description."""
    parameters = _decode_form(request.scope["query_string"])
    if request.method == "POST":
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in (_FORM, _QUERY):
            raise UsageError("serve-type", type=kind, known=f"{_FORM}, {_QUERY}")
        content = await _content(request)
        parameters += [("query", _text(content))] if kind == _QUERY else _decode_form(content)
    queries = [value for name, value in parameters if name == "query"]
    if any(name == "update" for name, _ in parameters):
        raise UsageError("serve-update")
    if len(queries) > 1 or (request.method == "POST" and not queries):
        raise UsageError("serve-one-query")
    return (queries[0] if queries else None), parameters


def _decode_form(form: bytes) -> list[tuple[str, str]]:
    """Return the names and values of a form (SPARQL 1.1 Protocol, section 2.1.2)."""
    try:
        return parse_qsl(_text(form), keep_blank_values=True, errors="strict", max_num_fields=_MAX_PARAMETERS)
    except ValueError:
        raise UsageError("serve-form") from None


def _text(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise UsageError("serve-form") from None


def _graphs(parameters: Iterable[tuple[str, str]], name: str) -> list[str] | None:
    """Return the graphs that a parameter names. Raises UsageError where one is not an absolute IRI."""
    names = [value for key, value in parameters if key == name]
    for iri in names:
        try:
            ox.NamedNode(iri)
        except ValueError:
            raise UsageError("serve-graph", parameter=name, iri=iri) from None
    return names or None


async def _content(request: Request) -> bytes:
    """Return the content of a request. Raises UsageError where it is too large or too slow."""
    content, size = bytearray(), 0
    try:
        async with asyncio.timeout(_RECEIVE_SECONDS):
            async for piece in request.stream():
                size += len(piece)
                content += piece if size <= _MAX_CONTENT else b""
                if size > _MAX_DISCARDED:
                    break
    except TimeoutError:
        raise UsageError("serve-slow-request", seconds=_RECEIVE_SECONDS) from None
    if size > _MAX_CONTENT:
        raise UsageError("serve-request-too-large", limit=f"{_MAX_CONTENT >> 20} MiB")
    return bytes(content)
