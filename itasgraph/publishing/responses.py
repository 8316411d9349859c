"""The responses of the endpoint: an answer, or an error with its HTTP status, in the language that the client prefers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from itasgraph import messages
from itasgraph.errors import ItasgraphError
from itasgraph.publishing import negotiation
from itasgraph.publishing.query_process import Head

METHODS: Final = ("GET", "HEAD", "POST")
_HEADERS: Final = {"X-Content-Type-Options": "nosniff", "Vary": "Accept, Accept-Encoding, Accept-Language"}
_RETRY_SECONDS: Final = "5"
# Code of an error → status; other errors are faults of the request: 400.
_STATUS: Final[Mapping[str, int]] = {
    "serve-origin": 403,
    "serve-path": 404,
    "serve-method": 405,
    "serve-accept": 406,
    "serve-slow-request": 408,
    "serve-request-too-large": 413,
    "serve-type": 415,
    "serve-name": 421,
    "serve-busy": 503,
    "serve-shutdown": 503,
    "serve-memory": 503,
    "serve-start": 503,
    "serve-timeout": 504,
}


def of_answer(head: Head, content: bytes) -> Response:
    """Return the response with a short answer, or with the error that replaces it; `head` says which, and the media type."""
    if "error" in head:
        return _text(head["error"], head["text"])
    return Response(content, headers=_HEADERS, media_type=head["media_type"])


def of_error(request: Request, error: Exception, lang: str) -> Response:
    """Return the response that tells one of our errors: its status, and its sentence in the language of the client, else `lang`."""
    assert isinstance(error, ItasgraphError)
    return _text(error.code, error.render(language(request, lang)))


def _text(code: str, text: str) -> Response:
    status = _STATUS.get(code, 400)
    more = {405: {"Allow": ", ".join(METHODS)}, 503: {"Retry-After": _RETRY_SECONDS}}.get(status, {})
    return Response(f"{text}\n", status, {**_HEADERS, **more}, "text/plain")


def language(request: Request, lang: str) -> str:
    """Return the language that the client prefers, or `lang`."""
    offered = sorted(messages.LANGUAGES, key=lambda name: name != lang)
    return negotiation.language(request.headers.get("accept-language"), offered)
